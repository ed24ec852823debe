package sqlstore

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth/internal/store"
)

// Remove takes an article out with everything that came of it.
func (s *Store) Remove(ctx context.Context, id string, corrections bool) (store.Removed, error) {
	var out store.Removed
	err := s.change(ctx, func(t *tx) error {
		a, err := t.article("a.name = ?", id)
		if err != nil {
			return notFound(err, "article "+id)
		}
		out = store.Removed{Article: a.name, Title: a.title, Statements: int(a.statements)}
		if err := t.get("SELECT COUNT(*) FROM correction WHERE article = ? AND undone = 0", in(a.id), &out.Corrections); err != nil {
			return err
		}
		if out.Corrections > 0 && !corrections {
			return fmt.Errorf("article %s: %w", id, store.ErrCorrected)
		}
		for _, step := range []func(*articleRow) error{t.rememberRemoved, t.dropStatements, t.dropMentions, t.dropPages} {
			if err := step(a); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// execAll runs statements that each have one argument.
func (t *tx) execAll(arg any, queries ...string) error {
	for _, q := range queries {
		if err := t.exec(q, arg); err != nil {
			return err
		}
	}
	return nil
}

// dropStatements takes an article's statements out of search and claims, and
// counts a change, so that claims are joined anew.
func (t *tx) dropStatements(a *articleRow) error {
	ids, err := column[int64](t, "SELECT id FROM statement WHERE article = ? ORDER BY id", a.id)
	if err != nil {
		return err
	}
	claims, err := column[string](t, "SELECT DISTINCT claim FROM member WHERE statement IN (SELECT hash FROM statement WHERE article = ?)", a.id)
	if err != nil {
		return err
	}
	if err := t.s.d.Unindex(t.ctx, t.Tx, ids); err != nil {
		return err
	}
	if err := t.execAll(a.id,
		"DELETE FROM member WHERE statement IN (SELECT hash FROM statement WHERE article = ?)",
		"DELETE FROM figure WHERE statement IN (SELECT id FROM statement WHERE article = ?)",
		"DELETE FROM statement WHERE article = ?"); err != nil {
		return err
	}
	for _, id := range claims {
		if err := t.shrink(id); err != nil {
			return err
		}
	}
	_, err = t.next("change", 1)
	return err
}

// shrink counts what is left of a claim, and drops it where that is a single
// statement.
func (t *tx) shrink(claim string) error {
	c, err := t.claim(claim)
	if err != nil {
		return err
	}
	if len(c.Members) < 2 {
		return t.dropClaim(claim)
	}
	c.Stances = store.Tallies(c.Members)
	return t.putClaim(c)
}

// dropMentions takes an article's speakers out, and those who speak nowhere
// else and of whom nobody decided anything.
func (t *tx) dropMentions(a *articleRow) error {
	spoke := map[int64]int64{}
	var identity, n int64
	if err := t.each("SELECT identity, statements FROM mention WHERE article = ?", in(a.id), in(&identity, &n), func() error {
		spoke[identity] += n
		return nil
	}); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM mention WHERE article = ?", a.id); err != nil {
		return err
	}
	if err := t.dropSplits(a); err != nil {
		return err
	}
	for id, n := range spoke {
		if err := t.grow(id, -n); err != nil {
			return err
		}
		if err := t.exec("DELETE FROM identity WHERE id = ? AND NOT EXISTS (SELECT 1 FROM mention WHERE mention.identity = identity.id) "+
			"AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.data LIKE '%' || identity.name_id || '%')", id); err != nil {
			return err
		}
		if err := t.exec("DELETE FROM form WHERE identity = ? AND NOT EXISTS (SELECT 1 FROM identity WHERE identity.id = form.identity)", id); err != nil {
			return err
		}
	}
	return nil
}

// dropSplits takes an article's mentions out of what was split; a split of no
// others goes.
func (t *tx) dropSplits(a *articleRow) error {
	var touched []standing
	var data, was string
	if err := t.each("SELECT data, before FROM decision", nil, in(&data, &was), func() error {
		var x standing
		if err := json.Unmarshal([]byte(data), &x.Decision); err != nil || x.Kind != store.Split {
			return err
		}
		if err := json.Unmarshal([]byte(was), &x.was); err != nil {
			return err
		}
		kept := slices.DeleteFunc(slices.Clone(x.Mentions), func(m store.Mention) bool { return m.Article == a.name })
		if len(kept) < len(x.Mentions) {
			x.Mentions = kept
			touched = append(touched, x)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, x := range touched {
		for key := range x.was.Mentions {
			if strings.HasPrefix(key, mentionKey(a.id, "")) {
				delete(x.was.Mentions, key)
			}
		}
		query, args := "UPDATE decision SET data = ?, before = ? WHERE id = ?", in(asJSON(x.Decision), asJSON(x.was), x.ID)
		if len(x.Mentions) == 0 {
			query, args = "DELETE FROM decision WHERE id = ?", in(x.ID)
		}
		if err := t.exec(query, args...); err != nil {
			return err
		}
	}
	return nil
}

// dropPages takes the article itself out, and pages and outlets that no other
// has.
func (t *tx) dropPages(a *articleRow) error {
	pages, err := column[int64](t, "SELECT DISTINCT page FROM revision WHERE article = ?", a.id)
	if err != nil {
		return err
	}
	if err := t.execAll(a.id, "DELETE FROM reading WHERE article = ?", "DELETE FROM revision WHERE article = ?", "DELETE FROM correction WHERE article = ?", "DELETE FROM article WHERE id = ?"); err != nil {
		return err
	}
	for _, p := range pages {
		if err := t.exec("DELETE FROM page WHERE id = ? AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.page = page.id)", p); err != nil {
			return err
		}
	}
	return t.exec("DELETE FROM outlet WHERE id = ? AND NOT EXISTS (SELECT 1 FROM article WHERE article.outlet = outlet.id)", a.outlet)
}

// entriesAbout are those that led to an article.
func (t *tx) entriesAbout(article string) ([]store.Entry, error) {
	var out []store.Entry
	var data string
	err := t.each("SELECT data FROM entry WHERE data LIKE ?", in(`%"article":`+asJSON(article)+"%"), in(&data), func() error {
		var e store.Entry
		err := json.Unmarshal([]byte(data), &e)
		if e.Article == article {
			out = append(out, e)
		}
		return err
	})
	return out, err
}

// byPage begins what stands in an entry in place of a URL where the store remembers
// what became of a page, whatever its address; its SHA-256 follows.
const byPage = "sha256:"

func pageEntry(sha256 []byte) string { return byPage + hex.EncodeToString(sha256) }

// rememberRemoved marks the addresses that led to an article, its own, and the
// pages that no other has, so that no feed brings it back.
func (t *tx) rememberRemoved(a *articleRow) error {
	told, err := t.entriesAbout(a.name)
	if err != nil {
		return err
	}
	sums, err := column[[]byte](t, "SELECT DISTINCT p.sha256 FROM page p JOIN revision r ON r.page = p.id WHERE r.article = ? AND NOT EXISTS (SELECT 1 FROM revision AS other WHERE other.page = p.id AND other.article <> r.article)", a.id)
	if err != nil {
		return err
	}
	var own []string
	for _, sum := range sums {
		own = append(own, pageEntry(sum))
	}
	if a.url != "" {
		own = append(own, a.url)
	}
	for _, at := range own {
		if slices.ContainsFunc(told, func(e store.Entry) bool { return e.URL == at }) {
			continue
		}
		e, err := t.entry(at)
		if isNone(err) {
			e, err = store.Entry{URL: at, Found: moment(time.Now())}, nil
		}
		if err != nil {
			return err
		}
		told = append(told, e)
	}
	for _, e := range told {
		e.State, e.Article, e.Title, e.Error = store.TakenAway, a.name, "", ""
		if err := t.setEntry(e); err != nil {
			return err
		}
	}
	return nil
}

// Removed reports whether the article at an address, or with such a page, was
// taken out.
func (s *Store) Removed(ctx context.Context, url, sha256 string) (bool, error) {
	n := 0
	err := s.view(ctx, func(t *tx) error {
		return t.get("SELECT COUNT(*) FROM entry WHERE url IN (?, ?) AND state = ?", in(url, byPage+sha256, store.TakenAway), &n)
	})
	return n > 0, err
}

// bringBack forgets that the article at a new one's address, or with its page,
// was taken out.
func (t *tx) bringBack(a *articleRow, sum []byte) error {
	for _, at := range []string{a.url, pageEntry(sum)} {
		own, err := t.entry(at)
		if isNone(err) || err == nil && own.State != store.TakenAway {
			continue
		}
		if err == nil {
			err = t.forgetRemoved(own, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetRemoved has all that led to the article that an entry led to, and that
// was taken out, lead to a new one.
func (t *tx) forgetRemoved(own store.Entry, a *articleRow) error {
	told, err := t.entriesAbout(own.Article)
	if err != nil {
		return err
	}
	for _, e := range told {
		if e.State != store.TakenAway {
			continue
		}
		if e.Feed == "" { // no feed told of it
			err = t.exec("DELETE FROM entry WHERE url = ?", e.URL)
		} else {
			e.State, e.Article = store.Taken, a.name
			err = t.setEntry(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Changed is the mark of the last change.
func (s *Store) Changed(ctx context.Context) (int64, error) {
	var n int64
	err := s.view(ctx, func(t *tx) error { return t.get("SELECT value FROM counter WHERE name = 'change'", nil, &n) })
	return n, err
}
