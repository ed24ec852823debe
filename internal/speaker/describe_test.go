package speaker

import (
	"slices"
	"testing"
)

func TestDescribedAt(t *testing.T) {
	for _, c := range []struct {
		article string
		want    []string
	}{
		{"On Monday the island senator spoke at length.", []string{"island senator"}},
		{"On Monday the leader of the Harbour Alliance spoke.", []string{"leader of the Harbour Alliance"}},
		{"On Monday a lawmaker in the Faroes objected.", []string{"lawmaker in the Faroes"}},
		{"On Monday the former secretary of state objected.", []string{"former secretary of state"}},
		{"On Monday the island senator's plan failed.", []string{"island senator"}},
		{"On Monday the island senator's aide spoke.", []string{"island senator", "island senator's aide"}},
		{"Serving as secretary of state, she travelled.", []string{"secretary of state"}},
		{"On Monday the senator Ada Holm spoke.", nil},     // a title
		{"On Monday the senator, Ada Holm, spoke.", nil},   // an apposition
		{"On Monday the chief strategists met.", nil},      // no chief
		{"On Monday a crowd watched the ferry come.", nil}, // a group
	} {
		d := Of(Article{Text: c.article}).doc
		var got []string
		for _, x := range d.describedAt(2) {
			got = append(got, d.slice(x.first, x.tail))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.article, got, c.want)
		}
	}
}

// A choice among options goes by their weights, and none is given where none is
// likely.
func TestChoose(t *testing.T) {
	w := map[string]float64{"none": 1, "good": 2, "bad": -3}
	all := []option{{x: features{{"none", 1}}}, {x: features{{"bad", 1}}}, {x: features{{"good", 1}}}}
	if k := choose(all, w, 0.5); k != 2 {
		t.Errorf("chose %d", k)
	}
	if k := choose(all[:2], w, 0.5); k != 0 {
		t.Errorf("chose %d where none is likely", k)
	}
	if k := choose(all[:2], w, 1); k != 1 {
		t.Errorf("chose %d where none is not allowed", k)
	}
}

func TestRoleOfDescription(t *testing.T) {
	for _, c := range []struct{ name, article, want string }{
		{"running text", "Dana Holt won again in the north on Sunday. Holt thanked the crowd. Critics had called the Democratic front-runner weak. [Holt]1 {said}1 <the count was fair>1. Holt left early. Voters like the Democratic front-runner.", "Democratic front-runner"},
		{"somebody else's", "Minister Per Lund met Dana Holt on Sunday. Dana Holt left. The minister stayed. [Dana Holt]1 {said}1 <the talks went well>1.", ""},
		{"after a verb of reporting", "According to the harbour town mayor, Dana Holt, the pier is safe. [Holt]1 {said}1 <it was rebuilt>1.", "harbour town mayor"},
		{"hyphens", "[Award-winning actress Dana Holt]1 {said}1 <the play was over>1.", "Award-winning actress"},
		{"a clause", "[Dana Holt, who runs a newsletter on fishing]1, {said}1 <the fleet was old>1.", "runs a newsletter on fishing"},
		{"an office named with of", "The plan of secretary of state Dana Holt failed. [Holt]1 {said}1 <the pier was safe>1.", "secretary of state"},
		{"the name of a work", "[“Cold Harbour” director Dana Holt]1 {said}1 <the film was done>1.", "“Cold Harbour” director"},
		{"a work with of", "<“It is done,”>1 {said}1 [Dana Holt, author of “Cold Harbour.”]1", "author of “Cold Harbour.”"},
		{"behind a seat", "[Rep. Dana Holt (D-Ohio), chair of the fisheries panel]1, {said}1 <the fleet was old>1.", "chair of the fisheries panel"},
		{"no determiner", "Dana Holt is senior editor at the Coast Gazette. [Holt]1 {said}1 <the paper was late>1.", "senior editor at the Coast Gazette"},
		{"a source's own words", "[A judge who knows the harbour]1 {said}1 <the pier was safe>1.", "judge"},
		{"a verb before a title", "Two papers assail Sen. Dana Holt. [Holt]1 {said}1 <she was calm>1.", "Sen."},
	} {
		s, sts := mark(c.article)
		if got := Resolve(Article{Text: s}, sts, nil)[0].Role; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
