package speaker

import (
	_ "embed"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// Which of the phrases that go with somebody is the role that a reader would give:
// a log-linear choice (a softmax over the candidates and over giving none). Its
// weights are fitted by TestFitRoles.

//go:embed roleweights.txt
var roleFile string

var roleWeights = sync.OnceValue(func() map[string]float64 { return readWeights(roleFile) })

// readWeights reads lines of a feature's name and its weight.
func readWeights(file string) map[string]float64 {
	w := map[string]float64{}
	for l := range strings.Lines(file) {
		name, value, _ := strings.Cut(strings.TrimSpace(l), "\t")
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			w[name] = v
		}
	}
	return w
}

// An option is a phrase that may be an identity's role.
type option struct {
	role
	x features
}

type feature struct {
	name  string
	value float64
}

type features []feature

// set gives a feature a value, or keeps a higher one.
func (f *features) set(name string, v float64) {
	if at := f.find(name); at >= 0 {
		(*f)[at].value = max((*f)[at].value, v)
		return
	}
	*f = append(*f, feature{name, v})
}

// more adds to a feature up to 1.
func (f *features) more(name string, v float64) {
	at := f.find(name)
	if at < 0 {
		at = len(*f)
		*f = append(*f, feature{name, 0})
	}
	(*f)[at].value = min((*f)[at].value+v, 1)
}

func (f features) find(name string) int {
	return slices.IndexFunc(f, func(x feature) bool { return x.name == name })
}

func (f *features) mark(name string, is bool) {
	if is {
		f.set(name, 1)
	}
}

// mostHints and mostRoles are the descriptions and the roles weighed for one identity.
const mostHints, mostRoles = 200, 200

// candidates gives the phrases that may be the role of an identity, each text
// once, with what speaks for them. The first is no role at all.
func (r *resolver) candidates(id int) []option {
	e := &r.ids[id]
	org := e.kind == kindOrg
	class := "none, " // how often readers give none
	switch {
	case org:
		class += "organisation"
	case e.kind != kindPerson:
		class += "unsure"
	default:
		class += "person"
	}
	if r.given(id) {
		class += " with roles"
	}
	switch n := len(e.names); {
	case n > 5:
		class += ", named often"
	case n > 2:
		class += ", named again"
	}
	none := option{x: features{{"none", 1}, {class, 1}}}
	most := r.mostNamed(e.kind)
	out := []option{none}
	at := map[string]int{}
	add := func(x role, f features) {
		if x.first >= x.last {
			return
		}
		low := fold(r.roleText(x))
		k, ok := at[low]
		if !ok {
			k = len(out)
			at[low] = k
			out = append(out, option{role: x, x: r.wording(x, org)})
		}
		for _, y := range f {
			if strings.HasPrefix(y.name, "times") {
				out[k].x.more(y.name, y.value)
			} else {
				out[k].x.set(y.name, y.value)
			}
		}
	}
	order := 0
	seen := map[text.Range]bool{}
	roles := e.roles[:min(len(e.roles), mostRoles)]
	for _, x := range roles {
		if g := (text.Range{Start: x.first, End: x.last}); seen[g] {
			continue
		} else {
			seen[g] = true
		}
		f := features{{"how " + x.how, 1}, {"score " + x.how, x.score / 5}, {"times given", 0.2}}
		f.mark("first given", order == 0)
		order++
		f.mark("the, "+x.how, x.first > 0 && r.words[x.first-1].low == "the")
		beside := r.besides(x, roles)
		add(x, f)
		also := func(y role, kind string) {
			add(y, append(features{{kind, 1}, {kind + " " + x.how, 1}}, f...))
		}
		if x.tail.Len() > 0 {
			y := x
			y.tail.End = y.tail.Start
			also(y, "without its tail")
		}
		for k := x.first + 1; k < x.last; k++ {
			if w := &r.words[k]; preps[w.low] && !w.cap {
				y := x
				y.last = k
				also(y, "up to a preposition")
				break
			}
		}
		for _, z := range roles {
			if z.how == called || !r.onlyTitle(x) || r.onlyTitle(z) || z.first >= z.last {
				continue
			}
			y := x
			y.tail = r.rng(z.first, z.last) // "Gen., commander of the fleet"
			f := append(features{{"score of the fuller", z.score / 5}}, f...)
			add(y, append(features{{"a title and more", 1}, {"a title and more, " + z.how, 1}}, f...))
		}
		if x.tail.Len() == 0 {
			if b := r.goesOn(x); b > x.last {
				y := x
				y.last = b
				also(y, "with what goes on")
			}
			if beside >= 0 && !r.onlyTitle(x) {
				y := x
				y.tail = r.rng(roles[beside].first, roles[beside].last)
				also(y, "with what stands behind the name")
			}
		}
	}
	nobody := e.kind == kindUnsure && e.gender == 0 && (len(e.words) == 1 && !r.calledHe(id) || r.words[max(r.firstNamed(id), 0)].gap == gapBracket) // "OSLO (Norsk Wire) –"
	for _, h := range r.hinted[id][:min(len(r.hinted[id]), mostHints)] {
		if nobody && !h.body {
			continue // perhaps a country
		}
		speaks := r.speaksAs(&h.description, id)
		if r.saidBy(h.first, id) || r.words[h.last-1].poss && r.inSource(h.first) {
			continue // "Finch said the mayor was late", "the mayor's office said"
		}
		if before, _ := r.around(&h.description); r.anothers(&h.description, id) || h.top && !speaks && before != "begins a sentence" {
			continue
		}
		f := features{{"times described", 0.25}}
		kind := "a … "
		if h.definite {
			kind = "the … "
		}
		f.mark(kind, true)
		p := r.likely(h.rivals, id)
		if !r.given(id) {
			f.mark(kind+"of one without a role", true)
			f.mark(kind+"of the most named", slices.Index(most, id) == 0)
			f.mark(kind+"of the next most named", slices.Index(most, id) == 1)
			f.set(kind+"p without a role", p)
		}
		f.set(kind+"p", p)
		f.mark(kind+"likely", p > 0.5)
		f.mark(kind+"sure", p > 0.8)
		f.mark(kind+"unlikely", p < 0.2)
		f.more("times "+kind+"p", p/4)
		if !h.definite {
			f.mark("a … ahead", h.ahead >= 0)
			f.mark("a … right ahead", h.ahead >= 0 && h.ahead <= 1)
			f.mark("a … named before", h.before)
			f.mark("a … named after", h.after)
			before, after := r.around(&h.description)
			f.mark("a … "+before, before != "")
			f.mark("a … "+after, after != "")
		}
		if h.definite {
			f.mark("the … ahead", h.ahead >= 0)
			f.mark("the … right ahead", h.ahead >= 0 && h.ahead <= 1)
		}
		f.mark("speaks as", speaks)
		f.mark("a top office", h.top && !speaks)
		if h.top && !speaks {
			f.set("a top office, p", p)
			f.mark("a top office, of one without a role", !r.given(id))
		}
		f.mark("an owner", r.words[h.last-1].poss)
		f.mark("another speaks as", !speaks && r.spoken(&h.description))
		f.mark("described among the first lines", r.words[h.first].line < 6)
		same, other := false, false
		for _, x := range e.roles {
			if x.how != called {
				same, other = same || sameRole(x.head, h.head), other || !sameRole(x.head, h.head)
			}
		}
		f.mark("described as given", same)
		f.mark("described otherwise than given", other && !same)
		f.mark("described as another is", !same && r.heldBy(h.head, id))
		x := role{how: called, first: h.first, last: h.last, head: h.head}
		add(x, f)
		if h.tail > h.last {
			x.last = h.tail
			f.set("with its tail", 1)
			add(x, f)
		}
	}
	r.compare(out)
	return out
}

// compare tells of each option how it stands to the others.
func (r *resolver) compare(out []option) {
	words := make([][]string, len(out))
	held := map[string]bool{}
	for k := 1; k < len(out); k++ {
		words[k] = r.tellingWords(out[k].role)
		held[class(out[k].head)] = true
	}
	for k := 1; k < len(out); k++ {
		o := &out[k]
		fuller, within, alike, noun := false, false, 0, 0
		for j := 1; j < len(out); j++ {
			if j == k || o.first < out[j].last && out[j].first < o.last {
				continue // itself, or the same words in another form
			}
			n := inCommon(words[k], words[j])
			fuller = fuller || n > 0 && n == len(words[j]) && n < len(words[k])
			within = within || n > 0 && n == len(words[k]) && n < len(words[j])
			if n > 0 && 2*n >= len(words[k])+len(words[j])-n {
				alike++
			}
			if sameRole(o.head, out[j].head) {
				noun++
			}
		}
		o.x.mark("fuller than another", fuller)
		o.x.mark("within another", within)
		o.x.set("like others", min(float64(alike), 4)/4)
		o.x.set("of the noun of others", min(float64(noun), 6)/6)
		o.x.mark("the only one of its noun", noun == 0)
		c := class(o.head)
		o.x.mark(c, true)
		o.x.mark(c+", "+o.how, true)
		for _, other := range slices.Sorted(maps.Keys(held)) {
			o.x.mark(c+" beside "+other, other != c)
		}
		place := slices.ContainsFunc(r.nameAt[o.first:o.last], func(n int) bool { return n >= 0 && r.names[n].kind == kindPlace })
		o.x.mark("of a place", place)
		o.x.mark("of a place, "+c, place)
		o.x.mark("in the first lines", r.words[o.first].line < 4)
	}
}

// untold are forms of address that by themselves tell little of an office.
var untold = set("sen rep gov president secretary mr mrs ms dr sir")

// inCommon counts the words of one list that are in another.
func inCommon(a, b []string) int {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return n
}

// tellingWords are the words of a role but for articles, prepositions and forms of address.
func (d *doc) tellingWords(x role) []string {
	all := strings.FieldsFunc(fold(d.roleText(x)), func(c rune) bool { return !isWordRune(c) })
	return slices.DeleteFunc(all, func(w string) bool { return w == "s" || w == "a" || w == "an" || w == "the" || preps[w] || untold[w] })
}

// class is what kind of office or calling a noun is of.
func class(head string) string {
	switch {
	case head == "":
		return "noun none"
	case stateOffices[head]:
		return "noun office of state"
	case contests[head]:
		return "noun contest"
	case parties[head]:
		return "noun party"
	case lexicon.Kin().Has(head):
		return "noun kin"
	case slight[head]:
		return "noun slight"
	case lexicon.Honorifics().Has(head):
		return "noun form of address"
	case heads[head]:
		return "noun head"
	}
	return "noun other"
}

var (
	stateOffices = set(`senator sen governor gov congressman congresswoman representative rep secretary president minister mayor chancellor premier mp mep msp ambassador judge justice
pm taoiseach lawmaker legislator councillor councilman councilwoman sheriff assemblyman assemblywoman speaker commissioner envoy peer lord king queen prince attorney-general`)
	contests = set("candidate nominee front-runner frontrunner hopeful contender rival opponent challenger runner-up incumbent contestant standard-bearer")
	heads    = set("chief head director boss chairman chairwoman chair leader founder co-founder owner editor manager executive ceo coach captain commander spokesman spokeswoman spokesperson")
)

// inSource reports whether a word stands in the source of a statement.
func (r *resolver) inSource(i int) bool {
	_, ok := r.sourceAt[i]
	return ok
}

// saidBy reports whether a word stands in what an identity says, behind the identity: "the
// mayor will come, she said" may speak of herself.
func (r *resolver) saidBy(i, id int) bool {
	if r.contentAt == nil {
		r.contentAt = map[int][]int{}
		for st := range r.statements {
			for _, g := range r.statements[st].Content {
				for a, b := r.span(g); a < b; a++ {
					r.contentAt[a] = append(r.contentAt[a], st)
				}
			}
		}
	}
	return slices.ContainsFunc(r.contentAt[i], func(st int) bool { return r.anchor(st) < i && slices.Contains(r.answers[st].ids, id) })
}

// spoken reports whether a description is the source of a statement whose speaker is known.
func (r *resolver) spoken(x *description) bool {
	st, ok := r.sourceAt[x.last-1]
	return ok && len(r.answers[st].ids) > 0
}

// speaksAs reports whether a description is the source of a statement of an identity.
func (r *resolver) speaksAs(x *description, id int) bool {
	return r.spoken(x) && slices.Contains(r.answers[r.sourceAt[x.last-1]].ids, id)
}

// anothers reports whether a description that begins with whose somebody is ("Norvania's
// oil minister") is the source of a statement that is another's. A relative may bear the
// name that it begins with.
func (r *resolver) anothers(x *description, id int) bool {
	st, ok := r.sourceAt[x.last-1]
	n := r.nameAt[x.first]
	if !ok || n < 0 || len(r.answers[st].ids) == 0 || slices.Contains(r.answers[st].ids, id) {
		return false
	}
	owner := &r.words[r.names[n].last-1]
	return owner.poss && !slices.Contains(r.ids[id].words, owner.low)
}

// goesOn is where a role ends that goes on after a comma ("vice president of Acme,
// a maker of anvils") or with "who"; its own end where it does not.
func (r *resolver) goesOn(x role) int {
	i := x.last
	if i >= len(r.words) || r.words[i].sent != r.words[i-1].sent || r.words[i].quoted != r.words[i-1].quoted || r.words[i].gap != gapComma && r.words[i].low != "who" && r.words[i].low != "and" {
		return i
	}
	if r.titled(i) >= 0 {
		return i // ", Sir Karl Feld": the name itself
	}
	noun := r.words[i].low == "who"
	k := i
	for ; k < len(r.words) && k < i+14 && r.words[k].sent == r.words[i].sent && (k == i || r.words[k].gap < gapComma); k++ {
		low := r.words[k].low
		if !noun && k > i+1 && (breakers[low] || halts[low]) && !r.words[k].cap {
			return i
		}
		noun = noun || r.nameAt[k] < 0 && r.roleNoun(k) || r.bodyNoun(k)
	}
	if !noun || k == i+14 {
		return i
	}
	return k
}

// besides is the role behind the name before which role x stands, or -1.
func (r *resolver) besides(x role, roles []role) int {
	return slices.IndexFunc(roles, func(y role) bool {
		return y.how == "after the name" && x.how == "before the name" && y.first > x.last && y.first < x.last+9 && r.words[y.first].sent == r.words[x.last].sent
	})
}

const called = "a description that stands for the name"

// calledHe reports whether a pronoun of a person stands for an identity.
func (r *resolver) calledHe(id int) bool {
	if r.persons == nil {
		r.persons = map[int]bool{}
		for _, who := range r.pronouns {
			r.persons[who] = true
		}
	}
	return r.persons[id]
}

// given reports whether the article gives an identity a role outright.
func (r *resolver) given(id int) bool {
	return slices.ContainsFunc(r.ids[id].roles, func(x role) bool { return x.how != called && x.score > -4 })
}

// mostNamed gives the two identities of a kind that are named most.
func (r *resolver) mostNamed(k kind) []int {
	if r.most == nil {
		r.most = map[kind][]int{}
	}
	if l, ok := r.most[k]; ok {
		return l
	}
	best := []int{-1, -1}
	for id := range r.ids {
		switch e := &r.ids[id]; {
		case e.kind != k || e.described:
		case best[0] < 0 || len(e.names) > len(r.ids[best[0]].names):
			best[0], best[1] = id, best[0]
		case best[1] < 0 || len(e.names) > len(r.ids[best[1]].names):
			best[1] = id
		}
	}
	r.most[k] = best
	return best
}

// around tells what part a description has in its sentence, from the words before
// and behind it.
func (d *doc) around(x *description) (before, after string) {
	a := x.first - 1
	if a >= 0 && !determiners[d.words[a].low] {
		a = x.first
	}
	switch {
	case a <= 0 || d.words[a].first:
		before = "begins a sentence"
	case d.words[a].gap >= gapComma:
		before = "after a comma"
	case d.words[a-1].low == "as":
		before = "after as"
	case beings[d.words[a-1].low]:
		before = "after be"
	case clauses[d.words[a-1].low]:
		before = "begins a clause"
	case preps[d.words[a-1].low]:
		before = "after a preposition"
	}
	if b := x.tail; b < len(d.words) {
		switch w := &d.words[b]; {
		case w.gap >= gapEnd:
			after = "ends a sentence"
		case w.gap >= gapComma:
			after = "before a comma"
		case verbal[w.low] || verbLike(w.low) || strings.HasSuffix(w.low, "ed") || beings[w.low]:
			after = "before a verb"
		}
	}
	return before, after
}

var clauses = set("that because if when while but")

var beings = set("is was be been being become became remains remained")

// heldBy reports whether the article gives a role with this noun to another
// identity.
func (r *resolver) heldBy(head string, id int) bool {
	if r.holders == nil {
		r.holders = map[string][]int{}
		for k := range r.ids {
			for _, x := range r.ids[k].roles {
				if x.how != called {
					r.holders[x.head] = appendNew(r.holders[x.head], k)
				}
			}
		}
	}
	return slices.ContainsFunc(r.holders[head], func(k int) bool { return k != id })
}

// wording tells what the words of a role are like.
func (r *resolver) wording(x role, org bool) features {
	var f features
	mark := func(name string, is bool) {
		f.mark(name, is)
		f.mark(name+", organisation", is && org)
	}
	n := x.last - x.first
	f.set("words", float64(min(n, 12))/6)
	mark("one word", n == 1)
	mark("many words", n > 8)
	mark("slight", slight[x.head])
	mark("kin", lexicon.Kin().Has(x.head))
	mark("party", parties[x.head])
	mark("office", lexicon.Roles().Has(x.head))
	mark("no noun", x.head == "")
	mark("capital", r.words[x.last-1].cap)
	former, names, of, number := false, false, false, false
	for k := x.first; k < x.last; k++ {
		w := &r.words[k]
		former = former || w.low == "former" || w.low == "ex"
		names = names || w.cap && k < x.last-1
		of = of || w.low == "of"
		number = number || hasDigit(w.low)
	}
	mark("only a title", r.onlyTitle(x))
	mark("former", former)
	mark("names", names)
	mark("of", of)
	mark("number", number)
	mark("another in it", r.holdsPerson(x))
	mark("quoted", r.words[x.first].quoted)
	mark("superlative", strings.HasSuffix(r.words[x.first].low, "est") || r.words[x.first].low == "best" || r.words[x.first].low == "first" || r.words[x.first].low == "last" || r.words[x.first].low == "next" || r.words[x.first].low == "only")
	return f
}

// onlyTitle reports whether the words of a role are but a form of address, but for a
// sovereign's and a lord's: "Sen.", "Lt Gen".
func (d *doc) onlyTitle(x role) bool {
	for k := x.first; k < x.last; k++ {
		if low := d.words[k].low; !lexicon.Honorifics().Has(low) || royal[low] && x.last == x.first+1 {
			return false
		}
	}
	return true
}

// sum is the sum of the weights of features.
func (f features) sum(w map[string]float64) float64 {
	s := 0.0
	for _, y := range f {
		s += w[y.name] * y.value
	}
	return s
}

// bestRole is the likeliest role of an identity; ok is false where none is.
func (r *resolver) bestRole(id int) (best role, ok bool) {
	all := r.candidates(id)
	k := choose(all, roleWeights(), mostNone)
	return all[k].role, k > 0
}

// mostNone is the probability that there is no role up to which one is given.
const mostNone = 0.75

// choose is the likeliest option, or 0 where that none is right is likelier than
// most.
func choose(all []option, w map[string]float64, most float64) int {
	best, sum := 0, 0.0
	high := math.Inf(-1)
	scores := make([]float64, len(all))
	for k := range all {
		scores[k] = all[k].x.sum(w)
		high = max(high, scores[k])
		if k > 0 && (best == 0 || scores[k] > scores[best]) {
			best = k
		}
	}
	for _, s := range scores {
		sum += math.Exp(s - high)
	}
	if math.Exp(scores[0]-high) > most*sum {
		return 0
	}
	return best
}
