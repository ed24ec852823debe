package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// An answer is a response with a body.
type answer[T any] struct{ Body T }

// optional is a parameter that may be left out, where its zero value means
// something else.
type optional[T any] struct {
	Value T
	Set   bool
}

// Schema, Receiver and OnParamSet are how package huma asks for it.
func (o optional[T]) Schema(r huma.Registry) *huma.Schema {
	return huma.SchemaFromType(r, reflect.TypeFor[T]())
}
func (o *optional[T]) Receiver() reflect.Value    { return reflect.ValueOf(o).Elem().Field(0) }
func (o *optional[T]) OnParamSet(set bool, _ any) { o.Set = set }

// Conditions are the parameters of a search, as queryOf reads them from pages.
type Conditions struct {
	Words         string            `query:"q" maxLength:"500" doc:"Words, all of them, in any form; \"quoted words\" are an exact phrase."`
	Phrase        string            `query:"phrase" maxLength:"500" doc:"These words side by side."`
	Speaker       string            `query:"speaker" maxLength:"200" doc:"A name, or words of it: all that its identity said, under any form."`
	Identity      string            `query:"identity" maxLength:"40" doc:"ID of a speaker."`
	Role          string            `query:"role" maxLength:"200"`
	Acts          []string          `query:"act,explode" enum:"assert,confirm,deny,neither,decline,ask,urge,commit,judge,think" doc:"Any of these; may be repeated."`
	Via           string            `query:"via" maxLength:"200" doc:"Carrier: an outlet, a platform, an occasion."`
	Outlet        string            `query:"outlet" maxLength:"200" doc:"Words of an outlet's name, or the whole name in quotation marks."`
	To            string            `query:"to" maxLength:"200" doc:"Addressee."`
	SaidFrom      string            `query:"said_from" maxLength:"20" doc:"A day, month or year."`
	SaidTo        string            `query:"said_to" maxLength:"20"`
	PublishedFrom string            `query:"published_from" maxLength:"20"`
	PublishedTo   string            `query:"published_to" maxLength:"20"`
	Low           optional[float64] `query:"low" doc:"A figure in the statement can be this or more."`
	High          optional[float64] `query:"high" doc:"A figure in the statement can be this or less."`
	Article       string            `query:"article" maxLength:"500" doc:"ID of an article."`
	Vanished      bool              `query:"vanished" doc:"Also what the newest revision of its article lacks."`
	Order         string            `query:"order" enum:"newest,oldest,best"`
}

func (c *Conditions) query() store.Query {
	q := store.Query{Words: c.Words, Phrase: c.Phrase, Speaker: c.Speaker, Identity: c.Identity, Role: c.Role, Via: c.Via, Outlet: c.Outlet, To: c.To,
		Said: store.Days{From: c.SaidFrom, To: c.SaidTo}, Published: store.Days{From: c.PublishedFrom, To: c.PublishedTo}, Article: c.Article, Vanished: c.Vanished, Order: store.Order(c.Order)}
	for _, a := range c.Acts {
		q.Acts = append(q.Acts, quoth.Act(a))
	}
	if c.Low.Set {
		q.Low = &c.Low.Value
	}
	if c.High.Set {
		q.High = &c.High.Value
	}
	return q
}

// Part says which part of a list is wanted.
type Part struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"20"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"next of the part before."`
}

// ByID names one thing in an address.
type ByID struct {
	ID string `path:"id" maxLength:"500"`
}

// Undoing names what is taken back, and by whom.
type Undoing struct {
	ByID
	By string `query:"by" maxLength:"80" doc:"Who takes it back."`
}

// failure gives an error its status. What is the desk's own fault is logged and
// not told.
func (d *Desk) failure(err error) error {
	if err == nil {
		return nil
	}
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		d.Log.Error("request failed", "error", err)
		return huma.NewError(status, ownFault)
	}
	return huma.NewError(status, sentence(err.Error()))
}

// handle registers an operation of the API.
func handle[I, O any](d *Desk, api huma.API, method, path, id, summary string, h func(context.Context, *I) (O, error)) {
	op := huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: maxBody, BodyReadTimeout: maxTime,
		Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity}}
	if path == "/pages" {
		op.MaxBodyBytes = maxPage
	}
	huma.Register(api, op, func(ctx context.Context, in *I) (*answer[O], error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, d.failure(err)
		}
		return &answer[O]{out}, nil
	})
}

// none is the body of an answer that has nothing to say.
type none struct {
	Done bool `json:"done"`
}

func (d *Desk) api(mux *http.ServeMux) {
	config := huma.DefaultConfig("Quoth", d.Version)
	config.Info.Description = "The record of who said what. Every word is a stretch of an article’s own text. Positions are in Unicode code points of the record’s article.text, half-open."
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil
	config.RejectUnknownQueryParameters = true
	if d.guard.asked {
		config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
		config.Security = []map[string][]string{{"token": {}}}
	}
	api := humago.NewWithPrefix(mux, "/api", config)
	d.readAPI(api)
	d.writeAPI(api)
	d.fileAPI(api, mux)
	nullable(config.Components.Schemas)
}

// nullable says in the description of what is null where there is none, that it
// can be.
func nullable(all huma.Registry) {
	for name, s := range all.Map() {
		t := all.TypeFromRef("#/components/schemas/" + name)
		if t.Kind() != reflect.Struct {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			key, omitted, _ := strings.Cut(f.Tag.Get("json"), ",")
			if p := s.Properties[key]; p != nil && p.Ref != "" && f.Type.Kind() == reflect.Pointer && omitted == "" {
				s.Properties[key] = &huma.Schema{Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
			}
		}
	}
}

// schemaName tells an article as the record has it from one in the store.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if t == reflect.TypeFor[quoth.Article]() {
		return "RecordArticle"
	}
	return name
}

func (d *Desk) readAPI(api huma.API) {
	s := d.store
	handle(d, api, "GET", "/count", "count", "How much is kept", func(ctx context.Context, _ *struct{}) (store.Count, error) { return s.Count(ctx) })
	handle(d, api, "GET", "/search", "search", "Find statements", func(ctx context.Context, in *struct {
		Conditions
		Part
	}) (store.Results, error) {
		q := in.query()
		q.Limit, q.Cursor = in.Limit, in.Cursor
		return s.Search(ctx, q)
	})
	handle(d, api, "GET", "/statements/{id}", "statement", "One statement, with its spans", func(ctx context.Context, in *ByID) (*StatementView, error) { return d.statementView(ctx, in.ID) })
	handle(d, api, "GET", "/articles", "articles", "List articles, newest published first", func(ctx context.Context, in *struct {
		Part
		Words  string `query:"q" maxLength:"200" doc:"Begin words of the title or of the author's name, all of them."`
		Outlet string `query:"outlet" maxLength:"200"`
	}) (store.ArticlePage, error) {
		return s.List(ctx, store.ArticleQuery{Words: in.Words, Outlet: in.Outlet, Limit: in.Limit, Cursor: in.Cursor})
	})
	handle(d, api, "GET", "/articles/{id}", "article", "An article with its record", func(ctx context.Context, in *struct {
		ByID
		Revision int `query:"revision" minimum:"0" maximum:"1000000" doc:"From 1; 0 is the newest."`
	}) (*store.Article, error) {
		return s.Article(ctx, in.ID, in.Revision)
	})
	handle(d, api, "GET", "/articles/{id}/changes", "changes", "What became of statements between two revisions", func(ctx context.Context, in *struct {
		ByID
		From int `query:"from" required:"true" minimum:"1" maximum:"1000000"`
		To   int `query:"to" required:"true" minimum:"1" maximum:"1000000"`
	}) ([]store.Change, error) {
		return s.Changes(ctx, in.ID, in.From, in.To)
	})
	handle(d, api, "GET", "/outlets", "outlets", "List outlets", func(ctx context.Context, _ *struct{}) ([]store.Outlet, error) { return s.Outlets(ctx) })
	handle(d, api, "GET", "/speakers", "speakers", "List people and organisations, most statements first", func(ctx context.Context, in *struct {
		Part
		Words string `query:"q" maxLength:"200" doc:"Words of a name."`
	}) (store.IdentityPage, error) {
		return s.Identities(ctx, in.Words, in.Limit, in.Cursor)
	})
	handle(d, api, "GET", "/speakers/{id}", "speaker", "A person or organisation, with forms and roles by time", func(ctx context.Context, in *ByID) (*store.Identity, error) { return s.Identity(ctx, in.ID) })
	handle(d, api, "GET", "/speakers/{id}/shifts", "shifts", "Claims on which a speaker’s answer changed", func(ctx context.Context, in *struct {
		ByID
		Words string `query:"q" maxLength:"200" doc:"Words of the claims."`
	}) ([]Shift, error) {
		who, err := s.Identity(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return d.shifts(ctx, who.ID, in.Words)
	})
	handle(d, api, "GET", "/claims", "claims", "List claims, last changed first", func(ctx context.Context, in *struct {
		Part
		Words    string `query:"q" maxLength:"200"`
		Identity string `query:"identity" maxLength:"40" doc:"ID of a speaker who speaks in it."`
		Outlet   string `query:"outlet" maxLength:"200"`
		Stance   string `query:"stance" enum:"for,against,open,value"`
	}) (store.ClaimPage, error) {
		return s.ListClaims(ctx, store.ClaimQuery{Words: in.Words, Identity: in.Identity, Outlet: in.Outlet, Stance: in.Stance, Limit: in.Limit, Cursor: in.Cursor})
	})
	handle(d, api, "GET", "/claims/{id}", "claim", "A claim with its ledger and the figures given in it", func(ctx context.Context, in *ByID) (*ClaimView, error) { return d.ledger(ctx, in.ID) })
	handle(d, api, "GET", "/feeds", "feeds", "List feeds", func(ctx context.Context, _ *struct{}) ([]store.Feed, error) { return s.Feeds(ctx) })
	handle(d, api, "GET", "/corrections", "corrections", "List corrections, newest first", func(ctx context.Context, in *struct {
		Part
		Article string `query:"article" maxLength:"500"`
	}) (store.CorrectionPage, error) {
		return s.Corrections(ctx, in.Article, in.Limit, in.Cursor)
	})
	handle(d, api, "GET", "/decisions", "decisions", "What people decided about speakers, newest first", func(ctx context.Context, _ *struct{}) ([]store.Decision, error) { return s.Decisions(ctx) })
	handle(d, api, "GET", "/verdicts", "verdicts", "What people decided about claims, oldest first", func(ctx context.Context, _ *struct{}) ([]store.Verdict, error) { return s.Verdicts(ctx) })
}

// A NewPage is a page to be added: an address to fetch, or a text, or HTML.
type NewPage struct {
	URL       string `json:"url,omitempty" maxLength:"4000" doc:"Fetched, unless a text or HTML is given."`
	Text      string `json:"text,omitempty"`
	HTML      string `json:"html,omitempty"`
	ID        string `json:"id,omitempty" maxLength:"500" doc:"The article’s ID, if it is to have one of yours."`
	Title     string `json:"title,omitempty" maxLength:"1000"`
	Byline    string `json:"byline,omitempty" maxLength:"1000"`
	Outlet    string `json:"outlet,omitempty" maxLength:"200"`
	Published string `json:"published,omitempty" maxLength:"40" doc:"EDTF, as 2032-02-09."`
}

func (n NewPage) page() (quoth.Page, error) {
	p := quoth.Page{ID: n.ID, URL: n.URL, Name: "the page given", Title: n.Title, Byline: n.Byline, Outlet: n.Outlet, Published: n.Published}
	if n.Published != "" {
		if _, _, ok := days(n.Published); !ok {
			return p, fmt.Errorf("%w date %q; write it as 2032-02-09", quoth.ErrMalformed, n.Published)
		}
	}
	var err error
	switch {
	case n.Text != "" && n.HTML != "":
		return p, fmt.Errorf("%w: give a text or HTML, not both", quoth.ErrMalformed)
	case n.Text != "":
		p.Text, p.MediaType = n.Text, "text/plain"
	case n.HTML != "":
		p.Body, p.MediaType = []byte(n.HTML), "text/html"
	default:
		p.URL, err = webAddress(n.URL)
	}
	return p, err
}

// A NewCorrection says what a field of a reading should hold.
type NewCorrection struct {
	Article  string `json:"article" minLength:"1" maxLength:"500"`
	Revision int    `json:"revision,omitempty" minimum:"0" maximum:"1000000" doc:"That you saw; 0 is the newest."`
	Item     string `json:"item" maxLength:"40" doc:"Permanent ID of a statement, figure, caption or event; \"\" for the article itself."`
	Field    string `json:"field" minLength:"1" maxLength:"40"`
	Value    any    `json:"value" doc:"What the record would hold there."`
	By       string `json:"by,omitempty" maxLength:"80"`
	Note     string `json:"note,omitempty" maxLength:"1000"`
}

// A NewDecision is about speakers.
type NewDecision struct {
	Kind     string          `json:"kind" enum:"join,never,split,rename"`
	From     string          `json:"from" minLength:"1" maxLength:"40"`
	To       string          `json:"to,omitempty" maxLength:"40"`
	Name     string          `json:"name,omitempty" maxLength:"200"`
	Mentions []store.Mention `json:"mentions,omitempty" maxItems:"10000"`
	By       string          `json:"by,omitempty" maxLength:"80"`
}

// A NewVerdict is about claims.
type NewVerdict struct {
	Kind       string   `json:"kind" enum:"confirm,join,split,name,stance,utterance"`
	Claim      string   `json:"claim" maxLength:"200"`
	Statements []string `json:"statements" minItems:"1" maxItems:"10000" nullable:"false"`
	Value      string   `json:"value,omitempty" maxLength:"500"`
	By         string   `json:"by,omitempty" maxLength:"80"`
}

// A NewFeed is a feed to subscribe to.
type NewFeed struct {
	URL    string `json:"url" minLength:"1" maxLength:"4000"`
	Outlet string `json:"outlet,omitempty" maxLength:"200" doc:"For articles that do not tell theirs."`
}

func (d *Desk) writeAPI(api huma.API) {
	s := d.store
	handle(d, api, "POST", "/pages", "addPage", "Read and keep a page", func(ctx context.Context, in *answer[NewPage]) ([]store.Added, error) {
		p, err := in.Body.page()
		if err != nil {
			return nil, err
		}
		return d.take(ctx, p)
	})
	handle(d, api, "DELETE", "/articles/{id}", "removeArticle", "Take an article out, with all that came of it; no feed brings it back", func(ctx context.Context, in *struct {
		ByID
		Corrections bool `query:"corrections" doc:"Also one that people corrected: their corrections go with it."`
	}) (store.Removed, error) {
		out, err := s.Remove(ctx, in.ID, in.Corrections)
		if err == nil {
			d.joinLater()
		}
		return out, err
	})
	handle(d, api, "POST", "/corrections", "correct", "Correct a field of a reading", func(ctx context.Context, in *answer[NewCorrection]) (store.Correction, error) {
		b := in.Body
		raw, err := json.Marshal(b.Value)
		if err != nil {
			return store.Correction{}, fmt.Errorf("%w value: %w", quoth.ErrMalformed, err)
		}
		if b.Revision == 0 {
			a, err := s.Article(ctx, b.Article, 0)
			if err != nil {
				return store.Correction{}, err
			}
			b.Revision = a.N
		}
		return s.Correct(ctx, store.Correction{Article: b.Article, Revision: b.Revision, Item: b.Item, Field: b.Field, Value: raw, By: d.name(b.By), Note: b.Note})
	})
	handle(d, api, "DELETE", "/corrections/{id}", "undo", "Take a correction back", func(ctx context.Context, in *Undoing) (none, error) {
		return none{true}, s.Undo(ctx, in.ID, d.name(in.By))
	})
	handle(d, api, "POST", "/decisions", "decide", "Join, split or rename a speaker, or keep two apart for good", func(ctx context.Context, in *answer[NewDecision]) (store.Decision, error) {
		b := in.Body
		x := store.Decision{Kind: store.DecisionKind(b.Kind), From: b.From, To: b.To, Name: strings.TrimSpace(b.Name), Mentions: b.Mentions, By: d.name(b.By)}
		if err := checkDecision(x); err != nil {
			return x, err
		}
		return s.Decide(ctx, x)
	})
	handle(d, api, "DELETE", "/decisions/{id}", "reverse", "Take a decision about speakers back", func(ctx context.Context, in *Undoing) (none, error) {
		return none{true}, s.Reverse(ctx, in.ID, d.name(in.By))
	})
	handle(d, api, "POST", "/verdicts", "judge", "Confirm, join, split or name a claim", func(ctx context.Context, in *answer[NewVerdict]) (store.Verdict, error) {
		b := in.Body
		return d.putVerdict(ctx, store.Verdict{Kind: b.Kind, Claim: b.Claim, Statements: store.List(b.Statements), Value: strings.TrimSpace(b.Value), By: d.name(b.By)})
	})
	handle(d, api, "DELETE", "/verdicts/{id}", "unjudge", "Take a decision about claims back", func(ctx context.Context, in *Undoing) (none, error) {
		if err := s.Unjudge(ctx, in.ID, d.name(in.By)); err != nil {
			return none{}, err
		}
		return none{true}, d.join(ctx)
	})
	handle(d, api, "POST", "/feeds", "addFeed", "Subscribe to a feed", func(ctx context.Context, in *answer[NewFeed]) (store.Feed, error) {
		at, err := webAddress(in.Body.URL)
		if err != nil {
			return store.Feed{}, err
		}
		f, _, err := store.Subscribe(ctx, s, store.Feed{URL: at, Outlet: in.Body.Outlet})
		return f, err
	})
	handle(d, api, "DELETE", "/feeds", "removeFeed", "Take a feed off the list; its articles stay", func(ctx context.Context, in *struct {
		URL string `query:"url" required:"true" minLength:"1" maxLength:"4000"`
	}) (none, error) {
		return none{true}, s.RemoveFeed(ctx, in.URL)
	})
}

// name is who does something: as given, or else the desk's owner.
func (d *Desk) name(given string) string {
	if given = strings.TrimSpace(given); given != "" {
		return given
	}
	return d.By
}

// verdicts are what a person can decide about a claim.
var verdicts = []string{"confirm", "join", "split", "name", "stance", "utterance"}

// putVerdict keeps what a person decided about a claim, and joins anew.
func (d *Desk) putVerdict(ctx context.Context, v store.Verdict) (store.Verdict, error) {
	switch {
	case !slices.Contains(verdicts, v.Kind):
		return v, fmt.Errorf("%w verdict: it lacks its kind: %s", quoth.ErrMalformed, strings.Join(verdicts, ", "))
	case len(v.Statements) == 0:
		return v, fmt.Errorf("%w verdict: it names no statement; tick at least one", quoth.ErrMalformed)
	case v.Kind == "name" && v.Value == "":
		return v, fmt.Errorf("%w verdict: it lacks the new name", quoth.ErrMalformed)
	case v.Kind == "stance" && !slices.ContainsFunc(stances, func(s Ref) bool { return s.ID == v.Value }):
		var all []string
		for _, s := range stances {
			all = append(all, s.ID)
		}
		return v, fmt.Errorf("%w verdict: %q is no stance; these are: %s", quoth.ErrMalformed, v.Value, strings.Join(all, ", "))
	}
	known, err := d.store.Statements(ctx, v.Statements)
	if err != nil {
		return v, err
	}
	there := map[string]bool{}
	for _, h := range known {
		there[h.ID] = true
	}
	for _, id := range v.Statements {
		if !there[id] {
			return v, fmt.Errorf("statement %s: %w", id, store.ErrNotFound)
		}
	}
	if err := d.checkMembers(ctx, v); err != nil {
		return v, err
	}
	if v, err = d.store.Judge(ctx, v); err != nil {
		return v, err
	}
	return v, d.join(ctx)
}

// checkMembers says which of a verdict's statements its claim does not hold. Only to
// confirm and to join bring statements in: any other verdict on one would do nothing.
func (d *Desk) checkMembers(ctx context.Context, v store.Verdict) error {
	if v.Kind == "confirm" || v.Kind == "join" {
		return nil
	}
	c, err := d.store.Claim(ctx, v.Claim)
	if err != nil {
		return err
	}
	for _, id := range v.Statements {
		if !slices.ContainsFunc(c.Members, func(m store.Member) bool { return m.Statement == id }) {
			return fmt.Errorf("%w verdict: statement %s is not in claim %s; open the claim again to see what it holds now", quoth.ErrMalformed, id, c.ID)
		}
	}
	return nil
}

// fileAPI serves what is too long to hold in memory.
func (d *Desk) fileAPI(api huma.API, mux *http.ServeMux) {
	huma.Register(api, huma.Operation{OperationID: "export", Method: "GET", Path: "/export/{file}", Summary: "Take statements, records or everything away",
		Description: "The conditions of a search apply to statements.*, annotations and quotations; article alone applies to records.jsonl.",
		Errors:      []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity}},
		func(ctx context.Context, in *struct {
			Conditions
			File string `path:"file" enum:"store.jsonl,records.jsonl,statements.jsonl,statements.csv,annotations.jsonl,quotations.jsonl,claimreviews.jsonl,training.jsonl"`
		}) (*huma.StreamResponse, error) {
			x, q := exporters[in.File], in.query()
			first := q
			first.Limit = 1
			if _, err := d.store.Search(ctx, first); err != nil {
				return nil, d.failure(err) // while the status can still tell
			}
			if q.Article != "" {
				if _, err := d.store.Article(ctx, q.Article, 0); err != nil {
					return nil, d.failure(err)
				}
			}
			return &huma.StreamResponse{Body: func(c huma.Context) {
				c.SetHeader("Content-Type", x.mediaType)
				c.SetHeader("Content-Disposition", `attachment; filename="`+in.File+`"`)
				r, _ := humago.Unwrap(c)
				if err := x.write(d, ctx, c.BodyWriter(), base(r), q); err != nil {
					d.Log.Error("export broke off", "file", in.File, "error", err)
					panic(http.ErrAbortHandler) // a file that is not whole must not look whole
				}
			}}, nil
		})
	api.OpenAPI().AddOperation(&huma.Operation{OperationID: "import", Method: "POST", Path: "/import", Summary: "Take in what store.jsonl holds", Description: "Lines before a bad one stay; importing the same twice changes nothing. An empty body is the file of an empty store, and changes nothing either.",
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{"application/x-ndjson": {Schema: &huma.Schema{Type: huma.TypeString}}, "text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}}},
		Responses: map[string]*huma.Response{
			"200": {Description: "How many lines there were, and how many changed something", Content: map[string]*huma.MediaType{"application/json": {Schema: api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Imported](), true, "")}}},
			"400": {Description: "A line is none", Content: map[string]*huma.MediaType{"application/problem+json": {}}},
		}})
	mux.HandleFunc("POST /api/import", func(w http.ResponseWriter, r *http.Request) {
		n, err := d.importLines(r.Context(), r.Body)
		if n.Changed > 0 {
			d.joinLater()
		}
		if err != nil {
			d.fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusOK, n)
	})
}
