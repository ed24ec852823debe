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

// A setting is what stands around a candidate, by words and by classes.
type setting struct {
	gov                 int    // the word that governs it
	before, before2     string // the words before it, the nearer one first
	after, after2       string
	word, word2, word3  string // the governing word and those before it
	class, class2, next string // of the governing word, the one before it, and the word behind the candidate
	opens               bool   // it or what governs it opens a sentence
}

// setting is that of a candidate.
func (d *doc) setting(c *cand) setting {
	g := d.governor(c)
	word := func(i int) string { return d.word(i, c.first) }
	return setting{
		gov: g, before: word(c.first - 1), before2: word(c.first - 2), after: word(c.last), after2: word(c.last + 1),
		word: word(g), word2: word(g - 1), word3: word(g - 2),
		class: d.class(g, c.first), class2: d.class(g-1, c.first), next: d.class(c.last, c.first),
		opens: c.first == d.starts[d.sent[c.first]] || g >= 0 && g == d.starts[d.sent[c.first]],
	}
}

// alone gives what speaks for or against a candidate belonging to any statement.
func (d *doc) alone(c *cand, e *evidence) {
	a := &c.setting
	e.add("bias")
	e.add("head=", c.head)
	e.add("kind=", c.kind)
	e.add("p1=", a.before)
	e.add("p2=", a.before2, " ", a.before)
	e.add("n1=", a.after)
	e.add("n2=", a.after, " ", a.after2)
	e.add("gov=", a.word)
	e.add("gov2=", a.word2, " ", a.word)
	e.add("gov3=", a.word3, " ", a.word2, " ", a.word)
	e.add("head=", c.head, " ", a.word)
	e.add("kind=", c.kind, " ", a.word)
	e.add("head=", c.head, " ", a.before)
	e.add("by=", a.class2, " ", a.class)
	e.add("by=", a.class2, " ", a.class, c.kind)
	e.add("by=", a.class, c.kind)
	e.add("next=", a.next)
	e.add("next=", a.next, c.kind)
	if a.gov >= 0 && d.cued[a.gov] {
		e.add("cued")
		e.add("cued ", c.kind)
	}
	if d.quoted[c.first] {
		e.add("quoted")
	}
	if a.opens {
		e.add("opens")
		e.add("opens ", c.kind)
	}
	if d.inside[c.first] {
		e.add("inside")
		e.add("inside ", c.kind)
	}
}

// own gives what speaks for or against a candidate near statement i belonging
// to it.
func (d *doc) own(f Field, i int, c *cand, e *evidence) {
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
	a := &c.setting
	way := side + flags
	sent := strconv.Itoa(max(-2, min(2, d.sent[c.first]-d.first[i])))
	e.add("bias")
	e.add("head=", c.head)
	e.add("kind=", c.kind)
	e.add("mark=", mark)
	e.add("at=", at)
	e.add("way=", way)
	e.add("at=", at, flags)
	e.add("p1=", a.before)
	e.add("p2=", a.before2, " ", a.before)
	e.add("n1=", a.after)
	e.add("n2=", a.after, " ", a.after2)
	e.add("gov=", a.word)
	e.add("gov2=", a.word2, " ", a.word)
	e.add("q=", cue)
	e.add("q=", cue, at)
	e.add("q=", cue, " ", a.word)
	e.add("head=", c.head, " ", a.word)
	e.add("head=", c.head, at)
	e.add("kind=", c.kind, " ", a.word)
	e.add("kind=", c.kind, at)
	e.add("kind=", c.kind, way)
	e.add("mark=", mark, " ", a.word)
	e.add("mark=", mark, c.kind)
	e.add("sent=", sent)
	e.add("sent=", sent, mark)
	e.add("gov=", a.word, at)
	e.add("gov=", a.word, way)
	e.add("mark=", mark, side, sent)
	e.add("by=", a.class2, " ", a.class)
	e.add("by=", a.class2, " ", a.class, c.kind)
	e.add("by=", a.class2, " ", a.class, side, mark)
	e.add("by=", a.class, c.kind, at)
	e.add("by=", a.class, c.kind, way)
	e.add("next=", a.next, c.kind, side)
	if d.quoted[c.first] {
		e.add("quoted")
		e.add("quoted", mark)
	}
	if st.Inner {
		e.add("inner")
		e.add("inner", mark)
		e.add("inner", at)
	}
	if a.opens {
		e.add("opens")
		e.add("opens", way)
	}
	if len(st.Content) == 0 {
		e.add("bare")
		e.add("bare", side)
	}
	if thinking[cue] {
		e.add("thinks")
	}
	if f == When && d.Published != "" && (len(c.values) == 0 || c.values[0] == "") {
		e.add("undated")
	}
	if f == To {
		for _, v := range c.values {
			if v == st.Speaker {
				e.add("self")
			}
		}
	}
	if mark == "source" {
		e.add("source=", c.head)
		e.add("source ", a.word)
		e.add("source ", d.toks[d.span(st.Source[0]).first].Lower)
	}
}

// holds reports whether statement i stands in the content of statement o.
func (d *doc) holds(o, i int) bool { return d.within(d.anchors[i], d.statements[o].Content) }
