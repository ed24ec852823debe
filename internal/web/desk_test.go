package web

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
	"github.com/quothnews/quoth/internal/store/storetest"
)

// A visit is a desk over a small store, and a browser without a screen.
type visit struct {
	t     *testing.T
	desk  *Desk
	store store.Store
	host  string
	set   http.Header // sent with every request
}

const hostile = `</p><script>alert(1)</script><img src=x onerror=alert(2)>`

func newVisit(t *testing.T, o Options) *visit {
	t.Helper()
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "quoth.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o.Store, o.By, o.Version = s, "Ada", "test"
	if o.Add == nil {
		o.Add = func(ctx context.Context, p quoth.Page) ([]store.Added, error) {
			p.Title, p.Text = "Added", ""
			a, err := s.Add(ctx, storetest.Make(p, "m1", storetest.Said{Content: "the bridge is open", Cue: "said", Source: "Jon Abel"}))
			return []store.Added{a}, err
		}
	}
	d, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return &visit{t: t, desk: d, store: s, host: "127.0.0.1:7788", set: http.Header{}}
}

// fill adds two articles of two outlets, and a claim over both.
func (v *visit) fill() {
	v.t.Helper()
	ctx := context.Background()
	forty := 40.0
	for _, a := range []store.Addition{
		storetest.Make(quoth.Page{ID: "talks", URL: "https://courier.example/talks", Outlet: "The Courier", Title: "Palace denies a call", Published: "2031-11-13"}, "m1",
			storetest.Said{Content: "there was no call", Cue: "denied", Source: "Anton Drell", Role: "palace spokesman", Act: quoth.Deny, Via: []string{"press briefing"}, When: &quoth.When{Text: "Thursday", Date: "2031-11-13"}},
			storetest.Said{Content: "the call lasted 40 minutes", Cue: "reported", Source: "Brenn Morning", Type: quoth.Organization, Figure: "40", Low: &forty, High: &forty}),
		storetest.Make(quoth.Page{ID: "https://post.example/shift?a=1&b=2", Outlet: "Harbour Post", Title: "A change of tone " + hostile, Published: "2032-02-10"}, "m1",
			storetest.Said{Content: "whether there was a call", Cue: "would neither confirm nor deny", Source: "Anton Drell", Role: "spokesman", Act: quoth.Neither},
			storetest.Said{Content: "prisoners come home " + hostile, Cue: "said", Source: "Rosa Imber " + hostile}),
	} {
		if _, err := v.store.Add(ctx, a); err != nil {
			v.t.Fatal(err)
		}
	}
	found, err := v.store.Search(ctx, store.Query{Words: "call", Order: store.Oldest})
	if err != nil {
		v.t.Fatal(err)
	}
	c := store.Claim{ID: "c1", Name: "There was a call", Score: 0.8, Sources: 2, Outlets: 2, First: "2031-11-13", Last: "2032-02-10", Size: len(found.Hits), Stances: []store.Tally{{Stance: "against", Count: 1}, {Stance: "open", Count: 1}, {Stance: "for", Count: 1}}}
	for _, h := range found.Hits {
		c.Members = append(c.Members, store.Member{Statement: h.ID, Stance: side(h.Act), Score: 0.8})
	}
	if err := v.store.PutClaims(ctx, []store.Claim{c}, nil); err != nil {
		v.t.Fatal(err)
	}
	if err := v.store.PutFeed(ctx, store.Feed{URL: "https://post.example/feed?part=1&x=#y", Title: "Harbour Post"}); err != nil {
		v.t.Fatal(err)
	}
}

func (v *visit) do(method, at string, body io.Reader, set ...string) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(method, "http://"+v.host+at, body)
	for k, values := range v.set {
		r.Header[k] = values
	}
	for i := 0; i+1 < len(set); i += 2 {
		r.Header.Set(set[i], set[i+1])
	}
	w := httptest.NewRecorder()
	v.desk.ServeHTTP(w, r)
	return w
}

func (v *visit) get(at string, set ...string) *httptest.ResponseRecorder {
	v.t.Helper()
	return v.do("GET", at, nil, set...)
}

// page gets a page that must be there.
func (v *visit) page(at string) *html.Node {
	v.t.Helper()
	w := v.get(at)
	if w.Code != http.StatusOK {
		v.t.Fatalf("%s: %d %s", at, w.Code, w.Body)
	}
	return sound(v.t, w.Body.Bytes())
}

// post sends a form and gives where it leads.
func (v *visit) post(at string, form url.Values) string {
	v.t.Helper()
	w := v.do("POST", at, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != http.StatusSeeOther {
		v.t.Fatalf("POST %s: %d %s", at, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

func (v *visit) json(at string, into any) {
	v.t.Helper()
	w := v.get(at)
	if w.Code != http.StatusOK {
		v.t.Fatalf("%s: %d %s", at, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		v.t.Fatalf("%s: %v", at, err)
	}
}

// find gives the first statement that a search finds.
func (v *visit) find(q string) store.Hit {
	v.t.Helper()
	var s SearchView
	v.json("/search.json?"+q, &s)
	if len(s.Results.Hits) == 0 {
		v.t.Fatalf("search %s finds nothing", q)
	}
	return s.Results.Hits[0]
}

// TestPages asks for every page over an empty and a filled store, as HTML, as
// JSON, and, where it has one, as Atom.
func TestPages(t *testing.T) {
	t.Parallel()
	pages := []string{"/", "/add", "/articles", "/speakers", "/claims", "/outlets", "/search", "/search?q=call&act=deny&order=best", "/feeds", "/corrections", "/export", "/login"}
	for _, filled := range []bool{false, true} {
		t.Run(fmt.Sprintf("filled %v", filled), func(t *testing.T) {
			v := newVisit(t, Options{})
			all := pages
			if filled {
				v.fill()
				h := v.find("speaker=drell")
				all = append(all, address("articles", "talks"), address("articles", "https://post.example/shift?a=1&b=2"), "/articles/talks/revisions/1", address("statements", h.ID), address("speakers", h.Speakers[0].Identity), "/claims/c1", address("outlets", "The Courier"))
			}
			lists := []string{"/", "/articles", "/speakers", "/claims", "/outlets", "/search", "/feeds", "/corrections"}
			for _, at := range all {
				root := v.page(at)
				if slices.Contains(lists, at) && len(has(root, "link[type=application/atom+xml]")) == 0 {
					t.Errorf("%s is a list and has no feed", at)
				}
				if textOf(has(root, "title")[0]) == "· Quoth" {
					t.Errorf("%s has no title", at)
				}
				for _, link := range has(root, "link[rel=alternate]") {
					if head := v.do("HEAD", attr(link, "href"), nil); head.Code != http.StatusOK {
						t.Errorf("%s: the head of its twin %s: %d", at, attr(link, "href"), head.Code)
					}
					w := v.get(attr(link, "href"))
					if w.Code != http.StatusOK {
						t.Errorf("%s: its twin %s: %d", at, attr(link, "href"), w.Code)
						continue
					}
					if attr(link, "type") == "application/json" {
						if !json.Valid(w.Body.Bytes()) {
							t.Errorf("%s: the twin is no JSON", at)
						}
						continue
					}
					var feed struct {
						Title   string `xml:"title"`
						Updated string `xml:"updated"`
						Entries []struct {
							ID string `xml:"id"`
						} `xml:"entry"`
					}
					if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil || feed.Title == "" || feed.Updated == "" {
						t.Errorf("%s: feed %+v: %v", at, feed, err)
					}
					if filled && len(feed.Entries) == 0 && at != "/corrections" && at != "/search" {
						t.Errorf("%s: the feed is empty", at)
					}
					for _, e := range feed.Entries { // is where the entry can be seen
						at, _, _ := strings.Cut(strings.TrimPrefix(e.ID, "http://"+v.host), "#")
						v.page(at)
					}
				}
			}
		})
	}
}

func TestWrongAddresses(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	for at, want := range map[string]int{
		"/nowhere": 404, "/articles/none": 404, "/articles/talks/revisions/9": 404, "/articles/talks/revisions/x": 404, "/statements/s0": 404, "/speakers/p0": 404, "/claims/none": 404, "/outlets/none": 404,
		"/search?said_from=yesterday": 400, "/search?act=shout": 400, "/search?low=many": 400, "/search?cursor=rubbish&q=call": 400, "/articles?cursor=rubbish": 400, "/claims/c1.json.json": 404, "/api/nothing": 404,
		"/articles/talks.atom": 406,
	} {
		w := v.get(at)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", at, w.Code, want)
		}
		if !strings.HasPrefix(at, "/api") && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			sound(t, w.Body.Bytes())
		}
	}
	for at, want := range map[string]string{"/search?said_from=yesterday": "\"yesterday\" is not a date; write it as", "/search?low=12+million": "\"12 million\" is no number; write it as 540 or 12,000."} {
		got := ""
		if b, err := html.Parse(v.get(at).Body); err == nil {
			got = textOf(has(b, ".wrong")[0])
		}
		if !strings.HasPrefix(got, want) || strings.Contains(got, "not a query") {
			t.Errorf("%s says %s", at, got)
		}
	}
	w := v.get("/articles/none.json")
	var trouble trouble
	if err := json.Unmarshal(w.Body.Bytes(), &trouble); err != nil || trouble.Status != 404 || trouble.Detail == "" {
		t.Errorf("%s: %v", w.Body, err)
	}
}

// TestNoOutlet: feeds do not leave a gap where an article names no outlet.
func TestNoOutlet(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	if _, err := v.store.Add(t.Context(), storetest.Make(quoth.Page{ID: "bare", Title: "Bare"}, "m1", storetest.Said{Content: "so it is", Cue: "said", Source: "Jon Abel"})); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"/articles.atom": "<summary>1 statement</summary>", "/front.atom": "<summary>so it is (“Bare”)</summary>"} {
		if feed := v.get(at).Body.String(); !strings.Contains(feed, want) {
			t.Errorf("%s lacks %s:\n%s", at, want, feed)
		}
	}
}

// TestOddIDs keeps articles whose IDs look like addresses, twins and steps up.
func TestOddIDs(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	for i, id := range []string{"https://a.example//b?c=d#e", "paper.json", "paper.atom", "..", ".", "a b", "ä/ö", "x%2Fy"} {
		a := storetest.Make(quoth.Page{ID: id, Title: fmt.Sprintf("Number %d", i), Outlet: id}, "m1", storetest.Said{Content: "so it is", Cue: "said", Source: "Jon Abel"})
		if _, err := v.store.Add(context.Background(), a); err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"articles", "outlets"} {
			root := v.page(address(kind, id))
			if !strings.Contains(textOf(root), fmt.Sprintf("Number %d", i)) {
				t.Errorf("%s is another page", address(kind, id))
			}
			var twin struct{ ID, Name string }
			v.json(attr(has(root, "link[type=application/json]")[0], "href"), &twin)
			if twin.ID+twin.Name != id {
				t.Errorf("the twin of %q is of %q", id, twin.ID+twin.Name)
			}
		}
	}
}

func TestShown(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	front := v.page("/")
	if n := len(has(front, ".act.deny")); n < 2 { // among denials, and among the newest
		t.Errorf("%d denials on the front page", n)
	}
	who := v.find("speaker=drell").Speakers[0].Identity
	speaker := v.page(address("speakers", who))
	shifts := has(speaker, ".shift")
	if len(shifts) != 1 || !strings.Contains(textOf(shifts[0]), "from “denies” to “leaves open”") {
		t.Errorf("the change of tone is not marked: %v", shifts)
	}
	if roles := textOf(speaker); !strings.Contains(roles, "palace spokesman 13 Nov 2031") || !strings.Contains(roles, "spokesman 10 Feb 2032") {
		t.Errorf("roles by time are not there")
	}
	// What stands above a list is not said again on each line.
	for _, l := range has(speaker, ".line") {
		if strings.Contains(textOf(l), "Anton Drell") {
			t.Errorf("the speaker's page repeats the name: %s", textOf(l))
		}
	}
	outlet := v.page("/outlets/The%20Courier")
	if all := has(outlet, ".line"); len(all) < 2 {
		t.Errorf("%d lines on the outlet's page", len(all))
	} else {
		for _, l := range all {
			if strings.Contains(textOf(l), "The Courier") {
				t.Errorf("the outlet's page repeats the name: %s", textOf(l))
			}
		}
	}
	if text := textOf(v.page("/claims?outlet=The+Courier")); !strings.Contains(text, "those in The Courier") {
		t.Error("the claims of an outlet do not say that they are no more")
	}
	// An outlet's links are about it alone, and not about others that have its
	// words.
	const post = `Post & "Sons"`
	if _, err := v.store.Add(t.Context(), storetest.Make(quoth.Page{ID: "post", Outlet: post, Title: "T"}, "m1", storetest.Said{Content: "so it is", Cue: "said", Source: "Jon Abel"})); err != nil {
		t.Fatal(err)
	}
	if _, err := v.store.Add(t.Context(), storetest.Make(quoth.Page{ID: "evening", Outlet: "Evening " + post, Title: "T"}, "m1", storetest.Said{Content: "so it was", Cue: "said", Source: "Jon Abel"})); err != nil {
		t.Fatal(err)
	}
	for _, a := range has(v.page(address("outlets", post)), "a") {
		at := attr(a, "href")
		switch textOf(a) {
		case "Search this outlet":
			if text := textOf(v.page(at)); !strings.Contains(text, "so it is") || strings.Contains(text, "so it was") {
				t.Errorf("%s finds %s", at, text)
			}
		case "Its claims":
			if page := v.page(at); !strings.Contains(textOf(page), "those in "+post) || !leadsTo(page, address("outlets", post)) || attr(has(page, "input[name=outlet]")[0], "value") != `"`+post+`"` {
				t.Errorf("%s: %s", at, textOf(page))
			}
		}
	}
	claim := v.page("/claims/c1")
	if n := len(has(has(claim, "div.broad")[0], "path.dot")); n != 3 {
		t.Errorf("%d marks on the timeline", n)
	}
	if n := len(has(has(claim, "table.ledger")[0], "td.words")); n != 3 {
		t.Errorf("%d rows in the ledger", n)
	}
	article := v.page("/articles/talks")
	if n := len(has(article, ".note")); n != 2 {
		t.Errorf("%d records beside the text", n)
	}
	if got := textOf(has(article, ".s-content.deny")[0]); got != "there was no call" {
		t.Errorf("highlighted: %q", got)
	}
	found := v.page("/search?q=calls")
	if marks := has(found, "mark"); len(marks) == 0 || textOf(marks[0]) != "call" {
		t.Errorf("the words asked for are not marked")
	}
	on := v.page(address("speakers", who) + "?q=call")
	if n := len(has(on, ".line")); n < 2 {
		t.Errorf("%d statements on the subject", n)
	}
}

func TestCorrectAndUndo(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell&act=deny")
	form := func() url.Values {
		out := url.Values{}
		root := v.page(address("statements", h.ID))
		f := has(root, "form[action=/corrections]")[0]
		for n := range f.Descendants() {
			switch {
			case n.Data == "input" && attr(n, "name") != "":
				out.Add(attr(n, "name"), attr(n, "value"))
			case n.Data == "textarea":
				out.Add(attr(n, "name"), textOf(n))
			case n.Data == "select":
				value := ""
				for i, o := range has(n, "option") {
					selected := false
					for _, a := range o.Attr {
						selected = selected || a.Key == "selected"
					}
					if i == 0 || selected {
						if value = textOf(o); attr(o, "value") != "" {
							value = attr(o, "value")
						}
					}
				}
				out.Add(attr(n, "name"), value)
			}
		}
		return out
	}
	// Sent as it stands, the form changes nothing.
	if to := v.post("/corrections", form()); !strings.Contains(textOf(v.page(to)), "Nothing was changed") {
		t.Errorf("%s does not say that nothing was changed", to)
	}
	var list store.CorrectionPage
	if v.json("/corrections.json", &list); len(list.Corrections) != 0 {
		t.Fatalf("an unchanged form corrects %+v", list.Corrections)
	}
	f := form()
	f.Set("act", "neither")
	f.Set("role", "spokesman of the palace")
	f.Set("content", strings.Replace(f.Get("content"), "-", " - ", 1)) // the same place, written otherwise
	f.Set("by", "Grace")
	f.Set("note", "She listened again.")
	to := v.post("/corrections", f)
	root := v.page(to)
	if !strings.Contains(textOf(has(root, ".done")[0]), "Corrected") {
		t.Error("the page does not say that it is corrected")
	}
	if got := v.find("speaker=drell&act=neither&published_to=2031"); got.ID != h.ID || len(got.Corrected) != 2 {
		t.Errorf("the search does not show the correction: %+v", got)
	}
	v.json("/corrections.json", &list)
	if len(list.Corrections) != 2 || list.Corrections[0].By != "Grace" || list.Corrections[0].Note == "" {
		t.Fatalf("%+v", list.Corrections)
	}
	lines := strings.Split(strings.TrimSpace(v.get("/api/export/training.jsonl").Body.String()), "\n")
	var reading struct {
		Text       string
		Statements []struct {
			Act     string
			Content []quoth.Span
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &reading); err != nil || len(lines) != 1 || reading.Statements[0].Act != "neither" {
		t.Errorf("training readings: %d lines, %+v, %v", len(lines), reading, err)
	}
	for _, c := range list.Corrections {
		v.post("/corrections/"+c.ID+"/undo", url.Values{})
	}
	if got := v.find("speaker=drell&published_to=2031"); got.Act != quoth.Deny || len(got.Corrected) != 0 {
		t.Errorf("not undone: %+v", got)
	}
	v.post("/corrections", url.Values{"item": {h.ID}, "role": {"mayor"}, "by": {"Grace"}})
	v.json("/corrections.json", &list)
	for _, at := range []string{address("statements", h.ID), "/corrections"} {
		if undo := has(v.page(at), "form[action=/corrections/"+list.Corrections[0].ID+"/undo]"); len(undo) != 1 || len(has(undo[0], "input[name=by]")) != 1 {
			t.Errorf("%s does not ask who undoes", at)
		}
	}
	v.post("/corrections/"+list.Corrections[0].ID+"/undo", url.Values{"by": {"Lin"}})
	if text := textOf(v.page("/corrections")); !strings.Contains(text, "by Grace") || !strings.Contains(text, "undone by Lin") {
		t.Errorf("who undid it is not told: %s", text)
	}
	for _, bad := range []url.Values{{"item": {h.ID}, "act": {"ask"}, "when_text": {"x"}, "when_date": {"yesterday"}}, {"item": {"s0"}}, {"item": {h.ID}, "act": {"shout"}}, {"item": {h.ID}, "content": {"5-900000"}}, {"item": {h.ID}, "content": {"9-5"}}, {"item": {h.ID}, "when_text": {"x"}, "when_date": {"yesterday"}},
		{"item": {h.ID}, "act": {"ask"}, "source": {""}, "cue": {""}, "content": {""}}} {
		w := v.do("POST", "/corrections", strings.NewReader(bad.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		if w.Code < 400 || w.Code >= 500 {
			t.Errorf("%v: %d", bad, w.Code)
		}
	}
	// A form that was refused is shown again as it was filled in.
	w := v.do("POST", "/corrections", strings.NewReader(url.Values{"item": {h.ID}, "act": {"ask"}, "role": {"mayor of " + hostile}, "when_text": {"x"}, "when_date": {"yesterday"}, "by": {"Grace"}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	if again := has(sound(t, w.Body.Bytes()), "form[action=/corrections]"); len(again) != 1 || attr(has(again[0], "input[name=role]")[0], "value") != "mayor of "+hostile || attr(has(again[0], "input[name=act]")[0], "type") != "hidden" || attr(has(again[0], "input[name=when_date]")[0], "value") != "yesterday" {
		t.Errorf("a refused form is lost: %s", w.Body)
	}
	if w := v.do("POST", "/corrections", strings.NewReader("item="+strings.Repeat("x", maxBody+1)), "Content-Type", "application/x-www-form-urlencoded"); w.Code < 400 || len(has(sound(t, w.Body.Bytes()), "form[action=/corrections]")) != 0 {
		t.Errorf("a form that was too big: %d, shown again without its fields", w.Code)
	}
	if got := v.find("speaker=drell&published_to=2031"); got.Act != quoth.Deny || got.Content == "" {
		t.Errorf("a form that was refused changed the act to %s", got.Act)
	}
	// What stood in one place may go to another.
	v.post("/corrections", url.Values{"item": {h.ID}, "source": {""}, "cue": {""}})
	v.post("/corrections", url.Values{"item": {h.ID}, "content": {""}, "source": {"5-9"}})
}

// An article's own fields, its figures and a statement that the machine missed
// are corrected on its page, and taken back there.
func TestCorrectArticle(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	if n := len(has(v.page("/articles/talks"), "form[action=/corrections]")); n != 6 { // a missed statement, figure, event and picture, one figure, the article
		t.Fatalf("%d forms", n)
	}
	refused := func(form url.Values, why string) {
		t.Helper()
		w := v.do("POST", "/corrections", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), why) {
			t.Errorf("%v: %d %s", form, w.Code, w.Body)
		}
	}
	v.post("/corrections", url.Values{"article": {"talks"}, "title": {"Palace denies a call"}, "outlet": {"The Evening Courier"}, "byline": {"Mira Tolland"}, "published": {"2031-11-14"}, "by": {"Grace"}})
	got := v.find("speaker=drell&act=deny")
	if got.Outlet != "The Evening Courier" || got.Published != "2031-11-14" || got.Title != "Palace denies a call" {
		t.Errorf("not corrected: %+v", got)
	}
	article := v.page("/articles/talks")
	if text := textOf(article); !strings.Contains(text, "day of publication: 14 Nov 2031 by Grace") || !strings.Contains(text, "The machine read: The Courier") {
		t.Errorf("the article does not tell what was corrected: %s", text)
	}
	refused(url.Values{"article": {"talks"}, "published": {"last week"}}, "is not a date")

	var a struct{ Items store.Items }
	v.json("/articles/talks.json", &a)
	figure := a.Items.Figures[0]
	refused(url.Values{"article": {"talks"}, "item": {figure}, "low": {"many"}}, "is no number")
	refused(url.Values{"article": {"talks"}, "item": {figure}, "low": {"50"}, "high": {"40"}}, "down to")
	if to := v.post("/corrections", url.Values{"article": {"talks"}, "item": {figure}, "low": {"40"}, "high": {"40"}}); !strings.Contains(to, "done=same") {
		t.Error("an unchanged figure is corrected")
	}
	v.post("/corrections", url.Values{"article": {"talks"}, "item": {figure}, "low": {"40"}, "high": {""}, "unit": {"minutes"}})
	if f := v.find("speaker=morning").Figures; len(f) != 1 || f[0].High != nil || f[0].Unit != "minutes" {
		t.Errorf("the figure is not corrected: %+v", f)
	}
	if text := textOf(v.page("/articles/talks")); !strings.Contains(text, "40 corrected at least 40") || !strings.Contains(text, "“40”, at most: nothing by Ada") {
		t.Errorf("the figure does not say what it was corrected to: %s", text)
	}
	if text := textOf(v.page("/corrections")); !strings.Contains(text, "“40” · Palace denies a call") && !strings.Contains(text, "“40”Palace denies a call") {
		t.Errorf("the corrections do not say what they are about: %s", text)
	}
	v.post("/corrections", url.Values{"article": {"talks"}, "item": {figure}, "removed": {"true"}})
	article = v.page("/articles/talks")
	if strings.Contains(textOf(article), "This is no figure") {
		t.Error("the figure is not taken out")
	}
	undo := has(article, "input[name=back]")
	if len(undo) != 6 { // three of the article, two of the figure, and that it is none
		t.Errorf("%d corrections can be undone", len(undo))
	}

	refused(url.Values{"article": {"talks"}, "missed": {"statement"}, "act": {"ask"}, "quotation": {"indirect"}, "content": {"the moon is cheese"}}, "does not hold the words")
	refused(url.Values{"article": {"talks"}, "missed": {"statement"}, "act": {"ask"}, "quotation": {"indirect"}, "content": {"call"}}, "times")
	refused(url.Values{"article": {"talks"}, "missed": {"statement"}, "act": {"ask"}, "quotation": {"indirect"}}, "needs a source")
	refused(url.Values{"article": {"talks"}, "missed": {"statement"}, "act": {"ask"}, "quotation": {"indirect"}, "content": {"5-9, 2-7"}}, "overlap")
	to := v.post("/corrections", url.Values{"article": {"talks"}, "missed": {"statement"}, "act": {"ask"}, "quotation": {"indirect"}, "source": {"Brenn Morning"}, "content": {"lasted … minutes"}, "speaker": {"Lena Brandt"}, "speaker_type": {"person"}})
	if !strings.HasPrefix(to, "/statements/s") {
		t.Fatalf("a missed statement leads to %s", to)
	}
	if h := v.find("speaker=brandt&act=ask"); h.Content != "lasted … minutes" || h.Source != "Brenn Morning" {
		t.Errorf("added: %+v", h)
	}
	if page := v.page(to); !strings.Contains(textOf(page), "a statement that was missing") {
		t.Error("the statement does not say that a person added it")
	}
	// Taken back, it says so, and not that a newer revision lacks it.
	added := v.post("/corrections", url.Values{"article": {"talks"}, "missed": {"statement"}, "act": {"ask"}, "quotation": {"indirect"}, "content": {"lasted"}, "cue": {"reported"}})
	var list CorrectionsView
	v.json("/corrections.json", &list)
	v.post("/corrections/"+list.CorrectionPage.Corrections[0].ID+"/undo", nil)
	if text := textOf(has(v.page(added), "main")[0]); !strings.Contains(text, "took it back") || strings.Contains(text, "It stood in") {
		t.Errorf("a statement that its person took back: %s", text)
	}
	// Positions hold for the revision that the form was shown with.
	sees := func() string { return attr(has(v.page("/articles/talks"), "input[name=revision]")[0], "value") }
	var record struct{ Record quoth.Record }
	v.json("/articles/talks.json", &record)
	seen, old := sees(), record.Record.Article.Text
	at := len([]rune(old[:strings.Index(old, "40 minutes")]))
	if _, err := v.store.Add(t.Context(), storetest.Make(quoth.Page{ID: "talks", URL: "https://courier.example/talks", Outlet: "The Courier", Title: "Palace denies a very long call", Published: "2031-11-13"}, "m1",
		storetest.Said{Content: "the call lasted 40 minutes", Cue: "reported", Source: "Brenn Morning"})); err != nil {
		t.Fatal(err)
	}
	if sees() == seen {
		t.Fatal("there is no new revision")
	}
	v.post("/corrections", url.Values{"article": {"talks"}, "revision": {seen}, "missed": {"statement"}, "act": {"judge"}, "quotation": {"indirect"}, "content": {fmt.Sprintf("%d-%d", at, at+10)}})
	if h := v.find("act=judge&article=talks"); h.Content != "40 minutes" {
		t.Errorf("positions of another revision: %q", h.Content)
	}
}

// Figures, events and pictures that the machine missed are added on the article's
// page, corrected, taken out and taken back there.
func TestCorrectItems(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	refused := func(form url.Values, why string) {
		t.Helper()
		form.Set("article", "talks")
		w := v.do("POST", "/corrections", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), why) {
			t.Errorf("%v: %d %s", form, w.Code, w.Body)
		}
	}
	refused(url.Values{"missed": {"figure"}, "words": {"minutes"}, "low": {"a lot"}}, "is no number")
	refused(url.Values{"missed": {"figure"}, "words": {"minutes"}}, "lacks a number")
	refused(url.Values{"missed": {"figure"}, "low": {"40"}}, "in one piece")
	refused(url.Values{"missed": {"figure"}, "words": {"lasted … minutes"}, "low": {"40"}}, "in one piece")
	refused(url.Values{"missed": {"event"}, "words": {"lasted"}, "certainty": {"sure"}}, "is no certainty")
	refused(url.Values{"missed": {"event"}, "words": {"lasted"}, "certainty": {"planned"}, "when_text": {"soon"}, "when_date": {"soon"}}, "write it as")
	refused(url.Values{"missed": {"weather"}, "words": {"lasted"}}, "can be missing")

	// What was refused can be mended where it is told: each field that a person
	// filled in is there again.
	for kind, filled := range map[string][]string{"figure": {"words", "low", "unit", "about", "speaker"}, "event": {"words", "who", "where", "when_text", "when_date"}, "caption": {"words", "who", "where", "photographer", "agency"}} {
		form := url.Values{"article": {"talks"}, "missed": {kind}, "by": {"Ada"}}
		for _, name := range filled {
			form.Set(name, "not in the text")
		}
		w := v.do("POST", "/corrections", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		again := sound(t, w.Body.Bytes())
		for _, name := range filled {
			field := append(has(again, "input[name="+name+"]"), has(again, "textarea[name="+name+"]")...)
			if w.Code != http.StatusBadRequest || len(field) != 1 || attr(field[0], "type") == "hidden" {
				t.Errorf("a refused %s cannot be mended in its field %s: %d", kind, name, w.Code)
			}
		}
	}

	for _, form := range []url.Values{
		{"missed": {"figure"}, "words": {"minutes"}, "low": {"40"}, "high": {"45"}, "unit": {"minutes"}, "about": {"the call"}},
		{"missed": {"event"}, "words": {"lasted"}, "who": {"Lena Brandt\nMira Tolland"}, "where": {"Brenn"}, "certainty": {"planned"}, "when_text": {"next week"}, "when_date": {"2031-11-20"}},
		{"missed": {"caption"}, "words": {"reported"}, "who": {"Lena Brandt"}, "photographer": {"Ada Quist"}, "agency": {"Wire"}},
	} {
		form.Set("article", "talks")
		if to := v.post("/corrections", form); to != "/articles/talks?done=corrected" {
			t.Errorf("%v leads to %s", form, to)
		}
	}
	read := func() store.Article {
		var a store.Article
		v.json("/articles/talks.json", &a)
		return a
	}
	a := read()
	if n := len(a.Record.Figures); n != 2 || len(a.Record.Events) != 1 || len(a.Record.Captions) != 1 {
		t.Fatalf("%d figures, %+v, %+v", n, a.Record.Events, a.Record.Captions)
	}
	figure, event, picture := a.Items.Figures[1], a.Items.Events[0], a.Items.Captions[0]
	if e := a.Record.Events[0]; e.Text != "lasted" || !slices.Equal(e.Who, []string{"Lena Brandt", "Mira Tolland"}) || e.When == nil || e.When.Date != "2031-11-20" || e.Certainty != quoth.Planned {
		t.Errorf("the event: %+v", e)
	}
	text := textOf(v.page("/articles/talks"))
	for _, want := range []string{"a figure that was missing: minutes", "an event that was missing: lasted", "a picture that was missing: reported", "This is no picture"} {
		if !strings.Contains(text, want) {
			t.Errorf("the article does not tell %q: %s", want, text)
		}
	}
	// A form as the page shows it changes nothing; each of its fields can be changed.
	same := url.Values{"article": {"talks"}, "item": {event}, "words": {"lasted"}, "who": {"Lena Brandt\r\nMira Tolland"}, "where": {"Brenn"}, "certainty": {"planned"}, "when_text": {"next week"}, "when_date": {"2031-11-20"}}
	if to := v.post("/corrections", same); !strings.Contains(to, "done=same") {
		t.Errorf("an unchanged event is corrected: %s", to)
	}
	v.post("/corrections", url.Values{"article": {"talks"}, "item": {event}, "words": {"lasted 40 minutes"}, "certainty": {"ruled out"}, "when_text": {""}, "when_date": {""}})
	v.post("/corrections", url.Values{"article": {"talks"}, "item": {picture}, "who": {""}, "where": {"the palace"}})
	v.post("/corrections", url.Values{"article": {"talks"}, "item": {figure}, "low": {"41"}})
	a = read()
	if e := a.Record.Events[0]; e.Text != "lasted 40 minutes" || e.Certainty != quoth.RuledOut || e.When != nil || len(e.Who) != 2 {
		t.Errorf("the event: %+v", e)
	}
	if p := a.Record.Captions[0]; len(p.Who) != 0 || p.Where != "the palace" || p.Photographer != "Ada Quist" {
		t.Errorf("the picture: %+v", p)
	}
	if f := a.Record.Figures[1]; *f.Low != 41 || *f.High != 45 {
		t.Errorf("the figure: %+v", f)
	}
	for _, item := range []string{figure, event, picture} {
		v.post("/corrections", url.Values{"article": {"talks"}, "item": {item}, "removed": {"true"}})
	}
	if a = read(); len(a.Record.Figures) != 1 || len(a.Record.Events) != 0 || len(a.Record.Captions) != 0 {
		t.Errorf("not taken out: %+v %+v %+v", a.Record.Figures, a.Record.Events, a.Record.Captions)
	}
	if text := textOf(v.page("/corrections")); !strings.Contains(text, "an event") || !strings.Contains(text, "a picture") {
		t.Errorf("the corrections do not say what they are about: %s", text)
	}
}

// A feed reader that has a list as it is gets it no second time.
func TestFeedUnchanged(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	tag := v.get("/search.atom?q=call").Header().Get("ETag")
	if w := v.get("/search.atom?q=call", "If-None-Match", tag); tag == "" || w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("%q: %d with %d bytes", tag, w.Code, w.Body.Len())
	}
	h := v.find("speaker=drell&act=deny")
	v.post("/corrections", url.Values{"item": {h.ID}, "act": {"neither"}})
	if w := v.get("/search.atom?q=call", "If-None-Match", tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("changed, and the answer is %d", w.Code)
	}
}

// Who adds a page is told why it could not be fetched; that the store is broken is
// the desk's own fault, and a feed's too.
func TestWhoseFault(t *testing.T) {
	t.Parallel()
	var why error
	v := newVisit(t, Options{Add: func(context.Context, quoth.Page) ([]store.Added, error) { return nil, why },
		RunFeed: func(context.Context, string) (int, error) { return 0, why }})
	if err := v.store.PutFeed(t.Context(), store.Feed{URL: "https://courier.example/feed"}); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		err    error
		status int
		told   string
	}{
		{Unfetched{errors.New("no host is named so")}, 422, "Not fetched: no host is named so"},
		{Unfetched{fmt.Errorf("%w: a private network", quoth.ErrRefused)}, 422, "Refused: a private network"},
		{Unfetched{context.DeadlineExceeded}, 503, ""},
		{errors.New("disk image is malformed"), 500, "That is a fault in Quoth"},
		{store.ErrFull, 507, "no space"},
	} {
		why = x.err
		w := v.do("POST", "/api/pages", strings.NewReader(`{"url": "https://courier.example/1"}`), "Content-Type", "application/json")
		if w.Code != x.status || !strings.Contains(strings.ToLower(w.Body.String()), strings.ToLower(x.told)) {
			t.Errorf("%v: %d %s", x.err, w.Code, w.Body)
		}
		if x.status == 500 {
			w = v.do("POST", "/feeds", strings.NewReader(url.Values{"do": {"run"}, "feed": {"https://courier.example/feed"}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
			if w.Code != 500 || strings.Contains(w.Body.String(), "malformed") {
				t.Errorf("the feed: %v: %d %s", x.err, w.Code, w.Body)
			}
		}
	}
}

// Words of a form are found where they stand once, in the order of the text.
func TestSpansAt(t *testing.T) {
	ix := quoth.NewIndex("“Né … à quai,” she wrote, and the cranes of the port are paid for.")
	for in, want := range map[string]string{"": "", " 2-4, 0-1 ": "“|é ", "paid for … the cranes": "the cranes|paid for", "Né … à quai": "Né … à quai", "she…wrote…": "she|wrote",
		"the": "", "cranes … the cranes": "", "4-2": "", "0-99999999999999999999": "", strings.Repeat("she…", 200): ""} {
		got, err := spansAt(in, ix)
		var words []string
		for _, s := range got {
			if ix.Slice(s.Start, s.End) != s.Text {
				t.Errorf("%q: %+v", in, s)
			}
			words = append(words, s.Text)
		}
		if strings.Join(words, "|") != want || (err != nil) != (want == "" && in != "") {
			t.Errorf("%q: %q, %v", clip(in, 40), words, err)
		}
	}
}

// A search that a link bound to one speaker or article says so and lets go of
// it, and one that finds nothing tells of what is no longer in its article.
func TestSearchBounds(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	who := v.find("speaker=drell").Speakers[0].Identity
	found := v.page("/search?q=call&article=talks&identity=" + who)
	for name, value := range map[string]string{"article": "talks", "identity": who} {
		if box := has(found, "input[name="+name+"]"); len(box) != 1 || attr(box[0], "value") != value {
			t.Errorf("the form loses its %s", name)
		}
	}
	if text := textOf(found); !strings.Contains(text, "only what was said by Anton Drell") || !strings.Contains(text, "only what stands in Palace denies a call") {
		t.Errorf("what the search is bound to is not told: %s", text)
	}
	if _, err := v.store.Add(t.Context(), storetest.Make(quoth.Page{ID: "talks", URL: "https://courier.example/talks", Outlet: "The Courier", Title: "Palace denies a call", Published: "2031-11-13"}, "m1",
		storetest.Said{Content: "the call lasted 40 minutes", Cue: "reported", Source: "Brenn Morning"})); err != nil {
		t.Fatal(err)
	}
	if n := len(has(v.page("/search?order=oldest"), ".line")); n != 3 {
		t.Errorf("a search without conditions lists %d of 3 statements", n)
	}
	gone := v.page("/search?q=%22no+call%22")
	if text := textOf(gone); !strings.Contains(text, "1 statement that is no longer in its article") || !leadsTo(gone, "/search?q=%22no+call%22&vanished=1") {
		t.Errorf("what was withdrawn is not told of: %s", text)
	}
	if withdrawn := v.page(address("statements", v.find("q=%22no+call%22&vanished=1").ID)); len(has(withdrawn, "a[href=/articles/talks/revisions/1#s1]")) != 2 || leadsTo(withdrawn, "/articles/talks") {
		t.Error("a withdrawn statement does not lead to the revision that has it")
	}
	changed := has(v.page("/articles/talks"), ".lines")
	if text := textOf(changed[len(changed)-1]); !strings.Contains(text, "vanished Anton Drell denies") {
		t.Errorf("whose statement vanished is not told: %s", text)
	}
}

// In a feed each entry has an ID of its own, and the newest come first.
func TestFeeds(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell&act=deny")
	v.post("/corrections", url.Values{"item": {h.ID}, "act": {"neither"}, "role": {"spokesman"}})
	v.post("/corrections", url.Values{"item": {h.ID}, "removed": {"true"}})
	var feed struct {
		Entry []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
		} `xml:"entry"`
	}
	read := func(at string) {
		t.Helper()
		feed.Entry = nil
		if err := xml.Unmarshal(v.get(at).Body.Bytes(), &feed); err != nil {
			t.Fatal(err)
		}
	}
	read("/corrections.atom")
	ids := map[string]bool{}
	for _, e := range feed.Entry {
		ids[e.ID] = true
	}
	if len(ids) != 3 || !strings.HasSuffix(feed.Entry[0].Title, ": taken out") {
		t.Errorf("three corrections are %+v", feed.Entry)
	}
	read(address("speakers", h.Speakers[0].Identity) + ".atom")
	if len(feed.Entry) == 0 || !strings.HasPrefix(feed.Entry[0].Updated, "2032-02-10") {
		t.Errorf("a speaker's feed does not begin with what is new: %+v", feed.Entry)
	}
}

// Who looks for another of a common name is told that not all are shown.
func TestCrowded(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	who := v.find("speaker=drell").Speakers[0].Identity
	for i, first := range []string{"Ada", "Bea", "Cleo", "Dora", "Edda", "Finn", "Greta", "Hans", "Ines", "Jon", "Karel"} {
		if _, err := v.store.Add(t.Context(), storetest.Make(quoth.Page{ID: fmt.Sprint("n", i), Title: "T"}, "m1", storetest.Said{Content: "so it is", Cue: "said", Source: first + " Brandt"})); err != nil {
			t.Fatal(err)
		}
	}
	for words, want := range map[string]bool{"brandt": true, "ada+brandt": false} {
		page := v.page(address("speakers", who) + "?other=" + words)
		if got := strings.Contains(textOf(page), "more than these"); got != want || len(has(page, "input[name=to]")) == 0 {
			t.Errorf("%s: more than these is %v", words, got)
		}
	}
}

// The ledger of a large claim comes in parts; the picture and the counts are of
// all of it.
func TestLargeClaim(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	c := store.Claim{ID: "c1", Name: "The bridge is open"}
	for i := range 120 {
		page := quoth.Page{ID: fmt.Sprint("n", i), Outlet: fmt.Sprint("Outlet ", i%7), Title: "T", Published: fmt.Sprintf("2031-%02d-%02d", 1+i/28, 1+i%28)}
		if _, err := v.store.Add(t.Context(), storetest.Make(page, "m1", storetest.Said{Content: fmt.Sprintf("the bridge is open again after %d days of work", i), Cue: "said", Source: "Jon Abel"})); err != nil {
			t.Fatal(err)
		}
	}
	for cursor := ""; ; {
		found, err := v.store.Search(t.Context(), store.Query{Words: "bridge", Order: store.Oldest, Limit: 100, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range found.Hits {
			c.Members = append(c.Members, store.Member{Statement: h.ID, Stance: "for", Score: 1})
		}
		if cursor = found.Next; cursor == "" {
			break
		}
	}
	if err := v.store.PutClaims(t.Context(), []store.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	last := c.Members[119].Statement
	seen, parts := map[string]bool{}, 0
	for at := "/claims/c1"; at != ""; parts++ {
		page := v.page(at)
		for _, row := range has(has(page, "table.ledger")[0], "tr") {
			if id := attr(row, "id"); id != "" {
				seen[id] = true
			}
		}
		if n := len(has(has(page, "div.broad")[0], "path.dot")); n != 120 {
			t.Errorf("%s: %d marks on the timeline", at, n)
		}
		for _, a := range has(has(page, "div.broad")[0], "a") {
			if to, id, _ := strings.Cut(attr(a, "href"), "#"); to == "" && len(has(page, "tr#"+id)) != 1 {
				t.Errorf("%s: a mark leads to %s, which is not on this page", at, id)
			}
		}
		at = ""
		for _, a := range has(page, "a[rel=next]") {
			at, _, _ = strings.Cut(attr(a, "href"), "#")
		}
	}
	if parts != 3 || len(seen) != 120 {
		t.Errorf("%d parts with %d rows", parts, len(seen))
	}
	page := v.page("/claims/c1?at=" + last)
	if len(has(page, "tr#"+last)) != 1 || len(has(page, "a[rel=prev]")) != 1 || len(has(page, "a[rel=next]")) != 0 {
		t.Error("the address of the last statement does not lead to the last part")
	}
	if !strings.Contains(textOf(page), "Rows 101 to 120 of 120") {
		t.Error("the page does not say which part it shows")
	}
	v.post("/verdicts", url.Values{"kind": {"confirm"}, "claim": {"c1"}, "statement": {attr(has(page, "input[name=statement]")[0], "value")}})
	if all, err := v.store.Verdicts(t.Context()); err != nil || len(all[0].Statements) != 120 {
		t.Errorf("a claim confirmed on its last part: %v, %v", all, err)
	}
}

// The figures of a large claim come in parts too, those of one unit at a time.
func TestManyFigures(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	c := store.Claim{ID: "c1", Name: "Beds are lacking"}
	for i := range 45 {
		n := float64(100 + i)
		page := quoth.Page{ID: fmt.Sprint("n", i), Outlet: "Harbour Post", Title: "T", Published: fmt.Sprintf("2031-%02d-%02d", 1+i/28, 1+i%28)}
		said := storetest.Said{Content: fmt.Sprintf("%d beds are lacking", 100+i), Cue: "said", Source: fmt.Sprint("Clinic ", i), Type: quoth.Organization, Figure: fmt.Sprint(100 + i), Low: &n, High: &n}
		if _, err := v.store.Add(t.Context(), storetest.Make(page, "m1", said)); err != nil {
			t.Fatal(err)
		}
	}
	found, err := v.store.Search(t.Context(), store.Query{Words: "beds", Order: store.Oldest, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range found.Hits {
		c.Members = append(c.Members, store.Member{Statement: h.ID, Stance: "value", Score: 1})
	}
	if err := v.store.PutClaims(t.Context(), []store.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	var got []string
	at := "/claims/c1"
	for range 3 {
		page := v.page(at)
		section := has(page, "section[aria-labelledby=figures-people]")[0]
		rows := has(section, "tr")[1:]
		if bars := len(has(has(section, "div.broad")[0], "circle")); bars != len(rows) {
			t.Errorf("%s: %d figures in the table, %d in the picture", at, len(rows), bars)
		}
		for _, row := range rows {
			got = append(got, textOf(has(row, "b")[0]))
		}
		if want := fmt.Sprintf("Figures %d to %d of 45", len(got)-len(rows)+1, len(got)); !strings.Contains(textOf(section), want) {
			t.Errorf("%s does not say: %s", at, want)
		}
		at = ""
		for _, a := range has(section, "a[rel=next]") {
			at, _, _ = strings.Cut(attr(a, "href"), "#")
		}
	}
	if at != "" || len(got) != 45 || got[0] != "100" || got[44] != "144" {
		t.Errorf("the parts hold %v, and go on at %q", got, at)
	}
	for _, odd := range []string{"-3", "0", "46", "x"} {
		if page := v.page("/claims/c1?unit=people&figures=" + odd); !strings.Contains(textOf(page), "Figures 1 to 20 of 45") {
			t.Errorf("?figures=%s is not the first part", odd)
		}
	}
}

// How a statement stands towards a claim, and which reports are one utterance,
// can be said on the claim's page, which tells what was decided of which.
func TestStance(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	page := v.page("/claims/c1")
	form := func(kind string) *html.Node {
		t.Helper()
		for _, f := range has(page, "form") {
			if len(has(f, "button[value="+kind+"]")) == 1 {
				return f
			}
		}
		t.Fatalf("no form gives the verdict %s", kind)
		return nil
	}
	var ticked []string
	for _, box := range has(form("stance"), "input[type=checkbox]") {
		ticked = append(ticked, attr(box, "value"))
	}
	if len(ticked) != 3 || len(has(form("stance"), "option")) != 4 || attr(has(form("stance"), "select")[0], "name") != "value" {
		t.Fatalf("the form offers %v", ticked)
	}
	if to := v.post("/verdicts", url.Values{"kind": {"stance"}, "claim": {"c1"}, "statement": ticked[:1], "value": {"open"}, "by": {"Bo"}}); to != "/claims/c1?done=decided" {
		t.Errorf("the form leads to %s", to)
	}
	boxes := has(form("utterance"), "input[type=checkbox]")
	v.post("/verdicts", url.Values{"kind": {"utterance"}, "claim": {"c1"}, "statement": {attr(boxes[0], "value"), attr(boxes[1], "value")}})
	all, err := v.store.Verdicts(t.Context())
	if err != nil || len(all) != 2 || all[0].Value != "open" || all[0].By != "Bo" || len(all[1].Statements) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	page = v.page("/claims/c1")
	for at, told := range map[string]string{"/claims/c1": textOf(has(page, "#decide")[0]), "/corrections": textOf(v.page("/corrections"))} {
		if !strings.Contains(told, "Stands") || !strings.Contains(told, "left open") || strings.Count(told, "there was no call") < 2 {
			t.Errorf("%s does not tell which statement was decided about, and what: %s", at, told)
		}
	}
	// On another claim that the statement belongs to, nothing was decided.
	c, err := v.store.Claim(t.Context(), "c1")
	if err != nil {
		t.Fatal(err)
	}
	c.ID, c.Name = "c2", "Somebody telephoned"
	if err := v.store.PutClaims(t.Context(), []store.Claim{*c}, nil); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(textOf(v.page("/claims/c2")), "Decided by people") {
		t.Error("a verdict stands on a claim that it was not given on")
	}
	if err := v.store.PutClaims(t.Context(), nil, []string{"c1"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(textOf(v.page("/claims/c2")), "Decided by people") {
		t.Error("a verdict given on a claim that is gone stands nowhere")
	}
}

// What the article no longer holds offers no form, and says why.
func TestGone(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell&act=deny")
	changed := storetest.Make(quoth.Page{ID: "talks", URL: "https://courier.example/talks", Outlet: "The Courier", Title: "Palace is silent", Published: "2031-11-13"}, "m1",
		storetest.Said{Content: "nobody had asked", Cue: "wrote", Source: "Jon Abel"})
	if _, err := v.store.Add(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	root := v.page(address("statements", h.ID))
	if text := textOf(root); len(has(root, "form[action=/corrections]")) != 0 || !strings.Contains(text, "no longer has this statement") {
		t.Errorf("a statement that is gone: %s", text)
	}
	w := v.do("POST", "/corrections", strings.NewReader(url.Values{"item": {h.ID}, "act": {"ask"}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "newest revision") {
		t.Errorf("correcting it: %d %s", w.Code, w.Body)
	}
	if text := textOf(v.page("/search?q=call&vanished=1")); !strings.Contains(text, "no longer in the article") {
		t.Errorf("found: %s", text)
	}

	// What a person took out is still in the article.
	out := v.find("speaker=abel")
	v.post("/corrections", url.Values{"item": {out.ID}, "removed": {"true"}})
	if text := textOf(v.page(address("statements", out.ID))); strings.Contains(text, "no longer has") || !strings.Contains(text, "A person took this out") || !strings.Contains(text, "The machine read: in the record") {
		t.Errorf("a statement taken out: %s", text)
	}
	if text := textOf(v.page("/corrections")); !strings.Contains(text, "in the record → taken out") {
		t.Errorf("the list of corrections says %s", text)
	}
	if text := textOf(v.page("/articles/talks")); strings.Contains(text, "no longer in") || !strings.Contains(text, "taken out") {
		t.Errorf("its article: %s", text)
	}
}

// A broken store fails in words that are not for visitors.
type broken struct{ store.Store }

var errDisk = errors.New("the disk at /home/ada does not answer")

func (broken) Outlets(context.Context) ([]store.Outlet, error)  { return nil, errDisk }
func (broken) Import(context.Context, store.Line) (bool, error) { return false, errDisk }

func TestOwnFault(t *testing.T) {
	t.Parallel()
	d, err := New(Options{Store: broken{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ method, path string }{{"GET", "/outlets"}, {"GET", "/outlets.json"}, {"GET", "/outlets.atom"}, {"GET", "/api/outlets"}, {"POST", "/api/import"}} {
		w := httptest.NewRecorder()
		d.ServeHTTP(w, httptest.NewRequest(c.method, "http://localhost"+c.path, strings.NewReader("{}")))
		if body := w.Body.String(); w.Code != http.StatusInternalServerError || !strings.Contains(body, "fault in Quoth") || strings.Contains(body, "ada") {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, body)
		}
	}
}

// However much is decided meanwhile, one join on its own time follows the one at
// work.
func TestJoinLater(t *testing.T) {
	t.Parallel()
	gate, joined := make(chan struct{}), make(chan struct{}, 100)
	v := newVisit(t, Options{Join: func(context.Context) error {
		joined <- struct{}{}
		<-gate
		return nil
	}})
	v.desk.joinLater()
	<-joined // it is at work
	for range 50 {
		v.desk.joinLater()
	}
	close(gate)
	<-joined
	v.desk.joinLater()
	<-joined
	v.desk.joining.Lock() // nobody is at work any more
	if len(joined)+len(v.desk.due) > 0 {
		t.Errorf("%d joins too many, %d to come", len(joined), len(v.desk.due))
	}
	v.desk.joining.Unlock()
}

// A verdict that is kept is no failure where claims take long to be joined, and is
// joined later, also where the visitor goes away.
func TestSlowJoin(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	joined := make(chan struct{}, 1)
	v := newVisit(t, Options{Join: func(ctx context.Context) error {
		if calls.Add(1) == 1 {
			<-ctx.Done()
			return fmt.Errorf("interrupted: %w", ctx.Err())
		}
		joined <- struct{}{}
		return nil
	}})
	v.fill()
	v.desk.guard.most = 300 * time.Millisecond
	w := v.do("POST", "/api/verdicts", strings.NewReader(`{"kind": "confirm", "claim": "c1", "statements": ["`+v.find("speaker=drell").ID+`"]}`), "Content-Type", "application/json")
	if w.Code != http.StatusOK {
		t.Errorf("the verdict: %d %s", w.Code, w.Body)
	}
	select {
	case <-joined:
	case <-time.After(10 * time.Second):
		t.Error("it is not joined later")
	}
	d := &Desk{Options: Options{Join: func(ctx context.Context) error {
		if ctx.Err() == nil {
			joined <- struct{}{}
		}
		return ctx.Err()
	}}, due: make(chan struct{}, 1)}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := d.join(gone); err != nil {
		t.Error(err)
	}
	select {
	case <-joined:
	case <-time.After(10 * time.Second):
		t.Error("what a visitor decided who went away is not joined")
	}
}

// What is decided about speakers changes no claim: none are joined anew.
func TestDecideJoinsNothing(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{Join: func(context.Context) error { return nil }})
	v.fill()
	drell := v.find("speaker=drell").Speakers[0].Identity
	v.desk.joining.Lock() // a join to come stays to come
	defer v.desk.joining.Unlock()
	v.post("/decisions", url.Values{"kind": {"rename"}, "from": {drell}, "name": {"Anton M. Drell"}})
	all, err := v.store.Decisions(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	v.post("/decisions/"+all[0].ID+"/undo", nil)
	w := v.do("POST", "/api/decisions", strings.NewReader(`{"kind": "rename", "from": "`+drell+`", "name": "A. Drell"}`), "Content-Type", "application/json")
	if w.Code != http.StatusOK || len(v.desk.due) > 0 {
		t.Errorf("%d, and %d joins to come", w.Code, len(v.desk.due))
	}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	var joined atomic.Int32
	v := newVisit(t, Options{Join: func(context.Context) error { joined.Add(1); return nil }})
	v.fill()
	drell, imber := v.find("speaker=drell").Speakers[0].Identity, v.find("speaker=imber").Speakers[0].Identity
	to := v.post("/decisions", url.Values{"kind": {"rename"}, "from": {drell}, "name": {"Anton M. Drell"}})
	if got := textOf(has(v.page(to), "h1")[0]); got != "Anton M. Drell" {
		t.Errorf("renamed: %q", got)
	}
	if text := textOf(v.page("/corrections")); strings.Count(text, "Anton M. Drell") != 1 || !strings.Contains(text, "Renamed: Anton M. Drell") {
		t.Errorf("the list of corrections says %s", text)
	}
	var in []string
	for _, n := range has(v.page(to), "input[name=mention]") {
		in = append(in, textOf(n.Parent))
	}
	if got := strings.Join(in, "; "); !strings.Contains(got, "palace spokesman in Palace denies a call") {
		t.Errorf("the articles that may be somebody else’s are called %s", got)
	}
	v.post("/decisions", url.Values{"kind": {"never"}, "from": {drell}, "to": {imber}})
	w := v.do("POST", "/decisions", strings.NewReader(url.Values{"kind": {"join"}, "from": {drell}, "to": {imber}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != http.StatusConflict {
		t.Errorf("joining those who are never the same: %d", w.Code)
	}
	var decisions CorrectionsView
	v.json("/corrections.json", &decisions)
	if len(decisions.Decisions) != 2 || decisions.Decisions[0].By != "Ada" {
		t.Fatalf("%+v", decisions.Decisions)
	}
	h := v.find("speaker=drell&act=deny")
	for i := range pageSize + 1 {
		v.post("/corrections", url.Values{"item": {h.ID}, "role": {fmt.Sprint("spokesman ", i)}, "by": {"Grace"}})
	}
	var later CorrectionsView
	v.json("/corrections.json", &later)
	v.json("/corrections.json?cursor="+url.QueryEscape(later.Next), &later)
	if len(later.Corrections) != 1 || len(later.Decisions) != 0 {
		t.Errorf("the second page has %d corrections, and the decisions again: %+v", len(later.Corrections), later.Decisions)
	}
	for _, at := range []string{"/corrections", address("speakers", drell)} {
		for _, d := range decisions.Decisions {
			if undo := has(v.page(at), "form[action=/decisions/"+d.ID+"/undo]"); len(undo) != 1 || len(has(undo[0], "input[name=by]")) != 1 {
				t.Errorf("%s does not ask who undoes a decision", at)
			}
		}
	}
	for _, d := range decisions.Decisions {
		v.post("/decisions/"+d.ID+"/undo", url.Values{"by": {"Lin"}})
	}
	if undone := textOf(v.page("/corrections")); strings.Count(undone, "undone by Lin") != 2 || !strings.Contains(undone, "Anton Drell was called Anton M. Drell") {
		t.Errorf("what was taken back, and by whom, is not told: %s", undone)
	}
	if text := textOf(v.page(address("speakers", drell))); strings.Contains(text, "Decided by people") {
		t.Errorf("a speaker's page tells what no longer holds: %s", text)
	}
	claim := v.page("/claims/c1")
	f := url.Values{"kind": {"confirm"}, "claim": {"c1"}}
	for _, n := range has(has(claim, "form[action=/verdicts]")[0], "input[name=statement]") {
		f.Add("statement", attr(n, "value"))
	}
	v.post("/verdicts", f)
	v.json("/corrections.json", &decisions)
	if len(decisions.Verdicts) != 1 || len(decisions.Verdicts[0].Statements) != 3 || joined.Load() == 0 {
		t.Errorf("%+v, joined %d times", decisions.Verdicts, joined.Load())
	}
	undo := "/verdicts/" + decisions.Verdicts[0].ID + "/undo"
	if form := has(v.page("/claims/c1"), "form[action="+undo+"]"); len(form) != 1 || len(has(form[0], "input[name=by]")) != 1 {
		t.Error("the claim's page does not ask who undoes a verdict")
	}
	if to := v.post(undo, url.Values{"by": {"Lin"}, "claim": {"c1"}}); to != "/claims/c1?done=reversed" {
		t.Errorf("undone on a claim's page leads to %s", to)
	}
	if text := textOf(v.page("/corrections")); strings.Count(text, "undone by Lin") != 3 || len(has(v.page("/claims/c1"), "form[action="+undo+"]")) != 0 {
		t.Errorf("a verdict taken back: %s", text)
	}
	one := f.Get("statement")
	for _, bad := range []struct {
		at   string
		form url.Values
	}{
		{"/verdicts", url.Values{"kind": {"confirm"}, "claim": {"c1"}, "statement": {"s0"}}},
		{"/verdicts", url.Values{"kind": {"split"}, "claim": {"c1"}}},
		{"/verdicts", url.Values{"kind": {"hug"}, "claim": {"c1"}, "statement": {one}}},
		{"/verdicts", url.Values{"kind": {"name"}, "claim": {"c1"}, "statement": {one}, "value": {" "}}},
		{"/verdicts", url.Values{"kind": {"stance"}, "claim": {"c1"}, "statement": {one}, "value": {"perhaps"}}},
		{"/verdicts", url.Values{"kind": {"stance"}, "claim": {"c1"}, "statement": {one}}},
		{"/decisions", url.Values{"kind": {"hug"}, "from": {drell}}},
		{"/decisions", url.Values{"kind": {"join"}, "from": {drell}, "to": {drell}}},
		{"/decisions/none/undo", nil}, {"/verdicts/none/undo", nil}, {"/corrections/none/undo", nil},
		{"/feeds", url.Values{"do": {"add"}, "feed": {"file:///etc/passwd"}}},
	} {
		w := v.do("POST", bad.at, strings.NewReader(bad.form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		if w.Code < 400 || w.Code >= 500 {
			t.Errorf("%s %v: %d", bad.at, bad.form, w.Code)
		}
	}
	// What a claim does not hold can be brought in, and nothing else be said of it.
	c1, err := v.store.Claim(t.Context(), "c1")
	if err != nil {
		t.Fatal(err)
	}
	stranger := ""
	var all SearchView
	v.json("/search.json?limit=100", &all)
	for _, h := range all.Results.Hits {
		if !slices.ContainsFunc(c1.Members, func(m store.Member) bool { return m.Statement == h.ID }) {
			stranger = h.ID
		}
	}
	for _, x := range []struct {
		kind, claim string
		want        int
	}{
		{"name", "c1", 400}, {"split", "c1", 400}, {"stance", "c1", 400}, {"utterance", "c1", 400}, {"confirm", "c1", 200}, {"join", "c1", 200},
		{"name", "nowhere", 404}, {"split", "nowhere", 404}, {"join", "nowhere", 200},
	} {
		body := `{"kind": "` + x.kind + `", "claim": "` + x.claim + `", "statements": ["` + c1.Members[0].Statement + `", "` + stranger + `"], "value": "open"}`
		w := v.do("POST", "/api/verdicts", strings.NewReader(body), "Content-Type", "application/json")
		if w.Code != x.want || x.want == 400 && !strings.Contains(w.Body.String(), "verdict: statement "+stranger+" is not in claim c1") {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
	v.post("/verdicts", url.Values{"kind": {"stance"}, "claim": {"c1"}, "statement": {one}, "value": {"open"}})
	// A statement named twice is one.
	v.post("/verdicts", url.Values{"kind": {"split"}, "claim": {"c1"}, "statement": {one, one}})
	if err := v.store.PutClaims(t.Context(), nil, []string{"c1"}); err != nil {
		t.Fatal(err)
	}
	// A claim that is gone once a decision is undone is not where that leads.
	v.json("/corrections.json", &decisions)
	last := decisions.Verdicts[slices.IndexFunc(decisions.Verdicts, func(x store.Verdict) bool { return x.Kind == "stance" })]
	if to := v.post("/verdicts/"+last.ID+"/undo", url.Values{"claim": {"c1"}}); to != "/corrections?done=reversed" {
		t.Errorf("undone on the page of a claim that goes leads to %s", to)
	}
	list := v.page("/corrections")
	_, split, _ := strings.Cut(textOf(list), "Split off")
	if len(has(list, "a[href=/claims/c1]")) != 0 || !strings.Contains(split, "a claim that is no longer there") || !strings.Contains(split, "there was no call") {
		t.Errorf("what was split off, and from a claim that is gone: %s", split)
	}
}

func TestAddAndFeeds(t *testing.T) {
	t.Parallel()
	fresh := 2
	v := newVisit(t, Options{RunFeed: func(context.Context, string) (int, error) { return fresh, nil }})
	to := v.post("/add", url.Values{"url": {"https://courier.example/bridge"}})
	if !strings.Contains(textOf(v.page(to)), "The article is in the store.") {
		t.Errorf("%s does not say what was done", to)
	}
	if again := v.post("/add", url.Values{"url": {"https://courier.example/bridge"}}); !strings.Contains(again, "done=known") {
		t.Errorf("added twice: %s", again)
	}
	for _, bad := range []string{"javascript:alert(1)", "ftp://a.example/x", "", "/etc/passwd"} {
		w := v.do("POST", "/add", strings.NewReader(url.Values{"url": {bad}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		if w.Code != http.StatusBadRequest {
			t.Errorf("adding %q: %d", bad, w.Code)
		}
	}
	if n := len(has(v.page("/add"), "input[name=url]")); n != 2 {
		t.Errorf("an address is asked for %d times, not also beside a text", n)
	}
	const feed = "https://courier.example/feed.xml"
	v.post("/feeds", url.Values{"do": {"add"}, "feed": {feed}})
	for do, want := range map[string]string{"add": "has this feed already", "pause": "is paused"} {
		if text := textOf(has(v.page(v.post("/feeds", url.Values{"do": {do}, "feed": {feed}})), ".done")[0]); !strings.Contains(text, want) {
			t.Errorf("%s a feed: %s", do, text)
		}
	}
	if got := textOf(has(v.page("/feeds"), ".feeds")[0]); !strings.Contains(got, "paused") {
		t.Errorf("%s", got)
	}
	run := func(want string) {
		t.Helper()
		to, _, _ := strings.Cut(v.post("/feeds", url.Values{"do": {"run"}, "feed": {feed}}), "#")
		if text := textOf(v.page(to)); !strings.Contains(text, want) || strings.Contains(text, "The feed was fetched") != strings.Contains(want, "fetched") {
			t.Errorf("a feed fetched now: %s", text)
		}
	}
	run("The feed was fetched, and its new articles are in the store.")
	fresh = 0
	run("The feed was fetched: it has nothing new.")
	if err := v.store.PutFeed(t.Context(), store.Feed{URL: feed, Error: "the server does not answer in time"}); err != nil {
		t.Fatal(err)
	}
	run("The server does not answer in time.")
	v.post("/feeds", url.Values{"do": {"remove"}, "feed": {feed}})
	if len(has(v.page("/feeds"), ".feeds")) != 0 {
		t.Error("the feed is still there")
	}
}

// A feed is one in whatever way its address is written, and the password in it is
// shown nowhere.
func TestFeedPassword(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{WriteOPML: func(w io.Writer, list []store.Feed) error {
		for _, f := range list {
			fmt.Fprintln(w, f.URL)
		}
		return nil
	}})
	add := func(at string) string { return v.post("/feeds", url.Values{"do": {"add"}, "feed": {at}}) }
	add("HTTPS://ann:secret@Courier.Example/feed.xml")
	if to := add("https://courier.example/feed.xml"); !strings.Contains(to, "done=subscribed") {
		t.Errorf("the same feed is another: %s", to)
	}
	f, err := v.store.Feed(t.Context(), "https://courier.example/feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	f.Failures, f.Next, f.Error = 5, time.Now().Add(time.Hour), "the server answers 401 Unauthorized"
	if err := v.store.PutFeed(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if to := add("https://bob:secret@courier.example/feed.xml"); !strings.Contains(to, "done=renewed") || !strings.Contains(textOf(v.page(to)), "takes the new name and password") {
		t.Errorf("a new password leads to %s", to)
	}
	if f, err = v.store.Feed(t.Context(), f.URL); err != nil || f.Login != "bob:secret" || f.Failures > 0 || f.Error != "" || f.Next.After(time.Now()) {
		t.Errorf("a feed with a new password: %+v, %v", f, err)
	}
	add("https://ann:secret@courier.example/feed.xml")
	for _, at := range []string{"/feeds", "/feeds.json", "/feeds.atom", "/feeds.opml", "/api/feeds"} {
		if body := v.get(at).Body.String(); strings.Contains(body, "secret") || !strings.Contains(body, "https://courier.example/feed.xml") {
			t.Errorf("%s: %s", at, body)
		}
	}
	if w := v.do("DELETE", "/api/feeds?url="+url.QueryEscape("https://ann:secret%zz@courier.example/"), nil); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for path, body := range map[string]string{"/api/feeds": `{"url": "https://ann:secret@post.example/"}`, "/api/pages": `{"url": "ftp://ann:secret@post.example/"}`} {
		if w := v.do("POST", path, strings.NewReader(body), "Content-Type", "application/json"); strings.Contains(w.Body.String(), "secret") {
			t.Errorf("POST %s: %s", path, w.Body)
		}
	}
	if body := v.get("/api/export/store.jsonl").Body.String(); strings.Count(body, "ann:secret") != 2 {
		t.Errorf("the passwords are lost: %s", body)
	}
	v.post("/feeds", url.Values{"do": {"pause"}, "feed": {"https://courier.example/feed.xml"}})
	if body := v.get("/api/export/store.jsonl").Body.String(); strings.Count(body, "ann:secret") != 2 {
		t.Errorf("a password is lost with pausing: %s", body)
	}
}

// counting counts the claims and identities that are asked for one by one.
type counting struct {
	store.Store
	n atomic.Int32
}

func (c *counting) Claim(ctx context.Context, id string) (*store.Claim, error) {
	c.n.Add(1)
	return c.Store.Claim(ctx, id)
}

func (c *counting) Identity(ctx context.Context, id string) (*store.Identity, error) {
	c.n.Add(1)
	return c.Store.Identity(ctx, id)
}

// However much was decided, a page of it is short, and its names come at once.
func TestManyDecisions(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell")
	for i := range 60 {
		if _, err := v.store.Judge(t.Context(), store.Verdict{Kind: "name", Claim: "c1", Statements: []string{h.ID}, Value: fmt.Sprint("Name ", i)}); err != nil {
			t.Fatal(err)
		}
		if _, err := v.store.Decide(t.Context(), store.Decision{Kind: store.Rename, From: h.Speakers[0].Identity, Name: fmt.Sprint("Drell ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	s := &counting{Store: v.store}
	var err error
	if v.desk, err = New(Options{Store: s}); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"decisions", "verdicts"} {
		seen := map[string]bool{}
		for at := "/corrections"; at != ""; {
			root := v.page(at)
			found := slices.DeleteFunc(has(root, "form"), func(f *html.Node) bool { return !strings.HasPrefix(attr(f, "action"), "/"+list+"/") })
			if len(found) > 25 {
				t.Fatalf("%s: %d of %s", at, len(found), list)
			}
			for _, f := range found {
				seen[attr(f, "action")] = true
			}
			at = ""
			for _, a := range has(root, "a[rel=next]") {
				if strings.Contains(attr(a, "href"), list+"=") {
					at = attr(a, "href")
				}
			}
		}
		if len(seen) != 60 {
			t.Errorf("%d of 60 %s are shown", len(seen), list)
		}
	}
	if text := textOf(v.page("/corrections")); !strings.Contains(text, "There was a call") || !strings.Contains(text, "Drell 59") || strings.Contains(text, "Name 0 ") {
		t.Errorf("the first part: %s", text)
	}
	if n := s.n.Load(); n > 0 {
		t.Errorf("%d claims and identities are asked for one by one", n)
	}
	if w := v.get("/corrections?verdicts=none"); w.Code != http.StatusBadRequest {
		t.Errorf("a part that is none: %d", w.Code)
	}
}

// That a person put statements together does not say that what they say is so.
func TestOneClaim(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	c, err := v.store.Claim(t.Context(), "c1")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"one claim, the machine guesses, 80 % sure", "one claim, a person says"} {
		for _, at := range []string{"/", "/claims", "/claims/c1"} {
			if text := textOf(v.page(at)); !strings.Contains(text, want) || strings.Contains(text, "confirmed by") {
				t.Errorf("%s does not say %q: %s", at, want, text)
			}
		}
		c.Confirmed = true
		if err := v.store.PutClaims(t.Context(), []store.Claim{*c}, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// A page that came with a text was not fetched: when it came is told so of any.
func TestAdded(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell")
	for _, at := range []string{address("articles", h.Article), address("statements", h.ID)} {
		if text := textOf(v.page(at)); strings.Contains(strings.ToLower(text), "fetched") || !strings.Contains(text, "Added") {
			t.Errorf("%s: %s", at, text)
		}
	}
}

// Claims of one name are told apart by a statement that one alone holds.
func TestSameName(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	c, err := v.store.Claim(t.Context(), "c1")
	if err != nil {
		t.Fatal(err)
	}
	one, two := *c, *c
	two.ID, two.Members = "c2", append(slices.Clone(c.Members[1:]), store.Member{Statement: v.find("speaker=imber").ID, Stance: "for"})
	one.Members, two.Size, one.Size = c.Members[:2], 3, 2
	if err := v.store.PutClaims(t.Context(), []store.Claim{one, two}, nil); err != nil {
		t.Fatal(err)
	}
	both, err := v.store.Statement(t.Context(), c.Members[1].Statement)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"/", "/claims", "/claims/c1?other=call", address("statements", both.ID), address("articles", both.Article)} {
		text := textOf(v.page(at))
		if !strings.Contains(text, "the one that holds "+speakerNames(hitOf(t, v, two.Members[1].Statement))) || at != "/claims/c1?other=call" && !strings.Contains(text, "the one that holds "+statementLine(hitOf(t, v, one.Members[0].Statement))) {
			t.Errorf("%s does not tell them apart: %s", at, text)
		}
	}

	// Also where they stand on different parts of the list, and where a decision names one.
	between := []store.Claim{}
	for i := range pageSize {
		c := two
		c.ID, c.Name, c.Updated = fmt.Sprint("d", i), fmt.Sprint("Another claim ", i), time.Unix(1, 0)
		between = append(between, c)
	}
	two.Updated = time.Unix(2, 0)
	if err := v.store.PutClaims(t.Context(), append(between, two), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := v.store.Judge(t.Context(), store.Verdict{Kind: "confirm", Claim: "c1", Statements: []string{one.Members[0].Statement}}); err != nil {
		t.Fatal(err)
	}
	first := v.page("/claims")
	for at, own := range map[string]store.Member{"/claims": two.Members[1], attr(has(first, "a[rel=next]")[0], "href"): one.Members[0], "/corrections": one.Members[0]} {
		if text := textOf(v.page(at)); strings.Count(text, "the one that holds") != 1 || !strings.Contains(text, "the one that holds "+statementLine(hitOf(t, v, own.Statement))) {
			t.Errorf("%s does not tell it apart: %s", at, text)
		}
	}
	gone := []string{"c2"}
	for _, c := range between {
		gone = append(gone, c.ID)
	}
	if err := v.store.PutClaims(t.Context(), []store.Claim{one}, gone); err != nil {
		t.Fatal(err)
	}
	if text := textOf(v.page("/claims")); strings.Contains(text, "the one that holds") {
		t.Errorf("one alone is told apart: %s", text)
	}
}

func hitOf(t *testing.T, v *visit, id string) store.Hit {
	t.Helper()
	h, err := v.store.Statement(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Lists of feeds go in and out as files; what a damaged one still tells is taken.
func TestFeedLists(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{
		ReadOPML: func(b []byte) (out []store.Feed, err error) {
			for line := range strings.Lines(string(b)) {
				if line = strings.TrimSpace(line); line == "damage" {
					return out, fmt.Errorf("%w OPML: line 3", quoth.ErrMalformed)
				}
				out = append(out, store.Feed{URL: line})
			}
			return out, nil
		},
		WriteOPML: func(w io.Writer, list []store.Feed) error {
			for _, f := range list {
				fmt.Fprintln(w, f.URL)
			}
			return nil
		},
	})
	if len(has(v.page("/feeds"), "form[action=/feeds/list]")) != 1 {
		t.Error("the page takes no list")
	}
	send := func(list string) *httptest.ResponseRecorder {
		var b bytes.Buffer
		form := multipart.NewWriter(&b)
		w, err := form.CreateFormFile("list", "mine.opml")
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, list)
		form.Close()
		return v.do("POST", "/feeds/list", &b, "Content-Type", form.FormDataContentType())
	}
	const one, two, three = "https://one.example/f", "https://two.example/f", "https://three.example/f"
	for _, x := range []struct {
		list string
		code int
		says string
	}{
		{one + "\n" + two + "\n", http.StatusSeeOther, "done=listed"}, {two + "\n", http.StatusSeeOther, "done=allhad"},
		{three + "\ndamage\n", http.StatusBadRequest, "1 feed of the list could be read"}, {"damage", http.StatusBadRequest, "OPML: line 3"},
	} {
		if w := send(x.list); w.Code != x.code || !strings.Contains(w.Header().Get("Location")+w.Body.String(), x.says) {
			t.Errorf("%q: %d %s %s", x.list, w.Code, w.Header().Get("Location"), w.Body)
		}
	}
	if w := v.do("POST", "/feeds/list", nil); w.Code != http.StatusBadRequest {
		t.Errorf("without a file: %d", w.Code)
	}
	if got := v.get("/feeds.opml"); got.Code != http.StatusOK || !strings.Contains(got.Header().Get("Content-Disposition"), ".opml") || strings.Count(got.Body.String(), "https://") != 3 {
		t.Errorf("the list that goes out: %d %s", got.Code, got.Body)
	}
	if len(has(v.page("/feeds"), "a[href=/feeds.opml]")) != 1 {
		t.Error("the page gives no list")
	}
}

// A file that is too large to be held in memory is gone from the disk afterwards,
// also where no form asks for it.
func TestLargeFeedList(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	size := 0
	v := newVisit(t, Options{ReadOPML: func(b []byte) ([]store.Feed, error) {
		size = len(b)
		return nil, nil
	}})
	for _, x := range [][2]string{{"/feeds/list", "list"}, {"/feeds/list", "other"}, {"/add", "list"}} {
		form := "--x\r\nContent-Disposition: form-data; name=" + x[1] + "; filename=mine.opml\r\n\r\n" + strings.Repeat("x", 33<<20) + "\r\n--x--\r\n"
		v.do("POST", x[0], strings.NewReader(form), "Content-Type", "multipart/form-data; boundary=x")
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s keeps of a form with a large %s: %v, %v", x[0], x[1], left, err)
		}
	}
	if size != 33<<20 {
		t.Errorf("of the list %d bytes came", size)
	}
}

// An article is taken out where a box is ticked, and the page says what goes
// with it.
func TestRemove(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	const at = "/articles/talks"
	form := func() (url.Values, string) {
		f := has(v.page(at), "form[action="+at+"/remove]")[0]
		sent := url.Values{}
		for _, in := range has(f, "input") {
			sent.Add(attr(in, "name"), attr(in, "value"))
		}
		return sent, textOf(f)
	}
	sent, text := form()
	if !strings.Contains(text, "with 2 statements") || strings.Contains(text, "correction") || sent.Get("sure") == "" {
		t.Errorf("the form says %q and sends %v", text, sent)
	}
	v.post("/corrections", url.Values{"article": {"talks"}, "title": {"Another"}, "outlet": {"The Courier"}, "published": {"2031-11-13"}})
	refused := func(what string, form url.Values, want int) {
		t.Helper()
		if w := v.do("POST", at+"/remove", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded"); w.Code != want {
			t.Errorf("%s: %d", what, w.Code)
		}
	}
	refused("without its box", url.Values{}, http.StatusBadRequest)
	refused("corrected since the page was read", sent, http.StatusConflict)
	if sent, text = form(); !strings.Contains(text, "1 correction by people goes with it.") {
		t.Errorf("of the correction is said: %s", text)
	}
	if text := textOf(v.page(v.post(at+"/remove", sent))); !strings.Contains(text, "The article is taken out.") {
		t.Errorf("afterwards: %s", text)
	}
	refused("again", sent, http.StatusNotFound)
	for _, page := range []string{"/", "/articles", "/search?q=call", "/speakers", "/claims", "/outlets", "/corrections", "/search.atom?q=call", "/api/export/statements.csv"} {
		if body := v.get(page).Body.String(); strings.Contains(body, "40 minutes") || strings.Contains(body, "Palace denies") || strings.Contains(body, "/talks") {
			t.Errorf("%s still has it", page)
		}
	}
}

// TestExports takes everything from one desk into another, and looks into the
// other forms.
func TestExports(t *testing.T) {
	t.Parallel()
	v, other := newVisit(t, Options{}), newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell&act=deny")
	v.post("/corrections", url.Values{"item": {h.ID}, "act": {"neither"}})
	v.post("/decisions", url.Values{"kind": {"rename"}, "from": {h.Speakers[0].Identity}, "name": {"Anton M. Drell"}})
	v.post("/feeds", url.Values{"do": {"add"}, "feed": {"https://courier.example/feed.xml"}})
	whole := v.get("/api/export/store.jsonl").Body.Bytes()
	for i := range 2 {
		w := other.do("POST", "/api/import", bytes.NewReader(whole))
		var n Imported
		if err := json.Unmarshal(w.Body.Bytes(), &n); err != nil || w.Code != http.StatusOK || n.Lines != bytes.Count(whole, []byte("\n")) || (n.Changed > 0) != (i == 0) {
			t.Fatalf("import %d: %d %s %v", i, w.Code, w.Body, err)
		}
	}
	if again := other.get("/api/export/store.jsonl").Body.Bytes(); !bytes.Equal(again, whole) {
		t.Errorf("taken in and out again, it is not the same:\n%s\n%s", whole, again)
	}
	for _, bad := range []string{"{", "[]\n", "\x00"} {
		if w := other.do("POST", "/api/import", strings.NewReader(bad)); w.Code != http.StatusBadRequest {
			t.Errorf("importing %q: %d", bad, w.Code)
		}
	}

	for _, bad := range []string{"low=5&high=2", "said_from=soon", "act=deny&to=%22"} {
		if w := v.get("/api/export/statements.jsonl?" + bad); w.Code != http.StatusBadRequest {
			t.Errorf("a file of a search for %s: %d", bad, w.Code)
		}
	}
	csv := v.get("/api/export/statements.csv?speaker=drell").Body.String()
	if lines := strings.Count(csv, "\n"); lines != 3 || !strings.HasPrefix(csv, strings.Join(store.Columns, ",")) {
		t.Errorf("%d lines of CSV:\n%s", lines, csv)
	}
	var a struct {
		ID     string
		Target []struct {
			Source   string
			Selector []struct {
				Type, Exact, Prefix, Suffix string
				Start, End                  int
			}
		}
	}
	line, _, _ := bytes.Cut(v.get("/api/export/annotations.jsonl?article=talks").Body.Bytes(), []byte("\n"))
	if err := json.Unmarshal(line, &a); err != nil || len(a.Target) != 1 {
		t.Fatalf("%s: %v", line, err)
	}
	article, err := v.store.Article(context.Background(), "talks", 0)
	if err != nil {
		t.Fatal(err)
	}
	ix, quote, position := quoth.NewIndex(article.Record.Article.Text), a.Target[0].Selector[0], a.Target[0].Selector[1]
	if got := ix.Slice(position.Start, position.End); got != quote.Exact || a.Target[0].Source != "https://courier.example/talks" || !strings.Contains(article.Record.Article.Text, quote.Prefix+quote.Exact+quote.Suffix) {
		t.Errorf("the annotation is about %q, not %q", got, quote.Exact)
	}
	reviews := v.get("/api/export/claimreviews.jsonl").Body.String()
	if n := strings.Count(reviews, `"@type":"NewsArticle"`); n != 2 {
		t.Errorf("%d appearances in two articles", n)
	}
	if !strings.Contains(reviews, `"claimReviewed":"There was a call"`) || !strings.Contains(reviews, "1 against, 1 left open, 1 for (2 independent sources behind it)") {
		t.Errorf("%s", reviews)
	}
	if q := v.get("/api/export/quotations.jsonl"); q.Code != http.StatusOK || strings.Contains(q.Body.String(), "there was no call") {
		t.Errorf("indirect speech is no quotation: %d %s", q.Code, q.Body)
	}
	records := v.get("/api/export/records.jsonl").Body.String()
	for l := range strings.Lines(records) {
		var r quoth.Record
		if err := json.Unmarshal([]byte(l), &r); err != nil || r.Check() != nil {
			t.Errorf("a record: %v %v", err, r.Check())
		}
	}
}

func TestAPI(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	h := v.find("speaker=drell&act=deny")
	post := func(at string, body any, want int) []byte {
		t.Helper()
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		w := v.do("POST", at, bytes.NewReader(b), "Content-Type", "application/json")
		if w.Code != want {
			t.Errorf("POST %s %s: %d %s", at, b, w.Code, w.Body)
		}
		return w.Body.Bytes()
	}
	var found store.Results
	v.json("/api/search?q=call&act=deny&act=neither&limit=1", &found)
	if len(found.Hits) != 1 || found.Next == "" {
		t.Errorf("%+v", found)
	}
	v.json("/api/search?q=call&act=deny&act=neither&limit=1&cursor="+url.QueryEscape(found.Next), &found)
	if len(found.Hits) != 1 || found.Next != "" {
		t.Errorf("%+v", found)
	}
	v.json("/api/search?low=39&high=41", &found)
	if len(found.Hits) != 1 {
		t.Errorf("by figure: %+v", found)
	}
	var shifts []Shift
	v.json("/api/speakers/"+h.Speakers[0].Identity+"/shifts", &shifts)
	if len(shifts) != 1 || !shifts[0].Steps[1].Changed {
		t.Errorf("%+v", shifts)
	}
	var c store.Correction
	if err := json.Unmarshal(post("/api/corrections", object{"article": "talks", "item": h.ID, "field": "act", "value": "neither", "by": "Grace"}, 200), &c); err != nil || string(c.Was) != `"deny"` {
		t.Errorf("%+v %v", c, err)
	}
	if w := v.do("DELETE", "/api/corrections/"+c.ID+"?by=Grace", nil); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	post("/api/corrections", object{"article": "talks", "item": h.ID, "field": "act", "value": "shout"}, 400)
	post("/api/corrections", object{"article": "none", "item": h.ID, "field": "act", "value": "deny"}, 404)
	post("/api/verdicts", object{"kind": "confirm", "claim": "c1", "statements": nil}, 422)
	if w := v.do("POST", "/api/import", nil); w.Code != 200 {
		t.Errorf("the file of an empty store: %d %s", w.Code, w.Body)
	}
	post("/api/pages", object{"url": "gopher://x"}, 400)
	post("/api/pages", object{"text": "a", "html": "b"}, 400)
	post("/api/pages", object{"urll": "https://x.example"}, 422)
	if added := string(post("/api/pages", object{"text": "Words.", "published": "2032"}, 200)); !strings.Contains(added, `"new"`) {
		t.Errorf("%s", added)
	}
	for at, want := range map[string]int{"/api/search?act=shout": 422, "/api/search?limit=501": 422, "/api/search?serch=x": 422, "/api/search?said_from=x": 400, "/api/search?low=NaN": 400, "/search?high=Inf": 400, "/api/export/none.jsonl": 422, "/api/articles/talks/changes?from=1&to=5": 404} {
		if w := v.get(at); w.Code != want {
			t.Errorf("%s: %d %s", at, w.Code, w.Body)
		}
	}
	var api struct {
		OpenAPI    string
		Paths      map[string]map[string]json.RawMessage
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct {
					AnyOf []json.RawMessage
					Type  any
				}
			}
		}
	}
	if v.json("/api/openapi.json", &api); !strings.HasPrefix(api.OpenAPI, "3.1") || len(api.Paths) < 20 {
		t.Errorf("OpenAPI %s with %d paths", api.OpenAPI, len(api.Paths))
	}
	for name := range api.Components.Schemas {
		if strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("OpenAPI has a schema called %q", name)
		}
	}
	for _, name := range []string{"NewVerdict", "Verdict"} {
		if is := api.Components.Schemas[name].Properties["statements"].Type; is != "array" {
			t.Errorf("OpenAPI says that the statements of %s are %v", name, is)
		}
	}
	if strings.Contains(string(api.Paths["/import"]["post"]), `"required":true`) {
		t.Error("OpenAPI wants a body of an import, which may be empty")
	}
	for _, x := range [][2]string{{"Hit", "when"}, {"Statement", "when"}, {"Change", "was"}} {
		if len(api.Components.Schemas[x[0]].Properties[x[1]].AnyOf) != 2 {
			t.Errorf("OpenAPI does not say that %s of %s can be null", x[1], x[0])
		}
	}
}
