// Package sqlstore is a store in an SQL database. The SQL is written here
// once; what one database says otherwise is its [Dialect].
//
// A page's bytes and a reading's record lie deflated, as they came. What can
// be searched (table statement, with its full text, and figure) is worked out
// from the newest reading with people's corrections laid over it, and written
// in the transaction that changed either; Verify works it out again and
// compares.
package sqlstore

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/quothnews/quoth/internal/store"
)

// A Dialect is what a database says otherwise.
type Dialect interface {
	// Types replaces {key}, {bytes} and {clustered} in the schema.
	Types() *strings.Replacer
	// TextSchema makes the full text of table statement, for a version.
	TextSchema(version int) string
	// Rebind writes ? as the database wants it.
	Rebind(query string) string
	// Index and Unindex keep the full text of these statements, which stand in
	// the table when either is called.
	Index(ctx context.Context, tx *sql.Tx, ids []int64) error
	Unindex(ctx context.Context, tx *sql.Tx, ids []int64) error
	// Text says how to ask the full text.
	Text() TextSQL
	// Match writes a condition of the full text. A list of groups: each must
	// be met, by any of its phrases.
	Match(groups [][]Phrase) string
	// Classify wraps an error of the database in one of package store's.
	Classify(err error) error
	// Check has the database check itself.
	Check(ctx context.Context, db *sql.DB, tell func(store.Problem)) error
	// Size is the bytes on the disk.
	Size(ctx context.Context, db *sql.DB) (int64, error)
}

// TextSQL is the SQL that asks the full text.
type TextSQL struct {
	From      string // tables, with "statement st" among them
	ID        string // the statement's id, in whose order the full text comes
	Match     string // a condition with one ?
	Highlight string // the content, with marks around the words asked for
}

// Marks that Highlight sets; no text holds them.
const (
	MarkOn  = '\x02'
	MarkOff = '\x03'
)

// A Phrase is words that stand side by side in a column of the full text:
// content, who, role, via, addressee or facets. Not turns it round.
type Phrase struct {
	Column string
	Words  string
	Not    bool
}

// Store is a store in an SQL database.
type Store struct {
	write, read *sql.DB
	d           Dialect
	readOnly    bool
	mu          sync.Mutex // one writer at a time in this process
	ready       [2]prepared
}

// prepared are queries that the database has understood once, by their text.
// A query is prepared after the transaction that first asked it: the handle
// that writes has one connection, which a transaction holds.
type prepared struct {
	mu     sync.RWMutex
	byText map[string]*sql.Stmt
}

const mostPrepared = 300

func (p *prepared) get(query string) *sql.Stmt {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.byText[query]
}

// learn prepares what a transaction asked anew. What fails is asked as text
// again, which tells why.
func (p *prepared) learn(ctx context.Context, db *sql.DB, queries []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byText == nil {
		p.byText = map[string]*sql.Stmt{}
	}
	for _, q := range queries {
		if p.byText[q] == nil && len(p.byText) < mostPrepared {
			if stmt, err := db.PrepareContext(ctx, q); err == nil {
				p.byText[q] = stmt
			}
		}
	}
}

func (p *prepared) close() (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, stmt := range p.byText {
		err = errors.Join(err, stmt.Close())
	}
	p.byText = nil
	return err
}

// New makes a store of two handles on one database: one to write with, one to
// read with. It brings an older schema forward.
func New(ctx context.Context, write, read *sql.DB, d Dialect) (*Store, error) {
	s := &Store{write: write, read: read, d: d}
	if err := s.migrate(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// NewReadOnly makes a store that refuses changes.
func NewReadOnly(ctx context.Context, read *sql.DB, d Dialect) (*Store, error) {
	s := &Store{write: read, read: read, d: d, readOnly: true}
	v, err := s.version(ctx, read)
	if err == nil && v != len(migrations) {
		err = s.wrongVersion(v)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Close closes both handles.
func (s *Store) Close() error {
	return errors.Join(s.ready[0].close(), s.ready[1].close(), s.write.Close(), s.read.Close())
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// version is the schema's, 0 for an empty database.
func (s *Store) version(ctx context.Context, q querier) (int, error) {
	var v int
	err := q.QueryRowContext(ctx, "SELECT version FROM schema_version").Scan(&v)
	if err != nil && strings.Contains(err.Error(), "schema_version") {
		return 0, nil
	}
	return v, s.d.Classify(err)
}

func (s *Store) wrongVersion(v int) error {
	if v > len(migrations) {
		return fmt.Errorf("%w: its schema is %d and this one knows %d; get a newer Quoth", store.ErrNewer, v, len(migrations))
	}
	return fmt.Errorf("%w, and its schema %d must be brought to %d; make it writable once", store.ErrReadOnly, v, len(migrations))
}

// migrate brings the schema forward in one transaction.
func (s *Store) migrate(ctx context.Context) error {
	if v, err := s.version(ctx, s.read); err != nil || v == len(migrations) {
		return err
	}
	return s.commit(ctx, func(tx *tx) error {
		v, err := s.version(ctx, tx.Tx)
		if err != nil {
			return err
		}
		if v > len(migrations) {
			return s.wrongVersion(v)
		}
		for ; v < len(migrations); v++ {
			script := s.d.Types().Replace(migrations[v]) + s.d.TextSchema(v+1)
			if v == 0 {
				script = "CREATE TABLE schema_version (version BIGINT NOT NULL); INSERT INTO schema_version VALUES (0);" + script
			}
			if _, err := tx.ExecContext(ctx, script); err != nil {
				return fmt.Errorf("bringing the store to schema %d: %w", v+1, err)
			}
			if v+1 == partedFeeds {
				if err := tx.partFeeds(); err != nil {
					return err
				}
			}
		}
		return tx.exec("UPDATE schema_version SET version = ?", v)
	})
}

// tx is a transaction that remembers its context and dialect, and which queries
// it asked that were not prepared.
type tx struct {
	*sql.Tx
	ctx   context.Context
	s     *Store
	ready *prepared
	fresh []string
}

// change runs f in a transaction that writes, unless a newer Quoth has brought the
// store forward since it was opened. What f did is on the disk when change returns
// nil, and undone when it does not.
func (s *Store) change(ctx context.Context, f func(*tx) error) error {
	return s.commit(ctx, func(t *tx) error {
		var v int
		if err := t.get("SELECT version FROM schema_version", nil, &v); err != nil {
			return err
		}
		if v != len(migrations) {
			return s.wrongVersion(v)
		}
		return f(t)
	})
}

// commit runs f in a transaction that writes, whatever the store's schema is.
func (s *Store) commit(ctx context.Context, f func(*tx) error) error {
	if s.readOnly {
		return store.ErrReadOnly
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.d.Classify(err)
	}
	x := &tx{Tx: t, ctx: ctx, s: s, ready: &s.ready[0]}
	defer func() { x.ready.learn(ctx, s.write, x.fresh) }()
	if err := f(x); err != nil {
		if back := t.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			err = errors.Join(err, back)
		}
		return s.d.Classify(err)
	}
	return s.d.Classify(t.Commit())
}

// view runs f in a transaction that only reads, so that f sees one state.
func (s *Store) view(ctx context.Context, f func(*tx) error) error {
	t, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.d.Classify(err)
	}
	x := &tx{Tx: t, ctx: ctx, s: s, ready: &s.ready[1]}
	defer func() {
		t.Rollback() // nothing was changed
		x.ready.learn(ctx, s.read, x.fresh)
	}()
	return s.d.Classify(f(x))
}

// stmt gives the query as prepared, nil where it is not yet.
func (t *tx) stmt(query string) *sql.Stmt {
	if stmt := t.ready.get(query); stmt != nil {
		return t.StmtContext(t.ctx, stmt)
	}
	t.fresh = append(t.fresh, query)
	return nil
}

func (t *tx) row(query string, args []any) *sql.Row {
	query = t.s.d.Rebind(query)
	if stmt := t.stmt(query); stmt != nil {
		return stmt.QueryRowContext(t.ctx, args...)
	}
	return t.QueryRowContext(t.ctx, query, args...)
}

func (t *tx) rows(query string, args []any) (*sql.Rows, error) {
	query = t.s.d.Rebind(query)
	if stmt := t.stmt(query); stmt != nil {
		return stmt.QueryContext(t.ctx, args...)
	}
	return t.QueryContext(t.ctx, query, args...)
}

func (t *tx) exec(query string, args ...any) error {
	query = t.s.d.Rebind(query)
	var err error
	if stmt := t.stmt(query); stmt != nil {
		_, err = stmt.ExecContext(t.ctx, args...)
	} else {
		_, err = t.ExecContext(t.ctx, query, args...)
	}
	return err
}

// insert gives the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	var id int64
	err := t.row(query+" RETURNING id", args).Scan(&id)
	return id, err
}

// get scans one row; sql.ErrNoRows where there is none.
func (t *tx) get(query string, args []any, into ...any) error {
	return t.row(query, args).Scan(into...)
}

// each scans rows one after the other; f is called with each in place.
func (t *tx) each(query string, args []any, into []any, f func() error) error {
	rows, err := t.rows(query, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := f(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// column gives the values of a query for one column.
func column[T any](t *tx, query string, args ...any) ([]T, error) {
	var out []T
	var x T
	err := t.each(query, args, in(&x), func() error {
		out = append(out, x)
		return nil
	})
	return out, err
}

// batch is how many rows one query asks for by their keys.
const batch = 50

// batches is each for a query that ends in "IN " and is asked for many keys. The
// last batch is filled up with a key of its own, so that few queries are prepared.
func (t *tx) batches(query string, keys, into []any, f func() error) error {
	for part := range slices.Chunk(keys, batch) {
		if len(part) > 1 {
			part = slices.Clone(part)
			for len(part) < batch {
				part = append(part, part[0])
			}
		}
		if err := t.each(query+"("+marks(len(part))+")", part, into, f); err != nil {
			return err
		}
	}
	return nil
}

func in(args ...any) []any { return args }

// anys are keys for batches.
func anys[T any](keys []T) []any {
	out := make([]any, len(keys))
	for i, k := range keys {
		out[i] = k
	}
	return out
}

// next counts one of the counters on by n and gives its first new value.
func (t *tx) next(counter string, n int) (int64, error) {
	var v int64
	err := t.get("UPDATE counter SET value = value + ? WHERE name = ? RETURNING value", in(n, counter), &v)
	return v - int64(n) + 1, err
}

// idOf finds a row by a unique text, and makes it where it is missing.
func (t *tx) idOf(table, column, value string) (int64, error) {
	var id int64
	err := t.get("SELECT id FROM "+table+" WHERE "+column+" = ?", in(value), &id)
	if errors.Is(err, sql.ErrNoRows) {
		return t.insert("INSERT INTO "+table+" ("+column+") VALUES (?)", value)
	}
	return id, err
}

// notFound turns a missing row into store.ErrNotFound with its name.
func notFound(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: %w", what, store.ErrNotFound)
	}
	return err
}

var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(io.Discard, 6) // 6 is a level
	return w
}}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	w.Reset(&out)
	w.Write(b) // a bytes.Buffer takes everything
	w.Close()
	deflaters.Put(w)
	return out.Bytes()
}

func inflate(b []byte) ([]byte, error) {
	return io.ReadAll(flate.NewReader(bytes.NewReader(b)))
}

func unpack(b []byte, into any) error {
	plain, err := inflate(b)
	if err != nil {
		return fmt.Errorf("damaged: %w", err)
	}
	return json.Unmarshal(plain, into)
}

// asJSON is for values that always have a JSON form.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// unixNano keeps a time, 0 for none.
func unixNano(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func fromNano(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// marks gives "?, ?, ?".
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }
