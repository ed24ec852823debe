package attribution

import "math"

// Judge scores what a statement does and what kind of thing its speaker is:
// probabilities in the order of the weights' lists.
//
// It reads cue, content and source: the mean of each one's last vectors, and a
// mean of its middle vectors weighted by how much each tells.
func (v *View) Judge(s *Statement) (act, kind []float64) {
	w := v.r.width
	in := make([]float32, 6*w)
	copy(in, v.r.empty.Data)
	for k, spans := range [][]Span{s.Cue, s.Content, s.Source} {
		if len(spans) == 0 {
			continue
		}
		look := v.r.look.Data[k*w : (k+1)*w]
		weight, sum := v.weights(look, spans)
		mean, told := in[k*w:(k+1)*w], in[(3+k)*w:(4+k)*w]
		clear(mean)
		clear(told)
		n := 0
		for _, x := range spans {
			for i := x.First; i <= x.Last; i++ {
				a := float32(weight[n] / sum)
				for j, b := range v.half(i) {
					told[j] += a * b
				}
				for j, b := range v.vector(i) {
					mean[j] += b
				}
				n++
			}
		}
		for j := range mean {
			mean[j] /= float32(n)
		}
	}
	hidden := make([]float32, v.r.actIn.Out())
	v.r.actIn.Apply(hidden, in, 1)
	for i, x := range hidden {
		hidden[i] = gelu(x)
	}
	out := make([]float32, v.r.acts.Out())
	v.r.acts.Apply(out, hidden, 1)
	n := len(v.r.set.Acts)
	return softmax(out[:n]), softmax(out[n:])
}

// weights tells how much each piece of the spans tells, in order, not yet
// divided by their sum.
func (v *View) weights(look []float32, spans []Span) (weight []float64, sum float64) {
	top := math.Inf(-1)
	for _, x := range spans {
		for i := x.First; i <= x.Last; i++ {
			score := float32(0)
			for j, a := range v.half(i) {
				score += a * look[j]
			}
			weight = append(weight, float64(score))
			top = max(top, float64(score))
		}
	}
	for i, x := range weight {
		weight[i] = math.Exp(x - top)
		sum += weight[i]
	}
	return weight, sum
}

func softmax(x []float32) []float64 {
	logSoftmax(x)
	out := make([]float64, len(x))
	for i, a := range x {
		out[i] = math.Exp(float64(a))
	}
	return out
}
