package source

import (
	"net/url"
	"testing"
)

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://News.Example.org:443/a/B?utm_source=rss&id=7&fbclid=x#top": "https://news.example.org/a/B?id=7",
		"http://example.org":                       "http://example.org/",
		"http://example.org:8080/a?":               "http://example.org:8080/a",
		"https://ann:secret@example.org/a?b=2&a=1": "https://example.org/a?b=2&a=1",
		"https://example.org/a%2Fb?q=%C3%A9":       "https://example.org/a%2Fb?q=%C3%A9",
		"":                                         "",
		"no address":                               "no address",
	} {
		if got := Canonical(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
		if again := Canonical(want); again != want {
			t.Errorf("%q becomes %q the second time", want, again)
		}
	}
}

func TestOwnAddress(t *testing.T) {
	const from = "https://www.courier.example.co.uk/a?utm_medium=feed"
	link := func(href string) string { return `<html><head><link rel="canonical" href="` + href + `"></head><body>` }
	for in, want := range map[string]string{
		link("/b"): "https://www.courier.example.co.uk/b",
		link("https://courier.example.co.uk/b#x"):  "https://courier.example.co.uk/b",
		link("https://amp.example.co.uk/b"):        "https://amp.example.co.uk/b",
		link("https://other.co.uk/b"):              "https://www.courier.example.co.uk/a",
		link("https://www.courier.example.co.uk/"): "https://www.courier.example.co.uk/a",
		link("javascript:x"):                       "https://www.courier.example.co.uk/a",
		"<html><body>" + link("/b"):                "https://www.courier.example.co.uk/a",
		"":                                         "https://www.courier.example.co.uk/a",
	} {
		if got := ownAddress(from, []byte(in)); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// A name and password are sent on where a redirect stays at its host.
func TestStays(t *testing.T) {
	for _, x := range []struct {
		from, to string
		want     bool
	}{
		{"https://post.example/a", "https://POST.example:443/b", true},
		{"http://post.example/a", "https://post.example:443/a", true},
		{"http://post.example:80/a", "http://post.example./b", true},
		{"http://post.example:8080/a", "http://post.example/a", false},
		{"https://post.example/a", "http://post.example/a", false},
		{"https://post.example/a", "https://feeds.post.example/a", false},
		{"https://post.example/a", "https://post.example.evil.example/a", false},
	} {
		from, err1 := url.Parse(x.from)
		to, err2 := url.Parse(x.to)
		if got := stays(from, to); got != x.want || err1 != nil || err2 != nil {
			t.Errorf("from %s to %s: %t", x.from, x.to, got)
		}
	}
}
