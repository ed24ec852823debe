package speaker

// mixed is the one "and" or "nor" in words a..b that joins a name with a description of
// several or of a body ("the Red Cross and harbour officials", "lawmakers and Nora
// Finch"); -1 where there is none.
func (r *resolver) mixed(a, b int) int {
	at := -1
	for k := a + 1; k < b-1; k++ {
		switch w := &r.words[k]; {
		case r.nameAt[k] >= 0:
		case w.low == "and" || w.low == "nor":
			if at >= 0 {
				return -1
			}
			at = k
		case at < 0 && (apart(w.gap) || preps[w.low] || breakers[w.low]):
			return -1
		}
	}
	if at < 0 || r.core(a, at) != at || r.words[at+1].low == "its" || r.words[at+1].low == "their" {
		return -1
	}
	c := r.core(at+1, b)
	one, two := r.headName(a, at, at), r.headName(at+1, c, b)
	switch {
	case one >= 0 && two < 0 && r.many(c-1):
		m := &r.names[one]
		more := r.words[at+1].low == "other" || r.words[at+1].low == "others" || determiners[r.words[at+1].low]
		whole := r.ids[m.id].kind == kindPerson || r.ids[m.id].kind != kindPlace && r.words[a].low == "the"
		if m.title-a > 1 || m.title > a && !determiners[r.words[a].low] || !more && !whole {
			return -1 // "senior Norvanian and Sudrian officials"
		}
		return at
	case one < 0 && two >= 0 && r.words[at-1].low == "labour" && r.words[at-1].cap:
		return at // "Labour and the Tories"
	case one < 0 && two >= 0 && r.many(at-1) && (r.names[two].last-r.names[two].first > 1 || !r.many(c-1)):
		if at == a+1 && r.nounOf(a) == nounBody {
			return -1 // "Clinic and kitchen manager Nora Finch"
		}
		return at
	}
	return -1
}

// many reports whether the noun at word k is of a group or a body.
func (r *resolver) many(k int) bool {
	what := r.nounOf(k)
	return what == nounGroup || what == nounBody || r.words[k].low == "others"
}

// twoPersons are two persons with what is told of each in words a..b: "Nora Finch, who ran
// the port, and Carl Ek, its lawyer"; -1 where there are not two.
func (r *resolver) twoPersons(a, b int) (int, int) {
	one := -1
	for k := a; k < b && one < 0; k++ {
		w := &r.words[k]
		if k > a && w.gap > gapQuote {
			break
		}
		if one = r.nameAt[k]; one < 0 && (preps[w.low] || breakers[w.low] || participles[w.low]) {
			break
		}
	}
	if one < 0 || !r.person(one) {
		return -1, -1
	}
	last := r.names[one].last
	for k := b - 2; k >= last; k-- {
		if r.words[k].low != "and" || r.words[k+1].gap != gapSpace || r.nameAt[k] >= 0 || k > last && r.words[k].gap != gapComma {
			continue
		}
		two := r.nameAt[k+1]
		if two < 0 {
			two = r.titled(k + 1)
		}
		if two < 0 || !r.person(two) || r.names[two].id == r.names[one].id {
			continue
		}
		if end := r.names[two].last; end >= b || r.words[end].gap >= gapBracket || r.pastSeat(end, b) > end {
			return one, two
		}
	}
	return -1, -1
}

// person reports whether a name is a person's and owns nothing.
func (d *doc) person(n int) bool {
	m := &d.names[n]
	return m.id >= 0 && d.ids[m.id].kind == kindPerson && !d.words[m.last-1].poss
}

// pastBracket is the person of words a..b whose role a bracket at word c parts: "Harbour
// Trust (HT) leader Nora Finch"; -1 where none does.
func (r *resolver) pastBracket(a, c, b int) int {
	if c >= b || r.words[c].gap != gapBracket || byteBefore(r.s, r.words[c].Start) != '(' {
		return -1
	}
	k := c + 1
	for k < b && r.words[k].gap == gapSpace {
		k++
	}
	if k >= b || r.words[k].gap != gapBracket || byteBefore(r.s, r.words[k].Start) == '(' {
		return -1
	}
	for i := k; i < b; i++ {
		n := r.nameAt[i]
		switch w := &r.words[i]; {
		case n >= 0 && r.person(n):
			if end := r.names[n].last; end >= b || r.words[end].gap >= gapBracket || r.pastSeat(end, b) > end {
				return n
			}
			return -1
		case n >= 0 && r.names[n].first == i, i > k && w.gap > gapQuote, preps[w.low], breakers[w.low], w.low == "and":
			return -1
		}
	}
	return -1
}
