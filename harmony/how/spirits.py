"""One option for each sentence of the spirit (A3), told as results tell theirs."""

from django.utils.translation import gettext_lazy as _

from voting import telling

# What twenty members gave, from 0 to 5, to an option that was carried.
MET = (
    (_("Nearly everybody is glad of it"), [0, 0, 1, 2, 6, 11]),
    (_("Most can live with it"), [0, 1, 4, 9, 5, 1]),
    (_("The least disliked"), [4, 9, 5, 2, 0, 0]),
    (_("Loved by some, refused by others"), [7, 2, 0, 0, 3, 8]),
    (_("Something of everything"), [4, 2, 3, 4, 3, 4]),
)


def told() -> list[telling.OptionTold]:
    return [telling.told_option(str(label), 0, counts, 0, 1) for label, counts in MET]
