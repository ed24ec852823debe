package eval

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/quothnews/quoth"
)

// A BodyScore says how well the body of pages is found: means over pages of
// the tokens that extraction and gold share, counted with repeats.
type BodyScore struct {
	Pages                int
	Precision, Recall    float64 // percent
	F1                   float64 // mean of the pages' F1, percent
	Title, Date, Authors float64 // percent of the pages whose gold has one that are right
	Worst                []PageScore
}

// A PageScore is one page's share.
type PageScore struct {
	Page                  string
	Precision, Recall, F1 float64
}

type goldPage struct {
	Authors []string `json:"authors"`
	Body    struct {
		Summary  []string `json:"summary"`
		Sections []struct {
			Headline   []string `json:"headline"`
			Paragraphs []string `json:"paragraphs"`
		} `json:"sections"`
	} `json:"body"`
	Date  string `json:"publishing_date"`
	Title string `json:"title"`
}

var bodyToken = regexp.MustCompile(`[\p{L}\p{N}]+`)

// Body measures extraction on a folder in the layout of Fundus' tests:
// COUNTRY/OUTLET.json holds gold versions, COUNTRY/OUTLET_DATE.html.gz the
// pages. A page's gold is the version that it agrees with most. The body is
// all paragraphs of kind body and heading.
func Body(folder string, extract func(html []byte, url string) (quoth.Article, error)) (BodyScore, error) {
	var s BodyScore
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.html.gz"))
	if err != nil {
		return s, err
	}
	if len(files) == 0 {
		return s, fmt.Errorf("%s: no pages named COUNTRY/OUTLET_DATE.html.gz", folder)
	}
	var title, date, authors Share
	for _, f := range files {
		page, versions, err := readPage(f)
		if err != nil {
			return s, err
		}
		a, err := extract(page, "")
		if err != nil { // no body was found; what its head says counts all the same
			a.Text = ""
		}
		best, gold := closest(bodyTokens(a), versions)
		best.Page = filepath.Base(f)
		s.Pages++
		s.Precision, s.Recall, s.F1 = s.Precision+best.Precision, s.Recall+best.Recall, s.F1+best.F1
		s.Worst = append(s.Worst, best)
		if gold.Title != "" {
			title.add(strings.EqualFold(strings.Join(strings.Fields(a.Title), " "), strings.Join(strings.Fields(gold.Title), " ")))
		}
		if len(gold.Date) >= len("2006-01-02") {
			date.add(strings.HasPrefix(a.Published, gold.Date[:len("2006-01-02")]))
		}
		if len(gold.Authors) > 0 {
			authors.add(!slices.ContainsFunc(gold.Authors, func(x string) bool { return !strings.Contains(strings.ToLower(a.Byline), strings.ToLower(x)) }))
		}
	}
	n := float64(s.Pages)
	s.Precision, s.Recall, s.F1 = 100*s.Precision/n, 100*s.Recall/n, 100*s.F1/n
	s.Title, s.Date, s.Authors = title.Percent(), date.Percent(), authors.Percent()
	sort.SliceStable(s.Worst, func(i, j int) bool { return s.Worst[i].F1 < s.Worst[j].F1 })
	return s, nil
}

// readPage reads a page, and the gold versions of its outlet's pages by their names.
func readPage(file string) (html []byte, versions map[string]goldPage, err error) {
	if html, err = readGzip(file); err != nil {
		return nil, nil, err
	}
	outlet, _, _ := strings.Cut(filepath.Base(file), "_")
	gold := filepath.Join(filepath.Dir(file), outlet+".json")
	b, err := os.ReadFile(gold)
	if err != nil {
		return nil, nil, err
	}
	if err := json.Unmarshal(b, &versions); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", gold, err)
	}
	return html, versions, nil
}

// closest is the gold version that a page's tokens agree with most, the first by
// name of several, with its score.
func closest(got map[string]int, versions map[string]goldPage) (best PageScore, gold goldPage) {
	best.F1 = -1
	for _, name := range slices.Sorted(maps.Keys(versions)) {
		if p := compare(got, versions[name]); p.F1 > best.F1 {
			best, gold = p, versions[name]
		}
	}
	return best, gold
}

func readGzip(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

// bodyTokens counts the tokens of an article's body and headings.
func bodyTokens(a quoth.Article) map[string]int {
	out := map[string]int{}
	if a.Text == "" {
		return out
	}
	ix := quoth.NewIndex(a.Text)
	for _, p := range a.Paragraphs {
		if p.Kind == quoth.Body || p.Kind == quoth.Heading {
			countTokens(out, ix.Slice(p.Start, p.End))
		}
	}
	return out
}

func countTokens(to map[string]int, s string) {
	for _, w := range bodyToken.FindAllString(strings.ToLower(s), -1) {
		to[w]++
	}
}

// compare scores the tokens of a page against those of a gold version.
func compare(got map[string]int, g goldPage) PageScore {
	want := map[string]int{}
	for _, x := range g.Body.Summary {
		countTokens(want, x)
	}
	for _, sec := range g.Body.Sections {
		for _, x := range slices.Concat(sec.Headline, sec.Paragraphs) {
			countTokens(want, x)
		}
	}
	same, ng, nw := 0, 0, 0
	for w, n := range got {
		ng += n
		same += min(n, want[w])
	}
	for _, n := range want {
		nw += n
	}
	var p PageScore
	p.Precision, p.Recall = float64(same)/float64(max(ng, 1)), float64(same)/float64(max(nw, 1))
	if same > 0 {
		p.F1 = 2 * p.Precision * p.Recall / (p.Precision + p.Recall)
	}
	return p
}
