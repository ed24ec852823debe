package read

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/occasion"
	"github.com/quothnews/quoth/internal/speaker"
)

// Evidence is what led to the fields of a statement. That of the speaker stands
// in the record itself.
type Evidence struct {
	Acts  []ActEvidence  // likeliest first
	Roles []RoleEvidence // one for each speaker who has a role
	Ties  []TieEvidence  // of via, to and when
}

// ActEvidence is how likely an act is.
type ActEvidence struct {
	Act quoth.Act
	P   float64
}

// RoleEvidence is where a role stands and how it goes with the name.
type RoleEvidence struct {
	quoth.Span
	How string
}

// TieEvidence is a carrier, addressee or time: the words, what they stand for,
// how likely they belong to the statement (by the words around them, by the
// encoder's heads, and by both), and the statement beside which they stand.
type TieEvidence struct {
	quoth.Span
	Field          string // "via", "to" or "when"
	Values         []string
	P, Rules, Head float64
	From           string
}

// Explain reads a page and tells what led to the fields of one of its
// statements, given by its ID.
func (r *Reader) Explain(ctx context.Context, p quoth.Page, id string) (*quoth.Record, Evidence, error) {
	var all []Evidence
	rec, _, err := r.walk(ctx, p, runtime.GOMAXPROCS(0), &all)
	if err != nil {
		return nil, Evidence{}, err
	}
	at := slices.IndexFunc(rec.Statements, func(s quoth.Statement) bool { return s.ID == id })
	switch n := len(rec.Statements); {
	case at >= 0:
		return rec, all[at], nil
	case n == 0:
		return nil, Evidence{}, fmt.Errorf("there is no statement to explain: %s", rec.Reason)
	default:
		return nil, Evidence{}, fmt.Errorf("there is no statement %s: the article's go from %s to %s", id, rec.Statements[0].ID, rec.Statements[n-1].ID)
	}
}

// explain keeps what led to each statement; acts are the probabilities of its
// acts.
func (w *writer) explain(out []quoth.Statement, acts [][]float64, speakers []speaker.Answer, occasions []occasion.Occasion) {
	for i := range out {
		var e Evidence
		for k, p := range acts[i] {
			e.Acts = append(e.Acts, ActEvidence{quoth.Acts[k], p})
		}
		slices.SortStableFunc(e.Acts, func(a, b ActEvidence) int { return cmp.Compare(b.P, a.P) })
		for _, r := range speakers[i].Roles {
			e.Roles = append(e.Roles, RoleEvidence{w.ix.Span(r.Start, r.End), r.How})
		}
		for f, ties := range occasions[i] {
			for _, t := range ties {
				e.Ties = append(e.Ties, TieEvidence{w.ix.Span(t.Start, t.End), occasion.Field(f).String(), t.Values, t.P, t.Rules, t.Head, out[t.From].ID})
			}
		}
		w.evidence = append(w.evidence, e)
	}
}
