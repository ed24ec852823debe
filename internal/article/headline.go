package article

import "strings"

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

// withoutSite cuts the site's name off a title: "Bridge opens | Courier".
func withoutSite(title, site string) string {
	if site = squeeze(site); site == "" {
		return title
	}
	at := strings.LastIndex(strings.ToLower(title), strings.ToLower(site))
	if at < 0 || at > len(title) {
		return title
	}
	before := strings.TrimRight(title[:at], " ")
	cut := strings.TrimRight(before, "|-–—*•·:")
	if cut == before || len(strings.TrimSpace(cut)) < 10 {
		return title
	}
	return strings.TrimSpace(cut)
}
