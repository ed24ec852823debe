package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// queryOf reads a query from an address. The same names stand in the API.
func queryOf(q url.Values) (store.Query, error) {
	get := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	out := store.Query{Words: get("q"), Phrase: get("phrase"), Speaker: get("speaker"), Identity: get("identity"), Role: get("role"), Via: get("via"), Outlet: get("outlet"), To: get("to"),
		Said: store.Days{From: get("said_from"), To: get("said_to")}, Published: store.Days{From: get("published_from"), To: get("published_to")},
		Article: get("article"), Vanished: get("vanished") != "", Order: store.Order(get("order")), Limit: pageSize, Cursor: get("cursor")}
	for _, a := range q["act"] {
		for _, name := range strings.Split(a, ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if !slices.Contains(quoth.Acts, quoth.Act(name)) {
				return out, fmt.Errorf("act %q is none of %v: %w", name, quoth.Acts, store.ErrBadQuery)
			}
			out.Acts = append(out.Acts, quoth.Act(name))
		}
	}
	switch out.Order {
	case "", store.Newest, store.Oldest, store.Best:
	default:
		return out, fmt.Errorf("order %q is none of newest, oldest, best: %w", out.Order, store.ErrBadQuery)
	}
	for name, to := range map[string]**float64{"low": &out.Low, "high": &out.High} {
		v, err := numberOf(get(name))
		if err != nil {
			return out, fmt.Errorf("%w: %w", err, store.ErrBadQuery)
		}
		*to = v
	}
	return out, nil
}

// numberOf reads a number as a person writes it; "" is none.
func numberOf(s string) (*float64, error) {
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return nil, fmt.Errorf("%q is no number; write it as 540 or 12,000", clip(s, 40))
	}
	return &v, nil
}

func (d *Desk) search(r *http.Request) (*page, error) {
	ctx := r.Context()
	v := SearchView{Exact: true, Low: r.FormValue("low"), High: r.FormValue("high")}
	v.Results.Hits = []store.Hit{}
	outlets, err := d.store.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range outlets {
		if o.Name != "" {
			v.Outlets = append(v.Outlets, o.Name)
		}
	}
	values := r.URL.Query()
	for name, list := range values {
		if name != "format" && name != "cursor" && strings.Join(list, "") != "" {
			v.Asked = true
		}
	}
	p := &page{name: "search", here: "Search", query: values.Get("q")}
	v.Query, err = queryOf(values)
	if err == nil && v.Asked {
		v.Results, err = d.store.Search(ctx, v.Query)
		if err == nil {
			v.Total, v.Exact, err = d.store.Total(ctx, v.Query)
		}
	}
	if err == nil && v.Asked && v.Total == 0 && !v.Query.Vanished {
		q := v.Query
		q.Vanished = true
		if v.Gone, _, err = d.store.Total(ctx, q); v.Gone > 0 {
			v.GoneHref = with(r.URL, "vanished", "1")
		}
	}
	v.Only = d.only(ctx, v.Query)
	switch {
	case errors.Is(err, store.ErrBadQuery) && formatOf(r) == "html":
		v.Wrong, p.status = sentence(wrongOf(err)), http.StatusBadRequest
	case err != nil:
		return nil, err
	}
	if v.Results.Next != "" {
		v.NextHref = with(r.URL, "cursor", v.Results.Next)
	}
	if len(v.Results.Hits) > 0 {
		for _, f := range [][2]string{{"statements.csv", "CSV"}, {"statements.jsonl", "JSON Lines"}, {"annotations.jsonl", "Web Annotations"}, {"quotations.jsonl", "schema.org Quotation"}} {
			u := *r.URL
			u.Path, u.RawPath = "/api/export/"+f[0], ""
			v.Exports = append(v.Exports, Ref{with(&u, "cursor", "", "format", ""), f[1]})
		}
	}
	p.view, p.feed = v, hitFeed("Search: "+describe(v.Query), v.Results.Hits)
	return p, nil
}

// only names the speaker and the article that a query is bound to by their IDs,
// so that the form keeps them and a person can let go of them.
func (d *Desk) only(ctx context.Context, q store.Query) []Only {
	var out []Only
	if q.Identity != "" {
		o := Only{"identity", q.Identity, "what was said by", address("speakers", q.Identity), q.Identity}
		if i, err := d.store.Identity(ctx, q.Identity); err == nil {
			o.Called = i.Name
		}
		out = append(out, o)
	}
	if q.Article != "" {
		o := Only{"article", q.Article, "what stands in", address("articles", q.Article), q.Article}
		if a, err := d.store.Article(ctx, q.Article, 0); err == nil {
			o.Called = clip(store.Headline(&a.Record.Article), 60)
		}
		out = append(out, o)
	}
	return out
}

// wrongOf says what is wrong with a query, without saying that it is none.
func wrongOf(err error) string {
	none := store.ErrBadQuery.Error()
	return strings.TrimSuffix(strings.TrimPrefix(err.Error(), none+": "), ": "+none)
}

// describe says what a query asks for, in few words.
func describe(q store.Query) string {
	var out []string
	for _, s := range []string{q.Words, q.Phrase, q.Speaker, q.Role, q.Via, q.Outlet, q.To} {
		if s != "" {
			out = append(out, s)
		}
	}
	for _, a := range q.Acts {
		out = append(out, string(a))
	}
	if len(out) == 0 {
		return "all statements"
	}
	return strings.Join(out, ", ")
}
