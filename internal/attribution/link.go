package attribution

import (
	"math"
	"math/bits"
)

const (
	distances    = 22 // buckets of signed distance in word pieces
	farParagraph = 4  // paragraphs between, cut off at so many either way
)

// bucket maps a signed distance to 1..21: exact to 4, then by powers of two.
func bucket(d int) int {
	a := max(d, -d)
	b := a
	if a > 4 {
		b = min(10, bits.Len(uint(a))+2)
	}
	if d < 0 {
		b = -b
	}
	return b + 11
}

// Vectors gives the link scorer's vector of each span. Each is computed once.
func (v *View) Vectors(spans []Span) [][]float32 {
	if v.known == nil {
		v.known = map[Span][]float32{}
	}
	var fresh []Span
	for _, s := range spans {
		if _, ok := v.known[s]; !ok {
			v.known[s] = nil
			fresh = append(fresh, s)
		}
	}
	w, n := v.r.width, v.r.span
	in, values := make([]float32, len(fresh)*2*w), make([]float32, len(fresh)*n)
	for i, s := range fresh {
		copy(in[i*2*w:], v.vector(s.First))
		copy(in[i*2*w+w:], v.vector(s.Last))
	}
	v.r.spans.Apply(values, in, len(fresh))
	for i, x := range values {
		values[i] = gelu(x)
	}
	for i, s := range fresh {
		v.known[s] = values[i*n : (i+1)*n]
	}
	out := make([][]float32, len(spans))
	for i, s := range spans {
		out[i] = v.known[s]
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
	addRows(s.product, vec, v.r.pair.Data[k*n*n:(k+1)*n*n])
	for i, a := range vec {
		s.constant += a * v.r.left.Data[k*n+i]
		s.none += a * v.r.noneW.Data[k*n+i]
	}
	for j, b := range v.r.right.Data[k*n : (k+1)*n] {
		s.product[j] += b
	}
	s.none += v.r.noneB.Data[k]
	return s
}

// addRows adds to sum each row of a matrix times its weight, in order; four at a time,
// which does the same faster.
func addRows(sum, weights, matrix []float32) {
	row := func(i int) []float32 { return matrix[i*len(sum):][:len(sum)] }
	i := 0
	for ; i+4 <= len(weights); i += 4 {
		a, b, c, d := weights[i], weights[i+1], weights[i+2], weights[i+3]
		x, y, z, w := row(i), row(i+1), row(i+2), row(i+3)
		for j := range sum {
			sum[j] = sum[j] + a*x[j] + b*y[j] + c*z[j] + d*w[j]
		}
	}
	for ; i < len(weights); i++ {
		a := weights[i]
		for j, x := range row(i) {
			sum[j] += a * x
		}
	}
}

// dots is the product of each row of a matrix with a vector, four rows at a time.
func dots(matrix, vec []float32) []float32 {
	n := len(vec)
	out := make([]float32, len(matrix)/n)
	row := func(i int) []float32 { return matrix[i*n:][:len(vec)] }
	i := 0
	for ; i+4 <= len(out); i += 4 {
		x, y, z, w := row(i), row(i+1), row(i+2), row(i+3)
		var a, b, c, d float32
		for j, v := range vec {
			a, b, c, d = a+x[j]*v, b+y[j]*v, c+z[j]*v, d+w[j]*v
		}
		out[i], out[i+1], out[i+2], out[i+3] = a, b, c, d
	}
	for ; i < len(out); i++ {
		for j, x := range row(i) {
			out[i] += x * vec[j]
		}
	}
	return out
}

// To is the score of the relation to another span: log-odds for the links of
// statements.
func (s *Scorer) To(to Span, vec []float32) float32 {
	score := s.constant
	for j, a := range s.product {
		score += a * vec[j]
	}
	return s.placed(to, score)
}

// All is the score to each of several spans, whose vectors are the columns of a
// matrix.
func (s *Scorer) All(to []Span, columns []float32) []float32 {
	out := make([]float32, len(to))
	for i := range out {
		out[i] = s.constant
	}
	addRows(out, s.product, columns)
	for i, x := range to {
		out[i] = s.placed(x, out[i])
	}
	return out
}

// placed adds to the score to a span what tells where it stands.
func (s *Scorer) placed(to Span, score float32) float32 {
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
