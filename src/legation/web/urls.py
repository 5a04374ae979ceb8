"""Every address of the desk. A room keeps its own; sign-in is allauth's two views."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

to_me = RedirectView.as_view(pattern_name="desk:me")  # the passkeys stand on the officer's page

urlpatterns = [
    path("", include("legation.desk.urls")),
    path("notices/", include("legation.notices.urls")),
    path("drafts/", include("legation.officers.urls")),
    path("", include("legation.missions.urls")),
    path("persons/", include("legation.missions.persons.urls")),
    path("language/", login_not_required(set_language), name="language"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("me/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/passkeys/", to_me, name="mfa_index"),
    path("me/passkeys/list/", to_me, name="mfa_list_webauthn"),
    path("", include("legation.officers.door_urls")),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
]

handler400 = "legation.web.errors.bad_request"
handler403 = "legation.web.errors.forbidden"
handler404 = "legation.web.errors.not_found"
handler429 = "legation.web.errors.too_many"
