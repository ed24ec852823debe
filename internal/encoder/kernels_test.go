package encoder

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// all lists the kernels that this machine can run, the plain ones first.
func all() []*kernels { return append([]*kernels{&plain}, extra()...) }

func random(r *rand.Rand, n int, scale float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64() * scale)
	}
	return x
}

// bytesOf is a tensor of random signed bytes [rows, cols] with a scale a row.
func bytesOf(r *rand.Rand, rows, cols int, scale float32) stored {
	s := stored{kind: "i8", shape: []int{rows, cols}, rows: rows, cols: cols, scale: make([]byte, up(4*rows, 64)), data: make([]byte, rows*cols)}
	for i := range rows {
		binary.LittleEndian.PutUint32(s.scale[4*i:], math.Float32bits(scale*(0.5+r.Float32())/127))
	}
	for i := range s.data {
		s.data[i] = byte(int8(r.IntN(255) - 127))
	}
	return s
}

// near makes the neighbours of s small enough for kernels of pairs, but no smaller.
func near(s stored) stored {
	for i := 0; i < len(s.data); i += 2 {
		one, two := int(int8(s.data[i])), int(int8(s.data[i+1]))
		s.data[i+1] = byte(int8(min(max(one+two, -128), 128) - one))
	}
	return s
}

func TestKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, kn := range all()[1:] {
		for range 200 {
			rows, k, n := 1+r.IntN(40), 1+r.IntN(100), 1+r.IntN(100)
			if r.IntN(10) == 0 {
				k += depth
			}
			a, m := random(r, rows*k, 1), pack(random(r, n*k, 1), n, k, random(r, n, 1))
			ldc := up(n, panel)
			got, want := make([]float32, rows*ldc), make([]float32, rows*ldc)
			m.mul(kn, nil, rows, a, k, got, ldc, panel)
			m.mul(&plain, nil, rows, a, k, want, ldc, panel)
			if d := far(got, want); !(d < 1e-5) {
				t.Fatalf("%s: product %d×%d×%d differs by %g", kn.name, rows, k, n, d)
			}
			width := panel * (1 + r.IntN(12))
			x, res, gamma, beta := random(r, width, 3), random(r, width, 3), random(r, width, 1), random(r, width, 1)
			g, h := slices.Clone(x), slices.Clone(x)
			kn.norm(g, res, gamma, beta, epsilon)
			plain.norm(h, res, gamma, beta, epsilon)
			if d := far(g, h); !(d < 1e-5) {
				t.Fatalf("%s: norm of %d differs by %g", kn.name, width, d)
			}
			g, h = slices.Clone(x), slices.Clone(x)
			kn.gelu(g)
			plain.gelu(h)
			if d := far(g, h); !(d < 1e-6) {
				t.Fatalf("%s: gelu differs by %g", kn.name, d)
			}
			g, h = slices.Clone(x), slices.Clone(x)
			g[1], h[1] = -1e30, -1e30
			a1, b1 := kn.exps(g, 0.7), plain.exps(h, 0.7)
			if d := far(append(g, a1), append(h, b1)); !(d < 2e-6) || g[1] > 1e-30 { // the sums have another order
				t.Fatalf("%s: exps differs by %g", kn.name, d)
			}
			columns, stride := 1+r.IntN(40), 50
			x = random(r, strip*stride, 1)
			g, h = make([]float32, strip*columns), make([]float32, strip*columns)
			kn.flip(g, x, stride, columns)
			plain.flip(h, x, stride, columns)
			if !slices.Equal(g, h) {
				t.Fatalf("%s: a strip of %d columns is another", kn.name, columns)
			}
		}
	}
}

// TestWhole holds that products of integers come out the same to the last bit.
func TestWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, kn := range all()[1:] {
		var s rounded
		for i := range 100 {
			rows, k, n := 1+r.IntN(40), panel*(1+r.IntN(8)), 1+r.IntN(100)
			if i == 0 {
				k = 1536
			}
			w := bytesOf(r, n, k, 0.1)
			bias := random(r, n, 1)
			a := random(r, rows*k, 1)
			if i%4 == 0 { // the largest sums there can be
				for j := range a {
					a[j] = 3
				}
				for j := range w.data {
					w.data[j] = byte(0x80 - i/4%2) // −128 or 127
				}
			}
			if kn.pairs {
				near(w)
			}
			if i%4 == 1 {
				clear(a[:k])
			}
			ldc := up(n, panel)
			got, want, float := make([]float32, rows*ldc), make([]float32, rows*ldc), make([]float32, rows*ldc)
			m := newMatrix([]stored{w}, bias, true)
			if kn.pairs && !m.pairs {
				t.Fatal("neighbours that are near are not taken to be")
			}
			m.mul(kn, &s, rows, a, k, got, ldc, panel)
			newMatrix([]stored{w}, bias, true).mul(&plain, &s, rows, a, k, want, ldc, panel)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: product %d×%d×%d differs by %g", kn.name, rows, k, n, far(got, want))
			}
			pack(w.floats(), n, k, bias).mul(kn, nil, rows, a, k, float, ldc, panel)
			if d := far(got, float); !(d < 1e-2) {
				t.Fatalf("%s: product %d×%d×%d is %g off the one in float32", kn.name, rows, k, n, d)
			}
		}
	}
}

// TestPairs holds that weights are known that are too large for products of
// bytes, and that a model with them gets other kernels.
func TestPairs(t *testing.T) {
	for _, c := range []struct {
		at, one, two int
		pairs        bool
	}{
		{0, 127, 1, true}, {0, 127, 2, false}, {2, 64, 65, false}, {1, 127, 127, true}, {4, -128, 127, true}, {6, -128, 0, true}, {30, -128, -1, false},
	} {
		w := stored{kind: "i8", rows: 1, cols: panel, scale: make([]byte, 64), data: make([]byte, panel)}
		w.data[c.at], w.data[c.at+1] = byte(c.one), byte(c.two)
		if m := newMatrix([]stored{w}, nil, true); m.pairs != c.pairs {
			t.Errorf("%d and %d at %d: taken for near is %v", c.one, c.two, c.at, m.pairs)
		}
	}
	small, large := tinyFile(t), tinyFile(t)
	f, err := open(large)
	if err != nil {
		t.Fatal(err)
	}
	weights := f.tensors["encoder.layer.0.output.dense.weight"].data // within large itself
	weights[0], weights[1] = 127, 127
	large = reseal(large, 0, 0)
	for _, kn := range all() {
		if m, err := load(small, kn, true); err != nil || m.kn != kn {
			t.Errorf("%s: a network of small weights gets other kernels, or %v", kn.name, err)
		}
		if m, err := load(large, kn, true); err != nil || m.kn.pairs || kn.pairs && m.kn != kn.wide {
			t.Errorf("%s: a network with two large weights side by side keeps kernels of pairs, or gets %v", kn.name, err)
		}
	}
}

// TestWholes holds that the kernels of integers give the same to the last bit,
// and that the plain ones are near what they stand for.
func TestWholes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 100 {
		rows, n, columns := 1+r.IntN(30), panel*(1+r.IntN(12)), 1+r.IntN(200)
		wide := up(columns, panel)
		x := random(r, rows*n, 3)
		if rows > 1 {
			clear(x[:n])
		}
		scores, scales := make([]int32, rows*wide), make([]float32, rows)
		for i := range rows {
			scales[i] = float32(math.Exp(r.NormFloat64() - 9))
			for j := range wide {
				scores[i*wide+j] = int32(1e4*r.NormFloat64()) - int32(1e8)*int32(min(max(j+1-columns, 0), 1))
			}
		}
		head := random(r, up(rows, 4)*panel, 2)
		var low, by [panel]float32
		for j := range panel {
			low[j], by[j] = -20, 3+r.Float32()
		}
		q, k := make([]uint8, up(rows, 12)*panel), make([]uint8, wide*panel)
		for _, b := range [][]uint8{q, k} {
			for i := range b {
				b[i] = uint8(r.IntN(256))
			}
		}
		type result struct {
			bytes          []uint8
			floats         []float32
			whole          []int32
			low, high, sum [panel]float32
		}
		compute := func(kn *kernels) (out []result) {
			add := func(x result) { out = append(out, x) }
			small := func(cells []uint8, cell int) []uint8 {
				b := make([]uint8, len(cells)/cell)
				for i := range b {
					b[i] = cells[i*cell]
				}
				return b
			}
			for _, plus := range []uint8{0, 0x80} {
				b, s := make([]uint8, rows*n*kn.cell), make([]float32, rows)
				kn.round8(rows, n, x, n, b, s, plus)
				add(result{bytes: small(b, kn.cell), floats: s})
				b = make([]uint8, rows*n*kn.cellQ)
				kn.roundQ(rows, n, x, n, b, s, plus)
				add(result{bytes: small(b, kn.cellQ), floats: s})
			}
			b, s := make([]uint8, rows*n*kn.cell), make([]float32, rows)
			kn.gelu8(rows, n, slices.Clone(x), b, s)
			add(result{bytes: small(b, kn.cell), floats: s})
			b, s = make([]uint8, rows*wide*kn.cellQ), make([]float32, rows)
			kn.soft8(rows, columns, scores, wide, scales, b, wide*kn.cellQ, s)
			add(result{bytes: small(b, kn.cellQ), floats: s})
			var spans result
			kn.spans(rows, head, &spans.low, &spans.high, &spans.sum)
			add(spans)
			b = make([]uint8, rows*panel)
			kn.keys8(rows, head, &low, 3, b)
			add(result{bytes: b})
			v, whole := make([]int8, len(head)), make([]int32, len(head))
			kn.values8(len(head)/panel/4, head, &spans.sum, &by, v, len(head)/2)
			for i := range v {
				whole[i] = int32(v[i])
			}
			add(result{whole: whole})
			whole, cells := make([]int32, up(rows, 12)*wide), make([]uint8, len(q)*kn.cellQ)
			for i, x := range q {
				if cells[i*kn.cellQ] = x; kn.cellQ == 2 {
					cells[2*i+1] = uint8(int8(x) >> 7)
				}
			}
			kn.fit8(up(rows, 12), wide/panel, cells, k, whole, wide)
			add(result{whole: whole})
			y := slices.Clone(x)
			for i := range rows {
				kn.norm(y[i*n:(i+1)*n], x[i*n:], x, x, epsilon)
			}
			add(result{floats: y})
			return out
		}
		want := compute(&plain)
		for _, kn := range all()[1:] {
			for i, got := range compute(kn) {
				if !reflect.DeepEqual(got, want[i]) {
					t.Fatalf("%s: result %d of %d rows, %d numbers, %d columns is another", kn.name, i, rows, n, columns)
				}
			}
		}
		for i := range rows {
			gelu := slices.Clone(x[i*n : (i+1)*n])
			plain.gelu(gelu)
			for j, a := range gelu {
				scale := want[4].floats[i]
				if d := math.Abs(float64(a + lift - float32(want[4].bytes[i*n+j])*scale)); d > 2e-4+0.501*float64(scale) {
					t.Fatalf("gelu(%g) is %g off", x[i*n+j], d)
				}
			}
			soft := make([]float32, wide)
			for j := range soft {
				soft[j] = float32(scores[i*wide+j])
			}
			sum := plain.exps(soft, scales[i]*math.Ln2) // soft8 takes powers of two
			if d := math.Abs(float64(want[5].floats[i]/sum/full - 1)); d > 1e-4 {
				t.Fatalf("the sum of exponents is %g off", d)
			}
			for j, a := range soft[:columns] {
				if d := math.Abs(float64(a*full - float32(want[5].bytes[i*wide+j]))); d > 0.53 {
					t.Fatalf("exponent %g is %g off, of %d", a, d, full)
				}
			}
		}
	}
}

// TestNoNumber holds that a value that is no number cannot get lost on the way.
func TestNoNumber(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	bad := []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))}
	number := func(x float32) bool { return x-x == 0 }
	for _, kn := range all() {
		for _, b := range bad {
			const k = 64
			at := r.IntN(k)
			row := func() []float32 {
				x := random(r, k, 1)
				x[at] = b
				return x
			}
			if x := row(); number(math.Float32frombits(kn.top(x))) {
				t.Errorf("%s: the largest of a row with %g is a number", kn.name, b)
			}
			x := row()
			if sum := kn.exps(x, 1); number(sum) && b > 0 || b != b && number(x[at]) {
				t.Errorf("%s: exponents of a row with %g sum up to %g", kn.name, b, sum)
			}
			if x := row(); b == b {
				continue
			} else if kn.gelu(x); number(x[at]) {
				t.Errorf("%s: gelu of %g is %g", kn.name, b, x[at])
			}
			if x := row(); true {
				kn.norm(x, make([]float32, k), random(r, k, 1), random(r, k, 1), epsilon)
				if number(x[0]) {
					t.Errorf("%s: the norm of a row with %g is a number", kn.name, b)
				}
			}
		}
		for _, integers := range []bool{false, true} {
			for _, b := range bad {
				var s rounded
				m := newMatrix([]stored{bytesOf(r, 40, 64, 1)}, random(r, 40, 1), integers)
				a, c := random(r, 7*64, 1), make([]float32, 7*64)
				a[3*64+5] = b
				m.mul(kn, &s, 7, a, 64, c, 64, panel)
				for i := range 7 {
					for j := range 40 {
						if number(c[i*64+j]) != (i != 3) {
							t.Fatalf("%s, integers %v: %g in row 3 makes %g in row %d", kn.name, integers, b, c[i*64+j], i)
						}
					}
				}
			}
		}
	}
}

// TestNoNumberHeads holds the same for attention in integers.
func TestNoNumberHeads(t *testing.T) {
	s := Stretch{make([]int32, 37), make([]uint8, 37), make([]uint8, 37)}
	m := testModel(&plain, 1, true)
	for _, kn := range all() {
		m.kn = kn
		for part := range 3 { // queries, keys, values
			for _, b := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
				bias := &m.layers[0].heads[3].bias[part*panel+5]
				before := *bias
				*bias = b
				if _, _, err := m.Encode(context.Background(), []Stretch{s}, 1); err == nil {
					t.Errorf("%s: %g in part %d of a head comes out silently", kn.name, b, part)
				}
				*bias = before
			}
		}
	}
}

// TestThreads holds that neither the threads nor the neighbours change a vector.
func TestThreads(t *testing.T) {
	for _, integers := range []bool{false, true} {
		m := testModel(best(), 1, integers)
		r := rand.New(rand.NewPCG(7, 8))
		var in []Stretch
		for _, n := range []int{1, 0, 37, 16, 33, 110} {
			s := Stretch{make([]int32, n), make([]uint8, n), make([]uint8, n)}
			for i := range n {
				s.IDs[i], s.Case[i], s.Quote[i] = int32(r.IntN(100)), uint8(r.IntN(5)), uint8(r.IntN(3))
			}
			in = append(in, s)
		}
		want, _, err := m.Encode(context.Background(), in, 1)
		if err != nil {
			t.Fatal(err)
		}
		together, _, err := m.Encode(context.Background(), in, 3)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range in {
			alone, _, err := m.Encode(context.Background(), []Stretch{s}, 2)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(want[i], together[i]) || !slices.Equal(want[i], alone[0]) {
				t.Errorf("integers %v: stretch %d of %d pieces differs by %g on 3 threads, by %g alone", integers, i, len(s.IDs), far(together[i], want[i]), far(alone[0], want[i]))
			}
		}
	}
}

func TestAllocations(t *testing.T) {
	m := testModel(best(), 1, true)
	count := func(n int) float64 {
		in := []Stretch{{make([]int32, n), make([]uint8, n), make([]uint8, n)}}
		return testing.AllocsPerRun(5, func() {
			if _, _, err := m.Encode(context.Background(), in, 1); err != nil {
				t.Fatal(err)
			}
		})
	}
	// With the race detector the buffers are now and then thrown away, a few dozen in all; one a piece would be 190.
	if few, many := count(10), count(200); many > few+95 {
		t.Errorf("%g allocations for 10 pieces, %g for 200", few, many)
	}
}

// TestKinds holds that integers and floats give nearly the same vectors, and
// all kernels too; in integers the same to the last bit.
func TestKinds(t *testing.T) {
	s := Stretch{make([]int32, 65), make([]uint8, 65), make([]uint8, 65)}
	for i := range s.IDs {
		s.IDs[i] = int32(i)
	}
	var floats []float32
	for _, integers := range []bool{false, true} {
		var want []float32
		for _, kn := range all() {
			m := testModel(kn, 1, integers)
			if m.Integers() != integers {
				t.Fatalf("integers are %v, not %v", m.Integers(), integers)
			}
			got, _, err := m.Encode(context.Background(), []Stretch{s}, 1)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got[0]
			}
			if d := far(got[0], want); !(d < 2e-5) || integers && !slices.Equal(got[0], want) {
				t.Errorf("%s, integers %v: differs by %g", kn.name, integers, d)
			}
		}
		if floats == nil {
			floats = want
		}
		if d := far(want, floats); !(d < 2e-2) {
			t.Errorf("integers differ from floats by %g", d)
		}
	}
}

func BenchmarkForward(b *testing.B) {
	for _, n := range []int{64, 256, 512} {
		for _, kn := range extra() {
			for _, integers := range []bool{false, true} {
				b.Run(fmt.Sprintf("%s/%v/%d", kn.name, integers, n), func(b *testing.B) {
					m := testModel(kn, 6, integers)
					in := []Stretch{{make([]int32, n), make([]uint8, n), make([]uint8, n)}}
					for b.Loop() {
						if _, _, err := m.Encode(context.Background(), in, 1); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(m.Work(n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
				})
			}
		}
	}
}

// testModel is a network of layers of 384 with random weights.
func testModel(kn *kernels, layers int, integers bool) *Model {
	r := rand.New(rand.NewPCG(1, 2))
	const w, inner, vocab, positions = 384, 1536, 100, 512
	norm := func() [2][]float32 { return [2][]float32{random(r, w, 1), random(r, w, 1)} }
	mat := func(out, in int) *matrix {
		return newMatrix([]stored{near(bytesOf(r, out, in, 0.05))}, random(r, out, 0.1), integers)
	}
	m := &Model{
		file: &file{header: header{Config: Config{layers, w, 12, inner, vocab, positions, 0}}}, kn: kn, words: bytesOf(r, vocab, w, 3),
		positions: random(r, positions*w, 1), cases: random(r, 5*w, 1), quotes: random(r, 3*w, 1), norm: norm(),
	}
	m.states.New = func() any { return &state{} }
	for range layers {
		l := layer{nil, mat(w, w), norm(), norm(), mat(inner, w), mat(w, inner)}
		for range 12 {
			l.heads = append(l.heads, mat(3*w/12, w))
		}
		if integers {
			l.outer.lifted()
		}
		m.layers = append(m.layers, l)
	}
	return m
}
