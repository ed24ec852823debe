package attribution

import (
	"regexp"
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/text"
)

// PolNeAR, from which most of the tags are learned, asks each statement for a
// content. So the tags are unsure of those who say nothing, which is what
// refusals finds again, and of where the cue of a refusal ends.
const (
	not    = `(?:(?:did|does|do|has|have|had|is|are|was|were|would|will|could|can)(?:n[’']t| not))`
	adv    = `(?: (?:yet|also|\w+ly))*`
	talk   = `(?:comment|answer|respond|reply|discuss|say|tell|speak|talk|elaborate|speculate|confirm|deny|disclose|reveal|specify|name|identify|explain|address|give|provide|offer|share|release|be (?:drawn|interviewed|named|identified|pinned down))`
	till   = `(?:[.,;]|\s*$| (?:either|and|but|by|before|when|as|in time|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)`
	detail = `(?:(?:any|more|further|other|specific|additional) )*(?:details?|information|specifics|explanation|reasons?|timeline|timetable|figures?|numbers?)`
	none   = `no (?:immediate |further |public )?(?:answer|comment|reply|response)`
	ask    = `(?:reached out|asked|contacted|e-?mailed|approached)`
	want   = `for (?:further |a )?comment`
	call   = `(?:calls?|messages?|e-?mails?|requests?|inquir(?:y|ies)|quer(?:y|ies)|letters?|questions?|comment)`
)

// standing is a refusal that does not say of what: its first group is the cue.
var standing = text.NewForm(`(?i)\b(?:` +
	`(` + not + adv + ` (?:respond|responded|reply|replied|comment|commented|answer|answered|elaborate|elaborated))(?:` + till + `| to (?:[\w’'-]+ ){0,5}` + call + `\b)` +
	`|(` + not + adv + ` return(?:ed)? (?:[\w’'-]+ ){0,3}` + call + `)\b` +
	`|((?:declin|refus)(?:es|ed|e|ing) (?:further |to |any )?(?:comment|answer)(?: further)?)(?:` + till + `)` +
	`|(could(?:n[’']t| not)` + adv + ` be(?: \w+ly)? reached)\b` +
	`|((?:was|were|is|are)(?: not` + adv + ` available| unavailable)) (?:for|to) (?:an? |further )?(?:comment|interview)` +
	`|((?:gave|made|offered|had) ` + none + `)(?:` + till + `)` +
	`|((?:has|have|had) yet to (?:respond|reply|comment|answer))(?:` + till + `| to (?:[\w’'-]+ ){0,5}` + call + `\b)` +
	`)`)

// partial is a refusal, or the question before it, whose second group is its
// content.
var partial = text.NewForm(`(?i)\b(?:` +
	`(without (?:giving|providing|offering)|(?:(?:gave|gives|offered|provided)|(?:has|have|had) (?:given|offered|provided)) no) (` + detail + `)\b` +
	`|((?:(?:has|have|had) )?` + ask + `)(?: [\w’'-]+){0,9}? (` + want + `)\b` +
	`)`)

// unasking stands before words of partial that ask nobody here: "an emailed request",
// "when contacted", "the mill, reached for comment,".
var unasking = regexp.MustCompile(`(?i)(?:,|\b(?:an?|the|to|of|its|his|her|their|several|multiple|repeated|when|if|once|was|were|is|are|been|being)(?: \w+ly)?)\s+$`)

// passive is a refusal of somebody who is named as the one asked, or of two at
// once: groups "who" are its source, "cue" its cue.
var passive = func() []*text.Form {
	const (
		name  = `[^,.;:!?“”"]{2,80}?`
		who   = `(?P<who>` + name + `)(?: and (?:to|with|for) (?P<who2>` + name + `))?`
		apart = `(?: (?:on|by|this|last|late|early|seeking|asking|requesting|for|about|regarding|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^.;:!?“”"]{0,60}?)?`
		calls = `(?:phone )?` + call + `(?: (?:and|or) (?:phone )?` + call + `)?`
		over  = `(?:(?:was|were|is|are)(?: not|n[’']t)|(?:has|have|had)(?: not|n[’']t) been)` + adv + ` (?:returned|answered)|(?:went|remained|has gone|have gone|had gone) (?:unanswered|unreturned|without (?:an )?(?:answer|reply|response))|(?:received|drew|got) ` + none + `|(?:was|were) unsuccessful`
		both  = `(?:(?:has|have|had) (?:yet )?)?(?:responded|replied|commented|answered)|(?:has |have |had )?returned (?:\w+ ){0,3}?` + call + `|(?:would|will) comment|(?:was|were|is|are) available for comment|could be reached`
	)
	return []*text.Form{
		text.NewForm(`(?i)\b` + calls + `(?: for comment)?(?:(?: (?:placed|sent|made|put))? (?:to|with)| left (?:for|with|at)| seeking comment from) ` + who + apart + ` (?P<cue>` + over + `)\b`),
		text.NewForm(`(?i)\b(?:attempt|effort)s? to (?:reach|contact) ` + who + apart + ` (?P<cue>` + over + `)\b`),
		text.NewForm(`(?i)\bthere (?:was|has been|had been) (?P<cue>` + none + `) (?:from|by) ` + who + till),
		text.NewForm(`(?i)\b(?P<cue>(?:received|had|got|heard) ` + none + `|` + not + adv + ` (?:(?:received|got|had) (?:an? |any )?(?:answer|reply|response)|heard back)) from ` + who + till),
		text.NewForm(`(?i)\b(?P<cue>neither) (?P<who>` + name + `) nor (?P<who2>` + name + `)(?:, wh[^.;:!?“”"]{0,80},)?` + adv + ` (?P<cue2>` + both + `)(?:` + till + `| (?:to|for) )`),
	}
}()

// unsaid is the cue of a refusal with the verb of what is refused.
var unsaid = regexp.MustCompile(`(?i)^(?:[\w’']+ )?(?:(?:declin|refus)(?:es|ed|e|ing)(?: [\w’']+)? to ` + talk + `(?: further)?(?: (?:on|about|into))?|neither (?:to )?confirm nor (?:to )?deny)\b`)

// withheld is the cue of a refusal to give something: what is not given is its
// content.
var withheld = regexp.MustCompile(`(?i)^` + not + adv + ` (?:give|given|provided?|shared?|supply|supplied|released?|offer|offered|disclosed?|reveal|revealed)\b`)

// refusals mends the refusals among the statements and adds those that the
// tags lack.
func (v *View) refusals(all []Statement, sources []found) []Statement {
	for i := range all {
		v.reword(&all[i])
		v.ceased(&all[i])
		v.requested(&all[i])
		v.also(&all[i], all)
	}
	for n, p := range v.paragraphs {
		for _, form := range []*text.Form{standing, partial} {
			for _, m := range form.All(v.folded[n]) {
				parts := v.groups(p.Start, m)
				switch i := claimed(parts[0], all); {
				case i >= 0 && form == standing:
					v.complete(&all[i], sources)
				case i < 0 && v.quotes[parts[0].First] == text.Outside && !(v.says(parts[:1], requesting) && unasking.MatchString(v.Text[p.Start:v.Pieces[parts[0].First].Start])):
					if st, ok := v.refused(parts[0], sources); ok {
						st.Content = parts[1:]
						all = append(all, st)
					}
				}
			}
		}
	}
	all = v.reported(v.silences(v.passives(all)))
	v.unanswered(all)
	return all
}

// ceased gives a cue the "no longer" before it: who "no longer says no" refuses
// nothing.
func (v *View) ceased(s *Statement) {
	const longest = len("no longer ")
	if len(s.Cue) != 1 {
		return
	}
	cue := &s.Cue[0]
	at := v.Pieces[cue.First].Start
	from := max(v.paragraphs[v.Paragraph[cue.First]].Start, at-longest)
	m := noLonger.FindStringIndex(v.Text[from:v.Range(*cue).End])
	if m == nil || from+m[0] >= at {
		return
	}
	x, _ := v.Cover(text.Range{Start: from + m[0], End: at})
	for k := range s.Source { // "The spokesman who no longer"
		if g := &s.Source[k]; g.First < x.First && x.First <= g.Last {
			g.Last = x.First - 1
		}
	}
	if !meets(s.Source, x) && !meets(s.Content, x) {
		cue.First = x.First
	}
}

var noLonger = regexp.MustCompile(`(?i)\bno longer\b`)

// requested leaves to a request for comment that alone as its content, not whom
// and when it asked: "asked | the mill | for comment | by email on Sunday".
func (v *View) requested(s *Statement) {
	if len(s.Cue) != 1 || len(s.Content) != 1 || s.Content[0].First != s.Cue[0].Last+1 || !v.says(s.Cue, requesting) {
		return
	}
	r := v.Range(s.Content[0])
	if m := forComment.FindStringIndex(v.Text[r.Start:r.End]); m != nil {
		s.Content[0], _ = v.Cover(text.Range{Start: r.Start + m[0], End: r.Start + m[1]})
	}
}

// also gives a refusal without a source that of who has just spoken: "She said it
// was late, but | declined to say | why".
func (v *View) also(s *Statement, all []Statement) {
	if len(s.Source) > 0 || !v.says(s.Cue, refusal) {
		return
	}
	cue := s.Cue[0]
	if !joins.MatchString(v.Text[v.Pieces[stretch(v.sentence, cue.First).First].Start:v.Pieces[cue.First].Start]) {
		return
	}
	nearest := -1
	for k := range all {
		b := &all[k]
		if len(b.Source) == 0 || len(b.Cue) == 0 || len(b.Content) == 0 || b.Source[0].First >= b.Cue[0].First || b.Content[0].First < b.Cue[0].First {
			continue
		}
		if first := b.Cue[0].First; first > nearest && first < cue.First && v.sentence[first] == v.sentence[cue.First] {
			s.Source, nearest = slices.Clone(b.Source), first
		}
	}
}

var joins = regexp.MustCompile(`\b(?:and|but)(?: \w+ly)?\s+$`)

// passives adds the refusals of those who are named as the ones asked, and
// gives them to them where the tags took the call for the source or the
// content: "Calls to the mill went unanswered."
func (v *View) passives(all []Statement) []Statement {
	const sure = 0.5
	for n, p := range v.paragraphs {
		for _, form := range passive {
			for _, m := range form.All(v.folded[n]) {
				var st Statement
				for k, name := range form.SubexpNames() {
					if name == "" || m[2*k] < 0 {
						continue
					}
					part, _ := v.Cover(text.Range{Start: p.Start + m[2*k], End: p.Start + m[2*k+1]})
					if strings.HasPrefix(name, "who") {
						st.Source = append(st.Source, part)
					} else {
						st.Cue = append(st.Cue, part)
					}
				}
				last := st.Cue[len(st.Cue)-1]
				if i := claimed(last, all); i >= 0 {
					if s := &all[i]; len(s.Content) == 0 || s.Content[0].Last < last.First {
						s.Source, s.Cue, s.Content = st.Source, st.Cue, nil
					}
				} else if v.quotes[last.First] == text.Outside {
					st.add(sure, 1)
					all = append(all, st)
				}
			}
		}
	}
	return all
}

// answered reports whether one of two cues is a refusal and the other stands in
// a sentence before: "It asked the mill for comment. The mill did not respond."
func (v *View) answered(a, b *Statement) bool {
	if v.says(b.Cue, refusal) {
		a, b = b, a
	}
	return v.says(a.Cue, refusal) && !v.says(b.Cue, refusal) && v.sentence[b.Cue[0].First] < v.sentence[a.Cue[0].First]
}

// waiting is the cue of those who tell that they were not answered.
var waiting = text.NewForm(`(?i)\b((?:(?:has|have|had) )?(?:received|got|heard) no (?:immediate )?(?:answer|reply|response)|` + not + adv + ` (?:(?:received?|got|get) (?:an? |any )?(?:immediate )?(?:answer|reply|response)|hear(?:d)? back))\b`)

// silences adds that somebody who was asked for comment in the same paragraph
// did not answer, where only the asker is named: "It asked the mill for comment.
// It had received no answer by Friday."
func (v *View) silences(all []Statement) []Statement {
	const sure = 0.5
	for n, p := range v.paragraphs {
		for _, m := range waiting.All(v.folded[n]) {
			cue := v.groups(p.Start, m)[0]
			who, ok := v.approached(all, cue)
			if !ok || v.quotes[cue.First] != text.Outside {
				continue
			}
			st := Statement{Source: []Span{who}, Cue: []Span{cue}}
			st.add(sure, 1)
			if i := claimed(cue, all); i >= 0 {
				all[i] = st
			} else {
				all = append(all, st)
			}
		}
	}
	return all
}

// askedAbout is a content that begins with whom a question goes to: "the mill | about the fire".
var askedAbout = regexp.MustCompile(`^([^,.;:!?“”"]{2,80}?) (?:about|whether|why)\b`)

// approached is who was asked for comment last before a cue in its paragraph.
func (v *View) approached(all []Statement, cue Span) (who Span, ok bool) {
	for i := range all {
		q := &all[i]
		if len(q.Cue) != 1 || len(q.Content) == 0 || !v.says(q.Cue, requesting) || v.Paragraph[q.Cue[0].First] != v.Paragraph[cue.First] {
			continue
		}
		x := Span{q.Cue[0].Last + 1, q.Content[0].First - 1}
		if !v.says(q.Content, forComment) {
			r := v.Range(q.Content[0])
			m := askedAbout.FindStringSubmatchIndex(v.Text[r.Start:r.End])
			if m == nil || q.Content[0].First != q.Cue[0].Last+1 {
				continue
			}
			x = v.groups(r.Start, m)[0]
		}
		if v.word(x.First) == "to" {
			x.First++
		}
		if x.First <= x.Last && x.Last < cue.First && (!ok || x.First > who.First) {
			who, ok = x, true
		}
	}
	return who, ok
}

// complete gives a refusal that the tags found without a source one, and takes
// from it what somebody else asked for, "He asked the mill for comment; it did
// not respond.", and what stands in a sentence before.
func (v *View) complete(s *Statement, sources []found) {
	if len(s.Cue) != 1 {
		return
	}
	if len(s.Content) > 0 && s.Content[0].Last < s.Cue[0].First && (v.says(s.Content, request) || v.says(s.Content, forComment)) {
		s.Content = nil
		if len(s.Source) > 0 && v.sentence[s.Source[0].First] < v.sentence[s.Cue[0].First] {
			s.Source = nil // who asked
		}
	}
	if len(s.Content) > 0 && v.sentence[s.Content[0].Last] < v.sentence[s.Cue[0].First] {
		s.Content = nil
		if cue := &s.Cue[0]; v.word(cue.Last) == "for" {
			cue.Last--
		}
	}
	if len(s.Source) == 0 {
		st, _ := v.refused(s.Cue[0], sources)
		s.Source = st.Source
	}
}

// groups is the pieces of those groups that a match has of a text from byte
// start on.
func (v *View) groups(start int, match []int) []Span {
	var out []Span
	for k := 2; k < len(match); k += 2 {
		if match[k] >= 0 {
			x, _ := v.Cover(text.Range{Start: start + match[k], End: start + match[k+1]})
			out = append(out, x)
		}
	}
	return out
}

// claimed is the first statement that has a part of a cue, -1 where none has.
func claimed(cue Span, all []Statement) int {
	return slices.IndexFunc(all, func(s Statement) bool { return meets(s.Cue, cue) })
}

// refused is the statement of a refusal that the tags lack: whose it is says
// the likeliest source of the same sentence, or else what stands before the cue.
func (v *View) refused(cue Span, sources []found) (Statement, bool) {
	const likely = 0.2
	var near []found
	for _, s := range within(sources, cue.First, v.r.set.Reach) {
		if s.Last < cue.First && v.sentence[s.Last] == v.sentence[cue.First] {
			near = append(near, s)
		}
	}
	to := v.Scorer("cue_source", cue, v.Vectors([]Span{cue})[0])
	s, p := best(to, near)
	switch {
	case s != nil && p >= likely:
	case s != nil && strings.HasPrefix(v.Text[v.Pieces[cue.First].Start:], "without"): // who has just spoken
		s, p = &near[len(near)-1], likely
	default:
		x, ok := v.subject(cue)
		if !ok {
			return Statement{}, false
		}
		near = []found{{Mark: Mark{Span: x, P: likely}, vec: v.Vectors([]Span{x})[0]}}
		if s, p = best(to, near); p < likely {
			return Statement{}, false
		}
	}
	st := Statement{Source: []Span{s.Span}, Cue: []Span{cue}}
	st.add(s.P, p)
	return st, true
}

// subject is what stands between the beginning of a clause and its verb, and
// begins as the name of somebody does.
func (v *View) subject(verb Span) (Span, bool) {
	const longest = 300 // bytes from the beginning of the sentence
	first := search(len(v.Pieces), func(i int) bool { return v.sentence[i] >= v.sentence[verb.First] })
	from, to := v.Pieces[first].Start, v.Pieces[verb.First].Start
	if to-from > longest {
		return Span{}, false
	}
	m := subject.FindStringSubmatchIndex(v.Text[from:to])
	if m == nil {
		return Span{}, false
	}
	if does := joinedVerb.FindStringIndex(v.Text[from+m[2] : from+m[3]]); does != nil {
		m[3] = m[2] + does[0]
	}
	return v.Cover(text.Range{Start: from + m[2], End: from + m[3]})
}

// joinedVerb is a verb with what follows it, up to the conjunction before another:
// "The Gazette | is small but | has asked".
var joinedVerb = regexp.MustCompile(` (?:is|are|was|were|has|have|had|did|does|do|could|can|cannot|will|would)(?:n[’']t)? .*\b(?:and|but|or) ?$`)

var subject = regexp.MustCompile(`(?:^|^(?:In|On|At|By|As of|When|After|Before|Asked|Reached|Contacted|However|Meanwhile)\b[^,]*, |, (?:but|and|while|though) )((?:[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Ii]ts |[Tt]heir )?(?:\p{Lu}|[a-z]+ )[^,.;:!?“”"]{0,80}?(?:, wh[^,.;:!?“”"]{0,60},)?) ?$`)

// reword sets the border between the cue of a refusal and what is refused.
func (v *View) reword(s *Statement) {
	if len(s.Cue) != 1 {
		return
	}
	cue := &s.Cue[0]
	from := v.Pieces[cue.First].Start
	line := v.Text[from:v.paragraphs[v.Paragraph[cue.First]].End]
	for _, form := range []*regexp.Regexp{unsaid, withheld} {
		m := form.FindStringIndex(line)
		if m == nil {
			continue
		}
		x, _ := v.Cover(text.Range{Start: from, End: from + m[1]})
		if len(s.Content) == 0 {
			cue.Last = max(cue.Last, x.Last)
			return
		}
		if first := s.Content[0].First; first <= cue.First || first > max(cue.Last, x.Last)+1 {
			return // it stands elsewhere
		}
		cue.Last, s.Content[0].First = x.Last, x.Last+1
		for len(s.Content) > 0 && s.Content[0].Last <= x.Last {
			s.Content = s.Content[1:]
		}
		if len(s.Content) > 0 {
			s.Content[0].First = max(s.Content[0].First, x.Last+1)
		}
		return
	}
}

// unanswered gives a refusal without content the question of the same sentence:
// "Asked whether she would run, she declined to answer." Who is asked for
// comment is asked nothing that a refusal could be of.
func (v *View) unanswered(all []Statement) {
	var questions []*Statement
	for i := range all {
		if q := &all[i]; len(q.Content) == 1 && v.says(q.Cue, asking) && !v.says(q.Content, request) {
			questions = append(questions, q)
		}
	}
	for i := range all {
		a := &all[i]
		if len(a.Content) > 0 || len(a.Source) == 0 || !v.says(a.Cue, noAnswer) {
			continue
		}
		who, nearest := a.Source[0].First, -1
		for _, q := range questions {
			if last := q.Content[0].Last; last < who && last > nearest && v.sentence[last] == v.sentence[who] {
				a.Content, nearest = []Span{q.Content[0]}, last
			}
		}
	}
}

// reported adds what somebody reports of another who leaves a thing open, and
// what the tags give to the first alone: "The ministry neither confirmed nor
// denied that he had called, the agency said."
func (v *View) reported(all []Statement) []Statement {
	for i, n := 0, len(all); i < n; i++ {
		if len(all[i].Content) == 0 {
			continue
		}
		x := all[i].Content[0]
		r := v.Range(x)
		m := another.FindStringSubmatchIndex(v.Text[r.Start:r.End])
		if m == nil {
			continue
		}
		part := func(k int) Span {
			s, _ := v.Cover(text.Range{Start: r.Start + m[k], End: r.Start + m[k+1]})
			return s
		}
		cue, rest := part(4), Span{part(0).Last + 1, x.Last}
		who := []Span{part(2)}
		if v.says(who, pronoun) || rest.First > rest.Last || v.quotes[cue.First] != text.Outside || claimed(cue, all) >= 0 {
			continue
		}
		all[i].Relays = true
		all = append(all, Statement{Source: who, Cue: []Span{cue}, Content: []Span{rest}, Inner: true, log: all[i].log})
	}
	return all
}

// another is a content that begins with somebody, not a pronoun, who leaves a
// thing open.
var another = regexp.MustCompile(`^(?:that )?((?:[Tt]he |[Aa]n? |[Ii]ts |[Hh]is |[Hh]er )?(?:\p{Lu}[a-z]{2}|[a-z]{3,} )[^,.;:!?“”"]{0,60}?) ((?:(?:has|have|had|can|could|would|will) )?neither (?:confirm|confirmed|confirms|admit|admitted|admits) nor (?:deny|denied|denies))\b(?: on \p{Lu}[a-z]+)?`)

var pronoun = regexp.MustCompile(`(?i)^(?:she|they|you|who)$`)

var (
	forComment = regexp.MustCompile(`(?i)\b` + want + `\b`)
	request    = regexp.MustCompile(`(?i)^for\b`)
	requesting = regexp.MustCompile(`(?i)\b` + ask + `\b`)
	asking     = regexp.MustCompile(`(?i)\basked\b`)
	noAnswer   = regexp.MustCompile(`(?i)\b(?:answer|say|respond|reply|comment)\b`)
)

// says reports whether the first of the spans has words of a form.
func (v *View) says(spans []Span, words *regexp.Regexp) bool {
	if len(spans) == 0 {
		return false
	}
	r := v.Range(spans[0])
	return words.MatchString(v.Text[r.Start:r.End])
}
