package attribution

import (
	"regexp"
	"slices"

	"github.com/quothnews/quoth/internal/text"
)

// A Post is a signed post of a social network. Dated is the date of its
// signature, empty where it has none.
type Post struct{ Dated text.Range }

// signature is how a post of a social network ends where a page shows it:
// "— Ada Bell (@adabell) March 3, 2025", "A post shared by Ada Bell (@adabell)".
// Its groups are the author and the date.
var signature = text.NewForm(`(?:^|\s)(?:[—–] ?|A (?:post|photo|video) (?:shared|posted) by )([^—–\n]{1,80} \(@[\w.-]{1,60}\))(?:,?(?: on)? (\p{Lu}\p{L}+\.? \d{1,2},? \d{4}|\d{1,2} \p{Lu}\p{L}+\.? \d{4})(?: at \d{1,2}[:.]\d\d ?[AaPp][Mm](?: [A-Z]{3,4})?)?)?\s*$`)

// links are the addresses at the end of a post's text.
var links = regexp.MustCompile(`(?:\s*(?:https?://\S+|pic\.twitter\.com/\S+))*\s*$`)

// between is a paragraph that is no text of a post: another's signature, or
// words that lead to what is shown.
var between = regexp.MustCompile(signature.String() + `|:\s*$`)

// byForm is how sure the spans are, and the links, of a statement that the form of its
// paragraphs shows: a signature, a label.
const byForm = 0.9

// posts makes each signed post of a social network its author's statement,
// without a cue. Its text stands before the signature, in the same paragraph or
// alone in the one before.
func (v *View) posts(all []Statement) []Statement {
	for i, p := range v.paragraphs {
		found := signature.All(v.folded[i])
		if found == nil {
			continue
		}
		m := found[0]
		said := text.Range{Start: p.Start, End: p.Start + m[0]}
		if m[0] == 0 && i > 0 && !between.MatchString(v.Text[v.paragraphs[i-1].Start:v.paragraphs[i-1].End]) {
			said = v.paragraphs[i-1]
		}
		said.End = said.Start + links.FindStringIndex(v.Text[said.Start:said.End])[0]
		content, ok := v.Cover(said)
		author, _ := v.Cover(text.Range{Start: p.Start + m[2], End: p.Start + m[3]})
		if !ok || author.First > author.Last {
			continue
		}
		post := Statement{Source: []Span{author}, Content: []Span{content}, Post: &Post{}}
		if m[4] >= 0 {
			post.Post.Dated = text.Range{Start: p.Start + m[4], End: p.Start + m[5]}
		}
		post.add(byForm, byForm)
		all = slices.DeleteFunc(all, func(s Statement) bool { return v.takes(&s, author, content) })
		for k := range all {
			if s := &all[k]; s.start() >= content.First && s.start() <= content.Last {
				s.Inner = true
			}
		}
		all = append(all, post)
	}
	return all
}

// takes reports whether a statement takes a post, or a part of it, for the
// content of a dash, of no cue or of its author's.
func (v *View) takes(s *Statement, author, content Span) bool {
	if meets(s.Source, author) || meets(s.Cue, author) {
		return true
	}
	return meets(s.Content, content) && (len(s.Cue) == 0 || s.Cue[0].First > content.Last)
}
