package encoder

import (
	"math"
	"unsafe"
)

// heads is what attention in integers needs for one head.
type heads struct {
	queries, probs []uint8   // [t, 32], [asked, t], in cells
	keys           []uint8   // strips [8, 16, 4] of 16 keys
	values         []int8    // two strips [t/4, 16, 4]
	loose          []float32 // keys before they are laid out, bytes [t, 32]
	scores         []int32   // [asked, t]
	scales         []float32 // of each query

	low, high, sum, mean, by, columns [panel]float32
	factors, totals                   [asked]float32
}

// attendWhole is attend in integers, for heads 32 wide. Queries are rounded to
// signed bytes, each by its largest value. Keys are rounded to bytes without
// sign, all by the widest of the 32 ranges: what they are away from the least of
// each column changes all scores of a query alike, and so nothing. Values are
// rounded column by column after their mean is taken off, which comes back
// whole: so the many keys whose probability is rounded to 0 count as their mean.
func (m *Model) attendWhole(own *scratch, t int, q, k, v, mixed []float32) {
	kn, w, h := m.kn, m.Config().Width, &own.whole
	wide, fours := up(t, panel), (t+3)/4

	low, high, sum, mean, by, columns := &h.low, &h.high, &h.sum, &h.mean, &h.by, &h.columns
	kn.spans(t, k, low, high, sum)
	span, number := float32(0), float32(0)
	for j := range panel {
		span, number = max(span, high[j]-low[j]), number+0*sum[j]
	}
	keyScale := span/full + number // NaN where a key is no number
	loose := grow(&h.loose, wide*panel/4)
	bytes := unsafe.Slice((*uint8)(unsafe.Pointer(&loose[0])), wide*panel)
	kn.keys8(t, k, low, stepsOf(full, span), bytes)
	for r := t; r < wide; r++ { // whose scores are nobody's largest
		copy(bytes[r*panel:], bytes[(t-1)*panel:t*panel])
	}
	keys := grow(&h.keys, wide*panel)
	strips := unsafe.Slice((*float32)(unsafe.Pointer(&keys[0])), wide*panel/4)
	for j := 0; j < wide; j += strip {
		kn.flip(strips[j*panel/4:], loose[j*panel/4:], panel/4, panel/4)
	}

	kn.spans(t, v, low, high, sum)
	for j := range panel {
		mean[j] = sum[j] / float32(t)
		top := max(high[j]-mean[j], mean[j]-low[j])
		columns[j], by[j] = top/levels, stepsOf(levels, top)
	}
	next := fours * 4 * strip
	values := grow(&h.values, 2*next)
	if n := t / 4; n > 0 {
		kn.values8(n, v, mean, by, values, next)
	}
	if n := t % 4; n > 0 {
		last := loose[:4*panel]
		for i := range last {
			last[i] = mean[i%panel]
		}
		copy(last, v[t/4*4*panel:][:n*panel])
		kn.values8(1, last, mean, by, values[t/4*4*strip:], next)
	}

	queries, scales := grow(&h.queries, up(t, kn.rows)*panel*kn.cellQ), grow(&h.scales, t)
	kn.roundQ(t, panel, q, panel, queries, scales, 0)
	scores, probs := grow(&h.scores, asked*wide), grow(&h.probs, asked*wide*kn.cellQ)
	factor := keyScale * float32(math.Log2E/math.Sqrt(panel))
	for from := 0; from < t; from += asked {
		n := min(asked, t-from)
		kn.fit8(up(n, kn.rows), wide/panel, queries[from*panel*kn.cellQ:], keys, scores, wide)
		for r := range n {
			h.factors[r] = scales[from+r] * factor
		}
		kn.soft8(n, t, scores, wide, h.factors[:], probs, wide*kn.cellQ, h.totals[:])
		for r := range n {
			h.totals[r] = 1/h.totals[r] + 0*h.factors[r]
		}
		kn.mix8(n, fours, probs, wide*kn.cellQ, values, next, mean[:], mixed[from*w:], w, columns[:], h.totals[:], none[:])
	}
}

var none [panel]int32
