// Package encoder turns word pieces into vectors: a BERT encoder in pure Go,
// with assembly for the loops that the time goes into. It knows nothing of
// news.
//
//	m, err := encoder.Load(bytes)              // a weights file
//	pieces := m.Pieces(nil, "He said so.")     // word pieces with byte offsets
//	hidden, middle, err := m.Encode(ctx, stretches, 2) // [pieces, width] a stretch
//
// The network is that of Devlin et al. 2019 (layer norm after each half of a
// layer, erf-GELU), with two more inputs a piece: the letter case of its word,
// and whether it stands inside quotation marks. [Model.forward] reads from top
// to bottom.
//
// Limits: a stretch is at most Config.Positions pieces. A Model may be used by
// many goroutines at once. All kernels agree with the plain Go ones within
// 2e-5 of the largest value, and in integers to the last bit: a vector does not
// depend on the processor. Tests hold that. Integers, of 8 bits on both sides,
// in attention too, move a vector by about a hundredth of its largest value
// from that of float32; no F1 falls by it (model/CARD.md).
package encoder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Config holds the sizes of the network.
type Config struct {
	Layers    int `json:"layers"`
	Width     int `json:"width"`
	Heads     int `json:"heads"`
	Inner     int `json:"inner"` // of the feed-forward half
	Vocab     int `json:"vocab"`
	Positions int `json:"positions"`
	Middle    int `json:"middle"` // layers below the middle vectors; 0 for none
}

const epsilon = 1e-12

type layer struct {
	heads        []*matrix // queries, keys and values of each side by side
	out          *matrix
	normA, normB [2][]float32 // gamma, beta
	inner, outer *matrix
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

	centre sync.Once // makes middle
	middle []float32 // [width], mean of words
}

// Load checks a weights file and lays its matrices out for the kernels. The
// bytes are kept and must not change. Matrices that the file holds in signed
// bytes are multiplied in integers.
func Load(b []byte) (*Model, error) { return load(b, best(), true) }

// LoadFloat is Load with all products in float32.
func LoadFloat(b []byte) (*Model, error) { return load(b, best(), false) }

// Name checks a weights file and gives its name.
func Name(b []byte) (string, error) {
	f, err := open(b)
	if err != nil {
		return "", err
	}
	return f.header.Name, nil
}

func load(b []byte, kn *kernels, integers bool) (*Model, error) {
	f, err := open(b)
	if err != nil {
		return nil, err
	}
	c := f.header.Config
	if !c.computable() || c.Vocab != len(f.header.Vocab) {
		return nil, fmt.Errorf("weights %s: sizes %+v with %d words in the vocabulary cannot be computed with", f.header.Name, c, len(f.header.Vocab))
	}
	m := &Model{file: f, kn: kn, layers: make([]layer, c.Layers)}
	m.states.New = func() any { return &state{} }
	t := loader{file: f, integers: integers}
	t.wait.Go(func() { m.vocab = newVocabulary(f.header.Vocab) })
	t.inputs(m)
	for i := range m.layers {
		t.layer(&m.layers[i], fmt.Sprintf("encoder.layer.%d.", i), c)
	}
	t.wait.Wait()
	if t.err != nil {
		return nil, t.err
	}
	m.fit()
	return m, nil
}

// computable reports whether the kernels can compute with the sizes.
func (c Config) computable() bool {
	return c.Layers >= 1 && c.Layers <= 1000 && c.Width >= panel && c.Width%panel == 0 && c.Heads >= 1 && c.Width%(panel*c.Heads) == 0 &&
		c.Inner >= panel && c.Inner%panel == 0 && c.Middle >= 0 && c.Middle <= c.Layers && c.Positions >= 3
}

// A loader takes a model's tensors from its file and lays the matrices out, many
// at once. It keeps the first error; after that nothing is laid out.
type loader struct {
	file     *file
	integers bool // as newMatrix has it
	wait     sync.WaitGroup
	err      error
}

func (t *loader) tensor(name string, shape ...int) stored {
	s, err := t.file.tensor(name, shape...)
	if t.err == nil {
		t.err = err
	}
	return s
}

// vector gives a tensor's values, nil after an error.
func (t *loader) vector(name string, shape ...int) []float32 {
	s := t.tensor(name, shape...)
	if t.err != nil {
		return nil
	}
	return s.floats()
}

// norm gives the gamma and beta of a layer norm, [width] each.
func (t *loader) norm(name string, width int) [2][]float32 {
	return [2][]float32{t.vector(name+".weight", width), t.vector(name+".bias", width)}
}

// lay has f lay out a matrix beside the others.
func (t *loader) lay(f func()) {
	if t.err == nil {
		t.wait.Go(f)
	}
}

// linear lays out a linear layer, [out, in] in the file.
func (t *loader) linear(to **matrix, out, in int, name string) {
	s, bias := t.tensor(name+".weight", out, in), t.vector(name+".bias", out)
	t.lay(func() { *to = newMatrix([]stored{s}, bias, t.integers) })
}

// inputs takes what pieces become before the first layer.
func (t *loader) inputs(m *Model) {
	c, w := m.Config(), m.Config().Width
	m.words = t.tensor("embeddings.word_embeddings.weight", c.Vocab, w)
	m.positions = t.vector("embeddings.position_embeddings.weight", c.Positions, w)
	kind := t.vector("embeddings.token_type_embeddings.weight", -1, w)
	m.cases, m.quotes = t.vector("embeddings.case.weight", 5, w), t.vector("embeddings.quote.weight", 3, w)
	m.norm = t.norm("embeddings.LayerNorm", w)
	if t.err == nil {
		for i := range m.positions {
			m.positions[i] += kind[i%w]
		}
	}
}

// layer takes a layer whose tensors' names begin with at.
func (t *loader) layer(l *layer, at string, c Config) {
	w := c.Width
	t.heads(l, at+"attention.self.", c)
	t.linear(&l.out, w, w, at+"attention.output.dense")
	t.linear(&l.inner, c.Inner, w, at+"intermediate.dense")
	t.linear(&l.outer, w, c.Inner, at+"output.dense")
	l.normA, l.normB = t.norm(at+"attention.output.LayerNorm", w), t.norm(at+"output.LayerNorm", w)
}

// heads lays out one matrix a head, of its rows of the query, key and value.
func (t *loader) heads(l *layer, at string, c Config) {
	w, d := c.Width, c.Width/c.Heads
	var parts [3]stored
	var biases [3][]float32
	for k, name := range []string{"query", "key", "value"} {
		parts[k], biases[k] = t.tensor(at+name+".weight", w, w), t.vector(at+name+".bias", w)
	}
	l.heads = make([]*matrix, c.Heads)
	t.lay(func() {
		for j := range l.heads {
			var of []stored
			var bias []float32
			for k := range parts {
				of, bias = append(of, parts[k].part(j*d, d)), append(bias, biases[k][j*d:(j+1)*d]...)
			}
			l.heads[j] = newMatrix(of, bias, t.integers)
		}
	})
}

// fit chooses kernels that all matrices can be multiplied with, and readies the
// second half of each layer for what gelu8 gives.
func (m *Model) fit() {
	for i := range m.layers {
		l := &m.layers[i]
		for _, a := range append([]*matrix{l.out, l.inner, l.outer}, l.heads...) {
			if m.kn.pairs && !a.pairs {
				m.kn = m.kn.wide
			}
		}
		if l.outer.floats == nil {
			l.outer.lifted()
		}
	}
}

// Name is the name of the weights.
func (m *Model) Name() string { return m.file.header.Name }

// Config gives the sizes of the network.
func (m *Model) Config() Config { return m.file.header.Config }

// Meta is what the file says about the heads, in JSON.
func (m *Model) Meta() json.RawMessage { return m.file.header.Meta }

// Kernels names the kernels in use: "avx512vnni", "avx512", "avx2" or "go"; "wide"
// is added where weights are too large to be multiplied as bytes.
func (m *Model) Kernels() string { return m.kn.name }

// Integers tells whether the weights are multiplied as integers.
func (m *Model) Integers() bool { return m.layers[0].inner.floats == nil }

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
// row-major order, on at most so many goroutines, and those half-way up, after
// Config.Middle layers: nil where that is 0.
func (m *Model) Encode(ctx context.Context, in []Stretch, threads int) (last, middle [][]float32, err error) {
	last = make([][]float32, len(in))
	if m.Config().Middle > 0 {
		middle = make([][]float32, len(in))
	}
	err = m.EncodeEach(ctx, in, threads, func(i int, x, half []float32) {
		last[i] = slices.Clone(x)
		if middle != nil {
			middle[i] = slices.Clone(half)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	return last, middle, nil
}

// EncodeEach is Encode that hands over the vectors of one stretch after
// another; f may not keep them.
func (m *Model) EncodeEach(ctx context.Context, in []Stretch, threads int, f func(i int, last, middle []float32)) error {
	c := m.Config()
	for _, s := range in {
		if len(s.IDs) > c.Positions || len(s.Case) != len(s.IDs) || len(s.Quote) != len(s.IDs) {
			return fmt.Errorf("encoder: a stretch of %d pieces (%d, %d), where at most %d are possible", len(s.IDs), len(s.Case), len(s.Quote), c.Positions)
		}
		for i, id := range s.IDs {
			if id < 0 || int(id) >= c.Vocab || s.Case[i] > CaseMixed || s.Quote[i] > 2 {
				return fmt.Errorf("encoder: piece %d has id %d, case %d, quote %d", i, id, s.Case[i], s.Quote[i])
			}
		}
	}
	s := m.states.Get().(*state)
	defer m.states.Put(s)
	for from := 0; from < len(in); {
		to, pieces := from, 0
		for to < len(in) && (to == from || pieces+len(in[to].IDs) <= most) {
			pieces += len(in[to].IDs)
			to++
		}
		x := grow(&s.last, pieces*c.Width)
		var half []float32
		if c.Middle > 0 {
			half = grow(&s.middle, len(x))
		}
		if err := m.forward(ctx, s, in[from:to], x, half, max(1, threads)); err != nil {
			return err
		}
		for ; from < to; from++ {
			n := len(in[from].IDs) * c.Width
			if half == nil {
				f(from, x[:n], nil)
			} else {
				f(from, x[:n], half[:n])
				half = half[n:]
			}
			x = x[n:]
		}
	}
	return nil
}
