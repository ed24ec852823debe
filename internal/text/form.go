package text

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Form is a regular expression that is matched only where a text has one of the
// strings without which it cannot match: most texts have none, and a string is found
// many times faster.
type Form struct {
	*regexp.Regexp
	needles []needle // without any, every text may match
}

// A needle is a string in lower case, with the numbers of all stretches of three bytes
// in it.
type needle struct {
	text   string
	triads []uint16
}

// NewForm compiles an expression that is known to be sound.
func NewForm(expr string) *Form {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err) // as regexp.MustCompile does
	}
	all := needles(tree)
	rest := slices.DeleteFunc(slices.Clone(all), func(s string) bool { // what has another in it is found with that
		return slices.ContainsFunc(all, func(in string) bool { return in != s && strings.Contains(s, in) })
	})
	slices.Sort(rest)
	f := &Form{Regexp: regexp.MustCompile(expr)}
	for _, s := range slices.Compact(rest) {
		n := needle{text: s}
		for i := range max(0, len(s)-2) {
			n.triads = append(n.triads, triad(s, i))
		}
		f.needles = append(f.needles, n)
	}
	return f
}

// A Folded is a text with what a Form looks for its strings in.
type Folded struct {
	text, lower string
	has         *[1 << 12 / 64]uint64 // a bit for each number of three bytes that stand in lower
}

// triad is the number of the three bytes at i, which others may have, too.
func triad(s string, i int) uint16 {
	const odd = 0x9E3779B1
	return uint16((uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16) * odd >> 20)
}

// in reports whether a text may have the needle.
func (n *needle) in(s Folded) bool {
	for _, t := range n.triads {
		if s.has[t/64]&(1<<(t%64)) == 0 {
			return false
		}
	}
	return true
}

// Fold makes a text ready to be matched with several forms.
func Fold(s string) Folded {
	f := Folded{text: s, lower: lower(s), has: new([1 << 12 / 64]uint64)}
	for i := range max(0, len(f.lower)-2) {
		t := triad(f.lower, i)
		f.has[t/64] |= 1 << (t % 64)
	}
	return f
}

// lower is a text in lower case, with an s for the long s, as a regular expression that
// does not look at case takes it.
func lower(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ſ", "s") }

// In reports whether a text has a match.
func (f *Form) In(s Folded) bool { return f.may(s) && f.MatchString(s.text) }

// All gives the matches in a text with their groups, as
// [regexp.Regexp.FindAllStringSubmatchIndex] does.
func (f *Form) All(s Folded) [][]int {
	if !f.may(s) {
		return nil
	}
	return f.FindAllStringSubmatchIndex(s.text, -1)
}

func (f *Form) may(s Folded) bool {
	for i := range f.needles {
		if n := &f.needles[i]; n.in(s) && strings.Contains(s.lower, n.text) {
			return true
		}
	}
	return len(f.needles) == 0
}

// mostWordings is how many strings are looked for in one place of an expression.
const mostWordings = 24

// needles are strings of which whatever an expression matches has one; nil where
// there are none.
func needles(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpAlternate:
		var out []string
		for _, sub := range re.Sub {
			n := needles(sub)
			if n == nil {
				return nil
			}
			out = append(out, n...)
		}
		return out
	case syntax.OpCapture, syntax.OpPlus:
		return needles(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		run := []string{""} // the wordings of the parts up to here that have few
		for _, sub := range re.Sub {
			w := wordings(sub)
			if len(w) > 0 && len(w)*len(run) <= mostWordings {
				run = joined(run, w)
				continue
			}
			best = better(better(best, run), needles(sub))
			if run = w; run == nil {
				run = []string{""}
			}
		}
		return better(best, run)
	}
	return better(nil, wordings(re))
}

// better are those of two lists of needles that fewer texts have.
func better(a, b []string) []string {
	const long = 6 // bytes that make any string rare enough
	shortest := func(list []string) int {
		least := long
		for _, s := range list {
			least = min(least, len(s))
		}
		return least
	}
	switch {
	case len(b) == 0 || shortest(b) == 0:
		return a
	case len(a) == 0 || shortest(b) > shortest(a) || shortest(b) == shortest(a) && len(b) < len(a):
		return b
	}
	return a
}

// folds reports whether lower makes one of a character and of all that a regular
// expression takes for it where it does not look at case.
func folds(r rune) bool { return lower(string(r))[0] < utf8.RuneSelf || unicode.SimpleFold(r) == r }

// wordings are all strings that an expression matches, in lower case; nil where they
// are many or have letters that do not fold.
func wordings(re *syntax.Regexp) (out []string) {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if !folds(r) {
				return nil
			}
		}
		return []string{lower(string(re.Rune))}
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if len(out) > mostWordings || !folds(r) {
					return nil
				}
				out = append(out, lower(string(r)))
			}
		}
		slices.Sort(out)
		out = slices.Compact(out)
	case syntax.OpCapture:
		return wordings(re.Sub[0])
	case syntax.OpQuest:
		if out = wordings(re.Sub[0]); out != nil {
			out = append(out, "")
		}
	case syntax.OpConcat:
		out = []string{""}
		for _, sub := range re.Sub {
			if out = joined(out, wordings(sub)); len(out) > mostWordings {
				return nil
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			w := wordings(sub)
			if w == nil {
				return nil
			}
			out = append(out, w...)
		}
	}
	if len(out) == 0 || len(out) > mostWordings {
		return nil
	}
	return out
}

// joined is each of one list before each of another.
func joined(a, b []string) []string {
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}
