import pytest

from corpus.dates import dates_in


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Den Haag, 13 februari 2019", ["2019-02-13"]),
        ("13-02-2019 en 5 mrt. 2019", ["2019-02-13", "2019-03-05"]),
        ("Augustus 2023", ["2023-08"]),
        ("2019-02-13T10:00:00", ["2019-02-13"]),
        ("2021-06", ["2021-06"]),
        ("13 February 2019", ["2019-02-13"]),
        ("29 628, nr. 1123", []),
        ("kst-29628-189 van 2019", []),
        ("het meerjarenperspectief 2021-2024", []),
        ("31-13-2019 en 45 mei 2019", ["2019-05"]),
        ("20 mei", []),
        ("telefoon 070-3120 1999", []),
        ("auguſtus 2023", []),
        ("Datum 1 ju li 2021", ["2021-07-01"]),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert dates_in(text) == dates
