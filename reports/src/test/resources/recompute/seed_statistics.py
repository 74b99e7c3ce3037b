"""Statistics of seeds and of examples, written from their definitions for recompute.py: standard library alone."""

import functools
import itertools
import math
import operator
from array import array
from collections import namedtuple

import progress

ALPHA, POWER, REPLICATES, BOOTSTRAP_SEED = 0.05, 0.8, 1_000, 20_210_616

Summary = namedtuple("Summary", "n failed mean sd median low high")  # sd None for one figure
Test = namedtuple("Test", "kind n difference interval d p least")
Comparison = namedtuple("Comparison", "difference noise beyond test holm family verdict more_seeds")
Items = namedtuple("Items", "seeds n low high p")


# --- samples ---


def mean(x):
    return math.fsum(x) / len(x)


def constant(x):
    """Equal on paper: what differs by rounding in binary counts as equal."""
    return max(x) - min(x) <= 1e-12 * max(1.0, *map(abs, x))


def sd(x):
    m = mean(x)
    return 0.0 if min(x) == max(x) else math.sqrt(math.fsum((v - m) ** 2 for v in x) / (len(x) - 1))


def quantile(x, p):
    """Linear interpolation between order statistics (type 7)."""
    s = sorted(x)
    whole, part = divmod(p * (len(s) - 1), 1)
    low, high = s[int(whole)], s[min(int(whole) + 1, len(s) - 1)]
    return low + part * (high - low)


def summary(x, failed=0):
    return Summary(len(x), failed, mean(x), sd(x) if len(x) > 1 else None, quantile(x, 0.5), min(x), max(x))


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
        if abs(d * c - 1.0) < 1e-16:
            break
    return result


def _beta(a, b, x, complement):
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
    """Probability of more than t, for t of 0 and more."""
    return _beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t)) / 2


@functools.lru_cache(maxsize=None)
def t_quantile(above, df):
    """The t that is exceeded with a probability below one half."""
    low, high = 0.0, 1.0
    while t_above(high, df) > above:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if t_above(middle, df) > above else (low, middle)
    return (low + high) / 2


def student(x):
    """95 % interval of the mean."""
    half = t_quantile(0.025, len(x) - 1) * sd(x) / math.sqrt(len(x))
    return mean(x) - half, mean(x) + half


# --- tests by seeds ---


def deals_p(a, b):
    """Share of all ways to deal the figures to both sides with means at least as far apart."""
    pooled, total = a + b, math.fsum(a + b)
    observed = abs(mean(a) - mean(b)) - 1e-12 * max(1.0, math.fsum(map(abs, pooled)))
    extreme = deals = 0
    for deal in itertools.combinations(pooled, len(a)):
        own = sum(deal)
        deals += 1
        extreme += abs(own / len(a) - (total - own) / len(b)) >= observed
    return extreme / deals


def signs_p(d):
    """Share of all sign changes with at least the absolute sum."""
    observed = abs(math.fsum(d)) - 1e-12 * max(1.0, math.fsum(map(abs, d)))
    sums = [0.0]
    for x in map(abs, d):
        sums = [s + x for s in sums] + [s - x for s in sums]
    return sum(abs(s) >= observed for s in sums) / len(sums)


def paired_t_p(d):
    return None if constant(d) else 2 * t_above(abs(mean(d)) / (sd(d) / math.sqrt(len(d))), len(d) - 1)


def welch_p(a, b):
    if min(len(a), len(b)) < 2 or (constant(a) and constant(b)):
        return None
    va, vb = sd(a) ** 2 / len(a), sd(b) ** 2 / len(b)
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    return 2 * t_above(abs(mean(a) - mean(b)) / math.sqrt(va + vb), df)


def choose_test(a, b, d, comparisons):
    """(kind, n, p, least p) by the number of seeds and of comparisons alone."""
    fewer = min(len(a), len(b))
    if 6 <= len(d) <= 20:
        kind, n, least, p = "exact sign-flip test of pairs", len(d), 2.0 ** (1 - len(d)), lambda: signs_p(d)
    elif len(d) > 20:
        kind, n, least, p = "paired t test", len(d), 0.0, lambda: paired_t_p(d)
    elif math.comb(len(a) + len(b), len(a)) > 1_000_000:
        kind, n, least, p = "Welch's t test", fewer, 0.0, lambda: welch_p(a, b)
    else:  # with as many on both sides each deal has its opposite
        least = (2 if len(a) == len(b) else 1) / math.comb(len(a) + len(b), len(a))
        kind, n, p = "exact permutation test", fewer, lambda: deals_p(a, b)
    if least * comparisons > ALPHA:
        if len(d) >= 3 and not constant(d):
            return "paired t test", len(d), paired_t_p(d), 0.0
        if fewer >= 3 and welch_p(a, b) is not None:
            return "Welch's t test", fewer, welch_p(a, b), 0.0
    return kind, n, p(), min(1, least)


def seed_test(variant, baseline, comparisons):
    a, b = [list(side[k] for k in sorted(side)) for side in (variant, baseline)]
    d = [variant[k] - baseline[k] for k in sorted(variant) if k in baseline]
    difference = mean(d) if d else mean(a) - mean(b)
    kind, n, p, least = choose_test(a, b, d, comparisons)
    interval = student(d) if len(d) > 1 else None
    effect = None if len(d) < 2 or constant(d) else mean(d) / sd(d)
    return Test(kind, n, difference, interval, effect, p, least)


def holm(p):
    adjusted, highest = {}, 0.0
    for rank, i in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        highest = max(highest, min(1.0, p[i] * (len(p) - rank)))
        adjusted[i] = highest
    return [adjusted[i] for i in range(len(p))]


def difference(a, b):
    """Of two summaries: (difference of the means, noise or None, whether beyond noise or None)."""
    if a.sd is None or b.sd is None:
        return a.mean - b.mean, None, None
    noise = 2 * math.sqrt(a.sd**2 / a.n + b.sd**2 / b.n)
    return a.mean - b.mean, noise, abs(a.mean - b.mean) > noise


def more_seeds(test, family, delta, noise):
    """Fewest further pairs that are beyond noise and that a t test of the first step of Holm finds with 80 % power.

    The search goes in steps of 2 % above 100 pairs."""
    if test.interval is None or test.difference == 0:
        return None
    spread, n = (0.0 if test.d is None else abs(test.difference / test.d)), 3
    while n <= 10_000:
        quantiles = t_quantile(ALPHA / max(1, family) / 2, n - 1) + t_quantile(1 - POWER, n - 1)
        if abs(test.difference) >= spread * quantiles / math.sqrt(n):
            beyond = math.floor(test.n * (noise / abs(delta)) ** 2) + 1
            return max(1, max(n, beyond) - test.n) if beyond <= 10_000 else None
        n += 1 if n < 100 else n // 50
    return None


def _verdict(delta, beyond, test, adjusted, family):
    if beyond is None:
        return "noise unknown"
    if not beyond:
        return "not distinguishable"
    if adjusted is not None and adjusted <= ALPHA:
        return "higher" if delta > 0 else "lower"
    if adjusted is not None and test.least * family <= ALPHA:
        return "not distinguishable"
    return "beyond noise, too few seeds for a test"


def compare(sides):
    """A family: of each (variant's scores by seed, its summary, baseline's scores by seed, its summary)."""
    tests = [seed_test(variant, baseline, len(sides)) for variant, _, baseline, _ in sides]
    defined = [i for i, test in enumerate(tests) if test.p is not None]
    adjusted = dict(zip(defined, holm([tests[i].p for i in defined])))
    family, found = len(defined), []
    for i, (_, variant, _, baseline) in enumerate(sides):
        delta, noise, beyond = difference(variant, baseline)
        verdict = _verdict(delta, beyond, tests[i], adjusted.get(i), family)
        is_open = verdict.startswith(("not", "beyond"))
        more = more_seeds(tests[i], family, delta, noise) if is_open else None
        found.append(Comparison(delta, noise, beyond, tests[i], adjusted.get(i), family, verdict, more))
    return found


def tie_letters(ranked):
    """Letters of summaries, best first: a letter is a largest set of which no two are beyond noise."""
    if len(ranked) > 60:
        return ["a" if i == 0 or not difference(ranked[0], s)[2] else "–" for i, s in enumerate(ranked)]
    n, groups = range(len(ranked)), []
    near = {i: {j for j in n if j != i and not difference(ranked[i], ranked[j])[2]} for i in n}

    def grow(group, candidates, done):
        if not candidates and not done:
            groups.append(sorted(group))
        for i in sorted(candidates):
            grow(group | {i}, candidates & near[i], done & near[i])
            candidates, done = candidates - {i}, done | {i}

    grow(set(), set(n), set())
    groups.sort(key=lambda group: (group[0], group[-1]))
    name = lambda g: chr(97 + g % 26) + (str(g // 26) if g > 25 else "")
    return ["".join(name(g) for g, group in enumerate(groups) if i in group) for i in n]


# --- predictions ---


def mcnemar_p(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)


def _accuracy(gold, predicted):
    return sum(g == p for g, p in zip(gold, predicted)) / len(gold)


def _f1(gold, predicted):
    both = sum(g == 1 == p for g, p in zip(gold, predicted))
    positives = gold.count(1) + predicted.count(1)
    return 2 * both / positives if positives else 0.0


def _matthews(gold, predicted):
    """Gorodkin's R_K: covariance of the class indicators over the root of both variances."""
    n, right = len(gold), sum(g == p for g, p in zip(gold, predicted))
    classes = set(gold) | set(predicted)
    g, p = ({c: side.count(c) for c in classes} for side in (gold, predicted))
    covariance = right * n - sum(g[c] * p[c] for c in classes)
    spread = (n * n - sum(v * v for v in g.values())) * (n * n - sum(v * v for v in p.values()))
    return covariance / math.sqrt(spread) if spread else 0.0


def _pearson(gold, predicted):
    if min(gold) == max(gold) or min(predicted) == max(predicted):
        return math.nan
    g, p = ([v - mean(side) for v in side] for side in map(list, (gold, predicted)))
    products = lambda x, y: math.fsum(a * b for a, b in zip(x, y))
    return max(-1.0, min(1.0, products(g, p) / math.sqrt(products(g, g)) / math.sqrt(products(p, p))))


def _ranks(x):
    first, count = {}, {}
    for place, v in enumerate(sorted(x), 1):
        first.setdefault(v, place)
        count[v] = count.get(v, 0) + 1
    return [first[v] + (count[v] - 1) / 2 for v in x]


METRICS = {
    "accuracy": _accuracy,
    "f1": _f1,
    "matthews_correlation": _matthews,
    "pearson": _pearson,
    "spearman": lambda gold, predicted: _pearson(_ranks(gold), _ranks(predicted)),
}


# The same of a replicate, told by how often each example is in it: made once a model, then called with the counts.


def _right_ones(gold, predicted):
    """Of the counts: the share of right answers."""
    right = [g == p for g, p in zip(gold, predicted)]
    return lambda counts: sum(itertools.compress(counts, right)) / len(gold)


def _f1_of_counts(gold, predicted):
    both = [g == 1 == p for g, p in zip(gold, predicted)]
    positive = [[v == 1 for v in side] for side in (gold, predicted)]

    def score(counts):
        positives = sum(sum(itertools.compress(counts, side)) for side in positive)
        return 2 * sum(itertools.compress(counts, both)) / positives if positives else 0.0

    return score


def _matthews_of_counts(gold, predicted):
    n, right = len(gold), [g == p for g, p in zip(gold, predicted)]
    members = lambda side: [[v == c for v in side] for c in sorted(set(gold) | set(predicted))]
    members_of_gold, members_of_predicted = members(gold), members(predicted)

    def score(counts):
        g, p = (
            [sum(itertools.compress(counts, own)) for own in side] for side in (members_of_gold, members_of_predicted)
        )
        covariance = sum(itertools.compress(counts, right)) * n - sum(map(operator.mul, g, p))
        spread = (n * n - sum(v * v for v in g)) * (n * n - sum(v * v for v in p))
        return covariance / math.sqrt(spread) if spread else 0.0

    return score


def _weighted(counts, x, y):
    """Sum of the products of both, each as often as its example is drawn."""
    return sum(map(operator.mul, map(operator.mul, counts, x), y))


def _pearson_of_counts(gold, predicted):
    n = len(gold)
    g, p = ([v - mean(side) for v in side] for side in (gold, predicted))  # small sums lose few digits

    def score(counts):
        drawn = [set(itertools.compress(side, counts)) for side in (gold, predicted)]
        if min(map(len, drawn)) < 2:
            return math.nan
        sum_g, sum_p = (sum(map(operator.mul, counts, side)) for side in (g, p))
        covariance = n * _weighted(counts, g, p) - sum_g * sum_p
        spread_g, spread_p = n * _weighted(counts, g, g) - sum_g**2, n * _weighted(counts, p, p) - sum_p**2
        return max(-1.0, min(1.0, covariance / math.sqrt(spread_g) / math.sqrt(spread_p)))

    return score


def _twice_the_ranks(x):
    """Of the counts: twice the average rank of each example's value, which is whole."""
    values, n = sorted(set(x)), len(x)
    place = {v: i for i, v in enumerate(values)}
    in_order = operator.itemgetter(*sorted(range(n), key=x.__getitem__), 0)  # once more, so that it is never one alone
    ends = list(itertools.accumulate(map([place[v] for v in x].count, range(len(values)))))
    at_ends = operator.itemgetter(*(end - 1 for end in ends), 0)
    of_examples = operator.itemgetter(*(place[v] for v in x), 0)

    def ranks(counts):
        last = at_ends(list(itertools.accumulate(in_order(counts)[:n])))[:-1]  # the rank of the last of each value
        return of_examples([below + own + 1 for below, own in zip((0, *last), last)])[:n]

    return ranks


def _spearman_of_counts(gold, predicted):
    n, ranks_of_predicted = len(gold), _twice_the_ranks(predicted)

    def score(counts):
        g, p = _ranks_of_gold(tuple(gold), counts), ranks_of_predicted(counts)
        centre = n + 1  # twice the mean rank
        covariance = _weighted(counts, g, p) - n * centre**2
        spread_g, spread_p = (_weighted(counts, r, r) - n * centre**2 for r in (g, p))
        return covariance / math.sqrt(spread_g * spread_p) if spread_g and spread_p else math.nan

    return score


@functools.lru_cache(maxsize=2)
def _gold_ranks(gold):
    return _twice_the_ranks(gold)


def _ranks_of_gold(gold, counts):
    return _gold_ranks(gold)(counts)


OF_COUNTS = {
    "accuracy": _right_ones,
    "f1": _f1_of_counts,
    "matthews_correlation": _matthews_of_counts,
    "pearson": _pearson_of_counts,
    "spearman": _spearman_of_counts,
}


def _next_ints(seed):
    """java.util.SplittableRandom(seed): gives a function that adds draws below a bound to counts."""
    mask, state = (1 << 64) - 1, seed

    def add_draws(counts, times):
        nonlocal state
        now, bound = state, len(counts)
        power, most = bound & (bound - 1) == 0, (1 << 31) - bound
        places = []
        for _ in range(times):
            while True:
                now = (now + 0x9E3779B97F4A7C15) & mask
                z = ((now ^ (now >> 33)) * 0x62A9D9ED799705F5) & mask
                value = (((z ^ (z >> 28)) * 0xCB24D0A5C88C35B3) & mask) >> 32
                if power:
                    place = value & (bound - 1)
                    break
                value >>= 1
                place = value % bound
                if value - place <= most:  # else in the last, incomplete stretch of the range
                    break
            counts[place] += 1
            places.append(place)
        state = now
        return places

    return add_draws


@functools.lru_cache(maxsize=4)
def draws(seeds, items):
    """The replicates: (places of the seeds, how often each example is drawn), with replacement."""
    add_draws, found = _next_ints(BOOTSTRAP_SEED), []
    for r in range(REPLICATES):
        progress.step(f"drawing replicates of {items} examples", r, REPLICATES)
        chosen = add_draws([0] * seeds, seeds) if seeds > 1 else [0]
        counts = [0] * items
        add_draws(counts, items)
        found.append((chosen, array("L", counts)))
    return found


def replicate_scores(metric, gold, predicted, seeds):
    """The score of one model on the examples of each replicate."""
    score = OF_COUNTS[metric](gold, predicted)
    whole, again = METRICS[metric](gold, predicted), score([1] * len(gold))
    if not (math.isclose(whole, again, rel_tol=1e-11, abs_tol=1e-13) or math.isnan(whole) and math.isnan(again)):
        raise ArithmeticError(f"{metric} is {whole} of the examples and {again} of their counts")
    return [score(counts) for _, counts in draws(seeds, len(gold))]


def item_bootstrap(variant, baseline, items):
    """Of the replicates' scores of each seed's model, the same seeds on both sides; None if one is undefined."""
    seeds = len(variant)
    total = lambda side, r, chosen: sum(side[s][r] for s in chosen) / seeds
    deltas = [
        total(variant, r, chosen) - total(baseline, r, chosen) for r, (chosen, _) in enumerate(draws(seeds, items))
    ]
    if any(map(math.isnan, deltas)):
        return None
    smaller = min(sum(d >= 0 for d in deltas), sum(d <= 0 for d in deltas))
    p = min(1.0, 2 * max(1, smaller) / REPLICATES)
    return Items(seeds, items, quantile(deltas, 0.025), quantile(deltas, 0.975), p)
