"""A study that varies the task: its models against its tasks, what they give on average, and how this is told."""

import math
from types import SimpleNamespace

import seed_statistics as stats
import task_statistics as tasks_of
from display import digits, fixed, interval, level, plain, plural, probability, signed, whole
from expected import Cell, Fixed, Sheet, ends_of, figure, score_cell
from judging import standing
from runs import count, lower_is_better, name_of, scale

KEY, DECIMALS, FEWEST_TASKS, MOST_LISTED = "task", 4, 3, 6

# keys that a task may have a value of its own of
RECIPE = {"learning_rate", "batch_size", "epochs", "max_steps", "warmup_proportion", "warmup_steps", "weight_decay"}
RECIPE |= {"max_seq_length", "hidden_dropout_prob", "attention_probs_dropout_prob", "classifier_dropout_prob"}


def text(row, key):
    return plain(row.values[key]) if key in row.values else ""


# --- models and their averages ---


def load(study):
    """Models by tasks; None where the task does not vary, or fewer than two have scores."""
    of_runs = {run["config"]["task"] for run in study.runs if "task" in run["config"]}
    scored = lambda m: any(m in row.scores for row in study.variants)
    tasks = [m for m in study.primary if m.task in of_runs and scored(m)]
    if KEY not in study.keys or len(tasks) < 2:
        return None
    several = SimpleNamespace(tasks=tasks, plan=study.plan, losses=[m for m in tasks if lower_is_better(m)])
    several.models = models_of(study, several)
    several.variants = list(several.models)
    compare(several)
    several.models += references(study, several)
    known = {text(row, KEY): None for row in study.variants}
    several.unscored = [task for task in known if task not in ("", *(m.task for m in tasks))]
    several.ranked = [model for model in several.variants if model.flaw is None]
    several.ranks = ranks(several)
    return several


def models_of(study, several):
    def goes_with_the_task(key):
        return all(text(a, key) == text(b, key) for a in study.variants for b in study.variants if same_task(a, b))

    same_task = lambda a, b: text(a, KEY) == text(b, KEY)
    left_out = {KEY} | {key for key in RECIPE & set(study.keys) if goes_with_the_task(key)}
    groups, of_row = {}, {}
    for row in study.variants:
        values = {key: value for key, value in row.values.items() if key not in left_out}
        identity = tuple(sorted((key, plain(value)) for key, value in values.items()))
        model = groups.setdefault(identity, SimpleNamespace(values=values, rows=[], kind="variant", comparison=None))
        model.rows.append(row)
        of_row[id(row)] = model
    for model in groups.values():
        names = {row.name for row in model.rows}
        model.name = names.pop() if len(names) == 1 and len(model.rows) > 1 else name_of(model.values)
        model.sides = [side(model, m) for m in several.tasks]
        model.flaw = tasks_of.flaw(model.sides)
        model.contrast = None if several.losses else tasks_of.average(model.sides)
        model.average = model.contrast and model.contrast.value
        model.interval = model.contrast.interval(study.plan.alpha) if model.contrast and not model.flaw else None
        model.baseline = baseline(model, of_row)
    return list(groups.values())


def baseline(model, of_row):
    """The one model that has the baselines of all its variants, each of the variant's own task."""
    bases = [(row, row.baseline) for row in model.rows if row.baseline]
    found = {id(of_row[id(base)]): of_row[id(base)] for _, base in bases}
    own_task = all(text(row, KEY) == text(base, KEY) for row, base in bases)
    return found.popitem()[1] if own_task and len(found) == 1 and id(model) not in found else None


def row_of(model, m):
    """Its variant with scores by a metric, or any."""
    return next((row for row in model.rows if m in row.summaries), model.rows[0])


def side(model, m):
    """The scores on a task, on a scale whose best is 1; of a loss with the sign turned."""
    row = row_of(model, m)
    if m not in row.summaries:
        return stats.Side({}, 0, 0, False)
    whole_score = -scale(m) if lower_is_better(m) else scale(m)
    own = standing(row, m).side
    return own._replace(by_seed={seed: v / whole_score for seed, v in own.by_seed.items()})


def compare(several):
    """The averages with the baselines', a family of its own."""
    family = []
    for model in several.models:
        base = model.baseline
        if base:
            base.kind = "baseline"
        if base and model.contrast and base.contrast:
            model.comparison = tasks_of.AverageComparison(several.plan, model.sides, base.sides)
            family.append(model.comparison)
    several.tested = tasks_of.judge(family)


def references(study, several):
    found = []
    for row in study.references:
        scores = [row.scores[m].mean / scale(m) for m in several.tasks if m in row.scores]
        complete = len(scores) == len(several.tasks) and not several.losses
        average = math.fsum(scores) / len(scores) if complete else None
        model = SimpleNamespace(name=row.name, kind="reference", values={}, rows=[row], average=average, interval=None)
        model.comparison = model.baseline = model.contrast = None
        model.flaw = stats.TOO_FEW
        found += [model] if scores else []
    return found


def values_of(model):
    return [list(own.by_seed.values()) for own in model.sides]


def improvement(several, model):
    base = model.baseline
    if len(several.tasks) < FEWEST_TASKS or model.flaw or base is None or base.flaw:
        return None
    return tasks_of.improvement(values_of(model), values_of(base))


def interquartile_mean(several, model):
    """(mean, interval): no interval where runs share seeds."""
    if len(several.tasks) < FEWEST_TASKS or model.flaw or model.average is None:
        return None, None
    scores = values_of(model)
    independent = all(stats.estimate(own.by_seed).n == len(own.by_seed) for own in model.sides)
    ends = tasks_of.interquartile_interval(scores, several.plan.alpha) if independent else None
    return tasks_of.interquartile_mean([v for own in scores for v in own]), ends


def ranks(several):
    if len(several.tasks) < tasks_of.FEWEST_RANKED or len(several.ranked) < 2:
        return None
    means = lambda i: [stats.estimate(model.sides[i].by_seed).mean for model in several.ranked]
    return tasks_of.Ranks([means(i) for i in range(len(several.tasks))], several.plan.alpha)


# --- the table ---


def sheet(study, several):
    ends = level(study.plan.alpha) + " interval"
    columns = [(("model", ""), lambda model: name_cell(study, several, model), True)]
    for m in several.tasks:
        columns.append(((m.label, "mean ± sd"), lambda model, m=m: score_cell(row_of(model, m), m), True))
    columns += [
        (("average", ends), lambda model: figure_cell("average", model.average, model.interval), True),
        (("Δ average", "from baseline, " + ends), difference_cell, False),
        (("verdict", "p, Holm"), verdict_cell, False),
        (("better than baseline", "probability of a run"), lambda model: improvement_cell(several, model), False),
        (
            ("interquartile mean", level(study.plan.alpha) + " bootstrap interval"),
            lambda model: figure_cell("interquartile_mean", *interquartile_mean(several, model)),
            False,
        ),
        (("rank", "average"), lambda model: rank_cell(several, model), False),
    ]
    heads, rows = [], [[] for _ in several.models]
    for head, make, always in columns:
        cells = list(map(make, several.models))
        if always or any(cell.text for cell in cells):
            heads.append(head)
            for row, cell in zip(rows, cells):
                row.append(cell)
    return Sheet("tasks", "Models by task", heads, rows, notes(several), ranks_said(several))


def name_cell(study, several, model):
    keys = [key for key in study.keys if any(key in other.values for other in several.models)]
    return Cell({"variant": model.name, **{key: text(model, key) for key in keys}}, model.name)


def figure_cell(name, value, ends):
    raw = {name: value, **ends_of(name, ends)}
    return Cell(raw, "" if value is None else fixed(value, DECIMALS), range_of(ends), value)


def range_of(ends):
    return " to ".join(fixed(end, DECIMALS) for end in ends) if ends else ""


def difference_cell(model):
    c = model.comparison
    value, ends = (c.difference, c.interval()) if c else (None, None)
    shown = "baseline" if model.kind == "baseline" and value is None else ""
    shown = shown if value is None else signed(value, DECIMALS)
    raw = {"average_difference": value, **ends_of("average_difference", ends)}
    return Cell(raw, shown, interval(ends, DECIMALS) if ends else "", value, bool(c and c.is_difference))


def verdict_cell(model):
    c = model.comparison
    raw = {"average_verdict": c.verdict if c else "", "average_p_holm": c and c.p, "average_p": c and c.own_p}
    detail = "p " + probability(c.p) if c and c.p is not None else ""
    return Cell(raw, c.verdict if c else "", detail, None, bool(c and c.is_difference))


def improvement_cell(several, model):
    return figure("probability_of_improvement", improvement(several, model), lambda v: fixed(v, 2))


def rank_cell(several, model):
    place = several.ranked.index(model) if several.ranks and model in several.ranked else None
    rank = None if place is None else several.ranks.ranks[place]
    return figure("average_rank", rank, lambda v: fixed(v, 2))


# --- in words ---


def notes(several):
    found = []
    if several.losses:
        found.append(f"No average is taken: {losses(several)}.")
    else:
        corrected = [str(several.tested)] if several.tested else []
        said = "Average: the plain mean of the tasks' means, on a scale whose best is 1;"
        found.append(Fixed(said, ["1", *corrected, "3"]))
    found += [" ".join(said)] if (said := incomplete(several, several.models)) else []
    if len(several.tasks) >= FEWEST_TASKS:
        covered = "95 78 87 3 86 93 5 91 94 10".split()
        sizes = [whole(tasks_of.REPLICATES), str(tasks_of.FEWEST_RUNS)]
        found.append(Fixed("Better than baseline: how likely a run is better", ["2021", *sizes, *covered]))
    if several.ranks:
        others = len(several.variants) - len(several.ranked)
        numbers = ["1", "2006", *([str(others)] if others else [])]
        found.append(Fixed("Rank: the mean over the tasks of the rank", numbers))
    return found


def losses(several):
    return "less is better by " + ", ".join(m.label for m in several.losses)


def missing(several, model):
    return [m.task for m in several.tasks if m not in row_of(model, m).scores]


def incomplete(several, models):
    said = [f"No model has a score on {', '.join(several.unscored)}."] if several.unscored else []
    without = [model for model in models if missing(several, model)]
    if several.losses:
        return said
    if len(without) > MOST_LISTED:
        return said + [f"{len(without)} models have no average, as they have no score on some task."]
    none = "{} has no average: no score on {}."
    return said + [none.format(model.name, ", ".join(missing(several, model))) for model in without]


def average_said(several, model):
    ends = f" ({level(several.plan.alpha)} interval {range_of(model.interval)})" if model.interval else ""
    return fixed(model.average, DECIMALS) + ends


def verdict_said(several, model):
    c, base = model.comparison, model.baseline.name
    if c.difference is None:
        return f"against {base} {c.verdict}"
    value, ends = signed(c.difference, DECIMALS), c.interval()
    ends = f"{level(several.plan.alpha)} interval {interval(ends, DECIMALS)}" if ends else ""
    if c.is_difference:
        off = fixed(abs(c.difference), DECIMALS)
        return f"{off} {c.verdict} than {base} ({ends}, p {probability(c.p)})"
    if c.verdict == stats.EQUAL:
        return f"not distinguishable from {base} ({value}, {ends})"
    return f"which differs by {value} from {base}: {c.verdict}"


def averages(several):
    over = f"Over {plural(len(several.tasks), 'task')}, "
    if several.losses:
        return [f"{over}no average is taken: {losses(several)}."]
    compared = [model for model in several.variants if model.comparison]
    if not compared:
        return [over + ranked_said(several)]
    bases = list({id(model.baseline): model.baseline for model in compared}.values())
    said = [f"{base.name} averages {average_said(several, base)}." for base in bases]
    said[0] = over + said[0]
    if len(compared) > MOST_LISTED:
        number = {verdict: sum(m.comparison.verdict == verdict for m in compared) for verdict in stats.VERDICTS}
        tested = stats.HIGHER, stats.LOWER, stats.EQUAL
        parts = [f"{verdict}: {n}" for verdict, n in number.items() if n or verdict in tested]
        return said + [f"Averages against the baseline's: {'; '.join(parts)}."]
    one = "{} averages {}, {}."
    return said + [one.format(m.name, average_said(several, m), verdict_said(several, m)) for m in compared]


def ranked_said(several):
    known = [model for model in several.variants if model.average is not None]
    known.sort(key=lambda model: -model.average)
    if not known:
        return "no model has an average."
    first = f"{known[0].name} averages {average_said(several, known[0])}"
    if len(known) == 1:
        return first + "."
    return (
        f"{first}, the highest average; next is {known[1].name} with {average_said(several, known[1])}. They are not"
        " tested, for want of a baseline with an average."
    )


def answer(study, several):
    """What the answer begins with."""
    said = averages(several) + incomplete(several, several.variants)
    if several.tested:
        test = "contrast of the tasks' means with Satterthwaite's degrees of freedom"
        test = "Student's t test of the seeds that both sides have on every task" if several.plan.paired else test
        said.append(f"Test of averages: {test}, p corrected by Holm for {plural(several.tested, 'model')}.")
    failed = sum(count(row, "failed") for row in study.variants)
    if failed:
        said.append(f"{plural(failed, 'run')} failed: no conclusion is drawn where a side has failed runs.")
    return said + undefined(study, several)


def undefined(study, several):
    found = [s for m in several.tasks for row in study.variants if (s := standing(row, m)).undefined]
    if not found:
        return []
    total, reasons = sum(s.undefined for s in found), dict.fromkeys(reason for s in found for reason in s.reasons)
    scores = plural(total, "score") + (" is" if total == 1 else " are")
    return [f"{scores} undefined ({'; '.join(reasons)}): no conclusion is drawn where a side has undefined scores."]


def methods(several):
    said = []
    if several.tested:
        test = "a contrast of means with Satterthwaite's (1946) degrees of freedom"
        test = "Student's t test of the seeds that both sides have on every task" if several.plan.paired else test
        said.append(
            f"Averages over {plural(len(several.tasks), 'task')}, the plain means of the tasks' means, were compared with"
            f" the baseline's by {test}, two-sided at {digits(several.plan.alpha)}, with Holm's correction for"
            f" {plural(several.tested, 'model')}."
        )
    if several.ranks:
        said.append(
            "Average ranks over tasks were compared by Friedman's test in Iman and Davenport's (1980) form and"
            " Nemenyi's (1963) critical difference."
        )
    return said


def ranks_said(several):
    """Friedman's test, and the groups where it finds a difference."""
    ranks = several.ranks
    if not ranks:
        return []
    f = "infinite" if math.isinf(ranks.f) else fixed(ranks.f, 2)
    freedom = f"{ranks.df[0]} and {ranks.df[1]} degrees of freedom {f}, p {probability(ranks.p)}"
    end = "the models differ" if ranks.any_difference else "no difference is shown"
    test = f"Friedman's test (Iman and Davenport's F with {freedom})"
    said = f"Ranks over {plural(ranks.tasks, 'task')} by {test}: {end}."
    if not ranks.any_difference:
        return [said]
    groups = ["{" + "; ".join(several.ranked[i].name for i in group) + "}" for group in ranks.groups()]
    apart = f"not told apart are {', '.join(groups)}; all others are" if groups else "all models are told apart"
    return [said, f"Nemenyi's critical difference is {fixed(ranks.critical, 2)}: {apart}."]
