package eval

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
)

// A RecordScore is what Records finds. Scores and shares count all gold
// statements unless said otherwise: one that was not found has no right
// speaker.
type RecordScore struct {
	Statements           Score
	Source, Cue, Content Score // exact spans
	Quoted               Share // direct and mixed quotations found
	QuotedSpeaker        Share // … with the right speaker
	Speaker              Share // right speaker, of all gold
	SpeakerFound         Share // right speaker, of statements found
	PronounSpeaker       Share // right speaker, where the source is a pronoun or empty
	NamedSpeaker         Share // right speaker, of found statements for which one is named
	Role                 Share // right role, of found statements with a gold role
	Act, ActFound        Share
	Quotation            Share // of found
	Nested               Share // statements within another's content that were found, of all that gold marks as such
	Acts                 map[quoth.Act]Score
	Via, To, When        FieldScore
	Figures              Score
	FigureValue          Share // both bounds right, of all gold figures
	FigureSpeaker        Share // giver right, of all gold figures

	Misses []Miss
}

// A Share is so many of so many.
type Share struct{ Right, Of int }

func (s *Share) add(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// Percent is 0 where there is nothing to be right about.
func (s Share) Percent() float64 { return percent(s.Right, s.Of) }

// A FieldScore counts values of a list field. Where gold has two readers, what
// both give is asked for, and what either gives is right, so the two rights
// differ.
type FieldScore struct{ Found, Asked, Right, Predicted int }

// F1 is in percent, of Found of Asked and Right of Predicted.
func (s FieldScore) F1() float64 {
	p := float64(s.Right) / float64(max(s.Predicted, 1))
	r := float64(s.Found) / float64(max(s.Asked, 1))
	return 200 * p * r / max(p+r, 1e-9)
}

// A Miss is a gold statement that was not found, or whose speaker is wrong.
type Miss struct {
	Article   string
	Act       quoth.Act
	Quotation quoth.Quotation
	Speaker   []string // gold
	Got       []string // speakers predicted
	Found     bool
	Source    string
	Content   string
}

// ActMacroF1 is the mean F1 of the acts that gold has at least five times.
func (s *RecordScore) ActMacroF1() float64 {
	sum, n := 0.0, 0
	for _, act := range quoth.Acts {
		if sc := s.Acts[act]; sc.Gold >= 5 {
			sum += sc.F1()
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// Records scores records against a gold folder (ID.txt and ID.json).
//
// A predicted statement is matched to the gold statement with which its
// content overlaps most, by Jaccard over characters and at least half;
// statements without content are matched by their cue. Gold statements marked
// nested, or optional (only one of two readers counted them), are left out, and
// so is a prediction that finds one.
func Records(folder fs.FS, preds Predictions) (*RecordScore, error) {
	articles, err := readGold(folder)
	if err != nil {
		return nil, err
	}
	out := &RecordScore{Acts: map[quoth.Act]Score{}}
	for i := range articles {
		record := preds[articles[i].ID]
		if record == nil {
			record = new(quoth.Record)
		}
		out.article(&articles[i], record)
	}
	return out, nil
}

func (out *RecordScore) article(g *gold, record *quoth.Record) {
	var asked, free []goldStatement
	for _, st := range g.Statements {
		if st.counted() {
			asked = append(asked, st)
		} else {
			free = append(free, st)
		}
	}
	got := record.Statements
	out.exact(asked, free, got)

	partner, used := match(asked, got)
	out.Statements.Gold += len(asked)
	out.Statements.Predicted += len(got)
	for i := range asked {
		st := &asked[i]
		if j, ok := partner[i]; ok {
			out.Statements.Right++
			out.found(g.ID, st, &got[j])
		} else {
			out.missed(g.ID, st)
		}
	}
	for j := range got {
		if !used[j] && slices.ContainsFunc(free, func(f goldStatement) bool { return alike(&f, &got[j]) }) {
			out.Statements.Predicted--
			continue
		}
		act := out.Acts[got[j].Act]
		act.Predicted++
		out.Acts[got[j].Act] = act
	}
	for i := range free {
		if f := &free[i]; f.Nested {
			out.Nested.add(slices.ContainsFunc(got, func(p quoth.Statement) bool { return alike(f, &p) }))
		}
	}
	out.figures(g.Figures, record.Figures)
}

// exact scores spans. A predicted span that only an unasked statement has is
// not counted.
func (out *RecordScore) exact(asked, free []goldStatement, got []quoth.Statement) {
	parts := [3]func(*goldStatement) []quoth.Span{
		func(s *goldStatement) []quoth.Span { return s.Source },
		func(s *goldStatement) []quoth.Span { return s.Cue },
		func(s *goldStatement) []quoth.Span { return s.Content },
	}
	for k, score := range [3]*Score{&out.Source, &out.Cue, &out.Content} {
		gold, inner, pred := stretches{}, stretches{}, stretches{}
		for i := range asked {
			gold.put(parts[k](&asked[i]))
		}
		for i := range free {
			inner.put(parts[k](&free[i]))
		}
		for i := range got {
			pred.put([3][]quoth.Span{got[i].Source, got[i].Cue, got[i].Content}[k])
		}
		for s := range pred {
			if inner[s] && !gold[s] {
				delete(pred, s)
			}
		}
		score.add(pred, gold)
	}
}

func (a stretches) put(spans []quoth.Span) {
	for _, s := range spans {
		a[stretch{s.Start, s.End}] = true
	}
}

// match pairs gold with predicted statements, the best overlap first.
func match(gold []goldStatement, got []quoth.Statement) (partner map[int]int, used map[int]bool) {
	type pair struct {
		score float64
		i, j  int
	}
	contents, cues := make([]map[int]bool, len(got)), make([]map[int]bool, len(got))
	for j := range got {
		contents[j], cues[j] = letters(got[j].Content), letters(got[j].Cue)
	}
	var pairs []pair
	for i := range gold {
		content, cue := letters(gold[i].Content), letters(gold[i].Cue)
		for j := range got {
			sameCue := overlap(cue, cues[j]) > 0
			if len(content) == 0 {
				if sameCue {
					pairs = append(pairs, pair{0.6, i, j})
				}
				continue
			}
			if score := overlap(content, contents[j]); score >= 0.5 {
				if sameCue {
					score += 0.2
				}
				pairs = append(pairs, pair{score, i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.i, a.i), cmp.Compare(b.j, a.j))
	})
	partner, used = map[int]int{}, map[int]bool{}
	for _, p := range pairs {
		if _, taken := partner[p.i]; !taken && !used[p.j] {
			partner[p.i], used[p.j] = p.j, true
		}
	}
	return partner, used
}

// alike says whether two statements share most of their content, or, where one
// has none, their cue.
func alike(g *goldStatement, p *quoth.Statement) bool {
	a, b := letters(g.Content), letters(p.Content)
	if len(a) > 0 && len(b) > 0 {
		return overlap(a, b) >= 0.5
	}
	return overlap(letters(g.Cue), letters(p.Cue)) > 0
}

// letters are the positions that spans cover.
func letters(spans []quoth.Span) map[int]bool {
	out := map[int]bool{}
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			out[i] = true
		}
	}
	return out
}

// overlap is the Jaccard overlap of two sets of positions.
func overlap(a, b map[int]bool) float64 {
	common := 0
	for i := range a {
		if b[i] {
			common++
		}
	}
	return float64(common) / float64(max(len(a)+len(b)-common, 1))
}

var pronouns = []string{"", "he", "she", "they", "it", "who", "his", "her", "their", "him"}

func sourceText(g *goldStatement) string {
	var texts []string
	for _, s := range g.Source {
		texts = append(texts, s.Text)
	}
	return strings.Join(texts, " ")
}

func (g *goldStatement) quoted() bool {
	return g.Quotation == quoth.Direct || g.Quotation == quoth.Mixed
}

func (g *goldStatement) pronoun() bool {
	return slices.Contains(pronouns, strings.ToLower(strings.TrimSpace(sourceText(g))))
}

// whole counts one gold statement for the measures that are over all gold.
func (out *RecordScore) whole(g *goldStatement, found, speaker, act bool) {
	if g.quoted() {
		out.Quoted.add(found)
		out.QuotedSpeaker.add(speaker)
	}
	if g.pronoun() {
		out.PronounSpeaker.add(speaker)
	}
	out.Speaker.add(speaker)
	out.Act.add(act)
	sc := out.Acts[g.Act]
	sc.Gold++
	if act {
		sc.Right++
	}
	out.Acts[g.Act] = sc
}

func (out *RecordScore) missed(id string, g *goldStatement) {
	out.whole(g, false, false, false)
	out.carriage(g, nil)
	out.Misses = append(out.Misses, missOf(id, g))
}

func missOf(id string, g *goldStatement) Miss {
	var content []string
	for _, s := range g.Content {
		content = append(content, s.Text)
	}
	return Miss{Article: id, Act: g.Act, Quotation: g.Quotation, Speaker: g.Speaker,
		Source: sourceText(g), Content: strings.Join(content, " ")}
}

func (out *RecordScore) found(id string, g *goldStatement, p *quoth.Statement) {
	var named []string
	for _, s := range p.Speaker {
		named = append(named, s.Name)
	}
	got := namesOf(named)
	speaker := sameNames(namesOf(g.Speaker), got)
	act := g.Act == p.Act
	out.whole(g, true, speaker, act)
	out.SpeakerFound.add(speaker)
	out.ActFound.add(act)
	out.Quotation.add(g.Quotation == p.Quotation)
	if len(got) > 0 {
		out.NamedSpeaker.add(speaker)
	}
	if role, other := nameOf(g.Role), nameOf(p.Role); len(role) > 0 {
		common := role.common(other)
		out.Role.add(2*common >= len(role)+len(other)-common)
	}
	out.carriage(g, p)
	if !speaker {
		m := missOf(id, g)
		m.Found, m.Got = true, named
		out.Misses = append(out.Misses, m)
	}
}

// carriage scores via, to and when of a gold statement and the one found for
// it, if any.
func (out *RecordScore) carriage(g *goldStatement, p *quoth.Statement) {
	second := Carriage{}
	if g.Second != nil {
		second = *g.Second
	}
	got := Carriage{}
	if p != nil {
		got = Carriage{p.Via, p.To, p.When}
	}
	both := g.Second != nil
	addValues(&out.Via, namesOf(g.Via), namesOf(second.Via), both, namesOf(got.Via), name.like)
	addValues(&out.To, namesOf(g.To), namesOf(second.To), both, namesOf(got.To), name.like)
	addValues(&out.When, dates(g.When), dates(second.When), both, dates(got.When), func(a, b string) bool { return a == b })
}

func dates(w *quoth.When) []string {
	if w == nil || w.Date == "" {
		return nil
	}
	return []string{w.Date}
}

func addValues[T any](s *FieldScore, one, two []T, both bool, got []T, same func(a, b T) bool) {
	has := func(list []T, x T) bool {
		return slices.ContainsFunc(list, func(y T) bool { return same(x, y) })
	}
	for _, x := range one {
		if both && !has(two, x) {
			continue
		}
		s.Asked++
		if has(got, x) {
			s.Found++
		}
	}
	for _, y := range got {
		s.Predicted++
		if has(one, y) || has(two, y) {
			s.Right++
		}
	}
}

// figures scores quantities: found where half of the positions are shared.
func (out *RecordScore) figures(gold []goldFigure, got []quoth.Figure) {
	out.Figures.Gold += len(gold)
	out.Figures.Predicted += len(got)
	for _, g := range gold {
		at := letters([]quoth.Span{g.Span})
		j := slices.IndexFunc(got, func(p quoth.Figure) bool {
			return len(at) > 0 && overlap(at, letters([]quoth.Span{p.Span})) >= 0.5
		})
		if j < 0 {
			out.FigureValue.add(false)
			out.FigureSpeaker.add(false)
			continue
		}
		out.Figures.Right++
		p := got[j]
		out.FigureValue.add(sameBound(g.Low, p.Low) && sameBound(g.High, p.High))
		out.FigureSpeaker.add(sameNames(namesOf(g.Speaker), namesOf([]string{p.Speaker})))
	}
}

func sameBound(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
