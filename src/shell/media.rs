//! Media types.

/// The media type of a file by its name, with the character set where it is text.
pub fn media_type(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let name = kind.essence_str();
    let is_text = name.starts_with("text/")
        || matches!(name, "application/json" | "application/xml" | "application/javascript" | "image/svg+xml")
        || name.ends_with("+json")
        || name.ends_with("+xml");
    if is_text { format!("{name}; charset=utf-8") } else { name.to_owned() }
}
