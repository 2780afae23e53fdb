"""The routes of the review page. Each needs a login, but for the login itself and the first admin's link."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from pipeline.web.views import FirstAdminView, task_page, worklist

urlpatterns = [
    path("", worklist, name="worklist"),
    path("task/<slug:task_id>/", task_page, name="task"),
    path("login/", login_not_required(LoginView.as_view(template_name="web/login.html")), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("first/<uidb64>/<token>/", login_not_required(FirstAdminView.as_view()), name="first-admin"),
]
