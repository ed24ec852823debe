package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// forms answer what pages send. Each does one thing and leads back to a page.
func (d *Desk) forms(mux *http.ServeMux) {
	for pattern, h := range map[string]func(*http.Request) (to, done string, err error){
		"POST /add":                   d.add,
		"POST /articles/{id}/remove":  d.remove,
		"POST /corrections":           d.correct,
		"POST /corrections/{id}/undo": d.undo,
		"POST /decisions":             d.decide,
		"POST /decisions/{id}/undo":   d.reverse,
		"POST /verdicts":              d.judge,
		"POST /verdicts/{id}/undo":    d.unjudge,
		"POST /feeds":                 d.feedForm,
		"POST /feeds/list":            d.feedsIn,
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
	return added, err
}

// webAddress checks an address that is to be fetched.
func webAddress(s string) (string, error) {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		told := s[strings.LastIndexByte(s, '@')+1:] // without a password that it may hold
		return "", fmt.Errorf("%w address %q; write it as https://host/path", quoth.ErrMalformed, clip(told, 80))
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

func (d *Desk) remove(r *http.Request) (to, done string, err error) {
	if r.PostFormValue("sure") == "" {
		return "", "", fmt.Errorf("%w: tick the box, to say that the article is to go", quoth.ErrMalformed)
	}
	if _, err := d.store.Remove(r.Context(), r.PathValue("id"), r.PostFormValue("corrections") != ""); err != nil {
		return "", "", err
	}
	d.joinLater()
	return "/articles", "removed", nil
}

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
	return "/corrections", "reversed", d.store.Reverse(r.Context(), r.PathValue("id"), by(r, d.By))
}

func (d *Desk) judge(r *http.Request) (to, done string, err error) {
	v := store.Verdict{Kind: r.PostFormValue("kind"), Claim: r.PostFormValue("claim"), Statements: store.List(strings.Fields(strings.Join(r.PostForm["statement"], " "))), Value: strings.TrimSpace(r.PostFormValue("value")), By: by(r, d.By)}
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

// join finds claims anew, so that a page shows what was just decided. That is kept
// already: where joining, or waiting for another join, takes longer than a visitor
// waits, it shows later.
func (d *Desk) join(ctx context.Context) error {
	if d.Join == nil {
		return nil
	}
	err := d.Join(ctx)
	if err != nil && ctx.Err() != nil {
		d.joinLater()
		return nil
	}
	return err
}

// joinLater does so on its own time. Where one such join has not begun yet, it will
// do for this too.
func (d *Desk) joinLater() {
	if d.Join == nil {
		return
	}
	select {
	case d.due <- struct{}{}:
	default:
		return
	}
	go func() {
		d.joining.Lock()
		defer d.joining.Unlock()
		<-d.due
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
		switch _, is, err := store.Subscribe(ctx, d.store, store.Feed{URL: at, Outlet: strings.TrimSpace(r.PostFormValue("outlet"))}); {
		case err != nil:
			return "", "", err
		case is == store.Known:
			return "/feeds", "subscribed", nil
		case is == store.Revised:
			return "/feeds", "renewed", nil
		}
		return "/feeds", "feed", nil
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
			return "", "", err
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
