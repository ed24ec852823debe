package claim

// Weights of the measures of a pair, in their order. TestFit makes them from
// articles read by hand; docs/claims.md tells how.
var (
	claimWeights     = [width]float64{1.231, 2.786, 0.790, 0.243, 0.381, 0.783, 0.286, -0.325, 0.371, 1.026, 0.261, -0.475, 0.367, -3.687}
	utteranceWeights = [width]float64{1.554, 2.109, 1.022, 0.050, 1.761, 2.017, 0.104, -0.136, -0.041, 0.751, -0.080, -0.559, 0.359, -5.180}
)
