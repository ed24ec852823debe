package encoder

import (
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
)

const (
	most  = 2048 // pieces computed together, unless one stretch has more
	block = 132  // rows that go through a layer together, so that weights are fetched once for many
	asked = 24   // queries whose scores are computed together
)

// state holds the buffers of one forward pass.
type state struct {
	last, middle, mixed []float32 // [pieces, width]
	x                   rounded   // [pieces, width], of last
	own                 []scratch // of each worker
}

// scratch is what one worker needs for a block of rows, or for one head.
type scratch struct {
	sum, inner           []float32 // [block, width], [block, inner]
	rounded              rounded
	qkv                  []float32 // [3·width/heads/32, pieces, 32]
	keys, values, scores []float32
	row                  []float32 // [width]
	whole                heads
}

// grow makes *x n long, without clearing it.
func grow[T any](x *[]T, n int) []T {
	if cap(*x) < n {
		*x = make([]T, n)
	}
	*x = (*x)[:n]
	return *x
}

// each calls f for 0 to n−1 on at most so many goroutines.
func each(threads, n int, f func(worker, i int)) {
	var next atomic.Int64
	work := func(worker int) {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			f(worker, i)
		}
	}
	var wait sync.WaitGroup
	for worker := 1; worker < min(threads, n); worker++ {
		wait.Go(func() { work(worker) })
	}
	work(0)
	wait.Wait()
}

// forward reads stretches one below the other, so that no product is computed
// for padding: x [pieces, width] becomes their hidden states, and half those
// after Config.Middle layers.
func (m *Model) forward(ctx context.Context, s *state, in []Stretch, x, half []float32, threads int) error {
	c, kn := m.Config(), m.kn
	w := c.Width
	begins := make([]int, 1, len(in)+1)
	for _, st := range in {
		begins = append(begins, begins[len(begins)-1]+len(st.IDs))
	}
	total := begins[len(in)]
	if total == 0 {
		return nil
	}
	mixed := grow(&s.mixed, total*w)
	s.x.grow(kn, total, w)
	for len(s.own) < threads {
		s.own = append(s.own, scratch{})
	}

	// Blocks of equal size, as many as keep all threads at work.
	rounds := (total + threads*block - 1) / (threads * block)
	size := up((total+threads*rounds-1)/(threads*rounds), kn.rows)
	rows := func(f func(own *scratch, from, to int)) {
		each(threads, (total+size-1)/size, func(worker, i int) { f(&s.own[worker], i*size, min(total, (i+1)*size)) })
	}
	ready := func(l *layer, from, to int) {
		if l.heads[0].floats == nil {
			s.x.from(kn, from, w).round(kn, to-from, w, x[from*w:], w)
		}
	}
	rows(func(own *scratch, from, to int) {
		m.embed(own, in, begins, x, from, to)
		ready(&m.layers[0], from, to)
	})
	attend := m.attend
	if m.Integers() && w == c.Heads*panel {
		attend = m.attendWhole
	}
	for i := range m.layers {
		if err := ctx.Err(); err != nil {
			return err
		}
		l := &m.layers[i]
		each(threads, len(in)*c.Heads, func(worker, j int) {
			k, head, own := j/c.Heads, j%c.Heads, &s.own[worker]
			if from, t := begins[k], len(in[k].IDs); t > 0 {
				h := l.heads[head]
				qkv := grow(&own.qkv, t*h.n)
				h.mulRounded(kn, s.x.from(kn, from, w), t, x[from*w:], w, qkv, panel, t*panel)
				part := len(qkv) / 3
				attend(own, t, qkv[:part], qkv[part:2*part], qkv[2*part:], mixed[from*w+head*h.n/3:])
			}
		})
		rows(func(own *scratch, from, to int) {
			n, x := to-from, x[from*w:to*w]
			sum, inner := grow(&own.sum, n*w), grow(&own.inner, n*c.Inner)
			l.out.mul(kn, &own.rounded, n, mixed[from*w:], w, sum, w, panel)
			for r := 0; r < n*w; r += w {
				kn.norm(x[r:r+w], sum[r:r+w], l.normA[0], l.normA[1], epsilon)
			}
			l.inner.mul(kn, &own.rounded, n, x, w, inner, c.Inner, panel)
			if l.outer.floats == nil {
				own.rounded.grow(kn, n, c.Inner)
				kn.gelu8(n, c.Inner, inner, own.rounded.bytes, own.rounded.scales)
			} else {
				kn.gelu(inner)
			}
			l.outer.mulRounded(kn, &own.rounded, n, inner, c.Inner, sum, w, panel)
			for r := 0; r < n*w; r += w {
				kn.norm(x[r:r+w], sum[r:r+w], l.normB[0], l.normB[1], epsilon)
			}
			if i+1 == c.Middle {
				copy(half[from*w:], x)
			}
			if i+1 < len(m.layers) {
				ready(&m.layers[i+1], from, to)
			}
		})
	}
	if kn.top(x) >= math.Float32bits(float32(math.Inf(1))) {
		return fmt.Errorf("encoder: %s computed a value that is not a number", m.Name())
	}
	return nil
}

// embed writes the inputs of rows from to to.
func (m *Model) embed(own *scratch, in []Stretch, begins []int, x []float32, from, to int) {
	w, k := m.Config().Width, 0
	sum := grow(&own.row, w)
	for i := from; i < to; i++ {
		for begins[k+1] <= i {
			k++
		}
		st, at := in[k], i-begins[k]
		h := x[i*w : (i+1)*w]
		m.words.row(h, int(st.IDs[at]))
		position, kase, quote := m.positions[at*w:][:w], m.cases[int(st.Case[at])*w:][:w], m.quotes[int(st.Quote[at])*w:][:w]
		for j := range sum {
			sum[j] = position[j] + kase[j] + quote[j]
		}
		m.kn.norm(h, sum, m.norm[0], m.norm[1], epsilon)
	}
}

// attend mixes the values of a stretch of t pieces by how well each query fits
// each key, for one head. q, k and v are panels [t, 32] of the queries, keys and
// values.
func (m *Model) attend(own *scratch, t int, q, k, v, mixed []float32) {
	kn, w := m.kn, m.Config().Width
	d := w / m.Config().Heads
	wide := up(t, panel)
	scale := float32(1 / math.Sqrt(float64(d)))
	keys, values, scores := grow(&own.keys, wide*d), grow(&own.values, d*t), grow(&own.scores, asked*wide)

	// The keys of 16 pieces make a strip of d rows; the values are rows of strips already.
	for i := 0; i < d; i += panel {
		k := k[i*t:]
		for j := 0; j < wide; j += strip {
			to := keys[j*d+i*strip:][:panel*strip]
			if j+strip <= t {
				kn.flip(to, k[j*panel:], panel, panel)
				continue
			}
			clear(to)
			for r := j; r < t; r++ {
				for c, a := range k[r*panel : (r+1)*panel] {
					to[c*strip+r-j] = a
				}
			}
		}
		v := v[i*t:]
		one, two := values[i*t:], values[i*t+strip*t:]
		for j := range t {
			copy(one[j*strip:(j+1)*strip], v[j*panel:])
			copy(two[j*strip:(j+1)*strip], v[j*panel+strip:])
		}
	}

	for from := 0; from < t; from += asked {
		n := min(asked, t-from)
		for i := 0; i < d; i += panel {
			bias, q := zero[:], q[i*t+from*panel:]
			if i > 0 {
				bias = nil
			}
			for j := 0; j < wide; j += panel {
				kn.gemm(n, panel, q, panel, keys[j*d+i*strip:], strip*d, bias, scores[j:], wide)
			}
		}
		var inverse [asked]float32
		for r := range n {
			x := scores[r*wide : (r+1)*wide]
			for j := t; j < wide; j++ {
				x[j] = -1e30
			}
			inverse[r] = 1 / kn.exps(x, scale)
		}
		to := mixed[from*w:]
		for i := 0; i < d; i += panel {
			kn.gemm(n, t, scores, wide, values[i*t:], strip*t, zero[:], to[i:], w)
		}
		for r := range n {
			for j := range d {
				to[r*w+j] *= inverse[r]
			}
		}
	}
}

var zero [panel]float32
