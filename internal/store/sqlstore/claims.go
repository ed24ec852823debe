package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// PutClaims keeps claims whole and drops others.
func (s *Store) PutClaims(ctx context.Context, claims []store.Claim, drop []string) error {
	return s.change(ctx, func(t *tx) error {
		for _, id := range drop {
			if err := t.dropClaim(id); err != nil {
				return err
			}
		}
		for _, c := range claims {
			if err := t.putClaim(c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) dropClaim(id string) error {
	if err := t.exec("DELETE FROM member WHERE claim = ?", id); err != nil {
		return err
	}
	return t.exec("DELETE FROM claim WHERE id = ?", id)
}

func (t *tx) putClaim(c store.Claim) error {
	if c.ID == "" {
		return fmt.Errorf("%w: a claim needs an ID", quoth.ErrMalformed)
	}
	c = whole(c)
	if old, err := t.claim(c.ID); err == nil && asJSON(old) == asJSON(c) {
		return nil
	} else if err != nil && !isNone(err) {
		return err
	}
	if err := t.dropClaim(c.ID); err != nil {
		return err
	}
	members := c.Members
	c.Members = nil
	if err := t.exec("INSERT INTO claim (id, updated, size, name, data) VALUES (?, ?, ?, ?, ?)", c.ID, unixNano(c.Updated), c.Size, strings.Join(store.Fold(c.Name), " "), asJSON(c)); err != nil {
		return err
	}
	for n, m := range members {
		hash, ok := hashOf(m.Statement)
		if !ok {
			return fmt.Errorf("claim %s: statement %s: %w", c.ID, m.Statement, store.ErrNotFound)
		}
		var id int64
		if err := t.get("SELECT id FROM statement WHERE hash = ?", []any{hash}, &id); err != nil {
			return notFound(err, fmt.Sprintf("claim %s: statement %s", c.ID, m.Statement))
		}
		if err := t.exec("INSERT INTO member (claim, statement, n, stance, utterance, score) VALUES (?, ?, ?, ?, ?, ?)", c.ID, hash, n, m.Stance, m.Utterance, m.Score); err != nil {
			return err
		}
	}
	return nil
}

// whole fills in what a claim's other fields tell.
func whole(c store.Claim) store.Claim {
	if c.Members == nil {
		c.Members = []store.Member{}
	}
	if c.Stances == nil {
		c.Stances = []store.Tally{}
	}
	c.Size, c.Updated = len(c.Members), c.Updated.UTC()
	return c
}

// Claim gives one with its members.
func (s *Store) Claim(ctx context.Context, id string) (*store.Claim, error) {
	var c store.Claim
	err := s.view(ctx, func(t *tx) error {
		var err error
		c, err = t.claim(id)
		return notFound(err, "claim "+id)
	})
	return &c, err
}

func (t *tx) claim(id string) (store.Claim, error) {
	var c store.Claim
	var data string
	if err := t.get("SELECT data FROM claim WHERE id = ?", []any{id}, &data); err != nil {
		return c, err
	}
	if err := readClaim(data, &c); err != nil {
		return c, err
	}
	var hash int64
	var m store.Member
	err := t.each("SELECT statement, stance, utterance, score FROM member WHERE claim = ? ORDER BY n", []any{id}, []any{&hash, &m.Stance, &m.Utterance, &m.Score}, func() error {
		m.Statement = idOf(hash)
		c.Members = append(c.Members, m)
		return nil
	})
	return c, err
}

func readClaim(data string, c *store.Claim) error {
	err := json.Unmarshal([]byte(data), c)
	if c.Members = []store.Member{}; c.Stances == nil {
		c.Stances = []store.Tally{}
	}
	return err
}

// ClaimsOf gives the claims that hold a statement.
func (s *Store) ClaimsOf(ctx context.Context, statement string) ([]store.Claim, error) {
	out := []store.Claim{}
	hash, ok := hashOf(statement)
	if !ok {
		return out, nil
	}
	err := s.view(ctx, func(t *tx) error {
		ids, err := column[string](t, "SELECT claim FROM member WHERE statement = ? ORDER BY claim", hash)
		if err != nil {
			return err
		}
		for _, id := range ids {
			c, err := t.claim(id)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

// Apart tells claims of one name apart: by a statement that each alone holds.
func (s *Store) Apart(ctx context.Context, claims []string) (map[string]string, error) {
	out := map[string]string{}
	err := s.view(ctx, func(t *tx) error {
		var id, name string
		called, alike := map[string]string{}, map[string][]any{} // name by ID, IDs by name
		if err := t.batches("SELECT id, name FROM claim WHERE id IN ", anys(claims), []any{&id, &name}, func() error {
			called[id] = name
			return nil
		}); err != nil {
			return err
		}
		names := slices.Compact(slices.Sorted(maps.Values(called)))
		if err := t.batches("SELECT id, name FROM claim WHERE name IN ", anys(names), []any{&id, &name}, func() error {
			alike[name] = append(alike[name], id)
			return nil
		}); err != nil {
			return err
		}
		for _, ids := range alike {
			if len(ids) < 2 {
				continue
			}
			own, err := t.own(ids)
			if err != nil {
				return err
			}
			for id, hash := range own {
				if _, asked := called[id]; asked {
					out[id] = idOf(hash)
				}
			}
		}
		return nil
	})
	return out, err
}

// own gives for each of some claims that has members the first that it alone of them
// holds, or else its first.
func (t *tx) own(claims []any) (map[string]int64, error) {
	type member struct {
		claim        string
		statement, n int64
	}
	var all []member
	var m member
	holders := map[int64]int{}
	if err := t.batches("SELECT claim, statement, n FROM member WHERE claim IN ", claims, []any{&m.claim, &m.statement, &m.n}, func() error {
		all = append(all, m)
		holders[m.statement]++
		return nil
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b member) int { return cmp.Compare(a.n, b.n) })
	out := map[string]int64{}
	for _, m := range all {
		first, ok := out[m.claim]
		if !ok || holders[first] > 1 && holders[m.statement] == 1 {
			out[m.claim] = m.statement
		}
	}
	return out, nil
}

// ListClaims lists claims without members: the last changed first, of those
// changed at once the largest.
func (s *Store) ListClaims(ctx context.Context, q store.ClaimQuery) (store.ClaimPage, error) {
	out := store.ClaimPage{Claims: []store.Claim{}}
	limit, err := limited(q.Limit)
	if err != nil {
		return out, err
	}
	at := q.Cursor
	q.Limit, q.Cursor = 0, ""
	c, given, err := parseCursor(at, listOf(q))
	if err != nil {
		return out, err
	}
	words, err := folded("the query", q.Words)
	if err != nil {
		return out, err
	}
	err = s.view(ctx, func(t *tx) error {
		query, args := "SELECT c.updated, c.size, c.id, c.data FROM claim c WHERE 1 = 1", []any{}
		if len(words) > 0 {
			found, a, err := t.membersOf(&store.Query{Words: q.Words})
			if err != nil {
				return err
			}
			named := "1 = 1"
			var names []any
			for _, w := range words {
				named += " AND ' ' || c.name || ' ' LIKE ?"
				names = append(names, "% "+w+" %")
			}
			query += " AND ((" + named + ") OR " + found + ")"
			args = append(append(args, names...), a...)
		}
		if q.Identity != "" || q.Outlet != "" {
			found, a, err := t.membersOf(&store.Query{Identity: q.Identity, Outlet: q.Outlet})
			if err != nil {
				return err
			}
			query, args = query+" AND "+found, append(args, a...)
		}
		if q.Stance != "" {
			query, args = query+" AND c.id IN (SELECT claim FROM member WHERE stance = ?)", append(args, q.Stance)
		}
		if given {
			query, args = query+" AND (c.updated, c.size, c.id) < (?, ?, ?)", append(args, c.A, c.B, c.Text)
		}
		var updated, size int64
		var id, data string
		return t.each(query+" ORDER BY c.updated DESC, c.size DESC, c.id DESC LIMIT ?", append(args, limit+1), []any{&updated, &size, &id, &data}, func() error {
			if len(out.Claims) == limit {
				out.Next = c.String()
				return nil
			}
			c.A, c.B, c.Text = updated, size, id
			out.Claims = append(out.Claims, store.Claim{})
			return readClaim(data, &out.Claims[len(out.Claims)-1])
		})
	})
	return out, err
}

// membersOf is the condition that a claim has a member which a query finds.
func (t *tx) membersOf(q *store.Query) (string, []any, error) {
	p, err := t.plan(q)
	if err != nil {
		return "", nil, err
	}
	if p.none {
		return "1 = 0", nil, nil
	}
	from, where, args, _, _ := p.sql(t)
	return "c.id IN (SELECT m.claim FROM member m WHERE m.statement IN (SELECT st.hash FROM " + from + " WHERE " + where + "))", args, nil
}

// Judge keeps a person's verdict.
func (s *Store) Judge(ctx context.Context, v store.Verdict) (store.Verdict, error) {
	if v.At.IsZero() {
		v.At = time.Now()
	}
	v.At = moment(v.At)
	err := s.change(ctx, func(t *tx) error { return t.judge(&v) })
	return v, err
}

func (t *tx) judge(v *store.Verdict) error {
	if v.Statements == nil {
		v.Statements = []string{}
	}
	if v.ID == "" {
		v.ID = store.NewID("v", v.Kind, v.Claim, asJSON(v.Statements), v.Value, v.By, v.At.Format(time.RFC3339Nano))
	}
	return t.exec("INSERT INTO verdict (id, data) VALUES (?, ?) ON CONFLICT DO NOTHING", v.ID, asJSON(v))
}

// Verdicts gives all, oldest first.
func (s *Store) Verdicts(ctx context.Context) ([]store.Verdict, error) {
	out := []store.Verdict{}
	err := s.view(ctx, func(t *tx) error {
		var data string
		return t.each("SELECT data FROM verdict ORDER BY seq", nil, []any{&data}, func() error {
			out = append(out, store.Verdict{})
			return json.Unmarshal([]byte(data), &out[len(out)-1])
		})
	})
	return out, err
}

// Unjudge takes a verdict back.
func (s *Store) Unjudge(ctx context.Context, id, by string) error {
	return s.change(ctx, func(t *tx) error {
		var data string
		if err := t.get("SELECT data FROM verdict WHERE id = ?", []any{id}, &data); err != nil {
			return notFound(err, "verdict "+id)
		}
		var v store.Verdict
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			return err
		}
		if v.Undone != nil {
			return fmt.Errorf("verdict %s that holds: %w", id, store.ErrNotFound)
		}
		now := moment(time.Now())
		v.Undone, v.UndoneBy = &now, by
		return t.exec("UPDATE verdict SET data = ? WHERE id = ?", asJSON(v), id)
	})
}
