package claim

import (
	"math"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
)

// utterances groups the statements that report the same words and gives each
// statement its group's name, "" where it stands alone.
func (b *book) utterances(pairs []pair, same float64) []string {
	var links []link
	for _, p := range pairs {
		if p.utterance >= least {
			links = append(links, link{p.a, p.b, p.utterance})
		}
	}
	out := make([]string, len(b.all))
	for _, g := range agglomerate(len(b.all), links, same) {
		for _, i := range g {
			out[i] = "u-" + b.all[g[0]].ID
		}
	}
	return out
}

func (b *book) sameSpeaker(i, j int) bool {
	return overlap(b.entries[i].speaker, b.entries[j].speaker) == 1
}

// judge gives each member its stance.
func (b *book) judge(c *Claim) {
	unit := b.rivals(c)
	denials := 0
	for _, m := range c.Members {
		if negated(b.all[m.Statement].Words) {
			denials++
		}
	}
	for k := range c.Members {
		s := &b.all[c.Members[k].Statement]
		c.Members[k].Stance = stance(s, unit, 2*denials > len(c.Members))
	}
}

// stance judges a statement by its act, its words, and whether most of the
// claim's members are worded as a negation.
func stance(s *Statement, unit string, negative bool) Stance {
	switch {
	case s.Act == quoth.Neither, s.Act == quoth.Decline:
		return Open
	case s.Act == quoth.Deny && (len(s.Content) == 0 || denies(s.Cue)):
		if negative && negated(s.Words) {
			return For
		}
		return Against
	}
	if unit != "" && slices.ContainsFunc(s.Figures, func(f quoth.Figure) bool { return unitOf(f) == unit }) {
		return Value
	}
	words := plain(s.Words)
	if s.Act == quoth.Ask && !asserted(words) || len(words) > 0 && openers[words[0]] {
		return Open
	}
	if s.Act == quoth.Deny && negated(s.Words) != negative {
		return Against
	}
	return For
}

// openers begin a content that leaves open what it speaks of.
var openers = map[string]bool{"whether": true, "if": true, "why": true, "how": true, "what": true, "who": true, "when": true, "where": true}

// asserted reports whether a question goes beyond asking: it holds a sentence
// of some length that is no question.
func asserted(words []string) bool { return len(words) > 0 && !openers[words[0]] && len(words) > 12 }

// denies reports whether a cue itself denies.
func denies(cue []quoth.Span) bool {
	for _, c := range cue {
		for _, w := range plain(c.Text) {
			switch stem(w) {
			case "deny", "deni", "reject", "dispute", "disput", "refute", "refut", "dismiss", "rebut", "contradict":
				return true
			}
		}
	}
	return false
}

// negated reports whether words deny something: an odd number of negations.
func negated(s string) bool {
	n := 0
	for _, w := range plain(s) {
		if w == "not" || w == "no" || w == "never" || w == "neither" || w == "false" || w == "untrue" || strings.HasSuffix(w, "n't") {
			n++
		}
	}
	return n%2 == 1
}

// rivals gives the unit in which at least two members give different figures,
// "" where there is none. It is the unit that most members give, at least half
// of them.
func (b *book) rivals(c *Claim) string {
	given := map[string][][2]float64{}
	members := map[string]int{}
	var units []string
	for _, m := range c.Members {
		seen := map[string]bool{}
		for _, f := range b.all[m.Statement].Figures {
			u := unitOf(f)
			if u == "" || durations[u] || f.Low == nil && f.High == nil {
				continue
			}
			if members[u] == 0 {
				units = append(units, u)
			}
			if !seen[u] {
				seen[u] = true
				members[u]++
			}
			if v := bounds(f); !slices.Contains(given[u], v) {
				given[u] = append(given[u], v)
			}
		}
	}
	best := ""
	for _, u := range units {
		if len(given[u]) > 1 && 2*members[u] >= len(c.Members) && (best == "" || members[u] > members[best]) {
			best = u
		}
	}
	return best
}

// durations are units that tell when or how long, and hardly ever what is
// disputed.
var durations = map[string]bool{"year": true, "month": true, "week": true, "day": true, "hour": true, "minute": true}

func unitOf(f quoth.Figure) string {
	w := plain(f.Unit)
	if len(w) == 0 {
		return ""
	}
	return stem(w[len(w)-1])
}

func bounds(f quoth.Figure) [2]float64 {
	v := [2]float64{math.Inf(-1), math.Inf(1)}
	if f.Low != nil {
		v[0] = *f.Low
	}
	if f.High != nil {
		v[1] = *f.High
	}
	return v
}

// sources counts the independent sources behind a claim: of the members that
// say it is so or give a figure, those with the same speaker, of the same
// utterance, or one of whom carries the other's words, count once. Where nobody
// is named the carrier is the source, else the outlet.
func (b *book) sources(c *Claim) int {
	var groups [][]int // indices of members
	for k, m := range c.Members {
		if m.Stance != For && m.Stance != Value {
			continue
		}
		with := []int{k}
		rest := groups[:0]
		for _, g := range groups {
			if slices.ContainsFunc(g, func(o int) bool { return b.chained(&c.Members[o], &c.Members[k]) }) {
				with = append(with, g...)
			} else {
				rest = append(rest, g)
			}
		}
		groups = append(rest, with)
	}
	return len(groups)
}

func (b *book) chained(x, y *Member) bool {
	if x.Utterance != "" && x.Utterance == y.Utterance {
		return true
	}
	p, q := b.origin(x.Statement), b.origin(y.Statement)
	if overlap(p, q) == 1 {
		return true
	}
	return carries(p, b.all[y.Statement].Via) || carries(q, b.all[x.Statement].Via)
}

// origin is the stems of the name of whom a statement comes from.
func (b *book) origin(i int) []string {
	if len(b.entries[i].speaker) > 0 {
		return b.entries[i].speaker
	}
	name := b.all[i].Outlet
	if len(b.all[i].Via) > 0 {
		name = b.all[i].Via[0]
	}
	return stems(name)
}

func carries(name []string, via []string) bool {
	return slices.ContainsFunc(via, func(v string) bool { return overlap(stems(v), name) == 1 })
}

func stems(name string) []string {
	var out []string
	for _, t := range tokens(name) {
		out = append(out, stem(t.word))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// text is what a claim is called: the stretch of a member's content, a sentence
// at most, that is nearest to all members.
func (b *book) text(c *Claim) string {
	best, high := "", math.Inf(-1)
	for _, m := range c.Members {
		for _, sp := range b.all[m.Statement].Content {
			from := 0
			for _, end := range sentenceEnds(sp.Text) {
				words := trim(sp.Text[from:end])
				from = end
				v := b.unit(b.vector(tokens(words)))
				sum := 0.0
				for _, o := range c.Members {
					sum += dot(v, b.entries[o.Statement].softAll)
				}
				sum /= float64(len(c.Members))
				if m.Stance == For || m.Stance == Value {
					sum += 0.05
				}
				if n := len(plain(words)); n < 4 || n > 24 {
					sum -= 0.1
				}
				if v != nil && sum > high {
					best, high = words, sum
				}
			}
		}
	}
	if best == "" { // refusals alone
		best = trim(b.all[c.Members[0].Statement].Context)
	}
	return best
}

// trim takes off what binds a stretch of content to its sentence.
func trim(s string) string {
	s = strings.Trim(s, " \t\n\r\"“”‘’,;:")
	s = strings.TrimPrefix(s, "that ")
	return strings.Trim(s, " \t\n\r\"“”‘’,;:")
}
