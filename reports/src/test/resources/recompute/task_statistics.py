"""Statistics over several tasks, for recompute.py, written from their definitions: averages as contrasts of means,
probability of improvement and interquartile mean (Agarwal et al., 2021), Friedman's test in Iman and Davenport's form
and Nemenyi's critical difference (Demšar, 2006), the expected best of a search (Dodge et al., 2019).
"""

import math
from statistics import NormalDist

import seed_statistics as stats
from example_statistics import next_ints

REPLICATES, BOOTSTRAP_SEED, FEWEST_RUNS, FEWEST_RANKED = 2_000, 20_210_830, 20, 5


# --- averages ---


def average(sides):
    """The plain mean of the tasks' means with its spread; None without a score on some task."""
    if not all(side.by_seed for side in sides):
        return None
    return stats.welch([1 / len(sides)] * len(sides), [stats.estimate(side.by_seed) for side in sides])


def flaw(sides):
    """Why nothing follows from a model's scores on all tasks, the gravest reason; None if something may."""
    found = {stats.flaw(side) for side in sides}
    order = stats.FAILED, stats.UNDEFINED, stats.TOO_FEW, stats.DEGENERATE, stats.NO_SPREAD
    return next((reason for reason in order if reason in found), None)


class AverageComparison:
    """The average of a model with its baseline's, both complete; what follows is known when the family is."""

    def __init__(self, plan, own, base):
        n, self.plan, self.p = len(own), plan, None
        weights = [1 / n] * n + [-1 / n] * n
        scores = [side.by_seed for side in own + base]
        if plan.paired:
            self.model = stats.paired(weights, scores)
        else:
            self.model = stats.welch(weights, list(map(stats.estimate, scores)))
        self.verdict = flaw(own) or flaw(base)
        if not self.verdict and plan.paired and (not self.model or self.model.n < stats.FEWEST_SEEDS):
            self.verdict = stats.TOO_FEW
        if not self.verdict and not self.model.defined:
            self.verdict = stats.NO_SPREAD
        self.own_p = None if self.verdict else self.model.p()

    @property
    def difference(self):
        return self.model.value if self.model else None

    @property
    def is_difference(self):
        return self.verdict in (stats.HIGHER, stats.LOWER)

    def interval(self):
        return None if self.p is None else self.model.interval(self.plan.alpha)


def judge(family):
    """Corrects p for all of them; gives how many were tested."""
    for c, p in zip(family, stats.holm([c.own_p for c in family])):
        c.p = p
        if p is not None:
            larger = stats.HIGHER if c.model.value > 0 else stats.LOWER
            c.verdict = stats.EQUAL if p > c.plan.alpha else larger
    return sum(c.own_p is not None for c in family)


# --- aggregates ---


def improvement(own, base):
    """How likely a run is better than one of the other side on a task drawn at random, ties half."""
    wins = lambda a, b: sum((x > y) + (x == y) / 2 for x in a for y in b) / (len(a) * len(b))
    return math.fsum(map(wins, own, base)) / len(own)


def interquartile_mean(x):
    """Of the middle half; the outermost figures count in part where a quarter is no whole number."""
    n = len(x)
    share = lambda i: max(0.0, min(i + 1, n * 0.75) - max(i, n * 0.25))
    return math.fsum(share(i) * v for i, v in enumerate(sorted(x))) / (n / 2)


def interquartile_interval(tasks, alpha):
    """Percentiles of replicates, runs drawn anew within each task; None with fewer than twenty runs on a task."""
    if min(map(len, tasks)) < FEWEST_RUNS:
        return None
    add_draws, replicates = next_ints(BOOTSTRAP_SEED), []
    for _ in range(REPLICATES):
        drawn = [runs[i] for runs in tasks for i in add_draws([0] * len(runs), len(runs))]
        replicates.append(interquartile_mean(drawn))
    return stats.quantile(replicates, alpha / 2), stats.quantile(replicates, 1 - alpha / 2)


# --- ranks ---


class Ranks:
    """Models by their average ranks; scores holds a list a task."""

    def __init__(self, scores, alpha):
        n, k = len(scores), len(scores[0])
        of_task = lambda own: [sum(w > v for w in own) + (sum(w == v for w in own) + 1) / 2 for v in own]
        ranks = [math.fsum(column) for column in zip(*map(of_task, scores))]
        self.tasks, self.ranks, self.alpha = n, [total / n for total in ranks], alpha
        squares = math.fsum(total * total for total in ranks)
        chi = max(0.0, 12 * squares / (n * k * (k + 1)) - 3 * n * (k + 1))
        alike = n * (k - 1) - chi < 1e-9
        self.df = k - 1, (k - 1) * (n - 1)
        self.f = math.inf if alike else (n - 1) * chi / (n * (k - 1) - chi)
        self.p = math.factorial(k) ** (1.0 - n) if alike else f_above(self.f, *self.df)
        self.critical = range_critical(alpha, k) * math.sqrt(k * (k + 1) / (12 * n))

    @property
    def any_difference(self):
        return self.p <= self.alpha

    def groups(self):
        """Largest stretches of the order whose ends are nearer than the critical difference, of two and more."""
        order = sorted(range(len(self.ranks)), key=self.ranks.__getitem__)
        if not self.any_difference:
            return [order]
        near = lambda i: [j for j in order[order.index(i) :] if self.ranks[j] - self.ranks[i] < self.critical]
        found = list(map(near, order))
        inside = lambda i: any(set(found[i]) <= set(other) for other in found[:i])
        return [own for i, own in enumerate(found) if len(own) > 1 and not inside(i)]


def f_above(f, df1, df2):
    """Probability of more than f."""
    return stats.beta(df2 / 2, df1 / 2, df2 / (df2 + df1 * f), df1 * f / (df2 + df1 * f))


def range_critical(alpha, k):
    """What the range of k standard normal figures exceeds with probability alpha: the integral by the trapezoidal rule,
    which is exact for such a function but for rounding."""
    normal, step = NormalDist(), 0.01
    points = [step * i for i in range(-900, 901)]
    density = [normal.pdf(z) * step for z in points]

    def above(q):
        inside = (d * (normal.cdf(z + q) - normal.cdf(z)) ** (k - 1) for z, d in zip(points, density))
        return 1 - k * math.fsum(inside)

    low, high = 0.0, 20.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) > alpha else (low, middle)
    return (low + high) / 2


# --- searches ---


def expected_maximum(scores, draws):
    """Of so many draws with replacement: each score times the probability that it is the greatest."""
    n, ordered = len(scores), sorted(scores)
    at_most = [(i / n) ** draws for i in range(n + 1)]
    return math.fsum(v * (at_most[i + 1] - at_most[i]) for i, v in enumerate(ordered))
