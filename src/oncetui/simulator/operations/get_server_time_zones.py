"""GetServerTimeZones: the time zones that the server knows, with their rules."""

from oncetui.simulator.calendars.zone_rules import Change, YearRules, display_name, rules_of
from oncetui.simulator.calendars.zones import UnknownZoneError, Zone, windows_names
from oncetui.simulator.call import Call
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.messages import response, success
from oncetui.simulator.soap.writing import attribute, duration


def answer(call: Call) -> str:
    """Return the zones that the request names, all of them without names; unknown names are left out."""
    ids = reading.child(call.operation, "Ids")
    names = windows_names() if ids is None else tuple(reading.content(one) for one in reading.children(ids))
    full = call.operation.get("ReturnFullTimeZoneData", "true") in {"true", "1"}
    year = call.now().year
    content = "".join(_definition(zone, year, full=full) for zone in map(_zone, names) if zone is not None)
    definitions = f"<m:TimeZoneDefinitions>{content}</m:TimeZoneDefinitions>"
    return response("GetServerTimeZones", [success("GetServerTimeZones", definitions)])


def _zone(name: str) -> Zone | None:
    try:
        return Zone.of_windows(name)
    except UnknownZoneError:
        return None


def _definition(zone: Zone, year: int, *, full: bool) -> str:
    rules = rules_of(zone, year)
    head = (
        f"<t:TimeZoneDefinition Id={attribute(zone.windows_id)} Name={attribute(display_name(zone, rules))}"
    )
    return f"{head}>{_rules_xml(zone, rules)}</t:TimeZoneDefinition>" if full else f"{head}/>"


def _rules_xml(zone: Zone, rules: YearRules) -> str:
    prefix = f"trule:Microsoft/Registry/{zone.windows_id}/1"
    standard = _period(rules, f"{prefix}-Standard", "Standard")
    if rules.to_daylight is None or rules.to_standard is None:
        transition = f'<t:Transition><t:To Kind="Period">{prefix}-Standard</t:To></t:Transition>'
        group = f'<t:TransitionsGroup Id="0">{transition}</t:TransitionsGroup>'
        periods = standard
    else:
        periods = standard + _period(rules, f"{prefix}-Daylight", "Daylight")
        changes = _change(rules.to_daylight, f"{prefix}-Daylight") + _change(
            rules.to_standard, f"{prefix}-Standard"
        )
        group = f'<t:TransitionsGroup Id="0">{changes}</t:TransitionsGroup>'
    return (
        f"<t:Periods>{periods}</t:Periods><t:TransitionsGroups>{group}</t:TransitionsGroups>"
        '<t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions>'
    )


def _period(rules: YearRules, identifier: str, name: str) -> str:
    offset = rules.standard if name == "Standard" else rules.daylight
    return f'<t:Period Bias="{duration(-offset)}" Name="{name}" Id={attribute(identifier)}/>'


def _change(change: Change, target: str) -> str:
    return (
        f'<t:RecurringDayTransition><t:To Kind="Period">{target}</t:To>'
        f"<t:TimeOffset>{duration(change.time)}</t:TimeOffset><t:Month>{change.month}</t:Month>"
        f"<t:DayOfWeek>{DAYS[change.weekday]}</t:DayOfWeek><t:Occurrence>{change.week}</t:Occurrence>"
        "</t:RecurringDayTransition>"
    )
