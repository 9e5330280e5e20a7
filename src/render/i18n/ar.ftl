## أجزاء الموقع

home = الرئيسية
site-navigation = الموقع
contents = المحتويات
explainer = شرح
explainers = شروح
more-explainers = شروح أخرى
short-answer = باختصار
key-facts = أبرز الأرقام
sections = الأقسام
terms = البنود
glossary = مسرد
term-sheet = جدول البنود
timeline = التسلسل الزمني
sources = المصادر
changes = التغييرات في هذا الشرح
changes-short = التغييرات
data = البيانات
feed = خلاصة التغييرات
feed-title = { $title }: التغييرات
markdown-version = هذه الصفحة بصيغة Markdown

## التنقل

skip-to-content = الانتقال إلى النص
previous = السابق
next = التالي
section-of = { $number } من { $count }
back-to-top = العودة إلى الأعلى
see-also = انظر أيضًا
permalink-to = رابط إلى «{ $title }»
close = إغلاق
not-found-title = الصفحة غير موجودة
not-found-text = لا توجد صفحة على هذا العنوان. ربما نُقلت.

## عن الصفحة

by = بقلم { $authors }
published = نُشر: { $date }
published-label = نُشر
first-published = أول نشر
updated = حُدّث: { $date }
updated-label = حُدّث
reading-time = { $count ->
    [one] دقيقة واحدة للقراءة
    [two] دقيقتان للقراءة
    [few] { $count } دقائق للقراءة
   *[other] { $count } دقيقة للقراءة
}
draft = مسودة
photo-credit = الصورة: { $credit }
take-away = للتنزيل:
take-away-as = { $title } بصيغة { $format }

## درجة اليقين

status-confirmed = مؤكد
status-reported = وفق تقارير
status-analysis = تحليل
status-disputed = محل خلاف
status-unknown = غير معروف
not-public = غير معلن
no-figure = لا رقم
as-of = حتى { $date }
note = ملاحظة
note-text = ملاحظة: { $note }

## المصادر

source-label = المصدر { $number }: { $label }
source-accessed = تاريخ الاطلاع: { $date }
source-used-in = مستخدم في
source-cited = { $n ->
    [one] استُشهد به مرة واحدة
    [two] استُشهد به مرتين
    [few] استُشهد به { $n } مرات
   *[other] استُشهد به { $n } مرة
  }
source-back = العودة إلى الاستشهاد { $n } بـ«{ $title }»
sources-uncited = مصادر أخرى جرى الاطلاع عليها
archived-copy = نسخة مؤرشفة

## البنود

term = البند
term-now = الآن
also-called = أيضًا: { $names }
also-called-label = أيضًا
term-in-force = في نسخة «{ $edition }»
term-unstated = غير معلن في نسخة «{ $edition }»
term-history-link = التاريخ والاستخدامات
term-effects = من يكسب ومن يتنازل
terms-on-page = البنود في هذه الصفحة
definition-of = تعريف: { $name }
used-in = مستخدم في
group-other = أخرى
edition = النسخة
edition-upcoming = لم يسرِ بعد
state-value = المضمون
last-changed-in = آخر تغيير: { $edition }
last-stated = آخر ما أُعلن ({ $edition }):

strip-label = كيف تغيّر
strip-earlier = { $n ->
    [one] حالة سابقة واحدة
    [two] حالتان سابقتان
    [few] { $n } حالات سابقة
   *[other] { $n } حالة سابقة
}

## جدول البنود

sheet-title = البنود من { $from } إلى { $to }
sheet-title-one = البنود: { $edition }
sheet-title-none = البنود
sheet-summary = { $changed ->
    [0] لم يتغير أي من البنود ({ $total }) بين { $from } و{ $to }.
   *[other] عدد البنود التي تغيرت بين { $from } و{ $to }: { $changed } من { $total }.
}
sheet-summary-many = { $changed ->
    [0] لم يتغير أي من البنود ({ $total }) بين { $from } و{ $to }.
   *[other] عدد البنود التي تغيرت مرة على الأقل بين { $from } و{ $to }: { $changed } من { $total }.
}
sheet-summary-new = عدد البنود التي أُعلنت لأول مرة: { $n }.
sheet-left-out = غير معروض لأنه لم يتغير:
sheet-apart = يعرض هذا الجدول الصيغ نفسها أيًّا كان اليوم المختار.
sheet-empty = لم يتغير شيء في البنود المعروضة هنا.

mark-changed = تغيّر
mark-restated = اختلاف في التفاصيل
mark-new = أُعلن لأول مرة
mark-same = بلا تغيير
mark-changed-since = تغيّر منذ { $edition }
mark-restated-since = اختلاف في التفاصيل عن { $edition }
mark-new-since = أُعلن بعد { $edition }
mark-same-since = بلا تغيير منذ { $edition }
mark-words = ما تغيّر كلمةً كلمة
mark-removed = محذوف:
mark-added = مضاف:
mark-before = { $edition }:

## من يكسب ومن يتنازل

effects = من يكسب ومن يتنازل
effects-title = من يكسب ومن يتنازل وفق بنود «{ $edition }»
effects-title-none = من يكسب ومن يتنازل
effects-none = لم تُذكر آثار لهذه النسخة
effects-analysis-only = كل ما فيه رأيٌ لصاحبه.
effects-analysis = ما وُسم بكلمة «تحليل» رأيٌ لصاحبه، وما عداه معلن.
no-change-stated = لم يُذكر تغيير
party = الطرف
direction-gains = يكسب
direction-loses = يتنازل
direction-keeps = يحتفظ
direction-mixed = يكسب ويتنازل
tally-gains = يكسب: { $n }
tally-loses = يتنازل: { $n }
tally-keeps = يحتفظ: { $n }
tally-mixed = كلاهما: { $n }

## التسلسل الزمني

timeline-future = لم يحن بعد
timeline-era = فترة
timeline-edition-named = النسخة: { $edition }
timeline-empty = لا توجد أحداث للعرض.
timeline-gap-year = { $year }: لا شيء مدرج
timeline-gap-years = من { $from } إلى { $to }: لا شيء مدرج
related-terms = البنود
related-terms-count = { $n ->
    [one] بند واحد
    [two] بندان
    [few] { $n } بنود
    [many] { $n } بندًا
   *[other] { $n } بند
}

timeline-overview = نظرة عامة
timeline-today = اليوم
timeline-band = { $name }، { $when }
timeline-mark = { $when }: { $title }
timeline-column = { $when }: { $count ->
    [zero] لا مدخلات
    [one] مدخل واحد
    [two] مدخلان
    [few] { $count } مدخلات
    [many] { $count } مدخلًا
   *[other] { $count } مدخل
}
timeline-column-some = { $when }: { $n } من أصل { $count }
timeline-filter = تصفية التسلسل الزمني
timeline-find = البحث في هذا التسلسل
timeline-groups = بشأن
timeline-importance = الأهمية
timeline-key-only = الأحداث الرئيسية فقط
timeline-no-details = إخفاء الأحداث الثانوية
timeline-all = { $total ->
    [zero] لا مدخلات
    [one] مدخل واحد
    [two] مدخلان
    [few] { $total } مدخلات
    [many] { $total } مدخلًا
   *[other] { $total } مدخل
}
timeline-some = المعروض: { $n } من أصل { $total }
timeline-none = لا مدخل مطابق
timeline-reset = عرض الكل
timeline-copy-link = نسخ رابط «{ $title }»
timeline-legend-event = حدث
timeline-legend-key = حدث رئيسي
timeline-legend-edition = نسخة جديدة
timeline-legend-bar = فترة، أو يوم غير معروف
timeline-legend-future = لم يحن بعد
timeline-link-copied = نُسخ الرابط

## تغييرات الصفحة

change-correction = تصحيح
change-update = تحديث
change-clarification = توضيح
changes-all = كل التغييرات
no-changes = لم يتغير شيء منذ النشر

visits-label = منذ زيارتك الأخيرة
visits-told = { $n ->
    [one] موضع واحد في هذه الصفحة جديد أو معدّل منذ زيارتك في { $date }
    [two] موضعان في هذه الصفحة جديدان أو معدّلان منذ زيارتك في { $date }
    [few] { $count } مواضع في هذه الصفحة جديدة أو معدّلة منذ زيارتك في { $date }
    [many] { $count } موضعًا في هذه الصفحة جديدًا أو معدّلًا منذ زيارتك في { $date }
   *[other] { $count } موضع في هذه الصفحة جديد أو معدّل منذ زيارتك في { $date }
}
visits-hide = إخفاء
visits-new = جديد
visits-changed = محدَّث
visits-corrected = مصحّح
visits-new-long = جديد منذ زيارتك الأخيرة
visits-changed-long = معدّل منذ زيارتك الأخيرة
visits-corrected-long = مصحّح منذ زيارتك الأخيرة

## النص

alert-note = ملاحظة
alert-tip = نصيحة
alert-important = مهم
alert-warning = تحذير
alert-caution = تنبيه
footnote = الحاشية { $number }
footnote-back = العودة إلى النص
footnote-back-nth = العودة إلى الموضع { $number } لهذه الحاشية
table = جدول
list-comma = {"، "}

## التواريخ

date-about = نحو { $date }
date-uncertain = { $date } (غير مؤكد)
date-about-uncertain = نحو { $date } (غير مؤكد)
date-range = { $from } – { $to }
date-since = ابتداءً من { $date }
date-until = حتى { $date }
date-unknown-end = من { $date }، والنهاية غير معروفة
date-unknown-start = حتى { $date }، والبداية غير معروفة
date-decade = عقد { $year }
date-century = { $first }–{ $last }
date-spring = ربيع { $year }
date-summer = صيف { $year }
date-autumn = خريف { $year }
date-winter = شتاء { $year }

## What a page is for

about-terms = ما تقوله كل نسخة عن كل بند، وما تغيّر من نسخة إلى أخرى، وأين يرد البند.
about-timeline = ما حدث بالترتيب، وما لم يحدث بعد.
about-sources = كل ما يستند إليه هذا الشرح، وأين استُخدم.
about-changes = ما صُحّح أو أُضيف أو وُضّح منذ النشر.

## ما يمكن فعله بجدول أو خط زمني

as-of-label = عرض
as-of-all = كل النسخ
as-of-date = أو أي يوم
as-of-status = النسخة السارية في { $date }: «{ $edition }».
as-of-from = النسخة «{ $edition }»، سارية ابتداءً من { $date }.
as-of-none = لم تكن أي نسخة سارية بعد في { $date }.
as-of-first = هي أول نسخة مدرجة.
as-of-changed = { $n ->
    [0] لم يتغير معها أي بند.
    [one] تغير معها بند واحد.
    [two] تغير معها بندان.
    [few] تغيرت معها { $n } بنود.
    [many] تغير معها { $n } بندًا.
   *[other] تغير معها { $n } بند.
}
as-of-here = كما في { $date }
as-of-chip = الشروط والأحداث كما في { $date }
tools-columns = اختيار الأعمدة
tools-changes-only = ما تغير فقط
tools-differences-only = مواضع الاختلاف فقط
tools-changed = البنود التي تغيرت من { $from } إلى { $to }: { $n } من { $total }.
tools-differ = الصفوف المختلفة: { $n } من { $total }.
tools-sort = الترتيب حسب { $column }
tools-sort-by = الترتيب حسب
tools-sort-none = الترتيب الأصلي
tools-sort-up = { $column }، تصاعديًا
tools-sort-down = { $column }، تنازليًا
copy-markdown = نسخ بصيغة Markdown
copied = تم النسخ
copy = نسخ
cite-table = الاستشهاد بهذا الجدول
cite-in = «{ $table }»، في: { $work }
cite-part = { $part }.{" "}
source-of-statement = هذه العبارة:
source-in-list = في قائمة المصادر

## Embeds, citing and sharing

embed-this = تضمين
embed-frame = شيفرة HTML لصفحتك:
embed-fitted = مع نص برمجي يضبط الارتفاع:
embed-look = عرض منفرد
embed-home = اقرأ المزيد في { $site }
embed-sources = المصادر: { $names }
embed-sources-more = { $n } غيرها
embed-title = { $title } – { $work }
cite-page = الاستشهاد بهذه الصفحة
copy-as = نسخ بصيغة { $format }
copy-page-link = نسخ الرابط
share = مشاركة

## Languages

# The name of this language in itself
language-name = العربية
languages = اللغات

## Charts

chart-kind-bar = مخطط أعمدة
chart-kind-line = مخطط خطي
chart-kind-dot = مخطط نقاط
chart-kind-slope = مخطط انحدار
chart-kind-area = مخطط مساحات
chart-is = { $kind }: { $title }.
chart-from-to = { $name }: { $from } ({ $from-at })، ثم { $to } ({ $to-at })؛ أعلى قيمة { $most } ({ $most-at }).
chart-between = { $name }: من { $to } ({ $to-at }) إلى { $from } ({ $from-at }).
chart-numbers = الأرقام

## Cards

card-events = { $count ->
    [zero] لا أحداث
    [one] حدث واحد
    [two] حدثان
    [few] { $count } أحداث
    [many] { $count } حدثًا
   *[other] { $count } حدث
}

## Search

search = بحث
search-placeholder = كلمات البحث
search-where = الأقسام والبنود والأحداث والجداول والحقائق والمصادر.
search-count = النتائج: { $n }
search-best = النتائج: { $n }، وأفضلها هنا: { $shown }
search-none = لم يُعثر على شيء لعبارة «{ $words }». يجب أن ترد الكلمات كلها.
search-ways = تصفّح:
search-failed = تعذّر تحميل البحث. يُرجى المحاولة مرة أخرى.
search-text = في النص
search-tables = الجداول
search-facts = الحقائق
search-others = شروح أخرى
# A switch: whether the key opens the search
search-key = الفتح بالمفتاح /
