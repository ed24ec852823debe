package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/model"
	"github.com/quothnews/quoth/read"
)

var fuzzReader = sync.OnceValues(func() (*read.Reader, error) { return read.New(model.Weights) })

// FuzzDoors walks bytes of any kind the whole way, and holds the two laws:
// every span is its text, and the same bytes give the same records.
func FuzzDoors(f *testing.F) {
	page, err := os.ReadFile("../../examples/talks.html")
	if err != nil {
		f.Fatal(err)
	}
	said := "Mayor Lena Brandt said “we’re on time,” and denied that 12,000 had left on Monday."
	line, err := json.Marshal(map[string]string{"id": "a", "html": "<article><p>" + said + "<p>He asked why.</article>", "published": "2032-02-09"})
	if err != nil {
		f.Fatal(err)
	}
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	fmt.Fprint(w, said)
	w.Close()
	for _, b := range [][]byte{
		page[:len(page)/3], []byte("<p>" + said + "<figure><figcaption>" + said + "\xff\x00"), []byte(said + "\r\n\x00\xff\u202e" + said),
		append(append(line, "\n{\"text\":\"\\ud800 said \\u0000so.\"}\n{\n"...), line...), []byte(`[{"text":"Ann said so."},{"text":1}]`), z.Bytes(),
		[]byte("\xff\xfeA\x00n\x00n\x00 \x00s\x00a\x00i\x00d\x00 \x00n\x00o\x00.\x00"), []byte("caf\xe9 \x93yes,\x94 Ann said."),
	} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 20_000 {
			return
		}
		r, err := fuzzReader()
		if err != nil {
			t.Fatal(err)
		}
		walk := func() string {
			var out bytes.Buffer
			enc := json.NewEncoder(&out)
			for it := range source.Read(context.Background(), []string{"-"}, source.Options{Stdin: bytes.NewReader(b)}) {
				if it.Err != nil {
					fmt.Fprintln(&out, it.Name, it.Err)
					continue
				}
				rec, err := r.Read(context.Background(), it.Page)
				if err != nil {
					fmt.Fprintln(&out, it.Name, err)
					continue
				}
				if err := rec.Check(); err != nil {
					t.Fatal(err)
				}
				if it.Page.Text != "" && rec.Article.Text != it.Page.Text {
					t.Fatal("a text that came as text is changed")
				}
				if err := enc.Encode(rec); err != nil {
					t.Fatal(err)
				}
			}
			return out.String()
		}
		if one, two := walk(), walk(); one != two {
			t.Fatalf("two readings differ:\n%s\n%s", one, two)
		}
	})
}
