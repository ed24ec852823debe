package attribution

import "testing"

// TestSigned: whose a quotation is, is told by the line below it.
func TestSigned(t *testing.T) {
	for _, c := range []struct{ text, source string }{
		{"“The sea is cold.”\n— Ada Bell, mayor of Holm", "Ada Bell, mayor of Holm"},
		{"“The sea is cold.”\n- The Holm Gazette", "The Holm Gazette"},
		{"“The sea is cold.”\n— She left.", ""},
		{"“The sea is cold,” she said.\n— Ada Bell", ""},
		{"“The sea is cold.”\nAda Bell", ""},
	} {
		v := worded(c.text)
		got := v.signed([]Statement{{Content: v.find("The sea is cold")}})
		if who := v.read(got[0].Source); len(got) != 1 || who != c.source {
			t.Errorf("%q: %d statements, by %q", c.text, len(got), who)
		}
	}
}
