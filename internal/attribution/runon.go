package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/text"
)

// A contents finds statements by the pieces at which their contents begin and
// end, while contents go from one statement to another: so the time that a text
// takes grows with its length, not with its square.
type contents struct {
	all        []Statement
	begin, end map[int][]int // piece → statements that had a content begin or end there
	joined     []bool        // of a statement: its contents are another's now
}

// contentsOf takes statements over, each with a list of contents of its own.
func contentsOf(all []Statement) *contents {
	c := &contents{all: all, begin: map[int][]int{}, end: map[int][]int{}, joined: make([]bool, len(all))}
	for i := range all {
		all[i].Content = slices.Clone(all[i].Content)
		c.note(i, all[i].Content...)
	}
	return c
}

// note remembers where contents of statement i begin and end.
func (c *contents) note(i int, spans ...Span) {
	for _, x := range spans {
		c.begin[x.First], c.end[x.Last] = append(c.begin[x.First], i), append(c.end[x.Last], i)
	}
}

// first is the first statement among those noted, and which of its contents it
// is that holds finds; -1 and -1 where it finds none.
func (c *contents) first(noted []int, holds func([]Span) int) (statement, content int) {
	statement, content = -1, -1
	for _, i := range noted {
		if !c.joined[i] && (statement < 0 || i < statement) {
			if k := holds(c.all[i].Content); k >= 0 {
				statement, content = i, k
			}
		}
	}
	return statement, content
}

// beginning is the first statement of which a content begins at a piece.
func (c *contents) beginning(piece int) (statement, content int) {
	return c.first(c.begin[piece], func(content []Span) int {
		return slices.IndexFunc(content, func(x Span) bool { return x.First == piece })
	})
}

// join leaves to statement a what b has, whose contents have been given to it.
func (c *contents) join(a, b int) {
	c.all[a].log += c.all[b].log
	c.joined[b] = true
}

// left are the statements that were joined to no other.
func (c *contents) left() []Statement {
	out := c.all[:0]
	for i, s := range c.all {
		if !c.joined[i] {
			out = append(out, s)
		}
	}
	return out
}

// runOn gives a quotation of several paragraphs, of which each but the last is
// left open and each but the first opens anew, to one statement: its next
// paragraph where nothing marks whose that is, or where another statement has it
// beside what stands behind its own cue (“A. ¶ “B.” Lea added: “C.”), and the one
// before where that is in no content.
func (v *View) runOn(all []Statement) []Statement {
	v.holdOpen()
	c, taken := contentsOf(all), v.taken(all)
	for i := range v.Pieces {
		if !v.continues(i) {
			continue
		}
		before, line := stretch(v.Paragraph, i-1), stretch(v.Paragraph, i)
		to, part := c.beginning(i)
		if to < 0 {
			continue
		}
		from := v.leftOpen(c, before)
		switch s := &all[to]; {
		case from == to:
		case from >= 0 && part == 0 && len(s.Cue) == 0 && !meets(s.Source, line):
			v.carryOn(c, from, s.Content...)
			c.join(from, to)
		case from >= 0 && (part > 0 || v.elsewhere(s)):
			v.carryOn(c, from, s.Content[part])
			s.Content = slices.Delete(s.Content, part, part+1)
		case from >= 0 && part == 0 && len(all[from].Cue) == 0 && len(all[from].Source) == 0 && v.word(before.First) == v.word(i) && v.quotation(before):
			s.Content = slices.Concat(all[from].Content, s.Content)
			c.note(to, all[from].Content...)
			c.join(to, from)
		case from < 0 && part == 0 && v.quotation(before) && !slices.Contains(taken[before.First:before.Last+1], true):
			s.Content = slices.Insert(s.Content, 0, before)
			c.note(to, before)
		}
	}
	return c.left()
}

// holdOpen marks as quoted what a single mark opens and the paragraph does not close, where
// the next paragraph begins with a single mark too: 'A. ¶ 'B,' she said. By itself such a mark
// may be an apostrophe, so the encoder takes it for none.
func (v *View) holdOpen() {
	if v.held != nil {
		return
	}
	v.held = map[int]bool{}
	for i := len(v.Pieces) - 1; i > 0; i-- {
		if v.Paragraph[i] == v.Paragraph[i-1] || v.quotes[i] != text.Mark || !v.single(i) {
			continue
		}
		k := i - 1
		for k > 0 && v.Paragraph[k-1] == v.Paragraph[k] && v.quotes[k] == text.Outside && !v.single(k) {
			k--
		}
		if v.quotes[k] != text.Outside || !v.single(k) {
			continue
		}
		v.held[k], v.quotes[k] = true, text.Mark
		for n := k + 1; n < i; n++ {
			v.quotes[n] = text.Inside
		}
	}
}

// single reports whether piece i is a single mark that opens a sentence's quotation.
func (v *View) single(i int) bool {
	if w := v.word(i); w != "'" && w != "‘" || i+1 == len(v.Pieces) {
		return false
	}
	p := v.Pieces[i]
	next, _ := utf8.DecodeRuneInString(v.Text[p.End:])
	return unicode.IsUpper(next) && (i == 0 || v.Paragraph[i] != v.Paragraph[i-1] || v.Pieces[i-1].End < p.Start)
}

// taken tells of each piece whether it is in a content.
func (v *View) taken(all []Statement) []bool {
	open := make([]int, len(v.Pieces)+1) // contents that begin at a piece, less those that end before it
	for i := range all {
		for _, x := range all[i].Content {
			open[x.First]++
			open[x.Last+1]--
		}
	}
	out, n := make([]bool, len(v.Pieces)), 0
	for i := range out {
		n += open[i]
		out[i] = n > 0
	}
	return out
}

// leftOpen is the first statement whose last content a paragraph leaves open, -1
// where none is.
func (v *View) leftOpen(c *contents, line Span) int {
	open := func(content []Span) int {
		if last := len(content) - 1; last >= 0 && v.leavesOpen(content[last], line) {
			return last
		}
		return -1
	}
	i, _ := c.first(slices.Concat(c.end[line.Last], c.end[line.Last-1]), open)
	return i
}

// carryOn adds the next paragraphs of a quotation to statement i, whose last
// content ends with its paragraph.
func (v *View) carryOn(c *contents, i int, next ...Span) {
	s := &c.all[i]
	last := &s.Content[len(s.Content)-1]
	last.Last = stretch(v.Paragraph, last.Last).Last
	c.note(i, *last)
	c.note(i, next...)
	s.Content = append(s.Content, next...)
}

// goOn joins to one a quotation whose paragraphs were run together, each of which
// opens anew and leaves the one before open: "A. "B." What follows is of the same
// statement unless a cue marks whose it is.
func (v *View) goOn(all []Statement) []Statement {
	c := contentsOf(all)
	for i := 1; i < len(v.Pieces); i++ {
		if v.quotes[i] != text.Mark || v.quotes[i-1] != text.Inside || v.word(i) != `"` || v.word(i-1) == "," || v.Paragraph[i] != v.Paragraph[i-1] {
			continue
		}
		from, k := c.first(slices.Concat(c.end[i-1], c.end[i]), func(content []Span) int {
			return slices.IndexFunc(content, func(x Span) bool {
				return (x.Last == i-1 || x.Last == i) && x.First < i && v.quotes[x.First] == text.Mark
			})
		})
		to, n := c.beginning(i)
		if to < 0 && i+1 < len(v.Pieces) && v.quotes[i+1] == text.Inside { // the mark that opens anew went with what stands before it
			to, n = c.beginning(i + 1)
		}
		if from < 0 || to < 0 || from != to && (len(all[to].Cue) > 0 || n > 0) {
			continue
		}
		a, b := &all[from], &all[to]
		a.Content[k].Last = b.Content[n].Last
		c.note(from, a.Content[k])
		if from == to {
			a.Content = slices.Delete(a.Content, n, n+1)
			continue
		}
		c.note(from, b.Content[1:]...)
		a.Content = slices.Insert(a.Content, k+1, b.Content[1:]...)
		c.join(from, to)
	}
	return c.left()
}

// elsewhere reports whether a statement's first content closes as a sentence before
// the cue, behind which the statement has another.
func (v *View) elsewhere(s *Statement) bool {
	if len(s.Content) < 2 || len(s.Cue) == 0 {
		return false
	}
	x, cue := s.Content[0], s.Cue[0]
	return x.Last < cue.First && cue.Last < s.Content[1].First && v.quotes[x.Last] == text.Mark && strings.Contains(".!?…", v.word(x.Last-1))
}

// anew lets a quotation without a cue of its own stand by itself where it opens a
// paragraph behind one that closed with its cue: “A,” she said. ¶ “B.”, begins a
// sentence behind what is told in other words: She said that A. “B.”, or stands
// behind another's cue: “A.” Bo laughed that C. “B.” Within a paragraph it stays with
// the cue of a quotation. What closes right before the quotation that a cue follows is
// of somebody's turn before: “A.” “B,” she said.
func (v *View) anew(all []Statement) []Statement {
	for i, n := 0, len(all); i < n; i++ {
		s := all[i]
		if len(s.Cue) == 0 || len(s.Content) < 2 || s.Content[1].Last > s.Cue[0].First {
			continue
		}
		if a, b := s.Content[0].Last, s.Content[1].First; b == a+1 && v.Paragraph[a] == v.Paragraph[b] && v.quotes[a] == text.Mark && v.quotes[b] == text.Mark && strings.Contains(".!?…", v.word(a-1)) {
			all = append(all, Statement{Content: slices.Clone(s.Content[:1]), Inner: s.Inner, log: s.log})
			all[i].Content = s.Content[1:]
		}
	}
	for i := 0; i < len(all); i++ {
		s := &all[i]
		last := -1
		for _, x := range slices.Concat(s.Cue, s.Source) {
			last = max(last, x.Last)
		}
		for k := 1; k < len(s.Content); k++ {
			x, before := s.Content[k].First, s.Content[k-1].Last
			if x <= max(last, before) || v.quotes[x] != text.Mark || v.word(x-1) == ":" {
				continue
			}
			told := len(s.Cue) > 0
			opens := told && v.Paragraph[x] > v.Paragraph[max(last, before)] && !v.continues(x)
			behind := told && v.Paragraph[x] == v.Paragraph[last] && last < before && v.sentence[x] > v.sentence[before] && v.quotes[before] == text.Outside && v.quotes[before-1] == text.Outside
			if opens || behind || last < before && v.quotes[x-1] == text.Outside && cues(all, before, x) {
				all = append(all, Statement{Content: slices.Clone(s.Content[k:]), Inner: s.Inner, log: s.log})
				all[i].Content = s.Content[:k]
				break
			}
		}
	}
	return all
}

// cues reports whether the cue of a statement with a content stands between two pieces.
func cues(all []Statement, from, to int) bool {
	return slices.ContainsFunc(all, func(s Statement) bool {
		return len(s.Content) > 0 && slices.ContainsFunc(s.Cue, func(x Span) bool { return from < x.First && x.Last < to })
	})
}

// leavesOpen reports whether a content holds the quotation at the end of a paragraph,
// but for the sign that ends it.
func (v *View) leavesOpen(content, line Span) bool {
	return content.First >= line.First && (content.Last == line.Last || content.Last == line.Last-1 && strings.Contains(".!?…", v.word(line.Last))) && slices.Contains(v.quotes[content.First:content.Last+1], text.Mark)
}

// quotation reports whether nothing of a stretch stands outside quotation marks.
func (v *View) quotation(s Span) bool {
	return !slices.Contains(v.quotes[s.First:s.Last+1], text.Outside)
}

// continues reports whether piece i opens a paragraph with a quotation mark and
// the line before it ends within a quotation that a double mark opened, or a single
// one where the mark is single.
func (v *View) continues(i int) bool {
	const opening, double = "“„«\"", "“„«\"”»"
	if i > 0 && v.Paragraph[i] != v.Paragraph[i-1] && v.quotes[i] == text.Mark && v.single(i) {
		for k := i - 1; k >= 0 && v.Paragraph[k] == v.Paragraph[i-1]; k-- {
			if v.held[k] {
				return true
			}
		}
		return false
	}
	if i == 0 || v.Paragraph[i] == v.Paragraph[i-1] || v.quotes[i] != text.Mark || !strings.Contains(opening, v.word(i)) || v.quotes[i-1] == text.Outside {
		return false
	}
	k := i - 1
	for k > 0 && v.Paragraph[k-1] == v.Paragraph[k] && !(v.quotes[k] == text.Mark && strings.Contains(double, v.word(k))) {
		k--
	}
	return v.quotes[k] == text.Mark && strings.Contains(opening, v.word(k)) && k < i-1 && v.quotes[k+1] != text.Outside
}
