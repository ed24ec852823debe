package speaker

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

type goldSpan struct{ Start, End int }

// oneOrMore is a name or a list of names.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		if s != "" {
			*o = oneOrMore{s}
		}
		return nil
	}
	var l []string
	if err := json.Unmarshal(b, &l); err != nil {
		return nil
	}
	*o = l
	return nil
}

type goldArticle struct {
	ID, Outlet, Byline string
	Statements         []struct {
		Source, Cue, Content []goldSpan
		Speaker              oneOrMore
		Type                 string `json:"speaker_type"`
		Role                 string
		Nested, Optional     bool
	}
}

var (
	dropped = regexp.MustCompile(`\b(the|a|an|mr|mrs|ms|dr|sen|rep|gov|president|sir|secretary)\b\.?`)
	genS    = regexp.MustCompile(`'s\b`)
	tokens  = regexp.MustCompile(`[a-z0-9]+`)
	pron    = regexp.MustCompile(`^(?i:he|she|they|it|who|his|her|their|him)$`)
)

func normal(s string) map[string]bool {
	s = fold(s)
	s = genS.ReplaceAllString(dropped.ReplaceAllString(s, " "), " ")
	m := map[string]bool{}
	for _, w := range tokens.FindAllString(s, -1) {
		m[w] = true
	}
	return m
}

func normals(list []string) []map[string]bool {
	var out []map[string]bool
	for _, s := range list {
		if n := normal(s); len(n) > 0 {
			out = append(out, n)
		}
	}
	return out
}

func sameNames(gold, pred []map[string]bool) bool {
	if len(gold) == 0 {
		return len(pred) == 0
	}
	if len(pred) > len(gold) {
		return false
	}
	for _, g := range gold {
		hit := false
		for _, p := range pred {
			all := true
			for w := range g {
				all = all && p[w]
			}
			hit = hit || all
		}
		if !hit {
			return false
		}
	}
	return true
}

// goldFiles lists the articles of a folder under gold/.
func goldFiles(t *testing.T, root, folder string) []string {
	files, _ := filepath.Glob(filepath.Join(root, "gold", folder, "*.json"))
	if len(files) == 0 {
		t.Fatalf("no readings in %s", filepath.Join(root, "gold", folder))
	}
	sort.Strings(files)
	return files
}

// readGold reads an article and its statements.
func readGold(t *testing.T, file string) (g goldArticle, s string, sts []Statement) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	body, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	s = string(body)
	ix := quoth.NewIndex(s)
	ranges := func(l []goldSpan) (out []text.Range) {
		for _, x := range l {
			out = append(out, text.Range{Start: ix.Byte(x.Start), End: ix.Byte(x.End)})
		}
		return
	}
	for _, st := range g.Statements {
		sts = append(sts, Statement{Source: ranges(st.Source), Cue: ranges(st.Cue), Content: ranges(st.Content), Inner: st.Nested})
	}
	return g, s, sts
}

// TestGold measures against articles read by hand, with the gold spans given.
// QUOTH_SHARED names the folder that holds gold/; QUOTH_GOLD picks folders
// under it, QUOTH_MISSES prints the misses of one half (0 or 1).
func TestGold(t *testing.T) {
	measure(t)
}

func measure(t *testing.T) (right [3]int) {
	root := os.Getenv("QUOTH_SHARED")
	if root == "" {
		t.Skip("QUOTH_SHARED does not name a folder with gold/readings")
	}
	folders := "readings/pages readings/polnear-train"
	if f := os.Getenv("QUOTH_GOLD"); f != "" {
		folders = f
	}
	misses := os.Getenv("QUOTH_MISSES")
	for _, folder := range strings.Fields(folders) {
		files := goldFiles(t, root, folder)
		var n [2]struct{ all, ok, pro, proOK, named, namedOK, role, roleOK, typ int }
		for k, f := range files {
			half := k % 2
			g, s, sts := readGold(t, f)
			got := Of(Article{Text: s, Outlet: g.Outlet, Byline: g.Byline}).Resolve(sts, nil)
			for i, st := range g.Statements {
				if st.Nested || st.Optional {
					continue
				}
				c := &n[half]
				var src []string
				for _, r := range sts[i].Source {
					src = append(src, s[r.Start:r.End])
				}
				source := strings.Join(src, " ")
				pro := source == "" || pron.MatchString(strings.TrimSpace(source))
				var names []string
				for _, x := range got[i].Speakers {
					names = append(names, x.Name)
				}
				p := normals(names)
				ok := sameNames(normals(st.Speaker), p)
				c.all++
				if ok {
					c.ok++
				}
				if pro {
					c.pro++
					if ok {
						c.proOK++
					}
				}
				if len(p) > 0 {
					c.named++
					if ok {
						c.namedOK++
					}
					if ok && string(got[i].Speakers[0].Type) == st.Type {
						c.typ++
					}
				}
				if fmt.Sprint(half) == misses && !ok {
					cue := ""
					if len(sts[i].Cue) > 0 {
						cue = s[sts[i].Cue[0].Start:sts[i].Cue[0].End]
					}
					if os.Getenv("QUOTH_CONTEXT") != "" && pro && len(sts[i].Source) > 0 {
						at := sts[i].Source[0].Start
						fmt.Printf("\n… %s>>>%s", strings.ReplaceAll(s[max(0, at-420):at], "\n", "¶"), strings.ReplaceAll(s[at:min(len(s), at+80)], "\n", "¶"))
						fmt.Println()
					}
					fmt.Printf("SPEAKER %.24s gold %q got %q | %s | %s\n", g.ID, []string(st.Speaker), names, source, cue)
				}
				if ra := normal(st.Role); len(ra) > 0 {
					c.role++
					rb := normal(got[i].Role)
					both := 0
					for w := range ra {
						if rb[w] {
							both++
						}
					}
					if 2*both >= len(ra)+len(rb)-both {
						c.roleOK++
					} else if fmt.Sprint(half) == misses && ok {
						fmt.Printf("ROLE %.24s %q gold %q got %q\n", g.ID, names, st.Role, got[i].Role)
					}
				}
			}
		}
		pc := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
		for h, c := range n {
			right[h] += c.ok + c.proOK
			right[2] += c.roleOK
			fmt.Printf("%-24s half %d: right %.1f of %d; pronoun or empty %.1f of %d; named %.1f of %d; role %.1f of %d; type %.1f\n", folder, h,
				pc(c.ok, c.all), c.all, pc(c.proOK, c.pro), c.pro, pc(c.namedOK, c.named), c.named, pc(c.roleOK, c.role), c.role, pc(c.typ, c.namedOK))
		}
	}
	return right
}
