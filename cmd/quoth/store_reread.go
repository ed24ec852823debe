package main

import (
	"errors"
	"fmt"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

type rereadCmd struct {
	dbFlag
}

// Run reads the stored page of each article anew, where another model or
// another version of the program read it last. Older readings are kept, and
// people's corrections hold.
func (c *rereadCmd) Run(p *program) (err error) {
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r, err := p.reader()
	if err != nil {
		return err
	}
	model, code := r.Model(), code()
	bar := newProgress(p.stderr, false)
	bar.what = "articles read again"
	failed := false
	for old, err := range s.Readings(p.ctx) {
		if err == nil && (old.Record.Model != model || old.Stored.Code != code) {
			var page quoth.Page
			if page, err = storedPage(p, s, old); err == nil {
				rec, unread := r.Read(p.ctx, page)
				if errors.Is(unread, quoth.ErrNotNews) || errors.Is(unread, quoth.ErrTooLarge) || errors.Is(unread, quoth.ErrMalformed) {
					failed = true
					bar.clear()
					fmt.Fprintf(p.stderr, "quoth: article %s: %s; its older reading stays\n", printable(old.Stored.Article), printable(unread.Error()))
					continue
				}
				if err = unread; err == nil {
					_, err = s.Add(p.ctx, store.Addition{Page: page, Record: rec, Code: code, Fetched: old.Stored.Fetched})
				}
			}
			bar.add()
		}
		if p.ctx.Err() != nil {
			fmt.Fprintln(p.stderr, "quoth: stopped; the same command goes on from there")
			return errSome
		}
		if err != nil {
			return fmt.Errorf("reading again: %w", err)
		}
	}
	bar.clear()
	fmt.Fprintf(p.stdout, "%d articles read again\n", bar.n)
	if failed {
		return errSome
	}
	return nil
}

// storedPage makes the page anew that a reading is of.
func storedPage(p *program, s store.Store, r *store.Reading) (quoth.Page, error) {
	page, err := s.Page(p.ctx, r.Stored.SHA256)
	g := r.Stored.Given
	page.ID, page.URL, page.Outlet, page.Title, page.Byline, page.Published = g.ID, g.URL, g.Outlet, g.Title, g.Byline, g.Published
	if page.MediaType == "text/plain" {
		page.Text = r.Record.Article.Text
	}
	return page, err
}
