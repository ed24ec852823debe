package speaker

import (
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// paper is the kind of a document, by its noun.
func paper(low string) string {
	if k := papers[low]; k != "" {
		return k
	}
	return low
}

// theOnly is where the article tells whose the poll or study at word head is ("the Northgrid
// poll"), if it tells so of one owner alone; no words else.
func (r *resolver) theOnly(kind string, head int) (x, y int) {
	if kind != "poll" && kind != "study" || strings.HasSuffix(r.words[head].low, "s") {
		return 0, 0
	}
	if found, ok := r.only[kind]; ok {
		return found[0], found[1]
	}
	defer func() { r.only[kind] = [2]int{x, y} }()
	owner := -1
	for k := 1; k < len(r.words); k++ {
		if n := r.nameAt[k-1]; paper(r.words[k].low) == kind && n >= 0 && r.names[n].last == k && r.names[n].id >= 0 && r.words[k].gap == gapSpace && !r.words[k-1].poss && r.ids[r.names[n].id].kind != kindPlace {
			if owner >= 0 && owner != r.names[n].id {
				return 0, 0
			}
			if owner < 0 {
				x, y = r.names[n].first, k+1
			}
			owner = r.names[n].id
		}
	}
	return x, y
}

// cued is the speaker of the last statement made in such a paper: "said in a
// letter" for "the letter".
func (r *resolver) cued(low string, last int) int {
	noun := map[string]bool{low: true}
	for k := last; k >= 0 && k > last-12; k-- {
		if !r.statements[k].Inner && len(r.answers[k].ids) == 1 && (r.cueHas(k, noun) || issued[low] && r.tellsOf(k, low)) {
			return r.answers[k].ids[0]
		}
	}
	return -1
}

// issuer is who spoke right before "the statement" or "the letter" at word a, which goes
// on with what he said; -1 where nobody did. Lawsuits and petitions speak for themselves.
func (r *resolver) issuer(low string, a, last int) int {
	if low != "statement" && !(sent[low] && r.words[a+1].low == low) || last < 0 || len(r.answers[last].ids) != 1 {
		return -1
	}
	at := r.anchor(last)
	if r.words[a].line-r.words[at].line > 1 || r.words[a].sent-r.words[at].sent > 3 {
		return -1
	}
	id := r.answers[last].ids[0]
	if e := &r.ids[id]; e.kind == kindDocument || e.kind == kindGroup {
		return -1
	}
	return id
}

var sent = set("letter email e-mail memo message post complaint filing")

// issued are papers that somebody puts out, as who speaks in them.
var issued = set("letter statement release ad advert advertisement spot email e-mail memo post message notice editorial suit lawsuit complaint filing brief petition op-ed")

// tellsOf reports whether the words from a statement's source to its content speak of
// such a paper ("is out with a new ad hitting …"), and the source is no paper itself.
func (r *resolver) tellsOf(k int, low string) bool {
	st := &r.statements[k]
	if len(st.Source) == 0 || r.ids[r.answers[k].ids[0]].kind == kindDocument {
		return false
	}
	a, end := r.span(st.Source[0])
	for i := end; i < len(r.words) && i < end+30 && r.words[i].sent == r.words[a].sent; i++ {
		if r.words[i].low == low && !r.words[i].quoted {
			return true
		}
	}
	return false
}

var makes = set("posted written released produced issued signed")

// maker is the named maker of a document: "by X", "from X", "in X".
func (r *resolver) maker(c, b int) int {
	for k := c; k+1 < b && k < c+8; k++ {
		w := &r.words[k]
		if participles[w.low] && !makes[w.low] || breakers[w.low] {
			return -1
		}
		if w.low != "by" && w.low != "from" && !(w.low == "in" && k == c) && w.low != "to" {
			continue
		}
		if e := r.core(k+1, b); e > k+1 && w.low != "to" {
			if n := r.headName(k+1, e, b); n >= 0 && !r.words[e-1].poss {
				return n
			}
		}
		j := k + 1
		for j < b && r.nameAt[j] < 0 && (determiners[r.words[j].low] || r.roleNoun(j) || lexicon.Bodies().Has(r.words[j].low) || !r.words[j].cap && !preps[r.words[j].low] && j < k+4) {
			j++
		}
		if j < b && r.nameAt[j] >= 0 && w.low != "to" {
			m := &r.names[r.nameAt[j]]
			if m.id >= 0 && (m.last >= b || r.words[m.last].gap != gapSpace || preps[r.words[m.last].low] || participles[r.words[m.last].low] || breakers[r.words[m.last].low]) && !r.words[m.last-1].poss {
				return r.nameAt[j]
			}
		}
		return -1
	}
	return -1
}

// theirOwn is who "its director" at words a..c is: a paper's or website's owner, somebody
// who holds that role, or else so described.
func (r *resolver) theirOwn(a, c, b, st, last int) []int {
	head := r.words[c-1].low
	what := r.nounOf(c - 1)
	switch {
	case what == nounDocument || head == "website":
		if r.words[a].low == "their" {
			return r.several(a, st, last)
		}
		if id := r.thing(a, st, last); id >= 0 {
			return []int{id}
		}
		return nil
	case what == nounPerson:
		if who := r.holder(a, c-1, b, head); who >= 0 && !vague[head] {
			return []int{who}
		}
	case what == nounOther:
		return nil
	}
	i, j := r.extent(a, c, b)
	return []int{r.describe(i, j, head, kindOfNoun(what))}
}
