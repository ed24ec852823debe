package read

import (
	"context"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

// TestInterview: Q is the outlet, A the person whom the interview is with.
func TestInterview(t *testing.T) {
	const page = `“The well never dried up”

Edda Marlow has kept the springs of Tarn for 30 years. She spoke to the Gazette in May.

Q: Is the water safe?

A: It is. We test it on two days a week.

Q: Will it last?

A: Nobody knows.
`
	rec, err := reader(t).Read(context.Background(), quoth.Page{Text: page, Outlet: "The Tarn Gazette", Published: "2031-06-02"})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range rec.Statements {
		if words(s.Cue) == ":" {
			for _, who := range s.Speaker {
				got[words(s.Content)] = who.Name
			}
		}
	}
	for said, who := range map[string]string{
		"Is the water safe?": "The Tarn Gazette", "Will it last?": "The Tarn Gazette",
		"It is. We test it on two days a week.": "Edda Marlow", "Nobody knows.": "Edda Marlow",
	} {
		if got[said] != who {
			t.Errorf("%q is said by %q, want %q", said, got[said], who)
		}
	}
}

// TestInterviewSection: what shows whom the answers are of is moved once where the
// interview stands in a later section of a long text.
func TestInterviewSection(t *testing.T) {
	short := *reader(t)
	short.most = 300
	page := strings.Repeat("The harbour was closed on Monday, and the boats lay still.\n\n", 5) +
		"Edda Marlow keeps the springs of Tarn.\n\nQ: Is the water safe?\n\nA: It is.\n\nQ: Will it last?\n\nA: Nobody knows.\n"
	rec, err := short.Read(context.Background(), quoth.Page{Text: page, Published: "2031-06-02"})
	if err != nil {
		t.Fatal(err)
	}
	answers := 0
	for _, s := range rec.Statements {
		if words(s.Source) == "A" && len(s.Speaker) == 1 && words(s.Speaker[0].Evidence) == "Edda Marlow" {
			answers++
		}
	}
	if answers != 2 {
		t.Errorf("%d of 2 answers of Edda Marlow: %+v", answers, rec.Statements)
	}
}
