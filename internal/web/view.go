package web

import (
	"cmp"
	"html/template"
	"net/url"
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
	Next        string        `json:"next,omitempty"`
	Bookmarklet template.URL  `json:"-"`
	Model       string        `json:"model"`
	NextHref    string        `json:"-"`
}

// AddView is the page that adds an article.
type AddView struct {
	URL         string
	Bookmarklet template.URL
}

// ArticlesView lists articles.
type ArticlesView struct {
	store.ArticlePage
	Called   Names  `json:"-"` // those without a title
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

// ClaimsView lists claims.
type ClaimsView struct {
	store.ClaimPage
	Words    string `json:"words"`
	Stance   string `json:"stance"`
	Outlet   string `json:"outlet"`
	NextHref string `json:"-"`
}

// OutletName is the outlet asked for, without the quotation marks of a whole
// name.
func (v ClaimsView) OutletName() string {
	if name, whole := store.WholeName(v.Outlet); whole {
		return name
	}
	return v.Outlet
}

// ClaimView is a claim with its ledger.
type ClaimView struct {
	store.Claim
	Ledger   []LedgerEntry   `json:"ledger"` // oldest first
	Figures  []Rival         `json:"figures"`
	Verdicts []store.Verdict `json:"verdicts"`
	Timeline []*Timeline     `json:"-"` // one a frame
	Scales   []RivalScale    `json:"-"`
	Others   []store.Claim   `json:"-"` // claims to join it with
	Crowded  bool            `json:"-"` // more have these words than are shown
	By       string          `json:"-"`
	Asked    string          `json:"-"`
	Shown    []LedgerEntry   `json:"-"` // the part of the ledger that the page shows
	From     int             `json:"-"` // the number of its first entry, from 1
	Earlier  string          `json:"-"` // addresses of the parts around it, "" where there is none
	Later    string          `json:"-"`
}

// ledgerSize is how many entries of a ledger a page shows at once.
const ledgerSize = 50

// turn shows the part of the ledger that holds a statement, else the first. So
// the address of a part names one that is in it, and leads there also when the
// ledger has grown.
func (v *ClaimView) turn(statement string) {
	i := max(0, slices.IndexFunc(v.Ledger, func(e LedgerEntry) bool { return e.reports(statement) }))
	from := i - i%ledgerSize
	to := min(from+ledgerSize, len(v.Ledger))
	v.Shown, v.From, v.Earlier, v.Later = v.Ledger[from:to], from+1, "", ""
	if from > 0 {
		v.Earlier = v.part(v.Ledger[from-ledgerSize].First().ID) + "#ledger"
	}
	if to < len(v.Ledger) {
		v.Later = v.part(v.Ledger[to].First().ID) + "#ledger"
	}
}

// part is the address of the part that holds a statement.
func (v *ClaimView) part(statement string) string {
	u, err := url.Parse(address("claims", v.ID))
	if err != nil {
		return address("claims", v.ID)
	}
	return with(u, "at", statement)
}

// Parted tells that the page shows a part of the ledger.
func (v *ClaimView) Parted() bool { return len(v.Shown) < len(v.Ledger) }

// To is the number of the last entry that the page shows.
func (v *ClaimView) To() int { return v.From + len(v.Shown) - 1 }

// Spot leads to a statement in the ledger, on this page or in another part.
func (v *ClaimView) Spot(statement string) string {
	if slices.ContainsFunc(v.Shown, func(e LedgerEntry) bool { return e.reports(statement) }) {
		return "#" + statement
	}
	return v.part(statement) + "#" + statement
}

// All are the members' statements, as a form sends them.
func (v *ClaimView) All() string {
	ids := make([]string, len(v.Members))
	for i, m := range v.Members {
		ids[i] = m.Statement
	}
	return strings.Join(ids, " ")
}

// A LedgerEntry is one utterance on a claim: the same words reported by several
// outlets count once.
type LedgerEntry struct {
	Utterance string      `json:"utterance"`
	Stance    string      `json:"stance"`
	Date      string      `json:"date"` // EDTF: said, else published
	Reports   []store.Hit `json:"reports"`
	Outlets   []string    `json:"outlets"`
	Chain     []string    `json:"chain"`   // carriers that the reports name
	Changed   bool        `json:"changed"` // the same speaker took another side before:
	Before    string      `json:"before,omitempty"`
}

// First is the report that an entry is shown by.
func (e LedgerEntry) First() store.Hit { return e.Reports[0] }

func (e LedgerEntry) reports(statement string) bool {
	return slices.ContainsFunc(e.Reports, func(h store.Hit) bool { return h.ID == statement })
}

// A Wording is a report of an utterance that says it otherwise than the one that
// the entry is shown by.
type Wording struct {
	store.Hit
	Speaks bool // it names somebody else
	Does   bool // it has another act
	Gives  bool // it gives another figure
}

// Wordings are the reports of an entry that differ from its first, each wording
// once.
func (e LedgerEntry) Wordings() []Wording {
	key := func(h store.Hit) string {
		return strings.Join(append(speakerKeys(h), string(h.Act), strings.Join(store.Fold(h.Content), " ")), "\n")
	}
	first := e.First()
	seen := map[string]bool{key(first): true}
	var out []Wording
	for _, h := range e.Reports[1:] {
		k := key(h)
		if seen[k] {
			continue
		}
		seen[k] = true
		gives := slices.ContainsFunc(h.Figures, func(f store.HitFigure) bool {
			return !slices.ContainsFunc(first.Figures, func(g store.HitFigure) bool { return equal(f.Low, g.Low) && equal(f.High, g.High) })
		})
		out = append(out, Wording{h, !slices.Equal(speakerKeys(h), speakerKeys(first)), h.Act != first.Act, gives})
	}
	return out
}

// Apart tells whether a report names somebody else, does something else, or
// gives another figure: then the other wordings are not folded away.
func (e LedgerEntry) Apart() bool {
	return slices.ContainsFunc(e.Wordings(), func(w Wording) bool { return w.Speaks || w.Does || w.Gives })
}

// Places are the articles that report an entry, each once: by outlet, or, where
// one outlet has several, by outlet and day.
func (e LedgerEntry) Places() []Ref {
	var out []Ref
	outlets := map[string]int{}
	once := map[string]store.Hit{}
	for _, h := range e.Reports {
		if _, ok := once[h.Article]; !ok {
			once[h.Article] = h
			outlets[h.Outlet]++
			out = append(out, Ref{h.Article, cmp.Or(h.Outlet, h.Title, "an article")})
		}
	}
	for i, r := range out {
		if h := once[r.ID]; h.Outlet != "" && outlets[h.Outlet] > 1 && h.Published != "" {
			out[i].Name += " (" + day(h.Published) + ")"
		}
	}
	return out
}

// Stand says how an entry stands towards the claim, where its act does not tell.
func (e LedgerEntry) Stand() string {
	if e.Stance == side(e.First().Act) {
		return ""
	}
	switch e.Stance {
	case "for":
		return "speaks for it"
	case "against":
		return "speaks against it"
	case "open":
		return "leaves it open"
	case "value":
		return "gives a figure"
	}
	return e.Stance
}

// A Rival is a figure that somebody gives in a claim.
type Rival struct {
	store.HitFigure
	Speaker   string `json:"speaker"`
	Statement string `json:"statement"`
	Date      string `json:"date"`
	Outlet    string `json:"outlet"`
	Stance    string `json:"stance"` // of the statement that gives it
}

// RivalScale draws the figures of one unit.
type RivalScale struct {
	Unit  string
	Rows  []Rival
	Scale []*Scale // one a frame
	key   string   // what units have in common
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

// CorrectionsView lists what people decided: corrections a part at a time, and
// with the first part all decisions and verdicts.
type CorrectionsView struct {
	store.CorrectionPage
	Decisions []store.Decision `json:"decisions"`
	Verdicts  []store.Verdict  `json:"verdicts"`
	Names     Names            `json:"names"`
	NextHref  string           `json:"-"`
	By        string           `json:"-"`
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

// stances are what a statement can be towards a claim.
var stances = []Ref{{"for", "somebody is for it"}, {"against", "somebody is against it"}, {"open", "somebody leaves it open"}, {"value", "somebody gives a figure"}}

// Stances are what a claim can be looked for with.
func (ClaimsView) Stances() []Ref { return stances }

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
