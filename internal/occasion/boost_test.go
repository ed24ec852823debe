package occasion

import (
	"math"
	"slices"
)

// boost fits a forest by gradient boosting with Newton steps.
func boost(xs [][]float64, ys []bool) forest {
	const trees, depth, rate, bins, least, smooth = 120, 5, 0.08, 24, 12.0, 4.0
	n := len(xs)
	width := len(xs[0])
	cuts := make([][]float64, width) // a value is in bin k where it is at most cuts[k]
	code := make([][]uint8, width)
	for j := range width {
		col := make([]float64, n)
		for i := range xs {
			col[i] = xs[i][j]
		}
		slices.Sort(col)
		for b := 1; b < bins; b++ {
			if v := col[b*n/bins]; len(cuts[j]) == 0 || v > cuts[j][len(cuts[j])-1] {
				cuts[j] = append(cuts[j], v)
			}
		}
		distinct := slices.Compact(slices.Clone(col))
		if len(distinct) <= bins {
			cuts[j] = distinct[:len(distinct)-1]
		}
		code[j] = make([]uint8, n)
		for i := range xs {
			k, _ := slices.BinarySearch(cuts[j], xs[i][j])
			code[j][i] = uint8(k)
		}
	}
	logit := make([]float64, n)
	g, h := make([]float64, n), make([]float64, n)
	var out forest
	for range trees {
		for i := range n {
			p := 1 / (1 + math.Exp(-logit[i]))
			g[i], h[i] = p, p*(1-p)
			if ys[i] {
				g[i]--
			}
		}
		var tree []node
		var grow func(rows []int, left int)
		grow = func(rows []int, left int) {
			G, H := 0.0, 0.0
			for _, i := range rows {
				G, H = G+g[i], H+h[i]
			}
			best, feature, cut := 1e-3, -1, 0
			for j := 0; j < width && left > 0; j++ {
				var gs, hs [bins + 1]float64
				for _, i := range rows {
					gs[code[j][i]] += g[i]
					hs[code[j][i]] += h[i]
				}
				a, b := 0.0, 0.0
				for k := range cuts[j] {
					a, b = a+gs[k], b+hs[k]
					if b < least/4 || H-b < least/4 {
						continue
					}
					if gain := a*a/(b+smooth) + (G-a)*(G-a)/(H-b+smooth) - G*G/(H+smooth); gain > best {
						best, feature, cut = gain, j, k
					}
				}
			}
			at := len(tree)
			if feature < 0 {
				v := -rate * G / (H + smooth)
				tree = append(tree, node{feature: -1, value: v})
				for _, i := range rows {
					logit[i] += v
				}
				return
			}
			tree = append(tree, node{feature: feature, value: cuts[feature][cut]})
			var yes, no []int
			for _, i := range rows {
				if int(code[feature][i]) <= cut {
					yes = append(yes, i)
				} else {
					no = append(no, i)
				}
			}
			grow(yes, left-1)
			tree[at].other = len(tree)
			grow(no, left-1)
		}
		rows := make([]int, n)
		for i := range rows {
			rows[i] = i
		}
		grow(rows, depth)
		out = append(out, tree)
	}
	return out
}
