package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
)

type addCmd struct {
	dbFlag
	Inputs []string `arg:"" name:"input" help:"Articles, as for read."`
	givenFlags
	AllowPrivate bool   `help:"Fetch from private networks and from this machine too."`
	Format       string `enum:"text,jsonl" default:"text" help:"text: a line for each article that was added; jsonl: an object for each, those that were there already too."`
}

// Run reads the inputs and keeps their records. An article is named as added
// when it is in the store for good; what is there already is not read again,
// so that a run that was stopped goes on where it was.
func (c *addCmd) Run(p *program) (err error) {
	late := c.openLate(p)
	defer func() { err = errors.Join(err, late.close()) }()
	r, err := p.reader()
	if err != nil {
		return err
	}
	bar := newProgress(p.stderr, false)
	bar.what = "articles added"
	q := &queue{cmd: c, store: late, p: p, model: r.Model(), code: code(), tell: bar.tell}
	enc := json.NewEncoder(p.data())
	failed := 0
	fail := func(name string, err error) {
		failed++
		bar.clear()
		fmt.Fprintf(p.stderr, "quoth: %s: %s\n", printable(name), printable(err.Error()))
	}
	items := source.Read(p.ctx, c.Inputs, source.Options{Stdin: p.stdin, AllowPrivate: c.AllowPrivate})
	for res := range r.All(p.ctx, q.pages(items), runtime.GOMAXPROCS(0)) {
		from := q.pop()
		if p.ctx.Err() != nil {
			break
		}
		var broken storeError
		if errors.As(res.Err, &broken) {
			return broken.error
		}
		if res.Err != nil {
			fail(res.Name, res.Err)
			continue
		}
		s, err := late.get()
		if err != nil {
			return err
		}
		added, err := s.Add(p.ctx, store.Addition{Page: from.page, Record: res.Record, Code: q.code, Fetched: from.fetched, Now: from.now})
		if p.ctx.Err() != nil {
			break
		}
		if err != nil {
			bar.clear()
			return fmt.Errorf("adding %s: %w", res.Name, err)
		}
		bar.add()
		switch {
		case c.Format == "jsonl":
			err = enc.Encode(added)
		case added.Outcome == store.Known:
			q.skip()
		default:
			bar.clear()
			_, err = fmt.Fprintf(p.stdout, "%-8s %s  %s\n", added.Outcome, printable(added.Article), squeezed(store.Headline(&res.Record.Article)))
		}
		if err != nil {
			return fmt.Errorf("writing: %w", err)
		}
	}
	bar.clear()
	if p.ctx.Err() != nil {
		fmt.Fprintln(p.stderr, "quoth: stopped; what was added until then is in the store, and the same command goes on from there")
		return errSome
	}
	if q.known > 0 {
		fmt.Fprintf(p.stderr, "%d already in the store\n", q.known)
	}
	if failed > 0 {
		return errSome
	}
	return nil
}

// queue hands pages to the reader, less those that are known, and remembers
// them in order until their records come.
type queue struct {
	cmd         *addCmd
	store       *lateStore
	p           *program
	model, code string
	tell        func(string)

	mu    sync.Mutex
	wait  []waiting
	known int
}

func (q *queue) skip() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.known++
}

type waiting struct {
	page    quoth.Page
	fetched time.Time
	now     bool // it is what stands at its address now
}

func (q *queue) pages(items iter.Seq[source.Item]) iter.Seq2[quoth.Page, error] {
	return func(yield func(quoth.Page, error) bool) {
		enc := json.NewEncoder(q.p.data())
		for it := range items {
			it.Page.Name = it.Name
			if it.Err == nil {
				q.cmd.lay(&it.Page, q.tell)
				added, ok, err := q.isKnown(it.Page)
				if added.Old && it.Now {
					ok = false // it went back to what it was
				}
				if ok && q.cmd.Format == "jsonl" {
					err = enc.Encode(added)
				}
				if err != nil {
					it.Err = storeError{err}
				} else if ok {
					q.skip()
					continue
				}
			}
			q.mu.Lock()
			q.wait = append(q.wait, waiting{it.Page, time.Now(), it.Now})
			q.mu.Unlock()
			if !yield(it.Page, it.Err) {
				return
			}
		}
	}
}

// isKnown asks the store.
func (q *queue) isKnown(page quoth.Page) (store.Added, bool, error) {
	s, err := q.store.get()
	if err != nil {
		return store.Added{}, false, err
	}
	return s.Known(q.p.ctx, page, q.model, q.code)
}

// pop gives the page of the next record.
func (q *queue) pop() waiting {
	q.mu.Lock()
	defer q.mu.Unlock()
	w := q.wait[0]
	q.wait = q.wait[1:]
	return w
}
