package figure

import (
	"math"
	"strconv"
	"strings"
)

// A numeral is one number up to token end.
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
	w := r.at(i)
	switch {
	case vaguePlurals[w]:
		return r.dozens(i, qualified, n)
	case w == "several" || w == "few" || w == "many":
		if scales[r.after(i+1)] == 0 {
			return n, false
		}
		n.vague, n.end = true, i+2
		return n, true
	case w == "half":
		return r.half(i, qualified, n)
	case multiples[w] != 0:
		return r.multiple(i, qualified, n)
	case w == "a" || w == "an":
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
	return r.share(n)
}

// dozens reads "hundreds", "tens of thousands".
func (r *reader) dozens(i int, qualified bool, n numeral) (numeral, bool) {
	w, next := r.at(i), r.after(i+1)
	if w == "scores" && next != "of" && next != "more" && !qualified && i > 0 && !r.toks[i].Break && r.isWord(i-1) {
		return n, false
	}
	n.vague, n.end = true, i+1
	for r.after(n.end) == "of" && vaguePlurals[r.after(n.end+1)] {
		n.end += 2
	}
	return n, w != "tens" || n.end > i+1
}

// half reads "half of the town", "half a million".
func (r *reader) half(i int, qualified bool, n numeral) (numeral, bool) {
	next := r.after(i + 1)
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
}

// multiple reads "twice the size", "double what it was".
func (r *reader) multiple(i int, qualified bool, n numeral) (numeral, bool) {
	switch r.after(i + 1) {
	case "the", "that", "what", "its", "their", "his", "her", "those":
	case "as": // "twice as many", "twice as loud as"
		if w := r.after(i + 2); w != "many" && w != "much" && r.after(i+3) != "as" {
			return n, false
		}
	case "-":
		return n, false
	default:
		if !qualified {
			return n, false
		}
	}
	n.value, n.end = multiples[r.at(i)], i+1
	return n, true
}

// share reads what makes a share of cardinal n, or a half more: "two-thirds",
// "one boat in five", "three in ten", "two and a half".
func (r *reader) share(n numeral) (numeral, bool) {
	v, end := n.value, n.end
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
	if r.after(end) == "in" || r.after(end) == "out" && r.after(end+1) == "of" {
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
