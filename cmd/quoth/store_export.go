package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/term"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
)

type exportCmd struct {
	dbFlag
	Format string `enum:"jsonl,csv,readings" default:"jsonl" help:"jsonl: all that the store keeps, to make it anew with import; csv: the statements; readings: the articles that people corrected, as they say they are, to train with (the desk's training.jsonl)."`
	Output string `short:"o" placeholder:"FILE" help:"Write there instead of to standard output."`
}

// Run writes the store out.
func (c *exportCmd) Run(p *program) (err error) {
	path, err := c.path()
	if err != nil {
		return err
	}
	if c.Output != "" && sameFile(path, c.Output) {
		return fmt.Errorf("-o %s is the store itself, and would be lost; choose another file", c.Output)
	}
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	out := &output{path: c.Output, file: p.stdout, atOnce: true}
	w := bufio.NewWriterSize(p.dataTo(out), 1<<20)
	bar := newProgress(p.stderr, c.Output == "" && term.IsTerminal(int(p.stdout.Fd())))
	switch c.Format {
	case "csv":
		err = c.csv(p, s, w, bar)
	case "readings":
		err = c.readings(p, s, w, bar)
	default:
		err = c.lines(p, s, w, bar)
	}
	bar.clear()
	return out.close(errors.Join(err, w.Flush()))
}

// plainEncoder writes JSON a value a line, and <, > and & as they are.
func plainEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

func (c *exportCmd) lines(p *program, s store.Store, w io.Writer, bar *progress) error {
	bar.what = "lines written"
	enc := plainEncoder(w)
	for l, err := range s.Export(p.ctx) {
		if err == nil {
			err = enc.Encode(l)
		}
		if err != nil {
			return fmt.Errorf("exporting: %w", err)
		}
		bar.add()
	}
	return nil
}

func (c *exportCmd) readings(p *program, s store.Store, w io.Writer, bar *progress) error {
	bar.what = "articles looked at"
	enc := plainEncoder(w)
	for r, err := range s.Readings(p.ctx) {
		if err == nil {
			if t, corrected := r.Training(); corrected {
				err = enc.Encode(t)
			}
		}
		if err != nil {
			return fmt.Errorf("exporting: %w", err)
		}
		bar.add()
	}
	return nil
}

func (c *exportCmd) csv(p *program, s store.Store, w io.Writer, bar *progress) error {
	bar.what = "statements written"
	t := store.NewTable(w)
	q := store.Query{Order: store.Oldest, Vanished: true, Limit: 500}
	for {
		r, err := s.Search(p.ctx, q)
		if err != nil {
			return fmt.Errorf("exporting: %w", err)
		}
		for _, h := range r.Hits {
			t.Put(h)
			bar.add()
		}
		if q.Cursor = r.Next; q.Cursor == "" {
			return t.Close()
		}
	}
}

type importCmd struct {
	dbFlag
	Inputs []string `arg:"" name:"file" help:"What quoth export wrote, or quoth read --format jsonl of texts; - for standard input."`
}

// Run takes exports in. What is in the store already changes nothing.
func (c *importCmd) Run(p *program) (err error) {
	s := c.openLate(p)
	defer func() { err = errors.Join(err, s.close()) }()
	t := taking{program: p, store: s, bar: newProgress(p.stderr, false)}
	t.bar.what = "lines taken"
	for _, path := range c.Inputs {
		if err = t.file(path); err != nil || p.ctx.Err() != nil {
			break
		}
	}
	t.bar.clear()
	switch {
	case p.ctx.Err() != nil:
		fmt.Fprintln(p.stderr, "quoth: stopped; the same command goes on from there")
		return errSome
	case err != nil:
		return err
	}
	if _, err = fmt.Fprintf(p.stdout, "%d lines taken in\n", t.changed); err != nil {
		return err
	}
	if t.failed > 0 {
		return errSome
	}
	return nil
}

// taking is an import on its way.
type taking struct {
	*program
	store           *lateStore
	bar             *progress
	changed, failed int
}

// file takes in the lines of one file. A line that cannot be taken is named and
// passed over; the error says why no more can be.
func (t *taking) file(path string) error {
	in, done, err := t.open(path)
	if err != nil {
		return err
	}
	defer done()
	refused := func(n int, err error) {
		t.failed++
		t.bar.clear()
		fmt.Fprintf(t.stderr, "quoth: %s:%d: %s\n", printable(path), n, printable(err.Error()))
		t.bar.add()
	}
	r := bufio.NewReaderSize(in, 1<<20)
	var line []byte
	begun := false
	for n := 1; ; n++ {
		var end error
		line, end = source.NextLine(r, line[:0], source.MaxLine)
		text := bytes.TrimSpace(line)
		switch {
		case errors.Is(end, quoth.ErrTooLarge):
			begun = true
			refused(n, end)
			continue
		case end != nil && end != io.EOF:
			return fmt.Errorf("%s: %w", path, end)
		case len(text) > 0 && !begun && text[0] != '{':
			return fmt.Errorf("%s: no export, its lines are no JSON objects; give what quoth export wrote, and articles to quoth add", path)
		}
		if len(text) > 0 {
			begun = true
			changed, err := t.line(line)
			var broken storeError
			switch {
			case t.ctx.Err() != nil, errors.As(err, &broken), errors.Is(err, store.ErrFull), errors.Is(err, store.ErrReadOnly):
				return err
			case err != nil:
				refused(n, err)
			default:
				if changed {
					t.changed++
				}
				t.bar.add()
			}
		}
		if end == io.EOF {
			return nil
		}
	}
}

// storeError is why the store could not be asked: nothing more can be kept.
type storeError struct{ error }

func (t *taking) line(line []byte) (bool, error) {
	var l store.Line
	if err := json.Unmarshal(line, &l); err != nil {
		return false, fmt.Errorf("malformed JSON: %w", err)
	}
	s, err := t.store.get()
	if err != nil {
		return false, storeError{err}
	}
	return s.Import(t.ctx, l)
}
