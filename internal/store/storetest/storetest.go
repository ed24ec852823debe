package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Run holds a store to everything that package store promises. open gives an
// empty store.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, x := range []struct {
		name string
		test func(*testing.T, *kit)
	}{
		{"add", testAdd}, {"revise", testRevise}, {"same article", testSameArticle}, {"search", testSearch}, {"words", testWords}, {"paging", testPaging}, {"in order", testInOrder},
		{"corrections", testCorrections}, {"corrections and newer readings", testCorrectionsLast}, {"missed", testMissed}, {"identities", testIdentities}, {"decisions", testDecisions}, {"kept apart", testKeptApart}, {"days", testDays},
		{"claims", testClaims}, {"feeds", testFeeds}, {"marks", testMarks}, {"lists", testLists}, {"side by side", testSideBySide},
	} {
		t.Run(x.name, func(t *testing.T) { x.test(t, &kit{t, open(t), context.Background()}) })
	}
	t.Run("export", func(t *testing.T) { testExport(t, open) })
	t.Run("return", func(t *testing.T) { testReturn(t, open) })
	t.Run("remove", func(t *testing.T) { testRemove(t, open) })
	t.Run("export of splits", func(t *testing.T) { testExportSplit(t, open) })
}

// kit is a store with its test.
type kit struct {
	*testing.T
	store.Store
	ctx context.Context
}

func (k *kit) ok(err error) {
	k.Helper()
	if err != nil {
		k.Fatal(err)
	}
}

func (k *kit) is(err, want error) {
	k.Helper()
	if !errors.Is(err, want) {
		k.Errorf("the error is %v, not %v", err, want)
	}
}

func (k *kit) add(a store.Addition) store.Added {
	k.Helper()
	added, err := k.Add(k.ctx, a)
	k.ok(err)
	return added
}

// clean wants a store in which everything matches.
func (k *kit) clean() {
	k.Helper()
	var seen store.Checked
	steps := 0
	n, err := k.Verify(k.ctx, func(p store.Problem) { k.Errorf("verify: %s: %s", p.Where, p.What) }, func(c store.Checked) { seen, steps = c, steps+1 })
	k.ok(err)
	if n.Readings > 0 && (seen != n || steps < 2) {
		k.Errorf("verify told %d times how far it was, at last %+v of %+v", steps, seen, n)
	}
}

func (k *kit) search(q store.Query) []string {
	k.Helper()
	r, err := k.Search(k.ctx, q)
	k.ok(err)
	return contents(r.Hits)
}

func contents(hits []store.Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.Content)
	}
	return out
}

func (k *kit) equal(what string, got, want any) {
	k.Helper()
	if !reflect.DeepEqual(got, want) {
		k.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func number(x float64) *float64 { return &x }

// desk is four articles of three outlets on one matter.
func desk() []store.Addition {
	page := func(id, outlet, day, title string) quoth.Page {
		return quoth.Page{ID: id, URL: "https://" + id + ".example/", Outlet: outlet, Published: day, Title: title}
	}
	return []store.Addition{
		Make(page("first", "The Harbour Courier", "2032-01-10", "Bridge talk"), "m1",
			Said{Source: "Orlin", Cue: "said", Content: "there was no secret channel to Estmark", Speaker: "Pavel Orlin", Role: "Norvanian government spokesman", Act: quoth.Deny, To: []string{"reporters"}},
			Said{Source: "Elena Marr", Cue: "said", Content: "at least 12,000 soldiers had crossed the bridge", Role: "prime minister of Estmark", Figure: "at least 12,000", Low: number(12000), When: &quoth.When{Text: "on Friday", Date: "2032-01-09"}}),
		Make(page("second", "Island Post", "2032-02-09", "Silence"), "m1",
			Said{Source: "Pavel Orlin", Cue: "said", Content: "he could neither confirm nor deny a call", Role: "Norvanian government spokesman", Act: quoth.Neither, Via: []string{"Radio Sorrel"}},
			Said{Source: "he", Cue: "added", Content: "“many channels exist”", Speaker: "Pavel Orlin", Role: "Norvanian government spokesman"},
			Said{Source: "officials", Cue: "said", Content: "the bridge was closed", Type: quoth.Unnamed}),
		Make(page("third", "The Harbour Courier", "2032-02", "Counting"), "m1",
			Said{Source: "the Ministry of Defense", Cue: "according to", Content: "between 3,000 and 4,000 soldiers left", Speaker: "Ministry of Defense", Type: quoth.Organization, Figure: "between 3,000 and 4,000", Low: number(3000), High: number(4000)},
			Said{Source: "Marr", Cue: "denied", Content: "losses on the bridges", Speaker: "Elena Marr", Role: "prime minister", Act: quoth.Deny, When: &quoth.When{Text: "in January", Date: "2032-01"}}),
		Make(quoth.Page{ID: "fourth", Title: "No date"}, "m1",
			Said{Source: "Orlin’s office", Cue: "did not respond", Speaker: "Orlin’s office", Type: quoth.Group, Act: quoth.Decline}),
	}
}

func (k *kit) fill() {
	k.Helper()
	for _, a := range desk() {
		k.add(a)
	}
}

func testAdd(t *testing.T, k *kit) {
	a := desk()[0]
	if _, ok, err := k.Known(k.ctx, a.Page, "m1", "test"); ok || err != nil {
		t.Errorf("an empty store knows the page, %v", err)
	}
	k.equal("added", k.add(a), store.Added{Article: "first", Revision: 1, Outcome: store.New})
	before, err := k.Count(k.ctx)
	k.ok(err)
	k.equal("added again", k.add(a), store.Added{Article: "first", Revision: 1, Outcome: store.Known})
	known, ok, err := k.Known(k.ctx, a.Page, "m1", "test")
	if k.ok(err); !ok || known.Article != "first" {
		t.Errorf("the page is not known: %+v", known)
	}
	if _, ok, _ := k.Known(k.ctx, a.Page, "m2", "test"); ok {
		t.Error("the page is known as read by another model")
	}
	after, err := k.Count(k.ctx)
	k.ok(err)
	k.equal("what the second adding changed", after, before)
	k.equal("counts", [...]int{after.Pages, after.Articles, after.Revisions, after.Readings, after.Statements}, [...]int{1, 1, 1, 1, 2})

	got, err := k.Article(k.ctx, "first", 0)
	k.ok(err)
	if !reflect.DeepEqual(got.View.Record, *a.Record) {
		t.Errorf("the record is %+v, not what was added", got.View.Record)
	}
	k.equal("what the article carries", [...]any{got.SHA256, got.Fetched, got.Model, got.Code}, [...]any{a.Record.Article.SHA256, a.Fetched, "m1", "test"})
	page, err := k.Page(k.ctx, got.SHA256)
	k.ok(err)
	k.equal("page", string(page.Body), a.Page.Text)

	_, err = k.Article(k.ctx, "nothing", 0)
	k.is(err, store.ErrNotFound)
	_, err = k.Article(k.ctx, "first", 2)
	k.is(err, store.ErrNotFound)
	bad := a
	rec := *a.Record
	rec.Statements = slices.Clone(rec.Statements)
	rec.Statements[0].Content = []quoth.Span{{Start: 0, End: 3, Text: "not"}}
	bad.Record = &rec
	_, err = k.Add(k.ctx, bad)
	k.is(err, quoth.ErrMalformed)
	k.clean()
}

func testRevise(t *testing.T, k *kit) {
	p := quoth.Page{URL: "https://courier.example/talks", Title: "Talks", Published: "2032-01-10"}
	one := Make(p, "m1",
		Said{Source: "Orlin", Cue: "said", Content: "there would be no meeting with Marr in Sorrel", Speaker: "Pavel Orlin", Act: quoth.Deny},
		Said{Source: "Orlin", Cue: "said", Content: "the bridge stays open"},
		Said{Source: "Ann Lee", Cue: "said", Content: "it rained"})
	first := k.add(one)
	a1, err := k.Article(k.ctx, first.Article, 0)
	k.ok(err)
	p.Title = "Talks go on"
	two := Make(p, "m1",
		Said{Source: "Jon Abel", Cue: "wrote", Content: "nobody had asked him"},
		Said{Source: "Orlin", Cue: "said", Content: "there would be no meeting with Marr in Sorrel this week", Speaker: "Pavel Orlin", Act: quoth.Neither},
		Said{Source: "Orlin", Cue: "said", Content: "the bridge stays open"})
	second := k.add(two)
	k.equal("second", second, store.Added{Article: first.Article, Revision: 2, Outcome: store.Revised})
	a2, err := k.Article(k.ctx, first.Article, 0)
	k.ok(err)
	s1, s2 := a1.Items.Statements, a2.Items.Statements
	if s2[1] != s1[0] || s2[2] != s1[1] || slices.Contains(s1, s2[0]) {
		t.Errorf("identities went from %v to %v", s1, s2)
	}
	old, err := k.Article(k.ctx, first.Article, 1)
	k.ok(err)
	k.equal("title of the old revision", old.View.Record.Article.Title, "Talks")
	if len(old.Revisions) != 2 || old.Revision.N != 1 {
		t.Errorf("revisions: %+v", old.Revisions)
	}
	changes, err := k.Changes(k.ctx, first.Article, 1, 2)
	k.ok(err)
	var got []string
	for _, c := range changes {
		got = append(got, fmt.Sprint(c.Kind, " ", c.ID, " ", c.Fields))
	}
	k.equal("changes", got, []string{"appeared " + s2[0] + " []", "changed " + s1[0] + " [content act]", "vanished " + s1[2] + " []"})

	k.equal("search does not find what vanished", k.search(store.Query{Words: "rained"}), []string{})
	k.equal("unless asked", k.search(store.Query{Words: "rained", Vanished: true}), []string{"it rained"})
	gone, err := k.Statement(k.ctx, s1[2])
	k.ok(err)
	if !gone.Vanished || gone.Revision != 1 || gone.Content != "it rained" {
		t.Errorf("the vanished statement is %+v", gone)
	}
	_, err = k.Correct(k.ctx, store.Correction{Article: first.Article, Item: s1[2], Field: "act", Value: raw("deny")})
	k.is(err, store.ErrVanished)
	k.equal("an old page added again", k.add(one).Outcome, store.Known)
	again := one
	rec := *one.Record
	rec.Model, again.Record = "m2", &rec
	k.equal("an old page read again", k.add(again), store.Added{Article: first.Article, Revision: 1, Outcome: store.Reread})
	now, err := k.Article(k.ctx, first.Article, 0)
	k.ok(err)
	k.equal("newest", now.Revision.N, 2)

	p.Title = "Talks again"
	k.add(Make(p, "m1", Said{Source: "Ann Lee", Cue: "said", Content: "it rained"}))
	back, err := k.Statement(k.ctx, s1[2])
	k.ok(err)
	if back.Vanished || back.Revision != 3 {
		t.Errorf("the statement that came back is %+v", back)
	}
	k.clean()
}

// A page that goes back to what it was is a new revision, where it came from its
// address; that is known then, and goes through an export.
func testReturn(t *testing.T, open func(*testing.T) store.Store) {
	k, copied := &kit{t, open(t), t.Context()}, &kit{t, open(t), t.Context()}
	p := quoth.Page{URL: "https://courier.example/talks", Title: "Talks"}
	one := Make(p, "m1", Said{Source: "Ann Lee", Cue: "said", Content: "it rained"}, Said{Source: "Ann Lee", Cue: "said", Content: "the bridge stays open"})
	first := k.add(one)
	p.Title = "Talks go on"
	k.add(Make(p, "m1", Said{Source: "Ann Lee", Cue: "said", Content: "the bridge stays open"}))
	known, _, err := k.Known(k.ctx, one.Page, "m1", "test")
	k.ok(err)
	k.equal("an old page", known, store.Added{Article: first.Article, Revision: 1, Outcome: store.Known, Old: true})
	k.equal("an old page from elsewhere", k.add(one), known)
	one.Now = true
	want := store.Added{Article: first.Article, Revision: 3, Outcome: store.Revised}
	k.equal("gone back", k.add(one), want)
	want.Outcome = store.Known
	k.equal("added again", k.add(one), want)
	k.equal("what came back", k.search(store.Query{Words: "rained"}), []string{"it rained"})
	a1, err := k.Article(k.ctx, first.Article, 1)
	k.ok(err)
	a3, err := k.Article(k.ctx, first.Article, 0)
	k.ok(err)
	k.equal("statements", a3.Items.Statements, a1.Items.Statements)
	for range 2 {
		for l, err := range k.Export(k.ctx) {
			k.ok(err)
			_, err = copied.Import(k.ctx, l)
			k.ok(err)
		}
		for l, err := range k.Export(k.ctx) { // what one has already changes nothing
			k.ok(err)
			changed, err := k.Import(k.ctx, l)
			k.ok(err)
			k.equal("changed by what it wrote", changed, false)
		}
	}
	same, err := copied.Article(k.ctx, first.Article, 0)
	k.ok(err)
	k.equal("the copy's revisions", same.Revisions, a3.Revisions)
	k.equal("the copy's statements", same.Items.Statements, a3.Items.Statements)
	copied.clean()
	k.clean()
}

func testSameArticle(t *testing.T, k *kit) {
	say := Said{Source: "Ann Lee", Cue: "said", Content: "it rained"}
	a := k.add(Make(quoth.Page{URL: "https://one.example/", Title: "A"}, "m1", say))
	b := k.add(Make(quoth.Page{URL: "https://two.example/", Title: "A"}, "m1", say))
	if a.Article == b.Article || b.Outcome != store.New {
		t.Errorf("the same bytes at two addresses are %+v and %+v", a, b)
	}
	c := k.add(Make(quoth.Page{Title: "A"}, "m1", say))
	d := k.add(Make(quoth.Page{Title: "B"}, "m1", say))
	if c.Outcome != store.New || d.Outcome != store.New {
		t.Errorf("texts without an address are %+v and %+v", c, d)
	}
	e := k.add(Make(quoth.Page{ID: "e", Title: "A"}, "m1", say))
	f := k.add(Make(quoth.Page{ID: "e", Title: "B"}, "m1", say))
	if e.Article != "e" || f.Article != "e" || f.Outcome != store.Revised {
		t.Errorf("one given ID is %+v and %+v", e, f)
	}
	id, err := k.ArticleAt(k.ctx, "https://two.example/")
	k.ok(err)
	k.equal("at an address", id, b.Article)
	_, err = k.ArticleAt(k.ctx, "")
	k.is(err, store.ErrNotFound)
	// A page read again stays its article's, also where another address is read from it.
	g := Make(quoth.Page{Title: "C"}, "m1", say)
	g.Record.Article.URL = "https://three.example/"
	h := Make(quoth.Page{Title: "C"}, "m2", say)
	h.Record.Article.URL = "https://three.example/c"
	h.Again = k.add(g).Article
	k.equal("read again", k.add(h), store.Added{Article: h.Again, Revision: 1, Outcome: store.Reread})
	k.clean()
}

const (
	denied, counted = "there was no secret channel to Estmark", "at least 12,000 soldiers had crossed the bridge"
	neither, many   = "he could neither confirm nor deny a call", "“many channels exist”"
	closed, left    = "the bridge was closed", "between 3,000 and 4,000 soldiers left"
	losses          = "losses on the bridges"
)

func testSearch(t *testing.T, k *kit) {
	k.fill()
	for _, x := range []struct {
		name string
		q    store.Query
		want []string
	}{
		{"everything, newest first", store.Query{}, []string{"", neither, many, closed, left, losses, denied, counted}},
		{"oldest first", store.Query{Order: store.Oldest, Limit: 4}, []string{denied, counted, left, losses}},
		{"words in any form", store.Query{Words: "channels"}, []string{many, denied}},
		{"all words", store.Query{Words: "secret channel"}, []string{denied}},
		{"a phrase among words", store.Query{Words: `call "neither confirm"`}, []string{neither}},
		{"a phrase that is none", store.Query{Words: `"confirm neither"`}, []string{}},
		{"phrase", store.Query{Phrase: "secret channel"}, []string{denied}},
		{"speaker by surname", store.Query{Speaker: "orlin"}, []string{"", neither, many, denied}},
		{"speaker by full name", store.Query{Speaker: "Pavel Orlin"}, []string{neither, many, denied}},
		{"speaker that is unnamed", store.Query{Speaker: "officials"}, []string{closed}},
		{"speaker nobody is", store.Query{Speaker: "Nobody Known"}, []string{}},
		{"role", store.Query{Role: "spokesman"}, []string{neither, many, denied}},
		{"acts", store.Query{Acts: store.Telling}, []string{"", neither, losses, denied}},
		{"carrier", store.Query{Via: "radio"}, []string{neither}},
		{"outlet", store.Query{Outlet: "harbour courier"}, []string{left, losses, denied, counted}},
		{"outlet by its whole name", store.Query{Outlet: `"The Harbour Courier"`}, []string{left, losses, denied, counted}},
		{"outlet by a part in quotation marks", store.Query{Outlet: `"Harbour Courier"`}, []string{}},
		{"outlet that is none", store.Query{Outlet: "Nowhere Times"}, []string{}},
		{"addressee", store.Query{To: "reporters"}, []string{denied}},
		{"said", store.Query{Said: store.Days{From: "2032-01-01", To: "2032-01-20"}}, []string{losses, counted}},
		{"said on a day", store.Query{Said: store.Days{From: "2032-01-10", To: "2032-01-10"}}, []string{losses}},
		{"said within years", store.Query{Said: store.Days{From: "2020", To: "2040"}, Words: "soldiers"}, []string{counted}},
		{"published", store.Query{Published: store.Days{From: "2032-02", To: "2032-02"}}, []string{neither, many, closed, left, losses}},
		{"published until", store.Query{Published: store.Days{To: "2032-01-31"}}, []string{denied, counted}},
		{"figure", store.Query{Low: number(3500), High: number(3600)}, []string{left}},
		{"figure of one bound", store.Query{Low: number(10000)}, []string{counted}},
		{"figures at most", store.Query{High: number(20000)}, []string{left, counted}},
		{"article", store.Query{Article: "second"}, []string{neither, many, closed}},
		{"together", store.Query{Words: "bridge", Speaker: "Marr", Outlet: "Courier", Acts: []quoth.Act{quoth.Assert, quoth.Deny}, Published: store.Days{From: "2032-01-10", To: "2032-12-31"}}, []string{losses, counted}},
		{"all of it, nothing", store.Query{Words: "bridge", Speaker: "Orlin", Acts: []quoth.Act{quoth.Deny}}, []string{}},
		{"best first", store.Query{Words: "bridge", Order: store.Best}, []string{closed, losses, counted}},
	} {
		t.Run(x.name, func(t *testing.T) {
			k := &kit{t, k.Store, k.ctx}
			k.equal("found", k.search(x.q), x.want)
			if n, exact, err := k.Total(k.ctx, x.q); err != nil || x.q.Limit == 0 && (n != len(x.want) || !exact) {
				t.Errorf("counted %d, %v, %v", n, exact, err)
			}
		})
	}
	r, err := k.Search(k.ctx, store.Query{Words: "bridges", Speaker: "Elena Marr", Limit: 1})
	k.ok(err)
	h := r.Hits[0]
	k.equal("highlights", h.Highlights, []store.Range{{Start: 14, End: 21}})
	k.equal("hit", [...]any{h.Article, h.Title, h.Outlet, h.Published, h.URL, h.Source, h.Cue, h.Act, h.Role, h.When.Date, len(h.Speakers), h.Speakers[0].Name},
		[...]any{"third", "Counting", "The Harbour Courier", "2032-02", "https://third.example/", "Marr", "denied", quoth.Deny, "prime minister", "2032-01", 1, "Elena Marr"})
	for _, q := range []store.Query{
		{Words: "…"}, {Phrase: "?"}, {Speaker: "-"}, {Acts: []quoth.Act{"shout"}}, {Order: "loudest"}, {Limit: 501}, {Limit: -1}, {Cursor: "x"}, {Published: store.Days{From: "soon"}},
		{Said: store.Days{From: "2032-02", To: "2032-01"}}, {Low: number(2), High: number(1)},
		{Low: number(math.NaN())}, {High: number(math.Inf(1))},
	} {
		_, err := k.Search(k.ctx, q)
		k.is(err, store.ErrBadQuery)
	}
	_, err = k.Search(k.ctx, store.Query{Identity: "p0"})
	k.is(err, store.ErrNotFound)

	// Names with points, of one who is followed and of one who is not.
	const points, followed = "the U.S. officials spoke", "the U.S. Navy spoke"
	k.add(Make(quoth.Page{ID: "fifth", Title: "Points", Published: "2032-03-01"}, "m1",
		Said{Source: "U.S. officials", Cue: "said", Content: points, Type: quoth.Unnamed},
		Said{Source: "U.S. Navy", Cue: "said", Content: followed, Type: quoth.Organization},
		Said{Source: "O’Hara’s friends", Cue: "said", Content: "friends spoke", Type: quoth.Group}))
	for speaker, want := range map[string][]string{
		"U.S. officials": {points}, "the u.s. Officials": {points}, "U.S.": {points, followed}, "US Navy": {followed}, "U.S. Navy": {followed}, "O’Hara’s friends": {"friends spoke"}, "U.S. Army": {},
	} {
		k.equal(speaker, k.search(store.Query{Speaker: speaker}), want)
	}
}

// testWords asks with everything that a query language could trip over.
func testWords(t *testing.T, k *kit) {
	k.fill()
	for _, s := range []string{`a"b`, `"`, `AND`, `NOT bridge`, `bridge OR`, `content:bridge`, `bridge*`, `^bridge`, `(bridge`, `{who}: x`, `NEAR(a b)`, `'; DROP TABLE statement`, "a\x00b", "−", "İstanbul", "𝒜", "ﬁ", "x+y", "\x02bridge\x03"} {
		for _, q := range []store.Query{{Words: s}, {Phrase: s}, {Speaker: s}, {Role: s}, {Via: s}, {Outlet: s}, {To: s}, {Words: s, Order: store.Best}} {
			if _, err := k.Search(k.ctx, q); err != nil && !errors.Is(err, store.ErrBadQuery) {
				t.Errorf("%q: %v", s, err)
			}
		}
		if _, err := k.Identities(k.ctx, s, 0, ""); err != nil && !errors.Is(err, store.ErrBadQuery) {
			t.Errorf("%q: %v", s, err)
		}
		if _, err := k.ListClaims(k.ctx, store.ClaimQuery{Words: s}); err != nil && !errors.Is(err, store.ErrBadQuery) {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range []string{"??", " … "} { // not all there are
		_, err := k.Identities(k.ctx, s, 0, "")
		k.is(err, store.ErrBadQuery)
		_, err = k.ListClaims(k.ctx, store.ClaimQuery{Words: s})
		k.is(err, store.ErrBadQuery)
	}
	k.clean()
}

// testPaging walks through pages while the store grows: what was there at
// first comes once and in order.
func testPaging(t *testing.T, k *kit) {
	n := 0
	grow := func(day string) {
		n++
		k.add(Make(quoth.Page{ID: fmt.Sprint("a", n), Title: "T", Published: day}, "m1",
			Said{Source: "Ann Lee", Cue: "said", Content: fmt.Sprintf("the bridge number %d is a long and old bridge", n)}, Said{Source: "Jon Abel", Cue: "said", Content: fmt.Sprintf("bridge %d", n)}))
	}
	for i := range 12 {
		grow(fmt.Sprintf("2032-01-%02d", i%5+10))
	}
	for _, order := range []store.Order{store.Newest, store.Oldest, store.Best} {
		all, err := k.Search(k.ctx, store.Query{Words: "bridge", Order: order, Limit: 500})
		k.ok(err)
		have := map[string]bool{}
		for _, h := range all.Hits {
			have[h.ID] = true
		}
		var got []store.Hit
		q := store.Query{Words: "bridge", Order: order, Limit: 3}
		for pages := 0; ; pages++ {
			r, err := k.Search(k.ctx, q)
			k.ok(err)
			for _, h := range r.Hits {
				if have[h.ID] { // what came after the first page may or may not be seen
					got = append(got, h)
				}
			}
			if r.Next == "" || pages > 100 {
				break
			}
			q.Cursor = r.Next
			grow([]string{"2032-01-01", "2032-01-12", "2032-02-01"}[pages%3])
		}
		k.equal(string(order), ids(got), ids(all.Hits))
	}
	r, err := k.Search(k.ctx, store.Query{Words: "bridge", Limit: 1})
	k.ok(err)
	_, err = k.Search(k.ctx, store.Query{Words: "other", Cursor: r.Next})
	k.is(err, store.ErrBadQuery)
}

// testInOrder walks through an article from its beginning, in pages that cut
// it, while it is revised.
func testInOrder(t *testing.T, k *kit) {
	for i, q := range []store.Query{{Article: "long0"}, {Words: "step", Published: store.Days{To: "2032-01-02"}}} {
		p := quoth.Page{ID: fmt.Sprint("long", i), Title: "T", Published: fmt.Sprintf("2032-01-0%d", i+1)}
		late := Said{Source: "Jon Abel", Cue: "wrote", Content: "nobody had asked him for a step"}
		var said []Said
		var want []string
		for n := range 8 {
			said = append(said, Said{Source: "Ann Lee", Cue: "said", Content: fmt.Sprintf("step %d comes after the one before", n)})
			want = append(want, said[n].Content)
		}
		if i == 1 {
			want = slices.Concat([]string{late.Content}, want, want)
		}
		k.add(Make(p, "m1", said...))
		k.add(Make(quoth.Page{ID: fmt.Sprint("next", i), Title: "T", Published: "2032-01-03"}, "m1", said[:3]...))
		var got []string
		q.Order, q.Limit = store.Oldest, 3
		for revised, pages := false, 0; pages < 100; pages++ {
			r, err := k.Search(k.ctx, q)
			k.ok(err)
			got = append(got, contents(r.Hits)...)
			if q.Cursor = r.Next; r.Next == "" {
				break
			}
			if !revised && r.Hits[len(r.Hits)-1].Article == p.ID { // what is new stands before all that was shown
				revised = true
				k.add(Make(p, "m1", append([]Said{late}, said...)...))
			}
		}
		k.equal(fmt.Sprint("in order, ", i), got, want)
	}
}

func ids(hits []store.Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return out
}

// testSideBySide writes and reads at once.
func testSideBySide(t *testing.T, k *kit) {
	const articles = 40
	var wg sync.WaitGroup
	done := make(chan struct{})
	for w := range 2 {
		wg.Go(func() {
			for i := range articles {
				if _, err := k.Add(k.ctx, Make(quoth.Page{ID: fmt.Sprint("a", i), Title: fmt.Sprint("T", i), Published: "2032-01-10"}, "m1", Said{Source: "Ann Lee", Cue: "said", Content: fmt.Sprint("bridge ", i)})); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for last := 0; ; {
				r, err := k.Search(k.ctx, store.Query{Words: "bridge", Limit: 500})
				if err != nil || len(r.Hits) < last {
					t.Errorf("%d hits after %d, %v", len(r.Hits), last, err)
				}
				last = len(r.Hits)
				select {
				case <-done:
					return
				case <-time.After(time.Millisecond):
				}
			}
		})
	}
	wg.Wait()
	close(done)
	readers.Wait()
	if c, err := k.Count(k.ctx); err != nil || c.Statements != articles || c.Articles != articles {
		t.Errorf("there are %+v, %v", c, err)
	}
	k.clean()
}

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
