// Package client talks to a desk: the HTTP API that `quoth desk` serves under
// /api.
//
//	c, err := client.New("http://127.0.0.1:7788")
//	for hit, err := range c.SearchAll(ctx, client.Query{Words: "call", Acts: []quoth.Act{quoth.Deny}}) {
//		…
//	}
//
// A desk that listens elsewhere than on its own machine wants its token, see
// [Client.Token]. Errors of the API are of type [*Error]; [errors.Is] tells
// [ErrNotFound]. The fields of what comes back are explained in docs/api.md and
// docs/record.md.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// What the API speaks in. They are the store's own types.
type (
	Query        = store.Query // what to search; Limit and Cursor are of one part
	Days         = store.Days
	Hit          = store.Hit // a statement in a list
	Results      = store.Results
	Count        = store.Count
	Article      = store.Article // with its record, corrections laid over
	ArticleLine  = store.ArticleLine
	ArticleQuery = store.ArticleQuery
	ArticlePage  = store.ArticlePage
	Change       = store.Change
	Outlet       = store.Outlet
	Added        = store.Added
	Removed      = store.Removed
	Identity     = store.Identity // a person or organisation across articles
	IdentityLine = store.IdentityLine
	IdentityPage = store.IdentityPage
	Decision     = store.Decision
	Claim        = store.Claim
	ClaimQuery   = store.ClaimQuery
	ClaimPage    = store.ClaimPage
	Verdict      = store.Verdict
	Correction   = store.Correction
	Corrections  = store.CorrectionPage
	Feed         = store.Feed
)

// A Ledger is a claim with its utterances, oldest first: the same words
// reported by several outlets are one.
type Ledger struct {
	Claim
	Ledger  []Utterance `json:"ledger"`
	Figures []Rival     `json:"figures"`
}

// An Utterance is a row of a ledger.
type Utterance struct {
	Stance  string   `json:"stance"` // for, against, open, value
	Date    string   `json:"date"`   // EDTF: said, else published
	Reports []Hit    `json:"reports"`
	Outlets []string `json:"outlets"`
	Chain   []string `json:"chain"`   // carriers that the reports name
	Changed bool     `json:"changed"` // the same speaker took another side before:
	Before  string   `json:"before"`
}

// A Rival is a figure given in a claim.
type Rival struct {
	store.HitFigure
	Speaker   string `json:"speaker"`
	Statement string `json:"statement"`
	Date      string `json:"date"`
	Outlet    string `json:"outlet"`
	Stance    string `json:"stance"` // of the statement that gives it
}

// A Shift is a claim on which a speaker's answer changed.
type Shift struct {
	Claim struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"claim"`
	Steps []Step `json:"steps"` // oldest first
}

// A Step is what the speaker said on it.
type Step struct {
	Hit
	Stance  string `json:"stance"`
	Changed bool   `json:"changed"` // it takes another side than the one before:
	Before  string `json:"before"`  // what that did, in words,
	Now     string `json:"now"`     // and this
}

// A NewPage is a page to be added: an address to fetch, or a text, or HTML.
type NewPage struct {
	URL       string `json:"url,omitempty"`
	Text      string `json:"text,omitempty"`
	HTML      string `json:"html,omitempty"`
	ID        string `json:"id,omitempty"`
	Title     string `json:"title,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty"` // EDTF
}

// ErrNotFound is what an [*Error] of status 404 is.
var ErrNotFound = errors.New("not in the desk")

// An Error is what the API says when it refuses.
type Error struct {
	Status int
	Detail string
}

func (e *Error) Error() string {
	return fmt.Sprintf("the desk answers %d: %s", e.Status, e.Detail)
}

// Is tells ErrNotFound.
func (e *Error) Is(target error) bool {
	return target == ErrNotFound && e.Status == http.StatusNotFound
}

// A Client talks to one desk. It may be used by many goroutines at once.
type Client struct {
	Token string       // "" for a desk on this machine
	HTTP  *http.Client // nil for http.DefaultClient
	base  string
}

// New makes a client of a desk's address, as "http://127.0.0.1:7788".
func New(address string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%w address of a desk: %q; write it as http://127.0.0.1:7788", quoth.ErrMalformed, address)
	}
	return &Client{base: strings.TrimSuffix(address, "/") + "/api"}, nil
}

// send makes a request; the body of its answer is the caller's to close.
func (c *Client) send(ctx context.Context, method, path string, q url.Values, mediaType string, body io.Reader) (io.ReadCloser, error) {
	at := c.base + path
	if len(q) > 0 {
		at += "?" + q.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, at, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "application/json, */*;q=0.5")
	if body != nil {
		r.Header.Set("Content-Type", mediaType)
	}
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	h := c.HTTP
	if h == nil {
		h = http.DefaultClient
	}
	resp, err := h.Do(r)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 == 2 {
		return resp.Body, nil
	}
	defer resp.Body.Close()
	e := &Error{Status: resp.StatusCode}
	var told struct {
		Detail string `json:"detail"`
		Errors []struct{ Message, Location string }
	}
	if json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&told) == nil {
		e.Detail = told.Detail
		for _, x := range told.Errors {
			e.Detail += "; " + strings.TrimSpace(x.Location+" "+x.Message)
		}
	}
	if e.Detail == "" {
		e.Detail = http.StatusText(e.Status)
	}
	return nil, e
}

// call makes a request and reads the JSON of its answer.
func call[T any](ctx context.Context, c *Client, method, path string, q url.Values, body any) (T, error) {
	var out T
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return out, err
		}
		in = bytes.NewReader(b)
	}
	r, err := c.send(ctx, method, path, q, "application/json", in)
	if err != nil {
		return out, err
	}
	defer r.Close()
	if err := json.NewDecoder(r).Decode(&out); err != nil {
		return out, fmt.Errorf("the desk’s answer to %s %s: %w", method, path, err)
	}
	return out, nil
}

// part writes which part of a list is wanted.
func part(limit int, cursor string, pairs ...string) url.Values {
	q := url.Values{}
	if limit > 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	return q
}

func conditions(q Query) url.Values {
	out := part(q.Limit, q.Cursor, "q", q.Words, "phrase", q.Phrase, "speaker", q.Speaker, "identity", q.Identity, "role", q.Role, "via", q.Via, "outlet", q.Outlet, "to", q.To,
		"said_from", q.Said.From, "said_to", q.Said.To, "published_from", q.Published.From, "published_to", q.Published.To, "article", q.Article, "order", string(q.Order))
	for _, a := range q.Acts {
		out.Add("act", string(a))
	}
	for name, v := range map[string]*float64{"low": q.Low, "high": q.High} {
		if v != nil {
			out.Set(name, strconv.FormatFloat(*v, 'g', -1, 64))
		}
	}
	if q.Vanished {
		out.Set("vanished", "true")
	}
	return out
}

// Search gives one part of what a query finds.
func (c *Client) Search(ctx context.Context, q Query) (Results, error) {
	return call[Results](ctx, c, "GET", "/search", conditions(q), nil)
}

// SearchAll gives everything that a query finds, asking for more as it is
// taken.
func (c *Client) SearchAll(ctx context.Context, q Query) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		for {
			r, err := c.Search(ctx, q)
			if err != nil {
				yield(Hit{}, err)
				return
			}
			for _, h := range r.Hits {
				if !yield(h, nil) {
					return
				}
			}
			if q.Cursor = r.Next; r.Next == "" {
				return
			}
		}
	}
}

// Count tells how much the desk keeps.
func (c *Client) Count(ctx context.Context) (Count, error) {
	return call[Count](ctx, c, "GET", "/count", nil, nil)
}

// Statement gives one by its permanent ID.
func (c *Client) Statement(ctx context.Context, id string) (Hit, error) {
	return call[Hit](ctx, c, "GET", "/statements/"+url.PathEscape(id), nil, nil)
}

// Articles lists articles, newest published first.
func (c *Client) Articles(ctx context.Context, q ArticleQuery) (ArticlePage, error) {
	return call[ArticlePage](ctx, c, "GET", "/articles", part(q.Limit, q.Cursor, "q", q.Words, "outlet", q.Outlet), nil)
}

// Article gives a revision of an article, 0 for the newest.
func (c *Client) Article(ctx context.Context, id string, revision int) (*Article, error) {
	return call[*Article](ctx, c, "GET", "/articles/"+url.PathEscape(id), url.Values{"revision": {strconv.Itoa(revision)}}, nil)
}

// Changes tells what became of statements from one revision to another.
func (c *Client) Changes(ctx context.Context, id string, from, to int) ([]Change, error) {
	return call[[]Change](ctx, c, "GET", "/articles/"+url.PathEscape(id)+"/changes", url.Values{"from": {strconv.Itoa(from)}, "to": {strconv.Itoa(to)}}, nil)
}

// Outlets lists outlets.
func (c *Client) Outlets(ctx context.Context) ([]Outlet, error) {
	return call[[]Outlet](ctx, c, "GET", "/outlets", nil, nil)
}

// Speakers lists people and organisations whose names hold the words.
func (c *Client) Speakers(ctx context.Context, words string, limit int, cursor string) (IdentityPage, error) {
	return call[IdentityPage](ctx, c, "GET", "/speakers", part(limit, cursor, "q", words), nil)
}

// Speaker gives a person or organisation.
func (c *Client) Speaker(ctx context.Context, id string) (*Identity, error) {
	return call[*Identity](ctx, c, "GET", "/speakers/"+url.PathEscape(id), nil, nil)
}

// Shifts gives the claims, of those that hold the words, on which a speaker's
// answer changed.
func (c *Client) Shifts(ctx context.Context, id, words string) ([]Shift, error) {
	return call[[]Shift](ctx, c, "GET", "/speakers/"+url.PathEscape(id)+"/shifts", part(0, "", "q", words), nil)
}

// Claims lists claims, last changed first.
func (c *Client) Claims(ctx context.Context, q ClaimQuery) (ClaimPage, error) {
	return call[ClaimPage](ctx, c, "GET", "/claims", part(q.Limit, q.Cursor, "q", q.Words, "identity", q.Identity, "outlet", q.Outlet, "stance", q.Stance), nil)
}

// Claim gives a claim with its ledger.
func (c *Client) Claim(ctx context.Context, id string) (*Ledger, error) {
	return call[*Ledger](ctx, c, "GET", "/claims/"+url.PathEscape(id), nil, nil)
}

// Add reads and keeps a page.
func (c *Client) Add(ctx context.Context, p NewPage) ([]Added, error) {
	return call[[]Added](ctx, c, "POST", "/pages", nil, p)
}

// RemoveArticle takes an article out, with all that came of it; no feed brings it
// back, and adding it does. One that people corrected goes only where
// corrections is true, and their corrections go with it.
func (c *Client) RemoveArticle(ctx context.Context, id string, corrections bool) (Removed, error) {
	return call[Removed](ctx, c, "DELETE", "/articles/"+url.PathEscape(id), url.Values{"corrections": {strconv.FormatBool(corrections)}}, nil)
}

// Correct corrects a field: x's Article, Item, Field and Value are needed,
// Revision, By and Note may be given.
func (c *Client) Correct(ctx context.Context, x Correction) (Correction, error) {
	return call[Correction](ctx, c, "POST", "/corrections", nil, map[string]any{"article": x.Article, "revision": x.Revision, "item": x.Item, "field": x.Field, "value": x.Value, "by": x.By, "note": x.Note})
}

// Corrections lists corrections, newest first; article "" for all.
func (c *Client) Corrections(ctx context.Context, article string, limit int, cursor string) (Corrections, error) {
	return call[Corrections](ctx, c, "GET", "/corrections", part(limit, cursor, "article", article), nil)
}

// Undo takes a correction back.
func (c *Client) Undo(ctx context.Context, id, by string) error {
	return c.remove(ctx, "/corrections/"+url.PathEscape(id), url.Values{"by": {by}})
}

// Decide joins, splits or renames a speaker, or keeps two apart for good.
func (c *Client) Decide(ctx context.Context, x Decision) (Decision, error) {
	return call[Decision](ctx, c, "POST", "/decisions", nil, map[string]any{"kind": x.Kind, "from": x.From, "to": x.To, "name": x.Name, "mentions": x.Mentions, "by": x.By})
}

// Decisions lists what was decided about speakers, newest first.
func (c *Client) Decisions(ctx context.Context) ([]Decision, error) {
	return call[[]Decision](ctx, c, "GET", "/decisions", nil, nil)
}

// Reverse takes a decision back; it stays in the list, marked.
func (c *Client) Reverse(ctx context.Context, id, by string) error {
	return c.remove(ctx, "/decisions/"+url.PathEscape(id), url.Values{"by": {by}})
}

// Judge confirms, joins, splits or names a claim.
func (c *Client) Judge(ctx context.Context, v Verdict) (Verdict, error) {
	return call[Verdict](ctx, c, "POST", "/verdicts", nil, map[string]any{"kind": v.Kind, "claim": v.Claim, "statements": v.Statements, "value": v.Value, "by": v.By})
}

// Verdicts lists what was decided about claims, oldest first.
func (c *Client) Verdicts(ctx context.Context) ([]Verdict, error) {
	return call[[]Verdict](ctx, c, "GET", "/verdicts", nil, nil)
}

// Unjudge takes a verdict back; it stays in the list, marked.
func (c *Client) Unjudge(ctx context.Context, id, by string) error {
	return c.remove(ctx, "/verdicts/"+url.PathEscape(id), url.Values{"by": {by}})
}

// Feeds lists feeds.
func (c *Client) Feeds(ctx context.Context) ([]Feed, error) {
	return call[[]Feed](ctx, c, "GET", "/feeds", nil, nil)
}

// AddFeed subscribes to a feed; outlet "" where its articles tell theirs.
func (c *Client) AddFeed(ctx context.Context, address, outlet string) (Feed, error) {
	return call[Feed](ctx, c, "POST", "/feeds", nil, map[string]string{"url": address, "outlet": outlet})
}

// RemoveFeed takes a feed off the list; its articles stay.
func (c *Client) RemoveFeed(ctx context.Context, address string) error {
	return c.remove(ctx, "/feeds", url.Values{"url": {address}})
}

func (c *Client) remove(ctx context.Context, path string, q url.Values) error {
	_, err := call[struct{}](ctx, c, "DELETE", path, q, nil)
	return err
}

// Export gives a file of the desk, as "store.jsonl" or "statements.csv", with
// what a query finds where the file holds statements. It is the caller's to
// close.
func (c *Client) Export(ctx context.Context, file string, q Query) (io.ReadCloser, error) {
	q.Limit, q.Cursor = 0, ""
	return c.send(ctx, "GET", "/export/"+url.PathEscape(file), conditions(q), "", nil)
}

// Import takes in what "store.jsonl" held, and tells how many lines there were
// and how many changed something.
func (c *Client) Import(ctx context.Context, r io.Reader) (lines, changed int, err error) {
	body, err := c.send(ctx, "POST", "/import", nil, "application/x-ndjson", r)
	if err != nil {
		return 0, 0, err
	}
	defer body.Close()
	var n struct{ Lines, Changed int }
	err = json.NewDecoder(body).Decode(&n)
	return n.Lines, n.Changed, err
}
