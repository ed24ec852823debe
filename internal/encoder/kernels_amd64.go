package encoder

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// best is the fastest set of kernels that this processor has.
func best() *kernels {
	switch {
	case cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512BW:
		return &avx512
	case cpu.X86.HasAVX2 && cpu.X86.HasFMA:
		return &avx2
	}
	return &plain
}

type (
	gemmFunc func(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)
	rowFunc  func(x *float32, n int)
	expsFunc func(x *float32, n int, scale float32) float32
	normFunc func(x, res, gamma, beta *float32, n int, eps float32)
)

var avx512 = assemble("avx512", 1, []gemmFunc{gemm512_1, gemm512_2, gemm512_3, gemm512_4, gemm512_5, gemm512_6, gemm512_7, gemm512_8, gemm512_9, gemm512_10, gemm512_11, gemm512_12}, exps512, gelu512, norm512, func(n int) float64 { peak512(n); return float64(n) * 20 * 16 * 2 })

var avx2 = assemble("avx2", 2, []gemmFunc{gemm256_1, gemm256_2, gemm256_3, gemm256_4, gemm256_5, gemm256_6}, exps256, gelu256, norm256, func(n int) float64 { peak256(n); return float64(n) * 12 * 8 * 2 })

// assemble makes kernels of assembly routines: gemm holds one for each number
// of rows from 1, each of which takes one part of a panel's columns.
func assemble(name string, parts int, gemm []gemmFunc, exps expsFunc, gelu rowFunc, norm normFunc, peak func(int) float64) kernels {
	const size = int(unsafe.Sizeof(float32(0)))
	return kernels{
		name: name,
		rows: len(gemm),
		gemm: func(rows, k int, a []float32, lda int, b, bias, c []float32, ldc int) {
			// The assembly checks no bounds: these lines do.
			_, _, _, _ = a[(rows-1)*lda+k-1], b[k*panel-1], bias[panel-1], c[(rows-1)*ldc+panel-1]
			for at := 0; at < panel; at += panel / parts {
				gemm[rows-1](k, &a[0], lda*size, &b[at], &bias[at], &c[at], ldc*size)
			}
		},
		exps: func(x []float32, scale float32) float32 { return exps(&x[0], len(x), scale) },
		gelu: func(x []float32) { gelu(&x[0], len(x)) },
		peak: peak,
		norm: func(x, res, gamma, beta []float32, eps float32) {
			n := len(x)
			_, _, _ = res[n-1], gamma[n-1], beta[n-1]
			norm(&x[0], &res[0], &gamma[0], &beta[0], n, eps)
		},
	}
}

func peak512(n int)

func peak256(n int)

//go:noescape
func exps512(x *float32, n int, scale float32) float32

//go:noescape
func gelu512(x *float32, n int)

//go:noescape
func norm512(x, res, gamma, beta *float32, n int, eps float32)

//go:noescape
func gemm512_1(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_2(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_3(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_4(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_5(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_6(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_7(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_8(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_9(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_10(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_11(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm512_12(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func exps256(x *float32, n int, scale float32) float32

//go:noescape
func gelu256(x *float32, n int)

//go:noescape
func norm256(x, res, gamma, beta *float32, n int, eps float32)

//go:noescape
func gemm256_1(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm256_2(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm256_3(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm256_4(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm256_5(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)

//go:noescape
func gemm256_6(k int, a *float32, lda int, b *float32, bias *float32, c *float32, ldc int)
