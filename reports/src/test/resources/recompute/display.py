"""Numbers as a report displays them."""

import json
import math
from decimal import ROUND_HALF_UP, Context, Decimal

NBSP = "\u00a0"


def fixed(value, decimals):
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return ("−" if rounded < 0 else "") + format(abs(rounded), "f")


def signed(value, decimals):
    shown = fixed(value, decimals)
    return shown if shown[0] == "−" else "+" + shown


def whole(value):
    return format(math.floor(value + 0.5), ",")


def plural(count, noun):
    return f"{count} {noun}" + ("" if count == 1 else "s")


def probability(p):
    return "< 0.001" if p < 0.001 else fixed(p, 3)


def with_sd(s, decimals):
    return fixed(s.mean, decimals) + ("" if s.sd is None else " ± " + fixed(s.sd, decimals))


def compact(value):
    """Three significant digits: 950, 1.23k, 11.0M."""
    rounded = Context(prec=3, rounding=ROUND_HALF_UP).create_decimal(Decimal(value))
    power = min(5, max(0, rounded.adjusted() // 3)) if rounded else 0
    shown = rounded.scaleb(-3 * power)
    if power == 0:
        return format(shown.normalize(), "f").replace("-", "−")
    digits = max(0, 2 - shown.adjusted())
    return format(shown.quantize(Decimal(1).scaleb(-digits)), "f").replace("-", "−") + " kMGTP"[power]


def size_of(value):
    shown = compact(value)
    return shown + NBSP + "B" if shown[-1].isdigit() else shown[:-1] + NBSP + shown[-1] + "B"


def share(own, other):
    return "–" if other == 0 else fixed(own / other * 100, 0) + NBSP + "%"


def percent(share_of_one):
    return fixed(share_of_one * 100, 0) + NBSP + "%"


def percents(ends):
    return fixed(ends[0] * 100, 0) + " to " + percent(ends[1])


def interval(ends, decimals):
    return " to ".join(signed(end, decimals) for end in ends)


def level(alpha):
    """Of an interval: 95 %."""
    return digits(float(fixed((1 - alpha) * 100, 3))) + NBSP + "%"


def digits(value):
    """All of them and no zeros at the end."""
    return format(Decimal(repr(float(value))).normalize(), "f").replace("-", "−")


def change(old, new):
    return signed((new / old - 1) * 100, 0) + NBSP + "%"


def plain(value):
    """A value of a configuration: a text as it is, a number in the fewest digits, else JSON."""
    if isinstance(value, str):
        return value
    if not isinstance(value, float):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    shortest = Decimal(repr(value)).normalize()
    if value == 0 or -6 <= shortest.adjusted() < 21:
        return "0" if value == 0 else format(shortest, "f")
    mantissa, exponent = format(shortest, "e").split("e")
    return f"{mantissa}e{int(exponent):+d}"


def spaced(text):
    return " ".join(text.split())
