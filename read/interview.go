package read

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/speaker"
)

// interview names who speaks in an interview whose turns begin with Q and A: the
// answers are those of the first person whom the article names in full, the
// questions the outlet's.
func (w *writer) interview(all []quoth.Statement, names []speaker.Name) {
	answers, asks := []quoth.Speaker{}, []quoth.Speaker{}
	if w.article.Outlet != "" {
		asks = append(asks, quoth.Speaker{Name: w.article.Outlet, Type: quoth.Organization})
	}
	if i := slices.IndexFunc(names, func(n speaker.Name) bool { return strings.Contains(n.Full, " ") && n.Person(w.article.Text) }); i >= 0 {
		answers = append(answers, quoth.Speaker{Name: names[i].Full, Type: quoth.Person, Evidence: []quoth.Span{w.ix.Span(names[i].Start, names[i].End)}})
	}
	for i := range all {
		s := &all[i]
		if len(s.Source) != 1 || len(s.Cue) != 1 || s.Cue[0].Text != ":" {
			continue
		}
		switch s.Source[0].Text {
		case "A":
			s.Speaker, s.Role = answers, ""
		case "Q":
			s.Speaker, s.Role = asks, ""
		}
	}
}
