"""The intake form, the lesson and the certificate."""

from config.demo.writing import Ask, Outcome, Page, Section, choice, display, when

INTAKE = Page(
    "form",
    "intake",
    ("Intake of a call to the hotline", "Appel reçu par la ligne d’information"),
    (
        Section(
            "caller",
            ("Caller", "Appelant"),
            (
                Ask(
                    "text",
                    "given_name",
                    ("Given name", "Prénom"),
                    fact="given_name",
                    required=True,
                ),
                Ask(
                    "text",
                    "family_name",
                    ("Family name", "Nom de famille"),
                    fact="family_name",
                    required=True,
                ),
                Ask("phone", "phone", ("Phone number", "Numéro de téléphone"), fact="phone"),
            ),
        ),
        Section(
            "call",
            ("Reason", "Raison"),
            (
                Ask(
                    "choose_one",
                    "reason",
                    ("Why do they call", "Raison de l’appel"),
                    required=True,
                    clearance="open",
                    choices=(
                        choice("missed", "a missed call from us", "un appel manqué de notre part"),
                        choice("symptoms", "new symptoms", "de nouveaux symptômes"),
                        choice("certificate", "the certificate", "le certificat"),
                        choice("fraud", "suspected fraud", "soupçon de fraude"),
                        choice("other", "other", "autre"),
                    ),
                ),
                display(
                    "Ask them to hang up and to call the number published on the official site.",
                    "Demandez de raccrocher et d’appeler le numéro publié sur le site officiel.",
                    when(("reason", "eq", "fraud")),
                ),
                Ask(
                    "date",
                    "since",
                    ("Symptoms since", "Symptômes depuis"),
                    asked_when=when(("reason", "eq", "symptoms")),
                    settings={"maximum": "today"},
                    clearance="sensitive",
                ),
                Ask(
                    "photo",
                    "proof",
                    ("A picture of the message they got", "Une image du message reçu"),
                    asked_when=when(("reason", "eq", "fraud")),
                ),
                Ask("long_text", "message", ("Message", "Message")),
            ),
        ),
    ),
    (Outcome("noted", ("Noted", "Noté"), "reached", complete=True),),
)

LESSON = Page(
    "lesson",
    "tracing_lesson",
    ("Lesson: calling with care", "Leçon : appeler avec soin"),
    (
        Section(
            "secrecy",
            ("Secrecy", "Secret"),
            (
                display(
                    "A call begins with who you are and ends with thanks. In between, nothing about health is said before you know to whom you speak. Not to a partner, not to a voicemail.",
                    "Un appel commence par qui vous êtes et finit par un merci. Entre les deux, rien n’est dit sur la santé avant de savoir à qui vous parlez. Ni à un conjoint, ni à une messagerie.",
                ),
                display(
                    "A contact never learns from you who named them. If they guess, you neither confirm nor deny.",
                    "Un contact n’apprend jamais de vous qui l’a cité. S’il devine, vous ne confirmez ni ne niez.",
                ),
            ),
        ),
        Section(
            "quiz",
            ("Questions", "Questions"),
            (
                Ask(
                    "choose_one",
                    "voicemail",
                    (
                        "You reach a voicemail. What do you leave?",
                        "Vous tombez sur une messagerie. Que laissez-vous ?",
                    ),
                    required=True,
                    clearance="open",
                    choices=(
                        choice("result", "the result, kindly said", "le résultat, dit gentiment"),
                        choice(
                            "callback",
                            "a wish to be called back, nothing more",
                            "une demande de rappel, rien de plus",
                        ),
                        choice("nothing", "a list of the contacts", "la liste des contacts"),
                    ),
                    right="callback",
                    explanation=(
                        "Anybody may hear a voicemail.",
                        "N’importe qui peut écouter une messagerie.",
                    ),
                ),
                Ask(
                    "yes_no",
                    "tell_index",
                    (
                        "May a contact hear from you who named them?",
                        "Un contact peut-il apprendre de vous qui l’a cité ?",
                    ),
                    required=True,
                    clearance="open",
                    right=False,
                    explanation=("Never, not even when they guess.", "Jamais, même s’il devine."),
                ),
                Ask(
                    "choose_several",
                    "emergency",
                    (
                        "Which of these make you stop the script and advise to call 112?",
                        "Lesquels vous font arrêter le script et conseiller le 112 ?",
                    ),
                    required=True,
                    clearance="open",
                    choices=(
                        choice("breath", "short of breath at rest", "essoufflement au repos"),
                        choice("chest", "pain in the chest", "douleur dans la poitrine"),
                        choice("cough", "a cough", "une toux"),
                    ),
                    right=["breath", "chest"],
                    explanation=(
                        "A cough alone is no emergency.",
                        "Une toux seule n’est pas une urgence.",
                    ),
                ),
                Ask(
                    "integer",
                    "days_before",
                    (
                        "How many days before the first symptoms do the infectious days begin?",
                        "Combien de jours avant les premiers symptômes commence la période contagieuse ?",
                    ),
                    required=True,
                    clearance="open",
                    right="2",
                    explanation=(
                        "Two days before, or before the sample where there are no symptoms.",
                        "Deux jours avant, ou avant le prélèvement s’il n’y a pas de symptômes.",
                    ),
                ),
            ),
        ),
    ),
    settings={"pass_percent": 75, "skill": "tracing", "days": 180},
)

CERTIFICATE = Page(
    "document",
    "quarantine_certificate",
    ("Quarantine certificate", "Certificat de quarantaine"),
    (
        Section(
            "text",
            ("Quarantine certificate", "Certificat de quarantaine"),
            (
                display(
                    "{given_name} {family_name}, born on {birth_date}, has been asked to stay at home from {valid_from} until {valid_until} included.",
                    "{given_name} {family_name}, né(e) le {birth_date}, a été prié(e) de rester à domicile du {valid_from} au {valid_until} inclus.",
                ),
                display(
                    "This certificate states no diagnosis. Issued on {issued_on} under number {document_number}.",
                    "Ce certificat ne mentionne aucun diagnostic. Délivré le {issued_on} sous le numéro {document_number}.",
                ),
            ),
        ),
    ),
    settings={"subject_app": "index_call"},
)
