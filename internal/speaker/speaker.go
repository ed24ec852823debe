// Package speaker finds who is meant by the source of a statement: the fullest
// name that the article itself gives, and the role that it gives this person.
//
//	answers := speaker.Resolve(article, statements, nil)
//
// It cuts the article into words ([split]), finds names and sets titles apart,
// joins them into identities (a surname after a full name, an acronym after
// what it shortens), reads roles from titles and appositions, and then walks
// the statements in order of the text. A source is a name, a pronoun, a
// description ("the senator", "a study") or nothing (a quotation that runs
// on); each is followed back to an identity. What cannot be told stays empty.
//
// Everything is rules over the article's words and the lists of package
// lexicon. [Mentions] gives the candidates for a learned scorer, whose scores
// Resolve weighs in where it is given them.
package speaker

import (
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
}

// A Speaker is somebody whom a source stands for. Name is verbatim text of the
// article, or the article's byline or outlet where that speaks.
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
}

// Resolve finds the speaker of each statement. affinity is nil or holds for
// each statement the logits of a learned scorer: one for each of
// Mentions(a.Text), then one for none of them.
func Resolve(a Article, statements []Statement, affinity [][]float32) []Answer {
	d := &doc{s: a.Text, outlet: a.Outlet, byline: a.Byline}
	d.words, d.lines = split(a.Text)
	d.skip(a.Skip)
	d.findNames()
	d.join()
	d.findRoles()
	r := &resolver{doc: d, statements: statements, affinity: affinity}
	if affinity != nil {
		r.mentions = Mentions(a.Text)
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
			d.words[i].cap = false
		}
	}
}
