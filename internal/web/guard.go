package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Bounds on what one visitor may ask for.
const (
	maxBody    = 1 << 20          // bytes of a request, imports apart
	maxImport  = 256 << 20        // bytes of an import
	maxTime    = 30 * time.Second // of a request, adding and files apart
	maxAtOnce  = 64               // requests answered at the same time
	maxWait    = 5 * time.Second  // for one's turn
	loginDelay = 500 * time.Millisecond
)

// policy lets a page load nothing but the desk's own style sheet, script and
// pictures, send forms nowhere else, and stand in nobody's frame.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// A guard stands before every page: it refuses strange hosts, other sites'
// requests and visitors without the token, and bounds what is asked.
type guard struct {
	token [sha256.Size]byte // of the token; zero where none is wanted
	asked bool              // whether a token is wanted
	turns chan struct{}
	most  time.Duration // that a request may take, its body included
	cross *http.CrossOriginProtection
}

func newGuard(token string) *guard {
	g := &guard{turns: make(chan struct{}, maxAtOnce), most: maxTime, cross: http.NewCrossOriginProtection(), asked: token != ""}
	g.token = sha256.Sum256([]byte(token))
	return g
}

const cookieName = "quoth-desk"

// cookie is what a visitor who knows the token is given to keep. The token
// cannot be told from it.
func (g *guard) cookie() string {
	h := hmac.New(sha256.New, g.token[:])
	h.Write([]byte("quoth desk: this visitor knows the token"))
	return hex.EncodeToString(h.Sum(nil))
}

func (g *guard) knows(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(sum[:], g.token[:]) == 1
}

func (g *guard) admitted(r *http.Request) bool {
	if !g.asked {
		return true
	}
	if scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return g.knows(strings.TrimSpace(token))
	}
	c, err := r.Cookie(cookieName)
	return err == nil && hmac.Equal([]byte(c.Value), []byte(g.cookie()))
}

// own tells whether a request names this machine as its host. A page of
// another site whose name has been pointed here (DNS rebinding) names itself.
func own(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// foreign tells a request that another site's page makes without the visitor
// going here: an image, a script, a frame, a fetch.
func foreign(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "cross-site" || site == "same-site") && (r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document")
}

// wrap puts the guard before next.
func (g *guard) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cache-Control", "no-store")
		if !g.asked && !own(r.Host) {
			refuse(w, r, http.StatusMisdirectedRequest, "This desk answers on this machine's own name only: open it as http://localhost or http://127.0.0.1.")
			return
		}
		if foreign(r) || g.cross.Check(r) != nil {
			refuse(w, r, http.StatusForbidden, "Another site asked for this. Open the desk itself and try again there.")
			return
		}
		if !g.admitted(r) && !open(r.URL.Path) {
			if wantsPage(r) {
				http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
				return
			}
			h.Set("WWW-Authenticate", `Bearer realm="quoth"`)
			refuse(w, r, http.StatusUnauthorized, "This desk wants its token: send it as Authorization: Bearer TOKEN.")
			return
		}
		ctx, stop := context.WithTimeout(r.Context(), maxWait)
		defer stop()
		select {
		case g.turns <- struct{}{}:
			defer func() { <-g.turns }()
		case <-ctx.Done():
			h.Set("Retry-After", "5")
			refuse(w, r, http.StatusServiceUnavailable, "The desk has too much to do at once. Try again in a few seconds.")
			return
		}
		limit, long := bounds(r)
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		if !long {
			ctx, stop := context.WithTimeout(r.Context(), g.most)
			defer stop()
			r = r.WithContext(ctx)
			// A body that trickles in would keep its turn. What is no connection has no deadline.
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(g.most))
		}
		next.ServeHTTP(w, r)
	})
}

// open tells what a visitor may see without the token: the door itself.
func open(path string) bool { return path == "/login" || strings.HasPrefix(path, "/static/") }

// bounds gives the most bytes that a request may bring, and whether it may take
// longer than others.
func bounds(r *http.Request) (limit int64, long bool) {
	switch p := r.URL.Path; {
	case p == "/api/import":
		return maxImport, true
	case p == "/add", p == "/api/pages", strings.HasPrefix(p, "/api/export"), strings.HasPrefix(p, "/feeds"), strings.HasPrefix(p, "/api/feeds"):
		return maxPage, true
	}
	return maxBody, false
}

// wantsPage tells a visitor with a browser from a program.
func wantsPage(r *http.Request) bool {
	return r.Method == http.MethodGet && !strings.HasPrefix(r.URL.Path, "/api/") && formatOf(r) == "html" && strings.Contains(r.Header.Get("Accept"), "text/html")
}
