package occasion

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed weights.txt
var file string

// A scorer holds what was fitted: for each field the weights of the features
// of its first step, and the trees of its second.
type scorer struct {
	own   [3]map[string]float64 // of a candidate and a statement
	alone [3]map[string]float64 // of a candidate
	carry [3]forest
}

// A forest is a sum of decision trees (Friedman 2001) over numbers, whose value
// is a logit.
type forest [][]node

// A node asks whether number x[feature] is at most value and goes to the next
// node then, else to node other; a leaf has feature -1 and its value.
type node struct {
	feature, other int
	value          float64
}

func (f forest) p(x []float64) float64 {
	sum := 0.0
	for _, tree := range f {
		k := 0
		for tree[k].feature >= 0 {
			if x[tree[k].feature] <= tree[k].value {
				k++
			} else {
				k = tree[k].other
			}
		}
		sum += tree[k].value
	}
	return 1 / (1 + math.Exp(-sum))
}

func newScorer() *scorer {
	s := &scorer{}
	for f := range s.own {
		s.own[f], s.alone[f] = map[string]float64{}, map[string]float64{}
	}
	return s
}

// p is the probability that weights and features give.
func p(w map[string]float64, features []string) float64 {
	x := 0.0
	for _, name := range features {
		x += w[name]
	}
	return 1 / (1 + math.Exp(-x))
}

// fitted are the numbers of weights.txt. A line holds, between tabs, a field and
// either "own" or "alone", a weight and a feature, or "tree" and a tree's nodes, each
// "feature:other:value".
var fitted = sync.OnceValue(func() *scorer {
	s := newScorer()
	for line := range strings.Lines(file) {
		part := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		for f := range s.own {
			switch {
			case part[0] != Field(f).String():
			case len(part) == 4 && part[1] == "own":
				s.own[f][part[3]], _ = strconv.ParseFloat(part[2], 64)
			case len(part) == 4 && part[1] == "alone":
				s.alone[f][part[3]], _ = strconv.ParseFloat(part[2], 64)
			case len(part) == 3 && part[1] == "tree":
				s.carry[f] = append(s.carry[f], parseTree(part[2]))
			}
		}
	}
	return s
})

func parseTree(line string) []node {
	var out []node
	for _, one := range strings.Fields(line) {
		p := strings.Split(one, ":")
		var n node
		n.feature, _ = strconv.Atoi(p[0])
		n.other, _ = strconv.Atoi(p[1])
		n.value, _ = strconv.ParseFloat(p[2], 64)
		out = append(out, n)
	}
	return out
}
