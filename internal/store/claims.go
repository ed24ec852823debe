package store

import (
	"context"
	"slices"
	"time"
)

// Claims keeps what the claims' owner finds, and what people decided about it.
// The store does not judge: it keeps proposals, and verdicts beside them.
type Claims interface {
	// PutClaims keeps these claims whole, in place of what was under their IDs,
	// and drops others, in one transaction.
	PutClaims(ctx context.Context, claims []Claim, drop []string) error
	Claim(ctx context.Context, id string) (*Claim, error)
	// ClaimsOf gives the claims that hold a statement.
	ClaimsOf(ctx context.Context, statement string) ([]Claim, error)
	// Apart gives for each of these claims that shares its name with any other in the
	// store a statement that it alone of them holds, or else its first.
	Apart(ctx context.Context, claims []string) (map[string]string, error)
	// ListClaims lists claims without members; identity "" for all speakers.
	ListClaims(ctx context.Context, q ClaimQuery) (ClaimPage, error)

	// Judge keeps a person's verdict; Verdicts gives all, oldest first;
	// Unjudge takes one back; it stays in the list, marked.
	Judge(ctx context.Context, v Verdict) (Verdict, error)
	Verdicts(ctx context.Context) ([]Verdict, error)
	Unjudge(ctx context.Context, id, by string) error
}

// A Claim is statements that speak of the same thing.
type Claim struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Score     float64   `json:"score"` // 0 to 1; how sure the proposal is
	Confirmed bool      `json:"confirmed"`
	Sources   int       `json:"sources"` // independent ones behind it
	Outlets   int       `json:"outlets"`
	First     string    `json:"first"` // days
	Last      string    `json:"last"`
	Updated   time.Time `json:"updated"`
	Size      int       `json:"size"`    // members
	Stances   []Tally   `json:"stances"` // utterances by stance
	Members   []Member  `json:"members"`
}

// A Tally counts utterances of a stance.
type Tally struct {
	Stance string `json:"stance"`
	Count  int    `json:"count"`
}

// A Member is a statement in a claim.
type Member struct {
	Statement string  `json:"statement"`
	Stance    string  `json:"stance"`    // as the claims' owner names it
	Utterance string  `json:"utterance"` // equal for reports of the same words; unique within the store
	Score     float64 `json:"score"`
}

// Tallies counts the utterances of members by stance, each once.
func Tallies(members []Member) []Tally {
	out, counted := []Tally{}, map[string]bool{}
	for _, m := range members {
		if m.Utterance != "" && counted[m.Utterance] {
			continue
		}
		counted[m.Utterance] = true
		i := slices.IndexFunc(out, func(t Tally) bool { return t.Stance == m.Stance })
		if i < 0 {
			i = len(out)
			out = append(out, Tally{Stance: m.Stance})
		}
		out[i].Count++
	}
	return out
}

// ClaimQuery asks for claims.
type ClaimQuery struct {
	Words    string // in their names, or in members' content
	Identity string // speaks in it
	Outlet   string
	Stance   string // some member has it
	Limit    int    // 1 to 500; 0 is 20
	Cursor   string
}

// ClaimPage is a stretch of the list: last changed first, of those changed at
// once the largest. Next is "" at its end.
type ClaimPage struct {
	Claims []Claim `json:"claims"`
	Next   string  `json:"next"`
}

// A Verdict is what a person decided about claims. It names statements, which
// are permanent, so that it outlives the proposals.
type Verdict struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"`                        // "confirm", "join", "split", "name", "stance", "utterance": the owner's words
	Claim      string     `json:"claim"`                       // as it was called then
	Statements []string   `json:"statements" nullable:"false"` // joined, split off, or judged
	Value      string     `json:"value"`                       // a name, a stance
	By         string     `json:"by"`
	At         time.Time  `json:"at"`
	Undone     *time.Time `json:"undone,omitempty"`
	UndoneBy   string     `json:"undone_by,omitempty"`
}

// Standing gives the verdicts that nobody took back.
func Standing(all []Verdict) []Verdict {
	out := []Verdict{}
	for _, v := range all {
		if v.Undone == nil {
			out = append(out, v)
		}
	}
	return out
}
