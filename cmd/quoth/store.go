package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlite"
)

// dbFlag says which store a command works on.
type dbFlag struct {
	DB string `name:"db" env:"QUOTH_DB" placeholder:"FILE" help:"The store. Without it $$${env}, else quoth.db in your data folder."`
}

// open opens the store and makes it where it is missing.
func (d dbFlag) open(p *program) (store.Store, error) {
	path, err := d.path()
	if err != nil {
		return nil, err
	}
	return sqlite.Open(p.ctx, path)
}

// openLate gives a store that is opened, and made where it is missing, when it
// is first asked for: a command that finds nothing to keep makes none.
func (d dbFlag) openLate(p *program) *lateStore {
	return &lateStore{open: sync.OnceValues(func() (store.Store, error) { return d.open(p) })}
}

// A lateStore is a store that need not be there before something is kept.
type lateStore struct {
	open func() (store.Store, error)
	used atomic.Bool
}

func (l *lateStore) get() (store.Store, error) {
	l.used.Store(true)
	return l.open()
}

// close closes the store, if it was opened.
func (l *lateStore) close() error {
	if !l.used.Load() {
		return nil
	}
	s, err := l.open()
	if err != nil {
		return nil // told by who asked for it
	}
	return s.Close()
}

// openOld opens a store that must be there.
func (d dbFlag) openOld(p *program) (store.Store, error) {
	path, err := d.path()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("there is no store at %s yet; make one with quoth add", path)
	}
	return sqlite.Open(p.ctx, path)
}

func (d dbFlag) path() (string, error) {
	if d.DB != "" {
		return d.DB, nil
	}
	folder, err := dataFolder()
	if err != nil {
		return "", fmt.Errorf("where is your data folder? %w; name the store with --db", err)
	}
	return filepath.Join(folder, "quoth", "quoth.db"), nil
}

// dataFolder is where this system keeps a user's data.
func dataFolder() (string, error) {
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return dir, nil
		}
		return "", errors.New("%LocalAppData% is not set")
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support"), err
	}
	return filepath.Join(home, ".local", "share"), err
}

// code names the version of the program that reads: records carry it.
func code() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version
	}
	at := map[string]string{}
	for _, s := range info.Settings {
		at[s.Key] = s.Value
	}
	name := version
	if rev := at["vcs.revision"]; len(rev) >= 12 {
		name += "+" + rev[:12]
	}
	if at["vcs.modified"] == "true" {
		name += ".changed"
	}
	return name
}

// days reads "2025-01..2025-02-10", "2025-02", "..2025" or "2025..".
func days(flag, s string) (store.Days, error) {
	if s == "" {
		return store.Days{}, nil
	}
	from, to, ok := strings.Cut(s, "..")
	if !ok {
		to = from
	}
	d := store.Days{From: from, To: to}
	if _, _, err := d.Bounds(); err != nil {
		return d, fmt.Errorf("--%s %s: %w", flag, s, err)
	}
	return d, nil
}

// bounds reads "3000..4000", "850000", "..10" or "1000..".
func bounds(flag, s string) (low, high *float64, err error) {
	if s == "" {
		return nil, nil, nil
	}
	from, to, ok := strings.Cut(s, "..")
	if !ok {
		to = from
	}
	number := func(end string) *float64 {
		if end == "" {
			return nil
		}
		x, bad := strconv.ParseFloat(strings.ReplaceAll(end, ",", ""), 64)
		if bad != nil && err == nil {
			err = fmt.Errorf("--%s %s: %q is no number; write 3000..4000", flag, s, end)
		}
		return &x
	}
	low, high = number(from), number(to)
	if err == nil && low == nil && high == nil {
		err = fmt.Errorf("--%s %s: no number in it; write 3000..4000", flag, s)
	}
	return low, high, err
}
