package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/quothnews/quoth"
)

// UserAgent is how Quoth names itself to servers.
const UserAgent = "Quoth/0.1 (+https://github.com/quothnews/quoth)"

const (
	redirects    = 5
	connectTime  = 10 * time.Second
	headerTime   = 20 * time.Second
	responseTime = 60 * time.Second
)

// A fetcher gets pages from the network, politely and within bounds.
type fetcher struct {
	client *http.Client
	robots map[string]*robots // by scheme and host
}

func newFetcher(allowPrivate bool) *fetcher {
	dialer := &net.Dialer{Timeout: connectTime}
	if !allowPrivate {
		// Checked on the address that is really dialled: neither a redirect nor
		// a name that changes its answer gets round it.
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return err
			}
			if ip := to.Addr().Unmap(); !public(ip) {
				return fmt.Errorf("%w: %s is an address of a private network; --allow-private permits it", quoth.ErrRefused, ip)
			}
			return nil
		}
	}
	return &fetcher{
		robots: map[string]*robots{},
		client: &http.Client{
			Timeout: responseTime,
			Transport: &http.Transport{
				DialContext: dialer.DialContext, TLSHandshakeTimeout: connectTime, ResponseHeaderTimeout: headerTime,
				MaxResponseHeaderBytes: 1 << 20, ForceAttemptHTTP2: true,
			},
			CheckRedirect: func(req *http.Request, via []*http.Request) error {
				if len(via) > redirects {
					return fmt.Errorf("%w: more than %d redirects", quoth.ErrRefused, redirects)
				}
				if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
					return fmt.Errorf("%w: a redirect to %q", quoth.ErrRefused, req.URL.Scheme)
				}
				return nil
			},
		},
	}
}

var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"),
}

func public(ip netip.Addr) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// get fetches one page and tells the address it came from in the end.
func (f *fetcher) get(ctx context.Context, address string) ([]byte, string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, "", fmt.Errorf("%w address; write it as https://host/path", quoth.ErrMalformed)
	}
	if ok, err := f.allowed(ctx, u); err != nil {
		return nil, "", err
	} else if !ok {
		return nil, "", fmt.Errorf("%w: the site's robots.txt does not let %s read this address; save the page and give the file", quoth.ErrRefused, "Quoth")
	}
	resp, err := f.do(ctx, u)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, "", fmt.Errorf("the server answers %s; check the address", resp.Status)
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, MaxPage+1))
	if err != nil {
		return nil, "", network(err)
	}
	if len(b) > MaxPage {
		return nil, "", tooLarge("the page")
	}
	return b, resp.Request.URL.String(), nil
}

func (f *fetcher) do(ctx context.Context, u *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", UserAgent)
	req.Header.Set("Accept", "text/html, text/plain, application/json;q=0.8, */*;q=0.1")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, network(err)
	}
	return resp, nil
}

// network says in plain words what went wrong.
func network(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		if u.Timeout() {
			return fmt.Errorf("the server does not answer in time; try again later")
		}
		err = u.Err
	}
	var n net.Error
	if errors.As(err, &n) && n.Timeout() {
		return fmt.Errorf("the server does not answer in time; try again later")
	}
	var d *net.DNSError
	if errors.As(err, &d) {
		return fmt.Errorf("no host is named %q; check the address", d.Name)
	}
	return err
}

// allowed asks the site's robots.txt, once a site.
func (f *fetcher) allowed(ctx context.Context, u *url.URL) (bool, error) {
	site := u.Scheme + "://" + u.Host
	r, ok := f.robots[site]
	if !ok {
		resp, err := f.do(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
		if err != nil {
			return false, err
		}
		defer resp.Body.Close()
		switch {
		case resp.StatusCode >= 500:
			r = &robots{rules: []rule{{path: "/"}}} // RFC 9309: assume that nothing is allowed
		case resp.StatusCode >= 400:
			r = &robots{}
		default:
			b, err := io.ReadAll(io.LimitReader(resp.Body, 512<<10))
			if err != nil {
				return false, network(err)
			}
			r = parseRobots(string(b), "quoth")
		}
		f.robots[site] = r
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return r.allows(path), nil
}
