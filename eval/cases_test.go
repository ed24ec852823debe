package eval

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

var (
	quotations   = []quoth.Quotation{quoth.Direct, quoth.Mixed, quoth.Indirect}
	speakerTypes = []quoth.SpeakerType{quoth.Person, quoth.Organization, quoth.Group, quoth.Document, quoth.Unnamed, quoth.Unknown}
)

// Every span of the project's own cases stands where it says, and every field
// holds what the guidelines allow.
func TestCasesHold(t *testing.T) {
	articles, err := readGold(Cases())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := stems(Cases(), ".", ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(texts) != len(articles) {
		t.Errorf("%d texts, but %d readings", len(texts), len(articles))
	}
	for _, g := range articles {
		t.Run(g.file, func(t *testing.T) {
			b, err := fs.ReadFile(Cases(), g.file+".txt")
			if err != nil {
				t.Fatal(err)
			}
			text := string(b)
			index := quoth.NewIndex(text)
			if g.ID != g.file || g.Outlet == "" || g.Published == "" || !strings.Contains(text, g.Title) {
				t.Errorf("head does not fit: %q %q %q %q", g.ID, g.Outlet, g.Published, g.Title)
			}
			stands := func(spans ...quoth.Span) {
				for _, s := range spans {
					if s.Start < 0 || s.End > index.Len() || s.Start >= s.End || index.Slice(s.Start, s.End) != s.Text {
						t.Errorf("%d:%d is not %q", s.Start, s.End, s.Text)
					} else if strings.TrimSpace(s.Text) != s.Text || strings.Contains(s.Text, "\n") {
						t.Errorf("not trimmed, or over a line: %q", s.Text)
					}
				}
			}
			for _, s := range g.Statements {
				stands(s.Source...)
				stands(s.Cue...)
				stands(s.Content...)
				if len(s.Cue)+len(s.Content) == 0 {
					t.Error("a statement without cue and content")
				}
				if len(s.Content) == 0 && s.Act != quoth.Decline && !s.Nested {
					t.Errorf("no content, but %s: %v", s.Act, s.Cue)
				}
				if !slices.Contains(quotations, s.Quotation) || !slices.Contains(speakerTypes, s.SpeakerType) || !slices.Contains(quoth.Acts, s.Act) {
					t.Errorf("%q %q %q is not allowed", s.Quotation, s.SpeakerType, s.Act)
				}
				if (s.SpeakerType == quoth.Unknown) != (len(s.Speaker) == 0) {
					t.Errorf("speaker %q of type %s", s.Speaker, s.SpeakerType)
				}
				if s.When != nil && (!strings.Contains(text, s.When.Text) || s.When.Date == "") {
					t.Errorf("when %+v", s.When)
				}
			}
			for _, f := range g.Figures {
				stands(f.Span)
				if f.Unit == "" || len(strings.Fields(f.About)) == 0 || len(strings.Fields(f.About)) > 12 {
					t.Errorf("figure %q: unit %q, about %q", f.Text, f.Unit, f.About)
				}
				if f.Low != nil && f.High != nil && *f.Low > *f.High {
					t.Errorf("figure %q: %v to %v", f.Text, *f.Low, *f.High)
				}
			}
		})
	}
}

// The cases read as they are gold score full marks in every measure.
func TestCasesAgainstThemselves(t *testing.T) {
	articles, err := readGold(Cases())
	if err != nil {
		t.Fatal(err)
	}
	preds := Predictions{}
	for _, g := range articles {
		r := &quoth.Record{Article: quoth.Article{ID: g.ID}}
		for _, s := range g.Statements {
			p := quoth.Statement{Source: s.Source, Cue: s.Cue, Content: s.Content, Quotation: s.Quotation,
				Role: s.Role, Act: s.Act, Via: s.Via, To: s.To, When: s.When}
			for _, n := range s.Speaker {
				p.Speaker = append(p.Speaker, quoth.Speaker{Name: n, Type: s.SpeakerType})
			}
			r.Statements = append(r.Statements, p)
		}
		for _, f := range g.Figures {
			r.Figures = append(r.Figures, quoth.Figure{Span: f.Span, Low: f.Low, High: f.High, Speaker: strings.Join(f.Speaker, " ")})
		}
		preds[g.ID] = r
	}
	score, err := Records(Cases(), preds)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range score.measures() {
		if m.Value != 100 {
			t.Errorf("%s is %.1f", m.Name, m.Value)
		}
	}
	if len(score.Misses) != 0 {
		t.Errorf("misses: %+v", score.Misses)
	}
}

func TestFloors(t *testing.T) {
	read := func(s string) Floors {
		var f Floors
		if err := json.Unmarshal([]byte(s), &f); err != nil {
			t.Fatal(err)
		}
		return f
	}
	tables := []Table{{Data: "cases", Measures: []Measure{{"source F1", 80, 10}, {"calibration error", 4, 10}}}}
	for _, c := range []struct{ floors, want string }{
		{`{"cases":{"source F1":{"min":80},"calibration error":{"max":5}}}`, ""},
		{`{"cases":{"source F1":{"min":80.5}}}`, "below its floor of 80.5"},
		{`{"cases":{"calibration error":{"max":3}}}`, "above its ceiling of 3"},
		{`{"cases":{"sauce F1":{"min":1}}}`, "no such measure"},
		{`{"elsewhere":{"source F1":{"min":99}}}`, ""},
	} {
		err := read(c.floors).Check(tables)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.floors, err, c.want)
		}
	}
	if own, err := OwnFloors(); err != nil || len(own) == 0 {
		t.Errorf("the project's own floors: %v, %v", own, err)
	}
	if _, err := ReadFloors(filepath.Join(t.TempDir(), "none.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
