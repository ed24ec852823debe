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
	window    = 30   // statements between which an occasion is carried
	reach     = 400  // tokens from a statement at which something may still be its own
	leastOwn  = 0.1  // how likely a candidate must be somebody's own to be thought of
	leastMine = 0.02 // and for its own statement
)

// A look is a field's candidates with what the first step says of them.
type look struct {
	*doc
	f      Field
	cands  []cand
	traits [][]float64 // of each candidate, by itself
	habits []habit     // of each statement
	any    []float64   // how likely each belongs to any statement
	near   [][]tied    // for each statement, what stands near it
	owner  [][]tied    // for each candidate, the statements that it stands near
	value  []int       // the number of each candidate's value
	owns   [][]float64 // for each statement and value, how likely the value is its own
	best   []leader    // of each statement, among values
	share  []float64   // of each value, over all statements
	common leader      // among values over the article
}

// tied is how likely a candidate is a statement's own.
type tied struct {
	cand, statement int
	p               float64
}

// A leader is the likeliest value, and how likely it and the next are.
type leader struct {
	value   int
	p, next float64
}

// lead finds the leader among the probabilities of values.
func lead(p []float64) leader {
	out := leader{value: -1}
	for v, x := range p {
		switch {
		case x > out.p:
			out.value, out.p, out.next = v, x, out.p
		case x > out.next:
			out.next = x
		}
	}
	return out
}

// but is how likely the likeliest other value is.
func (l leader) but(value int) float64 {
	if l.value == value {
		return l.next
	}
	return l.p
}

func (d *doc) look(f Field, cands []cand) *look {
	l := &look{doc: d, f: f, cands: cands}
	l.any, l.owner, l.value = make([]float64, len(l.cands)), make([][]tied, len(l.cands)), make([]int, len(l.cands))
	values := map[string]int{}
	e := evidence{weights: &d.weights.alone[f]}
	for k := range l.cands {
		c := &l.cands[k]
		c.setting = d.setting(c)
		e.sum = 0
		d.alone(c, &e)
		l.any[k], l.value[k] = e.p(), number(values, c.key)
		l.traits = append(l.traits, l.trait(c))
	}
	e.weights = &d.weights.own[f]
	l.near, l.owns, l.best = make([][]tied, len(d.statements)), make([][]float64, len(d.statements)), make([]leader, len(d.statements))
	l.share = make([]float64, len(values))
	for i := range d.statements {
		l.habits = append(l.habits, d.habit(i))
		l.owns[i] = make([]float64, len(values))
		first, last := l.around(i)
		for k := first; k < last; k++ {
			e.sum = 0
			d.own(f, i, &l.cands[k], &e)
			t := tied{k, i, e.p()}
			l.near[i] = append(l.near[i], t)
			l.owner[k] = append(l.owner[k], t)
			l.owns[i][l.value[k]] = max(l.owns[i][l.value[k]], t.p)
		}
		l.best[i] = lead(l.owns[i])
		for v, p := range l.owns[i] {
			l.share[v] += p / float64(len(d.statements))
		}
	}
	l.common = lead(l.share)
	return l
}

// around gives the candidates in a statement's sentences and the one before, as
// far as they are within reach: what somebody calls a sentence may have no end.
func (l *look) around(i int) (first, last int) {
	if l.final[i] < 0 {
		return 0, 0
	}
	at := func(c cand, tok int) int { return cmp.Compare(c.first, tok) }
	first, _ = slices.BinarySearchFunc(l.cands, max(l.starts[max(0, l.first[i]-1)], l.anchors[i]-reach), at)
	end := l.anchors[i] + reach
	if next := l.final[i] + 1; next < len(l.starts) {
		end = min(end, l.starts[next])
	}
	last, _ = slices.BinarySearchFunc(l.cands, end, at)
	return first, max(first, last)
}

// options goes through what may belong to statement i: mine is how likely it is its
// own, best the likeliest owner, and kin the likeliest other one with the same speaker,
// whose statement is -1 where there is none.
func (l *look) options(i int, do func(k int, mine float64, best, kin tied)) {
	a, b := max(0, l.rank[i]-window), min(len(l.order)-1, l.rank[i]+window)
	first, _ := l.around(l.order[a])
	_, last := l.around(l.order[b])
	for k := first; k < last; k++ {
		var best, kin tied
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
			if o != i && t.p > kin.p && l.same(o, i) {
				kin = t
			}
		}
		from := max(best.p, l.any[k])
		if mine < leastMine && from < leastOwn || best.statement < 0 {
			continue
		}
		do(k, mine, best, kin)
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

// same reports whether two statements are of one speaker, who is known.
func (d *doc) same(i, j int) bool { return d.who[i] == d.who[j] && d.who[i] != 0 }

// A habit is how a statement is made, as far as that tells of all its candidates.
type habit struct {
	cue           string // its word
	quoted        bool
	asks, perfect bool  // words of its cue
	named         []int // where its speaker is named
}

func (d *doc) habit(i int) habit {
	st := &d.statements[i]
	h := habit{cue: d.cueWord(i), named: d.mentions[st.Speaker]}
	for _, g := range st.Content {
		if s := d.span(g); s.first < s.last && d.quoted[s.first] {
			h.quoted = true
		}
	}
	for _, s := range d.cues[i] {
		for n := s.first; n < s.last; n++ {
			w := d.toks[n].Lower
			h.perfect = h.perfect || w == "has" || w == "have" || w == "had" || w == "previously" || w == "repeatedly" || w == "often"
			h.asks = h.asks || lexicon.Asking[w]
		}
	}
	return h
}

// trait gives what tells of a candidate by itself: what kind of thing it is, and when.
func (l *look) trait(c *cand) []float64 {
	return []float64{
		flag(spoken[c.head]), flag(written[c.head]), flag(polls[c.head]), flag(posts[c.head]), flag(lexicon.Carriers().Has(c.head)),
		flag(c.kind == "phrase"), flag(c.kind == "outlet"), flag(c.kind == "person"), flag(c.kind == "organization"), flag(c.kind == "place"), flag(c.kind == "day"), flag(c.kind == "month" || c.kind == "year"),
		l.age(c),
	}
}

// tell gives what bears on candidate k belonging to statement i: mine is how
// likely it is its own, best and kin who else may own it.
func (l *look) tell(i, k int, mine float64, best, kin tied) []float64 {
	c, v := &l.cands[k], l.value[k]
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
		new := l.best[o].p > 0.4 && l.owns[o][v] < 0.2
		if l.same(o, j) {
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
		if l.same(o, i) {
			all++
			p := l.owns[o][v]
			sum += p
			many += int(flag(p > 0.4))
		}
		owners += int(flag(l.best[o].p > 0.4))
	}
	before, after := "", "" // who speaks next to the statement
	if b > 0 {
		before = l.statements[l.order[b-1]].Speaker
	}
	if b+1 < len(l.order) {
		after = l.statements[l.order[b+1]].Speaker
	}
	names := func(who string) float64 { return flag(l.f == To && who != "" && slices.Contains(c.values, who)) }
	h := &l.habits[i]
	q, from := h.cue, l.habits[j].cue
	x := make([]float64, 0, most) // with room for what the third step adds
	x = append(x,
		mine, l.any[k], best.p, kin.p, flag(best.statement == i), flag(kin.statement >= 0), flag(st.Speaker == ""), flag(l.holds(j, i)), flag(l.holds(i, j)),
		float64(b-a), float64(l.par[l.anchors[i]]-l.par[l.anchors[j]]), float64(l.sent[l.anchors[i]]-l.sent[c.first]), float64(between), float64(others), float64(fresh), float64(freshAny),
		l.best[i].but(v), l.owns[i][v], sum, float64(all), float64(many), float64(owners),
		flag(q == "said"), flag(goesOn[q]), flag(thinking[q]), flag(q == "-"), flag(q == "told"), flag(h.asks), flag(strings.HasSuffix(q, "s") && len(q) > 3), flag(h.perfect), flag(q == "wrote" || q == "tweeted" || q == "posted"),
		flag(from == "said"), flag(from == "told"), flag(from == "wrote" || from == "tweeted"), flag(from == "-"), flag(q == from),
		flag(h.quoted), flag(st.Inner), flag(other.Inner), flag(len(st.Content) == 0),
		float64(l.par[l.anchors[j]]), float64(l.par[l.anchors[i]]), float64(len(l.order)),
	)
	x = append(x, l.traits[k]...)
	return append(x,
		names(st.Speaker), names(other.Speaker), names(before), names(after), flag(l.quoted[c.first]), flag(l.inside[c.first]),
		flag(within(c.Range, st.Source)), flag(within(c.Range, st.Cue)), flag(within(c.Range, st.Content)),
		l.likeness(i, j), l.likeness(i, best.statement), l.share[v], flag(l.common.value == v), l.common.but(v),
		flag(mentioned(h.named, l.sent, c.first)), flag(mentioned(h.named, l.par, c.first)), flag(slices.Contains(l.words[i], toYou)), flag(slices.Contains(l.words[i], ofMe)),
		float64(l.sent[c.first]), flag(l.f == To && l.tells(i, c)), flag(l.par[l.anchors[i]] == 0), flag(l.par[l.anchors[i]] == l.par[c.first]),
		l.gap(i, c), l.gap(best.statement, c), c.setting.governs(), float64(len(l.mentions[c.key])), float64(l.passed(i, k)),
	)
}

// tells reports whether a statement's content speaks of a candidate.
func (l *look) tells(i int, c *cand) bool {
	return slices.ContainsFunc(c.values, func(v string) bool {
		return slices.ContainsFunc(l.statements[i].Content, func(g text.Range) bool {
			s := l.span(g)
			k, _ := slices.BinarySearch(l.mentions[v], s.first)
			return k < len(l.mentions[v]) && l.mentions[v][k] < s.last
		})
	})
}

// mentioned reports whether somebody is named in a token's sentence or paragraph:
// named are the tokens at which he is, unit numbers the sentences or paragraphs of all
// tokens.
func mentioned(named []int, unit []int, at int) bool {
	_, found := slices.BinarySearchFunc(named, unit[at], func(k, number int) int { return cmp.Compare(unit[k], number) })
	return found
}

// gap is how many tokens a candidate stands behind a statement's anchor, less
// than none before it.
func (l *look) gap(i int, c *cand) float64 {
	const far = 60
	return float64(max(-far, min(far, c.first-l.anchors[i])))
}

// governing are the classes of words that governs tells apart.
var governing = []string{"ADDRESS", "CARRIER", "SAY", "CUE", "with", "to", "in", "on", "at", "by", "of", "from", "during", "after", "for"}

// governs tells by a number what kind of word governs a candidate.
func (s *setting) governs() float64 { return float64(slices.Index(governing, s.class)) }

// passed counts the candidates of other values between one and a statement that
// are likely enough to be somebody's own, less than none where it stands behind.
func (l *look) passed(i, k int) (n int) {
	a, b := l.anchors[i], l.cands[k].first
	if a > b {
		for j := k + 1; j < len(l.cands) && l.cands[j].first < a; j++ {
			n += int(flag(l.any[j] > leastOwn && l.value[j] != l.value[k]))
		}
		return n
	}
	for j := k - 1; j >= 0 && l.cands[j].first > a; j-- {
		n -= int(flag(l.any[j] > leastOwn && l.value[j] != l.value[k]))
	}
	return n
}

// likeness is how many of the words of the shorter of two statements are also
// the other's.
func (l *look) likeness(i, j int) float64 {
	if i == j {
		return 1
	}
	a, b := l.words[i], l.words[j]
	least := max(min(len(a), len(b)), 4)
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			n, a, b = n+1, a[1:], b[1:]
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return float64(n) / float64(least)
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
