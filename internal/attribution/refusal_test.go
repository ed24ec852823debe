package attribution

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/encoder"
	"github.com/quothnews/quoth/internal/text"
)

// worded is a view of lines whose pieces are words and signs, with no heads.
func worded(lines string) *View {
	v := &View{Text: lines}
	at := 0
	for n, line := range strings.Split(lines, "\n") {
		v.paragraphs, v.folded = append(v.paragraphs, text.Range{Start: at, End: at + len(line)}), append(v.folded, text.Fold(line))
		states := text.Quotes(line)
		for _, m := range regexp.MustCompile(`[\w’]+|[^\w\s]`).FindAllStringIndex(line, -1) {
			v.Pieces = append(v.Pieces, encoder.Piece{Start: at + m[0], End: at + m[1]})
			v.Paragraph, v.quotes = append(v.Paragraph, n), append(v.quotes, states[m[0]])
		}
		at += len(line) + 1
	}
	v.sentences()
	return v
}

// find is the first place of some words in a view.
func (v *View) find(words string) []Span {
	if words == "" {
		return nil
	}
	i := strings.Index(v.Text, words)
	s, _ := v.Cover(text.Range{Start: i, End: i + len(words)})
	return []Span{s}
}

func (v *View) read(spans []Span) string {
	var out []string
	for _, s := range spans {
		r := v.Range(s)
		out = append(out, v.Text[r.Start:r.End])
	}
	return strings.Join(out, " / ")
}

func TestReword(t *testing.T) {
	for _, c := range []struct{ line, cue, content, wantCue, want string }{
		{"Ada refused to discuss her pension.", "refused", "to discuss her pension", "refused to discuss", "her pension"},
		{"Ada politely declined to be drawn on the vote.", "politely declined", "to be drawn on the vote", "politely declined to be drawn on", "the vote"},
		{"Ada declined to answer.", "declined", "to answer", "declined to answer", ""},
		{"Ada declined to answer.", "declined", "", "declined to answer", ""},
		{"Ada refused to sell the mill.", "refused", "to sell the mill", "refused", "to sell the mill"},
		{"The mill did not share anything about the fire.", "did not share anything about", "the fire", "did not share", "anything about the fire"},
		{"The mill did not share anything about the fire.", "did not share anything about", "", "did not share anything about", ""},
		{"The fire, Ada declined to say, was small.", "declined to", "The fire", "declined to", "The fire"},
		{"Ada declined to comment on the fire.", "declined", "to / comment on the fire", "declined to comment on", "the fire"},
		{"Ada preferred neither to confirm nor to deny the fire.", "preferred", "neither to confirm nor to deny the fire", "preferred neither to confirm nor to deny", "the fire"},
	} {
		v := worded(c.line)
		s := Statement{Cue: v.find(c.cue)}
		for words := range strings.SplitSeq(c.content, " / ") {
			s.Content = append(s.Content, v.find(words)...)
		}
		v.reword(&s)
		if cue, content := v.read(s.Cue), v.read(s.Content); cue != c.wantCue || content != c.want {
			t.Errorf("%s: %q %q", c.line, cue, content)
		}
	}
}

func TestStanding(t *testing.T) {
	for line, want := range map[string]string{
		"The mill did not immediately respond to a written request for comment.": "did not immediately respond",
		"The mill hasn’t replied.":                             "hasn’t replied",
		"The mill had not commented by Tuesday.":               "had not commented",
		"The mill did not return two calls.":                   "did not return two calls",
		"She could not be reached on Monday.":                  "could not be reached",
		"She was not available for an interview.":              "was not available",
		"She could not be immediately reached.":                "could not be immediately reached",
		"She declined comment.":                                "declined comment",
		"She declined further comment.":                        "declined further comment",
		"She refused to answer, and left.":                     "refused to answer",
		"She gave no answer either.":                           "gave no answer",
		"She has yet to respond.":                              "has yet to respond",
		"She did not elaborate.":                               "did not elaborate",
		"She did not elaborate on the fire.":                   "",
		"The patients did not respond to the drug.":            "",
		"The island could be reached by boat.":                 "",
		"She declined to comment on the fire.":                 "", // the tags find those that say of what
		"He called, without giving further details.":           "without giving / further details",
		"The mill has given no reason.":                        "has given no / reason",
		"The Gazette has reached out to the mill for comment.": "has reached out / for comment",
	} {
		got := ""
		for _, form := range []*text.Form{standing, partial} {
			for _, m := range form.FindAllStringSubmatch(line, -1) {
				got += strings.Join(slices.DeleteFunc(m[1:], func(s string) bool { return s == "" }), " / ")
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestAlso(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"Ada said it was late, but could not comment on the fire.", "Ada"},
		{"Ada said it was late. The mill could not comment on the fire.", ""},
		{"Ada said it was late. But it could not comment on the fire.", ""},
	} {
		v := worded(c.line)
		all := []Statement{{Source: v.find("Ada"), Cue: v.find("said"), Content: v.find("it was late")}, {Cue: v.find("could not comment on"), Content: v.find("the fire")}}
		if v.also(&all[1], all); v.read(all[1].Source) != c.want {
			t.Errorf("%s: %q", c.line, v.read(all[1].Source))
		}
	}
}

func TestUnasking(t *testing.T) {
	for line, want := range map[string]bool{
		"The mill did not answer an ":        true,
		"The owner, ":                        true,
		"She hung up when ":                  true,
		"The mill has been repeatedly ":      true,
		"The Gazette ":                       false,
		"The Gazette has ":                   false,
		"The Gazette called the mill twice ": false,
	} {
		if got := unasking.MatchString(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

func TestSilences(t *testing.T) {
	for _, c := range []struct{ line, content, source, cue string }{
		{"It asked the mill for comment by email. It had received no answer by Friday.", "for comment", "the mill", "had received no answer"},
		{"It asked the mill for comment and has not heard back.", "for comment", "the mill", "has not heard back"},
		{"It asked to the mill for comment and has not heard back.", "for comment", "the mill", "has not heard back"},
		{"It asked the mill for comment.\nIt had received no answer by Friday.", "for comment", "", ""},
		{"It asked the mill about the fire but received no response.", "the mill about the fire", "the mill", "received no response"},
		{"It asked why the mill burned but received no response.", "why the mill burned", "", ""},
	} {
		v := worded(c.line)
		all := v.silences([]Statement{{Cue: v.find("asked"), Content: v.find(c.content)}})
		source, cue := "", ""
		for _, s := range all[1:] {
			source, cue = source+v.read(s.Source), cue+v.read(s.Cue)
		}
		if source != c.source || cue != c.cue {
			t.Errorf("%s: %q %q", c.line, source, cue)
		}
	}
}

func TestRequested(t *testing.T) {
	for _, c := range []struct{ line, cue, content, want string }{
		{"It asked the mill for comment by email on Sunday.", "asked", "the mill for comment by email on Sunday", "for comment"},
		{"It asked whether the mill was closed for comment.", "asked whether", "the mill", "the mill"},
		{"It praised the mill for comments.", "praised", "the mill for comments", "the mill for comments"},
		{"It asked the mill for a comment and for a reason.", "asked", "the mill for a comment and for a reason", "for a comment"},
	} {
		v := worded(c.line)
		s := Statement{Cue: v.find(c.cue), Content: v.find(c.content)}
		v.requested(&s)
		if got := v.read(s.Content); got != c.want {
			t.Errorf("%s: %q", c.line, got)
		}
	}
}

func TestPassive(t *testing.T) {
	for _, c := range []struct{ line, source, cue string }{
		{"Calls to the mill went unanswered.", "the mill", "went unanswered"},
		{"Phone calls and emails to the mill on Friday were not immediately returned.", "the mill", "were not immediately returned"},
		{"Messages left with Ada’s office and with Bell weren’t returned.", "Ada’s office / Bell", "weren’t returned"},
		{"Requests for comment sent to the mill drew no response.", "the mill", "drew no response"},
		{"Attempts to reach her owner were unsuccessful.", "her owner", "were unsuccessful"},
		{"There was no immediate reply from the mill, which closed.", "the mill", "no immediate reply"},
		{"The Gazette has not heard back from the mill.", "the mill", "has not heard back"},
		{"Neither Ada nor the mill has commented.", "Ada / the mill", "Neither / has commented"},
		{"Neither Ada nor the mill replied to a letter.", "Ada / the mill", "Neither / replied"},
		{"Neither Ada nor her deputy, who signed the permit, would comment.", "Ada / her deputy", "Neither / would comment"},
		{"A request for comment was not returned.", "", ""},
		{"The books on loan to the mill were not returned.", "", ""},
		{"“Calls to the mill went unanswered.”", "", ""}, // somebody else's words
	} {
		v := worded(c.line)
		source, cue := "", ""
		for _, s := range v.passives(nil) {
			source, cue = source+v.read(s.Source), cue+v.read(s.Cue)
		}
		if source != c.source || cue != c.cue {
			t.Errorf("%s: %q %q", c.line, source, cue)
		}
	}
	v := worded("Calls to the mill went unanswered.")
	all := v.passives([]Statement{{Cue: v.find("went unanswered"), Content: v.find("Calls to the mill")}})
	if len(all) != 1 || v.read(all[0].Source) != "the mill" || len(all[0].Content) > 0 {
		t.Errorf("%d statements, of %q", len(all), v.read(all[0].Source))
	}
}

func TestSubject(t *testing.T) {
	for line, want := range map[string]string{
		"It rained. The mill, which closed, did not respond.": "The mill, which closed,",
		"In Orlin, its old owner did not respond.":            "its old owner",
		"The press waited, but he did not respond.":           "he",
		"The mill has closed its gate and did not respond.":   "The mill",
		"The mill that was sold to Ada did not respond.":      "The mill that was sold to Ada",
		"Dr. Ada Bell did not respond.":                       "",
		"“Not me,” he cried, and did not respond.":            "",
	} {
		v := worded(line)
		x, ok := v.subject(v.find("did not respond")[0])
		got := ""
		if ok {
			got = v.read([]Span{x})
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestUnanswered(t *testing.T) {
	v := worded("She asked why, but asked whether she would run, Ada declined to answer. She did not say more.")
	all := []Statement{
		{Cue: v.find("asked whether")[:1], Content: v.find("whether she would run")},
		{Cue: v.find("asked"), Content: v.find("why")},
		{Source: v.find("Ada"), Cue: v.find("declined to answer")},
		{Source: v.find("She"), Cue: v.find("did not say")},
	}
	v.unanswered(all)
	if got := v.read(all[2].Content); got != "whether she would run" {
		t.Errorf("the refusal is of %q", got)
	}
	if got := v.read(all[3].Content); got != "" {
		t.Errorf("a refusal in another sentence is of %q", got)
	}
	v = worded("Asked for comment, Ada declined to answer.")
	all = []Statement{{Cue: v.find("Asked"), Content: v.find("for comment")}, {Source: v.find("Ada"), Cue: v.find("declined to answer")}}
	if v.unanswered(all); len(all[1].Content) > 0 {
		t.Errorf("a refusal to comment is of %q", v.read(all[1].Content))
	}
}

func TestComplete(t *testing.T) {
	v := worded("The Gazette asked the mill for comment; it did not respond to that.")
	s := Statement{Source: v.find("it"), Cue: v.find("did not respond"), Content: v.find("for comment")}
	if v.complete(&s, nil); len(s.Content) > 0 {
		t.Errorf("a refusal is of %q", v.read(s.Content))
	}
	s.Content = v.find("to that")
	if v.complete(&s, nil); len(s.Content) == 0 {
		t.Error("a refusal has lost what it is of")
	}
	v = worded("The court will look into whether the mill may close. The mill was not available for comment.")
	s = Statement{Source: v.find("The mill"), Cue: v.find("was not available for"), Content: v.find("whether the mill may close")}
	if v.complete(&s, nil); len(s.Content) > 0 || v.read(s.Cue) != "was not available" {
		t.Errorf("a refusal, %q, is of %q, a sentence before", v.read(s.Cue), v.read(s.Content))
	}
}

func TestCeased(t *testing.T) {
	for _, c := range []struct{ line, source, cue, content, wantSource, wantCue string }{
		{"The clerk who no longer says never", "The clerk who no", "longer says", "never", "The clerk who", "no longer says"},
		{"Ada no longer says no to talks", "Ada", "says", "no to talks", "Ada", "no longer says"},
		{"Ada says no longer nights are coming", "Ada", "says", "no longer nights are coming", "Ada", "says"},
		{"The mill is no longer. Ada says so.", "Ada", "says", "so", "Ada", "says"},
	} {
		v := worded(c.line)
		s := Statement{Source: v.find(c.source), Cue: v.find(c.cue), Content: v.find(c.content)}
		if v.ceased(&s); v.read(s.Source) != c.wantSource || v.read(s.Cue) != c.wantCue {
			t.Errorf("%s: %q, %q", c.line, v.read(s.Source), v.read(s.Cue))
		}
	}
}

func TestReported(t *testing.T) {
	v := worded("The mill neither confirmed nor denied on Friday that it was shut, the agency said.")
	all := v.reported([]Statement{{Source: v.find("the agency"), Cue: v.find("said"), Content: v.find("The mill neither confirmed nor denied on Friday that it was shut")}})
	if len(all) != 2 || !all[0].Relays || v.read(all[1].Source) != "The mill" || v.read(all[1].Cue) != "neither confirmed nor denied" || v.read(all[1].Content) != "that it was shut" {
		t.Errorf("got %+v", all)
	}
	v = worded("The mill neither admitted nor denied the charge, the agency said.")
	if all := v.reported([]Statement{{Cue: v.find("said"), Content: v.find("The mill neither admitted nor denied the charge")}}); len(all) != 2 || v.read(all[1].Content) != "the charge" {
		t.Errorf("got %+v", all)
	}
	for _, own := range []string{"She neither confirmed nor denied it, she said.", "“The mill neither confirmed nor denied it,” she said."} {
		v := worded(own)
		if all := v.reported([]Statement{{Cue: v.find("said"), Content: []Span{{0, len(v.Pieces) - 5}}}}); len(all) != 1 {
			t.Errorf("%s: %+v", own, all)
		}
	}
}
