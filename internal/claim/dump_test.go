package claim

import (
	"encoding/json"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	out := os.Getenv("CLAIMS_DUMP")
	if out == "" {
		t.Skip()
	}
	all, w := goldSet(t, files(t)[0])
	b := newBook(all, Options{Word: reader(t).Word})
	f, _ := os.Create(out)
	defer f.Close()
	e := json.NewEncoder(f)
	for i := range all {
		s := &all[i]
		e.Encode(map[string]any{"i": i, "id": s.ID, "article": s.Article, "event": w.of[i], "claims": w.claims[i], "utter": w.utter[i], "words": s.Words, "context": s.Context, "speaker": s.Speaker, "cue": s.Cue, "act": s.Act, "start": func() int { a, _ := Bounds(&s.Statement); return a }()})
	}
	for i := range all {
		for j := range i {
			if w.of[i] < 0 || w.of[i] != w.of[j] {
				continue
			}
			x := b.features(j, i)
			e.Encode(map[string]any{"a": j, "b": i, "x": x, "may": b.mayBeOne(j, i, &x)})
		}
	}
}
