package speaker

import (
	"cmp"
	_ "embed"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"sync"

	"github.com/quothnews/quoth/internal/lexicon"
)

// For whom a pronoun stands: a log-linear choice among those who were spoken of
// before it. Its weights are fitted by TestFitPronouns.

//go:embed pronounweights.txt
var pronounFile string

var pronounWeights = sync.OnceValue(func() map[string]float64 { return readWeights(pronounFile) })

const mostStanding = 12 // identities weighed for one pronoun

// A standing is an identity that a pronoun may stand for, and what speaks for it.
type standing struct {
	id int
	x  features
}

// likeliest is the identity that pronoun "he", "it" or "they" (class) at word at
// stands for, of those with scores; -1 where there is none.
func (r *resolver) likeliest(class string, scores map[int]float64, at, st, last int) int {
	best, score := -1, 0.0
	w := pronounWeights()
	options := r.standings(class, scores, at, st, last)
	if r.weighed != nil {
		r.weighed(st, options)
	}
	for _, s := range options {
		if v := s.x.sum(w); best < 0 || v > score {
			best, score = s.id, v
		}
	}
	return best
}

// standings gives the identities with the highest scores and what speaks for each.
func (r *resolver) standings(class string, scores map[int]float64, at, st, last int) []standing {
	ids := slices.SortedFunc(maps.Keys(scores), func(x, y int) int { return cmp.Or(cmp.Compare(scores[y], scores[x]), x-y) })
	for k, id := range ids {
		if k == mostStanding || scores[id] < leastScore {
			ids = ids[:k]
			break
		}
	}
	sum := 0.0
	for _, id := range ids {
		sum += scores[id]
	}
	near := r.near(at, ids)
	others := st >= 0 && !r.ownerBehind(at, st)
	out := make([]standing, len(ids))
	for k, id := range ids {
		f := features{{class + " share", scores[id] / sum}, {class + " log share", math.Log(scores[id] / sum)}}
		mark := func(name string, is bool) {
			if is {
				f.set(class+" "+name, 1)
			}
		}
		mark("rank "+strconv.Itoa(min(k, 3)), true)
		r.nearness(near[id], mark)
		r.asSpeaker(id, at, st, last, mark)
		e := &r.ids[id]
		mark("described", e.described)
		mark("unsure", e.kind == kindUnsure)
		mark("place", e.kind == kindPlace)
		mark("gender known", e.gender == lexicon.Male || e.gender == lexicon.Female)
		mark("named often", len(e.names) > 4)
		mark("named once", len(e.names) == 1)
		mark("in the words", others && r.namedIn(id, st))
		out[k] = standing{id, f}
	}
	return out
}

// namedIn reports whether an identity is named in the content of a statement.
func (r *resolver) namedIn(id, st int) bool {
	names := r.ids[id].names
	for _, c := range r.statements[st].Content {
		k := sort.Search(len(names), func(k int) bool { return r.words[r.names[names[k]].first].Start >= c.Start })
		if k < len(names) && r.words[r.names[names[k]].first].End <= c.End {
			return true
		}
	}
	return false
}

// A mention tells how an identity was last spoken of before a pronoun.
type mention struct {
	event
	sentences int
	order     int  // 0 for the last of all
	first     bool // none before it in its sentence
	opens     bool // … in its line
	lines     int
}

// near finds the last mention of each identity before word at.
func (r *resolver) near(at int, ids []int) map[int]mention {
	out := map[int]mention{}
	sentence, line := map[int]int{}, map[int]int{} // who is spoken of first
	r.recent(at, func(e event, n int) {
		w := &r.words[min(e.at, len(r.words)-1)]
		sentence[w.sent], line[w.line] = e.id, e.id
		if _, ok := out[e.id]; !ok && slices.Contains(ids, e.id) {
			out[e.id] = mention{event: e, sentences: n, order: len(out), lines: r.words[at].line - w.line}
		}
	})
	for id, m := range out {
		w := &r.words[min(m.at, len(r.words)-1)]
		m.first, m.opens = sentence[w.sent] == id, line[w.line] == id
		out[id] = m
	}
	return out
}

// nearness marks how near an identity's last mention is and where it stands.
func (r *resolver) nearness(m mention, mark func(string, bool)) {
	gap := strconv.Itoa(min(m.sentences, 4))
	mark("sentences "+gap, true)
	mark("order "+strconv.Itoa(min(m.order, 3)), true)
	mark("first, sentences "+gap, m.first)
	mark("opens the line, lines "+strconv.Itoa(min(m.lines, 2)), m.opens)
	mark("lines "+strconv.Itoa(min(m.lines, 2)), true)
	mark("weak, sentences "+gap, m.weight < 0.5)
	mark("strong, sentences "+gap, m.weight >= 0.9)
	mark("a source, sentences "+gap, m.source)
}

// asSpeaker marks how an identity spoke before the pronoun at word at.
func (r *resolver) asSpeaker(id, at, st, last int, mark func(string, bool)) {
	if last < 0 {
		return
	}
	is := slices.Contains(r.answers[last].ids, id)
	where := "far"
	switch lines := r.words[at].line - r.words[r.anchor(last)].line; {
	case lines <= 0:
		where = "same line"
	case lines == 1:
		where = "line before"
	}
	mark("spoke last, "+where, is)
	mark("did not speak last, "+where, !is)
	if st < 0 {
		mark("spoke last, no source", is)
		return
	}
	if c := r.statements[st].Content; len(c) > 0 && c[0].Start < r.words[at].Start {
		w := r.wordAt(c[0].Start)
		if w < len(r.words) && r.words[w].quoted && r.lines[r.words[w].line].first == w {
			mark("spoke last, behind a quotation, "+where, is)
		}
	}
}
