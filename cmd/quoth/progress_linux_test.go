package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/sys/unix"
)

// onTerminal runs the program with a terminal for its standard error, and gives
// what it wrote there.
func onTerminal(t *testing.T, args ...string) string {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminals here: ", err)
	}
	defer master.Close()
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	shown := make(chan string)
	go func() {
		b, _ := io.ReadAll(master) // ends with an error when the other side closes
		shown <- string(b)
	}()
	cmd := exec.Command("quoth", args...)
	cmd.Stderr = slave
	if err := cmd.Run(); err != nil {
		t.Errorf("quoth %v: %v", args, err)
	}
	slave.Close()
	return <-shown
}

// Long work on a store shows how far it is on a terminal, and wipes that away.
func TestProgress(t *testing.T) {
	db, out := filepath.Join(t.TempDir(), "quoth.db"), filepath.Join(t.TempDir(), "out")
	for _, c := range []struct {
		args []string
		last string
	}{
		{[]string{"add", "../../examples/talks.txt"}, `1 articles added`},
		{[]string{"verify"}, `2 pages and articles looked at`},
		{[]string{"export", "-o", out}, `1 lines written`},
		{[]string{"export", "--format", "csv", "-o", out}, `[1-9]\d* statements written`},
		{[]string{"export", "--format", "readings", "-o", out}, `1 articles looked at`},
	} {
		got := onTerminal(t, append(c.args, "--db", db)...)
		if !regexp.MustCompile(`\r\x1b\[K` + c.last + `(\r\x1b\[K)+$`).MatchString(got) {
			t.Errorf("quoth %v showed %q", c.args, got)
		}
	}
}
