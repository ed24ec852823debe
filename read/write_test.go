package read

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// TestReckonersGrow: the sources far from a figure cost nothing.
func TestReckonersGrow(t *testing.T) {
	const n = 20_000
	s := strings.Repeat("Ann puts it at 7, ", n)
	w := &writer{article: &quoth.Article{Text: s}}
	var all []reckoner
	for i := range n {
		all = append(all, reckoner{i*18 + 3, i})
	}
	start := time.Now()
	for i := range n {
		at := i*18 + 15
		if got := w.reckoner(text.Range{Start: at, End: at + 1}, all); got < i-2 || got > i {
			t.Fatal(fmt.Sprint("figure ", i, " is given by ", got))
		}
	}
	if d := time.Since(start); d > 20*time.Second { // pair by pair it takes minutes
		t.Errorf("%d figures take %v", n, d)
	}
}
