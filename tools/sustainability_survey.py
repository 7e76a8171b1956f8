"""Writes the survey of how well somebody who returned stands on her own feet, and its weights.

python tools/sustainability_survey.py     writes the XLSForm and the weights into cases/data/

Three dimensions and fifteen indicators are the shape of the Reintegration Sustainability Survey
(IOM and Samuel Hall, MEASURE, 2017). The wording is ours. The published weights and thresholds
could not be verified: here every indicator of a dimension weighs the same, and nobody has signed
that off. Whoever signs writes name and date into the JSON file, not into this script.
"""

import json
from pathlib import Path

from openpyxl import Workbook

DATA = Path(__file__).resolve().parents[1] / "safar" / "assistance" / "cases" / "data"
NAME = "reintegration_sustainability"
VERSION = "1"
SCALE = {
    "degree": (
        ("not_at_all", "Not at all", "Совсем нет", "0"),
        ("little", "A little", "Немного", "0.25"),
        ("partly", "Partly", "Отчасти", "0.5"),
        ("mostly", "Mostly", "В основном да", "0.75"),
        ("fully", "Fully", "Полностью", "1"),
    ),
    "often": (
        ("always", "Nearly always", "Почти всегда", "0"),
        ("often", "Often", "Часто", "0.25"),
        ("sometimes", "Sometimes", "Иногда", "0.5"),
        ("rarely", "Rarely", "Редко", "0.75"),
        ("never", "Never", "Никогда", "1"),
    ),
}
# (dimension, its heading in English and Russian, its indicators: name, scale, English, Russian)
DIMENSIONS = (
    ("economic", "Work and money", "Работа и деньги", (
        ("income_covers", "degree", "Does what your household earns cover what it needs in a month?",
         "Хватает ли дохода вашей семьи на месяц?"),
        ("work_steady", "degree", "Do you have work, or a business, on which you can rely?",
         "Есть ли у вас работа или своё дело, на которые можно положиться?"),
        ("food_cut", "often", "In the last month, how often did your household eat less because of money?",
         "Как часто за последний месяц семья ела меньше из-за нехватки денег?"),
        ("debt_presses", "often", "How often does debt keep you from buying what you need?",
         "Как часто долги мешают вам купить необходимое?"),
        ("could_borrow", "degree", "If you needed money urgently, could you borrow it or get it otherwise?",
         "Если срочно понадобятся деньги, сможете ли вы их занять или найти иначе?"),
    )),
    ("social", "Home, services and neighbours", "Жильё, услуги и соседи", (
        ("home_fit", "degree", "Is the place where you live dry, warm and yours to stay in?",
         "Ваше жильё сухое, тёплое и вы можете в нём оставаться?"),
        ("health_reach", "degree", "Can you get medical care when somebody at home needs it?",
         "Можете ли вы получить медицинскую помощь, когда она нужна дома?"),
        ("school_reach", "degree", "Do the children of your household go to school or kindergarten?",
         "Ходят ли дети вашей семьи в школу или детский сад?"),
        ("papers_held", "degree", "Do all of your household have the papers that they need here?",
         "Есть ли у всех в семье нужные здесь документы?"),
        ("neighbours_help", "degree", "Are there people nearby who would help you?",
         "Есть ли рядом люди, которые вам помогут?"),
    )),
    ("psychosocial", "How you are", "Как вы себя чувствуете", (
        ("feels_safe", "degree", "Do you feel safe where you live, by day and by night?",
         "Чувствуете ли вы себя в безопасности там, где живёте, днём и ночью?"),
        ("belongs_here", "degree", "Do you feel that you belong here?",
         "Чувствуете ли вы себя здесь своим человеком?"),
        ("worry_sleep", "often", "How often do worries keep you from sleeping or from daily work?",
         "Как часто тревоги мешают вам спать или заниматься делами?"),
        ("quarrels_home", "often", "How often is there tension at home since you came back?",
         "Как часто дома бывает напряжение с тех пор, как вы вернулись?"),
        ("stay_by_choice", "degree", "Could you stay and live here, if you wish to?",
         "Смогли бы вы остаться и жить здесь, если захотите?"),
    )),
)  # fmt: skip
NAMES = {
    **{code: {"en": english, "ru": russian} for code, english, russian, _asked in DIMENSIONS},
    "composite": {"en": "On the whole", "ru": "В целом"},
}


def form() -> Workbook:
    """The XLSForm."""
    book = Workbook()
    book.remove(book.active)
    sheets = {name: book.create_sheet(name) for name in ("survey", "choices", "settings")}
    words = ("label::English (en)", "label::Русский (ru)")
    sheets["survey"].append(["type", "name", *words, "required"])
    for code, english, russian, asked in DIMENSIONS:
        sheets["survey"].append(["note", f"about_{code}", english, russian])
        for name, scale, in_english, in_russian in asked:
            sheets["survey"].append([f"select_one {scale}", name, in_english, in_russian, ""])
    sheets["survey"].append(
        [
            "text",
            "own_words",
            "What would help you most now?",
            "Что вам сейчас помогло бы больше всего?",
        ]
    )
    sheets["choices"].append(["list_name", "name", *words])
    for scale, answers in SCALE.items():
        for name, english, russian, _worth in answers:
            sheets["choices"].append([scale, name, english, russian])
    sheets["settings"].append(["form_title", "form_id", "version", "default_language"])
    sheets["settings"].append(
        ["Reintegration sustainability survey", NAME, VERSION, "English (en)"]
    )
    return book


def weights() -> dict[str, object]:
    """Equal weights, signed off by nobody."""
    asked = [one for _code, _english, _russian, group in DIMENSIONS for one in group]
    return {
        "rule": f"equal weights {VERSION}",
        "signed_by": "",
        "signed_on": "",
        "note": "Equal weights stand in for the published ones, which could not be verified. "
        "A programme officer replaces them, and signs with name and date (2026-11-22).",
        "names": NAMES,
        "points": {
            name: {answer: worth for answer, _e, _r, worth in SCALE[scale]}
            for name, scale, _english, _russian in asked
        },
        "dimensions": {
            code: {name: "1" for name, *_rest in group}
            for code, _english, _russian, group in DIMENSIONS
        },
        "composite": {code: "1" for code, *_rest in DIMENSIONS},
        "thresholds": [],
    }


def main() -> None:
    """Write both files."""
    form().save(DATA / f"{NAME}.xlsx")
    text = json.dumps(weights(), ensure_ascii=False, indent=1)
    (DATA / f"{NAME}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
