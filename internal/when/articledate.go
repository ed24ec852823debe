package when

import (
	"fmt"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// Where a page prints its date without saying so: so many lines from its top.
const datelines = 8

// closeBy is how near two dates of a text lie if they speak of the same days.
const closeBy = 14 * 24 * time.Hour

// ArticleDate infers when an article was published from the dates that its
// text gives in full, for a page that does not say. A date on a line of its
// own at the top, or behind "Published" anywhere, is the best sign; else it is the latest date, which the text
// cannot be older than. The result is always approximate: to the day where a
// second date lies close by, to the month otherwise. Dates of old pictures and
// of what is to come are left out. ok is false where the text names a later year, or has
// but one full date, for it may then tell of things long past; but one that gives its day
// of the week ("Tuesday, May 3, 2031") or signs a post is the day on which the news
// happened where the text also speaks of that "Tuesday" alone.
func ArticleDate(s string) (d quoth.Date, ok bool) {
	toks := text.Tokens(s)
	var latest, second time.Time
	var at text.Range
	lineNo, year := 0, 0            // the latest year that the text names
	bare := map[time.Weekday]bool{} // days of the week that it names alone
	news := false                   // whether the latest date is told as news is
	for i := 0; i < len(toks); lineNo++ {
		end := i + 1
		for end < len(toks) && !toks[end].Break {
			end++
		}
		l := line{toks[i:end]}
		until := l.oldPicture()
		for k := 0; k < len(l.toks); {
			m, e, ok := l.expr(k, false)
			if !ok {
				k++
				continue
			}
			t, full := m.full()
			r := text.Range{Start: l.toks[k].Start, End: l.toks[e-1].End}
			if full && (lineNo < datelines && (l.alone(k, e) || l.opens(s, k, e)) || l.printed() && l.alone(k, e)) {
				return quoth.Date{Date: date(t) + "~", From: "text", Text: s[r.Start:r.End]}, true
			}
			counts := k >= until && !l.toCome(k)
			if counts && m.y > year && m.op != opDecade {
				year = m.y
			}
			if counts && m.op == opWeekday {
				bare[time.Weekday(m.n%7)] = true
			}
			if counts && full {
				switch {
				case t.After(latest):
					latest, second, at = t, latest, r
					news = strings.HasPrefix(strings.ToLower(s[r.Start:r.End]), strings.ToLower(t.Weekday().String()[:3])) || l.signs(k)
				case t.After(second):
					second = t
				}
			}
			k = e
		}
		i = end
	}
	alone := second.IsZero()
	if latest.IsZero() || year > latest.Year() || alone && !(news && bare[latest.Weekday()]) {
		return quoth.Date{}, false
	}
	if alone { // what happened since
		for d := 0; d < 2 && bare[latest.AddDate(0, 0, 1).Weekday()]; d++ {
			latest = latest.AddDate(0, 0, 1)
		}
	}
	edtf := date(latest) + "~"
	if !alone && latest.Sub(second) > closeBy {
		edtf = fmt.Sprintf("%04d-%02d~", latest.Year(), latest.Month())
	}
	return quoth.Date{Date: edtf, From: "text", Text: s[at.Start:at.End]}, true
}

// full gives the day of a date that the text itself gives with its year.
func (m meaning) full() (time.Time, bool) {
	if m.op != opDay || m.y < 1900 {
		return time.Time{}, false
	}
	edtf, ok := m.one(base{}, spoken{})
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, edtf)
	return t, err == nil
}

// alone reports whether little else stands on the line than the date: "Updated:
// 2017-09-15 21:45", "Friday, May 3, 2019".
func (l line) alone(from, to int) bool {
	words := 0
	for i, t := range l.toks {
		if (i < from || i >= to) && t.Kind == text.Word {
			switch t.Lower {
			case "updated", "published", "posted", "on", "at", "am", "pm", "et", "est", "edt", "gmt", "bst", "utc", "last", "a", "p", "m", "by", "date":
			default:
				words++
			}
		}
	}
	return words <= 1
}

// printed reports whether the line says that a page was published.
func (l line) printed() bool {
	switch l.at(0) {
	case "published", "posted":
		return true
	case "first", "originally":
		return l.at(1) == "published" || l.at(1) == "posted"
	}
	return false
}

// opens reports whether the line begins with a place in capitals, the date and a
// dash: "GRENVIK, Oct. 21, 2030 –".
func (l line) opens(s string, from, to int) bool {
	const longest = 8 // tokens of the place
	if from == 0 || from > longest || to >= len(l.toks) || !strings.Contains("–—-(/", l.at(to)) {
		return false
	}
	for _, t := range l.toks[:from] {
		if said := s[t.Start:t.End]; t.Kind == text.Word && strings.ToUpper(said) != said {
			return false
		}
	}
	return true
}

// oldPicture gives the token up to which a line tells of an old picture or is a notice
// of rights, 0 for any other line. What follows the sentence about the picture is news.
func (l line) oldPicture() int {
	for i, t := range l.toks {
		switch t.Lower {
		case "copyright", "©":
			return len(l.toks)
		case "file":
			switch l.at(i + 1) {
			case "photo", "picture", "image", "-", "–", "—", "photograph":
				return l.sentenceEnd(i + 2)
			}
		}
	}
	return 0
}

// sentenceEnd is the token behind the full stop of the sentence that token i stands in.
func (l line) sentenceEnd(i int) int {
	for ; i+1 < len(l.toks); i++ {
		if l.at(i) == "." && l.toks[i+1].Space && !l.abbreviated(i) {
			return i + 1
		}
	}
	return len(l.toks)
}

// abbreviated reports whether the full stop at token i stands behind a shortened month
// or title: "Dec. 28".
func (l line) abbreviated(i int) bool {
	return i > 0 && l.toks[i].Start == l.toks[i-1].End && (text.ShortMonths[l.at(i-1)] || titles[l.at(i-1)])
}

var titles = set("mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "st", "jr")

// signs reports whether a date from token k on ends the signature of a post: "— Nora
// Finch (@norafinch) May 3, 2031".
func (l line) signs(k int) bool {
	return k >= 3 && l.at(k-1) == ")" && strings.Contains(l.at(k-2)+l.at(k-3), "@")
}

// toCome reports whether the words before a date say that it is to come.
func (l line) toCome(i int) bool {
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		switch w := l.at(k); {
		case w == "." && l.toks[k+1].Space && k+1 < i:
			return false
		case w == "until" || w == "by" || w == "till" || w == "will" || w == "scheduled" || w == "upcoming" || w == "before" || w == "expected" || w == "due" || strings.HasPrefix(w, "expir"):
			return true
		}
	}
	return false
}
