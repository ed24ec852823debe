package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func (k *kit) correct(c store.Correction) store.Correction {
	k.Helper()
	if c.By == "" {
		c.By = "ann"
	}
	c, err := k.Correct(k.ctx, c)
	k.ok(err)
	return c
}

func testCorrections(t *testing.T, k *kit) {
	k.fill()
	a, err := k.Article(k.ctx, "first", 0)
	k.ok(err)
	id := a.Items.Statements[0]
	c := k.correct(store.Correction{Article: "first", Item: id, Field: "act", Value: raw("assert"), Note: "read it again"})
	if string(c.Was) != `"deny"` || c.ID == "" || c.At.IsZero() {
		t.Errorf("the correction is %+v", c)
	}
	k.equal("search by the machine's act", k.search(store.Query{Words: "secret", Acts: []quoth.Act{quoth.Deny}}), []string{})
	k.equal("search by the person's", k.search(store.Query{Words: "secret", Acts: []quoth.Act{quoth.Assert}}), []string{denied})
	h, err := k.Statement(k.ctx, id)
	k.ok(err)
	k.equal("marked", h.Corrected, []string{"act"})
	again := k.correct(store.Correction{Article: "first", Item: id, Field: "act", Value: raw("decline")})
	a, err = k.Article(k.ctx, "first", 0)
	k.ok(err)
	k.equal("act", a.View.Record.Statements[0].Act, quoth.Decline)
	if m := a.Corrected[id]; len(m) != 1 || string(m[0].Was) != `"deny"` || m[0].By != "ann" {
		t.Errorf("the article is marked with %+v", a.Corrected)
	}
	k.ok(k.Undo(k.ctx, again.ID, "jon"))
	k.ok(k.Undo(k.ctx, c.ID, "jon"))
	k.is(k.Undo(k.ctx, c.ID, "jon"), store.ErrNotFound)
	k.equal("after undoing", k.search(store.Query{Words: "secret", Acts: []quoth.Act{quoth.Deny}}), []string{denied})
	list, err := k.Corrections(k.ctx, "", 1, "")
	k.ok(err)
	if len(list.Corrections) != 1 || list.Corrections[0].ID != again.ID || list.Corrections[0].Undone == nil || list.Corrections[0].UndoneBy != "jon" {
		t.Errorf("the list is %+v", list)
	}
	list, err = k.Corrections(k.ctx, "first", 0, "")
	k.ok(err)
	k.equal("corrections of the article", len(list.Corrections), 2)

	// Every kind of field.
	text := a.View.Record.Article.Text
	cut := func(s string) quoth.Span {
		at := quoth.NewIndex(text)
		for i := range len(text) {
			if i+len(s) <= len(text) && text[i:i+len(s)] == s {
				return at.Span(i, i+len(s))
			}
		}
		t.Fatalf("%q is not in the text", s)
		return quoth.Span{}
	}
	k.correct(store.Correction{Article: "first", Item: id, Field: "content", Value: raw([]quoth.Span{cut("no secret channel")})})
	k.correct(store.Correction{Article: "first", Item: id, Field: "speaker", Value: raw([]quoth.Speaker{{Name: "Irina Sool", Type: quoth.Person}})})
	k.correct(store.Correction{Article: "first", Item: id, Field: "when", Value: raw(quoth.When{Text: "today", Date: "2032-01-11"})})
	k.correct(store.Correction{Article: "first", Item: id, Field: "via", Value: raw([]string{"Harbour Radio"})})
	k.correct(store.Correction{Article: "first", Item: a.Items.Figures[0], Field: "low", Value: raw(13000)})
	k.correct(store.Correction{Article: "first", Field: "outlet", Value: raw("Evening Bell")})
	k.correct(store.Correction{Article: "first", Field: "published", Value: raw("2032-01-12")})
	k.correct(store.Correction{Article: "first", Item: a.Items.Statements[1], Field: "parent", Value: raw(id)})
	k.equal("all of them are searched by", k.search(store.Query{Words: "channel", Speaker: "Sool", Via: "radio", Outlet: "bell", Said: store.Days{From: "2032-01-11", To: "2032-01-11"}, Published: store.Days{From: "2032-01-12", To: "2032-01-12"}}), []string{"no secret channel"})
	k.equal("figure", k.search(store.Query{Low: number(13000), High: number(13000)}), []string{counted})
	k.correct(store.Correction{Article: "first", Item: id, Field: "removed", Value: raw(true)})
	k.equal("removed", k.search(store.Query{Words: "channel", Vanished: true, Article: "first"}), []string{})
	h, err = k.Statement(k.ctx, id)
	if k.ok(err); !h.Vanished || !slices.Contains(h.Corrected, "removed") {
		t.Errorf("what was removed is %+v", h)
	}
	a, err = k.Article(k.ctx, "first", 0)
	k.ok(err)
	if len(a.View.Record.Statements) != 1 || !slices.Equal(a.Removed, []string{id}) || a.View.Record.Statements[0].Parent != "" {
		t.Errorf("after removing, the view is %+v", a.View)
	}
	for _, c := range []store.Correction{
		{Article: "first", Item: a.Items.Statements[0], Field: "mood", Value: raw("x")},
		{Article: "first", Item: a.Items.Statements[0], Field: "id", Value: raw("s9")},
		{Article: "first", Item: a.Items.Statements[0], Field: "act", Value: raw("shout")},
		{Article: "first", Item: a.Items.Statements[0], Field: "act", Value: raw(4)},
		{Article: "first", Item: a.Items.Statements[0], Field: "content", Value: raw([]quoth.Span{{Start: 0, End: 4, Text: "nowhere in it"}})},
		{Article: "first", Field: "published", Value: raw("soon")},
		{Article: "first", Field: "text", Value: raw("x")},
		{Article: "first", Field: "statement", Value: raw(map[string]any{"act": "deny"})},
		{Article: "first", Item: a.Items.Statements[0], Field: "act", Value: []byte("{")},
	} {
		_, err := k.Correct(k.ctx, c)
		k.is(err, quoth.ErrMalformed)
	}
	none := raw([]quoth.Span{})
	k.correct(store.Correction{Article: "first", Item: a.Items.Statements[0], Field: "source", Value: none})
	k.correct(store.Correction{Article: "first", Item: a.Items.Statements[0], Field: "content", Value: none})
	_, err = k.Correct(k.ctx, store.Correction{Article: "first", Item: a.Items.Statements[0], Field: "cue", Value: none}) // and would be empty
	k.is(err, quoth.ErrMalformed)
	_, err = k.Correct(k.ctx, store.Correction{Article: "first", Item: "s0000000000000000", Field: "act", Value: raw("deny")})
	k.is(err, store.ErrNotFound)
	k.clean()
}

// testCorrectionsLast: what a person said outlives a newer model and a changed
// page.
func testCorrectionsLast(t *testing.T, k *kit) {
	p := quoth.Page{ID: "x", Title: "T", Published: "2032-01-10"}
	lee := Said{Source: "Ann Lee", Cue: "said", Content: "the old bridge would not open in May"}
	abel := Said{Source: "Jon Abel", Cue: "said", Content: "nobody had asked him"}
	one := Make(p, "m1", lee, abel)
	k.add(one)
	a, err := k.Article(k.ctx, "x", 0)
	k.ok(err)
	s := a.Items.Statements
	span := a.View.Record.Statements[0].Content[0]
	short := quoth.Span{Start: span.Start + 4, End: span.End, Text: span.Text[4:]}
	k.correct(store.Correction{Article: "x", Item: s[0], Field: "act", Value: raw("deny")})
	k.correct(store.Correction{Article: "x", Item: s[0], Field: "content", Value: raw([]quoth.Span{short})})
	k.correct(store.Correction{Article: "x", Item: s[1], Field: "act", Value: raw("judge")})

	// A newer model finds the first with another border, and not the second.
	rec := *one.Record
	rec.Model, rec.Statements = "m2", slices.Clone(rec.Statements[:1])
	rec.Statements[0].Content = []quoth.Span{{Start: span.Start, End: span.End - 7, Text: span.Text[:len(span.Text)-7]}}
	k.equal("reread", k.add(store.Addition{Page: one.Page, Record: &rec, Code: "test", Fetched: one.Fetched}).Outcome, store.Reread)
	a, err = k.Article(k.ctx, "x", 0)
	k.ok(err)
	k.equal("identities", a.Items.Statements, s)
	k.equal("what holds", [...]any{a.View.Record.Statements[0].Act, a.View.Record.Statements[0].Content[0].Text, a.View.Record.Statements[1].Act}, [...]any{quoth.Deny, short.Text, quoth.Judge})
	k.ok(a.View.Record.Check())
	k.clean()

	// The page changes: a paragraph comes before, so that everything moves.
	two := Make(p, "m2", Said{Source: "Irina Sool", Cue: "said", Content: "rain was on its way"}, lee, abel)
	k.add(two)
	a, err = k.Article(k.ctx, "x", 0)
	k.ok(err)
	k.equal("after the change", a.Items.Statements[1:], s)
	k.equal("what holds then", [...]any{a.View.Record.Statements[1].Act, a.View.Record.Statements[1].Content[0].Text, a.View.Record.Statements[2].Act}, [...]any{quoth.Deny, short.Text, quoth.Judge})
	k.ok(a.View.Record.Check())

	// The words are no longer there: what was said of them is stale.
	k.add(Make(p, "m2", Said{Source: "Ann Lee", Cue: "said", Content: "the old gate would not open in May"}))
	a, err = k.Article(k.ctx, "x", 0)
	k.ok(err)
	k.equal("identity", a.Items.Statements[0], s[0])
	k.equal("act", a.View.Record.Statements[0].Act, quoth.Deny)
	if len(a.Stale) < 1 || a.Stale[0].Field != "content" {
		t.Errorf("stale: %+v", a.Stale)
	}
	k.clean()
}

// testMissed: a person adds a statement that the machine missed.
func testMissed(t *testing.T, k *kit) {
	k.fill()
	a, err := k.Article(k.ctx, "first", 0)
	k.ok(err)
	s := a.View.Record.Statements[1]
	mine := quoth.Statement{Source: s.Source, Cue: s.Cue, Content: s.Source, Quotation: quoth.Indirect, Act: quoth.Urge, Speaker: []quoth.Speaker{{Name: "Elena Marr", Type: quoth.Person}}}
	c := k.correct(store.Correction{Article: "first", Field: "statement", Value: raw(mine)})
	k.equal("found", k.search(store.Query{Acts: []quoth.Act{quoth.Urge}}), []string{"Elena Marr"})
	h, err := k.Statement(k.ctx, c.Item)
	k.ok(err)
	k.equal("marked", h.Corrected, []string{"statement"})
	k.correct(store.Correction{Article: "first", Item: c.Item, Field: "act", Value: raw("ask")})
	k.equal("corrected in turn", k.search(store.Query{Acts: []quoth.Act{quoth.Ask}}), []string{"Elena Marr"})
	k.clean()
	k.ok(k.Undo(k.ctx, c.ID, "ann"))
	k.equal("undone", k.search(store.Query{Acts: []quoth.Act{quoth.Ask, quoth.Urge}}), []string{})
	k.clean()
}

// who gives the identity of a speaker in an article.
func (k *kit) who(article, name string) string {
	k.Helper()
	a, err := k.Article(k.ctx, article, 0)
	k.ok(err)
	if a.Identities[name] == "" {
		k.Fatalf("%s has no identity in %s: %v", name, article, a.Identities)
	}
	return a.Identities[name]
}

func (k *kit) say(article, day string, said ...Said) {
	k.Helper()
	for i := range said {
		said[i].Cue, said[i].Content = "said", fmt.Sprintf("%s has words of his own, number %d", said[i].Source, i)
	}
	k.add(Make(quoth.Page{ID: article, Title: article, Published: day}, "m1", said...))
}

func testIdentities(t *testing.T, k *kit) {
	k.say("a", "2032-01-10", Said{Source: "Pavel Orlin", Role: "Norvanian government spokesman"}, Said{Source: "Elena Marr", Role: "prime minister"})
	k.say("b", "2032-02-10", Said{Source: "Pavel J. Orlin", Role: "deputy foreign minister"}, Said{Source: "Orlin’s aunt", Type: quoth.Group})
	k.say("c", "2032-03-10", Said{Source: "Orlin", Role: "the Norvanian spokesman"})
	k.say("d", "2032-03-11", Said{Source: "Orlin"})                                                   // nothing says which
	k.say("e", "2032-03-12", Said{Source: "Pavel Orlin", Role: "striker for Ostby"})                  // another
	k.say("f", "2032-03-13", Said{Source: "Pavel Orlin", Role: "Ostby striker"})                      // that one again
	k.say("g", "2032-03-14", Said{Source: "Orlin"}, Said{Source: "Elena Marr"})                       // in known company
	k.say("h", "2032-03-15", Said{Source: "the Norvanian government spokesman", Type: quoth.Unnamed}) // by his office
	k.say("i", "2032-03-16", Said{Source: "Élena Marr"}, Said{Source: "Marr Group", Type: quoth.Organization})
	orlin := k.who("a", "Pavel Orlin")
	for _, x := range []struct{ article, name string }{{"b", "Pavel J. Orlin"}, {"c", "Orlin"}, {"g", "Orlin"}, {"h", "the Norvanian government spokesman"}} {
		k.equal(x.article+": "+x.name, k.who(x.article, x.name), orlin)
	}
	striker := k.who("e", "Pavel Orlin")
	if striker == orlin || k.who("d", "Orlin") == orlin || k.who("d", "Orlin") == striker {
		t.Error("people whom nothing joins are joined")
	}
	k.equal("the striker", k.who("f", "Pavel Orlin"), striker)
	k.equal("accents", k.who("i", "Élena Marr"), k.who("a", "Elena Marr"))

	i, err := k.Identity(k.ctx, orlin)
	k.ok(err)
	k.equal("identity", [...]any{i.Name, i.Type, i.Statements, i.Articles, i.First, i.Last, len(i.Mentions)}, [...]any{"Pavel J. Orlin", quoth.Person, 5, 5, "2032-01-10", "2032-03-15", 5})
	var roles, forms []string
	for _, r := range i.Roles {
		roles = append(roles, r.Text)
	}
	for _, f := range i.Forms {
		forms = append(forms, f.Text)
	}
	k.equal("roles", roles, []string{"Norvanian government spokesman", "deputy foreign minister", "the Norvanian spokesman"})
	k.equal("forms", forms, []string{"Orlin", "Pavel J. Orlin", "Pavel Orlin", "the Norvanian government spokesman"})
	k.equal("all that he said, in order", len(k.search(store.Query{Identity: orlin, Order: store.Oldest})), 5)
	k.equal("under any form", len(k.search(store.Query{Speaker: "pavel orlin"})), 7)
	list, err := k.Identities(k.ctx, "orlin", 2, "")
	k.ok(err)
	if len(list.Identities) != 2 || list.Identities[0].ID != orlin || list.Identities[0].Role != "the Norvanian spokesman" || list.Next == "" {
		t.Errorf("the list is %+v", list)
	}
	rest, err := k.Identities(k.ctx, "orlin", 2, list.Next)
	k.ok(err)
	k.equal("the rest", len(rest.Identities), 1)
	_, err = k.Identity(k.ctx, "p0")
	k.is(err, store.ErrNotFound)
	k.clean()
}

// testKeptApart: two of one name stay two where a person said so, also when an
// article is read anew, or comes back, with a role that fits the other.
func testKeptApart(t *testing.T, k *kit) {
	k.say("a", "2032-01-10", Said{Source: "Pavel Orlin", Role: "mayor of Lisk"})
	k.say("a2", "2032-01-11", Said{Source: "Pavel Orlin", Role: "mayor of Lisk"})
	k.say("b", "2032-02-10", Said{Source: "Pavel Orlin", Role: "striker for Ostby"})
	mayor, striker := k.who("a", "Pavel Orlin"), k.who("b", "Pavel Orlin")
	k.decide(store.Decision{Kind: store.Never, From: mayor, To: striker})

	later := Said{Source: "Pavel J. Orlin", Role: "mayor of Ostby", Cue: "said", Content: "the ground is to be built"}
	k.add(Make(quoth.Page{ID: "b", Title: "b", Published: "2032-02-10"}, "m1", later))
	k.equal("in another spelling", k.who("b", "Pavel J. Orlin"), striker)

	_, err := k.Remove(k.ctx, "b", true)
	k.ok(err)
	k.say("b", "2032-02-10", Said{Source: "Pavel Orlin", Role: "mayor of Ostby"})
	k.equal("taken out and added again", k.who("b", "Pavel Orlin"), striker)

	// One who was only split off there keeps that too.
	k.say("c", "2032-03-10", Said{Source: "Pavel Orlin", Role: "mayor of Lisk"})
	k.equal("by the role", k.who("c", "Pavel Orlin"), mayor)
	k.decide(store.Decision{Kind: store.Split, From: mayor, Mentions: []store.Mention{{Article: "c", Name: "Pavel Orlin"}}})
	third := k.who("c", "Pavel Orlin")
	k.add(Make(quoth.Page{ID: "c", Title: "c", Published: "2032-03-10"}, "m1", Said{Source: "Pavel M. Orlin", Role: "mayor of Lisk", Cue: "said", Content: "taxes are to fall"}))
	k.equal("split off, and in another spelling", k.who("c", "Pavel M. Orlin"), third)
	k.add(Make(quoth.Page{ID: "c", Title: "c", Published: "2032-03-10"}, "m2", Said{Source: "Pavel Mark Orlin", Role: "mayor of Lisk", Cue: "said", Content: "taxes are to fall"}))
	k.equal("in a third one", k.who("c", "Pavel Mark Orlin"), third)
	if third == mayor || third == striker {
		t.Error("who was split off is one of the others")
	}

	// Taken back, a split lets go of a name that a newer reading writes otherwise.
	k.say("d", "2032-03-11", Said{Source: "Pavel Orlin", Role: "mayor of Lisk"}, Said{Source: "Ann Lee"})
	split := k.decide(store.Decision{Kind: store.Split, From: k.who("d", "Pavel Orlin"), Mentions: []store.Mention{{Article: "d", Name: "Pavel Orlin"}}})
	k.add(Make(quoth.Page{ID: "d", Title: "d", Published: "2032-03-11"}, "m2", Said{Source: "Pavel T. Orlin", Role: "mayor of Lisk", Cue: "said", Content: "rents are to fall"}, Said{Source: "Ann Lee", Cue: "said", Content: "they will not"}))
	k.equal("respelled", k.who("d", "Pavel T. Orlin"), split.To)
	ann := k.who("d", "Ann Lee")
	k.ok(k.Reverse(k.ctx, split.ID, "lin"))
	k.equal("respelled, and the split taken back", [...]any{k.who("d", "Pavel T. Orlin"), k.who("d", "Ann Lee")}, [...]any{mayor, ann})
	k.clean()
}

func (k *kit) decide(d store.Decision) store.Decision {
	k.Helper()
	d.By = "ann"
	d, err := k.Decide(k.ctx, d)
	k.ok(err)
	return d
}

// testDays moves an article to another day and back, where a name that was split
// off speaks no more: the other names go along.
func testDays(t *testing.T, k *kit) {
	const was, is = "2032-01-10", "2032-02-20"
	k.say("a", was, Said{Source: "Ada Bell"}, Said{Source: "Zed Moor"})
	ada := k.who("a", "Ada Bell")
	k.decide(store.Decision{Kind: store.Split, From: k.who("a", "Zed Moor"), Mentions: []store.Mention{{Article: "a", Name: "Zed Moor"}}})
	a, err := k.Article(k.ctx, "a", 0)
	k.ok(err)
	k.correct(store.Correction{Article: "a", Item: a.Items.Statements[1], Field: "removed", Value: raw(true)})
	for _, day := range []string{is, was} {
		k.correct(store.Correction{Article: "a", Field: "published", Value: raw(day)})
		i, err := k.Identity(k.ctx, ada)
		k.ok(err)
		k.equal("first and last day", [...]string{i.First, i.Last}, [...]string{day, day})
	}
	k.clean()
}

func testDecisions(t *testing.T, k *kit) {
	k.say("a", "2032-01-10", Said{Source: "Pavel Orlin", Role: "spokesman"})
	k.say("b", "2032-01-11", Said{Source: "Pasha Orlin", Role: "spokesman"})
	k.say("c", "2032-01-12", Said{Source: "Pavel Orlin"})
	k.say("d", "2032-01-13", Said{Source: "Ostby Bank", Type: quoth.Organization}, Said{Source: "Ostby Banking"})
	pavel, pasha, bank := k.who("a", "Pavel Orlin"), k.who("b", "Pasha Orlin"), k.who("d", "Ostby Bank")
	k.decide(store.Decision{Kind: store.Join, From: k.who("d", "Ostby Banking"), To: bank}) // a wrong type does not hinder
	k.equal("the bank", k.who("d", "Ostby Banking"), bank)

	join := k.decide(store.Decision{Kind: store.Join, From: pasha, To: pavel})
	k.equal("joined", k.who("b", "Pasha Orlin"), pavel)
	i, err := k.Identity(k.ctx, pasha)
	k.ok(err)
	k.equal("asked for under the old ID", [...]any{i.ID, i.Statements, i.Joined}, [...]any{pavel, 3, []string{pasha}})
	k.equal("search", len(k.search(store.Query{Identity: pavel})), 3)
	k.equal("search by the joined name", len(k.search(store.Query{Speaker: "Pasha"})), 3)
	k.say("e", "2032-01-14", Said{Source: "Pasha Orlin"})
	k.equal("what comes later", k.who("e", "Pasha Orlin"), pavel)
	k.clean()
	_, err = k.Decide(k.ctx, store.Decision{Kind: store.Join, From: "p0000000000000000", To: pavel})
	k.is(err, store.ErrNotFound)
	_, err = k.Decide(k.ctx, store.Decision{Kind: store.Never, From: pasha, To: pavel})
	k.is(err, store.ErrConflict)
	k.ok(k.Reverse(k.ctx, join.ID, "lin"))
	k.is(k.Reverse(k.ctx, join.ID, "lin"), store.ErrNotFound)
	k.equal("after taking it back", k.who("e", "Pasha Orlin"), pasha)
	k.equal("search then", len(k.search(store.Query{Identity: pavel})), 2)

	k.decide(store.Decision{Kind: store.Never, From: pavel, To: pasha})
	_, err = k.Decide(k.ctx, store.Decision{Kind: store.Join, From: pasha, To: pavel})
	k.is(err, store.ErrConflict)
	i, err = k.Identity(k.ctx, pavel)
	k.ok(err)
	k.equal("never", i.Never, []string{pasha})

	split := k.decide(store.Decision{Kind: store.Split, From: pavel, Mentions: []store.Mention{{Article: "c", Name: "Pavel Orlin"}}})
	k.equal("split", k.who("c", "Pavel Orlin"), split.To)
	k.equal("search after it", len(k.search(store.Query{Identity: split.To})), 1)
	k.clean()
	again := Make(quoth.Page{ID: "c", Title: "c", Published: "2032-01-12"}, "m2", Said{Source: "Pavel Orlin", Cue: "said", Content: "something else"})
	k.add(again)
	k.equal("a newer reading", k.who("c", "Pavel Orlin"), split.To)
	k.ok(k.Reverse(k.ctx, split.ID, "lin"))
	k.equal("taken back", k.who("c", "Pavel Orlin"), pavel)
	_, err = k.Decide(k.ctx, store.Decision{Kind: store.Split, From: pavel, Mentions: []store.Mention{{Article: "b", Name: "Pasha Orlin"}}})
	k.is(err, store.ErrNotFound)
	_, err = k.Decide(k.ctx, store.Decision{Kind: store.Split, From: pavel})
	k.is(err, quoth.ErrMalformed)
	_, err = k.Decide(k.ctx, store.Decision{Kind: store.Split, From: pavel, To: "bob", Mentions: []store.Mention{{Article: "c", Name: "Pavel Orlin"}}})
	k.is(err, quoth.ErrMalformed)
	_, err = k.Identity(k.ctx, "bob")
	k.is(err, store.ErrNotFound)

	// Taken back in another order than made, those that stand hold.
	banking := k.who("d", "Ostby Bank")
	k.say("g", "2032-01-16", Said{Source: "Harbour Bank", Type: quoth.Organization}, Said{Source: "Lisk Bank", Type: quoth.Organization})
	harbour, lisk := k.who("g", "Harbour Bank"), k.who("g", "Lisk Bank")
	first := k.decide(store.Decision{Kind: store.Join, From: harbour, To: lisk})
	k.equal("what was joined", first.Name, "Harbour Bank")
	second := k.decide(store.Decision{Kind: store.Join, From: lisk, To: banking})
	k.ok(k.Reverse(k.ctx, first.ID, "lin"))
	k.equal("apart", k.who("g", "Harbour Bank"), harbour)
	third := k.decide(store.Decision{Kind: store.Join, From: harbour, To: banking})
	k.ok(k.Reverse(k.ctx, second.ID, "lin"))
	k.equal("joins", [...]any{k.who("g", "Harbour Bank"), k.who("g", "Lisk Bank")}, [...]any{banking, lisk})
	k.equal("statements", [...]any{len(k.search(store.Query{Identity: banking})), len(k.search(store.Query{Identity: lisk}))}, [...]any{3, 1})
	k.ok(k.Reverse(k.ctx, third.ID, "lin"))
	one := k.decide(store.Decision{Kind: store.Rename, From: lisk, Name: "The bank of Lisk"})
	two := k.decide(store.Decision{Kind: store.Rename, From: lisk, Name: "The Liskers"})
	for _, x := range []struct{ id, want string }{{one.ID, "The Liskers"}, {two.ID, "Lisk Bank"}} {
		k.ok(k.Reverse(k.ctx, x.id, "lin"))
		i, err = k.Identity(k.ctx, lisk)
		k.ok(err)
		k.equal("renamed", i.Name, x.want)
	}
	one = k.decide(store.Decision{Kind: store.Never, From: lisk, To: harbour})
	two = k.decide(store.Decision{Kind: store.Never, From: harbour, To: lisk})
	for n, x := range []store.Decision{one, two} {
		k.ok(k.Reverse(k.ctx, x.ID, "lin"))
		i, err = k.Identity(k.ctx, lisk)
		k.ok(err)
		k.equal("never the same", len(i.Never), 1-n)
	}
	one = k.decide(store.Decision{Kind: store.Split, From: pavel, Mentions: []store.Mention{{Article: "c", Name: "Pavel Orlin"}}})
	two = k.decide(store.Decision{Kind: store.Split, From: one.To, Mentions: one.Mentions})
	for _, x := range []struct{ id, want string }{{one.ID, two.To}, {two.ID, pavel}} {
		k.ok(k.Reverse(k.ctx, x.id, "lin"))
		k.equal("split", k.who("c", "Pavel Orlin"), x.want)
	}
	k.clean()

	name := k.decide(store.Decision{Kind: store.Rename, From: pavel, Name: "P. Orlin of Sorrel"})
	k.say("f", "2032-01-15", Said{Source: "Pavel Jan Peter Orlin", Role: "spokesman"})
	i, err = k.Identity(k.ctx, pavel)
	k.ok(err)
	k.equal("renamed for good", [...]any{i.Name, len(i.Forms)}, [...]any{"P. Orlin of Sorrel", 2})
	list, err := k.Identities(k.ctx, "sorrel", 0, "")
	k.ok(err)
	k.equal("found by the new name", len(list.Identities), 1)
	k.ok(k.Reverse(k.ctx, name.ID, "lin"))
	all, err := k.Decisions(k.ctx)
	k.ok(err)
	var hold []store.DecisionKind
	for _, d := range all {
		if d.Undone == nil {
			hold = append(hold, d.Kind)
		}
	}
	k.equal("what holds", hold, []store.DecisionKind{store.Never, store.Join})
	k.equal("what was taken back", [...]any{len(all), all[0].Kind, all[0].By, all[0].UndoneBy}, [...]any{14, store.Rename, "ann", "lin"})
	k.clean()
}

func testClaims(t *testing.T, k *kit) {
	k.fill()
	hits, err := k.Search(k.ctx, store.Query{Order: store.Oldest})
	k.ok(err)
	at := time.Date(2032, 3, 1, 0, 0, 0, 0, time.UTC)
	claim := func(id, name string, updated time.Time, members ...int) store.Claim {
		c := store.Claim{ID: id, Name: name, Score: 0.7, Updated: updated, Stances: []store.Tally{{Stance: "denies", Count: 1}}, Members: []store.Member{}}
		for _, m := range members {
			c.Members = append(c.Members, store.Member{Statement: hits.Hits[m].ID, Stance: "denies", Utterance: fmt.Sprint("u", m), Score: 0.5})
		}
		c.Size = len(members)
		return c
	}
	one, two := claim("one", "Is there a secret channel?", at, 0, 4), claim("two", "Losses", at.Add(time.Hour), 1)
	k.ok(k.PutClaims(k.ctx, []store.Claim{one, two}, nil))
	got, err := k.Claim(k.ctx, "one")
	k.ok(err)
	k.equal("claim", *got, one)
	of, err := k.ClaimsOf(k.ctx, hits.Hits[1].ID)
	k.ok(err)
	k.equal("claims of a statement", of, []store.Claim{two})
	names := func(q store.ClaimQuery) []string {
		t.Helper()
		out := []string{}
		for {
			p, err := k.ListClaims(k.ctx, q)
			k.ok(err)
			for _, c := range p.Claims {
				out = append(out, c.ID)
			}
			if q.Cursor = p.Next; p.Next == "" {
				return out
			}
		}
	}
	k.equal("list", names(store.ClaimQuery{Limit: 1}), []string{"two", "one"})
	k.ok(k.PutClaims(k.ctx, []store.Claim{claim("three", "Smaller", at, 1)}, nil))
	k.equal("list of claims changed at once", names(store.ClaimQuery{Limit: 1}), []string{"two", "one", "three"})
	k.ok(k.PutClaims(k.ctx, nil, []string{"three"}))
	k.equal("by name", names(store.ClaimQuery{Words: "losses"}), []string{"two"})
	k.equal("by a member's words", names(store.ClaimQuery{Words: "soldiers"}), []string{"two"})
	k.equal("by speaker", names(store.ClaimQuery{Identity: k.who("first", "Pavel Orlin")}), []string{"one"})
	k.equal("by outlet", names(store.ClaimQuery{Outlet: "island"}), []string{"one"})
	k.equal("by stance", names(store.ClaimQuery{Stance: "confirms"}), []string{})
	// Claims of one name are told apart by a statement that each alone holds, or by
	// their first; one without namesake needs none.
	twin, part := claim("twin", "LOSSES", at, 1, 2), claim("part", "Losses", at, 2)
	k.ok(k.PutClaims(k.ctx, []store.Claim{twin, part, claim("none", "Losses", at)}, nil))
	apart, err := k.Apart(k.ctx, []string{"one", "two", "twin", "part", "none", "two", "missing"})
	k.ok(err)
	k.equal("told apart", apart, map[string]string{"two": hits.Hits[1].ID, "twin": hits.Hits[1].ID, "part": hits.Hits[2].ID})
	k.ok(k.PutClaims(k.ctx, []store.Claim{claim("twin", "Losses", at, 1, 2, 3)}, nil))
	apart, err = k.Apart(k.ctx, []string{"twin"})
	k.ok(err)
	k.equal("one of them told apart", apart, map[string]string{"twin": hits.Hits[3].ID})
	for _, order := range [][]int{{0, 3, 4}, {4, 3, 0}} {
		k.ok(k.PutClaims(k.ctx, []store.Claim{claim("twin", "Losses", at, order...)}, nil))
		apart, err = k.Apart(k.ctx, []string{"twin"})
		k.ok(err)
		k.equal("told apart by the first", apart, map[string]string{"twin": hits.Hits[order[0]].ID})
	}
	k.ok(k.PutClaims(k.ctx, nil, []string{"twin", "part", "none"}))
	k.is(k.PutClaims(k.ctx, []store.Claim{{ID: "three", Members: []store.Member{{Statement: "s0000000000000000"}}}}, []string{"one"}), store.ErrNotFound)
	k.equal("nothing was dropped then", len(names(store.ClaimQuery{})), 2)
	k.ok(k.PutClaims(k.ctx, []store.Claim{claim("two", "Fewer", at.Add(2*time.Hour))}, []string{"one"}))
	_, err = k.Claim(k.ctx, "one")
	k.is(err, store.ErrNotFound)

	v, err := k.Judge(k.ctx, store.Verdict{Kind: "join", Claim: "two", Statements: []string{hits.Hits[0].ID}, By: "ann"})
	k.ok(err)
	list, err := k.Verdicts(k.ctx)
	k.ok(err)
	k.equal("verdicts", list, []store.Verdict{v})
	k.ok(k.Unjudge(k.ctx, v.ID, "lin"))
	k.is(k.Unjudge(k.ctx, v.ID, "lin"), store.ErrNotFound)
	list, err = k.Verdicts(k.ctx)
	k.ok(err)
	k.equal("a verdict taken back", [...]any{len(list), list[0].ID, list[0].UndoneBy, len(store.Standing(list))}, [...]any{1, v.ID, "lin", 0})
	k.clean()
}
