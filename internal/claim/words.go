package claim

import (
	_ "embed"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

//go:embed stop.txt
var stopList string

// stops are words that tell nothing of what is spoken of.
var stops = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(stopList) {
		m[w] = true
	}
	return m
}()

var small = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"}

// A token is a word that tells something.
type token struct {
	word    string // lower case; a number without its commas
	capital bool   // written with a capital where no sentence begins
	first   bool   // where a sentence begins, whose capital tells nothing
	number  bool
}

// stem is what the forms of a word have in common; a number is its own.
func (t token) stem() string {
	if t.number {
		return t.word
	}
	return stem(t.word)
}

// tokens gives the words of s that tell something.
func tokens(s string) []token {
	var out []token
	begins := true
	for _, t := range text.Tokens(s) {
		begins = begins || t.Break
		switch t.Kind {
		case text.Symbol:
			if strings.ContainsAny(t.Lower, ".!?:") {
				begins = true
			}
			continue
		case text.Number:
			out = append(out, token{word: strings.ReplaceAll(t.Lower, ",", ""), number: true})
		case text.Word:
			w, _, _ := strings.Cut(t.Lower, "'")
			if n, ok := small[w]; ok {
				out = append(out, token{word: n, number: true})
			} else if len(w) > 1 && !stops[w] {
				capital := s[t.Start] != t.Lower[0]
				out = append(out, token{word: w, capital: capital && !begins, first: begins})
			}
		}
		begins = false
	}
	return out
}

// plain gives all words of s in lower case, small ones too.
func plain(s string) []string {
	var out []string
	for _, t := range text.Tokens(s) {
		if t.Kind != text.Symbol {
			out = append(out, t.Lower)
		}
	}
	return out
}

var endings = []struct{ from, to string }{
	{"ies", "y"}, {"sses", "ss"}, {"ations", "at"}, {"ation", "at"}, {"ating", "at"}, {"ated", "at"}, {"ates", "at"}, {"ate", "at"}, {"ings", "ing"},
}

// stem cuts a word's endings, so that its forms are one.
func stem(w string) string {
	if len(w) <= 4 {
		return w
	}
	cut := false
	for _, e := range endings {
		if strings.HasSuffix(w, e.from) && len(w)-len(e.from) >= 2 {
			w, cut = w[:len(w)-len(e.from)]+e.to, true
			break
		}
	}
	if !cut && w[len(w)-1] == 's' && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") {
		w = w[:len(w)-1]
	}
	for _, e := range []string{"ing", "ed", "ly", "ment", "er", "or", "ion", "ance", "ence"} {
		if strings.HasSuffix(w, e) && len(w)-len(e) >= 4 {
			w = w[:len(w)-len(e)]
			if n := len(w); w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
				w = w[:n-1]
			}
			break
		}
	}
	if len(w) > 4 && w[len(w)-1] == 'e' {
		w = w[:len(w)-1]
	}
	return w
}
