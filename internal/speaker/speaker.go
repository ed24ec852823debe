// Package speaker finds who is meant by the source of a statement: the fullest
// name that the article itself gives, and the role that it gives this person.
//
//	answers := speaker.Of(article).Resolve(statements, nil)
//
// It cuts the article into words ([split]), finds names and sets titles apart,
// joins them into identities (a surname after a full name, an acronym after
// what it shortens), reads roles from titles and appositions, and then walks
// the statements in order of the text. A source is a name, a pronoun, a
// description ("the senator", "a study") or nothing (a quotation that runs
// on); each is followed back to an identity. What cannot be told stays empty.
//
// Names and identities are rules over the article's words and the lists of package
// lexicon; which phrase is somebody's role is a fitted choice (roleweights.txt).
// [Mentions] gives the candidates for a learned scorer, whose scores
// [Cast.Resolve] weighs in where it is given them.
package speaker

import (
	"slices"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// An Article is the text and what is known about it.
type Article struct {
	Text   string
	Skip   []text.Range // paragraphs that are nobody's words, in order
	Byline string
	Outlet string
}

// A Statement is what attribution found, as byte ranges of the text.
type Statement struct {
	Source, Cue, Content []text.Range
	Inner                bool // stands inside another's content
	Aside                bool // its source is asked about and says nothing: an addressee
}

// A Speaker is somebody whom a source stands for. Name is verbatim text of the
// article, or the article's byline or outlet where that speaks; in a description
// the persons are in full: "Nora Finch's deputy" for "Finch's deputy" or "her
// deputy". A share is given with the people of whom it is one, as far as the
// article tells: "59 percent of ferry passengers" for "59 percent".
type Speaker struct {
	Name     string
	Type     quoth.SpeakerType
	Evidence []text.Range // from the source to the fullest name
}

// An Answer tells who makes a statement. No speakers: the article does not
// tell, or Quoth cannot.
type Answer struct {
	Speakers []Speaker
	Role     string // verbatim; of several speakers joined by " ; "
	Roles    []RoleFound
}

// A RoleFound tells where a role stands, and how it goes with the name.
type RoleFound struct {
	text.Range
	How string
}

// A Cast is who appears in an article: its names, joined into identities, and
// their roles.
type Cast struct{ doc }

// Of finds the cast of an article.
func Of(a Article) *Cast {
	c := &Cast{doc{s: a.Text, outlet: a.Outlet, byline: a.Byline}}
	c.words, c.lines = split(a.Text)
	c.skip(a.Skip)
	c.nouns = make([]noun, len(c.words))
	for i := range c.words {
		c.nouns[i] = c.readNoun(i)
	}
	c.findNames()
	c.join()
	c.findRoles()
	c.findOwners()
	c.rejoin()
	return c
}

// Resolve finds the speaker of each statement. affinity is nil or holds for
// each statement, as far as it goes, the logits of a learned scorer: one for
// each of Mentions of the text, then one for none of them.
func (c *Cast) Resolve(statements []Statement, affinity [][]float32) []Answer {
	d := c.doc // what is learned from these statements stays with this call
	d.ids = slices.Clone(d.ids)
	for i := range d.ids {
		d.ids[i].roles = slices.Clip(d.ids[i].roles)
	}
	r := &resolver{doc: &d, statements: statements, affinity: affinity}
	if affinity != nil {
		r.mentions = Mentions(d.s)
	}
	return r.resolve()
}

// skip takes words out of reach that stand in paragraphs that are nobody's.
func (d *doc) skip(skip []text.Range) {
	k := 0
	for i := range d.words {
		for k < len(skip) && skip[k].End <= d.words[i].Start {
			k++
		}
		if k < len(skip) && skip[k].Start <= d.words[i].Start {
			d.words[i].cap, d.words[i].out = false, true
		}
	}
}
