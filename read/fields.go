package read

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/attribution"
	"github.com/quothnews/quoth/internal/occasion"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// speakers resolves the sources of all statements, and with them the nouns and
// pronouns that words may be addressed to.
func (w *writer) speakers(found []attribution.Statement) ([]speaker.Answer, []occasion.Phrase) {
	statements := make([]speaker.Statement, len(found))
	for i, f := range found {
		statements[i] = speaker.Statement{Source: w.ranges(f.Source), Cue: w.ranges(f.Cue), Content: w.ranges(f.Content), Inner: f.Inner}
	}
	var mentions []attribution.Span
	for _, m := range speaker.Mentions(w.article.Text) {
		s, ok := w.view.Cover(m)
		if !ok { // outside the paragraphs: nobody can be meant by it
			s = attribution.Span{First: -1}
		}
		mentions = append(mentions, s)
	}
	phrases := w.cast.Phrases()
	for _, p := range phrases {
		statements = append(statements, speaker.Statement{Source: []text.Range{p}, Aside: true})
	}
	answers := w.cast.Resolve(statements, w.view.Affinity(found, mentions))
	resolved := make([]occasion.Phrase, len(phrases))
	for i, p := range phrases {
		resolved[i].Range = p
		for _, s := range answers[len(found)+i].Speakers {
			resolved[i].Names = append(resolved[i].Names, s.Name)
		}
	}
	return answers[:len(found)], resolved
}

// people is the article as the speaker room takes it.
func (w *writer) people() speaker.Article {
	a := speaker.Article{Text: w.article.Text, Byline: w.article.Byline, Outlet: w.article.Outlet}
	for i, p := range w.article.Paragraphs {
		if p.Kind == quoth.Furniture || p.Kind == quoth.Credit {
			a.Skip = append(a.Skip, w.paragraphs[i])
		}
	}
	return a
}

func (w *writer) named(a speaker.Answer) []quoth.Speaker {
	out := make([]quoth.Speaker, len(a.Speakers))
	for i, s := range a.Speakers {
		out[i] = quoth.Speaker{Name: s.Name, Type: s.Type}
		for _, e := range s.Evidence {
			out[i].Evidence = append(out[i].Evidence, w.ix.Span(e.Start, e.End))
		}
	}
	return out
}

// occasions finds carriers, addressees and times.
func (w *writer) occasions(found []attribution.Statement, speakers []speaker.Answer, phrases []occasion.Phrase, names []speaker.Name) []occasion.Occasion {
	statements := make([]occasion.Statement, len(found))
	for i, f := range found {
		var who []string
		for _, s := range speakers[i].Speakers {
			who = append(who, s.Name)
		}
		statements[i] = occasion.Statement{Source: w.ranges(f.Source), Cue: w.ranges(f.Cue), Content: w.ranges(f.Content), Speaker: strings.Join(who, ", "), Inner: f.Inner}
	}
	var marks [3][][]occasion.Mark
	for _, f := range []occasion.Field{occasion.Via, occasion.To, occasion.When} {
		marks[f] = make([][]occasion.Mark, len(found))
		for i, row := range w.view.Fields(f.String(), found) {
			for _, m := range row {
				marks[f][i] = append(marks[f][i], occasion.Mark{Range: w.view.Range(m.Span), P: m.P})
			}
		}
	}
	a := occasion.Article{Text: w.article.Text, Published: w.article.Published, Times: when.Read(w.article.Text, w.article.Published), Names: names, Phrases: phrases}
	return occasion.Read(a, statements, &marks)
}

// values gives what ties stand for, each once.
func values(ties []occasion.Tie) []string {
	out := []string{}
	for _, t := range ties {
		for _, v := range t.Values {
			if v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// when gives the time of a tie, with its date where that can be told.
func (w *writer) when(ties []occasion.Tie) *quoth.When {
	if len(ties) == 0 {
		return nil
	}
	t := ties[0]
	q := &quoth.When{Text: w.article.Text[t.Start:t.End]}
	if len(t.Values) > 0 {
		q.Date = t.Values[0]
	}
	return q
}
