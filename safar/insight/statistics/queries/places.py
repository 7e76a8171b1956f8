"""How many crossed where, and how many were refused on which grounds?"""

from collections import Counter

from django.utils.translation import gettext as _

from safar.insight.statistics.queries.sources import ENTRY, EXIT, Sources
from safar.insight.statistics.rules.tables import Row, Table, share
from safar.reference import queries as reference


def post_name(code: str) -> str:
    found = reference.post(code)
    return found.name if found else code


def by_post(sources: Sources) -> Table:
    totals: Counter[str] = Counter()
    for (post, _way), count in sources.posts.items():
        totals[post] += count
    whole = sum(totals.values())
    rows = tuple(
        (post_name(post), post, *_both_ways(sources, post), count, share(count, whole))
        for post, count in totals.most_common()
    )
    columns = (_("Post"), _("Code"), _("Entries"), _("Exits"), _("Both"), _("Share, %"))
    entries, exits = (
        sum(count for (_post, to), count in sources.posts.items() if to == way)
        for way in (ENTRY, EXIT)
    )
    total: Row = (_("All"), "", entries, exits, whole, share(whole, whole))
    return Table(
        "posts", _("Crossings by post"), columns, rows, total, _("Movements, not persons.")
    )


def refusals_by_ground(sources: Sources) -> Table:
    found: Counter[str] = Counter()
    for grounds, count in sources.refusals.items():
        found.update(dict.fromkeys(grounds, count))
    names = {ground.code: ground.name for ground in reference.refusal_grounds()}
    rows = tuple((code, names.get(code, code), found[code]) for code in sorted({*names, *found}))
    total: Row = (_("Refusals"), "", sum(sources.refusals.values()))
    note = _(
        "A refusal may rest on several grounds: the grounds add up to more than the refusals. "
        "The citizenship is that of the document as it was read."
    )
    columns = (_("Ground"), _("Meaning"), _("Times given"))
    return Table("refusals", _("Refusals by ground"), columns, rows, total, note)


def _both_ways(sources: Sources, post: str) -> tuple[int, int]:
    return sources.posts.get((post, ENTRY), 0), sources.posts.get((post, EXIT), 0)
