package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/storetest"
)

func open(t *testing.T, path string) store.Store {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		s := open(t, filepath.Join(t.TempDir(), "quoth.db"))
		t.Cleanup(func() { s.Close() })
		return s
	})
}
