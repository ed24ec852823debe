package claim

// A row is one statement laid out by its words, so that each of the others is
// held against it in the time of a walk through its own.
type row struct {
	of, article int // from 1

	soft, softAll []float32 // of the statement, by stem
	words         []float32 // of its article, by stem
	alike         []likeness

	last   []int32 // by word: where it stands last in the content, from 1
	before []int32 // by place: where the same word stands before
	seen   []int   // by place: the step at which it last matched,
	length []int32 // and how many words in a row did
	step   int
}

// likeness is the cosine of two articles by what their statements speak of.
type likeness struct {
	of     int // article that it was measured with, from 1
	cosine float64
}

func newRow(stems, words, articles int) *row {
	return &row{
		soft: make([]float32, stems), softAll: make([]float32, stems), words: make([]float32, stems), alike: make([]likeness, articles),
		last: make([]int32, words), before: make([]int32, longest+1), seen: make([]int, longest+1), length: make([]int32, longest+1),
	}
}

// lay puts statement i in place of the one before.
func (r *row) lay(b *book, i int) {
	if r.of == i+1 {
		return
	}
	if r.of > 0 {
		e := &b.entries[r.of-1]
		wipe(r.soft, e.soft)
		wipe(r.softAll, e.softAll)
		for _, w := range e.plain {
			r.last[w] = 0
		}
	}
	r.of = i + 1
	e := &b.entries[i]
	put(r.soft, e.soft)
	put(r.softAll, e.softAll)
	for k, w := range e.plain {
		r.before[k+1] = r.last[w]
		r.last[w] = int32(k + 1)
	}
	if r.article == e.article+1 {
		return
	}
	if r.article > 0 {
		wipe(r.words, b.articles[r.article-1])
	}
	r.article = e.article + 1
	put(r.words, b.articles[e.article])
}

func put(at []float32, v vector) {
	for _, t := range v {
		at[t.id] = t.w
	}
}

func wipe(at []float32, v vector) {
	for _, t := range v {
		at[t.id] = 0
	}
}

// along is the dot product of v and a vector that is laid out.
func along(v vector, laid []float32) float64 {
	sum := 0.0
	for _, t := range v {
		sum += float64(t.w) * float64(laid[t.id])
	}
	return sum
}

// likeness is that of the statement's article and another.
func (r *row) likeness(b *book, article int) float64 {
	if r.article == article+1 {
		return 1
	}
	l := &r.alike[article]
	if l.of != r.article {
		*l = likeness{r.article, along(b.articles[article], r.words)}
	}
	return l.cosine
}

// run is the length of the longest run of words that stands in both.
func (r *row) run(words []int32) int {
	r.step++ // no run goes on from the statement before
	best := int32(0)
	for _, w := range words {
		r.step++
		for k := r.last[w]; k > 0; k = r.before[k] {
			r.length[k] = 1
			if r.seen[k-1] == r.step-1 {
				r.length[k] += r.length[k-1]
			}
			r.seen[k] = r.step
			best = max(best, r.length[k])
		}
	}
	return int(best)
}
