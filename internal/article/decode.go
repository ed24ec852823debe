package article

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// inUTF8 decodes a page that is no UTF-8 as a whole, and tells whether it took it
// for Windows-1252. That is also what is guessed of a page that names no encoding
// and begins in ASCII: where it is UTF-8 with broken bytes, U+FFFD stands for
// those. One that calls itself UTF-8 and is not is Windows-1252.
func inUTF8(body []byte) (out []byte, western bool, err error) {
	enc, name, _ := charset.DetermineEncoding(body[:min(len(body), 1024)], "text/html")
	if name == "utf-8" || name == "windows-1252" {
		if text.MostlyUTF8(body) || name == "utf-8" && utf8.Valid(withoutTail(body)) {
			return bytes.ToValidUTF8(body, []byte(string(utf8.RuneError))), false, nil
		}
		enc, western = charmap.Windows1252, true
	}
	out, err = enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, false, fmt.Errorf("%w: the page's character encoding: %v", quoth.ErrMalformed, err)
	}
	return out, western, nil
}

// withoutTail is a page without the first bytes of a character at its end, where it
// was cut off.
func withoutTail(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) && !utf8.FullRune(tail) {
			return b[:len(b)-i]
		}
	}
	return b
}

// seen takes out what nobody sees: what only tells where a line may break (soft
// hyphens, spaces of no width), which would stand within words, what turns the
// reading direction, and what steers a terminal.
func seen(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff',
			unicode.Is(unicode.Bidi_Control, r), unicode.IsControl(r) && !unicode.IsSpace(r):
			return -1
		}
		return r
	}, s)
}
