// Package texttest holds what the tests of several readers of text share.
package texttest

import (
	"strings"
	"testing"
	"time"
)

// Linear fails a test where reading a text that repeats a unit costs more than the text is
// long: a long one takes about as long as many short ones, which a busy machine slows as
// much.
func Linear(t *testing.T, units []string, read func(s string)) {
	t.Helper()
	const short, many = 500, 40
	for _, unit := range units {
		took := func(n, times int) time.Duration {
			s, start := strings.Repeat(unit, n), time.Now()
			for range times {
				read(s)
			}
			return time.Since(start)
		}
		for try := 1; ; try++ { // what grows with the square takes 40 times as long
			few, one := took(short, many), took(short*many, 1)
			if one <= 10*few+50*time.Millisecond {
				break
			}
			if try == 5 {
				t.Errorf("%q: %v for %d texts of %d, %v for one of %d", unit, few, many, short, one, short*many)
				break
			}
		}
	}
}
