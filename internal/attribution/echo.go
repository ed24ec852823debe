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
	const (
		longest = 8  // pieces, marks included
		most    = 16 // quotations of a paragraph: a title or lead has fewer
	)
	quoting := v.quoting(all)
	out := slices.Clone(all)
	for _, r := range head {
		line, ok := v.Cover(r)
		if !ok {
			continue
		}
		for n, q := range v.quoted(line) {
			if n < most && q.Last-q.First < longest && !slices.ContainsFunc(all, func(s Statement) bool { return meets(s.Content, q) }) && v.repeated(q, quoting) {
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

// quoting lists the contents of the statements that quote.
func (v *View) quoting(all []Statement) []text.Range {
	var out []text.Range
	for i := range all {
		if inside, _ := v.Quoted(&all[i]); inside > 0 {
			for _, c := range all[i].Content {
				out = append(out, v.Range(c))
			}
		}
	}
	return out
}

// repeated reports whether what stands between the marks of q, which is in no
// content, stands in one of these in small letters.
func (v *View) repeated(q Span, contents []text.Range) bool {
	said := strings.ToLower(strings.TrimFunc(v.Text[v.Pieces[q.First].End:v.Pieces[q.Last].Start], func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }))
	return slices.ContainsFunc(contents, func(r text.Range) bool { return hasWords(v.Text[r.Start:r.End], said) })
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
		if !inWord(before) && !inWord(after) {
			return true
		}
		at += i + len(words)
	}
	return false
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
