package web

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Marks stand within the picture, do not touch, and are in order of time.
func TestTimeline(t *testing.T) {
	for _, f := range frames {
		t.Run(f.Class, func(t *testing.T) { testTimeline(t, f) })
	}
	if timeline(frames[0], []moment{{date: "2031"}, {date: "yesterday"}}) != nil {
		t.Error("a picture of one mark")
	}
}

func testTimeline(t *testing.T, f Frame) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, span := range []int{1, 9, 70, 900, 40000} {
		var all []moment
		for i := range 60 {
			day := store.DayString(742000 + rng.IntN(span))
			all = append(all, moment{lane: fmt.Sprint("speaker ", i%4), date: day, href: "#" + day, act: quoth.Acts[i%5]})
		}
		tl := timeline(f, all)
		if len(tl.Lanes) != 4 || len(tl.Ticks) == 0 || len(tl.Ticks) > f.mostTicks {
			t.Fatalf("%d days: %d lanes, %d ticks", span, len(tl.Lanes), len(tl.Ticks))
		}
		var dots []Dot
		for i, l := range tl.Lanes {
			if i > 0 && l.Y <= tl.Lanes[i-1].Y {
				t.Errorf("lane %d is not below the one before", i)
			}
			for k, d := range l.Dots {
				if d.X < f.Left || d.X > f.Width || d.Y < 0 || d.Y > tl.Axis {
					t.Errorf("%d days: a mark at %v %v of %v", span, d.X, d.Y, tl.Height)
				}
				if k > 0 && (d.X < l.Dots[k-1].X || d.Href < l.Dots[k-1].Href) {
					t.Errorf("%s stands before %s", d.Href, l.Dots[k-1].Href)
				}
			}
			dots = append(dots, l.Dots...)
		}
		for i, a := range dots {
			for _, b := range dots[:i] {
				if dx, dy := a.X-b.X, a.Y-b.Y; dx*dx+dy*dy < 12*12 {
					t.Errorf("%d days: marks at %v %v and %v %v touch", span, a.X, a.Y, b.X, b.Y)
				}
			}
		}
		for _, k := range tl.Ticks {
			if k.X < f.Left || k.X > f.Width {
				t.Errorf("tick %s at %v", k.Name, k.X)
			}
		}
	}
}

// A picture of very many speakers has those who did most.
func TestManyLanes(t *testing.T) {
	var moments []moment
	for i := range 2 * mostLanes {
		for range 1 + i%2 {
			moments = append(moments, moment{lane: fmt.Sprint("speaker ", i), date: fmt.Sprintf("2031-11-%02d", 1+i%28), act: quoth.Assert})
		}
	}
	got := timeline(frames[0], moments)
	if len(got.Lanes) != mostLanes || got.More != mostLanes || got.Height > mostLanes*(laneHeight+dotRoom)+40 {
		t.Errorf("%d lanes and %d more, %v high", len(got.Lanes), got.More, got.Height)
	}
	for i, l := range got.Lanes {
		if len(l.Dots) != 2 {
			t.Errorf("lane %d has %d marks, others two", i, len(l.Dots))
		}
	}
}

func TestScale(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	s := scale(frames[0], []given{{name: "a", text: "more than 12,000", low: v(12000)}, {name: "b", text: "3,400", low: v(3400), high: v(3400)}, {name: "c", text: "700 to 900", low: v(700), high: v(900)}, {name: "d", text: "up to 2,000", high: v(2000)}, {name: "nothing"}})
	if len(s.Rows) != 4 {
		t.Fatalf("%+v", s.Rows)
	}
	a, b, c, d := s.Rows[0], s.Rows[1], s.Rows[2], s.Rows[3]
	if !a.OpenHigh || a.OpenLow || !b.Point() || b.OpenHigh || c.X2 <= c.X1 || !d.OpenLow || !(c.X1 < c.X2 && c.X2 < d.X1 && d.X1 < b.X1 && b.X1 < a.X1) {
		t.Errorf("%+v", s.Rows)
	}
	if last := s.Ticks[len(s.Ticks)-1]; s.Ticks[0].Name != "0" || last.X > s.Width || last.Name != "15,000" {
		t.Errorf("%+v", s.Ticks)
	}
	if scale(frames[0], []given{{low: v(1)}}) != nil || scale(frames[0], []given{{low: v(0)}, {low: v(0)}}) != nil {
		t.Error("a scale of nothing")
	}
}

// Articles write a speaker in several ways: the pictures have it once.
func TestOneName(t *testing.T) {
	low := 12000.0
	said := func(id, name, published string) store.Hit {
		return store.Hit{ID: id, Published: published, Act: quoth.Assert, Speakers: []store.HitSpeaker{{Name: name, Identity: "o1"}}, Figures: []store.HitFigure{{Text: "12,000", Low: &low, Unit: "soldiers"}}}
	}
	v := ClaimView{Claim: store.Claim{Members: []store.Member{{Statement: "a"}, {Statement: "b"}, {Statement: "c"}}}}
	v.enter([]store.Hit{said("a", "Ministry", "2031-11-13"), said("b", "Kestria’s Ministry", "2031-12-13"), said("c", "Kestria's Ministry", "2032-01-13")})
	v.draw("", "")
	if len(v.Timeline) == 0 || len(v.Timeline[0].Lanes) != 1 || v.Timeline[0].Lanes[0].Name != "Kestria’s Ministry" {
		t.Errorf("the timeline: %+v", v.Timeline)
	}
	if len(v.Scales) != 0 || v.Ledger[0].First().Speakers[0].Name != "Ministry" {
		t.Errorf("one figure of one speaker has rivals, or a row another name than its article gives: %+v, %+v", v.Scales, v.Ledger)
	}
}

// Figures of one unit stand side by side, whatever stands before it.
func TestByUnit(t *testing.T) {
	v := func(x float64) *float64 { return &x }
	rival := func(who, text, unit, date string, low *float64) Rival {
		return Rival{HitFigure: store.HitFigure{Text: text, Low: low, Unit: unit}, Speaker: who, Date: date}
	}
	got := byUnit([]Rival{rival("Ministry", "14,000", "Vorland soldiers", "2032-01-22", v(14000)), rival("Ministry", "14,000", "soldiers", "2032-02-10", v(14000)), rival("Staff", "3,400", "", "2031-11-20", v(3400)),
		rival("Ministry", "12,000", "soldiers", "2031-11-01", v(12000)), rival("Lantern", "two-thirds", "population", "2031-11-20", v(0.66)), rival("Nobody", "some", "soldiers", "2031-11-20", nil)})
	if len(got) != 1 || got[0].Unit != "soldiers" || len(got[0].Rows) != 3 || got[0].Rows[0].Text != "12,000" || got[0].Rows[2].Text != "14,000" {
		t.Errorf("%+v", got)
	}
	bare := []Rival{rival("Staff", "3,400", "", "2031-11-20", v(3400)), rival("Ministry", "9,000", "", "2031-11-20", v(9000))}
	if got := byUnit(bare); len(got) != 0 {
		t.Errorf("figures of nobody knows what stand side by side: %+v", got)
	}
	bare[0].Stance, bare[1].Stance = "value", "value"
	if got := byUnit(bare); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestTurned(t *testing.T) {
	for _, c := range []struct {
		was, is    string
		act, now   quoth.Act
		before, to string
		has        bool
	}{
		{"against", "open", quoth.Deny, quoth.Neither, "denies", "leaves open", true},
		{"for", "open", quoth.Assert, quoth.Assert, "for", "left open", true},
		{"for", "for", quoth.Assert, quoth.Confirm, "", "", false},
		{"value", "value", quoth.Assert, quoth.Deny, "says", "denies", true},
		{"", "", quoth.Judge, quoth.Deny, "", "", false},
	} {
		if before, now, changed := turned(c.was, c.act, c.is, c.now); before != c.before || now != c.to || changed != c.has {
			t.Errorf("%+v: %q %q %v", c, before, now, changed)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{"2031-11-13": "13 Nov 2031", "2031-11~": "about Nov 2031", "2032-02-07/2032-02-08": "7 to 8 Feb 2032", "2032-01-28/2032-02-08": "28 Jan to 8 Feb 2032", "2031-12-31/2032-01-01": "31 Dec 2031 to 1 Jan 2032", "2031-11/2031-12": "Nov 2031 to Dec 2031", "2032": "2032", "": "", "2032-02/..": "from Feb 2032", "../2032-02-09": "until 9 Feb 2032", "2032-22": "summer 2032", "2031-24~": "about winter 2031", "2032-34": "2nd quarter of 2032", "203X": "203X"} {
		if got := day(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	for in, want := range map[string]string{"no room": "No room.", "It is full.": "It is full.", "": ""} {
		if got := sentence(in); got != want {
			t.Errorf("%q as a sentence: %q", in, got)
		}
	}
	for in, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1200: "−1,200", 0.5: "0.5"} {
		if got := amount(in); got != want {
			t.Errorf("%v: %s", in, got)
		}
	}
	for in, want := range map[string]string{`act "deny"`: "denies", `quotation "mixed"`: "partly in quotation marks", `role ""`: "nothing", `via []`: "nothing", `to ["Ada","Lin"]`: "Ada, Lin", `when null`: "nothing",
		`when {"text":"Monday","date":"2032-02-09"}`: "Monday (9 Feb 2032)", `speaker [{"name":"Ada","type":"person","evidence":[{"start":1,"end":4,"text":"she"}]}]`: "Ada (person)",
		`content [{"start":1,"end":5,"text":"no no"}]`: "no no", `removed true`: "taken out", `removed false`: "in the record", `low 1200`: "1,200", `statement {"content":[{"start":1,"end":5,"text":"no no"}],"act":"deny"}`: "no no (denies)"} {
		field, value, _ := strings.Cut(in, " ")
		if got := valueWords(field, json.RawMessage(value)); got != want {
			t.Errorf("%s: %q", in, got)
		}
	}
	e := LedgerEntry{Reports: []store.Hit{{Article: "a", Outlet: "Post", Published: "2032-02-09"}, {Article: "a", Outlet: "Post", Published: "2032-02-09"}, {Article: "b", Outlet: "Post", Published: "2032-02-10"}, {Article: "c", Title: "Untold"}, {Article: "d", Outlet: "Courier"}, {Article: "e", Outlet: "Post", Title: "Ice"}}}
	if got := e.Places(); !slices.Equal(got, []Ref{{"a", "Post (9 Feb 2032)"}, {"b", "Post (10 Feb 2032)"}, {"c", "Untold"}, {"d", "Courier"}, {"e", "Post (Ice)"}}) {
		t.Errorf("places: %v", got)
	}
	v := ArticleView{Article: &store.Article{}}
	if v.Doubted() {
		t.Error("no figure, and doubted")
	}
	if v.Record.Figures = []quoth.Figure{{}, {Caveat: "Nobody could check this."}}; !v.Doubted() {
		t.Error("a doubted figure is not seen")
	}
	if got := printable("a\u202eb\u0007c\n"); got != "abc\n" {
		t.Errorf("%q", got)
	}
	if got := plain("a\u202eb\r\nc"); got != "a\ufffdb \nc" {
		t.Errorf("%q", got)
	}
	if got := clip("one  two three", 9); got != "one two…" {
		t.Errorf("%q", got)
	}
}

// An utterance has the date of the report that it is shown by, and an answer
// has changed only where it surely came later.
func TestLedgerOrder(t *testing.T) {
	said := func(id, published, when string, act quoth.Act) store.Hit {
		h := store.Hit{ID: id, Published: published, Act: act, Speakers: []store.HitSpeaker{{Name: "Mira Holt", Identity: "p1"}}}
		if when != "" {
			h.When = &quoth.When{Text: when, Date: when}
		}
		return h
	}
	v := ClaimView{Claim: store.Claim{Members: []store.Member{
		{Statement: "late", Utterance: "u1", Stance: "open"}, {Statement: "looks back", Utterance: "u1", Stance: "open"},
		{Statement: "first", Utterance: "u2", Stance: "against"}, {Statement: "same day", Utterance: "u3", Stance: "for"}}}}
	v.enter([]store.Hit{said("looks back", "2032-02-11", "2031-11", quoth.Decline), said("late", "2032-02-10", "2032-02-07/2032-02-08", quoth.Neither),
		said("first", "2031-11-13", "", quoth.Deny), said("same day", "2031-11-14", "2031-11-13", quoth.Assert)})
	want := []struct {
		id, date, before string
	}{{"first", "2031-11-13", ""}, {"same day", "2031-11-13", ""}, {"late", "2032-02-07/2032-02-08", "says"}}
	if len(v.Ledger) != len(want) {
		t.Fatalf("%+v", v.Ledger)
	}
	for i, w := range want {
		if e := v.Ledger[i]; e.First().ID != w.id || e.Date != w.date || e.Before != w.before || e.Changed != (w.before != "") {
			t.Errorf("%d: %s on %s, before %q", i, e.First().ID, e.Date, e.Before)
		}
	}
}

// A speaker's answers are found where another stands first in the utterance.
func TestCourse(t *testing.T) {
	report := func(identity string, act quoth.Act) store.Hit {
		return store.Hit{Act: act, Speakers: []store.HitSpeaker{{Identity: identity}}}
	}
	ledger := []LedgerEntry{
		{Stance: "against", Date: "2031-11-13", Reports: []store.Hit{report("o1", quoth.Deny), report("p1", quoth.Deny)}},
		{Stance: "for", Date: "2031-12-01", Reports: []store.Hit{report("p2", quoth.Assert)}},
		{Stance: "open", Date: "2032-02-09", Reports: []store.Hit{report("o1", quoth.Neither), report("p1", quoth.Neither)}},
	}
	for identity, want := range map[string]string{"o1": "denies, leaves open", "p1": "denies, leaves open", "p2": "", "p3": ""} {
		got := ""
		if steps, changed := course(ledger, identity); changed {
			got = steps[1].Before + ", " + steps[1].Now
		}
		if got != want {
			t.Errorf("%s: %q, want %q", identity, got, want)
		}
	}
}

// A date below the axis is not cut off at the edge of a narrow picture.
func TestTicks(t *testing.T) {
	for _, to := range []string{"2032-05-12", "2032-05-15", "2032-09", "2034"} {
		for _, f := range frames {
			for _, k := range timeline(f, []moment{{date: "2032-05-11"}, {date: to}}).Ticks {
				if k.X < tickRoom || k.X > f.Width-tickRoom {
					t.Errorf("%s to %s: %q stands at %v of %v", f.Class, to, k.Name, k.X, f.Width)
				}
			}
		}
	}
}

// What reports of one utterance say differently is shown, and their figures
// stand beside each other.
func TestWordings(t *testing.T) {
	report := func(id, who, identity, outlet, content string, dead float64) store.Hit {
		return store.Hit{ID: id, Published: "2032-05-1" + id[1:], Act: quoth.Assert, Outlet: outlet, Cue: ":", Content: content, Speakers: []store.HitSpeaker{{Name: who, Identity: identity}},
			Figures: []store.HitFigure{{Text: amount(dead), Low: &dead, High: &dead, Unit: "people"}}}
	}
	ministry, same, later, cross := report("s1", "Ministry", "o1", "Gazette", "43 people died", 43), report("s2", "Ministry", "o1", "Post", "“43 people died,”", 43),
		report("s3", "Ministry", "o1", "Ledger", "51 people had died", 51), report("s4", "Red Cross", "o2", "Post", "67 people are dead", 67)
	later.Vanished, later.Corrected = true, []string{"act"}
	v := &ClaimView{}
	for _, h := range []store.Hit{ministry, same, later, cross} {
		v.Members = append(v.Members, store.Member{Statement: h.ID, Utterance: "u1", Stance: "for"})
	}
	v.enter([]store.Hit{ministry, same, later, cross})
	v.draw("", "")
	got := v.Ledger[0].Wordings()
	if len(got) != 2 || got[0].ID != "s3" || got[0].Speaks || !got[0].Gives || !got[1].Speaks || !v.Ledger[0].Apart() {
		t.Errorf("other wordings: %+v", got)
	}
	if len(v.Scales) != 1 || len(v.Scales[0].Rows) != 3 || v.Scales[0].Rows[1].Date != "2032-05-13" || v.Scales[0].Rows[2].Speaker != "Red Cross" {
		t.Errorf("rival figures: %+v", v.Scales)
	}
	if n := len(v.Timeline[0].Lanes); n != 2 {
		t.Errorf("%d speakers on the timeline", n)
	}
	b, err := render("claim", shell{Page: v})
	if err != nil {
		t.Fatal(err)
	}
	root := sound(t, b)
	for _, r := range v.Scales[0].Rows {
		if len(has(root, "#"+r.Statement)) != 1 {
			t.Errorf("the figure of %s leads nowhere", r.Speaker)
		}
	}
	if rows := has(root, "td.words"); len(rows) != 1 || len(has(rows[0], "li")) != 2 || len(has(rows[0], ".cue")) != 0 || !strings.Contains(textOf(rows[0]), "Red Cross: 67 people are dead Post, 14 May 2032") || !strings.Contains(textOf(rows[0]), "corrected no longer in the article Ledger") {
		t.Errorf("the ledger: %s", textOf(root))
	}
}
