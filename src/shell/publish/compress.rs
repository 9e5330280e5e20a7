//! Compressed forms of files: the same bytes for the same content, on every machine.

use std::io::{self, Write};

use crate::model::publish::Encoding;

/// Whether a file of this name is text, which compression makes much smaller; pictures and fonts are compressed
/// already.
pub fn is_text(path: &str) -> bool {
    const ENDINGS: [&str; 19] = [
        "html",
        "css",
        "js",
        "mjs",
        "json",
        "jsonld",
        "xml",
        "svg",
        "txt",
        "md",
        "csv",
        "tsv",
        "map",
        "ics",
        "bib",
        "webmanifest",
        "yaml",
        "yml",
        "ttf",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// Compresses as far as the format goes: files are written once and read often.
pub fn compress(bytes: &[u8], encoding: Encoding) -> io::Result<Vec<u8>> {
    match encoding {
        Encoding::Br => {
            let mut out = Vec::new();
            let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22);
            writer.write_all(bytes)?;
            writer.flush()?;
            drop(writer);
            Ok(out)
        }
        Encoding::Gz => {
            // Without a name and a time, which would differ.
            let mut writer = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
            writer.write_all(bytes)?;
            writer.finish()
        }
        Encoding::Zst => zstd::bulk::compress(bytes, 19),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "One fact, typed once. ".repeat(200).into_bytes();
        for (word, encoding) in Encoding::ALL {
            let small = compress(&text, encoding).unwrap();
            assert!(small.len() < text.len() / 5, "{word}");
            assert_eq!(small, compress(&text, encoding).unwrap(), "{word}");
            let mut back = Vec::new();
            match encoding {
                Encoding::Br => drop(brotli::Decompressor::new(&*small, 4096).read_to_end(&mut back).unwrap()),
                Encoding::Gz => drop(flate2::read::GzDecoder::new(&*small).read_to_end(&mut back).unwrap()),
                Encoding::Zst => back = zstd::decode_all(&*small).unwrap(),
            }
            assert_eq!(back, text, "{word}");
        }
    }

    #[test]
    fn texts_by_name() {
        assert!(is_text("index.html") && is_text("a/B.CSV") && !is_text("a.png") && !is_text("a.html/b"));
    }
}
