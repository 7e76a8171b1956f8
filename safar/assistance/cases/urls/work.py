"""The addresses of daily work: my day, cases, tasks, follow-ups, services, plans, placements."""

from django.urls import path

from safar.assistance.cases.views import (
    case,
    following,
    leading,
    my_day,
    opening,
    placing,
    planning,
    serving,
    tasks,
)

urlpatterns = [
    path("my-day", my_day.my_day, name="my_day"),
    path("", my_day.cases, name="cases"),
    path("open", opening.open_case, name="open_case"),
    path("placements", placing.placements, name="placements"),
    path("placements/<uuid:key>/end", placing.end, name="placement_end"),
    path("<uuid:key>", case.case, name="case"),
    path("<uuid:key>/why", case.why, name="why"),
    path("<uuid:key>/everything", case.everything, name="everything"),
    path("<uuid:key>/change", leading.change, name="case_change"),
    path("<uuid:key>/move/<slug:name>", leading.move, name="case_move"),
    path("<uuid:key>/hand-over", leading.hand_over, name="hand_over"),
    path("<uuid:key>/cover", leading.cover, name="cover"),
    path("<uuid:key>/cover/<uuid:user>/end", leading.end_cover, name="end_cover"),
    path("<uuid:key>/tasks/new", tasks.add, name="task_add"),
    path("tasks/<uuid:key>", tasks.task, name="task"),
    path("tasks/<uuid:key>/begin", tasks.begin, name="task_begin"),
    path("tasks/<uuid:key>/finish", tasks.finish, name="task_finish"),
    path("tasks/<uuid:key>/reopen", tasks.reopen, name="task_reopen"),
    path("<uuid:key>/follow-ups/new", following.add, name="follow_up_add"),
    path("follow-ups/<uuid:key>", following.follow_up, name="follow_up"),
    path("follow-ups/<uuid:key>/attempt", following.attempt, name="follow_up_attempt"),
    path("follow-ups/<uuid:key>/close", following.close, name="follow_up_close"),
    path("<uuid:key>/services", serving.services, name="services"),
    path("<uuid:key>/services/new", serving.add, name="service_add"),
    path("services/<uuid:key>/take-back", serving.take_back, name="service_take_back"),
    path("<uuid:key>/plans/new", planning.add, name="plan_add"),
    path("plans/<uuid:key>", planning.plan, name="plan"),
    path("plans/<uuid:key>/items/new", planning.add_item, name="plan_item_add"),
    path("plans/<uuid:key>/submit", planning.submit, name="plan_submit"),
    path("plan-items/<uuid:key>/remove", planning.remove_item, name="plan_item_remove"),
]
