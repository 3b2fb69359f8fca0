"""The words by which a commitment gives itself away, and those by which it only seems one."""

from __future__ import annotations

import re

_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
TIME = re.compile(
    r"(?:(?:in|vanaf|sinds|per|eind|einde|medio|begin|uiterlijk|voor|vóór|tot|rond|gedurende|tot en met)\s+)?"
    r"(?:(?:het|de)\s+)?"
    r"(?:(?:loop|najaar|voorjaar|zomer|winter|herfst|(?:eerste|tweede|derde|vierde|laatste)\s+(?:kwartaal|helft|half"
    r"jaar|maanden))\s+(?:van\s+)?)?"
    rf"(?:\d{{1,2}}\s+)?(?:(?:{_MONTH})\s+)?(?P<year>20\d\d)(?![\d-])",
    re.IGNORECASE,
)
"""A time with its year, as written."""
SOON = re.compile(
    r"\b(?:dit (?:voor|na)?jaar|(?:komende?|volgende?) (?:voorjaar|najaar|jaar|jaren|maanden?|zomer|winter|periode)"
    r"|voortaan|binnenkort|later dit jaar|(?:ieder|elk) jaar|jaarlijks|intussen|de komende tijd"
    r"|dan ook|dan opnieuw|(?:dit|deze|komende?|aanstaande) (?:voorjaar|najaar|zomer|winter|herfst)"
    r"|(?:vóór|voor|na) de zomer|(?:eind|einde) van (?:het|dit) jaar"
    r"|(?:de )?komende (?:tijd|weken|maanden|jaren)|over (?:een|twee|drie) jaar"
    r"|in het (?:eerste|tweede|derde|vierde|laatste) (?:kwartaal|halfjaar)|in de (?:eerste|tweede) helft"
    rf"|(?:in|vanaf|eind|medio|begin|uiterlijk|per|van) (?:\d{{1,2}} )?(?:{_MONTH})(?! \d))\b",
    re.IGNORECASE,
)
"""A time ahead that names no year."""
NAME = (
    r"(?:(?:de|beide|onze|alle|elke) )?(?:\w+-)?(?:rijks)?inspecties?\b"
    r"(?: (?:Justitie|Veiligheid|JenV|VenJ|OOV|SZW|en|Gezondheidszorg|Jeugd|van het Onderwijs|voor de|de Inspectie))*"
)
SPEAKER = (
    rf"(?:\b{NAME}|\bwij\b|\bwe\b|\bik\b|\bde (?:IOOV|IVenJ|IJenV|IGJ|TSD)\b"
    r"|\b(?:een tweetal |twee |onze )?inspecteurs\b|\bde rekenkamer\b)"
)
"""Who speaks in a document of an inspectorate."""
ANAPHOR = r"\bzij\b|\bze\b"
"""Who speaks, once the sentence before has named who that is."""

_ACTS: tuple[tuple[str, str], ...] = (
    (r"onderzoek(?:t|en)", r"(?!.*\b(?:alleen|waar zich)\b)"),
    (r"start(?:en)?|begin(?:t|nen)|hervat(?:ten)?", ""),
    (r"public(?:eert|eren)|presente(?:ert|ren)|rapporte(?:ert|ren)|lever(?:t|en)", ""),
    (r"voer(?:t|en)", r"(?!.*\btaken\b).*\b(?:uit|onderzoek\w*|gesprek\w*|inspecties|verkenning|evaluatie)\b"),
    (r"breng(?:t|en)", r".*\b(?:uit|bezoek\w*|naar buiten|in kaart|in beeld)\b"),
    (r"rond(?:t|en)", r".*\baf\b"),
    (r"ga(?:at|an)", r".*\bna\b"),
    (r"stel(?:t|len)", r".*\b(?:op|in|vast (?:of|hoe|wat|welke))\b(?! staat)"),
    (r"hou(?:dt|den)", r".*\b(?:toezicht|gesprekken|interviews|bijeenkomst\w*|vrij)\b"),
    (r"verken(?:t|nen)|inventarise(?:ert|ren)|evalue(?:ert|ren)|bezoek(?:t|en)|bezie(?:t|n)", ""),
    (r"controle(?:ert|ren)|actualise(?:ert|ren)|herha(?:alt|len)|organise(?:ert|ren)|intensive(?:ert|ren)", ""),
    (
        r"volg(?:t|en)",
        r"(?!.*\bontwikkelingen\b).*\b(?:voortgang|verbetering\w*|opvolging|herinrichting|invoering"
        r"|aantal|herziening|proces|niet op|op[.;])\b(?! hoe)",
    ),
    (r"kom(?:t|en)", r".*\b(?:terug|langs)\b"),
    (r"ke(?:ert|ren)", r".*\bterug\b"),
    (r"bereid(?:t|en)", r".*\bvoor\b"),
    (r"doe(?:t|n)", r"(?! zij onder)(?!.*\b(?:dit|dat) doe).*\b(?:\w*onderzoek|verkenning|opnieuw|uitspraak)\b"),
    (r"zet(?:ten)?", r".*\bvoort\b"),
    (r"leg(?:t|gen)", r".*\b(?:naast elkaar|uit|verantwoording|voor)\b"),
    (r"werk(?:t|en)", r".*\baan (?:een|het|de)\b"),
    (r"spre(?:ekt|ken)|pra(?:at|ten)", r".*\b(?:met|hen|opnieuw)\b"),
    (r"vra(?:agt|gen)", r"(?!.*\b(?:aandacht|om)\b).*\b(?:wat|hoe|of|waarom)\b"),
    (r"kijk(?:t|en)", r".*\b(?:of|wat|hoe)\b"),
    (r"leest|lezen", r".*\b(?:meldingen|dossiers|stukken)\b"),
    (r"loop(?:t|en)", r".*\bmee\b"),
    (r"neem(?:t|en)", r".*\b(?:contact op|mee)\b"),
    (
        r"betrek(?:t|ken)|betreft",
        r".*\b(?:bij (?:haar|ons|onze|het) (?:vervolg|onderzoek)"
        r"|slachtofferrechten)\b",
    ),
    (r"trek(?:t|ken)", r".*\bop met\b"),
    (r"inspecte(?:ert|ren)|interview(?:t|en)|observe(?:ert|ren)|bestude(?:ert|ren)|doorlich(?:t|ten)", ""),
    (r"analyse(?:ert|ren)|monitor(?:t|en)|vergelijk(?:t|en)|verzamel(?:t|en)|beproe(?:ft|ven)|plan(?:t|nen)", ""),
    (r"licht(?:en)?", r".*\bdoor\b"),
    (
        r"maak(?:t|en)|schrij(?:ft|ven)",
        r".*\b(?:een|het|de) (?:\w+ )?(?:\w*overzicht|\w*verslag|\w*rapport|analyse"
        r"|factsheet|kader|handreiking|\w*beeld|visie|balans|brief)\b",
    ),
    (r"stuur(?:t)?|sturen|zend(?:t|en)|bied(?:t|en)", r".*\b(?:brief|rapport|verslag|vragenlijst\w*|aan)\b"),
    (r"verwacht(?:en)?|hoopt?|hopen", r".*\bte (?:kunnen )?(?:publiceren|ronden|starten|brengen|verschijnen|doen)\b"),
    (r"verwacht(?:en)?", r".*\b(?:rapport|uitkomsten|publicatie|resultaten|bevindingen)\b"),
    (r"bespree?k(?:t|en)?", r".*\bmet\b"),
    (r"leg(?:t|gen)", r".*\b(?:bezoek\w*|vast)\b.*\b(?:af|vast)\b"),
    (r"informe(?:ert|ren|er)|bericht", r".*\b(?:over|u|kamer|minister|staatssecretaris)\b"),
    (r"zoek(?:t|en)", r".*\b(?:dekking|partners|financiering)\b"),
    (r"ontvang(?:t|en)", r".*\b(?:\w*cijfers|brief|rapportage\w*)\b"),
    (r"ontwikkel(?:t|en)", r".*\b(?:een|kader|instrument\w*|model|handreiking|visie)\b"),
)
_RICH = r"rich(?:t|ten)(?= (?:\w+ ){0,4}zich\b| het toezicht)"
_ENDS = r"(?:beëindig(?:t|en)|beeindig(?:t|en)|stop(?:t|pen)(?=.*\bmet\b)|zie(?:t|n)(?=.*\baf van\b))"


def _either(verb: str, rest: str = "") -> re.Pattern[str]:
    who = rf"(?:{SPEAKER}|{ANAPHOR})"
    return re.compile(rf"(?:{who}\s+(?:{verb})\b|\b(?:{verb})\s+(?:\w+\s+)?{who}){rest}", re.IGNORECASE | re.DOTALL)


ACTS = tuple(_either(verb, rest) for verb, rest in _ACTS)
"""Present tense with who speaks next to it, and the words that make it something that can be checked."""
AIMS = _either(_RICH)
"""``In 2024 richt de Inspectie zich op``: a commitment only with its time."""
ENDS = _either(_ENDS)
"""Supervision or a study that is ended."""
_DEEDS = (
    r"\w*(?:onderzoeken|publiceren|uitbrengen|starten|beginnen|nagaan|bezien|bezoeken|verkennen|evalueren|inspecteren"
    r"|rapporteren|afronden|uitvoeren|voeren|volgen|spreken|praten|terugkomen|terugkeren|opleveren|presenteren"
    r"|toetsen|vermelden|nagaan|opnemen|inventariseren|vervolgen|voortzetten|toezicht houden|openbaar te maken|maken"
    r"|controleren|monitoren|kijken|uitwerken|opstellen|instellen|vragen|doen naar)"
)
_VAGUE = (
    r"(?:hebben|zijn|worden|blijven|kunnen|moeten|mogen|willen|bijdragen|inzetten|streven|letten|bevorderen|stimuleren"
    r"|versterken|vergroten|betrekken|richten|ontwikkelen|de|een|\w+ingen|\w+heden|\w+aties)"
)
"""What says nothing that can be checked."""
_NOT_INSIDE = r"(?<!\bwaar )(?<!\bdat )(?<!\bof )(?<!\bwat )(?<!\bhoe )(?<!\bdie )"
"""What makes of the next words a clause inside another sentence."""
_PROMISES = (
    rf"(?:{_NOT_INSIDE}(?:{SPEAKER}|{ANAPHOR})\s+(?:zal|zullen|ga(?:at|an)|is van plan|zijn van plan|neemt zich voor)\b"
    rf"|\b(?:zal|zullen|ga(?:at|an))\s+(?:{SPEAKER}|{ANAPHOR})|^(?:zal|zullen)\b(?! (?:een|de)\b)"
    rf"|{SPEAKER}[^.]*\ben (?:zal|zullen)\b).*?"
)
WILL = re.compile(rf"{_PROMISES}\b{_DEEDS}\b", re.IGNORECASE | re.DOTALL)
"""A deed that is promised."""
WILL_DO = re.compile(
    rf"{_PROMISES}\b(?!{_VAGUE}\b)\w{{3,}}en\b(?=[.,;:]|$| (?:op|van|over|of|met|hoe|wat|in|aan|naar|bij)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Whatever is promised: a commitment only with its time."""
WANTS = re.compile(
    rf"(?:(?:{SPEAKER}|{ANAPHOR})\s+(?:wil|willen)\b|\b(?:wil|willen)\s+(?:{SPEAKER}|{ANAPHOR})).*?\b{_DEEDS}\b",
    re.IGNORECASE | re.DOTALL,
)
"""A wish: a commitment only where it names a time and a deed."""
THING = (
    r"(?:\w*onderzoek(?:en)?|rapport(?:en)?|\w*rapportages?|publicatie|uitkomsten|bevindingen|resultaten"
    r"|plan van aanpak|handreiking|verslag|\w*brief|\w*visie|\w*perspectief|\w*bezoek(?:en)?|veldwerk|samenvatting"
    r"|\w*kader|factsheet|verkenning|quickscan|evaluatie|inventarisatie|vervolgstappen|reeks|\w*vergadering"
    r"|doorlichting(?:en)?|themabericht|editie|groepsbijeenkomsten|gesprekken|interviews|dossiers|conceptrapport"
    r"|\w*monitor|vragenlijst\w*|\w*onderzoekje|deelrapport\w*|nulmeting|peiling|werkbezoek\w*)"
)
_COMES = (
    r"(?:verschijn(?:t|en)|volg(?:t|en)(?! (?:de inspectie|wij|we|zij)\b)"
    r"|(?<!\bde )start(?:en)?|begin(?:t|nen)|kom(?:t|en)(?=.* uit\b)|vind(?:t|en)(?=.*plaats)"
    r"|vang(?:t|en)(?=.* aan\b)|mond(?:t|en)(?=.* uit\b)|verschui(?:ft|ven)|lo(?:opt|pen)(?=.* (?:door|tot|af)\b)"
    r"|ga(?:at|an)(?=.* door\b)|sta(?:at|an)(?=.*\b(?:gepland|op het programma|op de planning))"
    r"|(?:is|zijn)(?= (?:\w+ ){0,6}?(?:voorzien|gepland|ingepland|doorgeschoven))"
    r"|(?:wordt|worden|zal|zullen)(?=.*\b(?:gepubliceerd|afgerond|uitgebracht|voortgezet|openbaar|gedaan|verricht"
    r"|uitgevoerd|ontwikkeld|opgeleverd|gestart|aangeboden|voorgelegd|gehouden|gevoerd|bekeken|bestudeerd"
    r"|afgelegd|bezocht"
    r"|geanalyseerd|vervolgd|herhaald|afgenomen|gesproken|getoetst|verwacht|verzonden|toegezonden"
    r"|verschijnen|starten|uitgewerkt)\b))"
)
COMES = re.compile(
    rf"\b{THING}\b[^;]*?\b{_COMES}(?!\w)|\b{_COMES}(?!\w)[^;]*?\b{THING}\b|\ber een doorgeschoven naar"
    r"|^(?:verwachte )?(?:start|publicatie|oplevering|planning|rapport|veldwerk)\b[^.]{0,40}$",
    re.IGNORECASE | re.DOTALL,
)
"""Something that can be checked is announced."""
SUPERVISION = re.compile(
    r"\btoezicht (?:op|bij|van) [^.]{3,90}?\b(?:richt|zal)\b|\brich(?:t|ten) het toezicht (?:op|bij) [^.]{3,60}? zich\b"
    r"|\bhet jaar 20\d\d zal\b|\bde bezoeken gaan\b",
    re.IGNORECASE,
)
"""``Het toezicht op X richt zich in 2024 op``."""
ORDERED = re.compile(
    r"\b(?:wordt|worden)\b[^.]*\b(?:in|vanaf|eind) [^.]*\b(?:vaste vraag|onderzoek gedaan|nagegaan|onderzocht|bezocht"
    r"|getoetst)\b|\bwordt (?:dan )?nagegaan\b",
    re.IGNORECASE,
)
FROM_NOW = re.compile(
    r"^(?:voortaan|vanaf 20\d\d)\b|\bvalt voortaan\b|\bkomt (?:\w+ ){1,12}aan bod\b"
    r"|^(?:elk|ieder) (?:\w+ )?(?:rapport|onderzoek|jaarbericht|werkprogramma)\b(?!.*\b(?:had|was|kreeg)\b)",
    re.IGNORECASE,
)
"""A way of working that begins now."""
_STATIVE = (
    r"(?:is|zijn|heeft|hebben|had|hadden|was|waren|wil|willen|kan|kunnen|zal|zullen|mag|mogen|moet|moeten|hoeft"
    r"|wordt|worden|ziet|zien|vindt|vinden|weet|weten|kent|kennen|merkt|merken|hecht|hechten|gelooft|denkt|denken|verstaat|verstaan"
    r"|signale\w+|constate\w+|conclude\w+|oorde\w+|stimule\w+|hante\w+|beoogt|beogen|streeft|streven|acht|achten|blijft"
    r"|blijven|staat|staan|zet|zetten|draagt|dragen|erkent|erkennen|noemt|noemen|hoopt|hopen|werkt|werken|hierna|en|of"
    r"|dat|die|met|niet|ook|maar|\w+(?:de|te|den|ten))"
)
DOES = re.compile(
    rf"(?:{SPEAKER})\s+(?!{_STATIVE}\b)[a-zë]{{3,}}(?:t|en)\b"
    rf"|\b(?!{_STATIVE}\b)[a-zë]{{3,}}(?:t|en)\s+(?:wij|we|de inspecties?)\b",
    re.IGNORECASE,
)
"""Whatever who speaks does: in a plan a commitment where it has its time."""
_PLANNED = (
    r"(?:\w*onderzoek(?:en)?|\w*bezoek(?:en)?|verkenning|quickscan|rapport|evaluatie|doorlichting|publicatie|activiteit"
    r"|voornemen|het andere|de andere)"
)
WITHDRAWN = re.compile(
    rf"\b{_PLANNED}\b(?:(?!\bniet\b)[^.;,])*\b(?:is|zijn|wordt|worden) (?:\w+ )?(?:ingetrokken|geschrapt|vervallen"
    rf"|geannuleerd|afgeblazen)\b|^[^,;]{{0,40}}\b{_PLANNED}\b[^,;]{{0,40}}\bverva(?:lt|llen)\b"
    rf"|\b{_PLANNED} (?:komt|komen) er niet\b"
    rf"|\b(?:{_PLANNED}|toezicht)\b[^.;]*\b(?:wordt|worden|gaat|gaan)\b[^.;]*\bniet (?:\w+ ){{0,3}}?(?:voortgezet"
    r"|uitgevoerd|gestart|door|vervolgd|gepubliceerd|herhaald)\b"
    r"|\bbesloten\b[^.;]*\b(?:niet|geen)\b[^.;]*\b(?:voort te zetten|uit te voeren|te starten|te doen|meer te)\b",
    re.IGNORECASE,
)
"""What had been announced is not done."""
STOPS = re.compile(
    r"\b(?:niet (?:\w+ ){0,2}?(?:voort|uit|op|in|terug|meer|door|na|af)\b|geen (?:\w+ ){0,2}?(?:toezicht|onderzoek"
    r"|bezoek|rapport)\w*|\bniet(?: meer)?(?=[.;:,]|$))",
    re.IGNORECASE,
)
"""A negation of the deed itself, not of something else in the sentence."""
GENERAL = re.compile(
    r"\?$|:$|\b(?:kan|kunnen|zou|zouden|mogelijk(?:erwijs)?) (?:de inspectie|wij|zij|we)\b"
    r"|^(?:als (?!eerste|tweede|derde|vierde|laatste)|indien |wanneer |waar )|\bkan betekenen\b|^(?:dit|dat) doet "
    r"|\b(?:bijdragen aan|aandacht (?:voor|hebben)|inzetten|beoogt|streeft|oog voor hebben|in toenemende mate)\b"
    r"|\b(?:zal|zullen)\b.*\bblijven\b|\bin dit (?:hoofdstuk|document|programma|werkprogramma|plan)\b"
    r"|\bheeft? (?:de inspectie|wij|zij)\b|\bde rijksinspecties hebben\b|\bniet alleen\b",
    re.IGNORECASE,
)
"""Questions, conditions, and wishes without an object that can be checked."""
LIST_HEADING = re.compile(
    r"\b(?:planning|gepland\w*|(?:voorgenomen|lopende|nieuwe) onderzoeken|toezichtactiviteiten|activiteiten"
    r"|onderzoeksprogramma|programmering|toezichtgebieden|wat (?:wij|we) (?:gaan )?doen|agenda"
    r"|onderzoeken (?:in )?20\d\d)\b",
    re.IGNORECASE,
)
"""A heading under which a list names what is planned."""
LIST_OPENER = re.compile(
    r"\b(?:onderzoek\w*|publice\w+|starten|start|voeren|voert|gepland|planning|activiteiten|richt(?:en)?"
    r"|bezoek\w*)\b.*:$",
    re.IGNORECASE | re.DOTALL,
)
PLANNING = re.compile(r"\b(?:planning|tijdpad|fasering|tijdschema|tijdlijn|doorlooptijd|mijlpalen)\b", re.IGNORECASE)
"""A heading above a table of times."""
OWN_AFFAIRS = re.compile(
    r"\b(?:inhoudsopgave|colofon|financi[eë]n|bronnen|noten|begrippen\w*|afkorting\w*)\b", re.IGNORECASE
)
NOT_OURS = re.compile(r"\b(?:wat ging eraan vooraf|voorgeschiedenis|tijdlijn|chronologie|aanleiding)\b", re.IGNORECASE)
"""Headings under which a document tells what was."""
CLAUSE = re.compile(
    rf",\s+(?:en\s+)?(?=(?:de|het)\s+{THING}\s+(?:is|wordt|volgt|verschijnt|start)\b)|\s+en\s+(?=(?:zal|zullen)\b)",
    re.IGNORECASE,
)
"""Where one sentence goes on to another commitment."""
GOES_ON = re.compile(r"^Dan (?:wordt|worden|gaat|kijkt)\b")
"""How the sentence behind a commitment says more of the same."""
SENT = re.compile(
    r"\b(?:krijgt|krijgen|ontvangt|ontvangen)\b.*\b(?:tekst|concept\w*|rapport|deel|verslag|brief|bevindingen)\b"
    rf"|\b(?:is|zijn) er (?:een|één|twee|drie|vier|vijf|\d+) {THING}",
    re.IGNORECASE | re.DOTALL,
)
"""What a plan says others will be given, or what there will be."""
AHEAD_HEADING = re.compile(
    r"\b(?:vervolg|hoe (?:het |nu )?verder\w*|vooruitblik|wat (?:de inspecties?|wij|we) (?:gaan |gaat )?(?:doen|doet)"
    r"|tot slot|hoe het verdergaat|wat doen (?:wij|we|de inspecties))\b",
    re.IGNORECASE,
)
"""A heading under which a letter or report says what its publisher does next."""
MISSION = re.compile(
    r"\b(?:focus van het toezicht|missie|visie|werkwijze|wie (?:wij|we) zijn|onze rol)\b", re.IGNORECASE
)
"""A heading under which a plan tells what supervision is for."""
RETOLD = re.compile(r"^in (?:het|ons|dat|dit) (?:plan|programma|werkprogramma)\b", re.IGNORECASE)
"""What an earlier plan said, told again."""
LEFT_OUT = re.compile(r"\b(?:buiten|niet|geen|deelvragen)\b", re.IGNORECASE)
"""The opener of a list of what is left out, or asked."""
ACTIVITY = re.compile(
    r"^(?:een |het )?(?:\w*onderzoek|verkenning|inspecties?|\w*bezoek\w*|publicatie|monitor\w*|evaluatie"
    r"|doorlichting\w*|toezicht op|quickscan|themaonderzoek|factsheet|nulmeting|peiling|reality ?check)\b",
    re.IGNORECASE,
)
"""How an item of a plan begins that names what is done."""
FOLLOWING = re.compile(r":$|\b(?:volgende|onderstaande|hieronder)\b", re.IGNORECASE)
"""A paragraph that opens a list."""
PLAN_TABLE = re.compile(
    r"\b(?:onderzoek\w*|activiteit\w*|onderwerp|project|product|fase|stap)\b.*\b(?:planning|kwartaal|wanneer|periode"
    r"|publicatie|start|oplevering|gereed|afronding)\b"
    r"|\b(?:planning|periode|wanneer|kwartaal|maand)\b.*\b(?:activiteit\w*|stap"
    r"|fase|onderzoek|product)\b",
    re.IGNORECASE,
)
"""The head of a table of what is planned."""
METHOD = re.compile(
    r"\b(?:aanpak|methode|planning|product\w*|publicatie|rapportage|communicatie|uitvoering|onderzoeksopzet|opzet|werkwijze"
    r"|fasen|stappen|veldwerk|hoe (?:wij|we|de inspectie))\b",
    re.IGNORECASE,
)
"""A heading of a plan of one study, under which it says how that is done."""
COUNTED = re.compile(
    r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|vijftien|twintig|dertig|veertig|vijftig|zestig|honderd"
    r"|\d{1,3})\b(?! (?:doelen|ketens|jaar))"
)
DONE = re.compile(
    r"\b(?:wordt|worden)\b[^.;]*\b(?:ge\w{3,}(?:d|t|en)|be\w{3,}(?:d|t|en)|voorgelegd|uitgevoerd|afgenomen)\b"
)
"""What is done, whoever does it."""
