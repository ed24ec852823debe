package attribution

import (
	"math"
	"regexp"
	"unicode"
	"unicode/utf8"
)

// Tags of a track.
const (
	tagO = iota
	tagB
	tagI
	tagE
	tagS
	tagsPerTrack
)

// tag computes the log-probabilities of all tracks' tags for each piece.
func (v *View) tag() {
	n := tagsPerTrack * len(v.r.set.Tracks)
	v.tags = make([]float32, len(v.Pieces)*n)
	v.r.tags.Apply(v.tags, v.vectors, len(v.Pieces))
	for i := 0; i < len(v.tags); i += tagsPerTrack {
		logSoftmax(v.tags[i : i+tagsPerTrack])
	}
}

func logSoftmax(x []float32) {
	top := x[0]
	for _, a := range x[1:] {
		top = max(top, a)
	}
	sum := 0.0
	for _, a := range x {
		sum += math.Exp(float64(a - top))
	}
	z := top + float32(math.Log(sum))
	for i := range x {
		x[i] -= z
	}
}

// A Mark is a span that a track found, with the probability that its borders
// are right: the product of those of its first and last tag; of a refusal whose
// end is open, that it begins there.
type Mark struct {
	Span
	P       float64
	refusal bool // a cue that stands by itself
}

// Track decodes one tag track: the most probable legal sequence of each
// paragraph, in order of the text.
func (v *View) Track(name string) []Mark {
	t, ok := v.r.track[name]
	if !ok {
		return nil
	}
	bias := float32(v.r.set.Keep["bias_"+name]) // added to O: above 0 finds fewer spans
	stride := tagsPerTrack * len(v.r.set.Tracks)
	at := func(i int) []float32 { return v.tags[i*stride+t*tagsPerTrack:][:tagsPerTrack] }
	var out []Mark
	for _, b := range v.bounds {
		out = v.marks(out, at, b.First, v.likeliest(at, bias, b), name == "cue")
	}
	return out
}

// likeliest is the legal sequence of tags of a paragraph with the highest product
// of probabilities (Viterbi 1967); at gives the log-probabilities of a piece's tags.
// Behind a tag that begins or goes on with a span stands one that goes on with it or
// ends it, behind the others one that does neither.
func (v *View) likeliest(at func(piece int) []float32, bias float32, b Span) []int8 {
	n := b.Last - b.First + 1
	back := make([][tagsPerTrack]int8, n) // the tag before, on the best way to each tag of a piece
	x := at(b.First)
	score := [tagsPerTrack]float32{x[tagO] + bias, x[tagB], minusInf, minusInf, x[tagS]}
	v.wholeWords(&score, b.First)
	for i := 1; i < n; i++ {
		x = at(b.First + i)
		out, outside := likelier(&score, tagO, tagE, tagS)
		in, within := likelier(&score, tagB, tagI)
		next := [tagsPerTrack]float32{tagO: outside + x[tagO] + bias, tagB: outside + x[tagB], tagI: within + x[tagI], tagE: within + x[tagE], tagS: outside + x[tagS]}
		back[i] = [tagsPerTrack]int8{tagO: out, tagB: out, tagI: in, tagE: in, tagS: out}
		v.wholeWords(&next, b.First+i)
		score = next
	}
	last := int8(tagO)
	for _, k := range []int8{tagE, tagS} {
		if score[k] > score[last] {
			last = k
		}
	}
	path := make([]int8, n)
	for i := n - 1; i >= 0; i-- {
		path[i] = last
		last = back[i][last]
	}
	return path
}

// likelier is the first of the tags with the highest score; tagO where all are ruled
// out.
func likelier(score *[tagsPerTrack]float32, tags ...int8) (tag int8, high float32) {
	tag, high = tagO, minusInf
	for _, k := range tags {
		if score[k] > high {
			tag, high = k, score[k]
		}
	}
	return tag, high
}

// marks adds the spans of a paragraph, which begins with piece start, to out; among
// cues also the refusals whose end is open.
func (v *View) marks(out []Mark, at func(piece int) []float32, start int, path []int8, cues bool) []Mark {
	first, past := 0, 0
	for i, k := range path {
		switch k {
		case tagO:
			if !cues || i < past {
				continue
			}
			if m, ok := begun(at, start, path, i); ok && v.says([]Span{m.Span}, refusal) {
				out = append(out, m)
				past = m.Last - start + 1
			}
		case tagB:
			first = i
		case tagS:
			out = append(out, Mark{Span: Span{start + i, start + i}, P: math.Exp(float64(at(start + i)[tagS]))})
		case tagE:
			p := float64(at(start + first)[tagB]) + float64(at(start + i)[tagE])
			out = append(out, Mark{Span: Span{start + first, start + i}, P: math.Exp(p)})
		}
	}
	return out
}

// dateline is what stands before the first sentence of an agency's report: "HOLM, May 3
// (Reuters) – ".
var dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu}.,'’ -]{2,40}(?: \p{Lu}[a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: \([^()]{2,40}\))? ?(?:-|–|—|--) `)

// headed is what a paragraph begins with that nobody says: a dateline, the sign of
// an item of a list, the time of an entry: "21:45 ", "9.12pm: ".
var headed = regexp.MustCompile(`^` + bullet + `|^\d{1,2}(?:[:.]\d\d ?(?:[AaPp]\.?[Mm]\b\.?|\p{Lu}{2,4}\b)|:\d\d):? (?:[–—-] )?|` + dateline.String())

// plainStart reports whether a paragraph begins with a word in small letters but for its
// first, as most do: no head does.
func plainStart(line string) bool {
	first, size := utf8.DecodeRuneInString(line)
	second, _ := utf8.DecodeRuneInString(line[size:])
	return unicode.IsUpper(first) && unicode.IsLower(second)
}

// pastHead is the first piece of a paragraph behind what heads it.
func (v *View) pastHead(b Span) int {
	from := v.Pieces[b.First].Start
	line := v.Text[from:v.Pieces[b.Last].End]
	if plainStart(line) {
		return b.First
	}
	m := headed.FindStringIndex(line)
	if m == nil {
		return b.First
	}
	return search(len(v.Pieces), func(i int) bool { return v.Pieces[i].Start >= from+m[1] })
}

// wholeWords rules out that a span begins or ends at piece i within a word.
func (v *View) wholeWords(score *[tagsPerTrack]float32, i int) {
	if v.midWord(i) {
		score[tagB], score[tagS] = minusInf, minusInf
	}
	if v.midWord(i + 1) {
		score[tagE], score[tagS] = minusInf, minusInf
	}
}

// midWord reports whether piece i goes on with the word of the piece before, be that
// a hyphen or an apostrophe. A capital after a small letter begins a word whose space
// is missing.
func (v *View) midWord(i int) bool {
	if i == 0 || i >= len(v.Pieces) || v.Pieces[i-1].End != v.Pieces[i].Start {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(v.Text[:v.Pieces[i].Start])
	after, _ := utf8.DecodeRuneInString(v.Text[v.Pieces[i].Start:])
	if mark := v.word(i - 1); mark == "-" || mark == "’" || mark == "'" { // "Ada-led", "Ada’s"
		before, _ = utf8.DecodeLastRuneInString(v.Text[:v.Pieces[i-1].Start])
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	}
	return inWord(before) && inWord(after) && !(unicode.IsLower(before) && unicode.IsUpper(after))
}

// refusal is how the cues of those begin who give no answer.
var refusal = regexp.MustCompile(`(?i)^(?:declin|refus|no comment|unavailable|without |gave no|(?:did|do|does|has|have|had|was|were|would|will|could)(?:n[’']t| not)\b)`)

// begun finds a refusal that is sure to begin at piece i of a paragraph but not
// where it ends: every single ending is less likely than no cue at all, and so
// the best sequence leaves it out ("declined", "declined to", "declined to
// comment"). It takes the likeliest ending, with the probability that a cue
// begins. path is the best sequence.
func begun(at func(int) []float32, start int, path []int8, i int) (Mark, bool) {
	const sure, longest = 0.35, 8
	p := func(k, tag int) float64 { return math.Exp(float64(at(start + k)[tag])) }
	begin := p(i, tagB) + p(i, tagS)
	if begin < sure {
		return Mark{}, false
	}
	end, high := i, p(i, tagS)
	for k := i + 1; k < min(len(path), i+longest) && path[k] == tagO; k++ {
		if e := p(k, tagE); e > high {
			end, high = k, e
		}
	}
	return Mark{Span{start + i, start + end}, begin, true}, true
}

const minusInf = float32(-1e30)
