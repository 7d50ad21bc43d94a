"""Who is on the line, and whether it is the right person."""

from config.demo.writing import Ask, Section, choice, cue, line, when

RIGHT_PERSON = when(("right_person", "eq", True))

OPENING = Section(
    "opening",
    ("Opening", "Ouverture"),
    (
        Ask("text", "given_name", ("Given name", "Prénom"), fact="given_name", required=True),
        Ask(
            "text",
            "family_name",
            ("Family name", "Nom de famille"),
            fact="family_name",
            required=True,
        ),
        line(
            "Good day, this is the contact tracing service. Am I speaking with {given_name} {family_name}?",
            "Bonjour, ici le service de suivi des contacts. Est-ce bien {given_name} {family_name} à l’appareil ?",
        ),
        cue(
            "Say nothing about health before the identity is verified, not to relatives and not to a voicemail.",
            "Ne dites rien sur la santé avant d’avoir vérifié l’identité, ni à un proche ni sur une messagerie.",
        ),
        Ask(
            "yes_no",
            "right_person",
            ("Speaking with the right person", "La bonne personne est à l’appareil"),
            required=True,
        ),
        line(
            "Everything you tell me is confidential, and you are free not to answer. Is this a good moment?",
            "Tout ce que vous me dites est confidentiel et vous êtes libre de ne pas répondre. Est-ce un bon moment ?",
            RIGHT_PERSON,
        ),
        Ask(
            "yes_no",
            "good_moment",
            ("A good moment", "Un bon moment"),
            asked_when=RIGHT_PERSON,
            clearance="open",
        ),
        Ask(
            "choose_one",
            "spoken_language",
            ("Language of the call", "Langue de l’appel"),
            choices=(
                choice("en", "English", "anglais"),
                choice("fr", "French", "français"),
                choice("nl", "Dutch", "néerlandais"),
                choice("de", "German", "allemand"),
                choice("other", "another: interpreter", "autre : interprète"),
            ),
            asked_when=RIGHT_PERSON,
            clearance="open",
        ),
    ),
)

IDENTITY = Section(
    "identity",
    ("Identity", "Identité"),
    (
        line(
            "To be sure that I have the right file: what is your date of birth, and your postcode?",
            "Pour être sûr d’avoir le bon dossier : quelle est votre date de naissance, et votre code postal ?",
        ),
        cue(
            "Two of the three must agree before you go on.",
            "Deux des trois doivent correspondre avant de continuer.",
        ),
        Ask(
            "date",
            "birth_date",
            ("Date of birth", "Date de naissance"),
            fact="birth_date",
            required=True,
        ),
        Ask(
            "text",
            "postcode",
            ("Postcode", "Code postal"),
            hint=("Four digits", "Quatre chiffres"),
            settings={"pattern": "[1-9][0-9]{3}"},
        ),
        Ask(
            "national_number",
            "national_number",
            ("National number", "Numéro national"),
            fact="national_number",
        ),
        Ask("phone", "phone", ("Mobile number", "Numéro de mobile"), fact="phone", required=True),
        Ask(
            "yes_no",
            "identity_verified",
            ("Identity verified", "Identité vérifiée"),
            required=True,
        ),
    ),
    asked_when=RIGHT_PERSON,
)
