package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// A role is an office, title or affiliation that the article gives somebody:
// words first to last, half-open.
type role struct {
	first, last int
	tail        text.Range // what goes with it behind the name: "of Ohio", "(D-N.Y.)"
	head        string     // the noun, lower case
	how         string     // where it was found, for people
	score       float64
}

var (
	determiners = set("a an the this that these those his her its their our my your one another some any each every both such")
	halts       = set(`said says say told tells tell added adds asked asks wrote writes tweeted called calls according who whom whose which that is was were are be been being
has had have will would can could may might should must did does do and or but as when while where after before since because if than then by from with to into about against
not also just only even so though although until during including like such there here`)
	preps    = set("of for at in on to with from by over under against between among across within near")
	breakers = set(`who whom whose which that where when while said says told adds added asked wrote writes called is was are were has had have will would could did does
but because after before since as if speaking writing tweeting`)
)

// beyond are words with which a phrase goes on to something else than a role.
var beyond = set("until till amid despite though although yet so")

func (d *doc) roleNoun(i int) bool {
	low := d.words[i].low
	if d.force(i) {
		return false
	}
	if low == "international" && i > 0 && !d.words[i].cap && d.words[i].gap == gapSpace && d.isPlace(i-1, i) {
		return true // "the Ghana international"
	}
	if lexicon.Roles().Has(low) || lexicon.Kin().Has(low) {
		return true
	}
	if len(low) > 6 && !d.words[i].cap {
		for _, s := range []string{"ologist", "ician", "woman", "sman", "holder", "keeper", "grapher", "ographer", "eologist", "ologian", "alist", "onist", "orist"} {
			if strings.HasSuffix(low, s) {
				return true
			}
		}
	}
	if who, _, ok := strings.Cut(low, "-of-"); ok && lexicon.Kin().Has(who) {
		return true // "the mother-of-two"
	}
	for k := len(low) - 1; k > 0; k-- {
		if low[k] == '-' && k+1 < len(low) {
			return lexicon.Roles().Has(low[k+1:])
		}
	}
	return false
}

// force reports whether word i is the "guard" of a body: "the coast guard", but not
// "a border guard".
func (d *doc) force(i int) bool {
	return d.words[i].low == "guard" && i > 0 && forces[d.words[i-1].low] && d.words[i].gap == gapSpace && (i == 1 || d.words[i-2].low != "a")
}

var forces = set("coast national border home revolutionary")

// headlineRole reads "Benghazi Widow Dorothy Woods Defends …" at the start of
// a headline.
func (d *doc) headlineRole(m *name) (role, bool) {
	l := &d.lines[d.words[m.first].line]
	if n := m.first - l.first; n == 0 || n > 4 || m.last-m.first < 2 || !d.roleNoun(m.first-1) {
		return role{}, false
	}
	for i := l.first; i < m.first; i++ {
		if w := &d.words[i]; i > l.first && w.gap != gapSpace || w.poss || lexicon.Common().Has(w.low) || preps[w.low] || d.actsOn(i) {
			return role{}, false
		}
	}
	return role{how: "before the name in the headline", first: l.first, last: m.first, head: d.words[m.first-1].low, score: d.worth(l.first, m.first, d.words[m.first-1].low) - 1.5}, true
}

// holdsPerson reports whether a person is named in the words of a role.
func (d *doc) holdsPerson(x role) bool {
	for i := x.first; i < x.last; i++ {
		if n := d.nameAt[i]; n >= 0 && d.names[n].id >= 0 && d.ids[d.names[n].id].kind == kindPerson {
			return true
		}
	}
	return false
}

// bodyNoun reports whether word i is a common noun for an organisation.
func (d *doc) bodyNoun(i int) bool {
	return !d.words[i].cap && (lexicon.Bodies().Has(d.words[i].low) || d.force(i))
}

// findRoles collects roles from what stands around each name.
func (d *doc) findRoles() {
	defer d.shareRoles()
	for n := range d.names {
		m := &d.names[n]
		if m.id < 0 {
			continue
		}
		e := &d.ids[m.id]
		if m.headline {
			if x, ok := d.headlineRole(m); ok && e.kind == kindPerson {
				e.roles = append(e.roles, x)
			}
			continue
		}
		if e.kind == kindPlace {
			continue
		}
		is := d.roleNoun
		if e.kind == kindOrg {
			is = d.bodyNoun
		} else if e.kind == kindUnsure {
			is = func(i int) bool { return d.roleNoun(i) || d.bodyNoun(i) }
		}
		for _, r := range []func(*name, func(int) bool) (role, bool){d.roleBefore, d.roleFar, d.roleAfter, d.roleServed, d.roleCopula, d.roleApart, d.roleRelative, d.affiliation, d.roleOf, d.roleOneOf} {
			if x, ok := r(m, is); ok {
				if x.last == m.first && x.last > x.first {
					x.tail = d.tail(m)
				}
				if m.last-m.first > 1 {
					x.score += fullBonus
				}
				if d.words[x.first].quoted {
					x.score -= 3 // somebody's words, not the article's
				}
				if e.kind == kindOrg && (d.words[x.last-1].cap && x.last == m.first || d.holdsPerson(x)) {
					continue
				}
				e.roles = append(e.roles, x)
				if body := lexicon.Bodies().Has(x.head); e.kind == kindUnsure && !(body && lexicon.Roles().Has(x.head)) { // an operator may be either
					e.kind = kindPerson
					if body && !d.headed(&x, m) {
						e.kind = kindOrg
					}
				}
				if e.kind == kindOrg && towns[x.head] && x.how == afterName {
					e.kind = kindPlace // "Ostby, a coastal town near Marr"
				}
				if g := lexicon.Roles()[x.head]; e.gender == 0 && (g == lexicon.Male || g == lexicon.Female) {
					e.gender = g
				}
			}
		}
	}
}

// towns are places that a name may be told to be.
var towns = set("city town village suburb port island district county province")

// headed reports whether a role before a name is the body that its bearer heads: "the
// head of Norvania’s navy, Nora Finch".
func (d *doc) headed(x *role, m *name) bool {
	if x.last > m.title || d.words[m.title].gap != gapComma {
		return false
	}
	for k := x.last - 1; k > 0 && k > x.last-8 && d.words[k].gap == gapSpace; k-- {
		if d.words[k].low == "of" {
			return d.roleNoun(k - 1)
		}
	}
	return false
}

// roleBefore reads "Kremlin spokesman Dmitry Peskov": titles inside the run
// and what precedes them.
func (d *doc) roleBefore(m *name, is func(int) bool) (role, bool) {
	a, b := m.title, m.first
	office := m.first > 0 && d.words[a].gap == gapSpace && a > 0 && !d.words[a-1].cap && !d.words[a-1].poss && !plainAdjective[d.words[a-1].low] && is(a-1) // "election chief Lord Finch"
	if low := d.words[m.first].low; royal[low] && m.last-m.first > 1 && low != "st" && !office {
		if _, apart := d.roleApart(m, is); apart && courtesy[low] {
			return role{}, false // "the chair, Dame Nora Finch"
		}
		return role{how: "before the name", first: m.first, last: m.first + 1, head: low, score: 6}, true
	}
	if style := d.styleBefore(m); style == a && a < b && a > 0 && !d.words[a-1].cap && is(a-1) && d.words[a].gap == gapSpace {
		b = a // "medical director Dr Finch"
	} else if style == a && a < b && d.words[a].low == "cllr" {
		b = a + 1 // "Cllr Mrs Ann Lee"
	} else if style == a && a < b {
		return role{}, false // "the Rt Rev Ann Lee"
	} else if style > a && style < b && (is(style-1) || lexicon.Honorifics().Has(d.words[style-1].low)) {
		b = style // "Veterinarian Dr. Ann Lee", "Gen Sir Bo Dahl"
	} else if style > a && style < b && address[d.words[b-1].low] {
		return role{}, false // "told the BBC Mr Lee"
	} else if a < b && office && d.titles(m) && !d.words[a-1].quoted {
		b = a // "army spokesman Maj. Ann Lee"
	}
	if a == b && a > 2 && d.words[a].gap == gapSpace && (d.words[a-1].low == "named" || d.words[a-1].low == "called") && d.words[a-1].gap == gapSpace && !d.words[a-2].poss && is(a-2) {
		a, b = a-1, a-1 // "an engineer named Ann Lee"
	}
	whole := -1 // the head of "secretary of state Nora Finch"
	if a == b && d.officeOf(a) {
		a -= 3
		whole = a
	}
	if a == b {
		if a == 0 || d.words[a].gap != gapSpace || d.words[a-1].poss || !is(a-1) && !d.partyWord(a-1) && !d.pluralRole(a-1) || d.words[a-1].cap && d.nameAt[a-1] >= 0 && d.names[d.nameAt[a-1]].last-d.names[d.nameAt[a-1]].first > 1 {
			return role{}, false
		}
		a--
	}
	for a > 0 && b-a < 9 {
		if k := d.quotedTitle(a); k < a {
			a = k // "“Midnight Harbor” star"
			break
		}
		if d.words[a].gap != gapSpace && !d.shortForm(a-1) {
			break
		}
		w := &d.words[a-1]
		if d.shortForm(a - 1) {
			a = d.names[d.nameAt[a-2]].title // "Harbour Workers Party (HWP) leader"
			continue
		}
		if w.line != d.words[a].line || w.quoted != d.words[a].quoted {
			break
		}
		if n := d.nameAt[a-1]; n >= 0 && d.names[n].last == a {
			x := &d.names[n]
			if person := x.kind == kindPerson || x.id >= 0 && d.ids[x.id].kind == kindPerson; person && (d.words[a].cap || d.words[a].gap != gapSpace || b-a > 3) {
				break // but "Clinton aide"
			}
			if d.names[n].title < a {
				a = d.names[n].title
				continue
			}
		}
		if strings.HasSuffix(w.low, "ed") && !w.cap && !strings.Contains(w.low, "-") && a > 1 && d.words[a-1].gap == gapSpace && (d.nameAt[a-2] >= 0 || hard[d.words[a-2].low] || auxiliary[d.words[a-2].low]) {
			break // "Smith quoted senator Jones"
		}
		if w.low == "of" || w.low == "for" || w.low == "and" {
			if w.low == "and" && a > 1 && d.words[a-1].gap == gapSpace && d.words[a-2].gap == gapSpace && !d.words[a].cap && !d.words[a-2].cap && !d.roleNoun(a-2) && !lexicon.Common().Has(d.words[a-2].low) && !halts[d.words[a-2].low] && !verbLike(d.words[a-2].low) && d.nameAt[a-2] < 0 {
				a -= 2 // "trade and industry commissioner"
				continue
			}
			if w.low == "and" && a > 1 && a < b && d.words[a].cap && d.words[b-1].cap && d.words[a-2].cap && !calendar[d.words[a-2].low] && d.words[a-2].low != "may" && d.words[a-1].gap == gapSpace && d.words[a-2].gap == gapSpace && d.nameAt[a-2] < 0 && !d.words[a-2].poss {
				a -= 2 // "Transport and Bridges Minister"
				continue
			}
			if w.low == "and" && a > 1 && d.words[a-1].gap == gapSpace && d.roleNoun(a-2) && !d.words[a-2].poss {
				a -= 2 // "chairman and chief executive"
				continue
			}
			if w.low == "and" && a > 3 && d.words[a-1].gap == gapSpace && officeWord[d.words[a-2].low] && d.words[a-3].low == "of" && d.roleNoun(a-4) && d.words[a-2].gap == gapSpace && d.words[a-3].gap == gapSpace {
				a -= 4 // "former secretary of state and front-runner"
				continue
			}
			// "New York Times reporter", "minister of health": cross only inside a name
			if n := d.nameAt[a-1]; n >= 0 {
				a = max(d.names[n].title, 0)
				continue
			}
			break
		}
		if !ranks[w.low] && w.low != "new" && !(w.low == "first" && firsts[d.words[a].low]) && !(w.low == "next" && d.words[a].low == "door") && w.low != "u.s." && w.low != "us" && (lexicon.Common().Has(w.low) || determiners[w.low] || halts[w.low] || preps[w.low]) || w.low == "us" && !w.upper {
			break
		}
		if w.poss && !w.cap {
			break
		}
		if d.openingVerb(a - 1) {
			break // "Remarked club captain Nora Finch"
		}
		if !w.cap && d.verbAt(a-1) && !(a > 1 && d.words[a-2].low == "newly") {
			break
		}
		if d.words[a].cap && d.actsOn(a-1) {
			break // "critics blame Health Secretary Finch"
		}
		if d.infinitive(a-1) && (d.words[a].cap || changing[w.low]) || d.clockTime(a-1) {
			break
		}
		if !w.cap && d.words[a].cap && a == b-1 && lexicon.Honorifics().Has(d.words[a].low) && !ranks[w.low] && !plainAdjective[w.low] && !strings.Contains(w.low, "-") {
			break // "assail Sen. Smith"
		}
		a--
	}
	a = d.pastCredit(a, b)
	for a+1 < b && strings.HasSuffix(d.words[a].low, "-year-old") {
		a++
	}
	head := d.words[b-1].low
	if whole >= 0 {
		head = d.words[whole].low
	}
	return role{how: "before the name", first: a, last: b, head: head, score: d.worth(a, b, head) + beforeBonus}, true
}

// officeOf reports whether an office with "of" stands right before word i: "secretary of state".
func (d *doc) officeOf(i int) bool {
	return i > 3 && officeWord[d.words[i-1].low] && d.words[i-2].low == "of" && d.roleNoun(i-3) && !d.words[i-1].poss && d.words[i].gap == gapSpace && d.words[i-1].gap == gapSpace && d.words[i-2].gap == gapSpace
}

// firsts are titles with "first" in them.
var firsts = set("lady gentleman minister deputy secretary officer mate sergeant lieutenant")

// actsOn reports whether word i is a verb before a title: it stands without a capital right
// behind a person's name or a noun of several people.
func (d *doc) actsOn(i int) bool {
	w := &d.words[i]
	if i == 0 || w.cap || w.gap != gapSpace || d.words[i-1].poss || ranks[w.low] || plainAdjective[w.low] || strings.Contains(w.low, "-") || d.nounOf(i) != nounOther {
		return false
	}
	if n := d.nameAt[i-1]; n >= 0 && d.names[n].id >= 0 {
		return d.names[n].last == i && d.person(n) && strings.HasSuffix(w.low, "s")
	}
	return d.nounOf(i-1) == nounGroup && lexicon.Groups().Has(d.words[i-1].low)
}

// infinitive reports whether word i is a verb right behind "to", "will" and their like:
// "to join Home Secretary Finch".
func (d *doc) infinitive(i int) bool {
	w := &d.words[i]
	return i > 0 && !w.cap && w.gap == gapSpace && governing[d.words[i-1].low] && !ranks[w.low] && !plainAdjective[w.low] && !strings.Contains(w.low, "-")
}

// changing are verbs for what is done with the holders of offices.
var changing = set("join meet replace succeed sack fire oust unseat remove appoint elect choose back")

var governing = set("to will would can could may might must shall should")

// clockTime reports whether word i is the minutes of a time: "21:30 Labour leader Finch".
func (d *doc) clockTime(i int) bool {
	w := &d.words[i]
	return w.Start > 1 && hasDigit(w.low) && strings.IndexByte(":.", d.s[w.Start-1]) >= 0 && hasDigit(d.s[w.Start-2:w.Start-1])
}

// pastCredit steps over an agency's name before a title, words a..b, that is what is left
// of a picture's credit: "Getty Images Norvanian President Finch".
func (d *doc) pastCredit(a, b int) int {
	for i := a; i < b; i++ {
		for k := i + 1; k < b && k < i+3 && (d.words[i].first || d.slashed(i)) && d.words[k].cap; k++ {
			if agencies[d.key(i, k)] {
				return k
			}
		}
	}
	return a
}

var agencies = map[string]bool{"getty images": true, "reuters": true, "epa": true, "epa-efe": true, "afp": true, "pa media": true, "pa": true, "shutterstock": true, "alamy": true, "anadolu": true}

// courtesy are titles that tell of no office.
var courtesy = set("dame lady lord baroness baron")

// address are forms of address that tell nothing.
var address = set("mr mrs ms miss mx")

var auxiliary = set("said has have had was were who to also")

// pluralRole reads the noun of "Democratic candidates A and B".
func (d *doc) pluralRole(i int) bool {
	low := d.words[i].low
	return strings.HasSuffix(low, "s") && lexicon.Roles().Has(low[:len(low)-1]) || strings.HasSuffix(low, "men") && lexicon.Roles().Has(low[:len(low)-3]+"man")
}

// shareRoles gives the role before the first of several names joined by "and", or
// behind the last ("A and B, the founders of the trust"), to the others too.
func (d *doc) shareRoles() {
	for n := 1; n < len(d.names); n++ {
		m, x := &d.names[n], &d.names[n-1]
		if m.id < 0 || x.id < 0 || d.ids[m.id].kind != kindPerson || d.ids[x.id].kind != kindPerson || m.title != x.last+1 || d.words[x.last].low != "and" || d.words[m.title].gap != gapSpace || d.words[x.last].gap != gapSpace {
			continue
		}
		if r, ok := d.roleAfter(m, func(i int) bool { return d.pluralRole(i) }); ok {
			d.ids[x.id].roles = append(d.ids[x.id].roles, r)
			if !slices.ContainsFunc(d.ids[m.id].roles, func(y role) bool { return y.first == r.first }) {
				d.ids[m.id].roles = append(d.ids[m.id].roles, r)
			}
		}
	}
	for n := 0; n+1 < len(d.names); n++ {
		m := &d.names[n]
		if plural := m.title < m.first && titles[d.words[m.first-1].low]; m.id < 0 || !plural && (m.title == 0 || m.title != m.first || !d.pluralRole(m.title-1) || d.words[m.title].gap != gapSpace) {
			continue
		}
		r, ok := d.roleBefore(m, d.roleNoun)
		if !ok {
			continue
		}
		for k := n + 1; k < len(d.names) && k < n+6; k++ {
			x := &d.names[k]
			if x.id < 0 || x.title != x.first || x.first-d.names[k-1].last > 1 || x.first == d.names[k-1].last && d.words[x.first].gap != gapComma || x.first > d.names[k-1].last && d.words[x.first-1].low != "and" {
				break
			}
			d.ids[x.id].roles = append(d.ids[x.id].roles, r)
		}
	}
}

// plainAdjective are words that may stand before a title that has a capital.
var plainAdjective = set("state retired fellow freshman incumbent then conservative liberal moderate late")

var plainHonorific = set("mr mrs ms miss dr prof rev hon cllr st sir lady lord dame king queen prince princess pope madame monsieur herr frau father sister mother brother duke duchess")

func (d *doc) partyWord(i int) bool { return d.words[i].cap && parties[d.words[i].low] }

var offices = set(`acting leading managing founding outgoing incoming ruling sitting marketing training operating manufacturing engineering advertising programming banking
nursing opposing reigning defending visiting consulting commanding presiding starring sporting supporting contributing housing fundraising governing running broadcasting wrestling boxing skating swimming cycling
racing rating polling gambling clothing shipping drilling testing policing founding retiring voting planning building mining fishing farming parking trading lending publishing recording winning nonvoting ranking serving standing writing editing casting`)

// slight are nouns that say little about somebody's office.
var slight = set(`donor backer donors expert supporter friend critic ally foe native man woman fan rival opponent star resident graduate winner son daughter wife husband father mother brother sister
hopeful nemesis person one guest user player colleague heavyweight favorite favourite survivor detractor successor predecessor insider outsider newcomer mom dad mum widow girlfriend boyfriend loser`)

// verbLike catches verbs that come before a role: "quoted senator X".
func verbLike(low string) bool {
	if strings.HasSuffix(low, "ing") && !offices[low] && !strings.Contains(low, "-") {
		return true // but "award-winning"
	}
	switch low {
	case "think", "call", "contact", "got", "say", "forget", "gave", "sent", "took", "made", "delegates", "put", "see", "let", "like", "hit", "sued", "fired", "tapped", "picked", "chose", "named", "quoted", "cited", "met", "joined", "accused", "praised", "thanked", "interviewed", "urged", "criticized", "criticised", "replaced", "nominated", "appointed", "endorsed", "supported", "backed", "beat", "defeated", "warned", "saw", "meet", "comes", "came", "echoed", "announced", "claimed", "noted", "argued", "insisted", "explained", "continued", "concluded", "recalled", "replied", "declared", "stated", "reported", "admitted", "confirmed", "denied", "suggested", "hired", "elect", "elected", "against", "promised", "vowed", "pledged", "predicted", "joked", "remarked", "responded", "agreed", "acknowledged":
		return true
	}
	return false
}

// verbAt is verbLike of word i where that is no part of a noun: "think tank".
func (d *doc) verbAt(i int) bool {
	return verbLike(d.words[i].low) && !(d.words[i].low == "think" && i+1 < len(d.words) && d.words[i+1].low == "tank")
}

// nounPhrase reads words from i on as "(det) … role …" up to where it ends.
func (d *doc) nounPhrase(i int, is func(int) bool) (first, last int, head string) {
	if i < len(d.words) && determiners[d.words[i].low] {
		i++
	}
	if i < len(d.words) && hard[d.words[i].low] && d.nameAt[i] < 0 { // but "the WHO director"
		return 0, 0, ""
	}
	if i+1 < len(d.words) && strings.HasSuffix(d.words[i].low, "-year-old") && d.words[i+1].gap == gapSpace {
		i++
	}
	first = i
	headAt := -1
	open := true // before the first preposition
	for k := i; k < len(d.words) && k-i < 22; k++ {
		w := &d.words[k]
		if k > i && w.gap == gapComma && headAt < 0 && k-i <= 3 && !w.cap && !breakers[w.low] && d.nameAt[k-1] < 0 {
			first = k // "the brusque, tireless governor"
		} else if k > i && w.gap >= gapQuote {
			// "vice president of PMG, a paper money grading company": stops at the comma
			break
		}
		if breakers[w.low] && !w.cap || headAt >= 0 && beyond[w.low] {
			break
		}
		if w.low == "and" && headAt >= 0 && k+2 < len(d.words) && determiners[d.words[k+2].low] && d.words[k+2].gap == gapSpace && !preps[d.words[k+1].low] && !determiners[d.words[k+1].low] && !is(k+1) {
			break // "a historian and runs the archive"
		}
		if next := k + 1; headAt >= 0 && next < len(d.words) && d.words[next].gap == gapSpace && (!w.cap && strings.HasSuffix(w.low, "ed") && !strings.Contains(w.low, "-") && d.words[next].cap || possessives[w.low] && d.words[next].low == "own") {
			break // "the former secretary of state mocked Finch", "the mayor of his own habits"
		}
		if headAt >= 0 && k == headAt+1 && !w.cap && (strings.HasSuffix(w.low, "ed") || w.low == "including" || w.low == "worth") {
			break
		}
		if preps[w.low] && d.nameAt[k] < 0 {
			if headAt < 0 {
				return 0, 0, ""
			}
			open = false
		}
		if headAt < 0 && (k > i && determiners[w.low] || !w.cap && d.verbAt(k) && !(d.ofTrade(k, len(d.words)) && is(k+1))) || !w.cap && strings.HasSuffix(w.low, "ed") && k+1 < len(d.words) && determiners[d.words[k+1].low] {
			return 0, 0, ""
		}
		if open && is(k) {
			headAt = k
			head = w.low
		}
		last = k + 1
		if k-i == 9 && headAt < 0 {
			return 0, 0, ""
		}
	}
	if headAt < 0 {
		return 0, 0, ""
	}
	for last > headAt+1 && (preps[d.words[last-1].low] || d.words[last-1].low == "and" || determiners[d.words[last-1].low] || d.words[last-1].low == "or") {
		last--
	}
	return first, last, head
}

// How much more a role says that stands right before or after a name, or with
// "the" ("the campaign chief" over "a strategist"), and the most that its length
// counts.
var (
	beforeBonus   = 0.5
	afterBonus    = -1.0
	apartBonus    = 0.5
	definiteBonus = 1.5
	fullBonus     = 3.0
	mostWorth     = 6.0
)

// roleAfter reads ", the co-chair of X," and ", 42, a lecturer from Y".
func (d *doc) roleAfter(m *name, is func(int) bool) (role, bool) {
	i := m.last
	if end := d.pastTail(m, len(d.words)); end > i && end < len(d.words) && d.words[end].gap == gapComma {
		i = end // "Senator Nora Finch of Ohio, the leader of"
	} else if i+1 < len(d.words) && d.seat(i) && d.words[i+1].gap == gapComma {
		i++ // "Sen. Nora Finch, D-Ohio, the leader of"
	}
	if i < len(d.words) && d.words[i].gap == gapBracket { // "Cummings (D-Md.), chair of …"
		for k := i + 1; k < len(d.words) && k < i+4 && d.words[k].line == d.words[i].line; k++ {
			if d.words[k].gap == gapComma {
				i = k
				break
			}
		}
	}
	if i >= len(d.words) || d.words[i].gap != gapComma && d.words[i].gap != gapStop || d.words[i].line != d.words[i-1].line || d.words[m.last-1].poss {
		return role{}, false
	}
	if d.words[i].gap == gapStop && d.words[m.first].gap == gapBracket {
		return role{}, false // "OSLO (Reuters) – A crew …"
	}
	bonus := afterBonus
	if d.words[i].low == "the" {
		bonus += definiteBonus
	}
	if d.words[i].gap == gapStop {
		bonus = 0
	}
	if w := d.words[i].low; len(w) <= 3 && w[0] >= '1' && w[0] <= '9' {
		i++
		if i >= len(d.words) || d.words[i].gap != gapComma {
			return role{}, false
		}
	}
	switch d.words[i].low {
	case "then", "now", "also", "formerly", "currently", "himself", "herself", "once", "long":
		if i+1 < len(d.words) && d.words[i+1].gap == gapSpace {
			i++
		}
	}
	if d.who(i) && i+1 < len(d.words) {
		switch d.words[i+1].low {
		case "runs", "oversees", "directs", "leads", "chairs", "heads", "founded", "co-founded", "owns", "represents", "teaches", "manages", "edits":
			a := i + 1
			b := a + 1
			for b < len(d.words) && b-a < 10 && d.words[b].gap < gapComma && !breakers[d.words[b].low] && d.words[b].low != "and" {
				b++
			}
			if b-a < 2 {
				return role{}, false
			}
			return role{how: "in a clause after the name", first: a, last: b, score: min(float64(b-a), mostWorth) + afterBonus}, true
		case "is", "was", "serves", "served":
			i += 2
			if i < len(d.words) && d.words[i].low == "as" {
				i++
			}
			bonus = 0.5
		default:
			return role{}, false
		}
	}
	if i >= len(d.words) || d.who(i) || d.words[i].low == "and" {
		return role{}, false
	}
	if w := &d.words[i]; w.cap && d.nameAt[i] >= 0 && !d.words[d.names[d.nameAt[i]].last-1].poss && d.names[d.nameAt[i]].kind == kindPerson && d.names[d.nameAt[i]].title == i {
		return role{}, false // a list of names
	}
	a, b, head := d.nounPhrase(i, is)
	if head == "" {
		return role{}, false
	}
	if b < len(d.words) && b-a <= 3 && d.words[b].gap < gapComma && breakers[d.words[b].low] && d.words[b].low[0] != 'w' && bonus >= afterBonus && a > 0 && determiners[d.words[a-1].low] {
		return role{}, false // ", the director said"
	}
	if a > 0 && universal[d.words[a-1].low] {
		return role{}, false // "every member of the board"
	}
	if d.fronted(m) && a > 0 && d.words[a-1].low == "the" && b < len(d.words) && d.words[b].gap < gapComma && !d.words[b].cap && (breakers[d.words[b].low] && d.words[b].low[0] != 'w' || strings.HasSuffix(d.words[b].low, "ed") && b+1 < len(d.words) && d.words[b+1].low != "by") {
		return role{}, false // "Speaking in the Commons, the prime minister condemned"
	}
	for k := a; k < b; k++ { // ", spokesman John Smith": another's title
		if n := d.nameAt[k]; n >= 0 && d.names[n].kind == kindPerson && d.names[n].first == k && k > a && d.words[k-1].low == head {
			return role{}, false
		}
	}
	if parties[head] {
		bonus -= 2 // "Republican of New York" says less than "Senator"
	}
	return role{how: afterName, first: a, last: b, head: head, score: d.worth(a, b, head) + bonus}, true
}

const afterName = "after the name"

// fronted reports whether a name ends what opens a sentence before its subject: "Speaking in
// the Commons, the prime minister".
func (d *doc) fronted(m *name) bool {
	k := m.title
	for k > 0 && !d.words[k].first {
		if d.words[k].gap > gapQuote {
			return false
		}
		k--
	}
	w := &d.words[k]
	return k < m.title && (fronts[w.low] || strings.HasSuffix(w.low, "ing"))
}

var universal = set("every some any each both these those")

// worth scores how much a role says.
func (d *doc) worth(a, b int, head string) float64 {
	s := 0.0
	for i := a; i < b; i++ {
		if w := &d.words[i]; !determiners[w.low] && !preps[w.low] && w.low != "and" {
			s++
		}
	}
	s = min(s, mostWorth)
	if slight[head] {
		return s - 6
	}
	return s
}

// roleText is a role in the article's words; what stands apart is joined by a
// comma, "of Ohio" and "(D-Ohio)" by a blank.
func (d *doc) roleText(r role) string {
	g := d.marked(r.first, r.last)
	s := d.s[g.Start:g.End]
	if r.tail.Len() > 0 {
		t := d.s[r.tail.Start:r.tail.End]
		if !strings.HasPrefix(t, "of ") && !strings.HasPrefix(t, "(") {
			s += ","
		}
		s += " " + t
	}
	return s
}

// tail is what belongs to a title behind the name: "of Ohio", "of the harbour
// board", "(D-N.Y.)". No length where there is none.
func (d *doc) tail(m *name) text.Range {
	i := m.last
	if i >= len(d.words) || d.words[i].line != d.words[i-1].line || d.words[i-1].poss {
		return text.Range{}
	}
	w := &d.words[i]
	if w.gap == gapBracket && byteBefore(d.s, w.Start) == '(' {
		end := strings.IndexByte(d.s[w.Start:min(len(d.s), w.Start+16)], ')')
		if end > 0 && w.Start+1 < len(d.s) && strings.IndexByte("DRI", d.s[w.Start]) >= 0 && strings.HasPrefix(d.s[w.Start+1:], "-") {
			return text.Range{Start: w.Start - 1, End: w.Start + end + 1}
		}
		return text.Range{}
	}
	if w.low != "of" || w.gap != gapSpace {
		return text.Range{}
	}
	last := -1
	for k := i + 1; k < len(d.words) && k < i+12 && d.words[k].gap == gapSpace && d.words[k].line == w.line; k++ {
		switch x := &d.words[k]; {
		case x.cap && !hard[x.low] && !calendar[x.low]:
			last = k + 1
		case k == i+1 && (x.low == "the" || x.low == "a" || x.low == "an"), x.low == "of", x.low == "for", x.low == "the" && d.words[k-1].low == "of":
		case halts[x.low] || preps[x.low] || breakers[x.low] || verbLike(x.low) || last >= 0:
			k = len(d.words)
		}
	}
	if last < 0 {
		return text.Range{}
	}
	return text.Range{Start: w.Start, End: d.words[last-1].End}
}
