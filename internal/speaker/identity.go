package speaker

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/lexicon"
)

// An identity is one person, organisation or place with all its names in the
// article.
type identity struct {
	kind    kind
	gender  lexicon.Gender // 0 where nothing tells
	words   []string       // of its fullest name, lower case
	full    int            // the fullest mention
	begins  int            // word at which it is first named in full
	names   []int          // mentions, in order of the text
	roles   []role
	surname int // mentions by the last word alone
	seen    int // mentions joined so far

	// A description that stands for somebody without a name: its words.
	described bool
	first     int
	last      int
	head      string // its noun, lower case
	of        [2]int // words of whom it is a part, without length where it is none
}

var suffixes = set("jr sr ii iii iv")

var nicknames = map[string]string{"bill": "william", "will": "william", "bob": "robert", "rob": "robert", "mike": "michael", "joe": "joseph", "jim": "james", "jimmy": "james",
	"tom": "thomas", "dan": "daniel", "dave": "david", "ted": "edward", "ed": "edward", "liz": "elizabeth", "beth": "elizabeth", "dick": "richard", "rick": "richard", "rich": "richard",
	"chuck": "charles", "charlie": "charles", "tony": "anthony", "ben": "benjamin", "sam": "samuel", "steve": "stephen", "steven": "stephen", "greg": "gregory", "jeff": "jeffrey", "ken": "kenneth",
	"ron": "ronald", "don": "donald", "tim": "timothy", "matt": "matthew", "nick": "nicholas", "alex": "alexander", "andy": "andrew", "chris": "christopher", "kate": "katherine", "kathy": "kathleen",
	"sue": "susan", "debbie": "deborah", "jen": "jennifer", "pat": "patrick", "larry": "lawrence", "harry": "harold", "jerry": "gerald", "fred": "frederick", "josh": "joshua", "zach": "zachary", "vince": "vincent"}

func (d *doc) nameWords(m *name) []string {
	var out []string
	for i := m.first; i < m.last; i++ {
		if w := &d.words[i]; !(suffixes[w.low] && i > m.first) && !(w.low == "the" && i == m.first) {
			out = append(out, w.low)
		}
	}
	return out
}

// join gives each name an identity: full names first, then what is shorter.
func (d *doc) join() {
	d.known, d.forenames, d.orgs = map[string][]int{}, map[string][]int{}, map[string][]int{}
	d.alias, d.holding, d.inside = map[string]int{}, map[string][]int{}, map[string]int{}
	for n := range d.names {
		m := &d.names[n]
		if w := d.nameWords(m); len(w) > 1 && !m.headline {
			d.joinFull(n, w)
		}
	}
	d.single = map[string]int{}
	for n := range d.names {
		m := &d.names[n]
		if m.last-m.first == 1 && !m.headline && d.words[m.first].line > 0 {
			if low := d.words[m.first].low; d.single[low] == 0 {
				d.single[low] = m.first
			}
		}
	}
	d.joinPolite()
	d.joinKin()
	for n := range d.names {
		m := &d.names[n]
		if m.id >= 0 {
			continue
		}
		if w := d.nameWords(m); len(w) > 1 {
			d.joinFull(n, w)
		} else if len(w) == 1 {
			d.joinShort(n, w[0])
		}
	}
	for n := range d.names {
		if id := d.names[n].id; id >= 0 {
			e := &d.ids[id]
			e.names = append(e.names, n)
			d.learn(e, n)
		}
	}
	for i := range d.ids {
		d.settle(&d.ids[i])
		if e := &d.ids[i]; e.kind == kindOrg && len(e.words) > 1 {
			for _, w := range e.words {
				d.holding[w] = appendNew(d.holding[w], i)
			}
		}
	}
}

// joinPolite gives surnames with "Mr" or "Mrs" an identity of their own where
// nobody of that gender is named in full: "Mr. Finch" is not Nora Finch.
func (d *doc) joinPolite() {
	for n := range d.names {
		m := &d.names[n]
		w := d.nameWords(m)
		if m.id >= 0 || len(w) != 1 || !m.honorific.Sure() || m.headline {
			continue
		}
		fits, others := false, false
		for _, id := range d.known[w[0]] {
			e := &d.ids[id]
			g := d.guess(e)
			fits = fits || !g.Sure() || g == m.honorific
			others = others || len(e.words) > 1
		}
		if fits || !others {
			continue
		}
		id := d.withMore(w[0], m.honorific)
		if id < 0 {
			id = d.newIdentity(n, w)
		}
		e := &d.ids[id]
		e.kind, e.gender, e.seen = kindPerson, m.honorific, e.seen+d.surnames(w[0], m.honorific)
	}
}

// surnames counts a surname's mentions with a title of one gender.
func (d *doc) surnames(w string, g lexicon.Gender) int {
	many := 0
	for n := range d.names {
		if m := &d.names[n]; m.honorific == g && m.last-m.first == 1 && d.words[m.first].low == w {
			many++
		}
	}
	return many
}

// withMore finds somebody whose full name stands only in a longer one ("Nora Finch
// Memorial Prize"), and cuts that down to it; -1 where there is none.
func (d *doc) withMore(surname string, g lexicon.Gender) int {
	for _, id := range d.forenames[surname] {
		e := &d.ids[id]
		m := &d.names[e.full]
		if len(e.words) < 4 || e.words[1] != surname || d.guess(e) != g || m.last-m.first != len(e.words) {
			continue
		}
		for i := m.first + 2; i < m.last; i++ {
			d.nameAt[i] = -1
		}
		m.last = m.first + 2
		e.words = e.words[:2]
		d.index(id, e.words)
		return id
	}
	return -1
}

// bracketed is the identity of a name right before, for "Rail Accident Investigation
// Branch (RAIB)" and "Harbour Party, or HP"; -1 where m is no such short form.
func (d *doc) bracketed(m *name) int {
	w := &d.words[m.first]
	if m.first == 0 || !w.upper && !d.innerCapital(m.first) || w.line != d.words[m.first-1].line {
		return -1
	}
	end, other := m.first, false
	if or := &d.words[end-1]; or.low == "or" && or.gap == gapComma && w.gap <= gapQuote && end > 1 {
		end, other = end-1, true
	} else if w.gap != gapBracket || byteBefore(d.s, w.Start) != '(' {
		return -1
	}
	n := d.nameAt[end-1]
	if n < 0 || d.names[n].id < 0 || d.names[n].last != end {
		return -1
	}
	e := &d.ids[d.names[n].id]
	if e.kind == kindPerson || initial(e.words[0]) != initial(w.low) || other && (len(e.words) == 1 || m.kind == kindPlace) {
		return -1 // "the UK, or US" are two
	}
	return d.names[n].id
}

func (d *doc) newIdentity(n int, words []string) int {
	m := &d.names[n]
	id := len(d.ids)
	d.ids = append(d.ids, identity{kind: m.kind, words: words, full: n, begins: m.first, seen: 1})
	m.id = id
	d.index(id, words)
	return id
}

func (d *doc) index(id int, words []string) {
	last := words[len(words)-1]
	e := &d.ids[id]
	if e.kind != kindOrg && e.kind != kindPlace {
		d.known[last] = appendNew(d.known[last], id)
		if len(words) > 1 {
			d.forenames[words[0]] = appendNew(d.forenames[words[0]], id)
			if len(words) > 2 { // "Emma Roma Jayne": also "Roma"
				d.forenames[words[1]] = appendNew(d.forenames[words[1]], id)
			}
		}
	}
	if e.kind == kindOrg && len(words) > 2 && lexicon.Given().Has(words[0]) {
		d.inside[words[1]] = id
	}
	if e.kind != kindPerson {
		d.orgs[strings.Join(words, " ")] = appendNew(d.orgs[strings.Join(words, " ")], id)
		d.orgs[words[0]] = appendNew(d.orgs[words[0]], id)
		if last != words[0] {
			d.orgs[last] = appendNew(d.orgs[last], id)
		}
		for _, a := range []string{acronym(words), firstLetters(words)} {
			if utf8.RuneCountInString(a) > 1 {
				d.orgs[a] = appendNew(d.orgs[a], id)
			}
		}
	}
}

func appendNew(list []int, id int) []int {
	for _, x := range list {
		if x == id {
			return list
		}
	}
	return append(list, id)
}

// innerCapital reports whether word i has a capital behind its first letter.
func (d *doc) innerCapital(i int) bool {
	s := d.s[d.words[i].Start:d.words[i].End]
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[size:]) != s[size:]
}

// firstLetters are the first letters of all words: "tfl" for "Transport for London".
func firstLetters(words []string) string {
	s := ""
	for _, w := range words {
		s += initial(w)
	}
	return s
}

// initial is the first letter of a word: "ö" of "ökologische".
func initial(w string) string {
	_, size := utf8.DecodeRuneInString(w)
	return w[:size]
}

func acronym(words []string) string {
	s := ""
	for _, w := range strings.FieldsFunc(strings.Join(words, " "), func(r rune) bool { return r == ' ' || r == '-' || r == '–' }) {
		if w != "of" && w != "the" && w != "and" && w != "for" && w != "" {
			s += initial(w)
		}
	}
	return s
}

// joinFull joins a name of several words.
func (d *doc) joinFull(n int, words []string) {
	m := &d.names[n]
	last := words[len(words)-1]
	for _, id := range d.known[last] {
		e := &d.ids[id]
		if m.kind == kindOrg || m.kind == kindPlace || len(e.words) < 2 {
			continue
		}
		if first := d.nameAt[e.begins]; d.junior(m) && first >= 0 && len(words) <= len(e.words) && !d.junior(&d.names[first]) && !d.names[first].headline {
			continue // "Carl Finch Jr." after Carl Finch
		}
		if samePerson(e.words, words) {
			m.id = id
			e.seen++
			if e.kind == kindUnsure {
				e.kind = m.kind
			}
			if len(words) > len(e.words) && (d.isGiven(m.first) || !d.isGiven(d.names[e.full].first)) || len(words) == len(e.words) && len(strings.Join(words, "")) > len(strings.Join(e.words, "")) && !e.worded(words) {
				e.words, e.full = words, n
				d.index(id, words)
			}
			return
		}
	}
	if len(words) == 2 && royal[words[0]] { // "Dame Elaine" after "Dame Elaine Corrie"
		for _, id := range d.forenames[words[0]] {
			if e := &d.ids[id]; len(e.words) > 2 && prefix(e.words, words) {
				m.id = id
				e.seen++
				return
			}
		}
	}
	if m.kind != kindPerson {
		for _, id := range d.orgs[strings.Join(words, " ")] {
			if d.ids[id].kind == kindUnsure {
				d.ids[id].kind = m.kind
			}
			if len(d.ids[id].words) == len(words) {
				m.id = id
				return
			}
		}
		if m.kind == kindUnsure || m.kind == kindOrg {
			for _, id := range d.orgs[words[0]] {
				if d.bodyCap[firstLetters(words)] {
					break // "General Motors", or GM, beside "General Motors Acceptance Corp"
				}
				if e := &d.ids[id]; len(e.words) > len(words) && prefix(e.words, words) && (e.kind == kindOrg || d.bothUnsure(e, m)) {
					m.id = id
					return
				}
			}
			if id := d.longer(words); id >= 0 {
				m.id = id
				return
			}
			for _, id := range d.orgs[words[0]] { // "Acme Square" before "Acme Square Capital"
				if e := &d.ids[id]; len(e.words) > 1 && len(e.words) < len(words) && prefix(words, e.words) && !d.bodyCap[firstLetters(e.words)] && (e.kind == kindOrg || m.kind == kindOrg && e.kind == kindUnsure || d.bothUnsure(e, m)) {
					m.id = id
					e.words, e.full, e.kind = words, n, kindOrg
					d.index(id, words)
					return
				}
			}
		}
	}
	d.newIdentity(n, words)
}

// longer is the organisation whose name ends with these words, two or more of them,
// where only one does: "United Nations Security Council" for "Security Council".
func (d *doc) longer(words []string) int {
	best := -1
	for _, id := range d.orgs[words[len(words)-1]] {
		if e := &d.ids[id]; e.kind == kindOrg && len(e.words) > len(words) && slices.Equal(e.words[len(e.words)-len(words):], words) {
			if best >= 0 {
				return -1
			}
			best = id
		}
	}
	return best
}

// bothUnsure reports whether nothing tells what an identity and a name are, and neither
// begins as a person's.
func (d *doc) bothUnsure(e *identity, m *name) bool {
	full := &d.names[e.full]
	return e.kind == kindUnsure && m.kind == kindUnsure && !m.headline && !full.headline && !d.isGiven(m.first) && !d.words[m.first].upper && !d.words[full.last-1].upper
}

// junior reports whether a name ends in "Jr.".
func (d *doc) junior(m *name) bool { return d.words[m.last-1].low == "jr" }

func (e *identity) worded(words []string) bool {
	return strings.Join(e.words, " ") == strings.Join(words, " ")
}

func prefix(long, short []string) bool {
	for i, w := range short {
		if long[i] != w {
			return false
		}
	}
	return true
}

// samePerson reports whether two full names with the same last word can be one
// person's.
func samePerson(a, b []string) bool {
	a, b = a[:len(a)-1], b[:len(b)-1]
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if same(a[0], b[0]) {
		return true
	}
	for i := range b { // "Roma Jayne" of "Emma Roma Jayne"
		if a[0] == b[i] && len(a) == len(b)-i {
			return true
		}
	}
	return false
}

func same(a, b string) bool {
	if a == b || nicknames[a] == b || nicknames[b] == a || nicknames[a] != "" && nicknames[a] == nicknames[b] {
		return true
	}
	if squeeze(a) == squeeze(b) {
		return true // Hilary, Hillary
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) == 1 && a[0] == b[0] || len(a) >= 3 && strings.HasPrefix(b, a) && len(b)-len(a) <= 4
}

// joinShort joins a name of one word to the identity that it shortens.
func (d *doc) joinShort(n int, w string) {
	m := &d.names[n]
	person := m.kind == kindPerson || m.honorific != 0 || m.title < m.first
	if id := d.bracketed(m); id >= 0 {
		m.id = id
		d.ids[id].seen++
		d.orgs[w] = appendNew(d.orgs[w], id)
		d.alias[w] = id
		return
	}
	if id, ok := d.alias[w]; ok {
		m.id = id
		d.ids[id].seen++
		return
	}
	var best, score = -1, 0
	nearest := -1 // "Miss Finch" among sisters is the one named last
	if m.honorific.Sure() {
		nearest = d.nearestOf(n, d.known[w])
	}
	consider := func(id, base int) {
		e := &d.ids[id]
		if m.honorific != 0 && m.honorific != lexicon.Either && d.guess(e) != 0 && d.guess(e) != lexicon.Either && d.guess(e) != m.honorific {
			return
		}
		s := base
		if m.honorific != 0 && m.honorific != lexicon.Either && d.guess(e) == m.honorific {
			s += 4
		}
		full := &d.names[e.full]
		switch gap := d.words[m.first].sent - d.words[full.first].sent; {
		case full.headline:
		case gap >= 0 && gap <= 2:
			s += 3
		case gap >= 0:
			s += 1
		}
		if best < 0 || s > score || s == score && id == nearest {
			best, score = id, s
		}
	}
	placeName := m.kind == kindPlace && !person
	if byteBefore(d.s, d.words[m.first].Start) == '@' {
		for id := range d.ids {
			if e := &d.ids[id]; len(e.words) > 1 && strings.Join(e.words, "") == w {
				consider(id, 30) // "@NoraFinch"
			}
		}
	}
	for _, id := range d.known[w] {
		if x := &d.words[m.first]; x.upper && len(w) <= 3 && !d.words[d.names[d.ids[id].full].last-1].upper {
			continue // "the UN" is not Mr. Un
		}
		if e := &d.ids[id]; e.kind == kindUnsure && m.honorific == 0 && d.single[w] > 0 && d.single[w] < e.begins {
			continue // "Acme", and later "Camp Acme": a surname comes after the full name
		}
		if e := &d.ids[id]; (len(e.words) > 1 || e.kind == kindPerson && e.gender.Sure()) && (!placeName || e.kind == kindPerson) {
			base := 10 + min(e.seen, 10)
			if len(e.words) == 2 && royal[e.words[0]] && m.title == m.first {
				base -= 5 // "Finch" beside "Lady Finch" is another
			}
			if len(e.words) == 1 && m.honorific == 0 {
				base-- // who is always "Ms. Finch"
			}
			consider(id, base)
		}
	}
	if best < 0 && !placeName {
		for _, id := range d.forenames[w] {
			if d.ids[id].kind == kindPerson || d.isGiven(m.first) || m.honorific != 0 {
				consider(id, 5)
			}
		}
	}
	if best < 0 && !person {
		letters := utf8.RuneCountInString(w)
		for _, id := range d.orgs[w] {
			e := &d.ids[id]
			switch whole := len(e.words) == 1; {
			case whole:
				consider(id, 20)
			case (acronym(e.words) == w || firstLetters(e.words) == w) && (letters >= 4 || d.innerCapital(m.first) || letters == 3 && !d.lower[w] && !d.isGiven(m.first) && !lexicon.Common().Has(w)):
				consider(id, 15)
			case placeName || d.demonym(w) || calendar[w] || m.weak && !d.confirmed(w):
			case e.kind == kindUnsure && e.begins > 0 && d.words[e.begins-1].low == "the" && (m.first == 0 || d.words[m.first-1].low != "the"): // "the Finch Train" is not Finch
			case e.words[0] == w && !generic[w] && e.begins < d.single[w] && e.kind != kindPlace && !d.isPlace(d.names[e.full].first, d.names[e.full].first+1):
				consider(id, 8)
			case e.words[len(e.words)-1] == w && e.kind == kindOrg && m.first > 0 && d.words[m.first-1].low == "the":
				consider(id, 8)
			}
		}
	}
	if best < 0 {
		for _, id := range d.known[w] {
			if len(d.ids[id].words) == 1 {
				consider(id, 10)
			}
		}
	}
	if best >= 0 {
		m.id = best
		e := &d.ids[best]
		e.seen++
		if m.honorific == lexicon.Male || m.honorific == lexicon.Female {
			e.gender = m.honorific
		}
		if len(e.words) > 1 && e.words[len(e.words)-1] == w {
			e.surname++
		}
		if e.kind == kindUnsure && (m.kind == kindPerson || m.honorific != 0) {
			e.kind = kindPerson
		}
		if d.names[e.full].weak && !m.weak && len(e.words) == 1 {
			e.full = n
		}
		return
	}
	if id := d.inTitle(w); id >= 0 && !placeName && !d.isGiven(m.first) {
		m.id = id
		d.ids[id].seen++
		return
	}
	low := d.words[m.first].low
	if !person && m.kind != kindPlace && (lexicon.Roles().Has(low) || lexicon.Groups().Has(low) || lexicon.Documents().Has(low) || lexicon.Bodies().Has(low) || d.nounOf(m.first) == nounGroup) && !(d.words[m.first].upper && !m.weak) {
		return
	}
	if m.weak && !person && m.kind == kindUnsure && !d.bodyCap[low] && !(lexicon.Outlets().Has(low) && !d.lower[low]) && !d.isGiven(m.first) && !d.words[m.first].poss && !(m.last < len(d.words) && d.words[m.last].gap == gapSpace && (verbal[d.words[m.last].low] || !m.headline && verbLike(d.words[m.last].low))) {
		return
	}
	d.newIdentity(n, []string{w})
}

// inTitle is the person of this surname whose full name stands only in that of a show or a
// prize ("The Nora Finch Show"), which is cut down to it; -1 where there is none.
func (d *doc) inTitle(surname string) int {
	id, ok := d.inside[surname]
	if !ok || lexicon.Common().Has(surname) || lexicon.OrgWords().Has(surname) || d.demonym(surname) || calendar[surname] {
		return -1
	}
	e := &d.ids[id]
	if m := &d.names[e.full]; len(e.words) > 2 && m.last-m.first == len(e.words) {
		for i := m.first + 2; i < m.last; i++ {
			d.nameAt[i] = -1
		}
		m.last, m.kind = m.first+2, kindPerson
		e.words, e.kind = e.words[:2], kindPerson
		d.index(id, e.words)
		return id
	}
	return -1
}

// nearestOf is who of several of a surname is named last, in full or not, before name n; -1
// where there are not several.
func (d *doc) nearestOf(n int, ids []int) int {
	if len(ids) < 2 {
		return -1
	}
	for k := n - 1; k >= 0 && k > n-40; k-- {
		if m := &d.names[k]; m.id >= 0 && !m.headline && slices.Contains(ids, m.id) {
			return m.id
		}
	}
	return -1
}

var generic = set("new north south east west national american british international united general first royal federal state city county university school house white supreme great real fox black")

func (d *doc) demonym(w string) bool { _, ok := lexicon.Demonyms()[w]; return ok }

// confirmed reports whether a word at the start of a sentence stands elsewhere
// as a name.
func (d *doc) confirmed(w string) bool { return len(d.orgs[w]) > 0 || len(d.known[w]) > 0 }

// guess gives the gender that the given name or a title tells, 0 if none.
func (d *doc) guess(e *identity) lexicon.Gender {
	if e.gender != 0 {
		return e.gender
	}
	if len(e.words) > 1 && e.kind != kindOrg && e.kind != kindPlace {
		w := e.words[0]
		if i := strings.IndexByte(w, '-'); i > 0 {
			if _, ok := lexicon.Given()[w]; !ok {
				w = w[:i]
			}
		}
		return lexicon.Given()[w]
	}
	return 0
}

// learn takes what a mention tells about its identity.
func (d *doc) learn(e *identity, n int) {
	m := &d.names[n]
	if m.honorific == lexicon.Male || m.honorific == lexicon.Female {
		e.gender = m.honorific
	}
	if m.kind == kindPerson && e.kind == kindUnsure {
		e.kind = kindPerson
	}
}

// settle decides what is still open about an identity.
func (d *doc) settle(e *identity) {
	if e.gender == 0 {
		e.gender = d.guess(e)
	}
	if e.kind == kindPlace && d.words[d.names[e.full].first].quoted { // a country as the article itself calls it
		for _, n := range e.names {
			if m := &d.names[n]; !m.headline && !d.words[m.first].quoted {
				e.full = n
				break
			}
		}
	}
	for _, n := range e.names {
		m := &d.names[n]
		if e.kind == kindUnsure && m.last < len(d.words) {
			if w := &d.words[m.last]; w.gap == gapComma && len(w.low) == 2 && w.low[0] >= '1' && w.low[0] <= '9' && w.low[1] >= '0' && w.low[1] <= '9' {
				e.kind = kindPerson // "Hayley Walsh, 42,"
			} else if d.who(m.last) {
				e.kind = kindPerson
			}
		}
	}
}
