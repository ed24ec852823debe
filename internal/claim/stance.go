package claim

import (
	"math"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
)

// judge gives each member its stance. A statement may say many things: what it
// says of this claim is read off its focus, the sentence of its content that is
// nearest to the other members. centre is the claim's.
func (b *book) judge(c *Claim, centre vector) {
	unit := b.rivals(c)
	focus := make([][]string, len(c.Members))
	no := make([]bool, len(c.Members))
	negative := 0
	for k, m := range c.Members {
		focus[k] = plain(b.focus(m.Statement, centre))
		no[k] = saysNo(&b.all[m.Statement], focus[k])
		if negated(focus[k]) {
			negative++
		}
	}
	// What most members are worded as is the claim: "no arrests were made".
	isNo := 2*negative > len(c.Members)
	for k := range c.Members {
		m := &c.Members[k]
		s := &b.all[m.Statement]
		switch {
		case leavesOpen(s, focus[k]):
			m.Stance = Open
		case s.Act == quoth.Deny && no[k] != isNo, !isNo && b.turned(m.Statement, focus[k], centre):
			m.Stance = Against
		case unit != "" && slices.ContainsFunc(s.Figures, func(f quoth.Figure) bool { return unitOf(f) == unit }):
			m.Stance = Value
		default:
			m.Stance = For
		}
	}
}

// centre is the sum of what the members speak of.
func (b *book) centre(c *Claim) vector {
	var all vector
	for _, m := range c.Members {
		all = append(all, b.entries[m.Statement].softAll...)
	}
	slices.SortStableFunc(all, byID)
	return merge(all)
}

// focus is the sentence of a member's content that is nearest to the others.
func (b *book) focus(i int, centre vector) string {
	best, high := "", math.Inf(-1)
	own := b.entries[i].softAll
	for words := range sentences(b.all[i].Content) {
		v := b.unit(b.vector(tokens(words)))
		if near := dot(v, centre) - dot(v, own); near > high {
			best, high = words, near
		}
	}
	return best
}

// saysNo reports whether a statement, by its cue and its focus, says that
// something is not so. A denial that is worded as one elsewhere (“We regret
// the delay. But the claims are untrue.”) does not deny its focus.
func saysNo(s *Statement, focus []string) bool {
	no := negated(focus)
	if denies(s.Cue) {
		return !no
	}
	return no || s.Act == quoth.Deny && !slices.ContainsFunc(plain(s.Words), isNegation)
}

// reach is how many words before another a negation turns its sense.
const reach = 5

// turned reports whether a negation stands just before the word that a focus
// has most in common with the other members by.
func (b *book) turned(i int, focus []string, centre vector) bool {
	own := b.entries[i].softAll
	last, high, turned := -1, 0.0, false
	for k, w := range focus {
		if negates(w) {
			last = k
		}
		id, ok := b.ids[stem(w)]
		if !ok || stops[w] {
			continue
		}
		v := b.unit(vector{{id, 1}})
		if near := dot(v, centre) - dot(v, own); near > high {
			high, turned = near, last >= 0 && k-last <= reach
		}
	}
	return turned
}

// leavesOpen reports whether a statement gives no answer, asks about its focus,
// or says that it is not known.
func leavesOpen(s *Statement, focus []string) bool {
	switch s.Act {
	case quoth.Neither, quoth.Decline:
		return true
	case quoth.Ask:
		return len(focus) == 0 || focus[0] != "why"
	}
	for i, w := range focus {
		if w == "whether" || w == "unclear" || w == "unverified" || w == "unconfirmed" {
			return true
		}
		next := focus[i+1 : min(len(focus), i+5)]
		if negates(w) && slices.ContainsFunc(next, func(x string) bool { return unsettled[x] }) {
			return true
		}
		if (w == "determine" || w == "establish" || w == "know") && len(next) > 0 && questions[next[0]] && (w != "know" || i > 0 && negates(focus[i-1])) {
			return true
		}
	}
	return false
}

var (
	unsettled = set("verified verify confirmed confirm known clear determined established")
	questions = set("if how why who what when where which")
)

// denies reports whether a cue itself denies.
func denies(cue []quoth.Span) bool {
	return slices.ContainsFunc(cue, func(c quoth.Span) bool { return slices.ContainsFunc(plain(c.Text), isDenial) })
}

// isDenial tells the verbs of denying in all their forms.
func isDenial(w string) bool {
	switch stem(w) {
	case "deny", "deni", "reject", "dispute", "disput", "refute", "refut", "dismiss", "rebut", "rebutt", "contradict":
		return true
	}
	return w == "denied" || w == "denies" || w == "refuted"
}

// negated reports whether words deny something: an odd number of negations.
func negated(words []string) bool {
	n := 0
	for _, w := range words {
		if isNegation(w) {
			n++
		}
	}
	return n%2 == 1
}

func isNegation(w string) bool { return negates(w) || w == "false" || w == "untrue" || isDenial(w) }

func negates(w string) bool {
	switch w {
	case "not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "nowhere", "cannot":
		return true
	}
	return strings.HasSuffix(w, "n't")
}
