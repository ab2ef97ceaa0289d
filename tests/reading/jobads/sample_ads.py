"""Job ads for the tests, and the vocabulary that they are read with."""

from assay.reading.model import Document
from assay.reading.vocabulary import Term, Vocabulary

VOCABULARY = Vocabulary(
    version="test",
    terms=(
        Term(name="Python", competency="python", is_tool=True),
        Term(name="R", competency="r", needs_context=True, is_case_sensitive=True, is_tool=True),
        Term(name="Java", competency="java", is_tool=True),
        Term(name="Go", competency="go", needs_context=True, is_tool=True),
        Term(name="SQL", competency="sql", is_tool=True),
        Term(name="PyTorch", competency="deep_learning", is_tool=True),
        Term(name="TensorFlow", competency="deep_learning", is_tool=True),
        Term(name="JAX", competency="deep_learning", is_tool=True),
        Term(name="deep learning", competency="deep_learning"),
        Term(name="machine learning", competency="machine_learning", aliases=("maschinelles Lernen", "ML")),
        Term(name="NLP", competency="nlp", aliases=("natural language processing",)),
        Term(name="Docker", competency="containers", is_tool=True),
        Term(name="Kubernetes", competency="containers", is_tool=True),
        Term(name="AWS", competency="cloud", is_tool=True),
        Term(name="Spark", competency="data_engineering", needs_context=True, is_tool=True),
        Term(name="communication", competency="communication", aliases=("communicate",)),
        Term(name="statistics", competency="statistics", aliases=("Statistik", "statistiques", "estadística")),
    ),
)

ENGLISH = """Senior Machine Learning Engineer (m/f/d) at Lumen Robotics
Berlin, Germany · Full-time · Hybrid

Lumen Robotics builds warehouse robots with AWS and Kubernetes. We raised $50M in 2024.

What you will do
- Own the ranking model from data to production within six months
- Train deep learning models with PyTorch
- Cut the cost of inference by half

What you bring
- 5+ years of experience with Python
- Strong knowledge of machine learning and statistics
- Experience with PyTorch, TensorFlow or JAX
- Basic knowledge of Docker; Kubernetes is a plus
- Master's degree in computer science or equivalent (no PhD needed)
- Fluent English; German B2 is a plus
- A link to your GitHub
- Valid work permit for the EU

Nice to have:
* NLP
* You must know SQL

What we offer
- €70,000 – €95,000 per year
- A learning budget of €2,000 and AWS certifications
- Java Island themed office

We are an equal opportunity employer and welcome people who communicate in any language.
"""

GERMAN = """Machine Learning Engineer (m/w/d)
Unternehmen: Nordlicht Analytics GmbH
Standort: Hamburg

Deine Aufgaben
• Du entwickelst Modelle mit Python und bringst sie in Produktion
• Du verantwortest die Datenpipelines

Dein Profil
• Mindestens 3 Jahre Berufserfahrung mit Python
• Fundierte Kenntnisse in Statistik
• Abgeschlossenes Studium der Informatik
• Sehr gute Deutschkenntnisse, Englisch fließend
• Wünschenswert: Docker
• Kubernetes von Vorteil

Wir bieten
• 60.000 - 75.000 € brutto im Jahr, Homeoffice möglich
• Weiterbildung in AWS
"""

FRENCH = """Ingénieure Machine Learning
Entreprise : Voltaire Santé
Lieu : Lyon

Vos missions
- Concevoir des modèles de deep learning pour l'imagerie

Profil recherché
- Maîtrise de Python et bonnes connaissances en statistiques
- Docker serait un plus
- Anglais courant
- Bac+5

Avantages
- Salaire : 45-55 k€ par an, télétravail
"""

SPANISH = """Ingeniera de Machine Learning
Empresa: Olivo Datos
Ubicación: Madrid

Responsabilidades
- Diseñar modelos de deep learning para clientes de energía

Requisitos
- 3 años de experiencia con Python
- Conocimientos básicos de estadística
- Inglés fluido
- Se valorará Docker

Ofrecemos
- Salario: 40.000 € - 50.000 € al año
"""


def document(text: str) -> Document:
    return Document(media_type="text/plain", text=text)
