package encoder

import (
	"context"
	"sync"
	"time"
)

// Work is how many floating-point operations the matrix products of a stretch
// of n pieces take: two for each multiplication with its addition.
func (m *Model) Work(n int) float64 {
	c := m.Config()
	p, w := float64(n), float64(c.Width)
	weights := 4*w*w + 2*w*float64(c.Inner)
	return float64(c.Layers) * 2 * p * (weights + 2*p*w)
}

// Products measures the products with the weights alone, all layers after one
// another, on n pieces a core: operations a second on so many cores together.
func (m *Model) Products(n, cores int) float64 {
	c := m.Config()
	work := func() {
		var s rounded
		x, y := make([]float32, n*max(c.Width, c.Inner)), make([]float32, n*max(3*c.Width, c.Inner))
		for i := range m.layers {
			l := &m.layers[i]
			for _, a := range []*matrix{l.out, l.inner, l.outer} {
				a.mul(m.kn, &s, n, x, a.k, y, a.n, panel)
			}
			s.grow(m.kn, n, c.Width).round(m.kn, n, c.Width, x, c.Width)
			for _, h := range l.heads {
				h.mulRounded(m.kn, &s, n, x, c.Width, y, h.n, panel)
			}
		}
	}
	w := float64(c.Width)
	ops := float64(c.Layers) * 2 * float64(n) * (4*w*w + 2*w*float64(c.Inner))
	return ops * float64(cores) * rate(300*time.Millisecond, cores, work)
}

// Peak measures the most operations a second that so many cores do together
// when they touch no memory, in the kind of number that the weights are
// multiplied in. It is 0 where no assembly tells.
func (m *Model) Peak(cores int) float64 {
	peak := m.kn.peak
	if m.Integers() {
		peak = m.kn.peakWhole
	}
	if peak == nil {
		return 0
	}
	ops := peak(1)
	const n = 100_000 // about a millisecond
	return ops * n * float64(cores) * rate(300*time.Millisecond, cores, func() { peak(n) })
}

// Time is the shortest of the times that one stretch of n pieces takes on so
// many threads.
func (m *Model) Time(n, threads int) time.Duration {
	s := Stretch{IDs: make([]int32, n), Case: make([]uint8, n), Quote: make([]uint8, n)}
	for i := range s.IDs {
		s.IDs[i] = int32(i * 37 % m.Config().Vocab)
	}
	return time.Duration(1e9 / rate(500*time.Millisecond, 1, func() { _, _, _ = m.Encode(context.Background(), []Stretch{s}, threads) }))
}

// rate is how often a second all cores do f at once, in the best of the tries
// of so much time: other programs on the machine can only make it slower.
func rate(budget time.Duration, cores int, f func()) float64 {
	best := time.Duration(0)
	for begin := time.Now(); best == 0 || time.Since(begin) < budget; {
		start := time.Now()
		var wait sync.WaitGroup
		for range cores - 1 {
			wait.Go(f)
		}
		f()
		wait.Wait()
		if took := time.Since(start); best == 0 || took < best {
			best = took
		}
	}
	return 1 / max(best.Seconds(), 1e-9)
}
