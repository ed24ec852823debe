// Package when finds time expressions in running text and says which date
// they mean, as EDTF (ISO 8601-2), against a base date: the day on which the
// article was published.
//
//	Find     the expressions of a text, each with its place and its kind
//	Resolve  the date of one expression
//	Read     Find and Resolve, where "that day" takes the date named before it
//
// The reading is that of news: a bare weekday or month is the latest one that
// has begun, the publication day included; "last week" is the calendar week
// from Monday to Sunday; times of day give the day alone. A date that hangs on
// another event ("soon after his reelection in November 2024") is marked
// approximate ("2024-11~"). Where the base date is not known, relative
// expressions have no date: none is ever invented.
//
// Only English is read. It costs one pass over the tokens and no regular
// expressions.
package when

import (
	"time"

	"github.com/quothnews/quoth/internal/text"
)

// Kind says what stretch of time an expression names.
type Kind string

const (
	Time     Kind = "time" // a time of day
	Day      Kind = "day"
	Week     Kind = "week"
	Weekend  Kind = "weekend"
	Month    Kind = "month"
	Quarter  Kind = "quarter"
	Season   Kind = "season"
	Year     Kind = "year"
	Decade   Kind = "decade"
	Interval Kind = "interval"
	Vague    Kind = "vague" // "recently"
	Same     Kind = "same"  // "that day", "later in the day": the day spoken of
)

// An Expr is a time expression at its place in a text, without the preposition
// before it.
type Expr struct {
	text.Range
	Kind   Kind
	Counts bool // it says how much time: "the last two years", "six minutes later"
	m      meaning
}

// A Dated is an Expr with its date, "" where it cannot be told.
type Dated struct {
	Expr
	Date string // EDTF
}

// Find gives the time expressions of a text, in order, not overlapping.
// Positions are in bytes.
func Find(s string) []Expr {
	return FindTokens(text.Tokens(s))
}

// FindTokens is Find for a text that has already been cut into tokens.
func FindTokens(toks []text.Token) []Expr {
	var out []Expr
	for i := 0; i < len(toks); {
		end := i + 1
		for end < len(toks) && !toks[end].Break {
			end++
		}
		out = line{toks[i:end]}.find(out)
		i = end
	}
	return out
}

// Resolve gives the date that an expression means in an article published on
// a day. ok is false where the date cannot be told.
func Resolve(expr, published string) (edtf string, ok bool) {
	toks := text.Tokens(expr)
	for i := range toks {
		toks[i].Break = false
	}
	m, ok := line{toks}.whole()
	if !ok {
		return "", false
	}
	base, known := ParseBase(published)
	return m.resolve(base, known, time.Time{})
}

// Read finds the expressions of a text and their dates. An expression that
// points back ("that day") takes the day named last before it, or the day of
// publication where none is.
func Read(s, published string) []Dated {
	base, known := ParseBase(published)
	var spoken time.Time
	exprs := Find(s)
	out := make([]Dated, len(exprs))
	for i, e := range exprs {
		date, _ := e.m.resolve(base, known, spoken)
		out[i] = Dated{e, date}
		if e.Kind == Day && date != "" {
			if d, err := time.Parse(time.DateOnly, date[:min(10, len(date))]); err == nil {
				spoken = d
			}
		}
	}
	return out
}

// Date is the date of e against the day of publication.
func (e Expr) Date(published string) (edtf string, ok bool) {
	base, known := ParseBase(published)
	return e.m.resolve(base, known, time.Time{})
}

// ParseBase reads the day of an EDTF date such as "2025-02-10" or
// "2025-02-10~". ok is false where it has no day, or none of this age.
func ParseBase(published string) (day time.Time, ok bool) {
	if len(published) < 10 {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, published[:10])
	return day, err == nil && day.Year() > firstYear && day.Year() < lastYear
}
