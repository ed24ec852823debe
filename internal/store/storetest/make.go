// Package storetest holds the test that every store must pass, and makes what
// it is filled with.
//
//	storetest.Run(t, func(t *testing.T) store.Store { … an empty store … })
package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// A Said is a statement to be written into a made article.
type Said struct {
	Source, Cue, Content string // Content may be ""
	Speaker, Role        string // Speaker "" is Source
	Type                 quoth.SpeakerType
	Act                  quoth.Act
	Via, To              []string
	When                 *quoth.When
	Figure               string // words of Content that are a figure
	Low, High            *float64
}

// Make writes an article and its record: the title, then each statement as a
// paragraph "Content Cue Source." as if p's page, a text, had been read by
// model.
func Make(p quoth.Page, model string, said ...Said) store.Addition {
	var text strings.Builder
	n := 0 // code points
	write := func(s string) quoth.Span {
		text.WriteString(s)
		span := quoth.Span{Start: n, End: n + utf8.RuneCountInString(s), Text: s}
		n = span.End
		return span
	}
	rec := &quoth.Record{Model: model, Statements: []quoth.Statement{}, Figures: []quoth.Figure{}, Captions: []quoth.Picture{}, Events: []quoth.Event{}}
	title := write(p.Title)
	rec.Article = quoth.Article{
		ID: p.ID, URL: p.URL, Outlet: p.Outlet, Title: p.Title, Byline: p.Byline, Published: p.Published, Language: "en",
		Paragraphs: []quoth.Paragraph{{Start: title.Start, End: title.End, Kind: quoth.Title}},
	}
	for i, x := range said {
		write("\n\n")
		start := n
		s := quoth.Statement{
			ID: "s" + strconv.Itoa(i+1), Source: []quoth.Span{}, Cue: []quoth.Span{}, Content: []quoth.Span{}, Quotation: quoth.Indirect,
			Speaker: []quoth.Speaker{}, Role: x.Role, Act: x.Act, Via: append([]string{}, x.Via...), To: append([]string{}, x.To...), When: x.When, Confidence: 0.9,
		}
		if x.Content != "" {
			s.Content = append(s.Content, write(x.Content))
			if at := strings.Index(x.Content, x.Figure); x.Figure != "" {
				from := s.Content[0].Start + utf8.RuneCountInString(x.Content[:at])
				rec.Figures = append(rec.Figures, quoth.Figure{Span: quoth.Span{Start: from, End: from + utf8.RuneCountInString(x.Figure), Text: x.Figure}, Low: x.Low, High: x.High, Unit: "people", Speaker: x.Speaker})
			}
			write(", ")
		}
		if x.Cue != "" {
			s.Cue = append(s.Cue, write(x.Cue))
			write(" ")
		}
		if x.Source != "" {
			s.Source = append(s.Source, write(x.Source))
		}
		write(".")
		name, kind := x.Speaker, x.Type
		if name == "" {
			name = x.Source
		}
		if kind == "" {
			kind = quoth.Person
		}
		if name != "" {
			s.Speaker = append(s.Speaker, quoth.Speaker{Name: name, Type: kind, Evidence: s.Source})
		}
		if s.Act == "" {
			s.Act = quoth.Assert
		}
		rec.Statements = append(rec.Statements, s)
		rec.Article.Paragraphs = append(rec.Article.Paragraphs, quoth.Paragraph{Start: start, End: n, Kind: quoth.Body})
	}
	rec.Article.Text = text.String()
	p.Text, p.MediaType = rec.Article.Text, "text/plain"
	rec.Article.SHA256 = Sum([]byte(p.Text))
	if rec.Article.ID == "" {
		rec.Article.ID = rec.Article.SHA256[:16]
	}
	return store.Addition{Page: p, Record: rec, Code: "test", Fetched: time.Date(2032, 3, 1, 12, 0, 0, 0, time.UTC)}
}

// Sum is the SHA-256 of bytes, in hexadecimal digits.
func Sum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
