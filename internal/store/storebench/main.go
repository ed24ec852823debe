// Storebench fills a store with made-up articles and measures it:
//
//	go run ./internal/store/storebench -n 1000000 -db /tmp/big.db -write
//
// A store that is there already is filled up to n statements. The articles are
// of about 700 words from a vocabulary whose frequencies fall as those of a
// language do, 20 statements each, from pages of HTML; speakers and outlets
// are as uneven. They come in the order of their days, as news does. -write puts the figures into eval/STORE.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
)

func main() {
	n := flag.Int("n", 1_000_000, "statements")
	path := flag.String("db", "", "file of the store")
	queries := flag.Int("queries", 500, "how many of each kind to ask")
	write := flag.Bool("write", false, "write eval/STORE.md; run it at the project's root")
	flag.Parse()
	if err := run(context.Background(), *path, *n, *queries, *write); err != nil {
		fmt.Fprintln(os.Stderr, "storebench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string, n, queries int, write bool) error {
	if path == "" {
		return errors.New("name the store's file with -db")
	}
	built, err := build(ctx, path, n)
	if err != nil {
		return err
	}
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	m := &bench{ctx: ctx, s: s, n: queries}
	m.printf("Load of the machine before: %s. Where that is more than its cores, the processor's time tells what a question costs, and\nthe time on the clock tells mostly what else was running.\n\n", load())
	if err := m.sample(); err != nil {
		return err
	}
	c, err := s.Count(ctx)
	if err != nil {
		return err
	}
	m.printf("%d statements, %d articles, %d identities; %.0f bytes a statement, %.0f MB.\n", c.Statements, c.Articles, c.Identities, float64(c.Bytes)/float64(c.Statements), float64(c.Bytes)/1e6)
	if built > 0 {
		m.printf("Built at %.0f statements a second, 100 articles a transaction, without waiting for the disk.\n", built)
	}
	m.printf("\n| what | p50 ms | p99 ms | processor p50 ms | processor p99 ms |\n|---|---|---|---|---|\n")
	if err := m.searches(""); err != nil {
		return err
	}
	if err := m.pages(""); err != nil {
		return err
	}
	stop, added := make(chan struct{}), make(chan error, 1)
	var count atomic.Int64
	began := time.Now()
	go func() { added <- adding(ctx, s, int(c.Articles), stop, &count) }()
	err = errors.Join(m.searches(", while adding"), m.pages(", while adding"))
	took := time.Since(began)
	close(stop)
	if err := errors.Join(err, <-added); err != nil {
		return err
	}
	m.printf("\nMeanwhile %.1f articles a second were added, each synced to the disk.\n", float64(count.Load())/took.Seconds())
	if !write {
		return nil
	}
	head := fmt.Sprintf("# The store\n\nWritten by `go run ./internal/store/storebench -n %d -db FILE -write` on %s; %s, %d cores.\n\n", n, time.Now().Format(time.DateOnly), runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU())
	return os.WriteFile("eval/STORE.md", []byte(head+m.out.String()), 0o644)
}

// build fills the store and gives statements a second.
func build(ctx context.Context, path string, n int) (float64, error) {
	s, err := sqlite.Open(ctx, path, "synchronous(OFF)", "cache_size(-256000)")
	if err != nil {
		return 0, err
	}
	defer s.Close()
	c, err := s.Count(ctx)
	if err != nil {
		return 0, err
	}
	made := make(chan []store.Addition, 1)
	go func() {
		defer close(made)
		for i := c.Articles; i*perArticle < n; {
			var batch []store.Addition
			for ; len(batch) < 100 && i*perArticle < n; i++ {
				batch = append(batch, article(i, firstDay+i*days*perArticle/n))
			}
			made <- batch
		}
	}()
	began, done := time.Now(), 0
	for batch := range made {
		if _, err := s.AddAll(ctx, batch); err != nil {
			return 0, err
		}
		if done += len(batch) * perArticle; done%50_000 == 0 {
			fmt.Fprintf(os.Stderr, "%d statements, %.0f a second\n", c.Statements+done, float64(done)/time.Since(began).Seconds())
		}
	}
	return float64(done) / time.Since(began).Seconds(), nil
}

// adding adds articles until it is stopped.
func adding(ctx context.Context, s store.Store, from int, stop chan struct{}, count *atomic.Int64) error {
	for i := from; ; i++ {
		select {
		case <-stop:
			return nil
		default:
		}
		if _, err := s.Add(ctx, article(i, firstDay+days)); err != nil {
			return err
		}
		count.Add(1)
	}
}

// bench measures one store.
type bench struct {
	ctx     context.Context
	s       store.Store
	n       int
	samples []store.Hit
	out     strings.Builder
}

func (m *bench) printf(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	fmt.Print(s)
	m.out.WriteString(s)
}

// sample takes statements of many days, to ask for what is there.
func (m *bench) sample() error {
	r := random(99)
	for len(m.samples) < m.n {
		day := store.DayString(firstDay + r.IntN(days))
		found, err := m.s.Search(m.ctx, store.Query{Published: store.Days{From: day, To: day}, Limit: 100})
		if err != nil {
			return err
		}
		for range min(5, len(found.Hits)) {
			m.samples = append(m.samples, found.Hits[r.IntN(len(found.Hits))])
		}
	}
	return nil
}

func (m *bench) measure(what string, f func(h store.Hit) error) error {
	runtime.LockOSThread() // so that its processor time is this question's
	defer runtime.UnlockOSThread()
	took, busy := make([]time.Duration, 0, m.n), make([]time.Duration, 0, m.n)
	for _, h := range m.samples[:m.n] {
		began, cpu := time.Now(), threadTime()
		if err := f(h); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		took, busy = append(took, time.Since(began)), append(busy, threadTime()-cpu)
	}
	slices.Sort(took)
	slices.Sort(busy)
	ms := func(d time.Duration) float64 { return 1e3 * d.Seconds() }
	at := m.n * 99 / 100
	m.printf("| %s | %.1f | %.1f | %.1f | %.1f |\n", what, ms(took[m.n/2]), ms(took[at]), ms(busy[m.n/2]), ms(busy[at]))
	return nil
}

// searches asks for each sampled statement in several ways.
func (m *bench) searches(when string) error {
	year := func(h store.Hit) store.Days {
		return store.Days{From: h.Published[:4] + "-01-01", To: h.Published[:4] + "-12-31"}
	}
	word := func(h store.Hit, n int) string {
		w := strings.Fields(h.Content)
		return strings.Join(w[len(w)/2:min(len(w), len(w)/2+n)], " ")
	}
	for _, x := range []struct {
		what  string
		query func(h store.Hit) store.Query
	}{
		{"speaker, words, published within a year", func(h store.Hit) store.Query {
			return store.Query{Speaker: h.Speakers[0].Name, Words: word(h, 2), Published: year(h)}
		}},
		{"speaker by surname, a word, a year, denials", func(h store.Hit) store.Query {
			f := strings.Fields(h.Speakers[0].Name)
			return store.Query{Speaker: f[len(f)-1], Words: word(h, 1), Published: year(h), Acts: store.Telling}
		}},
		{"speaker, a word, said within two months", func(h store.Hit) store.Query {
			return store.Query{Speaker: h.Speakers[0].Name, Words: word(h, 1), Said: store.Days{From: h.Published[:4] + "-03", To: h.Published[:4] + "-04"}}
		}},
		{"a word, newest", func(h store.Hit) store.Query { return store.Query{Words: word(h, 1)} }},
		{"two words, best first", func(h store.Hit) store.Query { return store.Query{Words: word(h, 2), Order: store.Best} }},
		{"a phrase", func(h store.Hit) store.Query { return store.Query{Phrase: word(h, 2)} }},
		{"a figure within bounds, a word", func(h store.Hit) store.Query {
			low, high := 1000.0, 1100.0
			return store.Query{Words: word(h, 1), Low: &low, High: &high}
		}},
		{"an outlet's denials and non-responses", func(h store.Hit) store.Query { return store.Query{Outlet: h.Outlet, Acts: store.Telling} }},
		{"a speaker's all, oldest first", func(h store.Hit) store.Query {
			return store.Query{Identity: h.Speakers[0].Identity, Order: store.Oldest, Limit: 50}
		}},
	} {
		if err := m.measure(x.what+when, func(h store.Hit) error {
			_, err := m.s.Search(m.ctx, x.query(h))
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// pages asks for what pages show beside searches.
func (m *bench) pages(when string) error {
	for _, x := range []struct {
		what string
		ask  func(h store.Hit) error
	}{
		{"an article with its record", func(h store.Hit) error {
			_, err := m.s.Article(m.ctx, h.Article, 0)
			return err
		}},
		{"an identity with forms and roles", func(h store.Hit) error {
			_, err := m.s.Identity(m.ctx, h.Speakers[0].Identity)
			return err
		}},
		{"a statement by its ID", func(h store.Hit) error {
			_, err := m.s.Statement(m.ctx, h.ID)
			return err
		}},
	} {
		if err := m.measure(x.what+when, x.ask); err != nil {
			return err
		}
	}
	return nil
}
