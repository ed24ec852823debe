package article

import (
	"regexp"
	"strings"
)

// sameHeadline reports whether two wordings are of one headline: outlets often
// show another than they give to search engines.
func sameHeadline(a, b string) bool {
	x, y := strings.Fields(plain(a)), strings.Fields(plain(b))
	has := map[string]bool{}
	for _, w := range y {
		has[w] = true
	}
	n := 0
	for _, w := range x {
		if has[w] {
			n++
		}
	}
	return n > 0 && 2*n >= min(len(x), len(y))
}

// What stands between a headline and a site's name. A hyphen within a word is
// none, nor is a colon: "Mayor lied: Courier" says who says so.
var divider = regexp.MustCompile(`(?:\s*[|*•·—]|\s[-–]+)+\s*`)

// withoutSite cuts the site's name off the end of a title: "Bridge opens |
// Courier", with what is set off behind it: "Bridge opens - Courier - by Ann
// Lee".
func withoutSite(title, site string) string {
	if site = squeeze(site); site == "" {
		return title
	}
	between := divider.FindAllStringIndex(title, -1)
	end := len(title) // of the part behind a divider
	for i := len(between) - 1; i >= 0; i-- {
		at, from := between[i][0], between[i][1]
		if at >= 10 && (strings.EqualFold(title[from:], site) || strings.EqualFold(title[from:end], site)) {
			return title[:at]
		}
		end = at
	}
	return title
}
