package eval

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/quothnews/quoth"
)

//go:embed cases/*.txt cases/*.json
var cases embed.FS

// Cases is the project's own gold folder: articles written for the project,
// about people and places that do not exist, read with care. Twelve of them
// are one story, told by three outlets over four months.
func Cases() fs.FS {
	folder, err := fs.Sub(cases, "cases")
	if err != nil {
		panic(err) // the name is a constant
	}
	return folder
}

// Data names the gold to measure on, beside the project's own cases.
type Data struct {
	Polnear      string   // PolNeAR's folder, "" for none
	Compartments []string // of it
	Records      []string // gold folders
	Pages        string   // folder of HTML pages with their paragraphs, "" for none
}

// A Measure is one figure: in percent, unless its name says otherwise.
type Measure struct {
	Name  string
	Value float64
	Of    int // how many things it is about
}

// A Table is what was measured on one set of data.
type Table struct {
	Data     string // "cases", "polnear dev", "records pages-dev", "pages"
	Size     string
	Words    int
	Took     time.Duration
	Measures []Measure
	Bins     []Calibration
	Trade    []Trade
	Misses   []Miss
	Worst    []PageScore // pages, the worst body first
}

// Run reads all data and measures what was read.
func Run(ctx context.Context, read Reader, extract Extractor, data Data) ([]Table, error) {
	out := make([]Table, 0, 4)
	records := func(name string, folder fs.FS) error {
		pages, err := GoldPages(folder)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		t := Table{Data: name}
		preds, err := t.read(ctx, read, pages)
		if err != nil {
			return err
		}
		score, err := Records(folder, preds)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		t.Size = fmt.Sprintf("%d articles, %d words, %d statements, %d figures", len(pages), t.Words, score.Statements.Gold, score.Figures.Gold)
		t.Measures, t.Misses = score.measures(), score.Misses
		out = append(out, t)
		return nil
	}
	if err := records("cases", Cases()); err != nil {
		return nil, err
	}
	for _, compartment := range data.Compartments {
		t, err := runPolnear(ctx, read, os.DirFS(data.Polnear), compartment)
		if err != nil {
			return nil, fmt.Errorf("PolNeAR in %s: %w", data.Polnear, err)
		}
		out = append(out, t)
	}
	for _, folder := range data.Records {
		if err := records("records "+filepath.Base(filepath.Clean(folder)), os.DirFS(folder)); err != nil {
			return nil, err
		}
	}
	if data.Pages != "" {
		t, err := runPages(extract, data.Pages)
		if err != nil {
			return nil, fmt.Errorf("pages: %w", err)
		}
		out = append(out, t)
	}
	return out, nil
}

func runPages(extract Extractor, folder string) (Table, error) {
	t := Table{Data: "pages"}
	counted := func(html []byte, url string) (quoth.Article, error) {
		start := time.Now()
		a, err := extract(html, url)
		t.Took += time.Since(start)
		t.Words += len(strings.Fields(a.Text))
		return a, err
	}
	s, err := Body(folder, counted)
	t.Size, t.Worst = fmt.Sprintf("%d pages, %d words", s.Pages, t.Words), s.Worst
	t.Measures = []Measure{
		{"body F1", s.F1, s.Pages},
		{"body precision", s.Precision, s.Pages},
		{"body recall", s.Recall, s.Pages},
		{"title", s.Title, s.Pages},
		{"date", s.Date, s.Pages},
		{"authors", s.Authors, s.Pages},
	}
	return t, err
}

func runPolnear(ctx context.Context, read Reader, polnear fs.FS, compartment string) (Table, error) {
	t := Table{Data: "polnear " + compartment}
	pages, err := PolnearPages(polnear, compartment)
	if err != nil {
		return t, err
	}
	preds, err := t.read(ctx, read, pages)
	if err != nil {
		return t, err
	}
	spans, err := Spans(polnear, compartment, preds)
	if err != nil {
		return t, err
	}
	links, err := Links(polnear, compartment, preds)
	if err != nil {
		return t, err
	}
	t.Size = fmt.Sprintf("%d articles, %d readings, %d words", len(pages), spans.Readings, t.Words)
	t.Measures, t.Bins, t.Trade = append(spans.measures(), links.measures()...), links.Confidence, links.Trade
	return t, nil
}

// read reads pages and keeps how many words and how long.
func (t *Table) read(ctx context.Context, read Reader, pages []quoth.Page) (Predictions, error) {
	for _, p := range pages {
		t.Words += len(strings.Fields(p.Text))
	}
	start := time.Now()
	records, err := read(ctx, pages)
	if err != nil {
		return nil, err
	}
	t.Took = time.Since(start)
	if len(records) != len(pages) {
		return nil, fmt.Errorf("%d records of %d articles", len(records), len(pages))
	}
	preds := make(Predictions, len(pages))
	for i, p := range pages {
		if records[i].Article.Text != p.Text {
			return nil, fmt.Errorf("%s: the text was changed, so that positions cannot be compared", p.Name)
		}
		preds[p.ID] = records[i]
	}
	return preds, nil
}

func (s SpanScore) measures() []Measure {
	var out []Measure
	for k, score := range []KindScore{s.Source, s.Cue, s.Content} {
		out = append(out,
			Measure{kindNames[k] + " F1", score.F1(), score.Gold},
			Measure{kindNames[k] + " precision", score.Precision(), score.Predicted},
			Measure{kindNames[k] + " recall", score.Recall(), score.Gold},
			Measure{kindNames[k] + " overlap", score.Overlap, score.Gold})
	}
	return append(out, Measure{"mean F1", s.MeanF1(), s.Source.Gold + s.Cue.Gold + s.Content.Gold})
}

func (s LinkScore) measures() []Measure {
	n := 0
	for _, bin := range s.Confidence {
		n += bin.Statements
	}
	return []Measure{
		{"whole attribution recall", s.Recall(), s.Gold},
		{"whole attribution precision", s.Precision(), s.Predicted},
		{"whole attribution F1", s.F1(), s.Gold},
		{"calibration error", 100 * s.CalibrationError(), n},
		{"calibration mean gap", 100 * s.MeanGap(), n},
	}
}

func (s *RecordScore) measures() []Measure {
	out := []Measure{
		{"statements F1", s.Statements.F1(), s.Statements.Gold},
		{"statements recall", s.Statements.Recall(), s.Statements.Gold},
		{"statements precision", s.Statements.Precision(), s.Statements.Predicted},
		{"source F1", s.Source.F1(), s.Source.Gold},
		{"cue F1", s.Cue.F1(), s.Cue.Gold},
		{"content F1", s.Content.F1(), s.Content.Gold},
		{"quoted recall", s.Quoted.Percent(), s.Quoted.Of},
		{"quoted, right speaker", s.QuotedSpeaker.Percent(), s.QuotedSpeaker.Of},
		{"speaker", s.Speaker.Percent(), s.Speaker.Of},
		{"speaker of found", s.SpeakerFound.Percent(), s.SpeakerFound.Of},
		{"speaker of pronouns", s.PronounSpeaker.Percent(), s.PronounSpeaker.Of},
		{"speaker of named", s.NamedSpeaker.Percent(), s.NamedSpeaker.Of},
		{"role of found", s.Role.Percent(), s.Role.Of},
		{"quotation of found", s.Quotation.Percent(), s.Quotation.Of},
		{"act", s.Act.Percent(), s.Act.Of},
		{"act of found", s.ActFound.Percent(), s.ActFound.Of},
		{"act macro F1", s.ActMacroF1(), s.Act.Of},
	}
	for _, act := range quoth.Acts {
		if score := s.Acts[act]; score.Gold > 0 {
			out = append(out, Measure{"act " + string(act) + " F1", score.F1(), score.Gold})
		}
	}
	out = append(out,
		Measure{"via F1", s.Via.F1(), s.Via.Asked},
		Measure{"to F1", s.To.F1(), s.To.Asked},
		Measure{"when F1", s.When.F1(), s.When.Asked})
	if s.Nested.Of > 0 {
		out = append(out, Measure{"nested found", s.Nested.Percent(), s.Nested.Of})
	}
	if s.Figures.Gold > 0 {
		out = append(out,
			Measure{"figures F1", s.Figures.F1(), s.Figures.Gold},
			Measure{"figures, value right", s.FigureValue.Percent(), s.FigureValue.Of},
			Measure{"figures, giver right", s.FigureSpeaker.Percent(), s.FigureSpeaker.Of})
	}
	return out
}
