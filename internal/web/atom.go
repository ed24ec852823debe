package web

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/quothnews/quoth/internal/store"
)

// A feed is a list as Atom (RFC 4287) has it.
type feed struct {
	title   string
	entries []entry
}

type entry struct {
	title, href, summary, author string
	at                           time.Time
	id                           string // an address of its own, where several have one href
}

// hitFeed makes a feed of statements.
func hitFeed(title string, hits []store.Hit) *feed {
	f := &feed{title: title}
	for _, h := range hits {
		at, _, _ := days(h.Published)
		who := speakerNames(h)
		summary := h.Content
		if h.Title != "" && h.Outlet != "" {
			summary += " (" + h.Outlet + ", “" + h.Title + "”)"
		} else if h.Title != "" {
			summary += " (“" + h.Title + "”)"
		}
		f.entries = append(f.entries, entry{fmt.Sprintf("%s %s: %s", who, verb(h.Act), clip(h.Content, 90)), address("statements", h.ID), summary, who, at, ""})
	}
	return f
}

// speakerNames names a hit's speakers, or else gives the words of its source.
func speakerNames(h store.Hit) string {
	var names []string
	for _, s := range h.Speakers {
		names = append(names, s.Name)
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", ")
	case h.Source != "":
		return "“" + h.Source + "”"
	}
	return "Nobody named"
}

func (f *feed) write(w io.Writer, r *http.Request) error {
	type link struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	type author struct {
		Name string `xml:"name"`
	}
	type item struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  author `xml:"author"`
		Link    link   `xml:"link"`
		Summary string `xml:"summary"`
	}
	root := base(r)
	out := struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  author   `xml:"author"`
		Links   []link   `xml:"link"`
		Entries []item   `xml:"entry"`
	}{ID: root + with(r.URL, "format", ""), Title: f.title + " · Quoth", Author: author{"Quoth"},
		Links: []link{{"self", root + twinOf(r.URL, "atom")}, {"alternate", root + with(r.URL, "format", "")}}}
	var last time.Time
	for _, e := range f.entries {
		if e.at.After(last) {
			last = e.at
		}
		who := e.author
		if who == "" {
			who = "Quoth"
		}
		out.Entries = append(out.Entries, item{root + cmp.Or(e.id, e.href), printable(e.title), stamp(e.at), author{printable(who)}, link{"alternate", root + e.href}, printable(e.summary)})
	}
	out.Updated = stamp(last)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	x := xml.NewEncoder(w)
	x.Indent("", " ")
	return x.Encode(out)
}

// stamp writes a time as Atom wants one; what has none is of the beginning of
// time.
func stamp(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format(time.RFC3339)
}
