//go:build !amd64

package encoder

func extra() []*kernels { return nil }
