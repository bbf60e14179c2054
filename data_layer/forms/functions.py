"""The functions of the ODK XForms specification that look at their arguments only.

The meaning is that of https://getodk.github.io/xforms-spec/#xpath-functions; where ODK's engine
differs from it, the specification wins (tests/odk/differences.json has each case).
Those that look at where they stand (position, once, instance, ...) are in placed.py. Left out are
random, randomize and uuid, which say something else at each look, and what asks for more than a
form of ours has: digest, area, distance, pulldata, times of day.
"""

from types import MappingProxyType
from typing import Final

from data_layer.forms.date_functions import DATES
from data_layer.forms.function import Functions
from data_layer.forms.number_functions import NUMBERS
from data_layer.forms.text_functions import TEXTS

FUNCTIONS: Final[Functions] = MappingProxyType({**TEXTS, **NUMBERS, **DATES})
