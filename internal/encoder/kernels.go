package encoder

import "math"

const panel = 32 // columns of a packed panel

// kernels are the loops that the time goes into. Lengths are multiples of 32.
type kernels struct {
	name string
	rows int // most rows that gemm takes
	// gemm: C[rows, 32] = bias[32] + A[rows, k] · B[k, 32]. Strides in floats.
	gemm func(rows, k int, a []float32, lda int, b, bias, c []float32, ldc int)
	// exps: x = exp(x·scale − max(x·scale)); returns the sum of it.
	exps func(x []float32, scale float32) float32
	// gelu: x = x/2 · (1 + erf(x/√2)).
	gelu func(x []float32)
	// norm: x = layer norm of x + res.
	norm func(x, res, gamma, beta []float32, eps float32)
	// peak: n rounds of nothing but multiply-adds; returns how many operations
	// they are. Nil where there is no assembly.
	peak func(n int) float64
}

var plain = kernels{"go", 4, plainGemm, plainExps, plainGelu, plainNorm, nil}

func plainGemm(rows, k int, a []float32, lda int, b, bias, c []float32, ldc int) {
	for r := range rows {
		var acc [panel]float32
		copy(acc[:], bias[:panel])
		for i, x := range a[r*lda : r*lda+k] {
			row := b[i*panel : i*panel+panel]
			for j := range acc {
				acc[j] += x * row[j]
			}
		}
		copy(c[r*ldc:r*ldc+panel], acc[:])
	}
}

func plainExps(x []float32, scale float32) float32 {
	top := x[0] * scale
	for _, a := range x {
		top = max(top, a*scale)
	}
	sum := float32(0)
	for i, a := range x {
		x[i] = float32(math.Exp(float64(max(a*scale-top, -87))))
		sum += x[i]
	}
	return sum
}

func plainGelu(x []float32) {
	for i, a := range x {
		x[i] = float32(0.5 * float64(a) * (1 + math.Erf(float64(a)/math.Sqrt2)))
	}
}

func plainNorm(x, res, gamma, beta []float32, eps float32) {
	n := float32(len(x))
	mean := float32(0)
	for i := range x {
		x[i] += res[i]
		mean += x[i]
	}
	mean /= n
	variance := float32(0)
	for i := range x {
		x[i] -= mean
		variance += x[i] * x[i]
	}
	scale := 1 / float32(math.Sqrt(float64(variance/n+eps)))
	for i := range x {
		x[i] = x[i]*scale*gamma[i] + beta[i]
	}
}

// A packed matrix is B [k, n] in panels of 32 columns, the last filled up with
// zeros: panel p holds rows of 32 floats. Its bias is filled up likewise.
type packed struct {
	k, n int
	data []float32
	bias []float32
}

func up(n, to int) int { return (n + to - 1) / to * to }

// pack lays out W [n, k], as torch stores a linear layer, for x·Wᵀ + bias.
func pack(w []float32, n, k int, bias []float32) *packed {
	m := &packed{k: k, n: n, data: make([]float32, up(n, panel)*k), bias: make([]float32, up(n, panel))}
	copy(m.bias, bias)
	for j := range n {
		to := m.data[j/panel*panel*k+j%panel:]
		for i, x := range w[j*k : (j+1)*k] {
			to[i*panel] = x
		}
	}
	return m
}

// mul computes C = A·B + bias for all rows of A. C has ldc floats a row, at
// least n rounded up to 32.
func (m *packed) mul(kn *kernels, rows int, a []float32, lda int, c []float32, ldc int) {
	for p := 0; p < m.n; p += panel {
		b := m.data[p*m.k : (p+panel)*m.k]
		for r := 0; r < rows; r += kn.rows {
			kn.gemm(min(kn.rows, rows-r), m.k, a[r*lda:], lda, b, m.bias[p:], c[r*ldc+p:], ldc)
		}
	}
}
