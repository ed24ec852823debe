package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/quothnews/quoth"
)

// A Cost is what the reading of one page took, stage by stage.
type Cost struct {
	Parse, Encode, Decode, Resolve time.Duration

	Pieces int     // word pieces encoded
	Work   float64 // floating-point operations of the encoder's matrix products
}

// A Measurer reads a page on so many threads and tells what it took.
type Measurer func(ctx context.Context, p quoth.Page, threads int) (*quoth.Record, Cost, error)

// A Processor tells how fast it computes on so many cores together, in
// operations a second: at most, and in the products with the weights for
// stretches of so many word pieces; and how long it takes to encode one
// stretch, as it always does or in float32. Zero is not known.
type Processor interface {
	Peak(cores int) float64
	Products(pieces, cores int) float64
	Encode(pieces, cores int, float bool) time.Duration
}

// Stretches are the lengths, in word pieces, that the encoder is measured at.
var Stretches = []int{64, 256, 512}

// Speed is how fast articles are read. Times of a stage are milliseconds an
// article; memory is in millions of bytes; zero is not known.
type Speed struct {
	Articles int `json:"articles"`
	Words    int `json:"words"`
	Pieces   int `json:"pieces"`

	Start float64 `json:"start_ms"` // the whole program, to print its version
	Load  float64 `json:"load_ms"`  // of which the weights
	One   One     `json:"one"`      // an article of ordinary length alone

	Runs   []CoreRun `json:"runs"`
	Growth []Length  `json:"growth,omitempty"`
}

// One is what one article costs whoever reads no other.
type One struct {
	Words   int     `json:"words"`
	Command float64 `json:"command_ms"` // the whole program
	Memory  float64 `json:"memory_mb"`  // of the whole program, at most
	Warm    float64 `json:"warm_ms"`    // with the weights in place, on all cores
}

// A CoreRun is the reading of all articles on some cores.
type CoreRun struct {
	Cores int     `json:"cores"`
	Given float64 `json:"given"` // share of these cores that the system gave, 1 on an idle machine

	Articles float64 `json:"articles_per_s"`
	Words    float64 `json:"words_per_s"`
	Pieces   float64 `json:"pieces_per_s"`

	Parse   float64 `json:"parse_ms"`
	Encode  float64 `json:"encode_ms"`
	Decode  float64 `json:"decode_ms"`
	Resolve float64 `json:"resolve_ms"`

	Memory   float64 `json:"memory_mb"`       // of the program until then, at most
	Peak     float64 `json:"peak_gflops"`     // of the processor
	Products float64 `json:"products_gflops"` // of the products with the weights alone
	Encoder  float64 `json:"encoder_gflops"`  // of the products, in the time of the whole encode stage

	Stretch []float64 `json:"stretch_ms"`         // to encode one of each length of Stretches alone
	Float   []float64 `json:"stretch_float32_ms"` // the same with all products in float32
}

// A Length is an article that repeats another so many times.
type Length struct {
	Times   int     `json:"times"`
	Words   int     `json:"words"`
	Seconds float64 `json:"seconds"`
	Memory  float64 `json:"memory_mb"` // of the program until then, at most
}

// A Bench measures speed.
type Bench struct {
	Read  Measurer
	Pages []quoth.Page
	Words []int         // of each page's article
	Least time.Duration // of a run: it reads all pages again and again until then
}

// Ordinary is the page nearest to 700 words, an ordinary article's length.
func (b *Bench) Ordinary() int {
	best := 0
	for i, n := range b.Words {
		if max(n-700, 700-n) < max(b.Words[best]-700, 700-b.Words[best]) {
			best = i
		}
	}
	return best
}

// Run measures on one core, on all, and for longer and longer articles.
func (b *Bench) Run(ctx context.Context, cpu Processor, lengths []int) (Speed, error) {
	s := Speed{Articles: len(b.Pages)}
	if len(b.Pages) == 0 || len(b.Words) != len(b.Pages) {
		return s, errors.New("no articles to measure with")
	}
	for _, n := range b.Words {
		s.Words += n
	}
	all := runtime.GOMAXPROCS(0)
	for _, cores := range slices.Compact([]int{1, all}) {
		run, pieces, err := b.run(ctx, cores)
		if err != nil {
			return s, err
		}
		s.Pieces = pieces
		s.Runs = append(s.Runs, run)
	}
	one := b.Ordinary()
	s.One.Words = b.Words[one]
	var err error
	if s.One.Warm, err = b.once(ctx, b.Pages[one], 5); err != nil {
		return s, err
	}
	if s.Growth, err = b.grow(ctx, lengths); err != nil {
		return s, err
	}
	for i := range s.Runs { // last, for memory that the articles do not need
		r := &s.Runs[i]
		runtime.GOMAXPROCS(r.Cores)
		r.Peak, r.Products = cpu.Peak(r.Cores)/1e9, cpu.Products(400, r.Cores)/1e9
		for _, n := range Stretches {
			r.Stretch = append(r.Stretch, 1e3*cpu.Encode(n, r.Cores, false).Seconds())
			r.Float = append(r.Float, 1e3*cpu.Encode(n, r.Cores, true).Seconds())
		}
	}
	runtime.GOMAXPROCS(all)
	return s, nil
}

// run reads all pages until the least time is over.
func (b *Bench) run(ctx context.Context, cores int) (CoreRun, int, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	if _, err := b.once(ctx, b.Pages[b.Ordinary()], 1); err != nil { // what a first article pays for
		return CoreRun{}, 0, err
	}
	var (
		lock   sync.Mutex
		next   int
		rounds = 1
		total  Cost
		failed error
	)
	started, before := time.Now(), used()
	take := func(last Cost, err error) (int, bool) {
		lock.Lock()
		defer lock.Unlock()
		total.Parse += last.Parse
		total.Encode += last.Encode
		total.Decode += last.Decode
		total.Resolve += last.Resolve
		total.Pieces += last.Pieces
		total.Work += last.Work
		if failed = errors.Join(failed, err); failed != nil {
			return 0, false
		}
		if next == len(b.Pages) {
			if time.Since(started) >= b.Least {
				return 0, false
			}
			next, rounds = 0, rounds+1
		}
		next++
		return next - 1, true
	}
	var wait sync.WaitGroup
	for range cores {
		wait.Go(func() {
			for i, ok := take(Cost{}, nil); ok; {
				_, cost, err := b.Read(ctx, b.Pages[i], 1)
				if err != nil {
					err = fmt.Errorf("%s: %w", b.Pages[i].Name, err)
				}
				i, ok = take(cost, err)
			}
		})
	}
	wait.Wait()
	took, after := time.Since(started).Seconds(), used()
	n := float64(rounds * len(b.Pages))
	words := 0
	for _, k := range b.Words {
		words += k
	}
	each := func(d time.Duration) float64 { return 1e3 * d.Seconds() / n }
	return CoreRun{
		Cores: cores, Given: (after.processor - before.processor).Seconds() / took / float64(cores), Memory: after.memory,
		Articles: n / took, Words: float64(rounds*words) / took, Pieces: float64(total.Pieces) / took,
		Parse: each(total.Parse), Encode: each(total.Encode), Decode: each(total.Decode), Resolve: each(total.Resolve),
		Encoder: float64(cores) * total.Work / max(total.Encode.Seconds(), 1e-9) / 1e9,
	}, total.Pieces / rounds, failed
}

// once is the best time of so many tries to read a page on all cores, in
// milliseconds.
func (b *Bench) once(ctx context.Context, p quoth.Page, tries int) (float64, error) {
	best := time.Duration(0)
	for range tries {
		start := time.Now()
		if _, _, err := b.Read(ctx, p, runtime.GOMAXPROCS(0)); err != nil {
			return 0, fmt.Errorf("%s: %w", p.Name, err)
		}
		if took := time.Since(start); best == 0 || took < best {
			best = took
		}
	}
	return 1e3 * best.Seconds(), nil
}

// grow reads an ordinary article repeated so many times.
func (b *Bench) grow(ctx context.Context, lengths []int) ([]Length, error) {
	var out []Length
	i := b.Ordinary()
	rec, _, err := b.Read(ctx, b.Pages[i], 1)
	if err != nil {
		return nil, err
	}
	for _, n := range lengths {
		if n < 1 {
			return nil, fmt.Errorf("an article repeated %d times: 1 is the least", n)
		}
		page := quoth.Page{Name: fmt.Sprintf("%d times %s", n, b.Pages[i].Name), Text: strings.Repeat(rec.Article.Text+"\n\n", n)}
		ms, err := b.once(ctx, page, 1)
		if err != nil {
			return nil, err
		}
		out = append(out, Length{Times: n, Words: n * b.Words[i], Seconds: ms / 1e3, Memory: used().memory})
	}
	return out, nil
}

// WriteSpeed prints speed for people.
func WriteSpeed(w io.Writer, s Speed) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name, form string, f func(CoreRun) float64) {
		fmt.Fprintf(tw, "%s\t", name)
		for _, r := range s.Runs {
			if x := f(r); x > 0 {
				fmt.Fprintf(tw, form+"\t", x)
			} else {
				fmt.Fprint(tw, "–\t")
			}
		}
		fmt.Fprintln(tw)
	}
	fmt.Fprintf(tw, "%d articles, %d words, %d word pieces\t", s.Articles, s.Words, s.Pieces)
	for _, r := range s.Runs {
		fmt.Fprintf(tw, "%s\t", plural(r.Cores, "core"))
	}
	fmt.Fprintln(tw)
	row("articles/s", "%.1f", func(r CoreRun) float64 { return r.Articles })
	row("words/s", "%.0f", func(r CoreRun) float64 { return r.Words })
	row("word pieces/s", "%.0f", func(r CoreRun) float64 { return r.Pieces })
	row("parse, ms an article", "%.2f", func(r CoreRun) float64 { return r.Parse })
	row("encode, ms an article", "%.2f", func(r CoreRun) float64 { return r.Encode })
	row("decode, ms an article", "%.2f", func(r CoreRun) float64 { return r.Decode })
	row("resolve, ms an article", "%.2f", func(r CoreRun) float64 { return r.Resolve })
	row("memory at most, MB", "%.0f", func(r CoreRun) float64 { return r.Memory })
	row("peak of the processor, 10⁹ operations/s", "%.0f", func(r CoreRun) float64 { return r.Peak })
	row("matrix products alone, 10⁹ operations/s", "%.0f", func(r CoreRun) float64 { return r.Products })
	row("their share of the peak, %", "%.0f", func(r CoreRun) float64 { return share(r.Products, r.Peak) })
	row("encode stage, 10⁹ operations/s", "%.0f", func(r CoreRun) float64 { return r.Encoder })
	row("its share of the peak, %", "%.0f", func(r CoreRun) float64 { return share(r.Encoder, r.Peak) })
	for i, n := range Stretches {
		row(fmt.Sprintf("encode %d word pieces, ms", n), "%.1f", func(r CoreRun) float64 { return at(r.Stretch, i) })
		row(fmt.Sprintf("encode %d word pieces in float32, ms", n), "%.1f", func(r CoreRun) float64 { return at(r.Float, i) })
	}
	row("cores that the system gave, %", "%.0f", func(r CoreRun) float64 { return 100 * r.Given })
	if err := tw.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nstart: %.0f ms to print the version, %.0f ms to lay out the weights\n", s.Start, s.Load)
	fmt.Fprintf(w, "one article of %d words: %.0f ms and %.0f MB for the whole command, %.0f ms warm\n", s.One.Words, s.One.Command, s.One.Memory, s.One.Warm)
	for _, g := range s.Growth {
		fmt.Fprintf(w, "%d times as long, %d words: %.2f s, %.0f µs a word, memory at most %.0f MB\n", g.Times, g.Words, g.Seconds, 1e6*g.Seconds/float64(max(g.Words, 1)), g.Memory)
	}
	if slices.ContainsFunc(s.Runs, func(r CoreRun) bool { return 0 < r.Given && r.Given < 0.9 }) {
		fmt.Fprintln(w, "\nThe machine was busy with something else: these figures say less than those of an idle one.")
	}
	return nil
}

func at(x []float64, i int) float64 {
	if i < len(x) {
		return x[i]
	}
	return 0
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * part / whole
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// usage is what this program has used of the machine until now.
type usage struct {
	processor time.Duration
	memory    float64 // resident at most, in millions of bytes
}
