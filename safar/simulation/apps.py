from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "safar.simulation"
    label = "simulation"
