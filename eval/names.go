package eval

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A name is the set of a name's words, in lower case, without titles, articles
// and possessive: what two ways of writing it share. An accent ends a word, in
// gold and prediction alike.
type name map[string]bool

// titles are words that do not tell people apart.
var titles = []string{"the", "a", "an", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "president", "sir", "secretary"}

func nameOf(s string) name {
	s = strings.ToLower(strings.ReplaceAll(norm.NFKD.String(s), "’", "'"))
	letters := []rune(s)
	var plain []rune
	for i := 0; i < len(letters); {
		end := i
		for end < len(letters) && isWord(letters[end]) {
			end++
		}
		switch {
		case end == i:
			plain = append(plain, letters[i])
			i++
		case slices.Contains(titles, string(letters[i:end])):
			plain = append(plain, ' ')
			if i = end; i < len(letters) && letters[i] == '.' {
				i++
			}
		default:
			plain = append(plain, letters[i:end]...)
			i = end
		}
	}
	out := name{}
	start := -1
	for i := 0; i <= len(plain); i++ {
		if i < len(plain) && (plain[i] >= 'a' && plain[i] <= 'z' || plain[i] >= '0' && plain[i] <= '9') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			possessive := i == start+1 && plain[start] == 's' && start > 0 && plain[start-1] == '\'' &&
				(i == len(plain) || !isWord(plain[i]))
			if !possessive {
				out[string(plain[start:i])] = true
			}
			start = -1
		}
	}
	return out
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// in says whether all of a's words are b's.
func (a name) in(b name) bool {
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}

func (a name) common(b name) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// like says whether two names are the same but for words that only one gives.
func (a name) like(b name) bool { return a.in(b) || b.in(a) }

// namesOf gives the names that have any word.
func namesOf(list []string) []name {
	var out []name
	for _, s := range list {
		if n := nameOf(s); len(n) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// sameNames says whether each gold name is contained in some predicted one,
// and no more are predicted than gold has.
func sameNames(gold, pred []name) bool {
	if len(gold) == 0 {
		return len(pred) == 0
	}
	if len(pred) > len(gold) {
		return false
	}
	for _, g := range gold {
		if !slices.ContainsFunc(pred, g.in) {
			return false
		}
	}
	return true
}
