"""The words people say days and times with, English and Polish, in small letters without accents."""

MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "january jan styczen stycznia styczniu sty",
            "february feb luty lutego lutym lut",
            "march mar marzec marca marcu",
            "april apr kwiecien kwietnia kwietniu kwi",
            "may maj maja maju",
            "june jun czerwiec czerwca czerwcu cze",
            "july jul lipiec lipca lipcu lip",
            "august aug sierpien sierpnia sierpniu sie",
            "september sept sep wrzesien wrzesnia wrzesniu wrz",
            "october oct pazdziernik pazdziernika pazdzierniku paz",
            "november nov listopad listopada listopadzie lis",
            "december dec grudzien grudnia grudniu gru",
        ),
        start=1,
    )
    for word in words.split()
}
"""A month's number, 1 to 12. Polish says it in three cases: marzec, 1 marca, w marcu."""

WEEKDAYS = {
    word: weekday
    for weekday, words in enumerate(
        (
            "monday mon poniedzialek pon pn",
            "tuesday tues tue wtorek wt",
            "wednesday wed sroda srode sr",
            "thursday thurs thur thu czwartek czw",
            "friday fri piatek pt",
            "saturday sat sobota sobote sob",
            "sunday sun niedziela niedziele ndz nd",
        )
    )
    for word in words.split()
}
"""A weekday's number, 0 for Monday to 6 for Sunday."""

DAYS = {
    "today": 0,
    "dzisiaj": 0,
    "dzis": 0,
    "yesterday": -1,
    "wczoraj": -1,
    "day before yesterday": -2,
    "the day before yesterday": -2,
    "przedwczoraj": -2,
    "tomorrow": 1,
    "jutro": 1,
    "pojutrze": 2,
}
"""How many days after today."""

NOW = frozenset({"now", "teraz"})

_THIS = "this ten tym"
_LAST = """
    last zeszly zeszla zeszle zeszlym ubiegly ubiegla ubiegle ubieglym miniony miniona minionym
    ostatni ostatnia ostatnim poprzedni poprzednia poprzednim
"""
WHICH = dict.fromkeys(_THIS.split(), 0) | dict.fromkeys(_LAST.split(), -1)
"""Which week, month or year: 0 for the present one, -1 for the one before."""

UNITS = {
    word: unit
    for unit, words in {
        "minute": "minute minutes min mins minuta minuty minut",
        "hour": "hour hours hr hrs h godzina godzine godziny godzin godz",
        "day": "day days dzien dni",
        "week": "week weeks tydzien tygodnie tygodni tygodniu",
        "month": "month months miesiac miesiace miesiecy miesiacu",
        "year": "year years rok lata lat roku",
    }.items()
    for word in words.split()
}

NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one jeden jedna",
            "two dwa dwie",
            "three trzy",
            "four cztery",
            "five piec",
            "six szesc",
            "seven siedem",
            "eight osiem",
            "nine dziewiec",
            "ten dziesiec",
            "eleven jedenascie",
            "twelve dwanascie",
        ),
        start=1,
    )
    for word in words.split()
}
