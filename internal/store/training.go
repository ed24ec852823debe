package store

import (
	"cmp"
	"slices"
	"time"

	"github.com/quothnews/quoth"
)

// Training is an article that people corrected, as a reading to learn from: in
// the form of the project's gold readings (eval/cases), with the text beside it.
// Spans are in code points of Text.
type Training struct {
	ID         string              `json:"id"`
	URL        string              `json:"url"`
	Outlet     string              `json:"outlet"`
	Published  string              `json:"published"`
	Title      string              `json:"title"`
	Text       string              `json:"text"`
	Model      string              `json:"model"` // that read what people left as it was
	Statements []TrainingStatement `json:"statements"`
	Figures    []TrainingFigure    `json:"figures"`
	Corrected  []TrainingField     `json:"corrected"` // in order of time
}

// A TrainingStatement is a statement as a gold reading has it.
type TrainingStatement struct {
	Source      []quoth.Span      `json:"source"`
	Cue         []quoth.Span      `json:"cue"`
	Content     []quoth.Span      `json:"content"`
	Quotation   quoth.Quotation   `json:"quotation"`
	Speaker     []string          `json:"speaker"`
	SpeakerType quoth.SpeakerType `json:"speaker_type"` // of the first
	Role        string            `json:"role"`
	Act         quoth.Act         `json:"act"`
	Via         []string          `json:"via"`
	To          []string          `json:"to"`
	When        *quoth.When       `json:"when"`
	Nested      bool              `json:"nested"` // stands in another statement's content
}

// A TrainingFigure is a figure as a gold reading has it; its bounds are nil
// where the text leaves them open.
type TrainingFigure struct {
	quoth.Span
	Low     *float64 `json:"low"`
	High    *float64 `json:"high"`
	Unit    string   `json:"unit"`
	About   string   `json:"about"`
	Speaker string   `json:"speaker"`
}

// A TrainingField is a field that somebody corrected.
type TrainingField struct {
	Item  string    `json:"item"`
	Field string    `json:"field"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// Training gives a reading as people say it is. It is false for one that nobody
// corrected.
func (r *Reading) Training() (Training, bool) {
	if len(r.Corrections) == 0 {
		return Training{}, false
	}
	v := r.View()
	a := v.Record.Article
	t := Training{ID: a.ID, URL: a.URL, Outlet: a.Outlet, Published: a.Published, Title: a.Title, Text: a.Text, Model: v.Record.Model,
		Statements: []TrainingStatement{}, Figures: []TrainingFigure{}, Corrected: []TrainingField{}}
	for _, s := range v.Record.Statements {
		x := TrainingStatement{List(s.Source), List(s.Cue), List(s.Content), s.Quotation, []string{}, quoth.Unknown, s.Role, s.Act, List(s.Via), List(s.To), s.When, s.Parent != ""}
		for i, sp := range s.Speaker {
			if x.Speaker = append(x.Speaker, sp.Name); i == 0 {
				x.SpeakerType = sp.Type
			}
		}
		t.Statements = append(t.Statements, x)
	}
	for _, f := range v.Record.Figures {
		t.Figures = append(t.Figures, TrainingFigure{f.Span, f.Low, f.High, f.Unit, f.About, f.Speaker})
	}
	for item, all := range v.Corrected {
		for _, c := range all {
			t.Corrected = append(t.Corrected, TrainingField{item, c.Field, c.By, c.At})
		}
	}
	slices.SortFunc(t.Corrected, func(a, b TrainingField) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Field, b.Field))
	})
	return t, true
}

// List makes an empty list of none, which JSON writes as [].
func List[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
