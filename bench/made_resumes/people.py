"""Invented people in four languages: nobody here exists, and every employer is made up or generic."""

# ruff: noqa: E501 -- lists of invented words

from dataclasses import dataclass, field

import numpy as np

NAMES = [
    "Amara Okonkwo",
    "Björn Åkesson",
    "Zoë van der Meer",
    "Nguyễn Thị Hoa",
    "José Luis García Fernández",
    "Siobhán O'Connor",
    "Priya Raghunathan",
    "Łukasz Wiśniewski",
    "Mei-Ling Tan",
    "Fatima Al-Zahra",
    "Jean-Baptiste Lefèvre",
    "Anneliese Großmann",
    "Kwame Asante",
    "Yuki Tanaka",
    "María Ángeles Núñez",
    "Dmitri Volkov",
    "Ingrid Sørensen",
    "Çağla Yıldız",
    "Oluwaseun Adeyemi",
    "Hannah Weiß",
    "Rahul Deshpande",
    "Chloé Dubois",
    "Tomáš Dvořák",
    "Leila Haddad",
    "Samuel K. Mwangi",
    "Grace Mbatha",
    "Viktoria Steinbrecher",
    "Íñigo Etxeberria",
    "Anna-Lena Vogt",
    "Tariq Mahmood",
    "Beatriz da Silva",
    "Émile Carpentier",
    "Sofia Rossi",
    "Wei Zhang",
    "Aoife Byrne",
    "Noor Hussain",
    "Jürgen Krämer",
    "Ana Sofía Ruiz",
    "Henrik Lund",
    "Ravi Iyer",
    "Katarzyna Zielińska",
    "Omar Farouk",
    "Elif Demir",
    "Pedro Almeida",
    "Ines Moreau",
    "Gustav Holm",
    "Thandiwe Nkosi",
    "Max Brandt",
]
_COMPANIES = {
    "en": (
        "Lumora|Northwind Analytics|Kestrel Robotics Ltd|Brightwave Inc.|Tidepool|Fernhill Bank|Quantal Systems|Redleaf Health|"
        "Orchard & Vine|Pelagic Energy, Inc.|Sunder Labs|Halcyon|Vantage Point Consulting|Blue Heron|Meridian Therapeutics|Zephyr.ai|"
        "National Weather Office|University of Westmark|Glasswing|Copperfield Media Group|Oakhurst Hospital|Stellarware|PQR|Nimbus"
    ),
    "de": (
        "Lindwurm GmbH|Nordlicht Software AG|Kaltenbach & Söhne KG|Rheinwerk Robotik|Stadtwerke Musterheim|Isarbank|Falkenstein SE|"
        "Hafenlabor|Institut für Angewandte Optik|Bergmann Consulting GmbH|Grünspan|Technische Universität Ostmark|Silbertal AG"
    ),
    "fr": (
        "Clairval|Banque du Midi|Lumière Numérique SAS|Groupe Hexagone|Ateliers Rousseau|Océane Santé|Mistral Énergie|NovaPlume SARL|"
        "Laboratoire de Physique Appliquée|Voltige|Cabinet Delorme"
    ),
    "es": (
        "Olivar Tecnología S.L.|Banco del Sur|Grupo Almadraba|Nube Clara|Hospital San Telmo|Solaria Digital S.A.|Ibertrama|"
        "Consultora Vértice|Azulejo Labs"
    ),
}
_TITLES = {
    "en": (
        "Machine Learning Engineer|Senior Data Scientist|Software Engineer|Research Scientist|MLOps Engineer|Data Analyst|"
        "Backend Developer|Head of Data|Research Intern|Staff Software Engineer|Product Manager|Principal Engineer, Ranking|"
        "Computer Vision Engineer|Teaching Assistant|Engineering Manager|Co-Founder & CTO|Postdoctoral Researcher|"
        "Full-Stack Developer|Software Engineering Intern|Quantitative Researcher|Team Lead|VP of Engineering|Applied Scientist II"
    ),
    "de": (
        "Softwareentwickler|Datenwissenschaftlerin|Wissenschaftlicher Mitarbeiter|Teamleiterin Datenanalyse|Werkstudent|"
        "Entwicklungsingenieur|Praktikantin|Senior Data Engineer|Projektleiter|Machine Learning Engineer|Studentische Hilfskraft"
    ),
    "fr": (
        "Ingénieur logiciel|Développeuse Python|Data Scientist|Stagiaire en science des données|Chef de projet|"
        "Chercheuse postdoctorale|Architecte logiciel|Responsable de l’équipe données|Ingénieure en apprentissage automatique"
    ),
    "es": (
        "Ingeniera de software|Desarrollador backend|Científico de datos|Analista de datos|Becario de investigación|"
        "Jefa de proyecto|Ingeniero de aprendizaje automático|Consultora tecnológica"
    ),
}
_SCHOOLS = {
    "en": (
        "University of Westmark|Ashcombe University|Northern Institute of Technology|Queensbridge College|UC Redwood|MIT|"
        "Imperial School of Computing|State University of Ohio Valley|University of California, Berkeley|Caltech|Trinity College Dublin"
    ),
    "de": (
        "Technische Universität Ostmark|Universität Lindenau|RWTH Aachen|Hochschule Musterheim|LMU München|ETH Zürich|TU Darmstadt|"
        "Karlsruher Institut für Technologie|Goethe-Gymnasium"
    ),
    "fr": "Université de Clairval|École Polytechnique du Midi|INSA Lyon|Sorbonne Université|Université Grenoble Alpes|ENS Rennes",
    "es": "Universidad de Almadraba|Universidad Politécnica del Sur|Universitat de València|Universidad de Granada|Instituto Vértice",
}
_DEGREES = {
    "en": "BS|MS|PhD|B.Sc.|M.Sc.|Bachelor of Science|Master of Science|M.Eng.|Bachelor of Arts|MBA|Ph.D.|B.Tech",
    "de": "B.Sc.|M.Sc.|Bachelor of Science|Master of Science|Diplom|Dr. rer. nat.|Abitur|Promotion|M.Sc.",
    "fr": "Licence|Master|Diplôme d’ingénieur|Doctorat|Master 2|DUT",
    "es": "Grado|Máster|Licenciatura|Doctorado|Ingeniería Técnica",
}
_AREAS = {
    "en": "Computer Science|Statistics|Physics|Electrical Engineering|Applied Mathematics|Machine Learning|Economics|Data Science",
    "de": "Informatik|Mathematik|Physik|Wirtschaftsinformatik|Elektrotechnik|Maschinenbau",
    "fr": "Informatique|Mathématiques appliquées|Physique|Statistiques|Génie logiciel",
    "es": "Ingeniería Informática|Matemáticas|Física|Estadística|Telecomunicaciones",
}
_PLACES = {
    "en": "London, UK|Austin, TX|Boston, MA|Toronto, Canada|Dublin, Ireland|Bengaluru, India|Remote|Palo Alto, CA|Cape Town, South Africa",
    "de": "Berlin|München|Hamburg|Köln|Zürich, Schweiz|Wien|Karlsruhe|Leipzig",
    "fr": "Paris|Lyon, France|Grenoble|Toulouse|Genève, Suisse|Nantes",
    "es": "Madrid|Barcelona, España|Sevilla|Granada|Valencia|Bilbao",
}
_PHONES = {
    "en": "+1 415 555 {0}{1}|(512) 555-{0}{1}|+44 20 7946 {0}{1}|+1-617-555-{0}{1}|020 7946 {0}{1}",
    "de": "+49 30 9017{0}{1}|0171 55{0}{1}|+49 (0) 151 2345{0}{1}|030/9018{0}{1}",
    "fr": "+33 6 12 34 {0} {1}|06 98 76 {0} {1}|+33 (0)1 70 18 {0} {1}",
    "es": "+34 612 34 {0} {1}|612 34 {0} {1}|+34 91 123 {0} {1}",
}
_TASKS = {
    "en": (
        "Built a feature store that serves 40 models in production and cut training time by 35%.|"
        "Led migration of the ranking service to Kubernetes with no downtime|Mentored 4 engineers, two of them promoted within a year|"
        "Designed online experiments for the recommender, raising conversion by 3.2% in the 2021 holiday season|"
        "Reduced inference latency from 180 ms to 45 ms by distilling a transformer and quantising it to eight bits on commodity hardware|"
        "Wrote the data quality checks that 12 teams now use"
    ),
    "de": (
        "Aufbau einer Plattform für das Training von Modellen mit PyTorch und Kubernetes|Leitung eines Teams von fünf Personen|"
        "Verkürzung der Antwortzeit um 40 % durch Quantisierung und Umbau der Datenhaltung in mehreren Schritten|"
        "Entwicklung von Vorhersagemodellen für den Energiehandel"
    ),
    "fr": (
        "Mise en production d’un moteur de recommandation utilisé par deux millions de clients chaque jour|"
        "Encadrement de trois ingénieurs|Réduction des coûts de calcul de 30 % grâce à l’optimisation des modèles|"
        "Développement d’outils d’analyse en Python"
    ),
    "es": (
        "Desarrollo de modelos de detección de fraude con Python y Spark para millones de transacciones diarias|"
        "Coordinación de un equipo de cuatro personas|Reducción del tiempo de entrenamiento en un 35 %|Diseño de cuadros de mando"
    ),
}
_SKILLS = "Python|PyTorch|SQL|Docker|Kubernetes|Spark|C++|Go|Airflow|TensorFlow|AWS|Git|Terraform|Rust|PostgreSQL"
_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "de": ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    "fr": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    "es": ["ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic."],
}
_LONG_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
_NOW = {
    "en": "Present|present|Now|Current",
    "de": "heute|Heute",
    "fr": "aujourd’hui|présent",
    "es": "actualidad|Actualidad",
}
HEADINGS = {
    "en": {
        "summary": "Summary|Profile|About Me|Professional Summary",
        "work": "Experience|Work Experience|Professional Experience|Employment History|Employment",
        "education": "Education|Education and Training|Academic Background",
        "skills": "Skills|Technical Skills|Core Competencies",
        "languages": "Languages|Language Skills",
        "contact": "Contact|Details",
        "projects": "Projects|Personal Projects",
    },
    "de": {
        "summary": "Profil|Über mich",
        "work": "Berufserfahrung|Beruflicher Werdegang|Praktische Erfahrung",
        "education": "Ausbildung|Studium|Bildungsweg",
        "skills": "Kenntnisse|Fähigkeiten|IT-Kenntnisse",
        "languages": "Sprachen|Sprachkenntnisse",
        "contact": "Kontakt|Persönliche Daten",
        "projects": "Projekte",
    },
    "fr": {
        "summary": "Profil|À propos",
        "work": "Expérience professionnelle|Expériences|Parcours professionnel",
        "education": "Formation|Études|Diplômes",
        "skills": "Compétences|Compétences techniques",
        "languages": "Langues",
        "contact": "Contact|Coordonnées",
        "projects": "Projets",
    },
    "es": {
        "summary": "Perfil|Resumen",
        "work": "Experiencia|Experiencia laboral|Experiencia profesional",
        "education": "Educación|Formación académica|Formación",
        "skills": "Habilidades|Competencias",
        "languages": "Idiomas",
        "contact": "Contacto|Datos personales",
        "projects": "Proyectos",
    },
}
_LANGUAGE_LINES = {
    "en": ["English (native)", "French – B2"],
    "de": ["Deutsch: Muttersprache", "Englisch: C1"],
    "fr": ["Français : langue maternelle", "Anglais : courant"],
    "es": ["Español: nativo", "Inglés: C1"],
}
_SUMMARIES = {
    "en": "Engineer who ships measured machine learning. Seven years between research and production, at home in both.",
    "de": "Ingenieurin mit Erfahrung in Forschung und Betrieb von Modellen, die im Alltag bestehen müssen.",
    "fr": "Ingénieur passionné par les systèmes d’apprentissage en production et par la mesure de leur effet.",
    "es": "Profesional con experiencia en modelos que llegan a producción y en medir lo que aportan.",
}


@dataclass
class Job:
    """One employment as written."""

    employer: str
    title: str
    place: str
    dates: str
    tasks: list[str]


@dataclass
class Study:
    """One course of study as written."""

    school: str
    degree: str
    area: str
    place: str
    dates: str


@dataclass
class Person:
    """An invented person with everything that a layout may show."""

    name: str
    email: str
    phone: str
    place: str
    site: str
    handle: str
    headline: str
    summary: str
    jobs: list[Job]
    studies: list[Study]
    skills: list[str]
    languages: list[str]
    headings: dict[str, str]
    language: str
    extras: list[str] = field(default_factory=list)

    def truth(self) -> dict[str, object]:
        """Return what a reader should find, in the form of ``truth.json``."""
        return {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "companies": list(dict.fromkeys(job.employer for job in self.jobs)),
            "titles": [job.title for job in self.jobs],
            "institutions": [study.school for study in self.studies],
            "degrees": [study.degree for study in self.studies],
        }


def invent(*, seed: int, language: str) -> Person:
    """One person, the same for the same seed and language."""
    rng = np.random.default_rng([seed, sum(map(ord, language))])

    def pick(options: str) -> str:
        return str(rng.choice(options.split("|")))

    name = NAMES[seed % len(NAMES)]
    plain = "".join(char for char in name.lower() if char.isascii() and (char.isalpha() or char == " ")).split()
    handle = f"{plain[0]}{plain[-1]}" if plain else f"person{seed}"
    style = int(rng.integers(0, 7))
    year = 2025
    jobs = []
    titles = list(rng.permutation(_TITLES[language].split("|")))
    companies = list(rng.permutation(_COMPANIES[language].split("|")))
    for number in range(int(rng.integers(2, 5))):
        length = int(rng.integers(1, 4))
        start = (year - length, int(rng.integers(1, 13)))
        end = None if number == 0 and rng.random() < 0.7 else (year, int(rng.integers(1, 13)))
        year -= length
        tasks = list(rng.permutation(_TASKS[language].split("|")))[: int(rng.integers(1, 4))]
        jobs.append(
            Job(
                employer=str(companies[number]),
                title=str(titles[number]),
                place=pick(_PLACES[language]),
                dates=_dates(start, end, style, language, rng),
                tasks=[str(task) for task in tasks],
            )
        )
    studies = []
    schools = list(rng.permutation(_SCHOOLS[language].split("|")))
    for number in range(int(rng.integers(1, 4))):
        length = int(rng.integers(2, 5))
        degree = pick(_DEGREES[language])
        studies.append(
            Study(
                school=str(schools[number]),
                degree=degree,
                area="" if degree == "Abitur" else pick(_AREAS[language]),
                place=pick(_PLACES[language]).replace("Remote", "Boston, MA"),
                dates=_dates((year - length, 9), (year, 6), style, language, rng),
            )
        )
        year -= length
    tail = {"en": "com", "de": "de", "fr": "fr", "es": "es"}[language]
    return Person(
        name=name,
        email=f"{'.'.join(plain) or handle}@{pick('example|mailbox|post')}.{tail}",
        phone=pick(_PHONES[language]).format(int(rng.integers(10, 99)), int(rng.integers(10, 99))),
        place=pick(_PLACES[language]).replace("Remote", "Denver, CO"),
        site=f"{handle}.dev",
        handle=handle,
        headline=jobs[0].title,
        summary=_SUMMARIES[language],
        jobs=jobs,
        studies=studies,
        skills=[str(s) for s in rng.permutation(_SKILLS.split("|"))[:8]],
        languages=_LANGUAGE_LINES[language],
        headings={key: pick(options) for key, options in HEADINGS[language].items()},
        language=language,
    )


def _dates(
    start: tuple[int, int], end: tuple[int, int] | None, style: int, language: str, rng: np.random.Generator
) -> str:
    def one(date: tuple[int, int]) -> str:
        year, month = date
        return (
            f"{_MONTHS[language][month - 1]} {year}",
            f"{_LONG_MONTHS[language][month - 1]} {year}",
            f"{month:02d}/{year}",
            f"{year}",
            f"{month:02d}.{year}",
            f"{year}-{month:02d}",
            f"{_MONTHS[language][month - 1].strip('.')} ’{year % 100:02d}",
        )[style]

    dash = str(rng.choice([" – ", " - ", "–", " — "])) if style != 5 else " – "
    last = one(end) if end else str(rng.choice(_NOW[language].split("|")))
    return one(start) + dash + last
