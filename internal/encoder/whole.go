package encoder

import "math"

const (
	levels = 127    // steps on each side of 0 that numbers with sign are rounded to
	full   = 255    // steps that numbers without sign are rounded to
	lift   = 0.1702 // is added to gelu, so that it has no sign: it is never below −0.17
	edge   = 4      // from where on gelu(x) counts as x, or 0
)

// wholes are the kernels of integers of 8 bits. All of them give the same to
// the last bit as long as there are numbers; a row with NaN or an infinity gets
// that as its scale.
type wholes struct {
	// cell and cellQ: bytes that a number of A, and of Q and of what becomes of
	// it, takes: where it is 2, the kernels write and read them in 16 bits.
	// Strides of them are in bytes.
	cell, cellQ int
	// pairs: gemm8 is right only where no two neighbours of a column of B, the
	// first at an even row, add up to more than 128 or less than −128.
	pairs bool
	// gemm8: C[r, j] = (start[j] + (A · B)[r, j]) · (scales[r] · columns[j]) +
	// bias[j], the sum in 32-bit integers. B [k, 32] is two strips
	// [fours, 16, 4], k being 4 · fours, the second at next.
	gemm8 func(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, start []int32)
	// mix8: gemm8 for any B and an A in cells of Q.
	mix8 func(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, start []int32)
	// fit8: sums of Q [rows, 32], signed bytes, and K, panels of two strips [8, 16, 4].
	// All tiles are whole: rows are a multiple of kernels.rows.
	fit8 func(rows, panels int, q, k []uint8, to []int32, ld int)
	// round8: rows of n, at a stride of ldx, each by its largest |x|: scales is
	// that / 127, to [rows, n] is x / scale, to nearest, ties to even, and plus added.
	round8 func(rows, n int, x []float32, ldx int, to []uint8, scales []float32, plus uint8)
	// roundQ: round8 into cells of Q.
	roundQ func(rows, n int, x []float32, ldx int, to []uint8, scales []float32, plus uint8)
	// gelu8: rows of gelu(x) + lift, each as bytes by its largest; x is lost.
	gelu8 func(rows, n int, x []float32, to []uint8, scales []float32)
	// soft8: to = exp(x·scale − max(x·scale)) of n columns, as bytes of which the
	// largest is 255; sums are those of the unrounded ones. It also writes, but
	// does not sum up, columns up to a multiple of 16; the largest must be among
	// the first n.
	soft8 func(rows, n int, x []int32, ldx int, scales []float32, to []uint8, ldt int, sums []float32)
	// spans: the least, the largest and the sum of each column of x [rows, 32].
	spans func(rows int, x []float32, low, high, sum *[panel]float32)
	// keys8: to [rows, 32] = (x − low) · by.
	keys8 func(rows int, x []float32, low *[panel]float32, by float32, to []uint8)
	// values8: to = (x − mean) · by, two strips [fours, 16, 4], the second at next.
	values8 func(fours int, x []float32, mean, by *[panel]float32, to []int8, next int)
}

var plainWholes = wholes{
	cell: 1, cellQ: 1, gemm8: plainGemm8, mix8: plainGemm8, fit8: plainFit8, round8: plainRound8, roundQ: plainRound8, gelu8: plainGelu8, soft8: plainSoft8,
	spans: plainSpans, keys8: plainKeys8, values8: plainValues8,
}

func plainGemm8(rows, fours int, a []uint8, lda int, b []int8, next int, bias, c []float32, ldc int, columns, scales []float32, start []int32) {
	for r := range rows {
		for at := 0; at < panel; at += strip {
			acc := [strip]int32(start[at:])
			b := b[at/strip*next:]
			for i := range fours {
				x, row := (*[4]uint8)(a[r*lda+4*i:]), (*[4 * strip]int8)(b[i*4*strip:])
				x0, x1, x2, x3 := int32(x[0]), int32(x[1]), int32(x[2]), int32(x[3])
				for j := range acc {
					acc[j] += x0*int32(row[4*j]) + x1*int32(row[4*j+1]) + x2*int32(row[4*j+2]) + x3*int32(row[4*j+3])
				}
			}
			for j, n := range acc {
				// The conversions keep the compiler from fusing: all kernels round alike.
				c[r*ldc+at+j] = float32(float32(n)*float32(scales[r]*columns[at+j])) + bias[at+j]
			}
		}
	}
}

func plainFit8(rows, panels int, q, k []uint8, to []int32, ld int) {
	for r := range rows {
		q := q[r*panel : (r+1)*panel]
		for j := range panels * panel {
			sum := int32(0)
			for i, x := range q {
				sum += int32(int8(x)) * int32(k[j/strip*strip*panel+i/4*4*strip+j%strip*4+i%4])
			}
			to[r*ld+j] = sum
		}
	}
}

// nearest is x rounded to nearest, ties to even.
func nearest(x float32) int32 { return int32(math.RoundToEven(float64(x))) }

// stepsOf is most / top, or 0 where there is nothing.
func stepsOf(most, top float32) float32 {
	if top == 0 {
		return 0
	}
	return most / top
}

func plainRound8(rows, n int, x []float32, ldx int, to []uint8, scales []float32, plus uint8) {
	for r := range rows {
		row := x[r*ldx : r*ldx+n]
		top := math.Float32frombits(plainTop(row))
		scales[r] = top / levels
		by := stepsOf(levels, top)
		for i, a := range row {
			to[r*n+i] = uint8(nearest(a*by)) + plus
		}
	}
}

// Φ(x) is ½ + x · a polynomial of x², highest power first.
var phi = [...]float32{2.2588187232e-8, -1.5888260266e-6, 4.7763864331e-5, -8.1218725681e-4, 8.7636899690e-3, -6.4554410166e-2, 0.39787026519}

func plainGelu8(rows, n int, x []float32, to []uint8, scales []float32) {
	for r := range rows {
		row := x[r*n : (r+1)*n]
		for i, a := range row {
			a = max(a, -edge)
			c := min(a, edge)
			u, y := c*c, phi[0]
			for _, k := range phi[1:] {
				y = fma(y, u, k)
			}
			row[i] = fma(a, fma(y, c, 0.5), lift)
		}
		top := math.Float32frombits(plainTop(row))
		scales[r] = top / full
		by := stepsOf(full, top)
		for i, a := range row {
			to[r*n+i] = uint8(min(nearest(a*by), full))
		}
	}
}

// 2^f for f from 0 to 1, highest power first.
var powers = [...]float32{0.07802410896, 0.2260679011, 0.6958331691, 0.9999252640}

func plainSoft8(rows, n int, x []int32, ldx int, scales []float32, to []uint8, ldt int, sums []float32) {
	for r := range rows {
		row, scale := x[r*ldx:r*ldx+up(n, strip)], scales[r]
		top := row[0]
		for _, a := range row {
			top = max(top, a)
		}
		most := fma(float32(top), scale, -logFull)
		var sum lanes
		for i, a := range row {
			y := max(fma(float32(a), scale, -most), -125)
			floor := float32(math.Floor(float64(y)))
			f, e := y-floor, powers[0]
			for _, k := range powers[1:] {
				e = fma(e, f, k)
			}
			e = math.Float32frombits(math.Float32bits(e) + uint32(int32(floor))<<23)
			if i < n {
				sum[i%strip] += e
			}
			to[r*ldt+i] = uint8(min(nearest(e), full))
		}
		sums[r] = sum.fold()
	}
}

var logFull = float32(math.Log2(full))

func plainSpans(rows int, x []float32, low, high, sum *[panel]float32) {
	*low, *high, *sum = [panel]float32(x), [panel]float32(x), [panel]float32{}
	for r := range rows {
		for j, a := range x[r*panel : (r+1)*panel] {
			low[j], high[j], sum[j] = min(low[j], a), max(high[j], a), sum[j]+a
		}
	}
}

func plainKeys8(rows int, x []float32, low *[panel]float32, by float32, to []uint8) {
	for i, a := range x[:rows*panel] {
		to[i] = uint8(min(nearest((a-low[i%panel])*by), full))
	}
}

func plainValues8(fours int, x []float32, mean, by *[panel]float32, to []int8, next int) {
	for i, a := range x[:4*fours*panel] {
		r, j := i/panel, i%panel
		to[j/strip*next+r/4*4*strip+j%strip*4+r%4] = int8(nearest((a - mean[j]) * by[j]))
	}
}
