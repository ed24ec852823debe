// Package web is the desk: pages and an HTTP API over a store.
//
//	desk, err := web.New(web.Options{Store: s, Add: add, Model: "quoth-en-2026-11-24"})
//	http.Serve(listener, desk)
//
// Every page is rendered on the server from a view (a struct, see view.go), is
// its own JSON twin (".json" after the address, or Accept: application/json),
// and, where it is a list, an Atom feed (".atom"). The API under /api describes
// itself in /api/openapi.json.
//
// A guard stands before all of it, see [Options.Token]. Nothing of an article
// is ever shown but its text. Pages hold no inline script or style, and load
// nothing from elsewhere.
package web

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// maxPage is the most bytes of a page given to the desk, as package source has it.
const maxPage = 50 << 20

// Options is what a desk is made of. Store and Add are needed.
type Options struct {
	Store store.Store
	// Add fetches, reads and keeps the page at an address, or, where the page
	// has text or a body, that page. It joins claims as far as they are wanted.
	// What keeps it from getting the page is an [Unfetched]; any other error that
	// tells nothing of the page is the desk's own.
	Add func(ctx context.Context, p quoth.Page) ([]store.Added, error)
	// Join finds claims anew after a person decided something about them, and gives
	// up when its context ends. May be nil.
	Join func(ctx context.Context) error
	// RunFeed fetches what a feed has now, and says how many articles were new.
	// May be nil: then there is no button for it.
	RunFeed func(ctx context.Context, address string) (int, error)
	// ReadOPML reads a list of feeds, with an error those that could be read, and
	// WriteOPML writes one. May be nil: then lists go neither in nor out.
	ReadOPML  func([]byte) ([]store.Feed, error)
	WriteOPML func(io.Writer, []store.Feed) error
	// Token is wanted from every visitor. Without one the desk answers only to
	// requests that name this machine's loopback address as their host.
	Token   string
	By      string // who corrects, where the visitor gives no name
	Model   string // name of the weights
	Version string
	Log     *slog.Logger // of what went wrong; nil for none
}

// A Desk serves the pages and the API.
type Desk struct {
	Options
	store   store.Store
	guard   *guard
	handler http.Handler
	adding  chan struct{} // holds the one that adds
	waiting chan struct{} // and those that wait for it
	joining sync.Mutex    // of what joins claims on its own time
	due     chan struct{} // holds the one of these that has not begun
}

//go:embed templates static
var files embed.FS

// New makes a desk.
func New(o Options) (*Desk, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &Desk{Options: o, store: o.Store, guard: newGuard(o.Token), adding: make(chan struct{}, 1), waiting: make(chan struct{}, 16), due: make(chan struct{}, 1)}
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.StripPrefix("/static/", cached(http.FileServerFS(static))))
	d.pages(mux)
	d.forms(mux)
	if d.WriteOPML != nil {
		mux.HandleFunc("GET /feeds.opml", d.feedsOut)
	}
	d.api(mux)
	d.handler = d.guard.wrap(twin(d.refusals(mux)))
	return d, nil
}

// ServeHTTP answers a request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }

// Server is an HTTP server for a desk, with bounds on how long a visitor may
// take.
func Server(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, WriteTimeout: 15 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

func (d *Desk) pages(mux *http.ServeMux) {
	for pattern, h := range map[string]func(*http.Request) (*page, error){
		"GET /{$}":                         d.front,
		"GET /front":                       d.front,
		"GET /add":                         d.addPage,
		"GET /articles":                    d.articles,
		"GET /articles/{id}":               d.article,
		"GET /articles/{id}/revisions/{n}": d.article,
		"GET /statements/{id}":             d.statement,
		"GET /speakers":                    d.speakers,
		"GET /speakers/{id}":               d.speaker,
		"GET /claims":                      d.claims,
		"GET /claims/{id}":                 d.claim,
		"GET /outlets":                     d.outlets,
		"GET /outlets/{name}":              d.outlet,
		"GET /search":                      d.search,
		"GET /feeds":                       d.feeds,
		"GET /corrections":                 d.corrections,
		"GET /export":                      d.exportPage,
		"GET /login":                       d.loginPage,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			p, err := h(r)
			if err != nil {
				d.fail(w, r, err)
				return
			}
			d.show(w, r, p, cmp.Or(p.status, http.StatusOK))
		})
	}
}

// A page is what a handler gives: a view, and how to show it.
type page struct {
	name   string // of the template
	here   string // which entry of the navigation it stands under
	query  string // in the search box
	view   any    // also the JSON twin
	feed   *feed  // nil where the page is no list
	sole   bool   // it has no twin
	status int    // of HTTP; 0 is OK
}

type formatKey struct{}

// formatOf tells what a request wants: "html", "json" or "atom".
func formatOf(r *http.Request) string {
	if f, ok := r.Context().Value(formatKey{}).(string); ok {
		return f
	}
	return wanted(r)
}

func wanted(r *http.Request) string {
	switch f := r.URL.Query().Get("format"); f {
	case "html", "json", "atom":
		return f
	}
	accept := r.Header.Get("Accept")
	switch {
	case strings.Contains(accept, "text/html"):
	case strings.Contains(accept, "application/json"):
		return "json"
	case strings.Contains(accept, "application/atom+xml"):
		return "atom"
	}
	return "html"
}

// twin takes ".json" or ".atom" off an address and remembers it. An address
// that gives its format otherwise keeps its end.
func twin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := r.URL.Path
		format := wanted(r)
		if !r.URL.Query().Has("format") && (r.Method == http.MethodGet || r.Method == http.MethodHead) && !strings.HasPrefix(p, "/api/") && !strings.HasPrefix(p, "/static/") {
			for _, f := range []string{"json", "atom"} {
				if strings.HasSuffix(p, "."+f) && len(p) > len(f)+2 {
					format = f
					u := *r.URL
					u.Path, u.RawPath = strings.TrimSuffix(p, "."+f), strings.TrimSuffix(u.RawPath, "."+f)
					r = r.WithContext(r.Context())
					r.URL = &u
				}
			}
		}
		r = r.WithContext(context.WithValue(r.Context(), formatKey{}, format))
		defer func() { // a large file of a form lies on the disk, and the server knows only of the request as it came
			if r.MultipartForm != nil {
				r.MultipartForm.RemoveAll()
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// refusals answers, in the form of what was asked, what leads nowhere and what
// an address does not take: the mux itself would do so in bare words.
func (d *Desk) refusals(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own, pattern := mux.Handler(r)
		refusal := &silent{header: http.Header{}}
		if pattern == "" {
			own.ServeHTTP(refusal, r)
		}
		switch refusal.status {
		case http.StatusNotFound:
			d.fail(w, r, errNoPage)
		case http.StatusMethodNotAllowed:
			takes := refusal.header.Get("Allow")
			w.Header().Set("Allow", takes)
			d.fail(w, r, fmt.Errorf("%w %s; it takes %s", errMethod, r.Method, takes))
		default:
			mux.ServeHTTP(w, r)
		}
	})
}

// silent keeps the status and the header of an answer that nobody gets.
type silent struct {
	header http.Header
	status int
}

func (s *silent) Header() http.Header         { return s.header }
func (s *silent) WriteHeader(status int)      { s.status = status }
func (s *silent) Write(b []byte) (int, error) { return len(b), nil }

// address makes a link of a path's parts: address("articles", id). A part
// whose end would be taken for a twin's says that it is none.
func address(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		e := url.PathEscape(p)
		if p == "." || p == ".." {
			e = strings.ReplaceAll(p, ".", "%2E")
		}
		b.WriteString("/" + e)
	}
	if last := parts[len(parts)-1]; strings.HasSuffix(last, ".json") || strings.HasSuffix(last, ".atom") {
		b.WriteString("?format=html")
	}
	return b.String()
}

// with sets values of a query in an address; "" takes one out.
func with(u *url.URL, set ...string) string {
	q := u.Query()
	for i := 0; i+1 < len(set); i += 2 {
		if set[i+1] == "" {
			q.Del(set[i])
		} else {
			q.Set(set[i], set[i+1])
		}
	}
	out := u.EscapedPath()
	if len(q) > 0 {
		out += "?" + q.Encode()
	}
	return out
}

// twinOf is the address of a page in another format.
func twinOf(u *url.URL, format string) string {
	v := *u
	q := v.Query()
	q.Del("done")
	forced := q.Has("format")
	q.Del("format")
	if forced {
		q.Set("format", format)
	} else if v.Path == "/" {
		v.Path = "/front." + format
	} else {
		if v.RawPath != "" {
			v.RawPath += "." + format
		}
		v.Path += "." + format
	}
	v.RawQuery = q.Encode()
	return v.RequestURI()
}

// bookmarklet opens the desk's page for adding with the address of the page
// that the visitor looks at.
func bookmarklet(r *http.Request) template.URL {
	return template.URL("javascript:void(window.open('" + template.JSEscapeString(base(r)) + "/add?url='+encodeURIComponent(location.href)))")
}

// base is the address of the desk as the visitor calls it.
func base(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
