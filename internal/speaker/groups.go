package speaker

import (
	"math"
	"strings"
)

// share is who "two in three" or "many of them" at words i..j are: so many of the
// people whom the article spoke of last.
func (r *resolver) share(i, j int) []int {
	end := j
	for k := i + 1; k+1 < j; k++ {
		if r.words[k].low == "of" && hard[r.words[k+1].low] {
			end = k // "many of them"
		}
	}
	counted := false
	for k := i; k < end; k++ {
		w := &r.words[k]
		if noShare[w.low] || hard[w.low] {
			return nil
		}
		counted = counted || counts[w.low] || parts[w.low] || numbers[w.low] || strings.Trim(w.low, "0123456789.,") == ""
	}
	if !counted {
		return nil
	}
	id := r.describe(i, end, r.words[end-1].low, kindGroup)
	e := &r.ids[id]
	e.of = r.crowd(i)
	return []int{id}
}

// crowd is the group spoken of before word i of which "many" or "30 percent" may be
// a part, as words; the people of whom another share was given before all others.
func (r *resolver) crowd(i int) [2]int {
	var best [2]int
	score := 0.0
	for k := i - 1; k >= 0 && i-k < 90 && r.words[i].sent-r.words[k].sent <= 3; k-- {
		w := &r.words[k]
		if w.quoted != r.words[i].quoted || r.lines[w.line].headline || w.poss || r.nounOf(k) != nounGroup || !strings.HasSuffix(w.low, "s") && !crowds[w.low] {
			continue
		}
		a := r.modified(k)
		s := 1.0
		if a > 1 && r.words[a-1].low == "of" && (quantities[r.words[a-2].low] || hasDigit(r.words[a-2].low)) {
			s = 2.5
		} else if r.words[a].first || a > 0 && r.words[a-1].first {
			s = 1.6
		}
		s *= math.Pow(0.6, float64(r.words[i].sent-w.sent))
		if s > score {
			best, score = [2]int{a, max(k+1, r.tailEnd(k+1))}, s
		}
		k = a
	}
	return best
}

// modified is where the words before the noun at word k begin that belong to it:
// "likely primary voters".
func (r *resolver) modified(k int) int {
	a := k
	for a > 0 && r.words[a].gap == gapSpace && k-a < 5 {
		if v := &r.words[a-1]; determiners[v.low] || halts[v.low] || preps[v.low] || quantities[v.low] || hasDigit(v.low) || v.poss || !v.cap && (verbLike(v.low) || participles[v.low]) || a > 1 && r.words[a-2].low == "to" {
			break
		}
		a--
	}
	return a
}

// groupInFull is where the article last said more of the group that the bare noun at word
// head names: "federal prosecutors" for "prosecutors", "the voters"; no words where it did
// not within a few sentences.
func (r *resolver) groupInFull(head int) (x, y int) {
	low := r.words[head].low
	for k := head - 1; k >= 0 && r.words[head].sent-r.words[k].sent <= reach; k-- {
		w := &r.words[k]
		if w.low != low || w.quoted != r.words[head].quoted || w.poss || r.nameAt[k] >= 0 || r.lines[w.line].headline {
			continue
		}
		x, y = r.modified(k), r.pastWhole(k+1)
		if x < k && x > 0 && joining[r.words[x-1].low] {
			x++ // "who trust local officials"
		}
		for i := x; i < k; i++ {
			if n := r.nameAt[i]; hard[r.words[i].low] && !r.words[i].upper || n >= 0 && r.names[n].kind == kindPerson {
				x = min(i+2, k) // "she won rural voters"
			} else if w := &r.words[i]; !w.cap && (strings.HasSuffix(w.low, "ed") || strings.HasSuffix(w.low, "ly")) {
				x = i + 1
			}
		}
		if y-x > 1 {
			return x, y
		}
	}
	return 0, 0
}

// pastWhole is where what belongs to a noun ends, which begins at word i: "of all ages". It
// is i where that ends in the middle of its phrase, or is a day.
func (r *resolver) pastWhole(i int) int {
	end := r.tailEnd(i)
	if end <= i || calendar[r.words[end-1].low] {
		return i
	}
	if end < len(r.words) && r.words[end].gap == gapSpace {
		if w := &r.words[end]; !w.cap && !halts[w.low] && !preps[w.low] && !verbLike(w.low) && !deeds[w.low] && !strings.HasSuffix(w.low, "ed") {
			return i
		}
	}
	return end
}

// people notes the group of which the noun at word k is said to do something ("State
// prosecutors charged …"), for a later "they".
func (r *resolver) people(k int) {
	a := r.modified(k)
	if a > 1 && r.words[a-1].low == "of" && hosts[r.words[a-2].low] {
		a -= 2 // "hundreds of protesters"
	}
	if a > 0 && determiners[r.words[a-1].low] && !possessives[r.words[a-1].low] {
		a--
	}
	weight := 0.5
	if r.words[a].first {
		weight = 0.8
	}
	i, j := r.extent(a, k+1, r.pastWhole(k+1))
	r.note(event{at: a, id: r.describe(i, j, r.words[k].low, kindGroup), weight: weight})
}

// acting reports whether word k is a noun of several people with a verb behind it.
func (r *resolver) acting(k int) bool {
	w := &r.words[k]
	if r.nounOf(k) != nounGroup || w.poss || !strings.HasSuffix(w.low, "s") && !crowds[w.low] || r.nameAt[k] >= 0 || k+1 >= len(r.words) {
		return false
	}
	next := &r.words[k+1]
	if next.gap != gapSpace || next.cap {
		return false
	}
	if deeds[next.low] || verbal[next.low] || strings.HasSuffix(next.low, "ed") {
		return true
	}
	a := r.modified(k)
	if a > 0 && determiners[r.words[a-1].low] {
		a--
	}
	return r.words[a].first && (tails[next.low] || verbLike(next.low)) && !strings.HasSuffix(next.low, "ing") && next.low != "like"
}

var hosts = set("hundreds thousands dozens scores number group majority tens millions lot lots plenty handful clutch couple collection chunk")

var deeds = set("are were have had do did say want think believe hope fear see plan expect may might can could will would should must told say began")

var (
	noShare = set("none nobody no neither one another other others each every any more less latter former same i we")
	counts  = set("many most some few much")
	crowds  = set("people men women children police staff")
	parts   = set("percent half third thirds quarter quarters fifth fifths majority")
)
