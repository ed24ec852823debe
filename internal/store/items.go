package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/quothnews/quoth"
)

// A Prior is a statement that an article has or had, for [Identify].
type Prior struct {
	ID     string
	Source string // words, as Words gives them
	Cue    string
	Body   string // of the content
	Start  int    // of its first span in the text it was last seen in
	Gone   bool   // vanished from the newest revision
}

// Words joins the words of spans: white space is one space, parts are set
// apart by " … ".
func Words(spans []quoth.Span) string {
	var b strings.Builder
	for i, s := range spans {
		if i > 0 {
			b.WriteString(" … ")
		}
		for k, f := range strings.Fields(s.Text) {
			if k > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(f)
		}
	}
	return b.String()
}

// First is where a statement begins in the text.
func First(s *quoth.Statement) int {
	first := -1
	for _, g := range [][]quoth.Span{s.Source, s.Cue, s.Content} {
		for _, x := range g {
			if first < 0 || x.Start < first {
				first = x.Start
			}
		}
	}
	return max(first, 0)
}

// Identify gives each item of a record its permanent ID. A statement is the
// same as a prior one whose words are the same, in order where several are; or
// that shares most of its words (half of those of both, the more the better).
// Other items are the same where their words are. was are the items of the
// article's newest reading, with its record; nil and nil where there is none.
func Identify(article string, rec *quoth.Record, priors []Prior, wasRec *quoth.Record, was *Items) Items {
	ids := Items{Statements: statementIDs(article, rec.Statements, priors)}
	var none Items
	if was == nil {
		was, wasRec = &none, &quoth.Record{}
	}
	ids.Figures = spanIDs("f", article, spansOf(rec.Figures, func(f quoth.Figure) quoth.Span { return f.Span }), spansOf(wasRec.Figures, func(f quoth.Figure) quoth.Span { return f.Span }), was.Figures)
	ids.Captions = spanIDs("c", article, spansOf(rec.Captions, func(p quoth.Picture) quoth.Span { return p.Span }), spansOf(wasRec.Captions, func(p quoth.Picture) quoth.Span { return p.Span }), was.Captions)
	ids.Events = spanIDs("e", article, spansOf(rec.Events, func(e quoth.Event) quoth.Span { return e.Span }), spansOf(wasRec.Events, func(e quoth.Event) quoth.Span { return e.Span }), was.Events)
	return ids
}

func spansOf[T any](list []T, span func(T) quoth.Span) []quoth.Span {
	out := make([]quoth.Span, len(list))
	for i, x := range list {
		out[i] = span(x)
	}
	return out
}

// A wording is the words of a statement, part by part.
type wording struct{ source, cue, body string }

// statementIDs gives statements the IDs of priors: of those with the same words, then
// of those most alike; new ones to the others.
func statementIDs(article string, statements []quoth.Statement, priors []Prior) []string {
	ids := make([]string, len(statements))
	wordings := make([]wording, len(statements))
	taken := make([]bool, len(priors))
	used := map[string]bool{}
	for _, p := range priors {
		used[p.ID] = true
	}
	same := map[wording][]int{}
	for _, k := range standingFirst(priors) {
		p := priors[k]
		same[wording{p.Source, p.Cue, p.Body}] = append(same[wording{p.Source, p.Cue, p.Body}], k)
	}
	for i := range statements {
		s := &statements[i]
		wordings[i] = wording{Words(s.Source), Words(s.Cue), Words(s.Content)}
		if l := same[wordings[i]]; len(l) > 0 {
			ids[i], taken[l[0]], same[wordings[i]] = priors[l[0]].ID, true, l[1:]
		}
	}
	mostAlike(ids, wordings, priors, taken)
	for i := range ids {
		for n := 0; ids[i] == ""; n++ {
			if id := NewID("s", article, wordings[i].source, wordings[i].cue, wordings[i].body, strconv.Itoa(n)); !used[id] {
				ids[i], used[id] = id, true
			}
		}
	}
	return ids
}

// standingFirst orders priors: those that stand before those that are gone, each in
// order of the text.
func standingFirst(priors []Prior) []int {
	order := make([]int, len(priors))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if priors[a].Gone != priors[b].Gone {
			if priors[b].Gone {
				return -1
			}
			return 1
		}
		return cmp.Compare(priors[a].Start, priors[b].Start)
	})
	return order
}

// mostAlike gives statements without an ID that of a standing prior which is not
// taken, the most alike first: at least half of the words of both are in common,
// each counted as often as it stands there. Words are looked up in a table of the
// priors that have them, since of a long article all are compared with all.
func mostAlike(ids []string, wordings []wording, priors []Prior, taken []bool) {
	type count struct{ at, n int } // of a word in the words of standing[at]
	var standing, size []int       // priors, and how many words each has
	counts := map[string][]count{}
	for k, p := range priors {
		if taken[k] || p.Gone {
			continue
		}
		total := 0
		for w, n := range bag(p.Source, p.Cue, p.Body) {
			counts[w] = append(counts[w], count{len(standing), n})
			total += n
		}
		standing, size = append(standing, k), append(size, total)
	}
	type pair struct {
		i, k  int
		alike float64
	}
	var pairs []pair
	common := make([]int, len(standing)) // words
	for i, x := range wordings {
		if ids[i] != "" {
			continue
		}
		clear(common)
		total := 0
		for w, n := range bag(x.source, x.cue, x.body) {
			total += n
			for _, c := range counts[w] {
				common[c.at] += min(n, c.n)
			}
		}
		for at, n := range common {
			if alike := float64(n) / float64(max(1, total+size[at]-n)); alike >= 0.5 {
				pairs = append(pairs, pair{i, standing[at], alike})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.alike, a.alike) })
	for _, p := range pairs {
		if ids[p.i] == "" && !taken[p.k] {
			ids[p.i], taken[p.k] = priors[p.k].ID, true
		}
	}
}

// bag holds the words of a statement, each as often as it stands there; where
// there is a content, that alone tells statements apart.
func bag(source, cue, body string) map[string]int {
	if body == "" {
		body = source + " " + cue
	}
	out := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(body), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		out[w]++
	}
	return out
}

// spanIDs gives IDs to items that are spans; the same words have the same ID,
// in order.
func spanIDs(prefix, article string, spans, were []quoth.Span, wasIDs []string) []string {
	same, used := map[string][]string{}, map[string]bool{}
	for i, s := range were {
		same[s.Text] = append(same[s.Text], wasIDs[i])
		used[wasIDs[i]] = true
	}
	ids := make([]string, len(spans))
	for i, s := range spans {
		if l := same[s.Text]; len(l) > 0 {
			ids[i], same[s.Text] = l[0], l[1:]
		}
		for n := 0; ids[i] == ""; n++ {
			if id := NewID(prefix, article, s.Text, strconv.Itoa(n)); !used[id] {
				ids[i], used[id] = id, true
			}
		}
	}
	return ids
}

// NewID makes an ID of what it stands for: a prefix and 16 hexadecimal digits
// of a SHA-256.
func NewID(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p))))
		h.Write([]byte{':'})
		h.Write([]byte(p))
	}
	return prefix + hex.EncodeToString(h.Sum(nil)[:8])
}
