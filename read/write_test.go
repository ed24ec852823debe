package read

import (
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// TestReckoner: a source gives the figure that follows "puts …", in the same
// clause and near.
func TestReckoner(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"The staff puts its own losses at 7", 0},
		{"The staff  puts\nits own losses at 7", 0},
		{"The staff puts 7", 0},
		{"The staff hid its losses of 7", -1},
		{"The staff puts its own losses low. It lost 7", -1},
		{"The staff puts its own losses “low” at 7", -1},
		{"The staff puts one two three four five six seven eight nine ten 7", 0},
		{"The staff puts one two three four five six seven eight nine ten eleven 7", -1},
		{"The staff7", -1},
	} {
		w := &writer{article: &quoth.Article{Text: c.text}}
		end := len("The staff")
		at := strings.LastIndexByte(c.text, '7')
		// The same source twice: the first statement is the giver.
		if got := w.reckoner(text.Range{Start: at, End: at + 1}, []reckoner{{3, 5}, {end, 0}, {end, 1}, {at + 1, 6}}); got != c.want {
			t.Errorf("%q: statement %d, want %d", c.text, got, c.want)
		}
	}
}

// TestReckonersGrow: the sources far from a figure cost nothing. What is looked
// at costs memory, which is counted.
func TestReckonersGrow(t *testing.T) {
	const n, unit = 20_000, "Ann puts it at 7, "
	w := &writer{article: &quoth.Article{Text: strings.Repeat(unit, n)}}
	var all []reckoner
	for i := range n {
		all = append(all, reckoner{i*len(unit) + len("Ann"), i})
	}
	cost := func(i int) float64 { // of the figure of the i-th unit
		at := i*len(unit) + strings.IndexByte(unit, '7')
		f := text.Range{Start: at, End: at + 1}
		if got := w.reckoner(f, all); got < i-2 || got > i {
			t.Fatalf("figure %d is given by %d", i, got)
		}
		return testing.AllocsPerRun(10, func() { w.reckoner(f, all) })
	}
	if near, far := cost(10), cost(n-1); far > near {
		t.Errorf("the last figure takes %v pieces of memory, an early one %v", far, near)
	}
}

// TestDiffer: the same value in digits and in letters is no rival, nor is the same
// word in capitals; "dozens" and "hundreds" are.
func TestDiffer(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	fig := func(s string, low, high *float64) *quoth.Figure {
		return &quoth.Figure{Span: quoth.Span{Text: s}, Low: low, High: high}
	}
	twelve := fig("twelve", v(12), v(12))
	for _, c := range []struct {
		b    *quoth.Figure
		want bool
	}{
		{fig("12", v(12), v(12)), false},
		{fig("more than 12", v(12), nil), true},
		{fig("13", v(13), v(13)), true},
		{fig("dozens", nil, nil), true},
	} {
		if differ(twelve, c.b) != c.want || differ(c.b, twelve) != c.want {
			t.Errorf("twelve and %q: want %t", c.b.Text, c.want)
		}
	}
	if differ(fig("Dozens", nil, nil), fig("dozens", nil, nil)) || !differ(fig("Dozens", nil, nil), fig("hundreds", nil, nil)) {
		t.Error("numbers without a value are told apart by their words")
	}
}
