package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/internal/web"
)

type deskCmd struct {
	dbFlag
	Listen    string `default:"127.0.0.1:7788" placeholder:"ADDRESS" help:"Where to listen (${default}). Elsewhere than on this machine it wants --token-file."`
	TokenFile string `placeholder:"FILE" type:"existingfile" help:"A file with the token that visitors must give: at least 16 characters."`
	Open      bool   `help:"Open the desk in the browser."`
	Demo      bool   `help:"Fill a desk with the project's own made-up news, read now, and open it. It is gone when you stop."`
}

const leastToken = 16

// Validate refuses what is no address, before anything is said of who may see it.
func (c *deskCmd) Validate() error {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		what := err.Error()
		if bad := (*net.AddrError)(nil); errors.As(err, &bad) {
			what = strings.TrimSuffix(bad.Err, " in address")
		}
		return fmt.Errorf("--listen %s: %s; write it as 127.0.0.1:7788", c.Listen, what)
	}
	return nil
}

// Run serves the desk until it is stopped.
func (c *deskCmd) Run(p *program) (err error) {
	token, err := c.token()
	if err != nil {
		return err
	}
	r, err := p.reader()
	if err != nil {
		return err
	}
	if c.Demo {
		if c.DB != "" {
			fmt.Fprintf(p.stderr, "The demo has a store of its own, which is gone when you stop; %s stays as it is.\n", c.DB)
		}
		folder, err := os.MkdirTemp("", "quoth-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		c.DB = filepath.Join(folder, "quoth.db")
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%w; choose another address with --listen", err)
	}
	defer l.Close()
	s, err := c.open(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	k := newKeeper(s, r, source.NewWeb(false))
	if c.Demo {
		if err := demo(p, k); err != nil {
			return err
		}
	}
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	desk, err := web.New(web.Options{Store: s, Add: k.add, Join: k.join, RunFeed: k.runFeed, ReadOPML: readOPML, WriteOPML: writeOPML, Token: token, By: owner(), Model: r.Model(), Version: version,
		Log: log})
	if err != nil {
		return err
	}
	address := "http://" + visible(l.Addr())
	fmt.Fprintf(p.stdout, "The desk is open at %s\nStop it with Ctrl-C.\n", address)
	if c.Open || c.Demo {
		browse(address)
	}
	ctx, stop := context.WithCancel(p.ctx)
	defer stop()
	joined := make(chan struct{})
	go func() {
		defer close(joined)
		k.keepJoined(ctx, func(err error) { log.Error("claims not joined", "error", err) })
	}()
	err = serve(p.ctx, web.Server(desk), l)
	stop()
	<-joined // it still uses the store
	return err
}

// token reads the token, and wants one where the desk is seen from elsewhere.
func (c *deskCmd) token() (string, error) {
	if c.TokenFile == "" {
		if !local(c.Listen) {
			return "", fmt.Errorf("listening on %s lets others in: give a token with --token-file, or listen on 127.0.0.1", c.Listen)
		}
		return "", nil
	}
	b, err := os.ReadFile(c.TokenFile)
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(b))
	if len(token) < leastToken {
		return "", fmt.Errorf("the token in %s is too short: it must have %d characters or more", c.TokenFile, leastToken)
	}
	return token, nil
}

// local tells whether an address is this machine's loopback.
func local(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// visible is an address as a browser on this machine can open it.
func visible(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip, bad := netip.ParseAddr(host); err == nil && bad == nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return a.String()
}

func serve(ctx context.Context, s *http.Server, l net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	if err := s.Shutdown(ctx); err != nil {
		s.Close()
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// owner is who corrects, where nobody says otherwise.
func owner() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	if u.Name != "" {
		return u.Name
	}
	return u.Username
}

// browse opens an address in the user's browser, where there is one.
func browse(address string) {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		cmd = exec.Command("open", address)
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	default:
		cmd = exec.Command("xdg-open", address)
	}
	if cmd.Start() == nil {
		go cmd.Wait()
	}
}
