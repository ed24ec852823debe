package encoder

import "math"

// A matrix is the weights and the bias of a linear layer, laid out for the
// kernels: B [k, n] in strips of 16 columns, n filled up with zeros to a
// multiple of 32. Where the file holds signed bytes, the products are computed
// in integers: the weights as they are, the other side rounded to as many
// levels. What holds them depends on the kernels, the result does not.
type matrix struct {
	k, n   int
	bias   []float32
	floats []float32 // strips [k, 16]; or nil, and then:
	whole  []int16   // strips [k/2, 16, 2]; or
	bytes  []int8    // strips [k/4, 16, 4], and
	less   []int32   // 128 · the sum of each column: the other side has 128 added
	scale  []float32 // of each column
}

const levels = 127 // steps on each side of 0 that the other side is rounded to

func up(n, to int) int { return (n + to - 1) / to * to }

// newMatrix lays out the rows of several tensors [n, k] one after another, as
// torch stores linear layers, for x·Wᵀ + bias.
func newMatrix(kn *kernels, parts []stored, bias []float32, integers bool) *matrix {
	m := &matrix{k: parts[0].cols}
	for _, s := range parts {
		m.n += s.rows
		integers = integers && s.kind == "i8" && s.cols%4 == 0
	}
	wide := up(m.n, panel)
	m.bias = make([]float32, wide)
	copy(m.bias, bias)
	if integers {
		m.scale = make([]float32, wide)
	}
	switch {
	case !integers:
		m.floats = make([]float32, wide*m.k)
	case kn.gemm8 != nil:
		m.bytes, m.less = make([]int8, wide*m.k), make([]int32, wide)
	default:
		m.whole = make([]int16, wide*m.k)
	}
	at := 0
	for _, s := range parts {
		for r := range s.rows {
			row := s.data[r*m.k : (r+1)*m.k]
			switch {
			case m.bytes != nil:
				to := m.bytes[at/strip*strip*m.k+at%strip*4:]
				for i, q := range row {
					to[i>>2*4*strip+i&3] = int8(q)
					m.less[at] += 128 * int32(int8(q))
				}
			case m.whole != nil:
				to := m.whole[at/strip*strip*m.k+at%strip*2:]
				for i, q := range row {
					to[i>>1*2*strip+i&1] = int16(int8(q))
				}
			}
			if integers {
				m.scale[at] = s.scaleOf(r)
			}
			at++
		}
		if !integers {
			m.put(s.floats(), at-s.rows, s.rows)
		}
	}
	return m
}

// pack lays out W [n, k] in float32.
func pack(w []float32, n, k int, bias []float32) *matrix {
	m := &matrix{k: k, n: n, floats: make([]float32, up(n, panel)*k), bias: make([]float32, up(n, panel))}
	copy(m.bias, bias)
	m.put(w, 0, n)
	return m
}

// put lays out rows of W, which become the columns from at on.
func (m *matrix) put(w []float32, at, rows int) {
	for j := range rows {
		c := at + j
		to := m.floats[c/strip*strip*m.k+c%strip:]
		for i, x := range w[j*m.k : (j+1)*m.k] {
			to[i*strip] = x
		}
	}
}

// rounded holds rows of A as integers.
type rounded struct {
	whole  []int16
	bytes  []uint8
	scales []float32
}

// mul computes C = A·B + bias for all rows of A. From one row of C to the next
// there are ldc floats, from one panel of it to the next across. s is only
// needed by a matrix of integers.
func (m *matrix) mul(kn *kernels, s *rounded, rows int, a []float32, lda int, c []float32, ldc, across int) {
	if m.floats == nil {
		m.mulWhole(kn, s, rows, a, lda, c, ldc, across)
		return
	}
	for k := 0; k < m.k; k += depth {
		for p := 0; p < m.n; p += panel {
			bias := m.bias[p:]
			if k > 0 {
				bias = nil
			}
			kn.gemm(rows, min(depth, m.k-k), a[k:], lda, m.floats[p*m.k+k*strip:], strip*m.k, bias, c[p/panel*across:], ldc)
		}
	}
}

// mulWhole rounds A, each row by its largest value. A row with NaN or an
// infinity has that for its scale and gives nothing else.
func (m *matrix) mulWhole(kn *kernels, s *rounded, rows int, a []float32, lda int, c []float32, ldc, across int) {
	scales := grow(&s.scales, rows)
	if m.bytes != nil {
		grow(&s.bytes, rows*m.k)
	} else {
		grow(&s.whole, rows*m.k)
	}
	for r := range rows {
		x := a[r*lda : r*lda+m.k]
		top, by := math.Float32frombits(kn.top(x)), float32(0)
		if top != 0 {
			by = levels / top
		}
		scales[r] = top / levels
		if m.bytes != nil {
			kn.round8(s.bytes[r*m.k:(r+1)*m.k], x, by)
		} else {
			kn.round(s.whole[r*m.k:(r+1)*m.k], x, by)
		}
	}
	for p := 0; p < m.n; p += panel {
		c := c[p/panel*across:]
		if m.bytes != nil {
			kn.gemm8(rows, m.k/4, s.bytes, m.k, m.bytes[p*m.k:], strip*m.k, m.bias[p:], c, ldc, m.scale[p:], scales, m.less[p:])
		} else {
			kn.gemm16(rows, m.k/2, s.whole, m.k, m.whole[p*m.k:], strip*m.k, m.bias[p:], c, ldc, m.scale[p:], scales)
		}
	}
}

// A Linear is a small linear layer, laid out for the kernels.
type Linear struct {
	kn *kernels
	m  *matrix
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
		l.m.mul(l.kn, nil, n, x[at*in:], in, buf, wide, panel)
		for i := range n {
			copy(dst[(at+i)*out:(at+i+1)*out], buf[i*wide:])
		}
	}
}
