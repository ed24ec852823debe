package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// Roles that stand further from the name: in apposition, in clauses, as affiliations.

// titles reports whether all that stands between the words before a name and the name is
// forms of address and ranks: "the board's chairman, Representative Ann Lee".
func (d *doc) titles(m *name) bool {
	for k := m.title; k < m.first; k++ {
		if low := d.words[k].low; !lexicon.Honorifics().Has(low) && !lexicon.Roles().Has(low) {
			return false
		}
	}
	return m.title < m.first
}

// shortForm reports whether word i is the short form of the name before it, in brackets.
func (d *doc) shortForm(i int) bool {
	return i > 0 && i+1 < len(d.words) && d.words[i].upper && d.words[i].gap == gapBracket && d.words[i+1].gap == gapBracket && d.words[i].line == d.words[i+1].line && d.nameAt[i-1] >= 0 && d.words[i-1].line == d.words[i].line
}

// quotedTitle is where the name of a work between quotation marks begins that ends
// before word i, a noun: “Midnight Harbor” star; i where none does.
func (d *doc) quotedTitle(i int) int {
	if d.words[i].gap != gapQuote || d.words[i].quoted || d.words[i].cap && !d.roleNoun(i) {
		return i
	}
	k := i
	for k > 0 && i-k < 6 && d.words[k-1].quoted && d.words[k-1].line == d.words[i].line && (k == i || d.words[k].gap == gapSpace) {
		k--
	}
	if k == i || !d.words[k].cap || d.words[k].gap < gapQuote || k > 0 && d.words[k-1].quoted {
		return i
	}
	return k
}

// roleRelative reads "…, who founded the institute and is a professor".
func (d *doc) roleRelative(m *name, is func(int) bool) (role, bool) {
	i := m.last
	if i >= len(d.words) || d.words[i].gap != gapComma {
		return role{}, false
	}
	who := false
	for k := i; k+2 < len(d.words) && k < i+28 && d.words[k].sent == d.words[i].sent && (k == i || d.words[k].gap < gapComma); k++ {
		low := d.words[k].low
		who = who || d.who(k)
		if next := d.words[k+1].low; !who || low != "and" && low != "who" || next != "is" && next != "was" && next != "now" {
			continue
		}
		for k += 2; k < len(d.words) && (d.words[k].low == "is" || d.words[k].low == "now" || d.words[k].low == "also"); k++ {
		}
		if a, b, head := d.nounPhrase(k, is); head != "" {
			return role{how: "in a clause after the name", first: a, last: b, head: head, score: d.worth(a, b, head) + afterBonus}, true
		}
		return role{}, false
	}
	return role{}, false
}

// roleCopula reads "X is the chairman of Y".
func (d *doc) roleCopula(m *name, is func(int) bool) (role, bool) {
	i := m.last
	if i+2 >= len(d.words) || d.words[i].gap != gapSpace || d.words[i].low != "is" && d.words[i].low != "was" || d.words[i].line != d.words[i-1].line || d.words[i-1].poss {
		return role{}, false
	}
	if low := d.words[i+1].low; low != "a" && low != "an" && low != "the" {
		return role{}, false
	}
	a, b, head := d.nounPhrase(i+1, is)
	if head == "" || d.words[i].quoted {
		return role{}, false
	}
	return role{how: "said of the name", first: a, last: b, head: head, score: d.worth(a, b, head) - 1.5}, true
}

// roleApart reads "the Nato chief at the time, Jens Stoltenberg,".
func (d *doc) roleApart(m *name, is func(int) bool) (role, bool) {
	i := m.first
	if d.styleBefore(m) == m.title || d.titles(m) {
		i = m.title
	}
	if styled := i < m.first; i > 0 && (styled || d.ids[m.id].kind != kindPerson) && d.words[i-1].low == "the" && d.words[i-1].gap == gapComma && d.words[i].gap == gapSpace {
		i-- // "the bishop, the Rt Rev Ann Lee,", "its armed wing, the Harbour Brigades,"
	}
	if i == 0 || m.title < i || d.words[i].gap != gapComma || d.words[i-1].line != d.words[i].line || d.words[i-1].quoted != d.words[i].quoted || strings.ContainsAny(d.s[d.words[i-1].End:d.words[i].Start], "\"”") {
		return role{}, false
	}
	end := d.pastTail(m, len(d.words))
	if end+1 < len(d.words) && d.words[end].gap == gapBracket && d.words[end].upper && d.words[end+1].gap >= gapBracket {
		end++ // "the ambulance service, Coastal Rescue (CR),"
	}
	closed := end >= len(d.words) || d.words[end].gap >= gapBracket
	if end < len(d.words) && d.words[end].gap != gapComma && d.words[end].gap < gapEnd && d.words[end].gap != gapQuote && !verbal[d.words[end].low] && !(verbLike(d.words[end].low) && d.words[end].gap == gapSpace) {
		return role{}, false
	}
	headAt := -1
	for k := i - 1; k >= 0 && i-k < 16 && d.words[k].line == d.words[i].line; k-- {
		if preps[d.words[k].low] && d.nameAt[k] < 0 {
			headAt = -1
		} else if headAt < 0 && is(k) {
			headAt = k
		}
		if d.verbAt(k) && !d.words[k].cap && !(k > 0 && (determiners[d.words[k-1].low] || preps[d.words[k-1].low])) {
			return role{}, false // but "the endorsed candidate", "head of buying"
		}
		if low := d.words[k].low; determiners[low] && k > 1 && preps[d.words[k-1].low] && d.words[k].gap == gapSpace && d.nameAt[k-1] < 0 && !d.opens(k-1) && (headAt < 0 || d.words[k-1].low == "of" || d.words[k-1].low == "for" || is(k-2)) {
			continue // "the brother of the gunman", but not "met with her counterpart"
		} else if d.words[k].poss && headAt >= 0 && d.nameAt[k] < 0 && k > 0 && d.words[k].gap == gapSpace {
			continue // "the co-op's attorney"
		} else if determiners[low] || low == "as" && headAt >= 0 || d.words[k].poss && headAt >= 0 {
			if headAt < 0 {
				return role{}, false
			}
			for j := k + 1; j < headAt; j++ { // the head comes before any preposition
				if preps[d.words[j].low] && d.nameAt[j] < 0 || halts[d.words[j].low] {
					return role{}, false
				}
			}
			for j := headAt + 1; j < i; j++ {
				if breakers[d.words[j].low] || j == headAt+1 && !preps[d.words[j].low] && d.nameAt[j] < 0 {
					return role{}, false // "the mayor also met her cousin, Ann Lee"
				}
			}
			if k+1 >= i || !closed && !d.words[k].first {
				return role{}, false // "punching a protester, Mr. Trump said"
			}
			bonus := 0.0
			if low == "the" {
				bonus = definiteBonus
			}
			if n := d.nameAt[k]; n >= 0 && d.words[k].poss { // "Pershing Square's founder"
				k = d.names[n].first - 1
			}
			return role{how: "in apposition before the name", first: k + 1, last: i, head: d.words[headAt].low, score: min(d.worth(k+1, i, d.words[headAt].low), 4) + apartBonus + bonus}, true
		}
		if breakers[d.words[k].low] || k < i-1 && d.words[k+1].gap > gapBracket {
			return role{}, false
		}
		if (d.words[k].first || k > 0 && (openers[d.words[k-1].low] || d.words[k-1].quoted)) && headAt >= 0 && d.plain(k, headAt) && (headAt+1 == i || preps[d.words[headAt+1].low]) { // "Former head of the port, Ann Lee, said"
			return role{how: "in apposition before the name", first: k, last: i, head: d.words[headAt].low, score: min(d.worth(k, i, d.words[headAt].low), 4) + apartBonus}, true
		}
	}
	return role{}, false
}

// openers begin a clause whose subject may have no article: "after mayor of Sarn, Ann Lee, said".
var openers = set("after when that because while but if although though whereas")

// plain reports whether words a..b, the last included, may stand before a noun or are one.
func (d *doc) plain(a, b int) bool {
	for k := a; k <= b; k++ {
		if w := &d.words[k]; halts[w.low] || preps[w.low] || hard[w.low] || lexicon.Common().Has(w.low) && !ranks[w.low] && !(w.low == "first" && k < b && firsts[d.words[k+1].low]) || k > a && w.gap != gapSpace {
			return false
		}
	}
	return true
}

// opens reports whether the preposition at word k goes with a verb or begins a
// sentence, not with a noun before it: "According to the mayor".
func (d *doc) opens(k int) bool {
	return d.words[k].low != "of" && (d.words[k].first || k > 0 && d.words[k].gap == gapSpace && (d.words[k-1].low == "according" || verbLike(d.words[k-1].low) || strings.HasSuffix(d.words[k-1].low, "ed"))) || d.words[k].first
}

// roleFar reads "the head of the rescue team Ann Lee": a title that goes on before the name.
func (d *doc) roleFar(m *name, is func(int) bool) (role, bool) {
	i := m.first
	if i == 0 || m.title < i || d.ids[m.id].kind != kindPerson || m.last-m.first < 2 || d.words[i].gap != gapSpace || d.words[i-1].poss || d.words[i-1].quoted != d.words[i].quoted || is(i-1) {
		return role{}, false
	}
	if m.last < len(d.words) && d.words[m.last].gap < gapComma && !verbal[d.words[m.last].low] && !verbLike(d.words[m.last].low) {
		return role{}, false
	}
	head := -1
	for k := i - 1; k >= 0 && i-k < 10 && d.words[k+1].gap == gapSpace && d.words[k].line == d.words[i].line; k-- {
		w := &d.words[k]
		if n := d.nameAt[k]; n >= 0 && (d.names[n].kind == kindPerson || d.names[n].id >= 0 && d.ids[d.names[n].id].kind == kindPerson) {
			return role{}, false
		}
		if head < 0 {
			switch {
			case is(k) && k+1 < i-1 && (d.words[k+1].low == "of" || d.words[k+1].low == "for" || d.words[k+1].low == "to"):
				head = k
			case d.nameAt[k] >= 0 || k < i-1 && (w.low == "of" || w.low == "for" || w.low == "to" || w.low == "the"):
			case halts[w.low] || preps[w.low] || determiners[w.low] || lexicon.Common().Has(w.low) || !w.cap && d.verbAt(k) || strings.HasSuffix(w.low, "ed"):
				return role{}, false
			}
		}
		if head < 0 {
			continue
		}
		a := k
		if k > 0 && d.words[k].gap == gapSpace && !d.words[k].first {
			if prev := &d.words[k-1]; !determiners[prev.low] && !prev.poss {
				if !d.plain(k-1, k-1) || !prev.cap && d.verbAt(k-1) {
					return role{}, false
				}
				continue
			}
			if n := d.nameAt[k-1]; n >= 0 && d.words[k-1].poss {
				a = d.names[n].first // "Norland's envoy to the council Ann Lee"
			}
		} else if !d.words[k].first {
			return role{}, false
		}
		return role{how: "before the name", first: a, last: i, head: d.words[head].low, score: d.worth(a, i, d.words[head].low)}, true
	}
	return role{}, false
}

// roleOneOf reads "Ann Lee, one of the stars of the play" and "one of its members, Ann Lee,".
func (d *doc) roleOneOf(m *name, _ func(int) bool) (role, bool) {
	several := func(k int) bool { return d.pluralRole(k) }
	if d.ids[m.id].kind != kindPerson {
		return role{}, false
	}
	if i := m.last; i < len(d.words) && d.words[i].gap == gapComma && d.oneOf(i) {
		if _, b, head := d.nounPhrase(i+2, several); head != "" {
			return role{how: "one of several", first: i, last: b, head: head, score: -2}, true
		}
	}
	if d.words[m.title].gap != gapComma || d.words[m.title].quoted {
		return role{}, false
	}
	for k := m.title - 1; k >= 0 && m.title-k < 12 && d.words[k].line == d.words[m.title].line; k-- {
		if d.oneOf(k) {
			if _, b, head := d.nounPhrase(k+2, several); head != "" && b == m.title {
				return role{how: "one of several", first: k, last: b, head: head, score: -2}, true
			}
			break
		}
		if d.words[k].gap != gapSpace {
			break
		}
	}
	return role{}, false
}

// oneOf reports whether "one of the", "one of its" stand at word i.
func (d *doc) oneOf(i int) bool {
	return i+3 < len(d.words) && d.words[i].low == "one" && d.words[i+1].low == "of" && (determiners[d.words[i+2].low] || d.words[i+2].poss) && d.words[i+2].gap == gapSpace
}

// roleServed reads "Finch, while she served as secretary of state" and its like.
func (d *doc) roleServed(m *name, _ func(int) bool) (role, bool) {
	if d.ids[m.id].kind != kindPerson {
		return role{}, false
	}
	return d.servedAs(m.last)
}

// servedAs is the office in "served as harbour master", "was secretary of state" or "her
// time as mayor" in the clause that goes on at word i behind its subject.
func (d *doc) servedAs(i int) (role, bool) {
	for k := i; k+1 < len(d.words) && k < i+9 && d.words[k].gap < gapComma && d.words[k].line == d.words[i].line && d.words[k].quoted == d.words[i].quoted; k++ {
		low := d.words[k].low
		if d.nameAt[k] >= 0 || k > i && d.roleNoun(k) && !service[d.words[k].low] || breakers[low] && low != "as" && low != "while" && low != "was" && low != "has" && low != "had" {
			break
		}
		office := low == "as" && k > 0 && service[d.words[k-1].low] || k == i && low == "was"
		if !office || d.words[k+1].gap != gapSpace || determiners[d.words[k+1].low] && low != "as" {
			continue
		}
		if a, b, head := d.nounPhrase(k+1, d.roleNoun); head != "" && lexicon.Roles().Has(head) && !d.words[b-1].poss {
			return role{how: "as whom somebody served", first: a, last: b, head: head, score: min(d.worth(a, b, head), 3) - 4}, true
		}
		break
	}
	return role{}, false
}

// service are words behind which "as" tells of an office.
var service = set(`serves served serving works worked working resigned resigning retired job role post tenure time term terms stint career years days`)

// affiliation reads "CNN's Gloria Borger".
func (d *doc) affiliation(m *name, is func(int) bool) (role, bool) {
	if d.ids[m.id].kind == kindOrg {
		return role{}, false
	}
	if m.first == 0 || m.title < m.first || m.last-m.first < 2 || !d.words[m.first-1].poss || d.words[m.first].gap != gapSpace {
		return role{}, false
	}
	n := d.nameAt[m.first-1]
	if n < 0 || d.names[n].id < 0 || d.ids[d.names[n].id].kind != kindOrg && d.ids[d.names[n].id].kind != kindUnsure {
		return role{}, false
	}
	return role{how: "whose the name is", first: d.names[n].first, last: d.names[n].last, score: -1}, true
}

// roleOf reads "Nora Finch of the Coastal Institute" as an affiliation.
func (d *doc) roleOf(m *name, is func(int) bool) (role, bool) {
	i := m.last
	if d.ids[m.id].kind == kindOrg || m.last-m.first < 2 || i >= len(d.words) || d.words[i].line != d.words[i-1].line || d.words[i].gap > gapComma || d.words[i-1].poss {
		return role{}, false
	}
	if !affiliations[d.words[i].low] {
		return role{}, false
	}
	a, b := i+1, d.apartEnd(i)
	for a < b && determiners[d.words[a].low] {
		a++
	}
	if a >= b || d.isPlace(a, b) || !slices.ContainsFunc(d.words[a:b], func(w word) bool { return w.cap }) {
		return role{}, false
	}
	if n := d.nameAt[a]; b == a+1 && (n < 0 || d.names[n].kind != kindOrg) && !d.words[a].upper {
		return role{}, false // a place, as far as one word can tell
	}
	for k := a; k < b; k++ {
		if n := d.nameAt[k]; n >= 0 && (d.names[n].kind == kindPerson || d.names[n].kind == kindPlace && d.names[n].first == a && d.names[n].last == b) {
			return role{}, false
		}
	}
	return role{how: "behind the name", first: a, last: b, score: -2}, true
}
