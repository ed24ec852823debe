package feed

import (
	"cmp"
	"strings"
	"time"
)

// zones that dates in feeds name by letters (RFC 822 and what else is common), and
// how far they are from UTC.
var zones = map[string]string{
	"EDT": "-0400", "EST": "-0500", "CDT": "-0500", "CST": "-0600", "MDT": "-0600", "MST": "-0700", "PDT": "-0700", "PST": "-0800",
	"CEST": "+0200", "CET": "+0100", "EEST": "+0300", "EET": "+0200", "BST": "+0100", "MSK": "+0300",
}

// zoned writes the zone at a date's end in digits. One that is not known counts as
// UTC, as RFC 5322 has it.
func zoned(s string) string {
	at := strings.LastIndexByte(s, ' ') + 1
	zone := s[at:]
	if at == 0 || zone == "" || len(zone) > 5 || strings.Trim(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return s
	}
	return s[:at] + cmp.Or(zones[zone], "+0000")
}

var layouts = []string{
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05", "2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04 -0700", "2 Jan 2006",
	"2 January 2006 15:04:05 -0700", "2 January 2006", "Jan 2 2006 15:04:05 -0700", "Jan 2 2006", "January 2 2006",
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02",
}

// date reads a time as feeds write it: RFC 822, RFC 3339, and their common
// misspellings. It gives the zero time for anything else.
func date(s string) time.Time {
	s = squeeze(s)
	if day, rest, ok := strings.Cut(s, ","); ok && len(day) >= 2 && len(day) <= 9 && !strings.ContainsAny(day, "0123456789") {
		s = strings.TrimSpace(rest)
	}
	s = strings.ReplaceAll(s, ",", "")
	s = zoned(s)
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
