"""The property that carries our stamp on an event, and the restrictions that find it."""

from oncetui.exchange.operations.payloads import Element, element

_PROPERTY = {
    "PropertySetId": "aa824480-e261-474e-a978-b9bbeee9993c",
    "PropertyName": "Booking",
    "PropertyType": "String",
}


def stamp_field() -> Element:
    """Return the name of the property, as shapes, restrictions and changes want it."""
    return element("t:ExtendedFieldURI", **_PROPERTY)


def stamp_property(text: str) -> Element:
    """Return the property with a value."""
    return element("t:ExtendedProperty", stamp_field(), element("t:Value", text=text))


def stamp_begins_with(text: str) -> Element:
    """Return the restriction for stamps that begin with a text."""
    return element(
        "t:Contains",
        stamp_field(),
        element("t:Constant", Value=text),
        ContainmentMode="Prefixed",
        ContainmentComparison="Exact",
    )
