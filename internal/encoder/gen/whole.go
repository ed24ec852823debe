package main

import "fmt"

const panel = 32 // columns of a head, of a row of C

// The kernels of integers. Those of AVX2 and of AVX-512 VNNI give the same to
// the last bit: they round at the same places and sum up floats in 16 lanes.
//
//	gemm8xN  C = (start + A[N, k] · B[k, strip]) · (scale of the row · scale of the column) + bias; A without sign, B with
//	fit      sums of Q[N, 32] · K[32, strips]; Q with sign, K without
//	round8   rows of x · 127 / the largest |x| of the row, and as much added
//	gelu8    rows of gelu(x) + lift, rounded to 255 / the largest of the row; gelu by a polynomial of Φ (error below 2e-4)
//	soft8    rows of 255 · exp(x·scale − max(x·scale)), rounded, and the sum of what is not yet rounded (error below 1e-4 of the value)
//	spans    the least, the largest and the sum of each of 32 columns
//	keys8    (x − low of the column) · by, rounded
//	values8  (x − mean of the column) · by of the column, rounded; four rows lie together
func wholes(s set) {
	fit(s)
	round8(s)
	gelu8(s)
	soft8(s)
	spans(s)
	keys8(s)
	values8(s)
}

// gemm8: AVX2 takes half a strip of B, eight columns, and makes 16 bits of each
// number; the sums of two pairs lie side by side until the end. A has 16 bits
// already. Where A is in bytes, AVX2 takes a strip: the sum of two products has
// 16 bits, which the next instruction makes 32.
func gemm8(s set, n int) {
	name := fmt.Sprintf("gemm8x%s_%d", s.name, n)
	begin(name+"(tiles, k int, a *uint8, lda int, b *int8, next int, bias *float32, c *float32, ldc int, columns, rows *float32, start *int32)", "0-96")
	acc := func(row, v int) string { return s.r(row*2 + v) }
	b := func(v int) string { return s.r(n*2 + v) }
	a, spare, one := n*2+2, n*2+3, s.r(n*2)
	load, copied := "VMOVDQU32", "VMOVDQA32"
	if s.lanes == 8 {
		load, copied = "VMOVDQU", "VMOVDQA"
	}
	tiler{s, name, n, 4 * s.cell(), s.lanes == 16, func() {
		if s.cell() == 1 {
			p("\tMOVQ start+88(FP), R12")
		}
		if s.bytes {
			p("\tVPCMPEQW %s, %s, %s\n\tVPSRLW $15, %s, %s", one, one, one, one, one)
		}
		for r := range n {
			for v := range 2 {
				switch {
				case s.cell() == 2:
					p("\tVXORPS %s, %s, %s", acc(r, v), acc(r, v), acc(r, v))
				case r == 0:
					p("\t%s %d(R12), %s", load, 4*s.lanes*v, acc(0, v))
				default:
					p("\t%s %s, %s", copied, acc(0, v), acc(r, v))
				}
			}
		}
	}, func(u int, at func(int) string) {
		switch {
		case s.lanes == 16:
			s.row(u, b)
		case s.bytes:
			p("\tVMOVDQU %d(BX), %s", 64*u, b(1))
		default:
			p("\tVPMOVSXBW %d(BX), %s\n\tVPMOVSXBW %d(BX), %s", 64*u, b(0), 64*u+16, b(1))
		}
		for r := range n {
			switch {
			case s.lanes == 16:
				p("\tVPBROADCASTD %s, Z%d\n\tVPDPBUSD %s, Z%d, %s\n\tVPDPBUSD %s, Z%d, %s", at(r), a, b(0), a, acc(r, 0), b(1), a, acc(r, 1))
			case s.bytes:
				p("\tVPBROADCASTD %s, Y%d\n\tVPMADDUBSW %s, Y%d, Y%d\n\tVPMADDUBSW %d(BX), Y%d, Y%d", at(r), a, b(1), a, spare, 64*u+32, a, a)
				for v, x := range []string{s.r(spare), s.r(a)} {
					p("\tVPMADDWD %s, %s, %s\n\tVPADDD %s, %s, %s", one, x, x, x, acc(r, v), acc(r, v))
				}
			default:
				p("\tVPBROADCASTQ %s, Y%d", at(r), a)
				pairs(a, spare, b(0), b(1), acc(r, 0), acc(r, 1))
			}
		}
	}, func() {
		p("\tMOVQ columns+72(FP), R9\n\tMOVQ rows+80(FP), R10")
		if s.cell() == 2 {
			p("\tMOVQ start+88(FP), R11")
		}
		for r := range n {
			for v := range s.results() {
				if s.cell() == 2 {
					join(acc(r, 0), acc(r, 1))
					p("\tVPADDD (R11), %s, %s", acc(r, 0), acc(r, 0))
				}
				x, y, at := acc(r, v), s.r(a), 4*s.lanes*v
				p("\tVCVTDQ2PS %s, %s\n\tVBROADCASTSS %d(R10), %s\n\tVMULPS %d(R9), %s, %s", x, x, 4*r, y, at, y, y)
				p("\tVMULPS %s, %s, %s\n\tVADDPS %d(SI), %s, %s\n\tVMOVUPS %s, %d(DI)", y, x, x, at, x, x, x, at)
			}
			p("\tADDQ AX, DI")
		}
		p("\tADDQ $%d, R10\n\tMOVQ R10, rows+80(FP)", 4*n)
	}}.write()
}

// results is how many vectors of C a row of a tile has.
func (s set) results() int { return 2 / s.cell() }

// pairs adds to two sums the products of Y register a, which is lost, with b0 and b1.
func pairs(a, spare int, b0, b1, sum0, sum1 string) {
	p("\tVPMADDWD %s, Y%d, Y%d\n\tVPADDD Y%d, %s, %s", b0, a, spare, spare, sum0, sum0)
	p("\tVPMADDWD %s, Y%d, Y%d\n\tVPADDD Y%d, %s, %s", b1, a, a, a, sum1, sum1)
}

// join makes the eight sums of two registers of neighbouring pairs.
func join(sum0, sum1 string) {
	p("\tVPHADDD %s, %s, %s\n\tVPERMQ $0xd8, %s, %s", sum1, sum0, sum0, sum0, sum0)
}

// fit takes tiles of rows of Q against all panels of K, eight rows of B each.
func fit(s set) {
	begin("fit"+s.name+"(tiles, panels int, q, k *uint8, to *int32, ld int)", "0-48")
	acc := func(row, v int) string { return s.r(row*2 + v) }
	b := func(v int) string { return s.r(s.rows*2 + v) }
	a := s.rows*2 + 2
	p("\tMOVQ q+16(FP), SI\n\tMOVQ to+32(FP), R13\n\tMOVQ ld+40(FP), AX")
	p("fit%s_tile:\n\tMOVQ k+24(FP), BX\n\tMOVQ panels+8(FP), CX\n\tMOVQ R13, DI", s.name)
	p("fit%s_panel:", s.name)
	for at := 0; at < 128; at += 4 * s.lanes * s.results() { // bytes of a row of C
		for r := range s.rows {
			p("\tVXORPS %s, %s, %s\n\tVXORPS %s, %s, %s", acc(r, 0), acc(r, 0), acc(r, 0), acc(r, 1), acc(r, 1), acc(r, 1))
		}
		for u := range 8 {
			if s.lanes == 16 {
				p("\tVMOVDQU32 %d(BX), %s\n\tVMOVDQU32 %d(BX), %s", 64*u, b(0), 512+64*u, b(1))
			} else {
				from := at/64*512 + 64*u + at%64
				p("\tVPMOVZXBW %d(BX), %s\n\tVPMOVZXBW %d(BX), %s", from, b(0), from+16, b(1))
			}
			for r := range s.rows {
				if s.lanes == 16 {
					p("\tVPBROADCASTD %d(SI), Z%d\n\tVPDPBUSD Z%d, %s, %s\n\tVPDPBUSD Z%d, %s, %s", 32*r+4*u, a, a, b(0), acc(r, 0), a, b(1), acc(r, 1))
					continue
				}
				p("\tVPBROADCASTQ %d(SI), Y%d", 64*r+8*u, a)
				pairs(a, a+1, b(0), b(1), acc(r, 0), acc(r, 1))
			}
		}
		p("\tMOVQ DI, R8")
		for r := range s.rows {
			if s.lanes == 8 {
				join(acc(r, 0), acc(r, 1))
				p("\tVMOVDQU %s, %d(R8)", acc(r, 0), at)
			} else {
				p("\tVMOVDQU32 %s, (R8)\n\tVMOVDQU32 %s, 64(R8)", acc(r, 0), acc(r, 1))
			}
			p("\tADDQ AX, R8")
		}
	}
	p("\tADDQ $1024, BX\n\tADDQ $128, DI\n\tDECQ CX\n\tJNZ fit%s_panel", s.name)
	p("\tADDQ $%d, SI\n\tIMUL3Q $%d, AX, R8\n\tADDQ R8, R13\n\tDECQ tiles+0(FP)\n\tJNZ fit%s_tile", 32*s.cell()*s.rows, s.rows, s.name)
	p("\tVZEROUPPER\n\tRET")
}

// each computes 16 numbers: body those of register v and so on, from byte at on.
func (s set) each(v int, body func(v string, at int)) {
	for h := range 16 / s.lanes {
		body(s.r(v+h), h*s.lanes*4)
	}
}

// steps is a loop over CX times 16 numbers.
func (s set) steps(name string, body func(), advances ...string) {
	p("%s%s:", name, s.name)
	body()
	for _, a := range advances {
		p("\tADDQ %s", a)
	}
	p("\tSUBQ $16, CX\n\tJNZ %s%s", name, s.name)
}

// cell is how many bytes a number of A, of Q and of what becomes them has.
func (s set) cell() int {
	if s.lanes == 16 || s.bytes {
		return 1
	}
	return 2
}

// pack writes the 16 numbers of register v and so on to where register to
// points, each in a cell, and moves it on.
func (s set) pack(v int, sign bool, to string, change ...string) {
	if s.lanes == 16 {
		p("\t%s Z%d, X%d", map[bool]string{true: "VPMOVSDB", false: "VPMOVUSDB"}[sign], v, v)
		for _, c := range change {
			p("\t%s, X%d, X%d", c, v, v)
		}
		p("\tVMOVDQU X%d, (%s)\n\tADDQ $16, %s", v, to, to)
		return
	}
	p("\tVPACKSSDW Y%d, Y%d, Y%d\n\tVPERMQ $0xd8, Y%d, Y%d", v+1, v, v, v, v)
	if s.bytes {
		p("\tVEXTRACTI128 $1, Y%d, X%d\n\t%s X%d, X%d, X%d", v, v+1, map[bool]string{true: "VPACKSSWB", false: "VPACKUSWB"}[sign], v+1, v, v)
		for _, c := range change {
			p("\t%s, X%d, X%d", c, v, v)
		}
		p("\tVMOVDQU X%d, (%s)\n\tADDQ $16, %s", v, to, to)
		return
	}
	for _, c := range change {
		p("\t%s, Y%d, Y%d", c, v, v)
	}
	p("\tVMOVDQU Y%d, (%s)\n\tADDQ $32, %s", v, to, to)
}

// load puts constants into registers from v on.
func (s set) load(v int, names ...string) {
	for i, name := range names {
		p("\tVMOVUPS %s<>(SB), %s", name, s.r(v+i))
	}
}

// scales writes X0/most to (R8) and broadcasts most/X0, or 0 for 0, to register 4.
func (s set) scales(most string) {
	p("\tVMOVSS %s<>(SB), X3\n\tVDIVSS X3, X0, X2\n\tVMOVSS X2, (R8)\n\tVDIVSS X0, X3, X4", most)
	p("\tVXORPS X5, X5, X5\n\tVCMPSS $4, X5, X0, X5\n\tVANDPS X5, X4, X4\n\tVBROADCASTSS X4, %s", s.r(4))
}

// rounded is a loop that writes the numbers of the row at SI, times register 4,
// as pack does to DI; R9 ends behind the row.
func (s set) rounded(name string, sign bool, change ...string) {
	p("\tMOVQ SI, R9\n\tMOVQ n+8(FP), CX")
	s.steps(name, func() {
		s.each(0, func(v string, at int) { p("\tVMULPS %d(R9), %s, %s\n\tVCVTPS2DQ %s, %s", at, s.r(4), v, v, v) })
		s.pack(0, sign, "DI", change...)
	}, "$64, R9")
}

func round8(s set) {
	begin("round8x"+s.name+"(rows, n int, x *float32, ldx int, to *uint8, scales *float32, plus uint32)", "0-52")
	p("\tMOVQ x+16(FP), SI\n\tMOVQ ldx+24(FP), DX\n\tMOVQ to+32(FP), DI\n\tMOVQ scales+40(FP), R8\n\tVBROADCASTSS plus+48(FP), Y7")
	s.load(8, "absmask")
	p("round8x%s_row:\n\tMOVQ SI, R9\n\tMOVQ n+8(FP), CX", s.name)
	s.each(0, func(v string, _ int) { p("\tVXORPS %s, %s, %s", v, v, v) })
	s.steps("round8max", func() {
		s.each(0, func(v string, at int) {
			p("\tVANDPS %d(R9), %s, %s\n\tVPMAXUD %s, %s, %s", at, s.r(8), s.r(2), s.r(2), v, v)
		})
	}, "$64, R9")
	fold16(s, "VPMAXUD", 0, 2)
	s.scales("levels")
	s.rounded("round8to", true, map[int]string{1: "VPADDB X7", 2: "VPADDW Y7"}[s.cell()])
	p("\tADDQ DX, SI\n\tADDQ $4, R8\n\tDECQ rows+0(FP)\n\tJNZ round8x%s_row\n\tVZEROUPPER\n\tRET", s.name)
}

func gelu8(s set) {
	begin("gelu8x"+s.name+"(rows, n int, x *float32, to *uint8, scales *float32)", "0-40")
	p("\tMOVQ x+16(FP), SI\n\tMOVQ to+24(FP), DI\n\tMOVQ scales+32(FP), R8")
	const edge, half, lift = 8, 10, 11
	s.load(edge, "edge", "minusedge", "half", "lift")
	factors := []string{"g0", "g1", "g2", "g3", "g4", "g5", "g6"}
	factor := func(i int) string { return factors[i] + "<>(SB)" }
	if s.lanes == 16 {
		s.load(16, factors...)
		factor = func(i int) string { return s.r(16 + i) }
	}
	p("gelu8x%s_row:\n\tMOVQ SI, R9\n\tMOVQ n+8(FP), CX", s.name)
	s.each(0, func(v string, _ int) { p("\tVXORPS %s, %s, %s", v, v, v) })
	s.steps("gelu8max", func() {
		s.each(0, func(v string, at int) {
			x, c, u, y := s.r(2), s.r(3), s.r(4), s.r(5)
			p("\tVMAXPS %d(R9), %s, %s\n\tVMINPS %s, %s, %s\n\tVMULPS %s, %s, %s", at, s.r(edge+1), x, x, s.r(edge), c, c, c, u) // of NaN, the second source: x
			p("\tVMOVUPS %s, %s", factor(0), y)
			for i := 1; i < len(factors); i++ {
				p("\tVFMADD213PS %s, %s, %s", factor(i), u, y)
			}
			p("\tVFMADD213PS %s, %s, %s\n\tVFMADD213PS %s, %s, %s", s.r(half), c, y, s.r(lift), x, y) // Φ, and x·Φ + lift
			p("\tVMOVUPS %s, %d(R9)\n\tVPMAXUD %s, %s, %s", y, at, y, v, v)
		})
	}, "$64, R9")
	fold16(s, "VPMAXUD", 0, 2)
	s.scales("full")
	s.rounded("gelu8to", false)
	p("\tMOVQ R9, SI\n\tADDQ $4, R8\n\tDECQ rows+0(FP)\n\tJNZ gelu8x%s_row\n\tVZEROUPPER\n\tRET", s.name)
}

// soft8 computes 2^y by a polynomial of degree 3 of y less the integer below
// it. n counts 16 numbers; of the last so many, mask is all ones where they
// count in the sum. The largest of the next row is looked for on the way.
func soft8(s set) {
	begin("soft8x"+s.name+"(rows, n int, x *int32, ldx int, scales *float32, to *uint8, ldt int, sums *float32, mask *uint32)", "0-72")
	p("\tMOVQ x+16(FP), SI\n\tMOVQ scales+32(FP), R8\n\tMOVQ to+40(FP), DI\n\tMOVQ sums+56(FP), R10\n\tMOVQ mask+64(FP), R11")
	const sum, top, scale, next, low, factors = 2, 4, 5, 9, 10, 11
	s.load(low, "low", "p0", "p1", "p2", "p3")
	p("\tMOVQ SI, BX\n\tMOVQ n+8(FP), CX\n\tSHLQ $4, CX\n\tVMOVUPS (SI), %s", s.r(next))
	largest := func() {
		s.each(0, func(_ string, at int) { p("\tVPMAXSD %d(BX), %s, %s", at, s.r(next), s.r(next)) })
	}
	s.steps("soft8max", largest, "$64, BX")
	p("soft8x%s_row:\n\tMOVQ SI, R9\n\tMOVQ DI, R12\n\tVMOVAPS %s, %s", s.name, s.r(next), s.r(top))
	fold(s, "VPMAXSD", top, 0)
	p("\tMOVQ SI, BX\n\tCMPQ rows+0(FP), $1\n\tJE soft8x%s_only\n\tADDQ ldx+24(FP), BX\nsoft8x%s_only:\n\tVMOVUPS (BX), %s", s.name, s.name, s.r(next))
	p("\tVBROADCASTSS X%d, %s\n\tVCVTDQ2PS %s, %s\n\tVBROADCASTSS (R8), %s", top, s.r(top), s.r(top), s.r(top), s.r(scale))
	p("\tVMOVUPS logfull<>(SB), %s\n\tVFMSUB213PS %s, %s, %s", s.r(0), s.r(0), s.r(scale), s.r(top))
	s.each(sum, func(v string, _ int) { p("\tVXORPS %s, %s, %s", v, v, v) })
	p("\tMOVQ n+8(FP), CX\n\tSHLQ $4, CX\n\tSUBQ $16, CX\n\tJZ soft8x%s_last", s.name)
	body := func(last bool) {
		largest()
		s.each(6, func(e string, at int) {
			y, f, h := s.r(0), s.r(1), sum+at/32
			p("\tVCVTDQ2PS %d(R9), %s\n\tVFMSUB213PS %s, %s, %s", at, y, s.r(top), s.r(scale), y)
			if s.lanes == 16 {
				p("\tVRNDSCALEPS $9, %s, %s\n\tVSUBPS %s, %s, %s\n\tVMOVAPS %s, %s", y, f, f, y, f, s.r(factors), e)
			} else {
				p("\tVMAXPS %s, %s, %s\n\tVROUNDPS $9, %s, %s", y, s.r(low), y, y, e)
				p("\tVSUBPS %s, %s, %s\n\tVCVTPS2DQ %s, %s\n\tVMOVAPS %s, %s", e, y, f, e, y, s.r(factors), e)
			}
			for i := 1; i < 4; i++ {
				p("\tVFMADD213PS %s, %s, %s", s.r(factors+i), f, e)
			}
			if s.lanes == 16 {
				p("\tVSCALEFPS %s, %s, %s", y, e, e)
			} else {
				p("\tVPSLLD $23, %s, %s\n\tVPADDD %s, %s, %s", y, y, y, e, e)
			}
			counts := e
			if last {
				counts = s.r(1)
				p("\tVANDPS %d(R11), %s, %s", at, e, counts)
			}
			p("\tVADDPS %s, %s, %s\n\tVCVTPS2DQ %s, %s", counts, s.r(h), s.r(h), e, e)
		})
		s.pack(6, false, "R12")
	}
	s.steps("soft8to", func() { body(false) }, "$64, R9", "$64, BX")
	p("soft8x%s_last:", s.name)
	body(true)
	fold16(s, "VADDPS", sum, 0)
	p("\tVMOVSS X%d, (R10)\n\tADDQ ldx+24(FP), SI\n\tADDQ ldt+48(FP), DI\n\tADDQ $4, R8\n\tADDQ $4, R10", sum)
	p("\tDECQ rows+0(FP)\n\tJNZ soft8x%s_row\n\tVZEROUPPER\n\tRET", s.name)
}

func spans(s set) {
	n := panel / s.lanes // registers of a row
	begin("spans"+s.name+"(rows int, x, low, high, sum *float32)", "0-40")
	p("\tMOVQ rows+0(FP), CX\n\tMOVQ x+8(FP), SI")
	for v := range n {
		p("\tVMOVUPS %d(SI), %s\n\tVMOVUPS %d(SI), %s\n\tVXORPS %s, %s, %s", v*s.lanes*4, s.r(v), v*s.lanes*4, s.r(n+v), s.r(2*n+v), s.r(2*n+v), s.r(2*n+v))
	}
	p("spans%s:", s.name)
	for v := range n {
		x := s.r(3 * n)
		p("\tVMOVUPS %d(SI), %s", v*s.lanes*4, x)
		for i, op := range []string{"VMINPS", "VMAXPS", "VADDPS"} {
			p("\t%s %s, %s, %s", op, x, s.r(i*n+v), s.r(i*n+v))
		}
	}
	p("\tADDQ $%d, SI\n\tDECQ CX\n\tJNZ spans%s", panel*4, s.name)
	for i, to := range []string{"low+16", "high+24", "sum+32"} {
		p("\tMOVQ %s(FP), DI", to)
		for v := range n {
			p("\tVMOVUPS %s, %d(DI)", s.r(i*n+v), v*s.lanes*4)
		}
	}
	p("\tVZEROUPPER\n\tRET")
}

func keys8(s set) {
	s.bytes = s.lanes == 8
	begin("keys8x"+s.name+"(rows int, x, low *float32, by float32, to *uint8)", "0-40")
	p("\tMOVQ rows+0(FP), CX\n\tMOVQ x+8(FP), SI\n\tMOVQ low+16(FP), R8\n\tVBROADCASTSS by+24(FP), %s\n\tMOVQ to+32(FP), DI", s.r(4))
	for v := range panel / s.lanes {
		p("\tVMOVUPS %d(R8), %s", v*s.lanes*4, s.r(8+v))
	}
	p("keys8x%s:", s.name)
	for i := range panel / 16 {
		s.each(0, func(v string, at int) {
			at += 64 * i
			p("\tVMOVUPS %d(SI), %s\n\tVSUBPS %s, %s, %s\n\tVMULPS %s, %s, %s\n\tVCVTPS2DQ %s, %s", at, v, s.r(8+at/s.lanes/4), v, v, s.r(4), v, v, v, v)
		})
		s.pack(0, false, "DI")
	}
	p("\tADDQ $%d, SI\n\tDECQ CX\n\tJNZ keys8x%s\n\tVZEROUPPER\n\tRET", panel*4, s.name)
}

func values8(s set) {
	begin("values8x"+s.name+"(fours int, x, mean, by *float32, to *int8, next int)", "0-48")
	p("\tMOVQ x+8(FP), SI\n\tMOVQ mean+16(FP), R8\n\tMOVQ by+24(FP), R9\n\tMOVQ to+32(FP), DI\n\tMOVQ next+40(FP), R10\n\tMOVQ fours+0(FP), CX")
	and, or, shift := "VPAND", "VPOR", "VPSLLD"
	if s.lanes == 16 {
		and, or = "VPANDD", "VPORD"
	}
	p("\tVPCMPEQD X4, X4, X4\n\tVPSRLD $24, X4, X4\n\tVPBROADCASTD X4, %s", s.r(4))
	p("values8x%s:", s.name)
	for at := 0; at < panel*4; at += s.lanes * 4 {
		p("\tVMOVUPS %d(R8), %s\n\tVMOVUPS %d(R9), %s", at, s.r(5), at, s.r(6))
		for row := range 4 {
			v := s.r(min(row, 1))
			p("\tVMOVUPS %d(SI), %s\n\tVSUBPS %s, %s, %s\n\tVMULPS %s, %s, %s\n\tVCVTPS2DQ %s, %s", panel*4*row+at, v, s.r(5), v, v, s.r(6), v, v, v, v)
			if row < 3 {
				p("\t%s %s, %s, %s", and, s.r(4), v, v)
			}
			if row > 0 {
				p("\t%s $%d, %s, %s\n\t%s %s, %s, %s", shift, 8*row, v, v, or, v, s.r(0), s.r(0))
			}
		}
		to := fmt.Sprintf("%d(DI)", at%64)
		if at >= 64 {
			to += "(R10*1)"
		}
		p("\tVMOVUPS %s, %s", s.r(0), to)
	}
	p("\tADDQ $%d, SI\n\tADDQ $64, DI\n\tDECQ CX\n\tJNZ values8x%s\n\tVZEROUPPER\n\tRET", panel*4*4, s.name)
}
