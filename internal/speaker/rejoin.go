package speaker

import (
	"slices"
	"strings"
)

// rejoin gives a name of one word to the person whose surname it is, where only
// the words around the full name have told that it is a person's: "The Adelson
// factor" before "mega-donor Sheldon Adelson".
func (d *doc) rejoin() {
	for i := range d.ids {
		e := &d.ids[i]
		if len(e.words) != 1 || e.kind != kindUnsure && e.kind != kindPerson {
			continue
		}
		who, like := -1, slices.Concat(d.known[e.words[0]], d.forenames[e.words[0]])
		if len(like) == 1 && len(e.words[0]) > 4 && !d.isPlace(d.names[e.full].first, d.names[e.full].last) {
			like = d.misspelt(e.words[0])
		}
		for _, id := range like {
			f := &d.ids[id]
			if id == i || len(f.words) < 2 || f.kind != kindPerson || !agree(e.gender, f.gender) || id == who {
				continue
			}
			if who >= 0 {
				who = -1
				break
			}
			who = id
		}
		if who >= 0 {
			d.merge(i, who)
		}
	}
}

// misspelt are the persons whose surname has the same consonants as w, where one
// letter at most was added or left out: "Sweeny" for "Sweeney".
func (d *doc) misspelt(w string) []int {
	if d.spellings == nil {
		d.spellings = map[string][]int{}
		for id := range d.ids {
			if e := &d.ids[id]; len(e.words) > 1 && e.kind == kindPerson {
				key := consonants(e.words[len(e.words)-1])
				d.spellings[key] = append(d.spellings[key], id)
			}
		}
	}
	var out []int
	for _, id := range d.spellings[consonants(w)] {
		words := d.ids[id].words
		if last := words[len(words)-1]; len(last) > 4 && initial(last) == initial(w) && max(len(last), len(w))-min(len(last), len(w)) <= 1 {
			out = append(out, id)
		}
	}
	return out
}

// consonants drops the vowels and doubled letters of a name.
func consonants(w string) string {
	return squeeze(strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiouy", r) {
			return -1
		}
		return r
	}, w))
}

// merge gives the mentions and roles of one identity to another.
func (d *doc) merge(from, to int) {
	e, f := &d.ids[from], &d.ids[to]
	for _, n := range e.names {
		d.names[n].id = to
	}
	f.names = append(f.names, e.names...)
	slices.Sort(f.names)
	f.roles = append(f.roles, e.roles...)
	f.seen += e.seen
	f.surname += len(e.names)
	if f.gender == 0 {
		f.gender = e.gender
	}
	e.names, e.roles = nil, nil
}

// squeeze drops doubled letters.
func squeeze(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if i == 0 || s[i] != s[i-1] {
			out = append(out, s[i])
		}
	}
	return string(out)
}
