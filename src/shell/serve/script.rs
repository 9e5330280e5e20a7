//! The preview's script, put together from its parts.

use std::sync::LazyLock;

macro_rules! part {
    ($name:literal) => {
        include_str!(concat!("page/", $name))
    };
}

/// The parts, each of which may use what stands in those before it.
const PARTS: [&str; 8] = [
    part!("patch.js"),
    part!("tree.js"),
    part!("view.js"),
    part!("findings.js"),
    part!("overlay.js"),
    part!("bar.js"),
    part!("live.js"),
    part!("preview.js"),
];

/// The script, with the styles of what it shows as a text in it.
pub static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let styles = serde_json::to_string(part!("preview.css")).unwrap_or_default();
    format!("(() => {{\n\"use strict\";\nconst CSS_TEXT = {styles};\n{}}})();\n", PARTS.join("\n"))
});
