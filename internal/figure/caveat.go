package figure

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// A caveat is a sentence that takes something back from figures: that nobody
// verified them, that one side plays them down.
type caveat struct {
	text.Range
	sentence, line int
	figures        bool // it names them: "the figures", "such claims"
}

// doubted are stems of words that doubt a figure by themselves; checked those
// that do so under a negation.
var (
	doubted = []string{"downplay", "exaggerat", "overstat", "understat", "undercount", "unverif", "unconfirm", "inflated"}
	checked = []string{"verif", "corroborat", "substantiat"}
	negates = set("not", "cannot", "can't", "couldn't", "unable", "never", "none", "no", "hasn't", "haven't", "wasn't", "weren't", "without", "yet", "nor", "neither", "difficult", "impossible", "hard")
	named   = set("figure", "figures", "number", "numbers", "claim", "claims", "estimate", "estimates", "toll", "tolls", "count", "counts", "losses", "casualties",
		"data", "statistics", "tally", "tallies", "total", "totals", "report", "reports", "information", "statement", "statements")
)

// caveats finds the sentences that doubt figures, in one pass.
func (r *reader) caveats() []caveat {
	var out []caveat
	for lo := 0; lo < len(r.toks); {
		hi := lo + 1
		for hi < len(r.toks) && r.sentence[hi] == r.sentence[lo] {
			hi++
		}
		doubt, figures, negated := false, false, -10
		for i := lo; i < hi; i++ {
			w := r.at(i)
			figures = figures || named[w] && !r.apart(i)
			if negates[w] {
				negated = i
			}
			doubt = doubt || begins(w, doubted) || begins(w, checked) && i-negated <= 8 || strings.HasPrefix(w, "confirm") && i-negated <= 8 && (figures || r.at(i-1) == "independently")
		}
		if doubt {
			out = append(out, caveat{text.Range{Start: r.toks[lo].Start, End: r.toks[hi-1].End}, r.sentence[lo], r.line[lo], figures})
		}
		lo = hi
	}
	return out
}

// apart reports whether the noun at token i only tells where something stands: "the
// firm named in the report".
func (r *reader) apart(i int) bool {
	p := r.at(i - 2)
	return r.at(i-1) == "the" && (p == "in" || p == "by" || p == "from")
}

func begins(w string, stems []string) bool {
	for _, s := range stems {
		if strings.HasPrefix(w, s) {
			return true
		}
	}
	return false
}

// hedge gives each figure the caveat nearest to it: in its own sentence, in
// its paragraph, or in the next one where that speaks of the figures and gives none
// before. Nobody doubts a length of time by such words.
func hedge(figs []Figure, all []caveat) {
	own := make([]bool, len(all)) // a figure stands before it in its paragraph
	for k, i := 0, 0; k < len(all); k++ {
		for i < len(figs) && figs[i].line < all[k].line {
			i++
		}
		own[k] = i < len(figs) && figs[i].line == all[k].line && figs[i].sentence < all[k].sentence
	}
	for i := range figs {
		f := &figs[i]
		if times[f.head] {
			continue
		}
		k, same := slices.BinarySearchFunc(all, f.sentence, func(c caveat, sentence int) int { return c.sentence - sentence })
		before := k > 0 && all[k-1].line == f.line
		after := k < len(all) && (all[k].line == f.line || all[k].line == f.line+1 && all[k].figures && !own[k])
		switch {
		case same || after && !(before && f.sentence-all[k-1].sentence <= all[k].sentence-f.sentence):
			f.Caveat = all[k].Range
		case before:
			f.Caveat = all[k-1].Range
		}
	}
}
