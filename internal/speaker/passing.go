package speaker

import (
	"slices"

	"github.com/quothnews/quoth/internal/lexicon"
)

// passerby notes somebody without a name in running text ("a man in the crowd", at word
// a), of whom "the man" may tell later.
func (r *resolver) passerby(a int) {
	if a > 0 && (r.words[a].gap >= gapComma && !r.words[a].first && r.words[a-1].line == r.words[a].line || beings[r.words[a-1].low] || r.words[a-1].low == "as") {
		return // "Nora Finch, a lawyer", "she is a lawyer"
	}
	head := -1
	for k := a + 1; k < len(r.words) && k < a+8 && r.words[k].gap <= gapQuote; k++ {
		if w := &r.words[k]; w.poss || preps[w.low] || halts[w.low] || r.words[k].line != r.words[a].line {
			break
		}
		if r.nameAt[k] < 0 && r.nounOf(k) == nounPerson {
			head = k
		} else if head >= 0 {
			break
		}
	}
	if head < 0 || lexicon.Kin().Has(r.words[head].low) || r.words[head].poss {
		return
	}
	if next := head + 1; next < len(r.words) && r.words[next].gap <= gapComma && (r.nameAt[next] >= 0 || r.titled(next) >= 0 || r.nounOf(next) != nounOther || r.words[next].low == "named" || r.words[next].low == "called") {
		return
	}
	i, j := r.extent(a, head+1, max(head+1, r.tailEnd(head+1)))
	r.describe(i, j, r.words[head].low, kindPerson)
}

// passed is who "the lawyer" or "the man" at word a is: somebody without a name with that
// noun, or for a man, a woman or a person with any, of whom the article spoke last within
// three sentences; -1 where there is nobody.
func (r *resolver) passed(low string, a int) int {
	g := lexicon.Roles()[low]
	for id := len(r.ids) - 1; id >= 0 && r.ids[id].described && id > len(r.ids)-20; id-- {
		e := &r.ids[id]
		if e.kind != kindPerson || e.first >= a || !indefinite[r.words[e.first].low] || lexicon.Kin().Has(e.head) {
			continue
		}
		if r.words[a].sent-r.words[e.first].sent > 3 {
			return -1
		}
		if e.head == low || (low == "man" || low == "woman" || low == "person") && agree(g, e.gender) {
			return id
		}
	}
	return -1
}

// lastAt is the word at which an identity is last named before word a, or -1.
func (r *resolver) lastAt(id, a int) int {
	at, _ := r.lastNamed(id, a)
	return at
}

// stranger is who "the man" or "the woman" at word a behind the words of statement st is:
// somebody without a name ("a farmer who saw the fire") who is the last to have spoken, in
// the same paragraph; -1 where nobody is.
func (r *resolver) stranger(low string, a, st int) int {
	if st < 0 || low != "man" && low != "woman" {
		return -1
	}
	if c := r.statements[st].Content; len(c) == 0 || c[0].Start > r.words[a].Start {
		return -1
	}
	for i := len(r.later) - 1; i >= 0; i-- {
		if e := &r.later[i]; e.source && e.at < a {
			x := &r.ids[e.id]
			if x.described && x.kind == kindPerson && r.words[e.at].line == r.words[a].line && agree(x.gender, lexicon.Roles()[low]) && agree(lexicon.Roles()[x.head], lexicon.Roles()[low]) {
				return e.id
			}
			return -1
		}
	}
	return -1
}

// anotherPersons reports whether the description of words a..head tells whose somebody is
// ("a Finch representative") and role x of identity e does not.
func (r *resolver) anotherPersons(a, head int, x role, e *identity) bool {
	n := r.owner(a, head)
	if n < 0 || r.ids[r.names[n].id].kind != kindPerson {
		return false
	}
	w := r.words[r.names[n].last-1].low
	return !r.among(w, x.first, x.last) && !slices.Contains(e.words, w)
}

// saysAll reports whether an earlier description holds what words a..head say of their noun, and
// the number, if any, that they begin with: "the 90 sailors" are not any sailors, nor "the
// union leaders" the business leaders.
func (r *resolver) saysAll(a, head int, e *identity) bool {
	for k := a + 1; k < head && e.last-e.first > 1; k++ {
		if w := &r.words[k]; !w.cap && !ranks[w.low] && !numbers[w.low] && !r.among(w.low, e.first, e.last) && r.words[a].low == "the" {
			return false
		}
	}
	w := &r.words[min(a+1, head)]
	return !hasDigit(w.low) || r.among(w.low, e.first, e.last)
}

// among reports whether a word is one of words a..b.
func (r *resolver) among(low string, a, b int) bool {
	return slices.ContainsFunc(r.words[a:b], func(x word) bool { return x.low == low })
}

// oneCountry reports whether words a..b and an earlier description tell of no two countries.
func (r *resolver) oneCountry(a, b int, e *identity) bool {
	here, there := r.countryOf(a, b), r.countryOf(e.first, e.last)
	return here == "" || there == "" || here == there
}

// sameOwner reports whether an earlier description e says all that words a..b
// say of whose somebody is: "the Coast Guard's spokesman" is not "Finch's
// spokesman".
func (r *resolver) sameOwner(a, b int, e *identity) bool {
	for k := a; k < b; k++ {
		w := &r.words[k]
		if !w.poss && !(k > a && w.cap && r.nameAt[k] >= 0) {
			continue
		}
		said := r.nameAt[k] < 0 && r.roleNoun(k) // "the mayor's spokesman" may be that of the mayor's name
		for i := e.first; i < e.last && !said; i++ {
			said = alike(r.words[i].low, w.low)
		}
		if !said {
			return false
		}
	}
	return true
}

var indefinite = set("a an one another")
