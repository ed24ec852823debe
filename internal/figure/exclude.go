package figure

import (
	"math"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// excluded reports whether a quantity is none about the world: a date, an age,
// a score, a name's number.
func (r *reader) excluded(q quantity) bool {
	for k := q.num; k < q.end; k++ {
		if r.dated[k] {
			return true
		}
	}
	prev, next := r.at(q.first-1), r.after(q.end)
	if r.toks[q.first].Break {
		prev = ""
	}
	if q.vague {
		return q.end-q.num == 1 && (prev == "the" && next == "")
	}
	return r.age(q, prev, next) || r.label(q, prev, next) || r.score(q, prev, next) || r.small(q, prev, next)
}

// age: "42-year-old", "aged 42", "Neu, 67, was".
func (r *reader) age(q quantity, prev, next string) bool {
	k := q.end
	if next == "-" {
		k++
	}
	switch r.after(k) {
	case "year", "years", "month", "months", "week", "weeks", "day", "days":
		k++
		if r.after(k) == "-" {
			k++
		}
		if r.after(k) == "old" || r.after(k) == "olds" {
			return true
		}
	case "ish", "something":
		return true
	}
	if ageWord[prev] || ageWord[r.at(q.first-2)] || prev == "as" && r.at(q.first-2) == "young" && r.at(q.first-3) == "as" {
		return true
	}
	if (prev == "or" || prev == "and") && r.isNumber(q.first-2) && (ageWord[r.at(q.first-3)] || r.at(q.first-3) == "," && next == ",") {
		return true
	}
	if k := q.end + 1; r.after(k) == "pregnant" {
		return true
	}
	switch r.at(q.first) {
	case "over", "under", "above", "below": // "people over 65"
		if aging[prev] && q.num == q.first+1 && r.isNumber(q.num) && q.low <= 115 && q.scale == 1 && !q.percent && q.currency == "" && q.glued == "" && r.bare(q) {
			return true
		}
	}
	if q.words || q.qualified || q.percent || q.currency != "" || q.glued != "" || q.scale > 1 || q.high > 115 || q.high != math.Trunc(q.high) {
		return false
	}
	if prev == "," && r.isWord(q.first-2) {
		switch next {
		case "–", "—", "-":
			return r.toks[q.end].Space && r.capital(q.first-2)
		case ",", "of", "from", ".", ";", "who", ")":
			return q.high > 3 && (r.capital(q.first-2) || next == ",")
		case "and":
			return r.isNumber(q.end+1) && r.capital(q.first-2)
		}
	}
	if prev == "at" && q.high > 3 && (!r.isWord(q.end) || next == "and") {
		for i := q.first - 2; i >= 0 && i > q.first-12 && !r.toks[i+1].Break && !r.boundary(i); i-- { // "became a judge at 41"
			if lives[r.at(i)] {
				return true
			}
		}
	}
	if who := r.at(q.first - 2); (prev == "was" || prev == "is") && (who == "he" || who == "she" || r.calledMidway(q.first-2)) && (!r.isWord(q.end) || next == "and" || next == "but") {
		return q.high > 3
	}
	return prev == "(" && next == ")" || prev == "turned" || prev == "turning" || prev == "now" && next == "," ||
		(prev == "'re" || prev == "i'm" || prev == "you're" || prev == "he's") && (next == "." || next == ",")
}

// calledMidway reports whether token i has a capital, and so within a sentence, here or
// elsewhere, as somebody's name has: "Finch is 71 and".
func (r *reader) calledMidway(i int) bool {
	if r.midway == nil {
		r.midway = map[string]bool{}
		for k := range r.toks {
			if r.capital(k) && !r.starts(k) {
				r.midway[r.at(k)] = true
			}
		}
	}
	return r.capital(i) && r.midway[r.at(i)]
}

var ageWord = set("age", "aged", "ages")

// lives are verbs of a life's days, told with an age: "died at 84".
var lives = set("became", "become", "becomes", "debuted", "died", "dies", "graduated", "joined", "married", "orphaned", "retired", "retires", "widowed")

// aging stand before "over 65".
var aging = set("adults", "americans", "anybody", "anyone", "boys", "children", "citizens", "everybody", "everyone", "girls", "kids", "men", "patients",
	"people", "residents", "someone", "those", "voters", "women", "workers")

// label: the number names something: "Article 5", "Falcon 9", "No. 1", a
// year, a telephone, an item of a list.
func (r *reader) label(q quantity, prev, next string) bool {
	switch next {
	case "bill", "bills", "note", "notes", "coin", "coins":
		if q.currency != "" {
			return true
		}
	}
	switch next {
	case "day", "days", "week", "weeks", "month", "months", "year", "years":
		if after := r.after(q.end + 1); after == "after" || after == "before" || after == "earlier" || after == "later" {
			return true // it says when
		}
	}
	if prev == "per" || prev == "at" && strings.HasPrefix(r.at(q.first-2), "die") || prev == "of" && r.at(q.first-2) == "scale" || prev == ":" && r.at(q.first-2) == "related" {
		return true
	}
	measured := q.percent || q.currency != "" || q.glued != "" || q.scale > 1 || q.fraction || q.article
	if !measured && (!q.words && r.digitsLabel(q, prev, next) || !q.qualified && r.named(q, prev, next)) {
		return true
	}
	if next == "-" && r.glued(q.end) && q.words && q.low <= 3 {
		return setPhrases[r.after(q.end+1)]
	}
	return false
}

// digitsLabel: a bare number in digits is a day, a year, a time, a telephone, a
// house, a cell of a table.
func (r *reader) digitsLabel(q quantity, prev, next string) bool {
	w := r.at(q.num)
	if next == "st" || next == "nd" || next == "rd" || next == "th" || next == "/" || prev == "/" || next == ":" && r.glued(q.end+1) || prev == ":" && r.glued(q.first) {
		return true
	}
	if !q.qualified && len(w) == 4 && w >= "1500" && w <= "2199" && !(r.plural(q.end) && (w < "1900" || w > "2050")) {
		return true
	}
	if prev == "since" && !q.qualified && len(w) == 4 && w >= "1000" && w < "1500" && !r.plural(q.end) {
		return true
	}
	if (r.isNumber(q.end) && r.after(q.end) != "" || r.isNumber(q.first-1) && !r.toks[q.first].Break) && !r.plural(q.end) {
		return true // a telephone, a card, a table
	}
	if phones[prev] && !r.plural(q.end) || next == "utc" || next == "gmt" {
		return true
	}
	if (prev == "and" || prev == "or" || prev == ",") && r.isNumber(q.first-2) && labels[r.at(q.first-3)] && !r.plural(q.end) {
		return true // "articles 5 and 4"
	}
	begins := r.toks[q.first].Break || q.first == 0
	if begins && next == "." {
		return true // an item of a list
	}
	if begins && next == "" || next == ")" && prev != "(" || prev == "|" || next == "|" { // a cell of a table
		return true
	}
	if (prev == "at" || begins && next == ":") && strings.Contains(w, ".") && len(w)-strings.IndexByte(w, '.') == 3 && q.high < 24 && !r.plural(q.end) {
		return true // a time of day
	}
	if streets[next] && r.capital(q.end) || streets[r.after(q.end+1)] && r.capital(q.end) && r.capital(q.end+1) {
		return true
	}
	if prev == "." && r.glued(q.first) || prev == "@" || prev == "#" || next == "@" || (prev == "_" || prev == "&") && r.glued(q.first) {
		return true
	}
	return false
}

// named: a bare number is part of a name: "No. 1", "Falcon 9", "COVID-19",
// "Capital One", "the Six Nations".
func (r *reader) named(q quantity, prev, next string) bool {
	if prev == "." && r.at(q.first-2) == "no" || prev == "." && labels[r.at(q.first-2)] && r.at(q.first-2) != "week" && r.isNumber(q.first) && len(r.at(q.first-2)) < 5 {
		return true
	}
	if labels[prev] && (!r.plural(q.end) || r.capital(q.first-1)) && !(prev == "week" || prev == "count" || prev == "question") {
		return true
	}
	if prev == "-" && r.glued(q.first) && r.isWord(q.first-2) {
		return true // COVID-19
	}
	if r.capital(q.first-1) && !q.words && prev != "" && !r.plural(q.end) && !function[prev] && !r.starts(q.first-1) && next != "-" {
		return true
	}
	if r.capital(q.first-1) && !q.words && len(r.at(q.num)) < 4 && next != "-" && next != "in" && !function[prev] && r.isWord(q.end) && !r.plural(q.end) && !measures[next] && !gluedUnits[next] && !verbal(prev) && !hedged(prev) && !lexicon.Common().Has(prev) && !strings.HasSuffix(prev, "ly") {
		return true // "Grenvik 52 sailed", where a sentence begins
	}
	if r.capital(q.first-1) && q.words && r.capital(q.num) && !r.plural(q.end) && !r.starts(q.first-1) {
		return true // "Capital One"
	}
	if q.words && r.capital(q.first) && r.capital(q.end) && r.plural(q.end) && r.isWord(q.first-1) && !r.capital(q.first-1) && (prev == "the" || !function[prev]) {
		return true // "the Six Nations"
	}
	if next == "-" && r.glued(q.end) && !q.words && r.isNumber(q.end+1) && r.glued(q.end+1) {
		return true
	}
	return false
}

// starts reports whether token i is the first of its sentence.
func (r *reader) starts(i int) bool {
	if i == 0 || r.toks[i].Break {
		return true
	}
	switch r.at(i - 1) {
	case ".", "!", "?", ":", "“", "\"", "‘", "•", "-", "–", "—", ";":
		return true
	}
	return false
}

// score: "26-24", "45 points to 24", "a 4-1 mark".
func (r *reader) score(q quantity, prev, next string) bool {
	if q.words || q.percent || q.currency != "" {
		return false
	}
	dash := func(w string) bool { return w == "-" || w == "–" || w == "—" }
	if q.low != q.high && dash(r.at(q.num+1)) {
		return false
	}
	if dash(next) && r.glued(q.end) && r.isNumber(q.end+1) && r.glued(q.end+1) {
		return true
	}
	if dash(prev) && r.glued(q.first) && r.isNumber(q.first-2) {
		return true
	}
	if next == "points" && r.after(q.end+1) == "to" && r.isNumber(q.end+2) {
		return true
	}
	return r.at(q.first-1) == "to" && r.at(q.first-2) == "points" && r.isNumber(q.first-3)
}

// small: "one" and "the two" mostly count nothing new.
func (r *reader) small(q quantity, prev, next string) bool {
	if !q.words || q.fraction || q.scale > 1 {
		return false
	}
	if prev == "or" && q.low == 2 && q.high == 2 && (r.one(q.first-3) || r.one(q.first-4)) { // "a small boat or two"
		return true
	}
	if strings.HasSuffix(next, "clock") || prev == "in" && q.low == 2 && !r.isWord(q.end) { // "seven o'clock", "broke in two"
		return true
	}
	switch prev {
	case "no", "any":
		return true
	case "the", "these", "those", "between", "of":
		if q.low == 2 && !q.qualified && next != "-" && (prev != "of" && prev != "between") {
			return true
		}
	}
	if q.low != 1 || q.high != 1 {
		return false
	}
	if q.article { // "just over a week after", "within a year"
		return r.at(q.first) == "within" || elapsed[r.after(q.end)]
	}
	if !q.qualified && next != "of" && next != "another" && r.besideCount(q) {
		return false
	}
	if q.qualified && q.bound != lower && r.at(q.first) != "only" && r.at(q.first) != "just" {
		return true
	}
	return !q.qualified || next == "of" && q.bound != lower
}

// one reports whether token i is "a" or "an".
func (r *reader) one(i int) bool { return r.at(i) == "a" || r.at(i) == "an" }

// plural reports whether token i looks like a noun in the plural.
func (r *reader) plural(i int) bool {
	if !r.isWord(i) {
		return false
	}
	w := r.at(i)
	if r.acronym(i) {
		return false // "9,000 ISIS fighters"
	}
	if plurals[w] || strings.HasSuffix(w, "men") && len(w) > 5 && !singular[w] || strings.HasSuffix(w, "children") { // "gunmen"
		return true
	}
	if len(w) < 4 || w[len(w)-1] != 's' || function[w] {
		return len(w) == 3 && w[2] == 's' && r.shortened(i)
	}
	switch w[len(w)-2] {
	case 's', 'u':
		return false
	}
	return true
}

// shortened reports whether token i is two capitals in the plural: "MPs", "TVs".
func (r *reader) shortened(i int) bool {
	w := r.s[r.toks[i].Start:r.toks[i].End]
	return w[2] == 's' && w[:2] == strings.ToUpper(w[:2])
}

// singular end as "men" does.
var singular = set("abdomen", "acumen", "bitumen", "regimen", "specimen", "stamen")

// acronym reports whether token i is all in capitals, and the one beside it is not.
func (r *reader) acronym(i int) bool {
	upper := func(k int) bool {
		w := r.s[r.toks[k].Start:r.toks[k].End]
		return w == strings.ToUpper(w)
	}
	next := i + 1
	if !r.isWord(next) {
		next = i - 2
	}
	return upper(i) && r.isWord(next) && !upper(next)
}

var elapsed = set("after", "before", "later", "earlier", "into", "ago", "since")

// besideCount reports whether another small number is counted beside "one":
// "four men and one woman", "one derailment and two collisions".
func (r *reader) besideCount(q quantity) bool {
	joined := false
	for k := q.end; k < q.end+6 && k < len(r.toks) && !r.toks[k].Break; k++ {
		switch w := r.at(k); {
		case w == "and" || w == ",":
			joined = true
		case w == "." || w == ";":
			k = q.end + 6
		case joined && (ones[w] > 1 || tens[w] > 0 || r.isNumber(k) && !r.dated[k]):
			return r.isWord(q.end) && !function[r.at(q.end)] || r.at(q.end) == "and"
		}
	}
	switch r.at(q.first - 1) {
	case "and", ",", "including":
	default:
		return false
	}
	for k := q.first - 1; k > q.first-8 && k >= 0 && !r.toks[k+1].Break; k-- {
		switch w := r.at(k); {
		case w == "." || w == ";":
			return false
		case ones[w] > 1 || tens[w] > 0 || r.isNumber(k) && !r.dated[k]:
			return true
		}
	}
	return false
}
