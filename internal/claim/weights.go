package claim

// Weights of the measures of a pair, in their order. TestFit makes them from
// articles read by hand; docs/claims.md tells how.
var (
	claimWeights     = [width]float64{1.188, 2.796, 0.784, 0.251, 0.407, 0.765, 0.290, -0.322, 0.385, 1.621, 0.270, -0.479, 0.346, -3.743}
	utteranceWeights = [width]float64{1.526, 2.084, 1.023, 0.058, 1.771, 2.033, 0.105, -0.133, -0.034, 0.796, -0.059, -0.566, 0.332, -5.210}
)
