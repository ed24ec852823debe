package main

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth/internal/claim"
	"github.com/quothnews/quoth/internal/store"
)

// joined is the claims that the machine found, while people's verdicts are laid
// over them. A verdict names statements; the claim that it is about is the one
// that holds most of them, of several such the one that it was given on.
type joined struct {
	claims  []store.Claim
	of      map[string]*claim.Statement // by ID
	changed map[string]bool             // claims whose members people changed
}

func newJoined(all []claim.Statement, found []claim.Claim) *joined {
	j := &joined{of: map[string]*claim.Statement{}, changed: map[string]bool{}}
	for i := range all {
		j.of[all[i].ID] = &all[i]
	}
	for _, c := range found {
		out := store.Claim{ID: c.ID, Name: c.Text, Score: c.Score, Sources: c.Sources}
		for _, m := range c.Members {
			out.Members = append(out.Members, store.Member{Statement: all[m.Statement].ID, Stance: string(m.Stance), Utterance: m.Utterance, Score: m.Score})
		}
		j.claims = append(j.claims, out)
	}
	return j
}

// holder gives the claim that holds most of the statements, of several such the
// one with the ID; nil where none holds any.
func (j *joined) holder(id string, statements map[string]bool) *store.Claim {
	var best *store.Claim
	most := 0
	for i := range j.claims {
		n := 0
		for _, m := range j.claims[i].Members {
			if statements[m.Statement] {
				n++
			}
		}
		if n > most || n > 0 && n == most && j.claims[i].ID == id {
			best, most = &j.claims[i], n
		}
	}
	return best
}

// lay lays one verdict over the claims. One whose statements are gone, or are
// in no claim any more, has nothing to say, except that it joins or confirms:
// then they are a claim because a person said so.
func (j *joined) lay(v store.Verdict) {
	var statements []string
	named := map[string]bool{}
	for _, id := range v.Statements {
		if j.of[id] != nil && !named[id] {
			statements, named[id] = append(statements, id), true
		}
	}
	c := j.holder(v.Claim, named)
	if c == nil && (v.Kind == "join" || v.Kind == "confirm") && len(statements) > 1 {
		j.claims = append(j.claims, store.Claim{ID: "c" + v.ID, Name: clipped(j.of[statements[0]].Words)})
		c = &j.claims[len(j.claims)-1]
	}
	if c == nil {
		return
	}
	switch v.Kind {
	case "confirm", "join":
		c.Confirmed = true
		j.take(c, statements, named, v.Kind == "join")
	case "name":
		c.Name = v.Value
	case "split":
		j.split(c, named, v.ID)
	case "stance", "utterance":
		for i := range c.Members {
			m := &c.Members[i]
			if !named[m.Statement] {
				continue
			}
			j.changed[c.ID] = true
			if v.Kind == "stance" {
				m.Stance = v.Value
			} else {
				m.Utterance = "u" + v.ID
			}
		}
	}
}

// take brings statements into a claim. Another claim that holds nothing else
// goes into it; of two that a person joined the other goes as a whole, also with
// what came to it since: it gives the claim what it lacks. A third claim keeps what
// it has in common with them: a statement may speak of several things. named holds
// the same statements.
func (j *joined) take(c *store.Claim, statements []string, named map[string]bool, join bool) {
	held := map[string]bool{}
	for _, m := range c.Members {
		held[m.Statement] = true
	}
	for _, o := range j.givers(c, named, held) {
		gives := slices.ContainsFunc(o.Members, func(m store.Member) bool { return named[m.Statement] && !held[m.Statement] })
		goes := o.common == len(o.Members) || join && gives && 2*o.common > len(o.Members)
		for _, m := range o.Members {
			if (goes || named[m.Statement]) && !held[m.Statement] {
				m.Score = 1
				c.Members, held[m.Statement] = append(c.Members, m), true
				j.changed[c.ID] = true
			}
		}
		if goes {
			o.Members = nil
		}
	}
	for _, id := range statements {
		if !held[id] {
			c.Members = append(c.Members, store.Member{Statement: id, Stance: string(claim.For), Score: 1})
			j.changed[c.ID] = true
		}
	}
}

// A giver is a claim that holds so many of the statements that are named, and so
// many of these that the claim which takes them lacks.
type giver struct {
	*store.Claim
	common, lacking int
}

// givers are the other claims that hold any of the named statements: those first
// that hold most which the claim lacks, of several such those with least beside.
func (j *joined) givers(c *store.Claim, named, held map[string]bool) []giver {
	var out []giver
	for i := range j.claims {
		o := giver{Claim: &j.claims[i]}
		for _, m := range o.Members {
			if named[m.Statement] {
				o.common++
				if !held[m.Statement] {
					o.lacking++
				}
			}
		}
		if o.ID != c.ID && o.common > 0 {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b giver) int {
		return cmp.Or(b.lacking-a.lacking, (len(a.Members)-a.common)-(len(b.Members)-b.common))
	})
	return out
}

// split takes statements out of a claim; several of them are a claim of their
// own.
func (j *joined) split(c *store.Claim, statements map[string]bool, id string) {
	var off []store.Member
	c.Members = slices.DeleteFunc(slices.Clone(c.Members), func(m store.Member) bool {
		if statements[m.Statement] {
			off = append(off, m)
			return true
		}
		return false
	})
	j.changed[c.ID] = true
	if len(off) > 1 {
		n := store.Claim{ID: "c" + id, Name: clipped(j.of[off[0].Statement].Words), Score: c.Score, Members: off}
		j.changed[n.ID] = true
		j.claims = append(j.claims, n)
	}
}

func clipped(s string) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(len(words), 20)], " ")
}

// finish counts what each claim holds and drops those of fewer than two
// statements. A claim that is as it was before keeps its time.
func (j *joined) finish(old map[string]store.Claim, now time.Time) []store.Claim {
	out := []store.Claim{}
	for _, c := range j.claims {
		if len(c.Members) < 2 {
			continue
		}
		slices.SortStableFunc(c.Members, func(a, b store.Member) int {
			return cmp.Compare(claim.Day(j.of[a.Statement]), claim.Day(j.of[b.Statement]))
		})
		j.count(&c)
		c.Updated = now
		if was, ok := old[c.ID]; ok {
			same := c
			same.Updated, same.Members, was.Members = was.Updated, nil, nil
			same.Score = was.Score // moves a little with every article elsewhere
			if reflect.DeepEqual(same, was) {
				c.Updated = was.Updated
			}
		}
		out = append(out, c)
	}
	return out
}

// count fills in what is told of a claim beside its members. Where people
// changed these, independent sources are the speakers of what speaks for it,
// each once.
func (j *joined) count(c *store.Claim) {
	c.Size, c.Stances, c.First, c.Last = len(c.Members), store.Tallies(c.Members), "", ""
	outlets, sources := map[string]bool{}, map[string]bool{}
	for _, m := range c.Members {
		s := j.of[m.Statement]
		outlets[s.Outlet] = true
		if first, last, ok := store.Bounds(claim.Day(s)); ok {
			if day := store.DayString(first); c.First == "" || day < c.First {
				c.First = day
			}
			c.Last = max(c.Last, store.DayString(last))
		}
		if len(s.Speaker) > 0 && (m.Stance == string(claim.For) || m.Stance == string(claim.Value)) {
			sources[s.Speaker[0].Name] = true
		}
	}
	c.Outlets = len(outlets)
	if j.changed[c.ID] {
		c.Sources = len(sources)
	}
}
