package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/source/feed"
	"github.com/quothnews/quoth/internal/store"
)

type feedCmd struct {
	Add    feedAddCmd    `cmd:"" help:"Subscribe to feeds."`
	List   feedListCmd   `cmd:"" help:"Show the subscriptions."`
	Run    feedRunCmd    `cmd:"" help:"Read what is new in the feeds that are due, and keep its articles."`
	Remove feedRemoveCmd `cmd:"" help:"End subscriptions. Their articles stay."`
}

type feedAddCmd struct {
	dbFlag
	Inputs       []string `arg:"" name:"feed" help:"An address of RSS, Atom, JSON Feed or a news sitemap; or an OPML file with a list of such."`
	AllowPrivate bool     `help:"Fetch from private networks and from this machine too."`
}

// Run subscribes. An address is asked once, to see that a feed is there; one
// that gives no answer now is kept all the same. Lists are taken as they are.
func (c *feedAddCmd) Run(p *program) (err error) {
	late := c.openLate(p)
	defer func() { err = errors.Join(err, late.close()) }()
	web := source.NewWeb(c.AllowPrivate)
	failed := false
	fail := func(name string, err error) {
		failed = true
		fmt.Fprintf(p.stderr, "quoth: %s: %s\n", printable(source.Shown(name)), printable(err.Error()))
	}
	for _, in := range c.Inputs {
		var list []store.Feed
		if source.OnWeb(in) {
			f := store.Feed{URL: in}
			doc, _, err := ask(p.ctx, web, f)
			switch {
			case p.ctx.Err() != nil:
				return errSome
			case err != nil && len(doc.Entries) == 0 && !source.Passing(err):
				fail(in, err)
				continue
			case err != nil:
				f.Error = err.Error()
			}
			describe(&f, doc)
			list = []store.Feed{f}
		} else if list, err = fromOPML(in); err != nil {
			fail(in, err)
		}
		for _, f := range list {
			s, err := late.get()
			if err != nil {
				return err
			}
			if err := subscribe(p, s, f); err != nil {
				return err
			}
			if f.Error != "" {
				fmt.Fprintf(p.stderr, "quoth: %s: %s; it is kept, and tried again\n", printable(source.Shown(f.URL)), printable(f.Error))
			}
		}
	}
	if failed {
		return errSome
	}
	return nil
}

// fromOPML reads a list of feeds. With an error, it gives those that could be
// read.
func fromOPML(path string) ([]store.Feed, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, source.NoFile(path, err)
	}
	if !feed.IsOPML(b) {
		return nil, fmt.Errorf("%w: neither an http(s) address nor an OPML file", quoth.ErrMalformed)
	}
	return readOPML(b)
}

// readOPML reads the feeds of an OPML document. With an error, it gives those
// that could be read.
func readOPML(b []byte) ([]store.Feed, error) {
	subs, err := feed.ReadOPML(b)
	out := make([]store.Feed, len(subs))
	for i, x := range subs {
		out[i] = store.Feed{URL: x.URL, Title: x.Title, Site: x.Home, Folder: x.Folder}
	}
	return out, err
}

// writeOPML writes feeds as an OPML document.
func writeOPML(w io.Writer, list []store.Feed) error {
	subs := make([]feed.Subscription, len(list))
	for i, f := range list {
		subs[i] = feed.Subscription{URL: f.URL, Title: f.Title, Home: f.Site, Folder: f.Folder}
	}
	return feed.WriteOPML(w, "Quoth", subs)
}

func subscribe(p *program, s store.Store, f store.Feed) error {
	f.Next = time.Now().UTC().Truncate(time.Second)
	kept, is, err := store.Subscribe(p.ctx, s, f)
	if err != nil {
		return err
	}
	switch is {
	case store.Known:
		_, err = fmt.Fprintf(p.stdout, "known    %s\n", printable(kept.URL))
		return err
	case store.Revised:
		_, err = fmt.Fprintf(p.stdout, "known    %s  takes the new name and password\n", printable(kept.URL))
		return err
	}
	_, err = fmt.Fprintln(p.stdout, strings.TrimRight(fmt.Sprintf("added    %s  %s", printable(kept.URL), squeezed(kept.Title)), " "))
	return err
}

type feedListCmd struct {
	dbFlag
	OPML   bool   `name:"opml" help:"Write OPML, for other programs that read feeds."`
	Format string `enum:"text,json,jsonl" default:"text" help:"text for people, json (an array), or jsonl (one object a line)."`
}

// Run lists the subscriptions.
func (c *feedListCmd) Run(p *program) (err error) {
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	list, err := s.Feeds(p.ctx)
	if err != nil {
		return err
	}
	enc := plainEncoder(p.data())
	switch {
	case c.OPML:
		return writeOPML(p.stdout, list)
	case c.Format == "json":
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	case c.Format == "jsonl":
		for _, f := range list {
			if err := enc.Encode(f); err != nil {
				return err
			}
		}
		return nil
	case len(list) == 0:
		fmt.Fprintln(p.stderr, "no feeds yet; subscribe with quoth feed add URL")
		return nil
	}
	t := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "FEED\tREAD\tNEXT\tADDRESS")
	for _, f := range list {
		title := squeezed(f.Title)
		if r := []rune(title); len(r) > widestTitle {
			title = strings.TrimRight(string(r[:widestTitle-1]), " ,.:;-–—") + "…"
		}
		if title == "" {
			title = "-"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", title, clock(f.Checked), nextOf(f), printable(f.URL))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, f := range list {
		if f.Error != "" {
			if _, err := fmt.Fprintf(p.stdout, "\n%s\n  %s\n", printable(f.URL), squeezed(f.Error)); err != nil {
				return err
			}
		}
	}
	return nil
}

// widestTitle is the most columns of a title in the list, so that the columns
// behind it are seen on a terminal of 80.
const widestTitle = 32

func clock(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04")
}

func nextOf(f store.Feed) string {
	switch {
	case f.Paused:
		return "stopped"
	case !f.Next.After(time.Now()):
		return "now"
	}
	return clock(f.Next)
}

type feedRunCmd struct {
	dbFlag
	URLs         []string `arg:"" optional:"" name:"url" help:"Subscriptions to read now, whether due or not; all that are due without."`
	AllowPrivate bool     `help:"Fetch from private networks and from this machine too."`
	Format       string   `enum:"text,json" default:"text" help:"text for people, or json."`
}

// Run reads what is new once.
func (c *feedRunCmd) Run(p *program) (err error) {
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	list, err := s.Feeds(p.ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return errors.New("there are no feeds; subscribe with quoth feed add URL")
	}
	c.URLs = asKept(c.URLs)
	for _, u := range c.URLs {
		if !slices.ContainsFunc(list, func(f store.Feed) bool { return f.URL == u }) {
			return fmt.Errorf("%s is no subscription; add it with quoth feed add, or see quoth feed list", u)
		}
	}
	now := time.Now()
	list = slices.DeleteFunc(list, func(f store.Feed) bool {
		if len(c.URLs) > 0 {
			return !slices.Contains(c.URLs, f.URL)
		}
		return !isDue(f, now)
	})
	w, err := newCollector(p, s, c.AllowPrivate)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(p.stderr, "No feed is due; quoth feed list tells when. Name one to read it now.")
	}
	err = w.feeds(p.ctx, list)
	if err == nil {
		err = w.entries(p.ctx)
	}
	if p.ctx.Err() != nil {
		fmt.Fprintln(p.stderr, "quoth: stopped; what was added until then is in the store, and the next run goes on from there")
		return errSome
	}
	if err != nil {
		return err
	}
	if c.Format == "json" {
		err = json.NewEncoder(p.stdout).Encode(w.sum)
	} else {
		_, err = fmt.Fprintln(p.stdout, w.sum)
	}
	if err == nil && w.sum.Failed > 0 {
		return errSome
	}
	return err
}

func isDue(f store.Feed, now time.Time) bool { return !f.Paused && !f.Next.After(now) }

// String tells what was done in one line.
func (c collected) String() string {
	out := fmt.Sprintf("%d feeds asked, %d unchanged, %d failed; %d entries new or changed; %d articles added", c.Feeds, c.Unchanged, c.Failed, c.Entries, c.Added)
	for _, x := range []struct {
		n    int
		what string
	}{{c.Revised, "revised"}, {c.Known, "in the store already"}, {c.Skipped, "skipped"}, {c.Later, "to be tried again"}} {
		if x.n > 0 {
			out += fmt.Sprintf(", %d %s", x.n, x.what)
		}
	}
	return out
}

// asKept gives the addresses of feeds as the store keeps them.
func asKept(given []string) []string {
	out := make([]string, len(given))
	for i, u := range given {
		out[i], _ = store.PartAddress(u)
	}
	return out
}

type feedRemoveCmd struct {
	dbFlag
	URLs []string `arg:"" name:"url" help:"Subscriptions to end, as quoth feed list shows them."`
}

// Run ends subscriptions.
func (c *feedRemoveCmd) Run(p *program) (err error) {
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	missing := false
	for _, u := range asKept(c.URLs) {
		switch err := s.RemoveFeed(p.ctx, u); {
		case errors.Is(err, store.ErrNotFound):
			missing = true
			fmt.Fprintf(p.stderr, "quoth: %s is no subscription; see quoth feed list\n", printable(u))
		case err != nil:
			return err
		default:
			if _, err := fmt.Fprintf(p.stdout, "removed  %s\n", printable(u)); err != nil {
				return err
			}
		}
	}
	if missing {
		return errSome
	}
	return nil
}
