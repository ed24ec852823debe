package sqlstore

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func givenOf(p quoth.Page) store.Given {
	return store.Given{ID: p.ID, URL: p.URL, Outlet: p.Outlet, Title: p.Title, Byline: p.Byline, Published: p.Published}
}

// knownKey is what makes two readings the same: the bytes, what was claimed of
// them, and who read them.
func knownKey(sum [32]byte, given store.Given, model, code string) []byte {
	h := sha256.Sum256([]byte(asJSON([]any{hex.EncodeToString(sum[:]), given, model, code})))
	return h[:16]
}

// Known reports whether this page is in the store as read by model and code.
func (s *Store) Known(ctx context.Context, p quoth.Page, model, code string) (store.Added, bool, error) {
	var a store.Added
	err := s.view(ctx, func(t *tx) error {
		var err error
		a, err = t.known(knownKey(sha256.Sum256(p.Bytes()), givenOf(p), model, code))
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	return a, err == nil, err
}

func (t *tx) known(key []byte) (store.Added, error) {
	a := store.Added{Outcome: store.Known}
	err := t.get("SELECT a.name, r.revision, r.revision < a.revision FROM reading r JOIN article a ON a.id = r.article WHERE r.known = ?", in(key), &a.Article, &a.Revision, &a.Old)
	return a, err
}

// Add keeps a page and its record in one transaction.
func (s *Store) Add(ctx context.Context, a store.Addition) (store.Added, error) {
	out, err := s.AddAll(ctx, []store.Addition{a})
	if err != nil {
		return store.Added{}, err
	}
	return out[0], nil
}

// AddAll keeps several pages in one transaction: all of them, or none. That is
// faster than one by one.
func (s *Store) AddAll(ctx context.Context, list []store.Addition) ([]store.Added, error) {
	incoming := make([]*incoming, len(list))
	for i, a := range list {
		var err error
		if incoming[i], err = s.incoming(a); err != nil {
			return nil, fmt.Errorf("adding to the store: %w", err)
		}
	}
	out := make([]store.Added, len(list))
	err := s.change(ctx, func(t *tx) (err error) {
		for i, in := range incoming {
			if out[i], err = t.add(in); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// incoming is an addition with all that can be worked out outside of a
// transaction.
type incoming struct {
	page     quoth.Page
	given    store.Given
	sum      [32]byte
	size     int
	body     []byte // deflated
	rec      *quoth.Record
	record   []byte // deflated
	model    string
	code     string
	fetched  time.Time
	known    []byte
	now      bool              // the page stands so at its address
	again    string            // ID of the article in the store that it is of, "" where that is not known
	article  string            // imported: the article's ID
	revision int64             // imported: of the article
	items    *store.Items      // imported
	speakers map[string]string // imported: names → identities
}

func (s *Store) incoming(a store.Addition) (*incoming, error) {
	if a.Record == nil || a.Fetched.IsZero() {
		return nil, errors.New("a record and the time of fetching are needed")
	}
	if err := a.Record.Check(); err != nil {
		return nil, fmt.Errorf("%w: %v", quoth.ErrMalformed, err)
	}
	body := a.Page.Bytes()
	in := &incoming{page: a.Page, given: givenOf(a.Page), sum: sha256.Sum256(body), size: len(body), rec: a.Record, model: a.Record.Model, code: a.Code, fetched: a.Fetched.UTC(), now: a.Now, again: a.Again}
	if sum := hex.EncodeToString(in.sum[:]); a.Record.Article.SHA256 != sum {
		return nil, fmt.Errorf("the record is of the page %.16s, not of this one, %.16s", a.Record.Article.SHA256, sum)
	}
	in.known = knownKey(in.sum, in.given, in.model, in.code)
	record, err := json.Marshal(a.Record)
	if err != nil { // a figure that is no number
		return nil, fmt.Errorf("%w: %v", quoth.ErrMalformed, err)
	}
	if bytes.Contains(record, []byte(`\ufffd`)) { // bytes that are no text: they are kept as the mark for that
		in.rec = new(quoth.Record)
		if err := json.Unmarshal(record, in.rec); err != nil {
			return nil, err
		}
	}
	in.body, in.record = deflate(body), deflate(record)
	return in, nil
}

// articleRow is an article as its table holds it.
type articleRow struct {
	id                       int64
	name, url, title, byline string
	published                string
	given, outlet            int64
	outletName               string
	day                      int
	revision, reading        int64
	fetched, statements      int64
}

const articleColumns = "a.id, a.name, a.url, a.title, a.byline, a.published, a.given, a.outlet, o.name, a.day, a.revision, a.reading, a.fetched, a.statements"
const articleFrom = " FROM article a JOIN outlet o ON o.id = a.outlet "

func (a *articleRow) into() []any {
	return []any{&a.id, &a.name, &a.url, &a.title, &a.byline, &a.published, &a.given, &a.outlet, &a.outletName, &a.day, &a.revision, &a.reading, &a.fetched, &a.statements}
}

func (t *tx) article(where string, args ...any) (*articleRow, error) {
	var a articleRow
	err := t.get("SELECT "+articleColumns+articleFrom+"WHERE "+where, args, a.into()...)
	return &a, err
}

// find gives the article that a page is of, or sql.ErrNoRows.
func (t *tx) find(in *incoming) (*articleRow, error) {
	if id := cmp.Or(in.article, in.again); id != "" {
		return t.article("a.name = ?", id)
	}
	if in.page.ID != "" {
		a, err := t.article("a.name = ?", in.page.ID)
		if !errors.Is(err, sql.ErrNoRows) || in.page.URL == "" {
			return a, err
		}
		return t.article("a.url = ? AND a.given = 0 ORDER BY a.id LIMIT 1", in.page.URL)
	}
	if u := in.url(); u != "" {
		return t.article("a.url = ? ORDER BY a.id LIMIT 1", u)
	}
	return t.article("a.name = ? AND a.url = ''", in.rec.Article.ID)
}

// url is the address that the page came from; else the one it claims.
func (in *incoming) url() string {
	if in.page.URL != "" {
		return in.page.URL
	}
	return in.rec.Article.URL
}

func (t *tx) add(in *incoming) (store.Added, error) {
	known, err := t.known(in.known)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return known, err
	}
	is := err == nil
	a, err := t.find(in)
	back := err == nil && (in.now || in.revision > a.revision) // to an older revision, where the page is its
	if is && !(known.Old && back) {
		return known, nil
	}
	fresh := errors.Is(err, sql.ErrNoRows)
	if fresh && in.again != "" {
		return store.Added{}, notFound(err, "article "+in.again)
	}
	if fresh {
		a, err = t.newArticle(in)
	}
	if err != nil {
		return store.Added{}, err
	}
	page, err := t.page(in)
	if err != nil {
		return store.Added{}, err
	}
	out := store.Added{Article: a.name, Outcome: store.Reread}
	var n int64
	switch err := t.get("SELECT n FROM revision WHERE article = ? AND page = ? ORDER BY n DESC LIMIT 1", []any{a.id, page}, &n); {
	case errors.Is(err, sql.ErrNoRows), err == nil && back && n < a.revision:
		if is { // the older reading leaves its mark to this one
			older := sha256.Sum256(fmt.Append(in.known, known.Revision))
			if err := t.exec("UPDATE reading SET known = ? WHERE known = ?", older[:16], in.known); err != nil {
				return out, err
			}
		}
		n = a.revision + 1
		if err := t.exec("INSERT INTO revision (article, n, page, fetched) VALUES (?, ?, ?, ?)", a.id, n, page, in.fetched.UnixNano()); err != nil {
			return out, err
		}
		if out.Outcome = store.Revised; fresh {
			out.Outcome = store.New
		}
	case err != nil:
		return out, err
	}
	out.Revision = int(n)
	items, err := t.identify(a, in)
	if err != nil {
		return out, err
	}
	engine, err := t.engine(in.model, in.code)
	if err != nil {
		return out, err
	}
	reading, err := t.insert("INSERT INTO reading (article, revision, engine, known, given, record, items) VALUES (?, ?, ?, ?, ?, ?, ?)",
		a.id, n, engine, in.known, asJSON(in.given), in.record, deflate([]byte(asJSON(items))))
	if err != nil {
		return out, err
	}
	r := &store.Reading{Record: in.rec, Stored: store.Stored{Article: a.name, Revision: int(n), Items: items}}
	if n < a.revision { // an old page read again: what is shown stays
		return out, t.keepOld(a, r)
	}
	if n > a.revision {
		a.fetched = in.fetched.UnixNano()
	}
	if err := t.keepLost(a, r); err != nil {
		return out, err
	}
	a.revision, a.reading = n, reading
	return out, t.show(a, r, in.speakers)
}

func (t *tx) newArticle(in *incoming) (*articleRow, error) {
	a := &articleRow{name: in.article, url: in.url(), fetched: in.fetched.UnixNano()}
	if in.page.ID != "" {
		a.given = 1
	}
	if a.name == "" {
		a.name = in.rec.Article.ID
		var taken int64
		switch err := t.get("SELECT id FROM article WHERE name = ?", []any{a.name}, &taken); {
		case err == nil: // the same bytes at another address
			a.name = store.NewID("", a.name, a.url)
		case !errors.Is(err, sql.ErrNoRows):
			return nil, err
		}
	}
	if err := t.bringBack(a, in.sum[:]); err != nil {
		return nil, err
	}
	var err error
	a.id, err = t.insert("INSERT INTO article (name, given, url, title, outlet, byline, published, day, revision, reading, fetched, statements) VALUES (?, ?, ?, '', 0, '', '', 0, 0, 0, ?, 0)",
		a.name, a.given, a.url, a.fetched)
	return a, err
}

func (t *tx) page(in *incoming) (int64, error) {
	var id int64
	err := t.get("SELECT id FROM page WHERE sha256 = ?", []any{in.sum[:]}, &id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	media := in.page.MediaType
	if media == "" {
		media = "text/plain"
	}
	return t.insert("INSERT INTO page (sha256, media, size, body) VALUES (?, ?, ?, ?)", in.sum[:], media, in.size, in.body)
}

func (t *tx) engine(model, code string) (int64, error) {
	var id int64
	err := t.get("SELECT id FROM engine WHERE model = ? AND code = ?", []any{model, code}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return t.insert("INSERT INTO engine (model, code) VALUES (?, ?)", model, code)
	}
	return id, err
}

// identify gives the items of an incoming record their permanent IDs.
func (t *tx) identify(a *articleRow, in *incoming) (store.Items, error) {
	if in.items != nil {
		return *in.items, nil
	}
	var was *store.Items
	var wasRec *quoth.Record
	var priors []store.Prior
	have := map[string]bool{}
	if a.reading != 0 {
		old, err := t.reading(a.reading)
		if err != nil {
			return store.Items{}, err
		}
		was, wasRec = &old.Stored.Items, old.Record
		for i := range wasRec.Statements {
			s := &wasRec.Statements[i]
			have[was.Statements[i]] = true
			priors = append(priors, store.Prior{ID: was.Statements[i], Source: store.Words(s.Source), Cue: store.Words(s.Cue), Body: store.Words(s.Content), Start: store.First(s)})
		}
	}
	var r row
	err := t.each("SELECT "+rowColumns+" FROM statement st WHERE st.article = ?", []any{a.id}, r.into(), func() error {
		if id := idOf(r.hash); !have[id] {
			priors = append(priors, store.Prior{ID: id, Source: r.source, Cue: r.cue, Body: r.content, Start: int(r.start), Gone: r.ord < 0})
		}
		return nil
	})
	return store.Identify(a.name, in.rec, priors, wasRec, was), err
}

// keepLost saves what people corrected in statements that the new reading
// lacks: each becomes a statement of theirs.
func (t *tx) keepLost(a *articleRow, r *store.Reading) error {
	corrections, err := t.corrections(a)
	if err != nil || len(corrections) == 0 || a.reading == 0 {
		return err
	}
	touched := map[string]store.Correction{}
	for _, c := range corrections {
		if c.Item != "" && c.Field != "removed" && c.Field != "statement" && c.Item[0] == 's' && !slices.Contains(r.Stored.Items.Statements, c.Item) {
			touched[c.Item] = c
		}
	}
	if len(touched) == 0 {
		return nil
	}
	old, err := t.reading(a.reading)
	if err != nil {
		return err
	}
	old.Corrections = corrections
	v := old.View()
	for i, id := range v.Items.Statements {
		last, ok := touched[id]
		if !ok || slices.ContainsFunc(corrections, func(c store.Correction) bool { return c.Item == id && c.Field == "statement" }) {
			continue
		}
		s := v.Record.Statements[i]
		s.Parent = ""
		c := store.Correction{
			Article: a.name, Revision: old.Stored.Revision, Item: id, Field: "statement", Was: json.RawMessage("null"), Value: json.RawMessage(asJSON(s)),
			By: last.By, At: last.At, Note: "kept: " + r.Record.Model + " no longer finds what was corrected",
		}
		if err := t.putCorrection(a, &c); err != nil {
			return err
		}
	}
	return nil
}

// keepOld makes the statements of an old page's new reading known, as vanished
// ones, where the article never had them.
func (t *tx) keepOld(a *articleRow, r *store.Reading) error {
	v := r.View()
	rows, _ := rowsOf(&v, setting{article: a.id, revision: int64(r.Stored.Revision), day: a.day, outlet: a.outlet})
	var fresh []row
	for _, x := range rows {
		var id int64
		switch err := t.get("SELECT id FROM statement WHERE hash = ?", []any{x.hash}, &id); {
		case errors.Is(err, sql.ErrNoRows):
			x.ord = vanished
			x.facets += " " + goneFacet
			fresh = append(fresh, x)
		case err != nil:
			return err
		}
	}
	return t.insertRows(fresh, make([][][2]float64, len(fresh)))
}
