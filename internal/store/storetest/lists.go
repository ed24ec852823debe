package storetest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func testFeeds(t *testing.T, k *kit) {
	at := time.Date(2032, 3, 1, 0, 0, 0, 0, time.UTC)
	f := store.Feed{URL: "https://one.example/feed", Title: "One", ETag: `"x"`, Every: time.Hour, Next: at, Added: at}
	k.ok(k.PutFeed(k.ctx, f))
	f.Failures, f.Error = 2, "timeout"
	k.ok(k.PutFeed(k.ctx, f))
	k.ok(k.PutFeed(k.ctx, store.Feed{URL: "https://two.example/feed", Title: "A"}))
	got, err := k.Feed(k.ctx, f.URL)
	k.ok(err)
	k.equal("feed", got, f)
	list, err := k.Feeds(k.ctx)
	k.ok(err)
	if len(list) != 2 || list[0].Title != "A" {
		t.Errorf("the list is %+v", list)
	}
	k.ok(k.RemoveFeed(k.ctx, "https://two.example/feed"))
	k.is(k.RemoveFeed(k.ctx, "https://two.example/feed"), store.ErrNotFound)
	_, err = k.Feed(k.ctx, "https://two.example/feed")
	k.is(err, store.ErrNotFound)

	// One feed is one in whatever way its address is written; a name and password in
	// it are sent, and told to nobody.
	k.ok(k.PutFeed(k.ctx, store.Feed{URL: "HTTP://ann:secret@Three.Example:80/Feed?Q", Title: "Z"}))
	for _, at := range []string{"http://three.example/Feed?Q", "http://bob:x@THREE.example/Feed?Q"} {
		got, err = k.Feed(k.ctx, at)
		k.ok(err)
		k.equal("its address", got.URL, "http://three.example/Feed?Q")
		if b := string(raw(got)); strings.Contains(b, "secret") {
			k.Errorf("a password is told: %s", b)
		}
	}
	if all := strings.Join(k.export(), "\n"); !strings.Contains(all, `"ann:secret"`) {
		k.Errorf("an export lacks the password: %s", all)
	}
	k.ok(k.RemoveFeed(k.ctx, "http://Three.Example/Feed?Q"))

	a := store.Entry{URL: "https://one.example/a", Feed: f.URL, State: store.Waiting, Found: at}
	b := store.Entry{URL: "https://one.example/b", Feed: f.URL, State: store.Waiting, Found: at, Next: at.Add(time.Hour)}
	n, err := k.PutEntries(k.ctx, []store.Entry{a, b, a})
	k.ok(err)
	k.equal("new entries", n, 2)
	due, err := k.DueEntries(k.ctx, at, 10)
	k.ok(err)
	k.equal("due", due, []store.Entry{a})
	a.State, a.Article = store.Taken, "x"
	k.ok(k.SetEntry(k.ctx, a))
	due, err = k.DueEntries(k.ctx, at.Add(2*time.Hour), 10)
	k.ok(err)
	k.equal("due later", due, []store.Entry{b})
	n, err = k.PutEntries(k.ctx, []store.Entry{{URL: a.URL, Feed: "https://two.example/feed", State: store.Waiting}})
	k.ok(err)
	k.equal("of another feed", n, 0)

	told := store.Entry{URL: a.URL, Feed: f.URL, State: store.Waiting, Found: at.Add(3 * time.Hour), Next: at.Add(3 * time.Hour), Updated: at.Add(2 * time.Hour)}
	n, err = k.PutEntries(k.ctx, []store.Entry{told, told})
	k.ok(err)
	k.equal("changed", n, 1)
	due, err = k.DueEntries(k.ctx, told.Found, 10)
	k.ok(err)
	a.State, a.Updated, a.Looks, a.Next = store.Waiting, told.Updated, 1, told.Found
	k.equal("due again", due, []store.Entry{b, a})
}

func testMarks(t *testing.T, k *kit) {
	before, err := k.Changed(k.ctx)
	k.ok(err)
	k.fill()
	filled, err := k.Changed(k.ctx)
	k.ok(err)
	hits, err := k.Search(k.ctx, store.Query{})
	k.ok(err)
	k.correct(store.Correction{Article: hits.Hits[0].Article, Item: hits.Hits[0].ID, Field: "act", Value: raw("ask")})
	corrected, err := k.Changed(k.ctx)
	k.ok(err)
	again, err := k.Changed(k.ctx)
	k.ok(err)
	if before >= filled || filled >= corrected || corrected != again {
		t.Errorf("the mark of the last change went from %d to %d, %d and %d", before, filled, corrected, again)
	}
	k.ok(k.SetMark(k.ctx, "job", filled))
	k.ok(k.SetMark(k.ctx, "job", corrected))
	m, err := k.Mark(k.ctx, "job")
	k.ok(err)
	other, err := k.Mark(k.ctx, "other job")
	k.ok(err)
	k.equal("marks", [...]int64{m, other}, [...]int64{corrected, 0})
}

func testLists(t *testing.T, k *kit) {
	k.fill()
	var got []string
	for c := ""; ; {
		p, err := k.List(k.ctx, store.ArticleQuery{Limit: 3, Cursor: c})
		k.ok(err)
		for _, a := range p.Articles {
			got = append(got, a.ID)
		}
		if c = p.Next; c == "" {
			break
		}
	}
	k.equal("articles", got, []string{"fourth", "second", "third", "first"})
	p, err := k.List(k.ctx, store.ArticleQuery{Outlet: "The Harbour Courier"})
	k.ok(err)
	if len(p.Articles) != 2 || p.Articles[0].Title != "Counting" || p.Articles[0].Statements != 2 {
		t.Errorf("articles of an outlet: %+v", p.Articles)
	}
	o, err := k.Outlets(k.ctx)
	k.ok(err)
	k.equal("outlets", o[0], store.Outlet{Name: "The Harbour Courier", Articles: 2, Statements: 4, First: "2032-01-10", Last: "2032-02-01"})
	called := func(words, cursor string) (got []string, next string) {
		p, err := k.List(k.ctx, store.ArticleQuery{Words: words, Limit: 1, Cursor: cursor})
		k.ok(err)
		for _, a := range p.Articles {
			got = append(got, a.ID)
		}
		return got, p.Next
	}
	k.say("fifth", "2032-03-01", Said{Source: "Ann Lee"})
	k.say("fifth again", "2032-03-02", Said{Source: "Ann Lee"})
	first, next := called("FIF", "")
	k.equal("by the beginning of a word", first, []string{"fifth again"})
	rest, end := called("FIF", next)
	k.equal("the rest", [...]any{rest, end}, [...]any{[]string{"fifth"}, ""})
	both, _ := called("again fifth", "")
	k.equal("by all words", both, []string{"fifth again"})
	none, _ := called("fifth counting", "")
	k.equal("none", len(none), 0)
	_, err = k.List(k.ctx, store.ArticleQuery{Words: "fifth", Limit: 1, Cursor: "x"})
	k.is(err, store.ErrBadQuery)
	_, err = k.List(k.ctx, store.ArticleQuery{Words: "?!"})
	k.is(err, store.ErrBadQuery)
	n := 0
	for r, err := range k.Readings(k.ctx) {
		k.ok(err)
		n += len(r.View().Record.Statements)
	}
	k.equal("statements of all readings", n, 10)
}

// export gives the lines of a store's export.
func (k *kit) export() (out []string) {
	k.Helper()
	for l, err := range k.Export(k.ctx) {
		k.ok(err)
		out = append(out, string(raw(l)))
	}
	return out
}

// take imports lines, and wants each to change something, or none.
func (k *kit) take(lines []string, want bool) {
	k.Helper()
	for _, b := range lines {
		var l store.Line
		k.ok(json.Unmarshal([]byte(b), &l))
		changed, err := k.Import(k.ctx, l)
		k.ok(err)
		if changed != want {
			k.Errorf("importing changed: %v: %.200s", changed, b)
		}
	}
}

// testExportSplit: splits can be taken back in a store made of an export too.
func testExportSplit(t *testing.T, open func(*testing.T) store.Store) {
	k := &kit{t, open(t), t.Context()}
	k.say("a", "2032-01-10", Said{Source: "Pavel Orlin", Role: "spokesman"})
	k.say("b", "2032-01-11", Said{Source: "Pavel Orlin"}, Said{Source: "Ann Lee"})
	pavel, ann := k.who("a", "Pavel Orlin"), k.who("b", "Ann Lee")
	one := k.decide(store.Decision{Kind: store.Split, From: pavel, Mentions: []store.Mention{{Article: "b", Name: "Pavel Orlin"}}})
	two := k.decide(store.Decision{Kind: store.Split, From: one.To, Mentions: one.Mentions})
	whole := k.decide(store.Decision{Kind: store.Split, From: ann, Mentions: []store.Mention{{Article: "b", Name: "Ann Lee"}}})
	k.say("c", "2032-01-12", Said{Source: "Pavel Orlin", Role: "spokesman"})
	respelled := k.decide(store.Decision{Kind: store.Split, From: pavel, Mentions: []store.Mention{{Article: "c", Name: "Pavel Orlin"}}})
	k.add(Make(quoth.Page{ID: "c", Title: "c", Published: "2032-01-12"}, "m2", Said{Source: "Pavel T. Orlin", Role: "spokesman", Cue: "said", Content: "rents are to fall"}))
	other := &kit{t, open(t), t.Context()}
	other.take(k.export(), true)
	other.equal("exported again", other.export(), k.export())
	other.equal("split and respelled", other.who("c", "Pavel T. Orlin"), respelled.To)
	other.ok(other.Reverse(other.ctx, respelled.ID, "lin"))
	other.equal("split, respelled and taken back", other.who("c", "Pavel T. Orlin"), pavel)
	other.equal("split", [...]any{other.who("b", "Pavel Orlin"), other.who("b", "Ann Lee")}, [...]any{two.To, whole.To})
	for _, x := range []struct{ id, want string }{{two.ID, one.To}, {one.ID, pavel}} {
		other.ok(other.Reverse(other.ctx, x.id, "lin"))
		other.equal("taken back", other.who("b", "Pavel Orlin"), x.want)
	}
	other.ok(other.Reverse(other.ctx, whole.ID, "lin"))
	i, err := other.Identity(other.ctx, ann)
	other.ok(err)
	other.equal("one whose all was split off", [...]any{i.Name, i.Statements}, [...]any{"Ann Lee", 1})
	other.clean()
}

// testExport fills a store with everything, and wants the same from the store
// that is made of its export.
func testExport(t *testing.T, open func(*testing.T) store.Store) {
	k := &kit{t, open(t), t.Context()}
	k.fill()
	html := Make(quoth.Page{URL: "https://html.example/", Title: "Markup", Published: "2032-01-10"}, "m1", Said{Source: "Pavel Orlin", Cue: "said", Content: "markup is kept"})
	html.Page.Body, html.Page.Text, html.Page.MediaType = []byte("<p>"+html.Page.Text+"</p>"), "", "text/html"
	html.Record.Article.SHA256 = Sum(html.Page.Body)
	added := k.add(html)
	k.add(Make(quoth.Page{ID: "first", Outlet: "The Harbour Courier", Published: "2032-01-10", Title: "Bridge talk, changed"}, "m1", Said{Source: "Orlin", Cue: "said", Content: "there was no channel to Estmark", Speaker: "Pavel Orlin", Act: quoth.Deny}))
	k.say("other", "2032-04-01", Said{Source: "Pavel Orlin", Role: "striker"}, Said{Source: "Pasha Orlin"})
	a, err := k.Article(k.ctx, "second", 0)
	k.ok(err)
	c := k.correct(store.Correction{Article: "second", Item: a.Items.Statements[0], Field: "act", Value: raw("decline")})
	k.correct(store.Correction{Article: "second", Field: "title", Value: raw("Quiet")})
	k.ok(k.Undo(k.ctx, c.ID, "jon"))
	k.decide(store.Decision{Kind: store.Join, From: k.who("other", "Pasha Orlin"), To: k.who("second", "Pavel Orlin")})
	k.decide(store.Decision{Kind: store.Split, From: k.who("second", "Pavel Orlin"), Mentions: []store.Mention{{Article: added.Article, Name: "Pavel Orlin"}}})
	wrong := k.decide(store.Decision{Kind: store.Join, From: k.who("other", "Pavel Orlin"), To: k.who("second", "Pavel Orlin")})
	k.ok(k.Reverse(k.ctx, wrong.ID, "lin"))
	k.decide(store.Decision{Kind: store.Never, From: k.who("other", "Pavel Orlin"), To: k.who("second", "Pavel Orlin")})
	k.ok(k.PutClaims(k.ctx, []store.Claim{{ID: "one", Name: "A claim", Updated: time.Unix(5, 0).UTC(), Members: []store.Member{{Statement: a.Items.Statements[0], Stance: "denies", Utterance: "u"}}}}, nil))
	_, err = k.Judge(k.ctx, store.Verdict{Kind: "confirm", Claim: "one", By: "ann"})
	k.ok(err)
	v, err := k.Judge(k.ctx, store.Verdict{Kind: "name", Claim: "one", Value: "Another", By: "ann"})
	k.ok(err)
	k.ok(k.Unjudge(k.ctx, v.ID, "lin"))
	k.ok(k.PutFeed(k.ctx, store.Feed{URL: "https://ann:secret@one.example/feed"}))
	_, err = k.PutEntries(k.ctx, []store.Entry{{URL: "https://one.example/a", State: store.Waiting}})
	k.ok(err)
	k.clean()

	lines := k.export()
	other := &kit{t, open(t), t.Context()}
	other.take(lines, true)
	got := other.export()
	for i, l := range lines {
		if i >= len(got) || got[i] != l {
			t.Errorf("line %d is\n%s\nnot\n%s", i, got[i], l)
		}
	}
	k.equal("lines", len(got), len(lines))
	k.equal("search", other.search(store.Query{Speaker: "Orlin", Vanished: true}), k.search(store.Query{Speaker: "Orlin", Vanished: true}))
	other.clean()
	other.take(lines, false)
	k.equal("after a second import", slices.Equal(other.export(), lines), true)

	var l store.Line
	k.ok(json.Unmarshal(raw(desk()[0].Record), &l))
	third := &kit{t, open(t), t.Context()}
	changed, err := third.Import(k.ctx, l)
	if k.ok(err); !changed {
		t.Error("a plain record of a text is not taken")
	}
	l = store.Line{Record: html.Record}
	_, err = third.Import(k.ctx, l)
	k.is(err, quoth.ErrMalformed)
	third.clean()

	// An older export has feeds as they were given, and entries that tell so.
	const given = "HTTPS://ann:secret@One.example/feed"
	for _, l := range []store.Line{{Feed: &store.Feed{URL: given}}, {Entry: &store.Entry{URL: "https://one.example/a", Feed: given, State: store.Waiting}}} {
		_, err := third.Import(k.ctx, l)
		k.ok(err)
	}
	due, err := third.DueEntries(k.ctx, time.Now(), 9)
	k.ok(err)
	k.equal("whose feed is told", due, []store.Entry{{URL: "https://one.example/a", Feed: "https://one.example/feed", State: store.Waiting}})
}
