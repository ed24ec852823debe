package claim

import (
	"math"
	"slices"

	"github.com/quothnews/quoth"
)

// reports groups the statements that report the same words.
func (b *book) reports(pairs []pair, same [2]float64) [][]int {
	var links []link
	for _, p := range pairs {
		if p.utterance >= least {
			links = append(links, link{p.a, p.b, p.utterance})
		}
	}
	return agglomerate(len(b.all), links, ramp(same))
}

func (b *book) sameSpeaker(i, j int) bool {
	return overlap(b.entries[i].speaker, b.entries[j].speaker) == 1
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
// utterance, or one of whom speaks for the other or carries the other's words,
// count once. Where nobody is named the carrier is the source, else the outlet. An
// utterance stands where the first of its members does.
func (b *book) sources(c *Claim) int {
	var groups [][]int // indices of members
	stands := map[string]Stance{}
	for k, m := range c.Members {
		stance := m.Stance
		if first, again := stands[m.Utterance]; again && m.Utterance != "" {
			stance = first
		}
		if stands[m.Utterance] = stance; stance != For && stance != Value {
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

// chained reports whether two members count as one source.
func (b *book) chained(x, y *Member) bool {
	if x.Utterance != "" && x.Utterance == y.Utterance {
		return true
	}
	p, q := &b.entries[x.Statement], &b.entries[y.Statement]
	if overlap(p.origin, q.origin) == 1 || overlap(p.behind, q.origin) == 1 || overlap(q.behind, p.origin) == 1 {
		return true
	}
	return carries(q.via, p.origin) || carries(p.via, q.origin)
}

// carries reports whether one of the carriers has a name.
func carries(via [][]int32, name []int32) bool {
	return slices.ContainsFunc(via, func(v []int32) bool { return overlap(v, name) == 1 })
}

// stems are what a name is compared by: without words of office ("Kremlin
// spokesman" is the Kremlin), where others remain.
func stems(name []token) []string {
	var out, office []string
	for _, t := range name {
		if offices[t.word] {
			office = append(office, stem(t.word))
		} else {
			out = append(out, stem(t.word))
		}
	}
	if len(out) == 0 {
		out = office
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var offices = map[string]bool{"spokesman": true, "spokeswoman": true, "spokesperson": true, "spokesmen": true, "spokespeople": true, "representative": true, "representatives": true, "rep": true, "official": true, "officials": true, "aide": true, "lawyer": true, "attorney": true, "office": true, "team": true}
