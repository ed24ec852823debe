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
	first := slices.IndexFunc(names, func(n speaker.Name) bool { return strings.Contains(n.Full, " ") && n.Person(w.article.Text) })
	for i := range all {
		s := &all[i]
		if len(s.Source) != 1 || len(s.Cue) != 1 || s.Cue[0].Text != ":" {
			continue
		}
		switch s.Source[0].Text {
		case "A":
			s.Speaker, s.Role = []quoth.Speaker{}, ""
			if first >= 0 { // evidence of its own: spans of a long text are moved one by one
				n := names[first]
				s.Speaker = append(s.Speaker, quoth.Speaker{Name: n.Full, Type: quoth.Person, Evidence: []quoth.Span{w.ix.Span(n.Start, n.End)}})
			}
		case "Q":
			s.Speaker, s.Role = []quoth.Speaker{}, ""
			if w.article.Outlet != "" {
				s.Speaker = append(s.Speaker, quoth.Speaker{Name: w.article.Outlet, Type: quoth.Organization})
			}
		}
	}
}
