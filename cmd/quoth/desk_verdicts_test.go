package main

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/claim"
	"github.com/quothnews/quoth/internal/store"
)

// TestVerdicts lays people's verdicts over claims {a b c} and {d e}; f stands
// alone.
func TestVerdicts(t *testing.T) {
	var all []claim.Statement
	for i, id := range []string{"a", "b", "c", "d", "e", "f"} {
		s := claim.Statement{ID: id, Outlet: fmt.Sprint("outlet ", i%2), Published: fmt.Sprintf("2032-02-%02d", 10+i), Words: "words of " + id}
		s.Speaker = []quoth.Speaker{{Name: "speaker " + id}}
		all = append(all, s)
	}
	found := func() []claim.Claim {
		m := func(i int, s claim.Stance) claim.Member { return claim.Member{Statement: i, Stance: s, Score: .5} }
		return []claim.Claim{{ID: "c1", Text: "one", Sources: 3, Members: []claim.Member{m(0, claim.For), m(1, claim.For), m(2, claim.Against)}}, {ID: "c2", Text: "two", Sources: 2, Members: []claim.Member{m(3, claim.For), m(4, claim.Open)}}}
	}
	now := time.Date(2032, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		verdicts []store.Verdict
		want     string // ID:name:members:sources, * for confirmed
	}{
		"none":                {nil, "c1:one:abc:3 c2:two:de:2"},
		"confirm":             {[]store.Verdict{{Kind: "confirm", Statements: []string{"a", "b", "c"}}}, "c1*:one:abc:3 c2:two:de:2"},
		"confirm what parted": {[]store.Verdict{{Kind: "confirm", Statements: []string{"a", "b", "c", "f"}}}, "c1*:one:abcf:3 c2:two:de:2"},
		"name":                {[]store.Verdict{{Kind: "name", Value: "uno", Statements: []string{"a", "b"}}}, "c1:uno:abc:3 c2:two:de:2"},
		"join":                {[]store.Verdict{{Kind: "join", Statements: []string{"a", "b", "c", "d", "e"}}}, "c1*:one:abcde:3"},
		"join what grew":      {[]store.Verdict{{Kind: "join", Claim: "c2", Statements: []string{"a", "b", "d", "e"}}}, "c2*:two:abcde:3"},
		"split one":           {[]store.Verdict{{Kind: "split", Statements: []string{"a"}}}, "c1:one:bc:1 c2:two:de:2"},
		"split two":           {[]store.Verdict{{ID: "9", Kind: "split", Statements: []string{"a", "b"}}}, "c2:two:de:2 c9:words of a:ab:2"},
		"split and name":      {[]store.Verdict{{ID: "9", Kind: "split", Statements: []string{"a", "b"}}, {Kind: "name", Value: "new", Statements: []string{"a", "b"}}}, "c2:two:de:2 c9:new:ab:2"},
		"stance":              {[]store.Verdict{{Kind: "stance", Value: "open", Statements: []string{"d"}}}, "c1:one:abc:3 c2:two:de:0"},
		"join strangers":      {[]store.Verdict{{ID: "9", Kind: "join", Statements: []string{"f", "gone"}}}, "c1:one:abc:3 c2:two:de:2"},
		"gone":                {[]store.Verdict{{Kind: "name", Value: "x", Statements: []string{"gone"}}}, "c1:one:abc:3 c2:two:de:2"},
	} {
		j := newJoined(all, found())
		for _, v := range c.verdicts {
			j.lay(v)
		}
		got := ""
		for i, x := range j.finish(nil, now) {
			if i > 0 {
				got += " "
			}
			got += x.ID
			if x.Confirmed {
				got += "*"
			}
			got += ":" + x.Name + ":"
			n := 0
			for _, m := range x.Members {
				got += m.Statement
			}
			for _, s := range x.Stances {
				n += s.Count
			}
			got += fmt.Sprint(":", x.Sources)
			if n != x.Size || x.Size != len(x.Members) || x.First != all[x.Members[0].Statement[0]-'a'].Published {
				t.Errorf("%s: %+v", name, x)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	shared := found()
	shared[1].Members = append(shared[1].Members, claim.Member{Statement: 2, Stance: claim.For, Score: .5})
	j := newJoined(all, shared)
	j.lay(store.Verdict{Kind: "stance", Claim: "c2", Value: "open", Statements: []string{"c"}})
	if one, two := j.claims[0].Members[2].Stance, j.claims[1].Members[2].Stance; one != "against" || two != "open" {
		t.Errorf("a verdict on a statement of two claims, given on the second: it is %s in the first, %s in the second", one, two)
	}
	j = newJoined(all, shared)
	j.lay(store.Verdict{Kind: "confirm", Claim: "c1", Statements: []string{"a", "b", "c"}})
	if got := j.finish(nil, now); len(got) != 2 || got[1].Size != 3 || got[1].Confirmed {
		t.Errorf("a claim is confirmed, and another that a statement of it belongs to as well is %+v", got)
	}
	// Of four claims two are joined; those that share statements with either stay.
	four := found()
	for i, list := range [][]int{{3, 4, 5}, {0, 1, 5}} {
		c := claim.Claim{ID: fmt.Sprint("c", 3+i), Text: "more"}
		for _, s := range list {
			c.Members = append(c.Members, claim.Member{Statement: s, Stance: claim.For, Score: .5})
		}
		four = append([]claim.Claim{c}, four...)
	}
	j = newJoined(all, four)
	j.lay(store.Verdict{Kind: "join", Claim: "c1", Statements: []string{"a", "b", "c", "d", "e"}})
	sizes := map[string]int{}
	for _, c := range j.finish(nil, now) {
		sizes[c.ID] = c.Size
	}
	if want := map[string]int{"c1": 5, "c3": 3, "c4": 3}; !maps.Equal(sizes, want) {
		t.Errorf("joined beside others, the claims have %v statements, want %v", sizes, want)
	}
	listed := decided(all, found(), []store.Verdict{{Kind: "confirm", Statements: []string{"d", "e"}}, {Kind: "name", Value: "zwei", Statements: []string{"d"}}, {Kind: "stance", Value: "open", Statements: []string{"a", "b"}}})
	if c := listed[0]; len(listed) != 2 || !c.confirmed || c.Text != "zwei" || c.Members[0].Statement != 3 || listed[1].Sources != 0 || listed[1].Members[0].Stance != claim.Open {
		t.Errorf("the command line lists %+v", listed)
	}
	j = newJoined(all, found())
	old := map[string]store.Claim{}
	for _, c := range j.finish(nil, now) {
		c.Score += 0.001 // by what was added elsewhere: no change
		old[c.ID] = c
	}
	j = newJoined(all, found())
	j.lay(store.Verdict{Kind: "name", Value: "uno", Statements: []string{"a"}})
	later := j.finish(old, now.Add(time.Hour))
	if !later[0].Updated.After(now) || !later[1].Updated.Equal(now) {
		t.Errorf("changed at %v and %v", later[0].Updated, later[1].Updated)
	}
}
