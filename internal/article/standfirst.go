package article

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/quothnews/quoth"
)

// The standfirst is the sentence or two between headline and text. Extractors
// take it for furniture; it often says who said what first of all.

const (
	leastStandfirst = 30 // bytes
	mostStandfirst  = 500
)

// standing names elements that hold a standfirst, by class, id or test name.
var standing = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:stand-?first|dek|deck|sub-?head(?:line|ing)?|sub-?title|article-?(?:summary|description|intro|lead)|lede|excerpt)(?:$|[\s_-])`)

// standfirst finds the standfirst: the first text behind the headline and
// before the body that the page also gives as its description, or that stands
// in an element named for it. It gives "" where the body has it already, and
// there makes it a paragraph of the body.
func standfirst(doc *html.Node, descriptions []string, body []part) string {
	wanted, known := map[string]bool{}, map[string]bool{}
	for _, d := range descriptions {
		if d = plain(d); len(d) >= leastStandfirst {
			wanted[d] = true
		}
	}
	for i, p := range body {
		low := plain(p.text)
		known[low] = true
		if p.kind == quoth.Heading && wanted[low] { // set as a heading, and none
			body[i].kind = quoth.Body
		}
	}
	found, headline, over := "", false, false
	var walk func(n *html.Node, named bool)
	walk = func(n *html.Node, named bool) {
		if over || n.Type != html.ElementNode && n.Type != html.DocumentNode {
			return
		}
		switch n.DataAtom {
		case atom.H1:
			headline = true
			return
		case atom.Head, atom.Nav, atom.Aside, atom.Footer, atom.Figure, atom.Form:
			return
		}
		named = named || isNamed(n)
		if n.DataAtom != atom.Body && (leaf(n) || isHeadingOrP(n)) {
			var all, links strings.Builder
			textOf(n, &all, &links, false)
			s := squeeze(all.String())
			low := plain(s)
			switch {
			case low == "":
			case known[low] && len(low) >= leastStandfirst:
				over = true
			case len(s) >= leastStandfirst && len(s) <= mostStandfirst && headline && (wanted[low] || named && 2*len(squeeze(links.String())) < len(s)):
				found, over = s, true
			}
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, named)
		}
	}
	walk(doc, false)
	if found == "" || kindOf(found, quoth.Body) != quoth.Body {
		return ""
	}
	for _, p := range body {
		if strings.Contains(plain(p.text), plain(found)) {
			return ""
		}
	}
	return found
}

func isNamed(n *html.Node) bool {
	for _, a := range n.Attr {
		if (a.Key == "class" || a.Key == "id" || a.Key == "data-testid" || a.Key == "itemprop") && standing.MatchString(a.Val) {
			return true
		}
	}
	return false
}

func isHeadingOrP(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.H2, atom.H3, atom.H4:
		return true
	}
	return false
}

// leaf reports whether an element holds text and no other block.
func leaf(n *html.Node) bool {
	text := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			text = text || strings.TrimSpace(c.Data) != ""
		case c.Type == html.ElementNode && block[c.DataAtom]:
			return false
		}
	}
	return text
}

// plain is a text for comparing: letters and digits in lower case.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f && r != '“' && r != '”' && r != '‘' && r != '’' && r != '—' && r != '–' && r != '\u00a0')
	}), " ")
}
