package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// A part is one of several whom a source joins: words first..last, what goes with a name
// included.
type part struct {
	first, last int
	joined      bool // opened by "and" or its like, not by a comma alone
	name        int  // the name that it ends with, or -1
}

// each are those whom words a..b join: names with what goes with them, pronouns and
// descriptions ("Nora Finch (Ohio), the Herald's Carl Ek and his aides"). nil where the
// words are anything else, or name nobody.
func (d *doc) each(a, b int) []part {
	var out []part
	persons, others, told := 0, 0, false
	for _, p := range d.chunks(a, b) {
		c := d.core(p.first, p.last)
		p.name = d.headName(p.first, c, p.last)
		switch alone := p.last == b || d.words[p.last].gap >= gapComma; {
		case len(out) > 0 && (p.name < 0 || otherNames[d.words[p.first].low]) && (!p.joined || told) && d.aside(p.first, c, alone):
			told = told || determiners[d.words[p.first].low]
			continue
		case told && !(p.joined && d.apartFrom(p.first)):
			return nil // "Nora Finch, an adviser to Karl Feld and Ann Lee"
		case p.name >= 0 && len(out) > 0 && out[0].name < 0 && !d.personal(out[0].first):
			return nil // "a lawyer representing Mr. Finch and Mr. Lee"
		case p.name >= 0:
			m := &d.names[p.name]
			if d.words[m.last-1].poss || !d.tailed(m.last, p.last) {
				return nil
			}
			if d.person(p.name) {
				persons++
			} else {
				others++
			}
		case d.personal(p.first) && p.last == p.first+1:
			persons++
		case d.someone(p.first, c) && !d.clause(c, p.last) && (len(out) == 0 || d.someone(out[0].first, d.core(out[0].first, out[0].last))):
		case len(out) == 0 || p.last < b || !d.somebody(p.first, c) && !d.personal(out[0].first):
			return nil
		}
		told = false
		out = append(out, p)
	}
	if len(out) < 2 || !out[len(out)-1].joined || persons > 0 && others > 0 && !d.bodyAndPerson(out) || d.personal(out[0].first) && d.personal(out[1].first) {
		return nil
	}
	return out
}

// bodyAndPerson reports whether parts are an organisation's name of several words and a
// person with a title: "the Harbour Workers' Union and Senator Nora Finch".
func (d *doc) bodyAndPerson(parts []part) bool {
	if len(parts) != 2 || parts[0].name < 0 || parts[1].name < 0 {
		return false
	}
	one, two := &d.names[parts[0].name], &d.names[parts[1].name]
	return d.ids[one.id].kind == kindOrg && one.last-one.first > 1 && d.person(parts[1].name) && two.title == parts[1].first && two.title < two.first && d.words[parts[0].first].low == "the"
}

// personal reports whether word k is "he" or "she".
func (d *doc) personal(k int) bool { return d.words[k].low == "he" || d.words[k].low == "she" }

// apartFrom reports whether a comma stands before the "and" before word k.
func (d *doc) apartFrom(k int) bool {
	for k > 0 && d.joint(k-1) {
		k--
	}
	return d.words[k].gap == gapComma
}

// chunks cuts words a..b at commas and at words that join.
func (d *doc) chunks(a, b int) []part {
	var out []part
	p := part{first: a, name: -1}
	for k := a; k <= b; k++ {
		end := k == b || k > a && d.words[k].gap == gapStop
		within := k < b && d.nameAt[k] >= 0 && d.names[d.nameAt[k]].first < k
		joins := !end && !within && d.joint(k)
		if !end && (within || !joins && d.words[k].gap != gapComma) {
			continue
		}
		if p.first < k {
			p.last = k
			out = append(out, p)
			p = part{first: k, name: -1}
		}
		if end {
			break
		}
		for k < b && d.joint(k) {
			p.joined = true
			k++
		}
		p.first = k
	}
	return out
}

// joint reports whether word k joins those who speak: "and", "along with", "as well as".
func (d *doc) joint(k int) bool {
	before, after := "", ""
	if k > 0 {
		before = d.words[k-1].low
	}
	if k+1 < len(d.words) {
		after = d.words[k+1].low
	}
	switch d.words[k].low {
	case "and", "or", "nor", "plus":
		return d.nameAt[k] < 0
	case "along", "together":
		return after == "with"
	case "with":
		return before == "along" || before == "together"
	case "well":
		return before == "as" && after == "as"
	case "as":
		return before == "well" || after == "well"
	}
	return false
}

// tailed reports whether words k..b behind a name go with it: its state, a short form in
// brackets, "of the harbour board".
func (d *doc) tailed(k, b int) bool {
	for k < b {
		w := &d.words[k]
		switch {
		case byteBefore(d.s, w.Start) == '(':
			for k++; k < b && d.words[k].gap != gapBracket; k++ {
			}
		case d.seat(k) || d.letters(k):
			k++
		case affiliations[w.low] && d.tailEnd(k) > k:
			k = d.tailEnd(k)
		default:
			return false
		}
	}
	return true
}

// otherNames begin what somebody is called besides.
var otherNames = set("also formerly known called")

// aside reports whether words a.., with the core a..c, behind a comma tell about the name
// before it: an age, a role, or "who …", which may go on where it is not alone.
func (d *doc) aside(a, c int, alone bool) bool {
	switch w := &d.words[a]; {
	case w.low[0] >= '0' && w.low[0] <= '9':
		return c == a+1
	case d.who(a) || w.low == "which" || w.low == "both":
		return alone
	case otherNames[w.low]:
		return true // "the Harbour Trust, also known as the Trust,"
	default:
		return determiners[w.low] && (d.nounOf(c-1) == nounPerson || d.nounOf(c-1) == nounBody)
	}
}

// somebody reports whether the description of words a..c is of who may speak beside
// somebody named: "his aides", "other officials".
func (d *doc) somebody(a, c int) bool {
	low := d.words[a].low
	switch d.nounOf(c - 1) {
	case nounPerson, nounGroup, nounBody:
		return determiners[low] && low != "its" && low != "their" && c > a+1 || low == "other" || counts[low] || numbers[low] || hasDigit(low)
	}
	if c+1 < len(d.words) && d.words[c].low == "of" && (hosts[d.words[c-1].low] || d.words[c-1].low == "rest") { // "a group of other lawmakers"
		return true
	}
	return low == "other" && strings.HasSuffix(d.words[c-1].low, "s") || d.words[c-1].low == "others"
}

// someone reports whether the description of words a..c is of one person without a name:
// "a diplomat".
func (d *doc) someone(a, c int) bool {
	low := d.words[a].low
	return (low == "a" || low == "an" || low == "another") && (d.nounOf(c-1) == nounPerson || vague[d.words[c-1].low])
}

// clause reports whether a relative clause begins within words a..b: "a man whose sister".
func (d *doc) clause(a, b int) bool {
	return slices.ContainsFunc(d.words[a:b], func(w word) bool { return breakers[w.low] && !w.upper })
}

// allOf resolves the parts of a source one by one; nil where one of them is nobody.
func (r *resolver) allOf(parts []part, st, last int) (ids []int, chain []text.Range) {
	for _, p := range parts {
		if low := r.words[p.first].low; len(ids) > 0 && (low == "his" || low == "her") {
			r.pronouns[p.first] = ids[len(ids)-1]
		}
		who, at := r.phrase(p.first, p.last, st, last)
		if len(who) != 1 {
			return nil, nil
		}
		if !slices.Contains(ids, who[0]) {
			ids = append(ids, who[0])
		}
		chain = append(chain, at...)
	}
	return ids, chain
}

// named are the names with which parts end; nil where one ends with none.
func named(parts []part) []int {
	var out []int
	for _, p := range parts {
		if p.name < 0 {
			return nil
		}
		out = append(out, p.name)
	}
	return out
}
