// Package source is the front door: it turns what a user names (files,
// folders, "-", addresses) into a stream of pages, in order.
//
//	for item := range source.Read(ctx, inputs, source.Options{Stdin: os.Stdin}) {
//		if item.Err != nil { … } // the others go on
//	}
//
// The kind of an input is found by looking inside: HTML, plain text, one
// article in JSON, or JSON Lines of articles; any of them gzipped, in UTF-8,
// UTF-16, UTF-32 or Windows-1252, or in what the server or the page names. A text that
// is UTF-8 is handed on unchanged, whatever it is called; in one that is
// damaged, the code point U+FFFD stands for what is broken.
//
// In a folder, links to files are followed, links to folders are not. What goes
// with pages is passed over there: styles, scripts, fonts and pictures by their
// names, and the folder page_files that a browser saves beside page.html.
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
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// MaxPage is the most bytes of one page.
const MaxPage = 50 << 20

// MaxLine is the most bytes of a line of what quoth itself writes: a record, or
// a stored page in base64 with its records.
const MaxLine = 4 * MaxPage

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
	Now  bool // the page is what stands at an address now, not in a file or a list
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
				in, done := Stoppable(ctx, o.Stdin)
				ok = r.stream("standard input", "", "", in)
				done()
			case OnWeb(in):
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

// Stoppable gives what in holds until the context ends, then its error, also
// while in waits for somebody to type. The caller calls done in the end.
func Stoppable(ctx context.Context, in io.Reader) (out io.Reader, done func()) {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err)
	}()
	stop := context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	return r, func() { stop(); r.Close() }
}

// OnWeb reports whether an input is an address of the web.
func OnWeb(in string) bool {
	scheme, _, ok := strings.Cut(in, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

type reader struct {
	ctx   context.Context
	yield func(Item) bool
}

func (r *reader) fail(name string, err error) bool { return r.yield(Item{Name: name, Err: err}) }

// path reads a file, or all files below a folder in order of their names.
func (r *reader) path(path string) bool {
	info, err := os.Stat(path)
	switch {
	case path == "":
		return r.fail(`""`, errors.New("an input without a name; name a file, a folder, an address, or - for standard input"))
	case err != nil && strings.Contains(path, "://"):
		return r.fail(path, errors.New("no file, and of addresses only http and https can be read"))
	case err != nil:
		return r.fail(path, NoFile(path, err))
	}
	if !info.IsDir() {
		return r.file(path)
	}
	more, files := true, 0
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = r.fail(p, plainError(err))
		case d.IsDir() && p != path && (strings.HasPrefix(d.Name(), ".") || savedBeside(p)):
			return fs.SkipDir
		case strings.HasPrefix(d.Name(), "."), notRead[strings.ToLower(filepath.Ext(p))] && !d.IsDir():
		case d.Type().IsRegular():
			files++
			more = r.file(p)
		case d.Type()&fs.ModeSymlink != 0:
			if info, err := os.Stat(p); err != nil {
				more = r.fail(p, plainError(err))
			} else if info.Mode().IsRegular() {
				files++
				more = r.file(p)
			}
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
		return r.fail(path, errors.New("the folder holds no files to read; give one with articles"))
	}
	return more
}

// notRead are the endings of files that go with pages and hold no articles.
var notRead = map[string]bool{
	".css": true, ".js": true, ".mjs": true, ".map": true,
	".woff": true, ".woff2": true, ".ttf": true, ".otf": true, ".eot": true,
	".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".avif": true, ".svg": true, ".ico": true, ".bmp": true,
}

// savedBeside reports whether a browser saved this folder with a page: it is
// called page_files and stands beside page.html or page.htm.
func savedBeside(folder string) bool {
	page, ok := strings.CutSuffix(folder, "_files")
	if !ok {
		return false
	}
	for _, ending := range []string{".html", ".htm"} {
		if _, err := os.Stat(page + ending); err == nil {
			return true
		}
	}
	return false
}

// bareAddress is what looks like an address of the web without its beginning:
// "example.org/news/1".
var bareAddress = regexp.MustCompile(`^(?:www\.[^/]|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/.)`)

// NoFile says why a file cannot be had, without its name; of what may be meant
// as an address of the web, how one begins.
func NoFile(path string, err error) error {
	err = plainError(err)
	if errors.Is(err, fs.ErrNotExist) && bareAddress.MatchString(path) {
		return fmt.Errorf("%w; an address begins with https://", err)
	}
	return err
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
	return r.stream(path, "", "", f)
}

func (r *reader) address(web *Web, address string) bool {
	name := Shown(address)
	a, err := web.Get(r.ctx, Request{URL: address})
	if err != nil {
		return r.fail(name, err)
	}
	return r.stream(name, Shown(a.URL), a.Charset, bytes.NewReader(a.Body))
}

// Page gets one article's page.
func (w *Web) Page(ctx context.Context, address string) (quoth.Page, error) {
	a, err := w.Get(ctx, Request{URL: address})
	if err != nil {
		return quoth.Page{Name: Shown(address)}, err
	}
	p, err := fromBytes(a.Body, a.Charset)
	p.Name, p.URL = Shown(address), ownAddress(a.URL, a.Body)
	return p, err
}

// Shown is an address as it may be told: without the name and password that it may
// hold, also where it is no good address.
func Shown(address string) string { return login.ReplaceAllString(address, "$1") }

// login is a name and password in an address, with what stands before.
var login = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@`)

var spaces = "\ufeff \t\r\n"

// stream finds out what an input holds and gives its pages. The label is the
// character encoding that came beside it, "" where none did.
func (r *reader) stream(name, url, label string, in io.Reader) bool {
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
	if url != "" {
		br = bufio.NewReaderSize(&bounded{br, MaxPage}, 64<<10)
	}
	head, err := br.Peek(4096)
	wide := wideEncoding(head)
	if wide != nil {
		head, _ = wide.NewDecoder().Bytes(head) // never fails: what is no code point becomes U+FFFD
	}
	start := bytes.TrimLeft(head, spaces)
	if len(start) == 0 && err != nil && err != io.EOF {
		return r.fail(name, cutOff(err))
	}
	if isObject(start) && !bytes.Contains(head, []byte{0}) {
		if wide != nil {
			br = bufio.NewReaderSize(wide.NewDecoder().Reader(br), 64<<10)
		}
		return r.lines(name, url, br)
	}
	b, err := all(br)
	if err != nil {
		return r.fail(name, err)
	}
	if len(start) > 0 && start[0] == '[' {
		list := b
		if wide != nil {
			list = wideText(b)
		}
		list = bytes.Trim(list, spaces)
		next := bytes.TrimLeft(bytes.TrimPrefix(list, []byte("[")), spaces)
		if json.Valid(list) || isObject(next) && !bytes.Contains(head, []byte{0}) {
			return r.array(name, url, list)
		}
	}
	page, err := fromBytes(b, label)
	page.URL, page.Name = url, name
	if url != "" {
		page.URL = ownAddress(url, page.Body)
	}
	return r.yield(Item{Page: page, Name: name, Err: err, Now: url != ""})
}

// isObject reports whether a text begins as an object of JSON does, or as what
// somebody wrote for one.
func isObject(start []byte) bool {
	return len(start) > 0 && start[0] == '{' && (len(start) == 1 || strings.IndexByte("\"'} \t\r\n", start[1]) >= 0)
}

func cutOff(err error) error {
	return fmt.Errorf("%w: cut off or damaged (%v); fetch it again", quoth.ErrMalformed, err)
}

func tooLarge(what string, most int) error {
	return fmt.Errorf("%s is %w: more than %d MB; split it", what, quoth.ErrTooLarge, most>>20)
}

// errEndless is the error of an answer from the network that is too long once it is
// decompressed.
var errEndless = tooLarge("the answer", MaxPage)

// A bounded reader gives so many bytes, and errEndless where there are more.
type bounded struct {
	in   io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errEndless
	}
	n, err := b.in.Read(p[:min(len(p), b.left+1)])
	if b.left -= n; b.left < 0 {
		return n - 1, errEndless
	}
	return n, err
}

func all(in io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(in, MaxPage+1))
	if errors.Is(err, errEndless) {
		return nil, err
	}
	if err != nil {
		return nil, cutOff(err)
	}
	if len(b) > MaxPage {
		return nil, tooLarge("the page", MaxPage)
	}
	return b, nil
}

var (
	markup = regexp.MustCompile(`(?i)<(!doctype html|html|head|body|article|main|section|header|figure|div|span|p|h[1-6]|ul|ol|table|blockquote|meta|title)[\s>]`)
	// What a page of markup may begin with.
	prelude = regexp.MustCompile(`^(?:\s*<(?:!--(?s:.*?)--|\?[^>]*)>)+\s*`)
	list    = regexp.MustCompile(`^<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)[\s>]`)
)

// fromBytes makes a page of bytes that are no JSON: HTML, or text in one of the
// encodings that are known. The character encoding that came beside them goes
// before what a page of HTML says of itself; a page that says otherwise is kept in
// UTF-8.
func fromBytes(b []byte, label string) (quoth.Page, error) {
	var p quoth.Page
	if len(bytes.Trim(b, spaces+"\x00")) == 0 {
		return p, fmt.Errorf("%w: it is empty", quoth.ErrNotNews)
	}
	wide := wideText(b)
	if kind := foreign(b); wide == nil && kind != "" {
		return p, fmt.Errorf("%w: it looks like %s; save its text as .txt or .html and give that", quoth.ErrNotNews, kind)
	}
	head := b[:min(len(b), 4096)]
	if wide != nil {
		head = wide[:min(len(wide), 4096)]
	}
	if what := wrapped(head); what != "" {
		return p, fmt.Errorf("%w: it is %s; save its text as .txt or .html and give that", quoth.ErrNotNews, what)
	}
	start := b
	if wide != nil {
		start = wide
	}
	start = bytes.TrimLeft(start, spaces+"\x00")
	start = start[len(prelude.Find(start)):]
	if list.Match(start) {
		return p, fmt.Errorf("%w: it is a feed, a list of articles; subscribe with quoth feed add", quoth.ErrNotNews)
	}
	if len(start) > 0 && start[0] == '<' && markup.Match(start[:min(len(start), 4096)]) {
		p.MediaType, p.Body = "text/html", b
		if wide != nil {
			p.Body = wide
		} else if d := labelled(b, label); d != nil && !namesItself(b, label) {
			p.Body = d
		}
		return p, nil
	}
	p.MediaType = "text/plain"
	told := labelled(b, label)
	switch {
	case wide != nil:
		p.Text = string(wide)
	case told != nil:
		p.Text = string(told)
	case utf8.Valid(b):
		p.Text = string(b)
	case text.MostlyUTF8(b):
		p.Text = string(bytes.ToValidUTF8(b, []byte(string(utf8.RuneError))))
	default:
		d, err := charmap.Windows1252.NewDecoder().Bytes(b)
		if err != nil {
			return p, fmt.Errorf("%w: neither UTF-8 nor Windows-1252: %v", quoth.ErrMalformed, err)
		}
		if p.Text = string(d); !text.Western(p.Text) {
			return p, fmt.Errorf("%w: its character encoding cannot be told; save it in UTF-8 and give that", quoth.ErrMalformed)
		}
	}
	p.Body = b
	return p, nil
}

// labelled decodes a text by the character encoding that came beside it. It
// gives nil where that counts for nothing: no encoding is called so, or the
// text is UTF-8, whatever it is called.
func labelled(b []byte, label string) []byte {
	e, name := charset.Lookup(label)
	switch {
	case e == nil || name == "replacement" || strings.HasPrefix(name, "utf-16") || utf8.Valid(b):
		return nil
	case name == "utf-8" && text.MostlyUTF8(b):
		return bytes.ToValidUTF8(b, []byte(string(utf8.RuneError)))
	case name == "utf-8":
		return nil
	}
	d, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return d
}

// namesItself tells whether a page of HTML, read by itself, gives the character
// encoding that came beside it.
func namesItself(b []byte, label string) bool {
	_, own, _ := charset.DetermineEncoding(b[:min(len(b), 1024)], "text/html")
	_, told := charset.Lookup(label)
	return own == told
}

// wrapped names the kind of a file in which a text stands among codes; "" where
// there are none.
func wrapped(head []byte) string {
	if bytes.HasPrefix(head, []byte(`{\rtf`)) {
		return "a document in RTF"
	}
	m, err := mail.ReadMessage(bytes.NewReader(head))
	if err == nil && strings.HasPrefix(strings.ToLower(m.Header.Get("Content-Type")), "multipart/") {
		return "a web archive (MHTML) or an e-mail"
	}
	return ""
}

// foreign names the media type of bytes that are no text; "" where they are.
func foreign(b []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(b), ";")
	switch {
	case strings.HasPrefix(kind, "text/"), kind == "application/octet-stream" && !binary(b):
		return ""
	case kind == "application/pdf", kind == "application/postscript": // their first lines are text
		return kind
	case plain(b): // "BMW" begins as a bitmap does, "OTTO" as a font
		return ""
	}
	return kind
}

// plain reports whether bytes are text beyond doubt: UTF-8, with no control
// characters at the beginning.
func plain(b []byte) bool {
	for _, c := range b[:min(len(b), 512)] {
		if c < ' ' && !strings.ContainsRune("\t\n\r\f", rune(c)) {
			return false
		}
	}
	return utf8.Valid(b)
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

// wideText decodes UTF-16 and UTF-32. It returns nil for anything else.
func wideText(b []byte) []byte {
	e := wideEncoding(b)
	if e == nil {
		return nil
	}
	d, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return nil
	}
	return d
}

// wideEncoding tells UTF-16 by its mark or by every other byte being zero, and
// UTF-32 by its mark or by two of four; nil for anything else.
func wideEncoding(b []byte) encoding.Encoding {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}) || bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}) {
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	}
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	var zero [4]int // at each place of four
	n := min(len(b), 2048) &^ 3
	for i, c := range b[:n] {
		if c == 0 {
			zero[i&3]++
		}
	}
	even, odd := zero[0]+zero[2], zero[1]+zero[3]
	switch {
	case n < 8:
		return nil
	case zero[2]+zero[3] == n/2 && zero[0]*10 < n/4:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case zero[0]+zero[1] == n/2 && zero[3]*10 < n/4:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case odd*10 > n/2*7 && even*10 < n/2:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even*10 > n/2*7 && odd*10 < n/2:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}
