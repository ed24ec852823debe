package read

import (
	"strings"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// sectionBytes is how much text is read at one time: some 10,000 words. A longer
// text is read section by section, each as an article by itself, so that memory
// does not grow with it.
const sectionBytes = 60_000

// A section is a stretch of an article's text with the paragraphs in it.
type section struct {
	text.Range
	paragraphs []text.Range
	kinds      []quoth.ParagraphKind
}

// sections cuts a text between paragraphs into stretches of at most so many
// bytes; a paragraph that is longer is cut at a space.
func sections(s string, paragraphs []text.Range, kinds []quoth.ParagraphKind, most int) []section {
	out := []section{{}}
	for i, p := range paragraphs {
		for p.Len() > 0 {
			now := &out[len(out)-1]
			room := now.Start + most - p.Start
			if p.Len() > room && len(now.paragraphs) > 0 {
				out = append(out, section{Range: text.Range{Start: p.Start, End: p.Start}})
				continue
			}
			part := p
			if p.Len() > most {
				part.End = p.Start + cut(s[p.Start:p.Start+most])
			}
			now.paragraphs, now.kinds = append(now.paragraphs, part), append(now.kinds, kinds[i])
			now.End, p.Start = part.End, part.End
		}
	}
	out[len(out)-1].End = len(s)
	return out
}

// cut is where to cut a text that goes on: after its last space, or where it has
// none before its last code point. Bytes that are no text are cut anywhere.
func cut(s string) int {
	if i := strings.LastIndexAny(s, " \t"); i > 0 {
		return i + 1
	}
	for i := len(s) - 1; i > 0 && i >= len(s)-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return i
		}
	}
	return len(s)
}

// shift moves the spans of a section's record to where they stand in the whole
// article, which begins so many code points earlier.
func shift(rec *quoth.Record, evidence []Evidence, by int) {
	move := func(s *quoth.Span) { s.Start, s.End = s.Start+by, s.End+by }
	for _, s := range rec.Spans() {
		move(s)
	}
	for _, e := range evidence {
		for k := range e.Roles {
			move(&e.Roles[k].Span)
		}
		for k := range e.Ties {
			move(&e.Ties[k].Span)
		}
	}
}
