package encoder

import "golang.org/x/sys/cpu"

// extra lists the assembly kernels that this machine can run.
func extra() []*kernels {
	out := []*kernels{&avx2}
	if best() == &avx512 && cpu.X86.HasAVX512F {
		out = append(out, &avx512)
	}
	return out
}
