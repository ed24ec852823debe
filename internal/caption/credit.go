package caption

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// What a credit begins with, before the names.
var marks = []string{"Photo by", "Photo:", "Photo credit:", "Photos by", "Photograph by", "Photograph:", "Picture by", "Picture:", "Pictures:", "Image by",
	"Image:", "Image credit:", "Image source,", "Image copyright", "Credit:", "Credit...", "Photo credit", "Courtesy of", "©", "(c)"}

// Agencies and other bodies that give pictures, whole, in lower case.
var agencies = map[string]bool{"ap": true, "afp": true, "afp-jiji": true, "reuters": true, "getty": true, "associated press": true, "the associated press": true, "pa": true,
	"epa": true, "epa-efe": true, "efe": true, "dpa": true, "bloomberg": true, "shutterstock": true, "alamy": true, "tass": true, "xinhua": true, "ani": true, "pti": true, "nurphoto": true,
	"zuma": true, "rex": true, "anadolu": true, "agence france-presse": true, "press association": true, "istock": true, "unsplash": true, "aap": true, "wireimage": true, "pool": true,
	"sipa": true, "kyodo": true, "yonhap": true, "imago": true, "ritzau": true, "ntb": true, "tt": true, "abaca": true, "sputnik": true, "corbis": true, "file": true, "handout": true}

// Last words of the names of such bodies.
var bodies = map[string]bool{"images": true, "image": true, "agency": true, "press": true, "media": true, "wire": true, "photo": true, "photos": true, "news": true, "pictures": true,
	"times": true, "post": true, "herald": true, "tribune": true, "journal": true, "network": true, "scanpix": true, "service": true, "office": true, "ministry": true,
	"library": true, "university": true, "museum": true, "institute": true, "studios": true, "productions": true, "films": true, "police": true, "resort": true, "government": true, "army": true, "pool": true, "newspapers": true, "archive": true, "courier": true, "features": true, "gazette": true, "guardian": true}

// credit reads who made a picture, and for whom. It reports whether r says
// that: otherwise nothing is taken from it.
func (c *Caption) credit(s string, r text.Range) bool {
	marked := false
	for again := true; again; {
		again = false
		r = trim(s, r)
		for _, m := range marks {
			if rest := s[r.Start:r.End]; len(rest) > len(m) && strings.EqualFold(rest[:len(m)], m) {
				r.Start += len(m)
				marked, again = true, true
			}
		}
	}
	all := parts(s, r)
	if len(all) > 1 { // "Nora Finch, File/Northwire": it says that the picture is old
		all = slices.DeleteFunc(all, func(p text.Range) bool { return strings.EqualFold(s[p.Start:p.End], "file") })
	}
	given := slices.ContainsFunc(all, func(p text.Range) bool { return body(s[p.Start:p.End]) })
	var maker, agency text.Range
	for _, part := range all {
		words := strings.Fields(s[part.Start:part.End])
		switch {
		case maker.Len() > 0 && agency.Len() == 0 && personal(words) && lexicon.Given().Has(strings.ToLower(words[0])) && !body(s[part.Start:part.End]):
			maker.End = part.End // a second photographer: "Jonas Vik, Anna Ek/AFP"
		case body(s[part.Start:part.End]) || given && maker.Len() > 0 && agency.Len() == 0 && personal(words) || marked && len(all) == 1 && len(words) == 1 && personal([]string{words[0], words[0]}):
			if last := words[len(words)-1]; len(words) == 2 && (last == "Photo" || last == "Photos") { // "AP Photo": the agency is AP
				part.End = part.Start + len(words[0])
			}
			if agency.Len() == 0 {
				agency = part
			} else if maker.Start < agency.Start { // two in a row: "AFP/Getty Images"
				agency.End = part.End
			}
		case maker.Len() == 0 && personal(words):
			maker = part
		default:
			return false
		}
	}
	// A name alone makes a picture where a mark says so, or where it is a line of its own.
	if agency.Len() == 0 && (maker.Len() == 0 || !marked && (len(all) > 1 || r.Start < c.End)) {
		return false
	}
	c.Photographer, c.Agency = maker, agency
	return true
}

// body reports whether a part of a credit names an agency or the like.
func body(s string) bool {
	words := strings.Fields(s)
	if agencies[strings.ToLower(strings.Join(words, " "))] {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	return len(words) > 1 && (unicode.IsUpper(first) || unicode.IsLower(first) && len(words[0]) < 4) && bodies[strings.ToLower(words[len(words)-1])]
}

// personal reports whether words may name a person: two to four of them, with
// capitals.
func personal(words []string) bool {
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && (i == 0 || i == len(words)-1 || len(w) > 4) {
			return false
		}
	}
	return true
}

// parts cuts a credit at slashes, bars, commas, dashes and "via".
func parts(s string, r text.Range) []text.Range {
	var out []text.Range
	for r.Len() > 0 {
		end, next := r.End, r.End
		for _, cut := range []string{"/", "|", ",", "—", "–", " - ", " via ", " for "} {
			if i := strings.Index(s[r.Start:end], cut); i >= 0 {
				end, next = r.Start+i, r.Start+i+len(cut)
			}
		}
		if part := trim(s, text.Range{Start: r.Start, End: end}); part.Len() > 0 {
			out = append(out, part)
		}
		r.Start = next
	}
	return out
}

// trim takes white space, brackets and marks off both ends.
func trim(s string, r text.Range) text.Range {
	const edge = " \t\n\r()[]./|,:;—–-"
	r.End = r.Start + len(strings.TrimRight(s[r.Start:r.End], edge))
	r.Start = r.End - len(strings.TrimLeft(s[r.Start:r.End], edge))
	return r
}
