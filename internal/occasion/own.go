package occasion

import (
	"strconv"

	"github.com/quothnews/quoth/internal/text"
)

var (
	clauses  = set("that who which when while where after before because if as but although though whether amid")
	light    = set("the a an his her its their this that these those our my your 's recent new same , “ \" own first second last another")
	governs  = set("in on at with to of from by for via during through after before about into per over since until told asked tells asks urged near between against as and or than")
	thinking = set("believes think thinks believe hopes hope wants want fears fear feels expects worried knows know concerned hoping feared thought plans hoped wanted felt believed feeling")
)

// bucket groups distances: 0, 1, 2, 3-4, 5-8, 9-16, more.
func bucket(n int) string {
	switch {
	case n <= 2:
		return strconv.Itoa(max(n, 0))
	case n <= 4:
		return "3"
	case n <= 8:
		return "5"
	case n <= 16:
		return "9"
	}
	return "17"
}

// word is a token's word at i, "^" and "$" beyond the line that holds k.
func (d *doc) word(i, k int) string {
	if i < 0 || i < k && d.par[i] != d.par[k] {
		return "^"
	}
	if i >= len(d.toks) || d.par[i] != d.par[k] {
		return "$"
	}
	if d.toks[i].Kind == text.Number {
		return "0"
	}
	return d.toks[i].Lower
}

// within reports whether token k lies in one of the ranges.
func (d *doc) within(k int, ranges []text.Range) bool {
	for _, g := range ranges {
		if g.Start < d.toks[k].End && d.toks[k].Start < g.End {
			return true
		}
	}
	return false
}

// cueWord is the last word of a statement's cue that is not a particle; "-"
// without a cue.
func (d *doc) cueWord(i int) string {
	if len(d.cues[i]) == 0 {
		return "-"
	}
	c := d.cues[i][len(d.cues[i])-1]
	return d.verb(c)
}

// verb is the word that tells most of a piece of a cue.
func (d *doc) verb(c span) string {
	for k := c.last - 1; k > c.first; k-- {
		if t := &d.toks[k]; t.Kind == text.Word && !governs[t.Lower] && t.Lower != "that" {
			return t.Lower
		}
	}
	return d.toks[c.first].Lower
}

// governor is the word that governs a candidate from the left, and its place:
// "with" in "an interview with the paper".
func (d *doc) governor(c *cand) int {
	g := c.first - 1
	for n := 0; g >= 0 && n < 5 && d.par[g] == d.par[c.first] && !governs[d.toks[g].Lower] && !d.cued[g] && (light[d.toks[g].Lower] || d.toks[g].Kind != text.Symbol); n++ {
		g--
	}
	return g
}

// addressing are verbs whose object is who is spoken to; saying those whose
// object is what is said.
var (
	addressing = set("told tells tell telling asked asks ask asking urged urges urge urging warned warns warn warning reminded informed assured briefed addressed addressing thanked pressed pressing questioned interviewed lobbied advised begged implored encouraged challenged called contacted notified ordered instructed emailed texted phoned messaged answering answered joked lectured convince convinced persuade promised invited")
	saying     = set("said says say saying wrote writes write writing spoke speaks speak speaking talked talking talk announced announces announcing posted posts tweeted tweets posting stated states stating declared testified reported reports according published aired released issued broadcast appeared appearing quoted cited")
)

// class is what kind of word governs: words of a kind behave alike.
func (d *doc) class(i int, k int) string {
	w := d.word(i, k)
	switch {
	case addressing[w]:
		return "ADDRESS"
	case saying[w]:
		return "SAY"
	case i >= 0 && i < len(d.toks) && d.carrier(i):
		return "CARRIER"
	case governs[w]:
		return w
	case i >= 0 && i < len(d.toks) && d.cued[i]:
		return "CUE"
	}
	return "-"
}

// governed tells by classes how a candidate is governed.
func (d *doc) governed(c *cand, g int) string {
	return d.class(g-1, c.first) + " " + d.class(g, c.first)
}

// alone gives what speaks for or against a candidate belonging to any statement.
func (d *doc) alone(c *cand) []string {
	g := d.governor(c)
	gov := d.word(g, c.first)
	p1, n1 := d.word(c.first-1, c.first), d.word(c.last, c.first)
	out := []string{"bias", "head=" + c.head, "kind=" + c.kind, "p1=" + p1, "p2=" + d.word(c.first-2, c.first) + " " + p1, "n1=" + n1, "n2=" + n1 + " " + d.word(c.last+1, c.first),
		"gov=" + gov, "gov2=" + d.word(g-1, c.first) + " " + gov, "gov3=" + d.word(g-2, c.first) + " " + d.word(g-1, c.first) + " " + gov, "head=" + c.head + " " + gov, "kind=" + c.kind + " " + gov, "head=" + c.head + " " + p1}
	by := d.governed(c, g)
	out = append(out, "by="+by, "by="+by+c.kind, "by="+d.class(g, c.first)+c.kind, "next="+d.class(c.last, c.first), "next="+d.class(c.last, c.first)+c.kind)
	if g >= 0 && d.cued[g] {
		out = append(out, "cued", "cued "+c.kind)
	}
	if d.quoted[c.first] {
		out = append(out, "quoted")
	}
	if c.first == d.starts[d.sent[c.first]] || g >= 0 && g == d.starts[d.sent[c.first]] {
		out = append(out, "opens", "opens "+c.kind)
	}
	if d.inside[c.first] {
		out = append(out, "inside", "inside "+c.kind)
	}
	return out
}

// own gives what speaks for or against a candidate near statement i belonging
// to it.
func (d *doc) own(f Field, i int, c *cand) []string {
	st := &d.statements[i]
	side, gap, cue := "n", 99, "-"
	lo, hi := c.first, c.first // what stands between candidate and cue
	for _, q := range d.cues[i] {
		switch {
		case c.first < q.last && q.first < c.last:
			side, gap, cue, lo, hi = "i", 0, d.verb(q), c.first, c.first
		case q.last <= c.first && c.first-q.last < gap:
			side, gap, cue, lo, hi = "a", c.first-q.last, d.verb(q), q.last, c.first
		case c.last <= q.first && q.first-c.last < gap:
			side, gap, cue, lo, hi = "b", q.first-c.last, d.verb(q), c.last, q.first
		}
	}
	flags, free := "", 0
	content, source, comma, clause, other, ended := false, false, false, false, false, false
	for k := lo; k < hi; k++ {
		switch t := &d.toks[k]; {
		case d.within(k, st.Content):
			content = true
		case d.within(k, st.Source):
			source = true
		default:
			free++
			comma = comma || t.Lower == "," || t.Lower == "(" || t.Lower == "—" || t.Lower == ";"
			clause = clause || clauses[t.Lower]
			other = other || d.cued[k]
			ended = ended || d.sent[k] != d.sent[lo]
		}
	}
	for _, x := range []struct {
		is   bool
		mark string
	}{{content, "c"}, {source, "s"}, {comma, ","}, {clause, "w"}, {other, "o"}, {ended, "."}} {
		if x.is {
			flags += x.mark
		}
	}
	at := side + bucket(free)
	mark := "out"
	switch {
	case d.within(c.first, st.Source):
		mark = "source"
	case d.within(c.first, st.Content):
		mark = "content"
	case d.cued[c.first] && side != "i":
		mark = "cue"
	case side != "i" && d.inside[c.first]:
		mark = "foreign"
	}
	g := d.governor(c)
	gov := d.word(g, c.first)
	gov2 := d.word(g-1, c.first) + " " + gov
	p1, n1 := d.word(c.first-1, c.first), d.word(c.last, c.first)
	sent := strconv.Itoa(max(-2, min(2, d.sent[c.first]-d.first[i])))
	out := []string{"bias", "head=" + c.head, "kind=" + c.kind, "mark=" + mark, "at=" + at, "way=" + side + flags, "at=" + at + flags,
		"p1=" + p1, "p2=" + d.word(c.first-2, c.first) + " " + p1, "n1=" + n1, "n2=" + n1 + " " + d.word(c.last+1, c.first), "gov=" + gov, "gov2=" + gov2, "q=" + cue, "q=" + cue + at,
		"q=" + cue + " " + gov, "head=" + c.head + " " + gov, "head=" + c.head + at, "kind=" + c.kind + " " + gov, "kind=" + c.kind + at, "kind=" + c.kind + side + flags, "mark=" + mark + " " + gov,
		"mark=" + mark + c.kind, "sent=" + sent, "sent=" + sent + mark, "gov=" + gov + at, "gov=" + gov + side + flags, "mark=" + mark + side + sent}
	by := d.governed(c, g)
	out = append(out, "by="+by, "by="+by+c.kind, "by="+by+side+mark, "by="+d.class(g, c.first)+c.kind+at, "by="+d.class(g, c.first)+c.kind+side+flags, "next="+d.class(c.last, c.first)+c.kind+side)
	if d.quoted[c.first] {
		out = append(out, "quoted", "quoted"+mark)
	}
	if st.Inner {
		out = append(out, "inner", "inner"+mark, "inner"+at)
	}
	if c.first == d.starts[d.sent[c.first]] || g >= 0 && g == d.starts[d.sent[c.first]] {
		out = append(out, "opens", "opens"+side+flags)
	}
	if len(st.Content) == 0 {
		out = append(out, "bare", "bare"+side)
	}
	if thinking[cue] {
		out = append(out, "thinks")
	}
	if f == When && d.Published != "" && (len(c.values) == 0 || c.values[0] == "") {
		out = append(out, "undated")
	}
	if f == To {
		for _, v := range c.values {
			if v == st.Speaker {
				out = append(out, "self")
			}
		}
	}
	if mark == "source" {
		out = append(out, "source="+c.head, "source "+gov, "source "+d.toks[d.span(st.Source[0]).first].Lower)
	}
	return out
}

// holds reports whether statement i stands in the content of statement o.
func (d *doc) holds(o, i int) bool { return d.within(d.anchors[i], d.statements[o].Content) }
