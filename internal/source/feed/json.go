package feed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/quothnews/quoth"
)

// readJSON reads a JSON Feed (jsonfeed.org, 1.0 and 1.1), item by item.
func readJSON(text []byte, address string) (Feed, error) {
	f := Feed{Kind: "json"}
	dec := json.NewDecoder(bytes.NewReader(text))
	broken := func(err error) error { return fmt.Errorf("%w JSON feed: %v", quoth.ErrMalformed, err) }
	if _, err := dec.Token(); err != nil {
		return f, broken(err)
	}
	version := false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return f, broken(err)
		}
		var to *string
		switch key {
		case "items":
			if err := jsonItems(dec, &f, address); err != nil {
				return f, broken(err)
			}
			continue
		case "title":
			to = &f.Title
		case "home_page_url":
			to = &f.Home
		}
		var v any
		if err := dec.Decode(&v); err != nil {
			return f, broken(err)
		}
		s, _ := v.(string)
		if to != nil {
			*to = squeeze(s)
		}
		version = version || key == "version" && strings.Contains(s, "jsonfeed.org")
	}
	if _, err := dec.Token(); err != nil {
		return f, broken(err)
	}
	f.Home = resolve(address, f.Home)
	if !version && len(f.Entries) == 0 {
		return f, fmt.Errorf("%w: JSON, but no JSON Feed", quoth.ErrMalformed)
	}
	return f, nil
}

func jsonItems(dec *json.Decoder, f *Feed, address string) error {
	open, err := dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('[') {
		return fmt.Errorf("\"items\" is no list")
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		var item struct {
			ID        any    `json:"id"`
			URL       string `json:"url"`
			External  string `json:"external_url"`
			Title     string `json:"title"`
			Published string `json:"date_published"`
			Modified  string `json:"date_modified"`
		}
		if json.Unmarshal(raw, &item) != nil {
			continue // one item of a wrong shape is not the others' fault
		}
		id, _ := item.ID.(string)
		for _, u := range []string{resolve(address, item.URL), resolve("", id), resolve(address, item.External)} {
			if u != "" {
				f.Entries = append(f.Entries, Entry{URL: u, Title: squeeze(item.Title), Published: date(item.Published), Updated: date(item.Modified)})
				break
			}
		}
	}
	_, err = dec.Token()
	return err
}
