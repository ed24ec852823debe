//go:build unix

package eval

import (
	"os"
	"runtime"
	"syscall"
	"time"
)

func used() usage {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return usage{}
	}
	return usage{time.Duration(u.Utime.Nano() + u.Stime.Nano()), resident(&u)}
}

// Memory is the most memory that an ended process had, in millions of bytes;
// 0 where the system does not tell.
func Memory(p *os.ProcessState) float64 {
	if u, ok := p.SysUsage().(*syscall.Rusage); ok {
		return resident(u)
	}
	return 0
}

func resident(u *syscall.Rusage) float64 {
	unit := 1024.0 // bytes, on Linux and the BSDs
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		unit = 1
	}
	return float64(u.Maxrss) * unit / 1e6
}
