package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// shiftClaims is the most claims of a speaker that are looked through for
// changes of act.
const shiftClaims = 40

func (d *Desk) speakers(r *http.Request) (*page, error) {
	words := strings.TrimSpace(r.FormValue("q"))
	list, err := d.store.Identities(r.Context(), words, 2*pageSize, r.FormValue("cursor"))
	if err != nil {
		return nil, err
	}
	v := SpeakersView{IdentityPage: list, Words: words}
	if list.Next != "" {
		v.NextHref = with(r.URL, "cursor", list.Next)
	}
	f := &feed{title: "Speakers"}
	for _, i := range list.Identities {
		at, _, _ := days(i.Last)
		f.entries = append(f.entries, entry{i.Name, address("speakers", i.ID), plural(i.Statements, "statement", "statements"), i.Name, at, ""})
	}
	return &page{name: "speakers", here: "Speakers", view: v, feed: f}, nil
}

func (d *Desk) speaker(r *http.Request) (*page, error) {
	ctx := r.Context()
	who, err := d.store.Identity(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	v := SpeakerView{Identity: who, Subject: strings.TrimSpace(r.FormValue("q")), Asked: strings.TrimSpace(r.FormValue("other")), Never: []Ref{}, Decisions: []store.Decision{}, By: by(r, d.By)}
	order := store.Oldest
	if formatOf(r) == "atom" { // what is new would stand in no feed of the first ones
		order = store.Newest
	}
	if v.Results, err = d.store.Search(ctx, store.Query{Identity: who.ID, Words: v.Subject, Order: order, Limit: pageSize, Cursor: r.FormValue("cursor")}); err != nil {
		return nil, err
	}
	if v.Results.Next != "" {
		v.NextHref = with(r.URL, "cursor", v.Results.Next, "done", "")
	}
	if v.Shifts, err = d.shifts(ctx, who.ID, v.Subject); err != nil {
		return nil, err
	}
	told := make([]string, len(v.Shifts))
	for i, x := range v.Shifts {
		told[i] = x.Claim.ID
	}
	if v.Apart, err = d.apart(ctx, told); err != nil {
		return nil, err
	}
	for _, id := range who.Never {
		other, err := d.store.Identity(ctx, id)
		if err != nil {
			return nil, err
		}
		v.Never = append(v.Never, Ref{other.ID, other.Name})
	}
	if v.Asked != "" {
		found, err := d.store.Identities(ctx, v.Asked, 10, "")
		if err != nil {
			return nil, err
		}
		v.Crowded = found.Next != ""
		for _, i := range found.Identities {
			if i.ID != who.ID {
				v.Candidates = append(v.Candidates, i)
			}
		}
	}
	all, err := d.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if x.Undone == nil && (x.From == who.ID || x.To == who.ID || slices.Contains(who.Joined, x.From)) {
			v.Decisions = append(v.Decisions, x)
		}
	}
	if v.Names, err = d.names(ctx, v.Decisions, nil); err != nil {
		return nil, err
	}
	return &page{name: "speaker", here: "Speakers", view: v, feed: hitFeed(who.Name, v.Results.Hits)}, nil
}

// shifts finds the claims on which a speaker's answer changed: those with
// words, where words are given.
func (d *Desk) shifts(ctx context.Context, identity, words string) ([]Shift, error) {
	out := []Shift{}
	list, err := d.store.ListClaims(ctx, store.ClaimQuery{Identity: identity, Words: words, Limit: shiftClaims})
	if err != nil {
		return nil, err
	}
	for _, c := range list.Claims {
		if len(c.Stances) == 1 && position(c.Stances[0].Stance, "") != "" { // all stand there
			continue
		}
		ledger, err := d.ledger(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		if steps, changed := course(ledger.Ledger, identity); changed {
			out = append(out, Shift{Claim: Ref{c.ID, c.Name}, Steps: steps})
		}
	}
	return out, nil
}

// course is what a speaker did on a claim, each utterance by the first report
// that names the speaker, and whether the answer ever changed.
func course(ledger []LedgerEntry, identity string) (steps []Step, changed bool) {
	before := ""
	for _, e := range ledger {
		k := slices.IndexFunc(e.Reports, func(h store.Hit) bool {
			return slices.ContainsFunc(h.Speakers, func(s store.HitSpeaker) bool { return s.Identity == identity })
		})
		if k < 0 {
			continue
		}
		step := Step{Hit: e.Reports[k], Stance: e.Stance}
		if n := len(steps); n > 0 && surelyBefore(before, e.Date) {
			last := steps[n-1]
			step.Before, step.Now, step.Changed = turned(last.Stance, last.Act, step.Stance, step.Act)
			changed = changed || step.Changed
		}
		steps, before = append(steps, step), e.Date
	}
	return steps, changed
}

// turned tells a change that matters between two answers on a claim: between
// for it, against it, and leaving it open, and in words what the answer was and
// is. A claim asserted and then confirmed has not changed.
func turned(wasStance string, was quoth.Act, isStance string, is quoth.Act) (before, now string, changed bool) {
	a, b := position(wasStance, was), position(isStance, is)
	if a == b || a == "" || b == "" {
		return "", "", false
	}
	if was != is {
		return verb(was), verb(is), true
	}
	return stanceWord(a), stanceWord(b), true
}

// position is the stance that the claims' owner found, or else what the act
// alone tells.
func position(stance string, a quoth.Act) string {
	switch stance {
	case "for", "against", "open":
		return stance
	}
	return side(a)
}

// side is where an act stands towards a claim; "" where it only speaks of it.
func side(a quoth.Act) string {
	switch a {
	case quoth.Assert, quoth.Confirm:
		return "for"
	case quoth.Deny:
		return "against"
	case quoth.Neither, quoth.Decline:
		return "open"
	}
	return ""
}
