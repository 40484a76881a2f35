"""An independent counter, slow and plain, written from the protocol alone.

It shares no code with voting.star, keeps ballots as lists of numbers, and asks them anew for every
number it needs.
"""

from fractions import Fraction


def elect(rows, options, seats, method, lot):
    """(winners, finalists of each round, steps of tie-breaking) for rows of text."""
    ballots = [
        {name: 0 if mark == "-" else int(mark) for name, mark in zip(options, row, strict=True)}
        for row in rows
    ]
    if not ballots:
        return [], [], []
    if method == "proportional":
        return allocated(ballots, list(options), seats, lot)
    winners, pairs, steps = [], [], []
    for _ in range(seats):
        standing = [name for name in options if name not in winners]
        if standing:
            winner, pair = one_seat(ballots, standing, lot, steps)
            winners.append(winner)
            pairs.append(pair)
    return winners, pairs, steps


def total(ballots, name):
    return sum(ballot[name] for ballot in ballots)


def fives(ballots, name):
    return len([1 for ballot in ballots if ballot[name] == 5])


def above(ballots, one, other):
    return len([1 for ballot in ballots if ballot[one] > ballot[other]])


def one_seat(ballots, standing, lot, steps):
    if len(standing) == 1:
        return standing[0], {standing[0]}
    pair = two_highest(ballots, standing, lot, steps)
    one, other = pair
    if above(ballots, one, other) != above(ballots, other, one):
        return max(pair, key=lambda n: above(ballots, n, other if n == one else one)), set(pair)
    if total(ballots, one) != total(ballots, other):
        steps.append("runoff:score")
        return max(pair, key=lambda n: total(ballots, n)), set(pair)
    if fives(ballots, one) != fives(ballots, other):
        steps.append("runoff:five_star")
        return max(pair, key=lambda n: fives(ballots, n)), set(pair)
    steps.append("runoff:lot")
    return min(pair, key=lot.index), set(pair)


def two_highest(ballots, standing, lot, steps):
    """Fill two places, one group of equal totals after the other."""
    through = []
    for points in sorted({total(ballots, n) for n in standing}, reverse=True):
        places = 2 - len(through)
        if not places:
            break
        group = [n for n in standing if total(ballots, n) == points]
        if len(group) > places:
            group = break_tie(ballots, group, places, lot, steps)
        through += group
    return through


def break_tie(ballots, group, places, lot, steps):
    if len(group) == 2:
        one, other = group
        if above(ballots, one, other) != above(ballots, other, one):
            steps.append("score:head_to_head")
            return [one if above(ballots, one, other) > above(ballots, other, one) else other]
    chosen, level = [], group
    for mark in range(len(ballots), -1, -1):
        level = [n for n in group if fives(ballots, n) == mark]
        if len(chosen) + len(level) > places:
            break
        chosen, level = chosen + level, []
        if len(chosen) == places:
            break
    if sorted(level) != sorted(group):
        steps.append("score:five_star")
    if len(chosen) < places:
        steps.append("score:lot")
        chosen += sorted(level, key=lot.index)[: places - len(chosen)]
    return chosen


def allocated(ballots, options, seats, lot):
    quota = Fraction(len(ballots), seats)
    weights = [Fraction(1)] * len(ballots)
    winners, steps = [], []
    while len(winners) < min(seats, len(options)):
        sums = {
            n: sum(w * ballot[n] for w, ballot in zip(weights, ballots, strict=True))
            for n in options
            if n not in winners
        }
        best = [n for n in sums if sums[n] == max(sums.values())]
        if len(best) > 1:
            steps.append("pr:lot")
        winner = min(best, key=lot.index)
        winners.append(winner)
        weights = pay(ballots, weights, winner, quota)
    return winners, [None] * len(winners), steps


def pay(ballots, weights, winner, quota):
    worths = [w * ballot[winner] for w, ballot in zip(weights, ballots, strict=True)]
    left, after = quota, list(weights)
    for worth in sorted(set(worths), reverse=True):
        group = [i for i, mine in enumerate(worths) if mine == worth]
        weight = sum(weights[i] for i in group)
        if weight <= left:
            for i in group:
                after[i] = Fraction(0)
            left -= weight
        else:
            for i in group:
                after[i] = weights[i] * (1 - left / weight)
            break
    return after
