"""The shape of what is typed: signing in, an account, a role, one's own settings, the audit filter."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from safar.accounts import presence
from safar.accounts.actions import Particulars
from safar.accounts.choices import Theme
from safar.accounts.models import Agency, Office, User
from safar.accounts.roles import ROLES
from safar.core import audit
from safar.core.node import country
from safar.core.permissions import Actor
from safar.reference.models import CrossingPoint
from safar.ui.forms import DateField


class SignInForm(LoginForm):  # type: ignore[misc]
    """Service number and password. The session ends with the browser, or with the shift."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Service number")
        self.fields["login"].widget.attrs["autofocus"] = True
        without_placeholders(self)

    def clean_login(self) -> str:
        """Return the number as it is stored: wrong passwords count by it, however it was typed."""
        typed = str(super().clean_login())
        known = User.objects.filter(username__iexact=typed).order_by("username")
        return known.values_list("username", flat=True).first() or typed.lower()


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("The password you have now")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
        self.fields["password2"].label = _("New password, once more")
        self.fields["password2"].help_text = ""
        without_placeholders(self)


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_placeholders(self)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The six digits of the app, or one of the spare codes. A wrong one is in the audit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self)

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)
        _record_wrong_code(self.user)


class CodeAgain(CodeAgainForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self)

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)
        _record_wrong_code(self.user)


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self)


def _code_field(form: forms.Form) -> None:
    form.fields["code"].label = _("Code")
    form.fields["code"].widget.attrs |= {"inputmode": "text", "class": "mono w-m"}
    without_placeholders(form)


def _record_wrong_code(user: User) -> None:
    from allauth.core import context

    presence.record(context.request, "accounts.second_factor", audit.REFUSED, about=user)


def without_placeholders(form: forms.Form) -> None:
    """Take out the grey texts inside fields: they vanish when typing begins."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class UserForm(forms.Form):
    """What an administrator enters of a user, all but the service number."""

    full_name = forms.CharField(label=_("Name"), max_length=120)
    rank = forms.CharField(label=_("Rank"), max_length=40, required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    phone = forms.CharField(label=_("Telephone at work"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    posts = forms.ModelMultipleChoiceField(
        CrossingPoint.objects.none(),
        label=_("Posts where this person serves"),
        help_text=_("None for headquarters."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = CrossingPoint.objects.visible_to(actor).filter(country=country(), in_use=True)
        self.fields["agency"].queryset = Agency.objects.visible_to(actor)  # type: ignore[attr-defined]
        self.fields["posts"].queryset = posts.order_by("code")  # type: ignore[attr-defined]

    def particulars(self) -> Particulars:
        given = self.cleaned_data
        return Particulars(
            full_name=given["full_name"],
            rank=given["rank"],
            agency=given["agency"],
            phone=given["phone"],
            language=given["language"],
            post_codes=tuple(post.code for post in given["posts"]),
        )


class NewUserForm(UserForm):
    username = forms.RegexField(
        r"^[\w.@-]+$",
        label=_("Service number"),
        help_text=_("With this the person signs in. It cannot be changed later."),
        max_length=60,
        error_messages={"invalid": _("Use letters, digits, and . - _ @ only.")},
    )
    field_order = ("username",)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("There is a user with this service number already."))
        return username


class AgencyForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=120)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Agency.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is an agency with this code already."))
        return code


class OfficeForm(forms.Form):
    """An office of an agency; its code begins the numbers of its cases."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    code = forms.RegexField(
        r"^[A-Z]{2,8}$",
        label=_("Code"),
        help_text=_("Two to eight capital letters, as in BIS. The numbers of its cases begin so."),
        max_length=8,
        error_messages={"invalid": _("Use two to eight capital letters.")},
    )
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.visible_to(actor)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Office.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is an office with this code already."))
        return code


class RoleForm(forms.Form):
    """A role to propose; roles that she has, or that wait for her, are not offered."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("The second administrator decides by this, and auditors read it."),
    )

    def __init__(self, *args: Any, standing: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (code, role.name) for code, role in ROLES.items() if code not in standing
        ]


class OwnForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Light"), choices=Theme.choices, widget=forms.RadioSelect)


class UnlockForm(forms.Form):
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


OUTCOMES = (
    ("", _("Any")),
    (audit.DONE, _("Done")),
    (audit.REFUSED, _("Refused")),
    (audit.OPENED, _("Opened")),
)


class AuditFilterForm(forms.Form):
    """Which rows of the audit to show; what is left empty does not narrow."""

    actor = forms.CharField(label=_("Who"), max_length=120, required=False)
    action = forms.CharField(
        label=_("What"),
        max_length=80,
        required=False,
        help_text=_("As it begins: border. or border.admit"),
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, required=False)
    target = forms.CharField(label=_("On what"), max_length=120, required=False)
    day = DateField(label=_("Day, in UTC"), required=False)
