package speaker

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// A description is a phrase of running text whose noun is an office, a calling
// or a kind of organisation ("the Vermont senator", "a lawmaker in the
// Philippines"). It may be of somebody whom the article names elsewhere.
type description struct {
	first, last int // its words without a determiner, up to the noun
	tail        int // where "of …" behind the noun ends, else last
	head        string
	definite    bool
	body        bool // the noun is an organisation's
	own         bool // "his", "her" stands before it
	top         bool // an office of state, of whoever holds it
}

// A hint says what speaks for a description's being of an identity.
type hint struct {
	description
	share  float64 // of the foreground where it stands, 0 to 1
	rank   int     // 0 for the identity most in the foreground
	ahead  int     // sentences to the first mention, where that follows; else -1
	before bool    // the identity is named before it in the same sentence
	after  bool    // … behind it
	x      features
	p      float64 // by its place alone, that it stands for this identity
	rivals []rival // all that it may stand for
}

type rival struct {
	id int
	p  float64
}

const (
	mostNear  = 4 // identities in the foreground that a description may be of
	mostAhead = 3 // sentences to a first mention that a description may point to
)

// hints notes whom the description that begins at word a, a determiner or the
// first word of a sentence, may be of.
func (r *resolver) hints(a int) {
	x, ok := r.describedAt(a)
	if !ok || r.labelled(r.words[a].line) {
		return // who asks "the new director" something in an interview may speak of somebody else
	}
	// so may who speaks of "the president", but where a lead opens with it
	x.top = r.topOffice(x.first, x.last-1) && !(r.words[a].line < leadLines && (r.words[a].first || r.words[a].gap == gapStop))
	lead := r.words[a].line < leadLines
	g := lexicon.Roles()[x.head]
	named := map[int]bool{} // "Trump's manager" is not Trump
	for k := x.first; k < x.tail; k++ {
		if n := r.nameAt[k]; n >= 0 {
			named[r.names[n].id] = true
		}
	}
	fits := func(id int) float64 {
		e := &r.ids[id]
		switch {
		case named[id], e.described, e.kind == kindPlace, e.kind == kindDocument, e.kind == kindGroup:
			return 0
		case x.body:
			if e.kind == kindPerson {
				return 0
			}
			return 1
		case e.kind == kindOrg, !agree(g, e.gender):
			return 0
		case e.kind == kindUnsure:
			return 0.5
		}
		return 1
	}
	sent := r.words[a].sent
	found := map[int]hint{}
	scores := r.scores(a, -1, fits)
	ids := slices.SortedFunc(maps.Keys(scores), func(x, y int) int { return cmp.Or(cmp.Compare(scores[y], scores[x]), x-y) })
	sum := 0.0
	for _, id := range ids {
		sum += scores[id]
	}
	for rank, id := range ids[:min(len(ids), mostNear)] {
		found[id] = hint{description: x, share: scores[id] / sum, rank: rank, ahead: -1}
	}
	for i := r.before(r.events, a) + 1; (lead || !x.definite) && i < len(r.events) && r.words[r.events[i].at].sent <= sent+mostAhead; i++ {
		id := r.events[i].id
		if n := r.firstNamed(id); fits(id) > 0 && n > a && r.words[n].sent-sent <= mostAhead && !(x.definite && r.words[n].sent == sent) {
			if _, ok := found[id]; !ok {
				found[id] = hint{description: x, rank: mostNear, ahead: r.words[n].sent - sent}
			}
		}
	}
	for i := r.before(r.events, a); i >= 0 && r.words[r.events[i].at].sent == sent; i-- {
		if h, ok := found[r.events[i].id]; ok {
			h.before = true
			found[r.events[i].id] = h
		}
	}
	for i := r.before(r.events, a) + 1; i < len(r.events) && r.words[r.events[i].at].sent == sent; i++ {
		if h, ok := found[r.events[i].id]; ok {
			h.after = true
			found[r.events[i].id] = h
		}
	}
	ids = slices.Sorted(maps.Keys(found))
	total := 0.0
	for _, id := range ids {
		h := found[id]
		h.x = r.position(&h, id)
		h.p = math.Exp(h.x.sum(roleWeights()))
		total += h.p
		found[id] = h
	}
	rivals := make([]rival, len(ids))
	for k, id := range ids {
		rivals[k] = rival{id, found[id].p / total}
	}
	for _, id := range ids {
		h := found[id]
		if n := r.nextNamed(id, a); x.own && (n < 0 || r.words[n].line != r.words[a].line) {
			continue // "His lawyer" is nobody of whom the paragraph does not go on to tell
		}
		h.p /= total
		h.rivals = rivals
		r.hinted[id] = append(r.hinted[id], h)
	}
}

// position tells how an identity stands to a description that may be of it.
func (r *resolver) position(h *hint, id int) features {
	e := &r.ids[id]
	f := features{{"at share", h.share}, {"at named", float64(min(len(e.names), 12)) / 12}}
	f.mark("at rank "+strconv.Itoa(min(h.rank, mostNear)), true)
	before, after := r.around(&h.description)
	f.mark("at named before", h.before)
	f.mark("at named before, "+before, h.before)
	f.mark("at named before, "+after, h.before)
	f.mark("at named before, rank 0", h.before && h.rank == 0)
	f.mark("at rank 0, "+before, h.rank == 0)
	f.mark("at rank 0, "+after, h.rank == 0)
	f.mark("at named after", h.after)
	f.mark("at named after, "+before, h.after)
	f.mark("at ahead", h.ahead >= 0)
	f.mark("at unsure", e.kind == kindUnsure)
	f.mark("at gender known", e.gender == lexicon.Male || e.gender == lexicon.Female)
	last, subject := r.lastNamed(id, h.first)
	gap := 9
	if last >= 0 {
		gap = min(r.words[h.first].sent-r.words[last].sent, 9)
	}
	f.mark("at gap "+strconv.Itoa(min(gap, 5)), true)
	f.set("at gap", float64(gap)/9)
	f.mark("at subject of the sentence before", subject && gap == 1)
	f.mark("at subject of the sentence", subject && gap == 0)
	f.mark("at subject of the sentence, "+before, subject && gap == 0)
	f.mark("at same line", last >= 0 && r.words[last].line == r.words[h.first].line)
	return f
}

// lastNamed is where an identity is last named before word at, or -1, and whether
// that begins a sentence.
func (r *resolver) lastNamed(id, at int) (word int, subject bool) {
	names := r.ids[id].names
	k := sort.Search(len(names), func(k int) bool { return r.names[names[k]].first >= at })
	if k == 0 {
		return -1, false
	}
	m := &r.names[names[k-1]]
	return m.first, r.words[m.title].first || m.title > 0 && r.words[m.title-1].first
}

// nextNamed is the word behind word at at which an identity is named next, or -1.
func (r *resolver) nextNamed(id, at int) int {
	names := r.ids[id].names
	k := sort.Search(len(names), func(k int) bool { return r.names[names[k]].first > at })
	if k == len(names) {
		return -1
	}
	return r.names[names[k]].first
}

// firstNamed is the word at which an identity is first named below the
// headline, or -1.
func (r *resolver) firstNamed(id int) int {
	for _, n := range r.ids[id].names {
		if !r.names[n].headline {
			return r.names[n].first
		}
	}
	return -1
}

// agree reports whether two genders, 0 or Either where nothing tells, may be one
// person's.
func agree(a, b lexicon.Gender) bool {
	return a == 0 || b == 0 || a == lexicon.Either || b == lexicon.Either || a == b
}

// describedAt reads the description that begins at word a. A title before a name
// or an apposition is none.
func (d *doc) describedAt(a int) (description, bool) {
	var x description
	i := a
	if w := &d.words[a]; determiners[w.low] && !possessives[w.low] {
		x.definite = definite[w.low]
		i++
	} else if n := d.nameAt[a]; n >= 0 && d.words[d.names[n].last-1].poss {
		x.definite = true
	} else if !w.first {
		return x, false
	} else if possessives[w.low] {
		x.own = true
	}
	if a > 0 && d.words[a].gap == gapComma && d.words[a-1].line == d.words[a].line && d.nameAt[a-1] < 0 && d.roleNoun(a-1) {
		return x, false // "his cousin, the owner of the truck,"
	}
	if i < len(d.words) && numbers[d.words[i].low] {
		return x, false
	}
	head := -1
	for k := i; k < len(d.words) && k < i+7; k++ {
		w := &d.words[k]
		if k > i && w.gap > gapQuote || w.line != d.words[a].line || preps[w.low] && d.nameAt[k] < 0 || halts[w.low] && !ranks[w.low] || k > a && determiners[w.low] || !w.cap && verbLike(w.low) || w.quoted != d.words[a].quoted {
			break
		}
		if d.roleNoun(k) || d.bodyNoun(k) {
			head = k
		} else if head >= 0 {
			break
		}
		if k < i+6 && w.poss && head == k {
			head = -1
		}
	}
	if head < 0 || d.nameAt[head] >= 0 || vague[d.words[head].low] {
		return x, false
	}
	x.first, x.last, x.head = i, head+1, d.words[head].low
	x.body = !d.roleNoun(head)
	for x.first < head && strings.HasSuffix(d.words[x.first].low, "-year-old") {
		x.first++
	}
	if next := x.last; next < len(d.words) && d.words[next].gap == gapSpace && d.words[next].line == d.words[a].line {
		if w := &d.words[next]; !halts[w.low] && !preps[w.low] && !breakers[w.low] && !lexicon.Common().Has(w.low) && !verbal[w.low] && !verbLike(w.low) && !strings.HasSuffix(w.low, "ed") && (strings.HasSuffix(w.low, "s") && d.nounOf(next) != nounOther || d.words[head].low == "chief" || d.words[head].low == "general" || w.cap) {
			return x, false // "Clinton's chief strategists"
		}
	}
	x.tail = d.tailEnd(x.last)
	for k := x.tail; k < len(d.words) && k <= x.tail+1; k++ {
		if n := d.nameAt[k]; n >= 0 && (d.names[n].first == k || d.names[n].title == k) && d.words[k].line == d.words[a].line && d.words[k].gap <= gapComma {
			return x, false // another rule's: a title, an apposition
		}
		if d.words[k].gap != gapSpace {
			break
		}
	}
	for k := x.tail; k < len(d.words) && k < x.tail+6 && d.words[k].line == d.words[a].line && !halts[d.words[k].low] && !preps[d.words[k].low]; k++ {
		if k == x.tail && d.words[k].gap != gapComma || k > x.tail && d.words[k].gap != gapSpace {
			break
		}
		if n := d.nameAt[k]; n >= 0 && d.names[n].title == k && k > x.tail && d.roleNoun(k-1) {
			return x, false // "Roemer's attorney, public defender Gail Munro"
		}
	}
	return x, true
}

// tailEnd is where "of the harbour board" or "at the Clinton Foundation" ends that
// begins at word i; i where nothing of the kind does.
func (d *doc) tailEnd(i int) int {
	if i < len(d.words) && d.words[i].gap > gapQuote {
		return i
	}
	return d.apartEnd(i)
}

// apartEnd is tailEnd for words that may stand behind a comma.
func (d *doc) apartEnd(i int) int {
	end := i
	open := false // a noun is still to come
	for k := i; k < len(d.words) && k < i+10; k++ {
		w := &d.words[k]
		if k > i && w.gap > gapQuote || w.quoted != d.words[i].quoted || w.line != d.words[i].line {
			break
		}
		name := d.nameAt[k] >= 0
		switch {
		case !name && tails[w.low] && (k == i || end == k && (w.low == "of" || w.low == "for")):
			open = true
			continue
		case k == i:
			return i
		case !open && !(w.cap && end == k && d.words[k-1].cap && !d.words[k-1].poss):
			return end
		case determiners[w.low]:
			continue
		case !w.cap && (halts[w.low] || preps[w.low] && !name || breakers[w.low] || verbLike(w.low) || strings.HasSuffix(w.low, "ed")):
			return end
		}
		end = k + 1
		next := k + 1
		more := next < len(d.words) && d.words[next].gap == gapSpace
		open = w.poss || name && d.names[d.nameAt[k]].last > next || more && (d.words[next].cap || d.roleNoun(next) || d.bodyNoun(next))
	}
	return end
}

var numbers = set("two three four five six seven eight nine ten several many")

var tails = set("of for at in from on with")
