package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/eval"
	"github.com/quothnews/quoth/internal/article"
	"github.com/quothnews/quoth/read"
)

// evalCmd measures the reader. It always reads the project's own cases, and
// other people's gold where it is given a folder of it.
type evalCmd struct {
	Polnear     string   `placeholder:"DIR" type:"existingdir" help:"PolNeAR's folder: metadata.tsv and the compartments."`
	Compartment []string `default:"dev" help:"Compartments of PolNeAR to measure on."`
	Records     []string `placeholder:"DIR" type:"existingdir" sep:"none" help:"A gold folder of ID.txt and ID.json. May be repeated."`
	Pages       string   `placeholder:"DIR" type:"existingdir" help:"A folder of HTML pages with their paragraphs, to measure body text."`
	Misses      bool     `help:"Name what was not found, and each wrong speaker."`
	Floors      string   `placeholder:"FILE" type:"existingfile" help:"Floors to hold instead of the project's own."`
	Write       bool     `help:"Write eval/RESULTS.md, and docs/confidence.svg where PolNeAR is measured. Run it at the project's root."`
}

const (
	resultsFile = "eval/RESULTS.md"
	curveFile   = "docs/confidence.svg"
	speedPart   = "\n## Speed" // measured by other commands; kept as it is
)

// atRoot says that results can be written here. It is asked before anything is
// measured, which takes long.
func atRoot() error {
	if _, err := os.Stat(filepath.Dir(resultsFile)); err != nil {
		return fmt.Errorf("no folder %s here to write results in: run this at the project's root", filepath.Dir(resultsFile))
	}
	return nil
}

// Run measures, prints, and fails where a measure fell through its floor.
func (c *evalCmd) Run(p *program) error {
	if c.Write {
		if err := atRoot(); err != nil {
			return err
		}
	}
	r, err := p.reader()
	if err != nil {
		return err
	}
	floors, err := eval.OwnFloors()
	if c.Floors != "" {
		floors, err = eval.ReadFloors(c.Floors)
	}
	if err != nil {
		return err
	}
	data := eval.Data{Polnear: c.Polnear, Records: c.Records, Pages: c.Pages}
	if c.Polnear != "" {
		data.Compartments = c.Compartment
	}
	tables, err := eval.Run(p.ctx, readAll(r), extract, data)
	if err != nil {
		return err
	}
	if c.Misses {
		if err := eval.WriteMisses(p.stdout, tables); err != nil {
			return err
		}
	}
	if err := eval.WriteText(p.stdout, tables, floors); err != nil {
		return err
	}
	if c.Write {
		if err := c.write(r.Model(), tables, floors); err != nil {
			return err
		}
	}
	if err := floors.Check(tables); err != nil {
		return fmt.Errorf("below the floor:\n%w", err)
	}
	return nil
}

// readAll reads on all cores.
func readAll(r *read.Reader) eval.Reader {
	return func(ctx context.Context, pages []quoth.Page) ([]*quoth.Record, error) {
		all := func(yield func(quoth.Page, error) bool) {
			for _, p := range pages {
				if !yield(p, nil) {
					return
				}
			}
		}
		var records []*quoth.Record
		for result := range r.All(ctx, all, runtime.GOMAXPROCS(0)) {
			if result.Err != nil {
				return nil, fmt.Errorf("%s: %w", result.Name, result.Err)
			}
			records = append(records, result.Record)
		}
		return records, ctx.Err()
	}
}

func extract(html []byte, url string) (quoth.Article, error) {
	return article.New(quoth.Page{Body: html, URL: url, MediaType: "text/html"})
}

// write puts the results where the project keeps them. Folders are named by
// their last part: where they lie on this machine is nobody's concern.
func (c *evalCmd) write(model string, tables []eval.Table, floors eval.Floors) error {
	command := []string{"quoth eval"}
	folder := func(flag, dir string) {
		if dir != "" {
			command = append(command, "--"+flag, filepath.Base(filepath.Clean(dir)))
		}
	}
	folder("polnear", c.Polnear)
	if c.Polnear != "" {
		command = append(command, "--compartment", strings.Join(c.Compartment, ","))
	}
	for _, dir := range c.Records {
		folder("records", dir)
	}
	folder("pages", c.Pages)
	command = append(command, "--write")
	old, err := os.ReadFile(resultsFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	_, speed, hasSpeed := strings.Cut(string(old), speedPart)
	var b bytes.Buffer
	setting := eval.Setting{Date: time.Now(), Model: model, Machine: eval.Machine(), Command: strings.Join(command, " ")}
	if err := eval.WriteMarkdown(&b, setting, tables, floors); err != nil {
		return err
	}
	if hasSpeed {
		b.WriteString(speedPart + speed)
	}
	if err := os.WriteFile(resultsFile, b.Bytes(), 0o644); err != nil {
		return err
	}
	for _, t := range tables {
		if t.Trade == nil {
			continue
		}
		b.Reset()
		eval.WriteCurve(&b, t)
		return os.WriteFile(curveFile, b.Bytes(), 0o644)
	}
	return nil
}
