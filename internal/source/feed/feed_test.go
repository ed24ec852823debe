package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/quothnews/quoth"
)

const at = "https://courier.example/feeds/news.xml"

// show writes a feed as one line an entry.
func show(f Feed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%v\n", f.Title, f.Home, f.Every)
	for _, e := range f.Entries {
		day := ""
		if !e.Published.IsZero() {
			day = e.Published.Format("2006-01-02T15:04Z07:00")
		}
		if e.Updated != e.Published {
			day += " changed " + e.Updated.Format("2006-01-02T15:04Z07:00")
		}
		fmt.Fprintf(&b, "%s|%s|%s\n", e.URL, e.Title, day)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"rss", `<?xml version="1.0"?><rss version="2.0" xmlns:media="m" xmlns:atom="a"><channel><title>Harbour Courier</title>
<link>https://courier.example/</link><atom:link rel="self" href="https://courier.example/feeds/news.xml"/><ttl>15</ttl>
<image><title>Logo</title><link>https://other.example/</link></image>
<item><title><![CDATA[Bridge <b>opens</b> & stays]]></title><media:title>Picture</media:title><link>https://courier.example/bridge</link><guid isPermaLink="false">x1</guid><pubDate>Mon, 9 Feb 2032 08:05:00 EST</pubDate><atom:updated>2032-02-09T15:00:00Z</atom:updated></item>
<item><title>Talks</title><source url="https://x.example/f"><title>Other</title></source><guid>https://courier.example/talks</guid><dc:date>2032-02-10</dc:date></item>
<item><link>/relative?a=1&amp;b=2</link><pubDate>lundi 9 février</pubDate></item>
<item><title>No address</title></item><item><link>javascript:alert(1)</link></item></channel></rss>`,
			"Harbour Courier|https://courier.example/|15m0s\nhttps://courier.example/bridge|Bridge <b>opens</b> & stays|2032-02-09T08:05-05:00 changed 2032-02-09T15:00Z\n" +
				"https://courier.example/talks|Talks|2032-02-10T00:00Z\nhttps://courier.example/relative?a=1&b=2||\n"},
		{"atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/a/"><title type="text">Atom News</title><link href="/"/><link rel="self" href="f.xml"/>
<entry xml:base="b/"><title type="xhtml"><div>Bold <b>words</b></div></title><link rel="edit" href="e"/><link rel="alternate" type="text/html" href="c.html"/><updated>2032-02-09T10:00:00Z</updated><published>2032-02-08T09:00:00+01:00</published><source><title>S</title><link href="https://s.example/"/></source></entry>
<entry><id>https://atom.example/by-id</id><updated>2032-02-09T10:00:00Z</updated></entry></feed>`,
			"Atom News|https://atom.example/|0s\nhttps://atom.example/a/b/c.html|Bold words|2032-02-08T09:00+01:00 changed 2032-02-09T10:00Z\nhttps://atom.example/by-id||2032-02-09T10:00Z\n"},
		{"atom with prefix", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry><a:title>T</a:title><a:link href="https://p.example/1"/></a:entry></a:feed>`,
			"P||0s\nhttps://p.example/1|T|\n"},
		{"rdf", `<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d"><channel rdf:about="x"><title>Old News</title><link>http://rdf.example/</link><items><rdf:Seq><rdf:li resource="http://rdf.example/1"/></rdf:Seq></items></channel>
<item rdf:about="http://rdf.example/1"><title>One</title><link>http://rdf.example/1</link><dc:date>2032-02-09T10:00:00+00:00</dc:date></item></rdf:RDF>`,
			"Old News|http://rdf.example/|0s\nhttp://rdf.example/1|One|2032-02-09T10:00Z\n"},
		{"sitemap", `<urlset xmlns="s" xmlns:news="n" xmlns:image="i"><url><loc> https://map.example/a </loc><lastmod>2032-02-10</lastmod><image:image><image:loc>https://map.example/p.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Map</news:name></news:publication><news:publication_date>2032-02-09T10:00:00Z</news:publication_date><news:title>A</news:title></news:news></url><url><loc>https://map.example/b</loc></url></urlset>`,
			"||0s\nhttps://map.example/a|A|2032-02-09T10:00Z changed 2032-02-10T00:00Z\nhttps://map.example/b||\n"},
		{"json", "\ufeff" + `{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://json.example","items":[{"id":"1","url":"/a","title":"A","date_published":"2032-02-09T10:00:00-05:00","date_modified":"2032-02-11T10:00:00Z"},{"id":7,"url":["x"]},{"id":"https://json.example/b"},{"id":3,"external_url":"https://else.example/c"}]}`,
			"J|https://json.example|0s\nhttps://courier.example/a|A|2032-02-09T10:00-05:00 changed 2032-02-11T10:00Z\nhttps://json.example/b||\nhttps://else.example/c||\n"},
		{"sloppy", "\n\n <!-- x --><rss><channel><title>AT&T & caf\xe9 &eacute; &bogus; \x01</title><item><title>One<br>two</title><link>https://s.example/1</link><description><p>a<li>b</description><item><link>https://s.example/2</link></channel></rss>",
			"AT&T & caf\ufffd é &bogus;||0s\nhttps://s.example/1|One two|\nhttps://s.example/2||\n"},
		{"latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><title>Caf\xe9</title></channel></rss>", "Café||0s\n"},
		{"utf-16", "\xff\xfe<\x00r\x00s\x00s\x00>\x00<\x00t\x00i\x00t\x00l\x00e\x00>\x00\xe9\x00<\x00/\x00t\x00i\x00t\x00l\x00e\x00>\x00<\x00/\x00r\x00s\x00s\x00>\x00", "é||0s\n"},
		{"entities of its own", `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><title>&b;&c;</title></channel></rss>`, "&b;&c;||0s\n"},
	} {
		f, err := Parse([]byte(c.in), at)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		kind, _, _ := strings.Cut(c.name, " ")
		if slices.Contains([]string{"rss", "rdf", "atom", "json", "sitemap"}, kind) && f.Kind != kind {
			t.Errorf("%s: its kind is %q", c.name, f.Kind)
		}
		if got := show(f); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

const item = "<item><title>T</title><link>https://courier.example/%d</link></item>"

func TestDamaged(t *testing.T) {
	whole := "<rss><channel><title>N</title>"
	for i := range 10 {
		whole += fmt.Sprintf(item, i)
	}
	whole += "</channel></rss>"
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	fmt.Fprint(w, whole)
	w.Close()
	if f, err := Parse(z.Bytes(), at); err != nil || len(f.Entries) != 10 {
		t.Errorf("gzip: %d entries, %v", len(f.Entries), err)
	}
	for _, c := range []struct {
		name, in, want string
		entries        int
	}{
		{"cut in an entry", whole[:strings.Index(whole, "/7<")], "breaks off", 7},
		{"cut between entries", whole[:strings.Index(whole, "</channel>")], "breaks off", 10},
		{"cut in a tag", whole[:strings.Index(whole, "</channel>")+5], "XML", 10},
		{"damaged", strings.Replace(whole, "/5</link>", "/5</link><<<>>", 1), "line 1", 5},
		{"empty", " \n", "empty", 0},
		{"other xml", "<svg></svg>", `"svg" is no feed`, 0},
		{"only a comment", "<!-- x -->", "without content", 0},
		{"text", "Not a feed.", "neither XML nor JSON", 0},
		{"json cut", `{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://a.example/1"},{"url":"https://a.exa`, "JSON feed", 1},
		{"other json", `{"a":1}`, "no JSON Feed", 0},
		{"opml", "<opml><body/></opml>", "OPML", 0},
		{"index", "<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>", "index of 1 sitemaps; add one that holds news, such as https://a.example/s.xml", 0},
		{"page", `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"><link rel=alternate type="text/html" href="/fr">`, "it names https://courier.example/rss", 0},
		{"page without feeds", "<html><body>Hi", "it names none", 0},
		{"cut gzip", string(z.Bytes()[:z.Len()-6]), "gzip", 10},
	} {
		f, err := Parse([]byte(c.in), at)
		if err == nil || !strings.Contains(err.Error(), c.want) || len(f.Entries) != c.entries {
			t.Errorf("%s: %d entries, %v", c.name, len(f.Entries), err)
		}
		if err != nil && !errors.Is(err, quoth.ErrMalformed) {
			t.Errorf("%s: %v is not malformed", c.name, err)
		}
	}
}

func TestHuge(t *testing.T) {
	start := time.Now()
	for name, in := range map[string]string{
		"nested":     "<rss><channel>" + strings.Repeat("<a>", 200_000),
		"closed":     "<rss><channel>" + strings.Repeat("</b>", 200_000),
		"attributes": "<rss " + strings.Repeat(`a="b" `, 200_000) + "></rss>",
		"one title":  "<rss><channel><title>" + strings.Repeat("word ", 500_000) + "</title></channel></rss>",
		"one word":   "<rss><channel><title>" + strings.Repeat("é€", 500_000) + "</title></channel></rss>",
		"deep json":  `{"version":"https://jsonfeed.org/version/1","x":` + strings.Repeat("[", 200_000),
	} {
		f, _ := Parse([]byte(in), at)
		if len(f.Title) > 2*longestText || !utf8.ValidString(f.Title) {
			t.Errorf("%s: a title of %d bytes, that ends in %q", name, len(f.Title), f.Title[max(0, len(f.Title)-4):])
		}
	}
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	fmt.Fprint(w, "<rss><channel>", fmt.Sprintf(item, 1))
	for range Max>>20 + 1 {
		w.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	w.Close()
	if f, err := Parse(z.Bytes(), at); !errors.Is(err, quoth.ErrTooLarge) || len(f.Entries) != 1 {
		t.Errorf("a feed that unpacks to too much: %d entries, %v", len(f.Entries), err)
	}
	// Growth with the square takes minutes. How fast this machine is, a feed
	// without tricks tells.
	taken, usual := time.Since(start), time.Now()
	if f, err := Parse([]byte("<rss><channel>"+strings.Repeat(fmt.Sprintf(item, 1), 5_000)+"</channel></rss>"), at); err != nil || len(f.Entries) != 5_000 {
		t.Errorf("a large feed: %d entries, %v", len(f.Entries), err)
	}
	if most := 2*time.Minute + 100*time.Since(usual); taken > most {
		t.Errorf("it takes %v, and should take less than %v", taken, most)
	}
	t.Logf("%v, and a feed without tricks %v", taken, time.Since(usual))
}

func TestDate(t *testing.T) {
	for in, want := range map[string]string{
		"Mon, 09 Feb 2032 08:00:00 GMT": "2032-02-09T08:00:00Z", "09 Feb 32 08:00 PST": "2032-02-09T08:00:00-08:00", "Monday, 9 February 2032 08:00:00 +0100": "2032-02-09T08:00:00+01:00",
		"2032-02-09T08:00:00.123Z": "2032-02-09T08:00:00Z", "2032-02-09": "2032-02-09T00:00:00Z", "Feb 9, 2032": "2032-02-09T00:00:00Z", "2032-02-09 08:00:00": "2032-02-09T08:00:00Z",
		"Mon, 9 Feb 2032 08:00:00 Z": "2032-02-09T08:00:00Z", "Mon, 9 Feb 2032 08:00:00 UTC": "2032-02-09T08:00:00Z", "9 Feb 2032 08:00 UT": "2032-02-09T08:00:00Z",
		"2032-02-09 08:00:00 UTC": "2032-02-09T08:00:00Z", "Mon, 9 Feb 2032 08:00:00 EEST": "2032-02-09T08:00:00+03:00", "Mon, 9 Feb 2032 08:00:00 AEST": "2032-02-09T08:00:00Z",
	} {
		if got := date(in); got.Truncate(time.Second).Format(time.RFC3339) != want {
			t.Errorf("%q is %v", in, got)
		}
	}
	for _, no := range []string{"", "soon", "32 Feb 2032", "lun, 9 févr. 2032"} {
		if got := date(no); !got.IsZero() {
			t.Errorf("%q is %v", no, got)
		}
	}
}

func TestOPML(t *testing.T) {
	in := `<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News & Views"><outline text="Europe"><outline type="rss" text="Courier" xmlUrl="https://courier.example/f" htmlUrl="https://courier.example/"/></outline>
<outline title="Wire" xmlUrl="https://wire.example/f"></outline></outline>
<OUTLINE text="Top" xmlurl="http://top.example/f"/><outline text="http://bare.example/f" xmlUrl="http://bare.example/f"/><outline text="Again" xmlUrl="https://wire.example/f"/></body></opml>`
	want := []Subscription{
		{"https://courier.example/f", "Courier", "https://courier.example/", "News & Views/Europe"},
		{"https://wire.example/f", "Wire", "", "News & Views"},
		{"http://top.example/f", "Top", "", ""},
		{"http://bare.example/f", "", "", ""},
	}
	got, err := ReadOPML([]byte(in))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v, %v", got, err)
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Mine", got); err != nil {
		t.Fatal(err)
	}
	if !IsOPML(b.Bytes()) || IsOPML([]byte("<rss/>")) {
		t.Error("OPML is not told from other XML")
	}
	if again, err := ReadOPML(b.Bytes()); err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("written and read again: %+v, %v\n%s", again, err, b.String())
	}
	if got, err := ReadOPML([]byte(in[:strings.Index(in, "<OUTLINE")])); err != nil || len(got) != 2 {
		// Everything within is closed: nothing shows that more was to come.
		t.Errorf("cut between outlines: %+v, %v", got, err)
	}
	if got, err := ReadOPML([]byte(in[:strings.Index(in, "<outline title")])); err == nil || len(got) != 1 {
		t.Errorf("cut within a folder: %+v, %v", got, err)
	}
	deep := "<opml><body>" + strings.Repeat("<outline text='F'>", 200_000) + strings.Repeat("<outline xmlUrl='https://wire.example/f'/>", 200_000)
	if got, err := ReadOPML([]byte(deep)); !errors.Is(err, quoth.ErrMalformed) || len(got) != 0 {
		t.Errorf("folders without end: %d feeds, %v", len(got), err)
	}
	if _, err := ReadOPML([]byte("<opml><body><outline xmlUrl='file:///x'/></body></opml>")); err == nil || !strings.Contains(err.Error(), "no http") {
		t.Errorf("a file's address gives %v", err)
	}
}

// FuzzParse: no crash, the same bytes the same feed, addresses are absolute,
// and each entry of the beginning is one of the whole.
func FuzzParse(f *testing.F) {
	f.Add([]byte("<rss><channel><title>a</title>" + fmt.Sprintf(item, 1) + "</channel></rss>"))
	f.Add([]byte(`<feed xml:base="b"><entry><link href="c"/><title>&amp;</title></entry>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"a"}]}`))
	f.Add([]byte("<html><link rel=alternate type=application/atom+xml href=x>"))
	f.Add([]byte("<opml><outline text=a><outline xmlUrl=http://b></outline>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		one, err1 := Parse(b, at)
		two, err2 := Parse(b, at)
		if show(one) != show(two) || fmt.Sprint(err1) != fmt.Sprint(err2) {
			t.Fatal("two readings differ")
		}
		for _, e := range one.Entries {
			if !strings.HasPrefix(e.URL, "http://") && !strings.HasPrefix(e.URL, "https://") {
				t.Fatalf("the address is %q", e.URL)
			}
		}
		list, err := ReadOPML(b)
		if err == nil {
			var w bytes.Buffer
			if err := WriteOPML(&w, "x", list); err != nil {
				t.Fatal(err)
			}
			if again, err := ReadOPML(w.Bytes()); err != nil || len(again) != len(list) {
				t.Fatalf("written and read again: %v, %v", again, err)
			}
		}
	})
}
