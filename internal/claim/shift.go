package claim

import (
	"cmp"
	"slices"

	"github.com/quothnews/quoth"
)

// A Turn is what one speaker answered on a claim at a time.
type Turn struct {
	Statement int // index into the statements given
	Day       string
	Act       quoth.Act
	Stance    Stance
	Shift     bool // another stance than in the turn before
}

// A Course is one speaker's turns on a claim, in order of time.
type Course struct {
	Speaker string // the longest form of the name
	Turns   []Turn
}

// Courses follows each speaker of a claim through time: "denied" in November,
// "neither" in February. Reports of one utterance are one turn, its first
// report; statements without a speaker are left out. same tells whether two
// statements have the same speaker; nil goes by the names.
func Courses(all []Statement, c *Claim, same func(i, j int) bool) []Course {
	if same == nil {
		names := map[int][]string{}
		for _, m := range c.Members {
			names[m.Statement] = stems(partsOf(&all[m.Statement]).speaker)
		}
		same = func(i, j int) bool { return overlap(names[i], names[j]) == 1 }
	}
	members := slices.Clone(c.Members)
	slices.SortStableFunc(members, func(x, y Member) int {
		return cmp.Compare(Day(&all[x.Statement]), Day(&all[y.Statement]))
	})
	var out []Course
	type turn struct {
		course    int
		utterance string
	}
	said := map[turn]bool{}
	for _, m := range members {
		s := &all[m.Statement]
		if len(s.Speaker) == 0 {
			continue
		}
		k := slices.IndexFunc(out, func(o Course) bool { return same(o.Turns[0].Statement, m.Statement) })
		if k < 0 {
			k = len(out)
			out = append(out, Course{Speaker: s.Speaker[0].Name})
		}
		o := &out[k]
		if len(s.Speaker[0].Name) > len(o.Speaker) {
			o.Speaker = s.Speaker[0].Name
		}
		if report := (turn{k, m.Utterance}); m.Utterance != "" {
			if said[report] {
				continue
			}
			said[report] = true
		}
		t := Turn{Statement: m.Statement, Day: Day(s), Act: s.Act, Stance: m.Stance}
		if n := len(o.Turns); n > 0 {
			last := o.Turns[n-1]
			t.Shift = last.Stance != t.Stance && last.Day != t.Day
		}
		o.Turns = append(o.Turns, t)
	}
	return out
}
