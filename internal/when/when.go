// Package when finds time expressions in running text and says which date
// they mean, as EDTF (ISO 8601-2), against a base date: the day on which the
// article was published.
//
//	Find     the expressions of a text, each with its place and its kind
//	Resolve  the date of one expression
//	Read     Find and Resolve, where "that day" takes the date named before it
//
// The reading is that of news: a bare weekday or month is the latest one that
// has begun, the publication day included; "last week" is the calendar week
// from Monday to Sunday; times of day give the day alone. A date that hangs on
// another event ("soon after his reelection in November 2024") is marked
// approximate ("2024-11~"), and so is what is reckoned from a day that is
// itself approximate. Where the base date is not known, relative expressions
// have no date: none is ever invented. Where only its month is known, months
// and years are reckoned from it, and days are not.
//
// Only English is read. It costs one pass over the tokens and no regular
// expressions.
package when

import (
	"strings"
	"time"

	"github.com/quothnews/quoth/internal/text"
)

// Kind says what stretch of time an expression names.
type Kind string

const (
	Time     Kind = "time" // a time of day
	Day      Kind = "day"
	Week     Kind = "week"
	Weekend  Kind = "weekend"
	Month    Kind = "month"
	Quarter  Kind = "quarter"
	Season   Kind = "season"
	Year     Kind = "year"
	Decade   Kind = "decade"
	Interval Kind = "interval"
	Vague    Kind = "vague" // "recently"
	Same     Kind = "same"  // "that day", "later in the day": the day spoken of
)

// An Expr is a time expression at its place in a text, without the preposition
// before it.
type Expr struct {
	text.Range
	Kind   Kind
	Counts bool // it says how much time: "the last two years", "six minutes later"
	m      meaning
	line   int
}

// A Dated is an Expr with its date, "" where it cannot be told.
type Dated struct {
	Expr
	Date string // EDTF
}

// Find gives the time expressions of a text, in order, not overlapping.
// Positions are in bytes.
func Find(s string) []Expr {
	var out []Expr
	toks := text.Tokens(s)
	for i, n := 0, 0; i < len(toks); n++ {
		end := i + 1
		for end < len(toks) && !toks[end].Break {
			end++
		}
		first := len(out)
		out = line{toks[i:end]}.find(out)
		for k := first; k < len(out); k++ {
			out[k].line = n
		}
		i = end
	}
	return out
}

// Resolve gives the date that an expression means in an article published on
// a day. ok is false where the date cannot be told.
func Resolve(expr, published string) (edtf string, ok bool) {
	toks := text.Tokens(expr)
	for i := range toks {
		toks[i].Break = false
	}
	m, ok := line{toks}.whole()
	if !ok {
		return "", false
	}
	return m.resolve(parseBase(published), spoken{})
}

// Read finds the expressions of a text and their dates. An expression that
// points back ("that day") takes the day named last before it, or the month or
// year where the text has gone on to one; the day of publication where none is
// named, and no date where the text has left it behind. A day to come is spoken
// of in its own line alone.
func Read(s, published string) []Dated {
	base := parseBase(published)
	var last, ahead spoken
	exprs := Find(s)
	out := make([]Dated, len(exprs))
	for i, e := range exprs {
		last.left = e.line-last.line > stays[last.unit]
		of := last
		if e.m.back && ahead.line == e.line && ahead.unit != "" { // "on May 4 - the vote later that night"
			of = ahead
		}
		date, _ := e.m.resolve(base, of)
		out[i] = Dated{e, date}
		to, ok := e.m.speaks(date)
		to.line = e.line
		switch {
		case !ok:
		case base.unit == Day && to.day.After(base.day):
			ahead = to
		case to.unit == Day || last.unit != Day || e.m.opens || e.line > last.line:
			last, ahead = to, spoken{}
		}
	}
	return out
}

// A spoken is the time that the text speaks of: the day that it named last, or
// a month or year.
type spoken struct {
	day  time.Time // or the first of a month or year
	unit Kind      // Day, Month, Year; "" where none is named
	line int
	left bool // the text has gone on to other things since
}

// stays is for how many lines a text speaks of a time that it named.
var stays = map[Kind]int{Day: 4, Month: 1, Year: 1}

// speaks gives the time that the text speaks of after m, whose date is given. The
// end of a stretch of time and a birthday are but mentioned.
func (m meaning) speaks(date string) (spoken, bool) {
	layout, unit := time.DateOnly, Day
	switch kind := m.kind(); {
	case m.aside || m.since:
		return spoken{}, false
	case kind == Day:
	case (m.op == opMonth || m.op == opUnit && kind == Month) && !m.approx:
		layout, unit = "2006-01", Month
	case (m.op == opYear || m.op == opUnit && kind == Year) && !m.approx:
		layout, unit = "2006", Year
	default:
		return spoken{}, false
	}
	t, err := time.Parse(layout, date[:min(len(layout), len(date))])
	return spoken{day: t, unit: unit}, err == nil
}

// Ahead is the date of e against the day of publication, for what is still to come: a bare
// weekday, month or day of a month is the next one, the day of publication included.
func (e Expr) Ahead(published string) (edtf string, ok bool) {
	m := e.m
	if (m.op == opWeekday || m.op == opMonth || m.op == opDay) && m.rel == relNone && m.to == nil {
		m.rel = relComing
	}
	return m.resolve(parseBase(published), spoken{})
}

// A base is when an article was published: a day, or a month of which day
// stands for the middle.
type base struct {
	day    time.Time
	unit   Kind // Day, Month, or "" where it is not known so well
	approx bool
}

// mark is EDTF's mark of what is approximate.
func (b base) mark() string {
	if b.approx {
		return "~"
	}
	return ""
}

// parseBase reads an EDTF date such as "2025-02-10", "2025-02-10~", "2025-02".
func parseBase(published string) base {
	s, approx := strings.CutSuffix(published, "~")
	b := base{unit: Day, approx: approx}
	var err error
	switch {
	case len(s) == len("2006-01"):
		b.day, err = time.Parse("2006-01", s)
		b.day, b.unit = b.day.AddDate(0, 0, 14), Month
	case len(s) >= len(time.DateOnly):
		b.day, err = time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	default:
		return base{}
	}
	if err != nil || b.day.Year() <= firstYear || b.day.Year() >= lastYear {
		return base{}
	}
	return b
}
