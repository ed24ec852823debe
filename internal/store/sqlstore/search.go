package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func isNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Limits of a search.
const (
	mostRanked     = 1_000  // hits that Best ranks
	mostCounted    = 10_000 // hits that Total counts
	mostIdentities = 300    // that one name may mean
)

// plan is a query as SQL.
type plan struct {
	text  [][]Phrase // what the full text must meet
	where string
	args  []any
	none  bool // nothing can be found
}

func (p *plan) and(condition string, args ...any) {
	p.where += " AND " + condition
	p.args = append(p.args, args...)
}

// hasWord tells whether the full text would find a word in s.
func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
}

// folded gives the words of a name or a query; "" has none.
func folded(what, s string) ([]string, error) {
	words := store.Fold(s)
	if len(words) == 0 && strings.TrimSpace(s) != "" {
		return nil, fmt.Errorf("%w: %s %q holds no word", store.ErrBadQuery, what, s)
	}
	return words, nil
}

// words adds that all words of s must stand in a column; parts in quotation
// marks must stand as they are.
func (p *plan) words(what, column, s string) error {
	if s = clean(s); strings.TrimSpace(s) == "" {
		return nil
	}
	found, quoted := false, false
	for _, part := range strings.Split(strings.NewReplacer("“", `"`, "”", `"`).Replace(s), `"`) {
		list := strings.Fields(part)
		if quoted {
			list = []string{part}
		}
		quoted = !quoted
		for _, w := range list {
			if hasWord(w) {
				found = true
				p.text = append(p.text, []Phrase{{Column: column, Words: w}})
			}
		}
	}
	if !found {
		return fmt.Errorf("%w: %s %q holds no word", store.ErrBadQuery, what, s)
	}
	return nil
}

// facets adds that one of these must be met.
func (p *plan) facets(list []string) {
	var any []Phrase
	for _, f := range list {
		any = append(any, Phrase{Column: "facets", Words: f})
	}
	p.text = append(p.text, any)
}

func (t *tx) plan(q *store.Query) (*plan, error) {
	p := &plan{}
	if err := errors.Join(p.words("the query", "content", q.Words), p.words("role", "role", q.Role), p.words("via", "via", q.Via), p.words("to", "addressee", q.To)); err != nil {
		return nil, err
	}
	if q.Phrase != "" {
		if !hasWord(q.Phrase) {
			return nil, fmt.Errorf("%w: the phrase %q holds no word", store.ErrBadQuery, q.Phrase)
		}
		p.text = append(p.text, []Phrase{{Column: "content", Words: clean(q.Phrase)}})
	}
	if len(q.Acts) > 0 {
		var list []string
		for _, a := range q.Acts {
			i := slices.Index(quoth.Acts, a)
			if i < 0 {
				return nil, fmt.Errorf("%w: %q is no act; these are: %v", store.ErrBadQuery, a, quoth.Acts)
			}
			list = append(list, actFacet(int64(i)))
		}
		p.facets(list)
	}
	if err := t.who(p, q); err != nil {
		return nil, err
	}
	if err := t.outlet(p, q.Outlet); err != nil {
		return nil, err
	}
	first, last, err := q.Published.Bounds()
	if err != nil {
		return nil, err
	}
	id := t.s.d.Text().ID
	low, high := firstID(first), firstID(last+1)-1
	if q.Article != "" {
		a, err := t.article("a.name = ?", q.Article)
		if err != nil {
			return nil, notFound(err, "article "+q.Article)
		}
		low, high = max(low, firstID(a.day)), min(high, firstID(a.day+1)-1)
		p.and("st.article = ?", a.id)
	}
	if q.Said != (store.Days{}) {
		from, to, err := q.Said.Bounds()
		if err != nil {
			return nil, err
		}
		p.and("st.said_last >= ? AND st.said_first <= ?", from, to)
		if list := months(from, to); list != nil {
			facets := []string{monthFacet(0)}
			for _, m := range list {
				facets = append(facets, monthFacet(m))
			}
			p.facets(facets)
		}
	}
	if q.Low != nil || q.High != nil {
		from, to, err := bounds(*q)
		if err != nil {
			return nil, err
		}
		var sizes []string
		for b := size(from); b <= size(to); b++ {
			sizes = append(sizes, sizeFacet(b))
		}
		p.facets(sizes)
		p.and("EXISTS (SELECT 1 FROM figure f WHERE f.statement = st.id AND f.high >= ? AND f.low <= ?)", from, to)
	}
	if len(p.text) == 0 {
		id = "st.id"
		if !q.Vanished {
			p.and("st.ord >= 0")
		} else {
			p.and("st.ord <> ?", takenOut)
		}
	} else if !q.Vanished {
		p.text = append(p.text, []Phrase{{Column: "facets", Words: goneFacet, Not: true}})
	} else {
		p.text = append(p.text, []Phrase{{Column: "facets", Words: outFacet, Not: true}})
	}
	if low > firstID(store.FirstDay) || high < firstID(store.LastDay+1)-1 {
		p.and(id+" BETWEEN ? AND ?", low, high)
	}
	return p, nil
}

// who adds the speaker: all forms of the identities that a name may mean, and
// the name itself. The full text takes "U.S." for two words, package store for
// one: so the name as it was typed does as well.
func (t *tx) who(p *plan, q *store.Query) error {
	var family []string
	var id int64
	if q.Identity != "" {
		var root int64
		if err := t.get("SELECT id, joined FROM identity WHERE name_id = ?", []any{q.Identity}, &id, &root); err != nil {
			return notFound(err, "identity "+q.Identity)
		}
		if root == 0 {
			root = id
		}
		if err := t.each("SELECT id FROM identity WHERE id = ? OR joined = ?", []any{root, root}, []any{&id}, func() error {
			family = append(family, identityFacet(id))
			return nil
		}); err != nil {
			return err
		}
		p.facets(family)
	}
	words, err := folded("speaker", q.Speaker)
	if err != nil || len(words) == 0 {
		return err
	}
	var typed []Phrase
	name := strings.Fields(clean(q.Speaker))
	if len(name) > 1 && strings.EqualFold(name[0], "the") {
		name = name[1:]
	}
	if s := strings.Join(name, " "); !strings.EqualFold(s, strings.Join(words, " ")) {
		typed = []Phrase{{Column: "who", Words: s}}
	}
	query, args := named(words)
	if err := t.each("SELECT id FROM identity WHERE id IN ("+query+") OR (joined <> 0 AND joined IN ("+query+")) ORDER BY statements DESC LIMIT ?",
		append(append(slices.Clone(args), args...), mostIdentities+1), []any{&id}, func() error {
			family = append(family, identityFacet(id))
			return nil
		}); err != nil {
		return err
	}
	if len(family) > 0 && len(family) <= mostIdentities {
		any := []Phrase{{Column: "who", Words: strings.Join(words, " ")}}
		for _, f := range family {
			any = append(any, Phrase{Column: "facets", Words: f})
		}
		p.text = append(p.text, append(any, typed...))
		return nil
	}
	for _, w := range words {
		p.text = append(p.text, append([]Phrase{{Column: "who", Words: w}}, typed...))
	}
	return nil
}

// named selects the identities of which all words are known, with those that
// they were joined to.
func named(words []string) (query string, args []any) {
	query = "SELECT CASE WHEN n.joined = 0 THEN n.id ELSE n.joined END FROM identity n WHERE n.id IN (SELECT identity FROM form WHERE word = ?)"
	args = []any{"w:" + words[0]}
	for _, w := range words[1:] {
		query += " AND n.id IN (SELECT identity FROM form WHERE word = ?)"
		args = append(args, "w:"+w)
	}
	return query, args
}

// outlet adds the outlets whose names hold the words, or the one whose name
// stands in quotation marks.
func (t *tx) outlet(p *plan, name string) error {
	words := store.Fold(name)
	exact, quoted := store.WholeName(name)
	quoted = quoted && exact != ""
	if len(words) == 0 && !quoted {
		return nil
	}
	var list []string
	var o string
	var id int64
	if err := t.each("SELECT id, name FROM outlet", nil, []any{&id, &o}, func() error {
		have := store.Fold(o)
		lacks := func(w string) bool { return !slices.Contains(have, w) }
		if quoted && o != exact || !quoted && slices.ContainsFunc(words, lacks) {
			return nil
		}
		list = append(list, outletFacet(id))
		return nil
	}); err != nil {
		return err
	}
	if p.none = p.none || len(list) == 0; len(list) > 0 {
		p.facets(list)
	}
	return nil
}

// sql gives the tables, the condition with its arguments, and the id column.
func (p *plan) sql(t *tx) (from, where string, args []any, id, highlight string) {
	if len(p.text) == 0 {
		return "statement st", "1 = 1" + p.where, p.args, "st.id", "''"
	}
	x := t.s.d.Text()
	return x.From, x.Match + p.where, append([]any{t.s.d.Match(p.text)}, p.args...), x.ID, x.Highlight
}

// bounds gives what a query's figures lie between.
func bounds(q store.Query) (from, to float64, err error) {
	from, to = math.Inf(-1), math.Inf(1)
	for _, b := range []struct{ given, to *float64 }{{q.Low, &from}, {q.High, &to}} {
		if b.given == nil {
			continue
		}
		if *b.to = *b.given; math.IsNaN(*b.to) || math.IsInf(*b.to, 0) {
			return 0, 0, fmt.Errorf("%w: %v is no figure", store.ErrBadQuery, *b.to)
		}
	}
	if from > to {
		return 0, 0, fmt.Errorf("%w: figures from %v to %v", store.ErrBadQuery, from, to)
	}
	return from, to, nil
}

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
