package speaker

import (
	"slices"
	"sort"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// unsourced resolves statements without a source once all others are known.
func (r *resolver) unsourced() {
	r.anchors = make([]int, len(r.statements))
	r.loose = map[int]bool{}
	for i := range r.statements {
		r.anchors[i] = r.anchor(i)
		if st := &r.statements[i]; len(st.Source) == 0 {
			for _, c := range st.Content {
				for a, b := r.span(c); a < b; a++ {
					r.loose[a] = true
				}
			}
		}
		if r.done[i] && len(r.answers[i].ids) > 0 && !r.statements[i].Aside {
			r.sourced = append(r.sourced, i)
		}
	}
	r.introduced()
	slices.SortStableFunc(r.sourced, func(a, b int) int { return r.anchors[a] - r.anchors[b] })
	for i := range r.statements {
		st := &r.statements[i]
		if len(st.Source) > 0 || r.done[i] {
			continue
		}
		if r.narrator(st) {
			r.answers[i] = found{ids: []int{r.voice()}, chain: []text.Range{st.Cue[0]}}
			r.done[i] = true
			continue
		}
		if f := r.asked(i); len(f.ids) > 0 {
			r.answers[i] = f
			at, _ := slices.BinarySearchFunc(r.sourced, r.anchors[i], func(k, anchor int) int { return r.anchors[k] - anchor })
			r.sourced = slices.Insert(r.sourced, at, i)
		} else if id := r.presented(i); id >= 0 {
			r.answers[i] = found{ids: []int{id}}
		} else if from := r.runsOn(i); from >= 0 && from != i && len(r.answers[from].ids) > 0 {
			r.answers[i] = found{ids: r.answers[from].ids, chain: slices.Clone(r.answers[from].chain)}
		}
		r.done[i] = true
	}
}

// implied is the subject right before a statement's cue where the statement has no
// source: a pronoun, or a name that begins a clause ("Finch has confirmed"), unless
// the cue has it as its object ("Finch was accused").
func (r *resolver) implied(st *Statement) []text.Range {
	if len(st.Cue) == 0 || r.narrator(st) {
		return nil
	}
	a, b := r.span(st.Cue[0])
	if a == 0 || a >= b || r.words[a].gap != gapSpace || r.words[a].cap || r.lines[r.words[a].line].headline || r.words[a-1].quoted != r.words[a].quoted {
		return nil
	}
	for k := a; k < b; k++ {
		if low := r.words[k].low; beings[low] && !strings.HasSuffix(r.words[b-1].low, "ing") {
			return nil
		}
	}
	switch r.words[a-1].low {
	case "he", "she", "who", "his", "her", "i", "we", "they":
		return []text.Range{r.rng(a-1, a)}
	}
	n := r.nameAt[a-1]
	if n < 0 || r.names[n].id < 0 || r.names[n].last != a || r.words[a-1].poss {
		return nil
	}
	if low := r.words[a].low; low != "has" && low != "had" && !strings.HasSuffix(low, "ed") {
		return nil
	}
	t := r.names[n].title
	if w := &r.words[t]; !w.first && (t == 0 || w.gap != gapComma && !clauses[r.words[t-1].low] && r.words[t-1].low != "but") {
		return nil
	}
	return []text.Range{r.rng(t, a)}
}

// narrator reports whether a statement without a source is the article's own
// judgement: "It appears that …".
func (r *resolver) narrator(st *Statement) bool {
	if r.outlet == "" || len(st.Cue) == 0 || st.Inner {
		return false
	}
	a, b := r.span(st.Cue[0])
	for ; a < b; a++ {
		if appearances[r.words[a].low] {
			return true
		}
	}
	return false
}

// voice is who tells the article: the agency of its dateline ("BERLIN (Reuters) –"),
// else its outlet.
func (r *resolver) voice() int {
	for n := range r.names {
		m := &r.names[n]
		w := &r.words[m.first]
		if w.line > 3 {
			break
		}
		if m.id >= 0 && w.gap == gapBracket && byteBefore(r.s, w.Start) == '(' && m.last < len(r.words) && r.words[m.last].line == w.line && r.words[m.last].gap == gapStop {
			return m.id
		}
	}
	return r.outside(r.outlet, kindOrg)
}

var appearances = set("seem seems seemed seemingly appear appears appeared apparently unclear")

// runsOn is the statement whose speaker a statement without source has, or -1.
func (r *resolver) runsOn(i int) int {
	st := &r.statements[i]
	if len(st.Content) == 0 {
		return -1
	}
	if len(st.Cue) > 0 && !r.active(st) {
		return -1
	}
	at := r.wordAt(st.Content[0].Start)
	if at >= len(r.words) {
		return -1
	}
	headline := r.lines[r.words[at].line].headline || r.words[at].line == 0 || r.subheading(st, at)
	if r.echoes < mostEchoes && len(st.Cue) == 0 {
		least := 1.0 // a few quoted words, said in full elsewhere
		if headline {
			least = 0.5
		}
		if _, last := r.span(st.Content[0]); headline || last-at <= 5 && !r.words[at].first {
			r.echoes++
			if k := r.echo(i, least, false); k >= 0 || headline {
				return k
			}
		}
	} else if headline {
		return -1
	}
	// the nearest statement of the same line before it, else after it, else the one before
	before, after := -1, -1
	next := sort.Search(len(r.sourced), func(k int) bool { return r.anchors[r.sourced[k]] > at })
	line := r.words[at].line
	for k := next - 1; k >= 0 && k >= next-8 && before < 0; k-- {
		if o := r.sourced[k]; o != i && (st.Inner || !r.statements[o].Inner) && (r.words[r.anchors[o]].line == line || !r.words[at].quoted || !r.asks(o)) {
			before = o
		}
	}
	for k := next; k < len(r.sourced) && k < next+8 && after < 0; k++ {
		if o := r.sourced[k]; o != i && (st.Inner || !r.statements[o].Inner) {
			after = o
		}
	}
	if before >= 0 && r.words[r.anchors[before]].line == line {
		return r.relayed(before)
	}
	if after >= 0 && r.words[r.anchors[after]].line == line && len(st.Cue) == 0 && !r.carriesOn(i, before, after) {
		return after
	}
	return r.relayed(before)
}

// relayed is the statement within statement k that begins with the same quoted words,
// or k: who goes on after “A,” Ada said, according to the agency, is Ada.
func (r *resolver) relayed(k int) int {
	if k < 0 || len(r.statements[k].Content) == 0 {
		return k
	}
	from := r.statements[k].Content[0].Start
	if at := r.wordAt(from); at >= len(r.words) || !r.words[at].quoted {
		return k
	}
	for o := max(0, k-2); o < min(len(r.statements), k+3); o++ {
		if st := &r.statements[o]; st.Inner && len(st.Content) > 0 && st.Content[0].Start == from && len(r.answers[o].ids) > 0 {
			return o
		}
	}
	return k
}

// carriesOn reports whether a quotation that opens a line goes on with what statement before
// said in the line before it, and is none of statement after's, whose source stands in a
// later sentence of the line.
func (r *resolver) carriesOn(i, before, after int) bool {
	c := r.statements[i].Content
	first, last := r.span(text.Range{Start: c[0].Start, End: c[len(c)-1].End})
	line := r.words[first].line
	return before >= 0 && r.words[first].quoted && r.lines[line].first == first && r.words[r.anchors[before]].line < line &&
		r.words[r.anchors[after]].sent > r.words[max(last-1, first)].sent
}

// subheading reports whether a quotation that begins with word at is a line of its own
// without a full stop: "“We heard a bang”" over the next entry of a live page.
func (r *resolver) subheading(st *Statement, at int) bool {
	l := &r.lines[r.words[at].line]
	if len(st.Cue) > 0 || l.first != at || !r.words[at].quoted {
		return false
	}
	_, last := r.span(st.Content[0])
	end := st.Content[0].End
	return last == l.last && strings.TrimRight(r.s[r.words[last-1].End:end], "\"”’'") == ""
}

// presented is the person of whom the sentence right before a quotation in the same
// line tells ("Her coach, Nora Finch, was delighted. “We go again.”"), where that
// sentence has no statement; -1 where there is none.
func (r *resolver) presented(i int) int {
	st := &r.statements[i]
	if len(st.Cue) > 0 || len(st.Content) == 0 || st.Inner {
		return -1
	}
	at := r.wordAt(st.Content[0].Start)
	if at == 0 || at >= len(r.words) || !r.words[at].quoted || !r.words[at].first || r.words[at-1].line != r.words[at].line || r.words[at-1].quoted {
		return -1
	}
	first := at - 1
	for first > r.lines[r.words[at].line].first && r.words[first-1].sent == r.words[at-1].sent {
		first--
	}
	for _, k := range r.sourced {
		if r.words[r.anchors[k]].line == r.words[at].line {
			return -1
		}
	}
	for k := first; k < at; k++ {
		w := &r.words[k]
		n := r.nameAt[k]
		if w.quoted || n < 0 && (preps[w.low] || verbal[w.low] || strings.HasSuffix(w.low, "ed")) {
			return -1
		}
		if n < 0 || r.names[n].id < 0 {
			continue
		}
		m := &r.names[n]
		if r.ids[m.id].kind != kindPerson || r.words[m.last-1].poss || m.last >= at {
			return -1
		}
		return m.id
	}
	return -1
}

// asked is who is asked right before quotation i, in its line or the one before: "Finch
// was asked about the roof. “It is fine.”" It is empty where nobody is, or somebody else
// is known to be the source.
func (r *resolver) asked(i int) found {
	st := &r.statements[i]
	if i == 0 || len(st.Cue) > 0 || len(st.Content) == 0 || st.Inner {
		return found{}
	}
	q := &r.statements[i-1]
	if len(q.Source) > 0 || len(q.Cue) != 1 || q.Inner {
		return found{}
	}
	at := r.wordAt(st.Content[0].Start)
	a, b := r.span(q.Cue[0])
	if a == 0 || b-a < 2 || at >= len(r.words) || !r.words[at].quoted || at < b || r.words[at].line-r.words[a].line > 1 || !passively(r.words[a:b]) {
		return found{}
	}
	first := a - 1
	if n := r.nameAt[first]; n >= 0 && r.names[n].last == a {
		first = r.names[n].title
	} else if low := r.words[first].low; low != "he" && low != "she" {
		return found{}
	}
	ids, chain := r.phrase(first, a, i-1, i-2)
	return found{ids: ids, chain: chain}
}

// passively reports whether a cue says that somebody is asked: "was later asked about".
func passively(cue []word) bool {
	been := slices.IndexFunc(cue, func(w word) bool { return beings[w.low] })
	return been >= 0 && slices.ContainsFunc(cue[been:], func(w word) bool { return lexicon.Asked(w.low) })
}

// asks reports whether the article's author speaks in a statement, as "I": a
// quotation in the next line is the answer to it.
func (r *resolver) asks(k int) bool {
	st := &r.statements[k]
	if len(st.Source) == 0 {
		return false
	}
	w := &r.words[r.wordAt(st.Source[0].Start)]
	return w.low == "i" && !w.quoted
}

const mostEchoes = 16 // headlines and scraps looked up in the body

// active reports whether a cue without a source is one whose subject was left
// out ("adding that", "vowed"), not a passive ("was reported").
func (r *resolver) active(st *Statement) bool {
	a, b := r.span(st.Cue[0])
	if a >= b {
		return false
	}
	switch low := r.words[a].low; low {
	case "said", "added", "says", "vowed", "promised", "told", "tells", "noting", "adding", "saying", "telling", "writing", "arguing", "claiming", "insisting", "calling", "wrote", "tweeted", "stating", "explaining", "insisted", "argued", "describing", "warning", "urging":
		return true
	}
	return false
}

// introduced gives a description ("A passenger told how …") to the person who is
// named when the next paragraph goes on or, at the head of an article, in the sentence
// behind it or when the same is told again; and the headline's ("Passenger: …") with it.
func (r *resolver) introduced() {
	is := map[int]int{}
	for i := range r.statements {
		f := &r.answers[i]
		if len(f.ids) != 1 || is[f.ids[0]] > 0 || r.statements[i].Aside {
			continue
		}
		id := f.ids[0]
		e := &r.ids[id]
		if !e.described || e.kind != kindPerson || e.first >= e.last {
			continue
		}
		who := r.namedNext(i)
		if who < 0 {
			who = r.namedAfter(i)
		}
		if who >= 0 && r.fits(id, who) {
			is[id] = who + 1
			if vague[e.head] || lexicon.Kin().Has(e.head) { // "a man", "the spouse": no office
				continue
			}
			a := e.first
			if w := r.words[a].low; w == "a" || w == "an" {
				a++
			}
			x := role{how: "in apposition before the name", first: a, last: e.last, head: e.head, score: r.worth(a, e.last, e.head)}
			r.ids[who].roles = append(r.ids[who].roles, x)
			continue
		}
		if who := r.namedLater(id); who >= 0 {
			is[id] = who + 1
			continue
		}
		if r.words[e.first].line > 6 || r.echoes >= mostEchoes || len(r.statements[i].Content) == 0 {
			continue
		}
		r.echoes++
		if k := r.echo(i, 0.4, true); k >= 0 && r.anchors[k] > r.anchors[i] && r.fits(id, r.answers[k].ids[0]) {
			is[id] = r.answers[k].ids[0] + 1
		}
	}
	for i := range r.answers { // "Surgeon tells …" over "A retired surgeon has told …"
		f := &r.answers[i]
		if len(f.ids) != 1 || is[f.ids[0]] > 0 || r.words[r.anchor(i)].line > 0 {
			continue
		}
		e := &r.ids[f.ids[0]]
		if !e.described || e.first >= e.last {
			continue
		}
		for id := range r.ids {
			if d := &r.ids[id]; is[id] > 0 && d.head == e.head && r.words[d.first].line <= leadLines {
				is[f.ids[0]] = is[id]
				break
			}
		}
	}
	for i := range r.answers {
		if f := &r.answers[i]; len(f.ids) == 1 && is[f.ids[0]] > 0 {
			f.ids = []int{is[f.ids[0]] - 1}
		}
	}
}

const leadLines = 3 // where an article speaks of its people before it names them

// namedLater is the person whom the lead describes ("A handyman who tricked a widow
// …") and the next lines name, with a role of the same noun; -1 where there is none.
func (r *resolver) namedLater(id int) int {
	d := &r.ids[id]
	line := r.words[d.first].line
	if line > leadLines || vague[d.head] || r.owner(d.first, d.last) >= 0 || definite[r.words[max(d.first-1, 0)].low] {
		return -1
	}
	for k := d.first; k < d.last; k++ {
		if possessives[r.words[k].low] || r.words[k].low == "another" {
			return -1
		}
	}
	for k, end := r.before(r.events, d.last)+1, 60; k < len(r.events) && end > 0 && r.words[r.events[k].at].line <= line+leadLines; k, end = k+1, end-1 {
		who := r.events[k].id
		e := &r.ids[who]
		if e.kind != kindPerson || len(e.words) < 2 || r.firstNamed(who) != r.events[k].at || !r.fits(id, who) || r.words[r.events[k].at].quoted {
			continue
		}
		if slices.ContainsFunc(e.roles, func(x role) bool { return sameRole(x.head, d.head) }) {
			return who
		}
	}
	return -1
}

// namedNext is the person who is first named, as a speaker, where the line behind
// statement i begins, when nobody of that line says what statement i does; -1 where
// there is none.
func (r *resolver) namedNext(i int) int {
	at := r.anchors[i]
	e := &r.ids[r.answers[i].ids[0]]
	if first := r.words[e.first].low; vague[e.head] || first != "a" && first != "an" || at != e.first || r.owner(e.first, e.last) >= 0 || r.words[at].quoted {
		return -1
	}
	for k := e.first; k < e.last; k++ {
		if possessives[r.words[k].low] {
			return -1
		}
	}
	if r.cueHas(i, lexicon.Asking) { // who asks is not who answers
		return -1
	}
	line := r.words[at].line
	for k := sort.Search(len(r.sourced), func(k int) bool { return r.anchors[r.sourced[k]] > at }); k < len(r.sourced); k++ {
		o := r.sourced[k]
		switch next := r.words[r.anchors[o]].line; {
		case r.answers[o].ids[0] == r.answers[i].ids[0]:
			continue
		case next == line || next > line+1 || !r.namesPerson(o):
			return -1
		}
		id := r.answers[o].ids[0]
		n := r.firstNamed(id)
		if n <= at || r.words[n].line != line+1 || n-r.lines[line+1].first > 8 || len(r.ids[id].words) < 2 || r.titledOtherwise(id, e.head) {
			return -1
		}
		return id
	}
	return -1
}

// namedAfter is the person whom the sentence behind a lead's description names at its
// beginning, as who speaks next ("…, the head of the port has said. Nora Finch told …"),
// where nobody else speaks between them; -1 where there is none.
func (r *resolver) namedAfter(i int) int {
	e := &r.ids[r.answers[i].ids[0]]
	line := r.words[e.first].line
	if line == 0 || line > leadLines || spokes[e.head] || r.words[e.first].quoted || r.cueHas(i, lexicon.Asking) {
		return -1
	}
	if n := r.owner(e.first, e.last); n >= 0 && r.ids[r.names[n].id].kind == kindPerson {
		return -1
	}
	for k := e.first; k < e.last; k++ {
		if possessives[r.words[k].low] {
			return -1
		}
	}
	end := r.words[e.last-1].sent
	for k := sort.Search(len(r.sourced), func(k int) bool { return r.anchors[r.sourced[k]] > r.anchors[i] }); k < len(r.sourced); k++ {
		o := r.sourced[k]
		if r.answers[o].ids[0] == r.answers[i].ids[0] || r.statements[o].Inner {
			continue
		}
		if !r.namesPerson(o) {
			return -1
		}
		id := r.answers[o].ids[0]
		n := r.firstNamed(id)
		if n < 0 || len(r.ids[id].words) < 2 || r.words[n].sent != end+1 || !r.opening(n) || r.titledOtherwise(id, e.head) {
			return -1
		}
		return id
	}
	return -1
}

// spokes are those whom a lead may well leave unnamed.
var spokes = set("source insider spokesman spokeswoman spokesperson official one")

// opening reports whether the name at word n begins its sentence, but for its title and a
// participle's clause: "Speaking in the harbour, Nora Finch said".
func (r *resolver) opening(n int) bool {
	m := &r.names[r.nameAt[n]]
	t := m.title
	for t > 0 && !r.words[t].first && r.words[t].gap == gapSpace && r.nameAt[t-1] < 0 && n-t < 8 && !preps[r.words[t-1].low] {
		t--
	}
	if r.words[t].first {
		return true
	}
	first := t
	for first > 0 && !r.words[first].first {
		first--
	}
	return r.words[t].gap == gapComma && strings.HasSuffix(r.words[first].low, "ing")
}

// titledOtherwise reports whether the article gives somebody a title of another noun: "a
// farmer" is not Transport Minister Nora Finch.
func (r *resolver) titledOtherwise(id int, head string) bool {
	other := false
	for _, x := range r.ids[id].roles {
		if sameRole(x.head, head) {
			return false
		}
		other = other || x.how == "before the name" && r.words[x.last-1].cap
	}
	return other
}

// fits reports whether a description may be of a person: the same gender, and
// nobody who was named before it.
func (r *resolver) fits(described, id int) bool {
	d, e := &r.ids[described], &r.ids[id]
	one, two := d.gender, e.gender
	if one != 0 && two != 0 && one != lexicon.Either && two != lexicon.Either && one != two {
		return false
	}
	for _, n := range e.names {
		if m := &r.names[n]; m.first < d.first && !m.headline {
			return false
		}
	}
	return true
}

// namesPerson reports whether a statement has one speaker, a person by name.
func (r *resolver) namesPerson(k int) bool {
	ids := r.answers[k].ids
	return len(ids) == 1 && !r.ids[ids[0]].described && r.ids[ids[0]].kind == kindPerson
}

// echo is the statement whose content has the most of the words of statement
// i, at least such a share of them, or -1. Words that have no source there
// either do not count. named asks for one named person as its speaker, and for two
// words at least.
func (r *resolver) echo(i int, least float64, named bool) int {
	want := map[string]bool{}
	for _, c := range r.statements[i].Content {
		a, b := r.span(c)
		for k := a; k < b; k++ {
			if w := &r.words[k]; w.Len() > 2 && !lexicon.Common().Has(w.low) {
				want[w.low] = true
			}
		}
	}
	best, score := -1, 0.0
	if len(want) == 0 {
		return -1
	}
	for k := range r.statements {
		if k == i || !r.done[k] || len(r.answers[k].ids) == 0 || named && !r.namesPerson(k) {
			continue
		}
		hit := map[string]bool{}
		for _, c := range r.statements[k].Content {
			a, b := r.span(c)
			for w := a; w < b; w++ {
				if want[r.words[w].low] && !r.loose[w] {
					hit[r.words[w].low] = true
				}
			}
		}
		if s := float64(len(hit)) / float64(max(len(want), 1)); s >= least && s > score && (!named || len(hit) >= 2) {
			best, score = k, s
		}
	}
	return best
}
