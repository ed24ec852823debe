package attribution

import (
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// bullet is what an item of a list begins with: a sign, a number or a letter.
const bullet = `(?:[•·▪‣●◦*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s+`

var item = regexp.MustCompile(`^` + bullet)

// listed gives a statement that leads to a list all items of it, where the tags
// give it the first or what stands before the colon alone: "The group demands: ¶
// • a rise ¶ • two inspectors". What the tags make of an item gives way, but for
// what has a cue of its own.
func (v *View) listed(all []Statement) []Statement {
	for i := 0; i < len(all); i++ {
		s := &all[i]
		if len(s.Cue) == 0 || s.Inner {
			continue
		}
		lead := stretch(v.Paragraph, s.Cue[len(s.Cue)-1].First)
		items := v.items(lead)
		if len(items) == 0 || s.end() < lead.Last-1 || s.end() > items[0].Last && !meets(s.Content, items[0]) {
			continue
		}
		missing := slices.DeleteFunc(slices.Clone(items), func(x Span) bool {
			return slices.ContainsFunc(all, func(o Statement) bool { return meets(o.Content, x) && (slices.Equal(o.Cue, s.Cue) || meets(o.Cue, x)) })
		})
		s.Content = slices.Concat(s.Content, missing)
		for k, x := range s.Content {
			if meets(items, x) {
				s.Content[k] = v.bare(x)
			}
		}
		slices.SortFunc(s.Content, func(a, b Span) int { return a.First - b.First })
		cue := s.Cue
		all = slices.DeleteFunc(all, func(o Statement) bool {
			return !slices.Equal(o.Cue, cue) && slices.ContainsFunc(missing, func(x Span) bool { return meets(o.Content, x) })
		})
	}
	return all
}

// items lists the items below a paragraph that ends in a colon, without their
// signs and what parts them: paragraphs with a bullet or in small letters.
func (v *View) items(lead Span) []Span {
	if v.word(lead.Last) != ":" {
		return nil
	}
	var out []Span
	for first := lead.Last + 1; first < len(v.Pieces); {
		line := stretch(v.Paragraph, first)
		words := v.Text[v.Pieces[line.First].Start:v.Pieces[line.Last].End]
		at := 0
		if m := item.FindStringIndex(words); m != nil {
			at = m[1]
		} else if r, _ := utf8.DecodeRuneInString(words); !unicode.IsLower(r) {
			break
		}
		from := v.Pieces[line.First].Start + at
		x := v.bare(Span{search(len(v.Pieces), func(i int) bool { return v.Pieces[i].Start >= from }), line.Last})
		if w := v.word(x.Last); x.First < x.Last && (w == "and" || w == "or") {
			x = v.bare(Span{x.First, x.Last - 1})
		}
		if x.First <= x.Last {
			out = append(out, x)
		}
		first = line.Last + 1
	}
	return out
}
