// Package caption reads the words under pictures: who is to be seen, where,
// when, and who made the picture.
//
//	captions := caption.Read(text, published, paragraphs, names)
//
// Everything is rules over the caption and the credit that follows it, and
// every answer is a stretch of the text. What a caption does not tell stays
// empty. A credit without a caption is nobody's picture and is left out.
package caption

import (
	"slices"
	"strings"
	"unicode"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A Paragraph is a stretch of the text with its kind.
type Paragraph struct {
	text.Range
	Kind quoth.ParagraphKind
}

// A Caption is what the words under one picture tell. Ranges of no length are
// not known.
type Caption struct {
	text.Range              // the caption, without a credit at its end
	Who          []string   // full names as the article gives them
	Where        text.Range // "Helsinki, Finland"
	When         when.Dated
	Photographer text.Range
	Agency       text.Range // "AFP/Getty Images"
}

// Read gives the captions of a text, in order. Names are those of
// [speaker.Cast.Names], published is the article's date.
func Read(s, published string, paragraphs []Paragraph, names []speaker.Name) []Caption {
	var out []Caption
	for i := 0; i < len(paragraphs); i++ {
		if paragraphs[i].Kind != quoth.Caption {
			continue
		}
		c := Caption{Range: paragraphs[i].Range}
		if i+2 < len(paragraphs) && heads(s, paragraphs[i], paragraphs[i+1]) && paragraphs[i+2].Kind == quoth.Credit {
			i++ // a picture's short name and its caption
			c.End = paragraphs[i].End
		}
		inside := c.split(s)
		if !inside && i+1 < len(paragraphs) && paragraphs[i+1].Kind == quoth.Credit {
			c.credit(s, paragraphs[i+1].Range)
		}
		if strings.ContainsFunc(s[c.Start:c.End], unicode.IsLetter) {
			c.look(s, published, names)
			out = append(out, c)
		}
	}
	return out
}

// heads reports whether a is the short name of the picture that b describes.
func heads(s string, a, b Paragraph) bool {
	end := s[a.End-1]
	return b.Kind == quoth.Caption && a.Len() < 90 && end != '.' && end != '!' && end != '?'
}

// look finds who, where and when.
func (c *Caption) look(s, published string, names []speaker.Name) {
	var times []text.Range
	for _, d := range when.Read(s[c.Start:c.End], published) {
		d.Start, d.End = d.Start+c.Start, d.End+c.Start
		times = append(times, d.Range)
		if c.When.Len() == 0 || c.When.Date == "" && d.Date != "" {
			c.When = d
		}
	}
	if words := s[c.When.Start:c.When.End]; strings.HasPrefix(words, "this ") && strings.ContainsFunc(words, unicode.IsDigit) { // "In this May 3, 2031, photo"
		c.When.Start += len("this ")
	}
	c.Where = speaker.Place(s, c.Range, times, names)
	var others []string
	for _, n := range speaker.Within(names, c.Range) {
		if n.Place || n.Overlaps(c.Where) || n.Overlaps(c.When.Range) || n.Full == "FILE" {
			continue
		}
		switch {
		case n.Person(s), n.Type == quoth.Unknown && strings.Contains(n.Full, " ") && !n.Thing(s):
			if !slices.Contains(c.Who, n.Full) {
				c.Who = append(c.Who, n.Full)
			}
		case n.Type == quoth.Organization && !slices.Contains(others, n.Full):
			others = append(others, n.Full)
		}
	}
	if len(c.Who) == 0 {
		c.Who = others
	}
}

// split cuts a credit off the caption's end: "… (AP Photo/Jane Roe)",
// "… Photograph: Jane Roe/Getty Images". It reports whether there was one.
func (c *Caption) split(s string) bool {
	words := s[c.Start:c.End]
	for _, cut := range cuts(words) {
		if cut > 0 && c.credit(s, text.Range{Start: c.Start + cut, End: c.End}) {
			c.End = c.Start + len(strings.TrimRight(words[:cut], " \t\n"))
			return true
		}
	}
	return false
}

// cuts are where a credit may begin within a caption's words, the likeliest first.
func cuts(words string) []int {
	switch end := strings.TrimRight(words, ". "); {
	case strings.HasSuffix(end, ")"):
		return []int{strings.LastIndexByte(end, '(')}
	case strings.HasSuffix(end, "]"):
		return []int{strings.LastIndexByte(end, '[')}
	}
	const bar = " | "
	behind, cut := strings.LastIndex(words, bar), -1
	for _, mark := range marks {
		if i := strings.LastIndex(words, mark); i > cut && (i == 0 || strings.ContainsRune(" \t\n", rune(words[i-1]))) {
			cut = i
		}
	}
	switch i := strings.LastIndex(words, ". "); {
	case behind >= 0 && cut <= behind+len(bar):
		return []int{behind, cut}
	case cut < 0 && strings.Contains(words[i+1:], "/"): // "… in Oslo. REUTERS/Jane Roe"
		return []int{i + 1}
	}
	return []int{cut, behind}
}
