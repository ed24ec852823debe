package speaker

import (
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
)

// A choiceExample is a speaker of an article: its options, which of them the
// reader's role is like, and for how many statements.
type choiceExample struct {
	options []features
	right   []bool
	weight  float64
	given   bool // the reader gives a role
}

// sameWords reports whether a role has half of all words with the reader's.
func sameWords(a, b map[string]bool) bool {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	return 2*both >= len(a)+len(b)-both
}

// choiceExamples reads the speakers of an article whose name came out right.
func choiceExamples(t *testing.T, file string) []choiceExample {
	g, s, sts := readGold(t, file)
	c := Of(Article{Text: s, Outlet: g.Outlet, Byline: g.Byline})
	r := &resolver{doc: &c.doc, statements: sts}
	got := r.resolve()
	at := map[string]int{}
	var out []choiceExample
	for i, st := range g.Statements {
		var names []string
		for _, x := range got[i].Speakers {
			names = append(names, x.Name)
		}
		if st.Nested || st.Optional || len(r.answers[i].ids) != 1 || len(names) != 1 || r.ids[r.answers[i].ids[0]].described || !sameNames(normals(st.Speaker), normals(names)) {
			continue
		}
		id := r.answers[i].ids[0]
		key := fmt.Sprint(id, st.Role)
		if k, ok := at[key]; ok {
			out[k].weight++
			continue
		}
		at[key] = len(out)
		want := normal(st.Role)
		x := choiceExample{weight: 1, given: st.Role != ""}
		any := false
		for k, o := range r.candidates(id) {
			said := ""
			if k > 0 {
				said = r.roleText(o.role)
			}
			ok := k > 0 && st.Role != "" && (sameWords(want, normal(said)) || len(want) == 0 && strings.HasPrefix(said, st.Role))
			any = any || ok
			x.options, x.right = append(x.options, o.x), append(x.right, ok)
		}
		x.right[0] = !any
		out = append(out, x)
	}
	return out
}

const ridge = 0.002

// fitChoice fits the weights of a log-linear choice by gradient steps whose size
// falls with what a weight has moved (Duchi, Hazan, Singer 2011).
func fitChoice(all []choiceExample) map[string]float64 {
	index := map[string]int{}
	numbers := make([][][]int, len(all)) // by example, option and feature
	total := 0.0
	for i, e := range all {
		total += math.Sqrt(e.weight)
		numbers[i] = make([][]int, len(e.options))
		for k, o := range e.options {
			for _, f := range o {
				n, ok := index[f.name]
				if !ok {
					n = len(index)
					index[f.name] = n
				}
				numbers[i][k] = append(numbers[i][k], n)
			}
		}
	}
	w, moved := make([]float64, len(index)), make([]float64, len(index))
	for range 400 {
		gradient := make([]float64, len(index))
		for i, e := range all {
			scores := make([]float64, len(e.options))
			most := math.Inf(-1)
			for k, o := range e.options {
				for j, f := range o {
					scores[k] += w[numbers[i][k][j]] * f.value
				}
				most = max(most, scores[k])
			}
			sum, right := 0.0, 0.0
			for k := range scores {
				scores[k] = math.Exp(scores[k] - most)
				sum += scores[k]
				if e.right[k] {
					right += scores[k]
				}
			}
			for k, o := range e.options {
				d := -scores[k] / sum
				if e.right[k] {
					d += scores[k] / right
				}
				for j, f := range o {
					gradient[numbers[i][k][j]] += math.Sqrt(e.weight) * d * f.value
				}
			}
		}
		for n, g := range gradient {
			g = g/total - ridge*w[n]
			moved[n] += g * g
			w[n] += 0.5 * g / math.Sqrt(moved[n]+1e-9)
		}
	}
	out := map[string]float64{}
	for name, n := range index {
		out[name] = w[n]
	}
	return out
}

// antecedentExamples reads the descriptions of an article whose words are in the role that
// the reader gives one speaker and no other, and whom they may be of.
func antecedentExamples(t *testing.T, file string) (out []choiceExample) {
	g, s, sts := readGold(t, file)
	c := Of(Article{Text: s, Outlet: g.Outlet, Byline: g.Byline})
	r := &resolver{doc: &c.doc, statements: sts}
	got := r.resolve()
	roles := map[int][]map[string]bool{}
	for i, st := range g.Statements {
		if want := normal(st.Role); len(want) > 0 && len(r.answers[i].ids) == 1 && len(got[i].Speakers) == 1 && sameNames(normals(st.Speaker), normals([]string{got[i].Speakers[0].Name})) {
			roles[r.answers[i].ids[0]] = append(roles[r.answers[i].ids[0]], want)
		}
	}
	holder := func(x *description) int {
		who := -1
		for id, all := range roles {
			if slices.ContainsFunc(all, func(w map[string]bool) bool {
				return sameWords(w, normal(r.slice(x.first, x.last))) || sameWords(w, normal(r.slice(x.first, x.tail)))
			}) {
				if who >= 0 {
					return -1
				}
				who = id
			}
		}
		return who
	}
	seen := map[*rivals]bool{}
	for id := range r.ids {
		for _, h := range r.hinted[id] {
			if seen[h.rivals] || len(h.rivals.ids) < 2 {
				continue
			}
			seen[h.rivals] = true
			r.likely(h.rivals, id)
			k := slices.Index(h.rivals.ids, holder(&h.description))
			if k < 0 {
				continue
			}
			e := choiceExample{weight: 1, right: make([]bool, len(h.rivals.ids)), options: h.rivals.x, given: h.definite}
			e.right[k] = true
			out = append(out, e)
		}
	}
	return out
}

// TestFitRoles fits the choice of roles where QUOTH_FIT is set: "halves" fits on
// either half of the readings and measures on the other, "write" fits on all and
// writes roleweights.txt. QUOTH_GOLD names folders with roles under gold/.
func TestFitRoles(t *testing.T) {
	root, how, folders := os.Getenv("QUOTH_SHARED"), os.Getenv("QUOTH_FIT"), os.Getenv("QUOTH_GOLD")
	if root == "" || how == "" || folders == "" {
		t.Skip("QUOTH_SHARED, QUOTH_FIT and QUOTH_GOLD are not set")
	}
	// how likely descriptions are somebody's is told for each half by the other
	var texts, halves [2][]choiceExample
	for _, folder := range strings.Fields(folders) {
		for k, f := range goldFiles(t, root, folder) {
			texts[k%2] = append(texts[k%2], antecedentExamples(t, f)...)
		}
	}
	for h := range halves {
		maps.Copy(roleWeights(), fitChoice(texts[1-h]))
		for _, folder := range strings.Fields(folders) {
			for k, f := range goldFiles(t, root, folder) {
				if k%2 == h {
					halves[h] = append(halves[h], choiceExamples(t, f)...)
				}
			}
		}
	}
	if how == "write" {
		w := fitChoice(append(halves[0], halves[1]...))
		var lines []string
		maps.Copy(w, fitChoice(append(texts[0], texts[1]...)))
		for name, v := range w {
			lines = append(lines, fmt.Sprintf("%s\t%.3f\n", name, v))
		}
		sort.Strings(lines)
		if err := os.WriteFile("roleweights.txt", []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	var ws [2]map[string]float64
	for h := range halves {
		ws[h] = fitChoice(halves[1-h])
	}
	for _, most := range []float64{0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1} {
		var right, given, could, said float64
		for h := range halves {
			for _, e := range halves[h] {
				all := make([]option, len(e.options))
				for k, o := range e.options {
					all[k].x = o
				}
				best := choose(all, ws[h], most)
				if e.given {
					given += e.weight
					if !e.right[0] {
						could += e.weight
					}
				}
				if best > 0 {
					said += e.weight
					if e.right[best] {
						right += e.weight
					}
				}
			}
		}
		fmt.Printf("none up to %.1f: of %.0f with a role %.1f right, %.1f could be; of %.0f given %.1f right\n", most, given, 100*right/given, 100*could/given, said, 100*right/said)
	}
}
