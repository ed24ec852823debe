package speaker

import (
	"slices"
	"strings"
	"unicode"

	"github.com/quothnews/quoth/internal/lexicon"
)

// pastOutlet is where in words a..b an outlet's name ends that another name follows
// without a comma ("Speaking to the Daily Herald Finch said"); b where none does.
func (d *doc) pastOutlet(a, b int) int {
	k := b - 1
	if k <= a || b >= len(d.words) || d.words[b].gap != gapSpace || !lexicon.Outlets().Has(d.key(a, k)) {
		return b
	}
	low := d.words[k].low
	if next := d.words[b].low; !verbal[next] && !strings.HasSuffix(next, "ed") || lexicon.OrgWords().Has(low) || lexicon.Common().Has(low) {
		return b
	}
	for i := range d.words { // a name by itself elsewhere
		if w := &d.words[i]; i > 0 && w.low == low && w.cap && !w.first && !d.words[i-1].cap && !d.follows(i) && !d.lines[w.line].headline {
			return k
		}
	}
	return b
}

// spelled finds the names that a short form in brackets spells out, such as
// "Citizens for Responsibility and Ethics in Washington (CREW)": the last word
// of each by its first.
func (d *doc) spelled() map[int]int {
	out := map[int]int{}
	for i := 1; i < len(d.words); i++ {
		w := &d.words[i]
		if !w.cap || w.Start == 0 || d.s[w.Start-1] != '(' || w.line != d.words[i-1].line || d.lines[w.line].headline {
			continue
		}
		var letters []string
		for _, c := range d.s[w.Start:w.End] {
			if unicode.IsUpper(c) {
				letters = append(letters, initial(fold(string(c))))
			}
		}
		if len(letters) < 2 || len(letters) > 8 || !w.upper && len(letters) < 3 {
			continue
		}
		k, at := i, len(letters)
		for k > 0 && at > 0 && i-k < 16 && d.words[k-1].line == w.line {
			k--
			x := &d.words[k]
			if !x.cap {
				if !preps[x.low] && x.low != "and" && x.low != "the" {
					break
				}
				if initial(x.low) == letters[at-1] && at > 1 {
					at-- // "Notes for Teachers (NFT)"
				}
				continue
			}
			parts := strings.FieldsFunc(x.low, func(r rune) bool { return r == '-' || r == '–' })
			for p := len(parts) - 1; p >= 0 && at > 0; p-- {
				if initial(parts[p]) == letters[at-1] {
					at--
				} else if len(parts) == 1 {
					k = -1
				}
			}
			if k < 0 {
				break
			}
		}
		if at == 0 && k >= 0 && d.words[k].cap && i-k > 1 {
			out[k] = i
		}
	}
	return out
}

// ownName adds to the names whole the outlet's, where it has several words: "Rest of World".
func (d *doc) ownName(whole map[int]int) {
	own := strings.Fields(strings.ToLower(d.outlet))
	if len(own) > 0 && own[0] == "the" {
		own = own[1:]
	}
	if len(own) < 2 {
		return
	}
	for i := 0; i+len(own) <= len(d.words); i++ {
		k := 0
		for k < len(own) && d.words[i+k].low == own[k] && (k == 0 || d.words[i+k].gap == gapSpace) {
			k++
		}
		if k == len(own) && d.words[i].cap && d.words[i+k-1].cap {
			whole[i] = i + k
		}
	}
}

// commaList is the "and" that ends a list of what a body is concerned with ("Committee
// on Trade, Labour and Home Affairs"), where a comma comes at word k of a name that
// began at word a; 0 where none does.
func (d *doc) commaList(a, k, limit int) int {
	if d.words[k].gap != gapComma || !d.words[k].cap || !d.listed(a, k) {
		return 0
	}
	for ; k < limit && d.words[k].cap && (d.words[k].gap == gapComma || d.words[k].gap == gapSpace); k++ {
		if next := k + 1; next+1 < limit && d.words[next].low == "and" && d.words[next].gap == gapSpace && d.words[next+1].cap && concerns[d.words[k].low] {
			return next
		}
	}
	return 0
}

// collective reports whether the possessive at word i is within an organisation's
// name: "People's Party", "the Patrolmen's Association".
func (d *doc) collective(i, limit int) bool {
	w := &d.words[i]
	if !strings.HasSuffix(w.low, "s") && !strings.HasSuffix(w.low, "men") && w.low != "people" && w.low != "children" || i+1 >= limit || !d.words[i+1].cap || d.words[i+1].gap != gapSpace {
		return false
	}
	if n := d.nounOf(i); n != nounGroup && w.low != "women" && w.low != "men" && w.low != "children" && w.low != "people" {
		return false
	}
	for k := i + 1; k < limit && k < i+4 && d.words[k].cap && d.words[k].gap == gapSpace; k++ {
		if lexicon.OrgWords().Has(d.words[k].low) {
			return true
		}
	}
	return false
}

// listed reports whether "and" may go on inside a name such as "Ministry of
// Health and Welfare" or "Islamic State of Iraq and the Levant": after "of", "for"
// or "on".
func (d *doc) listed(a, b int) bool {
	for i := a + 1; i < b; i++ {
		if low := d.words[i].low; (low == "of" || low == "on" || low == "for") && b-i <= 3 && (lexicon.OrgWords().Has(d.words[i-1].low) || d.words[i-1].low == "state" && i-a > 1) {
			return true
		}
	}
	return false
}

// paired reports whether "and" at word b joins two words that say what one
// organisation is concerned with ("Harbour Fire and Rescue", "the Central and North
// Asian Council"), in a run that begins with word a.
func (d *doc) paired(a, b, limit int) bool {
	if b+1 >= limit || !d.words[b+1].cap {
		return false
	}
	one, two := d.words[b-1].low, d.words[b+1].low
	if lexicon.OrgWords().Has(one) && lexicon.OrgWords().Has(two) || concerns[one] && concerns[two] {
		return true
	}
	if b-a > 1 || a == 0 || d.words[a-1].low != "the" || !regions[one] {
		return false
	}
	end := b + 1
	for end < limit && d.words[end].cap && d.words[end].gap == gapSpace {
		end++
	}
	return end-b > 2 && lexicon.OrgWords().Has(d.words[end-1].low)
}

// orgLike reports whether "of" or "for" may go on after words a..b.
func (d *doc) orgLike(a, b int) bool {
	for i := a; i < b-1; i++ {
		if d.isTitle(i) || i > a && d.isGiven(i) {
			a = b - 1 // "Senator Rubio of Florida": only what stands right before
		}
	}
	for i := a; i < b; i++ {
		low := d.words[i].low
		if lexicon.OrgWords().Has(low) || lexicon.Bodies().Has(low) || royal[low] || lexicon.Roles().Has(low) {
			return true
		}
		switch low {
		case "citizens", "voice", "speaker", "secretary", "school", "chief", "chiefs", "americans", "friends", "students", "doctors", "house", "islands", "republic", "state", "states", "islamic", "emirates", "people", "archdiocese", "college", "daughters", "sons", "veterans", "women", "mothers", "bring", "transport", "notes", "color", "colour":
			return true
		}
	}
	return false
}

// cause reports whether "for" at word k is within a name such as "Democracy for Norvania":
// behind one word with a capital that is nowhere a name without it.
func (d *doc) cause(k, limit int) bool {
	w := &d.words[k-1]
	if k+1 >= limit || !d.words[k+1].cap || d.words[k+1].gap != gapSpace || k > 1 && d.words[k-2].cap && w.gap == gapSpace || w.poss || w.upper || d.isGiven(k-1) || d.isTitle(k-1) || d.isPlace(k-1, k) || d.adjective(k-1, k) {
		return false
	}
	return !d.beside[w.low]
}

// founded reports whether "of" at word k is within an organisation's name that its end
// tells, behind one word after "the": "the Freedom of Norvania Institute".
func (d *doc) founded(a, k, limit int) bool {
	if k != a+1 || a == 0 || d.words[a-1].low != "the" || d.words[k].low != "of" || d.words[a].poss || d.isGiven(a) || d.isTitle(a) {
		return false
	}
	end := k + 1
	for end < limit && d.words[end].cap && d.words[end].gap == gapSpace && !d.words[end-1].poss {
		end++
	}
	return end > k+2 && lexicon.OrgWords().Has(d.words[end-1].low)
}

// seated are bodies that are called by the city where they sit.
var seated = set("embassy consulate court")

// partyName reports whether word i and the next are a party's members as its name: "the
// Liberal Democrats", but not "liberal Democrats" where a sentence begins.
func (d *doc) partyName(i int) bool {
	w, next := &d.words[i], &d.words[i+1]
	return currents[w.low] && strings.HasSuffix(next.low, "s") && parties[strings.TrimSuffix(next.low, "s")] && (!w.first || d.bodyCap[w.low])
}

var currents = set("liberal christian social free progressive new national united")

// severalOrThe reports whether a name of several words begins a sentence whose verb is
// of a plural ("Granger Rovers have won"), or stands before a verb with "the", as no
// person's does ("the Red Cross said").
func (d *doc) severalOrThe(m *name) bool {
	if m.last-m.first < 2 || m.last >= len(d.words) || d.isGiven(m.first) || m.title < m.first {
		return false
	}
	w := &d.words[m.last]
	the := m.first > 0 && d.words[m.first-1].low == "the" && d.words[m.first].gap == gapSpace
	return w.gap == gapSpace && (the && verbal[w.low] || plurals[w.low] && (the || d.words[m.first].first))
}

// findOwners takes names of which nothing else tells what they are for organisations'
// where they own something: "Granger Mills said its costs had doubled".
func (d *doc) findOwners() {
	for n := range d.names {
		m := &d.names[n]
		if m.id < 0 || m.headline || d.words[m.first].quoted {
			continue
		}
		if e := &d.ids[m.id]; e.kind == kindUnsure && len(e.words) > 1 && d.severalOrThe(m) {
			e.kind = kindOrg
		}
		if !d.ids[m.id].open() {
			continue
		}
		for k := m.last; k < len(d.words) && k < m.last+4; k++ {
			w := &d.words[k]
			if w.gap != gapSpace || w.cap || k == m.last && (preps[w.low] || w.low == "and" || w.low == "or") || determiners[w.low] && w.low != "its" && w.low != "that" {
				break
			}
			if w.low == "its" {
				d.ids[m.id].kind = kindOrg
			}
		}
	}
}

var plurals = set("have are were")

// open reports whether nothing tells what a name of several words names.
func (e *identity) open() bool {
	return !e.described && e.kind == kindUnsure && len(e.words) > 1 && e.surname == 0 && !slices.ContainsFunc(e.words, lexicon.Given().Has)
}
