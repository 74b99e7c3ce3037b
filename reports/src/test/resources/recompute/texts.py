"""The texts and figures that a report must show, from the runs alone."""

import json
import math
import re
from collections import namedtuple

import seed_statistics as stats
from display import change, compact, fixed, plain, plural, probability, shortened, signed, whole, with_sd
from runs import best_first, column_of, count, headline, lower_is_better, measured, of_metric, seeds_of
from expected import interval, parameters, primary

# --- the answer ---


def answer(study):
    finished, failed = (sum(count(row, status) for row in study.rows) for status in ("finished", "failed"))
    if not finished:
        end = f": {plural(failed, 'run')} failed." if failed else " yet."
        return ["No run is finished, so there is no answer" + end]
    sentences = []
    for m in primary(study):
        compared = [row for row in study.variants if m in row.comparisons]
        if not compared:
            sentences += rank(study, m)
            continue
        sentences += counted(compared, m) if len(compared) > 6 else against_baselines(study, m)
        if any(row.comparisons[m].beyond is None for row in compared):
            sentences.append("One seed shows no spread: whether such a difference is noise is not known.")
        sentences += name_of_test([row.comparisons[m] for row in compared])
    return sentences or ["The runs are finished and have no score, so there is no answer."]


def size_change(row):
    own, other = parameters(row), parameters(row.baseline)
    return "" if not own or not other or own == other else change(other, own) + " parameters"


def clause(row, m):
    c, size = row.comparisons[m], size_change(row)
    off = f"is {fixed(abs(c.difference), m.decimals)} {'above' if c.difference > 0 else 'below'} it, beyond noise"
    p = "no p" if c.holm is None else "p " + probability(c.holm)
    delta = signed(c.difference, m.decimals)
    said = {
        "noise unknown": "differs by " + delta,
        "not distinguishable": f"is not distinguishable from it ({delta}, {p if c.beyond else 'within noise'})",
        "beyond noise, too few seeds for a test": off,
    }
    return f"{row.name}{' (' + size + ')' if size else ''} {said.get(c.verdict, f'{off} ({p})')}"


def against_baselines(study, m):
    sentences = []
    for base in study.variants:
        clauses = [clause(r, m) for r in study.variants if m in r.comparisons and r.baseline is base]
        if clauses:
            s = base.scores[m]
            scored = f"{m.label} {with_sd(s, m.decimals)}, {plural(s.n, 'seed')}"
            sentences.append(f"Against {base.name} ({scored}): {'; '.join(clauses)}.")
    return sentences


def counted(compared, m):
    kinds = {True: [], False: [], None: [], "equal": []}
    for row in compared:
        c = row.comparisons[m]
        off = None if c.beyond is None else c.difference > 0
        kinds["equal" if c.verdict == "not distinguishable" else off].append(row)
    parts = [
        f"not distinguishable from their baseline: {len(kinds['equal'])}",
        f"below it, beyond noise: {len(kinds[False])}",
        f"above it, beyond noise: {len(kinds[True])}",
    ] + ([f"noise unknown: {len(kinds[None])}"] if kinds[None] else [])
    sentences = [f"Variants by {m.label}: {'; '.join(parts)}."]
    if still_open := sum(bool(row.comparisons[m].beyond) for row in kinds["equal"]):
        sentences.append(f"Of those not distinguishable, {still_open} beyond noise, with p above 0.05: more seeds may decide.")
    sized = [row for row in kinds["equal"] if parameters(row) is not None]
    if sized:
        least = min(sized, key=parameters)
        size = f"{least.name}, {whole(parameters(least))} parameters"
        sentences.append(f"The smallest that is not distinguishable from its baseline: {size}.")
    return sentences


def name_of_test(comparisons):
    tests = [c.test for c in comparisons if c.verdict != "noise unknown"]
    if not tests:
        return []
    seeds, family = plural(min(t.n for t in tests), "seed"), plural(comparisons[0].family, "comparison")
    if any(c.verdict.endswith("for a test") for c in comparisons):
        return [f"{seeds} are too few to test {family}: beyond noise is all that can be said."]
    return [f"Test: {' or '.join(dict.fromkeys(t.kind for t in tests))}, {seeds}, p corrected by Holm for {family}."]


def rank(study, m):
    ranked = best_first(study, m)
    scored = lambda s: f"{m.label} {with_sd(s, m.decimals)} ({plural(s.n, 'seed')})"
    if not ranked:
        return []
    a, b = (ranked + [None])[:2]
    if b is None:
        return [f"{a.name} has {scored(a.scores[m])}."]
    beyond = stats.difference(a.scores[m], b.scores[m])[2]
    far = {None: "noise unknown for want of seeds", True: "further off than noise", False: "within noise of it"}[beyond]
    least = "lowest" if lower_is_better(m) else "highest"
    second = f"{b.name} with {scored(b.scores[m])}, {far}"
    return [f"{a.name} has {scored(a.scores[m])}, the {least} mean; next is {second}."]


# --- warnings, settings, provenance, runs ---


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
    sentences += [f"{failed} of {len(runs)} runs failed; they are counted and are in no mean."] if failed else []
    sentences += [f"{running} of {len(runs)} runs are not finished: this is not the end."] if running else []
    sentences += [f"No run of {row.name} has begun." for row in study.variants if not row.runs]
    if study.about["baseline"]:
        bases = [row for row in study.variants if row.kind == "baseline"]
        named = ", ".join(f"{k} {plain(v)}" if v != "" else f"no {k}" for k, v in sorted(study.about["baseline"].items()))
        sentences += [] if bases else [f"No run is the baseline ({named}): there is nothing to take differences from."]
        without = [row.name for row in bases if not count(row, "finished")]
        sentences += [f"The baseline {name} has no finished run: no differences from it." for name in without]
    for m in study.metrics:
        scores = [s for run in runs for s in of_metric(headline(run), m)]
        if len({s["protocol"] for s in scores}) > 1:
            sentences.append(f"{m.label}: the runs chose their model by different protocols: not comparable.")
        if len({s["n"] for s in scores}) > 1:
            sentences.append(f"{m.label}: the runs were scored on different numbers of examples.")
        reasons = dict.fromkeys(s["reason"] for s in scores if s["reason"] is not None)
        sentences += [f"{m.label} is undefined for a run: {reason}" for reason in reasons]
    for row in study.variants:
        sentences += warnings_of(study, row)
    for what, path in DIFFERING.items():
        if len({json.dumps(inside(run["provenance"], path)) for run in runs}) > 1:
            sentences.append(f"The runs differ in {what}: compare speeds and scores with care.")
    return sentences


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
    notes = [note for run in row.runs for note in run.get("notes") or []]
    return sentences + [f"In {plural(notes.count(n), 'run')} of {row.name} {n}." for n in sorted(set(notes))]


def settings(study):
    keys = sorted({key for run in study.runs for key in run["config"]} - set(study.keys))
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


def run_heads(study):
    """(heads of the lists of runs, commands)."""
    heads, commands = [], []
    for row in study.variants:
        words = {"failed": "failed", "running": "unfinished"}
        parts = [f"{count(row, status)} {word}" for status, word in words.items() if count(row, status)]
        heads.append(" ".join([row.name, ", ".join([plural(len(row.runs), "run"), *parts])]))
        commands += [f"repeat {run['run_id']}: {run['provenance']['command']}" for run in row.runs]
    return heads, commands


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


# --- figures ---

# what must be in it, what may be, and of scatter plots what its note says, with the names that may find no room
Figure = namedtuple("Figure", "title description must may note", defaults=((), None))


def slug(m, end):
    return f"{column_of(m).replace('_', '-').lower()}-{end}"


def capital(text):
    return text[:1].upper() + text[1:]


def figures(study):
    found = {}
    for m in primary(study):
        found.update(differences(study, m))
        found.update(two_knobs(study, m))
        found.update(scatter(study, m, "parameters", "parameters of encoder and pooler", parameters))
        for end, key in (("inference", "inference_tokens_per_second"), ("training", "train_tokens_per_second")):
            speed = lambda row, key=key: (s := measured(row, key)) and s.mean
            found.update(scatter(study, m, end + "-speed", end + " speed, tokens/s", speed))
    found.update(curves(study))
    return found


def differences(study, m):
    rows = [row for row in study.variants if m in row.comparisons][:24]
    if not rows:
        return {}
    tips = []
    for row in rows:
        test = row.comparisons[m].test
        ends = ", " + interval(test.interval, m.decimals) if test.interval else ""
        tips.append(f"{row.name}: {signed(test.difference, m.decimals)}{ends}")
    must = tips + [shortened(row.name, 44) for row in rows] + [size_change(row) for row in rows if size_change(row)]
    must.append(f"{m.label}, variant minus baseline, 95 % interval over seeds")
    return {slug(m, "differences"): Figure(f"Cost of each change in {m.label}", "; ".join(tips) + ".", must)}


def two_knobs(study, m):
    rows = [row for row in study.variants if m in row.scores]
    number = lambda v: v if isinstance(v, (int, float)) and not isinstance(v, bool) else 0
    text = lambda row, key: plain(row.values.get(key, ""))
    ascending = lambda key: sorted(rows, key=lambda row: number(row.values.get(key)))
    ordered = {key: list(dict.fromkeys(text(row, key) for row in ascending(key))) for key in study.keys}
    varied = [key for key in study.keys if len(ordered[key]) > 1]
    if len(varied) != 2 or max(len(ordered[key]) for key in varied) > 12:
        return {}
    (x, y), described, shown = varied, [], [*varied]
    for b in ordered[y]:
        for a in ordered[x]:
            s = next((row.scores[m] for row in rows if (text(row, x), text(row, y)) == (a, b)), None)
            if s:
                described.append(f"{x} {a}, {y} {b}: {with_sd(s, m.decimals)}")
                spread = "" if s.sd is None else f"± {fixed(s.sd, m.decimals)}, "
                shown += [fixed(s.mean, m.decimals), f"{spread}n = {s.n}"]
    shown += [shortened(v, 18) for key in varied for v in ordered[key]]
    title = f"{capital(m.label)} over {x} and {y}"
    return {slug(m, "by-two-knobs"): Figure(title, "; ".join(described) + ".", shown)}


def scatter(study, m, end, against, cost):
    rows = [row for row in study.variants if m in row.scores and cost(row)]
    if not rows:
        return {}
    tips = [f"{r.name}: {m.label} {with_sd(r.scores[m], m.decimals)}, {compact(cost(r))}" for r in rows]
    others = "; and others in the table." if len(tips) > 40 else "."
    front = "" if lower_is_better(m) else " A dotted line joins those that no other one beats."
    heights = [r.scores[m].mean + sign * (r.scores[m].sd or 0) for r in rows for sign in (-1, 1)]
    reach = max(max(heights) - min(heights), abs(max(heights)) * 0.02)
    references = [row for row in study.rows if row.kind == "reference" and m in row.scores]
    lines = {f"{row.name} {fixed(row.scores[m].mean, m.decimals)}": row.scores[m].mean for row in references}
    far = [text for text, y in lines.items() if not min(heights) - reach <= y <= max(heights) + reach]
    names = [row.name for row in rows] + [text for text in lines if text not in far]
    note = f"Outside the picture: {', '.join(far)}." if far else "", names
    must, may = [*tips, f"{m.label}, {m.split}, mean ± sd"], [shortened(name, 40) for name in names]
    title = capital(f"{m.label} against {against}")
    return {slug(m, end): Figure(title, "; ".join(tips[:40]) + others + front, must, may, note)}


def curves(study):
    """The figures logged in training, of the first eight variants, over the seeds that logged them."""
    found = {}
    for row in [r for r in study.variants if r.runs][:8]:
        logged = {}
        for run in row.runs:
            for (name, step), value in log_of(run["folder"] / "metrics.jsonl").items():
                logged.setdefault(name, {}).setdefault(step, []).append(value)
        for name in sorted(logged):
            shown = name in ("train_loss", "loss") or name.startswith(("dev_", "eval_"))
            if shown and len(logged[name]) > 1:
                at = lambda step: f"{with_sd(stats.summary(logged[name][step]), 3)} at step {step}"
                found.setdefault(name, {})[row.name] = f"{row.name}: {at(min(logged[name]))}, {at(max(logged[name]))}"
    drawn = {}
    for name, ends in found.items():
        said = name.replace("_", " ")
        texts = [*ends, *(shortened(n, 60) for n in ends), f"{said}, mean ± sd over seeds"]
        file = "curve-" + re.sub("[^a-zA-Z0-9]+", "-", name).lower()
        drawn[file] = Figure(f"Learning curves: {said}", "; ".join(ends.values()) + ".", texts)
    return drawn


def log_of(path):
    """{(figure, step): value}; a line that was cut short is none."""
    text = path.read_text("utf-8") if path.exists() else ""
    lines = [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
    values = {(name, line["step"]): v for line in lines for name, v in line["values"].items()}
    return {key: v for key, v in values.items() if v is not None and math.isfinite(v)}
