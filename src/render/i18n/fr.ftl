## Parties du site

home = Accueil
site-navigation = Site
contents = Sommaire
explainer = Décryptage
explainers = Décryptages
more-explainers = Autres décryptages
short-answer = En bref
key-facts = Chiffres clés
sections = Chapitres
terms = Clauses
glossary = Glossaire
term-sheet = Tableau des clauses
timeline = Chronologie
sources = Sources
changes = Modifications de ce décryptage
changes-short = Modifications
data = Données
feed = Flux des modifications
feed-title = { $title } : modifications
markdown-version = Cette page en Markdown

## Navigation

skip-to-content = Aller au texte
previous = Précédent
next = Suivant
section-of = { $number } sur { $count }
back-to-top = Haut de page
see-also = Voir aussi
permalink-to = Lien vers « { $title } »
close = Fermer
not-found-title = Page introuvable
not-found-text = Il n’y a pas de page à cette adresse. Elle a peut-être été déplacée.

## À propos de la page

by = Par { $authors }
published = Publié : { $date }
published-label = Publié
first-published = Première publication
updated = Mis à jour : { $date }
updated-label = Mis à jour
reading-time = { $count ->
    [one] { $count } minute de lecture
   *[other] { $count } minutes de lecture
}
draft = Brouillon
photo-credit = Image : { $credit }
take-away = À emporter :
take-away-as = { $title } au format { $format }

## Degré de certitude

status-confirmed = confirmé
status-reported = rapporté
status-analysis = analyse
status-disputed = contesté
status-unknown = inconnu
not-public = non public
no-figure = pas de donnée
as-of = situation : { $date }
note = Note
note-text = Note : { $note }

## Sources

source-label = Source { $number } : { $label }
source-accessed = Consulté : { $date }
source-used-in = Utilisée dans
source-cited = { $n ->
    [one] Citée { $n } fois
   *[other] Citée { $n } fois
  }
source-back = Retour à la citation { $n } de « { $title } »
sources-uncited = Également consultées
archived-copy = Copie archivée

## Clauses

term = Clause
term-now = Actuellement
also-called = Aussi : { $names }
also-called-label = Aussi
term-in-force = Version « { $edition } »
term-unstated = Non public dans la version « { $edition } »
term-history-link = Historique et emplois
term-effects = Qui gagne, qui cède
terms-on-page = Clauses citées sur cette page
definition-of = Définition : { $name }
used-in = Utilisé dans
group-other = Autres
edition = Version
edition-upcoming = pas encore en vigueur
state-value = Contenu
last-changed-in = Dernière modification : { $edition }
last-stated = Dernière fois rendu public ({ $edition }) :

strip-label = Son évolution
strip-earlier = { $n ->
    [one] { $n } état antérieur
   *[other] { $n } états antérieurs
}

## Tableau des clauses

sheet-title = Les clauses de { $from } à { $to }
sheet-title-one = Les clauses : { $edition }
sheet-title-none = Les clauses
sheet-summary = { $changed ->
    [0] Aucune des { $total } clauses n’a changé entre { $from } et { $to }.
    [one] { $changed } clause sur { $total } a changé entre { $from } et { $to }.
   *[other] { $changed } clauses sur { $total } ont changé entre { $from } et { $to }.
}
sheet-summary-many = { $changed ->
    [0] Aucune des { $total } clauses n’a changé entre { $from } et { $to }.
    [one] { $changed } clause sur { $total } a changé au moins une fois entre { $from } et { $to }.
   *[other] { $changed } clauses sur { $total } ont changé au moins une fois entre { $from } et { $to }.
}
sheet-summary-new = { $n ->
    [one] Une autre a été rendue publique pour la première fois.
   *[other] { $n } autres ont été rendues publiques pour la première fois.
}
sheet-left-out = Non affichées, car inchangées :
sheet-apart = Ce tableau montre les mêmes versions quel que soit le jour choisi.
sheet-empty = Rien n’a changé dans les clauses affichées ici.

mark-changed = Modifié
mark-restated = Détails différents
mark-new = Rendu public pour la première fois
mark-same = Inchangé
mark-changed-since = Modifié depuis { $edition }
mark-restated-since = Détails différents de { $edition }
mark-new-since = Rendu public après { $edition }
mark-same-since = Inchangé depuis { $edition }
mark-words = Ce qui a changé, mot à mot
mark-removed = Supprimé :
mark-added = Ajouté :
mark-before = { $edition } :

## Qui gagne, qui cède

effects = Qui gagne, qui cède
effects-title = Qui gagne et qui cède selon les clauses « { $edition } »
effects-title-none = Qui gagne et qui cède
effects-none = Aucun effet n’est indiqué pour cette version
effects-analysis-only = Toutes les mentions sont des jugements.
effects-analysis = Les mentions « analyse » signalent un jugement ; le reste a été déclaré.
no-change-stated = aucun changement indiqué
party = Partie
direction-gains = gagne
direction-loses = cède
direction-keeps = conserve
direction-mixed = gagne et cède
tally-gains = gagne : { $n }
tally-loses = cède : { $n }
tally-keeps = conserve : { $n }
tally-mixed = les deux : { $n }

## Chronologie

timeline-future = À venir
timeline-era = Période
timeline-edition-named = Version : { $edition }
timeline-empty = Il n’y a aucun événement à afficher.
timeline-gap-year = { $year } : rien à signaler
timeline-gap-years = { $from } à { $to } : rien à signaler
related-terms = Clauses
related-terms-count = { $n ->
    [one] { $n } clause
   *[other] { $n } clauses
}

timeline-overview = Vue d’ensemble
timeline-today = Aujourd’hui
timeline-band = { $name }, { $when }
timeline-mark = { $when } : { $title }
timeline-column = { $when } : { $count ->
    [one] { $count } entrée
   *[other] { $count } entrées
}
timeline-column-some = { $when } : { $count ->
    [one] { $n } sur { $count } entrée
   *[other] { $n } sur { $count } entrées
}
timeline-filter = Filtrer la chronologie
timeline-find = Chercher dans cette chronologie
timeline-groups = Concerne
timeline-importance = Importance
timeline-key-only = L’essentiel seulement
timeline-no-details = Masquer le secondaire
timeline-all = { $total ->
    [one] { $total } entrée
   *[other] { $total } entrées
}
timeline-some = { $total ->
    [one] Affichage : { $n } sur { $total } entrée
   *[other] Affichage : { $n } sur { $total } entrées
}
timeline-none = Aucune entrée ne correspond
timeline-reset = Tout afficher
timeline-copy-link = Copier le lien vers « { $title } »
timeline-legend-event = événement
timeline-legend-key = événement clé
timeline-legend-edition = nouvelle version
timeline-legend-bar = période, ou jour inconnu
timeline-legend-future = à venir
timeline-link-copied = Lien copié

## Modifications de la page

change-correction = Correction
change-update = Mise à jour
change-clarification = Précision
changes-all = Toutes les modifications
no-changes = Rien n’a été modifié depuis la publication

visits-label = Depuis votre dernière visite
visits-told = { $n ->
    [one] Un élément de cette page est nouveau ou modifié depuis votre visite du { $date }
   *[other] { $count } éléments de cette page sont nouveaux ou modifiés depuis votre visite du { $date }
}
visits-hide = Masquer
visits-new = Nouveau
visits-changed = Actualisé
visits-corrected = Corrigé
visits-new-long = Nouveau depuis votre dernière visite
visits-changed-long = Modifié depuis votre dernière visite
visits-corrected-long = Corrigé depuis votre dernière visite

## Texte

alert-note = Note
alert-tip = Conseil
alert-important = Important
alert-warning = Avertissement
alert-caution = Attention
footnote = Note { $number }
footnote-back = Retour au texte
footnote-back-nth = Retour à l’appel { $number } de cette note
table = Tableau
list-comma = {", "}

## Dates

date-about = { $precision ->
    [day] vers le { $date }
   *[other] vers { $date }
}
date-uncertain = { $date } (incertain)
date-about-uncertain = { $precision ->
    [day] vers le { $date } (incertain)
   *[other] vers { $date } (incertain)
}
date-range = { $from } – { $to }
date-since = { $precision ->
    [day] dès le { $date }
   *[other] dès { $date }
}
date-until = { $precision ->
    [day] jusqu’au { $date }
   *[other] jusqu’à { $date }
}
date-unknown-end = { $precision ->
    [day] à partir du { $date }, fin inconnue
   *[other] à partir de { $date }, fin inconnue
}
date-unknown-start = { $precision ->
    [day] jusqu’au { $date }, début inconnu
   *[other] jusqu’à { $date }, début inconnu
}
date-decade = années { $year }
date-century = { $first }–{ $last }
date-spring = printemps { $year }
date-summer = été { $year }
date-autumn = automne { $year }
date-winter = hiver { $year }

## What a page is for

about-terms = Ce que chaque version dit de chaque clause, ce qui a changé de l’une à l’autre et où la clause est évoquée.
about-timeline = Ce qui s’est passé, dans l’ordre, et ce qui est encore à venir.
about-sources = Tout ce sur quoi repose cet article, et où il y est fait appel.
about-changes = Ce qui a été corrigé, ajouté ou précisé depuis la publication.

## Ce qu’on peut faire d’un tableau ou d’une chronologie

as-of-label = Afficher
as-of-all = Toutes les versions
as-of-date = ou un jour précis
as-of-status = En vigueur le { $date } : la version « { $edition } ».
as-of-from = La version « { $edition } », en vigueur à partir de : { $date }.
as-of-none = Le { $date }, aucune version n’était encore en vigueur.
as-of-first = C’est la première version recensée.
as-of-changed = { $n ->
    [0] Elle n’a changé aucune clause.
    [one] Elle a changé une clause.
   *[other] Elle a changé { $n } clauses.
}
as-of-here = État au { $date }
as-of-chip = Clauses et événements au { $date }
tools-columns = Choisir les colonnes
tools-changes-only = Seulement les changements
tools-differences-only = Seulement les différences
tools-changed = Clauses changées de { $from } à { $to } : { $n } sur { $total }.
tools-differ = Lignes qui diffèrent : { $n } sur { $total }.
tools-sort = Trier par { $column }
tools-sort-by = Trier par
tools-sort-none = Ordre d’origine
tools-sort-up = { $column }, ordre croissant
tools-sort-down = { $column }, ordre décroissant
copy-markdown = Copier en Markdown
copied = Copié
copy = Copier
cite-table = Citer ce tableau
cite-in = « { $table } », dans : { $work }
cite-part = { $part }.{" "}
source-of-statement = Cette affirmation :
source-in-list = Dans la liste des sources

## Embeds, citing and sharing

embed-this = Intégrer
embed-frame = HTML pour une page à vous :
embed-fitted = Avec un script qui ajuste la hauteur :
embed-look = Voir à part
embed-home = En savoir plus sur { $site }
embed-sources = Sources : { $names }
embed-sources-more = { $n } autres
embed-title = { $title } – { $work }
cite-page = Citer cette page
copy-as = Copier en { $format }
copy-page-link = Copier le lien
share = Partager

## Languages

# The name of this language in itself
language-name = français
languages = Langues

## Charts

chart-kind-bar = Diagramme à barres
chart-kind-line = Courbe
chart-kind-dot = Diagramme à points
chart-kind-slope = Diagramme en pente
chart-kind-area = Diagramme en aires
chart-is = { $kind } : { $title }.
chart-from-to = { $name } : { $from } ({ $from-at }), puis { $to } ({ $to-at }) ; maximum { $most } ({ $most-at }).
chart-between = { $name } : de { $to } ({ $to-at }) à { $from } ({ $from-at }).
chart-numbers = Les chiffres

## Cards

card-events = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}

## Search

search = Rechercher
search-placeholder = Mots à chercher
search-where = Sections, clauses, événements, tableaux, faits et sources.
search-count = Résultats : { $n }
search-best = Résultats : { $n }, dont les { $shown } meilleurs ici
search-none = Aucun résultat pour « { $words } ». Tous les mots doivent apparaître.
search-ways = Consulter :
search-failed = La recherche n’a pas pu être chargée. Veuillez réessayer.
search-text = Dans le texte
search-tables = Tableaux
search-facts = Faits
search-others = Autres décryptages
# A switch: whether the key opens the search
search-key = Ouvrir avec la touche /
