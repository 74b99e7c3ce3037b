"""Statistics of seeds, written from their definitions for recompute.py: standard library alone.

Welch (Biometrika 34, 1947) and Student, Satterthwaite (Biometrics Bulletin 2, 1946), Holm (Scand. J. Stat. 6, 1979),
Hedges (J. Educ. Stat. 6, 1981), Wilson (JASA 22, 1927), Fisher's exact test, two-way random effects without
interaction (Searle, Casella and McCulloch, 1992), compact letter displays (Piepho, 2004).
"""

import functools
import math
from collections import namedtuple
from statistics import NormalDist

FEWEST_SEEDS, MOST_MORE_SEEDS = 3, 100

Summary = namedtuple("Summary", "n failed undefined mean sd median low high")  # None without figures; sd None for one
Estimate = namedtuple("Estimate", "n mean variance df")  # variance and df None for one
Plan = namedtuple("Plan", "alpha paired")
Side = namedtuple("Side", "by_seed failed undefined degenerate")  # scores by (seed of initialisation, seed of data)

HIGHER, LOWER, EQUAL = "higher", "lower", "not distinguishable"
TOO_FEW = "no conclusion, fewer than 3 seeds"
FAILED = "no conclusion, runs failed"
UNDEFINED = "no conclusion, scores undefined"
DEGENERATE = "no conclusion, predicts one class"
NO_SPREAD = "no conclusion, equal scores of all seeds"
VERDICTS = HIGHER, LOWER, EQUAL, TOO_FEW, FAILED, UNDEFINED, DEGENERATE, NO_SPREAD


# --- samples ---


def mean(x):
    return x[0] if min(x) == max(x) else math.fsum(x) / len(x)


def sd(x):
    m = mean(x)
    return math.sqrt(math.fsum((v - m) ** 2 for v in x) / (len(x) - 1))


def quantile(x, p):
    """Linear interpolation between order statistics (type 7)."""
    s = sorted(x)
    whole, part = divmod(p * (len(s) - 1), 1)
    low, high = s[int(whole)], s[min(int(whole) + 1, len(s) - 1)]
    return low + part * (high - low)


def summary(x, failed=0, undefined=0):
    if not x:
        return Summary(0, failed, undefined, None, None, None, None, None)
    return Summary(len(x), failed, undefined, mean(x), sd(x) if len(x) > 1 else None, quantile(x, 0.5), min(x), max(x))


def correlation(x, y):
    """Pearson's; None where a side is constant."""
    if min(x) == max(x) or min(y) == max(y):
        return None
    a, b = ([v - mean(side) for v in side] for side in (x, y))
    products = lambda one, other: math.fsum(u * v for u, v in zip(one, other))
    return max(-1.0, min(1.0, products(a, b) / math.sqrt(products(a, a)) / math.sqrt(products(b, b))))


# --- Student's t ---


def _beta_fraction(a, b, x):
    """Continued fraction of the incomplete beta function, by Lentz."""
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    result = d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1.0 / (1.0 + term * d), 1.0 + term / c
            result *= d * c
        if abs(d * c - 1.0) < 4e-16:
            break
    return result


def beta(a, b, x, complement):
    """Regularised incomplete beta function; the complement of x is given so that no digits are lost."""
    if x <= 0 or complement <= 0:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(complement)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, complement) / b


def t_above(t, df):
    """Probability of more than t."""
    half = beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t)) / 2
    return half if t >= 0 else 1 - half


@functools.lru_cache(maxsize=None)
def t_quantile(above, df):
    """The t that is exceeded with a probability below one half."""
    low, high = 0.0, 1.0
    while t_above(high, df) > above:
        low, high = high, high * 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if t_above(middle, df) > above else (low, middle)
    return (low + high) / 2


# --- means and sums of means ---


def independent(x):
    return Estimate(len(x), mean(x), sd(x) ** 2 / len(x), len(x) - 1) if len(x) > 1 else Estimate(1, x[0], None, None)


def estimate(by_seed):
    """The mean over seeds: random effects of both kinds of seeds where all are crossed, else a score a first seed."""
    firsts, seconds = (sorted({seed[kind] for seed in by_seed}) for kind in (0, 1))
    if min(len(firsts), len(seconds)) > 1 and len(firsts) * len(seconds) == len(by_seed):
        return _crossed([[by_seed[a, b] for b in seconds] for a in firsts])
    return independent([mean([v for seed, v in by_seed.items() if seed[0] == a]) for a in firsts])


def _crossed(table):
    """By the mean squares of a two-way table with one score a cell."""
    r, c = len(table), len(table[0])
    of_rows, of_columns = [mean(row) for row in table], [mean(column) for column in zip(*table)]
    whole = mean(of_rows)
    rows, columns = c * sd(of_rows) ** 2, r * sd(of_columns) ** 2
    residuals = (table[i][j] - of_rows[i] - of_columns[j] + whole for i in range(r) for j in range(c))
    rest = math.fsum(v**2 for v in residuals) / ((r - 1) * (c - 1))
    squares = rest + max(0.0, rows - rest) + max(0.0, columns - rest)  # components of variance are not negative
    df = squares and squares**2 / (rows**2 / (r - 1) + columns**2 / (c - 1) + rest**2 / ((r - 1) * (c - 1)))
    return Estimate(min(r, c), whole, squares / (r * c), df)


class Contrast:
    """A weighted sum of means with its standard error and degrees of freedom; None without spread."""

    def __init__(self, value, error, df, n=None):
        self.value, self.error, self.df, self.n = value, error or None, df if error else None, n
        self.defined = bool(error)

    def p(self):
        return 2 * t_above(abs(self.value) / self.error, self.df)

    def p_at_most(self, bound):
        return t_above((self.value - bound) / self.error, self.df)

    def interval(self, alpha):
        half = t_quantile(alpha / 2, self.df) * self.error
        return self.value - half, self.value + half

    def turned(self):
        return Contrast(-self.value, self.error, self.df, self.n)


def welch(weights, estimates):
    value = math.fsum(w * e.mean for w, e in zip(weights, estimates))
    used = [(w * w * e.variance, e.df) for w, e in zip(weights, estimates) if e.variance is not None]
    variance = math.fsum(part for part, _ in used)
    if len(used) < len(weights) or not variance:
        return Contrast(value, None, None)
    return Contrast(value, math.sqrt(variance), variance**2 / math.fsum(part**2 / df for part, df in used if part))


def paired(weights, sides):
    """Of the sums over the seeds that all sides have; None where there are none."""
    common = sorted(set.intersection(*map(set, sides)))
    if not common:
        return None
    sums = {seed: math.fsum(w * side[seed] for w, side in zip(weights, sides)) for seed in common}
    largest = max(abs(side[seed]) for side in sides for seed in common)
    found = estimate(sums)
    equal = max(sums.values()) - min(sums.values()) <= 1e-14 * largest  # equal on paper
    return Contrast(found.mean, None if equal or not found.variance else math.sqrt(found.variance), found.df, found.n)


# --- comparisons ---


def holm(p):
    """Adjusted for those that are not None."""
    given = sorted((value, i) for i, value in enumerate(p) if value is not None)
    adjusted, highest = [None] * len(p), 0.0
    for rank, (value, i) in enumerate(given):
        highest = max(highest, min(1.0, value * (len(given) - rank)))
        adjusted[i] = highest
    return adjusted


def flaw(side):
    """Why nothing follows from a side; None if something may."""
    if side.failed:
        return FAILED
    if side.undefined:
        return UNDEFINED
    if not side.by_seed or estimate(side.by_seed).n < FEWEST_SEEDS:
        return TOO_FEW
    if side.degenerate:
        return DEGENERATE
    return NO_SPREAD if len(set(side.by_seed.values())) == 1 else None


class Comparison:
    """A variant with a baseline; what follows is known when its whole family is."""

    def __init__(self, plan, variant, baseline, margin=None, lower_is_better=False):
        self.plan, self.variant, self.baseline, self.margin = plan, variant, baseline, margin
        self.lower_is_better, self.model, self.p, self.loss_p, self.tested = lower_is_better, None, None, None, 0
        sides = variant.by_seed, baseline.by_seed
        if plan.paired:
            self.model = paired((1, -1), sides)
        elif all(sides):
            self.model = welch((1, -1), list(map(estimate, sides)))
        self.defined = bool(self.model and self.model.defined)
        self.verdict = flaw(variant) or flaw(baseline)
        if not self.verdict and plan.paired and (not self.model or self.model.n < FEWEST_SEEDS):
            self.verdict = TOO_FEW
        if not self.verdict and not self.defined:
            self.verdict = NO_SPREAD
        self.own_p = None if self.verdict else self.model.p()
        self.own_loss_p = None if self.verdict or margin is None else self.gain().p_at_most(-margin)

    def gain(self):
        return self.model.turned() if self.lower_is_better else self.model

    def judge(self, p, loss_p, tested):
        self.p, self.loss_p, self.tested = p, loss_p, tested
        if p is not None:
            self.verdict = EQUAL if p > self.plan.alpha else HIGHER if self.model.value > 0 else LOWER

    @property
    def is_difference(self):
        return self.verdict in (HIGHER, LOWER)

    @property
    def difference(self):
        return self.model.value if self.model else None

    def interval(self):
        return self.model.interval(self.plan.alpha) if self.defined else None

    def simultaneous(self):
        return None if self.p is None else self.model.interval(self.plan.alpha / self.tested)

    def loss_is_small(self):
        return self.loss_p is not None and self.loss_p <= self.plan.alpha / 2

    def seeds(self):
        if self.plan.paired:
            return self.model.n if self.model else 0
        return min(estimate(side.by_seed).n if side.by_seed else 0 for side in (self.variant, self.baseline))

    def posterior(self):
        """Probabilities of worse by the margin, within it, better by it: t around the estimate."""
        if self.p is None or self.margin is None:
            return None
        gain = self.gain()
        worse = t_above((self.margin + gain.value) / gain.error, gain.df)
        better = t_above((self.margin - gain.value) / gain.error, gain.df)
        return worse, max(0.0, 1 - worse - better), better

    def more_seeds(self):
        """Seeds to add until the corrected interval reaches no farther than the margin; None for none or unknown."""
        if self.margin is None or not self.defined or not (self.verdict == TOO_FEW or self.p is not None):
            return None
        have, tail = self.seeds(), self.plan.alpha / max(1, self.tested) / 2
        for n in range(max(have, FEWEST_SEEDS), have + MOST_MORE_SEEDS):
            error, df = self.model.error * math.sqrt(have / n), self.model.df * (n - 1) / (have - 1)
            if t_above(self.margin / error, df) <= tail:
                return n - have or None
        return MOST_MORE_SEEDS

    def hedges_g(self):
        a, b = (list(side.by_seed.values()) for side in (self.variant, self.baseline))
        if min(len(a), len(b)) < 2:
            return None
        df = len(a) + len(b) - 2
        pooled = ((len(a) - 1) * sd(a) ** 2 + (len(b) - 1) * sd(b) ** 2) / df
        return (mean(a) - mean(b)) / math.sqrt(pooled) * (1 - 3 / (4 * df - 1)) if pooled else None

    def seed_correlation(self):
        a, b = self.variant.by_seed, self.baseline.by_seed
        common = sorted(set(a) & set(b))
        return correlation([a[k] for k in common], [b[k] for k in common]) if len(common) >= FEWEST_SEEDS else None


def judged(family):
    """The comparisons, after their family was corrected."""
    p = holm([c.own_p for c in family])
    loss = holm([c.own_loss_p for c in family])
    for i, c in enumerate(family):
        c.judge(p[i], loss[i], sum(c.own_p is not None for c in family))
    return family


# --- failed runs ---


def wilson(failed, runs):
    """95 % interval of a share."""
    z = NormalDist().inv_cdf(0.975)
    share, square = failed / runs, z * z / runs
    half = math.sqrt(square * (share * (1 - share) + square / 4))
    return max(0.0, (share + square / 2 - half) / (1 + square)), min(1.0, (share + square / 2 + half) / (1 + square))


def fisher(failed, runs, other_failed, other_runs):
    """Two-sided: all tables with these margins that are at most as likely."""
    total = failed + other_failed
    ways = lambda k: math.comb(runs, k) * math.comb(other_runs, total - k)
    tables = [ways(k) for k in range(max(0, total - other_runs), min(total, runs) + 1)]
    return sum(t for t in tables if t <= ways(failed)) / math.comb(runs + other_runs, total)


# --- letters ---


def letters(count, apart):
    """Letters of variants, best first, apart being pairs of places: a letter is a largest set with no such pair."""
    near = {i: {j for j in range(count) if j != i and (min(i, j), max(i, j)) not in apart} for i in range(count)}
    groups = []

    def grow(group, candidates, done):  # Bron and Kerbosch, with a pivot
        if not candidates and not done:
            groups.append(sorted(group))
            return
        pivot = max(candidates | done, key=lambda i: len(candidates & near[i]))
        for i in sorted(candidates - near[pivot]):
            grow(group | {i}, candidates & near[i], done & near[i])
            candidates, done = candidates - {i}, done | {i}

    grow(set(), set(range(count)), set())
    groups.sort(key=lambda group: (group[0], group[-1], group))
    name = lambda g: chr(97 + g % 26) + (str(g // 26) if g > 25 else "")
    return ["".join(name(g) for g, group in enumerate(groups) if i in group) for i in range(count)]
