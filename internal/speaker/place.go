package speaker

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

var (
	article   = set("the a an")
	locatives = set("in at near outside inside on from off")
)

// Person reports whether a name of the text s is a person's. Nobody is called
// "the Norman Porch".
func (n Name) Person(s string) bool { return n.Type == quoth.Person && !article[lastWord(s[:n.Start])] }

// Thing reports whether a name of the text s stands as those of places and
// things do: after an article or a preposition of place.
func (n Name) Thing(s string) bool {
	w := lastWord(s[:n.Start])
	return article[w] || locatives[w]
}

// lastWord is the word at the end of s, in lower case.
func lastWord(s string) string {
	s = strings.TrimRight(s, " \n\t")
	return strings.ToLower(s[strings.LastIndexAny(s, " \n\t")+1:])
}

// Within gives the names that start in r.
func Within(names []Name, r text.Range) []Name {
	start := func(n Name, at int) int { return cmp.Compare(n.Start, at) }
	lo, _ := slices.BinarySearchFunc(names, r.Start, start)
	hi, _ := slices.BinarySearchFunc(names[lo:], r.End, start)
	return names[lo : lo+hi]
}

// Place finds where something is said to be within a stretch of the text s:
// capitalised words after a preposition, with those that follow after a comma
// or another preposition. One that holds a known place is preferred. Nothing
// that overlaps taken or names a person is a place; the answer has no length
// where none is.
func Place(s string, within text.Range, taken []text.Range, names []Name) text.Range {
	toks := text.Tokens(s[within.Start:within.End])
	at := func(i int) text.Range {
		return text.Range{Start: within.Start + toks[i].Start, End: within.Start + toks[i].End}
	}
	capital := func(i int) bool {
		if i >= len(toks) || toks[i].Kind != text.Word || s[at(i).Start:at(i).End] == toks[i].Lower {
			return false
		}
		return !slices.ContainsFunc(taken, at(i).Overlaps) &&
			!slices.ContainsFunc(names, func(n Name) bool { return n.Overlaps(at(i)) && n.Person(s) })
	}
	names = Within(names, within)
	var best text.Range
	known := false
	for i := 0; i < len(toks); i++ {
		if !locatives[toks[i].Lower] {
			continue
		}
		first := i + 1
		if first < len(toks) && toks[first].Lower == "the" {
			first++
		}
		if !capital(first) {
			continue
		}
		last := first
		for next := first + 1; next < len(toks); next++ {
			low, tight := toks[next].Lower, !toks[next].Space
			switch {
			case tight && (toks[next-1].Lower == "-" || low == "'s"), capital(next): // "Mar-a-Lago", "McDonald's"
				last = next
				continue
			case last == next-1 && (tight && low == "-" || low == "," || low == "of" || streetParticles[low] || locatives[low]), last == next-2 && low == "the":
				continue
			}
			break
		}
		if toks[last].Lower == "'s" { // "Norway's northern coast", but Norway in "Norway's plan"
			last--
			for k := last + 2; k < min(last+5, len(toks)) && toks[k].Kind == text.Word; k++ {
				if grounds[toks[k].Lower] {
					last = k
					break
				}
			}
		}
		r := text.Range{Start: at(first).Start, End: at(last).End}
		if at(last).Len() == 1 { // "U.S."
			r.End += len(dotted.FindString(s[r.End:within.End]))
		}
		if _, people := lexicon.Demonyms()[strings.ToLower(s[r.Start:r.End])]; people { // "in Indian waters"
			continue
		}
		sure := slices.ContainsFunc(names, func(n Name) bool { return n.Place && r.Contains(n.Range) })
		if best.Len() == 0 || sure && !known {
			best, known = r, sure
		}
		i = last
	}
	return best
}

// dotted are the letters of a name that go on behind the first.
var dotted = regexp.MustCompile(`^(?:\.[A-Z])+\.`)

// streetParticles stand within names of places in other languages: "Rue des Anges".
var streetParticles = set("de des du la le les del di da van von der")

// grounds are nouns for a part of a country or a town, or for what stands there.
var grounds = set("airport border capital centre center city coast downtown east embassy hall headquarters house interior north outskirts palace parliament port province region south square stadium suburbs waters west")
