package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/eval"
	"github.com/quothnews/quoth/internal/article"
	"github.com/quothnews/quoth/internal/encoder"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/model"
)

// benchCmd measures how fast articles are read. Pages are in memory before the
// clock starts.
type benchCmd struct {
	Inputs  []string      `arg:"" optional:"" name:"input" help:"Articles to measure with, as for read. Without any, the project's own cases."`
	Time    time.Duration `default:"5s" help:"How long to read on one core, and again on all."`
	Lengths []int         `placeholder:"N" help:"Also read an article repeated so many times: 1,10,100."`
	Format  string        `enum:"text,json" default:"text" help:"text for people, or json."`
	Write   bool          `help:"Write eval/SPEED.md. Run it at the project's root."`
}

const speedFile = "eval/SPEED.md"

// Validate refuses lengths that no text has.
func (c *benchCmd) Validate() error {
	for _, n := range c.Lengths {
		if n < 1 {
			return fmt.Errorf("--lengths %d: an article repeated once is the least", n)
		}
	}
	return nil
}

// Run measures and prints.
func (c *benchCmd) Run(p *program) error {
	if c.Write {
		if err := atRoot(); err != nil {
			return err
		}
	}
	b, failed, err := c.articles(p)
	if err != nil {
		return err
	}
	one := b.Pages[b.Ordinary()]
	// These run first: a process counts the memory of the one that starts it.
	start, _, err := command(p.ctx, nil, "version")
	if err != nil {
		return err
	}
	body := one.Body
	if body == nil {
		body = []byte(one.Text)
	}
	whole, memory, err := command(p.ctx, body, "read", "--format", "json", "-")
	if err != nil {
		return err
	}

	began := time.Now()
	r, err := p.reader()
	if err != nil {
		return err
	}
	load := time.Since(began)
	b.Read = func(ctx context.Context, page quoth.Page, threads int) (*quoth.Record, eval.Cost, error) {
		rec, cost, err := r.Measure(ctx, page, threads)
		return rec, eval.Cost(cost), err
	}
	s, err := b.Run(p.ctx, &processor{}, c.Lengths)
	if err != nil {
		return err
	}
	s.Start, s.Load, s.One.Command, s.One.Memory = ms(start), ms(load), ms(whole), memory
	if err := c.write(p, r.Model(), s); err != nil {
		return err
	}
	if failed {
		return errSome
	}
	return nil
}

func ms(d time.Duration) float64 { return 1e3 * d.Seconds() }

// articles are the pages to measure with. Those that cannot be read are named
// and left out.
func (c *benchCmd) articles(p *program) (b *eval.Bench, failed bool, err error) {
	b = &eval.Bench{Least: c.Time}
	add := func(page quoth.Page, err error) {
		var a quoth.Article
		if err == nil {
			a, err = article.New(page)
		}
		if err != nil {
			failed = true
			fmt.Fprintf(p.stderr, "quoth: %s: %s\n", printable(page.Name), printable(err.Error()))
			return
		}
		b.Pages, b.Words = append(b.Pages, page), append(b.Words, len(strings.Fields(a.Text)))
	}
	if len(c.Inputs) == 0 {
		pages, err := eval.GoldPages(eval.Cases())
		if err != nil {
			return nil, false, err
		}
		for _, page := range pages {
			add(page, nil)
		}
	}
	for it := range source.Read(p.ctx, c.Inputs, source.Options{Stdin: p.stdin}) {
		it.Page.Name = it.Name
		add(it.Page, it.Err)
	}
	if len(b.Pages) == 0 && p.ctx.Err() == nil {
		err = errors.New("no articles to measure with")
	}
	return b, failed, errors.Join(err, p.ctx.Err())
}

// command runs this program anew, with other arguments: the best time of three,
// and the most memory.
func command(ctx context.Context, stdin []byte, args ...string) (best time.Duration, memory float64, err error) {
	for range 3 {
		cmd := exec.CommandContext(ctx, os.Args[0], args...)
		cmd.Stdin, cmd.Stdout = bytes.NewReader(stdin), io.Discard
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return 0, 0, fmt.Errorf("running %s %s to measure it: %w", os.Args[0], strings.Join(args, " "), err)
		}
		if took := time.Since(start); best == 0 || took < best {
			best = took
		}
		memory = max(memory, eval.Memory(cmd.ProcessState))
	}
	return best, memory, nil
}

// processor lays the weights out once more, as they are read and in float32,
// when it is first asked. The same bytes have been read before, so that no
// error is left to tell.
type processor struct{ as, float *encoder.Model }

func (c *processor) Peak(cores int) float64 { return c.load(false).Peak(cores) }

func (c *processor) Products(pieces, cores int) float64 {
	return c.load(false).Products(pieces, cores)
}

func (c *processor) Encode(pieces, cores int, float bool) time.Duration {
	m := c.load(float)
	if pieces > m.Config().Positions {
		return 0
	}
	return m.Time(pieces, cores)
}

func (c *processor) load(float bool) *encoder.Model {
	if c.as == nil {
		c.as, _ = encoder.Load(model.Weights)
		c.float, _ = encoder.LoadFloat(model.Weights)
	}
	if float {
		return c.float
	}
	return c.as
}

func (c *benchCmd) write(p *program, model string, s eval.Speed) error {
	now := time.Now()
	if c.Format == "json" {
		enc := json.NewEncoder(p.stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(struct {
			Date    time.Time `json:"date"`
			Model   string    `json:"model"`
			Machine string    `json:"machine"`
			eval.Speed
		}{now, model, eval.Machine(), s}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(p.stdout, "%s\n%s\n\n", model, eval.Machine())
		if err := eval.WriteSpeed(p.stdout, s); err != nil {
			return err
		}
	}
	if !c.Write {
		return nil
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "# Speed\n\nWritten by `quoth bench` on %s.\n\n- Model: %s\n- Machine: %s\n\n```\n", now.Format(time.DateOnly), model, eval.Machine())
	if err := eval.WriteSpeed(&text, s); err != nil {
		return err
	}
	text.WriteString("```\n")
	return os.WriteFile(speedFile, text.Bytes(), 0o644)
}
