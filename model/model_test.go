package model

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"
	"time"

	"github.com/quothnews/quoth/internal/encoder"
)

// TestReference proves the port: the weights computed in Go give what torch
// gives for them.
func TestReference(t *testing.T) {
	var ref struct {
		Name  string
		Cases []struct {
			IDs         []int32
			Case, Quote []int
			Rows        []int
			Hidden      []float64
		}
	}
	b, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &ref); err != nil || len(ref.Cases) == 0 {
		t.Fatalf("%d cases, %v", len(ref.Cases), err)
	}
	start := time.Now()
	m, err := encoder.Load(Weights)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s loaded in %v", m.Name(), time.Since(start))
	float, err := encoder.LoadFloat(Weights)
	if err != nil {
		t.Fatal(err)
	}
	if m.Name() != ref.Name {
		t.Fatalf("the reference is that of %s, not of %s: run train/reference.py", ref.Name, m.Name())
	}
	for k, c := range ref.Cases {
		s := encoder.Stretch{IDs: c.IDs}
		for i := range c.IDs {
			s.Case, s.Quote = append(s.Case, uint8(c.Case[i])), append(s.Quote, uint8(c.Quote[i]))
		}
		// Vectors have lengths around 10.
		most := map[string]float64{"float32": 2e-3, "integers": 0.2}
		for kind, m := range map[string]*encoder.Model{"float32": float, "integers": m} {
			h, _, err := m.Encode(context.Background(), []encoder.Stretch{s}, 1)
			if err != nil {
				t.Fatal(err)
			}
			w, at, worst, sum := m.Config().Width, 0, 0.0, 0.0
			for _, row := range c.Rows {
				for j := range w {
					d := math.Abs(float64(h[0][row*w+j]) - c.Hidden[at])
					worst, sum = max(worst, d), sum+d
					at++
				}
			}
			t.Logf("case %d in %s: mean difference %.2g, worst %.2g", k, kind, sum/float64(at), worst)
			if mean := sum / float64(at); at != len(c.Hidden) || !(worst < most[kind] && mean < most[kind]/4) {
				t.Errorf("case %d in %s differs by %g, on the mean by %g", k, kind, worst, mean)
			}
		}
	}
}
