package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// feedsOut gives the desk's feeds as a list for other programs.
func (d *Desk) feedsOut(w http.ResponseWriter, r *http.Request) {
	list, err := d.store.Feeds(r.Context())
	var b bytes.Buffer
	if err == nil {
		err = d.WriteOPML(&b, list)
	}
	if err != nil {
		d.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="quoth-feeds.opml"`)
	w.Write(b.Bytes())
}

// feedsIn subscribes to the feeds of a list that a visitor has as a file. Of a
// damaged one those are taken that can be read.
func (d *Desk) feedsIn(r *http.Request) (to, done string, err error) {
	if d.ReadOPML == nil {
		return "", "", errNoPage
	}
	f, _, err := r.FormFile("list")
	if err != nil {
		if errors.As(err, new(*http.MaxBytesError)) {
			return "", "", err
		}
		return "", "", fmt.Errorf("%w: choose a file with a list of feeds", quoth.ErrMalformed)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return "", "", err
	}
	list, damaged := d.ReadOPML(b)
	added := 0
	for _, x := range list {
		_, is, err := store.Subscribe(r.Context(), d.store, x)
		if err != nil {
			return "", "", err
		}
		if is == store.New {
			added++
		}
	}
	switch {
	case damaged != nil && len(list) > 0:
		return "", "", fmt.Errorf("%s of the list could be read, and the desk has %s; the rest could not: %w", plural(len(list), "feed", "feeds"), noun(len(list), "it", "them"), damaged)
	case damaged != nil:
		return "", "", damaged
	case added == 0:
		return "/feeds", "allhad", nil
	}
	return "/feeds", "listed", nil
}
