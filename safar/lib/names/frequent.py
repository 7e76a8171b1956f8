"""Which parts of a name are so frequent that sharing one says little?"""

from typing import Final

from safar.lib.names.letters import plain
from safar.lib.names.skeleton import skeleton

_SPELLED: Final = """
muhammad ahmad ahmed mahmud hasan hassan husain husayn hussein ali omar umar usman yusuf ibrahim
ismail abdullah abdulla abdul abd abu khan shah said sayid sayed seyed haji mullah mulla sheikh
mustafa karim khalid salim hamid rashid jamal kamal jamil saleh salih abdurrahman abdulrahman
muhammadi hosseini husseini ahmadi mohammadi reza rahman
aleksandr sergei andrei dmitri vladimir aleksei nikolai mikhail igor oleg yuri viktor ivan
elena olga natalia tatiana irina svetlana anna maria
nurlan bakyt azamat ulan akmal jasur sardor aziz rustam timur farhod firdavs daler
jose luis juan carlos maria miguel antonio francisco jesus
"""
_TITLES: Final = """
mullah mulla maulavi mawlawi molvi qari haji hajji hafiz hafez sheikh shaykh cheikh dr doctor
sayyid sayed seyed sayid syed ustad imam emir amir abu umm ould mr
"""
TITLES: Final = frozenset(skeleton(plain(word)) for word in _TITLES.split())
FREQUENT: Final = frozenset(skeleton(plain(word)) for word in _SPELLED.split())
