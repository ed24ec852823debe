package quoth

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/quothnews/quoth"

// directions says what each package of the project may import of it. "." is
// the root, which everything may import. Tests are held to it as well, but may
// import the model and the corridor.
var directions = map[string][]string{
	".":                         {},
	"model":                     {"internal/encoder"}, // its test alone
	"internal/encoder":          {},
	"internal/encoder/gen":      {},
	"internal/lexicon":          {},
	"internal/text":             {},
	"internal/text/texttest":    {},
	"internal/source":           {".", "internal/text"},
	"internal/source/feed":      {"."},
	"internal/article":          {".", "internal/text"},
	"internal/attribution":      {".", "internal/encoder", "internal/text"},
	"internal/claim":            {".", "internal/text"},
	"internal/speaker":          {".", "internal/lexicon", "internal/text"},
	"internal/when":             {".", "internal/lexicon", "internal/text", "internal/text/texttest"},                  // the last: its tests alone
	"internal/figure":           {".", "internal/lexicon", "internal/text", "internal/text/texttest", "internal/when"}, // texttest: its tests alone
	"internal/event":            {".", "internal/speaker", "internal/text", "internal/when"},
	"internal/occasion":         {".", "internal/lexicon", "internal/speaker", "internal/text", "internal/when"},
	"internal/caption":          {".", "internal/lexicon", "internal/speaker", "internal/text", "internal/when"},
	"internal/act":              {".", "internal/text"},
	"read":                      {".", "internal/act", "internal/article", "internal/attribution", "internal/caption", "internal/encoder", "internal/event", "internal/figure", "internal/occasion", "internal/speaker", "internal/text", "internal/when"},
	"internal/store":            {"."},
	"internal/store/sqlstore":   {".", "internal/store"},
	"internal/store/sqlite":     {".", "internal/store", "internal/store/sqlstore", "internal/store/storetest"},
	"internal/store/storetest":  {".", "internal/store"},
	"internal/store/crashtest":  {".", "internal/store", "internal/store/sqlite", "internal/store/storetest"},
	"internal/store/storebench": {".", "internal/store", "internal/store/sqlite", "internal/store/storetest"},
	"eval":                      {"."},
	"internal/web":              {".", "internal/store", "internal/store/sqlite", "internal/store/storetest"}, // the last two: its tests alone
	"internal/web/storybook":    {"internal/web"},
	"client":                    {".", "internal/store", "client", "internal/store/sqlite", "internal/store/storetest", "internal/web"}, // all but store: its tests alone
	"cmd/quoth":                 {"*"},
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		seen[dir] = true
		allowed, ok := directions[dir]
		if !ok {
			t.Errorf("package %s is not in the table of directions", dir)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range f.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			of, ours := strings.CutPrefix(p, module)
			if !ours {
				if dir == "." && strings.Contains(strings.Split(p, "/")[0], ".") {
					t.Errorf("%s imports %s: the root stands on the standard library alone", path, p)
				}
				continue
			}
			of = strings.TrimPrefix(of, "/")
			if of == "" {
				of = "."
			}
			test := strings.HasSuffix(path, "_test.go") && (of == "model" || of == "read" || of == dir)
			if !test && !slices.Contains(allowed, of) && !slices.Contains(allowed, "*") {
				t.Errorf("%s imports %s, which %s may not", path, of, dir)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < 10 {
		t.Errorf("only %d packages were looked at", len(seen))
	}
}
