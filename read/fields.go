package read

import (
	"slices"
	"sort"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/act"
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
func (w *writer) occasions(found []attribution.Statement, acts [][]float64, speakers []speaker.Answer, phrases []occasion.Phrase, names []speaker.Name) []occasion.Occasion {
	statements := make([]occasion.Statement, len(found))
	for i, f := range found {
		var who []string
		for _, s := range speakers[i].Speakers {
			who = append(who, s.Name)
		}
		statements[i] = occasion.Statement{Source: w.ranges(f.Source), Cue: w.ranges(f.Cue), Content: w.ranges(f.Content), Speaker: strings.Join(who, ", "), Inner: f.Inner, Thought: act.Likeliest(acts[i]) == quoth.Think}
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
	a := occasion.Article{Text: w.article.Text, Published: w.article.Published, Times: w.times, Names: names, Phrases: phrases}
	out := occasion.Read(a, statements, &marks)
	for i, f := range found {
		if f.Post != nil {
			out[i] = posted(f.Post, i, a.Times)
		}
	}
	return out
}

// posted is the occasion of statement i, a post: it was written to nobody in
// particular, on the day of its signature.
func posted(p *attribution.Post, i int, times []when.Dated) occasion.Occasion {
	var out occasion.Occasion
	for _, t := range times {
		if p.Dated.Start <= t.Start && t.End <= p.Dated.End {
			out[occasion.When] = []occasion.Tie{{Range: t.Range, Values: []string{t.Date}, P: 1, Rules: 1, From: i}}
			break
		}
	}
	return out
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
	q := &quoth.When{Text: w.words(t.Range)}
	if len(t.Values) > 0 {
		q.Date = t.Values[0]
	}
	return q
}

// askers names who asks where the article leaves it out ("asked how often they
// spoke, he declined to say"): the outlet to which the same person speaks in the
// answer next to the question.
func (w *writer) askers(all []quoth.Statement, occasions []occasion.Occasion) {
	for i := range all {
		q := &all[i]
		if len(q.Source)+len(q.Speaker) > 0 || len(q.Cue) == 0 || !strings.HasPrefix(strings.ToLower(q.Cue[0].Text), "asked") {
			continue
		}
		for k := max(0, i-1); k < min(len(all), i+3) && len(q.Speaker) == 0; k++ {
			if k == i || len(all[k].Speaker) != 1 || !slices.Contains(q.To, all[k].Speaker[0].Name) {
				continue
			}
			for _, t := range occasions[k][occasion.To] {
				if len(t.Values) == 1 && occasion.Outlet(t.Values[0]) {
					q.Speaker = []quoth.Speaker{{Name: t.Values[0], Type: quoth.Organization, Evidence: []quoth.Span{w.ix.Span(t.Start, t.End)}}}
				}
			}
		}
	}
}

// asked sees to who was asked for comment and did not answer, in the statement
// after the question: "it" is the one asked, and whom it did not answer is the
// one who asked. "The Gazette asked the mill for comment. It did not respond."
func (w *writer) asked(all []quoth.Statement, occasions []occasion.Occasion) {
	const near = 80 // code points between the question's cue and "it"
	for i := 1; i < len(all); i++ {
		q, a := &all[i-1], &all[i]
		if a.Act != quoth.Decline || len(a.Content) > 0 || len(a.Source) != 1 || q.Act != quoth.Ask || len(q.Cue) == 0 {
			continue
		}
		who, asking := a.Source[0], q.Cue[0]
		it := strings.EqualFold(who.Text, "it") && who.Start >= asking.End && who.Start-asking.End <= near && !strings.ContainsRune(w.article.Text[w.ix.Byte(asking.End):w.ix.Byte(who.Start)], '\n')
		var best *occasion.Tie
		for k := range occasions[i-1][occasion.To] {
			t := &occasions[i-1][occasion.To][k]
			span := w.ix.Span(t.Start, t.End)
			if named := who.Start <= span.Start && span.End <= who.End; t.From == i-1 && len(t.Values) == 1 && (named || it && span.Start >= asking.End && span.End <= who.Start) && (best == nil || t.P > best.P) {
				best = t
			}
		}
		if best == nil {
			continue
		}
		if it {
			a.Speaker, a.Role = []quoth.Speaker{{Name: best.Values[0], Type: quoth.Organization, Evidence: []quoth.Span{who, w.ix.Span(best.Start, best.End)}}}, ""
		}
		if len(q.Speaker) > 0 {
			a.To = nil
			for _, s := range q.Speaker {
				a.To = append(a.To, s.Name)
			}
		}
	}
}

// chains names the outlet through which a statement came: the speaker of the
// one that holds it ("the agency said that he said"), or of one with the same
// words ("he said, according to the agency"), and of what the same person goes
// on to say in that paragraph. Who asks does not carry the answer.
func (w *writer) chains(all []quoth.Statement) {
	at := map[string]int{}
	for i := range all {
		at[all[i].ID] = i
	}
	through := func(i int, names ...string) {
		for _, n := range names {
			if !slices.Contains(all[i].Via, n) {
				all[i].Via = append(all[i].Via, n)
			}
		}
	}
	outlets := func(k int) (names []string) {
		for _, s := range all[k].Speaker {
			if outlet(s, all[k].Role) {
				names = append(names, s.Name)
			}
		}
		return names
	}
	for i := range all {
		k, ok := at[all[i].Parent]
		for hops := 0; ok && hops < 4; hops++ {
			through(i, outlets(k)...)
			k, ok = at[all[k].Parent]
		}
	}
	for i := range all {
		if len(outlets(i)) > 0 {
			continue
		}
		for k := max(0, i-2); k < min(len(all), i+3); k++ {
			if k == i || all[k].Act == quoth.Ask || !touch(all[i].Content, all[k].Content) {
				continue
			}
			names := outlets(k)
			through(i, names...)
			for n := max(i, k) + 1; n < len(all) && len(names) > 0 && w.together(all[i], all[n]); n++ {
				if sameSpeakers(all[i].Speaker, all[n].Speaker) {
					through(n, names...)
				}
			}
		}
	}
}

// touch reports whether two lists of spans share a character.
func touch(a, b []quoth.Span) bool {
	return slices.ContainsFunc(a, func(x quoth.Span) bool {
		return slices.ContainsFunc(b, func(y quoth.Span) bool { return x.Start < y.End && y.Start < x.End })
	})
}

// together reports whether two statements begin in one paragraph.
func (w *writer) together(a, b quoth.Statement) bool {
	return w.paragraph(a) == w.paragraph(b)
}

// paragraph is the index of the paragraph in which a statement's cue begins, or its
// content or source where it has no cue; -1 where it has no words.
func (w *writer) paragraph(s quoth.Statement) int {
	for _, l := range [][]quoth.Span{s.Cue, s.Content, s.Source} {
		if len(l) > 0 {
			all := w.article.Paragraphs
			return sort.Search(len(all), func(i int) bool { return l[0].Start < all[i].End })
		}
	}
	return -1
}

func sameSpeakers(a, b []quoth.Speaker) bool {
	return len(a) > 0 && slices.EqualFunc(a, b, func(x, y quoth.Speaker) bool { return x.Name == y.Name })
}

// outlet reports whether a speaker is a newspaper, an agency or the like, by
// its name or by what the article calls it.
func outlet(s quoth.Speaker, role string) bool {
	if s.Type == quoth.Person || s.Type == quoth.Group || s.Type == quoth.Unnamed {
		return false
	}
	if occasion.Outlet(s.Name) {
		return true
	}
	for w := range strings.FieldsSeq(strings.ToLower(role)) {
		switch w {
		case "outlet", "newspaper", "paper", "daily", "agency", "broadcaster", "channel", "magazine", "tabloid", "website":
			return true
		}
	}
	return false
}
