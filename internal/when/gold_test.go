package when

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGold measures against read articles: QUOTH_SHARED names the folder that
// holds gold/. WHEN_SETS, comma-separated, picks the sets.
func TestGold(t *testing.T) {
	root := os.Getenv("QUOTH_SHARED")
	if root == "" {
		t.Skip("QUOTH_SHARED names no folder with gold/")
	}
	sets := os.Getenv("WHEN_SETS")
	if sets == "" {
		sets = "readings/pages,readings/polnear-train"
	}
	for _, set := range strings.Split(sets, ",") {
		files, _ := filepath.Glob(filepath.Join(root, "gold", set, "*.json"))
		if len(files) == 0 {
			t.Fatalf("no readings in %s", set)
		}
		n, right, none, found, exact, offered, doc := 0, 0, 0, 0, 0, 0, 0
		for _, f := range files {
			var g struct {
				Published  string
				Statements []struct{ When *struct{ Text, Date string } }
			}
			b, err := os.ReadFile(f)
			if err == nil {
				err = json.Unmarshal(b, &g)
			}
			if err != nil {
				t.Fatal(err)
			}
			txt, err := os.ReadFile(strings.TrimSuffix(f, ".json") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			texts, dates := map[string]bool{}, map[string]bool{}
			exprs := Read(string(txt), g.Published)
			doc += len(exprs)
			for _, e := range exprs {
				texts[string(txt[e.Start:e.End])] = true
				dates[e.Date] = true
			}
			seen := map[string]bool{}
			for _, s := range g.Statements {
				w := s.When
				if w == nil {
					continue
				}
				n++
				got, ok := Resolve(w.Text, g.Published)
				if got == w.Date {
					right++
				}
				if !ok {
					none++
				}
				bare := w.Text
				for _, p := range []string{"back ", "on ", "in ", "over ", "during ", "at ", "since "} {
					if len(bare) > len(p) && strings.EqualFold(bare[:len(p)], p) {
						bare = bare[len(p):]
					}
				}
				hit := texts[bare] || texts[w.Text]
				if hit {
					exact++
				}
				if dates[w.Date] {
					offered++
				}
				for x := range texts {
					if strings.Contains(w.Text, x) {
						found++
						break
					}
				}
				if testing.Verbose() && !seen[w.Text] && (got != w.Date || !hit) {
					seen[w.Text] = true
					t.Logf("%s gold %q %s got %q text found %v", g.Published, w.Text, w.Date, got, hit)
				}
			}
		}
		t.Logf("%s: %d, date right %.1f%% (no date given %.1f%%); Find: text exact %.1f%%, part of it %.1f%%, Read offers the date %.1f%%; %.1f expressions an article",
			set, n, pc(right, n), pc(none, n), pc(exact, n), pc(found, n), pc(offered, n), float64(doc)/float64(len(files)))
	}
}

func pc(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
