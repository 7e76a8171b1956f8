"""Prepared reads: the same rows as the ORM finds, whatever is asked, from every thread."""

import threading
from uuid import UUID

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from safar.accounts.models import User
from safar.core.prepared import prepared
from tests import cast

pytestmark = pytest.mark.django_db


@prepared
def by_name(full_name: str) -> QuerySet[User]:
    return User.objects.filter(full_name=full_name, is_active=True).select_related("agency")


@prepared
def keys_of(one: str, other: str) -> QuerySet[User, tuple[UUID, str]]:
    rows = User.objects.filter(Q(username=one) | Q(username=other))
    return rows.order_by("username").values_list("id", "username")


def test_each_call_finds_what_it_asked_for_and_nothing_of_the_call_before():
    aida, bakyt = cast.aida(), cast.bakyt()
    assert by_name(aida.full_name) == [aida]
    assert by_name(bakyt.full_name) == [bakyt]
    assert by_name("nobody' OR '1'='1") == []


def test_relations_that_were_asked_for_come_with_the_same_read():
    aida = cast.aida()
    with CaptureQueriesContext(connection) as heard:
        assert by_name(aida.full_name)[0].agency == aida.agency
    assert len(heard) == 1


def test_the_order_of_the_values_is_the_function_s_own():
    aida, bakyt = cast.aida(), cast.bakyt()
    pair = [(user.id, user.username) for user in sorted((aida, bakyt), key=lambda u: u.username)]
    assert keys_of(aida.username, bakyt.username) == pair
    assert keys_of(bakyt.username, aida.username) == pair
    assert keys_of(one=aida.username, other="x") == [(aida.id, aida.username)]


@prepared
def said(text: str) -> QuerySet[ContentType, tuple[str]]:
    rows = ContentType.objects.filter(app_label="core", model="auditentry")
    return rows.annotate(said=Value(text, output_field=CharField())).values_list("said")


def test_threads_share_nothing_of_what_they_ask():
    heard: list[tuple[str, list[tuple[str]]]] = []

    def ask(text: str) -> None:
        heard.extend((text, said(text)) for _ in range(50))
        connection.close()

    threads = [threading.Thread(target=ask, args=[text]) for text in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 100
    assert all(answer == [(text,)] for text, answer in heard)
