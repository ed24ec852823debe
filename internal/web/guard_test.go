package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

func TestHosts(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	for host, want := range map[string]int{"localhost:7788": 200, "LOCALHOST": 200, "127.0.0.1:1": 200, "[::1]:7788": 200, "127.9.9.9": 200, "evil.example": 421, "evil.example:7788": 421, "127.0.0.1.evil.example": 421, "192.168.1.2:7788": 421, "localhost.evil.example": 421} {
		v.host = host
		if w := v.get("/"); w.Code != want {
			t.Errorf("%s: %d", host, w.Code)
		}
		if w := v.get("/api/count"); w.Code != want {
			t.Errorf("%s, API: %d", host, w.Code)
		}
	}
}

func TestCrossSite(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	const form = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		method, at string
		want       int
		set        []string
	}{
		{"POST", "/feeds", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}},
		{"POST", "/feeds", 403, []string{"Sec-Fetch-Site", "same-site"}},
		{"POST", "/feeds", 403, []string{"Origin", "https://evil.example"}},
		{"DELETE", "/api/feeds?url=https://a.example/x", 403, []string{"Origin", "https://evil.example"}},
		{"POST", "/api/import", 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"GET", "/front.json", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"}},
		{"GET", "/", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}},
		{"GET", "/add?url=https://a.example", 200, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}},
		{"POST", "/feeds", 303, []string{"Sec-Fetch-Site", "same-origin"}},
	} {
		w := v.do(c.method, c.at, strings.NewReader("do=add&feed=https%3A%2F%2Fa.example%2Fx"), append(c.set, "Content-Type", form)...)
		if w.Code != c.want {
			t.Errorf("%s %s %v: %d %s", c.method, c.at, c.set, w.Code, w.Body)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	v.fill()
	for _, at := range []string{"/", "/nowhere", "/front.json", "/api/count", "/api/nothing", "/static/desk.js", "/static/desk.css", "/login", "/articles/talks"} {
		h := v.get(at).Header()
		csp := h.Get("Content-Security-Policy")
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("X-Frame-Options") != "DENY" || !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: %v", at, h)
		}
		if h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s lets other sites read", at)
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	const token = "correct horse battery"
	v := newVisit(t, Options{Token: token})
	v.fill()
	v.host = "desk.example" // a token stands in for the name
	html := []string{"Accept", "text/html"}
	if w := v.get("/claims?q=call", html...); w.Code != 303 || w.Header().Get("Location") != "/login?next="+url.QueryEscape("/claims?q=call") {
		t.Errorf("a stranger: %d %v", w.Code, w.Header())
	}
	for _, at := range []string{"/api/count", "/front.json", "/api/openapi.json", "/api/export/store.jsonl", "/"} {
		if w := v.get(at); w.Code != 401 || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d", at, w.Code)
		}
	}
	for _, bad := range []string{"Bearer", "Bearer x", "Bearer " + token + "x", "Basic " + token, "Bearer " + v.desk.guard.cookie()} {
		if w := v.get("/api/count", "Authorization", bad); w.Code != 401 {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	if w := v.get("/api/count", "Authorization", "bearer "+token); w.Code != 200 {
		t.Errorf("the token: %d", w.Code)
	}
	if w := v.do("POST", "/corrections", strings.NewReader("")); w.Code != 401 {
		t.Errorf("a stranger's form: %d", w.Code)
	}
	start := time.Now()
	if to := v.post("/login", url.Values{"token": {"wrong"}, "next": {"/claims"}}); to != "/login?wrong=1&next=%2Fclaims" || time.Since(start) < loginDelay {
		t.Errorf("a wrong token leads to %s", to)
	}
	w := v.do("POST", "/login", strings.NewReader(url.Values{"token": {token}, "next": {"//evil.example/"}}.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != 303 || w.Header().Get("Location") != "/" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	cookie := w.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || strings.Contains(cookie.Value, token) {
		t.Errorf("%+v", cookie)
	}
	v.set.Set("Cookie", cookie.Name+"="+cookie.Value)
	if len(has(v.page("/claims"), "form[action=/logout]")) != 1 {
		t.Error("no way to sign out")
	}
	if w := v.do("POST", "/logout", nil); w.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("%v", w.Result().Cookies())
	}
	v.set.Set("Cookie", cookie.Name+"="+cookie.Value[:len(cookie.Value)-1]+"0")
	if w := v.get("/front.json"); w.Code != 401 && cookie.Value[len(cookie.Value)-1] != '0' {
		t.Errorf("a forged cookie: %d", w.Code)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	v := newVisit(t, Options{Add: func(ctx context.Context, p quoth.Page) ([]store.Added, error) {
		<-gate
		return []store.Added{{Article: "x", Revision: 1, Outcome: store.New}}, nil
	}})
	big := strings.Repeat("x", maxBody+1)
	if w := v.do("POST", "/corrections", strings.NewReader("note="+big), "Content-Type", "application/x-www-form-urlencoded"); w.Code != 413 {
		t.Errorf("a large form: %d", w.Code)
	}
	if w := v.do("POST", "/api/corrections", strings.NewReader(`{"note":"`+big+`"}`), "Content-Type", "application/json"); w.Code != 413 {
		t.Errorf("a large request: %d", w.Code)
	}
	codes := make(chan int)
	n := cap(v.desk.waiting) + 3
	for range n {
		go func() {
			w := v.do("POST", "/add", strings.NewReader("url=https%3A%2F%2Fa.example"), "Content-Type", "application/x-www-form-urlencoded")
			codes <- w.Code
		}()
	}
	for range 3 { // those beyond the queue are sent away at once
		if code := <-codes; code != http.StatusTooManyRequests {
			t.Errorf("one too many: %d", code)
		}
	}
	close(gate)
	for range n - 3 {
		if code := <-codes; code != http.StatusSeeOther {
			t.Errorf("one in the queue: %d", code)
		}
	}
}

// Who sends a form and never ends it is sent away.
func TestTrickle(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{Token: "a token of many letters"})
	v.desk.guard.most = 50 * time.Millisecond
	s := httptest.NewServer(v.desk)
	defer s.Close()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntoken=")
	c.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("it keeps its turn: %v", err)
	}
}

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{"/claims": "/claims", "/claims?q=a#x": "/claims?q=a#x", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/", "javascript:alert(1)": "/", "": "/", "claims": "/", "/%0d%0aSet-Cookie:x": "/%0d%0aSet-Cookie:x"} {
		if got := local(to, ""); got != want {
			t.Errorf("%q leads to %q", to, got)
		}
	}
	if got := local("/claims?done=x", "decided"); got != "/claims?done=decided" {
		t.Error(got)
	}
}

// TestMethods: a method that an address does not take is refused in the form of
// what was asked.
func TestMethods(t *testing.T) {
	t.Parallel()
	v := newVisit(t, Options{})
	for _, c := range []struct {
		method, at, allow, kind string
		want                    int
	}{
		{"POST", "/api/count", "GET, HEAD", "application/problem+json", 405},
		{"PATCH", "/api/feeds", "DELETE, GET, HEAD, POST", "application/problem+json", 405},
		{"PUT", "/api/decisions/d1", "DELETE", "application/problem+json", 405},
		{"GET", "/api/pages", "POST", "application/problem+json", 405},
		{"GET", "/verdicts", "POST", "text/html; charset=utf-8", 405},
		{"GET", "/api/nothing", "", "application/problem+json", 404},
		{"POST", "/api/nothing", "", "application/problem+json", 404},
		{"DELETE", "/claims", "GET, HEAD", "text/html; charset=utf-8", 405},
		{"POST", "/nothing", "", "text/html; charset=utf-8", 404},
		{"PUT", "/feeds?format=json", "GET, HEAD, POST", "application/json; charset=utf-8", 405},
	} {
		w := v.do(c.method, c.at, strings.NewReader("{}"))
		h := w.Header()
		if w.Code != c.want || h.Get("Allow") != c.allow || h.Get("Content-Type") != c.kind {
			t.Errorf("%s %s: %d, allows %q, in %s", c.method, c.at, w.Code, h.Get("Allow"), h.Get("Content-Type"))
		}
		var x trouble
		if err := json.Unmarshal(w.Body.Bytes(), &x); strings.Contains(c.kind, "json") && (err != nil || x.Status != c.want || x.Detail == "") {
			t.Errorf("%s %s: %s, %v", c.method, c.at, w.Body, err)
		}
	}
	if w := v.get("/api//count"); w.Code != http.StatusTemporaryRedirect {
		t.Errorf("an address with a stroke too many: %d %s", w.Code, w.Body)
	}
}
