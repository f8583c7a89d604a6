"""One place, office, body, title and sentence in each of the seven scripts of the countries."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What people wrote, in `language`; `spoken` are the languages of their country."""

    language: str
    spoken: tuple[str, ...]
    country: str
    place: str
    office: str
    body: str
    committee: str
    title: str
    sentence: str
    session: str
    person: str

    @property
    def markdown(self) -> str:
        """Prose with everything that light markup knows, in that script."""
        return (
            f"{self.sentence} **{self.body}**.\n\n## {self.session}\n\n"
            f"- {self.sentence}\n- UN Women (2024).\n\n"
            f"1. {self.session}\n2. {self.office}\n\n> {self.sentence}\n\n"
            f"| {self.office} | {self.place} |\n|---|---:|\n| {self.session} | 1 250 |\n\n"
            "See [the resolution](https://example.org/1325)."
        )


SCRIPTS = {
    "latin": Words(
        "en", ("en",), "Sierra Leone", "Bo City", "Mayor", "City Council of Bo", "Steering committee of Bo",
        "Local Action Plan on women, peace and security of Bo City",
        "Women and young people of both quarters decide on water, light and safe roads.",
        "Opening and expectations", "Aminata Kamara-Sesay",
    ),
    "latin_with_diacritics": Words(
        "fr", ("fr", "ln"), "République démocratique du Ŋgõ", "Mbùjímáyi-Ɓaɗẹ", "Préfet ẹgbẹ́ ọba",
        "Conseil de Ștefănești-Đakovo", "Comité d’œuvre de Țara ŋwɛ",
        "Plan d’action : « Đoàn kết, ọgbọ́n, ŋgɔlɔ, ɓii, ɗoo, žena »",
        "Les ɓiɗɓe, șefii, țăranii, ọmọbìnrin et žene de l’ŋgoma décident où placer l’éclairage.",
        "Đặt câu hỏi : où, ọ̀nà, ẹ̀kọ́ ?", "Ọlọ́runfẹ́mi Đặng-Ŝimić",
    ),
    "cyrillic": Words(
        "uk", ("uk", "ru"), "Україна", "Білозерська громада", "Голова громади", "Виконавчий комітет",
        "Координаційна рада з питань миру", "Місцевий план дій «Жінки, мир, безпека» Білозерської громади",
        "Жінки й молодь обох районів вирішують, де потрібні світло, вода та безпечні дороги.",
        "Відкриття й очікування", "Ґалаґан Їлена",
    ),
    "cyrillic_serbian": Words(
        "sr", ("sr",), "Србија", "Општина Љиг", "Председник општине", "Скупштина општине",
        "Савет за безбедност", "Локални акциони план „Жене, мир и безбедност“ општине Љиг",
        "Жене и млади из оба краја одлучују где ће бити расвета, вода и безбедни путеви.",
        "Отварање и очекивања", "Ђурђица Њежић",
    ),
    "devanagari": Words(
        "ne", ("ne", "mai"), "नेपाल", "काठमाडौँ महानगरपालिका", "नगर प्रमुख", "नगर कार्यपालिका",
        "स्थानीय शान्ति समिति", "महिला, शान्ति र सुरक्षा सम्बन्धी स्थानीय कार्ययोजना",
        "दुवै टोलका महिला र युवाले पानी, बत्ती र सुरक्षित बाटो कहाँ चाहिन्छ भनी निर्णय गर्छन्।",
        "उद्घाटन र अपेक्षा", "श्रीमती लक्ष्मी कुँवर क्षेत्री",
    ),
    "armenian": Words(
        "hy", ("hy",), "Հայաստան", "Իջևան համայնք", "Համայնքի ղեկավար", "Համայնքի ավագանի",
        "Խաղաղության խորհուրդ", "«Կանայք, խաղաղություն, անվտանգություն» տեղական գործողությունների պլան",
        "Երկու թաղամասերի կանայք և երիտասարդները որոշում են՝ որտեղ է պետք լույս, ջուր և ապահով ճանապարհ։",
        "Բացում և ակնկալիքներ", "Հռիփսիմե Ղազարյան",
    ),
    "georgian": Words(
        "ka", ("ka",), "საქართველო", "ზუგდიდის მუნიციპალიტეტი", "მერი", "საკრებულო",
        "მშვიდობის საბჭო", "ქალების, მშვიდობისა და უსაფრთხოების ადგილობრივი სამოქმედო გეგმა",
        "ორივე უბნის ქალები და ახალგაზრდები წყვეტენ, სად არის საჭირო სინათლე, წყალი და უსაფრთხო გზა.",
        "გახსნა და მოლოდინები", "ქეთევან ჭყონია-ღვინიაშვილი",
    ),
    "arabic": Words(
        "ar", ("ar", "en"), "العراق", "قضاء الموصل", "رئيس المجلس المحلي", "المجلس المحلي في الموصل",
        "لجنة السلام المحلية", "خطة العمل المحلية للمرأة والسلام والأمن (الموصل)",
        "تقرر النساء والشباب من الحيين أين تلزم الإنارة والمياه والطرق الآمنة (UN Women).",
        "الافتتاح والتوقعات", "زينب عبد الرحمن الجبوري",
    ),
}  # fmt: skip
