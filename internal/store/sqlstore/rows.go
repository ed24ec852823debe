package sqlstore

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// Places of a statement's row that are no place in the reading.
const (
	vanished = -1
	takenOut = -2 // a person says that it is none
)

// row is a statement as table statement holds it.
type row struct {
	id, hash, article, ord, start, revision int64
	act, quotation                          int64
	confidence                              float64
	saidFirst, saidLast                     *int64
	source, cue, content                    string
	who, role, via, addressee               string
	facets, shown                           string
}

// shown is what a list shows beyond the columns, as JSON.
type shown struct {
	Speakers  []shownSpeaker    `json:"s,omitempty"` // one for each line of who
	When      *quoth.When       `json:"w,omitempty"`
	Figures   []store.HitFigure `json:"f,omitempty"`
	Parent    string            `json:"p,omitempty"`
	Corrected []string          `json:"c,omitempty"`
}

type shownSpeaker struct {
	Type     quoth.SpeakerType `json:"t"`
	Identity int64             `json:"i,omitempty"`
}

const rowColumns = "st.id, st.hash, st.article, st.ord, st.start, st.revision, st.act, st.quotation, st.confidence, st.said_first, st.said_last, st.source, st.cue, st.content, st.who, st.role, st.via, st.addressee, st.facets, st.shown"

func (r *row) into() []any {
	return []any{&r.id, &r.hash, &r.article, &r.ord, &r.start, &r.revision, &r.act, &r.quotation, &r.confidence, &r.saidFirst, &r.saidLast,
		&r.source, &r.cue, &r.content, &r.who, &r.role, &r.via, &r.addressee, &r.facets, &r.shown}
}

func (r *row) values() []any {
	return []any{r.id, r.hash, r.article, r.ord, r.start, r.revision, r.act, r.quotation, r.confidence, r.saidFirst, r.saidLast,
		r.source, r.cue, r.content, r.who, r.role, r.via, r.addressee, r.facets, r.shown}
}

func (r row) day() int { return int(r.id >> 32) }

// firstID is the least id of a day; a day's last is the next one's first less
// one.
func firstID(day int) int64 { return int64(day) << 32 }

// differs tells whether two rows of one statement differ in what they say of
// it, and whether they do in where it stands.
func (r *row) differs(o *row) (any, place bool) {
	place = r.ord != o.ord || r.start != o.start || r.revision != o.revision
	same := func(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
	any = r.source != o.source || r.cue != o.cue || r.content != o.content ||
		r.act != o.act || r.quotation != o.quotation || r.confidence != o.confidence || !same(r.saidFirst, o.saidFirst) || !same(r.saidLast, o.saidLast) ||
		r.who != o.who || r.role != o.role || r.via != o.via || r.addressee != o.addressee || r.facets != o.facets || r.shown != o.shown || r.day() != o.day()
	return any, place
}

// hashOf reads a statement's ID as the number that the table keeps.
func hashOf(id string) (int64, bool) {
	hex, ok := strings.CutPrefix(id, "s")
	n, err := strconv.ParseUint(hex, 16, 64)
	return int64(n), ok && err == nil && len(hex) == 16
}

func idOf(hash int64) string { return fmt.Sprintf("s%016x", uint64(hash)) }

// Facets are words of the full text that stand for what is not words. All are
// a letter and digits, which no stemmer touches.
const (
	goneFacet = "v0" // vanished, or taken out
	outFacet  = "x0" // taken out
)

func identityFacet(id int64) string { return "i" + strconv.FormatInt(id, 10) }
func outletFacet(id int64) string   { return "o" + strconv.FormatInt(id, 10) }
func actFacet(act int64) string     { return "a" + strconv.FormatInt(act, 10) }

// monthFacet stands for a month that something was said in; 0 for a stretch of
// too many months to name each.
func monthFacet(month int) string { return "m" + strconv.Itoa(month) }

const mostMonths = 24

// months lists the months from one day to another, as 202502; nil where they
// are too many.
func months(first, last int) []int {
	a, b := store.DayString(first), store.DayString(last)
	number := func(s string) int {
		y, _ := strconv.Atoi(s[:4]) // a day is written in digits
		m, _ := strconv.Atoi(s[5:7])
		return y*12 + m - 1
	}
	from, to := number(a), number(b)
	if to-from >= mostMonths {
		return nil
	}
	var out []int
	for n := from; n <= to; n++ {
		out = append(out, n/12*100+n%12+1)
	}
	return out
}

// sizeFacet stands for figures of about a size.
func sizeFacet(bucket int) string { return "g" + strconv.Itoa(bucket) }

// size sorts a figure into one of 57 buckets: three for each power of ten from
// a thousandth to 10^15, the first for nothing and less.
func size(x float64) int {
	if x <= 0 {
		return 0
	}
	return int(min(max(math.Floor(3*math.Log10(x))+10, 1), 56))
}

var quotations = []quoth.Quotation{quoth.Direct, quoth.Mixed, quoth.Indirect}

func number[T comparable](list []T, x T) int64 { return int64(max(0, slices.Index(list, x))) }

// oneALine joins a list into a column. No name holds a line break after this.
func oneALine(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.Join(strings.Fields(s), " ")
	}
	return strings.Join(out, "\n")
}

func perLine(column string) []string {
	if column == "" {
		return []string{}
	}
	return strings.Split(column, "\n")
}

// setting is what an article gives all of its statements.
type setting struct {
	article, revision int64
	day               int
	outlet            int64
	identities        map[string]int64 // a speaker's name → identity
}

// rowsOf works out the rows of a view, without ids and changes; and the
// figures of each, as bounds.
func rowsOf(v *store.View, in setting) ([]row, [][][2]float64) {
	rec := &v.Record
	ids := map[string]string{} // the record's own → permanent
	for i, s := range rec.Statements {
		ids[s.ID] = v.Items.Statements[i]
	}
	rows := make([]row, len(rec.Statements))
	bounds := make([][][2]float64, len(rec.Statements))
	figures := figuresOf(rec)
	for i := range rec.Statements {
		s := &rec.Statements[i]
		hash, _ := hashOf(v.Items.Statements[i])
		r := &rows[i]
		*r = row{
			id: firstID(in.day), hash: hash, article: in.article, ord: int64(i), start: int64(store.First(s)), revision: in.revision,
			act: number(quoth.Acts, s.Act), quotation: number(quotations, s.Quotation), confidence: s.Confidence,
			source: clean(store.Words(s.Source)), cue: clean(store.Words(s.Cue)), content: clean(store.Words(s.Content)),
			role: clean(s.Role), via: clean(oneALine(s.Via)), addressee: clean(oneALine(s.To)),
		}
		facets := []string{actFacet(r.act), outletFacet(in.outlet)}
		more := shown{When: s.When, Parent: ids[s.Parent]}
		var names []string
		for _, p := range s.Speaker {
			id := in.identities[p.Name]
			names = append(names, p.Name)
			more.Speakers = append(more.Speakers, shownSpeaker{p.Type, id})
			if id != 0 && !slices.Contains(facets, identityFacet(id)) {
				facets = append(facets, identityFacet(id))
			}
		}
		r.who = clean(oneALine(names))
		facets = append(facets, r.said(s.When)...)
		for _, k := range figures[i] {
			f := &rec.Figures[k]
			more.Figures = append(more.Figures, store.HitFigure{Text: f.Text, Low: f.Low, High: f.High, Unit: f.Unit})
			if at, ok := extent(f); ok {
				bounds[i] = append(bounds[i], at)
			}
		}
		facets = append(facets, sizeFacets(bounds[i])...)
		for _, c := range v.Corrected[v.Items.Statements[i]] {
			more.Corrected = append(more.Corrected, c.Field)
		}
		slices.Sort(more.Corrected)
		r.facets = strings.Join(facets, " ")
		if b := asJSON(more); b != "{}" {
			r.shown = b
		}
	}
	return rows, bounds
}

// said keeps the days that something was said on, where they are known, and gives
// the facets of their months.
func (r *row) said(when *quoth.When) []string {
	if when == nil {
		return nil
	}
	first, last, ok := store.Bounds(when.Date)
	if !ok {
		return nil
	}
	a, b := int64(first), int64(last)
	r.saidFirst, r.saidLast = &a, &b
	list := months(first, last)
	if list == nil {
		list = []int{0}
	}
	var facets []string
	for _, m := range list {
		facets = append(facets, monthFacet(m))
	}
	return facets
}

// extent gives what a figure lies between; one bound stands for a missing one.
func extent(f *quoth.Figure) (at [2]float64, ok bool) {
	low, high := cmp.Or(f.Low, f.High), cmp.Or(f.High, f.Low)
	if low == nil {
		return at, false
	}
	return [2]float64{*low, *high}, true
}

// sizeFacets gives the facets of figures' sizes, each once.
func sizeFacets(bounds [][2]float64) []string {
	var facets []string
	for _, at := range bounds {
		for b := size(at[0]); b <= size(at[1]); b++ {
			if f := sizeFacet(b); !slices.Contains(facets, f) {
				facets = append(facets, f)
			}
		}
	}
	return facets
}

// clean drops the marks that Highlight sets, and NUL, at which SQLite's text
// functions stop.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == MarkOn || r == MarkOff || r == 0 {
			return -1
		}
		return r
	}, s)
}

// figuresOf gives for each statement the figures that stand in its content and
// in no smaller one.
func figuresOf(rec *quoth.Record) [][]int {
	out := make([][]int, len(rec.Statements))
	for k, f := range rec.Figures {
		best, size := -1, 0
		for i, s := range rec.Statements {
			for _, c := range s.Content {
				if n := c.End - c.Start; c.Start <= f.Start && f.End <= c.End && (best < 0 || n < size) {
					best, size = i, n
				}
			}
		}
		if best >= 0 {
			out[best] = append(out[best], k)
		}
	}
	return out
}

// hit makes what a list shows of a row; identities gives their IDs outside.
func (r *row) hit(a *articleRow, identities map[int64]string) (store.Hit, error) {
	h := store.Hit{
		ID: idOf(r.hash), Article: a.name, Revision: int(r.revision), Title: a.title, URL: a.url, Outlet: a.outletName, Published: a.published,
		Source: r.source, Cue: r.cue, Content: r.content, Highlights: []store.Range{}, Quotation: quotations[r.quotation],
		Speakers: []store.HitSpeaker{}, Role: r.role, Act: quoth.Acts[r.act], Via: perLine(r.via), To: perLine(r.addressee),
		Figures: []store.HitFigure{}, Confidence: r.confidence, Corrected: []string{}, Vanished: r.ord < 0,
	}
	var more shown
	if r.shown != "" {
		if err := json.Unmarshal([]byte(r.shown), &more); err != nil {
			return h, fmt.Errorf("statement %s: %w", h.ID, err)
		}
	}
	for i, name := range perLine(r.who) {
		if i < len(more.Speakers) {
			h.Speakers = append(h.Speakers, store.HitSpeaker{Name: name, Type: more.Speakers[i].Type, Identity: identities[more.Speakers[i].Identity]})
		}
	}
	h.When, h.Parent = more.When, more.Parent
	h.Figures = append(h.Figures, more.Figures...)
	h.Corrected = append(h.Corrected, more.Corrected...)
	if r.ord == takenOut {
		h.Corrected = append(h.Corrected, "removed")
	}
	return h, nil
}
