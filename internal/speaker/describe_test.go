package speaker

import "testing"

func TestDescribedAt(t *testing.T) {
	for _, c := range []struct{ article, want, tail string }{
		{"On Monday the island senator spoke at length.", "island senator", ""},
		{"On Monday the leader of the Harbour Alliance spoke.", "leader", " of the Harbour Alliance"},
		{"On Monday a lawmaker in the Faroes objected.", "lawmaker", " in the Faroes"},
		{"On Monday the former secretary of state objected.", "former secretary", " of state"},
		{"On Monday the island senator’s plan was out.", "island senator", ""},
		{"On Monday the senator Ada Holm spoke.", "", ""},   // a title
		{"On Monday the senator, Ada Holm, spoke.", "", ""}, // an apposition
		{"On Monday the senator’s aide Ada Holm spoke.", "", ""},
		{"On Monday the chief strategists met.", "", ""},      // no chief
		{"On Monday a crowd watched the ferry come.", "", ""}, // a group
	} {
		d := Of(Article{Text: c.article}).doc
		at := 2
		if c.want == "" {
			if x, ok := d.describedAt(at); ok {
				t.Errorf("%q: %q is a description", c.article, d.slice(x.first, x.tail))
			}
			continue
		}
		x, ok := d.describedAt(at)
		if !ok || d.slice(x.first, x.last) != c.want || d.slice(x.first, x.tail) != c.want+c.tail {
			t.Errorf("%q: got %v %q %q", c.article, ok, d.slice(x.first, x.last), d.slice(x.first, x.tail))
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
		{"before a name with a body", "[The group's chair, Dana Holt of the Harbour Trust,]1 {said}1 <it was late>1.", "group's chair"},
		{"the role is not the name", "[The chairman, Sir Dana Pope,]1 {said}1 <costs rose>1.", "chairman"},
		{"of somebody else in the sentence", "The minister also held talks with her French counterpart, Dana Holt. [Holt]1 {said}1 <it was late>1.", "French counterpart"},
		{"of a noun that is no role", "The minister also held talks with her French flatmate, Dana Holt. [Holt]1 {said}1 <it was late>1.", ""},
		{"a role with a preposition", "The adviser to the president, Dana Holt, left. [Holt]1 {said}1 <it was late>1.", "adviser to the president"},
		{"an office of state in running text", "Dana Holt spoke on Monday. She was told that the prime minister had seen the report. [Holt]1 {said}1 <it was late>1.", ""},
		{"an office of state that a lead opens with", "Talks, says Holt\nESTWICK - Ardania’s president will come, she told parliament on Monday. [Dana Holt]1 {said}1 <it was late>1. Holt then left.", "Ardania’s president"},
		{"a club's office in running text", "Dana Holt spoke on Monday. Nobody had seen the club president so angry. [Holt]1 {said}1 <it was late>1.", "club president"},
		{"hyphens", "[Award-winning actress Dana Holt]1 {said}1 <the play was over>1.", "Award-winning actress"},
		{"a clause", "[Dana Holt, who runs a newsletter on fishing]1, {said}1 <the fleet was old>1.", "runs a newsletter on fishing"},
		{"a verb before a title", "Two papers assail Sen. Dana Holt. [Holt]1 {said}1 <she was calm>1.", "Sen."},
	} {
		s, sts := mark(c.article)
		if got := Of(Article{Text: s}).Resolve(sts, nil)[0].Role; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Who is told to be a brother is not "Mr. Holt's father"; a guess from running text rules
// nothing out.
func TestOtherKin(t *testing.T) {
	brother := identity{roles: []role{{how: afterName, head: "brother"}, {how: called, head: "uncle"}}}
	if !brother.otherKin("father") || brother.otherKin("brother") {
		t.Error("a brother may be the father, or not the brother")
	}
	guessed := identity{roles: []role{{how: called, head: "uncle"}, {how: afterName, head: "mayor"}}}
	if guessed.otherKin("father") {
		t.Error("a mayor is no father")
	}
}
