package attribution

import (
	"math"
	"testing"

	"github.com/quothnews/quoth/internal/encoder"
)

// TestJudge reads back what the hidden layer is given: the last matrix hands
// each of its twelve inputs on as an act's score.
func TestJudge(t *testing.T) {
	const inputs = 12 // two numbers a vector, six vectors
	identity := encoder.Tensor{Shape: []int{inputs, inputs}, Data: make([]float32, inputs*inputs)}
	for i := range inputs {
		identity.Data[i*inputs+i] = 1
	}
	twenty := encoder.Tensor{Shape: []int{inputs}, Data: make([]float32, inputs)} // where gelu is as good as x
	for i := range twenty.Data {
		twenty.Data[i] = 20
	}
	zero := encoder.Tensor{Shape: []int{inputs + 1}, Data: make([]float32, inputs+1)}
	out := encoder.Tensor{Shape: []int{inputs + 1, inputs}, Data: make([]float32, (inputs+1)*inputs)}
	copy(out.Data, identity.Data)
	r := &Reader{
		width: 2, set: Settings{Acts: make([]string, inputs)},
		actIn: encoder.NewLinear(identity, twenty), acts: encoder.NewLinear(out, zero),
		empty: encoder.Tensor{Data: []float32{-1, -2, -3, -4, 5, 6, -7, -8, -9, -10, 7, 8}},
		look:  encoder.Tensor{Data: []float32{0, 0, 1, 0, 0, 0}},
	}
	v := &View{r: r, vectors: []float32{1, 0, 3, 2, 5, 4}, middle: []float32{1, 1, 0, 2, float32(math.Log(3)), 4}}
	acts, kinds := v.Judge([]Statement{{Cue: []Span{{0, 0}}, Content: []Span{{1, 1}, {2, 2}}}})
	act, kind := acts[0], kinds[0]
	// The cue is one piece. Of the content's two the second tells three times
	// as much. There is no source.
	want := []float64{1, 0, 4, 3, 5, 6, 1, 1, 0.75 * math.Log(3), 0.25*2 + 0.75*4, 7, 8}
	sum := 0.0
	for _, x := range want {
		sum += math.Exp(x)
	}
	for i, x := range want {
		if got := act[i]; math.Abs(got-math.Exp(x)/sum) > 1e-5 {
			t.Errorf("score %d: probability %v, want %v", i, got, math.Exp(x)/sum)
		}
	}
	if len(kind) != 1 || kind[0] != 1 {
		t.Errorf("kinds %v", kind)
	}
}
