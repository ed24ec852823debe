package eval

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/quothnews/quoth"
)

// A stretch is a half-open pair of code points.
type stretch struct{ start, end int }

type stretches map[stretch]bool

func (a stretches) common(b stretches) int {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return n
}

// A Score counts what was found. Its figures are in percent.
type Score struct{ Right, Predicted, Gold int }

func (s *Score) add(predicted, gold stretches) {
	s.Right += gold.common(predicted)
	s.Predicted += len(predicted)
	s.Gold += len(gold)
}

// Precision is the share of what was predicted that is right.
func (s Score) Precision() float64 { return percent(s.Right, s.Predicted) }

// Recall is the share of gold that was found.
func (s Score) Recall() float64 { return percent(s.Right, s.Gold) }

// F1 is the harmonic mean of the two.
func (s Score) F1() float64 { return percent(2*s.Right, s.Predicted+s.Gold) }

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }

// A KindScore is the score of one kind of span.
type KindScore struct {
	Score
	Overlap float64 // mean, over gold spans, of the best Jaccard overlap with a predicted one, in percent
}

// A SpanScore is what Spans finds.
type SpanScore struct {
	Readings             int // annotators' readings: an article may have several
	Missing              int // articles without a prediction
	Source, Cue, Content KindScore
}

// MeanF1 is the mean of the three kinds' F1.
func (s SpanScore) MeanF1() float64 { return (s.Source.F1() + s.Cue.F1() + s.Content.F1()) / 3 }

// Spans scores exact spans against one compartment of PolNeAR: a folder with
// COMPARTMENT/text/NAME.txt and COMPARTMENT/attributions/NAME_ANNOTATOR.ann in
// brat's stand-off form. Protocol: see the package comment.
func Spans(polnear fs.FS, compartment string, preds Predictions) (SpanScore, error) {
	var out SpanScore
	kinds := [3]*KindScore{&out.Source, &out.Cue, &out.Content}
	var overlap [3]float64
	err := eachArticle(polnear, compartment, func(a polnearArticle) error {
		record, ok := preds[a.name]
		if !ok {
			out.Missing++
			record = new(quoth.Record)
		}
		var pred [3]stretches
		for k := range pred {
			pred[k] = stretches{}
		}
		for _, st := range record.Statements {
			for k, spans := range [3][]quoth.Span{st.Source, st.Cue, st.Content} {
				for _, s := range spans {
					a.pieces(pred[k], s.Start, s.End)
				}
			}
		}
		for _, r := range a.readings {
			out.Readings++
			for k := range kinds {
				gold := r.spans[k]
				kinds[k].add(pred[k], gold)
				for g := range gold {
					best := 0.0
					for p := range pred[k] {
						best = max(best, jaccard(g, p))
					}
					overlap[k] += best
				}
			}
		}
		return nil
	})
	for k := range kinds {
		kinds[k].Overlap = 100 * overlap[k] / float64(max(kinds[k].Gold, 1))
	}
	return out, err
}

func jaccard(a, b stretch) float64 {
	common := max(0, min(a.end, b.end)-max(a.start, b.start))
	return float64(common) / float64(max(a.end, b.end)-min(a.start, b.start))
}

// polnearArticle is one article of PolNeAR with all its readings.
type polnearArticle struct {
	name     string
	text     []rune
	readings []reading
}

// A reading is one annotator's: all spans by kind, and the attributions that
// join them.
type reading struct {
	spans        [3]stretches
	attributions [][3]stretches
}

// pieces adds the parts of the text from start to end that lie within one
// line, trimmed of white space.
func (a *polnearArticle) pieces(to stretches, start, end int) {
	end = min(end, len(a.text))
	for start < end {
		stop := start
		for stop < end && a.text[stop] != '\n' && a.text[stop] != '\r' {
			stop++
		}
		from, till := start, stop
		for from < till && isSpace(a.text[from]) {
			from++
		}
		for till > from && isSpace(a.text[till-1]) {
			till--
		}
		if from < till {
			to[stretch{from, till}] = true
		}
		start = stop + 1
	}
}

// isSpace is white space as Python sees it, in which the gold was made.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// eachArticle walks the articles of a compartment in order of their names.
func eachArticle(polnear fs.FS, compartment string, do func(polnearArticle) error) error {
	names, err := stems(polnear, path.Join(compartment, "text"), ".txt")
	if err != nil {
		return err
	}
	annotations := path.Join(compartment, "attributions")
	all, err := stems(polnear, annotations, ".ann")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(polnear, path.Join(compartment, "text", name+".txt"))
		if err != nil {
			return err
		}
		a := polnearArticle{name: name, text: []rune(string(text))}
		for _, ann := range all {
			if !strings.HasPrefix(ann, name+"_") {
				continue
			}
			b, err := fs.ReadFile(polnear, path.Join(annotations, ann+".ann"))
			if err != nil {
				return err
			}
			r, err := a.parse(string(b))
			if err != nil {
				return fmt.Errorf("%s.ann: %w", ann, err)
			}
			a.readings = append(a.readings, r)
		}
		if err := do(a); err != nil {
			return err
		}
	}
	return nil
}

var kindNames = []string{"source", "cue", "content"}

// parse reads brat's stand-off lines:
//
//	T3	Content 115 290;300 310	the words
//	E1	Attribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T9
func (a *polnearArticle) parse(ann string) (reading, error) {
	var r reading
	for k := range r.spans {
		r.spans[k] = stretches{}
	}
	byID := map[string]stretches{}
	var events []string
	for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(ann)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case len(cells) < 2:
		case strings.HasPrefix(cells[0], "E"):
			events = append(events, cells[1])
		case strings.HasPrefix(cells[0], "T"):
			kind, where, _ := strings.Cut(cells[1], " ")
			k := slices.Index(kindNames, strings.ToLower(kind))
			if k < 0 {
				continue
			}
			own := stretches{}
			for part := range strings.SplitSeq(where, ";") {
				from, to, _ := strings.Cut(part, " ")
				start, err := strconv.Atoi(from)
				end, err2 := strconv.Atoi(to)
				if err != nil || err2 != nil || start < 0 {
					return r, fmt.Errorf("positions of %s cannot be read: %q", cells[0], where)
				}
				a.pieces(own, start, end)
			}
			for s := range own {
				r.spans[k][s] = true
			}
			byID[cells[0]] = own
		}
	}
	for _, event := range events {
		var parts [3]stretches
		for k := range parts {
			parts[k] = stretches{}
		}
		for field := range strings.FieldsSeq(event) {
			kind, id, _ := strings.Cut(field, ":")
			kind = strings.ToLower(strings.TrimRight(kind, "0123456789"))
			if k := slices.Index(kindNames, kind); k >= 0 {
				for s := range byID[id] {
					parts[k][s] = true
				}
			}
		}
		r.attributions = append(r.attributions, parts)
	}
	return r, nil
}
