package attribution

import (
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/text"
)

func TestEchoes(t *testing.T) {
	v := plain("Minister Rejects ‘Hasty’ Deal After ‘Bold’ Offer on ‘Prison Break’\nOrlin called it “a hasty bargain” and “boldly” put, as in “Prison Break”.")
	head := []text.Range{{Start: 0, End: strings.Index(v.Text, "\n")}}
	said := Statement{Source: []Span{v.span("Orlin")}, Cue: []Span{v.span("called")}, Content: []Span{v.span("it “a hasty bargain” and “boldly” put, as in “Prison Break”")}}
	got := v.Echoes([]Statement{said}, head)
	// "bold" is only a part of a word below, and a title has capitals there too.
	if len(got) != 2 || !slices.Equal(got[0].Content, []Span{v.span("‘Hasty’")}) || len(got[0].Source)+len(got[0].Cue) > 0 {
		t.Errorf("got %+v", got)
	}
	for words, want := range map[string]bool{"": false, "3": false, "bargain": true, "argain": false} {
		if hasWords("a bargain of 13", words) != want {
			t.Errorf("%q: %v", words, !want)
		}
	}
	headline := Statement{Content: []Span{v.span("‘Hasty’ Deal")}}
	if got = v.Echoes([]Statement{headline, said}, head); len(got) != 2 {
		t.Errorf("what is in a statement already is echoed: %+v", got)
	}
}
