package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A day is counted from 0000-01-01, so that no year of four digits is
// negative.
const epoch = 719528 // days from 0000-01-01 to 1970-01-01

// Day counts the day of a time, in UTC.
func Day(t time.Time) int {
	return int(t.UTC().Truncate(24*time.Hour).Unix()/86400) + epoch
}

// DayString writes a day, "2025-02-10".
func DayString(day int) string {
	return time.Unix(int64(day-epoch)*86400, 0).UTC().Format(time.DateOnly)
}

// FirstDay and LastDay stand for an open side.
const (
	FirstDay = 0
	LastDay  = 3652424 // 9999-12-31
)

// Bounds gives the first and the last day that an EDTF date can mean:
// "2025-02", "2025-02-10~", "2024-11-XX", "202X", "2025-02-07/2025-02-08",
// "2025-21" (spring), "2025-02/..".
func Bounds(edtf string) (first, last int, ok bool) {
	from, to, interval := strings.Cut(edtf, "/")
	if !interval {
		return bounds(from)
	}
	first, last = FirstDay, LastDay
	open := func(s string) bool { return s == ".." || s == "" }
	if open(from) && open(to) {
		return 0, 0, false
	}
	if !open(from) {
		if first, _, ok = bounds(from); !ok {
			return 0, 0, false
		}
	}
	if !open(to) {
		if _, last, ok = bounds(to); !ok {
			return 0, 0, false
		}
	}
	return first, last, first <= last
}

func bounds(s string) (first, last int, ok bool) {
	s = strings.TrimRight(s, "~?%")
	if at := strings.IndexByte(s, 'T'); at == 10 {
		s = s[:at]
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 || strings.Contains(s, "+") { // a sign before digits
		return 0, 0, false
	}
	y1, err1 := strconv.Atoi(strings.ReplaceAll(parts[0], "X", "0"))
	y2, err2 := strconv.Atoi(strings.ReplaceAll(parts[0], "X", "9"))
	if err1 != nil || err2 != nil || y1 < 0 {
		return 0, 0, false
	}
	m1, m2 := 1, 12
	if len(parts) > 1 && parts[1] != "XX" {
		m, err := strconv.Atoi(parts[1])
		switch {
		case err != nil || len(parts[1]) != 2:
			return 0, 0, false
		case m >= 1 && m <= 12:
			m1, m2 = m, m
		case m >= 21 && m <= 23: // spring, summer, autumn of the north
			m1, m2 = 3*(m-20), 3*(m-20)+2
		case m == 24: // winter, over the new year
			m1, m2 = 12, 14
		case m >= 33 && m <= 36: // quarters
			m1, m2 = 3*(m-33)+1, 3*(m-33)+3
		default:
			return 0, 0, false
		}
	}
	d1, d2 := 1, 0
	month2 := m2 + 1 // the day before the month after
	if len(parts) > 2 && parts[2] != "XX" {
		d, err := strconv.Atoi(parts[2])
		if err != nil || len(parts[2]) != 2 || d < 1 || d > 31 || m1 != m2 {
			return 0, 0, false
		}
		d1, d2, month2 = d, d, m2
	}
	start := time.Date(y1, time.Month(m1), d1, 0, 0, 0, 0, time.UTC)
	end := time.Date(y2, time.Month(month2), d2, 0, 0, 0, 0, time.UTC)
	if d2 > 0 && start.Day() != d1 { // February 30
		return 0, 0, false
	}
	return Day(start), min(Day(end), LastDay), true
}

// Bounds gives the first and the last day of the range.
func (d Days) Bounds() (first, last int, err error) {
	first, last = FirstDay, LastDay
	var ok bool
	if d.From != "" {
		if first, _, ok = Bounds(d.From); !ok {
			return 0, 0, fmt.Errorf("%w: %q is not a date; write it as 2025-02-10, 2025-02 or 2025", ErrBadQuery, d.From)
		}
	}
	if d.To != "" {
		if _, last, ok = Bounds(d.To); !ok {
			return 0, 0, fmt.Errorf("%w: %q is not a date; write it as 2025-02-10, 2025-02 or 2025", ErrBadQuery, d.To)
		}
	}
	if first > last {
		return 0, 0, fmt.Errorf("%w: the range of days ends before it begins: %s to %s", ErrBadQuery, d.From, d.To)
	}
	return first, last, nil
}
