"""Runs in a box: the entry file as a program, with the box's libraries and the work folder importable."""

import runpy
import sys

sys.argv = sys.argv[1:]
sys.path[:0] = ["/work"]
sys.path.append("/opt/site")
runpy.run_path(sys.argv[0], run_name="__main__")
