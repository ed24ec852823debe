package claim

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text is what a claim is called: the stretch of a member's content, a sentence
// at most, that is nearest to all members, rather a whole clause with names than
// a part of one or pronouns. Every word stands in a source; the first gets a
// capital. centre is the claim's.
func (b *book) text(c *Claim, centre vector) string {
	best, high := "", math.Inf(-1)
	for _, m := range c.Members {
		for stretch := range sentences(b.all[m.Statement].Content) {
			words := trim(undated(stretch))
			v := b.unit(b.vector(tokens(words)))
			fit := dot(v, centre)/float64(len(c.Members)) + b.wholeness(words, strings.HasPrefix(stretch, "that "))
			if m.Stance == For || m.Stance == Value {
				fit += 0.03
			}
			if v != nil && fit > high {
				best, high = words, fit
			}
		}
	}
	if best == "" { // refusals alone
		best = trim(undated(b.all[c.Members[0].Statement].Context))
	}
	return capital(best)
}

// capital gives s a first letter in upper case, unless it begins with a word
// that has its capital elsewhere (“iPhones”).
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); size == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// wholeness weighs how well words of a content read by themselves: they begin as
// a clause does and not with what binds them to the words before, have a verb
// that can carry one, name what they speak of, ask nothing, and are neither few
// nor many. clause tells that "that" stands before them.
func (b *book) wholeness(s string, clause bool) float64 {
	words := plain(s)
	if len(words) == 0 {
		return 0
	}
	fit := 0.0
	switch n := len(words); {
	case n < 3:
		fit -= 0.3
	case n < 4:
		fit -= 0.2
	case n > 20:
		fit -= 0.1
	}
	first := words[0]
	lead, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"“‘'"))
	switch whole := clause || unicode.IsUpper(lead); {
	case binding[first], strings.HasSuffix(first, "ing"), !whole && (carriers[first] || strings.HasSuffix(first, "ed")):
		fit -= 0.2
	case whole:
		fit += 0.05
	}
	if pronouns[first] {
		fit -= 0.12
	}
	if slices.ContainsFunc(words[1:], func(w string) bool { return pronouns[w] }) {
		fit -= 0.03
	}
	if b.named(s) {
		fit += 0.02
	}
	if !carried(words) {
		fit -= 0.09
	}
	if strings.HasSuffix(s, "?") {
		fit -= 0.05
	}
	return fit
}

// carried reports whether one of the words may be the verb of their clause. The
// first after a relative pronoun is the verb of another, and "the detained"
// tells which.
func carried(words []string) bool {
	aside := false
	for i, w := range words {
		switch {
		case i > 0 && relatives[w]:
			aside = true
		case carriers[w], strings.HasSuffix(w, "n't"), strings.HasSuffix(w, "ed") && i > 0 && !binding[words[i-1]] && !articles[words[i-1]]:
			if !aside {
				return true
			}
			aside = false
		}
	}
	return false
}

// named reports whether a name stands in s.
func (b *book) named(s string) bool {
	return slices.ContainsFunc(tokens(s), func(t token) bool {
		id, ok := b.ids[stem(t.word)]
		return t.capital || t.first && ok && b.name[id]
	})
}

// undated takes off the place that an article begins with: "VENN (Wire) - ".
func undated(s string) string {
	for _, dash := range []string{" - ", " – ", " — ", " -- "} {
		place, rest, ok := strings.Cut(s, dash)
		if !ok || len(place) > 60 {
			continue
		}
		first, _, _ := strings.Cut(place, " ")
		first = strings.TrimRight(first, ",")
		if strings.HasSuffix(place, ")") || len(first) > 2 && first == strings.ToUpper(first) && first != strings.ToLower(first) {
			return rest
		}
	}
	return s
}

var (
	binding   = set("to not about for of in on at by with from as into over against after before because since while when where who whom whose which what how why if whether and or but than then so such around between during without ever even")
	pronouns  = set("he she it they i we you him her them us me this these those here his its their my our your")
	articles  = set("the a an")
	relatives = set("who which that whose")
	carriers  = set("is are was were has have had will would can could may might must shall should does did do came went took made gave got fell ran left lost won told said held kept began broke rose led met sent shot died say says want wants need needs make makes take takes go goes come comes remain remains know knows think thinks believe believes expect expects see sees")
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
