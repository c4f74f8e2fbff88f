"""What holds for every test."""

from hypothesis import HealthCheck, settings

# How fast anything runs is measured in benchmarks: a busy machine fails no test.
settings.register_profile("sgtui", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sgtui")
