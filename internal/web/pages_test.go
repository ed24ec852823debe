package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/storetest"
)

// has finds the elements that a small selector means: "tag", ".class",
// "#id", "[name=value]", joined without blanks ("a[rel=next]").
func has(root *html.Node, selector string) (found []*html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && matches(n, selector) {
			found = append(found, n)
		}
	}
	return found
}

func matches(n *html.Node, selector string) bool {
	for selector != "" {
		end := strings.IndexAny(selector[1:], ".#[") + 1
		if selector[0] == '[' {
			end = strings.IndexByte(selector, ']') + 1
		}
		if end == 0 {
			end = len(selector)
		}
		part := selector[:end]
		selector = selector[end:]
		ok := false
		switch part[0] {
		case '.':
			for _, c := range strings.Fields(attr(n, "class")) {
				ok = ok || c == part[1:]
			}
		case '#':
			ok = attr(n, "id") == part[1:]
		case '[':
			name, value, _ := strings.Cut(strings.TrimSuffix(part[1:], "]"), "=")
			ok = attr(n, name) == value
		default:
			ok = n.Data == part
		}
		if !ok {
			return false
		}
	}
	return true
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// sound checks what every page owes its readers: one heading, labelled fields,
// named links and buttons, IDs that are there once, and nothing inline.
func sound(t *testing.T, page []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(has(root, "h1")); n != 1 {
		t.Errorf("%d headings of the first rank", n)
	}
	ids, labelled := map[string]int{}, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") != "" {
			ids[attr(n, "id")]++
		}
		if n.Type == html.ElementNode && n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the ID %q is there %d times", id, n)
		}
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s %s> is inline", n.Data, a.Key)
			}
		}
		switch n.Data {
		case "script":
			if attr(n, "src") != "/static/desk.js" || n.FirstChild != nil {
				t.Error("a script that is not the desk's own")
			}
		case "form":
			if at := attr(n, "action"); at == "/corrections" || at == "/decisions" || at == "/verdicts" {
				if len(has(n, "input[name=by]")) != 1 || len(has(n, "button")) == 0 {
					t.Errorf("a form for %s does not ask who decides, or cannot be sent", at)
				}
			}
		case "style", "iframe", "object", "embed", "base":
			t.Errorf("<%s> has no business here", n.Data)
		case "a", "button":
			if textOf(n) == "" && attr(n, "aria-label") == "" {
				t.Errorf("<%s href=%q> says nothing", n.Data, attr(n, "href"))
			}
			if h := attr(n, "href"); strings.HasPrefix(h, "javascript:") && !strings.Contains(textOf(n), "Add to Quoth") {
				t.Errorf("a script as address: %q", h)
			}
			if h, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && h != "" && ids[h] == 0 {
				t.Errorf("a link to #%s, which is not there", h)
			}
		case "input", "select", "textarea":
			if ty := attr(n, "type"); ty == "hidden" || labelled[attr(n, "id")] && attr(n, "id") != "" {
				continue
			}
			inside := false
			for p := n.Parent; p != nil; p = p.Parent {
				inside = inside || p.Data == "label"
			}
			if !inside {
				t.Errorf("<%s name=%q> has no label", n.Data, attr(n, "name"))
			}
		}
	}
	return root
}

func TestStories(t *testing.T) {
	want := map[string][]string{ // what must be there
		"front/empty":                  {".empty", "form[action=/add]"},
		"front/full":                   {"a[href=/statements/s00000000000000a1]", "a[rel=next]", ".act.deny", "mark"},
		"article/full":                 {"#s1", "a[href=#s1]", ".s-content.deny", ".s-figure", ".tag.mine", "a[href=/claims/c1]", "a[href=/articles/port/revisions/1]", "del"},
		"article/empty":                {".wrong"},
		"statement/full":               {"form[action=/corrections]", "select[name=act]", "input[name=content]", "form[action=/corrections/1/undo]", "a[href=/claims/c1]"},
		"statement/taken out":          {".wrong"},
		"speaker/full":                 {".shift", "button[value=never]", "button[value=rename]", "button[value=split]", "form[action=/decisions/d1/undo]"},
		"speaker/nothing on a subject": {".empty"},
		"speakers/not found":           {".empty"},
		"claims/empty":                 {".empty"},
		"claims/full":                  {"a[href=/claims/c1]", "a[rel=next]"},
		"claim/full":                   {"svg", "circle.bar", "path.open", ".ledger", "tr#s00000000000000a1", "button[value=confirm]", "button[value=split]", "button[value=name]"},
		"outlets/full":                 {"a[href=/outlets/The%20Courier]"},
		"search/empty":                 {".empty"},
		"search/not found":             {".empty"},
		"search/wrong":                 {".wrong"},
		"search/full":                  {"mark", "a[rel=next]", ".found"},
		"feeds/full":                   {"button[value=run]", "button[value=pause]", "button[value=resume]", ".wrong"},
		"corrections/full":             {"form[action=/corrections/1/undo]", "del", "ins"},
		"wrong/form":                   {".wrong", "form[action=/corrections]", "input[name=role]"},
		"login/wrong":                  {".wrong", "input[type=password]"},
	}
	seen := 0
	for _, s := range Stories() {
		t.Run(s.Page+"/"+s.State, func(t *testing.T) {
			b, err := s.HTML()
			if err != nil {
				t.Fatal(err)
			}
			root := sound(t, b)
			selectors := want[s.Page+"/"+s.State]
			if len(selectors) > 0 {
				seen++
			}
			for _, sel := range selectors {
				if len(has(root, sel)) == 0 {
					t.Errorf("nothing is %s", sel)
				}
			}
			if bytes.Contains(b, []byte("<script>")) {
				t.Error("an article's words became markup")
			}
		})
	}
	if seen != len(want) {
		t.Errorf("%d of %d expected stories were there", seen, len(want))
	}
}

// Articles are found by their titles.
func TestArticleSearch(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	for words, want := range map[string]string{"palace": "1 Palace denies a call", "tone": "1 A change of tone", "cheese": "0 No article is called that"} {
		page := v.page("/articles?q=" + words)
		n, say, _ := strings.Cut(want, " ")
		if got := len(has(page, "article.line")); fmt.Sprint(got) != n || !strings.Contains(textOf(has(page, "main")[0]), say) || attr(has(page, "#words")[0], "value") != words {
			t.Errorf("%s: %d articles, %s", words, got, textOf(page))
		}
	}
	if w := v.get("/articles?q=%3F"); w.Code != http.StatusBadRequest {
		t.Errorf("a query without a word: %d", w.Code)
	}
}

// A speaker's page leads to the claims that the speaker speaks of, and to a search.
func TestSpeakersClaims(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	other := store.Claim{ID: "c2", Name: "Prisoners come home", Members: []store.Member{{Statement: v.find("speaker=imber").ID, Stance: "for"}}}
	if err := v.store.PutClaims(t.Context(), []store.Claim{other}, nil); err != nil {
		t.Fatal(err)
	}
	drell := v.find("speaker=drell").Speakers[0].Identity
	page := v.page(address("speakers", drell))
	for _, at := range []string{"/claims?speaker=" + drell, "/search?identity=" + drell} {
		if !leadsTo(page, at) {
			t.Errorf("the page of a speaker does not lead to %s", at)
		}
	}
	page = v.page("/claims?speaker=" + drell)
	if !leadsTo(page, "/claims/c1") || leadsTo(page, "/claims/c2") || !leadsTo(page, address("speakers", drell)) || attr(has(page, "input[name=speaker]")[0], "value") != drell {
		t.Errorf("the claims of a speaker: %s", textOf(page))
	}
	if w := v.get("/claims?speaker=p0000000000000000"); w.Code != http.StatusNotFound {
		t.Errorf("claims of nobody: %d", w.Code)
	}
}

// A statement's record stands before the form that corrects it, so that on a
// phone it is not behind the form; organisations are told from people of that name.
func TestPlaces(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	page := v.page(address("statements", v.find("q=call&act=deny").ID))
	var order []string
	for n := range has(page, "div.beside")[0].ChildNodes() {
		if n.Type == html.ElementNode {
			order = append(order, n.Data+attr(n, "id"))
		}
	}
	if got := strings.Join(order, " "); got != "section aside sectioncorrect" {
		t.Errorf("the page has %s", got)
	}
	list := textOf(has(v.page("/speakers"), "main")[0])
	if strings.Count(list, "organisation") != strings.Count(list, "Brenn Morning")+strings.Count(list, "and organisations") || strings.Count(list, "Brenn Morning") != 1 {
		t.Errorf("organisations are not told: %s", list)
	}
}

// TestUntitled: an article without a title is called by its first words, and
// what is said in it leads there.
func TestUntitled(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	untitled := storetest.Make(quoth.Page{Outlet: "The Courier", Published: "2032-01-05"}, "m1", storetest.Said{Content: "the bridge is open", Cue: "said", Source: "Jon Abel"})
	untitled.Record.Article.Paragraphs = untitled.Record.Article.Paragraphs[1:]
	a, err := v.store.Add(t.Context(), untitled)
	if err != nil {
		t.Fatal(err)
	}
	const words = "the bridge is open, said Jon Abel."
	for _, at := range []string{"/articles", "/outlets/The%20Courier", "/", "/search?q=bridge", address("articles", a.Article), address("statements", v.find("q=bridge").ID)} {
		page := v.page(at)
		if text := strings.ReplaceAll(textOf(page), untitled.Record.Article.SHA256, ""); strings.Contains(text, a.Article) {
			t.Errorf("%s shows the article's ID: %s", at, text)
		}
		if !strings.HasPrefix(at, "/articles/") && len(has(page, "main")) == 1 && !leadsTo(has(page, "main")[0], address("articles", a.Article)) {
			t.Errorf("%s does not lead to the article", at)
		}
	}
	for _, at := range []string{"/articles", "/outlets/The%20Courier", address("articles", a.Article)} {
		if text := textOf(v.page(at)); !strings.Contains(text, words) {
			t.Errorf("%s: %s", at, text)
		}
	}
	if feed := v.get("/articles.atom").Body.String(); !strings.Contains(feed, "<title>"+words) {
		t.Errorf("the feed has no title: %s", feed)
	}
	var list ArticlesView
	if v.json("/articles.json", &list); list.Articles[0].Title != "" {
		t.Errorf("the twin makes up a title: %+v", list.Articles)
	}
}

func leadsTo(n *html.Node, at string) bool {
	for _, a := range has(n, "a") {
		if to, _, _ := strings.Cut(attr(a, "href"), "#"); to == at {
			return true
		}
	}
	return false
}
