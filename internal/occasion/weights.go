package occasion

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed weights.txt
var file string

// A scorer holds what was fitted: for each field the weights of the features
// of its first step, and the trees of its second and third; a field without trees
// of the third keeps what the second gives.
type scorer struct {
	own    [3]map[string]float64 // of a candidate and a statement
	alone  [3]map[string]float64 // of a candidate
	carry  [3]forest
	settle [3]forest
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

func (f forest) p(x []float64) float64 { return 1 / (1 + math.Exp(-f.sum(x))) }

func (f forest) sum(x []float64) float64 {
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
	return sum
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
// either "own" or "alone", a weight and a feature, or "tree" or "settle" and a tree's
// nodes, each "feature:other:value". The file is embedded: a test reads it all.
var fitted = sync.OnceValue(func() *scorer {
	s := newScorer()
	for line := range strings.Lines(file) {
		if err := s.read(strings.TrimSuffix(line, "\n")); err != nil {
			panic(fmt.Sprintf("occasion: weights.txt: %q: %v", line, err))
		}
	}
	return s
})

func (s *scorer) read(line string) error {
	part := strings.SplitN(line, "\t", 4)
	if len(part) < 3 {
		return errors.New("fewer than three parts")
	}
	f := slices.IndexFunc([]Field{Via, To, When}, func(f Field) bool { return f.String() == part[0] })
	if f < 0 {
		return errors.New("no such field")
	}
	var err error
	switch {
	case part[1] == "own" && len(part) == 4:
		s.own[f][part[3]], err = strconv.ParseFloat(part[2], 64)
	case part[1] == "alone" && len(part) == 4:
		s.alone[f][part[3]], err = strconv.ParseFloat(part[2], 64)
	case (part[1] == "tree" || part[1] == "settle") && len(part) == 3:
		to := &s.carry[f]
		if part[1] == "settle" {
			to = &s.settle[f]
		}
		var tree []node
		tree, err = parseTree(part[2])
		*to = append(*to, tree)
	default:
		err = errors.New("neither weight nor tree")
	}
	return err
}

func parseTree(line string) ([]node, error) {
	var out []node
	for one := range strings.FieldsSeq(line) {
		p := strings.Split(one, ":")
		if len(p) != 3 {
			return nil, errors.New("a node that is not feature:other:value")
		}
		feature, err := strconv.Atoi(p[0])
		other, err2 := strconv.Atoi(p[1])
		value, err3 := strconv.ParseFloat(p[2], 64)
		if err := errors.Join(err, err2, err3); err != nil {
			return nil, err
		}
		out = append(out, node{feature, other, value})
	}
	return out, nil
}
