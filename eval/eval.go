// Package eval measures how well Quoth reads.
//
// It holds the measures as code, the project's own cases, and the floors that
// a change must not fall through unnoticed. The command "quoth eval" runs it
// and prints what it finds. The measures, from the smallest thing to the
// largest:
//
//	Spans    source, cue and content spans against PolNeAR: exact F1
//	Links    whole attributions against PolNeAR: all three parts right and
//	         together, and how far stated confidence is from being right
//	Records  the record against a gold folder: statements found, their
//	         speaker, role, act, via, to and when, and figures
//	Body     the article's text against the paragraphs of real pages
//
// Each takes a folder of gold, as a file system, and what was read, by article
// ID, and needs nothing else: whoever has a reader can be measured. [Cases] is
// the project's own gold folder, written for it, which stands in the binary.
//
// The span score follows the protocol of CofeNet (Wang et al., "CofeNet:
// Context and Former-Label Enhanced Net for Complicated Quotation
// Extraction", COLING 2022, table 6), so that its figures can be laid beside
// the paper's: every annotator's reading of an article is scored against the
// one prediction, spans are cut at line breaks and trimmed of white space,
// and compared as sets, kind by kind.
//
// Limits: the gold is other people's reading, and careful people differ. On
// PolNeAR two annotators agree at an F1 of about 78, 70 and 68 for source, cue
// and content, so nobody will reach 100, and a score near theirs says no more.
package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/quothnews/quoth"
)

// Predictions are the records read, by article ID.
type Predictions map[string]*quoth.Record

// A Reader reads pages and gives their records in the same order. An article
// that it cannot read is an error: a measure of what is left would flatter.
type Reader func(context.Context, []quoth.Page) ([]*quoth.Record, error)

// An Extractor finds the article in a page of HTML.
type Extractor func(html []byte, url string) (quoth.Article, error)

// GoldPages are the articles of a gold folder (ID.txt and ID.json), as pages.
func GoldPages(gold fs.FS) ([]quoth.Page, error) {
	articles, err := readGold(gold)
	if err != nil {
		return nil, err
	}
	var pages []quoth.Page
	for _, g := range articles {
		text, err := fs.ReadFile(gold, g.file+".txt")
		if err != nil {
			return nil, fmt.Errorf("text of gold article: %w", err)
		}
		pages = append(pages, quoth.Page{
			ID: g.ID, Name: g.file + ".txt", URL: g.URL, Outlet: g.Outlet, Title: g.Title,
			Published: strings.TrimRight(g.Published, "~"), Text: string(text),
		})
	}
	return pages, nil
}

// PolnearPages are the articles of a compartment of PolNeAR, as pages, with
// what metadata.tsv says of them.
func PolnearPages(polnear fs.FS, compartment string) ([]quoth.Page, error) {
	meta := map[string][]string{}
	table, err := fs.ReadFile(polnear, "metadata.tsv")
	if err != nil {
		return nil, fmt.Errorf("PolNeAR's metadata: %w", err)
	}
	for line := range bytes.Lines(table) {
		cells := strings.Split(strings.TrimRight(string(line), "\r\n"), "\t")
		if len(cells) < 8 {
			return nil, fmt.Errorf("metadata.tsv: a line of %d columns, 8 are needed: %.60q", len(cells), line)
		}
		meta[cells[1]] = cells
	}
	names, err := stems(polnear, path.Join(compartment, "text"), ".txt")
	if err != nil {
		return nil, err
	}
	var pages []quoth.Page
	for _, name := range names {
		file := path.Join(compartment, "text", name+".txt")
		text, err := fs.ReadFile(polnear, file)
		if err != nil {
			return nil, err
		}
		p := quoth.Page{ID: name, Name: file, Text: string(text)}
		if m := meta[name]; m != nil {
			p.Outlet, p.Published, p.Title = m[4], strings.TrimRight(m[5], "~"), m[7]
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// stems lists the names of a folder's files with an ending, without it, sorted.
// A folder that has none is an error: a measure over nothing is no measure.
func stems(files fs.FS, folder, ending string) ([]string, error) {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ending); ok && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no *%s in folder %q: is it the right one?", ending, folder)
	}
	sort.Strings(names)
	return names, nil
}

// gold is one ID.json of a gold folder.
type gold struct {
	ID         string          `json:"id"`
	URL        string          `json:"url"`
	Outlet     string          `json:"outlet"`
	Published  string          `json:"published"`
	Title      string          `json:"title"`
	Statements []goldStatement `json:"statements"`
	Figures    []goldFigure    `json:"figures"`

	file string // name without its ending
}

type goldStatement struct {
	Source      []quoth.Span      `json:"source"`
	Cue         []quoth.Span      `json:"cue"`
	Content     []quoth.Span      `json:"content"`
	Quotation   quoth.Quotation   `json:"quotation"`
	Speaker     oneOrMore         `json:"speaker"`
	SpeakerType quoth.SpeakerType `json:"speaker_type"`
	Role        string            `json:"role"`
	Act         quoth.Act         `json:"act"`
	Carriage
	Nested   bool      `json:"nested"`   // stands in another statement's content
	Optional bool      `json:"optional"` // only one of two readers counted it
	Second   *Carriage `json:"second"`   // a second reader's
}

// Carriage is how a statement reached the reader: the part of it in which a
// second reader's reading may stand beside the first's.
type Carriage struct {
	Via  []string    `json:"via"`
	To   []string    `json:"to"`
	When *quoth.When `json:"when"`
}

type goldFigure struct {
	quoth.Span
	Low     *float64  `json:"low"`
	High    *float64  `json:"high"`
	Unit    string    `json:"unit"`
	About   string    `json:"about"`
	Speaker oneOrMore `json:"speaker"`
}

// oneOrMore is a name or a list of names.
type oneOrMore []string

func (v *oneOrMore) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		if *v = nil; one != "" {
			*v = oneOrMore{one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(v))
}

// counted says whether a statement is asked for. A nested or optional one is
// not, and is not held against a prediction that finds it.
func (g *goldStatement) counted() bool { return !g.Nested && !g.Optional }

func readGold(folder fs.FS) ([]gold, error) {
	names, err := stems(folder, ".", ".json")
	if err != nil {
		return nil, err
	}
	var out []gold
	for _, name := range names {
		b, err := fs.ReadFile(folder, name+".json")
		if err != nil {
			return nil, err
		}
		g := gold{file: name}
		if err := json.Unmarshal(b, &g); err != nil {
			return nil, fmt.Errorf("gold %s.json: %w", name, err)
		}
		out = append(out, g)
	}
	return out, nil
}
