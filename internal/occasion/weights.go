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
	own    [3]weights // of a candidate and a statement
	alone  [3]weights // of a candidate
	carry  [3]forest
	settle [3]forest
}

// A forest is a sum of decision trees (Friedman 2001) over numbers, whose value
// is a logit.
type forest []tree

// depth is how many questions lead to a leaf at most.
const depth = 5

// most is how many numbers a forest may look at, a power of two.
const most = 128

// A tree asks whether number feature[k] is at most value[k], first with k of 1, and
// goes on at question 2k then, else at 2k+1; behind the last question stands leaf
// k&31. A leaf higher up stands behind all questions that it takes the place of.
type tree struct {
	feature [1 << depth]uint8
	value   [1 << depth]float64
	leaf    [1 << depth]float64
}

// next is the question behind question k. It has no branches, which no processor could
// foresee, and its indexes cannot be out of range.
func (t *tree) next(k uint, x *[most]float64) uint {
	no := uint(0)
	if x[t.feature[k%(1<<depth)]%most] > t.value[k%(1<<depth)] {
		no = 1
	}
	return 2*k + no
}

// A node is a question of a tree, or a leaf, as a tree is grown and written down: it
// goes on at the next node where the answer is yes, else at node other; a leaf has
// feature -1 and its value.
type node struct {
	feature, other int
	value          float64
}

// plant makes a tree of its nodes.
func plant(nodes []node) (t tree, err error) {
	var place func(k, at, level int)
	place = func(k, at, level int) {
		switch {
		case k < 0 || k >= len(nodes) || nodes[k].feature >= most || level == depth && nodes[k].feature >= 0:
			err = fmt.Errorf("no tree of at most %d questions one after another about %d numbers", depth, most)
		case level == depth:
			t.leaf[at%len(t.leaf)] = nodes[k].value
		case nodes[k].feature < 0:
			place(k, 2*at, level+1)
			place(k, 2*at+1, level+1)
		default:
			t.feature[at], t.value[at] = uint8(nodes[k].feature), nodes[k].value
			place(k+1, 2*at, level+1)
			place(nodes[k].other, 2*at+1, level+1)
		}
	}
	place(0, 1, 0)
	return t, err
}

// p gives the probability that a forest makes of each row of numbers.
func (f forest) p(rows [][]float64) []float64 {
	out := f.sums(rows)
	for i, sum := range out {
		out[i] = 1 / (1 + math.Exp(-sum))
	}
	return out
}

// sums gives the logit of each row. A tree is asked about several rows while it is at
// hand: the processor then need not wait for one answer to ask the next.
func (f forest) sums(rows [][]float64) []float64 {
	out := make([]float64, len(rows))
	var x [16][most]float64
	for at := 0; at < len(rows); at += len(x) {
		n := min(len(x), len(rows)-at)
		for k := range n {
			copy(x[k][:], rows[at+k])
		}
		for i := range f {
			t := &f[i]
			for k := range n {
				x := &x[k]
				out[at+k] += t.leaf[t.next(t.next(t.next(t.next(t.next(1, x), x), x), x), x)%(1<<depth)]
			}
		}
	}
	return out
}

// weights are those of features, by their numbers: a hash table with more places than
// features, for most features that are asked for have no weight.
type weights struct {
	keys   []uint64 // 0 where a place is free
	values []float64
	count  int
}

// place is where a feature stands, or would.
func (w *weights) place(feature uint64) int {
	i := int(feature) & (len(w.keys) - 1)
	for w.keys[i] != 0 && w.keys[i] != feature {
		i = (i + 1) & (len(w.keys) - 1)
	}
	return i
}

// of is the weight of a feature, 0 where it has none.
func (w *weights) of(feature uint64) float64 {
	if w.count == 0 {
		return 0
	}
	return w.values[w.place(feature)]
}

// set gives a feature, that has none so far, its weight.
func (w *weights) set(feature uint64, value float64) {
	if 2*w.count >= len(w.keys) {
		old := *w
		*w = weights{keys: make([]uint64, max(8, 2*len(old.keys))), values: make([]float64, max(8, 2*len(old.keys)))}
		for i, k := range old.keys {
			if k != 0 {
				w.set(k, old.values[i])
			}
		}
	}
	i := w.place(feature)
	w.keys[i], w.values[i] = feature, value
	w.count++
}

// feature is the number of the feature whose name is given in parts: the FNV-1a hash of
// all of it.
func feature(name ...string) uint64 {
	const start, prime = 14695981039346656037, 1099511628211
	h := uint64(start)
	for _, s := range name {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * prime
		}
	}
	return h
}

// evidence is the sum of the weights of the features found of something; where names
// has a place for them, it keeps their names.
type evidence struct {
	weights *weights
	sum     float64
	names   *[]string
}

// add takes a feature whose name is given in parts.
func (e *evidence) add(name ...string) {
	e.sum += e.weights.of(feature(name...))
	if e.names != nil {
		*e.names = append(*e.names, strings.Join(name, ""))
	}
}

// p is the probability that weights and features give.
func (e *evidence) p() float64 { return 1 / (1 + math.Exp(-e.sum)) }

// fitted are the numbers of weights.txt. A line holds, between tabs, a field and
// either "own" or "alone", a weight and a feature, or "tree" or "settle" and a tree's
// nodes, each "feature:other:value". The file is embedded: a test reads it all.
var fitted = sync.OnceValue(func() *scorer {
	s := &scorer{}
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
		err = s.own[f].read(part[2], part[3])
	case part[1] == "alone" && len(part) == 4:
		err = s.alone[f].read(part[2], part[3])
	case (part[1] == "tree" || part[1] == "settle") && len(part) == 3:
		to := &s.carry[f]
		if part[1] == "settle" {
			to = &s.settle[f]
		}
		var t tree
		t, err = parseTree(part[2])
		*to = append(*to, t)
	default:
		err = errors.New("neither weight nor tree")
	}
	return err
}

// read sets the weight of a feature by its name. No two names may have one number.
func (w *weights) read(value, name string) error {
	x, err := strconv.ParseFloat(value, 64)
	number := feature(name)
	if number == 0 || w.of(number) != 0 {
		err = errors.Join(err, errors.New("its number is taken"))
	}
	w.set(number, x)
	return err
}

func parseTree(line string) (tree, error) {
	var nodes []node
	for one := range strings.FieldsSeq(line) {
		p := strings.Split(one, ":")
		if len(p) != 3 {
			return tree{}, errors.New("a node that is not feature:other:value")
		}
		feature, err := strconv.Atoi(p[0])
		other, err2 := strconv.Atoi(p[1])
		value, err3 := strconv.ParseFloat(p[2], 64)
		if err := errors.Join(err, err2, err3); err != nil {
			return tree{}, err
		}
		nodes = append(nodes, node{feature, other, value})
	}
	return plant(nodes)
}
