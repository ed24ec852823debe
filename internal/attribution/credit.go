package attribution

import (
	"regexp"
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// credit is how a text names whom it has something from: it stands right before
// a source.
var credit = regexp.MustCompile(`(?i)\b(according to|as (?:\w+ )?(?:reported|quoted|cited) by)\s+$`)

// aside is how the words after a credited source begin that tell of the source
// or of something else.
var aside = regexp.MustCompile(`^(?:wh|and\b|but\b|citing|quoting|adding|though|as\b)`)

// credits gives those whom the text credits the words around that, where the
// tags give them none because they are another's statement: "The minister said:
// A, according to the agency."
func (v *View) credits(all []Statement, sources []found) []Statement {
	const longest = 40 // bytes of a credit
	for _, s := range sources {
		to := v.Pieces[s.First].Start
		line := v.Text[v.paragraphs[v.Paragraph[s.First]].Start:to]
		from := max(to-len(line), to-longest)
		m := credit.FindStringSubmatchIndex(v.Text[from:to])
		if m == nil || strings.LastIndex(line, "(") > strings.LastIndex(line, ")") {
			continue
		}
		cue, _ := v.Cover(text.Range{Start: from + m[2], End: from + m[3]})
		i := claimed(cue, all)
		if v.quotes[cue.First] != text.Outside || i >= 0 && len(all[i].Content) > 0 && !v.short(&all[i], s.Span, all) {
			continue
		}
		content := v.around(cue, s.Span, all)
		if len(content) == 0 {
			continue
		}
		st := Statement{Source: []Span{s.Span}, Cue: []Span{cue}, Content: content}
		st.add(s.P, 1)
		for k := range all {
			if b := &all[k]; k != i && meets(content, Span{b.start(), b.start()}) {
				b.Inner = true
			}
		}
		if i < 0 {
			all = append(all, st)
		} else {
			all[i] = st
		}
	}
	return all
}

// opening is how a sentence begins with something else than its subject.
var opening = regexp.MustCompile(`^(?:In|On|At|By|During|After|Before|Earlier|Later|Since|With|\p{Lu}\p{Ll}+ing)\b`)

// subjectAlone is a content that is no more than the subject of its sentence; verb
// is what goes on behind the credit then: "Orlin, according to the agency, left".
var (
	subjectAlone = regexp.MustCompile(`^(?:(?:The|An?|His|Her|Its|Their) \p{Ll}+|(?:(?:Mr|Ms|Mrs|Dr)\.? )?\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)?)$`)
	verb         = regexp.MustCompile(`^(?:is|was|has|had|will|would|\p{Ll}+(?:ed|s))\b`)
)

// short reports whether a credited source has only an opening, or the words
// before another's content: "On Monday, according to the agency, the minister
// said: A"; "The minister said, according to the agency, A".
func (v *View) short(s *Statement, who Span, all []Statement) bool {
	c := s.Content[0]
	if len(s.Content) > 1 || c.Last >= s.Cue[0].First || v.stops(who.Last+1) {
		return false
	}
	r, after := v.Range(c), v.bare(Span{who.Last + 1, len(v.Pieces) - 1})
	if c.First == stretch(v.sentence, c.First).First && subjectAlone.MatchString(v.Text[r.Start:r.End]) && v.sentence[after.First] == v.sentence[c.First] && verb.MatchString(v.Text[v.Pieces[after.First].Start:]) {
		return true
	}
	return slices.ContainsFunc(all, func(b Statement) bool {
		if len(b.Cue) == 0 || len(b.Content) == 0 {
			return false
		}
		if x := b.Content[len(b.Content)-1]; x.First <= who.Last || v.sentence[x.First] != v.sentence[who.First] {
			return false
		}
		last := b.Cue[len(b.Cue)-1].Last
		return c.Last <= last && last < s.Cue[0].First ||
			b.start() == v.bare(Span{who.Last + 1, len(v.Pieces) - 1}).First && opening.MatchString(v.Text[v.Pieces[c.First].Start:])
	})
}

// around is what a credited source tells: its sentence without the credit, and
// with a quotation of several sentences the whole of the statement.
func (v *View) around(cue, who Span, all []Statement) []Span {
	sentence, line := stretch(v.sentence, cue.First), v.Paragraph[cue.First]
	before, after := Span{sentence.First, cue.First - 1}, Span{who.Last + 1, sentence.Last}
	for k := range all {
		b := &all[k]
		first, last := b.start(), b.end()
		if len(b.Content) == 0 || meets(b.Cue, cue) || v.Paragraph[first] != line || v.Paragraph[last] != line {
			continue
		}
		if before.First <= last && last <= before.Last && v.quotes[before.First] == text.Inside {
			before.First = min(before.First, first)
		}
		if after.First <= first && first <= after.Last && last > after.Last && v.quotes[after.Last+1] == text.Inside {
			after.Last = last
		}
	}
	if v.stops(who.Last + 1) {
		after.Last = who.Last
	}
	before, after = v.bare(before), v.bare(after)
	var out []Span
	if before.First <= before.Last {
		out = append(out, before)
	}
	if after.First <= after.Last && (len(out) == 0 || !aside.MatchString(v.Text[v.Pieces[after.First].Start:])) {
		out = append(out, after)
	}
	return out
}

// end is the statement's last piece.
func (s *Statement) end() int {
	last := -1
	for _, g := range [][]Span{s.Source, s.Cue, s.Content} {
		for _, x := range g {
			last = max(last, x.Last)
		}
	}
	return last
}

// bare is a span without the signs at its ends that part it from what stands
// beside it; quotation marks stay.
func (v *View) bare(s Span) Span {
	parts := func(i int) bool { return strings.Contains(",;:.–—-", v.word(i)) }
	for s.First <= s.Last && parts(s.First) {
		s.First++
	}
	for s.First <= s.Last && parts(s.Last) {
		s.Last--
	}
	return s
}
