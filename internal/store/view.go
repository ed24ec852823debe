package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/quothnews/quoth"
)

// View lays the corrections over the machine's reading, the later over the
// earlier. A span whose words have moved is moved along; where the text no
// longer holds them, the correction is stale and not laid over. The reading
// itself stays as it is.
func (r *Reading) View() View {
	v := View{
		Record: *r.Record, Items: r.Stored.Items,
		Corrected: map[string][]Correction{}, Removed: []string{}, Stale: []Correction{},
	}
	if len(r.Corrections) == 0 {
		return v
	}
	v.Record = clone(r.Record)
	v.Items = Items{
		slices.Clone(v.Items.Statements), slices.Clone(v.Items.Figures), slices.Clone(v.Items.Captions), slices.Clone(v.Items.Events),
	}
	o := overlay{view: &v, ix: quoth.NewIndex(v.Record.Article.Text)}
	for _, c := range r.Corrections {
		if err := o.lay(c); err != nil {
			v.Stale = append(v.Stale, c)
		}
	}
	o.remove()
	return v
}

// Check reports why corrections cannot be laid over this view, one after the
// other: an unknown field, a value that is none of its kind, a span that is not
// in the text. It gives them with the machine's values in Was.
func (v View) Check(list []Correction) ([]Correction, error) {
	was := v
	was.Record = clone(&v.Record)
	was.Items.Statements, was.Items.Figures = slices.Clone(v.Items.Statements), slices.Clone(v.Items.Figures)
	was.Items.Captions, was.Items.Events = slices.Clone(v.Items.Captions), slices.Clone(v.Items.Events)
	was.Corrected = map[string][]Correction{}
	o := overlay{view: &was, ix: quoth.NewIndex(v.Record.Article.Text)}
	out := slices.Clone(list)
	for i, c := range list {
		if err := o.lay(c); err != nil {
			return nil, err
		}
		if err := was.Record.Check(); err != nil {
			return nil, fmt.Errorf("%w: %v", quoth.ErrMalformed, err)
		}
		laid := was.Corrected[c.Item]
		out[i].Was = laid[len(laid)-1].Was
	}
	return out, nil
}

// clone copies a record through its JSON form, which holds all of it.
func clone(r *quoth.Record) quoth.Record {
	var out quoth.Record
	b, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil { // a record is made of strings, numbers and lists
		panic(err)
	}
	return out
}

// overlay writes corrections into a view.
type overlay struct {
	view    *View
	ix      *quoth.Index
	removed map[string]bool
}

var null = json.RawMessage("null")

func (o *overlay) lay(c Correction) error {
	rec := &o.view.Record
	var was json.RawMessage
	var err error
	switch {
	case c.Field == "statement" || c.Field == "figure" || c.Field == "caption" || c.Field == "event":
		was, err = o.whole(c)
	case c.Item == "":
		was, err = o.article(c)
	default:
		was, err = o.item(c)
	}
	if err != nil {
		return err
	}
	if rec.Reason != "" && len(rec.Statements) > 0 {
		rec.Reason = ""
	}
	c.Was = was
	kept := slices.DeleteFunc(o.view.Corrected[c.Item], func(old Correction) bool {
		if old.Field == c.Field {
			c.Was = old.Was // the machine's, not the person's before
		}
		return old.Field == c.Field
	})
	o.view.Corrected[c.Item] = append(kept, c)
	return nil
}

func (o *overlay) article(c Correction) (json.RawMessage, error) {
	a := &o.view.Record.Article
	fields := map[string]*string{"title": &a.Title, "byline": &a.Byline, "outlet": &a.Outlet, "published": &a.Published}
	f, ok := fields[c.Field]
	if !ok {
		return nil, fmt.Errorf("%w: an article has no field %q to correct; title, byline, outlet and published can be", quoth.ErrMalformed, c.Field)
	}
	was := quote(*f)
	var s string
	if err := json.Unmarshal(c.Value, &s); err != nil {
		return nil, fmt.Errorf("%w: %s must be a text", quoth.ErrMalformed, c.Field)
	}
	if c.Field == "published" && s != "" {
		if _, _, ok := Bounds(s); !ok {
			return nil, fmt.Errorf("%w: %q is not a date; write it as 2025-02-10", quoth.ErrMalformed, s)
		}
		a.Dated = nil
	}
	*f = s
	return was, nil
}

func quote(s string) json.RawMessage {
	b, _ := json.Marshal(s) // a string always has a JSON form
	return b
}

// item lays a correction over one item's field.
func (o *overlay) item(c Correction) (json.RawMessage, error) {
	rec, items := &o.view.Record, &o.view.Items
	if c.Field == "removed" {
		var gone bool
		if err := json.Unmarshal(c.Value, &gone); err != nil {
			return nil, fmt.Errorf("%w: removed must be true or false", quoth.ErrMalformed)
		}
		if !slices.ContainsFunc([][]string{items.Statements, items.Figures, items.Captions, items.Events}, func(l []string) bool { return slices.Contains(l, c.Item) }) {
			return nil, fmt.Errorf("%w: item %s", ErrNotFound, c.Item)
		}
		if o.removed == nil {
			o.removed = map[string]bool{}
		}
		o.removed[c.Item] = gone
		return json.RawMessage("false"), nil
	}
	if i := slices.Index(items.Statements, c.Item); i >= 0 {
		s := &rec.Statements[i]
		if c.Field == "parent" {
			return o.parent(s, c.Value)
		}
		return set(o, s, c, func() error { return checkStatement(s) })
	}
	if i := slices.Index(items.Figures, c.Item); i >= 0 {
		return set(o, &rec.Figures[i], c, func() error { return nil })
	}
	if i := slices.Index(items.Captions, c.Item); i >= 0 {
		return set(o, &rec.Captions[i], c, func() error { return nil })
	}
	if i := slices.Index(items.Events, c.Item); i >= 0 {
		e := &rec.Events[i]
		return set(o, e, c, func() error { return checkEvent(e) })
	}
	return nil, fmt.Errorf("%w: item %s", ErrNotFound, c.Item)
}

// parent takes a permanent ID where a record has its own.
func (o *overlay) parent(s *quoth.Statement, value json.RawMessage) (json.RawMessage, error) {
	was := ""
	for i, p := range o.view.Record.Statements {
		if p.ID == s.Parent {
			was = o.view.Items.Statements[i]
		}
	}
	var id string
	if err := json.Unmarshal(value, &id); err != nil {
		return nil, fmt.Errorf("%w: parent must be the ID of a statement", quoth.ErrMalformed)
	}
	i := slices.Index(o.view.Items.Statements, id)
	if id != "" && (i < 0 || o.view.Record.Statements[i].ID == s.ID) {
		return nil, fmt.Errorf("%w: parent %s is no other statement of this article", quoth.ErrMalformed, id)
	}
	s.Parent = ""
	if i >= 0 {
		s.Parent = o.view.Record.Statements[i].ID
	}
	return quote(was), nil
}

// set writes one field of an item by its JSON name; "span" are start, end and
// text of an item that is one. Where it fails, the item is as it was.
func set[T any](o *overlay, item *T, c Correction, check func() error) (json.RawMessage, error) {
	b, err := json.Marshal(item)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return nil, err
	}
	bad := func(err error) error {
		return fmt.Errorf("%w: field %q cannot hold %s: %v", quoth.ErrMalformed, c.Field, c.Value, err)
	}
	value, err := o.move(c.Value)
	if err != nil {
		return nil, err
	}
	was := null
	switch c.Field {
	case "id", "start", "end", "text":
		return nil, fmt.Errorf("%w: field %q cannot be corrected", quoth.ErrMalformed, c.Field)
	case "span":
		was, _ = json.Marshal(map[string]json.RawMessage{"start": fields["start"], "end": fields["end"], "text": fields["text"]})
		if fields["start"] == nil {
			return nil, fmt.Errorf("%w: a statement has no field \"span\"; source, cue and content are its spans", quoth.ErrMalformed)
		}
		var s map[string]json.RawMessage
		if err := json.Unmarshal(value, &s); err != nil {
			return nil, bad(err)
		}
		for _, k := range []string{"start", "end", "text"} {
			fields[k] = s[k]
		}
	default:
		if w, ok := fields[c.Field]; ok {
			was = w
		}
		fields[c.Field] = value
	}
	if b, err = json.Marshal(fields); err != nil {
		return nil, bad(err)
	}
	var out T
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return nil, bad(err)
	}
	before := *item
	*item = out
	if err := check(); err != nil {
		*item = before
		return nil, err
	}
	return was, nil
}

// whole lays an item that the machine missed, or replaces one by a person's.
func (o *overlay) whole(c Correction) (json.RawMessage, error) {
	value, err := o.move(c.Value)
	if err != nil {
		return nil, err
	}
	rec, items := &o.view.Record, &o.view.Items
	switch c.Field {
	case "statement":
		return put(&rec.Statements, &items.Statements, c, value, func(s *quoth.Statement, was *quoth.Statement) error {
			if s.Parent = ""; was != nil {
				s.ID, s.Parent = was.ID, was.Parent
			} else {
				s.ID = "s" + strconv.Itoa(len(rec.Statements)+1)
			}
			s.Confidence = 1
			fill(&s.Source, &s.Cue, &s.Content)
			fill(&s.Via, &s.To)
			fill(&s.Speaker)
			return checkStatement(s)
		})
	case "figure":
		return put(&rec.Figures, &items.Figures, c, value, func(*quoth.Figure, *quoth.Figure) error { return nil })
	case "caption":
		return put(&rec.Captions, &items.Captions, c, value, func(p, _ *quoth.Picture) error { fill(&p.Who); return nil })
	}
	return put(&rec.Events, &items.Events, c, value, func(e, _ *quoth.Event) error { fill(&e.Who); return checkEvent(e) })
}

func put[T any](list *[]T, ids *[]string, c Correction, value json.RawMessage, check func(is, was *T) error) (json.RawMessage, error) {
	var x T
	d := json.NewDecoder(bytes.NewReader(value))
	d.DisallowUnknownFields()
	if err := d.Decode(&x); err != nil {
		return nil, fmt.Errorf("%w: a %s cannot be %s: %v", quoth.ErrMalformed, c.Field, value, err)
	}
	i := slices.Index(*ids, c.Item)
	if i < 0 {
		if err := check(&x, nil); err != nil {
			return nil, err
		}
		*list, *ids = append(*list, x), append(*ids, c.Item)
		return null, nil
	}
	if err := check(&x, &(*list)[i]); err != nil {
		return nil, err
	}
	was, err := json.Marshal((*list)[i])
	(*list)[i] = x
	return was, err
}

// fill makes lists that are nil empty.
func fill[T any](lists ...*[]T) {
	for _, l := range lists {
		if *l == nil {
			*l = []T{}
		}
	}
}

func checkStatement(s *quoth.Statement) error {
	if len(s.Content)+len(s.Cue)+len(s.Source) == 0 {
		return fmt.Errorf("%w: a statement needs a source, a cue or a content", quoth.ErrMalformed)
	}
	if !slices.Contains(quoth.Acts, s.Act) {
		return fmt.Errorf("%w: %q is no act; these are: %v", quoth.ErrMalformed, s.Act, quoth.Acts)
	}
	if !slices.Contains([]quoth.Quotation{quoth.Direct, quoth.Mixed, quoth.Indirect}, s.Quotation) {
		return fmt.Errorf("%w: %q is no quotation; direct, mixed and indirect are", quoth.ErrMalformed, s.Quotation)
	}
	for _, p := range s.Speaker {
		if !slices.Contains([]quoth.SpeakerType{quoth.Person, quoth.Organization, quoth.Group, quoth.Document, quoth.Unnamed, quoth.Unknown}, p.Type) {
			return fmt.Errorf("%w: %q is no type of speaker", quoth.ErrMalformed, p.Type)
		}
	}
	if s.When != nil && s.When.Date != "" {
		if _, _, ok := Bounds(s.When.Date); !ok {
			return fmt.Errorf("%w: %q is not a date; write it as 2025-02-10", quoth.ErrMalformed, s.When.Date)
		}
	}
	return nil
}

func checkEvent(e *quoth.Event) error {
	if !slices.Contains([]quoth.Certainty{quoth.Happened, quoth.Planned, quoth.Expected, quoth.Possible, quoth.RuledOut}, e.Certainty) {
		return fmt.Errorf("%w: %q is no certainty", quoth.ErrMalformed, e.Certainty)
	}
	return nil
}

// move puts the spans of a value where their words stand in this text: where
// the person saw them, else the nearest place that has them.
func (o *overlay) move(value json.RawMessage) (json.RawMessage, error) {
	var x any
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	if err := d.Decode(&x); err != nil {
		return nil, fmt.Errorf("%w JSON: %v", quoth.ErrMalformed, err)
	}
	moved := false
	var walk func(any) error
	walk = func(x any) error {
		switch x := x.(type) {
		case []any:
			for _, y := range x {
				if err := walk(y); err != nil {
					return err
				}
			}
		case map[string]any:
			if text, ok := x["text"].(string); ok && x["start"] != nil {
				start, err1 := strconv.Atoi(fmt.Sprint(x["start"]))
				end, err2 := strconv.Atoi(fmt.Sprint(x["end"]))
				if err1 != nil || err2 != nil {
					return fmt.Errorf("%w: a span needs whole numbers as start and end", quoth.ErrMalformed)
				}
				if start >= 0 && start <= end && end <= o.ix.Len() && o.ix.Slice(start, end) == text {
					break
				}
				at, ok := o.nearest(text, start)
				if !ok {
					return fmt.Errorf("%w: the text does not hold the words %q", quoth.ErrMalformed, text)
				}
				x["start"], x["end"], moved = at, at+utf8.RuneCountInString(text), true
			}
			for _, y := range x {
				if err := walk(y); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := walk(x); err != nil || !moved {
		return value, err
	}
	return json.Marshal(x)
}

// nearest finds the place of words that is nearest to a code point.
func (o *overlay) nearest(words string, start int) (int, bool) {
	text := o.view.Record.Article.Text
	if words == "" {
		return 0, false
	}
	best, found := 0, false
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return best, found
		}
		at := o.ix.Point(from + i)
		if !found || abs(at-start) < abs(best-start) {
			best, found = at, true
		}
		from += i + len(words)
	}
}

func abs(n int) int { return max(n, -n) }

// remove drops what people took out, after everything else is laid over.
func (o *overlay) remove() {
	rec, items := &o.view.Record, &o.view.Items
	gone := map[string]bool{} // records' own IDs
	for i, id := range items.Statements {
		if o.removed[id] {
			gone[rec.Statements[i].ID] = true
		}
	}
	for i, e := range rec.Events {
		if gone[e.Statement] {
			o.removed[items.Events[i]] = true
		}
	}
	drop(o, &rec.Statements, &items.Statements)
	drop(o, &rec.Figures, &items.Figures)
	drop(o, &rec.Captions, &items.Captions)
	drop(o, &rec.Events, &items.Events)
	for i := range rec.Statements {
		if gone[rec.Statements[i].Parent] {
			rec.Statements[i].Parent = ""
		}
	}
}

func drop[T any](o *overlay, list *[]T, ids *[]string) {
	kept, names := (*list)[:0], (*ids)[:0]
	for i, id := range *ids {
		if o.removed[id] {
			o.view.Removed = append(o.view.Removed, id)
			continue
		}
		kept, names = append(kept, (*list)[i]), append(names, id)
	}
	*list, *ids = kept, names
}

// Headline is what an article is called: its title, or, where it has none, the
// first words of its body.
func Headline(a *quoth.Article) string {
	if a.Title != "" {
		return a.Title
	}
	const most = 12
	ix := quoth.NewIndex(a.Text)
	for _, p := range a.Paragraphs {
		if words := strings.Fields(ix.Slice(p.Start, p.End)); p.Kind == quoth.Body && len(words) > most {
			return strings.TrimRight(strings.Join(words[:most], " "), ",.;:") + "…"
		} else if p.Kind == quoth.Body && len(words) > 0 {
			return strings.Join(words, " ")
		}
	}
	return a.ID
}
