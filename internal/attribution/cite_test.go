package attribution

import (
	"strings"
	"testing"
)

// told writes a statement as its source, cue and content.
func (v *View) told(s *Statement) string {
	return v.read(s.Source) + " | " + v.read(s.Cue) + " | " + v.read(s.Content)
}

func TestCited(t *testing.T) {
	for _, c := range []struct {
		line string
		has  [][3]string // source, cue, content; parts of a cue are apart by " / "
		want []string
	}{
		{"The mill will close, the Gazette said, citing two officials.",
			[][3]string{{"the Gazette", "said", "The mill will close"}, {"the Gazette", "citing", "two officials"}},
			[]string{"the Gazette | said | The mill will close", "two officials | citing | The mill will close"}},
		{"Citing an aide, the Gazette said the mill will close.",
			[][3]string{{"the Gazette", "Citing", "an aide, the Gazette said the mill will close"}, {"the Gazette", "said", "the mill will close"}},
			[]string{"an aide | Citing | the mill will close", "the Gazette | said | the mill will close"}},
		{"The Gazette said, citing two officials in the mill, that it will close.",
			[][3]string{{"The Gazette", "said", "that it will close"}, {"two officials in the mill", "citing", "two officials in the mill"}},
			[]string{"The Gazette | said | that it will close", "two officials in the mill | citing | that it will close"}},
		{"The Gazette said, citing people in the mill, that it will close.",
			[][3]string{{"The Gazette", "said / citing", "people in the mill, that it will close"}},
			[]string{"The Gazette | said | that it will close", "people in the mill | citing | that it will close"}},
		{"The Gazette, citing a senior U.S. official, said that it will close.",
			[][3]string{{"The Gazette", "citing / said", "that it will close"}},
			[]string{"The Gazette | said | that it will close", "a senior U.S. official | citing | that it will close"}},
		{"The Gazette, citing two aides, said that it will close.",
			[][3]string{{"The Gazette", "citing", "that it will close"}},
			[]string{"two aides | citing | that it will close"}},
		{"According to the Gazette, citing an official, the mill will close.",
			[][3]string{{"the Gazette", "According to", "an official, the mill will close"}, {"", "citing", "an official, the mill will close"}},
			[]string{"the Gazette | According to | the mill will close", "an official | citing | the mill will close"}},
		// Reasons are no sources, and a report stands in the same sentence.
		{"The Gazette said it was late, citing officials’ fears.",
			[][3]string{{"The Gazette", "said", "it was late"}, {"The Gazette", "citing", "officials’ fears"}},
			[]string{"The Gazette | said | it was late", "The Gazette | citing | officials’ fears"}},
		{"The Gazette said it was late. It ran the story citing an aide.",
			[][3]string{{"The Gazette", "said", "it was late"}, {"It", "citing", "an aide"}},
			[]string{"The Gazette | said | it was late", "It | citing | an aide"}},
		{"Call the police quoting crime number 14.",
			[][3]string{{"", "quoting", "crime number 14"}}, nil},
	} {
		v := worded(c.line)
		var all []Statement
		for _, s := range c.has {
			st := Statement{Source: v.find(s[0]), Content: v.find(s[2])}
			for words := range strings.SplitSeq(s[1], " / ") {
				st.Cue = append(st.Cue, v.find(words)...)
			}
			all = append(all, st)
		}
		var got []string
		for _, s := range v.cited(all) {
			got = append(got, v.told(&s))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\n got %q\nwant %q", c.line, got, c.want)
		}
	}
}

func TestRetold(t *testing.T) {
	for _, c := range []struct{ line, cue, content, want string }{
		{"The agency quoted the minister as saying that it rained.", "quoted", "the minister as saying that it rained", "the minister | as saying | that it rained"},
		{"The agency quoted Ada Bell as saying: “It rained.”", "quoted", "Ada Bell as saying: “It rained.”", "Ada Bell | as saying | “It rained.”"},
		{"“It rained,” the agency quoted her as saying.", "quoted", "“It rained,”", "her | as saying | “It rained,”"},
		{"The agency quoted the minister, who spoke as saying goes.", "quoted", "the minister", ""},
		{"The agency cited rain as a reason.", "cited", "rain as a reason", ""},
	} {
		v := worded(c.line)
		all := v.retold([]Statement{{Source: v.find("he agency"), Cue: v.find(c.cue), Content: v.find(c.content)}})
		got := ""
		for i := range all[1:] {
			got += v.told(&all[i+1])
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.line, got, c.want)
		}
	}
	v := worded("The agency quoted the minister as saying that it rained.")
	all := v.retold([]Statement{{Cue: v.find("quoted"), Content: v.find("the minister as saying that it rained")}, {Cue: v.find("saying"), Content: v.find("that it rained")}})
	if len(all) != 2 || v.told(&all[1]) != "the minister | as saying | that it rained" {
		t.Errorf("a cue without a source: %d, %s", len(all), v.told(&all[1]))
	}
	v = worded("“It rained,” the agency quoted Ada as saying. The mill closed.")
	all = v.retold([]Statement{{Cue: v.find("quoted"), Content: v.find("“It rained,”")}, {Source: v.find("Ada"), Cue: v.find("as saying"), Content: v.find("The mill closed")}})
	if len(all) != 2 || v.told(&all[1]) != "Ada | as saying | “It rained,”" {
		t.Errorf("what follows the sentence: %d, %s", len(all), v.told(&all[1]))
	}
	v = worded("Bo quoted\nAda. It rained.")
	if all = v.retold([]Statement{{Cue: []Span{{v.find("quoted")[0].First, v.find("Ada")[0].Last}}, Content: v.find("It rained")}}); len(all) != 1 {
		t.Errorf("a cue of two paragraphs: %d", len(all))
	}
}

func TestRelayed(t *testing.T) {
	for _, c := range []struct{ line, content, want string }{
		{"“It rained,” Ada Bell told the panel, according to the Courier.", "“It rained,” Ada Bell told the panel", "Ada Bell | told | “It rained,”"},
		{"“It rained,” said Ada Bell on Friday, according to the Courier.", "“It rained,” said Ada Bell on Friday", "Ada Bell | said | “It rained,”"},
		{"“It rained,” Ada Bell, a baker, said, according to the Courier.", "“It rained,” Ada Bell, a baker, said", "Ada Bell, a baker | said | “It rained,”"},
		{"“It rained,” - - said, according to the Courier.", "“It rained,” - - said", ""},
		{"It rained, as Ada Bell said, according to the Courier.", "It rained, as Ada Bell said", ""},
		{"“It rained” in the play that Ada wrote “at sea”, according to the Courier.", "“It rained” in the play that Ada wrote “at sea”", ""},
	} {
		v := worded(c.line)
		all := v.relayed([]Statement{{Source: v.find("the Courier"), Cue: v.find("according to"), Content: v.find(c.content)}})
		got := ""
		for i := range all[1:] {
			got += v.told(&all[i+1])
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.line, got, c.want)
		}
	}
	v := worded("“It rained,” Ada Bell told the panel on Friday, per the Courier.")
	all := v.relayed([]Statement{
		{Source: v.find("the Courier"), Cue: v.find("per"), Content: v.find("“It rained,” Ada Bell told the panel on Friday")},
		{Cue: v.find("told"), Content: v.find("the panel on Friday"), Inner: true},
	})
	if got := v.told(&all[1]); len(all) != 2 || got != "Ada Bell | told | “It rained,”" {
		t.Errorf("who spoke has what follows the verb: %d, %q", len(all), got)
	}
}
