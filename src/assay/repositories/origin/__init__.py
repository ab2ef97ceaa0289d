"""How a stranger's repository becomes a fresh bare repository of ours, with none of its configuration."""
