"""Reading, testing, endorsing and moving guidelines."""

from django.urls import path

from guidelines.views import comments, endorsements, field_tests, moving, review, signatories

ONE = "guidelines/<str:code>"
SECTION = f"{ONE}/sections/<str:section>/comments"
COMMENT = f"{ONE}/comments/<str:comment>"
TEST = f"{ONE}/field-tests/<str:test>"
ENDORSEMENT = f"{ONE}/endorsements/<str:endorsement>"
COUNTRY = "signatories/<str:code>"

urlpatterns = [
    path(f"{ONE}/review/", review.guidelines_review, name="guidelines_review"),
    path(f"{ONE}/test/", moving.guidelines_test, name="guidelines_test"),
    path(f"{ONE}/validate/", moving.guidelines_validate, name="guidelines_validate"),
    path(f"{ONE}/return/", moving.guidelines_return, name="guidelines_return"),
    path(f"{ONE}/launch/", moving.guidelines_launch, name="guidelines_launch"),
    path(f"{ONE}/roll-out/", moving.guidelines_roll_out, name="guidelines_roll_out"),
    path(f"{ONE}/revise/", moving.guidelines_revise, name="guidelines_revise"),
    path(f"{ONE}/drop-revision/", moving.guidelines_drop_revision, name="guidelines_drop_revision"),
    path(f"{ONE}/take-back/", moving.guidelines_take_back, name="guidelines_take_back"),
    path(f"{ONE}/retire/", moving.guidelines_retire, name="guidelines_retire"),
    path(f"{ONE}/comments/", comments.guidelines_comments, name="guidelines_comments"),
    path(f"{SECTION}/", comments.section_comments, name="section_comments"),
    path(f"{SECTION}/new/", comments.review_comment_new, name="review_comment_new"),
    path(f"{COMMENT}/", comments.review_comment_detail, name="review_comment_detail"),
    path(f"{COMMENT}/answer/", comments.review_comment_answer, name="review_comment_answer"),
    path(f"{COMMENT}/decide/", comments.review_comment_decide, name="review_comment_decide"),
    path(f"{COMMENT}/reopen/", comments.review_comment_reopen, name="review_comment_reopen"),
    path(f"{ONE}/field-tests/new/", field_tests.field_test_new, name="field_test_new"),
    path(f"{TEST}/edit/", field_tests.field_test_edit, name="field_test_edit"),
    path(f"{TEST}/end/", field_tests.field_test_end, name="field_test_end"),
    path(f"{TEST}/remove/", field_tests.field_test_remove, name="field_test_remove"),
    path(
        f"{ONE}/endorsements/new/", endorsements.guidelines_endorsement_new, name="guidelines_endorsement_new"
    ),
    path(
        f"{ENDORSEMENT}/scan/", endorsements.guidelines_endorsement_scan, name="guidelines_endorsement_scan"
    ),
    path(
        f"{ENDORSEMENT}/withdraw/",
        endorsements.guidelines_endorsement_withdraw,
        name="guidelines_endorsement_withdraw",
    ),
    path(f"{COUNTRY}/", signatories.signatory_list, name="signatory_list"),
    path(f"{COUNTRY}/new/", signatories.signatory_new, name="signatory_new"),
    path(f"{COUNTRY}/<str:signatory>/edit/", signatories.signatory_edit, name="signatory_edit"),
    path(f"{COUNTRY}/<str:signatory>/end/", signatories.signatory_end, name="signatory_end"),
]
