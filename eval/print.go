package eval

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// A Setting is what a table of results must say beside its figures.
type Setting struct {
	Date    time.Time
	Model   string
	Machine string
	Command string
}

// Machine describes this machine: processor, cores in use, system.
func Machine() string {
	name := "unknown processor"
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				name = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s", name, runtime.GOMAXPROCS(0), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// WriteText prints tables for people at a terminal.
func WriteText(w io.Writer, tables []Table, floors Floors) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(tw)
		}
		fmt.Fprintf(tw, "%s: %s, read in %s\n", t.Data, t.Size, t.speed())
		for _, m := range t.Measures {
			fmt.Fprintf(tw, "  %s\t%5.1f\tof %d\t%s\n", m.Name, m.Value, m.Of, floors[t.Data][m.Name])
		}
	}
	return tw.Flush()
}

// WriteMisses prints the statements that were not found, the speakers that are
// wrong, and the ten pages whose body is found worst.
func WriteMisses(w io.Writer, tables []Table) error {
	b := bufio.NewWriter(w)
	for _, t := range tables {
		for _, m := range t.Misses {
			if m.Found {
				fmt.Fprintf(b, "SPEAKER  %s  gold %q  got %q  source %q\n", m.Article, m.Speaker, m.Got, m.Source)
			} else {
				fmt.Fprintf(b, "MISSED   %s  %s %s  %q  %.110q\n", m.Article, m.Act, m.Quotation, m.Speaker, m.Content)
			}
		}
		for _, p := range t.Worst[:min(10, len(t.Worst))] {
			fmt.Fprintf(b, "BODY     %s  precision %.1f  recall %.1f\n", p.Page, 100*p.Precision, 100*p.Recall)
		}
	}
	return b.Flush()
}

// WriteMarkdown prints tables with the setting they were measured in.
func WriteMarkdown(w io.Writer, s Setting, tables []Table, floors Floors) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# Results\n\nWritten by `%s` on %s.\n\n- Model: %s\n- Machine: %s\n\n", s.Command, s.Date.Format(time.DateOnly), s.Model, s.Machine)
	fmt.Fprint(b, "Figures are percent; what each means, and whose protocol it follows, stands in the package comment of `eval`.\n")
	for _, t := range tables {
		fmt.Fprintf(b, "\n## %s\n\n%s. Read in %s.\n\n| measure | value | of | floor |\n|---|---:|---:|---:|\n", t.Data, t.Size, t.speed())
		for _, m := range t.Measures {
			fmt.Fprintf(b, "| %s | %.1f | %d | %s |\n", m.Name, m.Value, m.Of, floors[t.Data][m.Name])
		}
		if t.Bins == nil {
			continue
		}
		fmt.Fprint(b, "\n| stated confidence | statements | mean stated | right |\n|---|---:|---:|---:|\n")
		for i, bin := range t.Bins {
			fmt.Fprintf(b, "| %d to %d | %d | %.1f | %.1f |\n", 10*i, 10*i+10, bin.Statements, 100*bin.Stated, 100*bin.Right)
		}
		fmt.Fprint(b, "\n| `--min-confidence` | precision | recall |\n|---|---:|---:|\n")
		for i := 0; i < len(t.Trade); i += 2 {
			fmt.Fprintf(b, "| %.1f | %.1f | %.1f |\n", t.Trade[i].Least, 100*t.Trade[i].Precision, 100*t.Trade[i].Recall)
		}
	}
	return b.Flush()
}

func (t Table) speed() string {
	s := t.Took.Seconds()
	return fmt.Sprintf("%.1f s (%.0f words a second)", s, float64(t.Words)/max(s, 1e-3))
}
