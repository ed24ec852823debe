package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

type searchCmd struct {
	dbFlag
	Words     []string `arg:"" optional:"" help:"Words of the statement, in any form; an argument of several words is an exact phrase."`
	Speaker   string   `placeholder:"NAME" help:"Said by NAME, under whatever form of it."`
	Role      string   `placeholder:"WORDS" help:"Said by somebody in that role."`
	Act       []string `placeholder:"ACT" help:"assert, confirm, deny, neither, decline, ask, urge, commit, judge or think. May be repeated: any of them."`
	Via       string   `placeholder:"WORDS" help:"Through this carrier."`
	Outlet    string   `placeholder:"NAME" help:"In articles of this outlet: words of its name, or all of it in quotation marks."`
	To        string   `placeholder:"NAME" help:"Said to NAME."`
	Said      string   `placeholder:"FROM..TO" help:"When it was said, as the article tells: 2025-02-10, 2025-02, 2025-01..2025-03, 2025-02..."`
	Published string   `placeholder:"FROM..TO" help:"When the article was published."`
	Figure    string   `placeholder:"LOW..HIGH" help:"With a figure between."`
	Article   string   `placeholder:"ID" help:"In this article."`
	Vanished  bool     `help:"Also what newer revisions of articles no longer have."`
	Order     string   `enum:"newest,oldest,best" default:"newest" help:"newest, oldest, or best: those that fit the words best."`
	Limit     int      `default:"20" placeholder:"N" help:"At most so many (up to 500)."`
	Cursor    string   `placeholder:"CURSOR" help:"Go on where an earlier search with the same conditions ended."`
	Format    string   `enum:"text,json,jsonl,csv" default:"text" help:"text for people, json (one object), jsonl (a statement a line) or csv."`
}

func (c *searchCmd) query() (store.Query, error) {
	q := store.Query{
		Speaker: c.Speaker, Role: c.Role, Via: c.Via, Outlet: c.Outlet, To: c.To, Article: c.Article, Vanished: c.Vanished,
		Order: store.Order(c.Order), Limit: c.Limit, Cursor: c.Cursor,
	}
	var words []string
	for _, w := range c.Words {
		if strings.Contains(strings.TrimSpace(w), " ") && !strings.Contains(w, `"`) {
			w = `"` + w + `"`
		}
		words = append(words, w)
	}
	q.Words = strings.Join(words, " ")
	for _, a := range c.Act {
		q.Acts = append(q.Acts, quoth.Act(a))
	}
	var errs [3]error
	q.Said, errs[0] = days("said", c.Said)
	q.Published, errs[1] = days("published", c.Published)
	q.Low, q.High, errs[2] = bounds("figure", c.Figure)
	return q, errors.Join(errs[:]...)
}

// Run searches and prints.
func (c *searchCmd) Run(p *program) (err error) {
	q, err := c.query()
	if err != nil {
		return err
	}
	s, err := c.openOld(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r, err := s.Search(p.ctx, q)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		enc := plainEncoder(p.data())
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	case "jsonl":
		enc := plainEncoder(p.data())
		for _, h := range r.Hits {
			if err := enc.Encode(h); err != nil {
				return err
			}
		}
	case "csv":
		t := store.NewTable(p.data())
		for _, h := range r.Hits {
			t.Put(h)
		}
		if err := t.Close(); err != nil {
			return err
		}
	default:
		if err := c.text(p, r.Hits); err != nil {
			return err
		}
	}
	if r.Next != "" {
		fmt.Fprintf(p.stderr, "more: --cursor %s\n", r.Next)
	}
	return nil
}

// text prints hits for people.
func (c *searchCmd) text(p *program, hits []store.Hit) error {
	f := newTextForm(p.stdout)
	for i := range hits {
		if i > 0 {
			f.b.WriteByte('\n')
		}
		f.hit(&hits[i])
	}
	if len(hits) == 0 {
		f.b.WriteString("Nothing found.\n")
	}
	_, err := p.stdout.WriteString(f.b.String())
	return err
}

// hit writes one: who does what, how and when; the words; where they stand.
func (f *textForm) hit(h *store.Hit) {
	var names []string
	for _, s := range h.Speakers {
		names = append(names, s.Name)
	}
	who := strings.Join(names, ", ")
	switch {
	case who == "" && h.Source == "":
		who = "(nobody named)"
	case who == "":
		who = "“" + h.Source + "”"
	}
	line := []styled{{who, bold}}
	if role := h.RoleBeside(); role != "" {
		line = []styled{{who + ",", bold}, {role, dim}}
	}
	line = append(line, styled{"\x00" + string(h.Act), ink[h.Act]}) // two spaces before it
	more := func(label, text string) {
		if text != "" {
			line = append(line, styled{"· " + label + text, dim})
		}
	}
	if h.Cue != "" {
		line = append(line, styled{"(" + h.Cue + ")", dim})
	}
	more("to ", strings.Join(h.To, ", "))
	more("via ", strings.Join(h.Via, ", "))
	if h.When != nil {
		more("", h.When.Text)
	}
	more("corrected: ", strings.Join(h.Corrected, ", "))
	if h.Vanished {
		more("", "no longer in the article")
	}
	f.flow(line, "", "")
	f.found(h)
	var at []string
	for _, s := range []string{h.Outlet, h.Published, h.Title, h.ID} {
		if s != "" {
			at = append(at, s)
		}
	}
	f.wrap(strings.Join(at, " · "), "  ", dim)
}

// found writes the content with the words asked for set off. Each word that
// holds part of one is.
func (f *textForm) found(h *store.Hit) {
	if h.Content == "" {
		return
	}
	at, column := 0, 0
	f.b.WriteString("  ")
	for _, w := range strings.Split(h.Content, " ") {
		n := len([]rune(w))
		if column > 0 && column+1+n > max(20, f.width-2) {
			f.b.WriteString("\n  ")
			column = 0
		}
		if column > 0 {
			f.b.WriteByte(' ')
			column++
		}
		code := ""
		if slices.ContainsFunc(h.Highlights, func(r store.Range) bool { return r.Start < at+n && r.End > at }) {
			code = bold
		}
		f.b.WriteString(f.paint(w, code))
		column += n
		at += n + 1
	}
	f.b.WriteByte('\n')
}
