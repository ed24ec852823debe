package when

import (
	"regexp"
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/text/texttest"
)

// Expressions of news against Wednesday, 15 January 2031.
func TestResolve(t *testing.T) {
	const base = "2031-01-15"
	for _, c := range []struct{ expr, want string }{
		{"Wednesday", "2031-01-15"}, // the publication day itself
		{"on Tuesday", "2031-01-14"},
		{"Thursday night", "2031-01-09"},
		{"last Monday", "2031-01-06"},
		{"last Friday", "2031-01-10"},
		{"this Monday", "2031-01-13"},
		{"this past Friday", "2031-01-10"},
		{"next Friday", "2031-01-24"},
		{"early Tuesday", "2031-01-14"},
		{"late on Sunday", "2031-01-12"},
		{"Wednesday through Friday", "2031-01-08/2031-01-10"},
		{"Wednesday through Sunday", "2031-01-08/2031-01-12"},
		{"today", "2031-01-15"},
		{"tonight", "2031-01-15"},
		{"yesterday morning", "2031-01-14"},
		{"last night", "2031-01-14"},
		{"tomorrow", "2031-01-16"},
		{"the day before yesterday", "2031-01-13"},
		{"last week", "2031-01-06/2031-01-12"},
		{"late last week", "2031-01-09/2031-01-12"},
		{"this week", "2031-01-13/2031-01-15"},
		{"earlier this week", "2031-01-13/2031-01-14"},
		{"next week", "2031-01-20/2031-01-26"},
		{"the past week", "2031-01-08/2031-01-15"},
		{"over the weekend", "2031-01-11/2031-01-12"},
		{"this weekend", "2031-01-18/2031-01-19"},
		{"last weekend", "2031-01-11/2031-01-12"},
		{"last month", "2030-12"},
		{"earlier this month", "2031-01"},
		{"next month", "2031-02"},
		{"last year", "2030"},
		{"late last year", "2030-10/2030-12"},
		{"earlier in the year", "2031"},
		{"last summer", "2030-22"},
		{"this spring", "2031-21"},
		{"last fall", "2030-23"},
		{"spring of 2029", "2029-21"},
		{"last quarter", "2030-10/2030-12"},
		{"in May", "2030-05"},
		{"January", "2031-01"},
		{"March of last year", "2030-03"},
		{"Last May", "2030-05"},
		{"at the end of June last year", "2030-06"},
		{"mid-April", "2030-04"},
		{"in November 2024", "2024-11"},
		{"Dec. 3", "2030-12-03"},
		{"January 20", "2031-01-20"},
		{"20 January 2029", "2029-01-20"},
		{"the 4th of July, 2029", "2029-07-04"},
		{"Saturday, Feb. 3, 2029", "2029-02-03"},
		{"Sat., Feb. 3", "2031-02-03"},
		{"May 13-22", "2030-05-13/2030-05-22"},
		{"2030-12-24 21:45", "2030-12-24"},
		{"in 2016", "2016"},
		{"from 1993 to 2001", "1993/2001"},
		{"1994 and again in 2005", "{1994,2005}"},
		{"the 2015/16 season", "2015/2016"},
		{"in the 1990s", "199X"},
		{"the late 1990s", "1996/1999"},
		{"since 2001", "2001/.."},
		{"since last week", "2031-01-06/2031-01-15"},
		{"a week ago", "2031-01-08"},
		{"two weeks ago", "2031-01-01~"},
		{"ten months ago", "2030-03~"},
		{"two years ago", "2029"},
		{"25 years ago", "2006~"},
		{"more than a year ago", "2030~"},
		{"hours ago", "2031-01-15"},
		{"days ago", "2031-01~"},
		{"the past two years", "2029/2031"},
		{"the last few days", "2031-01-12~/2031-01-15"},
		{"recently", "2031-01~"},
		{"in recent weeks", "2031-01~"},
		{"11:40 a.m.", "2031-01-15"},
		{"about 15:30 local time (1430 UTC) on Tuesday", "2031-01-14"},
		{"soon after his re-election in November 2024", "2024-11~"},
		{"before Tuesday’s vote", "2031-01-14~"},
		{"in the wake of Monday's ruling", "2031-01-13~"},
		{"New Year’s Eve", "2030-12-31"},
		{"last Thanksgiving", "2030-11-28"},
		{"Christmas", "2030-12-25"},
		{"February 30", ""},
		{"when he was young", ""},
		{"at that time", ""},
		{"2030 to 2020", ""},
	} {
		got, ok := Resolve(c.expr, base)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Resolve(%q) = %q, %v, want %q", c.expr, got, ok, c.want)
		}
	}
}

// Without a date of publication nothing relative is resolved.
func TestResolveWithoutBase(t *testing.T) {
	for _, base := range []string{"", "2031", "2031-13", "soon", "0000-01-01"} {
		for _, expr := range []string{"Tuesday", "yesterday", "last week", "May", "Dec. 3", "two years ago", "recently", "11:40 am", "that day", "last summer", "Christmas"} {
			if got, ok := Resolve(expr, base); ok || got != "" {
				t.Errorf("Resolve(%q, %q) = %q: a date was invented", expr, base, got)
			}
		}
		for expr, want := range map[string]string{"in November 2024": "2024-11", "2016": "2016", "May 4, 2029": "2029-05-04", "since 2001": "2001/.."} {
			if got, _ := Resolve(expr, base); got != want {
				t.Errorf("Resolve(%q, %q) = %q, want %q", expr, base, got, want)
			}
		}
	}
}

// From a month or an approximate day no day is reckoned as if it were sure.
func TestResolveRoughBase(t *testing.T) {
	for _, c := range []struct{ expr, base, want string }{
		{"Tuesday", "2031-01", ""},
		{"yesterday", "2031-01~", ""},
		{"last week", "2031-01~", ""},
		{"In August", "2031-01~", "2030-08"},
		{"Jan. 5", "2031-01~", "2031-01-05"},
		{"last month", "2031-01~", "2030-12"},
		{"last year", "2031-01", "2030"},
		{"two years ago", "2031-01", "2029"},
		{"on Tuesday", "2031-01-15~", "2031-01-14~"},
		{"last week", "2031-01-15~", "2031-01-06~/2031-01-12~"},
		{"In August", "2031-01-15~", "2030-08"},
		{"May 4, 2029", "2031-01-15~", "2029-05-04"},
	} {
		if got, _ := Resolve(c.expr, c.base); got != c.want {
			t.Errorf("Resolve(%q, %q) = %q, want %q", c.expr, c.base, got, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The mayor said on Tuesday night that it may march on.", "Tuesday night"},
		{"She spoke late on Sunday, and again last week.", "late on Sunday|last week"},
		{"They met over the weekend; in May they had not.", "the weekend|May"},
		{"It began in 2016 with 2016 ships and the 2020 election.", "2016|2020"},
		{"We marched in March. March on, he said.", "March"},
		{"He sat in the sun. The second man fell.", ""},
		{"On Saturday, Feb. 3, 2029, it snowed.", "Saturday, Feb. 3, 2029"},
		{"Soon after his re-election in November 2024 he left.", "Soon after his re-election in November 2024"},
		{"It rained at 11:40 a.m. on Monday.", "11:40 a.m. on Monday"},
		{"Two years ago it cost 5 pounds.", "Two years ago"},
		{"for the last two\u00a0years", "the last two\u00a0years"},
		{"in\u00a0the early 1990s\rlast\r\nnight", "the early 1990s"},
		{"today's newspapers, the Today programme, USA Today", ""},
		{"He came that day, and later that night left.", "that day|later that night"},
	} {
		var got []string
		for _, e := range Find(c.in) {
			got = append(got, c.in[e.Start:e.End])
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("Find(%q) = %s, want %s", c.in, s, c.want)
		}
	}
}

func TestReadPointsBack(t *testing.T) {
	const s = "The bridge fell on Monday. That day nobody spoke. It fell at 6:45 pm."
	for i, want := range []string{"2031-01-13", "2031-01-13", "2031-01-13"} {
		if got := Read(s, "2031-01-15"); got[i].Date != want {
			t.Errorf("%q is %s, want %s", s[got[i].Start:got[i].End], got[i].Date, want)
		}
	}
	for _, c := range []struct{ name, in, want string }{
		{"a year since", "The pier fell on Monday.\n\nIn 2016 Finch left the board. That day nobody spoke.", "2016"},
		{"a month since", "The pier fell on Monday.\n\nFinch spoke in May 2029. Afterwards he left.", "2029-05"},
		{"a year in passing", "The pier, built in 2016, fell on Monday after the 2020 flood. That day nobody spoke.", "2031-01-13"},
		{"far away", "The pier fell on Monday.\n\nIt was old.\n\nIt was wet.\n\nIt was long.\n\nIt was dear.\n\nThat day nobody spoke.", ""},
		{"a day to come", "The pier fell on Monday. It will open on Friday.\n\nThat day nobody spoke.", "2031-01-13"},
		{"a day to come, close by", "The board will meet on Friday, and the mayor may leave later that day.", "2031-01-17"},
		{"since", "The pier fell on Monday and was closed since Tuesday. That day nobody spoke.", "2031-01-13"},
		{"until", "The pier fell on Monday. It is closed until Tuesday. That day nobody spoke.", "2031-01-13"},
		{"from a month on", "The pier fell on Monday and opens from May.\n\nThat day nobody spoke.", "2031-01-13"},
		{"a birthday", "The pier fell on Monday. Finch, born on May 4, 1980, left that day.", "2031-01-13"},
	} {
		got := Read(c.in, "2031-01-15")
		if e := got[len(got)-1]; e.Date != c.want {
			t.Errorf("%s: %q is %s, want %s", c.name, c.in[e.Start:e.End], e.Date, c.want)
		}
	}
	if got := Read("He came that day.", "2031-01-15"); got[0].Date != "2031-01-15" || got[0].Kind != Same {
		t.Errorf("with no day before it: %+v", got[0])
	}
}

func TestReadInContext(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"She will speak on Friday.", "2031-01-17"},
		{"The court is set to hear the case Monday.", "2031-01-20"},
		{"On Thursday, the board will meet.", "2031-01-16"},
		{"The bridge will close, he said Monday.", "2031-01-13"},
		{"He said on Monday that it will close.", "2031-01-13"},
		{"It will open in May.", "2031-05"},
		{"The hearing was adjourned until Friday.", "2031-01-17"},
		{"He has led the town since 2011.", "2011/.."},
		{"It has rained since Monday.", "2031-01-13/2031-01-15"},
		{"It has rained since Monday, when the pier was closed.", "2031-01-13"},
		{"He said so in a weekend interview.", "2031-01-11/2031-01-12"},
		{"One recent evening he said so.", "2031-01~"},
		{"They met just before Tuesday's vote.", "2031-01-14~"},
		{"He left after Brack's 2022 election.", "2022~"},
	} {
		if got := Read(c.in, "2031-01-15"); len(got) != 1 || got[0].Date != c.want {
			t.Errorf("Read(%q) = %+v, want %s", c.in, got, c.want)
		}
	}
}

func TestArticleDate(t *testing.T) {
	for _, c := range []struct{ name, in, date, text string }{
		{"line of its own", "Bridge falls\n\nUpdated: May 3, 2031 9:50 p.m. ET\n\nA bridge fell on Thursday.", "2031-05-03~", "May 3, 2031"},
		{"two close by", "The board met on May 3, 2031, in Holm.\n\nA letter of April 28, 2031, had asked for it.", "2031-05-03~", "May 3, 2031"},
		{"two far apart", "The board met on May 3, 2031, in Holm.\n\nIt had not met since June 1, 2030, it said.", "2031-05~", "May 3, 2031"},
		{"one alone", "It was built on May 3, 1931, by the town.", "", ""},
		{"later year named", "It fell on May 3, 1931, and on May 4, 1931.\n\nIn 2030 it stood again.", "", ""},
		{"archive picture", "FILE - In this May 3, 2019 file photo, a bridge.\nFILE PHOTO: May 4, 2019.", "", ""},
		{"news below an archive picture", "A bridge fell on Saturday.\nFILE - In this Jan. 2, 2019, file photo, a bridge. It fell on Saturday, May 3, 2031.", "2031-05-03~", "Saturday, May 3, 2031"},
		{"of another day", "A bridge fell on Friday.\nFILE - In this Jan. 2, 2019, file photo, a bridge. It was built on Saturday, May 3, 2031.", "", ""},
		{"days that follow", "A bridge fell on Saturday.\nFILE - In this Jan. 2, 2019, file photo, a bridge. It fell on Saturday, May 3, 2031.\nOn Sunday it was gone.", "2031-05-04~", "Saturday, May 3, 2031"},
		{"signed post", "Finch said so on Saturday.\nIt fell! — Nora Finch (@norafinch) May 3, 2031", "2031-05-03~", "May 3, 2031"},
		{"to come", "The talks are to end by May 3, 2031. They will begin on May 1, 2031.", "", ""},
		{"none", "The bridge fell on Tuesday.", "", ""},
		{"printed at the end", "Mill sold\n\n" + strings.Repeat("It was sold.\n", 9) + "It burnt on May 3, 2019.\nPublished 21 October 2030", "2030-10-21~", "21 October 2030"},
		{"another date at the end", "Mill sold\n\n" + strings.Repeat("It was sold.\n", 9) + "Read more: 21 October 2030", "", ""},
		{"dateline", "Mill sold\n\nGRENVIK, Oct. 21, 2030 – The mill was sold today.", "2030-10-21~", "Oct. 21, 2030"},
		{"no dateline", "Mill sold\n\nFinch left on Oct. 21, 2030 – the mill was sold.", "", ""},
	} {
		d, ok := ArticleDate(c.in)
		if d.Date != c.date || d.Text != c.text || ok != (c.date != "") {
			t.Errorf("%s: got %+v", c.name, d)
		}
	}
}

var edtf = regexp.MustCompile(`^(\d{4}|\d{3}X|\d{4}-\d\d|\d{4}-\d\d-\d\d)~?(/((\d{4}(-\d\d){0,2})|\.\.)~?)?$|^\{[\d-]+~?,[\d-]+~?\}$`)

// Expressions stand in order in the text; every date is EDTF; no base, no
// relative date.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"On Saturday, Feb. 3, 2018, and since the 1990s’ end", "two weeks ago last May 13-22 between March and May 2019", "soon after his x in 2024",
		"late last year\r\nin the 2015/16 season 6.10am 11:40 a.m. (1430 UTC)", "from 9999 to 1000 next decade 999 years ago", "the past 999 decades",
	} {
		f.Add(s, "2031-01-15")
	}
	f.Fuzz(func(t *testing.T, s, base string) {
		last := 0
		for _, e := range Read(s, base) {
			if e.Start < last || e.End <= e.Start || e.End > len(s) {
				t.Fatalf("%+v out of order", e)
			}
			last = e.End
			if e.Date != "" && !edtf.MatchString(e.Date) {
				t.Fatalf("%q is %q: no EDTF", s[e.Start:e.End], e.Date)
			}
		}
		if d, ok := Resolve(s, base); ok != (d != "") || ok && !edtf.MatchString(d) {
			t.Fatalf("Resolve(%q, %q) = %q", s, base, d)
		}
		if d, ok := ArticleDate(s); ok && (!edtf.MatchString(d.Date) || !strings.HasSuffix(d.Date, "~") || !strings.Contains(s, d.Text)) {
			t.Fatalf("ArticleDate: %+v", d)
		}
	})
}

// Reading costs as much as the text is long, whatever the text.
func TestLinear(t *testing.T) {
	texttest.Linear(t, []string{"from ", "1 ", "last ", "soon after his ", "May 1-", "1990 and ", "Monday, ", "( ", "the end of ", "12:", "the ", "1 of ", "of ", "- "}, func(s string) {
		Read(s, "2031-01-15")
		Resolve(s, "2031-01-15")
		ArticleDate(s)
	})
}

func BenchmarkFind(b *testing.B) {
	s := strings.Repeat("The mayor said on Tuesday that the bridge, built in May 1931, would be closed until next week. ", 40)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Find(s)
	}
}
