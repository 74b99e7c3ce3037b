"""What is taken for what, of each task by its best variant and by the baseline: a table, or a matrix where labels are few."""

import json
import re
from collections import Counter

from display import percent, plural
from expected import Cell, Fixed, Sheet, words
from runs import column_of, lower_is_better, may_be_of, predictions, predictions_of

MOST_LABELS, MOST_PAIRS = 20, 10
HEADS = [("model", ""), ("task", ""), ("right label", ""), ("predicted", ""), ("times", "of the right label"), ("share", "")]


def are_names(path):
    """Whether no label is a number."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return all(isinstance(row["label"], str) for row in rows if "label" in row)


def chosen(study, m):
    """The best by its mean, the first of equal ones, and the baseline."""
    scored = [row for row in study.variants if row.kind != "reference" and m in row.scores]
    sign = -1 if lower_is_better(m) else 1
    best = [max(scored, key=lambda row: sign * row.scores[m].mean)] if scored else []
    return best + [row for row in scored if row.kind == "baseline" and row not in best]


def counted(study):
    """(metric, row, seeds, labels, {(right, said): times}) of each."""
    found = []
    for m in study.primary:
        for row in chosen(study, m):
            runs = [run for run in row.runs if run["status"] == "finished" and may_be_of(run, m.task)]
            files = [predictions_of(run, m.split) for run in runs]
            files = [path for path in files if predictions(path) and are_names(path)]
            times = Counter(answer for path in files for answer in predictions(path).values())
            labels = in_order({label for answer in times for label in answer})
            if len(labels) >= (2 if len(study.primary) == 1 else 3):
                found.append((m, row, len(files), labels, times))
    return found


def in_order(labels):
    """By value where all are numbers, else as texts."""
    number = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
    return sorted(sorted(labels), key=float) if all(map(number.fullmatch, labels)) else sorted(labels)


def of_label(label, labels, times):
    return sum(times[label, said] for said in labels)


def sheet(study):
    rows = []
    for m, row, _, labels, times in counted(study):
        if len(labels) > MOST_LABELS:
            pairs = [(a, b) for a in labels for b in labels if a != b and times[a, b]]
            for a, b in sorted(pairs, key=lambda pair: -times[pair])[:MOST_PAIRS]:
                n, of = times[a, b], of_label(a, labels, times)
                cells = [words("variant", row.name), words("task", m.task), words("label", a), words("predicted", b)]
                cells.append(Cell({"count": float(n)}, str(n), f"of {of}", n))
                rows.append([*cells, Cell({"share": n / of}, percent(n / of), "", n / of)])
    note = Fixed("Of each task the best variant and the baseline, whose predictions are counted", [str(MOST_PAIRS)])
    return Sheet("confusions", "Labels that are confused most", HEADS, rows, [note])


def figures(study, figure, label):
    """{file name: figure}; figure and label make them."""
    found = {}
    for m, row, seeds, labels, times in counted(study):
        if len(labels) <= MOST_LABELS:
            name = f"{column_of(m).replace('_', '-').lower()}-confusion-{len(found) + 1}"
            baseline = " (baseline)" if row.kind == "baseline" else ""
            title = f"What {row.name}{baseline} takes for what, {m.task} {m.split} over {plural(seeds, 'seed')}"
            alone = [f"{a}: {times[a, a]} of {of_label(a, labels, times)} right" for a in labels]
            shown = [label("predicted"), label("right")]
            for a in labels:
                shown += [label(a, 1, True), label(a, 1, True)]
                for b in labels:
                    shown += [label(f"{a} as {b}: {times[a, b]:,} of {of_label(a, labels, times):,}")]
                    shown += [label(str(times[a, b]))] if times[a, b] else []
            found[name] = figure(title, "; ".join(alone) + ".", shown, ticks=False)
    return found
