// Storybook shows the desk's pages without data: empty, full, and wrong.
//
//	go run ./internal/web/storybook [ADDRESS]
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/quothnews/quoth/internal/web"
)

func main() {
	address := "127.0.0.1:7789"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	l, err := net.Listen("tcp", address)
	if err == nil {
		fmt.Printf("http://%s\n", l.Addr())
		err = http.Serve(l, web.Storybook())
	}
	fmt.Fprintln(os.Stderr, "storybook:", err)
	os.Exit(1)
}
