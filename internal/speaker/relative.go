package speaker

import "strings"

// appositive is whom the description right before word a, a relative pronoun, tells
// about: the name before its comma ("Clear Water, a group of donors that …"). -1 where
// there is none.
func (r *resolver) appositive(a int) int {
	for k := a - 1; k > 0 && a-k < 14 && r.words[k].line == r.words[a].line; k-- {
		w := &r.words[k]
		if breakers[w.low] && !w.cap || w.gap > gapComma || w.quoted != r.words[a].quoted {
			return -1
		}
		if w.gap != gapComma {
			continue
		}
		n := r.nameAt[k-1]
		if !determiners[w.low] || n < 0 || r.names[n].last != k || r.names[n].id < 0 || r.words[k-1].poss {
			return -1
		}
		c := r.core(k, a)
		e := &r.ids[r.names[n].id]
		what := r.nounOf(c - 1)
		if low := r.words[c-1].low; members[low] || native(low) {
			what = nounPerson // "Nora Finch, a Republican who"
		}
		switch {
		case c <= k+1, r.words[a].low == "who" && e.kind != kindPerson && e.kind != kindUnsure:
			return -1
		case what == nounPerson && (e.kind == kindPerson || e.kind == kindUnsure), what == nounBody && (e.kind == kindOrg || e.kind == kindUnsure):
			return r.names[n].id
		}
		return -1
	}
	return -1
}

// antecedent is what "who" or "which" at word a belongs to: what stands right
// before it.
func (r *resolver) antecedent(a, st, last int) []int {
	if a == 0 || r.words[a].line != r.words[a-1].line {
		return nil
	}
	if s, ok := r.sourceAt[a-1]; ok && s != st && r.done[s] && len(r.answers[s].ids) == 1 && !r.inSourceOf(a, s) {
		if ids := r.answers[s].ids; r.words[a].low != "which" || r.ids[ids[0]].kind != kindPerson {
			return ids // who said something right before "who"
		}
	}
	end := a // of what stands before "D-Ohio"
	for end > 1 && r.seat(end-1) && r.words[end-2].line == r.words[a].line {
		end--
	}
	if n := r.nameAt[end-1]; n >= 0 && r.names[n].id >= 0 && r.names[n].last == end {
		if e := &r.ids[r.names[n].id]; r.words[a].low == "who" && (e.kind == kindOrg || e.kind == kindPlace) {
			// "the head of X, who": look for the person before
			for k := r.names[n].first - 1; k >= 0 && r.words[k].sent == r.words[a].sent && a-k < 25; k-- {
				if m := r.nameAt[k]; m >= 0 && r.names[m].id >= 0 && r.ids[r.names[m].id].kind == kindPerson {
					return []int{r.names[m].id}
				}
			}
		}
		if two := r.pairBefore(n, a); two != nil && end == a {
			return two
		}
		return []int{r.names[r.branch(n)].id}
	}
	if id := r.appositive(a); id >= 0 {
		return []int{id}
	}
	if r.words[a].low == "who" && (parts[r.words[a-1].low] || hasDigit(r.words[a-1].low)) && r.words[a].gap <= gapQuote { // "30 percent who"
		if i := r.counted(a); i < a {
			return r.share(i, a)
		}
	}
	if r.words[a-1].low == "those" && r.words[a].low == "who" { // as far as the clause tells
		_, end := r.extent(a-1, a, min(len(r.words), a+2*mostWords))
		return []int{r.describe(a-1, end, "those", kindGroup)}
	}
	switch r.words[a-1].low {
	case "those", "others", "anyone", "anybody", "everyone", "one", "many", "some":
		return nil
	}
	// back to the name or noun that begins the phrase
	for k := a - 1; k >= 0 && a-k < 20 && r.words[k].sent == r.words[a].sent; k-- {
		if n := r.nameAt[k]; n >= 0 && r.names[n].id >= 0 && r.words[a].gap == gapComma && r.names[n].last < a && r.words[r.names[n].last].gap >= gapBracket {
			if r.ids[r.names[n].id].kind != kindPlace {
				return []int{r.names[n].id}
			}
		}
		if s := r.nounOf(k); r.words[k+1].gap <= gapQuote || k == a-1 {
			if s == nounPerson || s == nounGroup || s == nounBody || s == nounDocument {
				people := s == nounPerson || s == nounGroup
				if s == nounGroup && k == a-1 && k > 0 && preps[r.words[k-1].low] && r.words[a].gap == gapComma && r.words[a].low == "who" && a+1 < len(r.words) && severally[strings.TrimSuffix(r.words[a+1].low, "n't")] {
					return r.nominal(r.modified(k), k+1, k+1, st, last) // "among sailors, who have"
				}
				if k > 0 && preps[r.words[k-1].low] && r.words[k-1].low != "to" && r.words[k-1].low != "by" && !(k == a-1 && people && r.words[a].gap == gapSpace && r.words[a].low == "who") {
					continue
				}
				i := k
				for i > 0 && a-i < 12 && r.words[i].gap == gapSpace && !halts[r.words[i-1].low] && !preps[r.words[i-1].low] && !r.words[i].first {
					i--
					if determiners[r.words[i].low] {
						break
					}
				}
				if x := r.counted(i); s == nounGroup && x < i {
					i, _ := r.extent(x, k+1, k+1)
					return []int{r.describe(i, k+1, r.words[k].low, kindGroup)}
				}
				return r.nominal(i, k+1, k+1, st, last)
			}
		}
	}
	return nil
}

// inSourceOf reports whether word i stands in the source of statement s.
func (r *resolver) inSourceOf(i, s int) bool {
	x, ok := r.sourceAt[i]
	return ok && x == s
}

var severally = set("have are were do")

// pluralActs are acts of several.
var pluralActs = set("say think believe want hope plan argue support oppose")

// branch is the organisation whose place name n is ("the Divers' Union of Ohio"), else n.
func (r *resolver) branch(n int) int {
	m := &r.names[n]
	if n == 0 || m.first == 0 || r.ids[m.id].kind != kindPlace || r.words[m.first-1].low != "of" {
		return n
	}
	if x := &r.names[n-1]; x.id >= 0 && x.last == m.first-1 && r.ids[x.id].kind == kindOrg {
		return n - 1
	}
	return n
}

// pairBefore are the two whose names stand before word a, a relative pronoun with a verb of
// several: "Nora Finch and Carl Ek, who have …"; nil where they do not.
func (r *resolver) pairBefore(n, a int) []int {
	if n == 0 || a+1 >= len(r.words) || !(plurals[r.words[a+1].low] || pluralActs[r.words[a+1].low] || r.words[a+1].low == "both") {
		return nil
	}
	x, m := &r.names[n-1], &r.names[n]
	if x.id < 0 || x.id == m.id || m.title-x.last != 1 || r.words[x.last].low != "and" || r.ids[x.id].kind != r.ids[m.id].kind {
		return nil
	}
	return []int{x.id, m.id}
}

// counted is where what counts or joins the people of a phrase that begins at word i
// begins: "a lot of", "four in ten", "sailors and"; i where nothing does.
func (r *resolver) counted(i int) int {
	k := i
	for k > 0 && !r.words[k].first && r.words[k].gap <= gapQuote {
		w := &r.words[k-1]
		switch {
		case quantities[w.low] && !determiners[w.low] || hasDigit(w.low) || w.low == "in" && k > 1 && k < i && quantities[r.words[k-2].low]:
			k--
		case w.low == "of" && k > 1 && (hosts[r.words[k-2].low] || quantities[r.words[k-2].low] || parts[r.words[k-2].low]):
			k -= 2
		case w.low == "and" && k == i && k > 1 && r.nounOf(k-2) == nounGroup && r.nameAt[k-2] < 0:
			k = r.modified(k - 2)
		default:
			if k < i && determiners[w.low] && w.low != "the" {
				k--
			}
			return k
		}
	}
	return k
}
