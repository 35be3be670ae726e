//! Portable file names: why another system cannot check out a name, and a similar name that it can.
//!
//! Pure. Sources: Microsoft, "Naming Files, Paths, and Namespaces"; git for Windows refuses the same names at checkout,
//! and the whole checkout fails with them.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::lang::acts;

/// Characters that Windows reserves.
const SIGNS: &str = "<>:\"/\\|?*";
/// Names of devices on Windows, with any extension.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];
/// Devices with a number, which may be a superscript.
const NUMBERED: [&str; 2] = ["com", "lpt"];
const NUMBERS: &str = "0123456789¹²³";
/// Limit of a name: bytes on Linux, code units on Windows and macOS.
const LONGEST_NAME: usize = 255;
/// Code units of a path from the ledger's root: Windows has 260 for the whole path, including that of the clone.
const LONGEST_PATH: usize = 240;

/// Why a name or a path is not portable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unportable {
    /// Windows reserves the character.
    Sign(char),
    /// The character is invisible, or changes how others are displayed.
    Unseen(char),
    /// It ends in a dot or a space, which Windows removes.
    End(char),
    /// It is a device on Windows.
    Device,
    /// It has this many bytes, or code units of UTF-16.
    Long(usize),
    /// The path has this many code units.
    LongPath(usize),
    /// It is not UTF-8.
    NotText,
}

/// Why the last name of a path, from the ledger's root, or the path as a whole is not portable.
pub(crate) fn unportable(path: &Path) -> Option<Unportable> {
    let Some(text) = path.to_str() else { return Some(Unportable::NotText) };
    let name = path.file_name().and_then(|name| name.to_str())?;
    if let Some(why) = in_name(name) {
        return Some(why);
    }
    let length = units(text);
    if length > LONGEST_PATH { Some(Unportable::LongPath(length)) } else { None }
}

/// Why a name is not portable in any directory.
fn in_name(name: &str) -> Option<Unportable> {
    for c in name.chars() {
        if SIGNS.contains(c) {
            return Some(Unportable::Sign(c));
        }
        if acts(c) {
            return Some(Unportable::Unseen(c));
        }
    }
    if let Some(end) = name.chars().last().filter(|c| is_cut_off(*c)) {
        return Some(Unportable::End(end));
    }
    if is_device(name) {
        return Some(Unportable::Device);
    }
    let length = name.len().max(units(name));
    if length > LONGEST_NAME { Some(Unportable::Long(length)) } else { None }
}

/// Whether Windows removes this character from the end of a name.
fn is_cut_off(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Whether the name up to its first dot is that of a device, also with spaces after it.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let number = NUMBERED.iter().find_map(|device| stem.strip_prefix(device)).unwrap_or_default();
    DEVICES.contains(&&*stem) || number.chars().count() == 1 && NUMBERS.contains(number)
}

fn units(words: &str) -> usize {
    words.encode_utf16().count()
}

/// A portable version of the name, for a file in a directory of this path; the same name if it is portable.
pub(crate) fn portable(name: &str, directory: &Path) -> String {
    let mut seen = String::new();
    for c in name.nfc() {
        if SIGNS.contains(c) || c.is_control() || c == char::REPLACEMENT_CHARACTER {
            seen.push('_');
        } else if c.is_whitespace() {
            seen.push(' ');
        } else if !acts(c) {
            seen.push(c);
        }
    }
    let mut portable = seen.trim_start().trim_end_matches(is_cut_off).to_owned();
    if is_device(&portable) {
        let stem = portable.find('.').unwrap_or(portable.len());
        portable.insert(portable[..stem].trim_end().len(), '_');
    }
    if portable.is_empty() { "_".to_owned() } else { shortened(&portable, "", directory) }
}

/// The name with a suffix after its stem, such as `-2`; the stem is cut if it is too long.
pub(crate) fn shortened(name: &str, behind: &str, directory: &Path) -> String {
    let room = LONGEST_PATH.saturating_sub(units(&directory.to_string_lossy()) + 1);
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= 16 => name.split_at(dot),
        _ => (name, ""),
    };
    let taken = (behind.len() + ending.len(), units(behind) + units(ending));
    let mut kept = String::new();
    for c in stem.chars() {
        let bytes = kept.len() + c.len_utf8() + taken.0;
        if bytes > LONGEST_NAME || units(&kept) + c.len_utf16() + taken.1 > room {
            break;
        }
        kept.push(c);
    }
    if kept.len() < stem.len() {
        kept.truncate(kept.trim_end_matches(is_cut_off).len());
    }
    format!("{kept}{behind}{ending}")
}

/// A key that is equal for names which some system confuses: capitals (`ß` is `SS`), the Unicode forms of a letter with
/// its mark, and invisible characters make no difference.
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    // To small letters and back: `ẞ` is `ß`, and that is `SS`
    let small = name.nfd().filter(|c| !is_passed_over(*c)).flat_map(char::to_lowercase);
    let small: String = small.flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    small.nfc().collect()
}

/// The characters that macOS ignores in a name.
fn is_passed_over(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILES: &str = "files/20261122-7k3q9x";

    #[test]
    fn names_that_no_clerk_on_windows_can_check_out_are_known_and_have_others() {
        for (name, why, other) in [
            ("a:b.png", Unportable::Sign(':'), "a_b.png"),
            ("x?.png", Unportable::Sign('?'), "x_.png"),
            ("<a>|\"b\"*.jpg", Unportable::Sign('<'), "_a___b__.jpg"),
            ("a\\b", Unportable::Sign('\\'), "a_b"),
            ("a\tb\u{1b}[31m.png", Unportable::Unseen('\t'), "a_b_[31m.png"),
            ("photo\u{202e}gpj.exe", Unportable::Unseen('\u{202e}'), "photogpj.exe"),
            ("a\u{200b}\u{e0041}.png", Unportable::Unseen('\u{200b}'), "a.png"),
            ("a.", Unportable::End('.'), "a"),
            ("a.jpg. . ", Unportable::End(' '), "a.jpg"),
            ("a\u{3000}", Unportable::End('\u{3000}'), "a"),
            ("con", Unportable::Device, "con_"),
            ("con.jpg", Unportable::Device, "con_.jpg"),
            ("Aux.tar.gz", Unportable::Device, "Aux_.tar.gz"),
            ("NUL .txt", Unportable::Device, "NUL_ .txt"),
            ("COM1.jpg", Unportable::Device, "COM1_.jpg"),
            ("lpt0", Unportable::Device, "lpt0_"),
            ("COM¹.jpg", Unportable::Device, "COM¹_.jpg"),
            ("CONIN$.x", Unportable::Device, "CONIN$_.x"),
            ("...", Unportable::End('.'), "_"),
        ] {
            assert_eq!(unportable(&Path::new(FILES).join(name)), Some(why), "{name}");
            assert_eq!(portable(name, Path::new(FILES)), other);
        }
        for name in [
            "茶杯 1.jpg",
            "con1.jpg",
            "console.jpg",
            "com.jpg",
            "com10.jpg",
            "COMⅠ.jpg",
            "a.b.c",
            "(1) ~$x.doc",
            "👩\u{200d}👧.png",
        ] {
            assert_eq!(unportable(&Path::new(FILES).join(name)), None, "{name}");
            assert_eq!(portable(name, Path::new(FILES)), name);
        }
    }

    #[test]
    fn what_is_long_is_known_and_cut_before_its_ending() {
        // 22 units of the directory with its slash, 218 are left; each character has three bytes: (255 - 4) / 3 = 83
        let name = format!("{}.jpg", "茶".repeat(100));
        assert_eq!(unportable(&Path::new(FILES).join(&name)), Some(Unportable::Long(304)));
        assert_eq!(portable(&name, Path::new(FILES)), format!("{}.jpg", "茶".repeat(83)));
        let name = format!("{}.jpg", "x".repeat(216));
        assert_eq!(unportable(&Path::new(FILES).join(&name)), Some(Unportable::LongPath(242)));
        assert_eq!(portable(&name, Path::new(FILES)), format!("{}.jpg", "x".repeat(214)));
        assert_eq!(shortened(&name, "-2", Path::new(FILES)), format!("{}-2.jpg", "x".repeat(212)));
        assert_eq!(unportable(&Path::new(FILES).join("x".repeat(218))), None);
    }

    #[test]
    fn one_name_to_some_system_is_one_when_folded() {
        for (one, other) in [
            ("IMG.JPG", "img.jpg"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "strasse"),
            ("é.png", "e\u{301}.png"),
            ("É.png", "e\u{301}.PNG"),
            ("ΟΔΟΣ", "οδος"),
            ("ﬁ", "FI"),
            ("K", "\u{212a}"),
            ("Å", "A\u{30a}"),
            ("가", "\u{1100}\u{1161}"),
            ("a\u{200d}b", "AB"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        for (one, other) in [("a", "b"), ("茶", "茗"), ("a1", "a¹"), ("e", "é"), ("Ａ", "A")] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn a_portable_name_is_portable_and_stays(name in "[a-zé:?. \u{202e}茶]{1,300}|(con|COM[1-9¹]|nul)[. ]?[a-z]{0,3}|\\PC{1,40}") {
            let portable = portable(&name, Path::new(FILES));
            prop_assert_eq!(unportable(&Path::new(FILES).join(&portable)), None);
            prop_assert_eq!(super::portable(&portable, Path::new(FILES)), portable);
        }
    }
}
