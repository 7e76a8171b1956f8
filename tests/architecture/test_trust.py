"""What must never be forgotten when something is added: each of these fails closed."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from safar.accounts.roles import EVERYBODY, ROLES
from safar.config.generated_docs import load_actions
from safar.core import action, workflow
from safar.core.permissions import PUBLIC, SIGNED_IN
from safar.core.record import Record
from safar.ui.guard import FOREIGN_PAGES

PACKAGE = Path(settings.PACKAGE)
# The only pages that anybody may open without signing in.
PUBLIC_PAGES = {
    "ui:catalogue", "accounts:home", "accounts:language", "away",
    # Applying for a visa: each shows its own applicant's answers alone (tests/visas).
    "visas:apply", "visas:step", "visas:back", "visas:help", "visas:status", "visas:later", "visas:leave",
    "visas:needed", "visas:delete_own", "visas:withdraw_own", "visas:sent", "visas:own_paper_remove",
    "visas:own_letter", "visas:own_visa",
}  # fmt: skip
# Actions that Safar itself performs, or that are called inside another action.
NOT_FOR_ROLES = {
    "watchlist.add_list", "watchlist.read_import", "watchlist.load_import", "watchlist.fail_import",
    "watchlist.start_rescreening", "watchlist.report_inside", "watchlist.try_threshold",
    "watchlist.ask_for_today",
    "watchlist.hand_over_traffic", "watchlist.report_replay", "watchlist.give_up_work",
    "documents.learn_shapes",
    "documents.read_list", "documents.fail_list", "documents.load_series",
    "visas.load_kinds", "passports.load_terms", "offices.open", "visas.clear_drafts", "visas.renew_code",
    "visas.send_mail", "visas.erase_application", "visas.erase_visa", "visas.erase_uses",
    "returns.load_schemes", "movements.load_schemes", "cases.clear_old_lists", "cases.rewrap_keys",
    "cases.clear_declined_referrals",
    "accounts.appoint_first", "documents.import_reports", "documents.replace_listed",
    "documents.add_source", "blanks.count",
    "stays.find_overstays", "stays.end_of_who_left", "stays.erase", "passports.erase",
}  # fmt: skip
BANNED_NAMES = {
    "utils", "helpers", "services", "managers", "mixins", "signals", "common", "misc",
}  # fmt: skip
PERSONAL = {"full_name", "surname", "given_names", "birth", "number", "reason", "text", "document"}


def pages(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from pages(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback


def own_actions():
    """Every action of Safar; those that tests make are left out."""
    load_actions()
    found = action.REGISTRY.items()
    return {name for name, spec in found if spec.function.__module__.startswith("safar.")}


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("safar.")]


def sources():
    return [p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts]


def test_every_page_declares_its_permission():
    undeclared = [
        name
        for name, view in pages()
        if not hasattr(view, "safar_permission") and not view.__module__.startswith(FOREIGN_PAGES)
    ]
    assert undeclared == []


def test_only_the_listed_pages_are_public():
    public = {n for n, v in pages() if getattr(v, "safar_permission", "") == PUBLIC}
    assert public <= PUBLIC_PAGES


def test_every_page_permission_is_given_by_a_role():
    granted = {p for role in ROLES.values() for p in role.permissions} | {PUBLIC, SIGNED_IN}
    asked = {v.safar_permission for _, v in pages() if hasattr(v, "safar_permission")}
    assert asked - granted == set()


def test_every_action_has_a_policy_and_a_wording():
    specs = [action.REGISTRY[name] for name in own_actions()]
    assert [s.name for s in specs if not s.policies or not s.wording] == []


def test_every_action_is_given_by_a_role():
    granted = {p for role in ROLES.values() for p in role.permissions} | EVERYBODY
    orphans = own_actions() - granted - NOT_FOR_ROLES
    assert {name for name in orphans if not name.startswith("simulation.")} == set()


def test_every_permission_of_a_role_exists():
    known = own_actions() | {getattr(v, "safar_permission", "") for _, v in pages()}
    unknown = {p for role in ROLES.values() for p in role.permissions} - known
    assert unknown == set()


def test_no_status_is_a_dead_end():
    stuck = {flow.name: flow.dead_ends() for flow in workflow.REGISTRY.values() if flow.dead_ends()}
    assert stuck == {}


def test_a_dead_end_would_be_found():
    flow = workflow.Workflow("test.stuck", start="open", moves={"close": {"open": "closed"}})
    workflow.REGISTRY.pop("test.stuck")
    assert flow.dead_ends() == {"closed"}


def test_every_time_of_an_act_stands_beside_its_person():
    """`<verb>_at` with `<verb>_by`, tied by a constraint, where the act may be still to come."""
    untied = []
    for model in own_models():
        fields = {f.name: f for f in model._meta.get_fields() if isinstance(f, models.Field)}
        conditions = " ".join(str(c) for c in model._meta.constraints)
        for name, field in fields.items():
            verb = name.removesuffix("_at")
            if name.endswith("_at") and f"{verb}_by" in fields and field.null:
                untied += [f"{model.__name__}.{name}"] if name not in conditions else []
    assert untied == []


def test_models_with_personal_data_declare_retention_and_export():
    silent = [
        model.__name__
        for model in own_models()
        if issubclass(model, Record)
        and PERSONAL & {f.name for f in model._meta.get_fields()}
        and model._meta.app_label
        in {
            "travellers",
            "border",
            "documents",
            "visas",
            "passports",
            "cases",
            "returns",
            "movements",
            "stays",
        }
        and not (model.retention and model.exports)
        and model.__name__ not in WITHOUT_PERSONAL_DATA
    ]
    assert silent == []


WITHOUT_PERSONAL_DATA = {
    "Referral",  # the border's: its reason is about the inspection it belongs to
    "CaseAccess", "Erasure",  # of the staff: who works a case by name, who agreed to erase it
    "CaseImportRow",  # what was typed is given out once it is a person; thirty days at most
    "EntryRule",  # of the visa manual: of nobody
    "Quote",  # a vendor's
    "SchemeStep",  # of a scheme: of nobody
    # Blank stickers have a number each, and no person yet; certificates name offices.
    "SignerCertificate", "Blank", "Box", "BoxOpening", "BoxRelease", "BlankMovement", "BlankDestruction", "BlankCount",
}  # fmt: skip


def test_no_file_grows_past_five_hundred_lines():
    long = {
        str(p.relative_to(PACKAGE)): n
        for p in sources()
        if (n := len(p.read_text().splitlines())) > 500
    }
    assert long == {}


def test_core_stays_small():
    files = [p for p in (PACKAGE / "core").glob("*.py") if p.name != "__init__.py"]
    lines = sum(len(p.read_text().splitlines()) for p in files)
    assert len(files) <= 10
    assert lines <= 800


def test_no_file_has_a_name_that_says_nothing():
    assert [str(p) for p in sources() if p.stem in BANNED_NAMES] == []


@pytest.mark.parametrize("banned", [r"\.save\(", r"\.objects\.create\(", r"transaction\.atomic"])
def test_pages_do_not_write(banned):
    views = [p for p in sources() if p.name == "views.py" or p.parent.name == "views"]
    assert views
    assert [str(p) for p in views if re.search(banned, p.read_text())] == []


def test_templates_hold_no_script_no_style_and_trust_nothing():
    bad = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|\sstyle=|\|safe\b|<style"
    )
    found = [str(p) for p in PACKAGE.rglob("*.html") if bad.search(p.read_text())]
    assert found == []
