# Every text of the interface, in English. A translation has the same texts with the same variables.
# Counts are numbers, written in the digits of the language; dates come in its words; names and titles as their author
# wrote them. What is commented with an example is seen in that form.

## Parts of the site

home = Home
site-navigation = Site
contents = Contents
explainer = Explainer
explainers = Explainers
more-explainers = More explainers
short-answer = The short answer
key-facts = Key facts
sections = Sections
terms = Terms
glossary = Glossary
term-sheet = Term sheet
timeline = Timeline
sources = Sources
changes = Changes to this explainer
changes-short = Changes
data = Data
feed = Feed of changes
# { $title } is the explainer's: "The deal, rewritten: changes"
feed-title = { $title }: changes
markdown-version = This page as Markdown

## Getting around

skip-to-content = Skip to the text
previous = Previous
next = Next
# Where a section stands: "2 of 7"
section-of = { $number } of { $count }
back-to-top = Back to top
see-also = See also
# What is read out for the mark beside a heading
permalink-to = Link to “{ $title }”
close = Close
not-found-title = Page not found
not-found-text = There is no page at this address. It may have moved.

## About the page

by = By { $authors }
published = Published { $date }
published-label = Published
first-published = First published
updated = Updated { $date }
updated-label = Updated
reading-time = { $count ->
    [one] { $count } minute to read
   *[other] { $count } minutes to read
}
draft = Draft
photo-credit = Picture: { $credit }
take-away = Take this away:
# "Timeline as CSV"
take-away-as = { $title } as { $format }

## How sure a statement is

status-confirmed = confirmed
status-reported = reported
status-analysis = analysis
status-disputed = disputed
status-unknown = unknown
not-public = not public
no-figure = no figure
as-of = as of { $date }
note = Note
note-text = Note: { $note }

## Sources

# What is read out for a citation: "Source 3: Paath, 27 April 2026"
source-label = Source { $number }: { $label }
source-accessed = Looked at { $date }
source-used-in = Used in
source-cited = { $n ->
    [one] Cited once
   *[other] Cited { $n } times
  }
# What is read out for the way back from a source: the n-th place that cites it
source-back = Back to citation { $n } of “{ $title }”
sources-uncited = Also consulted
archived-copy = Archived copy

## Terms

term = Term
term-now = Now
also-called = Also called { $names }
also-called-label = Also called
# Heads the states that a term had: "In April 2026"
term-in-force = In { $edition }
term-unstated = Not public in { $edition }
term-history-link = History and uses
term-effects = Who gains, who gives up
terms-on-page = Terms on this page
definition-of = Definition: { $name }
used-in = Used in
group-other = Other
edition = Version
edition-upcoming = not yet in force
state-value = What it said
last-changed-in = Last changed in { $edition }
last-stated = Last made public in { $edition }:

# The states of a term in a line, in its popover
strip-label = How it changed
strip-earlier = { $n ->
    [one] { $n } earlier state
   *[other] { $n } earlier states
}

## Term sheet

sheet-title = The terms from { $from } to { $to }
sheet-title-one = The terms in { $edition }
sheet-title-none = The terms
# Two versions: { $changed } is the number of terms that changed
sheet-summary = { $total ->
    [one] { $changed ->
        [0] The term did not change between { $from } and { $to }.
       *[other] The term changed between { $from } and { $to }.
    }
   *[other] { $changed ->
        [0] None of { $total } terms changed between { $from } and { $to }.
       *[other] { $changed } of { $total } terms changed between { $from } and { $to }.
    }
}
sheet-summary-many = { $total ->
    [one] { $changed ->
        [0] The term did not change between { $from } and { $to }.
       *[other] The term changed at least once between { $from } and { $to }.
    }
   *[other] { $changed ->
        [0] None of { $total } terms changed between { $from } and { $to }.
       *[other] { $changed } of { $total } terms changed at least once between { $from } and { $to }.
    }
}
sheet-summary-new = { $n ->
    [one] One was first made public.
   *[other] { $n } were first made public.
}
sheet-left-out = Not shown, because nothing changed:
sheet-apart = This table shows the same versions on any day.
sheet-empty = Nothing changed in the terms shown here.

# Between one version and the version shown before it
mark-changed = Changed
mark-restated = Details differ
mark-new = First made public
mark-same = Unchanged
# Between one version and an earlier one that is named
mark-changed-since = Changed since { $edition }
mark-restated-since = Details differ from { $edition }
mark-new-since = Made public after { $edition }
mark-same-since = Unchanged since { $edition }
mark-words = What changed, word by word
mark-removed = Removed:
mark-added = Added:
mark-before = { $edition }:

## Who gains and who gives up

effects = Who gains, who gives up
effects-title = Who gains and who gives up under the terms of { $edition }
effects-title-none = Who gains and who gives up
effects-none = No effects are stated for this version
effects-analysis-only = All entries are somebody’s judgement.
effects-analysis = Entries marked “analysis” are somebody’s judgement; the rest was stated.
no-change-stated = no change stated
party = Party
direction-gains = gains
direction-loses = gives up
direction-keeps = keeps
direction-mixed = both gains and gives up
# How often: "gains 3"
tally-gains = gains { $n }
tally-loses = gives up { $n }
tally-keeps = keeps { $n }
tally-mixed = both { $n }

## Timeline

timeline-future = Still to come
timeline-era = Period
timeline-edition-named = Version: { $edition }
timeline-empty = There are no events to show.
# Years between two events, in words of the language
timeline-gap-year = { $year }: nothing listed
timeline-gap-years = { $from } to { $to }: nothing listed
related-terms = Terms
# Where there are many: they are folded up below this
related-terms-count = { $n ->
    [one] { $n } term
   *[other] { $n } terms
}

# The strip above a timeline: all of it to scale
timeline-overview = Overview
timeline-today = Today
# An era on the strip, in a few words: "Right of first refusal, 21 January 2025 – 28 October 2025"
timeline-band = { $name }, { $when }
# An event on the strip: "27 April 2026: The amended agreement"
timeline-mark = { $when }: { $title }
# A column of the strip: "2025: 6 entries"
timeline-column = { $when }: { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
# The same while some are filtered out; { $n } is any number: "2025: 2 of 6 entries"
timeline-column-some = { $when }: { $count ->
    [one] { $n } of { $count } entry
   *[other] { $n } of { $count } entries
}
# Tools: the names of fields and buttons
timeline-filter = Filter the timeline
timeline-find = Find in this timeline
timeline-groups = About
timeline-importance = Importance
timeline-key-only = Key events only
timeline-no-details = Hide minor events
timeline-all = { $total ->
    [one] { $total } entry
   *[other] { $total } entries
}
# { $n } is any number: "7 of 19 entries shown"
timeline-some = { $total ->
    [one] { $n } of { $total } entry shown
   *[other] { $n } of { $total } entries shown
}
timeline-none = No entry matches
timeline-reset = Show all
timeline-copy-link = Copy link to “{ $title }”
# What the shapes on the strip mean
timeline-legend-event = event
timeline-legend-key = key event
timeline-legend-edition = new version
timeline-legend-bar = over a time, or day not known
timeline-legend-future = still to come
timeline-link-copied = Link copied

## Changes to the page

change-correction = Correction
change-update = Update
change-clarification = Clarification
changes-all = All changes
no-changes = Nothing has been changed since publication

# What is new to a reader who comes back
visits-label = Since your last visit
visits-told = { $n ->
    [one] One thing here is new or changed since your visit on { $date }
   *[other] { $count } things here are new or changed since your visit on { $date }
}
visits-hide = Hide
visits-new = New
visits-changed = Updated
visits-corrected = Corrected
visits-new-long = New since your last visit
visits-changed-long = Changed since your last visit
visits-corrected-long = Corrected since your last visit

## Prose

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
footnote = Footnote { $number }
footnote-back = Back to the text
footnote-back-nth = Back to mention { $number } of this note
table = Table
# Between the items of a list that has no "and"
list-comma = {", "}

## Dates
# Around one date a text may also ask for its $precision: `day`, or `other` (a month, a year, a decade).

date-about = about { $date }
date-uncertain = { $date } (uncertain)
date-about-uncertain = about { $date } (uncertain)
date-range = { $from } – { $to }
# An open date; it may be one to come
date-since = from { $date } on
date-until = until { $date }
date-unknown-end = from { $date }, end not known
date-unknown-start = until { $date }, start not known
# { $year } is the first of ten: "the 2010s"
date-decade = the { $year }s
date-century = { $first }–{ $last }
date-spring = spring { $year }
date-summer = summer { $year }
date-autumn = autumn { $year }
date-winter = winter { $year }

## The pages, in a sentence

about-terms = What each version says of every term, what changed from one to the next, and where the term comes up.
about-timeline = What happened, in order, and what is still to come.
about-sources = Everything that this explainer rests on, and where it is used.
about-changes = What was corrected, added or made clearer since publication.

## What can be done with a table or a timeline

as-of-label = Show
as-of-all = All versions
as-of-date = or any day
# Heads a row of buttons: "All versions", "2019", "October 2025", and a field for a day
# The next three are filled in by the page: "In force on 1 March 2026: the version “October 2025”."
as-of-status = In force on { $date }: the version “{ $edition }”.
# The same for the day on which the version begins, as exact as that is known
as-of-from = The version “{ $edition }”, in force from { $date }.
as-of-none = On { $date } no version was in force yet.
as-of-first = It is the first version listed.
as-of-changed = { $n ->
    [0] No term changed with it.
    [one] One term changed with it.
   *[other] { $n } terms changed with it.
}
as-of-here = As of { $date }
as-of-chip = Terms and events as of { $date }
tools-columns = Choose columns
tools-changes-only = Only what changed
tools-differences-only = Only where they differ
# Filled in by the page, in figures
tools-changed = Terms that changed from { $from } to { $to }: { $n } of { $total }.
tools-differ = Rows that differ: { $n } of { $total }.
tools-sort = Sort by { $column }
# A choice where a table is drawn as cards; what follows are its options
tools-sort-by = Sort by
tools-sort-none = As listed
tools-sort-up = { $column }, ascending
tools-sort-down = { $column }, descending
copy-markdown = Copy as Markdown
copied = Copied
copy = Copy
cite-table = Cite this table
cite-in = “{ $table }”, in: { $work }
# A part of a citation, with what follows it
cite-part = { $part }.{" "}
source-of-statement = This statement:
source-in-list = In the list of sources

## Embeds, citing and sharing

embed-this = Embed this
embed-frame = HTML for a page of yours:
embed-fitted = With a script that fits the height:
embed-look = See it alone
embed-home = Read more at { $site }
embed-sources = Sources: { $names }
embed-sources-more = { $n } more
embed-title = { $title } – { $work }
cite-page = Cite this page
copy-as = Copy as { $format }
copy-page-link = Copy link
share = Share

## Languages

# The name of this language in itself
language-name = English
languages = Languages

## Charts

chart-kind-bar = Bar chart
chart-kind-line = Line chart
chart-kind-dot = Dot plot
chart-kind-slope = Slope chart
chart-kind-area = Area chart
chart-is = { $kind }: { $title }.
chart-from-to = { $name }: { $from } ({ $from-at }), then { $to } ({ $to-at }); highest { $most } ({ $most-at }).
chart-between = { $name }: from { $to } ({ $to-at }) to { $from } ({ $from-at }).
chart-numbers = The numbers

## Cards

card-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}

## Search

search = Search
search-placeholder = Words to look for
search-where = Sections, terms, events, tables, facts and sources.
search-count = Results: { $n }
search-best = Results: { $n }, of which the best { $shown } are here
search-none = Nothing was found for “{ $words }”. All of the words have to occur.
search-ways = Look through:
search-failed = The search could not be loaded. Please try again.
search-text = In the text
search-tables = Tables
search-facts = Facts
search-others = Other explainers
# A switch: whether the key opens the search
search-key = Open with the / key
