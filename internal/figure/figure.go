// Package figure finds the quantities that a text gives about the world: "more
// than 850,000", "nearly three", "between 5 and 7", "$3.2bn", "two-thirds",
// "hundreds", each with its bounds, its unit and the words that say what it is
// about.
//
//	Find    the figures of a text, each with the sentence that doubts it, if any
//	Rivals  figures of one text that speak of the same thing
//
// Not figures: dates and times, ages, scores of a game, ordinals, years, and
// numbers that only name something (Article 5, Flight 175, a telephone, a
// house, a row in a list). "One" is a figure only with a qualifier or beside
// another count.
//
// Bounds: "more than 40" leaves high open, "up to 40" and "nearly 40" low;
// "about 40" is 40; "hundreds" has none. Percent is on a scale of 100,
// fractions are decimals. Only English is read.
package figure

import (
	"unicode"

	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A Figure is a quantity at its place in a text, in bytes.
type Figure struct {
	text.Range            // the number with its qualifier
	Low, High  *float64   // nil: open on that side
	Unit       string     // in the text's words, but "percent" and the names of currencies for their signs, and "people" of dead, hurt and the like; "" where not said
	UnitAt     text.Range // where the unit's words stand; empty where they are a sign
	About      text.Range // at most 12 words of the same sentence
	Caveat     text.Range // the sentence close by that doubts it ("could not be verified"); empty where none does
	head       string     // the unit's last word, in the singular
	topic      []string   // stems of the words around it
	names      []string   // those of topic that are names
	sentence   int
	line       int
	fate       string // what is told of those counted: dead, hurt, freed
	more       bool   // it comes on top: "another 12", "40 others"
}

// Find gives the figures of a text, in order, not overlapping; dates are those of
// [when.Read].
func Find(s string, dates []when.Dated) []Figure {
	toks := text.Tokens(s)
	r := reader{s: s, toks: toks, dated: make([]bool, len(toks))}
	i := 0
	for _, e := range dates {
		if e.Counts { // "the last two years", "six minutes later"
			continue
		}
		for i < len(toks) && toks[i].Start < e.Start {
			i++
		}
		for ; i < len(toks) && toks[i].End <= e.End; i++ {
			r.dated[i] = true
		}
	}
	r.number()
	var out []Figure
	for i := 0; i < len(toks); {
		q, ok := r.quantity(i)
		if !ok {
			i++
			continue
		}
		if !r.excluded(q) {
			out = append(out, r.figure(q))
		}
		i = q.end
	}
	hedge(out, r.caveats())
	return out
}

// number counts the text's lines and sentences.
func (r *reader) number() {
	r.sentence, r.line = make([]int, len(r.toks)), make([]int, len(r.toks))
	sentence, line := 0, 0
	for i := range r.toks {
		if r.toks[i].Break {
			line++
		}
		if i > 0 && (r.toks[i].Break || r.boundary(i-1) && (r.at(i-1) == "." || r.at(i-1) == "!" || r.at(i-1) == "?")) {
			sentence++
		}
		r.sentence[i], r.line[i] = sentence, line
	}
}

// A reader holds the tokens of a text and which of them are dates.
type reader struct {
	s     string
	toks  []text.Token
	dated []bool
	// the sentence and the line that each token stands in
	sentence, line []int
	midway         map[string]bool // words with a capital within a sentence, once asked for
}

// at is token i in lower case, "" beyond the text.
func (r *reader) at(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Lower
}

// after is token i unless a line break stands before it.
func (r *reader) after(i int) string {
	if i < 0 || i >= len(r.toks) || r.toks[i].Break {
		return ""
	}
	return r.toks[i].Lower
}

// glued reports whether token i follows the one before without white space.
func (r *reader) glued(i int) bool { return i > 0 && i < len(r.toks) && !r.toks[i].Space }

func (r *reader) isWord(i int) bool { return i >= 0 && i < len(r.toks) && r.toks[i].Kind == text.Word }
func (r *reader) isNumber(i int) bool {
	return i >= 0 && i < len(r.toks) && r.toks[i].Kind == text.Number
}

// capital reports whether token i is a word with a capital in it.
func (r *reader) capital(i int) bool {
	if !r.isWord(i) {
		return false
	}
	for _, c := range r.s[r.toks[i].Start:r.toks[i].End] {
		if unicode.IsUpper(c) {
			return true
		}
	}
	return false
}

func (r *reader) figure(q quantity) Figure {
	f := Figure{Range: text.Range{Start: r.toks[q.first].Start, End: r.toks[q.end-1].End}}
	if !q.vague {
		low, high := q.low, q.high
		if q.bound != upper {
			f.Low = &low
		}
		if q.bound != lower {
			f.High = &high
		}
	}
	f.sentence, f.line = r.sentence[q.first], r.line[q.first]
	f.Unit, f.UnitAt = r.unit(q)
	lo, hi := r.about(q)
	f.About = text.Range{Start: r.toks[lo].Start, End: r.toks[hi-1].End}
	f.head, f.fate, f.more = headOf(f.Unit), r.fate(q), r.more(q)
	f.topic, f.names = r.topic(lo, hi, q, f)
	if f.head == "" && f.fate != "" {
		f.head = "people"
		if f.fate != "lost" && !q.fraction && r.bare(q) {
			f.Unit = "people"
		}
	}
	return f
}
