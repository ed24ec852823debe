package when

import "github.com/quothnews/quoth/internal/text"

// hanging reads a date that another event hangs on: "soon after his reelection
// in November 2024", "in the wake of Monday's ruling".
func (l line) hanging(i int, bare bool) (meaning, int, bool) {
	j := i
	switch l.at(j) {
	case "soon", "shortly", "just", "immediately", "right", "days", "weeks", "months", "years", "hours", "not":
		j++
		if l.at(j) == "long" {
			j++
		}
	}
	switch l.at(j) {
	case "after", "before", "following":
		j++
	case "ahead":
		if l.at(j+1) != "of" {
			return meaning{}, 0, false
		}
		j += 2
	case "in":
		if l.at(j+1) != "the" || l.at(j+2) != "wake" || l.at(j+3) != "of" {
			return meaning{}, 0, false
		}
		j += 4
	default:
		return meaning{}, 0, false
	}
	if m, end, ok := l.core(j, false); ok && l.at(end) == "'s" && end+1 < len(l.toks) && l.toks[end+1].Kind == text.Word && m.kind() == Day {
		m.approx = true
		return m, end + 2, true // "Monday's ruling"
	}
	if l.at(j+1) == "'s" {
		if m, end, ok := l.year(j+2, true); ok && end < len(l.toks) && l.toks[end].Kind == text.Word && m.op == opYear && m.to == nil {
			m.approx = true
			return m, end + 1, true // "Holm's 2022 election"
		}
	}
	switch l.at(j) {
	case "his", "her", "their", "its", "the", "a", "an", "my", "our":
	default:
		return meaning{}, 0, false
	}
	for k := j + 2; k <= j+6 && k < len(l.toks); k++ { // a few words, "re-election" being three tokens
		if l.toks[k-1].Kind != text.Word && !(l.at(k-1) == "-" && l.glued(k)) {
			break
		}
		if l.at(k) != "in" && l.at(k) != "on" {
			continue
		}
		m, end, ok := l.modified(k+1, bare)
		if !ok || m.op != opYear && m.op != opMonth && m.op != opDay {
			break
		}
		m.approx = true
		return m, end, true
	}
	return meaning{}, 0, false
}

// context reads what the words around an expression say of it: "since", whether
// it is still to come, and whether the text goes on to speak of it.
func (l line) context(m *meaning, i, end int) {
	until := l.at(i-1) == "until" || l.at(i-1) == "till"
	from := l.at(i-1) == "from" && (m.op == opMonth || m.op == opYear)                                                // "goes up from April"
	adjective := m.op == opYear && (l.at(i-1) == "the" || l.at(i-1) == "a" || l.at(i-1) == "'s" || owning[l.at(i-1)]) // "the 2020 election"
	m.aside = until || from || adjective || l.at(i-1) == "born" || l.at(i-2) == "born"
	first := i
	if prepositions[l.at(i-1)] {
		first--
	}
	m.opens = first == 0 || l.at(first-1) == "."
	if l.at(i-1) == "since" && m.kind() != Same && m.kind() != Vague && l.at(l.skip(end, ",")) != "when" {
		m.since = true
	}
	if m.rel == relNone && m.y == 0 && (m.op == opWeekday || m.op == opDay || m.op == opMonth) && (until && m.op == opWeekday || l.ahead(i, end)) {
		m.rel = relComing
		if m.to != nil {
			to := *m.to
			to.rel, m.to = relComing, &to
		}
	}
}

// owning stand before a year that only tells which: "his 2020 election".
var owning = set("his", "her", "its", "their", "my", "our")

// coming are words that speak of what is to be; said are those that tell of a
// saying, whose time is not that of what is said.
var (
	coming = set("will", "'ll", "shall", "scheduled", "slated", "upcoming", "due", "poised")
	toCome = set("set", "likely", "expected", "plans", "planning", "planned", "going", "about", "intends", "hopes")
	said   = set("said", "says", "told", "announced", "wrote", "tweeted", "posted", "reported", "added", "warned", "confirmed", "vowed", "promised", "pledged", "insisted",
		"argued", "claimed", "predicted", "declared", "testified", "asked", "noted", "statement", "interview", "spokesman", "spokeswoman", "urged", "voted", "stressed", "conference")
)

// ahead reports whether the time at tokens i to end is still to come: "will be
// heard on Thursday", "On Thursday, the board will meet".
func (l line) ahead(i, end int) bool {
	if said[l.at(i-1)] || said[l.at(i-2)] || said[l.at(end)] {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-14; k-- {
		w := l.at(k)
		switch {
		case w == "." || w == ";" || w == "!" || w == "?" || w == "”" || w == "\"" || w == "," || said[w]:
			k = -1
		case coming[w], toCome[w] && l.at(k+1) == "to":
			be := l.at(k - 1)
			return be != "was" && be != "were" && be != "had" // seen from the past, it may be over
		}
	}
	if l.at(end) != "," {
		return false
	}
	for k := end + 1; k < len(l.toks) && k <= end+6; k++ {
		if w := l.at(k); w == "," || w == "." || said[w] {
			return false
		} else if coming[w] {
			return true
		}
	}
	return false
}
