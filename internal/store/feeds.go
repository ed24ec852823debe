package store

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Feeds keeps what is subscribed to, and what was found there. A feed is named by
// its address in any way of writing it, see [PartAddress].
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

// Subscribe keeps a feed from now on, unless the store has one at its URL: it tells
// whether that is [New], and gives the feed that is kept. One that the store has takes
// a new name and password, is [Revised], and is to be read as soon as the given one.
func Subscribe(ctx context.Context, s Feeds, f Feed) (kept Feed, is Outcome, err error) {
	f = f.Parted()
	had, err := s.Feed(ctx, f.URL)
	switch {
	case errors.Is(err, ErrNotFound):
		f.Added = time.Now().UTC().Truncate(time.Second)
		return f, New, s.PutFeed(ctx, f)
	case err == nil && f.Login != "" && f.Login != had.Login:
		had.Login, had.Next, had.Failures, had.Error = f.Login, f.Next, 0, f.Error
		return had, Revised, s.PutFeed(ctx, had)
	}
	return had, Known, err
}

// PartAddress gives the address of a feed in the one way that it is kept, with
// scheme and host in lower case and without a usual port, and apart from it the
// name and password that it holds ("ann:secret"). These go from what is no good
// address too, which else stays as it is.
func PartAddress(given string) (address, login string) {
	given = strings.TrimSpace(given)
	u, err := url.Parse(given)
	if err != nil || u.Host == "" {
		if m := withLogin.FindStringSubmatch(given); m != nil {
			return m[1] + m[3], m[2]
		}
		return given, ""
	}
	if u.User != nil {
		login = u.User.String()
	}
	u.User, u.Host = nil, strings.ToLower(u.Host)
	if port := u.Port(); u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	return u.String(), login
}

// withLogin parts what looks like an address around its name and password.
var withLogin = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*)@(.*)$`)

// A Feed is a subscription.
type Feed struct {
	URL          string        `json:"url"` // without name and password
	Login        string        `json:"-"`   // these, as an address writes them: they are sent, and told by an export of everything alone
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

// Parted is the feed with its address as it is kept, and the name and password
// that this held apart.
func (f Feed) Parted() Feed {
	address, login := PartAddress(f.URL)
	if f.URL = address; login != "" {
		f.Login = login
	}
	return f
}

// Fetched is the address to be fetched: with name and password, where it has them.
func (f Feed) Fetched() string {
	if f.Login == "" {
		return f.URL
	}
	return strings.Replace(f.URL, "://", "://"+f.Login+"@", 1)
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
