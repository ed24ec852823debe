// Package read is the corridor: it takes a page through the rooms in order and
// gives its record.
//
//	r, err := read.New(model.Weights)
//	record, err := r.Read(ctx, quoth.Page{Text: "…"})
//
// A page that holds no article gives an error that tells why; an article in
// another language than English gives a record without statements and with the
// reason. A Reader may be used by many goroutines at once.
package read

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/article"
	"github.com/quothnews/quoth/internal/attribution"
	"github.com/quothnews/quoth/internal/encoder"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A Reader reads pages with one set of weights.
type Reader struct {
	model *encoder.Model
	heads *attribution.Reader
	most  int // bytes of a section
}

// New makes a reader of a weights file's bytes, which it keeps.
func New(weights []byte) (*Reader, error) {
	m, err := encoder.Load(weights)
	if err != nil {
		return nil, err
	}
	heads, err := attribution.New(m)
	if err != nil {
		return nil, err
	}
	return &Reader{m, heads, sectionBytes}, nil
}

// Model is the name of the weights.
func (r *Reader) Model() string { return r.model.Name() }

// Word gives the vector of a word by itself, nil where there is none: words
// that mean nearly the same have a high cosine.
func (r *Reader) Word(word string) []float32 { return r.model.Word(word) }

// Read reads one page on all cores.
func (r *Reader) Read(ctx context.Context, p quoth.Page) (*quoth.Record, error) {
	return r.read(ctx, p, runtime.GOMAXPROCS(0))
}

func (r *Reader) read(ctx context.Context, p quoth.Page, threads int) (*quoth.Record, error) {
	rec, _, err := r.Measure(ctx, p, threads)
	return rec, err
}

// A Cost is what the reading of one page took, stage by stage.
type Cost struct {
	Parse   time.Duration // page to article
	Encode  time.Duration // article to vectors
	Decode  time.Duration // vectors to spans, and those to statements
	Resolve time.Duration // speakers, acts, times, figures
	Pieces  int           // word pieces encoded
	Work    float64       // floating-point operations of the encoder's matrix products
}

// Measure is Read on so many threads, with what it took.
func (r *Reader) Measure(ctx context.Context, p quoth.Page, threads int) (*quoth.Record, Cost, error) {
	return r.walk(ctx, p, threads, nil)
}

// walk takes a page through the rooms. What led to each statement is kept where
// there is a place for it.
func (r *Reader) walk(ctx context.Context, p quoth.Page, threads int, evidence *[]Evidence) (*quoth.Record, Cost, error) {
	var cost Cost
	start := time.Now()
	a, err := article.New(p)
	cost.Parse = time.Since(start)
	if err != nil {
		return nil, cost, err
	}
	if d, ok := GivenDate(p.Published); ok { // goes before what the page says, in words too
		a.Published, a.Dated = d, &quoth.Date{Date: d, From: "given", Text: p.Published}
	}
	rec := &quoth.Record{Article: a, Model: r.Model(), Statements: []quoth.Statement{}, Figures: []quoth.Figure{}, Captions: []quoth.Picture{}, Events: []quoth.Event{}}
	if a.Language != "" && a.Language != "en" {
		rec.Reason = fmt.Sprintf("the article is written in %s (%s), and this model reads English", article.LanguageName(a.Language), a.Language)
		return rec, cost, nil
	}
	if rec.Article.Published == "" {
		if d, ok := when.ArticleDate(a.Text); ok {
			rec.Article.Published, rec.Article.Dated = d.Date, &d
		}
	}
	ix := quoth.NewIndex(a.Text)
	paragraphs, kinds := make([]text.Range, len(a.Paragraphs)), make([]quoth.ParagraphKind, len(a.Paragraphs))
	for i, q := range a.Paragraphs {
		paragraphs[i], kinds[i] = text.Range{Start: ix.Byte(q.Start), End: ix.Byte(q.End)}, q.Kind
	}
	for _, s := range sections(a.Text, paragraphs, kinds, r.most) {
		part, why, err := r.section(ctx, rec, s, threads, evidence != nil, &cost)
		if err != nil {
			return nil, cost, err
		}
		shift(part, why, ix.Point(s.Start))
		rec.Statements, rec.Figures = append(rec.Statements, part.Statements...), append(rec.Figures, part.Figures...)
		rec.Captions, rec.Events = append(rec.Captions, part.Captions...), append(rec.Events, part.Events...)
		if evidence != nil {
			*evidence = append(*evidence, why...)
		}
	}
	if len(rec.Statements) == 0 {
		rec.Reason = "no statements found"
	}
	return rec, cost, rec.Check()
}

// GivenDate is the date that is read from what came with an article, in ISO 8601
// or, where it is a whole day, in other words ("10 Feb 2025"); ok is false where it is none.
func GivenDate(s string) (date string, ok bool) {
	if d, ok := article.GivenDate(s); ok {
		return d, true
	}
	d, ok := when.Resolve(s, "")
	return d, ok && len(d) == len(time.DateOnly)
}

// section reads a stretch of an article as an article by itself, whose
// statements are counted on from those that the record has.
func (r *Reader) section(ctx context.Context, rec *quoth.Record, s section, threads int, explain bool, cost *Cost) (*quoth.Record, []Evidence, error) {
	last := time.Now()
	lap := func(d *time.Duration) {
		now := time.Now()
		*d, last = *d+now.Sub(last), now
	}
	a := rec.Article
	a.Text, a.Paragraphs = a.Text[s.Start:s.End], make([]quoth.Paragraph, len(s.paragraphs))
	ix, paragraphs := quoth.NewIndex(a.Text), make([]text.Range, len(s.paragraphs))
	for i, p := range s.paragraphs {
		paragraphs[i] = text.Range{Start: p.Start - s.Start, End: p.End - s.Start}
		a.Paragraphs[i] = quoth.Paragraph{Start: ix.Point(paragraphs[i].Start), End: ix.Point(paragraphs[i].End), Kind: s.kinds[i]}
	}
	v, err := r.heads.View(ctx, a.Text, paragraphs, threads)
	lap(&cost.Encode)
	if err != nil {
		return nil, nil, err
	}
	cost.Pieces, cost.Work = cost.Pieces+len(v.Pieces), cost.Work+v.Work
	w := writer{view: v, ix: ix, article: &a, paragraphs: paragraphs, before: len(rec.Statements), explained: explain}
	found := v.Echoes(w.readable(v.Statements()), w.head())
	lap(&cost.Decode)
	part := &quoth.Record{}
	w.write(part, found)
	lap(&cost.Resolve)
	return part, w.evidence, nil
}

// A Result is one page's record, or why there is none.
type Result struct {
	Name   string // which page: a path, an address, or "articles.jsonl:17"
	Record *quoth.Record
	Err    error
}

// All reads pages on so many goroutines and gives the results in the order of
// the pages. An error that comes with a page is passed on. It reads at most
// twice as many pages ahead as it has goroutines.
func (r *Reader) All(ctx context.Context, pages iter.Seq2[quoth.Page, error], workers int) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		type job struct {
			page quoth.Page
			err  error
			done chan Result
		}
		queue, order := make(chan job, workers), make(chan job, 2*workers)
		var active atomic.Int32
		for range workers {
			go func() {
				for j := range queue {
					res := Result{Name: j.page.Name, Err: j.err}
					if res.Err == nil {
						// One article alone may have all cores.
						threads := max(1, workers/int(active.Add(1)))
						res.Record, res.Err = r.read(ctx, j.page, threads)
						active.Add(-1)
					}
					j.done <- res
				}
			}()
		}
		go func() {
			defer close(order)
			defer close(queue)
			for p, err := range pages {
				j := job{p, err, make(chan Result, 1)}
				select {
				case order <- j:
				case <-ctx.Done():
					return
				}
				queue <- j
			}
		}()
		for {
			var j job
			var more bool
			select {
			case j, more = <-order:
			case <-ctx.Done(): // the next page may never come: somebody has to type it
			}
			if !more {
				return
			}
			select {
			case res := <-j.done:
				if ctx.Err() != nil || !yield(res) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
