package speaker

import (
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
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
	w, moved := map[string]float64{}, map[string]float64{}
	total := 0.0
	for _, e := range all {
		total += math.Sqrt(e.weight)
	}
	for range 500 {
		gradient := map[string]float64{}
		for _, e := range all {
			scores := make([]float64, len(e.options))
			most := math.Inf(-1)
			for k, o := range e.options {
				scores[k] = o.sum(w)
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
				for _, f := range o {
					gradient[f.name] += math.Sqrt(e.weight) * d * f.value
				}
			}
		}
		for name, g := range gradient {
			g = g/total - ridge*w[name]
			moved[name] += g * g
			w[name] += 0.5 * g / math.Sqrt(moved[name]+1e-9)
		}
	}
	return w
}

// antecedentExamples reads the definite descriptions of an article whose noun is in
// the role of one of those named there and no other, and whom they may be of.
func antecedentExamples(s string) (out []choiceExample) {
	c := Of(Article{Text: s})
	r := &resolver{doc: &c.doc}
	r.resolve()
	at := map[int]int{} // by first word
	holder := func(head string) int {
		who := -1
		for id := range r.ids {
			if slices.ContainsFunc(r.ids[id].roles, func(x role) bool { return x.how != called && sameRole(x.head, head) }) {
				if who >= 0 {
					return -1
				}
				who = id
			}
		}
		return who
	}
	for id := range r.ids {
		for _, h := range r.hinted[id] {
			if !h.definite {
				continue
			}
			k, ok := at[h.first]
			if !ok {
				k = len(out)
				at[h.first] = k
				out = append(out, choiceExample{weight: 1})
			}
			out[k].options = append(out[k].options, h.x)
			out[k].right = append(out[k].right, holder(h.head) == id)
		}
	}
	return slices.DeleteFunc(out, func(e choiceExample) bool { return !slices.Contains(e.right, true) || len(e.right) == 1 })
}

// TestFitRoles fits the choice of roles where QUOTH_FIT is set: "halves" fits on
// either half of the readings and measures on the other, "write" fits on all and
// writes roleweights.txt. QUOTH_GOLD names folders with roles under gold/.
func TestFitRoles(t *testing.T) {
	root, how, folders := os.Getenv("QUOTH_SHARED"), os.Getenv("QUOTH_FIT"), os.Getenv("QUOTH_GOLD")
	if root == "" || how == "" || folders == "" {
		t.Skip("QUOTH_SHARED, QUOTH_FIT and QUOTH_GOLD are not set")
	}
	var texts []choiceExample
	files, _ := filepath.Glob(filepath.Join(root, "polnear", "train", "text", "*.txt"))
	pages, _ := filepath.Glob(filepath.Join(root, "gold", "readings", "pages", "*.txt"))
	for _, f := range append(files, pages...) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, antecedentExamples(string(b))...)
	}
	antecedent := fitChoice(texts)
	best := 0
	for _, e := range texts {
		k := 0
		for i := range e.options {
			if e.options[i].sum(antecedent) > e.options[k].sum(antecedent) {
				k = i
			}
		}
		if e.right[k] {
			best++
		}
	}
	fmt.Printf("antecedents: %d of %d right\n", best, len(texts))
	maps.Copy(roleWeights(), antecedent)
	var halves [2][]choiceExample
	for _, folder := range strings.Fields(folders) {
		for k, f := range goldFiles(t, root, folder) {
			halves[k%2] = append(halves[k%2], choiceExamples(t, f)...)
		}
	}
	if how == "write" {
		w := fitChoice(append(halves[0], halves[1]...))
		var lines []string
		maps.Copy(w, antecedent)
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
