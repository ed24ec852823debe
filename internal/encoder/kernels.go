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
	// top: the bits of the largest |x|; NaN and infinity are larger than any number.
	top func(x []float32) uint32
	// flip: a strip [n, 16] of 16 rows of x, n columns of them.
	flip func(to, x []float32, stride, n int)
	// exps: x = exp(x·scale − max(x·scale)); returns the sum of it. scale > 0.
	exps func(x []float32, scale float32) float32
	// gelu: x = x/2 · (1 + erf(x/√2)).
	gelu func(x []float32)
	// norm: x = layer norm of x + res.
	norm func(x, res, gamma, beta []float32, eps float32)
	wholes
	// wide are the kernels for the matrices that pairs excludes; nil where there are none.
	wide *kernels
	// peak: n rounds of nothing but multiply-adds, of floats or of integers;
	// returns how many operations they are. Nil where there is no assembly.
	peak, peakWhole func(n int) float64
}

var plain = kernels{
	name: "go", rows: 4, gemm: plainGemm, top: plainTop, flip: plainFlip, exps: plainExps, gelu: plainGelu, norm: plainNorm, wholes: plainWholes,
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

func plainTop(x []float32) uint32 {
	top := uint32(0)
	for _, a := range x {
		top = max(top, math.Float32bits(a)&0x7fffffff)
	}
	return top
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
	var sum, square lanes
	for i := range x {
		x[i] += res[i]
		sum[i%strip] += x[i]
	}
	mean := sum.fold() / n
	for i := range x {
		x[i] -= mean
		square[i%strip] = fma(x[i], x[i], square[i%strip])
	}
	scale := 1 / float32(math.Sqrt(float64(float32(square.fold()/n)+eps)))
	for i := range x {
		x[i] = fma(float32(x[i]*scale), gamma[i], beta[i])
	}
}

// lanes are sums as the widest registers have them: all kernels add in that order.
type lanes [strip]float32

func (s *lanes) fold() float32 {
	for n := strip / 2; n > 0; n /= 2 {
		for i := range n {
			s[i] += s[i+n]
		}
	}
	return s[0]
}

// fma is a·b + c rounded once, as instructions do it.
func fma(a, b, c float32) float32 {
	p, z := float64(a)*float64(b), float64(c) // the product is exact
	sum := p + z
	bits := math.Float64bits(sum)
	if bits&(1<<29-1) != 1<<28 || sum-p == z && sum-z == p || sum-sum != 0 {
		return float32(sum)
	}
	// The sum lies half-way between two float32 numbers after it was rounded
	// itself: go to the side where it truly is.
	rest := z - (sum - p)
	if math.Abs(z) > math.Abs(p) {
		rest = p - (sum - z)
	}
	if (rest > 0) == (sum > 0) {
		bits++
	} else {
		bits--
	}
	return float32(math.Float64frombits(bits))
}
