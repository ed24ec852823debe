package figure

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quothnews/quoth/internal/text"
	"github.com/quothnews/quoth/internal/text/texttest"
	"github.com/quothnews/quoth/internal/when"
)

// say writes figures as "text low..high unit", one after another.
func say(s string, figs []Figure) string {
	var out []string
	for _, f := range figs {
		out = append(out, fmt.Sprintf("%s %s..%s %s", s[f.Start:f.End], num(f.Low), num(f.High), f.Unit))
	}
	return strings.Join(out, " | ")
}

// find is Find with the dates of the text.
func find(s string) []Figure { return Find(s, when.Read(s, "")) }

func TestFind(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"More than 850,000 men were lost.", "More than 850,000 850000..open men"},
		{"Nearly three ships sank.", "Nearly three open..3 ships"},
		{"As many as 40 people fled.", "As many as 40 open..40 people"},
		{"two Marins Sans Rivages nurses", "two 2..2 Marins Sans Rivages nurses"},
		{"3 Divers Saved Off Harbour", "3 3..3 Divers"},
		{"Miss Holm has two of them.", "two 2..2 "},
		{"He became a judge at 41 and died at 84.", ""},
		{"The count stood at 41.", "41 41..41 "},
		{"about 40 boats, some 30 carts", "about 40 40..40 boats | some 30 30..30 carts"},
		{"between 5 and 7 wolves", "between 5 and 7 5..7 wolves"},
		{"Between eight and ten wolves", "Between eight and ten 8..10 wolves"},
		{"two or three wolves", "two or three 2..3 wolves"},
		{"It earned five to six million dollars.", "five to six million 5000000..6000000 dollars"},
		{"It rose from 10 to 20 seats.", "10 10..10  | 20 20..20 seats"},
		{"losses ranging from 5% to 7%", "from 5% to 7% 5..7 percent"},
		{"2 million voters", "2 million 2000000..2000000 voters"},
		{"two dozen boats", "two dozen 24..24 boats"},
		{"a dozen boats and several dozen carts", "a dozen 12..12 boats | several dozen open..open carts"},
		{"some 9,000 NOBIS fighters", "some 9,000 9000..9000 NOBIS fighters"},
		{"a third of the boats", "a third 0.333..0.333 boats"},
		{"two-thirds of members, three quarters of guests", "two-thirds 0.667..0.667 members | three quarters 0.75..0.75 guests"},
		{"more than half the town, nearly half of all boats", "more than half 0.5..open  | nearly half open..0.5 "},
		{"Profit fell by almost a third from a year earlier.", "almost a third open..0.333 "},
		{"Sales rose by a quarter in March, costs by half to $3m.", "a quarter 0.25..0.25  | half 0.5..0.5  | $3m 3000000..3000000 dollars"},
		{"1 in 10 boats", "1 in 10 0.1..0.1 boats"},
		{"70 percent, 3.5% and five per cent", "70 percent 70..70 percent | 3.5% 3.5..3.5 percent | five per cent 5..5 percent"},
		{"$3.2bn and £40m, US$5 or €1.5 million", "$3.2bn 3200000000..3200000000 dollars | £40m 40000000..40000000 pounds | US$5 5..5 dollars | €1.5 million 1500000..1500000 euros"},
		{"hundreds of boats", "hundreds open..open boats"},
		{"hundreds of thousands of dollars", "hundreds of thousands of dollars open..open dollars"},
		{"27km away at 12mph", "27km 27..27 km | 12mph 12..12 mph"},
		{"at 140 km/h, 90km/h and 5 m/s", "140 140..140 km/h | 90km/h 90..90 km/h | 5 5..5 m/s"},
		{"3.8 billion U.S. dollars, 40 U.S. military bases", "3.8 billion 3800000000..3800000000 U.S. dollars | 40 40..40 U.S. military bases"},
		{"It is 1.5°C warmer.", "1.5°C 1.5..1.5 °C"},
		{"Well over 60 boats; at least another 20", "Well over 60 60..open boats | at least another 20 20..open "},
		{"no more than 7 boats", "no more than 7 open..7 boats"},
		{"500 or more boats, 30+ carts", "500 or more 500..open boats | 30+ 30..open carts"},
		{"It took over about 7,000 staff.", "about 7,000 7000..7000 staff"},
		{"in less than an hour", "less than an hour open..1 hour"},
		{"A half century on, half an hour late", "A half century 0.5..0.5 century | half 0.5..0.5 hour"},
		{"no longer than 72 hours", "no longer than 72 open..72 hours"},
		{"over 40 re-orders for it, dozens of side-effects", "over 40 40..open re-orders | dozens open..open side-effects"},
		{"millions of used PCs, 12 GPs", "millions open..open used PCs | 12 12..12 GPs"},
		{"They won the Six Valleys cup; the six valleys", "six 6..6 valleys"},
		{"She held Holm in their own half; half the town", "half 0.5..0.5 "},
		{"It has stood since 1312, 1312 carts", "1312 1312..1312 carts"},
		{"an 18-month inquiry", "18 18..18 month"},
		{"twenty-one boats, two hundred and fifty thousand carts", "twenty-one 21..21 boats | two hundred and fifty thousand 250000..250000 carts"},
		{"Only one boat sank.", "Only one 1..1 boat"},
		{"four men and one woman", "four 4..4 men | one 1..1 woman"},
		{"more\u00a0than\u00a040\u00a0boats", "more\u00a0than\u00a040 40..open boats"},
		{"for the last two years", "two 2..2 years"},
		{"from $10 to $15 billion", "$10 10000000000..10000000000 dollars | $15 billion 15000000000..15000000000 dollars"},
		{"2.5m voters, a 2.5m high wall, 25k", "2.5m 2500000..2500000 voters | 2.5m 2.5..2.5 m | 25k 25000..25000 "},
		{"RM79, $US113 trillion, A$5", "RM79 79..79 ringgit | $US113 trillion 113000000000000..113000000000000 dollars | A$5 5..5 dollars"},
		{"cut by 5 to 20 seats", "5 5..5  | 20 20..20 seats"},
		{"cut by 18 to 20 percent, lost by 48 to 52 per cent", "18 to 20 percent 18..20 percent | 48 48..48  | 52 per cent 52..52 percent"},
		{"15 per cent over three years, 40 jobs over two years, $5m over a decade", "15 per cent 15..15 percent | three 3..3 years | 40 40..40 jobs | two 2..2 years | $5m 5000000..5000000 dollars"},
		{"friends for over 20 years", "over 20 20..open years"},
		{"1.1 million ten years earlier", "1.1 million 1100000..1100000 "},
		{"in the region of £135mn, a maximum of 7 boats", "in the region of £135mn 135000000..135000000 pounds | maximum of 7 open..7 boats"},
		{"twice the size, twice as many boats", "twice 2..2  | twice 2..2 "},
		{"‘over 1.5 degrees’", "over 1.5 1.5..open degrees"},
		{"200 police officers", "200 200..200 police officers"},
		{"It killed 11. Dozens were hurt; at least 20 died, three critically injured.", "11 11..11 people | Dozens open..open people | at least 20 20..open people | three 3..3 people"},
		{"24 were rescued, 17 others wounded, two gunmen", "24 24..24 people | 17 17..17 people | two 2..2 gunmen"},
		{"hundreds of Nobans killed, the 12 'spies' held, killed 40 sheep", "hundreds open..open Nobans | 12 12..12  | 40 40..40 sheep"},
		{"in 41 of the 63 seats, on 9 of 11 counts, 21 of the more than 200 boats", "41 41..41 seats | 63 63..63 seats | 9 9..9 counts | 11 11..11 counts | 21 21..21 boats | more than 200 200..open boats"},
		{"2,000 mail-in ballots and 12 harbour-related accidents", "2,000 2000..2000 mail-in ballots | 12 12..12 harbour-related accidents"},
		{"by a quarter of a percentage point, 7 basis points", "a quarter 0.25..0.25 percentage point | 7 7..7 basis points"},
		{"2 1/2 times as many, 3/8 of it", "2 1/2 2.5..2.5 times"},
		{"a return of negative 7 percent, minus 4 degrees, the negative 5", "negative 7 percent -7..-7 percent | minus 4 -4..-4 degrees | 5 5..5 "},
		{"5 or 6 boats, for about 10 or 15 minutes, article 5 or 6, four–five hours", "5 or 6 5..6 boats | about 10 or 15 10..15 minutes | four–five 4..5 hours"},
		{"Another 52 died. Yesterday 12 drowned. Sadly 14 sank. Together 31 left.", "Another 52 52..52 people | 12 12..12  | 14 14..14  | 31 31..31 "},
		{"at 31 kph, three dead sailors", "31 31..31 kph | three 3..3 dead sailors"},
		{"A dozen or so boats, 40 or so carts", "A dozen or so 12..12 boats | 40 or so 40..40 carts"},
		{"12 of its 63 seats, two of their more than 40 boats", "12 12..12 seats | 63 63..63 seats | two 2..2 boats | more than 40 40..open boats"},
		{"winds of 90 miles per hour, 12 metres per second, 40 calls per day", "90 90..90 miles per hour | 12 12..12 metres per second | 40 40..40 calls"},
		{"One boat in five is new; one man in ten boats; 2,000-plus carts", "One boat in five 0.2..0.2  | ten 10..10 boats | 2,000-plus 2000..open carts"},
		{"four grandchildren and a cat, a quarter of a century on", "four 4..4 grandchildren | a quarter 0.25..0.25 century"},

		// names, dates, ages, scores: no figures
		{"For people over 65 and children under 5, for anyone above 70.", ""},
		{"until seven o'clock; the boat broke in two.", ""},
		{"In 2016 he was 42. Tour 2020 dates. On May 4, 2019, at 6.10am, two weeks ago.", ""},
		{"the 42-year-old; a man aged 42; Anna Holm, 42, said; Holm, 38 – who left", ""},
		{"Holm won 26-24 and stands at 7-8-1.", ""},
		{"the 15th, the second and the fourth quarter", ""},
		{"Article 5, Flight 175, No. 10, Boeing 707, COVID-19, Chapter 11", ""},
		{"Call 0207 782 4368. Dial 911.", ""},
		{"10 Harbour Street", ""},
		{"1. Smoking to end\n2. Buses to run\n3. more trams", ""},
		{"One of them said that no one knew the two brothers.", ""},
		{"a two-state solution and a one-time tax, think twice", ""},
		{"Reds | 88 | 41", ""},
		{"13.20: Roads are closed.\n1.5: the rate", "1.5 1.5..1.5 "},
		{"5G, K-12, TVN24, www.x32.org", ""},
		{"two days after the flood; two months later", ""},
		{"a $1 bill", ""},
		{"He scored twice as rain fell. The S&P 500 and the iPhone 11 fell.", ""},
		{"24/7, 9/11 and 3/8", ""},
		{"Grenvik 52 sailed to the wreck. Grenvik 52 Club met. A boat or two lies in the bay.", ""},
		{"They met Finch. Finch is 71 and could pass for less.", ""},
		{"He scores. The score was even.", ""},
		{"Profit rose in the first half of the year and fell in the second half.", ""},
		{"The other half of the town; the top half, the latter half.", ""},
		{"Holm spoke, followed by a third in March. It is nearly a third party.", ""},
	} {
		if got := say(c.in, find(c.in)); got != c.want {
			t.Errorf("Find(%q)\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestAbout(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The harbour, she said, has lost 40 boats since the flood.", "has lost 40 boats since the flood"},
		{"According to the long report that the town wrote last year, at least 40 of the boats that lay in the old harbour when the storm came were lost.",
			"at least 40 of the boats that lay in the old harbour"},
		{"It sank at around 4:30 a.m. on Monday with 312 people on board.", "sank at around 4:30 a.m. on Monday with 312 people on board"},
		{"He faces up to 20 years when he is sentenced Jan. 22. It rained.", "He faces up to 20 years when he is sentenced Jan. 22"},
		{"Use less until 9 p.m. Demand hit 830 megawatts at 5 p.m. Tuesday.", "Demand hit 830 megawatts at 5 p.m. Tuesday"},
		{"He said so on X. Others spoke of 40 boats.", "Others spoke of 40 boats"},
		{"It was the first match in the hall. Final attendance: 30,500.", "Final attendance: 30,500"},
		{"They had enough of it. Some 40 boats sank.", "Some 40 boats sank"},
	} {
		f := find(c.in)[0]
		if got := c.in[f.About.Start:f.About.End]; got != c.want {
			t.Errorf("about %q, want %q", got, c.want)
		}
	}
}

func TestCaveat(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"same sentence", "Holm says 40 boats sank, which could not be verified at once. It rained.", "Holm says 40 boats sank, which could not be verified at once."},
		{"next sentence", "Holm says 40 boats sank. The Herald has not been able to verify the figure.", "The Herald has not been able to verify the figure."},
		{"next paragraph", "Holm says 40 boats sank.\n\nBoth sides exaggerate such numbers.", "Both sides exaggerate such numbers."},
		{"next paragraph, other matter", "Holm says 40 boats sank.\n\nShe exaggerates when she tells stories.", ""},
		{"too far", "Holm says 40 boats sank.\n\nIt rained.\n\nThe numbers are unverified.", ""},
		{"a length of time", "The war went on for nearly three years. Holm says 40 boats sank. Neither figure could be verified.", ""},
		{"next paragraph, of its own figures", "Holm says 40 boats sank.\n\nBrack says 30 carts and 20 boats burned. Neither number could be verified.", ""},
		{"many days", "It took 30 days. Holm says 40 boats sank. Neither figure could be verified.", ""},
		{"not confirmed", "Holm says 40 boats sank. Neither figure could be confirmed.", "Neither figure could be confirmed."},
		{"something else not confirmed", "Holm says 40 boats sank. She could not confirm that the crews were safe.", ""},
		{"none verified", "Holm says 40 boats sank. None of the numbers could be independently verified.", "None of the numbers could be independently verified."},
		{"talks not confirmed", "Holm says 40 boats sank. Brack, the firm named in the report, would not confirm the talks.", ""},
		{"verified", "Holm says 40 boats sank. The Herald verified the figure.", ""},
	} {
		f := find(c.in)[0]
		if got := c.in[f.Caveat.Start:f.Caveat.End]; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRivals(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"two counts of the dead", "Police said that 12 people were killed in the harbour.\nThe mayor said that at least 15 people died in the harbour.", "[[0 1]]"},
		{"dead and hurt", "In the harbour 12 people were killed.\nIn the harbour 15 people were injured.", "[]"},
		{"two places", "He said 12 people were killed in Holm that night.\nShe said 15 people were killed in Brack that night.", "[]"},
		{"the same count twice", "Some 12 people were killed in the harbour.\nSome 12 people died in the harbour.", "[]"},
		{"one sentence", "The crews of both ferries lost 12 boats in the storm and the crews lost 15 boats in the storm.", "[]"},
		{"other things", "The town has 12 boats.\nThe minister bought 15 boats abroad.", "[]"},
		{"what comes on top", "The storm sank 12 fishing boats in the harbour.\nInsurers say the storm sank a further 15 fishing boats in the harbour.", "[]"},
		{"two counts of boats", "The storm sank 12 fishing boats in the harbour.\nInsurers say the storm sank 15 fishing boats in the harbour.", "[[0 1]]"},
	} {
		if got := fmt.Sprint(Rivals(find(c.in))); got != c.want {
			t.Errorf("%s: %s, want %s (%s)", c.name, got, c.want, say(c.in, find(c.in)))
		}
	}
}

// Figures stand in order, hold their spans, and have finite bounds in order;
// what they are about holds the figure and at most twelve words; rivals are
// disjoint.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"more than 850,000 men, between 5 and 7%, $3.2bn–£4bn", "two-thirds of a hundred thousand trillion 11-and-a-half", "tens of thousands of dollars or more\r\n1. Five",
		"one in 10, nine out of 10 – 16–17% 6.10 0.5 00 1,2 €", "ranging from 5 to less than an hour and a half", "99999999999999999999999 trillion people or so",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		figs := find(s)
		last := 0
		for _, g := range figs {
			if g.Start < last || g.End <= g.Start || g.End > len(s) {
				t.Fatalf("%+v out of order", g.Range)
			}
			last = g.End
			if !g.About.Contains(g.Range) || g.About.End > len(s) {
				t.Fatalf("about %+v of %+v", g.About, g.Range)
			}
			if n := len(strings.Fields(s[g.About.Start:g.About.End])); n > aboutAtMost && n > len(strings.Fields(s[g.Start:g.End])) {
				t.Fatalf("about has %d words: %q", n, s[g.About.Start:g.About.End])
			}
			if g.Caveat.Start > g.Caveat.End || g.Caveat.End > len(s) {
				t.Fatalf("caveat %+v", g.Caveat)
			}
			if g.UnitAt != (text.Range{}) && s[g.UnitAt.Start:g.UnitAt.End] != g.Unit {
				t.Fatalf("unit %q does not stand at %+v", g.Unit, g.UnitAt)
			}
			for _, v := range []*float64{g.Low, g.High} {
				if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0) || *v < 0) {
					t.Fatalf("bound %v", *v)
				}
			}
			if g.Low != nil && g.High != nil && *g.Low > *g.High {
				t.Fatalf("%v above %v", *g.Low, *g.High)
			}
		}
		seen := map[int]bool{}
		for _, group := range Rivals(figs) {
			for _, i := range group {
				if seen[i] {
					t.Fatalf("figure %d twice", i)
				}
				seen[i] = true
			}
		}
	})
}

// Reading costs as much as the text is long, whatever the text.
func TestLinear(t *testing.T) {
	texttest.Linear(t, []string{"about ", "one ", "hundred ", "tens of ", "between 5 and ", "1 in ", "$", "5-", "a ", "twenty ", "1,000,", "ranging from one million ", "5 boats in the old harbour. ", "unverified 5. ", "Finch is 71. "}, func(s string) {
		Rivals(find(s))
	})
}

func BenchmarkFind(b *testing.B) {
	s := strings.Repeat("The mayor said that more than 40 of the 1,200 boats, about 3 percent, would cost $2.5 million to mend. ", 40)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		find(s)
	}
}
