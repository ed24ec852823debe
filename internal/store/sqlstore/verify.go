package sqlstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func validText(b []byte) bool { return utf8.Valid(b) }

// Verify checks the database itself, each page against its hash, each reading
// against its page, its spans against its text, what can be searched against
// the readings, and all references.
func (s *Store) Verify(ctx context.Context, tell func(store.Problem), at func(store.Checked)) (store.Checked, error) {
	v := verifier{s: s, ctx: ctx, tell: tell, at: at}
	db := s.write
	if s.readOnly {
		db = s.read
	}
	err := errors.Join(s.d.Check(ctx, db, tell), v.pages())
	if err == nil {
		err = v.articles()
	}
	if err == nil {
		err = v.references()
	}
	return v.n, err
}

type verifier struct {
	s    *Store
	ctx  context.Context
	tell func(store.Problem)
	at   func(store.Checked)
	n    store.Checked
}

func (v *verifier) problem(where, what string, args ...any) {
	v.tell(store.Problem{Where: where, What: fmt.Sprintf(what, args...)})
}

func (v *verifier) pages() error {
	for last := int64(0); ; {
		err := v.s.view(v.ctx, func(t *tx) error {
			var sum, body []byte
			var size int
			if err := t.get("SELECT id, sha256, size, body FROM page WHERE id > ? ORDER BY id LIMIT 1", []any{last}, &last, &sum, &size, &body); err != nil {
				return err
			}
			v.n.Pages++
			where := "page " + hex.EncodeToString(sum)
			plain, err := inflate(body)
			switch is := sha256.Sum256(plain); {
			case err != nil:
				v.problem(where, "its bytes are damaged: %v", err)
			case !slices.Equal(is[:], sum):
				v.problem(where, "its bytes have the SHA-256 %x", is)
			case len(plain) != size:
				v.problem(where, "it has %d bytes and should have %d", len(plain), size)
			}
			return nil
		})
		if isNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		v.at(v.n)
	}
}

func (v *verifier) articles() error {
	for last := int64(0); ; {
		err := v.s.view(v.ctx, func(t *tx) error {
			a, err := t.articleAfter(last)
			if err != nil {
				return err
			}
			last = a.id
			return v.article(t, a)
		})
		if isNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		v.at(v.n)
	}
}

// articleAfter gives the next article, also one whose outlet is missing.
func (t *tx) articleAfter(last int64) (*articleRow, error) {
	var a articleRow
	err := t.get("SELECT id, name, url, title, byline, published, given, outlet, day, revision, reading, fetched, statements FROM article WHERE id > ? ORDER BY id LIMIT 1", []any{last},
		&a.id, &a.name, &a.url, &a.title, &a.byline, &a.published, &a.given, &a.outlet, &a.day, &a.revision, &a.reading, &a.fetched, &a.statements)
	return &a, err
}

func (v *verifier) article(t *tx, a *articleRow) error {
	type ref struct{ id, revision int64 }
	var readings []ref
	var r ref
	if err := t.each("SELECT id, revision FROM reading WHERE article = ? ORDER BY id", []any{a.id}, []any{&r.id, &r.revision}, func() error {
		readings = append(readings, r)
		return nil
	}); err != nil {
		return err
	}
	counts, newest := false, int64(0)
	for _, r := range readings {
		newest = max(newest, r.revision)
		counts = counts || r.id == a.reading && r.revision == a.revision
		ok, err := v.reading(t, a, r.id, r.revision)
		if err != nil {
			return err
		}
		if ok && r.id == a.reading {
			if err := v.shown(t, a, r.id); err != nil {
				return err
			}
		}
	}
	if !counts || newest != a.revision {
		v.problem("article "+a.name, "its newest reading is not in the store")
	}
	return nil
}

// reading checks one, and reports whether it can be read at all.
func (v *verifier) reading(t *tx, a *articleRow, id, revision int64) (bool, error) {
	where := fmt.Sprintf("article %s, revision %d", a.name, revision)
	v.n.Readings++
	r, err := t.reading(id)
	switch {
	case isNone(err):
		v.problem(where, "its page, or the name of its model, is missing")
		return false, nil
	case err != nil && v.ctx.Err() == nil:
		v.problem(where, "%v", err)
		return false, nil
	case err != nil:
		return false, err
	}
	v.n.Statements += len(r.Record.Statements)
	v.n.Spans += spans(r.Record)
	if err := r.Record.Check(); err != nil {
		v.problem(where, "%v", err)
	}
	if r.Record.Article.SHA256 != r.Stored.SHA256 {
		v.problem(where, "the record is of another page, %s", r.Record.Article.SHA256)
	}
	var body []byte
	if err := t.get("SELECT p.body FROM revision v JOIN page p ON p.id = v.page WHERE v.article = ? AND v.n = ?", []any{a.id, revision}, &body); err != nil {
		return false, err
	}
	if plain, err := inflate(body); err == nil && !sameBytes(r.Stored.MediaType, r.Record.Article.Text, plain) {
		v.problem(where, "the record's text is not its page's")
	}
	if err := checkItems(r.Record, r.Stored.Items); err != nil {
		v.problem(where, "%v", err)
		return false, nil
	}
	for _, id := range r.Stored.Items.Statements {
		hash, _ := hashOf(id)
		var article int64
		if err := t.get("SELECT article FROM statement WHERE hash = ?", []any{hash}, &article); err != nil && !isNone(err) {
			return false, err
		} else if err != nil || article != a.id {
			v.problem("statement "+id, "it cannot be found, and article %s, revision %d, has it", a.name, revision)
		}
	}
	return true, nil
}

func spans(r *quoth.Record) int {
	n := len(r.Figures) + len(r.Captions) + len(r.Events)
	for _, s := range r.Statements {
		n += len(s.Source) + len(s.Cue) + len(s.Content)
		for _, p := range s.Speaker {
			n += len(p.Evidence)
		}
	}
	return n
}

// shown compares what can be searched with the reading that it comes from.
func (v *verifier) shown(t *tx, a *articleRow, id int64) error {
	where := "article " + a.name
	r, err := t.reading(id)
	if err != nil {
		return err
	}
	if r.Corrections, err = t.corrections(a); err != nil {
		v.problem(where, "its corrections cannot be read: %v", err)
		return nil
	}
	v.n.Corrections += len(r.Corrections)
	view := r.View()
	set := setting{article: a.id, revision: a.revision, day: a.day, outlet: a.outlet}
	if set.identities, err = v.identities(t, a, &view); err != nil {
		return err
	}
	var outlet string
	if err := t.get("SELECT name FROM outlet WHERE id = ?", []any{a.outlet}, &outlet); err != nil && !isNone(err) {
		return err
	}
	art := &view.Record.Article
	if a.title != clean(art.Title) || a.byline != clean(art.Byline) || a.published != art.Published || outlet != oneALine([]string{clean(art.Outlet)}) {
		v.problem(where, "its title, byline, date or outlet is not the record's")
	}
	rows, bounds := rowsOf(&view, set)
	if int(a.statements) != len(rows) {
		v.problem(where, "it counts %d statements, and its record has %d", a.statements, len(rows))
	}
	return v.rows(t, a, rows, bounds)
}

// identities gives those of an article's speakers, each of whom must have one.
func (v *verifier) identities(t *tx, a *articleRow, view *store.View) (map[string]int64, error) {
	kept, out := map[string]int64{}, map[string]int64{}
	var name string
	var who int64
	if err := t.each("SELECT name, identity FROM mention WHERE article = ?", []any{a.id}, []any{&name, &who}, func() error {
		kept[name] = who
		return nil
	}); err != nil {
		return nil, err
	}
	for _, m := range speakersOf(view) {
		if who, ok := kept[m.name]; ok {
			out[m.name] = who
		}
		if kept[m.name] == 0 && !m.titled {
			v.problem("article "+a.name, "its speaker %q has no identity", m.name)
		}
	}
	return out, nil
}

// rows compares the rows that an article has with those that it should have.
func (v *verifier) rows(t *tx, a *articleRow, rows []row, bounds [][][2]float64) error {
	have := map[int64]row{}
	var x row
	if err := t.each("SELECT "+rowColumns+" FROM statement st WHERE st.article = ?", []any{a.id}, x.into(), func() error {
		if x.ord >= 0 {
			have[x.hash] = x
		}
		x = row{}
		return nil
	}); err != nil {
		return err
	}
	for i, want := range rows {
		is, ok := have[want.hash]
		delete(have, want.hash)
		any, place := want.differs(&is)
		if !ok || any || place {
			v.problem("statement "+idOf(want.hash), "what can be searched is not what article %s says", a.name)
			continue
		}
		list, err := t.bounds(is.id)
		if err != nil {
			return err
		}
		if !slices.Equal(list, bounds[i]) {
			v.problem("statement "+idOf(want.hash), "its figures are not those of article %s", a.name)
		}
	}
	for hash := range have {
		v.problem("statement "+idOf(hash), "article %s does not have it", a.name)
	}
	return nil
}

// references checks that what is named is there.
func (v *verifier) references() error {
	return v.s.view(v.ctx, func(t *tx) error {
		for _, c := range []struct{ what, query string }{
			{"a statement of no article", "SELECT hash FROM statement WHERE article NOT IN (SELECT id FROM article)"},
			{"a claim holds it, and it is not in the store", "SELECT statement FROM member WHERE statement NOT IN (SELECT hash FROM statement)"},
			{"figures of no statement", "SELECT statement FROM figure WHERE statement NOT IN (SELECT id FROM statement)"},
		} {
			var hash int64
			if err := t.each(c.query, nil, []any{&hash}, func() error {
				v.problem("statement "+idOf(hash), "%s", c.what)
				return nil
			}); err != nil {
				return err
			}
		}
		var name string
		for _, c := range []struct{ where, what, query string }{
			{"reading of article ", "the article is not in the store", "SELECT CAST(article AS TEXT) FROM reading WHERE article NOT IN (SELECT id FROM article)"},
			{"speaker ", "its article is not in the store", "SELECT name FROM mention WHERE article NOT IN (SELECT id FROM article)"},
			{"speaker ", "its identity is not in the store", "SELECT name FROM mention WHERE identity NOT IN (SELECT id FROM identity)"},
			{"identity ", "it counts other statements than it makes", "SELECT name_id FROM identity i WHERE statements <> (SELECT COALESCE(SUM(m.statements), 0) FROM mention m WHERE m.identity = i.id OR m.identity IN (SELECT id FROM identity WHERE joined = i.id))"},
			{"correction ", "its article is not in the store", "SELECT id FROM correction WHERE article NOT IN (SELECT id FROM article)"},
			{"claim ", "it has members and is not in the store", "SELECT DISTINCT claim FROM member WHERE claim NOT IN (SELECT id FROM claim)"},
		} {
			if err := t.each(c.query, nil, []any{&name}, func() error {
				v.problem(c.where+name, "%s", c.what)
				return nil
			}); err != nil {
				return err
			}
		}
		var data string
		for _, table := range []string{"decision", "correction", "verdict", "claim", "feed", "entry"} {
			if err := t.each("SELECT data FROM "+table, nil, []any{&data}, func() error {
				if !json.Valid([]byte(data)) {
					v.problem(table, "a row is damaged: %.80s", data)
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
}
