## Teile der Website

home = Startseite
site-navigation = Website
contents = Inhalt
explainer = Hintergrund
explainers = Hintergründe
more-explainers = Weitere Hintergründe
short-answer = Kurz gesagt
key-facts = Das Wichtigste in Zahlen
sections = Abschnitte
terms = Regelungen
glossary = Glossar
term-sheet = Regelungen im Vergleich
timeline = Zeitleiste
sources = Quellen
changes = Änderungen an diesem Beitrag
changes-short = Änderungen
data = Daten
feed = Feed der Änderungen
feed-title = { $title }: Änderungen
markdown-version = Diese Seite als Markdown

## Wegweiser

skip-to-content = Zum Text springen
previous = Zurück
next = Weiter
section-of = { $number } von { $count }
back-to-top = Nach oben
see-also = Siehe auch
permalink-to = Link zu „{ $title }“
close = Schließen
not-found-title = Seite nicht gefunden
not-found-text = Unter dieser Adresse gibt es keine Seite. Vielleicht ist sie umgezogen.

## Zur Seite

by = Von { $authors }
published = Veröffentlicht: { $date }
published-label = Veröffentlicht
first-published = Zuerst veröffentlicht
updated = Aktualisiert: { $date }
updated-label = Aktualisiert
reading-time = { $count ->
    [one] { $count } Minute Lesezeit
   *[other] { $count } Minuten Lesezeit
}
draft = Entwurf
photo-credit = Bild: { $credit }
take-away = Zum Mitnehmen:
take-away-as = { $title } als { $format }

## Wie sicher eine Aussage ist

status-confirmed = bestätigt
status-reported = berichtet
status-analysis = Einschätzung
status-disputed = umstritten
status-unknown = unbekannt
not-public = nicht öffentlich
no-figure = keine Angabe
as-of = Stand: { $date }
note = Anmerkung
note-text = Anmerkung: { $note }

## Quellen

source-label = Quelle { $number }: { $label }
source-accessed = Abgerufen: { $date }
source-used-in = Verwendet in
source-cited = { $n ->
    [one] Einmal zitiert
   *[other] { $n }-mal zitiert
  }
source-back = Zurück zu Beleg { $n } von „{ $title }“
sources-uncited = Außerdem herangezogen
archived-copy = Archivierte Fassung

## Regelungen

term = Regelung
term-now = Jetzt
also-called = Auch: { $names }
also-called-label = Auch
term-in-force = In der Fassung „{ $edition }“
term-unstated = Nicht öffentlich in der Fassung „{ $edition }“
term-history-link = Verlauf und Verwendung
term-effects = Wer gewinnt, wer abgibt
terms-on-page = Regelungen auf dieser Seite
definition-of = Erklärung: { $name }
used-in = Verwendet in
group-other = Sonstiges
edition = Fassung
edition-upcoming = noch nicht in Kraft
state-value = Inhalt
last-changed-in = Zuletzt geändert: { $edition }
last-stated = Zuletzt öffentlich ({ $edition }):

strip-label = Wie es sich geändert hat
strip-earlier = { $n ->
    [one] { $n } früherer Stand
   *[other] { $n } frühere Stände
}

## Regelungen im Vergleich

sheet-title = Die Regelungen von { $from } bis { $to }
sheet-title-one = Die Regelungen: { $edition }
sheet-title-none = Die Regelungen
sheet-summary = { $changed ->
    [0] Keine von { $total } Regelungen hat sich zwischen { $from } und { $to } geändert.
    [one] { $changed } von { $total } Regelungen hat sich zwischen { $from } und { $to } geändert.
   *[other] { $changed } von { $total } Regelungen haben sich zwischen { $from } und { $to } geändert.
}
sheet-summary-many = { $changed ->
    [0] Keine von { $total } Regelungen hat sich zwischen { $from } und { $to } geändert.
    [one] { $changed } von { $total } Regelungen hat sich zwischen { $from } und { $to } mindestens einmal geändert.
   *[other] { $changed } von { $total } Regelungen haben sich zwischen { $from } und { $to } mindestens einmal geändert.
}
sheet-summary-new = { $n ->
    [one] Eine weitere wurde erstmals öffentlich.
   *[other] { $n } weitere wurden erstmals öffentlich.
}
sheet-left-out = Nicht gezeigt, weil unverändert:
sheet-apart = Diese Tabelle zeigt an jedem Tag dieselben Fassungen.
sheet-empty = An den hier gezeigten Regelungen hat sich nichts geändert.

mark-changed = Geändert
mark-restated = Einzelheiten anders
mark-new = Erstmals öffentlich
mark-same = Unverändert
mark-changed-since = Geändert seit { $edition }
mark-restated-since = Einzelheiten anders als { $edition }
mark-new-since = Nach „{ $edition }“ öffentlich geworden
mark-same-since = Unverändert seit { $edition }
mark-words = Was sich geändert hat, Wort für Wort
mark-removed = Entfallen:
mark-added = Hinzugekommen:
mark-before = { $edition }:

## Wer gewinnt, wer abgibt

effects = Wer gewinnt, wer abgibt
effects-title = Wer nach den Regelungen „{ $edition }“ gewinnt und wer abgibt
effects-title-none = Wer gewinnt und wer abgibt
effects-none = Für diese Fassung sind keine Folgen angegeben
effects-analysis-only = Alle Einträge geben ein Urteil wieder.
effects-analysis = Mit „Einschätzung“ gekennzeichnete Einträge geben ein Urteil wieder; alles andere wurde so mitgeteilt.
no-change-stated = keine Änderung angegeben
party = Beteiligte
direction-gains = gewinnt
direction-loses = gibt ab
direction-keeps = behält
direction-mixed = gewinnt und gibt ab
tally-gains = gewinnt: { $n }
tally-loses = gibt ab: { $n }
tally-keeps = behält: { $n }
tally-mixed = beides: { $n }

## Zeitleiste

timeline-future = Steht noch bevor
timeline-era = Zeitraum
timeline-edition-named = Fassung: { $edition }
timeline-empty = Es gibt keine Ereignisse zu zeigen.
timeline-gap-year = { $year }: kein Eintrag
timeline-gap-years = { $from } bis { $to }: kein Eintrag
related-terms = Regelungen
related-terms-count = { $n ->
    [one] { $n } Regelung
   *[other] { $n } Regelungen
}

timeline-overview = Überblick
timeline-today = Heute
timeline-band = { $name }, { $when }
timeline-mark = { $when }: { $title }
timeline-column = { $when }: { $count ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
timeline-column-some = { $when }: { $count ->
    [one] { $n } von { $count } Eintrag
   *[other] { $n } von { $count } Einträgen
}
timeline-filter = Zeitleiste filtern
timeline-find = In dieser Zeitleiste suchen
timeline-groups = Betrifft
timeline-importance = Gewicht
timeline-key-only = Nur Wichtiges
timeline-no-details = Nebensächliches ausblenden
timeline-all = { $total ->
    [one] { $total } Eintrag
   *[other] { $total } Einträge
}
timeline-some = { $total ->
    [one] { $n } von { $total } Eintrag gezeigt
   *[other] { $n } von { $total } Einträgen gezeigt
}
timeline-none = Kein Eintrag passt
timeline-reset = Alle zeigen
timeline-copy-link = Link zu „{ $title }“ kopieren
timeline-legend-event = Ereignis
timeline-legend-key = Schlüsselereignis
timeline-legend-edition = neue Fassung
timeline-legend-bar = Zeitraum, oder Tag nicht bekannt
timeline-legend-future = steht noch bevor
timeline-link-copied = Link kopiert

## Änderungen an der Seite

change-correction = Korrektur
change-update = Aktualisierung
change-clarification = Klarstellung
changes-all = Alle Änderungen
no-changes = Seit der Veröffentlichung wurde nichts geändert

visits-label = Seit Ihrem letzten Besuch
visits-told = { $n ->
    [one] Eine Stelle auf dieser Seite ist seit Ihrem Besuch am { $date } neu oder geändert
   *[other] { $count } Stellen auf dieser Seite sind seit Ihrem Besuch am { $date } neu oder geändert
}
visits-hide = Ausblenden
visits-new = Neu
visits-changed = Aktualisiert
visits-corrected = Berichtigt
visits-new-long = Neu seit Ihrem letzten Besuch
visits-changed-long = Geändert seit Ihrem letzten Besuch
visits-corrected-long = Berichtigt seit Ihrem letzten Besuch

## Text

alert-note = Hinweis
alert-tip = Tipp
alert-important = Wichtig
alert-warning = Warnung
alert-caution = Vorsicht
footnote = Fußnote { $number }
footnote-back = Zurück zum Text
footnote-back-nth = Zurück zur { $number }. Stelle mit dieser Fußnote
table = Tabelle
list-comma = {", "}

## Zeitangaben

date-about = { $precision ->
    [day] um den { $date }
   *[other] um { $date }
}
date-uncertain = { $date } (unsicher)
date-about-uncertain = { $precision ->
    [day] um den { $date } (unsicher)
   *[other] um { $date } (unsicher)
}
date-range = { $from } – { $to }
date-since = { $precision ->
    [day] ab dem { $date }
   *[other] ab { $date }
}
date-until = { $precision ->
    [day] bis zum { $date }
   *[other] bis { $date }
}
date-unknown-end = { $precision ->
    [day] ab dem { $date }, Ende unbekannt
   *[other] ab { $date }, Ende unbekannt
}
date-unknown-start = { $precision ->
    [day] bis zum { $date }, Beginn unbekannt
   *[other] bis { $date }, Beginn unbekannt
}
date-decade = { $year }er-Jahre
date-century = { $first }–{ $last }
date-spring = Frühjahr { $year }
date-summer = Sommer { $year }
date-autumn = Herbst { $year }
date-winter = Winter { $year }

## What a page is for

about-terms = Was jede Fassung zu jeder Regelung sagt, was sich von einer zur nächsten geändert hat und wo die Regelung vorkommt.
about-timeline = Was geschah, der Reihe nach, und was noch bevorsteht.
about-sources = Alles, worauf sich dieser Beitrag stützt, und wo es verwendet wird.
about-changes = Was seit der Veröffentlichung berichtigt, ergänzt oder klargestellt wurde.

## Was man mit einer Tabelle oder Zeitleiste tun kann

as-of-label = Anzeigen
as-of-all = Alle Fassungen
as-of-date = oder ein beliebiger Tag
as-of-status = In Kraft am { $date }: die Fassung „{ $edition }“.
as-of-from = Die Fassung „{ $edition }“, in Kraft ab { $date }.
as-of-none = Am { $date } war noch keine Fassung in Kraft.
as-of-first = Es ist die erste hier aufgeführte Fassung.
as-of-changed = { $n ->
    [0] Keine Bedingung änderte sich damit.
    [one] Eine Bedingung änderte sich damit.
   *[other] { $n } Bedingungen änderten sich damit.
}
as-of-here = Stand: { $date }
as-of-chip = Bedingungen und Ereignisse, Stand: { $date }
tools-columns = Spalten auswählen
tools-changes-only = Nur Änderungen
tools-differences-only = Nur Unterschiede
tools-changed = Geänderte Bedingungen von { $from } bis { $to }: { $n } von { $total }.
tools-differ = Zeilen mit Unterschieden: { $n } von { $total }.
tools-sort = Nach { $column } sortieren
tools-sort-by = Sortieren nach
tools-sort-none = Wie aufgeführt
tools-sort-up = { $column }, aufsteigend
tools-sort-down = { $column }, absteigend
copy-markdown = Als Markdown kopieren
copied = Kopiert
copy = Kopieren
cite-table = Diese Tabelle zitieren
cite-in = „{ $table }“, in: { $work }
cite-part = { $part }.{" "}
source-of-statement = Diese Aussage:
source-in-list = Im Quellenverzeichnis

## Embeds, citing and sharing

embed-this = Einbetten
embed-frame = HTML für eine eigene Seite:
embed-fitted = Mit einem Skript, das die Höhe anpasst:
embed-look = Für sich ansehen
embed-home = Weiterlesen bei { $site }
embed-sources = Quellen: { $names }
embed-sources-more = { $n } weitere
embed-title = { $title } – { $work }
cite-page = Diese Seite zitieren
copy-as = Als { $format } kopieren
copy-page-link = Link kopieren
share = Teilen

## Languages

# The name of this language in itself
language-name = Deutsch
languages = Sprachen

## Charts

chart-kind-bar = Balkendiagramm
chart-kind-line = Liniendiagramm
chart-kind-dot = Punktdiagramm
chart-kind-slope = Steigungsdiagramm
chart-kind-area = Flächendiagramm
chart-is = { $kind }: { $title }.
chart-from-to = { $name }: { $from } ({ $from-at }), dann { $to } ({ $to-at }); höchster Wert { $most } ({ $most-at }).
chart-between = { $name }: von { $to } ({ $to-at }) bis { $from } ({ $from-at }).
chart-numbers = Die Zahlen

## Cards

card-events = { $count ->
    [one] { $count } Ereignis
   *[other] { $count } Ereignisse
}

## Search

search = Suche
search-placeholder = Suchbegriffe
search-where = Abschnitte, Regelungen, Ereignisse, Tabellen, Fakten und Quellen.
search-count = Treffer: { $n }
search-best = Treffer: { $n }, davon hier die { $shown } besten
search-none = Zu „{ $words }“ wurde nichts gefunden. Alle Wörter müssen vorkommen.
search-ways = Nachsehen unter:
search-failed = Die Suche konnte nicht geladen werden. Bitte noch einmal versuchen.
search-text = Im Text
search-tables = Tabellen
search-facts = Fakten
search-others = Andere Hintergründe
# A switch: whether the key opens the search
search-key = Mit der Taste / öffnen
