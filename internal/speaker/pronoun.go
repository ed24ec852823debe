package speaker

import (
	"math"
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

var (
	topical       = 0.03
	unknownGender = 1.0
	eitherGender  = 0.9
	subject       = 1.9
	sourceWeight  = 1.9
)

const (
	reach = 14 // sentences that a pronoun looks back

	leastScore = 0.02
)

// recent calls f with the events before word at, the nearest first.
func (r *resolver) recent(at int, f func(e event, sentences int)) {
	if at >= len(r.words) {
		return
	}
	i, j := r.before(r.events, at), len(r.later)-1
	sent := r.words[at].sent
	for steps := 0; (i >= 0 || j >= 0) && steps < 120; steps++ {
		var e event
		if j < 0 || i >= 0 && r.events[i].at > r.later[j].at {
			e, i = r.events[i], i-1
		} else {
			e, j = r.later[j], j-1
			if e.at >= at {
				continue
			}
		}
		n := r.told[sent] - r.told[r.words[min(e.at, len(r.words)-1)].sent]
		if n > reach {
			return
		}
		f(e, n)
	}
}

// before is the index of the last event before word at.
func (r *resolver) before(list []event, at int) int {
	lo, hi := 0, len(list)
	for lo < hi {
		if mid := (lo + hi) / 2; list[mid].at < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// scores sums the weights of the identities spoken of before word at, the
// strongest mention of each sentence.
func (r *resolver) scores(at, st int, fits func(id int) float64) map[int]float64 {
	type mark struct {
		sentences int
		weight    float64
	}
	out, strongest := map[int]float64{}, map[int]mark{}
	others := st >= 0 && !r.ownerBehind(at, st)
	r.recent(at, func(e event, n int) {
		f := fits(e.id)
		if f <= 0 {
			return
		}
		w := math.Ldexp(e.weight, -n) * f
		if n == 0 && e.weight >= 0.9 && !e.source && r.words[e.at].sent == r.words[at].sent {
			w *= subject
		}
		if others && r.inContent(st, e.at) {
			w *= 0.3 // who is spoken of in the words themselves
		}
		if was, ok := strongest[e.id]; ok && was.sentences == n {
			if w <= was.weight {
				return
			}
			out[e.id] -= was.weight
		}
		strongest[e.id] = mark{n, w}
		out[e.id] += w
	})
	return out
}

// ownerBehind reports whether word at is the "his" of "his spokesman" behind what that
// one says: it may well be of somebody named there.
func (r *resolver) ownerBehind(at, st int) bool {
	w, x := &r.words[at], &r.statements[st]
	return (w.low == "his" || w.low == "her") && len(x.Content) > 0 && x.Content[0].Start < w.Start &&
		slices.ContainsFunc(x.Source, func(g text.Range) bool { return g.Contains(w.Range) && g.End > w.End })
}

// inContent reports whether a word stands in the content of a statement.
func (r *resolver) inContent(st, at int) bool {
	for _, c := range r.statements[st].Content {
		if w := &r.words[at]; c.Start <= w.Start && w.End <= c.End {
			return true
		}
	}
	return false
}

func top(scores map[int]float64) (best int, score, second float64) {
	best = -1
	for id, s := range scores {
		if best < 0 || s > score || s == score && id < best {
			if best >= 0 {
				second = max(second, score)
			}
			best, score = id, s
		} else {
			second = max(second, s)
		}
	}
	return best, score, second
}

// pronoun finds who "he" or "she" at word at is. st is the statement whose
// source it is, or -1.
func (r *resolver) pronoun(at, st, last int) int {
	if id, ok := r.pronouns[at]; ok && (st < 0 || r.affinity == nil) {
		return id
	}
	want := lexicon.Male
	if low := r.words[at].low; low == "she" || low == "her" || low == "hers" {
		want = lexicon.Female
	}
	skip := map[int]bool{}
	if st >= 0 && r.outer[st] >= 0 && r.words[at].quoted {
		for _, id := range r.answers[r.outer[st]].ids { // nobody calls himself "he"
			skip[id] = true
		}
	}
	fits := func(id int) float64 {
		e := &r.ids[id]
		if skip[id] || e.kind == kindOrg || e.kind == kindPlace || e.kind == kindDocument || e.kind == kindGroup {
			return 0
		}
		if e.described && e.kind != kindPerson {
			return 0
		}
		f := 1.0
		if e.kind == kindUnsure {
			f = 0.05
			if e.surname > 0 && len(e.words) > 1 {
				f = 0.6
			}
		}
		f *= 1 + topical*float64(min(len(e.names), 8))
		switch e.gender {
		case want:
			return f
		case 0:
			return f * unknownGender
		case lexicon.Either:
			return f * eitherGender
		}
		return 0
	}
	scores := r.scores(at, st, fits)
	r.weighAffinity(scores, st, fits)
	id := r.fronted(at, fits)
	if id < 0 {
		id = r.likeliest("he", scores, at, st, last)
	}
	if id < 0 {
		if id = r.ahead(at, fits); id < 0 {
			return -1
		}
	}
	e := &r.ids[id]
	if e.kind == kindPerson && (e.gender == 0 || e.gender == lexicon.Either) {
		e.gender = want
	}
	r.pronouns[at] = id
	if st < 0 || r.statements[st].Aside {
		weight := 0.5
		if low := r.words[at].low; low == "he" || low == "she" {
			weight = 0.9
		}
		r.note(event{at: at, id: id, weight: weight})
		r.pronounRole(at, id)
	}
	return id
}

// pronounRole reads "She was a secretary for …".
func (r *resolver) pronounRole(at, id int) {
	if x, ok := r.servedAs(at + 1); ok && !r.ids[id].described {
		r.ids[id].roles = append(r.ids[id].roles, x)
	}
	if at+3 >= len(r.words) || r.words[at+1].low != "is" && r.words[at+1].low != "was" || !determiners[r.words[at+2].low] || r.words[at+1].gap != gapSpace {
		return
	}
	if a, b, head := r.nounPhrase(at+2, r.roleNoun); head != "" && !r.ids[id].described {
		e := &r.ids[id]
		e.roles = append(e.roles, role{how: "said of a pronoun", first: a, last: b, head: head, score: min(r.worth(a, b, head), 3) - 6})
	}
}

// fronted is the subject of a sentence that has a pronoun before it:
// "In her letter to the port, Finch asked …"; -1 where it does not.
func (r *resolver) fronted(at int, fits func(int) float64) int {
	first := at
	for !r.words[first].first && first > 0 {
		first--
	}
	if !fronts[r.words[first].low] || r.words[at].sent != r.words[first].sent {
		return -1
	}
	for k := first; k < len(r.words) && r.words[k].sent == r.words[first].sent; k++ {
		n := r.nameAt[k]
		if n < 0 || r.names[n].first != k || r.names[n].id < 0 || fits(r.names[n].id) <= 0.5 {
			continue
		}
		m := &r.names[n]
		if k < at || r.words[k].quoted || r.words[m.title].gap != gapComma || r.words[m.last-1].poss || !r.predicate(m.last) {
			return -1
		}
		return m.id
	}
	return -1
}

var joining = set("and or who whom whose which that where when while")

var fronts = set("in despite as even while after before when though although if since by during with following for like unlike asked at on")

// predicate reports whether word k may be the verb of a name right before it.
func (d *doc) predicate(k int) bool {
	if k >= len(d.words) {
		return false
	}
	w := &d.words[k]
	return w.gap == gapSpace && !w.cap && !preps[w.low] && !joining[w.low]
}

// ahead is the first name after word at in its sentence, for "After he left,
// Smith said"; -1 where none fits.
func (r *resolver) ahead(at int, fits func(int) float64) int {
	for i := r.before(r.events, at) + 1; i < len(r.events) && r.words[r.events[i].at].sent <= r.words[at].sent+1; i++ {
		if e := r.events[i]; e.at > at && fits(e.id) > 0.5 {
			return e.id
		}
	}
	return -1
}

// weighAffinity adds what a learned scorer gives to each identity.
func (r *resolver) weighAffinity(scores map[int]float64, st int, fits func(int) float64) {
	if st < 0 || st >= len(r.affinity) || len(r.affinity[st]) != len(r.mentions)+1 {
		return
	}
	row := r.affinity[st]
	high := row[len(row)-1]
	for _, x := range row {
		high = max(high, x)
	}
	sum := 0.0
	for _, x := range row {
		sum += math.Exp(float64(x - high))
	}
	for k, m := range r.mentions {
		p := math.Exp(float64(row[k]-high)) / sum
		if p < 0.01 {
			continue
		}
		i, j := r.span(m)
		for w := i; w < j; w++ {
			if n := r.nameAt[w]; n >= 0 && r.names[n].id >= 0 {
				if fits(r.names[n].id) > 0 {
					scores[r.names[n].id] += affinityWeight * p
				}
				break
			}
		}
	}
}

const affinityWeight = 0.5 // of a learned probability beside the weights above

// thing finds what "it" at word at is.
func (r *resolver) thing(at, st, last int) int {
	asker := r.asker(st, last)
	fits := func(id int) float64 {
		e := &r.ids[id]
		switch {
		case slices.Contains(asker, id):
			return 0
		case e.kind == kindOrg || e.kind == kindDocument:
			return 1
		case e.kind == kindPlace:
			return 0.6
		case e.kind == kindUnsure && e.surname > 0 && len(e.words) > 1:
			return 0
		case e.kind == kindUnsure && !e.described && e.gender == 0 && len(e.words) == 1:
			return 0.6
		case e.kind == kindUnsure && !e.described && e.gender == 0:
			return 0.3
		}
		return 0
	}
	scores := r.scores(at, st, fits)
	r.weighAffinity(scores, st, fits)
	return r.likeliest("it", scores, at, st, last)
}

// asker is who asks in the statement before one that gives no answer, in the
// same sentence or the one before: whoever does not answer is somebody else.
func (r *resolver) asker(st, last int) []int {
	if st < 0 || last < 0 || r.words[r.anchor(st)].sent > r.words[r.anchor(last)].sent+1 || !r.cueHas(last, lexicon.Asking) || !r.cueHas(st, answering) {
		return nil
	}
	return r.answers[last].ids
}

var answering = set("answer answered respond responded reply replied comment commented")

// cueHas reports whether the cue of a statement has one of the words.
func (r *resolver) cueHas(st int, words map[string]bool) bool {
	for _, g := range r.statements[st].Cue {
		for a, b := r.span(g); a < b; a++ {
			if words[r.words[a].low] {
				return true
			}
		}
	}
	return false
}

// pair is the two persons most in the foreground, for "both".
func (r *resolver) pair(at, st int) []int {
	scores := r.scores(at, st, func(id int) float64 {
		if e := &r.ids[id]; e.kind == kindPerson && !e.described {
			return 1
		}
		return 0
	})
	one, _, _ := top(scores)
	delete(scores, one)
	two, score, _ := top(scores)
	if one < 0 || two < 0 || score < 0.15 {
		return nil
	}
	return []int{min(one, two), max(one, two)}
}

// couple is the last "A and B" in the sentence of word at or the one before, where
// both are persons and nothing of a plural stands between.
func (r *resolver) couple(at int) []int {
	sent := r.words[at].sent
	for i := r.before(r.events, at); i > 0; i-- {
		b := r.nameAt[r.events[i].at]
		if b < 0 || r.told[sent]-r.told[r.words[r.events[i].at].sent] > 1 {
			return nil
		}
		m, x := &r.names[b], &r.names[max(b-1, 0)]
		if b == 0 || x.id < 0 || m.id < 0 || !r.joined(x, m) || r.words[m.first].quoted || m.headline {
			continue
		}
		one, two := &r.ids[x.id], &r.ids[m.id]
		if one.kind == kindPerson && two.kind == kindPerson && x.id != m.id {
			return []int{x.id, m.id}
		}
	}
	return nil
}

// joined reports whether "and" joins two names, with no more behind it than what tells who the
// second is where both do something: "Bo Dahl and former mayor Ann Lee have".
func (d *doc) joined(x, m *name) bool {
	if x.last >= m.title || d.words[x.last].low != "and" || m.title-x.last > 5 {
		return false
	}
	if m.title-x.last == 1 {
		return true
	}
	for k := x.last; k <= m.title; k++ {
		if w := &d.words[k]; w.gap != gapSpace || k < m.title && (w.cap || preps[w.low] || breakers[w.low] || verbLike(w.low)) {
			return false
		}
	}
	return m.last < len(d.words) && d.words[m.last].gap == gapSpace && (plurals[d.words[m.last].low] || pluralActs[d.words[m.last].low] || strings.HasSuffix(d.words[m.last].low, "ed"))
}

// singular is who spoke last where that is one person by a description that tells no
// gender, and "they" at word at goes on: "A spokesperson said … They added"; -1 where it
// is not.
func (r *resolver) singular(at, st, last int) int {
	if st < 0 || last < 0 || len(r.answers[last].ids) != 1 || r.words[at].low != "they" || r.words[at].sent-r.words[r.anchor(last)].sent > 3 {
		return -1
	}
	id := r.answers[last].ids[0]
	if e := &r.ids[id]; e.described && e.first < e.last && neutral[e.head] {
		return id
	}
	return -1
}

var neutral = set("spokesperson representative rep official source person diplomat insider")

// several finds who "they" or "both" are.
func (r *resolver) several(at, st, last int) []int {
	if ids := r.couple(at); ids != nil {
		return ids
	}
	if last >= 0 && len(r.answers[last].ids) > 1 && r.words[at].sent-r.words[r.anchor(last)].sent <= 3 {
		return r.answers[last].ids
	}
	if id := r.singular(at, st, last); id >= 0 {
		return []int{id}
	}
	asker := r.asker(st, last)
	fits := func(id int) float64 {
		e := &r.ids[id]
		if slices.Contains(asker, id) {
			return 0
		}
		switch e.kind {
		case kindGroup:
			return 1.2
		case kindOrg:
			return 0.6
		case kindPlace:
			return 0.2
		case kindDocument:
			return 0.3
		case kindUnsure:
			if !e.described && e.gender == 0 {
				return 0.3
			}
		}
		return 0
	}
	scores := r.scores(at, st, fits)
	r.weighAffinity(scores, st, fits)
	if id := r.likeliest("they", scores, at, st, last); id >= 0 {
		return []int{id}
	}
	return nil
}
