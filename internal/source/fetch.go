package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/quothnews/quoth"
)

// UserAgent is how Quoth names itself to servers.
const UserAgent = "Quoth/0.1 (+https://github.com/quothnews/quoth)"

const (
	redirects = 5
	// politeDelay is the least time between two pages from one host.
	politeDelay = time.Second
	// longestDelay is the most that a site's Crawl-delay may ask for.
	longestDelay = 30 * time.Second
	// longestRetry is the most that a server's Retry-After may ask for.
	longestRetry = 7 * 24 * time.Hour
	// silentTime is how long a host is left alone that could not be reached.
	silentTime = time.Minute
	// mostHosts is how many hosts are remembered before those are forgotten
	// that nobody visits: a hostile feed names new ones without end.
	mostHosts = 1000
)

// A Web gets pages from the network, politely and within bounds: one request
// at a time to a host, with a pause between two pages; only what the site's
// robots.txt allows; nothing at all from a host that asked to be left alone
// for a while. It may be used by many goroutines at once.
type Web struct {
	client *http.Client
	mu     sync.Mutex
	hosts  map[string]*host // by host and port
}

// NewWeb makes a Web, which reaches private networks and this machine only
// where it is allowed to.
func NewWeb(allowPrivate bool) *Web {
	allowed := public
	if allowPrivate {
		allowed = func(netip.Addr) bool { return true }
	}
	return &Web{client: newClient(allowed), hosts: map[string]*host{}}
}

// A Request says what to get. Etag and Modified are those of an earlier
// answer; with them, an answer that did not change comes without a body.
type Request struct {
	URL      string
	Accept   string // media types, "" for those of articles
	Etag     string
	Modified string
	Max      int64 // most bytes of the body; 0 for a whole page of at most [MaxPage]
}

// An Answer is what a server gave.
type Answer struct {
	URL       string // where the answer came from, after redirects
	Moved     string // where a permanent redirect led, "" if none did
	Body      []byte
	Charset   string // the character encoding that the server names, "" for none
	Etag      string
	Modified  string
	Unchanged bool // the server says that nothing changed since Etag and Modified
	Cut       bool // with Max: Body is longer, or broke off, and this is its beginning
}

// A StatusError is an answer other than the one hoped for.
type StatusError struct {
	Code  int
	After time.Duration // how long the server asks to be left alone, 0 if it does not say
}

func (e *StatusError) Error() string {
	s := fmt.Sprintf("the server answers %d %s", e.Code, http.StatusText(e.Code))
	switch {
	case e.After > 0:
		return s + fmt.Sprintf("; it asks to be left alone for %v", e.After.Round(time.Second))
	case e.passing():
		return s + "; try again later"
	case e.Code == http.StatusUnauthorized:
		return s + "; give the right name and password in the address: https://name:password@host/path"
	}
	return s + "; check the address"
}

func (e *StatusError) passing() bool {
	return e.Code == http.StatusTooManyRequests || e.Code == http.StatusRequestTimeout || e.Code >= 500
}

// Passing reports whether the same request may well succeed later: the server
// was busy, silent, or could not be reached.
func Passing(err error) bool {
	var s *StatusError
	if errors.As(err, &s) {
		return s.passing()
	}
	return err != nil && !errors.Is(err, quoth.ErrRefused) && !errors.Is(err, quoth.ErrMalformed) && !errors.Is(err, quoth.ErrTooLarge) && !errors.Is(err, quoth.ErrNotNews)
}

// A host is one server's turn: its channel holds the one that may ask now.
type host struct {
	turn   chan struct{}
	next   time.Time          // no page before
	asleep time.Time          // no request at all before
	why    error              // why it is asleep
	rules  map[string]*robots // by scheme
	users  int                // who visit it or wait to; as Web.mu has it
}

// sleep leaves the host alone for at least so long.
func (h *host) sleep(why error, d time.Duration) {
	var e *StatusError
	if errors.As(why, &e) {
		d = max(d, e.After)
	}
	h.asleep, h.why = time.Now().Add(d), why
}

// host gives the host of an address to who is going to visit it, and to leave it.
func (w *Web) host(u *url.URL) *host {
	w.mu.Lock()
	defer w.mu.Unlock()
	name := strings.ToLower(u.Host)
	h := w.hosts[name]
	if h == nil {
		if len(w.hosts) >= mostHosts {
			w.forget(time.Now())
		}
		h = &host{turn: make(chan struct{}, 1), rules: map[string]*robots{}}
		w.hosts[name] = h
	}
	h.users++
	return h
}

func (w *Web) leave(h *host) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h.users--
}

// forget drops what is known of hosts that nobody visits, but for when they may be
// visited again.
func (w *Web) forget(now time.Time) {
	maps.DeleteFunc(w.hosts, func(_ string, h *host) bool {
		if h.users > 0 {
			return false
		}
		clear(h.rules)
		return now.After(h.next) && now.After(h.asleep)
	})
}

// Get asks for one address and follows its redirects. The address may hold a name
// and password: they are sent to its host alone, and not without encryption where
// they were sent with it. Moved holds them too.
func (w *Web) Get(ctx context.Context, r Request) (Answer, error) {
	var a Answer
	u, err := url.Parse(r.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return a, fmt.Errorf("%w address; write it as https://host/path", quoth.ErrMalformed)
	}
	permanent := true
	for range redirects + 1 {
		next, status, err := w.visit(ctx, u, r, &a)
		if err != nil || next == nil {
			return a, err
		}
		if next.Scheme != "http" && next.Scheme != "https" || next.Host == "" {
			return a, fmt.Errorf("%w: a redirect to %q", quoth.ErrRefused, next.Scheme)
		}
		if next.User == nil && stays(u, next) {
			next.User = u.User
		}
		permanent = permanent && (status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect)
		if permanent {
			a.Moved = next.String()
		}
		u = next
	}
	return a, fmt.Errorf("%w: more than %d redirects", quoth.ErrRefused, redirects)
}

// stays tells whether a redirect stays at its host, and encrypted where it was.
func stays(from, to *url.URL) bool {
	return plainHost(from) == plainHost(to) && (to.Scheme == from.Scheme || to.Scheme == "https")
}

// visit asks one host for one address, in its turn. It gives where a redirect
// leads, or fills in the answer.
func (w *Web) visit(ctx context.Context, u *url.URL, r Request, a *Answer) (*url.URL, int, error) {
	h := w.host(u)
	defer w.leave(h)
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	if time.Now().Before(h.asleep) {
		return nil, 0, h.why
	}
	rules, err := w.rules(ctx, h, u)
	if err != nil {
		if ctx.Err() == nil {
			h.sleep(err, silentTime)
		}
		return nil, 0, err
	}
	if !rules.allows(requestPath(u)) {
		return nil, 0, fmt.Errorf("%w: the site's robots.txt does not let Quoth read this address; save the page and give the file", quoth.ErrRefused)
	}
	if err := sleep(ctx, time.Until(h.next)); err != nil {
		return nil, 0, err
	}
	defer func() { h.next = time.Now().Add(pause(u, rules)) }()
	resp, err := w.do(ctx, u, r)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified && r.Etag+r.Modified != "":
		a.URL, a.Unchanged, a.Etag, a.Modified = u.String(), true, r.Etag, r.Modified
		return nil, code, nil
	case code >= 300 && code < 400 && resp.Header.Get("Location") != "":
		next, err := u.Parse(resp.Header.Get("Location"))
		if err != nil {
			return nil, code, fmt.Errorf("%w: a redirect to what is no address", quoth.ErrMalformed)
		}
		return next, code, nil
	case code != http.StatusOK:
		e := &StatusError{Code: code}
		if e.passing() {
			e.After = retryAfter(resp.Header.Get("Retry-After"), time.Now())
			h.sleep(e, e.After)
		}
		return nil, code, e
	}
	most := r.Max
	if most == 0 {
		most = MaxPage
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	a.Cut = err != nil || int64(len(b)) > most
	switch {
	case ctx.Err() != nil:
		return nil, resp.StatusCode, ctx.Err()
	case err != nil && (r.Max == 0 || len(b) == 0):
		return nil, resp.StatusCode, plainNetwork(err)
	case a.Cut && r.Max == 0:
		return nil, resp.StatusCode, tooLarge("the page", MaxPage)
	}
	a.Body, a.URL = b[:min(int64(len(b)), most)], u.String()
	a.Etag, a.Modified = resp.Header.Get("Etag"), resp.Header.Get("Last-Modified")
	if _, said, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err == nil {
		a.Charset = said["charset"]
	}
	return nil, resp.StatusCode, nil
}

func (w *Web) do(ctx context.Context, u *url.URL, r Request) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w address", quoth.ErrMalformed)
	}
	if r.Accept == "" {
		r.Accept = "text/html, text/plain, application/json;q=0.8, */*;q=0.1"
	}
	req.Header.Set("User-Agent", UserAgent)
	req.Header.Set("Accept", r.Accept)
	if r.Etag != "" {
		req.Header.Set("If-None-Match", r.Etag)
	}
	if r.Modified != "" {
		req.Header.Set("If-Modified-Since", r.Modified)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, plainNetwork(err)
	}
	return resp, nil
}

// pause is the time that a host is left alone after a page. This machine
// itself needs none.
func pause(u *url.URL, rules *robots) time.Duration {
	name, asked := u.Hostname(), min(rules.delay, longestDelay)
	if ip, err := netip.ParseAddr(name); name == "localhost" || err == nil && ip.IsLoopback() {
		return asked
	}
	return max(politeDelay, asked)
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// retryAfter reads the header of this name: seconds, or a date.
func retryAfter(s string, now time.Time) time.Duration {
	s = strings.TrimSpace(s)
	var d time.Duration
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		d = time.Duration(min(n, int(longestRetry/time.Second))) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		d = t.Sub(now)
	}
	return max(0, min(d, longestRetry))
}
