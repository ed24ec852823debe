// Package feed reads what outlets publish about their newest articles: RSS,
// RDF (RSS 0.9 and 1.0), Atom, JSON Feed and news sitemaps; and OPML, the lists
// of feeds that readers exchange.
//
//	f, err := feed.Parse(body, "https://example.org/feed.xml")
//	for _, e := range f.Entries { … }
//
// Feeds are hostile input. A document that breaks off or is damaged gives an
// error and the entries that stood whole before it. Bytes that are no UTF-8 and
// control characters are replaced, entities that a document declares itself are
// never expanded, and time and memory grow with the document alone.
package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"github.com/quothnews/quoth"
)

// Max is the most bytes of a feed, after decompression, that are read: about
// 60,000 entries.
const Max = 20 << 20

// Accept is what to ask a server for.
const Accept = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"

// A Feed is what a document tells. What it does not tell is empty.
type Feed struct {
	Kind    string // "rss", "rdf", "atom", "json" or "sitemap"
	Title   string
	Home    string        // address of the outlet's page
	Every   time.Duration // how often the feed asks to be read, 0 where it does not say
	Entries []Entry       // in the document's order
}

// An Entry is one article that a feed names.
type Entry struct {
	URL       string // absolute, http or https
	Title     string
	Published time.Time // zero where it is not told or not understood
	Updated   time.Time // when it says that it changed last, else as Published
}

// NotFeed is the error about a web page in place of a feed.
type NotFeed struct {
	Feeds []string // addresses of feeds that the page names
}

func (e *NotFeed) Error() string {
	if len(e.Feeds) == 0 {
		return "this is a web page and no feed, and it names none"
	}
	return "this is a web page and no feed; it names " + strings.Join(e.Feeds[:min(3, len(e.Feeds))], ", ")
}

func (e *NotFeed) Unwrap() error { return quoth.ErrMalformed }

// SitemapIndex is the error about an index of sitemaps.
type SitemapIndex struct {
	Sitemaps []string
}

func (e *SitemapIndex) Error() string {
	if len(e.Sitemaps) == 0 {
		return "this is an empty index of sitemaps"
	}
	return fmt.Sprintf("this is an index of %d sitemaps; add one that holds news, such as %s", len(e.Sitemaps), e.Sitemaps[0])
}

func (e *SitemapIndex) Unwrap() error { return quoth.ErrMalformed }

// Parse reads a feed that came from an address. With an error, the feed holds
// the entries that were read before it.
func Parse(body []byte, address string) (Feed, error) {
	body, cut := unzip(body)
	text := clean(body)
	var f Feed
	var err error
	switch {
	case len(text) == 0:
		err = fmt.Errorf("%w: the feed is empty", quoth.ErrMalformed)
	case text[0] == '{':
		f, err = readJSON(text, address)
	case text[0] == '<':
		f, err = readXML(text, address)
		var page *NotFeed
		if errors.As(err, &page) {
			page.Feeds = named(text, address)
		}
	default:
		err = fmt.Errorf("%w: neither XML nor JSON, so no feed", quoth.ErrMalformed)
	}
	for i := range f.Entries {
		if e := &f.Entries[i]; e.Published.After(e.Updated) {
			e.Updated = e.Published
		}
	}
	return f, errors.Join(err, cut)
}

// unzip takes gzip off, as sitemaps often have it. What can be had of a stream
// that is too long or damaged comes with the error.
func unzip(b []byte) ([]byte, error) {
	if bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("%w gzip: %v", quoth.ErrMalformed, err)
		}
		b, err = io.ReadAll(io.LimitReader(z, Max+1))
		if err != nil {
			return b, fmt.Errorf("%w gzip: %v", quoth.ErrMalformed, err)
		}
	}
	if len(b) > Max {
		return b[:Max], fmt.Errorf("the feed is %w: more than %d MB", quoth.ErrTooLarge, Max>>20)
	}
	return b, nil
}

// clean gives a document in UTF-8 without the characters that XML forbids.
func clean(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		if d, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			b = d
		}
	case !utf8.Valid(b):
		if label := declared(b); label != "" {
			if enc, name := charset.Lookup(label); enc != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
				if d, err := enc.NewDecoder().Bytes(b); err == nil {
					b = d
				}
			}
		}
	}
	b = bytes.ToValidUTF8(b, []byte("\ufffd"))
	b = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, b)
	return bytes.TrimLeft(b, "\ufeff \t\r\n")
}

// declared is the encoding that an XML declaration names.
func declared(b []byte) string {
	head, _, ok := bytes.Cut(b[:min(len(b), 256)], []byte("?>"))
	_, value, found := bytes.Cut(head, []byte("encoding="))
	if !ok || !found || len(value) < 2 {
		return ""
	}
	name, _, _ := bytes.Cut(value[1:], value[:1])
	return string(name)
}

// resolve makes an address absolute, without name and password. It gives "" for
// what is no address of a web page.
func resolve(base, ref string) string {
	u := absolute(base, ref)
	if u == nil {
		return ""
	}
	u.User = nil
	return u.String()
}

// absolute makes an address absolute. It gives nil for what is no address of a web
// page.
func absolute(base, ref string) *url.URL {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return nil
	}
	if b, err := url.Parse(base); err == nil {
		u = b.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	return u
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
