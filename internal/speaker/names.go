package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// kind says what a name names.
type kind uint8

const (
	kindUnsure kind = iota
	kindPerson
	kindOrg
	kindPlace
	kindDocument
	kindGroup
)

// A name is one mention of a name: words first to last, half-open, without the
// title that stands before it.
type name struct {
	first, last int
	title       int // first word of title and name together
	kind        kind
	honorific   lexicon.Gender // of a title such as Mr, 0 where there is none
	headline    bool
	weak        bool // one word at the start of a sentence: perhaps no name
	id          int  // index of its identity, -1
}

// A doc is an article cut into words with its names.
type doc struct {
	s         string
	words     []word
	lines     []line
	nouns     []noun // what each word stands for
	names     []name
	nameAt    []int           // for each word the name that holds it, or -1
	lower     map[string]bool // words that stand somewhere without a capital
	capitals  map[string]bool // words all in capitals
	speaks    map[string]bool // words with a digit beside a verb of saying
	inBody    map[string]kind // names of several words below the headlines
	bodyCap   map[string]bool // words with a capital within a sentence
	beside    map[string]bool // words with a capital below the headlines, before another word than "for"
	ids       []identity
	outlet    string
	byline    string
	known     map[string][]int // last word of full names, lower case: identities
	forenames map[string][]int
	spellings map[string][]int // persons by the consonants of their surnames
	single    map[string]int   // where a name of one word stands first in the body
	holding   map[string][]int // any word of an organisation's name
	alias     map[string]int   // short forms in brackets
	inside    map[string]int   // second word of organisations that begin with a given name
	orgs      map[string][]int // first word, acronym and whole of organisations
}

var (
	particles = set("of de del von van der den bin ibn al el la le da dos du di y dela")
	hard      = set("i he she it they we you me him her us them his hers its their our my your this that these those who what which whose")
	ranks     = set("former ex acting deputy senior vice chief top assistant associate interim current then-president longtime outgoing incoming lead leading")
	calendar  = set("monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december mon tue tues wed thu thurs fri sat sun jan feb apr jun jul aug sep sept oct nov dec")
	royal     = set("king queen prince princess pope lady lord duke duchess emperor empress baroness baron st dame sheikh ayatollah")
	parties   = set("republican democrat democratic conservative labour labor tory gop socialist green liberal libertarian independent communist")
	clock     = set("ok tv et utc gmt est edt cst cdt pst pdt pt bst cet am pm dna suv url pdf usd id vip diy")
	panels    = set("committee commission council subcommittee conference institute panel center centre caucus")
	states    = set("ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo n.h n.j n.m n.y n.c n.d r.i s.c s.d w.va d.c ont que b.c")
	numbered  = set("article section resolution proposition channel title amendment")
	joinAnd   = set("ministry department citizens office bureau committee council centre center institute school college agency bosnia trinidad antigua johnson procter ernst barnes house university society association")
)

func (d *doc) slice(a, b int) string {
	if a >= b {
		return ""
	}
	return d.s[d.words[a].Start:d.words[b-1].End]
}

func (d *doc) rng(a, b int) text.Range {
	return text.Range{Start: d.words[a].Start, End: d.words[b-1].End}
}

// starts reports whether a name can begin with word i.
func (d *doc) starts(i int) bool {
	w := &d.words[i]
	if w.low == "us" && w.upper && w.Len() == 2 && !d.lines[w.line].headline {
		return true
	}
	if hard[w.low] && d.initials(i) {
		return true
	}
	if !w.cap || d.seat(i) || hard[w.low] || calendar[w.low] && !(d.follows(i) && (d.isGiven(i) || lexicon.Outlets().Has(d.key(i, i+2)))) || clock[w.low] && w.upper {
		return false
	}
	if d.follows(i) && d.openingVerb(i) {
		return false // "Remarked Nora Finch"
	}
	if !lexicon.Common().Has(w.low) {
		return true
	}
	if d.follows(i) && !d.lines[w.line].headline && i+3 <= len(d.words) && d.shortened(i, i+3) {
		return true // "All Nippon Airways", with ANA elsewhere
	}
	return (w.low == "new" || !w.first && (w.gap == gapSpace || w.gap == gapComma)) && !d.lines[w.line].headline && d.follows(i) && w.low != "the" && w.low != "a" && w.low != "and"
}

// openingVerb reports whether word i is a verb of what somebody did that begins a
// sentence.
func (d *doc) openingVerb(i int) bool {
	w := &d.words[i]
	return w.first && strings.HasSuffix(w.low, "ed") && (verbLike(w.low) || said[w.low])
}

// initials reports whether word i is letters of a name that spell a pronoun: behind
// "the" or in brackets, and WHO also alone where no words in capitals stand around it.
func (d *doc) initials(i int) bool {
	w := &d.words[i]
	switch {
	case !w.upper || w.Len() < 3:
		return false
	case i > 0 && d.words[i-1].low == "the", byteBefore(d.s, w.Start) == '(':
		return true
	}
	return w.low == "who" && !d.lines[w.line].headline && !d.follows(i) && !(i > 0 && d.words[i-1].upper && w.gap == gapSpace)
}

// who reports whether word i is the pronoun, and not the letters of a name.
func (d *doc) who(i int) bool { return d.words[i].low == "who" && d.nameAt[i] < 0 }

// seat reports whether word i is a legislator's party and state ("D-N.Y.") or a town's
// state ("Easton, Calif.").
func (d *doc) seat(i int) bool {
	w := &d.words[i]
	if w.gap == gapComma && states[strings.TrimSuffix(w.low, ".")] && byteBefore(d.s, w.End) == '.' {
		return true
	}
	return w.Len() > 3 && w.low[1] == '-' && strings.IndexByte("dri", w.low[0]) >= 0 && d.s[w.Start+2] >= 'A' && d.s[w.Start+2] <= 'Z' && w.gap >= gapBracket
}

// follows reports whether another capitalised word stands right after word i.
func (d *doc) follows(i int) bool {
	return i+1 < len(d.words) && d.words[i+1].cap && d.words[i+1].gap == gapSpace && !d.words[i].poss
}

// findNames fills d.names in order of the text.
func (d *doc) findNames() {
	d.speaks = map[string]bool{}
	d.lower, d.bodyCap, d.capitals, d.beside = map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range d.words {
		if w := &d.words[i]; w.cap && !d.lines[w.line].headline && (i+1 == len(d.words) || d.words[i+1].low != "for") {
			d.beside[w.low] = true
		}
		if w := &d.words[i]; hasDigit(w.low) && (i+1 < len(d.words) && said[d.words[i+1].low] || i > 0 && said[d.words[i-1].low]) {
			d.speaks[w.low] = true
		}
		if w := &d.words[i]; w.out {
			continue
		} else if !w.cap {
			d.lower[w.low] = true
		} else if w.upper && !d.lines[w.line].headline && w.Len() > 2 {
			d.capitals[w.low] = true
			d.bodyCap[w.low] = true
		} else if !w.first && !d.lines[w.line].headline {
			d.bodyCap[w.low] = true
		}
	}
	whole := d.spelled()
	d.ownName(whole)
	d.nameAt = make([]int, len(d.words))
	for i := range d.nameAt {
		d.nameAt[i] = -1
	}
	for _, l := range d.lines {
		if !l.headline {
			d.lineNames(l, whole)
		}
	}
	d.inBody = map[string]kind{}
	for n := range d.names {
		if m := &d.names[n]; m.last-m.first > 1 {
			d.inBody[d.key(m.first, m.last)] = m.kind
		}
	}
	for _, l := range d.lines { // what the body knows, headlines may say
		if l.headline {
			d.lineNames(l, whole)
		}
	}
	slices.SortStableFunc(d.names, func(a, b name) int { return a.first - b.first })
	d.commonSurnames()
	for n, m := range d.names {
		for i := m.first; i < m.last; i++ {
			d.nameAt[i] = n
		}
	}
}

// lineNames adds the names of a line. whole gives the last word of names that are
// known to be whole, by their first.
func (d *doc) lineNames(l line, whole map[int]int) {
	if l.last-l.first == 1 && d.words[l.first].upper && d.words[l.first].Len() > 5 {
		return // "ABSTRACT."
	}
	for i := l.first; i < l.last; {
		if e := whole[i]; e > 0 && e <= l.last {
			d.add(name{first: i, last: e, title: i, kind: kindOrg})
			i = e
			continue
		}
		if d.handle(i) {
			d.add(name{first: i, last: i + 1, title: i, kind: kindPerson, headline: l.headline})
			i++
			continue
		}
		if !d.starts(i) {
			i++
			continue
		}
		if k := d.pastCapitals(i, l.last); k > i {
			i = k // "PRICES ARE UP Finch said"
			continue
		}
		end := d.runEnd(i, l.last)
		for k := i + 1; k < end; k++ { // "the Pacific Gas", with a short form later
			if whole[k] > 0 && d.words[k-1].cap {
				end = k
			}
		}
		if l.headline {
			d.headlineNames(i, end)
		} else if k := d.pastOutlet(i, end); k < end {
			d.peel(i, k)
			d.peel(k, end)
		} else {
			d.peel(i, end)
		}
		i = end
	}
}

// pastCapitals is where words begin that are not all in capitals, behind three or more at the
// start of a sentence that are, which run into it: a heading, or how a page opens a text. It
// is i where there are none, or only letters that stand for names ("US VP JD Finch").
func (d *doc) pastCapitals(i, limit int) int {
	if !d.words[i].first {
		return i
	}
	k, spelled := i, false
	for ; k < limit && (k == i || d.words[k].gap == gapSpace) && d.words[k].upper; k++ {
		w := &d.words[k]
		spelled = spelled || w.Len() > 2 && (lexicon.Common().Has(w.low) || d.lower[w.low])
	}
	if k-i < 3 || !spelled || k == limit || d.words[k].gap != gapSpace || !d.words[k].cap {
		return i
	}
	return k
}

// handle reports whether word i is what somebody calls himself on a platform, written
// without a capital somewhere and with a verb of saying: "finchfan7", but not "covid19".
func (d *doc) handle(i int) bool {
	w := &d.words[i]
	letters := strings.TrimRight(w.low, "0123456789")
	return (d.speaks[w.low] || byteBefore(d.s, w.Start) == '@') && len(letters) > 3 && len(letters) < len(w.low) && !w.upper && d.lower[w.low] && strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// commonSurnames adds surnames that are common words or adjectives too ("Will",
// "Green"), where the article has them after a given name.
func (d *doc) commonSurnames() {
	names := map[string]bool{}
	for _, m := range d.names {
		if low := d.surname(&m); m.last-m.first > 1 && m.kind == kindPerson && d.isGiven(m.first) && (lexicon.Common().Has(low) || royal[low] || d.adjective(m.last-1, m.last) && !strings.HasSuffix(low, "s") && !d.isPlace(m.first, m.first+1)) && !calendar[low] && !hard[low] {
			names[low] = true
		}
	}
	if len(names) == 0 {
		return
	}
	in := map[int]bool{}
	for _, m := range d.names {
		for i := m.first; i < m.last; i++ {
			in[i] = true
		}
	}
	for i := range d.words {
		w := &d.words[i]
		if !w.cap || !names[w.low] || in[i] || d.lines[w.line].headline {
			continue
		}
		next := i + 1
		if royal[w.low] && i > 0 && determiners[d.words[i-1].low] {
			continue // "the King"
		}
		acts := next < len(d.words) && d.words[next].gap == gapSpace && (verbal[d.words[next].low] || verbLike(d.words[next].low))
		if d.adjective(i, next) {
			acts = acts || i > 0 && w.gap == gapSpace && said[d.words[i-1].low] && (next == len(d.words) || d.words[next].gap > gapSpace)
			if !acts {
				continue // "Green politicians"
			}
		}
		if !w.first || w.poss || acts {
			d.add(name{first: i, last: i + 1, title: i, kind: kindPerson})
		}
	}
	slices.SortStableFunc(d.names, func(a, b name) int { return a.first - b.first })
}

// surname is the last word of a name, before "Jr." and its like.
func (d *doc) surname(m *name) string {
	k := m.last - 1
	for k > m.first && suffixes[d.words[k].low] {
		k--
	}
	return d.words[k].low
}

var said = set("said says added told asked wrote replied")

// runEnd extends a run of capitalised words over spaces and particles.
func (d *doc) runEnd(i, limit int) int {
	end := i + 1
	if d.slashed(i) && lexicon.Outlets().Has(d.words[i].low) {
		return end // "Nora Finch/Reuters", under a picture
	}
	for end < limit && (!d.words[end-1].poss || d.collective(end-1, limit)) {
		w := &d.words[end]
		if w.gap == gapQuote && w.cap && end+1 < limit && d.words[end+1].cap && d.words[end+1].gap == gapQuote && d.isGiven(end-1) {
			end += 2 // John “Jack” Smith
			continue
		}
		if k := d.commaList(i, end, limit); k > 0 {
			end = k
			continue
		}
		if w.gap != gapSpace {
			break
		}
		if numbered[d.words[end-1].low] && len(w.low) <= 4 && w.low[0] >= '0' && w.low[0] <= '9' {
			end++
			continue
		}
		if d.numberWithin(end, limit) {
			end += 2 // "Vision 52 Project"
			continue
		}
		if w.cap {
			if hard[w.low] && !(w.upper && w.Len() > 1) || calendar[w.low] && !d.newspaper(i, end) && !(d.isGiven(end) && d.isTitle(end-1) && d.follows(end)) {
				break // but "Ohio Gov. Jan Finch"
			}
			end++
			continue
		}
		k := end
		switch {
		case w.low == "of" || w.low == "for" || w.low == "on" && panels[d.words[end-1].low]:
			if !d.orgLike(i, end) && !(w.low == "for" && d.cause(end, limit)) && !d.founded(i, end, limit) {
				return end
			}
			k++
			if k < limit && d.words[k].low == "the" && d.words[k].gap == gapSpace {
				k++
				if k+1 < limit && ordinal(d.words[k].low) && d.words[k+1].cap {
					k++ // "Court of Appeals for the 3rd Circuit"
				}
			}
		case w.low == "in":
			if !seated[d.words[end-1].low] || end+1 >= limit || !d.isPlace(end+1, end+2) && (!d.words[end+1].cap || calendar[d.words[end+1].low] || d.isGiven(end+1) || d.follows(end+1) || d.words[end+1].upper) {
				return end
			}
			k++ // "the High Court in Belfast"
		case w.low == "and":
			if !(joinAnd[d.words[i].low] && d.firmOf(i, end)) && !d.listed(i, end) && !d.paired(i, end, limit) || d.another(end+1, limit) {
				return end
			}
			k++
			if k+1 < limit && d.words[k].low == "the" && d.words[k].gap == gapSpace && d.listed(i, end) {
				k++
			}
		case particles[w.low]:
			k++
			if k < limit && particles[d.words[k].low] {
				k++
			}
		default:
			return end
		}
		if k >= limit || !d.words[k].cap || d.words[k].gap != gapSpace || hard[d.words[k].low] || calendar[d.words[k].low] {
			break
		}
		end = k + 1
	}
	return end
}

// firmOf reports whether the "and" at word end goes on with a name that begins at word i
// with a surname, as a firm's does: "Johnson and Johnson", but not "Johnson and Weld".
func (d *doc) firmOf(i, end int) bool {
	return d.words[i].low != "johnson" || end+1 < len(d.words) && d.words[end+1].low == "johnson"
}

// numberWithin reports whether word k is a number in the middle of a name: "the Vision 52
// Project".
func (d *doc) numberWithin(k, limit int) bool {
	if k+1 >= limit || d.words[k].Len() > 3 || strings.Trim(d.words[k].low, "0123456789") != "" || d.lines[d.words[k].line].headline {
		return false
	}
	next := &d.words[k+1]
	return next.cap && next.gap == gapSpace && lexicon.OrgWords().Has(next.low) && !calendar[d.words[k-1].low]
}

// newspaper reports whether word k is the "Sun" of a newspaper behind its town: "the Ostby Sun".
func (d *doc) newspaper(a, k int) bool {
	if d.words[k].low != "sun" || a == 0 || d.words[a-1].low != "the" || d.words[a].gap != gapSpace {
		return false
	}
	return k+1 == len(d.words) || !hasDigit(d.words[k+1].low)
}

// another reports whether a second body's name begins at word k, whose own first words say
// so: "Centre for Birds and Centre for Fish".
func (d *doc) another(k, limit int) bool {
	return k+1 < limit && d.words[k].cap && lexicon.OrgWords().Has(d.words[k].low) && (d.words[k+1].low == "for" || d.words[k+1].low == "of") && d.words[k+1].gap == gapSpace
}

var (
	concerns = set(`agriculture arts border business care climate commerce control culture customs defence defense development disease drug economic education energy environment finance
financial fire fisheries food foreign health home housing human industry infrastructure interior justice labor labour legal licensing medical natural parks planning policy
political prevention public regulatory rescue research safety science security social technology tourism trade transport transportation urban water welfare wildlife youth`)
	regions = set("central east eastern west western north northern south southern middle")
)

func (d *doc) isTitle(i int) bool {
	low := d.words[i].low
	if low == "major" && i+1 < len(d.words) && d.isGiven(i+1) {
		return true // but "Major League"
	}
	return lexicon.Honorifics().Has(low) || lexicon.Roles().Has(low) || titles[low]
}

// titles stand before the first of several names: "Senators Ann Lee and Bo Dahl".
var titles = set("senators sens representatives reps governors govs presidents ministers justices judges congressmen congresswomen professors drs messrs")

func (d *doc) isGiven(i int) bool {
	low := d.words[i].low
	if lexicon.Given().Has(low) {
		return true
	}
	for k := 0; k < len(low); k++ { // Jean-Claude
		if low[k] == '-' {
			return lexicon.Given().Has(low[:k])
		}
	}
	return false
}

func isInitial(w *word) bool {
	return w.cap && (w.Len() == 1 || w.Len() == 2 && !w.upper && w.low != "mr" && w.End-w.Start == 2 && len(w.low) == 1)
}

// isPlace reports whether words a..b name a place.
func (d *doc) isPlace(a, b int) bool {
	_, ok := lexicon.Places()[d.key(a, b)]
	return ok
}

func (d *doc) key(a, b int) string {
	if b == a+1 {
		return d.words[a].low
	}
	s := ""
	for i := a; i < b; i++ {
		if i > a {
			s += " "
		}
		s += d.words[i].low
	}
	return s
}

// peel sets titles before a name apart and adds the name.
func (d *doc) peel(a, b int) {
	if b-a > 1 && d.letters(b-1) {
		b--
	}
	if b-a > 1 && lexicon.Outlets().Has(d.key(a, b)) {
		d.add(name{first: a, last: b, title: a, kind: kindOrg}) // "the Daily Caller"
		return
	}
	if b-a == 2 && d.partyName(a) {
		d.add(name{first: a, last: b, title: a, kind: kindOrg})
		return
	}
	// a title in the run: what follows is a person
	last := -1
	for i := a; i < b; i++ {
		if !d.isTitle(i) {
			continue
		}
		if i > a && d.isGiven(i-1) && !d.isTitle(i-1) && !(i+1 < b && (d.isGiven(i+1) || d.isPlace(i-1, i))) {
			continue // "Jonathan Cook", but "Georgia Governor Zorla Cook"
		}
		if i > a && (isInitial(&d.words[i-1]) || i == b-1 && plainHonorific[d.words[i-1].low]) {
			continue // "J. Cook", "Mr. King"
		}
		if i == a && d.isGiven(i) && b > a+1 {
			continue
		}
		last = i
	}
	if last >= 0 {
		n := last + 1
		if n < b && !d.words[n].cap { // "Secretary of State John Kerry"
			g := n
			for g < b && !(d.words[g].cap && d.isGiven(g)) {
				g++
			}
			if g == b {
				g = n + 1
				if g < b && !d.words[g].cap {
					g++
				}
				if g++; g >= b || !officeWord[d.words[g-1].low] {
					if d.words[last].poss {
						return
					}
					d.addOffice(a, b)
					return
				}
			}
			n = g
		}
		if n == b {
			if b-a > 1 && lexicon.OrgWords().Has(d.words[last].low) {
				d.add(name{first: a, last: b, title: a, kind: kindOrg}) // "Philippine Star"
				return
			}
			if b == a+1 && !lexicon.Honorifics().Has(d.words[a].low) {
				d.add(name{first: a, last: b, title: a, weak: true}) // "Baker", or "the President"
			}
			return
		}
		staff := last == a && d.words[a].low == "general" && (n == b-1 && lexicon.Bodies().Has(d.words[n].low) || n+1 < b && d.words[n].low == "staff" && d.words[n+1].low == "of") // "General Staff"
		saint := d.words[last].low == "st"                                                                                                                                          // "St. Paul City Council"
		if (lexicon.OrgWords().Has(d.words[b-1].low) || staff) && b-a > 1 && (saint || !d.isGiven(n) && !lexicon.Honorifics().Has(d.words[last].low)) {
			d.add(name{first: a, last: b, title: a, kind: kindOrg})
			return
		}
		m := name{first: n, last: b, title: a, kind: kindPerson}
		low := d.words[last].low
		if g, ok := lexicon.Honorifics()[low]; ok && g != lexicon.Either {
			m.honorific = g
		} else if g := lexicon.Roles()[low]; g == lexicon.Male || g == lexicon.Female {
			m.honorific = g
		}
		if royal[low] {
			m.first = last
		}
		d.add(m)
		return
	}
	// "Republican Christine Whitman", "CNN Jake Tapper": what precedes a given name
	for g := a + 1; g < b; g++ {
		if !d.isGiven(g) || d.isGiven(g-1) || g+1 >= b && g > a+1 {
			continue
		}
		low := d.words[g-1].low
		_, people := lexicon.Demonyms()[low]
		if people || parties[low] || ranks[low] || d.words[g-1].upper && d.words[g-1].Len() > 1 && !isInitial(&d.words[g-1]) || lexicon.OrgWords().Has(low) && !lexicon.OrgWords().Has(d.words[b-1].low) || lexicon.Common().Has(low) {
			if g+1 < b {
				t := a
				if d.words[g-1].upper && !people && !parties[low] {
					t = g // "PA Martin Bamford"
				}
				d.add(name{first: g, last: b, title: t, kind: kindPerson})
				return
			}
		}
	}
	if g := d.pastSeatBefore(a, b); g > a {
		t := a - 2
		for t > 0 && d.words[t].gap == gapSpace && d.words[t-1].cap && !hard[d.words[t-1].low] {
			t--
		}
		d.add(name{first: g, last: b, title: t, kind: kindPerson})
		return
	}
	for !d.shortened(a, b) && a < b && (ranks[d.words[a].low] && b-a > 1 || lexicon.Common().Has(d.words[a].low) && d.words[a].first && d.words[a].low != "new" && !d.words[a].upper) {
		a++
	}
	if a > 0 && d.words[a].gap == gapSpace && ordinal(d.words[a-1].low) {
		a-- // "6th Circuit Court of Appeals"
	}
	if a+1 < b && d.words[a].first && d.isPlace(a+1, b) && !d.isPlace(a, b) && !d.isGiven(a) && !(d.words[a].upper && d.words[a].Len() > 1) && d.words[a].low != "police" {
		a++ // "Mountainous Nepal"
	}
	if a >= b {
		return
	}
	if d.adjective(a, b) || b == a+1 && d.words[a].upper && lexicon.Bodies().Has(d.words[a].low) {
		return // "a super PAC"
	}
	m := name{first: a, last: b, title: a, kind: d.kindOf(a, b)}
	m.weak = b == a+1 && d.words[a].first
	if m.weak && d.lower[d.words[a].low] && !d.bodyCap[d.words[a].low] && !d.isPlace(a, b) {
		return
	}
	d.add(m)
}

// pastSeatBefore is where the person's name begins in words a..b of "Senator from Ohio Nora
// Finch"; a where they are nothing of the kind.
func (d *doc) pastSeatBefore(a, b int) int {
	if a < 2 || d.words[a].gap != gapSpace || d.words[a-1].low != "from" || d.words[a-1].gap != gapSpace || !d.words[a-2].cap || !lexicon.Roles().Has(d.words[a-2].low) {
		return a
	}
	for g := b - 2; g > a; g-- {
		if d.isPlace(a, g) && d.isGiven(g) {
			return g
		}
	}
	return a
}

// adjective reports whether words a..b are a demonym, a party's member or
// colour, which name nobody.
func (d *doc) adjective(a, b int) bool {
	low := d.key(a, b)
	_, people := lexicon.Demonyms()[low]
	people = people || b == a+1 && strings.HasSuffix(low, "ian") && d.bodyCap[strings.TrimSuffix(low, "n")] && !d.isGiven(a) // of a place that the text names
	return people || parties[low] || parties[strings.TrimSuffix(low, "s")] || lexicon.Groups().Has(low)
}

// shortened reports whether the initials of words a..b stand in the text as a
// name: ANA for All Nippon Airways.
func (d *doc) shortened(a, b int) bool {
	if b-a < 3 {
		return false
	}
	short := ""
	for i := a; i < b; i++ {
		if !d.words[i].cap {
			return false
		}
		short += initial(d.words[i].low)
	}
	return d.capitals[short]
}

func ordinal(s string) bool {
	if len(s) < 3 || s[0] < '0' || s[0] > '9' {
		return false
	}
	tail := s[len(s)-2:]
	return tail == "th" || tail == "st" || tail == "nd" || tail == "rd"
}

var officeWord = set("state defense defence staff treasury commerce energy education labor labour transportation agriculture house interior justice")

// addOffice adds an office without its holder only where it is an
// organisation's name, such as "House of Commons".
func (d *doc) addOffice(a, b int) {
	for i := a; i < b; i++ {
		if lexicon.OrgWords().Has(d.words[i].low) && d.words[i].cap && i == a {
			d.add(name{first: a, last: b, title: a, kind: kindOrg})
			return
		}
	}
}

// bodyName is the end of the longest name of several words that begins at word i,
// before word b, and stands in the body too or is a place's; i where none does.
func (d *doc) bodyName(i, b int) (int, kind) {
	for k := min(b, i+6); k > i+1; k-- {
		if is, ok := d.inBody[d.key(i, k)]; ok {
			return k, is
		}
		if d.isPlace(i, k) {
			return k, kindPlace
		}
	}
	return i, kindUnsure
}

// headlineNames takes from a run of a headline, where every word has a
// capital, only what is surely a name: a given name and the word after it, or
// a single word; what the body knows is found when identities are joined.
func (d *doc) headlineNames(a, b int) {
	for i := a; i < b; i++ {
		if k, is := d.bodyName(i, b); k > i {
			d.add(name{first: i, last: k, title: i, kind: is, headline: true})
			i = k - 1
			continue
		}
		if i+1 < b && (d.isGiven(i) || d.bodyCap[d.words[i+1].low] && !d.lower[d.words[i].low] && !d.lower[d.words[i+1].low] && !d.bodyCap[d.words[i].low] && !lexicon.Common().Has(d.words[i].low) && !d.isTitle(i) && !d.adjective(i, i+1) && !lexicon.OrgWords().Has(d.words[i].low)) && !lexicon.Common().Has(d.words[i+1].low) && !lexicon.Roles().Has(d.words[i+1].low) && !halts[d.words[i+1].low] && !verbal[d.words[i+1].low] && !d.words[i].poss {
			d.add(name{first: i, last: i + 2, title: i, kind: kindPerson, headline: true})
			i++
			continue
		}
		if !lexicon.Common().Has(d.words[i].low) && d.words[i].cap {
			m := name{first: i, last: i + 1, title: i, kind: d.kindOf(i, i+1), headline: true, weak: true}
			if m.kind == kindOrg && d.words[a].upper && d.words[b-1].upper && b-a > 1 {
				m.kind = kindUnsure // ALL CAPITALS
			}
			d.add(m)
		}
	}
}

func (d *doc) add(m name) {
	m.id = -1
	d.names = append(d.names, m)
}
