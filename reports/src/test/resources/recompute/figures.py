"""The texts of the figures that a report must show, in their order, from the runs alone."""

import json
import math
import re
from collections import namedtuple

import confusions
import seed_statistics as stats
import several_tasks
from display import compact, digits, fixed, interval, level, plain, signed, with_sd
from judging import comparison
from runs import by_seed, column_of, is_part, lower_is_better, margin, measured, parameters
from texts import size_change

MOST_DIFFERENCES, MOST_SEEDS, MOST_NAMED, MOST_DESCRIBED, MOST_CURVES = 24, 10, 40, 40, 8

# A text of a figure: on how many lines it may stand, where it may also be cut off; it may be left out for want of room.
Label = namedtuple("Label", "text lines optional", defaults=(1, False))
Figure = namedtuple("Figure", "title description labels outside crowded ticks", defaults=("", False, True))


def slug(m, end):
    return f"{column_of(m).replace('_', '-').lower()}-{end}"


def capital(text):
    return text[:1].upper() + text[1:]


def described(tips):
    return "; ".join(tips) + "."


def figures(study):
    """{file name: figure}, in the order of the page."""
    found = averages(study.several) if study.several else {}
    size_first = len({parameters(row) for row in study.variants} - {None}) > 1
    for m in study.primary:
        found.update(by_size(study, m) if size_first else {})
        found.update(differences(study, m))
        found.update(seeds(study, m))
        found.update(two_knobs(study, m))
    for m in study.primary:
        found.update({} if size_first else by_size(study, m))
        for kind, key in (("inference", "inference_tokens_per_second"), ("training", "train_tokens_per_second")):
            speed = lambda row, key=key: (s := measured(row, key)) and s.mean
            found.update(scatter(study, m, kind + "-speed", kind + " speed, tokens/s", speed, -1))
    found.update(average_ranks(study.several) if study.several else {})
    found.update(confusions.figures(study, Figure, Label))
    found.update(curves(study))
    return found


def by_size(study, m):
    return scatter(study, m, "parameters", "parameters of encoder and pooler", parameters, 1)


# --- differences ---


def differences(study, m):
    compared = [(row, comparison(row, m)) for row in study.variants if comparison(row, m)]
    shown = [(row, c) for row, c in compared if c.difference is not None][:MOST_DIFFERENCES]
    if not shown:
        return {}
    labels = [Label(f"{m.label}, variant minus baseline, {level(study.plan.alpha)} interval", 2)]
    tips, most = [], margin(study, m)
    for row, c in shown:
        tip = f"{row.name}: {signed(c.difference, m.decimals)}"
        tips.append(tip + (f", {interval(c.interval(), m.decimals)}" if c.defined else ""))
        labels.append(Label(row.name, 2))
        labels += [Label(size_change(row))] if size_change(row) else []
    labels += map(Label, tips)
    outer = any(c.p is not None and c.tested > 1 for _, c in shown)
    if any(c.defined for _, c in shown) and (outer or most):
        labels.append(Label("thick: interval of each alone" if outer else "interval"))
    labels += [Label("thin: interval of all at once")] if outer else []
    labels += [Label(f"shaded: within ±{digits(most)}")] if most else []
    return {slug(m, "differences"): Figure(f"Cost of each change in {m.label}", described(tips), labels)}


# --- lines to compare with ---


def reference_lines(study, m):
    rows = [row for row in study.references if m in row.scores]
    return [(f"{row.name} {fixed(row.scores[m].mean, m.decimals)}", row.scores[m].mean) for row in rows]


def near_and_far(lines, values):
    """Lines up to three times as far off as the values reach are drawn: (drawn, note)."""
    low, high = min(values), max(values)
    reach = high - low
    if not reach:  # the axis goes a tenth to both sides
        tenth = abs(low) * 0.1 if abs(low) > 1e-9 else 0.1
        ends = low - tenth, low + tenth
        if low >= 0:
            ends = max(0, ends[0]), min(ends[1], 1.01) if low <= 1 else ends[1]
        reach = ends[1] - ends[0]
    reach = max(reach, abs(high) * 0.02)
    off = lambda line: max(0, low - line[1], line[1] - high)
    drawn = [line for line in lines if off(line) <= 3 * reach]
    far = [text for text, y in lines if (text, y) not in drawn]
    return drawn, f"Outside the picture: {', '.join(far)}." if far else ""


# --- single seeds ---


def seeds(study, m):
    rows = [row for row in study.variants if m in row.scores and row.scores[m].n <= MOST_SEEDS][:MOST_DIFFERENCES]
    if all(len(by_seed(row, m)) < 2 for row in rows):
        return {}
    near, outside = near_and_far(reference_lines(study, m), [v for row in rows for v in by_seed(row, m).values()])
    tips = [f"{row.name}: {with_sd(row.scores[m], m.decimals)}" for row in rows]
    labels = [Label(f"{m.label}, {m.split}, a dot a seed, a stroke at the mean", 2)]
    labels += [Label(text) for text, _ in near] + [Label(row.name, 2) for row in rows] + list(map(Label, tips))
    labels += map(Label, ["a seed", "mean"] + (["the same seed"] if study.plan.paired else []))
    return {slug(m, "seeds"): Figure(f"Each seed's {m.label}", described(tips), labels, outside)}


# --- several tasks ---


def averages(several):
    """Each model's score on each task, and their mean with its interval."""
    shown = [model for model in several.variants if model.average is not None][:MOST_DIFFERENCES]
    if not shown:
        return {}
    tips, values, d = [], [], several_tasks.DECIMALS
    for model in shown:
        scores = [stats.estimate(own.by_seed).mean for own in model.sides]
        values += [*scores, *(model.interval or ())]
        of = ", ".join(f"{m.label} {fixed(v, d)}" for m, v in zip(several.tasks, scores))
        ends = f" ({several_tasks.range_of(model.interval)})" if model.interval else ""
        tips.append(f"{model.name}: {fixed(model.average, d)}{ends}, of {of}")
    others = [model for model in several.models if model.kind == "reference" and model.average is not None]
    lines = [(f"{model.name} {fixed(model.average, d)}", model.average) for model in others]
    near, outside = near_and_far(lines, values)
    mark = f"a mark a task, a stroke at their mean with its {level(several.plan.alpha)} interval"
    labels = [Label(f"score on a scale whose best is 1, {mark}", 2), *(Label(text) for text, _ in near)]
    labels += [Label(model.name, 2) for model in shown] + list(map(Label, tips))
    labels += [Label(m.label) for m in several.tasks]
    labels += map(Label, ["mean"] + (["its interval"] if any(model.interval for model in shown) else []))
    title = f"Average over {len(several.tasks)} tasks"
    return {"average-over-tasks": Figure(title, described(tips), labels, outside)}


def average_ranks(several):
    if not several.ranks:
        return {}
    worst_first = sorted(zip(several.ranked, several.ranks.ranks), key=lambda pair: -pair[1])
    labels = [Label("rank, 1 is best"), Label(f"CD {fixed(several.ranks.critical, 2)}")]
    for model, rank in worst_first:
        labels += [Label(f"{model.name}: average rank {fixed(rank, 2)}"), Label(model.name, 3)]
    said = " ".join(several_tasks.ranks_said(several))
    return {"average-ranks": Figure("Average ranks over tasks", said, labels)}


# --- two knobs ---


def two_knobs(study, m):
    rows = [row for row in study.variants if m in row.scores]
    number = lambda v: v if isinstance(v, (int, float)) and not isinstance(v, bool) else 0
    text = lambda row, key: plain(row.values[key]) if key in row.values else ""
    ascending = lambda key: sorted(rows, key=lambda row: number(row.values.get(key)))
    ordered = {key: list(dict.fromkeys(text(row, key) for row in ascending(key))) for key in study.keys}
    varied = [key for key in study.keys if len(ordered[key]) > 1]
    if len(varied) != 2 or max(len(ordered[key]) for key in varied) > 12:
        return {}
    x, y = varied
    field = lambda a, b: next((r.scores[m] for r in rows if (text(r, x), text(r, y)) == (a, b)), None)
    said = lambda a, b: f"{x} {a}, {y} {b}: {with_sd(field(a, b), m.decimals)}"
    description = described([said(a, b) for b in ordered[y] for a in ordered[x] if field(a, b)])
    turned = len(ordered[x]) > 4 and len(ordered[y]) < len(ordered[x])
    across, down = (y, x) if turned else (x, y)
    labels = [Label(across), Label(down), *map(Label, ordered[across])]
    for b in ordered[down]:
        labels.append(Label(b))
        for a in ordered[across]:
            s = field(b, a) if turned else field(a, b)
            spread = "" if s is None or s.sd is None else f"± {fixed(s.sd, m.decimals)}, "
            labels += [Label(fixed(s.mean, m.decimals)), Label(f"{spread}n = {s.n}", 2)] if s else [Label("–")]
    title = f"{capital(m.label)} over {x} and {y}"
    return {slug(m, "by-two-knobs"): Figure(title, description, labels, ticks=False)}


# --- scores against costs ---


def scatter(study, m, end, against, cost, better):
    """A cost of which less is better (1) or more (-1)."""
    rows = [row for row in study.variants if m in row.scores and cost(row)]
    if not rows:
        return {}
    tips = [f"{r.name}: {m.label} {with_sd(r.scores[m], m.decimals)}, {compact(cost(r))}" for r in rows]
    front = [] if lower_is_better(m) else front_of([(better * cost(row), row.scores[m].mean) for row in rows])
    description = "; ".join(tips[:MOST_DESCRIBED])
    description += "; and others in the table." if len(tips) > MOST_DESCRIBED else "."
    description += "" if lower_is_better(m) else " A dotted line joins the means that no other one beats."
    heights = []
    for row in rows:
        s = row.scores[m]
        heights += [s.mean, *by_seed(row, m).values()] if s.n <= MOST_SEEDS else [s.mean - s.sd, s.mean + s.sd]
    near, outside = near_and_far(reference_lines(study, m), heights)
    crowded = not lower_is_better(m) and len(rows) > MOST_NAMED
    named = [row for i, row in enumerate(rows) if i in front or not crowded]
    scale = " (logarithmic scale)" if better > 0 else ""
    labels = [Label(against + scale, 2), Label(f"{m.label}, {m.split}, mean and seeds")]
    labels += [Label(text, 1, True) for text, _ in near] + [Label(row.name, 3, True) for row in named]
    labels += map(Label, tips)
    labels += [Label("Pareto front of the means")] if len(front) > 1 else []
    dots = any(row.scores[m].n <= MOST_SEEDS for row in rows)
    labels += [Label("small dots: seeds, mark: their mean")] if dots else []
    title = capital(f"{m.label} against {against}")
    return {slug(m, end): Figure(title, description, labels, outside, crowded)}


def front_of(points):
    """Places of the (cost, score) that no other one beats; of equal ones the first."""
    beats = lambda a, b: a[0] <= b[0] and a[1] >= b[1] and a != b
    return [i for i, p in enumerate(points) if p not in points[:i] and not any(beats(q, p) for q in points)]


# --- training ---


def curves(study):
    """The figures logged in training, of the first eight variants, over the seeds that logged them."""
    found = {}
    for row in [r for r in study.variants if r.runs][:MOST_CURVES]:
        logged = {}
        for run in row.runs:
            for (name, step), value in log_of(run["folder"] / "metrics.jsonl").items():
                logged.setdefault(name, {}).setdefault(step, []).append(value)
        for name in sorted(logged):
            shown = name in ("train_loss", "loss") or name.startswith(("dev_", "eval_"))
            if shown and len(logged[name]) > 1 and not is_part(name, logged):
                at = lambda step: f"{with_sd(stats.summary(logged[name][step]), 3)} at step {step}"
                said = f"{row.name}: {at(min(logged[name]))}, {at(max(logged[name]))}"
                found.setdefault(name, []).append((row.name, said))
    drawn = {}
    for name, ends in found.items():
        said, names = name.replace("_", " "), [Label(row) for row, _ in ends]
        labels = [Label("optimizer step"), Label(f"{said}, mean ± sd over seeds"), *names, *names]
        file = "curve-" + re.sub("[^a-zA-Z0-9]+", "-", name).lower()
        drawn[file] = Figure(f"Learning curves: {said}", described([end for _, end in ends]), labels)
    return drawn


def log_of(path):
    """{(figure, step): value}; a line that was cut short is none."""
    text = path.read_text("utf-8") if path.exists() else ""
    lines = [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
    values = {(name, line["step"]): v for line in lines for name, v in line["values"].items()}
    return {key: v for key, v in values.items() if v is not None and math.isfinite(v)}
