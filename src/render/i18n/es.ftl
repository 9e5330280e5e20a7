## Partes del sitio

home = Inicio
site-navigation = Sitio
contents = Contenido
explainer = Claves
explainers = Claves
more-explainers = Más claves
short-answer = En pocas palabras
key-facts = Datos clave
sections = Apartados
terms = Cláusulas
glossary = Glosario
term-sheet = Cuadro de cláusulas
timeline = Cronología
sources = Fuentes
changes = Cambios en este artículo
changes-short = Cambios
data = Datos
feed = Canal de cambios
feed-title = { $title }: cambios
markdown-version = Esta página en Markdown

## Navegación

skip-to-content = Ir al texto
previous = Anterior
next = Siguiente
section-of = { $number } de { $count }
back-to-top = Volver arriba
see-also = Véase también
permalink-to = Enlace a «{ $title }»
close = Cerrar
not-found-title = Página no encontrada
not-found-text = No hay ninguna página en esta dirección. Puede que se haya trasladado.

## Sobre la página

by = Por { $authors }
published = Publicado: { $date }
published-label = Publicado
first-published = Primera publicación
updated = Actualizado: { $date }
updated-label = Actualizado
reading-time = { $count ->
    [one] { $count } minuto de lectura
   *[other] { $count } minutos de lectura
}
draft = Borrador
photo-credit = Imagen: { $credit }
take-away = Para llevar:
take-away-as = { $title } en { $format }

## Grado de certeza

status-confirmed = confirmado
status-reported = según informaciones
status-analysis = análisis
status-disputed = en disputa
status-unknown = desconocido
not-public = no es público
no-figure = sin dato
as-of = a fecha de: { $date }
note = Nota
note-text = Nota: { $note }

## Fuentes

source-label = Fuente { $number }: { $label }
source-accessed = Consultado: { $date }
source-used-in = Se usa en
source-cited = { $n ->
    [one] Citada una vez
   *[other] Citada { $n } veces
  }
source-back = Volver a la cita { $n } de «{ $title }»
sources-uncited = También consultadas
archived-copy = Copia archivada

## Cláusulas

term = Cláusula
term-now = Ahora
also-called = También: { $names }
also-called-label = También
term-in-force = Versión «{ $edition }»
term-unstated = No es público en la versión «{ $edition }»
term-history-link = Historia y usos
term-effects = Quién gana, quién cede
terms-on-page = Cláusulas citadas en esta página
definition-of = Definición: { $name }
used-in = Se usa en
group-other = Otros
edition = Versión
edition-upcoming = aún no en vigor
state-value = Contenido
last-changed-in = Último cambio: { $edition }
last-stated = Público por última vez ({ $edition }):

strip-label = Cómo ha cambiado
strip-earlier = { $n ->
    [one] { $n } estado anterior
   *[other] { $n } estados anteriores
}

## Cuadro de cláusulas

sheet-title = Las cláusulas, de { $from } a { $to }
sheet-title-one = Las cláusulas: { $edition }
sheet-title-none = Las cláusulas
sheet-summary = { $changed ->
    [0] Ninguna de las { $total } cláusulas cambió entre { $from } y { $to }.
    [one] Cambió { $changed } de { $total } cláusulas entre { $from } y { $to }.
   *[other] Cambiaron { $changed } de { $total } cláusulas entre { $from } y { $to }.
}
sheet-summary-many = { $changed ->
    [0] Ninguna de las { $total } cláusulas cambió entre { $from } y { $to }.
    [one] Cambió al menos una vez { $changed } de { $total } cláusulas entre { $from } y { $to }.
   *[other] Cambiaron al menos una vez { $changed } de { $total } cláusulas entre { $from } y { $to }.
}
sheet-summary-new = { $n ->
    [one] Otra se hizo pública por primera vez.
   *[other] Otras { $n } se hicieron públicas por primera vez.
}
sheet-left-out = No se muestran, porque no cambiaron:
sheet-apart = Esta tabla muestra las mismas versiones sea cual sea el día elegido.
sheet-empty = Nada cambió en las cláusulas que aquí se muestran.

mark-changed = Cambió
mark-restated = Detalles distintos
mark-new = Público por primera vez
mark-same = Sin cambios
mark-changed-since = Cambió desde { $edition }
mark-restated-since = Detalles distintos de { $edition }
mark-new-since = Hecho público después de { $edition }
mark-same-since = Sin cambios desde { $edition }
mark-words = Qué cambió, palabra por palabra
mark-removed = Suprimido:
mark-added = Añadido:
mark-before = { $edition }:

## Quién gana y quién cede

effects = Quién gana, quién cede
effects-title = Quién gana y quién cede según las cláusulas «{ $edition }»
effects-title-none = Quién gana y quién cede
effects-none = No se indican efectos para esta versión
effects-analysis-only = Todas las entradas son juicios de alguien.
effects-analysis = Lo marcado como «análisis» es un juicio de alguien; lo demás fue declarado.
no-change-stated = no se indica ningún cambio
party = Parte
direction-gains = gana
direction-loses = cede
direction-keeps = conserva
direction-mixed = gana y cede
tally-gains = gana: { $n }
tally-loses = cede: { $n }
tally-keeps = conserva: { $n }
tally-mixed = ambos: { $n }

## Cronología

timeline-future = Por venir
timeline-era = Periodo
timeline-edition-named = Versión: { $edition }
timeline-empty = No hay acontecimientos que mostrar.
timeline-gap-year = { $year }: nada que señalar
timeline-gap-years = { $from } a { $to }: nada que señalar
related-terms = Cláusulas
related-terms-count = { $n ->
    [one] { $n } cláusula
   *[other] { $n } cláusulas
}

timeline-overview = Vista general
timeline-today = Hoy
timeline-band = { $name }, { $when }
timeline-mark = { $when }: { $title }
timeline-column = { $when }: { $count ->
    [one] { $count } entrada
   *[other] { $count } entradas
}
timeline-column-some = { $when }: { $count ->
    [one] { $n } de { $count } entrada
   *[other] { $n } de { $count } entradas
}
timeline-filter = Filtrar la cronología
timeline-find = Buscar en esta cronología
timeline-groups = Sobre
timeline-importance = Importancia
timeline-key-only = Solo lo principal
timeline-no-details = Ocultar lo secundario
timeline-all = { $total ->
    [one] { $total } entrada
   *[other] { $total } entradas
}
timeline-some = { $total ->
    [one] Se muestra { $n } de { $total } entrada
   *[other] Se muestran { $n } de { $total } entradas
}
timeline-none = Ninguna entrada coincide
timeline-reset = Mostrar todo
timeline-copy-link = Copiar el enlace a «{ $title }»
timeline-legend-event = acontecimiento
timeline-legend-key = acontecimiento clave
timeline-legend-edition = nueva versión
timeline-legend-bar = periodo, o día desconocido
timeline-legend-future = por venir
timeline-link-copied = Enlace copiado

## Cambios en la página

change-correction = Corrección
change-update = Actualización
change-clarification = Aclaración
changes-all = Todos los cambios
no-changes = Nada ha cambiado desde la publicación

visits-label = Desde su última visita
visits-told = { $n ->
    [one] Hay un elemento nuevo o modificado en esta página desde su visita del { $date }
   *[other] Hay { $count } elementos nuevos o modificados en esta página desde su visita del { $date }
}
visits-hide = Ocultar
visits-new = Nuevo
visits-changed = Actualizado
visits-corrected = Corregido
visits-new-long = Nuevo desde su última visita
visits-changed-long = Modificado desde su última visita
visits-corrected-long = Corregido desde su última visita

## Texto

alert-note = Nota
alert-tip = Consejo
alert-important = Importante
alert-warning = Advertencia
alert-caution = Precaución
footnote = Nota { $number }
footnote-back = Volver al texto
footnote-back-nth = Volver a la llamada { $number } de esta nota
table = Tabla
list-comma = {", "}

## Fechas

date-about = { $precision ->
    [day] hacia el { $date }
   *[other] hacia { $date }
}
date-uncertain = { $date } (incierto)
date-about-uncertain = { $precision ->
    [day] hacia el { $date } (incierto)
   *[other] hacia { $date } (incierto)
}
date-range = { $from } – { $to }
date-since = { $precision ->
    [day] desde el { $date }
   *[other] desde { $date }
}
date-until = { $precision ->
    [day] hasta el { $date }
   *[other] hasta { $date }
}
date-unknown-end = { $precision ->
    [day] desde el { $date }, final desconocido
   *[other] desde { $date }, final desconocido
}
date-unknown-start = { $precision ->
    [day] hasta el { $date }, comienzo desconocido
   *[other] hasta { $date }, comienzo desconocido
}
date-decade = años { $year }
date-century = { $first }–{ $last }
date-spring = primavera de { $year }
date-summer = verano de { $year }
date-autumn = otoño de { $year }
date-winter = invierno de { $year }

## What a page is for

about-terms = Qué dice cada versión de cada cláusula, qué cambió de una a otra y dónde se menciona.
about-timeline = Lo que ocurrió, en orden, y lo que está por venir.
about-sources = Todo aquello en lo que se basa este artículo, y dónde se utiliza.
about-changes = Qué se ha corregido, añadido o aclarado desde la publicación.

## Qué se puede hacer con una tabla o una cronología

as-of-label = Mostrar
as-of-all = Todas las versiones
as-of-date = o un día concreto
as-of-status = En vigor el { $date }: la versión «{ $edition }».
as-of-from = La versión «{ $edition }», en vigor desde { $date }.
as-of-none = El { $date } aún no había ninguna versión en vigor.
as-of-first = Es la primera versión recogida.
as-of-changed = { $n ->
    [0] No cambió ningún término.
    [one] Cambió un término.
   *[other] Cambiaron { $n } términos.
}
as-of-here = A fecha de { $date }
as-of-chip = Condiciones y hechos a fecha de { $date }
tools-columns = Elegir columnas
tools-changes-only = Solo lo que cambió
tools-differences-only = Solo las diferencias
tools-changed = Términos que cambiaron de { $from } a { $to }: { $n } de { $total }.
tools-differ = Filas que difieren: { $n } de { $total }.
tools-sort = Ordenar por { $column }
tools-sort-by = Ordenar por
tools-sort-none = Orden original
tools-sort-up = { $column }, ascendente
tools-sort-down = { $column }, descendente
copy-markdown = Copiar como Markdown
copied = Copiado
copy = Copiar
cite-table = Citar esta tabla
cite-in = «{ $table }», en: { $work }
cite-part = { $part }.{" "}
source-of-statement = Esta afirmación:
source-in-list = En la lista de fuentes

## Embeds, citing and sharing

embed-this = Insertar
embed-frame = HTML para una página propia:
embed-fitted = Con un script que ajusta la altura:
embed-look = Ver por separado
embed-home = Más información en { $site }
embed-sources = Fuentes: { $names }
embed-sources-more = { $n } más
embed-title = { $title } – { $work }
cite-page = Citar esta página
copy-as = Copiar como { $format }
copy-page-link = Copiar enlace
share = Compartir

## Languages

# The name of this language in itself
language-name = español
languages = Idiomas

## Charts

chart-kind-bar = Gráfico de barras
chart-kind-line = Gráfico de líneas
chart-kind-dot = Gráfico de puntos
chart-kind-slope = Gráfico de pendientes
chart-kind-area = Gráfico de áreas
chart-is = { $kind }: { $title }.
chart-from-to = { $name }: { $from } ({ $from-at }), después { $to } ({ $to-at }); máximo { $most } ({ $most-at }).
chart-between = { $name }: de { $to } ({ $to-at }) a { $from } ({ $from-at }).
chart-numbers = Las cifras

## Cards

card-events = { $count ->
    [one] { $count } acontecimiento
   *[other] { $count } acontecimientos
}

## Search

search = Buscar
search-placeholder = Palabras que buscar
search-where = Secciones, cláusulas, acontecimientos, tablas, datos y fuentes.
search-count = Resultados: { $n }
search-best = Resultados: { $n }; aquí, los { $shown } mejores
search-none = No se ha encontrado nada para «{ $words }». Deben aparecer todas las palabras.
search-ways = Consultar:
search-failed = No se ha podido cargar la búsqueda. Inténtelo de nuevo.
search-text = En el texto
search-tables = Tablas
search-facts = Datos
search-others = Otras claves
# A switch: whether the key opens the search
search-key = Abrir con la tecla /
