"""The tables that a report must show, from the runs alone: cells with raw figures and what is displayed."""

from collections import namedtuple

import seed_statistics as stats
from display import compact, digits, fixed, interval, level, percent, percents, plain, plural, probability, share
from display import signed, size_of, whole, with_sd
from judging import comparison, standing
from runs import column_of, count, first, measured, measurements, value_of

Cell = namedtuple("Cell", "raw text detail order strong", defaults=("", "", None, False))
Sheet = namedtuple("Sheet", "name title heads rows notes sentences", defaults=((), ()))  # heads: (heading, unit)
Fixed = namedtuple("Fixed", "start numbers")  # an explanation that is the same in all reports, with its numbers


def words(column, text, strong=False):
    return Cell({column: text}, text, strong=strong)


def figure(column, value, show, detail=""):
    return Cell({column: value}, "" if value is None else show(value), detail, value)


def ends_of(name, ends, parts=("_low", "_high")):
    return dict(zip((name + part for part in parts), ends or (None, None)))


# --- the table of variants ---


def size_cell(row, column, key, show):
    return figure(column, (first(row, "size") or {}).get(key), show)


def parameters_cell(row):
    return size_cell(row, "parameters", "encoder_parameters", compact)


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
    if s is None:
        return Cell(raw)
    other = row.kind != "reference" and s.n != count(row, "finished")
    detail = f"n = {s.n}" if other else ""
    return Cell(raw, with_sd(s, m.decimals), detail, s.mean, standing(row, m).winner)


def without_score(failed, undefined):
    return [f"{n} {word}" for n, word in ((failed, "failed"), (undefined, "undefined")) if n]


def median_cell(row, m):
    s, name = row.scores.get(m), column_of(m)
    figures = (s.median, s.low, s.high, s.failed + s.undefined) if s else (None,) * 4
    raw = dict(zip((name + end for end in ("_median", "_min", "_max", "_without")), figures))
    if s is None or row.kind == "reference":
        return Cell(raw)
    parts = [f"{fixed(s.low, m.decimals)} to {fixed(s.high, m.decimals)}"] if s.n > 1 else []
    parts += without_score(s.failed, s.undefined)
    return Cell(raw, fixed(s.median, m.decimals), ", ".join(parts), s.median)


def group_cell(row, m):
    given = standing(row, m).letters
    return Cell({column_of(m) + "_tie_group": given}, given, "", float(ord(given[0])) if given else None)


def difference_cell(row, m):
    c, name = comparison(row, m), column_of(m) + "_difference"
    ends = c.interval() if c else None
    raw = {name: c and c.difference, **ends_of(name, ends), name + "_p": c and c.p}
    raw[name + "_verdict"] = c.verdict if c else ""
    if c is None:
        return Cell(raw, "baseline" if row.kind == "baseline" and m in row.scores else "")
    detail = c.verdict + ("" if c.p is None else ", p " + probability(c.p))
    shown = "–" if c.difference is None else signed(c.difference, m.decimals)
    return Cell(raw, shown, detail, c.difference, c.is_difference)


def failures_cell(study, row, m):
    if not any(standing(other, m).failed for other in study.variants):
        return Cell({})
    s, name = standing(row, m), column_of(m) + "_failed"
    ends = stats.wilson(s.failed, s.runs) if s.runs else None
    raw = {name: s.failed if s.runs else None, **ends_of(name, ends, ("_share_low", "_share_high"))}
    raw.update({name + "_p": s.fisher, column_of(m) + "_mean_with_failures_at_chance": s.at_chance})
    if not s.runs:
        return Cell(raw)
    at = "" if s.at_chance is None else f", mean {fixed(s.at_chance, m.decimals)} with these at chance"
    return Cell(raw, f"{s.failed} of {s.runs}", percents(ends) + at, s.failed / s.runs)


def undefined_cell(study, row, m):
    if not any(standing(other, m).undefined for other in study.variants):
        return Cell({})
    s, name = standing(row, m), column_of(m)
    reasons = "; ".join(s.reasons)
    raw = {name + "_undefined": s.undefined if s.runs else None, name + "_undefined_reason": reasons}
    raw[name + "_mean_with_undefined_at_chance"] = s.undefined_at_chance
    if not s.runs:
        return Cell(raw)
    mean = s.undefined_at_chance
    at = "" if mean is None else f", mean {fixed(mean, m.decimals)} with these at chance"
    return Cell(raw, f"{s.undefined} of {s.runs}", reasons + at, s.undefined / s.runs)


def runs_cell(row):
    counts = {status: count(row, status) for status in ("finished", "failed", "running")}
    raw = {"runs_finished": counts["finished"], "runs_failed": counts["failed"], "runs_unfinished": counts["running"]}
    if row.kind == "reference":
        return Cell(raw)
    parts = [f"{counts[k]} {word}" for k, word in (("failed", "failed"), ("running", "unfinished")) if counts[k]]
    return Cell(raw, str(counts["finished"]), ", ".join(parts), counts["finished"])


SCORES_NOTE = Fixed("Scores are mean ± standard deviation over seeds;", [])


# units and headings of the columns that a page has where nobody chose others, in their order
PAGE = ("parameters", "mean ± sd", "from baseline", "tie group", "failed, 95 % interval", "undefined, reason")
PAGE += ("seeds", "training", "inference")
OF_CLAIMS = ("from baseline", "tie group")  # of the primary metrics alone


def place_on_page(column):
    heading, unit = column[:2]
    return PAGE.index(heading if heading in PAGE else unit)


def is_on_page(study, heading, unit):
    claimed = {m.label for m in study.primary}
    if unit in OF_CLAIMS:
        return heading.removeprefix("Δ ") in claimed
    return heading in PAGE or unit in PAGE


def variants(study):
    """(raw rows, sheet of all): what is empty everywhere is not displayed, and costs stand behind scores."""
    columns = [("parameters", "", parameters_cell)]
    of_metrics = (
        (lambda m: m.label, "mean ± sd", score_cell),
        (lambda m: m.label, "median, range", median_cell),
        (lambda m: m.label, "tie group", group_cell),
        (lambda m: "Δ " + m.label, "from baseline", difference_cell),
        (lambda m: m.label, "failed, 95 % interval", lambda row, m: failures_cell(study, row, m)),
        (lambda m: m.label, "undefined, reason", lambda row, m: undefined_cell(study, row, m)),
    )
    for name, unit, make in of_metrics:
        columns += [(name(m), unit, lambda row, m=m, make=make: make(row, m)) for m in study.metrics]
    columns += [
        ("seeds", "", runs_cell),
        ("size on disk", "MB", lambda row: size_cell(row, "disk_bytes", "disk_bytes", lambda b: fixed(b / 1e6, 1))),
        ("FLOPs per token", "", lambda row: size_cell(row, "flops_per_token", "flops_per_token", compact)),
        ("training", "tokens/s", lambda row: speed_cell(row, "train_tokens_per_second")),
        ("inference", "tokens/s", lambda row: speed_cell(row, "inference_tokens_per_second")),
        ("peak memory", "MB", lambda row: speed_cell(row, "peak_rss_mb")),
        ("latency", "ms, p50 (p90, p99)", latency_cell),
    ]
    value = lambda row, key: plain(row.values[key]) if key in row.values else ""
    raw = [{"variant": row.name, **{key: value(row, key) for key in study.keys}} for row in study.rows]
    heads, shown = [("variant", "")], [[words("variant", row.name)] for row in study.rows]
    of_page = []  # what fits on a page, in its order
    for heading, unit, make in columns:
        cells = [make(row) for row in study.rows]
        for own, cell in zip(raw, cells):
            own.update(cell.raw)
        if heading == "seeds" or any(cell.order is not None for cell in cells):
            of_page.append((heading, unit, cells))
    for heading, unit, cells in sorted(filter(lambda c: is_on_page(study, *c[:2]), of_page), key=place_on_page):
        heads.append((heading, unit))
        for own, cell in zip(shown, cells):
            own.append(cell)
    return raw, Sheet("variants", "Results", heads, shown, [SCORES_NOTE])


def by_task(study, sheet):
    """{task: the sheet with the columns that its variants have something in, and the references with something}."""
    task = lambda row: plain(row.values["task"]) if "task" in row.values else ""
    pairs, found = list(zip(study.rows, sheet.rows)), {}
    for name in dict.fromkeys(task(row) for row in study.variants):
        own = [cells for row, cells in pairs if row.kind != "reference" and task(row) == name]
        kept = [i for i in range(len(sheet.heads)) if i == 0 or any(cells[i].order is not None for cells in own)]
        others = [cells for row, cells in pairs if row.kind == "reference"]
        own += [cells for cells in others if any(cells[i].order is not None for i in kept)]
        rows = [[cells[i] for i in kept] for cells in own]
        found[name or "no task"] = sheet._replace(heads=[sheet.heads[i] for i in kept], rows=rows)
    return found


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
    if len(study.keys) == 2 and study.runs:
        for m in study.metrics:
            groups = {}
            for run in study.runs:
                values = groups.setdefault(tuple(plain(run["values"].get(k, "")) for k in study.keys), [])
                values += [v for v in [value_of(run, m)] if v is not None]
            means = {pair: stats.mean(v) if v else None for pair, v in groups.items()}
            tables[f"{column_of(m)}-by-{study.keys[0]}-and-{study.keys[1]}"] = (study.keys[0], means)
    return tables


# --- a paper's tables of variants ---


def paper_tables(study):
    """{sheet of five columns: caption}, one a primary metric."""
    tables = []
    for m in study.primary:
        name = "variants" + ("" if len(study.primary) == 1 else "-" + column_of(m).replace("_", "-"))
        ends = level(study.plan.alpha) + " interval"
        heads = [("variant", ""), ("parameters", ""), (m.label, "mean ± sd"), ("difference", ends), ("seeds", "")]
        rows = []
        for row in (row for row in study.rows if m in row.summaries):
            cells = [words("", row.name), parameters_cell(row), score_cell(row, m), paper_difference(row, m)]
            rows.append([*cells, runs_cell(row)])
        tables.append((Sheet(name, "Variants", heads, rows), paper_caption(study, m)))
    return tables


def paper_difference(row, m):
    c = comparison(row, m)
    if c is None or c.difference is None:
        return Cell({}, "baseline" if row.kind == "baseline" else "")
    ends = c.interval()
    bracket = f" [{', '.join(signed(end, m.decimals) for end in ends)}]" if ends else ""
    return Cell({}, signed(c.difference, m.decimals) + bracket + ("*" if c.is_difference else ""))


def paper_caption(study, m):
    bold = "Bold: told apart from all others and ahead of them."
    what, ends = f"{study.about['study']}: {m.label} on {m.split}", level(study.plan.alpha) + " interval"
    tested = [c for row in study.variants if (c := comparison(row, m)) and c.p is not None]
    if not tested:
        return f"{what}, mean ± standard deviation over seeds. No difference was tested. {bold}"
    return (
        f"{what}, mean ± standard deviation over n seeds (last column). Difference from the baseline with its"
        f" {ends}; * marks p ≤ {digits(study.plan.alpha)} by {test_name(study)}, corrected by Holm for"
        f" {plural(tested[0].tested, 'comparison')}. {bold}"
    )


def test_name(study):
    return "paired t test" if study.plan.paired else "Welch's t test"


# --- comparisons, effects ---


def comparisons(study):
    rows = [comparison_cells(study, row, m) for m in study.metrics for row in study.variants if comparison(row, m)]
    heads = [
        ("variant", ""),
        ("metric", ""),
        ("verdict", ""),
        ("difference", level(study.plan.alpha) + " interval"),
        ("p", "Holm; alone"),
        ("Hedges' g", "on the scores' sd"),
        ("worse, equal, better", "posterior, by the margin"),
        ("loss below margin", "p, Holm"),
        ("seeds", "variant, baseline"),
        ("seeds and examples", "95 % interval, p"),
        ("more seeds", ""),
    ]
    note = Fixed("Difference: variant minus baseline. Interval, p, g and posterior", ["10"])
    return Sheet("comparisons", "Comparisons with the baseline", heads, rows, [note])


def shown(value, show):
    return "" if value is None else show(value)


def comparison_cells(study, row, m):
    c, s, is_primary = comparison(row, m), standing(row, m), int(m in study.primary)
    of_one = "fine-tuning seeds of one checkpoint" if s.of_checkpoints else ""
    verdict = {"verdict": c.verdict, "of_one_checkpoint": int(s.of_checkpoints)}
    loss = {"margin": c.margin, "loss_p_holm": c.loss_p}
    small = shown(c.loss_p, lambda _: "yes" if c.loss_is_small() else "not shown")
    more = lambda n: "over 99" if n >= stats.MOST_MORE_SEEDS else str(n)
    return [
        words("variant", row.name),
        Cell({"metric": m.label, "primary": is_primary}, m.label, "" if is_primary else "looked at besides"),
        Cell(verdict, c.verdict, of_one, None, c.is_difference),
        interval_cell(c, m),
        Cell({"p_holm": c.p, "p": c.own_p}, shown(c.p, probability), shown(c.own_p, probability), c.p),
        figure("hedges_g", c.hedges_g(), lambda v: signed(v, 2)),
        posterior_cell(c),
        Cell(loss, small, shown(c.loss_p, lambda p: "p " + probability(p)), c.loss_p, c.loss_is_small()),
        seeds_cell(study, c),
        examples_cell(s, m),
        figure("more_seeds", c.more_seeds(), more),
    ]


def interval_cell(c, m):
    ends = c.interval()
    raw = {"difference": c.difference, **ends_of("interval", ends), **ends_of("simultaneous", c.simultaneous())}
    difference = shown(c.difference, lambda v: signed(v, m.decimals))
    return Cell(raw, difference, shown(ends, lambda v: interval(v, m.decimals)), c.difference)


def posterior_cell(c):
    likely = c.posterior()
    raw = dict(zip(("posterior_worse", "posterior_equal", "posterior_better"), likely or (None,) * 3))
    return Cell(raw, ", ".join(map(percent, likely or ())), order=likely and likely[0])


def seeds_cell(study, c):
    n, r = [len(each.by_seed) for each in (c.variant, c.baseline)], c.seed_correlation()
    raw = {"n_variant": n[0], "n_baseline": n[1], "seed_correlation": r}
    detail = "r " + fixed(r, 2) if study.plan.paired and r is not None else ""
    return Cell(raw, f"{n[0]}, {n[1]}", detail, min(n))


def examples_cell(s, m):
    items, p = s.items, s.items_p
    raw = {"items_low": items and items.low, "items_high": items and items.high, "items_n": items and items.n}
    raw.update(items_p_holm=p if items else None, mcnemar_p_holm=p if s.mcnemar else None)
    if p is None:
        return Cell(raw)
    if not items:
        return Cell(raw, "two models", "McNemar's p " + probability(p), p)
    detail = f"p {probability(p)}, {items.seeds} × {whole(items.n)}"
    return Cell(raw, interval((items.low, items.high), m.decimals), detail, p)


def effect_name(e, where):
    change = f"{e.change.key} {e.change.new} instead of {e.change.old}"
    return change + (where.format(*e.where) if e.where else "")


def effect_sentence(study, e):
    ends, d = interval(e.model.interval(study.plan.alpha), e.metric.decimals), e.metric.decimals
    by = f"{signed(e.model.value, d)} ({level(study.plan.alpha)} interval {ends}, p {probability(e.p)})"
    change, label = effect_name(e._replace(where=None), ""), e.metric.label
    if not e.where:
        return f"On average over the other keys, {change} changes {label} by {by}."
    where = "{0} {2} and {1}".format(*e.where)
    return f"What {change} changes in {label} differs by {by} between {where}."


def effects(study):
    rows, sentences = [], []
    for e in study.effects:
        known, d = e.p is not None, e.metric.decimals
        ends = e.model.interval(study.plan.alpha) if known else None
        value = e.model.value if known else None
        shown = signed(value, d) if known else "", interval(ends, d) if known else ""
        rows.append([
            words("effect", effect_name(e, ", with {0} {2} against {1}")),
            words("metric", e.metric.label),
            Cell({"estimate": value, **ends_of("interval", ends)}, *shown, value, known and e.p <= study.plan.alpha),
            figure("p_holm", e.p, probability),
        ])  # fmt: skip
        sentences += [effect_sentence(study, e)] if known else []
    heads = [("effect", ""), ("metric", ""), ("estimate", level(study.plan.alpha) + " interval"), ("p", "Holm")]
    note = Fixed("An effect is the difference of the means of all variants", [])
    return Sheet("effects", "Effects of the varied keys", heads, rows, [note], sentences)


# --- why not faster ---

SHAPE = ("task", "num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads")
COUNTED = {
    "parameters": ("parameters", compact),
    "forward_flops": ("FLOPs forward", compact),
    "weight_bytes_moved": ("weights read", size_of),
    "activation_bytes": ("activations", size_of),
    "optimizer_bytes": ("optimizer state", size_of),
}
MEASURED = {  # column: heading, unit, place in the record, display
    "train_tokens_per_second": ("training", "tokens/s", ("train_tokens_per_second",), whole),
    "inference_tokens_per_second": ("inference", "tokens/s", ("inference_tokens_per_second",), whole),
    "latency_p50_ms": ("latency p50", "ms", ("latency", "p50_ms"), lambda v: fixed(v, 2)),
}


def why_not_faster(study):
    shape = lambda row: [row.runs[0]["config"].get(key) for key in SHAPE]
    own, bert = (lambda row, of=of: first(row, "costs")[of] for of in ("own", "bert"))
    counted = [row for row in study.variants if first(row, "costs")]
    full = [row for row in counted if own(row)["parameters"] == bert(row)["parameters"]]
    reduced = [row for row in counted if own(row)["parameters"] < bert(row)["parameters"]]
    reduced = reduced if len({own(row)["parameters"] for row in counted}) > 1 else []
    twin = lambda row: next((b for b in full if shape(b) == shape(row)), None)
    heads = [("variant", ""), *((heading, "of BERT's") for heading, _ in COUNTED.values())]
    heads += [(heading, unit + ", of BERT's") for heading, unit, _, _ in MEASURED.values()]
    rows = []
    for row in reduced:
        rows.append([words("variant", row.name)])
        for key, (_, show) in COUNTED.items():
            a, b = own(row)[key], bert(row)[key]
            rows[-1].append(Cell({key: a, key + "_bert": b}, show(a), share(a, b), a))
        for column, (_, _, path, show) in MEASURED.items():
            a, b = [r and measured(r, *path) for r in (row, twin(row))]
            raw = {column: a and a.mean, column + "_bert": b and b.mean}
            detail = share(a.mean, b.mean) if a and b else ""
            rows[-1].append(Cell(raw, a and show(a.mean) or "", detail, a and a.mean))
    if not reduced:
        return Sheet("why-not-faster", "", heads, rows)
    row, costs = min(reduced, key=lambda r: own(r)["parameters"]), first(reduced[0], "costs")
    of = lambda key: share(own(row)[key], bert(row)[key])
    saved = size_of(bert(row)["optimizer_bytes"] - own(row)["optimizer_bytes"])
    sentences = [
        f"{row.name} has {of('parameters')} of the parameters of the BERT of its shape, but does {of('forward_flops')}"
        " of its operations: a shared layer is stored once and runs in every place.",
        f"Sharing pays where weights are stored, sent and updated: the file is {of('weight_bytes')} of BERT's,"
        f" the optimizer's state {of('optimizer_bytes')} ({saved} less). What a training step keeps of its activations,"
        f" {size_of(own(row)['activation_bytes'])}, stays at {of('activation_bytes')}.",
        *speed_sentence(study, row, twin(row)),
    ]
    lengths = [format(costs["sequence_length"], ","), format(costs["batch_size"], ","), "32"]
    note = Fixed("Of BERT's: as a share of what the BERT of the same shape has", lengths)
    return Sheet("why-not-faster", "Why is ALBERT not faster?", heads, rows, [note], sentences)


def speed_sentence(study, row, twin):
    """Speeds are compared as ratios, so by their logarithms."""
    speeds = [measurements(each, "train_tokens_per_second") if each else [] for each in (row, twin)]
    if not all(speeds):
        return []
    ratio = stats.welch((1, -1), [stats.independent([stats.math.log(v) for v in own]) for own in speeds])
    runs = " and ".join(plural(len(own), "run") for own in speeds)
    said = f"Measured here in {runs}, it trains at {percent(stats.math.exp(ratio.value))} of BERT's speed"
    if min(map(len, speeds)) < stats.FEWEST_SEEDS or not ratio.defined:
        return [said + ": too few for a conclusion."]
    ends = percents([stats.math.exp(end) for end in ratio.interval(study.plan.alpha)])
    test = f"{level(study.plan.alpha)} interval {ends}, Welch's t test of the logarithms, p {probability(ratio.p())}"
    return [f"{said} ({test}){'' if ratio.p() <= study.plan.alpha else ': not distinguishable from it'}."]
