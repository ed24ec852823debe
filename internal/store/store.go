// Package store is the room where records are kept: what a store can do, and
// the types that it speaks in. It holds no database; package sqlite does.
//
//	s, err := sqlite.Open(path)
//	added, err := s.Add(ctx, store.Addition{Page: page, Record: rec, Code: version, Fetched: now})
//	found, err := s.Search(ctx, store.Query{Words: "bridge", Acts: store.Telling})
//
// # What is kept
//
// A page's bytes lie under their SHA-256. An article has revisions, one for
// each page that differed; a revision has readings, one for each model and
// code that read it, of which the newest counts. Each statement has a permanent
// identity: it keeps its ID when a newer model reads it again, and when it
// stands in a later revision, moved or changed a little. One that a later
// revision lacks has vanished, and can still be asked for.
//
// People's corrections lie beside the machine's reading. Everything that a
// store shows (articles, statements, search) has them laid over and marked; see
// [Reading.View]. What is exported holds both.
//
// # Strings that name things
//
// Article: its ID. Statement, figure, caption, event: "s", "f", "c" or "e" and
// 16 hexadecimal digits. Identity (a person or organisation across articles):
// "p" or "o" and 16 digits. Claim: as the claims' owner names it. Days are
// "2025-02-10". Cursors are opaque; they stay right while the store grows.
//
// Errors: [ErrNotFound], [ErrBadQuery], [ErrFull], [ErrReadOnly], [ErrNewer],
// [ErrConflict], [ErrCorrected], [ErrVanished] wrapped with what and where. Lists in results are never nil.
package store

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/quothnews/quoth"
)

// Errors by meaning.
var (
	ErrNotFound  = errors.New("not in the store")
	ErrBadQuery  = errors.New("not a query")                  // a cursor of another query, a date that is none
	ErrFull      = errors.New("no space left for the store")  // nothing was changed
	ErrReadOnly  = errors.New("the store may not be written") // nothing was changed
	ErrNewer     = errors.New("the store was made by a newer version of Quoth")
	ErrConflict  = errors.New("against what somebody decided") // two identities that are never the same
	ErrCorrected = errors.New("people corrected it, and their corrections would go with it")
	ErrVanished  = errors.New("no longer in the article's newest revision; only what that holds can be corrected")
)

// Store is everything that a store does. It may be used by many goroutines at
// once, and by several processes. Each method is one transaction: when it
// returns without an error, what it did is on the disk.
type Store interface {
	Articles
	Searcher
	People
	Claims
	Corrections
	Feeds

	Count(ctx context.Context) (Count, error)
	// Names tells what identities and claims are called: a joined identity as the
	// one that it was joined to. Unknown IDs are left out.
	Names(ctx context.Context, ids []string) (map[string]string, error)
	// Verify checks everything that is kept and tells each thing that does not
	// match, and, after each page and each article, what it has looked at so
	// far. The error says that checking itself failed.
	Verify(ctx context.Context, tell func(Problem), at func(Checked)) (Checked, error)
	// Export gives every line that is needed to make the store anew; Import
	// takes one, and reports whether it changed anything.
	Export(ctx context.Context) iter.Seq2[Line, error]
	Import(ctx context.Context, l Line) (bool, error)
	// Mark is how far a job came that walks through the store ("claims
	// quoth-en-2026"); 0 at first.
	Mark(ctx context.Context, job string) (int64, error)
	SetMark(ctx context.Context, job string, mark int64) error
	Close() error
}

// Articles keeps pages, articles and readings.
type Articles interface {
	// Known reports whether this very page (its bytes and what was claimed of
	// them) is in the store as read by model and code. It is cheap.
	Known(ctx context.Context, p quoth.Page, model, code string) (Added, bool, error)
	// Add keeps a page and its record. The same twice changes nothing. A page is
	// the same article as another where the given IDs are equal, or, without
	// one, the addresses.
	Add(ctx context.Context, a Addition) (Added, error)
	// Article gives a revision of an article, 0 for the newest.
	Article(ctx context.Context, id string, revision int) (*Article, error)
	// ArticleAt finds an article's ID by its address.
	ArticleAt(ctx context.Context, url string) (string, error)
	// Changes tells what became of the statements from one revision to another.
	Changes(ctx context.Context, article string, from, to int) ([]Change, error)
	// List gives articles, newest published first.
	List(ctx context.Context, q ArticleQuery) (ArticlePage, error)
	Outlets(ctx context.Context) ([]Outlet, error)
	// Page gives the bytes that lie under a SHA-256.
	Page(ctx context.Context, sha256 string) (quoth.Page, error)
	// Remove takes an article out, with its revisions, readings and pages, and
	// with people's corrections to it, if these may go: else it fails with
	// ErrCorrected where there are any. Its addresses and its pages' SHA-256 are
	// remembered until it is added again.
	Remove(ctx context.Context, id string, corrections bool) (Removed, error)
	// Removed reports whether the article at an address, or with a page of that
	// SHA-256 ("" for none), was taken out.
	Removed(ctx context.Context, url, sha256 string) (bool, error)
	// Readings gives all newest readings, oldest article first: the machine's
	// record, and the corrections to it.
	Readings(ctx context.Context) iter.Seq2[*Reading, error]
}

// An Addition is a page with its record, to be kept.
type Addition struct {
	Page    quoth.Page
	Record  *quoth.Record
	Code    string    // version of the program that read it
	Fetched time.Time // when the page came
	// Now says that the page came from its address just now: where an older
	// revision is the same, the article went back to it, and that is a new one.
	Now bool
	// Again is the ID of the article in the store that the page is known to be of,
	// whatever its address; "" where that is not known. Where that one was taken
	// out meanwhile, adding fails with ErrNotFound, and does not bring it back.
	Again string
}

// Outcome says what adding did.
type Outcome string

const (
	New     Outcome = "new"     // an article that the store did not have
	Revised Outcome = "revised" // a new revision of an article
	Reread  Outcome = "reread"  // a newer reading of a revision
	Known   Outcome = "known"   // nothing
)

// Added says what became of a page.
type Added struct {
	Article  string  `json:"article"`
	Revision int     `json:"revision"` // from 1
	Outcome  Outcome `json:"outcome"`
	Old      bool    `json:"-"` // known, and the article has a newer revision
}

// Removed says what was taken out.
type Removed struct {
	Article     string `json:"article"`
	Title       string `json:"title"`
	Statements  int    `json:"statements"`
	Corrections int    `json:"corrections"` // by people, that held
}

// A Revision is one state of an article's page.
type Revision struct {
	N       int       `json:"revision"` // from 1
	SHA256  string    `json:"sha256"`   // of the page
	Fetched time.Time `json:"fetched"`
	Model   string    `json:"model"` // of its newest reading
	Code    string    `json:"code"`
}

// An Article is one revision as it is to be shown, and which others there are.
type Article struct {
	ID string `json:"id"`
	Revision
	View
	Identities map[string]string `json:"identities"` // a speaker's name in this article → identity
	Revisions  []Revision        `json:"revisions"`  // oldest first
}

// ChangeKind says what became of a statement.
type ChangeKind string

const (
	Appeared ChangeKind = "appeared"
	Vanished ChangeKind = "vanished"
	Changed  ChangeKind = "changed"
)

// A Change is a statement that is not the same in two revisions. Was or Is is
// nil where it is not there.
type Change struct {
	ID     string           `json:"id"`
	Kind   ChangeKind       `json:"kind"`
	Was    *quoth.Statement `json:"was"`
	Is     *quoth.Statement `json:"is"`
	Fields []string         `json:"fields"` // of a changed one: "content", "act", …
}

// ArticleQuery asks for articles.
type ArticleQuery struct {
	Words  string // begin words of the title or of the author's name, all of them
	Outlet string // "" for all
	Limit  int    // 1 to 500; 0 is 20
	Cursor string
}

// ArticleLine is an article in a list.
type ArticleLine struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	URL        string    `json:"url"`
	Outlet     string    `json:"outlet"`
	Byline     string    `json:"byline"`
	Published  string    `json:"published"` // EDTF
	Fetched    time.Time `json:"fetched"`   // the newest revision
	Revisions  int       `json:"revisions"`
	Statements int       `json:"statements"`
}

// ArticlePage is a stretch of a list. Next is "" at its end.
type ArticlePage struct {
	Articles []ArticleLine `json:"articles"`
	Next     string        `json:"next"`
}

// An Outlet is a name under which articles are published. Articles that name
// none are under "".
type Outlet struct {
	Name       string `json:"name"`
	Articles   int    `json:"articles"`
	Statements int    `json:"statements"`
	First      string `json:"first"` // days of publication
	Last       string `json:"last"`
}

// Searcher finds statements.
type Searcher interface {
	Search(ctx context.Context, q Query) (Results, error)
	// Total counts what a query finds, up to a limit that the store sets; exact
	// says whether that was reached.
	Total(ctx context.Context, q Query) (n int, exact bool, err error)
	// Statement gives one by its permanent ID, vanished ones too.
	Statement(ctx context.Context, id string) (Hit, error)
	// Statements gives several in the order asked for; unknown IDs are left out.
	Statements(ctx context.Context, ids []string) ([]Hit, error)
	// Changed is the mark of the last change; taking an article out is one too.
	Changed(ctx context.Context) (int64, error)
}

// Telling are the acts that users come for: denials and non-responses. A front
// page asks for these first, then for all.
var Telling = []quoth.Act{quoth.Deny, quoth.Neither, quoth.Decline}

// Order is the order of results.
type Order string

const (
	Newest Order = "newest" // day of publication, then of adding; the default
	Oldest Order = "oldest" // the same the other way round, but an article's in the order of its text
	Best   Order = "best"   // by the words; the newest 1,000 are ranked
)

// A Query asks for statements. Conditions join with "and"; zero ones do not
// restrict. Names match by their words: "peskov" finds "Dmitry Peskov". An
// outlet in quotation marks is the one of exactly that name.
type Query struct {
	Words     string      `json:"words,omitempty"`   // all of them, in any form; "quoted words" are an exact phrase
	Phrase    string      `json:"phrase,omitempty"`  // these words side by side
	Speaker   string      `json:"speaker,omitempty"` // a name: all that its identity said, under any form
	Identity  string      `json:"identity,omitempty"`
	Role      string      `json:"role,omitempty"`
	Acts      []quoth.Act `json:"acts,omitempty"` // any of them
	Via       string      `json:"via,omitempty"`
	Outlet    string      `json:"outlet,omitempty"`
	To        string      `json:"to,omitempty"`
	Said      Days        `json:"said"`           // when it was said, as the article tells; overlapping counts
	Published Days        `json:"published"`      // else, for articles without a date, the day they were fetched
	Low       *float64    `json:"low,omitempty"`  // a figure in the statement lies between;
	High      *float64    `json:"high,omitempty"` // of one open to a side, its bound does
	Article   string      `json:"article,omitempty"`
	Vanished  bool        `json:"vanished,omitempty"` // those too that the newest revision lacks
	Order     Order       `json:"order,omitempty"`
	Limit     int         `json:"limit,omitempty"`  // 1 to 500; 0 is 20
	Cursor    string      `json:"cursor,omitempty"` // Next of the results before
}

// WholeName is what stands in quotation marks where an outlet is asked for by its
// whole name.
func WholeName(outlet string) (name string, ok bool) {
	if n := len(outlet); n > 1 && outlet[0] == '"' && outlet[n-1] == '"' {
		return outlet[1 : n-1], true
	}
	return "", false
}

// Days is a range of days, both included; "" leaves a side open. A month or a
// year stands for all of its days.
type Days struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Results is a stretch of what a query finds. Next is "" at its end.
type Results struct {
	Hits []Hit  `json:"hits"`
	Next string `json:"next"`
}

// A Hit is a statement as it is to be shown in a list, corrections laid over.
// Spans of several parts are joined by " … ".
type Hit struct {
	ID         string          `json:"id"`
	Article    string          `json:"article"`
	Revision   int             `json:"revision"` // the last that has it
	Title      string          `json:"title"`
	URL        string          `json:"url"`
	Outlet     string          `json:"outlet"`
	Published  string          `json:"published"` // EDTF
	Source     string          `json:"source"`
	Cue        string          `json:"cue"`
	Content    string          `json:"content"`
	Highlights []Range         `json:"highlights"` // of Content, in code points: the words asked for
	Quotation  quoth.Quotation `json:"quotation"`
	Speakers   []HitSpeaker    `json:"speakers"`
	Role       string          `json:"role"`
	Act        quoth.Act       `json:"act"`
	Via        []string        `json:"via"`
	To         []string        `json:"to"`
	When       *quoth.When     `json:"when"`
	Figures    []HitFigure     `json:"figures"`
	Parent     string          `json:"parent,omitempty"` // permanent ID
	Confidence float64         `json:"confidence"`
	Corrected  []string        `json:"corrected"` // fields that a person corrected
	Vanished   bool            `json:"vanished"`  // from the newest revision; or a person took it out, and Corrected holds "removed"
}

// HitSpeaker is a speaker of a hit. Identity is "" for those who are not
// followed across articles: unnamed ones, groups, documents.
type HitSpeaker struct {
	Name     string            `json:"name"`
	Type     quoth.SpeakerType `json:"type"`
	Identity string            `json:"identity"`
}

// HitFigure is a figure in a statement's content.
type HitFigure struct {
	Text string   `json:"text"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
	Unit string   `json:"unit"`
}

// A Range is half-open, in code points.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Count is how much is kept.
type Count struct {
	Pages       int   `json:"pages"`
	Articles    int   `json:"articles"`
	Revisions   int   `json:"revisions"`
	Readings    int   `json:"readings"`
	Statements  int   `json:"statements"`
	Identities  int   `json:"identities"`
	Claims      int   `json:"claims"`
	Corrections int   `json:"corrections"`
	Feeds       int   `json:"feeds"`
	Bytes       int64 `json:"bytes"` // on the disk
}

// A Problem is something in the store that does not match.
type Problem struct {
	Where string `json:"where"` // "page 5f0c…", "article talks, revision 2", "statement s1f…"
	What  string `json:"what"`
}

// Checked counts what was looked at.
type Checked struct {
	Pages, Readings, Statements, Spans, Corrections int
}

// A Line is one line of an export. A line of a reading is a record as `quoth
// read` writes it, with "stored" beside it; any other line holds one of the
// other fields alone, but for Login, which stands beside its feed.
type Line struct {
	*quoth.Record
	Stored     *Stored     `json:"stored,omitempty"`
	Correction *Correction `json:"correction,omitempty"`
	Decision   *Decision   `json:"decision,omitempty"`
	Claim      *Claim      `json:"claim,omitempty"`
	Verdict    *Verdict    `json:"verdict,omitempty"`
	Feed       *Feed       `json:"feed,omitempty"`
	Login      string      `json:"login,omitempty"` // of the feed: name and password
	Entry      *Entry      `json:"entry,omitempty"`
}

// Stored is what the store knows of a record beside it. Article is the
// permanent ID; Body is nil where the bytes are the text's own.
type Stored struct {
	Article   string            `json:"article"`
	Revision  int               `json:"revision"`
	SHA256    string            `json:"sha256"`
	Fetched   time.Time         `json:"fetched"`
	Code      string            `json:"code"`
	MediaType string            `json:"media_type"`
	Body      []byte            `json:"body,omitempty"`
	Given     Given             `json:"given"`
	Items     Items             `json:"items"`    // permanent IDs
	Speakers  map[string]string `json:"speakers"` // in exports: names in the article → identities
}

// Given is what came with a page.
type Given struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Title     string `json:"title,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Published string `json:"published,omitempty"`
}
