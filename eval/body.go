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
	var title, date, authors [2]int
	for _, f := range files {
		page, err := readGzip(f)
		if err != nil {
			return s, err
		}
		outlet, _, _ := strings.Cut(filepath.Base(f), "_")
		b, err := os.ReadFile(filepath.Join(filepath.Dir(f), outlet+".json"))
		if err != nil {
			return s, err
		}
		var versions map[string]goldPage
		if err := json.Unmarshal(b, &versions); err != nil {
			return s, fmt.Errorf("%s: %w", outlet, err)
		}
		a, err := extract(page, "")
		if err != nil { // nothing was found
			a = quoth.Article{}
		}
		got := bodyTokens(a)
		best, gold := PageScore{Page: filepath.Base(f), F1: -1}, goldPage{}
		for _, version := range slices.Sorted(maps.Keys(versions)) { // the first of several that agree as much
			if p := compare(got, versions[version]); p.F1 > best.F1 {
				p.Page = best.Page
				best, gold = p, versions[version]
			}
		}
		s.Pages++
		s.Precision, s.Recall, s.F1 = s.Precision+best.Precision, s.Recall+best.Recall, s.F1+best.F1
		s.Worst = append(s.Worst, best)
		count := func(c *[2]int, has, right bool) {
			if has {
				c[1]++
				if right {
					c[0]++
				}
			}
		}
		count(&title, gold.Title != "", strings.EqualFold(strings.Join(strings.Fields(a.Title), " "), strings.Join(strings.Fields(gold.Title), " ")))
		count(&date, len(gold.Date) >= 10, len(gold.Date) >= 10 && strings.HasPrefix(a.Published, gold.Date[:10]))
		count(&authors, len(gold.Authors) > 0, !slices.ContainsFunc(gold.Authors, func(x string) bool { return !strings.Contains(strings.ToLower(a.Byline), strings.ToLower(x)) }))
	}
	n := float64(s.Pages)
	s.Precision, s.Recall, s.F1 = 100*s.Precision/n, 100*s.Recall/n, 100*s.F1/n
	share := func(c [2]int) float64 { return 100 * float64(c[0]) / float64(max(c[1], 1)) }
	s.Title, s.Date, s.Authors = share(title), share(date), share(authors)
	sort.SliceStable(s.Worst, func(i, j int) bool { return s.Worst[i].F1 < s.Worst[j].F1 })
	return s, nil
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
	return io.ReadAll(z)
}

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
