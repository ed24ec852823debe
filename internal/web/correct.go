package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func (d *Desk) correct(r *http.Request) (to, done string, err error) {
	item := r.PostFormValue("item")
	if len(item) == 0 || item[0] != 's' {
		return d.correctArticle(r, item)
	}
	ctx := r.Context()
	hit, err := d.store.Statement(ctx, item)
	if err != nil {
		return "", "", err
	}
	a, err := d.store.Article(ctx, hit.Article, hit.Revision)
	if err != nil {
		return "", "", err
	}
	to = address("statements", item)
	if r.PostForm.Has("removed") {
		return d.keep(r, a, item, to, []changedField{{"removed", true}})
	}
	i := slices.Index(a.Items.Statements, item)
	if i < 0 {
		return "", "", fmt.Errorf("statement %s in article %s, revision %d: %w", item, a.ID, a.N, store.ErrNotFound)
	}
	changed, err := changes(a.Record.Statements[i], r.PostForm, quoth.NewIndex(a.Record.Article.Text))
	if err != nil {
		return "", "", err
	}
	return d.keep(r, a, item, to, changed)
}

// correctArticle corrects what belongs to no statement: an article's own title,
// outlet, author and day, one of its figures, events or pictures, or that it lacks
// something. Positions are those of the revision that the person saw.
func (d *Desk) correctArticle(r *http.Request, item string) (to, done string, err error) {
	seen, _ := strconv.Atoi(r.PostFormValue("revision")) // none: the newest
	a, err := d.store.Article(r.Context(), r.PostFormValue("article"), seen)
	if err != nil {
		return "", "", err
	}
	to = address("articles", a.ID)
	ix := quoth.NewIndex(a.Record.Article.Text)
	var changed []changedField
	switch {
	case r.PostForm.Has("missed"):
		var x any
		field := r.PostFormValue("missed")
		if x, err = missed(field, r.PostForm, ix); err == nil {
			changed = []changedField{{field, x}}
		}
	case item == "":
		art := a.Record.Article
		for _, f := range [][2]string{{"title", art.Title}, {"outlet", art.Outlet}, {"byline", art.Byline}, {"published", art.Published}} {
			if is := strings.TrimSpace(r.PostForm.Get(f[0])); r.PostForm.Has(f[0]) && is != f[1] {
				changed = append(changed, changedField{f[0], is})
			}
		}
	case r.PostForm.Has("removed"):
		changed = []changedField{{"removed", true}}
	default:
		changed, err = itemChanges(a, item, r.PostForm, ix)
	}
	if err != nil {
		return "", "", err
	}
	return d.keep(r, a, item, to, changed)
}

// keep keeps the changes that a form makes: all of them, or none.
func (d *Desk) keep(r *http.Request, a *store.Article, item, to string, changed []changedField) (string, string, error) {
	if len(changed) == 0 {
		return to, "same", nil
	}
	var list []store.Correction
	for _, c := range changed {
		list = append(list, store.Correction{Article: a.ID, Revision: a.N, Item: item, Field: c.field, Value: json.RawMessage(compact(c.value)), By: by(r, d.By), Note: strings.TrimSpace(r.PostFormValue("note"))})
	}
	if _, err := a.View.Check(list); err != nil {
		return "", "", err
	}
	for _, c := range list {
		kept, err := d.store.Correct(r.Context(), c)
		if err != nil {
			return "", "", err
		}
		if c.Field == "statement" {
			to = address("statements", kept.Item)
		}
	}
	return to, "corrected", nil
}

// missed makes what a form says that the machine missed: a "statement", "figure",
// "event" or "caption".
func missed(what string, form url.Values, ix *quoth.Index) (any, error) {
	switch what {
	case "statement":
		return missedStatement(form, ix)
	case "figure":
		f, err := figureOf(quoth.Figure{}, form, ix)
		if err == nil && f.Low == nil && f.High == nil {
			err = fmt.Errorf("%w figure: it lacks a number; say what it is at least, at most, or both", quoth.ErrMalformed)
		}
		return f, err
	case "event":
		return eventOf(quoth.Event{Who: []string{}}, form, ix)
	case "caption":
		return pictureOf(quoth.Picture{Who: []string{}}, form, ix)
	}
	return nil, fmt.Errorf("%w: a statement, figure, event or caption can be missing", quoth.ErrMalformed)
}

func missedStatement(form url.Values, ix *quoth.Index) (quoth.Statement, error) {
	s := quoth.Statement{Source: []quoth.Span{}, Cue: []quoth.Span{}, Content: []quoth.Span{}, Speaker: []quoth.Speaker{}, Via: lines(form.Get("via")), To: lines(form.Get("to")),
		Act: quoth.Act(form.Get("act")), Quotation: quoth.Quotation(form.Get("quotation")), Role: strings.TrimSpace(form.Get("role")), When: whenOf(form)}
	if name := strings.TrimSpace(form.Get("speaker")); name != "" {
		s.Speaker = append(s.Speaker, quoth.Speaker{Name: name, Type: quoth.SpeakerType(form.Get("speaker_type"))})
	}
	for field, spans := range map[string]*[]quoth.Span{"source": &s.Source, "cue": &s.Cue, "content": &s.Content} {
		var err error
		if *spans, err = spansAt(form.Get(field), ix); err != nil {
			return s, fmt.Errorf("%s: %w", field, err)
		}
	}
	return s, nil
}

// itemChanges compares a form with a figure, an event or a picture, and gives the
// fields that differ.
func itemChanges(a *store.Article, item string, form url.Values, ix *quoth.Index) ([]changedField, error) {
	if i := slices.Index(a.Items.Figures, item); i >= 0 {
		is, err := figureOf(a.Record.Figures[i], form, ix)
		return differing(a.Record.Figures[i], is), err
	}
	if i := slices.Index(a.Items.Events, item); i >= 0 {
		is, err := eventOf(a.Record.Events[i], form, ix)
		return differing(a.Record.Events[i], is), err
	}
	if i := slices.Index(a.Items.Captions, item); i >= 0 {
		is, err := pictureOf(a.Record.Captions[i], form, ix)
		return differing(a.Record.Captions[i], is), err
	}
	return nil, fmt.Errorf("item %s in article %s: %w", item, a.ID, store.ErrNotFound)
}

// differing gives the fields that differ, by their JSON names; start, end and text
// are one: "span".
func differing(was, is any) []changedField {
	var a, b map[string]any
	json.Unmarshal([]byte(compact(was)), &a)
	json.Unmarshal([]byte(compact(is)), &b)
	for _, m := range []map[string]any{a, b} {
		m["span"] = map[string]any{"start": m["start"], "end": m["end"], "text": m["text"]}
		delete(m, "start")
		delete(m, "end")
		delete(m, "text")
	}
	var out []changedField
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if compact(a[name]) != compact(b[name]) {
			out = append(out, changedField{name, b[name]})
		}
	}
	return out
}

// figureOf is a figure as a form has it. What the form does not ask stays.
func figureOf(f quoth.Figure, form url.Values, ix *quoth.Index) (quoth.Figure, error) {
	var err error
	if f.Span, err = spanOf(f.Span, form, ix); err != nil {
		return f, err
	}
	for name, into := range map[string]*string{"unit": &f.Unit, "about": &f.About, "speaker": &f.Speaker} {
		take(into, form, name)
	}
	for name, into := range map[string]**float64{"low": &f.Low, "high": &f.High} {
		if !form.Has(name) {
			continue
		}
		if *into, err = numberOf(form.Get(name)); err != nil {
			return f, fmt.Errorf("%w: %w", quoth.ErrMalformed, err)
		}
	}
	if low, high := f.Low, f.High; low != nil && high != nil && *low > *high {
		return f, fmt.Errorf("%w figure: it goes from %s down to %s", quoth.ErrMalformed, amount(*low), amount(*high))
	}
	return f, nil
}

// eventOf is an event as a form has it.
func eventOf(e quoth.Event, form url.Values, ix *quoth.Index) (quoth.Event, error) {
	var err error
	if e.Span, err = spanOf(e.Span, form, ix); err != nil {
		return e, err
	}
	take(&e.Where, form, "where")
	if form.Has("who") {
		e.Who = lines(form.Get("who"))
	}
	if form.Has("when_text") {
		e.When = whenOf(form)
	}
	if form.Has("certainty") {
		e.Certainty = quoth.Certainty(form.Get("certainty"))
	}
	return e, checkWhen(e.When)
}

// pictureOf is a picture as a form has it.
func pictureOf(p quoth.Picture, form url.Values, ix *quoth.Index) (quoth.Picture, error) {
	var err error
	if p.Span, err = spanOf(p.Span, form, ix); err != nil {
		return p, err
	}
	for name, into := range map[string]*string{"where": &p.Where, "photographer": &p.Photographer, "agency": &p.Agency} {
		take(into, form, name)
	}
	if form.Has("who") {
		p.Who = lines(form.Get("who"))
	}
	if form.Has("when_text") {
		p.When = whenOf(form)
	}
	return p, checkWhen(p.When)
}

// take takes a text of a form, where the form asks for it.
func take(into *string, form url.Values, name string) {
	if form.Has(name) {
		*into = strings.TrimSpace(form.Get(name))
	}
}

// checkWhen refuses a date that is none.
func checkWhen(w *quoth.When) error {
	if w == nil || w.Date == "" {
		return nil
	}
	if _, _, ok := days(w.Date); !ok {
		return fmt.Errorf("%w date %q; write it as 2032-02-09", quoth.ErrMalformed, clip(w.Date, 40))
	}
	return nil
}

// spanOf is the one stretch of the text that a form names; the one that was, where
// it does not ask.
func spanOf(was quoth.Span, form url.Values, ix *quoth.Index) (quoth.Span, error) {
	given := strings.TrimSpace(form.Get("words"))
	if was.End > 0 && (!form.Has("words") || given == was.Text) {
		return was, nil
	}
	all, err := spansAt(given, ix)
	if err == nil && len(all) != 1 {
		err = fmt.Errorf("%w: give its words as they stand in the article, in one piece", quoth.ErrMalformed)
	}
	if err != nil {
		return was, err
	}
	return all[0], nil
}

type changedField struct {
	field string
	value any
}

// changes compares a form with a statement and gives the fields that differ:
// last those that are emptied, as a statement may at no time be.
func changes(s quoth.Statement, form url.Values, ix *quoth.Index) ([]changedField, error) {
	var out []changedField
	differ := func(field string, was, is any) {
		if compact(was) != compact(is) {
			out = append(out, changedField{field, is})
		}
	}
	if form.Has("act") {
		differ("act", s.Act, form.Get("act"))
	}
	if form.Has("quotation") {
		differ("quotation", s.Quotation, form.Get("quotation"))
	}
	if form.Has("role") {
		differ("role", s.Role, strings.TrimSpace(form.Get("role")))
	}
	if form.Has("via") {
		differ("via", store.List(s.Via), lines(form.Get("via")))
	}
	if form.Has("to") {
		differ("to", store.List(s.To), lines(form.Get("to")))
	}
	if form.Has("speaker") {
		was, is := []quoth.Speaker{}, []quoth.Speaker{}
		for _, sp := range s.Speaker {
			was = append(was, quoth.Speaker{Name: sp.Name, Type: sp.Type})
		}
		types := form["speaker_type"]
		for i, name := range form["speaker"] {
			if name = strings.TrimSpace(name); name != "" && i < len(types) {
				is = append(is, quoth.Speaker{Name: name, Type: quoth.SpeakerType(types[i])})
			}
		}
		differ("speaker", was, is)
	}
	if form.Has("when_text") {
		differ("when", s.When, whenOf(form))
	}
	for field, was := range map[string][]quoth.Span{"source": s.Source, "cue": s.Cue, "content": s.Content} {
		if !form.Has(field) || strings.TrimSpace(form.Get(field)) == spots(was) {
			continue
		}
		is, err := spansAt(form.Get(field), ix)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field, err)
		}
		differ(field, was, is)
	}
	emptied := func(c changedField) int {
		if spans, ok := c.value.([]quoth.Span); ok && len(spans) == 0 {
			return 1
		}
		return 0
	}
	slices.SortFunc(out, func(a, b changedField) int {
		return cmp.Or(cmp.Compare(emptied(a), emptied(b)), strings.Compare(a.field, b.field))
	})
	return out, nil
}

// whenOf is the time that a form gives; nil where it gives none.
func whenOf(form url.Values) *quoth.When {
	text, date := strings.TrimSpace(form.Get("when_text")), strings.TrimSpace(form.Get("when_date"))
	if text == "" && date == "" {
		return nil
	}
	return &quoth.When{Text: text, Date: date}
}

func lines(s string) []string {
	out := []string{}
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// spansAt reads what spots writes, or else the words themselves, parted as pages
// show them: "the cranes … are paid for". It gives them in the order of the text.
func spansAt(s string, ix *quoth.Index) ([]quoth.Span, error) {
	read := wordsAt
	if positions.MatchString(s) {
		read = placesAt
	}
	out, err := read(s, ix)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b quoth.Span) int { return cmp.Compare(a.Start, b.Start) })
	for i := 1; i < len(out); i++ {
		if a, b := out[i-1], out[i]; b.Start < a.End {
			return nil, fmt.Errorf("%w: the words %q and %q overlap", quoth.ErrMalformed, clip(a.Text, 60), clip(b.Text, 60))
		}
	}
	return out, nil
}

// wordsAt finds words that the text holds once. An ellipsis parts them, unless
// the text has it too.
func wordsAt(s string, ix *quoth.Index) ([]quoth.Span, error) {
	out, text := []quoth.Span{}, ix.Slice(0, ix.Len())
	parts := []string{s}
	if !strings.Contains(text, strings.TrimSpace(s)) {
		parts = strings.Split(s, "…")
	}
	if len(parts) > mostParts {
		return nil, fmt.Errorf("%w: more than %d pieces of words", quoth.ErrMalformed, mostParts)
	}
	for _, words := range parts {
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		at := strings.Index(text, words)
		if at < 0 {
			return nil, fmt.Errorf("%w: the article does not hold the words %q", quoth.ErrMalformed, clip(words, 60))
		}
		if n := strings.Count(text, words); n > 1 {
			return nil, fmt.Errorf("%w: the article holds the words %q %d times; mark them, or give more of them", quoth.ErrMalformed, clip(words, 60), n)
		}
		out = append(out, ix.Span(at, at+len(words)))
	}
	return out, nil
}

// mostParts bounds the pieces of words that are looked for.
const mostParts = 100

// placesAt reads positions: "5-9, 20-31".
func placesAt(s string, ix *quoth.Index) ([]quoth.Span, error) {
	out := []quoth.Span{}
	for _, part := range strings.Split(s, ",") {
		a, b, _ := strings.Cut(part, "-")
		start, err1 := strconv.Atoi(strings.TrimSpace(a))
		end, err2 := strconv.Atoi(strings.TrimSpace(b))
		if err1 != nil || err2 != nil || end <= start || end > ix.Len() {
			return nil, fmt.Errorf("%w position %q: write START-END within 0-%d", quoth.ErrMalformed, clip(part, 30), ix.Len())
		}
		out = append(out, quoth.Span{Start: start, End: end, Text: ix.Slice(start, end)})
	}
	return out, nil
}

var positions = regexp.MustCompile(`^\s*\d+\s*-\s*\d+(\s*,\s*\d+\s*-\s*\d+)*\s*$`)
