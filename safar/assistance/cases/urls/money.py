"""The addresses of payments, purchases and budgets."""

from django.urls import path

from safar.assistance.cases.views import budgets, grants, payments, purchases

urlpatterns = [
    path("payments", payments.payments, name="payments"),
    path("payments/<uuid:key>", payments.payment, name="payment"),
    path("payments/<uuid:key>/paid", payments.payment_paid, name="payment_paid"),
    path("payments/<uuid:key>/reconcile", payments.payment_reconcile, name="payment_reconcile"),
    path("payments/<uuid:key>/back", payments.payment_give_back, name="payment_give_back"),
    path("approvals/<uuid:key>/sign", payments.approval_sign, name="approval_sign"),
    path("approvals/<uuid:key>/decline", payments.approval_decline, name="approval_decline"),
    path("approvals/<uuid:key>/withdraw", payments.approval_withdraw, name="approval_withdraw"),
    path("<uuid:key>/money", grants.case_money, name="case_money"),
    path("<uuid:key>/grant", grants.grant_add, name="grant_add"),
    path("grants/<uuid:key>/ceiling", grants.grant_ceiling, name="grant_ceiling"),
    path("grants/<uuid:key>/close", grants.grant_close, name="grant_close"),
    path("grants/<uuid:key>/payment", grants.payment_add, name="payment_add"),
    path("grants/<uuid:key>/purchase", purchases.purchase_add, name="purchase_add"),
    path("purchases/<uuid:key>", purchases.purchase, name="purchase"),
    path("purchases/<uuid:key>/quote", purchases.quote_add, name="quote_add"),
    path("purchases/<uuid:key>/choose", purchases.quote_choose, name="quote_choose"),
    path("purchases/<uuid:key>/order", purchases.purchase_order, name="purchase_order"),
    path("purchases/<uuid:key>/delivery", purchases.purchase_delivery, name="purchase_delivery"),
    path("purchases/<uuid:key>/check", purchases.purchase_check, name="purchase_check"),
    path("purchases/<uuid:key>/cancel", purchases.purchase_cancel, name="purchase_cancel"),
    path("vendors/add", purchases.vendor_add, name="vendor_add"),
    path("budgets", budgets.budgets, name="budgets"),
    path("budgets/project", budgets.project_add, name="project_add"),
    path("budgets/<uuid:key>/line", budgets.line_add, name="line_add"),
    path("budgets/lines/<uuid:key>", budgets.line_change, name="line_change"),
]
