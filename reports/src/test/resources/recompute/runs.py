"""The store of a study's runs, put together: variants, metrics, scores and comparisons."""

import json
import re
from collections import namedtuple
from functools import lru_cache
from types import SimpleNamespace

import progress
import seed_statistics as stats
from display import plain

Metric = namedtuple("Metric", "task name split label decimals")


def identity(values):
    return json.dumps(values, sort_keys=True)


def headline(run):
    """The scores of the protocol that comes first."""
    return [s for s in run["scores"] if s["protocol"] == run["scores"][0]["protocol"]]


def of_metric(scores, m):
    return [s for s in scores if (s["task"], s["metric"], s["split"]) == m[:3]]


def value_of(run, m):
    return next((s["value"] for s in of_metric(headline(run), m) if s["value"] is not None), None)


def seeds_of(run):
    return run["init_seed"], run["data_seed"]


def lower_is_better(m):
    return "loss" in m.name or "perplexity" in m.name


def column_of(m):
    return re.sub("[^A-Za-z0-9]+", "_", f"{m.label} {m.split}".strip())


def load(folder):
    """Study, rows (variants, then references), metrics and comparisons."""
    about = json.loads((folder / "study.json").read_text("utf-8"))
    runs = [{**json.loads(f.read_text("utf-8")), "folder": f.parent} for f in sorted(folder.glob("*/run.json"))]
    runs = [run for run in runs if run["run_id"] == run["folder"].name]  # else it is the copy of another
    varied = [run["variant"] for run in runs] + [variant["values"] for variant in about["variants"]]
    keys = sorted({key for values in varied for key in values})
    for run in runs:
        both = {**run["config"], **run["variant"]}
        run["values"] = {key: both[key] for key in keys if key in both}
    rows = variant_rows(about, keys, runs)
    runs = [run for row in rows for run in row.runs]
    study = SimpleNamespace(about=about, keys=keys, runs=runs, variants=list(rows), folder=folder)
    study.metrics = metrics_of(runs, about["references"])
    for reference in about["references"]:
        rows.append(SimpleNamespace(name=reference["name"], kind="reference", values={}, runs=[]))
        scored = {m: of_metric(reference["scores"], m) for m in study.metrics}
        values = {m: [s["value"] for s in found if s["value"] is not None][:1] for m, found in scored.items()}
        rows[-1].scores = {m: stats.summary(value) for m, value in values.items() if value}
    study.rows = rows
    for row in study.variants:
        row.scores = {m: s for m in study.metrics if (s := score_of(row, m))}
    compare_rows(study)
    return study


def variant_rows(about, keys, runs):
    """In the order of the study; what it does not name after that, the largest first."""
    size = lambda run: (run["size"] or {}).get("encoder_parameters", 0)
    fixed = {k: v for k, v in about["baseline"].items() if k in keys}
    at_baseline = lambda values: {k: v for k, v in {**values, **fixed}.items() if v != ""}  # "": must not have the key
    is_baseline = lambda values: bool(fixed) and identity(at_baseline(values)) == identity(values)
    name = lambda values: ", ".join(f"{k} {plain(v)}" for k, v in sorted(values.items())) or "the model"
    found = sorted(runs, key=lambda r: (-size(r), not is_baseline(r["values"]), name(r["values"])))
    rows = {}
    for given, values in [(v["name"], v["values"]) for v in about["variants"]] + [("", r["values"]) for r in found]:
        kind = "baseline" if is_baseline(values) else "variant"
        row = SimpleNamespace(name=given or name(values), kind=kind, values=values, runs=[], baseline=None)
        rows.setdefault(identity(values), row)
    for run in sorted(runs, key=lambda r: (*seeds_of(r), r["run_id"])):
        rows[identity(run["values"])].runs.append(run)
    for row in rows.values():
        if row.kind == "variant" and about["baseline"]:
            row.baseline = rows.get(identity(at_baseline(row.values)))
    return list(rows.values())


def metrics_of(runs, references):
    scores = [s for run in runs for s in headline(run)] + [s for r in references for s in r["scores"]]
    several = len({s["task"] for s in scores}) > 1
    metrics = {}
    for s in scores:
        alike = [o["value"] for o in scores if (o["task"], o["metric"]) == (s["task"], s["metric"])]
        decimals = 4 if all(v is None or abs(v) <= 1 for v in alike) else 2
        label = (s["task"] + " " if several else "") + s["metric"].replace("_", " ")
        kind = s["task"], s["metric"], s["split"]
        metrics.setdefault(kind, Metric(*kind, label, decimals))
    return list(metrics.values())


def failed_at(run, task):
    return run["failure_reason"] is not None and run["config"].get("task", task) == task


def score_of(row, m):
    values = [v for run in row.runs if (v := value_of(run, m)) is not None]
    speaks = lambda r: of_metric(headline(r), m) or failed_at(r, m.task)
    return stats.summary(values, sum(map(bool, map(speaks, row.runs))) - len(values)) if values else None


def best_first(study, m):
    sign = 1 if lower_is_better(m) else -1
    return sorted((row for row in study.variants if m in row.scores), key=lambda row: sign * row.scores[m].mean)


def by_seed(row, m):
    return {seeds_of(run): v for run in row.runs if (v := value_of(run, m)) is not None}


def side(row, m):
    return by_seed(row, m), row.scores[m]


def compare_rows(study):
    """Each variant with its baseline, a family a metric; tie groups of all."""
    for row in study.rows:
        row.comparisons, row.items, row.mcnemar, row.letters = {}, {}, {}, {}
    for m in study.metrics:
        compared = [r for r in study.variants if m in r.scores and r.baseline and m in r.baseline.scores]
        families = stats.compare([side(r, m) + side(r.baseline, m) for r in compared])
        for i, (row, found) in enumerate(zip(compared, families)):
            progress.step(f"comparing by {m.label}", i, len(compared))
            row.comparisons[m] = found
            row.items[m], row.mcnemar[m] = by_examples(row, row.baseline, m)
        ranked = best_first(study, m)
        for row, letters in zip(ranked, stats.tie_letters([r.scores[m] for r in ranked])):
            row.letters[m] = letters


@lru_cache(maxsize=None)
def predictions(path):
    """(labels, predictions) by the examples' ids in order; None without labels."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    found = {str(x["id"]): (x["label"], x["prediction"]) for x in lines if "label" in x}
    return {i: found[i] for i in sorted(found)} or None


def answers(path, metric):
    """(labels, predictions) as the metric takes them: any classes, or numbers."""
    number = (lambda v: v) if metric in ("accuracy", "matthews_correlation") else float
    return [[number(v) for v in part] for part in zip(*predictions(path).values())]


@lru_cache(maxsize=None)
def replicates(path, metric, seeds):
    return stats.replicate_scores(metric, *answers(path, metric), seeds)


def by_examples(row, base, m):
    if m.name not in stats.METRICS:
        return None, None
    path = lambda run: run["folder"] / "predictions" / (m.split + ".jsonl")
    usable = lambda run: run["status"] == "finished" and predictions(path(run))
    own, other = [{seeds_of(run): path(run) for run in r.runs if usable(run)} for r in (row, base)]
    common = sorted(set(own) & set(other))
    files = [side[seed] for side in (own, other) for seed in common]
    labels = [{i: answer[0] for i, answer in predictions(f).items()} for f in files]
    if not common or any(each != labels[0] for each in labels):
        return None, None
    scores = []
    for i, file in enumerate(files):
        progress.step(f"{m.label}: models on {stats.REPLICATES:,} replicates, {row.name}", i, len(files))
        scores.append(replicates(file, m.name, len(common)))
    items = stats.item_bootstrap(scores[: len(common)], scores[len(common) :], len(labels[0]))
    if len(common) > 1 or m.name != "accuracy":
        return items, None
    right = [[g == p for g, p in predictions(f).values()] for f in files]
    only = lambda a, b: sum(x and not y for x, y in zip(a, b))
    return items, stats.mcnemar_p(only(*right), only(*reversed(right)))


def first(row, key):
    return next((run[key] for run in row.runs if run.get(key) is not None), None)


def measured(row, *path):
    values = []
    for run in row.runs:
        value = run["performance"]
        for key in path:
            value = value and value.get(key)
        values += [value] if run["status"] == "finished" and value is not None else []
    return stats.summary(values) if values else None


def count(row, status):
    return sum(run["status"] == status for run in row.runs)
