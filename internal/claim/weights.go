package claim

// Weights of the measures of a pair, in their order. TestFit makes them from
// six events, as read by hand and by the machine; docs/claims.md tells how.
var (
	claimWeights     = [width]float64{1.638, 2.704, 0.854, 0.289, 0.471, -0.540, 0.101, -0.209, 0.517, 1.301, 0.127, -0.666, 0.888, 0.874, 1.375, 0.358, -5.738}
	utteranceWeights = [width]float64{1.726, 2.418, 1.332, 0.049, 1.809, 0.851, 0.110, -0.126, 0.016, 0.710, -0.014, -0.484, 0.421, 0.441, 0.994, 0.481, -6.596}
)
