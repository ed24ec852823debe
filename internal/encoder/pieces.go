package encoder

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Piece is a word piece with the stretch of bytes that it stands for.
type Piece struct {
	ID         int32
	Start, End int
	Case       uint8 // of the whole word: see the Case constants
}

// Letter case of a word.
const (
	CaseNone  uint8 = iota // no letters
	CaseLower              // all lower
	CaseTitle              // the first upper, the rest lower
	CaseUpper              // all upper, more than one
	CaseMixed
)

const (
	longest = 100 // characters of a word; a longer one is unknown
	unknown = "[UNK]"
)

// vocabulary maps the pieces that begin a word and those that go on with it.
type vocabulary struct {
	begin, inside map[string]int32
	unknown       int32
	most          int // bytes of the longest piece
}

func newVocabulary(words []string) vocabulary {
	v := vocabulary{begin: make(map[string]int32, len(words)), inside: make(map[string]int32, len(words)/4)}
	for i, w := range words {
		if len(w) > 2 && w[:2] == "##" {
			v.inside[w[2:]] = int32(i)
			w = w[2:]
		} else {
			v.begin[w] = int32(i)
		}
		v.most = max(v.most, len(w))
	}
	v.unknown = v.begin[unknown]
	return v
}

// word is a run of characters without white space or punctuation, or one
// punctuation character, normalised, with the origin of each byte.
type word struct {
	text  []byte
	start []int // of each byte of text: where its character starts in the source
	end   []int
	chars int
	// letters seen, for casing
	upper, letters int
	firstUpper     bool
	buf            []byte
}

func (w *word) reset() {
	w.text, w.start, w.end = w.text[:0], w.start[:0], w.end[:0]
	w.chars, w.upper, w.letters, w.firstUpper = 0, 0, 0, false
}

// add appends a character that stands from byte start to end of the source,
// without its accents and in lower case.
func (w *word) add(r rune, start, end int) {
	if unicode.IsLetter(r) {
		if unicode.IsUpper(r) {
			w.upper++
			w.firstUpper = w.firstUpper || w.letters == 0
		}
		w.letters++
	}
	put := func(r rune) {
		n := len(w.text)
		w.text = utf8.AppendRune(w.text, r)
		for range len(w.text) - n {
			w.start, w.end = append(w.start, start), append(w.end, end)
		}
		w.chars++
	}
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		put(r)
		return
	}
	var in [utf8.UTFMax]byte
	w.buf = norm.NFD.Append(w.buf[:0], in[:utf8.EncodeRune(in[:], r)]...)
	for _, d := range string(w.buf) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		put(unicode.ToLower(d))
	}
}

// casing is the letter case of the word as it stood.
func (w *word) casing() uint8 {
	switch {
	case w.letters == 0:
		return CaseNone
	case w.upper == 0:
		return CaseLower
	case w.firstUpper && w.upper == 1:
		return CaseTitle
	case w.upper == w.letters:
		return CaseUpper
	}
	return CaseMixed
}

// Pieces appends the word pieces of a text: BERT's uncased word pieces (clean,
// strip accents, lower-case, split at white space and punctuation, then the
// longest pieces first), with offsets into the text as it was given.
func (m *Model) Pieces(dst []Piece, text string) []Piece {
	var w word
	flush := func() {
		if len(w.text) > 0 {
			dst = m.vocab.split(dst, &w)
			w.reset()
		}
	}
	for i, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || unicode.Is(unicode.Zs, r) || r == '\u2028' || r == '\u2029' || r == '\u0085':
			flush()
		case r == 0 || r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			// cleaned away
		case punctuation(r) || ideograph(r):
			flush()
			w.add(r, i, i+size)
			flush()
		default:
			w.add(r, i, i+size)
		}
	}
	flush()
	return dst
}

// punctuation tells the characters that BERT's tokenizer parts from words: those of
// Unicode's category P, and all signs of ASCII.
func punctuation(r rune) bool {
	if r < utf8.RuneSelf {
		return '!' <= r && r <= '/' || ':' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
	}
	return unicode.Is(unicode.P, r)
}

// ideograph tells CJK characters, each of which is a word by itself.
func ideograph(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || 0x20000 <= r && r <= 0x2A6DF ||
		0x2A700 <= r && r <= 0x2B73F || 0x2B740 <= r && r <= 0x2B81F || 0x2B820 <= r && r <= 0x2CEAF ||
		0xF900 <= r && r <= 0xFAFF || 0x2F800 <= r && r <= 0x2FA1F
}

// split appends the pieces of one word.
func (v *vocabulary) split(dst []Piece, w *word) []Piece {
	kind, n := w.casing(), len(w.text)
	whole := Piece{v.unknown, w.start[0], w.end[n-1], kind}
	if w.chars > longest {
		return append(dst, whole)
	}
	first := len(dst)
	pieces := v.begin
	for at := 0; at < n; pieces = v.inside {
		end := min(n, at+v.most)
		for ; end > at; end-- {
			if id, ok := pieces[string(w.text[at:end])]; ok {
				dst = append(dst, Piece{id, w.start[at], w.end[end-1], kind})
				break
			}
		}
		if end == at {
			return append(dst[:first], whole)
		}
		at = end
	}
	return dst
}
