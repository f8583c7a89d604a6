import factory

from accounts.models import Assignment, Notice, NoticeKind, User

PASSWORD = "correct-horse-1325"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@test.example")
    display_name = factory.Sequence(lambda n: f"User {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return User.objects.create_user(kwargs.pop("email"), PASSWORD, **kwargs)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    user = factory.SubFactory(UserFactory)
    kind = NoticeKind.MEETING
    text = factory.Sequence(lambda n: f"A meeting is overdue: committee {n}")
    subject = "C-7K3FQ2"
    address = "/committees/"
    key = factory.Sequence(lambda n: f"meeting-overdue:{n}")
