package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Pictures are laid out here and drawn by templates/layout.html, in the units
// of their view box: once for a screen, once for a phone.
const (
	laneHeight = 30.0
	dotRoom    = 15.0 // between two marks in a lane
	mostLanes  = 24
)

// A Frame is what a picture has to stand in.
type Frame struct {
	Class     string // in the style sheet
	Width     float64
	Left      float64 // where its lines begin, behind the names
	margin    float64 // on the right
	above     float64 // for the name above its lane, 0 where it stands on the left
	mostTicks int
}

var frames = []Frame{
	{Class: "broad", Width: 980, Left: 210, margin: 44, mostTicks: 8},
	{Class: "narrow", Width: 360, Left: 8, margin: 24, above: 14, mostTicks: 4},
}

// across is where a share of the width, from 0 to 1, stands.
func (f Frame) across(share float64) float64 { return f.Left + (f.Width-f.Left-f.margin)*share }

// nameY is where the name of a lane stands that begins at top and whose line is at y.
func (f Frame) nameY(top, y float64) float64 {
	if f.above > 0 {
		return top + f.above
	}
	return y + 4
}

// framed draws a picture for each frame; none where there is nothing to draw.
func framed[T any](draw func(Frame) *T) []*T {
	var out []*T
	for _, f := range frames {
		if t := draw(f); t != nil {
			out = append(out, t)
		}
	}
	return out
}

// A Timeline shows acts as marks, one lane a speaker.
type Timeline struct {
	Frame
	Height float64
	Axis   float64 // its height from the top
	Lanes  []Lane
	More   int // lanes that are left out, of those who did least
	Ticks  []Tick
}

// A Lane is a row of a picture.
type Lane struct {
	Name  string
	NameY float64
	Y     float64
	Dots  []Dot
}

// A Dot is a mark at a place.
type Dot struct {
	X, Y  float64
	Act   quoth.Act
	Href  string
	Label string
}

// Path draws the mark around its place: each act has a shape of its own, so
// that colour is not needed to tell them apart.
func (d Dot) Path() string {
	switch d.Act {
	case quoth.Deny: // a cross
		return "M-6-3.5l2.5-2.5L0-2.5l3.5-3.5L6-3.5 2.5 0 6 3.5 3.5 6 0 2.5-3.5 6-6 3.5-2.5 0z"
	case quoth.Confirm: // a triangle
		return "M0-6.5l6.5 11.5h-13z"
	case quoth.Neither: // a diamond
		return "M0-7l7 7-7 7-7-7z"
	case quoth.Decline: // a square
		return "M-5-5h10v10h-10z"
	}
	return "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z"
}

// Class is the mark's class in the style sheet.
func (d Dot) Class() string { return "dot " + tone(d.Act) }

// tickRoom is half of the room that a date takes below the axis.
const tickRoom = 28

// A Tick is a place on an axis.
type Tick struct {
	X    float64
	Name string
}

// A moment is one act to be shown on a timeline.
type moment struct {
	lane, date, href, label string
	act                     quoth.Act
}

// timeline lays out moments, the lanes in order of their first one. It is nil
// where fewer than two have a date.
func timeline(f Frame, moments []moment) *Timeline {
	type placed struct {
		moment
		at time.Time
	}
	var all []placed
	for _, m := range moments {
		if _, _, ok := days(m.date); ok {
			all = append(all, placed{m, instant(m.date)})
		}
	}
	if len(all) < 2 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at.Compare(b.at) })
	first, last := all[0].at, all[len(all)-1].at
	pad := max(last.Sub(first)/20, 36*time.Hour)
	first, last = first.Add(-pad), last.Add(pad)
	x := func(t time.Time) float64 {
		return f.across(float64(t.Sub(first)) / float64(last.Sub(first)))
	}
	t := &Timeline{Frame: f}
	at := map[string]int{}
	for _, m := range all {
		i, ok := at[m.lane]
		if !ok {
			i = len(t.Lanes)
			at[m.lane] = i
			t.Lanes = append(t.Lanes, Lane{Name: m.lane})
		}
		t.Lanes[i].Dots = append(t.Lanes[i].Dots, Dot{X: tenth(x(m.at)), Act: m.act, Href: m.href, Label: m.label})
	}
	t.Lanes, t.More = busiest(t.Lanes)
	y := 8.0
	for i := range t.Lanes {
		l := &t.Lanes[i]
		rows := stack(l.Dots)
		l.Y = y + f.above + float64(rows)*dotRoom/2 + (laneHeight-dotRoom)/2
		l.NameY = f.nameY(y, l.Y)
		y += f.above + float64(rows-1)*dotRoom + laneHeight
		for k := range l.Dots {
			l.Dots[k].Y = tenth(l.Dots[k].Y*dotRoom + l.Y - float64(rows-1)*dotRoom/2)
		}
	}
	t.Axis, t.Height = y+4, y+30
	t.Ticks = slices.DeleteFunc(dateTicks(first, last, f.mostTicks, x), func(k Tick) bool { return k.X < tickRoom || k.X > f.Width-tickRoom })
	return t
}

// busiest keeps the lanes with most marks, as many as a picture holds, in their
// order, and tells how many it leaves out.
func busiest(lanes []Lane) (kept []Lane, more int) {
	if len(lanes) <= mostLanes {
		return lanes, 0
	}
	most := slices.SortedStableFunc(slices.Values(lanes), func(a, b Lane) int { return len(b.Dots) - len(a.Dots) })[:mostLanes]
	kept = slices.DeleteFunc(slices.Clone(lanes), func(l Lane) bool {
		return !slices.ContainsFunc(most, func(m Lane) bool { return m.Name == l.Name })
	})
	return kept, len(lanes) - len(kept)
}

// stack gives each dot the first row in which it touches no other, and tells
// how many rows there are.
func stack(dots []Dot) int {
	var ends []float64
	for i := range dots {
		row := 0
		for row < len(ends) && dots[i].X-ends[row] < dotRoom {
			row++
		}
		if row == len(ends) {
			ends = append(ends, 0)
		}
		ends[row], dots[i].Y = dots[i].X, float64(row)
	}
	return len(ends)
}

// dateTicks marks years, months or days: the finest of which so many fit.
func dateTicks(first, last time.Time, most int, x func(time.Time) float64) []Tick {
	steps := []struct {
		months, days int
		form         string
	}{{0, 1, "2 Jan"}, {0, 2, "2 Jan"}, {0, 7, "2 Jan"}, {1, 0, "Jan 2006"}, {3, 0, "Jan 2006"}, {12, 0, "2006"}, {60, 0, "2006"}, {240, 0, "2006"}, {600, 0, "2006"}}
	for _, s := range steps {
		at := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, time.UTC)
		switch {
		case s.months >= 12:
			at = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		case s.months > 0:
			at = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
		}
		var out []Tick
		for ; !at.After(last) && len(out) <= most; at = at.AddDate(0, s.months, s.days) {
			if !at.Before(first) {
				out = append(out, Tick{tenth(x(at)), at.Format(s.form)})
			}
		}
		if len(out) <= most {
			return out
		}
	}
	return nil
}

// days gives the first and the last moment that an EDTF date may mean. An open
// side is the other one.
func days(edtf string) (from, to time.Time, ok bool) {
	first, last, ok := store.Bounds(edtf)
	if !ok {
		return from, to, false
	}
	if first == store.FirstDay {
		first = last
	}
	if last == store.LastDay {
		last = first
	}
	moment := func(day int) time.Time {
		t, err := time.Parse(time.DateOnly, store.DayString(day))
		ok = ok && err == nil
		return t
	}
	return moment(first), moment(last).Add(24*time.Hour - time.Second), ok
}

// A Scale shows figures of several givers on one axis.
type Scale struct {
	Frame
	Height float64
	Axis   float64
	Rows   []Bar
	Ticks  []Tick
}

// A Bar is one figure: a stretch, open where the text leaves a side open.
type Bar struct {
	Name         string
	Text         string // the figure as the article writes it
	Href         string
	NameY        float64
	Y            float64
	X1, X2       float64
	OpenLow      bool
	OpenHigh     bool
	Label        string
	TextX, TextY float64
	TextEnd      bool // the text stands on the left of TextX
}

// Point tells a figure that is one number.
func (b Bar) Point() bool { return b.X1 == b.X2 }

// A given figure is one to be compared.
type given struct {
	name, text, href, label string
	low, high               *float64
}

// scale lays out figures, in their order. It is nil where fewer than two have
// a value.
func scale(f Frame, all []given) *Scale {
	var top float64
	n := 0
	for _, g := range all {
		for _, v := range []*float64{g.low, g.high} {
			if v != nil {
				top = max(top, *v)
			}
		}
		if g.low != nil || g.high != nil {
			n++
		}
	}
	if n < 2 || top <= 0 || math.IsInf(top, 0) {
		return nil
	}
	step := niceStep(top * 1.6 / float64(f.mostTicks))
	end := math.Ceil(top*1.08/step) * step
	x := func(v float64) float64 { return tenth(f.across(max(v, 0) / end)) }
	s := &Scale{Frame: f}
	y := 8.0
	for _, g := range all {
		if g.low == nil && g.high == nil {
			continue
		}
		b := Bar{Name: g.name, Text: g.text, Href: g.href, Label: g.label, Y: y + f.above + laneHeight/2, OpenLow: g.low == nil, OpenHigh: g.high == nil}
		b.NameY = f.nameY(y, b.Y)
		low, high := cmp.Or(g.low, g.high), cmp.Or(g.high, g.low)
		b.X1, b.X2 = x(*low), x(*high)
		b.TextX, b.TextY = b.X2+28, b.Y+4
		switch room := f.Width - b.TextX; {
		case f.above > 0:
			b.TextX, b.TextY, b.TextEnd = f.Width, b.NameY, true
		case room < 7*float64(len(b.Text)):
			b.TextX, b.TextEnd = b.X1-12, true
			if b.OpenLow {
				b.TextX -= 16
			}
		}
		s.Rows = append(s.Rows, b)
		y += f.above + laneHeight
	}
	s.Axis, s.Height = y+4, y+30
	for v := 0.0; v <= end*1.0001; v += step {
		s.Ticks = append(s.Ticks, Tick{x(v), amount(v)})
	}
	return s
}

func niceStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5} {
		if v <= k*power {
			return k * power
		}
	}
	return 10 * power
}

// amount writes a number with commas: "12,000", "4.5".
func amount(v float64) string {
	if v < 0 {
		return "−" + amount(-v)
	}
	if v != math.Trunc(v) || v >= 1e15 {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func tenth(v float64) float64 { return math.Round(v*10) / 10 }

// day writes an EDTF date for people: "13 Nov 2031", "about Nov 2031",
// "7 to 8 Feb 2032". What it does not know stays as it is.
func day(edtf string) string {
	if a, b, two := strings.Cut(edtf, "/"); two {
		a, b = strings.Trim(a, "."), strings.Trim(b, ".")
		switch {
		case a == "" && b == "":
			return edtf
		case a == "":
			return "until " + day(b)
		case b == "":
			return "from " + day(a)
		}
		return span(a, b)
	}
	date := strings.TrimRight(edtf, "~?%")
	about := ""
	if date != edtf {
		about = "about "
	}
	for _, f := range [][2]string{{time.DateOnly, "2 Jan 2006"}, {"2006-01", "Jan 2006"}} {
		if t, err := time.Parse(f[0], date); err == nil {
			return about + t.Format(f[1])
		}
	}
	if year, part, two := strings.Cut(date, "-"); two && yearParts[part] != "" {
		return about + yearParts[part] + " " + year
	}
	return about + date
}

// yearParts are the parts of a year that a date can name in the place of a month.
var yearParts = map[string]string{"21": "spring", "22": "summer", "23": "autumn", "24": "winter",
	"33": "1st quarter of", "34": "2nd quarter of", "35": "3rd quarter of", "36": "4th quarter of"}

// span writes the time from one date to another, and what both have in common
// once.
func span(first, last string) string {
	if last == "" || first == last {
		return day(first)
	}
	a, bad := time.Parse(time.DateOnly, first)
	b, worse := time.Parse(time.DateOnly, last)
	switch {
	case bad != nil || worse != nil || a.Year() != b.Year():
		return day(first) + " to " + day(last)
	case a.Month() == b.Month():
		return a.Format("2") + " to " + day(last)
	}
	return a.Format("2 Jan") + " to " + day(last)
}
