package occasion

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A reading is an article read by hand.
type reading struct {
	id   string
	a    Article
	sts  []Statement
	gold []goldStatement
}

type goldSpan struct{ Start, End int }

type goldTies struct {
	Via, To []string
	When    *struct{ Text, Date string }
}

type goldStatement struct {
	Source, Cue, Content []goldSpan
	Act                  string
	Nested, Optional     bool
	goldTies
	Second *goldTies
}

// values are the names or the date that a reader gives.
func (g *goldTies) values(f Field) []string {
	var out []string
	switch f {
	case Via:
		out = g.Via
	case To:
		out = g.To
	case When:
		if g.When != nil && g.When.Date != "" {
			out = []string{g.When.Date}
		}
	}
	return out
}

var (
	dropped = regexp.MustCompile(`\b(the|a|an|mr|mrs|ms|dr|sen|rep|gov|president|sir|secretary)\b\.?|'s\b`)
	tokens  = regexp.MustCompile(`[a-z0-9]+`)
)

func normal(s string) []string {
	s = dropped.ReplaceAllString(strings.ReplaceAll(strings.ToLower(s), "’", "'"), " ")
	out := tokens.FindAllString(s, -1)
	slices.Sort(out)
	return slices.Compact(out)
}

func contains(a, b []string) bool {
	for _, x := range b {
		if !slices.Contains(a, x) {
			return false
		}
	}
	return true
}

// same compares values as the scorer of records does.
func same(f Field, a, b string) bool {
	if f == When {
		return a == b
	}
	x, y := normal(a), normal(b)
	return len(x) > 0 && len(y) > 0 && (contains(x, y) || contains(y, x))
}

func anySame(f Field, list []string, v string) bool {
	return slices.ContainsFunc(list, func(x string) bool { return same(f, x, v) })
}

func readings(t *testing.T, folders ...string) []reading {
	root := os.Getenv("QUOTH_SHARED")
	if root == "" {
		t.Skip("QUOTH_SHARED does not name a folder with gold/readings")
	}
	var out []reading
	for _, folder := range folders {
		files, _ := filepath.Glob(filepath.Join(root, "gold", folder, "*.json"))
		if len(files) == 0 {
			t.Fatalf("no readings in %s", filepath.Join(root, "gold", folder))
		}
		sort.Strings(files)
		for _, f := range files {
			var g struct {
				ID, Outlet, Byline, Published string
				Statements                    []goldStatement
			}
			b, err := os.ReadFile(f)
			if err == nil {
				err = json.Unmarshal(b, &g)
			}
			if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			body, err := os.ReadFile(strings.TrimSuffix(f, ".json") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			s := string(body)
			ix := quoth.NewIndex(s)
			ranges := func(l []goldSpan) (out []text.Range) {
				for _, x := range l {
					out = append(out, text.Range{Start: ix.Byte(x.Start), End: ix.Byte(x.End)})
				}
				return
			}
			r := reading{id: g.ID, gold: g.Statements}
			var asked []speaker.Statement
			for _, st := range g.Statements {
				if w := st.When; w != nil && w.Date == "" {
					w.Date, _ = when.Resolve(w.Text, g.Published)
				}
				x := Statement{Source: ranges(st.Source), Cue: ranges(st.Cue), Content: ranges(st.Content), Inner: st.Nested, Thought: st.Act == "think"}
				r.sts = append(r.sts, x)
				asked = append(asked, speaker.Statement{Source: x.Source, Cue: x.Cue, Content: x.Content, Inner: x.Inner})
			}
			cast := speaker.Of(speaker.Article{Text: s, Outlet: g.Outlet, Byline: g.Byline})
			phrases := cast.Phrases()
			for _, p := range phrases {
				asked = append(asked, speaker.Statement{Source: []text.Range{p}, Aside: true})
			}
			answers := cast.Resolve(asked, nil)
			names := func(a speaker.Answer) (out []string) {
				for _, x := range a.Speakers {
					out = append(out, x.Name)
				}
				return
			}
			for i := range r.sts {
				r.sts[i].Speaker = strings.Join(names(answers[i]), ", ")
			}
			r.a = Article{Text: s, Published: g.Published, Times: when.Read(s, g.Published), Names: cast.Names()}
			for k, p := range phrases {
				r.a.Phrases = append(r.a.Phrases, Phrase{p, names(answers[len(r.sts)+k])})
			}
			out = append(out, r)
		}
	}
	return out
}

// A tally counts as the scorer of records does: asked for and found, predicted
// and right, predicted, asked for.
type tally [3][4]int

func (n *tally) add(r *reading, got []Occasion, misses bool) {
	for i := range r.gold {
		g := &r.gold[i]
		if g.Nested || g.Optional {
			continue
		}
		for _, f := range []Field{Via, To, When} {
			one := g.values(f)
			asked, right := one, one
			if g.Second != nil {
				two := g.Second.values(f)
				asked = nil
				for _, x := range one {
					if anySame(f, two, x) {
						asked = append(asked, x)
					}
				}
				right = slices.Concat(one, two)
			}
			var values []string
			for _, t := range got[i][f] {
				for _, v := range t.Values {
					if v != "" {
						values = append(values, v)
					}
				}
			}
			c := &n[f]
			bad := false
			for _, x := range asked {
				if anySame(f, values, x) {
					c[0]++
				} else {
					bad = true
				}
			}
			for _, v := range values {
				if anySame(f, right, v) {
					c[1]++
				} else {
					bad = true
				}
			}
			c[2] += len(values)
			c[3] += len(asked)
			if bad && misses {
				cue := ""
				for _, x := range r.sts[i].Cue {
					cue += r.a.Text[x.Start:x.End] + " "
				}
				at := 0
				if l := slices.Concat(r.sts[i].Cue, r.sts[i].Source, r.sts[i].Content); len(l) > 0 {
					at = l[0].Start
				}
				fmt.Printf("%s %.28s gold %q got %q | %s | …%s\n", f, r.id, asked, values, cue, strings.ReplaceAll(r.a.Text[max(0, at-100):min(len(r.a.Text), at+120)], "\n", "¶"))
			}
		}
	}
}

func (n *tally) String() string {
	s := ""
	for f, c := range n {
		p, r := float64(c[1])/float64(max(c[2], 1)), float64(c[0])/float64(max(c[3], 1))
		s += fmt.Sprintf("%s F1 %.1f (P %.1f R %.1f of %d)  ", Field(f), 200*p*r/max(p+r, 1e-9), 100*p, 100*r, c[3])
	}
	return s
}

// TestGold measures against articles read by hand, with the gold spans given.
// QUOTH_SHARED names the folder that holds gold/; QUOTH_GOLD picks folders
// under it, QUOTH_MISSES prints what is wrong.
func TestGold(t *testing.T) {
	folders := "readings/pages readings/polnear-train"
	if f := os.Getenv("QUOTH_GOLD"); f != "" {
		folders = f
	}
	for _, folder := range strings.Fields(folders) {
		var n tally
		for _, r := range readings(t, folder) {
			n.add(&r, Read(r.a, r.sts, nil), os.Getenv("QUOTH_MISSES") != "")
		}
		fmt.Printf("%-24s %s\n", folder, n.String())
	}
}

// TestFit fits the weights where QUOTH_FIT is set, on the readings of QUOTH_GOLD:
// "halves" fits on either half of them and measures on the other, "write" fits on
// all and writes weights.txt.
func TestFit(t *testing.T) {
	folders := "readings/pages readings/polnear-train"
	if f := os.Getenv("QUOTH_GOLD"); f != "" {
		folders = f
	}
	all := readings(t, strings.Fields(folders)...)
	switch os.Getenv("QUOTH_FIT") {
	case "write":
		if err := os.WriteFile("weights.txt", []byte(fit(all).lines()), 0o644); err != nil {
			t.Fatal(err)
		}
	case "halves":
		var halves [2][]reading
		for i, r := range all {
			halves[i%2] = append(halves[i%2], r)
		}
		defer func(s func() *scorer) { fitted = s }(fitted)
		var n tally
		for h := range halves {
			w := fit(halves[1-h])
			fitted = func() *scorer { return w.scorer }
			for _, r := range halves[h] {
				n.add(&r, Read(r.a, r.sts, nil), os.Getenv("QUOTH_MISSES") != "")
			}
		}
		fmt.Println("other half", n.String())
	default:
		t.Skip("QUOTH_FIT is not set")
	}
}

// settled tells which fields have a third step.
var settled = [3]bool{When: true}

// A fitting is what was fitted, and as it is written: of each field, by the name of the
// step, the weights by their features and the trees by their nodes.
type fitting struct {
	*scorer
	names [3]map[string]map[string]float64
	trees [3]map[string][][]node
}

// named makes weights of those by the names of their features.
func named(names map[string]float64) weights {
	var out weights
	for name, w := range names {
		out.set(feature(name), w)
	}
	return out
}

// fit fits all steps; the second sees what the first says of articles that it
// was not fitted on, and so does the third of the second.
func fit(all []reading) *fitting {
	const folds = 3
	out := &fitting{scorer: &scorer{}}
	for f := range out.own {
		own, alone := make([][]example, len(all)), make([][]example, len(all))
		for i := range all {
			own[i], alone[i] = firsts(&all[i], Field(f))
		}
		rows, looks := make([][]row, len(all)), make([]*look, len(all))
		for h := range folds {
			w := &scorer{}
			w.own[f], w.alone[f] = named(logistic(but(own, h, folds))), named(logistic(but(alone, h, folds)))
			for i := h; i < len(all); i += folds {
				rows[i], looks[i] = seconds(&all[i], Field(f), w)
			}
		}
		out.names[f] = map[string]map[string]float64{"own": logistic(slices.Concat(own...)), "alone": logistic(slices.Concat(alone...))}
		out.own[f], out.alone[f] = named(out.names[f]["own"]), named(out.names[f]["alone"])
		out.trees[f] = map[string][][]node{"tree": boost(slices.Concat(rows...))}
		out.carry[f] = planted(out.trees[f]["tree"])
		if settled[f] {
			var again []row
			for h := range folds {
				carry := planted(boost(but(rows, h, folds)))
				for i := h; i < len(all); i += folds {
					again = append(again, thirds(rows[i], looks[i], carry)...)
				}
			}
			out.trees[f]["settle"] = boost(again)
			out.settle[f] = planted(out.trees[f]["settle"])
		}
	}
	return out
}

// A row is what tells of an option, and whether it is right.
type row struct {
	x   []float64
	yes bool
}

// but joins all that are not in a fold.
func but[T any](all [][]T, fold, folds int) (out []T) {
	for i, x := range all {
		if i%folds != fold {
			out = append(out, x...)
		}
	}
	return out
}

type example struct {
	features []string
	yes      bool
}

// right reports whether a candidate's value is what the reader gives.
func (r *reading) right(f Field, i int, c *cand) bool {
	one := r.gold[i].values(f)
	return slices.ContainsFunc(c.values, func(v string) bool { return v != "" && anySame(f, one, v) })
}

// firsts are what the first step has to decide on.
func firsts(r *reading, f Field) (own, alone []example) {
	d := newDoc(r.a, r.sts)
	d.weights = &scorer{}
	l := d.look(f, d.candidates(f))
	any := make([]bool, len(l.cands))
	for i := range r.sts {
		for _, t := range l.near[i] {
			c := &l.cands[t.cand]
			yes := r.right(f, i, c)
			any[t.cand] = any[t.cand] || yes
			own = append(own, example{features(func(e *evidence) { d.own(f, i, c, e) }), yes})
		}
	}
	for k := range l.cands {
		if len(l.owner[k]) > 0 {
			alone = append(alone, example{features(func(e *evidence) { d.alone(&l.cands[k], e) }), any[k]})
		}
	}
	return own, alone
}

// features gives the names of those that are found.
func features(find func(*evidence)) (out []string) {
	find(&evidence{weights: &weights{}, names: &out})
	return out
}

// seconds are what the second step has to decide on.
func seconds(r *reading, f Field, w *scorer) (rows []row, l *look) {
	d := newDoc(r.a, r.sts)
	d.weights = w
	l = d.look(f, d.candidates(f))
	for i := range r.sts {
		l.options(i, func(k int, mine float64, best, kin tied) {
			rows = append(rows, row{l.tell(i, k, mine, best, kin), r.right(f, i, &l.cands[k])})
		})
	}
	return rows, l
}

// thirds are what the third step has to decide on: the rows of the second, with what that
// makes of the article.
func thirds(rows []row, l *look, carry forest) (out []row) {
	options := l.weigh(carry)
	around := l.neighbours(options)
	for i := range options {
		for _, o := range options[i] {
			out = append(out, row{around.tell(i, o), rows[len(out)].yes})
		}
	}
	return out
}

// logistic fits a logistic form by FTRL-Proximal (McMahan and others 2013),
// whose penalty leaves most features without a weight.
func logistic(all []example) map[string]float64 {
	const epochs, rate, rare, one, two = 6, 0.1, 4, 5.0, 1.0 // one and two: penalties on the size and the square of weights
	count := map[string]int{}
	for _, e := range all {
		for _, f := range e.features {
			count[f]++
		}
	}
	index := map[string]int{}
	rows := make([][]int, len(all))
	for i, e := range all {
		for _, f := range e.features {
			if count[f] < rare {
				continue
			}
			k, ok := index[f]
			if !ok {
				k = len(index)
				index[f] = k
			}
			rows[i] = append(rows[i], k)
		}
	}
	z, n := make([]float64, len(index)), make([]float64, len(index))
	weight := func(k int) float64 {
		if math.Abs(z[k]) <= one {
			return 0
		}
		return -(z[k] - math.Copysign(one, z[k])) / ((1+math.Sqrt(n[k]))/rate + two)
	}
	at := uint64(1)
	for range epochs * len(all) {
		at = at*6364136223846793005 + 1442695040888963407
		i := int((at >> 33) % uint64(len(all)))
		x := 0.0
		for _, k := range rows[i] {
			x += weight(k)
		}
		g := 1 / (1 + math.Exp(-x))
		if all[i].yes {
			g--
		}
		for _, k := range rows[i] {
			w := weight(k)
			s := (math.Sqrt(n[k]+g*g) - math.Sqrt(n[k])) / rate
			z[k] += g - s*w
			n[k] += g * g
		}
	}
	out := map[string]float64{}
	for f, k := range index {
		if v := math.Round(weight(k)*100) / 100; v != 0 {
			out[f] = v
		}
	}
	return out
}

// lines writes what was fitted as weights.txt holds it.
func (s *fitting) lines() string {
	var out []string
	for f := range s.names {
		for step, names := range s.names[f] {
			for name, w := range names {
				out = append(out, fmt.Sprintf("%s\t%s\t%.2f\t%s\n", Field(f), step, w, name))
			}
		}
	}
	slices.Sort(out)
	for f := range s.trees {
		for _, step := range []string{"tree", "settle"} {
			for _, tree := range s.trees[f][step] {
				var nodes []string
				for _, n := range tree {
					nodes = append(nodes, fmt.Sprintf("%d:%d:%.4g", n.feature, n.other, n.value))
				}
				out = append(out, fmt.Sprintf("%s\t%s\t%s\n", Field(f), step, strings.Join(nodes, " ")))
			}
		}
	}
	return strings.Join(out, "")
}
