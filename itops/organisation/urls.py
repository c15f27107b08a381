"""Addresses of signing in, the first steps and the work calendars."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from itops.organisation.pages import calendars, first_steps, own_account, password, signing_in

app_name = "organisation"
urlpatterns = [
    path("sign-in/", signing_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/once/<str:token>/", signing_in.sign_in_once, name="sign_in_once"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("password/", password.Password.as_view(), name="password"),
    path("account/", own_account.account, name="account"),
    path("account/second-factor/", own_account.second_factor, name="second_factor"),
    path("account/other-sessions/", own_account.other_sessions, name="other_sessions"),
    path("account/tokens/new/", own_account.new_token, name="new_token"),
    path("account/tokens/<int:pk>/revoke/", own_account.end_token, name="end_token"),
    path("first-steps/county/", first_steps.first_county, name="first_county"),
    path("first-steps/county/another/", first_steps.another_county, name="another_county"),
    path("first-steps/account/", first_steps.first_account, name="first_account"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/days/", calendars.save_day, name="save_day"),
    path("calendars/<int:pk>/days/<str:day>/remove/", calendars.drop_day, name="drop_day"),
    path("calendars/<int:pk>/holidays/", calendars.add_holidays, name="add_holidays"),
]
