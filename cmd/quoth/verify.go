package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/quothnews/quoth/internal/store"
)

type verifyCmd struct {
	dbFlag
	Format string `enum:"text,jsonl" default:"text" help:"text, or jsonl: an object for each thing that does not match."`
}

// Run checks everything that the store keeps.
func (c *verifyCmd) Run(p *program) (err error) {
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	bar := newProgress(p.stderr, false)
	bar.what = "pages and articles looked at"
	wrong := 0
	var gone error // of standard output
	enc := json.NewEncoder(p.data())
	n, err := s.Verify(p.ctx, func(x store.Problem) {
		wrong++
		bar.clear()
		if c.Format == "jsonl" {
			gone = errors.Join(gone, enc.Encode(x))
		} else {
			_, err := fmt.Fprintf(p.stdout, "%s: %s\n", printable(x.Where), printable(x.What))
			gone = errors.Join(gone, err)
		}
	}, func(store.Checked) { bar.add() })
	bar.clear()
	if err != nil {
		return fmt.Errorf("verifying: %w", err)
	}
	if c.Format == "text" {
		_, err = fmt.Fprintf(p.stdout, "%d pages, %d readings, %d statements, %d spans, %d corrections looked at\n", n.Pages, n.Readings, n.Statements, n.Spans, n.Corrections)
	}
	if err = errors.Join(gone, err); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	if wrong > 0 {
		what := "1 thing does not match"
		if wrong > 1 {
			what = fmt.Sprintf("%d things do not match", wrong)
		}
		return fmt.Errorf("%s; keep a copy of the store, and make it anew from quoth export or by adding the articles again", what)
	}
	return nil
}
