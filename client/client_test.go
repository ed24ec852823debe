package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/client"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
	"github.com/quothnews/quoth/internal/store/storetest"
	"github.com/quothnews/quoth/internal/web"
)

const token = "a token for tests"

func desk(t *testing.T) *client.Client {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "quoth.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d, err := web.New(web.Options{Store: s, Token: token, By: "Ada", Version: "test", Add: func(ctx context.Context, p quoth.Page) ([]store.Added, error) {
		a := storetest.Make(quoth.Page{ID: p.ID, Title: p.Title, Outlet: p.Outlet, Published: p.Published}, "m1",
			storetest.Said{Content: p.Text, Cue: "denied", Source: "Anton Drell", Role: "spokesman", Act: quoth.Deny}, storetest.Said{Content: "it rains", Cue: "said", Source: "Rosa Imber"})
		added, err := s.Add(ctx, a)
		return []store.Added{added}, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	c, err := client.New(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	c.Token = token
	return c
}

// must fails the test where a call fails.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestClient(t *testing.T) {
	ctx, c := t.Context(), desk(t)
	for _, id := range []string{"one", "a/b.json"} {
		if a := must(c.Add(ctx, client.NewPage{ID: id, Text: "that there was a call " + id, Title: "Number " + id, Outlet: "The Courier", Published: "2032-02-09"}))(t); a[0].Article != id || a[0].Outcome != store.New {
			t.Errorf("%+v", a)
		}
	}
	if n := must(c.Count(ctx))(t); n.Articles != 2 || n.Statements != 4 {
		t.Errorf("%+v", n)
	}
	var hits []client.Hit
	for h, err := range c.SearchAll(ctx, client.Query{Words: "call", Acts: []quoth.Act{quoth.Deny, quoth.Neither}, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		hits = append(hits, h)
	}
	if len(hits) != 2 || len(hits[0].Highlights) == 0 {
		t.Fatalf("%+v", hits)
	}
	h := hits[0]
	if got := must(c.Statement(ctx, h.ID))(t); got.Content != h.Content || got.Speakers[0] != h.Speakers[0] {
		t.Errorf("%+v", got)
	}
	a := must(c.Article(ctx, "a/b.json", 0))(t)
	if err := a.Record.Check(); err != nil || a.ID != "a/b.json" || len(a.Items.Statements) != 2 {
		t.Errorf("%+v %v", a, err)
	}
	if got := must(c.Changes(ctx, "one", 1, 1))(t); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := must(c.Articles(ctx, client.ArticleQuery{Outlet: "The Courier", Limit: 1}))(t); len(got.Articles) != 1 || got.Next == "" {
		t.Errorf("%+v", got)
	}
	if got := must(c.Articles(ctx, client.ArticleQuery{Words: "one"}))(t); len(got.Articles) != 1 || got.Articles[0].ID != "one" || got.Next != "" {
		t.Errorf("%+v", got)
	}
	if got := must(c.Outlets(ctx))(t); len(got) != 1 || got[0].Articles != 2 {
		t.Errorf("%+v", got)
	}

	x := must(c.Correct(ctx, client.Correction{Article: h.Article, Item: h.ID, Field: "act", Value: json.RawMessage(`"neither"`), By: "Grace", Note: "heard it"}))(t)
	if string(x.Was) != `"deny"` || x.By != "Grace" {
		t.Errorf("%+v", x)
	}
	if err := c.Undo(ctx, x.ID, "Grace"); err != nil {
		t.Error(err)
	}
	if got := must(c.Corrections(ctx, h.Article, 10, ""))(t); len(got.Corrections) != 1 || got.Corrections[0].Undone == nil {
		t.Errorf("%+v", got)
	}

	who := must(c.Speakers(ctx, "drell", 10, ""))(t).Identities[0]
	d := must(c.Decide(ctx, client.Decision{Kind: store.Rename, From: who.ID, Name: "Anton M. Drell"}))(t)
	if got := must(c.Speaker(ctx, who.ID))(t); got.Name != "Anton M. Drell" || d.By != "Ada" {
		t.Errorf("%+v %+v", got, d)
	}
	if err := c.Reverse(ctx, d.ID, "Lin"); err != nil {
		t.Error(err)
	}
	if got := must(c.Decisions(ctx))(t); len(got) != 1 || got[0].Undone == nil || got[0].UndoneBy != "Lin" {
		t.Errorf("%+v", got)
	}
	v := must(c.Judge(ctx, client.Verdict{Kind: "join", Statements: []string{hits[0].ID, hits[1].ID}}))(t)
	if got := must(c.Verdicts(ctx))(t); len(got) != 1 || got[0].ID != v.ID {
		t.Errorf("%+v", got)
	}
	if err := c.Unjudge(ctx, v.ID, "Lin"); err != nil {
		t.Error(err)
	}
	if got := must(c.Verdicts(ctx))(t); len(got) != 1 || got[0].Undone == nil || got[0].UndoneBy != "Lin" {
		t.Errorf("%+v", got)
	}
	if got := must(c.Claims(ctx, client.ClaimQuery{Words: "call"}))(t); len(got.Claims) != 0 {
		t.Errorf("%+v", got)
	}

	const feed = "https://courier.example/feed.xml"
	must(c.AddFeed(ctx, feed, "The Courier"))(t)
	if got := must(c.Feeds(ctx))(t); len(got) != 1 || got[0].Outlet != "The Courier" {
		t.Errorf("%+v", got)
	}
	if err := c.RemoveFeed(ctx, feed); err != nil {
		t.Error(err)
	}

	whole := must(io.ReadAll(must(c.Export(ctx, "store.jsonl", client.Query{}))(t)))(t)
	other := desk(t)
	lines, changed, err := other.Import(ctx, strings.NewReader(string(whole)))
	if err != nil || lines != strings.Count(string(whole), "\n") || changed == 0 {
		t.Errorf("%d %d %v", lines, changed, err)
	}
	if again := must(io.ReadAll(must(other.Export(ctx, "store.jsonl", client.Query{}))(t)))(t); string(again) != string(whole) {
		t.Error("taken in and out again, it is not the same")
	}

	must(c.Correct(ctx, client.Correction{Article: "a/b.json", Field: "title", Value: json.RawMessage(`"Another"`)}))(t)
	var refused *client.Error
	if _, err := c.RemoveArticle(ctx, "a/b.json", false); !errors.As(err, &refused) || refused.Status != 409 {
		t.Errorf("an article that was corrected: %v", err)
	}
	if got := must(c.RemoveArticle(ctx, "a/b.json", true))(t); got.Title != "Another" || got.Statements != 2 || got.Corrections != 1 {
		t.Errorf("%+v", got)
	}
	if n := must(c.Count(ctx))(t); n.Articles != 1 || n.Statements != 2 {
		t.Errorf("%+v", n)
	}
}

func TestErrors(t *testing.T) {
	ctx, c := t.Context(), desk(t)
	if _, err := c.Claim(ctx, "none"); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("%v", err)
	}
	var e *client.Error
	if _, err := c.Search(ctx, client.Query{Said: client.Days{From: "yesterday"}}); !errors.As(err, &e) || e.Status != 400 || !strings.Contains(e.Detail, "yesterday") {
		t.Errorf("%v", err)
	}
	if _, err := c.Search(ctx, client.Query{Limit: 1000}); !errors.As(err, &e) || e.Status != 422 || !strings.Contains(e.Detail, "query.limit") {
		t.Errorf("%v", err)
	}
	c.Token = "another"
	if _, err := c.Count(ctx); !errors.As(err, &e) || e.Status != 401 {
		t.Errorf("%v", err)
	}
	for _, bad := range []string{"", "localhost:7788", "ftp://x"} {
		if _, err := client.New(bad); err == nil {
			t.Errorf("%q is taken for a desk", bad)
		}
	}
}

func TestShifts(t *testing.T) {
	ctx, c := t.Context(), desk(t)
	claim := client.Claim{ID: "c0000000000000001", Name: "There was a call"}
	for i, day := range []string{"2031-11-13", "2032-02-09"} {
		a := must(c.Add(ctx, client.NewPage{ID: day, Text: "that there was a call on " + day, Title: "Number " + day, Published: day}))(t)
		hits := must(c.Search(ctx, client.Query{Article: a[0].Article, Acts: []quoth.Act{quoth.Deny}}))(t).Hits
		claim.Members = append(claim.Members, store.Member{Statement: hits[0].ID, Stance: []string{"against", "for"}[i]})
	}
	claim.Stances = []store.Tally{{Stance: "against", Count: 1}, {Stance: "for", Count: 1}}
	line := must(json.Marshal(store.Line{Claim: &claim}))(t)
	if _, changed, err := c.Import(ctx, strings.NewReader(string(line))); err != nil || changed != 1 {
		t.Fatal(changed, err)
	}
	who := must(c.Speakers(ctx, "drell", 1, ""))(t).Identities[0]
	got := must(c.Shifts(ctx, who.ID, "call"))(t)
	if len(got) != 1 || got[0].Claim.ID != claim.ID || len(got[0].Steps) != 2 || !got[0].Steps[1].Changed || got[0].Steps[1].Before == "" || got[0].Steps[0].Published != "2031-11-13" {
		t.Errorf("%+v", got)
	}
	if got := must(c.Shifts(ctx, who.ID, "weather"))(t); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
