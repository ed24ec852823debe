package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth"
)

// textForm writes records for people: the headline, outlet and date, then each
// statement under its speaker.
type textForm struct {
	out    io.Writer
	width  int // columns
	colour bool
	wrote  bool
	b      strings.Builder
}

const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

// ink names the colour of acts that users come for.
var ink = map[quoth.Act]string{
	quoth.Deny: "\x1b[31m", quoth.Neither: "\x1b[33m", quoth.Decline: "\x1b[33m", quoth.Confirm: "\x1b[32m",
	quoth.Urge: "\x1b[36m", quoth.Commit: "\x1b[36m", quoth.Ask: "\x1b[36m", quoth.Judge: "\x1b[35m", quoth.Think: "\x1b[34m",
}

func (f *textForm) close() error { return nil }

func (f *textForm) write(r *quoth.Record) error {
	f.b.Reset()
	if f.wrote {
		f.b.WriteString("\n\n")
	}
	f.wrote = true
	a := &r.Article
	title := a.Title
	if title == "" {
		title = a.ID
	}
	f.wrap(title, "", bold)
	var head []string
	for _, s := range []string{a.Outlet, a.Byline, a.Published} {
		if s != "" {
			head = append(head, s)
		}
	}
	if len(head) > 0 {
		f.wrap(strings.Join(head, " · "), "", dim)
	}
	if r.Reason != "" {
		f.b.WriteByte('\n')
		f.wrap("Nothing to show: "+r.Reason+".", "", "")
	}
	last := ""
	for i := range r.Statements {
		s := &r.Statements[i]
		who, role := speaker(s)
		if who != last {
			f.b.WriteByte('\n')
			if role != "" {
				who, last = f.paint(who, bold)+f.paint(", "+role, dim), who
			} else {
				last, who = who, f.paint(who, bold)
			}
			f.b.WriteString(who)
			f.b.WriteByte('\n')
		}
		f.statement(s)
	}
	f.b.WriteByte('\n')
	f.figures(r)
	_, err := io.WriteString(f.out, strings.TrimRight(f.b.String(), "\n")+"\n")
	return err
}

// speaker gives the heading that a statement stands under.
func speaker(s *quoth.Statement) (who, role string) {
	var names []string
	for _, sp := range s.Speaker {
		names = append(names, sp.Name)
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", "), s.Role
	case len(s.Source) > 0:
		return "“" + words(s.Source) + "”", ""
	}
	return "(nobody named)", ""
}

func words(spans []quoth.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.Join(strings.Fields(s.Text), " "))
	}
	return strings.Join(out, " … ")
}

func (f *textForm) statement(s *quoth.Statement) {
	label := string(s.Act)
	if cue := words(s.Cue); cue != "" {
		label += " (" + cue + ")"
	}
	indent := "  "
	if s.Parent != "" {
		indent = "    "
	}
	f.b.WriteString(indent + f.paint(label, ink[s.Act]))
	var more []string
	if len(s.To) > 0 {
		more = append(more, "to "+strings.Join(s.To, ", "))
	}
	if len(s.Via) > 0 {
		more = append(more, "via "+strings.Join(s.Via, ", "))
	}
	if s.When != nil {
		w := s.When.Text
		if s.When.Date != "" && s.When.Date != w {
			w += " = " + s.When.Date
		}
		more = append(more, w)
	}
	if len(more) > 0 {
		f.b.WriteString(f.paint(" · "+strings.Join(more, " · "), dim))
	}
	f.b.WriteByte('\n')
	if len(s.Content) > 0 {
		f.wrap(words(s.Content), indent+"  ", "")
	}
}

func (f *textForm) figures(r *quoth.Record) {
	for i, g := range r.Figures {
		if i == 0 {
			f.b.WriteString("\n" + f.paint("Figures", bold) + "\n")
		}
		who := g.Speaker
		if who == "" {
			who = "the article"
		}
		line := g.Text
		if g.About != "" {
			line += ": " + g.About
		}
		f.wrap(line+" — "+who, "  ", "")
	}
}

// printable drops what would steer a terminal or turn the reading direction:
// the article's words are somebody else's.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
}

func (f *textForm) paint(s, code string) string {
	s = printable(s)
	if !f.colour || code == "" {
		return s
	}
	return code + s + plain
}

// wrap writes a paragraph in lines of the width.
func (f *textForm) wrap(s, indent, code string) {
	column := 0
	var line strings.Builder
	flush := func() {
		if column > 0 {
			fmt.Fprintf(&f.b, "%s%s\n", indent, f.paint(line.String(), code))
		}
		line.Reset()
		column = 0
	}
	room := max(20, f.width-len(indent))
	for _, w := range strings.Fields(s) {
		n := utf8.RuneCountInString(w)
		if column > 0 && column+1+n > room {
			flush()
		}
		if column > 0 {
			line.WriteByte(' ')
			column++
		}
		line.WriteString(w)
		column += n
	}
	flush()
}
