// Crashtest kills a process that adds to a store, again and again at random
// moments, and looks each time whether the store is whole:
//
//	go run ./internal/store/crashtest -n 200
//
// After each kill Verify must be clean and everything that had been reported as
// added must be there. In the end the store must hold exactly what one has that
// nobody disturbed.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
	"github.com/quothnews/quoth/internal/store/storetest"
)

func main() {
	kills := flag.Int("n", 200, "how often to kill")
	seed := flag.Uint64("seed", 1, "of the random moments")
	child := flag.String("add", "", "add to this store until killed: what the test starts")
	articles := flag.Int("articles", 0, "how many to add, with -add")
	flag.Parse()
	ctx := context.Background()
	var err error
	if *child != "" {
		err = add(ctx, *child, *articles, os.Stdout)
	} else {
		var dir string
		if dir, err = os.MkdirTemp("", "crashtest"); err == nil {
			err = errors.Join(run(ctx, dir, *kills, *seed, os.Stdout), os.RemoveAll(dir))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "crashtest:", err)
		os.Exit(1)
	}
}

// number is the i-th article: each seventh is a changed page of the one six
// before.
func number(i int) store.Addition {
	k := i
	if i%7 == 6 {
		k -= 6
	}
	p := quoth.Page{ID: fmt.Sprint("article-", k), Outlet: fmt.Sprint("Outlet ", k%5), Title: fmt.Sprintf("Report %d", i), Published: fmt.Sprintf("2032-%02d-%02d", k%12+1, k%28+1)}
	var said []storetest.Said
	for s := range 6 {
		said = append(said, storetest.Said{
			Source: fmt.Sprintf("Ann%d Lee%d", (i+s)%9, s), Cue: "said", Role: "mayor", Act: quoth.Acts[(i+s)%len(quoth.Acts)],
			Content: fmt.Sprintf("bridge %d of report %d would not open before winter %d", s, k, i%3),
		})
	}
	return storetest.Make(p, "m1", said...)
}

// add adds articles in order, less those that are there, and reports each that
// is there for good.
func add(ctx context.Context, path string, articles int, out io.Writer) error {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	for i := range articles {
		a := number(i)
		if _, ok, err := s.Known(ctx, a.Page, a.Record.Model, a.Code); ok || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		added, err := s.Add(ctx, a)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, added.Article, added.Revision); err != nil {
			return err
		}
	}
	return s.Close()
}

// run kills so many times and checks.
func run(ctx context.Context, dir string, kills int, seed uint64, out io.Writer) error {
	articles := 10*kills + 50
	path := filepath.Join(dir, "killed.db")
	random := rand.New(rand.NewPCG(seed, 0))
	var reported []string
	for k := range kills {
		lines, err := addAndKill(path, articles, k%5 == 0, time.Duration(random.Int64N(int64(60*time.Millisecond))))
		if err != nil {
			return err
		}
		reported = append(reported, lines...)
		if err := check(ctx, path, reported); err != nil {
			return fmt.Errorf("after kill %d: %w", k+1, err)
		}
		if (k+1)%20 == 0 {
			fmt.Fprintf(out, "%d kills, %d additions reported, all there\n", k+1, len(reported))
		}
	}
	calm := filepath.Join(dir, "calm.db")
	for _, p := range []string{path, calm} {
		if err := add(ctx, p, articles, io.Discard); err != nil {
			return err
		}
	}
	killed, err := export(ctx, path)
	if err != nil {
		return err
	}
	want, err := export(ctx, calm)
	if err != nil {
		return err
	}
	if !bytes.Equal(killed, want) {
		return errors.New("the store does not hold what an undisturbed one does")
	}
	fmt.Fprintf(out, "%d kills, %d additions reported before them; the store holds what an undisturbed one does\n", kills, len(reported))
	return nil
}

// addAndKill starts this program to add, waits for its first report, or early
// not even for that, and then so long, and kills it.
func addAndKill(path string, articles int, early bool, wait time.Duration) ([]string, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(exe, "-add", path, "-articles", fmt.Sprint(articles))
	cmd.Env = append(os.Environ(), "CRASHTEST_CHILD=1")
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var lines []string
	first, done := make(chan struct{}), make(chan struct{})
	var once sync.Once
	go func() {
		defer close(done)
		r := bufio.NewReader(pipe)
		for {
			line, err := r.ReadString('\n')
			if err != nil { // a line that is cut was not reported
				once.Do(func() { close(first) })
				return
			}
			lines = append(lines, line)
			once.Do(func() { close(first) })
		}
	}()
	if !early {
		<-first
	}
	time.Sleep(wait)
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return nil, err
	}
	<-done
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !(errors.As(err, &exit) && exit.ExitCode() == -1) {
		return nil, fmt.Errorf("adding failed by itself: %w", err)
	}
	return lines, nil
}

// check opens the store as the next run would, and wants it whole.
func check(ctx context.Context, path string, reported []string) error {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	var wrong error
	if _, err := s.Verify(ctx, func(p store.Problem) { wrong = fmt.Errorf("verify: %s: %s", p.Where, p.What) }, func(store.Checked) {}); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, line := range reported {
		var id string
		var revision int
		if _, err := fmt.Sscan(line, &id, &revision); err != nil {
			return fmt.Errorf("report %q: %w", line, err)
		}
		if seen[line] {
			return fmt.Errorf("%s, revision %d, was added twice", id, revision)
		}
		seen[line] = true
		if _, err := s.Article(ctx, id, revision); err != nil {
			return fmt.Errorf("reported as added: %w", err)
		}
	}
	return wrong
}

func export(ctx context.Context, path string) ([]byte, error) {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	for l, err := range s.Export(ctx) {
		if err == nil {
			err = enc.Encode(l)
		}
		if err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}
