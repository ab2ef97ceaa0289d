"""The map: families, competencies, levels with behavioural anchors, terms, versions."""
