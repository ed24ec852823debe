package encoder

import "math"

const (
	strip = 16        // columns of B that lie together
	panel = 2 * strip // columns that a kernel computes at a time
	depth = 384       // rows of a strip that stay in the nearest cache
)

// kernels are the loops that the time goes into. Lengths are multiples of 32
// where nothing else is said.
type kernels struct {
	name string
	rows int // of a tile: work on a multiple of them wastes nothing
	// gemm: C[rows, 32] = bias[32] + A[rows, k] · B[k, 32], or C += A · B where
	// bias is nil. B is two strips [k, 16], the second at next. Strides are in
	// floats.
	gemm func(rows, k int, a []float32, lda int, b []float32, next int, bias, c []float32, ldc int)
	// gemm16: C[r, j] = (A · B)[r, j] · (scales[r] · columns[j]) + bias[j], the
	// product in 32-bit integers. B is two strips [pairs, 16, 2], k being 2 · pairs.
	gemm16 func(rows, pairs int, a []int16, lda int, b []int16, next int, bias, c []float32, ldc int, columns, scales []float32)
	// gemm8 takes the place of gemm16 where it is there: C = (A · B − less) ·
	// (scales · columns) + bias. B is two strips [fours, 16, 4], k being 4 · fours.
	gemm8 func(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, less []int32)
	// top: the bits of the largest |x|; NaN and infinity are larger than any number.
	top func(x []float32) uint32
	// round: x · by as 16 bits, to nearest, ties to even.
	round func(to []int16, x []float32, by float32)
	// round8: the same as 8 bits with 128 added, for gemm8.
	round8 func(to []uint8, x []float32, by float32)
	// flip: a strip [n, 16] of 16 rows of x, n columns of them.
	flip func(to, x []float32, stride, n int)
	// exps: x = exp(x·scale − max(x·scale)); returns the sum of it. scale > 0.
	exps func(x []float32, scale float32) float32
	// gelu: x = x/2 · (1 + erf(x/√2)).
	gelu func(x []float32)
	// norm: x = layer norm of x + res.
	norm func(x, res, gamma, beta []float32, eps float32)
	// peak: n rounds of nothing but multiply-adds, of floats or of integers;
	// returns how many operations they are. Nil where there is no assembly.
	peak, peakWhole func(n int) float64
}

var plain = kernels{
	name: "go", rows: 4, gemm: plainGemm, gemm16: plainGemm16, top: plainTop, round: plainRound, flip: plainFlip,
	exps: plainExps, gelu: plainGelu, norm: plainNorm,
}

func plainGemm(rows, k int, a []float32, lda int, b []float32, next int, bias, c []float32, ldc int) {
	for r := range rows {
		for at := 0; at < panel; at += strip {
			var acc [strip]float32
			out, b := c[r*ldc+at:r*ldc+at+strip], b[at/strip*next:]
			if bias != nil {
				copy(acc[:], bias[at:])
			} else {
				copy(acc[:], out)
			}
			for i, x := range a[r*lda : r*lda+k] {
				row := b[i*strip : i*strip+strip]
				for j := range acc {
					acc[j] += x * row[j]
				}
			}
			copy(out, acc[:])
		}
	}
}

func plainGemm16(rows, pairs int, a []int16, lda int, b []int16, next int, bias, c []float32, ldc int, columns, scales []float32) {
	for r := range rows {
		for at := 0; at < panel; at += strip {
			var acc [strip]int32
			b := b[at/strip*next:]
			for i := range pairs {
				x, y := int32(a[r*lda+2*i]), int32(a[r*lda+2*i+1])
				row := b[i*panel : i*panel+panel]
				for j := range acc {
					acc[j] += x*int32(row[2*j]) + y*int32(row[2*j+1])
				}
			}
			for j, n := range acc {
				// The conversions keep the compiler from fusing: all kernels round alike.
				c[r*ldc+at+j] = float32(float32(n)*float32(scales[r]*columns[at+j])) + bias[at+j]
			}
		}
	}
}

func plainTop(x []float32) uint32 {
	top := uint32(0)
	for _, a := range x {
		top = max(top, math.Float32bits(a)&0x7fffffff)
	}
	return top
}

func plainRound(to []int16, x []float32, by float32) {
	for i, a := range x {
		to[i] = int16(math.RoundToEven(float64(a * by)))
	}
}

func plainFlip(to, x []float32, stride, n int) {
	for j := range strip {
		for i, a := range x[j*stride : j*stride+n] {
			to[i*strip+j] = a
		}
	}
}

func plainExps(x []float32, scale float32) float32 {
	top := x[0]
	for _, a := range x {
		top = max(top, a)
	}
	top *= scale
	sum := float32(0)
	for i, a := range x {
		x[i] = float32(math.Exp(float64(max(a*scale-top, -86))))
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
