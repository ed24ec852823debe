package when

import (
	"strconv"

	"github.com/quothnews/quoth/internal/text"
)

// day reads weekdays, months and days of the month, in whatever order the
// text has them: "Saturday, Feb. 3, 2018", "3 February", "May 13-22".
func (l line) day(i int, bare bool) (meaning, int, bool) {
	w := l.at(i)
	if wd, ok := weekdays[w]; ok {
		if i > 0 && l.at(i-1) == "black" {
			return meaning{}, 0, false
		}
		return l.weekday(i, i+1, wd)
	}
	if wd, ok := weekdaysShort[w]; ok && (l.at(i+1) == "." || l.at(i+1) == ",") {
		if _, isMonth := months[l.at(l.skip(i+1, ".", ","))]; isMonth || bare {
			return l.weekday(i, l.skip(i+1, "."), wd)
		}
	}
	if mon, ok := months[w]; ok {
		return l.month(i, mon, bare)
	}
	n, ok := l.number(i)
	if !ok || n < 1 || n > 31 {
		if ok && n >= 1000 && n <= 2199 {
			return l.iso(i, n)
		}
		return meaning{}, 0, false
	}
	j := i + 1
	switch l.at(j) {
	case "st", "nd", "rd", "th":
		j++
	}
	j = l.skip(j, "of")
	mon, ok := months[l.at(j)]
	if !ok || l.glued(j) {
		return meaning{}, 0, false
	}
	j = l.skip(j+1, ".", ",")
	if y, ok := l.plainYear(j); ok {
		return meaning{op: opDay, y: y, mon: mon, d: n}, j + 1, true
	}
	for l.at(j-1) == "." || l.at(j-1) == "," {
		j--
	}
	return meaning{op: opDay, mon: mon, d: n}, j, true
}

// weekday reads what follows the name of a day: a part of the day, a date.
func (l line) weekday(i, end, wd int) (meaning, int, bool) {
	j := l.skip(end, ",", ".", "the")
	if mon, ok := months[l.at(j)]; ok && j <= end+2 {
		if m, e, ok := l.month(j, mon, true); ok && m.op == opDay && m.to == nil {
			return m, e, true
		}
	}
	if _, ok := l.number(j); ok && j <= end+2 {
		if m, e, ok := l.day(j, true); ok && m.op == opDay {
			return m, e, true
		}
	}
	return meaning{op: opWeekday, n: wd}, l.dayPart(end), true
}

func (l line) dayPart(i int) int {
	if dayParts[l.at(i)] {
		return i + 1
	}
	return i
}

// month reads a month and what follows it. "may" and "march" must show that
// they are months; short forms too.
func (l line) month(i, mon int, bare bool) (meaning, int, bool) {
	w := l.at(i)
	j := i + 1
	if len(w) <= 4 && w != "may" && w != "june" && w != "july" {
		j = l.skip(j, ".")
	}
	short := len(w) <= 4 && w != "may" && w != "june" && w != "july"
	if d, end, ok := l.dayOfMonth(j); ok {
		m := meaning{op: opDay, mon: mon, d: d}
		if k := end; l.at(k) == "-" || l.at(k) == "–" { // "May 13-22"
			if d2, e, ok := l.dayOfMonth(k + 1); ok && d2 > d {
				to := meaning{op: opDay, mon: mon, d: d2}
				m.to, end = &to, e
			}
		}
		k := l.skip(end, ",", ".", "of")
		if y, ok := l.plainYear(k); ok && k <= end+1 {
			m.y = y
			if m.to != nil {
				m.to.y = y
			}
			return m, k + 1, true
		}
		return m, end, true
	}
	k := l.skip(j, ",", "of")
	if y, ok := l.plainYear(k); ok && k <= j+1 {
		return meaning{op: opMonth, y: y, mon: mon}, k + 1, true
	}
	if k == j+1 && l.at(k+1) == "year" { // "March of last year"
		switch l.at(k) {
		case "last":
			return meaning{op: opMonth, mon: mon, n: 1, rel: relYear}, k + 2, true
		case "this":
			return meaning{op: opMonth, mon: mon, rel: relYear}, k + 2, true
		}
	}
	if l.at(j) == "last" && l.at(j+1) == "year" {
		return meaning{op: opMonth, mon: mon, n: 1, rel: relYear}, j + 2, true
	}
	if short && j == i+1 && !bare {
		return meaning{}, 0, false
	}
	if (w == "may" || w == "march") && !bare && !l.monthSign(i) {
		return meaning{}, 0, false
	}
	return meaning{op: opMonth, mon: mon}, j, true
}

// monthSign reports whether "may" or "march" is a month by the word before it.
func (l line) monthSign(i int) bool {
	switch l.at(i - 1) {
	case "in", "since", "until", "till", "last", "this", "next", "by", "of", "late", "early", "mid", "-", "from", "between", "during", "through":
		return true
	}
	return false
}

// dayOfMonth reads 1 to 31, "11th", and not the start of a quantity.
func (l line) dayOfMonth(i int) (d, end int, ok bool) {
	d, ok = l.number(i)
	if !ok || d < 1 || d > 31 || len(l.at(i)) > 2 {
		return 0, 0, false
	}
	end = i + 1
	switch l.at(end) {
	case "st", "nd", "rd", "th":
		end++
	case "%", "percent", "million", "billion", "km", "years", "people":
		return 0, 0, false
	case ":":
		if l.glued(end) && l.glued(end+1) {
			return 0, 0, false
		}
	}
	return d, end, true
}

func (l line) plainYear(i int) (int, bool) {
	y, ok := l.number(i)
	return y, ok && y >= 1000 && y < 2200 && len(l.at(i)) == 4
}

// year reads "2016", "2015/16", "1990s", "the '90s". Bare digits need a sign
// that they are a year.
func (l line) year(i int, bare bool) (meaning, int, bool) {
	if l.at(i) == "'" || l.at(i) == "‘" {
		if n, ok := l.number(i + 1); ok && n%10 == 0 && l.at(i+2) == "s" && l.glued(i+1) && len(l.at(i+1)) == 2 {
			return meaning{op: opDecade, y: 1900 + n}, i + 3, true
		}
		return meaning{}, 0, false
	}
	y, ok := l.number(i)
	if !ok {
		return meaning{}, 0, false
	}
	if l.at(i+1) == "s" && l.glued(i+1) && y%10 == 0 && (y >= 1500 && y < 2200) {
		return meaning{op: opDecade, y: y}, i + 2, true
	}
	if _, ok := l.plainYear(i); !ok || y < 1400 {
		return meaning{}, 0, false
	}
	if l.glued(i+1) && l.toks[i+1].Kind == text.Word || l.at(i+1) == "%" || l.at(i+1) == "percent" {
		return meaning{}, 0, false
	}
	if !bare {
		if y < 1500 || !yearAfter[l.at(i-1)] || l.glued(i) && l.at(i-1) != "(" {
			return meaning{}, 0, false
		}
		if n := l.at(i + 1); quantity[n] {
			return meaning{}, 0, false
		}
	}
	if (l.at(i+1) == "/" || l.at(i+1) == "-" || l.at(i+1) == "–") && l.glued(i+1) && l.glued(i+2) {
		if n, ok := l.number(i + 2); ok && len(l.at(i+2)) == 2 && n == (y+1)%100 {
			to := meaning{op: opYear, y: y + 1}
			return meaning{op: opYear, y: y, to: &to}, i + 3, true
		}
	}
	return meaning{op: opYear, y: y}, i + 1, true
}

// quantity are words after which four digits are no year.
var quantity = set("people", "troops", "soldiers", "men", "women", "children", "km", "kilometers", "kilometres", "miles", "meters", "metres",
	"feet", "employees", "workers", "homes", "stores", "dollars", "pounds", "euros", "tons", "tonnes", "votes", "points", "members", "jobs", "times")

// iso reads "2017-09-15".
func (l line) iso(i, y int) (meaning, int, bool) {
	sep := l.at(i + 1)
	if sep != "-" && sep != "/" || l.at(i+3) != sep || !l.glued(i+1) || !l.glued(i+2) || !l.glued(i+4) {
		return meaning{}, 0, false
	}
	mon, ok1 := l.number(i + 2)
	d, ok2 := l.number(i + 4)
	if !ok1 || !ok2 || mon < 1 || mon > 12 || d < 1 || d > 31 || len(strconv.Itoa(y)) != 4 {
		return meaning{}, 0, false
	}
	return meaning{op: opDay, y: y, mon: mon, d: d}, i + 5, true
}
