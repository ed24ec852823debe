package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/quothnews/quoth/internal/claim"
	"github.com/quothnews/quoth/internal/store"
)

// joinEvery is how often an open desk looks whether something was added.
const joinEvery = 20 * time.Second

// joinNew joins claims anew where statements came, changed or went since the
// last time.
func (k *keeper) joinNew(ctx context.Context) error {
	job := "claims " + k.reader.Model()
	mark, err := k.store.Mark(ctx, job)
	if err != nil {
		return err
	}
	last := mark
	for {
		hits, next, err := k.store.Since(ctx, last, 500)
		if err != nil {
			return err
		}
		if len(hits) == 0 {
			break
		}
		last = next
	}
	if last == mark {
		return nil
	}
	if err := k.join(ctx); err != nil {
		return err
	}
	return k.store.SetMark(ctx, job, last)
}

// keepJoined does so until it is stopped, and when it is woken.
func (k *keeper) keepJoined(ctx context.Context, fail func(error)) {
	for {
		if err := k.joinNew(ctx); err != nil && ctx.Err() == nil {
			fail(err)
		}
		select {
		case <-time.After(joinEvery):
		case <-k.wake:
		case <-ctx.Done():
			return
		}
	}
}

// join finds the claims of the whole store, lays what people decided over them,
// and keeps them.
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
	verdicts, err := k.store.Verdicts(ctx)
	if err != nil {
		return err
	}
	old := map[string]store.Claim{}
	for q := (store.ClaimQuery{Limit: 500}); ; {
		page, err := k.store.ListClaims(ctx, q)
		if err != nil {
			return err
		}
		for _, c := range page.Claims {
			old[c.ID] = c
		}
		if q.Cursor = page.Next; page.Next == "" {
			break
		}
	}
	j := newJoined(all, claim.Join(all, claim.Options{Word: k.reader.Word}))
	for _, v := range store.Standing(verdicts) {
		j.lay(v)
	}
	out := j.finish(old, time.Now().UTC().Truncate(time.Second))
	for _, c := range out {
		delete(old, c.ID)
	}
	return k.store.PutClaims(ctx, out, slices.Sorted(maps.Keys(old)))
}
