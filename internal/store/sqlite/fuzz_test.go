package sqlite

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/storetest"
)

// FuzzImport: whatever line comes, it is taken or refused, and the store stays
// whole.
func FuzzImport(f *testing.F) {
	a := example(0)
	for _, l := range []store.Line{
		{Record: a.Record}, {Record: a.Record, Stored: &store.Stored{Article: "x", SHA256: a.Record.Article.SHA256, Fetched: a.Fetched, MediaType: "text/plain"}},
		{Correction: &store.Correction{ID: "k1", Article: "a0", Field: "act"}}, {Decision: &store.Decision{ID: "d1", Kind: store.Join, From: "p0000000000000001", To: "p0000000000000002"}},
		{Claim: &store.Claim{ID: "c"}}, {Verdict: &store.Verdict{ID: "v"}}, {Feed: &store.Feed{URL: "u"}}, {Entry: &store.Entry{URL: "u"}},
	} {
		b, err := json.Marshal(l)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"article":{"text":"\ud83d x"},"statements":[{"act":"shout","quotation":"odd","speaker":[{"name":"\u0000","type":"x"}]}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var l store.Line
		if json.Unmarshal(b, &l) != nil {
			return
		}
		s := opened(t, filepath.Join(t.TempDir(), "quoth.db"), "synchronous(OFF)")
		if _, err := s.Add(t.Context(), example(0)); err != nil {
			t.Fatal(err)
		}
		first, _ := s.Import(t.Context(), l)
		if second, _ := s.Import(t.Context(), l); first && second {
			t.Error("the same line changes the store twice")
		}
		if p := problems(t, s); len(p) > 0 {
			t.Errorf("the store has %q", p)
		}
	})
}

// TestOddBytes: text that is none, and numbers that are none.
func TestOddBytes(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "quoth.db"))
	a := storetest.Make(quoth.Page{Title: "T\xff", Outlet: "\x02O\x00\xfe"}, "m1", storetest.Said{Source: "A\xffnn", Cue: "said\x00", Content: "\xc3( \x02bridge\x03", Role: "\x00"})
	if _, err := s.Add(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if p := problems(t, s); len(p) > 0 {
		t.Errorf("the store has %q", p)
	}
	r, err := s.Search(t.Context(), store.Query{Words: "bridge"})
	if err != nil || len(r.Hits) != 1 || len(r.Hits[0].Highlights) != 1 {
		t.Errorf("found %+v, %v", r, err)
	}
	nan := example(1)
	zero := 0.0
	not := zero / zero
	nan.Record.Figures[0].Low = &not
	if _, err := s.Add(t.Context(), nan); !errors.Is(err, quoth.ErrMalformed) {
		t.Errorf("a figure that is no number gives %v", err)
	}
}
