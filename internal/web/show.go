package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// A shell is what stands around every page.
type shell struct {
	Here, Query, Done string
	Nav               []navigation
	JSON, Atom        string
	SignedIn          bool
	Page              any
}

type navigation struct{ Name, Href string }

var nav = []navigation{{"Desk", "/"}, {"Claims", "/claims"}, {"Speakers", "/speakers"}, {"Articles", "/articles"}, {"Outlets", "/outlets"}, {"Feeds", "/feeds"}, {"Corrections", "/corrections"}, {"Add", "/add"}}

// messages are what a page says after something was done.
var messages = map[string]string{
	"added":        "The article is in the store.",
	"known":        "The store has this very page already; nothing changed.",
	"removed":      "The article is taken out. No feed brings it back; adding it does.",
	"revised":      "The page had changed: it is a new revision of an article that the store has.",
	"corrected":    "Corrected. What the machine read is kept beside it.",
	"undone":       "Undone. It stays in the list of corrections.",
	"decided":      "Noted. It goes before what the machine finds, now and later.",
	"reversed":     "Undone. It stays in the list of corrections.",
	"feed":         "The feed is in the list.",
	"listed":       "The feeds of the list are added.",
	"allhad":       "The desk has all feeds of the list already.",
	"unsubscribed": "The feed is removed. The articles that it brought stay.",
	"paused":       "The feed is paused: it is not fetched until it goes on.",
	"resumed":      "The feed goes on.",
	"subscribed":   "The desk has this feed already.",
	"renewed":      "The desk has this feed already. It takes the new name and password.",
	"fetched":      "The feed was fetched, and its new articles are in the store.",
	"nothing":      "The feed was fetched: it has nothing new.",
	"same":         "Nothing was changed: the form says what the record says.",
	"imported":     "Imported.",
	"split":        "Split off. This is the new speaker.",
}

var functions = template.FuncMap{
	"tone": tone, "verb": verb, "day": day, "span": span, "href": address, "marked": marked, "amount": func(n int) string { return amount(float64(n)) },
	"down": func(a, b float64) float64 { return tenth(a + b) }, "up": func(a, b float64) float64 { return tenth(a - b) },
	"less": func(a, b float64) float64 { return tenth(a - b) }, "short": func(s string) string { return clip(s, 26) },
	"clip": func(n int, s string) string { return clip(s, n) }, "json": compact, "stance": stanceWord, "join": strings.Join, "plural": plural, "noun": noun, "verdict": verdictWords, "verdictvalue": verdictValue, "singles": singles, "stancetone": stanceTone, "inorder": inOrder, "percent": percent, "spans": spanText,
	"acts": func() []quoth.Act { return quoth.Acts }, "host": host, "clock": clock, "plain": plain, "field": fieldName, "sentence": sentence, "value": valueWords, "quotation": quotationWords, "origin": originWords, "cue": cueBeside, "sources": sources, "bound": bound, "extent": extent, "role": func(h store.Hit) string { return h.RoleBeside() }, "itemhref": itemHref,
	"takenout": func(h store.Hit) bool { return slices.Contains(h.Corrected, "removed") },
}

// parsed parses the templates, which the binary carries, at first use.
var parsed = sync.OnceValues(func() (map[string]*template.Template, error) {
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	shared, err := template.New("").Funcs(functions).ParseFS(files, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, n := range names {
		name := strings.TrimSuffix(path.Base(n), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if out[name], err = t.ParseFS(files, n); err != nil {
			return nil, err
		}
	}
	return out, nil
})

// render writes a page's HTML, whole or not at all.
func render(name string, s shell) ([]byte, error) {
	all, err := parsed()
	if err != nil {
		return nil, err
	}
	t, ok := all[name]
	if !ok {
		return nil, fmt.Errorf("no template is called %q", name)
	}
	s.Nav = nav
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", s); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (d *Desk) show(w http.ResponseWriter, r *http.Request, p *page, status int) {
	h := w.Header()
	h.Add("Vary", "Accept")
	switch format := formatOf(r); {
	case format == "json" && !p.sole:
		writeJSON(w, status, p.view)
		return
	case format == "atom":
		if p.feed == nil {
			refuse(w, r, http.StatusNotAcceptable, "This page is no list, so it has no Atom feed.")
			return
		}
		d.showFeed(w, r, p.feed, status)
		return
	}
	s := shell{Here: p.here, Query: p.query, Done: messages[r.URL.Query().Get("done")], SignedIn: d.guard.asked && p.name != "login", Page: p.view}
	if !p.sole {
		s.JSON = twinOf(r.URL, "json")
		if p.feed != nil {
			s.Atom = twinOf(r.URL, "atom")
		}
	}
	b, err := render(p.name, s)
	if err != nil {
		d.Log.Error("page not rendered", "page", p.name, "error", err)
		http.Error(w, "This page could not be rendered. That is a fault in Quoth.", http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the visitor went away
}

// showFeed answers with a feed, or, to a reader that has it as it is, with that.
func (d *Desk) showFeed(w http.ResponseWriter, r *http.Request, f *feed, status int) {
	var b bytes.Buffer
	if err := f.write(&b, r); err != nil {
		d.fail(w, r, err)
		return
	}
	h, sum := w.Header(), sha256.Sum256(b.Bytes())
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	if status != http.StatusOK {
		w.WriteHeader(status)
		_, _ = w.Write(b.Bytes()) // the visitor went away
		return
	}
	h.Set("Cache-Control", "private, no-cache") // kept, and asked for again each time
	h.Set("ETag", fmt.Sprintf(`"%x"`, sum[:12]))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // the visitor went away
}

// A trouble is what a page says when it cannot be shown.
type trouble struct {
	Status  int    `json:"status"`
	Heading string `json:"title"`
	Detail  string `json:"detail"`
	Sent    *sent  `json:"-"` // the form that was refused
}

// A sent form is shown again with what it held, so that no pasted text is lost
// over a wrong date.
type sent struct {
	Action string
	Fields []sentField
}

type sentField struct {
	Name, Label, Value string
	Hidden, Long       bool
}

// typed are the fields of forms that a person writes in, as the pages call them.
var typed = [][2]string{{"url", "Address of the article"}, {"title", "Title"}, {"outlet", "Outlet"}, {"byline", "Author"}, {"published", "Published"}, {"text", "Text"}, {"source", "Source"}, {"cue", "Cue"}, {"content", "Words"}, {"words", "Its words"},
	{"who", "Who, one a line"}, {"where", "Where"}, {"photographer", "Photographer"}, {"agency", "Agency"}, {"speaker", "Speaker"}, {"role", "Role"}, {"via", "Via, one a line"}, {"to", "To, one a line"}, {"when_text", "When: the article’s words"}, {"when_date", "When: date"},
	{"low", "At least"}, {"high", "At most"}, {"unit", "Counted in"}, {"about", "Of what"}, {"note", "Why (optional)"}, {"by", "Your name, kept with it"}}

// sentForm gives the form that a request brought, where a person fills it in
// with more than a choice.
func sentForm(r *http.Request) *sent {
	const most = 2 << 20
	if r.Method != http.MethodPost || r.URL.Path != "/add" && r.URL.Path != "/corrections" || r.PostForm == nil {
		return nil
	}
	out, size := &sent{Action: r.URL.Path}, 0
	rest := slices.Sorted(maps.Keys(r.PostForm))
	for _, f := range typed {
		for _, v := range r.PostForm[f[0]] {
			out.Fields = append(out.Fields, sentField{f[0], f[1], v, false, f[0] == "text" || f[0] == "via" || f[0] == "to" || f[0] == "who"})
		}
		rest = slices.DeleteFunc(rest, func(name string) bool { return name == f[0] })
	}
	for _, name := range rest {
		for _, v := range r.PostForm[name] {
			out.Fields = append(out.Fields, sentField{Name: name, Value: v, Hidden: true})
		}
	}
	for _, f := range out.Fields {
		size += len(f.Value)
	}
	if size > most || len(out.Fields) == 0 { // a body too big was not read
		return nil
	}
	return out
}

// errNoPage is the error of addresses that lead nowhere, errMethod of requests
// that an address does not take.
var (
	errNoPage = errors.New("the desk has no page at this address")
	errMethod = errors.New("this address does not take")
)

// statusOf maps errors by meaning.
func statusOf(err error) int {
	var tooBig *http.MaxBytesError
	switch {
	case errors.Is(err, quoth.ErrTooLarge), errors.As(err, &tooBig):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, store.ErrNotFound), errors.Is(err, errNoPage):
		return http.StatusNotFound
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, store.ErrBadQuery), errors.Is(err, quoth.ErrMalformed):
		return http.StatusBadRequest
	case errors.Is(err, quoth.ErrNotNews), errors.Is(err, quoth.ErrRefused):
		return http.StatusUnprocessableEntity
	case errors.Is(err, store.ErrConflict), errors.Is(err, store.ErrCorrected), errors.Is(err, store.ErrVanished), errors.Is(err, store.ErrReadOnly):
		return http.StatusConflict
	case errors.Is(err, store.ErrFull):
		return http.StatusInsufficientStorage
	case errors.Is(err, errBusy):
		return http.StatusTooManyRequests
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	case errors.As(err, new(Unfetched)):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

var errBusy = errors.New("too many articles wait to be read; try again in a minute")

// Unfetched is why a page could not be got from where it lies.
type Unfetched struct{ Err error }

func (u Unfetched) Error() string {
	if statusOf(u.Err) == http.StatusInternalServerError { // it does not tell itself
		return "not fetched: " + u.Err.Error()
	}
	return u.Err.Error()
}

func (u Unfetched) Unwrap() error { return u.Err }

// ownFault is what a visitor is told of the desk's own faults.
const ownFault = "That is a fault in Quoth or in the store; the desk’s log tells more."

// fail answers with an error in the form of what was asked. What is the desk's own
// fault is logged and not told.
func (d *Desk) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	t := trouble{status, http.StatusText(status), sentence(strings.TrimPrefix(err.Error(), quoth.ErrMalformed.Error()+": ")), nil}
	if status >= 500 {
		d.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	if status == http.StatusInternalServerError {
		t.Detail = ownFault
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		refuse(w, r, status, t.Detail)
		return
	}
	if formatOf(r) == "json" {
		writeJSON(w, status, t)
		return
	}
	if status < 500 {
		t.Sent = sentForm(r)
	}
	b, failed := render("wrong", shell{SignedIn: d.guard.asked, Page: t})
	if failed != nil || formatOf(r) == "atom" {
		refuse(w, r, status, t.Detail)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the visitor went away
}

// refuse answers in plain words.
func refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(trouble{Status: status, Heading: http.StatusText(status), Detail: why}) // the visitor went away
		return
	}
	http.Error(w, why, status)
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	s = printable(string(unicode.ToUpper(r)) + s[n:])
	if s != "" && !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// printable drops what would turn the reading direction of a page.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// plain does the same, code point for code point, to text whose positions count.
// A browser would make one line break of a carriage return with the next.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && r != '\n' && r != '\t':
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
