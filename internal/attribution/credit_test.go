package attribution

import "testing"

func TestCredits(t *testing.T) {
	for _, c := range []struct{ line, who, cue, has, source, said, content, want string }{
		// Nobody has the cue.
		{"“We sold the mill,” Ada said, according to the Gazette.", "the Gazette", "", "", "Ada", "said", "“We sold the mill,”", "“We sold the mill,” Ada said"},
		{"“We sold the mill. It was old,” Ada said, according to the Gazette.", "the Gazette", "", "", "Ada", "said", "“We sold the mill. It was old,”", "“We sold the mill. It was old,” Ada said"},
		{"According to the Gazette, Ada said: “We sold the mill. It was old.”", "the Gazette", "", "", "Ada", "said", "“We sold the mill. It was old.”", "Ada said: “We sold the mill. It was old.”"},
		{"The mill closed. Ada said it was old, as first reported by the Gazette.", "the Gazette", "", "", "Ada", "said", "it was old", "Ada said it was old"},
		{"Ada said it was old, according to the Gazette, which saw the deed.", "the Gazette", "", "", "Ada", "said", "it was old", "Ada said it was old"},
		{"Ada said it was old, according to the Gazette. Bo left.", "the Gazette", "", "", "Ada", "said", "it was old", "Ada said it was old"},
		// Its statement has an opening or another's beginning alone.
		{"On Monday, according to the Gazette, Ada said: “We sold the mill.”", "the Gazette", "according to", "On Monday", "Ada", "said", "“We sold the mill.”", "On Monday / Ada said: “We sold the mill.”"},
		{"Ada said – as reported by the Gazette – “We sold the mill.”", "the Gazette", "as reported", "Ada said", "Ada", "said", "“We sold the mill.”", "Ada said / “We sold the mill.”"},
		// Its statement has the subject alone.
		{"Orlin, according to two aides, shouted on Monday. Ada said it rained.", "two aides", "according to", "Orlin", "Ada", "said", "it rained", "Orlin / shouted on Monday"},
		{"The mill, according to the Gazette, was sold. Ada said it rained.", "the Gazette", "according to", "The mill", "Ada", "said", "it rained", "The mill / was sold"},
		{"Orlin left, according to two aides, as it rained. Ada said so.", "two aides", "according to", "Orlin left", "Ada", "said", "so", "Orlin left"},
		// Its statement has all that it tells.
		{"The mill is sold, according to the Gazette, Ada said.", "the Gazette", "according to", "The mill is sold", "Ada", "said", "The mill is sold", "The mill is sold"},
		{"In May the mill closed, according to the Gazette. Ada said it was old.", "the Gazette", "according to", "In May the mill closed", "Ada", "said", "it was old", "In May the mill closed"},
	} {
		v := worded(c.line)
		all := []Statement{{Source: v.find(c.source), Cue: v.find(c.said), Content: v.find(c.content)}}
		if c.cue != "" {
			all = append(all, Statement{Source: v.find(c.who), Cue: v.find(c.cue), Content: v.find(c.has)})
		}
		all = v.credits(all, []found{{Mark: Mark{Span: v.find(c.who)[0], P: 0.9}}})
		if len(all) != 2 || v.read(all[1].Content) != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.line, v.read(all[len(all)-1].Content), c.want)
		}
	}
	for _, line := range []string{
		"“It sank, according to the Gazette,” Ada said.", // within what Ada says
		"The ferry (sold, according to the Gazette) sank.",
		"Ada wrote to the Gazette.",
	} {
		v := worded(line)
		if all := v.credits(nil, []found{{Mark: Mark{Span: v.find("the Gazette")[0], P: 0.9}}}); len(all) != 0 {
			t.Errorf("%s: %s", line, v.read(all[0].Content))
		}
	}
}
