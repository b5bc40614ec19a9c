import numpy as np

N, D_in, H, D_out = 64, 1000, 100, 10
rate, iterations, seed = 1e-4, 500, 0

rng = np.random.default_rng(seed)
x, y = rng.normal(size=(N, D_in)), rng.normal(size=(N, D_out))
W1, W2 = rng.normal(size=(D_in, H)), rng.normal(size=(H, D_out))

for t in range(iterations):
    h = 1 / (1 + np.exp(-x @ W1))
    scores = h @ W2
    loss = np.square(scores - y).sum()
    dscores = 2 * (scores - y)
    dW2 = h.T @ dscores
    dh = dscores @ W2.T
    dW1 = x.T @ (dh * h * (1 - h))
    W1 -= rate * dW1
    W2 -= rate * dW2
