package when

import (
	"fmt"
	"strings"
	"time"
)

type op uint8

const (
	opDay     op = iota // y (0: not said), mon, d
	opMonth             // y, mon; rel
	opYear              // y
	opDecade            // y
	opSeason            // season; y or rel
	opWeekday           // n from 1, Monday; rel
	opOffset            // n days from the base
	opUnit              // unit; rel
	opSpan              // n units up to the base (negative) or from it on
	opAgo               // n units before the base; 0: not said
	opVague             // unit: how wide
	opSame              // the day spoken of, and n days; unit where wider
	opClock             // a time of day
	opHoliday           // n: month*100+day, or thanksgiving
)

type rel uint8

const (
	relNone rel = iota
	relLast
	relThis
	relThisPast
	relNext
	relThe    // the latest one
	relComing // the next one, the base itself included
	relYear   // the month n years before the base's year
)

type part uint8

const (
	partNone part = iota
	partEarly
	partMid
	partLate
)

const thanksgiving = -1

// Years outside are no years of news.
const firstYear, lastYear = 1000, 2999

// A meaning is what an expression says, before it is set against a date.
type meaning struct {
	op        op
	rel       rel
	part      part
	unit      Kind
	season    int
	y, mon, d int
	n         int
	approx    bool
	since     bool
	aside     bool     // but mentioned: "until Friday", "born on May 4, 1980"
	opens     bool     // it stands first in its sentence
	back      bool     // it points back to a time that the text names: "that day"
	counts    bool     // Expr.Counts
	to        *meaning // the other end of an interval
	list      bool     // to is a second date and not an end
}

func (m meaning) kind() Kind {
	if m.to != nil {
		return Interval
	}
	switch m.op {
	case opDay, opWeekday, opOffset, opHoliday:
		return Day
	case opMonth:
		return Month
	case opYear:
		return Year
	case opDecade:
		return Decade
	case opSeason:
		return Season
	case opUnit, opAgo:
		return m.unit
	case opSpan:
		return Interval
	case opVague:
		return Vague
	case opClock:
		return Time
	}
	return Same
}

// resolve gives the date of m. base is when the article was published; last
// the time that the text speaks of, if any.
func (m meaning) resolve(base base, last spoken) (string, bool) {
	if m.to != nil {
		one, to := m, *m.to
		one.to = nil
		if one.y == 0 && one.mon != 0 && to.y != 0 {
			one.y = to.y
		}
		b, ok := to.resolve(base, last)
		a, ok1 := one.resolve(base, last)
		if !ok || !ok1 || len(a) > 10 || len(b) > 10 {
			return "", false
		}
		if m.list {
			return "{" + a + "," + b + "}", true
		}
		if a > b && to.op == opWeekday && one.op == opWeekday { // Wednesday through Sunday
			if day, err := time.Parse(time.DateOnly, a); err == nil {
				a = date(day.AddDate(0, 0, -7))
			}
		}
		if a > b {
			return "", false
		}
		return a + "/" + b, true
	}
	s, ok := m.one(base, last)
	if !ok {
		return "", false
	}
	if m.since {
		for i := range s {
			if s[i] == '/' {
				s = s[:i]
				break
			}
		}
		if m.op == opYear || base.unit != Day {
			return s + "/..", true
		}
		return s + "/" + date(base.day) + base.mark(), true
	}
	if m.approx && m.op != opAgo && m.op != opSpan {
		for i := range s {
			if s[i] == '/' || s[i] == '~' {
				return s, true
			}
		}
		s += "~"
	}
	return s, true
}

// one gives the date of a meaning that is no interval.
func (m meaning) one(base base, last spoken) (string, bool) {
	switch m.op { // what needs no base
	case opYear:
		return inPart(fmt.Sprintf("%04d", m.y), m), true
	case opDecade:
		y := m.y
		switch m.part {
		case partEarly:
			return fmt.Sprintf("%04d/%04d", y, y+3), true
		case partLate:
			return fmt.Sprintf("%04d/%04d", y+6, y+9), true
		}
		return fmt.Sprintf("%03dX", y/10), true
	case opSeason:
		if m.y != 0 {
			return fmt.Sprintf("%04d-%02d", m.y, m.season), true
		}
	case opMonth:
		if m.y != 0 {
			return fmt.Sprintf("%04d-%02d", m.y, m.mon), true
		}
	case opDay:
		if m.y != 0 {
			return day(m.y, m.mon, m.d)
		}
	case opSame, opClock:
		switch {
		case last.unit == "":
		case !last.left && (m.back || last.unit == Day):
			return m.same(last), true
		case m.back:
			return "", false
		}
	}
	if base.unit == "" || base.unit == Month && m.finer() {
		return "", false
	}
	s, ok := m.against(base.day)
	if ok && base.approx && m.finer() {
		if a, b, is := strings.Cut(s, "/"); is {
			s = strings.TrimSuffix(a, "~") + "~/" + b
		}
		s = strings.TrimSuffix(s, "~") + "~"
	}
	return s, ok
}

// finer reports whether m needs the very day of publication.
func (m meaning) finer() bool {
	switch m.op {
	case opOffset, opSame, opClock, opWeekday:
		return true
	case opUnit, opSpan, opAgo:
		return m.unit == Time || m.unit == Day || m.unit == Week || m.unit == Weekend
	}
	return false
}

// against gives the date of m against a day.
func (m meaning) against(base time.Time) (string, bool) {
	switch m.op {
	case opOffset:
		return date(base.AddDate(0, 0, m.n)), true
	case opSame, opClock:
		return m.same(spoken{day: base, unit: Day}), true
	case opWeekday:
		return date(m.weekday(base)), true
	case opMonth:
		return m.month(base), true
	case opDay:
		return m.dayOfYear(base)
	case opSeason:
		return m.seasonOf(base), true
	case opUnit:
		return m.calendarUnit(base), true
	case opSpan:
		return m.span(base)
	case opAgo:
		return m.ago(base)
	case opVague:
		if m.unit == Year || m.unit == Decade {
			return base.Format("2006") + "~", true
		}
		return base.Format("2006-01") + "~", true
	case opHoliday:
		return m.holiday(base)
	}
	return "", false
}

func date(t time.Time) string { return t.Format(time.DateOnly) }

// day writes a date, if there is such a day.
func day(y, mon, d int) (string, bool) {
	t := time.Date(y, time.Month(mon), d, 0, 0, 0, 0, time.UTC)
	return date(t), t.Day() == d
}

// inPart narrows a year to its early, middle or late months.
func inPart(year string, m meaning) string {
	switch m.part {
	case partLate:
		return year + "-10/" + year + "-12"
	case partMid:
		return year + "-06~"
	}
	return year
}

func (m meaning) same(as spoken) string {
	t := as.day
	switch {
	case m.unit == Year || as.unit == Year:
		return t.Format("2006")
	case m.unit == Month || as.unit == Month:
		return t.Format("2006-01")
	case m.unit == Week:
		mon := monday(t)
		return date(mon) + "/" + date(mon.AddDate(0, 0, 6))
	}
	return date(t.AddDate(0, 0, m.n))
}

// monday gives the first day of t's week.
func monday(t time.Time) time.Time { return t.AddDate(0, 0, -((int(t.Weekday()) + 6) % 7)) }

func (m meaning) weekday(base time.Time) time.Time {
	switch m.rel {
	case relLast:
		return monday(base).AddDate(0, 0, m.n-8)
	case relThis:
		return monday(base).AddDate(0, 0, m.n-1)
	case relNext:
		return monday(base).AddDate(0, 0, m.n+6)
	}
	if m.rel == relComing {
		return base.AddDate(0, 0, (m.n%7-int(base.Weekday())+7)%7)
	}
	back := (int(base.Weekday()) - m.n%7 + 7) % 7
	if back == 0 && m.rel == relThisPast {
		back = 7
	}
	return base.AddDate(0, 0, -back)
}

func (m meaning) month(base time.Time) string {
	y := base.Year()
	switch {
	case m.rel == relYear:
		y -= m.n
	case m.rel == relNext:
		if m.mon <= int(base.Month()) {
			y++
		}
	case m.rel == relComing:
		if m.mon < int(base.Month()) {
			y++
		}
	case m.rel == relThis:
	case m.mon > int(base.Month()), m.rel == relLast && m.mon == int(base.Month()):
		y--
	}
	return fmt.Sprintf("%04d-%02d", y, m.mon)
}

// A day of the year that lies this many days ahead or fewer is the coming one.
const aheadAtMost = 100

func (m meaning) dayOfYear(base time.Time) (string, bool) {
	y := base.Year()
	t := time.Date(y, time.Month(m.mon), m.d, 0, 0, 0, 0, time.UTC)
	switch ahead := int(t.Sub(base).Hours() / 24); {
	case m.rel == relComing:
		if ahead < 0 {
			y++
		}
	case ahead > aheadAtMost, ahead > 0 && (m.rel == relLast || m.rel == relThisPast):
		y--
	case ahead < aheadAtMost-365 && m.rel != relLast && m.rel != relThis:
		y++
	}
	return day(y, m.mon, m.d)
}

// seasonOf gives the season's EDTF; winter belongs to the year it begins in.
func (m meaning) seasonOf(base time.Time) string {
	y, first := base.Year(), (m.season-21)*3+3 // its first month
	switch {
	case m.rel == relLast && m.n == 1:
		y--
	case m.rel == relLast || m.rel == relThisPast:
		if first+2 >= int(base.Month()) {
			y--
		}
	case m.rel == relNext:
		if first <= int(base.Month()) {
			y++
		}
	}
	return fmt.Sprintf("%04d-%02d", y, m.season)
}

func (m meaning) calendarUnit(base time.Time) string {
	step := map[rel]int{relLast: -1, relNext: 1}[m.rel]
	y, mon, _ := base.Date()
	switch m.unit {
	case Week:
		first := monday(base).AddDate(0, 0, 7*step)
		last := first.AddDate(0, 0, 6)
		switch {
		case step < 0 && m.part == partLate:
			first = first.AddDate(0, 0, 3)
		case step < 0 && m.part == partEarly:
			last = first.AddDate(0, 0, 2)
		case step == 0 && m.part == partEarly:
			last = base.AddDate(0, 0, -1)
		case step == 0 && m.part == partLate:
			first = base
		case step == 0:
			last = base
		}
		if !last.After(first) {
			return date(first)
		}
		return date(first) + "/" + date(last)
	case Weekend:
		sat := monday(base).AddDate(0, 0, 5+7*step)
		if early := base.Weekday() == time.Monday || base.Weekday() == time.Tuesday; (m.rel == relThe || m.rel == relThis && early) && sat.After(base) {
			sat = sat.AddDate(0, 0, -7)
		}
		if m.rel == relLast && sat.AddDate(0, 0, 7).Before(base) {
			sat = sat.AddDate(0, 0, 7)
		}
		return date(sat) + "/" + date(sat.AddDate(0, 0, 1))
	case Month:
		return time.Date(y, mon+time.Month(step), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
	case Quarter:
		first := time.Date(y, (mon-1)/3*3+1+time.Month(3*step), 1, 0, 0, 0, 0, time.UTC)
		return first.Format("2006-01") + "/" + first.AddDate(0, 2, 0).Format("2006-01")
	case Decade:
		return fmt.Sprintf("%03dX", y/10+step)
	}
	year := fmt.Sprintf("%04d", y+step)
	if step != 0 {
		return inPart(year, m)
	}
	return year
}

// span gives "the past two weeks" or "the next month" as an interval.
func (m meaning) span(base time.Time) (string, bool) {
	layout := time.DateOnly
	other := base
	switch m.unit {
	case Day:
		other = base.AddDate(0, 0, m.n)
	case Week, Weekend:
		other = base.AddDate(0, 0, 7*m.n)
	case Month:
		other, layout = addMonths(base, m.n), "2006-01"
	case Quarter:
		other, layout = addMonths(base, 3*m.n), "2006-01"
	case Year:
		other, layout = addMonths(base, 12*m.n), "2006"
	case Decade:
		other, layout = addMonths(base, 120*m.n), "2006"
	}
	a, b := other.Format(layout), base.Format(layout)
	if m.approx {
		a += "~"
	}
	if m.n > 0 {
		a, b = b, a
	}
	return a + "/" + b, other.Year() >= firstYear && other.Year() <= lastYear
}

// addMonths steps months without running over a short month's end.
func addMonths(t time.Time, n int) time.Time {
	return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
}

// ago steps back. What is far or hedged is approximate; days and few years are not.
func (m meaning) ago(base time.Time) (string, bool) {
	n, mark := m.n, ""
	if m.approx {
		mark = "~"
	}
	if n == 0 { // "days ago", "months ago"
		switch m.unit {
		case Time:
			return date(base), true
		case Day, Week:
			return base.Format("2006-01") + "~", true
		case Month:
			return addMonths(base, -6).Format("2006") + "~", true
		}
		return "", false
	}
	switch m.unit {
	case Time:
		return date(base), true
	case Day:
		return date(base.AddDate(0, 0, -n)) + mark, true
	case Week:
		if n > 1 {
			mark = "~"
		}
		return date(base.AddDate(0, 0, -7*n)) + mark, true
	case Month:
		return addMonths(base, -n).Format("2006-01") + "~", true
	case Year:
		if n >= 10 {
			mark = "~"
		}
		return fmt.Sprintf("%04d%s", base.Year()-n, mark), base.Year()-n >= firstYear
	case Decade:
		return fmt.Sprintf("%04d~", base.Year()-10*n), base.Year()-10*n >= firstYear
	}
	return "", false
}

func (m meaning) holiday(base time.Time) (string, bool) {
	on := func(y int) time.Time {
		if m.n == thanksgiving {
			t := time.Date(y, time.November, 1, 0, 0, 0, 0, time.UTC)
			return t.AddDate(0, 0, (int(time.Thursday)-int(t.Weekday())+7)%7+21)
		}
		return time.Date(y, time.Month(m.n/100), m.n%100, 0, 0, 0, 0, time.UTC)
	}
	t := on(base.Year())
	switch ahead := int(t.Sub(base).Hours() / 24); {
	case m.rel == relNext && ahead <= 0, m.rel == relNone && ahead < aheadAtMost-365:
		t = on(base.Year() + 1)
	case m.rel == relLast && ahead >= 0, m.rel == relNone && ahead > aheadAtMost:
		t = on(base.Year() - 1)
	}
	return date(t), true
}
