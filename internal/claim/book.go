package claim

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
)

// A term is a word of the collection with its weight in a statement.
type term struct {
	id int32
	w  float32
}

// A vector is terms in order of id.
type vector []term

// An entry is a statement as joining sees it.
type entry struct {
	content, around vector // words of the content; of content, sentence and speaker, of length 1
	soft, softAll   vector // the same spread over words near in meaning
	size            float64
	length          float64 // log of the number of words that tell something
	numbers         []int32
	speaker         []int32   // stems of the speaker's name, without words of office
	behind          []int32   // stems of the names in the speaker's role: for whom it speaks
	via             [][]int32 // stems of the carriers' names
	origin          []int32   // stems of the name of whom it comes from: the speaker, else the carrier, else the outlet
	person          bool      // the speaker is one, or several of them
	plain           []int32   // all words of the content, small ones too, by number
	day             float64   // when it was said, else published, in days; NaN where that is not known
	article         int
	place           float64 // in its article, from 0, the first statement, to 1, the last of a long one
}

// A book holds the statements' entries and the words of all of them.
type book struct {
	all      []Statement
	entries  []entry
	ids      map[string]int32 // stem → id
	plain    map[string]int32 // word as it stands → its number
	names    map[string]int32 // stem of a name → its number
	weight   []float32        // of a stem: rare ones weigh more
	articles []vector         // sums of their statements' around, of length 1
	near     [][]term         // of a stem: others near in meaning, and how near
	name     []bool           // of a stem: mostly written with a capital
	row      *row
}

const (
	usual        = 700  // a word in as many statements hardly weighs
	numberWeight = 3.5  // of a figure of two digits and more, however often it occurs
	nearFrom     = 0.30 // cosine from which words count as near in meaning
	unlikeFrom   = 0.44 // share of unlike signs from which hardly any two words are: some 2 in 100 pairs are missed, of those below 0.4
	longest      = 120  // words of a content that are compared in order
	short        = 10   // statements of an article, up to which none stands far down
)

// parts are the words of a statement that tell something: of its content, of the
// sentence around it, and of its speakers' names.
type parts struct{ content, context, speaker []token }

func partsOf(s *Statement) parts {
	p := parts{content: tokens(s.Words), context: tokens(s.Context)}
	for _, sp := range s.Speaker {
		p.speaker = append(p.speaker, tokens(sp.Name)...)
	}
	return p
}

func newBook(all []Statement, opt Options) *book {
	b := &book{all: all, entries: make([]entry, len(all)), ids: map[string]int32{}, plain: map[string]int32{}, names: map[string]int32{}}
	cut := make([]parts, len(all))
	for i := range all {
		cut[i] = partsOf(&all[i])
	}
	b.near = b.neighbours(b.weigh(cut), opt.Word)
	for i := range all {
		b.enter(&b.entries[i], cut[i], &all[i])
	}
	b.seat()
	b.row = newRow(len(b.weight), len(b.plain), len(b.articles))
	return b
}

// weigh numbers the stems of all statements and gives each its weight: the more,
// the fewer statements have it around them. It gives each stem's first form (the commonest would
// be better; the first is enough).
func (b *book) weigh(cut []parts) (form []string) {
	var count, capital, lower []int // statements, and how often it is written so within a sentence
	seen := map[int32]int{}
	for i, p := range cut {
		for k, part := range [][]token{p.content, p.context, p.speaker} {
			for _, t := range part {
				st := t.stem()
				id, ok := b.ids[st]
				if !ok {
					id = int32(len(b.ids))
					b.ids[st] = id
					count, capital, lower, form = append(count, 0), append(capital, 0), append(lower, 0), append(form, t.word)
					b.weight = append(b.weight, 0)
					if t.number && len(t.word) > 1 {
						b.weight[id] = numberWeight
					}
				}
				if k != 1 { // only the context is counted, which holds the content
					continue
				}
				if seen[id] != i+1 {
					seen[id] = i + 1
					count[id]++
				}
				switch {
				case t.first:
				case t.capital:
					capital[id]++
				default:
					lower[id]++
				}
			}
		}
	}
	b.name = make([]bool, len(form))
	for id := range form {
		b.name[id] = capital[id] > lower[id]
		if b.weight[id] == 0 {
			b.weight[id] = float32(math.Log1p(usual / (float64(count[id]) + 0.5)))
		}
	}
	return form
}

// seat notes each statement's article and its place there.
func (b *book) seat() {
	at := map[string]int{}
	var in [][]int
	for i := range b.all {
		n, ok := at[b.all[i].Article]
		if !ok {
			n = len(in)
			at[b.all[i].Article] = n
			in = append(in, nil)
		}
		in[n] = append(in[n], i)
		b.entries[i].article = n
	}
	b.articles = make([]vector, len(in))
	for n, list := range in {
		var sum vector
		for _, i := range list {
			sum = append(sum, b.entries[i].around...)
		}
		slices.SortStableFunc(sum, byID)
		sum = merge(sum)
		norm := float32(math.Sqrt(dot(sum, sum)))
		for k := range sum {
			sum[k].w /= norm
		}
		b.articles[n] = sum
		slices.SortStableFunc(list, func(i, j int) int {
			p, _ := Bounds(&b.all[i].Statement)
			q, _ := Bounds(&b.all[j].Statement)
			return cmp.Compare(p, q)
		})
		for k, i := range list {
			b.entries[i].place = float64(k) / float64(max(len(list)-1, short))
		}
	}
}

// enter fills in a statement's entry.
func (b *book) enter(e *entry, p parts, s *Statement) {
	e.content = b.vector(p.content)
	e.soft = b.spread(e.content)
	own := dot(e.content, e.soft)
	e.size = math.Sqrt(own)
	e.around = add(b.unit(e.content), b.unit(b.vector(p.context)), 0.5)
	e.around = b.unit(add(e.around, b.unit(b.vector(p.speaker)), 0.2))
	e.softAll = b.spread(e.around)
	telling := 0
	for _, t := range p.content {
		switch {
		case !t.number:
			telling++
		case len(t.word) > 1:
			e.numbers = append(e.numbers, b.ids[t.word])
		}
	}
	e.length = math.Log1p(float64(telling))
	e.day = math.NaN()
	if t, ok := date(Day(s)); ok {
		e.day = float64(t.Unix()) / (24 * 60 * 60)
	}
	slices.Sort(e.numbers)
	e.numbers = slices.Compact(e.numbers)
	e.speaker = b.numbered(stems(p.speaker))
	e.from(b, s)
	e.person = len(s.Speaker) > 0 && !slices.ContainsFunc(s.Speaker, func(p quoth.Speaker) bool { return p.Type != quoth.Person })
	var behind []string
	for _, t := range tokens("as " + s.Role) {
		if t.capital {
			behind = append(behind, stem(t.word))
		}
	}
	e.behind = b.numbered(behind)
	words := plain(s.Words)
	for _, w := range words[:min(len(words), longest)] {
		n, ok := b.plain[w]
		if !ok {
			n = int32(len(b.plain))
			b.plain[w] = n
		}
		e.plain = append(e.plain, n)
	}
}

// from notes through whom and from whom a statement comes.
func (e *entry) from(b *book, s *Statement) {
	for _, v := range s.Via {
		e.via = append(e.via, b.numbered(stems(tokens(v))))
	}
	switch {
	case len(e.speaker) > 0:
		e.origin = e.speaker
	case len(e.via) > 0:
		e.origin = e.via[0]
	default:
		e.origin = b.numbered(stems(tokens(s.Outlet)))
	}
}

// numbered gives stems of a name their numbers, in order.
func (b *book) numbered(stems []string) []int32 {
	out := make([]int32, len(stems))
	for k, s := range stems {
		n, ok := b.names[s]
		if !ok {
			n = int32(len(b.names))
			b.names[s] = n
		}
		out[k] = n
	}
	slices.Sort(out)
	return out
}

// vector weighs tokens by how rare they are and, a little, by how often they
// stand there.
func (b *book) vector(ts []token) vector {
	times := map[int32]int{}
	for _, t := range ts {
		times[b.ids[t.stem()]]++
	}
	v := make(vector, 0, len(times))
	for id, n := range times {
		if w := b.weight[id]; w > 0 {
			v = append(v, term{id, w * float32(1+math.Log(float64(n)))})
		}
	}
	slices.SortFunc(v, byID)
	return v
}

func byID(a, b term) int { return cmp.Compare(a.id, b.id) }

// spread adds to each term those near in meaning.
func (b *book) spread(v vector) vector {
	out := slices.Clone(v)
	for _, t := range v {
		for _, n := range b.near[t.id] {
			out = append(out, term{n.id, t.w * n.w})
		}
	}
	slices.SortFunc(out, byID)
	return merge(out)
}

// merge adds up the terms of one id that stand side by side.
func merge(v vector) vector {
	out := v[:0]
	for _, t := range v {
		if n := len(out); n > 0 && out[n-1].id == t.id {
			out[n-1].w += t.w
		} else {
			out = append(out, t)
		}
	}
	return out
}

// unit gives v the length 1, words near in meaning counted.
func (b *book) unit(v vector) vector {
	n := math.Sqrt(dot(v, b.spread(v)))
	if n == 0 {
		return nil
	}
	out := slices.Clone(v)
	for i := range out {
		out[i].w /= float32(n)
	}
	return out
}

// add is a + k·b.
func add(a, b vector, k float32) vector {
	out := slices.Clone(a)
	for _, t := range b {
		out = append(out, term{t.id, t.w * k})
	}
	slices.SortStableFunc(out, byID)
	return merge(out)
}

func dot(a, b vector) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id < b[j].id:
			i++
		case a[i].id > b[j].id:
			j++
		default:
			sum += float64(a[i].w) * float64(b[j].w)
			i++
			j++
		}
	}
	return sum
}

// neighbours finds for each word the others near in meaning. Names and numbers
// have none. Two vectors whose coordinates have mostly unlike signs are not
// measured any further (Charikar, STOC 2002): that spares nine in ten.
func (b *book) neighbours(word []string, vec func(string) []float32) [][]term {
	near := make([][]term, len(word))
	if vec == nil {
		return near
	}
	type known struct {
		id int32
		v  []float32
	}
	var ks []known
	var all []uint64 // signs of all of ks, each as many
	for id, w := range word {
		if b.name[id] || b.weight[id] <= 0 || strings.ContainsAny(w, "0123456789") {
			continue
		}
		if v := normal(vec(w)); v != nil {
			ks = append(ks, known{int32(id), v})
			all = append(all, signs(v)...)
		}
	}
	for i, k := range ks {
		size := len(all) / len(ks)
		own, unlike := all[i*size:(i+1)*size], int(unlikeFrom*float64(len(k.v)))
		for j, o := range ks[:i] {
			if differ(own, all[j*size:]) > unlike {
				continue
			}
			if c := cosine(k.v, o.v); c > nearFrom {
				w := (c - nearFrom) / (1 - nearFrom)
				near[k.id] = append(near[k.id], term{o.id, w})
				near[o.id] = append(near[o.id], term{k.id, w})
			}
		}
	}
	return near
}

// normal is v at length 1, nil where it has none.
func normal(v []float32) []float32 {
	norm := 0.0
	for _, x := range v {
		norm += float64(x) * float64(x)
	}
	if norm == 0 {
		return nil
	}
	u := make([]float32, len(v))
	for j, x := range v {
		u[j] = x / float32(math.Sqrt(norm))
	}
	return u
}

// signs has a bit for each coordinate of v that is above 0.
func signs(v []float32) []uint64 {
	out := make([]uint64, (len(v)+63)/64)
	for i, x := range v {
		if x > 0 {
			out[i/64] |= 1 << (i % 64)
		}
	}
	return out
}

// differ counts the bits of a that are others in b.
func differ(a, b []uint64) int {
	n := 0
	b = b[:len(a)]
	for i := range a {
		n += bits.OnesCount64(a[i] ^ b[i])
	}
	return n
}

// cosine of two vectors of length 1. Four sums at a time keep the processor
// busy; their order is fixed.
func cosine(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
