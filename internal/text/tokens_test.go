package text

import (
	"strings"
	"testing"
	"unicode"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Mayor Holm’s 1,340 ships", "mayor|holm|'s|1,340|ships"},
		{"3.5% of 12,34", "3.5|%|of|12|,|34"},
		{"It wasn’t 5 o'clock.", "it|wasn't|5|o'clock|."},
		{"the boys' day", "the|boys|'|day"},
		{"mid-April 6am", "mid|-|april|6|am"},
		{"May 4,\r\n2031", "may|4|,|2031"},
		{"Mayor Bran\u00addten’s ship\u00ad 5\u00ad ca\u200cn’t", "mayor|brandten|'s|ship|\u00ad|5|\u00ad|can't"},
		{"", ""},
		{"\xff€5", "\ufffd|€|5"},
	} {
		var got []string
		for _, tok := range Tokens(c.in) {
			got = append(got, tok.Lower)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("Tokens(%q) = %s, want %s", c.in, s, c.want)
		}
	}
	toks := Tokens("one\u00a0two\nthree")
	if !toks[1].Space || toks[1].Break || !toks[2].Break {
		t.Errorf("white space before tokens is lost: %+v", toks)
	}
}

func TestOnX(t *testing.T) {
	for s, want := range map[string]bool{"She wrote on X": true, "He met Malcolm X": false, "a season X": false, "on x": false, "": false} {
		if OnX(s) != want {
			t.Errorf("OnX(%q) is %v", s, !want)
		}
	}
}

// Tokens stand in order, do not overlap, and leave out white space alone.
func FuzzTokens(f *testing.F) {
	f.Add("A mayor’s 1,340.5km—“no”\r\n\u00a0\xff'S 's")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		gap := func(g string) {
			for _, r := range g {
				if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
					t.Fatalf("%q lost between tokens", g)
				}
			}
		}
		for _, tok := range Tokens(s) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v out of order", tok)
			}
			gap(s[last:tok.Start])
			last = tok.End
		}
		gap(s[last:])
	})
}
