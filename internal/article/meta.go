package article

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/quothnews/quoth"
)

// meta is what a page says of itself in its head. Dates stand in the order in
// which they are trusted.
type meta struct {
	title, author, site string
	address             string // its own, where it gives one
	descriptions        []string
	dates               []quoth.Date
	known               map[string]any // what JSON-LD describes, by @id
}

var dateMeta = map[string]bool{
	"article:published_time": true, "datepublished": true, "date": true, "pubdate": true, "publishdate": true, "dc.date": true, "dc.date.issued": true,
	"dcterms.created": true, "parsely-pub-date": true, "sailthru.date": true, "article.published": true, "published_time": true, "og:article:published_time": true,
}

var day = regexp.MustCompile(`\b((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`)

// dayIn finds the first day in a text that the calendar has; "" where there is none.
func dayIn(s string) string {
	for _, d := range day.FindAllString(s, -1) {
		if onCalendar(d) {
			return d
		}
	}
	return ""
}

// Days in words: "9 March 2031", "Sun, 09 Mar 2031", "March 9, 2031".
var (
	dayFirst   = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)? (` + months + `)\.?,? ((?:19|20)\d\d)\b`)
	monthFirst = regexp.MustCompile(`\b(` + months + `)\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b`)
)

// dayOf finds the first day in what a page gives as its date: in figures, else
// in words.
func dayOf(s string) string {
	if d := dayIn(s); d != "" {
		return d
	}
	var d, month, y string
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		d, month, y = m[1], m[2], m[3]
	} else if m := monthFirst.FindStringSubmatch(s); m != nil {
		d, month, y = m[2], m[1], m[3]
	} else {
		return ""
	}
	t, err := time.Parse("2 Jan 2006", d+" "+month[:3]+" "+y)
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// onCalendar tells days from what is only written like one: 2031-02-30.
func onCalendar(date string) bool {
	_, err := time.Parse(time.DateOnly, date)
	return err == nil
}

func readMeta(doc *html.Node) meta {
	var m meta
	var fromMeta, fromTime []quoth.Date
	var ld []quoth.Date
	var linked []any
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			attr := func(k string) string {
				for _, a := range n.Attr {
					if a.Key == k {
						return strings.TrimSpace(a.Val)
					}
				}
				return ""
			}
			switch n.DataAtom {
			case atom.Meta:
				value := attr("content")
				dated := false
				for _, key := range []string{"property", "name", "itemprop"} { // one element may have all three
					switch name := strings.ToLower(attr(key)); {
					case name == "og:site_name":
						m.site = value
					case name == "description" || name == "og:description" || name == "twitter:description":
						m.descriptions = append(m.descriptions, value)
					case name == "og:title":
						m.title = value
					case name == "og:url" && m.address == "":
						m.address = value
					case dateMeta[name] && !dated:
						if d := dayOf(value); d != "" {
							fromMeta, dated = append(fromMeta, quoth.Date{Date: d, From: "meta", Text: value}), true
						}
					}
				}
			case atom.Link:
				if strings.EqualFold(attr("rel"), "canonical") {
					m.address = attr("href")
				}
			case atom.Time:
				said := attr("datetime")
				if said == "" {
					var all, links strings.Builder
					textOf(n, &all, &links, false)
					said = squeeze(all.String())
				}
				if d := dayOf(said); d != "" {
					fromTime = append(fromTime, quoth.Date{Date: d, From: "text", Text: said})
				}
			case atom.Script:
				if strings.EqualFold(attr("type"), "application/ld+json") && n.FirstChild != nil {
					if v, ok := fromJSON(n.FirstChild.Data); ok {
						linked = append(linked, v)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	m.known = map[string]any{}
	for _, v := range linked {
		m.identify(v, 0)
	}
	for _, v := range linked {
		m.linked(v, &ld, 0)
	}
	m.dates = append(append(ld, fromMeta...), fromTime...)
	return m
}

// Pages put JSON-LD into comments or CDATA sections, break lines within its
// strings, and leave a comma behind the last of a list.
var (
	aroundJSON = regexp.MustCompile(`^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$`)
	lastComma  = regexp.MustCompile(`,\s*([}\]])`)
)

func fromJSON(s string) (v any, ok bool) {
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	s = lastComma.ReplaceAllString(squeeze(aroundJSON.ReplaceAllString(s, "")), "$1")
	return v, json.Unmarshal([]byte(s), &v) == nil
}

// identify collects the names of what JSON-LD describes beside the article and
// refers to by @id.
func (m *meta) identify(v any, depth int) {
	if depth > 8 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			m.identify(x, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && v["name"] != nil {
			m.known[id] = v["name"]
		}
		m.identify(v["@graph"], depth+1)
	}
}

// linked reads JSON-LD: an article's date, authors and publisher.
func (m *meta) linked(v any, dates *[]quoth.Date, depth int) {
	if depth > 8 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			m.linked(x, dates, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			if s, ok := v["datePublished"].(string); ok {
				if d := dayOf(s); d != "" {
					*dates = append(*dates, quoth.Date{Date: d, From: "json-ld", Text: s})
				}
			}
			if s, ok := v["description"].(string); ok {
				m.descriptions = append(m.descriptions, s)
			}
			if m.author == "" {
				m.author = strings.Join(m.names(v["author"], 0), ", ")
			}
			if p := m.names(v["publisher"], 0); len(p) > 0 && m.site == "" {
				m.site = p[0]
			}
		}
		m.linked(v["@graph"], dates, depth+1)
		m.linked(v["mainEntity"], dates, depth+1)
	}
}

func isArticle(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasSuffix(v, "Article") || strings.HasSuffix(v, "BlogPosting") || v == "Report"
	case []any:
		for _, x := range v {
			if isArticle(x) {
				return true
			}
		}
	}
	return false
}

// names lists the names of persons or organisations in JSON-LD.
func (m *meta) names(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if s := squeeze(v); s != "" && !strings.Contains(s, "://") {
			return []string{s}
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && v["name"] == nil {
			return m.names(m.known[id], depth+1)
		}
		return m.names(v["name"], depth+1)
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, m.names(x, depth+1)...)
		}
		return out
	}
	return nil
}

var inURL = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:/|-|$)`)

// urlDate reads a date out of an address.
func urlDate(address string) (quoth.Date, bool) {
	m := inURL.FindStringSubmatch(address)
	if m == nil {
		return quoth.Date{}, false
	}
	date := m[1] + "-" + m[2] + "-" + m[3]
	return quoth.Date{Date: date, From: "url", Text: strings.Trim(m[0], "/-")}, onCalendar(date)
}
