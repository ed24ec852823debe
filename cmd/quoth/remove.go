package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
)

type removeCmd struct {
	dbFlag
	Articles    []string `arg:"" name:"article" help:"IDs or addresses of articles."`
	Corrections bool     `help:"Also articles that people corrected; their corrections go with them."`
}

// Run takes articles out of the store.
func (c *removeCmd) Run(p *program) (err error) {
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	failed := false
	for _, name := range c.Articles {
		out, err := removeNamed(p.ctx, s, name, c.Corrections)
		switch {
		case errors.Is(err, store.ErrNotFound):
			failed = true
			fmt.Fprintf(p.stderr, "quoth: %s is no article's ID or address in the store\n", printable(source.Shown(name)))
		case errors.Is(err, store.ErrCorrected):
			failed = true
			fmt.Fprintf(p.stderr, "quoth: %s: %v; say --corrections if they may\n", printable(source.Shown(name)), store.ErrCorrected)
		case err != nil:
			return err
		default:
			if _, err := fmt.Fprintf(p.stdout, "removed  %s  (%d statements, %d corrections)\n", squeezed(out.Title), out.Statements, out.Corrections); err != nil {
				return err
			}
		}
	}
	if failed {
		return errSome
	}
	return nil
}

// removeNamed takes out the article with an ID, or else the one at an address.
func removeNamed(ctx context.Context, s store.Store, name string, corrections bool) (store.Removed, error) {
	out, err := s.Remove(ctx, name, corrections)
	for _, at := range []string{name, source.Canonical(name)} {
		if !errors.Is(err, store.ErrNotFound) {
			break
		}
		var id string
		if id, err = s.ArticleAt(ctx, at); err == nil {
			out, err = s.Remove(ctx, id, corrections)
		}
	}
	return out, err
}
