"""The map of assemblies: positions from a hierarchy, without a database; and its pages."""

from itertools import combinations

import pytest

from assemblies.map import tall, wide
from assemblies.map.names import breadth, short_names, wrap
from assemblies.map.wide import WIDTH
from assemblies.models import Assembly, Kind
from assemblies.tree import Node, Tree
from tests.factories import AffiliationFactory, AssemblyFactory

WORDY = "Constituency Society for Newcastle upon Tyne Central and North"
UNBROKEN = "W" * 60
NAMES = ("Peace", WORDY, UNBROKEN)


def node(name, kind=Kind.WORKING_GROUP, groups=()):
    slug = name.lower().replace(" ", "-")
    return Node(Assembly(name=name, slug=slug, kind=kind), 0, list(groups))


def groups_called(name, number, kind=Kind.SOCIETY_WORKING_GROUP):
    return [node(f"{number} {place} {name}", kind) for place in range(number)]


def party_of(*committees, groups=()):
    return Tree(node("The Party", Kind.PARTY), list(committees), list(groups))


def a_large_party(name="Society"):
    """35 assemblies: two committees share four groups, two societies have twelve and ten."""
    shared = groups_called(name, 4, Kind.WORKING_GROUP)
    return party_of(
        node(f"Resolutions {name}", Kind.COMMITTEE, shared),
        node(f"Foundation {name}", Kind.COMMITTEE, shared),
        node(f"Activism {name}", Kind.SOCIETY_COMMITTEE, groups_called(name, 1)),
        node(f"Places {name}", Kind.SOCIETY_COMMITTEE, groups_called(name, 12)),
        node(f"Policies {name}", Kind.SOCIETY_COMMITTEE, groups_called(name, 10)),
        groups=groups_called(name, 2, Kind.WORKING_GROUP),
    )


def overlaps(drawing):
    return [(a, b) for a, b in combinations(drawing.boxes, 2) if _meet(a, b)]


def _meet(a, b):
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def spot(drawing, slug):
    return next(found for found in drawing.spots if found.assembly.slug == slug)


def names_on(drawing):
    return [" ".join(found.words.lines) for found in drawing.spots]


@pytest.mark.parametrize("draw", [wide, tall])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shown", [1, 5, 40])
def test_no_name_touches_another_or_leaves_the_map(draw, name, shown):
    drawing = draw(a_large_party(name), shown=shown)
    assert overlaps(drawing) == []
    for box in drawing.boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= drawing.width
        assert box.bottom <= drawing.height


@pytest.mark.parametrize("name", NAMES)
def test_more_committees_than_a_row_holds_go_below_in_another(name):
    committees = [node(f"{n} {name}", Kind.COMMITTEE, groups_called(f"{n}", 2)) for n in range(17)]
    drawing = wide(party_of(*committees))
    assert overlaps(drawing) == []
    assert max(box.right for box in drawing.boxes) <= WIDTH
    rows = {found.y for found in drawing.spots if found.assembly.kind == Kind.COMMITTEE}
    assert len(rows) == 3


def test_many_committees_sharing_many_groups_stand_apart_without_a_knot():
    shared = [[node(f"Group {a}-{b}") for b in range(5)] for a in range(5)]
    committees = [
        node(f"Committee {a}", Kind.COMMITTEE, shared[a] + [row[a] for row in shared])
        for a in range(5)
    ]
    assert overlaps(wide(party_of(*committees))) == []


def test_the_party_stands_on_top_then_committees_then_groups():
    drawing = wide(a_large_party())
    heights = {kind: [s.y for s in drawing.spots if s.assembly.kind == kind] for kind in Kind}
    (party,) = heights[Kind.PARTY]
    committees = heights[Kind.COMMITTEE] + heights[Kind.SOCIETY_COMMITTEE]
    groups = heights[Kind.WORKING_GROUP] + heights[Kind.SOCIETY_WORKING_GROUP]
    assert party < min(committees) <= max(committees) < min(groups)


def test_a_group_of_two_committees_stands_once_with_a_line_from_each():
    media = node("Media")
    rest = [node("Research")]
    drawing = wide(
        party_of(node("One", Kind.COMMITTEE, [media, *rest]), node("Two", Kind.COMMITTEE, [media])),
        here="media",
    )
    assert names_on(drawing).count("Media") == 1
    assert sum(edge.is_strong for edge in drawing.edges) == 2


def test_many_groups_are_gathered_and_never_just_one():
    drawing = wide(a_large_party())
    gathered = {more.committee.slug: more.words.lines for more in drawing.gathered}
    assert gathered == {
        "places-society": ("and 11 more",),
        "policies-society": ("and 9 more",),
    }
    assert [more.committee for more in wide(a_large_party(), shown=9).gathered] != []
    assert len(wide(a_large_party(), shown=11).gathered) == 0


@pytest.mark.parametrize("draw", [wide, tall])
def test_where_one_is_is_always_on_the_map(draw):
    tree = a_large_party()
    for committee in tree.committees:
        for found in (committee, *committee.groups):
            drawing = draw(tree, here=found.assembly.slug)
            assert spot(drawing, found.assembly.slug)
            assert any(edge.is_strong for edge in drawing.edges)


def test_the_committee_that_is_looked_at_shows_more_of_its_groups():
    drawing = wide(a_large_party(), here="places-society")
    shown = [found for found in drawing.spots if found.assembly.slug.startswith("12-")]
    assert len(shown) == 6


def test_the_tall_map_names_one_group_in_a_note_and_does_not_repeat_groups():
    drawing = tall(a_large_party())
    notes = {
        found.assembly.slug: found.note.lines for found in drawing.spots if found.note is not None
    }
    assert notes == {
        "foundation-society": ("the same 4 groups",),
        "activism-society": ("1 0 Society",),
        "places-society": ("0 and 11 more",),
        "policies-society": ("0 and 9 more",),
    }


@pytest.mark.parametrize("draw", [wide, tall])
def test_a_party_without_committees_and_no_party_at_all_can_be_drawn(draw):
    assert names_on(draw(party_of())) == ["The Party"]
    assert names_on(draw(party_of(groups=[node("Media")]))) == ["The Party", "Media"]
    assert draw(Tree(None, [], [])).spots == []


def test_what_all_names_share_goes_without_saying():
    assert short_names(["Plain Words", "Plain"]) == ["Plain Words", "Plain"]
    assert short_names(["Society for A in B", "Society for C in B"]) == ["A", "C"]
    assert short_names(["Same", "Same"]) == ["Same", "Same"]
    assert short_names([]) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("room", [60, 104, 240])
def test_every_line_fits_its_room_and_no_letter_is_lost(name, room):
    lines = wrap(name, room)
    assert max(map(breadth, lines)) <= room
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")


@pytest.mark.django_db
def test_the_map_is_a_second_view_after_the_same_as_a_list(client, media):
    AffiliationFactory(group=media)
    assert "The same as a map" in client.get("/assemblies/").content.decode()
    page = client.get("/assemblies/?view=map").content.decode()
    assert page.index("The same as a list") < page.index('<ul class="tree">')
    assert page.index('<ul class="tree">') < page.index('class="map-wide"')
    assert page.count(f'<a href="{media.get_absolute_url()}"') == 3


@pytest.mark.django_db
def test_an_assembly_is_marked_on_its_own_map(client, media):
    AffiliationFactory(group=media)
    page = client.get(media.get_absolute_url()).content.decode()
    assert page.count(f'aria-label="{media}" aria-current="page"') == 2
    assert "This assembly" in page


@pytest.mark.django_db
def test_what_is_gathered_links_to_all_of_it(client, party):
    committee = AssemblyFactory(name="Societies", kind=Kind.SOCIETY_COMMITTEE)
    for _ in range(8):
        group = AssemblyFactory(kind=Kind.SOCIETY_WORKING_GROUP)
        AffiliationFactory(group=group, committee=committee)
    page = client.get("/assemblies/?view=map").content.decode()
    assert 'href="/assemblies/?within=societies"' in page
    assert "and 3 more" in page


@pytest.mark.django_db
def test_the_map_takes_as_many_queries_for_20_as_for_2(
    client, party, django_assert_max_num_queries
):
    for size in (2, 20):
        for _ in range(size):
            AffiliationFactory(group=AssemblyFactory())
        with django_assert_max_num_queries(8):
            client.get("/assemblies/?view=map")
