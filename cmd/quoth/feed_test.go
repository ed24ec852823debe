package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/source/feed"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
	"github.com/quothnews/quoth/internal/store/storetest"
)

// newsroom is a server with feeds and articles that counts what it is asked.
type newsroom struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
}

func (n *newsroom) count(path string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.asked[path]
}

const storyPage = `<!DOCTYPE html><html><head><title>Bridge %[1]s</title>%[2]s</head><body><article><h1>Bridge %[1]s</h1>
<p>Mayor Lena Brandt said on Monday that bridge %[1]s would open in May, after two years of work.</p>
<p>“We are on time,” she added. The council had asked for a second report on the cost of the works.</p></article></body></html>`

// newNewsroom serves paths from a table; those that begin with /story/ are
// articles of their own.
func newNewsroom(t *testing.T, paths map[string]string) *newsroom {
	n := &newsroom{asked: map[string]int{}}
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.asked[r.URL.Path]++
		n.mu.Unlock()
		body, ok := paths[r.URL.Path]
		name, story := strings.CutPrefix(r.URL.Path, "/story/")
		switch {
		case strings.HasPrefix(body, "->"):
			http.Redirect(w, r, body[2:], http.StatusFound)
		case ok && strings.HasPrefix(r.URL.Path, "/feed"):
			tag := fmt.Sprintf(`"%d"`, len(body))
			w.Header().Set("Etag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, strings.ReplaceAll(body, "HOST", n.URL))
		case ok:
			fmt.Fprint(w, body)
		case story:
			fmt.Fprintf(w, storyPage, name, "")
		case r.URL.Path == "/busy":
			w.Header().Set("Retry-After", "1800")
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(n.Close)
	return n
}

func rss(links ...string) string {
	var b strings.Builder
	b.WriteString("<rss><channel><title>Harbour Courier</title><link>HOST/</link>")
	for _, l := range links {
		fmt.Fprintf(&b, "<item><title>T</title><link>HOST%s</link><pubDate>Mon, 09 Feb 2032 08:00:00 GMT</pubDate></item>", strings.ReplaceAll(l, "&", "&amp;"))
	}
	return b.String() + "</channel></rss>"
}

// quothRun runs one command in this process.
func quothRun(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var files [2]*os.File
	for i := range files {
		f, err := os.CreateTemp(t.TempDir(), "out")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		files[i] = f
	}
	status = run(&program{context.Background(), strings.NewReader(""), files[0], files[1]}, args)
	var text [2]string
	for i, f := range files {
		b, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		text[i] = string(b)
	}
	return status, text[0], text[1]
}

func articlesIn(t *testing.T, db string) []store.ArticleLine {
	t.Helper()
	s, err := sqlite.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := s.List(context.Background(), store.ArticleQuery{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	return l.Articles
}

func TestFeedRun(t *testing.T) {
	same := fmt.Sprintf(storyPage, "twin", "")
	n := newNewsroom(t, map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /closed",
		"/feed/one":   rss("/story/a?utm_source=rss", "/story/b", "/twin1", "/closed/x", "/gone", "/video"),
		"/feed/two":   rss("/story/a#top", "/short/b", "/twin2", "/story/c", "/own"),
		"/feed/cut":   strings.TrimSuffix(rss("/story/d", "/story/e"), "</link><pubDate>Mon, 09 Feb 2032 08:00:00 GMT</pubDate></item></channel></rss>"),
		"/page":       "<html><head><link rel=alternate type=application/rss+xml href=/feed/one></head><body>Hi",
		"/short/b":    "->/story/b",
		"/twin1":      same, "/twin2": same,
		"/own":   fmt.Sprintf(storyPage, "own", `<link rel="canonical" href="/story/c">`),
		"/video": "<html><body><video></video></body></html>",
	})
	db := filepath.Join(t.TempDir(), "q.db")
	net := func(args ...string) []string { return append(args, "--allow-private", "--db", db) }

	status, out, errs := quothRun(t, net("feed", "add", n.URL+"/feed/one", n.URL+"/feed/two", n.URL+"/feed/cut", n.URL+"/page", n.URL+"/none", n.URL+"/feed/one")...)
	if status != exitSome || strings.Count(out, "added ") != 3 || !strings.Contains(out, "known ") || !strings.Contains(errs, "it names "+n.URL+"/feed/one") || !strings.Contains(errs, "404") || !strings.Contains(errs, "breaks off") {
		t.Fatalf("feed add: exit %d\n%s%s", status, out, errs)
	}
	status, out, errs = quothRun(t, net("feed", "run", "--format", "json")...)
	var sum collected
	if err := json.Unmarshal([]byte(out), &sum); err != nil {
		t.Fatal(err, out, errs)
	}
	// a, b, twin, c and d; b, twin and c are told of twice under two addresses.
	if want := (collected{Feeds: 3, Failed: 1, Entries: 11, Added: 5, Known: 3, Skipped: 3}); sum != want || status != exitSome {
		t.Errorf("the first run: exit %d, %+v\n%s", status, sum, errs)
	}
	for _, want := range []string{"robots.txt", "404", "no paragraph of text", "breaks off"} {
		if !strings.Contains(errs, want) {
			t.Errorf("nothing is said of %q in\n%s", want, errs)
		}
	}
	seen := map[string]bool{}
	for _, a := range articlesIn(t, db) {
		if seen[a.URL] || strings.Contains(a.URL, "utm_") || a.Published != "2032-02-09" || a.Statements == 0 {
			t.Errorf("article %+v", a)
		}
		seen[a.URL] = true
	}
	if len(seen) != 5 || !seen[n.URL+"/story/b"] {
		t.Errorf("articles are %v", seen)
	}
	if n.count("/story/a") != 1 || n.count("/closed/x") != 0 || n.count("/robots.txt") != 2 {
		t.Errorf("asked: %v", n.asked)
	}

	// Nothing is due; asked for, they are unchanged, and no page is fetched again.
	if _, out, errs := quothRun(t, net("feed", "run")...); !strings.HasPrefix(out, "0 feeds asked") || !strings.HasPrefix(errs, "No feed is due") {
		t.Errorf("the second run: %s%s", out, errs)
	}
	before := n.count("/story/a") + n.count("/gone")
	status, out, _ = quothRun(t, net("feed", "run", n.URL+"/feed/one")...)
	if status != exitOK || !strings.HasPrefix(out, "1 feeds asked, 1 unchanged, 0 failed; 0 entries new or changed; 0 articles added") || n.count("/story/a")+n.count("/gone") != before {
		t.Errorf("the third run: exit %d, %s", status, out)
	}

	_, out, _ = quothRun(t, "feed", "list", "--db", db)
	if !strings.Contains(out, "Harbour Courier") || !strings.Contains(out, "breaks off") {
		t.Errorf("feed list: %s", out)
	}
	if status, _, errs := quothRun(t, "feed", "remove", n.URL+"/feed/two", n.URL+"/feed/none", "--db", db); status != exitSome || !strings.Contains(errs, "is no subscription") {
		t.Errorf("feed remove: exit %d, %s", status, errs)
	}
	if _, out, _ := quothRun(t, "feed", "list", "--format", "jsonl", "--db", db); strings.Count(out, "\n") != 2 || strings.Contains(out, "/feed/two") {
		t.Errorf("after removing: %s", out)
	}
}

// The name and password of a feed's address are sent to its server, also where that
// leads on to another of its own addresses, and to no other; they are told to nobody.
func TestFeedPassword(t *testing.T) {
	var strange string // what another server was sent
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		strange += r.Header.Get("Authorization")
		fmt.Fprint(w, rss())
	}))
	defer other.Close()
	own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, password, _ := r.BasicAuth()
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case password != "secret":
			w.WriteHeader(http.StatusUnauthorized)
		case r.URL.Path == "/old":
			http.Redirect(w, r, "http://"+r.Host+"/feed", http.StatusMovedPermanently)
		case r.URL.Path == "/away":
			http.Redirect(w, r, other.URL, http.StatusMovedPermanently)
		default:
			fmt.Fprint(w, rss())
		}
	}))
	defer own.Close()
	host := strings.TrimPrefix(own.URL, "http://")
	list := filepath.Join(t.TempDir(), "list.opml")
	if err := os.WriteFile(list, []byte(`<opml version="2.0"><body><outline text="L" xmlUrl="http://ann:secret@`+host+`/listed"/></body></opml>`), 0o666); err != nil {
		t.Fatal(err)
	}
	told, db := "", filepath.Join(t.TempDir(), "q.db")
	step := func(want int, args ...string) string {
		t.Helper()
		status, out, errs := quothRun(t, append(args, "--db", db)...)
		if told += out + errs; status != want {
			t.Errorf("%v: exit %d\n%s%s", args, status, out, errs)
		}
		return out
	}
	at := "HTTP://ann:secret@" + host
	step(exitOK, "feed", "add", "--allow-private", at+"/old", at+"/away", list)
	step(exitSome, "feed", "add", "--allow-private", strings.Replace(at, "secret", "secretly", 1)+"/feed", "http://ann:secret%zz@"+host+"/")
	if out := step(exitOK, "feed", "run", "--allow-private", own.URL+"/old", at+"/away", own.URL+"/listed"); !strings.HasPrefix(out, "3 feeds asked, 0 unchanged, 0 failed") {
		t.Error(out)
	}
	for _, form := range [][]string{{"--format", "text"}, {"--format", "json"}, {"--opml"}} {
		if out := step(exitOK, append([]string{"feed", "list"}, form...)...); !strings.Contains(out, own.URL+"/feed") || !strings.Contains(out, other.URL) {
			t.Errorf("feed list %v: %s", form, out)
		}
	}
	if out := step(exitOK, "feed", "add", "--allow-private", strings.Replace(at, "ann", "bob", 1)+"/feed"); !strings.Contains(out, own.URL+"/feed  takes the new name and password") {
		t.Error(out)
	}
	step(exitSome, "feed", "run", at+"/nothing")
	step(exitSome, "feed", "run", "http://ann:secret%zz@"+host+"/")
	step(exitSome, "feed", "remove", at+"/feed", at+"/nothing", "http://ann:secret%zz@"+host+"/")
	if strings.Contains(told, "secret") {
		t.Errorf("a password is told:\n%s", told)
	}
	if strange != "" {
		t.Errorf("another server was sent %q", strange)
	}
}

// What a person takes out is not brought back by a feed, under none of its
// addresses, and not as the same page elsewhere; adding it does.
func TestFeedRemoved(t *testing.T) {
	n := newNewsroom(t, map[string]string{"/feed/one": rss("/story/a", "/story/b"), "/feed/late": rss("/story/a", "/story/late", "/old/a", "/mirror/a"), "/old/a": "->/story/a", "/mirror/a": fmt.Sprintf(storyPage, "a", "")})
	db := filepath.Join(t.TempDir(), "q.db")
	net := func(args ...string) []string { return append(args, "--allow-private", "--db", db) }
	quothRun(t, net("feed", "add", n.URL+"/feed/one")...)
	quothRun(t, net("feed", "run")...)
	if status, out, errs := quothRun(t, "remove", "--db", db, n.URL+"/story/a?utm_source=mail", "nothing"); status != exitSome || !strings.HasPrefix(out, "removed  Bridge a  (") || !strings.Contains(errs, "nothing is no article") {
		t.Fatalf("remove: exit %d\n%s%s", status, out, errs)
	}
	quothRun(t, net("feed", "add", n.URL+"/feed/late")...)
	if _, out, errs := quothRun(t, net("feed", "run", n.URL+"/feed/late", n.URL+"/feed/one")...); !strings.Contains(out, "1 articles added, 2 skipped") || strings.Count(errs, "taken out of the store") != 2 || len(articlesIn(t, db)) != 2 {
		t.Errorf("after an article was taken out: %s%s", out, errs)
	}
	if status, out, errs := quothRun(t, "verify", "--db", db); status != exitOK {
		t.Errorf("verify: %s%s", out, errs)
	}
	if status, out, errs := quothRun(t, net("add", n.URL+"/story/a")...); status != exitOK || len(articlesIn(t, db)) != 3 {
		t.Errorf("added by hand: %s%s", out, errs)
	}
}

// What a person takes out while its feed has it fetched again stays out.
func TestFeedRemovedMeanwhile(t *testing.T) {
	ctx := t.Context()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "q.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a := storetest.Make(quoth.Page{URL: "https://courier.example/a", Title: "Bridge"}, "m1", storetest.Said{Content: "the bridge is open", Cue: "said", Source: "Ada Bell"})
	added, err := s.Add(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	e := store.Entry{URL: a.Page.URL, Feed: "https://courier.example/f", State: store.Waiting, Updated: a.Fetched.Add(time.Hour)}
	if _, err := s.PutEntries(ctx, []store.Entry{e}); err != nil {
		t.Fatal(err)
	}
	c := &collector{store: s, tell: func(string, ...any) {}}
	g := got{entry: e, page: quoth.Page{URL: e.URL}}
	if c.look(ctx, &g); g.known || g.before == nil || g.err != nil || g.fatal != nil {
		t.Fatalf("what is to be fetched again: %+v", g)
	}
	mirror := got{page: quoth.Page{URL: "https://mirror.example/a", Text: a.Page.Text}}
	if c.look(ctx, &mirror); !mirror.known {
		t.Errorf("the same text elsewhere: %+v", mirror)
	}
	if _, err := s.Remove(ctx, added.Article, false); err != nil {
		t.Fatal(err)
	}
	mirror.known = false
	if c.look(ctx, &mirror); mirror.err != errRemoved {
		t.Errorf("the same text elsewhere, taken out: %+v", mirror)
	}
	if c.look(ctx, &g); g.err != errRemoved {
		t.Errorf("taken out meanwhile: %+v", g)
	}
	if err := c.settle(ctx, g); err != nil {
		t.Fatal(err)
	}
	if out, err := s.Removed(ctx, e.URL, ""); !out || err != nil {
		t.Errorf("it is forgotten that it was taken out: %v", err)
	}
}

// TestFeedChanged: an article that its feed calls changed becomes a new revision
// when its text is another, and is not fetched for every call.
func TestFeedChanged(t *testing.T) {
	paths := map[string]string{"/news": fmt.Sprintf(storyPage, "One", "")}
	told := 0
	tell := func(updated time.Time) { // another length gives the feed another tag
		told++
		paths["/feed/one"] = fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>Bridge</title><link href="HOST/news"/><published>2026-01-01T08:00:00Z</published><updated>%s</updated></entry></feed>%s`,
			updated.UTC().Format(time.RFC3339), strings.Repeat(" ", told))
	}
	now := time.Now()
	tell(now.Add(-time.Hour))
	n := newNewsroom(t, paths)
	db := filepath.Join(t.TempDir(), "q.db")
	quothRun(t, "feed", "add", n.URL+"/feed/one", "--allow-private", "--db", db)
	step := func(what string, want collected, fetched, revisions int) {
		t.Helper()
		_, out, errs := quothRun(t, "feed", "run", n.URL+"/feed/one", "--allow-private", "--format", "json", "--db", db)
		var sum collected
		if err := json.Unmarshal([]byte(out), &sum); err != nil {
			t.Fatal(what, err, errs)
		}
		if list := articlesIn(t, db); sum != want || n.count("/news") != fetched || len(list) != 1 || list[0].Revisions != revisions {
			t.Errorf("%s: %+v, fetched %d times, %+v\n%s", what, sum, n.count("/news"), list, errs)
		}
	}
	step("first", collected{Feeds: 1, Entries: 1, Added: 1}, 1, 1)
	tell(now.Add(time.Hour)) // later than it was kept, however long the first run takes
	before := paths["/news"]
	paths["/news"] = strings.Replace(before, "in May", "in June", 1)
	step("changed", collected{Feeds: 1, Entries: 1, Revised: 1}, 2, 2)
	tell(now.Add(2 * time.Hour))
	paths["/news"] += "<!-- served by host 7 -->"
	step("too soon", collected{Feeds: 1, Entries: 1}, 2, 2)

	later := func() { // the entry's pause is over
		t.Helper()
		s, err := sqlite.Open(context.Background(), db)
		if err != nil {
			t.Fatal(err)
		}
		due, err := s.DueEntries(context.Background(), time.Now().Add(2*time.Hour), 9)
		if err != nil || len(due) != 1 {
			t.Fatal(due, err)
		}
		due[0].Next = now
		if err := errors.Join(s.SetEntry(context.Background(), due[0]), s.Close()); err != nil {
			t.Fatal(err)
		}
	}
	later()
	step("same text", collected{Feeds: 1, Unchanged: 1, Known: 1}, 3, 2)
	tell(now.Add(3 * time.Hour))
	paths["/news"] = before
	step("too soon to see it go back", collected{Feeds: 1, Entries: 1}, 3, 2)
	later()
	step("gone back", collected{Feeds: 1, Unchanged: 1, Revised: 1}, 4, 3)

	// An address that is added again, too; a file with the same page is known.
	for i, x := range []struct {
		page string
		want string
	}{{before, "reread"}, {before, "1 already"}, {strings.Replace(before, "in May", "in July", 1), "revised"}, {before, "revised"}, {before, "1 already"}} {
		paths["/news"] = x.page
		if _, out, errs := quothRun(t, "add", n.URL+"/news", "--allow-private", "--db", db); !strings.Contains(out+errs, x.want) {
			t.Errorf("added for the time %d: %s%s", i+1, out, errs)
		}
	}
	if list := articlesIn(t, db); list[0].Revisions != 5 {
		t.Errorf("%d revisions", list[0].Revisions)
	}
}

// TestJoinedByDesk: whatever put articles into the store, the desk joins their
// claims, and nothing else does.
func TestJoinedByDesk(t *testing.T) {
	n := newNewsroom(t, map[string]string{"/feed/one": rss("/one"), "/one": fmt.Sprintf(storyPage, "Nine", ""), "/two": fmt.Sprintf(storyPage, "Nine", "<!-- two -->"), "/three": fmt.Sprintf(storyPage, "Nine", "<!-- three -->")})
	db := filepath.Join(t.TempDir(), "q.db")
	quothRun(t, "feed", "add", n.URL+"/feed/one", "--allow-private", "--db", db)
	size := 0
	for i, args := range [][]string{{"feed", "run"}, {"add", n.URL + "/two"}, {"add", n.URL + "/three"}} {
		if status, _, errs := quothRun(t, append(args, "--allow-private", "--db", db)...); status != exitOK {
			t.Fatal(args, errs)
		}
		s, err := sqlite.Open(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		biggest := func() (n int) {
			list, err := s.ListClaims(t.Context(), store.ClaimQuery{Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list.Claims {
				n = max(n, c.Size)
			}
			return n
		}
		if got := biggest(); got != size {
			t.Errorf("%v: a claim of %d statements before the desk looked, and %d when it last did", args, got, size)
		}
		r, err := (&program{}).reader()
		if err != nil {
			t.Fatal(err)
		}
		k := newKeeper(s, r, nil)
		if err := errors.Join(k.joinNew(t.Context()), k.joinNew(t.Context())); err != nil {
			t.Fatal(err)
		}
		before := size
		if size = biggest(); i > 0 && size <= before {
			t.Errorf("%v: the desk joins %d statements, and %d before", args, size, before)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFeedLater: what passes is tried again, not before its time.
func TestFeedLater(t *testing.T) {
	n := newNewsroom(t, map[string]string{"/feed/one": rss("/busy", "/story/a")})
	db := filepath.Join(t.TempDir(), "q.db")
	quothRun(t, "feed", "add", n.URL+"/feed/one", n.URL+"/busy", "--allow-private", "--db", db)
	_, out, errs := quothRun(t, "feed", "run", n.URL+"/feed/one", "--allow-private", "--format", "json", "--db", db)
	var sum collected
	if err := json.Unmarshal([]byte(out), &sum); err != nil {
		t.Fatal(err, errs)
	}
	if sum.Later < 1 || sum.Later+sum.Added != 2 || sum.Skipped != 0 {
		t.Errorf("%+v\n%s", sum, errs)
	}
	s, err := sqlite.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if due, err := s.DueEntries(context.Background(), time.Now().Add(5*time.Minute), 9); err != nil || len(due) != 0 {
		t.Errorf("due in five minutes: %+v, %v", due, err)
	}
	if due, err := s.DueEntries(context.Background(), time.Now().Add(time.Hour), 9); err != nil || len(due) != sum.Later {
		t.Errorf("due in an hour: %+v, %v", due, err)
	}
}

func TestFeedPauses(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: usualPause, 1: time.Hour, 3: 4 * time.Hour, 60: longPause} {
		if got := backOff(usualPause, failures); got != want {
			t.Errorf("after %d failures %v", failures, got)
		}
	}
}

// TestFeedPausedMeanwhile: what somebody does to a feed while it is fetched
// holds.
func TestFeedPausedMeanwhile(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "q.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pause := func(f store.Feed, on bool) {
		f.Paused = on
		if err := s.PutFeed(t.Context(), f); err != nil {
			t.Error(err)
		}
	}
	var f store.Feed
	var change func()
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
			return
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			fmt.Fprint(w, rss())
		}
		change()
	}))
	defer outlet.Close()
	c := &collector{store: s, web: source.NewWeb(true), tell: t.Logf}
	f = store.Feed{URL: outlet.URL + "/feed", Login: "ann:old"}
	pause(f, false)
	change = func() {
		if _, _, err := store.Subscribe(t.Context(), s, store.Feed{URL: f.URL, Login: "ann:new"}); err != nil {
			t.Error(err)
		}
	}
	if err := c.feeds(t.Context(), []store.Feed{f}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Feed(t.Context(), f.URL); err != nil || got.Login != "ann:new" || got.Checked.IsZero() {
		t.Errorf("a new password given meanwhile: %+v, %v", got, err)
	}
	for _, x := range []struct {
		path              string
		was, during, want bool
	}{{"/feed", false, true, true}, {"/feed", true, false, false}, {"/busy", true, true, true}, {"/gone", false, false, true}} {
		f = store.Feed{URL: outlet.URL + x.path}
		pause(f, x.was)
		change = func() { pause(f, x.during) }
		f.Paused = x.was
		if err := c.feeds(t.Context(), []store.Feed{f}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Feed(t.Context(), f.URL); err != nil || got.Paused != x.want || got.Checked.IsZero() {
			t.Errorf("%+v: %+v, %v", x, got, err)
		}
	}
}

// TestFeedHostile: an endless feed, compressed to a hundredth of its size,
// gives its beginning.
func TestFeedHostile(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		fmt.Fprint(z, "<rss><channel><title>Endless</title>")
		padding := strings.Repeat(" ", 4<<10)
		for i := 0; r.Context().Err() == nil; i++ {
			if _, err := fmt.Fprintf(z, "<item><link>https://a.example/%d</link></item>%s", i, padding); err != nil {
				return
			}
		}
	}))
	defer s.Close()
	doc, a, err := ask(context.Background(), source.NewWeb(true), store.Feed{URL: s.URL})
	if err == nil || !strings.Contains(err.Error(), "larger than 20 MB: ") || len(a.Body) != feed.Max || len(doc.Entries) < 2000 {
		t.Errorf("%d bytes, %d entries, %v", len(a.Body), len(doc.Entries), err)
	}
	kept := entriesOf(s.URL, doc, time.Now())
	if len(kept) != mostEntries || kept[0].URL != "https://a.example/0" {
		t.Errorf("%d entries are kept", len(kept))
	}
}

// TestWatchKilled kills a watch with kill -9 at random moments, and wants the
// next one to go on: in the end every article is there, none twice, and Ctrl-C
// is a clean end. QUOTH_KILLS says how often, three times without it.
func TestWatchKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a signal that Windows lacks")
	}
	kills := 3
	if s := os.Getenv("QUOTH_KILLS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		kills = n
	}
	articles := 4 * kills
	var links []string
	for i := range articles {
		links = append(links, fmt.Sprintf("/story/%d", i))
	}
	n := newNewsroom(t, map[string]string{"/feed/one": rss(links...)})
	dir := t.TempDir()
	db, exe := filepath.Join(dir, "q.db"), filepath.Join(dir, "quoth")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, exe); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := quothRun(t, "feed", "add", n.URL+"/feed/one", "--allow-private", "--db", db); status != exitOK {
		t.Fatal(errs)
	}
	told := filepath.Join(dir, "told")
	start := func() *exec.Cmd {
		cmd := exec.Command(exe, "watch", "--allow-private", "--db", db)
		stderr, err := os.Create(told)
		if err != nil {
			t.Fatal(err)
		}
		defer stderr.Close()
		cmd.Stderr = stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	said, during := 0, 0 // articles that were there after a kill; kills in mid-work
	for i := range kills {
		cmd := start()
		if rand.IntN(2) > 0 && said < articles { // after the first article of this run, else at any moment
			until(t, "article", func() bool { return len(articlesIn(t, db)) > said })
		}
		time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		now := len(articlesIn(t, db))
		if now < said {
			t.Fatalf("kill %d: %d articles were there, %d are left", i, said, now)
		}
		if now > 0 && now < articles {
			during++
		}
		said = now
	}
	cmd := start()
	for n := said; n < articles; n++ {
		until(t, "article", func() bool { return len(articlesIn(t, db)) > n })
	}
	until(t, "watch that listens to signals", func() bool { return linesIn(told) > 0 })
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("a watch that is stopped gives %v", err)
	}
	if got := len(articlesIn(t, db)); got != articles {
		t.Errorf("in the end %d of %d articles are there", got, articles)
	}
	if status, out, errs := quothRun(t, "verify", "--db", db); status != exitOK {
		t.Errorf("verify: %s%s", out, errs)
	}
	t.Logf("%d kills, %d of them in mid-work", kills, during)
}
