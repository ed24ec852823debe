package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Views are what pages show; as JSON they are the pages' twins. What only a
// page needs is left out there.

// A Ref names a thing and gives its ID.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// FrontView is the front page.
type FrontView struct {
	Count       store.Count   `json:"count"`
	Telling     []store.Hit   `json:"telling"` // denials and non-responses
	Newest      []store.Hit   `json:"newest"`
	Claims      []store.Claim `json:"claims"`
	Apart       Names         `json:"-"` // what tells claims of one name apart
	Next        string        `json:"next,omitempty"`
	Bookmarklet template.URL  `json:"-"`
	Model       string        `json:"model"`
	NextHref    string        `json:"-"`
}

// Lines are the claims as the page shows them.
func (v FrontView) Lines() []ClaimLine { return v.Apart.claimLines(v.Claims) }

// AddView is the page that adds an article.
type AddView struct {
	URL         string
	Bookmarklet template.URL
}

// ArticlesView lists articles.
type ArticlesView struct {
	store.ArticlePage
	Words    string `json:"words"` // of titles, or of authors' names
	Called   Names  `json:"-"`     // those without a title
	NextHref string `json:"-"`
}

// Lines are the articles as the page shows them: under what they are called.
func (v ArticlesView) Lines() []store.ArticleLine { return v.Called.over(v.Articles) }

// Headline is what the article is called.
func (v ArticleView) Headline() string { return store.Headline(&v.Record.Article) }

// ArticleView is an article with its record.
type ArticleView struct {
	*store.Article
	Changes    []store.Change `json:"changes"` // since the revision before
	Claims     []ItemClaims   `json:"claims"`
	Newest     bool           `json:"newest"` // this is the newest revision
	Head       *Paragraph     `json:"-"`      // the headline, where the text holds it
	Paragraphs []Paragraph    `json:"-"`
	Legend     []quoth.Act    `json:"-"` // the acts that occur
	Apart      Names          `json:"-"` // what tells claims of one name apart
	Taken      []store.Hit    `json:"-"` // statements that a person took out
	Made       int            `json:"-"` // corrections by people, which go with the article
	By         string         `json:"-"`
}

// An Item is a figure, an event or a picture with its permanent ID, "" where it
// has none, and, in Of, the article.
type Item[T any] struct {
	Is   T
	Item string
	Of   *ArticleView
}

// Figures are the article's quantities.
func (v *ArticleView) Figures() []Item[quoth.Figure] {
	return items(v, v.Record.Figures, v.Items.Figures)
}

// Events are those that its statements announce.
func (v *ArticleView) Events() []Item[quoth.Event] { return items(v, v.Record.Events, v.Items.Events) }

// Pictures are those under which words stand.
func (v *ArticleView) Pictures() []Item[quoth.Picture] {
	return items(v, v.Record.Captions, v.Items.Captions)
}

func items[T any](v *ArticleView, list []T, ids []string) []Item[T] {
	var out []Item[T]
	for i, x := range list {
		it := Item[T]{Is: x, Of: v}
		if i < len(ids) {
			it.Item = ids[i]
		}
		out = append(out, it)
	}
	return out
}

// The form for a figure, event or picture that the machine missed begins with
// nothing.
func (v *ArticleView) NoFigure() Item[quoth.Figure]   { return Item[quoth.Figure]{Of: v} }
func (v *ArticleView) NoEvent() Item[quoth.Event]     { return Item[quoth.Event]{Of: v} }
func (v *ArticleView) NoPicture() Item[quoth.Picture] { return Item[quoth.Picture]{Of: v} }

// Corrected tells whether a person corrected the item.
func (i Item[T]) Corrected() bool { return i.Item != "" && len(i.Of.Article.Corrected[i.Item]) > 0 }

// Place is the form's field for the item's words.
func (i Item[T]) Place(words, what string) Place {
	return Place{"words", "Its words", words, cmp.Or(i.Item, what)}
}

// Certainties are what an event can be.
func (Item[T]) Certainties() []quoth.Certainty {
	return []quoth.Certainty{quoth.Happened, quoth.Planned, quoth.Expected, quoth.Possible, quoth.RuledOut}
}

// Held are the corrections of what belongs to no statement, the latest last.
func (v *ArticleView) Held() []store.Correction {
	var out []store.Correction
	for item, list := range v.Corrected {
		if item == "" || item[0] != 's' {
			out = append(out, list...)
		}
	}
	slices.SortFunc(out, func(a, b store.Correction) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Called gives the words of a figure, event or picture, or else says what an item is.
func (v *ArticleView) Called(item string) string { return called(v.Article, item) }

// called gives the words of an article's figure, event or picture; one that
// somebody took out has none.
func called(a *store.Article, item string) string {
	words := func(s quoth.Span) string { return "“" + clip(s.Text, 60) + "”" }
	if i := slices.Index(a.Items.Figures, item); i >= 0 {
		return words(a.Record.Figures[i].Span)
	}
	if i := slices.Index(a.Items.Events, item); i >= 0 {
		return words(a.Record.Events[i].Span)
	}
	if i := slices.Index(a.Items.Captions, item); i >= 0 {
		return words(a.Record.Captions[i].Span)
	}
	for prefix, name := range map[string]string{"f": "a figure", "e": "an event", "c": "a picture"} {
		if strings.HasPrefix(item, prefix) {
			return name
		}
	}
	return ""
}

// Quotations, Types and Places are what the form for a missed statement offers.
func (*ArticleView) Quotations() []quoth.Quotation { return quotations }
func (*ArticleView) Types() []quoth.SpeakerType    { return speakerTypes }
func (*ArticleView) Places() []Place {
	return []Place{{"source", "Source", "", "source"}, {"cue", "Cue", "", "cue"}, {"content", "Words", "", "content"}}
}

// Foreign tells that the article is not written in the language that is read.
func (v *ArticleView) Foreign() bool {
	l := v.Record.Article.Language
	return l != "" && l != "en"
}

// Doubted tells whether a caveat stands with any figure.
func (v *ArticleView) Doubted() bool {
	return slices.ContainsFunc(v.Record.Figures, func(f quoth.Figure) bool { return f.Caveat != "" })
}

// ItemClaims are the claims that a statement is part of.
type ItemClaims struct {
	Statement string `json:"statement"` // permanent ID
	Claims    []Ref  `json:"claims"`
}

// A Note is a statement as it stands beside the text.
type Note struct {
	quoth.Statement
	Item       string
	Identities map[string]string // a speaker's name → identity
	Corrected  []store.Correction
	Claims     []Ref
	Apart      Names // what tells claims of one name apart
}

// Tone is the note's class in the style sheet.
func (n Note) Tone() string { return tone(n.Act) }

// StatementView is one statement at its permanent address.
type StatementView struct {
	store.Hit
	Statement  *quoth.Statement   `json:"statement,omitempty"` // with its spans in the article's text; none where a person took it out
	SHA256     string             `json:"sha256"`              // of the page it was read from
	Fetched    time.Time          `json:"fetched"`
	Model      string             `json:"model"`
	Code       string             `json:"code"`
	Revisions  int                `json:"revisions"`
	Claims     []Ref              `json:"claims"`
	Apart      Names              `json:"-"`           // what tells claims of one name apart
	Held       []store.Correction `json:"corrections"` // that hold now
	Stale      []store.Correction `json:"stale"`       // that this text cannot hold
	Removed    bool               `json:"removed"`
	Paragraphs []Paragraph        `json:"-"`
	By         string             `json:"-"`
}

// Quotations and Types are what the form for corrections offers.
func (StatementView) Quotations() []quoth.Quotation { return quotations }
func (StatementView) Types() []quoth.SpeakerType    { return speakerTypes }

var (
	quotations   = []quoth.Quotation{quoth.Direct, quoth.Mixed, quoth.Indirect}
	speakerTypes = []quoth.SpeakerType{quoth.Person, quoth.Organization, quoth.Group, quoth.Document, quoth.Unnamed, quoth.Unknown}
)

// A Place is where a part of a statement stands: a field of a form. ID tells it
// from others on the page.
type Place struct{ Name, Label, Value, ID string }

// Places are the positions of a statement's parts.
func (v StatementView) Places() []Place {
	if v.Statement == nil {
		return nil
	}
	return []Place{{"source", "Source", spots(v.Statement.Source), "source"}, {"cue", "Cue", spots(v.Statement.Cue), "cue"}, {"content", "Words", spots(v.Statement.Content), "content"}}
}

// SpeakersView lists identities.
type SpeakersView struct {
	store.IdentityPage
	Words    string `json:"words"`
	NextHref string `json:"-"`
}

// SpeakerView is a person or organisation over time.
type SpeakerView struct {
	*store.Identity
	Subject    string               `json:"subject,omitempty"` // words that the statements are about
	Shifts     []Shift              `json:"shifts"`
	Apart      Names                `json:"-"`       // what tells claims of one name apart
	Results    store.Results        `json:"results"` // oldest first
	Candidates []store.IdentityLine `json:"-"`       // to be joined or kept apart
	Asked      string               `json:"-"`       // words that candidates were looked for with
	Crowded    bool                 `json:"-"`       // more are called that than are shown
	Never      []Ref                `json:"never_the_same"`
	Decisions  []store.Decision     `json:"decisions"`
	Names      Names                `json:"-"` // of those decided about
	NextHref   string               `json:"-"`
	By         string               `json:"-"`
}

// A Shift is what a speaker said on one claim, where the answer changed.
type Shift struct {
	Claim Ref    `json:"claim"`
	Steps []Step `json:"steps"` // oldest first
}

// A Step is a statement on a claim. Changed marks one that takes another side
// than the one before; Before and Now say so in words.
type Step struct {
	store.Hit
	Stance  string `json:"stance"`
	Changed bool   `json:"changed"`
	Before  string `json:"before,omitempty"`
	Now     string `json:"now,omitempty"`
}

// OutletsView lists outlets.
type OutletsView struct {
	Outlets []store.Outlet `json:"outlets"`
}

// OutletView is an outlet: what it published, and who denied what in it.
type OutletView struct {
	store.Outlet
	List     store.ArticlePage `json:"list"`
	Called   Names             `json:"-"` // articles without a title
	Telling  []store.Hit       `json:"telling"`
	NextHref string            `json:"-"`
}

// Lines are the articles as the page shows them: without the outlet, whose name
// stands above.
func (v OutletView) Lines() []store.ArticleLine {
	out := v.Called.over(v.List.Articles)
	for i := range out {
		out[i].Outlet = ""
	}
	return out
}

// Denials are the denials and non-responses, in the same way.
func (v OutletView) Denials() []store.Hit {
	out := slices.Clone(v.Telling)
	for i := range out {
		out[i].Outlet = ""
	}
	return out
}

// SearchView is what a search found.
type SearchView struct {
	Query    store.Query   `json:"query"`
	Results  store.Results `json:"results"`
	Total    int           `json:"total"`
	Exact    bool          `json:"exact"` // Total is no lower bound
	Asked    bool          `json:"-"`     // some condition was given, or an order: then all are listed
	Wrong    string        `json:"-"`     // what was wrong with the conditions
	Outlets  []string      `json:"-"`
	Low      string        `json:"-"`
	High     string        `json:"-"`
	NextHref string        `json:"-"`
	Exports  []Ref         `json:"-"`
	Only     []Only        `json:"-"`
	Gone     int           `json:"-"` // statements that newer revisions lack, where nothing else is found
	GoneHref string        `json:"-"`
}

// An Only is a condition that a link gave: one speaker, or one article.
type Only struct{ Name, ID, Words, Href, Called string }

// Has tells whether an act is asked for.
func (v SearchView) Has(a quoth.Act) bool {
	for _, x := range v.Query.Acts {
		if x == a {
			return true
		}
	}
	return false
}

// FeedsView lists feeds.
type FeedsView struct {
	Feeds      []store.Feed `json:"feeds"`
	CanRun     bool         `json:"-"`
	TakesLists bool         `json:"-"` // of feeds, as files
	GivesLists bool         `json:"-"`
}

// CorrectionsView lists what people decided, newest first: the first part of
// corrections, decisions and verdicts, or a later part of one of these.
type CorrectionsView struct {
	store.CorrectionPage
	Decisions         []store.Decision `json:"decisions"`
	NextDecisions     string           `json:"next_decisions"` // "" at their end
	Verdicts          []store.Verdict  `json:"verdicts"`
	NextVerdicts      string           `json:"next_verdicts"`
	Names             Names            `json:"names"`
	Apart             Names            `json:"-"` // what tells claims of one name apart
	First             bool             `json:"-"` // the first part of all three
	NextHref          string           `json:"-"`
	NextDecisionsHref string           `json:"-"`
	NextVerdictsHref  string           `json:"-"`
	By                string           `json:"-"`
}

// Names are what the articles, statements, identities and claims that people
// decided about are called.
type Names map[string]string

// over gives articles with the names in the place of titles that they lack.
func (n Names) over(list []store.ArticleLine) []store.ArticleLine {
	out := slices.Clone(list)
	for i := range out {
		out[i].Title = cmp.Or(out[i].Title, n[out[i].ID])
	}
	return out
}

// A JudgedVerdict is a verdict with what its statements say.
type JudgedVerdict struct {
	Is    store.Verdict
	Names Names
}

// Judged puts a verdict beside the names.
func (n Names) Judged(v store.Verdict) JudgedVerdict { return JudgedVerdict{v, n} }

// Name gives the name that goes with an ID, or else the ID.
func (n Names) Name(id string) string { return cmp.Or(n[id], id) }

// A DecisionLine is a decision about a speaker as a list shows it.
type DecisionLine struct {
	Words    string
	From, To Ref
}

// Told puts a decision into words.
func (n Names) Told(x store.Decision) DecisionLine {
	from, to := Ref{x.From, n.Name(x.From)}, Ref{x.To, n.Name(x.To)}
	switch x.Kind {
	case store.Join:
		from.Name = cmp.Or(x.Name, from.Name)
		return DecisionLine{"is the same as", from, to}
	case store.Never:
		return DecisionLine{"is never the same as", from, to}
	case store.Split:
		return DecisionLine{"is in some articles another:", from, to}
	}
	if x.Undone != nil {
		return DecisionLine{"was called", from, Ref{x.From, x.Name}}
	}
	return DecisionLine{Words: "Renamed:", To: Ref{x.From, x.Name}}
}

// More tells whether a condition is given that the page keeps folded.
func (v SearchView) More() bool {
	q := v.Query
	return q.Role+q.Via+q.To+q.Said.From+q.Said.To+q.Published.From+q.Published.To+v.Low+v.High != "" || q.Vanished
}

// LoginView is the door.
type LoginView struct {
	Next  string
	Wrong bool
}
