package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/text"
)

var joins = map[string]bool{"of": true, "for": true, "de": true, "del": true, "von": true, "van": true, "der": true, "bin": true, "al": true, "la": true, "le": true}

var leading = set(`the a an in on at but and or so if as when while he she it they we i you his her its their our my this that these
those there then for from to by with after before since until because although though yet not no yes who what where why how which all
some many most more one two three according asked speaking also even just now here still only meanwhile however mr mrs ms dr sen rep
gov sir president`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Mentions gives the stretches of capitalised words that may name somebody, in
// order of the text. A scorer that was trained on these candidates gives its
// scores in this order; train/features.py (name_candidates) is the twin.
func Mentions(s string) []text.Range {
	var out []text.Range
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !opener(r) {
			i += size
			continue
		}
		end := capEnd(s, i)
		for {
			next := joined(s, end)
			if next < 0 {
				break
			}
			end = capEnd(s, next)
		}
		if m, ok := candidate(s, i, end); ok {
			out = append(out, m)
		}
		i = end
	}
	return out
}

// opener reports whether a capitalised word can begin with r.
func opener(r rune) bool {
	return unicode.IsLetter(r) && !(r >= 'a' && r <= 'z') && !(r >= 'à' && r <= 'ÿ') || unicode.IsNumber(r) && !unicode.IsDigit(r)
}

func wordChar(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }

// capEnd is the end of the capitalised word at i.
func capEnd(s string, i int) int {
	_, size := utf8.DecodeRuneInString(s[i:])
	i += size
	end := i
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if wordChar(r) || r == '.' {
			end = i
		} else if r != '’' && r != '\'' && r != '&' && r != '-' {
			break
		}
	}
	return end
}

// joined is where a capitalised word goes on after white space and perhaps a
// particle, or -1.
func joined(s string, i int) int {
	a := skipSpace(s, i)
	if a == i || a == len(s) {
		return -1
	}
	if r, _ := utf8.DecodeRuneInString(s[a:]); opener(r) {
		return a
	}
	e := asciiWord(s, a)
	if !joins[s[a:e]] {
		return -1
	}
	b := skipSpace(s, e)
	if b == e || b == len(s) {
		return -1
	}
	if r, _ := utf8.DecodeRuneInString(s[b:]); opener(r) {
		return b
	}
	if e2 := asciiWord(s, b); s[a:e] == "of" && s[b:e2] == "the" {
		if c := skipSpace(s, e2); c > e2 && c < len(s) {
			if r, _ := utf8.DecodeRuneInString(s[c:]); opener(r) {
				return c
			}
		}
	}
	return -1
}

func skipSpace(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) && !(r >= 0x1c && r <= 0x1f) {
			break
		}
		i += size
	}
	return i
}

func asciiWord(s string, i int) int {
	for i < len(s) && s[i] >= 'a' && s[i] <= 'z' {
		i++
	}
	return i
}

// candidate trims a stretch: no possessive at its end, no function word or
// title at its start.
func candidate(s string, a, b int) (text.Range, bool) {
	m := s[a:b]
	if !initials(m) {
		for _, tail := range []string{"’s", "'s", ".", "’", "'", "-"} {
			if strings.HasSuffix(m, tail) {
				m = strings.TrimSuffix(m, tail)
				break
			}
		}
	}
	b = a + len(m)
	for {
		e := a
		for e < b {
			r, size := utf8.DecodeRuneInString(s[e:b])
			if !wordChar(r) && r != '’' && r != '\'' {
				break
			}
			e += size
		}
		rest := e
		if rest < b && s[rest] == '.' {
			rest++
		}
		next := skipSpace(s[:b], rest)
		if e == a || next == rest || !leading[strings.ToLower(s[a:e])] {
			break
		}
		a = next
	}
	if utf8.RuneCountInString(s[a:b]) < 2 || strings.Contains(s[a:b], "\n") || leading[strings.ToLower(s[a:b])] {
		return text.Range{}, false
	}
	return text.Range{Start: a, End: b}, true
}

// initials reports whether m ends like "U.S.": a full stop that belongs to it.
func initials(m string) bool {
	n := len(m)
	capital := func(i int) bool { return m[i] >= 'A' && m[i] <= 'Z' }
	if n < 4 || m[n-1] != '.' || !capital(n-2) || m[n-3] != '.' || !capital(n-4) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(m[:n-4])
	return n == 4 || !wordChar(r)
}
