"""Words that tell a title from an employer from a school from a place, in four languages.

They are cues with weights, not lists to look names up in: an unknown employer is told by where it stands and by
what the words beside it are.
"""

import re


def _any(words: str) -> str:
    return "|".join(re.escape(word).replace("_", r"\s").replace(r"\*", r"\w*") for word in words.split())


# The noun that a job title turns on.
TITLE_NOUN = re.compile(
    r"\b(?:"
    + _any("""
    engineer* developer* scientist* manager* analyst* architect* consultant* researcher* intern internship trainee
    director* officer president vice-president vp cto ceo cfo coo cio cmo ciso founder co-founder cofounder owner
    co-owner partner programmer* designer* administrator* admin specialist* associate assistant* lead leader head
    chief principal coordinator* technician* professor lecturer teacher tutor instructor fellow postdoc
    post-doc postdoctoral supervisor* strategist* editor writer author journalist translator nurse physician doctor
    accountant auditor attorney lawyer paralegal clerk cashier representative salesperson recruiter planner buyer
    operator mechanic electrician driver chef cook waiter waitress barista server bartender host hostess receptionist
    secretary librarian evangelist advocate tester mentor coach trainer expert advisor adviser contractor
     volunteer member apprentice statistician mathematician physicist chemist biologist
    economist modeler modeller quant trader broker banker underwriter actuary agent steward captain sergeant
    lieutenant major guard soldier cadet pilot inspector investigator examiner ambassador counselor
    counsellor therapist psychologist pharmacist surgeon resident dentist veterinarian caregiver producer artist
    animator illustrator photographer videographer musician actor curator conservator publisher copywriter marketer
    merchandiser stylist model maintainer contributor committer master staff sre devops sde swe mts
    grader reviewer scholar co-op ta ra internee student worker labourer laborer foreman surveyor draftsman fitter
    entwickler* ingenieur* softwareentwickler* softwareingenieur* wissenschaftler* informatiker* mitarbeiter* leiter*
    leiterin berater* beraterin praktikant* werkstudent* hilfskraft geschäftsführer* manager* assistent* referent*
    projektleiter* teamleiter* abteilungsleiter* gruppenleiter* doktorand* forscher* dozent* professor* lehrer*
    architekt* analyst* techniker* administrator* kaufmann kauffrau auszubildende* azubi trainee* sachbearbeiter*
    gründer* mitgründer* gesellschafter* redakteur* tutor* verkäufer* fachinformatiker* programmierer* tester*
    vorstand spezialist* koordinator* prüfer* betreuer* kellner* volontär* hiwi pfleger* krankenpfleger*
    ingénieur* développeur* développeuse* chercheur* chercheuse* directeur directrice responsable chef_de_projet
    chargé* consultant* stagiaire* technicien* analyste* architecte* enseignant* professeur* doctorant* alternant*
    apprenti* assistant* fondateur* fondatrice* gérant* adjoint* conseiller* conseillère* coordinateur* coordinatrice
    formateur* formatrice* vendeur* vendeuse* comptable rédacteur* rédactrice* concepteur* conceptrice* chef maître
    administrateur* administratrice* gestionnaire* attaché* secrétaire* infirmier* infirmière* data_scientist
    ingeniero* ingeniera* desarrollador* programador* investigador* director directora gerente jefe jefa
    responsable consultor* consultora analista* arquitecto* arquitecta* científico* científica* becario* becaria*
    practicante* técnico* técnica* profesor* profesora* docente* ayudante* asistente* coordinador* coordinadora*
    fundador* fundadora* cofundador* auxiliar* encargado* encargada* administrador* administrativo* especialista*
    líder asesor* vendedor* camarero* camarera* comercial abogado* contable médico* enfermero* diseñador*
    sviluppatore ingegnere ricercatore
    """)
    + r")\b"
    r"|\bjob title\b|\w*(?:entwickler|ingenieur|wissenschaftler|leiter|berater|mitarbeiter|assistent|architekt|"
    r"analyst|techniker|"
    r"referent|"
    r"informatiker|manager|praktikant|hilfskraft|pfleger|forscher|trainer|prüfer|meister|lehrer|redakteur|"
    r"konstrukteur|planer|"
    r"designer|spezialist|händler|verkäufer)(?:in)?\b",
    re.IGNORECASE,
)
SELF_EMPLOYED = re.compile(
    r"^(?:self[- ]employed|freelance(?:r)?|independent|selbst(?:st)?ändig|freiberuf\w*|indépendante?|autónom[oa]|"
    r"stealth\b.*)$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|several|deux|trois|quatre|cinq|zwei|drei|vier|fünf|dos|tres|cuatro|cinco)\s+\w",
    re.IGNORECASE,
)
TITLE_QUALIFIER = re.compile(
    r"\b(?:senior|sr\.?|junior|jr\.?|lead|staff|principal|chief|head of|full[- ]stack|front[- ]?end|back[- ]?end|"
    r"software|data|"
    r"machine learning|ml|ai|product|project|research|teaching|graduate|undergraduate|web|mobile|cloud|security|"
    r"systems|technical|deputy|interim|visiting|distinguished|founding|executive|stellv\.?|leitende[rs]?|"
    r"wissenschaftliche[rs]?|"
    r"studentische|chef|adjoint|II|III|IV|part[- ]time|full[- ]time)\b",
    re.IGNORECASE,
)
LEGAL_FORM = re.compile(
    r"(?:\b(?:inc|ltd|llc|llp|gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|corp|corporation|co|company|plc|pty|pvt|"
    r"private limited|limited|"
    r"s\.?a\.?s|s\.?a\.?r\.?l|s\.?a|s\.?l\.?u?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oyj?|ab|a/?s|aps|e\.?\s?v|se|kk|"
    r"k\.k|gk|sp\. z o\.o|"
    r"s\.?r\.?o|a\.?s|d\.?o\.?o|eirl|lda|ltda|& co|cie|eurl|sasu|bhd|sdn bhd)\.?)(?=$|[\s,.)(–-])",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:"
    + _any("""
    labs lab laboratory laboratories technologies technology systems solutions software consulting group holding
    holdings bank capital ventures partners services agency studio studios media networks network industries
    international global enterprises institute institut instituto foundation hospital clinic ministry department
    university universität université universidad college school academy center centre council association society
    museum press airlines motors pharma pharmaceuticals therapeutics biotech robotics semiconductor semiconductors
    energy insurance healthcare health logistics foods retail store restaurant café cafe hotel research
    analytics telecom telekom dynamics interactive entertainment games digital works werke werk fraunhofer
    max-planck planck helmholtz cnrs inria csic nasa cern government stadt bundesamt klinikum verlag stiftung verein
    banque groupe laboratoire hôpital mairie société agence cabinet ministère fundación ayuntamiento banco grupo
    hospital empresa ministerio agencia consultora laboratorio startup google microsoft amazon apple meta
    facebook netflix ibm intel nvidia oracle sap siemens bosch bmw daimler volkswagen siemens accenture deloitte
    kpmg pwc ey mckinsey bcg jpmorgan goldman uber airbnb spotify zalando linkedin twitter adobe salesforce cisco
    samsung sony huawei tencent alibaba bytedance tiktok openai deepmind anthropic stripe paypal tesla spacex boeing
    airbus thales orange renault capgemini atos telefónica telefonica bbva santander inditex infosys tcs wipro
    employer company cognizant aws github gitlab ericsson nokia philips asml roche novartis nestlé ubs
    """)
    + r")\b",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"\b(?:universit\w*|università|universidade?|universitat|university|univ\.?|uni|college|coll[eè]ge|school|"
    r"schule|\w*schule|"
    r"\w*gymnasium|institute|institut\w*|instituto|istituto|academy|academia|académie|akademie|polytechni\w*|"
    r"polit[eé]cnic\w*|"
    r"politechnika|politecnico|école|ecole|escuela|lyc[eé]e|facult\w*|facultad|fakultät|hochschule|fachhochschule|"
    r"berufsschule|"
    r"conservator\w*|seminary|iit|iiit|nit|eth|epfl|mit|caltech|ucla|ucl|kth|tu|lmu|rwth|kit|hpi|tum|fh|ens|hec|inria|"
    r"supélec|centralesupélec|insa|ensimag|upc|upm|uab|upv|unam|usp|nus|ntu|hkust|kaist|suny|cuny|lse|iut|cnam|"
    r"stanford|harvard|yale|princeton|oxford|cambridge|berkeley|cornell|columbia|sorbonne|bootcamp|coursera|"
    r"udacity|edx)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"(?<![\w.])(?:"
    r"(?:joint |double |dual |integrated |honou?rs )?"
    r"(?:bachelor|master|associate|doctor|licentiate|magister|mag)(?:['’]?s)?(?:['’])?(?:\s+degree)?"
    r"(?:\s+of\s+(?:applied\s+|fine\s+|natural\s+)?(?:science|sciences|arts?|engineering|technology|philosophy|"
    r"laws?|education|"
    r"business administration|business|commerce|medicine|music|computer applications|computer science|architecture|"
    r"social work|public health|public administration|public policy|research|design|nursing|divinity|statistics|"
    r"mathematics|"
    r"finance|accounting|management|economics|information systems|information technology|data science|letters|"
    r"computing|informatics)(?:\s*\((?:hons?|honou?rs)\.?\))?)?"
    r"|[sa]\.\s?[bm]\.|a\.?b\.?|sc\.\s?[bm]\.|b\.?\s?sc?\.?(?:\s?\(?(?:hons?|honou?rs)\.?\)?)?|"
    r"m\.?\s?sc?\.?(?:\s?\(?res\.?\)?)?|b\.?\s?a\.?|m\.?\s?a\.?|"
    r"b\.?\s?s\.?e\.?|"
    r"b\.?\s?eng\.?(?:\s?\(hons?\.?\))?|m\.?\s?eng\.?|b\.?\s?tech\.?|m\.?\s?tech\.?|b\.?e\.?|m\.?e\.?|"
    r"b\.?\s?com\.?|m\.?\s?com\.?|m\.?b\.?a\.?|"
    r"b\.?b\.?a\.?|b\.?c\.?a\.?|m\.?c\.?a\.?|b\.?\s?ed\.?|m\.?\s?ed\.?|b\.?f\.?a\.?|m\.?f\.?a\.?|ll\.?\s?b\.?|"
    r"ll\.?\s?m\.?|j\.?d\.?|m\.?\s?phil\.?|"
    r"m\.?\s?res\.?|m\.?s\.?e\.?|m\.?p\.?h\.?|m\.?p\.?a\.?|m\.?p\.?p\.?|m\.?i\.?m\.?|b\.?\s?arch\.?|m\.?\s?arch\.?|"
    r"b\.?a\.?sc\.?|m\.?a\.?sc\.?|"
    r"a\.?a\.?s?\.?|a\.?s\.?|ed\.?d\.?|psy\.?d\.?|m\.?\s?math\.?|m\.?\s?phys\.?|m\.?\s?chem\.?|m\.?comp\.?|"
    r"m\.?s\.?c\.?s\.?|b\.?s\.?c\.?s\.?|m\.?i\.?t\.?s\.?|"
    r"ph\.?\s?d\.?|d\.?\s?phil\.?|dr\.\s?(?:rer\.?\s?nat\.?|-?ing\.?|phil\.?|med\.?|rer\.?\s?pol\.?|jur\.?)|"
    r"m\.?d\.?|sc\.?d\.?|"
    r"dipl(?:om|\.)?[- ]?(?:ing\.?(?:\s?\(fh\))?|inf\.?|math\.?|phys\.?|kfm\.?|kff\.?|"
    r"psych\.?)?(?:[- ]?(?:ingenieur|informatiker|mathematiker|"
    r"physiker|kaufmann|psychologe|chemiker|biologe)(?:in)?)?|(?:fach)?abitur|(?:fach)?hochschulreife|staatsexamen|"
    r"promotion|habilitation|"
    r"mittlere reife|matura|magister(?: artium)?|"
    r"doctorat|doctorado|doctorate|licence(?: professionnelle)?|ma[iî]trise|ma[iî]trise|dut|bts|deug|dea|dess|cap|"
    r"classes? pr[eé]paratoires?|cpge|"
    r"baccalaur[eé]at|dipl[oô]me(?: d['’](?:ing[eé]nieur|[eé]tat|universit[eé]))?|mast[eè]re(?: sp[eé]cialis[eé])?|"
    r"titre d['’]ing[eé]nieur|"
    r"grado(?: superior)?|licenciatura|licenciad[oa]|ingenier[ií]a(?: t[eé]cnica| superior)?|"
    r"m[aá]ster(?: universitario)?|maestr[ií]a|"
    r"diplomatura|bachillerato|fp|ciclo formativo|t[eé]cnico superior|postgrado|laurea(?: magistrale)?|"
    r"high school(?: diploma)?|secondary school(?: diploma)?|ged|a[- ]levels?|gcses?|diploma|"
    r"post[- ]?graduate diploma|pgdip|pgce|"
    r"graduate certificate|postdoc\w*|international baccalaureate|ib diploma|hsc|ssc|cbse|minor"
    r")(?![\w])",
    re.IGNORECASE,
)
# Short abbreviations mean a degree only as capitals ("MA" but not "ma", "AS" but not "as").
SHORT_DEGREE = re.compile(r"^(?:[A-Z][A-Za-z]{0,3}\.?\s?){1,4}(?:\(.*\))?$")
EMPLOYMENT_KIND = re.compile(
    r"^\(?(?:full[- ]time|part[- ]time|contract|permanent|temporary|internship|apprenticeship|seasonal|"
    r"vollzeit|teilzeit|befristet|festanstellung|cdi|cdd|alternance|stage|temps plein|tiempo completo|"
    r"jornada completa|hybrid|on-?site|"
    r"vor ort|minijob)\)?$",
    re.IGNORECASE,
)
REMOTE = re.compile(
    r"^\(?(?:fully |100% )?(?:remote|homeoffice|home office|télétravail|remoto|teletrabajo|online|virtual|"
    r"worldwide)\)?$",
    re.IGNORECASE,
)
DURATION = re.compile(
    r"^[(·|]?\s*(?:\d+\+?\s*(?:years?|yrs?\.?|y|jahre?n?|ans?|années?|años?)(?:\s*(?:,|and|und|et|"
    r"y)?\s*\d+\s*(?:months?|mos?\.?|m|monate?n?|mois|meses?))?"
    r"|\d+\s*(?:months?|mos?\.?|monate?n?|mois|mes(?:es)?|weeks?|wochen?|semaines?|semanas?)|less than a year)\s*\)?$",
    re.IGNORECASE,
)
