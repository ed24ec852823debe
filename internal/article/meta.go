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
	descriptions        []string
	dates               []quoth.Date
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

// onCalendar tells days from what is only written like one: 2031-02-30.
func onCalendar(date string) bool {
	_, err := time.Parse(time.DateOnly, date)
	return err == nil
}

func readMeta(doc *html.Node) meta {
	var m meta
	var fromMeta, fromTime []quoth.Date
	var ld []quoth.Date
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
					case dateMeta[name] && !dated:
						if d := dayIn(value); d != "" {
							fromMeta, dated = append(fromMeta, quoth.Date{Date: d, From: "meta", Text: value}), true
						}
					}
				}
			case atom.Time:
				if d := dayIn(attr("datetime")); d != "" {
					fromTime = append(fromTime, quoth.Date{Date: d, From: "text", Text: attr("datetime")})
				}
			case atom.Script:
				if strings.EqualFold(attr("type"), "application/ld+json") && n.FirstChild != nil {
					var v any
					if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
						m.linked(v, &ld, 0)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	m.dates = append(append(ld, fromMeta...), fromTime...)
	return m
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
				if d := dayIn(s); d != "" {
					*dates = append(*dates, quoth.Date{Date: d, From: "json-ld", Text: s})
				}
			}
			if s, ok := v["description"].(string); ok {
				m.descriptions = append(m.descriptions, s)
			}
			if m.author == "" {
				m.author = strings.Join(names(v["author"], 0), ", ")
			}
			if p := names(v["publisher"], 0); len(p) > 0 && m.site == "" {
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
func names(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if s := squeeze(v); s != "" && !strings.Contains(s, "://") {
			return []string{s}
		}
	case map[string]any:
		return names(v["name"], depth+1)
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, names(x, depth+1)...)
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
