package figure

import "strings"

// A quantity is one or two numerals with their qualifiers: tokens first to
// end, the number itself from token num on.
type quantity struct {
	numeral
	first, num int
	low, high  float64
	bound      bound
	qualified  bool // a qualifier stands before it
}

// quantity reads qualifiers and the number or range after them.
func (r *reader) quantity(i int) (quantity, bool) {
	if w := r.at(i); w == "negative" || w == "minus" {
		return r.below(i)
	}
	j, bnd, qualified := r.qualify(i)
	if r.glued(j) && r.isWord(j-1) && j == i {
		return quantity{}, false // "B17", "www.pro32.org"
	}
	between := r.at(j) == "between" || r.at(j) == "from" && strings.HasPrefix(r.at(j-1), "rang")
	if end := i + 1; j > end && particles[r.at(i)] && hedged(r.at(end)) {
		return quantity{}, false // "takes over about 7,000": the number begins at "about"
	}
	if r.at(i) == "over" && j == i+1 && r.lasting(j) && r.counted(i-1) {
		return quantity{}, false // "15 per cent over three years": the number begins at "three"
	}
	k := j
	if between {
		k++
	}
	if k > i && (k >= len(r.toks) || r.toks[k].Break) {
		return quantity{}, false
	}
	n, ok := r.numeral(k, qualified)
	if !ok {
		return quantity{}, false
	}
	if !between {
		r.borrow(&n, k)
	}
	q := quantity{numeral: n, first: i, num: k, low: n.value, high: n.value, bound: bnd, qualified: qualified || between}
	if to, ok := r.second(q, between); ok {
		q.low, q.high = n.value, to.value
		if to.scale > 1 && n.scale == 1 && n.value < to.value/to.scale { // "five to six million"
			q.low *= to.scale
		}
		first := q.numeral
		q.numeral = to
		q.words = first.words
		if q.currency == "" {
			q.currency = first.currency
		}
	} else if between {
		return quantity{}, false
	}
	r.tail(&q)
	return q, true
}

// below reads "negative 7 percent" at token i: a share or degrees below zero.
func (r *reader) below(i int) (quantity, bool) {
	if i+1 >= len(r.toks) || r.toks[i+1].Break || !r.isNumber(i+1) {
		return quantity{}, false
	}
	q, ok := r.quantity(i + 1)
	if !ok || !q.percent && q.glued != "°" && r.after(q.end) != "degrees" || q.low != q.high {
		return quantity{}, false
	}
	q.first, q.low, q.high = i, -q.low, -q.high
	return q, true
}

// lasting reports whether a number of units of time begins at token i: "three
// years", "a decade".
func (r *reader) lasting(i int) bool {
	end := i + 1
	if r.after(i) != "a" {
		n, ok := r.numeral(i, false)
		if !ok || n.currency != "" || n.percent {
			return false
		}
		end = n.end
	}
	return periods[strings.TrimSuffix(r.after(end), "s")]
}

// counted reports whether an amount ends at token i: "15 per cent", "$5 million",
// "£2bn", "40 jobs".
func (r *reader) counted(i int) bool {
	w := r.at(i)
	return r.percent(i) > i || r.percent(i-1) > i || r.isNumber(i) || scales[w] != 0 || shortScales[w] != 0 ||
		currencyNames[w] || r.isNumber(i-1) && r.plural(i)
}

// borrow gives a number that another follows the scale or the percent of that
// one: "from $10 to $15 billion", "from 4.8 to 4.7 percent".
func (r *reader) borrow(n *numeral, i int) {
	if n.vague || n.words || n.scale > 1 || n.percent || r.at(i-1) != "from" || r.after(n.end) != "to" {
		return
	}
	to, ok := r.numeral(n.end+1, false)
	if !ok || to.currency != n.currency {
		return
	}
	n.percent = to.percent || r.percent(to.end) > to.end || strings.HasPrefix(r.after(to.end), "percentage")
	if to.scale > 1 && n.value < 1000 {
		n.value *= to.scale
	}
}

// second reads the other end of a range: "to six", "and 7", "–17".
func (r *reader) second(q quantity, between bool) (numeral, bool) {
	j := q.end
	none := numeral{}
	if q.vague || q.article || r.dated[q.num] {
		return none, false
	}
	w := r.after(j)
	switch w {
	case "and":
		if !between {
			return none, false
		}
	case "to":
		if r.at(q.first-1) == "by" && !r.shares(q) {
			return none, false
		}
		for k := q.first - 1; k > q.first-4 && !between; k-- {
			if r.at(k) == "from" {
				return none, false // a change, not a range
			}
		}
	case "or":
		if !q.words && !between && !r.alternative(q) {
			return none, false
		}
	case "-", "–":
		if !r.glued(j) || !r.glued(j+1) || q.words && w == "-" {
			return none, false
		}
	default:
		return none, false
	}
	if j+1 >= len(r.toks) || r.toks[j+1].Break {
		return none, false
	}
	to, ok := r.numeral(j+1, false)
	if !ok || to.vague || to.article || to.fraction != q.fraction {
		return none, false
	}
	low := q.value
	if to.scale > 1 && q.scale == 1 && low < to.value/to.scale {
		low *= to.scale
	}
	if low >= to.value || q.percent && !to.percent {
		return none, false
	}
	if w == "-" || w == "–" { // a score, unless a unit follows
		if !to.percent && to.currency == "" && q.currency == "" && to.glued == "" && !r.plural(to.end) {
			return none, false
		}
	}
	return to, true
}

// alternative reports whether "or" behind a number in digits leads to another of the same
// few things: "5 or 6 boats", not "article 5 or 6".
func (r *reader) alternative(q quantity) bool {
	to, ok := r.numeral(q.end+1, false)
	return ok && !to.words && r.plural(to.end) && q.glued == "" && !labels[r.at(q.first-1)] && !r.plural(q.first-1) && q.value < to.value && to.value <= 2*q.value+5
}

// shares reports whether a number and the one after "to" have but one "percent",
// behind the second: "cut use by 18 to 20 percent", not "fell by 7 to 20 boats". What
// makes up a hundred is a vote: "by 48 to 52 percent".
func (r *reader) shares(q quantity) bool {
	to, ok := r.numeral(q.end+1, false)
	if !ok || q.percent || q.currency != "" || to.currency != "" || q.value+to.value == 100 {
		return false
	}
	return to.percent || r.percent(to.end) > to.end
}

// percent is the token after "%", "percent", "pct" or "per cent" at token i, i where
// none stands there.
func (r *reader) percent(i int) int {
	switch r.after(i) {
	case "%", "percent", "pct":
		return i + 1
	case "per":
		if w := r.after(i + 1); w == "cent" || w == "centage" {
			return i + 2
		}
	}
	return i
}

// tail reads what follows a number and belongs to it: "percent", "or more",
// "or so", "of dollars".
func (r *reader) tail(q *quantity) {
	switch w := r.after(q.end); {
	case r.percent(q.end) > q.end:
		q.end, q.percent = r.percent(q.end), true
	case w == "+" && r.glued(q.end):
		q.end, q.bound = q.end+1, lower
	case w == "-" && r.glued(q.end) && r.after(q.end+1) == "plus":
		q.end, q.bound = q.end+2, lower
	case q.vague && w == "of" && currencyNames[r.after(q.end+1)]:
		q.end += 2
	}
	if r.after(q.end) == "or" {
		switch r.after(q.end + 1) {
		case "more":
			q.end, q.bound = q.end+2, lower
		case "less", "fewer":
			q.end, q.bound = q.end+2, upper
		case "so":
			q.end += 2
		}
	}
}

// qualify reads the qualifiers at token i, one after another. The last bound
// that opens a side counts.
func (r *reader) qualify(i int) (end int, b bound, any bool) {
	end = i
	for range 4 {
		n := 0
		for _, q := range qualifiers[r.at(end)] {
			if len(q.words) <= n {
				continue
			}
			k := 1
			for k < len(q.words) && r.after(end+k) == q.words[k] {
				k++
			}
			if k == len(q.words) {
				n = k
				if q.bound != exact {
					b = q.bound
				}
			}
		}
		if n == 0 || end > i && r.toks[end].Break {
			return end, b, end > i
		}
		end += n
	}
	return end, b, true
}

// table makes the qualifiers' lookup, the shorter of two with the same first
// word first.
func table(list map[string]bound) map[string][]qualifier {
	out := map[string][]qualifier{}
	for words, b := range list {
		w := strings.Fields(words)
		out[w[0]] = append(out[w[0]], qualifier{w, b})
	}
	return out
}
