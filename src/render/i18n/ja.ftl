## サイトの構成

home = ホーム
site-navigation = サイト
contents = 目次
explainer = 解説
explainers = 解説
more-explainers = ほかの解説
short-answer = 要点
key-facts = 主な数字
sections = 章
terms = 条項
glossary = 用語集
term-sheet = 条項の一覧
timeline = 年表
sources = 出典
changes = この解説の変更
changes-short = 変更
data = データ
feed = 変更のフィード
feed-title = { $title }：変更
markdown-version = このページのMarkdown版

## 移動

skip-to-content = 本文へ
previous = 前へ
next = 次へ
section-of = { $number }／{ $count }
back-to-top = ページの先頭へ
see-also = 関連項目
permalink-to = 「{ $title }」へのリンク
close = 閉じる
not-found-title = ページが見つかりません
not-found-text = このアドレスにページはありません。移動した可能性があります。

## このページについて

by = { $authors }
published = 公開：{ $date }
published-label = 公開
first-published = 初公開
updated = 更新：{ $date }
updated-label = 更新
reading-time = 読了まで約{ $count }分
draft = 下書き
photo-credit = 画像：{ $credit }
take-away = ダウンロード：
take-away-as = { $title }（{ $format }）

## 確かさ

status-confirmed = 確認済み
status-reported = 報道
status-analysis = 分析
status-disputed = 見解の相違あり
status-unknown = 不明
not-public = 非公開
no-figure = データなし
as-of = { $date }現在
note = 注記
note-text = 注記：{ $note }

## 出典

source-label = 出典{ $number }：{ $label }
source-accessed = 閲覧：{ $date }
source-used-in = 使用箇所
source-cited = 引用 { $n } 回
source-back = 「{ $title }」の引用{ $n }へ戻る
sources-uncited = その他の参考資料
archived-copy = 保存された写し

## 条項

term = 条項
term-now = 現在
also-called = 別名：{ $names }
also-called-label = 別名
term-in-force = { $edition }版
term-unstated = { $edition }版では非公開
term-history-link = 経緯と使用箇所
term-effects = 得る側、譲る側
terms-on-page = このページの条項
definition-of = 定義：{ $name }
used-in = 使用箇所
group-other = その他
edition = 版
edition-upcoming = 未発効
state-value = 内容
last-changed-in = 最後の変更：{ $edition }
last-stated = 最後に公開された内容（{ $edition }）：

strip-label = 変遷
strip-earlier = これ以前の { $n } 件

## 条項の一覧

sheet-title = { $from }から{ $to }までの条項
sheet-title-one = { $edition }の条項
sheet-title-none = 条項
sheet-summary = { $changed ->
    [0] { $from }から{ $to }の間に変わった条項は{ $total }件中ありません。
   *[other] { $from }から{ $to }の間に{ $total }件中{ $changed }件の条項が変わりました。
}
sheet-summary-many = { $changed ->
    [0] { $from }から{ $to }の間に変わった条項は{ $total }件中ありません。
   *[other] { $from }から{ $to }の間に{ $total }件中{ $changed }件の条項が少なくとも一度変わりました。
}
sheet-summary-new = ほかに{ $n }件が初めて公開されました。
sheet-left-out = 変更がないため省略：
sheet-apart = この表は、どの日を選んでも同じ版を示します。
sheet-empty = ここに示す条項に変更はありません。

mark-changed = 変更
mark-restated = 細部が異なる
mark-new = 初めて公開
mark-same = 変更なし
mark-changed-since = { $edition }から変更
mark-restated-since = { $edition }と細部が異なる
mark-new-since = { $edition }より後に公開
mark-same-since = { $edition }から変更なし
mark-words = 変わった語句
mark-removed = 削除：
mark-added = 追加：
mark-before = { $edition }：

## 得る側、譲る側

effects = 得る側、譲る側
effects-title = { $edition }の条項で得る側と譲る側
effects-title-none = 得る側と譲る側
effects-none = この版の影響は示されていません
effects-analysis-only = すべて誰かの判断です。
effects-analysis = 「分析」とあるものは誰かの判断です。それ以外は公表された内容です。
no-change-stated = 変更は示されていない
party = 当事者
direction-gains = 得る
direction-loses = 譲る
direction-keeps = 維持する
direction-mixed = 得るものも譲るものもある
tally-gains = 得る：{ $n }
tally-loses = 譲る：{ $n }
tally-keeps = 維持：{ $n }
tally-mixed = 両方：{ $n }

## 年表

timeline-future = 今後
timeline-era = 期間
timeline-edition-named = 版：{ $edition }
timeline-empty = 表示する出来事はありません。
timeline-gap-year = { $year }：記載なし
timeline-gap-years = { $from }～{ $to }：記載なし
related-terms = 条項
related-terms-count = { $n ->
   *[other] { $n }件の条項
}

timeline-overview = 全体図
timeline-today = 今日
timeline-band = { $name }、{ $when }
timeline-mark = { $when }：{ $title }
timeline-column = { $when }：{ $count }件
timeline-column-some = { $when }：{ $count }件中{ $n }件
timeline-filter = 年表の絞り込み
timeline-find = この年表の中を検索
timeline-groups = 対象
timeline-importance = 重要度
timeline-key-only = 主な出来事のみ
timeline-no-details = 小さな出来事を隠す
timeline-all = { $total }件
timeline-some = { $total }件中{ $n }件を表示
timeline-none = 一致するものはありません
timeline-reset = すべて表示
timeline-copy-link = 「{ $title }」へのリンクをコピー
timeline-legend-event = 出来事
timeline-legend-key = 主な出来事
timeline-legend-edition = 新しい版
timeline-legend-bar = 期間、または日付不明
timeline-legend-future = 今後
timeline-link-copied = リンクをコピーしました

## ページの変更

change-correction = 訂正
change-update = 更新
change-clarification = 補足
changes-all = すべての変更
no-changes = 公開後の変更はありません

visits-label = 前回の閲覧以降
visits-told = { $date }の閲覧以降、このページで { $count } か所が追加または変更されました
visits-hide = 隠す
visits-new = 新規
visits-changed = 更新
visits-corrected = 訂正
visits-new-long = 前回の閲覧以降に追加
visits-changed-long = 前回の閲覧以降に変更
visits-corrected-long = 前回の閲覧以降に訂正

## 本文

alert-note = メモ
alert-tip = ヒント
alert-important = 重要
alert-warning = 警告
alert-caution = 注意
footnote = 脚注{ $number }
footnote-back = 本文へ戻る
footnote-back-nth = この脚注の{ $number }番目の箇所へ戻る
table = 表
list-comma = 、

## 日付

date-about = { $date }頃
date-uncertain = { $date }（未確定）
date-about-uncertain = { $date }頃（未確定）
date-range = { $from }～{ $to }
date-since = { $date }以降
date-until = { $date }まで
date-unknown-end = { $date }から（終わりは不明）
date-unknown-start = { $date }まで（始まりは不明）
date-decade = { $year }代
date-century = { $first }～{ $last }
date-spring = { $year }春
date-summer = { $year }夏
date-autumn = { $year }秋
date-winter = { $year }冬

## What a page is for

about-terms = 各版が各項目について定めていること、版ごとの変更点、その項目が登場する箇所。
about-timeline = 起きたことを順に、そしてこれから起きること。
about-sources = この解説の根拠となるすべての出典と、それぞれの使用箇所。
about-changes = 公開後に訂正、追加、または明確化された内容。

## 表と年表でできること

as-of-label = 表示
as-of-all = すべての版
as-of-date = または任意の日
as-of-status = { $date }に有効な版：「{ $edition }」。
as-of-from = 「{ $edition }」版、{ $date }から有効。
as-of-none = { $date }には有効な版がまだありませんでした。
as-of-first = 掲載されている最初の版です。
as-of-changed = { $n ->
    [0] この版で変わった条件はありません。
   *[other] この版で{ $n }件の条件が変わりました。
}
as-of-here = { $date }時点
as-of-chip = { $date }時点の条件と出来事
tools-columns = 列を選ぶ
tools-changes-only = 変更のみ
tools-differences-only = 相違のみ
tools-changed = { $from }から{ $to }までに変わった条件：{ $total }件中{ $n }件。
tools-differ = 相違のある行：{ $total }行中{ $n }行。
tools-sort = { $column }で並べ替え
tools-sort-by = 並べ替え
tools-sort-none = 元の順序
tools-sort-up = { $column }（昇順）
tools-sort-down = { $column }（降順）
copy-markdown = Markdownとしてコピー
copied = コピーしました
copy = コピー
cite-table = この表を引用
cite-in = 「{ $table }」、{ $work }所収
cite-part = { $part }。
source-of-statement = この記述：
source-in-list = 出典一覧で見る

## Embeds, citing and sharing

embed-this = 埋め込む
embed-frame = 自分のページに置くHTML：
embed-fitted = 高さを合わせるスクリプト付き：
embed-look = 単独で表示
embed-home = { $site }で続きを読む
embed-sources = 出典：{ $names }
embed-sources-more = ほか{ $n }件
embed-title = { $title } – { $work }
cite-page = このページを引用
copy-as = { $format }としてコピー
copy-page-link = リンクをコピー
share = 共有

## Languages

# The name of this language in itself
language-name = 日本語
languages = 言語

## Charts

chart-kind-bar = 棒グラフ
chart-kind-line = 折れ線グラフ
chart-kind-dot = ドットプロット
chart-kind-slope = スロープチャート
chart-kind-area = 面グラフ
chart-is = { $kind }：{ $title }。
chart-from-to = { $name }：{ $from }（{ $from-at }）から{ $to }（{ $to-at }）、最大{ $most }（{ $most-at }）。
chart-between = { $name }：{ $to }（{ $to-at }）から{ $from }（{ $from-at }）まで。
chart-numbers = 数値

## Cards

card-events = 出来事{ $count }件

## Search

search = 検索
search-placeholder = 検索する言葉
search-where = 本文、条項、出来事、表、データ、出典を検索できます。
search-count = 検索結果：{ $n }件
search-best = 検索結果：{ $n }件（上位{ $shown }件を表示）
search-none = 「{ $words }」は見つかりませんでした。すべての語を含むものを探します。
search-ways = 次のページもご覧ください：
search-failed = 検索を読み込めませんでした。もう一度お試しください。
search-text = 本文
search-tables = 表
search-facts = データ
search-others = ほかの解説
# A switch: whether the key opens the search
search-key = / キーで開く
