package speaker

import (
	"slices"
	"sort"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// answer writes what was found as names, types and roles.
func (r *resolver) answer(i int) Answer {
	var out Answer
	f := &r.answers[i]
	var roles []string
	for _, id := range f.ids {
		s := Speaker{Evidence: slices.Clone(f.chain)}
		e := &r.ids[id]
		if e.described {
			s.Name, s.Type = r.spell(e.first, e.last), typeOf(e)
			if of := e.of; of[0] < of[1] {
				s.Evidence = append(s.Evidence, r.rng(of[0], of[1]))
				if w := &r.words[e.last-1]; parts[e.head] || strings.HasPrefix(r.s[w.End:], "%") {
					s.Name += r.ofWord()
				}
				s.Name += " " + r.spell(of[0], of[1])
			}
			if e.first == e.last {
				s.Name = e.head
			} else {
				s.Evidence = append(s.Evidence, r.marked(e.first, e.last))
			}
			if e.kind == kindPerson && e.first < e.last {
				a := e.first
				if w := r.words[a].low; (w == "a" || w == "an" || w == "another" || possessives[w]) && a+1 < e.last {
					a++ // "Her mother" is a mother
				}
				g := r.marked(a, r.beforeClause(a, e.last))
				out.Roles = append(out.Roles, RoleFound{g, "the source's own words"})
				roles = appendText(roles, r.s[g.Start:g.End])
			}
		} else {
			a, b := r.fullest(id)
			s.Name, s.Type = r.slice(a, b), typeOf(e)
			if n := r.nearest(id, r.anchor(i)); n >= 0 {
				s.Evidence = append(s.Evidence, r.rng(r.names[n].first, r.names[n].last))
			}
			s.Evidence = append(s.Evidence, r.rng(a, b))
			x, ok := r.best[id]
			if !ok {
				x.role, x.ok = r.bestRole(id)
				if x.ok && possessives[r.words[x.first].low] && x.first+1 < x.last {
					x.first++ // "Her mother" is a mother
				}
				x.last = r.beforeClause(x.first, x.last)
				r.best[id] = x
			}
			if x.ok {
				out.Roles = append(out.Roles, RoleFound{r.marked(x.first, x.last), x.how})
				roles = appendText(roles, r.roleText(x.role))
			}
		}
		if s.Name == "" {
			continue
		}
		s.Evidence = distinct(s.Evidence)
		out.Speakers = append(out.Speakers, s)
	}
	out.Role = strings.Join(roles, " ; ")
	return out
}

// beforeClause is where words a..b of a role end before a clause that tells what its bearer
// does: "a diver who found the wreck", "a diver living in Ystad".
func (d *doc) beforeClause(a, b int) int {
	for k := a + 1; k < b; k++ {
		w := &d.words[k]
		if d.who(k) || w.low == "whose" || w.low == "whom" {
			return k
		}
		if !w.cap && w.gap == gapSpace && strings.HasSuffix(w.low, "ing") && !(offices[w.low] && d.roleNoun(min(k+1, b-1))) && !tied[w.low] && d.roleNoun(k-1) {
			return k
		}
	}
	return b
}

// tied are words in "ing" that tie somebody to another, or are no verbs.
var tied = set("representing serving during including regarding concerning")

// nearest is the last mention of an identity that begins at or before word at,
// else its first; -1 where it has none.
func (r *resolver) nearest(id, at int) int {
	names := r.ids[id].names
	k := sort.Search(len(names), func(k int) bool { return r.names[names[k]].first > at })
	switch {
	case k > 0:
		return names[k-1]
	case len(names) > 0:
		return names[0]
	}
	return -1
}

func appendText(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func distinct(list []text.Range) []text.Range {
	var out []text.Range
	for _, g := range list {
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// spell is a description in the article's words, with the persons in it under
// their full names: "Carol Ost's spokesman" for "Ms. Ost's spokesman".
func (r *resolver) spell(a, b int) string {
	if a >= b {
		return ""
	}
	g := r.marked(a, b)
	return r.s[g.Start:r.words[a].Start] + r.spellWords(a, b) + r.s[r.words[b-1].End:g.End]
}

func (r *resolver) spellWords(a, b int) string {
	s := ""
	from := a
	for i := a; i < b; i++ {
		if o, ok := r.whose[i]; ok && o.last < b {
			x, y := r.fullest(o.id)
			s += r.upTo(from, max(from, i)) + r.slice(x, y) + r.genitive()
			from, i = o.last, o.last-1
			continue
		}
		if id, ok := r.pronouns[i]; ok && (r.words[i].low == "his" || r.words[i].low == "her" || r.words[i].low == "whose") && i+1 < b && !preps[r.words[i+1].low] && !halts[r.words[i+1].low] && !r.ids[id].described {
			x, y := r.fullest(id)
			s += r.upTo(from, i) + r.slice(x, y) + r.genitive()
			from = i + 1
			continue
		}
		n := r.nameAt[i]
		if n < 0 || r.names[n].first != i || r.names[n].last > b || r.names[n].id < 0 {
			continue
		}
		m := &r.names[n]
		e := &r.ids[m.id]
		full := &r.names[e.full]
		if e.kind != kindPerson && !(e.kind == kindOrg && m.last-m.first == 1 && r.words[m.first].upper && paper(r.words[b-1].low) == "poll") || full.last-full.first <= m.last-m.first || i > 0 && strings.HasSuffix(r.words[i-1].low, "-"+e.words[0]) {
			continue
		}
		s += r.upTo(from, max(from, m.title)) + r.slice(full.first, full.last)
		from = m.last
		if from < b {
			s += r.s[r.words[from-1].End:r.words[from].Start]
		} else if r.words[from-1].poss {
			from = b
		}
		i = m.last - 1
	}
	if from >= b {
		return s
	}
	return s + r.percent(from, b)
}

// marked is the range of words a..b with the quotation mark beside it whose other half
// it holds: “Midnight Harbor” star.
func (d *doc) marked(a, b int) text.Range {
	g := d.rng(a, b)
	s, before, after := d.s[g.Start:g.End], d.s[:g.Start], d.s[g.End:]
	for _, m := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}} {
		opened, closed := strings.Count(s, m[0]), strings.Count(s, m[1])
		half := opened != closed
		if m[0] == m[1] {
			half = opened%2 == 1
		}
		switch {
		case !half:
		case opened <= closed && strings.HasSuffix(before, m[0]):
			g.Start -= len(m[0])
		case opened >= closed && strings.HasPrefix(after, m[1]):
			g.End += len(m[1])
		}
	}
	return g
}

// genitive is the ending of an owner, as the article writes it.
func (d *doc) genitive() string {
	if strings.Contains(d.s, "’s ") {
		return "’s "
	}
	return "'s "
}

// ofWord is " of", where the article has the word at all.
func (d *doc) ofWord() string {
	if strings.Contains(d.s, " of ") {
		return " of"
	}
	return ""
}

// upTo is the text from word a up to the start of word b.
func (d *doc) upTo(a, b int) string { return d.s[d.words[a].Start:d.words[b].Start] }

// percent is slice with the sign that follows a number.
func (d *doc) percent(a, b int) string {
	s := d.slice(a, b)
	if a < b && strings.HasPrefix(d.s[d.words[b-1].End:], "%") {
		return s + "%"
	}
	return s
}

// fullest gives the words of an identity's fullest name; an organisation that
// a country owns is named with it ("Ukraine's Ministry of Defense").
func (r *resolver) fullest(id int) (int, int) {
	e := &r.ids[id]
	m := &r.names[e.full]
	a := m.first
	if e.kind == kindOrg && a > 0 && r.words[a-1].poss && r.words[a].gap == gapSpace && r.words[a-1].cap && !hard[r.words[a-1].low] {
		a--
		if n := r.nameAt[a]; n >= 0 {
			a = r.names[n].first // "New York's 19th District"
		}
		for ; a > 0 && r.words[a].gap == gapSpace && r.words[a-1].cap && !r.words[a-1].poss && !lexicon.Common().Has(r.words[a-1].low); a-- {
		}
	}
	return a, m.last
}

// common reports whether a name that begins with a word is rather an organisation's
// than a person's: "Rail Accident Branch", "U.S. Pacific Command".
func common(w string) bool {
	_, place := lexicon.Places()[w]
	_, people := lexicon.Demonyms()[w]
	return place || people || lexicon.Common().Has(w) || lexicon.OrgWords().Has(w)
}

// unnamed are those who speak without their names; other plurals are groups.
var unnamed = set("source sources officials authorities aides advisers advisors spokesmen spokespeople spokespersons staffers prosecutors person rep voice")

func typeOf(e *identity) quoth.SpeakerType {
	switch e.kind {
	case kindPerson:
		if e.described && e.first < e.last {
			return quoth.Unnamed
		}
		return quoth.Person
	case kindOrg, kindPlace:
		if e.described && e.head == "family" {
			return quoth.Group
		}
		return quoth.Organization
	case kindDocument:
		return quoth.Document
	case kindGroup:
		if unnamed[e.head] {
			return quoth.Unnamed
		}
		return quoth.Group
	}
	if e.described {
		if unnamed[e.head] {
			return quoth.Unnamed
		}
		return quoth.Unknown
	}
	if len(e.words) > 1 && !common(e.words[0]) {
		return quoth.Person
	}
	return quoth.Organization
}
