package speaker

import (
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// kindOf guesses what words a..b name.
func (d *doc) kindOf(a, b int) kind {
	switch {
	case d.isPlace(a, b), d.dateline(a, b):
		return kindPlace
	case b > a+1 && d.words[a].low == "team":
		return kindOrg // "Team Finch"
	case b > a+1 && (d.words[a].upper && d.words[a].Len() > 2 && d.isPlace(a+1, b) || d.words[b-1].low == "uk"):
		return kindOrg // "NHS England", "Cancer Research UK"
	case b > a+1 && statutes[d.words[b-1].low] && !(b == a+2 && d.isGiven(a+1) && (a == 0 || !determiners[d.words[a-1].low] && !d.words[a-1].poss)): // but "Buffalo Bill"
		return kindDocument
	case lexicon.OrgWords().Has(d.words[b-1].low), b > a+1 && lexicon.Outlets().Has(d.key(a, b)), d.legalForm(a, b):
		return kindOrg
	}
	for i := a; i < b; i++ {
		if low := d.words[i].low; lexicon.OrgWords().Has(low) && i > a && !d.isGiven(a) || low == "of" || low == "for" || low == "and" {
			return kindOrg
		}
	}
	if b-a >= 2 && (d.isGiven(a) || isInitial(&d.words[a])) {
		return kindPerson
	}
	if b-a == 1 && (d.words[a].upper && d.words[a].Len() >= 2 || hasDigit(d.words[a].low)) {
		return kindOrg
	}
	if b-a >= 3 && isInitial(&d.words[b-2]) {
		return kindPerson
	}
	return kindUnsure
}

// dateline reports whether words a..b are the town that a line begins with: "MARVIK –", "HOLM, Norvania
// (Norsk Wire) –".
func (d *doc) dateline(a, b int) bool {
	const most = 6 // words up to the dash
	if w := &d.words[a]; a > 0 && d.words[a-1].line == w.line || d.lines[w.line].headline || lexicon.Outlets().Has(d.key(a, b)) {
		return false
	}
	for i := a; i < b; i++ {
		if w := &d.words[i]; !w.upper || w.Len() < 3 {
			return false
		}
	}
	for i := b; i < len(d.words) && i < b+most && d.words[i].line == d.words[a].line; i++ {
		if d.words[i].gap == gapStop {
			return strings.ContainsAny(d.s[d.words[i-1].End:d.words[i].Start], "–—-")
		}
		if !d.words[i].cap || d.words[i].gap != gapSpace && d.words[i].gap != gapComma && d.words[i].gap != gapBracket {
			return false
		}
	}
	return false
}

// statutes are the last words of the names of laws and treaties.
var statutes = set("act bill treaty protocol accord amendment constitution")

// legalForm reports whether words a..b end in what a company is by law: "Nordvik AS".
func (d *doc) legalForm(a, b int) bool {
	w := &d.words[b-1]
	return b > a+1 && (w.low == "oyj" || w.low == "bhd" || w.upper && legalForms[w.low])
}

var legalForms = set("ab ag as asa nv sa se")

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' || s[i] == '.' && i+1 < len(s) {
			return true
		}
	}
	return false
}
