package store

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// Columns of a table of statements.
var Columns = []string{"id", "article", "revision", "published", "outlet", "title", "url", "speaker", "role", "act", "cue", "content", "quotation",
	"via", "to", "said", "said_date", "figures", "confidence", "corrected", "vanished"}

// A Table writes statements as CSV. Errors are kept until Close.
type Table struct{ w *csv.Writer }

// NewTable begins a table with its head.
func NewTable(w io.Writer) *Table {
	t := &Table{csv.NewWriter(w)}
	_ = t.w.Write(Columns) // Close tells
	return t
}

// Put writes a statement.
func (t *Table) Put(h Hit) {
	var names, figures []string
	for _, s := range h.Speakers {
		names = append(names, s.Name)
	}
	for _, f := range h.Figures {
		figures = append(figures, f.Text)
	}
	said, date := "", ""
	if h.When != nil {
		said, date = h.When.Text, h.When.Date
	}
	row := []string{h.ID, h.Article, strconv.Itoa(h.Revision), h.Published, h.Outlet, h.Title, h.URL, strings.Join(names, "; "), h.Role, string(h.Act), h.Cue, h.Content, string(h.Quotation),
		strings.Join(h.Via, "; "), strings.Join(h.To, "; "), said, date, strings.Join(figures, "; "), strconv.FormatFloat(h.Confidence, 'g', -1, 64), strings.Join(h.Corrected, "; "), strconv.FormatBool(h.Vanished)}
	for i := range row {
		row[i] = cell(row[i])
	}
	_ = t.w.Write(row) // Close tells
}

// Close writes what is left, and gives the first error.
func (t *Table) Close() error {
	t.w.Flush()
	return t.w.Error()
}

// cell keeps a spreadsheet from taking an article's words for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// RoleBeside is the role to be shown beside a hit's speakers: "" where it is
// what they are called ("a Google spokesperson", Google spokesperson).
func (h *Hit) RoleBeside() string {
	role := strings.ToLower(h.Role)
	for _, s := range h.Speakers {
		if name := strings.ToLower(s.Name); name == role || strings.HasSuffix(name, " "+role) {
			return ""
		}
	}
	return h.Role
}
