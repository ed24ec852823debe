package occasion

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// mark reads an article in which sources, cues and contents are marked with
// the number of their statement: "[He]1 {said}1 <no>1".
func mark(s string) (Article, []Statement) {
	var sts []Statement
	var b strings.Builder
	var open []int
	re := regexp.MustCompile(`[\[{<]|[\]}>]\d`)
	last := 0
	for _, m := range re.FindAllStringIndex(s, -1) {
		b.WriteString(s[last:m[0]])
		last = m[1]
		if m[1]-m[0] == 1 {
			open = append(open, b.Len())
			continue
		}
		n, _ := strconv.Atoi(s[m[0]+1 : m[1]])
		for len(sts) < n {
			sts = append(sts, Statement{})
		}
		r := text.Range{Start: open[len(open)-1], End: b.Len()}
		open = open[:len(open)-1]
		st := &sts[n-1]
		switch s[m[0]] {
		case ']':
			st.Source = append(st.Source, r)
		case '}':
			st.Cue = append(st.Cue, r)
		case '>':
			st.Content = append(st.Content, r)
		}
	}
	b.WriteString(s[last:])
	a := Article{Text: b.String(), Published: "2032-02-09", Times: when.Read(b.String(), "2032-02-09")}
	cast := speaker.Of(speaker.Article{Text: a.Text})
	a.Names = cast.Names()
	var asked []speaker.Statement
	for _, st := range sts {
		asked = append(asked, speaker.Statement{Source: st.Source, Cue: st.Cue, Content: st.Content})
	}
	phrases := cast.Phrases()
	for _, p := range phrases {
		asked = append(asked, speaker.Statement{Source: []text.Range{p}, Aside: true})
	}
	for i, x := range cast.Resolve(asked, nil) {
		var names []string
		for _, s := range x.Speakers {
			names = append(names, s.Name)
		}
		if i < len(sts) {
			sts[i].Speaker = strings.Join(names, ", ")
		} else {
			a.Phrases = append(a.Phrases, Phrase{phrases[i-len(sts)], names})
		}
	}
	return a, sts
}

// TestMembers: members of a body are spoken to, not the body too.
func TestMembers(t *testing.T) {
	for said, want := range map[string]string{
		"members of the Halven parliament": "members of the Halven parliament",
		"members of the Halven media":      "members of the Halven media",
		"members of Brightwater Council":   "members of Brightwater Council",
	} {
		a, sts := mark("[Mayor Ada Finch]1 {told}1 " + said + " <that the pier was safe>1.")
		var got []string
		for _, tie := range Read(a, sts, nil)[0][To] {
			got = append(got, tie.Values...)
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q", said, got)
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, article, want string // want: via; to; when of each statement
	}{
		{"told", "[Nora Finch]1 {told}1 the Harbour Times <the pier was closed>1.", "; Harbour Times;"},
		{"told of the speaker", "<“Our debt is low,”>1 {said}1 [Nora Finch]1, who will retire in March.", "; ;"},
		{"a cue in capitals", "[NORA FINCH]1 ON MONDAY {DENIED}1 <THAT SHE WOULD GO>1.", "; ; 2032-02-09"},
		{"pronoun", "Peter Quill was late. [Nora Finch]1 {told}1 him <the pier was closed>1.", "; Peter Quill;"},
		{"interview", "In an interview with the Harbour Times on Friday, [Nora Finch]1 {said}1 <the pier was closed>1.", "interview; Harbour Times; 2032-02-06"},
		{"statement", "[Nora Finch]1 {said in a statement}1 on Monday <that the pier was closed>1.", "statement; ; 2032-02-09"},
		{"an outlet with a number", "[Nora Finch]1 {told}1 BBC Radio 5 Live <the pier was closed>1.", "; BBC Radio 5 Live;"},
		{"reporters at a place", "[Nora Finch]1 {told}1 reporters at the Harbour Office <the pier was closed>1.", "; reporters;"},
		{"who answers", "{Asked}1 by Peter Quill <whether the pier was closed>1, [Nora Finch]2 {said}2 <it was>2.", "; Nora Finch; | ; Peter Quill;"},
		{"who had asked", "[Peter Quill]1 {asked}1 Nora Finch <whether the pier was closed>1. <“It was, and it leaked,”>2 [Finch]2 {said}2.", "; Nora Finch; | ; Peter Quill;"},
		{"who has asked for something", "[Peter Quill]1 {has asked}1 Nora Finch <for a new pier>1. <“It was, and it leaked,”>2 [Finch]2 {said}2.", "; Nora Finch; | ; ;"},
		{"reporters", "[Nora Finch]1 {told}1 reporters at a news conference on Thursday <the pier was closed>1.", "news conference; reporters; 2032-02-05"},
		{"inside the content", "[Nora Finch]1 {said}1 <the letter to the mayor came on Thursday>1.", "; ;"},
		{"same occasion", "In an interview with the Harbour Times, [Nora Finch]1 {said}1 <the pier was closed>1. <“It was rotten,”>2 [she]2 {added}2.",
			"interview; Harbour Times; | interview; Harbour Times;"},
		{"somebody else", "[Nora Finch]1 {told}1 the Harbour Times <the pier was closed>1.\n\nThe summer fair drew thousands of visitors.\n\nAt the lake, [Peter Quill]2 {said}2 <he did not care>2.", "; Harbour Times; | ; ;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, sts := mark(c.article)
			var got []string
			for _, o := range Read(a, sts, nil) {
				var part []string
				for _, f := range []Field{Via, To, When} {
					var values []string
					for _, tie := range o[f] {
						values = append(values, tie.Values...)
					}
					part = append(part, strings.Join(values, ", "))
				}
				got = append(got, strings.TrimSpace(strings.Join(part, "; ")))
			}
			if s := strings.Join(got, " | "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// What may carry words: names in full, nouns outside names, compounds.
func TestCarriers(t *testing.T) {
	for _, c := range []struct{ article, want string }{
		{"He wrote it in a Truth Social post.", "Truth Social; post"},
		{"She said so in an op-ed and in a live radio interview.", "op-ed; live radio interview"},
		{"Social media were full of it.", "Social media"},
		{"She told BBC Radio 5 Live and Channel 4 News so.", "BBC Radio 5 Live; Channel 4 News"},
		{"He said so on a conference call with analysts and in a text message.", "conference call; text message"},
		{"On a late-night call with donors she joined calls for peace. They call it a call to arms in the roll call.", "call"},
		{"There was news of a telephone call with her, he said on conference calls.", "conference calls"},
		{"She wrote it on X.", "X"},
		{"The idea came up in its Lantern magazine.", "Lantern"},
		{"The Harbour Gazette printed it. The Gazette stood by it.", "Harbour Gazette; Harbour Gazette"},
		{"She told BBC Radio 4's Coast at Dawn programme so.", "BBC Radio 4; Coast at Dawn programme"},
		{"He spoke on CNN’s “The Long Hour with Nora Finch,” on the BBC's The Long Night and on Radio 4's Today.", "CNN; The Long Hour with Nora Finch; BBC; The Long Night; Radio 4; Today"},
		{"He wrote in an e-mail, and in live e-mail messages to the staff.", "e-mail; live e-mail messages"},
		{"He chose to address the strike and would not release the names before his address in the harbour.", "address"},
		{"The debate over the pier went on. In the debate on Monday he said so.", "debate"},
		{"He said so on the “Dry Dock” podcast.", "“Dry Dock” podcast"},
		{"It met the “Clean Harbour” program's aims. CNN’s Nora Finch saw it.", "Clean Harbour; program; CNN"},
	} {
		a, _ := mark(c.article)
		var got []string
		for _, x := range newDoc(a, nil).candidates(Via) {
			got = append(got, strings.Join(x.values, ", "))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.article, s, c.want)
		}
	}
}

// Whose somebody is, is not who is spoken to.
func TestEmploys(t *testing.T) {
	for _, c := range []struct {
		article string
		want    bool
	}{
		{"He told the Harbour Times’s Nora Finch so.", true},
		{"He told Harbour Times reporter Nora Finch so.", true},
		{"He wrote to the Harbour Times's new editor, Nora Finch.", true},
		{"He told Harbour Times affiliate Nora Finch so.", true},
		{"Speaking to the Harbour Times, reporter Nora Finch said so.", false},
		{"He told the Harbour Times and Nora Finch so.", false},
		{"He told the Harbour Times that Nora Finch was late.", false},
	} {
		a, _ := mark(c.article)
		if len(a.Names) < 2 {
			t.Fatalf("%s: names %v", c.article, a.Names)
		}
		n := a.Names[len(a.Names)-2:]
		n[0].Type, n[1].Type = quoth.Organization, quoth.Person
		if got := newDoc(a, nil).employs(n[0], n[1]); got != c.want {
			t.Errorf("%s: %v", c.article, got)
		}
	}
}

// Nobody speaks to a programme, nor is its title a time; the station is spoken to.
func TestTitles(t *testing.T) {
	a, sts := mark("[Nora Finch]1 {told}1 BBC One's Breakfast with Quill programme <the pier was closed>1. [She]2 {told}2 Harbour Radio's “Today” show <it would open>2.")
	want := []string{"BBC One", "Harbour Radio"}
	for i, o := range Read(a, sts, nil) {
		if len(o[To]) != 1 || o[To][0].Values[0] != want[i] || len(o[When]) != 0 {
			t.Errorf("statement %d: to %v, when %v", i, o[To], o[When])
		}
	}
}

// A first name is no time.
func TestChristens(t *testing.T) {
	for _, c := range []struct{ article, want string }{
		{"On Monday resident June Barlow said that in June it had rained.", "Monday; June"},
		{"In June Barlow said so.", "June"},
	} {
		a, _ := mark(c.article)
		var got []string
		for _, x := range newDoc(a, nil).candidates(When) {
			got = append(got, a.Text[x.Start:x.End])
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.article, s, c.want)
		}
	}
}

// "on X." ends a sentence, an initial does not.
func TestSentences(t *testing.T) {
	a, _ := mark("He wrote on X. Others met Malcolm X. Finch there.")
	if d := newDoc(a, nil); len(d.starts) != 2 {
		t.Errorf("%d sentences, want 2", len(d.starts))
	}
}

// A carrier named twice is one.
func TestOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"speech", "opening remarks", true}, {"Poll", "poll", true}, {"new survey", "polls", true},
		{"ABC News", "Lake News", false}, {"speech", "interview", false}, {"phone interview", "radio", false},
	} {
		if got := one(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

// What a statement cannot have is not kept.
func TestKept(t *testing.T) {
	a, sts := mark("[A survey]1 {found}1 <so>1. [The Harbour Times]2 {feared}2 <the flood>2. [A poll by Nora Finch]3 {found}3 <no>3.")
	sts[1].Thought, sts[1].Speaker, sts[2].Speaker = true, "Harbour Times", "Nora Finch"
	d := newDoc(a, sts)
	tie := func(v string, from int) Tie { return Tie{Values: []string{v}, From: from} }
	for _, c := range []struct {
		f    Field
		i    int
		tie  Tie
		want bool
	}{
		{Via, 0, tie("new poll", 0), false}, {Via, 0, tie("statement", 1), true}, {Via, 2, tie("poll", 2), true},
		{Via, 1, tie("Harbour Times", 1), false}, {Via, 1, tie("speech", 1), true}, {Via, 1, tie("speech", 0), false},
		{To, 1, tie("reporters", 1), false}, {To, 2, tie("Nora Finch", 2), false}, {To, 0, tie("reporters", 1), true}, {When, 1, tie("2032-02-06", 0), false},
	} {
		if got := len(d.kept(c.f, c.i, []Tie{c.tie})) == 1; got != c.want {
			t.Errorf("%s of statement %d, %v: %v", c.f, c.i, c.tie, got)
		}
	}
}

// What somebody else wrote or said carries nobody's words but his.
func TestAnothers(t *testing.T) {
	a, sts := mark("In Peter Quill's farewell speech, [Nora Finch]1 {said}1, <one line was stolen>1. The New Year's speech was good. In her speech she had none. The speech was long.")
	sts[0].Speaker = "Nora Finch"
	d := newDoc(a, sts)
	var got []bool
	for at := 0; strings.Contains(a.Text[at:], "speech"); at += len("speech") {
		at += strings.Index(a.Text[at:], "speech")
		got = append(got, d.anothers(&sts[0], Tie{Range: text.Range{Start: at, End: at + len("speech")}, Values: []string{"speech"}}))
	}
	if want := []bool{true, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Another speaker's occasion must be surer, but in the title and the lead; who says
// nothing has none but his own.
func TestForeign(t *testing.T) {
	a, sts := mark("[The board]1 {met}1 <so>1.\n\nIt rained.\n\n[Nora Finch]2 {said}2 <no>2 in an interview on Friday.\n\n[Peter Quill]3 {said}3 <yes>3. He {declined}4.")
	for i, who := range []string{"The board", "Nora Finch", "Peter Quill", "Nora Finch"} {
		sts[i].Speaker = who
	}
	d := newDoc(a, sts)
	at := strings.Index(a.Text, "interview")
	for _, c := range []struct {
		f     Field
		i     int
		value string
		p     float64
		want  bool
	}{
		{Via, 2, "interview", 0.5, true}, {Via, 2, "interview", 0.7, false}, {Via, 2, "hearing", 0.5, false}, {Via, 0, "interview", 0.5, false}, {Via, 1, "interview", 0.5, false},
		{Via, 3, "interview", 0.9, true}, {When, 2, "2032-02-06", 0.4, true}, {When, 2, "2032-02-06", 0.5, false}, {When, 3, "2032-02-06", 0.4, false},
	} {
		if got := d.foreign(c.f, c.i, Tie{Range: text.Range{Start: at, End: at + 9}, Values: []string{c.value}, P: c.p, From: 1}); got != c.want {
			t.Errorf("%s %q of statement %d: %v", c.f, c.value, c.i, got)
		}
	}
}

// What a newspaper reports was not said at the news conference of somebody else.
func TestForeignOfOutlets(t *testing.T) {
	a, sts := mark("The pier is old.\n\nIt rained.\n\n[Nora Finch]1 {said}1 <no>1 at a news conference.\n\n[The Holm Courier]2 {reported}2 <so>2.\n\n[Peter Quill]3 {said}3 <yes>3.")
	for i, who := range []string{"Nora Finch", "Holm Courier", "Peter Quill"} {
		sts[i].Speaker = who
	}
	d := newDoc(a, sts)
	at := strings.Index(a.Text, "news conference")
	for i, want := range []bool{false, true, false} {
		if got := d.foreign(Via, i, Tie{Range: text.Range{Start: at, End: at + 15}, Values: []string{"news conference"}, P: 0.9, From: 0}); got != want {
			t.Errorf("statement %d: %v", i, got)
		}
	}
}

// Who heard what was said at another time did not hear this; a time that tells since
// when or for when is not of saying.
func TestAnotherTime(t *testing.T) {
	a, sts := mark("[Nora Finch, there since Thursday,]1 {told}1 the Lantern <no>1. [She]2 {said}2 <so>2 on Monday.\n\n[She]3 {said}3 <yes>3 in May. [She]4 {asked}4 for <rain>4 for Friday.")
	for i := range sts {
		sts[i].Speaker = "Nora Finch"
	}
	d := newDoc(a, sts)
	at := func(word string, p float64, from int, value string) Tie {
		k := strings.Index(a.Text, word)
		return Tie{Range: text.Range{Start: k, End: k + len(word)}, Values: []string{value}, P: p, From: from}
	}
	d.spoken[1], d.spoken[2] = at("Monday", 0.9, 1, "2032-02-09"), at("May", 0.9, 2, "2031-05")
	d.spoken[3] = at("Friday", 0.9, 3, "2032-02-09~/2032-02-15~") // a week that holds the Monday
	for _, c := range []struct {
		f    Field
		i    int
		tie  Tie
		want bool
	}{
		{To, 2, at("Lantern", 0.7, 0, "Lantern"), false}, {To, 2, at("Lantern", 0.7, 1, "Lantern"), false}, {To, 2, at("Lantern", 0.9, 0, "Lantern"), true},
		{To, 1, at("Lantern", 0.7, 0, "Lantern"), true}, {To, 3, at("Lantern", 0.7, 1, "Lantern"), true}, {To, 2, at("Lantern", 0.7, 2, "Lantern"), true},
		{When, 0, at("Thursday", 0.9, 0, "2032-02-05"), false}, {When, 3, at("Friday", 0.9, 3, "2032-02-06"), false}, {When, 2, at("May", 0.9, 2, "2031-05"), true},
	} {
		if got := len(d.kept(c.f, c.i, []Tie{c.tie})) == 1; got != c.want {
			t.Errorf("%s %q of statement %d, %.1f: %v", c.f, c.tie.Values, c.i, c.tie.P, got)
		}
	}
}

// The readers of a paper are meant, not the paper; a platform has one name.
func TestApart(t *testing.T) {
	o := Occasion{To: {{Values: []string{"Harbour Times"}, P: 0.9}, {Values: []string{"Harbour Times’s readers"}, P: 0.5}, {Values: []string{"Nora Finch"}, P: 0.4}}}
	(&doc{}).apart(&o)
	if len(o[To]) != 2 || o[To][0].Values[0] != "Harbour Times’s readers" {
		t.Errorf("%v", o[To])
	}
	for _, c := range []struct{ via, to float64 }{{0.9, 0.4}, {0.4, 0.9}} { // one of the two
		o := Occasion{Via: {{Values: []string{"Harbour Times"}, P: c.via}}, To: {{Values: []string{"The Harbour Times"}, P: c.to}}}
		if (&doc{}).apart(&o); (len(o[Via]) == 1) != (c.via > c.to) || (len(o[To]) == 1) != (c.to > c.via) {
			t.Errorf("%v: %v", c, o)
		}
	}
	for s, want := range map[string]int{"in a post on Chirp": 1, "in a post to Chirp readers": 2} {
		d := newDoc(Article{Text: s}, nil)
		at := func(v string) Tie {
			k := strings.Index(s, v)
			return Tie{Range: text.Range{Start: k, End: k + len(v)}, Values: []string{v}, P: 0.9}
		}
		o := Occasion{Via: {at("post"), at("Chirp")}}
		if d.apart(&o); len(o[Via]) != want {
			t.Errorf("%q: %v", s, o[Via])
		}
	}
	a, _ := mark("He wrote it on Facebook, formerly known as Twitter.")
	if c := newDoc(a, nil).candidates(Via); len(c) != 1 || c[0].values[0] != "Facebook" {
		t.Errorf("%v", c)
	}
}

// A town hall carries words, any other hall does not.
func TestTownHall(t *testing.T) {
	a, _ := mark("He spoke in the old hall, and later at a town hall.")
	if c := newDoc(a, nil).candidates(Via); len(c) != 1 || c[0].values[0] != "town hall" {
		t.Errorf("%v", c)
	}
}

// By whom a paper was seen, to whom it was not written.
func TestSeen(t *testing.T) {
	a, sts := mark("[Peter Quill]1 {wrote}1 <no>1 in a letter seen by the reporters.")
	at := strings.Index(a.Text, "reporters")
	a.Phrases = []Phrase{{text.Range{Start: at, End: at + 9}, []string{"reporters"}}}
	if c := newDoc(a, sts).candidates(To); len(c) != 1 || c[0].values[0] != "Peter Quill" {
		t.Errorf("%v", c)
	}
	marks := [3][][]Mark{To: {{{text.Range{Start: at, End: at + 9}, 0.95}}}}
	if got := Read(a, sts, &marks)[0][To]; len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// What the heads mark comes in beside the rules.
func TestMarks(t *testing.T) {
	a, sts := mark("[Nora Finch]1 {said}1 <the pier was closed>1. Her gazette was the Lantern.")
	at := strings.Index(a.Text, "Lantern")
	for _, c := range []struct {
		p    float64
		want int
	}{{0.1, 0}, {0.95, 1}} {
		marks := [3][][]Mark{Via: {{{text.Range{Start: at, End: at + 7}, c.p}}}}
		if got := Read(a, sts, &marks)[0][Via]; len(got) != c.want {
			t.Errorf("a mark of %.2f gives %v", c.p, got)
		}
	}
}

// Weights are read as they were written.
func TestWeights(t *testing.T) {
	s := fitted()
	for f := range s.own {
		if s.own[f].count < 100 || s.alone[f].count < 100 || len(s.carry[f]) < 20 {
			t.Errorf("%s has %d, %d weights and %d trees", Field(f), s.own[f].count, s.alone[f].count, len(s.carry[f]))
		}
		if want := settled[f]; len(s.settle[f]) > 0 != want {
			t.Errorf("%s has %d trees of the third step", Field(f), len(s.settle[f]))
		}
	}
}

// A tree that is laid out gives what its nodes say.
func TestPlant(t *testing.T) {
	grown, err := parseTree("0:6:1 -1:0:0.1 ")
	if err == nil {
		t.Errorf("a tree that goes on beyond its nodes is %v", grown)
	}
	if _, err := parseTree(strings.Repeat("0:1:1 ", depth+1) + "-1:0:1"); err == nil {
		t.Error("a tree may be deeper than forests are")
	}
	tree, err := parseTree("0:4:1 1:3:0.5 -1:0:1 -1:0:2 2:6:7 -1:0:3 -1:0:4")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x    []float64
		want float64
	}{{[]float64{1, 0.5, 9}, 1}, {[]float64{0, 0.6, 0}, 2}, {[]float64{1.1, 0, 7}, 3}, {[]float64{2, 0, 8}, 4}} {
		if got := (forest{tree, tree}).sums([][]float64{{9, 9, 9}, c.x}); got[1] != 2*c.want {
			t.Errorf("%v: %v, want %v", c.x, got[1], 2*c.want)
		}
	}
}

// What a statement is held against does not grow with a sentence that has no end.
func TestEndless(t *testing.T) {
	const n, unit = 400, "Ann Lee told Bob Roe on Monday that it was wet and "
	a := Article{Text: strings.Repeat(unit, n), Published: "2032-02-09"}
	var sts []Statement
	for i := range n {
		piece := func(words string) text.Range {
			at := i*len(unit) + strings.Index(unit, words)
			return text.Range{Start: at, End: at + len(words)}
		}
		a.Times = append(a.Times, when.Dated{Expr: when.Expr{Range: piece("Monday"), Kind: when.Day}, Date: "2032-02-09"})
		sts = append(sts, Statement{Source: []text.Range{piece("Ann Lee")}, Cue: []text.Range{piece("told")}, Content: []text.Range{piece("it was wet")}, Speaker: "Ann Lee"})
	}
	d := newDoc(a, sts)
	l := d.look(When, d.candidates(When))
	for i := range sts {
		for _, k := range l.near[i] {
			if off := l.cands[k.cand].first - d.anchors[i]; off < -reach || off > reach {
				t.Fatalf("statement %d is held against what stands %d words from it", i, off)
			}
		}
		if len(l.near[i]) < 10 {
			t.Errorf("statement %d is held against %d times", i, len(l.near[i]))
		}
	}
}

// Nothing panics, and every tie stands in the text.
func FuzzRead(f *testing.F) {
	f.Add("Ann told the Post on Monday “no” in a letter to him. He said so in May.", uint16(0), uint16(3), uint16(8), uint16(30))
	f.Add("Asked, “no”, Bo said when", uint16(19), uint16(21), uint16(0), uint16(5))
	f.Add("Bo said, when", uint16(0), uint16(2), uint16(9), uint16(13))
	f.Add("\xff’s U.S. told\n\nMonday", uint16(3), uint16(4), uint16(9), uint16(12))
	f.Fuzz(func(t *testing.T, s string, a, b, c, d uint16) {
		clip := func(x, y uint16) []text.Range {
			i, j := min(int(x), len(s)), min(int(y), len(s))
			if i >= j {
				return nil
			}
			return []text.Range{{Start: i, End: j}}
		}
		article := Article{Text: s, Published: "2032-02-09", Times: when.Read(s, "2032-02-09"), Names: speaker.Of(speaker.Article{Text: s}).Names()}
		sts := []Statement{{Source: clip(a, b), Cue: clip(b, c), Content: clip(c, d), Speaker: "A"}, {Content: clip(a, d), Inner: true}, {Cue: clip(c, d), Speaker: "A"}, {Source: clip(a, b), Cue: clip(c, d), Speaker: "Bo"}}
		for _, o := range Read(article, sts, nil) {
			for _, ties := range o {
				for _, tie := range ties {
					if tie.Start < 0 || tie.End > len(s) || tie.Start >= tie.End {
						t.Fatalf("tie %v of %d bytes", tie, len(s))
					}
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	for i := range 20 {
		fmt.Fprintf(&s, "[Nora Finch]%d {told}%d the Harbour Times on Monday <that the pier was closed to all visitors>%d. ", i%9+1, i%9+1, i%9+1)
	}
	a, sts := mark(s.String())
	for b.Loop() {
		Read(a, sts, nil)
	}
}
