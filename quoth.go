// Package quoth holds the nouns of Quoth: what a news page is as it walks from
// bytes to a record of who said what in it.
//
//	Page      bytes as they came, and what the place they came from claims
//	Article   one text, with title, byline, date and paragraphs by kind
//	Statement who said what: source, cue and content as spans, and their reading
//	Figure    a quantity that the article gives, with bounds, unit and giver
//	Record    all of it, with the name of the model that read it
//
// To read a page, use package read. This package has no I/O and depends on the
// standard library alone.
//
// Two laws hold for every record: a span's text is the article's text between
// its positions, and reading the same bytes twice gives the same record.
// [Record.Check] proves the first.
package quoth

import (
	"errors"
	"fmt"
	"iter"
	"unicode/utf8"
)

// Errors by meaning. Rooms wrap them with what and where.
var (
	ErrNotNews   = errors.New("not a text that can be read as news")
	ErrTooLarge  = errors.New("too large")
	ErrMalformed = errors.New("malformed")
	ErrRefused   = errors.New("refused")
)

// A Page is one document as it came, before anything is understood of it.
// Either Body (bytes of unknown kind: HTML or plain text) or Text is set.
type Page struct {
	ID        string // given by the input, else empty
	URL       string // address it came from, if any
	Name      string // file name and line, for messages: "articles.jsonl:17"
	Outlet    string // what the place it came from claims
	Title     string
	Byline    string
	Published string // EDTF, "2025-02-10" or "2025-02-10~"
	MediaType string // "text/html", "text/plain" or ""
	Body      []byte // raw bytes, nil where Text is given
	Text      string // text given as text; kept unchanged
}

// Bytes is what the page came as, to be kept and hashed: Body, or else Text.
func (p *Page) Bytes() []byte {
	if p.Body == nil {
		return []byte(p.Text)
	}
	return p.Body
}

// A Span is a half-open stretch of an article's text, in Unicode code points.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// ParagraphKind says what a paragraph is. Only the title and the body are read
// for statements.
type ParagraphKind string

const (
	Title     ParagraphKind = "title"     // the article's headline, where the text holds it
	Heading   ParagraphKind = "heading"   // a section heading
	Body      ParagraphKind = "body"      // the article's own prose
	Caption   ParagraphKind = "caption"   // words under a picture
	Credit    ParagraphKind = "credit"    // who made a picture, or wrote the article
	Furniture ParagraphKind = "furniture" // "Share", newsletter boxes, links: nobody's words
)

// A Paragraph is a stretch of the text, in code points, without the white
// space around it.
type Paragraph struct {
	Start int           `json:"start"`
	End   int           `json:"end"`
	Kind  ParagraphKind `json:"kind"`
}

// A Date is an EDTF date with the evidence it was read from.
type Date struct {
	Date string `json:"date"`
	From string `json:"from"` // "given", "json-ld", "meta", "text", "url"
	Text string `json:"text"` // the evidence, verbatim
}

// An Article is one text and what is known about it.
type Article struct {
	ID         string      `json:"id"` // given, else the first 16 hex digits of the SHA-256 of what was read
	URL        string      `json:"url"`
	Outlet     string      `json:"outlet"`
	Title      string      `json:"title"`
	Byline     string      `json:"byline"`
	Published  string      `json:"published"`       // EDTF; "" where nothing tells
	Dated      *Date       `json:"dated,omitempty"` // evidence for Published
	Language   string      `json:"language"`        // ISO 639-1, "" where unsure
	SHA256     string      `json:"sha256"`          // of the page's bytes as they came
	Text       string      `json:"text"`            // positions refer to this
	Paragraphs []Paragraph `json:"paragraphs"`      // in order, not overlapping
}

// Quotation says how much of the content stands in quotation marks.
type Quotation string

const (
	Direct   Quotation = "direct"   // all of it
	Mixed    Quotation = "mixed"    // some of it
	Indirect Quotation = "indirect" // none of it
)

// SpeakerType says what kind of thing a speaker is.
type SpeakerType string

const (
	Person       SpeakerType = "person"
	Organization SpeakerType = "organization"
	Group        SpeakerType = "group"    // people not named one by one
	Document     SpeakerType = "document" // report, poll, book, lawsuit
	Unnamed      SpeakerType = "unnamed"  // an anonymous person or persons
	Unknown      SpeakerType = "unknown"
)

// A Speaker is whom a source stands for: the fullest proper name that the
// article gives. Evidence is the chain of spans from the source to the name.
type Speaker struct {
	Name     string      `json:"name"`
	Type     SpeakerType `json:"type"`
	Evidence []Span      `json:"evidence,omitempty"`
}

// Act says what a source does by a statement.
type Act string

const (
	Assert  Act = "assert"  // says that something is so
	Confirm Act = "confirm" // affirms what somebody else has raised
	Deny    Act = "deny"    // says that something raised is not so
	Neither Act = "neither" // answers, and expressly leaves it open
	Decline Act = "decline" // gives no answer
	Ask     Act = "ask"     // asks a question
	Urge    Act = "urge"    // wants somebody else to do or not do something
	Commit  Act = "commit"  // binds itself, announces its own plan or threat
	Judge   Act = "judge"   // praises, blames, thanks, apologises
	Think   Act = "think"   // holds a private state that the article reports
)

// Acts lists every act, the default first.
var Acts = []Act{Assert, Confirm, Deny, Neither, Decline, Ask, Urge, Commit, Judge, Think}

// A When is a time expression and the date it means.
type When struct {
	Text string `json:"text"` // verbatim, without its preposition
	Date string `json:"date"` // EDTF; "" where it cannot be told
}

// A Statement is something that the article attributes to a source. Lists are
// never nil in JSON; an empty one means that the text gives none.
type Statement struct {
	ID         string    `json:"id"` // "s1", "s2", … in order of the text
	Source     []Span    `json:"source"`
	Cue        []Span    `json:"cue"`
	Content    []Span    `json:"content"`
	Quotation  Quotation `json:"quotation"`
	Speaker    []Speaker `json:"speaker"`
	Role       string    `json:"role"`
	Act        Act       `json:"act"`
	Via        []string  `json:"via"`
	To         []string  `json:"to"`
	When       *When     `json:"when"`
	Parent     string    `json:"parent,omitempty"` // ID of the statement whose content holds this one
	Confidence float64   `json:"confidence"`       // probability that source, cue and content are right
}

// A Figure is a quantity about the world. Low and High are nil where the text
// leaves that side open.
type Figure struct {
	Span
	Low     *float64 `json:"low"`
	High    *float64 `json:"high"`
	Unit    string   `json:"unit"`
	About   string   `json:"about"`
	Speaker string   `json:"speaker"`          // who gives it; "" for the article's own voice
	Caveat  string   `json:"caveat,omitempty"` // the sentence nearby that doubts it, if any
	Rivals  []Span   `json:"rivals,omitempty"` // other figures that the article gives for the same thing
}

// A Picture is what the words under a picture tell. What they do not tell is
// empty.
type Picture struct {
	Span
	Who          []string `json:"who"`
	Where        string   `json:"where"`
	When         *When    `json:"when"`
	Photographer string   `json:"photographer"`
	Agency       string   `json:"agency"`
}

// Certainty is how certain a statement makes an event.
type Certainty string

const (
	Happened Certainty = "happened"  // it is reported
	Planned  Certainty = "planned"   // "will", "is scheduled to"
	Expected Certainty = "expected"  // "is expected to", "is likely to"
	Possible Certainty = "possible"  // "may", "hopes to"
	RuledOut Certainty = "ruled out" // "will not", "has no plans to"
)

// An Event is something that a statement announces or reports: a meeting, a
// visit, a vote. What its clause does not tell is empty.
type Event struct {
	Span
	Who       []string  `json:"who"` // full names, or a description's own words
	Where     string    `json:"where"`
	When      *When     `json:"when"`
	Certainty Certainty `json:"certainty"`
	Statement string    `json:"statement"` // ID of the statement that announces it
}

// A Record is everything read from one page.
type Record struct {
	Article    Article     `json:"article"`
	Model      string      `json:"model"`            // name of the weights
	Reason     string      `json:"reason,omitempty"` // why there is nothing to show, where there is not
	Statements []Statement `json:"statements"`
	Figures    []Figure    `json:"figures"`
	Captions   []Picture   `json:"captions"`
	Events     []Event     `json:"events"`
}

// Check reports the first span or paragraph of r that does not stand in its
// article's text, or nil.
func (r *Record) Check() error {
	ix := NewIndex(r.Article.Text)
	last := 0
	for i, p := range r.Article.Paragraphs {
		if p.Start < last || p.End < p.Start || p.End > ix.Len() {
			return fmt.Errorf("paragraph %d of article %s: %d:%d is out of order or beyond the text", i, r.Article.ID, p.Start, p.End)
		}
		last = p.End
	}
	for what, s := range r.Spans() {
		if s.Start < 0 || s.End < s.Start || s.End > ix.Len() || ix.Slice(s.Start, s.End) != s.Text {
			return fmt.Errorf("%s of article %s: span %d:%d is not %q", what, r.Article.ID, s.Start, s.End, s.Text)
		}
	}
	return nil
}

// Spans gives every span of r in place, with what it belongs to ("statement s1").
func (r *Record) Spans() iter.Seq2[string, *Span] {
	return func(yield func(string, *Span) bool) {
		all := func(what string, lists ...[]Span) bool {
			for _, l := range lists {
				for i := range l {
					if !yield(what, &l[i]) {
						return false
					}
				}
			}
			return true
		}
		for _, st := range r.Statements {
			lists := [][]Span{st.Source, st.Cue, st.Content}
			for _, sp := range st.Speaker {
				lists = append(lists, sp.Evidence)
			}
			if !all("statement "+st.ID, lists...) {
				return
			}
		}
		for i := range r.Figures {
			if f := &r.Figures[i]; !yield("figure", &f.Span) || !all("figure", f.Rivals) {
				return
			}
		}
		for i := range r.Events {
			if !yield("event", &r.Events[i].Span) {
				return
			}
		}
		for i := range r.Captions {
			if !yield("caption", &r.Captions[i].Span) {
				return
			}
		}
	}
}

// An Index translates between code points, in which spans are written, and
// bytes, in which Go slices. A byte of invalid UTF-8 counts as one code point.
type Index struct {
	text  string
	n     int   // code points
	marks []int // byte offset of every markEvery-th code point; nil for ASCII
}

const markEvery = 64

// NewIndex makes the index of a text in one pass.
func NewIndex(text string) *Index {
	ix := &Index{text: text, n: utf8.RuneCountInString(text)}
	if ix.n == len(text) {
		return ix
	}
	ix.marks = make([]int, 0, ix.n/markEvery+1)
	i := 0
	for b := range text {
		if i%markEvery == 0 {
			ix.marks = append(ix.marks, b)
		}
		i++
	}
	return ix
}

// Len is the text's length in code points.
func (ix *Index) Len() int { return ix.n }

// Byte gives the byte offset of a code point; Len() gives the text's end.
func (ix *Index) Byte(point int) int {
	if ix.marks == nil {
		return point
	}
	if point >= ix.n {
		return len(ix.text)
	}
	b := ix.marks[point/markEvery]
	for range point % markEvery {
		_, size := utf8.DecodeRuneInString(ix.text[b:])
		b += size
	}
	return b
}

// Point gives the code point that starts at, or holds, a byte offset.
func (ix *Index) Point(b int) int {
	if ix.marks == nil {
		return b
	}
	if b >= len(ix.text) {
		return ix.n
	}
	lo, hi := 0, len(ix.marks)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; ix.marks[mid] <= b {
			lo = mid
		} else {
			hi = mid
		}
	}
	point, at := lo*markEvery, ix.marks[lo]
	for {
		_, size := utf8.DecodeRuneInString(ix.text[at:])
		if at+size > b {
			return point
		}
		at += size
		point++
	}
}

// Slice is the text between two code points.
func (ix *Index) Slice(start, end int) string { return ix.text[ix.Byte(start):ix.Byte(end)] }

// Span makes the span between two byte offsets.
func (ix *Index) Span(from, to int) Span {
	return Span{Start: ix.Point(from), End: ix.Point(to), Text: ix.text[from:to]}
}
