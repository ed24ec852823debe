package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// what a noun stands for
type noun uint8

const (
	nounOther noun = iota
	nounPerson
	nounGroup
	nounBody
	nounDocument
)

// nounOf tells what a noun stands for.
func (d *doc) nounOf(i int) noun { return d.nouns[i] }

// readNoun finds that out, by the lists of words.
func (d *doc) readNoun(i int) noun {
	low := d.words[i].low
	if _, people := lexicon.Demonyms()[low]; people || parties[strings.TrimSuffix(low, "s")] && low != "labour" && low != "labor" {
		return nounGroup
	}
	singular := ""
	switch {
	case strings.HasSuffix(low, "ies"):
		singular = low[:len(low)-3] + "y"
	case strings.HasSuffix(low, "men"):
		singular = low[:len(low)-3] + "man"
	case strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss"):
		singular = low[:len(low)-1]
	}
	switch {
	case lexicon.Groups().Has(low):
		return nounGroup
	case d.roleNoun(i) || strings.HasSuffix(low, "-year-old") || low == "one":
		return nounPerson
	case lexicon.Bodies().Has(low) || d.force(i):
		return nounBody
	case lexicon.Documents().Has(low):
		return nounDocument
	case lexicon.Roles().Has(singular) || lexicon.Kin().Has(singular) || strings.HasSuffix(low, "-olds"):
		return nounGroup
	case lexicon.Bodies().Has(singular):
		return nounGroup
	case lexicon.Documents().Has(singular):
		return nounDocument
	}
	return nounOther
}

var participles = set(`seen published conducted released posted called named based familiar close led run written compiled commissioned done made held sent obtained
reported known involved provided associated present briefed credited headed dated issued signed filed including like such backed produced shown given supporting backing opposing representing who's
working living speaking covering attending running campaigning aligned affiliated taken tallied gathered online according tracking leaked set drawn born caught`)

// core gives the end of a source's noun phrase without what modifies it from
// behind: before a comma, a preposition, a relative clause or a participle.
func (d *doc) core(i, j int) int {
	for k := i; k < j; {
		if k > i && d.words[k].gap > gapQuote && !d.slashed(k) {
			return k
		}
		if n := d.nameAt[k]; n >= 0 {
			k = min(max(d.names[n].last, k+1), j)
			continue
		}
		if n := d.titled(k); n >= 0 {
			k = min(d.names[n].last, j) // "Secretary of State John Kerry"
			continue
		}
		w := &d.words[k]
		if k > i && d.nameAt[k-1] >= 0 && d.letters(k) {
			return k
		}
		if w.low == "in" && k > i && k+2 < j && hasDigit(d.words[k-1].low) && hasDigit(d.words[k+1].low) {
			k += 2 // "3 in 10 voters"
			continue
		}
		if w.low == "of" && k == i+2 && hosts[d.words[k-1].low] && !lexicon.Bodies().Has(d.words[k-1].low) && determiners[d.words[i].low] {
			k++ // "a number of senators"
			continue
		}
		if k > i && !w.cap && (preps[w.low] || behind[w.low] || breakers[w.low] || participles[w.low] && !d.ofTrade(k, j) || w.low == "to" || d.busy(k)) {
			return k
		}
		k++
	}
	return j
}

// behind are more words that modify a noun from behind it.
var behind = set("along around mostly throughout polled surveyed interviewed contacted questioned")

// ofTrade reports whether word k, before word j, says what kind of body the noun right
// behind it is: "the media tracking firm".
func (d *doc) ofTrade(k, j int) bool {
	return k+1 < j && strings.HasSuffix(d.words[k].low, "ing") && d.words[k+1].gap == gapSpace && !d.words[k+1].cap && lexicon.Bodies().Has(d.words[k+1].low)
}

// slashed reports whether word k follows another right behind a slash: "the
// Herald/Northgrid poll".
func (d *doc) slashed(k int) bool {
	return k > 0 && d.words[k].cap && d.words[k].Start == d.words[k-1].End+1 && d.s[d.words[k-1].End] == '/'
}

// busy reports whether word k is a participle behind a person or a body: "a judge
// handling a lawsuit".
func (d *doc) busy(k int) bool {
	w := &d.words[k]
	if !strings.HasSuffix(w.low, "ing") || offices[w.low] || w.gap > gapQuote || d.nameAt[k-1] >= 0 {
		return false
	}
	switch d.nounOf(k - 1) {
	case nounPerson, nounGroup, nounBody:
		return k+1 < len(d.words) && d.nounOf(k+1) == nounOther
	}
	return false
}

// titled is the name whose title begins at word i, or -1.
func (d *doc) titled(i int) int {
	n, _ := slices.BinarySearchFunc(d.names, i, func(m name, i int) int { return m.first - i })
	if n < len(d.names) && d.names[n].title == i && d.names[n].first > i {
		return n
	}
	return -1
}

// headName is the name that ends words i..c, or -1.
func (d *doc) headName(i, c, j int) int {
	if c <= i {
		return -1
	}
	n := d.nameAt[c-1]
	if n < 0 || d.names[n].last != c || d.names[n].id < 0 {
		return -1
	}
	if d.words[c-1].poss && c < j && d.words[c].gap == gapSpace {
		return -1
	}
	return n
}

// coordinated reads "A, B and C": names alone, each with no more than a title
// or an adjective before it. nil where the words are anything else.
func (d *doc) coordinated(i, j int) []int {
	var out []int
	joined := false
	loose := 0
	for k := i; k < j; {
		w := &d.words[k]
		if w.gap >= gapBracket && k > i && w.Start > 0 && byteBefore(d.s, w.Start) == '(' { // "Barclays (BCS)"
			for k++; k < j && byteBefore(d.s, d.words[k].Start) != '(' && d.words[k].gap == gapSpace; k++ {
			}
			continue
		}
		if n := d.nameAt[k]; n >= 0 && d.names[n].first >= k && d.names[n].id >= 0 {
			end := d.names[n].last
			if d.words[end-1].poss || end > j {
				return nil
			}
			if len(out) > 0 && loose == 0 && !joined && w.gap == gapSpace {
				return nil
			}
			out = append(out, n)
			k, loose = end, 0
			continue
		}
		switch {
		case w.low == "of" && k > i && d.nameAt[k-1] >= 0 && k+1 < j && d.nameAt[k+1] >= 0 && d.names[d.nameAt[k+1]].kind != kindPerson:
			k = d.names[d.nameAt[k+1]].last // "Smith of Ohio"
			continue
		case len(out) > 0 && w.gap == gapComma && determiners[w.low] && d.nameAt[k-1] >= 0: // "Ann Lee, the former mayor, and Bo Dahl"
			e, noun := k+1, false
			for ; e < j && d.words[e].gap < gapComma; e++ {
				noun = noun || d.roleNoun(e)
				if d.who(e) {
					return nil // "Ann Lee, a lawyer who chairs the Committee on Space, Energy and Trade"
				}
			}
			if !noun || e == j {
				return nil
			}
			k = e
			continue
		case w.low == "and" || w.low == "or" || w.low == "plus":
			joined = true
		case len(out) > 0 && (d.seat(k) || d.letters(k)):
		case w.low == "both" || w.low == "well" || w.low == "as":
		case !w.cap && (preps[w.low] || breakers[w.low] || participles[w.low]):
			return nil
		default:
			if loose++; loose > 5 {
				return nil
			}
			if len(out) > 0 && w.gap == gapSpace && k > i && d.nameAt[k-1] >= 0 {
				return nil // "Trump aides"
			}
		}
		k++
	}
	if len(out) == 2 {
		one, two := &d.names[out[0]], &d.names[out[1]]
		if d.ids[one.id].kind != kindPerson && d.ids[two.id].kind == kindPerson && (two.title < two.first || two.first > 0 && d.roleNoun(two.first-1)) {
			return nil // "Road Transport and Bridges Minister Obaidul Quader"
		}
	}
	if len(out) < 2 || !joined && !d.lines[d.words[i].line].headline || loose > 0 {
		return nil
	}
	return out
}

// byteBefore is the byte before position i, 0 at the start.
func byteBefore(s string, i int) byte {
	if i == 0 {
		return 0
	}
	return s[i-1]
}

// apposed is the name of a person that stands apart in a source whose head is
// a description: "a spokesman, John Smith,", "her rival — Nora Finch of Ohio —".
func (d *doc) apposed(c, j int) int {
	for k := c; k < j; k++ {
		n := d.nameAt[k]
		if n < 0 {
			continue
		}
		m := &d.names[n]
		if m.id < 0 || m.title < c || m.first != k && m.title != k {
			continue
		}
		if d.nounOf(c-1) == nounGroup && d.governed(c, m.title) {
			return -1 // "conservatives close to the leader, Ivo Sand"
		}
		e := &d.ids[m.id]
		if (apart(d.words[m.title].gap) || d.words[m.title-1].low == "the" && m.title-1 >= c && apart(d.words[m.title-1].gap) || d.apartRole(c, m)) && (e.kind != kindPlace && e.kind != kindOrg || d.nounOf(c-1) == nounBody || e.kind == kindOrg && bearers[d.words[c-1].low]) && !d.words[m.last-1].poss {
			end := d.pastTail(m, j)
			if d.nounOf(c-1) == nounGroup {
				end = d.pastSeat(m.last, j) // "three divers, Ann Lee of Ystad, Bo Dahl of Malmo": not one of them
			}
			if end >= j || d.words[end].gap >= gapBracket {
				return n
			}
		}
		k = max(k, m.last-1)
	}
	return -1
}

// governed reports whether words c..b, behind a description, end with a person whom a
// preposition ties to it: "close to the country's leader".
func (d *doc) governed(c, b int) bool {
	if b <= c || !d.roleNoun(b-1) {
		return false
	}
	for k := b - 2; k > c; k-- {
		if w := &d.words[k]; definite[w.low] {
			return d.words[k-1].low == "to" || d.words[k-1].low == "of"
		} else if w.gap != gapSpace || preps[w.low] {
			return false
		}
	}
	return false
}

// members are the names that stand apart behind a description of several: "three
// witnesses – Ann Lee, Bo Dahl and Carl Ek –". some says that there are others
// ("critics, including Ann Lee"). nil where none do.
func (d *doc) members(c, j int) (list []int, some bool) {
	k := c
	for k < j && !apart(d.words[k].gap) && d.words[k].gap != gapBracket {
		k++
	}
	if k >= j {
		return nil, false
	}
	some = examples[d.words[k].low] || k+1 < j && examples[d.words[k+1].low]
	if !some && d.words[k].gap == gapComma && d.nameAt[k-1] >= 0 {
		return nil, false // "of Norvania, Sudria and Ostland"
	}
	for k < j && d.titled(k) < 0 && (d.nameAt[k] < 0 || d.names[d.nameAt[k]].first != k) {
		if w := &d.words[k]; !some && (breakers[w.low] || preps[w.low]) {
			return nil, false
		}
		k++
	}
	if k >= j {
		return nil, false
	}
	place := func(n int) bool { return d.ids[d.names[n].id].kind == kindPlace }
	if list = d.coordinated(k, j); list == nil {
		list = named(d.each(k, j))
	}
	if slices.ContainsFunc(list, place) {
		return nil, false
	} else if list != nil || !some {
		return list, some
	}
	n := d.nameAt[k]
	if n < 0 {
		n = d.titled(k)
	}
	if m := &d.names[n]; m.id >= 0 && !place(n) && !d.words[m.last-1].poss {
		if end := d.pastTail(m, j); end >= j || d.words[end].gap >= gapBracket {
			return []int{n}, some
		}
	}
	return nil, false
}

var examples = set("including particular notably such")

// apart reports whether a gap sets words apart: a comma or a dash.
func apart(gap byte) bool { return gap == gapComma || gap == gapStop }

// pastSeat steps from word k, before word j, over "of Ohio" behind a name.
func (d *doc) pastSeat(k, j int) int {
	if k < j && d.letters(k) {
		k++
	}
	if k+1 < j && d.words[k].low == "of" && d.words[k].gap == gapSpace {
		if n := d.nameAt[k+1]; n >= 0 && d.names[n].first == k+1 && d.names[n].kind == kindPlace {
			return d.names[n].last
		}
	}
	return k
}

// pastTail is where what goes with a name behind it ends, before word j: "of Ohio",
// and with a person's "of the harbour board".
func (d *doc) pastTail(m *name, j int) int {
	end := d.pastSeat(m.last, j)
	if end < j && affiliations[d.words[end].low] && d.ids[m.id].kind != kindOrg && (m.last-m.first > 1 || d.isGiven(m.first)) {
		return d.tailEnd(end)
	}
	return end
}

var affiliations = set("of at from with")

// apartRole reports whether the words from the last comma or dash up to a name
// are a role: ", longtime Hillary Clinton aide", ", former Secretary of State".
func (d *doc) apartRole(c int, m *name) bool {
	b := m.title
	if b <= c || b == m.first && !d.roleNoun(b-1) {
		return false
	}
	for k := b - 1; k >= c; k-- {
		if preps[d.words[k].low] && d.nameAt[k] < 0 || breakers[d.words[k].low] {
			return false
		}
		if apart(d.words[k].gap) {
			return true
		}
	}
	return false
}

const mostWords = 24 // of a description

// lists reports whether a comma before word i goes on a list: "leaders across
// Europe, Asia and elsewhere".
func (d *doc) lists(i, j int) bool {
	if d.words[i].gap != gapComma {
		return false
	}
	and := false
	for k := i; k < j; k++ {
		w := &d.words[k]
		if breakers[w.low] && !w.cap || w.gap > gapComma || determiners[w.low] || participles[w.low] {
			return false
		}
		and = and || w.low == "and" || w.low == "or"
	}
	return and
}

// stateOf reports whether the state or country of the town right before begins at word i:
// "a woman in Easton, Ohio,".
func (d *doc) stateOf(i, j int) bool {
	if d.words[i].gap != gapComma || i == 0 || d.nameAt[i-1] < 0 {
		return false
	}
	if id := d.names[d.nameAt[i-1]].id; id < 0 || d.ids[id].kind == kindPerson {
		return false
	}
	if d.seat(i) {
		return true
	}
	n := d.nameAt[i]
	if n < 0 || d.names[n].kind != kindPlace {
		return false
	}
	end := d.names[n].last
	return end >= j || d.words[end].gap >= gapComma
}

// extent gives the words of a description worth keeping: no determiner such as
// "the" before it, no apposition after it.
func (d *doc) extent(i, c, j int) (int, int) {
	for i < c-1 && (definite[d.words[i].low] || d.words[i].low == "by" || preps[d.words[i].low] && d.words[i].low != "at" && d.words[i].low != "over" && d.words[i].low != "under") {
		i++
	}
	end := c
	for end < j && end-i < mostWords && (d.words[end].gap <= gapQuote || d.lists(end, j) || d.slashed(end) || d.stateOf(end, j)) {
		end++
	}
	for end > c && (preps[d.words[end-1].low] || d.words[end-1].low == "and") {
		end--
	}
	return i, end
}

var definite = set("the this that these those")

// bearers are nouns of persons that companies and groups are called by too.
var bearers = set("one shareholder owner maker supplier rival processor lender producer investor backer operator developer")
