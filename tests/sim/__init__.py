"""The line under every fault at once: seeded schedules over the real core and its storage.

python -m sim --schedules 2000          # from tests/, or `make sim`
python -m sim --seed 4711               # replay one, step by step
"""
