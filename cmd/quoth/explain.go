package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/read"
)

// explain shows for statement N of each article what led to its fields.
func (c *readCmd) explain(p *program, r *read.Reader, out *output) error {
	if c.Format != "text" {
		return errors.New("--explain is for people: leave --format out")
	}
	f := c.people(out, p)
	id, failed := string(c.Explain), false
	items := source.Read(p.ctx, c.Inputs, source.Options{Stdin: p.stdin, AllowPrivate: c.AllowPrivate})
	for page, err := range c.pages(items, newProgress(p.stderr, true).tell) {
		if err == nil {
			var rec *quoth.Record
			var e read.Evidence
			if rec, e, err = r.Explain(p.ctx, page, id); err == nil {
				if err := f.explain(rec, id, e); err != nil {
					return fmt.Errorf("writing: %w", err)
				}
				continue
			}
		}
		if p.ctx.Err() != nil {
			break
		}
		failed = true
		fmt.Fprintf(p.stderr, "quoth: %s: %s\n", printable(page.Name), printable(err.Error()))
	}
	if failed {
		return errSome
	}
	return p.ctx.Err()
}

// explain writes a statement and, field by field, the words that led there.
func (f *textForm) explain(r *quoth.Record, id string, e read.Evidence) error {
	f.b.Reset()
	if f.wrote {
		f.b.WriteString("\n\n")
	}
	f.wrote = true
	s := &r.Statements[slices.IndexFunc(r.Statements, func(s quoth.Statement) bool { return s.ID == id })]
	f.flow([]styled{{heading(s), bold}, {s.ID, dim}}, "", "")
	const label = 12
	line := func(name string, all ...styled) {
		f.flow(all, f.paint(fmt.Sprintf("  %-*s", label, name), dim), strings.Repeat(" ", label+2))
	}
	at := func(s quoth.Span) string {
		words := strings.TrimSpace(s.Text)
		if !strings.HasPrefix(words, "“") && !strings.HasPrefix(words, "\"") { // a quotation has its own marks
			words = "“" + words + "”"
		}
		return fmt.Sprintf("%s at %d", words, s.Start)
	}
	for _, g := range []struct {
		name  string
		spans []quoth.Span
	}{{"source", s.Source}, {"cue", s.Cue}, {"content", s.Content}} {
		for _, x := range g.spans {
			line(g.name, styled{at(x), ""})
		}
	}
	line("confidence", styled{fmt.Sprintf("%.2f that all three are exactly right", s.Confidence), ""})
	for _, who := range s.Speaker {
		var chain []string
		for _, x := range who.Evidence {
			chain = append(chain, at(x))
		}
		line("speaker", styled{who.Name, ""}, styled{"(" + string(who.Type) + ")", dim}, styled{"· " + strings.Join(chain, " → "), dim})
	}
	for _, role := range e.Roles {
		line("role", styled{at(role.Span), ""}, styled{"· " + role.How, dim})
	}
	for i, a := range e.Acts {
		if i > 2 || i > 0 && a.P < 0.01 {
			break
		}
		line(fmt.Sprintf("act %.2f", a.P), styled{string(a.Act), ink[a.Act]})
	}
	for _, t := range e.Ties {
		value := strings.Join(t.Values, ", ")
		if value == "" {
			value = "no date can be told"
		}
		why := fmt.Sprintf("· %s · rules %.2f, head %.2f", at(t.Span), t.Rules, t.Head)
		if t.From != s.ID {
			why += " · carried from " + t.From
		}
		line(fmt.Sprintf("%s %.2f", t.Field, t.P), styled{value, ""}, styled{why, dim})
	}
	_, err := io.WriteString(f.out, f.b.String())
	return err
}
