"""The words under which a column or a value may stand in somebody's list: English, French, Spanish, ours.

A word that is not here is asked about, never guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from localities.categories import ActorCategory
from localities.search import search_text
from people.models import AgeBand, Sex
from workshops.models import Residence, Standing


def folded(text: str) -> str:
    """Comparable: no case, no accents, no marks."""
    return " ".join(re.sub(r"[\W_]+", " ", search_text(text)).split())


@dataclass(frozen=True)
class Field:
    """What a column may hold. `heading` is written by our own files; `words` are other headings."""

    name: str
    heading: str | Promise
    words: str
    help: str | Promise = ""

    def headings(self) -> set[str]:
        return {folded(str(self.heading)), *(folded(word) for word in self.words.split(","))}


NAME, CATEGORY = "full_name", "category"

FIELDS: tuple[Field, ...] = (
    Field("code", _("Code"), "code of the person,person code,code de la personne,código"),
    Field(
        NAME,
        _("Name"),
        "full name,name,names,participant,name of participant,nom,noms,nom complet,nom et prénom,"
        "nom et prenom,"
        "noms et prénoms,nom et post-nom,nombre,nombre completo,nombre y apellido,nombres y apellidos",
    ),
    Field(
        CATEGORY,
        _("Category"),
        "category,type of participant,type of actor,group,catégorie,type de participant,groupe,acteur,"
        "categoría,tipo de participante,grupo",
    ),
    Field(
        "position",
        _("Position"),
        "position,function,title,job title,role,office,fonction,poste,titre,qualité,cargo,función,puesto",
    ),
    Field(
        "organization",
        _("Organisation"),
        "organisation,organization,institution,structure,affiliation,employer,service,organización,"
        "institución,"
        "entidad",
    ),
    Field(
        "sex", _("Sex"), "sex,gender,m/f,sexe,genre,sexo,género", _("Woman or man; empty is “Not stated”.")
    ),
    Field(
        "age_band",
        _("Age"),
        "age,age band,age group,age range,âge,tranche d'âge,groupe d'âge,edad,rango de edad,grupo de edad",
        _("The age in years, or one of the groups; a date of birth is not wanted."),
    ),
    Field(
        "locality",
        _("Comes from"),
        "comes from,from,locality,place,residence place,district,municipality,commune,town,village,"
        "provenance,"
        "localité,lieu,ville,territoire,procedencia,localidad,municipio",
        _("A locality of this country, by name or code; one that the portal does not know is left empty."),
    ),
    Field(
        "phone",
        _("Phone"),
        "phone,telephone,phone number,mobile,tel,téléphone,numéro de téléphone,contact,teléfono,"
        "celular,móvil",
    ),
    Field(
        "email",
        _("E-mail"),
        "email,e-mail,mail,e-mail address,courriel,adresse mail,correo,correo electrónico",
    ),
    Field(
        "residence",
        _("Lives in"),
        "lives in,rural or urban,rural/urban,area,milieu,milieu de vie,zona,rural o urbano",
    ),
    Field("standing", _("Holds office, money or title"), "standing,elite,statut,élite"),
    Field(
        "agreed",
        _("Agreed to be registered"),
        "agreed,consent,consented,agrees,consentement,accord,d'accord,accepte,consentimiento,acepta,acuerdo",
        _("Yes or no, row by row. A row without yes is counted without a name, or left out."),
    ),
    Field(
        "agreed_contact",
        _("Agreed to be contacted"),
        "contact consent,agreed contact,agrees to contact,may be contacted,accepte d'être contacté,"
        "accord de contact,acepta ser contactado",
        _("Yes or no. Phone and e-mail are kept only of those with yes."),
    ),
    Field(
        "guardian",
        _("A guardian agreed"),
        "guardian,guardian agreed,parent agreed,tuteur,accord du tuteur,tutor,acuerdo del tutor",
        _("Yes or no, for somebody under 18."),
    ),
)
BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}

CATEGORY_WORDS: dict[str, str] = {
    ActorCategory.GOVERNOR: "gouverneur,gouverneure,vice gouverneur,vice-gouverneur,gobernador,gobernadora",
    ActorCategory.MAYOR: "maire,mairesse,bourgmestre,alcalde,alcaldesa,town mayor,city mayor",
    ActorCategory.VICE_MAYOR: "deputy mayor,maire adjoint,maire adjointe,adjoint au maire,"
    "bourgmestre adjoint,"
    "vice-maire,vicealcalde,vicealcaldesa,teniente de alcalde",
    ActorCategory.COUNCILLOR: "councilor,council member,conseiller,conseillère,conseiller municipal,"
    "conseiller communal,concejal,concejala,conseillère municipale",
    ActorCategory.WARD_OFFICIAL: "ward official,village official,ward officer,village head,chef de quartier,"
    "chef de village,chef de groupement,funcionario de barrio",
    ActorCategory.LOCAL_ADMINISTRATION: "local administration,administration officer,civil servant,"
    "administration locale,agent de l'administration,fonctionnaire,administrateur,"
    "administrateur du territoire,"
    "administración local,funcionario,funcionaria",
    ActorCategory.TRADITIONAL_LEADER: "traditional leader,paramount chief,traditional authority,chief,"
    "chef coutumier,chef traditionnel,autorité coutumière,líder tradicional,autoridad tradicional",
    ActorCategory.RELIGIOUS_LEADER: "priest,pastor,imam,chef religieux,leader religieux,prêtre,pasteur,"
    "líder religioso,líder religiosa",
    ActorCategory.COMMUNITY_LEADER: "leader communautaire,chef communautaire,líder comunitario,"
    "líder comunitaria",
    ActorCategory.ELDER: "ancien,ancienne,sage,notable,anciano,anciana",
    ActorCategory.WOMEN_LEADER: "woman leader,women's leader,leader femme,leader des femmes,femme leader,"
    "lideresa,mujer líder",
    ActorCategory.YOUTH_LEADER: "youth,young leader,leader des jeunes,jeune leader,jeunesse,líder juvenil",
    ActorCategory.POLICE: "police officer,policier,policière,policía",
    ActorCategory.SECURITY: "military,army,soldier,security,militaire,armée,sécurité,militar,ejército,"
    "seguridad",
    ActorCategory.TEACHER: "educator,school director,enseignant,enseignante,professeur,éducateur,éducatrice,"
    "docente,maestro,maestra,profesor,profesora",
    ActorCategory.HEALTH_WORKER: "nurse,doctor,midwife,agent de santé,infirmier,infirmière,médecin,"
    "sage-femme,"
    "trabajador de salud,enfermera,enfermero,médico",
    ActorCategory.SOCIAL_SERVICES: "social worker,social service,services sociaux,assistant social,"
    "assistante sociale,servicios sociales,trabajadora social,trabajador social",
    ActorCategory.CIVIL_SOCIETY: "cso,ngo,civil society,civil society organization,société civile,"
    "organisation de la société civile,osc,ong,sociedad civil,organización de la sociedad civil",
    ActorCategory.DISPLACED: "displaced person,displaced,idp,refugee,déplacé,déplacée,réfugié,réfugiée,"
    "desplazado,desplazada,refugiado,refugiada",
    ActorCategory.CULTURAL_LEADER: "leader culturel,líder cultural",
    ActorCategory.MEDIA: "journalist,press,journaliste,presse,média,médias,periodista,prensa,medios",
    ActorCategory.NATIONAL_GOVERNMENT: "ministry,government,ministère,gouvernement,gouvernement national,"
    "ministerio,gobierno,gobierno nacional",
    ActorCategory.UN: "un,united nations agency,nations unies,onu,naciones unidas",
}
SEX_WORDS = {
    Sex.WOMAN: "f,w,female,women,femme,feminin,femenino,mujer,féminin,fille",
    Sex.MAN: "m,male,men,h,homme,masculin,masculino,hombre,garçon",
    Sex.UNSTATED: "unknown,not known,non précisé,no indicado,?",
}
AGE_WORDS = {
    AgeBand.UNDER_18: "under 18,0-17,moins de 18 ans,moins de 18,menor de 18,menor de 18 años",
    AgeBand.YOUTH: "18-29,18 29,18 à 29 ans,18 à 29,18 a 29,youth,jeune,joven",
    AgeBand.ADULT: "30-59,30 à 59 ans,30 à 59,30 a 59,adult,adulte,adulto",
    AgeBand.OLDER: "60+,60 plus,over 60,60 ans et plus,60 et plus,60 y más,older",
    AgeBand.UNSTATED: "unknown,not known,non précisé,no indicado",
}
RESIDENCE_WORDS = {
    Residence.RURAL: "village,campagne,campo",
    Residence.URBAN: "urbain,urbano,town,city,ville,ciudad",
}
STANDING_WORDS = {Standing.ELITE: "elite,yes,oui,sí", Standing.NON_ELITE: "non-elite,no,non"}
YES = frozenset(
    map(folded, "yes,y,true,1,x,ok,✓,oui,o,vrai,sí,si,s,verdadero,agreed,agrees,d'accord".split(","))
)
NO = frozenset(map(folded, "no,n,false,0,non,faux,falso,refused,refuse".split(",")))


def _table(choices: type[TextChoices], words: Mapping[Any, str]) -> dict[str, str]:
    """Every comparable word → the value; labels in the reader's language go before other words."""
    table = {
        folded(word): str(value) for value, text in words.items() for word in text.split(",") if folded(word)
    }
    return (
        table
        | {folded(one.value): one.value for one in choices}
        | {folded(str(one.label)): one.value for one in choices}
    )


@lru_cache(maxsize=64)
def _tables(language: str | None) -> dict[str, dict[str, str]]:
    return {
        CATEGORY: _table(ActorCategory, CATEGORY_WORDS),
        "sex": _table(Sex, SEX_WORDS),
        "age_band": _table(AgeBand, AGE_WORDS),
        "residence": _table(Residence, RESIDENCE_WORDS),
        "standing": _table(Standing, STANDING_WORDS),
    }


def value_of(field: str, text: str) -> str | None:
    """The value of a field that the text stands for; None when it is not known."""
    return _tables(get_language())[field].get(folded(text))


def category_of(text: str) -> str | None:
    return value_of(CATEGORY, text)


def yes_or_no(text: str) -> bool | None:
    word = folded(text) or text.strip()
    if word in YES or text.strip() in {"✓", "✔", "☑"}:
        return True
    return False if word in NO else None


def age_band_of(text: str) -> str | None:
    """A group, or an age in years."""
    known = value_of("age_band", text)
    if known is not None:
        return known
    years = re.fullmatch(
        r"(\d{1,3})(?:[.,]0+)?\s*(?:ans|years|years old|años|y|yrs)?", text.strip().casefold()
    )
    if not years or not 0 < int(years[1]) < 120:
        return None
    age = int(years[1])
    for limit, band in ((18, AgeBand.UNDER_18), (30, AgeBand.YOUTH), (60, AgeBand.ADULT)):
        if age < limit:
            return band.value
    return AgeBand.OLDER.value


def field_of_heading(heading: str) -> str | None:
    """The field that a column heading stands for."""
    word = folded(heading)
    return _headings(get_language()).get(word) if word else None


@lru_cache(maxsize=64)
def _headings(language: str | None) -> dict[str, str]:
    return {word: field.name for field in reversed(FIELDS) for word in field.headings()}


def unknown_categories(texts: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """The distinct texts that stand for no category, as they were written, in their order."""
    found: dict[str, str] = {}
    for text in texts:
        word = folded(text)
        if word and category_of(text) is None and word not in known:
            found.setdefault(word, text.strip())
    return list(found.values())
