package encoder

import "crypto/sha256"

// reseal changes one byte and puts the right hash at the end.
func reseal(b []byte, at int, x byte) []byte {
	if len(b) < sha256.Size+1 {
		return b
	}
	body := b[:len(b)-sha256.Size]
	body[at%len(body)] ^= x
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}
