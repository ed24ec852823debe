package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/store"
)

func (d *Desk) claims(r *http.Request) (*page, error) {
	q := store.ClaimQuery{Words: strings.TrimSpace(r.FormValue("q")), Stance: r.FormValue("stance"), Outlet: r.FormValue("outlet"), Identity: r.FormValue("speaker"), Limit: pageSize, Cursor: r.FormValue("cursor")}
	list, err := d.store.ListClaims(r.Context(), q)
	if err != nil {
		return nil, err
	}
	v := ClaimsView{ClaimPage: list, Words: q.Words, Stance: q.Stance, Outlet: q.Outlet}
	if q.Identity != "" {
		who, err := d.store.Identity(r.Context(), q.Identity)
		if err != nil {
			return nil, err
		}
		v.Speaker = Ref{who.ID, who.Name}
	}
	if v.Apart, err = d.apart(r.Context(), claimIDs(list.Claims)); err != nil {
		return nil, err
	}
	if list.Next != "" {
		v.NextHref = with(r.URL, "cursor", list.Next)
	}
	f := &feed{title: "Claims"}
	for _, c := range list.Claims {
		f.entries = append(f.entries, entry{c.Name, address("claims", c.ID), tallies(c.Stances), "", c.Updated, ""})
	}
	return &page{name: "claims", here: "Claims", view: v, feed: f}, nil
}

// apart gives for each of these claims that shares its name with another a statement
// that it alone of them holds: who speaks, the words, outlet and day.
func (d *Desk) apart(ctx context.Context, claims []string) (Names, error) {
	own, err := d.store.Apart(ctx, claims)
	if err != nil {
		return nil, err
	}
	hits, err := d.store.Statements(ctx, slices.Sorted(maps.Values(own)))
	if err != nil {
		return nil, err
	}
	lines, out := map[string]string{}, Names{}
	for _, h := range hits {
		lines[h.ID] = statementLine(h)
	}
	for id, statement := range own {
		if line := lines[statement]; line != "" {
			out[id] = line
		}
	}
	return out, nil
}

// claimIDs are the IDs of claims.
func claimIDs(claims []store.Claim) []string {
	out := make([]string, len(claims))
	for i, c := range claims {
		out[i] = c.ID
	}
	return out
}

// statementLine is a statement in one line: who speaks, the words, outlet and day.
func statementLine(h store.Hit) string {
	line := speakerNames(h) + ": " + clip(cmp.Or(h.Content, h.Cue), 110)
	for _, where := range []string{h.Outlet, day(h.Published)} {
		if where != "" {
			line += " · " + where
		}
	}
	return line
}

// tallies tells who stands where: "2 for it, 1 against it".
func tallies(all []store.Tally) string {
	var out []string
	for _, t := range all {
		out = append(out, fmt.Sprintf("%d %s", t.Count, stanceWord(t.Stance)))
	}
	return strings.Join(out, ", ")
}

func (d *Desk) claim(r *http.Request) (*page, error) {
	ctx := r.Context()
	v, err := d.ledger(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	all, err := d.store.Verdicts(ctx)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for _, m := range v.Members {
		held[m.Statement] = true
	}
	for _, x := range store.Standing(all) {
		about, err := d.about(ctx, x, v.ID, held)
		if err != nil {
			return nil, err
		}
		if about {
			v.Verdicts = append(v.Verdicts, x)
		}
	}
	if v.Names, err = d.judged(ctx, v.Verdicts); err != nil {
		return nil, err
	}
	v.By, v.Asked = by(r, d.By), strings.TrimSpace(r.FormValue("other"))
	if v.Asked != "" {
		found, err := d.store.ListClaims(ctx, store.ClaimQuery{Words: v.Asked, Limit: 10})
		if err != nil {
			return nil, err
		}
		v.Crowded = found.Next != ""
		names, err := d.apart(ctx, claimIDs(found.Claims))
		if err != nil {
			return nil, err
		}
		v.Others = slices.DeleteFunc(names.claimLines(found.Claims), func(c ClaimLine) bool { return c.ID == v.ID })
	}
	v.turn(r.FormValue("at"))
	v.draw(r.FormValue("unit"), r.FormValue("figures"))
	var hits []store.Hit
	for _, e := range v.Ledger {
		hits = append(hits, e.Reports...)
	}
	return &page{name: "claim", here: "Claims", view: v, feed: hitFeed(v.Name, hits)}, nil
}

// about tells whether a verdict is about a claim that holds statements: it was given
// on it, or on one that is gone and shares a statement with it.
func (d *Desk) about(ctx context.Context, x store.Verdict, claim string, held map[string]bool) (bool, error) {
	if x.Claim == claim {
		return true, nil
	}
	if !slices.ContainsFunc(x.Statements, func(id string) bool { return held[id] }) {
		return false, nil
	}
	_, err := d.store.Claim(ctx, x.Claim)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil
	}
	return false, err
}

// singled are the statements that verdicts single out.
func singled(verdicts []store.Verdict) (ids []string) {
	for _, x := range verdicts {
		if singles(x.Kind) {
			ids = append(ids, x.Statements...)
		}
	}
	return ids
}

// judged gives what those statements say that verdicts single out.
func (d *Desk) judged(ctx context.Context, verdicts []store.Verdict) (Names, error) {
	hits, err := d.store.Statements(ctx, singled(verdicts))
	out := Names{}
	for _, h := range hits {
		out[h.ID] = speakerNames(h) + ": " + cmp.Or(h.Content, h.Cue)
	}
	return out, err
}

// ledger reads a claim: its utterances in order of time, and the figures given
// in them.
func (d *Desk) ledger(ctx context.Context, id string) (*ClaimView, error) {
	c, err := d.store.Claim(ctx, id)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(c.Members))
	for i, m := range c.Members {
		ids[i] = m.Statement
	}
	hits, err := d.store.Statements(ctx, ids)
	if err != nil {
		return nil, err
	}
	v := &ClaimView{Claim: *c, Ledger: []LedgerEntry{}, Figures: []Rival{}, Verdicts: []store.Verdict{}}
	v.enter(hits)
	return v, nil
}

func (v *ClaimView) enter(hits []store.Hit) {
	by := map[string]store.Hit{}
	for _, h := range hits {
		by[h.ID] = h
	}
	at := map[string]int{}
	for _, m := range v.Members {
		h, ok := by[m.Statement]
		if !ok {
			continue
		}
		key := cmp.Or(m.Utterance, "statement "+m.Statement)
		i, ok := at[key]
		if !ok {
			i = len(v.Ledger)
			at[key] = i
			v.Ledger = append(v.Ledger, LedgerEntry{Utterance: m.Utterance, Stance: m.Stance, Outlets: []string{}, Chain: []string{}})
		}
		e := &v.Ledger[i]
		e.Reports = append(e.Reports, h)
		if h.Outlet != "" && !slices.Contains(e.Outlets, h.Outlet) {
			e.Outlets = append(e.Outlets, h.Outlet)
		}
		for _, via := range h.Via {
			if !slices.Contains(e.Chain, via) {
				e.Chain = append(e.Chain, via)
			}
		}
	}
	for i := range v.Ledger {
		e := &v.Ledger[i]
		slices.SortStableFunc(e.Reports, func(a, b store.Hit) int { return instant(a.Published).Compare(instant(b.Published)) })
		e.Date = utteredOn(e.Reports)
	}
	slices.SortStableFunc(v.Ledger, func(a, b LedgerEntry) int {
		return cmp.Or(instant(a.Date).Compare(instant(b.Date)), instant(a.First().Published).Compare(instant(b.First().Published)))
	})
	last, called := map[string]int{}, oneName(hits)
	for i := range v.Ledger {
		e := &v.Ledger[i]
		for _, who := range speakerKeys(e.First()) {
			if k, ok := last[who]; ok && surelyBefore(v.Ledger[k].Date, e.Date) {
				if before, _, changed := turned(v.Ledger[k].Stance, v.Ledger[k].First().Act, e.Stance, e.First().Act); changed {
					e.Before, e.Changed = before, true
				}
			}
			last[who] = i
		}
		v.rivals(e, called)
	}
	v.turn("")
}

// rivals keeps the figures of an utterance: those of the report that it is shown
// by, and what its other reports give otherwise.
func (v *ClaimView) rivals(e *LedgerEntry, called func(store.Hit) string) {
	for _, f := range e.First().Figures {
		v.Figures = append(v.Figures, Rival{f, called(e.First()), e.First().ID, e.Date, e.First().Outlet, e.Stance})
	}
	for _, w := range e.Wordings() {
		for _, f := range w.Figures {
			r := Rival{f, called(w.Hit), w.ID, utteredOn([]store.Hit{w.Hit}), w.Outlet, e.Stance}
			if !slices.ContainsFunc(v.Figures, r.repeats) {
				v.Figures = append(v.Figures, r)
			}
		}
	}
}

// repeats tells that another figure is the same giver's for the same.
func (r Rival) repeats(other Rival) bool {
	return r.Speaker == other.Speaker && equal(r.Low, other.Low) && equal(r.High, other.High)
}

func equal(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }

// speakerKeys tells who speaks: identities, or else names.
func speakerKeys(h store.Hit) []string {
	var out []string
	for _, s := range h.Speakers {
		out = append(out, cmp.Or(s.Identity, s.Name))
	}
	return out
}

// oneName gives who speaks under one name each, the longest that an identity has
// in these statements: articles write it in several ways.
func oneName(hits []store.Hit) func(store.Hit) string {
	longest := map[string]string{}
	for _, h := range hits {
		for _, s := range h.Speakers {
			if s.Identity != "" && utf8.RuneCountInString(s.Name) > utf8.RuneCountInString(longest[s.Identity]) {
				longest[s.Identity] = s.Name
			}
		}
	}
	return func(h store.Hit) string {
		h.Speakers = slices.Clone(h.Speakers)
		for i, s := range h.Speakers {
			h.Speakers[i].Name = cmp.Or(longest[s.Identity], s.Name)
		}
		return speakerNames(h)
	}
}

// utteredOn is when an utterance was made, as the first of its reports that says
// so has it, or else when the first was published. Reports come in order of
// their publication: a later one that looks back ("in November") is less exact.
func utteredOn(reports []store.Hit) string {
	for _, h := range reports {
		if h.When != nil {
			if _, _, ok := days(h.When.Date); ok {
				return h.When.Date
			}
		}
	}
	return reports[0].Published
}

// surelyBefore tells that all of one date lies before all of another.
func surelyBefore(a, b string) bool {
	_, end, ok := days(a)
	start, _, has := days(b)
	return ok && has && end.Before(start)
}

// instant is the middle of a date: where a timeline shows it, and lists have it.
func instant(edtf string) time.Time {
	from, to, _ := days(edtf)
	return from.Add(to.Sub(from) / 2)
}

// draw makes the pictures: the timeline, and for each unit of which there are
// several figures a scale of those that are shown.
func (v *ClaimView) draw(unit, figures string) {
	var hits []store.Hit
	for _, e := range v.Ledger {
		hits = append(hits, e.Reports...)
	}
	called := oneName(hits)
	var moments []moment
	for _, e := range v.Ledger {
		h := e.First()
		mark := func(h store.Hit, date string) {
			moments = append(moments, moment{lane: called(h), date: date, href: v.Spot(h.ID), act: h.Act,
				label: fmt.Sprintf("%s: %s %s, %s", day(date), speakerNames(h), verb(h.Act), clip(h.Content, 80))})
		}
		mark(h, e.Date)
		for _, w := range e.Wordings() {
			if w.Speaks {
				mark(w.Hit, utteredOn([]store.Hit{w.Hit}))
			}
		}
	}
	v.Timeline = framed(func(f Frame) *Timeline { return timeline(f, moments) })
	v.Scales = byUnit(v.Figures)
	v.turnFigures(unit, figures)
	for i := range v.Scales {
		var all []given
		for _, f := range v.Scales[i].Shown {
			all = append(all, given{name: f.Speaker, text: f.Text, href: v.Spot(f.Statement), low: f.Low, high: f.High, label: fmt.Sprintf("%s: %s, %s", f.Speaker, f.Text, day(f.Date))})
		}
		v.Scales[i].Scale = framed(func(f Frame) *Scale { return scale(f, all) })
	}
}

// byUnit gathers figures that can be compared: "soldiers" goes with "Vorland
// soldiers", and a figure without a unit with those that most have, or, where
// none has one, with others whose stance is to give a figure. The same giver's
// same figure counts once; a unit with one figure has no rivals.
func byUnit(figures []Rival) []RivalScale {
	var out []RivalScale
	put := func(key string, f Rival) {
		i := slices.IndexFunc(out, func(s RivalScale) bool { return s.key == key })
		if i < 0 {
			i = len(out)
			out = append(out, RivalScale{Unit: f.Unit, key: key})
		}
		s := &out[i]
		if len(f.Unit) > 0 && len(f.Unit) < len(s.Unit) {
			s.Unit = f.Unit
		}
		if !slices.ContainsFunc(s.Rows, func(r Rival) bool { return r.Speaker == f.Speaker && r.Text == f.Text }) {
			s.Rows = append(s.Rows, f)
		}
	}
	var bare []Rival
	for _, f := range figures {
		words := strings.Fields(strings.ToLower(f.Unit))
		switch {
		case f.Low == nil && f.High == nil:
		case len(words) == 0:
			bare = append(bare, f)
		default:
			put(words[len(words)-1], f)
		}
	}
	most := ""
	if len(out) > 0 {
		most = slices.MaxFunc(out, func(a, b RivalScale) int { return len(a.Rows) - len(b.Rows) }).key
	}
	for _, f := range bare {
		if most != "" || f.Stance == "value" {
			put(most, f)
		}
	}
	out = slices.DeleteFunc(out, func(s RivalScale) bool { return len(s.Rows) < 2 })
	for i := range out {
		slices.SortStableFunc(out[i].Rows, func(a, b Rival) int { return instant(a.Date).Compare(instant(b.Date)) })
	}
	return out
}
