// Package model holds the weights that the binary carries. CARD.md beside it
// tells what they were trained on, how good they are and where they fail.
package model

import _ "embed"

// Weights is the weights file, for read.New.
//
//go:embed quoth-en.bin
var Weights []byte
