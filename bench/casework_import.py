"""How long does the import of 10,000 cases take, from the file to the last row? python -m bench.casework_import

Reads and checks a made-up XLSX of families, then writes it, as the worker does: as the wing's
role, behind the walls, on behalf of a programme officer. Rolled back at the end.
"""

import io
import random
import sys
import time

import django
from openpyxl import Workbook

CASES, SEED = 10_000, 7
HEAD = ("Case", "Opened on", "Surname", "Given names", "Patronymic", "Birth", "Sex", "Citizenship",
        "Role", "UNHCR number", "Phone")  # fmt: skip
SURNAMES = (
    "Рахматов",
    "Каримов",
    "Ахмадзай",
    "Назаров",
    "Юсупов",
    "Турдубаев",
    "Шарипов",
    "Омаров",
)
NAMES = (
    "Азиз",
    "Икром",
    "Гулсара",
    "Зарина",
    "Умид",
    "Нодира",
    "Бахтияр",
    "Малика",
    "Тимур",
    "Лола",
)
PARTS = ("ов", "заде", "бек", "хан", "бай", "али", "дин", "жон", "мурад", "берди")


def workbook(cases: int) -> tuple[bytes, int]:
    """A list of made-up families and how many people they are."""
    chance, people = random.Random(SEED), 0
    book = Workbook(write_only=True)
    sheet = book.create_sheet("list")
    sheet.append(HEAD)
    for case in range(cases):
        surname = chance.choice(SURNAMES)[:-2] + chance.choice(PARTS) + chance.choice(PARTS)
        for place in range(chance.choice((1, 1, 2, 3, 4, 5))):
            people += 1
            given = chance.choice(NAMES) + chance.choice(PARTS)
            birth = f"{chance.randint(1, 28):02d}.{chance.randint(1, 12):02d}.{chance.randint(1950, 2020)}"
            sheet.append((f"F{case}", "01.03.2026", surname, given, chance.choice(NAMES) + "ович",
                          birth, chance.choice("МЖ"), "KGZ", "" if place else "applicant",
                          f"101-{people:08d}", f"+996 555 {people:06d}"))  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), people


def main() -> None:
    """Measure it."""
    django.setup()
    from django.db import connection, transaction

    from safar.assistance.cases.actions import importing
    from safar.assistance.cases.models import Case, Person
    from safar.reference.models import Country
    from tests.makers import cases as make
    from tests.makers import instruments as lists
    from tests.makers.accounts import actor, post

    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    began = time.perf_counter()
    content, people = workbook(cases)
    print(
        f"{len(content) / 1e6:.1f} MB, {cases} cases, {people} people, made in {time.perf_counter() - began:.1f} s"
    )
    with transaction.atomic():
        Country.objects.filter(code="KGZ").exists() or post()
        worker = make.caseworker("bench", role="programme_officer")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_person")
            print(f"{cursor.fetchone()[0]} people were there before")
        with make.as_in_pages(worker):
            run = lists.handed_in(worker, content, name="bench.xlsx")
            began = time.perf_counter()
            run = importing.read_list(actor(worker), run)
            read = time.perf_counter() - began
            print(f"read and checked: {read:.1f} s; {run.cases} cases, {run.refused} refused")
            run = importing.confirm_list(
                actor(worker), run, start=lambda run: None, leaves_out=True
            )
            began = time.perf_counter()
            importing.load_list(actor(worker), run)
            wrote = time.perf_counter() - began
            print(f"written: {wrote:.1f} s; together {read + wrote:.1f} s")
            print(Case.objects.count(), "cases,", Person.objects.count(), "people in sight")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
