package occasion

import (
	"slices"
	"strings"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/when"
)

var (
	programmes = set("programme program show podcast")                  // what stands behind the title of what is sent
	bulletins  = set("today tonight breakfast good newsnight newshour") // with which titles of news programmes begin
	joins      = set("with the of at")                                  // in lower case within a title in capitals
	links      = set("with the of at in on and to for")                 // and within one in quotation marks
	courtesies = set("mr mrs ms dr sir lord lady dame")
)

const longest = 7 // words of a title

// titles finds the programmes that the text names: what stands behind a station's name
// (“Harbour Radio's Good Evening Coast programme”, “CNN's "The Long Hour"”), and a title
// in quotation marks before "show" or "podcast". Without quotation marks or such a noun
// only what begins with "The" or as news programmes do is a title: "CNN's Nora Finch".
func (d *doc) titles() (out []text.Range) {
	for i := 1; i < len(d.toks); i++ {
		first, last, end := d.title(i)
		if first == last {
			continue
		}
		quoted := first > i
		noun := end < len(d.toks) && programmes[d.toks[end].Lower] && !d.toks[end].Break
		switch owned := d.stations(i - 1); {
		case noun && (owned || quoted && light[d.toks[i-1].Lower] && !strings.HasPrefix(d.toks[end].Lower, "program")):
			first, last = i, end+1
		case owned && (quoted || d.toks[first].Lower == "the" || bulletins[d.toks[first].Lower] || Outlet(d.Text[d.toks[first].Start:d.toks[last-1].End])):
		default:
			continue
		}
		out = append(out, text.Range{Start: d.toks[first].Start, End: d.toks[last-1].End})
		i = last - 1
	}
	return out
}

// title gives the words of a title that begins at token i, in quotation marks or in
// capitals, and where what follows it begins.
func (d *doc) title(i int) (first, last, end int) {
	quoted := d.toks[i].Lower == "“" || d.toks[i].Lower == "\""
	first = i
	if quoted {
		first++
	}
	last = first
	for k := first; k < len(d.toks) && k < first+longest && (k == i || !d.toks[k].Break) && d.toks[k].Kind != text.Symbol && !courtesies[d.toks[k].Lower]; k++ {
		if d.capital(k) || k > first && d.toks[k].Kind == text.Number {
			last = k + 1
		} else if k == first || !joins[d.toks[k].Lower] && !(quoted && links[d.toks[k].Lower]) {
			break
		}
	}
	if !quoted || first == last {
		return first, last, last
	}
	end = last
	if end < len(d.toks) && (d.toks[end].Lower == "," || d.toks[end].Lower == ".") {
		end++
	}
	if end >= len(d.toks) || d.toks[end].Lower != "”" && d.toks[end].Lower != "\"" {
		return first, first, first
	}
	return first, last, end + 1
}

func (d *doc) capital(k int) bool {
	t := &d.toks[k]
	return t.Kind == text.Word && d.Text[t.Start:t.End] != t.Lower
}

// stations reports whether token k is the apostrophe behind the name of an outlet that
// is no mere platform: "BBC One's", "Fox News'".
func (d *doc) stations(k int) bool {
	if t := &d.toks[k]; t.Lower != "'s" && t.Lower != "'" && t.Lower != "’" || t.Space {
		return false
	}
	for a := k - 1; a >= 0 && a >= k-5 && (d.capital(a) || d.toks[a].Kind == text.Number); a-- {
		name := d.Text[d.toks[a].Start:d.toks[k-1].End]
		if Outlet(name) && !posts[strings.ToLower(name)] || a < k-1 && lexicon.Outlets().Has(d.toks[a].Lower) {
			return true
		}
		if d.toks[a].Break {
			break
		}
	}
	return false
}

// untitled takes the words of titles from the names, phrases and times.
func (d *doc) untitled() {
	d.Names = slices.DeleteFunc(slices.Clone(d.Names), func(n speaker.Name) bool { return within(n.Range, d.shows) })
	d.Phrases = slices.DeleteFunc(slices.Clone(d.Phrases), func(p Phrase) bool { return within(p.Range, d.shows) })
	d.Times = slices.DeleteFunc(slices.Clone(d.Times), func(t when.Dated) bool { return within(t.Range, d.shows) })
}
