package occasion

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A cand is something that may belong to a statement: tokens first to last,
// half-open.
type cand struct {
	text.Range
	first, last int
	values      []string
	key         string // what two of the same value share
	head        string // its last word, or the kind of what has no telling word
	kind        string
	setting     setting
}

// A doc is an article cut into tokens and sentences, with its statements.
type doc struct {
	Article
	toks       []text.Token
	sent       []int   // of each token
	par        []int   // of each token
	quoted     []bool  // of each token
	starts     []int   // first token of each sentence
	begun      []int32 // of each byte of the text, the tokens that begin before it
	ended      []int32 // of each byte, the tokens that end before or at it
	cued       []bool  // tokens of any statement's cue
	inside     []bool  // tokens of any statement's content
	statements []Statement
	cues       [][]span         // tokens of each statement's cue pieces
	anchors    []int            // token at which a statement stands: its cue, else content, else source
	first      []int            // first sentence of a statement's source and cue
	final      []int            // last of them
	order      []int            // statements by anchor
	rank       []int            // place of each statement in order
	who        []int            // the number of each statement's speaker, 0 where there is none
	words      [][]int          // numbers of the words of each statement's content, in order, without short ones; toYou and ofMe where its quotation speaks to or of those
	mentions   map[string][]int // the tokens at which somebody is named
	spoken     []Tie            // of each statement, its own time; of no likelihood where none is sure
	shows      []text.Range     // programmes by their titles
	weights    *scorer
}

type span struct{ first, last int }

func newDoc(a Article, statements []Statement) *doc {
	d := &doc{Article: a, toks: text.Tokens(a.Text), statements: statements, weights: fitted()}
	n := len(d.toks)
	numbers, speakers := map[string]int{"": ofMe}, map[string]int{"": 0} // of words and speakers: from 1 on
	d.sent, d.par, d.quoted, d.cued, d.inside = make([]int, n), make([]int, n), make([]bool, n), make([]bool, n), make([]bool, n)
	d.count()
	d.sentences()
	d.Names = d.joined(a.Names)
	d.shows = d.titles()
	d.untitled()
	d.named()
	for i := range statements {
		st := &statements[i]
		var pieces []span
		for _, g := range st.Cue {
			if s := d.span(g); s.first < s.last {
				pieces = append(pieces, s)
				for k := s.first; k < s.last; k++ {
					d.cued[k] = true
				}
			}
		}
		d.cues = append(d.cues, pieces)
		for _, g := range st.Content {
			for k, s := 0, d.span(g); s.first+k < s.last; k++ {
				d.inside[s.first+k] = true
			}
		}
		d.words, d.who = append(d.words, d.content(st, numbers)), append(d.who, number(speakers, st.Speaker))
		around := slices.Concat(st.Cue, st.Source)
		if len(around) == 0 {
			around = st.Content
		}
		anchor, lo, hi := 0, n, -1
		for _, g := range around {
			if s := d.span(g); s.first < s.last {
				lo, hi = min(lo, d.sent[s.first]), max(hi, d.sent[s.last-1])
			}
		}
		for _, g := range [][]text.Range{st.Cue, st.Content, st.Source} {
			if len(g) > 0 {
				anchor = min(d.span(g[0]).first, n-1)
				break
			}
		}
		d.anchors, d.first, d.final = append(d.anchors, anchor), append(d.first, lo), append(d.final, hi)
		d.order = append(d.order, i)
	}
	slices.SortStableFunc(d.order, func(a, b int) int { return cmp.Compare(d.anchors[a], d.anchors[b]) })
	d.rank, d.spoken = make([]int, len(statements)), make([]Tie, len(statements))
	for k, i := range d.order {
		d.rank[i] = k
	}
	return d
}

// joined makes one of the names that are parts of one outlet's: "BBC Radio" and
// "Live" in "BBC Radio 5 Live".
func (d *doc) joined(names []speaker.Name) (out []speaker.Name) {
	end := 0
	for _, n := range names {
		if n.Start < end {
			continue
		}
		if r := d.outlet(d.span(n.Range).first); r.Start == n.Start && r.End > n.End {
			n, end = speaker.Name{Range: r, Full: d.Text[r.Start:r.End], Type: quoth.Organization}, r.End
		}
		out = append(out, n)
	}
	return out
}

// named notes where each name stands.
func (d *doc) named() {
	d.mentions = map[string][]int{}
	for _, n := range d.Names {
		if s := d.span(n.Range); s.first < s.last {
			d.mentions[n.Full] = append(d.mentions[n.Full], s.first)
		}
	}
}

var (
	you = set("you your yours yourself")
	me  = set("i me my we our us")
)

// What stands for the words by which a quotation speaks to whom it is said or of who
// says it.
const toYou, ofMe = -1, 0

// content gives the numbers of the words of a statement's content; see doc.words.
func (d *doc) content(st *Statement, numbers map[string]int) []int {
	var out []int
	for _, g := range st.Content {
		for s := d.span(g); s.first < s.last; s.first++ {
			switch t := &d.toks[s.first]; {
			case d.quoted[s.first] && you[t.Lower]:
				out = append(out, toYou)
			case d.quoted[s.first] && me[t.Lower]:
				out = append(out, ofMe)
			case t.Kind == text.Word && t.Len() > 3:
				out = append(out, number(numbers, t.Lower))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// number is that of a string among those numbered, which gets the next one where it
// has none.
func number(numbers map[string]int, s string) int {
	n, ok := numbers[s]
	if !ok {
		n = len(numbers)
		numbers[s] = n
	}
	return n
}

// ends are words with a full stop that end no sentence.
var ends = set("mr mrs ms dr sen rep gov lt col gen sgt st jr sr vs inc corp co ltd jan feb mar apr jun jul aug sept oct nov dec no prof rev hon u.s u.k d.c p.m a.m")

// sentences numbers the sentences and paragraphs of the tokens, and marks what
// is quoted.
func (d *doc) sentences() {
	sent, par := 0, 0
	from := 0
	line := func(to int) {
		if from >= to {
			return
		}
		start := d.toks[from].Start
		states := text.Quotes(d.Text[start:d.toks[to-1].End])
		for k := from; k < to; k++ {
			d.quoted[k] = states[d.toks[k].Start-start] != text.Outside
		}
		from = to
	}
	for i := range d.toks {
		t := &d.toks[i]
		if i == 0 {
			d.starts = append(d.starts, 0)
		} else if t.Break {
			line(i)
			sent, par = sent+1, par+1
			d.starts = append(d.starts, i)
		} else if d.closed(i) {
			sent++
			d.starts = append(d.starts, i)
		}
		d.sent[i], d.par[i] = sent, par
	}
	line(len(d.toks))
}

// closed reports whether a sentence ends right before token i.
func (d *doc) closed(i int) bool {
	t := &d.toks[i]
	if !t.Space {
		return false
	}
	k := i - 1
	for k > 0 && d.toks[k].Kind == text.Symbol && !d.toks[k].Space && strings.Contains("”\"’')]", d.toks[k].Lower) {
		k--
	}
	if s := d.toks[k].Lower; s != "." && s != "!" && s != "?" || k == 0 {
		return false
	}
	if d.toks[k].Lower == "." {
		w := &d.toks[k-1]
		if ends[w.Lower] || w.Len() == 1 && w.Kind == text.Word && !text.OnX(d.Text[:w.End]) {
			return false
		}
	}
	return d.Text[t.Start:t.End] != t.Lower || t.Kind != text.Word
}

// span gives the tokens that share a byte with g.
func (d *doc) span(g text.Range) span {
	a, b := d.ended[g.Start], d.begun[g.End]
	return span{int(a), int(max(a, b))}
}

// count fills begun and ended.
func (d *doc) count() {
	d.begun, d.ended = make([]int32, len(d.Text)+1), make([]int32, len(d.Text)+1)
	begun, ended := 0, 0
	for i := range d.begun {
		for ended < len(d.toks) && d.toks[ended].End <= i {
			ended++
		}
		for begun < len(d.toks) && d.toks[begun].Start < i {
			begun++
		}
		d.begun[i], d.ended[i] = int32(begun), int32(ended)
	}
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// candidates gives all that a field may hold, in order of the text.
func (d *doc) candidates(f Field) []cand {
	var out []cand
	add := func(r text.Range, kind string, values ...string) {
		s := d.span(r)
		if s.first < s.last && !d.barred(f, s.first) {
			key := strings.Join(values, "|")
			if key == "" {
				key = d.Text[r.Start:r.End]
			}
			head := d.toks[s.last-1].Lower
			if d.electronic(s.last - 1) {
				head = "e" + head
			}
			out = append(out, cand{Range: r, first: s.first, last: s.last, values: values, key: key, head: head, kind: kind})
		}
	}
	switch f {
	case When:
		for _, t := range d.Times {
			if !d.christens(t.Range) {
				add(t.Range, string(t.Kind), t.Date)
			}
		}
	case To:
		bodies := map[int]bool{} // tokens of the bodies whose members are meant
		for _, p := range d.Phrases {
			if s := d.span(p.Range); len(p.Names) > 0 && !bodies[s.first] && !d.carries(p.Range) && !(s.last < len(d.toks) && d.carrier(s.last) && !d.toks[s.last].Break) {
				names := p.Names
				if body := d.body(s); body.first < body.last {
					names = []string{d.Text[p.Start:d.toks[body.last-1].End]}
					for k := body.first; k < body.last; k++ {
						bodies[k] = true
					}
				}
				add(p.Range, "phrase", names...) // but not the "news" of a news conference
			}
		}
		for k, n := range d.Names {
			if !d.carries(n.Range) && !bodies[d.span(n.Range).first] && !(k+1 < len(d.Names) && d.employs(n, d.Names[k+1])) {
				add(n.Range, d.kindOf(n), n.Full)
			}
		}
	case Via:
		d.carriers(add)
	}
	slices.SortStableFunc(out, func(a, b cand) int { return cmp.Compare(a.first, b.first) })
	return out
}

// body is whom members are said to be members of, as tokens: "members of | the Lisk
// parliament", "members of the | Halven media". It is empty where that is not told.
func (d *doc) body(members span) span {
	k := members.last
	if k+1 >= len(d.toks) || d.toks[k-1].Lower != "members" || d.toks[k].Lower != "of" {
		return span{}
	}
	k++
	if p, ok := slices.BinarySearchFunc(d.Phrases, d.toks[k].Start, func(p Phrase, at int) int { return p.Start - at }); ok {
		return d.span(d.Phrases[p].Range)
	}
	if d.toks[k].Lower == "the" && k+1 < len(d.toks) {
		k++
	}
	n, ok := slices.BinarySearchFunc(d.Names, d.toks[k].Start, func(n speaker.Name, at int) int { return n.Start - at })
	if !ok {
		return span{}
	}
	last := d.span(d.Names[n].Range).last
	if last < len(d.toks) && d.carrier(last) && !d.toks[last].Break {
		last++
	}
	return span{k, last}
}

// carriers gives the names of outlets and bodies, and the nouns for what carries
// words that are not part of such a name.
func (d *doc) carriers(add func(r text.Range, kind string, values ...string)) {
	taken := make([]bool, len(d.toks))
	name := func(r text.Range, kind, full string) {
		if s := d.span(r); s.first < s.last && !taken[s.first] && !(kind != "outlet" && d.cued[s.first] && s.last == s.first+1) { // "DENIED" is none
			for k := s.first; k < s.last; k++ {
				taken[k] = true
			}
			add(r, kind, full)
		}
	}
	for _, r := range d.shows {
		title, kind := d.Text[r.Start:r.End], "outlet"
		if programmes[lastWord(title)] {
			kind = "noun"
		}
		name(r, kind, title)
	}
	for i := range d.toks {
		if r := d.outlet(i); r.End > 0 {
			name(r, "outlet", d.Text[r.Start:r.End])
		}
	}
	for _, n := range d.Names {
		if (n.Type != quoth.Person || d.kindOf(n) == "outlet") && !n.Place && !d.opens(n) {
			name(d.withPaper(n), d.kindOf(n), n.Full)
		}
	}
	for i := range d.toks {
		if d.carrier(i) && !taken[i] && !(i+1 < len(d.toks) && d.carrier(i+1) && !d.toks[i+1].Break) {
			r := d.compound(i)
			add(r, "noun", d.Text[r.Start:r.End])
		}
	}
}

// withPaper is a name with the noun behind it that tells what paper it is, which carries
// nothing by itself: "its Lantern magazine".
func (d *doc) withPaper(n speaker.Name) text.Range {
	if s := d.span(n.Range); s.last < len(d.toks) && !d.toks[s.last].Break && (d.toks[s.last].Lower == "magazine" || d.toks[s.last].Lower == "newspaper") && n.Type != quoth.Person {
		return text.Range{Start: n.Start, End: d.toks[s.last].End}
	}
	return n.Range
}

// affiliated stand between a network and the station that speaks for it.
var affiliated = set("affiliate partner subsidiary")

// employs reports whether a name but tells whose the person or station after it is: "the
// Gazette's Nora Finch", "the Gazette columnist Nora Finch", "CNN affiliate WKTR".
func (d *doc) employs(n, person speaker.Name) bool {
	const most = 5 // tokens between the two
	a, b := d.span(n.Range).last, d.span(person.Range).first
	if b == a+1 && affiliated[d.toks[a].Lower] && !d.toks[b].Break {
		return true
	}
	if n.Type == quoth.Person || person.Type != quoth.Person || b <= a || b-a > most {
		return false
	}
	possessed := d.toks[a].Lower == "'s" || d.toks[a].Lower == "'"
	role := false
	for k := a; k < b; k++ {
		t := &d.toks[k]
		mark := t.Kind == text.Symbol && k > a && t.Lower != "-" && !(t.Lower == "," && possessed && k+1 == b)
		if t.Break || governs[t.Lower] || clauses[t.Lower] || mark {
			return false
		}
		role = role || lexicon.Roles().Has(t.Lower)
	}
	return (possessed || role && d.toks[a].Lower != ",") && !d.toks[b].Break
}

// outlet gives the outlet of several words that begins at token i: "Truth
// Social" in "a Truth Social post", "BBC Radio 5 Live".
func (d *doc) outlet(i int) (r text.Range) {
	for k := i; k < len(d.toks) && k < i+5 && (k == i || !d.toks[k].Break); k++ {
		t := &d.toks[k]
		lower := d.Text[t.Start:t.End] == t.Lower
		if t.Kind == text.Symbol || k == i && lower {
			break
		}
		if k > i && (!lower || t.Kind == text.Number) && lexicon.Outlets().Has(strings.ToLower(d.Text[d.toks[i].Start:t.End])) {
			r = text.Range{Start: d.toks[i].Start, End: t.End}
		}
	}
	return r
}

// opens reports whether a name is but the first word of a sentence, which makes
// one word with the carrier after it: "Social media".
func (d *doc) opens(n speaker.Name) bool {
	s := d.span(n.Range)
	return s.last == s.first+1 && s.first == d.starts[d.sent[s.first]] && before[d.toks[s.first].Lower] && s.last < len(d.toks) && d.carrier(s.last)
}

// christens reports whether a time is a first name: "resident June Barlow", but not
// "in June Barlow said", "a June Barlow poll".
func (d *doc) christens(t text.Range) bool {
	s := d.span(t)
	if s.last >= len(d.toks) || s.last != s.first+1 || d.toks[s.first].Lower != "june" && d.toks[s.first].Lower != "april" {
		return false
	}
	next := &d.toks[s.last]
	k, named := slices.BinarySearchFunc(d.Names, next.Start, func(n speaker.Name, at int) int { return cmp.Compare(n.Start, at) })
	if !named || next.Break || !next.Space || d.Names[k].Type == quoth.Organization || d.Names[k].Place {
		return false
	}
	before := d.word(s.first-1, s.first)
	return !governs[before] && !light[before] && !stretches[before]
}

// barred reports whether what stands before token i rules it out: nobody speaks
// to whom something is said "according to" or by whom it was "seen", nor through
// what X was "formerly".
func (d *doc) barred(f Field, i int) bool {
	switch f {
	case To:
		k := i - 1
		for n := 0; k > 0 && n < 5 && !governs[d.toks[k].Lower] && d.toks[k].Kind != text.Symbol; n++ {
			k--
		}
		return k > 0 && (d.toks[k].Lower == "to" && d.toks[k-1].Lower == "according" || d.toks[k].Lower == "by" && seeing[d.toks[k-1].Lower])
	case Via:
		k := i - 1
		for k > 0 && naming[d.toks[k].Lower] {
			k--
		}
		return k >= 0 && (d.toks[k].Lower == "formerly" || d.toks[k].Lower == "previously")
	}
	return false
}

// stretches stand before a month, as governs and light words do.
var stretches = set("early late mid - next this until till throughout")

// seeing stand before "by" and who got hold of a paper.
var seeing = set("seen obtained reviewed viewed acquired")

// naming are the words between "formerly" and a name.
var naming = set("known as called named the")

// kindOf is what a name names: one of the speakers' types, a place or an outlet.
func (d *doc) kindOf(n speaker.Name) string {
	switch {
	case Outlet(d.Text[n.Start:n.End]):
		return "outlet"
	case n.Place:
		return "place"
	}
	return string(n.Type)
}

// Outlet reports whether a name is that of a newspaper, an agency, a station or
// a platform.
func Outlet(name string) bool {
	low := strings.ToLower(name)
	return lexicon.Outlets().Has(low) || lexicon.Outlets().Has(strings.TrimPrefix(low, "the ")) || media[lastWord(low)] && low != name
}

// media are words that end names of outlets.
var media = set("news times post journal herald tribune guardian telegraph gazette courier chronicle dispatch examiner inquirer ledger bulletin observer sentinel radio tv television magazine newspaper broadcasting press")

// carries reports whether a name or phrase is for a carrier or occasion: "the
// Harbour Dialogue", but not a convention, which is spoken to as well.
func (d *doc) carries(r text.Range) bool {
	s := d.span(r)
	last := d.toks[max(s.last-1, 0)].Lower
	return s.first < s.last && d.carrier(s.last-1) && !media[last] && last != "media" && last != "convention"
}

// carrier reports whether token i is a noun for what carries words.
func (d *doc) carrier(i int) bool {
	switch d.toks[i].Lower {
	case "phone", "telephone": // "by phone", but not a phone call spoken of
		if i == 0 || !wires[d.toks[i-1].Lower] {
			return false
		}
	case "call", "calls":
		if !d.rung(i) {
			return false
		}
	case "hall", "halls": // "a town hall"
		return i > 0 && d.toks[i-1].Lower == "town"
	case "ed": // "op-ed"
		return i > 1 && d.toks[i-1].Lower == "-" && d.toks[i-2].Lower == "op"
	case "mail", "mails":
		return d.electronic(i)
	case "debate", "debates":
		if topics[d.word(i+1, i)] {
			return false
		}
	}
	return d.toks[i].Kind == text.Word && lexicon.Carriers().Has(d.toks[i].Lower) && !(acts[d.toks[i].Lower] && i > 0 && verbal[d.word(i-1, i)])
}

// electronic reports whether token i ends "e-mail".
func (d *doc) electronic(i int) bool {
	return i > 1 && strings.TrimSuffix(d.toks[i].Lower, "s") == "mail" && d.toks[i-1].Lower == "-" && d.toks[i-2].Lower == "e"
}

// topics stand behind a debate that no stage is set for: "the debate over the pier".
var topics = set("over about around surrounding")

// acts are carriers that are verbs as well, and verbal what stands before them then:
// "to address the strike", "will release the names".
var (
	acts   = set("address call campaign claim comment cover debate document feature file interview log note order post program register release remark report show stop text tweet")
	verbal = set("to will would can could may might must shall should cannot not n't never also again")
)

var wires = set("by over via the")

// rung reports whether the call at token i is one by telephone in which something
// is said: "on conference calls", "on a call with analysts", but not "a call for
// peace", "a roll call", "a report of a phone call".
func (d *doc) rung(i int) bool {
	if i == 0 || d.word(i+1, i) == "for" || d.word(i+1, i) == "-" || d.toks[i-1].Lower == "roll" {
		return false
	}
	k := i - 1
	for k > i-5 && k > 0 && (d.toks[k].Kind != text.Symbol || d.toks[k].Lower == "-") && !governs[d.toks[k].Lower] && !articles[d.toks[k].Lower] {
		k--
	}
	return k < i-1 && carrying[d.toks[k].Lower] || k > 0 && articles[d.toks[k].Lower] && carrying[d.toks[k-1].Lower]
}

var (
	articles = set("a an the that")
	carrying = set("on in during over via by")
)

// before are nouns that make one word with the carrier after them.
var before = set("e mail news press phone telephone television tv radio video conference town campaign blog facebook twitter instagram email social media joint policy white panel background court senate presidential fireside op ed live text earnings analyst voice written")

// compound is a carrier with the nouns before it: "news conference", "op-ed".
func (d *doc) compound(i int) text.Range {
	a := i
	for a > 0 && !d.toks[a].Break {
		k := a - 1
		if d.toks[k].Lower == "-" && k > 0 && !d.toks[a].Space && !d.toks[k].Space {
			k--
		}
		if w := &d.toks[k]; !before[w.Lower] || d.Text[w.Start:w.End] != w.Lower && k != d.starts[d.sent[k]] {
			break
		}
		a = k
	}
	return text.Range{Start: d.toks[a].Start, End: d.toks[i].End}
}

// candidate is what a mark of the heads stands for: the candidate that it shares
// most with, else its own words.
func (d *doc) candidate(f Field, all []cand, r text.Range) cand {
	best, most := -1, 0
	k, _ := slices.BinarySearchFunc(all, r.Start, func(c cand, at int) int { return cmp.Compare(c.Start, at) })
	for i := max(0, k-4); i < len(all) && all[i].Start < r.End; i++ {
		if n := min(all[i].End, r.End) - max(all[i].Start, r.Start); n > most {
			best, most = i, n
		}
	}
	if best >= 0 {
		return all[best]
	}
	said := d.Text[r.Start:r.End]
	if f == When {
		date, _ := when.Resolve(said, d.Published)
		return cand{Range: r, values: []string{date}}
	}
	return cand{Range: r, values: []string{said}}
}
