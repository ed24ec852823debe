package attribution

import (
	"math"
	"slices"
)

// Judge scores what each statement does and what kind of thing its speaker is:
// probabilities in the order of the weights' lists.
func (v *View) Judge(statements []Statement) (acts, kinds [][]float64) {
	n, most := len(statements), 6*v.r.width
	in, hidden, out := make([]float32, n*most), make([]float32, n*v.r.actIn.Out()), make([]float32, n*v.r.acts.Out())
	for i := range statements {
		v.sum(in[i*most:(i+1)*most], &statements[i])
	}
	v.r.actIn.Apply(hidden, in, n)
	for i, x := range hidden {
		hidden[i] = gelu(x)
	}
	v.r.acts.Apply(out, hidden, n)
	for i := range statements {
		one := out[i*v.r.acts.Out() : (i+1)*v.r.acts.Out()]
		acts, kinds = append(acts, softmax(one[:len(v.r.set.Acts)])), append(kinds, softmax(one[len(v.r.set.Acts):]))
	}
	return acts, kinds
}

// sum puts into in what a statement's cue, content and source are: the mean of each
// one's last vectors, and a mean of its middle vectors weighted by how much each tells.
func (v *View) sum(in []float32, s *Statement) {
	w := v.r.width
	copy(in, v.r.empty.Data)
	for k, spans := range [][]Span{s.Cue, s.Content, s.Source} {
		if len(spans) == 0 {
			continue
		}
		look := v.r.look.Data[k*w : (k+1)*w]
		weight := v.weights(look, spans)
		mean, told := in[k*w:(k+1)*w], in[(3+k)*w:(4+k)*w]
		clear(mean)
		clear(told)
		ones := slices.Repeat([]float32{1}, len(weight))
		n := 0
		for _, x := range spans {
			pieces := x.Last + 1 - x.First
			addRows(told, weight[n:n+pieces], v.middle[x.First*w:])
			addRows(mean, ones[:pieces], v.vectors[x.First*w:])
			n += pieces
		}
		for j := range mean {
			mean[j] /= float32(n)
		}
	}
}

// weights tells how much each piece of the spans tells, in order: together 1.
func (v *View) weights(look []float32, spans []Span) []float32 {
	var out []float32
	for _, x := range spans {
		out = append(out, dots(v.middle[x.First*len(look):(x.Last+1)*len(look)], look)...)
	}
	top, sum := float64(slices.Max(out)), 0.0
	told := make([]float64, len(out))
	for i, x := range out {
		told[i] = math.Exp(float64(x) - top)
		sum += told[i]
	}
	for i, x := range told {
		out[i] = float32(x / sum)
	}
	return out
}

func softmax(x []float32) []float64 {
	logSoftmax(x)
	out := make([]float64, len(x))
	for i, a := range x {
		out[i] = math.Exp(float64(a))
	}
	return out
}
