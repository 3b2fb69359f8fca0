"""The words by which a recommendation or a finding gives itself away, and those by which it only seems one."""

from __future__ import annotations

import re

IMPERATIVES = frozenset(
    """accepteer actualiseer adviseer analyseer baseer beantwoord bed beding beëindig beeindig begeleid begin
    begrens behandel behoud bekijk bekostig bel belast beleg benader benoem benut beoordeel bepaal beperk
    beproef bereid bericht berg beschrijf beschouw beslis bespreek besteed betaal betrek bevestig bevorder
    bevraag bewaak bewaar bezie bezoek bied biedt borg bouw breid breng bundel check concretiseer continueer
    controleer coördineer coordineer creëer creeer deel definieer documenteer doe doorbreek doorloop doorzoek
    draag dring durf dwing eis evalueer expliciteer faciliteer financier formuleer garandeer ga gebruik geef
    gedoog gun hanteer handel handhaaf harmoniseer heb herbezie herhaal herijk herken heroverweeg herstel herzie
    hef help houd huisvest implementeer informeer inspecteer instrueer intensiveer inventariseer investeer kies
    kijk koppel laat leer leg let leid lever licht luister maak maximaliseer meet meld minimaliseer moderniseer
    motiveer monitor neem nodig noem normeer observeer oefen onderhoud onderken onderneem onderscheid ondersteun
    onderzoek ontwerp ontwikkel open operationaliseer optimaliseer organiseer overleg overweeg plaats plan
    prioriteer professionaliseer publiceer realiseer reageer reduceer reflecteer regel registreer reken
    reserveer respecteer richt ruim scherp scheid schaf schakel schenk schep schets schors schort schrap schrijf
    selecteer signaleer sla sluit span spoor specificeer splits spreek sta start stel stem sterk steun stimuleer
    stop straf streef structureer stuur tel toets toon train tref treed trek uniformeer update vat verbeter
    verbied verbind verbreed verdeel verdiep verduidelijk vereenvoudig vergelijk vergroot verhelder verhelp
    verhoog verken verklaar verklein verkort verlaag verleen verleng vermijd verminder vernieuw veranker
    verander verplaats verplicht verricht verruim verscherp verschaf verspreid verstevig versterk verstrek
    versnel vertaal vertel vervang vervolg verwerk verwijder verwijs verzamel verzorg vestig verzoek vind voeg
    voer voldoe voorkom voorzie volg vorm vraag vrijwaar waarborg waarschuw wees weeg werf werk wijs wijzig win
    wissel zend zet zie zoek zorg koop huur haal loop vul druk rust schaal schuif bel schenk verkoop open
    overhandig verplicht verzend noteer herschik bespoedig ontzie gun""".split()
)
"""Imperatives that open a demand; they count in the scope of a recommendation only."""

SPLIT_IMPERATIVES = IMPERATIVES - frozenset(
    "deel plan vorm doe eis open steun plaats vat laat leg zorg regel maak geef houd".split()
)
"""Those that open a second demand in one sentence; the others are nouns there, or go on about the first."""

INFINITIVE = re.compile(r"^(?:om\s|te\s|dat\s)|\bte\s+\w+en\b", re.IGNORECASE)
"""How an item goes on after ``De Inspectie beveelt aan:``."""
MUST = re.compile(r"\b(?:moet|moeten|dient|dienen|hoort|horen|behoort|behoren|zorgt|zorgen|zou moeten|zouden moeten)\b")
"""What must stand in a paragraph without number that begins with the one addressed."""
DUTY = re.compile(
    r"\b(?:moet|moeten|dient|dienen|hoort|horen|behoort|behoren|zou|zouden|zal|zullen|zorgt|zorgen|draagt|dragen"
    r"|stelt"
    r"|stellen|maakt|maken|legt|leggen|neemt|nemen|geeft|geven|brengt|brengen|richt|richten|voorziet|borgt"
    r"|regelt|laat"
    r"|treft|treffen|houdt|houden|voert|voeren|bepaalt|bepalen|versterkt|ontwikkelt|onderzoekt|bevordert|ziet"
    r"|wijst)\b",
    re.IGNORECASE,
)
"""What must stand in an item that begins with the one addressed instead of an imperative."""

MARKER = re.compile(
    r"^(?:[•▪◦‣·*–—-]\s+|\(?(?:aanbeveling\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})?|[A-Z]\d?|[a-z]"
    r"|[ivx]{2,4})\s?[.):](?=\s)\s*)",
    re.IGNORECASE,
)
"""What stands before the words of a list item; `number` is as printed."""
BARE_MARKER = re.compile(r"^(?P<number>\d{1,2}|[A-Z])\s+(?=[A-ZÀ-Ý][a-zà-ÿ]+ )")
"""A number or letter without a point; in scope only."""
ADDRESSEE_PREFIX = re.compile(
    r"(?:(?:aan|voor)\s+)?[^.:;]{2,90}:\s+(?=\w)|aan (?:de|het) [^.:;]{2,90}\.\s+(?=\w)", re.IGNORECASE
)
"""``Aan de minister:`` before the words of an item."""
LABEL = re.compile(
    r"^(?:deel)?aanbeveling(?:\s+(?P<number>\d{1,2}|[ivx]{1,4}|[a-z]))?(?=\W|$)\s*[:.–-]?\s*", re.IGNORECASE
)
"""``Aanbeveling 3``, alone or before the words."""

RECOMMENDING = re.compile(
    r"\baanbevelingen?\b|\bverbeterpunten\b|\bontwikkelopgaven\b|\baandachtspunten\b|\badviezen\b|^advies\b"
    r"|^(?:hoe|waar) (?:nu )?(?:verder|naartoe)\b|^wat (?:er )?(?:\w+ ){0,3}?(?:moet|nodig is|nodig|beter kan"
    r"|anders kan)\b"
    r"|^wat (?:wij|we|de inspecties?) (?:\w+ )?(?:vra(?:gen|agt)|verwacht(?:en)?|advise\w+)\b|^oproep\b",
    re.IGNORECASE,
)
"""A heading under which recommendations stand."""
ASKING = re.compile(r"^(?:[\d.]+ )?(?:wat|hoe (?:nu )?verder|oproep)\b", re.IGNORECASE)
"""A heading that asks by itself: ``Wat moet er gebeuren``."""
SHARED_CHAPTER = re.compile(
    r"\b(?:adviezen|advies|aandachtspunten|conclusies?|samenvatting|slotconclusies?|bevindingen|beschouwing"
    r"|oordeel|beantwoording|reacties?|wat"
    r"|hoe|waar"
    r"|oproep)\b",
    re.IGNORECASE,
)
"""What makes a heading about recommendations one about other things as well."""
EARLIER = re.compile(
    r"\b(?:opvolging|stand|status|naleving|voortgang|uitvoering)\b(?! en\b).*\b(?:van|uit|der|bij)\b"
    r"|\breacties? op\b|\bterugblik\b"
    r"|\b(?:eerdere?|vorige|toenmalige|opgevolgde|overgenomen|geen|zonder|destijds)\b.*\baanbeveling"
    r"|\baanbeveling\w*\b.*\b(?:uit (?:19|20)\d\d|van (?:19|20)\d\d|uit (?:het|de|een|ons) (?:vorige?|eerste?"
    r"|eerdere?)|uit eerder"
    r"|opgevolgd|uitgevoerd|bekeken|overgenomen|van toen|van destijds)\b|\bvan eerdere\b",
    re.IGNORECASE,
)
"""A heading about recommendations that were made before, or about none."""
CONCLUDING = re.compile(
    r"\b(?:(?:slot|eind)?conclusies?|slot\w*|(?:slot)?beschouwing|oordeel|tot besluit|tot slot|vooruitblik"
    r"|samenvatting"
    r"|hoe (?:nu )?verder|wat nu|balans|nawoord)\b",
    re.IGNORECASE,
)
"""A heading of a report without a chapter of recommendations, under which it says what must change."""
BACK_MATTER = re.compile(
    r"\b(?:bijlagen?|colofon|afkorting\w*|begrippen\w*|bronnen|literatuur|noten|eindnoten|verantwoording"
    r"|onderzoeksaanpak)\b",
    re.IGNORECASE,
)
"""Headings behind the last chapter."""
DEADLINE = re.compile(
    r"\b(?:vóór|uiterlijk|binnen (?:een|één|twee|drie|vier|zes|\w+) (?:dag\w*|we\w+|maand\w*|jaar)|voordat het"
    r"|ten minste"
    r"|minstens|zo snel mogelijk|met ingang van)\b",
    re.IGNORECASE,
)
"""What makes of a duty, anywhere in a report without a chapter of recommendations, something that is asked now."""
OTHER_PART = re.compile(
    r"^(?:(?:algemene |eind|slot)?conclusies?|beantwoording|bevindingen|(?:slot)?beschouwing|reacties?|nawoord"
    r"|tot slot"
    r"|(?:eind)?oordeel|inleiding|verantwoording|vooruitblik|vervolg|afkortingen\w*|begrippen\w*|bronnen)\b",
    re.IGNORECASE,
)
"""A heading inside a mixed chapter under which something else stands."""
ADDRESSED = re.compile(
    r"^(?:(?:aanbevelingen?|adviezen|gericht)\s+)?(?:aan|voor)\s+(?!wie\b|zover\b|het eerst\b)", re.IGNORECASE
)
"""A heading or short line that names to whom the next ones speak."""

OPENER = re.compile(
    r"\b(?:volgende|onderstaande|navolgende|hierna)\s+(?:\w+\s+)?(?:aanbevelingen?|adviezen|verbeterpunten)\b"
    r"|\b(?:doe[tn]|kom(?:t|en)\b.*?\btot|formule(?:ert|ren)|richt(?:en)?|gee?ft|geven)\b[^.]*?\baanbevelingen?\b",
    re.IGNORECASE,
)
OPENER_VERB = re.compile(
    r"\b(?:beve(?:elt|len)\b.*\baan|advise(?:ert|ren)|raadt\b.*\baan|roept\b.*\bop"
    r"|vraagt?|vragen|verzoekt?|verzoeken|dringt\b.*\baan|dringen\b.*\baan)\b[^.]*:$",
    re.IGNORECASE,
)

PASSIVE_OPENER = re.compile(
    r"^(?P<who>.{3,120}?) (?:wordt|worden) (?:\w+ ){0,3}?(?:aanbevolen|geadviseerd|verzocht"
    r"|gevraagd)(?: om)?:$",
    re.IGNORECASE,
)
"""``De DT&V wordt aanbevolen om:``"""
MUST_OPENER = re.compile(
    r"\b(?:vindt|vinden|acht|achten|wil|willen|verwacht|verwachten) dat (?P<who>.{3,90}?) (?:een aantal"
    r"|de volgende|het volgende"
    r"|onder meer|in elk geval|twee|drie|vier|vijf|zes)\b.*:$",
    re.IGNORECASE,
)
"""``De Inspectie vindt dat het bestuur een aantal zaken moet regelen:``"""
BEHIND = re.compile(r"^(?:deze aanbeveling is )?gericht (?:aan|tot):?\s", re.IGNORECASE)
"""A line that names the addressee of what stands above it."""
PAST = re.compile(
    r"\b(?:beval|bevalen|adviseerden?|deed|deden|riep|riepen|drong|drongen|vroeg|vroegen|verzochten?|raadde[n]?"
    r"|aanbevolen|geadviseerd|opgeroepen|gevraagd|verzocht|aangedrongen|gaf|gaven)\b",
    re.IGNORECASE,
)
"""A recommendation that is told about, not made."""
POINTER = re.compile(
    r"^zie (?:ook|voor|verder|hiervoor|bijlage|hoofdstuk|pagina|paragraaf|figuur|tabel|de |het |p\.|www)"
    r"|^(?:vraag|stel) \d|^let wel\b",
    re.IGNORECASE,
)
"""An imperative that only sends the reader elsewhere."""
CONDITIONAL = re.compile(
    r"\b(?:kan|kunnen|zou|zouden|kon|konden)\b[^.;]{0,60}\b(?:aanbevelingen|verbeterpunten|aanbevelen|formuleren"
    r"|adviseren)\b"
    r"|\b(?:geen|niet|evenmin|zonder)\b[^.;]{0,40}\baanbeveling(?:en)?\b"
    r"|\bgeen aanleiding\b|\btot niemand\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:rivm|wodc|richtlijn(?:en)?|handreiking(?:en)?|hoge raad|raad van state|leverancier|fabrikant|commissie"
    r"|onderzoekers|deskundigen|adviesraad)\b(?=[^.;]{0,30}\b(?:beveelt|bevelen|adviseert|adviseren|raadt|raden)\b)",
    re.IGNORECASE,
)
"""Somebody else who recommends."""
