"""Runs the reference implementations of metrics and statistics on random and special inputs and stores inputs with expected outputs.
usage: metrics_reference.py OUT_DIR SEED DATA   (DATA holds squad/ and summarization/scitldr-A/)
Needs scikit-learn, scipy, numpy, seqeval, rouge-score, statsmodels, and a git clone (bare is enough) of huggingface/evaluate,
named by the environment variable HF_EVALUATE_GIT. Same seed, same files; each section has its own random stream."""
import copy, importlib.metadata, itertools, json, math, os, pathlib, string, subprocess, sys, tempfile, types, unicodedata, warnings
from fractions import Fraction
import numpy as np
from scipy import stats
import sklearn.metrics as skm
import seqeval.metrics as seq
from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support
from rouge_score import rouge_scorer
from nltk.stem import porter
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")
OUT, SEED, DATA = pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
EVALUATE = os.environ["HF_EVALUATE_GIT"]
COUNTS = {}


def stream(section):
    return np.random.default_rng([SEED, section])


def plain(x):
    """numpy to JSON; a figure that is not finite is an error here: nulls are written on purpose, never by accident"""
    if isinstance(x, dict):
        return {str(k): plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)):
        return [plain(v) for v in x]
    if isinstance(x, (bool, np.bool_)):
        return bool(x)
    if isinstance(x, (int, np.integer)):
        return int(x)
    if isinstance(x, (float, np.floating)):
        assert math.isfinite(x), x
        return float(x) + 0.0
    return x


def write(name, text):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.chmod(path, 0o644)


def write_json(name, value, indent=None):
    write(name, json.dumps(plain(value), allow_nan=False, indent=indent) + "\n")


def write_lines(name, cases):
    names = [c["name"] for c in cases]
    assert len(set(names)) == len(names), [n for n in names if names.count(n) > 1]
    COUNTS[name] = len(cases)
    write(name, "".join(json.dumps(plain(c), allow_nan=False) + "\n" for c in cases))


def pick(rng, items):
    return items[int(rng.integers(len(items)))]


def load_script(path):
    source = subprocess.check_output(["git", "-C", EVALUATE, "show", "HEAD:" + path]).decode()
    module = types.ModuleType(path.replace("/", "_"))
    exec(compile(source, path, "exec"), module.__dict__)
    return module


# ---------------------------------------------------------------- 1. GLUE metrics

def exact_correlation(x, y):
    """Pearson by rational arithmetic: shows that the stored figure has not lost digits"""
    x, y = [Fraction(v) for v in x], [Fraction(v) for v in y]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    sxy = sum((a - mx) * (b - my) for a, b in zip(x, y))
    sxx, syy = sum((a - mx) ** 2 for a in x), sum((b - my) ** 2 for b in y)
    return None if sxx == 0 or syy == 0 else math.copysign(math.sqrt(sxy * sxy / (sxx * syy)), sxy)


def glue_expected(metric, gold, predicted):
    if metric == "accuracy":
        return skm.accuracy_score(gold, predicted)
    if metric == "f1":
        return skm.f1_score(gold, predicted, pos_label=1, average="binary")
    if metric == "matthews_correlation":
        return skm.matthews_corrcoef(gold, predicted)
    g, p = np.array(gold, float), np.array(predicted, float)
    exact = exact_correlation(g, p) if metric == "pearson" else exact_correlation(stats.rankdata(g), stats.rankdata(p))
    if exact is None or len(g) < 2:
        if len(g) >= 2:
            assert math.isnan((stats.pearsonr if metric == "pearson" else stats.spearmanr)(p, g)[0])
        return None
    r = (stats.pearsonr if metric == "pearson" else stats.spearmanr)(p, g)[0]
    assert abs(r - exact) < 1e-11, (metric, r, exact)
    return r


def glue():
    rng, cases = stream(1), []

    def add(name, metric, gold, predicted, note=""):
        gold, predicted = plain(list(gold)), plain(list(predicted))
        cases.append(dict(name=f"{name}-n{len(gold)}", metric=metric, gold=gold, predicted=predicted,
                          expected=glue_expected(metric, gold, predicted), note=note))

    def labels(n, classes=2):
        weights = rng.dirichlet([2.0] * classes)
        gold = rng.choice(classes, n, p=weights)
        wrong = rng.random(n) < rng.uniform(0.05, 0.6)
        return gold, np.where(wrong, rng.integers(0, classes, n), gold)

    def scores(n, digits):
        gold = rng.uniform(0, 5, n)
        predicted = rng.uniform(-1, 1) * gold + rng.normal(0, rng.uniform(0.2, 2), n) + rng.uniform(-2, 2)
        return (np.round(gold, digits[0]) if digits[0] else gold), (np.round(predicted, digits[1]) if digits[1] else predicted)

    sizes = lambda k: [2, *sorted(int(v) for v in np.exp(rng.uniform(math.log(3), math.log(400), k - 2))), int(rng.integers(430, 501))]
    for i, n in enumerate(sizes(8)):
        add(f"accuracy-{i}", "accuracy", *labels(n, 2 if i % 2 else int(rng.integers(3, 8))), "random labels")
    for metric in ("f1", "matthews_correlation"):
        for i, n in enumerate(sizes(7)):
            add(f"{metric}-{i}", metric, *labels(n), "random binary labels")
    for metric in ("pearson", "spearman"):
        for i, n in enumerate(sizes(7)):
            add(f"{metric}-{i}", metric, *scores(n, [(None, None), (3, None), (2, 3)][i % 3]), "random scores; lower sizes may give a figure near 1 or -1")

    n = lambda lo=5, hi=120: int(rng.integers(lo, hi))
    for value in (0, 1):
        k = n(); gold = rng.integers(0, 2, k); gold[:2] = (0, 1)
        for metric in ("f1", "matthews_correlation"):
            add(f"{metric}-all-predictions-{value}", metric, gold, [value] * k, "one predicted class: the correlation is taken as 0")
    k = n(); gold = rng.integers(0, 2, k)
    for metric in ("accuracy", "f1", "matthews_correlation"):
        gold[:2] = (0, 1)
        add(f"{metric}-perfect", metric, gold, gold, "perfect")
        add(f"{metric}-inverted", metric, gold, 1 - gold, "each prediction wrong")
    for metric in ("f1", "matthews_correlation"):
        k = n(); predicted = rng.integers(0, 2, k); predicted[:2] = (0, 1)
        add(f"{metric}-no-positives-in-gold", metric, [0] * k, predicted, "no positive in gold")
        add(f"{metric}-no-positives-at-all", metric, [0] * k, [0] * k, "no positive in gold or predictions: taken as 0 although every prediction is right")
        add(f"{metric}-only-positives", metric, [1] * k, [1] * k, "gold and predictions all positive")
    for i in range(3):
        gold, predicted = labels(n(12, 300), 3); gold[:3] = (0, 1, 2)
        add(f"accuracy-3-class-{i}", "accuracy", gold, predicted, "three classes")
        add(f"matthews-3-class-{i}", "matthews_correlation", gold, predicted, "three classes (multi-class definition)")
    gold, predicted = labels(n(12, 80), 3); gold[:3] = (0, 1, 2)
    add("matthews-3-class-one-never-predicted", "matthews_correlation", gold, np.minimum(predicted, 1), "class 2 is never predicted")
    for i in range(6):
        k = [n(4, 12), n(20, 60), n(100, 300)][i % 3]
        steps = int(rng.integers(2, 7))
        gold = rng.integers(0, steps, k) / 2; predicted = np.clip(gold + rng.integers(-2, 3, k) / 2, 0, None)
        gold[:2] = (0, 1); predicted[:3] = (0, 0, 1)
        add(f"spearman-ties-{i}", "spearman", gold, predicted, "many ties: average ranks")
    for metric in ("pearson", "spearman"):
        gold, predicted = scores(n(), (3, None))
        add(f"{metric}-constant-predictions", metric, gold, [float(np.round(rng.uniform(0, 5), 3))] * len(gold), "undefined: no variance in the predictions")
        add(f"{metric}-constant-gold", metric, [float(np.round(rng.uniform(0, 5), 3))] * len(gold), predicted, "undefined: no variance in gold")
        add(f"{metric}-single-pair", metric, gold[:1], predicted[:1], "undefined: fewer than two pairs")
        add(f"{metric}-perfect", metric, gold, gold * 2 + 1, "rising line")
        add(f"{metric}-inverted", metric, gold, 3 - gold / 2, "falling line")
        add(f"{metric}-two-rising", metric, [1.0, 2.5], sorted(rng.normal(0, 1, 2)), "two pairs")
        add(f"{metric}-two-falling", metric, [1.0, 2.5], sorted(rng.normal(0, 1, 2))[::-1], "two pairs")
        gold, predicted = scores(n(30, 200), (None, None))
        add(f"{metric}-offset-1e6", metric, gold + 1e6, predicted - 1e6, "offset of a million: subtract the means first")
        add(f"{metric}-offset-1e8", metric, gold + 1e8, predicted + 1e8, "offset of a hundred million")
        add(f"{metric}-tiny-variance", metric, 0.5 + gold * 1e-9, 0.75 + predicted * 1e-10, "spread of about 1e-9 round a constant")
        add(f"{metric}-huge-values", metric, gold * 1e150, predicted * 1e-150, "scales of 1e150 and 1e-150")
    gold, predicted = scores(n(30, 60), (None, None)); predicted[0] = 1e5
    add("pearson-outlier", "pearson", gold, predicted, "one outlier")
    add("spearman-outlier", "spearman", gold, predicted, "one outlier")
    write_lines("glue_metrics.jsonl", cases)


# ---------------------------------------------------------------- 2. SQuAD

SPACES = list("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2003\u2007\u2009\u2028\u2029\u202f\u205f\u3000")
NOT_SPACES = list("\u200b\ufeff\u2060\u180e")
UNICODE_PUNCTUATION = list("–—‘’“”…«»。、¿¡·•′″‐−×÷€£°§¶™©")
AFTER_ARTICLE = [("\u0301", "combining accent: not a word character, so the article goes"), ("\u0308", "combining accent: not a word character"),
                 ("\u00b2", "superscript digit: a word character"), ("\u00bd", "fraction: a word character"), ("\u2463", "circled digit: a word character"),
                 ("\u24d0", "circled letter: a symbol, not a word character"), ("\u2163", "roman numeral: a word character"), ("\u0663", "Arabic-Indic digit: a word character"),
                 ("\u203f", "connector punctuation other than the underscore: not a word character"), ("\u200d", "zero-width joiner: not a word character"),
                 ("\u4e2d", "ideograph: a word character"), ("\u00aa", "ordinal indicator: a word character"), ("\U0001f600", "emoji: not a word character"),
                 ("\u02b0", "modifier letter: a word character"), ("\u0e31", "vowel sign: not a word character"), ("\U0001d54f", "mathematical letter: a word character"),
                 ("\u2019s", "curly apostrophe: not a word character"), ("\u2014b", "dash: not a word character"), ("\u3007", "ideographic zero: a word character"), ("\u00ad", "soft hyphen: not a word character")]
CASE_PAIRS = [("İstanbul", "i̇stanbul"), ("ISTANBUL", "ıstanbul"), ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"), ("ΣΑΣ Σ", "σας σ"), ("STRASSE", "straße"), ("STRAẞE", "straße"), ("Ǆ", "ǆ"),
              ("\u212aelvin", "kelvin"), ("ＡＢＣ", "ａｂｃ"), ("\U00010400x", "\U00010428x"), ("ÀÉÎ", "àéî"), ("ДОМ", "дом"), ("\u13a0", "\uab70"), ("Ω", "ω"), ("ﬁre", "fire"), ("Ⅻ", "ⅻ")]


def load_squad(version):
    return json.load(open(DATA / "squad" / f"dev-v{version}.json", encoding="utf-8"))


def subset(rng, squad, wanted):
    """whole paragraphs in their official order, drawn at random until `wanted` questions are reached"""
    places = [(a, p) for a, article in enumerate(squad["data"]) for p in range(len(article["paragraphs"]))]
    special = [(a, p) for a, p in places if any(x["text"] == "." for qa in squad["data"][a]["paragraphs"][p]["qas"] for x in qa["answers"])]
    chosen, total = set(), 0
    for a, p in special + [places[i] for i in rng.permutation(len(places))]:
        if total >= wanted:
            break
        if (a, p) not in chosen:
            chosen.add((a, p)); total += len(squad["data"][a]["paragraphs"][p]["qas"])
    data = []
    for a, article in enumerate(squad["data"]):
        paragraphs = [paragraph for p, paragraph in enumerate(article["paragraphs"]) if (a, p) in chosen]
        if paragraphs:
            data.append({"title": article["title"], "paragraphs": paragraphs})
    return {"version": squad["version"], "data": data}


def random_span(rng, context):
    words = context.split(); length = int(rng.integers(1, 9)); start = int(rng.integers(0, max(1, len(words) - length)))
    return " ".join(words[start:start + length])


def perturb(rng, gold, context):
    kind = pick(rng, ["exact"] * 10 + ["case", "article", "article", "punctuation", "punctuation", "truncated", "truncated", "truncated", "extended", "extended",
                                       "span", "span", "span", "empty", "unicode", "unicode", "space", "shuffled", "repeated"])
    words = gold.split()
    if kind == "case":
        return pick(rng, [gold.upper(), gold.lower(), gold.swapcase(), gold.title()])
    if kind == "article":
        return pick(rng, ["the " + gold, "The " + gold, "a " + gold, "an " + gold, gold + " the", gold.replace("the ", "").replace("The ", "")])
    if kind == "punctuation":
        return pick(rng, [gold + ".", '"' + gold + '"', gold.replace(" ", "-"), gold.replace(",", ""), "(" + gold + ")", gold.replace(" ", ", "), gold + pick(rng, list(string.punctuation)), "'" + gold + "'s"])
    if kind == "truncated":
        return " ".join(words[int(rng.integers(0, 2)):max(1, len(words) - int(rng.integers(0, 3)))]) or gold[: max(1, len(gold) // 2)]
    if kind == "extended":
        at = context.find(gold); left = context[:at].split()[-int(rng.integers(0, 4)) or len(context):][-3:]; right = context[at + len(gold):].split()[: int(rng.integers(1, 4))]
        return " ".join((left if rng.random() < 0.5 else []) + [gold] + right)
    if kind == "span":
        return random_span(rng, context)
    if kind == "empty":
        return ""
    if kind == "unicode":
        return pick(rng, [gold.replace(" ", "\u00a0"), "\u201c" + gold + "\u201d", unicodedata.normalize("NFD", gold), gold.replace("-", "\u2013"), gold.replace("e", "é"), gold + "\u2026", gold.replace("'", "\u2019"), gold + "\u200b"])
    if kind == "space":
        return pick(rng, ["  " + gold + "\t", gold.replace(" ", "   "), gold + "\n", gold.replace(" ", pick(rng, SPACES))])
    if kind == "shuffled":
        return " ".join(words[i] for i in rng.permutation(len(words)))
    if kind == "repeated":
        return gold + " " + pick(rng, words or [gold])
    return gold


def questions(dataset):
    for article in dataset["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                yield paragraph["context"], qa


def squad_v1(v1, rng):
    dataset = subset(rng, load_squad("1.1"), 1500)
    predictions = {}
    for context, qa in questions(dataset):
        if rng.random() < 0.008:
            continue
        predictions[qa["id"]] = perturb(rng, pick(rng, qa["answers"])["text"], context)
    write_json("squad_v1/dataset.json", dataset)
    write_json("squad_v1/predictions.json", predictions)
    stderr, sys.stderr = sys.stderr, open(os.devnull, "w")
    expected = v1.compute_score(dataset["data"], predictions)
    sys.stderr = stderr
    write_json("squad_v1/expected.json", expected, 1)
    total = sum(1 for _ in questions(dataset))
    COUNTS["squad_v1"] = total; COUNTS["squad_v1 unanswered"] = total - len(predictions)


def run_v2(v2, dataset, predictions, na):
    """the script's own main(); its copy here reads answers as {"text": [...]}, so the official list is turned into that"""
    converted = copy.deepcopy(dataset)
    for _, qa in questions(converted):
        qa["answers"] = {"text": [x["text"] for x in qa["answers"]]}
    with tempfile.TemporaryDirectory() as folder:
        paths = {k: os.path.join(folder, k) for k in ("data", "pred", "na", "out")}
        for key, value in (("data", converted), ("pred", predictions), ("na", na)):
            if value is not None:
                json.dump(value, open(paths[key], "w"))
        v2.OPTS = types.SimpleNamespace(data_file=paths["data"], pred_file=paths["pred"], na_prob_file=paths["na"] if na is not None else None,
                                        na_prob_thresh=1.0, out_file=paths["out"], out_image_dir=None)
        v2.main()
        return json.load(open(paths["out"]))


def exact_scores(v2, qa, prediction):
    golds = [x["text"] for x in qa["answers"] if v2.normalize_answer(x["text"])] or [""]
    best = Fraction(0)
    for gold in golds:
        g, p = v2.get_tokens(gold), v2.get_tokens(prediction)
        same = sum(min(g.count(w), p.count(w)) for w in set(g))
        best = max(best, Fraction(int(g == p)) if not g or not p else Fraction(2 * same, len(g) + len(p)))
    return Fraction(max(v2.compute_exact(g, prediction) for g in golds)), best


def exact_threshold(v2, dataset, predictions, na, which, whole_ties):
    """the search of the official script in rational arithmetic; with whole_ties a threshold may only stand after all questions of one value"""
    qas = {qa["id"]: qa for _, qa in questions(dataset)}
    order = sorted(na, key=lambda k: na[k])
    score = best = Fraction(sum(not qa["answers"] for qa in qas.values())); threshold = 0.0
    for i, qid in enumerate(order):
        score += exact_scores(v2, qas[qid], predictions[qid])[which] if qas[qid]["answers"] else (-1 if predictions[qid] else 0)
        if whole_ties and i + 1 < len(order) and na[order[i + 1]] == na[qid]:
            continue
        if score > best:
            best, threshold = score, na[qid]
    return float(100 * best / len(qas)), threshold


def squad_v2(v2, rng):
    dataset = subset(rng, load_squad("2.0"), 1500)
    predictions, probability, score = {}, {}, {}
    for context, qa in questions(dataset):
        if qa["answers"]:
            predictions[qa["id"]] = perturb(rng, pick(rng, qa["answers"])["text"], context)
        else:
            predictions[qa["id"]] = pick(rng, [""] * 11 + [random_span(rng, context)] * 7 + [pick(rng, ["the", ".", " ", "a", "\u2014", "\u00a0", "--"])] * 2)
        p = rng.beta(1.2, 3.5) if qa["answers"] else rng.beta(2.5, 1.5)
        probability[qa["id"]] = float(pick(rng, [round(p, 1), round(p, 2), round(p, 2), round(p, 4), p, float(p > 0.5)]))
        s = rng.normal(-2.5, 3) if qa["answers"] else rng.normal(1.5, 3)
        score[qa["id"]] = float(pick(rng, [round(s, 0), round(s, 1), s, s])) + 0.0
    write_json("squad_v2/dataset.json", dataset)
    write_json("squad_v2/predictions.json", predictions)
    write_json("squad_v2/na_prob.json", probability)
    write_json("squad_v2/na_score.json", score)
    notes = []
    for name, na in (("expected", probability), ("expected_na_score", score), ("expected_without_na", None)):
        expected = run_v2(v2, dataset, predictions, na)
        write_json(f"squad_v2/{name}.json", expected, 1)
        if na is None:
            continue
        for which, key in enumerate(("best_exact", "best_f1")):
            value, threshold = exact_threshold(v2, dataset, predictions, na, which, False)
            assert abs(value - expected[key]) < 1e-9 and threshold == expected[key + "_thresh"], "rounding decides the threshold: take another seed"
            whole = exact_threshold(v2, dataset, predictions, na, which, True)
            if whole != (value, threshold):
                notes.append(f"{name}.json {key}: a search that only cuts between different values would give {whole[0]!r} at {whole[1]!r}")
    COUNTS["squad_v2"] = sum(1 for _ in questions(dataset))
    return notes


def squad_pairs(v1, v2, rng):
    dev = [(qa["answers"], context) for context, qa in questions(load_squad("1.1"))]
    cases, number = [], {}

    def add(kind, gold, prediction, note=""):
        number[kind] = number.get(kind, -1) + 1
        em = f1 = None
        if gold:
            em = float(v1.metric_max_over_ground_truths(v1.exact_match_score, prediction, gold))
            f1 = float(v1.metric_max_over_ground_truths(v1.f1_score, prediction, gold))
        data = [{"paragraphs": [{"qas": [{"id": "q", "answers": {"text": gold}}]}]}]
        em2, f2 = v2.get_raw_scores(data, {"q": prediction})
        cases.append(dict(name=f"{kind}-{number[kind]}", gold=gold, prediction=prediction, em=em, f1=f1, em_v2=float(em2["q"]), f1_v2=float(f2["q"]),
                          normalized_gold=[v1.normalize_answer(g) for g in gold], normalized_prediction=v1.normalize_answer(prediction), note=note))

    def answer(lo=1, hi=6):
        while True:
            text = pick(rng, pick(rng, dev)[0])["text"]
            if lo <= len(text.split()) <= hi:
                return text

    word = lambda: pick(rng, [w for w in answer().split() if w.strip(string.punctuation)] or ["word"])
    for shape in ("The {}", "a {}", "AN {}", "{}, the", "THE the {}", "{} a an the", "the-{}", "{} the.", "a{}", "the{}", "a_{}", "{} (the)", "the's {}", "An' {}", "{}.a"):
        base = answer(); add("article", [base], shape.format(base))
    for text, note in (("the", ""), ("a the an", ""), (".", ""), ("", ""), (" ", ""), ("\t\n", ""), ("...", ""), ("The.", ""), ("--a--", ""), ("\u00a0", ""), ("_", "")):
        add("normalises-to-nothing", [pick(rng, ["the", ".", "a", "", "an an"])], text, "v1.1 gives EM 1 and F1 0 when both sides are empty after normalisation; v2.0 gives F1 1")
        add("nothing-against-answer", [answer()], text)
        add("answer-against-nothing", [pick(rng, ["the", ".", "", " ", "(a)"])], word())
    add("no-gold", [], "", "v1.1 is undefined without a gold answer (null); v2.0 takes [\"\"]")
    add("no-gold", [], word(), "v1.1 is undefined without a gold answer (null); v2.0 takes [\"\"]")
    add("no-gold", [], "the", "v1.1 is undefined without a gold answer (null); v2.0: EM 1 and F1 1, since both normalise to nothing")
    for punctuation in rng.permutation(list(string.punctuation))[:14]:
        base = answer(2, 5); add("punctuation", [base], base.replace(" ", f"{punctuation} ") + str(punctuation), "ASCII punctuation is removed, not replaced by a space")
    for punctuation in rng.permutation(list(string.punctuation))[:6]:
        base = answer(2, 4); add("punctuation-for-space", [base], base.replace(" ", str(punctuation)), "words joined by punctuation become one word")
    for punctuation in rng.permutation(UNICODE_PUNCTUATION)[:12]:
        base = answer(1, 4); add("unicode-punctuation", [base], f"{punctuation}{base}" if rng.random() < 0.5 else base + " " + str(punctuation), "only ASCII punctuation is removed")
    for space in rng.permutation(len(SPACES))[:14]:
        base = answer(2, 4); add("space", [base], base.replace(" ", SPACES[space]) + SPACES[space], f"U+{ord(SPACES[space]):04X} separates words")
    for space in NOT_SPACES:
        base = answer(2, 3); add("not-a-space", [base], base.replace(" ", space), f"U+{ord(space):04X} does not separate words")
    for i in rng.permutation(len(AFTER_ARTICLE))[:16]:
        mark, note = AFTER_ARTICLE[i]; article = pick(rng, ["a", "the", "an", "A"]); base = word()
        add("article-boundary", [f"{base} {mark}", f"{base} {article}{mark}x"], f"{article}{mark} {base}", f"U+{ord(mark[0]):04X} after an article: {note}")
    for i in rng.permutation(len(CASE_PAIRS))[:12]:
        gold, prediction = CASE_PAIRS[i]; base = word(); add("case", [f"{gold} {base}"], f"{base} {prediction}"); add("case-equal", [gold], prediction)
    for _ in range(5):
        base = answer(); add("case-random", [base], base.swapcase())
    for _ in range(3):
        n = int(rng.integers(1000, 10 ** 8))
        for gold, prediction in ((f"{n:,}", str(n)), (f"{n:,} people", f"{n} people"), (f"${n:,}.50", f"{n}.50"), (f"{n % 100}%", str(n % 100)), (f"-{n}", str(n)),
                                 (f"{n % 97}.{n % 10}", f"{n % 97}{n % 10}"), (f"{n % 50}\u2013{n % 60}", f"{n % 50}-{n % 60}"), (f"{n % 50} to {n % 60}", f"{n % 50}-{n % 60}")):
            add("number", [gold], prediction, "punctuation inside a number is removed: 3.1 and 31 are equal")
    for _ in range(5):
        w, v = word(), word()
        add("repeated", [f"{w} {v} {w}"], f"{w} {w} {w} {v}", "counts of a word matter")
        base = answer(2, 5); add("order", [base], " ".join(base.split()[::-1]), "same words in another order: EM 0 unless it reads the same, F1 1")
    for _ in range(8):
        golds = [answer() for _ in range(int(rng.integers(2, 5)))]; parts = pick(rng, golds).split() + pick(rng, golds).split()
        add("several-golds", golds, " ".join(parts[: int(rng.integers(1, len(parts) + 1))]))
    for _ in range(3):
        base = answer(); add("gold-with-punctuation-only", [".", base], pick(rng, ["", base, ".", "the"]), "v2.0 drops golds that normalise to nothing")
    for _ in range(20):
        answers, context = pick(rng, dev); add("from-dev", [a["text"] for a in answers], perturb(rng, pick(rng, answers)["text"], context))
    write_lines("squad_pairs.jsonl", cases)


# ---------------------------------------------------------------- 3. seqeval

def sequence_labels():
    rng, cases = stream(3), []

    def add(name, gold, predicted, note=""):
        n = sum(map(len, gold))
        names = sorted({t for t, _, _ in get_entities(gold)} | {t for t, _, _ in get_entities(predicted)})
        p, r, f, s = precision_recall_fscore_support(gold, predicted, average=None)
        assert len(names) == len(p)
        cases.append(dict(name=name, gold=gold, predicted=predicted, precision=seq.precision_score(gold, predicted), recall=seq.recall_score(gold, predicted),
                          f1=seq.f1_score(gold, predicted), accuracy=seq.accuracy_score(gold, predicted) if n else None,
                          per_type={t: dict(precision=p[i], recall=r[i], f1=f[i], support=s[i]) for i, t in enumerate(names)}, note=note))

    TYPES = [["PER", "LOC", "ORG", "MISC"], ["person", "location", "group", "creative-work", "corporation", "product"], ["X"], ["A", "B", "I", "O"], ["LOC", "B-LOC"], ["Ärzte", "人"]]

    def valid(n, types, density=0.35):
        tags = []
        while len(tags) < n:
            if rng.random() < density:
                t = pick(rng, types); tags += ["B-" + t] + ["I-" + t] * int(rng.integers(0, 4))
            else:
                tags.append("O")
        return tags[:n]

    def loose(n, types):
        return [x if x == "O" else x + pick(rng, types) for x in (pick(rng, ["O", "O", "B-", "I-", "I-"]) for _ in range(n))]

    def noisy(tags, types, rate):
        return [pick(rng, ["O", "B-" + pick(rng, types), "I-" + pick(rng, types)]) if rng.random() < rate else t for t in tags]

    for i in range(12):
        types = TYPES[i % len(TYPES)]; gold = [valid(int(rng.integers(1, 30)), types) for _ in range(int(rng.integers(1, 25)))]
        add(f"random-{i}", gold, [noisy(s, types, [0.05, 0.2, 0.5][i % 3]) for s in gold], "valid gold, predictions with noise")
    for i in range(8):
        types = TYPES[i % len(TYPES)]; shape = [int(rng.integers(1, 15)) for _ in range(int(rng.integers(1, 12)))]
        add(f"malformed-{i}", [loose(n, types) for n in shape], [loose(n, types) for n in shape], "both sides drawn without regard to IOB2")
    x, y = (pick(rng, ["PER", "LOC", "ORG"]) for _ in range(2)); y = y if y != x else "MISC"; k = int(rng.integers(1, 5)); pad = ["O"] * k
    hand = [
        ("i-after-o", [pad + ["B-" + x, "I-" + x, "O"]], [pad + ["I-" + x, "I-" + x, "O"]], "I- after O opens an entity"),
        ("i-at-start", [["B-" + x, "I-" + x] + pad], [["I-" + x, "I-" + x] + pad], "I- at the start of a sentence opens an entity"),
        ("i-of-other-type-after-b", [["B-" + x, "B-" + y] + pad], [["B-" + x, "I-" + y] + pad], "I- of another type closes one entity and opens the next"),
        ("i-of-other-type-inside", [["B-" + x, "I-" + x, "I-" + y, "I-" + y] + pad], [["B-" + x, "I-" + x, "B-" + y, "I-" + y] + pad], "the same inside an entity, in gold"),
        ("type-flips-back", [["B-" + x, "I-" + y, "I-" + x] + pad], [["B-" + x, "I-" + x, "I-" + x] + pad], "three entities against one"),
        ("adjacent-b", [["B-" + x, "B-" + x, "I-" + x] + pad], [["B-" + x, "I-" + x, "I-" + x] + pad], "B- splits, I- joins"),
        ("sentence-boundary", [["O"] * k + ["B-" + x], ["I-" + x] + pad], [["O"] * k + ["B-" + x], ["B-" + x] + pad], "an entity never crosses a sentence boundary"),
        ("entity-at-end", [pad + ["B-" + x, "I-" + x]], [pad + ["B-" + x, "O"]], "a cut entity is wrong as a whole"),
        ("right-span-wrong-type", [pad + ["B-" + x, "I-" + x]], [pad + ["B-" + y, "I-" + y]], "one false positive of one type, one false negative of the other"),
        ("right-type-wrong-span", [pad + ["B-" + x, "I-" + x, "O"]], [pad + ["B-" + x, "I-" + x, "I-" + x]], "wrong span"),
        ("all-o", [["O"] * k, ["O"] * (k + 2)], [["O"] * k, ["O"] * (k + 2)], "no entity on either side: 0 by the zero-division rule, accuracy 1"),
        ("nothing-predicted", [pad + ["B-" + x, "I-" + x, "B-" + y]], [["O"] * (k + 3)], "no predicted entity"),
        ("nothing-in-gold", [["O"] * (k + 3)], [pad + ["B-" + x, "I-" + x, "B-" + y]], "no gold entity"),
        ("perfect", *[[valid(12, [x, y], 0.6), valid(7, [x], 0.6) + ["B-" + y]]] * 2, "perfect"),
        ("one-token", [["B-" + x]], [["I-" + x]], "one token: equal as an entity, unequal as a tag"),
        ("empty-sentence", [[], ["B-" + x]], [[], ["B-" + x]], "one sentence has no token"),
        ("only-empty-sentences", [[], []], [[], []], "no token: accuracy is undefined (the reference divides by zero)"),
        ("type-only-predicted", [["B-" + x, "O", "O"]], [["B-" + x, "B-" + y, "O"]], "a type without gold entities: recall 0, support 0"),
        ("same-type-twice-in-one-span", [["B-" + x, "I-" + x, "I-" + x, "B-" + x]], [["B-" + x, "I-" + x, "B-" + x, "B-" + x]], ""),
        ("hyphenated-type", [["B-" + x + "-" + y, "I-" + x + "-" + y, "O"]], [["B-" + x, "I-" + x, "O"]], "the type is everything after the first hyphen"),
    ]
    for case in hand:
        add(*case)
    write_lines("seqeval.jsonl", cases)


# ---------------------------------------------------------------- 4. ROUGE

STEM_WORDS = """skies sky dying lying tying news innings inning outings cannings howe proceed exceed succeed proceeds exceeded flies flied dies died tied ties happily happy enjoy enjoyment spying
spies tries tried toys usefully carefully geology geologies archaeology possibly sensibly formally vietnamization generally rational relational conditional aging using bees agreed feeding hopping falling
hissing fizzed filing failing controlling rolls cease rate probate adoption onion opinion caresses ponies cats plastered motoring sing conflated troubled sized tanned digitizer hesitancy radically differently
vilely analogously predication operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative formalize electricity electrical goodness revival allowance
inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent homologous communism activate angularity effective bowdlerize networks learning generalization generalizations
training models trained modelling models' abilities fully dully boys says layered layers syzygy yyyy ally rally totally apologies""".replace("'", "").split()


def rouge():
    rng, cases = stream(4), []
    kinds = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    scorers = {"plain": rouge_scorer.RougeScorer(kinds, use_stemmer=False), "stemmed": rouge_scorer.RougeScorer(kinds, use_stemmer=True)}
    number = {}

    def add(kind, reference, prediction, note="", tokens=True):
        number[kind] = number.get(kind, -1) + 1
        case = dict(name=f"{kind}-{number[kind]}", reference=reference, prediction=prediction)
        for field, scorer in scorers.items():
            scores = {k: dict(p=v.precision, r=v.recall, f=v.fmeasure) for k, v in scorer.score(reference, prediction).items()}
            case.update(scores if field == "plain" else {"stemmed": scores})
        if tokens:
            case["tokens"] = {side: {field: scorer._tokenizer.tokenize(text) for field, scorer in scorers.items()} for side, text in (("reference", reference), ("prediction", prediction))}
        cases.append(dict(case, note=note))

    rows = [json.loads(line) for name in ("dev", "test") for line in open(DATA / "summarization" / "scitldr-A" / f"{name}.jsonl", encoding="utf-8")]
    chosen = [rows[i] for i in rng.permutation(len(rows))[:60]]
    for i, row in enumerate(chosen):
        source, target = [s.strip() for s in row["source"]], pick(rng, row["target"]).strip()
        kind = ["lead", "oracle", "source", "lead-3"][i % 4]
        best = [s for s, l in zip(source, row["source_labels"]) if l] or source[:1]
        prediction = {"lead": source[0], "oracle": "\n".join(best), "source": "\n".join(source[:6]), "lead-3": "\n".join(source[:3])}[kind]
        if i % 8 == 7:
            target = target.replace(", ", ",\n").replace(". ", ".\n")
        add("scitldr-" + kind, target, prediction, tokens=False)

    sentence = lambda: pick(rng, pick(rng, chosen)["source"]).strip()
    words = lambda: [w for w in sentence().split() if w.isalpha()] or ["word"]
    base = " ".join(words()[: int(rng.integers(4, 10))])
    for reference, prediction in ((base, ""), ("", base), ("", ""), (base, "... !!! ???"), ("--", base), ("   ", "\n\n"), (base, "\n"), ("。、", "…—")):
        add("empty", reference, prediction, "a text without tokens scores 0, also against another one")
    for text in (base.upper(), base.replace(" ", "-"), base.replace(" ", "_"), base.replace(" ", "\u00a0"), base.replace(" ", ""), base + "'s", base[::-1], " ".join(base.split()[::-1])):
        add("form", base, text, "everything but a-z and 0-9 separates tokens, the underscore too")
    for word in rng.permutation(["café", "naïve", "Ångström", "STRASSE straße", "İstanbul", "\u212aelvin 5 \u212a", "ＡＢＣ１２３", "数据 data 数据", "x²+y₂", "ﬁnal", "e\u0301tude", "Δx", "日本語", "no\u200bbreak", "١٢٣ 123"])[:10]:
        add("unicode", f"{base} {word}", f"{word} {words()[0]} {base.split()[0]}", "lower case first, then every character outside a-z and 0-9 separates tokens")
    for _ in range(6):
        n = int(rng.integers(1000, 10 ** 6))
        add("number", f"{n:,} of {n / 1000:.2f} in {n}", f"{n} and {n:,} or {n / 1000:.2f}%", "commas and points split numbers")
    for separator in ("\n", "\n\n", "\r\n", "\n \n", ". ", "\u2028", "\r"):
        parts = [" ".join(words()[: int(rng.integers(3, 8))]) for _ in range(3)]
        add("lines", separator.join(parts), separator.join([parts[2], parts[0], parts[1] + " " + pick(rng, words())]) + separator, "only \\n separates sentences for rougeLsum")
    for _ in range(12):
        alphabet = [chr(97 + i) * 2 for i in range(int(rng.integers(2, 6)))]
        text = lambda: "\n".join(" ".join(pick(rng, alphabet) for _ in range(int(rng.integers(1, 12)))) for _ in range(int(rng.integers(1, 5))))
        add("repeats", text(), text(), "few words, many repeats: which longest common subsequence is read back decides rougeLsum")
    for _ in range(8):
        some = [STEM_WORDS[i] for i in rng.permutation(len(STEM_WORDS))[:20]]; stemmer = porter.PorterStemmer()
        add("stems", " ".join(some), " ".join(stemmer.stem(w) if rng.random() < 0.6 else w + pick(rng, ["s", "ed", "ing", "ly"]) for w in some), "the stemmer is NLTK's extended Porter; words of up to 3 letters are left as they are")
    write_lines("rouge.jsonl", cases)


# ---------------------------------------------------------------- 5. statistics

def near(a, b, tolerance=1e-10):
    assert abs(a - b) <= tolerance * max(1, abs(b)), (a, b)


def statistics():
    rng, cases, number = stream(5), [], {}

    def add(procedure, inputs, expected, note="", label=""):
        key = procedure + ("-" + label if label else "")
        number[key] = number.get(key, -1) + 1
        case = dict(name=f"{key}-{number[key]}", procedure=procedure, inputs=inputs, expected=expected)
        if any(v is None for v in expected.values()):
            assert note
            case["reason"] = note
        cases.append(dict(case, note=note))

    size = lambda lo, hi: int(rng.integers(lo, hi))
    accuracy = lambda n, digits=4: np.round(rng.uniform(0.6, 0.95) + rng.normal(0, 0.02, n), digits)   # figures as a table of runs would hold them
    samples = [(accuracy(5), "figures of five runs"), (rng.normal(0, 1, size(10, 60)), ""), (rng.lognormal(0, 1.5, size(20, 120)), "skewed"), (np.round(rng.uniform(0, 100, 2), 2), "two figures"),
               (rng.integers(0, 4, size(8, 30)).astype(float), "ties"), (1e9 + np.round(rng.normal(0, 1, size(10, 40)) * 1024) / 1024, "offset of 1e9: subtract the mean first"), (np.full(size(3, 9), round(rng.uniform(0, 1), 3)), "zero variance"),
               (rng.normal(0, 1e-8, size(5, 20)), "small scale"), (np.round(rng.normal(50, 10, 4), 1), "even number of figures")]
    for sample, note in samples:
        q1, q3 = np.quantile(sample, [0.25, 0.75], method="linear"); n = len(sample)
        fractions = [Fraction(float(v)) for v in sample]; mean = sum(fractions) / n; sd = math.sqrt(sum((v - mean) ** 2 for v in fractions) / (n - 1))
        near(np.mean(sample), float(mean), 1e-14); near(np.std(sample, ddof=1), sd, 1e-12)
        sd = np.std(sample, ddof=1) if sd else 0.0
        add("describe", {"sample": sample}, {"n": n, "mean": np.mean(sample) if sd else sample[0], "standard_deviation": sd, "median": np.median(sample), "q1": q1, "q3": q3, "iqr": q3 - q1}, note)
        for level in (0.95, 0.99):
            if sd:
                low, high = stats.t.interval(level, n - 1, loc=np.mean(sample), scale=sd / math.sqrt(n))
            else:
                low = high = sample[0]
            half = stats.t.ppf((1 + level) / 2, n - 1) * sd / math.sqrt(n)
            near((high - low) / 2, half, 1e-6)
            add("student_t_interval", {"sample": sample, "level": level}, {"low": low, "high": high, "half_width": half}, note if sd else "zero variance: the interval is the mean itself (scipy.stats.t.interval returns NaN for scale 0)")
    one = accuracy(1)
    add("describe", {"sample": one}, {"n": 1, "mean": one[0], "standard_deviation": None, "median": one[0], "q1": one[0], "q3": one[0], "iqr": 0.0}, "one figure: the sample standard deviation is undefined")
    add("student_t_interval", {"sample": one, "level": 0.95}, {"low": None, "high": None, "half_width": None}, "one figure: the interval is undefined")

    def paired(n, shift, digits=None):
        a = rng.normal(0.8, 0.05, n); b = a - shift + rng.normal(0, 0.03, n)
        return (np.round(a, digits), np.round(b, digits)) if digits else (a, b)

    grid = lambda n, steps=8, spread=6: (rng.integers(0, 40, n) / steps, rng.integers(0, spread, n) / steps)
    pairs = [(*paired(5, 0.02, 4), "five runs"), (*paired(size(8, 60), 0.01), ""), (*paired(size(8, 60), -0.2), "large effect, small p"), (*paired(2, 0.01, 3), "two pairs"), (*paired(size(200, 400), 0.0), "no effect")]
    a = rng.integers(1, 9, size(4, 9)) / 8
    same, shifted, tiny = (a, a.copy()), (a, a - 0.25), (a, a - np.append(np.full(len(a) - 1, 0.25), 0.25 + 2.0 ** -20))
    for x, y, note in pairs + [(*tiny, "differences almost equal: very large t")]:
        r = stats.ttest_rel(x, y); d = np.asarray(x) - np.asarray(y)
        near(r.statistic, stats.ttest_1samp(d, 0).statistic)
        add("paired_t_test", {"a": x, "b": y}, {"mean_difference": np.mean(d), "t": r.statistic, "df": r.df, "p": r.pvalue}, note)
        add("cohens_d_paired", {"a": x, "b": y}, {"d": np.mean(d) / np.std(d, ddof=1)}, note)
    for (x, y), note, mean in ((same, "identical samples: all differences are 0, so t and p are undefined (0/0)", 0.0), (shifted, "all differences equal and not 0: the standard deviation is 0, so t is infinite (scipy gives t infinite and p 0)", 0.25)):
        add("paired_t_test", {"a": x, "b": y}, {"mean_difference": mean, "t": None, "df": len(x) - 1, "p": None}, note)
        add("cohens_d_paired", {"a": x, "b": y}, {"d": None}, note.replace("t and p are", "d is").replace("t is infinite (scipy gives t infinite and p 0)", "d is infinite"))

    welch = [(rng.normal(0, 1, size(5, 40)), rng.normal(0.5, 3, size(5, 40)), "unequal variances"), (accuracy(5), accuracy(3), "unequal sizes"), (rng.normal(0, 1, 2), rng.normal(1, 1, 2), "two figures each"),
             (rng.normal(0, 1, size(50, 150)), rng.normal(2, 0.1, size(50, 150)), "small p"), (np.full(4, 0.5), rng.normal(0.6, 0.1, size(4, 12)), "one side without variance"), (1e6 + np.round(rng.normal(0, 1, 16) * 1024) / 1024, 1e6 + np.round(rng.normal(0, 1, 32) * 1024) / 1024, "offset of 1e6; the means are exact in binary")]
    for x, y, note in welch:
        r = stats.ttest_ind(x, y, equal_var=False)
        add("welch_t_test", {"a": x, "b": y}, {"t": r.statistic, "df": r.df, "p": r.pvalue}, note)
    add("welch_t_test", {"a": [0.5] * size(2, 6), "b": [0.75] * size(2, 6)}, {"t": None, "df": None, "p": None}, "both sides without variance: t is infinite and the degrees of freedom are 0/0")
    add("welch_t_test", {"a": [0.5] * 3, "b": [0.5] * 4}, {"t": None, "df": None, "p": None}, "both sides equal and without variance: t is 0/0")

    for i, n in enumerate([size(3, 5), 5, size(6, 11), size(12, 19), size(20, 26), 25]):
        while True:
            x, y = paired(n, [0.0, 0.02, 0.01, -0.01, 0.005, 0.05][i]); x, y = np.round(x * 1024) / 1024, np.round(y * 1024) / 1024; d = x - y
            if (d != 0).all() and len(set(abs(d))) == n:
                break
        r = stats.wilcoxon(x, y, zero_method="wilcox", correction=False, alternative="two-sided", method="exact")
        add("wilcoxon_signed_rank", {"a": x, "b": y, "method": "exact"}, {"statistic": r.statistic, "n": n, "p": r.pvalue}, "no zeros, no ties", "exact")
    for i, correction in enumerate([False, True, False, True, False, True, False]):
        n = [size(8, 15), size(8, 15), size(20, 60), size(20, 60), size(100, 200), size(100, 200), size(10, 30)][i]
        x, d = grid(n); y = x - d * rng.choice([-1, 1], n, p=[0.4, 0.6])
        if i == 6:
            y = x - np.where(d == 0, 0.125, d)
        r = stats.wilcoxon(x, y, zero_method="wilcox", correction=correction, alternative="two-sided", method="asymptotic")
        add("wilcoxon_signed_rank", {"a": x, "b": y, "method": "normal", "continuity_correction": correction},
            {"statistic": r.statistic, "n": int(np.count_nonzero(x - y)), "z": r.zstatistic, "p": r.pvalue}, "zeros dropped, ties given average ranks and corrected for in the variance" if i < 6 else "all differences of one sign: statistic 0", "normal")
    x = np.arange(1.0, 5.0); y = x - np.array([1, -1, 2, -2]) / 4
    r = stats.wilcoxon(x, y, correction=True, method="asymptotic")
    add("wilcoxon_signed_rank", {"a": x, "b": y, "method": "normal", "continuity_correction": True}, {"statistic": r.statistic, "n": 4, "z": r.zstatistic, "p": r.pvalue}, "rank sums equal: z is 0 and the correction is not applied", "normal")
    add("wilcoxon_signed_rank", {"a": same[0], "b": same[1], "method": "normal", "continuity_correction": False}, {"statistic": 0.0, "n": 0, "z": None, "p": None}, "identical samples: no difference is left, z and p are undefined", "normal")

    tables = [[[size(50, 400), size(3, 20)], [size(5, 40), size(10, 100)]] for _ in range(3)]
    k = size(1, 8)
    tables += [[[size(5, 50), 0], [size(3, 9), size(5, 50)]], [[size(5, 50), k], [k, size(5, 50)]], [[1000, size(30, 60)], [size(90, 150), 400]]]
    for t in tables:
        r, c = mcnemar(t, exact=True), mcnemar(t, exact=False, correction=True); b, d = t[0][1], t[1][0]
        near(r.pvalue, min(1, stats.binomtest(min(b, d), b + d).pvalue)); near(c.statistic, (abs(b - d) - 1) ** 2 / (b + d))
        note = "equal discordant counts: p is cut to 1 in the exact test; the corrected statistic is 1/(b+c), not 0" if b == d else ""
        add("mcnemar_exact", {"table": t}, {"statistic": r.statistic, "p": r.pvalue}, note)
        add("mcnemar_corrected", {"table": t}, {"statistic": c.statistic, "p": c.pvalue}, note)
    t = [[size(5, 50), 0], [0, size(5, 50)]]
    add("mcnemar_exact", {"table": t}, {"statistic": 0.0, "p": 1.0}, "no discordant pair")
    add("mcnemar_corrected", {"table": t}, {"statistic": None, "p": None}, "no discordant pair: division by zero (statsmodels gives an infinite statistic and p 0)")

    lists = [np.round(rng.beta(0.5, 3, size(4, 9)), 4), rng.beta(0.3, 2, size(20, 60)), [round(float(rng.uniform(0.001, 0.2)), 3)], [0.01, 0.01, 0.04, 0.04, 0.04, round(float(rng.uniform(0.05, 0.9)), 2)],
             [0.0, round(float(rng.uniform(0, 0.1)), 3), 1.0, round(float(rng.uniform(0.1, 1)), 3)], np.round(rng.uniform(0.3, 1, size(5, 10)), 3)]
    for p in lists:
        p = [float(v) for v in p]; m = len(p)
        holm, bh = multipletests(p, method="holm")[1], multipletests(p, method="fdr_bh")[1]
        order = sorted(range(m), key=lambda i: p[i]); own = [0.0] * m; running = 0.0
        for rank, i in enumerate(order):
            running = max(running, min(1.0, (m - rank) * p[i])); own[i] = running
        for u, v, w, z in zip(own, holm, bh, stats.false_discovery_control(p, method="bh")):
            near(u, v); near(w, z)
        add("holm", {"p": p}, {"adjusted": holm}); add("benjamini_hochberg", {"p": p}, {"adjusted": bh})

    for i, n in enumerate([size(5, 9), size(15, 40), size(80, 200), 4, size(25, 50)]):
        x = rng.normal(0, 1, n); y = [0.5, 0.0, 0.3, -0.6, 3.0][i] * x + rng.normal(0, 1, n)
        r, s = stats.pearsonr(x, y), stats.spearmanr(x, y)
        add("pearson_test", {"a": x, "b": y}, {"r": r.statistic, "p": r.pvalue})
        if i == 2:
            x, y = np.round(x), np.round(y); s = stats.spearmanr(x, y)
        add("spearman_test", {"a": x, "b": y}, {"rho": s.statistic, "p": s.pvalue}, "ties" if i == 2 else "")
    x, y = np.round(rng.normal(0, 1, 2), 3), np.round(rng.normal(0, 1, 2), 3); x[1], y[1] = x[0] + 1, y[0] + 2
    add("pearson_test", {"a": x, "b": y}, {"r": 1.0, "p": 1.0}, "two pairs: scipy gives p 1")
    add("spearman_test", {"a": x, "b": y}, {"rho": 1.0, "p": None}, "two pairs: no degree of freedom, p is undefined (scipy gives NaN)")
    line = rng.normal(0, 1, size(5, 10))
    add("spearman_test", {"a": line, "b": np.exp(line)}, {"rho": 1.0, "p": 0.0}, "perfect order: p is 0")
    assert stats.spearmanr(line, np.exp(line)).pvalue < 1e-20
    add("pearson_test", {"a": line, "b": [0.5] * len(line)}, {"r": None, "p": None}, "no variance on one side")
    add("spearman_test", {"a": line, "b": [0.5] * len(line)}, {"rho": None, "p": None}, "no variance on one side")

    for i, n in enumerate([5, size(6, 10), 12, size(8, 12), 2, size(4, 8), 1]):
        x, y = paired(n, 0.02, [3, 4, 2, 4, 3, 4, 3][i])
        if i == 3:
            x, d = grid(n); y = x - d * rng.choice([-1, 1], n)
        if i == 5:
            y = x.copy()
        while True:
            # Exact decimals, as printed: sums that are equal on paper are equal here too. Case 2 must be one where binary sums would miss some.
            d = [Fraction(repr(float(u))) - Fraction(repr(float(v))) for u, v in zip(x, y)]
            flips = list(itertools.product((1, -1), repeat=n)); observed = abs(sum(d))
            count = sum(abs(sum(s * v for s, v in zip(signs, d))) >= observed for signs in flips)
            if i != 2 or count != sum(abs(sum(s * v for s, v in zip(signs, x - y))) >= abs(sum(x - y)) for signs in flips):
                break
            x, y = paired(n, 0.02, 2)
        if n > 1:
            scaled = np.array([float(v * 10 ** 6) for v in d])   # whole numbers or multiples of 1/8: exact in binary, else scipy misses ties as well
            r = stats.permutation_test((scaled,), np.sum, permutation_type="samples", n_resamples=np.inf, alternative="two-sided", vectorized=False)
            near(r.pvalue, count / 2 ** n)
        add("sign_flip_permutation", {"a": x, "b": y}, {"mean_difference": float(sum(d) / n), "at_least_as_extreme": count, "arrangements": 2 ** n, "p": count / 2 ** n}, {2: "two decimals: many sums are equal on paper but not in binary", 3: "ties and zeros", 5: "identical samples: p is 1", 6: "one pair: p is 1"}.get(i, ""))

    B = 100_000

    def clear_median(n, level):
        """odd size for which both ends of the interval of the median lie clearly inside a step of its distribution, so that chance cannot move them"""
        while True:
            steps = [stats.binom.sf((n - 1) // 2, n, k / n) for k in range(n + 1)]; q = (1 - level) / 2
            if min(abs(v - e) for v in steps for e in (q, 1 - q)) > 6.5 * math.sqrt(q * (1 - q) / 10_000):
                return n
            n += 2

    boot = [("mean", rng.normal(0.8, 0.05, 30), 0.95), ("mean", (rng.random(200) < rng.uniform(0.7, 0.9)).astype(float), 0.95), ("mean", rng.lognormal(0, 1, size(40, 60)), 0.99),
            ("median", rng.normal(10, 2, clear_median(2 * size(5, 15) + 1, 0.90)), 0.90), ("mean", np.round(rng.normal(0.01, 0.03, 25), 4), 0.95)]
    for i, (statistic, sample, level) in enumerate(boot):
        fn, n = (np.mean if statistic == "mean" else np.median), len(sample)
        draw = lambda count: np.concatenate([fn(sample[rng.integers(0, n, (2000, n))], axis=1) for _ in range(count // 2000)])
        values = draw(B); ends = [(1 - level) / 2, (1 + level) / 2]; low, high = np.quantile(values, ends, method="linear")
        slope = max((np.quantile(values, min(1, q + h)) - np.quantile(values, max(0, q - h))) / (2 * h) for q in ends for h in (min(ends[0], 0.01) * 0.9,))
        tolerance = 6 * slope * math.sqrt(ends[0] * ends[1]) * math.sqrt(1 / 10_000 + 1 / B)
        if statistic == "median":
            tolerance = 1e-9; assert low in sample and high in sample
        if i == 1:
            tolerance = max(tolerance, 1.01 / n)
        for _ in range(10):
            check = np.quantile(draw(10_000), ends, method="linear"); assert abs(check[0] - low) < tolerance and abs(check[1] - high) < tolerance, (i, check, low, high, tolerance)
        note = ["", "right/wrong per example: the mean is an accuracy", "skewed", "odd number of figures: both ends are figures of the sample, and lie so far inside a step of the distribution that any 10,000 replicates give them exactly", "differences of paired figures"][i]
        add("bootstrap_percentile", {"sample": sample, "statistic": statistic, "level": level}, {"low": low, "high": high, "replicates": B, "tolerance": tolerance}, note)
    write_lines("statistics.jsonl", cases)


# ---------------------------------------------------------------- 7. README

def readme(v2_notes):
    version = importlib.metadata.version
    commit = subprocess.check_output(["git", "-C", EVALUATE, "rev-parse", "--short", "HEAD"]).decode().strip()
    sk, sp, nu, se, ro, nl, sm = (version(p) for p in ("scikit-learn", "scipy", "numpy", "seqeval", "rouge-score", "nltk", "statsmodels"))
    ties = "\n".join("  - " + n for n in v2_notes) or "  - in this set both searches agree"
    write("README.md", f"""# Golden metrics and statistics

Generated from the reference implementations named below (random seed {SEED}). Inputs and expected outputs; JSON without NaN or Infinity, UTF-8, one case a line in `.jsonl`.

| file | cases | what | reference implementation |
|---|---|---|---|
| `glue_metrics.jsonl` | {COUNTS["glue_metrics.jsonl"]} | accuracy, F1 (positive class 1), Matthews correlation, Pearson, Spearman | scikit-learn {sk}; scipy {sp} |
| `squad_v1/` | {COUNTS["squad_v1"]} questions | `dataset.json` (official layout), `predictions.json` (id to text; {COUNTS["squad_v1 unanswered"]} questions have none and score 0), `expected.json` | official v1.1 script, huggingface/evaluate {commit}, `metrics/squad/compute_score.py` |
| `squad_v2/` | {COUNTS["squad_v2"]} questions | the same, with `na_prob.json` (probability of no answer) giving `expected.json`; `na_score.json` (unbounded scores, also negative) giving `expected_na_score.json`; neither giving `expected_without_na.json`. `--na-prob-thresh` is the default, 1.0 | official v2.0 script, same repository, `metrics/squad_v2/compute_score.py`. Both scripts' copies in google-research/albert b772393, `squad_utils.py`, give the same figures |
| `squad_pairs.jsonl` | {COUNTS["squad_pairs.jsonl"]} | one prediction against a list of gold answers: `em`, `f1` by v1.1, `em_v2`, `f1_v2` by v2.0; the normalised strings help to find a difference | the same two scripts |
| `seqeval.jsonl` | {COUNTS["seqeval.jsonl"]} | entity precision, recall, F1 (micro), token accuracy, figures per type | seqeval {se}, default mode |
| `rouge.jsonl` | {COUNTS["rouge.jsonl"]} | ROUGE-1, -2, -L, -Lsum (`p`, `r`, `f`); top level without stemmer, `stemmed` with it; `tokens` where they help | rouge-score {ro}, nltk {nl} |
| `statistics.jsonl` | {COUNTS["statistics.jsonl"]} | see below | scipy {sp}, numpy {nu}, statsmodels {sm} |

**Tolerance**: |got - expected| <= 1e-9 * max(1, |expected|), counts and text exactly. For p-values also a relative 1e-6, so that small ones are tested too (not below 1e-290, and not where `expected` is 0). `bootstrap_percentile` carries its own absolute `tolerance`, enough for 10,000 replicates or more.

**Null** means: undefined for this input, and `reason` or `note` says why. An implementation should report that, by an empty value, NaN or an exception, and never by a made-up number.

The SQuAD texts are CC BY-SA 4.0 (SQuAD 1.1 and 2.0 development sets); the summaries in `rouge.jsonl` are from SciTLDR (Apache-2.0).

## statistics.jsonl

| procedure | inputs | expected | definition |
|---|---|---|---|
| `describe` | sample | n, mean, standard_deviation, median, q1, q3, iqr | divisor n-1; quartiles by linear interpolation (numpy "linear", type 7) |
| `student_t_interval` | sample, level | low, high, half_width | mean ± half_width, half_width = t s/√n with the (1+level)/2 quantile of n-1 degrees of freedom |
| `paired_t_test` | a, b | mean_difference, t, df, p | two-sided, a - b |
| `welch_t_test` | a, b | t, df, p | two-sided, unequal variances |
| `wilcoxon_signed_rank` | a, b, method, continuity_correction | statistic, n, p, with `normal` also z | two-sided; zeros dropped (n counts the rest); statistic = smaller rank sum; `exact` only without ties and zeros; `normal`: variance corrected for ties, z = -abs(z); p = 2Φ(z) |
| `mcnemar_exact`, `mcnemar_corrected` | table | statistic, p | table [[both right, a only], [b only, none]]; exact: smaller discordant count, two-sided binomial cut to 1; corrected: (abs(b-c)-1)²/(b+c), chi-square with 1 degree of freedom |
| `cohens_d_paired` | a, b | d | mean of a - b over their standard deviation (divisor n-1) |
| `holm`, `benjamini_hochberg` | p | adjusted | adjusted p-values in the order of the input |
| `pearson_test`, `spearman_test` | a, b | r or rho, p | two-sided; Spearman's p by Student t with n-2 degrees of freedom, also for small n |
| `sign_flip_permutation` | a, b | mean_difference, at_least_as_extreme, arrangements, p | all 2^n sign changes of the differences, the observed one among them; extreme by abs(sum) |
| `bootstrap_percentile` | sample, statistic, level | low, high, replicates, tolerance | percentile interval of the statistic under resampling with replacement |

## What an implementer should know

- **scikit-learn**: Matthews correlation is 0 when gold or predictions have one class only, also when all are right; F1 is 0 when there is no positive on either side.
- **SQuAD normalisation**: lower case, then delete ASCII punctuation (without leaving a space: `3.1` becomes `31`, `a-b` becomes `ab`), then delete the words a, an, the, then split on white space. White space and word boundaries are Python's: a word character is a Unicode letter (L*) or number (N*) or `_`, not a combining mark, joiner or other connector, so in Java the boundary is best written as look-around on `[\\p{{L}}\\p{{N}}_]`; white space is U+0009-000D, U+001C-0020, U+0085, U+00A0, U+1680, U+2000-200A, U+2028, U+2029, U+202F, U+205F, U+3000.
- **v1.1 and v2.0 differ**: when both sides normalise to nothing, v1.1 gives EM 1 and F1 0, v2.0 gives F1 1. v2.0 drops gold answers that normalise to nothing; v1.1 keeps them (the development set has three answers `.`). v1.1 counts a question without a prediction as 0; v2.0 fails on it.
- **v2.0 thresholds**: the search starts from "answer nothing" with threshold 0.0 (also if all scores are negative), adds questions in rising order of the value (stable sort, so order of the file inside a tie), and takes a strictly better total. It may stop inside a tie, at a total that no threshold reaches:
{ties}
  - A wrong answer to an unanswerable question costs 1 if the raw text is not empty, even where `the` or `.` scores EM 1. `exact` and `f1` blank answers whose value is > 1.0, which happens with unbounded scores. best_* start from the unblanked scores.
  - Google's ALBERT code uses the found threshold with `score < threshold`, the script counts `score <= threshold` as answered: the two differ on equality.
- **seqeval**: default mode is not strict IOB2. I- after O, at the start, or after another type opens an entity. Types are all that follows the first hyphen. A zero divisor gives 0. Sentences never share an entity.
- **ROUGE**: tokens are runs of a-z and 0-9 after lower-casing, so `café` is `caf` and the Kelvin sign is `k`. Words of more than three letters are stemmed by NLTK's PorterStemmer in its default NLTK_EXTENSIONS mode (a list of irregular forms; other rules for -ies, -ied, -y, -alli, -bli, -fulli, -logi; two-letter vowel-consonant stems), not by the published algorithm. ROUGE-Lsum splits on `\\n` only, takes the union of the subsequences of each reference sentence, limits each word by its count on both sides, and depends on which subsequence is read back: from the end, match first, step left in the prediction only if that cell is strictly larger, else step back in the reference.
- **Wilcoxon, permutation**: differences of decimals seldom tie exactly in binary. Wilcoxon inputs here are multiples of a power of two, so ties and zeros are exact. Permutation inputs are decimals: compare sums with a slack of about 1e-12, else equal sums are missed (scipy.stats.permutation_test misses them too when the observed sum is about 0; expected values come from exact decimal arithmetic).
- **scipy and statsmodels on degenerate input**: t is infinite with p 0 for equal non-zero differences; McNemar with correction gives an infinite statistic and p 0 without discordant pairs, and 1/(b+c) rather than 0 for b = c; Pearson for two pairs has p 1, Spearman NaN. Here the undefined ones are null.
- **Constant input**: tell it by comparing the values. The computed variance of, say, 0.7 repeated ten times need not be exactly 0, and a correlation from it is noise.
""")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    os.chmod(OUT, 0o755)
    v1, v2 = load_script("metrics/squad/compute_score.py"), load_script("metrics/squad_v2/compute_score.py")
    glue()
    squad_v1(v1, stream(20)); notes = squad_v2(v2, stream(21)); squad_pairs(v1, v2, stream(22))
    sequence_labels(); rouge(); statistics(); readme(notes)
    print(COUNTS); print(*notes, sep="\n")


main()
