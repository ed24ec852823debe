package store

import (
	"context"
	"errors"
	"time"
)

// Feeds keeps what is subscribed to, and what was found there.
type Feeds interface {
	Feeds(ctx context.Context) ([]Feed, error) // by title
	Feed(ctx context.Context, url string) (Feed, error)
	PutFeed(ctx context.Context, f Feed) error // new, or in place of the one at its URL
	RemoveFeed(ctx context.Context, url string) error

	// PutEntries keeps entries that the store does not have, has those wait again
	// that [Entry.Again] says so of, and says how many wait because of it. An
	// entry is the same however many feeds have it.
	PutEntries(ctx context.Context, entries []Entry) (int, error)
	// DueEntries gives those that wait and whose time has come, oldest first.
	DueEntries(ctx context.Context, now time.Time, limit int) ([]Entry, error)
	// SetEntry keeps what became of an entry. One whose article was taken out
	// meanwhile stays so.
	SetEntry(ctx context.Context, e Entry) error
}

// Subscribe keeps a feed from now on, unless the store has one at its URL: fresh
// tells, and the feed that is kept is given.
func Subscribe(ctx context.Context, s Feeds, f Feed) (kept Feed, fresh bool, err error) {
	if had, err := s.Feed(ctx, f.URL); !errors.Is(err, ErrNotFound) {
		return had, false, err
	}
	f.Added = time.Now().UTC().Truncate(time.Second)
	return f, true, s.PutFeed(ctx, f)
}

// A Feed is a subscription.
type Feed struct {
	URL          string        `json:"url"`
	Title        string        `json:"title"`
	Site         string        `json:"site"`   // its home page
	Outlet       string        `json:"outlet"` // for articles that do not tell theirs
	Kind         string        `json:"kind"`   // "rss", "atom", "json", "sitemap"
	Folder       string        `json:"folder"` // of OPML
	ETag         string        `json:"etag"`
	LastModified string        `json:"last_modified"`
	Every        time.Duration `json:"every"` // 0: as the feed's owner thinks right
	Checked      time.Time     `json:"checked"`
	Next         time.Time     `json:"next"`
	Failures     int           `json:"failures"` // in a row
	Error        string        `json:"error"`    // the last
	Added        time.Time     `json:"added"`
	Paused       bool          `json:"paused"`
}

// EntryState says what became of an entry.
type EntryState string

const (
	Waiting   EntryState = "waiting"
	Taken     EntryState = "taken"   // its article is in the store
	Skipped   EntryState = "skipped" // no news, or refused for good; Error says why
	TakenAway EntryState = "removed" // a person took its article out
)

// An Entry is an article's address that a feed told of.
type Entry struct {
	URL       string     `json:"url"`
	Feed      string     `json:"feed"` // URL of the first that told
	Title     string     `json:"title"`
	Published string     `json:"published"`
	Updated   time.Time  `json:"updated,omitzero"` // when a feed said that it changed last
	Looks     int        `json:"looks,omitempty"`  // how often it waited again since it was taken
	Found     time.Time  `json:"found"`
	State     EntryState `json:"state"`
	Tries     int        `json:"tries"`
	Next      time.Time  `json:"next"` // not before
	Article   string     `json:"article"`
	Error     string     `json:"error"`
}

// Again tells whether an entry that was taken is to be fetched again, now that a
// feed tells of it once more with a later time of change, and how it is to
// wait: the first time from now on, then for 10 minutes, and four times as long
// each time, a day at most. A feed that calls everything changed whenever it is
// asked costs its outlet few requests.
func (e Entry) Again(told Entry, now time.Time) (Entry, bool) {
	since := e.Updated
	if since.IsZero() {
		since = e.Found
	}
	if !told.Updated.After(since) {
		return e, false
	}
	e.Updated = told.Updated
	if e.State != Taken {
		return e, false
	}
	var wait time.Duration
	if e.Looks > 0 {
		wait = min(10*time.Minute<<(2*min(e.Looks-1, 6)), 24*time.Hour)
	}
	e.State, e.Tries, e.Error, e.Next, e.Looks = Waiting, 0, "", now.Add(wait), e.Looks+1
	return e, true
}
