package occasion

import (
	"math"
	"slices"
)

const bins = 24

// A sum is of first and second derivatives.
type sum struct{ g, h float64 }

// A booster fits a forest by stochastic gradient boosting with Newton steps
// (Friedman 2002): each tree sees half of the rows, and of those that are as good
// as settled an eighth of that, each counted eight times (Ke and others 2017).
type booster struct {
	cuts  [][]float64 // of each number: it is in bin k where it is at most cuts[k]
	codes [][]uint8   // of each row, the bin of each number
	grad  []sum       // of each row
	tree  []node
}

// boost gives the trees of a forest as they are written.
func boost(all []row) [][]node {
	const trees, rate = 200, 0.07
	xs := make([][]float64, len(all))
	for i := range all {
		xs[i] = all[i].x
	}
	b := &booster{grad: make([]sum, len(xs))}
	b.code(xs)
	logit := make([]float64, len(xs))
	at := uint64(1)
	var out [][]node
	for range trees {
		var rows []int
		for i, x := range logit {
			p := 1 / (1 + math.Exp(-x))
			b.grad[i] = sum{p, p * (1 - p)}
			if all[i].yes {
				b.grad[i].g--
			}
			at = at*6364136223846793005 + 1442695040888963407
			switch settled := math.Abs(b.grad[i].g) < 0.1; {
			case !settled && at>>63 == 0:
				rows = append(rows, i)
			case settled && at>>60 == 0:
				b.grad[i] = sum{8 * b.grad[i].g, 8 * b.grad[i].h}
				rows = append(rows, i)
			}
		}
		b.tree = nil
		b.grow(rows, b.count(rows), depth, rate)
		for i, x := range planted([][]node{b.tree}).sums(xs) {
			logit[i] += x
		}
		out = append(out, b.tree)
	}
	return out
}

// planted makes a forest of what boost gives.
func planted(trees [][]node) forest {
	out := make(forest, len(trees))
	for i := range out {
		var err error
		if out[i], err = plant(trees[i]); err != nil {
			panic(err)
		}
	}
	return out
}

// code sorts each number into bins that hold about as many rows each.
func (b *booster) code(xs [][]float64) {
	b.cuts = make([][]float64, len(xs[0]))
	for j := range b.cuts {
		col := make([]float64, len(xs))
		for i := range xs {
			col[i] = xs[i][j]
		}
		slices.Sort(col)
		if distinct := slices.Compact(slices.Clone(col)); len(distinct) <= bins {
			b.cuts[j] = distinct[:len(distinct)-1]
			continue
		}
		for k := 1; k < bins; k++ {
			if v := col[k*len(col)/bins]; len(b.cuts[j]) == 0 || v > b.cuts[j][len(b.cuts[j])-1] {
				b.cuts[j] = append(b.cuts[j], v)
			}
		}
	}
	for _, x := range xs {
		row := make([]uint8, len(x))
		for j, v := range x {
			k, _ := slices.BinarySearch(b.cuts[j], v)
			row[j] = uint8(k)
		}
		b.codes = append(b.codes, row)
	}
}

// count sums the derivatives of rows in each bin of each number.
func (b *booster) count(rows []int) [][bins + 1]sum {
	out := make([][bins + 1]sum, len(b.cuts))
	for _, i := range rows {
		d := b.grad[i]
		for j, k := range b.codes[i] {
			s := &out[j][k]
			s.g, s.h = s.g+d.g, s.h+d.h
		}
	}
	return out
}

// grow adds the tree for rows, whose counts are given, left levels deep at most.
func (b *booster) grow(rows []int, counts [][bins + 1]sum, left int, rate float64) {
	const smooth, least = 4.0, 3.0
	var all sum
	for _, s := range counts[0] {
		all.g, all.h = all.g+s.g, all.h+s.h
	}
	best, feature, cut := 1e-3, -1, 0
	for j := 0; j < len(b.cuts) && left > 0; j++ {
		var low sum
		for k := range b.cuts[j] {
			low.g, low.h = low.g+counts[j][k].g, low.h+counts[j][k].h
			if low.h < least || all.h-low.h < least {
				continue
			}
			high := all.g - low.g
			if gain := low.g*low.g/(low.h+smooth) + high*high/(all.h-low.h+smooth) - all.g*all.g/(all.h+smooth); gain > best {
				best, feature, cut = gain, j, k
			}
		}
	}
	at := len(b.tree)
	if feature < 0 {
		b.tree = append(b.tree, node{feature: -1, value: -rate * all.g / (all.h + smooth)})
		return
	}
	b.tree = append(b.tree, node{feature: feature, value: b.cuts[feature][cut]})
	var yes, no []int
	for _, i := range rows {
		if int(b.codes[i][feature]) <= cut {
			yes = append(yes, i)
		} else {
			no = append(no, i)
		}
	}
	var one, two [][bins + 1]sum
	if left > 1 { // count the fewer rows; what is left are the others
		few := yes
		if len(no) < len(yes) {
			few = no
		}
		one = b.count(few)
		for j := range counts {
			for k := range counts[j] {
				counts[j][k].g -= one[j][k].g
				counts[j][k].h -= one[j][k].h
			}
		}
		two = counts
		if len(no) < len(yes) {
			one, two = two, one
		}
	} else {
		one, two = b.total(yes), b.total(no)
	}
	b.grow(yes, one, left-1, rate)
	b.tree[at].other = len(b.tree)
	b.grow(no, two, left-1, rate)
}

// total is what count gives where only the sum of all is asked for.
func (b *booster) total(rows []int) [][bins + 1]sum {
	out := make([][bins + 1]sum, 1)
	for _, i := range rows {
		out[0][0].g += b.grad[i].g
		out[0][0].h += b.grad[i].h
	}
	return out
}
