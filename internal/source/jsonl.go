package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/quothnews/quoth"
)

// lines reads JSON Lines, or one article in JSON over several lines.
func (r *reader) lines(name, url string, br *bufio.Reader) bool {
	var line []byte
	for n := 1; ; n++ {
		var err error
		line, err = NextLine(br, line[:0], MaxPage)
		at := fmt.Sprintf("%s:%d", name, n)
		text := bytes.Trim(line, spaces)
		if n == 1 && err == nil && len(text) > 0 && !json.Valid(text) && goesOn(text) {
			if next, _ := br.Peek(256); len(bytes.TrimLeft(next, spaces)) > 0 && bytes.TrimLeft(next, spaces)[0] != '{' {
				return r.whole(name, url, line, br)
			}
		}
		switch {
		case errors.Is(err, errEndless):
			return r.fail(name, err)
		case errors.Is(err, quoth.ErrTooLarge):
			if !r.fail(at, err) {
				return false
			}
			continue
		case err != nil && err != io.EOF:
			return r.fail(at, cutOff(err))
		}
		if len(text) > 0 {
			if n == 1 && err == io.EOF {
				at = name
			}
			p, bad := article(text)
			p.Name = at
			if p.URL == "" {
				p.URL = url
			}
			if !r.yield(Item{Page: p, Name: at, Err: bad}) {
				return false
			}
		}
		if err == io.EOF {
			return true
		}
	}
}

// goesOn reports whether a line may be the first of an object of JSON over
// several: it is sound as far as it goes, and stops between tokens. One that
// stops within a string is damaged.
func goesOn(line []byte) bool {
	d := json.NewDecoder(bytes.NewReader(line))
	for {
		if _, err := d.Token(); err != nil {
			return err == io.EOF
		}
	}
}

// NextLine appends the next line to buf. One of more than most bytes is skipped
// and is an error.
func NextLine(br *bufio.Reader, buf []byte, most int) ([]byte, error) {
	long := false
	for {
		part, err := br.ReadSlice('\n')
		if len(buf)+len(part) > most {
			long, buf = true, buf[:0]
		} else if !long {
			buf = append(buf, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if long && (err == nil || err == io.EOF) {
			return buf[:0], tooLarge("the line", most)
		}
		return buf, err
	}
}

// whole reads one article in JSON whose first line has been taken.
func (r *reader) whole(name, url string, first []byte, br *bufio.Reader) bool {
	b, err := all(io.MultiReader(bytes.NewReader(bytes.Clone(first)), br))
	if err != nil {
		return r.fail(name, err)
	}
	p, err := article(bytes.Trim(b, spaces))
	p.Name = name
	if p.URL == "" {
		p.URL = url
	}
	return r.yield(Item{Page: p, Name: name, Err: err})
}

// array reads the articles of a JSON array.
func (r *reader) array(name, url string, b []byte) bool {
	var all []json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return r.fail(name, fmt.Errorf("%w JSON: %v", quoth.ErrMalformed, err))
	}
	if len(all) == 0 {
		return r.fail(name, fmt.Errorf("%w: its JSON array holds no article", quoth.ErrNotNews))
	}
	for i, x := range all {
		at := fmt.Sprintf("%s[%d]", name, i)
		p, err := article(x)
		p.Name = at
		if p.URL == "" {
			p.URL = url
		}
		if !r.yield(Item{Page: p, Name: at, Err: err}) {
			return false
		}
	}
	return true
}

// article makes a page of one JSON object: of its text, or of its HTML where
// the text is empty.
func article(b []byte) (quoth.Page, error) {
	var a struct {
		ID        string  `json:"id"`
		URL       string  `json:"url"`
		Outlet    string  `json:"outlet"`
		Title     string  `json:"title"`
		Byline    string  `json:"byline"`
		Published string  `json:"published"`
		Text      *string `json:"text"`
		HTML      *string `json:"html"`
	}
	if err := json.Unmarshal(b, &a); err != nil {
		var field *json.UnmarshalTypeError
		if errors.As(err, &field) && field.Field == "" {
			return quoth.Page{}, fmt.Errorf("%w JSON: not an article but %s", quoth.ErrMalformed, one(field.Value))
		}
		if errors.As(err, &field) {
			return quoth.Page{}, fmt.Errorf("%w JSON: field %q holds %s, where text is needed", quoth.ErrMalformed, field.Field, one(field.Value))
		}
		return quoth.Page{}, fmt.Errorf("%w JSON: %w; each line must be one article {\"id\", \"text\" or \"html\", …}", quoth.ErrMalformed, err)
	}
	p := quoth.Page{ID: a.ID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline, Published: a.Published}
	switch {
	case a.Text != nil && (a.HTML == nil || strings.TrimSpace(*a.Text) != ""):
		p.MediaType, p.Text = "text/plain", *a.Text
	case a.HTML != nil:
		p.MediaType, p.Body = "text/html", []byte(*a.HTML)
	default:
		return p, fmt.Errorf("%w JSON: no \"text\" and no \"html\"; give one of them", quoth.ErrMalformed)
	}
	if len(p.Text)+len(p.Body) == 0 {
		return p, fmt.Errorf("%w: its text is empty", quoth.ErrNotNews)
	}
	return p, nil
}

// one puts the article before a kind of JSON value: "an array".
func one(kind string) string {
	if strings.HasPrefix(kind, "array") || strings.HasPrefix(kind, "object") {
		return "an " + kind
	}
	return "a " + kind
}
