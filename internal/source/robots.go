package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// robots holds the rules of a robots.txt that apply to one agent (RFC 9309).
type robots struct {
	rules []rule
	delay time.Duration // Crawl-delay, 0 where it is not given
	until time.Time     // when to ask again
}

// A rule fits a path that begins with its parts, in order and apart by anything;
// whole: and that ends with the last one.
type rule struct {
	allow bool
	parts []string
	whole bool
	size  int // how long the rule is, which tells the one that decides
}

// newRule takes a rule's path, in which * stands for anything and a last $ for
// the end; %2A and %24 stand for these characters themselves.
func newRule(allow bool, path string) rule {
	pattern, whole := strings.CutSuffix(path, "$")
	parts := strings.Split(pattern, "*")
	for i, p := range parts {
		parts[i] = canonical(p)
	}
	return rule{allow, parts, whole, len(canonical(path))}
}

// parseRobots takes the groups that name the agent, else those for all.
func parseRobots(text, agent string) *robots {
	var named, general robots
	var mine, everyone, found bool
	inRules := true
	for line := range strings.SplitSeq(strings.TrimPrefix(strings.ReplaceAll(text, "\r", "\n"), "\ufeff"), "\n") {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if inRules {
				mine, everyone, inRules = false, false, false
			}
			name, _, _ := strings.Cut(strings.ToLower(value), "/")
			if name == agent {
				mine, found = true, true
			}
			everyone = everyone || value == "*"
		case "allow", "disallow":
			inRules = true
			if value == "" {
				continue
			}
			r := newRule(key == "allow", value)
			if mine {
				named.rules = append(named.rules, r)
			}
			if everyone {
				general.rules = append(general.rules, r)
			}
		case "crawl-delay":
			inRules = true
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || seconds < 0 || seconds > 1e6 {
				continue
			}
			delay := time.Duration(seconds * float64(time.Second))
			if mine {
				named.delay = delay
			}
			if everyone {
				general.delay = delay
			}
		}
	}
	if found {
		return &named
	}
	return &general
}

// canonical writes a path with one spelling for each octet.
func canonical(path string) string {
	if p, err := url.PathUnescape(path); err == nil {
		return p
	}
	return path
}

// allows reports whether a path may be fetched: the longest rule that fits
// decides, and of two as long the one that allows.
func (r *robots) allows(path string) bool {
	path = canonical(path)
	best, allow := -1, true
	for _, x := range r.rules {
		if x.fits(path) && (x.size > best || x.size == best && x.allow) {
			best, allow = x.size, x.allow
		}
	}
	return allow
}

// fits reports whether a canonical path is one that the rule is about.
func (r *rule) fits(path string) bool {
	if !strings.HasPrefix(path, r.parts[0]) {
		return false
	}
	rest := path[len(r.parts[0]):]
	for i, p := range r.parts[1:] {
		if r.whole && i == len(r.parts)-2 {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return !r.whole || rest == ""
}

const (
	robotsMost  = 512 << 10 // bytes of a robots.txt that are read
	robotsFresh = 24 * time.Hour
)

// rules gives a site's robots.txt, which is asked for once a day. It is called
// in the host's turn.
func (w *Web) rules(ctx context.Context, h *host, u *url.URL) (*robots, error) {
	if r := h.rules[u.Scheme]; r != nil && time.Now().Before(r.until) {
		return r, nil
	}
	r, err := w.askRobots(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
	if err != nil {
		return nil, err
	}
	r.until = time.Now().Add(robotsFresh)
	h.rules[u.Scheme] = r
	return r, nil
}

// askRobots gets a robots.txt and follows its redirects. One that does not exist, or
// that cannot be found after five redirects, allows everything (RFC 9309).
func (w *Web) askRobots(ctx context.Context, u *url.URL) (*robots, error) {
	for range redirects + 1 {
		r, next, err := w.visitRobots(ctx, u)
		if err != nil || next == nil {
			return r, err
		}
		u = next
	}
	return &robots{}, nil
}

// visitRobots asks for a robots.txt once. It gives where a redirect leads, or the
// rules.
func (w *Web) visitRobots(ctx context.Context, u *url.URL) (*robots, *url.URL, error) {
	resp, err := w.do(ctx, u, Request{Accept: "text/plain, */*;q=0.1"})
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code >= 500 || code == http.StatusTooManyRequests:
		// RFC 9309: nothing is allowed. That is a state of the server, not an
		// answer to keep.
		return nil, nil, fmt.Errorf("its robots.txt: %w", &StatusError{Code: code, After: retryAfter(resp.Header.Get("Retry-After"), time.Now())})
	case code >= 300 && code < 400:
		next, err := u.Parse(resp.Header.Get("Location"))
		if err != nil || next.Scheme != "http" && next.Scheme != "https" || next.Host == "" {
			return &robots{}, nil, nil
		}
		return nil, next, nil
	case code >= 400:
		return &robots{}, nil, nil
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, robotsMost))
	if err != nil {
		return nil, nil, plainNetwork(err)
	}
	return parseRobots(string(b), "quoth"), nil, nil
}

// requestPath is what robots.txt speaks of: the path with its query.
func requestPath(u *url.URL) string {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}
