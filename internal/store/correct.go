package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/quothnews/quoth"
)

// Corrections keeps what people say is wrong in readings.
type Corrections interface {
	// Correct keeps a correction and gives it with its ID, time and what was
	// there before. It fails with quoth.ErrMalformed where the field or the
	// value is none, or a span is not in the text, and with ErrVanished where the
	// statement is no longer in the article.
	Correct(ctx context.Context, c Correction) (Correction, error)
	// Undo takes a correction back; it stays in the list, marked.
	Undo(ctx context.Context, id string, by string) error
	// Corrections lists them, newest first; article "" for all.
	Corrections(ctx context.Context, article string, limit int, cursor string) (CorrectionPage, error)
}

// A Correction is what a person says that a field of a reading should hold.
//
// Item is the permanent ID of a statement, figure, caption or event, and Field
// its JSON name in a record ("act", "speaker", "content", "low", …); Value is
// what the record would hold there; a figure's, caption's or event's "span" are
// its start, end and text. "removed" is true where this is no statement, no
// figure and so on. With Item "", Field is an article's own "title", "byline",
// "outlet" or "published", or "statement", "figure", "caption" or "event", whose
// value is a whole one that the machine missed.
type Correction struct {
	ID       string          `json:"id"`
	Article  string          `json:"article"`
	Revision int             `json:"revision"` // that the person saw
	Item     string          `json:"item"`
	Field    string          `json:"field"`
	Was      json.RawMessage `json:"was"` // the machine's, at that time
	Value    json.RawMessage `json:"value"`
	By       string          `json:"by"`
	At       time.Time       `json:"at"`
	Note     string          `json:"note,omitempty"`
	Undone   *time.Time      `json:"undone,omitempty"`
	UndoneBy string          `json:"undone_by,omitempty"`
}

// CorrectionPage is a stretch of the list. Next is "" at its end.
type CorrectionPage struct {
	Corrections []Correction `json:"corrections"`
	Next        string       `json:"next"`
}

// A Reading is a record as the machine read it, with what belongs to it.
type Reading struct {
	Record      *quoth.Record
	Stored      Stored
	Corrections []Correction // in order of time, undone ones left out
}

// Items are permanent IDs, each list in the order of the record's.
type Items struct {
	Statements []string `json:"statements"`
	Figures    []string `json:"figures"`
	Captions   []string `json:"captions"`
	Events     []string `json:"events"`
}

// A View is a reading as it is to be shown: corrections laid over, and marked.
type View struct {
	Record    quoth.Record            `json:"record"`
	Items     Items                   `json:"items"`
	Corrected map[string][]Correction `json:"corrected"` // by Item ("" the article): those that hold now; Was is the machine's value
	Removed   []string                `json:"removed"`   // items that a person took out
	Stale     []Correction            `json:"stale"`     // spans whose words this text does not hold: not laid over
}
