package sqlstore

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Article gives a revision of an article, 0 for the newest.
func (s *Store) Article(ctx context.Context, id string, revision int) (*store.Article, error) {
	var out *store.Article
	err := s.view(ctx, func(t *tx) error {
		a, err := t.article("a.name = ?", id)
		if err != nil {
			return notFound(err, "article "+id)
		}
		reading := a.reading
		if revision == 0 {
			revision = int(a.revision)
		} else if err := t.get("SELECT id FROM reading WHERE article = ? AND revision = ? ORDER BY id DESC LIMIT 1", []any{a.id, revision}, &reading); err != nil {
			return notFound(err, fmt.Sprintf("article %s, revision %d", id, revision))
		}
		r, err := t.reading(reading)
		if err != nil {
			return err
		}
		if r.Corrections, err = t.corrections(a); err != nil {
			return err
		}
		out = &store.Article{ID: id, View: r.View(), Identities: map[string]string{}, Revisions: []store.Revision{}}
		out.View.Record.Article.ID = id
		out.View.Record.Article.URL = a.url
		if out.Revisions, err = t.revisions(a.id); err != nil {
			return err
		}
		for _, v := range out.Revisions {
			if v.N == revision {
				out.Revision = v
			}
		}
		var name, who string
		return t.each("SELECT m.name, COALESCE(r.name_id, i.name_id) FROM mention m JOIN identity i ON i.id = m.identity LEFT JOIN identity r ON r.id = i.joined WHERE m.article = ?", []any{a.id}, []any{&name, &who}, func() error {
			out.Identities[name] = who
			return nil
		})
	})
	return out, err
}

func (t *tx) revisions(article int64) ([]store.Revision, error) {
	out := []store.Revision{}
	var v store.Revision
	var fetched int64
	var sum []byte
	err := t.each("SELECT v.n, p.sha256, v.fetched, e.model, e.code FROM revision v JOIN page p ON p.id = v.page JOIN reading r ON r.id = (SELECT MAX(id) FROM reading WHERE article = v.article AND revision = v.n) "+
		"JOIN engine e ON e.id = r.engine WHERE v.article = ? ORDER BY v.n", []any{article}, []any{&v.N, &sum, &fetched, &v.Model, &v.Code}, func() error {
		v.SHA256, v.Fetched = hex.EncodeToString(sum), fromNano(fetched)
		out = append(out, v)
		return nil
	})
	return out, err
}

// ArticleAt finds an article by its address.
func (s *Store) ArticleAt(ctx context.Context, url string) (string, error) {
	var name string
	err := s.view(ctx, func(t *tx) error {
		return notFound(t.get("SELECT name FROM article WHERE url = ? AND url <> '' ORDER BY id LIMIT 1", []any{url}, &name), "an article at "+url)
	})
	return name, err
}

// Changes compares the newest readings of two revisions.
func (s *Store) Changes(ctx context.Context, article string, from, to int) ([]store.Change, error) {
	out := []store.Change{}
	err := s.view(ctx, func(t *tx) error {
		a, err := t.article("a.name = ?", article)
		if err != nil {
			return notFound(err, "article "+article)
		}
		var two [2]*store.Reading
		for i, n := range []int{from, to} {
			var id int64
			if err := t.get("SELECT id FROM reading WHERE article = ? AND revision = ? ORDER BY id DESC LIMIT 1", []any{a.id, n}, &id); err != nil {
				return notFound(err, fmt.Sprintf("article %s, revision %d", article, n))
			}
			if two[i], err = t.reading(id); err != nil {
				return err
			}
		}
		was, is := two[0], two[1]
		for i, id := range is.Stored.Items.Statements {
			now := &is.Record.Statements[i]
			k := slices.Index(was.Stored.Items.Statements, id)
			if k < 0 {
				out = append(out, store.Change{ID: id, Kind: store.Appeared, Is: now, Fields: []string{}})
			} else if f := fieldsThatDiffer(&was.Record.Statements[k], now); len(f) > 0 {
				out = append(out, store.Change{ID: id, Kind: store.Changed, Was: &was.Record.Statements[k], Is: now, Fields: f})
			}
		}
		for i, id := range was.Stored.Items.Statements {
			if !slices.Contains(is.Stored.Items.Statements, id) {
				out = append(out, store.Change{ID: id, Kind: store.Vanished, Was: &was.Record.Statements[i], Fields: []string{}})
			}
		}
		return nil
	})
	return out, err
}

// fieldsThatDiffer names what a statement says otherwise. Where it stands does
// not count.
func fieldsThatDiffer(a, b *quoth.Statement) []string {
	names := func(s *quoth.Statement) (out []string) {
		for _, p := range s.Speaker {
			out = append(out, p.Name)
		}
		return out
	}
	out := []string{}
	for _, f := range []struct {
		name string
		a, b any
	}{
		{"source", store.Words(a.Source), store.Words(b.Source)},
		{"cue", store.Words(a.Cue), store.Words(b.Cue)},
		{"content", store.Words(a.Content), store.Words(b.Content)},
		{"quotation", a.Quotation, b.Quotation},
		{"speaker", names(a), names(b)},
		{"role", a.Role, b.Role},
		{"act", a.Act, b.Act},
		{"via", a.Via, b.Via},
		{"to", a.To, b.To},
		{"when", a.When, b.When},
	} {
		if !reflect.DeepEqual(f.a, f.b) {
			out = append(out, f.name)
		}
	}
	return out
}

// Limits of lists.
const (
	usualLimit = 20
	mostLimit  = 500
)

func limited(n int) (int, error) {
	switch {
	case n == 0:
		return usualLimit, nil
	case n < 0 || n > mostLimit:
		return 0, fmt.Errorf("%w: limit %d; 1 to %d can be given at once", store.ErrBadQuery, n, mostLimit)
	}
	return n, nil
}

// cursor is where a list goes on. Of says what list it is of.
type cursor struct {
	Of      uint32  `json:"o"`
	A       int64   `json:"a,omitempty"`
	B       int64   `json:"b,omitempty"`
	Score   float64 `json:"s,omitempty"`
	Horizon int64   `json:"h,omitempty"`
	Text    string  `json:"t,omitempty"`
}

func (c cursor) String() string { return base64.RawURLEncoding.EncodeToString([]byte(asJSON(c))) }

// listOf numbers a list by what it was asked for.
func listOf(query any) uint32 {
	h := fnv.New32a()
	h.Write([]byte(asJSON(query)))
	return h.Sum32()
}

func parseCursor(s string, of uint32) (c cursor, given bool, err error) {
	if s == "" {
		return cursor{Of: of}, false, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Of != of {
		return c, false, fmt.Errorf("%w: the cursor is not one of this list; start without it", store.ErrBadQuery)
	}
	return c, true, nil
}

// List gives articles, newest published first.
func (s *Store) List(ctx context.Context, q store.ArticleQuery) (store.ArticlePage, error) {
	out := store.ArticlePage{Articles: []store.ArticleLine{}}
	limit, err := limited(q.Limit)
	if err != nil {
		return out, err
	}
	words, err := folded("the query", q.Words)
	if err != nil {
		return out, err
	}
	c, given, err := parseCursor(q.Cursor, listOf([]string{"articles", q.Outlet, strings.Join(words, " ")}))
	if err != nil {
		return out, err
	}
	err = s.view(ctx, func(t *tx) error {
		query, args := "SELECT "+articleColumns+articleFrom+"WHERE 1 = 1", []any{}
		if q.Outlet != "" {
			query, args = query+" AND a.outlet = (SELECT id FROM outlet WHERE name = ?)", append(args, q.Outlet)
		}
		if given {
			query, args = query+" AND (a.day, a.id) < (?, ?)", append(args, c.A, c.B)
		}
		query += " ORDER BY a.day DESC, a.id DESC"
		if len(words) == 0 {
			query, args = query+" LIMIT ?", append(args, limit+1)
		}
		var a articleRow
		err := t.each(query, args, a.into(), func() error {
			if !begun(words, a.title+" "+a.byline) {
				return nil
			}
			if len(out.Articles) == limit {
				out.Next = c.String()
				return errEnough
			}
			c.A, c.B = int64(a.day), a.id
			out.Articles = append(out.Articles, store.ArticleLine{
				ID: a.name, Title: a.title, URL: a.url, Outlet: a.outletName, Byline: a.byline, Published: a.published,
				Fetched: time.Unix(0, a.fetched).UTC(), Revisions: int(a.revision), Statements: int(a.statements),
			})
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	return out, err
}

// begun tells whether each of the words begins one of a text.
func begun(words []string, text string) bool {
	if len(words) == 0 {
		return true
	}
	has := store.Fold(text)
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(has, func(h string) bool { return strings.HasPrefix(h, w) })
	})
}

// Outlets lists under which names articles are published, most first.
func (s *Store) Outlets(ctx context.Context) ([]store.Outlet, error) {
	out := []store.Outlet{}
	err := s.view(ctx, func(t *tx) error {
		var o store.Outlet
		var first, last int
		return t.each("SELECT o.name, COUNT(*), SUM(a.statements), MIN(a.day), MAX(a.day)"+articleFrom+"GROUP BY o.id, o.name ORDER BY COUNT(*) DESC, o.name", nil, []any{&o.Name, &o.Articles, &o.Statements, &first, &last}, func() error {
			o.First, o.Last = store.DayString(first), store.DayString(last)
			out = append(out, o)
			return nil
		})
	})
	return out, err
}

// Page gives the bytes under a SHA-256.
func (s *Store) Page(ctx context.Context, sum string) (quoth.Page, error) {
	var p quoth.Page
	key, err := hex.DecodeString(sum)
	if err != nil {
		return p, fmt.Errorf("%w: %q is no SHA-256", store.ErrBadQuery, sum)
	}
	err = s.view(ctx, func(t *tx) error {
		var body []byte
		if err := t.get("SELECT media, body FROM page WHERE sha256 = ?", []any{key}, &p.MediaType, &body); err != nil {
			return notFound(err, "page "+sum)
		}
		p.Body, err = inflate(body)
		return err
	})
	return p, err
}

// Readings gives the newest reading of each article, oldest article first. It
// holds no transaction open between two.
func (s *Store) Readings(ctx context.Context) iter.Seq2[*store.Reading, error] {
	return func(yield func(*store.Reading, error) bool) {
		for last := int64(0); ; {
			var r *store.Reading
			err := s.view(ctx, func(t *tx) error {
				a, err := t.article("a.id > ? ORDER BY a.id LIMIT 1", last)
				if err != nil {
					return err
				}
				last = a.id
				if r, err = t.reading(a.reading); err != nil {
					return err
				}
				r.Corrections, err = t.corrections(a)
				return err
			})
			if isNone(err) || !yield(r, err) || err != nil {
				return
			}
		}
	}
}
