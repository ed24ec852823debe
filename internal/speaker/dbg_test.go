package speaker

import (
	"fmt"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	f := os.Getenv("DBG")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	d := &doc{s: string(b)}
	d.words, d.lines = split(d.s)
	d.findNames()
	d.join()
	d.findRoles()
	for i, e := range d.ids {
		fmt.Printf("%d %v kind %d gender %c n=%d:", i, e.words, e.kind, e.gender, len(e.names))
		for _, n := range e.names {
			m := d.names[n]
			fmt.Printf(" [%s|%s]", d.slice(m.title, m.first), d.slice(m.first, m.last))
		}
		for _, r := range e.roles {
			fmt.Printf(" {%s %.1f}", d.slice(r.first, r.last), r.score)
		}
		fmt.Println()
	}
}
