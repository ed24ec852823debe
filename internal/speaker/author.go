package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// author is who says "I" or "we": the speaker of the statement around it, else
// the article's author.
func (r *resolver) author(st int, chain []text.Range, several bool) ([]int, []text.Range) {
	if st >= 0 && r.outer[st] >= 0 {
		o := r.outer[st]
		if !r.done[o] {
			return nil, nil
		}
		return r.answers[o].ids, append(chain, r.answers[o].chain...)
	}
	if st >= 0 && !several {
		if id := r.answering(st); id >= 0 {
			return []int{id}, chain
		}
	}
	if st >= 0 && r.quotedAt(st) {
		return nil, nil
	}
	if st >= 0 && !several {
		if id := r.signedBelow(r.words[r.anchor(st)].line); id >= 0 {
			return []int{id}, chain
		}
	}
	if n := r.bylined(); n >= 0 && !several {
		return []int{r.names[n].id}, append(chain, r.rng(r.names[n].first, r.names[n].last))
	}
	if r.byline != "" && !several {
		return []int{r.outside(r.byline, kindPerson)}, chain
	}
	var ids []int
	for _, n := range r.signatures() {
		ids = append(ids, r.names[n].id)
		chain = append(chain, r.rng(r.names[n].first, r.names[n].last))
	}
	if ids == nil && several && r.outlet != "" && st >= 0 && r.cueHas(st, newsroom) {
		ids = []int{r.outside(r.outlet, kindOrg)}
	}
	return ids, chain
}

// newsroom are what an outlet says that it does itself: "we have asked the mayor".
var newsroom = set(`ask asked asking approached contacted reported report wrote write published requested reached emailed noted note said say
verify verified confirm corrected regret apologise apologize rate rated rating ruling find found heard hear welcome`)

// quotedAt reports whether a statement's source is in somebody's words: between
// quotation marks, or in an answer of an interview ("A: I think …").
func (r *resolver) quotedAt(st int) bool {
	w := &r.words[r.anchor(st)]
	return w.quoted || r.labelled(w.line)
}

// firstPerson reports whether a source is "I" or "my …": whoever tells the article is no "he" in it.
func (r *resolver) firstPerson(g text.Range) bool {
	switch a, b := r.span(g); {
	case a >= b:
		return false
	default:
		low := r.words[a].low
		return low == "i" || low == "me" || low == "my"
	}
}

// answering is who says "I" in the answers of an interview set as "Q: …" and "A: …": the
// person whom it names first in full. -1 where statement st is in no answer.
func (r *resolver) answering(st int) int {
	w := &r.words[r.anchor(st)]
	if w.quoted || r.turn(w.line) != "a" {
		return -1
	}
	return r.interviewed()
}

// turn is the label of the question or answer that a line belongs to, "q" or "a"; "" where
// it belongs to neither.
func (r *resolver) turn(line int) string {
	for k := line; k >= 0 && k > line-mostParagraphs; k-- {
		l := &r.lines[k]
		if l.first >= l.last {
			continue
		}
		w := &r.words[l.first]
		s := r.s[w.Start:w.End]
		switch {
		case (s == "Q" || s == "A") && strings.HasPrefix(r.s[w.End:], ":"):
			return w.low
		case len(s) > 2 && s[0] == 'Q' && s[1] >= 'A' && s[1] <= 'Z' && s[2] >= 'a' && s[2] <= 'z':
			return "q" // "QWhat happened?"
		case r.labelled(k):
			return ""
		}
	}
	return ""
}

const mostParagraphs = 8 // of an answer

// interviewed is the person named first in full in a text that has two questions and
// two answers, or -1.
func (r *resolver) interviewed() int {
	if r.guest == 0 {
		r.guest = 2 + r.guested()
	}
	return r.guest - 2
}

// guested looks for who is interviewed.
func (r *resolver) guested() int {
	asked, answered := 0, 0
	for k := range r.lines {
		if r.lines[k].first == r.lines[k].last || k > 0 && r.turn(k) == r.turn(k-1) {
			continue
		}
		switch r.turn(k) {
		case "q":
			asked++
		case "a":
			answered++
		}
	}
	if asked < 2 || answered < 2 {
		return -1
	}
	for n := range r.names {
		if m := &r.names[n]; m.id >= 0 && m.last-m.first > 1 && r.ids[m.id].kind == kindPerson {
			return m.id
		}
	}
	return -1
}

// signedBelow is who signs a letter, alone in one of the lines below a line of it: "Nora
// Finch."; -1 where none does.
func (r *resolver) signedBelow(line int) int {
	for k := line + 1; k < len(r.lines) && k <= line+mostParagraphs; k++ {
		l := &r.lines[k]
		if l.last-l.first < 2 || l.last-l.first > 4 || !(r.isGiven(l.first) || isInitial(&r.words[l.first])) {
			continue
		}
		name := true
		for i := l.first; i < l.last && name; i++ {
			w := &r.words[i]
			name = w.cap && (i == l.first || w.gap == gapSpace) && !lexicon.Common().Has(w.low) && !verbal[w.low] && !lexicon.OrgWords().Has(w.low)
		}
		if name {
			return r.outside(r.slice(l.first, l.last), kindPerson)
		}
	}
	return -1
}

// labelled reports whether a line is somebody's words in an interview or a
// transcript: "Q: …", "AB …", "Finch: …".
func (r *resolver) labelled(line int) bool {
	l := &r.lines[line]
	first := &r.words[l.first]
	if first.upper && first.Len() <= 2 && first.low != "i" || first.Len() == 1 && first.low != "i" && first.low != "a" {
		return true
	}
	const longest = 4 // words of a label: "THE DAILY MAST:"
	for k := l.first; k < min(l.last, l.first+longest) && r.words[k].cap; k++ {
		if strings.HasPrefix(r.s[r.words[k].End:], ":") {
			return true
		}
	}
	return false
}

// outside is the identity of a name that the article's text need not hold: its
// byline or its outlet.
func (r *resolver) outside(name string, k kind) int {
	for id := range r.ids {
		if e := &r.ids[id]; e.described && e.first == e.last && e.head == name {
			return id
		}
	}
	r.ids = append(r.ids, identity{kind: k, described: true, head: name})
	return len(r.ids) - 1
}

// writes reports whether somebody named in the text wrote it: "the minister" is
// somebody else there.
func (r *resolver) writes(id int) bool {
	if n := r.bylined(); n >= 0 && r.names[n].id == id {
		return true
	}
	return slices.ContainsFunc(r.signatures(), func(n int) bool { return r.names[n].id == id })
}

// signatures are the names of the authors whom the last lines tell about.
func (r *resolver) signatures() []int {
	if !r.looked {
		r.authors, r.looked = r.signed(), true
	}
	return r.authors
}

// signed are the authors whom a line among the last of the text tells about: "Nora
// Finch is a historian.", "Finch is a reporter for the Herald."
func (r *resolver) signed() []int {
	for k := len(r.lines) - 1; k >= max(1, len(r.lines)-3); k-- {
		l := &r.lines[k]
		var out []int
		for i := l.first; i < l.last; i++ {
			n := r.nameAt[i]
			if n < 0 || r.names[n].first != i || r.names[n].id < 0 || r.names[n].last+1 >= l.last {
				continue
			}
			m := &r.names[n]
			e := &r.ids[m.id]
			end := m.last
			for end+1 < l.last && r.seat(end) {
				end++ // "Rep. Nora Finch, D-Ohio, was"
			}
			next := r.words[end].low
			if e.kind != kindOrg && e.kind != kindPlace && r.words[m.title].first && authorial[next] && len(e.words) > 1 && len(e.names) == 1 {
				out = append(out, n)
			}
		}
		if out != nil {
			return out
		}
	}
	return nil
}

var authorial = set("is was covers writes reports")

// bylined is the name in a line "By …" among the first of the text, or -1.
func (r *resolver) bylined() int {
	for i := range r.lines {
		l := &r.lines[i]
		if i > 7 || l.first >= l.last {
			return -1
		}
		if r.words[l.first].low != "by" || l.last-l.first > 9 || l.first+1 >= l.last {
			continue
		}
		if n := r.nameAt[l.first+1]; n >= 0 && r.names[n].id >= 0 {
			return n
		}
	}
	return -1
}
