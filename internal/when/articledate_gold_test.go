package when

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGoldArticleDate measures how near the inferred date is to the known one.
func TestGoldArticleDate(t *testing.T) {
	root := os.Getenv("QUOTH_SHARED")
	if root == "" {
		t.Skip("QUOTH_SHARED names no folder with gold/")
	}
	for _, set := range []string{"readings/pages", "readings/polnear-train"} {
		files, _ := filepath.Glob(filepath.Join(root, "gold", set, "*.json"))
		if len(files) == 0 {
			t.Fatalf("no readings in %s", set)
		}
		n, near, month := 0, 0, 0
		for _, f := range files {
			var g struct{ Published string }
			b, _ := os.ReadFile(f)
			if err := json.Unmarshal(b, &g); err != nil {
				t.Fatal(err)
			}
			txt, err := os.ReadFile(strings.TrimSuffix(f, ".json") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			published := parseBase(g.Published)
			d, ok := ArticleDate(string(txt))
			if !ok || published.unit != Day {
				continue
			}
			n++
			layout := time.DateOnly
			if len(d.Date) == 8 {
				layout = "2006-01"
			}
			got, err := time.Parse(layout, strings.TrimSuffix(d.Date, "~"))
			if err != nil {
				t.Fatal(err)
			}
			days := published.day.Sub(got).Hours() / 24
			if layout == time.DateOnly && days >= -2 && days <= 14 {
				near++
			} else if layout != time.DateOnly && days >= -2 && days < 45 {
				month++
			} else {
				t.Logf("%s: got %s from %q in %s", g.Published, d.Date, d.Text, filepath.Base(f))
			}
		}
		t.Logf("%s: %d articles, inferred %d: day within two weeks %d, month or the next %d", set, len(files), n, near, month)
	}
}
