package encoder

// extra lists the assembly kernels that this machine can run.
func extra() []*kernels {
	return map[*kernels][]*kernels{
		&avx2: {&avx2wide, &avx2}, &avx512: {&avx2wide, &avx2, &avx512wide, &avx512}, &vnni: {&avx2wide, &avx2, &avx512wide, &avx512, &vnni},
	}[best()]
}
