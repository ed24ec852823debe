package web

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// An exporter writes what a query finds, line by line; one that is no search
// leaves the query alone. Root is the desk's own address.
type exporter struct {
	mediaType string
	write     func(d *Desk, ctx context.Context, w io.Writer, root string, q store.Query) error
}

var exporters = map[string]exporter{
	"store.jsonl":        {"application/x-ndjson", (*Desk).exportStore},
	"records.jsonl":      {"application/x-ndjson", (*Desk).exportRecords},
	"statements.jsonl":   {"application/x-ndjson", (*Desk).exportStatements},
	"statements.csv":     {"text/csv; charset=utf-8", (*Desk).exportCSV},
	"annotations.jsonl":  {"application/x-ndjson", (*Desk).exportAnnotations},
	"quotations.jsonl":   {"application/x-ndjson", (*Desk).exportQuotations},
	"claimreviews.jsonl": {"application/x-ndjson", (*Desk).exportReviews},
	"training.jsonl":     {"application/x-ndjson", (*Desk).exportTraining},
}

func lineWriter(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

func (d *Desk) exportStore(ctx context.Context, w io.Writer, _ string, _ store.Query) error {
	out := lineWriter(w)
	for l, err := range d.store.Export(ctx) {
		if err != nil {
			return err
		}
		if err := out.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) exportRecords(ctx context.Context, w io.Writer, _ string, q store.Query) error {
	out := lineWriter(w)
	if q.Article != "" {
		a, err := d.store.Article(ctx, q.Article, 0)
		if err != nil {
			return err
		}
		return out.Encode(a.Record)
	}
	for r, err := range d.store.Readings(ctx) {
		if err != nil {
			return err
		}
		if err := out.Encode(r.View().Record); err != nil {
			return err
		}
	}
	return nil
}

// each hands on every statement that a query finds.
func (d *Desk) each(ctx context.Context, q store.Query, do func(store.Hit) error) error {
	q.Limit, q.Cursor = 500, ""
	for {
		found, err := d.store.Search(ctx, q)
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			if err := do(h); err != nil {
				return err
			}
		}
		if found.Next == "" {
			return nil
		}
		q.Cursor = found.Next
	}
}

func (d *Desk) exportStatements(ctx context.Context, w io.Writer, _ string, q store.Query) error {
	out := lineWriter(w)
	return d.each(ctx, q, func(h store.Hit) error { return out.Encode(h) })
}

func (d *Desk) exportCSV(ctx context.Context, w io.Writer, _ string, q store.Query) error {
	t := store.NewTable(w)
	err := d.each(ctx, q, func(h store.Hit) error {
		t.Put(h)
		return nil
	})
	return errors.Join(err, t.Close())
}

// placed hands on statements with the article that they stand in.
func (d *Desk) placed(ctx context.Context, q store.Query, do func(store.Hit, *store.Article, *quoth.Statement) error) error {
	type key struct {
		id string
		n  int
	}
	held := map[key]*store.Article{}
	return d.each(ctx, q, func(h store.Hit) error {
		k := key{h.Article, h.Revision}
		a, ok := held[k]
		if !ok {
			var err error
			if a, err = d.store.Article(ctx, h.Article, h.Revision); err != nil {
				return err
			}
			if len(held) >= 32 {
				clear(held)
			}
			held[k] = a
		}
		for i, id := range a.Items.Statements {
			if id == h.ID {
				return do(h, a, &a.Record.Statements[i])
			}
		}
		return nil // taken out by a person
	})
}

type object = map[string]any

// quoteContext is how many code points stand on either side of a quotation that
// is to be found again.
const quoteContext = 32

// exportAnnotations writes W3C Web Annotations (the data model of 2017): a
// target for each span of the content, or of the cue where it has none.
func (d *Desk) exportAnnotations(ctx context.Context, w io.Writer, root string, q store.Query) error {
	out := lineWriter(w)
	return d.placed(ctx, q, func(h store.Hit, a *store.Article, s *quoth.Statement) error {
		ix := quoth.NewIndex(a.Record.Article.Text)
		spans := s.Content
		if len(spans) == 0 {
			spans = s.Cue
		}
		targets := []object{}
		for _, sp := range spans {
			targets = append(targets, object{
				"source": cmp.Or(h.URL, root+address("articles", h.Article)),
				"selector": []object{
					{"type": "TextQuoteSelector", "exact": sp.Text, "prefix": ix.Slice(max(0, sp.Start-quoteContext), sp.Start), "suffix": ix.Slice(sp.End, min(ix.Len(), sp.End+quoteContext))},
					{"type": "TextPositionSelector", "start": sp.Start, "end": sp.End},
				},
			})
		}
		return out.Encode(object{
			"@context": "http://www.w3.org/ns/anno.jsonld", "id": root + address("statements", h.ID), "type": "Annotation", "motivation": []string{"describing", "tagging"},
			"created":   stamp(a.Fetched),
			"generator": object{"type": "Software", "name": "Quoth " + a.Code, "schema:identifier": a.Model},
			"body": []object{
				{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": speakerNames(h) + " " + verb(h.Act)},
				{"type": "TextualBody", "purpose": "tagging", "value": string(h.Act)},
			},
			"target": targets,
		})
	})
}

func article(h store.Hit, root string) object {
	out := object{"@type": "NewsArticle", "headline": h.Title, "url": cmp.Or(h.URL, root+address("articles", h.Article))}
	if from, _, ok := days(h.Published); ok && len(h.Published) == len("2006-01-02") {
		out["datePublished"] = from.Format("2006-01-02")
	}
	if h.Outlet != "" {
		out["publisher"] = object{"@type": "NewsMediaOrganization", "name": h.Outlet}
	}
	return out
}

func persons(h store.Hit) []object {
	out := []object{}
	for _, s := range h.Speakers {
		o := object{"name": s.Name}
		switch s.Type {
		case quoth.Person, quoth.Unnamed:
			o["@type"] = "Person"
			if h.Role != "" && len(h.Speakers) == 1 {
				o["jobTitle"] = h.Role
			}
		case quoth.Document:
			o["@type"] = "CreativeWork"
		default:
			o["@type"] = "Organization"
		}
		out = append(out, o)
	}
	return out
}

// exportQuotations writes what stands in quotation marks as schema.org
// Quotation.
func (d *Desk) exportQuotations(ctx context.Context, w io.Writer, root string, q store.Query) error {
	out := lineWriter(w)
	return d.each(ctx, q, func(h store.Hit) error {
		if h.Quotation == quoth.Indirect || h.Content == "" {
			return nil
		}
		o := object{"@context": "https://schema.org", "@type": "Quotation", "@id": root + address("statements", h.ID), "text": h.Content, "spokenByCharacter": persons(h), "isPartOf": article(h, root)}
		if h.When != nil && len(h.When.Date) == len("2006-01-02") {
			if _, _, ok := days(h.When.Date); ok {
				o["dateCreated"] = h.When.Date
			}
		}
		return out.Encode(o)
	})
}

// exportReviews writes claims as schema.org ClaimReview. The rating is words
// alone: who stands where. Quoth rates nothing true or false.
func (d *Desk) exportReviews(ctx context.Context, w io.Writer, root string, _ store.Query) error {
	out := lineWriter(w)
	q := store.ClaimQuery{Limit: 100}
	for {
		list, err := d.store.ListClaims(ctx, q)
		if err != nil {
			return err
		}
		for _, c := range list.Claims {
			v, err := d.ledger(ctx, c.ID)
			if err != nil {
				return err
			}
			appearances, authors, named := []object{}, []object{}, map[string]bool{}
			for _, e := range v.Ledger {
				for _, h := range e.Reports {
					if !named[h.Article] {
						named[h.Article] = true
						appearances = append(appearances, article(h, root))
					}
				}
				if e.Stance == "for" {
					authors = append(authors, persons(e.First())...)
				}
			}
			item := object{"@type": "Claim", "name": c.Name, "appearance": appearances, "author": authors}
			if c.First != "" {
				item["datePublished"] = c.First
			}
			if err := out.Encode(object{"@context": "https://schema.org", "@type": "ClaimReview", "@id": root + address("claims", c.ID), "url": root + address("claims", c.ID), "claimReviewed": c.Name,
				"dateModified": stamp(c.Updated), "author": object{"@type": "Organization", "name": "Quoth desk"}, "itemReviewed": item,
				"reviewRating": object{"@type": "Rating", "alternateName": fmt.Sprintf("%s (%s)", tallies(c.Stances), sources(c.Sources))}}); err != nil {
				return err
			}
		}
		if list.Next == "" {
			return nil
		}
		q.Cursor = list.Next
	}
}

// exportTraining writes each article that somebody corrected as a reading to
// learn from: its text, and its statements and figures as people say they are.
func (d *Desk) exportTraining(ctx context.Context, w io.Writer, _ string, _ store.Query) error {
	out := lineWriter(w)
	for r, err := range d.store.Readings(ctx) {
		if err != nil {
			return err
		}
		if t, corrected := r.Training(); corrected {
			if err := out.Encode(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxLine is the most bytes of one line of an import: a page of the largest
// size, in base64, with its text and record.
const maxLine = 4 * maxPage

// Imported counts what an import did.
type Imported struct {
	Lines   int `json:"lines"`
	Changed int `json:"changed"`
}

// importLines takes lines as exportStore writes them. Those before a bad one
// stay.
func (d *Desk) importLines(ctx context.Context, r io.Reader) (Imported, error) {
	var n Imported
	in := bufio.NewReaderSize(r, 1<<20)
	for {
		line, err := readLine(in)
		if len(bytes.TrimSpace(line)) > 0 {
			n.Lines++
			var l store.Line
			if err := json.Unmarshal(line, &l); err != nil {
				return n, fmt.Errorf("line %d: %w: %w", n.Lines, quoth.ErrMalformed, err)
			}
			changed, err := d.store.Import(ctx, l)
			if err != nil {
				return n, fmt.Errorf("line %d: %w", n.Lines, err)
			}
			if changed {
				n.Changed++
			}
		}
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("after line %d: %w", n.Lines, err)
		}
	}
}

func readLine(in *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		part, err := in.ReadSlice('\n')
		out = append(out, part...)
		if len(out) > maxLine {
			return nil, fmt.Errorf("a line is %w: more than %d MB", quoth.ErrTooLarge, maxLine>>20)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return out, err
		}
	}
}
