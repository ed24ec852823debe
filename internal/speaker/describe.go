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

// A hint is a description of which an identity is a rival: it may be of it.
type hint struct {
	*rivals
	share  float64 // of the foreground where it stands, 0 to 1
	rank   int     // 0 for the identity most in the foreground
	ahead  int     // sentences to the first mention, where that follows; else -1
	before bool    // the identity is named before it in the same sentence
	after  bool    // … behind it
}

// rivals are all that a description may be of.
type rivals struct {
	description
	ids []int
	x   []features // how each stands to the description
	p   []float64  // the probability that it is of each, once asked for
}

const (
	mostNear  = 6 // identities in the foreground that a description may be of
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
		case e.kind == kindOrg, !agree(g, e.gender), lexicon.Kin().Has(x.head) && e.otherKin(x.head):
			return 0
		case e.kind == kindUnsure:
			return 0.5
		}
		return 1
	}
	sent := r.words[a].sent
	all := &rivals{description: x}
	found := map[int]hint{}
	scores := r.scores(a, -1, fits)
	ids := slices.SortedFunc(maps.Keys(scores), func(x, y int) int { return cmp.Or(cmp.Compare(scores[y], scores[x]), x-y) })
	sum := 0.0
	for _, id := range ids {
		sum += scores[id]
	}
	for rank, id := range ids[:min(len(ids), mostNear)] {
		found[id] = hint{rivals: all, share: scores[id] / sum, rank: rank, ahead: -1}
	}
	for i := r.before(r.events, a) + 1; (lead || !x.definite) && i < len(r.events) && r.words[r.events[i].at].sent <= sent+mostAhead; i++ {
		id := r.events[i].id
		if n := r.firstNamed(id); fits(id) > 0 && n > a && r.words[n].sent-sent <= mostAhead && !(x.definite && r.words[n].sent == sent) {
			if _, ok := found[id]; !ok {
				found[id] = hint{rivals: all, rank: mostNear, ahead: r.words[n].sent - sent}
			}
		}
	}
	if !x.body {
		for _, id := range r.mostNamed(kindPerson) { // whom the article is about
			if _, ok := found[id]; !ok && id >= 0 && fits(id) > 0 && r.firstNamed(id) >= 0 && r.firstNamed(id) < a {
				found[id] = hint{rivals: all, rank: mostNear, ahead: -1}
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
	all.ids = slices.Sorted(maps.Keys(found))
	for _, id := range all.ids {
		h := found[id]
		all.x = append(all.x, r.position(&h, id))
		if n := r.nextNamed(id, a); x.own && (n < 0 || r.words[n].line != r.words[a].line) {
			continue // "His lawyer" is nobody of whom the paragraph does not go on to tell
		}
		r.hinted[id] = append(r.hinted[id], h)
	}
}

// otherKin reports whether somebody is told outright to be another relative: a brother is
// not "Mr. Finch's father".
func (e *identity) otherKin(head string) bool {
	return slices.ContainsFunc(e.roles, func(x role) bool { return x.how != called && x.head != head && lexicon.Kin().Has(x.head) })
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
	kind := "a …"
	if h.definite {
		kind = "the …"
	}
	f.mark("at gap "+strconv.Itoa(min(gap, 5)), true)
	f.mark("at gap "+strconv.Itoa(min(gap, 3))+", "+kind, true)
	f.mark("at rank "+strconv.Itoa(min(h.rank, 2))+", "+kind, true)
	f.set("at share, "+kind, h.share)
	f.set("at named, "+kind, float64(min(len(e.names), 12))/12)
	f.set("at gap", float64(gap)/9)
	f.mark("at subject of the sentence before", subject && gap == 1)
	f.mark("at subject of the sentence", subject && gap == 0)
	f.mark("at subject of the sentence, "+before, subject && gap == 0)
	f.mark("at same line", last >= 0 && r.words[last].line == r.words[h.first].line)
	most := slices.Index(r.mostNamed(e.kind), id)
	f.mark("at most named", most == 0)
	f.mark("at next most named", most == 1)
	return f
}

// likely is the probability that a description stands for an identity, from where it
// stands and from what is known of each of its rivals.
func (r *resolver) likely(all *rivals, id int) float64 {
	if all.p == nil {
		w := roleWeights()
		sum := 0.0
		for k, id := range all.ids {
			all.x[k] = append(all.x[k], r.bearing(&all.description, id)...)
			all.p = append(all.p, math.Exp(all.x[k].sum(w)))
			sum += all.p[k]
		}
		for k := range all.p {
			all.p[k] /= sum
		}
	}
	if k, ok := slices.BinarySearch(all.ids, id); ok {
		return all.p[k]
	}
	return 0
}

// bearing tells how a description goes with the roles that an identity is given and with
// those for whom it speaks.
func (r *resolver) bearing(x *description, id int) features {
	var f features
	same, shared, given := false, false, false
	for _, y := range r.ids[id].roles {
		if y.how == called {
			continue
		}
		given = given || y.score > -4
		same = same || r.holds(y, x.head)
		shared = shared || r.shareWord(x, y)
	}
	f.mark("at a role of that noun", same)
	f.mark("at a role of another noun", given && !same)
	f.mark("at a word of a role", shared)
	f.mark("at a word of a role of that noun", shared && same)
	speaks := r.speaksAs(x, id)
	f.mark("at speaks as", speaks)
	f.mark("at another speaks as", !speaks && r.spoken(x))
	return f
}

// shareWord reports whether a description and a role have a word in common that is not
// the description's noun.
func (r *resolver) shareWord(x *description, y role) bool {
	words := strings.Fields(fold(r.roleText(y)))
	for k := x.first; k < x.tail; k++ {
		if low := r.words[k].low; k != x.last-1 && !preps[low] && !determiners[low] && low != "former" && slices.Contains(words, low) {
			return true
		}
	}
	return false
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
	} else if !w.first && !(a > 0 && d.words[a-1].low == "as" && w.gap == gapSpace && !w.cap) {
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
		if n := d.nameAt[k-min(k, 1)]; k > i && head < 0 && n >= 0 && d.names[n].last == k && d.actsOn(k) {
			return x, false // "Finch meets the mayor"
		}
		if d.roleNoun(k) || d.bodyNoun(k) {
			head = k
		} else if head >= 0 {
			break
		}
		if w.poss && head == k {
			break // "the senator's proposal"
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
	if d.words[head].poss {
		x.tail = x.last
		return x, x.definite && !d.headNext(x.last)
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

// headNext reports whether a noun for a person or a body, or a name, stands in the few words
// from i on: "the senator's chief of staff" is rather of that one.
func (d *doc) headNext(i int) bool {
	for k := i; k < len(d.words) && k < i+4 && d.words[k].gap == gapSpace; k++ {
		if d.nameAt[k] >= 0 {
			return true
		}
		if preps[d.words[k].low] || halts[d.words[k].low] {
			break
		}
	}
	return false
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
		case possessives[w.low] && k+1 < len(d.words) && d.words[k+1].low == "own":
			return end // "the mayor of his own habits"
		case w.poss && officeWord[w.low] && d.words[k-1].low == "of":
			return k + 1 // "the secretary of state's emails"
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
