package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

const (
	pageSize  = 25
	frontSize = 8 // denials and non-responses on the front page
)

func (d *Desk) front(r *http.Request) (*page, error) {
	ctx := r.Context()
	v := FrontView{Model: d.Model, Bookmarklet: bookmarklet(r)}
	var err error
	if v.Count, err = d.store.Count(ctx); err != nil {
		return nil, err
	}
	telling, err := d.store.Search(ctx, store.Query{Acts: store.Telling, Limit: frontSize})
	if err != nil {
		return nil, err
	}
	newest, err := d.store.Search(ctx, store.Query{Limit: pageSize, Cursor: r.FormValue("cursor")})
	if err != nil {
		return nil, err
	}
	claims, err := d.store.ListClaims(ctx, store.ClaimQuery{Limit: 6})
	if err != nil {
		return nil, err
	}
	v.Telling, v.Newest, v.Next, v.Claims = telling.Hits, newest.Hits, newest.Next, claims.Claims
	if v.Apart, err = d.apart(ctx, claimIDs(v.Claims)); err != nil {
		return nil, err
	}
	if newest.Next != "" {
		v.NextHref = with(r.URL, "cursor", newest.Next, "done", "") + "#newest"
	}
	return &page{name: "front", here: "Desk", view: v, feed: hitFeed("Newest statements", newest.Hits)}, nil
}

func (d *Desk) addPage(r *http.Request) (*page, error) {
	return &page{name: "add", here: "Add", view: AddView{URL: r.FormValue("url"), Bookmarklet: bookmarklet(r)}, sole: true}, nil
}

func (d *Desk) articles(r *http.Request) (*page, error) {
	words := strings.TrimSpace(r.FormValue("q"))
	list, err := d.store.List(r.Context(), store.ArticleQuery{Words: words, Limit: pageSize, Cursor: r.FormValue("cursor")})
	if err != nil {
		return nil, err
	}
	v := ArticlesView{ArticlePage: list, Words: words}
	if v.Called, err = d.called(r.Context(), list.Articles); err != nil {
		return nil, err
	}
	if list.Next != "" {
		v.NextHref = with(r.URL, "cursor", list.Next, "done", "")
	}
	return &page{name: "articles", here: "Articles", view: v, feed: articleFeed("Articles", v.Lines())}, nil
}

// called gives what those articles are called that have no title.
func (d *Desk) called(ctx context.Context, list []store.ArticleLine) (Names, error) {
	out := Names{}
	for _, l := range list {
		if l.Title != "" {
			continue
		}
		a, err := d.store.Article(ctx, l.ID, 0)
		if err != nil {
			return nil, err
		}
		out[l.ID] = store.Headline(&a.Record.Article)
	}
	return out, nil
}

func articleFeed(title string, list []store.ArticleLine) *feed {
	f := &feed{title: title}
	for _, a := range list {
		summary := plural(a.Statements, "statement", "statements")
		if a.Outlet != "" {
			summary = a.Outlet + ": " + summary
		}
		f.entries = append(f.entries, entry{a.Title, address("articles", a.ID), summary, a.Byline, a.Fetched, ""})
	}
	return f
}

func (d *Desk) article(r *http.Request) (*page, error) {
	ctx := r.Context()
	revision := 0
	if n := r.PathValue("n"); n != "" {
		var err error
		if revision, err = strconv.Atoi(n); err != nil || revision < 1 {
			return nil, errNoPage
		}
	}
	a, err := d.store.Article(ctx, r.PathValue("id"), revision)
	if err != nil {
		return nil, err
	}
	v := &ArticleView{Article: a, Changes: []store.Change{}, Claims: []ItemClaims{}, Newest: len(a.Revisions) == 0 || a.N == a.Revisions[len(a.Revisions)-1].N}
	if a.N > 1 {
		if v.Changes, err = d.store.Changes(ctx, a.ID, a.N-1, a.N); err != nil {
			return nil, err
		}
	}
	claims := map[string][]Ref{}
	var all []store.Claim
	for _, id := range a.Items.Statements {
		of, err := d.store.ClaimsOf(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(of) > 0 {
			claims[id] = refs(of)
			v.Claims = append(v.Claims, ItemClaims{id, claims[id]})
			all = append(all, of...)
		}
	}
	if v.Apart, err = d.apart(ctx, claimIDs(all)); err != nil {
		return nil, err
	}
	if v.Taken, err = d.store.Statements(ctx, statementsOf(a.Removed)); err != nil {
		return nil, err
	}
	made, err := d.store.Corrections(ctx, a.ID, 500, "")
	if err != nil {
		return nil, err
	}
	for _, c := range made.Corrections {
		if c.Undone == nil {
			v.Made++
		}
	}
	v.By = by(r, d.By)
	v.lay(claims)
	return &page{name: "article", here: "Articles", view: v}, nil
}

// statementsOf keeps the IDs of statements.
func statementsOf(ids []string) []string {
	var out []string
	for _, id := range ids {
		if len(id) > 0 && id[0] == 's' {
			out = append(out, id)
		}
	}
	return out
}

func refs(claims []store.Claim) []Ref {
	out := make([]Ref, len(claims))
	for i, c := range claims {
		out[i] = Ref{c.ID, c.Name}
	}
	return out
}

// lay cuts the article into paragraphs with their notes.
func (v *ArticleView) lay(claims map[string][]Ref) {
	items := map[string]string{}
	for i, s := range v.Record.Statements {
		if i < len(v.Items.Statements) {
			items[s.ID] = v.Items.Statements[i]
		}
		if !slices.Contains(v.Legend, s.Act) {
			v.Legend = append(v.Legend, s.Act)
		}
	}
	v.Paragraphs = paragraphs(&v.Record)
	for i := range v.Paragraphs {
		for k := range v.Paragraphs[i].Notes {
			n := &v.Paragraphs[i].Notes[k]
			n.Item = items[n.ID]
			n.Identities, n.Corrected, n.Claims, n.Apart = v.Identities, v.Corrected[n.Item], claims[n.Item], v.Apart
		}
	}
	if i := slices.IndexFunc(v.Paragraphs, func(p Paragraph) bool { return p.Kind == quoth.Title }); i >= 0 {
		head := v.Paragraphs[i]
		v.Head, v.Paragraphs = &head, slices.Delete(v.Paragraphs, i, i+1)
	}
	slices.SortFunc(v.Legend, func(a, b quoth.Act) int { return slices.Index(quoth.Acts, a) - slices.Index(quoth.Acts, b) })
}

func (d *Desk) statement(r *http.Request) (*page, error) {
	v, err := d.statementView(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	v.By = by(r, d.By)
	return &page{name: "statement", here: "Articles", view: v}, nil
}

func (d *Desk) statementView(ctx context.Context, id string) (*StatementView, error) {
	hit, err := d.store.Statement(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := d.store.Article(ctx, hit.Article, hit.Revision)
	if err != nil {
		return nil, err
	}
	claims, err := d.store.ClaimsOf(ctx, hit.ID)
	if err != nil {
		return nil, err
	}
	v := &StatementView{Hit: hit, SHA256: a.SHA256, Fetched: a.Fetched, Model: a.Model, Code: a.Code, Revisions: len(a.Revisions),
		Claims: refs(claims), Held: store.List(a.View.Corrected[hit.ID]), Stale: []store.Correction{}, Removed: slices.Contains(a.Removed, hit.ID)}
	if v.Apart, err = d.apart(ctx, claimIDs(claims)); err != nil {
		return nil, err
	}
	for _, c := range a.Stale {
		if c.Item == hit.ID {
			v.Stale = append(v.Stale, c)
		}
	}
	if i := slices.Index(a.Items.Statements, hit.ID); i >= 0 && i < len(a.Record.Statements) {
		v.Statement = &a.Record.Statements[i]
		only := a.Record
		only.Statements, only.Figures = a.Record.Statements[i:i+1], nil
		v.Paragraphs = around(paragraphs(&only))
	}
	return v, nil
}

// around keeps the paragraphs that a statement touches, and one on either side,
// without links to notes.
func around(all []Paragraph) []Paragraph {
	var out []Paragraph
	touched := func(i int) bool {
		return i >= 0 && i < len(all) && slices.ContainsFunc(all[i].Pieces, func(p Piece) bool { return len(p.IDs) > 0 })
	}
	for i := range all {
		if touched(i) || (all[i].Kind == quoth.Body || all[i].Kind == quoth.Title) && (touched(i-1) || touched(i+1)) {
			for k := range all[i].Pieces {
				all[i].Pieces[k].Link = ""
			}
			out = append(out, all[i])
		}
	}
	return out
}

func (d *Desk) outlets(r *http.Request) (*page, error) {
	list, err := d.store.Outlets(r.Context())
	if err != nil {
		return nil, err
	}
	f := &feed{title: "Outlets"}
	for _, o := range list {
		if o.Name != "" {
			at, _, _ := days(o.Last)
			f.entries = append(f.entries, entry{o.Name, address("outlets", o.Name), plural(o.Articles, "article", "articles") + ", " + plural(o.Statements, "statement", "statements"), o.Name, at, ""})
		}
	}
	return &page{name: "outlets", here: "Outlets", view: OutletsView{list}, feed: f}, nil
}

func (d *Desk) outlet(r *http.Request) (*page, error) {
	ctx, name := r.Context(), r.PathValue("name")
	all, err := d.store.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(o store.Outlet) bool { return o.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("outlet %q: %w", name, store.ErrNotFound)
	}
	v := OutletView{Outlet: all[i]}
	if v.List, err = d.store.List(ctx, store.ArticleQuery{Outlet: name, Limit: pageSize, Cursor: r.FormValue("cursor")}); err != nil {
		return nil, err
	}
	if v.Called, err = d.called(ctx, v.List.Articles); err != nil {
		return nil, err
	}
	telling, err := d.store.Search(ctx, store.Query{Outlet: `"` + name + `"`, Acts: store.Telling, Limit: frontSize})
	if err != nil {
		return nil, err
	}
	v.Telling = telling.Hits
	if v.List.Next != "" {
		v.NextHref = with(r.URL, "cursor", v.List.Next)
	}
	return &page{name: "outlet", here: "Outlets", view: v, feed: articleFeed(name, v.Called.over(v.List.Articles))}, nil
}

func (d *Desk) feeds(r *http.Request) (*page, error) {
	list, err := d.store.Feeds(r.Context())
	if err != nil {
		return nil, err
	}
	f := &feed{title: "Feeds"}
	for _, x := range list {
		told := cmp.Or(x.Error, "Read without trouble.")
		if x.Checked.IsZero() {
			told = "Not looked at yet."
		}
		f.entries = append(f.entries, entry{cmp.Or(x.Title, x.URL), feedHref(x), told, x.Title, latest(x.Checked, x.Added), ""})
	}
	return &page{name: "feeds", here: "Feeds", view: FeedsView{list, d.RunFeed != nil, d.ReadOPML != nil, d.WriteOPML != nil}, feed: f}, nil
}

// feedHref is where a subscription stands in the list of feeds.
func feedHref(f store.Feed) string { return "/feeds#" + url.PathEscape(f.URL) }

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (d *Desk) corrections(r *http.Request) (*page, error) {
	v := CorrectionsView{CorrectionPage: store.CorrectionPage{Corrections: []store.Correction{}}, Decisions: []store.Decision{}, Verdicts: []store.Verdict{}, By: by(r, d.By)}
	if err := d.decided(r, &v); err != nil {
		return nil, err
	}
	if err := d.call(r.Context(), &v); err != nil {
		return nil, err
	}
	v.NextHref, v.NextDecisionsHref, v.NextVerdictsHref = nextPart(r.URL, "cursor", v.Next), nextPart(r.URL, "decisions", v.NextDecisions), nextPart(r.URL, "verdicts", v.NextVerdicts)
	f := &feed{title: "Corrections"}
	for _, c := range v.CorrectionPage.Corrections {
		told := fieldName(c.Field) + " is " + clip(valueWords(c.Field, c.Value), 80)
		if c.Field == "removed" {
			told = valueWords(c.Field, c.Value)
		}
		f.entries = append(f.entries, entry{v.Names.Name(c.Article) + ": " + told, itemHref(c), "It was " + clip(valueWords(c.Field, c.Was), 200), c.By, c.At, "/corrections#" + c.ID})
	}
	return &page{name: "corrections", here: "Corrections", view: v, feed: f}, nil
}

// decided fills in the part that is asked for of what people decided.
func (d *Desk) decided(r *http.Request, v *CorrectionsView) (err error) {
	ctx, cursor, decision, verdict := r.Context(), r.FormValue("cursor"), r.FormValue("decisions"), r.FormValue("verdicts")
	v.First = cursor+decision+verdict == ""
	if v.First || cursor != "" {
		if v.CorrectionPage, err = d.store.Corrections(ctx, r.FormValue("article"), pageSize, cursor); err != nil {
			return err
		}
	}
	if v.First || decision != "" {
		all, err := d.store.Decisions(ctx)
		if err == nil {
			v.Decisions, v.NextDecisions, err = behind(all, decision, func(x store.Decision) string { return x.ID })
		}
		if err != nil {
			return err
		}
	}
	if v.First || verdict != "" {
		all, err := d.store.Verdicts(ctx)
		if err == nil {
			slices.Reverse(all)
			v.Verdicts, v.NextVerdicts, err = behind(all, verdict, func(x store.Verdict) string { return x.ID })
		}
		return err
	}
	return nil
}

// call fills in what those are called that people decided about.
func (d *Desk) call(ctx context.Context, v *CorrectionsView) (err error) {
	if v.Names, err = d.names(ctx, v.Decisions, v.Verdicts); err != nil {
		return err
	}
	judged := make([]string, len(v.Verdicts))
	for i, x := range v.Verdicts {
		judged[i] = x.Claim
	}
	if v.Apart, err = d.apart(ctx, judged); err != nil {
		return err
	}
	items := singled(v.Verdicts)
	for _, c := range v.CorrectionPage.Corrections {
		items = append(items, c.Item)
	}
	hits, err := d.store.Statements(ctx, items)
	if err != nil {
		return err
	}
	for _, h := range hits {
		v.Names[h.ID], v.Names[h.Article] = cmp.Or(h.Content, h.Cue), cmp.Or(h.Title, "its article")
	}
	for _, c := range v.CorrectionPage.Corrections {
		if v.Names[c.Article] != "" && (c.Item == "" || v.Names[c.Item] != "") {
			continue
		}
		if a, err := d.store.Article(ctx, c.Article, 0); err == nil {
			v.Names[c.Article] = store.Headline(&a.Record.Article)
			if name := called(a, c.Item); name != "" {
				v.Names[c.Item] = name
			}
		}
	}
	return nil
}

// behind gives the part of a list that stands behind the item with an ID, or that
// begins it for "", and where more follows the ID of the part's last item.
func behind[T any](list []T, last string, id func(T) string) (part []T, next string, err error) {
	from := 0
	if last != "" {
		if from = 1 + slices.IndexFunc(list, func(x T) bool { return id(x) == last }); from == 0 {
			return nil, "", fmt.Errorf("%w: no part of the list begins behind %q", store.ErrBadQuery, clip(last, 40))
		}
	}
	to := min(from+pageSize, len(list))
	if to < len(list) {
		next = id(list[to-1])
	}
	return list[from:to], next, nil
}

// nextPart is the address of a list's next part on a page with several lists; ""
// where there is none.
func nextPart(u *url.URL, list, next string) string {
	if next == "" {
		return ""
	}
	return with(u, "cursor", "", "decisions", "", "verdicts", "", "done", "", list, next)
}

// names gives what those are called that decisions and verdicts are about.
func (d *Desk) names(ctx context.Context, decisions []store.Decision, verdicts []store.Verdict) (Names, error) {
	var ids []string
	for _, x := range decisions {
		ids = append(ids, x.From, x.To)
	}
	for _, x := range verdicts {
		ids = append(ids, x.Claim)
	}
	slices.Sort(ids)
	return d.store.Names(ctx, slices.Compact(ids))
}

// itemHref is where the thing that a correction is about can be seen.
func itemHref(c store.Correction) string {
	if len(c.Item) > 0 && c.Item[0] == 's' {
		return address("statements", c.Item)
	}
	return address("articles", c.Article)
}

func (d *Desk) exportPage(r *http.Request) (*page, error) {
	n, err := d.store.Count(r.Context())
	if err != nil {
		return nil, err
	}
	return &page{name: "export", view: n, sole: true}, nil
}

func (d *Desk) loginPage(r *http.Request) (*page, error) {
	return &page{name: "login", view: LoginView{Next: r.FormValue("next"), Wrong: r.FormValue("wrong") != ""}, sole: true}, nil
}
