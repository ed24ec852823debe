// Package article makes an article of a page: one text, with its paragraphs by
// kind, title, byline, outlet, date and language.
//
// A page of text keeps its text unchanged, and each line is a paragraph (lines
// wrapped at a fixed width are joined to the paragraph they were). A page of
// HTML gives a new text: the title, then the paragraphs of the body, then
// captions and credits, each a paragraph of its own.
//
// The body of an HTML page is found by go-trafilatura with go-readability's
// result as a candidate; a page above [hugeMarkup] is left to go-readability
// alone, whose time grows with the page and not with its square.
package article

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"

	"github.com/quothnews/quoth"
)

// The most code points of an article. A page's are some 33,000 words, more than
// the longest magazine pieces: what is longer is a dump or an attack. A text that
// somebody hands over as text may be as long as ten books, and takes its time.
const (
	longestPage = 200_000
	longestText = 10_000_000
)

// New makes the article of a page. Where the page holds no article, the error
// is [quoth.ErrNotNews] and the article holds what is known all the same. A text
// that is longer than any article is [quoth.ErrTooLarge].
func New(p quoth.Page) (quoth.Article, error) {
	sum := sha256.Sum256(p.Bytes())
	a := quoth.Article{
		ID: p.ID, URL: p.URL, Outlet: p.Outlet, Title: strings.TrimSpace(p.Title), Byline: p.Byline,
		SHA256: hex.EncodeToString(sum[:]), Text: p.Text, Paragraphs: []quoth.Paragraph{},
	}
	if a.ID == "" {
		a.ID = a.SHA256[:16]
	}
	if d, ok := GivenDate(p.Published); ok {
		a.Published, a.Dated = d, &quoth.Date{Date: d, From: "given", Text: p.Published}
	}
	if p.MediaType == "text/html" && p.Text == "" {
		if err := fromHTML(&a, p.Body); err != nil {
			return a, err
		}
		if err := checkLength(a.Text, longestPage); err != nil {
			return a, err
		}
	} else {
		if err := checkLength(a.Text, longestText); err != nil {
			return a, err
		}
		fromText(&a)
	}
	a.Language = language(a.Text)
	for _, q := range a.Paragraphs {
		if q.Kind == quoth.Body {
			return a, nil
		}
	}
	hint := ""
	if p.MediaType == "text/html" {
		hint = "; where a browser shows one, save the page from there"
	}
	return a, fmt.Errorf("%w: it holds no paragraph of text%s", quoth.ErrNotNews, hint)
}

func checkLength(text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return fmt.Errorf("its text is %w: %d characters, more than %d; split it", quoth.ErrTooLarge, n, most)
	}
	return nil
}

// iso finds the day of an ISO 8601 or EDTF date. A time may stand behind a day.
var iso = regexp.MustCompile(`^(\d{4})(?:(-\d{2})(?:(-\d{2})(?:[T ]\d.*)?)?)?(~?)$`)

// GivenDate reads a date that came with a page: its day, month or year.
func GivenDate(s string) (string, bool) {
	m := iso.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return "", false
	}
	date := m[1] + m[2] + m[3]
	if _, err := time.Parse(time.DateOnly[:len(date)], date); err != nil {
		return "", false
	}
	return date + m[4], true
}

// language is the text's language where it is sure, else "".
func language(text string) string {
	const enough, most = 120, 4000
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if len(text) < enough {
		return ""
	}
	info := whatlanggo.Detect(text)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// LanguageName is a language's English name, of its ISO 639-1 code; the code
// itself where no language that is detected has it.
func LanguageName(code string) string {
	for lang, name := range whatlanggo.Langs {
		if lang.Iso6391() == code {
			return name
		}
	}
	return code
}

// fromText finds the paragraphs of a text that is kept as it came.
func fromText(a *quoth.Article) {
	ix := quoth.NewIndex(a.Text)
	lines := lines(a.Text)
	lines = joinWrapped(a.Text, lines)
	kinds := kinds(a.Text, lines, a.Title)
	for i, l := range lines {
		if kinds[i] == quoth.Credit && i <= lowestByline && a.Byline == "" && byline.MatchString(a.Text[l.start:l.end]) {
			a.Byline = cleanByline(a.Text[l.start:l.end])
		}
		if n := headCredit(a.Text[l.start:l.end]); n > 0 && kinds[i] == quoth.Body {
			a.Paragraphs = append(a.Paragraphs, quoth.Paragraph{Start: ix.Point(l.start), End: ix.Point(l.start + n), Kind: quoth.Credit})
			l.start = l.end - len(strings.TrimLeft(a.Text[l.start+n:l.end], blank))
		}
		if n := len(sharing.FindString(a.Text[l.start:l.end])); n > 0 && (kinds[i] == quoth.Body || kinds[i] == quoth.Caption) {
			a.Paragraphs = append(a.Paragraphs, quoth.Paragraph{Start: ix.Point(l.start), End: ix.Point(l.start + len(strings.TrimRight(a.Text[l.start:l.start+n], blank))), Kind: quoth.Furniture})
			l.start += n
		}
		words, tail := l, 0
		if kinds[i] == quoth.Caption {
			tail = tailCredit(a.Text[l.start:l.end])
			words.end = l.start + len(strings.TrimRight(a.Text[l.start:l.end-tail], blank))
		}
		a.Paragraphs = append(a.Paragraphs, quoth.Paragraph{Start: ix.Point(words.start), End: ix.Point(words.end), Kind: kinds[i]})
		if tail > 0 {
			a.Paragraphs = append(a.Paragraphs, quoth.Paragraph{Start: ix.Point(l.end - tail), End: ix.Point(l.end), Kind: quoth.Credit})
		}
		if kinds[i] == quoth.Title && a.Title == "" {
			a.Title = a.Text[l.start:l.end]
		}
	}
}

// lowestByline is the last line that may be a byline: it stands near the title.
const lowestByline = 4

// A line is a stretch of bytes; gap says that a blank line stands before it.
type line struct {
	start, end int
	gap        bool
}

const blank = " \t\u00a0\ufeff\x00\f\v"

// lines finds the lines that hold anything, without the space around them.
func lines(text string) []line {
	var out []line
	gap, start := false, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != '\n' && text[i] != '\r' {
			continue
		}
		whole := text[start:i]
		left := strings.TrimLeft(whole, blank)
		body := strings.TrimRight(left, blank)
		at := start + len(whole) - len(left)
		switch {
		case body != "":
			out, gap = append(out, line{at, at + len(body), gap}), false
		case i > start || i < len(text) && text[i] == '\n' && (i == 0 || text[i-1] != '\r'):
			gap = true
		}
		start = i + 1
	}
	return out
}

// joinWrapped joins lines that were broken at a fixed width: where blank lines
// set paragraphs apart, and nearly all lines inside them are about as long.
func joinWrapped(text string, in []line) []line {
	const narrow, wide = 45, 100
	inner, fit := 0, 0
	longest := 0
	for i := 0; i+1 < len(in); i++ {
		if in[i+1].gap {
			continue
		}
		inner++
		n := in[i].end - in[i].start
		longest = max(longest, n)
		if n >= narrow && n <= wide {
			fit++
		}
	}
	if inner < 4 || longest > wide || fit*10 < inner*9 {
		return in
	}
	var out []line
	for _, l := range in {
		if len(out) > 0 && !l.gap {
			out[len(out)-1].end = l.end
		} else {
			out = append(out, l)
		}
	}
	return out
}
