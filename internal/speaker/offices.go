package speaker

import (
	"slices"

	"github.com/quothnews/quoth/internal/lexicon"
)

// otherOffice reports whether words a..b, up to their noun, are of another office than
// words first..last with such a noun: the prime minister is no trade minister, the
// president no vice president.
func (r *resolver) otherOffice(a, b, first, last int, noun string) bool {
	vice := r.ranked(a, b, "vice", r.words[b-1].low) != r.ranked(first, last, "vice", noun)
	if vice || r.ranked(a, b, "prime", r.words[b-1].low) && !r.ranked(first, last, "prime", noun) {
		return true
	}
	one, two := r.fields(a, b), r.fields(first, last)
	return len(one) > 0 && len(two) > 0 && !slices.ContainsFunc(one, func(low string) bool { return slices.Contains(two, low) })
}

// fields are what tells offices of one noun apart among words a..b: "trade", "prime".
func (d *doc) fields(a, b int) []string {
	var out []string
	for i := a; i < b; i++ {
		if low := d.words[i].low; concerns[low] || low == "prime" {
			out = append(out, low)
		}
	}
	return out
}

// ranked reports whether words a..b hold a noun with a rank right before it.
func (d *doc) ranked(a, b int, rank, noun string) bool {
	for i := a; i+1 < b; i++ {
		if d.words[i].low == rank && d.words[i+1].low == noun {
			return true
		}
	}
	return false
}

// elsewhere reports whether the article gives somebody another office than words a..head
// tell of.
func (r *resolver) elsewhere(id, a, head int) bool {
	if r.topOffice(a, head) && (r.given(id) || slices.ContainsFunc(r.ids[id].roles, func(x role) bool { return lexicon.Kin().Has(x.head) })) {
		return true // somebody in that office would be given as such
	}
	return slices.ContainsFunc(r.ids[id].roles, func(x role) bool {
		return x.how != called && sameRole(x.head, r.words[head].low) && r.otherOffice(a, head+1, x.first, x.last, x.head)
	})
}

// topOffice reports whether words a..head are of an office of state whose holder an
// article need not name; a club's president is none.
func (r *resolver) topOffice(a, head int) bool {
	if r.ranked(a, head+1, "prime", "minister") {
		return true
	}
	w := &r.words[max(head-1, 0)]
	return topOffices[r.words[head].low] && (head == a || w.cap || determiners[w.low] || w.low == "next" || w.low != "vice" && ranks[w.low])
}

var topOffices = set("president premier chancellor king queen pope emperor empress")

// holds reports whether a role has this noun, or makes somebody a detective by rank: "Det
// Insp".
func (d *doc) holds(x role, low string) bool {
	return sameRole(x.head, low) || low == "detective" && x.how != called &&
		slices.ContainsFunc(d.words[x.first:x.last], func(w word) bool { return w.low == "det" || w.low == low })
}

// styleBefore is where a form of address before a name begins, which is no office:
// "Dr", "the Rt Rev"; the name's first word where none does.
func (d *doc) styleBefore(m *name) int {
	i := m.first
	for i > m.title && (plainHonorific[d.words[i-1].low] || i < m.first && styles[d.words[i-1].low]) {
		i--
	}
	return i
}

var styles = set("rt right most very hon honourable honorable")
