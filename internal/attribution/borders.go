package attribution

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/quothnews/quoth/internal/text"
)

// borders sets right what the parts of a statement take from one another or leave to nobody,
// and leaves out what attributes nothing.
func (v *View) borders(all []Statement, sources []found) []Statement {
	all = v.filled(v.twice(v.colons(all)))
	named := v.inParts(all)
	out := all[:0]
	for i := range all {
		s := &all[i]
		v.disjoint(s)
		v.undangled(s)
		v.pronounBefore(s)
		v.elided(s, sources)
		v.cut(s)
		v.closing(s, named)
		if !v.idle(s) {
			out = append(out, *s)
		}
	}
	return out
}

// disjoint leaves the word that both source and cue claim to the cue where it has no other,
// else to the source: “the paper | reports”, “the lawsuit | argues”.
func (v *View) disjoint(s *Statement) {
	if len(s.Source) != 1 || len(s.Cue) == 0 {
		return
	}
	who, cue := &s.Source[0], &s.Cue[0]
	switch {
	case who.First >= cue.First || cue.First > who.Last || who.Last > cue.Last:
	case who.Last == cue.Last:
		who.Last = cue.First - 1
	default:
		cue.First = who.Last + 1
	}
}

// dangling is a relative pronoun; in capitals it is the World Health Organization.
var dangling = regexp.MustCompile(`^(?:[Ww]ho|[Ww]hich)$`)

// undangled takes from a source the pronoun of a clause that is not in it: "said Ada Bell, who".
// Right before the cue it may be the source itself: "some who | warned".
func (v *View) undangled(s *Statement) {
	for k, x := range s.Source {
		if x.First == x.Last || !dangling.MatchString(v.word(x.Last)) {
			continue
		}
		if len(s.Cue) > 0 && s.Cue[0].First == x.Last+1 && v.word(x.Last-1) != "," {
			continue
		}
		if x = v.bare(Span{x.First, x.Last - 1}); x.First <= x.Last {
			s.Source[k] = x
		}
	}
}

var (
	nominative = regexp.MustCompile(`^(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|[Ww]ho)$`)

	// undergone is a cue of which a pronoun before it is no source: something is done to it, it only
	// seems, or the cue is an adverb.
	undergone = regexp.MustCompile(`(?i)^(?:(?:has|have|had|can|could|will|would|may|might|must|did|do|does|not|\w+n[’']t|also|now|still|\w+ly) )*(?:is|are|was|were|am|be|been|being|become|becomes|became|seem|appear|remain|emerge|include|face[sd]?\b|encounter|dr[ae]w|receiv|earn|\w+ly$)|^[’']`)
)

// pronounBefore gives a cue without a source the pronoun right before it: "He | wanted | to
// leave".
func (v *View) pronounBefore(s *Statement) {
	if len(s.Source) > 0 || len(s.Cue) == 0 || v.says(s.Cue, undergone) {
		return
	}
	i := s.Cue[0].First - 1
	if i >= 0 && v.Paragraph[i] == v.Paragraph[i+1] && nominative.MatchString(v.word(i)) && !meets(s.Content, Span{i, i}) {
		s.Source = []Span{{i, i}}
	}
}

// second is how a verb goes on with the subject of the one before it.
var second = regexp.MustCompile(`\b(?:and|but|or),?(?: (?:also|then|later|even|\w+ly))?\s+$`)

// elided gives a cue without a source, the second verb of its clause, the likeliest source of the same
// sentence before it: "Ada left and later | said | that".
func (v *View) elided(s *Statement, sources []found) {
	const likely = 0.05
	if len(s.Source) > 0 || len(s.Cue) == 0 || v.says(s.Cue, undergone) {
		return
	}
	cue := s.Cue[0]
	if !second.MatchString(v.Text[v.Pieces[stretch(v.sentence, cue.First).First].Start:v.Pieces[cue.First].Start]) {
		return
	}
	var near []found
	for _, x := range within(sources, cue.First, v.r.set.Reach) {
		if x.Last < cue.First && v.sentence[x.Last] == v.sentence[cue.First] {
			near = append(near, x)
		}
	}
	if x, p := best(v.Scorer("cue_source", cue, v.Vectors([]Span{cue})[0]), near); p >= likely {
		s.Source = []Span{x.Span}
	}
}

// cut takes from a content the cue within it, and the source right before that: "The mill |
// reportedly | closed".
func (v *View) cut(s *Statement) {
	if len(s.Cue) == 0 {
		return
	}
	hole := s.Cue[0]
	if len(s.Source) == 1 && s.Source[0].Last+1 == hole.First {
		hole.First = s.Source[0].First
	}
	if !slices.ContainsFunc(s.Content, func(x Span) bool { return x.First <= hole.First && hole.Last < x.Last }) {
		return
	}
	var out []Span
	for _, x := range s.Content {
		if hole.First < x.First || hole.Last >= x.Last {
			out = append(out, x)
			continue
		}
		for _, y := range []Span{v.bare(Span{x.First, hole.First - 1}), v.bare(Span{hole.Last + 1, x.Last})} {
			if y.First <= y.Last && v.wordy(y) {
				out = append(out, y)
			}
		}
	}
	s.Content = out
}

// wordy reports whether a span has a letter or a digit.
func (v *View) wordy(x Span) bool {
	r := v.Range(x)
	return strings.ContainsFunc(v.Text[r.Start:r.End], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// inParts tells of each piece whether it is in the source or cue of a statement.
func (v *View) inParts(all []Statement) []bool {
	out := make([]bool, len(v.Pieces))
	for i := range all {
		for _, x := range slices.Concat(all[i].Source, all[i].Cue) {
			for k := x.First; k <= x.Last; k++ {
				out[k] = true
			}
		}
	}
	return out
}

// closing takes a quotation that a cue or a content opens to the mark that closes it; in a content
// up to some sentences on, where nobody's source or cue stands between.
func (v *View) closing(s *Statement, named []bool) {
	const longest = 80 // pieces
	for k := range s.Cue {
		if x := &s.Cue[k]; x.Last+1 < len(v.Pieces) && v.quotes[x.Last] == text.Inside && v.quotes[x.Last+1] == text.Mark && slices.Contains(v.quotes[x.First:x.Last], text.Mark) {
			x.Last++
		}
	}
	for k := 0; k < len(s.Content); k++ {
		x := &s.Content[k]
		if w := v.word(x.First); w != `"` && w != "“" || v.quotes[x.Last] != text.Inside {
			continue
		}
		end := x.Last + 1
		for end < len(v.Pieces) && end <= x.Last+longest && v.Paragraph[end] == v.Paragraph[x.Last] && v.quotes[end] == text.Inside && !named[end] {
			end++
		}
		if end == x.Last+1 || end >= len(v.Pieces) || v.Paragraph[end] != v.Paragraph[x.Last] || v.word(end) != `"` && v.word(end) != "”" || end+1 < len(v.Pieces) && v.quotes[end+1] == text.Inside {
			continue
		}
		x.Last = end
		for k+1 < len(s.Content) && s.Content[k+1].First <= end {
			s.Content = slices.Delete(s.Content, k+1, k+2)
		}
	}
}

// colons joins a colon that stands as a cue by itself to the cue of the same source before it in
// its sentence.
func (v *View) colons(all []Statement) []Statement {
	at := map[int][]int{} // statements by the sentence of their cue
	for i := range all {
		if len(all[i].Cue) > 0 {
			n := v.sentence[all[i].Cue[0].First]
			at[n] = append(at[n], i)
		}
	}
	var gone []int
	for i := range all {
		b := &all[i]
		if len(b.Cue) != 1 || len(b.Source) == 0 || v.wordy(b.Cue[0]) {
			continue
		}
		for _, k := range at[v.sentence[b.Cue[0].First]] {
			if a := &all[k]; k != i && a.Cue[0].First < b.Cue[0].First && slices.Equal(a.Source, b.Source) {
				a.Content = slices.Concat(a.Content, b.Content)
				slices.SortFunc(a.Content, func(x, y Span) int { return x.First - y.First })
				a.Content = slices.Compact(a.Content)
				gone = append(gone, i)
				break
			}
		}
	}
	return without(all, gone)
}

// without are the statements but for some, whose numbers rise.
func without(all []Statement, gone []int) []Statement {
	out := all[:0]
	for i, s := range all {
		if len(gone) > 0 && gone[0] == i {
			gone = gone[1:]
			continue
		}
		out = append(out, s)
	}
	return out
}

// twice leaves out a statement all whose contents another has in the sentence of its own cue, and
// it in none of its: Ada | spoke out. "A," she | said.
func (v *View) twice(all []Statement) []Statement {
	home := func(s *Statement, x Span) bool {
		return slices.ContainsFunc(s.Cue, func(c Span) bool {
			return v.sentence[c.First] == v.sentence[x.First] || v.sentence[c.First] == v.sentence[x.Last]
		})
	}
	at := map[Span][]int{} // by content, statements that have it at home
	for i := range all {
		for _, x := range all[i].Content {
			if home(&all[i], x) {
				at[x] = append(at[x], i)
			}
		}
	}
	var gone []int
	for i := range all {
		s := &all[i]
		anothers := func(x Span) bool {
			return !home(s, x) && slices.ContainsFunc(at[x], func(k int) bool { return !slices.Equal(all[k].Source, s.Source) })
		}
		if len(s.Cue) > 0 && len(s.Content) > 0 && !slices.ContainsFunc(s.Content, func(x Span) bool { return !anothers(x) }) {
			gone = append(gone, i)
		}
	}
	return without(all, gone)
}

var (
	// denying is the cue of a refusal or answer that needs no content; notDoing one that says only that
	// something is not done, but for giving an answer.
	denying  = regexp.MustCompile(`(?i)\b(?:neither|declin|refus|den(?:y|ie)|reject|disput|demur|dodg|silen|mum\b|tight-lipped|unanswered|unavailable|(?:dis)?agree|no )`)
	notDoing = regexp.MustCompile(`(?i)^(?:did|do|does|has|have|had|is|are|was|were|would|will|could|can)(?:n[’']t| not)\b`)
	giving   = regexp.MustCompile(`(?i)\b(?:comment|answer|respon[ds]|repl[yi]|return|reach|available|react|receiv|elaborat|contact|hear|nam(?:e|ing)|sa(?:y|id)\b|tell|told|spoken?|speak|talk|disclos|discuss|explain|specif|take questions)`)

	// speaking is a cue that tells only that somebody spoke.
	speaking = regexp.MustCompile(`(?i)^(?:(?:has|have|had|also|\w+ly|later) )*(?:sa(?:id|ys?)|t(?:old|ells?)|add(?:s|ed)?|wr(?:ote|ites?)|not(?:es?|ed)|recall(?:s|ed)?|announc(?:es?|ed)|report(?:s|ed)?)\b`)
)

// filled gives a statement without content whose cue ends what is told the words before it: "The mill
// closed, | officials | said". Others without content are left out, but for those that give an answer or none.
func (v *View) filled(all []Statement) []Statement {
	var taken []bool
	var gone []int
	for i := range all {
		s := &all[i]
		if len(s.Content) > 0 || v.needsNone(s) {
			continue
		}
		if taken == nil {
			taken = v.taken(all)
		}
		if !v.fill(s, taken) {
			gone = append(gone, i)
		}
	}
	return without(all, gone)
}

// needsNone reports whether a statement may stand without content: it gives an answer, or none.
func (v *View) needsNone(s *Statement) bool {
	return len(s.Cue) == 0 || slices.ContainsFunc(s.Cue, func(c Span) bool {
		x := []Span{c}
		return v.says(x, giving) && (v.says(x, notDoing) || !v.says(x, speaking)) || v.says(x, denying) && !v.says(x, notDoing)
	})
}

// fill gives a statement the words of its sentence before its source, where a comma or a quotation
// mark parts them and nobody has them.
func (v *View) fill(s *Statement, taken []bool) bool {
	if len(s.Source) != 1 || s.Source[0].Last+1 != s.Cue[0].First || !v.says(s.Cue, speaking) {
		return false
	}
	end := s.Source[0].First - 1
	if end < 0 || v.word(end) != "," && v.quotes[end] != text.Mark {
		return false
	}
	x := v.bare(Span{stretch(v.sentence, s.Cue[0].First).First, end})
	if x.Last < x.First+2 || slices.Contains(taken[x.First:x.Last+1], true) {
		return false
	}
	s.Content = []Span{x}
	return true
}

var (
	takesLives = regexp.MustCompile(`(?i)^(?:the lives|(?:(?:about|around|roughly|more than|over|nearly|almost|at least|some|up to|an estimated|as many as) )?(?:\d[\d,.]*|hundreds of|thousands of|dozens of|many|several|two|three|four|five|six|seven|eight|nine|ten) lives)\b`)
	claims     = regexp.MustCompile(`(?i)^(?:\w+ )*claim(?:s|ed|ing)?$`)
	asksWhat   = regexp.MustCompile(`^(?:What|Why|How|When|Where|Who) (?:has|have|had|did|does|do) $`)
)

// idle reports whether words only look like a statement: a storm | claimed | two lives; "What
// has | the mayor | said | about it?"
func (v *View) idle(s *Statement) bool {
	if len(s.Cue) == 0 {
		return false
	}
	if v.says(s.Cue, claims) && v.says(s.Content, takesLives) {
		return true
	}
	if len(s.Source) == 0 || !v.says(s.Cue, saying) || v.quotes[s.Cue[0].First] != text.Outside {
		return false
	}
	x := stretch(v.sentence, s.Cue[0].First)
	return v.word(x.Last) == "?" && asksWhat.MatchString(v.Text[v.Pieces[x.First].Start:v.Pieces[s.Source[0].First].Start])
}
