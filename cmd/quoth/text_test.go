package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/claim"
	"github.com/quothnews/quoth/internal/store"
)

// No line is wider than the terminal, each speaker has one heading, and every
// word of every content is shown.
func TestTextForm(t *testing.T) {
	b, err := os.ReadFile("../../examples/talks.txt")
	if err != nil {
		t.Fatal(err)
	}
	p := &program{ctx: t.Context()}
	r, err := p.reader()
	if err != nil {
		t.Fatal(err)
	}
	rec, err := r.Read(t.Context(), quoth.Page{Text: string(b), Published: "2032-02-09"})
	if err != nil {
		t.Fatal(err)
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, width := range []int{40, 80, 110} {
		var out bytes.Buffer
		f := &textForm{out: &out, width: width}
		if err := f.write(rec); err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, line := range strings.Split(out.String(), "\n") {
			if n := utf8.RuneCountInString(line); n > width {
				t.Errorf("%d columns on a terminal of %d: %s", n, width, line)
			}
			seen[line]++
		}
		if n := seen["Pavel Orlin, Norvanian government spokesman"]; width > 40 && n != 1 {
			t.Errorf("%d headings for one speaker", n)
		}
		all := squeeze(out.String())
		for _, s := range rec.Statements {
			if w := squeeze(words(s.Content)); !strings.Contains(all, w) {
				t.Errorf("width %d: %s is not shown whole: %q", width, s.ID, w)
			}
		}
		for _, want := range []string{"Events announced meet in Sorrel next week · the two presidents · Sorrel · next week (2032-02-16/2032-02-22) · possible · s23", "Lake Palace in Sorrel · June 3, 2029 (2029-06-03) · Tomas Reyne · Continental Press"} {
			if !strings.Contains(all, want) {
				t.Errorf("width %d: not shown: %q", width, want)
			}
		}
	}
}

// What is left when statements are dropped points to nothing that is gone.
func TestKeep(t *testing.T) {
	rec := &quoth.Record{
		Statements: []quoth.Statement{{ID: "s1", Confidence: 0.9}, {ID: "s2", Confidence: 0.2, Parent: "s1"}, {ID: "s3", Confidence: 0.1, Parent: "s2"}, {ID: "s4", Confidence: 0.8, Parent: "s3"}, {ID: "s5", Confidence: 0.5}},
		Events:     []quoth.Event{{Statement: "s2"}, {Statement: "s5"}},
	}
	(&readCmd{MinConfidence: 0.5}).keep(rec)
	got := ""
	for _, s := range rec.Statements {
		got += s.ID + "<" + s.Parent + " "
	}
	if got != "s1< s4<s1 s5< " || len(rec.Events) != 1 || rec.Events[0].Statement != "s5" || rec.Reason != "" {
		t.Errorf("%s%+v %q", got, rec.Events, rec.Reason)
	}
	(&readCmd{MinConfidence: 1}).keep(rec)
	if len(rec.Statements)+len(rec.Events) > 0 || rec.Reason == "" {
		t.Errorf("%+v", rec)
	}
}

// An article without a title is called by its first words, not by the digits
// that stand for it.
func TestUntitled(t *testing.T) {
	const text = "Lisk\n\nMayor Lena Brandt said on Monday that the bridge over the Elm would open in May, a year late."
	n := len([]rune(text))
	rec := &quoth.Record{Reason: "no statements found", Article: quoth.Article{ID: "4b9be60c3df81a61", Published: "2032-01-05", Text: text,
		Paragraphs: []quoth.Paragraph{{Start: 0, End: 4, Kind: quoth.Credit}, {Start: 6, End: n, Kind: quoth.Body}}}}
	var out bytes.Buffer
	if err := (&textForm{out: &out, width: 100}).write(rec); err != nil {
		t.Fatal(err)
	}
	if want := "Mayor Lena Brandt said on Monday that the bridge over the Elm…\n2032-01-05\n"; !strings.HasPrefix(out.String(), want) {
		t.Errorf("%q", out.String())
	}
}

// The head of a hit keeps to the terminal too, and a dot stands between its
// parts whether or not there is a cue.
func TestHit(t *testing.T) {
	h := &store.Hit{ID: "s1", Act: quoth.Deny, Content: "we are late", Role: "mayor", Speakers: []store.HitSpeaker{{Name: "Lena Brandt"}},
		To: []string{"council"}, Via: []string{"a letter to all who live beside the bridge"}}
	for width, want := range map[int]string{
		100: "Lena Brandt, mayor  deny · to council · via a letter to all who live beside the bridge\n  we are late\n  s1\n",
		40:  "Lena Brandt, mayor  deny · to council\n· via a letter to all who live beside the\nbridge\n  we are late\n  s1\n",
	} {
		f := &textForm{width: width + 1}
		if f.hit(h); f.b.String() != want {
			t.Errorf("width %d:\n%s", width, f.b.String())
		}
	}
	h.Cue = "said"
	f := &textForm{width: 100}
	if f.hit(h); !strings.HasPrefix(f.b.String(), "Lena Brandt, mayor  deny (said) · to council · ") {
		t.Errorf("got\n%s", f.b.String())
	}
}

// What nobody knows of an article leaves no gap.
func TestClaimUndated(t *testing.T) {
	all := []claim.Statement{{ID: "s1", Outlet: "Ostby Bell", Words: "we are late"}, {ID: "s2", Published: "2032-01-06", Words: "the bridge is late"}, {ID: "s3", Words: "it is late"}}
	c := &decidedClaim{Claim: claim.Claim{Text: "we are late", Sources: 1, Members: []claim.Member{{Statement: 0, Stance: claim.For}, {Statement: 1, Stance: claim.For}, {Statement: 2, Stance: claim.For}}}}
	f := &textForm{width: 100}
	f.claim(c, all)
	for _, want := range []string{"we are late · Ostby Bell\n", "the bridge is late · 2032-01-06\n", "it is late\n"} {
		if !strings.Contains(f.b.String(), want) {
			t.Errorf("no %q in\n%s", want, f.b.String())
		}
	}
}
