package encoder

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

func tinyFile(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/tiny.bin")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReference(t *testing.T) {
	var cases []struct {
		IDs    []int32   `json:"ids"`
		Case   []int     `json:"case"`
		Quote  []int     `json:"quote"`
		Hidden []float32 `json:"hidden"`
		Middle []float32 `json:"middle"`
	}
	b, err := os.ReadFile("testdata/tiny.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &cases); err != nil || len(cases) == 0 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	bytes := func(x []int) []uint8 {
		out := make([]uint8, len(x))
		for i, a := range x {
			out[i] = uint8(a)
		}
		return out
	}
	for i := range 2 * len(all()) {
		kn, integers, most := all()[i/2], i%2 == 1, 2e-5
		if integers {
			most = 5e-3
		}
		m, err := load(tinyFile(t), kn, integers)
		if err != nil {
			t.Fatal(err)
		}
		var in []Stretch
		for _, c := range cases {
			in = append(in, Stretch{c.IDs, bytes(c.Case), bytes(c.Quote)})
		}
		for threads := 1; threads <= 3; threads++ {
			got, middle, err := m.Encode(context.Background(), in, threads)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range cases {
				if d := max(far(got[i], c.Hidden), far(middle[i], c.Middle)); !(d < most) {
					t.Errorf("%s, integers %v, case %d: differs by %g", kn.name, integers, i, d)
				}
			}
		}
	}
}

// far is the largest difference between a and b, over the largest value of b.
func far(a, b []float32) float64 {
	if len(a) != len(b) {
		return math.Inf(1)
	}
	d, top := 0.0, 1e-9
	for i := range a {
		x := math.Abs(float64(a[i]) - float64(b[i]))
		if math.IsNaN(x) {
			return x
		}
		d, top = max(d, x), max(top, math.Abs(float64(b[i])))
	}
	return d / top
}

func TestPieces(t *testing.T) {
	m, err := Load(tinyFile(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"He said", "he/0:2/2 said/3:7/1"},
		{"HE\u00a0SAID, he", "he/0:2/3 said/4:8/3 ,/8:9/0 he/10:12/1"},
		{"xa ya", "x/0:1/1 ##a/1:2/1 y/3:4/1 ##a/4:5/1"},
		{"Hé said", "he/0:3/2 said/4:8/1"},                // an accent goes, its bytes stay
		{"we\u200bit qqq", "[UNK]/0:7/1 [UNK]/8:11/1"},    // a character that is cleaned away; a word that is unknown
		{"we \u4e2d it", "we/0:2/1 [UNK]/3:6/1 it/7:9/1"}, // ideographs stand alone
		{strings.Repeat("x", 101), "[UNK]/0:101/1"},
		{"x\xffa", "x/0:1/1 ##a/2:3/1"},
		{"", ""},
	} {
		var got []string
		for _, p := range m.Pieces(nil, c.text) {
			got = append(got, fmt.Sprintf("%s/%d:%d/%d", m.file.header.Vocab[p.ID], p.Start, p.End, p.Case))
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("Pieces(%q)\n got %s\nwant %s", c.text, g, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	good := tinyFile(t)
	change := func(f func(b []byte) []byte) []byte { return f(append([]byte(nil), good...)) }
	for name, b := range map[string][]byte{
		"not a weights file": []byte("hello"),
		"version":            change(func(b []byte) []byte { b[7] = '9'; return b }),
		"cut off":            good[:len(good)-1],
		"altered":            change(func(b []byte) []byte { b[len(b)/2] ^= 1; return b }),
	} {
		if _, err := Load(b); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	m, err := Load(good)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []Stretch{
		{make([]int32, 49), make([]uint8, 49), make([]uint8, 49)},
		{[]int32{-1}, []uint8{0}, []uint8{0}},
		{[]int32{1 << 20}, []uint8{0}, []uint8{0}},
		{[]int32{1}, []uint8{5}, []uint8{0}},
		{[]int32{1}, []uint8{0}, nil},
	} {
		if _, _, err := m.Encode(context.Background(), []Stretch{s}, 1); err == nil {
			t.Errorf("stretch %v is read", s)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := m.Encode(ctx, []Stretch{{[]int32{1}, []uint8{0}, []uint8{0}}}, 1); err == nil {
		t.Error("a cancelled context reads on")
	}
	m.layers[1].inner.bias[0] = float32(math.NaN())
	if _, _, err := m.Encode(context.Background(), []Stretch{{[]int32{1}, []uint8{0}, []uint8{0}}}, 1); err == nil {
		t.Error("NaN comes out silently")
	}
}

// FuzzLoad gives altered bytes their right hash, so that what stands behind it is tested.
func FuzzLoad(f *testing.F) {
	f.Add(tinyFile(f), uint32(40), byte(3))
	f.Fuzz(func(t *testing.T, b []byte, at uint32, x byte) {
		b = reseal(append([]byte(nil), b...), int(at), x)
		m, err := Load(b)
		if err != nil {
			return
		}
		m.Pieces(nil, "he said so")
		_, _, _ = m.Encode(context.Background(), []Stretch{{[]int32{0, 1, 2}, []uint8{0, 1, 2}, []uint8{0, 1, 2}}}, 1)
	})
}

func FuzzPieces(f *testing.F) {
	m, err := Load(tinyFile(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("“He said,” x\u0301 it’s \x00 \xff 中 ﬁ")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, p := range m.Pieces(nil, s) {
			if p.Start < 0 || p.End <= p.Start || p.End > len(s) || p.Start < last {
				t.Fatalf("piece %+v after %d of %q", p, last, s)
			}
			last = p.Start
		}
	})
}
