package occasion

import (
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
)

// kept are the ties that a statement can have. What is only thought is said to
// nobody, and has but the carrier and time that stand beside it; nobody speaks to
// himself, nor to whom others do or who is only spoken of; no outlet is its own
// carrier, nor is the poll that is itself the source, a newspaper that speaks, or what
// somebody else said or wrote; what the article tells of somebody is not when it was
// said; of another's occasion less is kept, and nothing of it by a newspaper that reports.
func (d *doc) kept(f Field, i int, ties []Tie) []Tie {
	st := &d.statements[i]
	return slices.DeleteFunc(ties, func(t Tie) bool {
		switch self := slices.Contains(t.Values, st.Speaker); {
		case d.beyond(f, i, t.From):
			return true
		case f == To:
			return self || d.wanted(i, t) || d.spokenOf(i, t) || t.P < surer && d.anotherTime(i, t.From)
		case d.foreign(f, i, t):
			return true
		case f == When:
			return d.told(t) || d.lasting(st, t)
		case f == Via:
			return d.anothers(st, t) || d.newspaper(i, t) || self && st.Speaker != strings.ToLower(st.Speaker) || measures(t.Values[0]) && d.measured(st)
		}
		return false
	})
}

// beyond reports whether statement i cannot have a tie to what stands beside statement
// from, however likely.
func (d *doc) beyond(f Field, i, from int) bool {
	return d.statements[i].Thought && (f == To || from != i) || f == To && d.elsewhere(i, from)
}

// elsewhere reports whether two statements are of two speakers in two paragraphs: whom
// the one spoke to need not have heard the other.
func (d *doc) elsewhere(i, k int) bool {
	a, b := &d.statements[i], &d.statements[k]
	return a.Speaker != "" && b.Speaker != "" && a.Speaker != b.Speaker && d.par[d.anchors[i]] != d.par[d.anchors[k]]
}

// single are carriers of one speaker's words, as a hearing or a debate is not.
var single = set("interview interviews email emails e-mail e-mails statement statements tweet tweets post posts message messages phone telephone call calls text op-ed column memo memoir voicemail blog podcast video videos clip recording")

// foreign reports whether a tie is of another's occasion and not as sure as that
// asks for. The title and the lead tell what others say further down. Who but
// declines says nothing through what somebody else said.
func (d *doc) foreign(f Field, i int, t Tie) bool {
	if t.From == i {
		return false
	}
	if f == Via && len(d.statements[i].Content) == 0 && d.sent[d.span(t.Range).first] != d.sent[d.anchors[i]] {
		return true
	}
	if d.par[d.anchors[i]] <= 1 || !d.elsewhere(i, t.From) {
		return false
	}
	if f == Via && Outlet(d.statements[i].Speaker) {
		return true // what a newspaper reports was not said at another's news conference
	}
	return f == When && t.P < 0.45 || f == Via && t.P < sure && single[lastWord(strings.ToLower(t.Values[0]))]
}

// told reports whether a time stands in a clause that tells something else of
// somebody than that he or she spoke: "Dahl, who will retire in March".
func (d *doc) told(t Tie) bool {
	s := d.span(t.Range)
	for k := s.first - 1; k > 0 && d.sent[k] == d.sent[s.first] && !d.cued[k] && !d.quoted[k]; k-- {
		switch w := &d.toks[k]; {
		case w.Kind == text.Symbol || saying[w.Lower] || addressing[w.Lower] || d.carrier(k):
			return false
		case w.Lower == "who":
			return d.toks[k-1].Lower == ","
		}
	}
	return false
}

// lasting reports whether a time only tells since when somebody is what he is, or for
// what day: "a volunteer at the site since Thursday", "forecast rain for Friday".
func (d *doc) lasting(st *Statement, t Tie) bool {
	s := d.span(t.Range)
	w := d.word(s.first-1, s.first)
	return w == "since" && within(t.Range, st.Source) || w == "for" && len(t.Values[0]) >= len(time.DateOnly)
}

// owned are carriers of the words of whose they are said to be.
var owned = set("speech speeches statement statements remarks comments tweet tweets letter letters address testimony op-ed column memoir book article essay post posts conference interview email emails e-mail e-mails announcement apology")

// anothers reports whether a carrier is said to be that of somebody else than the
// speaker: "Finch's speech", for what Dahl says.
func (d *doc) anothers(st *Statement, t Tie) bool {
	if !owned[lastWord(strings.ToLower(t.Values[0]))] || st.Speaker == "" {
		return false
	}
	s := d.span(t.Range)
	k := s.first - 1
	for k > 0 && d.toks[k].Kind == text.Word && !articles[d.toks[k].Lower] && !governs[d.toks[k].Lower] && d.toks[k].Lower != "'s" && s.first-k < 4 {
		k--
	}
	if k <= 0 || d.toks[k].Lower != "'s" && d.toks[k].Lower != "'" && d.toks[k].Lower != "’" || d.toks[k].Space {
		return false
	}
	return slices.ContainsFunc(d.Names, func(n speaker.Name) bool {
		return n.End == d.toks[k].Start && n.Type == quoth.Person && !strings.Contains(st.Speaker, n.Full) &&
			d.toks[k-1].Lower != "year"
	})
}

// newspapers are nouns for a newspaper, and sites for what else may be told something.
var (
	newspapers = set("paper papers newspaper newspapers")
	sites      = set("website site magazine")
)

// newspaper reports whether a tie is to a newspaper that is itself the source of
// statement i, or to whom something is told, or that another statement is of: it
// speaks or is spoken to, "the paper says", "told the paper", and carries nobody
// else's words.
func (d *doc) newspaper(i int, t Tie) bool {
	name := strings.ToLower(t.Values[0])
	if !newspapers[name] && !sites[name] {
		return false
	}
	c := cand{Range: t.Range, first: d.span(t.Range).first}
	return d.class(d.governor(&c), c.first) == "ADDRESS" || newspapers[name] && (t.From != i || within(t.Range, d.statements[i].Source))
}

// measuring are papers that the readings take for the source of what they find.
var measuring = set("poll polls polling survey surveys study studies research")

// measures reports whether a carrier is such a paper.
func measures(name string) bool {
	return measuring[lastWord(strings.ToLower(name))]
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// measured reports whether a statement's source is such a paper, and not who made
// it: "a survey by the institute".
func (d *doc) measured(st *Statement) bool {
	for _, g := range st.Source {
		for s := d.span(g); s.first < s.last; s.first++ {
			if measuring[d.toks[s.first].Lower] && d.word(s.first+1, s.first) != "by" {
				return true
			}
		}
	}
	return false
}

// requesting are verbs for wanting something of somebody.
var requesting = set("urge urges urged urging press presses pressed pressing order orders ordered ordering want wants wanted wanting encourage encourages encouraged encouraging allow allows allowed allowing warn warns warned warning push pushes pushed pushing persuade persuades persuaded persuading convince convinces convinced convincing force forces forced forcing instruct instructs instructed instructing beg begs begged begging implore implores implored imploring demand demands demanded demanding call calls called calling appeal appeals appealed appealing")

// wanted reports whether a tie is to somebody of whom but another statement wants
// something: "called on the council to resign". What else is said is not said to him
// for that.
func (d *doc) wanted(i int, t Tie) bool {
	if t.From == i {
		return false
	}
	for _, s := range d.cues[i] {
		for k := s.first; k < s.last; k++ {
			if w := d.toks[k].Lower; requesting[w] || lexicon.Asking[w] {
				return false
			}
		}
	}
	s := d.span(t.Range)
	for k := s.first - 1; k >= s.first-4 && k >= 0 && d.sent[k] == d.sent[s.first]; k-- {
		switch w := d.toks[k].Lower; {
		case requesting[w]:
			return true
		case lexicon.Asking[w]:
			return d.word(s.last, s.first) == "to"
		}
	}
	return false
}

// spokenOf reports whether a tie is to somebody whom a statement only speaks of, in a
// phrase that no verb of address governs: "accused the drivers of lying"; or to an
// outlet that another sentence makes speak, or in which somebody speaks there.
func (d *doc) spokenOf(i int, t Tie) bool {
	c := cand{Range: t.Range, first: d.span(t.Range).first}
	class := d.class(d.governor(&c), c.first)
	if t.From != i {
		return (class == "-" || class == "on") && Outlet(d.Text[t.Start:t.End])
	}
	_, phrase := slices.BinarySearchFunc(d.Phrases, t.Start, func(p Phrase, at int) int { return p.Start - at })
	return phrase && (class == "-" || class == "CUE") && within(t.Range, d.statements[i].Content)
}
