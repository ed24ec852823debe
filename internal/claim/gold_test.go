package claim

import (
	"bufio"
	"encoding/json"
	"fmt"
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

// gold is one event of the claims set.
type gold struct {
	Articles   []string
	Statements []struct {
		Article    string
		Start, End int
		Utterance  string
		Claims     []struct{ ID, Stance string }
	}
	at [][]int // of each statement: ours that it is found in
}

// truth is what the set says of our statements.
type truth struct {
	events []gold
	of     []int // event of each of ours
	claims [][]string
	utter  [][]string
}

// records reads the folder's events and the records in CLAIMS_RECORDS.
func goldSet(t *testing.T) ([]Statement, *truth) {
	root, path := os.Getenv("QUOTH_SHARED"), os.Getenv("CLAIMS_RECORDS")
	if root == "" || path == "" {
		t.Skip("QUOTH_SHARED names no folder with gold/claims-dev, CLAIMS_RECORDS no file of records of its articles")
	}
	all := recordsOf(t, path)
	w := &truth{of: make([]int, len(all)), claims: make([][]string, len(all)), utter: make([][]string, len(all))}
	for i := range w.of {
		w.of[i] = -1
	}
	files, _ := filepath.Glob(filepath.Join(root, "gold/claims-dev/*.json"))
	if len(files) == 0 {
		t.Fatal("no events")
	}
	for n, f := range files {
		var g gold
		b, err := os.ReadFile(f)
		if err == nil {
			err = json.Unmarshal(b, &g)
		}
		if err != nil {
			t.Fatal(err)
		}
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
		w.events = append(w.events, g)
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
// on those of measures scaled to one deviation.
func fit(x [][width]float64, y []float64, penalty float64) [width]float64 {
	n := float64(len(x))
	var dev, w [width]float64
	for j := range width {
		m, s := 0.0, 0.0
		for i := range x {
			m += x[i][j] / n
		}
		for i := range x {
			s += (x[i][j] - m) * (x[i][j] - m) / n
		}
		dev[j] = math.Sqrt(s) + 1e-9
	}
	for range 25 {
		var g [width]float64
		var h [width][width + 1]float64
		for i := range x {
			p := logistic(w, x[i])
			for j := range width {
				g[j] += (y[i] - p) * x[i][j]
				for k := range width {
					h[j][k] += p * (1 - p) * x[i][j] * x[i][k]
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

// sample gives the pairs of the events other than one, with their measures.
func sample(b *book, w *truth, pairs []pair, without int, label func(i, j int) bool) (x [][width]float64, y []float64) {
	for _, p := range pairs {
		if e := w.of[p.a]; e < 0 || e != w.of[p.b] || e == without {
			continue
		}
		x = append(x, b.features(p.a, p.b))
		if label(p.a, p.b) {
			y = append(y, 1)
		} else {
			y = append(y, 0)
		}
	}
	return x, y
}

type tally struct{ both, found, gold float64 }

func (t tally) String() string {
	return fmt.Sprintf("F1 %5.1f  P %5.1f  R %5.1f", 200*t.both/max(t.found+t.gold, 1), 100*t.both/max(t.found, 1), 100*t.both/max(t.gold, 1))
}

func (t *tally) add(o tally) { t.both, t.found, t.gold = t.both+o.both, t.found+o.found, t.gold+o.gold }

// measure scores claims as the set's scorer does, for one event; -1 for all.
func measure(w *truth, claims []Claim, event int) (claim, utterance tally, right, links int) {
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
	for n, g := range w.events {
		if event >= 0 && n != event {
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

// TestFit fits the weights on all events and prints them, and prints how well
// weights fitted without an event do on it (CLAIMS_FIT=1).
func TestFit(t *testing.T) {
	if os.Getenv("CLAIMS_FIT") == "" {
		t.Skip("CLAIMS_FIT is not set")
	}
	all, w := goldSet(t)
	b := newBook(all, Options{Word: reader(t).Word})
	pairs := b.score()
	isClaim := func(i, j int) bool { return meet(w.claims[i], w.claims[j]) }
	isSame := func(i, j int) bool { return meet(w.utter[i], w.utter[j]) }
	const penalty = 1e-2
	var claim, utterance tally
	right, links := 0, 0
	held := slices.Clone(pairs)
	for e := range w.events {
		x, y := sample(b, w, pairs, e, isClaim)
		cw := fit(x, y, penalty)
		x, y = sample(b, w, pairs, e, isSame)
		uw := fit(x, y, penalty)
		for k, p := range pairs {
			if w.of[p.a] == e || w.of[p.b] == e {
				x := b.features(p.a, p.b)
				held[k].claim, held[k].utterance = logistic(cw, x), 0
				if b.mayBeOne(p.a, p.b, x) {
					held[k].utterance = logistic(uw, x)
				}
			}
		}
	}
	claims := b.claims(held, chosen)
	for e := range w.events {
		c, u, r, l := measure(w, claims, e)
		t.Logf("event %d: claims %v   utterances %v   stance %.1f", e, c, u, 100*float64(r)/float64(l))
		claim.add(c)
		utterance.add(u)
		right, links = right+r, links+l
	}
	t.Logf("each event with weights of the others, %d claims:\nclaims %v\nutterances %v\nstance %.1f", len(claims), claim, utterance, 100*float64(right)/float64(links))
	if os.Getenv("CLAIMS_SWEEP") != "" {
		for _, l := range []float64{0.06, 0.08, 0.10, 0.13} {
			for _, s := range []float64{0.13, 0.16, 0.19, 0.22} {
				got := b.claims(held, limits{l, s, l * 1.5})
				c, u, r, n := measure(w, got, -1)
				t.Logf("%.2f %.2f %d claims %v  same %.2f utterances %v  stance %.1f", l, s, len(got), c, l*1.5, u, 100*float64(r)/float64(n))
			}
		}
	}
	for name, label := range map[string]func(i, j int) bool{"claimWeights": isClaim, "utteranceWeights": isSame} {
		x, y := sample(b, w, pairs, -1, label)
		v := fit(x, y, penalty)
		out := name + " = [width]float64{"
		for j := range v {
			out += fmt.Sprintf("%.3f, ", v[j])
		}
		t.Log(out + "}")
	}
	if path := os.Getenv("CLAIMS_PAIRS"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for k, p := range held {
			fmt.Fprintln(f, p.a, p.b, p.claim, p.utterance, isClaim(p.a, p.b), isSame(p.a, p.b), all[p.a].Article == all[p.b].Article, pairs[k].claim)
		}
	}
}

// TestStance measures stance alone: the set's own claims are given.
func TestStance(t *testing.T) {
	all, w := goldSet(t)
	b := newBook(all, Options{})
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
