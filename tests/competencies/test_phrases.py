"""What ordinary words must lead to, and what they must not: a false competency becomes a quoted claim."""

import pytest

from assay.competencies.catalogue import shipped_catalogue

# The skills that the hiring guide names, in its words, and the competency that each must lead to.
GUIDE = """
fluent in Python: python
engineers often use R for statistical analysis: r_language
Python, R and Java: python r_language java
Java: java
Scala and Spark: scala spark
experience with TensorFlow: tensorflow_keras
experience with PyTorch: pytorch
Scikit-learn: scikit_learn
version control systems such as Git: git
version control: git
Torch and Lua: pytorch
Redshift, Athena and Spark: data_warehousing spark
celery, flask and postgres: python sql
AML and KYC checks: domain_finance
Kafka Streams: streaming
collaborative development with Git: git
statistics: statistics
statistical analysis for data interpretation: statistics
hypothesis testing: statistics
linear algebra: linear_algebra
calculus: calculus_optimisation
gradient-based learning: calculus_optimisation
data preprocessing: data_preparation
data cleaning: data_preparation
data transformation: data_preparation
Hadoop and Spark: hadoop spark
effective data management practices: data_quality
deep learning: deep_learning
neural networks: deep_learning
convolutional neural networks: deep_learning
recurrent neural networks: sequence_models
natural language processing: nlp
sentiment analysis: nlp
conversational AI: nlp
text classification: nlp
language modeling: language_models
contextual analysis: nlp
computer vision: computer_vision
facial recognition: computer_vision
autonomous vehicles: computer_vision
image classification: computer_vision
object detection: computer_vision
model evaluation: evaluation_metrics
evaluation metrics: evaluation_metrics
precision and recall: evaluation_metrics
cross-validation: validation_design
model validation: validation_design
hyperparameter tuning: hyperparameter_tuning
model deployment: deployment
deploying models to production: deployment
AWS: aws
Azure: azure
Google Cloud: google_cloud
Docker: docker_kubernetes
product recommendations: recommender_systems
personalization: recommender_systems
predictive models: supervised_learning
machine learning algorithms: supervised_learning
communication skills: communication
explain results to non-technical stakeholders: communication
strong collaboration: collaboration
cross-functional teams: collaboration
problem-solving: problem_solving
critical thinking: problem_solving
adaptability: adaptability_learning
continuous learning: adaptability_learning
domain knowledge in healthcare: domain_healthcare
finance: domain_finance
retail: domain_retail
manufacturing: domain_manufacturing
transportation: domain_transport
healthcare, transportation, and security: domain_healthcare domain_transport domain_security
regulatory constraints: responsible_ai
text analytics for sentiment and context analysis: nlp
big data technologies: spark
data handling skills: data_preparation
data manipulation: data_preparation
models for sequential data: sequence_models
image processing: computer_vision
interpret visual data: computer_vision
accuracy metrics: evaluation_metrics
validation techniques: validation_design
statistical computing: statistics
mathematical and statistical expertise: statistics
maintain code quality: software_design
optimizing learning algorithms: supervised_learning
enhanced customer insights: product_business_sense
domain knowledge: product_business_sense
business goals: product_business_sense
integrating models into production systems: deployment
refine hyperparameters: hyperparameter_tuning
collaborative development: collaboration
explain complex technical concepts: communication
"""

# What must name none of the competencies behind the arrow; "*" for none at all.
ORDINARY = """
Used version control for all code: domain_finance
access control lists: domain_finance
controlling a robot arm: domain_finance
data bank of proteins: domain_finance
blood bank volunteer: *
payment of tuition fees: *
generous health insurance: *
a logistic model of growth: domain_transport
logistic regression: domain_transport
self-supervised pretraining: leadership_mentoring
semi-supervised methods: leadership_mentoring
weakly supervised segmentation: leadership_mentoring
supervised learning: leadership_mentoring
worked at the coach station: *
took the coach to London: *
a deep network for sums: docker_kubernetes
social network analysis: docker_kubernetes
neural network: docker_kubernetes
network of friends: *
shipping containers in the port of Rotterdam: *
docker in the port of Hamburg: *
thesis defense in June: *
my PhD defence: *
government grants for students: *
home security guard: *
prompt delivery of parcels: *
prompt replies to customers: language_models
the prompting of actors: *
a batch size of 64: model_optimisation
batch of cookies: *
distilled water: *
house price prediction: domain_retail
prices of flats: *
leakage current of transistors: *
factory method pattern: domain_manufacturing
car diagnostics: *
speech pathology: *
City Hospital: *
Canary Islands: *
canary birds: *
led an initiative against hunger: *
Boston Consulting Group: *
head of delegation: *
I excel at chess: *
excel in teamwork: numpy_pandas
a flask of water: *
a hive of bees: *
took the helm of the club: *
airflow in wind tunnels: *
bash the ball: *
a git who shouts: *
presto, it works: *
impala antelopes: *
a tableau by Rubens: *
snowflake patterns in winter: *
pinecone crafts: *
250 ML of water: *
spark interest in science: *
the R&D department: *
C major: *
island of Java: *
rust on the car: *
a swift response: *
ruby jewellery: *
react quickly to change: *
express delivery: *
spring term 2019: *
keynote speaker at a rotary club: *
scored 90 points per game: *
ran the kitchen of a restaurant: *
Franz Kafka and Thomas Mann: *
the Kafka novels: *
a film about Django Reinhardt: *
tickets for the Scala Theatre: *
ate celery and flax seeds: *
the redshift of distant galaxies: *
a superset of the rules: *
athena and other goddesses: *
carried the Olympic Torch: *
acute myeloid leukaemia (AML): domain_finance
relapse in AML patients: domain_finance
social security number: domain_security
network administrator: docker_kubernetes
loan of books from the library: *
transport studies: domain_transport
waiter, server and barista: *
an oil pipeline in Alaska: *
random walks in the forest: *
fine views of the cloud forest: *
distillation of whisky: *
reinforced concrete: *
search and rescue: *
attention to her garden: *
transformer substation repairs: *
deployment to Afghanistan with the army: *
lake house warehouse keys: *
prune the roses: *
"""


def _cases(table):
    return [(line.rpartition(": ")[0], line.rpartition(": ")[2].split()) for line in table.strip().splitlines()]


def _named(text):
    return {hit.term.competency for hit in shipped_catalogue().vocabulary().hits(text=text)}


@pytest.mark.parametrize(("phrase", "competencies"), _cases(GUIDE))
def test_every_skill_of_the_guide_leads_to_its_competency(phrase, competencies):
    known = {competency.id for competency in shipped_catalogue().competencies}
    assert set(competencies) <= known
    assert set(competencies) <= _named(phrase)


@pytest.mark.parametrize(("phrase", "competencies"), _cases(ORDINARY))
def test_ordinary_words_name_no_competency(phrase, competencies):
    known = {competency.id for competency in shipped_catalogue().competencies}
    forbidden = known if competencies == ["*"] else set(competencies)
    assert forbidden <= known
    assert _named(phrase) & forbidden == set()
