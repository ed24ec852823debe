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
	gemmFunc  func(tiles, k int, a *float32, lda int, b *float32, next int, bias *float32, c *float32, ldc int)
	gemm8Func func(tiles, k int, a *uint8, lda int, b *int8, next int, bias *float32, c *float32, ldc int, columns, rows *float32, start *int32)
)

// avx2 multiplies bytes, as far as the sums of two products are sure to fit in 16 bits.
var avx2 = func() kernels {
	k := avx2wide
	k.name = "avx2"
	k.wide = &avx2wide
	k.peakWhole = func(n int) float64 { peak8x256(n); return float64(n) * 12 * 32 * 2 }
	k.cell, k.pairs = 1, true
	k.gemm8, k.round8, k.gelu8 = gemm8By(gemm8x256b, 1, strip), round8By(round8x256b, 1), gelu8By(gelu8x256b, 1)
	return k
}()

var avx2wide = kernels{
	name: "avx2wide", rows: 6, gemm: gemmBy(gemm256, 1), top: top, flip: flip,
	exps:      func(x []float32, scale float32) float32 { return exps256(&x[0], len(x), scale) },
	gelu:      func(x []float32) { gelu256(&x[0], len(x)) },
	norm:      normBy(norm256),
	peak:      func(n int) float64 { peak256(n); return float64(n) * 12 * 8 * 2 },
	peakWhole: func(n int) float64 { peak16x256(n); return float64(n) * 12 * 16 * 2 },
	wholes: wholes{
		cell: 2, gemm8: gemm8By(gemm8x256, 2, strip/2), round8: round8By(round8x256, 2), gelu8: gelu8By(gelu8x256, 2),
		cellQ: 2, mix8: gemm8By(gemm8x256, 2, strip/2), fit8: fit8By(fit256, 2, 6), roundQ: round8By(round8x256, 2),
		soft8: soft8By(soft8x256, 2), spans: spansBy(spans256), keys8: keys8By(keys8x256), values8: values8By(values8x256),
	},
}

// avx512 takes integers as AVX2 does: it needs VNNI for more.
var avx512 = func() kernels {
	k := avx512wide
	k.name, k.wide, k.peakWhole, k.wholes = "avx512", &avx512wide, avx2.peakWhole, avx2.wholes
	return k
}()

var avx512wide = kernels{
	name: "avx512wide", rows: 12, gemm: gemmBy(gemm512, 2), top: top, flip: flip,
	exps:      func(x []float32, scale float32) float32 { return exps512(&x[0], len(x), scale) },
	gelu:      func(x []float32) { gelu512(&x[0], len(x)) },
	norm:      normBy(norm512),
	peak:      func(n int) float64 { peak512(n); return float64(n) * 20 * 16 * 2 },
	peakWhole: avx2wide.peakWhole,
	wholes:    avx2wide.wholes,
}

var vnni = func() kernels {
	k := avx512wide
	k.name = "avx512vnni"
	k.peakWhole = func(n int) float64 { peak8x512(n); return float64(n) * 20 * 64 * 2 }
	k.wholes = wholes{
		cell: 1, gemm8: gemm8By(gemm8x512, 1, panel), round8: round8By(round8x512, 1), gelu8: gelu8By(gelu8x512, 1),
		cellQ: 1, mix8: gemm8By(gemm8x512, 1, panel), fit8: fit8By(fit512, 1, 12), roundQ: round8By(round8x512, 1),
		soft8: soft8By(soft8x512, 1), spans: spansBy(spans512), keys8: keys8By(keys8x512), values8: values8By(values8x512),
	}
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

// gemm8By makes a kernel for integers, in so many bytes each, of routines that
// take so many columns.
func gemm8By(f []gemm8Func, cell, take int) func(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, start []int32) {
	return func(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, start []int32) {
		_, _, _, _ = a[(rows-1)*lda+4*cell*fours-1], b[2*fours*panel-1], b[next+2*fours*panel-1], c[(rows-1)*ldc+panel-1]
		_, _, _, _ = bias[panel-1], columns[panel-1], scales[rows-1], start[panel-1]
		tiles := rows / len(f)
		for at := 0; at < panel; at += take {
			b := &b[at/strip*next+at%strip*4]
			if tiles > 0 {
				f[len(f)-1](tiles, fours, &a[0], lda, b, next, &bias[at], &c[at], ldc*size, &columns[at], &scales[0], &start[at])
			}
			if r := tiles * len(f); r < rows {
				f[rows-r-1](1, fours, &a[r*lda], lda, b, next, &bias[at], &c[r*ldc+at], ldc*size, &columns[at], &scales[r], &start[at])
			}
		}
	}
}

func fit8By(f func(tiles, panels int, q, k *uint8, to *int32, ld int), cell, tile int) func(rows, panels int, q, k []uint8, to []int32, ld int) {
	return func(rows, panels int, q, k []uint8, to []int32, ld int) {
		_, _, _ = q[rows*panel*cell-1], k[panels*panel*panel-1], to[(rows-1)*ld+panels*panel-1]
		f(rows/tile, panels, &q[0], &k[0], &to[0], ld*size)
	}
}

func round8By(f func(rows, n int, x *float32, ldx int, to *uint8, scales *float32, plus uint32), cell int) func(rows, n int, x []float32, ldx int, to []uint8, scales []float32, plus uint8) {
	repeated := map[int]uint32{1: 0x01010101, 2: 0x00010001}[cell]
	return func(rows, n int, x []float32, ldx int, to []uint8, scales []float32, plus uint8) {
		_, _, _ = x[(rows-1)*ldx+n-1], to[rows*n*cell-1], scales[rows-1]
		f(rows, n, &x[0], ldx*size, &to[0], &scales[0], uint32(plus)*repeated)
	}
}

func gelu8By(f func(rows, n int, x *float32, to *uint8, scales *float32), cell int) func(rows, n int, x []float32, to []uint8, scales []float32) {
	return func(rows, n int, x []float32, to []uint8, scales []float32) {
		_, _, _ = x[rows*n-1], to[rows*n*cell-1], scales[rows-1]
		f(rows, n, &x[0], &to[0], &scales[0])
	}
}

// counted are masks of 16 numbers: from i on, the first 16 − i count.
var counted = func() (m [2 * strip]uint32) {
	for i := range strip {
		m[i] = ^uint32(0)
	}
	return m
}()

func soft8By(f func(rows, n int, x *int32, ldx int, scales *float32, to *uint8, ldt int, sums *float32, mask *uint32), cell int) func(rows, n int, x []int32, ldx int, scales []float32, to []uint8, ldt int, sums []float32) {
	return func(rows, n int, x []int32, ldx int, scales []float32, to []uint8, ldt int, sums []float32) {
		wide := up(n, strip)
		_, _, _, _ = x[(rows-1)*ldx+wide-1], scales[rows-1], to[(rows-1)*ldt+wide*cell-1], sums[rows-1]
		f(rows, wide/strip, &x[0], ldx*size, &scales[0], &to[0], ldt, &sums[0], &counted[wide-n])
	}
}

func spansBy(f func(rows int, x, low, high, sum *float32)) func(rows int, x []float32, low, high, sum *[panel]float32) {
	return func(rows int, x []float32, low, high, sum *[panel]float32) {
		_ = x[rows*panel-1]
		f(rows, &x[0], &low[0], &high[0], &sum[0])
	}
}

func keys8By(f func(rows int, x, low *float32, by float32, to *uint8)) func(rows int, x []float32, low *[panel]float32, by float32, to []uint8) {
	return func(rows int, x []float32, low *[panel]float32, by float32, to []uint8) {
		_, _ = x[rows*panel-1], to[rows*panel-1]
		f(rows, &x[0], &low[0], by, &to[0])
	}
}

func values8By(f func(fours int, x, mean, by *float32, to *int8, next int)) func(fours int, x []float32, mean, by *[panel]float32, to []int8, next int) {
	return func(fours int, x []float32, mean, by *[panel]float32, to []int8, next int) {
		_, _ = x[4*fours*panel-1], to[next+fours*4*strip-1]
		f(fours, &x[0], &mean[0], &by[0], &to[0], next)
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

func peak8x256(n int)
