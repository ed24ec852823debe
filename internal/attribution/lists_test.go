package attribution

import (
	"strings"
	"testing"
	"time"
)

// TestListed: a statement that leads to a list has all of its items.
func TestListed(t *testing.T) {
	for _, c := range []struct{ text, content, want string }{
		{"The group demands:\n• a rise;\n• two inspectors\nIt waits.", "a rise;", "a rise / two inspectors"},
		{"The group demands that the port should:\n1. pay more\n2. close at night", "that the port should", "that the port should / pay more / close at night"},
		{"The group demands:\na rise in pay, and\ntwo inspectors.\nIt waits.", "", "a rise in pay / two inspectors"},
		{"The group demands:\n“A rise.”\nIt waits.", "“A rise.”", "“A rise.”"},
		{"The group demands much, and the port refuses:\n• it has no money", "much", "much"},
	} {
		v := worded(c.text)
		got := v.listed([]Statement{{Source: v.find("The group"), Cue: v.find("demands"), Content: v.find(c.content)}})
		if v.read(got[0].Content) != c.want {
			t.Errorf("%q: %q", c.text, v.read(got[0].Content))
		}
	}
	v := worded("The group demands:\n• a rise\n• two inspectors\n• a year’s rest, as Bo said")
	got := v.listed([]Statement{
		{Cue: v.find("demands"), Content: v.find("a rise")}, {Content: v.find("two inspectors")}, {Source: v.find("Bo"), Cue: v.find("said"), Content: v.find("a year’s rest")},
	})
	if len(got) != 2 || v.read(got[0].Content) != "a rise / two inspectors" {
		t.Errorf("%+v", got)
	}
}

// TestListedEdges: a content of nothing but signs stays as it is, and what was deleted
// before a statement makes none be passed over.
func TestListedEdges(t *testing.T) {
	v := worded("The group demands:\n• a rise – – two\nBo wants:\n• a boat")
	got := v.listed([]Statement{
		{Cue: v.find("demands"), Content: v.find("– –")}, {Content: v.find("a boat")}, {Cue: v.find("wants")},
	})
	if len(got) != 2 || v.read(got[0].Content) != "– –" || v.read(got[1].Content) != "a boat" {
		t.Errorf("%+v", got)
	}
}

// TestListedLinear: items that look as if they led to the items below them are items;
// time does not grow with the square of their number.
func TestListedLinear(t *testing.T) {
	v := worded("The group demands:" + strings.Repeat("\n• Bo said:", 5000))
	all := []Statement{{Cue: v.find("demands")}}
	for i := range v.Pieces {
		if v.word(i) == "said" {
			all = append(all, Statement{Cue: []Span{{i, i}}})
		}
	}
	start := time.Now()
	got := v.listed(all)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("5,000 items take %v", d)
	}
	if len(got) != 5001 || len(got[0].Content) != 5000 {
		t.Errorf("%d statements, the first with %d contents", len(got), len(got[0].Content))
	}
}
