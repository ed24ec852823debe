// Package lexicon holds word lists: given names with their gender, nouns for
// people's roles, words of organisations, documents, groups, countries. They
// are stable knowledge of the world, embedded; README.md says what each holds
// and where it comes from. All look-ups take words in lower case.
package lexicon

import (
	"embed"
	"strings"
	"sync"
)

//go:embed *.txt
var files embed.FS

// A Gender is 'm', 'f', or 'u' for a word that fits both.
type Gender byte

// The genders that a word can have.
const (
	Male   Gender = 'm'
	Female Gender = 'f'
	Either Gender = 'u'
)

// Sure reports whether a gender is one of the two.
func (g Gender) Sure() bool { return g == Male || g == Female }

// A List maps words to their gender; Either where a word has none.
type List map[string]Gender

// Has reports whether a word is on the list.
func (l List) Has(word string) bool {
	_, ok := l[word]
	return ok
}

// The lists, each read once.
var (
	Given      = list("given.txt")
	Honorifics = list("honorifics.txt")
	Roles      = list("roles.txt")
	Kin        = list("kin.txt")
	Groups     = list("groups.txt")
	Bodies     = list("bodies.txt")
	OrgWords   = list("orgwords.txt")
	Documents  = list("documents.txt")
	Common     = list("common.txt")
	Carriers   = list("carriers.txt")
	Outlets    = phrases("outlets.txt")
)

// Asking holds the forms of the verbs of asking a question; of "press" only the past
// form, as the others are nouns too.
var Asking = map[string]bool{
	"ask": true, "asks": true, "asked": true, "asking": true, "pressed": true,
	"question": true, "questioned": true, "questioning": true, "quizzed": true,
}

// Asked reports whether a word tells that somebody asked or was asked.
func Asked(word string) bool { return strings.HasSuffix(word, "ed") && Asking[word] }

func lines(name string) []string {
	b, err := files.ReadFile(name)
	if err != nil { // embedded: cannot be absent
		return nil
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

func list(name string) func() List {
	return sync.OnceValue(func() List {
		all := lines(name)
		l := make(List, len(all))
		for _, s := range all {
			word, gender, ok := strings.Cut(s, " ")
			if !ok {
				gender = string(Either)
			}
			l[word] = Gender(gender[0])
		}
		return l
	})
}

// phrases is a list whose entries may be of several words, without genders.
func phrases(name string) func() List {
	return sync.OnceValue(func() List {
		l := List{}
		for _, s := range lines(name) {
			l[s] = Either
		}
		return l
	})
}

// Places maps names of countries, capitals and regions, in lower case, to the
// country they stand for; a region stands for itself.
var Places = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, s := range lines("regions.txt") {
		m[strings.ToLower(s)] = s
	}
	for _, s := range lines("countries.txt") {
		f := strings.Split(s, ";")
		if len(f) != 3 {
			continue
		}
		m[strings.ToLower(f[0])] = f[0]
		if c := strings.ToLower(f[2]); m[c] == "" || m[c] == f[2] {
			m[c] = f[0]
		}
	}
	return m
})

// Demonyms maps the adjectives and people of countries, in lower case, to the
// country: "ukrainian", "ukrainians" to "Ukraine".
var Demonyms = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, s := range lines("countries.txt") {
		f := strings.Split(s, ";")
		if len(f) != 3 {
			continue
		}
		for _, d := range strings.Split(f[1], ",") {
			if d = strings.ToLower(d); m[d] == "" {
				m[d] = f[0]
			}
		}
	}
	return m
})
