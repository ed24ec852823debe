package speaker

import (
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
func Names(a Article) []Name {
	d := &doc{s: a.Text, outlet: a.Outlet, byline: a.Byline}
	d.words, d.lines = split(a.Text)
	d.skip(a.Skip)
	d.findNames()
	d.join()
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
