"""Every text reaches the translators."""

import re
from pathlib import Path

import safar

HIDDEN = re.compile(r"import n?p?gettext(_lazy)? as (?!_$)\w+", re.MULTILINE)


def test_no_text_hides_from_translators_under_another_name():
    """Texts are found by the name of the call: `gettext as said` would stay English for ever."""
    package = Path(safar.__file__).parent
    assert [str(path) for path in package.rglob("*.py") if HIDDEN.search(path.read_text())] == []
    assert HIDDEN.search("from django.utils.translation import gettext as said\n")
    assert not HIDDEN.search("from django.utils.translation import gettext_lazy as _\n")
