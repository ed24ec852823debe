package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// prefixes of the items that a person may add.
var prefixes = map[string]string{"statement": "s", "figure": "f", "caption": "c", "event": "e"}

// Correct keeps a correction and shows the article with it.
func (s *Store) Correct(ctx context.Context, c store.Correction) (store.Correction, error) {
	if c.At.IsZero() {
		c.At = time.Now()
	}
	c.At = moment(c.At)
	if !json.Valid(c.Value) {
		return c, fmt.Errorf("%w: the value of %s is no JSON", quoth.ErrMalformed, c.Field)
	}
	err := s.change(ctx, func(t *tx) error {
		a, err := t.article("a.name = ?", c.Article)
		if err != nil {
			return notFound(err, "article "+c.Article)
		}
		if p := prefixes[c.Field]; p != "" && c.Item == "" {
			c.Item = store.NewID(p, c.Article, string(c.Value), c.By, c.At.Format(time.RFC3339Nano))
		}
		r, err := t.reading(a.reading)
		if err != nil {
			return err
		}
		if r.Corrections, err = t.corrections(a); err != nil {
			return err
		}
		if c.Revision == 0 {
			c.Revision = int(a.revision)
		}
		checked, err := r.View().Check([]store.Correction{c})
		if errors.Is(err, store.ErrNotFound) && t.gone(c.Item) {
			return fmt.Errorf("statement %s is %w", c.Item, store.ErrVanished)
		}
		if err != nil {
			return err
		}
		c = checked[0]
		if err := t.putCorrection(a, &c); err != nil {
			return err
		}
		return t.show(a, r, nil)
	})
	return c, err
}

// gone reports whether a statement has vanished.
func (t *tx) gone(id string) bool {
	hash, _ := hashOf(id)
	var ord int64
	err := t.get("SELECT ord FROM statement WHERE hash = ?", in(hash), &ord)
	return err == nil && ord == vanished
}

// Undo takes a correction back.
func (s *Store) Undo(ctx context.Context, id, by string) error {
	return s.change(ctx, func(t *tx) error {
		var article int64
		var data string
		if err := t.get("SELECT article, data FROM correction WHERE id = ? AND undone = 0", []any{id}, &article, &data); err != nil {
			return notFound(err, "correction "+id+" that holds")
		}
		var c store.Correction
		if err := json.Unmarshal([]byte(data), &c); err != nil {
			return err
		}
		now := moment(time.Now())
		c.Undone, c.UndoneBy = &now, by
		if err := t.exec("UPDATE correction SET data = ?, undone = 1 WHERE id = ?", asJSON(c), id); err != nil {
			return err
		}
		return t.showAgain(article)
	})
}

// Corrections lists them, newest first.
func (s *Store) Corrections(ctx context.Context, article string, limit int, at string) (store.CorrectionPage, error) {
	out := store.CorrectionPage{Corrections: []store.Correction{}}
	limit, err := limited(limit)
	if err != nil {
		return out, err
	}
	c, given, err := parseCursor(at, listOf([]string{"corrections", article}))
	if err != nil {
		return out, err
	}
	err = s.view(ctx, func(t *tx) error {
		query, args := "SELECT seq, data FROM correction WHERE 1 = 1", []any{}
		if article != "" {
			query, args = query+" AND article = (SELECT id FROM article WHERE name = ?)", append(args, article)
		}
		if given {
			query, args = query+" AND seq < ?", append(args, c.A)
		}
		var seq int64
		var data string
		return t.each(query+" ORDER BY seq DESC LIMIT ?", append(args, limit+1), []any{&seq, &data}, func() error {
			if len(out.Corrections) == limit {
				out.Next = c.String()
				return nil
			}
			c.A = seq
			out.Corrections = append(out.Corrections, store.Correction{})
			return json.Unmarshal([]byte(data), &out.Corrections[len(out.Corrections)-1])
		})
	})
	return out, err
}

// moment is a time as the store keeps it: in UTC, to the microsecond.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
