package figure

import (
	"slices"
	"strings"
)

// Rivals joins the figures of one text that speak of the same thing: groups of
// two or more, as indices into figs, in which not all values are the same. It
// is cautious: the same unit, and words around it in common with every other
// figure of the group.
func Rivals(figs []Figure) [][]int {
	var groups [][]int
	byHead := map[string][]int{} // unit to groups
next:
	for i, f := range figs {
		if f.head == "" || times[f.head] {
			continue
		}
		// Against the latest groups alone, so that a hostile text costs no more than its length.
		of := byHead[f.head]
		for n := len(of) - 1; n >= 0 && n >= len(of)-groupsAtMost; n-- {
			g := groups[of[n]]
			same := len(g) < membersAtMost
			for _, j := range g {
				same = same && alike(figs[j], f)
			}
			if same {
				groups[of[n]] = append(g, i)
				continue next
			}
		}
		byHead[f.head] = append(of, len(groups))
		groups = append(groups, []int{i})
	}
	out := groups[:0]
	for _, g := range groups {
		for _, j := range g[1:] {
			if !Equal(figs[g[0]].Low, figs[j].Low) || !Equal(figs[g[0]].High, figs[j].High) {
				out = append(out, g)
				break
			}
		}
	}
	return out
}

const groupsAtMost, membersAtMost = 8, 8

// common units say little by themselves.
var common = set("percent", "dollar", "pound", "euro", "percentage", "point", "time", "mile", "kilometer", "people", "person")

// times pass in any story: two lengths of time are no rivals.
var times = set("year", "month", "week", "day", "hour", "minute", "second", "decade")

// fates are what is told of people by number, whatever the words.
var fates = map[string]string{
	"kill": "dead", "dead": "dead", "died": "dead", "death": "dead", "slain": "dead", "lost": "lost", "injur": "hurt", "wound": "hurt", "hurt": "hurt",
	"arrest": "held", "detain": "held", "miss": "missing", "captur": "captured", "abduct": "abducted", "kidnapp": "abducted", "freed": "freed", "releas": "freed",
	"rescu": "rescued", "evacuat": "moved", "displac": "moved", "hospitaliz": "hospital",
}

// alike reports whether two figures with the same unit, in different
// sentences, share enough words, are of like size and name no other names. What
// comes on top of something ("a further 22") has no rival.
func alike(a, b Figure) bool {
	if a.sentence == b.sentence || a.fate != b.fate || a.more || b.more || !near(a, b) {
		return false
	}
	if len(a.names) > 0 && len(b.names) > 0 && overlap(a.names, b.names) == 0 {
		return false
	}
	shared := overlap(a.topic, b.topic)
	switch all := len(a.topic) + len(b.topic) - shared; {
	case a.fate != "":
		return shared >= 1
	case common[a.head]:
		return shared >= 3 && 5*shared >= 2*all
	default:
		return shared >= 2 && 3*shared >= all
	}
}

func overlap(a, b []string) int {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return n
}

// near reports whether two values are within a factor of ten, where both are
// known.
func near(a, b Figure) bool {
	v, w := a.value(), b.value()
	return v <= 0 || w <= 0 || v <= 10*w && w <= 10*v
}

func (f Figure) value() float64 {
	switch {
	case f.Low != nil:
		return *f.Low
	case f.High != nil:
		return *f.High
	}
	return 0
}

// Equal reports whether two bounds are the same; nil is an open side.
func Equal(a, b *float64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// headOf is the last word of a unit in the singular.
func headOf(unit string) string {
	words := strings.Fields(strings.ToLower(unit))
	if len(words) == 0 {
		return ""
	}
	w := words[len(words)-1]
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		w = w[:len(w)-1]
	}
	return w
}

// topic gives the stems of the words that carry meaning around a quantity,
// its unit left out, and which of them are written as names.
func (r *reader) topic(lo, hi int, q quantity, f Figure) (topic, names []string) {
	for i := lo; i < hi; i++ {
		if i >= q.first && i < q.end || !r.isWord(i) || len(r.at(i)) < 4 || function[r.at(i)] || f.UnitAt.Contains(r.toks[i].Range) {
			continue
		}
		w := stem(r.at(i))
		if fates[w] != "" {
			continue
		}
		if !slices.Contains(topic, w) {
			topic = append(topic, w)
		}
		if r.capital(i) && !r.starts(i) {
			names = append(names, w)
		}
	}
	return topic, names
}

// fate gives what the clause tells of the people counted: in the words just
// after the number, else just before it.
func (r *reader) fate(q quantity) string {
	for i := q.end; i < q.end+5 && r.after(i) != "" && !r.boundary(i) && r.at(i) != "and"; i++ {
		if f := r.fateOf(i); f != "" {
			return f
		}
	}
	for i := q.first - 1; i >= q.first-3 && i >= 0 && !r.toks[i+1].Break && !r.boundary(i) && r.at(i) != "and"; i-- {
		if f := r.fateOf(i); f != "" {
			return f
		}
	}
	return ""
}

// fateOf is the fate that token i tells, if any; "Miss Holm" tells none.
func (r *reader) fateOf(i int) string {
	if r.at(i) == "miss" {
		return ""
	}
	return fates[stem(r.at(i))]
}

// bare reports whether no noun follows a quantity: "killed 11.", "40 were hurt", "12
// critically injured".
func (r *reader) bare(q quantity) bool {
	switch w := r.after(q.end); {
	case w == "" || w == "others" || strings.HasSuffix(w, "ly") || fates[stem(w)] != "":
		return true
	case r.isWord(q.end):
		return function[w] && w != "of"
	default:
		return r.boundary(q.end) && !strings.ContainsAny(w, "“\"([")
	}
}

// more reports whether a quantity is said to come on top of another.
func (r *reader) more(q quantity) bool {
	on := func(w string) bool {
		return w == "further" || w == "additional" || w == "another" || w == "other" || w == "others"
	}
	for i := q.first; i < q.num; i++ {
		if on(r.at(i)) {
			return true
		}
	}
	return on(r.at(q.first-1)) && r.after(q.first) != "" || on(r.after(q.end)) || r.after(q.end) == "more"
}

// stem cuts a word's ending.
func stem(w string) string {
	for _, end := range [...]string{"ing", "ed", "es", "s", "e"} {
		if len(w) > len(end)+3 && strings.HasSuffix(w, end) {
			return strings.TrimSuffix(w, end)
		}
	}
	return w
}
