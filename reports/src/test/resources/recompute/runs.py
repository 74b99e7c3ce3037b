"""The store of a study's runs, put together: variants, metrics, scores and predictions."""

import json
import re
from collections import namedtuple
from functools import lru_cache
from types import SimpleNamespace

import example_statistics as examples
import seed_statistics as stats
from display import plain

Metric = namedtuple("Metric", "task name split label decimals")
MARGIN, MAJORITY = 0.01, "majority guess"
CORRELATIONS = "matthews_correlation", "pearson", "spearman"
SYMBOLS = {
    "vocab_size": "V",
    "embedding_size": "E",
    "hidden_size": "H",
    "num_hidden_layers": "L",
    "num_attention_heads": "A",
    "intermediate_size": "I",
    "batch_size": "batch",
    "learning_rate": "rate",
}
SHARING = {"none": "not shared", "all": "shared", "attention": "attention shared", "ffn": "FFN shared"}


def identity(values):
    return json.dumps(values, sort_keys=True)


# --- metrics and scores ---


def is_part(name, names):
    """Whether it is of a part of what another is of: f1_person beside f1."""
    return any(name.startswith(whole + "_") for whole in names)


def headlines(scores):
    """The scores of the protocol that comes first, without those of parts on the same examples."""
    first = [s for s in scores if s["protocol"] == scores[0]["protocol"]]
    alike = lambda score: {s["metric"] for s in first if s["n"] == score["n"]}
    return [s for s in first if not is_part(s["metric"], alike(s))]


def headline(run):
    return headlines(run["scores"])


def of_metric(scores, m):
    return [s for s in scores if (s["task"], s["metric"], s["split"]) == m[:3]]


def value_of(run, m):
    return next((s["value"] for s in of_metric(headline(run), m) if s["value"] is not None), None)


def seeds_of(run):
    return run["init_seed"], run["data_seed"]


def lower_is_better(m):
    return "loss" in m.name or "perplexity" in m.name


def scale(m):
    """What a whole is in the metric's unit."""
    return 1 if m.decimals >= 4 or lower_is_better(m) else 100


def column_of(m):
    return re.sub("[^A-Za-z0-9]+", "_", f"{m.label} {m.split}".strip())


def may_be_of(run, task):
    return run["config"].get("task", task) == task


# --- the study ---


def load(folder):
    """Study, rows (variants, then references), metrics and the declared analysis."""
    about = json.loads((folder / "study.json").read_text("utf-8"))
    records = [record(file) for file in sorted(folder.glob("*/run.json"))]
    runs = [run for run in records if run]
    varied = [run["variant"] for run in runs] + [variant["values"] for variant in about["variants"]]
    keys = sorted({key for values in varied for key in values})
    for run in runs:
        both = {**run["config"], **run["variant"]}
        run["values"] = {key: both[key] for key in keys if key in both}
    variants = variant_rows(about, keys, runs)
    runs = [run for row in variants for run in row.runs]
    study = SimpleNamespace(about=about, keys=keys, runs=runs, variants=variants, folder=folder)
    study.left_out = records.count(None)
    study.metrics = metrics_of(runs, about["references"])
    study.references = [reference_row(study, reference) for reference in about["references"]]
    study.rows = variants + study.references
    for row in variants:
        row.summaries = {m: s for m in study.metrics if (s := summary_of(row, m))}
        row.scores = {m: s for m, s in row.summaries.items() if s.n}
    study.declared = about.get("analysis") or {}
    declared = lambda key, default: default if study.declared.get(key) is None else study.declared[key]
    study.plan = stats.Plan(declared("alpha", 0.05), declared("paired", False))
    study.primary = primary(study)
    return study


def record(file):
    """A run; None if it can't be read, or is the copy of another."""
    try:
        run = {**json.loads(file.read_text("utf-8")), "folder": file.parent}
    except ValueError:
        return None
    return run if run["run_id"] == file.parent.name else None


def reference_row(study, reference):
    row = SimpleNamespace(name=reference["name"], kind="reference", values={}, runs=[], baseline=None)
    scored = {m: [s["value"] for s in of_metric(reference["scores"], m)] for m in study.metrics}
    values = {m: [v for v in found if v is not None][:1] for m, found in scored.items()}
    row.summaries = row.scores = {m: stats.summary(value) for m, value in values.items() if value}
    return row


def name_of(values):
    def part(key, value):
        text = plain(value)
        if text == "":
            return "no " + key
        if key == "sharing":
            return SHARING.get(text, "sharing " + text)
        if key == "groups":
            return text + (" group" if text == "1" else " groups")
        return text if key in ("task", "preset", "model") else f"{SYMBOLS.get(key, key)} {text}"

    return ", ".join(part(key, value) for key, value in sorted(values.items())) or "the model"


def variant_rows(about, keys, runs):
    """In the order of the study; what it does not name after that, the largest first."""
    size = lambda run: (run["size"] or {}).get("encoder_parameters", 0)
    wanted = {k: v for k, v in about["baseline"].items() if v == "" or k in keys}

    def at_baseline(values):  # "": must not have the key
        return {k: v for k, v in {**values, **wanted}.items() if wanted.get(k) != ""}

    compares = any(k in keys for k in about["baseline"])
    is_baseline = lambda values: compares and identity(at_baseline(values)) == identity(values)
    given = {}
    for variant in about["variants"]:
        if variant["name"]:
            given.setdefault(identity(variant["values"]), variant["name"])
    found = sorted(runs, key=lambda r: (-size(r), not is_baseline(r["values"]), name_of(r["values"])))
    rows = {}
    for values in [v["values"] for v in about["variants"]] + [r["values"] for r in found]:
        name, kind = given.get(identity(values)) or name_of(values), "baseline" if is_baseline(values) else "variant"
        row = SimpleNamespace(name=name, kind=kind, values=values, runs=[], baseline=None)
        rows.setdefault(identity(values), row)
    for run in sorted(runs, key=lambda r: (*seeds_of(r), r["run_id"])):
        rows[identity(run["values"])].runs.append(run)
    for row in rows.values():
        base = rows.get(identity(at_baseline(row.values)))
        if row.kind == "variant" and about["baseline"] and base and base.kind == "baseline":
            row.baseline = base
    return list(rows.values())


def metrics_of(runs, references):
    scores = [s for run in runs for s in headline(run)] + [s for r in references for s in headlines(r["scores"])]
    several = len({s["task"] for s in scores}) > 1
    metrics = {}
    for s in scores:
        alike = [o["value"] for o in scores if (o["task"], o["metric"]) == (s["task"], s["metric"])]
        decimals = 4 if all(v is None or abs(v) <= 1 for v in alike) else 2
        label = (s["task"] + " " if several else "") + s["metric"].replace("_", " ")
        kind = s["task"], s["metric"], s["split"]
        metrics.setdefault(kind, Metric(*kind, label, decimals))
    return list(metrics.values())


def primary(study):
    """One metric a task that runs are of: the declared one, else the first; of other tasks only without such."""
    tasks = {run["config"]["task"] for run in study.runs if "task" in run["config"]}
    found = {}
    for m in [m for m in study.metrics if m.task in tasks] or study.metrics:
        before = found.setdefault(m.task, m)
        if m.name == study.declared.get("primary") != before.name:
            found[m.task] = m
    return list(found.values())


def margin(study, m):
    """How much worse is still acceptable; None if nothing says it."""
    if study.declared.get("margin") is not None and m in study.primary:
        return study.declared["margin"] * scale(m)
    return None if lower_is_better(m) else MARGIN * scale(m)


def summary_of(row, m):
    """Over all runs that are over; None if none speaks of the metric."""
    values = [v for run in row.runs if (v := value_of(run, m)) is not None]
    of_it = lambda run: may_be_of(run, m.task) or bool(of_metric(headline(run), m))
    failed = sum(run["status"] == "failed" and of_it(run) for run in row.runs)
    undefined = sum(bool(undefined_of(run, m)) for run in row.runs)
    return stats.summary(values, failed, undefined) if values or failed or undefined else None


def undefined_of(run, m):
    """Why a run that did not fail has no score by a metric; empty if it has one or says nothing."""
    known = run["status"] == "failed" or value_of(run, m) is not None
    return [] if known else [s["reason"] for s in of_metric(headline(run), m)]


def by_seed(row, m):
    """Scores by both seeds; of several runs with the same ones their mean."""
    found = {}
    for run in row.runs:
        if (v := value_of(run, m)) is not None:
            found.setdefault(seeds_of(run), []).append(v)
    return {seeds: stats.mean(found[seeds]) for seeds in sorted(found)}


def chance(study, s):
    """What the majority guess has by the same metric, and 0 where it is a correlation; None if that is not known."""
    same = lambda o: all(o[k] == s[k] for k in ("task", "metric", "split"))
    guesses = [o for r in study.about["references"] if r["name"] == MAJORITY for o in r["scores"] if same(o)]
    of_guess = 0 if s["metric"] in CORRELATIONS else None
    return next((o["value"] for o in guesses if o["value"] is not None), of_guess)


# --- predictions ---


@lru_cache(maxsize=None)
def predictions(path):
    """{id: (label, prediction)} as texts, in the order of the ids; None without labels, or where these are no texts."""
    as_text = lambda v: {True: "true", False: "false", None: "null"}.get(v, v) if not isinstance(v, str) else v
    found = {}
    try:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        for x in (json.loads(line, parse_int=str, parse_float=str) for line in lines):
            if "label" in x:
                label, prediction, key = (as_text(x[k]) for k in ("label", "prediction", "id"))
                found[key] = label, prediction
    except (ValueError, KeyError, TypeError):  # lists and maps are no keys
        return None
    return {key: found[key] for key in sorted(found)} or None


def predictions_of(run, split):
    return run["folder"] / "predictions" / (split + ".jsonl")


def answers(path, metric):
    """(labels, predictions) as the metric takes them: any classes, or numbers; None if they are no numbers."""
    sides = list(zip(*predictions(path).values()))
    if metric in examples.NOMINAL:
        return sides
    number = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
    if not all(number.fullmatch(v) for side in sides for v in side):
        return None
    return [[float(v) for v in side] for side in sides]


# --- what runs have measured ---


def first(row, key):
    return next((run[key] for run in row.runs if run.get(key) is not None), None)


def parameters(row):
    return (first(row, "size") or {}).get("encoder_parameters")


def measurements(row, *path):
    """Of the finished runs that have them."""
    values = []
    for run in row.runs:
        value = run["performance"]
        for key in path:
            value = value and value.get(key)
        values += [value] if run["status"] == "finished" and value is not None else []
    return values


def measured(row, *path):
    values = measurements(row, *path)
    return stats.summary(values) if values else None


def count(row, status):
    return sum(run["status"] == status for run in row.runs)
