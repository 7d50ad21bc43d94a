"""The result of the test, and how the person is."""

from config.demo.writing import Ask, Compute, Section, choice, cue, line, when

SICK = when(("has_symptoms", "eq", True))

RESULT = Section(
    "result",
    ("Test", "Test"),
    (
        Ask(
            "yes_no",
            "knows_result",
            ("Knows the result", "Connaît le résultat"),
            required=True,
            clearance="sensitive",
        ),
        line(
            "Your test was positive: the virus was found. I will explain what that means for you.",
            "Votre test est positif : le virus a été trouvé. Je vais vous expliquer ce que cela signifie pour vous.",
            when(("knows_result", "eq", False)),
        ),
        Ask(
            "date",
            "sample_date",
            ("Sample taken on", "Prélèvement effectué le"),
            required=True,
            clearance="sensitive",
            settings={"maximum": "today"},
        ),
        Ask(
            "choose_one",
            "test_reason",
            ("Reason for the test", "Raison du test"),
            choices=(
                choice("symptoms", "symptoms", "symptômes"),
                choice("contact", "contact of a case", "contact d’un cas"),
                choice("travel", "back from a journey", "retour de voyage"),
                choice("work", "asked by the employer", "demande de l’employeur"),
                choice("other", "other", "autre"),
            ),
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)

SYMPTOMS = Section(
    "symptoms",
    ("Symptoms", "Symptômes"),
    (
        line("How do you feel today?", "Comment vous sentez-vous aujourd’hui ?"),
        Ask(
            "yes_no",
            "has_symptoms",
            ("Has or had symptoms", "A ou a eu des symptômes"),
            required=True,
            clearance="sensitive",
        ),
        Ask(
            "yes_no",
            "breathless",
            ("Short of breath at rest", "Essoufflement au repos"),
            asked_when=SICK,
            clearance="sensitive",
        ),
        Ask(
            "yes_no",
            "chest_pain",
            ("Pain in the chest", "Douleur dans la poitrine"),
            asked_when=SICK,
            clearance="sensitive",
        ),
        cue(
            "Stop the script: advise to call 112 now, offer to stay on the line.",
            "Arrêtez le script : conseillez d’appeler le 112 tout de suite, proposez de rester en ligne.",
            when(("breathless", "eq", True), ("chest_pain", "eq", True), join="any"),
        ),
        Ask(
            "date",
            "onset",
            ("First symptoms on", "Premiers symptômes le"),
            required=True,
            asked_when=SICK,
            clearance="sensitive",
            settings={"maximum": "today"},
        ),
        Ask("yes_no", "fever", ("Fever", "Fièvre"), asked_when=SICK, clearance="sensitive"),
        Ask(
            "decimal",
            "temperature",
            ("Highest temperature, °C", "Température la plus haute, °C"),
            asked_when=when(("fever", "eq", True)),
            settings={"scale": 1, "minimum": "35", "maximum": "43"},
            clearance="sensitive",
        ),
        Ask(
            "choose_several",
            "which_symptoms",
            ("Which symptoms", "Quels symptômes"),
            choices=(
                choice("cough", "cough", "toux"),
                choice("throat", "sore throat", "mal de gorge"),
                choice("head", "headache", "mal de tête"),
                choice("muscles", "muscle ache", "douleurs musculaires"),
                choice("smell", "loss of smell or taste", "perte d’odorat ou de goût"),
                choice("stomach", "stomach or bowels", "estomac ou intestins"),
            ),
            asked_when=SICK,
            clearance="sensitive",
        ),
        Compute(
            "first_day",
            ("First day of the illness", "Premier jour de la maladie"),
            "first_answered",
            "onset",
            "sample_date",
        ),
        Compute(
            "infectious_from",
            ("Infectious from", "Contagieux depuis"),
            "date_plus_days",
            "first_day",
            number=-2,
        ),
        Compute(
            "isolation_until",
            ("Isolation until", "Isolement jusqu’au"),
            "date_plus_days",
            "first_day",
            number=7,
        ),
    ),
    asked_when=when(("identity_verified", "eq", True)),
)
