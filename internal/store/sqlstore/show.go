package sqlstore

import (
	"cmp"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// reading loads a reading without its corrections.
func (t *tx) reading(id int64) (*store.Reading, error) {
	var record, items, sum []byte
	var given string
	var fetched int64
	r := &store.Reading{Record: new(quoth.Record)}
	s := &r.Stored
	err := t.get("SELECT a.name, r.revision, r.given, r.record, r.items, e.code, v.fetched, p.sha256, p.media FROM reading r JOIN article a ON a.id = r.article "+
		"JOIN engine e ON e.id = r.engine JOIN revision v ON v.article = r.article AND v.n = r.revision JOIN page p ON p.id = v.page WHERE r.id = ?",
		[]any{id}, &s.Article, &s.Revision, &given, &record, &items, &s.Code, &fetched, &sum, &s.MediaType)
	if err != nil {
		return nil, err
	}
	s.SHA256, s.Fetched = hex.EncodeToString(sum), fromNano(fetched)
	err = errors.Join(unpack(record, r.Record), unpack(items, &s.Items), json.Unmarshal([]byte(given), &s.Given))
	if err != nil {
		return nil, fmt.Errorf("article %s, revision %d: the reading is %w", s.Article, s.Revision, err)
	}
	return r, nil
}

// show brings everything that can be searched in line with an article's
// newest reading and what people say about it. speakers are identities that an
// import gives.
func (t *tx) show(a *articleRow, r *store.Reading, speakers map[string]string) error {
	var err error
	if r.Corrections, err = t.corrections(a); err != nil {
		return err
	}
	v := r.View()
	art := &v.Record.Article
	a.title, a.byline, a.published = clean(art.Title), clean(art.Byline), art.Published
	if a.outlet, err = t.idOf("outlet", "name", strings.Join(strings.Fields(clean(art.Outlet)), " ")); err != nil {
		return err
	}
	a.day = store.Day(time.Unix(0, a.fetched))
	if first, _, ok := store.Bounds(a.published); ok {
		a.day = first
	}
	set := setting{article: a.id, revision: a.revision, day: a.day, outlet: a.outlet}
	if set.identities, err = t.mentions(a, &v, speakers); err != nil {
		return err
	}
	rows, bounds := rowsOf(&v, set)
	if err := t.keepRows(a, rows, bounds, v.Removed); err != nil {
		return err
	}
	a.statements = int64(len(rows))
	return t.exec("UPDATE article SET title = ?, outlet = ?, byline = ?, published = ?, day = ?, revision = ?, reading = ?, fetched = ?, statements = ? WHERE id = ?",
		a.title, a.outlet, a.byline, a.published, a.day, a.revision, a.reading, a.fetched, a.statements, a.id)
}

// showAgain is show for an article whose reading has not changed.
func (t *tx) showAgain(article int64) error {
	a, err := t.article("a.id = ?", article)
	if err != nil {
		return err
	}
	r, err := t.reading(a.reading)
	if err != nil {
		return err
	}
	return t.show(a, r, nil)
}

// keepRows makes the table hold these rows of an article. Rows that are no
// longer there vanish; they are kept.
func (t *tx) keepRows(a *articleRow, rows []row, bounds [][][2]float64, removed []string) error {
	old := map[int64]row{}
	var r row
	if err := t.each("SELECT "+rowColumns+" FROM statement st WHERE st.article = ?", []any{a.id}, r.into(), func() error {
		old[r.hash] = r
		r = row{} // its pointers are its own
		return nil
	}); err != nil {
		return err
	}
	var fresh, moved, altered []row
	var freshBounds [][][2]float64
	alteredBounds := map[int64][][2]float64{}
	for i, x := range rows {
		was, ok := old[x.hash]
		if !ok {
			fresh, freshBounds = append(fresh, x), append(freshBounds, bounds[i])
			continue
		}
		delete(old, x.hash)
		x.id |= was.id & (1<<32 - 1)
		switch any, place := x.differs(&was); {
		case any:
			altered = append(altered, x)
			alteredBounds[x.hash] = bounds[i]
		case place:
			moved = append(moved, x)
		}
	}
	for _, was := range old {
		gone := was
		said, _, _ := strings.Cut(was.facets, " "+goneFacet)
		gone.ord, gone.facets = vanished, said+" "+goneFacet
		if slices.Contains(removed, idOf(was.hash)) {
			gone.ord, gone.facets = takenOut, gone.facets+" "+outFacet
		}
		if gone.id = firstID(a.day) | was.id&(1<<32-1); gone.ord != was.ord || gone.facets != was.facets || gone.id != was.id {
			altered = append(altered, gone)
			list, err := t.bounds(was.id)
			if err != nil {
				return err
			}
			alteredBounds[gone.hash] = list
		}
	}
	slices.SortFunc(altered, func(x, y row) int { return cmp.Compare(x.hash, y.hash) })
	for _, x := range moved {
		if err := t.exec("UPDATE statement SET ord = ?, start = ?, revision = ? WHERE id = ?", x.ord, x.start, x.revision, x.id); err != nil {
			return err
		}
	}
	for _, x := range altered {
		if err := t.replaceRow(x, alteredBounds[x.hash]); err != nil {
			return err
		}
	}
	return t.insertRows(fresh, freshBounds)
}

func (t *tx) bounds(statement int64) ([][2]float64, error) {
	var out [][2]float64
	var b [2]float64
	err := t.each("SELECT low, high FROM figure WHERE statement = ? ORDER BY n", []any{statement}, []any{&b[0], &b[1]}, func() error {
		out = append(out, b)
		return nil
	})
	return out, err
}

// replaceRow writes a changed row over the one with its hash.
func (t *tx) replaceRow(x row, bounds [][2]float64) error {
	var was row
	if err := t.get("SELECT "+rowColumns+" FROM statement st WHERE st.hash = ?", []any{x.hash}, was.into()...); err != nil {
		return err
	}
	if err := t.s.d.Unindex(t.ctx, t.Tx, []int64{was.id}); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM figure WHERE statement = ?", was.id); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM statement WHERE id = ?", was.id); err != nil {
		return err
	}
	if _, err := t.next("change", 1); err != nil {
		return err
	}
	if err := t.putRow(x, bounds); err != nil {
		return err
	}
	return t.s.d.Index(t.ctx, t.Tx, []int64{x.id})
}

// insertRows adds rows of one article. The first gets the highest number, so
// that the newest article's statements come in the order of its text.
func (t *tx) insertRows(rows []row, bounds [][][2]float64) error {
	if len(rows) == 0 {
		return nil
	}
	n, err := t.next("statement", len(rows))
	if err != nil {
		return err
	}
	if _, err := t.next("change", len(rows)); err != nil {
		return err
	}
	ids := make([]int64, len(rows))
	for i, x := range rows {
		x.id |= n + int64(len(rows)-1-i)
		ids[len(rows)-1-i] = x.id
		if err := t.putRow(x, bounds[i]); err != nil {
			return err
		}
	}
	return t.s.d.Index(t.ctx, t.Tx, ids)
}

var insertRow = "INSERT INTO statement (" + strings.ReplaceAll(rowColumns, "st.", "") + ") VALUES (" + marks(20) + ")"

func (t *tx) putRow(x row, bounds [][2]float64) error {
	if err := t.exec(insertRow, x.values()...); err != nil {
		return err
	}
	for n, b := range bounds {
		if err := t.exec("INSERT INTO figure (statement, n, low, high) VALUES (?, ?, ?, ?)", x.id, n, b[0], b[1]); err != nil {
			return err
		}
	}
	return nil
}

// corrections are those of an article that hold, in order of time.
func (t *tx) corrections(a *articleRow) ([]store.Correction, error) {
	var out []store.Correction
	var data string
	err := t.each("SELECT data FROM correction WHERE article = ? AND undone = 0 ORDER BY seq", []any{a.id}, []any{&data}, func() error {
		var c store.Correction
		out = append(out, c)
		return json.Unmarshal([]byte(data), &out[len(out)-1])
	})
	return out, err
}

func (t *tx) putCorrection(a *articleRow, c *store.Correction) error {
	if c.ID == "" {
		c.ID = store.NewID("k", c.Article, c.Item, c.Field, string(c.Value), c.By, c.At.Format(time.RFC3339Nano))
	}
	undone := int64(0)
	if c.Undone != nil {
		undone = 1
	}
	var seq int64
	err := t.get("SELECT seq FROM correction WHERE id = ?", []any{c.ID}, &seq)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return t.exec("INSERT INTO correction (id, article, data, undone) VALUES (?, ?, ?, ?)", c.ID, a.id, asJSON(c), undone)
}
