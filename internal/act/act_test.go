package act

import (
	"slices"
	"testing"

	"github.com/quothnews/quoth"
)

// unsure is a network that leans to an assertion without being sure of it.
var unsure = []float64{0.25, 0.1, 0.1, 0.05, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05}

func TestWeigh(t *testing.T) {
	for _, c := range []struct {
		cue, content string
		want         quoth.Act
	}{
		{"neither confirmed nor denied", "that the two had met", quoth.Neither},
		{"said", "“I can neither confirm nor deny it.”", quoth.Neither},
		{"would not confirm or deny", "the report", quoth.Neither},
		{"did not admit or deny", "the findings", quoth.Neither},
		{"denied", "that the two had met", quoth.Deny},
		{"flatly denies", "it", quoth.Deny},
		{"‘denies’", "it", quoth.Deny},
		{"declined to comment", "", quoth.Decline},
		{"did not immediately respond", "to a request for comment", quoth.Decline},
		{"confirmed", "the date", quoth.Confirm},
		{"vowed", "to return", quoth.Commit},
		{"urged", "both sides to stop", quoth.Urge},
		{"hopes", "for rain", quoth.Think},
		{"criticized", "the plan", quoth.Judge},
		{"said", "that it had rained", quoth.Assert},
		{"said", "that nobody denied the fire and that the mayor would confirm it", quoth.Assert},
		{"", "that it had rained", quoth.Assert},
		{"would not say", "whether the well had been tested", quoth.Neither},
		{"would not say", "who had tested the well", quoth.Decline},
		{"declined to say", "whether the well had been tested", quoth.Decline},
		{"neither praised nor scorned", "the well", quoth.Neither},
		{"did not rule out", "a second well", quoth.Neither},
		{"hasn’t yet said", "whether the well had been tested", quoth.Neither},
		{"didn't rule out", "a second well", quoth.Neither},
		{"wouldn’t confirm or deny", "the report", quoth.Neither},
		{"said", "the test never took place", quoth.Deny},
		{"said", "the talk of a test wasn’t true", quoth.Deny},
		{"said", "the story of the well was pure invention", quoth.Deny},
		{"replied", "“No, we did not.”", quoth.Deny},
		{"said", "the figures are plainly false", quoth.Deny},
		{"said", "she feared a false alarm", quoth.Assert},
		{"said", "she had nothing to add", quoth.Decline},
		{"has long remained tight-lipped about", "the well", quoth.Decline},
		{"was silent on", "the well", quoth.Decline},
		{"said", "that nothing was lost", quoth.Assert},
		{"no longer refuses", "to meet", quoth.Assert},
		{"no longer denies", "the call", quoth.Assert},
		{"苦", "雨", quoth.Assert},
	} {
		wants(t, unsure, c.cue, c.content, c.want)
	}
}

// wants holds that a statement to whose acts the network gives p does this.
func wants(t *testing.T, p []float64, cue, content string, want quoth.Act) {
	t.Helper()
	if got := Likeliest(Weigh(p, cue, content)); got != want {
		t.Errorf("%q %q: %s, want %s", cue, content, got, want)
	}
}

// TestNetworkWins holds that words do not overrule a network that is sure.
func TestNetworkWins(t *testing.T) {
	sure := make([]float64, len(quoth.Acts))
	for i := range sure {
		sure[i] = 1e-6
	}
	sure[slices.Index(quoth.Acts, quoth.Urge)] = 1
	if got := Likeliest(Weigh(sure, "asked", "them to leave")); got != quoth.Urge {
		t.Errorf("got %s", got)
	}
}

// TestPlain holds that nothing is left open without words for it.
func TestPlain(t *testing.T) {
	p := []float64{0.1, 0.02, 0.04, 0.75, 0.05, 0.01, 0.01, 0.01, 0.005, 0.005}
	for _, c := range []struct {
		cue, content string
		want         quoth.Act
	}{
		{"said", "the pump may last for a week", quoth.Neither},
		{"said", "it was too early to tell", quoth.Neither},
		{"said", "the pump was old", quoth.Assert},
		{"said", "it was a lucky guess", quoth.Assert},
	} {
		wants(t, p, c.cue, c.content, c.want)
	}
}

// TestSettled holds that what is ruled out is not left open.
func TestSettled(t *testing.T) {
	p := []float64{0.03, 0.01, 0.02, 0.85, 0.06, 0.005, 0.005, 0.005, 0, 0}
	for _, c := range []struct {
		cue  string
		want quoth.Act
	}{
		{"ruled out", quoth.Deny},
		{"has flatly ruled out", quoth.Deny},
		{"has not ruled out", quoth.Neither},
		{"has never ruled out", quoth.Neither},
	} {
		wants(t, p, c.cue, "a second well", c.want)
	}
}

// TestNegated holds that who plainly says that something is not so gives an answer,
// though the network leans to none.
func TestNegated(t *testing.T) {
	p := []float64{0.1, 0.02, 0.04, 0.35, 0.45, 0.01, 0.01, 0.01, 0.005, 0.005}
	for _, c := range []struct {
		cue, content string
		want         quoth.Act
	}{
		{"said", "she doesn't plan to leave the well", quoth.Assert},
		{"has repeatedly told", "“I do not sell water to my friends”", quoth.Assert},
		{"said", "that he never drank from it", quoth.Assert},
		{"said", "she could not comment on the well", quoth.Decline},
		{"said", "he wouldn’t get into that", quoth.Decline},
		{"said", "“Nice try”", quoth.Decline},
		{"replied", "“In March,”", quoth.Assert},
		{"said", "“At least 12 wells,”", quoth.Decline},
		{"said", "“On Monday morning.”", quoth.Assert},
		{"told", "“Twelve”", quoth.Assert},
		{"said", "“In March we will not comment.”", quoth.Decline},
		{"would not say", "why the well was not closed", quoth.Decline},
	} {
		wants(t, p, c.cue, c.content, c.want)
	}
}

// TestRarely holds that who owns to a mistake or asks denies nothing, and that who asks
// somebody to do something urges.
func TestRarely(t *testing.T) {
	p := []float64{0.08, 0.06, 0.55, 0.05, 0.05, 0.12, 0.06, 0.01, 0.01, 0.01}
	for _, c := range []struct {
		cue, content string
		want         quoth.Act
	}{
		{"said", "“I was wrong to say the well was dry”", quoth.Confirm},
		{"said", "“I was wrong in nothing, it is untrue”", quoth.Deny},
		{"said", "“Who says that the well is dry?”", quoth.Ask},
		{"said", "“It is untrue, who says so?”", quoth.Deny},
		{"said", "“The well is full. Who says it is dry?”", quoth.Deny},
		{"asked", "to close the well", quoth.Urge},
		{"asked", "whether the well was dry", quoth.Ask},
	} {
		wants(t, p, c.cue, c.content, c.want)
	}
}

// TestUnconfirmed holds that who does not confirm something confirms nothing.
func TestUnconfirmed(t *testing.T) {
	p := []float64{0.05, 0.6, 0.02, 0.06, 0.2, 0.01, 0.01, 0.02, 0.02, 0.01}
	for _, c := range []struct {
		cue  string
		want quoth.Act
	}{
		{"has confirmed", quoth.Confirm},
		{"does not deny", quoth.Confirm},
		{"has not yet confirmed", quoth.Decline},
		{"didn’t immediately confirm", quoth.Decline},
		{"has yet to confirm", quoth.Decline},
	} {
		wants(t, p, c.cue, "the leak", c.want)
	}
}

// TestWishing holds that who says what he hopes or wants promises nothing.
func TestWishing(t *testing.T) {
	p := []float64{0.3, 0.02, 0.02, 0.01, 0.01, 0.01, 0.1, 0.5, 0.01, 0.02}
	for _, c := range []struct {
		content string
		want    quoth.Act
	}{
		{"she hoped to dig a second well", quoth.Assert},
		{"that they still want to dig a second well", quoth.Assert},
		{"she planned to dig a second well", quoth.Commit},
		{"she would dig the well that they want", quoth.Commit},
	} {
		wants(t, p, "said", c.content, c.want)
	}
}

func TestWords(t *testing.T) {
	if len(table()) < 200 {
		t.Errorf("%d words", len(table()))
	}
	for w, c := range table() {
		if len(c) != len(quoth.Acts) || total(c) < 5 {
			t.Errorf("%s: %v", w, c)
		}
	}
}
