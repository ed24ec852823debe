package event

import "strings"

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
	strong = set(`meet visit travel host sign testify resign withdraw deploy arrest extradite sue appoint inaugurate convene negotiate swear step attend`)
	verbs  = union(strong, set(`fly hold vote speak appear return arrive launch open begin start resume announce release publish deliver
debate appeal join ban introduce unveil lift impose close strike march gather tour perform compete address nominate discuss talk leave land
sail reopen take send present brief interview charge execute elect dissolve ratify suspend halt evacuate hand exchange`))
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
}

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
	certainty Certainty
}{
	{[]string{"has", "no", "plans", "to"}, RuledOut}, {[]string{"have", "no", "plans", "to"}, RuledOut}, {[]string{"be", "not", "going", "to"}, RuledOut},
	{[]string{"be", "expected", "to"}, Expected}, {[]string{"be", "likely", "to"}, Expected}, {[]string{"expects", "to"}, Expected}, {[]string{"expect", "to"}, Expected},
	{[]string{"be", "scheduled", "to"}, Planned}, {[]string{"be", "set", "to"}, Planned}, {[]string{"be", "due", "to"}, Planned}, {[]string{"be", "going", "to"}, Planned},
	{[]string{"be", "planning", "to"}, Planned}, {[]string{"be", "preparing", "to"}, Planned}, {[]string{"be", "about", "to"}, Planned},
	{[]string{"agreed", "to"}, Planned}, {[]string{"agree", "to"}, Planned}, {[]string{"plans", "to"}, Planned}, {[]string{"plan", "to"}, Planned}, {[]string{"planned", "to"}, Planned},
	{[]string{"intends", "to"}, Planned}, {[]string{"intend", "to"}, Planned}, {[]string{"promised", "to"}, Planned}, {[]string{"vowed", "to"}, Planned},
	{[]string{"hopes", "to"}, Possible}, {[]string{"hope", "to"}, Possible}, {[]string{"wants", "to"}, Possible}, {[]string{"want", "to"}, Possible},
	{[]string{"would", "like", "to"}, Possible}, {[]string{"be", "ready", "to"}, Possible}, {[]string{"be", "prepared", "to"}, Possible}, {[]string{"be", "willing", "to"}, Possible},
	{[]string{"will", "probably"}, Expected}, {[]string{"will", "likely"}, Expected},
	{[]string{"will", "not"}, RuledOut}, {[]string{"won't"}, RuledOut}, {[]string{"would", "not"}, RuledOut}, {[]string{"wouldn't"}, RuledOut}, {[]string{"refused", "to"}, RuledOut},
	{[]string{"may", "not"}, ""}, {[]string{"might", "not"}, ""}, {[]string{"could", "not"}, ""},
	{[]string{"will"}, Planned}, {[]string{"'ll"}, Planned}, {[]string{"shall"}, Planned}, {[]string{"would"}, Planned},
	{[]string{"may"}, Possible}, {[]string{"might"}, Possible}, {[]string{"could"}, Possible},
}

// cues tell how certain a content is that begins with "to" and a verb.
var cues = map[string]Certainty{"plan": Planned, "plans": Planned, "planned": Planned, "planning": Planned, "agreed": Planned, "agree": Planned, "agrees": Planned, "intends": Planned, "intend": Planned,
	"promised": Planned, "promises": Planned, "vowed": Planned, "vows": Planned, "pledged": Planned, "pledges": Planned, "threatened": Planned, "threatens": Planned, "offered": Possible, "offers": Possible,
	"hopes": Possible, "hope": Possible, "hoped": Possible, "hoping": Possible, "wants": Possible, "want": Possible, "wanted": Possible, "expects": Expected, "expected": Expected, "expect": Expected,
	"refused": RuledOut, "refuses": RuledOut, "declined": RuledOut}

var (
	being    = set("is are was were be been am 's 're 'm")
	having   = set("has have had")
	adverbs  = set("also soon then likely first now again still already formally officially personally probably certainly definitely finally jointly directly briefly later")
	finite   = set("would had was were will is are has have could may might should")
	vacant   = set("they it you who which this these that those there them him her us me")
	doubt    = set("if unless whether")
	filler   = set("just even only not \" “ ” ' ’ ‘ , - a an the")
	stops    = set("; : . ! ? — – ( )")
	breakers = set("because but if when while after before although though unless until who which that so as since whether and or")
	pronouns = set("he she i we")
	negation = set("not never n't")
)
