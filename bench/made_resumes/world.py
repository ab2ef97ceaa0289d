"""Invented people of many countries as JSON Resume, with the dates as they would be written: nobody here exists.

Each entry carries ``x-shown``, its dates in the person's own way of writing them, for layouts that print text; layouts
that format dates themselves use ``startDate`` and ``endDate``. ``half`` parts the words into two that share no name,
employer, school, certificate or title of a paper, so that one can be tuned on and the other kept unseen.
"""

# ruff: noqa: E501 -- lists of invented words

from typing import Any, NamedTuple

import numpy as np

_NAMES = (
    "Nguyễn Văn Thành|vn +84 91 234 {0} {1}|Hà Nội, Vietnam",
    "Guðrún Sigurðardóttir|is +354 611 {0}{1}|Reykjavík, Iceland",
    "Abd al-Rahman Al-Masri|eg +20 100 123 {0}{1}|Cairo, Egypt",
    "María del Carmen Ortiz Zubizarreta|es +34 655 43 {0} {1}|Zaragoza, España",
    "Dr. Katharina von Hohenfels|de +49 (0)176 5551{0}{1}|Stuttgart",
    "bell amani|ke +254 722 45{0}{1}|Nairobi, Kenya",
    "PIETRO DELL'ACQUA|it +39 347 55{0} {1}8|Torino, Italia",
    "Saoirse Ní Dhomhnaill|ie +353 86 123 {0}{1}|Galway, Ireland",
    "Oleksandr Kovalchuk|ua +380 67 123 {0} {1}|Kyiv, Ukraine",
    "Anne-Sophie de La Tour|fr 06 47 12 {0} {1}|Bordeaux",
    "Joaquim Ferreira dos Santos|br +55 11 91234-{0}{1}|São Paulo, Brazil",
    "Hyun-woo Park|kr +82 10-2345-{0}{1}|Seoul, South Korea",
    "Mehmet Öztürk, PhD|tr +90 532 123 {0} {1}|Ankara, Turkey",
    "Lindiwe Dlamini|za +27 82 345 {0}{1}|Durban, South Africa",
    "Tove Nygård-Hansen|no +47 912 34 {0}{1}|Bergen, Norway",
    "Marek Jabłoński|pl +48 601 23{0} {1}5|Gdańsk, Poland",
    "Li Xiaoming|cn +86 138 1234 {0}{1}|Shenzhen, China",
    "Ayşe Kaya|de 0151 / 234 {0} {1}|Köln",
    "Thomas J. Whitfield III|us (312) 555-{0}{1}|Chicago, IL",
    "Francisca Muñoz Arriagada|cl +56 9 8765 {0}{1}|Santiago, Chile",
    "Phạm Thu Hương|vn +84 98 765 {0} {1}|Đà Nẵng, Vietnam",
    "Einar Þórsson|is +354 845 {0}{1}|Akureyri, Iceland",
    "Yusuf ibn Khalid Haddad|jo +962 79 123 {0}{1}|Amman, Jordan",
    "José Ignacio Herrero de la Fuente|es 612 98 {0} {1}|Valladolid",
    "Prof. Dr. Wolfram Seidel|de +49 89 5527{0}{1}|München",
    "nadia karimova|uz +998 90 123 {0} {1}|Tashkent, Uzbekistan",
    "GIULIA SANNA|it +39 333 12{0} {1}7|Cagliari, Italia",
    "Cathal Mac Giolla Bhríde|gb +44 7700 900{0}{1}|Belfast, UK",
    "Svetlana Petrova-Ilieva|bg +359 88 812 {0}{1}|Sofia, Bulgaria",
    "Jean-François L'Héritier|fr +33 (0)6 31 45 {0} {1}|Lille, France",
    "Ana Carolina Vasconcelos|pt +351 912 34{0} {1}6|Porto, Portugal",
    "Keiko Yamashita|jp +81 90-1234-{0}{1}|Osaka, Japan",
    "Vikram Chandrasekaran|in +91 98450 1{0}{1}|Chennai, India",
    "Chidinma Eze|ng +234 803 123 {0}{1}|Lagos, Nigeria",
    "Rasmus Kjær|dk +45 28 34 {0} {1}|Aarhus, Denmark",
    "Zuzana Hrušková|cz +420 602 12{0} {1}3|Brno, Czech Republic",
    "Chen Wei-Ting|tw +886 912 345 {0}{1}|Taipei, Taiwan",
    "Fatoumata Diallo|fr 07 81 22 {0} {1}|Marseille",
    'Robert "Bobby" Castellanos Jr.|us 415.555.{0}{1}|Oakland, CA',
    "Valentina Quispe Mamani|pe +51 987 65{0} {1}2|Lima, Peru",
)  # fmt: skip
_FIRMS = {
    "en": "Ardenvale Systems|Cobalt & Pine|Hearthstone Insurance Group|Oru|Wexley Instruments Ltd|Maple Grid, Inc.|Thornbury Council|Parallax Bio|inkwell.io|Fathom Freight|Larkspur Health Network|Sixfold|Juniper Cove Software|The Hollis Trust|Tansy Robotics|Granary|Echo Ridge Observatory|Pinnock Labs",
    "de": "Moorfeld Datentechnik GmbH|Uhlenbrock AG|Sternwarte Harzberg|Klinikum Osterweide|Tannhof Logistik SE|Bleikamp & Partner|Weserbogen Energie|Quarzwerk IT|Institut für Hafenforschung|Ahornblatt",
    "fr": "Brumes & Cie|Ateliers du Verdon SAS|Assurances Belmont|Numéria|CHU de Valmorin|Transports Garrigue|Papyrus Logiciels|Institut Laval|Groupe Sélène|Opaline",
    "es": "Cumbre Datos S.L.|Banco Miraflores|Hospital de la Ribera|Tejados Digitales|Grupo Encinar|Faro Azul|Logística Quebrada S.A.|Instituto Marítimo|Ventana|Semilla Labs",
}
_TITLES = {
    "en": "Senior Machine Learning Engineer|Data Scientist II|Platform Engineer|Research Assistant|Lead Data Engineer|Software Developer|Analytics Consultant|Head of Machine Learning|Site Reliability Engineer|Quality Analyst|Graduate Trainee|Product Owner|NLP Engineer|Systems Administrator|Data Science Intern|Chief Scientist|Technical Lead, Search|Solutions Architect",
    "de": "Softwareingenieurin|Leiter Datenplattform|Data Scientist|Wissenschaftliche Mitarbeiterin|Systemadministrator|Produktmanagerin|Werkstudent Datenanalyse|KI-Entwickler|Praktikant im Bereich Statistik|Technischer Projektleiter",
    "fr": "Ingénieure de données|Développeur full-stack|Responsable science des données|Chef de projet IA|Stagiaire recherche|Architecte cloud|Analyste statisticien|Doctorante|Technicien d’exploitation|Consultant décisionnel",
    "es": "Ingeniera de datos|Científica de datos sénior|Desarrollador de software|Responsable de analítica|Becaria de investigación|Arquitecto cloud|Analista funcional|Jefe de equipo|Técnico de sistemas|Profesora asociada",
}
_SCHOOLS = {
    "en": "University of Ardenvale|Wexley State University|Thornbury College of Technology|Royal Institute of Lowmoor|Hollis University|National University of Pinnock|Granary School of Economics|Larkspur Polytechnic",
    "de": "Universität Osterweide|Technische Hochschule Harzberg|Hochschule für Technik Moorfeld|TU Weserbogen|Ludwig-Uhlenbrock-Universität|Berufsakademie Tannhof",
    "fr": "Université de Valmorin|École Centrale du Verdon|Institut Polytechnique de Garrigue|Université Paris-Belmont|IUT de Sélène|École Normale de Laval",
    "es": "Universidad de Miraflores|Universidad Autónoma de la Ribera|Escuela Superior de Encinar|Universidad Técnica del Faro|Instituto Tecnológico de Quebrada|Universidad de Semilla",
}
_DEGREES = {
    "en": "BSc|MSc|PhD|Bachelor of Engineering|Master of Science|B.A.|MEng|Bachelor of Science",
    "de": "B.Sc.|M.Sc.|Bachelor of Engineering|Diplom|Dr.-Ing.|M.A.",
    "fr": "Licence|Master|Doctorat|Diplôme d’ingénieur|DUT|Master 2",
    "es": "Grado|Máster|Licenciatura|Doctorado|Máster Universitario|Ingeniería",
}
_AREAS = {
    "en": "Computer Science|Statistics|Mathematics|Electrical Engineering|Cognitive Science|Linguistics|Astrophysics|Operations Research",
    "de": "Informatik|Statistik|Mathematik|Elektrotechnik|Computerlinguistik|Physik",
    "fr": "Informatique|Statistique|Mathématiques|Génie électrique|Linguistique|Physique",
    "es": "Informática|Estadística|Matemáticas|Ingeniería Eléctrica|Lingüística|Física",
}
_TASKS = {
    "en": "Rebuilt the nightly ingestion so that late files no longer block reports|Cut cloud spend by 28% by moving training to spot machines|Ran the on-call rota for six services and halved its pages|Introduced offline evaluation before every release of the ranker|Taught a weekly clinic on causal inference for product managers|Shipped a text classifier that routes 9,000 letters a day with PyTorch and FastAPI|Wrote the hiring rubric now used by three teams",
    "de": "Umstellung der nächtlichen Verarbeitung auf Spark, Laufzeit von sechs auf zwei Stunden gesenkt|Einführung automatischer Tests für alle Datenpipelines|Betreuung von drei Auszubildenden und Planung ihrer Aufgaben|Entwicklung eines Klassifikators für Eingangspost mit Python|Abstimmung der Anforderungen mit Fachabteilungen",
    "fr": "Refonte des chaînes de traitement pour réduire le temps de calcul de moitié|Animation d’ateliers hebdomadaires sur la qualité des données|Mise en place de tests automatiques pour tous les modèles|Conception d’un classifieur de courriers avec Python et Docker|Suivi des indicateurs et rédaction des comptes rendus",
    "es": "Rediseño de la carga nocturna para que los ficheros tardíos no bloqueen los informes|Implantación de pruebas automáticas en todas las canalizaciones|Formación semanal sobre calidad de los datos para otros equipos|Creación de un clasificador de cartas con Python y Docker|Reducción del gasto en la nube en un 28 %",
}
_SKILLS = "Python|PyTorch|SQL|Docker|Kubernetes|Apache Spark|C++|Go|Airflow|TensorFlow|AWS|Git|Terraform|Rust|PostgreSQL|scikit-learn|Pandas|Java|Kafka|Linux|R|MLflow|FastAPI|Tableau|Bayesian statistics|Time series forecasting|Scala|Node.js|CI/CD|A/B testing"
_GROUPS = {
    "en": ("Languages & Frameworks", "Infrastructure", "Methods"),
    "de": ("Programmierung", "Infrastruktur", "Methoden"),
    "fr": ("Programmation", "Infrastructure", "Méthodes"),
    "es": ("Programación", "Infraestructura", "Métodos"),
}
_CERTIFICATES = "AWS Certified Solutions Architect – Associate|Certified Kubernetes Administrator|TensorFlow Developer Certificate|Professional Scrum Master I|Google Cloud Professional Data Engineer|Databricks Certified Data Engineer|Azure Data Scientist Associate|ITIL 4 Foundation|Certified Analytics Professional|Oracle Certified Java Programmer"
_ISSUERS = "Amazon Web Services|CNCF|Google|Scrum.org|Google|Databricks|Microsoft|PeopleCert|INFORMS|Oracle"
_PAPERS = "Sparse attention for river gauges|Calibrated forecasts under late labels|A corpus of handwritten invoices|How annotators drift|Ranking with partial feedback at small firms|Robust embeddings for dialect speech|Learning from cancelled orders|Graph sketches for freight networks|Counting seals from drones|When early stopping misleads"
_VENUES = "Journal of Applied Inference|Proceedings of DataWorks|Workshop on Quiet Data|Annals of Field Statistics|Transactions on Small Systems"
_TONGUES = {
    "en": "English|Native speaker|French|Professional working proficiency|Japanese|Elementary",
    "de": "Deutsch|Muttersprache|Englisch|C1|Spanisch|A2",
    "fr": "Français|Langue maternelle|Anglais|Courant|Allemand|Notions",
    "es": "Español|Lengua materna|Inglés|Avanzado|Portugués|B1",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
}
_LONG = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_NOW = {"en": ("present", "now", "Today"), "de": ("heute",), "fr": ("aujourd’hui", "présent"), "es": ("actualidad",)}
_SINCE = {"en": "since", "de": "seit", "fr": "depuis", "es": "desde"}
HEADINGS = {
    "en": "Profile|Work Experience|Education|Skills|Languages|Certifications|Publications|Interests",
    "de": "Profil|Berufserfahrung|Ausbildung|Kenntnisse|Sprachen|Zertifikate|Publikationen|Interessen",
    "fr": "Profil|Expérience professionnelle|Formation|Compétences|Langues|Certifications|Publications|Centres d’intérêt",
    "es": "Perfil|Experiencia profesional|Formación académica|Competencias|Idiomas|Certificaciones|Publicaciones|Intereses",
}
_KEYS = ("summary", "work", "education", "skills", "languages", "certificates", "publications", "interests")
_SUMMARIES = {
    "en": "I build forecasting and language systems that people can check, and I stay until they run without me.",
    "de": "Ich entwickle Vorhersagesysteme, die im Betrieb bestehen und deren Ergebnisse man nachprüfen kann.",
    "fr": "Je conçois des systèmes de prévision que l’on peut vérifier et qui tiennent en production.",
    "es": "Construyo sistemas de predicción que se pueden comprobar y que funcionan sin mí.",
}


class _Date(NamedTuple):
    year: int
    month: int

    @property
    def iso(self) -> str:
        return f"{self.year}-{self.month:02d}"


class _Hand:
    """How one person writes, and the chance behind what the person has done."""

    def __init__(self, *, seed: int, half: int, language: str) -> None:
        self.rng = np.random.default_rng([seed, half])
        self.half, self.language = half, language
        self.style = int(self.rng.integers(0, 8))
        self.dash = str(self.rng.choice([" – ", " - ", "–", " — "]))

    def several(self, options: str, count: int) -> list[str]:
        """Draw from this half's share of the words."""
        own = options.split("|")[self.half :: 2]
        return [str(own[i]) for i in self.rng.permutation(len(own))[:count]]

    def one(self, date: _Date) -> str:
        short, long = (table[self.language].split()[date.month - 1] for table in (_SHORT, _LONG))
        return (
            f"{date.month:02d}/{date.year}",
            f"{short} {date.year}",
            f"{long} {date.year}",
            f"{date.year}",
            f"{short.strip('.')} '{date.year % 100:02d}",
            f"{date.month:02d}.{date.year}",
            f"Q{(date.month + 2) // 3} {date.year}",
            f"{date.year}-{date.month:02d}",
        )[self.style]

    def shown(self, since: _Date, until: _Date | None) -> str:
        if until is not None:
            return self.one(since) + (" – " if self.style == 7 else self.dash) + self.one(until)
        if self.rng.random() < 0.4:
            return f"{_SINCE[self.language]} {self.one(since)}"
        now = str(self.rng.choice(_NOW[self.language]))
        return self.one(since) + (" – " if self.style == 7 else self.dash) + now


def invent(*, seed: int, half: int) -> dict[str, Any]:
    """One person as JSON Resume with ``x-…`` keys for how it is written; the same for the same seed and half."""
    names = _NAMES[half * 20 : half * 20 + 20]
    name, dial, place = names[seed % 20].split("|")
    code, phone = dial.split(" ", 1)
    language = {"de": "de", "fr": "fr", "es": "es", "cl": "es", "pe": "es"}.get(code, "en")
    hand = _Hand(seed=seed, half=half, language=language)
    plain = "".join(c for c in name.lower().split(",")[0] if (c.isascii() and c.isalpha()) or c == " ").split()
    plain = [word for word in plain if word not in {"dr", "prof"}]
    work, year = _work(hand)
    person: dict[str, Any] = {
        "basics": {
            "name": name,
            "label": work[0]["position"],
            "email": f"{plain[0]}.{plain[-1]}@{hand.several('postbox.example|mailhaus.example|brev.example|correo.example', 1)[0]}",
            "phone": phone.format(int(hand.rng.integers(10, 99)), int(hand.rng.integers(10, 99))),
            "url": f"https://{plain[-1]}.dev",
            "summary": _SUMMARIES[language],
            "location": {"city": place.split(",")[0], "countryCode": code.upper(), "address": place},
            "profiles": [
                {"network": site, "username": plain[0] + plain[-1], "url": f"https://{host}/{plain[0]}{plain[-1]}"}
                for site, host in (("LinkedIn", "linkedin.com/in"), ("GitHub", "github.com"))
            ],
        },
        "work": work,
        "education": _education(hand, year),
        "skills": _skills(hand),
        "languages": _languages(language),
        "certificates": _certificates(hand),
        "publications": _publications(hand) if hand.rng.random() < 0.5 else [],
        "interests": [{"name": "Chess"}, {"name": "Long-distance cycling"}],
        "x-language": language,
        "x-headings": dict(zip(_KEYS, HEADINGS[language].split("|"), strict=True)),
        "x-education-first": bool(hand.rng.random() < 0.3),
    }
    return person


def _work(hand: _Hand) -> tuple[list[dict[str, Any]], int]:
    firms, titles = (hand.several(table[hand.language], 6) for table in (_FIRMS, _TITLES))
    rows: list[dict[str, Any]] = []
    year, firm, at = 2026, 0, int(hand.rng.integers(1, 9))
    for number in range(int(hand.rng.integers(2, 6))):
        length = int(hand.rng.integers(1, 4))
        since = _Date(year - length, int(hand.rng.integers(1, 13)))
        until = None if number == 0 and hand.rng.random() < 0.75 else _Date(year - (number == 0), at)
        firm += 1 if number and hand.rng.random() < 0.75 else 0  # else promoted within the same employer
        rows.append(
            {
                "name": firms[firm % len(firms)],
                "position": titles[number % len(titles)],
                "location": _NAMES[int(hand.rng.integers(0, 40))].split("|")[2],
                "startDate": since.iso,
                **({"endDate": until.iso} if until else {}),
                "highlights": hand.several(_TASKS[hand.language], int(hand.rng.integers(1, 4))),
                "x-shown": hand.shown(since, until),
            }
        )
        year, at = since.year, since.month
    return rows, year


def _education(hand: _Hand, year: int) -> list[dict[str, Any]]:
    rows = []
    schools, degrees, areas = (hand.several(table[hand.language], 3) for table in (_SCHOOLS, _DEGREES, _AREAS))
    for number in range(int(hand.rng.integers(1, 4))):
        length = int(hand.rng.integers(2, 5))
        since, until = _Date(year - length, 9), _Date(year, 7)
        rows.append(
            {
                "institution": schools[number % len(schools)],
                "studyType": degrees[number % len(degrees)],
                "area": areas[number % len(areas)],
                "startDate": since.iso,
                "endDate": until.iso,
                "x-shown": hand.shown(since, until),
            }
        )
        year -= length
    return rows


def _skills(hand: _Hand) -> list[dict[str, Any]]:
    keywords = [str(word) for word in hand.rng.permutation(_SKILLS.split("|"))[:12]]
    return [{"name": group, "keywords": keywords[4 * i : 4 * i + 4]} for i, group in enumerate(_GROUPS[hand.language])]


def _languages(language: str) -> list[dict[str, str]]:
    words = _TONGUES[language].split("|")
    return [{"language": words[i], "fluency": words[i + 1]} for i in range(0, len(words), 2)]


def _certificates(hand: _Hand) -> list[dict[str, Any]]:
    names, issuers = _CERTIFICATES.split("|"), _ISSUERS.split("|")
    chosen = hand.several("|".join(map(str, range(len(names)))), int(hand.rng.integers(1, 4)))
    return [
        {"name": names[int(i)], "issuer": issuers[int(i)], "date": _Date(2019 + int(i) % 6, 5).iso, "x-shown": f"{2019 + int(i) % 6}"}
        for i in chosen
    ]  # fmt: skip


def _publications(hand: _Hand) -> list[dict[str, Any]]:
    return [
        {"name": title, "publisher": hand.several(_VENUES, 1)[0], "releaseDate": f"{2018 + i}-03-01", "x-shown": f"{2018 + i}"}
        for i, title in enumerate(hand.several(_PAPERS, int(hand.rng.integers(1, 4))))
    ]  # fmt: skip
