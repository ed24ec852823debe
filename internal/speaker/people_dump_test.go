package speaker
import ("testing";"fmt";"os";"strings")
func TestDump(t *testing.T){ b,_:=os.ReadFile("/work/shared/gold/pages-dev/newsweek_seed.txt"); for _,n:=range Names(Article{Text:string(b)}) { fmt.Println(n.Start, string(b)[n.Start:n.End],"|", n.Full,"|", n.Type, n.Place); _=strings.ToLower } }
