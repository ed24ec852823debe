package main

import (
	"errors"
	"fmt"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/read"
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
			var unread error
			if unread, err = readAgain(p, s, r, code, old); unread != nil {
				failed = true
				bar.clear()
				fmt.Fprintf(p.stderr, "quoth: article %s: %s; its older reading stays\n", printable(old.Stored.Article), printable(unread.Error()))
				continue
			}
			if err != nil && gone(p, s, old.Stored.Article) {
				continue
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
	if _, err = fmt.Fprintf(p.stdout, "%d articles read again\n", bar.n); err != nil {
		return err
	}
	if failed {
		return errSome
	}
	return nil
}

// readAgain reads the page of a reading anew and keeps that. unread is why the page
// is not read any more.
func readAgain(p *program, s store.Store, r *read.Reader, code string, old *store.Reading) (unread, err error) {
	page, err := storedPage(p, s, old)
	if err != nil {
		return nil, err
	}
	rec, err := r.Read(p.ctx, page)
	if errors.Is(err, quoth.ErrNotNews) || errors.Is(err, quoth.ErrTooLarge) || errors.Is(err, quoth.ErrMalformed) {
		return err, nil
	}
	if err != nil {
		return nil, err
	}
	_, err = s.Add(p.ctx, store.Addition{Page: page, Record: rec, Code: code, Fetched: old.Stored.Fetched, Again: old.Stored.Article})
	return nil, err
}

// gone tells that somebody took an article out meanwhile.
func gone(p *program, s store.Store, article string) bool {
	_, err := s.Article(p.ctx, article, 0)
	return errors.Is(err, store.ErrNotFound)
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
