package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/quothnews/quoth"
)

func gather(t *testing.T, o Options, inputs ...string) []Item {
	t.Helper()
	var out []Item
	for it := range Read(context.Background(), inputs, o) {
		out = append(out, it)
	}
	return out
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"b.txt": "bee", "a/z.txt": "zed", "a/c.json": `{"id":"c","text":"see"}`, ".hidden": "no", "d.json": "{\n \"id\": \"d\",\n \"text\": \"dee\"\n}"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for to, from := range map[string]string{"../b.txt": "a/link.txt", "..": "a/loop"} {
		if err := os.Symlink(to, filepath.Join(dir, from)); err != nil {
			t.Skip("no links on this system: ", err)
		}
	}
	var got []string
	for _, it := range gather(t, Options{}, dir) {
		if it.Err != nil {
			t.Error(it.Name, it.Err)
		}
		got = append(got, it.Page.Text)
	}
	if g := strings.Join(got, " "); g != "see bee zed bee dee" {
		t.Errorf("order is %q", g)
	}
	if its := gather(t, Options{}, t.TempDir()); len(its) != 1 || its[0].Err == nil {
		t.Errorf("an empty folder gives %+v", its)
	}
}

// TestSavedPages: what a browser saves beside a page is passed over in a folder,
// and read where somebody names it.
func TestSavedPages(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"bridge.html", "bridge_files/frame.html", "bridge_files/site.css", "harbour.htm", "harbour_files/a.txt", "case_files/b.txt", "site.css", "site.MJS", "logo.svg"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte("Words."), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	names := func(in ...string) (out []string) {
		for _, it := range gather(t, Options{}, in...) {
			name, err := filepath.Rel(dir, it.Name)
			if it.Err != nil || err != nil {
				t.Error(it.Name, it.Err, err)
			}
			out = append(out, filepath.ToSlash(name))
		}
		return out
	}
	if got, want := names(dir), []string{"bridge.html", "case_files/b.txt", "harbour.htm"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := names(filepath.Join(dir, "harbour_files"), filepath.Join(dir, "site.css")), []string{"harbour_files/a.txt", "site.css"}; !slices.Equal(got, want) {
		t.Errorf("named: %q, want %q", got, want)
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"text", "Plain words.\r\nMore\x00.", "text/plain:Plain words.\r\nMore\x00."},
		{"text with a mark", "\ufeffWords.", "text/plain:\ufeffWords."},
		{"html", "  <!DOCTYPE html><p>x", "text/html:"},
		{"html part", "<p>Words.</p>", "text/html:"},
		{"text with a bracket", "<3 is a heart", "text/plain:<3 is a heart"},
		{"text with a brace", "{curly} words\nand more", "text/plain:{curly} words\nand more"},
		{"windows-1252", "caf\xe9 \x93yes\x94", "text/plain:café “yes”"},
		{"utf-16 without mark", "\x00W\x00o\x00r\x00d\x00s\x00.\x00 \x00a\x00b", "text/plain:Words. ab"},
		{"json", `{"text":"a"}`, "text/plain:a"},
		{"json with an empty text", `{"text":" ","html":"<p>a"}`, "text/html:"},
		{"json with text and html", `{"text":"a","html":"<p>b"}`, "text/plain:a"},
		{"json array", `[{"text":"a"}]`, "text/plain:a"},
		{"json lines", "\n" + `{"text":"a"}` + "\n\n", "text/plain:a"},
		{"utf-32", "\xff\xfe\x00\x00" + wider("Words, é."), "text/plain:Words, é."},
		{"utf-32 without mark", wider("Words, é."), "text/plain:Words, é."},
		{"json lines in utf-32", "\xff\xfe\x00\x00" + wider(`{"text":"été"}`+"\n"), "text/plain:été"},
		{"json array in utf-16", wide("\ufeff" + `[{"text":"été"}]`), "text/plain:été"},
		{"json lines in utf-16", wide("\ufeff" + `{"text":"été"}` + "\r\n"), "text/plain:été"},
		{"utf-8 cut within a character", "“Ja,” said Zoë “nei\xe2\x80", "text/plain:“Ja,” said Zoë “nei\ufffd"},
		{"utf-8 with a byte of something else", "Zoë paid 5\x80.", "text/plain:Zoë paid 5\ufffd."},
		{"text that begins as a bitmap does", "BMW said so – again.", "text/plain:BMW said so – again."},
		{"text that begins as a font does", "OTTO Hale said so.", "text/plain:OTTO Hale said so."},
		{"a brace and no object", `{\"words" and more`, "text/plain:" + `{\"words" and more`},
	} {
		its := gather(t, Options{Stdin: strings.NewReader(c.in)}, "-")
		if len(its) != 1 || its[0].Err != nil {
			t.Errorf("%s: %+v", c.name, its)
			continue
		}
		if got := its[0].Page.MediaType + ":" + its[0].Page.Text; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// wide is a text in UTF-16, the low byte first.
func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// wider is a text in UTF-32, the low byte first.
func wider(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8), byte(r>>16), 0)
	}
	return string(b)
}

// What holds an article but not as HTML, text or JSON is refused with advice,
// and so is JSON that holds none.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{\rtf1\ansi Mayor Lena Brandt said so.}`, "RTF"},
		{"From: <Saved by Blink>\r\nSubject: A bridge\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"x\"\r\n\r\n--x\r\n\r\n<p>Words", "MHTML"},
		{"[]", "holds no article"},
		{`{"text":"","html":""}`, "its text is empty"},
		{"%PDF-1.7\nnot really", "application/pdf"},
		{"%!PS-Adobe-3.0\n%%Title: A bridge\n", "application/postscript"},
		{"BM\x1e\x00\x00\x00\x00\x00\x00\x00\x1a\x00\x00\x00", "image/bmp"},
		{strings.Repeat("\xec\xee\xf1\xf2 \xee\xf2\xea\xf0\xfb\xf2. ", 10), "save it in UTF-8"},
		{`{"text":["a"]}`, `field "text" holds an array`},
		{`[["a"]]`, "not an article but an array"},
		{"{'text': 'Mayor Lena Brandt said so.'}", "malformed JSON"},
	} {
		its := gather(t, Options{Stdin: strings.NewReader(c.in)}, "-")
		if len(its) != 1 || its[0].Err == nil || !strings.Contains(its[0].Err.Error(), c.want) {
			t.Errorf("%q gives %+v", c.in, its)
		}
	}
	for _, in := range []string{"ftp://harbour.example/a", "file:///a.html"} {
		if its := gather(t, Options{}, in); len(its) != 1 || its[0].Err == nil || !strings.Contains(its[0].Err.Error(), "http") {
			t.Errorf("%s gives %+v", in, its)
		}
	}
	for in, hint := range map[string]bool{"example.org/news/1": true, "www.example.org": true, "missing.txt": false, "folder/missing.txt": false, "../a.b/missing": false} {
		if its := gather(t, Options{}, in); len(its) != 1 || its[0].Err == nil || strings.Contains(its[0].Err.Error(), "begins with https://") != hint {
			t.Errorf("%s gives %+v", in, its)
		}
	}
	if its := gather(t, Options{}, "HTTP://127.0.0.1:1/a"); len(its) != 1 || !errors.Is(its[0].Err, quoth.ErrRefused) {
		t.Errorf("an address in capitals gives %+v", its)
	}
}

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		robots, path string
		want         bool
	}{
		{"", "/x", true},
		{"User-agent: *\nDisallow: /", "/x", false},
		{"User-agent: *\nDisallow:", "/x", true},
		{"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false},
		{"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true},
		{"User-agent: *\nDisallow: /a*c", "/abbc/d", false},
		{"User-agent: quoth\nDisallow: /q\n\nUser-agent: *\nDisallow: /", "/x", true},
		{"User-agent: other\nUser-agent: Quoth/0.1\nDisallow: /q", "/q", false},
		{"User-agent: other\nDisallow: /", "/x", true},
		{"User-agent: quoth\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: quoth\nDisallow: /b", "/b", false},
		{"\ufeffUser-agent: *\r\nDisallow: /%7Ejoe # home", "/~joe/x", false},
		{"Disallow: /\nUser-agent: *\nDisallow: /y", "/x", true},
		{"User-agent: *\nDisallow: /a%2Ab", "/axb", true},
		{"User-agent: *\nDisallow: /a%2Ab", "/a*b", false},
		{"User-agent: *\nDisallow: /a%24", "/a$b", false},
	} {
		if got := parseRobots(c.robots, "quoth").allows(c.path); got != c.want {
			t.Errorf("%q, %s: %v", c.robots, c.path, got)
		}
	}
}

// FuzzStream: whatever comes in, each item is a page or an error, text is
// unchanged where it was UTF-8, and the same bytes give the same items.
func FuzzStream(f *testing.F) {
	for _, s := range []string{"{\"text\":\"a\"}\n{", "<html>", "\x1f\x8b\x08", "[{}]", "%PDF", "\xff\xfea\x00", "plain \x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		read := func() []Item {
			var out []Item
			for it := range Read(context.Background(), []string{"-"}, Options{Stdin: bytes.NewReader(b)}) {
				out = append(out, it)
			}
			return out
		}
		one, two := read(), read()
		if len(one) != len(two) {
			t.Fatal("two readings differ")
		}
		for i, it := range one {
			if it.Name == "" || it.Err == nil && it.Page.Text == "" && len(it.Page.Body) == 0 {
				t.Fatalf("item %+v is neither page nor error", it)
			}
			if fmt.Sprint(it.Err) != fmt.Sprint(two[i].Err) || it.Page.Text != two[i].Page.Text {
				t.Fatal("two readings differ")
			}
		}
	})
}

// TestDamagedFirstLine: the first line of JSON Lines is one of them, whatever
// is wrong with it; one article in JSON may begin in many ways.
func TestDamagedFirstLine(t *testing.T) {
	for _, first := range []string{"{\"id\":\"a\",\"text\":\"The mayor said,\nand left.\"}", "{\"id\":\"a\",\"text\":\"She said \\\"yes\\\",\nand left.\"}", "{\"id\":a,\ntext"} {
		its := gather(t, Options{Stdin: strings.NewReader(first + "\n" + `{"id":"b","text":"Words."}` + "\n" + `{"id":"c","text":"More."}`)}, "-")
		if len(its) != 4 || its[0].Name != "standard input:1" || its[0].Err == nil || its[1].Err == nil || its[2].Page.ID != "b" || its[3].Page.ID != "c" {
			t.Errorf("%q gives %+v", first, its)
		}
	}
	for _, whole := range []string{"{\n\"text\":\"Words.\"}", "{\"id\":\"a\",\n\"text\":\"Words.\"}", "{\"id\":\n\"a\",\"text\":\"Words.\"}", "{\"id\":\"a\"\n,\"text\":\"Words.\"\n}", "{\"tags\":[\n[1],{}],\"text\":\"Words.\"}", "\ufeff{ \"text\"\r\n:\"Words.\"}"} {
		its := gather(t, Options{Stdin: strings.NewReader(whole)}, "-")
		if len(its) != 1 || its[0].Err != nil || its[0].Page.Text != "Words." || its[0].Name != "standard input" {
			t.Errorf("%q gives %+v", whole, its)
		}
	}
}

func TestBrokenArray(t *testing.T) {
	its := gather(t, Options{Stdin: strings.NewReader(`[{"id":"a","text":"Words."}, {"id":"b","te`)}, "-")
	if len(its) != 1 || !errors.Is(its[0].Err, quoth.ErrMalformed) {
		t.Errorf("a JSON array that is cut off gives %+v", its)
	}
}

// TestStopWhileWaiting: standard input that never comes, as where somebody has
// to type it, is given up when the context ends.
func TestStopWhileWaiting(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	for it := range Read(ctx, []string{"-"}, Options{Stdin: typist(stop)}) {
		t.Errorf("%v came of nothing", it)
	}
}

// A typist never types anything, and is called when somebody waits for it.
type typist func()

func (waited typist) Read([]byte) (int, error) {
	waited()
	select {}
}

func TestMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"<section><h2>Bridge Opens</h2></section>":                              "text/html",
		"<!--" + strings.Repeat("licence ", 1000) + "-->\n<html><p>It is open.": "text/html",
		"<?xml version=\"1.0\"?>\n<!DOCTYPE html><html><p>It is open.":          "text/html",
		"<The bridge is open, the mayor said.":                                  "text/plain",
		"<!-- no end <p> of it":                                                 "text/html",
	} {
		if p, err := fromBytes([]byte(in), ""); err != nil || p.MediaType != want {
			t.Errorf("%.40q is %q, %v", in, p.MediaType, err)
		}
	}
	for _, in := range []string{"<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version='2.0'><channel><title>Courier</title>", "<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title>"} {
		if _, err := fromBytes([]byte(in), ""); !errors.Is(err, quoth.ErrNotNews) || !strings.Contains(err.Error(), "quoth feed add") {
			t.Errorf("%.40q gives %v", in, err)
		}
	}
}

// TestNextLine reads past a line that is too long to the one behind it.
func TestNextLine(t *testing.T) {
	br := bufio.NewReaderSize(strings.NewReader("one\n"+strings.Repeat("x", 100)+"\ntwo\n"+strings.Repeat("y", 20)), 16)
	var got []string
	for {
		line, err := NextLine(br, nil, 8)
		if err == io.EOF {
			break
		}
		if got = append(got, strings.TrimSpace(string(line))); errors.Is(err, quoth.ErrTooLarge) {
			got[len(got)-1] = "too large"
		}
	}
	if want := []string{"one", "too large", "two", "too large"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
