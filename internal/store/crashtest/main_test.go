package main

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
)

// TestMain lets the test's own binary be the process that is killed.
func TestMain(m *testing.M) {
	if os.Getenv("CRASHTEST_CHILD") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestCrashes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a signal that Windows lacks")
	}
	var out bytes.Buffer
	if err := run(context.Background(), t.TempDir(), 5, 1, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "5 kills, ") {
		t.Errorf("the report is %q", out.String())
	}
}

// TestCheck: a report of something that is not there is found out.
func TestCheck(t *testing.T) {
	path := t.TempDir() + "/quoth.db"
	if err := add(context.Background(), path, 2, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]string{{"article-9 1\n"}, {"article-1 1\n", "article-1 1\n"}, {"article-1 2\n"}} {
		if check(context.Background(), path, bad) == nil {
			t.Errorf("%q passes", bad)
		}
	}
	if err := check(context.Background(), path, []string{"article-1 1\n"}); err != nil {
		t.Error(err)
	}
}
