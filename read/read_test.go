package read

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/model"
)

// shared is one reader for all tests: loading takes longer than reading.
var shared = sync.OnceValues(func() (*Reader, error) { return New(model.Weights) })

func reader(t testing.TB) *Reader {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func words(spans []quoth.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Text)
	}
	return strings.Join(out, " | ")
}

// TestExample reads the report that ships with the project and wants what any
// careful reader finds in it, field by field.
func TestExample(t *testing.T) {
	b, err := os.ReadFile("../examples/talks.txt")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := reader(t).Read(context.Background(), quoth.Page{Text: string(b), Published: "2032-02-09", Outlet: "The Harbour Courier"})
	if err != nil {
		t.Fatal(err)
	}
	if rec.Article.Text != string(b) {
		t.Error("the text is changed")
	}
	const spokesman, minister = "Norvanian government spokesman", "Deputy Foreign Minister"
	hold := holder(t, "testdata/example-misses.txt")
	for k, want := range []struct {
		content, cue, speaker, role string
		quotation                   quoth.Quotation
		act                         quoth.Act
		via, to, when               string
	}{
		{"any", "", "", "", "", "", "", "", ""}, // rows are counted from 1
		{"I can neither confirm nor deny it.”", "said", "Pavel Orlin", spokesman, quoth.Direct, quoth.Neither, "press briefing", "", "2032-02-07/2032-02-08"},
		{"the call", "refused to discuss", "Pavel Orlin", spokesman, quoth.Indirect, quoth.Decline, "press briefing", "", "2032-02-07/2032-02-08"},
		{"“I have nothing to add.”", "answered", "Pavel Orlin", spokesman, quoth.Direct, quoth.Decline, "press briefing", "", "2032-02-07/2032-02-08"},
		{"that the two had talked", "told", "Elena Marr", "President of Estmark", quoth.Mixed, quoth.Assert, "", "Harbour Post", "2032-02-06"},
		{"“We have buried too many people,”", "said", "Elena Marr", "President of Estmark", quoth.Direct, quoth.Assert, "", "", ""},
		{"that her government was ready for talks", "said", "Elena Marr", "President of Estmark", quoth.Mixed, quoth.Assert, "", "", ""},
		{"both sides to keep their word", "urged", "Leon Hask", "Foreign Minister", quoth.Indirect, quoth.Urge, "", "", ""},
		{"reports of a secret meeting", "dismissed", "Norvania", "", quoth.Mixed, quoth.Deny, "", "", "2031-11"},
		{"“open to a conversation among equals.”", "said", "Irina Sool", minister, quoth.Mixed, quoth.Assert, "NPA", "", ""},
		{"any date had been set", "denied", "Irina Sool", minister, quoth.Indirect, quoth.Deny, "NPA", "", ""},
		{"“Nobody has given her this mandate,”", "wrote", "Jon Abel", "Opposition leader", quoth.Direct, quoth.Assert, "Chirp", "", ""},
		{"12,000 Norvanian soldiers", "according to", "Estmark’s Ministry of Defense", "", quoth.Indirect, quoth.Assert, "", "", ""},
		{"for comment", "asked", "Harbour Courier", "", quoth.Indirect, quoth.Ask, "email", "Norvanian embassy", "2032-02-08"},
	} {
		if k == 0 {
			continue
		}
		at := slices.IndexFunc(rec.Statements, func(s quoth.Statement) bool {
			return strings.Contains(words(s.Content), want.content) && strings.Contains(words(s.Cue), want.cue)
		})
		hold(at >= 0, k, "found", want.content, "")
		if at < 0 {
			continue
		}
		s := rec.Statements[at]
		who, when := "", ""
		for _, x := range s.Speaker {
			who += x.Name
		}
		if s.When != nil {
			when = s.When.Date
		}
		hold(who == want.speaker, k, "speaker", want.speaker, who)
		hold(s.Role == want.role, k, "role", want.role, s.Role)
		hold(s.Quotation == want.quotation, k, "quotation", string(want.quotation), string(s.Quotation))
		hold(s.Act == want.act, k, "act", string(want.act), string(s.Act))
		hold(strings.Join(s.Via, " ") == want.via, k, "via", want.via, strings.Join(s.Via, " "))
		hold(strings.Join(s.To, " ") == want.to, k, "to", want.to, strings.Join(s.To, " "))
		hold(when == want.when, k, "when", want.when, when)
	}
	for _, want := range []struct {
		text, giver string
		low, high   float64
		doubted     bool
	}{
		{"More than 12,000", "Estmark’s Ministry of Defense", 12000, -1, true},
		{"at least 9,000", "Norvania’s general staff", 9000, -1, true},
		{"4,300", "Norvania’s general staff", 4300, 4300, true},
	} {
		at := slices.IndexFunc(rec.Figures, func(f quoth.Figure) bool { return f.Text == want.text })
		if at < 0 {
			t.Errorf("no figure %q", want.text)
			continue
		}
		f := rec.Figures[at]
		if f.Low == nil || *f.Low != want.low || (f.High == nil) != (want.high < 0) || f.High != nil && *f.High != want.high {
			t.Errorf("%q is from %s to %s", f.Text, bound(f.Low), bound(f.High))
		}
		if (f.Caveat != "") != want.doubted {
			t.Errorf("%q is doubted by %q", f.Text, f.Caveat)
		}
		hold(f.Speaker == want.giver, 100, "giver:"+strings.ReplaceAll(want.text, " ", "-"), want.giver, f.Speaker)
	}
	if len(rec.Captions) != 1 || rec.Captions[0].Photographer != "Tomas Reyne" || rec.Captions[0].Agency != "Continental Press" || rec.Captions[0].When == nil || rec.Captions[0].When.Date != "2029-06-03" || !strings.Contains(rec.Captions[0].Where, "Sorrel") {
		t.Errorf("the caption: %+v", rec.Captions)
	}
	for _, s := range rec.Statements {
		all := words(s.Source) + words(s.Cue) + words(s.Content)
		for _, no := range []string{"Share", "Source link", "Tomas Reyne", "Lake Palace", "What Was Said"} {
			if strings.Contains(all, no) {
				t.Errorf("%s reads %q as somebody's words", s.ID, no)
			}
		}
	}
}

// TestPost: a post that a page shows has its author, the day of its signature,
// and nobody to whom it was said, whatever is said around it.
func TestPost(t *testing.T) {
	const page = `The bridge over the Osel opened on Monday, and thousands came to see the first trams cross it.

Tom Rusk, who runs the ferry, told the Courier that his boats would stop in May.

They say nobody needs a ferry now. I say wait for the first storm. — Tom Rusk (@ferryrusk) March 2, 2032`
	rec, err := reader(t).Read(context.Background(), quoth.Page{Text: page, Published: "2032-03-04"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range rec.Statements {
		if strings.HasPrefix(words(s.Content), "They say") {
			if len(s.Speaker) != 1 || s.Speaker[0].Name != "Tom Rusk" || len(s.Cue)+len(s.To)+len(s.Via) > 0 || s.When == nil || s.When.Date != "2032-03-02" {
				t.Errorf("%+v", s)
			}
			return
		}
	}
	t.Error("the post is not found")
}

// TestCaptionSays: what a caption says that somebody said is a statement; its
// credit is not.
func TestCaptionSays(t *testing.T) {
	const page = `<html><head><title>Ferry runs aground off Marvik</title></head><body><article><h1>Ferry runs aground off Marvik</h1>
<p>A ferry ran aground off Marvik on Monday and forty passengers were taken ashore in boats, the harbour office said.</p>
<figure><img src="a.jpg"><figcaption>Captain Ada Holm said the fog had come up within minutes. Photo: Tom Reyne</figcaption></figure>
<p>The ship, the Elin, left Sorrel at seven in the morning and was due at eight. Nobody was hurt, and the ferry will be towed away on Tuesday.</p>
<p>Divers will look at the hull before it is moved, and a second ship takes over until then.</p></article></body></html>`
	rec, err := reader(t).Read(context.Background(), quoth.Page{MediaType: "text/html", Body: []byte(page), Published: "2032-03-04"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range rec.Statements {
		if len(s.Speaker) == 1 && s.Speaker[0].Name == "Ada Holm" && words(s.Content) == "the fog had come up within minutes" {
			return
		}
	}
	t.Errorf("%+v", rec.Statements)
}

// TestAsked: who was asked for comment is who did not answer.
func TestAsked(t *testing.T) {
	const page = `The harbour of Kestria was closed for a day, the Osel Trust said on Monday.

The Courier asked the Kestrian embassy for comment by email on Sunday. It did not respond.`
	rec, err := reader(t).Read(context.Background(), quoth.Page{Text: page, Published: "2032-03-04"})
	if err != nil {
		t.Fatal(err)
	}
	last := rec.Statements[len(rec.Statements)-1]
	if last.Act != quoth.Decline || len(last.Speaker) != 1 || last.Speaker[0].Name != "Kestrian embassy" || !slices.Equal(last.To, []string{"Courier"}) {
		t.Errorf("%+v", last)
	}
}

// TestAnswered: an outlet is spoken to by whom it asked, and does not carry the
// answer.
func TestAnswered(t *testing.T) {
	const page = `Premier Orla Dentz told the Halven Post on Friday that the canal deal was close.

When asked how often she speaks with the river union, Dentz declined to answer but added that the union wants a vote.`
	rec, err := reader(t).Read(context.Background(), quoth.Page{Text: page, Published: "2032-03-04"})
	if err != nil {
		t.Fatal(err)
	}
	answers := 0
	for _, s := range rec.Statements {
		if len(s.Speaker) == 1 && s.Speaker[0].Name == "Orla Dentz" && slices.Equal(s.To, []string{"Halven Post"}) && len(s.Via) == 0 {
			answers++
		}
	}
	if answers != 3 {
		t.Errorf("%d of 3 answers to the Post, by no other way: %+v", answers, rec.Statements)
	}
}

func TestReasons(t *testing.T) {
	r := reader(t)
	if _, err := r.Read(context.Background(), quoth.Page{Text: "Share\n"}); !errors.Is(err, quoth.ErrNotNews) {
		t.Errorf("a page of furniture gives %v", err)
	}
	rec, err := r.Read(context.Background(), quoth.Page{Text: "The bridge is long."})
	if err != nil || rec.Reason == "" || len(rec.Statements) != 0 {
		t.Errorf("a text without statements gives %+v, %v", rec, err)
	}
	b, err := json.Marshal(rec)
	if err != nil || strings.Contains(string(b), "null") {
		t.Errorf("a list is null in %s, %v", b, err)
	}
	for given, want := range map[string]string{"Mon, 10 Feb 2025 08:00:00 GMT": "2025-02-10", "2025 Feb 10": "", "02/10/2025": "", "last Monday": ""} {
		rec, err := r.Read(context.Background(), quoth.Page{Text: "The bridge is long.", Published: given})
		if err != nil || rec.Article.Published != want || (want != "") != (rec.Article.Dated != nil && rec.Article.Dated.From == "given") {
			t.Errorf("given %q, published is %q, %v", given, rec.Article.Published, err)
		}
	}
	page := []byte(`<html><head><meta property="article:published_time" content="2032-01-06"></head><body><article><h1>Bridge</h1><p>The bridge is long, and it is wide enough for two trams.</p></article></body></html>`)
	rec, err = r.Read(context.Background(), quoth.Page{MediaType: "text/html", Body: page, Published: "9 February 2032"})
	if err != nil || rec.Article.Published != "2032-02-09" || rec.Article.Dated == nil || *rec.Article.Dated != (quoth.Date{Date: "2032-02-09", From: "given", Text: "9 February 2032"}) {
		t.Errorf("a date given in words beside a page: %v, %v", rec, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := r.Read(ctx, quoth.Page{Text: "Ann said so."}); !errors.Is(err, context.Canceled) {
		t.Errorf("a reading that is stopped gives %v", err)
	}
}

// TestThreads: the same record on one goroutine and on several.
func TestThreads(t *testing.T) {
	b, err := os.ReadFile("../examples/talks.html")
	if err != nil {
		t.Fatal(err)
	}
	p := quoth.Page{MediaType: "text/html", Body: b}
	one, err := reader(t).read(context.Background(), p, 1)
	if err != nil {
		t.Fatal(err)
	}
	two, err := reader(t).read(context.Background(), p, 4)
	if err != nil || !reflect.DeepEqual(one, two) {
		t.Errorf("records differ, %v", err)
	}
}

// FuzzRead holds the two laws for any text.
func FuzzRead(f *testing.F) {
	f.Add("Ann Lee said “it’s done.” He, who asked, denied\r\nthat\x00 ‘x’ \xff 12,000 on Monday.")
	f.Add("‘Wet’ mill shut\nAsked whether it’s wet, Ann Lee didn’t\u00a0reply. “It was wet\n“The mill neither confirmed nor denied\xff that,” she told")
	f.Add("without giving details could not be reached. The İſK, who, has yet to comment; gave no reason\nIn a statement, Ann said, adding that")
	f.Add("\u202e\ufeff“““””” said said said, according to. The Minister of the of the.")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		p := quoth.Page{Text: s, Published: "2032-02-09"}
		one, err := reader(t).Read(context.Background(), p)
		if err != nil {
			if !errors.Is(err, quoth.ErrNotNews) {
				t.Fatal(err)
			}
			return
		}
		if one.Article.Text != s {
			t.Fatal("the text is changed")
		}
		two, err := reader(t).Read(context.Background(), p)
		if err != nil || !reflect.DeepEqual(one, two) {
			t.Fatalf("two readings differ, %v", err)
		}
	})
}

// TestStopWhileWaiting: the reading stops though the next page never comes, as
// where somebody has to type it.
func TestStopWhileWaiting(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	forever := make(chan struct{})
	defer close(forever)
	never := func(func(quoth.Page, error) bool) {
		stop() // while it is waited for
		<-forever
	}
	for range reader(t).All(ctx, never, 1) {
		t.Error("a page came of nothing")
	}
}
