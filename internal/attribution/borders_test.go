package attribution

import (
	"slices"
	"testing"
)

// TestBorders: what each step makes of statements of source, cue and content.
func TestBorders(t *testing.T) {
	each := func(f func(*View, *Statement)) func(*View, []Statement) []Statement {
		return func(v *View, all []Statement) []Statement {
			for i := range all {
				f(v, &all[i])
			}
			return all
		}
	}
	for _, c := range []struct {
		name string
		step func(*View, []Statement) []Statement
		text string
		has  [][3]string
		want []string
	}{
		{"disjoint", each((*View).disjoint), "The local papers report it rained.",
			[][3]string{{"The local papers report", "report", "it rained"}}, []string{"The local papers | report | it rained"}},
		{"disjoint", each((*View).disjoint), "Monday's lawsuit argues it rained.",
			[][3]string{{"Monday's lawsuit", "lawsuit argues", "it rained"}}, []string{"Monday's lawsuit | argues | it rained"}},
		{"undangled", each((*View).undangled), "It rained, said a miller in her fifties who asked for tea.",
			[][3]string{{"a miller in her fifties who", "said", "It rained"}}, []string{"a miller in her fifties | said | It rained"}},
		{"undangled", each((*View).undangled), "Lea, who said it rained.",
			[][3]string{{"Lea, who", "said", "it rained"}}, []string{"Lea | said | it rained"}},
		{"undangled", each((*View).undangled), "Some who said it rained left.",
			[][3]string{{"Some who", "said", "it rained"}}, []string{"Some who | said | it rained"}},
		{"undangled", each((*View).undangled), "According to the WHO it rained.",
			[][3]string{{"the WHO", "According to", "it rained"}}, []string{"the WHO | According to | it rained"}},
		{"pronounBefore", each((*View).pronounBefore), "He wanted to leave.",
			[][3]string{{"", "wanted", "to leave"}}, []string{"He | wanted | to leave"}},
		{"pronounBefore", each((*View).pronounBefore), "He was widely thought to be ill.",
			[][3]string{{"", "was widely thought", "to be ill"}}, []string{" | was widely thought | to be ill"}},
		{"pronounBefore", each((*View).pronounBefore), "He reportedly left.",
			[][3]string{{"", "reportedly", "left"}}, []string{" | reportedly | left"}},
		{"cut", each((*View).cut), "The mill reportedly closed.",
			[][3]string{{"", "reportedly", "The mill reportedly closed"}}, []string{" | reportedly | The mill / closed"}},
		{"cut", each((*View).cut), "“It rained,” Lea said. “It poured.”",
			[][3]string{{"Lea", "said", "“It rained,” Lea said. “It poured.”"}}, []string{"Lea | said | “It rained,” / “It poured.”"}},
		{"closing", func(v *View, all []Statement) []Statement {
			named := v.inParts(all)
			return each(func(v *View, s *Statement) { v.closing(s, named) })(v, all)
		}, "Lea was \"happy\" that it rained.",
			[][3]string{{"Lea", "was \"happy", "that it rained"}}, []string{"Lea | was \"happy\" | that it rained"}},
		{"closing", func(v *View, all []Statement) []Statement {
			named := v.inParts(all)
			return each(func(v *View, s *Statement) { v.closing(s, named) })(v, all)
		}, "Lea said: \"It rained. It poured.\" Bo left.",
			[][3]string{{"Lea", "said", "\"It rained"}}, []string{"Lea | said | \"It rained. It poured.\""}},
		{"colons", (*View).colons, "She told them: \"It rained.\" She left.",
			[][3]string{{"She", "told", "\"It"}, {"She", ":", "rained.\""}}, []string{"She | told | \"It / rained.\""}},
		{"colons", (*View).colons, "LEA: It rained.",
			[][3]string{{"LEA", ":", "It rained"}}, []string{"LEA | : | It rained"}},
		{"twice", (*View).twice, "The miller spoke openly. \"It rained,\" she said.",
			[][3]string{{"The miller", "spoke openly", "\"It rained,\""}, {"she", "said", "\"It rained,\""}}, []string{"she | said | \"It rained,\""}},
		{"twice", (*View).twice, "It rained, Lea said and Bo agreed.",
			[][3]string{{"Lea", "said", "It rained"}, {"Bo", "agreed", "It rained"}}, []string{"Lea | said | It rained", "Bo | agreed | It rained"}},
		{"filled", (*View).filled, "The mill will not open, and bread is scarce, officials told the Post.",
			[][3]string{{"officials", "told", ""}}, []string{"officials | told | The mill will not open, and bread is scarce"}},
		{"filled", (*View).filled, "Lea said it rained and it poured, Lea said.",
			[][3]string{{"Lea", "said", "it rained and it poured"}, {", Lea", "said.", ""}}, []string{"Lea | said | it rained and it poured"}},
		{"filled", (*View).filled, "They have not been deterred.",
			[][3]string{{"They", "have not been deterred", ""}}, nil},
		{"filled", (*View).filled, "They did not respond. Bo declined. Lea denied it.",
			[][3]string{{"They", "did not respond", ""}, {"Bo", "declined", ""}, {"Lea", "denied", ""}},
			[]string{"They | did not respond | ", "Bo | declined | ", "Lea | denied | "}},
	} {
		v := worded(c.text)
		var got []string
		for _, s := range c.step(v, v.parts(c.has)) {
			got = append(got, v.told(&s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", c.name, c.text, got, c.want)
		}
	}
}

func TestIdle(t *testing.T) {
	for _, c := range []struct {
		text, source, cue, content string
		want                       bool
	}{
		{"The storm claimed about 300 lives.", "The storm", "claimed", "about 300 lives", true},
		{"The storm has claimed the lives of two.", "The storm", "has claimed", "the lives of two", true},
		{"Lea claimed that 300 lives were lost.", "Lea", "claimed", "that 300 lives were lost", false},
		{"What has the mayor said about it?", "the mayor", "said", "about it", true},
		{"What did she do? The mayor said it rained.", "The mayor", "said", "it rained", false},
		{"“What has the mayor said about it?” Bo asked.", "Bo", "asked", "“What has the mayor said about it?”", false},
	} {
		v := worded(c.text)
		if got := v.idle(&Statement{Source: v.find(c.source), Cue: v.find(c.cue), Content: v.find(c.content)}); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}
