package article

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/go-shiori/dom"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// hugeMarkup is the most bytes of markup, without scripts and styles, that
// go-trafilatura is given: its time grows with the square of the page.
const hugeMarkup = 1 << 20

// most elements that go-trafilatura is given, for the same reason.
const hugeTree = 12_000

// A page is refused that has more elements, or whose bytes without scripts and
// styles, each times the elements that it stands within, are more. Both are
// many times what pages of news have; the extractors read a text again for each
// element around it, and would take a minute.
const (
	mostElements = 100_000
	mostWeight   = 1 << 26
)

// fromHTML fills in an article from a page's markup.
func fromHTML(a *quoth.Article, body []byte) (err error) {
	defer func() { // the extractors are other people's code on hostile input
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: the page's markup cannot be read (%v)", quoth.ErrMalformed, r)
		}
	}()
	western := false
	if !utf8.Valid(body) {
		if body, western, err = inUTF8(body); err != nil {
			return err
		}
	}
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil { // x/net/html gives up on elements nested too deeply, and on nothing else
		return fmt.Errorf("%w: the page's markup is nested too deeply; save its text as .txt and give that", quoth.ErrMalformed)
	}
	page, _ := url.Parse(a.URL)
	m := readMeta(doc)
	size, elements := strip(doc)
	if elements > mostElements || weight(doc, 0) > mostWeight {
		return fmt.Errorf("its markup is %w: more than any page of news has; save its text as .txt and give that", quoth.ErrTooLarge)
	}
	captions, prose, spaced := figures(doc), paragraphsOf(doc), spacingOf(doc)
	before := doc
	whole := size <= hugeMarkup && elements <= hugeTree
	if whole {
		before = dom.Clone(doc, true) // trafilatura changes what it is given
	}
	x := extract(doc, page, whole)
	head(a, &m, x, page)
	var w writer
	if a.Title != "" {
		w.add(a.Title, quoth.Title)
	}
	if x.node != nil {
		body := complete(parts(x.node, a.Title, captions, spaced), prose)
		w.add(standfirst(before, m.descriptions, body), quoth.Body)
		for i, p := range body {
			if i <= lowestByline {
				dateline(a, p.text)
			}
			if n := headCredit(p.text); n > 0 && p.kind == quoth.Body {
				w.add(p.text[:n], quoth.Credit)
				p.text = p.text[n:]
			}
			w.add(p.text, p.kind)
		}
	}
	for _, c := range captions {
		w.add(c.text, c.kind)
	}
	a.Text, a.Paragraphs = w.text.String(), w.paragraphs
	if western && !text.Western(a.Text) {
		return fmt.Errorf("%w: the page's character encoding cannot be told; save it in UTF-8 and give that", quoth.ErrMalformed)
	}
	if a.Paragraphs == nil {
		a.Paragraphs = []quoth.Paragraph{}
	}
	return nil
}

// extracted is what the extractors make of a page.
type extracted struct {
	node                *html.Node // the body; nil where none is found
	read                readability.Article
	title, author, site string    // go-trafilatura's
	date                time.Time // the same
}

// extract has go-readability read a copy of a document, and, where the document is
// not too large, go-trafilatura the document itself, which it changes.
func extract(doc *html.Node, page *url.URL, whole bool) extracted {
	var x extracted
	ps := readability.NewParser()
	read, err := ps.ParseDocument(dom.Clone(doc, true), page)
	if x.read = read; err == nil {
		x.node = read.Node
	}
	if !whole {
		return x
	}
	got, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL: page, EnableFallback: true, ExcludeComments: true,
		FallbackCandidates: &trafilatura.FallbackCandidates{Readability: x.node},
	})
	if err == nil {
		x.node, x.date = got.ContentNode, got.Metadata.Date
		x.site, x.author, x.title = got.Metadata.Sitename, got.Metadata.Author, got.Metadata.Title
	}
	return x
}

// head fills in title, byline, outlet and date, where they did not come with the
// page: from what it says of itself, then from what the extractors found.
func head(a *quoth.Article, m *meta, x extracted, page *url.URL) {
	first := func(xs ...string) string {
		for _, x := range xs {
			if x = squeeze(seen(x)); x != "" {
				return x
			}
		}
		return ""
	}
	a.Title = first(a.Title, withoutSite(first(x.read.Title(), x.title, m.title), first(m.site, x.read.SiteName(), x.site)))
	a.Byline = first(a.Byline, cleanByline(m.author), cleanByline(x.read.Byline()), cleanByline(x.author))
	host := ""
	if page != nil {
		host = strings.TrimPrefix(page.Hostname(), "www.")
	}
	a.Outlet = first(a.Outlet, m.site, x.read.SiteName(), x.site, host)
	if a.Dated != nil {
		return
	}
	dates := m.dates
	// Of a year alone, any that the text names, go-trafilatura makes the first of January.
	if !x.date.IsZero() && x.date.YearDay() > 1 {
		day := x.date.Format(time.DateOnly)
		dates = append(dates, quoth.Date{Date: day, From: "text", Text: day})
	}
	if d, ok := urlDate(first(a.URL, m.address)); ok {
		dates = append(dates, d)
	}
	if len(dates) > 0 {
		a.Dated, a.Published = &dates[0], dates[0].Date
	}
}

// dateline takes the byline and the date, where they are missing, from a line near
// the top of the body that gives them.
func dateline(a *quoth.Article, line string) {
	by := byline.MatchString(line)
	if !by && !stamp.MatchString(line) {
		return
	}
	if by && a.Byline == "" {
		a.Byline = cleanByline(line)
	}
	if d := dayOf(line); d != "" && a.Dated == nil {
		a.Dated, a.Published = &quoth.Date{Date: d, From: "text", Text: line}, d
	}
}

// What stands behind the names in a byline's element: when it was put there,
// for whom, and buttons. And what stands between them: addresses and offices.
var (
	behindNames  = regexp.MustCompile(`(?: [|•·] | [Ff]or (?:\S+\.(?:com|co\.uk|org|net)\b|[Tt]he \p{Lu}|MailOnline)|(?:Twitter|Facebook|Instagram|LinkedIn)|\b(?:Published|Updated|Posted)\b|\b(?:Today|Yesterday),? (?:at )?\d|(?:\b` + weekdays + `,? )?(?:\b\d{1,2} )?\b` + months + `\.? \d|\b\d{1,2}[:/]\d\d|\b(?:19|20)\d\d-\d\d).*$`)
	betweenNames = regexp.MustCompile(`\S*@\S+|, (?:[\p{L}'’&-]+ ){0,3}(?i:writers?|correspondents?|reporters?|editors?|columnists?|staff)\b`)
)

// cleanByline keeps the names of a byline: "" where it is a date alone. Where
// it is addresses alone, it leaves it as it is.
func cleanByline(s string) string {
	s = squeeze(s)
	for _, p := range []string{"Written by ", "Posted by ", "By ", "by ", "BY "} {
		s = strings.TrimPrefix(s, p)
	}
	const loose = " ,;:|-–—•·("
	s = strings.TrimRight(behindNames.ReplaceAllString(s, ""), loose)
	if names := strings.TrimRight(squeeze(betweenNames.ReplaceAllString(s, "")), loose); names != "" {
		return names
	}
	return s
}

// strip takes scripts, styles and the like out of a document, and counts what
// is left: bytes of text and markup, and elements.
func strip(n *html.Node) (size, elements int) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode,
			c.Type == html.ElementNode && (c.DataAtom == atom.Script || c.DataAtom == atom.Style || c.DataAtom == atom.Template || c.DataAtom == atom.Svg || c.DataAtom == atom.Iframe || c.DataAtom == atom.Wbr || consent(c) || comments(c)):
			n.RemoveChild(c)
		default:
			switch {
			case c.Type == html.TextNode:
				c.Data = seen(c.Data)
			case c.DataAtom == atom.Footer && n.DataAtom == atom.Blockquote: // whose words they are
				c.DataAtom, c.Data = atom.P, "p"
			}
			s, e := strip(c)
			if c.DataAtom == atom.Tr {
				joinCells(c)
			}
			size, elements = size+s+len(c.Data), elements+e
			if c.Type == html.ElementNode {
				elements++
			}
		}
		c = next
	}
	return size, elements
}

// joinCells makes the short cells of a table's row one, so that the row is a
// paragraph: "Labour | 88 | 41.2%". Rows that hold blocks or long texts lay out a page.
func joinCells(row *html.Node) {
	var cells []*html.Node
	var words []string
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if cells = append(cells, c); empty(c) {
			continue
		}
		var all, links strings.Builder
		textOf(c, &all, &links, false)
		s := squeeze(all.String())
		if !leaf(c) || len(s) > shortLine || links.Len() > 0 {
			return
		}
		words = append(words, s)
	}
	if len(cells) < 2 || len(words) < 2 {
		return
	}
	for _, c := range cells[1:] {
		row.RemoveChild(c)
	}
	for c := cells[0]; c.FirstChild != nil; {
		c.RemoveChild(c.FirstChild)
	}
	cells[0].AppendChild(&html.Node{Type: html.TextNode, Data: strings.Join(words, " | ")})
}

// empty reports whether an element holds nothing but white space.
func empty(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return true
}

// weight is the bytes of a document, each as often as elements stand around it.
func weight(n *html.Node, depth int) int {
	out := depth * len(n.Data)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out += weight(c, depth+1)
	}
	return out
}

// asks names elements that ask the reader for consent, by id or class.
var asks = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:onetrust|ot-sdk|cookie|consent|gdpr|ccpa|truste|didomi|paywall-overlay)`)

// consent tells boxes about cookies and the like. One that holds an article is
// none of them.
func consent(n *html.Node) bool {
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
		return false
	}
	for _, a := range n.Attr {
		if (a.Key == "id" || a.Key == "class") && asks.MatchString(a.Val) {
			return !holds(n, atom.Article) && !holds(n, atom.H1)
		}
	}
	return false
}

func holds(n *html.Node, what atom.Atom) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == what || holds(c, what) {
			return true
		}
	}
	return false
}

// replies names elements that hold what readers wrote below an article, by id
// or one class.
var replies = regexp.MustCompile(`(?i)^(?:comments|comments?-?(?:list|section|area|container|wrapper|threads?|block)|(?:reader|user|article|post|story)-?comments|disqus_thread|fb-comments)$`)

// comments tells boxes of readers' comments. The extractors know many, and take
// them for the body where it is shorter. A box that holds the headline is none.
func comments(n *html.Node) bool {
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
		return false
	}
	for _, a := range n.Attr {
		if (a.Key == "id" || a.Key == "class") && slices.ContainsFunc(strings.Fields(a.Val), replies.MatchString) {
			return !holds(n, atom.H1)
		}
	}
	return false
}

// A part is a paragraph before it has its position.
type part struct {
	text string
	kind quoth.ParagraphKind
}

// figures collects the captions and credits of the pictures that stand in the
// article itself.
func figures(doc *html.Node) []part {
	var out []part
	seen := map[string]bool{}
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Article, atom.Main:
				inside = true
			case atom.Aside, atom.Nav, atom.Footer:
				return
			case atom.Figcaption:
				if !inside {
					return
				}
				for _, part := range captionParts(n) {
					if part.text != "" && !seen[part.text] {
						seen[part.text] = true
						out = append(out, part)
					}
				}
				return
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	walk(doc, false)
	return out
}

// captionLabel is what screen readers read out before a caption.
var captionLabel = regexp.MustCompile(`^\s*(?:Image|Media|Video|Photo) caption[,:]\s*`)

// captionParts splits a caption from the credit that stands in an element of
// its own within it.
func captionParts(n *html.Node) []part {
	var blocks []string
	var text strings.Builder
	flush := func() {
		if s := squeeze(captionLabel.ReplaceAllString(text.String(), "")); s != "" {
			blocks = append(blocks, s)
		}
		text.Reset()
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				text.WriteString(c.Data)
			case c.Type == html.ElementNode && c.DataAtom != atom.A && c.DataAtom != atom.B && c.DataAtom != atom.I && c.DataAtom != atom.Em && c.DataAtom != atom.Strong:
				flush()
				walk(c)
				flush()
			default:
				walk(c)
			}
		}
	}
	walk(n)
	flush()
	var out []part
	for _, b := range whole(blocks) {
		kind := quoth.Caption
		if len(b) < 120 && (credit.MatchString(b) || len(out) > 0 && !ends(b)) {
			kind = quoth.Credit
		}
		out = append(out, part{b, kind})
	}
	return out
}

// whole joins what elements within one caption tear apart: "(", "Image:",
// "Getty)".
func whole(blocks []string) []string {
	var out []string
	for _, b := range blocks {
		n := len(out) - 1
		follows := strings.IndexAny(b, ":,.;)") == 0
		switch {
		case n >= 0 && (follows || strings.HasSuffix(out[n], "(")):
			out[n] += b
		case n >= 0 && (strings.Count(out[n], "(") > strings.Count(out[n], ")") || strings.HasSuffix(out[n], ":")):
			out[n] += " " + b
		default:
			out = append(out, b)
		}
	}
	return out
}

// A writer puts paragraphs into one text.
type writer struct {
	text       strings.Builder
	points     int
	paragraphs []quoth.Paragraph
}

func (w *writer) add(s string, kind quoth.ParagraphKind) {
	if s = squeeze(s); s == "" {
		return
	}
	if w.points > 0 {
		w.text.WriteString("\n\n")
		w.points += 2
	}
	n := utf8.RuneCountInString(s)
	w.text.WriteString(s)
	w.paragraphs = append(w.paragraphs, quoth.Paragraph{Start: w.points, End: w.points + n, Kind: kind})
	w.points += n
}

var block = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Blockquote: true, atom.H1: true, atom.H2: true,
	atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Section: true, atom.Article: true, atom.Table: true, atom.Tr: true,
	atom.Td: true, atom.Th: true, atom.Tbody: true, atom.Thead: true, atom.Pre: true, atom.Figure: true, atom.Figcaption: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Main: true, atom.Header: true, atom.Body: true, atom.Br: true, atom.Hr: true,
}

// element is what an element is called. The extractors rename elements and
// leave DataAtom as it was.
func element(n *html.Node) atom.Atom { return atom.Lookup([]byte(n.Data)) }

// kindOf corrects a paragraph's kind by its words.
func kindOf(s string, kind quoth.ParagraphKind) quoth.ParagraphKind {
	switch {
	case furniture.MatchString(s), len(s) < 300 && pointer.MatchString(s), len(s) < 600 && note.MatchString(s), len(s) < 120 && stamp.MatchString(s):
		return quoth.Furniture
	case kind != quoth.Heading && len(s) < 120 && (credit.MatchString(s) || byline.MatchString(s)), len(s) < 400 && signoff.MatchString(s):
		return quoth.Credit
	case kind == quoth.Body && (len(s) < longCaption && captioned.MatchString(s) || len(s) < longArchived && archived.MatchString(s)):
		return quoth.Caption
	}
	return kind
}

// parts gives the block elements below n as paragraphs, without the title and
// the captions.
func parts(n *html.Node, title string, captions []part, page spacing) []part {
	known := map[string]bool{plain(title): true}
	for _, c := range captions {
		known[plain(c.text)] = true
	}
	var out []part
	for _, p := range runs(n) {
		for _, p := range page.mend(p) {
			low := plain(p.text)
			if known[low] && low != "" || p.kind == quoth.Title && sameHeadline(p.text, title) {
				continue
			}
			known[low] = len(p.text) > 40 // a paragraph that stands twice is a box's copy of it
			out = append(out, part{p.text, kindOf(p.text, p.kind)})
		}
	}
	return out
}

// runs gives the stretches of text below n that no block element breaks.
func runs(n *html.Node) []part {
	var out []part
	var text strings.Builder
	flush := func(kind quoth.ParagraphKind) {
		if s := squeeze(text.String()); s != "" {
			out = append(out, part{s, kind})
		}
		text.Reset()
	}
	var walk func(n *html.Node, kind quoth.ParagraphKind)
	walk = func(n *html.Node, kind quoth.ParagraphKind) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				text.WriteString(c.Data)
			case c.Type != html.ElementNode:
			case block[element(c)]:
				flush(kind)
				inner := kind
				switch element(c) {
				case atom.H1:
					inner = quoth.Title
				case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
					inner = quoth.Heading
				case atom.Figcaption:
					inner = quoth.Caption
				}
				walk(c, inner)
				flush(inner)
			default:
				walk(c, kind)
			}
		}
	}
	walk(n, quoth.Body)
	flush(quoth.Body)
	return out
}

// The extractors now and then lose the space between two elements ("Our
// view:Brandt must go"), or the border between two paragraphs. A spacing tells
// from its letters how a stretch stood on the page.
type spacing struct {
	runs  []part
	bare  []string         // their texts without space
	begin map[string][]int // the runs that begin with so many letters
}

const (
	mendKey  = 16 // bytes
	mostMend = 20 // runs tried that begin alike
)

func bare(s string) string { return strings.Join(strings.Fields(s), "") }

func spacingOf(doc *html.Node) spacing {
	p := spacing{runs: runs(doc), begin: map[string][]int{}}
	for i, r := range p.runs {
		b := bare(r.text)
		p.bare = append(p.bare, b)
		if k := b[:min(len(b), mendKey)]; len(p.begin[k]) < mostMend {
			p.begin[k] = append(p.begin[k], i)
		}
	}
	return p
}

// mend gives a stretch as it stood on the page: with its spaces, and in as many
// paragraphs.
func (p spacing) mend(s part) []part {
	want := bare(s.text)
	for n := min(len(want), mendKey); n > 0; n-- {
		for _, i := range p.begin[want[:n]] {
			rest, k := want, i
			for ; k < len(p.runs) && rest != "" && strings.HasPrefix(rest, p.bare[k]); k++ {
				rest = rest[len(p.bare[k]):]
			}
			switch {
			case rest != "":
			case k == i+1:
				return []part{{p.runs[i].text, s.kind}}
			default:
				return p.runs[i:k]
			}
		}
	}
	return []part{s}
}
