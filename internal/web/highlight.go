package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/quothnews/quoth"
)

// A Paragraph is a paragraph of an article cut into pieces, with the statements
// that begin in it.
type Paragraph struct {
	Kind   quoth.ParagraphKind
	Pieces []Piece
	Notes  []Note
}

// A Piece is a stretch of text that the same spans cover.
type Piece struct {
	Text  string
	Start int      // code point in the article's text
	Parts []string // what it is: "content", "source", "cue", "figure"; none for plain text
	Act   quoth.Act
	IDs   []string // of the statements that it belongs to, in order of the text
	Link  string   // ID of the statement whose cue it is
}

// Class is the piece's class in the style sheet.
func (p Piece) Class() string {
	var out []string
	for _, part := range p.Parts {
		out = append(out, "s-"+part)
	}
	if slices.Contains(p.Parts, "content") {
		out = append(out, tone(p.Act))
	}
	return strings.Join(out, " ")
}

// tone is the class of an act: its own for those that a record turns on.
func tone(a quoth.Act) string {
	switch a {
	case quoth.Assert, quoth.Confirm, quoth.Deny, quoth.Neither, quoth.Decline:
		return string(a)
	}
	return "other"
}

type mark struct {
	start, end int
	part       string
	of         int // statement
}

// Paragraphs cuts an article at the spans of its statements and figures.
func paragraphs(r *quoth.Record) []Paragraph {
	ix := quoth.NewIndex(r.Article.Text)
	marks := marksOf(r)
	out := make([]Paragraph, len(r.Article.Paragraphs))
	begun := make([]bool, len(r.Statements))
	for i, p := range r.Article.Paragraphs {
		out[i].Kind = p.Kind
		var here []mark
		for _, m := range marks {
			if m.start < p.End && m.end > p.Start {
				m.start, m.end = max(m.start, p.Start), min(m.end, p.End)
				here = append(here, m)
				if m.of >= 0 && !begun[m.of] {
					begun[m.of] = true
					out[i].Notes = append(out[i].Notes, Note{Statement: r.Statements[m.of]})
				}
			}
		}
		slices.SortStableFunc(out[i].Notes, func(a, b Note) int { return number(a.ID) - number(b.ID) })
		out[i].Pieces = cut(r, ix, p, here)
	}
	return out
}

// number orders "s2" before "s10".
func number(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "s"))
	return n
}

func marksOf(r *quoth.Record) []mark {
	var out []mark
	for i, s := range r.Statements {
		for part, spans := range map[string][]quoth.Span{"content": s.Content, "source": s.Source, "cue": s.Cue} {
			for _, sp := range spans {
				out = append(out, mark{sp.Start, sp.End, part, i})
			}
		}
	}
	for _, f := range r.Figures {
		out = append(out, mark{f.Start, f.End, "figure", -1})
	}
	slices.SortFunc(out, func(a, b mark) int {
		if a.start != b.start {
			return a.start - b.start
		}
		if a.end != b.end {
			return b.end - a.end
		}
		if a.of != b.of {
			return a.of - b.of
		}
		return strings.Compare(a.part, b.part)
	})
	return out
}

func cut(r *quoth.Record, ix *quoth.Index, p quoth.Paragraph, marks []mark) []Piece {
	edges := []int{p.Start, p.End}
	for _, m := range marks {
		edges = append(edges, m.start, m.end)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var out []Piece
	linked := map[int]bool{}
	for k := 0; k+1 < len(edges); k++ {
		piece := Piece{Text: ix.Slice(edges[k], edges[k+1]), Start: edges[k]}
		size := 0
		for _, m := range marks {
			if m.start > edges[k] || m.end < edges[k+1] {
				continue
			}
			if !slices.Contains(piece.Parts, m.part) {
				piece.Parts = append(piece.Parts, m.part)
			}
			if m.of < 0 {
				continue
			}
			if id := r.Statements[m.of].ID; !slices.Contains(piece.IDs, id) {
				piece.IDs = append(piece.IDs, id)
			}
			// The innermost content gives the colour.
			if n := m.end - m.start; m.part == "content" && (size == 0 || n < size) {
				size, piece.Act = n, r.Statements[m.of].Act
			}
			if m.part == "cue" && !linked[m.of] {
				linked[m.of], piece.Link = true, r.Statements[m.of].ID
			}
		}
		slices.Sort(piece.Parts)
		out = append(out, piece)
	}
	return out
}
