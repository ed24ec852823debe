package occasion

// An option is a candidate that may belong to a statement: beside which statement it
// stands, what tells of it, and how likely the last step that weighed it makes it.
type option struct {
	cand, from int
	x          []float64
	p          float64
}

// weigh gives the options of each statement, weighed by the second step. Those that
// are beyond a statement are left without weight, unless a third step asks for it.
func (l *look) weigh(carry forest) [][]option {
	out := make([][]option, len(l.statements))
	for i := range out {
		var rows [][]float64
		var weighed []int
		l.options(i, func(k int, mine float64, best, kin tied) {
			o := option{cand: k, from: best.statement}
			if l.f == When || !l.beyond(l.f, i, o.from) {
				o.x = l.tell(i, k, mine, best, kin)
				rows, weighed = append(rows, o.x), append(weighed, len(out[i]))
			}
			out[i] = append(out[i], o)
		})
		for n, p := range carry.p(rows) {
			out[i][weighed[n]].p = p
		}
	}
	return out
}

// neighbours are what the second step gives all statements of an article.
type neighbours struct {
	*look
	p         [][]float64          // for each statement and value, how likely the value is the statement's
	best      []leader             // of each statement, among values
	mean      []float64            // of each value, over all statements
	bySpeaker map[string][]float64 // for each speaker and value, the sum over the speaker's statements
	count     map[string]float64   // the statements of each speaker
}

func (l *look) neighbours(options [][]option) *neighbours {
	n := &neighbours{look: l, p: make([][]float64, len(options)), best: make([]leader, len(options)), mean: make([]float64, len(l.share)), bySpeaker: map[string][]float64{}, count: map[string]float64{}}
	for i := range options {
		n.p[i] = make([]float64, len(l.share))
		for _, o := range options[i] {
			v := l.value[o.cand]
			n.p[i][v] = max(n.p[i][v], o.p)
		}
		n.best[i] = lead(n.p[i])
		who := l.statements[i].Speaker
		if n.bySpeaker[who] == nil {
			n.bySpeaker[who] = make([]float64, len(l.share))
		}
		n.count[who]++
		for v, p := range n.p[i] {
			n.mean[v] += p / float64(len(options))
			n.bySpeaker[who][v] += p
		}
	}
	return n
}

// settle weighs the options anew by the third step.
func (n *neighbours) settle(options [][]option, trees forest) {
	for i := range options {
		var rows [][]float64
		for _, o := range options[i] {
			rows = append(rows, n.tell(i, o))
		}
		for k, p := range trees.p(rows) {
			options[i][k].p = p
		}
	}
}

// tell gives what bears on an option of statement i: what told of it in the second step,
// and what that gave i and the statements around.
func (n *neighbours) tell(i int, o option) []float64 {
	v, who := n.value[o.cand], n.statements[i].Speaker
	others := n.bySpeaker[who][v] - n.p[i][v]
	x := append(o.x, o.p, n.p[i][v], n.best[i].but(v), n.mean[v], others, others/max(n.count[who]-1, 1))
	return n.side(n.side(x, i, v, -1), i, v, 1)
}

// side adds to x what the second step gives a value for the next statement before (step
// -1) or behind (1) statement i, for the next of the same speaker, and for the likeliest
// in the same paragraph on that side.
func (n *neighbours) side(x []float64, i, v, step int) []float64 {
	const most = 12 // statements that are looked at
	of := func(j int) [3]float64 {
		return [3]float64{n.p[j][v], n.best[j].but(v), float64(n.par[n.anchors[i]] - n.par[n.anchors[j]])}
	}
	next, kin, inParagraph := [3]float64{-1, -1, -1}, [3]float64{-1, -1, -1}, 0.0
	for k := 1; k <= most; k++ {
		r := n.rank[i] + k*step
		if r < 0 || r >= len(n.order) {
			break
		}
		j := n.order[r]
		if k == 1 {
			next = of(j)
		}
		if n.par[n.anchors[i]] == n.par[n.anchors[j]] {
			inParagraph = max(inParagraph, n.p[j][v])
		}
		if n.same(i, j) {
			kin = of(j)
			break
		}
	}
	return append(append(append(x, next[:]...), kin[:]...), inParagraph)
}
