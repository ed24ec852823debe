package speaker

import (
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// A Name is one mention of a name, without the title before it.
type Name struct {
	text.Range
	Full  string            // the fullest name that the article gives for the same
	Type  quoth.SpeakerType // Unknown where nothing tells
	Place bool
}

// Names gives the names of an article in order of the text.
func (c *Cast) Names() []Name {
	d := &c.doc
	out := make([]Name, 0, len(d.names))
	for i := range d.names {
		m := &d.names[i]
		n := Name{Range: d.rng(m.first, m.last), Full: d.slice(m.first, m.last), Type: quoth.Unknown}
		kind := m.kind
		if m.id >= 0 {
			e := &d.ids[m.id]
			full := &d.names[e.full]
			n.Full = d.slice(full.first, full.last)
			if e.kind != kindUnsure {
				kind = e.kind
			}
		}
		switch kind {
		case kindPerson:
			n.Type = quoth.Person
		case kindOrg:
			n.Type = quoth.Organization
		case kindGroup:
			n.Type = quoth.Group
		case kindDocument:
			n.Type = quoth.Document
		case kindPlace:
			n.Place = true
		}
		out = append(out, n)
	}
	return out
}

// Phrases gives the common nouns and pronouns of an article that can stand for
// people or bodies ("a crowd of supporters" up to its noun, "him"), in order of the
// text, with what stands before each noun.
func (c *Cast) Phrases() []text.Range {
	d := &c.doc
	var out []text.Range
	for i := range d.words {
		w := &d.words[i]
		if d.nameAt[i] >= 0 || d.lines[w.line].headline {
			continue
		}
		switch w.low {
		case "him", "her", "them", "he", "she", "they", "us", "me":
			if !w.upper {
				out = append(out, w.Range)
			}
			continue
		}
		if n := d.nounOf(i); n != nounPerson && n != nounGroup && n != nounBody {
			continue
		}
		if next := i + 1; next < len(d.words) && d.words[next].gap == gapSpace && !w.poss && (d.nameAt[next] >= 0 || d.nounOf(next) != nounOther && d.nounOf(next) != nounDocument) {
			continue // "a senior member", "Senator Smith": what follows is the noun
		}
		a := i
		for a > 0 && i-a < 6 && d.words[a].gap <= gapQuote && d.words[a-1].line == w.line {
			v := &d.words[a-1]
			if v.poss && d.nameAt[a-1] < 0 || preps[v.low] || halts[v.low] || personal[v.low] && v.low != "his" && v.low != "her" || !v.cap && (verbLike(v.low) || strings.HasSuffix(v.low, "ed") && d.words[a].gap == gapSpace && determiners[d.words[a].low]) {
				break
			}
			a--
			if determiners[v.low] {
				break
			}
		}
		out = append(out, d.rng(a, i+1))
	}
	return out
}

// letters reports whether word i is what somebody may write behind a name: "Nora Finch KC".
func (d *doc) letters(i int) bool {
	w := &d.words[i]
	return w.upper && postnominals[w.low] && i > 0 && w.gap == gapSpace && d.words[i-1].cap && !d.words[i-1].upper
}

var postnominals = set("kc qc obe mbe cbe kbe dbe frs phd")
