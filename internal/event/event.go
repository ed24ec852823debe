// Package event finds what statements announce or report: a meeting, a visit,
// a signing, a vote; who, where, when, and how certain it is made to be.
//
//	events := event.Read(text, published, dates, statements, names)
//
// It knows a list of verbs of things that happen at a place and a time, and
// the words that put them into the future or in doubt ("may", "is scheduled
// to"). Something past counts where its clause gives its place or date. Every
// answer is a stretch of the text; what the clause does not give is left
// empty, and a subject that is not clear stays unknown.
package event

import (
	"cmp"
	"slices"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

// A Statement is what may announce an event.
type Statement struct {
	Cue, Content []text.Range
	Speakers     []string
}

// An Event is something that happens, told in one clause. Ranges of no length
// are not known.
type Event struct {
	text.Range          // the clause, from its verb on: "meet with Zelensky next week in Washington"
	Statement  int      // which announces it: index
	Who        []string // names as the article gives them in full, or the words of a description
	Where      text.Range
	When       when.Dated
	Certainty  quoth.Certainty
}

type reader struct {
	s         string
	published string
	names     []speaker.Name
	dates     []when.Dated
}

// Read gives the events of statements, in order of the text, each once: of
// nested statements the innermost announces it. Names are those of
// [speaker.Cast.Names], published is the article's date,
// dates are those of [when.Read].
func Read(s, published string, dates []when.Dated, statements []Statement, names []speaker.Name) []Event {
	r := reader{s: s, published: published, names: names, dates: dates}
	found := map[int]Event{} // by the start of the clause
	size := map[int]int{}
	for i, st := range statements {
		for _, c := range st.Content {
			for _, e := range r.content(st, c) {
				if old, ok := size[e.Start]; ok && old <= c.Len() {
					continue
				}
				e.Statement = i
				found[e.Start], size[e.Start] = e, c.Len()
			}
		}
	}
	out := make([]Event, 0, len(found))
	for _, e := range found {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Event) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// A clause is a stretch of tokens of a content.
type clause struct {
	*reader
	toks []text.Token // positions in the whole text
}

func (r *reader) content(st Statement, c text.Range) []Event {
	toks := text.Tokens(r.s[c.Start:c.End])
	for i := range toks {
		toks[i].Start, toks[i].End = toks[i].Start+c.Start, toks[i].End+c.Start
	}
	k := clause{r, toks}
	var out []Event
	for i := 0; i < len(toks); {
		e, next := k.at(st, i)
		if next <= i {
			i++
			continue
		}
		if e.Len() > 0 {
			out = append(out, e)
		}
		i = next
	}
	return out
}

// at reads an event whose opener or past verb is token i. next is where to
// read on, i where there is none.
func (k clause) at(st Statement, i int) (e Event, next int) {
	verb, certainty := i, quoth.Certainty("")
	switch n, c := k.opener(i); {
	case n > 0:
		verb, certainty = k.skip(i+n), c
	case i == 0 && k.low(0) == "to":
		verb, certainty = k.skip(1), k.cued(st)
	default:
		if verb = i; k.pastVerb(i) {
			certainty = quoth.Happened
		}
	}
	if certainty == "" {
		return e, i
	}
	if certainty != quoth.Happened && certainty != quoth.RuledOut && negation[k.low(verb)] {
		return e, i
	}
	passive := k.low(verb) == "be" && base(k.low(verb+1)) != ""
	name := k.low(verb)
	if passive {
		verb++
	}
	if passive || certainty == quoth.Happened {
		name = base(k.low(verb))
	}
	if !verbs[name] || name == "strike" && k.takes(verb+1) || partings[k.low(verb+1)] || wholes[name] != nil && !wholes[name][k.low(verb+1)] ||
		passive && name == "meet" || (name == "begin" || name == "start") && k.goesOn(verb+1, certainty) {
		return e, i
	}
	end := k.end(verb + 1)
	for end > verb+1 && filler[k.low(end-1)] {
		end--
	}
	if k.completed(name, verb, end) {
		return e, i
	}
	if i > 0 && equals[k.low(i)] && notions[k.low(i-1)] { // "the idea is to hold it yearly"
		return e, i
	}
	e.Certainty = certainty
	e.Range = text.Range{Start: k.toks[verb].Start, End: k.toks[end-1].End}
	first, who := k.subject(st, i)
	if passive { // it is done to the subject
		if first < i {
			e.Start = k.toks[first].Start
		}
	} else {
		e.Who = who
	}
	k.circumstances(&e, name)
	if e.When.Date != "" && certainty != quoth.Happened {
		if ahead, ok := e.When.Ahead(k.published); ok {
			e.When.Date = ahead
		}
	}
	placed := e.When.Len() > 0 && e.When.Kind != when.Vague || e.Where.Len() > 0
	switch {
	case k.doubted(first),
		!placed && (certainty == quoth.Happened || !strong[name] || len(e.Who) == 0 && !(passive && first < i)),
		certainty == quoth.Happened && !k.told(first, verb, end, e.Who):
		return Event{}, i
	}
	return e, end
}

// goesOn reports whether what begins at token i is another verb's: "begin to show",
// and in the past "began working", which tells a life.
func (k clause) goesOn(i int, c quoth.Certainty) bool {
	return k.low(i) == "to" || c == quoth.Happened && strings.HasSuffix(k.low(i), "ing")
}

// completed reports whether a word behind the verb makes it no event: held hostage,
// rules that are met.
func (k clause) completed(name string, verb, end int) bool {
	for i := verb + 1; i < end; i++ {
		if k.dated(i) {
			return false
		}
		if completions[name][k.low(i)] || name == "meet" && completions[name][strings.TrimSuffix(k.low(i), "s")] {
			return true
		}
		if name == "meet" && (k.low(i) == "to" || belongs[k.low(i)]) {
			return false
		}
	}
	return false
}

// takes reports whether an object begins at token i: who strikes a deal or a bridge does
// not stop work.
func (k clause) takes(i int) bool {
	if k.dated(i) {
		return false // "strike this week"
	}
	switch k.low(i) {
	case "a", "an", "the":
		return !k.dated(i + 1) // "strike the next day"
	case "this", "that", "his", "her", "their", "its", "one", "two", "three", "several":
		return true
	}
	return i < len(k.toks) && k.nameAt(k.toks[i].Start) != nil
}

// doubted reports whether the clause whose subject begins at token first is put in doubt:
// "whether an envoy would be named".
func (k clause) doubted(first int) bool {
	const most = 6 // tokens of a subject that is not understood
	for i := first - 1; i >= 0 && i >= first-most; i-- {
		switch w := k.low(i); {
		case doubt[w], w == "that" && k.low(i-2) == "no": // "no sign that"
			return true
		case w == "," || w == "that" || stops[w] || k.toks[i].Break:
			return false
		}
	}
	return false
}

// told reports whether a past verb is the clause's own, and not part of the
// subject: "the emails released on Tuesday had no bearing".
func (k clause) told(first, verb, end int, who []string) bool {
	if len(who) == 0 {
		return false
	}
	for i := verb + 1; i < end; i++ {
		if finite[k.low(i)] {
			return false
		}
	}
	described := k.low(first) == "the" || k.low(first) == "a" || k.low(first) == "an"
	return !described || preterites[k.low(verb)] || first == 0 || k.low(first-1) == "that"
}

func (k clause) low(i int) string {
	if i < 0 || i >= len(k.toks) {
		return ""
	}
	return k.toks[i].Lower
}

// opener tells how many tokens from i put a verb into the future or in doubt.
func (k clause) opener(i int) (int, quoth.Certainty) {
	best, certainty := 0, quoth.Certainty("")
	if t := k.toks[i]; i > 0 && t.Kind == text.Word && k.s[t.Start:t.End] != t.Lower && !strings.ContainsAny(k.low(i-1), "\"“‘") { // "the May launch"
		return 0, ""
	}
	for _, o := range openers {
		if len(o.words) <= best {
			continue
		}
		n := 0
		for n < len(o.words) && (k.low(i+n) == o.words[n] || o.words[n] == "be" && being[k.low(i+n)]) {
			n++
		}
		if n == len(o.words) {
			best, certainty = n, o.certainty
		}
	}
	return best, certainty
}

// skip passes over adverbs.
func (k clause) skip(i int) int {
	for adverbs[k.low(i)] {
		i++
	}
	return i
}

// cued is how certain the cue makes a content that begins with "to".
func (k clause) cued(st Statement) quoth.Certainty {
	for _, c := range st.Cue {
		for _, w := range strings.Fields(strings.ToLower(k.s[c.Start:c.End])) {
			if x, ok := cues[w]; ok {
				return x
			}
		}
	}
	return ""
}

// pastVerb reports whether token i is a past verb of ours that is neither
// negated nor part of a longer form.
func (k clause) pastVerb(i int) bool {
	if i == 0 || base(k.low(i)) == "" {
		return false
	}
	before := k.low(i - 1)
	return !being[before] && !negation[before] && before != "to" && before != "by" && before != "the" && before != "a"
}

// end is the token after the clause that token i stands in.
func (k clause) end(i int) int {
	for ; i < len(k.toks); i++ {
		t := &k.toks[i]
		switch {
		case t.Break, stops[t.Lower] && !k.within(t.Range) && !(t.Lower == "." && titles[k.low(i-1)]):
			return i
		case t.Lower == "," && !k.within(t.Range) && !k.place(i+1), breakers[t.Lower] && !k.joins(i):
			return i
		}
	}
	return i
}

// within reports whether r stands inside a name or a date: the full stop of
// "U.S.", the comma of "May 3, 2031".
func (k clause) within(r text.Range) bool {
	at, ok := slices.BinarySearchFunc(k.dates, r.Start, func(d when.Dated, p int) int { return cmp.Compare(d.End, p+1) })
	if (ok || at < len(k.dates)) && k.dates[at].Overlaps(r) {
		return true
	}
	at, ok = slices.BinarySearchFunc(k.names, r.Start, func(n speaker.Name, p int) int { return cmp.Compare(n.End, p+1) })
	return (ok || at < len(k.names)) && k.names[at].Overlaps(r)
}

// place reports whether a place or a date begins at token i: "Helsinki, Finland".
func (k clause) place(i int) bool {
	if i >= len(k.toks) {
		return false
	}
	n := k.nameAt(k.toks[i].Start)
	if n != nil && n.Place {
		return true
	}
	return k.dated(i)
}

// dated reports whether a date begins at token i.
func (k clause) dated(i int) bool {
	if i >= len(k.toks) {
		return false
	}
	_, ok := slices.BinarySearchFunc(k.dates, k.toks[i].Start, func(d when.Dated, p int) int { return cmp.Compare(d.Start, p) })
	return ok
}

// joins reports whether token i is an "and" between two names.
func (k clause) joins(i int) bool {
	return k.low(i) == "and" && i > 0 && i+1 < len(k.toks) && k.nameEnding(k.toks[i-1].End) != nil && k.nameAt(k.toks[i+1].Start) != nil
}

func (k clause) nameAt(start int) *speaker.Name {
	i, ok := slices.BinarySearchFunc(k.names, start, func(n speaker.Name, p int) int { return cmp.Compare(n.Start, p) })
	if !ok {
		return nil
	}
	return &k.names[i]
}

func (k clause) nameEnding(end int) *speaker.Name {
	i, ok := slices.BinarySearchFunc(k.names, end, func(n speaker.Name, p int) int { return cmp.Compare(n.End, p) })
	if !ok {
		return nil
	}
	return &k.names[i]
}

// subject finds who does what the words from token i on tell: names, a pronoun
// for the only speaker, or a short description. first is its first token, i
// where there is none.
func (k clause) subject(st Statement, i int) (first int, who []string) {
	last := i - 1
	for last >= 0 && (adverbs[k.low(last)] || having[k.low(last)] || k.low(last) == "both") {
		last--
	}
	switch {
	case last < 0:
		if of, ok := k.before(st); ok && i == 0 && k.low(0) == "to" {
			return i, of
		}
		if i == 0 && (k.low(0) == "to" || len(st.Content) == 1) { // "plans to visit": the speaker
			return i, st.Speakers
		}
		return i, nil
	case k.low(last) == "it" && (last == 0 || last == 1 && k.low(0) == "that"): // "the Senate announced it would meet"
		if len(st.Speakers) != 1 || !k.impersonal(st.Speakers[0]) {
			return last, nil
		}
		return last, st.Speakers
	case pronouns[k.low(last)]:
		person := k.low(last) == "he" || k.low(last) == "she"
		if len(st.Speakers) != 1 || person && k.impersonal(st.Speakers[0]) {
			return last, nil
		}
		if person {
			if whose := k.ownerOf(st.Speakers[0]); whose != "" {
				return last, []string{whose}
			}
		}
		return last, st.Speakers
	}
	if vacant[k.low(last)] || breakers[k.low(last)] {
		return last, nil
	}
	first = last + 1
	for first > 0 {
		n := k.nameEnding(k.toks[first-1].End)
		if n == nil || n.Start < k.toks[0].Start || n.Place && k.after(first-1, n) {
			break
		}
		who = append([]string{n.Full}, who...)
		for first > 0 && k.toks[first-1].Start >= n.Start {
			first--
		}
		before := first
		if k.low(before-1) == "the" {
			before--
		}
		if w := k.low(before - 1); w != "and" && w != "," || before < 2 || k.nameEnding(k.toks[before-2].End) == nil {
			break
		}
		first = before - 1
	}
	if len(who) > 0 {
		return first, who
	}
	// "the two leaders", "a delegation": from an article on, nothing between
	for first = last; first >= 0 && last-first < 4; first-- {
		switch w := k.low(first); {
		case first == last || strings.HasSuffix(k.low(last), "ly"):
		case w == "the" || w == "a" || w == "an" || w == "both" || w == "his" || w == "her" || w == "their":
			if belongs[k.low(first-1)] { // "divers from the navy"
				return i, nil
			}
			who := k.s[k.toks[first].Start:k.toks[last].End]
			return first, []string{strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(who, "'s"), "’s"), "'’")}
		case vacant[w], k.toks[first].Kind == text.Symbol && w != "-" || breakers[w]:
			return i, nil
		}
	}
	return i, nil
}

// before gives who the piece of content before this one names: "Marr is expected |
// to visit". ok is false where this is the first.
func (k clause) before(st Statement) (who []string, ok bool) {
	for _, c := range st.Content {
		if c.End > k.toks[0].Start {
			continue
		}
		ok, who = true, nil
		for _, n := range speaker.Within(k.names, c) {
			if !n.Place {
				who = append(who, n.Full)
			}
		}
	}
	if len(who) > 1 {
		return nil, ok
	}
	return who, ok
}

// ownerOf is the person, in full, whose office, aide or family a name says it is, "" where it
// is nobody's: of "Elena Marr's office" Elena Marr.
func (k clause) ownerOf(full string) string {
	for _, n := range k.names {
		if rest, ok := strings.CutPrefix(full, n.Full); ok && (strings.HasPrefix(rest, "'s ") || strings.HasPrefix(rest, "’s ")) && n.Type != quoth.Organization {
			return n.Full
		}
	}
	return ""
}

// impersonal reports whether a name is an organisation's: it is no "he".
func (k clause) impersonal(full string) bool {
	return slices.ContainsFunc(k.names, func(n speaker.Name) bool { return n.Full == full && n.Type == quoth.Organization })
}

// after reports whether a place follows a preposition, and so is no subject.
func (k clause) after(last int, n *speaker.Name) bool {
	for last > 0 && k.toks[last].Start > n.Start {
		last--
	}
	w := k.low(last - 1)
	return w == "in" || w == "at" || w == "to" || w == "from" || w == "of" || w == "with" || w == "near"
}

// circumstances finds when and where in the clause.
func (k clause) circumstances(e *Event, verb string) {
	at, _ := slices.BinarySearchFunc(k.dates, e.Start, func(d when.Dated, p int) int { return cmp.Compare(d.Start, p) })
	var taken []text.Range
	for ; at < len(k.dates) && k.dates[at].End <= e.End; at++ {
		d := k.dates[at]
		taken = append(taken, d.Range)
		if !d.Counts && (e.When.Len() == 0 || e.When.Date == "" && d.Date != "") {
			e.When = d
		}
	}
	e.Where = speaker.Place(k.s, e.Range, taken, k.names)
	if n := k.nameAt(e.Where.Start); n != nil && n.End == e.Where.End && n.Type == quoth.Organization {
		before := strings.Fields(strings.TrimSuffix(k.s[e.Start:n.Start], "the "))
		if w := before[len(before)-1]; w != "at" && w != "in" { // "an attack on Navy ships"
			e.Where = text.Range{}
		}
	}
	if e.Where.Len() > 0 {
		return
	}
	for _, n := range speaker.Within(k.names, e.Range) { // "visit Norway", "travel to Oslo"
		before := strings.Fields(k.s[e.Start:n.Start])
		if (n.Place || motion[verb] && !n.Person(k.s)) && len(before) > 0 && (before[len(before)-1] == "to" || len(before) == 1 && (verb == "visit" || verb == "tour" || verb == "leave")) {
			e.Where = n.Range
			return
		}
	}
}
