package store

import (
	"context"
	"time"

	"github.com/quothnews/quoth"
)

// People keeps identities: people and organisations across articles. Named
// speakers are joined by rules when an article is added; what a person decides
// goes before, and is remembered.
type People interface {
	Identity(ctx context.Context, id string) (*Identity, error) // of a joined one: what it was joined to
	// Identities lists those whose name or form holds the words, most
	// statements first; "" for all.
	Identities(ctx context.Context, words string, limit int, cursor string) (IdentityPage, error)
	// Decide joins, splits, renames or keeps apart. A split gives the new
	// identity in Decision.To.
	Decide(ctx context.Context, d Decision) (Decision, error)
	// Decisions lists what was decided, newest first. Reverse takes one back; it
	// stays in the list, marked.
	Decisions(ctx context.Context) ([]Decision, error)
	Reverse(ctx context.Context, decision, by string) error
}

// An Identity is a person or organisation across articles. Its statements:
// Search with Query.Identity and Order Oldest.
type Identity struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"` // the fullest form, or as a person named it
	Type       quoth.SpeakerType `json:"type"`
	Forms      []Form            `json:"forms"`    // most used first
	Roles      []Form            `json:"roles"`    // oldest first
	Joined     []string          `json:"joined"`   // identities that people joined to it
	Never      []string          `json:"never"`    // identities that it never is
	Mentions   []Mention         `json:"mentions"` // where it speaks: what a split chooses from
	Statements int               `json:"statements"`
	Articles   int               `json:"articles"`
	First      string            `json:"first"` // days of publication
	Last       string            `json:"last"`
}

// A Form is a name or a role, and from when to when it was used (days of
// publication).
type Form struct {
	Text     string `json:"text"`
	First    string `json:"first"`
	Last     string `json:"last"`
	Articles int    `json:"articles"`
}

// A Mention is a speaker's name in an article.
type Mention struct {
	Article string `json:"article"`
	Name    string `json:"name"`
	Role    string `json:"role,omitempty"`
	Title   string `json:"-"` // of the article; a decision has none
}

// IdentityLine is an identity in a list.
type IdentityLine struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Type       quoth.SpeakerType `json:"type"`
	Role       string            `json:"role"` // the latest
	Statements int               `json:"statements"`
	Articles   int               `json:"articles"`
	Last       string            `json:"last"`
}

// IdentityPage is a stretch of the list. Next is "" at its end.
type IdentityPage struct {
	Identities []IdentityLine `json:"identities"`
	Next       string         `json:"next"`
}

// DecisionKind says what a person decided.
type DecisionKind string

const (
	Join   DecisionKind = "join"   // From is To
	Never  DecisionKind = "never"  // From is never To
	Split  DecisionKind = "split"  // Mentions of From are somebody else: To, new where ""
	Rename DecisionKind = "rename" // From is called Name
)

// A Decision is what a person decided about identities.
type Decision struct {
	ID       string       `json:"id"`
	Kind     DecisionKind `json:"kind"`
	From     string       `json:"from"`
	To       string       `json:"to,omitempty"`
	Name     string       `json:"name,omitempty"` // Rename: the new one; Join: what From was called
	Mentions []Mention    `json:"mentions,omitempty"`
	By       string       `json:"by"`
	At       time.Time    `json:"at"`
	Undone   *time.Time   `json:"undone,omitempty"`
	UndoneBy string       `json:"undone_by,omitempty"`
}
