package attribution

import (
	"regexp"
	"slices"

	"github.com/quothnews/quoth/internal/text"
)

// signer is a line that tells whose the quotation above it is: "— Ada Bell, the
// mayor". Its group is who.
var signer = regexp.MustCompile(`^[–—-]{1,2} ?((?:The )?\p{Lu}[^–—:;!?“”"]{1,100}[^–—:;!?“”".,])\s*$`)

// signed gives a quotation that stands alone in its paragraph to whom the line
// below it names.
func (v *View) signed(all []Statement) []Statement {
	var out []Statement
	var names, quotations []Span
	for i := 1; i < len(v.paragraphs); i++ {
		p := v.paragraphs[i]
		m := signer.FindStringSubmatchIndex(v.Text[p.Start:p.End])
		if m == nil {
			continue
		}
		said, ok := v.Cover(v.paragraphs[i-1])
		who, _ := v.Cover(text.Range{Start: p.Start + m[2], End: p.Start + m[3]})
		if !ok || who.First > who.Last || !v.quotation(said) {
			continue
		}
		st := Statement{Source: []Span{who}, Content: []Span{said}}
		st.add(byForm, byForm)
		out, names, quotations = append(out, st), append(names, who), append(quotations, said)
	}
	all = slices.DeleteFunc(all, func(s Statement) bool {
		return slices.ContainsFunc(s.Source, func(x Span) bool { return len(met(names, x)) > 0 }) ||
			slices.ContainsFunc(s.Content, func(x Span) bool {
				return slices.ContainsFunc(met(quotations, x), func(said Span) bool { return !meets(s.Cue, said) })
			})
	})
	return append(all, out...)
}
