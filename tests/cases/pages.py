"""Pages of the wing as somebody signed in finds them."""

from django.test import Client
from django.urls import reverse

from tests.makers.accounts import authenticator_app, code_now, sign_in


def signed_in(who):
    client = Client()
    sign_in(client, who)
    return client


def signed_in_with_app(who):
    secret = authenticator_app(who)
    client = signed_in(who)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    return client


def at(name, *args):
    return reverse(f"cases:{name}", args=args)


def text(answer):
    return answer.content.decode()
