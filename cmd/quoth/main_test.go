package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/quothnews/quoth"
)

func quothMain() {
	ctx, stop := interruptible()
	defer stop()
	os.Exit(run(&program{ctx, os.Stdin, os.Stdout, os.Stderr}, os.Args[1:]))
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"quoth": quothMain})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			examples, err := filepath.Abs("../../examples")
			e.Setenv("EXAMPLES", examples)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"make": makeFile, "records": checkRecords, "damage": damage, "older": older},
	})
}

// makeFile writes inputs that do not fit a script: make KIND FILE.
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	kind, path := args[0], ts.MkAbs(args[1])
	text := "The mayor of Ostby, Lena Brandt, said that the bridge would open in May. “We are on time,” she added.\n"
	var b []byte
	switch kind {
	case "utf16":
		b = []byte{0xff, 0xfe}
		for _, r := range text {
			b = append(b, byte(r), byte(r>>8))
		}
	case "windows1252":
		b = []byte(strings.NewReplacer("“", "\x93", "”", "\x94").Replace(text))
	case "nul":
		b = []byte(strings.Replace(text, "May.", "M\x00ay.", 1))
	case "gzip", "cut-gzip":
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		fmt.Fprint(w, strings.Repeat(text+"\n", 50))
		w.Close()
		b = z.Bytes()
		if kind == "cut-gzip" {
			b = b[:len(b)-20]
		}
	case "png":
		b = append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), bytes.Repeat([]byte{0, 1, 2, 3}, 200)...)
	case "nested":
		b = []byte("<html><body>" + strings.Repeat("<div>", 100_000) + "<p>" + text)
	case "huge":
		b = bytes.Repeat([]byte("All work and no play. "), 51<<20/22)
	case "long-line":
		b = append([]byte(`{"id":"big","text":"`), bytes.Repeat([]byte("x"), 101<<20)...)
		b = append(b, "\"}\n"...)
		line, _ := json.Marshal(map[string]string{"id": "good", "text": text})
		b = append(append(b, line...), '\n')
	case "book":
		b = []byte("<html><body><article>")
		for i := range 2_000 { // paragraphs that are alike would count once
			b = fmt.Appendf(b, "<p>On day %d, %s</p>\n", i, text)
		}
		b = append(b, "</article></body></html>"...)
	case "one-word":
		b = []byte(strings.Repeat("word ", 20_000))
	default:
		ts.Fatalf("make: unknown kind %s", kind)
	}
	ts.Check(os.WriteFile(path, b, 0o666))
}

// checkRecords checks that each line of a file is a whole record that obeys the
// law of spans: records FILE COUNT.
func checkRecords(ts *testscript.TestScript, neg bool, args []string) {
	n, err := recordsIn(ts.MkAbs(args[0]))
	ts.Check(err)
	if fmt.Sprint(n) != args[1] {
		ts.Fatalf("%s holds %d records, not %s", args[0], n, args[1])
	}
}

func recordsIn(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	n := 0
	for s.Scan() {
		var r quoth.Record
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			return n, fmt.Errorf("line %d: %w", n+1, err)
		}
		if err := r.Check(); err != nil {
			return n, err
		}
		n++
	}
	return n, s.Err()
}

// many makes a folder of small articles.
func many(t *testing.T, n int) string {
	dir := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("Mayor Lena Brandt said on Monday that bridge number %d would open in May.\n\n“We are on time,” she added.\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// start begins quoth read over a folder and waits until some records are written.
func start(t *testing.T, dir, out string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(out), "quoth")
	if err := os.Symlink(exe, path); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.Background(), path, "read", "--format", "jsonl", "-o", out, dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "records", func() bool { return linesIn(out) >= 5 })
	return cmd
}

// until waits for what may take long on a slow machine.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for start := time.Now(); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > 10*time.Minute {
			t.Fatalf("no %s in ten minutes", what)
		}
	}
}

// linesIn counts the lines of a file that may not be there yet.
func linesIn(path string) int {
	b, _ := os.ReadFile(path)
	return bytes.Count(b, []byte("\n"))
}

func TestKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a signal that Windows lacks")
	}
	for name, signal := range map[string]os.Signal{"kill": os.Kill, "interrupt": os.Interrupt} {
		t.Run(name, func(t *testing.T) {
			const articles = 1000
			out := filepath.Join(t.TempDir(), "out.jsonl")
			cmd := start(t, many(t, articles), out)
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if cmd.Wait() == nil {
				t.Error("a stopped run reports success")
			}
			n, err := recordsIn(out)
			if err != nil {
				t.Fatalf("after %d records: %v", n, err)
			}
			if n < 5 || n >= articles {
				t.Errorf("%d records of %d articles are there", n, articles)
			}
			if b, _ := os.ReadFile(out); !bytes.HasSuffix(b, []byte("\n")) {
				t.Error("the last line is not whole")
			}
		})
	}
}

// TestOrder reads more articles than fit a queue and wants them in order, and
// the same twice.
func TestOrder(t *testing.T) {
	dir, out := many(t, 40), t.TempDir()
	var first []byte
	for i := range 2 {
		path := filepath.Join(out, fmt.Sprint(i))
		p := &program{context.Background(), nil, os.Stdout, os.Stderr}
		if status := run(p, []string{"read", "--format", "jsonl", "-o", path, dir}); status != exitOK {
			t.Fatalf("exit %d", status)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = b
			lines := bytes.Split(bytes.TrimSpace(b), []byte("\n"))
			for k, l := range lines {
				if !bytes.Contains(l, fmt.Appendf(nil, "bridge number %d would", k)) {
					t.Fatalf("line %d is another article's", k)
				}
			}
			if len(lines) != 40 {
				t.Fatalf("%d lines", len(lines))
			}
		} else if !bytes.Equal(first, b) {
			t.Error("the same bytes read twice give another record")
		}
	}
}

func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[31mb\u202ec\u0085d\n"); got != "a[31mbcd" {
		t.Errorf("printable gives %q", got)
	}
}

func TestTame(t *testing.T) {
	var b strings.Builder
	if _, err := tame(&b).Write([]byte("{\"a\":\t\"é\u009b2J\x1b[31m\u202eb\"}\r\n")); err != nil || b.String() != "{\"a\":\t\"é2J[31mb\"}\n" {
		t.Errorf("tame writes %q, %v", b.String(), err)
	}
}

// TestLostOutput: a command whose output goes nowhere fails and says so.
func TestLostOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no full device here: ", err)
	}
	db := filepath.Join(t.TempDir(), "quoth.db")
	if status := run(&program{context.Background(), strings.NewReader(`{"id":"a","url":"https://a.example/1","text":"The mayor said that the bridge would open."}`), os.Stdout, os.Stderr}, []string{"add", "--db", db, "-"}); status != exitOK {
		t.Fatalf("status %d", status)
	}
	for _, args := range [][]string{{"version"}, {"verify", "--db", db}, {"reread", "--db", db}, {"search", "--db", db}, {"export", "--db", db}, {"remove", "--db", db, "a"}} {
		stderr, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
		if err != nil {
			t.Fatal(err)
		}
		status := run(&program{context.Background(), os.Stdin, full, stderr}, args)
		b, err := os.ReadFile(stderr.Name())
		if status != exitSome || !strings.Contains(string(b), "no space left") || err != nil {
			t.Errorf("%v: status %d, %q, %v", args, status, b, err)
		}
	}
}

// TestOutputAtOnce: what an output stood for stays until the whole of it is written.
func TestOutputAtOnce(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		err  error
		want string
	}{{io.ErrShortWrite, "old"}, {nil, "new"}} {
		o := &output{path: path, atOnce: true}
		io.WriteString(o, "new")
		err := o.close(c.err)
		b, _ := os.ReadFile(path)
		files, _ := os.ReadDir(dir)
		if info, _ := os.Stat(path); !errors.Is(err, c.err) || string(b) != c.want || len(files) != 1 || info.Mode().Perm() != 0o640 {
			t.Errorf("closed with %v: %v, %q, %d files, %v", c.err, err, b, len(files), info.Mode())
		}
	}
}

// TestInputLost: what standard input comes from is not written over.
func TestInputLost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	const text = "The mayor said that the bridge would open."
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	status := run(&program{context.Background(), in, os.Stdout, os.Stderr}, []string{"read", "-o", path, "-"})
	if b, _ := os.ReadFile(path); status != exitSome || string(b) != text {
		t.Errorf("status %d, and the file holds %.40q", status, b)
	}
}

// TestNamesAsGiven: the names of files need not be UTF-8, and those that steer a
// terminal do not reach it.
func TestNamesAsGiven(t *testing.T) {
	dir := t.TempDir()
	name, out := filepath.Join(dir, "a\xff\xfe.txt"), filepath.Join(dir, "out\xff")
	if err := os.WriteFile(name, []byte("The mayor said that the bridge would open."), 0o666); err != nil {
		t.Skip("no such names here: ", err)
	}
	if status := run(&program{context.Background(), os.Stdin, os.Stdout, os.Stderr}, []string{"read", "--format", "jsonl", "-o", out, name}); status != exitOK {
		t.Errorf("status %d", status)
	}
	if n, err := recordsIn(out); n != 1 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
	for _, args := range [][]string{{"\x1b[31mread"}, {"claims", "\x1b[31ma"}, {"search", "--db", "\x1b[31ma", "x"}, {"read", "-o", "\x1b[31ma/b", name}} {
		stderr, err := os.Create(filepath.Join(dir, "stderr"))
		if err != nil {
			t.Fatal(err)
		}
		run(&program{context.Background(), os.Stdin, os.Stdout, stderr}, args)
		if b, err := os.ReadFile(stderr.Name()); bytes.ContainsRune(b, '\x1b') || !bytes.Contains(b, []byte("[31m")) || err != nil {
			t.Errorf("%q: %q, %v", args, b, err)
		}
	}
}

// TestStopAtTerminal: what waits for somebody to type is stopped by Ctrl-C, and
// so is what has not come that far yet.
func TestStopAtTerminal(t *testing.T) {
	db := filepath.Join(t.TempDir(), "quoth.db")
	for _, args := range [][]string{{"read", "--explain", "1", "-"}, {"claims", "-"}, {"import", "--db", db, "-"}} {
		for _, waiting := range []bool{false, true} {
			ctx, stop := context.WithCancel(context.Background())
			stderr, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
			if err != nil {
				t.Fatal(err)
			}
			in := terminal{stop, make(chan struct{})}
			if !waiting {
				stop()
			}
			status := run(&program{ctx, in, os.Stdout, stderr}, args)
			close(in.closed)
			b, err := os.ReadFile(stderr.Name())
			if status != exitSome || !strings.HasPrefix(string(b), "quoth: stopped") || err != nil {
				t.Errorf("%v: status %d, %q, %v", args, status, b, err)
			}
		}
	}
}

// terminal is one at which nobody types, and Ctrl-C comes once it is read.
type terminal struct {
	interrupt context.CancelFunc
	closed    chan struct{}
}

func (t terminal) Read([]byte) (int, error) {
	t.interrupt()
	<-t.closed
	return 0, io.EOF
}
