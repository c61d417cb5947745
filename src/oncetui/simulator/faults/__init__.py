"""What can be made to go wrong: named faults with values, played until they are taken back or used up.

`table.py` lists them all; each acts at one or more of the moments that `fault.py` names.
"""
