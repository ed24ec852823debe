package claim

// Weights of the measures of a pair, fitted by TestFit on claims-dev.
var (
	claimWeights     = [width]float64{0.909, 3.375, 0.485, 0.332, 0.407, 0.607, 0.300, -0.550, 0.432, 1.028, 0.397, -0.901, 0.454, -3.684}
	utteranceWeights = [width]float64{3.152, 2.512, 1.474, 0.079, 3.182, -0.466, -0.004, -0.268, 0.069, 0.946, -0.089, -1.133, 0.357, -6.321}
)
