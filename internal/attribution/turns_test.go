package attribution

import (
	"slices"
	"strings"
	"testing"
)

// taggedSources makes the tags of a view sure that these words are sources, and nothing else.
func (v *View) taggedSources(words string) *View {
	v.r = &Reader{set: Settings{Tracks: []string{"source"}}, track: map[string]int{"source": 0}}
	v.tags = make([]float32, len(v.Pieces)*tagsPerTrack)
	for i := range v.Pieces {
		if slices.Contains(strings.Fields(words), v.word(i)) {
			v.tags[i*tagsPerTrack+tagO] = minusInf
		}
	}
	return v
}

// TestTurns: who speaks in a conversation is told by the label of each turn.
func TestTurns(t *testing.T) {
	const sources = "CHAIR MIRA ORLO PETER LUND Lea Brandt Ann Bo Engine 4 Related"
	for _, c := range []struct{ text, want string }{
		{"Q: How bad was it?\nA: Bad.\nQ: And now?\nA: Better.", "Q=How bad was it?/A=Bad./Q=And now?/A=Better."},
		{"CHAIR MIRA ORLO: Sit down.\nPETER LUND: I will.\n(Laughter)\nCHAIR ORLO (by telephone): Thank you.", "CHAIR MIRA ORLO=Sit down./PETER LUND=I will./CHAIR ORLO=Thank you."},
		{"Why did you leave?\nLea Brandt: I was tired.\nWill you return?\nLea Brandt: No.", "Lea Brandt=I was tired./Lea Brandt=No."},
		{"Ann: “Yes.”\nBo: “No.”\nAnn: “Why?”", "Ann=“Yes.”/Bo=“No.”/Ann=“Why?”"},
		{"Related: A new mill\nThe mill opened.\nRelated: An old mill\nIt closed.\nRelated: No mill", ""},
		{"When: May 3\nWhere: Harbour Hall\nTickets: at the door", ""}, // nobody again
		{"Ann: Smoke.\nEngine 4: Copy.\nAnn: Fire.", "Ann=Smoke./Engine 4=Copy./Ann=Fire."},
		{"Myth: It hurts.\nFact: It does not.\nMyth: It is new.\nFact: It is old.", ""}, // no sources
		{"Ann: Yes.\nBo: No.", ""},
		{"Transcript: the second day\nAnn: Yes.\nBo: No.\nAnn: Why?", "Ann=Yes./Bo=No./Ann=Why?"},
		{"She said: Go.\nHe said: Stay.\nShe said: Why?", ""},
	} {
		v := worded(c.text).taggedSources(sources)
		var got []string
		for _, s := range v.turns(nil) {
			got = append(got, v.read(s.Source)+"="+v.read(s.Content))
			if v.read(s.Cue) != ":" {
				t.Errorf("%q: cue %q", c.text, v.read(s.Cue))
			}
		}
		if strings.Join(got, "/") != c.want {
			t.Errorf("%q: %q", c.text, got)
		}
	}
}

// TestTurnsClear: what the tags make of a turn gives way, and what is reported
// in one lies inside it.
func TestTurnsClear(t *testing.T) {
	v := worded("Ann: Bo told me that he left. I wept.\nThen I slept.\nBo: I did not.\nAnn: He did.").taggedSources("Ann Bo")
	got := v.turns([]Statement{
		{Source: v.find("Bo"), Cue: v.find("told"), Content: v.find("that he left")},
		{Content: v.find("I wept")},
		{Source: v.find("Ann"), Content: slices.Concat(v.find("I wept"), v.find("Then I slept."))},
	})
	if len(got) != 4 || !got[0].Inner || v.read(got[1].Content) != "Bo told me that he left. I wept. / Then I slept." {
		t.Errorf("%d statements, %+v", len(got), got)
	}
}
