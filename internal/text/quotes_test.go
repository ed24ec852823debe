package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// draw shows states as one letter a character: . outside, i inside, m mark.
func draw(line string) string {
	var b strings.Builder
	states := Quotes(line)
	for i := range line {
		b.WriteByte(".im"[states[i]])
	}
	return b.String()
}

func TestQuotes(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{`a "b" c`, `..mim..`},
		{`a “b” c`, `..mim..`},
		{`“b c`, `miii`},                   // runs on
		{`don't 'go' it`, `......miim...`}, // an apostrophe is no mark
		{`‘it’s’ so`, `miiiim...`},
		{`the ’90s and ‘90s`, `.................`},
		{`"he said 'no' to"`, `miiiiiiiimiimiiim`},
		{`dogs' home`, `..........`},
		{`x («y»)`, `...mim.`},
		{`„a“ b`, `mim..`},
		{`a »b« c`, `..mim..`},
		{`« b », c`, `miiim...`},
		{`«b c`, `miii`},
		{`"a. "b." c`, `miiimiim..`}, // opens anew
		{`a." b "c"`, `..m...mim`},   // closes what was not open
		{`6", "c"`, `.m..mim`},
	} {
		if got := draw(c.line); got != c.want {
			t.Errorf("Quotes(%q)\n got %s\nwant %s", c.line, got, c.want)
		}
	}
}

func FuzzQuotes(f *testing.F) {
	f.Add("a ‘b’ \"c\" \xff ’")
	f.Fuzz(func(t *testing.T, s string) {
		states := Quotes(s)
		if len(states) != len(s) {
			t.Fatalf("%d states for %d bytes", len(states), len(s))
		}
		if !utf8.ValidString(s) {
			return
		}
		for i, r := range s { // the bytes of one character agree
			for k := range utf8.RuneLen(r) {
				if states[i+k] != states[i] {
					t.Fatalf("character at %d of %q has two states", i, s)
				}
			}
		}
	})
}
