// Package claim joins statements of many articles into claims: statements that
// speak of the same thing, each with its stance, and into utterances: reports
// of the same words.
//
//	claims := claim.Join(statements, claim.Options{Word: reader.Word})
//
// Join is a pure function: the same statements give the same claims, in any
// number of calls. It works in five steps.
//
//  1. Words ([newBook]): a statement becomes weighted words of its content, of
//     the sentence around it and of its speaker; rare words weigh more. With
//     Options.Word, words near in meaning count as partly equal.
//  2. Candidates ([book.candidates]): only pairs that share rare words are
//     looked at, so that cost grows with the number of statements.
//  3. Pairs ([features]): a dozen measures of a pair go into two logistic
//     forms, fitted on articles read by hand: do the two speak of one thing,
//     and do they report the same words?
//  4. Clusters ([agglomerate]): average link over those probabilities; a
//     statement that says several things then joins further clusters.
//  5. Ledger: stance, independent sources, and a text out of a member's words.
//
// docs/claims.md tells how well it does, and what was tried.
package claim

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/quothnews/quoth"
)

// A Statement is one statement of one article, with what joining needs to know
// of the article.
type Statement struct {
	ID        string // unique in the collection
	Article   string
	Outlet    string
	Published string // EDTF
	Context   string // the sentences that hold it
	Words     string // its content
	Figures   []quoth.Figure
	quoth.Statement
}

// Stance is where a statement stands to a claim.
type Stance string

const (
	For     Stance = "for"
	Against Stance = "against"
	Open    Stance = "open"  // left open, asked about, or declined to speak of
	Value   Stance = "value" // gives a figure, where several are given
)

// A Member is a statement in a claim.
type Member struct {
	Statement int // index into the statements given
	Stance    Stance
	Utterance string  // "" or equal for reports of the same words
	Score     float64 // mean probability that it speaks of the same thing as the others
}

// A Claim is statements of at least two articles or two speakers that speak of
// the same thing. Members are in order of time.
type Claim struct {
	ID      string // "c" and the ID of a member that stands for it; unique
	Text    string // words of a member
	Score   float64
	Members []Member
	Sources int // independent ones, see [Sources]
}

// Options of joining.
type Options struct {
	// Word gives the vector of a word in lower case, nil where there is none.
	// Vectors of words that mean nearly the same have a cosine near 1. Without
	// it only equal words count.
	Word func(word string) []float32
}

// limits are thresholds on probabilities.
type limits struct {
	linked [2]float64 // mean of two clusters that are joined: of two statements, and of clusters with many pairs
	second float64    // mean over another cluster that a statement joins as well
	same   [2]float64 // as linked, of two groups of reports of the same words
}

// chosen did best on claims-dev and the further events together; docs/claims.md
// has the others.
var chosen = limits{linked: [2]float64{0.10, 0.12}, second: 0.15, same: [2]float64{0.10, 0.12}}

const many = 60 // pairs between two clusters

// ramp is a threshold that grows with the number of pairs: where two large
// clusters are joined wrongly, all pairs are wrong.
func ramp(ends [2]float64) func(pairs int) float64 {
	return func(pairs int) float64 {
		return ends[0] + (ends[1]-ends[0])*min(math.Log(float64(pairs))/math.Log(many), 1)
	}
}

// shown is the least score of a claim that is worth a look.
const shown = 0.15

const least = 0.05 // pairs less likely than this are forgotten

// Join finds the claims, largest number of independent sources first.
func Join(statements []Statement, opt Options) []Claim {
	b := newBook(statements, opt)
	pairs := b.score(least)
	return b.claims(pairs, chosen)
}

func (b *book) claims(pairs []pair, lim limits) []Claim {
	reports := b.reports(pairs, lim.same)
	utterances := make([]string, len(b.all))
	for _, g := range reports {
		for _, i := range g {
			utterances[i] = "u" + b.all[g[0]].ID
		}
	}
	links := make([]link, 0, len(pairs))
	for _, p := range pairs {
		if p.claim >= least {
			links = append(links, link{p.a, p.b, p.claim})
		}
	}
	near := newGraph(len(b.all), links)
	groups := near.widen(agglomerate(len(b.all), links, ramp(lim.linked)), lim.second)
	groups = complete(groups, reports)
	at := make([]bool, len(b.all))
	out := []Claim{}
	for _, g := range groups {
		if !b.several(g) {
			continue
		}
		c := Claim{}
		score := near.means(g, at)
		total := 0.0
		for k, i := range g {
			c.Members = append(c.Members, Member{Statement: i, Utterance: utterances[i], Score: round(score[k])})
			total += score[k]
		}
		if c.Score = round(total / float64(len(g))); c.Score < shown {
			continue
		}
		centre := b.centre(&c)
		b.judge(&c, centre)
		c.Text = b.text(&c, centre)
		slices.SortStableFunc(c.Members, func(x, y Member) int {
			return cmp.Or(cmp.Compare(b.day(x.Statement), b.day(y.Statement)), cmp.Compare(x.Statement, y.Statement))
		})
		c.Sources = b.sources(&c)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y Claim) int {
		return cmp.Or(cmp.Compare(y.Sources, x.Sources), cmp.Compare(len(y.Members), len(x.Members)), cmp.Compare(x.Members[0].Statement, y.Members[0].Statement))
	})
	name(out, b.all)
	return out
}

// name gives each claim its ID: the likeliest member that names no claim before
// it.
func name(claims []Claim, all []Statement) {
	taken := map[string]bool{}
	for k := range claims {
		c := &claims[k]
		order := slices.Clone(c.Members)
		slices.SortStableFunc(order, func(x, y Member) int { return cmp.Compare(y.Score, x.Score) })
		for n := 1; c.ID == "" || taken[c.ID]; n++ {
			c.ID = "c" + all[order[(n-1)%len(order)].Statement].ID
			if n > len(order) {
				c.ID += "." + strconv.Itoa(n/len(order)+1)
			}
		}
		taken[c.ID] = true
	}
}

// several reports whether statements are of two articles or two speakers.
func (b *book) several(group []int) bool {
	for _, i := range group[1:] {
		if b.all[i].Article != b.all[group[0]].Article || !b.sameSpeaker(i, group[0]) {
			return true
		}
	}
	return false
}

// day is when a statement was said, else published: EDTF, which sorts.
func (b *book) day(i int) string { return Day(&b.all[i]) }

// Day is the day on which a statement was said, else that of publication.
func Day(s *Statement) string {
	if s.When != nil && s.When.Date != "" {
		return s.When.Date
	}
	return s.Published
}

func round(p float64) float64 { return math.Round(p*1e3) / 1e3 }
