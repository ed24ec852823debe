package text

import (
	"unicode"
	"unicode/utf8"
)

// MostlyUTF8 tells UTF-8 that is damaged, as where a file is cut within a
// character, from other encodings: those hardly ever give one of its sequences
// of bytes, and it has more of them than broken ones.
func MostlyUTF8(b []byte) bool {
	whole, broken := 0, 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
			for i+1 < len(b) && !utf8.RuneStart(b[i+1]) {
				i++ // the rest of it
			}
		case size > 1:
			whole++
		}
		i += size
	}
	return whole >= broken
}

// Western reports whether what was read as Windows-1252 can be such a text: in each
// language that is written so, most letters are of ASCII. A text of other letters
// in an encoding of theirs has few.
func Western(s string) bool {
	const enough = 50 // code points beyond ASCII, below which nothing can be told
	ascii, beyond := 0, 0
	for _, r := range s {
		switch {
		case r >= utf8.RuneSelf:
			beyond++
		case unicode.IsLetter(r):
			ascii++
		}
	}
	return beyond < enough || beyond <= ascii
}
