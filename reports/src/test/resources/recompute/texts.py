"""The texts that a report must show, from the runs alone: answer, warnings, methods, settings, provenance, runs."""

import json

import example_statistics as examples
import seed_statistics as stats
import several_tasks
from display import change, digits, fixed, interval, level, percent, percents, plain, plural, probability, signed, whole
from display import with_sd
from expected import SCORES_NOTE, Fixed, effect_sentence, test_name
from judging import comparison, standing
from runs import by_seed, count, headline, lower_is_better, margin, may_be_of, name_of, of_metric, parameters, seeds_of

# --- the answer ---

MOST_LISTED, MOST_EFFECTS = 6, 4


def answer(study):
    finished, failed = (sum(count(row, status) for row in study.rows) for status in ("finished", "failed"))
    if not finished:
        end = f": {plural(failed, 'run')} failed." if failed else " yet."
        return ["No run is finished, so there is no answer" + end]
    if study.several:
        return over_tasks(study)
    sentences = []
    for m in study.primary:
        sentences += without_score(study, m)
        compared = [c for row in study.variants if (c := comparison(row, m))]
        if not compared:
            sentences += rank(study, m)
            continue
        sentences += counted(m, compared) if len(compared) > MOST_LISTED else listed(study, m)
        sentences += recommendation(study, m) + undecided(compared)
    sentences += test(study) + told_effects(study)
    return sentences or ["The runs are finished and have no score, so there is no answer."]


def over_tasks(study):
    """The averages first, then a sentence a task."""
    sentences, reasons = several_tasks.answer(study, study.several), {}
    for m in study.several.tasks:
        compared = [c for row in study.variants if (c := comparison(row, m))]
        sentences += counted(m, compared) if compared else rank(study, m)
        reasons.update(dict.fromkeys(undecided(compared)))
    return [*sentences, *reasons, *(said.replace("Test:", "Test of single tasks:", 1) for said in test(study))]


def without_score(study, m):
    sentences = []
    for row in study.variants:
        s = standing(row, m)
        if s.failed:
            p = "" if s.fisher is None else f", Fisher's p against the baseline {probability(s.fisher)}"
            share = f"{percent(s.failed / s.runs)}, 95 % interval {percents(stats.wilson(s.failed, s.runs))}{p}"
            runs = f"{s.failed} of {plural(s.runs, 'run')} of {row.name} failed ({share})"
            sentences.append(runs + ": no conclusion is drawn from the others.")
        sentences += undefined(row, m)
    return sentences


def undefined(row, m):
    s = standing(row, m)
    end = " from the others" if m in row.scores else ""
    why = f"undefined in {s.undefined} of {plural(s.runs, 'run')} ({'; '.join(s.reasons)})"
    return [f"The {m.label} of {row.name} is {why}: no conclusion is drawn{end}."] if s.undefined else []


def scored(row, m):
    s = row.scores[m]
    return f"{m.label} {with_sd(s, m.decimals)} ({plural(s.n, 'seed')})"


def size_change(row):
    own, other = parameters(row), parameters(row.baseline)
    return "" if own is None or not other or own == other else change(other, own) + " parameters"


def clause(study, row, m):
    c, size = comparison(row, m), size_change(row)
    shown = signed(c.difference, m.decimals)
    ends = f"{level(study.plan.alpha)} interval {interval(c.interval(), m.decimals)}" if c.defined else ""
    if c.is_difference:
        off = fixed(abs(c.difference), m.decimals)
        said = f"is {off} {c.verdict} ({ends}, p {probability(c.p)})"
    elif c.verdict == stats.EQUAL:
        said = f"is not distinguishable from it ({shown}, {ends})"
    else:
        said = f"differs by {shown}, no conclusion"
    return f"{row.name}{f' ({size})' if size else ''} {said}"


def listed(study, m):
    sentences = []
    for base in study.variants:
        own = [row for row in study.variants if row.baseline is base and comparison(row, m)]
        clauses = [clause(study, row, m) for row in own if comparison(row, m).difference is not None]
        if clauses and m in base.scores:
            sentences.append(f"Against {base.name} with {scored(base, m)}: {'; '.join(clauses)}.")
    return sentences


def counted(m, compared):
    number = {verdict: sum(c.verdict == verdict for c in compared) for verdict in stats.VERDICTS}
    tested = stats.HIGHER, stats.LOWER, stats.EQUAL
    parts = [f"{verdict}: {n}" for verdict, n in number.items() if n or verdict in tested]
    return [f"Variants against their baseline by {m.label}: {'; '.join(parts)}."]


def recommendation(study, m):
    """The smallest variant that is shown to lose less than the margin."""
    known = lambda row: row.baseline and None not in (parameters(row), parameters(row.baseline))
    smaller = [row for row in study.variants if known(row) and parameters(row) < parameters(row.baseline)]
    if not smaller or not any(c.loss_p is not None for row in study.variants if (c := comparison(row, m))):
        return []
    declared = study.declared.get("margin") is not None
    most = f"{fixed(margin(study, m), m.decimals)} {m.label}"
    most += "" if declared else " (one point, as the study declares no margin)"
    shown = [row for row in smaller if comparison(row, m) and comparison(row, m).loss_is_small()]
    if not shown:
        return [f"No smaller variant is shown to lose less than {most}: none is recommended."]
    best = min(shown, key=parameters)
    size = f"{whole(parameters(best))} parameters (p {probability(comparison(best, m).loss_p)})"
    return [f"The smallest variant whose loss is shown to be below {most} is {best.name}, with {size}."]


def undecided(compared):
    reasons = {
        stats.TOO_FEW: "Fewer than 3 seeds a side support no conclusion.",
        stats.DEGENERATE: "Runs that predict one class for all examples support no conclusion.",
        stats.NO_SPREAD: "Where all seeds have the same score there is no spread to judge by, and no conclusion.",
    }
    return [said for verdict, said in reasons.items() if any(c.verdict == verdict for c in compared)]


def test(study):
    standings = [standing(row, m) for m in study.primary for row in study.variants]
    tested = [s for s in standings if s.comparison and s.comparison.p is not None]
    if not tested:
        return []
    n = sorted({s.comparison.seeds() for s in tested})
    seeds = f"{n[0]} seeds" if len(n) == 1 else f"{n[0]} to {n[-1]} seeds"
    family = plural(tested[0].comparison.tested, "comparison")
    sentence = f"Test: {test_name(study)}, {seeds}, p corrected by Holm for {family}."
    if any(s.of_checkpoints for s in tested):
        sentence += (
            " The seeds are fine-tuning seeds of one checkpoint a variant: p is of these checkpoints, not of the way in"
            " which such checkpoints are made."
        )
    return [sentence]


def told_effects(study):
    shown = [e for e in study.effects if e.p is not None and e.p <= study.plan.alpha]
    sentences = [effect_sentence(study, e) for e in sorted(shown, key=lambda e: (not e.where, e.p))[:MOST_EFFECTS]]
    if any(e.where for e in study.effects) and not any(e.where for e in shown):
        sentences.append("That one key changes the effect of another is not shown.")
    return sentences


def rank(study, m):
    sign = 1 if lower_is_better(m) else -1
    ranked = sorted((row for row in study.variants if m in row.scores), key=lambda row: sign * row.scores[m].mean)
    if not ranked:
        return []
    a, b = (ranked + [None])[:2]
    if b is None:
        return [f"{a.name} has {scored(a, m)}."]
    apart = "told apart from it (p of all pairs corrected by Holm)"
    far = apart if standing(a, m).winner else "not distinguishable from it"
    far = far if standing(a, m).letters else "not tested among more than 60 variants"
    far = far if standing(a, m).judged and standing(b, m).judged else "no conclusion"
    least = "lowest" if lower_is_better(m) else "highest"
    return [f"{a.name} has {scored(a, m)}, the {least} mean; next is {b.name} with {scored(b, m)}, {far}."]


# --- methods ---


def declared(study):
    labels = lambda metrics: ", ".join(m.label for m in metrics)
    parts = {
        "primary": "primary metric " + labels(study.primary),
        "margin": "margin " + margins(study),
        "paired": "paired seeds" if study.plan.paired else "seeds not paired",
        "alpha": "alpha " + digits(study.plan.alpha),
    }
    before = [said for key, said in parts.items() if study.declared.get(key) is not None]
    defaults = [said for key, said in parts.items() if study.declared.get(key) is None]
    begun = f"Declared before the runs: {'; '.join(before)}." if before else ""
    sentences = [begun or "The study declares nothing of its analysis."]
    sentences += [f"Not declared, the suite's defaults: {'; '.join(defaults)}."] if defaults else []
    besides = labels(m for m in study.metrics if m not in study.primary)
    if besides:
        sentences.append(f"Looked at besides, in a family of their own and not in the answer: {besides}.")
    return sentences


def margins(study):
    known = [(margin(study, m), m.decimals) for m in study.primary]
    return ", ".join(dict.fromkeys(fixed(most, d) for most, d in known if most is not None))


def methods(study):
    standings = [standing(row, m) for m in study.primary for row in study.variants]
    compared = [s.comparison for s in standings if s.comparison]
    tested = compared[0].tested if compared else 0
    sentences = ["We report the mean and the standard deviation over random seeds."]
    if tested:
        name = "Welch's (1947) t test, which does not assume equal variances"
        name = "Student's t test of runs paired by their seed" if study.plan.paired else name
        sentences.append(
            f"Each variant was compared with its baseline by {name}, two-sided at {digits(study.plan.alpha)}, with"
            f" Holm's (1979) correction for {plural(tested, 'comparison')}."
        )
    if any(c.loss_p is not None for c in compared):
        sentences.append(
            f"That a variant loses less than {margins(study)} was tested one-sided at {digits(study.plan.alpha / 2)}"
            " (non-inferiority), likewise corrected."
        )
    sentences.append(
        "Comparisons with fewer than 3 seeds a side, with failed runs, with undefined scores or with runs that predict"
        " a single class support no conclusion."
    )
    if any(s.failed for s in standings):
        sentences.append(
            "Rates of failed runs have Wilson's (1927) interval and were compared by Fisher's exact test."
        )
    sentences.append(
        "Letters mark variants that are not told apart: comparisons with the baseline as above, all other pairs by the"
        " same test with Holm's correction for their number (compact letter display, Piepho, 2004)."
    )
    sentences += several_tasks.methods(study.several) if study.several else []
    if study.effects:
        sentences.append(
            "Main effects and interactions are contrasts of the variants' means with Satterthwaite's (1946) degrees of"
            " freedom, corrected by Holm for all effects."
        )
    if any(s.items for s in standings):
        sentences.append(
            "Where seeds and examples are both drawn anew we used the multi-bootstrap (Sellam et al., 2022) with"
            f" {whole(examples.REPLICATES)} replicates."
        )
    return " ".join(sentences)


# --- warnings ---


DIFFERING = {
    "machine": "hardware",
    "precision": "execution precision",
    "number of threads": "execution threads",
    "device": "execution device",
    "commit": "commit",
}
HARMLESS = "keep", "logging_steps"  # change no figure


def warnings(study):
    sentences, runs = [], study.runs
    failed, running = (sum(r["status"] == status for r in runs) for status in ("failed", "running"))
    if failed:
        chosen = "Means are those of the others, which were chosen by their success: no conclusion is drawn from them."
        sentences.append(f"{failed} of {len(runs)} runs failed. {chosen}")
    sentences += [f"{running} of {len(runs)} runs are not finished: this is not the end."] if running else []
    sentences += [f"No run of {row.name} has begun." for row in study.variants if not row.runs]
    if study.about["baseline"]:
        bases = [row for row in study.variants if row.kind == "baseline"]
        named = name_of(study.about["baseline"])
        sentences += [] if bases else [f"No run is the baseline ({named}): there is nothing to take differences from."]
        without = [row.name for row in bases if not count(row, "finished")]
        sentences += [f"The baseline {name} has no finished run: no differences from it." for name in without]
    for m in study.metrics:
        scores = [s for run in runs for s in of_metric(headline(run), m)]
        if len({s["protocol"] for s in scores}) > 1:
            sentences.append(f"{m.label}: the runs chose their model by different protocols: not comparable.")
        if len({s["n"] for s in scores}) > 1:
            sentences.append(f"{m.label}: the runs were scored on different numbers of examples.")
    for row in study.variants:
        sentences += warnings_of(study, row)
    for what, path in DIFFERING.items():
        if len({json.dumps(inside(run["provenance"], path)) for run in runs}) > 1:
            sentences.append(f"The runs differ in {what}: compare speeds and scores with care.")
    return sentences + study.notes + [Fixed("Left out: ", None)] * study.left_out


def inside(tree, path):
    for key in path.split():
        tree = tree[key]
    return tree


def warnings_of(study, row):
    keys = sorted({key for run in row.runs for key in run["config"]} - {*study.keys, *HARMLESS})
    keys = [key for key in keys if len({plain(run["config"].get(key, "")) for run in row.runs}) > 1]
    sentences = [f"The runs of {row.name} differ in {key} as well as in seeds." for key in keys]
    seeds = [seeds_of(run) for run in row.runs]
    sentences += [f"Two runs of {row.name} have the same seeds, {s[0]}." for i, s in enumerate(seeds) if s in seeds[:i]]
    for m in row.standing:
        sentences += warnings_of_seeds(study, row, m)
    notes = [note for run in row.runs for note in run.get("notes") or []]
    return sentences + [f"In {plural(notes.count(n), 'run')} of {row.name} {n}." for n in sorted(set(notes))]


def warnings_of_seeds(study, row, m):
    sentences, s, c = [], standing(row, m), comparison(row, m)
    over = [run for run in row.runs if run["status"] == "finished" and may_be_of(run, m.task)]
    without = sum(not of_metric(headline(run), m) for run in over)
    if without:
        runs = f"{plural(without, 'run')} of {row.name} finished without a score by {m.label}"
        sentences.append(f"{runs} and {'is' if without == 1 else 'are'} not in its mean.")
    sentences += undefined(row, m)
    if s.degenerate:
        runs = f"{plural(s.degenerate, 'run')} of {row.name} predict{'s' if s.degenerate == 1 else ''}"
        sentences.append(f"{runs} the same for all examples of {m.task}: such runs support nothing.")
    sides = c and [set(by_seed(each, m)) for each in (row, row.baseline)]
    if c and all(sides) and sides[0] != sides[1]:
        used = "only seeds that both have" if study.plan.paired else "all seeds of both sides"
        different = f"{row.name} and its baseline have scores of different seeds by {m.label}"
        sentences.append(f"{different}: {used} are compared.")
    return sentences


# --- settings, provenance, runs ---


OF_TOKENS = "squad-v1.1 squad-v2.0 conll-2003 wnut-17 wikiann scitldr cnn-dailymail".split()


def idle(config):
    """Keys that do not act beside the others; a missing one is no number and no word."""
    number = lambda key: config[key] if isinstance(config.get(key), (int, float)) else float("nan")
    limited, alike = number("max_steps") > 0, number("embedding_size") == number("hidden_size")
    at_end = number("eval_steps") >= number("max_steps") if limited else not number("eval_steps")
    rules = (
        (limited, "epochs"),
        (number("warmup_steps") > 0, "warmup_proportion"),
        (config.get("optimizer") == "lamb", "bias_correction"),
        (at_end and (limited or number("epochs") == 1), "early_stopping_patience"),
        (config.get("task") == "sts-b", "class_weights"),
        (config.get("span_head") == "bert", "start_n_top end_n_top"),
        (config.get("task") == "squad-v1.1", "null_score_diff_threshold"),
        (number("groups") == 1, "sharing_pattern"),
        (not alike, "project_equal_sizes"),
        (config.get("task") in OF_TOKENS, "classifier_pooling"),
        (config.get("sharing") == "none", "merge"),
        (alike, "embedding_steps"),
        (number("distill_steps") == 0, "distill_seconds distill_learning_rate"),
        (number("pretrain_groups") == 1, "pretrain_sharing_pattern"),
        (number("pretrain_held_out_proportion") == 0, "pretrain_eval_examples pretrain_eval_steps"),
    )
    return {key for applies, keys in rules if applies for key in keys.split()}


def settings(study):
    of_all = set.intersection(*(idle(run["config"]) for run in study.runs)) if study.runs else set()
    keys = sorted({key for run in study.runs for key in run["config"]} - set(study.keys) - of_all)
    values = {key: {plain(run["config"].get(key, "")) for run in study.runs} for key in keys}
    return [f"{key}: {found.pop()}" for key, found in values.items() if len(found) == 1]


PROVENANCE = {
    "commit": "commit",
    "suite": "software suite",
    "TensorFlow": "software tensorflow",
    "Java": "software java",
    "operating system": "software os",
    "processor": "",
    "device": "execution device",
    "precision": "execution precision",
    "threads": "execution threads",
}


def provenance(study):
    def processor(run):
        h = run["provenance"]["hardware"]
        memory = fixed(h["memory_bytes"] / 1e9, 1)
        return ", ".join([h["cpu_model"], f"{h['cores']} cores", f"{memory} GB", *h["cpu_features"]])

    facts = []
    for name, path in PROVENANCE.items():
        facts += [f"{name}: {inside(run['provenance'], path) if path else processor(run)}" for run in study.runs]
    for data in (d for run in study.runs for d in run["data"]):
        rows = ", ".join(f"{k} {n}" for k, n in sorted(data["rows"].items()))
        facts.append(f"data {data['name']}: SHA-256 {data['sha256']}{'; ' + rows if rows else ''}; {data['source']}")
    facts += [f"command to repeat: {study.about['command']}"] if study.about["command"] else []
    return list(dict.fromkeys(facts))


def run_texts(study):
    """Over each list of runs how many they are, and under it how to repeat them."""
    texts = []
    for row in study.variants:
        words = {"failed": "failed", "running": "unfinished"}
        parts = [f"{count(row, status)} {word}" for status, word in words.items() if count(row, status)]
        texts.append(" ".join([row.name, ", ".join([plural(len(row.runs), "run"), *parts])]))
        texts += [f"repeat {run['run_id']}: {run['provenance']['command']}" for run in row.runs]
    return texts


def run_cells(run):
    """A run as the page lists it."""
    def both(part, units):
        return ", ".join(whole(part[key]) + unit for key, unit in units.items() if part.get(key) is not None) or "–"

    seeds = f"{run['init_seed']}" if len(set(seeds_of(run))) == 1 else "init {}, data {}".format(*seeds_of(run))
    status = {"running": "not finished"}.get(run["status"], run["status"])
    status += f": {run['failure_reason']}" if status == "failed" else ""
    status = "; ".join([status, *(run.get("notes") or [])])
    scores = []
    for s in run["scores"]:
        value = f"none ({s['reason']})" if s["value"] is None else fixed(s["value"], 4 if abs(s["value"]) <= 1 else 2)
        metric = s["metric"].replace("_", " ")
        scores.append(f"{metric} {value} on {s['split']}, n = {whole(s['n'])}, model: {s['protocol']}")
    time = both(run["timings"], {"train_seconds": " s training", "evaluation_seconds": " s evaluation"})
    speeds = {"train_tokens_per_second": " training", "inference_tokens_per_second": " inference"}
    speed = both(run["performance"], speeds)
    return [run["run_id"], seeds, status, " ".join(scores), time, speed]


# --- all of it, in order ---

LEADING = "tasks"  # the table before that of variants


def section(sheet):
    return [sheet.title, *sheet.sentences, *sheet.notes]


def page(study, sheets, figures, tasks):
    """All texts of the page outside of tables and figures; a figure is ("figure", name)."""
    about, said, names = study.about, warnings(study), list(figures)
    texts = [f"{about['study']} – report", f"Study {about['study']}", about["question"], *answer(study)]
    texts += [("figure", name) for name in names[:1]]
    texts += [text for sheet in sheets if sheet.name == LEADING for text in section(sheet)] + ["Results"]
    texts += [text for task in tasks for text in (task, "Variants, their cost and their scores")] + [SCORES_NOTE]
    texts += ["Beware", *said] if said else []
    texts += [text for sheet in sheets if sheet.name != LEADING for text in section(sheet)]
    texts += ["Figures", *(("figure", name) for name in names[1:])] if names[1:] else []
    keys = ", ".join(study.keys) or "nothing but seeds"
    texts += ["Methods", *declared(study), methods(study)]
    texts += ["Settings", f"What all runs share. The table's rows differ in {keys}."]
    texts += settings(study) or ["None."]
    return texts + ["Runs", *run_texts(study), "Provenance", *(provenance(study) or ["None."])]


def markdown(study, sheets, figures, tasks):
    """The same of report.md."""
    about, said, names = study.about, warnings(study), list(figures)
    texts = [about["study"], about["question"], " ".join(answer(study))]
    texts += [("figure", name) for name in names[:1]]
    texts += [text for sheet in sheets if sheet.name == LEADING for text in section(sheet)]
    texts += (["Results"] if len(tasks) > 1 else []) + [*tasks, SCORES_NOTE]
    texts += ["Beware", *said] if said else []
    texts += [text for sheet in sheets if sheet.name != LEADING for text in section(sheet)]
    texts += [("figure", name) for name in names[1:]]
    texts += ["Methods", *declared(study), methods(study)]
    texts += ["Settings", *(settings(study) or ["none"]), "Provenance"]
    return texts + (provenance(study) or ["none"])
