import numpy as np

N, D_in, H1, H2, D_out, seed = 5, 3, 4, 4, 2, 0

rng = np.random.default_rng(seed)
x = rng.normal(size=(N, D_in))
W1, b1 = rng.normal(size=(D_in, H1)), rng.normal(size=H1)
W2, b2 = rng.normal(size=(H1, H2)), rng.normal(size=H2)
W3, b3 = rng.normal(size=(H2, D_out)), rng.normal(size=D_out)

h1 = 1 / (1 + np.exp(-(x @ W1 + b1)))
h2 = 1 / (1 + np.exp(-(h1 @ W2 + b2)))
scores = h2 @ W3 + b3
