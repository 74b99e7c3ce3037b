"""Makes label-metrics.json with scikit-learn 1.9.1 and NumPy's generator of seed 7."""
import json
import numpy as np
from sklearn.metrics import accuracy_score, f1_score, mean_squared_error

random = np.random.default_rng(7)
classes, sets = [], []
for n, k in ((5, 2), (12, 3), (40, 5), (100, 9)):
    gold, predicted = random.integers(0, k, n), random.integers(0, k, n)
    classes.append({
        "gold": gold.tolist(), "predicted": predicted.tolist(),
        "accuracy": accuracy_score(gold, predicted),
        "macro_f1": f1_score(gold, predicted, average="macro", zero_division=0),
        "micro_f1": f1_score(gold, predicted, average="micro", zero_division=0),
        "rmse": float(np.sqrt(mean_squared_error(gold, predicted)))})
    gold, predicted = (random.random((n, k)) < 0.3).astype(int), (random.random((n, k)) < 0.3).astype(int)
    sets.append({
        "gold": gold.tolist(), "predicted": predicted.tolist(),
        "accuracy": accuracy_score(gold, predicted),
        "macro_f1": f1_score(gold, predicted, average="macro", zero_division=0),
        "micro_f1": f1_score(gold, predicted, average="micro", zero_division=0)})
print(json.dumps({"classes": classes, "sets": sets}))
