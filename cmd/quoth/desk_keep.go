package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/eval"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/web"
	"github.com/quothnews/quoth/read"
)

// A keeper reads pages and keeps them.
type keeper struct {
	store  store.Store
	reader *read.Reader
	web    *source.Web

	joining chan struct{} // holds the one that joins claims
	found   machine       // what was joined last
	looking chan machine  // gives what is being looked for; nil where nothing is
	wake    chan struct{} // to join claims soon
}

func newKeeper(s store.Store, r *read.Reader, w *source.Web) *keeper {
	return &keeper{store: s, reader: r, web: w, joining: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
}

// soon has claims joined on their own time.
func (k *keeper) soon() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// add fetches, reads and keeps the page at an address, or the page itself where
// it has a text or a body: its address, if any, is that of the same article.
func (k *keeper) add(ctx context.Context, p quoth.Page) ([]store.Added, error) {
	if p.Text != "" || p.Body != nil {
		p.URL = source.Canonical(p.URL)
		a, err := k.keep(ctx, p, false)
		if err != nil {
			return nil, err
		}
		k.soon()
		return []store.Added{a}, nil
	}
	var out []store.Added
	for it := range source.Read(ctx, []string{p.URL}, source.Options{Web: k.web}) {
		if it.Err != nil {
			return out, web.Unfetched{Err: it.Err}
		}
		q := it.Page
		q.Name = it.Name
		if q.Outlet == "" {
			q.Outlet = p.Outlet
		}
		if q.Published == "" {
			q.Published = p.Published
		}
		a, err := k.keep(ctx, q, it.Now)
		if err != nil {
			return out, err
		}
		out = append(out, a)
	}
	k.soon()
	return out, nil
}

// keep keeps a page; one that was fetched now may have gone back to what it was.
func (k *keeper) keep(ctx context.Context, p quoth.Page, now bool) (store.Added, error) {
	if a, known, err := k.store.Known(ctx, p, k.reader.Model(), code()); err != nil || known && !(now && a.Old) {
		return a, err
	}
	rec, err := k.reader.Read(ctx, p)
	if err != nil {
		return store.Added{}, err
	}
	return k.store.Add(ctx, store.Addition{Page: p, Record: rec, Code: code(), Fetched: time.Now().UTC().Truncate(time.Second), Now: now})
}

// runFeed reads a feed now, and the articles that it tells of.
func (k *keeper) runFeed(ctx context.Context, address string) (int, error) {
	f, err := k.store.Feed(ctx, address)
	if err != nil {
		return 0, err
	}
	c := &collector{store: k.store, web: k.web, reader: k.reader, code: code(), tell: func(string, ...any) {}}
	if err := c.feeds(ctx, []store.Feed{f}); err != nil {
		return 0, err
	}
	if err := c.entries(ctx); err != nil {
		return c.sum.Added, err
	}
	k.soon()
	return c.sum.Added, nil
}

// demo fills a store with the project's own story: three outlets on the same
// talks, over four months.
func demo(p *program, k *keeper) error {
	pages, err := eval.GoldPages(eval.Cases())
	if err != nil {
		return err
	}
	bar := newProgress(p.stderr, false)
	for _, page := range pages {
		if !strings.HasPrefix(page.ID, "talks-") {
			continue
		}
		if _, err := k.keep(p.ctx, page, false); err != nil {
			return fmt.Errorf("%s: %w", page.ID, err)
		}
		bar.add()
	}
	bar.clear()
	return k.joinNew(p.ctx)
}
