// Package text finds what any reader sees before understanding a word: the
// tokens, where quotation marks open and close, and whether bytes are UTF-8.
// Positions are byte offsets.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Range is a half-open stretch of a text in bytes.
type Range struct{ Start, End int }

// Len is the length of r in bytes.
func (r Range) Len() int { return r.End - r.Start }

// Overlaps reports whether r and s share a byte.
func (r Range) Overlaps(s Range) bool { return r.Start < s.End && s.Start < r.End }

// Contains reports whether s lies within r.
func (r Range) Contains(s Range) bool { return r.Start <= s.Start && s.End <= r.End }

// States of a character with regard to quotation marks.
const (
	Outside uint8 = iota
	Inside        // between quotation marks
	Mark          // a quotation mark itself
)

const openAfter = "([{-–—/“\"‘'«"

// Quotes gives for every byte of a line whether it stands inside quotation
// marks. Double marks (“ ” „ « » and the straight one) are trusted, in the ways of
// English, German and French; single ones (‘ ’ ') count only as a pair within the
// line that cannot be an apostrophe. A straight one opens where it was closed and closes where it was
// open, but for one that opens anew behind a sentence's end (a quotation whose
// paragraphs were run together) and one that can only close where none is open. A double
// mark that is never closed holds to the end of the line, as in a quotation that
// runs on. train/quotes.py is its twin.
func Quotes(line string) []uint8 {
	out := make([]uint8, len(line))
	double, low, closer := false, false, -1 // low: what is open was opened by „
	single := true                          // there may still be a mark that closes a single one
	before, word := ' ', ' '                // the last character, and the last that is no space
	for i, r := range line {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(line[i:])
		}
		after := ' '
		if i+size < len(line) {
			after, _ = utf8.DecodeRuneInString(line[i+size:])
		}
		state := Outside
		switch {
		case strings.ContainsRune("“”„«»", r):
			low = r == '„' || low && double
			double, state = opensDouble(r, before, after, low && double), Mark
		case r == '"':
			space, next := unicode.IsSpace(before), unicode.IsSpace(after)
			anew := space && !next && strings.ContainsRune(".!?…", word)
			closes := !space && !strings.ContainsRune(openAfter, before) && (next || strings.ContainsRune(".,;:!?)", after))
			double, state = !double && !closes || double && anew, Mark
		case i == closer:
			closer, state = -1, Mark
		case (r == '‘' || r == '\'') && closer < 0 && single && opens(before, after):
			closer = singleCloser(line, i+size)
			if single = closer >= 0; single {
				state = Mark
			} else if double {
				state = Inside
			}
		default:
			if double || closer >= 0 {
				state = Inside
			}
		}
		for k := range size {
			out[i+k] = state
		}
		before = r
		if !unicode.IsSpace(r) {
			word = r
		}
	}
	return out
}

// opensDouble reports whether a double mark opens and does not close: “a”, „b“, «c»,
// « d », »e«. low: the one that is open is „.
func opensDouble(mark, before, after rune, low bool) bool {
	switch mark {
	case '“':
		return !low
	case '»':
		return (unicode.IsSpace(before) || strings.ContainsRune(openAfter, before)) && unicode.IsLetter(after)
	case '«':
		return unicode.IsSpace(before) || strings.ContainsRune(openAfter, before) || unicode.IsLetter(after)
	}
	return mark == '„'
}

func opens(before, after rune) bool {
	return (unicode.IsSpace(before) || strings.ContainsRune(openAfter, before)) && !unicode.IsSpace(after) && !unicode.IsDigit(after)
}

// singleCloser finds the first single mark that can close one opened just
// before from: after a non-space, before no letter or digit. -1: none.
func singleCloser(line string, from int) int {
	before := rune(-1)
	for i, r := range line[from:] {
		if before >= 0 && (r == '’' || r == '\'') && !unicode.IsSpace(before) {
			after, _ := utf8.DecodeRuneInString(line[from+i+utf8.RuneLen(r):])
			if from+i+utf8.RuneLen(r) == len(line) || !(unicode.IsLetter(after) || unicode.IsDigit(after)) {
				return from + i
			}
		}
		before = r
	}
	return -1
}
