package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/quothnews/quoth/internal/store"
)

// ClaimsView lists claims.
type ClaimsView struct {
	store.ClaimPage
	Words    string `json:"words"`
	Stance   string `json:"stance"`
	Outlet   string `json:"outlet"`
	Speaker  Ref    `json:"speaker"` // who speaks in them
	Apart    Names  `json:"-"`       // what tells claims of one name apart
	NextHref string `json:"-"`
}

// Lines are the claims as the page shows them.
func (v ClaimsView) Lines() []ClaimLine { return v.Apart.claimLines(v.Claims) }

// A ClaimLine is a claim as a list shows it. Apart is what tells it from another of
// the same name: a statement that it alone holds.
type ClaimLine struct {
	store.Claim
	Apart string
}

func (n Names) claimLines(claims []store.Claim) []ClaimLine {
	out := make([]ClaimLine, len(claims))
	for i, c := range claims {
		out[i] = ClaimLine{c, n[c.ID]}
	}
	return out
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
	Others   []ClaimLine     `json:"-"` // claims to join it with
	Crowded  bool            `json:"-"` // more have these words than are shown
	By       string          `json:"-"`
	Asked    string          `json:"-"`
	Shown    []LedgerEntry   `json:"-"` // the part of the ledger that the page shows
	From     int             `json:"-"` // the number of its first entry, from 1
	Earlier  string          `json:"-"` // addresses of the parts around it, "" where there is none
	Later    string          `json:"-"`
	Names    Names           `json:"-"` // of the statements that verdicts are about
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
func (v *ClaimView) part(statement string) string { return v.at("at", statement) }

// at is the page's address with values of a query.
func (v *ClaimView) at(set ...string) string {
	u, err := url.Parse(address("claims", v.ID))
	if err != nil {
		return address("claims", v.ID)
	}
	return with(u, set...)
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
// one outlet has several, by outlet and day, or else title.
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
		h := once[r.ID]
		if told := cmp.Or(day(h.Published), clip(h.Title, 40)); h.Outlet != "" && outlets[h.Outlet] > 1 && told != "" {
			out[i].Name += " (" + told + ")"
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

// Statements are the reports, as a form sends them.
func (e LedgerEntry) Statements() string {
	ids := make([]string, len(e.Reports))
	for i, h := range e.Reports {
		ids[i] = h.ID
	}
	return strings.Join(ids, " ")
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
	Unit    string
	Rows    []Rival
	Shown   []Rival  // the part of them that the page shows
	From    int      // the number of its first, from 1
	Scale   []*Scale // one a frame, of what is shown
	Earlier string   // addresses of the parts around it, "" where there is none
	Later   string
	key     string // what units have in common
}

// figuresSize is how many figures of a unit a page shows at once.
const figuresSize = 20

// turnFigures shows the figures of each unit from its first on, and those of one
// unit from a number on.
func (v *ClaimView) turnFigures(unit, number string) {
	for i := range v.Scales {
		s := &v.Scales[i]
		from := 0
		if n, err := strconv.Atoi(number); err == nil && s.key == unit && n > 0 && n <= len(s.Rows) {
			from = (n - 1) - (n-1)%figuresSize
		}
		to := min(from+figuresSize, len(s.Rows))
		s.Shown, s.From, s.Earlier, s.Later = s.Rows[from:to], from+1, "", ""
		part := func(from int) string {
			return v.at("unit", s.key, "figures", strconv.Itoa(from+1)) + "#" + s.Anchor()
		}
		if from > 0 {
			s.Earlier = part(from - figuresSize)
		}
		if to < len(s.Rows) {
			s.Later = part(to)
		}
	}
}

// Parted tells that the page shows a part of the figures.
func (s RivalScale) Parted() bool { return len(s.Shown) < len(s.Rows) }

// To is the number of the last figure that the page shows.
func (s RivalScale) To() int { return s.From + len(s.Shown) - 1 }

// Anchor is the ID of the heading.
func (s RivalScale) Anchor() string { return strings.TrimSuffix("figures-"+s.key, "-") }

// stances are what a statement can be towards a claim.
var stances = []Ref{{"for", "somebody is for it"}, {"against", "somebody is against it"}, {"open", "somebody leaves it open"}, {"value", "somebody gives a figure"}}

// StanceKinds are what a form can say of statements in a claim.
func (*ClaimView) StanceKinds() []Ref { return stances }

// Stances are what a claim can be looked for with.
func (ClaimsView) Stances() []Ref { return stances }
