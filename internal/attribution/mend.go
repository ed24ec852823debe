package attribution

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/text"
)

// chain mends "according to the agency, the minister said: A", where the marks
// make the minister the agency's whole content and A the agency's, the minister's or nobody's: who
// stands right before the next cue says what follows it, and the agency reports both.
func chain(all []Statement) {
	const longest = 16 // pieces of a source
	for i := range all {
		a := &all[i]
		if len(a.Cue) == 0 || len(a.Source) == 0 || len(a.Content) != 1 || a.Source[0].First != a.Cue[0].Last+1 || a.Content[0].Last-a.Content[0].First >= longest {
			continue
		}
		who := a.Content[0]
		k := slices.IndexFunc(all, func(b Statement) bool { return tells(&b, who, a.Source[0]) })
		if k < 0 {
			continue
		}
		b := &all[k]
		b.Source, b.Inner = []Span{who}, true
		last := b.Content[len(b.Content)-1].Last
		a.Content = []Span{{who.First, last}}
		if who.Last < a.Cue[0].First && a.Cue[0].First < last { // "the minister said, according to the agency, A"
			a.Content = append([]Span{{who.First, b.Cue[0].Last}}, b.Content...)
		}
	}
}

// tells reports whether the cue of b stands right behind who, the content behind
// the cue, and whether b is theirs, the agency's or nobody's.
func tells(b *Statement, who, agency Span) bool {
	if len(b.Cue) == 0 || len(b.Content) == 0 || b.Cue[0].First != who.Last+1 || b.Content[0].First <= b.Cue[0].Last {
		return false
	}
	return len(b.Source) == 0 || b.Source[0] == agency || b.Source[0] == who
}

// apiece leaves to a statement what stands in its sentence: another that claims it
// too from elsewhere keeps what it has at home. A relative clause ends before the verb
// of its main clause: "An aide, who asked not to be named, | said".
func (v *View) apiece(all []Statement) {
	home := func(s *Statement, x Span) bool {
		return slices.ContainsFunc(s.Cue, func(c Span) bool { return v.sentence[c.First] == v.sentence[x.First] })
	}
	for i := range all {
		a := &all[i]
		if len(a.Cue) == 0 {
			continue
		}
		if slices.ContainsFunc(a.Content, func(x Span) bool { return home(a, x) }) {
			a.Content = slices.DeleteFunc(a.Content, func(x Span) bool {
				return !home(a, x) && slices.ContainsFunc(all, func(b Statement) bool { return home(&b, x) && slices.Contains(b.Content, x) })
			})
		}
		if len(a.Content) != 1 || !v.says(a.Source, relative) {
			continue
		}
		for k := range all {
			b := &all[k]
			if k == i || len(b.Cue) == 0 || len(b.Source) == 0 || b.Source[0].Last > a.Source[0].First || b.Source[0].Last < a.Source[0].First-2 {
				continue
			}
			if x := a.Content[0]; x.First < b.Cue[0].First && b.Cue[0].First <= x.Last {
				if x = v.bare(Span{x.First, b.Cue[0].First - 1}); x.First <= x.Last {
					a.Content = []Span{x}
				}
			}
		}
	}
}

// own leaves to a cue within what another says the words behind it, where the tags
// give it the whole: “They | said, | ‘Never’,” he told the Post. One source's two cues are
// for unite.
func (v *View) own(all []Statement) {
	for i := range all {
		a := &all[i]
		for k := 0; k < len(all) && len(a.Cue) == 1 && len(a.Content) == 1; k++ {
			b, cue, x := &all[k], a.Cue[0], a.Content[0]
			if x.First < cue.First && cue.Last < x.Last && len(b.Cue) > 0 && !meets(b.Cue, x) && slices.Contains(b.Content, x) && !slices.Equal(a.Source, b.Source) {
				if v.quotes[x.First] == text.Mark && v.quotes[x.Last] == text.Mark {
					x.Last--
				}
				if x = v.bare(Span{cue.Last + 1, x.Last}); x.First <= x.Last {
					a.Content, a.Inner = []Span{x}, true
				}
			}
		}
	}
}

// oneCue makes one of two cues side by side for the same content: "did not" and
// "wish".
func oneCue(all []Statement) []Statement {
	for i := 0; i < len(all); i++ {
		a := &all[i]
		k := slices.IndexFunc(all, func(b Statement) bool {
			return len(a.Cue) == 1 && len(b.Cue) == 1 && a.Cue[0].Last+1 == b.Cue[0].First && len(a.Content) > 0 && slices.Equal(a.Content, b.Content)
		})
		if k < 0 {
			continue
		}
		a.Cue[0].Last = all[k].Cue[0].Last
		if len(a.Source) == 0 {
			a.Source = all[k].Source
		}
		all = slices.Delete(all, k, k+1)
	}
	return all
}

var (
	toldOf  = regexp.MustCompile(`(?i)\b(?:was|were|is|are|been|being) (?:\w+ )?(?:told|asked|urged|ordered|requested|advised|warned|invited|instructed|encouraged|summoned)$`)
	heldOf  = regexp.MustCompile(`(?i)\b(?:was|were|is|are|been|being) (?:\w+ )?(?:said|thought|believed|reported|expected|understood|known|alleged|feared|rumou?red|announced|confirmed|revealed|disclosed|accused)$`)
	todo    = regexp.MustCompile(`^to\b`)
	charge  = regexp.MustCompile(`^(?:to|of)\b`)
	exists  = regexp.MustCompile(`(?i)^(?:(?:has|have|had) been|is|are|was|were)\b`)
	it      = regexp.MustCompile(`(?i)^(?:it|there)$`)
	askedOf = regexp.MustCompile(`(?i)\b(?:asked|pressed|questioned)$`)
	about   = regexp.MustCompile(`(?i)^\s*(?:about|on)\s*$`)

	// asker is how a question in the passive names who asks: "Asked by Ada whether".
	asker = regexp.MustCompile(`(?i)^(?:(?:was|were|been|being) )?(?:asked|pressed|questioned)(?: again| repeatedly)? by ([^,.;:!?“”"]{2,80}?)(?:,| (?:about|on|if|whether|wh(?:y|at|en|ere|o|ich)|how|to|for comment|at|in|during|after|earlier|last|this)\b)`)

	// medium is how somebody is asked, not by whom.
	medium = regexp.MustCompile(`(?i)^(?:e-?mail|text|phone|telephone|letter|post|message)\b`)

	// answering is a question's cue whose sentence goes on with who was asked: "Asked for
	// comment, | Ada left".
	answering = regexp.MustCompile(`(?i)^(?:asked|pressed|questioned)\b`)
)

// madeBy is how a sentence begins with somebody who made or saw what then speaks:
// "The memo, signed by".
var madeBy = regexp.MustCompile(`^\p{Lu}[^,.;:!?“”"]{2,80}, (?:[^,.;:!?“”"]{1,40} )?\p{Ll}+(?:ed|en|wn|de) (?:[^,.;:!?“”"]{1,40} )?by\s+$`)

// made gives a statement the paper that tells something, where the tags take for
// its source who made it or saw it: "The memo, signed by | a deputy, | says".
func (v *View) made(all []Statement) {
	for i := range all {
		s := &all[i]
		if len(s.Source) != 1 || len(s.Cue) == 0 || s.Cue[0].First <= s.Source[0].Last {
			continue
		}
		x := s.Source[0]
		first := stretch(v.sentence, x.First).First
		between := v.Text[v.Pieces[x.Last].Start:v.Pieces[s.Cue[0].First].Start]
		if strings.HasSuffix(strings.TrimSpace(between), ",") && !strings.ContainsAny(between, ".;“”") && madeBy.MatchString(v.Text[v.Pieces[first].Start:v.Pieces[x.First].Start]) {
			s.Source = []Span{{first, s.Cue[0].First - 1}}
		}
	}
}

// passively mends what stands in the passive voice: who is told or asked to do something, or of
// whom it is thought, is not its source, and the cue of a question has the preposition too: "Asked about | the fire".
func (v *View) passively(all []Statement) {
	for i := range all {
		s := &all[i]
		if len(s.Cue) == 0 {
			continue
		}
		cue := &s.Cue[len(s.Cue)-1]
		end := v.Pieces[cue.Last].End
		start := v.Pieces[s.Cue[0].First].Start
		if m := asker.FindStringSubmatchIndex(v.Text[start:v.paragraphs[v.Paragraph[cue.Last]].End]); m != nil && !medium.MatchString(v.Text[start+m[2]:start+m[3]]) {
			s.Source = v.groups(start, m)
		} else if len(s.Source) > 0 && v.says(s.Cue[:1], answering) && v.unnamed(s.Cue[0]) && (s.Source[0].Last < cue.First || v.word(s.Source[0].First-1) == ",") {
			s.Source = nil // "She left when asked why"
		}
		if len(s.Content) > 0 && s.Content[0].First == cue.Last+2 && v.word(cue.Last+1) == "not" && v.says(s.Content, todo) {
			s.Content[0].First-- // "asked | not to be named"
		}
		if v.says([]Span{*cue}, toldOf) && len(s.Source) == 1 && s.Source[0].Last+1 == cue.First {
			s.Source = nil
		}
		switch {
		case v.says([]Span{*cue}, heldOf) && len(s.Source) == 1 && s.Source[0].Last+1 == cue.First:
			if len(s.Content) == 1 && s.Content[0].First == cue.Last+1 && v.says(s.Content, charge) && !v.says(s.Source, it) { // "Ada is said to leave"
				s.Content = slices.Concat(s.Source, s.Content)
			}
			s.Source = nil
		case v.says([]Span{*cue}, heldOf) && len(s.Source) == 1 && len(s.Content) > 0 && s.Content[0].Last+1 == cue.First && (s.Source[0].Last < cue.First || v.sentence[s.Source[0].First] > v.sentence[cue.First]) && v.word(s.Source[0].First-1) != "by":
			s.Source = nil // "The envoys say that A. | Protests | are expected"
		case len(s.Source) > 0 && s.Source[0].Last < cue.First-1 && strings.EqualFold(v.word(cue.First-1), "there") && v.says([]Span{*cue}, exists):
			s.Source = nil // "They left, and there | are fears | that"
		case len(s.Source) == 1 && s.Source[0].Last+1 == cue.First && v.untold(*cue):
			s.Source = nil
		case v.says([]Span{*cue}, askedOf) && len(s.Content) > 0 && s.Content[0].First > cue.Last && about.MatchString(v.Text[end:v.Pieces[s.Content[0].First].Start]):
			cue.Last = s.Content[0].First - 1
		}
	}
}

var (
	participle = regexp.MustCompile(`(?i)^(?:urged|told|ordered|advised|warned|accused|charged|named|blamed|praised|invited|banned)$`)
	endured    = regexp.MustCompile(`(?i)^ (?:to|of|over|for|by|as|with)\b`)
)

// untold reports whether a cue is a headline's participle in the passive voice: "Residents | urged | to
// leave".
func (v *View) untold(cue Span) bool {
	line := stretch(v.Paragraph, cue.First)
	if last := v.word(line.Last); strings.Contains(".!?”\"", last) {
		return false
	}
	return v.says([]Span{cue}, participle) && endured.MatchString(v.Text[v.Range(cue).End:])
}

// unnamed reports whether a question's cue is a participle, whose sentence names who
// is asked: "Asked why, she left".
func (v *View) unnamed(cue Span) bool {
	first := stretch(v.sentence, cue.First).First
	return cue.First == first || whenAsked.MatchString(v.Text[v.Pieces[first].Start:v.Pieces[cue.First].Start])
}

var whenAsked = regexp.MustCompile(`(?i)\b(?:when|if|once)\s+$`)

var relative = regexp.MustCompile(`(?i)^(?:who|which)$`)

// stretch is the pieces of the paragraph or sentence of piece i; of has the number
// of each piece's.
func stretch(of []int, i int) Span {
	return Span{search(len(of), func(k int) bool { return of[k] >= of[i] }), search(len(of), func(k int) bool { return of[k] > of[i] }) - 1}
}

// word is the text of piece i, "" before the first.
func (v *View) word(i int) string {
	if i < 0 {
		return ""
	}
	return v.Text[v.Pieces[i].Start:v.Pieces[i].End]
}

// behind is a content without what the cue has of its beginning ("declined to
// comment on", "to comment on that"); ok is false where nothing is left.
func behind(content, cue Span) (x Span, ok bool) {
	if cue.First <= content.First && content.First <= cue.Last {
		content.First = cue.Last + 1
	}
	return content, content.First <= content.Last
}

// unite joins what one source does with the same words into one statement, whose
// cue has two parts: "In a statement, the minister said: A". Of several contents
// a statement leaves one to another cue right before it: "A," he said, adding "B".
// Those for which other holds stay two.
func unite(all []Statement, other func(a, b *Statement) bool) []Statement {
	part := make([]bool, len(all))
	for i := range all {
		for k := range all {
			a, b := &all[i], &all[k]
			switch {
			case k == i || part[i] || part[k] || !sameAct(a, b) || other(a, b):
			case len(b.Content) == 1 && len(a.Content) > 1 && b.Content[0].First == b.Cue[len(b.Cue)-1].Last+1:
				a.Content = slices.DeleteFunc(a.Content, func(x Span) bool { return x == b.Content[0] })
			default:
				a.Cue, part[k] = apart(joined(a.Cue, b.Cue), a.Content), true
			}
		}
	}
	out := all[:0]
	for i := range all {
		if !part[i] {
			out = append(out, all[i])
		}
	}
	return out
}

// once leaves out a statement without a cue whose content another has with one.
func once(all []Statement) []Statement {
	return slices.DeleteFunc(slices.Clone(all), func(s Statement) bool {
		return len(s.Cue) == 0 && slices.ContainsFunc(all, func(o Statement) bool { return len(o.Cue) > 0 && slices.Equal(o.Content, s.Content) })
	})
}

// sameAct reports whether b has the source of a and none but contents of a.
func sameAct(a, b *Statement) bool {
	if len(a.Source) == 0 || len(a.Cue) == 0 || len(b.Cue) == 0 || len(b.Content) == 0 || !slices.Equal(a.Source, b.Source) {
		return false
	}
	return !slices.ContainsFunc(b.Content, func(x Span) bool { return !slices.Contains(a.Content, x) })
}

// apart is a cue without its parts within the content, where it has others.
func apart(cue, content []Span) []Span {
	out := slices.DeleteFunc(slices.Clone(cue), func(x Span) bool { return meets(content, x) })
	if len(out) == 0 {
		return cue
	}
	return out
}

// joined gives the spans of both in order, those that touch as one.
func joined(a, b []Span) []Span {
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y Span) int { return cmp.Compare(x.First, y.First) })
	out := all[:1]
	for _, x := range all[1:] {
		if last := &out[len(out)-1]; x.First <= last.Last+1 {
			last.Last = max(last.Last, x.Last)
		} else {
			out = append(out, x)
		}
	}
	return out
}

// after gives a statement without content the words right after its cue, to the
// likeliest end within the sentence, where they may begin a content: the tags say
// that somebody speaks and where, but not surely of what.
func (v *View) after(s *Statement, cue *found) {
	const (
		begins  = 0.2 // least probability that a content begins there
		longest = 60  // pieces
	)
	first := cue.Last + 1
	if v.stops(first) {
		return
	}
	begin := v.chance("content", first, tagB) + v.chance("content", first, tagS)
	if begin < begins {
		return
	}
	end, high := first, v.chance("content", first, tagS)
	for k := first + 1; k < first+longest && !v.stops(k); k++ {
		if p := v.chance("content", k, tagE); p > high {
			end, high = k, p
		}
	}
	r := Span{first, end}
	if p := sigmoid(v.Scorer("cue_content", cue.Span, cue.vec).To(r, v.Vectors([]Span{r})[0])); p >= v.r.set.Keep["cue_content"] {
		s.Content = []Span{r}
		s.add(begin*high, p)
	}
}

// chance is the probability of a tag at piece i of a track.
func (v *View) chance(track string, i, tag int) float64 {
	return math.Exp(float64(v.tags[tagsPerTrack*(i*len(v.r.set.Tracks)+v.r.track[track])+tag]))
}

// stops reports whether piece i ends a sentence or stands in another line than
// the piece before it.
func (v *View) stops(i int) bool {
	if i >= len(v.Pieces) || v.Paragraph[i] != v.Paragraph[i-1] {
		return true
	}
	p := v.Pieces[i]
	next, _ := utf8.DecodeRuneInString(v.Text[p.End:])
	return strings.ContainsAny(v.Text[p.Start:p.End], ".!?;") && (p.End == len(v.Text) || unicode.IsSpace(next))
}
