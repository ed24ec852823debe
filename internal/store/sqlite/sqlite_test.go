package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/storetest"
)

var dump = flag.Bool("dump", false, "write testdata/schema-N.sql for the schema of today, before it is released")

const schema = 4 // of today

func opened(t *testing.T, path string, pragmas ...string) store.Store {
	t.Helper()
	s, err := Open(context.Background(), path, pragmas...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return opened(t, filepath.Join(t.TempDir(), "quoth.db")) })
}

// example is an article with something of everything.
func example(n int) store.Addition {
	low := 12000.0
	return storetest.Make(quoth.Page{ID: fmt.Sprint("a", n), URL: fmt.Sprintf("https://harbour.example/%d", n), Outlet: "The Harbour Courier", Title: "Bridge talk", Published: "2032-01-10"}, "m1",
		storetest.Said{Source: "Pavel Orlin", Cue: "said", Content: fmt.Sprintf("there was no channel number %d", n), Role: "Norvanian spokesman", Act: quoth.Deny},
		storetest.Said{Source: "Elena Marr", Cue: "said", Content: "at least 12,000 soldiers had crossed", Figure: "at least 12,000", Low: &low})
}

func fill(t *testing.T, s store.Store, n int) []string {
	t.Helper()
	for i := range n {
		if _, err := s.Add(t.Context(), example(i)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := s.Search(t.Context(), store.Query{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	if err := s.PutClaims(t.Context(), []store.Claim{{ID: "c", Name: "Channels", Members: []store.Member{{Statement: ids[0]}}}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Correct(t.Context(), store.Correction{Article: "a0", Field: "title", Value: []byte(`"Bridges"`), By: "ann"}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func problems(t *testing.T, s store.Store) []string {
	t.Helper()
	var out []string
	if _, err := s.Verify(t.Context(), func(p store.Problem) { out = append(out, p.Where+": "+p.What) }, func(store.Checked) {}); err != nil {
		t.Fatal(err)
	}
	return out
}

// raw opens the file without a store around it.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// TestVerify spoils a store in one way after the other: each is found, and
// named.
func TestVerify(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	s := opened(t, whole)
	fill(t, s, 2)
	if p := problems(t, s); len(p) > 0 {
		t.Fatalf("a whole store has %q", p)
	}
	s.Close()
	b, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, query, want string }{
		{"a page's bytes", "UPDATE page SET body = x'4b040000' WHERE id = 1", "page "},
		{"a page's size", "UPDATE page SET size = size + 1 WHERE id = 1", "bytes and should have"},
		{"a record's bytes", "UPDATE reading SET record = x'ffff' WHERE id = 1", "article a0, revision 1: article a0, revision 1: the reading is damaged"},
		{"a record of another article", "UPDATE reading SET record = (SELECT record FROM reading WHERE id = 2) WHERE id = 1", "article a0, revision 1: the record is of another page"},
		{"items", "UPDATE reading SET items = (SELECT items FROM reading WHERE id = 2) WHERE id = 1", "it cannot be found, and article a0"},
		{"words", "UPDATE statement SET content = 'Somebody else did it' WHERE ord = 0", "what can be searched is not what article"},
		{"an act", "UPDATE statement SET act = 1 WHERE ord = 0", "statement s"},
		{"facets", "UPDATE statement SET facets = 'a1' WHERE ord = 0", "statement s"},
		{"a day", "UPDATE statement SET id = id + 4294967296 WHERE ord = 0", "statement s"},
		{"the full text", "INSERT INTO words (words, rowid, content, who, role, via, addressee, facets) SELECT 'delete', id, content, who, role, via, addressee, facets FROM statement WHERE ord = 0 LIMIT 1", "full text"},
		{"a statement too many", "INSERT INTO statement SELECT id + 10, hash + 1, article, 5, start, revision, act, quotation, confidence, NULL, NULL, source, cue, content, who, role, via, addressee, facets, shown FROM statement WHERE ord = 0", "does not have it"},
		{"a statement too few", "DELETE FROM statement WHERE ord = 1 AND article = 1", "statement s"},
		{"a figure", "UPDATE figure SET low = 1", "its figures are not those"},
		{"a title", "UPDATE article SET title = 'Something' WHERE id = 2", "article a1: its title"},
		{"an outlet", "UPDATE outlet SET name = 'Something'", "its title, byline, date or outlet"},
		{"a count", "UPDATE article SET statements = 9 WHERE id = 1", "it counts 9 statements"},
		{"a revision", "DELETE FROM revision WHERE article = 1", "article a0, revision 1: its page"},
		{"a reading", "DELETE FROM reading WHERE article = 1", "article a0: its newest reading"},
		{"a speaker", "UPDATE mention SET identity = 99 WHERE article = 1", "its identity is not in the store"},
		{"an identity's count", "UPDATE identity SET statements = 9", "it counts other statements"},
		{"a claim's member", "UPDATE member SET statement = 5", "a claim holds it"},
		{"a claim", "DELETE FROM claim", "claim c: it has members"},
		{"a correction", "UPDATE correction SET article = 77", "its article is not in the store"},
		{"a decision", "INSERT INTO decision VALUES ('d1', 0, '{', '')", "decision: a row is damaged"},
	} {
		t.Run(x.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "spoilt.db")
			if err := os.WriteFile(path, b, 0o666); err != nil {
				t.Fatal(err)
			}
			db := raw(t, path)
			run(t, db, x.query)
			db.Close()
			found := problems(t, opened(t, path))
			if !strings.Contains(strings.Join(found, "\n"), x.want) {
				t.Errorf("%q is not among %q", x.want, found)
			}
		})
	}
	t.Run("the file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "spoilt.db")
		bad := append([]byte{}, b...)
		for i := len(bad) / 3; i < len(bad)/3+8192; i++ {
			bad[i] ^= 0x55
		}
		if err := os.WriteFile(path, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), path)
		if err != nil {
			return // so much that it does not open
		}
		defer s.Close()
		n := 0
		if _, err := s.Verify(t.Context(), func(store.Problem) { n++ }, func(store.Checked) {}); err == nil && n == 0 {
			t.Error("a damaged file passes")
		}
	})
}

// TestFull fills the disk in the middle of adding.
func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quoth.db")
	s := opened(t, path)
	fill(t, s, 3)
	var pages int
	if err := raw(t, path).QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = opened(t, path, fmt.Sprintf("max_page_count(%d)", pages+20))
	added := 3
	for ; ; added++ {
		_, err := s.Add(t.Context(), example(added))
		if err == nil && added < 1000 {
			continue
		}
		if !errors.Is(err, store.ErrFull) || !strings.Contains(err.Error(), "free some space") {
			t.Fatalf("after %d articles: %v", added, err)
		}
		break
	}
	if p := problems(t, s); len(p) > 0 {
		t.Errorf("a full store has %q", p)
	}
	if c, err := s.Count(t.Context()); err != nil || c.Articles != added {
		t.Errorf("%d articles were reported, and there are %+v, %v", added, c, err)
	}
	s.Close()
	s = opened(t, path) // there is space again
	if _, err := s.Add(t.Context(), example(added)); err != nil {
		t.Error(err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quoth.db")
	s := opened(t, path)
	fill(t, s, 2)
	s.Close()
	ro, err := openReadOnly(t.Context(), path, func(err error) error { return err })
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if _, err := ro.Add(t.Context(), example(7)); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("adding gives %v", err)
	}
	if r, err := ro.Search(t.Context(), store.Query{Words: "channel"}); err != nil || len(r.Hits) != 2 {
		t.Errorf("searching gives %v, %v", r, err)
	}
	if p := problems(t, ro); len(p) > 0 {
		t.Errorf("it has %q", p)
	}
	if os.Geteuid() == 0 {
		t.Log("the superuser may write any file: no file without the right to write is tried")
		return
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	s = opened(t, path)
	if _, err := s.Add(t.Context(), example(7)); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("adding to a file without the right to write gives %v", err)
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database at all ", 100)), 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{text: "damaged or no store", dir: "it is a folder", filepath.Join(text, "x"): "not a directory"} {
		if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("opening %s gives %v", path, err)
		}
	}
	path := filepath.Join(dir, "new folder", "odd name #1?.db")
	s := opened(t, path)
	s.Close()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	db := raw(t, "file:"+strings.NewReplacer("#", "%23", "?", "%3f").Replace(path))
	run(t, db, "UPDATE schema_version SET version = 99")
	db.Close()
	if _, err := Open(t.Context(), path); !errors.Is(err, store.ErrNewer) {
		t.Errorf("a newer schema gives %v", err)
	}
}

// A store that a newer Quoth brings forward while it is open is not written to any
// more.
func TestBroughtForward(t *testing.T) {
	path := filepath.Join(t.TempDir(), "q.db")
	s := opened(t, path)
	run(t, raw(t, path), "UPDATE schema_version SET version = 99")
	if err := s.PutFeed(t.Context(), store.Feed{URL: "https://one.example/feed"}); !errors.Is(err, store.ErrNewer) {
		t.Errorf("writing to it gives %v", err)
	}
	if list, err := s.Feeds(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

// A store of an older schema is brought forward once, also where others read it
// meanwhile and several open it at once.
func TestBroughtForwardInUse(t *testing.T) {
	script, err := os.ReadFile("testdata/schema-3.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	db := raw(t, path)
	run(t, db, "PRAGMA journal_mode = WAL;"+string(script))
	reader, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Rollback()
	var n int
	if err := reader.QueryRow("SELECT COUNT(changed) FROM statement").Scan(&n); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			s, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if p := problems(t, s); len(p) > 0 {
				t.Errorf("%q", p)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := reader.QueryRow("SELECT COUNT(changed) FROM statement").Scan(&n); err != nil || n == 0 {
		t.Errorf("who reads it sees %d statements, %v", n, err)
	}
}

// TestMigrations opens a store of each schema that was released. What a dump
// holds is what fill puts in.
func TestMigrations(t *testing.T) {
	if *dump {
		path := filepath.Join(t.TempDir(), "today.db")
		s := opened(t, path)
		fill(t, s, 3)
		s.Close()
		if err := os.WriteFile(fmt.Sprintf("testdata/schema-%d.sql", schema), []byte(dumped(t, raw(t, path))), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	opened(t, fresh).Close()
	want := schemaOf(t, raw(t, fresh))
	for n := 1; n <= schema; n++ {
		script, err := os.ReadFile(fmt.Sprintf("testdata/schema-%d.sql", n))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "old.db")
		db := raw(t, path)
		run(t, db, string(script))
		if n < 4 { // feeds were kept as they were given, and told so to entries
			for _, f := range []string{`{"url":"HTTPS://ann:secret@Harbour.example/feed","kind":"atom","checked":"2032-01-01T00:00:00Z"}`, `{"url":"https://harbour.example/feed","kind":"rss","checked":"2032-01-02T00:00:00Z"}`} {
				run(t, db, "INSERT INTO feed SELECT json_extract('"+f+"', '$.url'), '', '"+f+"'")
			}
			run(t, db, `INSERT INTO entry VALUES ('https://harbour.example/9', 'waiting', 0, '{"url":"https://harbour.example/9","feed":"HTTPS://ann:secret@Harbour.example/feed","state":"waiting"}')`)
		}
		db.Close()
		s := opened(t, path)
		if p := problems(t, s); len(p) > 0 {
			t.Errorf("schema %d: %q", n, p)
		}
		if got := schemaOf(t, raw(t, path)); got != want {
			t.Errorf("schema %d is brought to\n%s\nand a fresh one is\n%s", n, got, want)
		}
		if n < 4 {
			list, err := s.Feeds(t.Context())
			if err != nil || len(list) != 1 || list[0].URL != "https://harbour.example/feed" || list[0].Fetched() != "https://ann:secret@harbour.example/feed" || list[0].Kind != "rss" {
				t.Errorf("schema %d: feeds %+v, %v", n, list, err)
			}
			due, err := s.DueEntries(t.Context(), time.Now(), 10)
			if err != nil || len(due) != 1 || due[0].Feed != "https://harbour.example/feed" {
				t.Errorf("schema %d: entries %+v, %v", n, due, err)
			}
		}
		r, err := s.Search(t.Context(), store.Query{Words: "channels", Speaker: "Orlin", Acts: []quoth.Act{quoth.Deny}})
		if err != nil || len(r.Hits) != 3 {
			t.Errorf("schema %d: %d hits, %v", n, len(r.Hits), err)
		}
		if a, err := s.Article(t.Context(), "a0", 0); err != nil || a.View.Record.Article.Title != "Bridges" {
			t.Errorf("schema %d: %+v, %v", n, a, err)
		}
		if added, err := s.Add(t.Context(), example(1)); err != nil || added.Outcome != store.Known {
			t.Errorf("schema %d: %+v, %v", n, added, err)
		}
	}
}

func texts(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func schemaOf(t *testing.T, db *sql.DB) string {
	return strings.Join(texts(t, db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"), ";\n")
}

// dumped writes a database as SQL. The full text is made of the statements.
func dumped(t *testing.T, db *sql.DB) string {
	var out strings.Builder
	for _, s := range texts(t, db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'words_%' ORDER BY rowid") {
		out.WriteString(s + ";\n")
	}
	for _, table := range texts(t, db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words%' ORDER BY rowid") {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			var list []string
			for _, v := range values {
				switch v := v.(type) {
				case nil:
					list = append(list, "NULL")
				case []byte:
					list = append(list, "x'"+hex.EncodeToString(v)+"'")
				case string:
					list = append(list, "'"+strings.ReplaceAll(v, "'", "''")+"'")
				default:
					list = append(list, fmt.Sprint(v))
				}
			}
			fmt.Fprintf(&out, "INSERT INTO %s VALUES (%s);\n", table, strings.Join(list, ", "))
		}
		rows.Close()
	}
	out.WriteString("INSERT INTO words (words) VALUES ('rebuild');\n")
	return out.String()
}
