package caption

import (
	"reflect"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/speaker"
	"github.com/quothnews/quoth/internal/text"
)

// page makes an article of lines; the first sign of each tells its kind.
func page(lines ...string) (string, []Paragraph, []speaker.Name) {
	var b strings.Builder
	var ps []Paragraph
	var skip []text.Range
	for _, l := range lines {
		kind := map[byte]quoth.ParagraphKind{'|': quoth.Body, '>': quoth.Caption, '@': quoth.Credit}[l[0]]
		start := b.Len()
		b.WriteString(l[1:])
		r := text.Range{Start: start, End: b.Len()}
		ps = append(ps, Paragraph{r, kind})
		if kind == quoth.Credit {
			skip = append(skip, r)
		}
		b.WriteString("\n\n")
	}
	return b.String(), ps, speaker.Of(speaker.Article{Text: b.String(), Skip: skip}).Names()
}

func TestRead(t *testing.T) {
	const body = "|Mira Tolland, the mayor of Ostby, met Peter Lunde in Oslo on Monday, officials said."
	for _, c := range []struct {
		name                             string
		lines                            []string
		who                              string
		caption                          string
		where, when, date, maker, agency string
	}{
		{
			name:  "a credit of its own",
			lines: []string{body, ">Mira Tolland and Peter Lunde shake hands at the Harbour Hall in Oslo, Norway, on May 3, 2031.", "@Jonas Vik/Associated Press"},
			who:   "Mira Tolland, Peter Lunde", caption: "Mira Tolland and Peter Lunde shake hands at the Harbour Hall in Oslo, Norway, on May 3, 2031.",
			where: "Harbour Hall in Oslo, Norway", when: "May 3, 2031", date: "2031-05-03", maker: "Jonas Vik", agency: "Associated Press",
		},
		{
			name:  "surnames, a credit in brackets, two agencies",
			lines: []string{body, ">Tolland speaks outside the court in Bergen on Friday. (Photo by Anna Ek/AFP via Getty Images)"},
			who:   "Mira Tolland", caption: "Tolland speaks outside the court in Bergen on Friday.",
			where: "Bergen", when: "Friday", date: "2032-02-06", maker: "Anna Ek", agency: "AFP via Getty Images",
		},
		{
			name:  "a credit after a colon, agency first",
			lines: []string{body, ">Lunde leaves the hall. Photograph: Jonas Vik/Reuters"},
			who:   "Peter Lunde", caption: "Lunde leaves the hall.", maker: "Jonas Vik", agency: "Reuters",
		},
		{
			name:  "an old picture",
			lines: []string{body, ">FILE - In this May 3, 2031, file photo, Tolland walks in Camden, Maine, U.S. (Jonas Vik, File/Associated Press)"},
			who:   "Mira Tolland", caption: "FILE - In this May 3, 2031, file photo, Tolland walks in Camden, Maine, U.S.",
			where: "Camden, Maine, U.S.", when: "May 3, 2031", date: "2031-05-03", maker: "Jonas Vik", agency: "Associated Press",
		},
		{
			name:  "a street, and a day that is no place",
			lines: []string{body, ">Tolland walks in the Rue des Anges after a video from 2030 made public on April 14. (Jonas Vik/Reuters)"},
			who:   "Mira Tolland", caption: "Tolland walks in the Rue des Anges after a video from 2030 made public on April 14.",
			where: "Rue des Anges", when: "2030", date: "2030", maker: "Jonas Vik", agency: "Reuters",
		},
		{
			name:  "a bar that parts no credit",
			lines: []string{body, ">Lunde shows a sign, Yes | No. Photograph: Jonas Vik/Reuters"},
			who:   "Peter Lunde", caption: "Lunde shows a sign, Yes | No.", maker: "Jonas Vik", agency: "Reuters",
		},
		{
			name:    "the agency's photo",
			lines:   []string{body, ">The bridge at Ostby, seen from the north (AP Photo/Anna Ek, File)"},
			caption: "The bridge at Ostby, seen from the north", where: "Ostby", maker: "Anna Ek", agency: "AP",
		},
		{
			name:  "a short name above",
			lines: []string{body, ">Two Hands Over Water", ">Peter Lunde waits in Oslo in 2030.", "@Reuters"},
			who:   "Peter Lunde", caption: "Two Hands Over Water\n\nPeter Lunde waits in Oslo in 2030.", where: "Oslo", when: "2030", date: "2030", agency: "Reuters",
		},
		{
			name:  "brackets that are no credit",
			lines: []string{body, ">Peter Lunde (left) and his brother (right)"},
			who:   "Peter Lunde", caption: "Peter Lunde (left) and his brother (right)",
		},
		{
			name:  "an unknown agency between, a place with hyphens",
			lines: []string{body, ">Lunde at Port-a-Mer in the Norman Hall. Credit: Anna Ek/Global Views Estmark/Getty"},
			who:   "Peter Lunde", caption: "Lunde at Port-a-Mer in the Norman Hall.", where: "Port-a-Mer in the Norman Hall", maker: "Anna Ek", agency: "Global Views Estmark/Getty",
		},
		{
			name:    "one word after a mark",
			lines:   []string{body, ">The map of the harbour (Picture: OHB)"},
			caption: "The map of the harbour", agency: "OHB",
		},
		{
			name:  "an agency and a name behind a full stop",
			lines: []string{body, ">Lunde leaves the hall in Bergen. REUTERS/Anna Ek"},
			who:   "Peter Lunde", caption: "Lunde leaves the hall in Bergen.", where: "Bergen", maker: "Anna Ek", agency: "REUTERS",
		},
		{
			name:  "no credit behind a full stop",
			lines: []string{body, ">Lunde leaves the hall. He and/or Tolland will return."},
			who:   "Peter Lunde, Mira Tolland", caption: "Lunde leaves the hall. He and/or Tolland will return.",
		},
		{
			name:    "an agency by its last word",
			lines:   []string{body, ">The map of the harbour Picture: Rex Features"},
			caption: "The map of the harbour", agency: "Rex Features",
		},
		{
			name:  "a credit in square brackets",
			lines: []string{body, ">Lunde leaves the hall in Bergen [Anna Ek/EPA-EFE]"},
			who:   "Peter Lunde", caption: "Lunde leaves the hall in Bergen", where: "Bergen", maker: "Anna Ek", agency: "EPA-EFE",
		},
		{
			name:  "two photographers behind a bar",
			lines: []string{body, ">Lunde leaves the hall. | Jonas Vik, Anna Ek for The Courier"},
			who:   "Peter Lunde", caption: "Lunde leaves the hall.", maker: "Jonas Vik, Anna Ek", agency: "The Courier",
		},
		{
			name:  "two photographers of an agency",
			lines: []string{body, ">Lunde leaves the hall.", "@Jonas Vik, Anna Ek/Reuters"},
			who:   "Peter Lunde", caption: "Lunde leaves the hall.", maker: "Jonas Vik, Anna Ek", agency: "Reuters",
		},
		{
			name:    "a photographer alone",
			lines:   []string{body, ">The old ferry, which no longer sails", "@Photo by Anna Ek"},
			caption: "The old ferry, which no longer sails", maker: "Anna Ek",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ps, names := page(c.lines...)
			got := Read(s, "2032-02-09", ps, names)
			if len(got) != 1 {
				t.Fatalf("%d captions: %+v", len(got), got)
			}
			g := got[0]
			at := func(r text.Range) string { return s[r.Start:r.End] }
			have := []string{strings.Join(g.Who, ", "), at(g.Range), at(g.Where), at(g.When.Range), g.When.Date, at(g.Photographer), at(g.Agency)}
			want := []string{c.who, c.caption, c.where, c.when, c.date, c.maker, c.agency}
			if !reflect.DeepEqual(have, want) {
				t.Errorf("\nhave %q\nwant %q", have, want)
			}
		})
	}
}

func TestNoCaptions(t *testing.T) {
	s, ps, names := page("|Mira Tolland said that the bridge was safe (Reuters).", "@Jonas Vik/Associated Press", "|It opens in May.")
	if got := Read(s, "", ps, names); len(got) != 0 {
		t.Errorf("captions where there are none: %+v", got)
	}
}

// Whatever stands in a caption, all ranges lie within the text, in order.
func FuzzRead(f *testing.F) {
	f.Add("Ann Lee in Oslo, Norway (AP Photo/Bo Ek)", "Bo Ek/Reuters", "2032-02-09")
	f.Add("© /", "Photo by ", "")
	f.Add("at the , in (((", "//", "2032")
	f.Fuzz(func(t *testing.T, caption, credit, published string) {
		if caption, credit = strings.TrimSpace(caption), strings.TrimSpace(credit); caption == "" || credit == "" {
			return
		}
		s, ps, names := page(">"+caption, "@"+credit)
		for _, c := range Read(s, published, ps, names) {
			for _, r := range []text.Range{c.Range, c.Where, c.When.Range, c.Photographer, c.Agency} {
				if r.Start < 0 || r.End < r.Start || r.End > len(s) {
					t.Fatalf("range %v of %q", r, s)
				}
			}
			if !(text.Range{End: len(s)}).Contains(c.Range) || strings.TrimSpace(s[c.Start:c.End]) == "" {
				t.Fatalf("caption %v of %q", c.Range, s)
			}
		}
	})
}
