//! The font files that the settings name: looked at once for each state of a file.

use std::sync::Arc;

use comemo::Tracked;

use crate::base::hash::fingerprint;
use crate::base::{Bytes, SourcePath};
use crate::fonts::{Face, Trouble, probe};
use crate::model::settings::Theme;
use crate::model::{FontFile, FontFiles};
use crate::world::{ReadError, World};

/// Where fonts may stand: what the preview watches.
const FOLDERS: [&str; 3] = ["fonts", "static", "content"];

/// The fonts that the settings name. What `before` has of the same state is not read again.
pub fn read(world: Tracked<'_, dyn World + '_>, theme: &Theme, before: Option<&Arc<FontFiles>>) -> Arc<FontFiles> {
    let read = |path: SourcePath| {
        let version = world.version(&path);
        let known = before.and_then(|before| before.get(&path)).filter(|known| known.version == version);
        // Whether one that isn't there is another's neighbour may have changed.
        if let Some(known) = known.filter(|known| !matches!(known.probed, Err(Trouble::Missing(_)))) {
            return (path, known.clone());
        }
        let (bytes, probed) = match look(world, &path) {
            Ok((bytes, probed)) => (bytes, probed),
            Err(trouble) => (Bytes::default(), Err(trouble)),
        };
        (path, FontFile { version, id: fingerprint(&bytes), bytes, probed })
    };
    let files: FontFiles = theme.all_font_files().map(|text| read(SourcePath::new(text))).collect();
    match before {
        Some(before) if **before == files => before.clone(),
        _ => Arc::new(files),
    }
}

type Looked = (Bytes, Result<Arc<Face>, Trouble>);

fn look(world: Tracked<'_, dyn World + '_>, path: &SourcePath) -> Result<Looked, Trouble> {
    if !FOLDERS.iter().any(|folder| path.as_str().starts_with(&format!("{folder}/"))) {
        return Err(Trouble::Elsewhere);
    }
    let bytes = world.read(path).map_err(|error| match error {
        ReadError::NotFound => Trouble::Missing(beside(world, path)),
        ReadError::Escapes(target) => {
            Trouble::Unreadable(format!("it is a link that leads out of the site or in a circle, to `{target}`"))
        }
        ReadError::Other(words) => Trouble::Unreadable(words),
    })?;
    let probed = probe(&bytes).map(Arc::new);
    Ok((bytes, probed))
}

/// The fonts in the folder of a file, from the site's root.
fn beside(world: Tracked<'_, dyn World + '_>, path: &SourcePath) -> Vec<String> {
    let Some(folder) = path.parent() else { return Vec::new() };
    let names = world.list(&folder).unwrap_or_default();
    let paths = names.iter().filter(|entry| !entry.is_dir && entry.valid).map(|entry| folder.join(&entry.name));
    paths.filter(|path| matches!(&*path.extension(), "ttf" | "otf")).take(8).map(|path| path.to_string()).collect()
}
