package event

import (
	"reflect"
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// told makes an article in which somebody says the content.
func told(who, cue, content string) (string, []Statement, []speaker.Name) {
	head := "Elena Marr, the president of Estmark, and Viktor Dahl of Norvania spoke to reporters.\n\n" + who + " "
	s := head + cue + " " + content + "."
	st := Statement{
		Cue:     []text.Range{{Start: len(head), End: len(head) + len(cue)}},
		Content: []text.Range{{Start: len(head) + len(cue) + 1, End: len(s) - 1}},
	}
	if who != "Officials" {
		st.Speakers = []string{who}
	}
	return s, []Statement{st}, speaker.Of(speaker.Article{Text: s}).Names()
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		who, cue, content string
		want              []string // certainty, who, what, where, when, date
	}{
		{"Elena Marr", "said", "that she may meet with Dahl next week in Oslo, Norway",
			[]string{"possible", "Elena Marr", "meet with Dahl next week in Oslo, Norway", "Oslo, Norway", "next week", "2032-02-16/2032-02-22"}},
		{"Elena Marr", "said", "“I will also visit Norway in May, and my minister knows it”",
			[]string{"planned", "Elena Marr", "visit Norway in May", "Norway", "May", "2032-05"}},
		{"Officials", "said", "Viktor Dahl is expected to sign the pact on Friday",
			[]string{"expected", "Viktor Dahl", "sign the pact on Friday", "", "Friday", "2032-02-13"}},
		{"Viktor Dahl", "plans", "to travel to Oslo",
			[]string{"planned", "Viktor Dahl", "travel to Oslo", "Oslo", "", ""}},
		{"Officials", "said", "Elena Marr has no plans to resign",
			[]string{"ruled out", "Elena Marr", "resign", "", "", ""}},
		{"Officials", "said", "the two leaders met in Oslo on January 5",
			[]string{"happened", "the two leaders", "met in Oslo on January 5", "Oslo", "January 5", "2032-01-05"}},
		{"Officials", "said", "a treaty will be signed in Oslo",
			[]string{"planned", "", "a treaty will be signed in Oslo", "Oslo", "", ""}},
		{"Officials", "said", "Elena Marr and Viktor Dahl will meet before the vote",
			[]string{"planned", "Elena Marr, Viktor Dahl", "meet", "", "", ""}},
		{"Harbour Press Agency", "reported", "that he will visit Oslo in May",
			[]string{"planned", "", "visit Oslo in May", "Oslo", "May", "2032-05"}},
		{"Officials", "said", "Elena Marr plans to visit the big old wooden ships along the rocky northern coast of Norway in November",
			[]string{"planned", "Elena Marr", "visit the big old wooden ships along the rocky northern coast of Norway in November", "", "November", "2032-11"}},
		{"Officials", "said", "Viktor Dahl will speak in Norway's northern capital, and in Norway's view",
			[]string{"planned", "Viktor Dahl", "speak in Norway's northern capital", "Norway's northern capital", "", ""}},
		{"Officials", "said", "Viktor Dahl would travel to Davenor on Friday",
			[]string{"planned", "Viktor Dahl", "travel to Davenor on Friday", "Davenor", "Friday", "2032-02-13"}},
		{"Officials", "said", "Viktor Dahl is to visit Norway on Friday",
			[]string{"planned", "Viktor Dahl", "visit Norway on Friday", "Norway", "Friday", "2032-02-13"}},
		{"Officials", "said", "a ferry struck a bridge in Oslo", nil},
		{"Officials", "said", "the dockers struck in Oslo on January 5",
			[]string{"happened", "the dockers", "struck in Oslo on January 5", "Oslo", "January 5", "2032-01-05"}},
		{"Officials", "said", "the dockers will strike this week in Oslo",
			[]string{"planned", "the dockers", "strike this week in Oslo", "Oslo", "this week", "2032-02-09"}},
		{"Officials", "said", "the dockers will strike the next day in Oslo",
			[]string{"planned", "the dockers", "strike the next day in Oslo", "Oslo", "the next day", "2032-02-10"}},
		{"Officials", "asked", "whether an anti-fraud envoy would be appointed in Oslo", nil},
		{"Officials", "said", "the idea is to host a fair in Oslo", nil},
		{"Officials", "said", "divers from the navy will arrive on Friday",
			[]string{"planned", "", "arrive on Friday", "", "Friday", "2032-02-13"}},
		{"Officials", "said", "Viktor Dahl will speak in Norway's talks",
			[]string{"planned", "Viktor Dahl", "speak in Norway's talks", "Norway", "", ""}},
		{"Officials", "said", "Viktor Dahl is expected to answer questions in May",
			[]string{"expected", "Viktor Dahl", "answer questions in May", "", "May", "2032-05"}},
		{"Officials", "said", "the judges will rule on Friday, and the drivers may walk out on Tuesday",
			[]string{"planned", "the judges", "rule on Friday", "", "Friday", "2032-02-13", "possible", "the drivers", "walk out on Tuesday", "", "Tuesday", "2032-02-10"}},
		{"Harbour Press Agency", "announced", "that it would meet on Friday",
			[]string{"planned", "Harbour Press Agency", "meet on Friday", "", "Friday", "2032-02-13"}},
		{"Elena Marr's office", "said", "that she is expected to visit Norway on Friday",
			[]string{"expected", "Elena Marr", "visit Norway on Friday", "Norway", "Friday", "2032-02-13"}},
		{"Officials", "said", "the ferry from Oslo turned and will sail on Friday",
			[]string{"planned", "", "sail on Friday", "", "Friday", "2032-02-13"}},
		{"Officials", "said", "those on the list will testify on Friday",
			[]string{"planned", "", "testify on Friday", "", "Friday", "2032-02-13"}},
		{"Officials", "said", "Viktor Dahl will visit Norway to see Mrs. Marr on Friday",
			[]string{"planned", "Viktor Dahl", "visit Norway to see Mrs. Marr on Friday", "Norway", "Friday", "2032-02-13"}},
		{"Officials", "said", "Viktor Dahl launched a raid on Harbour Press Agency vans last week",
			[]string{"happened", "Viktor Dahl", "launched a raid on Harbour Press Agency vans last week", "", "last week", "2032-02-02/2032-02-08"}},
		// None of these is an event.
		{"Officials", "said", "Viktor Dahl will meet his targets in May", nil},
		{"Officials", "said", "that her needs will be met", nil},
		{"Officials", "said", "that Viktor Dahl may begin to tire by Friday", nil},
		{"Officials", "said", "that Viktor Dahl began acting in 2020", nil},
		{"Officials", "said", "that Viktor Dahl held two sailors hostage in Oslo", nil},
		{"Officials", "said", "there is no sign that Viktor Dahl wants to leave Oslo", nil},
		{"Officials", "said", "the right decision is to resign", nil},
		{"Officials", "said", "that Viktor Dahl would rule out talks in May", nil},
		{"Officials", "said", "that Viktor Dahl will stand by Norway in May", nil},
		{"Elena Marr", "said", "that the May visit in Oslo had changed nothing", nil},
		{"Elena Marr", "said", "the letters released on Friday had no bearing on the talks", nil},
		{"Elena Marr", "said", "that she would hold the ministers accountable in May", nil},
		{"Elena Marr", "asked", "if Dahl would visit Oslo in May", nil},
		{"Elena Marr", "said", "that peace would begin with trust", nil},
		{"Elena Marr", "said", "that they did not meet in Oslo", nil},
	} {
		s, statements, names := told(c.who, c.cue, c.content)
		var got []string
		for _, e := range Read(s, "2032-02-09", when.Read(s, "2032-02-09"), statements, names) {
			at := func(r text.Range) string { return s[r.Start:r.End] }
			got = append(got, string(e.Certainty), strings.Join(e.Who, ", "), at(e.Range), at(e.Where), at(e.When.Range), e.When.Date)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %s %s\nhave %q\nwant %q", c.who, c.cue, c.content, got, c.want)
		}
	}
}

// A day that cannot be told without the article's date is a time all the same.
func TestUndated(t *testing.T) {
	s, statements, names := told("Officials", "said", "the divers will arrive on Friday")
	if got := Read(s, "", when.Read(s, ""), statements, names); len(got) != 1 || got[0].When.Date != "" || s[got[0].When.Start:got[0].When.End] != "Friday" {
		t.Errorf("%+v", got)
	}
}

// Of statements that lie inside each other the innermost announces.
func TestNested(t *testing.T) {
	s, statements, names := told("Officials", "said", "Elena Marr said Viktor Dahl will visit Oslo in May")
	inner := strings.Index(s, "Viktor Dahl will")
	statements = append(statements, Statement{Content: []text.Range{{Start: inner, End: len(s) - 1}}, Speakers: []string{"Elena Marr"}})
	got := Read(s, "2032-02-09", when.Read(s, "2032-02-09"), statements, names)
	if len(got) != 1 || got[0].Statement != 1 {
		t.Errorf("%+v", got)
	}
}

// Of whom something is expected is who does it, whoever expects it.
func TestExpected(t *testing.T) {
	s, statements, names := told("Viktor Dahl", "is expected", "to visit Oslo in May")
	at := strings.Index(s, "Viktor Dahl is")
	statements[0].Speakers = []string{"Elena Marr"}
	statements[0].Content = append([]text.Range{{Start: at, End: at + len("Viktor Dahl")}}, statements[0].Content...)
	got := Read(s, "2032-02-09", when.Read(s, "2032-02-09"), statements, names)
	if len(got) != 1 || !reflect.DeepEqual(got[0].Who, []string{"Viktor Dahl"}) {
		t.Errorf("%+v", got)
	}
}

// Whatever is said, all ranges lie within the content that tells them, and the
// same words give the same events.
func FuzzRead(f *testing.F) {
	f.Add("that she may meet with Dahl next week in Oslo, Norway")
	f.Add("be be is will not never , and to \xff the May ’s")
	f.Add("will")
	f.Fuzz(func(t *testing.T, content string) {
		s, statements, names := told("Elena Marr", "said", content)
		c := statements[0].Content[0]
		got := Read(s, "2032-02-09", when.Read(s, "2032-02-09"), statements, names)
		for _, e := range got {
			if e.Len() <= 0 || !c.Contains(e.Range) || e.Where.Len() > 0 && !e.Range.Contains(e.Where) || e.When.Len() > 0 && !e.Range.Contains(e.When.Range) {
				t.Fatalf("%+v is not within %v of %q", e, c, s)
			}
		}
		if again := Read(s, "2032-02-09", when.Read(s, "2032-02-09"), statements, names); !reflect.DeepEqual(got, again) {
			t.Fatalf("%+v, then %+v", got, again)
		}
	})
}
