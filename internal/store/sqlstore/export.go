package sqlstore

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Export gives all readings with their pages, then what people said and
// decided, claims and feeds, in an order in which they can be imported.
func (s *Store) Export(ctx context.Context) iter.Seq2[store.Line, error] {
	return func(yield func(store.Line, error) bool) {
		for last := int64(0); ; {
			var l store.Line
			err := s.view(ctx, func(t *tx) error {
				if err := t.get("SELECT id FROM reading WHERE id > ? ORDER BY id LIMIT 1", []any{last}, &last); err != nil {
					return err
				}
				var err error
				l, err = t.exportReading(last)
				return err
			})
			if isNone(err) {
				break
			}
			if !yield(l, err) || err != nil {
				return
			}
		}
		var lines []store.Line
		err := s.view(ctx, func(t *tx) error { return t.exportRest(func(l store.Line) { lines = append(lines, l) }) })
		if err != nil {
			yield(store.Line{}, err)
			return
		}
		for _, l := range lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func (t *tx) exportReading(id int64) (store.Line, error) {
	r, err := t.reading(id)
	if err != nil {
		return store.Line{}, err
	}
	var body []byte
	if err := t.get("SELECT p.body FROM reading r JOIN revision v ON v.article = r.article AND v.n = r.revision JOIN page p ON p.id = v.page WHERE r.id = ?", []any{id}, &body); err != nil {
		return store.Line{}, err
	}
	if body, err = inflate(body); err != nil {
		return store.Line{}, fmt.Errorf("page %s: damaged: %w", r.Stored.SHA256, err)
	}
	if r.Record.Article.Text != string(body) {
		r.Stored.Body = body
	}
	r.Stored.Speakers = map[string]string{}
	var name, who string
	err = t.each("SELECT m.name, i.name_id FROM mention m JOIN identity i ON i.id = m.identity JOIN reading r ON r.article = m.article WHERE r.id = ?", []any{id}, []any{&name, &who}, func() error {
		r.Stored.Speakers[name] = who
		return nil
	})
	return store.Line{Record: r.Record, Stored: &r.Stored}, err
}

func (t *tx) exportRest(put func(store.Line)) error {
	var data string
	read := func(query string, into func() (any, store.Line)) error {
		return t.each(query, nil, []any{&data}, func() error {
			x, l := into()
			if err := json.Unmarshal([]byte(data), x); err != nil {
				return err
			}
			put(l)
			return nil
		})
	}
	if err := read("SELECT data FROM correction ORDER BY seq", func() (any, store.Line) {
		c := new(store.Correction)
		return c, store.Line{Correction: c}
	}); err != nil {
		return err
	}
	if err := read("SELECT data FROM decision ORDER BY at, id", func() (any, store.Line) {
		d := new(store.Decision)
		return d, store.Line{Decision: d}
	}); err != nil {
		return err
	}
	ids, err := column[string](t, "SELECT id FROM claim ORDER BY id")
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := t.claim(id)
		if err != nil {
			return err
		}
		put(store.Line{Claim: &c})
	}
	if err := read("SELECT data FROM verdict ORDER BY seq", func() (any, store.Line) {
		v := new(store.Verdict)
		return v, store.Line{Verdict: v}
	}); err != nil {
		return err
	}
	feeds, err := t.feeds("url")
	if err != nil {
		return err
	}
	for _, f := range feeds {
		put(store.Line{Feed: &f, Login: f.Login})
	}
	return read("SELECT data FROM entry ORDER BY url", func() (any, store.Line) {
		e := new(store.Entry)
		return e, store.Line{Entry: e}
	})
}

// Import takes one line of an export. A record without "stored" is taken as
// read just now; it must be of a text, whose bytes it holds.
func (s *Store) Import(ctx context.Context, l store.Line) (bool, error) {
	if l.Record != nil {
		return s.importReading(ctx, l.Record, l.Stored)
	}
	changed := false
	err := s.change(ctx, func(t *tx) error {
		var err error
		changed, err = t.importLine(l)
		return err
	})
	return changed && err == nil, err
}

func (s *Store) importReading(ctx context.Context, rec *quoth.Record, st *store.Stored) (bool, error) {
	art := &rec.Article
	p := quoth.Page{ID: art.ID, URL: art.URL, MediaType: "text/plain", Text: art.Text}
	a := store.Addition{Record: rec, Fetched: time.Now()}
	if st != nil {
		a.Code, a.Fetched = st.Code, st.Fetched
		p = quoth.Page{ID: st.Given.ID, URL: st.Given.URL, Outlet: st.Given.Outlet, Title: st.Given.Title, Byline: st.Given.Byline, Published: st.Given.Published, MediaType: st.MediaType, Text: art.Text, Body: st.Body}
	}
	a.Page = p
	in, err := s.incoming(a)
	if err != nil {
		return false, fmt.Errorf("importing article %s: %w: %w; records of HTML pages can be imported from `quoth export`, which keeps the page", art.ID, quoth.ErrMalformed, err)
	}
	if st != nil {
		in.article, in.revision, in.items, in.speakers = st.Article, int64(st.Revision), &st.Items, st.Speakers
		if in.speakers == nil {
			in.speakers = map[string]string{}
		}
		if err := errors.Join(checkItems(rec, st.Items), checkIdentities(st.Speakers)); err != nil {
			return false, err
		}
	}
	var added store.Added
	err = s.change(ctx, func(t *tx) error {
		added, err = t.add(in)
		return err
	})
	return err == nil && added.Outcome != store.Known, err
}

func checkItems(rec *quoth.Record, items store.Items) error {
	if len(items.Statements) != len(rec.Statements) || len(items.Figures) != len(rec.Figures) || len(items.Captions) != len(rec.Captions) || len(items.Events) != len(rec.Events) {
		return fmt.Errorf("article %s: %w: the permanent IDs are not as many as the items of the record", rec.Article.ID, quoth.ErrMalformed)
	}
	for _, id := range items.Statements {
		if _, ok := hashOf(id); !ok {
			return fmt.Errorf("article %s: %w: %q is no ID of a statement", rec.Article.ID, quoth.ErrMalformed, id)
		}
	}
	return nil
}

func checkIdentities(speakers map[string]string) error {
	for name, id := range speakers {
		if !identityID(id) {
			return fmt.Errorf("speaker %q: %w: %q is no ID of a person or organisation", name, quoth.ErrMalformed, id)
		}
	}
	return nil
}

func identityID(s string) bool {
	if len(s) != 17 || s[0] != 'p' && s[0] != 'o' {
		return false
	}
	_, ok := hashOf("s" + s[1:])
	return ok
}

// importLine takes what is no reading, and tells whether it changed anything.
func (t *tx) importLine(l store.Line) (bool, error) {
	switch {
	case l.Correction != nil:
		return t.importCorrection(l.Correction)
	case l.Decision != nil:
		return t.importDecision(*l.Decision)
	case l.Claim != nil:
		if old, err := t.claim(l.Claim.ID); err == nil && asJSON(old) == asJSON(whole(*l.Claim)) {
			return false, nil
		} else if err != nil && !isNone(err) {
			return false, err
		}
		return true, t.putClaim(*l.Claim)
	case l.Verdict != nil:
		if ok, err := t.has("SELECT 1 FROM verdict WHERE id = ?", l.Verdict.ID); ok || err != nil {
			return false, err
		}
		return true, t.judge(l.Verdict)
	case l.Feed != nil:
		f := *l.Feed
		f.Login = l.Login
		f = f.Parted()
		if ok, err := t.has("SELECT 1 FROM feed WHERE url = ?", f.URL); ok || err != nil {
			return false, err
		}
		return true, t.putFeed(f)
	case l.Entry != nil:
		return t.importEntry(*l.Entry)
	}
	return false, fmt.Errorf("%w: a line that holds nothing to import", quoth.ErrMalformed)
}

// has tells whether a query finds anything.
func (t *tx) has(query string, args ...any) (bool, error) {
	var one int
	err := t.get(query, args, &one)
	if isNone(err) {
		return false, nil
	}
	return err == nil, err
}

func (t *tx) importCorrection(c *store.Correction) (bool, error) {
	if ok, err := t.has("SELECT 1 FROM correction WHERE id = ?", c.ID); ok || err != nil {
		return false, err
	}
	a, err := t.article("a.name = ?", c.Article)
	if err != nil {
		return false, notFound(err, "article "+c.Article)
	}
	if err := t.putCorrection(a, c); err != nil {
		return false, err
	}
	return true, t.showAgain(a.id)
}

func (t *tx) importDecision(d store.Decision) (bool, error) {
	if ok, err := t.has("SELECT 1 FROM decision WHERE id = ?", d.ID); ok || err != nil {
		return false, err
	}
	if d.Undone != nil { // it is remembered, and changes nothing
		return true, t.putDecision(d, before{})
	}
	for _, id := range []string{d.From, d.To} { // one that no longer speaks anywhere
		if id == "" {
			continue
		}
		if !identityID(id) {
			return false, fmt.Errorf("decision %s: %w: %q is no ID of a person or organisation", d.ID, quoth.ErrMalformed, id)
		}
		if _, err := t.identityNamed(id, &mention{name: id, kind: id[:1]}); err != nil {
			return false, err
		}
	}
	_, err := t.decide(d)
	return true, err
}

// importEntry takes an entry, unless it was taken out there, and not here.
func (t *tx) importEntry(e store.Entry) (bool, error) {
	if e.State != store.TakenAway {
		return t.putEntry(e)
	}
	query, arg := "SELECT 1 FROM article WHERE url = ?", any(e.URL)
	if sum, is := strings.CutPrefix(e.URL, byPage); is {
		b, err := hex.DecodeString(sum)
		if err != nil {
			return false, fmt.Errorf("%w: %q is no SHA-256 of a page", quoth.ErrMalformed, sum)
		}
		query, arg = "SELECT 1 FROM page WHERE sha256 = ?", b
	}
	if ok, err := t.has(query, arg); ok || err != nil {
		return false, err
	}
	return t.putEntry(e)
}

// Count counts what is kept.
func (s *Store) Count(ctx context.Context) (store.Count, error) {
	var c store.Count
	err := s.view(ctx, func(t *tx) error {
		var errs []error
		for _, x := range []struct {
			query string
			into  *int
		}{
			{"SELECT COUNT(*) FROM page", &c.Pages},
			{"SELECT COUNT(*) FROM article", &c.Articles},
			{"SELECT COUNT(*) FROM revision", &c.Revisions},
			{"SELECT COUNT(*) FROM reading", &c.Readings},
			{"SELECT COALESCE(SUM(statements), 0) FROM article", &c.Statements},
			{"SELECT COUNT(*) FROM identity WHERE joined = 0 AND statements > 0", &c.Identities},
			{"SELECT COUNT(*) FROM claim", &c.Claims},
			{"SELECT COUNT(*) FROM correction WHERE undone = 0", &c.Corrections},
			{"SELECT COUNT(*) FROM feed", &c.Feeds},
		} {
			errs = append(errs, t.get(x.query, nil, x.into))
		}
		return errors.Join(errs...)
	})
	if err == nil {
		c.Bytes, err = s.d.Size(ctx, s.read)
	}
	return c, err
}

// sameBytes tells whether a text article's text is its page's own.
func sameBytes(media, text string, body []byte) bool {
	return media != "text/plain" || bytes.IndexByte(body, 0) >= 0 || !validText(body) || text == string(body)
}
