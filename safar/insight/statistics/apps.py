from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "safar.insight.statistics"
    label = "statistics"
