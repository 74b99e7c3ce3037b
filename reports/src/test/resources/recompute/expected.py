"""What a report must show, from the runs alone: tables (cells with raw figures and display), texts, figures."""

import csv
import re
from collections import namedtuple
from pathlib import Path

import seed_statistics as stats
from display import change, compact, fixed, plain, probability, share, signed, size_of, whole, with_sd
from runs import column_of, count, first, headline, lower_is_better, measured, of_metric, side, value_of

PUBLISHED = Path(__file__).resolve().parents[3] / "main/resources/albert/reports/published"
Cell = namedtuple("Cell", "raw text detail order", defaults=("", "", None))
MARGIN = 0.011


def words(column, text):
    return Cell({column: text}, text)


def figure(column, value, show, detail=""):
    return Cell({column: value}, "" if value is None else show(value), detail, value)


def interval(ends, decimals):
    return " to ".join(signed(end, decimals) for end in ends)


def primary(study):
    return list({m.task: m for m in reversed(study.metrics)}.values())[::-1]


def parameters(row):
    return (first(row, "size") or {}).get("encoder_parameters")


# --- the table of variants ---


def size_cell(row, column, key, show):
    return figure(column, (first(row, "size") or {}).get(key), show)


def speed_cell(row, column):
    s = measured(row, column)
    raw = {column + "_mean": s and s.mean, column + "_sd": s and s.sd}
    return Cell(raw, s and whole(s.mean) or "", "± " + whole(s.sd) if s and s.sd is not None else "", s and s.mean)


def latency_cell(row):
    p = [s and s.mean for s in (measured(row, "latency", part) for part in ("p50_ms", "p90_ms", "p99_ms"))]
    raw = dict(zip(("latency_p50_ms", "latency_p90_ms", "latency_p99_ms"), p))
    return Cell(raw) if None in p else Cell(raw, fixed(p[0], 2), f"{fixed(p[1], 2)}, {fixed(p[2], 2)}", p[0])


def score_cell(row, m):
    s, name = row.scores.get(m), column_of(m)
    raw = {name + "_mean": s and s.mean, name + "_sd": s and s.sd, name + "_n": s and s.n}
    undefined = s.failed - count(row, "failed") if s else 0
    detail = f"{undefined} undefined" if undefined > 0 else ""
    return Cell(raw, with_sd(s, m.decimals) if s else "", detail, s and s.mean)


def median_cell(row, m):
    s, name = row.scores.get(m), column_of(m)
    figures = (s.median, s.low, s.high, s.failed) if s else (None,) * 4
    raw = dict(zip((name + end for end in ("_median", "_min", "_max", "_failed")), figures))
    if s is None or row.kind == "reference":
        return Cell(raw)
    parts = [f"{fixed(s.low, m.decimals)} to {fixed(s.high, m.decimals)}"] if s.n > 1 else []
    parts += [f"{s.failed} failed"] if s.failed else []
    return Cell(raw, fixed(s.median, m.decimals), ", ".join(parts), s.median)


def group_cell(row, m):
    letters = row.letters.get(m, "")
    return Cell({column_of(m) + "_tie_group": letters}, letters, "", float(ord(letters[0])) if letters else None)


def noise_words(beyond):
    return "noise unknown" if beyond is None else "beyond noise" if beyond else "within noise"


def difference_cell(row, m):
    c, name = row.comparisons.get(m), column_of(m) + "_difference"
    said = noise_words(c.beyond) if c else ""
    raw = {name: c and c.difference, name + "_noise": c and c.noise, name + "_verdict": said}
    if c is None:
        return Cell(raw, "baseline" if row.kind == "baseline" and m in row.scores else "")
    refuted = c.verdict == "not distinguishable" and c.beyond
    return Cell(raw, signed(c.difference, m.decimals), c.verdict if refuted else said, c.difference)


def runs_cell(row):
    counts = {status: count(row, status) for status in ("finished", "failed", "running")}
    raw = {"runs_finished": counts["finished"], "runs_failed": counts["failed"], "runs_unfinished": counts["running"]}
    if row.kind == "reference":
        return Cell(raw)
    parts = [f"{counts[k]} {word}" for k, word in (("failed", "failed"), ("running", "unfinished")) if counts[k]]
    return Cell(raw, str(counts["finished"]), ", ".join(parts), counts["finished"])


def variants(study):
    """(raw rows, displayed rows): what is empty everywhere is not displayed, and costs stand behind scores."""
    each = lambda make: [[make(row) for row in study.rows]]
    scores = lambda make: [[make(row, m) for row in study.rows] for m in study.metrics]
    what = each(lambda r: size_cell(r, "parameters", "encoder_parameters", compact))
    costs = each(lambda r: size_cell(r, "disk_bytes", "disk_bytes", lambda b: fixed(b / 1e6, 1)))
    costs += each(lambda r: size_cell(r, "flops_per_token", "flops_per_token", compact))
    for column in ("train_tokens_per_second", "inference_tokens_per_second", "peak_rss_mb"):
        costs += each(lambda r, column=column: speed_cell(r, column))
    costs += each(latency_cell)
    what += scores(score_cell) + scores(median_cell) + scores(group_cell) + scores(difference_cell)
    seeds = each(runs_cell)
    shown = [cells for cells in what if any(c.order is not None for c in cells)] + seeds
    shown += [cells for cells in costs if any(c.order is not None for c in cells)]
    raw, displayed = [], []
    for i, row in enumerate(study.rows):
        texts = {key: plain(row.values[key]) if key in row.values else "" for key in study.keys}
        raw.append({"variant": row.name, **texts})
        for cells in what + costs + seeds:
            raw[-1].update(cells[i].raw)
        displayed.append([words("variant", row.name)] + [cells[i] for cells in shown])
    return raw, displayed


def run_rows(study):
    rows = []
    for row in study.variants:
        for run in row.runs:
            size = run["size"] or {}
            rows.append({"study": run["study"], "variant": row.name})
            rows[-1].update({k: plain(run["values"][k]) if k in run["values"] else "" for k in study.keys})
            rows[-1].update({k: run[k] for k in ("run_id", "init_seed", "data_seed", "status")})
            rows[-1].update(failure_reason=run["failure_reason"] or "", parameters=size.get("encoder_parameters"))
            rows[-1].update({k: size.get(k) for k in ("total_parameters", "disk_bytes", "flops_per_token")})
            speeds = ("train_tokens_per_second", "inference_tokens_per_second", "peak_rss_mb")
            rows[-1].update({k: run["performance"].get(k) for k in speeds})
            rows[-1].update({k: run["timings"].get(k) for k in ("train_seconds", "evaluation_seconds")})
            rows[-1].update({column_of(m): value_of(run, m) for m in study.metrics})
    return rows


def by_two_keys(study):
    """Means over all runs with two values: {table: (first key, {(first value, second value): mean})}."""
    tables = {}
    if len(study.keys) == 2:
        for m in study.metrics:
            groups = {}
            for run in study.runs:
                values = groups.setdefault(tuple(plain(run["values"].get(k, "")) for k in study.keys), [])
                values += [v for v in [value_of(run, m)] if v is not None]
            means = {pair: stats.mean(v) if v else None for pair, v in groups.items()}
            tables[f"{column_of(m)}-by-{study.keys[0]}-and-{study.keys[1]}"] = (study.keys[0], means)
    return tables


# --- the other tables ---


def comparison_cells(row, m, c):
    test, items, none = c.test, row.items[m], c.verdict == "noise unknown"
    p = lambda column, value: figure(column, None if none else value, probability)
    low, high = test.interval or (None, None)
    shown = interval(test.interval, m.decimals) if test.interval else ""
    ends = Cell({"interval_low": low, "interval_high": high}, shown)
    raw = {"items_low": items and items.low, "items_high": items and items.high, "items_p": items and items.p}
    raw.update(items_n=items and items.n, mcnemar_p=row.mcnemar[m])
    examples = Cell(raw)
    if items:
        exact = row.mcnemar[m]
        said = "p " + probability(items.p) if exact is None else "McNemar p " + probability(exact)
        size = f"{items.seeds} × {whole(items.n)}"
        examples = Cell(raw, interval((items.low, items.high), m.decimals), f"{said}, {size}")
    return [
        words("variant", row.name),
        words("metric", m.label),
        figure("difference", test.difference, lambda v: signed(v, m.decimals)),
        ends,
        figure("cohens_d", test.d, lambda v: signed(v, 2)),
        Cell({"test": test.kind, "n": test.n}, "none" if none else test.kind, f"n = {test.n}"),
        p("p", test.p),
        p("p_holm", c.holm),
        examples,
        words("verdict", c.verdict),
        figure("more_seeds", c.more_seeds, whole),
    ]


# statement, where the paper says it, the key that differs, what is claimed of its values, the sharing it is about
FINDINGS = (
    ("With all layers shared, the embedding size hardly matters",
     "Table 3: the averages of E = 64 to 768 lie within 1.1 points", "embedding_size", "any", "all"),
    ("Without sharing, larger embeddings are better, if not by much",
     "Table 3: averages 81.3, 81.7, 81.8, 82.3 for E = 64, 128, 256, 768", "embedding_size", "more", "none"),
    ("Sharing all parameters across layers costs accuracy",
     "Table 4: averages 82.3 to 79.8 for E = 768, 81.6 to 80.1 for E = 128", "sharing", ("none", "all"), None),
    ("Sharing the feed-forward networks costs more than sharing attention",
     "Table 4: averages 81.6 against 79.5 for E = 768, 81.7 against 80.2 for E = 128",
     "sharing", ("attention", "ffn"), None),
    ("Sharing attention alone costs little",
     "Table 4: averages 82.3 to 81.6 for E = 768, 81.6 to 81.7 for E = 128", "sharing", ("none", "attention"), None),
    ("Predicting the order of sentences helps more than predicting the next sentence",
     "Table 5: averages 80.1 against 79.2", "", ("sop", "nsp"), None),
    ("More layers of the same weights are better, up to a depth",
     "Table 11: averages 52.9, 71.2, 77.2, 81.5, 82.1, 81.8 for 1, 3, 6, 12, 24, 48 layers",
     "num_hidden_layers", "more", None),
    ("Wider layers are better, up to a width",
     "Table 12: averages 71.2, 74.6, 76.3, 74.0 for H = 1024, 2048, 4096, 6144", "hidden_size", "more", None),
    ("Pretraining without dropout is better",
     "Table 8: averages 90.7 against 90.4", "hidden_dropout_prob", "less", None),
)
SAME = ("With all layers shared, the embedding size hardly matters", "Sharing attention alone costs little")
FOLLOWERS = {
    "hidden_size": ("num_attention_heads", "intermediate_size"),
    "hidden_dropout_prob": ("attention_probs_dropout_prob",),
}
OBJECTIVES = {"sentence_order": "sop", "next_sentence": "nsp"}


def configured(row, key):
    return row.values.get(key, row.runs[0]["config"].get(key, "") if row.runs else "")


def is_pair(a, b, key, claim, sharing):
    """Whether two variants differ in one key alone, a being the one that is claimed to be better."""
    bare = lambda k: k[len("pretrain_") :] if k.startswith("pretrain_") else k
    if sharing and not configured(a, "sharing") == sharing == configured(b, "sharing"):
        return False
    differ = [k for k in a.values if a.values[k] != b.values.get(k) and bare(k) not in FOLLOWERS.get(key, ())]
    if a.values.keys() != b.values.keys() or len(differ) != 1 or key not in ("", bare(differ[0])):
        return False
    x, y = a.values[differ[0]], b.values[differ[0]]
    if isinstance(claim, tuple):
        said = lambda v: OBJECTIVES.get(str(v).lower(), str(v).lower())
        return (said(x), said(y)) == claim
    x, y = [v if isinstance(v, (int, float)) and not isinstance(v, bool) else 0 for v in (x, y)]
    return x < y if claim == "less" else x > y


def judged(c, m, equality):
    if equality:
        margin = MARGIN * (1 if m.decimals >= 4 else 100)
        if c.test.interval and c.test.interval[0] >= -margin and c.test.interval[1] <= margin:
            return "agree"
        return "disagree" if c.verdict in ("higher", "lower") and abs(c.difference) > margin else "cannot tell"
    if c.verdict not in ("higher", "lower"):
        return "cannot tell"
    return "agree" if (c.verdict == "lower") == lower_is_better(m) else "disagree"


def findings(study):
    rows = []
    for statement, source, key, claim, sharing in FINDINGS if len(study.variants) <= 64 else ():
        pairs = [(a, b) for a in study.variants for b in study.variants if is_pair(a, b, key, claim, sharing)]
        scored = [(a, b, m) for m in primary(study) for a, b in pairs if m in a.scores and m in b.scores]
        found = stats.compare([side(a, m) + side(b, m) for a, b, m in scored])
        said = {judged(c, m, statement in SAME) for c, (_, _, m) in zip(found, scored)}
        verdict = next((v for v in ("disagree", "agree", "cannot tell") if v in said), None)
        evidence = []
        for c, (a, b, m) in zip(found, scored):
            p = "" if c.holm is None else ", p " + probability(c.holm)
            evidence.append(f"{a.name} against {b.name}: {m.label} {signed(c.difference, m.decimals)} ({c.verdict}{p})")
        if evidence:
            verdict = "are divided" if {"agree", "disagree"} <= said else verdict
            cells = {"finding": statement, "in_the_paper": source, "our_runs": verdict, "evidence": "; ".join(evidence)}
            rows.append([words(*cell) for cell in cells.items()])
    return rows


# --- published figures ---


def resource(name):
    with open(PUBLISHED / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(value, wanted):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return re.fullmatch(r"[0-9.eE+-]+", wanted) is not None and value == float(wanted)
    return value is not None and plain(value) == wanted


def is_model(config, model):
    """Whether a configuration is of the model of a published row."""
    wanted = {k: model[k] for k in ("num_hidden_layers", "hidden_size", "embedding_size", "sharing")}
    key, equals, value = model["other"].partition("=")
    wanted.update({key: value} if equals else {})
    usual = {"groups": "1", "inner_group_num": "1", "sharing_pattern": "sequence"}
    wanted.update({k: v for k, v in usual.items() if k in config})
    objective = str(config.get("pretrain_objective")).lower()
    values = [*config.values(), OBJECTIVES.get(objective, objective)]
    other = equals or not model["other"] or any(same(v, model["other"]) for v in values)
    return bool(other) and all(same(config.get(k), v) for k, v in wanted.items())


def printed(value):
    found = re.match(r"([0-9]+(?:\.[0-9]+)?)(M?)(?= |$)", value)
    return float(found[1]) * (1e6 if found[2] else 1) if found else None


def protocols(row, m, config):
    """(how our figure came about, in what the protocols differ)."""
    s, chosen = row.scores[m], list(dict.fromkeys(x["protocol"] for r in row.runs for x in of_metric(headline(r), m)))
    start = "trained from scratch" if "model" not in config else f"weights of {config['model']}"
    pretraining = "ours has none" if "model" not in config else "ours is that of the weights named"
    if "pretrain_corpus" in config:
        start = "pretrained by the study"
        pretraining = f"ours is {config['pretrain_max_steps']} steps on {config['pretrain_corpus']}"
    runs = "one run" if s.n == 1 else f"mean of {s.n} seeds"
    aggregate = "theirs one run or a median of 5" if s.n == 1 else "ours is a mean, theirs one run or a median of 5"
    unequal = ["pretraining: " + pretraining, "aggregate: " + aggregate, "checkpoint: theirs is not said"]
    return f"{runs}; checkpoint: {' and '.join(chosen)}; {start}", unequal


def papers(study):
    """(rows, legend of the marks)."""
    kinds = {(k["published"], k["task"], k["metric"]): k for k in resource("metrics.csv")}
    numbers, rows, legend = resource("published_numbers.csv"), [], {}
    for row in (r for r in study.variants if r.runs):
        config = row.runs[0]["config"]
        for model in (x for x in resource("models.csv") if is_model(config, x)):
            for n in (n for n in numbers if (n["table"], n["row"]) == (model["table"], model["row"])):
                if printed(n["value"]) is None:
                    continue
                if n["metric"] == "params" and parameters(row) is not None:
                    counted = "counted: encoder and pooler", []
                    rows.append(paper_cells(row, "parameters", parameters(row), n, model, counted, legend))
                for m in study.metrics:
                    kind = kinds.get((n["metric"], m.task, m.name))
                    if kind and m in row.scores and m.split in ("dev", "held-out"):
                        own, unequal = protocols(row, m, config)
                        if kind["with_mnli"] == "yes":
                            unequal.append("with MNLI: theirs began from a model trained on MNLI")
                        ours = row.scores[m].mean * float(kind["scale"])
                        rows.append(paper_cells(row, m.label, ours, n, model, (own, unequal), legend))
    return rows, [f"{number}: {text}" for text, number in legend.items()]


def paper_cells(row, what, ours, number, model, protocol, legend):
    theirs, is_size, (own, unequal) = printed(number["value"]), number["metric"] == "params", protocol
    touches = lambda fault: all(re.fullmatch(fault[k], number[k]) for k in ("table", "row", "metric"))
    known = [fault for fault in resource("faults.csv") if touches(fault)]
    faults = [f"known fault {f['number']}: {f['text']}" for f in known]
    mark = lambda text: str(legend.setdefault(text, len(legend) + 1))
    marks = [mark("theirs: " + model["setting"])] if model["setting"] and not is_size else []
    marks += [mark("ours: " + own)] + ["≠" + mark(t) for t in unequal] + ["⚠" + mark(t) for t in faults]
    shown = change(theirs, ours) if is_size else signed(ours - theirs, 2)
    settings = {"their_setting": model["setting"], "our_protocol": own}
    settings.update(unequal="; ".join(unequal), faults="; ".join(faults))
    return [
        words("variant", row.name),
        words("figure", what),
        figure("ours", ours, whole if is_size else lambda v: fixed(v, 2)),
        Cell({"published": theirs}, number["value"]),
        Cell({"difference": ours - theirs}, shown + (" ≠" if unequal else "")),
        Cell({k: number[k] for k in ("source", "table", "row")}, f"{number['table']}, {number['row']}"),
        Cell(settings, " ".join(marks)),
    ]


# --- why not faster ---

SHAPE = ("task", "num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads")
COUNTED = {"parameters": compact, "forward_flops": compact}
COUNTED.update({key: size_of for key in ("weight_bytes_moved", "activation_bytes", "optimizer_bytes")})
MEASURED = {  # column: place in the record, display
    "train_tokens_per_second": (("train_tokens_per_second",), whole),
    "inference_tokens_per_second": (("inference_tokens_per_second",), whole),
    "latency_p50_ms": (("latency", "p50_ms"), lambda v: fixed(v, 2)),
}


def why_not_faster(study):
    """(sentences, rows, numbers of the note)."""
    shape = lambda row: [row.runs[0]["config"].get(key) for key in SHAPE]
    own = lambda row: first(row, "costs")["own"]
    bert = lambda row: first(row, "costs")["bert"]
    counted = [row for row in study.variants if first(row, "costs")]
    full = [row for row in counted if own(row)["parameters"] == bert(row)["parameters"]]
    rows, reduced = [], [row for row in counted if own(row)["parameters"] < bert(row)["parameters"]]
    twin = lambda row: next((b for b in full if shape(b) == shape(row)), None)
    for row in reduced:
        rows.append([words("variant", row.name)])
        for key, show in COUNTED.items():
            a, b = own(row)[key], bert(row)[key]
            rows[-1].append(Cell({key: a, key + "_bert": b}, show(a), share(a, b), a))
        for column, (path, show) in MEASURED.items():
            a, b = [r and measured(r, *path) for r in (row, twin(row))]
            detail = share(a.mean, b.mean) if a and b else ""
            raw = {column: a and a.mean, column + "_bert": b and b.mean}
            rows[-1].append(Cell(raw, a and show(a.mean) or "", detail, a and a.mean))
    if not reduced:
        return [], [], []
    row, costs = min(reduced, key=lambda r: own(r)["parameters"]), first(reduced[0], "costs")
    of = lambda key: share(own(row)[key], bert(row)[key])
    saved = size_of(bert(row)["optimizer_bytes"] - own(row)["optimizer_bytes"])
    sentences = [
        f"{row.name} has {of('parameters')} of the parameters of the BERT of its shape, but does {of('forward_flops')}"
        " of its operations: a shared layer is stored once and runs in every place.",
        f"Sharing pays where weights are stored, sent and updated: the file is {of('weight_bytes')} of BERT's,"
        f" the optimizer's state {of('optimizer_bytes')} ({saved} less). What a training step keeps of its activations,"
        f" {size_of(own(row)['activation_bytes'])}, stays at {of('activation_bytes')}.",
    ]
    a, b = [r and measured(r, "train_tokens_per_second") for r in (row, twin(row))]
    if a and b:
        speeds = f"{whole(a.mean)} against {whole(b.mean)} tokens/s"
        sentences.append(f"Measured here, it trains at {share(a.mean, b.mean)} of BERT's speed ({speeds}).")
    return sentences, rows, [format(costs["sequence_length"], ","), format(costs["batch_size"], ","), "32"]
