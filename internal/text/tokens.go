package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TokenKind says what a token is made of.
type TokenKind uint8

const (
	Word   TokenKind = iota // letters, with an apostrophe within: "o'clock", "don't"
	Number                  // digits, with a comma or a full stop within: "1,340", "3.5"
	Symbol                  // anything else that is not white space: one code point, or "'s"
)

// A Token is a word, a number or a sign, and what stood before it.
type Token struct {
	Range
	Lower string // lower case, with a straight apostrophe, without soft hyphens
	Kind  TokenKind
	Space bool // white space stands before it
	Break bool // a line break stands before it
}

// ShortMonths are the months' names, in lower case, that a full stop shortens.
var ShortMonths = map[string]bool{"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true}

// Tokens cuts a text into tokens in one pass. A possessive 's is a token of
// its own, and so is each hyphen and full stop: who reads on joins them.
func Tokens(s string) []Token {
	out := make([]Token, 0, len(s)/5+1)
	space, brk := false, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			space = true
			brk = brk || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029'
			i += size
			continue
		}
		t := Token{Kind: Symbol, Space: space, Break: brk}
		end := i + size
		switch {
		case r >= '0' && r <= '9':
			t.Kind, end = Number, numberEnd(s, i)
		case unicode.IsLetter(r):
			t.Kind, end = Word, wordEnd(s, i)
		case isApostrophe(r) && possessive(s[end:]):
			end++
		}
		t.Range = Range{i, end}
		t.Lower = s[i:end]
		if t.Kind != Number {
			t.Lower = strings.ToLower(t.Lower)
			if strings.Contains(t.Lower, "’") {
				t.Lower = strings.ReplaceAll(t.Lower, "’", "'")
			}
			if t.Kind == Word && strings.ContainsAny(t.Lower, unseen) {
				t.Lower = noUnseen.Replace(t.Lower)
			}
		}
		out = append(out, t)
		space, brk = false, false
		i = end
	}
	return out
}

// unseen may stand within a word, and nobody sees it: a soft hyphen, and what joins
// letters or keeps them apart in other scripts.
const unseen = "\u00ad\u200c\u200d\u2060"

var noUnseen = strings.NewReplacer("\u00ad", "", "\u200c", "", "\u200d", "", "\u2060", "")

// numberEnd ends a run of digits; a comma belongs to it before three digits,
// a full stop before any.
func numberEnd(s string, i int) int {
	digits := func(i int) int {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i
	}
	i = digits(i)
	for i+1 < len(s) {
		end := digits(i + 1)
		if s[i] == ',' && end-i-1 == 3 || s[i] == '.' && end > i+1 {
			i = end
			continue
		}
		break
	}
	return i
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isApostrophe(r) {
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !unicode.IsLetter(next) || possessive(s[i+size:]) {
				return i
			}
		} else if strings.ContainsRune(unseen, r) {
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !unicode.IsLetter(next) {
				return i
			}
		} else if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
		i += size
	}
	return i
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// possessive reports whether what follows an apostrophe is an s that ends a word.
func possessive(rest string) bool {
	if rest == "" || rest[0] != 's' && rest[0] != 'S' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[1:])
	return !unicode.IsLetter(next)
}

// OnX reports whether a text ends in "on X": a full stop behind the platform's name
// ends the sentence, behind an initial it does not.
func OnX(s string) bool {
	before, ok := strings.CutSuffix(s, "on X")
	last, _ := utf8.DecodeLastRuneInString(before)
	return ok && !unicode.IsLetter(last)
}
