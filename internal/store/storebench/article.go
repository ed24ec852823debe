package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/storetest"
)

const (
	perArticle = 20
	days       = 10 * 365
	people     = 30_000
	outlets    = 300
	vocabulary = 40_000
)

var firstDay = store.Day(time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC))

func random(seed int) *rand.Rand { return rand.New(rand.NewPCG(uint64(seed), 7)) }

// zipf draws from n things, the k-th with a share of about 1/k.
func zipf(r *rand.Rand, n int) int {
	return min(n-1, int(math.Exp(r.Float64()*math.Log(float64(n))))-1)
}

var syllables = strings.Fields("ba re to mi ka so lu ne vi da po ru sha ten mor lin gra sel dor han fi yo ket bru")

// words are made of syllables, the frequent ones short.
var words = sync.OnceValue(func() []string {
	r := random(1)
	seen := map[string]bool{}
	var out []string
	for len(out) < vocabulary {
		w := ""
		for range 1 + len(out)/600%4 + r.IntN(2) {
			w += syllables[r.IntN(len(syllables))]
		}
		if seen[w] {
			w += syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))]
		}
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
})

func prose(r *rand.Rand, n int) string {
	w := words()
	out := make([]string, n)
	for i := range out {
		out[i] = w[zipf(r, len(w))]
	}
	return strings.Join(out, " ")
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// person is the k-th: a first name of 400, a surname of 6,000.
func person(k int) (name, surname, role string) {
	w := words()
	surname = capital(w[2000+k*7%6000])
	return capital(w[1000+k*13%400]) + " " + surname, surname, w[300+k%200] + " of " + capital(w[9000+k%1500])
}

var acts = []quoth.Act{quoth.Assert, quoth.Assert, quoth.Assert, quoth.Assert, quoth.Assert, quoth.Assert, quoth.Urge, quoth.Judge, quoth.Think, quoth.Commit, quoth.Deny, quoth.Confirm, quoth.Ask, quoth.Decline, quoth.Neither}

// article makes the i-th, published on a day.
func article(i, day int) store.Addition {
	r := random(i + 1000)
	published := store.DayString(day)
	p := quoth.Page{URL: fmt.Sprintf("https://outlet.example/%d", i), Outlet: capital(words()[200+zipf(r, outlets)]) + " Courier", Title: capital(prose(r, 9)), Byline: "Staff", Published: published}
	cast := make([]int, 5)
	for k := range cast {
		cast[k] = zipf(r, people)
	}
	var said []storetest.Said
	for n := range perArticle {
		name, surname, role := person(cast[r.IntN(len(cast))])
		s := storetest.Said{Source: surname, Cue: words()[r.IntN(40)], Speaker: name, Role: role, Act: acts[r.IntN(len(acts))], Content: prose(r, 8+r.IntN(28))}
		switch {
		case n%5 == 0:
			number := float64(100 * (1 + zipf(r, 5000)))
			s.Figure, s.Low = fmt.Sprintf("more than %.0f", number), &number
			s.Content = prose(r, 8) + " " + s.Figure + " " + prose(r, 9)
		case n%5 == 1:
			s.When = &quoth.When{Text: "on Monday", Date: store.DayString(day - r.IntN(60))}
		case n%5 == 2:
			s.Via = []string{capital(words()[200+zipf(r, outlets)]) + " Courier"}
			s.To = []string{"reporters"}
		}
		said = append(said, s)
	}
	a := storetest.Make(p, "quoth-en-bench", said...)
	a.Fetched = time.Date(2032, 1, 1, 0, 0, i, 0, time.UTC)
	// The page: the text in markup, with a head and a foot that the outlet's
	// other pages share.
	var html strings.Builder
	html.WriteString("<!doctype html><html><head><title>" + p.Title + "</title>" + strings.Repeat(`<link rel="stylesheet" href="/static/site.css"><script src="/static/page.js"></script>`, 20) + "</head><body>")
	for _, q := range strings.Split(a.Record.Article.Text, "\n\n") {
		html.WriteString(`<p class="body-text" data-component="paragraph">` + q + "</p>\n")
	}
	for n := range 60 {
		html.WriteString(fmt.Sprintf(`<li class="more"><a href="/section/%d">%s</a></li>`, n, words()[n]))
	}
	html.WriteString("</body></html>")
	a.Page.Text, a.Page.Body, a.Page.MediaType = "", []byte(html.String()), "text/html"
	a.Record.Article.SHA256 = storetest.Sum(a.Page.Body)
	a.Record.Article.ID = a.Record.Article.SHA256[:16]
	return a
}
