package store

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/quothnews/quoth"
)

func TestBounds(t *testing.T) {
	for _, x := range []struct{ edtf, first, last string }{
		{"2025-02-10", "2025-02-10", "2025-02-10"},
		{"2025-02-10~", "2025-02-10", "2025-02-10"},
		{"2025-02-10T08:30:00Z", "2025-02-10", "2025-02-10"},
		{"2025-02", "2025-02-01", "2025-02-28"},
		{"2024-02?", "2024-02-01", "2024-02-29"},
		{"2025", "2025-01-01", "2025-12-31"},
		{"202X", "2020-01-01", "2029-12-31"},
		{"2024-11-XX", "2024-11-01", "2024-11-30"},
		{"2025-XX", "2025-01-01", "2025-12-31"},
		{"2025-21", "2025-03-01", "2025-05-31"},
		{"2024-24", "2024-12-01", "2025-02-28"},
		{"2025-34", "2025-04-01", "2025-06-30"},
		{"2025-02-07/2025-02-08", "2025-02-07", "2025-02-08"},
		{"2025-02/..", "2025-02-01", "9999-12-31"},
		{"../2025-02", "0000-01-01", "2025-02-28"},
	} {
		first, last, ok := Bounds(x.edtf)
		if a, b := DayString(first), DayString(last); !ok || a != x.first || b != x.last {
			t.Errorf("%s is %s to %s, %v; want %s to %s", x.edtf, a, b, ok, x.first, x.last)
		}
	}
	for _, s := range []string{"", "soon", "25-02-10", "2025-13", "2025-02-30", "2025-2-1", "2025-02-10/2025-01-01", "../..", "2025-02-10-11", "2025-24-03", "-2025", "2025-+1", "2025-02-+1", "+202"} {
		if first, last, ok := Bounds(s); ok {
			t.Errorf("%q is taken for %s to %s", s, DayString(first), DayString(last))
		}
	}
	if d := Day(time.Date(1970, 1, 1, 23, 0, 0, 0, time.UTC)); DayString(d) != "1970-01-01" || d != epoch {
		t.Errorf("the first day of 1970 is %s", DayString(d))
	}
	if _, _, err := (Days{From: "2025-02", To: "2025-01"}).Bounds(); err == nil {
		t.Error("a range that ends before it begins is taken")
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"Pavel Orlin": "pavel orlin", "Pavel J. Orlin Jr.": "pavel orlin", "Mr. Orlin": "orlin", "Élena Márr": "elena marr", "the Norvanian": "norvanian", "O’Hara": "ohara", "": "", "Dr": "", "Jean-Luc Marr": "jean marr",
	} {
		if got, whole := NameKey(name, false); got != want || whole != strings.Contains(want, " ") {
			t.Errorf("%q has the key %q, whole %v", name, got, whole)
		}
	}
	if got, whole := NameKey("The Ministry of Defence", true); got != "ministry of defence" || !whole {
		t.Errorf("an organisation's key is %q, %v", got, whole)
	}
}

func TestRoles(t *testing.T) {
	for _, x := range []struct {
		role string
		had  []string
		want int
	}{
		{"Kremlin spokesman", []string{"presidential spokesman"}, 1},
		{"striker for Ostby", []string{"prime minister of Estmark"}, -1},
		{"senator", []string{"striker", "governor"}, 0},
		{"former general", []string{"defence minister"}, 0},
		{"the chief of staff", []string{"chief baker"}, 0},
		{"historian", []string{"novelist"}, 0},
		{"surgeon", []string{"goalkeeper"}, -1},
		{"", []string{"mayor"}, 0},
		{"mayor", nil, 0},
	} {
		if got := Roles(x.role, x.had); got != x.want {
			t.Errorf("%q beside %q is %d, not %d", x.role, x.had, got, x.want)
		}
	}
}

func statement(source, cue, content string) quoth.Statement {
	span := func(s string) []quoth.Span {
		if s == "" {
			return nil
		}
		return []quoth.Span{{Text: s, End: len(s)}}
	}
	return quoth.Statement{Source: span(source), Cue: span(cue), Content: span(content)}
}

func TestIdentify(t *testing.T) {
	one := &quoth.Record{Statements: []quoth.Statement{statement("he", "said", "yes"), statement("he", "said", "yes"), statement("Ann", "said", "the bridge would open in May"), statement("Ann", "declined to comment", "")}}
	a := Identify("x", one, nil, nil, nil).Statements
	if a[0] == a[1] || a[0] != Identify("x", one, nil, nil, nil).Statements[0] || a[0] == Identify("y", one, nil, nil, nil).Statements[0] {
		t.Errorf("IDs are %v", a)
	}
	var priors []Prior
	for i, s := range one.Statements {
		priors = append(priors, Prior{ID: a[i], Source: Words(s.Source), Cue: Words(s.Cue), Body: Words(s.Content), Start: i})
	}
	two := &quoth.Record{Statements: []quoth.Statement{statement("Ann", "said", "the bridge would open in June"), statement("he", "said", "yes"), statement("Ann", "declined to comment", ""), statement("Jon", "said", "the road is closed")}}
	b := Identify("x", two, priors, nil, nil).Statements
	if b[0] != a[2] || b[1] != a[0] || b[2] != a[3] || b[3] == a[1] {
		t.Errorf("IDs went from %v to %v", a, b)
	}
	// One that had vanished comes back by its very words alone.
	priors[2].Gone = true
	if c := Identify("x", two, priors, nil, nil).Statements; c[0] == a[2] {
		t.Error("a vanished statement is taken for another one's")
	}
	// The same words as one that is gone and one that stands: the latter.
	priors[0].Gone = true
	if c := Identify("x", two, priors, nil, nil).Statements; c[1] != a[1] {
		t.Errorf("%s is taken, not %s", c[1], a[1])
	}
}

// TestStale: a value whose words the text no longer holds is kept apart, and
// one whose words moved is moved to the nearest place.
func TestStale(t *testing.T) {
	text := "Ann said no. And then: Ann said yes."
	ix := quoth.NewIndex(text)
	rec := &quoth.Record{Article: quoth.Article{ID: "x", Text: text}, Statements: []quoth.Statement{{ID: "s1", Source: []quoth.Span{ix.Span(0, 3)}, Cue: []quoth.Span{ix.Span(4, 8)}, Content: []quoth.Span{}, Quotation: quoth.Indirect, Act: quoth.Deny, Speaker: []quoth.Speaker{}}}}
	r := &Reading{Record: rec, Stored: Stored{Items: Items{Statements: []string{"s0000000000000001"}}}}
	value := func(s string) json.RawMessage { return json.RawMessage(s) }
	r.Corrections = []Correction{
		{Item: "s0000000000000001", Field: "source", Value: value(`[{"start":30,"end":33,"text":"Ann"}]`)},
		{Item: "s0000000000000001", Field: "content", Value: value(`[{"start":9,"end":14,"text":"never"}]`)},
		{Item: "s0000000000000009", Field: "act", Value: value(`"assert"`)},
	}
	v := r.View()
	if len(v.Stale) != 2 || v.Stale[0].Field != "content" || len(v.Corrected["s0000000000000001"]) != 1 {
		t.Errorf("stale %+v, corrected %+v", v.Stale, v.Corrected)
	}
	if s := v.Record.Statements[0].Source[0]; s.Start != 23 || s.End != 26 {
		t.Errorf("the span is moved to %+v", s)
	}
	if rec.Statements[0].Source[0].Start != 0 || rec.Statements[0].Act != quoth.Deny {
		t.Error("the machine's reading is changed")
	}
	if err := v.Record.Check(); err != nil {
		t.Error(err)
	}
}

// An address is kept in one way of writing it, without name and
// password, and fetched with them.
func TestPartAddress(t *testing.T) {
	for given, want := range map[string]Feed{
		"HTTP://Example.ORG/Feed?A=b":            {URL: "http://example.org/Feed?A=b"},
		"https://ann:p%40ss@Example.org:443/f#x": {URL: "https://example.org/f#x", Login: "ann:p%40ss"},
		" https://ann@example.org:8443/f ":       {URL: "https://example.org:8443/f", Login: "ann"},
		"http://[2001:DB8::1]:80/f":              {URL: "http://[2001:db8::1]/f"},
		"feed.xml":                               {URL: "feed.xml"},
		" https://ann:50%@example.org/f":         {URL: "https://example.org/f", Login: "ann:50%"},
	} {
		f := Feed{URL: given}.Parted()
		if f != want {
			t.Errorf("%s is kept as %+v", given, f)
		}
		if again := (Feed{URL: f.Fetched()}).Parted(); again != f {
			t.Errorf("%s is fetched as %s", given, f.Fetched())
		}
	}
}

// An entry is fetched again when it was taken and has changed since, and waits
// the longer the oftener it was.
func TestEntryAgain(t *testing.T) {
	at := time.Date(2032, 2, 9, 8, 0, 0, 0, time.UTC)
	e := Entry{URL: "https://post.example/a", State: Taken, Found: at}
	for _, told := range []time.Time{{}, at.Add(-time.Hour), at} {
		if got, again := e.Again(Entry{Updated: told}, at.Add(time.Hour)); again || got != e {
			t.Errorf("told %v: %v %+v", told, again, got)
		}
	}
	var waits []time.Duration
	for i := range 7 {
		now := at.Add(time.Duration(i+1) * time.Hour)
		got, again := e.Again(Entry{Updated: now}, now)
		if !again || got.State != Waiting || got.Updated != now {
			t.Fatalf("%d: %v %+v", i, again, got)
		}
		if later, again := got.Again(Entry{Updated: now.Add(time.Minute)}, now); again || later.Next != got.Next || later.State != Waiting {
			t.Errorf("%d: it waits already: %+v", i, later)
		}
		waits = append(waits, got.Next.Sub(now))
		e = got
		e.State = Taken
	}
	want := []time.Duration{0, 10 * time.Minute, 40 * time.Minute, 160 * time.Minute, 640 * time.Minute, 24 * time.Hour, 24 * time.Hour}
	if !slices.Equal(waits, want) {
		t.Errorf("it waits for %v", waits)
	}
	if got, again := (Entry{State: Skipped, Found: at}).Again(Entry{Updated: at.Add(time.Hour)}, at.Add(time.Hour)); again || got.State != Skipped {
		t.Errorf("skipped: %+v", got)
	}
}

func TestTable(t *testing.T) {
	var b bytes.Buffer
	table := NewTable(&b)
	table.Put(Hit{ID: "s1", Article: "=a", Revision: 2, Speakers: []HitSpeaker{{Name: "Ada"}, {Name: "Lin"}}, Cue: "said", Content: "-40, or so", When: &quoth.When{Text: "Monday", Date: "2032-02-09"}, Figures: []HitFigure{{Text: "40"}}, Confidence: 0.5})
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	for name, want := range map[string]string{"id": "s1", "article": "'=a", "revision": "2", "speaker": "Ada; Lin", "cue": "said", "content": "'-40, or so", "said": "Monday", "said_date": "2032-02-09", "figures": "40", "confidence": "0.5", "vanished": "false"} {
		if got[name] != want {
			t.Errorf("%s: %q", name, got[name])
		}
	}
}

func TestRoleBeside(t *testing.T) {
	for _, c := range []struct{ name, role, want string }{{"one of the officials", "One of the officials", ""}, {"a port spokesman", "port spokesman", ""}, {"Mira Holt", "mayor", "mayor"}, {"Mira Holt", "", ""}} {
		if got := (&Hit{Role: c.role, Speakers: []HitSpeaker{{Name: c.name}}}).RoleBeside(); got != c.want {
			t.Errorf("%s, %s: %q", c.name, c.role, got)
		}
	}
}
