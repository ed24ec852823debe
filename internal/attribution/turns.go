package attribution

import (
	"regexp"
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// A turn is a paragraph of a conversation that begins with who speaks: "Q: Why?",
// "CHAIR OSEI: Thank you.", "Maja Lind: I sing."
type turn struct {
	paragraph int
	name      string     // the last word of the label, in capitals
	label     text.Range // without the colon
	said      text.Range
}

// labelled is a sentence or more with a label before a colon: one to five words with
// capitals, what is in brackets aside. Its groups are the label and what is said.
var labelled = regexp.MustCompile(`^((?:\p{Lu}[\p{L}.’'-]*)(?: (?:\p{Lu}[\p{L}.’'-]*|\d{1,3}|of|the|de|van|von)){0,4})(?: ?\([^()]{1,40}\))? ?: +(\S.*[.!?…—–-]["”’»“)\]]*)\s*$`)

// turns makes each turn of a conversation the statement of whom its label names.
// What the tags make of it gives way, but for its next paragraphs and for what is
// reported in it.
func (v *View) turns(all []Statement) []Statement {
	var turns []Statement
	var lines []Span // their paragraphs
	for _, t := range v.conversation() {
		who, _ := v.Cover(t.label)
		cue, ok := v.Cover(text.Range{Start: t.label.End, End: t.said.Start})
		said, full := v.Cover(t.said)
		if !ok || !full || cue.First <= who.Last || said.First <= cue.Last {
			continue
		}
		cue.First = cue.Last // the colon, not what is in brackets before it
		st := Statement{Source: []Span{who}, Cue: []Span{cue}, Content: []Span{said}}
		st.add(byForm, byForm)
		turns, lines = append(turns, st), append(lines, stretch(v.Paragraph, who.First))
	}
	all = slices.DeleteFunc(all, func(s Statement) bool {
		k := givesWay(&s, turns, lines)
		if k < 0 {
			return false
		}
		t := &turns[k]
		for _, x := range s.Content {
			if x.First > lines[k].Last && meets(s.Content, t.Content[0]) && len(met(lines, x)) == 0 && !meets(t.Content, x) { // the turn's next paragraph
				t.Content = append(t.Content, x)
			}
		}
		return true
	})
	for i := range all {
		s := &all[i]
		for from, to := meeting(lines, Span{s.start(), s.start()}); from < to; from++ {
			s.Inner = s.Inner || s.start() >= turns[from].Content[0].First
		}
	}
	return append(all, turns...)
}

// givesWay is the first turn to which a statement of the tags gives way, -1 where there
// is none: it has the turn's label, or its words without a cue in its paragraph.
func givesWay(s *Statement, turns []Statement, lines []Span) int {
	first, end := len(lines), 0
	for _, x := range slices.Concat(s.Source, s.Cue, s.Content) {
		from, to := meeting(lines, x)
		first, end = min(first, from), max(end, to)
	}
	for k := first; k < end; k++ {
		who, said := turns[k].Source[0], turns[k].Content[0]
		head := Span{who.First, turns[k].Cue[0].Last}
		if meets(s.Source, who) || meets(s.Cue, head) || meets(s.Content, head) || meets(s.Content, said) && !meets(s.Cue, lines[k]) {
			return k
		}
	}
	return -1
}

// conversation lists the turns of a text: of those near one another at least three,
// of two who take turns, one of them again; or, where nobody is named for the
// questions, two that answer one each. "Myth: … Fact: …" looks like it, but there
// the tags see no sources in the labels.
func (v *View) conversation() []turn {
	const near = 3 // paragraphs from one turn to the next
	var out, run []turn
	keep := func() {
		if v.converse(run) && v.speak(run) {
			out = append(out, run...)
		}
		run = nil
	}
	for i, p := range v.paragraphs {
		m := labelled.FindStringSubmatchIndex(v.Text[p.Start:p.End])
		if m == nil {
			continue
		}
		label := v.Text[p.Start+m[2] : p.Start+m[3]]
		t := turn{i, strings.ToUpper(label[strings.LastIndexByte(label, ' ')+1:]), text.Range{Start: p.Start + m[2], End: p.Start + m[3]}, text.Range{Start: p.Start + m[4], End: p.Start + m[5]}}
		if len(run) > 0 && i-run[len(run)-1].paragraph > near {
			keep()
		}
		run = append(run, t)
	}
	keep()
	return out
}

// converse reports whether turns near one another are those of a conversation.
func (v *View) converse(run []turn) bool {
	names := map[string]int{}
	again, answers := false, 0
	for i, t := range run {
		names[t.name]++
		again = again || names[t.name] > 1 && run[i-1].name != t.name
		if t.paragraph > 0 && strings.HasSuffix(v.Text[v.paragraphs[t.paragraph-1].Start:v.paragraphs[t.paragraph-1].End], "?") {
			answers++
		}
	}
	return len(run) >= 3 && len(names) > 1 && again || len(names) == 1 && len(run) > 1 && answers == len(run)
}

// speak reports whether the labels of turns are those of an interview, Q and A, or
// may be sources by the tags, on the whole.
func (v *View) speak(run []turn) bool {
	const least = 0.4 // mean probability of a source; things have less than 0.2, people more than 0.5
	sum := 0.0
	for _, t := range run {
		if t.name == "Q" || t.name == "A" {
			return true
		}
		who, ok := v.Cover(t.label)
		if !ok {
			continue
		}
		p := 0.0
		for i := who.First; i <= who.Last; i++ {
			p += 1 - v.chance("source", i, tagO)
		}
		sum += p / float64(who.Last-who.First+1)
	}
	return sum >= least*float64(len(run))
}
