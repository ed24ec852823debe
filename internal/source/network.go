package source

import (
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

const (
	connectTime  = 10 * time.Second
	headerTime   = 20 * time.Second
	responseTime = 60 * time.Second
)

// newClient makes a client that follows no redirect and dials only addresses
// that are allowed. The check stands on the address that is really dialled, so
// that no name can change its answer between check and use.
func newClient(allowed func(netip.Addr) bool) *http.Client {
	dialer := &net.Dialer{Timeout: connectTime, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !allowed(to.Addr()) {
			return fmt.Errorf("%w: %s is an address of a private network; on the command line, --allow-private permits it", quoth.ErrRefused, to.Addr())
		}
		return nil
	}}
	return &http.Client{
		Timeout: responseTime,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: connectTime, ResponseHeaderTimeout: headerTime,
			MaxResponseHeaderBytes: 1 << 20, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 1, IdleConnTimeout: responseTime,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Networks that netip does not call private but that lead nowhere public, or
// hold an IPv4 address that may be private (IANA special-purpose registries).
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("::ffff:0:0:0/96"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
}

// public reports whether an address is one of the public internet.
func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
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

var errSilent = errors.New("the server does not answer in time; try again later")

// plainNetwork says in plain words what went wrong, without the address, which
// may hold a password.
func plainNetwork(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		if u.Timeout() {
			return errSilent
		}
		err = u.Err
	}
	var n net.Error
	if errors.As(err, &n) && n.Timeout() {
		return errSilent
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the answer breaks off; try again later")
	}
	var d *net.DNSError
	if errors.As(err, &d) {
		if d.IsNotFound {
			return fmt.Errorf("no host is named %q; check the address", d.Name)
		}
		return fmt.Errorf("the host %q cannot be looked up now; check your network, and try again", d.Name)
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		return errors.New("the server takes no connection; check the address, or try again later")
	}
	if errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH) {
		return errors.New("no way leads to the server; check your network, and try again")
	}
	var o *net.OpError
	if errors.As(err, &o) {
		return o.Err // without the numbers of the address
	}
	return err
}
