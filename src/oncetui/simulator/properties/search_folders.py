"""What a search folder searches for, as a request says it."""

from lxml import etree

from oncetui.simulator.addressing import folder_target
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.folder import SavedSearch
from oncetui.simulator.properties.paths import item_path
from oncetui.simulator.properties.restrictions import read_restriction
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.world import Mailbox


def read_search(call: Call, owner: Mailbox, folder: Element) -> SavedSearch:
    """Return the search of a SearchFolder element; folders of other mailboxes are left out."""
    parameters = reading.needed(folder, "SearchParameters")
    traversal = parameters.get("Traversal", "Shallow")
    if traversal not in {"Shallow", "Deep"}:
        raise reading.violation(parameters, f"The 'Traversal' attribute '{traversal}' is unknown.")
    matches = read_restriction(reading.needed(parameters, "Restriction"), item_path)
    targets = [folder_target(call, base) for base in reading.needed_list(parameters, "BaseFolderIds")]
    numbers = tuple(target.folder.number for target in targets if target.owner is owner)
    text = etree.tostring(parameters, encoding="unicode", with_tail=False)
    return SavedSearch(text, numbers, traversal == "Deep", matches)
