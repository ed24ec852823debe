package figure

import (
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

// TestGold measures as the records' scorer does: QUOTH_SHARED names the folder
// that holds gold/; FIGURE_SET picks the set, FIGURE_HALF (0 or 1) half of it.
func TestGold(t *testing.T) {
	root := os.Getenv("QUOTH_SHARED")
	if root == "" {
		t.Skip("QUOTH_SHARED names no folder with gold/")
	}
	set, half := os.Getenv("FIGURE_SET"), os.Getenv("FIGURE_HALF")
	if set == "" {
		set = "readings/pages"
	}
	files, _ := filepath.Glob(filepath.Join(root, "gold", set, "*.json"))
	if len(files) == 0 {
		t.Fatalf("no readings in %s", filepath.Join(root, "gold", set))
	}
	gold, pred, found, exactSpan, value, unit := 0, 0, 0, 0, 0, 0
	for _, f := range files {
		h := fnv.New32a()
		h.Write([]byte(filepath.Base(f)))
		if half != "" && half != string('0'+rune(h.Sum32()>>8&1)) {
			continue
		}
		var g struct {
			Figures []struct {
				Start, End int
				Text, Unit string
				Low, High  *float64
			}
		}
		b, err := os.ReadFile(f)
		if err == nil {
			err = json.Unmarshal(b, &g)
		}
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(strings.TrimSuffix(f, ".json") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		s := string(raw)
		ix := quoth.NewIndex(s)
		figs := find(s)
		gold, pred = gold+len(g.Figures), pred+len(figs)
		hit := make([]bool, len(figs))
		for _, a := range g.Figures {
			ok := false
			for i, p := range figs {
				st, en := ix.Point(p.Start), ix.Point(p.End)
				inter := min(a.End, en) - max(a.Start, st)
				if inter <= 0 || 2*inter < a.End-a.Start+en-st-inter {
					continue
				}
				ok, hit[i] = true, true
				found++
				same := Equal(a.Low, p.Low) && Equal(a.High, p.High)
				if same {
					value++
				}
				if a.Start == st && a.End == en {
					exactSpan++
				}
				if strings.EqualFold(a.Unit, p.Unit) {
					unit++
				} else if testing.Verbose() && os.Getenv("FIGURE_UNITS") != "" {
					t.Logf("UNIT %q: gold %q got %q in %q", a.Text, a.Unit, p.Unit, s[p.About.Start:p.About.End])
				}
				if !same && testing.Verbose() {
					t.Logf("VALUE %q: gold %s %s got %s %s (%s)", a.Text, num(a.Low), num(a.High), num(p.Low), num(p.High), filepath.Base(f))
				}
				break
			}
			if !ok && testing.Verbose() {
				from, to := ix.Byte(max(0, a.Start-30)), ix.Byte(min(ix.Len(), a.End+30))
				t.Logf("MISSED %q in %q (%s)", a.Text, s[from:to], filepath.Base(f))
			}
		}
		for i, p := range figs {
			if !hit[i] && testing.Verbose() {
				a, b := ix.Byte(max(0, ix.Point(p.Start)-30)), ix.Byte(min(ix.Len(), ix.Point(p.End)+30))
				t.Logf("EXTRA %q in %q (%s)", s[p.Start:p.End], s[a:b], filepath.Base(f))
			}
		}
	}
	t.Logf("%s half %q: gold %d, found %d; recall %.1f precision %.1f F1 %.1f; exact span %.1f, value right %.1f, unit %.1f (of gold)", set, half, gold, pred,
		pc(found, gold), pc(found, pred), pc(2*found, gold+pred), pc(exactSpan, gold), pc(value, gold), pc(unit, gold))
}

func num(v *float64) string {
	if v == nil {
		return "open"
	}
	b, _ := json.Marshal(*v)
	return string(b)
}

func pc(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
