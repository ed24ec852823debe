package claim

// Weights of the measures of a pair, in their order. TestFit makes them from
// articles read by hand; docs/claims.md tells how.
var (
	claimWeights     = [width]float64{1.259, 2.508, 0.736, 0.257, 0.300, 0.685, 0.094, -0.372, 0.417, 1.325, 0.281, -0.471, 0.289, 0.829, 1.299, 0.338, -4.941}
	utteranceWeights = [width]float64{1.441, 2.018, 0.990, 0.040, 1.698, 1.862, 0.031, -0.176, -0.025, 0.808, -0.054, -0.498, 0.479, 0.530, 0.791, 0.746, -6.211}
)
