"""Mathematics only: no Django, disk, network, clock or chance. See ``docs/science``."""
