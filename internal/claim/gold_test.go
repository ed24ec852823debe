package claim

import (
	"bufio"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/model"
	"github.com/quothnews/quoth/read"
)

// gold is one event, joined by hand: of the claims set, or one of those for
// fitting, which the file names.
type gold struct {
	Articles   []string
	Statements []struct {
		Article    string
		Start, End int
		Utterance  string
		Claims     []struct{ ID, Stance string }
	}
	at     [][]int // of each statement: ours that it is found in
	fitted bool    // one of those for fitting
}

// further are the events for fitting, a line each; their articles are those of
// the other readings of stories.
const further = "../../train/readings/claims.jsonl"

// events are all that are joined by hand and have articles among these.
func events(t *testing.T, all []Statement) []gold {
	sets, _ := filepath.Glob(filepath.Join(os.Getenv("QUOTH_SHARED"), "gold/claims-dev/*.json"))
	if len(sets) == 0 {
		t.Fatal("no events")
	}
	var out []gold
	for _, path := range append(sets, further) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for d := json.NewDecoder(f); d.More(); {
			g := gold{fitted: path == further}
			if err := d.Decode(&g); err != nil {
				t.Fatal(path, err)
			}
			if slices.ContainsFunc(all, func(s Statement) bool { return slices.Contains(g.Articles, s.Article) }) {
				out = append(out, g)
			}
		}
		f.Close()
	}
	return out
}

// truth is what the set says of our statements.
type truth struct {
	events []gold
	of     []int // event of each of ours
	claims [][]string
	utter  [][]string
}

// files are those of CLAIMS_RECORDS: each has records of all the set's
// articles, read by hand or by the machine.
func files(t *testing.T) []string {
	list := filepath.SplitList(os.Getenv("CLAIMS_RECORDS"))
	if os.Getenv("QUOTH_SHARED") == "" || len(list) == 0 {
		t.Skip("QUOTH_SHARED names no folder with gold/claims-dev, CLAIMS_RECORDS no files of records of its articles")
	}
	return list
}

// goldSet reads a file of records and what the set says of them.
func goldSet(t *testing.T, path string) ([]Statement, *truth) {
	all := recordsOf(t, path)
	w := &truth{of: make([]int, len(all)), claims: make([][]string, len(all)), utter: make([][]string, len(all))}
	for i := range w.of {
		w.of[i] = -1
	}
	w.events = events(t, all)
	for n := range w.events {
		g := &w.events[n]
		for _, s := range g.Statements {
			best := 0.5
			var at []int
			for i := range all {
				if all[i].Article != s.Article {
					continue
				}
				w.of[i] = n
				from, to := Bounds(&all[i].Statement)
				o := float64(min(to, s.End)-max(from, s.Start)) / float64(max(to, s.End)-min(from, s.Start))
				if o > best {
					best, at = o, nil
				}
				if o == best {
					at = append(at, i)
				}
			}
			for _, i := range at {
				for _, c := range s.Claims {
					w.claims[i] = append(w.claims[i], c.ID)
				}
				if s.Utterance != "" {
					w.utter[i] = append(w.utter[i], s.Utterance)
				}
			}
			g.at = append(g.at, at)
		}
	}
	return all, w
}

func recordsOf(t *testing.T, path string) []Statement {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []Statement
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var r quoth.Record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, Statements(&r, func(i int) string { return r.Article.ID + "/" + strconv.Itoa(i+1) })...)
	}
	return all
}

func reader(t *testing.T) *read.Reader {
	r, err := read.New(model.Weights)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// fit finds the weights of a logistic form by Newton's method, with a penalty
// on those of measures scaled to one deviation. count is how much a pair counts.
func fit(x [][width]float64, y, count []float64, penalty float64) [width]float64 {
	n := 0.0
	for _, c := range count {
		n += c
	}
	var dev, w [width]float64
	for j := range width {
		m, s := 0.0, 0.0
		for i := range x {
			m += count[i] * x[i][j] / n
		}
		for i := range x {
			s += count[i] * (x[i][j] - m) * (x[i][j] - m) / n
		}
		dev[j] = math.Sqrt(s) + 1e-9
	}
	for range 25 {
		var g [width]float64
		var h [width][width + 1]float64
		for i := range x {
			p := logistic(&w, &x[i])
			for j := range width {
				g[j] += count[i] * (y[i] - p) * x[i][j]
				for k := range width {
					h[j][k] += count[i] * p * (1 - p) * x[i][j] * x[i][k]
				}
			}
		}
		for j := range width - 1 {
			l := penalty * n * dev[j] * dev[j]
			g[j] -= l * w[j]
			h[j][j] += l
		}
		for j := range width {
			h[j][width] = g[j]
		}
		for j := range width { // Gauss
			top := j
			for k := j; k < width; k++ {
				if math.Abs(h[k][j]) > math.Abs(h[top][j]) {
					top = k
				}
			}
			h[j], h[top] = h[top], h[j]
			for k := range width {
				if k == j || h[j][j] == 0 {
					continue
				}
				f := h[k][j] / h[j][j]
				for l := j; l <= width; l++ {
					h[k][l] -= f * h[j][l]
				}
			}
		}
		for j := range width {
			if h[j][j] != 0 {
				w[j] += h[j][width] / h[j][j]
			}
		}
	}
	return w
}

// A sample is the pairs of one reading of the set's articles.
type sample struct {
	file string
	*truth
	book  *book
	pairs []pair
}

// within gives the pairs of the events that are to be used, with the event.
func (s *sample) within(use func(*gold) bool) iter.Seq2[pair, int] {
	return func(yield func(pair, int) bool) {
		for _, p := range s.pairs {
			if e := s.of[p.a]; e >= 0 && e == s.of[p.b] && use(&s.events[e]) && !yield(p, e) {
				return
			}
		}
	}
}

// Which events are to be used.
func ofSet(g *gold) bool      { return !g.fitted }
func forFitting(g *gold) bool { return g.fitted }
func anyEvent(*gold) bool     { return true }

func (s *sample) isClaim(i, j int) bool { return meet(s.claims[i], s.claims[j]) }
func (s *sample) isSame(i, j int) bool  { return meet(s.utter[i], s.utter[j]) }

// fitted gives the weights fitted on the events that are to be used. An event
// counts by the root of how many pairs it has that belong together; see settle.
func fitted(samples []sample, use func(*gold) bool, label func(s *sample, i, j int) bool) [width]float64 {
	var x [][width]float64
	var y, count []float64
	for k := range samples {
		s := &samples[k]
		first := len(x)
		together := make([]float64, len(s.events))
		var of []int
		for p, e := range s.within(use) {
			x, y, of = append(x, s.book.features(p.a, p.b)), append(y, 0), append(of, e)
			if label(s, p.a, p.b) {
				y[len(y)-1] = 1
				together[e]++
			}
		}
		for i := range x[first:] {
			count = append(count, 1/math.Sqrt(max(together[of[i]], 5)))
		}
	}
	return settle(samples, fit(x, y, count, 1e-2), label)
}

// settle moves the last weight, that of no measure, so that the pairs of the
// claims set are held to be what they are as often as they are it: who joined
// the other events joined more.
func settle(samples []sample, w [width]float64, label func(s *sample, i, j int) bool) [width]float64 {
	are := 0.0
	var x [][width]float64
	for k := range samples {
		s := &samples[k]
		for p := range s.within(ofSet) {
			x = append(x, s.book.features(p.a, p.b))
			if label(s, p.a, p.b) {
				are++
			}
		}
	}
	for range 25 {
		g, h := are, 0.0
		for i := range x {
			q := logistic(&w, &x[i])
			g, h = g-q, h+q*(1-q)
		}
		w[width-1] += g / h
	}
	return w
}

type tally struct{ both, found, gold float64 }

func (t tally) String() string {
	return fmt.Sprintf("F1 %5.1f  P %5.1f  R %5.1f", 200*t.both/max(t.found+t.gold, 1), 100*t.both/max(t.found, 1), 100*t.both/max(t.gold, 1))
}

// measure scores claims as the set's scorer does, over the events to be used.
func measure(w *truth, claims []Claim, use func(*gold) bool) (claim, utterance tally, right, links int) {
	in, says, stance := map[int][]string{}, map[int][]string{}, map[int]map[string]Stance{}
	for k, c := range claims {
		for _, m := range c.Members {
			id := strconv.Itoa(k)
			in[m.Statement] = append(in[m.Statement], id)
			if stance[m.Statement] == nil {
				stance[m.Statement] = map[string]Stance{}
			}
			stance[m.Statement][id] = m.Stance
			if m.Utterance != "" && len(says[m.Statement]) == 0 {
				says[m.Statement] = []string{m.Utterance}
			}
		}
	}
	for _, g := range w.events {
		if !use(&g) {
			continue
		}
		gather := func(of map[int][]string, at []int) (out []string) {
			for _, i := range at {
				out = append(out, of[i]...)
			}
			return out
		}
		ledger := map[string]map[string]int{}
		for i, s := range g.Statements {
			for _, c := range s.Claims {
				if ledger[c.ID] == nil {
					ledger[c.ID] = map[string]int{}
				}
				for _, k := range slices.Compact(slices.Sorted(slices.Values(gather(in, g.at[i])))) {
					ledger[c.ID][k]++
				}
			}
			for j := range g.Statements[:i] {
				o := g.Statements[j]
				if o.Article == s.Article {
					continue
				}
				isClaim, isSame := false, s.Utterance != "" && s.Utterance == o.Utterance
				for _, c := range s.Claims {
					for _, d := range o.Claims {
						isClaim = isClaim || c.ID == d.ID
					}
				}
				count := func(t *tally, is, got bool) {
					if is {
						t.gold++
					}
					if got {
						t.found++
					}
					if is && got {
						t.both++
					}
				}
				count(&claim, isClaim, meet(gather(in, g.at[i]), gather(in, g.at[j])))
				count(&utterance, isSame, meet(gather(says, g.at[i]), gather(says, g.at[j])))
			}
		}
		for i, s := range g.Statements {
			for _, c := range s.Claims {
				best := ""
				for k, v := range ledger[c.ID] {
					if best == "" || v > ledger[c.ID][best] || v == ledger[c.ID][best] && k < best {
						best = k
					}
				}
				links++
				for _, o := range g.at[i] {
					if best != "" && string(stance[o][best]) == c.Stance {
						right++
						break
					}
				}
			}
		}
	}
	return claim, utterance, right, links
}

// TestFit fits the weights on all events of all files and prints them, and how
// well those fitted on the events for fitting do on the claims set and those
// fitted on that do on them, file by file (CLAIMS_FIT=1).
func TestFit(t *testing.T) {
	if os.Getenv("CLAIMS_FIT") == "" {
		t.Skip("CLAIMS_FIT is not set")
	}
	var samples []sample
	word := reader(t).Word
	for _, f := range files(t) {
		all, w := goldSet(t, f)
		b := newBook(all, Options{Word: word})
		samples = append(samples, sample{f, w, b, b.score(0)})
	}
	for _, half := range []struct {
		name     string
		use, fit func(*gold) bool
	}{
		{"claims set, fitted on the others", ofSet, forFitting},
		{"events for fitting, fitted on the claims set", forFitting, ofSet},
		{"claims set, fitted on all", ofSet, anyEvent},
	} {
		claims, utterances := fitted(samples, half.fit, (*sample).isClaim), fitted(samples, half.fit, (*sample).isSame)
		t.Logf("%s: %.3f %.3f", half.name, claims, utterances)
		for k := range samples {
			s := &samples[k]
			held := slices.Clone(s.pairs)
			for k, p := range held {
				x := s.book.features(p.a, p.b)
				held[k].claim, held[k].utterance = logistic(&claims, &x), 0
				if s.book.mayBeOne(p.a, p.b, &x) {
					held[k].utterance = logistic(&utterances, &x)
				}
			}
			try := []limits{chosen}
			if os.Getenv("CLAIMS_SWEEP") != "" {
				try = nil
				for _, linked := range []float64{0.07, 0.08, 0.09, 0.10} {
					for _, second := range []float64{0.12, 0.15, 0.18} {
						try = append(try, limits{[2]float64{linked, linked}, second, chosen.same})
					}
				}
				for _, small := range []float64{0.08, 0.11, 0.15} {
					for _, large := range []float64{0.15, 0.22, 0.30} {
						try = append(try, limits{chosen.linked, chosen.second, [2]float64{small, large}})
					}
				}
			}
			for _, lim := range try {
				got := s.book.claims(held, lim)
				c, u, right, links := measure(s.truth, got, half.use)
				t.Logf("%s, %s: %.3f %d claims %v   utterances %v   stance %.1f", half.name, filepath.Base(s.file), lim, len(got), c, u, 100*float64(right)/float64(links))
			}
		}
	}
}

// TestStance measures stance alone: the set's own claims are given.
func TestStance(t *testing.T) {
	all, w := goldSet(t, files(t)[0])
	b := newBook(all, Options{Word: reader(t).Word})
	right, links := map[string]int{}, map[string]int{}
	for n, g := range w.events {
		members := map[string]map[int]string{}
		var ids []string
		for k, s := range g.Statements {
			for _, c := range s.Claims {
				if members[c.ID] == nil {
					members[c.ID] = map[int]string{}
					ids = append(ids, c.ID)
				}
				for _, i := range g.at[k] {
					members[c.ID][i] = c.Stance
				}
			}
		}
		for _, id := range ids {
			var c Claim
			for i := range all {
				if members[id][i] != "" {
					c.Members = append(c.Members, Member{Statement: i})
				}
			}
			b.judge(&c, b.centre(&c))
			for _, m := range c.Members {
				want := members[id][m.Statement]
				links[want]++
				if string(m.Stance) == want {
					right[want]++
				} else if os.Getenv("CLAIMS_SHOW") != "" {
					s := &all[m.Statement]
					t.Logf("event %d %s: %s, not %s: %s %v %.150s", n, id, m.Stance, want, s.Act, s.Cue, s.Words)
				}
			}
		}
	}
	for k, n := range links {
		t.Logf("%s: %d of %d", k, right[k], n)
	}
}
