// Package sqlite keeps a store in one SQLite file, with FTS5 for words.
//
//	s, err := sqlite.Open(ctx, path)
//
// The file is in WAL mode: any number of readers go on while one writer
// writes, in one process or several. A commit is synced to the disk before it
// is reported. Where the file may not be written, the store can be read.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	driver "modernc.org/sqlite"

	"github.com/quothnews/quoth/internal/store"
	"github.com/quothnews/quoth/internal/store/sqlstore"
)

// Open opens the store in a file, and makes both where they are missing.
// Pragmas ("synchronous(OFF)") go to the connection that writes, after the
// usual ones.
func Open(ctx context.Context, path string, pragmas ...string) (*sqlstore.Store, error) {
	wrap := func(err error) error { return fmt.Errorf("store %s: %w", path, err) }
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return nil, wrap(err)
		}
	case err != nil:
		return nil, wrap(err)
	case info.IsDir():
		return nil, wrap(errors.New("it is a folder; name a file in it"))
	case !writable(path):
		return openReadOnly(ctx, path, wrap)
	}
	options := []string{"_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)"}
	for _, p := range pragmas {
		options = append(options, "_pragma="+p)
	}
	write, err := handle(path, options...)
	if err != nil {
		return nil, wrap(err)
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, wrap(errors.Join(Dialect{}.Classify(err), write.Close()))
	}
	read, err := handle(path, "_pragma=query_only(1)")
	if err != nil {
		return nil, wrap(errors.Join(err, write.Close()))
	}
	read.SetMaxIdleConns(8)
	s, err := sqlstore.New(ctx, write, read, Dialect{})
	if err != nil {
		return nil, wrap(errors.Join(err, write.Close(), read.Close()))
	}
	return s, nil
}

func openReadOnly(ctx context.Context, path string, wrap func(error) error) (*sqlstore.Store, error) {
	options := []string{"mode=ro"}
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		options = append(options, "immutable=1") // nobody writes, and nothing may be made beside it
	}
	read, err := handle(path, options...)
	if err != nil {
		return nil, wrap(err)
	}
	s, err := sqlstore.NewReadOnly(ctx, read, Dialect{})
	if err != nil {
		return nil, wrap(errors.Join(err, read.Close()))
	}
	return s, nil
}

// writable reports whether this user may write the file.
func writable(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return f.Close() == nil
}

func handle(path string, options ...string) (*sql.DB, error) {
	options = append(options, "_pragma=busy_timeout(30000)", "_pragma=cache_size(-32000)", "_pragma=mmap_size(1073741824)", "_pragma=temp_store(MEMORY)")
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: strings.Join(options, "&")}
	return sql.Open("sqlite", u.String())
}

// Dialect is SQLite's.
type Dialect struct{}

// Types are SQLite's.
func (Dialect) Types() *strings.Replacer {
	return strings.NewReplacer("{key}", "INTEGER PRIMARY KEY", "{bytes}", "BLOB", "{clustered}", "WITHOUT ROWID")
}

// columns of the full text, in order.
const columns = "content, who, role, via, addressee, facets"

// TextSchema makes the FTS5 table. It holds no copy of the words.
func (Dialect) TextSchema(version int) string {
	if version != 1 {
		return ""
	}
	return "CREATE VIRTUAL TABLE words USING fts5(" + columns + ", content='statement', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');"
}

// Rebind has nothing to do.
func (Dialect) Rebind(query string) string { return query }

// Index adds the words of statements, in order of their ids.
func (Dialect) Index(ctx context.Context, tx *sql.Tx, ids []int64) error {
	return inParts(ids, func(list string) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO words (rowid, "+columns+") SELECT id, "+columns+" FROM statement WHERE id IN ("+list+") ORDER BY id")
		return err
	})
}

// Unindex takes the words of statements out.
func (Dialect) Unindex(ctx context.Context, tx *sql.Tx, ids []int64) error {
	return inParts(ids, func(list string) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO words (words, rowid, "+columns+") SELECT 'delete', id, "+columns+" FROM statement WHERE id IN ("+list+") ORDER BY id")
		return err
	})
}

func inParts(ids []int64, f func(list string) error) error {
	const most = 500
	for len(ids) > 0 {
		part := ids[:min(most, len(ids))]
		ids = ids[len(part):]
		if err := f(strings.Trim(strings.Join(strings.Fields(fmt.Sprint(part)), ","), "[]")); err != nil {
			return err
		}
	}
	return nil
}

// Text asks the FTS5 table, in the order of its own rowid: in any other,
// SQLite sorts all that was found.
func (Dialect) Text() sqlstore.TextSQL {
	return sqlstore.TextSQL{
		From:      "words JOIN statement st ON st.id = words.rowid",
		ID:        "words.rowid",
		Match:     "words MATCH ?",
		Highlight: fmt.Sprintf("highlight(words, 0, char(%d), char(%d))", sqlstore.MarkOn, sqlstore.MarkOff),
	}
}

// Match writes an FTS5 query.
func (Dialect) Match(groups [][]sqlstore.Phrase) string {
	var all, none []string
	for _, g := range groups {
		var any []string
		for _, p := range g {
			s := p.Column + " : \"" + strings.ReplaceAll(p.Words, `"`, `""`) + `"`
			if p.Not {
				none = append(none, s)
			} else {
				any = append(any, s)
			}
		}
		switch len(any) {
		case 0:
		case 1:
			all = append(all, any[0])
		default:
			all = append(all, "("+strings.Join(any, " OR ")+")")
		}
	}
	q := strings.Join(all, " AND ")
	for _, n := range none {
		q = "(" + q + ") NOT " + n
	}
	return q
}

// SQLite's result codes.
const (
	codeBusy     = 5
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNoDB     = 26
)

// Classify tells what an error means.
func (Dialect) Classify(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case codeFull:
		return fmt.Errorf("%w: nothing was changed; free some space and do it again (%w)", store.ErrFull, err)
	case codeReadOnly:
		return fmt.Errorf("%w: give yourself the right to write the file and its folder (%w)", store.ErrReadOnly, err)
	case codeIO:
		return fmt.Errorf("the disk does not take or give what it should; nothing was changed (%w)", err)
	case codeCorrupt, codeNoDB:
		return fmt.Errorf("the file is damaged or no store (%w)", err)
	case codeCantOpen:
		return fmt.Errorf("the file cannot be opened: see whether its folder is there and may be written (%w)", err)
	case codeBusy:
		return fmt.Errorf("another program has been writing to the store for 30 seconds; try again (%w)", err)
	}
	return err
}

// Check runs SQLite's own checks, and FTS5's against the statements.
func (d Dialect) Check(ctx context.Context, db *sql.DB, tell func(store.Problem)) error {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check")
	if err != nil {
		return d.Classify(err)
	}
	defer rows.Close()
	for rows.Next() {
		var what string
		if err := rows.Scan(&what); err != nil {
			return err
		}
		if what != "ok" {
			tell(store.Problem{Where: "database", What: what})
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return d.Classify(err)
	}
	_, err = db.ExecContext(ctx, "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
	switch err = d.Classify(err); {
	case errors.Is(err, store.ErrReadOnly), err == nil: // a store that may only be read is not asked
	case ctx.Err() != nil:
		return err
	default:
		tell(store.Problem{Where: "full text", What: err.Error()})
	}
	return nil
}

// Size counts the file with its log.
func (d Dialect) Size(ctx context.Context, db *sql.DB) (int64, error) {
	var n, size int64
	if err := db.QueryRowContext(ctx, "SELECT page_count, page_size FROM pragma_page_count(), pragma_page_size()").Scan(&n, &size); err != nil {
		return 0, d.Classify(err)
	}
	return n * size, nil
}
