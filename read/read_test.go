package read

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
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
// careful reader finds in it.
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
	for _, want := range []struct {
		content, cue, speaker string
		quotation             quoth.Quotation
	}{
		{"I can neither confirm nor deny it.”", "said", "Pavel Orlin", quoth.Direct},
		{"“We have buried too many people,”", "said", "Elena Marr", quoth.Direct},
		{"that her government was ready for talks", "said", "Elena Marr", quoth.Mixed},
		{"both sides to keep their word", "urged", "Leon Hask", quoth.Indirect},
		{"any date had been set", "denied", "Irina Sool", quoth.Indirect},
		{"“Nobody has given her this mandate,”", "wrote", "Jon Abel", quoth.Direct},
		{"12,000 Norvanian soldiers", "according to", "Estmark’s Ministry of Defense", quoth.Indirect},
	} {
		found := false
		for _, s := range rec.Statements {
			if !strings.Contains(words(s.Content), want.content) || !strings.Contains(words(s.Cue), want.cue) {
				continue
			}
			found = true
			if len(s.Speaker) != 1 || s.Speaker[0].Name != want.speaker {
				t.Errorf("%q is said by %+v, not %s", want.content, s.Speaker, want.speaker)
			}
			if s.Quotation != want.quotation {
				t.Errorf("%q is %s, not %s", want.content, s.Quotation, want.quotation)
			}
		}
		if !found {
			t.Errorf("no statement %q with cue %q", want.content, want.cue)
		}
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
