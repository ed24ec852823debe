package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/quothnews/quoth/internal/store"
)

func isNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Limits of a search.
const (
	mostRanked     = 1_000  // hits that Best ranks
	mostCounted    = 10_000 // hits that Total counts
	mostIdentities = 300    // that one name may mean
)

// Search finds statements.
func (s *Store) Search(ctx context.Context, q store.Query) (store.Results, error) {
	out := store.Results{Hits: []store.Hit{}}
	limit, err := limited(q.Limit)
	if err != nil {
		return out, err
	}
	at := q.Cursor
	q.Cursor, q.Limit = "", 0
	err = s.view(ctx, func(t *tx) error {
		p, err := t.plan(&q)
		if err != nil {
			return err
		}
		c, given, err := parseCursor(at, listOf(q)) // after plan, which refuses figures that JSON cannot hold
		if err != nil || p.none {
			return err
		}
		var rows []found
		switch q.Order {
		case store.Newest, "":
			rows, out.Next, err = t.newest(p, c, given, limit)
		case store.Oldest:
			rows, out.Next, err = t.oldest(p, c, given, limit)
		case store.Best:
			rows, out.Next, err = t.best(p, c, given, limit)
		default:
			err = fmt.Errorf("%w: order %q; newest, oldest and best are", store.ErrBadQuery, q.Order)
		}
		if err == nil {
			out.Hits, err = t.hits(rows)
		}
		return err
	})
	return out, err
}

// found is a row with the content as the full text marks it.
type found struct {
	row
	marked string
	score  float64
}

func (t *tx) newest(p *plan, c cursor, given bool, limit int) (rows []found, next string, err error) {
	from, where, args, id, highlight := p.sql(t)
	if given {
		where, args = where+" AND "+id+" < ?", append(args, c.A)
	}
	var f found
	err = t.each("SELECT "+rowColumns+", "+highlight+" FROM "+from+" WHERE "+where+" ORDER BY "+id+" DESC LIMIT ?", append(args, limit+1), append(f.into(), &f.marked), func() error {
		if len(rows) == limit {
			c.A = rows[limit-1].id
			next = c.String()
			return nil
		}
		rows = append(rows, f)
		f.row = row{}
		return nil
	})
	return rows, next, err
}

var errEnough = errors.New("no more rows are wanted")

// oldest gives an article's statements in the order of its text, where their
// ids go the other way round. So the last article of a page is read to its end.
// Where the page cuts it, the cursor stands before its first hit (A) and names
// the last that was shown (B).
func (t *tx) oldest(p *plan, c cursor, given bool, limit int) (rows []found, next string, err error) {
	from, where, args, id, highlight := p.sql(t)
	var shown row
	if given {
		where, args = where+" AND "+id+" > ?", append(args, c.A)
		if err := t.get("SELECT id, article, start FROM statement WHERE id = ?", in(c.B), &shown.id, &shown.article, &shown.start); err != nil && !isNone(err) {
			return nil, "", err
		}
	}
	var run []found // hits of one article, side by side
	take := func() (cut bool) {
		before, last := run[0].id-1, run[len(run)-1].id
		slices.SortFunc(run, func(a, b found) int { return inText(&a.row, &b.row) })
		run = slices.DeleteFunc(run, func(f found) bool { return f.article == shown.article && inText(&f.row, &shown) <= 0 })
		n := min(limit-len(rows), len(run))
		rows = append(rows, run[:n]...)
		c.A, c.B = last, 0
		if cut = n < len(run); cut {
			c.A, c.B = before, rows[len(rows)-1].id
		}
		run, shown = run[:0], row{}
		return cut
	}
	var f found
	err = t.each("SELECT "+rowColumns+", "+highlight+" FROM "+from+" WHERE "+where+" ORDER BY "+id, args, append(f.into(), &f.marked), func() error {
		if len(run) > 0 && run[0].article != f.article && (take() || len(rows) == limit) {
			next = c.String()
			return errEnough
		}
		run = append(run, f)
		f.row = row{}
		return nil
	})
	switch {
	case errors.Is(err, errEnough):
		err = nil
	case err == nil && len(run) > 0 && take():
		next = c.String()
	}
	return rows, next, err
}

// inText compares two statements of one article by their places in its text.
func inText(a, b *row) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.id, a.id)) }

// best ranks the newest hits. The score hangs on the statement and the words
// alone, and what was added after the first page is left out: so pages fit
// together while the store grows.
func (t *tx) best(p *plan, c cursor, given bool, limit int) (rows []found, next string, err error) {
	from, where, args, id, highlight := p.sql(t)
	if !given {
		if err := t.get("SELECT value FROM counter WHERE name = 'statement'", nil, &c.Horizon); err != nil {
			return nil, "", err
		}
	}
	var all []found
	var f found
	if err := t.each("SELECT "+id+", "+highlight+" FROM "+from+" WHERE "+where+" AND "+id+" % 4294967296 <= ? ORDER BY "+id+" DESC LIMIT ?", append(args, c.Horizon, mostRanked), []any{&f.id, &f.marked}, func() error {
		f.score = score(f.marked)
		if !given || f.score < c.Score || f.score == c.Score && f.id < c.A {
			all = append(all, f)
		}
		return nil
	}); err != nil {
		return nil, "", err
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id)) })
	if len(all) > limit {
		all = all[:limit]
		c.Score, c.A = all[limit-1].score, all[limit-1].id
		next = c.String()
	}
	for _, f := range all {
		if err := t.get("SELECT "+rowColumns+" FROM statement st WHERE st.id = ?", []any{f.id}, f.into()...); err != nil {
			return nil, "", err
		}
		rows = append(rows, f)
	}
	return rows, next, nil
}

// score is how well a content fits the words that are marked in it: their
// number, dampened and set against its length as in BM25, and how many of them
// stand side by side.
func score(marked string) float64 {
	const usual, k, b = 25, 1.2, 0.75
	hits, beside := float64(strings.Count(marked, string(MarkOn))), float64(strings.Count(marked, string(MarkOff)+" "+string(MarkOn)))
	if hits == 0 {
		return 0
	}
	length := float64(strings.Count(marked, " ") + 1)
	return hits/(hits+k*(1-b+b*length/usual)) + 0.5*beside/hits
}

// ranges turns marks into ranges of code points.
func ranges(marked string) []store.Range {
	out := []store.Range{}
	at, start := 0, 0
	for _, r := range marked {
		switch r {
		case MarkOn:
			start = at
		case MarkOff:
			out = append(out, store.Range{Start: start, End: at})
		default:
			at++
		}
	}
	return out
}

// hits fetches what else a list shows of rows.
func (t *tx) hits(rows []found) ([]store.Hit, error) {
	out := make([]store.Hit, 0, len(rows))
	articles, err := t.articlesOf(rows)
	if err != nil {
		return nil, err
	}
	identities := map[int64]string{}
	for i := range rows {
		r := &rows[i]
		if err := t.identities(&r.row, identities); err != nil {
			return nil, err
		}
		h, err := r.hit(articles[r.article], identities)
		if err != nil {
			return nil, err
		}
		h.Highlights = ranges(r.marked)
		out = append(out, h)
	}
	return out, nil
}

// articlesOf gives the articles that rows stand in.
func (t *tx) articlesOf(rows []found) (map[int64]*articleRow, error) {
	out := map[int64]*articleRow{}
	var ids []any
	for i := range rows {
		if id := rows[i].article; out[id] == nil {
			out[id] = &articleRow{}
			ids = append(ids, id)
		}
	}
	var a articleRow
	err := t.batches("SELECT "+articleColumns+articleFrom+"WHERE a.id IN ", ids, a.into(), func() error {
		*out[a.id] = a
		return nil
	})
	for id, a := range out {
		if err == nil && a.id == 0 {
			err = fmt.Errorf("article %d: %w", id, sql.ErrNoRows)
		}
	}
	return out, err
}

// identities learns the IDs outside of those that a row's facets name.
func (t *tx) identities(r *row, known map[int64]string) error {
	for _, f := range strings.Fields(r.facets) {
		number, ok := strings.CutPrefix(f, "i")
		id, err := strconv.ParseInt(number, 10, 64)
		if !ok || err != nil || known[id] != "" {
			continue
		}
		var name string
		if err := t.get("SELECT COALESCE(r.name_id, i.name_id) FROM identity i LEFT JOIN identity r ON r.id = i.joined WHERE i.id = ?", []any{id}, &name); err != nil {
			return err
		}
		known[id] = name
	}
	return nil
}

// Total counts what a query finds, up to 10,000.
func (s *Store) Total(ctx context.Context, q store.Query) (n int, exact bool, err error) {
	err = s.view(ctx, func(t *tx) error {
		p, err := t.plan(&q)
		if err != nil || p.none {
			return err
		}
		from, where, args, id, _ := p.sql(t)
		return t.get("SELECT COUNT(*) FROM (SELECT "+id+" FROM "+from+" WHERE "+where+" LIMIT ?) AS some", append(args, mostCounted+1), &n)
	})
	return min(n, mostCounted), n <= mostCounted, err
}

// Statement gives one by its permanent ID.
func (s *Store) Statement(ctx context.Context, id string) (store.Hit, error) {
	list, err := s.Statements(ctx, []string{id})
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("statement %s: %w", id, store.ErrNotFound)
	}
	if err != nil {
		return store.Hit{}, err
	}
	return list[0], nil
}

// Statements gives several in the order asked for.
func (s *Store) Statements(ctx context.Context, ids []string) ([]store.Hit, error) {
	out := []store.Hit{}
	err := s.view(ctx, func(t *tx) error {
		var hashes []any
		for _, id := range ids {
			if hash, ok := hashOf(id); ok {
				hashes = append(hashes, hash)
			}
		}
		kept := map[int64]found{}
		var f found
		if err := t.batches("SELECT "+rowColumns+" FROM statement st WHERE st.hash IN ", hashes, f.into(), func() error {
			kept[f.hash] = f
			f = found{}
			return nil
		}); err != nil {
			return err
		}
		var rows []found
		for _, hash := range hashes {
			if f, ok := kept[hash.(int64)]; ok {
				rows = append(rows, f)
			}
		}
		var err error
		out, err = t.hits(rows)
		return err
	})
	return out, err
}
