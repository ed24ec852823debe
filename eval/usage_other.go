//go:build !unix

package eval

import "os"

func used() usage { return usage{} }

// Memory is the most memory that an ended process had, in millions of bytes;
// 0 where the system does not tell.
func Memory(*os.ProcessState) float64 { return 0 }
