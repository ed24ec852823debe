package figure

import (
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// unit gives what is counted, in the text's words.
func (r *reader) unit(q quantity) (string, text.Range) {
	switch {
	case q.percent:
		return "percent", text.Range{}
	case q.currency != "":
		return q.currency, text.Range{}
	case q.vague && currencyNames[r.at(q.end-1)]:
		return r.words(q.end-1, q.end)
	case q.glued == "°":
		for k := q.end - 1; k > q.num; k-- {
			if r.at(k) == "°" {
				return r.words(k, q.end)
			}
		}
	case q.glued != "":
		for k := q.end - 1; k >= q.num; k-- {
			if r.at(k) == q.glued {
				return r.words(k, r.rate(k+1))
			}
		}
	}
	i := q.end
	if r.after(i) == "-" && r.glued(i) && r.isWord(i+1) { // "18-month"
		return r.words(i+1, i+2)
	}
	i = r.whole(q.end, i)
	if end := r.noun(i, q.end); end > i {
		return r.words(i, end)
	}
	w := r.after(i)
	if w == "percentage" && strings.HasPrefix(r.after(i+1), "point") {
		return r.words(i, i+2)
	}
	if measures[w] || gluedUnits[w] && r.rate(i+1) > i+1 {
		return r.words(i, r.rate(i+1))
	}
	if q.low == 1 && q.high == 1 && r.isWord(i) && !function[w] && !verbal(w) {
		return r.words(i, i+1)
	}
	return "", text.Range{}
}

// whole gives the token where what is counted begins, at or behind token i:
// "of the 2,200 homes", "dozens more women". The number ends at token end.
func (r *reader) whole(end, i int) int {
	for k := 0; k < 4; k++ {
		if before := r.at(i - 1); i > end && (before == "of" || before == "the" || before == "its" || before == "their" || before == "his" || before == "her") { // "41 of its 63 seats"
			if whole, ok := r.quantity(i); ok && r.after(i) != "" && !whole.percent && whole.currency == "" {
				i = whole.end
				break
			}
		}
		switch r.after(i) {
		case "of", "the", "more", "other", "additional", "these", "those", "our", "his", "her", "their", "its", "my", "#":
			i++
		case "a", "an":
			if (r.at(i-1) == "of" || i == end && r.at(i-1) == "half") && measures[r.after(i+1)] { // "a quarter of a percentage point", "half an hour"
				i++
			}
		}
	}
	return i
}

// noun gives the token behind the first plural noun of a group of words that
// begins at token i, or i; a name in the plural may go on. The number ends at
// token first.
func (r *reader) noun(i, first int) int {
	end, most, named := i, i+5, i
	for end < most && end < len(r.toks) && (end == first || !r.toks[end].Break) {
		w := r.at(end)
		if k := r.initials(end); k > end { // "U.S. dollars"
			most += k - end - 1
			end = k
			continue
		}
		if hyphen := end > i && w == "-" && r.glued(end) && r.glued(end+1) && r.isWord(end+1); hyphen { // "mail-in ballots"
			end, most = end+2, most+2
			if r.plural(end-1) && (r.after(end) != "-" || !r.glued(end)) { // "more than 40 pre-orders"
				return end
			}
			continue
		}
		if end > i+1 && r.at(end-1) == "-" && r.isNumber(end) { // "Patriot PAC-3 batteries"
			end++
			continue
		}
		if ones[w] > 0 || tens[w] > 0 { // "against 1.1 million ten years ago"
			break
		}
		if !r.isWord(end) || function[w] && !(w == "us" && r.capital(end)) || end > i && verbal(w) {
			break
		}
		end++
		if r.capital(end-1) && r.plural(end-1) && r.capital(end) && !r.toks[end].Break && !r.dated[end] { // "two Marins Sans Rivages nurses"
			if named == i {
				named = end
			}
			continue
		}
		if r.plural(end-1) && !((compounds[w] || named > i) && r.plural(end)) && !(fallen[w] && r.plural(end) && r.after(end) != "") && (r.after(end) != "-" || !r.glued(end)) {
			return r.speed(end)
		}
	}
	return named
}

// fallen may stand before those who are: "three dead sailors".
var fallen = set("dead", "injured", "wounded")

// rate is the token after what a unit at i-1 is divided by, i where it is by
// nothing: "km/h", "km per hour".
func (r *reader) rate(i int) int {
	if r.after(i) == "/" && r.glued(i) && r.isWord(i+1) && r.glued(i+1) {
		return i + 2
	}
	return r.speed(i)
}

// speed is the token after the time in which a length at i-1 is covered, i where it
// is in none: "miles per hour".
func (r *reader) speed(i int) int {
	if r.after(i) == "per" && lengths[r.at(i-1)] && spans[r.after(i+1)] {
		return i + 2
	}
	return i
}

// initials is the token after two letters with full stops, i where there are none.
func (r *reader) initials(i int) int {
	for k := i; k < i+4; k += 2 {
		if !r.capital(k) || len(r.at(k)) > 1 || k > i && !r.glued(k) || r.at(k+1) != "." || !r.glued(k+1) {
			return i
		}
	}
	return i + 4
}

// verbal reports whether a word is rather a verb's form than a noun.
func verbal(w string) bool {
	return len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing"))
}

// words gives the text of tokens from i up to end.
func (r *reader) words(i, end int) (string, text.Range) {
	at := text.Range{Start: r.toks[i].Start, End: r.toks[end-1].End}
	return r.s[at.Start:at.End], at
}

// aboutAtMost is the number of words that may say what a figure is about.
const aboutAtMost = 12

// about gives the clause around a quantity: from the last boundary before it
// to the next one after it, at most 12 words, the quantity's words among them.
func (r *reader) about(q quantity) (lo, hi int) {
	lo = q.first
	for lo > 0 && q.first-lo < 40 && !r.toks[lo].Break && !r.boundary(lo-1) {
		lo--
	}
	hi = q.end
	for hi < len(r.toks) && hi-q.end < 40 && !r.toks[hi].Break && !r.boundary(hi) {
		hi++
	}
	cut := false
	for r.count(lo, hi) > aboutAtMost {
		before, after := q.first-lo, hi-q.end
		// Words after a number say more about it than those before.
		if before > 0 && (after == 0 || r.count(lo, q.first) > 4 || r.count(q.end, hi) <= 6) {
			lo++
			for lo < q.first && r.glued(lo) {
				lo++
			}
		} else if after > 0 {
			hi, cut = hi-1, true
			for hi > q.end && r.glued(hi) {
				hi--
			}
		} else {
			break
		}
	}
	if r.labels(lo, q) { // "Attendance: 30,500."
		for lo--; lo > 0 && !r.toks[lo].Break && !r.boundary(lo-1) && q.first-lo < 7; lo-- {
		}
	}
	for hi > q.end && (function[r.at(hi-1)] || !r.isWord(hi-1) && !r.isNumber(hi-1) && r.at(hi-1) != "%" || r.isNumber(hi-1) && cut) {
		hi--
	}
	for lo < q.first && (joins[r.at(lo)] || !r.isWord(lo) && !r.isNumber(lo) && currencySigns[r.at(lo)] == "") {
		lo++
	}
	return lo, hi
}

// labels reports whether a colon parts a quantity with nothing before it, from token lo on,
// from what it is the number of.
func (r *reader) labels(lo int, q quantity) bool {
	return lo == q.first && lo > 1 && !r.toks[lo].Break && r.at(lo-1) == ":" && r.isWord(lo-2) && r.unitless(q)
}

func (r *reader) unitless(q quantity) bool {
	u, _ := r.unit(q)
	return u == ""
}

var joins = set("and", "but", "or", "that", "which", "who", "by", "of")

// boundary reports whether token i ends or begins a clause.
func (r *reader) boundary(i int) bool {
	switch r.at(i) {
	case ":":
		return !(r.isNumber(i-1) && r.glued(i) && r.isNumber(i+1) && r.glued(i+1)) // "4:30"
	case ",", ";", "(", ")", "“", "”", "\"", "–", "—", "!", "?", "[", "]":
		return true
	case ".":
		return i+1 >= len(r.toks) || r.toks[i+1].Space && !r.abbreviated(i-1)
	case "-":
		return r.toks[i].Space
	}
	return false
}

// abbreviated reports whether the full stop after token i ends no sentence: "Mr.",
// "Gov.", "Jan. 22", "4 p.m." before no new sentence's word.
func (r *reader) abbreviated(i int) bool {
	w := r.at(i)
	switch {
	case !r.isWord(i):
		return false
	case w == "m" && r.at(i-1) == "." && (r.at(i-2) == "a" || r.at(i-2) == "p"):
		return !r.capital(i+2) || behindClock[r.at(i+2)] || text.ShortMonths[r.at(i+2)]
	case text.OnX(r.s[:r.toks[i].End]):
		return false
	case len(w) <= 2:
		return len(w) == 1 || r.capital(i) || !r.capital(i+2)
	case text.ShortMonths[w] || w == "no":
		return r.isNumber(i + 2)
	}
	return titles[w] && r.capital(i)
}

// count gives the number of words, as white space cuts them.
func (r *reader) count(lo, hi int) int {
	n := 0
	for i := lo; i < hi; i++ {
		if i == lo || r.toks[i].Space {
			n++
		}
	}
	return n
}
