package article

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/quothnews/quoth"
)

func outlineOf(t *testing.T, page string) (quoth.Article, string) {
	t.Helper()
	a, err := New(quoth.Page{MediaType: "text/html", Body: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	return a, outline(a)
}

func sentences(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "<p>Councillor number %d told the meeting that the bridge had cost more than the town could bear, and asked for a report.</p>\n", i)
	}
	return b.String()
}

func TestByline(t *testing.T) {
	for in, want := range map[string]string{
		"By Lena Brandt":                                     "Lena Brandt",
		"Lena Brandt June 19, 2031":                          "Lena Brandt",
		"Lena Brandt, 9 February 2031 10:15":                 "Lena Brandt",
		"Lena BrandtTwitter Today 5:00 am":                   "Lena Brandt",
		"Lena Brandt Yesterday at 17:00":                     "Lena Brandt",
		"Lena Brandt, Today, 9 February":                     "Lena Brandt",
		"Lena Brandt, Ostby Today":                           "Lena Brandt, Ostby Today",
		"Lena Brandt, Ostby Today, Feb. 9, 2031":             "Lena Brandt, Ostby Today",
		"Lena Brandt @lbrandt and Tom Hale":                  "Lena Brandt and Tom Hale",
		"Lena Brandt | Updated on 2031-02-09":                "Lena Brandt",
		"April May, Augusta March and Otto Hale":             "April May, Augusta March and Otto Hale",
		"Lena Brandt, Staff Writer":                          "Lena Brandt",
		"By Lena Brandt, courts correspondent, and Tom Hale": "Lena Brandt, and Tom Hale",
		"Lena Brandt For Ostbypost.com":                      "Lena Brandt",
		"Lena Brandt, Reporter for the Daily Ferry":          "Lena Brandt",
		"Lena Brandt | Live News":                            "Lena Brandt",
		"Centre for Public Honour":                           "Centre for Public Honour",
		"CBS 58 Newsroom":                                    "CBS 58 Newsroom",
		"Written by Lena Brandt and Tom Hale":                "Lena Brandt and Tom Hale",
		"Posted by Lena Brandt":                              "Lena Brandt",
		"Lena Brandt, Sunday, February 9, 2031":              "Lena Brandt",
		"2031-02-09":                                         "",
		"Sunday, February 09, 2031":                          "",
		"lbrandt@courier.example":                            "lbrandt@courier.example",
	} {
		if got := cleanByline(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestLostParagraphs: a second container of the body, which readers with a
// subscription alone see, and a teaser that looks like one.
func TestLostParagraphs(t *testing.T) {
	page := `<html><head><title>Bridge Opens</title></head><body><article><h1>Bridge Opens</h1>
<div class="grid"><div class="article__body"><div class="inner">` + sentences(0, 8) + `</div></div></div>
<div class="ad paywall"><p>Subscribe to the Harbour Courier for all the news that there is about bridges and more.</p></div>
<div class="grid"><div class="article__body"><div class="inner">` + strings.ReplaceAll(sentences(8, 12), "<p>", `<p class="paywall">`) + `</div></div></div></article>
<article><div class="grid"><div class="article__body"><div class="inner"><p>Another story altogether stands here, about the harbour and its fish, and should not be taken.</p></div></div></div></article></body></html>`
	_, got := outlineOf(t, page)
	last := 0
	for i := range 12 {
		at := strings.Index(got, fmt.Sprintf("BO Councillor number %d told", i))
		if at < last {
			t.Fatalf("paragraph %d is lost or out of order in\n%s", i, got)
		}
		last = at
	}
	if strings.Contains(got, "Another story") || strings.Contains(got, "BO Subscribe") {
		t.Errorf("too much is taken:\n%s", got)
	}
}

func TestStandfirst(t *testing.T) {
	for name, c := range map[string]struct{ head, deck string }{
		"described": {`<meta name="description" content="The mayor says it is on time; the council’s auditor doubts it.">`, `<div class="x1"><span>The mayor says it is on time; the council’s auditor doubts it.</span></div>`},
		"named":     {"", `<p class="article-standfirst">The mayor says it is on time; the council’s auditor doubts it.</p>`},
		"neither":   {"", `<p class="menu">The mayor says it is on time; the council’s auditor doubts it.</p>`},
	} {
		_, got := outlineOf(t, `<html><head><title>Bridge Opens</title>`+c.head+`</head><body><header><h1>Bridge Opens</h1>`+c.deck+`</header><main><article>`+sentences(0, 8)+`</article></main></body></html>`)
		has := strings.HasPrefix(got, "TI Bridge Opens\nBO The mayor says it is on time; the council’s auditor doubts it.\nBO Councillor number 0")
		if has != (name != "neither") || strings.Count(got, "on time") > 1 {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

func TestLists(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 6)+`<ul><li><b>The bridge opens in May, the mayor says</b></li><li>The auditor doubts the date that was given</li></ul><p>First line of the verse,<br>second line of the verse.</p>`+sentences(6, 8)+`</article></body></html>`)
	for _, want := range []string{"BO The bridge opens in May, the mayor says\n", "BO The auditor doubts the date that was given\n", "BO First line of the verse,\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no paragraph %q in\n%s", want, got)
		}
	}
}

func TestTitles(t *testing.T) {
	for in, want := range map[[2]string]string{
		{"Bridge Opens in May | Harbour Courier", "Harbour Courier"}:              "Bridge Opens in May",
		{"Bridge Opens in May - Harbour Courier - by Ann Lee", "harbour courier"}: "Bridge Opens in May",
		{"Harbour Courier wins a prize", "Harbour Courier"}:                       "Harbour Courier wins a prize",
		{"Mayor sues Harbour Courier", "Harbour Courier"}:                         "Mayor sues Harbour Courier",
		{"Lena Brandt: Courier editor must go, says MP", "Courier"}:               "Lena Brandt: Courier editor must go, says MP",
		{"Mayor lied about the bridge: Courier", "Courier"}:                       "Mayor lied about the bridge: Courier",
		{"Hundreds join the anti-Post", "Post"}:                                   "Hundreds join the anti-Post",
		{"Bridge Opens in May - Postal News", "Post"}:                             "Bridge Opens in May - Postal News",
		{"İzmir’s İskele bridge opens — Courier", "Courier"}:                      "İzmir’s İskele bridge opens",
		{"Bridge Opens in May – Post - Courier", "Post - Courier"}:                "Bridge Opens in May",
		{"Bridge Opens in May", ""}:                                               "Bridge Opens in May",
	} {
		if got := withoutSite(in[0], in[1]); got != want {
			t.Errorf("%q becomes %q", in[0], got)
		}
	}
	a, got := outlineOf(t, `<html><head><title>Ostby Bridge Opens in May, Mayor Says</title></head><body><article><h1>Bridge opens in May at last, mayor of Ostby says</h1>`+sentences(0, 8)+`</article></body></html>`)
	if strings.Count(got, "TI ") != 1 || a.Title != "Ostby Bridge Opens in May, Mayor Says" {
		t.Errorf("title %q:\n%s", a.Title, got)
	}
}

func TestTornCaption(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<figure><img src="x"><figcaption><span>Mayor Lena Brandt on the bridge</span><span>(<span>Image:</span> <span>Tom Roe / Getty Images</span>)</span></figcaption></figure>`+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "CA Mayor Lena Brandt on the bridge\nCR (Image: Tom Roe / Getty Images)\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestSpacing(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<ul><li><b>Our view:</b> <a href="/x">the mayor</a> <i>must</i> go now, the council said.</li></ul>`+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "BO Our view: the mayor must go now, the council said.\n") {
		t.Errorf("got\n%s", got)
	}
	_, got = outlineOf(t, `<html><head><title>Harbour Opens</title></head><body><article><h1>Harbour Opens</h1><p>Mayor Lena Brandt said on Monday that the harbour would open in May. “We are on time,” she told reporters.</p><p>The harbour company denied that it owed a`)
	if !strings.Contains(got, "she told reporters.\nBO The harbour company denied that it owed a\n") {
		t.Errorf("a short page's paragraphs run together:\n%s", got)
	}
}

func TestStandfirstSetAsHeading(t *testing.T) {
	const lead = "Mayor Lena Brandt denied that the bridge would close again"
	_, got := outlineOf(t, `<html><head><meta name="description" content="`+lead+`"></head><body><article><h1>Bridge Opens</h1><h2>`+lead+`</h2>`+sentences(0, 8)+`</article></body></html>`)
	if !strings.Contains(got, "BO "+lead+"\n") {
		t.Errorf("got\n%s", got)
	}
}

func TestUnseen(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<p>The mayor&rsquo;s state&shy;ment said that the bridge&#8203;work was done in ti<wbr>me.</p>`+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "BO The mayor’s statement said that the bridgework was done in time.\n") {
		t.Errorf("got\n%s", got)
	}
	a, got := outlineOf(t, "<html><head><meta name=author content=\"\u202eLena\u202c \x1b[1mBrandt\"></head><body><article><h1>Bridge\u2066 Opens\x1b[2J</h1>"+sentences(0, 4)+"<p>The \u202emayor\u202c said &#27;]0;that it&#155; was done in time.</p>"+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "BO The mayor said ]0;that it› was done in time.\n") || a.Title != "Bridge Opens[2J" || a.Byline != "Lena [1mBrandt" {
		t.Errorf("%q by %q\n%s", a.Title, a.Byline, got)
	}
}

// TestTable: a row of a table is a paragraph; a table that lays out the page is none.
func TestTable(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<table><tr><th>Party</th><th>Seats</th></tr><tr><td>Reds<script>var reds = 1</script></td><td> 41&shy; <i>(+2)</i><!-- now --></td></tr><tr><td>Blues</td><td> </td><td>8</td></tr></table>`+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "\nBO Party | Seats\nBO Reds | 41 (+2)\nBO Blues | 8\n") {
		t.Errorf("got\n%s", got)
	}
	_, got = outlineOf(t, `<html><body><table><tr><td><a href="/">Home</a></td><td><h1>Bridge Opens</h1>`+sentences(0, 8)+`</td></tr></table></body></html>`)
	if strings.Contains(got, "|") || !strings.Contains(got, "number 7") {
		t.Errorf("got\n%s", got)
	}
}

// TestQuotedBy: whose words a block quotes stays below them.
func TestQuotedBy(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<blockquote><p>“We are on time.”</p><footer>— Lena Brandt, mayor</footer></blockquote>`+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "\nBO “We are on time.”\nBO — Lena Brandt, mayor\n") {
		t.Errorf("got\n%s", got)
	}
}

// TestBrokenUTF8: a page of UTF-8 stays one where a byte is broken; in other
// encodings it is decoded as before.
func TestBrokenUTF8(t *testing.T) {
	const words = "Zoë Brånd said: “We are on time.”"
	ascii := strings.Repeat("<!-- The Harbour Courier -->", 40)
	for name, c := range map[string]struct{ head, words, want string }{
		"told late":    {ascii, words + " She left\xff.", words + " She left\ufffd."},
		"told at once": {"<!-- é -->" + ascii, words + " She left\xff.", words + " She left\ufffd."},
		"named":        {`<meta charset="utf-8">` + ascii, words + " She left\xff.", words + " She left\ufffd."},
		"windows-1252": {ascii, "Zo\xeb Br\xe5nd said: \x93We are on time.\x94", words},
		"named badly":  {`<meta charset="utf-8">` + ascii, "Zo\xeb Br\xe5nd said: \x93We are on time.\x94", words},
		"iso-8859-2":   {`<meta charset="iso-8859-2">`, "Zden\xeck said that they are on time.", "Zdeněk said that they are on time."},
	} {
		_, got := outlineOf(t, `<html><head>`+c.head+`<title>Bridge Opens</title></head><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<p>`+c.words+`</p>`+sentences(4, 8)+`</article></body></html>`)
		if !strings.Contains(got, "BO "+c.want+"\n") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// TestUnknownEncoding: a page whose letters nobody can tell is refused, and not read
// as something else; a page that is cut off within a letter is read.
func TestUnknownEncoding(t *testing.T) {
	page := func(words string) string {
		return `<html><head><title>Bridge</title></head><body><article>` + strings.Repeat("<p>"+words+".</p>\n", 12)
	}
	_, err := New(quoth.Page{MediaType: "text/html", Body: []byte(page(strings.Repeat("\xec\xee\xf1\xf2 \xee\xf2\xea\xf0\xfb\xf2 ", 8)))})
	if err == nil || !errors.Is(err, quoth.ErrMalformed) || !strings.Contains(err.Error(), "save it in UTF-8") {
		t.Errorf("letters of another script give %v", err)
	}
	a, err := New(quoth.Page{MediaType: "text/html", Body: []byte(`<meta charset="utf-8">` + page("The mayor said that the bridge would open in May and not before") + "<p>She added: \xe2\x80")})
	if err != nil || strings.Contains(a.Text, "â") {
		t.Errorf("a page that is cut off: %q, %v", a.Text, err)
	}
}

// TestLinkedByName: publishing systems describe authors and outlet once, and
// name them by @id where the article stands.
func TestLinkedByName(t *testing.T) {
	a, _ := outlineOf(t, `<html><head><title>Bridge Opens</title><meta name="author" content="admin"><script type="application/ld+json">{"@graph":[
{"@type":"Article","headline":"Bridge Opens","author":[{"@id":"#1"},{"@id":"#2"},{"@id":"#9"}],"publisher":{"@id":"#o"}},
{"@type":"Person","@id":"#1","name":"Lena Brandt"},{"@type":"Person","@id":"#2","name":"Tom Hale"},{"@type":"Organization","@id":"#o","name":"Harbour Courier"}]}</script></head>
<body><article><h1>Bridge Opens</h1>`+sentences(0, 6)+`</article></body></html>`)
	if a.Byline != "Lena Brandt, Tom Hale" || a.Outlet != "Harbour Courier" {
		t.Errorf("byline %q, outlet %q", a.Byline, a.Outlet)
	}
}

// TestLinkedBadly: browsers and search engines put up with it too.
func TestLinkedBadly(t *testing.T) {
	const given = `"@type":"NewsArticle","datePublished":"2031-02-09","author":{"name":"Lena Brandt"}`
	for _, ld := range []string{
		"{" + given + "}", "\n//<![CDATA[\n{" + given + "}\n//]]>\n", "/* <![CDATA[ */{" + given + "}/* ]]> */", "<!-- {" + given + "} -->",
		`{"description":"A bridge` + "\n\t" + `opens",` + given + "}", `{"keywords":["bridge",], ` + given + ",\n}",
	} {
		a, _ := outlineOf(t, `<html><head><title>Bridge Opens</title><script type="application/ld+json">`+ld+`</script></head><body><article><h1>Bridge Opens</h1>`+sentences(0, 6)+`</article></body></html>`)
		if a.Published != "2031-02-09" || a.Byline != "Lena Brandt" {
			t.Errorf("%s: published %q, byline %q", ld, a.Published, a.Byline)
		}
	}
}

func TestDatesOfPages(t *testing.T) {
	for name, c := range map[string]struct{ head, top, want string }{
		"meta in words":           {`<meta name="date" content="February 9, 2031">`, "", "2031-02-09 meta"},
		"JSON-LD as mail has it":  {`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"Sun, 09 Feb 2031 15:15:00 GMT"}</script>`, "", "2031-02-09 json-ld"},
		"time without a datetime": {"", `<p><time>9 February 2031</time></p>`, "2031-02-09 text"},
		"byline":                  {"", `<p>By Lena Brandt | Sunday, February 9, 2031 4:15 PM</p>`, "2031-02-09 text"},
		"stamp":                   {"", `<p>Published 1.05pm, 9 February 2031 · Updated 3.15pm, 10 February 2031</p>`, "2031-02-09 text"},
		"canonical address":       {`<link rel="canonical" href="https://example.org/2031/02/09/bridge">`, "", "2031-02-09 url"},
		"no day of the calendar":  {`<meta name="date" content="February 31, 2031">`, "", " "},
		"a day in other words":    {"", `<p class="x">Updated 9th February 2021 by the desk</p>`, "2021-02-09 text"},
		"a year that is named":    {"", `<p>The bridge was sold in 2021 for less than half of what the town had paid for it.</p>`, " "},
	} {
		a, got := outlineOf(t, `<html><head><title>Bridge Opens</title>`+c.head+`</head><body><div><h1>Bridge Opens</h1>`+c.top+sentences(0, 6)+`</div></body></html>`)
		if a.Dated == nil {
			a.Dated = &quoth.Date{}
		}
		if a.Published+" "+a.Dated.From != c.want || a.Published != a.Dated.Date {
			t.Errorf("%s: %s, %+v, want %s; of\n%s", name, a.Published, a.Dated, c.want, got)
		}
	}
}

// TestLabelledCaption: labels that are read out with a picture are no caption.
func TestLabelledCaption(t *testing.T) {
	_, got := outlineOf(t, `<html><body><article><h1>Bridge Opens</h1>`+sentences(0, 4)+`<figure><img src="x"><figcaption><span>Image caption, </span><p>The bridge was closed at noon</p></figcaption></figure>`+sentences(4, 8)+`</article></body></html>`)
	if !strings.Contains(got, "\nCA The bridge was closed at noon\n") || strings.Contains(got, "Image caption") {
		t.Errorf("got\n%s", got)
	}
}

// TestComments: readers' comments are none of the article, however short it is.
func TestComments(t *testing.T) {
	const page = `<html><head><title>Bridge Opens</title></head><body><div class="%s"><h1>Bridge Opens</h1><div class="post">%s</div>
<div class="box %s"><h3>Comments (2)</h3><div class="comment"><p>The mayor told me herself that she would resign if the bridge was late again, and I believe her.</p></div><div class="comment"><p>They said that they would listen to us and then did whatever they pleased, as always in this town.</p></div></div></div></body></html>`
	for class, kept := range map[string]bool{"comment-section": false, "comments": false, "post-comments": false, "remarks": true} {
		if _, got := outlineOf(t, fmt.Sprintf(page, "content", "<p>The bridge opens in May.</p><p>Mayor Lena Brandt said it was on time.</p>", class)); strings.Contains(got, "told me herself") != kept {
			t.Errorf("%s:\n%s", class, got)
		}
	}
	if _, got := outlineOf(t, fmt.Sprintf(page, "comments", sentences(0, 6), "x")); !strings.Contains(got, "number 5") {
		t.Errorf("a box with the headline is lost:\n%s", got)
	}
}
