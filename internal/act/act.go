// Package act decides what a statement does: it weighs what the network made
// of it together with what its cue's words do in news.
//
//	p = act.Weigh(p, "neither confirmed nor denied", "that they had met")
//
// The counts in words.txt come from the readings that the network is trained
// on (train/actwords.py): for each word or two of a cue, how many statements
// did what. The most telling one is taken as evidence beside the network's, as
// in naive Bayes: its odds against those of any cue. Under a cue that says
// little, "said", the content may say what is done: that something is untrue, or
// that there is nothing to say.
package act

import (
	_ "embed"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

//go:embed words.txt
var words string

// open are the words that expressly leave a thing open, wherever a statement
// has them.
var open = text.NewForm(`(?i)(?:\b(?:neither|not|without|nor)|n[’']t) (?:to )?(?:confirm|admit|deny|confirming|admitting|denying|confirmed|admitted|denied|confirms|admits|denies)\b[^.]{0,40}?\b(?:n?or) (?:to )?(?:confirm|admit|deny|confirming|admitting|denying|confirmed|admitted|denied|confirms|admits|denies)\b`)

// neither is a cue that leaves a thing open in whatever words.
var neither = text.NewForm(`(?i)\bneither\b.*\bnor\b`)

// What is not ruled out is left open, and so are the two, unsaid and whether,
// together: "would not say | if he had asked". Who declines or refuses to say gives
// no answer.
var (
	unsaid   = text.NewForm(`(?i)(?:\bnot|n[’']t)(?: yet| \w+ly)*(?: be able to| able to)? (?:say|said|know|decided?)\s*$`)
	whether  = regexp.MustCompile(`(?i)^\W*(?:whether|if)\b`)
	possible = text.NewForm(`(?i)(?:\bnot|n[’']t)(?: yet| \w+ly)* (?:ruled? out|excluded?)\s*$`)
)

// settled is a cue that rules something out; with a negation it does not.
var settled = text.NewForm(`(?i)\brul(?:es|ed) out\s*$`)

// untrue are words of a content that say of something that it is not so.
var untrue = text.NewForm(`(?i)\b(?:untrue|(?:is|are|was|were) (?:\w+ly )?false|pure (?:fiction|invention|fantasy)|nonsense|baseless|unfounded|groundless|fabricat(?:ed|ions?)|no truth|no such|(?:never|not|\w+n[’']t) (?:true|happen(?:ed)?|(?:take|took) place)|hoax)\b|["“]false\b|^\W*No[,.!]`)

// silent are words of a content that gives no answer.
var silent = text.NewForm(`(?i)\b(?:no comment|nothing (?:further |more |else )?to (?:add|say)|(?:(?:would|will|do|does|did)(?:n[’']t| not)|won[’']t|declin(?:es?|ed) to|refus(?:es?|ed) to|rather not|not going to)(?: be able to| \w+ly)? (?:comment|discuss|speculate|answer|elaborate|go into|get into))\b`)

// plain is a cue that tells only that somebody spoke, negated a content that
// says that something is not so, and evasive one that has words by which an answer is
// withheld or left open: "said | she doesn't plan to resign" is an answer, "said | she
// doesn't know yet" may be none. Without such words nothing is expressly left open.
var (
	plain   = regexp.MustCompile(`(?i)^\W*(?:(?:has|have|had|also|\w+ly|later|once) )*(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:s|ed|ing)?|repl(?:y|ied|ies)|wr(?:ites?|ote|iting))\b`)
	negated = text.NewForm(`(?i)\b(?:not|never|no|nobody|none|nothing|cannot)\b|n[’']t\b`)
	evasive = text.NewForm(`(?i)\b(?:whether|if|may|might|maybe|perhaps|premature|sure|possible|early|soon|yet|decided?|decision|minds?|rule[ds]?|exclude[ds]?|confirm|(?:not|to|only|can|I|I[’']d|could|would) guess(?:ing)?|name|take part|recall|remember|comments?|discuss|speculate|answer|questions?|ask|talk|speak|say|tell|announce|disclose|reveal|details?|share|get into|go into|add|requests?|position|matter|consider(?:ing)?|unclear|unknown|difficult|hard to|depends|open|determined|know (?:who|what|when|where|why|how|which))\b|\bknow\W*(?:$|[.,;])|\blook`)
)

// given is a content that answers when, where or how many in a few words: who says
// "In March" withholds nothing.
var given = regexp.MustCompile(`(?i)^\W*(?:yes\b|\d|(?:(?:in|on|at|by|from|since|until|about|around|next|last|within|before|after|every) )?(?:the |early |late |mid-)?(?:\d[\w.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|today|tomorrow|week|month|year))\b(?:\W+[\w’']+){0,4}\W*$`)

// erred is a content that begins with a mistake of its speaker's own: nothing is denied by it.
var erred = regexp.MustCompile(`(?i)^\W*(?:that )?(?:I|we) (?:was|were) (?:\w+ly )?(?:wrong|mistaken)\b`)

// questioned is a content of one sentence, quoted, that asks something.
var questioned = regexp.MustCompile(`^["“][^.!?]*\?["”]?\W*$`)

// requested is the cue and summons the content of somebody who is asked to do something.
var (
	requested = text.NewForm(`(?i)\bask(?:s|ed|ing)?\s*$`)
	summons   = regexp.MustCompile(`(?i)^(?:not )?to \w`)
)

// mute is a cue that gives no answer in so many words.
var mute = text.NewForm(`(?i)\b(?:remain|stay|keep|kept|been|was|were|is|are)(?:s|ed|ing)? (?:\w+ly )?(?:tight-lipped|silent|mum|coy|non-?committal)\b`)

// unconfirmed is a cue of somebody who does not confirm something: that is no confirmation.
var unconfirmed = text.NewForm(`(?i)(?:\bnot|n[’']t|\bnever|\byet to)(?: yet| \w+ly)* confirm(?:ed)?\b`)

// wishing is a content that begins with what its speaker wants or hopes: no promise.
var wishing = regexp.MustCompile(`(?i)^(?:that )?(?:he|she|they|it) (?:also |still |\w+ly )?(?:hope[sd]?|want(?:s|ed)?|would like)\b`)

// ceased is a cue of somebody who refuses or denies no more.
var ceased = text.NewForm(`(?i)\bno longer (?:says?|said|saying|den(?:y|ies|ied|ying)|refus|declin|dismiss|reject|rul)`)

var table = sync.OnceValue(func() map[string][]float64 {
	out := map[string][]float64{}
	for line := range strings.Lines(words) {
		f := strings.Fields(line)
		counts := make([]float64, len(f)-1)
		for i, s := range f[1:] {
			n, err := strconv.Atoi(s)
			if err != nil {
				panic("act: words.txt: " + err.Error()) // embedded: a test reads it all
			}
			counts[i] = float64(n)
		}
		out[f[0]] = counts
	}
	return out
})

const (
	allCues = "*"  // the line that counts them
	smooth  = 4    // statements of any kind added to each word's counts
	trust   = 0.5  // how far the words count beside the network
	told    = 20   // how many times likelier a denial is where untrue finds something, and a refusal where silent does; in the readings 47 and more, but the network has seen the words too
	doubt   = 0.3  // how likely it is that something is left open in other words than those that leavesOpen knows, beside what the network has it, which was trained to see rare acts too readily
	rarely  = 0.02 // how likely an answer is left open without words for it, or withheld by a plain negation, beside what the network has it
	plan    = 1.6  // how many times likelier a commitment with a cue is than the network has it
)

// Weigh gives the probability of each act, in the order of quoth.Acts, as p
// are the network's.
func Weigh(p []float64, cue, content string) []float64 {
	out := make([]float64, len(p))
	foldedCue, foldedContent := text.Fold(cue), text.Fold(content)
	if leavesOpen(foldedCue, foldedContent) || unsaid.In(foldedCue) && whether.MatchString(content) {
		out[slices.Index(quoth.Acts, quoth.Neither)] = 1
		return out
	}
	copy(out, p)
	share := shares(table()[allCues])
	if odds := telling(cue, share); odds != nil {
		for i := range out {
			out[i] *= math.Pow(odds[i]/share[i], trust)
		}
	}
	out[slices.Index(quoth.Acts, quoth.Neither)] *= doubt
	if strings.TrimSpace(cue) != "" {
		out[slices.Index(quoth.Acts, quoth.Commit)] *= plan
	}
	if untrue.In(foldedContent) {
		out[slices.Index(quoth.Acts, quoth.Deny)] *= told
	}
	if silent.In(foldedContent) || mute.In(foldedCue) {
		out[slices.Index(quoth.Acts, quoth.Decline)] *= told
	}
	only := plain.MatchString(cue) // tells that somebody spoke
	if only && !evasive.In(foldedContent) {
		out[slices.Index(quoth.Acts, quoth.Neither)] *= rarely
		if negated.In(foldedContent) {
			out[slices.Index(quoth.Acts, quoth.Decline)] *= rarely
		}
	}
	if only && given.MatchString(content) {
		out[slices.Index(quoth.Acts, quoth.Decline)] *= rarely
	}
	if questioned.MatchString(content) && !untrue.In(foldedContent) {
		out[slices.Index(quoth.Acts, quoth.Deny)] *= rarely
	}
	if erred.MatchString(content) && !untrue.In(foldedContent) {
		out[slices.Index(quoth.Acts, quoth.Deny)] *= rarely
		out[slices.Index(quoth.Acts, quoth.Confirm)] *= told
	}
	if requested.In(foldedCue) && summons.MatchString(content) {
		out[slices.Index(quoth.Acts, quoth.Urge)] *= told
	}
	if settled.In(foldedCue) && !negated.In(foldedCue) {
		out[slices.Index(quoth.Acts, quoth.Neither)] = 0
		out[slices.Index(quoth.Acts, quoth.Deny)] *= told
	}
	if unconfirmed.In(foldedCue) {
		out[slices.Index(quoth.Acts, quoth.Confirm)] = 0
	}
	if plain.MatchString(cue) && wishing.MatchString(content) {
		out[slices.Index(quoth.Acts, quoth.Commit)] *= rarely
	}
	if ceased.In(foldedCue) {
		out[slices.Index(quoth.Acts, quoth.Deny)] = 0
		out[slices.Index(quoth.Acts, quoth.Decline)] = 0
	}
	return shares(out)
}

// leavesOpen reports whether the words of one of both expressly leave a thing open.
func leavesOpen(cue, content text.Folded) bool {
	return open.In(cue) || open.In(content) || neither.In(cue) || possible.In(cue)
}

// Likeliest is the act of the highest probability, the first of several.
func Likeliest(p []float64) quoth.Act {
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return quoth.Acts[best]
}

// cueWords finds the words of a cue in lower case. train/actwords.py is its
// twin.
var cueWords = regexp.MustCompile(`[a-z]+(?:'[a-z]+)?`)

// telling is how the cue's word that tells most shares out among the acts,
// together with the word after it where that is known, or with the cue's end,
// "$": "called" is another thing than "called for". It is nil where no word is
// known. Most tells what is farthest, by relative entropy, from share, which is
// how all cues do.
func telling(cue string, share []float64) []float64 {
	var best []float64
	high := 0.0
	all := append(cueWords.FindAllString(strings.ReplaceAll(strings.ToLower(cue), "’", "'"), -1), "$")
	for k, w := range all[:len(all)-1] {
		c := table()[w+"_"+all[k+1]]
		if c == nil {
			c = table()[w]
		}
		if c == nil {
			continue
		}
		p, entropy := smoothed(c, share), 0.0
		for i := range p {
			entropy += p[i] * math.Log(p[i]/share[i])
		}
		if entropy > high {
			best, high = p, entropy
		}
	}
	return best
}

// smoothed is how counts share out among the acts, drawn towards how all cues
// do. train/actwords.py chooses the words with a lighter hand: 2, not smooth.
func smoothed(counts, share []float64) []float64 {
	out, n := make([]float64, len(counts)), total(counts)
	for i, c := range counts {
		out[i] = (c + smooth*share[i]) / (n + smooth)
	}
	return out
}

func shares(counts []float64) []float64 {
	out, n := make([]float64, len(counts)), total(counts)
	for i, c := range counts {
		out[i] = c / n
	}
	return out
}

func total(c []float64) float64 {
	n := 0.0
	for _, x := range c {
		n += x
	}
	return n
}
