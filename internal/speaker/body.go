package speaker

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
)

// again is how much likelier a noun stands for the organisation that it stood for last.
const again = 4

// oneByOne are bodies of which an article goes through several, as a review of the press does.
var oneByOne = set("paper newspaper magazine tabloid outlet website site court")

// body is the organisation that "the company", "the agency" stands for.
func (r *resolver) body(a, head, st int) int {
	low := r.words[head].low
	if low == "team" && head > a+1 && r.words[head-1].low != "national" && r.words[head-1].low != "campaign" {
		return -1 // "the research team" is no club
	}
	fits := func(id int) float64 {
		e := &r.ids[id]
		f := 0.0
		switch {
		case (r.force(head) || low == "service" && services[r.words[head-1].low]) && !slices.Contains(e.words, r.words[head-1].low) && !strings.Contains(fold(r.slice(e.first, e.last)), r.words[head-1].low):
			return 0 // the coast guard is not the national guard, nor the fire service a company
		case r.passing[id]:
			return 0
		case e.described && e.kind == kindOrg:
			switch {
			case e.head == low, bodyWords[low][e.head]:
				f = 1.5
			case plainBodies[low] && !choosy[e.head]:
				f = 0.3
			}
		case e.described:
		case civic[low] && e.kind != kindPlace && !slices.Contains(e.words, low) || e.kind == kindPlace && rulers[low]:
			return 0
		case e.kind == kindOrg:
			f = 1
		case e.kind == kindUnsure && e.gender == 0:
			f = 0.5
		case e.kind == kindPlace && civic[low]:
			f = 1
		}
		if f == 0 || e.described {
			return f
		}
		if slices.Contains(e.words, low) || slices.ContainsFunc(e.roles, func(x role) bool { return x.head == low && x.how != called }) {
			return 3 * f
		}
		if trades[low] && slices.ContainsFunc(e.words, func(w string) bool { return unlike[w] }) {
			f *= 0.1 // no airline is called "Airport Police"
		}
		if hints := bodyWords[low]; hints != nil {
			for _, w := range e.words {
				if hints[w] {
					return 3 * f
				}
			}
		}
		if !plainBodies[low] && !civic[low] {
			return 0
		}
		if choosy[low] && !r.initialled(e) {
			return 0 // no union is called "Holm Freight"
		}
		if civic[low] != (e.kind == kindPlace) {
			f *= 0.4
		}
		return f
	}
	if id := r.campaign(a, head, st); id >= 0 {
		return id
	}
	scores := r.scores(a, st, fits)
	r.weighAffinity(scores, st, fits)
	if last, ok := r.stoodFor[low]; ok && scores[last] > 0 && !oneByOne[low] {
		scores[last] *= again
	}
	id, score, _ := top(scores)
	if id < 0 || score < 0.05 {
		return -1
	}
	r.stoodFor[low] = id
	return id
}

// inFull is where the article says whose a body of words a..b is ("the Norvanian health
// ministry" for "the health ministry"), the last time before it or else the first after
// it; no words where it never does.
func (r *resolver) inFull(a, b int) (x, y int) {
	for k := 1; k+b-a <= len(r.words) && (k < a || x == y); k++ {
		w := &r.words[k]
		same := w.low == r.words[a].low
		for i := a + 1; i < b && same; i++ {
			same = r.words[k+i-a].low == r.words[i].low && r.words[k+i-a].gap == gapSpace
		}
		n := r.nameAt[k-1]
		if !same || w.cap || w.gap != gapSpace || !r.words[k-1].cap || r.words[k-1].first && n < 0 && !r.adjective(k-1, k) || r.lines[w.line].headline {
			continue
		}
		x, y = k-1, k+b-a
		if n >= 0 {
			x = r.names[n].first
		} else if k > 1 && r.words[x].gap == gapSpace && r.words[k-2].cap && regions[r.words[k-2].low] {
			x-- // "South Norvanian police"
		}
	}
	return x, y
}

// services are told apart by the word before "service".
var services = set("fire rescue ambulance emergency prison probation postal health weather")

// organise takes a name of which nothing tells what it is for an organisation's, as "it"
// or "the company" stands for it.
func (r *resolver) organise(id int) {
	if e := &r.ids[id]; e.open() {
		e.kind = kindOrg
	}
}

// campaign is whose campaign (team, camp) "the campaign" is: of those persons whom the
// article gives one ("the Finch campaign"), the one most in the foreground; -1 where it
// gives nobody one.
func (r *resolver) campaign(a, head, st int) int {
	low := r.words[head].low
	if low != "campaign" && low != "camp" {
		return -1
	}
	first := r.campaigns(low)
	best := -1
	if len(first) == 1 {
		for id := range first {
			best = id
		}
	} else {
		best, _, _ = top(r.scores(a, st, func(id int) float64 {
			if _, ok := first[id]; ok {
				return 1
			}
			return 0
		}))
	}
	if best < 0 {
		return -1
	}
	return r.describe(first[best][0], first[best][1], low, kindOrg)
}

// campaigns are the words in which the article first speaks of each person's "campaign".
func (r *resolver) campaigns(low string) map[int][2]int {
	if first, ok := r.theirs[low]; ok {
		return first
	}
	first := map[int][2]int{}
	for n := range r.names {
		m := &r.names[n]
		if m.id < 0 || m.last >= len(r.words) || r.words[m.last].low != low || r.words[m.last].gap != gapSpace || r.ids[m.id].kind != kindPerson {
			continue
		}
		if _, ok := first[m.id]; !ok {
			first[m.id] = [2]int{m.first, m.last + 1}
		}
	}
	r.theirs[low] = first
	return first
}

// plainBodies say little about what they stand for; another noun ("the army")
// must stand in the name itself.
var plainBodies = set(`company firm group agency organization organisation alliance union bank giant network airline newspaper magazine paper outlet retailer
team club party chain charity carmaker automaker website site tabloid institution broadcaster business corporation carrier maker nonprofit watchdog startup start-up
lender insurer brand operator publisher publication body association bloc movement manufacturer developer venture museum studio label station conglomerate service blog channel campaign pac
utility chipmaker drugmaker railroad refiner steelmaker planemaker brewer`)

var (
	trades = set(`team club company firm giant airline bank retailer carmaker automaker insurer lender maker manufacturer developer carrier utility chipmaker drugmaker railroad refiner steelmaker planemaker brewer chain business corporation startup start-up brand brewery conglomerate supermarket pac`)
	unlike = set(`police department ministry university college school court commission committee council agency bureau office senate house congress parliament party army navy government authority association union institute
news times post journal herald tribune guardian telegraph gazette daily reuters cnn nbc cbs abc fox bbc cnbc msnbc`)
)

var bodyWords = map[string]map[string]bool{
	"airline": set("airways airlines air"), "carrier": set("airways airlines air"), "newspaper": set("times post journal herald tribune guardian telegraph gazette daily news"),
	"paper": set("times post journal herald tribune guardian telegraph gazette daily news"), "network": set("news cnn nbc cbs abc fox television tv"), "channel": set("news cnn nbc cbs abc fox television tv"),
	"magazine": set("magazine weekly"), "bank": set("bank bancorp"), "police": set("police"), "force": set("police"), "campaign": set("campaign"), "pac": set("pac"),
	"military": set("army military"), "army": set("army military"), "school": set("university college school"), "court": set("court"), "administration": set("administration"),
	"party": set("party parties labour labor democrat democrats democratic democracy republican republicans gop conservative conservatives tories tory liberal liberals greens green socialist socialists communist communists reform front likud"),
	"union": set("union unions alliance workers teachers nurses association federation brotherhood teamsters guild unite unison"),
}

// choosy are bodies whose names tell as a rule what they are.
var choosy = set("party union")

// initialled reports whether an organisation has a name of initials that is no outlet's.
func (r *resolver) initialled(e *identity) bool {
	return slices.ContainsFunc(e.names, func(k int) bool {
		n := &r.names[k]
		s := r.slice(n.first, n.last)
		return len(s) > 1 && n.last-n.first == 1 && s == strings.ToUpper(s) && !lexicon.Outlets().Has(strings.ToLower(s))
	})
}

var rulers = set("government administration regime state")

var civic = set("country government nation state city town region province county kingdom republic administration regime")

// bodyHere reports whether word k is a body's noun at the end of its phrase: "the
// Norvanian army struck", but not "army boots".
func (r *resolver) bodyHere(k int) bool {
	if r.nounOf(k) != nounBody || r.nameAt[k] >= 0 || r.words[k].poss || k == 0 {
		return false
	}
	if k+1 == len(r.words) || r.words[k+1].gap > gapQuote {
		return true
	}
	low := r.words[k+1].low
	return r.nameAt[k+1] < 0 && (halts[low] || preps[low] || verbal[low] || deeds[low] || breakers[low] || strings.HasSuffix(low, "ed"))
}

// bodies notes the organisation of which the noun at word k speaks in running text ("the
// ministry", "Norvania's army"), for a later "it".
func (r *resolver) bodies(k int) {
	a := r.modified(k)
	if a > 0 && r.words[a].gap == gapSpace && r.words[a-1].poss {
		if n := r.nameAt[a-1]; n >= 0 {
			a = r.names[n].first
		}
	}
	if a > 0 && r.words[a].gap == gapSpace && determiners[r.words[a-1].low] {
		a--
	}
	if possessives[r.words[a].low] || r.words[a].low == "a" || r.words[a].low == "an" {
		return
	}
	weight := 0.6
	switch {
	case r.words[a].first:
		weight = 1
	case a > 0 && preps[r.words[a-1].low]:
		weight = 0.45
	}
	id := -1
	if definite[r.words[a].low] && r.owner(a, k) < 0 && !r.capital(a, k) {
		id = r.body(a, k, -1)
	} else if r.owner(a, k) >= 0 || r.capital(a, k) {
		i, j := r.extent(a, k+1, k+1)
		many := len(r.ids)
		id = r.describe(i, j, r.words[k].low, kindOrg)
		r.passing[id] = id == many || r.passing[id]
	}
	if id < 0 {
		return
	}
	r.note(event{at: a, id: id, weight: weight})
}
