"""Do spellings of one name come first among their near neighbours, in every mix of scripts?"""

import numpy as np
import pytest

from safar.lib.screening.tokens import load

# query, its spelling, near neighbours that are other names. None of these pairs was looked at
# in training; the names are of the region, the spellings as passports and newspapers have them.
FIRST = [
    ("zhaksylykov", "жақсылықов", ["жақсыбеков", "жақыпов", "жақсылық", "жолдыбеков"]),
    ("jeenbekov", "жээнбеков", ["жанибеков", "жеенов", "жумабеков", "чинибеков"]),
    ("dzheenbekov", "жээнбеков", ["джанибеков", "жеенов", "жумабеков", "джунусбеков"]),
    ("gulnara", "гүлнара", ["гулсара", "гульмира", "гульзара", "динара"]),
    ("o'tkir", "ўткир", ["утюг", "тахир", "откин", "утегенов"]),
    ("otkirbek", "ўткирбек", ["тоирбек", "откин", "укубек", "тохтарбек"]),
    ("gulomov", "ғуломов", ["галимов", "голубов", "гуламиев", "қуломов"]),
    ("khodzhaev", "хўжаев", ["худоев", "хаджимов", "қўчқоров", "хакимов"]),
    ("hajiyev", "гаджиев", ["хадеев", "гайжев", "хамзиев", "агаев"]),
    ("rahmonov", "раҳмонов", ["рамонов", "рахимов", "раззоқов", "раҳматов"]),
    ("jumaboyev", "ҷумабоев", ["ҷумаев", "ҷабборов", "дубаев", "ҷураев"]),
    ("berdimuhamedow", "бердымухамедов", ["бердиев", "бердымурадов", "мухамедов", "мередов"]),
    ("annaýew", "аннаев", ["анаев", "агаев", "аманов", "айдаев"]),
    ("shcherbakov", "щербаков", ["шербанов", "чербаков", "щербак", "щербатов"]),
    ("iuliia", "юлия", ["илия", "юлиан", "лия", "юрия"]),
    ("tschaikowski", "чайковский", ["чаковский", "чадовский", "чапковский", "шиковский"]),
    ("yevgeniya", "евгения", ["евгений", "ефгин", "генина", "гения"]),
    ("muhammad", "محمد", ["محمود", "أحمد", "حامد", "ماجد"]),
    ("mohamed", "محمد", ["محمود", "أحمد", "حامد", "ماجد"]),
    ("hussein", "حسين", ["حسن", "حسني", "حسان", "ياسين"]),
    ("rostami", "رستمی", ["رستم", "رسولی", "هاشمی", "رحیمی"]),
    ("pourmand", "پورمند", ["بهمن", "پورداد", "هورمند", "پرویز"]),
    ("chaman", "چمن", ["جمال", "رحمان", "سامان", "شمس"]),
    ("gulbahar", "گلبهار", ["گلزار", "نوبهار", "گلنار", "جبار"]),
    ("abdurehim", "ئابدۇرېھىم", ["ئابدۇللا", "ئابدۇراخمان", "ئابلىم", "رېھىم"]),
    ("мухаммад", "محمد", ["محمود", "أحمد", "حامد", "ماجد"]),
    ("каримов", "karimov", ["kerimli", "karimi", "kamirov", "kazimov"]),
    ("қайрат", "kairat", ["kayra", "hayrat", "kajal", "karat"]),
    ("жолдошев", "joldoshev", ["yuldasheva", "jolly", "doshev", "zoldos"]),
    ("سليمان", "suleiman", ["salman", "salem", "selim", "solomin"]),
    ("حسين", "hussain", ["hassan", "hosni", "yassin", "hasina"]),
    ("mohammed", "muhammad", ["mahmud", "ahmad", "hamid", "mohan"]),
    ("kayrat", "qairat", ["kairi", "karat", "hayat", "kajal"]),
    ("yuldashev", "yoldoshev", ["yulaev", "dashev", "yuldan", "kudashev"]),
    ("shukhrat", "shuhrat", ["sharat", "shurat", "suhrad", "hurrat"]),
    ("жаксылыков", "жақсылықов", ["жақсыбеков", "жақыпов", "жақсылық", "жасылов"]),
    ("назарбаев", "назарбаева", ["назаров", "назарян", "базарбаев", "низарбеков"]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "twin", "others"), FIRST)
def test_the_spelling_comes_first(query: str, twin: str, others: list[str]) -> None:
    likely = load().likelihood(query, [*others, twin])
    assert likely[-1] > likely[:-1].max()


def test_spellings_are_believed_and_near_neighbours_hardly() -> None:
    model = load()
    sure = np.array([model.likelihood(query, [twin])[0] for query, twin, _ in FIRST])
    best = np.array([model.likelihood(query, others).max() for query, _, others in FIRST])
    assert np.mean(sure > 0.5) >= 0.85
    assert np.mean(best > 0.5) <= 0.15
    assert np.median(sure) > 0.9
    assert np.median(best) < 0.15


def test_twins_of_other_names_do_not_come_first() -> None:
    model = load()
    shifted = [(query, FIRST[at - 7][1], others) for at, (query, _, others) in enumerate(FIRST)]
    wins = [
        likely[-1] > likely[:-1].max() and likely[-1] > 0.5
        for query, twin, others in shifted
        for likely in [model.likelihood(query, [*others, twin])]
    ]
    assert sum(wins) <= 1


def test_spellings_lie_closer_than_strangers() -> None:
    model = load()
    queries = model.encode([query for query, _, _ in FIRST])
    twins = model.encode([twin for _, twin, _ in FIRST])
    own = (queries * twins).sum(axis=1)
    stranger = (queries * np.roll(twins, 7, axis=0)).sum(axis=1)
    assert own.min() > 0.5
    assert np.median(stranger) < 0.45
