package quoth

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestIndex(t *testing.T) {
	for _, s := range []string{"", "plain", "“Quoth” – é\xff中", strings.Repeat("ab\u2019", 200)} {
		ix := NewIndex(s)
		if ix.Len() != utf8.RuneCountInString(s) {
			t.Fatalf("Len of %q is %d", s, ix.Len())
		}
		point := 0
		for b := range s {
			if ix.Byte(point) != b || ix.Point(b) != point {
				t.Fatalf("%q: point %d is byte %d, not %d; byte %d is point %d", s, point, ix.Byte(point), b, b, ix.Point(b))
			}
			point++
		}
		if ix.Byte(ix.Len()) != len(s) || ix.Point(len(s)) != ix.Len() {
			t.Fatalf("%q: ends do not meet", s)
		}
	}
}

func TestCheck(t *testing.T) {
	good := func() *Record {
		r := &Record{Article: Article{ID: "a", Text: "“Nö,” he said.", Paragraphs: []Paragraph{{0, 14, Body}}}}
		ix := NewIndex(r.Article.Text)
		at := strings.Index(r.Article.Text, "he")
		r.Statements = []Statement{{ID: "s1", Source: []Span{ix.Span(at, at+2)}}}
		return r
	}
	if err := good().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Record){
		"moved":     func(r *Record) { r.Statements[0].Source[0].Start-- },
		"beyond":    func(r *Record) { r.Statements[0].Source[0].End = 99 },
		"backwards": func(r *Record) { r.Statements[0].Content = []Span{{5, 3, ""}} },
		"invented":  func(r *Record) { r.Statements[0].Source[0].Text = "she" },
		"paragraph": func(r *Record) { r.Article.Paragraphs[0].End = 15 },
		"evidence":  func(r *Record) { r.Statements[0].Speaker = []Speaker{{Evidence: []Span{{0, 1, "x"}}}} },
		"figure":    func(r *Record) { r.Figures = []Figure{{Span: Span{0, 2, "12"}}} },
		"rival":     func(r *Record) { r.Figures = []Figure{{Span: Span{1, 3, "Nö"}, Rivals: []Span{{0, 2, "12"}}}} },
		"event":     func(r *Record) { r.Events = []Event{{Span: Span{0, 2, "12"}}} },
		"caption":   func(r *Record) { r.Captions = []Picture{{Span: Span{0, 2, "12"}}} },
	} {
		r := good()
		spoil(r)
		if r.Check() == nil {
			t.Errorf("%s: the broken span passes", name)
		}
	}
}
