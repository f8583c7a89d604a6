"""Texts as committees write them, with the provisions that they serve: any of those named is right.

Made by hand before the suggestions were tried on them; the right answer is a reading, not a measure."""

# (language, text, [(framework, provision), …])
TEXTS = [
    ("en", "Two seats for women in every local peace council", [("UNSCR-1325", "1"), ("UNSCR-1325", "8b")]),
    (
        "en",
        "A women's desk in the police station and a referral path for survivors of rape",
        [("UNSCR-1325", "10"), ("UNSCR-1325", "8c"), ("UNSCR-1820", "13"), ("SDG", "5.2")],
    ),
    (
        "en",
        "Train police officers and soldiers on the rights and needs of women",
        [("UNSCR-1325", "6"), ("UNSCR-1325", "7")],
    ),
    ("en", "Street and market lighting so that women walk home safely", [("SDG", "11.7")]),
    (
        "en",
        "Women traders form savings groups and get loans for their business",
        [("SDG", "5.a"), ("SDG", "1.4"), ("SDG", "8.5")],
    ),
    (
        "en",
        "Early-warning group of women and youth that reports signs of conflict",
        [("UNSCR-2250", "3"), ("BEIJING-E", "E.3"), ("CD-NAP-2", "2.2"), ("UNSCR-1325", "8b")],
    ),
    ("en", "End child marriage and female genital mutilation in the villages", [("SDG", "5.3")]),
    (
        "en",
        "Legal aid so that perpetrators of sexual violence are brought to court",
        [("UNSCR-1325", "11"), ("UNSCR-1820", "4"), ("SDG", "16.3"), ("CD-NAP-2", "3.2")],
    ),
    (
        "en",
        "Collect small arms and light weapons in the district",
        [("SDG", "16.4"), ("CD-NAP-2", "2.5"), ("BEIJING-E", "E.2")],
    ),
    (
        "en",
        "Former female fighters are helped to return to civilian life",
        [("UNSCR-1325", "13"), ("UNSCR-2250", "5")],
    ),
    (
        "en",
        "Displaced women in camps have safe toilets and light",
        [("UNSCR-1325", "12"), ("BEIJING-E", "E.5"), ("AU-MAPUTO", "11")],
    ),
    ("en", "More women stand as candidates in local elections", [("CEDAW", "7"), ("SDG", "5.5")]),
    (
        "en",
        "Stop the trafficking of girls across the border",
        [("CEDAW", "6"), ("SDG", "5.2"), ("SDG", "16.2")],
    ),
    ("en", "Women get title to land and can inherit property", [("SDG", "5.a"), ("SDG", "1.4")]),
    ("en", "Women farmers in the villages take part in the district development plan", [("CEDAW", "14")]),
    (
        "fr",
        "Les femmes siègent dans les comités locaux de prévention et de résolution des conflits",
        [("UNSCR-1325", "1"), ("UNSCR-1325", "8b"), ("CD-NAP-2", "1.1")],
    ),
    ("fr", "Mettre en place un mécanisme communautaire d'alerte précoce", [("CD-NAP-2", "2.2")]),
    (
        "fr",
        "Prise en charge médicale et psychosociale des survivantes de violences sexuelles",
        [("UNSCR-1820", "13"), ("UNSCR-1325", "10"), ("CD-NAP-2", "3.2"), ("CEDAW", "12"), ("SDG", "5.2")],
    ),
    (
        "fr",
        "Former les policiers et les militaires aux droits des femmes",
        [("UNSCR-1325", "6"), ("UNSCR-1325", "7")],
    ),
    (
        "fr",
        "Lutter contre l'impunité des auteurs de viols devant les tribunaux",
        [("UNSCR-1325", "11"), ("UNSCR-1820", "4"), ("CD-NAP-2", "3.2")],
    ),
    (
        "fr",
        "Réduire la circulation des armes légères dans la province",
        [("CD-NAP-2", "2.5"), ("SDG", "16.4")],
    ),
    ("fr", "Empêcher le recrutement des enfants par les groupes armés", [("CD-NAP-2", "2.3")]),
    (
        "fr",
        "Les femmes commerçantes du marché obtiennent un crédit et augmentent leurs revenus",
        [("CD-NAP-2", "4.2"), ("SDG", "5.a"), ("SDG", "1.4"), ("SDG", "8.5"), ("UNSCR-1889", "10")],
    ),
    ("fr", "Faire connaître la résolution 1325 par la radio communautaire", [("CD-NAP-2", "2.1")]),
    (
        "fr",
        "Un édit provincial contre toutes les formes de discrimination envers les femmes",
        [("CEDAW", "2"), ("SDG", "5.1"), ("SDG", "5.c"), ("SDG", "16.b")],
    ),
    ("fr", "Réinsertion des jeunes sortis des groupes armés", [("UNSCR-2250", "5"), ("UNSCR-1325", "13")]),
    (
        "fr",
        "Les femmes déplacées sont protégées dans les camps",
        [("UNSCR-1325", "12"), ("BEIJING-E", "E.5"), ("AU-MAPUTO", "11"), ("CD-NAP-2", "3.1")],
    ),
    (
        "fr",
        "Porter à 30 % la part des femmes dans les instances de décision du territoire",
        [("CD-NAP-2", "1.2"), ("UNSCR-1325", "1"), ("SDG", "5.5"), ("CD-NAP-2", "1.1")],
    ),
    ("fr", "Sensibiliser les hommes pour changer les mentalités et les stéréotypes", [("CEDAW", "5")]),
    ("fr", "Accès des femmes rurales aux semences et à la planification du développement", [("CEDAW", "14")]),
    (
        "fr",
        "Un budget communal qui finance les besoins des femmes",
        [("UNSCR-1889", "9"), ("UNSCR-1325", "7"), ("UNSCR-1325", "8a")],
    ),
    (
        "es",
        "Las mujeres participan en las mesas de negociación de paz",
        [
            ("UNSCR-1325", "2"),
            ("UNSCR-1325", "8"),
            ("UNSCR-1325", "8b"),
            ("UNSCR-1889", "1"),
            ("CO-NAP-1", "SO1"),
        ],
    ),
    ("es", "Reparación y verdad para las víctimas del conflicto", [("CO-NAP-1", "SO4")]),
    (
        "es",
        "Atención psicosocial y salud mental para mujeres del municipio",
        [("CO-NAP-1", "SO2"), ("CEDAW", "12")],
    ),
    (
        "es",
        "Una vida libre de violencia: casa de acogida para mujeres",
        [("CO-NAP-1", "SO3"), ("SDG", "5.2")],
    ),
    ("es", "Protección de lideresas donde hay grupos armados", [("CO-NAP-1", "SO5")]),
    (
        "es",
        "Mujeres campesinas con acceso a la tierra y al crédito",
        [("SDG", "5.a"), ("SDG", "1.4"), ("CEDAW", "14")],
    ),
    ("es", "Prevenir el reclutamiento de niños y niñas", [("SDG", "16.2"), ("CO-NAP-1", "SO5")]),
    ("es", "Calles y parques seguros, con alumbrado, para mujeres y niñas", [("SDG", "11.7")]),
    (
        "es",
        "Más mujeres en el concejo municipal y en cargos de decisión",
        [("UNSCR-1325", "1"), ("SDG", "5.5"), ("CEDAW", "7"), ("CO-NAP-1", "SO1"), ("SDG", "16.7")],
    ),
    (
        "es",
        "Jóvenes constructores de paz en los barrios",
        [("UNSCR-2250", "3"), ("UNSCR-2250", "4"), ("UNSCR-2250", "1")],
    ),
]

# What is offered beside the resolutions: the National Action Plan of a country of that language.
NAPS = {"en": ["UG-NAP-3", "CD-NAP-2"], "fr": ["CD-NAP-2"], "es": ["CO-NAP-1"]}
