"""From handwriting to a trained network: datasets -> augmentation -> architecture -> train."""
