package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/quothnews/quoth"
)

func TestFetch(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /secret") })
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		if r.UserAgent() != UserAgent {
			t.Errorf("user agent is %q", r.UserAgent())
		}
		fmt.Fprint(w, "<html><body><p>Words.")
	})
	mux.Handle("/once", http.RedirectHandler("/page", http.StatusFound))
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
	mux.Handle("/sly", http.RedirectHandler("/secret/x", http.StatusFound))
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	block := bytes.Repeat([]byte("x"), 1<<20)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(block); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		for range 52 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		for range 60 { // members of one stream, a megabyte each
			if _, err := w.Write(packed.Bytes()); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "<p>half")
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	web, hasty := NewWeb(true), NewWeb(true)
	hasty.client.Timeout = time.Second
	for _, c := range []struct{ path, want string }{
		{"/page", ""}, {"/once", ""}, {"/loop", "more than 5 redirects"}, {"/none", "404"}, {"/secret/x", "robots.txt"}, {"/sly", "robots.txt"},
		{"/file", "a redirect to"}, {"/big", "too large"}, {"/bomb", "too large"}, {"/drip", "does not answer in time"}, {"/short", "breaks off"},
	} {
		from := web
		if c.path == "/drip" {
			from = hasty
		}
		a, err := from.Get(context.Background(), Request{URL: s.URL + c.path})
		switch {
		case c.want == "" && (err != nil || !bytes.Contains(a.Body, []byte("Words")) || !strings.HasSuffix(a.URL, "/page")):
			t.Errorf("%s: %q from %s, %v", c.path, a.Body, a.URL, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error is %v", c.path, err)
		}
	}
	if a, err := web.Get(context.Background(), Request{URL: s.URL + "/drip", Max: 4}); err != nil || !a.Cut || string(a.Body) != "xxxx" {
		t.Errorf("the beginning of an endless answer is %q, cut %v, %v", a.Body, a.Cut, err)
	}
	its := gather(t, Options{Web: web}, strings.Replace(s.URL, "http://", "http://ann:pass@", 1)+"/none")
	if len(its) != 1 || its[0].Err == nil || strings.Contains(its[0].Name+its[0].Err.Error(), "pass") {
		t.Errorf("a password is told: %+v", its)
	}
}

// TestNetworks: neither an address, nor a name, nor a redirect leads to a
// network that is not allowed.
func TestNetworks(t *testing.T) {
	var asked atomic.Int32
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer inner.Close()
	its := gather(t, Options{}, inner.URL, strings.Replace(inner.URL, "127.0.0.1", "localhost", 1))
	for _, it := range its {
		if !errors.Is(it.Err, quoth.ErrRefused) || strings.Contains(it.Err.Error(), "dial tcp") {
			t.Errorf("%s gives %v", it.Name, it.Err)
		}
	}
	listen, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("this machine has one loopback address: ", err)
	}
	outer := httptest.NewUnstartedServer(http.RedirectHandler(inner.URL, http.StatusFound))
	outer.Listener.Close()
	outer.Listener = listen
	outer.Start()
	defer outer.Close()
	web := NewWeb(false)
	web.client = newClient(func(ip netip.Addr) bool { return ip.String() == "127.0.0.2" })
	if _, err := web.Get(context.Background(), Request{URL: outer.URL}); !errors.Is(err, quoth.ErrRefused) {
		t.Errorf("a redirect into a private network gives %v", err)
	}
	if asked.Load() > 0 {
		t.Error("the inner server was asked")
	}
}

// A name that cannot be looked up is not called one that nobody has.
func TestPlainNetwork(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&net.DNSError{Name: "wire.example", IsNotFound: true}, "check the address"},
		{&net.DNSError{Name: "wire.example", Err: "server misbehaving", IsTemporary: true}, "check your network"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}, "check your network"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, "takes no connection"},
		{&net.OpError{Op: "dial", Err: fmt.Errorf("%w: a private network", quoth.ErrRefused)}, "private network"},
	} {
		if got := plainNetwork(&url.Error{Op: "Get", URL: "https://wire.example", Err: c.err}).Error(); !strings.Contains(got, c.want) || strings.Contains(got, "dial") {
			t.Errorf("%v becomes %q", c.err, got)
		}
	}
}

func TestPublic(t *testing.T) {
	for ip, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true, "10.0.0.1": false, "127.0.0.1": false, "169.254.169.254": false, "192.168.1.1": false,
		"100.64.0.1": false, "0.0.0.0": false, "::1": false, "fe80::1": false, "fc00::1": false, "224.0.0.1": false, "64:ff9b::7f00:1": false, "255.255.255.255": false,
		"::ffff:10.0.0.1": false, "::127.0.0.1": false, "fec0::1": false, "2002:7f00:1::1": false, "fe80::1%eth0": false, "2001::7f00:1": false, "2001:4860:4860::8888": true,
	} {
		if got := public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("public(%s) = %v", ip, got)
		}
	}
}

func TestConditional(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case "/once":
			http.Redirect(w, r, "/old", http.StatusFound)
		default:
			w.Header().Set("Etag", `"v1"`)
			w.Header().Set("Last-Modified", "Mon, 09 Feb 2032 08:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"v1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, "words")
		}
	}))
	defer s.Close()
	web, ctx := NewWeb(true), context.Background()
	a, err := web.Get(ctx, Request{URL: s.URL + "/old"})
	if err != nil || a.Unchanged || a.Moved != s.URL+"/new" || a.Etag != `"v1"` || a.Modified == "" {
		t.Fatalf("%+v, %v", a, err)
	}
	b, err := web.Get(ctx, Request{URL: s.URL + "/new", Etag: a.Etag, Modified: a.Modified})
	if err != nil || !b.Unchanged || b.Etag != a.Etag || b.Moved != "" {
		t.Errorf("asked again: %+v, %v", b, err)
	}
	if c, err := web.Get(ctx, Request{URL: s.URL + "/once"}); err != nil || c.Moved != "" || string(c.Body) != "words" {
		t.Errorf("a passing redirect: %+v, %v", c, err)
	}
}

// An answer is bounded by what it holds, not by what it was squeezed into.
func TestBounded(t *testing.T) {
	line := `{"text": "` + strings.Repeat("a", 1<<20) + "\"}\n"
	for _, x := range []struct {
		what, body string
		pages      int
		large      bool
	}{
		{"a few articles", strings.Repeat(line, 3), 3, false}, {"many", strings.Repeat(line, 60), 49, true}, {"one", `{"text": "` + strings.Repeat("a", 60<<20) + `"}`, 0, true},
		{"one over lines", "{\n\"text\": \"" + strings.Repeat("a", 60<<20) + `"}`, 0, true}, {"a text", strings.Repeat("a", 60<<20), 0, true},
	} {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		z.Write([]byte(x.body))
		z.Close()
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			w.Write(b.Bytes())
		}))
		pages, large := 0, false
		for it := range Read(context.Background(), []string{s.URL + "/articles.jsonl.gz"}, Options{AllowPrivate: true}) {
			if it.Err == nil {
				pages++
			} else if large = errors.Is(it.Err, quoth.ErrTooLarge); !large {
				t.Errorf("%s: %v", x.what, it.Err)
			}
		}
		s.Close()
		if pages != x.pages || large != x.large {
			t.Errorf("%s: %d articles, too large: %t", x.what, pages, large)
		}
	}
}

// Hosts without end do not fill the memory; those in use and those to be left
// alone stay.
func TestForget(t *testing.T) {
	web := NewWeb(true)
	visit := func(name string) *host { return web.host(&url.URL{Scheme: "https", Host: name}) }
	used, asleep := visit("used.example"), visit("asleep.example")
	used.rules["https"], asleep.rules["https"] = &robots{}, &robots{}
	asleep.sleep(errSilent, time.Hour)
	web.leave(asleep)
	for i := range 3 * mostHosts {
		web.leave(visit(fmt.Sprintf("h%d.example", i)))
	}
	if n := len(web.hosts); n > mostHosts {
		t.Errorf("%d hosts are remembered", n)
	}
	if visit("used.example") != used || len(used.rules) == 0 {
		t.Error("a host is forgotten while somebody visits it")
	}
	if visit("asleep.example") != asleep || len(asleep.rules) > 0 {
		t.Error("a host that asked to be left alone is forgotten, or its rules are not")
	}
}

// A site may ask for a pause, but not for days, whichever machine it is on.
func TestPause(t *testing.T) {
	for host, least := range map[string]time.Duration{"news.example": politeDelay, "127.0.0.1:80": 0, "localhost": 0} {
		u := &url.URL{Host: host}
		for asked, want := range map[time.Duration]time.Duration{0: least, 7 * time.Second: 7 * time.Second, 24 * time.Hour: longestDelay} {
			if got := pause(u, &robots{delay: asked}); got != want {
				t.Errorf("%s asks for %v: it is left alone for %v, not %v", host, asked, got, want)
			}
		}
	}
}

// TestPolite: never two requests at once to a host, and none to one that asked
// to be left alone.
func TestPolite(t *testing.T) {
	var now, most, asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		time.Sleep(5 * time.Millisecond)
		asked.Add(1)
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 0.05")
		case "/busy":
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}))
	defer s.Close()
	web, ctx := NewWeb(true), context.Background()
	start := time.Now()
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := web.Get(ctx, Request{URL: s.URL + "/a"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 || asked.Load() != 6 {
		t.Errorf("%d requests at once, %d in all", most.Load(), asked.Load())
	}
	if d := time.Since(start); d < 200*time.Millisecond {
		t.Errorf("five pages took %v, without the pause that robots.txt asks for", d)
	}
	_, err := web.Get(ctx, Request{URL: s.URL + "/busy"})
	var status *StatusError
	if !errors.As(err, &status) || status.Code != 429 || status.After != time.Hour || !Passing(err) {
		t.Errorf("a busy server gives %v", err)
	}
	before := asked.Load()
	if _, err := web.Get(ctx, Request{URL: s.URL + "/a"}); err == nil || asked.Load() != before {
		t.Errorf("a server that wants to be left alone is asked, %v", err)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2032, 2, 9, 8, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-3": 0, "soon": 0, "99999999999": longestRetry, "Mon, 09 Feb 2032 08:00:30 GMT": 30 * time.Second, "Sun, 08 Feb 2032 08:00:30 GMT": 0,
	} {
		if got := retryAfter(in, now); got != want {
			t.Errorf("%q is %v", in, got)
		}
	}
}

// TestRobotsAnswers: which answers let Quoth in (RFC 9309, 2.3.1).
func TestRobotsAnswers(t *testing.T) {
	for _, c := range []struct {
		code int
		want bool
	}{{200, true}, {404, true}, {403, true}, {500, false}, {503, false}, {429, false}} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(c.code)
			}
		}))
		_, err := NewWeb(true).Get(context.Background(), Request{URL: s.URL + "/x"})
		s.Close()
		if (err == nil) != c.want || err != nil && !Passing(err) {
			t.Errorf("robots.txt answers %d: %v", c.code, err)
		}
	}
}

// TestCharset: the character encoding that a server names goes before the one
// that the page names, but not before what the bytes show.
func TestCharset(t *testing.T) {
	pages := map[string][2]string{ // header, body
		"/russian":   {"text/html; charset=windows-1251", "<html><body><p>\xcc\xfd\xf0 said so."},
		"/polish":    {`text/html; Charset="ISO-8859-2"`, "<html><meta charset=windows-1252><body><p>\xa3\xf3d\xbc said so."},
		"/german":    {"text/html; charset=iso-8859-1", "<html><body><p>M\xfcller said so."},
		"/text":      {"text/plain; charset=iso-8859-2", "The mayor of \xa3\xf3d\xbc said so."},
		"/utf-8":     {"text/html; charset=iso-8859-1", "<html><body><p>Łódź said so."},
		"/cut":       {"text/html; charset=utf-8", "<html><body><p>" + strings.Repeat("So she said. ", 100) + "It was Łódź\xc5"},
		"/unknown":   {"text/plain; charset=klingon", "caf\xe9 \x93yes\x94"},
		"/wrong":     {"text/plain; charset=utf-8", "caf\xe9 \x93yes\x94"},
		"/forbidden": {"text/plain; charset=iso-2022-kr", "caf\xe9 \x93yes\x94"},
		"/malformed": {"text/plain; charset", "caf\xe9 \x93yes\x94"},
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", p[0])
		fmt.Fprint(w, p[1])
	}))
	defer s.Close()
	web := NewWeb(true)
	for path, want := range map[string]string{
		"/russian": "<html><body><p>Мэр said so.", "/polish": "<html><meta charset=windows-1252><body><p>Łódź said so.", "/german": "<html><body><p>M\xfcller said so.", "/text": "The mayor of Łódź said so.", "/utf-8": "<html><body><p>Łódź said so.",
		"/cut": "<html><body><p>" + strings.Repeat("So she said. ", 100) + "It was Łódź\ufffd", "/unknown": "café “yes”", "/wrong": "café “yes”", "/forbidden": "café “yes”", "/malformed": "café “yes”",
	} {
		p, err := web.Page(context.Background(), s.URL+path)
		its := gather(t, Options{Web: web}, s.URL+path)
		for _, q := range []quoth.Page{p, its[0].Page} {
			got := q.Text
			if q.MediaType == "text/html" {
				got = string(q.Body)
			}
			if got != want || err != nil {
				t.Errorf("%s: %q, want %q; %v", path, got, want, err)
			}
		}
	}
}
