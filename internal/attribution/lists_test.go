package attribution

import "testing"

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
