// Package occasion finds through which carrier, to whom and when each
// statement was made.
//
//	o := occasion.Read(article, statements, marks)
//
// What can be meant are the article's own words: nouns for carriers and names
// of outlets (via), people and bodies (to), time expressions (when). It goes in
// steps. [doc.own] asks of each that stands in or next to a statement's
// sentences whether it belongs to that statement, by the words around it: "in
// an interview with", "told", "said on Monday". [look.options] then asks whether
// what belongs to one statement holds for another of the same occasion: the
// same speaker, nearby, with nothing new in between. For times [neighbours]
// asks that once more, now that it is known what the statements around have.
// The first is a linear scorer over words, the others sums of decision trees
// over numbers (weights.txt), all fitted on articles read by hand. What a statement cannot have is taken away ([doc.kept]); what the
// encoder's heads mark on their own comes in at [meet].
package occasion

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A Statement is one attribution, as byte ranges of the text.
type Statement struct {
	Source, Cue, Content []text.Range
	Speaker              string // who makes it; several joined in any fixed way; "" where that is not known
	Inner                bool   // stands inside another's content
	Thought              bool   // is a state of mind and no saying
}

// An Article is the text and what other rooms found in it, in order.
type Article struct {
	Text      string
	Published string // EDTF, "" where not known
	Times     []when.Dated
	Names     []speaker.Name
	Phrases   []Phrase
}

// A Phrase is a noun or pronoun for people or a body, and whom it stands for.
type Phrase struct {
	text.Range
	Names []string
}

// Field is what a tie is about.
type Field uint8

// The fields.
const (
	Via Field = iota
	To
	When
)

func (f Field) String() string { return [...]string{"via", "to", "when"}[f] }

// A Mark is what a head of the encoder ties to a statement, with its
// probability.
type Mark struct {
	text.Range
	P float64
}

// A Tie says that something belongs to a statement.
type Tie struct {
	text.Range
	Values []string // the carrier's words, whom it was said to, or the date ("" where it cannot be told)
	P      float64  // of both that follow
	Rules  float64  // what the words around it give
	Head   float64  // what the encoder's head gives, 0 where it gives nothing
	From   int      // the statement beside which the words stand
}

// An Occasion is what is known of how a statement was made. Ties stand in order
// of the text; of times there is one at most.
type Occasion [3][]Tie

// least is how likely a tie must be to be kept.
var least = [3]float64{Via: 0.3, To: 0.28, When: 0.37}

const sure, surer = 0.6, 0.8

// Read finds the occasions of all statements. marks is nil or holds for each
// field what the heads tie to each statement.
func Read(a Article, statements []Statement, marks *[3][][]Mark) []Occasion {
	d := newDoc(a, statements)
	out := make([]Occasion, len(statements))
	var all [3][][]Tie
	var cands [3][]cand
	for f := range all {
		var row [][]Mark
		if marks != nil {
			row = marks[f]
		}
		cands[f] = d.candidates(Field(f))
		all[f] = d.ties(Field(f), cands[f], row)
	}
	d.themselves(all[When])
	for f := range all {
		for i, ties := range all[f] {
			out[i][f] = pick(Field(f), d.kept(Field(f), i, ties))
			if Field(f) == To {
				if who, ok := d.answers(i, cands[To]); ok {
					out[i][f] = []Tie{who}
				}
			}
		}
	}
	d.replies(out, cands[To])
	for i := range out {
		d.apart(&out[i])
	}
	return out
}

// replies gives of each answer who had asked: "Dahl asked Finch whether he would go.
// “No,” Finch said." The question must be to who answers, and the answer the next
// thing that is said.
func (d *doc) replies(out []Occasion, all []cand) {
	for n, i := range d.order[:max(0, len(d.order)-1)] {
		k := d.order[n+1]
		asker, who := d.statements[i].Speaker, d.statements[k].Speaker
		to := slices.ContainsFunc(out[i][To], func(t Tie) bool { return slices.Contains(t.Values, who) })
		r, _ := utf8.DecodeRuneInString(asker)
		if !to || !d.asks(i) || !unicode.IsUpper(r) || asker == who || d.statements[k].Thought || len(d.statements[i].Source) == 0 || d.par[d.anchors[k]]-d.par[d.anchors[i]] > 1 {
			continue
		}
		if slices.ContainsFunc(out[k][To], func(t Tie) bool { return t.From == k }) {
			continue
		}
		out[k][To] = []Tie{d.facing(i, i, all)}
	}
}

// facing ties to the speaker of statement k, as its source names him, who faces him in
// statement from; several whom the source joins are all spoken to.
func (d *doc) facing(k, from int, all []cand) Tie {
	st := &d.statements[k]
	c := d.candidate(To, all, st.Source[0])
	if len(c.values) < 2 {
		c.values = []string{st.Speaker}
	}
	return Tie{Range: c.Range, Values: c.values, P: 1, Rules: 1, From: from}
}

// asks reports whether a statement's cue is one of asking.
func (d *doc) asks(i int) bool {
	found := false
	for _, s := range d.cues[i] {
		for k := s.first; k < s.last; k++ {
			w := d.toks[k].Lower
			if w == "has" || w == "have" || w == "had" || w == "for" || w == "repeatedly" {
				return false
			}
			found = found || lexicon.Asking[w]
		}
	}
	return found
}

// apart takes from those spoken to who but names a part of them, leaves of who is
// both spoken to and a carrier the likelier of the two, for in "an interview with
// the Gazette" the interview is the carrier, and takes what the platform makes
// needless.
func (d *doc) apart(o *Occasion) {
	to := slices.Clone(o[To])
	o[To] = slices.DeleteFunc(o[To], func(t Tie) bool { // the Gazette, where the Gazette's readers are meant
		return slices.ContainsFunc(to, func(whole Tie) bool {
			return t.Values[0] != whole.Values[0] && strings.Contains(whole.Values[0], t.Values[0])
		})
	})
	o[To] = slices.DeleteFunc(o[To], func(t Tie) bool { // the palace, in "told reporters at the palace"
		return slices.ContainsFunc(to, func(u Tie) bool { return u.End < t.Start && t.Start-u.End < near && d.lies(u.End, t.Start) })
	})
	both := func(v, t Tie) bool {
		return t.Overlaps(v.Range) || slices.ContainsFunc(t.Values, func(to string) bool { return strings.HasSuffix(to, v.Values[0]) })
	}
	o[Via] = slices.DeleteFunc(o[Via], func(v Tie) bool {
		return slices.ContainsFunc(o[To], func(t Tie) bool { return t.P >= v.P && both(v, t) })
	})
	o[To] = slices.DeleteFunc(o[To], func(t Tie) bool {
		return slices.ContainsFunc(o[Via], func(v Tie) bool { return both(v, t) })
	})
	o[Via] = slices.DeleteFunc(o[Via], func(v Tie) bool {
		return posted[strings.ToLower(v.Values[0])] && slices.ContainsFunc(o[Via], func(on Tie) bool { return d.platform(v, on) })
	})
}

// answers gives who was asked, where he answers in the same sentence: "Asked whether
// the pier was closed, Finch said"; all are who may be spoken to. Only names are taken:
// of descriptions as many are somebody else's.
func (d *doc) answers(i int, all []cand) (Tie, bool) {
	if len(d.cues[i]) == 0 || d.rank[i]+1 >= len(d.order) {
		return Tie{}, false
	}
	asked := &d.statements[i]
	next := d.order[d.rank[i]+1]
	answer := &d.statements[next]
	if len(answer.Source) == 0 || answer.Speaker == asked.Speaker {
		return Tie{}, false
	}
	if r, _ := utf8.DecodeRuneInString(answer.Speaker); !unicode.IsUpper(r) {
		return Tie{}, false
	}
	k, s := d.cues[i][0].first, d.span(answer.Source[0])
	if d.toks[k].Lower == "when" && k+1 < len(d.toks) {
		k++
	}
	before := d.word(k-1, k)
	opens := k == d.starts[d.sent[k]] || before == "^" || before == "," || before == "when" || before == "“"
	if !opens || !lexicon.Asked(d.word(k, k)) || s.first >= s.last || d.sent[s.first] != d.sent[k] || s.first < k || len(asked.Source) > 0 && asked.Source[0].Start < d.toks[k].Start {
		return Tie{}, false
	}
	if slices.ContainsFunc(asked.Content, func(g text.Range) bool { return g.End > answer.Source[0].Start }) {
		return Tie{}, false // who speaks within the question
	}
	return d.facing(next, i, all), true
}

// platform reports whether a post and the like stands on another carrier: beside a
// known outlet, or before "on" and a name.
func (d *doc) platform(post, on Tie) bool {
	if on.Overlaps(post.Range) {
		return false
	}
	if Outlet(on.Values[0]) {
		return max(on.Start-post.End, post.Start-on.End) < near
	}
	return on.Start > post.End && strings.TrimSpace(d.Text[post.End:on.Start]) == "on" && on.Values[0] != strings.ToLower(on.Values[0])
}

// lies reports whether what stands between two names tells where the first are.
func (d *doc) lies(from, to int) bool {
	words := strings.Fields(d.Text[from:to])
	return (len(words) == 1 || len(words) == 2) && places[words[0]]
}

var places = set("at in on outside inside near from")

// posted are words that say no more than the platform does: "in a post on X",
// "in a Truth Social post".
var posted = set("post posts tweet tweets message messages page account")

const near = 24 // bytes between a post and its platform

// pick keeps what is likely enough, one tie a value; of times the likeliest. A
// statement has one occasion: what stands beside another statement than the
// likeliest does must be as good as sure.
func pick(f Field, ties []Tie) []Tie {
	slices.SortStableFunc(ties, func(a, b Tie) int { return cmp.Compare(b.P, a.P) })
	var out []Tie
	for _, t := range ties {
		if t.P < least[f] || f == When && len(out) > 0 {
			break
		}
		if len(out) > 0 && t.From != out[0].From && t.P < sure {
			continue
		}
		if !slices.ContainsFunc(out, func(o Tie) bool {
			return o.Overlaps(t.Range) || f == Via && one(o.Values[0], t.Values[0]) || slices.Equal(o.Values, t.Values)
		}) {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b Tie) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// themselves notes of each statement the likeliest time that stands beside it and is
// as good as sure to be its own.
func (d *doc) themselves(times [][]Tie) {
	for i, ties := range times {
		for _, t := range ties {
			if t.From == i && t.P >= sure && t.P > d.spoken[i].P {
				d.spoken[i] = t
			}
		}
	}
}

// anotherTime reports whether statement i was made at another time than k: on another
// day, or in a month of its own where the article leaves k, elsewhere, to the news
// of the day.
func (d *doc) anotherTime(i, k int) bool {
	a, b := d.spoken[i], d.spoken[k]
	if i == k || a.P == 0 || b.P > 0 && a.Overlaps(b.Range) {
		return false
	}
	from, to := bounds(a.Values[0])
	if b.P == 0 {
		return from != to && d.par[d.anchors[i]] != d.par[d.anchors[k]]
	}
	otherFrom, otherTo := bounds(b.Values[0])
	return from > otherTo && otherTo != "" || to < otherFrom && to != ""
}

// bounds gives the first and last day of an EDTF date, as far as they compare in order:
// "2032-02-99" ends February. Both are empty where there is no date.
func bounds(date string) (from, to string) {
	from, to, ok := strings.Cut(strings.ReplaceAll(date, "~", ""), "/")
	if !ok {
		to = from
	}
	if to == "" {
		return from, to
	}
	const last = "9999-99-99"
	if to == ".." {
		to = ""
	}
	return from, to + last[min(len(to), len(last)):]
}

// alike are nouns by which an article names one carrier in turn.
var alike = []map[string]bool{
	set("speech speeches remarks address talk"), set("poll polls polling survey surveys"), set("interview interviews conversation exchange"),
	set("article articles story op-ed column editorial"),
}

// one reports whether two carriers are one named twice: "Poll" and "survey".
func one(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	headA, headB := lastWord(a), lastWord(b)
	return a == b || slices.ContainsFunc(alike, func(s map[string]bool) bool { return s[headA] && s[headB] })
}

// meet joins what the rules and the heads think of the same tie: either may
// bring it in, and a tie that both see is the surer for it. The heads count for
// less, for they see no farther than their window and know no occasions.
func meet(rules, head float64) float64 {
	const weight = 0.5
	return 1 - (1-rules)*(1-weight*head)
}

// ties gives for each statement what of the candidates may belong to it.
func (d *doc) ties(f Field, cands []cand, marks [][]Mark) [][]Tie {
	l := d.look(f, cands)
	out := make([][]Tie, len(d.statements))
	options := l.weigh(d.weights.carry[f])
	if settle := d.weights.settle[f]; len(settle) > 0 {
		l.neighbours(options).settle(options, settle)
	}
	for i := range d.statements {
		for _, o := range options[i] {
			c, p := &l.cands[o.cand], o.p
			out[i] = append(out[i], Tie{Range: c.Range, Values: c.values, P: p, Rules: p, From: o.from})
		}
		if i >= len(marks) {
			continue
		}
		for _, m := range marks[i] {
			if d.barred(f, d.span(m.Range).first) {
				continue
			}
			seen := false
			for k := range out[i] {
				if t := &out[i][k]; t.Overlaps(m.Range) {
					t.P, t.Head, seen = meet(t.Rules, m.P), m.P, true
				}
			}
			if c := d.candidate(f, l.cands, m.Range); !seen && len(c.values) > 0 {
				out[i] = append(out[i], Tie{Range: c.Range, Values: c.values, P: meet(0, m.P), Head: m.P, From: i})
			}
		}
	}
	return out
}
