package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

const mostMentions = 500 // that an identity shows

func typeOf(kind string) quoth.SpeakerType {
	if kind == "o" {
		return quoth.Organization
	}
	return quoth.Person
}

// identity is a row of its table.
type identity struct {
	id, joined, renamed, statements int64
	public, kind, name              string
}

func (t *tx) identity(where string, args ...any) (*identity, error) {
	var i identity
	err := t.get("SELECT id, joined, renamed, statements, name_id, kind, name FROM identity WHERE "+where, args, &i.id, &i.joined, &i.renamed, &i.statements, &i.public, &i.kind, &i.name)
	return &i, err
}

// root is the identity with an ID, or the one that it was joined to.
func (t *tx) root(public string) (*identity, error) {
	i, err := t.identity("name_id = ?", public)
	if err != nil {
		return nil, notFound(err, "identity "+public)
	}
	if i.joined != 0 {
		return t.identity("id = ?", i.joined)
	}
	return i, nil
}

// Identity gives a person or organisation with all forms and roles.
func (s *Store) Identity(ctx context.Context, id string) (*store.Identity, error) {
	var out *store.Identity
	err := s.view(ctx, func(t *tx) error {
		i, err := t.root(id)
		if err != nil {
			return err
		}
		out = &store.Identity{ID: i.public, Name: i.name, Type: typeOf(i.kind), Statements: int(i.statements),
			Forms: []store.Form{}, Roles: []store.Form{}, Joined: []string{}, Never: []string{}, Mentions: []store.Mention{}}
		family := []any{i.id}
		var n int64
		var public string
		if err := t.each("SELECT id, name_id FROM identity WHERE joined = ? ORDER BY id", []any{i.id}, []any{&n, &public}, func() error {
			family, out.Joined = append(family, n), append(out.Joined, public)
			return nil
		}); err != nil {
			return err
		}
		of := " FROM mention WHERE statements > 0 AND identity IN (" + marks(len(family)) + ")"
		var first, last *int
		if err := t.get("SELECT COUNT(DISTINCT article), MIN(day), MAX(day)"+of, family, &out.Articles, &first, &last); err != nil {
			return err
		}
		if first != nil {
			out.First, out.Last = store.DayString(*first), store.DayString(*last)
		}
		if out.Forms, err = t.forms("SELECT name, MIN(day), MAX(day), COUNT(*)"+of+" GROUP BY name ORDER BY COUNT(*) DESC, name", family); err != nil {
			return err
		}
		if out.Roles, err = t.forms("SELECT role, MIN(day), MAX(day), COUNT(*)"+of+" AND role <> '' GROUP BY role ORDER BY MIN(day), role", family); err != nil {
			return err
		}
		var m store.Mention
		if err := t.each("SELECT a.name, m.name, m.role, a.title FROM mention m JOIN article a ON a.id = m.article WHERE m.statements > 0 AND m.identity IN ("+marks(len(family))+") ORDER BY m.day DESC, a.id DESC LIMIT ?", append(slices.Clone(family), mostMentions),
			[]any{&m.Article, &m.Name, &m.Role, &m.Title}, func() error {
				out.Mentions = append(out.Mentions, m)
				return nil
			}); err != nil {
			return err
		}
		return t.each("SELECT i.name_id FROM never n JOIN identity i ON i.id = CASE WHEN n.a IN ("+marks(len(family))+") THEN n.b ELSE n.a END WHERE n.a IN ("+marks(len(family))+") OR n.b IN ("+marks(len(family))+") ORDER BY i.id",
			slices.Concat(family, family, family), []any{&public}, func() error {
				out.Never = append(out.Never, public)
				return nil
			})
	})
	return out, err
}

func (t *tx) forms(query string, args []any) ([]store.Form, error) {
	out := []store.Form{}
	var f store.Form
	var first, last int
	err := t.each(query, args, []any{&f.Text, &first, &last, &f.Articles}, func() error {
		f.First, f.Last = store.DayString(first), store.DayString(last)
		out = append(out, f)
		return nil
	})
	return out, err
}

// Identities lists those whose name or form holds the words.
func (s *Store) Identities(ctx context.Context, words string, limit int, at string) (store.IdentityPage, error) {
	out := store.IdentityPage{Identities: []store.IdentityLine{}}
	limit, err := limited(limit)
	if err != nil {
		return out, err
	}
	c, given, err := parseCursor(at, listOf([]string{"identities", words}))
	if err != nil {
		return out, err
	}
	asked, err := folded("the name", words)
	if err != nil {
		return out, err
	}
	err = s.view(ctx, func(t *tx) error {
		query, args := "SELECT id, statements, name_id, kind, name FROM identity WHERE joined = 0 AND statements > 0", []any{}
		if len(asked) > 0 {
			q, a := named(asked)
			query, args = query+" AND id IN ("+q+")", a
		}
		if given {
			query, args = query+" AND (statements, id) < (?, ?)", append(args, c.A, c.B)
		}
		var list []identity
		var i identity
		if err := t.each(query+" ORDER BY statements DESC, id DESC LIMIT ?", append(args, limit+1), []any{&i.id, &i.statements, &i.public, &i.kind, &i.name}, func() error {
			list = append(list, i)
			return nil
		}); err != nil {
			return err
		}
		if len(list) > limit {
			list = list[:limit]
			c.A, c.B = list[limit-1].statements, list[limit-1].id
			out.Next = c.String()
		}
		for _, i := range list {
			l := store.IdentityLine{ID: i.public, Name: i.name, Type: typeOf(i.kind), Statements: int(i.statements)}
			var last int
			family := "identity IN (SELECT id FROM identity WHERE id = ? OR joined = ?)"
			if err := t.get("SELECT COUNT(DISTINCT article), COALESCE(MAX(day), 0) FROM mention WHERE statements > 0 AND "+family, []any{i.id, i.id}, &l.Articles, &last); err != nil {
				return err
			}
			l.Last = store.DayString(last)
			if err := t.get("SELECT role FROM mention WHERE role <> '' AND "+family+" ORDER BY day DESC, article DESC LIMIT 1", []any{i.id, i.id}, &l.Role); err != nil && !isNone(err) {
				return err
			}
			out.Identities = append(out.Identities, l)
		}
		return nil
	})
	return out, err
}

// before is what a decision changed, so that it can be taken back.
type before struct {
	Root     int64               `json:"root,omitempty"`
	Name     string              `json:"name,omitempty"` // rename
	Renamed  int64               `json:"renamed,omitempty"`
	Mentions map[string][2]int64 `json:"mentions,omitempty"` // split: article and name → identity, pinned
	A, B     int64               `json:",omitempty"`         // never
}

// Decide carries a decision out and remembers it.
func (s *Store) Decide(ctx context.Context, d store.Decision) (store.Decision, error) {
	if d.At.IsZero() {
		d.At = time.Now()
	}
	d.At = moment(d.At)
	err := s.change(ctx, func(t *tx) error {
		var err error
		d, err = t.decide(d)
		return err
	})
	return d, err
}

func (t *tx) decide(d store.Decision) (store.Decision, error) {
	from, err := t.root(d.From)
	if err != nil {
		return d, err
	}
	var was before
	switch d.Kind {
	case store.Rename:
		name := strings.Join(strings.Fields(clean(d.Name)), " ")
		if name == "" {
			return d, fmt.Errorf("%w: a new name is needed", quoth.ErrMalformed)
		}
		was.Name, was.Renamed, was.Root = from.name, from.renamed, from.id
		err = t.exec("UPDATE identity SET name = ?, renamed = 1 WHERE id = ?", name, from.id)
		if err == nil {
			err = t.learn(&mention{name: name, identity: from.id}) // so that it is found by it
		}
	case store.Join, store.Never:
		var to *identity
		if to, err = t.root(d.To); err != nil {
			return d, err
		}
		if d.Kind == store.Join {
			if d.ID == "" {
				d.Name = from.name
			}
			err = t.join(from, to)
		} else {
			was, err = t.never(d, from, to)
		}
	case store.Split:
		d.To, was, err = t.split(from, d)
	default:
		err = fmt.Errorf("%w: %q is no decision; join, split, rename and never are", quoth.ErrMalformed, d.Kind)
	}
	if err != nil {
		return d, err
	}
	if d.ID == "" {
		d.ID = store.NewID("d", string(d.Kind), d.From, d.To, d.Name, asJSON(d.Mentions), d.By, d.At.Format(time.RFC3339Nano))
	}
	return d, t.putDecision(d, was)
}

func (t *tx) putDecision(d store.Decision, was before) error {
	return t.exec("INSERT INTO decision (id, at, data, before) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", d.ID, d.At.UnixNano(), asJSON(d), asJSON(was))
}

func (t *tx) join(from, to *identity) error {
	if from.id == to.id {
		return nil
	}
	var n int
	family := "(SELECT id FROM identity WHERE id = ? OR joined = ?)"
	if err := t.get("SELECT COUNT(*) FROM never WHERE (a IN "+family+" AND b IN "+family+") OR (b IN "+family+" AND a IN "+family+")",
		[]any{from.id, from.id, to.id, to.id, from.id, from.id, to.id, to.id}, &n); err != nil {
		return err
	}
	if n > 0 {
		return fmt.Errorf("%w: somebody decided that %s is never %s; take that back first", store.ErrConflict, from.name, to.name)
	}
	if err := t.exec("UPDATE identity SET joined = ? WHERE id = ? OR joined = ?", to.id, from.id, from.id); err != nil {
		return err
	}
	return t.recount(to.id)
}

// recount sums an identity's statements anew, with those joined to it.
func (t *tx) recount(id int64) error {
	return t.exec("UPDATE identity SET statements = (SELECT COALESCE(SUM(statements), 0) FROM mention WHERE identity IN (SELECT id FROM identity AS family WHERE id = ? OR joined = ?)) WHERE id = ?", id, id, id)
}

func (t *tx) never(d store.Decision, from, to *identity) (before, error) {
	if from.id == to.id {
		return before{}, fmt.Errorf("%w: %s and %s are one; split them, or take their joining back, first", store.ErrConflict, d.From, d.To)
	}
	was := before{A: min(from.id, to.id), B: max(from.id, to.id)}
	return was, t.exec("INSERT INTO never (a, b) VALUES (?, ?) ON CONFLICT DO NOTHING", was.A, was.B)
}

func mentionKey(article int64, name string) string { return fmt.Sprintf("%d %s", article, name) }

// split moves mentions to another identity, and pins them there.
func (t *tx) split(from *identity, d store.Decision) (string, before, error) {
	was := before{Root: from.id, Mentions: map[string][2]int64{}}
	if len(d.Mentions) == 0 {
		return "", was, fmt.Errorf("%w: a split needs the mentions that are somebody else's", quoth.ErrMalformed)
	}
	if d.To == "" {
		d.To = store.NewID(from.kind, d.From, asJSON(d.Mentions), d.By, d.At.Format(time.RFC3339Nano))
	} else if !identityID(d.To) {
		return "", was, fmt.Errorf("%w: %q is no ID of a person or organisation; leave `to` out for a new speaker, or give the ID of one", quoth.ErrMalformed, d.To)
	}
	to, err := t.identityNamed(d.To, &mention{name: d.Mentions[0].Name, kind: from.kind})
	if err != nil {
		return "", was, err
	}
	touched := map[int64]bool{from.id: true, to: true}
	var articles []int64
	for _, m := range d.Mentions {
		a, err := t.article("a.name = ?", m.Article)
		if err != nil {
			return "", was, notFound(err, "article "+m.Article)
		}
		what := fmt.Sprintf("a mention of %s in article %s", m.Name, m.Article)
		if d.ID != "" { // imported: its reading may write the name otherwise by now
			if err := t.exec("INSERT INTO mention (article, name, identity, role, day, statements, pinned) VALUES (?, ?, ?, '', ?, 0, 0) ON CONFLICT DO NOTHING", a.id, m.Name, from.id, a.day); err != nil {
				return "", was, err
			}
		}
		var id, joined, pinned int64
		var role string
		if err := t.get("SELECT m.identity, i.joined, m.pinned, m.role FROM mention m JOIN identity i ON i.id = m.identity WHERE m.article = ? AND m.name = ?", []any{a.id, m.Name}, &id, &joined, &pinned, &role); err != nil {
			return "", was, notFound(err, what)
		}
		held := [2]int64{id, pinned}
		switch {
		case id == from.id || joined == from.id:
		case d.ID != "" && pinned == 0: // imported: the reading came with what was decided later
			held = [2]int64{from.id, 0}
		case id != to:
			return "", was, fmt.Errorf("%s: %w", what, store.ErrNotFound)
		}
		was.Mentions[mentionKey(a.id, m.Name)] = held
		if err := t.move(a.id, m.Name, to, 1); err != nil {
			return "", was, err
		}
		if err := t.learn(&mention{name: m.Name, role: role, kind: from.kind, identity: to}); err != nil {
			return "", was, err
		}
		touched[id] = true
		articles = append(articles, a.id)
	}
	return d.To, was, t.settle(touched, articles)
}

func (t *tx) move(article int64, name string, to, pinned int64) error {
	return t.exec("UPDATE mention SET identity = ?, pinned = ? WHERE article = ? AND name = ?", to, pinned, article, name)
}

// settle counts identities anew and shows articles again.
func (t *tx) settle(identities map[int64]bool, articles []int64) error {
	for id := range identities {
		if err := t.recount(id); err != nil {
			return err
		}
		i, err := t.identity("id = ?", id)
		if err == nil && i.joined != 0 {
			err = t.recount(i.joined)
		}
		if err != nil {
			return err
		}
	}
	slices.Sort(articles)
	for _, a := range slices.Compact(articles) {
		if err := t.showAgain(a); err != nil {
			return err
		}
	}
	return nil
}

// Decisions lists what was decided, newest first.
func (s *Store) Decisions(ctx context.Context) ([]store.Decision, error) {
	out := []store.Decision{}
	err := s.view(ctx, func(t *tx) error {
		var data string
		return t.each("SELECT data FROM decision ORDER BY at DESC, id", nil, []any{&data}, func() error {
			out = append(out, store.Decision{})
			return json.Unmarshal([]byte(data), &out[len(out)-1])
		})
	})
	return out, err
}

// A standing decision is one that nobody took back, with what it changed.
type standing struct {
	store.Decision
	was before
}

// standing gives the decisions of a kind that stand, oldest first.
func (t *tx) standing(kind store.DecisionKind) ([]standing, error) {
	var out []standing
	var data, was string
	err := t.each("SELECT data, before FROM decision ORDER BY at, id", nil, []any{&data, &was}, func() error {
		var x standing
		if err := json.Unmarshal([]byte(data), &x.Decision); err != nil || x.Kind != kind || x.Undone != nil {
			return err
		}
		out = append(out, x)
		return json.Unmarshal([]byte(was), &out[len(out)-1].was)
	})
	return out, err
}

func (t *tx) putBefore(x standing) error {
	return t.exec("UPDATE decision SET before = ? WHERE id = ?", asJSON(x.was), x.ID)
}

// Reverse takes a decision back, in whatever order: what a later one that
// stands decided about the same thing goes on to hold.
func (s *Store) Reverse(ctx context.Context, decision, by string) error {
	return s.change(ctx, func(t *tx) error {
		var data string
		if err := t.get("SELECT data FROM decision WHERE id = ?", []any{decision}, &data); err != nil {
			return notFound(err, "decision "+decision)
		}
		var d store.Decision
		if err := json.Unmarshal([]byte(data), &d); err != nil {
			return err
		}
		if d.Undone != nil {
			return fmt.Errorf("decision %s that holds: %w", decision, store.ErrNotFound)
		}
		all, err := t.standing(d.Kind)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x standing) bool { return x.ID == decision })
		was, others, later := all[i].was, slices.Delete(slices.Clone(all), i, i+1), all[i+1:]
		now := moment(time.Now())
		d.Undone, d.UndoneBy = &now, by
		if err := t.exec("UPDATE decision SET data = ? WHERE id = ?", asJSON(d), decision); err != nil {
			return err
		}
		switch d.Kind {
		case store.Rename:
			if k := slices.IndexFunc(later, func(x standing) bool { return x.was.Root == was.Root }); k >= 0 {
				later[k].was = was
				return t.putBefore(later[k])
			}
			return t.exec("UPDATE identity SET name = ?, renamed = ? WHERE id = ?", was.Name, was.Renamed, was.Root)
		case store.Never:
			if slices.ContainsFunc(others, func(x standing) bool { return x.was.A == was.A && x.was.B == was.B }) {
				return nil
			}
			return t.exec("DELETE FROM never WHERE a = ? AND b = ?", was.A, was.B)
		case store.Join:
			return t.joinAgain(others)
		}
		return t.unsplit(was, later)
	})
}

// joinAgain makes the joins that stand, and no other.
func (t *tx) joinAgain(joins []standing) error {
	touched := map[int64]bool{}
	var id, joined int64
	if err := t.each("SELECT id, joined FROM identity WHERE joined <> 0", nil, []any{&id, &joined}, func() error {
		touched[id], touched[joined] = true, true
		return nil
	}); err != nil {
		return err
	}
	if err := t.exec("UPDATE identity SET joined = 0 WHERE joined <> 0"); err != nil {
		return err
	}
	for _, x := range joins {
		from, err := t.root(x.From)
		if err != nil {
			return err
		}
		to, err := t.root(x.To)
		if err != nil {
			return err
		}
		if err := t.join(from, to); err != nil {
			return err
		}
	}
	return t.settle(touched, nil)
}

// followRespelled moves an article's other spellings of a full name from one
// identity to another: a newer reading of the article gave them what a split had
// given the name. Those that a person split off by themselves stay.
func (t *tx) followRespelled(article int64, name, kind string, from, to int64) error {
	key, whole := store.NameKey(name, kind == "o")
	if !whole {
		return nil
	}
	var others []mention
	var o mention
	if err := t.each("SELECT name, role FROM mention WHERE article = ? AND identity = ? AND name <> ? AND pinned = 0", []any{article, from, name}, []any{&o.name, &o.role}, func() error {
		if k, _ := store.NameKey(o.name, kind == "o"); k == key {
			others = append(others, mention{name: o.name, role: o.role, kind: kind, identity: to})
		}
		return nil
	}); err != nil {
		return err
	}
	for i := range others {
		if err := errors.Join(t.move(article, others[i].name, to, 0), t.learn(&others[i])); err != nil {
			return err
		}
	}
	return nil
}

// unsplit moves mentions back, but for those that a later split moved on.
func (t *tx) unsplit(was before, later []standing) error {
	touched := map[int64]bool{was.Root: true}
	var articles []int64
	for key, m := range was.Mentions {
		if k := slices.IndexFunc(later, func(x standing) bool { _, ok := x.was.Mentions[key]; return ok }); k >= 0 {
			later[k].was.Mentions[key] = m
			if err := t.putBefore(later[k]); err != nil {
				return err
			}
			continue
		}
		var article int64
		number, name, _ := strings.Cut(key, " ")
		if _, err := fmt.Sscan(number, &article); err != nil {
			return err
		}
		var now int64
		var role, kind string
		if err := t.get("SELECT m.identity, m.role, i.kind FROM mention m JOIN identity i ON i.id = ? WHERE m.article = ? AND m.name = ?", []any{m[0], article, name}, &now, &role, &kind); err != nil {
			if isNone(err) {
				continue
			}
			return err
		}
		if err := t.move(article, name, m[0], m[1]); err != nil {
			return err
		}
		if err := t.learn(&mention{name: name, role: role, kind: kind, identity: m[0]}); err != nil { // which may have come without names
			return err
		}
		if err := t.followRespelled(article, name, kind, now, m[0]); err != nil {
			return err
		}
		touched[now], touched[m[0]] = true, true
		articles = append(articles, article)
	}
	return t.settle(touched, articles)
}

// Names tells what identities and claims are called.
func (s *Store) Names(ctx context.Context, ids []string) (map[string]string, error) {
	out := map[string]string{}
	keys := anys(ids)
	err := s.view(ctx, func(t *tx) error {
		var id, name, data string
		if err := t.batches("SELECT i.name_id, COALESCE(r.name, i.name) FROM identity i LEFT JOIN identity r ON r.id = i.joined WHERE i.name_id IN ", keys, []any{&id, &name}, func() error {
			out[id] = name
			return nil
		}); err != nil {
			return err
		}
		return t.batches("SELECT id, data FROM claim WHERE id IN ", keys, []any{&id, &data}, func() error {
			var c store.Claim
			err := readClaim(data, &c)
			out[id] = c.Name
			return err
		})
	})
	return out, err
}
