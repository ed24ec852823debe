package sqlstore

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/quothnews/quoth/internal/store"
)

// A keptFeed is a feed as its table has it: with what is shown nowhere.
type keptFeed struct {
	store.Feed
	Login string `json:"login,omitempty"`
}

// readFeed reads a feed of the table.
func readFeed(data string) (store.Feed, error) {
	var k keptFeed
	err := json.Unmarshal([]byte(data), &k)
	k.Feed.Login = k.Login
	return k.Feed, err
}

// Feeds lists subscriptions by title.
func (s *Store) Feeds(ctx context.Context) ([]store.Feed, error) {
	var out []store.Feed
	err := s.view(ctx, func(t *tx) (err error) {
		out, err = t.feeds("title, url")
		return err
	})
	return out, err
}

func (t *tx) feeds(order string) ([]store.Feed, error) {
	out := []store.Feed{}
	var data string
	err := t.each("SELECT data FROM feed ORDER BY "+order, nil, []any{&data}, func() error {
		f, err := readFeed(data)
		out = append(out, f)
		return err
	})
	return out, err
}

// partFeeds keeps the feeds of an older store under their addresses as they are
// kept now, with names and passwords apart. Of two that are one so, the one that
// was read last stays, with the other's name and password where it has none.
func (t *tx) partFeeds() error {
	list, err := t.feeds("url")
	if err != nil {
		return err
	}
	if err := t.exec("DELETE FROM feed"); err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b store.Feed) int { return a.Checked.Compare(b.Checked) })
	logins := map[string]string{}
	for _, f := range list {
		if f = f.Parted(); f.Login == "" {
			f.Login = logins[f.URL]
		}
		logins[f.URL] = f.Login
		if err := t.putFeed(f); err != nil {
			return err
		}
	}
	var told []store.Entry
	var data string
	if err := t.each("SELECT data FROM entry", nil, []any{&data}, func() error {
		var e store.Entry
		err := json.Unmarshal([]byte(data), &e)
		if address, _ := store.PartAddress(e.Feed); address != e.Feed {
			e.Feed = address
			told = append(told, e)
		}
		return err
	}); err != nil {
		return err
	}
	for _, e := range told {
		if err := t.setEntry(e); err != nil {
			return err
		}
	}
	return nil
}

// Feed gives the subscription to an address.
func (s *Store) Feed(ctx context.Context, url string) (store.Feed, error) {
	url, _ = store.PartAddress(url)
	var f store.Feed
	err := s.view(ctx, func(t *tx) error {
		var data string
		err := t.get("SELECT data FROM feed WHERE url = ?", []any{url}, &data)
		if err != nil {
			return notFound(err, "feed "+url)
		}
		f, err = readFeed(data)
		return err
	})
	return f, err
}

// PutFeed keeps a subscription.
func (s *Store) PutFeed(ctx context.Context, f store.Feed) error {
	return s.change(ctx, func(t *tx) error { return t.putFeed(f) })
}

func (t *tx) putFeed(f store.Feed) error {
	f = f.Parted()
	return t.exec("INSERT INTO feed (url, title, data) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE SET title = excluded.title, data = excluded.data", f.URL, f.Title, asJSON(keptFeed{f, f.Login}))
}

// RemoveFeed ends a subscription. Its articles, and what is known of its
// entries, stay.
func (s *Store) RemoveFeed(ctx context.Context, url string) error {
	url, _ = store.PartAddress(url)
	return s.change(ctx, func(t *tx) error {
		var title string
		if err := t.get("SELECT title FROM feed WHERE url = ?", []any{url}, &title); err != nil {
			return notFound(err, "feed "+url)
		}
		return t.exec("DELETE FROM feed WHERE url = ?", url)
	})
}

// PutEntries keeps entries that are new or have changed.
func (s *Store) PutEntries(ctx context.Context, entries []store.Entry) (int, error) {
	n := 0
	err := s.change(ctx, func(t *tx) error {
		n = 0
		for _, e := range entries {
			waits, err := t.toldOf(e)
			if err != nil {
				return err
			}
			if waits {
				n++
			}
		}
		return nil
	})
	return n, err
}

// toldOf keeps what a feed tells of an entry, and reports whether it waits
// because of that.
func (t *tx) toldOf(e store.Entry) (waits bool, err error) {
	if fresh, err := t.putEntry(e); fresh || err != nil {
		return fresh, err
	}
	held, err := t.entry(e.URL)
	if err != nil {
		return false, err
	}
	next, waits := held.Again(e, e.Found)
	if next == held {
		return false, nil
	}
	return waits, t.setEntry(next)
}

// entry is the one at an address; sql.ErrNoRows where there is none.
func (t *tx) entry(url string) (e store.Entry, err error) {
	var data string
	if err := t.get("SELECT data FROM entry WHERE url = ?", in(url), &data); err != nil {
		return e, err
	}
	return e, json.Unmarshal([]byte(data), &e)
}

func (t *tx) putEntry(e store.Entry) (fresh bool, err error) {
	e.Feed, _ = store.PartAddress(e.Feed) // an older export has them as they were given
	var state string
	if err := t.get("SELECT state FROM entry WHERE url = ?", []any{e.URL}, &state); !isNone(err) {
		return false, err
	}
	return true, t.exec("INSERT INTO entry (url, state, due, data) VALUES (?, ?, ?, ?)", e.URL, e.State, unixNano(e.Next), asJSON(e))
}

// DueEntries gives those whose time has come.
func (s *Store) DueEntries(ctx context.Context, now time.Time, limit int) ([]store.Entry, error) {
	out := []store.Entry{}
	err := s.view(ctx, func(t *tx) error {
		var data string
		return t.each("SELECT data FROM entry WHERE state = 'waiting' AND due <= ? ORDER BY due, url LIMIT ?", []any{unixNano(now), limit}, []any{&data}, func() error {
			out = append(out, store.Entry{})
			return json.Unmarshal([]byte(data), &out[len(out)-1])
		})
	})
	return out, err
}

// SetEntry keeps what became of an entry.
func (s *Store) SetEntry(ctx context.Context, e store.Entry) error {
	return s.change(ctx, func(t *tx) error {
		held, err := t.entry(e.URL)
		if err != nil && !isNone(err) || held.State == store.TakenAway {
			return err
		}
		return t.setEntry(e)
	})
}

func (t *tx) setEntry(e store.Entry) error {
	return t.exec("INSERT INTO entry (url, state, due, data) VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET state = excluded.state, due = excluded.due, data = excluded.data", e.URL, e.State, unixNano(e.Next), asJSON(e))
}

// Mark is how far a job came.
func (s *Store) Mark(ctx context.Context, job string) (int64, error) {
	var n int64
	err := s.view(ctx, func(t *tx) error {
		err := t.get("SELECT value FROM mark WHERE job = ?", []any{job}, &n)
		if isNone(err) {
			return nil
		}
		return err
	})
	return n, err
}

// SetMark keeps how far a job came.
func (s *Store) SetMark(ctx context.Context, job string, mark int64) error {
	return s.change(ctx, func(t *tx) error {
		return t.exec("INSERT INTO mark (job, value) VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET value = excluded.value", job, mark)
	})
}
