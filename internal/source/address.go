package source

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"
)

// tracking names parameters of addresses that say where a reader comes from,
// and nothing about which article it is.
var tracking = regexp.MustCompile(`(?i)^(?:utm_.+|at_(?:medium|campaign|link_\w+|format|ptr_name|bbc_team)|mc_[ce]id|fbclid|gclid|dclid|msclkid|gbraid|wbraid|yclid|igshid|_ga|_gl|cmp|cmpid|icid|ocid|smid|smtyp|ref_src|ref_url|ftag|sr_share|traffic_source|feedtype|feedname|xtor|ito|ns_(?:campaign|mchannel|source|linkname|fee)|__twitter_impression|taid|guccounter|guce_referrer(?:_sig)?|soc_(?:src|trk))$`)

// Canonical writes an address in the one way that its variants share: without
// fragment, default port, user, and parameters that only track readers.
func Canonical(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	u.Scheme = strings.ToLower(u.Scheme)
	u.Host = plainHost(u)
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	if u.RawQuery != "" {
		kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(pair string) bool {
			name, _, _ := strings.Cut(pair, "=")
			return pair == "" || tracking.MatchString(name)
		})
		u.RawQuery = strings.Join(kept, "&")
	}
	u.ForceQuery = false
	return u.String()
}

// plainHost is the host of an address in the one way that it is written: in lower
// case, without a usual port and a last dot.
func plainHost(u *url.URL) string {
	host := strings.ToLower(u.Host)
	if port := u.Port(); u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return strings.TrimSuffix(host, ".")
}

// ownAddress is the address that a page of HTML gives as its own, in its one
// way of writing, if that lies on the site that the page came from; else the
// address that it came from.
func ownAddress(from string, body []byte) string {
	from = Canonical(from)
	base, err := url.Parse(from)
	if err != nil || base.Host == "" {
		return from
	}
	const head = 256 << 10
	z := html.NewTokenizer(bytes.NewReader(body[:min(len(body), head)]))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return from
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.DataAtom == atom.Body {
				return from
			}
			if t.DataAtom != atom.Link {
				continue
			}
			var rel, href string
			for _, a := range t.Attr {
				switch a.Key {
				case "rel":
					rel = a.Val
				case "href":
					href = a.Val
				}
			}
			if !strings.EqualFold(strings.TrimSpace(rel), "canonical") {
				continue
			}
			u, err := base.Parse(strings.TrimSpace(href))
			// Outlets whose every page names the front page exist.
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || !sameSite(base, u) || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
				return from
			}
			return Canonical(u.String())
		}
	}
}

// sameSite reports whether two addresses belong to one registered domain.
func sameSite(a, b *url.URL) bool {
	if strings.EqualFold(a.Host, b.Host) {
		return true
	}
	x, err1 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a.Hostname()))
	y, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b.Hostname()))
	return err1 == nil && err2 == nil && x == y
}
