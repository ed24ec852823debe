package speaker

import (
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// joinKin gives a surname an identity of its own where only a relative of the one who
// has it is named in full, and after it: "President Finch … His wife, Nora Finch".
func (d *doc) joinKin() {
	for id := range d.ids {
		e := &d.ids[id]
		m := &d.names[e.full]
		surname := e.words[len(e.words)-1]
		if first := d.single[surname]; len(e.words) < 2 || m.headline || first == 0 || first > e.begins || d.namesakes(surname) > 1 {
			continue
		}
		g, ok := d.kinOf(m)
		if !ok {
			continue
		}
		holder := -1
		for n := range d.names {
			x := &d.names[n]
			if x.id >= 0 || x.last-x.first != 1 || d.words[x.first].low != surname || x.kind == kindOrg || x.honorific.Sure() && x.honorific == d.guess(&d.ids[id]) {
				continue
			}
			if x.id = holder; holder < 0 {
				holder = d.newIdentity(n, []string{surname})
				d.ids[holder].kind, d.ids[holder].gender = kindPerson, g
			} else {
				d.ids[holder].seen++
			}
		}
	}
}

// namesakes counts those whose full name ends with a surname.
func (d *doc) namesakes(surname string) int {
	many := 0
	for _, id := range d.known[surname] {
		if len(d.ids[id].words) > 1 {
			many++
		}
	}
	return many
}

// kinOf reports whether a name is introduced as somebody's relative ("His wife of ten
// years, Nora Finch", "Nora Finch, his wife"), and the gender of that other, 0 where
// nothing tells.
func (d *doc) kinOf(m *name) (other lexicon.Gender, ok bool) {
	const reach = 6 // words of the phrase
	kin := -1
	for k := m.title - 1; k >= 0 && m.title-k <= reach && d.words[k].sent == d.words[m.first].sent; k-- {
		switch w := &d.words[k]; {
		case lexicon.Kin().Has(w.low):
			kin = k
		case kin >= 0 && w.low == "his":
			return lexicon.Male, true
		case kin >= 0 && w.low == "her":
			return lexicon.Female, true
		case kin >= 0 && w.poss:
			return 0, true
		}
		if d.words[k].gap > gapQuote && kin < 0 {
			break
		}
	}
	if m.last >= len(d.words) || d.words[m.last].gap != gapComma {
		return 0, false
	}
	owner := lexicon.Gender(0)
	owned := false
	for k := m.last; k < len(d.words) && k < m.last+reach && (k == m.last || d.words[k].gap <= gapQuote); k++ {
		switch w := &d.words[k]; {
		case w.low == "his":
			owner, owned = lexicon.Male, true
		case w.low == "her":
			owner, owned = lexicon.Female, true
		case w.poss:
			owned = true
		case lexicon.Kin().Has(w.low):
			return owner, owned
		}
	}
	return 0, false
}

// parent reports whether words a..b are "the mother of three" or "the grandmother", whoever
// that is: the children are none of whom the article tells.
func (r *resolver) parent(a, head, b int) bool {
	if !definite[r.words[a].low] {
		return false
	}
	if b == head+1 {
		return strings.HasPrefix(r.words[head].low, "grand")
	}
	return b == head+3 && r.words[head+1].low == "of" && numbers[r.words[head+2].low]
}
