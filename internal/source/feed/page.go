package feed

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var feedTypes = map[string]bool{"application/rss+xml": true, "application/atom+xml": true, "application/feed+json": true, "application/rdf+xml": true}

// named lists the feeds that a web page names in its head.
func named(text []byte, address string) []string {
	const head = 256 << 10
	var out []string
	z := html.NewTokenizer(bytes.NewReader(text[:min(len(text), head)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) != "link" {
				continue
			}
			at := map[string]string{}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				at[string(k)] = string(v)
			}
			kind, _, _ := strings.Cut(strings.ToLower(at["type"]), ";")
			if u := resolve(address, at["href"]); u != "" && feedTypes[strings.TrimSpace(kind)] && strings.Contains(strings.ToLower(at["rel"]), "alternate") && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
}
