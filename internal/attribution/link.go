package attribution

import "math"

const (
	distances    = 22 // buckets of signed distance in word pieces
	farParagraph = 4  // paragraphs between, cut off at so many either way
)

// bucket maps a signed distance to 1..21: exact to 4, then by powers of two.
func bucket(d int) int {
	a := max(d, -d)
	b := a
	if a > 4 {
		b = min(10, int(math.Log2(float64(a))+3))
	}
	if d < 0 {
		b = -b
	}
	return b + 11
}

// Vectors computes the link scorer's vector of each span: [len(spans), width].
func (v *View) Vectors(spans []Span) []float32 {
	w := v.r.width
	in := make([]float32, len(spans)*2*w)
	for i, s := range spans {
		copy(in[i*2*w:], v.vector(s.First))
		copy(in[i*2*w+w:], v.vector(s.Last))
	}
	out := make([]float32, len(spans)*v.r.span)
	v.r.spans.Apply(out, in, len(spans))
	for i, x := range out {
		out[i] = gelu(x)
	}
	return out
}

func gelu(x float32) float32 {
	return float32(0.5 * float64(x) * (1 + math.Erf(float64(x)/math.Sqrt2)))
}

// A Scorer gives the scores of one relation from one span to others.
type Scorer struct {
	v        *View
	relation int
	from     Span
	product  []float32 // from's vector through the biaffine form
	constant float32
	none     float32
}

// Scorer prepares the scores of a relation from a span, whose vector (of
// [View.Vectors]) is given. It returns nil where the weights lack the relation.
func (v *View) Scorer(relation string, from Span, vec []float32) *Scorer {
	k, ok := v.r.relation[relation]
	if !ok {
		return nil
	}
	n := v.r.span
	s := &Scorer{v: v, relation: k, from: from, product: make([]float32, n)}
	form := v.r.pair.Data[k*n*n : (k+1)*n*n]
	for i, a := range vec {
		row := form[i*n : (i+1)*n]
		for j, b := range row {
			s.product[j] += a * b
		}
		s.constant += a * v.r.left.Data[k*n+i]
		s.none += a * v.r.noneW.Data[k*n+i]
	}
	for j, b := range v.r.right.Data[k*n : (k+1)*n] {
		s.product[j] += b
	}
	s.none += v.r.noneB.Data[k]
	return s
}

// To is the score of the relation to another span: log-odds for the links of
// statements.
func (s *Scorer) To(to Span, vec []float32) float32 {
	score := s.constant
	for j, a := range s.product {
		score += a * vec[j]
	}
	r := s.v.r
	score += r.distance.Data[s.relation*distances+bucket(to.First-s.from.First)]
	gap := s.v.line(to.First) - s.v.line(s.from.First)
	gap = max(-farParagraph, min(farParagraph, gap))
	return score + r.paragraph.Data[s.relation*(2*farParagraph+1)+gap+farParagraph]
}

// None is the score of the relation to nothing at all.
func (s *Scorer) None() float32 { return s.none }

// line is the number of the line that holds a piece.
func (v *View) line(piece int) int {
	return search(len(v.bounds), func(i int) bool { return v.bounds[i].Last >= piece })
}

func sigmoid(x float32) float64 { return 1 / (1 + math.Exp(-float64(x))) }
