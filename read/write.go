package read

import (
	"strconv"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/attribution"
	"github.com/quothnews/quoth/internal/text"
)

// A writer turns what the heads found into a record.
type writer struct {
	view       *attribution.View
	ix         *quoth.Index
	article    *quoth.Article
	paragraphs []text.Range
}

func (w *writer) write(rec *quoth.Record) {
	found := w.readable(w.view.Statements())
	for i := range found {
		f := &found[i]
		st := quoth.Statement{
			ID: "s" + strconv.Itoa(i+1), Source: w.spans(f.Source), Cue: w.spans(f.Cue), Content: w.spans(f.Content),
			Quotation: w.quotation(f), Speaker: []quoth.Speaker{}, Act: w.act(f), Via: []string{}, To: []string{}, Confidence: round(f.Confidence),
		}
		rec.Statements = append(rec.Statements, st)
	}
	w.parents(rec.Statements, found)
}

// round keeps four digits, so that a record does not hang on the last bit of
// one processor's arithmetic.
func round(p float64) float64 { return float64(int(p*1e4+0.5)) / 1e4 }

// readable leaves out statements that touch a paragraph which is nobody's
// words: furniture, a heading, a caption or a credit.
func (w *writer) readable(all []attribution.Statement) []attribution.Statement {
	out := all[:0]
	for _, s := range all {
		ok := true
		for _, g := range [][]attribution.Span{s.Source, s.Cue, s.Content} {
			for _, x := range g {
				k := w.article.Paragraphs[w.view.Paragraph[x.First]].Kind
				ok = ok && (k == quoth.Body || k == quoth.Title)
			}
		}
		if ok {
			out = append(out, s)
		}
	}
	return out
}

func (w *writer) spans(in []attribution.Span) []quoth.Span {
	out := make([]quoth.Span, len(in))
	for i, s := range in {
		r := w.view.Range(s)
		out[i] = w.ix.Span(r.Start, r.End)
	}
	return out
}

func (w *writer) quotation(s *attribution.Statement) quoth.Quotation {
	switch inside, outside := w.view.Quoted(s); {
	case inside == 0:
		return quoth.Indirect
	case outside == 0:
		return quoth.Direct
	}
	return quoth.Mixed
}

func (w *writer) act(s *attribution.Statement) quoth.Act {
	p, _ := w.view.Judge(s)
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return quoth.Acts[best]
}

// parents names for each statement the smallest one whose content holds all of
// it.
func (w *writer) parents(out []quoth.Statement, found []attribution.Statement) {
	for i := range found {
		size := len(w.view.Pieces) + 1
		for k := range found {
			if k == i {
				continue
			}
			for _, c := range found[k].Content {
				if n := c.Last - c.First; n < size && holds(c, &found[i]) {
					size, out[i].Parent = n, out[k].ID
				}
			}
		}
	}
}

// holds reports whether all of s lies within c, and its content is not c.
func holds(c attribution.Span, s *attribution.Statement) bool {
	for _, g := range [][]attribution.Span{s.Source, s.Cue, s.Content} {
		for _, x := range g {
			if x.First < c.First || x.Last > c.Last || x == c {
				return false
			}
		}
	}
	return len(s.Content) > 0 && len(s.Cue)+len(s.Source) > 0
}
