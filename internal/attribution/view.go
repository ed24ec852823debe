// Package attribution finds statements in a text: which words are a source, a
// cue or a content, and which of them belong together.
//
//	v, err := reader.View(ctx, text, paragraphs, threads)   // encode once
//	statements := v.Statements()
//
// A [View] holds the text's word pieces and their vectors; the small heads
// (tag tracks, links between spans, the act of a statement) all read it. Other
// rooms that need the vectors take the View.
//
// The tag tracks follow the BIOES scheme, decoded by Viterbi over each
// paragraph so that only legal sequences come out. Links are scored by a
// biaffine form over the first and last vector of two spans (Dozat and Manning
// 2017) with learned terms for distance in word pieces and in paragraphs.
package attribution

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"github.com/quothnews/quoth/internal/encoder"
	"github.com/quothnews/quoth/internal/text"
)

// Settings is what the weights file says about the heads.
type Settings struct {
	Window    int                `json:"window"`    // word pieces in a stretch, marks included
	Reach     int                `json:"reach"`     // word pieces between two spans that may be linked
	Tracks    []string           `json:"tracks"`    // each five tags: O B I E S
	Relations []string           `json:"relations"` // of the link scorer
	Acts      []string           `json:"acts"`
	Types     []string           `json:"types"` // of speakers
	CLS       int32              `json:"cls"`
	SEP       int32              `json:"sep"`
	Keep      map[string]float64 `json:"keep"`       // least probability of a link or span, by name
	Calibrate []float64          `json:"confidence"` // weights of the confidence's logistic form
}

// A Reader holds the heads of one weights file.
type Reader struct {
	model *encoder.Model
	set   Settings

	tags, spans         *encoder.Linear
	actIn, acts         *encoder.Linear
	pair, left, right   encoder.Tensor // [relations, span, span], [relations, span]
	distance, paragraph encoder.Tensor
	noneW, noneB        encoder.Tensor
	empty, look         encoder.Tensor // [6, width], [3, width]
	width, span         int
	track, relation     map[string]int
}

// New takes the heads out of a weights file.
func New(m *encoder.Model) (*Reader, error) {
	r := &Reader{model: m, width: m.Config().Width}
	if err := json.Unmarshal(m.Meta(), &r.set); err != nil {
		return nil, fmt.Errorf("weights %s: description of the heads: %w", m.Name(), err)
	}
	n, w := len(r.set.Relations), r.width
	tags := tagsPerTrack * len(r.set.Tracks)
	outs := len(r.set.Acts) + len(r.set.Types)
	span, err := m.Tensor("heads.span.weight")
	if err != nil {
		return nil, err
	}
	if len(span.Shape) != 2 {
		return nil, fmt.Errorf("weights %s: heads.span.weight is no matrix", m.Name())
	}
	r.span = span.Shape[0]
	hidden, err := m.Tensor("heads.act_in.bias")
	if err != nil {
		return nil, err
	}
	a := len(hidden.Data)
	var tagsW, tagsB, spanW, spanB, actInW, actInB, actW, actB encoder.Tensor
	for _, t := range []struct {
		name  string
		to    *encoder.Tensor
		shape []int
	}{
		{"tags.weight", &tagsW, []int{tags, w}}, {"tags.bias", &tagsB, []int{tags}},
		{"span.weight", &spanW, []int{r.span, 2 * w}}, {"span.bias", &spanB, []int{r.span}},
		{"pair", &r.pair, []int{n, r.span, r.span}}, {"left", &r.left, []int{n, r.span}}, {"right", &r.right, []int{n, r.span}},
		{"distance", &r.distance, []int{n, distances}}, {"paragraph", &r.paragraph, []int{n, 2*farParagraph + 1}},
		{"none.weight", &r.noneW, []int{n, r.span}}, {"none.bias", &r.noneB, []int{n}},
		{"act_in.weight", &actInW, []int{a, 6 * w}}, {"act_in.bias", &actInB, []int{a}},
		{"act.weight", &actW, []int{outs, a}}, {"act.bias", &actB, []int{outs}},
		{"empty", &r.empty, []int{6, w}}, {"look", &r.look, []int{3, w}},
	} {
		x, err := m.Tensor("heads." + t.name)
		if err != nil {
			return nil, err
		}
		if fmt.Sprint(x.Shape) != fmt.Sprint(t.shape) {
			return nil, fmt.Errorf("weights %s: heads.%s has shape %v, not %v", m.Name(), t.name, x.Shape, t.shape)
		}
		*t.to = x
	}
	r.tags, r.spans = encoder.NewLinear(tagsW, tagsB), encoder.NewLinear(spanW, spanB)
	r.actIn, r.acts = encoder.NewLinear(actInW, actInB), encoder.NewLinear(actW, actB)
	if m.Config().Middle == 0 {
		return nil, fmt.Errorf("weights %s: no middle vectors, from which acts are read", m.Name())
	}
	if max := m.Config().Positions; r.set.Window < 8 || r.set.Window > max {
		return nil, fmt.Errorf("weights %s: a window of %d word pieces, where 8 to %d are possible", m.Name(), r.set.Window, max)
	}
	r.track, r.relation = positions(r.set.Tracks), positions(r.set.Relations)
	for _, k := range []string{"source", "cue", "content", "inner_source", "inner_cue", "inner_content"} {
		if _, ok := r.track[k]; !ok {
			return nil, fmt.Errorf("weights %s: no tag track %q", m.Name(), k)
		}
	}
	for _, k := range []string{"cue_source", "cue_content", "content_source"} {
		if _, ok := r.relation[k]; !ok {
			return nil, fmt.Errorf("weights %s: no relation %q", m.Name(), k)
		}
	}
	return r, nil
}

func positions(names []string) map[string]int {
	m := make(map[string]int, len(names))
	for i, k := range names {
		m[k] = i
	}
	return m
}

// A View is a text as the heads see it.
type View struct {
	r          *Reader
	Text       string
	Pieces     []encoder.Piece // offsets in Text
	Paragraph  []int           // of each piece: index into the paragraphs given
	bounds     []Span          // pieces of each paragraph that has any
	quotes     []uint8         // of each piece: text.Outside, Inside, Mark
	held       map[int]bool    // single marks that hold a quotation open to the end of their paragraph
	sentence   []int           // of each piece: number of its sentence
	vectors    []float32       // [pieces, width]
	middle     []float32       // [pieces, width], half-way up the encoder
	tags       []float32       // [pieces, tracks*5], log-probabilities
	Work       float64         // floating-point operations of the encoder's matrix products
	paragraphs []text.Range
	folded     []text.Folded      // of each paragraph
	known      map[Span][]float32 // link vectors computed so far
}

// A Span is a closed stretch of word pieces.
type Span struct{ First, Last int }

// meets reports whether one of the spans shares a piece with x.
func meets(spans []Span, x Span) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.First <= x.Last && x.First <= s.Last })
}

// met are those of a list in order of the text, none of which meet one another, that
// meet a span.
func met(list []Span, x Span) []Span {
	from, to := meeting(list, x)
	return list[from:to]
}

// meeting is where they begin and end in the list.
func meeting(list []Span, x Span) (from, to int) {
	from = search(len(list), func(i int) bool { return list[i].Last >= x.First })
	return from, search(len(list), func(i int) bool { return list[i].First > x.Last })
}

// Range is the span's stretch of bytes in the text.
func (v *View) Range(s Span) text.Range {
	return text.Range{Start: v.Pieces[s.First].Start, End: v.Pieces[s.Last].End}
}

// Cover gives the pieces that share a byte with g.
func (v *View) Cover(g text.Range) (Span, bool) {
	lo := search(len(v.Pieces), func(i int) bool { return v.Pieces[i].End > g.Start })
	hi := search(len(v.Pieces), func(i int) bool { return v.Pieces[i].Start >= g.End }) - 1
	return Span{lo, hi}, lo <= hi
}

// search is the smallest i in [0, n) for which f is true, else n; f is false, then true.
func search(n int, f func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		if mid := (lo + hi) / 2; f(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// vector is the encoder's output for piece i.
func (v *View) vector(i int) []float32 { return v.vectors[i*v.r.width : (i+1)*v.r.width] }

// half is what the encoder made of piece i half-way up.
func (v *View) half(i int) []float32 { return v.middle[i*v.r.width : (i+1)*v.r.width] }

// View encodes the given paragraphs (byte ranges of s, in order) on so many
// threads.
func (r *Reader) View(ctx context.Context, s string, paragraphs []text.Range, threads int) (*View, error) {
	v := &View{r: r, Text: s, paragraphs: paragraphs}
	v.split()
	v.sentences()
	v.vectors, v.middle = make([]float32, len(v.Pieces)*r.width), make([]float32, len(v.Pieces)*r.width)
	var stretches []encoder.Stretch
	var rows [][]int // piece of each row of a stretch, -1 for marks
	for _, w := range r.windows(v.bounds) {
		st, row := v.input(w)
		stretches, rows = append(stretches, st), append(rows, row)
		v.Work += r.model.Work(len(st.IDs))
	}
	err := r.model.EncodeEach(ctx, stretches, threads, func(k int, last, middle []float32) {
		for i, piece := range rows[k] {
			if piece >= 0 {
				copy(v.vector(piece), last[i*r.width:])
				copy(v.half(piece), middle[i*r.width:])
			}
		}
	})
	if err != nil {
		return nil, err
	}
	v.tag()
	return v, nil
}

// split cuts the paragraphs into word pieces.
func (v *View) split() {
	var buf []encoder.Piece
	for n, p := range v.paragraphs {
		v.folded = append(v.folded, text.Fold(v.Text[p.Start:p.End]))
		buf = v.r.model.Pieces(buf[:0], v.Text[p.Start:p.End])
		states := text.Quotes(v.Text[p.Start:p.End])
		first := len(v.Pieces)
		for _, q := range buf {
			v.quotes = append(v.quotes, states[q.Start])
			q.Start, q.End = q.Start+p.Start, q.End+p.Start
			v.Pieces = append(v.Pieces, q)
			v.Paragraph = append(v.Paragraph, n)
		}
		if len(v.Pieces) > first {
			v.bounds = append(v.bounds, Span{first, len(v.Pieces) - 1})
		}
	}
}

// input makes a window, the parts of which are paragraphs, what the encoder reads:
// [CLS] part [SEP] part [SEP] … row has the piece of each, -1 for those marks.
func (v *View) input(window []Span) (st encoder.Stretch, row []int) {
	add := func(id int32, kase, quote uint8, piece int) {
		st.IDs, st.Case, st.Quote, row = append(st.IDs, id), append(st.Case, kase), append(st.Quote, quote), append(row, piece)
	}
	add(v.r.set.CLS, 0, 0, -1)
	for _, part := range window {
		for i := part.First; i <= part.Last; i++ {
			add(v.Pieces[i].ID, v.Pieces[i].Case, v.quotes[i], i)
		}
		add(v.r.set.SEP, 0, 0, -1)
	}
	return st, row
}

// stop is the end of a sentence, told from a title or initials by the length
// of the word.
var stop = regexp.MustCompile(`[^\s.]{4}[.!?]["”’)]*\s+|[.!?]["”]\s+`)

// sentences numbers the sentences; none goes on in the next paragraph.
func (v *View) sentences() {
	v.sentence = make([]int, len(v.Pieces))
	n, i := 0, 0
	for _, p := range v.paragraphs {
		ends := stop.FindAllStringIndex(v.Text[p.Start:p.End], -1)
		for ; i < len(v.Pieces) && v.Pieces[i].Start < p.End; i++ {
			for len(ends) > 0 && v.Pieces[i].Start >= p.Start+ends[0][1] {
				n, ends = n+1, ends[1:]
			}
			v.sentence[i] = n
		}
		n++
	}
}

// windows packs whole paragraphs into stretches of about equal length; a
// paragraph longer than a window is cut. train/features.py is its twin.
func (r *Reader) windows(bounds []Span) [][]Span {
	room := r.set.Window - 2
	var parts []Span
	total := 0
	for _, b := range bounds {
		for b.Last+1-b.First > room {
			parts = append(parts, Span{b.First, b.First + room - 1})
			b.First += room
			total += room + 1
		}
		parts = append(parts, b)
		total += b.Last + 2 - b.First
	}
	if total == 0 {
		return nil
	}
	count := (total + room - 1) / room
	target := (total + count - 1) / count
	var out [][]Span
	var now []Span
	size := 0
	for _, p := range parts {
		n := p.Last + 2 - p.First
		if len(now) > 0 && (size+n > room+1 || 2*size+n > 2*target) {
			out, now, size = append(out, now), nil, 0
		}
		now, size = append(now, p), size+n
	}
	return append(out, now)
}
