package claim

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text is what a claim is called: the stretch of a member's content, a sentence
// at most, that is nearest to all members, rather a whole clause than a part of
// one. Every word stands in a source. centre is the claim's.
func (b *book) text(c *Claim, centre vector) string {
	best, high := "", math.Inf(-1)
	for _, m := range c.Members {
		for stretch := range sentences(b.all[m.Statement].Content) {
			words := trim(stretch)
			v := b.unit(b.vector(tokens(words)))
			fit := dot(v, centre)/float64(len(c.Members)) + wholeness(stretch)
			if m.Stance == For || m.Stance == Value {
				fit += 0.05
			}
			if v != nil && fit > high {
				best, high = words, fit
			}
		}
	}
	if best == "" { // refusals alone
		best = trim(b.all[c.Members[0].Statement].Context)
	}
	return best
}

// wholeness weighs how well a stretch of content reads by itself: it begins as
// a clause does and not with what binds it to the words before, has a verb that
// can carry one, names what it speaks of, and is neither short nor long.
func wholeness(s string) float64 {
	fit := 0.0
	words := plain(s)
	switch n := len(words); {
	case n < 4:
		fit -= 0.2
	case n > 24:
		fit -= 0.1
	}
	if len(words) == 0 {
		return fit
	}
	first := words[0]
	if first == "that" && len(words) > 1 {
		first = words[1]
		fit += 0.03
	} else if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \t\r\n\"“”‘’'")); unicode.IsUpper(r) {
		fit += 0.03
	}
	switch {
	case binding[first] || strings.HasSuffix(first, "ing"):
		fit -= 0.15
	case pronouns[first]:
		fit -= 0.06
	}
	carried := false
	for _, w := range words {
		carried = carried || carriers[w] || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "ed")
		if w == "i" || w == "we" || w == "you" || w == "me" || w == "us" {
			fit -= 0.02
		}
	}
	if !carried {
		fit -= 0.06
	}
	return fit
}

var (
	binding  = set("to not about for of in on at by with from as into over against after before because since while when where who whom whose which what how why if whether and or but than then so such around between during without")
	pronouns = set("he she it they i we you him her them us me this these those there here one")
	carriers = set("is are was were be been has have had will would can could may might must shall should does did do")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// trim takes off what binds a stretch of content to its sentence: signs, the
// word "that", the quotation marks around it and a mark without a partner.
func trim(s string) string {
	const double, single = "\"“”", "'‘’"
	for {
		was := s
		s = strings.Trim(s, " \t\n\r,;:")
		s = strings.TrimPrefix(s, "that ")
		for _, marks := range []string{double, single} {
			inner := strings.TrimLeft(s, marks)
			opens := len(inner) < len(s)
			core := strings.TrimRight(inner, marks)
			closes := len(core) < len(inner)
			paired := strings.ContainsAny(core, double)
			if marks == single {
				paired = closesSingle(core)
			}
			switch {
			case !paired && opens:
				s = core
			case !paired && closes && marks == double:
				s = core
			}
		}
		if s == was {
			return s
		}
	}
}

// closesSingle reports whether a single mark in s ends a word.
func closesSingle(s string) bool {
	for i, r := range s {
		if r == '\'' || r == '’' {
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !unicode.IsLetter(next) {
				return true
			}
		}
	}
	return false
}
