"""What a search over learning rates and the like would have found with fewer runs."""

from collections import namedtuple

from display import fixed, plain, plural
from expected import Cell, Fixed, Sheet, figure, without_score, words
from runs import by_seed, lower_is_better, name_of
from task_statistics import expected_maximum

TUNED = {"learning_rate", "batch_size", "epochs", "warmup_proportion", "weight_decay"}
BUDGETS, FEWEST_RUNS = (1, 2, 5, 10), 5

Search = namedtuple("Search", "name metric scores failed undefined keys")


def searches(study):
    if not set(study.keys) - TUNED - {"task"} or not set(study.keys) & TUNED:
        return []
    models = {}
    for row in study.variants:
        values = {key: value for key, value in row.values.items() if key not in TUNED}
        models.setdefault(name_of(values), []).append(row)
    dev = [m for m in study.primary if m.split.startswith("dev")]
    found = [search(name, m, rows) for m in dev for name, rows in models.items()]
    return [own for own in found if len(own.scores) >= FEWEST_RUNS and own.keys]


def search(name, m, rows):
    scored, known = [row for row in rows if m in row.scores], [row.summaries[m] for row in rows if m in row.summaries]
    values = {key: {plain(row.values.get(key, "")) for row in scored} for key in sorted(TUNED)}
    scores = [v for row in scored for v in by_seed(row, m).values()]
    keys = {key: len(own) for key, own in values.items() if len(own) > 1}
    return Search(name, m, scores, sum(s.failed for s in known), sum(s.undefined for s in known), keys)


def expected_best(own, budget):
    sign = -1 if lower_is_better(own.metric) else 1
    return None if budget > len(own.scores) else sign * expected_maximum([sign * v for v in own.scores], budget)


def sheet(study):
    found = searches(study)
    budgets = [n for n in BUDGETS if any(len(own.scores) >= n for own in found)]
    heads = [("model", ""), ("metric", ""), ("runs", "values of the keys")]
    heads += [(plural(n, "run"), "expected best") for n in budgets]
    rows = []
    for own in found:
        n = len(own.scores)
        raw = {"runs": n, "runs_failed": own.failed, "runs_undefined": own.undefined}
        detail = [f"{number} of {key}" for key, number in own.keys.items()]
        detail = ", ".join(detail + without_score(own.failed, own.undefined))
        rows.append([words("variant", own.name), words("metric", own.metric.label), Cell(raw, str(n), detail, n)])
        for budget in budgets:
            show = lambda v: fixed(v, own.metric.decimals)
            rows[-1].append(figure(f"expected_best_of_{budget}", expected_best(own, budget), show))
    note = Fixed("Expected best: the mean of the best of so many runs, drawn with replacement", ["2019", "4"])
    return Sheet("tuning", "Expected best dev score by tuning budget", heads, rows, [note])
