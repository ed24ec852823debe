package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/article"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/read"
)

type readCmd struct {
	Inputs []string `arg:"" name:"input" help:"A file, a folder, an http(s) address, or - for standard input. HTML, text, JSON and JSON Lines are told apart by looking inside; any may be gzipped."`
	Format string   `enum:"text,json,jsonl" default:"text" help:"text for people, json (one object; an array for several articles), or jsonl (one object a line)."`
	givenFlags
	Output        string      `short:"o" placeholder:"FILE" help:"Write there instead of to standard output."`
	MinConfidence float64     `placeholder:"P" help:"Leave out statements whose confidence is lower (0 to 1)."`
	Explain       statementID `placeholder:"N" help:"Show what led to each field of statement N of each article instead."`
	AllowPrivate  bool        `help:"Fetch from private networks and from this machine too."`
}

// givenFlags say of articles what the input does not give.
type givenFlags struct {
	Published day    `placeholder:"DATE" help:"The day of publication (2025-02-10), where the input gives none beside the text. It goes before what a page of HTML says."`
	Outlet    string `placeholder:"NAME" help:"The outlet, in the same way."`
}

// lay lays the flags over a page. Where the date that came with it is none, it
// is told so.
func (g givenFlags) lay(p *quoth.Page, tell func(string)) {
	_, dated := read.GivenDate(p.Published)
	if !dated && strings.TrimSpace(p.Published) != "" {
		tell(fmt.Sprintf("%s: published %.60q is no date, and does not count; write it as 2025-02-10", p.Name, p.Published))
	}
	if g.Published != "" && !dated {
		p.Published = string(g.Published)
	}
	if p.Outlet == "" {
		p.Outlet = g.Outlet
	}
}

// A day is a date of publication that somebody gives: as EDTF, or "".
type day string

// UnmarshalText refuses what is no date: nothing would come of it.
func (d *day) UnmarshalText(b []byte) error {
	date, ok := article.GivenDate(string(b))
	if !ok {
		return fmt.Errorf("%q is no date; write it as 2025-02-10", b)
	}
	*d = day(date)
	return nil
}

// A statementID names a statement within its article: "s8". It is given as that or
// as its number; "" is none.
type statementID string

// UnmarshalText refuses what names no statement.
func (s *statementID) UnmarshalText(b []byte) error {
	n, err := strconv.ParseUint(strings.TrimPrefix(string(b), "s"), 10, 31)
	if err != nil {
		return fmt.Errorf("%q is no statement's number; write it as 8 or s8", b)
	}
	*s = statementID(fmt.Sprintf("s%d", n))
	return nil
}

// Validate refuses numbers that no statement has.
func (c *readCmd) Validate() error {
	if c.MinConfidence < 0 || c.MinConfidence > 1 {
		return fmt.Errorf("--min-confidence %v: give a number from 0 to 1", c.MinConfidence)
	}
	for _, in := range c.Inputs {
		if c.Output != "" && sameFile(in, c.Output) {
			return c.lost()
		}
	}
	return nil
}

func (c *readCmd) lost() error {
	return fmt.Errorf("-o %s is an input too, and would be lost; choose another file", c.Output)
}

// sameFile reports whether two paths lead to one regular file, or the second
// to a file within the folder that the first is.
func sameFile(in, file string) bool {
	a, err1 := os.Stat(in)
	b, err2 := os.Stat(file)
	if err1 != nil || err2 != nil || !b.Mode().IsRegular() {
		return false
	}
	if !a.IsDir() {
		return os.SameFile(a, b)
	}
	found := false
	filepath.WalkDir(in, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if x, err := os.Stat(p); err == nil && os.SameFile(x, b) {
				found = true
				return fs.SkipAll
			}
		}
		return nil
	})
	return found
}

// Run reads the inputs and writes their records in order.
func (c *readCmd) Run(p *program) error {
	r, err := p.reader()
	if err != nil {
		return err
	}
	if in, ok := p.stdin.(*os.File); ok && c.Output != "" && slices.Contains(c.Inputs, "-") {
		a, err1 := in.Stat()
		b, err2 := os.Stat(c.Output)
		if err1 == nil && err2 == nil && b.Mode().IsRegular() && os.SameFile(a, b) {
			return c.lost()
		}
	}
	out := &output{path: c.Output, file: p.stdout}
	if c.Explain != "" {
		return out.close(c.explain(p, r, out))
	}
	form := c.form(out, p)
	bar := newProgress(p.stderr, c.Output == "" && term.IsTerminal(int(p.stdout.Fd())))
	failed := 0
	items := source.Read(p.ctx, c.Inputs, source.Options{Stdin: p.stdin, AllowPrivate: c.AllowPrivate})
	for res := range r.All(p.ctx, c.pages(items, bar.tell), runtime.GOMAXPROCS(0)) {
		if res.Err != nil {
			if p.ctx.Err() != nil {
				break
			}
			failed++
			bar.clear()
			fmt.Fprintf(p.stderr, "quoth: %s: %s\n", printable(res.Name), printable(res.Err.Error()))
			continue
		}
		c.keep(res.Record)
		if err := form.write(res.Record); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		bar.add()
	}
	bar.clear()
	if err := out.close(form.close()); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	if p.ctx.Err() != nil {
		fmt.Fprintln(p.stderr, "quoth: stopped; what was read until then is complete")
		return errSome
	}
	if failed > 0 {
		return errSome
	}
	return nil
}

// pages hands on the pages of items, with what the flags say about them.
func (c *readCmd) pages(items iter.Seq[source.Item], tell func(string)) iter.Seq2[quoth.Page, error] {
	return func(yield func(quoth.Page, error) bool) {
		for it := range items {
			it.Page.Name = it.Name
			if it.Err == nil {
				c.lay(&it.Page, tell)
			}
			if !yield(it.Page, it.Err) {
				return
			}
		}
	}
}

// keep drops the statements below the least confidence, and the events that
// they announce. What stands within one of them stands within what holds it.
func (c *readCmd) keep(rec *quoth.Record) {
	above := map[string]string{} // the parents of those that are dropped
	kept := slices.DeleteFunc(rec.Statements, func(s quoth.Statement) bool {
		drop := s.Confidence < c.MinConfidence
		if drop {
			above[s.ID] = s.Parent
		}
		return drop
	})
	for i := range kept {
		for gone := true; gone; {
			var parent string
			if parent, gone = above[kept[i].Parent]; gone {
				kept[i].Parent = parent
			}
		}
	}
	rec.Events = slices.DeleteFunc(rec.Events, func(e quoth.Event) bool {
		_, gone := above[e.Statement]
		return gone
	})
	if len(kept) == 0 && len(above) > 0 {
		rec.Reason = fmt.Sprintf("no statement has a confidence of %v or more", c.MinConfidence)
	}
	rec.Statements = kept
}

// A form writes records in one of the formats.
type form interface {
	write(*quoth.Record) error
	close() error
}

func (c *readCmd) form(out *output, p *program) form {
	switch c.Format {
	case "jsonl":
		return &jsonForm{out: p.dataTo(out)}
	case "json":
		return &jsonForm{out: p.dataTo(out), pretty: true}
	}
	return c.people(out, p)
}

// people is the form for people.
func (c *readCmd) people(out *output, p *program) *textForm {
	t := newTextForm(p.stdout)
	if t.out = out; c.Output != "" {
		t.width, t.colour = usualWidth, false
	}
	return t
}

// jsonForm writes one object a line; or, pretty, one object, and an array
// where there are several.
type jsonForm struct {
	out    io.Writer
	pretty bool
	held   *quoth.Record // the first record, until it is known whether another follows
	many   bool
	buf    bytes.Buffer
}

func (f *jsonForm) write(r *quoth.Record) error {
	if !f.pretty {
		return f.put("", r, "\n")
	}
	if f.held == nil {
		f.held = r
		return nil
	}
	before := ",\n"
	if !f.many {
		f.many = true
		if err := f.put("[\n", f.held, ""); err != nil {
			return err
		}
	}
	return f.put(before, r, "")
}

func (f *jsonForm) put(before string, r *quoth.Record, after string) error {
	f.buf.Reset()
	f.buf.WriteString(before)
	enc := plainEncoder(&f.buf)
	if f.pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(r); err != nil {
		return err
	}
	f.buf.Truncate(f.buf.Len() - 1)
	f.buf.WriteString(after)
	_, err := f.out.Write(f.buf.Bytes())
	return err
}

func (f *jsonForm) close() error {
	switch {
	case f.many:
		_, err := io.WriteString(f.out, "\n]\n")
		return err
	case f.held != nil:
		return f.put("", f.held, "\n")
	}
	return nil
}

// progress counts articles on a terminal, in place.
type progress struct {
	to   io.Writer
	what string
	n    int
	live bool
}

// newProgress shows nothing where standard error is no terminal, or where the
// records themselves scroll by on it.
func newProgress(stderr *os.File, shown bool) *progress {
	return &progress{to: stderr, what: "articles read", live: !shown && term.IsTerminal(int(stderr.Fd()))}
}

func (p *progress) add() {
	p.n++
	if p.live {
		fmt.Fprintf(p.to, "\r\x1b[K%d %s", p.n, p.what)
	}
}

// tell writes a line of standard error; it may be called while others count.
func (p *progress) tell(line string) {
	wipe := ""
	if p.live {
		wipe = "\r\x1b[K"
	}
	fmt.Fprintf(p.to, "%squoth: %s\n", wipe, printable(line))
}

func (p *progress) clear() {
	if p.live && p.n > 0 {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}
