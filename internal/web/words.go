package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// verb says what an act does, for people.
func verb(a quoth.Act) string {
	switch a {
	case quoth.Assert:
		return "says"
	case quoth.Confirm:
		return "confirms"
	case quoth.Deny:
		return "denies"
	case quoth.Neither:
		return "leaves open"
	case quoth.Decline:
		return "gives no answer"
	case quoth.Ask:
		return "asks"
	case quoth.Urge:
		return "urges"
	case quoth.Commit:
		return "commits"
	case quoth.Judge:
		return "judges"
	case quoth.Think:
		return "thinks"
	}
	return string(a)
}

// stanceWord says what a stance towards a claim is, for people.
func stanceWord(s string) string {
	switch s {
	case "open":
		return "left open"
	case "value":
		return "with a figure"
	}
	return s // for, against
}

// quotationWords says how an article gives a statement's words, for people.
func quotationWords(q quoth.Quotation) string {
	switch q {
	case quoth.Direct:
		return "in quotation marks"
	case quoth.Indirect:
		return "without quotation marks"
	case quoth.Mixed:
		return "partly in quotation marks"
	}
	return string(q)
}

// originWords says where an article's date was found, for people.
func originWords(from string) string {
	switch from {
	case "given":
		return "given with the article"
	case "json-ld", "meta":
		return "the page’s description of itself"
	case "text":
		return "the page’s text"
	case "url":
		return "the page’s address"
	}
	return from
}

// fieldName says what a field of a record is called on pages.
func fieldName(f string) string {
	switch f {
	case "act":
		return "what it does"
	case "via":
		return "carriers"
	case "to":
		return "addressees"
	case "when":
		return "when it was said"
	case "content":
		return "words"
	case "quotation":
		return "how its words are given"
	case "removed":
		return "taken out"
	case "statement":
		return "a statement that was missing"
	case "figure":
		return "a figure that was missing"
	case "event":
		return "an event that was missing"
	case "caption":
		return "a picture that was missing"
	case "span":
		return "its words"
	case "certainty":
		return "how certain"
	case "byline":
		return "author"
	case "published":
		return "day of publication"
	case "low":
		return "at least"
	case "high":
		return "at most"
	case "unit":
		return "counted in"
	case "about":
		return "of what"
	}
	return f
}

func clip(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return strings.TrimRight(string(r[:n-1]), " ,.;:“\"'") + "…"
}

func plural(n int, one, many string) string { return amount(float64(n)) + " " + noun(n, one, many) }

// sources tells how many independent sources stand behind a claim.
func sources(n int) string {
	if n == 0 {
		return "no independent source behind it"
	}
	return plural(n, "independent source", "independent sources") + " behind it"
}

// noun is the word that goes with a number.
func noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// verdictWords says what a person decided about a claim.
func verdictWords(kind string) string {
	switch kind {
	case "confirm":
		return "One claim:"
	case "join":
		return "Joined"
	case "split":
		return "Split off"
	case "name":
		return "Named"
	case "stance":
		return "Stands"
	case "utterance":
		return "One utterance"
	}
	return kind
}

// singles tells that a verdict of a kind is about some statements of a claim.
func singles(kind string) bool { return kind == "split" || kind == "stance" || kind == "utterance" }

// verdictValue says what a verdict gives the claim or its statements, for people.
func verdictValue(v store.Verdict) string {
	if v.Kind == "stance" {
		return stanceWord(v.Value)
	}
	return v.Value
}

// stanceTone is the class of a stance towards a claim: that of the act that takes it.
func stanceTone(s string) string {
	switch s {
	case "for":
		return "confirm"
	case "against":
		return "deny"
	case "open":
		return "neither"
	}
	return "other"
}

// inOrder gives tallies in the order in which pages name stances.
func inOrder(all []store.Tally) []store.Tally {
	place := func(t store.Tally) int {
		return slices.IndexFunc(stances, func(s Ref) bool { return s.ID == t.Stance })
	}
	return slices.SortedStableFunc(slices.Values(all), func(a, b store.Tally) int { return place(a) - place(b) })
}

func percent(p float64) string { return strconv.Itoa(int(p*100+0.5)) + "\u00a0%" }

func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

// spanText joins the parts of a span list as hits do.
func spanText(spans []quoth.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.Join(strings.Fields(s.Text), " "))
	}
	return strings.Join(out, " … ")
}

// spots writes spans as forms have them: "1108-1163, 1170-1180".
func spots(spans []quoth.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, fmt.Sprintf("%d-%d", s.Start, s.End))
	}
	return strings.Join(out, ", ")
}

func compact(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

// extent says what a figure's bounds are, for people.
func extent(low, high *float64) string {
	switch {
	case low == nil && high == nil:
		return "no number"
	case high == nil:
		return "at least " + amount(*low)
	case low == nil:
		return "at most " + amount(*high)
	case *low == *high:
		return amount(*low)
	}
	return amount(*low) + " to " + amount(*high)
}

// bound writes a figure's bound as a form has it; none is "".
func bound(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}

// cueBeside is the cue as it stands before a hit's content: one without letters,
// a headline's colon, says nothing there.
func cueBeside(h store.Hit) string {
	if h.Content == "" || !strings.ContainsFunc(h.Cue, unicode.IsLetter) {
		return ""
	}
	return h.Cue
}

// A stretch is a piece of a hit's content.
type stretch struct {
	Text string
	Hit  bool // these words were asked for
}

// marked cuts a hit's content at what was asked for.
func marked(h store.Hit) []stretch {
	text := h.Content
	if text == "" {
		text = h.Cue
	}
	if h.Content == "" || len(h.Highlights) == 0 {
		return []stretch{{printable(text), false}}
	}
	r := []rune(text)
	var out []stretch
	at := 0
	for _, m := range h.Highlights {
		if m.Start < at || m.End > len(r) || m.End <= m.Start {
			continue
		}
		if m.Start > at {
			out = append(out, stretch{printable(string(r[at:m.Start])), false})
		}
		out = append(out, stretch{printable(string(r[m.Start:m.End])), true})
		at = m.End
	}
	if at < len(r) {
		out = append(out, stretch{printable(string(r[at:])), false})
	}
	return out
}

// valueWords writes what a field of a record holds, for people.
func valueWords(field string, raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	if out, ok := v.(bool); ok && field == "removed" {
		return map[bool]string{true: "taken out", false: "in the record"}[out]
	}
	if s, ok := v.(string); ok && field == "act" {
		return verb(quoth.Act(s))
	} else if ok && field == "published" && s != "" {
		return day(s)
	} else if ok && field == "quotation" {
		return quotationWords(quoth.Quotation(s))
	}
	return told(v)
}

// told writes a JSON value for people: spans by their words, speakers by their
// names.
func told(v any) string {
	out := ""
	switch v := v.(type) {
	case string:
		out = v
	case bool:
		out = map[bool]string{true: "yes", false: "no"}[v]
	case float64:
		out = amount(v)
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, told(x))
		}
		out = strings.Join(all, ", ")
	case map[string]any:
		first, more := "", ""
		for _, k := range [][2]string{{"name", "type"}, {"text", "date"}, {"content", "act"}} {
			if x, ok := v[k[0]]; ok {
				first, _ = x.(string)
				if first == "" {
					first = told(x)
				}
				switch more, _ = v[k[1]].(string); k[1] {
				case "date":
					more = day(more)
				case "act":
					more = verb(quoth.Act(more))
				}
				break
			}
		}
		if out = first; more != "" {
			out += " (" + more + ")"
		}
	}
	if out == "" {
		return "nothing"
	}
	return out
}
