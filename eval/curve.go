package eval

import (
	"bytes"
	"fmt"
)

// WriteCurve draws, as SVG, how far a table's stated confidence can be
// believed, and what a least confidence trades: precision against recall.
func WriteCurve(b *bytes.Buffer, t Table) {
	const side, left, top, gap = 260, 56, 44, 110
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">`+"\n", 2*side+gap+2*left, side+top+60)
	fmt.Fprint(b, `<rect width="100%" height="100%" fill="#fff"/>`+"\n")
	x := func(panel int, v float64) float64 { return left + float64(panel)*(side+gap) + v*side }
	y := func(v float64) float64 { return top + (1-v)*side }
	for panel, words := range [][3]string{
		{"Is the stated confidence true?", "stated confidence", "share that is right"},
		{"What --min-confidence trades", "recall", "precision"},
	} {
		fmt.Fprintf(b, `<text x="%.0f" y="24" font-size="15" font-weight="600">%s</text>`+"\n", x(panel, 0), words[0])
		for i := 0; i <= 10; i += 2 {
			v := float64(i) / 10
			fmt.Fprintf(b, `<path d="M%.1f %.1fH%.1fM%.1f %.1fV%.1f" stroke="#ddd"/>`, x(panel, 0), y(v), x(panel, 1), x(panel, v), y(0), y(1))
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="end" fill="#555">%.1f</text>`, x(panel, 0)-6, y(v)+4, v)
			fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle" fill="#555">%.1f</text>`+"\n", x(panel, v), y(0)+16, v)
		}
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x(panel, .5), y(0)+36, words[1])
		fmt.Fprintf(b, `<text transform="translate(%.1f %.1f) rotate(-90)" text-anchor="middle">%s</text>`+"\n", x(panel, 0)-38, y(.5), words[2])
	}
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#999" stroke-dasharray="4 4"/>`+"\n", x(0, 0), y(0), x(0, 1), y(1))
	most := 1
	for _, bin := range t.Bins {
		most = max(most, bin.Statements)
	}
	for _, bin := range t.Bins {
		if bin.Statements > 0 {
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="%.1f" fill="#1f6feb" fill-opacity=".75"><title>%d statements: %.2f stated, %.2f right</title></circle>`+"\n",
				x(0, bin.Stated), y(bin.Right), 3+7*float64(bin.Statements)/float64(most), bin.Statements, bin.Stated, bin.Right)
		}
	}
	fmt.Fprint(b, `<polyline fill="none" stroke="#1f6feb" stroke-width="2" points="`)
	for _, p := range t.Trade {
		fmt.Fprintf(b, "%.1f,%.1f ", x(1, p.Recall), y(p.Precision))
	}
	fmt.Fprint(b, `"/>`+"\n")
	for i, p := range t.Trade {
		if i%4 == 0 {
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="#1f6feb"/><text x="%.1f" y="%.1f">%.1f</text>`+"\n", x(1, p.Recall), y(p.Precision), x(1, p.Recall)+7, y(p.Precision)-5, p.Least)
		}
	}
	fmt.Fprint(b, "</svg>\n")
}
