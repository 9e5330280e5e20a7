# Every text of the interface, in English. A translation has the same keys with the same variables.
# Counts come as { $count }, dates and years in words of the language, everything else as written by the author.

## Pages and parts of pages

contents = Contents
short-answer = The short answer
key-facts = Key facts
section = Section
sections = Sections
sections-on-page = In this explainer
timeline = Timeline
glossary = Glossary
terms = Terms
term-sheet = Term sheet
comparison = Comparison
comparisons = Comparisons
sources = Sources
changes = Changes to this page
downloads = Take the data away
explainers = Explainers
effects = Who gains, who gives up
parties = Who is affected
facts = Facts
notes = Notes
references = References
data = Data
editions = Versions
eras = Periods
home = Home
menu = Menu
search = Search
all-sections = All sections
more-explainers = More explainers
kind-explainer = Explainer

## Getting around

skip-to-content = Skip to the text
skip-to-contents = Skip to the contents
previous = Previous
next = Next
previous-section = Previous: { $title }
next-section = Next: { $title }
back-to-top = Back to top
back-to-text = Back to the text
back-to-mark = Back to mention { $number }
back-to = Back to { $title }
permalink = Link to this part
permalink-to = Link to “{ $title }”
see-also = See also
read-more = Read more
see-timeline = See the timeline
see-all-terms = See every term
see-all-sources = See every source
see-all-changes = See every change
see-comparison = See the table
open-source = Open the source
archived-copy = Archived copy
close = Close
expand = Show
collapse = Hide
show-all = Show all
site-navigation = Site
page-navigation = This page
breadcrumbs = You are here
pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}

## About the page

by = By { $authors }
published = Published { $date }
updated = Updated { $date }
last-updated = Last updated { $date }
reading-time = { $count ->
    [one] { $count } minute to read
   *[other] { $count } minutes to read
}
words = { $count ->
    [one] { $count } word
   *[other] { $count } words
}
draft = Draft
publisher = Publisher
license = Licence
licensed-under = Licence: { $license }
photo-credit = Picture: { $credit }
image-credit = { $caption } ({ $credit })
tags = Topics
made-with = Made with { $name }
feed = Feed of changes
share = Share
embed = Embed
embed-this = Embed this on another page
embed-from = From { $title }
print = Print
download = Download
download-as = Download as { $format }
download-json = JSON
download-csv = CSV (spreadsheet)
markdown-version = This page as Markdown
language = Language
not-found-title = Page not found
not-found-text = There is no page at this address. It may have moved.
not-found-home = Go to the first page
redirect-title = This page has moved
redirect-text = This page is now at { $title }.
in-other-words = In short

## How sure a statement is

status = Status
status-confirmed = confirmed
status-reported = reported
status-analysis = analysis
status-disputed = disputed
status-unknown = unknown
status-reported-long = Reported, not confirmed
status-analysis-long = Somebody’s judgement, not a stated fact
status-disputed-long = Sources disagree
status-unknown-long = Not known
status-confirmed-long = Stated by someone in a position to know
not-public = not public
not-public-long = No one has made this public
as-of = as of { $date }
sourced = Sources
unsourced = no source given
note = Note
cites = Sources: { $numbers }
source-number = Source { $number }
source-label = Source { $number }: { $label }
cited-sources = cited

## Sources

source-by = By { $authors }
source-published = Published { $date }
source-accessed = Looked at { $date }
source-undated = no date
source-used-in = Used in
source-uncited = Not cited in the text
source-language = In { $language }
source-count = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
locator = { $label }, { $locator }

## Terms and their states

term = Term
term-now = Now
term-before = Before
term-after = After
term-from-to = From { $from } to { $to }
definition = What it means
current-state = Now
current-state-since = Since { $date }
last-changed = Last changed { $date }
never-changed = Unchanged since { $date }
term-history = History of this term
term-history-of = History of { $name }
used-in = Used in
also-called = Also called { $names }
group-other = Other
edition = Version
edition-latest = Latest version
edition-as-of = The terms in force on { $date }
in-force-from = In force from { $date }
standing = Standing
state-value = What it said
term-count = { $count ->
    [one] { $count } term
   *[other] { $count } terms
}

## Comparing

changed = changed
unchanged = unchanged
new = new
removed = dropped
added = added
was = Was
is = Is
was-value = was: { $value }
changed-from = Changed from { $edition }
changed-count = { $count ->
    [0] Nothing changed
    [one] { $count } term changed
   *[other] { $count } terms changed
}
changes-between = What changed from { $from } to { $to }
no-change-between = Nothing changed from { $from } to { $to }
became-public = made public
no-longer-public = no longer public
deleted-text = deleted
inserted-text = inserted
term-sheet-caption = The terms in each version, and what changed between them
term-sheet-between = { $from } and { $to } compared
only-changes = Only what changed
unchanged-hidden = { $count ->
    [one] { $count } unchanged term is not shown
   *[other] { $count } unchanged terms are not shown
}
row = Row
column = Column

## Who gains and who gives up

party = Party
direction-gains = gains
direction-loses = gives up
direction-keeps = keeps
direction-mixed = both gains and gives up
no-effect = no effect stated
effects-caption = Who gains and who gives up what, { $edition }
effects-at = As of { $edition }
effects-none = No effects are stated for this version

## Timeline

event = Event
events = Events
event-count = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
timeline-past = Past
timeline-future = Still to come
timeline-today = Today
timeline-today-is = { $date }, the day this page was made
timeline-gap = { $count ->
    [one] { $count } year passes
   *[other] { $count } years pass
}
timeline-gap-months = { $count ->
    [one] { $count } month passes
   *[other] { $count } months pass
}
era = Period
era-dates = { $label }: { $dates }
era-starts = { $label } begins
era-ends = { $label } ends
edition-event = Version: { $label }
importance-key = key
importance-normal = normal
importance-minor = minor
key-event = Key event
related-terms = Terms
related-parties = Concerns
all-groups = All
filter = Filter
filter-by = Show { $group }
track = Track
date-precision-note = The exact day is not known

## Changes to the page

change-correction = Correction
change-update = Update
change-clarification = Clarification
change-of = { $kind }, { $date }
change-in-section = In “{ $title }”
change-about-term = About the term “{ $title }”
change-about-event = About the event “{ $title }”
no-changes = Nothing has been changed since publication
feed-title = { $title }: changes
first-published = First published

## Prose

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
footnotes = Footnotes
footnote = Footnote { $number }
footnote-back = Back to the text
footnote-back-nth = Back to mention { $number } of this note
code-in = Code in { $language }
definitions = Terms used on this page
definition-of = Definition: { $name }
table = Table
opens-elsewhere = leads to another site
fact-value = { $label }: { $value }

## Dates

date-about = about { $date }
date-uncertain = { $date } (uncertain)
date-about-uncertain = about { $date } (uncertain)
date-range = { $from } – { $to }
date-since = since { $date }
date-until = until { $date }
date-unknown-end = from { $date }, end not known
date-unknown-start = until { $date }, start not known
date-decade = the { $year }s
date-century = { $first }–{ $last }
date-spring = spring { $year }
date-summer = summer { $year }
date-autumn = autumn { $year }
date-winter = winter { $year }

## Filters and small controls, with script

as-of-choose = Show the terms as of
sort-by = Sort by { $column }
sorted-ascending = sorted, smallest first
sorted-descending = sorted, largest first
theme-light = Light
theme-dark = Dark
theme-auto = As the system
theme-choose = Colours
copy = Copy
copied = Copied
copy-link = Copy the link
nothing-found = Nothing matches

## The blocks: what changed between two editions

mark-changed = Changed
mark-restated = Details differ
mark-new = First made public
mark-ended = No longer public
mark-same = Unchanged
mark-changed-since = Changed since { $edition }
mark-restated-since = Details differ from { $edition }
mark-same-since = Unchanged since { $edition }
mark-words = What changed, word by word
mark-removed = Removed:
mark-added = Added:
mark-before = { $edition }:
last-stated = Last made public in { $edition }:
last-changed-in = Last changed in { $edition }

sheet-title = The terms from { $from } to { $to }
sheet-title-one = The terms in { $edition }
sheet-title-none = The terms
sheet-summary = { $changed ->
    [0] None of { $total } terms changed between { $from } and { $to }.
   *[other] { $changed } of { $total } terms changed between { $from } and { $to }.
}
sheet-summary-many = { $changed ->
    [0] None of { $total } terms changed between { $from } and { $to }.
   *[other] { $changed } of { $total } terms changed at least once between { $from } and { $to }.
}
sheet-summary-new = { $n ->
    [one] One more was first made public.
   *[other] { $n } more were first made public.
}
sheet-summary-ended = { $n ->
    [one] One is no longer public.
   *[other] { $n } are no longer public.
}
sheet-left-out = Not shown, because nothing changed:
sheet-empty = Nothing changed in the terms shown here.
sheet-key = How to read the marks

## The blocks: effects

effects-title = Who gains and who gives up under the terms of { $edition }
effects-title-none = Who gains and who gives up
effects-analysis = Entries marked “analysis” are somebody’s judgement; the rest was stated.
no-change-stated = no change stated
tally-gains = gains { $n }
tally-loses = gives up { $n }
tally-keeps = keeps { $n }
tally-mixed = both { $n }

## The blocks: timeline

timeline-gap-year = { $year }: nothing listed
timeline-gap-years = { $from } to { $to }: nothing listed
timeline-empty = There are no events to show.
timeline-era = Period
timeline-edition = Edition
timeline-edition-named = Edition: { $edition }
edition-upcoming = not yet in force

## The blocks: glossary, sources, downloads

term-definition = Definition
term-history-link = History and uses
term-in-force = In { $edition }
term-unstated = Not public in { $edition }
term-effects = Who gains, who gives up
terms-on-page = Terms on this page
terms-all = All terms
source-back = Back to citation { $n } of “{ $title }”
sources-cited = Cited here
sources-uncited = Also consulted
changes-all = All changes
list-comma = {", "}
take-away = Take this away:
take-away-as = { $title } as { $format }
jump-to = Jump to
reading = Reading
up-to = Part of
section-of = { $number } of { $count }
published-label = Published
updated-label = Updated
also-called-label = Also called
