package speaker

import (
	"slices"
	"strings"
	"unicode"

	"github.com/quothnews/quoth/internal/lexicon"
)

// nominal resolves a description: words a..c, with what modifies it up to b.
func (r *resolver) nominal(a, c, b, st, last int) []int {
	if n := r.apposed(c, b); n >= 0 {
		return []int{r.names[n].id}
	}
	if ids, ok := r.owned(a, c, b, st, last); ok {
		return ids
	}
	if r.words[c-1].low == "those" && b > c || r.words[a].low == "those" && b > a+1 && r.nounOf(c-1) == nounOther { // "all those who live there", "those surveyed"
		_, end := r.extent(a, c, b)
		return []int{r.describe(a, end, "those", kindGroup)}
	}
	if end := r.thoseEnd(a, b); end > b {
		return []int{r.describe(a, end, "those", kindGroup)}
	}
	head := c - 1
	what := r.nounOf(head)
	first := &r.words[a]
	fixed := definite[first.low] || strings.HasSuffix(first.low, "-based") && first.gap == gapComma || possessives[first.low] || r.lines[first.line].headline && what == nounPerson && !determiners[first.low]
	low := r.words[head].low
	if (members[low] && fixed || native(low) && first.low == "the") && c == b && r.words[head].cap && !r.words[head].poss {
		what = nounPerson // "the Wisconsin Republican", "the 24-year-old Briton"
	}
	owner := r.owner(a, head)
	two := fixed && (low == "pair" || low == "couple" || low == "duo" || head > a+1 && r.words[a+1].low == "two" && lexicon.Roles().Has(strings.TrimSuffix(low, "s")) && !possessives[first.low])
	if (r.words[a].low == "both" || low == "two" && head == a+1 || two) && what != nounDocument && what != nounBody && c == b {
		if ids := r.couple(a); ids != nil && two {
			return ids
		}
		if ids := r.pair(a, st); ids != nil {
			return ids
		}
	}
	if c == b && (definite[first.low] && head == a+1 || low == "police") && what != nounPerson {
		if id := r.named(low, a); id >= 0 {
			return []int{r.latelyCalled(low, a, id)}
		}
	}
	switch what {
	case nounPerson:
		if fixed || owner >= 0 || c < b && r.words[c].low == "of" {
			id := r.holder(a, head, b, low)
			if c == b && head == a+1 && definite[first.low] {
				if who := r.passed(low, a); who >= 0 && (id < 0 || r.lastAt(id, a) < r.ids[who].first) {
					return []int{who}
				}
			}
			if id >= 0 {
				return []int{id}
			}
			if fixed && !possessives[first.low] && (!lexicon.Kin().Has(low) || r.parent(a, head, b)) || strings.HasSuffix(low, "-year-old") {
				if id := r.earlier(low, kindPerson, a); id >= 0 && r.sameOwner(a, b, &r.ids[id]) && !r.otherOffice(a, head+1, r.ids[id].first, r.ids[id].last, low) {
					return []int{id}
				} else if id := r.stranger(low, a, st); id >= 0 && c == b && head == a+1 {
					return []int{id}
				} else if id := r.earlier("source", kindUnsure, a); id >= 0 && (low == "insider" || low == "pal") && c == b {
					return []int{id} // "A source said … the insider added"
				}
				if c == b || r.ofState(c, b) || r.parent(a, head, b) || r.words[c].gap > gapQuote || strings.HasSuffix(r.words[min(a+1, head)].low, "-year-old") {
					if id := r.anybody(a, head, st, nil, lexicon.Roles()[low]); id >= 0 && !vague[low] && (owner < 0 || !r.words[r.names[owner].last-1].poss) {
						r.called(id, a, head)
						return []int{id}
					}
				}
			}
		}
		if !fixed && owner < 0 && first.line < 6 && !vague[low] {
			if id := r.holder(a, head, b, low); id >= 0 && !r.capital(a, head) && len(r.ids[id].names) > 0 && r.names[r.ids[id].names[0]].first > a {
				return []int{id} // a first paragraph that names nobody yet
			}
		}
		r.owners(a, head)
		i, j := r.extent(a, c, b)
		return []int{r.describe(i, j, low, kindPerson)}
	case nounBody:
		if owner >= 0 && r.words[r.names[owner].last-1].poss && (low == "website" || low == "site" || low == "blog" || low == "account") {
			return []int{r.names[owner].id}
		}
		if fixed && owner < 0 && !r.capital(a, head) && (c == b || r.words[c].gap > gapQuote) {
			if id := r.body(a, head, st); id >= 0 && (r.ids[id].described || head <= a+2 || !r.runBy(a+1)) {
				r.organise(id)
				if e := &r.ids[id]; !e.described && head-a > 1 && e.kind != kindPlace {
					e.roles = append(e.roles, role{how: called, first: a + 1, last: c, head: low, score: -8})
				}
				return []int{id}
			}
		}
		if owner >= 0 && r.names[owner].last == head && sheets[low] && c == b && r.ids[r.names[owner].id].kind != kindPlace && r.ids[r.names[owner].id].kind != kindPerson && !r.words[head-1].poss {
			e := &r.ids[r.names[owner].id]
			e.roles = append(e.roles, role{how: "behind the name", first: head, last: c, head: low, score: r.worth(head, c, low)})
			return []int{r.names[owner].id} // "the Ostby Dagblad newspaper"
		}
		i, j := r.extent(a, c, b)
		if fixed && owner < 0 && c == b && !r.capital(a, head) {
			if x, y := r.inFull(i, j); x < y {
				i, j = x, y
			} else if x, y := r.groupInFull(head); x < y && head == a+1 {
				i, j = x, y
			}
		}
		return []int{r.describe(i, j, low, kindOrg)}
	case nounDocument:
		kind := paper(low)
		if owner >= 0 && r.words[r.names[owner].last-1].poss {
			r.papers[kind] = r.names[owner].id
			return []int{r.names[owner].id}
		}
		for k := a; k < head; k++ { // "the chain's press release"
			if r.words[k].poss && definite[first.low] && r.nounOf(k) == nounBody && r.nameAt[k] < 0 {
				if id := r.body(a, k, st); id >= 0 {
					return []int{id}
				}
			}
		}
		if n := r.maker(c, b); n >= 0 {
			r.papers[kind] = r.names[n].id
			return []int{r.names[n].id}
		}
		if owner >= 0 && r.names[owner].last == head && stories[low] && r.ids[r.names[owner].id].kind != kindPlace {
			r.papers[kind] = r.names[owner].id
			return []int{r.names[owner].id} // "the Times article"
		}
		if fixed && owner < 0 {
			if id, ok := r.papers[kind]; ok {
				return []int{id}
			}
			if id := r.earlier(low, kindDocument, a); id >= 0 {
				return []int{id}
			}
			if id := r.cued(low, last); id >= 0 {
				return []int{id}
			}
			if id := r.issuer(low, a, last); id >= 0 {
				return []int{id}
			}
		}
		if x, y := r.theOnly(kind, head); x < y && owner < 0 && c == b {
			return []int{r.describe(x, y, low, kindDocument)}
		}
		i, j := r.extent(a, c, b)
		if fixed && c == b && head == a+1 && owner < 0 {
			if x, y := r.groupInFull(head); x < y {
				i, j = x, y
			}
		}
		if w := r.words[i].low; (w == "a" || w == "an") && i+1 < c {
			i++
		}
		return []int{r.describe(i, j, low, kindDocument)}
	case nounGroup:
		if fixed && owner < 0 {
			if id := r.earlier(low, kindGroup, a); id >= 0 && r.saysAll(a, head, &r.ids[id]) {
				return []int{id}
			}
		}
		i, j := r.extent(a, c, b)
		if c == b && !quantities[low] && (head == a && unnamed[low] || head == a+1 && definite[first.low]) {
			if x, y := r.groupInFull(head); x < y {
				i, j = x, y
			}
		}
		return []int{r.describe(i, j, low, kindGroup)}
	}
	// a name inside, possessive and alone: "George Wallace's refrain"
	if owner >= 0 && r.words[r.names[owner].last-1].poss && r.ids[r.names[owner].id].kind != kindPlace {
		if !first.cap || r.names[owner].title == a {
			return []int{r.names[owner].id}
		}
	}
	i, j := r.extent(a, c, b)
	if i >= j {
		return nil
	}
	if j == i+2 && (r.words[i].low == "no" || r.words[i].low == "number") && r.words[i].cap && (r.words[j-1].low == "10" || r.words[j-1].low == "11") {
		return []int{r.describe(i, j, low, kindOrg)} // "No 10" of Downing Street
	}
	if r.bare(i, j) {
		return r.share(i, j)
	}
	if fixed && owner < 0 && c == b {
		if id := r.earlier(low, kindUnsure, a); id >= 0 && r.sameOwner(a, b, &r.ids[id]) && (c == a+2 || r.capital(a, head) && r.oneCountry(a, c, &r.ids[id])) {
			return []int{id} // "the source" after "a league source"
		}
	}
	return []int{r.describe(i, j, low, kindUnsure)}
}

// thoseEnd is where what tells who "those" alone at words a..b are ends: "those living in the
// harbour"; b where nothing does.
func (r *resolver) thoseEnd(a, b int) int {
	if b != a+1 || r.words[a].low != "those" || b >= len(r.words) || !(preps[r.words[b].low] || strings.HasSuffix(r.words[b].low, "ing") || strings.HasSuffix(r.words[b].low, "ed")) {
		return b
	}
	end := b
	for end < len(r.words) && end < a+mostWords && r.words[end].gap <= gapQuote && r.words[end].line == r.words[a].line && !(end > b && (breakers[r.words[end].low] && r.words[end].low != "as" || said[r.words[end].low] || r.words[end].low == "and" && end+1 < len(r.words) && preps[r.words[end+1].low])) {
		end++
	}
	return end
}

var sheets = set("newspaper tabloid daily broadcaster")

// native reports whether a word is for one of a people: "German", not "Germans" or
// "French".
func native(low string) bool {
	_, ok := lexicon.Demonyms()[low]
	_, place := lexicon.Places()[low]
	ok = ok && !place // "the Vatican"
	for _, end := range []string{"s", "ese", "sh", "ch"} {
		ok = ok && (!strings.HasSuffix(low, end) || low == "czech")
	}
	return ok
}

// ofState reports whether words c..b are "of state" alone.
func (r *resolver) ofState(c, b int) bool {
	return b == c+2 && r.words[c].low == "of" && r.words[c+1].low == "state"
}

// named is the organisation, known before word a, that has this noun in its
// name: "Columbia University" for "the university"; -1 where there is none, or
// several that it could be.
func (r *resolver) named(low string, a int) int {
	best, many := -1, false
	for k, id := range r.holding[low] {
		e := &r.ids[id]
		if k > 20 {
			return -1
		}
		if r.names[e.full].first > a && low != "police" {
			continue
		}
		switch {
		case best < 0:
			best = id
		case e.words[len(e.words)-1] == low && r.ids[best].words[len(r.ids[best].words)-1] != low:
			best = id
		default:
			many = true
			if len(e.names) > len(r.ids[best].names) {
				best = id
			}
		}
	}
	if many && low == "police" {
		return -1
	}
	return best
}

// latelyCalled is the organisation that the article has told to be one of that noun ("the
// Haulage Association, an industry group") since it last named id before word a; else id.
func (r *resolver) latelyCalled(low string, a, id int) int {
	since := r.lastAt(id, a)
	for k := range r.ids {
		e := &r.ids[k]
		if e.kind != kindOrg || k == id {
			continue
		}
		for _, x := range e.roles {
			if x.head == low && x.how == afterName && x.first > since && x.first < a {
				id, since = k, x.first
			}
		}
	}
	return id
}

// called keeps a description as a role of the one it was taken to stand for,
// below those that the article gives outright.
func (r *resolver) called(id, a, head int) {
	for a < head && (determiners[r.words[a].low] || strings.HasSuffix(r.words[a].low, "-year-old")) {
		a++
	}
	if low := r.words[head].low; a <= head && lexicon.Roles().Has(low) {
		end := head + 1
		if end < len(r.words) && r.words[end].low == "of" {
			if _, b, h := r.nounPhrase(a, r.roleNoun); h == low {
				end = b
			}
		}
		r.ids[id].roles = append(r.ids[id].roles, role{how: called, first: a, last: end, head: low, score: r.worth(a, end, low) - 9})
	}
}

// running resolves "the … senator" at word a in running text, so that what
// follows knows of whom it speaks; last is the statement before it.
func (r *resolver) running(a, last int) {
	head := -1
	for k := a + 1; k < len(r.words) && k <= a+5; k++ {
		w := &r.words[k]
		if w.gap != gapSpace || w.line != r.words[a].line || preps[w.low] || halts[w.low] {
			break
		}
		if r.roleNoun(k) {
			head = k
		}
	}
	var but []int
	if last >= 0 && r.inContent(last, a) {
		but = r.answers[last].ids // who speaks of "the senator" is somebody else
	}
	if head < 0 || vague[r.words[head].low] || lexicon.Kin().Has(r.words[head].low) || r.words[head].poss {
		return
	}
	if next := head + 1; next < len(r.words) && r.words[next].gap < gapComma {
		if w := &r.words[next]; r.nameAt[next] >= 0 || w.low == "of" && !strings.HasSuffix(r.words[a+1].low, "-year-old") || !halts[w.low] && !preps[w.low] && !lexicon.Common().Has(w.low) && !verbal[w.low] && !(strings.HasSuffix(w.low, "ed") || strings.HasSuffix(w.low, "ing")) {
			return
		}
	}
	low := r.words[head].low
	id := r.holder(a, head, head+1, low)
	if id < 0 {
		if r.topOffice(a, head) {
			return // somebody whom the article need not name
		}
		if id = r.anybody(a, head, -1, but, lexicon.Roles()[low]); id < 0 {
			return
		}
	}
	r.note(event{at: a, id: id, weight: 0.6})
	r.called(id, a, head)
}

var (
	members     = set("republican democrat libertarian tory")
	stories     = set("article story editorial report study analysis column op-ed")
	possessives = set("his her its their our my your")
	vague       = set("source insider pal spokesman spokeswoman spokesperson man woman person official one moderator interviewer narrator")
)

// owners notes who "the mayor" of "the mayor's spokesman" at words a..head is.
func (r *resolver) owners(a, head int) {
	for k := a; k < head; k++ {
		if w := &r.words[k]; !w.poss || r.nameAt[k] >= 0 || !r.roleNoun(k) || lexicon.Kin().Has(w.low) || vague[w.low] {
			continue
		}
		if id := r.holder(a, k, k+1, r.words[k].low); id >= 0 {
			if definite[r.words[a].low] {
				a++
			}
			r.whose[a] = owner{k + 1, id}
		}
		return
	}
}

// capital reports whether a word between a and head has a capital, as in "the
// Nigerian government", which says enough by itself.
func (r *resolver) capital(a, head int) bool {
	for k := a + 1; k < head; k++ {
		if r.words[k].cap {
			return true
		}
	}
	return false
}

// runBy reports whether word k tells by a name whose something is: "Norvania-run", but not
// where it sits ("Norvania-based").
func (r *resolver) runBy(k int) bool {
	w := &r.words[k]
	return !w.cap && strings.Contains(w.low, "-") && !strings.HasSuffix(w.low, "-based") && unicode.IsUpper(firstRune(r.s[w.Start:]))
}

// owned resolves "his team": where the article says "Sanders' team" of the
// same person, that; a role ("his son") by who holds it. What stays open names
// nobody. ok is false where no possessive pronoun begins the phrase.
func (r *resolver) owned(a, c, b, st, last int) (ids []int, ok bool) {
	switch r.words[a].low {
	case "his", "her":
	case "their", "its":
		if c == a+1 {
			return nil, false
		}
		return r.theirOwn(a, c, b, st, last), true
	case "my", "our":
		return nil, c > a+1
	case "whose":
		if who := r.antecedent(a, st, last); len(who) == 1 && c > a+1 {
			r.pronouns[a] = who[0]
			i, j := r.extent(a, c, b)
			return []int{r.describe(i, j, r.words[c-1].low, kindOfNoun(r.nounOf(c-1)))}, true
		}
		return nil, false
	default:
		return nil, false
	}
	if c == a+1 {
		return nil, false
	}
	id := r.pronoun(a, st, last)
	head := r.words[c-1].low
	if r.nounOf(c-1) == nounPerson {
		if who := r.holder(a, c-1, b, head); who >= 0 && who != id && !(vague[head] && r.firstNamed(who) > a) {
			return []int{who}, true
		}
	}
	if id < 0 {
		return nil, true
	}
	if r.nounOf(c-1) == nounDocument {
		return []int{id}, true // "his statement" is his
	}
	for k, n := range r.ids[id].names {
		if m := &r.names[n]; k < 200 && m.last < len(r.words) && r.words[m.last].low == head && r.words[m.last].gap == gapSpace {
			return []int{r.describe(m.first, m.last+1, head, kindOfNoun(r.nounOf(c-1)))}, true
		}
	}
	i, j := r.extent(a, c, b)
	return []int{r.describe(i, j, head, kindOfNoun(r.nounOf(c-1)))}, true
}

// bare reports whether words a..b are a quantity of nothing said: "59 percent",
// "many of them".
func (r *resolver) bare(a, b int) bool {
	for i := a; i < b; i++ {
		if w := &r.words[i]; !quantities[w.low] && !hasDigit(w.low) && !preps[w.low] && !hard[w.low] {
			return false
		}
	}
	return true
}

var quantities = set(`percent many most some several few all none nobody no one two three four five six seven eight nine ten half third quarter quarters thirds fifths
both others another other a an the about nearly almost more less than least just over under only around roughly any each every much them those whom latter former`)

// foreign reports whether roles tell of another country than this alone.
func (r *resolver) foreign(e *identity, from string) bool {
	other := false
	for _, x := range e.roles {
		switch c := r.countryOf(x.first, x.last); c {
		case from:
			return false
		case "":
		default:
			other = true
		}
	}
	return other
}

func kindOfNoun(n noun) kind {
	switch n {
	case nounPerson:
		return kindPerson
	case nounGroup:
		return kindGroup
	case nounBody:
		return kindOrg
	case nounDocument:
		return kindDocument
	}
	return kindUnsure
}

// owner is the last name among words a..head that is not the head, or -1.
func (r *resolver) owner(a, head int) int {
	for k := head - 1; k >= a; k-- {
		if n := r.nameAt[k]; n >= 0 && r.names[n].id >= 0 && r.names[n].last <= head {
			return n
		}
	}
	return -1
}

// holder is the person whose role has the same noun and fits what else the
// description says; the nearest one before it, else the first one after it.
func (r *resolver) holder(a, head, b int, low string) int {
	var mods []string
	for k := a; k < min(b, head+6); k++ {
		w := &r.words[k]
		if k != head && !determiners[w.low] && !preps[w.low] && !ranks[w.low] && !possessives[w.low] {
			mods = append(mods, w.low)
		}
	}
	best, score := -1, 0.0
	at := a
	of := r.countryOf(a, min(b, head+6))
	g := lexicon.Roles()[low]
	try := func(id, mention int) {
		e := &r.ids[id]
		if e.described || strings.HasPrefix(low, "spokes") && !agree(g, e.gender) { // a woman may be the chairman
			return
		}
		for _, x := range e.roles {
			from := r.countryOfRole(x)
			if !r.holds(x, low) && !(of != "" && from == of && native(low)) {
				continue // "the German" is a German skier too
			}
			s := 1.0
			if from != "" && of != "" && from != of {
				continue // "the American president" is not the Russian one, nor the senator of Ohio that of Iowa
			}
			if r.otherOffice(a, head+1, x.first, x.last, x.head) || r.anotherPersons(a, head, x, e) {
				continue
			}
			for _, m := range mods {
				hit := false
				for k := x.first; k < x.last; k++ {
					hit = hit || alike(r.words[k].low, m)
				}
				if hit {
					s += 0.6
				} else {
					s -= 0.35
				}
			}
			if gap := r.words[at].sent - r.words[mention].sent; gap >= 0 {
				s += 0.5 / (1 + 0.3*float64(gap))
			} else {
				s -= 0.1
			}
			if s > score {
				best, score = id, s
			}
		}
	}
	seen := map[int]bool{}
	here := r.before(r.events, a)
	for i := here; i >= 0 && len(seen) < 60 && here-i < 400; i-- {
		if e := r.events[i]; !seen[e.id] {
			seen[e.id] = true
			try(e.id, e.at)
		}
	}
	for i := here + 1; i < len(r.events) && len(seen) < 90 && i-here < 400; i++ {
		if e := r.events[i]; !seen[e.id] {
			seen[e.id] = true
			try(e.id, e.at)
		}
	}
	if score < 0.8 {
		return -1
	}
	return best
}

// countryOfRole is countryOf a role and what stands behind the name with it ("of Iowa",
// "R-Iowa").
func (d *doc) countryOfRole(x role) string {
	if c := d.countryOf(x.first, x.last); c != "" || x.last >= len(d.words) || d.nameAt[x.last] < 0 {
		return c
	}
	end := d.names[d.nameAt[x.last]].last
	if end < len(d.words) && d.seat(end) {
		_, place, _ := strings.Cut(d.words[end].low, "-")
		return country(lexicon.Places()[place])
	}
	if x.tail.Start < x.tail.End {
		return d.countryOf(d.span(x.tail))
	}
	return ""
}

var roleSynonyms = map[string]string{"spokeswoman": "spokesperson", "spokesman": "spokesperson", "chairwoman": "chair", "chairman": "chair", "advisor": "adviser", "gov": "governor", "sen": "senator", "rep": "representative",
	"congressman": "representative", "congresswoman": "representative", "lawmaker": "legislator", "ceo": "executive", "chief": "head", "leader": "head", "pres": "president", "gop": "republican", "actress": "actor", "lord": "peer", "baroness": "peer"}

func sameRole(a, b string) bool {
	if a == b {
		return true
	}
	if k := strings.LastIndexByte(a, '-'); k > 0 && a[k+1:] == b {
		return true
	}
	x, y := roleSynonyms[a], roleSynonyms[b]
	return x != "" && (x == b || x == y) || y != "" && y == a
}

// alike compares words of roles: a country with its demonym too.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	dem, places := lexicon.Demonyms(), lexicon.Places()
	x, y := dem[a], dem[b]
	if x == "" {
		x = places[a]
	}
	if y == "" {
		y = places[b]
	}
	if x == "" || y == "" {
		return false
	}
	return country(x) == country(y)
}

// countryOf is the first country that words a..b name or whose adjective they
// hold, "" if none.
func (d *doc) countryOf(a, b int) string {
	for i := a; i < b; i++ {
		w := &d.words[i]
		if !w.cap || w.low == "us" && !w.upper {
			continue
		}
		if c := lexicon.Demonyms()[w.low]; c != "" {
			return country(c)
		}
		if i+1 < b && d.words[i+1].cap && d.words[i+1].gap == gapSpace {
			if c := lexicon.Places()[w.low+" "+d.words[i+1].low]; c != "" {
				return country(c) // "New York"
			}
		}
		if c := lexicon.Places()[w.low]; c != "" {
			return country(c)
		}
	}
	return ""
}

func country(s string) string {
	switch s {
	case "U.S.", "US", "USA":
		return "United States"
	case "U.K.", "UK":
		return "United Kingdom"
	}
	return s
}

// earlier is the last description before word at with the same noun.
func (r *resolver) earlier(head string, k kind, at int) int {
	best, size := -1, 0
	for id := len(r.ids) - 1; id >= 0 && r.ids[id].described && id > len(r.ids)-60; id-- {
		e := &r.ids[id]
		if e.kind != k || e.first >= at && k != kindDocument || e.head != head && !(k == kindDocument && papers[e.head] != "" && papers[e.head] == papers[head]) {
			continue
		}
		if n := e.last - e.first; n > size {
			best, size = id, n
		}
		if k != kindDocument {
			break
		}
	}
	return best
}

var papers = map[string]string{"poll": "poll", "survey": "poll", "polls": "poll", "surveys": "poll", "study": "study", "research": "study", "report": "report", "inquiry": "report", "review": "report", "bill": "law", "legislation": "law", "law": "law", "measure": "law", "laws": "law", "lawsuit": "suit", "suit": "suit", "complaint": "suit"}

// onlyStaff reports whether all that the article says of somebody is that he works for those
// in the foreground, or asks them.
func (e *identity) onlyStaff() bool {
	some := false
	for _, x := range e.roles {
		if x.how != called && !staff[x.head] {
			return false
		}
		some = some || x.how != called
	}
	return some
}

var (
	elective = set("candidate nominee hopeful contender front-runner frontrunner governor senator president mayor congressman congresswoman minister")
	staff    = set("strategist manager aide adviser advisor spokesman spokeswoman spokesperson staffer pollster consultant reporter anchor host moderator interviewer correspondent")
)

// anybody is the person most in the foreground but for some, for "the actor", "the
// 46-year-old" of words at..head where no role tells.
func (r *resolver) anybody(at, head, st int, but []int, g lexicon.Gender) int {
	if r.labelled(r.words[at].line) {
		return -1 // "Q: The mayor says that you knew."
	}
	for k := at; k < len(r.words) && k < at+9 && r.words[k].sent == r.words[at].sent && (g == 0 || g == lexicon.Either); k++ {
		switch w := &r.words[k]; { // "the director said he …"
		case w.quoted:
		case w.low == "he" || w.low == "his":
			g = lexicon.Male
		case w.low == "she" || w.low == "her":
			g = lexicon.Female
		}
	}
	from, low := r.countryOf(at, head+1), r.words[head].low
	fits := func(id int) float64 {
		e := &r.ids[id]
		if e.described || e.kind != kindPerson || slices.Contains(but, id) || from != "" && r.foreign(e, from) || r.writes(id) || elective[low] && e.onlyStaff() || g != 0 && g != lexicon.Either && e.gender != 0 && e.gender != lexicon.Either && e.gender != g {
			return 0
		}
		return 1
	}
	scores := r.scores(at, st, fits)
	r.weighAffinity(scores, st, fits)
	id, score, second := top(scores)
	if id < 0 || score < 0.25 || score < 1.25*second || r.elsewhere(id, at, head) {
		return -1
	}
	return id
}
