package eval

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/quothnews/quoth"
)

// idle is a processor of which nothing is known on many cores.
type idle struct{}

func (idle) Peak(cores int) float64        { return 200e9 * float64(2-cores) }
func (idle) Products(_, cores int) float64 { return 150e9 * float64(cores) }
func (idle) Encode(pieces, cores int, float bool) time.Duration {
	d := time.Duration(pieces) * time.Millisecond / time.Duration(cores)
	if float {
		d *= 2
	}
	return d
}

func TestBench(t *testing.T) {
	var reads atomic.Int64
	b := Bench{
		Pages: []quoth.Page{{Name: "short", Text: "a b"}, {Name: "ordinary", Text: strings.Repeat("word ", 650)}, {Name: "long", Text: strings.Repeat("word ", 900)}},
		Words: []int{2, 650, 900},
		Least: 60 * time.Millisecond,
		Read: func(_ context.Context, p quoth.Page, _ int) (*quoth.Record, Cost, error) {
			reads.Add(1)
			time.Sleep(time.Millisecond)
			c := Cost{Encode: time.Millisecond, Decode: 2 * time.Millisecond, Pieces: 10, Work: 5e6}
			return &quoth.Record{Article: quoth.Article{Text: p.Text}}, c, nil
		},
	}
	if got := b.Pages[b.Ordinary()].Name; got != "ordinary" {
		t.Errorf("the article of ordinary length is the %s one", got)
	}
	s, err := b.Run(t.Context(), idle{}, []int{1, 3})
	if err != nil {
		t.Fatal(err)
	}
	if s.Articles != 3 || s.Words != 1552 || s.Pieces != 30 || s.One.Words != 650 {
		t.Errorf("%d articles, %d words, %d pieces, one of %d words", s.Articles, s.Words, s.Pieces, s.One.Words)
	}
	one := s.Runs[0]
	if one.Cores != 1 || one.Encode != 1 || one.Decode != 2 || one.Parse != 0 {
		t.Errorf("stages of one core: %+v", one)
	}
	// 5e6 operations in each millisecond of the encode stage.
	if one.Encoder < 4.99 || one.Encoder > 5.01 || one.Peak != 200 || one.Products != 150 {
		t.Errorf("encode stage %.2f, peak %.0f, products %.0f GFLOPS", one.Encoder, one.Peak, one.Products)
	}
	if len(one.Stretch) != 3 || one.Stretch[1] != 256 || one.Float[2] != 1024 {
		t.Errorf("stretches %v, in float32 %v", one.Stretch, one.Float)
	}
	if one.Articles <= 0 || one.Articles > 1000 || one.Words/one.Articles < 517 || one.Words/one.Articles > 518 {
		t.Errorf("%.1f articles and %.1f words a second", one.Articles, one.Words)
	}
	if n := reads.Load(); n < 12 { // about 60 where nothing else is at work
		t.Errorf("only %d articles read in 60 ms of 1 ms each", n)
	}
	if len(s.Growth) != 2 || s.Growth[1].Words != 1950 || s.Growth[1].Seconds <= 0 {
		t.Errorf("growth: %+v", s.Growth)
	}

	s.Runs = []CoreRun{one, {Cores: 2, Given: 0.4, Products: 300}}
	var out bytes.Buffer
	if err := WriteSpeed(&out, s); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 articles, 1552 words, 30 word pieces", "1 core  2 cores", "their share of the peak, %      75        –", "encode 512 word pieces in float32, ms  1024.0        –",
		"3 times as long, 1950 words", "busy with something else"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestBenchFails(t *testing.T) {
	ctx := t.Context()
	if _, err := (&Bench{}).Run(ctx, idle{}, nil); err == nil {
		t.Error("speed is measured without articles")
	}
	broken := errors.New("broken")
	b := Bench{Pages: []quoth.Page{{Name: "bad.html"}}, Words: []int{1}, Read: func(context.Context, quoth.Page, int) (*quoth.Record, Cost, error) {
		return nil, Cost{}, broken
	}}
	if _, err := b.Run(ctx, idle{}, nil); !errors.Is(err, broken) || !strings.Contains(err.Error(), "bad.html") {
		t.Errorf("a page that cannot be read gives %v", err)
	}
	b.Read = func(context.Context, quoth.Page, int) (*quoth.Record, Cost, error) {
		return &quoth.Record{}, Cost{}, nil
	}
	if _, err := b.Run(ctx, idle{}, []int{0}); err == nil {
		t.Error("an article repeated no times is read")
	}
}
