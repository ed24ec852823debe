package occasion

import (
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/text"
)

// tieAt ties to a word of an article, the last of its kind, as from a statement.
func tieAt(a Article, word string, from int) Tie {
	k := strings.LastIndex(a.Text, word)
	return Tie{Range: text.Range{Start: k, End: k + len(word)}, Values: []string{word}, P: 0.9, From: from}
}

// The paper that says or is told something carries nobody else's words.
func TestNewspaper(t *testing.T) {
	for _, c := range []struct {
		article, word string
		i, from       int
		want          bool
	}{
		{"[The paper]1 {says}1 <so>1.", "paper", 0, 0, true},
		{"[The paper]1 {says}1 <so>1. [Nora Finch]2 {denied}2 <that>2.", "paper", 1, 0, true},
		{"[Nora Finch]1 {told}1 the paper <the pier was closed>1.", "paper", 0, 0, true},
		{"[Nora Finch]1 {told}1 the website <the pier was closed>1.", "website", 0, 0, true},
		{"[Nora Finch]1 {wrote}1 on the website <that the pier was closed>1.", "website", 0, 0, false},
		{"In a paper on eels, [Nora Finch]1 {said}1 <they were few>1.", "paper", 0, 0, false},
		{"[Nora Finch]1 {told}1 a conference <the pier was closed>1.", "conference", 0, 0, false},
	} {
		a, sts := mark(c.article)
		if got := newDoc(a, sts).newspaper(c.i, tieAt(a, c.word, c.from)); got != c.want {
			t.Errorf("%q of statement %d in %q: %v", c.word, c.i, c.article, got)
		}
	}
}

// Of whom something is wanted in one statement is not spoken to in another, unless that
// asks as well.
func TestWanted(t *testing.T) {
	for _, c := range []struct {
		article, word string
		want          bool
	}{
		{"[Nora Finch]1 {called on}1 the council <to resign>1. [She]2 {said}2 <the pier was lost>2.", "council", true},
		{"[Nora Finch]1 {urged}1 the council <to resign>1. [She]2 {said}2 <the pier was lost>2.", "council", true},
		{"[Nora Finch]1 {urged}1 the council <to resign>1. [She]2 {also asked}2 <for its books>2.", "council", false},
		{"[Nora Finch]1 {asked}1 the council <to resign>1. [She]2 {said}2 <the pier was lost>2.", "council", true},
		{"[Nora Finch]1 {asked}1 the council <whether it knew>1. [She]2 {said}2 <the pier was lost>2.", "council", false},
		{"[Nora Finch]1 {told}1 the council <to resign>1. [She]2 {said}2 <the pier was lost>2.", "council", false},
	} {
		a, sts := mark(c.article)
		d := newDoc(a, sts)
		if got := d.wanted(1, tieAt(a, c.word, 0)); got != c.want {
			t.Errorf("%q in %q: %v", c.word, c.article, got)
		}
		if d.wanted(0, tieAt(a, c.word, 0)) {
			t.Errorf("%q in %q is not spoken to by its own statement", c.word, c.article)
		}
	}
}

// Who is only spoken of, and an outlet that speaks or in which somebody speaks elsewhere,
// are not spoken to.
func TestSpokenOf(t *testing.T) {
	for _, c := range []struct {
		article, word string
		i, from       int
		want          bool
	}{
		{"[Nora Finch]1 {accused}1 <the drivers of lying>1.", "the drivers", 0, 0, true},
		{"[Nora Finch]1 {urged}1 <the drivers to stay>1.", "the drivers", 0, 0, false},
		{"CNN reported the flood. [Nora Finch]1 {said}1 <so>1. [She]2 {said}2 <no>2.", "CNN", 1, 0, true},
		{"[Nora Finch]1 {said}1 on CNN <that it rained>1. [She]2 {said}2 <no>2.", "CNN", 1, 0, true},
		{"[Nora Finch]1 {told}1 CNN <that it rained>1. [She]2 {said}2 <no>2.", "CNN", 1, 0, false},
	} {
		a, sts := mark(c.article)
		if got := newDoc(a, sts).spokenOf(c.i, tieAt(a, c.word, c.from)); got != c.want {
			t.Errorf("%q of statement %d in %q: %v", c.word, c.i, c.article, got)
		}
	}
}
