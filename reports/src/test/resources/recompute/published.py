"""Our figures beside the published ones, and the paper's findings put to our runs."""

import csv
import math
import re
from collections import namedtuple
from pathlib import Path

import seed_statistics as stats
from display import change, fixed, interval, plural, probability, signed, whole
from expected import Cell, Fixed, Sheet, figure, without_score, words
from judging import standing
from runs import headline, lower_is_better, of_metric, parameters, scale, value_of

PUBLISHED = Path(__file__).resolve().parents[3] / "main/resources/albert/reports/published"
NOT_SAID = "not said"
WAYS = ("vocab_size", "weights", "objective", "steps", "batch_size", "additional_data", "dropout", "initialised_from")
OBJECTIVES = {"sentence_order": "sop", "next_sentence": "nsp"}
IN_WORDS = {"sop": "masked words and sentence order", "nsp": "masked words and next sentence"}
IN_WORDS["none"] = "masked words alone"

Own = namedtuple("Own", "kind objective additional_data dropout steps weights compressed length words")
Score = namedtuple("Score", "value n aggregate protocols")
Pair = namedtuple("Pair", "model number kind metric")


def resource(name):
    with open(PUBLISHED / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def papers_word(value):
    """What a study calls something, as the paper says it."""
    text = str(value).lower()
    return OBJECTIVES.get(text, text)


# --- how our model was pretrained ---


def pretraining_of(run):
    config = run["config"]
    compressed, model = "distill_steps" in config, config.get("model")
    other = lambda kind, weights, length, said: Own(kind, "", "", "", None, weights, compressed, length, said)
    if "pretrain_corpus" in config:
        more = "pretrain_additional_corpus" in config
        return ours(config, "pretrain_", config["pretrain_corpus"], more, compressed)
    itself = config.get("task") == "pretraining"
    if model is not None:
        weights = model + (", pretrained further" if itself else "")
        return other("weights", weights, f"that of the weights {weights}", f"weights of {weights}")
    if not itself:
        return other("none", "", "none", "trained from scratch")
    read = {}
    for data in run["data"]:
        read.setdefault(data["name"], data["source"].rpartition("/")[2])
    text = read.get("corpus", "a text that is not recorded")
    return ours(config, "", text, "additional_corpus" in read, compressed)


def ours(config, prefix, text, more, compressed):
    of = lambda key: config[prefix + key] if is_number(config.get(prefix + key)) else None
    rates = [of(key) for key in ("hidden_dropout_prob", "attention_probs_dropout_prob")]
    dropout = "yes" if any(rate and rate > 0 for rate in rates) else "no" if rates == [0, 0] else ""
    steps, batch, times = of("max_steps"), of("batch_size"), of("gradient_accumulation_steps")
    length = "an unknown number of steps" if steps is None else f"{whole(steps)} steps"
    length += "" if batch is None else f" of {whole(batch * (1 if times is None else times))}"
    length += f" on {text}{' and additional data' if more else ''}"
    objective = papers_word(config[prefix + "objective"]) if prefix + "objective" in config else ""
    data = "yes" if more else "no"
    return Own("ours", objective, data, dropout, steps, "", compressed, length, "pretrained by the study")


def is_release(model, own):
    parts = re.split(r"[/\\:]", own.weights.lower().replace("_", "-"))
    return bool(model["weights"]) and not own.compressed and model["weights"] in parts


def may_be(model, own):
    """Whether nothing that is said of a row's pretraining contradicts ours, whatever its length."""
    if own.kind == "ours":
        said = ("objective", "additional_data", "dropout")
        return not own.compressed and all(model[k] in (NOT_SAID, getattr(own, k)) for k in said)
    return own.kind == "weights" and is_release(model, own)


def is_as_long(model, own):
    found = re.fullmatch(r"([0-9.]+)([kM])", model["steps"])
    return bool(found) and float(found[1]) * {"k": 1e3, "M": 1e6}[found[2]] == own.steps


# --- how theirs was ---


def length_of(model):
    if model["steps"] == model["additional_data"] == NOT_SAID:
        return NOT_SAID
    steps = "a number of steps that is not said"
    if model["steps"] != NOT_SAID:
        steps = f"{model['steps']} steps" + ("" if model["batch_size"] == NOT_SAID else f" of {model['batch_size']}")
    text = {NOT_SAID: ", with additional data or without is not said", "no": ""}
    more = text.get(model["additional_data"], " and the additional data of XLNet and RoBERTa")
    return f"{steps} on Wikipedia and BookCorpus{more}"


def setting_of(model):
    if length_of(model) == model["objective"] == NOT_SAID:
        return "how it was pretrained is not said"
    objective = IN_WORDS.get(model["objective"], "objective besides masked words not said")
    dropout = {NOT_SAID: "dropout not said", "yes": "with dropout"}.get(model["dropout"], "without dropout")
    begun = f"; weights begun from {model['initialised_from']}" if has_other_start(model) else ""
    return f"pretrained {length_of(model)}; {objective}; {dropout}{begun}"


def has_other_start(model):
    return model["initialised_from"] not in ("", NOT_SAID)


# --- rows of a shape ---


def same(value, wanted):
    if is_number(value):
        return re.fullmatch(r"[0-9.eE+-]+", wanted) is not None and value == float(wanted)
    return value is not None and str(value) == wanted


def has_shape(config, model):
    wanted = {k: model[k] for k in ("num_hidden_layers", "hidden_size", "embedding_size", "sharing")}
    usual = {"groups": "1", "inner_group_num": "1", "sharing_pattern": "sequence"}
    usual |= {"layer_delta_rank": "0", "classifier_pooling": "cls"}
    wanted.update({k: v for k, v in usual.items() if k in config})
    return all(same(config.get(k), v) for k, v in wanted.items())


def printed(value):
    found = re.match(r"([0-9]+(?:\.[0-9]+)?)(M?)(?= |$)", value)
    return float(found[1]) * (1e6 if found[2] else 1) if found else None


class Beside:
    """A variant beside the published rows of its shape."""

    def __init__(self, study, row, tables):
        self.row, self.tables, self.run = row, tables, row.runs[0]
        self.own = pretraining_of(self.run)
        self.metrics = [m for m in study.metrics if m.split in ("dev", "held-out") and m in row.scores]
        self.of_shape = [model for model in tables["models"] if has_shape(self.run["config"], model)]
        self.scored = [model for model in self.of_shape if self.pairs(model)]
        possible = [model for model in self.scored if may_be(model, self.own)]
        as_long = [model for model in possible if is_as_long(model, self.own)]
        one_way = len({tuple(model[k] for k in WAYS) for model in self.scored}) == 1
        self.chosen = as_long or possible or (self.scored if one_way else [])

    def numbers(self, model):
        of_row = lambda n: (n["table"], n["row"]) == (model["table"], model["row"])
        return [n for n in self.tables["numbers"] if of_row(n)]

    def pairs(self, model):
        kinds = self.tables["kinds"]
        is_kind = lambda k, n, m: (k["published"], k["task"], k["metric"]) == (n["metric"], m.task, m.name)
        numbers = self.numbers(model)
        return [Pair(model, n, k, m) for n in numbers for m in self.metrics for k in kinds if is_kind(k, n, m)]

    def rows(self, legend):
        sizes, scores = {}, {}
        for model in self.of_shape if parameters(self.row) is not None else ():
            for n in self.numbers(model):
                if n["metric"] == "params":
                    sizes.setdefault(printed(n["value"]), []).append((model, n))
        for model in self.chosen:
            for pair in self.pairs(model):
                way = tuple(model[k] for k in WAYS)
                key = pair.metric, printed(pair.number["value"]), way, model["protocol"]
                scores.setdefault(key, []).append(pair)
        rows = [self.size_row(legend, alike) for alike in sizes.values()]
        return rows + [self.score_row(legend, alike) for alike in scores.values()]

    def size_row(self, legend, alike):
        numbers = [n for _, n in alike]
        said = ("", "", "counted: encoder and pooler", self.vocabulary(alike[0][0]))
        return self.cells(legend, "parameters", parameters(self.row), numbers, said)

    def score_row(self, legend, alike):
        model, _, kind, m = alike[0]
        wanted = lambda p: (p["protocol"], p["benchmark"]) == (model["protocol"], kind["benchmark"])
        protocol = next(p for p in self.tables["protocols"] if wanted(p))
        score = own_score(self.row, m, protocol)
        said = f"{score.aggregate}; checkpoint: {checkpoint(score)}; {self.own.words}"
        unequal = self.unequal(model, kind, protocol, score)
        numbers = [pair.number for pair in alike]
        ours_scaled = score.value * float(kind["scale"])
        return self.cells(legend, m.label, ours_scaled, numbers, (setting_of(model), protocol["words"], said, unequal))

    def cells(self, legend, what, ours, numbers, said):
        setting, their_protocol, protocol, unequal = said
        number, theirs, is_size = numbers[0], printed(numbers[0]["value"]), what == "parameters"
        touches = lambda fault, n: all(re.fullmatch(fault[k], n[k]) for k in ("table", "row", "metric"))
        known = [f for f in self.tables["faults"] if any(touches(f, n) for n in numbers)]
        faults = [f"known fault {f['number']}: {f['text']}" for f in known]
        mark = lambda text: str(legend.setdefault(text, len(legend) + 1))
        marks = [] if is_size else [mark(f"theirs: {setting}; {their_protocol}")]
        marks += [mark("ours: " + protocol)] + ["≠" + mark(t) for t in unequal] + ["⚠" + mark(t) for t in faults]
        shown = change(theirs, ours) if is_size else signed(ours - theirs, 2)
        settings = {"their_setting": setting, "their_protocol": their_protocol, "our_protocol": protocol}
        settings.update(unequal="; ".join(unequal), faults="; ".join(faults))
        places = [f"{n['table']}, {n['row']}" for n in numbers]
        where = {**{k: number[k] for k in ("source", "table", "row")}, "also": "; ".join(places[1:])}
        return [
            words("variant", self.row.name),
            words("figure", what),
            figure("ours", ours, whole if is_size else lambda v: fixed(v, 2)),
            Cell({"published": theirs}, number["value"], order=theirs),
            Cell({"difference": ours - theirs}, shown + (" ≠" if unequal else ""), order=ours - theirs),
            Cell(where, "; ".join(places)),
            Cell(settings, " ".join(marks)),
        ]

    def vocabulary(self, model):
        own, theirs = self.run["config"].get("vocab_size"), model["vocab_size"]
        if not is_number(own) or theirs == NOT_SAID or own == float(theirs):
            return []
        return [f"vocabulary: ours has {whole(own)} entries, theirs {whole(float(theirs))}"]

    def unequal(self, model, kind, protocol, score):
        found, aggregate = [], f"aggregate: ours is {score.aggregate}, theirs "
        if not is_release(model, self.own):
            found += self.unequal_pretraining(model) + self.vocabulary(model)
        if protocol["text"]:
            found.append(f"text: theirs is made of {protocol['text']}, ours is held out of its own")
        else:
            found += self.unequal_tuning(protocol)
        if protocol["aggregate"] != "median of 5":
            is_median = protocol["aggregate"].startswith("median of 5")
            found.append(aggregate + ("a median of 5 or not said" if is_median else "is not said"))
        elif score.n != 5:
            found.append(aggregate + "a median of 5")
        said = f"checkpoint: ours is {checkpoint(score)}, theirs "
        if protocol["checkpoint"] == NOT_SAID:
            found.append(said + "is not said")
        elif protocol["checkpoint"] == "best on dev" and not all(map(is_chosen, score.protocols)):
            found.append(said + "by early stopping on dev")
        if kind["named"] != "yes":
            found.append(f"metric: GLUE has two for this task and theirs is not named, ours is {kind['metric']}")
        return found

    def unequal_pretraining(self, model):
        own, length = self.own, length_of(model)
        found = [f"pretraining: ours is {own.length}, theirs {'is not said' if length == NOT_SAID else length}"]
        said = lambda used: {"yes": "with", "no": "without"}.get(used, "is not said")
        if own.kind != "none" and model["objective"] == NOT_SAID:
            found.append("objective: theirs besides masked words is not said")
        elif own.kind != "none" and model["objective"] != own.objective:
            unknown = "objective besides masked words not said"
            ours_said = IN_WORDS.get(own.objective, unknown) if own.objective else "not known"
            found.append(f"objective: ours is {ours_said}, theirs {IN_WORDS.get(model['objective'], unknown)}")
        for key, what in (("dropout", "dropout in pretraining"), ("additional_data", "additional data")):
            if own.kind == "ours" and model[key] != getattr(own, key):
                found.append(f"{what}: ours {said(getattr(own, key))}, theirs {said(model[key])}")
        if model["initialised_from"] == NOT_SAID:
            found.append("weights: what theirs began from is not said")
        elif has_other_start(model):
            found.append(f"weights: theirs began from {model['initialised_from']} (warm start)")
        if own.compressed:
            found.append("compression: ours was made from a model of another shape")
        return found

    def unequal_tuning(self, protocol):
        found, most = [], self.run["config"].get("max_train_examples")
        if protocol["start"] == NOT_SAID:
            found.append("start: whether theirs began from a checkpoint fine-tuned on MNLI is not said")
        elif protocol["start"]:
            found.append(f"start: theirs began from {protocol['start']}")
        if is_number(most) and most > 0:
            found.append(f"training examples: ours are the first {whole(most)}, theirs all")
        if any("not comparable with published figures" in data["source"] for data in self.run["data"]):
            found.append("data: ours are parts of the dev set, for training and for scores")
        return found

    def others(self):
        """What is said of the scored rows that it is not put beside."""
        others = [model for model in self.scored if model not in self.chosen]
        if not others:
            return []
        tables, more = ", ".join(dict.fromkeys(model["table"] for model in others)), "more " if self.chosen else ""
        rows = f"{len(others)} {more}{'row' if len(others) == 1 else 'rows'}"
        if self.own.kind == "weights" and not self.chosen:
            said = "have this shape and differ in pretraining; which of them ours is, if any, is not known"
        elif len(others) == 1:
            said = "has this shape and another pretraining; it is not ours"
        else:
            said = "have this shape and differ in pretraining; none is ours"
        found = {}
        for pair in (pair for model in others for pair in self.pairs(model)):
            found.setdefault(pair.metric.label, []).append(pair.number["value"])
        ends = {label: (min(values, key=printed), max(values, key=printed)) for label, values in found.items()}
        ranges = [f"{label} {a if a == b else f'{a} to {b}'}" for label, (a, b) in ends.items()]
        return [f"{self.row.name}: {rows} ({tables}) {said}. Theirs: {'; '.join(ranges)}."]


BEST = re.compile(r"best-on-dev(?: of ([0-9]+))?(,.*)?")


def own_score(row, m, protocol):
    """Our score, chosen and summed up as theirs, as far as the runs have it."""
    heads, best = [], []
    for run in row.runs:
        if value_of(run, m) is not None:
            known = lambda scores: next((s for s in of_metric(scores, m) if s["value"] is not None), None)
            heads.append(known(headline(run)))
            best.append(known([s for s in run["scores"] if BEST.fullmatch(s["protocol"])]))
    chosen = best if protocol["checkpoint"] == "best on dev" and all(best) else heads
    s, protocols = stats.summary([x["value"] for x in chosen]), list(dict.fromkeys(x["protocol"] for x in chosen))
    seeds = [run["config"].get("pretrain_seed") for run in row.runs]
    if protocol["text"] and all(is_number(seed) and seed > 0 for seed in seeds):
        return Score(s.mean, 1, "one pretraining", protocols)
    median = protocol["aggregate"].startswith("median of 5")
    without = ", ".join(without_score(row.summaries[m].failed, row.summaries[m].undefined))
    said = "one run" if s.n == 1 else f"{'median' if median else 'mean'} of {s.n} seeds"
    return Score(s.median if median else s.mean, s.n, said + (f" ({without})" if without else ""), protocols)


def checkpoint(score):
    def said(protocol):
        best = BEST.fullmatch(protocol)
        if not best:
            return protocol
        return "best on dev" + (" of " + plural(int(best[1]), "evaluation") if best[1] else "") + (best[2] or "")

    return " and ".join(map(said, score.protocols))


def is_chosen(protocol):
    best = BEST.fullmatch(protocol)
    return best is not None and best[1] != "1"


def against(study):
    names = {"models": "models", "kinds": "metrics", "protocols": "protocols", "faults": "faults"}
    tables = {key: resource(name + ".csv") for key, name in names.items()}
    tables["numbers"] = [n for n in resource("published_numbers.csv") if printed(n["value"]) is not None]
    rows, legend, notes = [], {}, []
    for row in study.variants:
        if row.runs:
            beside = Beside(study, row, tables)
            rows += beside.rows(legend)
            notes += beside.others()
    heads = [(head, "") for head in ("variant", "figure", "ours", "published", "difference", "where", "marks")]
    notes.append(Fixed("Ours minus theirs, in the unit of the table.", []))
    notes += [f"{number}: {text}" for text, number in legend.items()]
    return Sheet("against-the-papers", "Against the papers", heads, rows, notes)


# --- findings ---


ALL_TASKS = ("squad-v1.1", "squad-v2.0", "mnli", "sst-2", "race")
OF_PAIRS = ("squad-v1.1", "squad-v2.0", "mnli", "race")
# statement, where the paper says it, the key that differs, what is claimed of its values, sharing, range, tasks
FINDINGS = (
    ("With all layers shared, the embedding size hardly matters",
     "Table 3: the averages of E = 64 to 768 lie within 1.1 points",
     "embedding_size", "any", "all", (64, 768), ALL_TASKS),
    ("Without sharing, larger embeddings are better, if not by much",
     "Table 3: averages 81.3, 81.7, 81.8, 82.3 for E = 64, 128, 256, 768",
     "embedding_size", "more", "none", (64, 768), ALL_TASKS),
    ("Sharing all parameters across layers costs accuracy",
     "Table 4: averages 82.3 to 79.8 for E = 768, 81.6 to 80.1 for E = 128",
     "sharing", ("none", "all"), "", (0, math.inf), ALL_TASKS),
    ("Sharing the feed-forward networks costs more than sharing attention",
     "Table 4: averages 81.6 against 79.5 for E = 768, 81.7 against 80.2 for E = 128",
     "sharing", ("attention", "ffn"), "", (0, math.inf), ALL_TASKS),
    ("Sharing attention alone costs little",
     "Table 4: averages 82.3 to 81.6 for E = 768, 81.6 to 81.7 for E = 128",
     "sharing", ("none", "attention"), "", (0, math.inf), ALL_TASKS),
    ("Pretraining by the order of sentences helps tasks of several sentences more than by the next sentence",
     "Table 5: SQuAD 1.1 89.3 against 88.4, SQuAD 2.0 80.0 against 77.2, MNLI 82.0 against 81.6,"
     " RACE 64.0 against 62.3",
     "pretrain_objective", ("sop", "nsp"), "", (0, math.inf), OF_PAIRS),
    ("Up to 24 layers, more layers of the same weights are better",
     "Table 11: averages 52.9, 71.2, 77.2, 81.5, 82.1, 81.8 for 1, 3, 6, 12, 24, 48 layers",
     "num_hidden_layers", "more", "all", (1, 24), ALL_TASKS),
    ("Up to H = 4096, wider layers of the same weights are better",
     "Table 12: averages 71.2, 74.6, 76.3, 74.0 for H = 1024, 2048, 4096, 6144",
     "hidden_size", "more", "all", (1024, 4096), ALL_TASKS),
    ("Pretraining without dropout is better",
     "Table 8: averages 90.7 against 90.4",
     "pretrain_hidden_dropout_prob", "less", "", (0, math.inf), ALL_TASKS),
)  # fmt: skip
SAME = (FINDINGS[0][0], FINDINGS[4][0])
FINDING_MARGIN, MOST_VARIANTS = 0.011, 64
FOLLOWERS = {
    "hidden_size": ("num_attention_heads", "intermediate_size"),
    "pretrain_hidden_dropout_prob": ("pretrain_attention_probs_dropout_prob",),
}


def number_of(row, key):
    return row.values[key] if is_number(row.values.get(key)) else 0


def is_pair(a, b, finding):
    """Whether two variants differ in the key alone, a being the one that is claimed to be better."""
    _, _, key, claim, sharing, (_, most), _ = finding
    of_run = lambda row: row.runs[0]["config"].get("sharing", "") if row.runs else ""
    configured = lambda row: str(row.values.get("sharing", of_run(row)))
    if sharing and not configured(a) == sharing == configured(b):
        return False
    differ = [k for k in a.values if a.values[k] != b.values.get(k) and k not in FOLLOWERS.get(key, ())]
    if a.values.keys() != b.values.keys() or differ != [key]:
        return False
    if isinstance(claim, tuple):
        return (papers_word(a.values[key]), papers_word(b.values[key])) == claim
    x, y = number_of(a, key), number_of(b, key)
    return max(x, y) <= most and (x < y if claim == "less" else x > y)


def said_of(c, m, equality):
    if c.p is None:
        return "cannot tell"
    if not equality:
        agrees = c.verdict == (stats.LOWER if lower_is_better(m) else stats.HIGHER)
        return ("agree" if agrees else "disagree") if c.is_difference else "cannot tell"
    most, (low, high), (all_low, all_high) = FINDING_MARGIN * scale(m), c.interval(), c.simultaneous()
    if -most <= low and high <= most:
        return "agree"
    return "disagree" if all_low > most or all_high < -most else "cannot tell"


def findings(study):
    tasks, looked_at = {run["config"].get("task") for run in study.runs}, []
    for finding in FINDINGS if len(study.variants) <= MOST_VARIANTS else ():
        for m in study.primary:
            if m.task in tasks and (finding[6] == ALL_TASKS or m.task in finding[6]):
                scored = [row for row in study.variants if m in row.scores]
                looked_at += [(finding, m, a, b) for a in scored for b in scored if is_pair(a, b, finding)]
    side = lambda row, m: standing(row, m).side
    family = stats.judged([stats.Comparison(study.plan, side(a, m), side(b, m)) for _, m, a, b in looked_at])
    rows = []
    for finding in FINDINGS:
        own = [(c, m, a, b) for c, (of, m, a, b) in zip(family, looked_at) if of is finding]
        rows += [finding_cells(finding, own)] if own else []
    heads = [(head, "") for head in ("finding", "in the paper", "our runs", "evidence", "≠")]
    note = Fixed("Each finding is put to all pairs of variants that differ in its key alone", ["1.1"])
    return Sheet("findings", "The paper's findings", heads, rows, [note])


def finding_cells(finding, own):
    statement, source, key, _, _, (least, _), tasks = finding
    said = [said_of(c, m, statement in SAME) for c, m, _, _ in own]
    agree, disagree = said.count("agree"), said.count("disagree")
    verdict = "are divided" if agree and disagree else "disagree" if disagree else "cannot tell"
    verdict = "agree" if agree == len(own) else verdict
    counts = f"{agree} of {len(own)} pairs agree, {disagree} disagree"
    evidence, unequal = [], {}
    for c, m, a, b in own:
        delta = "–" if c.difference is None else signed(c.difference, m.decimals)
        ends = f", {interval(c.interval(), m.decimals)}" if c.defined else ""
        p = "" if c.p is None else ", p " + probability(c.p)
        evidence.append(f"{a.name} against {b.name}: {m.label} {delta}{ends} ({c.verdict}{p})")
        if m.task not in tasks:
            unequal[f"task: theirs are SQuAD 1.1 and 2.0, MNLI, SST-2 and RACE, ours is {m.task}"] = True
        lowest = min(number_of(a, key), number_of(b, key))
        if lowest < least:
            unequal[f"range: theirs begins at {key} {least:.0f}, ours at {lowest:.0f}"] = True
        theirs = "125,000 steps of 4,096 on Wikipedia and BookCorpus"
        unequal[f"pretraining: ours is {pretraining_of(a.runs[0]).length}, theirs {theirs}"] = True
    return [
        words("finding", statement),
        words("in_the_paper", source),
        Cell({"our_runs": verdict, "pairs": counts}, verdict, counts, None, verdict != "cannot tell"),
        words("evidence", "; ".join(evidence)),
        words("unequal", "; ".join(unequal)),
    ]
