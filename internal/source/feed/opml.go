package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/quothnews/quoth"
)

// A Subscription is one feed in a list. Its address may hold a name and password.
// Folder is where it stands, "" at the top, "News/Europe" in nested folders.
type Subscription struct {
	URL    string
	Title  string
	Home   string
	Folder string
}

// IsOPML reports whether a document looks like a list of feeds.
func IsOPML(b []byte) bool {
	b = clean(b[:min(len(b), 4096)])
	return len(b) > 0 && b[0] == '<' && bytes.Contains(bytes.ToLower(b), []byte("<opml"))
}

// ReadOPML lists the feeds of an OPML document, each once. What stands before
// damage comes with the error.
func ReadOPML(b []byte) ([]Subscription, error) {
	if len(b) > Max {
		return nil, fmt.Errorf("the list is %w: more than %d MB", quoth.ErrTooLarge, Max>>20)
	}
	dec := xml.NewDecoder(bytes.NewReader(clean(b)))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var out []Subscription
	var folders []string // one for each open outline, "" for a feed
	seen, bad := map[string]bool{}, 0
	for {
		token, err := dec.RawToken()
		switch {
		case err == io.EOF && len(folders) == 0:
			if bad > 0 {
				err = fmt.Errorf("%w: %d of the list's addresses are no http or https addresses", quoth.ErrMalformed, bad)
			} else {
				err = nil
			}
			if err == nil && len(out) == 0 {
				err = fmt.Errorf("%w: the list names no feed", quoth.ErrMalformed)
			}
			return out, err
		case err != nil:
			var s *xml.SyntaxError
			if errors.As(err, &s) {
				return out, fmt.Errorf("%w OPML: line %d: %s", quoth.ErrMalformed, s.Line, s.Msg)
			}
			return out, fmt.Errorf("%w OPML: it breaks off", quoth.ErrMalformed)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !strings.EqualFold(t.Name.Local, "outline") {
				continue
			}
			if len(folders) == deepest {
				return out, fmt.Errorf("%w OPML: more than %d folders within each other", quoth.ErrMalformed, deepest)
			}
			title := squeeze(attr(t, "title"))
			if title == "" {
				title = squeeze(attr(t, "text"))
			}
			address := strings.TrimSpace(attr(t, "xmlUrl"))
			if address == "" {
				folders = append(folders, strings.ReplaceAll(title, "/", "∕"))
				continue
			}
			folder := strings.Trim(strings.Join(folders, "/"), "/")
			folders = append(folders, "")
			if at := absolute("", address); at == nil {
				bad++
			} else if u := at.String(); !seen[u] {
				seen[u] = true
				if title == address { // a stand-in for a title
					title = ""
				}
				out = append(out, Subscription{URL: u, Title: title, Home: resolve("", attr(t, "htmlUrl")), Folder: folder})
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

type outline struct {
	XMLName xml.Name `xml:"outline"`
	Type    string   `xml:"type,attr,omitempty"`
	Text    string   `xml:"text,attr"`
	Title   string   `xml:"title,attr,omitempty"`
	Feed    string   `xml:"xmlUrl,attr,omitempty"`
	Home    string   `xml:"htmlUrl,attr,omitempty"`
	Inner   []*outline
}

// WriteOPML writes a list of feeds as OPML 2.0, with its folders.
func WriteOPML(w io.Writer, title string, list []Subscription) error {
	var doc struct {
		XMLName xml.Name   `xml:"opml"`
		Version string     `xml:"version,attr"`
		Title   string     `xml:"head>title"`
		Body    []*outline `xml:"body>outline"`
	}
	doc.Version, doc.Title = "2.0", title
	top := &outline{}
	folders := map[string]*outline{"": top}
	var folder func(path string) *outline
	folder = func(path string) *outline {
		if o := folders[path]; o != nil {
			return o
		}
		above, name := "", path
		if at := strings.LastIndexByte(path, '/'); at >= 0 {
			above, name = path[:at], path[at+1:]
		}
		o := &outline{Text: name}
		in := folder(above)
		in.Inner = append(in.Inner, o)
		folders[path] = o
		return o
	}
	for _, s := range list {
		name := s.Title
		if name == "" {
			name = s.URL
		}
		in := folder(s.Folder)
		in.Inner = append(in.Inner, &outline{Type: "rss", Text: name, Title: name, Feed: s.URL, Home: s.Home})
	}
	doc.Body = top.Inner
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
