"""The resolutions on women, peace and security."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from frameworks.models import Framework, FrameworkKind
from guidelines.blocks.asked import Asked
from guidelines.blocks.values import BlockValue, Column, RowGroup, TableValue
from guidelines.models import Block


def resolutions(asked: Asked) -> BlockValue:
    """The oldest first."""
    found = Framework.objects.filter(kind=FrameworkKind.WPS_RESOLUTION).order_by("adopted_on", "code")
    rows = tuple(
        (each.number, date_format(each.adopted_on) if each.adopted_on else each.adopted_text, each.theme)
        for each in found
    )
    columns = (Column(_("Number"), 2), Column(_("Adopted"), 3), Column(_("What it is about"), 9))
    caption = _("Resolutions of the Security Council on women, peace and security")
    return BlockValue(
        Block.RESOLUTIONS,
        _("Resolutions on women, peace and security"),
        asked.today,
        _("Themes in own words; the official texts are those of the United Nations."),
        parts=(TableValue(caption, columns, (RowGroup("", rows),)),) if rows else (),
        empty="" if rows else _("The resolutions are not in the portal yet."),
    )
