package eval

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/quothnews/quoth"
)

// sham reads every page as an article in which nobody says anything.
func sham(_ context.Context, pages []quoth.Page) ([]*quoth.Record, error) {
	var out []*quoth.Record
	for _, p := range pages {
		out = append(out, &quoth.Record{Article: quoth.Article{ID: p.ID, Text: p.Text}})
	}
	return out, nil
}

func noPages([]byte, string) (quoth.Article, error) { return quoth.Article{}, errors.New("none") }

func TestRun(t *testing.T) {
	data := Data{Polnear: "testdata/polnear", Compartments: []string{"dev"}, Records: []string{"testdata/records"}}
	tables, err := Run(t.Context(), sham, noPages, data)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, table := range tables {
		names = append(names, table.Data)
		if table.Words == 0 || !strings.Contains(table.Size, "articles") {
			t.Errorf("%s: %d words, size %q", table.Data, table.Words, table.Size)
		}
	}
	if want := []string{"cases", "polnear dev", "records records"}; !slices.Equal(names, want) {
		t.Errorf("tables %q, want %q", names, want)
	}
	floors, err := OwnFloors()
	if err != nil {
		t.Fatal(err)
	}
	err = floors.Check(tables)
	if err == nil || !strings.Contains(err.Error(), "cases: statements F1 is 0.0, below its floor") {
		t.Errorf("a reader that finds nothing holds the floors: %v", err)
	}
	if err != nil && strings.Contains(err.Error(), "no such measure") {
		t.Errorf("floors.json names what is not measured: %v", err)
	}

	var text, markdown, misses strings.Builder
	setting := Setting{Date: time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC), Model: "sham", Machine: "a machine", Command: "quoth eval --write"}
	if err := errors.Join(WriteText(&text, tables, floors), WriteMisses(&misses, tables), WriteMarkdown(&markdown, setting, tables, floors)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Written by `quoth eval --write` on 2031-05-01.", "Model: sham", "Machine: a machine", "## polnear dev", "| cue F1 | 0.0 |", "| 90 to 100 | 0 |"} {
		if !strings.Contains(markdown.String(), want) {
			t.Errorf("RESULTS.md lacks %q", want)
		}
	}
	if !strings.Contains(text.String(), "cases: 17 articles") {
		t.Errorf("text: %.200s", text.String())
	}
	if n := strings.Count(misses.String(), "MISSED"); n != tables[0].Measures[0].Of+tables[2].Measures[0].Of {
		t.Errorf("%d misses named", n)
	}
}

func TestRunRefuses(t *testing.T) {
	changed := func(ctx context.Context, pages []quoth.Page) ([]*quoth.Record, error) {
		out, err := sham(ctx, pages)
		out[1].Article.Text += "!"
		return out, err
	}
	few := func(ctx context.Context, pages []quoth.Page) ([]*quoth.Record, error) { return sham(ctx, pages[1:]) }
	fails := func(context.Context, []quoth.Page) ([]*quoth.Record, error) { return nil, quoth.ErrNotNews }
	for name, c := range map[string]struct {
		read Reader
		data Data
		want string
	}{
		"text changed":     {changed, Data{}, "the text was changed"},
		"article lost":     {few, Data{}, "16 records of 17 articles"},
		"reader fails":     {fails, Data{}, "not a text"},
		"no such folder":   {sham, Data{Polnear: t.TempDir(), Compartments: []string{"dev"}}, "metadata"},
		"empty folder":     {sham, Data{Records: []string{t.TempDir()}}, "is it the right one"},
		"no pages in it":   {sham, Data{Pages: t.TempDir()}, "no pages"},
		"no compartment x": {sham, Data{Polnear: "testdata/polnear", Compartments: []string{"x"}}, "x"},
	} {
		if _, err := Run(t.Context(), c.read, noPages, c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPolnearPages(t *testing.T) {
	score, err := Run(t.Context(), func(ctx context.Context, pages []quoth.Page) ([]*quoth.Record, error) {
		for _, p := range pages {
			if p.ID == "herald_2031-05-01_harbour" && (p.Outlet != "herald" || p.Published != "2031-05-01" || p.Title != "Harbour vote slips") {
				t.Errorf("metadata of %s: %+v", p.ID, p)
			}
			if p.ID == "ferry" && p.Published != "2031-04-30" {
				t.Errorf("published %q", p.Published)
			}
		}
		return sham(ctx, pages)
	}, noPages, Data{Polnear: "testdata/polnear", Compartments: []string{"dev"}, Records: []string{"testdata/records"}})
	if err != nil || len(score) != 3 {
		t.Fatal(err)
	}
}
