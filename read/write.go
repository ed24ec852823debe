package read

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/act"
	"github.com/quothnews/quoth/internal/attribution"
	"github.com/quothnews/quoth/internal/caption"
	"github.com/quothnews/quoth/internal/event"
	"github.com/quothnews/quoth/internal/figure"
	"github.com/quothnews/quoth/internal/occasion"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A writer turns what the heads found into a record.
type writer struct {
	view       *attribution.View
	ix         *quoth.Index
	article    *quoth.Article
	paragraphs []text.Range
	cast       *speaker.Cast
	times      []when.Dated
	before     int        // statements of the sections before
	explained  bool       // whether evidence is asked for
	evidence   []Evidence // what led to each statement
}

// write fills a record with the statements found, resolved and judged, and with
// what is read beside them.
func (w *writer) write(rec *quoth.Record, found []attribution.Statement) {
	w.cast = speaker.Of(w.people())
	names := w.cast.Names()
	w.times = when.Read(w.article.Text, w.article.Published)
	speakers, phrases := w.speakers(found)
	acts, _ := w.view.Judge(found)
	for i := range found {
		acts[i] = w.judge(acts[i], &found[i])
	}
	occasions := w.occasions(found, acts, speakers, phrases, names)
	for i := range found {
		f := &found[i]
		rec.Statements = append(rec.Statements, quoth.Statement{
			ID: "s" + strconv.Itoa(w.before+i+1), Source: w.spans(f.Source), Cue: w.spans(f.Cue), Content: w.spans(f.Content),
			Quotation: w.quotation(f), Speaker: w.named(speakers[i]), Role: speakers[i].Role, Act: act.Likeliest(acts[i]),
			Via: values(occasions[i][occasion.Via]), To: values(occasions[i][occasion.To]), When: w.when(occasions[i][occasion.When]), Confidence: round(f.Confidence),
		})
	}
	if w.explained {
		w.explain(rec.Statements, acts, speakers, occasions)
	}
	w.parents(rec.Statements, found)
	w.askers(rec.Statements, occasions)
	w.interview(rec.Statements, names)
	w.asked(rec.Statements, occasions)
	w.chains(rec.Statements)
	rec.Figures = w.figures(rec.Statements, found)
	rec.Captions = w.captions(names)
	rec.Events = w.events(names, rec.Statements, found)
}

// captions reads the words under pictures.
func (w *writer) captions(names []speaker.Name) []quoth.Picture {
	out := []quoth.Picture{}
	paragraphs := make([]caption.Paragraph, len(w.paragraphs))
	for i, p := range w.paragraphs {
		paragraphs[i] = caption.Paragraph{Range: p, Kind: w.article.Paragraphs[i].Kind}
	}
	for _, c := range caption.Read(w.article.Text, w.article.Published, paragraphs, names) {
		q := quoth.Picture{Span: w.ix.Span(c.Start, c.End), Who: append([]string{}, c.Who...), Where: w.words(c.Where), When: w.dated(c.When), Photographer: w.words(c.Photographer), Agency: w.words(c.Agency)}
		out = append(out, q)
	}
	return out
}

// events reads what statements announce or report.
func (w *writer) events(names []speaker.Name, statements []quoth.Statement, found []attribution.Statement) []quoth.Event {
	in := make([]event.Statement, len(found))
	for i, f := range found {
		in[i] = event.Statement{Cue: w.ranges(f.Cue), Content: w.ranges(f.Content)}
		for _, s := range statements[i].Speaker {
			in[i].Speakers = append(in[i].Speakers, s.Name)
		}
	}
	out := []quoth.Event{}
	for _, e := range event.Read(w.article.Text, w.article.Published, w.times, in, names) {
		q := quoth.Event{Span: w.ix.Span(e.Start, e.End), Who: append([]string{}, e.Who...), Where: w.words(e.Where), When: w.dated(e.When), Certainty: e.Certainty, Statement: statements[e.Statement].ID}
		out = append(out, q)
	}
	return out
}

// words is a stretch of the article's text.
func (w *writer) words(r text.Range) string { return w.article.Text[r.Start:r.End] }

// dated is a time with its date; nil where a text tells none.
func (w *writer) dated(d when.Dated) *quoth.When {
	if d.Len() == 0 {
		return nil
	}
	return &quoth.When{Text: w.words(d.Range), Date: d.Date}
}

// figures finds the quantities in the words that are somebody's. The giver is
// the speaker of the innermost statement that holds one.
func (w *writer) figures(statements []quoth.Statement, found []attribution.Statement) []quoth.Figure {
	out := []quoth.Figure{}
	var read []figure.Figure
	at := 0
	reckoners := w.reckoners(statements, found)
	for _, f := range figure.Find(w.article.Text, w.times) {
		for at < len(w.paragraphs) && w.paragraphs[at].End <= f.Start {
			at++
		}
		if at == len(w.paragraphs) || !w.paragraphs[at].Contains(f.Range) || !prose(w.article.Paragraphs[at].Kind) {
			continue
		}
		q := quoth.Figure{Span: w.ix.Span(f.Start, f.End), Low: f.Low, High: f.High, Unit: f.Unit, About: w.words(f.About), Caveat: w.words(f.Caveat)}
		size := len(w.article.Text) + 1
		for i := range found {
			for _, c := range found[i].Content {
				if r := w.view.Range(c); r.Contains(f.Range) && r.Len() < size && len(statements[i].Speaker) > 0 {
					size, q.Speaker = r.Len(), statements[i].Speaker[0].Name
				}
			}
		}
		if q.Speaker == "" {
			if i := w.reckoner(f.Range, reckoners); i >= 0 {
				q.Speaker = statements[i].Speaker[0].Name
			}
		}
		out, read = append(out, q), append(read, f)
	}
	for _, group := range figure.Rivals(read) {
		for _, i := range group {
			for _, k := range group {
				if differ(&out[i], &out[k]) {
					out[i].Rivals = append(out[i].Rivals, out[k].Span)
				}
			}
		}
	}
	return out
}

// differ reports whether two figures for the same thing are not the same value, or
// not the same word for one ("dozens", "hundreds").
func differ(a, b *quoth.Figure) bool {
	if a.Low == nil && a.High == nil && b.Low == nil && b.High == nil {
		return !strings.EqualFold(a.Text, b.Text)
	}
	return !figure.Equal(a.Low, b.Low) || !figure.Equal(a.High, b.High)
}

// A reckoner is a statement with the end of a source of it.
type reckoner struct{ end, statement int }

// reckoners lists the sources of statements with a speaker, in order of their
// ends.
func (w *writer) reckoners(statements []quoth.Statement, found []attribution.Statement) []reckoner {
	var out []reckoner
	for i := range found {
		for _, s := range w.ranges(found[i].Source) {
			if len(statements[i].Speaker) > 0 {
				out = append(out, reckoner{s.End, i})
			}
		}
	}
	slices.SortFunc(out, func(a, b reckoner) int { return cmp.Or(a.end-b.end, a.statement-b.statement) })
	return out
}

// reckoner is the statement whose source gives a figure that stands in nobody's
// words, right before "puts its own losses at 4,300"; -1 where there is none.
func (w *writer) reckoner(f text.Range, all []reckoner) int {
	const most = 11 // words between
	from := lastWords(w.article.Text[:f.Start], most)
	first := -1
	at, _ := slices.BinarySearchFunc(all, from, func(r reckoner, from int) int { return r.end - from })
	for ; at < len(all) && all[at].end < f.Start; at++ {
		between := strings.Fields(w.article.Text[all[at].end:f.Start])
		if len(between) > 0 && reckons[between[0]] && (first < 0 || all[at].statement < first) {
			first = all[at].statement
		}
	}
	return first
}

// lastWords is where the last words of a text begin, at most so many, with no
// sign between them that parts clauses.
func lastWords(s string, most int) int {
	words, within := 0, false
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		switch space := unicode.IsSpace(r); {
		case strings.ContainsRune(".!?;“”\"", r), !space && !within && words == most:
			return i
		case !space && !within:
			words++
			within = true
		case space:
			within = false
		}
		i -= size
	}
	return 0
}

var reckons = map[string]bool{"puts": true, "put": true, "estimates": true, "estimated": true, "counts": true, "counted": true, "places": true, "placed": true, "reckons": true, "reckoned": true}

// prose tells the kinds of paragraph that tell the story.
func prose(k quoth.ParagraphKind) bool { return k == quoth.Body || k == quoth.Title }

// spoken tells the kinds of paragraph whose words may be somebody's.
func spoken(k quoth.ParagraphKind) bool { return prose(k) || k == quoth.Caption }

// round keeps four digits, so that a record does not hang on the last bit of
// one processor's arithmetic.
func round(p float64) float64 { return float64(int(p*1e4+0.5)) / 1e4 }

// readable leaves out statements that touch a paragraph which is nobody's
// words: furniture, a heading or a credit.
func (w *writer) readable(all []attribution.Statement) []attribution.Statement {
	return slices.DeleteFunc(all, func(s attribution.Statement) bool {
		return slices.ContainsFunc(slices.Concat(s.Source, s.Cue, s.Content), func(x attribution.Span) bool {
			return !spoken(w.article.Paragraphs[w.view.Paragraph[x.First]].Kind)
		})
	})
}

// head is the first two paragraphs of the story: as a rule the title and the lead.
func (w *writer) head() []text.Range {
	var out []text.Range
	for i, p := range w.paragraphs {
		if len(out) < 2 && prose(w.article.Paragraphs[i].Kind) {
			out = append(out, p)
		}
	}
	return out
}

func (w *writer) ranges(in []attribution.Span) []text.Range {
	out := make([]text.Range, len(in))
	for i, s := range in {
		out[i] = w.view.Range(s)
	}
	return out
}

func (w *writer) spans(in []attribution.Span) []quoth.Span {
	out := make([]quoth.Span, len(in))
	for i, s := range in {
		r := w.view.Range(s)
		out[i] = w.ix.Span(r.Start, r.End)
	}
	return out
}

func (w *writer) quotation(s *attribution.Statement) quoth.Quotation {
	switch inside, outside := w.view.Quoted(s); {
	case inside == 0:
		return quoth.Indirect
	case outside == 0:
		return quoth.Direct
	}
	return quoth.Mixed
}

// judge weighs what the heads make of a statement's act with its words.
func (w *writer) judge(p []float64, s *attribution.Statement) []float64 {
	join := func(spans []attribution.Span) string {
		var b strings.Builder
		for _, x := range spans {
			b.WriteString(w.words(w.view.Range(x)))
			b.WriteByte(' ')
		}
		return b.String()
	}
	if s.Relays {
		return act.Weigh(p, join(s.Cue), "")
	}
	return act.Weigh(p, join(s.Cue), join(s.Content))
}

// parents names for each statement the smallest one whose content holds all of
// it.
func (w *writer) parents(out []quoth.Statement, found []attribution.Statement) {
	for i := range found {
		size := len(w.view.Pieces) + 1
		for k := range found {
			if k == i {
				continue
			}
			for _, c := range found[k].Content {
				if n := c.Last - c.First; n < size && holds(c, &found[i]) {
					size, out[i].Parent = n, out[k].ID
				}
			}
		}
	}
}

// holds reports whether all of s lies within c, and its content is not c.
func holds(c attribution.Span, s *attribution.Statement) bool {
	for _, g := range [][]attribution.Span{s.Source, s.Cue, s.Content} {
		for _, x := range g {
			if x.First < c.First || x.Last > c.Last || x == c {
				return false
			}
		}
	}
	return len(s.Content) > 0 && len(s.Cue)+len(s.Source) > 0
}
