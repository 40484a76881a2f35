"""Naming places with letters."""


def letter_of(place: int) -> str:
    """Return A for place 0, B for 1 … Z for 25, then AA, AB and so on.

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(701), letter_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    before, rest = divmod(place, 26)
    return (letter_of(before - 1) if before else "") + chr(ord("A") + rest)
