package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/claim"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/store"
)

type claimsCmd struct {
	dbFlag
	Records []string `arg:"" optional:"" name:"records" help:"Files of records as quoth read --format jsonl writes them, - for standard input. Without any, the store's records."`
	Format  string   `enum:"text,jsonl" default:"text" help:"text for people, or jsonl: a claim a line."`
	Limit   int      `placeholder:"N" help:"At most so many claims, those with the most independent sources first."`
}

// Run joins statements into claims and shows them, for the store's statements
// with what people decided about them on the desk.
func (c *claimsCmd) Run(p *program) error {
	r, err := p.reader()
	if err != nil {
		return err
	}
	var all []claim.Statement
	var verdicts []store.Verdict
	if len(c.Records) > 0 {
		all, err = c.fromFiles(p)
	} else {
		all, verdicts, err = c.fromStore(p)
	}
	if err != nil {
		return err
	}
	found := decided(all, claim.Join(all, claim.Options{Word: r.Word}), verdicts)
	if c.Limit > 0 {
		found = found[:min(len(found), c.Limit)]
	}
	if c.Format == "jsonl" {
		out := bufio.NewWriter(p.data())
		enc := plainEncoder(out)
		for i := range found {
			if err := enc.Encode(claimLine(&found[i], all)); err != nil {
				return fmt.Errorf("writing: %w", err)
			}
		}
		return out.Flush()
	}
	f := newTextForm(p.stdout)
	for i := range found {
		if i > 0 {
			f.b.WriteByte('\n')
		}
		f.claim(&found[i], all)
	}
	if len(found) == 0 {
		f.b.WriteString("No claims: nothing here is spoken of in two articles or by two speakers.\n")
	}
	_, err = p.stdout.WriteString(f.b.String())
	return err
}

func (c *claimsCmd) fromStore(p *program) (all []claim.Statement, verdicts []store.Verdict, err error) {
	s, err := c.openOld(p)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for r, err := range s.Readings(p.ctx) {
		if err != nil {
			return nil, nil, err
		}
		v := r.View()
		all = append(all, claim.Statements(&v.Record, func(i int) string { return v.Items.Statements[i] })...)
	}
	verdicts, err = s.Verdicts(p.ctx)
	return all, store.Standing(verdicts), err
}

// A decidedClaim is a claim with what people decided about it.
type decidedClaim struct {
	claim.Claim
	confirmed bool
}

// decided lays people's verdicts over the claims that the machine found.
func decided(all []claim.Statement, found []claim.Claim, verdicts []store.Verdict) []decidedClaim {
	out := []decidedClaim{}
	if len(verdicts) == 0 {
		for _, c := range found {
			out = append(out, decidedClaim{c, false})
		}
		return out
	}
	at := map[string]int{}
	for i := range all {
		at[all[i].ID] = i
	}
	j := newJoined(all, found)
	for _, v := range verdicts {
		j.lay(v)
	}
	for _, c := range j.finish(nil, time.Time{}) {
		d := decidedClaim{claim.Claim{ID: c.ID, Text: c.Name, Score: c.Score, Sources: c.Sources}, c.Confirmed}
		for _, m := range c.Members {
			d.Members = append(d.Members, claim.Member{Statement: at[m.Statement], Stance: claim.Stance(m.Stance), Utterance: m.Utterance, Score: m.Score})
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(x, y decidedClaim) int { return cmp.Compare(y.Sources, x.Sources) })
	return out
}

func (c *claimsCmd) fromFiles(p *program) ([]claim.Statement, error) {
	var all []claim.Statement
	seen := map[string]string{}
	for _, name := range c.Records {
		in, done, err := p.open(name)
		if err != nil {
			return nil, err
		}
		defer done()
		lines := bufio.NewReaderSize(in, 1<<16)
		var line []byte
		for n := 1; ; n++ {
			var err error
			line, err = source.NextLine(lines, line[:0], source.MaxLine)
			if p.ctx.Err() != nil {
				return nil, p.ctx.Err()
			}
			if err != nil && err != io.EOF {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			at := name + ":" + strconv.Itoa(n)
			if len(strings.TrimSpace(string(line))) > 0 {
				var r quoth.Record
				if bad := json.Unmarshal(line, &r); bad != nil {
					return nil, fmt.Errorf("%s: not a record: %w; write records with quoth read --format jsonl", at, bad)
				}
				if bad := r.Check(); bad != nil {
					return nil, fmt.Errorf("%s: %w", at, bad)
				}
				if r.Article.ID == "" {
					return nil, fmt.Errorf("%s: not a record: it has no article.id; write records with quoth read --format jsonl", at)
				}
				if before, ok := seen[r.Article.ID]; ok {
					return nil, fmt.Errorf("%s: article %s is in %s already", at, r.Article.ID, before)
				}
				seen[r.Article.ID] = at
				all = append(all, claim.Statements(&r, func(i int) string { return r.Article.ID + "/" + r.Statements[i].ID })...)
			}
			if err == io.EOF {
				break
			}
		}
	}
	return all, nil
}

// A claimJSON is a claim as --format jsonl writes it.
type claimJSON struct {
	ID         string       `json:"id"`
	Text       string       `json:"text"`
	Score      float64      `json:"score"`
	Confirmed  bool         `json:"confirmed"` // by a person
	Sources    int          `json:"sources"`   // independent ones that say it
	Speakers   []string     `json:"speakers"`
	Outlets    []string     `json:"outlets"`
	First      string       `json:"first"`
	Last       string       `json:"last"`
	Statements []memberJSON `json:"statements"` // in order of time
	Shifts     []shiftJSON  `json:"shifts"`
}

type memberJSON struct {
	Statement string       `json:"statement"`
	Article   string       `json:"article"`
	Start     int          `json:"start"`
	End       int          `json:"end"`
	Stance    claim.Stance `json:"stance"`
	Utterance string       `json:"utterance"`
	Score     float64      `json:"score"`
	Speaker   []string     `json:"speaker"`
	Act       quoth.Act    `json:"act"`
	Outlet    string       `json:"outlet"`
	Date      string       `json:"date"` // when it was said, else published
	Text      string       `json:"text"`
}

type shiftJSON struct {
	Speaker   string       `json:"speaker"`
	Statement string       `json:"statement"`
	Date      string       `json:"date"`
	Act       quoth.Act    `json:"act"`
	From      claim.Stance `json:"from"`
	To        claim.Stance `json:"to"`
}

func claimLine(c *decidedClaim, all []claim.Statement) claimJSON {
	out := claimJSON{ID: c.ID, Text: c.Text, Score: c.Score, Confirmed: c.confirmed, Sources: c.Sources, Speakers: []string{}, Outlets: []string{}, Shifts: []shiftJSON{}}
	once := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, m := range c.Members {
		s := &all[m.Statement]
		start, end := claim.Bounds(&s.Statement)
		j := memberJSON{Statement: s.ID, Article: s.Article, Start: start, End: end, Stance: m.Stance, Utterance: m.Utterance, Score: m.Score,
			Speaker: []string{}, Act: s.Act, Outlet: s.Outlet, Date: claim.Day(s), Text: s.Words}
		for _, sp := range s.Speaker {
			j.Speaker = append(j.Speaker, sp.Name)
			once(&out.Speakers, sp.Name)
		}
		once(&out.Outlets, s.Outlet)
		if j.Date != "" {
			if out.First == "" || j.Date < out.First {
				out.First = j.Date
			}
			out.Last = max(out.Last, j.Date)
		}
		out.Statements = append(out.Statements, j)
	}
	for _, o := range claim.Courses(all, &c.Claim, nil) {
		for i, t := range o.Turns {
			if t.Shift {
				out.Shifts = append(out.Shifts, shiftJSON{o.Speaker, all[t.Statement].ID, t.Day, t.Act, o.Turns[i-1].Stance, t.Stance})
			}
		}
	}
	return out
}

// claim writes one: what it says, how well it is attested, then who stands
// where to it, in order of time.
func (f *textForm) claim(c *decidedClaim, all []claim.Statement) {
	l := claimLine(c, all)
	f.flow([]styled{{strings.Join(strings.Fields(l.Text), " "), bold}}, "", "")
	facts := counted(l.Sources, "independent source") + " · " + counted(len(l.Outlets), "outlet")
	if l.First != "" {
		facts += " · " + l.First
		if l.Last != l.First {
			facts += " to " + l.Last
		}
	}
	if l.Confirmed {
		facts += " · one claim, a person says"
	} else {
		facts += " · score " + strconv.FormatFloat(l.Score, 'f', 2, 64)
	}
	f.flow([]styled{{facts, dim}}, "", "")
	first := map[string]bool{}
	for i, m := range l.Statements {
		if m.Utterance != "" && first[m.Utterance] {
			continue
		}
		first[m.Utterance] = true
		var where []string // outlets, then the day
		if m.Outlet != "" {
			where = append(where, m.Outlet)
		}
		for _, o := range l.Statements[i+1:] {
			if m.Utterance != "" && o.Utterance == m.Utterance && o.Outlet != "" && !slices.Contains(where, o.Outlet) {
				where = append(where, o.Outlet)
			}
		}
		if m.Date != "" {
			where = append(where, m.Date)
		}
		words := strings.Join(strings.Fields(m.Text), " ")
		if words == "" {
			words = "(" + string(m.Act) + ")"
		}
		line := []styled{{heading(&all[c.Members[i].Statement].Statement), bold}, {words, ""}}
		if len(where) > 0 {
			line = append(line, styled{"· " + strings.Join(where, " · "), dim})
		}
		const stances = 7 // the longest stance
		lead := fmt.Sprintf("  %-*s  ", stances, m.Stance)
		f.flow(line, f.paint(lead, dim), strings.Repeat(" ", len(lead)))
	}
	for _, s := range l.Shifts {
		f.flow([]styled{{fmt.Sprintf("%s: %s, then %s on %s", s.Speaker, s.From, s.To, s.Date), ""}}, "  shift    ", "           ")
	}
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
