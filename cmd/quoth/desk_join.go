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

// machine is the claims that the machine found, before people's verdicts: they
// hold until a statement comes, changes or goes.
type machine struct {
	mark   int64 // of the last change
	all    []claim.Statement
	claims []claim.Claim
	there  bool // they were looked for
}

// begin waits until nobody else joins claims, or for as long as the context lets it.
func (k *keeper) begin(ctx context.Context) error {
	select {
	case k.joining <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// end lets the next one join.
func (k *keeper) end() { <-k.joining }

// joinNew joins claims anew where statements came, changed or went, or people
// decided something about claims, since the last time.
func (k *keeper) joinNew(ctx context.Context) error {
	if err := k.begin(ctx); err != nil {
		return err
	}
	defer k.end()
	job := "claims " + k.reader.Model()
	mark, err := k.store.Mark(ctx, job)
	if err != nil {
		return err
	}
	last, err := k.store.Changed(ctx)
	if err != nil {
		return err
	}
	laid, err := k.store.Mark(ctx, layJob)
	if err != nil {
		return err
	}
	verdicts, err := k.store.Verdicts(ctx)
	if err != nil {
		return err
	}
	if last == mark && laid == given(verdicts) {
		return k.find(ctx, last) // so that the first decision need not wait for it
	}
	if err := k.joinAt(ctx, last); err != nil {
		return err
	}
	return k.store.SetMark(ctx, job, last)
}

// layJob is the mark of how much that people decided about claims is laid over them.
const layJob = "verdicts"

// given counts what people decided about claims: verdicts given, and taken back.
func given(verdicts []store.Verdict) int64 {
	n := len(verdicts)
	for _, v := range verdicts {
		if v.Undone != nil {
			n++
		}
	}
	return int64(n)
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
	if err := k.begin(ctx); err != nil {
		return err
	}
	defer k.end()
	last, err := k.store.Changed(ctx)
	if err != nil {
		return err
	}
	return k.joinAt(ctx, last)
}

// find has the machine find the claims of a store whose last change has a mark,
// unless it did since. It looks for one thing at a time: who gave up waiting
// leaves it at work, and the next one waits for that first.
func (k *keeper) find(ctx context.Context, last int64) error {
	if err := k.await(ctx); err != nil {
		return err
	}
	if k.found.there && k.found.mark == last {
		return nil
	}
	var all []claim.Statement
	for r, err := range k.store.Readings(ctx) {
		if err != nil {
			return err
		}
		v := r.View()
		all = append(all, claim.Statements(&v.Record, func(i int) string { return v.Items.Statements[i] })...)
	}
	found := make(chan machine, 1)
	go func() { found <- machine{last, all, claim.Join(all, claim.Options{Word: k.reader.Word}), true} }()
	k.looking = found
	return k.await(ctx)
}

// await takes what is being looked for, if anything is.
func (k *keeper) await(ctx context.Context) error {
	if k.looking == nil {
		return nil
	}
	select {
	case k.found = <-k.looking:
		k.looking = nil
		return nil
	case <-ctx.Done(): // nobody who stops the desk waits for it
		return ctx.Err()
	}
}

// joinAt lays what people decided over what the machine found, and keeps it.
func (k *keeper) joinAt(ctx context.Context, last int64) error {
	if err := k.find(ctx, last); err != nil {
		return err
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
	j := newJoined(k.found.all, k.found.claims)
	for _, v := range store.Standing(verdicts) {
		j.lay(v)
	}
	out := j.finish(old, time.Now().UTC().Truncate(time.Second))
	for _, c := range out {
		delete(old, c.ID)
	}
	if err := k.store.PutClaims(ctx, out, slices.Sorted(maps.Keys(old))); err != nil {
		return err
	}
	return k.store.SetMark(ctx, layJob, given(verdicts))
}
