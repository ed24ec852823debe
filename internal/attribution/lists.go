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
	gone := make([]bool, len(all))
	for i := range all {
		s := &all[i]
		if gone[i] || len(s.Cue) == 0 || s.Inner {
			continue
		}
		lead := stretch(v.Paragraph, s.Cue[len(s.Cue)-1].First)
		if v.word(lead.Last) != ":" || s.end() < lead.Last-1 {
			continue
		}
		items := v.items(lead)
		if len(items) == 0 || s.end() > items[0].Last && !meets(s.Content, items[0]) {
			continue
		}
		left := missing(items, s, all)
		s.Content = slices.Concat(s.Content, left)
		for k, x := range s.Content {
			if y := v.bare(x); y.First <= y.Last && len(met(items, x)) > 0 {
				s.Content[k] = y
			}
		}
		slices.SortFunc(s.Content, func(a, b Span) int { return a.First - b.First })
		for k := range all {
			o := &all[k]
			gone[k] = gone[k] || !slices.Equal(o.Cue, s.Cue) && slices.ContainsFunc(o.Content, func(x Span) bool { return len(met(left, x)) > 0 })
		}
	}
	out := all[:0]
	for i, s := range all {
		if !gone[i] {
			out = append(out, s)
		}
	}
	return out
}

// missing are the items of a list that are in no content of the statement that leads
// to it, and in none of a statement whose cue stands in the item.
func missing(items []Span, lead *Statement, all []Statement) []Span {
	has := make(map[Span]bool)
	for i := range all {
		o := &all[i]
		for _, x := range o.Cue {
			for _, y := range met(items, x) {
				has[y] = has[y] || meets(o.Content, y)
			}
		}
		if slices.Equal(o.Cue, lead.Cue) {
			for _, x := range o.Content {
				for _, y := range met(items, x) {
					has[y] = true
				}
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(items), func(x Span) bool { return has[x] })
}

// items lists the items below a paragraph that leads to them, without their signs and
// what parts them. What may be an item itself leads to none.
func (v *View) items(lead Span) []Span {
	if v.itemFrom(lead) >= 0 {
		return nil
	}
	var out []Span
	for first := lead.Last + 1; first < len(v.Pieces); {
		line := stretch(v.Paragraph, first)
		from := v.itemFrom(line)
		if from < 0 {
			break
		}
		x := v.bare(Span{from, line.Last})
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

// itemFrom is the first piece behind the sign of an item, a paragraph with a bullet or
// in small letters; -1 where a paragraph is none.
func (v *View) itemFrom(line Span) int {
	start := v.Pieces[line.First].Start
	words := v.Text[start:v.Pieces[line.Last].End]
	if m := item.FindStringIndex(words); m != nil {
		return search(len(v.Pieces), func(i int) bool { return v.Pieces[i].Start >= start+m[1] })
	}
	if r, _ := utf8.DecodeRuneInString(words); unicode.IsLower(r) {
		return line.First
	}
	return -1
}
