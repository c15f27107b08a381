"""Addresses of signing in, accounts and roles, the first steps and the work calendars."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from itops.organisation.pages import (
    access_records,
    account_deeds,
    accounts,
    calendars,
    first_steps,
    own_account,
    password,
    role,
    roles,
    signing_in,
    signing_on,
)

app_name = "organisation"
urlpatterns = [
    path("sign-in/", signing_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/once/<str:token>/", signing_in.sign_in_once, name="sign_in_once"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-in/elsewhere/", signing_on.sign_on, name="sign_on"),
    path("sign-in/elsewhere/back/", signing_on.signed_on, name="signed_on"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("password/", password.Password.as_view(), name="password"),
    path("account/", own_account.account, name="account"),
    path("account/second-factor/", own_account.second_factor, name="second_factor"),
    path("account/other-sessions/", own_account.other_sessions, name="other_sessions"),
    path("account/tokens/new/", own_account.new_token, name="new_token"),
    path("account/tokens/<int:pk>/revoke/", own_account.end_token, name="end_token"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new_account"),
    path("accounts/<int:pk>/", accounts.account_of, name="account_of"),
    path("accounts/<int:pk>/edit/", accounts.edit_account, name="edit_account"),
    path("accounts/<int:pk>/roles/", accounts.give_role, name="give_role"),
    path("accounts/<int:pk>/roles/<int:grant>/take/", accounts.take_role, name="take_role"),
    path("accounts/<int:pk>/link/", account_deeds.let_in, {"by_what": "link"}, name="hand_out_link"),
    path(
        "accounts/<int:pk>/password/", account_deeds.let_in, {"by_what": "password"}, name="hand_out_password"
    ),
    path("accounts/<int:pk>/<slug:name>/", account_deeds.deed, name="account_deed"),
    path("roles/", roles.roles, name="roles"),
    path("roles/new/", role.new_role, name="new_role"),
    path("roles/<int:pk>/", role.role, name="role"),
    path("roles/<int:pk>/delete/", role.drop_role, name="drop_role"),
    path("roles/<int:pk>/second-factor/", roles.second_factor_of_role, name="second_factor_of_role"),
    path("access-records/", access_records.access_records, name="access_records"),
    path("first-steps/county/", first_steps.first_county, name="first_county"),
    path("first-steps/county/another/", first_steps.another_county, name="another_county"),
    path("first-steps/account/", first_steps.first_account, name="first_account"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/days/", calendars.save_day, name="save_day"),
    path("calendars/<int:pk>/days/<str:day>/remove/", calendars.drop_day, name="drop_day"),
    path("calendars/<int:pk>/holidays/", calendars.add_holidays, name="add_holidays"),
]
