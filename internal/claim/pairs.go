package claim

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/quothnews/quoth"
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
func (b *book) candidates() [][]int {
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
	out := make([][]int, len(b.entries))
	sum := make([]float32, len(b.entries))
	var touched []int32
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
		best := make([]int32, 0, kept+1) // the highest first
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
			out[max(i, int(j))] = append(out[max(i, int(j))], min(i, int(j)))
		}
	}
	for i := range out {
		slices.Sort(out[i])
		out[i] = slices.Compact(out[i])
	}
	return out
}

// score gives the candidates with their probabilities.
func (b *book) score() []pair {
	var out []pair
	for i, js := range b.candidates() {
		for _, j := range js {
			x := b.features(j, i)
			p := pair{j, i, logistic(claimWeights, x), 0}
			if b.mayBeOne(j, i, x) {
				p.utterance = logistic(utteranceWeights, x)
			}
			out = append(out, p)
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
func (b *book) mayBeOne(i, j int, x [width]float64) bool {
	return (b.apart(i, j) <= occasion || x[10] >= math.Log1p(cited)) && !b.twoVoices(i, j)
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
	return b.person(i) && b.person(j) || p.article == q.article && s.Parent != t.ID && t.Parent != s.ID
}

func (b *book) person(i int) bool {
	s := b.all[i].Speaker
	return len(s) > 0 && !slices.ContainsFunc(s, func(p quoth.Speaker) bool { return p.Type != quoth.Person })
}

// likeness is the cosine of two articles by what their statements speak of.
func (b *book) likeness(m, n int) float64 {
	if m == n {
		return 1
	}
	k := [2]int{min(m, n), max(m, n)}
	c, ok := b.alike[k]
	if !ok {
		c = dot(b.articles[m], b.articles[n])
		b.alike[k] = c
	}
	return c
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

// width is how many measures a pair has.
const width = 17

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
func (b *book) features(i, j int) (x [width]float64) {
	p, q := &b.entries[i], &b.entries[j]
	s := dot(p.content, q.soft)
	if p.size > 0 && q.size > 0 {
		x[0] = s / (p.size * q.size)
	}
	x[1] = dot(p.around, q.softAll)
	least := min(p.size, q.size)
	x[2] = s / max(least*least, 20)
	x[3] = math.Log1p(s)
	x[4] = overlap(p.speaker, q.speaker)
	x[5] = x[4] * x[0]
	if b.all[i].Article == b.all[j].Article {
		x[6] = 1
	}
	x[7], x[8] = min(p.length, q.length), max(p.length, q.length)
	if share(p.numbers, q.numbers) > 0 {
		x[9] = 1
	}
	n := min(len(p.plain), len(q.plain))
	if n > 0 {
		r := run(p.plain, q.plain)
		x[10], x[11] = math.Log1p(float64(r)), float64(r)/float64(n)
	}
	x[12] = x[11] * x[4]
	event := min(b.likeness(p.article, q.article)/sure, 1)
	x[13] = event * (1 - min(b.apart(i, j), occasion)/occasion)
	x[14] = event * (1 - max(p.place, q.place))
	if b.all[i].Act == b.all[j].Act {
		x[15] = event
	}
	x[16] = 1
	return x
}

// share counts what two sorted lists have in common.
func share(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(share(a, b)) / float64(min(len(a), len(b)))
}

// run is the length of the longest run of words that stands in both; b holds
// at most [longest].
func run(a, b []int32) int {
	var before [longest + 1]int
	best := 0
	for _, x := range a {
		last := 0 // before[j] of the row above
		for j, y := range b {
			was := before[j+1]
			if x == y {
				before[j+1] = last + 1
				best = max(best, last+1)
			} else {
				before[j+1] = 0
			}
			last = was
		}
	}
	return best
}

func logistic(w, x [width]float64) float64 {
	z := 0.0
	for i := range w {
		z += w[i] * x[i]
	}
	return 1 / (1 + math.Exp(-z))
}
