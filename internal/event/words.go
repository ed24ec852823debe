package event

import (
	"strings"

	"github.com/quothnews/quoth"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// verbs are those of things that happen at a place and a time, in the form
// that follows "will". The strong ones need neither to be events.
var (
	strong = set(`meet visit travel host sign testify resign withdraw deploy arrest extradite sue appoint inaugurate convene negotiate swear step attend reconvene`)
	verbs  = union(strong, set(`fly hold vote speak appear return arrive launch open begin start resume announce release publish deliver
debate appeal join ban introduce unveil lift impose close strike march gather tour perform compete address nominate discuss talk leave land
sail reopen take send present brief interview charge execute elect dissolve ratify suspend halt evacuate hand exchange decide rule answer stand walk`))
)

func union(a, b map[string]bool) map[string]bool {
	for w := range a {
		b[w] = true
	}
	return b
}

// wholes complete a verb that means little by itself.
var wholes = map[string]map[string]bool{
	"take":  set("place part office effect"),
	"step":  set("down aside"),
	"swear": set("in"),
	"hand":  set("over"),

	"answer": set("questions"),
	"rule":   set("on this next tomorrow"),
	"stand":  set("trial down"),
	"walk":   set("out"),
}

// completions are words behind a verb that make it no event.
var completions = map[string]map[string]bool{
	"hold": set("accountable responsible hostage captive"),
	"meet": set("rule standard target goal need demand requirement condition deadline expectation challenge cost commitment obligation promise criteria pledge test threshold fate"),
}

// titles stand before a name, with a full stop that ends no clause.
var titles = set("mr mrs ms dr sen rep gov gen")

// motion are verbs whose "to" gives a place.
var motion = set("travel fly sail return")

// belongs are words between a subject and what it belongs to.
var belongs = set("from of in at with by for near on under")

// preterites are past forms that can be nothing else: "the emails released on
// Tuesday had" is no release.
var preterites = set("began flew spoke took withdrew")

// partings take a verb's meaning elsewhere: "sign up", "come up with".
var partings = set("up away off like")

// past maps past forms that are not the verb and "ed".
var past = map[string]string{"met": "meet", "flew": "fly", "held": "hold", "spoke": "speak", "spoken": "speak", "began": "begin", "begun": "begin", "withdrew": "withdraw",
	"withdrawn": "withdraw", "left": "leave", "sent": "send", "took": "take", "taken": "take", "sworn": "swear", "swore": "swear",
	"struck": "strike", "visited": "visit", "sued": "sue", "banned": "ban", "signed": "sign", "travelled": "travel", "traveled": "travel", "flown": "fly"}

// base is the verb of a past form, "" where w is none of ours.
func base(w string) string {
	if v, ok := past[w]; ok {
		return v
	}
	if v, ok := strings.CutSuffix(w, "d"); ok && strings.HasSuffix(v, "e") && verbs[v] {
		return v
	}
	if v, ok := strings.CutSuffix(w, "ed"); ok && verbs[v] {
		return v
	}
	return ""
}

// openers are the words that put what follows into the future or in doubt.
// The longest that fits is taken; "be" stands for any form of it.
var openers = []struct {
	words     []string
	certainty quoth.Certainty
}{
	{[]string{"has", "no", "plans", "to"}, quoth.RuledOut}, {[]string{"have", "no", "plans", "to"}, quoth.RuledOut}, {[]string{"be", "not", "going", "to"}, quoth.RuledOut},
	{[]string{"be", "expected", "to"}, quoth.Expected}, {[]string{"be", "likely", "to"}, quoth.Expected}, {[]string{"expects", "to"}, quoth.Expected}, {[]string{"expect", "to"}, quoth.Expected},
	{[]string{"be", "scheduled", "to"}, quoth.Planned}, {[]string{"be", "set", "to"}, quoth.Planned}, {[]string{"be", "due", "to"}, quoth.Planned}, {[]string{"be", "going", "to"}, quoth.Planned}, {[]string{"is", "to"}, quoth.Planned}, {[]string{"are", "to"}, quoth.Planned},
	{[]string{"be", "planning", "to"}, quoth.Planned}, {[]string{"be", "preparing", "to"}, quoth.Planned}, {[]string{"be", "about", "to"}, quoth.Planned},
	{[]string{"agreed", "to"}, quoth.Planned}, {[]string{"agree", "to"}, quoth.Planned}, {[]string{"plans", "to"}, quoth.Planned}, {[]string{"plan", "to"}, quoth.Planned}, {[]string{"planned", "to"}, quoth.Planned},
	{[]string{"intends", "to"}, quoth.Planned}, {[]string{"intend", "to"}, quoth.Planned}, {[]string{"promised", "to"}, quoth.Planned}, {[]string{"vowed", "to"}, quoth.Planned},
	{[]string{"hopes", "to"}, quoth.Possible}, {[]string{"hope", "to"}, quoth.Possible}, {[]string{"wants", "to"}, quoth.Possible}, {[]string{"want", "to"}, quoth.Possible},
	{[]string{"would", "like", "to"}, quoth.Possible}, {[]string{"be", "ready", "to"}, quoth.Possible}, {[]string{"be", "prepared", "to"}, quoth.Possible}, {[]string{"be", "willing", "to"}, quoth.Possible},
	{[]string{"will", "probably"}, quoth.Expected}, {[]string{"will", "likely"}, quoth.Expected},
	{[]string{"will", "not"}, quoth.RuledOut}, {[]string{"won't"}, quoth.RuledOut}, {[]string{"would", "not"}, quoth.RuledOut}, {[]string{"wouldn't"}, quoth.RuledOut}, {[]string{"refused", "to"}, quoth.RuledOut},
	{[]string{"may", "not"}, ""}, {[]string{"might", "not"}, ""}, {[]string{"could", "not"}, ""},
	{[]string{"will"}, quoth.Planned}, {[]string{"'ll"}, quoth.Planned}, {[]string{"shall"}, quoth.Planned}, {[]string{"would"}, quoth.Planned},
	{[]string{"may"}, quoth.Possible}, {[]string{"might"}, quoth.Possible}, {[]string{"could"}, quoth.Possible},
}

// cues tell how certain a content is that begins with "to" and a verb.
var cues = map[string]quoth.Certainty{"plan": quoth.Planned, "plans": quoth.Planned, "planned": quoth.Planned, "planning": quoth.Planned, "agreed": quoth.Planned, "agree": quoth.Planned, "agrees": quoth.Planned, "intends": quoth.Planned, "intend": quoth.Planned,
	"promised": quoth.Planned, "promises": quoth.Planned, "vowed": quoth.Planned, "vows": quoth.Planned, "pledged": quoth.Planned, "pledges": quoth.Planned, "threatened": quoth.Planned, "threatens": quoth.Planned, "offered": quoth.Possible, "offers": quoth.Possible,
	"hopes": quoth.Possible, "hope": quoth.Possible, "hoped": quoth.Possible, "hoping": quoth.Possible, "wants": quoth.Possible, "want": quoth.Possible, "wanted": quoth.Possible, "expects": quoth.Expected, "expected": quoth.Expected, "expect": quoth.Expected,
	"refused": quoth.RuledOut, "refuses": quoth.RuledOut, "declined": quoth.RuledOut}

var (
	being    = set("is are was were be been am 's 're 'm")
	having   = set("has have had")
	adverbs  = set("also soon then likely first now again still already formally officially personally probably certainly definitely finally jointly directly briefly later")
	finite   = set("would had was were will is are has have could may might should")
	equals   = set("is are was were")
	notions  = set("idea plan goal aim purpose point intention objective hope task job challenge answer way priority decision choice thing option move")
	vacant   = set("they it you who which this these that those there them him her us me")
	doubt    = set("if unless whether")
	filler   = set("just even only not \" “ ” ' ’ ‘ , - a an the")
	stops    = set("; : . ! ? — – ( )")
	breakers = set("because but if when while after before although though unless until who which that so as since whether and or")
	pronouns = set("he she i we")
	negation = set("not never n't")
)
