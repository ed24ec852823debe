package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/quothnews/quoth"
)

// readXML reads RSS, RDF, Atom and sitemaps in one pass over the tokens. An
// entry counts when its end is there.
func readXML(text []byte, address string) (Feed, error) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false // bare &, unknown entities, missing end tags
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	r := xmlReader{address: address, base: []string{address}}
	for {
		token, err := dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			var s *xml.SyntaxError
			if errors.As(err, &s) {
				err = fmt.Errorf("line %d: %s", s.Line, s.Msg)
			}
			return r.end(fmt.Errorf("%w XML: %v", quoth.ErrMalformed, err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := r.start(t); err != nil {
				return r.feed, err
			}
		case xml.EndElement:
			r.close(strings.ToLower(t.Name.Local))
		case xml.CharData:
			if r.leaf > 0 && r.text.Len() < longestText {
				r.text.Write(t[:min(len(t), longestText)])
			}
		}
	}
	if len(r.open) > 0 {
		return r.end(fmt.Errorf("%w XML: it breaks off", quoth.ErrMalformed))
	}
	return r.end(nil)
}

const (
	longestText = 8 << 10 // bytes of a title or an address that are kept
	deepest     = 1000    // elements within each other
)

// kinds by root element: what an entry is called, and where its address may be.
var kinds = map[string]string{"rss": "item", "rdf": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}

// An xmlReader walks through a document. Elements are known by their local
// names in lower case, and by the prefixes that feeds use for what else has
// such a name (media:title is no title).
type xmlReader struct {
	address  string
	feed     Feed
	root     string
	prefix   string   // of the root, which its own elements share
	open     []string // names of the elements that are open
	base     []string // xml:base for each of them, after the document's own
	entry    int      // depth of the entry, 0 outside
	leaf     int      // depth of the element whose text is taken, 0 for none
	text     strings.Builder
	now      Entry
	guid     string
	sitemaps []string
}

func (r *xmlReader) start(t xml.StartElement) error {
	name, prefix := strings.ToLower(t.Name.Local), t.Name.Space
	if len(r.open) == 0 {
		switch {
		case r.root != "": // something behind the document
			return nil
		case page[name]:
			return &NotFeed{}
		case name == "opml":
			return fmt.Errorf("%w: this is a list of feeds (OPML); save it and give the file to quoth feed add", quoth.ErrMalformed)
		case kinds[name] == "":
			return fmt.Errorf("%w: XML, but %q is no feed", quoth.ErrMalformed, name)
		}
		r.root = name
		r.feed.Kind = name
		switch name {
		case "feed":
			r.feed.Kind = "atom"
		case "urlset":
			r.feed.Kind = "sitemap"
		}
		if name != "rdf" {
			r.prefix = prefix
		}
	}
	if prefix == r.prefix {
		prefix = ""
	}
	isEntry := name == kinds[r.root] && prefix == ""
	if isEntry && r.entry > 0 { // the end of the one before is missing
		r.close(name)
	}
	base := r.base[len(r.base)-1]
	for _, a := range t.Attr {
		if a.Name.Space == "xml" && a.Name.Local == "base" {
			if b := resolve(base, a.Value); b != "" {
				base = b
			}
		}
	}
	if len(r.open) == deepest {
		return fmt.Errorf("%w XML: more than %d elements within each other", quoth.ErrMalformed, deepest)
	}
	r.open, r.base = append(r.open, name), append(r.base, base)
	depth := len(r.open)
	switch {
	case r.leaf > 0: // markup within a title
		if name == "br" {
			r.text.WriteByte(' ')
		}
	case depth > 1 && elsewhere[r.open[depth-2]]:
	case isEntry:
		r.entry, r.now, r.guid = depth, Entry{}, ""
	case name == "link" && (prefix == "" || prefix == "atom" || prefix == "a10") && attr(t, "href") != "":
		r.link(t, base)
	case name == "guid" && strings.EqualFold(attr(t, "ispermalink"), "false"):
	case wanted[prefix+":"+name]:
		r.leaf = depth
		r.text.Reset()
	}
	return nil
}

// page names elements that begin a web page.
var page = map[string]bool{"html": true, "head": true, "body": true, "title": true, "meta": true, "script": true, "div": true, "p": true}

// elsewhere names elements whose titles and links are of something else.
var elsewhere = map[string]bool{"source": true, "image": true, "textinput": true}

// wanted elements, with their prefix.
var wanted = map[string]bool{
	":title": true, ":link": true, ":guid": true, ":pubdate": true, ":published": true, ":updated": true, ":issued": true, ":id": true, ":ttl": true,
	"dc:date": true, "feedburner:origlink": true, ":loc": true, ":lastmod": true, "news:title": true, "news:publication_date": true,
	"sy:updateperiod": true, "atom:updated": true, "a10:updated": true, "dcterms:modified": true,
}

// link takes Atom's <link href>: the page that the entry or feed stands for.
func (r *xmlReader) link(t xml.StartElement, base string) {
	if rel := attr(t, "rel"); rel != "" && rel != "alternate" {
		return
	}
	to := resolve(base, attr(t, "href"))
	if kind := attr(t, "type"); to == "" || kind != "" && !strings.Contains(kind, "html") {
		return
	}
	switch {
	case r.entry > 0 && r.now.URL == "":
		r.now.URL = to
	case r.entry == 0 && r.feed.Home == "":
		r.feed.Home = to
	}
}

// close ends the innermost open element of this name, and with it those within
// whose end tags are missing. An end tag without a beginning is passed over.
func (r *xmlReader) close(name string) {
	at := len(r.open) - 1
	for at >= 0 && r.open[at] != name {
		if at+1 == r.entry && name != r.root && name != "channel" {
			return // nothing within an entry can end what is around it
		}
		at--
	}
	if at < 0 {
		return
	}
	if r.leaf > at {
		r.value(r.open[r.leaf-1], squeeze(strings.ToValidUTF8(r.text.String(), ""))) // it may be cut within a character
		r.leaf = 0
	}
	if r.entry > at {
		r.finish()
		r.entry = 0
	}
	r.open, r.base = r.open[:at], r.base[:at+1]
}

// value takes the text of one element.
func (r *xmlReader) value(name, s string) {
	if s == "" {
		return
	}
	if r.entry == 0 {
		switch name {
		case "title":
			if r.feed.Title == "" {
				r.feed.Title = s
			}
		case "link":
			if r.feed.Home == "" {
				r.feed.Home = resolve(r.address, s)
			}
		case "ttl":
			if n, err := strconv.Atoi(s); err == nil && n > 0 {
				r.feed.Every = time.Duration(min(n, 24*60)) * time.Minute
			}
		case "updateperiod":
			r.feed.Every = map[string]time.Duration{"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 24 * time.Hour}[strings.ToLower(s)]
		}
		return
	}
	switch name {
	case "title":
		r.now.Title = s
	case "link", "loc":
		if r.now.URL == "" {
			base := r.address
			if r.feed.Home != "" && r.root != "urlset" {
				base = r.feed.Home
			}
			r.now.URL = resolve(base, s)
		}
	case "origlink":
		if u := resolve(r.address, s); u != "" {
			r.now.URL = u
		}
	case "guid", "id":
		r.guid = resolve("", s)
	case "pubdate", "published", "issued", "publication_date":
		if d := date(s); !d.IsZero() {
			r.now.Published = d
		}
	case "date":
		if r.now.Published.IsZero() {
			r.now.Published = date(s)
		}
	case "updated", "modified", "lastmod":
		d := date(s)
		if r.now.Published.IsZero() {
			r.now.Published = d
		}
		if d.After(r.now.Updated) {
			r.now.Updated = d
		}
	}
}

// finish takes an entry whose end is there.
func (r *xmlReader) finish() {
	if r.now.URL == "" {
		r.now.URL = r.guid
	}
	switch {
	case r.now.URL == "":
	case r.root == "sitemapindex":
		r.sitemaps = append(r.sitemaps, r.now.URL)
	default:
		r.feed.Entries = append(r.feed.Entries, r.now)
	}
}

func (r *xmlReader) end(err error) (Feed, error) {
	switch {
	case r.root == "sitemapindex":
		return r.feed, &SitemapIndex{r.sitemaps}
	case r.root == "" && err == nil:
		err = fmt.Errorf("%w: XML without content", quoth.ErrMalformed)
	}
	return r.feed, err
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if strings.EqualFold(a.Name.Local, name) && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
