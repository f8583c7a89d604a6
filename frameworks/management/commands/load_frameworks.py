"""Load resolutions, treaties, National Action Plans and indicators from frameworks/data. Idempotent."""

from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand
from django.db import transaction

from frameworks.leads import first_lead
from frameworks.models import Framework, IndicatorDefinition, LinkKind, Provision, ProvisionLink
from localities.models import Country

DATA = Path(__file__).resolve().parents[2] / "data"


def read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


class Command(BaseCommand):
    help = "Load or update the frameworks, their provisions and the UN indicators from the data files."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("resolutions.yaml", "instruments.yaml"):
            for entry in read(name):
                self.load(entry, country=None)
        for file in sorted((DATA / "naps").glob("*.yaml")):
            content = read(f"naps/{file.name}")
            country = Country.objects.get(code=content["country"])
            for entry in content["frameworks"]:
                self.load(entry, country=country)
        self.load_links(read("links.yaml"))
        for entry in read("un_indicators.yaml"):
            IndicatorDefinition.objects.update_or_create(
                code=entry["code"], defaults={key: value or "" for key, value in entry.items()}
            )
        self.stdout.write(
            f"{Framework.objects.count()} frameworks, {Provision.objects.count()} provisions, "
            f"{IndicatorDefinition.objects.count()} indicators"
        )

    def load(self, entry: dict[str, Any], *, country: Country | None) -> None:
        provisions = entry.pop("provisions", None) or []
        lead_kind = entry.pop("lead_kind", "")
        values = entry | {"country": country}
        framework, _ = Framework.objects.update_or_create(
            code=entry["code"], defaults=self.without_decided(values), create_defaults=values
        )
        if lead_kind and not framework.leads.exists():
            self.load_lead(framework, lead_kind)
        self.order = 0
        for provision in provisions:
            self.load_provision(provision, framework=framework, parent=None)

    def load_lead(self, framework: Framework, kind: str) -> None:
        """Who led the plan at first. What the portal was told of later changes is not touched."""
        lead = first_lead(framework)
        if lead is not None:
            lead.kind = kind
            lead.save()

    def without_decided(self, values: dict[str, Any]) -> dict[str, Any]:
        """Whether a plan is superseded was said in the portal, for some: a file must not undo it."""
        decided = Framework.objects.filter(code=values["code"]).exclude(replaced_by=None).exists()
        return {name: value for name, value in values.items() if not (decided and name == "state")}

    def load_links(self, content: dict[str, Any]) -> None:
        """Which paragraph an item carries out. What was declined in the portal stays declined."""
        known = {
            f"{provision.framework.code} {provision.code}": provision
            for provision in Provision.objects.select_related("framework")
        }
        for framework, items in content["frameworks"].items():
            for item, paragraphs in items.items():
                for paragraph in paragraphs:
                    ProvisionLink.objects.update_or_create(
                        kind=LinkKind.SERVES,
                        lower=known[f"{framework} {item}"],
                        upper=known[paragraph],
                        defaults={"source": content["source"], "as_of": content["as_of"]},
                    )

    def load_provision(
        self, entry: dict[str, Any], *, framework: Framework, parent: Provision | None
    ) -> None:
        """One item and those below it, in reading order. An item keeps its row: plans point at it."""
        children = entry.pop("children", None) or []
        self.order += 1
        provision, _ = Provision.objects.update_or_create(
            framework=framework,
            code=str(entry["code"]),
            defaults={
                "parent": parent,
                "order": self.order,
                "kind": entry["kind"],
                "text": entry["text"],
                "texts": entry.get("texts") or {},
                "pillars": entry.get("pillars") or (parent.pillars if parent else []),
                "own_number": entry.get("own_number", False),
            },
        )
        for child in children:
            self.load_provision(child, framework=framework, parent=provision)
