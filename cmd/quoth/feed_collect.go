package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/source/feed"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/read"
)

const (
	usualPause  = 30 * time.Minute // between two readings of a feed that does not say
	leastPause  = 10 * time.Minute
	longPause   = 24 * time.Hour
	firstRetry  = 10 * time.Minute // of an article's page; four times as long after each try
	mostTries   = 5
	atOnce      = 8    // requests, each to another host
	mostEntries = 1000 // entries of one reading of a feed; a news sitemap may hold as many
	entriesOnce = 200  // entries taken from the store at a time
)

// A collector reads feeds, and the articles that they tell of.
//
// Nothing is lost when it is killed: a feed's entries are kept before its mark
// (ETag, time) moves on, and an entry waits until its article is in the store.
type collector struct {
	store  store.Store
	web    *source.Web
	reader *read.Reader
	code   string
	tell   func(format string, args ...any) // a line of progress

	mu  sync.Mutex
	sum collected
}

// collected counts what a collector did.
type collected struct {
	Feeds     int `json:"feeds"` // that were asked
	Unchanged int `json:"unchanged"`
	Failed    int `json:"failed"`
	Entries   int `json:"entries"` // that were new, or have changed
	Added     int `json:"added"`   // articles
	Revised   int `json:"revised"` // articles that have changed since they were kept
	Known     int `json:"known"`   // articles that the store had already
	Skipped   int `json:"skipped"`
	Later     int `json:"later"` // to be tried again
}

// feeds reads subscriptions, several at a time. The error is the store's, or
// the context's.
func (c *collector) feeds(ctx context.Context, list []store.Feed) error {
	var all sync.WaitGroup
	var first error
	slots := make(chan struct{}, atOnce)
	for _, f := range list {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			n, unchanged, failed, err := c.feed(ctx, f)
			c.mu.Lock()
			defer c.mu.Unlock()
			if err != nil {
				first = errors.Join(first, err)
				return
			}
			c.sum.Feeds++
			c.sum.Entries += n
			switch {
			case failed != nil:
				c.sum.Failed++
				c.tell("%s: %v", f.URL, failed)
			case unchanged:
				c.sum.Unchanged++
			case n > 0:
				c.tell("%s: %d new or changed", f.URL, n)
			}
		})
	}
	all.Wait()
	return errors.Join(first, ctx.Err())
}

// feed reads one subscription and keeps its new entries. The error is the
// store's; failed is the feed's.
func (c *collector) feed(ctx context.Context, f store.Feed) (entries int, unchanged bool, failed, err error) {
	was := f.URL
	doc, a, failed := ask(ctx, c.web, f)
	if ctx.Err() != nil {
		return 0, false, nil, ctx.Err()
	}
	now := time.Now().UTC().Truncate(time.Second)
	f.Checked, f.Error, f.Paused = now, "", false // putFeed knows better whether somebody paused it
	if failed != nil {
		f.Error = failed.Error()
	}
	useful := failed == nil || len(doc.Entries) > 0
	if !useful {
		f.Failures++
		var status *source.StatusError
		wait := backOff(pauseOf(f, doc), f.Failures)
		if errors.As(failed, &status) {
			wait = max(wait, status.After)
			f.Paused = status.Code == http.StatusGone
		}
		f.Next = now.Add(wait)
		return 0, false, failed, c.putFeed(ctx, was, f)
	}
	f.Failures, f.Next = 0, now.Add(pauseOf(f, doc))
	if !a.Unchanged {
		if entries, err = c.store.PutEntries(ctx, entriesOf(f.URL, doc, now)); err != nil {
			return 0, false, nil, err
		}
		describe(&f, doc)
		f.ETag, f.LastModified = a.Etag, a.Modified
		if failed != nil { // what is missing may be there the next time
			f.ETag, f.LastModified = "", ""
		}
		if a.Moved != "" {
			f.URL, f.Login = store.PartAddress(a.Moved)
		}
	}
	return entries, a.Unchanged, failed, c.putFeed(ctx, was, f)
}

// ask fetches and parses a feed. With an error, the feed may hold entries.
func ask(ctx context.Context, web *source.Web, f store.Feed) (feed.Feed, source.Answer, error) {
	a, err := web.Get(ctx, source.Request{URL: f.Fetched(), Accept: feed.Accept, Etag: f.ETag, Modified: f.LastModified, Max: feed.Max})
	if err != nil || a.Unchanged {
		return feed.Feed{}, a, err
	}
	doc, err := feed.Parse(a.Body, a.URL)
	if a.Cut {
		cut := fmt.Errorf("the answer broke off or is larger than %d MB", feed.Max>>20)
		if err != nil {
			cut = fmt.Errorf("%w: %w", cut, err)
		}
		err = cut
	}
	return doc, a, err
}

// describe fills in what a subscription does not know of its feed.
func describe(f *store.Feed, doc feed.Feed) {
	if f.Title == "" {
		f.Title = doc.Title
	}
	if f.Site == "" {
		f.Site = doc.Home
	}
	f.Kind = doc.Kind
}

// putFeed keeps a subscription under its address, which may be a new one. One
// that was removed or paused meanwhile stays so, and one that was given another name
// and password meanwhile keeps them.
func (c *collector) putFeed(ctx context.Context, was string, f store.Feed) error {
	held, err := c.store.Feed(ctx, was)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	f.Paused = f.Paused || held.Paused
	if f.URL == was {
		f.Login = held.Login
	}
	if err := c.store.PutFeed(ctx, f); err != nil || was == f.URL {
		return err
	}
	return c.store.RemoveFeed(ctx, was)
}

func pauseOf(f store.Feed, doc feed.Feed) time.Duration {
	switch {
	case f.Every > 0:
		return max(time.Minute, f.Every)
	case doc.Every > 0:
		return min(max(leastPause, doc.Every), longPause)
	}
	return usualPause
}

// backOff doubles a pause with each failure in a row.
func backOff(pause time.Duration, failures int) time.Duration {
	for range failures {
		if pause *= 2; pause >= longPause {
			return longPause
		}
	}
	return pause
}

// entriesOf makes a feed's entries, each under the one address that all feeds
// share. Of more than can be news, it takes the newest.
func entriesOf(address string, doc feed.Feed, now time.Time) []store.Entry {
	told := doc.Entries
	if len(told) > mostEntries {
		told = slices.Clone(told)
		slices.SortStableFunc(told, func(a, b feed.Entry) int { return b.Published.Compare(a.Published) })
		told = told[:mostEntries]
	}
	out := make([]store.Entry, 0, len(told))
	for _, e := range told {
		published := ""
		if !e.Published.IsZero() {
			published = e.Published.Format(time.DateOnly)
		}
		if e.Updated.After(now.AddDate(0, 0, 1)) { // no clock is so wrong: it says nothing
			e.Updated = time.Time{}
		}
		out = append(out, store.Entry{URL: source.Canonical(e.URL), Feed: address, Title: e.Title, Published: published, Updated: e.Updated.UTC(), Found: now, State: store.Waiting, Next: now})
	}
	return out
}

// entries reads the articles that wait, until none is due.
func (c *collector) entries(ctx context.Context) error {
	for {
		due, err := c.store.DueEntries(ctx, time.Now(), entriesOnce)
		if err != nil || len(due) == 0 {
			return errors.Join(err, ctx.Err())
		}
		if err := c.batch(ctx, due); err != nil {
			return err
		}
	}
}

// A got is an entry with its page, or with why there is none.
type got struct {
	entry   store.Entry
	page    quoth.Page
	time    time.Time
	before  *store.Article // as it was kept before it changed
	known   bool           // the store has its article already
	revised bool           // the store had an older revision of it
	err     error          // of the page
	fatal   error          // of the store
}

// batch fetches entries and reads their articles. Every entry is settled when
// it returns without an error.
func (c *collector) batch(ctx context.Context, due []store.Entry) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var mu sync.Mutex
	var waiting []got // in the order in which their records come
	var broken error
	pages := func(yield func(quoth.Page, error) bool) {
		for g := range c.fetch(ctx, due) {
			if g.known || g.err != nil || g.fatal != nil {
				if err := c.settle(ctx, g); err != nil {
					mu.Lock()
					broken = err
					mu.Unlock()
					stop()
					return
				}
				continue
			}
			mu.Lock()
			waiting = append(waiting, g)
			mu.Unlock()
			if !yield(g.page, nil) {
				return
			}
		}
	}
	for res := range c.reader.All(ctx, pages, runtime.GOMAXPROCS(0)) {
		mu.Lock()
		g := waiting[0]
		waiting = waiting[1:]
		mu.Unlock()
		if ctx.Err() != nil {
			break
		}
		if g.err = res.Err; g.err == nil {
			c.keep(ctx, &g, res.Record)
		}
		if err := c.settle(ctx, g); err != nil {
			return err
		}
	}
	mu.Lock()
	defer mu.Unlock()
	return errors.Join(broken, ctx.Err())
}

// keep puts an article into the store, unless it came in meanwhile under
// another address, or is called changed and has the same title and text.
func (c *collector) keep(ctx context.Context, g *got, rec *quoth.Record) {
	if c.look(ctx, g); g.known || g.err != nil || g.fatal != nil {
		return
	}
	if b := g.before; b != nil && b.Record.Article.Text == rec.Article.Text && b.Record.Article.Title == rec.Article.Title {
		g.entry.Article, g.known = b.ID, true
		return
	}
	if rec.Article.Published == "" && g.entry.Published != "" {
		g.page.Published = g.entry.Published
		if rec, g.err = c.reader.Read(ctx, g.page); g.err != nil {
			return
		}
	}
	a := store.Addition{Page: g.page, Record: rec, Code: c.code, Fetched: g.time, Now: true}
	if g.before != nil {
		a.Again = g.before.ID
	}
	added, err := c.store.Add(ctx, a)
	if errors.Is(err, store.ErrNotFound) {
		g.err = errRemoved
		return
	}
	if err != nil {
		g.fatal = fmt.Errorf("adding %s: %w", g.entry.URL, err)
		return
	}
	g.entry.Article, g.revised = added.Article, added.Outcome == store.Revised
	c.tell("%-8s %s  (%s, %d statements)", added.Outcome, squeezed(rec.Article.Title), squeezed(rec.Article.Outlet), len(rec.Statements))
}

// settle keeps what became of an entry.
func (c *collector) settle(ctx context.Context, g got) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if g.fatal != nil {
		return g.fatal
	}
	e := g.entry
	e.Error = ""
	switch {
	case g.err == nil:
		e.State = store.Taken
	default:
		e.Error = g.err.Error()
		e.Tries++
		e.Next = time.Now().UTC().Add(retryPause(e.Tries, g.err))
		if !source.Passing(g.err) || e.Tries >= mostTries {
			e.State = store.Skipped
		}
	}
	if err := c.store.SetEntry(ctx, e); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case g.known:
		c.sum.Known++
	case g.revised:
		c.sum.Revised++
	case g.err == nil:
		c.sum.Added++
	case e.State == store.Skipped:
		c.sum.Skipped++
		c.tell("skipped  %s: %v", source.Shown(e.URL), g.err)
	default:
		c.sum.Later++
		c.tell("later    %s: %v", source.Shown(e.URL), g.err)
	}
	return nil
}

func retryPause(tries int, err error) time.Duration {
	wait := firstRetry << (2 * (tries - 1))
	var status *source.StatusError
	if errors.As(err, &status) {
		wait = max(wait, status.After)
	}
	return wait
}

// fetch gets the entries' pages, from several hosts at a time, in whatever
// order they come.
func (c *collector) fetch(ctx context.Context, due []store.Entry) iter.Seq[got] {
	return func(yield func(got) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		byHost := map[string][]store.Entry{}
		for _, e := range due {
			u, err := url.Parse(e.URL)
			if err != nil {
				u = &url.URL{}
			}
			byHost[u.Host] = append(byHost[u.Host], e)
		}
		out, slots := make(chan got), make(chan struct{}, atOnce)
		var all sync.WaitGroup
		for _, list := range byHost {
			all.Go(func() {
				for _, e := range list {
					slots <- struct{}{}
					g := c.fetchOne(ctx, e)
					<-slots
					select {
					case out <- g:
					case <-ctx.Done():
						return
					}
				}
			})
		}
		go func() { all.Wait(); close(out) }()
		for g := range out {
			if !yield(g) {
				return
			}
		}
	}
}

// fetchOne gets one entry's page, unless the store has its article.
func (c *collector) fetchOne(ctx context.Context, e store.Entry) got {
	g := got{entry: e, page: quoth.Page{URL: e.URL}}
	if c.look(ctx, &g); g.known || g.err != nil || g.fatal != nil {
		return g
	}
	g.page, g.err = c.web.Page(ctx, e.URL)
	g.time = time.Now().UTC().Truncate(time.Second)
	if g.err != nil {
		return g
	}
	if strings.HasPrefix(strings.TrimSpace(g.page.Text), "{") {
		g.err = fmt.Errorf("%w: JSON in place of an article's page", quoth.ErrNotNews)
		return g
	}
	c.look(ctx, &g)
	return g
}

// errRemoved is why a feed does not bring back what a person took out.
var errRemoved = fmt.Errorf("%w: it was taken out of the store; quoth add brings it back", quoth.ErrRefused)

// look finds out whether the store has an article at the page's address that was
// fetched after the entry changed, or the very same bytes under another.
func (c *collector) look(ctx context.Context, g *got) {
	var err error
	is := ""
	g.before = nil // it may have been taken out since
	if g.entry.Article, err = c.store.ArticleAt(ctx, g.page.URL); err == nil && !g.entry.Updated.IsZero() {
		if g.before, err = c.store.Article(ctx, g.entry.Article, 0); err == nil && g.before.Fetched.Before(g.entry.Updated) {
			err = store.ErrNotFound // as it is now
		}
	}
	if errors.Is(err, store.ErrNotFound) && (g.page.Body != nil || g.page.Text != "") {
		sum := sha256.Sum256(g.page.Bytes())
		is = hex.EncodeToString(sum[:])
		switch {
		case g.before == nil:
			_, err = c.store.Page(ctx, is)
		case g.before.SHA256 == is: // its older revisions do not count: it may go back to one
			err = nil
		}
	}
	if errors.Is(err, store.ErrNotFound) && g.before == nil {
		out, failed := c.store.Removed(ctx, g.page.URL, is)
		switch {
		case failed != nil:
			err = failed
		case out:
			g.err = errRemoved
		}
	}
	switch {
	case err == nil:
		g.known = true
	case !errors.Is(err, store.ErrNotFound):
		g.fatal = err
	}
}

func squeezed(s string) string { return printable(strings.Join(strings.Fields(s), " ")) }
