package when

import (
	"strconv"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// A line is the tokens of one line of text. Its parsers look at token i and
// give the token after what they understood, or false.
type line struct{ toks []text.Token }

func (l line) at(i int) string {
	if i < 0 || i >= len(l.toks) {
		return ""
	}
	return l.toks[i].Lower
}

// number reads a whole number.
func (l line) number(i int) (int, bool) {
	if i < 0 || i >= len(l.toks) || l.toks[i].Kind != text.Number {
		return 0, false
	}
	n, err := strconv.Atoi(l.toks[i].Lower)
	return n, err == nil
}

// glued reports whether token i follows the one before without white space.
func (l line) glued(i int) bool { return i > 0 && i < len(l.toks) && !l.toks[i].Space }

// find appends the expressions of the line.
func (l line) find(out []Expr) []Expr {
	for i := 0; i < len(l.toks); {
		m, end, ok := l.expr(i, false)
		if !ok {
			i++
			continue
		}
		l.context(&m, i, end)
		out = append(out, Expr{Range: text.Range{Start: l.toks[i].Start, End: l.toks[end-1].End}, Kind: m.kind(), Counts: m.counts, m: m})
		i = end
	}
	return out
}

// whole reads a line that is known to be a time expression: its first date,
// with what the words before it make of it.
func (l line) whole() (meaning, bool) {
	since, hangs := false, false
	for i := range l.toks {
		m, end, ok := l.expr(i, true)
		if !ok {
			switch l.at(i) {
			case "since":
				since = true
			case "after", "before", "following", "wake", "ahead", "when":
				hangs = true
			}
			continue
		}
		straight := i == 0 || end == len(l.toks) && prepositions[l.at(i-1)] && i <= 2
		switch {
		case since:
			m.since = true
		case hangs && !(straight && i == 1):
			m.approx = true
		}
		return m, true
	}
	return meaning{}, false
}

// expr reads an expression at token i: a time with its modifiers, an interval
// or two times joined. bare is true where the text is known to be a time, so
// that "2014" or "may" need no other sign.
func (l line) expr(i int, bare bool) (meaning, int, bool) {
	if m, end, ok := l.hanging(i, bare); ok {
		return m, end, true
	}
	if m, end, ok := l.span(i, bare); ok {
		return m, end, true
	}
	m, end, ok := l.modified(i, bare)
	if !ok {
		return m, 0, false
	}
	if m.op == opClock { // "11:30 a.m. on Tuesday"
		if next, e, ok := l.modified(l.skip(end, "on", "local", "time", ","), bare); ok && next.kind() == Day {
			return next, e, true
		}
	}
	// "1994 and again in 2005", "Wednesday through Sunday"
	j := end
	switch l.at(j) {
	case "through", "to", "until", "and", "-", "–":
		word := l.at(j)
		j = l.skip(j+1, "again", "in", "on")
		if m.op != opYear && m.op != opWeekday && m.op != opMonth || (word == "-" || word == "–") && m.op != opYear {
			break
		}
		if word == "and" && !bare {
			break
		}
		if to, e, ok := l.modified(j, m.op == opYear || bare); ok && to.op == m.op && to.rel == relNone {
			m.to, m.list = &to, word == "and"
			return m, e, true
		}
	}
	return m, end, true
}

// span reads "from 1993 to 2001", "between March and May".
func (l line) span(i int, bare bool) (meaning, int, bool) {
	w := l.at(i)
	if w != "from" && w != "between" {
		return meaning{}, 0, false
	}
	m, j, ok := l.modified(i+1, true)
	if !ok || m.kind() == Vague || m.op == opUnit && m.rel == relNone {
		return meaning{}, 0, false
	}
	switch l.at(j) {
	case "to", "until", "through", "and", "-", "–":
	default:
		return meaning{}, 0, false
	}
	to, end, ok := l.modified(j+1, true)
	if !ok {
		return meaning{}, 0, false
	}
	m.to = &to
	return m, end, true
}

// modified reads "late", "earlier", "the end of", "mid-" and the like before a
// time.
func (l line) modified(i int, bare bool) (meaning, int, bool) {
	j, p := i, partNone
	switch l.at(j) {
	case "late", "later":
		j, p = j+1, partLate
	case "early", "earlier":
		j, p = j+1, partEarly
	case "mid":
		j, p = l.skip(j+1, "-", "–", "morning", "afternoon"), partMid
	case "just", "only", "more", "even", "almost":
		if vague[l.at(j+1)] || l.at(j) == "just" || l.at(j) == "only" || l.at(j) == "almost" {
			j++
		}
	case "the", "end", "beginning", "start", "middle":
		k := l.skip(j, "the", "very")
		if q := ends[l.at(k)]; q != partNone && l.at(k+1) == "of" {
			j, p = k+2, q
		}
	}
	if p != partNone {
		if m, end, ok := l.inTheDay(i); ok {
			return m, end, true
		}
		j = l.skip(j, "on", "in") // "late on Tuesday", "early in 2016"
	}
	m, end, ok := l.core(j, bare || p == partMid)
	if !ok || p != partNone && (m.op == opAgo || m.op == opClock && p != partMid) {
		return m, 0, false
	}
	if p != partNone {
		m.part = p
	}
	return m, end, true
}

// inTheDay reads "earlier in the day", "later that night".
func (l line) inTheDay(i int) (meaning, int, bool) {
	j := i + 1
	if l.at(j) == "in" || l.at(j) == "on" {
		j++
	}
	switch l.at(j) {
	case "the", "that":
		switch w := l.at(j + 1); {
		case dayParts[w] || w == "day":
			return meaning{op: opSame, back: l.at(j) == "that"}, j + 2, true
		case l.at(j) == "the" && (w == "year" || w == "month" || w == "week") && l.at(i) != "late" && l.at(i+1) == "in":
			return meaning{op: opUnit, unit: units[w], rel: relThis, part: partEarly}, j + 2, true
		}
	}
	return meaning{}, 0, false
}

// skip gives the first token from i on that is none of the words, four steps
// on at most.
func (l line) skip(i int, words ...string) int {
next:
	for most := i + 4; i < len(l.toks) && i < most; {
		for _, w := range words {
			if l.toks[i].Lower == w {
				i++
				continue next
			}
		}
		break
	}
	return i
}

// core reads a time without modifiers.
func (l line) core(i int, bare bool) (meaning, int, bool) {
	if i >= len(l.toks) {
		return meaning{}, 0, false
	}
	w := l.at(i)
	if m, end, ok := l.day(i, bare); ok {
		return m, end, true
	}
	switch w {
	case "last", "this", "next", "past", "coming", "previous", "the", "that", "in", "same":
		if m, end, ok := l.relative(i, bare); ok {
			return m, end, true
		}
	case "yesterday", "today", "tomorrow", "tonight", "overnight":
		if next := l.at(i + 1); w == "today" && !bare && (next == "'s" || next == "programme" || next == "program" || next == "show" || l.at(i-1) == "usa") { // "the Today programme"
			return meaning{}, 0, false
		}
		n := map[string]int{"yesterday": -1, "tomorrow": 1}[w]
		return meaning{op: opOffset, n: n}, l.dayPart(i + 1), true
	case "weekend":
		if bare || l.at(i-1) == "a" && i+1 < len(l.toks) && l.toks[i+1].Kind == text.Word { // "in a weekend interview"
			return meaning{op: opUnit, unit: Weekend, rel: relThe}, i + 1, true
		}
	case "christmas", "boxing", "new", "valentine", "independence", "halloween", "veterans", "thanksgiving", "easter":
		return l.holiday(i)
	case "recent":
		if u, ok := units[l.at(i+1)]; ok {
			return meaning{op: opVague, unit: u}, i + 2, true
		}
		if dayParts[l.at(i+1)] {
			return meaning{op: opVague, unit: Month}, i + 2, true
		}
		if bare {
			return meaning{op: opVague, unit: Month}, i + 1, true
		}
	}
	if vague[w] {
		return meaning{op: opVague, unit: Month}, i + 1, true
	}
	if sameDay[w] && (bare || w != "immediately") {
		return meaning{op: opSame, back: true}, i + 1, true
	}
	if m, end, ok := l.clock(i, bare); ok {
		return m, end, true
	}
	if m, end, ok := l.ago(i); ok {
		return m, end, true
	}
	if m, end, ok := l.year(i, bare); ok {
		return m, end, true
	}
	if s, ok := seasons[w]; ok { // "summer of 2016", "spring 2019"
		j := l.skip(i+1, "of")
		if m, end, ok := l.year(j, true); ok && m.op == opYear {
			return meaning{op: opSeason, season: s, y: m.y}, end, true
		}
		if l.at(j) == "last" && l.at(j+1) == "year" {
			return meaning{op: opSeason, season: s, rel: relLast, n: 1}, j + 2, true
		}
	}
	return meaning{}, 0, false
}

// relative reads "last Tuesday", "this week", "the past two years", "that day".
func (l line) relative(i int, bare bool) (meaning, int, bool) {
	j, the := i, false
	if l.at(j) == "the" {
		j, the = j+1, true
	}
	w := l.at(j)
	var rel rel
	past := false // "past": counted back from the day, not by the calendar
	switch w {
	case "last", "previous":
		rel = relLast
		past = the && w == "last"
	case "past":
		rel, past = relLast, true
	case "this":
		rel = relThis
		switch l.at(j + 1) {
		case "past":
			rel = relThisPast
			j++
		case "coming", "same":
			j++
		}
	case "next", "coming", "following":
		rel = relNext
	case "that", "same":
		return l.same(j)
	default:
		if the {
			return l.definite(j)
		}
		return meaning{}, 0, false
	}
	if the && rel == relNext && w == "following" {
		if l.at(j+1) == "day" || dayParts[l.at(j+1)] {
			return meaning{op: opSame, n: 1, back: true}, j + 2, true
		}
		return meaning{}, 0, false
	}
	j++
	if n, end, approx, ok := l.count(j); ok {
		u, ok := units[l.at(end)]
		if !ok || u == Time || rel == relThis {
			return meaning{}, 0, false
		}
		if rel != relNext {
			n = -n
		}
		return meaning{op: opSpan, unit: u, n: n, approx: approx, counts: true}, end + 1, true
	}
	w = l.at(j)
	if _, ok := units[w]; ok {
		return relativeUnit(w, rel, the, past), j + 1, true
	}
	if s, ok := seasons[w]; ok {
		return meaning{op: opSeason, season: s, rel: rel}, j + 1, true
	}
	if wd, ok := weekdays[w]; ok {
		return meaning{op: opWeekday, n: wd, rel: rel}, l.dayPart(j + 1), true
	}
	if dayParts[w] && rel == relThis {
		return meaning{op: opOffset}, j + 1, true
	}
	if mon, ok := months[w]; ok {
		if m, end, ok := l.month(j, mon, bare); ok {
			if m.y == 0 && m.rel == relNone {
				m.rel = rel
			}
			return m, end, true
		}
	}
	if m, end, ok := l.holiday(j); ok {
		m.rel = rel
		return m, end, true
	}
	return meaning{}, 0, false
}

// same reads "that day", "that same week" at token i.
func (l line) same(i int) (meaning, int, bool) {
	k := l.skip(i+1, "same")
	u := l.at(k)
	switch {
	case u == "day" || dayParts[u]:
		return meaning{op: opSame, back: true}, k + 1, true
	case l.at(i) == "that" && (u == "week" || u == "month" || u == "year"):
		return meaning{op: opSame, unit: units[u], back: true}, k + 1, true
	}
	return meaning{}, 0, false
}

// definite reads what follows "the" at token i: "the weekend", "the 1990s", "the
// day before yesterday".
func (l line) definite(i int) (meaning, int, bool) {
	switch {
	case l.at(i) == "weekend":
		return meaning{op: opUnit, unit: Weekend, rel: relThe}, i + 1, true
	case l.at(i) == "day" && l.at(i+1) == "before" && l.at(i+2) == "yesterday":
		return meaning{op: opOffset, n: -2}, i + 3, true
	case l.at(i) == "entire" && units[l.at(i+1)] == Week:
		return meaning{op: opUnit, unit: Week, rel: relThis}, i + 2, true
	}
	m, end, ok := l.year(l.skip(i, "early", "late", "mid", "-"), true)
	if !ok || m.op != opDecade {
		return meaning{}, 0, false
	}
	switch l.at(i) {
	case "early":
		m.part = partEarly
	case "late":
		m.part = partLate
	case "mid":
		m.part = partMid
	}
	return m, end, true
}

// relativeUnit is what "last week", "this past year" and the like mean. the:
// "the" stands before it; past: it is counted back from the day, not by the
// calendar.
func relativeUnit(w string, rel rel, the, past bool) meaning {
	u := units[w]
	switch {
	case u == Time:
		return meaning{op: opSame}
	case rel == relLast && (w == "night" || w == "day"):
		return meaning{op: opOffset, n: -1}
	case the && w == "day" && rel == relNext:
		return meaning{op: opSame, n: 1, back: true}
	case u == Day:
		return meaning{op: opOffset}
	case past && u != Weekend && u != Quarter:
		return meaning{op: opSpan, unit: u, n: -1}
	case rel == relThisPast && u == Week:
		return meaning{op: opUnit, unit: u, rel: relThis}
	case rel == relThisPast && u == Weekend:
		return meaning{op: opUnit, unit: u, rel: relThe}
	case rel == relThisPast:
		return meaning{op: opSpan, unit: u, n: -1}
	}
	return meaning{op: opUnit, unit: u, rel: rel}
}

// count reads how many: "two", "12", "a few", "a couple of".
func (l line) count(i int) (n, end int, approx, ok bool) {
	w := l.at(i)
	if n, ok := l.number(i); ok && n > 0 && n < 1000 {
		return n, i + 1, false, true
	}
	if (w == "a" || w == "an") && few[l.at(i+1)] > 0 || few[w] > 0 && w != "some" {
		j := l.skip(i, "a")
		n = few[l.at(j)]
		return n, l.skip(j+1, "of"), true, n > 0
	}
	if w == "half" && l.at(i+1) == "a" && l.at(i+2) == "dozen" {
		return 6, i + 3, true, true
	}
	n, ok = small[w]
	if ok && n >= 20 && l.at(i+1) == "-" {
		if one := small[l.at(i+2)]; one > 0 && one < 10 {
			return n + one, i + 3, false, true
		}
	}
	return n, i + 1, false, ok
}

// ago reads "two weeks ago", "just over a year ago", "months ago".
func (l line) ago(i int) (meaning, int, bool) {
	j, hedged := i, false
	for j < i+3 && hedges[l.at(j)] {
		hedged = hedged || l.at(j) != "just" && l.at(j) != "only"
		j++
	}
	n, end, approx, ok := l.count(j)
	if !ok {
		n, end = 0, j
	}
	u, isUnit := units[l.at(end)]
	if !isUnit {
		return meaning{}, 0, false
	}
	switch l.at(end + 1) {
	case "ago":
		return meaning{op: opAgo, unit: u, n: n, approx: approx || hedged}, end + 2, true
	case "later":
		if u == Time {
			return meaning{op: opSame, counts: n > 0}, end + 2, true
		}
	}
	return meaning{}, 0, false
}

// clock reads "11:40 am", "6.10am", "3 p.m. EST".
func (l line) clock(i int, bare bool) (meaning, int, bool) {
	j := i
	if l.at(j) == "about" || l.at(j) == "around" || l.at(j) == "approximately" {
		j++
	}
	if j >= len(l.toks) || l.toks[j].Kind != text.Number {
		return meaning{}, 0, false
	}
	h := l.at(j)
	colon := l.at(j+1) == ":" && l.glued(j+1) && l.glued(j+2) && j+2 < len(l.toks) && l.toks[j+2].Kind == text.Number && len(l.at(j+2)) == 2
	end := j + 1
	if colon {
		end = j + 3
	} else if k := strings.IndexByte(h, '.'); k > 0 {
		if len(h)-k != 3 {
			return meaning{}, 0, false
		}
		h = h[:k]
	}
	if n, err := strconv.Atoi(h); err != nil || n > 24 {
		return meaning{}, 0, false
	}
	switch {
	case l.at(end) == "am" || l.at(end) == "pm":
		end++
	case (l.at(end) == "a" || l.at(end) == "p") && l.at(end+1) == "." && l.at(end+2) == "m":
		end += 3
		if l.at(end) == "." && l.glued(end) {
			end++
		}
	case !colon && l.at(end) == "o'clock":
		end++
	case !colon:
		return meaning{}, 0, false
	}
	switch l.at(end) {
	case "est", "edt", "et", "gmt", "bst", "utc", "pt", "pst", "cet":
		end++
	case "local":
		if l.at(end+1) == "time" {
			end += 2
		}
	}
	if l.at(end) == "(" { // "(1430 UTC)"
		for k := end + 1; k < end+8 && k < len(l.toks); k++ {
			if w := l.at(k); w == ")" {
				end = k + 1
				break
			} else if l.toks[k].Kind == text.Word && w != "gmt" && w != "utc" && w != "local" && w != "time" && w != "et" && w != "est" {
				break
			}
		}
	}
	return meaning{op: opClock}, end, true
}

// holiday reads the days that have names.
func (l line) holiday(i int) (meaning, int, bool) {
	w := l.at(i)
	if w == "thanksgiving" {
		return meaning{op: opHoliday, n: thanksgiving}, l.skip(i+1, "day"), true
	}
	long, end := w, i+1
	for k := i + 1; k < i+4 && k < len(l.toks); k++ {
		if l.toks[k].Space {
			long += " "
		}
		long += l.at(k)
		if d, ok := holidays[long]; ok {
			return l.holidayYear(d, k+1)
		}
	}
	if d, ok := holidays[w]; ok {
		return l.holidayYear(d, end)
	}
	return meaning{}, 0, false
}

func (l line) holidayYear(day, end int) (meaning, int, bool) {
	if m, e, ok := l.year(l.skip(end, ","), true); ok && m.op == opYear {
		return meaning{op: opDay, mon: day / 100, d: day % 100, y: m.y}, e, true
	}
	return meaning{op: opHoliday, n: day}, end, true
}
