package read

import (
	"context"
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
