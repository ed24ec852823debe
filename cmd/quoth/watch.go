package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
)

type watchCmd struct {
	dbFlag
	AllowPrivate bool `help:"Fetch from private networks and from this machine too."`
}

// lookAgain is how often a watch looks into the store for what is due: feeds
// may be added by another program meanwhile.
const lookAgain = 20 * time.Second

// Run reads what is new until it is stopped.
func (c *watchCmd) Run(p *program) (err error) {
	s, err := c.open(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	w, err := newCollector(p, s, c.AllowPrivate)
	if err != nil {
		return err
	}
	list, err := s.Feeds(p.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stderr, "Watching the feeds. Stop with Ctrl-C.")
	if len(list) == 0 {
		fmt.Fprintln(p.stderr, "There are no feeds yet; subscribe with quoth feed add URL, also while this runs.")
	}
	for p.ctx.Err() == nil {
		if err := w.round(p.ctx); err != nil && p.ctx.Err() == nil {
			return err
		}
		select {
		case <-time.After(lookAgain):
		case <-p.ctx.Done():
		}
	}
	fmt.Fprintf(p.stderr, "Stopped. %v.\n", w.sum)
	return nil
}

// round reads the feeds and entries that are due.
func (c *collector) round(ctx context.Context) error {
	list, err := c.store.Feeds(ctx)
	if err != nil {
		return err
	}
	var due []store.Feed
	now := time.Now()
	for _, f := range list {
		if isDue(f, now) {
			due = append(due, f)
		}
	}
	if err := c.feeds(ctx, due); err != nil {
		return err
	}
	return c.entries(ctx)
}

// newCollector makes a collector that tells what it does on standard error.
func newCollector(p *program, s store.Store, allowPrivate bool) (*collector, error) {
	r, err := p.reader()
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	tell := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(p.stderr, "%s  %s\n", time.Now().Format(time.TimeOnly), printable(fmt.Sprintf(format, args...)))
	}
	return &collector{store: s, web: source.NewWeb(allowPrivate), reader: r, code: code(), tell: tell}, nil
}
