"""Pages of documents, editions and the public."""

from django.urls import path

from plans.views import papers, public

urlpatterns = [
    path("plans/<str:code>/paper/", papers.plan_paper, name="plan_paper"),
    path("plans/<str:code>/paper/pdf/", papers.plan_pdf, name="plan_pdf"),
    path("plans/<str:code>/paper/docx/", papers.plan_docx_file, name="plan_docx_file"),
    path("plans/<str:code>/paper/xlsx/", papers.plan_xlsx_file, name="plan_xlsx_file"),
    path("plans/<str:code>/exports/<str:export>/", papers.plan_export, name="plan_export"),
    path("plans/<str:code>/exports/<str:export>/file/", papers.plan_export_file, name="plan_export_file"),
    path("plans/<str:code>/editions/<int:number>/", papers.edition_detail, name="edition_detail"),
    path("adopted-plans/", public.adopted_plans, name="adopted_plans"),
    path("adopted-plans/<str:code>/", public.public_plan, name="public_plan"),
    path("adopted-plans/<str:code>/pdf/", public.public_plan_pdf, name="public_plan_pdf"),
]
