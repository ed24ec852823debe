package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

// The scripts' way of printing, so that figures are compared as they are read.

func printSpans(s SpanScore) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d readings, %d articles without a prediction\n", s.Readings, s.Missing)
	for k, score := range []KindScore{s.Source, s.Cue, s.Content} {
		fmt.Fprintf(&b, "%-8s P %5.1f  R %5.1f  F1 %5.1f   overlap of gold %5.1f   gold %d predicted %d\n",
			kindNames[k], score.Precision(), score.Recall(), score.F1(), score.Overlap, score.Gold, score.Predicted)
	}
	fmt.Fprintf(&b, "mean F1 %.1f\n", s.MeanF1())
	return b.String()
}

func printRecords(s *RecordScore) string {
	var b strings.Builder
	pc := func(x Share) string { return fmt.Sprintf("%5.1f", x.Percent()) }
	fmt.Fprintf(&b, "statements     recall %5.1f  precision %5.1f  F1 %5.1f  (gold %d, predicted %d)\n",
		s.Statements.Recall(), s.Statements.Precision(), s.Statements.F1(), s.Statements.Gold, s.Statements.Predicted)
	fmt.Fprintf(&b, "spans exact    F1 source %5.1f  cue %5.1f  content %5.1f\n", s.Source.F1(), s.Cue.F1(), s.Content.F1())
	fmt.Fprintf(&b, "direct+mixed   recall %s  right speaker %s  (gold %d)\n", pc(s.Quoted), pc(s.QuotedSpeaker), s.Quoted.Of)
	fmt.Fprintf(&b, "speaker        right of all gold %s   of found %s   pronoun or empty source: right of all %s (gold %d)\n",
		pc(s.Speaker), pc(s.SpeakerFound), pc(s.PronounSpeaker), s.PronounSpeaker.Of)
	fmt.Fprintf(&b, "               right of those named %s   role right, of found with a gold role %s (gold %d)\n",
		pc(s.NamedSpeaker), pc(s.Role), s.Role.Of)
	fmt.Fprintf(&b, "act            right of all gold %s   of found %s   macro F1 %5.1f\n", pc(s.Act), pc(s.ActFound), s.ActMacroF1())
	acts := slices.Sorted(slices.Values(quoth.Acts))
	for _, act := range acts {
		if sc := s.Acts[act]; sc.Gold+sc.Predicted > 0 {
			fmt.Fprintf(&b, "   %-8s F1 %5.1f  gold %d\n", act, sc.F1(), sc.Gold)
		}
	}
	fmt.Fprintf(&b, "via F1 %5.1f (gold %d)   to F1 %5.1f (gold %d)   when F1 %5.1f (gold %d)\n",
		s.Via.F1(), s.Via.Asked, s.To.F1(), s.To.Asked, s.When.F1(), s.When.Asked)
	if s.Figures.Gold > 0 {
		fmt.Fprintf(&b, "figures        F1 %5.1f  value right %s  giver right %s  (gold %d, predicted %d)\n",
			s.Figures.F1(), pc(s.FigureValue), pc(s.FigureSpeaker), s.Figures.Gold, s.Figures.Predicted)
	}
	return b.String()
}

func readPredictions(t *testing.T, file string) Predictions {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	preds := Predictions{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		r := new(quoth.Record)
		if err := json.Unmarshal(lines.Bytes(), r); err != nil {
			t.Fatal(err)
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		preds[r.Article.ID] = r
	}
	return preds
}

// The expected figures in testdata/*.txt were printed by the reference
// scripts, run over the same folders and predictions.
func TestFixedFigures(t *testing.T) {
	spans, err := Spans(os.DirFS("testdata/polnear"), "dev", readPredictions(t, "testdata/polnear.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "testdata/spans.txt", printSpans(spans))
	records, err := Records(os.DirFS("testdata/records"), readPredictions(t, "testdata/records.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "testdata/records.txt", printRecords(records))
}

func same(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\ngot\n%s\nwant\n%s", file, got, want)
	}
}

func TestLinks(t *testing.T) {
	got, err := Links(os.DirFS("testdata/polnear"), "dev", readPredictions(t, "testdata/polnear.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	// Asked for: 4 of the first reading, 2 of the second, 1 of the other
	// article. Predicted with three parts: 4, held against two readings.
	// Right: the mayor's in the first reading, and the letter's, which the
	// prediction cuts where a line breaks anyway.
	if want := (Score{Right: 2, Predicted: 8, Gold: 7}); got.Score != want {
		t.Errorf("score %+v, want %+v", got.Score, want)
	}
	// Five statements against two readings. Stated .95 and 1 share a bin: of
	// their four, two are right.
	top := got.Confidence[9]
	if top.Statements != 4 || top.Right != 0.5 || !near(top.Stated, 0.975) {
		t.Errorf("top bin %+v", top)
	}
	if e := got.CalibrationError(); !near(e, (4*0.475+2*0.71+2*0.4+2*0.05)/10) {
		t.Errorf("calibration error %v", e)
	}
	if g := got.MeanGap(); !near(g, (0.475+0.71+0.4+0.05)/4) {
		t.Errorf("mean gap %v", g)
	}
	// Of the four that are surest two are right; of all ten, those two and
	// what the lower bins hold. Each reading asks for its own attributions.
	right := 0.0
	for _, bin := range got.Confidence {
		right += bin.Right * float64(bin.Statements)
	}
	if all := got.Trade[0]; all.Least != 0 || !near(all.Precision, right/10) {
		t.Errorf("all statements: %+v, want precision %v", all, right/10)
	}
	if sure := got.Trade[19]; !near(sure.Least, 0.95) || !near(sure.Precision, 0.5) || !near(sure.Recall*right, got.Trade[0].Recall*2) {
		t.Errorf("the surest: %+v beside all: %+v", sure, got.Trade[0])
	}
}

func TestCurve(t *testing.T) {
	var b bytes.Buffer
	WriteCurve(&b, Table{
		Bins:  []Calibration{{Statements: 3, Stated: 0.25, Right: 0.5}, {}},
		Trade: []Trade{{0, 0.5, 1}, {0.05, 1, 0.25}},
	})
	if err := xml.Unmarshal(b.Bytes(), new(struct{})); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	for _, want := range []string{"3 statements: 0.25 stated, 0.50 right", `points="686.0,174.0 491.0,44.0 "`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }

func TestMissesAreNamed(t *testing.T) {
	score, err := Records(os.DirFS("testdata/records"), readPredictions(t, "testdata/records.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var missed, wrong []string
	for _, m := range score.Misses {
		if m.Found {
			wrong = append(wrong, fmt.Sprint(m.Speaker, m.Got))
		} else {
			missed = append(missed, m.Content)
		}
	}
	if want := []string{"that more than 1,200 people had waited"}; !slices.Equal(missed, want) {
		t.Errorf("missed %q, want %q", missed, want)
	}
	if len(wrong) == 0 || !slices.Contains(wrong, "[Kos Ferries] [Ferry firm]") {
		t.Errorf("wrong speakers %q", wrong)
	}
}

func TestName(t *testing.T) {
	for in, want := range map[string]string{
		"The Rev. Dr. José Núñez’s": "ez jose n nu rev", // an accent ends a word
		"U.S. President A. Małysz":  "ma s u ysz",
		"the 's":                    "",
		"Secretary of State":        "of state",
		"McDonald's staff":          "mcdonald staff",
		"Theresa May":               "may theresa",
	} {
		var words []string
		for w := range nameOf(in) {
			words = append(words, w)
		}
		slices.Sort(words)
		if got := strings.Join(words, " "); got != want {
			t.Errorf("nameOf(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestGoldThatCannotBeRead(t *testing.T) {
	if _, err := Spans(os.DirFS(t.TempDir()), "dev", nil); err == nil {
		t.Error("an empty folder gives a score")
	}
	if _, err := Records(os.DirFS(t.TempDir()), nil); err == nil {
		t.Error("an empty folder gives a score")
	}
}

// TestAgainstScripts runs the reference scripts over the shared gold, with
// predictions made by spoiling the gold itself, and compares every figure.
func TestAgainstScripts(t *testing.T) {
	shared := os.Getenv("QUOTH_SHARED")
	if shared == "" {
		t.Skip("QUOTH_SHARED is not set to the folder with gold and the reference scripts")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the reference scripts")
	}
	script := func(name string, preds Predictions, args ...string) string {
		t.Helper()
		var lines bytes.Buffer
		for _, r := range preds {
			b, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			lines.Write(append(b, '\n'))
		}
		file := filepath.Join(t.TempDir(), "preds.jsonl")
		if err := os.WriteFile(file, lines.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(python, append(append([]string{filepath.Join(shared, "tools", name)}, args...), file)...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	for _, folder := range []string{"gold/pages-dev", "gold/polnear-dev", "gold/readings/pages"} {
		dir := filepath.Join(shared, filepath.FromSlash(folder))
		preds := spoil(t, os.DirFS(dir))
		score, err := Records(os.DirFS(dir), preds)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := printRecords(score), script("score_record.py", preds, dir); got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", folder, got, want)
		}
	}
	polnear := filepath.Join(shared, "polnear")
	preds := spoil(t, os.DirFS(filepath.Join(shared, "gold", "polnear-dev")))
	spans, err := Spans(os.DirFS(polnear), "dev", preds)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := printSpans(spans), script("score_spans.py", preds, polnear, "dev"); got != want {
		t.Errorf("spans\ngot\n%s\nwant\n%s", got, want)
	}
}

// spoil makes predictions of gold by changing some of it in every field.
func spoil(t *testing.T, folder fs.FS) Predictions {
	t.Helper()
	articles, err := readGold(folder)
	if err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(7, 7))
	often := func(percent int) bool { return dice.IntN(100) < percent }
	preds := Predictions{}
	for _, g := range articles {
		if often(5) {
			continue
		}
		text, err := fs.ReadFile(folder, g.file+".txt")
		if err != nil {
			t.Fatal(err)
		}
		index := quoth.NewIndex(string(text))
		bend := func(spans []quoth.Span) []quoth.Span {
			out := []quoth.Span{}
			for _, s := range spans {
				if often(10) {
					continue
				}
				if often(25) {
					s.Start = max(0, s.Start-dice.IntN(40))
					s.End = min(index.Len(), s.End+dice.IntN(60))
				}
				s.Text = index.Slice(s.Start, s.End)
				out = append(out, s)
			}
			return out
		}
		words := func(list []string) []string {
			out := []string{}
			for _, w := range list {
				switch dice.IntN(5) {
				case 0:
				case 1:
					out = append(out, "the "+strings.Fields(w)[0])
				case 2:
					out = append(out, w, "Ølle’s Éire")
				default:
					out = append(out, w)
				}
			}
			return out
		}
		r := &quoth.Record{Article: quoth.Article{ID: g.ID, Text: string(text)}, Figures: []quoth.Figure{}}
		for _, st := range g.Statements {
			if often(12) {
				continue
			}
			p := quoth.Statement{Source: bend(st.Source), Cue: bend(st.Cue), Content: bend(st.Content),
				Quotation: st.Quotation, Role: st.Role, Act: st.Act, Via: words(st.Via), To: words(st.To), When: st.When}
			for _, n := range words(st.Speaker) {
				p.Speaker = append(p.Speaker, quoth.Speaker{Name: n, Type: st.SpeakerType})
			}
			if often(20) {
				p.Act = quoth.Acts[dice.IntN(len(quoth.Acts))]
			}
			if often(20) {
				p.Role = "the " + strings.TrimPrefix(st.Role, "President ")
			}
			if often(20) {
				p.Quotation = quoth.Mixed
			}
			if often(20) {
				p.When = &quoth.When{Date: "2031"}
			}
			r.Statements = append(r.Statements, p)
			if often(10) {
				r.Statements = append(r.Statements, p)
			}
		}
		for _, f := range g.Figures {
			bent := bend([]quoth.Span{f.Span})
			if len(bent) == 0 {
				continue
			}
			p := quoth.Figure{Span: bent[0], Low: f.Low, High: f.High}
			if often(20) {
				p.High = nil
			}
			if len(f.Speaker) > 0 && often(80) {
				p.Speaker = f.Speaker[0]
			}
			r.Figures = append(r.Figures, p)
		}
		preds[g.ID] = r
	}
	return preds
}
