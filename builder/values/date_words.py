"""The words of days and times, by language: what is read in them, and how months are written.

A language is added here and nowhere else: `python -m tests.date_words` writes the browser's twin of it
(`engine/types/date_words.mjs`), which no hand changes. Both engines must print the same bytes, which no library's calendar
promises. What is read is lower-case and without accents (`folded`); what is shown stands as it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DateWords:
    """What people say in one language. Words are divided by spaces, phrases by commas."""

    months: str
    weekdays: str
    near: Mapping[str, int]  # days that have a name, counted from today
    days: str
    weeks: str
    some_months: str
    years: str
    counts: str  # from one on; of several words for a number the others stand behind a stroke
    back: str  # before what is counted: `vor`
    back_after: str  # behind it: `ago`
    ahead: str
    ahead_after: str
    last: str  # the one before today
    next: str
    this: str  # the one of this week
    fillers: str  # what stands around a day without meaning anything
    noon: str
    midnight: str
    short_months: Mapping[str, int]  # short forms that do not begin the name


DATE_WORDS: Final[Mapping[str, DateWords]] = {
    "en": DateWords(
        months="January February March April May June July August September October November December",
        weekdays="monday tuesday wednesday thursday friday saturday sunday",
        near={
            "today": 0,
            "yesterday": -1,
            "tomorrow": 1,
            "day before yesterday": -2,
            "day after tomorrow": 2,
        },
        days="day days",
        weeks="week weeks",
        some_months="month months",
        years="year years",
        counts="one|a|an two three four five six seven eight nine ten eleven twelve",
        back="",
        back_after="ago",
        ahead="in",
        ahead_after="from now",
        last="last past",
        next="next coming",
        this="this",
        fillers="the of on",
        noon="noon midday",
        midnight="midnight",
        short_months={},
    ),
    "fr": DateWords(
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
        near={
            "aujourd'hui": 0,
            "aujourdhui": 0,
            "hier": -1,
            "demain": 1,
            "avant-hier": -2,
            "avant hier": -2,
            "apres-demain": 2,
            "apres demain": 2,
        },
        days="jour jours",
        weeks="semaine semaines",
        some_months="mois",
        years="an ans annee annees",
        counts="un|une deux trois quatre cinq six sept huit neuf dix onze douze",
        back="il y a",
        back_after="",
        ahead="dans,d'ici",
        ahead_after="",
        last="dernier passe",
        next="prochain",
        this="ce",
        fillers="le du",
        noon="midi",
        midnight="minuit",
        short_months={},
    ),
    "nl": DateWords(
        months="januari februari maart april mei juni juli augustus september oktober november december",
        weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        near={"vandaag": 0, "gisteren": -1, "morgen": 1, "eergisteren": -2, "overmorgen": 2},
        days="dag dagen",
        weeks="week weken",
        some_months="maand maanden",
        years="jaar",
        counts="een twee drie vier vijf zes zeven acht negen tien elf twaalf",
        back="",
        back_after="geleden",
        ahead="over,binnen",
        ahead_after="",
        last="vorige afgelopen verleden laatste",
        next="volgende komende aanstaande",
        this="deze",
        fillers="de op",
        noon="middag",
        midnight="middernacht",
        short_months={"mrt": 3},
    ),
    "de": DateWords(
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        weekdays="montag dienstag mittwoch donnerstag freitag samstag sonntag",
        near={"heute": 0, "gestern": -1, "morgen": 1, "vorgestern": -2, "ubermorgen": 2},
        days="tag tage tagen",
        weeks="woche wochen",
        some_months="monat monate monaten",
        years="jahr jahre jahren",
        counts="ein|eins|einem|einer zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
        back="vor",
        back_after="",
        ahead="in",
        ahead_after="",
        last="letzten letzter letzte vorigen voriger vorige vergangenen vergangener",
        next="nachsten nachster nachste kommenden kommender",
        this="diesen dieser",
        fillers="der den am",
        noon="mittag",
        midnight="mitternacht",
        short_months={"janner": 1},
    ),
}
