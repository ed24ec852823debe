package attribution

import (
	"regexp"
	"slices"

	"github.com/quothnews/quoth/internal/text"
)

var (
	citing = regexp.MustCompile(`(?i)^(?:citing|quoting)$`)

	// informants are people of whom a report has something, up to the comma behind them.
	informants = regexp.MustCompile(`(?i)^\s*(?:U\.[SNK]\.|[^,.;:!?“”"’']){0,60}?\b(?:people|persons?|officials?|sources?|aides?|executives?|diplomats?|lawyers?|insiders?|spokes(?:man|men|woman|women|person|people)|employees|advis[eo]rs?|witnesses|researchers|experts)(?: (?:U\.[SNK]\.|[^,.;:!?“”"])*)?(?:[,.;]|$)`)

	// reference is what somebody is asked to give who calls the police.
	reference = regexp.MustCompile(`(?i)^\s*(?:the )?(?:\w+ )?(?:ref|reference|log|number|incident|CAD)\b`)
)

// cited makes those whom a report cites the source of what it tells: "The Courier
// said | the mill would close, | citing | two officials". The tags take them for what the
// Courier says. Who quotes a reference to the police says nothing.
func (v *View) cited(all []Statement) []Statement {
	for i, n := 0, len(all); i < n; i++ {
		a := &all[i]
		c := slices.IndexFunc(a.Cue, func(x Span) bool { return v.says([]Span{x}, citing) })
		if c < 0 || len(a.Content) == 0 {
			continue
		}
		cue, x := a.Cue[c], a.Content[0]
		from := v.Pieces[cue.Last].End
		m := informants.FindStringIndex(v.Text[from:v.paragraphs[v.Paragraph[cue.Last]].End])
		if m == nil {
			continue
		}
		who, _ := v.Cover(text.Range{Start: from, End: from + m[1]})
		rest := v.bare(Span{who.Last + 1, x.Last}) // of a content that begins with them
		who = v.bare(who)
		st := Statement{Source: []Span{who}, Cue: []Span{cue}, Inner: a.Inner, log: a.log}
		begins, alone := x.First == who.First, rest.First > rest.Last
		if len(a.Cue) > 1 && (begins && !alone || x.First > who.Last) { // "reported, citing officials, that"
			if begins {
				a.Content = append([]Span{rest}, a.Content[1:]...)
			}
			a.Cue = slices.Delete(slices.Clone(a.Cue), c, c+1)
			st.Content = a.Content
			all = append(all, st)
		}
		if len(a.Cue) == 1 && !begins && !meets(a.Content, who) { // the report is its content
			a.Source = st.Source
		}
		if len(a.Cue) > 1 || !begins {
			continue
		}
		if st.Content = v.reportOf(all, i, who); st.Content == nil && !alone {
			st.Content = []Span{rest}
			for k := range all { // "According to the Courier, citing officials, the mill closed"
				if b := &all[k]; k != i && slices.Equal(b.Content, a.Content) {
					b.Content = st.Content
				}
			}
		}
		if st.Content != nil {
			*a = st
		}
	}
	return slices.DeleteFunc(all, func(s Statement) bool {
		return len(s.Cue) == 1 && v.says(s.Cue, citing) && reference.MatchString(v.Text[v.Range(s.Cue[0]).End:])
	})
}

// reportOf is what another statement tells in the sentence of statement i, which
// cites somebody for it; nil where none does.
func (v *View) reportOf(all []Statement, i int, who Span) []Span {
	a := &all[i]
	for k := range all {
		b := &all[k]
		if k == i || len(b.Cue) == 0 || len(b.Content) == 0 || v.sentence[b.Cue[0].First] != v.sentence[who.First] || meets(b.Content, who) || meets(b.Source, who) {
			continue
		}
		if len(a.Source) == 0 || slices.Equal(a.Source, b.Source) || meets(a.Source, who) {
			return slices.Clone(b.Content)
		}
	}
	return nil
}

// retelling is how a text goes on behind "quoted" that names whose words are
// quoted. Its groups are who that is and, twice, the cue.
var retelling = regexp.MustCompile(`^\s*([^,.;:!?“”"]{2,80}?) (?:(as saying)\b|(as telling) (?:\w+ ){1,4}?(?:that\b|[“"]))`)

// retold adds what somebody is quoted as saying where the tags give it to who
// quotes alone: "The agency | quoted | the minister as saying that A".
func (v *View) retold(all []Statement) []Statement {
	for i, n := 0, len(all); i < n; i++ {
		a := &all[i]
		if len(a.Cue) != 1 || len(a.Content) == 0 {
			continue
		}
		from := v.Range(a.Cue[0]).End
		m := retelling.FindStringSubmatchIndex(v.Text[from:v.paragraphs[v.Paragraph[a.Cue[0].Last]].End])
		if m == nil {
			continue
		}
		parts := v.groups(from, m)
		who, cue := parts[0], parts[1]
		st := Statement{Source: []Span{who}, Cue: []Span{cue}, Inner: true, log: a.log}
		switch x := a.Content[0]; {
		case x.First <= who.First && x.Last > cue.Last:
			st.Content = append([]Span{v.bare(Span{cue.Last + 1, x.Last})}, a.Content[1:]...)
		case x.Last < a.Cue[0].First: // "A," the agency quoted the minister as saying
			st.Content = a.Content
		default:
			continue
		}
		switch k := claimed(cue, all); {
		case k < 0:
			all = append(all, st)
		case k != i && (len(all[k].Source) == 0 || v.later(&all[k], a)):
			all[k] = st
		}
	}
	return all
}

// later reports whether a has for its content only what follows the sentence of its
// cue, and b what was quoted before: “A,” the agency | quoted | the minister | as saying. | B.
func (v *View) later(a, b *Statement) bool {
	return len(a.Content) > 0 && b.Content[0].Last < b.Cue[0].First && v.sentence[a.Content[0].First] > v.sentence[a.Cue[0].Last]
}

var (
	relaying = regexp.MustCompile(`(?i)^(?:according to|as reported by|per|reported|reports|was quoted as saying (?:by|in)|quoted)$`)

	// spoken is a quotation with who spoke it, to the end of what is relayed. Its groups are
	// the quotation and, in either order, who and how.
	spoken = regexp.MustCompile(`^(["“'‘][^“”"]+?[,.?!…][”"'’]+) (?:(?:([^“”",.;:]{2,60}?(?:, [^“”";:]{2,60},)?) (said|says|told|added|wrote|tweeted))\b|(said|says|added|wrote|tweeted) ([^“”",.;:]{2,60}?)(?:,| (?:on|at|last|this|during|after)\b|$))[^“”"]*$`)
)

// relayed adds whose words are relayed where the tags give them to who relays
// them alone, or give who spoke more than what is quoted: “A,” | Ada told the panel, |
// according to | the Courier.
func (v *View) relayed(all []Statement) []Statement {
	for i, n := 0, len(all); i < n; i++ {
		a := &all[i]
		if len(a.Cue) != 1 || len(a.Content) == 0 || !v.says(a.Cue, relaying) {
			continue
		}
		x := a.Content[0]
		start := v.Range(x).Start
		m := spoken.FindStringSubmatchIndex(v.Text[start:v.Range(x).End])
		if m == nil {
			continue
		}
		parts := v.groups(start, m)
		words, who, cue := parts[0], parts[1], parts[2]
		if m[4] < 0 { // “A,” said Ada
			who, cue = cue, who
		}
		who = v.bare(who)
		if who.First > who.Last {
			continue
		}
		st := Statement{Source: []Span{who}, Cue: []Span{cue}, Content: []Span{words}, Inner: true, log: a.log}
		for _, y := range a.Content[1:] {
			if v.quotes[y.First] == text.Mark {
				st.Content = append(st.Content, y)
			}
		}
		if k := claimed(cue, all); k < 0 {
			all = append(all, st)
		} else if has := all[k].Content; k != i && len(has) == 1 && x.First <= has[0].First && words.Last < has[0].Last && has[0].Last <= x.Last {
			all[k].Source, all[k].Content, all[k].Inner = st.Source, st.Content, true
		}
	}
	return all
}
