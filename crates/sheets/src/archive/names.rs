//! Names of entries: their encoding, and what they give away.

use std::io::{Read, Seek};

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::decode::guess_legacy;

/// Endings of files that hold other files.
const ARCHIVES: [&str; 20] = [
    "zip", "7z", "rar", "gz", "tgz", "tar", "bz2", "xz", "zst", "lzma", "cab", "iso", "jar", "apk", "docx",
    "xlsx", "pptx", "odt", "ods", "epub",
];

/// The names of all entries, in their order. Chinese, Japanese and Korean systems write names in their own encoding
/// without saying so; it is guessed from all names together.
pub(super) fn of<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<Vec<String>, ZipError> {
    let mut unknown = Vec::new();
    for raw in zip.file_names_raw().filter(|raw| std::str::from_utf8(raw).is_err()) {
        unknown.extend_from_slice(raw);
        unknown.push(b'\n');
    }
    let guessed = guess_legacy(&unknown);
    // For the Western ones, the archive's own old code page is the better guess.
    let eastern = [GBK, GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR].contains(&guessed);
    (0..zip.len())
        .map(|index| {
            let entry = zip.by_index_data(index)?;
            if let Ok(name) = std::str::from_utf8(entry.name_raw()) {
                return Ok(name.to_owned());
            }
            if eastern {
                return Ok(guessed.decode_without_bom_handling(entry.name_raw()).0.into_owned());
            }
            entry.name().map(std::borrow::Cow::into_owned)
        })
        .collect()
}

/// Whether unpacking to this name would write outside the folder that is unpacked to.
pub(super) fn leads_outside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    drive
        || name.starts_with(['/', '\\'])
        || name.contains('\0')
        || name.split(['/', '\\']).any(|part| part == "..")
}

/// Whether this is a file of files.
pub(super) fn is_archive(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ARCHIVES.contains(&ending.to_lowercase().as_str()))
}

/// Whether an operating system has left this behind.
pub(super) fn is_litter(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = file.to_lowercase();
    name.starts_with("__MACOSX/") || file.starts_with('.') || lower == "thumbs.db" || lower == "desktop.ini"
}
