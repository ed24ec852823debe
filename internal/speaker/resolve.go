package speaker

import (
	"slices"
	"sort"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// An event is a word at which an identity is spoken of.
type event struct {
	at     int // word
	id     int
	weight float64
	source bool // the speaker of a statement
}

type found struct {
	ids   []int
	chain []text.Range // from the source on
}

type resolver struct {
	*doc
	statements []Statement
	affinity   [][]float32
	mentions   []text.Range
	events     []event     // names, in order of the text
	later      []event     // pronouns and descriptions resolved, in order
	pronouns   map[int]int // pronoun's word: identity
	answers    []found
	done       []bool
	outer      []int // the statement whose content holds this one, or -1
	told       []int // of each sentence: how many before it are not wholly quoted
	anchors    []int // of each statement: its first word
	sourced    []int // statements whose speaker is known, by anchor
	echoes     int
	loose      map[int]bool                            // words of contents without a source
	papers     map[string]int                          // who made the last paper of a kind
	best       map[int]chosen                          // the best role of each identity, once all are found
	hinted     map[int][]hint                          // descriptions that may be of an identity
	holders    map[string][]int                        // who holds a role of that noun
	most       map[kind][]int                          // the two identities of a kind that are named most
	persons    map[int]bool                            // for whom a pronoun of a person stands
	passing    map[int]bool                            // bodies that have been spoken of in passing only
	weighed    func(statement int, options []standing) // told of each choice for a pronoun; nil
	theirs     map[string]map[int][2]int               // by "campaign": where it first speaks of each person's
	stoodFor   map[string]int                          // by a body's noun: the organisation that it stood for last
	authors    []int                                   // names of those whom the last lines tell about, once looked for
	looked     bool
	guest      int               // whom an interview asks, and two more; 0 until looked for
	only       map[string][2]int // by its kind: the words of the only poll or study with an owner
	sourceAt   map[int]int       // by each word of a source: its statement
	contentAt  map[int][]int     // by each word of a content: its statements, once asked for
	whose      map[int]owner     // by its first word: "mayor's" in "the mayor's spokesman"
}

// An owner is the person of a possessive description and the word where it ends.
type owner struct{ last, id int }

// chosen is an identity's best role, if it has any.
type chosen struct {
	role
	ok bool
}

// Instead of a statement, what stands at a word of running text; at one word the first
// of these comes first.
const (
	ofPronoun = -1 - iota
	ofOffice
	ofGroup
	ofDescription
	ofBody
	ofPasserby
)

func (r *resolver) resolve() []Answer {
	n := len(r.statements)
	r.answers, r.done = make([]found, n), make([]bool, n)
	r.pronouns = map[int]int{}
	r.told = r.narrated()
	r.papers, r.best, r.hinted, r.whose = map[string]int{}, map[int]chosen{}, map[int][]hint{}, map[int]owner{}
	r.passing, r.only, r.stoodFor = map[int]bool{}, map[string][2]int{}, map[string]int{}
	r.theirs, r.sourceAt = map[string]map[int][2]int{}, map[int]int{}
	for i := range r.names {
		m := &r.names[i]
		if m.id < 0 || r.credited(m) {
			continue
		}
		r.events = append(r.events, event{at: m.first, id: m.id, weight: r.weigh(m)})
	}
	r.nest()
	// statements and pronouns in order of the text
	type task struct{ at, statement int }
	var tasks []task
	for i := range r.statements {
		if r.statements[i].Aside {
			continue
		}
		for _, g := range r.statements[i].Source {
			for a, b := r.span(g); a < b; a++ {
				r.sourceAt[a] = i
			}
		}
	}
	for i := range r.statements {
		tasks = append(tasks, task{r.anchor(i), i})
	}
	for i := range r.words {
		w := &r.words[i]
		_, taken := r.sourceAt[i]
		if !w.quoted && !r.lines[w.line].headline && !taken {
			if r.acting(i) {
				tasks = append(tasks, task{i, ofGroup})
			}
			if r.bodyHere(i) {
				tasks = append(tasks, task{i, ofBody})
			}
			if indefinite[w.low] {
				tasks = append(tasks, task{i, ofPasserby})
			}
			if w.low == "the" || w.low == "this" {
				tasks = append(tasks, task{i, ofOffice})
			}
		}
		if (w.first || determiners[w.low] && !possessives[w.low] || i > 0 && r.words[i-1].low == "as" || r.nameAt[i] >= 0 && r.names[r.nameAt[i]].first == i && r.words[r.names[r.nameAt[i]].last-1].poss) && !w.quoted {
			tasks = append(tasks, task{i, ofDescription})
		}
		if personal[w.low] && !w.quoted {
			tasks = append(tasks, task{i, ofPronoun})
		}
	}
	sort.SliceStable(tasks, func(a, b int) bool {
		if tasks[a].at != tasks[b].at {
			return tasks[a].at < tasks[b].at
		}
		return tasks[a].statement > tasks[b].statement
	})
	last := -1
	for _, t := range tasks {
		switch t.statement {
		case ofDescription:
			r.hints(t.at)
			continue
		case ofGroup:
			r.people(t.at)
			continue
		case ofPasserby:
			r.passerby(t.at)
			continue
		case ofBody:
			r.bodies(t.at)
			continue
		case ofOffice:
			r.running(t.at, last)
			continue
		case ofPronoun:
			if _, ok := r.pronouns[t.at]; !ok {
				r.pronoun(t.at, -1, last)
			}
			continue
		}
		r.source(t.statement, last)
		if st := &r.statements[t.statement]; !st.Inner && !st.Aside && len(r.answers[t.statement].ids) > 0 {
			last = t.statement
		}
	}
	r.unsourced()
	out := make([]Answer, n)
	for i := range out {
		out[i] = r.answer(i)
	}
	return out
}

// credited reports whether a name is only under a picture: "Nora Finch/Reuters".
func (d *doc) credited(m *name) bool {
	for k := m.first + 1; k < len(d.words) && k < m.last+4 && d.words[k].cap; k++ {
		low := d.words[k].low
		if d.slashed(k) && (agencies[low] || agencies[d.key(k, min(k+2, len(d.words)))]) || slices.ContainsFunc(strings.Split(low, "/")[1:], func(w string) bool { return agencies[w] }) {
			return true
		}
	}
	return false
}

// narrated counts the sentences that hold words outside quotation marks.
func (r *resolver) narrated() []int {
	n := 0
	if len(r.words) > 0 {
		n = r.words[len(r.words)-1].sent
	}
	told := make([]int, n+1)
	for i := range r.words {
		if w := &r.words[i]; !w.quoted {
			told[w.sent] = 1
		}
	}
	for i := 1; i <= n; i++ {
		told[i] += told[i-1]
	}
	return told
}

var personal = set("he she him his her")

// weigh is how much a mention stands in the foreground.
func (r *resolver) weigh(m *name) float64 {
	w := &r.words[m.first]
	switch {
	case w.quoted:
		return 0.15
	case m.headline:
		return 0.3
	case r.words[m.last-1].poss:
		return 0.6
	}
	start := m.title
	for start > 0 && r.words[start].sent == r.words[start-1].sent && m.title-start < 3 && r.words[start].gap == gapSpace {
		start--
	}
	if r.words[start].first || r.words[m.title].first {
		return 1
	}
	if m.last < len(r.words) && (r.words[m.last].gap == gapSpace || r.words[m.last].gap == gapComma) && verbal[r.words[m.last].low] {
		return 1
	}
	if m.title > 0 && (preps[r.words[m.title-1].low]) {
		return 0.45
	}
	return 0.6
}

var verbal = set("said says told added has had was is who wrote tweeted asked argued called noted also will would could did does insisted claimed")

// wordAt is the first word that ends after byte b.
func (d *doc) wordAt(b int) int {
	return sort.Search(len(d.words), func(i int) bool { return d.words[i].End > b })
}

// span gives the words that a range holds.
func (d *doc) span(g text.Range) (int, int) {
	i := d.wordAt(g.Start)
	j := sort.Search(len(d.words), func(k int) bool { return d.words[k].Start >= g.End })
	return i, max(i, j)
}

func (r *resolver) anchor(i int) int {
	st := &r.statements[i]
	for _, g := range [][]text.Range{st.Source, st.Cue, st.Content} {
		if len(g) > 0 {
			return r.wordAt(g[0].Start)
		}
	}
	return 0
}

// nest finds for each statement the one whose content holds it most tightly.
func (r *resolver) nest() {
	type piece struct {
		text.Range
		st int
	}
	var all []piece
	for i := range r.statements {
		for _, c := range r.statements[i].Content {
			all = append(all, piece{c, i})
		}
	}
	slices.SortStableFunc(all, func(a, b piece) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	r.outer = make([]int, len(r.statements))
	for i := range r.statements {
		r.outer[i] = -1
		st := &r.statements[i]
		var g text.Range
		switch {
		case len(st.Source) > 0:
			g = st.Source[0]
		case len(st.Cue) > 0:
			g = st.Cue[0]
		case len(st.Content) > 0 && st.Inner:
			g = st.Content[0]
		default:
			continue
		}
		k := sort.Search(len(all), func(k int) bool { return all[k].Start > g.Start })
		best := 0
		for n := k - 1; n >= 0 && n >= k-12; n-- {
			if p := all[n]; p.st != i && p.Contains(g) && (r.outer[i] < 0 || p.Len() < best) {
				r.outer[i], best = p.st, p.Len()
			}
		}
	}
}

// source resolves the source of statement i. last is the statement before it
// that is not inside another's content, or -1.
func (r *resolver) source(i, last int) {
	st := &r.statements[i]
	source := st.Source
	if len(source) == 0 {
		source = r.implied(st)
	}
	if len(source) == 0 {
		return
	}
	r.done[i] = true
	f := &r.answers[i]
	for n, g := range source {
		a, b := r.span(g)
		if a >= b {
			continue
		}
		ids, chain := r.phrase(a, b, i, last)
		if n > 0 && len(f.ids) > 0 {
			if r.words[max(a-1, 0)].low != "nor" && (!r.allNames(ids) || r.words[a].gap == gapComma) {
				continue
			}
		}
		for _, id := range ids {
			if !slices.Contains(f.ids, id) {
				f.ids = append(f.ids, id)
			}
		}
		f.chain = append(f.chain, chain...)
	}
	if st.Aside || r.outer[i] < 0 && r.firstPerson(source[0]) {
		return
	}
	for _, id := range f.ids {
		if e := &r.ids[id]; e.described && (e.first == e.last || e.of[0] < e.of[1]) {
			continue // the author and the outlet are no "he" or "it", "they" are not "many" but all
		}
		delete(r.passing, id)
		weight := sourceWeight
		if st.Inner {
			weight = 0.3
		}
		r.note(event{at: r.anchor(i), id: id, weight: weight, source: !st.Inner})
	}
}

func (r *resolver) note(e event) { r.later = append(r.later, e) }

func (r *resolver) allNames(ids []int) bool {
	for _, id := range ids {
		if r.ids[id].described {
			return false
		}
	}
	return len(ids) > 0
}

// phrase resolves the words a..b of a source.
func (r *resolver) phrase(a, b, st, last int) (ids []int, chain []text.Range) {
	chain = []text.Range{r.rng(a, b)}
	for a < b-1 && (preps[r.words[a].low] && r.words[a].low != "at" || r.words[a].low == "both" && b-a > 2) && r.nameAt[a] < 0 {
		a++
	}
	for b > a+1 && clitics[r.words[b-1].low] && r.words[b-1].gap == gapQuote {
		b-- // "We’ve"
	}
	for b > a+2 && r.words[b-1].low == "al" && r.words[b-2].low == "et" || b > a+1 && r.words[b-1].low == "each" {
		b-- // "Finch et al", "Finch and Holm each"
		if r.words[b-1].low == "et" {
			b--
		}
	}
	for b > a+1 && reflexives[r.words[b-1].low] {
		b-- // "the senator herself"
	}
	w := &r.words[a]
	c := r.core(a, b)
	if one := c == a+1 || c == a+2 && selves[r.words[a+1].low]; one && r.nameAt[a] < 0 || c == a+1 && hard[w.low] && !w.upper {
		switch w.low {
		case "he", "she", "him", "his", "her", "hers":
			if id := r.pronoun(a, st, last); id >= 0 {
				return []int{id}, chain
			}
			return nil, nil
		case "i", "me", "my", "mine":
			return r.author(st, chain, false)
		case "we", "us", "our", "ours":
			return r.author(st, chain, true)
		case "it", "its":
			if id := r.thing(a, st, last); id >= 0 {
				r.organise(id)
				return []int{id}, chain
			}
			return nil, nil
		case "both":
			if last >= 0 && len(r.answers[last].ids) == 2 {
				return r.answers[last].ids, chain
			}
			return r.pair(a, st), chain
		case "they", "them", "their", "theirs":
			return r.several(a, st, last), chain
		case "who", "which", "that", "whom", "whose":
			ids := r.antecedent(a, st, last)
			if w.low == "that" && !r.allNames(ids) && !(len(ids) == 1 && r.ids[ids[0]].kind == kindGroup && !w.first) {
				return nil, nil
			}
			return ids, chain
		case "you":
			if st >= 0 && !r.words[a].quoted && r.turn(w.line) == "q" {
				if id := r.interviewed(); id >= 0 {
					return []int{id}, chain
				}
			}
			return []int{r.describe(a, a+1, w.low, kindUnsure)}, chain
		}
	}
	if k := r.together(a, b); k >= 0 { // "Finch and her aides"
		if one, at := r.phrase(a, k, st, last); len(one) == 1 {
			r.pronouns[k+1] = one[0]
			if two, _ := r.phrase(k+1, b, st, last); len(two) == 1 && two[0] != one[0] {
				return append(one, two...), append(chain, at...)
			}
		}
	}
	if k := r.based(a, b); k > 0 {
		return r.nominal(k, r.core(k, b), b, st, last), chain
	}
	if list := r.coordinated(a, b); list != nil {
		for _, n := range list {
			ids = append(ids, r.names[n].id)
			chain = append(chain, r.rng(r.names[n].first, r.names[n].last))
		}
		return ids, chain
	}
	if parts := r.each(a, b); parts != nil {
		if ids, chain := r.allOf(parts, st, last); len(ids) > 1 {
			return ids, chain
		}
	}
	if k := r.mixed(a, b); k >= 0 {
		one, at := r.phrase(a, k, st, last)
		two, to := r.phrase(k+1, b, st, last)
		if len(one) == 1 && len(two) == 1 && one[0] != two[0] {
			return append(one, two...), append(at, to...)
		}
	}
	if n := r.pastTown(a, b); n >= 0 {
		return []int{r.names[n].id}, append(chain, r.rng(r.names[n].first, r.names[n].last))
	}
	if n, m := r.twoPersons(a, b); n >= 0 {
		return []int{r.names[n].id, r.names[m].id}, append(chain, r.rng(r.names[n].first, r.names[n].last), r.rng(r.names[m].first, r.names[m].last))
	}
	if n := r.pastBracket(a, c, b); n >= 0 {
		if i := a; r.roleNoun(c - 1) {
			if definite[w.low] {
				i++
			}
			e := &r.ids[r.names[n].id]
			e.roles = append(e.roles, role{how: "in apposition before the name", first: i, last: c, head: r.words[c-1].low, score: r.worth(i, c, r.words[c-1].low)})
		}
		return []int{r.names[n].id}, append(chain, r.rng(r.names[n].first, r.names[n].last))
	}
	if n := r.headName(a, c, b); n >= 0 && !(paper(r.words[c-1].low) == "poll" && r.slashed(r.names[n].first)) {
		if list := r.coordinated(a, c); list != nil {
			for _, n := range list {
				ids = append(ids, r.names[n].id)
			}
			return ids, chain
		}
		if family := r.family(n); family != nil && a == r.names[n].first-1 && definite[w.low] {
			return family, append(chain, r.rng(r.names[n].first, r.names[n].last))
		}
		return []int{r.names[n].id}, append(chain, r.rng(r.names[n].first, r.names[n].last))
	}
	if list, some := r.members(c, b); list != nil && r.plural(a, c) {
		for _, n := range list {
			ids = append(ids, r.names[n].id)
			chain = append(chain, r.rng(r.names[n].first, r.names[n].last))
		}
		if some { // and others whom it does not name
			end := c
			for end < b && !apart(r.words[end].gap) {
				end++
			}
			ids = append(r.nominal(a, c, end, st, last), ids...)
		}
		return ids, chain
	}
	if n := r.afterWork(a, c, b); n >= 0 {
		return []int{r.names[n].id}, append(chain, r.rng(r.names[n].first, r.names[n].last))
	}
	ids = r.nominal(a, c, b, st, last)
	return ids, chain
}

// afterWork is the person whom a source a..b names behind a work's title that no quotation
// marks set apart, and what the person is to it: "Silence of the Marsh author Nora Finch",
// up to whose preposition c is; -1 where it does not.
func (r *resolver) afterWork(a, c, b int) int {
	n := r.nameAt[b-1]
	if c >= b || r.words[c].low != "of" || r.nounOf(c-1) != nounOther || !r.words[c-1].cap || r.words[c-1].poss || strings.HasSuffix(r.words[c-1].low, "s") || determiners[r.words[a].low] || n < 0 {
		return -1
	}
	m := &r.names[n]
	if m.last != b || m.id < 0 || m.last-m.first < 2 || m.title-2 <= c || r.words[m.title].gap != gapSpace || !r.roleNoun(m.title-1) || r.words[m.title-1].cap || !r.words[m.title-2].cap {
		return -1
	}
	return n
}

// based is the second half of where somebody sits in "the San Jose, California-based
// company", words a..b; 0 where none stands there.
func (r *resolver) based(a, b int) int {
	for k := a + 2; definite[r.words[a].low] && k+1 < b && k < a+6; k++ {
		if w := &r.words[k]; w.gap == gapComma && strings.HasSuffix(w.low, "-based") {
			return k
		} else if w.gap != gapSpace || r.nameAt[k] < 0 {
			return 0
		}
	}
	return 0
}

// pastTown is the person whom words a..b name behind a town and its state: "Easton, Ohio, Mayor
// Nora Finch", "Marr County (Ohio) Sheriff Bo Dahl"; -1 where they do not.
func (r *resolver) pastTown(a, b int) int {
	k := a
	for k < b && r.words[k].cap && (k == a || r.words[k].gap == gapSpace) {
		k++
	}
	if k == a || k >= b {
		return -1
	}
	if _, place := lexicon.Places()[r.words[k].low]; r.words[k].gap < gapBracket || !place && !states[strings.TrimSuffix(r.words[k].low, ".")] || k+1 >= b {
		return -1
	}
	n := r.titled(k + 1)
	if n < 0 || r.names[n].id < 0 || r.words[k+1].gap < gapBracket {
		return -1
	}
	return n
}

// plural reports whether the description of words a..c is of several.
func (r *resolver) plural(a, c int) bool {
	return r.nounOf(c-1) == nounGroup || numbers[r.words[a].low] || a+1 < c && numbers[r.words[a+1].low] || r.words[c-1].low == "others"
}

var clitics = set("ve d ll re m")

var (
	selves     = set("himself herself itself themselves myself also too then")
	reflexives = set("himself herself itself themselves")
)

// together is the "and" after a name, "he" or "she" and before "his" or "her" and a noun in words
// a..b, or -1.
func (r *resolver) together(a, b int) int {
	for k := a + 1; k+2 < b; k++ {
		if w := &r.words[k]; w.low == "and" && w.gap == gapSpace && (r.nameAt[k-1] >= 0 || personal[r.words[k-1].low]) && (r.words[k+1].low == "his" || r.words[k+1].low == "her") {
			return k
		} else if w.gap != gapSpace || breakers[w.low] || preps[w.low] {
			return -1
		}
	}
	return -1
}

// family are those of a surname where "the Finches" speak; nil where it is no plural
// of one that two or more have.
func (r *resolver) family(n int) []int {
	m := &r.names[n]
	low := r.words[m.first].low
	if m.last-m.first != 1 || !strings.HasSuffix(low, "s") || len(r.ids[m.id].words) > 1 {
		return nil
	}
	for _, name := range []string{low[:len(low)-1], strings.TrimSuffix(low, "es")} {
		var out []int
		for _, id := range r.known[name] {
			if e := &r.ids[id]; e.kind == kindPerson && len(e.words) > 1 && len(e.names) > 0 {
				out = append(out, id)
			}
		}
		if len(out) > 1 && len(out) < 4 {
			return out
		}
	}
	return nil
}

// describe makes an identity of a description.
func (r *resolver) describe(a, b int, head string, k kind) int {
	for id := len(r.ids) - 1; id >= 0 && id > len(r.ids)-40; id-- {
		if e := &r.ids[id]; e.described && e.head == head && e.kind == k && fold(r.slice(e.first, e.last)) == fold(r.slice(a, b)) {
			return id
		}
	}
	g := lexicon.Roles()[head]
	if g == lexicon.Either {
		g = 0
	}
	r.ids = append(r.ids, identity{kind: k, described: true, first: a, last: b, head: head, gender: g})
	return len(r.ids) - 1
}
