package text

import (
	"regexp"
	"strings"
	"testing"
)

func TestFormMatchesAsItsExpressionDoes(t *testing.T) {
	exprs := []string{
		`(?i)\b(?:declin|refus)(?:es|ed|ing) (?:to )?(comment|answer)\b`,
		`(?i)(?:did(?:n[’']t| not)|will not)(?: \w+ly)* (?:respond|reply|replied)`,
		`(?i)a(?:b|c)?d+e*|[xy]z`, `\bMill\b`, `^(?:no|yes)?$`, `(?:ab){2}`, `[“"]false\b`, `(?i)kiss`, `ä`, ``,
	}
	texts := []string{
		"The mill declined to comment.", "The mill REFUSED TO ANSWER", "It refuses comment", "It didn’t really respond", "It DID NOT REPLY", "It will not swim",
		"acd", "add", "XZ", "Mill", "mill", "no", "yes", "", "abab", "ab", "“false", "\"False", "\u212aiſs", "Ä", "ä", "\xff kiss",
	}
	for _, e := range exprs {
		form, plain := NewForm(e), regexp.MustCompile(e)
		for _, s := range texts {
			if got, want := form.In(Fold(s)), plain.MatchString(s); got != want {
				t.Errorf("%q in %q: %v, want %v", e, s, got, want)
			}
			if got, want := len(form.All(Fold(s))), len(plain.FindAllStringSubmatchIndex(s, -1)); got != want {
				t.Errorf("%q in %q: %d matches, want %d", e, s, got, want)
			}
		}
	}
}

func TestFormNeedles(t *testing.T) {
	for _, c := range []struct{ expr, want string }{
		{`(?i)\b(?:refus|REJECT)ed (?:to )?(comment|answer)\b`, "refused answer|refused comment|refused to answer|refused to comment|rejected answer|rejected comment|rejected to answer|rejected to comment"},
		{`(?:did|does)(?:n[’']t| not)(?: \w+ly)* (?:respond|reply)`, " reply| respond"},
		{`(?i)no truth|(?:is|was) (?:\w+ly )?false`, "false|no truth"},
		{`(?i)rul(?:es|ed) out|n[’']t`, "n't|n’t|ruled out|rules out"},
		{`mill|windmill|watermills?`, "mill"},
		{`(?i)\w+|no`, ""},
		{`(?:no)?`, ""},
		{`(?i)[ä]b|(?:no){2,}`, ""},
	} {
		var got []string
		for _, n := range NewForm(c.expr).needles {
			got = append(got, n.text)
		}
		if got := strings.Join(got, "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.expr, got, c.want)
		}
	}
}
