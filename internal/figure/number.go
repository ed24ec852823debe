package figure

import (
	"math"
	"strconv"
	"strings"
)

// A numeral is a number as written, up to token end.
type numeral struct {
	end      int
	value    float64
	scale    float64 // of the word or letter after the digits: million, bn; else 1
	vague    bool    // "hundreds": no value
	words    bool    // written in letters
	fraction bool
	percent  bool
	article  bool   // "a", "an" for one
	currency string // name of the currency, for a sign
	glued    string // unit directly after the digits
}

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

// numeral reads a number at token i. qualified is true where a qualifier
// stands before it, so that "a mile" may count.
func (r *reader) numeral(i int, qualified bool) (numeral, bool) {
	n := numeral{end: i, scale: 1}
	if i >= len(r.toks) {
		return n, false
	}
	j, sign := i, i
	if dollars[r.at(i)] && r.glued(i+1) { // "US$"
		sign++
	}
	if name := currencySigns[r.at(sign)]; name != "" {
		j = sign + 1
		if dollars[r.after(j)] && r.glued(j) { // "$US"
			j++
		}
		n.currency = name
	} else if name := currencyCodes[r.at(i)]; name != "" && r.capital(i) && r.glued(i+1) { // "EUR5m"
		j, n.currency = i+1, name
	}
	if j > i && (!r.isNumber(j) || r.toks[j].Break) {
		j, n.currency = i, ""
	}
	if r.isNumber(j) {
		return r.digits(j, n)
	}
	if r.isWord(i) {
		return r.letters(i, qualified, n)
	}
	return n, false
}

// digits reads a number in digits, its scale and a unit glued to it.
func (r *reader) digits(i int, n numeral) (numeral, bool) {
	w := r.at(i)
	if strings.Count(w, ".") > 1 || len(w) > 24 || len(w) > 1 && w[0] == '0' && w[1] != '.' && n.currency == "" {
		return n, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	if err != nil {
		return n, false
	}
	n.value, n.end = v, i+1
	next := r.after(n.end)
	if r.glued(n.end) && r.isWord(n.end) {
		switch {
		case shortScales[next] != 0 && (n.currency != "" || len(next) > 1 || next != "k" && r.counts(n.end+1) || next == "k" && !r.capital(n.end)):
			n.scale = shortScales[next]
			n.end++
		case len(next) == 1 && r.capital(n.end):
			return n, false // "5G"
		case gluedUnits[next]:
			n.glued = next
			n.end = r.rate(n.end + 1)
		default:
			return n, false
		}
	} else if s, ok := scales[next]; ok {
		n.scale = s
		n.end++
	} else if n.currency != "" && shortScales[next] != 0 {
		n.scale = shortScales[next]
		n.end++
	} else if next == "°" && r.glued(n.end) {
		n.end++
		if w := r.after(n.end); w == "c" || w == "f" {
			n.end++
		}
		n.glued = "°"
	}
	n.value = round(n.value * n.scale)
	if r.glued(i) && r.at(i-1) == "-" {
		// the end of a score
	} else if n.scale == 1 && next == "in" && !r.glued(n.end) || n.scale == 1 && next == "out" && r.after(n.end+1) == "of" { // "1 in 10"
		return r.oneIn(n)
	}
	if r.after(n.end) == "%" {
		n.percent = true
		n.end++
	}
	// "11-and-a-half", "3 1/2"
	if k := r.andHalf(n.end); k > 0 {
		n.value += 0.5 * n.scale
		n.end = k
	} else if part := r.ratio(n.end); part > 0 && n.value == math.Trunc(n.value) && n.scale == 1 {
		n.value = round(n.value + part)
		n.end += 3
	}
	return n, true
}

// ratio is the value of "1/2" at token i behind a whole number, else 0.
func (r *reader) ratio(i int) float64 {
	if !r.isNumber(i) || r.after(i) == "" || r.glued(i) || r.after(i+1) != "/" || !r.glued(i+1) || !r.isNumber(i+2) || !r.glued(i+2) || r.after(i+3) == "/" {
		return 0
	}
	a, _ := strconv.Atoi(r.at(i))
	b, _ := strconv.Atoi(r.at(i + 2))
	if a < 1 || b <= a || b > 16 {
		return 0
	}
	return float64(a) / float64(b)
}

// counts reports whether token i is a noun or goes before one, so that the m
// before it means million and not metres: "2.5m Americans", "35m of its users".
func (r *reader) counts(i int) bool {
	w := r.after(i)
	return r.isWord(i) && w != "" && (w == "of" || r.plural(i) || r.plural(i+1) && !function[w] && r.after(i+1) != "") && !extents[w]
}

// oneIn reads "1 in 10" as a fraction where both numbers stand alone.
func (r *reader) oneIn(n numeral) (numeral, bool) {
	j := n.end + 1
	if r.after(n.end) == "out" {
		j++
	}
	var of float64
	if r.isNumber(j) {
		of, _ = strconv.ParseFloat(r.after(j), 64)
	} else {
		of = ones[r.after(j)]
		if of == 0 {
			of = tens[r.after(j)]
		}
	}
	if of > n.value && of <= 1000 && n.value < 100 && n.value == math.Trunc(n.value) && r.after(j) != "" {
		n.value, n.end, n.fraction = round(n.value/of), j+1, true
	}
	return n, true
}

// andHalf gives the token after "and a half", with or without hyphens, or 0.
func (r *reader) andHalf(i int) int {
	hyphen := 0
	if r.after(i) == "-" {
		hyphen = 1
	}
	i += hyphen
	if r.after(i) == "and" && r.after(i+1+hyphen) == "a" && r.after(i+2+2*hyphen) == "half" {
		return i + 3 + 2*hyphen
	}
	return 0
}

// letters reads a number in letters.
func (r *reader) letters(i int, qualified bool, n numeral) (numeral, bool) {
	n.words = true
	w, next := r.at(i), r.after(i+1)
	if vaguePlurals[w] {
		if w == "scores" && next != "of" && next != "more" && !qualified && i > 0 && !r.toks[i].Break && r.isWord(i-1) {
			return n, false
		}
		n.vague, n.end = true, i+1
		for r.after(n.end) == "of" && vaguePlurals[r.after(n.end+1)] {
			n.end += 2
		}
		return n, w != "tens" || n.end > i+1
	}
	switch w {
	case "several", "few", "many":
		if scales[next] != 0 {
			n.vague, n.end = true, i+2
			return n, true
		}
		return n, false
	case "half":
		if !r.toks[i].Break && halved[r.at(i-1)] { // "the first half of the year"
			return n, false
		}
		switch next {
		case "of", "the", "a", "an", "its", "their", "his", "her", "that", "our", "my", "have", "had", "are", "were", "said", "say":
		default:
			if !qualified && !r.step(i, i+1) && next != "" && r.isWord(i+1) && !r.plural(i+1) {
				return n, false
			}
		}
		if next == "a" && scales[r.after(i+2)] != 0 {
			n.value, n.end = 0.5*scales[r.after(i+2)], i+3
			return n, true
		}
		if r.glued(i+1) && next == "-" || r.glued(i) && r.at(i-1) == "-" {
			return n, false
		}
		n.value, n.end, n.fraction = 0.5, i+1, true
		return n, true
	case "double", "triple", "quadruple", "twice", "thrice":
		switch next {
		case "the", "that", "what", "its", "their", "his", "her", "those":
		case "as": // "twice as many", "twice as loud as"
			if w := r.after(i + 2); w != "many" && w != "much" && r.after(i+3) != "as" {
				return n, false
			}
		default:
			if !qualified {
				return n, false
			}
		}
		if next == "-" {
			return n, false
		}
		n.value, n.end = multiples[w], i+1
		return n, true
	case "a", "an":
		return r.articled(i, qualified, n)
	}
	v, end, ok := r.cardinal(i)
	if !ok {
		return n, false
	}
	n.value, n.end = v, end
	if s := scales[r.at(end-1)]; s > 0 {
		n.scale = s
	}
	// "two-thirds", "three quarters"
	k := end
	if r.after(k) == "-" {
		k++
	}
	if f, ok := fractions[r.after(k)]; ok && v < 10 && (r.plural(k) || v == 1) && r.after(k) != "seconds" && (v == 1 || r.after(k) != "half") {
		if r.after(k) == "quarters" && k == end && r.after(k+1) != "of" {
			return n, true
		}
		n.value, n.end, n.fraction = round(v*f), k+1, true
		if v == 2 && f == 0.333 {
			n.value = 0.667
		}
		return n, true
	}
	if of := ones[r.after(end+2)]; v == 1 && of > 1 && r.after(end+1) == "in" && r.isWord(end) && !function[r.after(end)] && !r.plural(end+3) { // "one boat in five"
		n.value, n.end, n.fraction = round(1/of), end+3, true
		return n, true
	}
	switch {
	case r.after(end) == "in" || r.after(end) == "out" && r.after(end+1) == "of":
		if k := end + 1; ones[r.after(k)] == 10 || ones[r.after(k)] == 5 || r.isNumber(k) && (r.after(k) == "10" || r.after(k) == "100") || r.after(end) == "out" || v == 1 && ones[r.after(k)] > 1 {
			return r.oneIn(n)
		}
	}
	if k := r.andHalf(n.end); k > 0 {
		n.value += 0.5
		n.end = k
	}
	return n, true
}

// articled reads "a third", "a dozen", "a million", "a few hundred", "less
// than an hour".
func (r *reader) articled(i int, qualified bool, n numeral) (numeral, bool) {
	w := r.after(i + 1)
	n.end = i + 2
	if r.glued(i+1) || w == "" {
		return n, false
	}
	switch {
	case scales[w] != 0:
		n.value = scales[w]
		if s := scales[r.after(n.end)]; s != 0 { // "a hundred thousand"
			n.value *= s
			n.end++
		}
		if n.value == 12 && r.after(n.end) == "-" {
			return n, false
		}
		return n, true
	case w == "score" && r.after(i+2) == "of":
		n.value = 20
		return n, true
	case w == "couple" && r.after(i+2) == "of" && r.plural(i+3):
		n.value = 2
		return n, true
	case w == "few" && scales[r.after(i+2)] != 0:
		n.vague, n.end = true, i+3
		return n, true
	case w == "half" && qualified && r.after(i+2) == "-":
		return n, false
	case fractions[w] != 0 && w != "fourth" && (r.after(i+2) == "of" || qualified && r.parted(i+2) || r.step(i, i+2)):
		n.value, n.fraction = fractions[w], true
		return n, true
	case spans[w] && qualified:
		n.value, n.article, n.glued = 1, true, w
		return n, true
	case (w == "half" || w == "quarter") && spans[r.after(i+2)]: // "a half century"
		n.value, n.end, n.glued = fractions[w], i+3, r.after(i+2)
		return n, true
	case spans[w] && r.andHalf(i+2) > 0: // "a year and a half"
		n.value, n.end, n.glued = 1.5, r.andHalf(i+2), w
		return n, true
	}
	return n, false
}

// step reports whether a fraction from token i to end says by how much: "by a
// quarter in March", but not "followed by a third".
func (r *reader) step(i, end int) bool {
	before := r.at(i - 2)
	return r.at(i-1) == "by" && !r.toks[i].Break && before != "followed" && before != "joined" && r.parted(end)
}

// parted reports whether the token at i cannot be what a fraction before it
// orders or counts: "a third from a year earlier", but "a third party".
func (r *reader) parted(i int) bool {
	w := r.after(i)
	return w == "" || !r.isWord(i) || function[w]
}

// cardinal reads "twenty-one", "two hundred and fifty thousand", "5 million".
func (r *reader) cardinal(i int) (v float64, end int, ok bool) {
	total, part := 0.0, 0.0
	end = i
	for end < len(r.toks) && (end == i || !r.toks[end].Break) {
		w := r.at(end)
		if ten, is := tens[w]; is && (end == i || part == 0 || math.Mod(part, 100) == 0) {
			part += ten
			end++
			if one := ones[r.after(end+1)]; r.after(end) == "-" && one > 0 && one < 10 {
				part += one
				end += 2
			} else if one := ones[r.after(end)]; one > 0 && one < 10 && scales[r.after(end)] == 0 {
				part += one
				end++
			}
		} else if one, is := ones[w]; is && (end == i || part == 0 || math.Mod(part, 100) == 0) {
			part += one
			end++
		} else if s, is := scales[w]; is && end > i {
			if s == 100 || s == 12 {
				part *= s
			} else {
				total += part * s
				part = 0
			}
			end++
		} else if w == "and" && end > i && part >= 100 && (ones[r.after(end+1)] > 0 || tens[r.after(end+1)] > 0) {
			end++
			continue
		} else {
			break
		}
		ok = true
	}
	return total + part, end, ok
}

// round takes away the noise of multiplying decimals.
func round(v float64) float64 {
	if math.Abs(v) >= 1 {
		p := math.Pow(10, 12-math.Ceil(math.Log10(math.Abs(v))))
		return math.Round(v*p) / p
	}
	return math.Round(v*1000) / 1000
}
