package claim

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// A pair is two statements, a before b, and the probabilities that they speak
// of one thing and report the same words.
type pair struct {
	a, b             int
	claim, utterance float64
}

const (
	common = 400 // a word in more statements than this finds no candidates
	probes = 25  // words of a statement that look for candidates
	kept   = 150 // candidates of a statement
)

// candidates gives for each statement the earlier ones that share the most
// with it, by rare words.
func (b *book) candidates() [][]int32 {
	postings := make([][]int32, len(b.weight))
	probe := make([]vector, len(b.entries))
	for i := range b.entries {
		v := slices.Clone(b.entries[i].around)
		slices.SortStableFunc(v, func(x, y term) int { return cmp.Compare(y.w, x.w) })
		v = v[:min(len(v), probes)]
		probe[i] = v
		for _, t := range v {
			postings[t.id] = append(postings[t.id], int32(i))
		}
	}
	var found [][2]int32 // the later and the earlier of two
	sum := make([]float32, len(b.entries))
	var touched, best []int32
	for i := range b.entries {
		touched = touched[:0]
		for _, t := range probe[i] {
			list := postings[t.id]
			if len(list) > common {
				continue
			}
			for _, j := range list {
				if sum[j] == 0 {
					touched = append(touched, j)
				}
				sum[j] += t.w * b.weight[t.id]
			}
		}
		sum[i] = 0
		best = best[:0] // the highest first
		for _, j := range touched {
			if s := sum[j]; s > 0 && (len(best) < kept || s > sum[best[kept-1]] || s == sum[best[kept-1]] && j < best[kept-1]) {
				k, _ := slices.BinarySearchFunc(best, j, func(x, y int32) int { return cmp.Or(cmp.Compare(sum[y], sum[x]), cmp.Compare(x, y)) })
				best = slices.Insert(best, k, j)
				best = best[:min(len(best), kept)]
			}
		}
		for _, j := range touched {
			sum[j] = 0
		}
		for _, j := range best {
			found = append(found, [2]int32{max(int32(i), j), min(int32(i), j)})
		}
	}
	return rows(len(b.entries), found)
}

// rows gives for each of n numbers those that it is paired with, each once and
// in order.
func rows(n int, pairs [][2]int32) [][]int32 {
	size := make([]int32, n)
	for _, p := range pairs {
		size[p[0]]++
	}
	room := make([]int32, len(pairs))
	out := make([][]int32, n)
	for i, d := range size {
		out[i], room = room[:0:d], room[d:]
	}
	for _, p := range pairs {
		out[p[0]] = append(out[p[0]], p[1])
	}
	for i := range out {
		slices.Sort(out[i])
		out[i] = slices.Compact(out[i])
	}
	return out
}

// score gives the candidates with their probabilities, as far as one of them
// reaches least.
func (b *book) score(least float64) []pair {
	var out []pair
	for i, js := range b.candidates() {
		for _, j := range js {
			x := b.features(int(j), i)
			p := pair{int(j), i, logistic(&claimWeights, &x), 0}
			if b.mayBeOne(p.a, p.b, &x) {
				p.utterance = logistic(&utteranceWeights, &x)
			}
			if p.claim >= least || p.utterance >= least {
				out = append(out, p)
			}
		}
	}
	return out
}

// Reports of one act of speaking appear within days; later ones only where they
// cite it at length.
const (
	occasion = 14 // days between the reports
	cited    = 8  // words in a row
)

// mayBeOne reports whether two statements, with their measures, may report one
// act of speaking.
func (b *book) mayBeOne(i, j int, x *[width]float64) bool {
	return (b.apart(i, j) <= occasion || x[run] >= math.Log1p(cited)) && !b.twoVoices(i, j)
}

// twoVoices reports whether two statements are surely of two acts of speaking:
// they share no name, neither speaks for the other, and both are persons, or
// one article has them side by side, neither inside the other.
func (b *book) twoVoices(i, j int) bool {
	p, q := &b.entries[i], &b.entries[j]
	if len(p.speaker) == 0 || len(q.speaker) == 0 || share(p.speaker, q.speaker)+share(p.speaker, q.behind)+share(p.behind, q.speaker) > 0 {
		return false
	}
	s, t := &b.all[i].Statement, &b.all[j].Statement
	return p.person && q.person || p.article == q.article && s.Parent != t.ID && t.Parent != s.ID
}

// apart is how many days lie between two statements, 0 where that is not known.
func (b *book) apart(i, j int) float64 {
	d := math.Abs(b.entries[i].day - b.entries[j].day)
	if math.IsNaN(d) {
		return 0
	}
	return d
}

// date is the day that an EDTF date begins with.
func date(edtf string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, edtf[:min(len(edtf), len(time.DateOnly))])
	return t, err == nil
}

// sure is the likeness of two articles from which on they are taken to report
// one event. Only then does it tell something that statements are near in time,
// high in their articles and of one act. In claims-dev nine of ten pairs of
// articles of one event are above 0.20, of two events below 0.06.
const sure = 0.15

const (
	width = 17 // measures of a pair
	run   = 10 // the one of this name
)

// features measures a pair.
//
//	all          cosine of the contents
//	around       cosine of content, sentence and speaker
//	within       share of the smaller content that the other has
//	shared       log of the weight shared
//	speaker      share of the shorter speaker's name that the other has
//	speaker·all  speaker times all
//	article      1 within one article
//	shorter, longer   log of words in the contents
//	number       1 where a number is shared
//	run          log of the words in the longest run of words in both
//	run/length   its share of the shorter content
//	speaker·run  speaker times run/length
//	near         1 within one event on one day, 0 from two weeks on
//	high         within one event how far up the lower of the two stands in its article
//	act          1 within one event where both are the same act
//	one          1, for the constant
func (b *book) features(i, j int) (x [width]float64) {
	b.row.lay(b, j)
	p, q := &b.entries[i], &b.entries[j]
	s := along(p.content, b.row.soft)
	if p.size > 0 && q.size > 0 {
		x[0] = s / (p.size * q.size)
	}
	x[1] = along(p.around, b.row.softAll)
	least := min(p.size, q.size)
	x[2] = s / max(least*least, 20)
	x[3] = math.Log1p(s)
	x[4] = overlap(p.speaker, q.speaker)
	x[5] = x[4] * x[0]
	if p.article == q.article {
		x[6] = 1
	}
	x[7], x[8] = min(p.length, q.length), max(p.length, q.length)
	if share(p.numbers, q.numbers) > 0 {
		x[9] = 1
	}
	n := min(len(p.plain), len(q.plain))
	if n > 0 {
		r := b.row.run(p.plain)
		x[run], x[11] = math.Log1p(float64(r)), float64(r)/float64(n)
	}
	x[12] = x[11] * x[4]
	event := min(b.row.likeness(b, p.article)/sure, 1)
	x[13] = event * (1 - min(b.apart(i, j), occasion)/occasion)
	x[14] = event * (1 - max(p.place, q.place))
	if b.all[i].Act == b.all[j].Act {
		x[15] = event
	}
	x[16] = 1
	return x
}

// share counts what two sorted lists have in common.
func share[T cmp.Ordered](a, b []T) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

func overlap[T cmp.Ordered](a, b []T) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(share(a, b)) / float64(min(len(a), len(b)))
}

func logistic(w, x *[width]float64) float64 {
	z := 0.0
	for i := range w {
		z += w[i] * x[i]
	}
	return 1 / (1 + math.Exp(-z))
}
