"""Where every variant stands: comparisons in their families, predictions, failed runs, letters, effects of a grid."""

from collections import namedtuple
from functools import lru_cache
from math import prod
from types import SimpleNamespace

import example_statistics as examples
import progress
import seed_statistics as stats
from display import plain
from runs import answers, by_seed, chance, headline, lower_is_better, margin, may_be_of, predictions, predictions_of
from runs import seeds_of, undefined_of

MOST_TIED, MOST_EFFECTS = 60, 40

Change = namedtuple("Change", "key old new")
Effect = namedtuple("Effect", "metric change where model p")
NOTHING = SimpleNamespace(
    comparison=None, items=None, mcnemar=False, items_p=None, failed=0, runs=0, fisher=None, at_chance=None,
    undefined=0, reasons=(), undefined_at_chance=None,
    degenerate=0, of_checkpoints=False, letters="", winner=False, judged=False,
)  # fmt: skip


def judge(study):
    """Gives every row its standing by each metric; the primary metrics are one family, the others another."""
    study.notes = []
    for row in study.rows:
        row.standing = {}
    judge_family(study, study.primary)
    judge_family(study, [m for m in study.metrics if m not in study.primary])
    study.effects = grid_effects(study)


def standing(row, m):
    return row.standing.get(m, NOTHING)


def comparison(row, m):
    return standing(row, m).comparison


def judge_family(study, metrics):
    places = [(row, m) for m in metrics for row in study.variants if m in row.summaries]
    for row, m in places:
        s = row.standing[m] = SimpleNamespace(**vars(NOTHING))
        s.failed, s.undefined = row.summaries[m].failed, row.summaries[m].undefined
        s.runs = row.summaries[m].n + s.failed + s.undefined
        s.reasons = list(dict.fromkeys(reason for run in row.runs for reason in undefined_of(run, m)))
        s.degenerate = sum(run["status"] == "finished" and is_degenerate(study, run, m) for run in row.runs)
        s.side = side(row, m)
        s.at_chance = at_chance(study, row, m, s.failed)
        s.undefined_at_chance = at_chance(study, row, m, s.undefined)
    compared = [(row, m) for row, m in places if row.baseline and m in row.baseline.standing]
    for i, (row, m) in enumerate(compared):
        progress.step(f"comparing by {m.label}", i, len(compared))
        s, base = row.standing[m], row.baseline.standing[m]
        s.comparison = stats.Comparison(study.plan, s.side, base.side, margin(study, m), lower_is_better(m))
        s.of_checkpoints = is_of_checkpoints(row, row.baseline)
        s.items, s.mcnemar, s.items_p = by_examples(study, row, row.baseline, m)
        if s.failed or base.failed:
            s.fisher = stats.fisher(s.failed, s.runs, base.failed, base.runs)
    standings = [row.standing[m] for row, m in compared]
    stats.judged([s.comparison for s in standings])
    for field in ("items_p", "fisher"):
        for s, p in zip(standings, stats.holm([getattr(s, field) for s in standings])):
            setattr(s, field, p)
    give_letters(study, places)


def side(row, m):
    scores, s = by_seed(row, m), row.standing[m]
    return stats.Side(scores, s.failed, s.undefined, bool(row.summaries[m].n) and s.degenerate >= row.summaries[m].n)


def at_chance(study, row, m, others):
    """The mean of the runs with a score and of others without, if these were as good as a guess."""
    s, guess = row.summaries[m], chance(study, {"task": m.task, "metric": m.name, "split": m.split})
    return None if guess is None or not others else (s.n * (s.mean or 0) + others * guess) / (s.n + others)


def is_degenerate(study, run, m):
    """One prediction for different labels; without predictions, a score that says so."""
    own = [s for s in headline(run) if (s["task"], s["split"]) == (m.task, m.split)]
    found = predictions(predictions_of(run, m.split)) if own and may_be_of(run, m.task) else None
    if found:
        labels, predicted = (set(part) for part in zip(*found.values()))
        return len(predicted) == 1 < len(labels)
    guess = lambda s: 0 if s["metric"] == "matthews_correlation" else chance(study, s)
    telling = [s for s in own if s["metric"] in ("matthews_correlation", "accuracy") and s["value"] is not None]
    return any(s["value"] == guess(s) for s in telling)


# --- what runs start from ---


MADE = {"embedding_size", "sharing", "sharing_pattern", "groups", "layer_delta_rank", "hidden_size", "num_hidden_layers"}
MADE |= {"num_attention_heads", "intermediate_size", "model", "compress_seed", "merge", "embedding_steps"}
MADE |= {"distill_" + of for of in ("steps", "seconds", "batch_size", "seq_length", "learning_rate")}


def is_of_checkpoints(row, base):
    """Whether all seeds of a side share weights that the other side does not have."""
    if not row.runs or not base.runs:
        return False
    configs = [each.runs[0]["config"] for each in (row, base)]

    def origin(config):
        seeds = [
            config.get(prefix + "_seed")
            for prefix, key in (("pretrain", "pretrain_corpus"), ("compress", "compress_seed"))
            if key in config
        ]
        if not seeds:
            return "checkpoint" if "model" in config else "drawn"
        return "of each seed" if any(seed is not None and plain(seed) == "0" for seed in seeds) else "shared"

    kinds = {origin(config) for config in configs}
    weights = [{k: plain(v) for k, v in c.items() if k in MADE or k.startswith("pretrain_")} for c in configs]
    same_source = configs[0].get("model") == configs[1].get("model")
    begun_alike = same_source and "of each seed" in kinds
    return weights[0] != weights[1] and ("shared" in kinds or ("checkpoint" in kinds and not begun_alike))


# --- by predictions ---


@lru_cache(maxsize=None)
def replicates(path, metric, seeds):
    return examples.replicate_scores(metric, *answers(path, metric), seeds)


def by_examples(study, row, base, m):
    """(bootstrap, whether two models are compared, p) of seeds that both sides have."""
    nothing = None, False, None
    if m.name not in examples.METRICS:
        return nothing
    path = lambda run: predictions_of(run, m.split)
    usable = lambda run: run["status"] == "finished" and predictions(path(run))
    own, other = [{seeds_of(run): path(run) for run in r.runs if usable(run)} for r in (row, base)]
    common = sorted(set(own) & set(other))
    files = [found[seed] for found in (own, other) for seed in common]
    labels = [{i: answer[0] for i, answer in predictions(f).items()} for f in files]
    if any(each != labels[0] for each in labels):
        said = f"{row.name} and {base.name} were scored on different examples ({m.label})"
        study.notes.append(said + ": they are not compared by example.")
        return nothing
    if not files or any(answers(f, m.name) is None for f in files):
        return nothing
    if len(common) == 1 and m.name == "accuracy":
        right = [[g == p for g, p in predictions(f).values()] for f in files]
        only = lambda a, b: sum(x and not y for x, y in zip(a, b))
        return None, True, examples.mcnemar_p(only(*right), only(*reversed(right)))
    if len(common) < examples.FEWEST_SEEDS:
        return nothing
    scores = []
    for i, file in enumerate(files):
        progress.step(f"{m.label}: models on {examples.REPLICATES:,} replicates, {row.name}", i, len(files))
        scores.append(replicates(file, m.name, len(common)))
    items = examples.item_bootstrap(scores[: len(common)], scores[len(common) :], len(labels[0]))
    return (items, False, items.p) if items else nothing


# --- letters ---


def give_letters(study, places):
    """A variant and its baseline are apart by their verdict; other pairs by tests of their own, and only where the
    verdicts leave room for a difference."""
    sides = {}
    for row, m in places:
        if row.standing[m].side.by_seed:
            sides.setdefault(m, []).append(row)
            row.standing[m].judged = stats.flaw(row.standing[m].side) is None
    sides = {m: rows for m, rows in sides.items() if len(rows) <= MOST_TIED}
    apart = {m: set() for m in sides}
    differs = lambda row, m: comparison(row, m) is not None and comparison(row, m).is_difference
    any_claim = any(differs(row, m) for row, m in places)
    ranked, tested = {}, []
    for m, rows in sides.items():
        sign = 1 if lower_is_better(m) else -1
        ranked[m] = sorted(rows, key=lambda row: sign * stats.estimate(row.standing[m].side.by_seed).mean)
        compares = any(comparison(row, m) for row in study.variants)
        for i, a in enumerate(ranked[m]):
            progress.step(f"pairs by {m.label}", i, len(rows))
            for j in range(i + 1, len(rows)):
                b = ranked[m][j]
                one_claim = differs(a, m) or differs(b, m)
                if a.baseline is b or b.baseline is a:
                    apart[m] |= {(i, j)} if one_claim else set()
                    continue
                may = not compares or (one_claim if (a.baseline or a) is (b.baseline or b) else any_claim)
                pair = stats.Comparison(study.plan, a.standing[m].side, b.standing[m].side)
                tested.append((pair, m, (i, j), may))
    stats.judged([pair for pair, *_ in tested])
    for pair, m, places_of, may in tested:
        apart[m] |= {places_of} if pair.is_difference and may else set()
    for m, rows in ranked.items():
        n = len(rows)
        given = stats.letters(n, apart[m])
        for i, row in enumerate(rows):
            s = row.standing[m]
            s.letters = given[i]
            s.winner = i == 0 and n > 1 and all((0, j) in apart[m] for j in range(1, n))


# --- effects of a grid ---


def grid_effects(study):
    found = []
    for m in study.primary:
        rows = [row for row in study.variants if m in row.scores]
        text = lambda row, key: plain(row.values[key]) if key in row.values else ""
        bases = [row for row in rows if row.kind == "baseline"]
        levels = {key: list(dict.fromkeys(text(row, key) for row in bases + rows)) for key in study.keys}
        levels = {key: values for key, values in levels.items() if len(values) > 1}
        cells = {tuple(text(row, key) for key in levels): row.standing[m].side.by_seed for row in rows}
        full = len(levels) > 1 and len(cells) == len(rows) == prod(map(len, levels.values()))
        if full and all(stats.flaw(row.standing[m].side) is None for row in rows):
            found += effects_of(study, m, levels, cells)
    p = stats.holm([e.model.p() if e.model and e.model.defined else None for e in found])
    return [effect._replace(p=own) for effect, own in zip(found, p)]


def effects_of(study, m, levels, cells):
    """Main effects, then what one changes in the effect of another, as weighted sums of the means of cells."""
    changes = [Change(key, values[0], new) for key, values in levels.items() for new in values[1:]]
    pairs = [(change, None) for change in changes]
    both = [(one, other) for one in changes for other in changes if one.key < other.key]
    if len(changes) > MOST_EFFECTS:
        return []
    pairs += both if len(pairs) + len(both) <= MOST_EFFECTS else []
    found = []
    for change, where in pairs:
        of_cell = []
        for cell in cells:
            at = dict(zip(levels, cell))
            signs = [(at[c.key] == c.new) - (at[c.key] == c.old) for c in (change, where) if c]
            of_cell.append(prod(signs))
        each = sum(map(abs, of_cell)) / (4 if where else 2)  # cells in each mean
        weights, scores = [w / each for w in of_cell], list(cells.values())
        if study.plan.paired:
            model = stats.paired(weights, scores)
            model = model if model and model.n >= stats.FEWEST_SEEDS else None
        else:
            model = stats.welch(weights, [stats.estimate(own) for own in scores])
        found.append(Effect(m, change, where, model, None))
    return found
