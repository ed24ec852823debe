package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/text"
)

// Echoes adds what the given paragraphs, the head of an article, quote in a word
// or two of what a statement has in full, and do not say there whose it is:
// "Minister Rejects ‘Hasty’ Deal". Such a statement has a content alone.
func (v *View) Echoes(all []Statement, head []text.Range) []Statement {
	const longest = 8 // pieces, marks included
	out := slices.Clone(all)
	for _, r := range head {
		line, ok := v.Cover(r)
		if !ok {
			continue
		}
		for _, q := range v.quoted(line) {
			if q.Last-q.First < longest && !slices.ContainsFunc(all, func(s Statement) bool { return covers(s.Content, q) }) && v.repeated(q, all) {
				s := Statement{Content: []Span{q}, log: logP(v.r.set.Keep["content_alone"])}
				s.Confidence = v.confidence(&s)
				out = append(out, s)
			}
		}
	}
	sortByPlace(out)
	return out
}

// quoted lists the stretches between quotation marks of a paragraph, marks included.
func (v *View) quoted(b Span) []Span {
	var out []Span
	first := -1
	for i := b.First; i <= b.Last; i++ {
		switch {
		case v.quotes[i] != text.Mark:
		case first < 0:
			first = i
		default:
			if i > first+1 {
				out = append(out, Span{first, i})
			}
			first = -1
		}
	}
	return out
}

// covers reports whether one of the spans shares a piece with x.
func covers(spans []Span, x Span) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.First <= x.Last && x.First <= s.Last })
}

// repeated reports whether what stands between the marks of q stands, in small
// letters, in the quoted words of a statement.
func (v *View) repeated(q Span, all []Statement) bool {
	said := strings.ToLower(strings.TrimFunc(v.Text[v.Pieces[q.First].End:v.Pieces[q.Last].Start], unicode.IsPunct))
	for i := range all {
		inside, _ := v.Quoted(&all[i])
		for _, c := range all[i].Content {
			if r := v.Range(c); inside > 0 && !covers([]Span{c}, q) && hasWords(v.Text[r.Start:r.End], said) {
				return true
			}
		}
	}
	return false
}

// hasWords reports whether a text has these words, and not as parts of others.
func hasWords(s, words string) bool {
	for at := 0; words != ""; {
		i := strings.Index(s[at:], words)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at+i])
		after, _ := utf8.DecodeRuneInString(s[at+i+len(words):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at += i + len(words)
	}
	return false
}
