package claim

import "slices"

// A link is a pair of statements, a before b, and how likely they belong
// together. Pairs without a link count as 0.
type link struct {
	a, b int
	p    float64
}

// A graph holds the links of each statement, both ways.
type graph [][]edge

type edge struct {
	to  int32
	sum float64
}

func newGraph(n int, links []link) graph {
	degree := make([]int32, n)
	for _, l := range links {
		degree[l.a]++
		degree[l.b]++
	}
	room := make([]edge, 2*len(links))
	g := make(graph, n)
	for i, d := range degree {
		g[i], room = room[:0:d], room[d:]
	}
	for _, l := range links {
		g[l.a] = append(g[l.a], edge{int32(l.b), l.p})
		g[l.b] = append(g[l.b], edge{int32(l.a), l.p})
	}
	return g
}

// agglomerate joins n statements by average link: the two clusters with the
// highest mean over all their pairs first, until none reaches the threshold for
// as many pairs. It gives the clusters of two and more, each in order.
//
// It walks chains of nearest neighbours (Murtagh, Computer Journal 26, 1983):
// two clusters that are nearest to each other would be joined at some time, so
// they can be joined at once.
func agglomerate(n int, links []link, threshold func(pairs int) float64) [][]int {
	c := newClusters(n, links)
	todo := make([]int32, n)
	for i := range n {
		todo[n-1-i] = int32(i)
	}
	var chain []int32
	for len(todo) > 0 {
		start := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if c.into[start] == start {
			chain = append(chain, start)
		}
		for len(chain) > 0 {
			last, before := chain[len(chain)-1], int32(-1)
			if len(chain) > 1 {
				before = chain[len(chain)-2]
			}
			switch nearest := c.nearest(last, before, threshold); {
			case nearest < 0:
				chain = chain[:len(chain)-1]
			case nearest != before:
				chain = append(chain, nearest)
			default:
				chain = chain[:len(chain)-2]
				todo = append(todo, c.join(last, before))
			}
		}
	}
	var out [][]int
	for _, m := range c.members {
		if len(m) > 1 {
			slices.Sort(m)
			out = append(out, m)
		}
	}
	return out
}

// clusters are statements joined so far. A cluster has the number of its first
// statement.
type clusters struct {
	edges   graph
	into    []int32 // the cluster that a statement or cluster has gone into
	members [][]int
	place   []int32 // of a cluster in the list that tidy is at, from 1
}

func newClusters(n int, links []link) *clusters {
	c := &clusters{newGraph(n, links), make([]int32, n), make([][]int, n), make([]int32, n)}
	for i := range n {
		c.into[i], c.members[i] = int32(i), []int{i}
	}
	return c
}

// find gives the cluster that statement i is in now.
func (c *clusters) find(i int32) int32 {
	for c.into[i] != i {
		c.into[i] = c.into[c.into[i]]
		i = c.into[i]
	}
	return i
}

// tidy makes the edges of cluster k lead to clusters of now, each once.
func (c *clusters) tidy(k int32) {
	out := c.edges[k][:0]
	for _, e := range c.edges[k] {
		e.to = c.find(e.to)
		switch p := c.place[e.to]; {
		case e.to == k:
		case p > 0:
			out[p-1].sum += e.sum
		default:
			out = append(out, e)
			c.place[e.to] = int32(len(out))
		}
	}
	for _, e := range out {
		c.place[e.to] = 0
	}
	c.edges[k] = out
}

// nearest gives the cluster with the highest mean over its pairs with k that
// reaches the threshold, or -1; of two alike the one before k in the chain.
func (c *clusters) nearest(k, before int32, threshold func(pairs int) float64) int32 {
	const slack = 1e-9 // more than what sums differ by for their order
	c.tidy(k)
	nearest, high := int32(-1), 0.0
	for _, e := range c.edges[k] {
		n := len(c.members[k]) * len(c.members[e.to])
		p := e.sum / float64(n)
		if p < threshold(n) {
			continue
		}
		if e.to == before {
			p += slack
		}
		if p > high || p == high && e.to < nearest {
			nearest, high = e.to, p
		}
	}
	return nearest
}

// join makes one cluster of two, and gives its number.
func (c *clusters) join(i, j int32) int32 {
	a, b := min(i, j), max(i, j)
	c.into[b] = a
	c.members[a] = append(c.members[a], c.members[b]...)
	c.edges[a] = append(slices.Clone(c.edges[a]), c.edges[b]...)
	c.members[b], c.edges[b] = nil, nil
	return a
}

// widen lets statements join further clusters, to whose members their mean
// link reaches the threshold: who says two things stands in two claims.
func (g graph) widen(groups [][]int, threshold float64) [][]int {
	of := make([]int, len(g)) // from 1
	out := make([][]int, len(groups))
	for k, members := range groups {
		out[k] = slices.Clone(members)
		for _, i := range members {
			of[i] = k + 1
		}
	}
	sums := make([]float64, len(groups)+1)
	for i, edges := range g {
		for _, e := range edges {
			sums[of[e.to]] += e.sum
		}
		for _, e := range edges {
			k := of[e.to]
			if k > 0 && k != of[i] && sums[k]/float64(len(groups[k-1])) >= threshold {
				out[k-1] = append(out[k-1], i)
			}
			sums[k] = 0
		}
	}
	for k := range out {
		slices.Sort(out[k])
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

// means gives the mean link of each member of a group to the others. Between
// calls at is all zero.
func (g graph) means(group []int, at []bool) []float64 {
	for _, i := range group {
		at[i] = true
	}
	out := make([]float64, len(group))
	for k, i := range group {
		for _, e := range g[i] {
			if at[e.to] {
				out[k] += e.sum
			}
		}
		out[k] /= float64(len(group) - 1)
	}
	for _, i := range group {
		at[i] = false
	}
	return out
}
