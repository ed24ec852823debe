package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// forms answer what pages send. Each does one thing and leads back to a page.
func (d *Desk) forms(mux *http.ServeMux) {
	for pattern, h := range map[string]func(*http.Request) (to, done string, err error){
		"POST /add":                   d.add,
		"POST /corrections":           d.correct,
		"POST /corrections/{id}/undo": d.undo,
		"POST /decisions":             d.decide,
		"POST /decisions/{id}/undo":   d.reverse,
		"POST /verdicts":              d.judge,
		"POST /verdicts/{id}/undo":    d.unjudge,
		"POST /feeds":                 d.feedForm,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := r.ParseForm(); err != nil {
				d.fail(w, r, fmt.Errorf("%w form: %w", quoth.ErrMalformed, err))
				return
			}
			to, done, err := h(r)
			if err != nil {
				d.fail(w, r, err)
				return
			}
			if name := strings.TrimSpace(r.PostFormValue("by")); name != "" {
				http.SetCookie(w, &http.Cookie{Name: byCookie, Value: url.QueryEscape(clip(name, 80)), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
			}
			http.Redirect(w, r, local(cmp.Or(r.PostFormValue("back"), to), done), http.StatusSeeOther)
		})
	}
	mux.HandleFunc("POST /login", d.login)
	mux.HandleFunc("POST /logout", d.logout)
}

const byCookie = "quoth-by"

// by is the name that a visitor corrects under.
func by(r *http.Request, otherwise string) string {
	if name := strings.TrimSpace(r.PostFormValue("by")); r.Method == http.MethodPost && name != "" {
		return clip(name, 80)
	}
	if c, err := r.Cookie(byCookie); err == nil {
		if name, err := url.QueryUnescape(c.Value); err == nil && name != "" {
			return clip(name, 80)
		}
	}
	return otherwise
}

// local is an address of the desk itself, with what was done. An address that
// leads elsewhere becomes the front page.
func local(to, done string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, `\`) {
		u = &url.URL{Path: "/"}
	}
	out := with(u, "done", done)
	if u.Fragment != "" {
		out += "#" + u.EscapedFragment()
	}
	return out
}

func (d *Desk) login(w http.ResponseWriter, r *http.Request) {
	next := local(r.PostFormValue("next"), "")
	if !d.guard.knows(strings.TrimSpace(r.PostFormValue("token"))) {
		select { // a guess a while, for each who guesses
		case <-time.After(loginDelay):
		case <-r.Context().Done():
		}
		http.Redirect(w, r, "/login?wrong=1&next="+url.QueryEscape(next), http.StatusSeeOther)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: d.guard.cookie(), Path: "/", MaxAge: 30 * 24 * 3600, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (d *Desk) logout(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// take reads and keeps a page, one at a time; a few may wait.
func (d *Desk) take(ctx context.Context, p quoth.Page) ([]store.Added, error) {
	select {
	case d.waiting <- struct{}{}:
		defer func() { <-d.waiting }()
	default:
		return nil, errBusy
	}
	select {
	case d.adding <- struct{}{}:
		defer func() { <-d.adding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ctx, stop := context.WithTimeout(ctx, 5*time.Minute)
	defer stop()
	added, err := d.Add(ctx, p)
	if err == nil && len(added) == 0 {
		err = fmt.Errorf("%w: nothing there could be read", quoth.ErrNotNews)
	}
	if err != nil && statusOf(err) == http.StatusInternalServerError {
		err = fmt.Errorf("%w: %w", errFetch, err)
	}
	return added, err
}

// webAddress checks an address that is to be fetched.
func webAddress(s string) (string, error) {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%w address %q; write it as https://host/path", quoth.ErrMalformed, clip(s, 80))
	}
	return s, nil
}

func (d *Desk) add(r *http.Request) (to, done string, err error) {
	text := r.PostFormValue("text")
	p := quoth.Page{URL: strings.TrimSpace(r.PostFormValue("url")), Text: text, Name: "the page given",
		Title: strings.TrimSpace(r.PostFormValue("title")), Outlet: strings.TrimSpace(r.PostFormValue("outlet")), Published: strings.TrimSpace(r.PostFormValue("published"))}
	if p.Published != "" {
		if _, _, ok := days(p.Published); !ok {
			return "", "", fmt.Errorf("%w date %q; write it as 2032-02-09", quoth.ErrMalformed, p.Published)
		}
	}
	if text == "" || p.URL != "" {
		if p.URL, err = webAddress(p.URL); err != nil {
			return "", "", err
		}
	}
	if text != "" {
		p.MediaType = "text/plain"
	}
	added, err := d.take(r.Context(), p)
	if err != nil {
		return "", "", err
	}
	done = map[store.Outcome]string{store.New: "added", store.Revised: "revised", store.Reread: "added", store.Known: "known"}[added[0].Outcome]
	return address("articles", added[0].Article), done, nil
}

func (d *Desk) correct(r *http.Request) (to, done string, err error) {
	item := r.PostFormValue("item")
	if len(item) == 0 || item[0] == 'f' {
		return d.correctArticle(r, item)
	}
	ctx := r.Context()
	hit, err := d.store.Statement(ctx, item)
	if err != nil {
		return "", "", err
	}
	a, err := d.store.Article(ctx, hit.Article, hit.Revision)
	if err != nil {
		return "", "", err
	}
	to = address("statements", item)
	if r.PostForm.Has("removed") {
		return d.keep(r, a, item, to, []changedField{{"removed", true}})
	}
	i := slices.Index(a.Items.Statements, item)
	if i < 0 {
		return "", "", fmt.Errorf("statement %s in article %s, revision %d: %w", item, a.ID, a.N, store.ErrNotFound)
	}
	changed, err := changes(a.Record.Statements[i], r.PostForm, quoth.NewIndex(a.Record.Article.Text))
	if err != nil {
		return "", "", err
	}
	return d.keep(r, a, item, to, changed)
}

// correctArticle corrects what belongs to no statement: an article's own title,
// outlet, author and day, one of its figures, or that it lacks a statement. Positions
// are those of the revision that the person saw.
func (d *Desk) correctArticle(r *http.Request, item string) (to, done string, err error) {
	seen, _ := strconv.Atoi(r.PostFormValue("revision")) // none: the newest
	a, err := d.store.Article(r.Context(), r.PostFormValue("article"), seen)
	if err != nil {
		return "", "", err
	}
	to = address("articles", a.ID)
	var changed []changedField
	switch {
	case r.PostForm.Has("missed"):
		s, err := missed(r.PostForm, quoth.NewIndex(a.Record.Article.Text))
		if err != nil {
			return "", "", err
		}
		changed = []changedField{{"statement", s}}
	case item == "":
		art := a.Record.Article
		for _, f := range [][2]string{{"title", art.Title}, {"outlet", art.Outlet}, {"byline", art.Byline}, {"published", art.Published}} {
			if is := strings.TrimSpace(r.PostForm.Get(f[0])); r.PostForm.Has(f[0]) && is != f[1] {
				changed = append(changed, changedField{f[0], is})
			}
		}
	case r.PostForm.Has("removed"):
		changed = []changedField{{"removed", true}}
	default:
		i := slices.Index(a.Items.Figures, item)
		if i < 0 {
			return "", "", fmt.Errorf("figure %s in article %s: %w", item, a.ID, store.ErrNotFound)
		}
		if changed, err = figureChanges(a.Record.Figures[i], r.PostForm); err != nil {
			return "", "", err
		}
	}
	return d.keep(r, a, item, to, changed)
}

// keep keeps the changes that a form makes: all of them, or none.
func (d *Desk) keep(r *http.Request, a *store.Article, item, to string, changed []changedField) (string, string, error) {
	if len(changed) == 0 {
		return to, "same", nil
	}
	var list []store.Correction
	for _, c := range changed {
		list = append(list, store.Correction{Article: a.ID, Revision: a.N, Item: item, Field: c.field, Value: json.RawMessage(compact(c.value)), By: by(r, d.By), Note: strings.TrimSpace(r.PostFormValue("note"))})
	}
	if _, err := a.View.Check(list); err != nil {
		return "", "", err
	}
	for _, c := range list {
		kept, err := d.store.Correct(r.Context(), c)
		if err != nil {
			return "", "", err
		}
		if c.Field == "statement" {
			to = address("statements", kept.Item)
		}
	}
	return to, "corrected", nil
}

// missed makes a statement of the form for one that the machine missed.
func missed(form url.Values, ix *quoth.Index) (quoth.Statement, error) {
	s := quoth.Statement{Source: []quoth.Span{}, Cue: []quoth.Span{}, Content: []quoth.Span{}, Speaker: []quoth.Speaker{}, Via: lines(form.Get("via")), To: lines(form.Get("to")),
		Act: quoth.Act(form.Get("act")), Quotation: quoth.Quotation(form.Get("quotation")), Role: strings.TrimSpace(form.Get("role")), When: whenOf(form)}
	if name := strings.TrimSpace(form.Get("speaker")); name != "" {
		s.Speaker = append(s.Speaker, quoth.Speaker{Name: name, Type: quoth.SpeakerType(form.Get("speaker_type"))})
	}
	for field, spans := range map[string]*[]quoth.Span{"source": &s.Source, "cue": &s.Cue, "content": &s.Content} {
		var err error
		if *spans, err = spansAt(form.Get(field), ix); err != nil {
			return s, fmt.Errorf("%s: %w", field, err)
		}
	}
	return s, nil
}

// figureChanges compares a form with a figure and gives the fields that differ.
func figureChanges(f quoth.Figure, form url.Values) ([]changedField, error) {
	var out []changedField
	for _, t := range [][2]string{{"unit", f.Unit}, {"about", f.About}, {"speaker", f.Speaker}} {
		if is := strings.TrimSpace(form.Get(t[0])); form.Has(t[0]) && is != t[1] {
			out = append(out, changedField{t[0], is})
		}
	}
	bound := map[string]*float64{"low": f.Low, "high": f.High}
	for _, name := range []string{"low", "high"} {
		if !form.Has(name) {
			continue
		}
		is, err := numberOf(form.Get(name))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", quoth.ErrMalformed, err)
		}
		if !equal(is, bound[name]) {
			out, bound[name] = append(out, changedField{name, is}), is
		}
	}
	if low, high := bound["low"], bound["high"]; low != nil && high != nil && *low > *high {
		return nil, fmt.Errorf("%w figure: it goes from %s down to %s", quoth.ErrMalformed, amount(*low), amount(*high))
	}
	return out, nil
}

type changedField struct {
	field string
	value any
}

// changes compares a form with a statement and gives the fields that differ:
// last those that are emptied, as a statement may at no time be.
func changes(s quoth.Statement, form url.Values, ix *quoth.Index) ([]changedField, error) {
	var out []changedField
	differ := func(field string, was, is any) {
		if compact(was) != compact(is) {
			out = append(out, changedField{field, is})
		}
	}
	if form.Has("act") {
		differ("act", s.Act, form.Get("act"))
	}
	if form.Has("quotation") {
		differ("quotation", s.Quotation, form.Get("quotation"))
	}
	if form.Has("role") {
		differ("role", s.Role, strings.TrimSpace(form.Get("role")))
	}
	if form.Has("via") {
		differ("via", store.List(s.Via), lines(form.Get("via")))
	}
	if form.Has("to") {
		differ("to", store.List(s.To), lines(form.Get("to")))
	}
	if form.Has("speaker") {
		was, is := []quoth.Speaker{}, []quoth.Speaker{}
		for _, sp := range s.Speaker {
			was = append(was, quoth.Speaker{Name: sp.Name, Type: sp.Type})
		}
		types := form["speaker_type"]
		for i, name := range form["speaker"] {
			if name = strings.TrimSpace(name); name != "" && i < len(types) {
				is = append(is, quoth.Speaker{Name: name, Type: quoth.SpeakerType(types[i])})
			}
		}
		differ("speaker", was, is)
	}
	if form.Has("when_text") {
		differ("when", s.When, whenOf(form))
	}
	for field, was := range map[string][]quoth.Span{"source": s.Source, "cue": s.Cue, "content": s.Content} {
		if !form.Has(field) || strings.TrimSpace(form.Get(field)) == spots(was) {
			continue
		}
		is, err := spansAt(form.Get(field), ix)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field, err)
		}
		differ(field, was, is)
	}
	emptied := func(c changedField) int {
		if spans, ok := c.value.([]quoth.Span); ok && len(spans) == 0 {
			return 1
		}
		return 0
	}
	slices.SortFunc(out, func(a, b changedField) int {
		return cmp.Or(cmp.Compare(emptied(a), emptied(b)), strings.Compare(a.field, b.field))
	})
	return out, nil
}

// whenOf is the time that a form gives; nil where it gives none.
func whenOf(form url.Values) *quoth.When {
	text, date := strings.TrimSpace(form.Get("when_text")), strings.TrimSpace(form.Get("when_date"))
	if text == "" && date == "" {
		return nil
	}
	return &quoth.When{Text: text, Date: date}
}

func lines(s string) []string {
	out := []string{}
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// spansAt reads what spots writes, or else the words themselves, parted as pages
// show them: "the cranes … are paid for". It gives them in the order of the text.
func spansAt(s string, ix *quoth.Index) ([]quoth.Span, error) {
	read := wordsAt
	if positions.MatchString(s) {
		read = placesAt
	}
	out, err := read(s, ix)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b quoth.Span) int { return cmp.Compare(a.Start, b.Start) })
	for i := 1; i < len(out); i++ {
		if a, b := out[i-1], out[i]; b.Start < a.End {
			return nil, fmt.Errorf("%w: the words %q and %q overlap", quoth.ErrMalformed, clip(a.Text, 60), clip(b.Text, 60))
		}
	}
	return out, nil
}

// wordsAt finds words that the text holds once. An ellipsis parts them, unless
// the text has it too.
func wordsAt(s string, ix *quoth.Index) ([]quoth.Span, error) {
	out, text := []quoth.Span{}, ix.Slice(0, ix.Len())
	parts := []string{s}
	if !strings.Contains(text, strings.TrimSpace(s)) {
		parts = strings.Split(s, "…")
	}
	if len(parts) > mostParts {
		return nil, fmt.Errorf("%w: more than %d pieces of words", quoth.ErrMalformed, mostParts)
	}
	for _, words := range parts {
		if words = strings.TrimSpace(words); words == "" {
			continue
		}
		at := strings.Index(text, words)
		if at < 0 {
			return nil, fmt.Errorf("%w: the article does not hold the words %q", quoth.ErrMalformed, clip(words, 60))
		}
		if n := strings.Count(text, words); n > 1 {
			return nil, fmt.Errorf("%w: the article holds the words %q %d times; mark them, or give more of them", quoth.ErrMalformed, clip(words, 60), n)
		}
		out = append(out, ix.Span(at, at+len(words)))
	}
	return out, nil
}

// mostParts bounds the pieces of words that are looked for.
const mostParts = 100

// placesAt reads positions: "5-9, 20-31".
func placesAt(s string, ix *quoth.Index) ([]quoth.Span, error) {
	out := []quoth.Span{}
	for _, part := range strings.Split(s, ",") {
		a, b, _ := strings.Cut(part, "-")
		start, err1 := strconv.Atoi(strings.TrimSpace(a))
		end, err2 := strconv.Atoi(strings.TrimSpace(b))
		if err1 != nil || err2 != nil || end <= start || end > ix.Len() {
			return nil, fmt.Errorf("%w position %q: write START-END within 0-%d", quoth.ErrMalformed, clip(part, 30), ix.Len())
		}
		out = append(out, quoth.Span{Start: start, End: end, Text: ix.Slice(start, end)})
	}
	return out, nil
}

var positions = regexp.MustCompile(`^\s*\d+\s*-\s*\d+(\s*,\s*\d+\s*-\s*\d+)*\s*$`)

func (d *Desk) undo(r *http.Request) (to, done string, err error) {
	return "/corrections", "undone", d.store.Undo(r.Context(), r.PathValue("id"), by(r, d.By))
}

func (d *Desk) decide(r *http.Request) (to, done string, err error) {
	x := store.Decision{Kind: store.DecisionKind(r.PostFormValue("kind")), From: r.PostFormValue("from"), To: r.PostFormValue("to"), Name: strings.TrimSpace(r.PostFormValue("name")), By: by(r, d.By)}
	for _, m := range r.PostForm["mention"] {
		var mention store.Mention
		if err := json.Unmarshal([]byte(m), &mention); err != nil {
			return "", "", fmt.Errorf("%w mention: %w", quoth.ErrMalformed, err)
		}
		x.Mentions = append(x.Mentions, mention)
	}
	if err := checkDecision(x); err != nil {
		return "", "", err
	}
	if x, err = d.store.Decide(r.Context(), x); err != nil {
		return "", "", err
	}
	d.joinLater()
	switch x.Kind {
	case store.Join:
		return address("speakers", x.To), "decided", nil
	case store.Split:
		return address("speakers", x.To), "split", nil
	}
	return address("speakers", x.From), "decided", nil
}

// checkDecision says what a decision lacks.
func checkDecision(x store.Decision) error {
	lacks := ""
	switch {
	case x.From == "":
		lacks = "whom it is about (from)"
	case (x.Kind == store.Join || x.Kind == store.Never) && x.To == "":
		lacks = "the other speaker (to)"
	case (x.Kind == store.Join || x.Kind == store.Never) && x.To == x.From:
		lacks = "another speaker (to) than the one it is about"
	case x.Kind == store.Split && len(x.Mentions) == 0:
		lacks = "the mentions that are somebody else’s: tick at least one"
	case x.Kind == store.Rename && x.Name == "":
		lacks = "the new name"
	case !slices.Contains([]store.DecisionKind{store.Join, store.Never, store.Split, store.Rename}, x.Kind):
		lacks = "its kind: join, never, split or rename"
	default:
		return nil
	}
	return fmt.Errorf("%w decision: it lacks %s", quoth.ErrMalformed, lacks)
}

func (d *Desk) reverse(r *http.Request) (to, done string, err error) {
	if err := d.store.Reverse(r.Context(), r.PathValue("id"), by(r, d.By)); err != nil {
		return "", "", err
	}
	d.joinLater()
	return "/corrections", "reversed", nil
}

func (d *Desk) judge(r *http.Request) (to, done string, err error) {
	v := store.Verdict{Kind: r.PostFormValue("kind"), Claim: r.PostFormValue("claim"), Statements: store.List(r.PostForm["statement"]), Value: strings.TrimSpace(r.PostFormValue("value")), By: by(r, d.By)}
	if other := r.PostFormValue("other"); other != "" {
		c, err := d.store.Claim(r.Context(), other)
		if err != nil {
			return "", "", err
		}
		for _, m := range c.Members {
			v.Statements = append(v.Statements, m.Statement)
		}
	}
	if _, err := d.putVerdict(r.Context(), v); err != nil {
		return "", "", err
	}
	return d.claimOr(r, "/claims"), "decided", nil
}

func (d *Desk) unjudge(r *http.Request) (to, done string, err error) {
	if err := d.store.Unjudge(r.Context(), r.PathValue("id"), by(r, d.By)); err != nil {
		return "", "", err
	}
	if err := d.join(r.Context()); err != nil {
		return "", "", err
	}
	return d.claimOr(r, "/corrections"), "reversed", nil
}

// claimOr is the page of the claim that a form is about, or another where the
// claims were joined anew and that one is gone.
func (d *Desk) claimOr(r *http.Request, other string) string {
	id := r.PostFormValue("claim")
	if _, err := d.store.Claim(r.Context(), id); err != nil {
		return other
	}
	return address("claims", id)
}

// join finds claims anew, so that a page shows what was just decided.
func (d *Desk) join(ctx context.Context) error {
	if d.Join == nil {
		return nil
	}
	return d.Join(ctx)
}

// joinLater does so on its own time: what was decided is not about claims.
func (d *Desk) joinLater() {
	if d.Join == nil {
		return
	}
	go func() {
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Minute)
		defer stop()
		if err := d.Join(ctx); err != nil {
			d.Log.Error("claims not joined anew", "error", err)
		}
	}()
}

func (d *Desk) feedForm(r *http.Request) (to, done string, err error) {
	ctx, at := r.Context(), r.PostFormValue("feed")
	switch r.PostFormValue("do") {
	case "add":
		if at, err = webAddress(at); err != nil {
			return "", "", err
		}
		if _, err := d.store.Feed(ctx, at); err == nil {
			return "/feeds", "subscribed", nil
		} else if !errors.Is(err, store.ErrNotFound) {
			return "", "", err
		}
		return "/feeds", "feed", d.store.PutFeed(ctx, store.Feed{URL: at, Outlet: strings.TrimSpace(r.PostFormValue("outlet")), Added: time.Now().UTC().Truncate(time.Second)})
	case "remove":
		return "/feeds", "unsubscribed", d.store.RemoveFeed(ctx, at)
	case "pause", "resume":
		f, err := d.store.Feed(ctx, at)
		if err != nil {
			return "", "", err
		}
		done = "resumed"
		if f.Paused = r.PostFormValue("do") == "pause"; f.Paused {
			done = "paused"
		}
		return "/feeds", done, d.store.PutFeed(ctx, f)
	case "run":
		if d.RunFeed == nil {
			break
		}
		if _, err := d.store.Feed(ctx, at); err != nil {
			return "", "", err
		}
		added, err := d.RunFeed(ctx, at)
		if err != nil {
			return "", "", fmt.Errorf("%w: %w", errFetch, err)
		}
		f, err := d.store.Feed(ctx, at)
		switch {
		case err != nil:
			return "", "", err
		case f.Error != "": // the list tells it
			return feedHref(f), "", nil
		case added == 0:
			return "/feeds", "nothing", nil
		}
		return "/feeds", "fetched", nil
	}
	return "", "", fmt.Errorf("%w: a feed can be added, removed, paused, resumed or run", quoth.ErrMalformed)
}
