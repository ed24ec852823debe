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
	folder  int
	careful bool // read with care, in the article's words or parts of them
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
func choiceExamples(t *testing.T, file string, careful bool) []choiceExample {
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
		want := normal(st.Role)
		if len(want) == 0 && st.Role != "" {
			continue // "Sen.": any fuller form is as right
		}
		id := r.answers[i].ids[0]
		key := fmt.Sprint(id, st.Role)
		if k, ok := at[key]; ok {
			out[k].weight++
			continue
		}
		at[key] = len(out)
		x := choiceExample{weight: 1, given: len(want) > 0, careful: careful}
		any := false
		for k, o := range r.candidates(id) {
			said := ""
			if k > 0 {
				said = r.roleText(o.role)
			}
			ok := k > 0 && len(want) > 0 && sameWords(want, normal(said))
			any = any || ok
			x.options, x.right = append(x.options, o.x), append(x.right, ok)
			if ok && !careful && o.x.find("without its tail") >= 0 {
				x.right[k-1] = true // a role that was kept as one stretch of the text has no tail
			}
		}
		x.right[0] = !any
		out = append(out, x)
	}
	return out
}

const ridge = 0.002

// own is the feature that a careful reading has besides its like: what readers who
// differ do alike is learned from all, and what is theirs alone from their own
// (Daumé 2007).
const own = "own "

// fitChoice fits the weights of a log-linear choice by gradient steps whose size
// falls with what a weight has moved (Duchi, Hazan, Singer 2011).
func fitChoice(all []choiceExample) map[string]float64 {
	type entry struct {
		at    int
		value float64
	}
	at := map[string]int{}
	var names []string
	index := func(name string) int {
		k, ok := at[name]
		if !ok {
			k = len(names)
			at[name], names = k, append(names, name)
		}
		return k
	}
	rows := make([][][]entry, len(all))
	weights, total := make([]float64, len(all)), 0.0
	for i, e := range all {
		for _, o := range e.options {
			var row []entry
			for _, f := range o {
				row = append(row, entry{index(f.name), f.value})
				if e.careful {
					row = append(row, entry{index(own + f.name), f.value})
				}
			}
			rows[i] = append(rows[i], row)
		}
		weights[i] = math.Sqrt(e.weight)
		total += weights[i]
	}
	w, moved := make([]float64, len(names)), make([]float64, len(names))
	for range 400 {
		gradient := make([]float64, len(names))
		for i, e := range all {
			scores := make([]float64, len(rows[i]))
			most := math.Inf(-1)
			for k, row := range rows[i] {
				for _, x := range row {
					scores[k] += w[x.at] * x.value
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
			for k, row := range rows[i] {
				d := -scores[k] / sum
				if e.right[k] {
					d += scores[k] / right
				}
				for _, x := range row {
					gradient[x.at] += weights[i] * d * x.value
				}
			}
		}
		for k, g := range gradient {
			g = g/total - ridge*w[k]
			moved[k] += g * g
			w[k] += 0.5 * g / math.Sqrt(moved[k]+1e-9)
		}
	}
	out := map[string]float64{}
	for k, name := range names {
		out[strings.TrimPrefix(name, own)] += w[k]
	}
	return out
}

// antecedentExamples reads the definite descriptions of an article that are of one
// of those named there and no other, as the roles tell that the article or a reader
// gives, and whom they may be of.
func antecedentExamples(r *resolver, holder func(h *hint) int) (out []choiceExample) {
	at := map[int]int{} // by first word
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
			out[k].right = append(out[k].right, holder(&h) == id)
		}
	}
	return slices.DeleteFunc(out, func(e choiceExample) bool { return !slices.Contains(e.right, true) || len(e.right) == 1 })
}

// only is the one identity that fits, or -1.
func (r *resolver) only(fits func(id int) bool) int {
	who := -1
	for id := range r.ids {
		if fits(id) {
			if who >= 0 {
				return -1
			}
			who = id
		}
	}
	return who
}

// titledExamples goes by the roles beside names.
func titledExamples(s string) []choiceExample {
	c := Of(Article{Text: s})
	r := &resolver{doc: &c.doc}
	r.resolve()
	return antecedentExamples(r, func(h *hint) int {
		return r.only(func(id int) bool {
			return slices.ContainsFunc(r.ids[id].roles, func(x role) bool { return x.how != called && sameRole(x.head, h.head) })
		})
	})
}

// readExamples goes by the roles that a reader gives.
func readExamples(t *testing.T, file string) []choiceExample {
	g, s, sts := readGold(t, file)
	c := Of(Article{Text: s, Outlet: g.Outlet, Byline: g.Byline})
	r := &resolver{doc: &c.doc, statements: sts}
	got := r.resolve()
	roles := map[int][]map[string]bool{}
	for i, st := range g.Statements {
		if len(r.answers[i].ids) != 1 || st.Role == "" || len(got[i].Speakers) != 1 || !sameNames(normals(st.Speaker), normals([]string{got[i].Speakers[0].Name})) {
			continue
		}
		if id := r.answers[i].ids[0]; !r.ids[id].described {
			roles[id] = append(roles[id], normal(st.Role))
		}
	}
	return antecedentExamples(r, func(h *hint) int {
		words := normal(r.slice(h.first, h.tail))
		return r.only(func(id int) bool {
			return slices.ContainsFunc(roles[id], func(want map[string]bool) bool { return len(want) > 0 && sameWords(want, words) })
		})
	})
}

// TestFitRoles fits the choice of roles where QUOTH_FIT is set: "halves" fits on
// either half of the readings and measures on the other, "write" fits on all and
// writes roleweights.txt. QUOTH_GOLD names folders of further readings, which
// train/asgold.py writes.
func TestFitRoles(t *testing.T) {
	root, how := os.Getenv("QUOTH_SHARED"), os.Getenv("QUOTH_FIT")
	if root == "" || how == "" {
		t.Skip("QUOTH_SHARED and QUOTH_FIT are not set")
	}
	var texts []choiceExample
	files, _ := filepath.Glob(filepath.Join(root, "polnear", "train", "text", "*.txt"))
	pages, _ := filepath.Glob(filepath.Join(root, "gold", "readings", "pages", "*.txt"))
	for _, f := range append(files, pages...) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, titledExamples(string(b))...)
	}
	var further []choiceExample
	for _, folder := range strings.Fields(os.Getenv("QUOTH_GOLD")) {
		files, _ := filepath.Glob(filepath.Join(folder, "*.json"))
		for _, f := range files {
			texts = append(texts, readExamples(t, f)...)
		}
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
	folders := []string{"readings/pages", "readings/polnear-train"}
	for n, folder := range folders {
		for k, f := range goldFiles(t, root, folder) {
			more := choiceExamples(t, f, true)
			for i := range more {
				more[i].folder = n
			}
			halves[k%2] = append(halves[k%2], more...)
		}
	}
	for _, folder := range strings.Fields(os.Getenv("QUOTH_GOLD")) {
		files, _ := filepath.Glob(filepath.Join(folder, "*.json"))
		for _, f := range files {
			further = append(further, choiceExamples(t, f, false)...)
		}
	}
	if how == "write" {
		w := fitChoice(slices.Concat(halves[0], halves[1], further))
		var lines []string
		maps.Copy(w, antecedent)
		for name, v := range w {
			if math.Abs(v) >= 0.02 {
				lines = append(lines, fmt.Sprintf("%s\t%.3f\n", name, v))
			}
		}
		sort.Strings(lines)
		if err := os.WriteFile("roleweights.txt", []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	var ws [2]map[string]float64
	for h := range halves {
		ws[h] = fitChoice(slices.Concat(halves[1-h], further))
	}
	for _, most := range []float64{0.5, mostNone, 1} {
		for f, folder := range folders {
			var right, given, could, said, none, extra float64
			for h := range halves {
				for _, e := range halves[h] {
					if e.folder != f {
						continue
					}
					all := make([]option, len(e.options))
					for k, o := range e.options {
						all[k].x = o
					}
					best := choose(all, ws[h], most)
					switch {
					case e.given:
						given += e.weight
						if !e.right[0] {
							could += e.weight
						}
						if best > 0 {
							said += e.weight
							if e.right[best] {
								right += e.weight
							}
						}
					default:
						none += e.weight
						if best > 0 {
							extra += e.weight
						}
					}
				}
			}
			fmt.Printf("none up to %.2f, %s: of %.0f with a role %.1f right, %.1f could be; of those given %.1f right; of %.0f without %.1f given one\n",
				most, folder, given, 100*right/given, 100*could/given, 100*right/said, none, 100*extra/none)
		}
	}
}
