package speaker

import (
	"slices"
	"strings"

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
	if st >= 0 && r.quotedAt(st) {
		return nil, nil
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
			next := r.words[m.last].low
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
