// Package source is the front door: it turns what a user names (files,
// folders, "-", addresses) into a stream of pages, in order.
//
//	for item := range source.Read(ctx, inputs, source.Options{Stdin: os.Stdin}) {
//		if item.Err != nil { … } // the others go on
//	}
//
// The kind of an input is found by looking inside: HTML, plain text, one
// article in JSON, or JSON Lines of articles; any of them gzipped, in UTF-8,
// UTF-16 or Windows-1252. A text that is UTF-8 is handed on unchanged.
//
// Limits: a page, a line, and an answer from the network are at most
// [MaxPage] bytes after decompression. JSON Lines are read as a stream.
package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/quothnews/quoth"
)

// MaxPage is the most bytes of one page.
const MaxPage = 50 << 20

// Options says where standard input is and how the network may be used.
type Options struct {
	Stdin        io.Reader
	AllowPrivate bool // addresses of private networks and of this machine may be fetched
	Web          *Web // what fetches addresses; nil for one of its own
}

// An Item is a page, or why there is none. Name says which: a path, an
// address, or "articles.jsonl:17".
type Item struct {
	Page quoth.Page
	Name string
	Err  error
}

// Read opens the inputs one after the other. It stops when the context ends or
// the caller does.
func Read(ctx context.Context, inputs []string, o Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		r := reader{ctx: ctx, yield: func(it Item) bool { return ctx.Err() == nil && yield(it) }}
		for _, in := range inputs {
			ok := true
			switch {
			case in == "-":
				ok = r.stream("standard input", "", o.Stdin)
			case strings.HasPrefix(in, "http://") || strings.HasPrefix(in, "https://"):
				if o.Web == nil {
					o.Web = NewWeb(o.AllowPrivate)
				}
				ok = r.address(o.Web, in)
			default:
				ok = r.path(in)
			}
			if !ok {
				return
			}
		}
	}
}

type reader struct {
	ctx   context.Context
	yield func(Item) bool
}

func (r *reader) fail(name string, err error) bool { return r.yield(Item{Name: name, Err: err}) }

// path reads a file, or all files below a folder in order of their names.
func (r *reader) path(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return r.fail(path, plainError(err))
	}
	if !info.IsDir() {
		return r.file(path)
	}
	more, files := true, 0
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = r.fail(p, plainError(err))
		case d.IsDir() && p != path && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.Type().IsRegular() && !strings.HasPrefix(d.Name(), "."):
			files++
			more = r.file(p)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return r.fail(path, plainError(err))
	}
	if files == 0 && more {
		return r.fail(path, errors.New("the folder holds no files; give one with articles"))
	}
	return more
}

func plainError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (r *reader) file(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return r.fail(path, plainError(err))
	}
	defer f.Close()
	return r.stream(path, "", f)
}

func (r *reader) address(web *Web, address string) bool {
	name := Shown(address)
	a, err := web.Get(r.ctx, Request{URL: address})
	if err != nil {
		return r.fail(name, err)
	}
	return r.stream(name, Shown(a.URL), bytes.NewReader(a.Body))
}

// Page gets one article's page.
func (w *Web) Page(ctx context.Context, address string) (quoth.Page, error) {
	a, err := w.Get(ctx, Request{URL: address})
	if err != nil {
		return quoth.Page{Name: Shown(address)}, err
	}
	p, err := Bytes(a.Body)
	p.Name, p.URL = Shown(address), ownAddress(a.URL, a.Body)
	return p, err
}

// Shown is an address as it may be told: without the name and password that it may hold.
func Shown(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

var spaces = "\ufeff \t\r\n"

// stream finds out what an input holds and gives its pages.
func (r *reader) stream(name, url string, in io.Reader) bool {
	br := bufio.NewReaderSize(in, 64<<10)
	for range 2 { // gzip, or gzip in gzip
		head, _ := br.Peek(2)
		if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
			break
		}
		z, err := gzip.NewReader(br)
		if err != nil {
			return r.fail(name, fmt.Errorf("%w gzip: %v; compress it again", quoth.ErrMalformed, err))
		}
		br = bufio.NewReaderSize(z, 64<<10)
	}
	head, err := br.Peek(4096)
	start := bytes.TrimLeft(head, spaces)
	if len(start) == 0 && err != nil && err != io.EOF {
		return r.fail(name, cutOff(err))
	}
	if len(start) > 0 && start[0] == '{' && !bytes.Contains(head, []byte{0}) {
		return r.lines(name, url, br)
	}
	b, err := all(br)
	if err != nil {
		return r.fail(name, err)
	}
	if len(start) > 0 && start[0] == '[' && json.Valid(b) {
		return r.array(name, url, b)
	}
	page, err := Bytes(b)
	page.URL, page.Name = url, name
	if url != "" {
		page.URL = ownAddress(url, page.Body)
	}
	return r.yield(Item{Page: page, Name: name, Err: err})
}

func cutOff(err error) error {
	return fmt.Errorf("%w: cut off or damaged (%v); fetch it again", quoth.ErrMalformed, err)
}

func tooLarge(what string) error {
	return fmt.Errorf("%s is %w: more than %d MB; split it", what, quoth.ErrTooLarge, MaxPage>>20)
}

func all(in io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in, MaxPage+1))
	if err != nil {
		return nil, cutOff(err)
	}
	if len(b) > MaxPage {
		return nil, tooLarge("the page")
	}
	return b, nil
}

var markup = regexp.MustCompile(`(?i)<(!doctype html|html|head|body|article|main|div|p|h1|meta|title)[\s>]`)

// Bytes makes a page of bytes that are no JSON: HTML, or text in one of the
// encodings that are known.
func Bytes(b []byte) (quoth.Page, error) {
	var p quoth.Page
	if len(bytes.Trim(b, spaces+"\x00")) == 0 {
		return p, fmt.Errorf("%w: it is empty", quoth.ErrNotNews)
	}
	kind := http.DetectContentType(b)
	wide := wideText(b)
	if base, _, _ := strings.Cut(kind, ";"); wide == nil && !strings.HasPrefix(base, "text/") && (base != "application/octet-stream" || binary(b)) {
		return p, fmt.Errorf("%w: it looks like %s; save its text as .txt or .html and give that", quoth.ErrNotNews, base)
	}
	head := b[:min(len(b), 4096)]
	if wide != nil {
		head = wide[:min(len(wide), 4096)]
	}
	if start := bytes.TrimLeft(head, spaces+"\x00"); len(start) > 0 && start[0] == '<' && markup.Match(head) {
		p.MediaType, p.Body = "text/html", b
		if wide != nil {
			p.Body = wide
		}
		return p, nil
	}
	p.MediaType = "text/plain"
	switch {
	case wide != nil:
		p.Text = string(wide)
	case utf8.Valid(b):
		p.Text = string(b)
	default:
		d, err := charmap.Windows1252.NewDecoder().Bytes(b)
		if err != nil {
			return p, fmt.Errorf("%w: neither UTF-8 nor Windows-1252: %v", quoth.ErrMalformed, err)
		}
		p.Text = string(d)
	}
	p.Body = b
	return p, nil
}

// binary tells bytes that are no text in any encoding.
func binary(b []byte) bool {
	odd := 0
	for _, c := range b[:min(len(b), 8192)] {
		if c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			odd++
		}
	}
	return odd*10 > min(len(b), 8192)
}

// wideText decodes UTF-16, known by its mark or by every other byte being zero.
// It returns nil for anything else.
func wideText(b []byte) []byte {
	order, mark := unicode.LittleEndian, unicode.UseBOM
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
	default:
		mark = unicode.IgnoreBOM
		var zero [2]int
		n := min(len(b), 2048) &^ 1
		for i, c := range b[:n] {
			if c == 0 {
				zero[i&1]++
			}
		}
		switch {
		case n < 8:
			return nil
		case zero[1]*10 > n/2*7 && zero[0]*10 < n/2:
		case zero[0]*10 > n/2*7 && zero[1]*10 < n/2:
			order = unicode.BigEndian
		default:
			return nil
		}
	}
	d, err := unicode.UTF16(order, mark).NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return d
}
