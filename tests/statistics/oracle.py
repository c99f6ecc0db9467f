"""An independent reckoning of the item statistics, with numpy: makes the response matrix and what is to come out.

    python3 -m venv v && v/bin/pip install numpy && v/bin/python tests/statistics/oracle.py

The figures are computed by other roads than the service's: point-biserial correlations from the means of those who
chose and those who did not, alpha from the covariance matrix, efficiency from ranks. Both files are committed; the test
beside src/academy/statistics compares to 1e-9.
"""
import json
import math
import pathlib
from statistics import NormalDist, median

import numpy as np

Z = NormalDist().inv_cdf(0.975)
HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(20261123)


def sheet(items, ability):
    """One person's answers: {item: [points, out of, option, seconds]}."""
    answers = {}
    for item in items:
        number = int(item[1:])
        out_of = [1, 1, 2, 1, 3][number % 5]
        hard = (number - 4) * 0.45
        slope = -1.8 if number == 3 else 1.1
        chance = 1 / (1 + math.exp(-(slope * ability - hard)))
        if number % 4 == 2:  # partial credit in thirds
            share = int(rng.binomial(3, chance)) / 3
            option = None
        else:
            right = rng.random() < chance
            share = 1.0 if right else 0.0
            # Item 5 has a distractor that tempts the strong ones; c of item 1 is never chosen.
            wrong = ["b", "c"] if number != 1 else ["b"]
            if number == 5 and ability > 0.3:
                wrong = ["c"]
            option = "a" if right else str(rng.choice(wrong))
        answers[item] = [share * out_of, out_of, option, int(rng.integers(8, 120))]
    return answers


fixed_items = [f"q{n}" for n in range(1, 9)]
fixed = [sheet(fixed_items, rng.normal()) for _ in range(60)]
pool = [f"q{n}" for n in range(1, 13)]
drawn = [sheet(sorted(rng.choice(pool, 6, replace=False).tolist()), rng.normal()) for _ in range(140)]


def corr(x, y):
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def biserial(chose, rest):
    """(M1 - M0) / s_n * sqrt(p q), with s_n the population standard deviation."""
    chose, rest = np.asarray(chose, bool), np.asarray(rest)
    if chose.all() or not chose.any():
        return None
    p = chose.mean()
    return float((rest[chose].mean() - rest[~chose].mean()) / rest.std() * math.sqrt(p * (1 - p)))


def fisher(r, n):
    if r is None:
        return None
    z = 0.5 * math.log((1 + r) / (1 - r))
    return [math.tanh(z - Z / math.sqrt(n - 3)), math.tanh(z + Z / math.sqrt(n - 3))]


def above(chose, key, rest):
    """Meng, Rosenthal & Rubin (1992): how far one option's correlation with the rest lies above another's, on Fisher's z
    scale, from the correlation matrix of all three."""
    if len(set(chose)) < 2 or len(set(key)) < 2:
        return None
    R = np.corrcoef([np.asarray(chose, float), np.asarray(key, float), np.asarray(rest)])
    r = R[:2, 2]
    square = float((r @ r) / 2)
    f = min(1.0, (1 - R[0, 1]) / (2 * (1 - square)))
    variance = 2 * (1 - R[0, 1]) * ((1 - f * square) / (1 - square)) / (len(rest) - 3)
    apart = 0.5 * math.log((1 + r[0]) / (1 - r[0])) - 0.5 * math.log((1 + r[1]) / (1 - r[1]))
    return [float(apart - Z * math.sqrt(variance)), float(apart + Z * math.sqrt(variance))]


def facility_interval(x):
    n, p = len(x), float(np.mean(x))
    if set(np.round(x, 12)) <= {0.0, 1.0}:
        # Wilson's interval as the roots of (p' - p)^2 = z^2 p'(1 - p')/n.
        roots = np.roots([1 + Z * Z / n, -(2 * p + Z * Z / n), p * p])
        return sorted(float(max(0, min(1, root.real))) for root in roots)
    half = Z * float(np.std(x, ddof=1)) / math.sqrt(n)
    return [max(0.0, p - half), min(1.0, p + half)]


def item(people, name):
    mine = [person for person in people if name in person]
    x = np.array([person[name][0] / person[name][1] for person in mine])
    rest = np.array([
        sum(a[0] for other, a in person.items() if other != name) / sum(a[1] for other, a in person.items() if other != name)
        for person in mine
    ])
    r = corr(x, rest)
    most = np.cov(np.sort(x), np.sort(rest))[0, 1]
    options = {}
    if any(person[name][2] for person in mine):
        right = [person[name][2] == "a" for person in mine]
        for option in "abc":
            chose = [person[name][2] == option for person in mine]
            b = biserial(chose, rest)
            options[option] = {"chosen": sum(chose), "discrimination": b, "interval": fisher(b, len(mine)),
                               "above_key": None if option == "a" else above(chose, right, rest)}
    return {
        "answers": len(mine),
        "facility": float(x.mean()),
        "facility_interval": facility_interval(x),
        "spread": float(x.std(ddof=1)),
        "discrimination": r,
        "discrimination_interval": fisher(r, len(mine)),
        "efficiency": None if most == 0 else float(100 * np.cov(x, rest)[0, 1] / most),
        "seconds": float(median(person[name][3] for person in mine)),
        "options": options,
    }


def alpha(people, items):
    m = np.array([[person[name][0] for name in items] for person in people])
    cov = np.cov(m, rowvar=False)
    k = len(items)
    a = float(k / (k - 1) * (1 - np.trace(cov) / cov.sum()))
    most = sum(people[0][name][1] for name in items)
    return {"alpha": a, "standard_error": float(100 * math.sqrt(cov.sum() * (1 - a)) / most)}


expected = {
    "fixed": {name: item(fixed, name) for name in fixed_items},
    "drawn": {name: item(drawn, name) for name in pool},
    "alpha": alpha(fixed, fixed_items),
}
lines = lambda rows: "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
(HERE / "matrix.json").write_text('{"fixed": ' + lines(fixed) + ',\n"drawn": ' + lines(drawn) + "}\n")
(HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
