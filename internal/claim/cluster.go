package claim

import (
	"cmp"
	"container/heap"
	"slices"
)

// A link is a pair of statements, a before b, and how likely they belong
// together. Pairs without a link count as 0.
type link struct {
	a, b int
	p    float64
}

// agglomerate joins n statements by average link: the two clusters with the
// highest mean over all their pairs first, until none reaches the threshold. It
// gives the clusters of two and more, each in order.
func agglomerate(n int, links []link, threshold float64) [][]int {
	clusters := make([]*cluster, n)
	for i := range clusters {
		clusters[i] = &cluster{members: []int{i}, to: map[int]float64{}}
	}
	q := &queue{}
	for _, l := range links {
		clusters[l.a].to[l.b], clusters[l.b].to[l.a] = l.p, l.p
		if l.p >= threshold {
			*q = append(*q, merger{l.p, l.a, l.b, 1, 1})
		}
	}
	heap.Init(q)
	for q.Len() > 0 {
		m := heap.Pop(q).(merger)
		a, b := clusters[m.a], clusters[m.b]
		if a == nil || b == nil || len(a.members) != m.sizeA || len(b.members) != m.sizeB {
			continue // one of them has grown since
		}
		a.members = append(a.members, b.members...)
		clusters[m.b] = nil
		delete(a.to, m.b)
		for k, sum := range b.to {
			if k == m.a {
				continue
			}
			a.to[k] += sum
			c := clusters[k]
			delete(c.to, m.b)
			c.to[m.a] = a.to[k]
		}
		for k, sum := range a.to {
			if p := sum / float64(len(a.members)*len(clusters[k].members)); p >= threshold {
				x, y := min(m.a, k), max(m.a, k)
				heap.Push(q, merger{p, x, y, len(clusters[x].members), len(clusters[y].members)})
			}
		}
	}
	var out [][]int
	for _, c := range clusters {
		if c != nil && len(c.members) > 1 {
			slices.Sort(c.members)
			out = append(out, c.members)
		}
	}
	return out
}

type cluster struct {
	members []int
	to      map[int]float64 // other cluster → sum of the links to it
}

// A merger is two clusters that may be joined, as they were when it was found.
type merger struct {
	p            float64
	a, b         int
	sizeA, sizeB int
}

type queue []merger

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[j].p, q[i].p), cmp.Compare(q[i].a, q[j].a), cmp.Compare(q[i].b, q[j].b)) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(merger)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	m := (*q)[last]
	*q = (*q)[:last]
	return m
}

// widen lets statements join further clusters, to whose members their mean
// link reaches the threshold: who says two things stands in two claims.
func widen(n int, groups [][]int, links []link, threshold float64) [][]int {
	of := make([]int, n)
	for i := range of {
		of[i] = -1
	}
	for g, members := range groups {
		for _, i := range members {
			of[i] = g
		}
	}
	sums := make([]map[int]float64, n)
	note := func(i, j int, p float64) {
		if g := of[j]; g >= 0 && g != of[i] {
			if sums[i] == nil {
				sums[i] = map[int]float64{}
			}
			sums[i][g] += p
		}
	}
	for _, l := range links {
		note(l.a, l.b, l.p)
		note(l.b, l.a, l.p)
	}
	out := make([][]int, len(groups))
	for g := range groups {
		out[g] = slices.Clone(groups[g])
	}
	for i, m := range sums {
		for g, sum := range m {
			if sum/float64(len(groups[g])) >= threshold {
				out[g] = append(out[g], i)
			}
		}
	}
	for g := range out {
		slices.Sort(out[g])
	}
	return out
}

// complete takes all reports of the same words into each group that holds at
// least half of them; where none does, they are a group of their own.
func complete(groups, reports [][]int) [][]int {
	out := make([][]int, len(groups))
	at := map[int][]int{}
	for g, members := range groups {
		out[g] = slices.Clone(members)
		for _, i := range members {
			at[i] = append(at[i], g)
		}
	}
	for _, r := range reports {
		held := map[int]int{} // of r in each group
		for _, i := range r {
			for _, g := range at[i] {
				held[g]++
			}
		}
		alone := true
		for g, n := range held {
			if 2*n >= len(r) {
				out[g] = append(out[g], r...)
				alone = false
			}
		}
		if alone {
			out = append(out, slices.Clone(r))
		}
	}
	for g := range out {
		slices.Sort(out[g])
		out[g] = slices.Compact(out[g])
	}
	return maximal(out)
}

// maximal drops the groups whose members all stand in one other group.
func maximal(groups [][]int) [][]int {
	at := map[int][]int{}
	for g, members := range groups {
		for _, i := range members {
			at[i] = append(at[i], g)
		}
	}
	var out [][]int
	for g, members := range groups {
		held := slices.ContainsFunc(at[members[0]], func(h int) bool {
			return h != g && (len(groups[h]) > len(members) || len(groups[h]) == len(members) && h < g) && holds(groups[h], members)
		})
		if !held {
			out = append(out, members)
		}
	}
	return out
}

// holds reports whether all of b is in a; both are in order.
func holds(a, b []int) bool {
	for _, x := range b {
		if _, ok := slices.BinarySearch(a, x); !ok {
			return false
		}
	}
	return true
}

// means gives a function for the mean link of each member of a group to the
// others.
func means(links []link) func(group []int) []float64 {
	of := make(map[[2]int]float64, len(links))
	for _, l := range links {
		of[[2]int{l.a, l.b}] = l.p
	}
	return func(group []int) []float64 {
		out := make([]float64, len(group))
		for x, i := range group {
			for y, j := range group[:x] {
				p := of[[2]int{j, i}]
				out[x] += p
				out[y] += p
			}
		}
		for x := range out {
			out[x] /= float64(len(group) - 1)
		}
		return out
	}
}
