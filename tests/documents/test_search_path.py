"""What runs with the owner's eyes never reads a temporary table in the place of a true one."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWNERS_EYES = """
SELECT proname, coalesce(array_to_string(proconfig, ';'), '') FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proname LIKE 'documents%'
"""


def test_every_definers_function_of_documents_looks_for_temporary_tables_last():
    with connection.cursor() as cursor:
        cursor.execute(OWNERS_EYES)
        found = dict(cursor.fetchall())
    assert set(found) == {"documents_hang_in", "documents_drop_part"}
    assert set(found.values()) == {"search_path=public, pg_temp"}
