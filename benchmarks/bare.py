"""The floor of casting: a bare Django POST with session, user, CSRF and one upsert."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

TABLE = """
CREATE TABLE bench_bare (LIKE voting_ballot INCLUDING ALL)
"""
_UPSERT = """
INSERT INTO bench_bare (vote_id, pseudonym, scores) VALUES (%s, %s, %s)
    ON CONFLICT (vote_id, pseudonym) DO UPDATE SET scores = EXCLUDED.scores
"""


@require_POST
def bare(request: HttpRequest) -> HttpResponse:
    person = request.user.pk
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [request.POST["vote"], person.bytes * 2, request.POST["scores"]])
    return HttpResponseRedirect("/", status=303)
