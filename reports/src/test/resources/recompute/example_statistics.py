"""Statistics of examples: metrics of predictions and the bootstrap over seeds and examples, for recompute.py."""

import functools
import itertools
import math
import operator
from array import array
from collections import namedtuple

import progress
from seed_statistics import mean, quantile

REPLICATES, BOOTSTRAP_SEED, FEWEST_SEEDS = 1_000, 20_210_616, 10

NOMINAL = "accuracy", "matthews_correlation"  # of classes whatever they are called

Items = namedtuple("Items", "seeds n low high p")


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


def next_ints(seed):
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
    add_draws, found = next_ints(BOOTSTRAP_SEED), []
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
