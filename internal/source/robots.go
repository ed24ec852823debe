package source

import (
	"net/url"
	"strings"
)

// robots holds the rules of a robots.txt that apply to one agent (RFC 9309).
type robots struct{ rules []rule }

type rule struct {
	allow bool
	path  string
}

// parseRobots takes the groups that name the agent, else those for all.
func parseRobots(text, agent string) *robots {
	var named, any robots
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
			r := rule{key == "allow", canonical(value)}
			if mine {
				named.rules = append(named.rules, r)
			}
			if everyone {
				any.rules = append(any.rules, r)
			}
		}
	}
	if found {
		return &named
	}
	return &any
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
		if fits(x.path, path) && (len(x.path) > best || len(x.path) == best && x.allow) {
			best, allow = len(x.path), x.allow
		}
	}
	return allow
}

// fits matches a rule's path, in which * stands for anything and a last $ for
// the end.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, p := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return !whole || rest == ""
}
