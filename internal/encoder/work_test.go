package encoder

import "testing"

func TestWork(t *testing.T) {
	m := testModel(best(), 6, true)
	// Counted by hand for one piece of 6 layers of 384: four square products,
	// two of 384 by 1536, and two with one key and one value.
	if got, want := m.Work(1), 6*2*float64(4*384*384+2*384*1536+2*384); got != want {
		t.Errorf("work of one piece is %g, not %g", got, want)
	}
	if a, b := m.Work(100), m.Work(200); b <= 2*a || b > 2.1*a {
		t.Errorf("work of 100 pieces is %g, of 200 it is %g", a, b)
	}
	if testing.Short() || m.kn == &plain {
		return
	}
	peak, products := m.Peak(1), m.Products(64, 1)
	t.Logf("%s: peak %.1f, products %.1f GFLOPS", m.Kernels(), peak/1e9, products/1e9)
	if products <= 0 {
		t.Errorf("products at %g operations a second", products)
	}
	if short, long := m.Time(32, 1), m.Time(256, 1); short <= 0 || long < 4*short {
		t.Errorf("32 pieces take %v, 256 take %v", short, long)
	}
	if m.kn.peak != nil && products > 1.2*peak {
		t.Errorf("products at %g operations a second, beyond the peak of %g", products, peak)
	}
}
