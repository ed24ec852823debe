package attribution

import (
	"slices"
	"strings"
	"testing"
	"time"
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

// TestTurnsOver: a turn does not take what another turn says, nor a paragraph twice.
func TestTurnsOver(t *testing.T) {
	v := worded("Ann: Yes.\nBo: No.\nThat is all.\nAnn: Why?").taggedSources("Ann Bo")
	var got []string
	for _, s := range v.turns([]Statement{
		{Content: slices.Concat(v.find("Yes."), v.find("No."))}, {Content: slices.Concat(v.find("No."), v.find("That is all."))}, {Source: v.find("Bo"), Content: slices.Concat(v.find("No."), v.find("That is all."))},
	}) {
		got = append(got, v.read(s.Source)+"="+v.read(s.Content))
	}
	if s := strings.Join(got, "|"); s != "Ann=Yes.|Bo=No. / That is all.|Ann=Why?" {
		t.Errorf("%s", s)
	}
}

// TestTurnsLinear: time does not grow with the square of the number of turns, nor of
// quotations with their speakers below.
func TestTurnsLinear(t *testing.T) {
	for line, add := range map[string]func(*View, []Statement) []Statement{"\nQ: Why?\nA: No.": (*View).turns, "\n“No.”\n— Ada Bell": (*View).signed} {
		v := worded("The mill:" + strings.Repeat(line, 5_000)).taggedSources("")
		var all []Statement
		for i := range v.Pieces {
			if v.word(i) == "No" {
				all = append(all, Statement{Content: []Span{{i, i + 1}}})
			}
		}
		start := time.Now()
		got := add(v, all)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q: 5,000 of them take %v", line, d)
		}
		if want := strings.Count(line, ":")*5_000 + strings.Count(line, "—")*5_000; len(got) != want {
			t.Errorf("%q: %d statements, want %d", line, len(got), want)
		}
	}
}
