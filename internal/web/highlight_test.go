package web

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

// lawful checks that the pieces of every paragraph are its text, in order, and
// that each statement has one note and one link at most.
func lawful(t *testing.T, r *quoth.Record) {
	t.Helper()
	ix := quoth.NewIndex(r.Article.Text)
	notes, links := map[string]int{}, map[string]int{}
	for i, p := range paragraphs(r) {
		var b strings.Builder
		at := r.Article.Paragraphs[i].Start
		for _, piece := range p.Pieces {
			if piece.Start != at {
				t.Fatalf("a piece begins at %d, not %d", piece.Start, at)
			}
			at += len([]rune(piece.Text))
			b.WriteString(piece.Text)
			if piece.Link != "" {
				links[piece.Link]++
			}
		}
		if want := ix.Slice(r.Article.Paragraphs[i].Start, r.Article.Paragraphs[i].End); b.String() != want {
			t.Fatalf("the pieces give %q, not %q", b.String(), want)
		}
		for _, n := range p.Notes {
			notes[n.ID]++
		}
	}
	for _, s := range r.Statements {
		if notes[s.ID] > 1 {
			t.Errorf("%d notes for %s", notes[s.ID], s.ID)
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("“Wé are ön time,” she said.\n\nNobody asked.", uint64(1))
	f.Add("", uint64(2))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		text = strings.ToValidUTF8(text, "?")
		ix := quoth.NewIndex(text)
		rng := rand.New(rand.NewPCG(seed, 1))
		span := func() quoth.Span {
			a := rng.IntN(ix.Len() + 1)
			b := a + rng.IntN(ix.Len()+1-a)
			return quoth.Span{Start: a, End: b, Text: ix.Slice(a, b)}
		}
		r := &quoth.Record{Article: quoth.Article{Text: text}}
		for at := 0; at < ix.Len(); {
			end := at + 1 + rng.IntN(ix.Len()-at)
			r.Article.Paragraphs = append(r.Article.Paragraphs, quoth.Paragraph{Start: at, End: end, Kind: quoth.Body})
			at = end + rng.IntN(3)
		}
		for i := range rng.IntN(6) {
			s := quoth.Statement{ID: "s" + string(rune('1'+i)), Act: quoth.Acts[rng.IntN(len(quoth.Acts))]}
			for range rng.IntN(3) {
				s.Content, s.Cue, s.Source = append(s.Content, span()), append(s.Cue, span()), append(s.Source, span())
			}
			r.Statements = append(r.Statements, s)
		}
		if ix.Len() > 0 {
			r.Figures = append(r.Figures, quoth.Figure{Span: span()})
		}
		lawful(t, r)
	})
}

// A statement within another has its own colour, and both are named.
func TestNested(t *testing.T) {
	const text = "Ann said that Bob denied the theft."
	ix := quoth.NewIndex(text)
	span := func(words string) []quoth.Span {
		at := strings.Index(text, words)
		return []quoth.Span{ix.Span(at, at+len(words))}
	}
	r := &quoth.Record{Article: quoth.Article{Text: text, Paragraphs: []quoth.Paragraph{{Start: 0, End: len(text), Kind: quoth.Body}}}, Statements: []quoth.Statement{
		{ID: "s1", Source: span("Ann"), Cue: span("said"), Content: span("that Bob denied the theft"), Act: quoth.Assert},
		{ID: "s2", Source: span("Bob"), Cue: span("denied"), Content: span("the theft"), Act: quoth.Deny, Parent: "s1"},
	}}
	lawful(t, r)
	p := paragraphs(r)[0]
	find := func(words string) Piece {
		i := slices.IndexFunc(p.Pieces, func(p Piece) bool { return p.Text == words })
		if i < 0 {
			t.Fatalf("no piece is %q: %+v", words, p.Pieces)
		}
		return p.Pieces[i]
	}
	if got := find("the theft"); got.Class() != "s-content deny" || !slices.Equal(got.IDs, []string{"s1", "s2"}) {
		t.Errorf("%+v", got)
	}
	if got := find("Bob"); got.Class() != "s-content s-source assert" {
		t.Errorf("%+v %s", got, got.Class())
	}
	if got := find("denied"); got.Link != "s2" {
		t.Errorf("%+v", got)
	}
	if got := find("."); len(got.Parts) != 0 {
		t.Errorf("%+v", got)
	}
	if len(p.Notes) != 2 || p.Notes[0].ID != "s1" {
		t.Errorf("%+v", p.Notes)
	}
}
