package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// textForm writes records for people: the headline, outlet and date, then the
// speakers in the order in which they come up, each with all that he or she
// says, a statement a line: its number, what it does, the words, and after them
// the cue, to whom, through what, and when; below them figures, events and pictures.
type textForm struct {
	out    io.Writer
	width  int // columns
	colour bool
	wrote  bool
	b      strings.Builder
}

const usualWidth = 80 // columns, where nobody sees them

// newTextForm makes the form that writes to a file, fitted to it where it is a
// terminal.
func newTextForm(to *os.File) *textForm {
	f := &textForm{out: to, width: usualWidth}
	if fd := int(to.Fd()); term.IsTerminal(fd) {
		if w, _, err := term.GetSize(fd); err == nil && w > 0 {
			f.width = min(w, 110)
		}
		f.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return f
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
	f.wrap(store.Headline(a), "", bold)
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
	f.statements(r)
	f.figures(r)
	f.events(r)
	f.pictures(r)
	_, err := io.WriteString(f.out, strings.TrimRight(f.b.String(), "\n")+"\n")
	return err
}

// statements writes the statements under their speakers.
func (f *textForm) statements(r *quoth.Record) {
	type group struct {
		who, role string
		all       []*quoth.Statement
	}
	var groups []group
	at := map[string]int{}
	widest := 0
	for i := range r.Statements {
		s := &r.Statements[i]
		who := heading(s)
		k, ok := at[who]
		if !ok {
			k = len(groups)
			at[who] = k
			groups = append(groups, group{who: who})
		}
		if groups[k].role == "" && !strings.Contains(who, s.Role) {
			groups[k].role = s.Role
		}
		groups[k].all = append(groups[k].all, s)
		widest = max(widest, len(s.ID))
	}
	for _, g := range groups {
		f.b.WriteByte('\n')
		who := []styled{{g.who, bold}}
		if g.role != "" {
			who = []styled{{g.who + ",", bold}, {g.role, dim}}
		}
		f.flow(who, "", "")
		for _, s := range g.all {
			f.statement(s, widest)
		}
	}
}

// heading is what a statement stands under.
func heading(s *quoth.Statement) string {
	var names []string
	for _, sp := range s.Speaker {
		names = append(names, sp.Name)
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", ")
	case len(s.Source) > 0:
		return "“" + words(s.Source) + "”"
	}
	return "(nobody named)"
}

func words(spans []quoth.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.Join(strings.Fields(s.Text), " "))
	}
	return strings.Join(out, " … ")
}

// statement writes one: "s7  deny     the words · said · via letter · Monday".
func (f *textForm) statement(s *quoth.Statement, widest int) {
	const acts = 7 // the longest act
	lead := fmt.Sprintf("  %-*s  ", widest, s.ID)
	all := []styled{{words(s.Content), ""}}
	more := func(label, text string) {
		if text != "" {
			all = append(all, styled{"· " + label + text, dim})
		}
	}
	more("", words(s.Cue))
	more("to ", strings.Join(s.To, ", "))
	more("via ", strings.Join(s.Via, ", "))
	more("", dated(s.When))
	if s.Parent != "" {
		more("in ", s.Parent)
	}
	first := f.paint(lead, dim) + f.paint(fmt.Sprintf("%-*s  ", acts, s.Act), ink[s.Act])
	f.flow(all, first, strings.Repeat(" ", len(lead)+acts+2))
}

// dated is a time in the article's words, with its date where that says more.
func dated(w *quoth.When) string {
	switch {
	case w == nil:
		return ""
	case w.Date == "" || w.Date == w.Text:
		return w.Text
	}
	return w.Text + " (" + w.Date + ")"
}

// figures writes the quantities with who gives them.
func (f *textForm) figures(r *quoth.Record) {
	for i, g := range r.Figures {
		more := []string{g.About, g.Speaker}
		for _, s := range g.Rivals {
			more = append(more, "against "+s.Text)
		}
		if g.Caveat != "" {
			more = append(more, "but: "+g.Caveat)
		}
		f.item(i, "Figures", g.Text, more...)
	}
}

// events writes what is announced: what, who, where, when, how certain, by which
// statement.
func (f *textForm) events(r *quoth.Record) {
	for i, e := range r.Events {
		f.item(i, "Events announced", e.Text, strings.Join(e.Who, ", "), e.Where, dated(e.When), string(e.Certainty), e.Statement)
	}
}

// pictures writes what the words under pictures tell: who is seen, where, when, and
// whose the picture is.
func (f *textForm) pictures(r *quoth.Record) {
	for i, p := range r.Captions {
		f.item(i, "Pictures", p.Text, strings.Join(p.Who, ", "), p.Where, dated(p.When), p.Photographer, p.Agency)
	}
}

// item writes entry i of a list below the statements, the list's name before the
// first, and what there is more to say of it.
func (f *textForm) item(i int, list, text string, more ...string) {
	if i == 0 {
		f.b.WriteString("\n" + f.paint(list, bold) + "\n")
	}
	line := []styled{{text, ""}}
	for _, s := range more {
		if s != "" {
			line = append(line, styled{"· " + s, dim})
		}
	}
	f.flow(line, "  ", "  ")
}

// printable drops what would steer a terminal or turn the reading direction:
// the article's words are somebody else's.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return -1
		}
		return r
	}, s)
}

// steers reports whether a code point steers a terminal, or the direction in which
// it shows letters.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

func (f *textForm) paint(s, code string) string {
	s = printable(s)
	if !f.colour || code == "" || s == "" {
		return s
	}
	return code + s + plain
}

// styled is a stretch of text in one style.
type styled struct{ text, code string }

// wrap writes a paragraph in lines of the width.
func (f *textForm) wrap(s, indent, code string) { f.flow([]styled{{s, code}}, indent, indent) }

// flow writes stretches one after another in lines of the width. first stands
// before the first line and takes as many columns as indent, which stands
// before the others.
func (f *textForm) flow(all []styled, first, indent string) {
	room := max(20, f.width-utf8.RuneCountInString(indent))
	column := 0
	f.b.WriteString(first)
	for _, s := range all {
		var line strings.Builder // words of this stretch on this line
		for w := range strings.FieldsSeq(strings.ReplaceAll(s.text, "· ", "·\x00")) {
			w = strings.ReplaceAll(w, "\x00", " ") // a dot stays with its word
			n := utf8.RuneCountInString(w)
			if column > 0 && column+1+n > room {
				f.b.WriteString(f.paint(line.String(), s.code) + "\n" + indent)
				line.Reset()
				column = 0
			}
			if column > 0 {
				line.WriteByte(' ')
				column++
			}
			line.WriteString(w)
			column += n
		}
		f.b.WriteString(f.paint(line.String(), s.code))
	}
	f.b.WriteByte('\n')
}
