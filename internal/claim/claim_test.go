package claim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

// said makes a statement out of its parts.
func said(article, outlet, day, speaker string, act quoth.Act, words string) Statement {
	s := Statement{Article: article, Outlet: outlet, Published: day, Words: words, Context: speaker + " said " + words}
	s.Act, s.Speaker, s.Content = act, []quoth.Speaker{{Name: speaker, Type: quoth.Person}}, []quoth.Span{{Text: words}}
	return s
}

// filler is unrelated news, so that words have weights.
func filler() []Statement {
	var out []Statement
	for i, w := range []string{
		"the orchard harvest will begin late after the frost", "the stadium roof needs new beams", "ferry tickets cost more from spring",
		"the museum bought a painting by a local artist", "nurses at the clinic want longer breaks", "the brewery recalled two batches of cider",
		"a lynx was seen near the reservoir", "the mayor opened a library for children", "potato prices rose at the market",
	} {
		out = append(out, said(fmt.Sprint("f", i), fmt.Sprint("Paper ", i), "2032-01-01", fmt.Sprint("Witness Number", i), quoth.Assert, w))
	}
	return out
}

func number(all []Statement) []Statement {
	for i := range all {
		all[i].ID = fmt.Sprintf("s%03d", i)
	}
	return all
}

func talks() []Statement {
	return number(append(filler(),
		said("a", "The Courier", "2031-11-12", "Pavel Orlin", quoth.Deny, "the secret telephone call between the two presidents never took place"),
		said("a", "The Courier", "2031-11-12", "Elena Marr", quoth.Confirm, "the two presidents spoke in a secret telephone call about prisoners"),
		said("b", "The Post", "2031-11-13", "Orlin", quoth.Deny, "“the secret telephone call between the two presidents never took place”"),
		said("b", "The Post", "2031-11-13", "Jon Tarrow", quoth.Assert, "an aide listened to the secret telephone call between the presidents"),
		said("c", "The Mirror", "2032-02-09", "Pavel Orlin", quoth.Neither, "whether the secret telephone call between the presidents took place"),
	))
}

func TestJoin(t *testing.T) {
	all := talks()
	claims := Join(all, Options{})
	if len(claims) != 1 {
		t.Fatalf("%d claims, not 1: %+v", len(claims), claims)
	}
	c := claims[0]
	var got []string
	for _, m := range c.Members {
		got = append(got, all[m.Statement].ID+" "+string(m.Stance))
	}
	want := []string{"s009 against", "s010 for", "s011 against", "s012 for", "s013 open"}
	if !slices.Equal(got, want) {
		t.Errorf("members %v, not %v", got, want)
	}
	if c.Sources != 2 {
		t.Errorf("%d independent sources, not Marr and Tarrow", c.Sources)
	}
	first, second := c.Members[0], c.Members[2]
	if first.Utterance == "" || first.Utterance != second.Utterance {
		t.Errorf("the same words in two outlets are utterances %q and %q", first.Utterance, second.Utterance)
	}
	if o := c.Members[3].Utterance; o != "" {
		t.Errorf("words that one article alone reports are utterance %q", o)
	}
	if !slices.ContainsFunc(c.Members, func(m Member) bool { return strings.Contains(capital(all[m.Statement].Words), c.Text) }) || c.Text == "" {
		t.Errorf("text %q stands in no member", c.Text)
	}
}

func TestJoinIsPure(t *testing.T) {
	all := talks()
	want := Join(all, Options{})
	for range 20 {
		if got := Join(all, Options{}); !reflect.DeepEqual(got, want) {
			t.Fatalf("another answer for the same statements:\n%+v\n%+v", got, want)
		}
	}
	if got := Join(nil, Options{}); len(got) != 0 {
		t.Errorf("claims out of nothing: %v", got)
	}
}

// TestWordsNear joins what shares no word, by vectors of words.
func TestWordsNear(t *testing.T) {
	all := number(append(filler(),
		said("a", "The Courier", "2031-11-12", "Ada Lind", quoth.Assert, "hostages freed"),
		said("b", "The Post", "2031-11-12", "Bo Rask", quoth.Assert, "hostages liberated by negotiators"),
	))
	axes := map[string]int{"freed": 0, "liberated": 0, "hostages": 1, "negotiators": 2}
	vec := func(w string) []float32 {
		v := make([]float32, 4)
		k, ok := axes[w]
		if !ok {
			return nil
		}
		v[k] = 1
		return v
	}
	similar := func(o Options) float64 { b := newBook(all, o); return b.features(len(all)-2, len(all)-1)[0] }
	if without, with := similar(Options{}), similar(Options{Word: vec}); with < without+0.2 {
		t.Errorf("cosine %.2f with words near in meaning, %.2f without", with, without)
	}
}

// TestNeighbours wants all words that are nearly the same to be found, and
// next to all of those that are near.
func TestNeighbours(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	vectors := map[string][]float32{}
	var word []string
	for k := range 400 {
		v := make([]float32, 384)
		for i := range v {
			if k%4 > 0 { // nearer or farther from the one before
				v[i] = vectors[word[k-1]][i]
			}
			v[i] += float32(r.NormFloat64() * float64(k%7) / 3)
		}
		word = append(word, fmt.Sprint("w", strings.Repeat("x", k)))
		vectors[word[k]] = v
	}
	b := &book{name: make([]bool, len(word)), weight: slices.Repeat([]float32{1}, len(word))}
	near := b.neighbours(word, func(w string) []float32 { return vectors[w] })
	is, found := 0, 0
	for i := range word {
		for j := range word {
			u, v := normal(vectors[word[i]]), normal(vectors[word[j]])
			if i == j || u == nil || v == nil || cosine(u, v) <= nearFrom {
				continue
			}
			is++
			if slices.ContainsFunc(near[i], func(n term) bool { return n.id == int32(j) }) {
				found++
			} else if cosine(u, v) > 0.5 {
				t.Errorf("words of cosine %.2f are not found to be near", cosine(u, v))
			}
		}
	}
	if is == 0 || float64(found) < 0.97*float64(is) {
		t.Errorf("%d of %d near words found", found, is)
	}
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"the ferry was late again", "she said the ferry was never late", 3},
		{"no no no ferry", "no ferry no no", 2},
		{"a ferry", "the tram", 0},
		{"tram ferry tram ferry tram", "ferry tram ferry", 3},
	} {
		all := number([]Statement{said("a", "A", "2031-11-12", "Ada Lind", quoth.Assert, c.a), said("b", "B", "2031-11-12", "Bo Rask", quoth.Assert, c.b)})
		b := newBook(all, Options{})
		for _, x := range [][width]float64{b.features(0, 1), b.features(1, 0)} {
			if got := math.Round(math.Expm1(x[10])); got != c.want {
				t.Errorf("%q, %q: %v words in a row, not %v", c.a, c.b, got, c.want)
			}
		}
	}
}

// TestStanceOfFocus reads the stance off the sentence that speaks of the claim,
// by act, cue and words.
func TestStanceOfFocus(t *testing.T) {
	cued := func(s Statement, cue string) Statement {
		s.Cue = []quoth.Span{{Text: cue}}
		return s
	}
	day := "2031-11-12"
	for _, c := range []struct {
		want Stance
		s    Statement
	}{
		{Against, said("c", "C", day, "Ora Venn", quoth.Deny, "The company regrets the delay of the annual report. However, the reports that the reservoir was poisoned by the factory are untrue.")},
		{Against, cued(said("c", "C", day, "Ora Venn", quoth.Deny, "that the factory poisoned the reservoir"), "rejected")},
		{For, said("c", "C", day, "Ora Venn", quoth.Deny, "Yes, the factory poisoned the reservoir. But there was no strike at the harbour and the ferry was never late.")},
		{Against, said("c", "C", day, "Ora Venn", quoth.Assert, "nobody poisoned the reservoir")},
		{For, said("c", "C", day, "Ora Venn", quoth.Assert, "the factory, which had no licence for its chimneys since spring, poisoned the reservoir")},
		{Open, said("c", "C", day, "Ora Venn", quoth.Assert, "officers are working to determine how the reservoir was poisoned")},
		{Open, said("c", "C", day, "Ora Venn", quoth.Assert, "we have not been able to verify that the reservoir was poisoned")},
		{Open, said("c", "C", day, "Ora Venn", quoth.Decline, "")},
	} {
		all := number(append(filler(),
			said("a", "A", day, "Ada Lind", quoth.Assert, "the factory poisoned the reservoir"),
			said("b", "B", day, "Bo Rask", quoth.Assert, "the reservoir was poisoned by the factory"), c.s))
		n := len(all)
		k := Claim{Members: []Member{{Statement: n - 3}, {Statement: n - 2}, {Statement: n - 1}}}
		b := newBook(all, Options{})
		b.judge(&k, b.centre(&k))
		if k.Members[0].Stance != For || k.Members[2].Stance != c.want {
			t.Errorf("%s, not %s: %s %v %q (others %s, %s)", k.Members[2].Stance, c.want, c.s.Act, c.s.Cue, c.s.Words, k.Members[0].Stance, k.Members[1].Stance)
		}
	}
}

// TestStanceOfMost: what most deny is the claim as they word it, not its opposite.
func TestStanceOfMost(t *testing.T) {
	day := "2031-11-12"
	deny := func(article, speaker, words string) Statement {
		s := said(article, article, day, speaker, quoth.Deny, words)
		s.Cue = []quoth.Span{{Text: "denied"}}
		return s
	}
	all := number(append(filler(), deny("a", "Ada Lind", "that the factory poisoned the reservoir"), deny("b", "Bo Rask", "that the reservoir was poisoned by the factory"),
		said("c", "C", day, "Ora Venn", quoth.Assert, "the factory poisoned the reservoir")))
	n := len(all)
	k := Claim{Members: []Member{{Statement: n - 3}, {Statement: n - 2}, {Statement: n - 1}}}
	b := newBook(all, Options{})
	b.judge(&k, b.centre(&k))
	if k.Members[0].Stance != Against || k.Members[1].Stance != Against || k.Members[2].Stance != For {
		t.Errorf("%v", k.Members)
	}
}

func TestText(t *testing.T) {
	day := "2031-11-12"
	for _, words := range [][]string{ // the name comes last
		{"about the poisoned reservoir and its factory", "to close the factory that poisoned the reservoir", "it poisoned the reservoir", "“The factory has poisoned the reservoir,”"},
		{"that it has poisoned the reservoir", "Dorn Mills has poisoned the reservoir"},
		{"its reservoir is poisoned", "Is the reservoir poisoned?", "The factory’s poisoned reservoir, which was drained", "that the reservoir had been poisoned"},
		{"reservoir", "LISK, Vorland (Northern Wire) — The reservoir is poisoned"},
	} {
		all := filler()
		c := Claim{}
		for k, w := range words {
			c.Members = append(c.Members, Member{Statement: len(all), Stance: For})
			all = append(all, said(fmt.Sprint("a", k), "A", day, fmt.Sprint("Speaker ", k), quoth.Assert, w))
		}
		b := newBook(number(all), Options{})
		want := capital(trim(undated(words[len(words)-1])))
		if got := b.text(&c, b.centre(&c)); got != want {
			t.Errorf("the claim is called %q, not %q", got, want)
		}
	}
}

func TestUndated(t *testing.T) {
	for s, want := range map[string]string{
		"VENN - The ferry was late":                 "The ferry was late",
		"Venn (Northern Wire) – The ferry was late": "The ferry was late",
		"SAINT MARR, July 3 -- The ferry was late":  "The ferry was late",
		"The ferry - as ever - was late":            "The ferry - as ever - was late",
		"A ferry":                                   "A ferry",
	} {
		if got := undated(s); got != want {
			t.Errorf("%s: %s, not %s", s, got, want)
		}
	}
}

func TestTrim(t *testing.T) {
	for s, want := range map[string]string{
		"that “no call took place,”":     "no call took place",
		"“no call”, he said, “none”":     "“no call”, he said, “none”",
		"“we saw nothing":                "we saw nothing",
		"a call that was \"short\"":      "a call that was \"short\"",
		"'a call',":                      "a call",
		"‘carnage’ that left seven dead": "‘carnage’ that left seven dead",
		"the ministers’":                 "the ministers’",
	} {
		if got := trim(s); got != want {
			t.Errorf("%s: %s, not %s", s, got, want)
		}
	}
	for s, want := range map[string]string{"no call": "No call", "iPhones": "iPhones", "élan": "Élan", "": ""} {
		if got := capital(s); got != want {
			t.Errorf("%q with a capital: %q, not %q", s, got, want)
		}
	}
}

// TestNear wants statements of one event to be likelier one claim when they are
// near in time, and those of two events to gain nothing by it.
func TestNear(t *testing.T) {
	likely := func(day, words string) float64 {
		all := number(append(filler(),
			said("a", "A", "2031-11-12", "Ada Lind", quoth.Assert, "the factory poisoned the reservoir"),
			said("b", "B", day, "Bo Rask", quoth.Assert, words)))
		n := len(all)
		x := newBook(all, Options{}).features(n-2, n-1)
		return logistic(&claimWeights, &x)
	}
	same := "the reservoir is safe to drink from"
	if near, far := likely("2031-11-13", same), likely("2032-03-01", same); near < far+0.05 {
		t.Errorf("%.3f on the next day, %.3f in spring", near, far)
	}
	if p := likely("2031-11-12", "bakers want cheaper flour"); p > 0.02 {
		t.Errorf("%.3f for two subjects on one day", p)
	}
}

// TestCompany wants unrelated news to leave a pair as it is.
func TestCompany(t *testing.T) {
	pair := []Statement{
		said("a", "A", "2031-11-12", "Ada Lind", quoth.Assert, "the factory poisoned the reservoir"),
		said("b", "B", "2031-11-13", "Bo Rask", quoth.Assert, "poison from a factory has reached the reservoir"),
	}
	alone := newBook(number(slices.Clone(pair)), Options{}).features(0, 1)
	var others []Statement
	for i := range 200 {
		others = append(others, said(fmt.Sprint("g", i), "C", "2031-11-12", "Cy Moor", quoth.Assert, "bakers want cheaper flour"))
	}
	if among := newBook(number(append(pair, others...)), Options{}).features(0, 1); among != alone {
		t.Errorf("%v alone, %v among unrelated news", alone, among)
	}
}

// TestTwoVoices wants the same words of two persons to be two utterances,
// unless one speaks for the other.
func TestTwoVoices(t *testing.T) {
	utterances := func(role string) int {
		words := "the border crossing at Venn was closed before dawn"
		all := number(append(filler(),
			said("a", "The Mirror", "2031-11-14", "Tom Ketch", quoth.Assert, words),
			said("b", "The Echo", "2031-11-14", "Sella Dorn", quoth.Assert, words)))
		all[len(all)-1].Role = role
		claims := Join(all, Options{})
		if len(claims) != 1 {
			t.Fatalf("%d claims", len(claims))
		}
		if claims[0].Members[0].Utterance == "" {
			return 2
		}
		return 1
	}
	if n := utterances("a guard"); n != 2 {
		t.Errorf("%d utterance of two persons", n)
	}
	if n := utterances("spokeswoman for Ketch"); n != 1 {
		t.Errorf("%d utterances of a minister and the spokeswoman", n)
	}
}

func TestRivalFigures(t *testing.T) {
	f := func(x float64) *float64 { return &x }
	all := number(append(filler(),
		said("a", "The Courier", "2031-11-12", "Ada Lind", quoth.Assert, "500 soldiers died in the siege of the fortress"),
		said("b", "The Post", "2031-11-13", "Bo Rask", quoth.Assert, "900 soldiers died in the siege of the fortress"),
	))
	n := len(all)
	all[n-2].Figures = []quoth.Figure{{Low: f(500), High: f(500), Unit: "soldiers"}}
	all[n-1].Figures = []quoth.Figure{{Low: f(900), High: f(900), Unit: "soldiers"}}
	claims := Join(all, Options{})
	if len(claims) != 1 || claims[0].Members[0].Stance != Value || claims[0].Members[1].Stance != Value {
		t.Fatalf("rival figures are not one claim of values: %+v", claims)
	}
	all[n-1].Figures = all[n-2].Figures
	if claims := Join(all, Options{}); len(claims) != 1 || claims[0].Members[0].Stance != For {
		t.Errorf("equal figures are taken for rivals: %+v", claims)
	}
}

func TestCourses(t *testing.T) {
	all := talks()
	claims := Join(all, Options{})
	for _, o := range Courses(all, &claims[0], nil) {
		if o.Speaker != "Pavel Orlin" {
			if slices.ContainsFunc(o.Turns, func(t Turn) bool { return t.Shift }) {
				t.Errorf("%s shifted: %+v", o.Speaker, o)
			}
			continue
		}
		if len(o.Turns) != 2 || o.Turns[0].Act != quoth.Deny || o.Turns[1].Act != quoth.Neither || o.Turns[0].Shift || !o.Turns[1].Shift {
			t.Errorf("Orlin denied in November and left open in February: %+v", o)
		}
		return
	}
	t.Error("no course of Orlin")
}

func TestSources(t *testing.T) {
	carried := said("c", "The Mirror", "2031-11-14", "Sella Dorn", quoth.Assert, "the border crossing at Venn was closed before dawn")
	carried.Via = []string{"Norvania Wire"}
	all := number(append(filler(),
		carried,
		said("d", "The Echo", "2031-11-14", "Norvania Wire", quoth.Assert, "the border crossing at Venn was closed before dawn on Sunday"),
		said("e", "The Sun", "2031-11-14", "Tom Ketch", quoth.Assert, "guards had closed the border crossing at Venn before dawn"),
	))
	claims := Join(all, Options{})
	if len(claims) != 1 || len(claims[0].Members) != 3 {
		t.Fatalf("not one claim of three: %+v", claims)
	}
	if n := claims[0].Sources; n != 2 {
		t.Errorf("%d sources, not 2: the wire carries Dorn", n)
	}
	b := newBook(all, Options{})
	c := &Claim{Members: []Member{{Statement: len(all) - 3, Stance: Open, Utterance: "u"}, {Statement: len(all) - 1, Stance: For, Utterance: "u"}}}
	if n := b.sources(c); n != 0 {
		t.Errorf("%d sources behind what one utterance leaves open", n)
	}
}

func TestAgglomerate(t *testing.T) {
	links := []link{{0, 1, 0.9}, {1, 2, 0.5}, {0, 2, 0.1}, {3, 4, 0.6}, {2, 3, 0.2}}
	got := agglomerate(6, links, ramp([2]float64{0.3, 0.3}))
	if want := [][]int{{0, 1, 2}, {3, 4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	if got := agglomerate(6, links, ramp([2]float64{0.31, 0.31})); !reflect.DeepEqual(got, [][]int{{0, 1}, {3, 4}}) {
		t.Errorf("a mean of 0.30 reaches 0.31: %v", got)
	}
	square := []link{{0, 1, 0.9}, {2, 3, 0.9}, {0, 2, 0.3}, {0, 3, 0.3}, {1, 2, 0.3}, {1, 3, 0.3}, {4, 5, 0.3}}
	if got := agglomerate(6, square, ramp([2]float64{0.2, 0.6})); !reflect.DeepEqual(got, [][]int{{0, 1}, {2, 3}, {4, 5}}) {
		t.Errorf("two clusters are joined as easily as two statements: %v", got)
	}
	wide := newGraph(6, links).widen(got, 0.09)
	if want := [][]int{{0, 1, 2}, {2, 3, 4}}; !reflect.DeepEqual(wide, want) {
		t.Errorf("widened to %v, not %v", wide, want)
	}
}

func TestComplete(t *testing.T) {
	got := complete([][]int{{0, 1, 5}, {2, 3}}, [][]int{{1, 4}, {6, 7}})
	if want := [][]int{{0, 1, 4, 5}, {2, 3}, {6, 7}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

func TestStatements(t *testing.T) {
	text := "Rain fell. Mr. Orlin said “no call took place.” He left."
	ix := quoth.NewIndex(text)
	span := func(s string) quoth.Span { b := strings.Index(text, s); return ix.Span(b, b+len(s)) }
	r := quoth.Record{Article: quoth.Article{ID: "a", Text: text}}
	r.Statements = []quoth.Statement{{Source: []quoth.Span{span("Orlin")}, Cue: []quoth.Span{span("said")}, Content: []quoth.Span{span("“no call took place.”")}}}
	got := Statements(&r, func(int) string { return "x" })
	if want := "Mr. Orlin said “no call took place.”"; len(got) != 1 || got[0].Context != want || got[0].ID != "x" {
		t.Errorf("%+v, not in the sentence %q", got, want)
	}
}

// TestCost holds the growth of the work down: pairs are what the time goes
// into, and ten times the statements may not have thirty times as many.
func TestCost(t *testing.T) {
	pairs := func(n int) int { return len(newBook(invented(n), Options{}).score(0)) }
	small, large := pairs(300), pairs(3000)
	if small == 0 || large > 30*small {
		t.Errorf("300 statements make %d pairs, 3,000 make %d", small, large)
	}
}

// invented makes n statements, about twelve an event, out of words whose
// frequencies fall as those of a language do.
func invented(n int) []Statement {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 20, 40000)
	word := func() string {
		return fmt.Sprintf("w%s", strings.Map(func(c rune) rune { return 'a' + (c - '0') }, fmt.Sprint(zipf.Uint64())))
	}
	var all []Statement
	for len(all) < n {
		topic := []string{word(), word(), word(), word(), word(), word()}
		for k := range 12 {
			words := slices.Clone(topic[:3+r.IntN(4)])
			for range 12 {
				words = append(words, word())
			}
			all = append(all, said(fmt.Sprint("a", len(all)/4), fmt.Sprint("o", k%5), "2032-01-02", "Speaker "+word(), quoth.Assert, strings.Join(words, " ")))
		}
	}
	return number(all[:n])
}

func BenchmarkJoin(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000} {
		all := invented(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Join(all, Options{})
			}
		})
	}
}
