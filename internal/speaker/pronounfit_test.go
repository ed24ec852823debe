package speaker

import (
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
)

// pronounExamples reads the statements of an article whose source is a pronoun and
// whose speaker is among those for whom it may stand.
func pronounExamples(t *testing.T, file string) (out []choiceExample) {
	g, s, sts := readGold(t, file)
	c := Of(Article{Text: s, Outlet: g.Outlet, Byline: g.Byline})
	r := &resolver{doc: &c.doc, statements: sts}
	r.weighed = func(st int, options []standing) {
		if st < 0 || g.Statements[st].Nested || g.Statements[st].Optional {
			return
		}
		want := normals(g.Statements[st].Speaker)
		x := choiceExample{weight: 1}
		for _, o := range options {
			name := ""
			if e := &r.ids[o.id]; e.described {
				name = r.spell(e.first, e.last)
			} else {
				a, b := r.fullest(o.id)
				name = r.slice(a, b)
			}
			x.options = append(x.options, o.x)
			x.right = append(x.right, sameNames(want, normals([]string{name})))
		}
		if slices.Contains(x.right, true) && slices.Contains(x.right, false) {
			out = append(out, x)
		}
	}
	r.resolve()
	return out
}

// TestFitPronouns fits for whom pronouns stand where QUOTH_FIT is set: "halves" fits
// on either half of the readings and measures on the other, "write" fits on all and
// writes pronounweights.txt. QUOTH_GOLD names folders with speakers under gold/.
func TestFitPronouns(t *testing.T) {
	root, how, folders := os.Getenv("QUOTH_SHARED"), os.Getenv("QUOTH_FIT"), os.Getenv("QUOTH_GOLD")
	if root == "" || how == "" || folders == "" {
		t.Skip("QUOTH_SHARED, QUOTH_FIT and QUOTH_GOLD are not set")
	}
	var halves [2][]choiceExample
	for _, folder := range strings.Fields(folders) {
		for k, f := range goldFiles(t, root, folder) {
			halves[k%2] = append(halves[k%2], pronounExamples(t, f)...)
		}
	}
	if how == "write" {
		var lines []string
		for name, v := range fitChoice(append(halves[0], halves[1]...)) {
			lines = append(lines, fmt.Sprintf("%s\t%.3f\n", name, v))
		}
		sort.Strings(lines)
		if err := os.WriteFile("pronounweights.txt", []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	before, right, all := map[string]int{}, map[string]int{}, map[string]int{}
	for h := range halves {
		w := fitChoice(halves[1-h])
		for _, e := range halves[h] {
			class, _, _ := strings.Cut(e.options[0][0].name, " ")
			best := 0
			for k := range e.options {
				if e.options[k].sum(w) > e.options[best].sum(w) {
					best = k
				}
			}
			all[class]++
			if e.right[0] {
				before[class]++
			}
			if e.right[best] {
				right[class]++
			}
		}
	}
	for class, n := range all {
		fmt.Printf("%s: of %d, the highest score is right for %d, the fitted choice for %d\n", class, n, before[class], right[class])
	}
}
