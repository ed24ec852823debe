package sqlstore

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
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

// plan works out what a query asks for.
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
	if err := errors.Join(p.acts(q.Acts), p.said(q.Said), p.figures(q)); err != nil {
		return nil, err
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
	low, high := firstID(first), firstID(last+1)-1
	if q.Article != "" {
		a, err := t.article("a.name = ?", q.Article)
		if err != nil {
			return nil, notFound(err, "article "+q.Article)
		}
		low, high = max(low, firstID(a.day)), min(high, firstID(a.day+1)-1)
		p.and("st.article = ?", a.id)
	}
	id := p.standing(q.Vanished, t.s.d.Text().ID)
	if low > firstID(store.FirstDay) || high < firstID(store.LastDay+1)-1 {
		p.and(id+" BETWEEN ? AND ?", low, high)
	}
	return p, nil
}

// acts adds that a statement does one of these, if any are given.
func (p *plan) acts(acts []quoth.Act) error {
	if len(acts) == 0 {
		return nil
	}
	var list []string
	for _, a := range acts {
		i := slices.Index(quoth.Acts, a)
		if i < 0 {
			return fmt.Errorf("%w: %q is no act; these are: %v", store.ErrBadQuery, a, quoth.Acts)
		}
		list = append(list, actFacet(int64(i)))
	}
	p.facets(list)
	return nil
}

// said adds the days that something was said on, if any are given.
func (p *plan) said(days store.Days) error {
	if days == (store.Days{}) {
		return nil
	}
	from, to, err := days.Bounds()
	if err != nil {
		return err
	}
	p.and("st.said_last >= ? AND st.said_first <= ?", from, to)
	if list := months(from, to); list != nil {
		facets := []string{monthFacet(0)}
		for _, m := range list {
			facets = append(facets, monthFacet(m))
		}
		p.facets(facets)
	}
	return nil
}

// figures adds what a figure lies between, if that is given.
func (p *plan) figures(q *store.Query) error {
	if q.Low == nil && q.High == nil {
		return nil
	}
	from, to, err := bounds(*q)
	if err != nil {
		return err
	}
	var sizes []string
	for b := size(from); b <= size(to); b++ {
		sizes = append(sizes, sizeFacet(b))
	}
	p.facets(sizes)
	p.and("EXISTS (SELECT 1 FROM figure f WHERE f.statement = st.id AND f.high >= ? AND f.low <= ?)", from, to)
	return nil
}

// standing adds that a statement still stands, or was at least not taken out by a
// person, and gives the column of its id: the full text's, where that is asked.
func (p *plan) standing(vanished bool, id string) string {
	gone := goneFacet
	if vanished {
		gone = outFacet
	}
	switch {
	case len(p.text) > 0:
		p.text = append(p.text, []Phrase{{Column: "facets", Words: gone, Not: true}})
		return id
	case vanished:
		p.and("st.ord <> ?", takenOut)
	default:
		p.and("st.ord >= 0")
	}
	return "st.id"
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
