"""The routes of the review desk. Each asks for a right, but for signing in and out and the one-time link."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from pipeline.web.roles import Right
from pipeline.web.routes import route
from pipeline.web.views import account, adding, cases, files, letters, papers, people, sending, sheets, tasks, worklist

handler403 = sheets.forbidden
handler404 = sheets.not_found
handler500 = sheets.broken

urlpatterns = [
    route("", worklist.worklist, name="worklist", right=Right.LOOK),
    route("assign/", worklist.assign, name="assign", right=Right.ASSIGN),
    route("move/", worklist.move_many, name="move-many", right=Right.WORK),
    route("move/back/", worklist.undo_moves, name="undo-moves", right=Right.WORK),
    route("remark/", worklist.remark_many, name="remark-many", right=Right.WORK),
    route("views/", worklist.keep_view, name="keep-view", right=Right.LOOK),
    route("letters/", letters.letters, name="letters", right=Right.LOOK),
    route("letters/next/", letters.next_letter, name="next-letter", right=Right.LOOK),
    route("letters/add/", adding.letters, name="add-letters", right=Right.FILES),
    route("letters/samples/", adding.samples, name="samples", right=Right.FILES),
    route("letters/coming/", adding.coming, name="coming", right=Right.LOOK),
    route("letter/<slug:letter_id>/", letters.letter, name="letter", right=Right.LOOK),
    route("letter/<slug:letter_id>/unsaid/<int:section>/", letters.unsaid, name="unsaid", right=Right.LOOK),
    route("letter/<slug:letter_id>/field/<slug:name>/", letters.decide, name="decide", right=Right.DECIDE),
    route("letter/<slug:letter_id>/accept/", letters.accept, name="accept", right=Right.DECIDE),
    route("letter/<slug:letter_id>/undo/", letters.undo, name="undo", right=Right.DECIDE),
    route("letter/<slug:letter_id>/case/", letters.put_in_case, name="put-in-case", right=Right.DECIDE),
    route("letter/<slug:letter_id>/patient/", letters.link_patient, name="link-patient", right=Right.DECIDE),
    route("letter/<slug:letter_id>/page/<int:page>/", files.picture, name="picture", right=Right.LOOK),
    route("letter/<slug:letter_id>/text/<int:page>/", files.page_text, name="page-text", right=Right.LOOK),
    route("letter/<slug:letter_id>/words/", files.words, name="words", right=Right.LOOK),
    route("letter/<slug:letter_id>/boundaries/", files.boundaries, name="boundaries", right=Right.LOOK),
    route("letter/<slug:letter_id>/divide/", files.divide, name="divide", right=Right.DECIDE),
    route("task/<slug:task_id>/", tasks.task, name="task", right=Right.LOOK),
    route("task/<slug:task_id>/change/", tasks.change, name="change-task", right=Right.WORK),
    route("task/<slug:task_id>/paper/", adding.paper, name="add-paper", right=Right.WORK),
    route("task/<slug:task_id>/proof/", papers.keep, name="add-proof", right=Right.WORK),
    route("task/<slug:task_id>/kept/<slug:digest>/", papers.kept, name="kept", right=Right.FILES),
    route("task/<slug:task_id>/followed/", sending.follow_up, name="follow-up", right=Right.WORK),
    route("task/<slug:task_id>/packet/", sending.packet, name="packet", right=Right.WORK),
    route("task/<slug:task_id>/packet/files/", sending.download, name="packet-files", right=Right.FILES),
    route("task/<slug:task_id>/packet/fill/", sending.fill_gap, name="fill-gap", right=Right.SIGN),
    route("task/<slug:task_id>/packet/sign/", sending.sign_letter, name="sign", right=Right.SIGN),
    route("task/<slug:task_id>/location/", tasks.locate, name="locate", right=Right.DECIDE),
    route("task/<slug:task_id>/evidence/", tasks.evidence, name="evidence", right=Right.LOOK),
    route("case/<slug:case_id>/", cases.case, name="case", right=Right.LOOK),
    route("case/<slug:case_id>/confirm/", cases.confirm, name="confirm-case", right=Right.DECIDE),
    route("case/<slug:case_id>/split/", cases.split, name="split-case", right=Right.DECIDE),
    route("case/<slug:case_id>/merge/", cases.merge, name="merge-cases", right=Right.DECIDE),
    route("task/<slug:task_id>/remark/", tasks.remark, name="remark", right=Right.WORK),
    route("quarantine/", files.quarantine, name="quarantine", right=Right.LOOK),
    route("quarantine/<slug:document_id>/retry/", files.retry, name="retry", right=Right.FILES),
    route("quarantine/<slug:document_id>/original/", files.original, name="original", right=Right.FILES),
    route("morning/", sheets.morning, name="morning", right=Right.LOOK),
    route("calls/", sheets.calls, name="calls", right=Right.LOOK),
    route("reports/", sheets.reports, name="reports", right=Right.LOOK),
    route("reports/outcomes/", sheets.outcomes, name="outcomes", right=Right.LOOK),
    route("audit/", sheets.audit, name="audit", right=Right.AUDIT),
    route("people/", people.people, name="people", right=Right.PEOPLE),
    route("people/invite/", people.invite, name="invite", right=Right.PEOPLE),
    route("people/<int:user_id>/locations/", people.narrow, name="narrow", right=Right.PEOPLE),
    route("people/<int:user_id>/", people.change, name="change-person", right=Right.PEOPLE),
    route("account/", account.account, name="account", right=Right.LOOK),
    route("account/password/", account.PasswordView.as_view(), name="password", right=Right.LOOK),
    route("account/telephone/", account.enrolment, name="enrolment", right=Right.LOOK),
    route("account/telephone/on/", account.enrol, name="enrol", right=Right.LOOK),
    route("account/telephone/off/", account.take_off, name="take-off", right=Right.LOOK),
    route("code/", account.ask, name="second", right=Right.LOOK),
    route("code/show/", account.show, name="show-second", right=Right.LOOK),
    route("here/", account.here, name="here", right=Right.LOOK),
    path("login/", login_not_required(LoginView.as_view(template_name="web/login.html")), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("welcome/<uidb64>/<token>/", login_not_required(people.WelcomeView.as_view()), name="welcome"),
]
