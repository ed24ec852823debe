package claim

import (
	"iter"
	"sort"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// Statements gives a record's statements as Join takes them. id makes the
// identifier of the i-th one.
func Statements(r *quoth.Record, id func(i int) string) []Statement {
	ix := quoth.NewIndex(r.Article.Text)
	ends := sentenceEnds(r.Article.Text)
	out := make([]Statement, len(r.Statements))
	for i, st := range r.Statements {
		s := Statement{ID: id(i), Article: r.Article.ID, Outlet: r.Article.Outlet, Published: r.Article.Published, Statement: st}
		var words []string
		for _, c := range st.Content {
			words = append(words, c.Text)
			for _, f := range r.Figures {
				if c.Start <= f.Start && f.End <= c.End {
					s.Figures = append(s.Figures, f)
				}
			}
		}
		s.Words = strings.Join(words, " ")
		start, end := Bounds(&st)
		for _, g := range [][]quoth.Span{st.Source, st.Cue, st.Content} {
			for _, sp := range g {
				start, end = min(start, sp.Start), max(end, sp.End)
			}
		}
		s.Context = around(r.Article.Text, ends, ix.Byte(start), ix.Byte(end))
		out[i] = s
	}
	return out
}

// Bounds are the first and last code point of a statement's content, of its
// cue where it has none, else of its source.
func Bounds(s *quoth.Statement) (start, end int) {
	for _, g := range [][]quoth.Span{s.Content, s.Cue, s.Source} {
		if len(g) == 0 {
			continue
		}
		start, end = g[0].Start, g[0].End
		for _, sp := range g[1:] {
			start, end = min(start, sp.Start), max(end, sp.End)
		}
		return start, end
	}
	return 0, 0
}

// sentences gives the sentences of a content, span by span.
func sentences(content []quoth.Span) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, sp := range content {
			from := 0
			for _, end := range sentenceEnds(sp.Text) {
				if !yield(sp.Text[from:end]) {
					return
				}
				from = end
			}
		}
	}
}

// sentenceEnds gives the byte offsets at which sentences end, in order.
func sentenceEnds(s string) []int {
	var out []int
	tokens := text.Tokens(s)
	for i, t := range tokens {
		if i == 0 {
			continue
		}
		last := tokens[i-1]
		if t.Break {
			out = append(out, last.End)
			continue
		}
		if !t.Space || !strings.ContainsAny(s[t.Start:t.Start+1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ\"'") && !strings.HasPrefix(s[t.Start:], "“") && !strings.HasPrefix(s[t.Start:], "‘") {
			continue
		}
		k := i - 1
		for k > 0 && strings.ContainsAny(tokens[k].Lower, "\"'”’)") {
			k--
		}
		if strings.ContainsAny(tokens[k].Lower, ".!?") && !(k > 0 && tokens[k-1].End-tokens[k-1].Start <= 2 && !tokens[k].Space && tokens[k].Lower == ".") {
			out = append(out, last.End)
		}
	}
	return append(out, len(s))
}

// around is the text of the sentences that hold the bytes from start to end.
func around(s string, ends []int, start, end int) string {
	from, to := 0, len(s)
	if i := sort.SearchInts(ends, start+1); i > 0 {
		from = ends[i-1]
	}
	if i := sort.SearchInts(ends, end); i < len(ends) {
		to = ends[i]
	}
	return strings.TrimSpace(s[from:to])
}
