"""`safar docs`: pages of what the code no longer has do not stay behind."""

import pytest
from click.testing import CliRunner, Result

from safar.config.generated_docs import NOTE, docs

pytestmark = pytest.mark.slow
GONE = "visas.forgotten.md"


@pytest.fixture
def workflows(settings, tmp_path):
    """Where the pages of workflows lie, written a moment ago."""
    settings.ROOT = tmp_path
    assert run().exit_code == 0
    return tmp_path / "docs" / "workflows"


def run(*options: str) -> Result:
    return CliRunner().invoke(docs, options)


def test_what_was_written_a_moment_ago_is_up_to_date(workflows):
    assert (workflows / "documents.import.md").exists()
    assert run("--check").exit_code == 0


def test_a_page_of_a_workflow_that_is_gone_fails_the_check_and_is_removed(workflows):
    page = workflows / GONE
    page.write_text(NOTE + "# visas.forgotten\n")
    checked = run("--check")
    assert (checked.exit_code, page.exists()) == (1, True)
    assert f"workflows/{GONE}" in checked.output
    assert run().exit_code == 0
    assert not page.exists()
    assert (workflows / "documents.import.md").exists()
    assert run("--check").exit_code == 0


def test_a_page_that_was_written_by_hand_is_left_alone(workflows):
    """Negative control: only what bears the mark of generated pages goes."""
    page = workflows / "reading-them.md"
    page.write_text("# How to read these\n")
    assert run("--check").exit_code == 0
    run()
    assert page.exists()


def test_a_page_that_says_something_else_than_the_code_fails_the_check(workflows):
    (workflows / "documents.import.md").write_text(NOTE)
    checked = run("--check")
    assert checked.exit_code == 1
    assert "documents.import.md" in checked.output
    run()
    assert run("--check").exit_code == 0
