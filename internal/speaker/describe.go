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
	bare        bool // no determiner: "as governor"
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

// hints notes whom the descriptions that begin at word a, a determiner or the
// first word of a sentence, may be of.
func (r *resolver) hints(a int) {
	st, source := r.sourceAt[a]
	anybody := source && len(r.answers[st].ids) == 1 && r.ids[r.answers[st].ids[0]].described
	for _, x := range r.describedAt(a) {
		if x.definite || !anybody { // "a diplomat" who speaks is nobody named, "the diplomat" may be
			r.hint(x, a)
		}
	}
}

func (r *resolver) hint(x description, a int) {
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
	for i := r.before(r.events, a) + 1; !x.definite && i < len(r.events) && r.words[r.events[i].at].sent <= sent+mostAhead; i++ {
		id := r.events[i].id
		if n := r.firstNamed(id); fits(id) > 0 && n > a && r.words[n].sent-sent <= mostAhead {
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
	said := r.saidOf(id)
	party, from := partyOf(r.slice(h.first, h.tail)), r.countryOf(h.first, h.tail)
	f.mark("at same party", party != "" && said.parties[party])
	f.mark("at other party", party != "" && len(said.parties) > 0 && !said.parties[party])
	f.mark("at same country", from != "" && said.countries[from])
	f.mark("at other country", from != "" && len(said.countries) > 0 && !said.countries[from])
	shared := false
	for k := h.first; k < h.tail; k++ {
		shared = shared || k != h.last-1 && said.words[r.words[k].low]
	}
	f.mark("at shares a word", shared)
	return f
}

// A profile is what the roles beside somebody's name tell.
type profile struct {
	parties, countries, words map[string]bool
}

// saidOf is the profile of an identity.
func (r *resolver) saidOf(id int) profile {
	if p, ok := r.profiles[id]; ok {
		return p
	}
	p := profile{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, x := range r.ids[id].roles {
		if x.how == called {
			continue
		}
		if party := partyOf(r.roleText(x)); party != "" {
			p.parties[party] = true
		}
		if from := r.countryOf(x.first, x.last); from != "" {
			p.countries[from] = true
		}
		for k := x.first; k < x.last; k++ {
			if w := &r.words[k]; w.low != x.head && !preps[w.low] && !determiners[w.low] && !ranks[w.low] {
				p.words[w.low] = true
			}
		}
	}
	r.profiles[id] = p
	return p
}

// partyOf is the party that a role names, by one word or by a seat ("(D-N.Y.)").
func partyOf(role string) string {
	for w := range strings.FieldsFuncSeq(strings.ToLower(role), func(c rune) bool { return c == ' ' || c == '(' || c == '-' }) {
		switch {
		case w == "gop" || w == "r":
			return "republican"
		case w == "democratic" || w == "d":
			return "democrat"
		case w == "tory":
			return "conservative"
		case w == "labor":
			return "labour"
		case parties[w]:
			return w
		}
	}
	return ""
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

// describedAt reads the description that begins at word a, and the owner's where it
// begins with one ("the senator's aide"). A title before a name or an apposition is
// none.
func (d *doc) describedAt(a int) (out []description) {
	var x description
	i := a
	if w := &d.words[a]; determiners[w.low] && !possessives[w.low] {
		x.definite = definite[w.low]
		i++
	} else if n := d.nameAt[a]; n >= 0 && d.words[d.names[n].last-1].poss {
		x.definite = true
	} else if d.becomes(a) {
		x.definite, x.bare = true, true
	} else if !w.first {
		return nil
	}
	if i < len(d.words) && numbers[d.words[i].low] {
		return nil
	}
	head := -1
	for k := i; k < len(d.words) && k < i+7; k++ {
		w := &d.words[k]
		if k > i && w.gap > gapQuote || w.line != d.words[a].line || preps[w.low] && d.nameAt[k] < 0 || halts[w.low] && !ranks[w.low] && !d.joinsNames(k) || k > a && determiners[w.low] || !w.cap && verbLike(w.low) || w.quoted != d.words[a].quoted {
			break
		}
		if d.roleNoun(k) || d.bodyNoun(k) {
			head = k
		} else if head >= 0 && !(parties[d.words[head].low] && official[w.low]) {
			break
		}
		if k < i+6 && w.poss && head == k {
			if head >= 0 && x.definite && d.nameAt[head] < 0 && !vague[w.low] {
				out = append(out, description{first: i, last: k + 1, tail: k + 1, head: w.low, definite: true, body: !d.roleNoun(k)})
			}
			head = -1
		}
	}
	if head < 0 || d.nameAt[head] >= 0 || vague[d.words[head].low] {
		return out
	}
	x.first, x.last, x.head = i, head+1, d.words[head].low
	x.body = !d.roleNoun(head)
	for x.first < head && strings.HasSuffix(d.words[x.first].low, "-year-old") {
		x.first++
	}
	if next := x.last; next < len(d.words) && d.words[next].gap == gapSpace && d.words[next].line == d.words[a].line {
		if w := &d.words[next]; !halts[w.low] && !preps[w.low] && !breakers[w.low] && !lexicon.Common().Has(w.low) && !verbal[w.low] && !verbLike(w.low) && !strings.HasSuffix(w.low, "ed") && (strings.HasSuffix(w.low, "s") && (d.nounOf(next) == nounPerson || d.nounOf(next) == nounGroup) || d.words[head].low == "chief" || d.words[head].low == "general" || w.cap) {
			return out // "Clinton's chief strategists"
		}
	}
	x.tail = d.tailEnd(x.last)
	for k := x.tail; k < len(d.words) && k <= x.tail+1; k++ {
		if n := d.nameAt[k]; n >= 0 && (d.names[n].first == k || d.names[n].title == k) && d.words[k].line == d.words[a].line && d.words[k].gap <= gapComma {
			return out // another rule's: a title, an apposition
		}
		if d.words[k].gap != gapSpace || !d.words[k].cap && !d.roleNoun(k) {
			break
		}
	}
	return append(out, x)
}

// joinsNames reports whether word k is the "and" of "the Acme and Baltic co-founder".
func (d *doc) joinsNames(k int) bool {
	return d.words[k].low == "and" && k+1 < len(d.words) && d.words[k-1].cap && d.words[k+1].cap && d.words[k].gap == gapSpace && d.words[k+1].gap == gapSpace && !d.words[k-1].first
}

// becomes reports whether a description without a determiner may begin at word a:
// "as secretary of state", "when she was governor".
func (d *doc) becomes(a int) bool {
	return a > 0 && d.words[a].gap == gapSpace && callings[d.words[a-1].low] && !determiners[d.words[a].low] && !(a > 1 && d.words[a-2].low == "such")
}

// official are adjectives between a party and an office: "Republican presidential
// candidate".
var official = set("presidential vice-presidential vice congressional senatorial gubernatorial mayoral party primary national")

var callings = set("as was were became become being elected appointed then")

// tailEnd is where "of the harbour board" or "at the Clinton Foundation" ends that
// begins at word i; i where nothing of the kind does.
func (d *doc) tailEnd(i int) int {
	end := i
	open := false // a noun is still to come
	for k := i; k < len(d.words) && k < i+10; k++ {
		w := &d.words[k]
		if w.gap > gapQuote || w.quoted != d.words[i].quoted || w.line != d.words[i].line {
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
