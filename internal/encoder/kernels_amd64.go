package encoder

//go:generate go run ./gen

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// best is the fastest set of kernels that this processor has.
func best() *kernels {
	x := &cpu.X86
	switch {
	case !x.HasAVX2 || !x.HasFMA:
		return &plain
	case !x.HasAVX512F || !x.HasAVX512DQ || !x.HasAVX512VL || !x.HasAVX512BW:
		return &avx2
	case !x.HasAVX512VNNI:
		return &avx512
	}
	return &vnni
}

type (
	gemmFunc   func(tiles, k int, a *float32, lda int, b *float32, next int, bias *float32, c *float32, ldc int)
	gemm16Func func(tiles, k int, a *int16, lda int, b *int16, next int, bias *float32, c *float32, ldc int, columns, rows *float32)
	gemm8Func  func(tiles, k int, a *uint8, lda int, b *int8, next int, bias *float32, c *float32, ldc int, columns, rows *float32, less *int32)
)

var avx2 = kernels{
	name: "avx2", rows: 6, gemm: gemmBy(gemm256, 1), gemm16: gemm16, top: top, round: round, flip: flip,
	exps:      func(x []float32, scale float32) float32 { return exps256(&x[0], len(x), scale) },
	gelu:      func(x []float32) { gelu256(&x[0], len(x)) },
	norm:      normBy(norm256),
	peak:      func(n int) float64 { peak256(n); return float64(n) * 12 * 8 * 2 },
	peakWhole: func(n int) float64 { peak16x256(n); return float64(n) * 12 * 16 * 2 },
}

// avx512 takes integers as AVX2 does: it needs VNNI for more.
var avx512 = kernels{
	name: "avx512", rows: 12, gemm: gemmBy(gemm512, 2), gemm16: avx2.gemm16, top: top, round: round, flip: flip,
	exps:      func(x []float32, scale float32) float32 { return exps512(&x[0], len(x), scale) },
	gelu:      func(x []float32) { gelu512(&x[0], len(x)) },
	norm:      normBy(norm512),
	peak:      func(n int) float64 { peak512(n); return float64(n) * 20 * 16 * 2 },
	peakWhole: avx2.peakWhole,
}

var vnni = func() kernels {
	k := avx512
	k.name, k.gemm8, k.round8 = "avx512vnni", gemm8, round8
	k.peakWhole = func(n int) float64 { peak8x512(n); return float64(n) * 20 * 64 * 2 }
	return k
}()

const size = int(unsafe.Sizeof(float32(0)))

// gemmBy makes a kernel of assembly routines, one for each number of rows, that
// take so many strips of B. The assembly checks no bounds: the first line does.
func gemmBy(f []gemmFunc, strips int) func(rows, k int, a []float32, lda int, b []float32, next int, bias, c []float32, ldc int) {
	return func(rows, k int, a []float32, lda int, b []float32, next int, bias, c []float32, ldc int) {
		_, _, _, _ = a[(rows-1)*lda+k-1], b[k*strip-1], b[next+k*strip-1], c[(rows-1)*ldc+panel-1]
		for at := 0; at < panel; at += strips * strip {
			var start *float32
			if bias != nil {
				start = &bias[at : at+strips*strip][0]
			}
			b := &b[at/strip*next]
			tiles := rows / len(f)
			if tiles > 0 {
				f[len(f)-1](tiles, k, &a[0], lda*size, b, next*size, start, &c[at], ldc*size)
			}
			if r := tiles * len(f); r < rows {
				f[rows-r-1](1, k, &a[r*lda], lda*size, b, next*size, start, &c[r*ldc+at], ldc*size)
			}
		}
	}
}

// gemm16 is such a kernel for integers, one strip at a time.
func gemm16(rows, pairs int, a []int16, lda int, b []int16, next int, bias, c []float32, ldc int, columns, scales []float32) {
	_, _, _, _ = a[(rows-1)*lda+2*pairs-1], b[pairs*panel-1], b[next+pairs*panel-1], c[(rows-1)*ldc+panel-1]
	_, _, _ = bias[panel-1], columns[panel-1], scales[rows-1]
	f := gemm16x256
	tiles := rows / len(f)
	for at := 0; at < panel; at += strip {
		b := &b[at/strip*next]
		if tiles > 0 {
			f[len(f)-1](tiles, pairs, &a[0], lda*size/2, b, next*size/2, &bias[at], &c[at], ldc*size, &columns[at], &scales[0])
		}
		if r := tiles * len(f); r < rows {
			f[rows-r-1](1, pairs, &a[r*lda], lda*size/2, b, next*size/2, &bias[at], &c[r*ldc+at], ldc*size, &columns[at], &scales[r])
		}
	}
}

// gemm8 takes both strips at once.
func gemm8(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, less []int32) {
	_, _, _, _ = a[(rows-1)*lda+4*fours-1], b[2*fours*panel-1], b[next+2*fours*panel-1], c[(rows-1)*ldc+panel-1]
	_, _, _, _ = bias[panel-1], columns[panel-1], scales[rows-1], less[panel-1]
	f := gemm8x512
	tiles := rows / len(f)
	if tiles > 0 {
		f[len(f)-1](tiles, fours, &a[0], lda, &b[0], next, &bias[0], &c[0], ldc*size, &columns[0], &scales[0], &less[0])
	}
	if r := tiles * len(f); r < rows {
		f[rows-r-1](1, fours, &a[r*lda], lda, &b[0], next, &bias[0], &c[r*ldc], ldc*size, &columns[0], &scales[r], &less[0])
	}
}

func normBy(f func(x, res, gamma, beta *float32, n int, eps float32)) func(x, res, gamma, beta []float32, eps float32) {
	return func(x, res, gamma, beta []float32, eps float32) {
		n := len(x)
		_, _, _ = res[n-1], gamma[n-1], beta[n-1]
		f(&x[0], &res[0], &gamma[0], &beta[0], n, eps)
	}
}

func top(x []float32) uint32 { return top256(&x[0], len(x)) }

func round(to []int16, x []float32, by float32) {
	_ = to[len(x)-1]
	round256(&x[0], len(x), by, &to[0])
}

func round8(to []uint8, x []float32, by float32) {
	_ = to[len(x)-1]
	round512(&x[0], len(x), by, &to[0])
}

func flip(to, x []float32, stride, n int) {
	if n%8 != 0 {
		plainFlip(to, x, stride, n)
		return
	}
	_, _ = to[n*strip-1], x[(strip-1)*stride+n-1]
	flip256(&x[0], stride*size, n, &to[0])
}

func peak512(n int)

func peak256(n int)

func peak8x512(n int)

func peak16x256(n int)
