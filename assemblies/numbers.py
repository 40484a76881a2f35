"""Membership numbers: seven digits and a check digit, as "1234-5674".

The check digit is Luhn's (ISO/IEC 7812-1, annex B): it finds every single wrong digit and nearly
every swap of neighbours.
"""

import secrets


def check_digit(digits: str) -> str:
    """Return the Luhn check digit of `digits`.

    >>> check_digit("7992739871")
    '3'
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def draw() -> str:
    """Return a random membership number of eight digits, the last one its check digit."""
    body = str(secrets.randbelow(9_000_000) + 1_000_000)
    return body + check_digit(body)


def clean(typed: str) -> str:
    """Return the bare eight digits of a number as a person types it.

    Spaces and dashes are accepted; ValueError for anything that cannot be a membership number.
    """
    digits = typed.replace(" ", "").replace("-", "")
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("A membership number has eight digits.")
    if check_digit(digits[:-1]) != digits[-1]:
        raise ValueError("The last digit does not fit the others. Is one mistyped?")
    return digits


def shown(number: str) -> str:
    """Return a number as it is printed.

    >>> shown("12345674")
    '1234-5674'
    """
    return f"{number[:4]}-{number[4:]}"
