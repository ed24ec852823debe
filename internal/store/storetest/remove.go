package storetest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// testRemove takes an article out: nothing of it is left, what others share with
// it stays, no feed brings it back, and adding it does.
func testRemove(t *testing.T, open func(*testing.T) store.Store) {
	k, copied := &kit{t, open(t), t.Context()}, &kit{t, open(t), t.Context()}
	page := quoth.Page{URL: "https://one.example/a", Outlet: "The Gazette", Title: "A mistake"}
	said := []Said{{Source: "Ann Lee", Cue: "said", Content: "it rained in the valley", Speaker: "Ann Lee"}, {Source: "Bo Ash", Cue: "denied", Content: "the dam was full", Speaker: "Bo Ash", Act: quoth.Deny}}
	wrong := k.add(Make(page, "m1", said...))
	k.add(Make(quoth.Page{URL: page.URL, Outlet: page.Outlet, Title: "A mistake, changed"}, "m1", said...))
	shared := Said{Source: "Ann Lee", Cue: "said", Content: "it rained in the valley for days", Speaker: "Ann Lee"}
	kept := k.add(Make(quoth.Page{URL: "https://two.example/b", Outlet: "The Courier", Title: "Rain"}, "m1", shared))
	more := k.add(Make(quoth.Page{URL: "https://two.example/c", Outlet: "The Courier", Title: "More rain"}, "m1", shared))
	now := time.Date(2032, 1, 1, 0, 0, 0, 0, time.UTC)
	_, err := k.PutEntries(k.ctx, []store.Entry{{URL: "https://feed.example/a", Feed: "https://feed.example/", Title: "A mistake", Found: now, State: store.Taken, Article: wrong.Article}})
	k.ok(err)
	article := func(id string) *store.Article {
		a, err := k.Article(k.ctx, id, 0)
		k.ok(err)
		return a
	}
	a := article(wrong.Article)
	one, two, three, other := a.Items.Statements[0], article(kept.Article).Items.Statements[0], article(more.Article).Items.Statements[0], a.Items.Statements[1]
	member := func(id, stance string) store.Member { return store.Member{Statement: id, Stance: stance} }
	k.ok(k.PutClaims(k.ctx, []store.Claim{
		{ID: "three", Name: "Rain", Members: []store.Member{member(one, "against"), member(two, "for"), member(three, "for")}},
		{ID: "two", Name: "The dam", Members: []store.Member{member(other, "against"), member(two, "for")}},
	}, nil))
	k.correct(store.Correction{Article: wrong.Article, Item: other, Field: "act", Value: raw("ask")})
	split, err := k.Decide(k.ctx, store.Decision{Kind: store.Split, From: a.Identities["Ann Lee"], Mentions: []store.Mention{{Article: wrong.Article, Name: "Ann Lee"}, {Article: kept.Article, Name: "Ann Lee"}}})
	k.ok(err)
	ash := a.Identities["Bo Ash"]
	before, err := k.Changed(k.ctx)
	k.ok(err)

	_, err = k.Remove(k.ctx, wrong.Article, false)
	k.is(err, store.ErrCorrected)
	_, err = k.Remove(k.ctx, "no such article", true)
	k.is(err, store.ErrNotFound)
	k.equal("still there", k.search(store.Query{Words: "dam"}), []string{"the dam was full"})
	out, err := k.Remove(k.ctx, wrong.Article, true)
	k.ok(err)
	k.equal("what was taken out", out, store.Removed{Article: wrong.Article, Title: "A mistake, changed", Statements: 2, Corrections: 1})
	k.clean()

	after, err := k.Changed(k.ctx)
	k.ok(err)
	if after <= before {
		t.Errorf("the mark of the last change is %d, and was %d", after, before)
	}
	k.equal("found", k.search(store.Query{Vanished: true}), []string{shared.Content, shared.Content})
	_, err = k.Article(k.ctx, wrong.Article, 0)
	k.is(err, store.ErrNotFound)
	_, err = k.Page(k.ctx, a.SHA256)
	k.is(err, store.ErrNotFound)
	_, err = k.Identity(k.ctx, ash)
	k.is(err, store.ErrNotFound)
	_, err = k.Claim(k.ctx, "two")
	k.is(err, store.ErrNotFound)
	c, err := k.Claim(k.ctx, "three")
	k.ok(err)
	k.equal("the claim", [...]any{c.Size, c.Members, c.Stances}, [...]any{2, []store.Member{member(two, "for"), member(three, "for")}, []store.Tally{{Stance: "for", Count: 2}}})
	n, err := k.Count(k.ctx)
	k.ok(err)
	n.Bytes = 0
	k.equal("counts", n, store.Count{Pages: 2, Articles: 2, Revisions: 2, Readings: 2, Statements: 2, Identities: n.Identities, Claims: 1})
	outlets, err := k.Outlets(k.ctx)
	k.ok(err)
	k.equal("outlets", [...]any{len(outlets), outlets[0].Name}, [...]any{1, "The Courier"})

	// An export holds nothing of it, and can be imported.
	for l, err := range k.Export(k.ctx) {
		k.ok(err)
		b, err := json.Marshal(l)
		k.ok(err)
		if line := string(b); strings.Contains(line, "mistake") || strings.Contains(line, "dam was full") || strings.Contains(line, "Bo Ash") {
			t.Errorf("exported: %s", line)
		}
		_, err = copied.Import(k.ctx, l)
		k.ok(err)
	}
	copied.clean()
	k.ok(k.Reverse(k.ctx, split.ID, ""))
	k.clean()

	// No feed brings it back.
	told := now.Add(time.Hour)
	waits, err := k.PutEntries(k.ctx, []store.Entry{{URL: "https://feed.example/a", Feed: "https://feed.example/", Found: told, Updated: told, State: store.Waiting, Next: told}, {URL: page.URL, Feed: "https://feed.example/", Found: told, State: store.Waiting, Next: told}})
	k.ok(err)
	k.equal("waiting", waits, 0)
	for _, s := range []store.Store{k, copied} {
		for url, want := range map[string]bool{page.URL: true, "https://feed.example/a": true, "https://two.example/b": false} {
			is, err := s.Removed(k.ctx, url, "")
			k.ok(err)
			k.equal(url, is, want)
		}
		for sum, want := range map[string]bool{a.SHA256: true, a.Revisions[0].SHA256: true, article(kept.Article).SHA256: false} {
			is, err := s.Removed(k.ctx, "https://three.example/elsewhere", sum)
			k.ok(err)
			k.equal("the page "+sum, is, want)
		}
	}
	// Nor what read it before and keeps it after.
	late := Make(page, "m2", said...)
	late.Again = wrong.Article
	_, err = k.Add(k.ctx, late)
	k.is(err, store.ErrNotFound)
	k.clean()
	again := k.add(Make(page, "m1", said...))
	k.equal("added again", again.Outcome, store.New)
	for _, url := range []string{page.URL, "https://feed.example/a"} {
		is, err := k.Removed(k.ctx, url, a.Revisions[0].SHA256)
		k.ok(err)
		k.equal(url, is, false)
	}
	_, err = k.Add(k.ctx, late)
	k.ok(err)
	for l, err := range k.Export(k.ctx) { // its page is back: what lies in the store is not taken out there
		k.ok(err)
		if l.Entry != nil && l.Entry.State == store.TakenAway {
			t.Errorf("still taken out: %+v", l.Entry)
		}
	}
	k.clean()
}
