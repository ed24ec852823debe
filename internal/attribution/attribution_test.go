package attribution

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/encoder"
	"github.com/quothnews/quoth/internal/text"
)

// scored is a view of one track with given tags' log-probabilities.
func scored(bounds []Span, tags []float32) *View {
	r := &Reader{set: Settings{Tracks: []string{"content"}, Keep: map[string]float64{}}, track: map[string]int{"content": 0}}
	v := &View{r: r, bounds: bounds, tags: tags}
	for i := 0; i < len(tags); i += tagsPerTrack {
		logSoftmax(tags[i : i+tagsPerTrack])
	}
	return v
}

func TestTrack(t *testing.T) {
	// Rows of O B I E S; the second row alone would begin a span that never ends.
	v := scored([]Span{{0, 3}}, []float32{
		9, 0, 0, 0, 0,
		0, 5, 0, 0, 4,
		9, 0, 0, 0, 0,
		0, 0, 0, 0, 9,
	})
	got := v.Track("content")
	if len(got) != 2 || got[0].Span != (Span{1, 1}) || got[1].Span != (Span{3, 3}) {
		t.Errorf("found %+v", got)
	}
	v = scored([]Span{{0, 1}, {2, 3}}, []float32{
		0, 9, 0, 0, 0,
		0, 0, 9, 5, 0, // a span may not run over the end of a paragraph
		0, 0, 0, 9, 5,
		9, 0, 0, 0, 0,
	})
	got = v.Track("content")
	if len(got) != 2 || got[0].Span != (Span{0, 1}) || got[1].Span != (Span{2, 2}) {
		t.Errorf("found %+v", got)
	}
}

// TestTrackWholeWords: no border lies within a word, unless a space is missing.
func TestTrackWholeWords(t *testing.T) {
	for text, want := range map[string]Span{"assesses": {0, 1}, "aboutPeter": {0, 0}, "assess's": {0, 0}} {
		v := scored([]Span{{0, 1}}, []float32{
			0, 8, 0, 0, 9,
			1, 0, 0, 1, 0,
		})
		v.Text, v.Pieces = text, []encoder.Piece{{Start: 0, End: len(text) - 2}, {Start: len(text) - 2, End: len(text)}}
		if strings.HasSuffix(text, "Peter") {
			v.Pieces[0].End, v.Pieces[1].Start = 5, 5
		}
		if got := v.Track("content"); len(got) != 1 || got[0].Span != want {
			t.Errorf("%q: found %+v, not %v", text, got, want)
		}
	}
}

// TestMidWord: a hyphen or an apostrophe within a word is of it.
func TestMidWord(t *testing.T) {
	for _, c := range []struct{ before, after string }{{"Holm-", "Ely"}, {"Ada’", "s"}, {"Holm ‘", ""}, {"1-", ""}, {"Holm -", ""}} {
		v := &View{Text: c.before + "Ely's"}
		if c.after != "" {
			v.Text = c.before + c.after
		}
		mark := strings.IndexAny(c.before, "-’‘")
		v.Pieces = []encoder.Piece{{Start: 0, End: len(strings.TrimSpace(v.Text[:mark]))}, {Start: mark, End: len(c.before)}, {Start: len(c.before), End: len(v.Text)}}
		if got := v.midWord(2); got != (c.after != "") {
			t.Errorf("%s: %v", v.Text, got)
		}
	}
}

// TestTrackBest compares the decoder with trying all sequences.
func TestTrackBest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		n := 1 + r.IntN(6)
		tags := make([]float32, n*tagsPerTrack)
		for i := range tags {
			tags[i] = float32(r.NormFloat64() * 3)
		}
		v := scored([]Span{{0, n - 1}}, tags)
		best, want := math.Inf(-1), []Span(nil)
		var try func(i, last int, sum float64, first int, spans []Span)
		try = func(i, last int, sum float64, first int, spans []Span) {
			if i == n {
				if (last == tagO || last == tagE || last == tagS) && sum > best {
					best, want = sum, append([]Span(nil), spans...)
				}
				return
			}
			for k := range tagsPerTrack {
				if (k == tagI || k == tagE) != (last == tagB || last == tagI) { // goes on with what has not begun, or does not with what has
					continue
				}
				f, s := first, spans
				switch k {
				case tagB:
					f = i
				case tagE:
					s = append(s[:len(s):len(s)], Span{first, i})
				case tagS:
					s = append(s[:len(s):len(s)], Span{i, i})
				}
				try(i+1, k, sum+float64(tags[i*tagsPerTrack+k]), f, s)
			}
		}
		try(0, tagO, 0, 0, nil)
		got := v.Track("content")
		if len(got) != len(want) {
			t.Fatalf("found %+v, want %+v", got, want)
		}
		for i := range got {
			if got[i].Span != want[i] || got[i].P < 0 || got[i].P > 1 {
				t.Fatalf("found %+v, want %+v", got, want)
			}
		}
	}
}

func TestWindows(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		reader := &Reader{set: Settings{Window: 20 + r.IntN(100)}}
		var bounds []Span
		at := 0
		for range r.IntN(30) {
			n := 1 + r.IntN(60)
			if r.IntN(10) == 0 {
				n = 300
			}
			bounds = append(bounds, Span{at, at + n - 1})
			at += n
		}
		next := 0
		for _, w := range reader.windows(bounds) {
			size := 1
			for _, p := range w {
				if p.First != next {
					t.Fatalf("piece %d is skipped or read twice", next)
				}
				next = p.Last + 1
				size += p.Last + 2 - p.First
			}
			if size > reader.set.Window {
				t.Fatalf("a window of %d pieces, where %d are allowed", size, reader.set.Window)
			}
		}
		if next != at {
			t.Fatalf("%d of %d pieces are read", next, at)
		}
	}
}

func TestBucket(t *testing.T) {
	for d, want := range map[int]int{0: 11, 1: 12, 4: 15, 5: 16, 8: 17, 16: 18, 100: 20, 500: 21, 5000: 21, -1: 10, -4: 7, -5: 6, -5000: 1} {
		if got := bucket(d); got != want {
			t.Errorf("bucket(%d) = %d, want %d", d, got, want)
		}
	}
}

func TestCover(t *testing.T) {
	v := &View{Pieces: []encoder.Piece{{Start: 0, End: 2}, {Start: 3, End: 5}, {Start: 5, End: 8}, {Start: 10, End: 12}}}
	for g, want := range map[text.Range]Span{{Start: 3, End: 8}: {1, 2}, {Start: 0, End: 12}: {0, 3}, {Start: 4, End: 5}: {1, 1}} {
		if got, ok := v.Cover(g); !ok || got != want {
			t.Errorf("Cover(%v) = %v, %v", g, got, ok)
		}
	}
	if _, ok := v.Cover(text.Range{Start: 8, End: 10}); ok {
		t.Error("white space is covered")
	}
}

// A cue that surely begins, with endings that share the rest, is taken with the
// likeliest of them; one that hardly begins is not.
func TestBegun(t *testing.T) {
	tags := func(o, b, i, e, s float64) []float32 {
		return []float32{float32(math.Log(o)), float32(math.Log(b)), float32(math.Log(i)), float32(math.Log(e)), float32(math.Log(s))}
	}
	rows := [][]float32{tags(.29, .4, .16, .01, .14), tags(.79, .01, .09, .1, .01), tags(.72, .01, .04, .22, .01), tags(.96, .01, .01, .01, .01)}
	at := func(k int) []float32 { return rows[k] }
	path := make([]int8, len(rows))
	if m, ok := begun(at, 0, path, 0); !ok || m.Span != (Span{0, 2}) || math.Abs(m.P-.54) > 1e-6 || !m.refusal {
		t.Errorf("%+v %v", m, ok)
	}
	if m, ok := begun(at, 0, path, 1); ok {
		t.Errorf("%+v begins at the second piece", m)
	}
}

func TestShare(t *testing.T) {
	a, b := &found{Mark: Mark{Span: Span{0, 3}}}, &found{Mark: Mark{Span: Span{9, 12}}}
	taken := [][]link{{{a, .9}, {b, .6}}, {{a, .7}, {b, .8}}, {{b, .5}}}
	share(taken)
	// The first cue leaves b to the second, the second leaves a to the first; the third has only b.
	if want := [][]link{{{a, .9}}, {{b, .8}}, {{b, .5}}}; !reflect.DeepEqual(taken, want) {
		t.Errorf("got %v, want %v", taken, want)
	}
	taken = [][]link{{{a, .6}, {b, .55}}, {{a, .9}}, {{b, .9}}}
	share(taken)
	if want := [][]link{{{a, .6}}, {{a, .9}}, {{b, .9}}}; !reflect.DeepEqual(taken, want) {
		t.Errorf("a cue whose contents all fit others better has %v", taken[0])
	}
}

func TestBehind(t *testing.T) {
	for _, c := range []struct {
		content, cue, want Span
		ok                 bool
	}{
		{Span{3, 6}, Span{2, 5}, Span{6, 6}, true},
		{Span{3, 5}, Span{2, 5}, Span{6, 5}, false},
		{Span{6, 9}, Span{2, 5}, Span{6, 9}, true},
		{Span{0, 9}, Span{2, 5}, Span{0, 9}, true}, // the cue stands within it
	} {
		if x, ok := behind(c.content, c.cue); x != c.want || ok != c.ok {
			t.Errorf("%v behind %v is %v, %v", c.content, c.cue, x, ok)
		}
	}
}

func TestChain(t *testing.T) {
	agency, minister, said := Span{2, 4}, Span{6, 9}, Span{10, 10}
	all := []Statement{
		{Source: []Span{agency}, Cue: []Span{{0, 1}}, Content: []Span{minister}},
		{Source: []Span{agency}, Cue: []Span{said}, Content: []Span{{12, 20}}},
	}
	chain(all)
	want := []Statement{
		{Source: []Span{agency}, Cue: []Span{{0, 1}}, Content: []Span{{6, 20}}},
		{Source: []Span{minister}, Cue: []Span{said}, Content: []Span{{12, 20}}, Inner: true},
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("got %v, want %v", all, want)
	}
	known := []Statement{
		{Source: []Span{agency}, Cue: []Span{{0, 1}}, Content: []Span{minister}},
		{Source: []Span{minister}, Cue: []Span{said}, Content: []Span{{12, 20}}},
	}
	if chain(known); !reflect.DeepEqual(known, want) {
		t.Errorf("got %v, want %v", known, want)
	}
	between := []Statement{
		{Source: []Span{{8, 9}}, Cue: []Span{{6, 7}}, Content: []Span{{0, 3}}},
		{Cue: []Span{{4, 4}}, Content: []Span{{11, 20}}},
	}
	chain(between)
	if want := []Span{{0, 4}, {11, 20}}; !slices.Equal(between[0].Content, want) || !slices.Equal(between[1].Source, []Span{{0, 3}}) {
		t.Errorf("the agency in between: %v", between)
	}
	other := []Statement{{Source: []Span{agency}, Cue: []Span{{0, 1}}, Content: []Span{minister}}, {Source: []Span{{11, 11}}, Cue: []Span{said}, Content: []Span{{12, 20}}}}
	chain(other)
	if other[0].Content[0] != minister {
		t.Errorf("a cue with a source of its own was chained: %v", other)
	}
}

func TestApiece(t *testing.T) {
	v := worded("He said it rained. Ada said it snowed. An aide, who declined to give his name, said it hailed.")
	all := []Statement{
		{Source: v.find("He"), Cue: v.find("said"), Content: v.find("it rained")},
		{Source: v.find("Ada"), Cue: v.find("said it snowed"), Content: append(v.find("it rained"), v.find("it snowed")...)},
		{Source: v.find("An aide"), Cue: v.find("said it hailed"), Content: v.find("it hailed")},
		{Source: v.find("who"), Cue: v.find("declined to give"), Content: v.find("his name, said it hailed")},
	}
	v.apiece(all)
	for i, want := range []string{"it rained", "it snowed", "it hailed", "his name"} {
		if got := v.read(all[i].Content); got != want {
			t.Errorf("statement %d has %q, want %q", i, got, want)
		}
	}
}

func TestOwn(t *testing.T) {
	v := worded("“I asked them. They said, “Never,”” Bo told the Post. She did not wish to be named.")
	x := v.find("“I asked them. They said, “Never,””")
	all := []Statement{
		{Source: v.find("They"), Cue: v.find("said"), Content: x},
		{Source: v.find("Bo"), Cue: v.find("told"), Content: x},
		{Cue: v.find("did not"), Content: v.find("to be named")},
		{Source: v.find("She"), Cue: v.find("wish"), Content: v.find("to be named")},
	}
	v.own(all)
	if all = oneCue(all); len(all) != 3 {
		t.Fatalf("%d statements", len(all))
	}
	if got := v.read(all[0].Content); got != "“Never,”" || !all[0].Inner {
		t.Errorf("said %q", got)
	}
	if v.read(all[1].Content) != v.read(x) {
		t.Errorf("told %q", v.read(all[1].Content))
	}
	same := []Statement{{Source: v.find("Bo"), Cue: v.find("said"), Content: x}, {Source: v.find("Bo"), Cue: v.find("told"), Content: x}}
	if v.own(same); v.read(same[0].Content) != v.read(x) {
		t.Errorf("of one source, said %q", v.read(same[0].Content))
	}
	if v.read(all[2].Cue) != "did not wish" || v.read(all[2].Source) != "She" {
		t.Errorf("%q %q", v.read(all[2].Source), v.read(all[2].Cue))
	}
}

func TestPassivelyNot(t *testing.T) {
	v := worded("Ada asked not to be named.")
	all := []Statement{{Source: v.find("Ada"), Cue: v.find("asked"), Content: v.find("to be named")}}
	if v.passively(all); v.read(all[0].Content) != "not to be named" {
		t.Errorf("asked %s", v.read(all[0].Content))
	}
}

func TestPassivelyHeld(t *testing.T) {
	v := worded("Ada is widely thought to be late. It is understood that Bo left.")
	all := []Statement{
		{Source: v.find("Ada"), Cue: v.find("is widely thought"), Content: v.find("to be late")},
		{Source: v.find("It"), Cue: v.find("is understood"), Content: v.find("that Bo left")},
	}
	v.passively(all)
	if len(all[0].Source)+len(all[1].Source) > 0 || v.read(all[0].Content) != "Ada / to be late" || v.read(all[1].Content) != "that Bo left" {
		t.Errorf("got %s, %s", v.told(&all[0]), v.told(&all[1]))
	}
}

func TestPassivelyAccused(t *testing.T) {
	for _, c := range []struct{ line, source, cue, content, want string }{
		{"Ada is accused of burning the mill.", "Ada", "is accused", "of burning the mill", " | is accused | Ada / of burning the mill"},
		{"It was announced that it rained.", "It", "was announced", "that it rained", " | was announced | that it rained"},
		{"Ada left before protests were expected to begin.", "Ada", "were expected", "protests / to begin", " | were expected | protests / to begin"},
		{"Protests are expected to begin. Ada left.", "Ada", "are expected", "Protests / to begin", " | are expected | Protests / to begin"},
		{"Rain is expected by Ada to begin.", "Ada", "is expected", "Rain / to begin", "Ada | is expected | Rain / to begin"},
		{"Ada left and there are fears that it rained.", "Ada", "are fears", "that it rained", " | are fears | that it rained"},
		{"Millers urged to leave over rain", "Millers", "urged", "to leave over rain", " | urged | to leave over rain"},
		{"Ada urged Bo to leave", "Ada", "urged", "Bo to leave", "Ada | urged | Bo to leave"},
		{"Ada urged to no avail that they leave.", "Ada", "urged", "that they leave", "Ada | urged | that they leave"},
	} {
		v := worded(c.line)
		all := v.parts([][3]string{{c.source, c.cue, c.content}})
		if v.passively(all); v.told(&all[0]) != c.want {
			t.Errorf("%s: %s", c.line, v.told(&all[0]))
		}
	}
}

func TestPassively(t *testing.T) {
	for _, c := range []struct{ line, source, cue, content, wantSource, wantCue string }{
		{"The jury was told that it rained.", "The jury", "was told", "that it rained", "", "was told"},
		{"Ada was urged to wait.", "Ada", "was urged", "to wait", "", "was urged"},
		{"The mill has again been asked to explain the delay.", "The mill", "has again been asked", "to explain the delay", "", "has again been asked"},
		{"The mill, the county has asked, should wait.", "the county", "has asked", "The mill, should wait", "the county", "has asked"},
		{"It rained, the jury was told by Ada.", "Ada", "was told", "It rained", "Ada", "was told"},
		{"Ada told the jury that it rained.", "Ada", "told", "that it rained", "Ada", "told"},
		{"Asked about the rain, Ada left.", "", "Asked", "the rain", "", "Asked about"},
		{"Asked by Bo about the rain, Ada left.", "", "Asked", "the rain", "Bo", "Asked"},
		{"Ada was asked by two reporters whether it rained.", "Ada", "was asked", "whether it rained", "two reporters", "was asked"},
		{"Asked by email whether it rained, Ada left.", "Ada", "Asked", "whether it rained", "", "Asked"},
		{"Ada smiled. Asked for comment, Bo left.", "Ada", "Asked for", "comment", "", "Asked for"},
		{"Asked for comment, Ada left.", "Ada", "Asked for", "comment", "", "Asked for"},
		{"Ada said no when asked about the rain.", "Ada", "asked", "the rain", "", "asked about"},
		{"Ada smiled. Asked about the rain, she left.", "Ada", "Asked", "the rain", "", "Asked about"},
		{"Ada asked about the rain.", "Ada", "asked", "the rain", "Ada", "asked about"},
		{"Asked whether it rained, Ada left.", "", "Asked", "whether it rained", "", "Asked"},
	} {
		v := worded(c.line)
		all := []Statement{{Source: v.find(c.source), Cue: v.find(c.cue), Content: v.find(c.content)}}
		if v.passively(all); v.read(all[0].Source) != c.wantSource || v.read(all[0].Cue) != c.wantCue {
			t.Errorf("%s: %q, %q", c.line, v.read(all[0].Source), v.read(all[0].Cue))
		}
	}
}

func TestMade(t *testing.T) {
	for _, c := range []struct{ line, source, cue, want string }{
		{"The memo, dated June 2 and signed by a deputy, says that it rained.", "a deputy,", "says", "The memo, dated June 2 and signed by a deputy,"},
		{"A report, seen by the Gazette, found that it rained.", "the Gazette", "found", "A report, seen by the Gazette,"},
		{"The memo was signed by a deputy, says Ada.", "a deputy,", "says", "a deputy,"},
		{"In May, the deputy, hired by the mill, said that it rained.", "the mill,", "said", "the mill,"},
		{"The mill, sold by Ada. Bo said that it rained.", "Bo", "said", "Bo"},
	} {
		v := worded(c.line)
		all := []Statement{{Source: v.find(c.source), Cue: v.find(c.cue)}}
		if v.made(all); v.read(all[0].Source) != c.want {
			t.Errorf("%s: %q", c.line, v.read(all[0].Source))
		}
	}
}

func TestOnce(t *testing.T) {
	bare, whole, post := Statement{Source: []Span{{0, 0}}, Content: []Span{{4, 9}}}, Statement{Source: []Span{{0, 0}}, Cue: []Span{{1, 2}}, Content: []Span{{4, 9}}}, Statement{Source: []Span{{0, 0}}, Content: []Span{{4, 8}}}
	if got := once([]Statement{bare, whole, post}); !reflect.DeepEqual(got, []Statement{whole, post}) {
		t.Errorf("%+v", got)
	}
}

func TestAnswered(t *testing.T) {
	v := worded("The Post asked the mill for comment. It did not respond.")
	ask, silence := Statement{Cue: v.find("asked")}, Statement{Cue: v.find("did not respond")}
	if !v.answered(&ask, &silence) || !v.answered(&silence, &ask) || v.answered(&ask, &ask) {
		t.Error("a question and its answer are one")
	}
	v = worded("Asked about it, the mill did not respond.")
	if v.answered(&Statement{Cue: v.find("Asked")}, &Statement{Cue: v.find("did not respond")}) {
		t.Error("one sentence is two")
	}
}

func never(_, _ *Statement) bool { return false }

func TestUnite(t *testing.T) {
	finch, claim, more := []Span{{4, 5}}, Span{7, 12}, Span{16, 20}
	got := unite([]Statement{
		{Source: finch, Cue: []Span{{0, 2}}, Content: []Span{claim}}, // "In a statement, Finch said"
		{Source: finch, Cue: []Span{{6, 6}}, Content: []Span{claim}},
	}, never)
	if want := []Span{{0, 2}, {6, 6}}; len(got) != 1 || !slices.Equal(got[0].Cue, want) {
		t.Errorf("one act in two: %+v", got)
	}
	got = unite([]Statement{ // "Finch said in a statement", where both cues touch
		{Source: finch, Cue: []Span{{9, 11}}, Content: []Span{more}},
		{Source: finch, Cue: []Span{{6, 8}}, Content: []Span{more, {22, 25}}},
	}, never)
	if want := []Span{{6, 11}}; len(got) != 1 || !slices.Equal(got[0].Cue, want) || len(got[0].Content) != 2 {
		t.Errorf("cues that touch: %+v", got)
	}
	got = unite([]Statement{ // "A," he said, adding B
		{Source: finch, Cue: []Span{{14, 14}}, Content: []Span{claim, more}},
		{Source: finch, Cue: []Span{{15, 15}}, Content: []Span{more}},
	}, never)
	if len(got) != 2 || !slices.Equal(got[0].Content, []Span{claim}) || !slices.Equal(got[1].Content, []Span{more}) {
		t.Errorf("a content with a cue right before it: %+v", got)
	}
	got = unite([]Statement{
		{Source: finch, Cue: []Span{{9, 9}}, Content: []Span{claim}}, // a word of the claim
		{Source: finch, Cue: []Span{{6, 6}}, Content: []Span{claim}},
	}, never)
	if want := []Span{{6, 6}}; len(got) != 1 || !slices.Equal(got[0].Cue, want) {
		t.Errorf("a cue within the content: %+v", got)
	}
	other := []Statement{{Source: finch, Cue: []Span{{0, 2}}, Content: []Span{claim}}, {Source: []Span{{13, 13}}, Cue: []Span{{14, 14}}, Content: []Span{claim}}}
	if got = unite(other, never); len(got) != 2 {
		t.Errorf("two sources are one: %+v", got)
	}
}

// plain is a view of a text whose words and signs are its pieces, a paragraph a line.
func plain(s string) *View {
	v := &View{r: &Reader{set: Settings{Keep: map[string]float64{"content_alone": 0.3}}}, Text: s}
	states := text.Quotes(s)
	line := 0
	for _, t := range text.Tokens(s) {
		if t.Break {
			line++
		}
		v.Pieces = append(v.Pieces, encoder.Piece{Start: t.Start, End: t.End})
		v.quotes, v.Paragraph = append(v.quotes, states[t.Start]), append(v.Paragraph, line)
	}
	at := 0
	for l := range strings.Lines(s) {
		v.paragraphs = append(v.paragraphs, text.Range{Start: at, End: at + len(strings.TrimSuffix(l, "\n"))})
		v.folded = append(v.folded, text.Fold(strings.TrimSuffix(l, "\n")))
		at += len(l)
	}
	v.sentences()
	return v
}

// span is the stretch of pieces that holds some words.
func (v *View) span(words string) Span {
	at := strings.Index(v.Text, words)
	s, _ := v.Cover(text.Range{Start: at, End: at + len(words)})
	return s
}

func TestRunOn(t *testing.T) {
	v := plain("“We waited all night,” Orlin said. “Nobody came.\n“Then the ferry left.”\n“It was empty.”")
	first, next, apart := v.span("“Nobody came."), v.span("“Then the ferry left.”"), v.span("“It was empty.”")
	got := v.runOn([]Statement{
		{Source: []Span{v.span("Orlin")}, Cue: []Span{v.span("said")}, Content: []Span{v.span("“We waited all night,”"), first}},
		{Content: []Span{next}},
		{Content: []Span{apart}},
	})
	if len(got) != 2 || got[0].Content[2] != next || got[1].Content[0] != apart {
		t.Errorf("got %+v", got)
	}
}

// Single marks run on as double ones do, each line being read by itself.
func TestRunOnSingle(t *testing.T) {
	const lines = "Ada said: 'The mill burned.\n'It burned for days,' Bo said.\n'We ran.\n'We didn't stop,' he said. 'Tis so."
	v := plain(lines)
	v.quotes = nil
	for _, p := range v.paragraphs {
		states := text.Quotes(lines[p.Start:p.End])
		for _, q := range v.Pieces {
			if p.Contains(text.Range{Start: q.Start, End: q.End}) {
				v.quotes = append(v.quotes, states[q.Start-p.Start])
			}
		}
	}
	got := v.runOn([]Statement{
		{Source: []Span{v.span("Ada")}, Cue: []Span{v.span("said")}, Content: []Span{v.span("'The mill burned.")}},
		{Source: []Span{v.span("Bo")}, Cue: []Span{v.span("said.")}, Content: []Span{v.span("'It burned for days,'")}},
		{Source: []Span{v.span("he")}, Cue: []Span{v.span("said. 'Tis")}, Content: []Span{v.span("'We didn't stop,'")}},
	})
	for i, want := range []string{"'The mill burned.", "'It burned for days,'", "'We ran. / 'We didn't stop,'"} {
		if read := v.read(got[i].Content); read != want {
			t.Errorf("statement %d: got %s, want %s", i+1, read, want)
		}
	}
	if in, out := v.Quoted(&got[0]); in != 3 || out != 0 {
		t.Errorf("%d words quoted, %d not", in, out)
	}
}

func TestRunOnOpen(t *testing.T) {
	ada := func(v *View) Statement { return Statement{Source: []Span{v.span("Ada")}, Cue: []Span{v.span("said")}} }
	for _, c := range []struct{ text, first, second, want string }{
		// The second paragraph's source is a guess from the line before.
		{"Ada said: “The mill burned.\n“It burned for days.”", "“The mill burned.", "Ada|“It burned for days.”", "“The mill burned. / “It burned for days.”"},
		// The second paragraph is Ada's with a cue of its own: nothing else holds the first.
		{"“The mill burned.\n“It burned for days,” Ada said.", "", "Ada|said|“It burned for days,”", "“The mill burned. / “It burned for days,”"},
		// What is quoted in the open quotation is another's.
		{"Ada said: “Bo asked whether the mill burned.\n“It burned for days.”", "whether the mill burned.", "|“It burned for days.”", "whether the mill burned."},
		// Marks of another form, a quotation within, and a sign that the tags left out.
		{"Ada said: \"The mill burned.\n“It burned for days.”", "\"The mill burned.", "|“It burned for days.”", "\"The mill burned. / “It burned for days.”"},
		{"Ada said: “We call it the ‘old mill’.\n“It burned for days.”", "“We call it the ‘old mill’.", "|“It burned for days.”", "“We call it the ‘old mill’. / “It burned for days.”"},
		{"Ada said: “The mill burned.\n“It burned for days.”", "“The mill burned", "|“It burned for days.”", "“The mill burned. / “It burned for days.”"},
		// The first paragraph stands by itself, and only the second has a cue.
		{"“The mill burned.\n“It burned for days,” Ada said.", "=“The mill burned.", "Ada|said|“It burned for days,”", "“The mill burned. / “It burned for days,”"},
		{"“The mill burned.\n\"It burned for days,\" Ada said.", "=“The mill burned.", "Ada|said|\"It burned for days,\"", "“The mill burned."},
		// What was closed does not go on.
		{"Ada said: \"The mill burned.\"\n\"It burned for days.\"", "\"The mill burned.\"", "|\"It burned for days.\"", "\"The mill burned.\""},
		// The next paragraph names its own source.
		{"Ada said: “The mill burned.\n“It burned for days” (Bo).", "“The mill burned.", "Bo|“It burned for days”", "“The mill burned."},
	} {
		v := plain(c.text)
		var all []Statement
		if c.first != "" {
			s := ada(v)
			first, alone := strings.CutPrefix(c.first, "=")
			if alone {
				s = Statement{}
			}
			s.Content = []Span{v.span(first)}
			all = append(all, s)
		}
		parts := strings.Split(c.second, "|")
		s := Statement{Content: []Span{v.span(parts[len(parts)-1])}}
		if parts[0] != "" {
			s.Source = []Span{v.span(parts[0])}
		}
		if len(parts) == 3 {
			s.Cue = []Span{v.span(parts[1])}
		}
		got := v.runOn(append(all, s))
		if read := v.read(got[0].Content); read != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, read, c.want)
		}
	}
}

// TestRunOnElsewhere: a quotation that goes on in the next paragraph is not what stands
// beside another cue.
func TestRunOnElsewhere(t *testing.T) {
	for _, c := range []struct {
		text string
		has  [][3]string
		want []string
	}{
		{"Ada said: “The mill burned.\n“It burned for days.” Bo added: “We ran.”",
			[][3]string{{"Ada", "said", "“The mill burned."}, {"Bo", "added", "“It burned for days.” / “We ran.”"}},
			[]string{"Ada | said | “The mill burned. / “It burned for days.”", "Bo | added | “We ran.”"}},
		{"Ada said the mill was lost.\n“It burned.\n“It burned for days.”",
			[][3]string{{"", "", "“It burned."}, {"Ada", "said", "the mill was lost / “It burned for days.”"}},
			[]string{" |  | “It burned. / “It burned for days.”", "Ada | said | the mill was lost"}},
		{"Ada said: “The mill burned.\n“It burned for days,” Bo added. “We ran.”",
			[][3]string{{"Ada", "said", "“The mill burned."}, {"Bo", "added", "“It burned for days,” / “We ran.”"}},
			[]string{"Ada | said | “The mill burned.", "Bo | added | “It burned for days,” / “We ran.”"}},
	} {
		v := worded(c.text)
		var got []string
		for _, s := range v.runOn(v.parts(c.has)) {
			got = append(got, v.told(&s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestAnew(t *testing.T) {
	for _, c := range []struct{ text, cue, want string }{
		{"“The mill burned,” Ada said.\n“It burned for days.”", "said", "“The mill burned,” | “It burned for days.”"},
		{"“The mill burned,” Ada said. “It burned for days.”", "said", "“The mill burned,” / “It burned for days.”"},
		{"“The mill burned.\n“It burned for days,” Ada said.", "said", "“The mill burned. / “It burned for days,”"},
		{"“The mill burned,” Ada said. “Badly.\n“It burned for days.”", "said", "“The mill burned,” / “Badly. / “It burned for days.”"},
		{"Ada said the mill burned. “It burned for days.”", "said", "the mill burned | “It burned for days.”"},
		{"Ada said the mill was “lost”, and “it burned for days”.", "said", "the mill was “lost” / “it burned for days”"},
		{"“The mill burned,” Ada said, and:\n“It burned for days.”", "said", "“The mill burned,” / “It burned for days.”"},
	} {
		v := plain(c.text)
		s := Statement{Source: []Span{v.span("Ada")}, Cue: []Span{v.span(c.cue)}}
		for _, x := range strings.FieldsFunc(c.want, func(r rune) bool { return r == '/' || r == '|' }) {
			s.Content = append(s.Content, v.span(strings.TrimSpace(x)))
		}
		var read []string
		for _, x := range v.anew([]Statement{s}) {
			read = append(read, v.read(x.Content))
		}
		if got := strings.Join(read, " | "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestAnewTurn: a quotation that closes right before the one with a cue is another's turn.
func TestAnewTurn(t *testing.T) {
	for line, want := range map[string]string{
		"“It burned for days.” “The mill is lost,” Ada said.":     "“The mill is lost,” | “It burned for days.”",
		"“It burned for days,” “the mill is lost,” Ada said.":     "“It burned for days,” / “the mill is lost,”",
		"Ada said: “It burned for days.” “The mill is lost.”":     "“It burned for days.” / “The mill is lost.”",
		"“It burned for days.”\n“The mill is lost,” Ada said.":    "“It burned for days.” / “The mill is lost,”",
		"“It burned for days.” And “the mill is lost,” Ada said.": "“It burned for days.” / “the mill is lost,”",
	} {
		v := plain(line)
		i := strings.LastIndex(line, "“")
		second, _ := v.Cover(text.Range{Start: i, End: i + strings.Index(line[i:], "”") + len("”")})
		i = strings.Index(line, "“")
		first, _ := v.Cover(text.Range{Start: i, End: i + strings.Index(line[i:], "”") + len("”")})
		var read []string
		for _, x := range v.anew([]Statement{{Source: []Span{v.span("Ada")}, Cue: []Span{v.span("said")}, Content: []Span{first, second}}}) {
			read = append(read, v.read(x.Content))
		}
		if got := strings.Join(read, " | "); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}

// TestAnewBehind: a quotation behind another's cue is not what its statement goes on with.
func TestAnewBehind(t *testing.T) {
	const line = "“The mill burned.” Bo admitted that he ran. “It burned for days.”"
	v := worded(line)
	quoted := []Span{v.span("“The mill burned.”"), v.span("“It burned for days.”")}
	for _, s := range []Statement{{Content: quoted}, {Source: v.find("Bo"), Cue: v.find("admitted"), Content: quoted}} {
		bo := Statement{Source: v.find("Bo"), Cue: v.find("admitted"), Content: v.find("that he ran")}
		var got []string
		for _, x := range v.anew([]Statement{{Source: s.Source, Cue: s.Cue, Content: slices.Clone(s.Content)}, bo}) {
			got = append(got, v.told(&x))
		}
		want := []string{" |  | “The mill burned.”", "Bo | admitted | that he ran", " |  | “It burned for days.”"}
		if len(s.Cue) > 0 { // what stands around its own cue is its
			want = []string{"Bo | admitted | “The mill burned.” / “It burned for days.”", "Bo | admitted | that he ran"}
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
}

// TestGoOn: paragraphs run together, each of which opens anew, are one quotation.
func TestGoOn(t *testing.T) {
	for _, c := range []struct {
		text string
		has  [][3]string
		want []string
	}{
		{"Ada said: \"The mill burned. \"It burned for days.\" We ran.",
			[][3]string{{"Ada", "said", "\"The mill burned. / \"It burned for days.\""}},
			[]string{"Ada | said | \"The mill burned. \"It burned for days.\""}},
		{"Ada said: \"The mill burned. \"It burned for days. \"We ran.\"",
			[][3]string{{"Ada", "said", "\"The mill burned."}, {"Ada", "", "\"It burned for days."}, {"", "", "\"We ran.\""}},
			[]string{"Ada | said | \"The mill burned. \"It burned for days. \"We ran.\""}},
		{"Ada said: \"The mill burned. \"It burned for days.\" We ran.", // the mark that opens anew went with what stands before it
			[][3]string{{"Ada", "said", "\"The mill burned. \" / It burned for days.\""}},
			[]string{"Ada | said | \"The mill burned. \"It burned for days.\""}},
		{"Ada said: \"The mill burned. \"It burned for days,\" Bo added.",
			[][3]string{{"Ada", "said", "\"The mill burned."}, {"Bo", "added", "\"It burned for days,\""}},
			[]string{"Ada | said | \"The mill burned.", "Bo | added | \"It burned for days,\""}},
		{"Ada said: \"The mill burned.\" \"It burned for days.\"",
			[][3]string{{"Ada", "said", "\"The mill burned.\""}, {"", "", "\"It burned for days.\""}},
			[]string{"Ada | said | \"The mill burned.\"", " |  | \"It burned for days.\""}},
	} {
		v := worded(c.text)
		var got []string
		for _, s := range v.goOn(v.parts(c.has)) {
			got = append(got, v.told(&s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// parts makes statements of source, cue and content, whose parts " / " sets apart.
func (v *View) parts(has [][3]string) []Statement {
	var all []Statement
	for _, h := range has {
		s := Statement{Source: v.find(h[0]), Cue: v.find(h[1])}
		for _, x := range strings.Split(h[2], " / ") {
			s.Content = append(s.Content, v.find(x)...)
		}
		all = append(all, s)
	}
	return all
}

func TestSurelyQuoted(t *testing.T) {
	for _, c := range []struct {
		text    string
		content float64 // probability that a piece is content
		inner   bool
		want    bool
	}{
		{"They would have “more room for bread”.", 0.95, false, true},
		{"They would have “more room for bread”.", 0.85, false, false},
		{"They would have “more room for bread”.", 0.95, true, false},
		{"They would have more room for bread.", 0.95, false, false},
	} {
		v := plain(c.text)
		v.r.set.Tracks, v.r.track = []string{"content"}, map[string]int{"content": 0}
		for range v.Pieces {
			v.tags = append(v.tags, float32(math.Log(1-c.content)), -9, float32(math.Log(c.content)), -9, -9)
		}
		f := &found{Mark: Mark{Span: Span{0, len(v.Pieces) - 1}}, inner: c.inner}
		if got := v.surelyQuoted(f); got != c.want {
			t.Errorf("%s with %.2f: %v", c.text, c.content, got)
		}
	}
}

func TestStops(t *testing.T) {
	v := plain("She owes 3.5 per cent. He left\nHe came")
	for i, want := range map[int]bool{
		v.span("per").First:     false,
		v.span(". He").First:    true,
		v.span("left").First:    false,
		v.span("He came").First: true, // another line
		v.span("came").First:    false,
		len(v.Pieces):           true,
	} {
		if v.stops(i) != want {
			t.Errorf("piece %d stops: %v", i, !want)
		}
	}
}

func TestPastHead(t *testing.T) {
	for _, c := range []struct{ line, first string }{
		{"ALDMOOR - The dam is safe, she said.", "The"},
		{"NEW HOLM, May 3, 2031 (Coast Press) – The dam is safe.", "The"},
		{"ST. HOLM (Coast Press) — The dam is safe.", "The"},
		{"The dam – she said – is safe.", "The"},
		{"THE DAM IS SAFE.", "THE"},
		{"UN-led talks - she said - failed.", "UN"},
		{"• The dam is safe.", "The"},
		{"2. The dam is safe.", "The"},
		{"— The dam is safe.", "The"},
		{"21:45 The dam is safe.", "The"},
		{"9.12pm: The dam is safe.", "The"},
		{"20.05 GMT – The dam is safe.", "The"},
		{"21:45", "21"},
		{"3.45 metres were left.", "3"},
	} {
		v := worded(c.line)
		at := v.pastHead(Span{0, len(v.Pieces) - 1})
		if got := v.read([]Span{{at, at}}); got != c.first {
			t.Errorf("%s: begins with %q", c.line, got)
		}
	}
}
