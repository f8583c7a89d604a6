import factory

from localities.models import Country, Locality


class CountryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ["code"]

    code = "CD"
    name = "Democratic Republic of the Congo"
    in_strategy = True
    languages = ["fr", "sw"]
    currency = "CDF"
    level_names = ["Province", "Territory or city"]
    source = "test"


class LocalityFactory(factory.django.DjangoModelFactory):
    """A root locality; give `parent=` for one below another."""

    class Meta:
        model = Locality
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"CD-PLACE-{n}")
    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda n: f"Place {n}")
    kind = "Province"

    @classmethod
    def _get_or_create(cls, model_class, *args, **kwargs):
        known = Locality.objects.filter(code=kwargs["code"]).first()
        return known or cls._add(kwargs)

    @classmethod
    def _add(cls, kwargs):
        parent = kwargs.pop("parent", None)
        if parent is None:
            return Locality.objects.add_root(kwargs)
        kwargs["country"] = parent.country
        return Locality.objects.add_child(parent, kwargs)
