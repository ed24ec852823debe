package read

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

func TestSections(t *testing.T) {
	if got := len(sections(strings.Repeat("\x80", 200), []text.Range{{End: 200}}, []quoth.ParagraphKind{quoth.Body}, 20)); got != 10 {
		t.Errorf("200 bytes that are no text are cut into %d sections, want 10 of 20 bytes", got)
	}
	for _, s := range []string{
		"", "One.", "One two.\nThree four.\nFive.", strings.Repeat("word ", 40), strings.Repeat("x", 100), strings.Repeat("€", 50),
		"Short.\n" + strings.Repeat("é ", 60) + "\nShort again.\nAnd again.", "\n\n   \nLate.",
	} {
		var paragraphs []text.Range
		var kinds []quoth.ParagraphKind
		at := 0
		for l := range strings.SplitSeq(s, "\n") {
			if l != "" {
				paragraphs, kinds = append(paragraphs, text.Range{Start: at, End: at + len(l)}), append(kinds, quoth.Body)
			}
			at += len(l) + 1
		}
		var whole strings.Builder
		last := 0
		for _, c := range sections(s, paragraphs, kinds, 20) {
			for i, p := range c.paragraphs {
				if p.Start < last || p.Start < c.Start || p.End > c.End || p.Len() > 20 || !utf8.ValidString(s[p.Start:p.End]) || len(c.kinds) <= i {
					t.Errorf("%q: paragraph %v in section %v after %d", s, p, c.Range, last)
				}
				last = p.End
				whole.WriteString(s[p.Start:p.End])
			}
			if n := len(c.paragraphs); n > 1 && c.paragraphs[n-1].End-c.paragraphs[0].Start > 20 {
				t.Errorf("%q: a section of %d bytes", s, c.paragraphs[n-1].End-c.paragraphs[0].Start)
			}
		}
		if whole.String() != strings.ReplaceAll(s, "\n", "") {
			t.Errorf("%q: the sections hold %q", s, whole.String())
		}
	}
}

// TestLong reads a text in many sections: spans hold where the sections are
// joined, and statements are counted through.
func TestLong(t *testing.T) {
	b, err := os.ReadFile("../examples/talks.txt")
	if err != nil {
		t.Fatal(err)
	}
	short := *reader(t)
	short.most = 1500
	page := quoth.Page{Text: "“Ça va,” said Zoë Brånd.\n\n" + string(b) + "\n\n" + string(b), Published: "2032-02-09"}
	var why []Evidence
	rec, _, err := short.walk(context.Background(), page, 1, &why)
	if err != nil {
		t.Fatal(err) // a span that does not hold is an error too
	}
	at := map[string]int{}
	last := 0
	for i, s := range rec.Statements {
		if s.ID != "s"+strconv.Itoa(i+1) {
			t.Errorf("statement %d is called %s", i+1, s.ID)
		}
		at[s.ID] = i
		if len(s.Cue) > 0 && s.Cue[0].Start > last {
			last = s.Cue[0].Start
		}
	}
	for _, s := range rec.Statements {
		if s.Parent != "" && rec.Statements[at[s.Parent]].Content[0].Start > s.Content[0].Start {
			t.Errorf("%s is not within %s", s.ID, s.Parent)
		}
	}
	if n := utf8.RuneCountInString(string(b)); last < n+n/2 || len(rec.Statements) < 30 || len(why) != len(rec.Statements) {
		t.Errorf("%d statements, the last cue at %d, %d explained", len(rec.Statements), last, len(why))
	}
}
