"""What holds for every test."""

from hypothesis import HealthCheck, settings

# Two loaded cores make single examples slow; that says nothing about the rule under test.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
