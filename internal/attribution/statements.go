package attribution

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/text"
)

// A Statement is one attribution: the spans that belong together.
type Statement struct {
	Source, Cue, Content []Span
	Inner                bool // stands inside another's content
	Relays               bool // its content is that another leaves a thing open
	Post                 *Post
	Confidence           float64

	log float64 // log-probability of all its spans and links
}

// Anchor is the span by which the statement is linked to others: its cue, else
// its content, else its source.
func (s *Statement) Anchor() Span {
	for _, g := range [][]Span{s.Cue, s.Content, s.Source} {
		if len(g) > 0 {
			return g[0]
		}
	}
	return Span{}
}

type found struct {
	Mark
	inner  bool
	vec    []float32
	linked bool
}

// gather decodes a kind's two tracks: the outer one, whose contents do not begin
// before the end of what heads their paragraph, and the one for spans inside another's content.
func (v *View) gather(kind string) []found {
	var out []found
	for _, m := range v.Track(kind) {
		if kind == "content" {
			if at := v.pastHead(stretch(v.Paragraph, m.First)); m.Last >= at {
				m.First = max(m.First, at)
			}
		}
		out = append(out, found{Mark: m})
	}
	outer := len(out)
	for _, m := range v.Track("inner_" + kind) {
		if v.inside(kind, m) && !slices.ContainsFunc(out[:outer], func(f found) bool { return f.Span == m.Span }) {
			out = append(out, found{Mark: m, inner: true})
		}
	}
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Compare(a.First, b.First) })
	spans := make([]Span, len(out))
	for i, f := range out {
		spans[i] = f.Span
	}
	vecs := v.Vectors(spans)
	for i := range out {
		out[i].vec = vecs[i]
	}
	return out
}

// saying is a cue that tells of words, not of a state of mind.
var saying = regexp.MustCompile(`(?i)\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|ask(?:s|ed|ing)?|claim(?:s|ed|ing)?|announc(?:es?|ed|ing)|order(?:s|ed|ing)?|promis(?:es?|ed|ing)|warn(?:s|ed|ing)?|den(?:y|ies|ied|ying)|admit(?:s|ted|ting)?|acknowledg(?:es?|ed|ing)|accus(?:es?|ed|ing)|alleg(?:es?|ed|ing|ations?)|report(?:s|ed|ing|edly)?|confirm(?:s|ed|ing)?|insist(?:s|ed|ing)?|argu(?:es?|ed|ing)|wr(?:ites?|ote|iting)|tweet(?:s|ed|ing)?|pledg(?:es?|ed|ing)|vow(?:s|ed|ing)?|threat(?:ens?|ened|ening)|apologi[sz](?:es?|ed|ing)|demand(?:s|ed|ing)?|urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:for|on)|request(?:s|ed|ing)?|suggest(?:s|ed|ing)?|declin(?:es?|ed|ing)|refus(?:es?|ed|ing|al)|reject(?:s|ed|ing)?|condemn(?:s|ed|ing)?|describ(?:es?|ed|ing)|stat(?:es?|ed|ing)|declar(?:es?|ed|ing)|reveal(?:s|ed|ing)?|accord(?:ing|s))\b`)

// inside reports whether a mark within another's content is to be kept. What
// is said there by others is surer than what its speaker thinks or wants; the
// parts around a cue count only with it.
func (v *View) inside(kind string, m Mark) bool {
	keep := v.r.set.Keep
	return m.P >= keep["inner"] || m.P >= keep["inner_said"] && (kind != "cue" || v.says([]Span{m.Span}, saying))
}

// within gives the found spans that start within reach of a piece.
func within(all []found, piece, reach int) []found {
	lo := search(len(all), func(i int) bool { return all[i].First >= piece-reach })
	hi := search(len(all), func(i int) bool { return all[i].First > piece+reach })
	return all[lo:hi]
}

// Statements decodes the tracks, joins what belongs together, and mends by the
// words what tags and links get wrong; in order of the text.
func (v *View) Statements() []Statement {
	sources, cues, contents := v.gather("source"), v.gather("cue"), v.gather("content")
	out := v.cued(sources, cues, contents)
	out = append(out, v.uncued(sources, contents)...)
	chain(out)
	v.apiece(out)
	v.own(out)
	out = oneCue(out)
	v.passively(out)
	v.made(out)
	out = v.relayed(v.retold(v.cited(out)))
	out = v.credits(out, sources)
	out = unite(out, v.answered)
	out = once(v.signed(v.turns(v.posts(v.refusals(out, sources)))))
	sortByPlace(out)
	out = v.borders(v.listed(v.goOn(v.anew(v.runOn(out)))), sources)
	sortByPlace(out)
	for i := range out {
		out[i].Confidence = v.confidence(&out[i])
	}
	return out
}

// cued makes a statement of each cue with the source and the contents that go
// with it. A cue without a content must be surer, or be a refusal.
func (v *View) cued(sources, cues, contents []found) []Statement {
	keep, reach := v.r.set.Keep, v.r.set.Reach
	taken := make([][]link, len(cues))
	for k, c := range cues {
		taken[k] = v.contents(&c, within(contents, c.First, reach))
	}
	share(taken)
	var out []Statement
	for k, c := range cues {
		st := Statement{Cue: []Span{c.Span}, Inner: c.inner, log: logP(c.P)}
		v.give(&st, "cue_source", &c, sources)
		for _, t := range taken[k] {
			t.linked = true
			if x, ok := behind(t.Span, c.Span); ok {
				st.Content = append(st.Content, x)
				st.add(t.P, t.p)
			}
		}
		if len(st.Content) == 0 {
			alone := c.P >= keep["cue_alone"]
			if len(st.Source) == 0 || !alone && !v.says(st.Cue, refusal) {
				continue
			}
			v.rest(&st, &c, within(contents, c.First, reach))
			if len(st.Content) == 0 {
				v.after(&st, &c)
			}
			if len(st.Content) == 0 && !alone && !c.refusal {
				continue
			}
		}
		out = append(out, st)
	}
	return out
}

// uncued makes a statement of each content that is linked to no cue, where it is
// sure enough.
func (v *View) uncued(sources, contents []found) []Statement {
	const bare = 0.5 // least probability of a content that neither a cue, nor a source, nor quotation marks show
	var out []Statement
	for i := range contents {
		f := &contents[i]
		if f.linked || f.P < v.r.set.Keep["content_alone"] && !v.surelyQuoted(f) {
			continue
		}
		st := Statement{Content: []Span{f.Span}, Inner: f.inner, log: logP(f.P)}
		v.give(&st, "content_source", f, sources)
		if inside, _ := v.Quoted(&st); len(st.Source) == 0 && inside == 0 && f.P < bare {
			continue
		}
		out = append(out, st)
	}
	return out
}

// give gives a statement the likeliest source of its cue or content, by the
// relation between the two, where it is likely enough.
func (v *View) give(st *Statement, relation string, of *found, sources []found) {
	f, p := best(v.Scorer(relation, of.Span, of.vec), within(sources, of.First, v.r.set.Reach))
	if f != nil && p >= v.r.set.Keep[relation] {
		st.Source = []Span{f.Span}
		st.add(f.P, p)
	}
}

// sortByPlace puts statements in order of the text.
func sortByPlace(all []Statement) {
	slices.SortStableFunc(all, func(a, b Statement) int { return cmp.Compare(a.start(), b.start()) })
}

// A link is a content that goes with a cue, and how probably it does.
type link struct {
	*found
	p float64
}

// contents gives the contents that go with a cue.
func (v *View) contents(cue *found, near []found) []link {
	to := v.Scorer("cue_content", cue.Span, cue.vec)
	top, topP := best(to, near)
	var out []link
	for i := range near {
		f := &near[i]
		p := sigmoid(to.To(f.Span, f.vec))
		if p >= v.r.set.Keep["cue_content"] || f == top && topP >= v.r.set.Keep["cue_content_best"] {
			out = append(out, link{f, p})
		}
	}
	return out
}

// share leaves a content that several cues claim to the one that it fits best,
// and to those that have no other: “A,” he began, adding: “B.”
func share(taken [][]link) {
	owner := map[*found]float64{}
	for _, all := range taken {
		for _, t := range all {
			owner[t.found] = max(owner[t.found], t.p)
		}
	}
	for k, all := range taken {
		if len(all) < 2 {
			continue
		}
		best := slices.MaxFunc(all, func(a, b link) int { return cmp.Compare(a.p, b.p) }).found
		taken[k] = slices.DeleteFunc(all, func(t link) bool { return t.p < owner[t.found] && t.found != best })
	}
}

// rest gives a statement without content that stands in another's content ("he
// said that she will resign, according to the agency") the words from its cue to the
// end of that, where the links say that they are its content: one track cannot
// hold both.
func (v *View) rest(s *Statement, cue *found, contents []found) {
	to := v.Scorer("cue_content", cue.Span, cue.vec)
	for _, f := range contents {
		r := Span{cue.Last + 1, f.Last}
		if f.First > cue.First || r.Last < r.First {
			continue
		}
		if p := sigmoid(to.To(r, v.Vectors([]Span{r})[0])); p >= v.r.set.Keep["cue_content"] {
			s.Content, s.Inner = []Span{r}, true
			s.add(f.P, p)
			return
		}
	}
}

func (s *Statement) add(span, link float64) {
	s.log += logP(span) + logP(link)
}

func logP(p float64) float64 { return math.Log(max(p, 1e-6)) }

// start is the statement's first piece.
func (s *Statement) start() int {
	first := math.MaxInt
	for _, g := range [][]Span{s.Source, s.Cue, s.Content} {
		for _, x := range g {
			first = min(first, x.First)
		}
	}
	return first
}

// best is the span with the highest probability of a link.
func best(s *Scorer, among []found) (*found, float64) {
	var top *found
	high := float32(minusInf)
	for i := range among {
		if x := s.To(among[i].Span, among[i].vec); x > high {
			top, high = &among[i], x
		}
	}
	if top == nil {
		return nil, 0
	}
	return top, sigmoid(high)
}

// confidence is the probability that all parts are right, by a logistic form
// fitted on articles not trained on.
func (v *View) confidence(s *Statement) float64 {
	c := v.r.set.Calibrate
	if len(c) != 7 {
		return math.Exp(s.log)
	}
	log, missing, length := max(s.log, leastLog), 0.0, 0
	if len(s.Source) == 0 || len(s.Cue) == 0 || len(s.Content) == 0 {
		missing = 1
	}
	for _, x := range s.Content {
		length += utf8.RuneCountInString(v.Text[v.Pieces[x.First].Start:v.Pieces[x.Last].End])
	}
	x := c[0] + c[1]*log + c[2]*missing + c[3]*log*log + c[4]*log*missing + c[5]*math.Log1p(float64(length)) + c[6]*log*log*log
	return 1 / (1 + math.Exp(-x))
}

// leastLog is where the logarithm of a product of probabilities ends:
// train/calibrate.py reads such products with four decimals.
const leastLog = -9.9

// surelyQuoted reports whether the tags are sure that what a content quotes is
// content, though not where that begins and ends.
func (v *View) surelyQuoted(f *found) bool {
	const sure = 0.9
	n, sum := 0, 0.0
	for i := f.First; i <= f.Last; i++ {
		if v.quotes[i] == text.Inside {
			n, sum = n+1, sum+1-v.chance("content", i, tagO)
		}
	}
	return !f.inner && n > 0 && sum >= sure*float64(n)
}

// Quoted counts the word pieces of the statement's content that stand inside
// quotation marks, and those outside, punctuation left aside.
func (v *View) Quoted(s *Statement) (inside, outside int) {
	for _, c := range s.Content {
		for i := c.First; i <= c.Last; i++ {
			r, _ := utf8.DecodeRuneInString(v.Text[v.Pieces[i].Start:])
			switch {
			case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			case v.quotes[i] == text.Outside:
				outside++
			default:
				inside++
			}
		}
	}
	return inside, outside
}
