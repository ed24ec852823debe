package main

import (
	"context"
	"slices"
	"time"

	"github.com/quothnews/quoth/internal/claim"
	"github.com/quothnews/quoth/internal/store"
)

// join finds the claims of the whole store anew.
func (k *keeper) join(ctx context.Context) error {
	k.joining.Lock()
	defer k.joining.Unlock()
	var all []claim.Statement
	for r, err := range k.store.Readings(ctx) {
		if err != nil {
			return err
		}
		v := r.View()
		all = append(all, claim.Statements(&v.Record, func(i int) string { return v.Items.Statements[i] })...)
	}
	var old, drop []string
	for q := (store.ClaimQuery{Limit: 500}); ; {
		page, err := k.store.ListClaims(ctx, q)
		if err != nil {
			return err
		}
		for _, c := range page.Claims {
			old = append(old, c.ID)
		}
		if q.Cursor = page.Next; page.Next == "" {
			break
		}
	}
	var out []store.Claim
	kept := map[string]bool{}
	for _, c := range claim.Join(all, claim.Options{Word: k.reader.Word}) {
		s := storeClaim(c, all)
		kept[s.ID] = true
		out = append(out, s)
	}
	for _, id := range old {
		if !kept[id] {
			drop = append(drop, id)
		}
	}
	return k.store.PutClaims(ctx, out, drop)
}

// storeClaim is a claim as the store keeps it.
func storeClaim(c claim.Claim, all []claim.Statement) store.Claim {
	out := store.Claim{Name: c.Text, Score: c.Score, Sources: c.Sources, Size: len(c.Members), Updated: time.Now().UTC().Truncate(time.Second), Stances: []store.Tally{}}
	outlets, utterances := map[string]bool{}, map[string]bool{}
	for i, m := range c.Members {
		s := &all[m.Statement]
		out.Members = append(out.Members, store.Member{Statement: s.ID, Stance: string(m.Stance), Utterance: m.Utterance, Score: m.Score})
		outlets[s.Outlet] = true
		if first, last, ok := store.Bounds(claim.Day(s)); ok {
			if i == 0 || out.First == "" || store.DayString(first) < out.First {
				out.First = store.DayString(first)
			}
			out.Last = max(out.Last, store.DayString(last))
		}
		if m.Utterance != "" && utterances[m.Utterance] {
			continue
		}
		utterances[m.Utterance] = true
		at := slices.IndexFunc(out.Stances, func(t store.Tally) bool { return t.Stance == string(m.Stance) })
		if at < 0 {
			at = len(out.Stances)
			out.Stances = append(out.Stances, store.Tally{Stance: string(m.Stance)})
		}
		out.Stances[at].Count++
	}
	out.Outlets, out.ID = len(outlets), "c"+out.Members[0].Statement[1:]
	return out
}
