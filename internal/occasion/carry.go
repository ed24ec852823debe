package occasion

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

const (
	window   = 30  // statements between which an occasion is carried
	leastOwn = 0.1 // how likely a candidate must be somebody's own to be thought of
)

// A look is a field's candidates with what the first step says of them.
type look struct {
	*doc
	f     Field
	cands []cand
	any   []float64 // how likely each belongs to any statement
	near  [][]tied  // for each statement, what stands near it
	owner [][]tied  // for each candidate, the statements that it stands near
}

// tied is how likely a candidate is a statement's own.
type tied struct {
	cand, statement int
	p               float64
}

func (d *doc) look(f Field) *look {
	l := &look{doc: d, f: f, cands: d.candidates(f)}
	l.any, l.owner = make([]float64, len(l.cands)), make([][]tied, len(l.cands))
	for k := range l.cands {
		l.any[k] = p(d.weights.alone[f], d.alone(&l.cands[k]))
	}
	l.near = make([][]tied, len(d.statements))
	for i := range d.statements {
		first, last := l.around(i)
		for k := first; k < last; k++ {
			t := tied{k, i, p(d.weights.own[f], d.own(f, i, &l.cands[k]))}
			l.near[i] = append(l.near[i], t)
			l.owner[k] = append(l.owner[k], t)
		}
	}
	return l
}

// around gives the candidates in a statement's sentences and the one before.
func (l *look) around(i int) (first, last int) {
	if l.final[i] < 0 {
		return 0, 0
	}
	at := func(c cand, tok int) int { return cmp.Compare(c.first, tok) }
	first, _ = slices.BinarySearchFunc(l.cands, l.starts[max(0, l.first[i]-1)], at)
	end := len(l.toks)
	if next := l.final[i] + 1; next < len(l.starts) {
		end = l.starts[next]
	}
	last, _ = slices.BinarySearchFunc(l.cands, end, at)
	return first, last
}

func (l *look) same(a, b int) bool {
	return l.cands[a].key == l.cands[b].key
}

// strongest is the highest own probability of statement i; of candidates with
// another value than k alone, where k is one.
func (l *look) strongest(i, k int) float64 {
	p := 0.0
	for _, t := range l.near[i] {
		if t.p > p && (k < 0 || !l.same(t.cand, k)) {
			p = t.p
		}
	}
	return p
}

// of is how likely the value of candidate k is statement i's own.
func (l *look) of(i, k int) float64 {
	p := 0.0
	for _, t := range l.near[i] {
		if t.p > p && l.same(t.cand, k) {
			p = t.p
		}
	}
	return p
}

// options goes through what may belong to statement i, with the statement that
// each came from and what tells of it.
func (l *look) options(i int, do func(k, from int, x []float64)) {
	a, b := max(0, l.rank[i]-window), min(len(l.order)-1, l.rank[i]+window)
	first, _ := l.around(l.order[a])
	_, last := l.around(l.order[b])
	for k := first; k < last; k++ {
		var best, kin tied // the likeliest owner, and that with the same speaker
		best.statement, kin.statement = -1, -1
		mine := 0.0
		for _, t := range l.owner[k] {
			o := t.statement
			if o == i {
				mine = t.p
			}
			if l.rank[o] < a || l.rank[o] > b {
				continue
			}
			if t.p > best.p {
				best = t
			}
			if o != i && t.p > kin.p && l.statements[o].Speaker == l.statements[i].Speaker && l.statements[i].Speaker != "" {
				kin = t
			}
		}
		from := max(best.p, l.any[k])
		if mine == 0 && from < leastOwn || best.statement < 0 {
			continue
		}
		do(k, best.statement, l.tell(i, k, mine, best, kin))
	}
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

var (
	goesOn  = set("added adds adding continued continues continuing concluded noted noting explained replied responded recalled elaborated joked quipped")
	spoken  = set("interview interviews debate debates speech speeches address conference briefing rally hearing testimony session event summit meeting forum dinner gathering dialogue remarks call podcast discussion chat panel sermon mass show appearance exchange conversation stop convention presser talk questionnaire")
	written = set("letter letters email emails op-ed column essay article book memo filing lawsuit suit complaint ruling decision order message memoir blog opinion")
	polls   = set("poll polls survey study report research findings analysis")
	posts   = set("tweet tweets post posts twitter facebook x instagram statement release")
)

// tell gives what bears on candidate k belonging to statement i: mine is how
// likely it is its own, best and kin who else may own it.
func (l *look) tell(i, k int, mine float64, best, kin tied) []float64 {
	c := &l.cands[k]
	st := &l.statements[i]
	j := best.statement
	if kin.statement >= 0 {
		j = kin.statement
	}
	other := &l.statements[j]
	b, a := l.rank[i], l.rank[j]
	between, others, fresh, freshAny := 0, 0, 0, 0
	for n := min(a, b) + 1; n < max(a, b); n++ {
		o := l.order[n]
		if l.statements[o].Inner {
			continue
		}
		new := l.strongest(o, -1) > 0.4 && l.of(o, k) < 0.2
		if l.statements[o].Speaker == other.Speaker && other.Speaker != "" {
			between++
			fresh += int(flag(new))
		} else {
			others++
		}
		freshAny += int(flag(new))
	}
	sum, owners, all, many := 0.0, 0, 0, 0
	for n := max(0, b-window); n < min(len(l.order), b+window+1); n++ {
		o := l.order[n]
		if l.statements[o].Speaker == st.Speaker && st.Speaker != "" {
			all++
			p := l.of(o, k)
			sum += p
			many += int(flag(p > 0.4))
		}
		owners += int(flag(l.strongest(o, -1) > 0.4))
	}
	before, after := "", "" // who speaks next to the statement
	if b > 0 {
		before = l.statements[l.order[b-1]].Speaker
	}
	if b+1 < len(l.order) {
		after = l.statements[l.order[b+1]].Speaker
	}
	names := func(who string) float64 { return flag(l.f == To && who != "" && slices.Contains(c.values, who)) }
	quoted := false
	for _, g := range st.Content {
		if s := l.span(g); s.first < s.last && l.quoted[s.first] {
			quoted = true
		}
	}
	perfect, asks := false, false
	for _, s := range l.cues[i] {
		for n := s.first; n < s.last; n++ {
			w := l.toks[n].Lower
			perfect = perfect || w == "has" || w == "have" || w == "had" || w == "previously" || w == "repeatedly" || w == "often"
			asks = asks || strings.HasPrefix(w, "ask") || w == "pressed" || w == "questioned"
		}
	}
	q, from := l.cueWord(i), l.cueWord(j)
	return []float64{
		mine, l.any[k], best.p, kin.p, flag(best.statement == i), flag(kin.statement >= 0), flag(st.Speaker == ""), flag(l.holds(j, i)), flag(l.holds(i, j)),
		float64(b - a), float64(l.par[l.anchors[i]] - l.par[l.anchors[j]]), float64(l.sent[l.anchors[i]] - l.sent[c.first]), float64(between), float64(others), float64(fresh), float64(freshAny),
		l.strongest(i, k), l.of(i, k), sum, float64(all), float64(many), float64(owners),
		flag(q == "said"), flag(goesOn[q]), flag(thinking[q]), flag(q == "-"), flag(q == "told"), flag(asks), flag(strings.HasSuffix(q, "s") && len(q) > 3), flag(perfect), flag(q == "wrote" || q == "tweeted" || q == "posted"),
		flag(from == "said"), flag(from == "told"), flag(from == "wrote" || from == "tweeted"), flag(from == "-"), flag(q == from),
		flag(quoted), flag(st.Inner), flag(other.Inner), flag(len(st.Content) == 0),
		float64(l.par[l.anchors[j]]), float64(l.par[l.anchors[i]]), float64(len(l.order)),
		flag(spoken[c.head]), flag(written[c.head]), flag(polls[c.head]), flag(posts[c.head]), flag(lexicon.Carriers().Has(c.head)),
		flag(c.kind == "phrase"), flag(c.kind == "outlet"), flag(c.kind == "person"), flag(c.kind == "organization"), flag(c.kind == "place"), flag(c.kind == "day"), flag(c.kind == "month" || c.kind == "year"),
		l.age(c), names(st.Speaker), names(other.Speaker), names(before), names(after), flag(l.quoted[c.first]), flag(l.inside[c.first]),
		flag(within(c.Range, st.Source)), flag(within(c.Range, st.Cue)), flag(within(c.Range, st.Content)),
	}
}

func within(r text.Range, list []text.Range) bool {
	return slices.ContainsFunc(list, r.Overlaps)
}

// age is how many days before publication a time lies; -1 where that cannot be
// told.
func (l *look) age(c *cand) float64 {
	if l.f != When || len(c.values) == 0 || len(c.values[0]) < len(time.DateOnly) || len(l.Published) < len(time.DateOnly) {
		return -1
	}
	t, err := time.Parse(time.DateOnly, c.values[0][:len(time.DateOnly)])
	base, err2 := time.Parse(time.DateOnly, l.Published[:len(time.DateOnly)])
	if err != nil || err2 != nil {
		return -1
	}
	return base.Sub(t).Hours() / 24
}
