package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/eval"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
	"github.com/quothnews/quoth/internal/web"
	"github.com/quothnews/quoth/model"
	"github.com/quothnews/quoth/read"
)

// A browser drives the pages of a desk in headless Chromium.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string
	mu   sync.Mutex
	bad  []string // what the pages complained of
}

func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium here: install Debian's package chromium to test the pages in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
	if os.Geteuid() == 0 { // the browser's sandbox does not work for root
		options = append(options, chromedp.NoSandbox)
	}
	options = append(options, chromedp.WSURLReadTimeout(patience), chromedp.Flag("force-prefers-reduced-motion", true)) // pages do not glide
	alone, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(alone)
	t.Cleanup(stop)
	b := &browser{t: t, ctx: ctx, base: base}
	if err := chromedp.Listen(ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := ev.(type) {
		case *cdplog.EventEntryAdded:
			if e.Entry.Level == "error" {
				b.bad = append(b.bad, e.Entry.Text+" "+e.Entry.URL)
			}
		case *cdpruntime.EventExceptionThrown:
			b.bad = append(b.bad, e.ExceptionDetails.Text)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

// patience is how long a step in the browser may take on a slow machine.
const patience = 3 * time.Minute

// do runs steps.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\non %s", err, b.text("body"))
	}
}

func (b *browser) open(at string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base+at), chromedp.WaitReady(chromedp.CSS("main")))
}

// text gives the words of the first element that a selector finds.
func (b *browser) text(selector string) string {
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	s, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatalf("%s: %v", selector, err)
	}
	return strings.Join(strings.Fields(s), " ")
}

func (b *browser) number(script string) int64 {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	n, err := chromedp.Run(ctx, chromedp.Evaluate[int64](script))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return n
}

// count waits until the page has so many of what a selector finds.
func (b *browser) count(selector string, least int64) {
	b.t.Helper()
	until(b.t, selector, func() bool { return b.number(fmt.Sprintf("document.querySelectorAll(%q).length", selector)) >= least })
}

func (b *browser) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

func (b *browser) see(selector, words string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(chromedp.CSS(selector)))
	if got := b.text(selector); !strings.Contains(got, words) {
		b.t.Errorf("%s says %q, not %q", selector, got, words)
	}
}

// testDesk serves a desk that holds some of the project's own articles, read
// by the real model.
func testDesk(t *testing.T, articles ...string) (base string, k *keeper) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quoth.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r, err := read.New(model.Weights)
	if err != nil {
		t.Fatal(err)
	}
	k = newKeeper(s, r, source.NewWeb(true))
	pages, err := eval.GoldPages(eval.Cases())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		for _, id := range articles {
			if p.ID == id {
				if _, err := k.keep(t.Context(), p, false); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := k.join(t.Context()); err != nil {
		t.Fatal(err)
	}
	desk, err := web.New(web.Options{Store: s, Add: k.add, Join: k.join, RunFeed: k.runFeed, ReadOPML: readOPML, WriteOPML: writeOPML, By: "Ada", Model: r.Model(), Version: version})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(desk)
	t.Cleanup(server.Close)
	return server.URL, k
}

// A verdict is laid over what the machine found last; the machine looks anew where
// a person corrected a reading, or took that back.
func TestJoinOnlyWhatChanged(t *testing.T) {
	_, k := testDesk(t, "talks-01-denial", "talks-02-palace", "talks-12-shift")
	ctx := t.Context()
	step := func(what string, anew bool) {
		t.Helper()
		before := &k.found.all[0]
		if err := k.join(ctx); err != nil {
			t.Fatal(err)
		}
		if got := before != &k.found.all[0]; got != anew {
			t.Errorf("after %s: claims looked for anew: %t", what, got)
		}
	}
	claims, err := k.store.ListClaims(ctx, store.ClaimQuery{})
	if err != nil || len(claims.Claims) == 0 {
		t.Fatalf("no claims: %v", err)
	}
	c, err := k.store.Claim(ctx, claims.Claims[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	one := c.Members[0].Statement
	step("nothing", false)
	if _, err := k.store.Judge(ctx, store.Verdict{Kind: "name", Claim: c.ID, Statements: []string{one}, Value: "The palace called"}); err != nil {
		t.Fatal(err)
	}
	step("a verdict", false)
	if c, err = k.store.Claim(ctx, c.ID); err != nil || c.Name != "The palace called" {
		t.Errorf("the verdict is not laid over: %q, %v", c.Name, err)
	}
	h, err := k.store.Statement(ctx, one)
	if err != nil {
		t.Fatal(err)
	}
	x, err := k.store.Correct(ctx, store.Correction{Article: h.Article, Revision: h.Revision, Item: one, Field: "act", Value: json.RawMessage(`"urge"`), By: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	step("a correction", true)
	if err := k.store.Undo(ctx, x.ID, "Ada"); err != nil {
		t.Fatal(err)
	}
	step("taking it back", true)
	step("nothing more", false)

	// A verdict that was kept and not laid over, or not taken off again, is so later.
	v, err := k.store.Judge(ctx, store.Verdict{Kind: "name", Claim: c.ID, Statements: []string{one}, Value: "No call"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"No call", "The palace called"} {
		if err := k.joinNew(ctx); err != nil {
			t.Fatal(err)
		}
		if c, err = k.store.Claim(ctx, c.ID); err != nil || c.Name != want {
			t.Errorf("it is called %q, not %q, %v", c.Name, want, err)
		}
		if want == "No call" {
			if err := k.store.Unjudge(ctx, v.ID, "Ada"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := k.store.Remove(ctx, "talks-02-palace", true); err != nil {
		t.Fatal(err)
	}
	step("taking an article out", true)

	// A desk that opens over what was joined before has the machine look at once,
	// so that the first verdict need not wait for it.
	job := "claims " + k.reader.Model()
	last, err := k.store.Changed(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.store.SetMark(ctx, job, last); err != nil {
		t.Fatal(err)
	}
	k = newKeeper(k.store, k.reader, nil)
	if err := k.joinNew(ctx); err != nil || !k.found.there {
		t.Fatalf("a desk that opens: looked: %t, %v", k.found.there, err)
	}
	step("opening", false)
}

// Who gives up waiting for claims leaves the machine at work; the next one waits
// for that and has no other look begun.
func TestJoinOneAtATime(t *testing.T) {
	_, k := testDesk(t, "talks-01-denial")
	last, err := k.store.Changed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := make(chan machine, 1)
	k.found, k.looking = machine{}, at
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	if err := k.join(ctx); !errors.Is(err, context.DeadlineExceeded) || k.looking != at {
		t.Errorf("the one who gives up: %v; another look begun: %t", err, k.looking != at)
	}
	k.joining <- struct{}{} // another joins, and does not let go
	if err := k.join(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the one who waits for another: %v", err)
	}
	<-k.joining
	at <- machine{mark: last, there: true}
	if err := k.join(t.Context()); err != nil || !k.found.there || k.found.all != nil || k.looking != nil {
		t.Errorf("the next one: %v, %+v", err, k.found)
	}
}

// A text that somebody pastes with its address is of the article there, however the
// address is written; a password in it is not kept.
func TestAddText(t *testing.T) {
	_, k := testDesk(t)
	for i, address := range []string{"https://harbour.example/pier", "HTTPS://ann:secret@Harbour.example/pier?utm_source=x#top"} {
		text := fmt.Sprintf("“The pier is closed for %d days,” Mayor Lena Brandt said on Monday.", i+2)
		got, err := k.add(t.Context(), quoth.Page{URL: address, Text: text, MediaType: "text/plain"})
		if err != nil || len(got) != 1 || got[0].Revision != i+1 {
			t.Fatalf("%s: %+v, %v", address, got, err)
		}
		if a, err := k.store.Article(t.Context(), got[0].Article, 0); err != nil || a.Record.Article.URL != "https://harbour.example/pier" {
			t.Errorf("its address is %q, %v", a.Record.Article.URL, err)
		}
	}
}

// A list of articles at an address may hold an older state of a page: it is no
// return to that, however often it is added. A page at its address is.
func TestAddList(t *testing.T) {
	_, k := testDesk(t)
	const old = `{"id":"pier","text":"“The pier is closed,” Mayor Lena Brandt said on Monday."}`
	const fresh = `{"id":"pier","text":"“The pier is open,” Mayor Lena Brandt said on Monday."}`
	body := old + "\n" + fresh + "\n"
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) }))
	defer outlet.Close()
	add := func(revision int) {
		t.Helper()
		got, err := k.add(t.Context(), quoth.Page{URL: outlet.URL + "/list"})
		if err != nil || len(got) == 0 || got[len(got)-1].Revision != revision {
			t.Errorf("%+v, %v; want revision %d", got, err, revision)
		}
	}
	add(2)
	add(2)
	const page = "<html><body><article><h1>The pier</h1><p>“The pier is %s,” Mayor Lena Brandt said on Monday.</p></article></body></html>"
	for i, state := range []string{"closed", "open", "closed"} {
		body = fmt.Sprintf(page, state)
		add(i + 3)
	}
}

// TestBrowser walks through the desk as a reporter does: adds an article, finds
// a speaker, corrects an act, takes that back, opens a claim.
func TestBrowser(t *testing.T) {
	base, k := testDesk(t, "talks-01-denial", "talks-02-palace", "talks-05-islands", "talks-12-shift")
	b := newBrowser(t, base)

	// The outlet that the article is fetched from.
	page, err := os.ReadFile("../../examples/talks.html")
	if err != nil {
		t.Fatal(err)
	}
	outlet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/talks" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
	defer outlet.Close()

	b.open("/")
	b.do(chromedp.SendKeys(chromedp.CSS("#add-url"), outlet.URL+"/talks\r"))
	b.see(".done", "The article is in the store.")
	b.see("h1", "Norvania Keeps Silent")
	b.count(".par .s-cue", 10)
	b.click(".par a.s-cue") // a cue unfolds its record
	b.count(".note details[open]", 1)
	if n := b.number(`document.querySelectorAll(".note details[open]").length`); n != 1 {
		t.Errorf("%d records are unfolded", n)
	}

	b.do(chromedp.KeyEvent("/")) // the key that goes to the search
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "call\r"))
	b.see(".found", "found")
	b.see(".words mark", "call")
	b.open("/search")
	b.do(chromedp.SendKeys(chromedp.CSS("main input[name=phrase]"), "call\r"))
	b.see(".found", "found")
	if b.number(`Number(location.search == "?phrase=call&order=newest")`) != 1 {
		t.Error("the address of a search holds what was not asked for")
	}

	b.open("/speakers")
	b.do(chromedp.KeyEvent("j")) // the key to the next of a list
	if b.number(`Number(document.activeElement.matches("td a"))`) != 1 {
		t.Error("j does not go to a row of the table")
	}
	b.do(chromedp.SendKeys(chromedp.CSS("#name"), "drell\r"), chromedp.WaitVisible(chromedp.CSS("#name[value=drell]")))
	b.click("td a")
	b.see("h1", "Anton Drell")
	b.see("aside", "spokesman")

	b.do(chromedp.SendKeys(chromedp.CSS("#subject"), "call\r"), chromedp.WaitVisible(chromedp.CSS("#subject[value=call]")))
	b.click(".lines .line .words a")
	b.see(".kind", "Statement")
	was := b.text("main .head .act")
	b.do(chromedp.SetValue(chromedp.CSS("select[name=act]"), "urge"))
	b.click("#correct button.main")
	b.see(".done", "Corrected.")
	b.see("main .head .act", "urges")
	b.open("/corrections")
	b.see("main .lines", "what it does")
	b.click("form[action$='/undo'] button")
	b.see(".done", "Undone.")
	b.see("main .lines", "undone")
	b.click(".meta a")
	b.see("main .head .act", was)

	b.open("/claims")
	b.click(".line .words a")
	b.see(".kind", "Claim")
	b.count(".ledger tbody tr", 2)
	b.click("tbody .words a")
	b.see(".kind", "Statement")

	// On a phone nothing sticks out at the side.
	b.do(chromedp.EmulateViewport(390, 800, chromedp.EmulateMobile))
	claims, err := k.store.ListClaims(t.Context(), store.ClaimQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	people, err := k.store.Identities(t.Context(), "drell", 1, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"/", "/add", "/articles", "/articles/talks-12-shift", "/speakers", "/speakers/" + people.Identities[0].ID, "/claims", "/claims/" + claims.Claims[0].ID, "/outlets", "/outlets/Northern%20Wire", "/search?q=call", "/feeds", "/corrections", "/export"} {
		b.open(at)
		if n := b.number("document.documentElement.scrollWidth"); n > 390 {
			t.Errorf("%s is %d wide", at, n)
		}
	}

	// An article is taken out once the box is ticked, and not before.
	b.open("/articles/talks-12-shift")
	b.number(`Number(document.querySelector("form[action$='/remove']").closest("details").open = true)`)
	b.click("form[action$='/remove'] button")
	if _, err := k.store.Article(t.Context(), "talks-12-shift", 0); err != nil {
		t.Errorf("taken out without the box ticked: %v", err)
	}
	b.click("form[action$='/remove'] input[name=sure]")
	b.click("form[action$='/remove'] button")
	b.see(".done", "The article is taken out.")
	if _, err := k.store.Article(t.Context(), "talks-12-shift", 0); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("after it was taken out: %v", err)
	}

	for _, complaint := range b.bad {
		t.Errorf("a page complains: %s", complaint)
	}
}

// TestDeskCommand starts the command and asks it for a statement.
func TestDeskCommand(t *testing.T) {
	folder := t.TempDir()
	out, err := os.Create(filepath.Join(folder, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	run := func(ctx context.Context, args ...string) int {
		return run(&program{ctx, nil, out, out}, append([]string{"desk"}, args...))
	}
	for _, listen := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0"} {
		if status := run(t.Context(), "--db", filepath.Join(folder, "a.db"), "--listen", listen); status != exitSome {
			t.Errorf("%s without a token: exit %d", listen, status)
		}
	}
	for listen, want := range map[string]string{"127.0.0.1": "--listen 127.0.0.1: missing port; write it as 127.0.0.1:7788", "::1": "--listen ::1: too many colons; write"} {
		if status, _, errs := quothRun(t, "desk", "--db", filepath.Join(folder, "a.db"), "--listen", listen); status != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%s: exit %d, %s", listen, status, errs)
		}
	}
	short := filepath.Join(folder, "short")
	if err := os.WriteFile(short, []byte("swordfish\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status := run(t.Context(), "--db", filepath.Join(folder, "a.db"), "--listen", "0.0.0.0:0", "--token-file", short); status != exitSome {
		t.Errorf("a short token: exit %d", status)
	}
	if _, err := os.Stat(filepath.Join(folder, "a.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a desk that does not open leaves a store: %v", err)
	}

	gone, leave := context.WithCancel(t.Context())
	leave()
	run(gone, "--demo", "--db", filepath.Join(folder, "a.db"), "--listen", "127.0.0.1:0")
	if b, err := os.ReadFile(out.Name()); err != nil || !strings.Contains(string(b), "a.db stays as it is") {
		t.Errorf("a demo with a store's name says %s, %v", b, err)
	}

	ctx, stop := context.WithCancel(t.Context())
	done := make(chan int)
	go func() { done <- run(ctx, "--db", filepath.Join(folder, "b.db"), "--listen", "127.0.0.1:0") }()
	address := ""
	until(t, "desk", func() bool {
		b, err := os.ReadFile(out.Name())
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(b), "open at ")
		line, _, whole := strings.Cut(after, "\n")
		address = line
		return whole
	})
	resp, err := http.Get(address + "/front.json")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(body), `"articles":0`) {
		t.Errorf("%d %s %v", resp.StatusCode, body, err)
	}
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("stopped: exit %d", status)
	}
}

func TestLocalAddress(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1:1": true, "localhost:1": true, "[::1]:1": true, "127.8.8.8:1": true, ":1": false, "0.0.0.0:1": false, "[::]:1": false, "10.0.0.1:1": false, "desk.example:1": false, "7788": false} {
		if got := local(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	for in, want := range map[string]string{"0.0.0.0:80": "127.0.0.1:80", "127.0.0.1:80": "127.0.0.1:80"} {
		a, err := net.ResolveTCPAddr("tcp", in)
		if err != nil {
			t.Fatal(err)
		}
		if got := visible(a); got != want {
			t.Errorf("%s is opened as %s", in, got)
		}
	}
}

// TestDoorToPrivateNetworks: a desk as the command makes it fetches nothing
// from this machine.
func TestDoorToPrivateNetworks(t *testing.T) {
	_, k := testDesk(t)
	k.web = source.NewWeb(false)
	asked := false
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer inside.Close()
	if _, err := k.add(t.Context(), quoth.Page{URL: inside.URL + "/secret"}); !errors.Is(err, quoth.ErrRefused) || asked {
		t.Errorf("%v, asked %v", err, asked)
	}
}
