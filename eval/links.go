package eval

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
)

// A LinkScore is what Links finds.
type LinkScore struct {
	Score                    // attributions with all three parts
	Confidence []Calibration // ten bins, by stated confidence
	Trade      []Trade       // what a least confidence of 0, 0.05, … 0.95 does
}

// A Trade is what is left when less confident statements are dropped.
type Trade struct {
	Least             float64 // confidence
	Precision, Recall float64 // of statements right in all parts, 0 to 1
}

// A Calibration is one tenth of the scale of confidence: [0, 0.1) and so on,
// the last with 1.
type Calibration struct {
	Statements int
	Stated     float64 // mean confidence that the statements state
	Right      float64 // share of them that are right
}

// Links scores whole attributions against one compartment of PolNeAR.
//
// Protocol: of every gold attribution (brat's E lines) that has a source, a
// cue and a content, is there one predicted statement with exactly these three
// parts? Each part is compared as a set of spans, cut at line breaks and
// trimmed, and attributions as sets of such triples; every annotator's reading
// is scored against the one prediction. Precision is over predicted statements
// that have all three parts.
//
// Confidence is measured over all predicted statements, each against every
// reading: it is right where some attribution of that reading has the same
// three parts, an absent part being the same as an absent one.
func Links(polnear fs.FS, compartment string, preds Predictions) (LinkScore, error) {
	out := LinkScore{Confidence: make([]Calibration, 10), Trade: make([]Trade, 20)}
	var kept, right [20]int // statements by least confidence
	gold := 0
	err := eachArticle(polnear, compartment, func(a polnearArticle) error {
		statements, whole := a.predicted(preds[a.name])
		for _, r := range a.readings {
			given, asked := map[string]bool{}, map[string]bool{} // all attributions, and those with three parts
			for _, parts := range r.attributions {
				t, all := triple(parts)
				given[t] = true
				if all {
					asked[t] = true
				}
			}
			gold += len(given)
			out.Gold += len(asked)
			out.Predicted += len(whole)
			for t := range asked {
				if whole[t] {
					out.Right++
				}
			}
			for _, p := range statements {
				bin := &out.Confidence[min(max(int(p.confidence*10), 0), 9)]
				bin.Statements++
				bin.Stated += p.confidence
				if given[p.triple] {
					bin.Right++
				}
				for i := 0; i < len(kept) && p.confidence >= float64(i)/20; i++ {
					kept[i]++
					if given[p.triple] {
						right[i]++
					}
				}
			}
		}
		return nil
	})
	for i := range out.Confidence {
		bin := &out.Confidence[i]
		bin.Stated /= float64(max(bin.Statements, 1))
		bin.Right /= float64(max(bin.Statements, 1))
	}
	for i := range out.Trade {
		if kept[i] == 0 { // nothing is that sure
			out.Trade = out.Trade[:i]
			break
		}
		out.Trade[i] = Trade{float64(i) / 20, float64(right[i]) / float64(kept[i]), float64(right[i]) / float64(max(gold, 1))}
	}
	return out, err
}

// A prediction is a statement as Links compares it.
type prediction struct {
	triple     string
	confidence float64
}

// predicted gives the statements of an article's record, nil where it has none,
// and the triples among them that have all three parts.
func (a *polnearArticle) predicted(record *quoth.Record) (statements []prediction, whole map[string]bool) {
	whole = map[string]bool{}
	if record == nil {
		return nil, whole
	}
	for _, st := range record.Statements {
		var parts [3]stretches
		for k, spans := range [3][]quoth.Span{st.Source, st.Cue, st.Content} {
			parts[k] = stretches{}
			for _, s := range spans {
				a.pieces(parts[k], s.Start, s.End)
			}
		}
		t, all := triple(parts)
		statements = append(statements, prediction{t, st.Confidence})
		if all {
			whole[t] = true
		}
	}
	return statements, whole
}

// CalibrationError is the expected calibration error: the mean over statements
// of the gap between their bin's stated confidence and the share of it that is
// right, between 0 and 1.
func (s LinkScore) CalibrationError() float64 {
	gap, n := 0.0, 0
	for _, bin := range s.Confidence {
		gap += float64(bin.Statements) * math.Abs(bin.Stated-bin.Right)
		n += bin.Statements
	}
	return gap / float64(max(n, 1))
}

// MeanGap is the same gap as a mean over the bins that hold a statement, each
// counting alike.
func (s LinkScore) MeanGap() float64 {
	gap, n := 0.0, 0
	for _, bin := range s.Confidence {
		if bin.Statements > 0 {
			gap += math.Abs(bin.Stated - bin.Right)
			n++
		}
	}
	return gap / float64(max(n, 1))
}

// triple writes three parts so that equal sets are equal words, and says
// whether none is empty.
func triple(parts [3]stretches) (key string, whole bool) {
	var b strings.Builder
	whole = true
	for _, part := range parts {
		whole = whole && len(part) > 0
		var list []stretch
		for s := range part {
			list = append(list, s)
		}
		slices.SortFunc(list, func(a, b stretch) int { return cmp.Or(a.start-b.start, a.end-b.end) })
		fmt.Fprint(&b, list)
	}
	return b.String(), whole
}
