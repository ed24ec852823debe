package article

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/quothnews/quoth"
)

// The extractors now and then lose paragraphs of the body: the first one, or
// all those of a second container behind an advertisement. Outlets' templates
// put every paragraph of a body into the same kind of place, so what stands in
// the place where most of the kept paragraphs stand is body too.

const (
	placeDepth   = 3         // elements above a paragraph that make its place
	leastKept    = 4         // paragraphs that a place needs to be trusted
	leastLost    = 40        // bytes of a paragraph that is taken back
	mostLinked   = 50        // percent of its text that may stand in links
	mostPairs    = 4_000_000 // paragraphs kept times paragraphs of the page
	shareOfPlace = 50        // percent of the kept paragraphs that stand in the place
)

// A prose is a paragraph of the page as it came.
type prose struct {
	text   string
	place  string
	home   *html.Node // the article element around it, or nil
	linked int        // bytes of its text in links
}

// paragraphsOf lists the <p> elements of a document.
func paragraphsOf(doc *html.Node) []prose {
	var out []prose
	var walk func(n, home *html.Node)
	walk = func(n, home *html.Node) {
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Article:
				home = n
			case atom.Aside, atom.Nav, atom.Footer, atom.Figure, atom.Form, atom.Blockquote:
				return
			case atom.P:
				p := prose{place: placeOf(n), home: home}
				var all, links strings.Builder
				textOf(n, &all, &links, false)
				p.text, p.linked = squeeze(all.String()), len(squeeze(links.String()))
				if p.text != "" {
					out = append(out, p)
				}
				return
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, home)
		}
	}
	walk(doc, nil)
	return out
}

func textOf(n *html.Node, all, links *strings.Builder, inLink bool) {
	if n.Type == html.TextNode {
		all.WriteString(n.Data)
		if inLink {
			links.WriteString(n.Data)
		}
		return
	}
	if n.DataAtom == atom.Br {
		all.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		textOf(c, all, links, inLink || n.DataAtom == atom.A)
	}
}

// placeOf names the elements right above a paragraph, with their classes.
func placeOf(n *html.Node) string {
	var b strings.Builder
	for range placeDepth {
		if n = n.Parent; n == nil {
			break
		}
		b.WriteString(n.Data)
		for _, a := range n.Attr {
			if a.Key == "class" {
				b.WriteByte('.')
				b.WriteString(a.Val)
			}
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// complete puts paragraphs that were lost back where they stood.
func complete(parts []part, page []prose) []part {
	if len(parts)*len(page) > mostPairs {
		return parts
	}
	at := map[string]int{}
	for i, p := range parts {
		if p.kind == quoth.Body {
			at[p.text] = i
		}
	}
	places, homes, kept := map[string]int{}, map[*html.Node]bool{}, 0
	for _, p := range page {
		if _, ok := at[p.text]; ok {
			places[p.place]++
			homes[p.home] = true
			kept++
		}
	}
	after := map[int][]part{} // what comes behind a part; -1 for before all
	last, any := -1, false
	seen := map[string]bool{}
	for _, p := range page {
		if i, ok := at[p.text]; ok {
			last = i
			continue
		}
		n := places[p.place]
		if n < leastKept || n*100 < kept*shareOfPlace || !homes[p.home] || seen[p.text] || len(p.text) < leastLost || p.linked*100 > len(p.text)*mostLinked {
			continue
		}
		if slices.ContainsFunc(parts, func(k part) bool {
			return strings.Contains(k.text, p.text) || len(k.text) > leastLost && strings.Contains(p.text, k.text)
		}) {
			continue
		}
		seen[p.text], any = true, true
		after[last] = append(after[last], part{p.text, kindOf(p.text, quoth.Body)})
	}
	if !any {
		return parts
	}
	out := slices.Clone(after[-1])
	for i, p := range parts {
		out = append(append(out, p), after[i]...)
	}
	return out
}
