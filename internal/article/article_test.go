package article

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/quothnews/quoth"
)

// outline shows an article as one line a paragraph, with the first letter of its kind.
func outline(a quoth.Article) string {
	ix := quoth.NewIndex(a.Text)
	var b strings.Builder
	for _, p := range a.Paragraphs {
		b.WriteString(strings.ToUpper(string(p.Kind[:2])) + " " + ix.Slice(p.Start, p.End) + "\n")
	}
	return b.String()
}

func TestExample(t *testing.T) {
	for _, c := range []struct{ file, media string }{{"talks.txt", "text/plain"}, {"talks.html", "text/html"}} {
		b, err := os.ReadFile("../../examples/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		p := quoth.Page{MediaType: c.media, Body: b}
		if c.media == "text/plain" {
			p.Text = string(b)
		}
		a, err := New(p)
		if err != nil {
			t.Fatal(err)
		}
		got := outline(a)
		for _, want := range []string{
			"TI Norvania Keeps Silent on ‘Quiet Channel’ to Estmark\n", "HE Why It Matters\n", "HE What Happens Next\n",
			"CA President Elena Marr of Estmark and President Viktor Dahl of Norvania meet", "CR Tomas Reyne/Continental Press\n",
			"BO Norvania neither confirmed", "BO “We have buried too many people,” the president said.\n",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no paragraph %q in\n%s", c.file, want, got)
			}
		}
		if c.media == "text/plain" && a.Text != string(b) {
			t.Error("a text that came as text is changed")
		}
		if c.media == "text/html" {
			if a.Title != "Norvania Keeps Silent on ‘Quiet Channel’ to Estmark" || a.Outlet != "The Harbour Courier" || a.Byline != "Mira Tolland" ||
				a.Published != "2032-02-09" || a.Dated == nil || a.Dated.From != "json-ld" || a.Language != "en" {
				t.Errorf("head is %q, %q, %q, %q (%+v), %q", a.Title, a.Outlet, a.Byline, a.Published, a.Dated, a.Language)
			}
			for _, no := range []string{"newsletter", "Fishing fleets", "All rights", "Business"} {
				if strings.Contains(a.Text, no) {
					t.Errorf("the page's own %q is in the text", no)
				}
			}
		} else if !strings.Contains(got, "FU Share\n") || !strings.Contains(got, "FU Source link\n") {
			t.Errorf("furniture is not set apart:\n%s", got)
		}
	}
}

func TestKindsOfLines(t *testing.T) {
	text := `City Opens Bridge After Two Years
By Jane Roe

Mayor Lena Brandt said the bridge was ready.
Getty Images
Read more: The long way to the bridge
"We Are Ready"
Subscribe
Most Read in City News
Copyright lawyers say the ruling is wrong and will not stand.
Copyright 2031 The Harbour Courier. All rights reserved.
Copyright (c) The Harbour Courier
Copyright The Harbour Courier, Ostby 2031
Copyright lawyers won in 2031.
___
Is It Safe?
She said: "Yes." Share the road, she added.
Advertisement
Correction: An earlier version of this article said that the bridge opened in May.
This story was amended on 4 March 2031 to clarify the cost.
A previous version of this report was burnt, she said.
Published 1.05pm, 3 March 2031 · Updated 3.15pm GMT, 4 March 2031
Posted 2 hours ago
Published in the year 2031.
Published in 2031, the report says that the bridge is safe.
Already a subscriber? Log in
Already a member of the council, she voted for the bridge.
A post shared by Lena Brandt (@lbrandt)
Listen to this article
4 min
Also read | The long way to the bridge
(With inputs from agencies)
With inputs from the engineers the council will decide in May.
-30-
Photo
Advertisement Continue reading the main story
Copyright 2031 The Northwire Press. All rights reserved. This text may not be published, rewritten or passed on without leave of its owner.
The end came soon`
	a, err := New(quoth.Page{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	want := `TI City Opens Bridge After Two Years
CR By Jane Roe
BO Mayor Lena Brandt said the bridge was ready.
FU Getty Images
FU Read more: The long way to the bridge
BO "We Are Ready"
FU Subscribe
FU Most Read in City News
BO Copyright lawyers say the ruling is wrong and will not stand.
FU Copyright 2031 The Harbour Courier. All rights reserved.
FU Copyright (c) The Harbour Courier
FU Copyright The Harbour Courier, Ostby 2031
BO Copyright lawyers won in 2031.
FU ___
HE Is It Safe?
BO She said: "Yes." Share the road, she added.
FU Advertisement
FU Correction: An earlier version of this article said that the bridge opened in May.
FU This story was amended on 4 March 2031 to clarify the cost.
BO A previous version of this report was burnt, she said.
FU Published 1.05pm, 3 March 2031 · Updated 3.15pm GMT, 4 March 2031
FU Posted 2 hours ago
BO Published in the year 2031.
BO Published in 2031, the report says that the bridge is safe.
FU Already a subscriber? Log in
BO Already a member of the council, she voted for the bridge.
FU A post shared by Lena Brandt (@lbrandt)
FU Listen to this article
FU 4 min
FU Also read | The long way to the bridge
CR (With inputs from agencies)
BO With inputs from the engineers the council will decide in May.
FU -30-
FU Photo
FU Advertisement Continue reading the main story
FU Copyright 2031 The Northwire Press. All rights reserved. This text may not be published, rewritten or passed on without leave of its owner.
BO The end came soon
`
	if got := outline(a); got != want {
		t.Errorf("got\n%s", got)
	}
}

// A byline is taken from the text's head where nothing else gives one.
func TestBylineOfText(t *testing.T) {
	const title, body = "City Opens Bridge\n", "Mayor Lena Brandt said the bridge was ready.\n"
	for _, c := range []struct{ text, given, want string }{
		{title + "By Jane Roe\n" + body, "", "Jane Roe"},
		{title + "Written by Jane Roe and Tom Hale\n" + body, "", "Jane Roe and Tom Hale"},
		{title + "By Jane Roe\n" + body, "Tom Hale", "Tom Hale"},
		{title + strings.Repeat(body, 6) + "By Jane Roe\n" + body, "", ""},
		{title + "By Jane Roe For Ostbypost.com\n" + body, "", "Jane Roe"},
		{title + "By Jane Roe, courts correspondent • 4 min read\n" + body, "", "Jane Roe"},
		{title + "By Friday, the bridge was open.\n" + body, "", ""},
		{title + "By Monday the bridge was open.\n" + body, "", ""},
	} {
		a, err := New(quoth.Page{Text: c.text, Byline: c.given})
		if err != nil {
			t.Fatal(err)
		}
		if a.Byline != c.want {
			t.Errorf("%q: %q, want %q", c.text, a.Byline, c.want)
		}
	}
}

func TestWrapped(t *testing.T) {
	text := "A Bridge\n\nMayor Lena Brandt said on Monday that the bridge would open in\nMay, after two years of work that had cost more than the city\nhad planned for it, and that nobody would have to\npay.\n\n“We are on time,” she added, and thanked all the workers who\nhad stayed.\n"
	a, err := New(quoth.Page{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Paragraphs) != 3 {
		t.Errorf("%d paragraphs:\n%s", len(a.Paragraphs), outline(a))
	}
	a, err = New(quoth.Page{Text: "One line that is a paragraph and ends here.\nAnother line that is a paragraph, too, and it ends here as well, after more words.\nThird.\n"})
	if err != nil || len(a.Paragraphs) != 3 {
		t.Errorf("lines that are paragraphs are joined: %v\n%s", err, outline(a))
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2025-02-10": "2025-02-10", "2025-02-10T12:00:00Z": "2025-02-10", "2025-02-10~": "2025-02-10~", "2025-02": "2025-02", "2025": "2025",
		"2025-02-10 12:00": "2025-02-10", "2025 Feb 10": "", "2025 May be wrong": "", "2025-02 or so": "", "2025-02-10 or so": "",
		"2024-02-29": "2024-02-29", "2025-02-29": "", "2025-02-31T12:00:00Z": "", "10 Feb 2025": "", "2025-13-01": "", "2025-00-01": "", "nonsense": "", "": "",
	} {
		if got, _ := GivenDate(in); got != want {
			t.Errorf("GivenDate(%q) = %q, want %q", in, got, want)
		}
	}
	page := `<html><head><meta name="date" property="article:published_time" content="2025-02-10T09:00:00Z"><meta property="og:site_name" name="author" itemprop="publisher" content="The Herald"></head><body></body></html>`
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if m := readMeta(doc); len(m.dates) != 1 || m.dates[0].Date != "2025-02-10" || m.site != "The Herald" {
		t.Errorf("an element of several names gives %+v", m)
	}
	page = `<html><head><meta property="article:published_time" content="2025-02-30T09:00:00Z"><script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-02-30"}</script></head><body><time datetime="2025-04-31">Once</time><time datetime="2025-02-10">Then</time></body></html>`
	if doc, err = html.Parse(strings.NewReader(page)); err != nil {
		t.Fatal(err)
	}
	if m := readMeta(doc); len(m.dates) != 1 || m.dates[0].Date != "2025-02-10" {
		t.Errorf("days that the calendar lacks give %+v", m.dates)
	}
	if d, ok := urlDate("https://example.org/news/2025/02/30/title.html"); ok {
		t.Errorf("a day that the calendar lacks gives %+v", d)
	}
	if d, ok := urlDate("https://example.org/news/2025/02/10/title.html"); !ok || d.Date != "2025-02-10" {
		t.Errorf("urlDate gives %+v", d)
	}
}

func TestHugePages(t *testing.T) {
	paragraph := "<p>Mayor Lena Brandt said on Monday that the bridge would open in May, after two years of work.</p>"
	page := "<html><body><article>" + strings.Repeat(paragraph, 20_000) + "</article></body></html>"
	start := time.Now()
	a, err := New(quoth.Page{MediaType: "text/html", Body: []byte(page)})
	if err != nil || !strings.Contains(a.Text, "bridge would open") {
		t.Errorf("%v, %d bytes of text", err, len(a.Text))
	}
	if d := time.Since(start); d > 2*time.Minute { // growth with the square takes longer; the race detector alone does not
		t.Errorf("20,000 paragraphs take %v", d)
	}
	_, err = New(quoth.Page{MediaType: "text/html", Body: bytes.Repeat([]byte("<table><tr><td>"), 50_000)})
	if err == nil {
		t.Error("50,000 nested tables are an article")
	}
	for name, body := range map[string]string{
		"200,000 breaks":             "<article><p>" + strings.Repeat("The bridge is open.<br>", 200_000),
		"a text in 400 boxes a word": strings.Repeat(strings.Repeat("<div>bridge ", 400)+strings.Repeat("</div>", 400), 200),
	} {
		if _, err := New(quoth.Page{MediaType: "text/html", Body: []byte("<html><body>" + body)}); !errors.Is(err, quoth.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := New(quoth.Page{MediaType: "text/html", Body: []byte("<html><body><img src=x></body></html>")}); !errors.Is(err, quoth.ErrNotNews) {
		t.Errorf("an empty page gives %v", err)
	}
}

// laws: paragraphs in order and inside the text, and the same bytes the same article.
func laws(t *testing.T, p quoth.Page) {
	one, err1 := New(p)
	two, err2 := New(p)
	if (err1 == nil) != (err2 == nil) || one.Text != two.Text || len(one.Paragraphs) != len(two.Paragraphs) || one.ID != two.ID || one.Title != two.Title {
		t.Fatal("two readings differ")
	}
	if p.MediaType != "text/html" && one.Text != p.Text {
		t.Fatal("the text is changed")
	}
	if err := (&quoth.Record{Article: one}).Check(); err != nil {
		t.Fatal(err)
	}
}

func FuzzText(f *testing.F) {
	f.Add("A title\n\nA line.\r\nShare\n\xff\u2028")
	f.Fuzz(func(t *testing.T, s string) { laws(t, quoth.Page{Text: s}) })
}

func FuzzHTML(f *testing.F) {
	b, err := os.ReadFile("../../examples/talks.html")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("<p>a<figure><figcaption>b<table><li>"))
	f.Fuzz(func(t *testing.T, b []byte) { laws(t, quoth.Page{MediaType: "text/html", Body: b}) })
}

func TestHeadCredit(t *testing.T) {
	a, err := New(quoth.Page{Text: "Bridge Opens\n\nMayor Lena Brandt opened it on Monday, in the summer of 2031.\n\nReuters Lena Brandt said the bridge would stand\n\nImage copyright Tom Hale Image caption “A fine day,” said the mayor of Ostby\n\nAP:Associated Press The bridge of Ostby was closed for two years\n\nReuters Brandt’s office said on Monday that it had no part in it.\n\nReuters reported that the bridge would stand\n"})
	if err != nil {
		t.Fatal(err)
	}
	want := "TI Bridge Opens\nBO Mayor Lena Brandt opened it on Monday, in the summer of 2031.\nCR Reuters\nBO Lena Brandt said the bridge would stand\nCR Image copyright Tom Hale Image caption\nBO “A fine day,” said the mayor of Ostby\nCR AP:Associated Press\nBO The bridge of Ostby was closed for two years\nBO Reuters Brandt’s office said on Monday that it had no part in it.\nBO Reuters reported that the bridge would stand\n"
	if got := outline(a); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestSignoff(t *testing.T) {
	a, err := New(quoth.Page{Text: "Bridge Opens\n\nMayor Lena Brandt said it was open in 2031\n\nReporting by Jane Roe in Ostby and Tom Hale in Marr; Editing by Ann Lee\n\n(Reporting by Jane Roe; Editing by Ann Lee)\n\nRoe reported from Ostby. Courier writer Tom Hale contributed to this report.\n\nThe mayor said that many had contributed to this report and to the plan.\n\nReporting by the Courier and by Marr Radio showed that the mayor was right.\n\nReporting by Marr Radio showed that she was not.\n"})
	if err != nil {
		t.Fatal(err)
	}
	want := "TI Bridge Opens\nBO Mayor Lena Brandt said it was open in 2031\nCR Reporting by Jane Roe in Ostby and Tom Hale in Marr; Editing by Ann Lee\nCR (Reporting by Jane Roe; Editing by Ann Lee)\nCR Roe reported from Ostby. Courier writer Tom Hale contributed to this report.\nBO The mayor said that many had contributed to this report and to the plan.\nBO Reporting by the Courier and by Marr Radio showed that the mayor was right.\nBO Reporting by Marr Radio showed that she was not.\n"
	if got := outline(a); got != want {
		t.Errorf("got\n%s", got)
	}
}

// A line that only says that a picture stood there is no title.
func TestPictureAtHead(t *testing.T) {
	a, err := New(quoth.Page{Text: "Photo\nLena Brandt said the bridge was open.\nShe crossed it on Friday."})
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "" {
		t.Errorf("title is %q", a.Title)
	}
}

// Buttons to share a picture are no words of its caption.
func TestSharing(t *testing.T) {
	a, err := New(quoth.Page{Text: "Facebook Twitter Feud Grows\nBrandt said so.\nFacebook Twitter Pinterest The bridge in Ostby. Photograph: Tom Hale/Reuters\nFacebook Twitter Email\nFacebook said so too."})
	if err != nil {
		t.Fatal(err)
	}
	want := "TI Facebook Twitter Feud Grows\nBO Brandt said so.\nFU Facebook Twitter Pinterest\nCA The bridge in Ostby.\nCR Photograph: Tom Hale/Reuters\nFU Facebook Twitter Email\nBO Facebook said so too.\n"
	if got := outline(a); got != want {
		t.Errorf("got\n%s", got)
	}
}

// The caption of an archive picture may be long, and its credit of no known agency;
// an article that runs on behind one in the same line is none.
func TestArchiveCaption(t *testing.T) {
	for n, want := range map[int]quoth.ParagraphKind{10: quoth.Caption, 100: quoth.Body} {
		caption := "FILE - In this May 3, 2030, file photo, Lena Brandt stands on the bridge in Ostby. " + strings.Repeat("Brandt said on Friday, May 9, 2031, that it was closed. ", n) + "(Tom Hale, File/Ostby Wire)"
		a, err := New(quoth.Page{Text: "Bridge Closed\n" + caption + "\nBrandt said so."})
		if err != nil {
			t.Fatal(err)
		}
		if k := a.Paragraphs[1].Kind; k != want {
			t.Errorf("%d sentences are %s, not %s", n, k, want)
		}
	}
}

// A line that ends in the credit of a picture is its caption.
func TestCaptionWithCredit(t *testing.T) {
	want := `TI Bridge Opens
BO Mayor Lena Brandt said it was open in 2031.
CA Lena Brandt opens the bridge in Ostby on Friday.
CR Photograph: Tom Hale/AFP/Getty Images
CA FILE - Lena Brandt arrives at the court in Marr, Ohio, Nov. 3, 2031.
CR (AP Photo/Tom Hale, File)
CA Brandt waves to the crowd on Tuesday.
CR (Ann Lee/The Ostby Press)
CA A ferry in Ostby on Tuesday.
CR (Ann Lee / Marr Times)
CA Parents wait at the school.
CR Photo by Ann Lee
CA The bridge is seen in Ostby, May 8, 2031.
CR REUTERS/Ann Lee
CA Brandt after the vote
CR Picture: Rex Features
CA Brandt leaves Marr on Friday night
CR [Ann Lee/EPA-EFE]
CA The ferry lies in the harbour.
CR | Ann Lee, Tom Hale for The Ostby Courier
BO The mayor was sure of it (Reuters).
BO Brandt met the owner of the ferry (Ann Lee) on Monday.
BO The ferry is owned by Marr (Ostby/Marr Lines).
BO She showed the court a photo by Ann Lee
BO The vote was Yes | No for Marr
`
	text := ""
	for _, l := range strings.Split(strings.TrimSpace(strings.ReplaceAll(want, "\nCR ", " ")), "\n") {
		text += l[3:] + "\n\n"
	}
	a, err := New(quoth.Page{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if got := outline(a); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestLanguageName(t *testing.T) {
	for code, want := range map[string]string{"fr": "French", "de": "German", "af": "Afrikaans", "zu": "Zulu", "xx": "xx"} {
		if got := LanguageName(code); got != want {
			t.Errorf("%q is %q", code, got)
		}
	}
}
