// Package encoder turns word pieces into vectors: a BERT encoder in pure Go,
// with assembly for the loops that the time goes into. It knows nothing of
// news.
//
//	m, err := encoder.Load(bytes)              // a weights file
//	pieces := m.Pieces(nil, "He said so.")     // word pieces with byte offsets
//	hidden, err := m.Encode(ctx, stretches, 2) // [pieces, width] a stretch
//
// The network is that of Devlin et al. 2019 (layer norm after each half of a
// layer, erf-GELU), with two more inputs a piece: the letter case of its word,
// and whether it stands inside quotation marks. [Model.forward] reads from top
// to bottom.
//
// Limits: a stretch is at most Config.Positions pieces. A Model may be used by
// many goroutines at once. All kernels agree with the plain Go ones within
// 2e-5 of the largest value; tests hold that.
package encoder

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"sync/atomic"
)

// Config holds the sizes of the network.
type Config struct {
	Layers    int `json:"layers"`
	Width     int `json:"width"`
	Heads     int `json:"heads"`
	Inner     int `json:"inner"` // of the feed-forward half
	Vocab     int `json:"vocab"`
	Positions int `json:"positions"`
}

const epsilon = 1e-12

type layer struct {
	query, key, value, out *packed
	normA, normB           [2][]float32 // gamma, beta
	inner, outer           *packed
}

// A Model is a weights file made ready to compute with.
type Model struct {
	file      *file
	vocab     vocabulary
	words     stored    // [vocab, width]
	positions []float32 // [positions, width], token type added
	cases     []float32 // [5, width]
	quotes    []float32 // [3, width]
	norm      [2][]float32
	layers    []layer
	kn        *kernels
	states    sync.Pool
}

// Load checks a weights file and lays its matrices out for the kernels. The
// bytes are kept and must not change.
func Load(b []byte) (*Model, error) { return load(b, best()) }

func load(b []byte, kn *kernels) (*Model, error) {
	f, err := open(b)
	if err != nil {
		return nil, err
	}
	c := f.header.Config
	if c.Layers < 1 || c.Layers > 1000 || c.Width < panel || c.Width%panel != 0 || c.Heads < 1 || c.Width%c.Heads != 0 ||
		c.Inner < panel || c.Inner%panel != 0 || c.Positions < 3 || c.Vocab != len(f.header.Vocab) || (c.Width/c.Heads) > c.Width {
		return nil, fmt.Errorf("weights %s: sizes %+v with %d words in the vocabulary cannot be computed with", f.header.Name, c, len(f.header.Vocab))
	}
	m := &Model{file: f, kn: kn, layers: make([]layer, c.Layers)}
	m.states.New = func() any { return &state{} }
	w := c.Width
	var wait sync.WaitGroup
	var failed atomic.Pointer[error]
	fail := func(err error) {
		if err != nil {
			failed.CompareAndSwap(nil, &err)
		}
	}
	vector := func(name string, shape ...int) []float32 {
		s, err := f.tensor(name, shape...)
		if err != nil {
			fail(err)
			return make([]float32, 1)
		}
		return s.floats()
	}
	matrix := func(to **packed, name string, out, in int) {
		s, err := f.tensor(name+".weight", out, in)
		if err != nil {
			fail(err)
			return
		}
		bias := vector(name+".bias", out)
		wait.Go(func() { *to = pack(s.floats(), out, in, bias) })
	}
	norm := func(name string) [2][]float32 {
		return [2][]float32{vector(name+".weight", w), vector(name+".bias", w)}
	}
	wait.Go(func() { m.vocab = newVocabulary(f.header.Vocab) })
	if m.words, err = f.tensor("embeddings.word_embeddings.weight", c.Vocab, w); err != nil {
		return nil, err
	}
	m.positions = vector("embeddings.position_embeddings.weight", c.Positions, w)
	kind := vector("embeddings.token_type_embeddings.weight", -1, w)
	m.cases, m.quotes = vector("embeddings.case.weight", 5, w), vector("embeddings.quote.weight", 3, w)
	m.norm = norm("embeddings.LayerNorm")
	for i := range m.layers {
		l, at := &m.layers[i], fmt.Sprintf("encoder.layer.%d.", i)
		matrix(&l.query, at+"attention.self.query", w, w)
		matrix(&l.key, at+"attention.self.key", w, w)
		matrix(&l.value, at+"attention.self.value", w, w)
		matrix(&l.out, at+"attention.output.dense", w, w)
		matrix(&l.inner, at+"intermediate.dense", c.Inner, w)
		matrix(&l.outer, at+"output.dense", w, c.Inner)
		l.normA, l.normB = norm(at+"attention.output.LayerNorm"), norm(at+"output.LayerNorm")
	}
	wait.Wait()
	if err := failed.Load(); err != nil {
		return nil, *err
	}
	for i := range m.positions {
		m.positions[i] += kind[i%w]
	}
	return m, nil
}

// Name is the name of the weights.
func (m *Model) Name() string { return m.file.header.Name }

// Config gives the sizes of the network.
func (m *Model) Config() Config { return m.file.header.Config }

// Meta is what the file says about the heads, in JSON.
func (m *Model) Meta() json.RawMessage { return m.file.header.Meta }

// Kernels names the kernels in use: "avx512", "avx2" or "go".
func (m *Model) Kernels() string { return m.kn.name }

// Tensor gives a tensor by name.
func (m *Model) Tensor(name string) (Tensor, error) {
	s, ok := m.file.tensors[name]
	if !ok {
		return Tensor{}, fmt.Errorf("weights %s: no tensor %s", m.Name(), name)
	}
	return Tensor{s.shape, s.floats()}, nil
}

// A Stretch is a text's word pieces with their inputs, [CLS] and [SEP]
// included. The slices have one length.
type Stretch struct {
	IDs   []int32
	Case  []uint8
	Quote []uint8 // 0 outside, 1 inside quotation marks, 2 a mark
}

// Encode computes the last hidden state of each stretch, [pieces, width] in
// row-major order, on at most so many goroutines.
func (m *Model) Encode(ctx context.Context, in []Stretch, threads int) ([][]float32, error) {
	c := m.Config()
	for _, s := range in {
		if len(s.IDs) > c.Positions || len(s.Case) != len(s.IDs) || len(s.Quote) != len(s.IDs) {
			return nil, fmt.Errorf("encoder: a stretch of %d pieces (%d, %d), where at most %d are possible", len(s.IDs), len(s.Case), len(s.Quote), c.Positions)
		}
		for i, id := range s.IDs {
			if id < 0 || int(id) >= c.Vocab || s.Case[i] > CaseMixed || s.Quote[i] > 2 {
				return nil, fmt.Errorf("encoder: piece %d has id %d, case %d, quote %d", i, id, s.Case[i], s.Quote[i])
			}
		}
	}
	out := make([][]float32, len(in))
	errs := make([]error, len(in))
	var next atomic.Int64
	work := func() {
		s := m.states.Get().(*state)
		defer m.states.Put(s)
		for {
			i := int(next.Add(1)) - 1
			if i >= len(in) {
				return
			}
			if errs[i] = ctx.Err(); errs[i] == nil {
				out[i], errs[i] = m.forward(s, in[i])
			}
		}
	}
	var wait sync.WaitGroup
	for range min(threads, len(in)) - 1 {
		wait.Go(work)
	}
	work()
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// state holds the buffers of one forward pass.
type state struct {
	q, k, v, mixed, sum, inner, scores, row []float32
	panels                                  packed
	zero                                    []float32
}

// grow makes *x at least n long, without clearing it.
func grow(x *[]float32, n int) []float32 {
	if cap(*x) < n {
		*x = make([]float32, n)
	}
	*x = (*x)[:n]
	return *x
}

// forward reads one stretch of t pieces.
func (m *Model) forward(s *state, in Stretch) ([]float32, error) {
	c, kn, t := m.Config(), m.kn, len(in.IDs)
	w := c.Width
	x := make([]float32, t*w) // the hidden state
	if t == 0 {
		return x, nil
	}
	zero := grow(&s.zero, w)
	clear(zero)

	row := grow(&s.row, w)
	for i, id := range in.IDs {
		h := x[i*w : (i+1)*w]
		m.words.row(row, int(id))
		position, kase, quote := m.positions[i*w:], m.cases[int(in.Case[i])*w:], m.quotes[int(in.Quote[i])*w:]
		for j := range h {
			h[j] = row[j] + position[j] + kase[j] + quote[j]
		}
		kn.norm(h, zero, m.norm[0], m.norm[1], epsilon)
	}

	q, k, v := grow(&s.q, t*w), grow(&s.k, t*w), grow(&s.v, t*w)
	mixed, sum, inner := grow(&s.mixed, t*w), grow(&s.sum, t*w), grow(&s.inner, t*c.Inner)
	for i := range m.layers {
		l := &m.layers[i]
		l.query.mul(kn, t, x, w, q, w) // [t, w]
		l.key.mul(kn, t, x, w, k, w)
		l.value.mul(kn, t, x, w, v, w)
		m.attend(s, t, q, k, v, mixed)
		l.out.mul(kn, t, mixed, w, sum, w)
		for r := 0; r < t*w; r += w {
			kn.norm(x[r:r+w], sum[r:r+w], l.normA[0], l.normA[1], epsilon)
		}
		l.inner.mul(kn, t, x, w, inner, c.Inner) // [t, inner]
		kn.gelu(inner)
		l.outer.mul(kn, t, inner, c.Inner, sum, w)
		for r := 0; r < t*w; r += w {
			kn.norm(x[r:r+w], sum[r:r+w], l.normB[0], l.normB[1], epsilon)
		}
	}

	total := float32(0)
	for _, a := range x {
		total += a * 0 // not zero where a is infinite or no number
	}
	if total != 0 || math.IsNaN(float64(total)) {
		return nil, fmt.Errorf("encoder: %s computed a value that is not a number", m.Name())
	}
	return x, nil
}

// attend mixes the values of all pieces by how well each query fits each key,
// head by head.
func (m *Model) attend(s *state, t int, q, k, v, mixed []float32) {
	kn, w := m.kn, m.Config().Width
	d := w / m.Config().Heads
	wide, dim := up(t, panel), up(d, panel)
	scale := float32(1 / math.Sqrt(float64(d)))
	scores := grow(&s.scores, t*wide) // [t, t], rows filled up
	row := grow(&s.row, max(wide, dim, w))
	for head := 0; head < w; head += d {
		// scores = q · kᵀ: the keys of 32 pieces make a panel of d rows.
		keys := packed{k: d, n: t, data: grow(&s.panels.data, wide*max(d, dim)), bias: grow(&s.panels.bias, max(wide, dim))}
		clear(keys.bias)
		for j := range wide {
			to := keys.data[j/panel*panel*d+j%panel:]
			for i := range d {
				if j < t {
					to[i*panel] = k[j*w+head+i]
				} else {
					to[i*panel] = 0
				}
			}
		}
		keys.mul(kn, t, q[head:], w, scores, wide)
		for r := range t {
			x := scores[r*wide : (r+1)*wide]
			for j := t; j < wide; j++ {
				x[j] = -1e30
			}
			inv := 1 / kn.exps(x, scale)
			for j := range x[:t] {
				x[j] *= inv
			}
		}
		// mixed = scores · v: the values are panels already.
		values := packed{k: t, n: d, data: keys.data[:dim*t], bias: keys.bias}
		for i := range t {
			for j := range dim {
				x := float32(0)
				if j < d {
					x = v[i*w+head+j]
				}
				values.data[j/panel*panel*t+i*panel+j%panel] = x
			}
		}
		if d%panel == 0 {
			values.mul(kn, t, scores, wide, mixed[head:], w)
			continue
		}
		for r := range t { // a head narrower than a panel goes through a row of its own
			values.mul(kn, 1, scores[r*wide:], wide, row, dim)
			copy(mixed[r*w+head:r*w+head+d], row[:d])
		}
	}
}

// A Linear is a small linear layer, laid out for the kernels.
type Linear struct {
	kn *kernels
	m  *packed
}

// NewLinear makes a layer of w, [out, in] as torch has it, and its bias.
func NewLinear(w, bias Tensor) *Linear {
	return &Linear{best(), pack(w.Data, w.Shape[0], w.Shape[1], bias.Data)}
}

// Out is the length of a row of the result.
func (l *Linear) Out() int { return l.m.n }

// Apply computes dst = x · wᵀ + bias for rows of x.
func (l *Linear) Apply(dst, x []float32, rows int) {
	out, in := l.m.n, l.m.k
	wide := up(out, panel)
	buf := make([]float32, min(rows, 64)*wide)
	for at := 0; at < rows; at += 64 {
		n := min(64, rows-at)
		l.m.mul(l.kn, n, x[at*in:], in, buf, wide)
		for i := range n {
			copy(dst[(at+i)*out:(at+i+1)*out], buf[i*wide:])
		}
	}
}
