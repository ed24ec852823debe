package encoder

import (
	"encoding/binary"
	"unsafe"
)

// A matrix is the weights and the bias of a linear layer, laid out for the
// kernels: B [k, n] in strips of 16 columns, n filled up with zeros to a
// multiple of 32. Where the file holds signed bytes, the products are computed
// in integers: the weights as they are, the other side rounded to 8 bits.
type matrix struct {
	k, n   int
	bias   []float32
	floats []float32 // strips [k, 16]; or nil, and then:
	bytes  []int8    // strips [k/4, 16, 4]
	start  []int32   // what the sums begin with: −128 · the sum of each column, since the other side has 128 added
	scale  []float32 // of each column
	pairs  bool      // no two neighbours of a column, the first at an even row, add up to more than 128 or less than −128
}

func up(n, to int) int { return (n + to - 1) / to * to }

// newMatrix lays out the rows of several tensors [n, k] one after another, as
// torch stores linear layers, for x·Wᵀ + bias.
func newMatrix(parts []stored, bias []float32, integers bool) *matrix {
	m := &matrix{k: parts[0].cols, pairs: true}
	for _, s := range parts {
		m.n += s.rows
		integers = integers && s.kind == "i8" && s.cols%panel == 0
	}
	wide := up(m.n, panel)
	m.bias = make([]float32, wide)
	copy(m.bias, bias)
	var bytes []byte
	if integers {
		bytes = make([]byte, wide*m.k)
		m.bytes = unsafe.Slice((*int8)(unsafe.Pointer(&bytes[0])), len(bytes))
		m.scale, m.start = make([]float32, wide), make([]int32, wide)
	} else {
		m.floats = make([]float32, wide*m.k)
	}
	at := 0
	for _, s := range parts {
		if !integers {
			m.put(s.floats(), at, s.rows)
			at += s.rows
			continue
		}
		for r := range s.rows {
			from, to, sum := s.data[r*m.k:(r+1)*m.k], bytes[at/strip*strip*m.k+at%strip*4:], int32(0)
			for i := 0; i < len(from); i += 4 {
				four := binary.LittleEndian.Uint32(from[i:])
				binary.LittleEndian.PutUint32(to[i*strip:], four)
				one, two := int32(int8(four))+int32(int8(four>>8)), int32(int8(four>>16))+int32(int8(four>>24))
				sum += one + two
				m.pairs = m.pairs && max(one, -one, two, -two) <= 128
			}
			m.start[at], m.scale[at] = -128*sum, s.scaleOf(r)
			at++
		}
	}
	return m
}

// lifted makes the matrix one whose other side has lift added before it is
// rounded, and no sign: the bias takes it off again.
func (m *matrix) lifted() *matrix {
	for i, n := range m.start {
		m.bias[i] += float32(float64(n) / 128 * lift * float64(m.scale[i]))
		m.start[i] = 0
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

// rounded holds rows of A as integers, in cells as the kernels have them.
type rounded struct {
	bytes  []uint8
	scales []float32
}

// grow makes room for so many rows of k.
func (s *rounded) grow(kn *kernels, rows, k int) *rounded {
	grow(&s.bytes, rows*k*kn.cell)
	grow(&s.scales, rows)
	return s
}

// from is s without the first rows of k.
func (s *rounded) from(kn *kernels, rows, k int) *rounded {
	return &rounded{s.bytes[rows*k*kn.cell:], s.scales[rows:]}
}

// round rounds each row of A by its largest value, and adds 128.
func (s *rounded) round(kn *kernels, rows, k int, a []float32, lda int) *rounded {
	kn.round8(rows, k, a, lda, s.bytes, s.scales, 0x80)
	return s
}

// mul computes C = A·B + bias for all rows of A. From one row of C to the next
// there are ldc floats, from one panel of it to the next across. s is only
// needed by a matrix of integers, to hold A rounded.
func (m *matrix) mul(kn *kernels, s *rounded, rows int, a []float32, lda int, c []float32, ldc, across int) {
	if m.floats == nil {
		s.grow(kn, rows, m.k).round(kn, rows, m.k, a, lda)
	}
	m.mulRounded(kn, s, rows, a, lda, c, ldc, across)
}

// mulRounded is mul for an A that s holds already, if the matrix is one of
// integers. A row with NaN or an infinity has that for its scale and gives
// nothing else.
func (m *matrix) mulRounded(kn *kernels, s *rounded, rows int, a []float32, lda int, c []float32, ldc, across int) {
	if m.floats == nil {
		for p := 0; p < m.n; p += panel {
			kn.gemm8(rows, m.k/4, s.bytes, m.k*kn.cell, m.bytes[p*m.k:], strip*m.k, m.bias[p:], c[p/panel*across:], ldc, m.scale[p:], s.scales, m.start[p:])
		}
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
