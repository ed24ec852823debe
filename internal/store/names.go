package store

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the words of a name as they are compared: lower case, without
// accents and points, and without a leading "the".
func Fold(name string) []string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '.' || r == '’' || r == '\'':
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return words
}

var honours = words("mr mrs ms dr prof sir dame lord lady jr sr ii iii iv")

// NameKey is what two forms of one person's full name share: the first and the
// last word. whole says that it is a full name and no surname alone. An
// organisation's key is all of its words.
func NameKey(name string, organization bool) (key string, whole bool) {
	w := Fold(name)
	if organization {
		return strings.Join(w, " "), len(w) > 0
	}
	w = slices.DeleteFunc(w, func(s string) bool { return honours[s] })
	switch len(w) {
	case 0:
		return "", false
	case 1:
		return w[0], false
	}
	return w[0] + " " + w[len(w)-1], true
}

// Surname is the last word of a key.
func Surname(key string) string { return key[strings.LastIndexByte(key, ' ')+1:] }

// fields sorts the nouns of roles by walk of life. Two people of one name in
// walks that do not meet are two.
var fields = map[string]map[string]bool{
	"politics": words("president minister premier chancellor senator congressman congresswoman lawmaker mp governor mayor spokesman spokeswoman spokesperson ambassador envoy diplomat secretary councillor councilor candidate deputy commissioner king queen prince princess"),
	"sport":    words("coach striker midfielder defender goalkeeper quarterback sprinter referee player winger batsman bowler pitcher footballer golfer swimmer cyclist boxer"),
	"science":  words("professor researcher scientist historian economist lecturer biologist physicist chemist astronomer epidemiologist virologist geologist"),
	"arts":     words("actor actress singer author novelist writer musician artist painter guitarist drummer filmmaker comedian poet playwright conductor"),
	"law":      words("detective sheriff prosecutor attorney lawyer judge solicitor barrister constable"),
	"crime":    words("suspect defendant victim inmate gunman convict"),
	"medicine": words("doctor surgeon nurse physician paediatrician pediatrician dentist midwife"),
	"business": words("ceo banker trader founder shareholder entrepreneur investor"),
	"daily":    words("resident neighbour neighbor shopkeeper farmer teacher student driver baker fisherman waiter waitress plumber carpenter pensioner"),
	"military": words("general colonel soldier commander admiral sergeant lieutenant major"),
}

// meet are walks of life that one person is often said to be in at once or
// one after the other.
var meet = map[[2]string]bool{
	{"law", "politics"}: true, {"military", "politics"}: true, {"business", "politics"}: true, {"politics", "science"}: true, {"medicine", "science"}: true,
	{"arts", "science"}: true, {"arts", "politics"}: true, {"medicine", "politics"}: true, {"crime", "daily"}: true, {"business", "daily"}: true, {"law", "science"}: true,
}

var common = words("the a an of for in at and to on from with former chief senior top deputy vice new acting")

// Roles compares the role of a name in one article with those that an identity
// has had: 1 where they share a word that tells something, -1 where they
// belong to walks of life that do not meet, else 0.
func Roles(role string, had []string) int {
	mine := slices.DeleteFunc(Fold(role), func(w string) bool { return common[w] })
	known, near := false, false
	for _, h := range had {
		theirs := slices.DeleteFunc(Fold(h), func(w string) bool { return common[w] })
		for _, w := range mine {
			if slices.Contains(theirs, w) {
				return 1
			}
		}
		a, b := walks(mine), walks(theirs)
		if len(a) == 0 || len(b) == 0 {
			continue
		}
		known = true
		for _, x := range a {
			for _, y := range b {
				near = near || x == y || meet[[2]string{min(x, y), max(x, y)}]
			}
		}
	}
	if known && !near {
		return -1
	}
	return 0
}

func walks(role []string) []string {
	var out []string
	for f, nouns := range fields {
		if slices.ContainsFunc(role, func(w string) bool { return nouns[w] }) {
			out = append(out, f)
		}
	}
	return out
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
