package attribution

import (
	"math"
	"strings"
	"testing"
	"time"
)

// TestLongQuotations: twenty times the paragraphs of one quotation take some
// twenty times as long to join, and not four hundred times.
func TestLongQuotations(t *testing.T) {
	for name, c := range map[string]struct {
		paragraph string
		end       string
		join      func(*View, []Statement) []Statement
		spans     int // of the joined content, for each paragraph
	}{
		"paragraphs":   {"“It rained.\n", "", (*View).runOn, 1},
		"single marks": {"'It rained.\n", "'", (*View).runOn, 1},
		"run together": {"\"It rained. ", "", (*View).goOn, 0},
	} {
		took := func(n int) time.Duration {
			v := worded(strings.TrimSpace(strings.Repeat(c.paragraph, n)) + c.end)
			best := time.Duration(math.MaxInt64)
			for range 3 {
				all := make([]Statement, n)
				for i := range all {
					all[i].Content = []Span{{4 * i, 4*i + 3}}
				}
				start := time.Now()
				got := c.join(v, all)
				best = min(best, time.Since(start))
				if len(got) != 1 || len(got[0].Content) != max(1, c.spans*n) {
					t.Fatalf("%s: %d paragraphs make %d statements, the first of %d spans", name, n, len(got), len(got[0].Content))
				}
			}
			return best
		}
		if few, many := took(1000), took(20_000); many > 150*few+500*time.Millisecond { // a busy machine slows single runs; the square would be seconds
			t.Errorf("%s: 1,000 paragraphs take %v, 20,000 %v", name, few, many)
		}
	}
}
