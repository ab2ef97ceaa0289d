"""The words by which the parts of a résumé are headed, in English, German, French and Spanish."""

import re
import unicodedata
from functools import lru_cache

from assay.reading.model import SectionKind

_WORDS: dict[SectionKind, str] = {
    SectionKind.CONTACT: """
        contact|contacts|contact info|contact information|contact details|get in touch|personal|personal data
        personal details|personal info|personal information|personalia|about me & contact|details
        kontakt|kontaktdaten|persönliche daten|persönliches|persönliche angaben|angaben zur person|zur person
        personal profile & contact|coordonnées|informations personnelles|état civil|contacto|datos personales
        datos de contacto|información personal|información de contacto|links|find me online|online|social|profiles
        websites|web|websites & profiles|websites, portfolios, profiles|find me|websites and social links""",
    SectionKind.SUMMARY: """
        summary|professional summary|executive summary|career summary|profile|professional profile|about|about me
        objective|career objective|professional objective|personal statement|personal profile|introduction|intro
        summary of qualifications|qualifications summary|overview|who i am|bio|biography|career profile|in short
        career overview|career highlights summary|statement|professional statement|research statement|mission
        profil|kurzprofil|über mich|zusammenfassung|ziel|berufsziel|kurzvorstellung|profil professionnel|à propos
        à propos de moi|résumé professionnel|résumé|présentation|objectif|objectif professionnel|perfil
        perfil profesional|resumen|resumen profesional|sobre mí|acerca de mí|objetivo|objetivo profesional
        extracto|presentación|welcome|hello""",
    SectionKind.EMPLOYMENT: """
        experience|experiences|work experience|work experiences|professional experience|professional experiences
        employment|employment history|work history|employment experience|job history|career|career history
        professional background|professional history|work|positions|positions held|appointments|academic positions
        academic appointments|academic experience|industry experience|research experience|relevant experience
        related experience|teaching experience|internships|internship|internship experience|additional experience
        other experience|further experience|selected experience|key experience|recent experience|prior experience
        previous experience|earlier experience|previous employment|current employment|work background
        engineering experience|technical experience|software experience|consulting experience|leadership experience
        professional and research experience|work and research experience|research and work experience|jobs
        military experience|clinical experience|freelance|freelance experience|freelance work|professional career
        professional employment|industrial experience|experience & research|research & work experience
        career experience|career summary & experience|employment record|where i've worked|work life|vocational
        berufserfahrung|berufserfahrungen|beruflicher werdegang|berufliche erfahrung|berufliche erfahrungen
        berufspraxis|beruf|werdegang|praktika|praktikum|praktische erfahrung|praktische erfahrungen|anstellungen
        berufliche laufbahn|berufliche stationen|stationen|arbeitserfahrung|tätigkeiten|berufstätigkeit
        wissenschaftliche tätigkeit|berufliche tätigkeiten|nebentätigkeiten|beschäftigung|wissenschaftlicher werdegang
        expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel
        parcours|emplois|carrière|stages|stages et emplois|stage|expériences de recherche|expérience de travail
        experiencia|experiencias|experiencia laboral|experiencia profesional|historial laboral|trayectoria
        trayectoria profesional|empleo|empleos|prácticas|experiencia de trabajo|trayectoria laboral""",
    SectionKind.EDUCATION: """
        education|educational background|academic background|academic history|academics|academic qualifications
        education and training|education & training|education & qualifications|education and qualifications
        educational qualifications|education history|formal education|qualifications|academic education|studies
        degrees|schooling|university education|training & education|higher education|academic record
        educational details|academic details|academic profile|academic credentials|scholastic record
        bildung|ausbildung|bildungsweg|bildungsgang|schulbildung|studium|akademische ausbildung|schule
        akademischer werdegang|ausbildung und studium|studium und ausbildung|schul- und berufsausbildung
        aus- und weiterbildung|ausbildung & studium|studium & ausbildung|schulische ausbildung|hochschulbildung
        bildung und ausbildung|hochschulausbildung|ausbildungen|formation|formations|formation académique|études
        diplômes|parcours scolaire|parcours académique|scolarité|formation et diplômes|cursus|cursus universitaire
        diplômes et formations|formation universitaire|éducation|educación|formación|formación académica|estudios
        estudios realizados|educación y formación|formación universitaria|titulación""",
    SectionKind.SKILLS: """
        skills|technical skills|core skills|key skills|skills & tools|skills and tools|technologies|competencies
        core competencies|key competencies|technical competencies|expertise|areas of expertise|technical expertise
        tech stack|technical stack|programming|programming skills|programming languages|computer skills|it skills
        software|software skills|tools|tools & technologies|tools and technologies|languages and technologies
        languages & technologies|technical proficiencies|proficiencies|technical|skill set|skillset|strengths
        skills & expertise|professional skills|hard skills|soft skills|technical knowledge|skills summary
        additional skills|other skills|relevant skills|digital skills|digital competence|job-related skills
        organisational skills|communication skills|abilities|capabilities|specialties|specialities|stack
        professional skills & expertise|engineering skills|personal skills|technology|technical summary|top skills
        computer skills & competences|organisational / managerial skills|skills & abilities|core qualifications
        qualifications & skills|technical skills & interests|technologies & tools|personal skills and competences
        kenntnisse|fähigkeiten|kompetenzen|fachkenntnisse|it-kenntnisse|edv-kenntnisse|edv|technische kenntnisse
        kenntnisse und fähigkeiten|kenntnisse & fähigkeiten|technische fähigkeiten|fachliche kompetenzen
        programmierkenntnisse|programmiersprachen|besondere kenntnisse|qualifikationen|stärken|werkzeuge
        fähigkeiten und kenntnisse|weitere kenntnisse|technologien|compétences|compétences techniques
        compétences clés|compétences informatiques|informatique|savoir-faire|outils|logiciels|savoir-être
        langages de programmation|habilidades|competencias|conocimientos|aptitudes|competencias técnicas
        habilidades técnicas|informática|herramientas|conocimientos técnicos|tecnologías|conocimientos informáticos
        destrezas""",
    SectionKind.PROJECTS: """
        projects|personal projects|selected projects|side projects|key projects|open source|open-source
        open source projects|open source contributions|academic projects|research projects|notable projects
        project experience|technical projects|portfolio|relevant projects|independent projects|course projects
        software projects|university projects|featured projects|major projects|project work|hackathons
        open source & projects|projects & open source|projects and open source|student projects|my projects
        projekte|eigene projekte|ausgewählte projekte|projekterfahrung|private projekte|projektarbeit
        forschungsprojekte|projets|projets personnels|projets académiques|projets de recherche|réalisations
        proyectos|proyectos personales|proyectos académicos|proyectos destacados""",
    SectionKind.PUBLICATIONS: """
        publications|selected publications|papers|research papers|journal articles|conference papers|publication
        conference proceedings|publications & talks|publications and talks|publications and presentations|preprints
        books|articles|refereed publications|peer-reviewed publications|patents|patents & publications
        publications and patents|publications & patents|talks|presentations|invited talks|conferences|research output
        talks & publications|selected papers|list of publications|theses|thesis|master thesis|phd thesis|speaking
        publikationen|veröffentlichungen|ausgewählte publikationen|vorträge|patente|konferenzen|abschlussarbeit
        abschlussarbeiten|masterarbeit|dissertation|brevets|conférences|communications|publications scientifiques
        publicaciones|ponencias|patentes|artículos|conferencias|tesis""",
    SectionKind.CERTIFICATES: """
        certifications|certificates|certification|licenses|licenses & certifications|licenses and certifications
        certifications & licenses|certifications and licenses|courses|training|trainings|professional development
        professional training|continuing education|courses & certifications|courses and certifications|accreditations
        training & certifications|trainings & certifications|training and certifications|relevant coursework
        coursework|course work|certifications & training|certifications and training|online courses|credentials
        certificates & courses|further education|workshops|certificates and training|professional certifications
        certificates & training|summer schools|zertifikate|zertifizierungen|weiterbildung|weiterbildungen
        fortbildung|fortbildungen|kurse|lehrgänge|schulungen|weiterbildung und zertifikate|zertifikate & kurse
        weiterbildung & zertifikate|zertifikate und weiterbildungen|certificats|formations complémentaires
        formation continue|certificaciones|certificados|cursos|cursos y certificaciones|formación complementaria""",
    SectionKind.LANGUAGES: """
        languages|language skills|language proficiency|language|spoken languages|foreign languages|known languages
        mother tongue and other languages|language competencies|sprachen|sprachkenntnisse|fremdsprachen|langues
        compétences linguistiques|langues étrangères|langues parlées|idiomas|lenguas|conocimiento de idiomas""",
    SectionKind.AWARDS: """
        awards|honors|honours|honors & awards|honors and awards|awards & honors|awards and honors|achievements
        accomplishments|key achievements|scholarships|distinctions|prizes|awards & achievements|grants|fellowships
        awards and achievements|selected honors|recognition|honors & scholarships|awards & scholarships|honours & awards
        scholarships & awards|scholarships and awards|grants and awards|awards and grants|fellowships and awards
        honors & achievements|achievements & awards|awards & recognition|awards & certifications|most proud of
        auszeichnungen|preise|stipendien|auszeichnungen und stipendien|erfolge|preise und auszeichnungen|ehrungen
        stipendien und auszeichnungen|prix|prix et distinctions|récompenses|bourses|premios|logros|becas
        reconocimientos|premios y becas|honores|extracurricular achievements""",
    SectionKind.VOLUNTEERING: """
        volunteering|volunteer|volunteer experience|volunteer work|volunteerism|voluntary work|community
        community service
        leadership|leadership & activities|leadership and activities|activities|extracurricular activities
        extracurriculars|extra-curricular activities|involvement|community involvement|service|professional service
        academic service|memberships|affiliations|professional affiliations|professional memberships|organizations
        program committees|teaching|mentoring|service & outreach|outreach|leadership & involvement|extracurricular
        professional activities|societies|campus involvement|activities & leadership|activities and leadership
        volunteering & leadership|volunteer & leadership|leadership and volunteering|extracurricular activity
        student activities|social engagement|ehrenamt|ehrenamtliches engagement|engagement|ehrenamtliche tätigkeiten
        mitgliedschaften|außeruniversitäres engagement|gesellschaftliches engagement|lehre|soziales engagement
        bénévolat|engagements|engagement associatif|activités|vie associative|associations
        activités extra-professionnelles|activités bénévoles|voluntariado|actividades|actividades extracurriculares""",
    SectionKind.INTERESTS: """
        interests|hobbies|hobbies & interests|hobbies and interests|interests & hobbies|personal interests|passions
        interests and hobbies|research interests|areas of interest|other interests|activities & interests|fun facts
        activities and interests|a day of my life|my life philosophy|interessen|hobbys|hobbies und interessen
        interessen und hobbys|freizeit|forschungsinteressen|interessen & hobbys|persönliche interessen
        centres d'intérêt|loisirs|centres d’intérêt|intérêts|passions et loisirs|intereses|aficiones|pasatiempos""",
    SectionKind.REFERENCES: """
        references|referees|recommendations|testimonials|professional references|referenzen|empfehlungen|références
        recommandations|referencias|recomendaciones""",
    SectionKind.OTHER: """
        miscellaneous|other|additional information|additional|further information|additional info|misc|others|extra
        other information|availability|declaration|signature|sonstiges|verschiedenes|weiteres|weitere angaben
        zusätzliche informationen|autres|divers|informations complémentaires|otros|otros datos|información adicional
        citizenship|work permit|driving licence|driving license|führerschein|permis|what i offer|notes|appendix""",
}
_LOOK_UP: dict[str, SectionKind] = {}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents, signs and double blanks: the form in which vocabularies are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("ß", "ss")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = plain.replace("&", " and ").replace("+", " and ").replace("’", "'")
    return " ".join(re.sub(r"[^\w'\s-]", " ", plain).split()).strip("-' _")


for _kind, _block in _WORDS.items():
    for _phrase in re.split(r"[|\n]", _block):
        if _phrase.strip():
            _LOOK_UP.setdefault(folded(_phrase), _kind)

_KEYWORDS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b"))
    for kind, words in (
        (SectionKind.VOLUNTEERING, (r"volunteer\w*|extracurricular\w*|leadership|memberships?|ehrenamt\w*|"
         r"benevolat|service")),
        (SectionKind.PROJECTS, r"projects?|projekte?|projets?|proyectos?|open[ -]source"),
        (SectionKind.PUBLICATIONS, (r"publications?|publikationen|veroffentlichungen|publicaciones|patents?|"
         r"talks|papers")),
        (SectionKind.CERTIFICATES, (r"certificat\w*|certificac\w*|zertifi\w*|courses?|coursework|trainings?|"
         r"weiterbildung\w*")),
        (SectionKind.AWARDS, (r"awards?|honou?rs|scholarships?|achievements?|auszeichnungen|stipendien|"
         r"distinctions|premios")),
        (SectionKind.EMPLOYMENT, (r"experiences?|employment|work history|berufserfahrung|werdegang|"
         r"experiencia|career|praktika")),
        (SectionKind.EDUCATION, r"education|academic|ausbildung|studium|bildung|formation|formacion|etudes|estudios"),
        (SectionKind.SKILLS, (r"skills?|technolog\w+|competenc\w+|kenntnisse|fahigkeiten|kompetenzen|"
         r"competencias|tools")),
        (SectionKind.LANGUAGES, r"languages?|sprachen|langues|idiomas"),
        (SectionKind.INTERESTS, r"interests?|hobb\w+|interessen|loisirs|intereses"),
        (SectionKind.REFERENCES, r"references?|referenzen|referencias"),
        (SectionKind.SUMMARY, r"summary|profile|about|objective|profil|perfil|resumen"),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def heading_kind(*, text: str) -> SectionKind | None:
    """Return the part that a line heads, if the whole line is a known heading; None for any other line."""
    if len(text) > 60 or not text:
        return None
    return _LOOK_UP.get(folded(text))


def heading_kind_by_keyword(*, text: str) -> SectionKind | None:
    """Return the part named by a word inside a line already known to be a heading by its type."""
    plain = folded(text)
    for kind, pattern in _KEYWORDS:
        if pattern.search(plain):
            return kind
    return None
