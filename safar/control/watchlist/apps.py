from django.apps import AppConfig


class WatchlistConfig(AppConfig):
    name = "safar.control.watchlist"
    label = "watchlist"
