package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// A Story is a page seen without data: empty, full, or wrong.
type Story struct {
	Page  string // its template
	State string
	view  any
}

// HTML is the story's page.
func (s Story) HTML() ([]byte, error) {
	return render(s.Page, shell{JSON: "/" + s.Page + ".json", Atom: "/" + s.Page + ".atom", Page: s.view})
}

// Storybook shows all stories to people who work on the pages.
func Storybook() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", cached(http.FileServerFS(files)))
	list := "<!DOCTYPE html><title>Storybook</title><link rel=stylesheet href=/static/desk.css><main><h1>Storybook</h1><ul>"
	for _, s := range Stories() {
		at := "/" + s.Page + "/" + strings.ReplaceAll(s.State, " ", "-")
		list += `<li><a href="` + at + `">` + s.Page + ", " + s.State + "</a>"
		mux.HandleFunc("GET "+at, func(w http.ResponseWriter, r *http.Request) {
			b, err := s.HTML()
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = w.Write(b) // the visitor went away
		})
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(list)) // the visitor went away
	})
	return mux
}

const (
	sampleText = "Port denies crane deal\n\nThe Ostby port authority “never signed anything,” its spokeswoman, Lena Brandt, said on Monday.\n\nAsked about 40 million crowns, Brandt did not answer."
	nasty      = `<script>alert("1")</script> & "quotes"`
)

func sampleHit(id string, act quoth.Act, who, content, published, outlet string) store.Hit {
	return store.Hit{ID: id, Article: "port", Revision: 1, Title: "Port denies crane deal", URL: "https://courier.example/port", Outlet: outlet, Published: published,
		Source: who, Cue: "said", Content: content, Quotation: quoth.Mixed, Speakers: []store.HitSpeaker{{Name: who, Type: quoth.Person, Identity: "p00000000000000" + id[len(id)-2:]}},
		Role: "spokeswoman", Act: act, Via: []string{"press briefing"}, To: []string{}, When: &quoth.When{Text: "Monday", Date: published}, Figures: []store.HitFigure{}, Confidence: 0.91, Corrected: []string{}}
}

func samples() (hits []store.Hit, rec quoth.Record, items store.Items) {
	deny := sampleHit("s00000000000000a1", quoth.Deny, "Lena Brandt", "“never signed anything,”", "2031-05-05", "The Courier")
	deny.Highlights = []store.Range{{Start: 7, End: 13}}
	decline := sampleHit("s00000000000000a2", quoth.Decline, "Lena Brandt", "about 40 million crowns", "2031-05-05", "The Courier")
	decline.Corrected, decline.Vanished = []string{"act"}, true
	forty, sixty := 40e6, 60e6
	says := sampleHit("s00000000000000a3", quoth.Assert, "Jon "+nasty, "the cranes cost 60 million crowns", "2031-06-01", "Harbour Post")
	says.Figures = []store.HitFigure{{Text: "60 million", Low: &sixty, High: &sixty, Unit: "crowns"}}
	atLeast := sampleHit("s00000000000000a4", quoth.Confirm, "Board of the port", "it was at least 40 million crowns", "2031-07-14", "The Courier")
	atLeast.Figures = []store.HitFigure{{Text: "at least 40 million", Low: &forty, Unit: "crowns"}}
	open := sampleHit("s00000000000000a5", quoth.Neither, "Lena Brandt", "whether the deal was signed", "2031-08-02", "Harbour Post")
	open.Speakers[0].Identity = deny.Speakers[0].Identity
	ix := quoth.NewIndex(sampleText)
	span := func(words string) []quoth.Span {
		at := strings.Index(sampleText, words)
		return []quoth.Span{ix.Span(at, at+len(words))}
	}
	brandt := []quoth.Speaker{{Name: "Lena Brandt", Type: quoth.Person}}
	figure := span("40 million crowns")[0]
	paragraph := func(words string, kind quoth.ParagraphKind) quoth.Paragraph {
		s := span(words)[0]
		return quoth.Paragraph{Start: s.Start, End: s.End, Kind: kind}
	}
	rec = quoth.Record{
		Article: quoth.Article{ID: "port", URL: "https://courier.example/port", Outlet: "The Courier", Title: "Port denies crane deal", Byline: "Mira Tolland", Published: "2031-05-05", Language: "en", Text: sampleText,
			Paragraphs: []quoth.Paragraph{paragraph("Port denies crane deal", quoth.Title), paragraph("The Ostby port authority “never signed anything,” its spokeswoman, Lena Brandt, said on Monday.", quoth.Body), paragraph("Asked about 40 million crowns, Brandt did not answer.", quoth.Body)}},
		Model: "quoth-sample",
		Statements: []quoth.Statement{
			{ID: "s1", Source: span("its spokeswoman, Lena Brandt"), Cue: span("said"), Content: span("The Ostby port authority “never signed anything,”"), Quotation: quoth.Mixed, Speaker: brandt, Role: "spokeswoman", Act: quoth.Deny, Via: []string{}, To: []string{}, When: &quoth.When{Text: "Monday", Date: "2031-05-05"}, Confidence: 0.91},
			{ID: "s2", Source: span("Brandt did")[0:0], Cue: span("did not answer"), Content: span("about 40 million crowns"), Quotation: quoth.Indirect, Speaker: brandt, Act: quoth.Decline, Via: []string{}, To: []string{}, Confidence: 0.7},
		},
		Figures: []quoth.Figure{{Span: figure, Low: &forty, High: &forty, Unit: "crowns", About: "crowns", Speaker: ""}}, Captions: []quoth.Picture{}, Events: []quoth.Event{},
	}
	items = store.Items{Statements: []string{deny.ID, decline.ID}, Figures: []string{"f00000000000000b1"}, Captions: []string{}, Events: []string{}}
	return []store.Hit{deny, decline, says, atLeast, open}, rec, items
}

// Stories are all pages in all states.
func Stories() []Story {
	hits, rec, items := samples()
	at := time.Date(2031, 5, 5, 8, 30, 0, 0, time.UTC)
	correction := store.Correction{ID: "1", Article: "port", Revision: 1, Item: hits[0].ID, Field: "act", Was: json.RawMessage(`"assert"`), Value: json.RawMessage(`"deny"`), By: nasty, At: at, Note: "She denies it."}
	claim := store.Claim{ID: "c1", Name: "The port bought cranes", Score: 0.83, Sources: 2, Outlets: 2, First: "2031-05-05", Last: "2031-08-02", Updated: at, Size: 5, Stances: []store.Tally{{Stance: "for", Count: 2}, {Stance: "against", Count: 1}, {Stance: "open", Count: 2}}}
	for i, h := range hits {
		claim.Members = append(claim.Members, store.Member{Statement: h.ID, Stance: []string{"against", "open", "for", "for", "open"}[i], Score: 0.8})
	}
	full := &ClaimView{Claim: claim, Ledger: []LedgerEntry{}, Figures: []Rival{}, Verdicts: []store.Verdict{{ID: "v1", Kind: "name", Claim: "c1", Value: "The port bought cranes", By: "Ada", At: at, Statements: []string{hits[0].ID}}}, By: "Ada"}
	full.enter(hits)
	full.draw("", "")
	line := store.ArticleLine{ID: "port", Title: "Port denies crane deal", URL: "https://courier.example/port", Outlet: "The Courier", Byline: nasty, Published: "2031-05-05", Fetched: at, Revisions: 2, Statements: 2}
	page := &ArticleView{Article: &store.Article{ID: "port", Revision: store.Revision{N: 2, SHA256: "5f0c", Fetched: at, Model: "quoth-sample", Code: "0.1.0"}, View: store.View{Record: rec, Items: items, Corrected: map[string][]store.Correction{hits[0].ID: {correction}}, Removed: []string{}, Stale: []store.Correction{}},
		Identities: map[string]string{"Lena Brandt": "p00000000000000a1"}, Revisions: []store.Revision{{N: 1, SHA256: "aa", Fetched: at}, {N: 2, SHA256: "5f0c", Fetched: at}}},
		Changes: []store.Change{{ID: hits[1].ID, Kind: store.Appeared, Is: &rec.Statements[1]}, {ID: hits[4].ID, Kind: store.Vanished, Was: &rec.Statements[0]}, {ID: hits[0].ID, Kind: store.Changed, Was: &rec.Statements[1], Is: &rec.Statements[0], Fields: []string{"act", "content"}}}, Newest: true}
	page.lay(map[string][]Ref{hits[0].ID: {{"c1", "The port bought cranes"}}})
	foreign := &ArticleView{Article: &store.Article{ID: "hafen", View: store.View{Record: quoth.Record{Article: quoth.Article{ID: "hafen", Title: "Hafen dementiert", Language: "de", Text: "Der Hafen dementiert.", Paragraphs: []quoth.Paragraph{{Start: 0, End: 21, Kind: quoth.Body}}}, Reason: "the article is written in German (de), and this model reads English"}}}, Newest: true}
	foreign.lay(nil)
	statement := StatementView{Hit: hits[0], Statement: &rec.Statements[0], SHA256: "5f0c", Fetched: at, Model: "quoth-sample", Code: "0.1.0", Revisions: 2, Claims: []Ref{{"c1", "The port bought cranes"}}, Held: []store.Correction{correction}, Stale: []store.Correction{correction}, Paragraphs: around(paragraphs(&rec)), By: "Ada"}
	gone := StatementView{Hit: hits[1], Revisions: 2, Removed: true}
	who := &store.Identity{ID: "p00000000000000a1", Name: "Lena Brandt", Type: quoth.Person, Forms: []store.Form{{Text: "Lena Brandt", First: "2031-05-05", Last: "2031-08-02", Articles: 2}, {Text: "Brandt", First: "2031-05-05", Last: "2031-05-05", Articles: 1}},
		Roles: []store.Form{{Text: "spokeswoman", First: "2031-05-05", Last: "2031-05-05", Articles: 1}}, Mentions: []store.Mention{{Article: "port", Name: "Lena Brandt", Role: "spokeswoman"}, {Article: "cranes", Name: "Brandt"}}, Statements: 3, Articles: 2, First: "2031-05-05", Last: "2031-08-02"}
	other := store.IdentityLine{ID: "p00000000000000c1", Name: nasty, Type: quoth.Person, Role: "mayor", Statements: 4, Articles: 3, Last: "2031-08-02"}
	decision := store.Decision{ID: "d1", Kind: store.Never, From: who.ID, To: other.ID, By: "Ada", At: at}
	shift := Shift{Claim: Ref{"c1", claim.Name}, Steps: []Step{{Hit: hits[0], Stance: "against"}, {Hit: hits[4], Stance: "open", Changed: true, Before: "denies", Now: "leaves open"}}}
	feeds := []store.Feed{{URL: "https://courier.example/feed.xml", Title: "The Courier", Kind: "rss", Checked: at, Next: at.Add(time.Hour), Added: at}, {URL: "https://post.example/feed", Error: "the server answers 500 Internal Server Error; check the address", Failures: 3, Paused: true, Added: at}}
	results := store.Results{Hits: hits, Next: "x"}
	return []Story{
		{"front", "empty", FrontView{}},
		{"front", "full", FrontView{Count: store.Count{Articles: 12, Statements: 340, Identities: 41, Claims: 28, Feeds: 2, Corrections: 1}, Telling: hits[:2], Newest: hits, Claims: []store.Claim{claim}, Next: "x", NextHref: "/?cursor=x", Bookmarklet: "javascript:void(0)"}},
		{"add", "full", AddView{URL: "https://courier.example/port"}},
		{"articles", "empty", ArticlesView{}},
		{"articles", "not found", ArticlesView{Words: nasty}},
		{"articles", "full", ArticlesView{ArticlePage: store.ArticlePage{Articles: []store.ArticleLine{line, {ID: "untitled"}}}, NextHref: "/articles?cursor=x"}},
		{"article", "empty", foreign},
		{"article", "full", page},
		{"statement", "full", statement},
		{"statement", "taken out", gone},
		{"speakers", "empty", SpeakersView{}},
		{"speakers", "not found", SpeakersView{Words: nasty}},
		{"speakers", "full", SpeakersView{IdentityPage: store.IdentityPage{Identities: []store.IdentityLine{other, {ID: who.ID, Name: who.Name, Type: who.Type, Role: "spokeswoman", Statements: 3, Articles: 2, Last: "2031-08-02"}}}, NextHref: "/speakers?cursor=x"}},
		{"speaker", "full", SpeakerView{Identity: who, Shifts: []Shift{shift}, Results: results, Never: []Ref{{other.ID, other.Name}}, Decisions: []store.Decision{decision}, Asked: "mayor", Candidates: []store.IdentityLine{other}, Crowded: true, NextHref: "/speakers/x?cursor=x"}},
		{"speaker", "nothing on a subject", SpeakerView{Identity: who, Subject: nasty}},
		{"claims", "empty", ClaimsView{}},
		{"claims", "not found", ClaimsView{Words: "cheese", Stance: "open"}},
		{"claims", "full", ClaimsView{ClaimPage: store.ClaimPage{Claims: []store.Claim{claim, {ID: "c2", Name: nasty, Confirmed: true}}}, NextHref: "/claims?cursor=x"}},
		{"claim", "full", full},
		{"claim", "empty", &ClaimView{Claim: store.Claim{ID: "c3", Name: nasty, Confirmed: true}}},
		{"outlets", "empty", OutletsView{}},
		{"outlets", "full", OutletsView{[]store.Outlet{{Name: "The Courier", Articles: 8, Statements: 210, First: "2031-05-05", Last: "2031-08-02"}, {Articles: 1}}}},
		{"outlet", "full", OutletView{Outlet: store.Outlet{Name: "The Courier", Articles: 8, Statements: 210, First: "2031-05-05", Last: "2031-08-02"}, List: store.ArticlePage{Articles: []store.ArticleLine{line}}, Telling: hits[:2], NextHref: "/outlets/x?cursor=x"}},
		{"outlet", "without denials", OutletView{Outlet: store.Outlet{Name: nasty}}},
		{"search", "empty", SearchView{Exact: true}},
		{"search", "not found", SearchView{Query: store.Query{Words: nasty, Acts: []quoth.Act{quoth.Deny}}, Asked: true, Exact: true}},
		{"search", "wrong", SearchView{Query: store.Query{Said: store.Days{From: "yesterday"}}, Asked: true, Wrong: "“yesterday” is not a date; write it as 2025-02-10."}},
		{"search", "full", SearchView{Query: store.Query{Words: "signed"}, Results: results, Total: 1000, Asked: true, Outlets: []string{"The Courier"}, NextHref: "/search?cursor=x", Exports: []Ref{{"/api/export/statements.csv?q=signed", "CSV"}}}},
		{"feeds", "empty", FeedsView{}},
		{"feeds", "full", FeedsView{feeds, true, true, true}},
		{"corrections", "empty", CorrectionsView{}},
		{"corrections", "full", CorrectionsView{CorrectionPage: store.CorrectionPage{Corrections: []store.Correction{correction, {ID: "2", Article: "port", Item: "f00000000000000b1", Field: "removed", Was: json.RawMessage("false"), Value: json.RawMessage("true"), Undone: &at, At: at}}}, Decisions: []store.Decision{decision}, Verdicts: full.Verdicts, Names: Names{"c1": claim.Name}, NextHref: "/corrections?cursor=x"}},
		{"export", "full", store.Count{Articles: 12, Statements: 340, Claims: 28}},
		{"login", "full", LoginView{Next: "/"}},
		{"login", "wrong", LoginView{Next: "/claims", Wrong: true}},
		{"wrong", "not found", trouble{404, "Not Found", "This address: not in the store.", nil}},
		{"wrong", "form", trouble{400, "Bad Request", nasty, &sent{"/corrections", []sentField{{"role", "Role", nasty, false, false}, {"by", "Your name, kept with it", "Ada", false, false}, {"item", "", hits[0].ID, true, false}}}}},
	}
}
