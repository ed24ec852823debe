package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
	"github.com/quothnews/quoth/internal/store/storetest"
	"github.com/quothnews/quoth/internal/web"
)

// damage changes a byte of what a store keeps: damage FILE page.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec("UPDATE page SET body = CAST(substr(body, 1, 40) || x'00' || substr(body, 42) AS BLOB)")
	ts.Check(err)
}

// older writes an export as an older version of the program would have:
// older FROM TO.
func older(ts *testscript.TestScript, neg bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	b = bytes.ReplaceAll(b, []byte(`"code":"`), []byte(`"code":"0.0.1-`))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o666))
}

// TestExportReadings: the command and the desk give one form of what people
// corrected.
func TestExportReadings(t *testing.T) {
	db := filepath.Join(t.TempDir(), "q.db")
	if status, _, errs := quothRun(t, "add", "--db", db, "../../examples/talks.txt"); status != exitOK {
		t.Fatal(errs)
	}
	s, err := sqlite.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.Search(t.Context(), store.Query{Limit: 2, Order: store.Oldest})
	if err != nil || len(found.Hits) < 2 {
		t.Fatal(found, err)
	}
	for _, h := range found.Hits {
		if _, err := s.Correct(t.Context(), store.Correction{Article: h.Article, Revision: h.Revision, Item: h.ID, Field: "role", Value: json.RawMessage(`"the harbour master"`), By: "Grace"}); err != nil {
			t.Fatal(err)
		}
	}
	desk, err := web.New(web.Options{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	desk.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/api/export/training.jsonl", nil))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, out, errs := quothRun(t, "export", "--format", "readings", "--db", db)
	if out != w.Body.String() {
		t.Errorf("the command gives\n%s%s\nand the desk\n%s", out, errs, w.Body)
	}
	var r store.Training
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err, out)
	}
	roles := 0
	for _, x := range r.Statements {
		if x.Role == "the harbour master" && len(x.Cue) > 0 && x.Cue[0].Text == string([]rune(r.Text)[x.Cue[0].Start:x.Cue[0].End]) {
			roles++
		}
	}
	if roles != 2 || len(r.Corrected) != 2 || r.Corrected[0].By != "Grace" {
		t.Errorf("%d corrected roles, %+v", roles, r.Corrected)
	}
}

// TestRereadRefused: an article that this version refuses is named and keeps
// its older reading; the others are read again.
func TestRereadRefused(t *testing.T) {
	db := filepath.Join(t.TempDir(), "q.db")
	s, err := sqlite.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	old := []store.Addition{}
	for id, page := range map[string]string{
		"deep":  "<html><body>" + strings.Repeat("<div>", 10_000) + "<p>It is open.",
		"large": "<html><body><article><p>" + strings.Repeat("It is open.<br>", 100_001),
		"none":  "<html><body></body></html>",
	} {
		a := storetest.Make(quoth.Page{ID: id, Title: id}, "m0", storetest.Said{Source: "Brandt", Cue: "said", Content: "it is open"})
		a.Page.MediaType, a.Page.Text, a.Page.Body = "text/html", "", []byte(page)
		a.Record.Article.SHA256 = storetest.Sum(a.Page.Body)
		old = append(old, a)
	}
	for _, a := range append(old, storetest.Make(quoth.Page{ID: "well", Title: "Bridge"}, "m0", storetest.Said{Source: "Brandt", Cue: "said", Content: "it is shut"})) {
		if _, err := s.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	status, out, errs := quothRun(t, "reread", "--db", db)
	if status != exitSome || out != "1 articles read again\n" {
		t.Errorf("status %d, %s", status, out)
	}
	for _, want := range []string{"article deep: malformed", "article large: its markup is too large", "article none: not a text"} {
		if !strings.Contains(errs, want) || strings.Count(errs, "its older reading stays") != 3 {
			t.Errorf("no %q in\n%s", want, errs)
		}
	}
}

// TestRereadRemoved: an article that is taken out while it is read again stays out.
func TestRereadRemoved(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "q.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := fuzzReader()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{ctx: t.Context()}
	for _, id := range []string{"kept", "wrong"} {
		if _, err := s.Add(t.Context(), storetest.Make(quoth.Page{ID: id, Title: id}, "m0", storetest.Said{Source: "Brandt", Cue: "said", Content: id + " it is shut"})); err != nil {
			t.Fatal(err)
		}
	}
	for old, err := range s.Readings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		want := error(nil)
		if old.Stored.Article == "wrong" {
			if _, err := s.Remove(t.Context(), "wrong", false); err != nil {
				t.Fatal(err)
			}
			want = store.ErrNotFound
		}
		unread, err := readAgain(p, s, r, "new", old)
		if unread != nil || !errors.Is(err, want) || gone(p, s, old.Stored.Article) != (want != nil) {
			t.Errorf("%s: %v, %v", old.Stored.Article, unread, err)
		}
	}
	if list, err := s.List(t.Context(), store.ArticleQuery{}); err != nil || len(list.Articles) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestAddKilled kills quoth add again and again, and wants in the end what one
// undisturbed run gives.
func TestAddKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a signal that Windows lacks")
	}
	const articles, kills = 40, 3
	dir, folder := many(t, articles), t.TempDir()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path, db := filepath.Join(folder, "quoth"), filepath.Join(folder, "quoth.db")
	if err := os.Symlink(exe, path); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	for i := range kills {
		out, err := os.Create(filepath.Join(folder, "out"))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(path, "add", "--db", db, dir)
		cmd.Stdout = out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			cmd.Wait()
		}()
		until(t, "articles", func() bool {
			select {
			case <-ended: // nothing was left to add
				return true
			default:
				return linesIn(out.Name()) > i*5
			}
		})
		cmd.Process.Kill()
		<-ended
		b, err := os.ReadFile(out.Name())
		if err != nil {
			t.Fatal(err)
		}
		said.Write(b)
		s, err := sqlite.Open(context.Background(), db)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Verify(t.Context(), func(p store.Problem) { t.Errorf("after kill %d: %s: %s", i+1, p.Where, p.What) }, func(store.Checked) {}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.SplitAfter(said.String(), "\n") {
			if f := strings.Fields(line); strings.HasSuffix(line, "\n") {
				if _, err := s.Article(t.Context(), f[1], 0); err != nil {
					t.Errorf("reported as added: %s: %v", f[1], err)
				}
			}
		}
		s.Close()
	}
	p := &program{ctx: context.Background(), stderr: os.Stderr}
	if p.stdout, err = os.OpenFile(os.DevNull, os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	if status := run(p, []string{"add", "--db", db, dir}); status != exitOK {
		t.Fatalf("exit %d", status)
	}
	s, err := sqlite.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Count(t.Context())
	if err != nil || c.Articles != articles || c.Revisions != articles || c.Readings != articles {
		t.Errorf("there are %+v, %v", c, err)
	}
}
