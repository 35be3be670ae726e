//! The same fault in each of the TOML files is the same finding: its code, its sentence and its help, in both languages.

use std::path::Path;

use fb::audit::Baseline;
use fb::calendar::Calendar;
use fb::error::Finding;
use fb::import::Map;
use fb::lang::Lang;
use fb::policy::{RuleBook, Shop};
use jiff::tz::TimeZone;

const SHOP: &str = "[shop]\nname = \"x\"\ntimezone = \"UTC\"\n";

fn shop(text: &str) -> Vec<Finding> {
    Shop::read(text, Path::new("fb.toml")).err().unwrap_or_default()
}

fn policy(text: &str) -> Vec<Finding> {
    let (shop, policy) = (("fb.toml".into(), SHOP.to_owned()), ("policy/base.toml".into(), text.to_owned()));
    RuleBook::read(&shop, &[], &[policy]).err().unwrap_or_default()
}

fn calendar(text: &str) -> Vec<Finding> {
    Calendar::read(text, Path::new("calendar/office.toml"), &TimeZone::UTC).err().unwrap_or_default()
}

fn map(text: &str) -> Vec<Finding> {
    Map::read(text, Path::new("map.toml")).err().unwrap_or_default()
}

fn baseline(text: &str) -> Vec<Finding> {
    Baseline::read(text).err().unwrap_or_default()
}

type Reader = fn(&str) -> Vec<Finding>;

/// The readers, each with a sound text.
const READERS: [(Reader, &str); 5] = [
    (shop, SHOP),
    (policy, "[[clause]]\ncode = \"A\"\ntext = \"x\"\n"),
    (calendar, "name = \"office\"\nany_year = true\n[hours]\nmon = [\"09:00-10:00\"]\n"),
    (map, "[ignore]\ncolumns = [\"x\"]\n"),
    (baseline, "[[accepted]]\ncode = \"changed\"\nid = \"x\"\nreason = \"r\"\n"),
];

/// A fault in the sound text of a file: what is replaced by what, and what the sentence and the help then name.
type Fault = (&'static str, &'static str, &'static [&'static str]);

struct Row {
    fault: &'static str,
    sentence: [&'static str; 2],
    help: [&'static str; 2],
    /// By file, in the order of the readers; `None` where a file has nothing of the kind.
    files: [Option<Fault>; 5],
}

const ROWS: &[Row] = &[
    Row {
        fault: "unknown key, near a known one",
        sentence: ["`{}` is not a key of {}", "{1} 里没有 `{0}` 这一项"],
        help: ["did you mean `{2}`?", "是不是想写 `{2}`？"],
        files: [
            Some((
                "timezone = \"UTC\"\n",
                "timezone = \"UTC\"\nlanguag = \"en\"\n",
                &["languag", "[shop]", "language"],
            )),
            Some(("text =", "b = []\ntext =", &["b", "[[clause]]", "by"])),
            Some(("[hours]", "[hour]\n[hours]", &["hour", "this file|本文件", "hours"])),
            Some(("[ignore]\n", "[ignore]\ncolum = []\n", &["colum", "[ignore]", "columns"])),
            Some(("id =", "even = \"closed\"\nid =", &["even", "[[accepted]]", "event"])),
        ],
    },
    Row {
        fault: "unknown key, near none",
        sentence: ["`zz` is not a key of {}", "{0} 里没有 `zz` 这一项"],
        help: ["known here: {1}", "这里可用：{1}"],
        files: [
            Some(("name", "zz = 1\nname", &["[shop]", "name timezone language calendar"])),
            Some(("text", "zz = 1\ntext", &["[[clause]]", "code text by"])),
            Some(("name", "zz = 1\nname", &["this file|本文件", "name hours years any_year"])),
            Some(("columns", "zz = 1\ncolumns", &["[ignore]", "columns"])),
            Some(("id", "zz = 1\nid", &["[[accepted]]", "code id event at commit reason"])),
        ],
    },
    Row {
        fault: "no text",
        sentence: ["{} must be text in quotation marks, not a number", "{0} 应是引号里的文字，而不是数字"],
        help: ["write it like this: {1}", "请这样写：{1}"],
        files: [
            Some(("\"x\"", "7", &["`name`", "name = \"…\""])),
            Some(("\"A\"", "7", &["`code`", "code = \"…\""])),
            Some(("\"office\"", "7", &["`name`", "name = \"…\""])),
            Some(("\"x\"", "7", &["each entry of `columns`|`columns` 的每一项", "\"…\""])),
            Some(("\"changed\"", "7", &["`code`", "code = \"…\""])),
        ],
    },
    Row {
        fault: "no table",
        sentence: ["`{}` must be a table, not true or false", "`{0}` 应是表，而不是 true 或 false"],
        help: ["write it like this: [{0}]", "请这样写：[{0}]"],
        files: [
            Some(("[shop]", "git = true\n[shop]", &["git"])),
            Some(("[[clause]]", "escalation = true\n[[clause]]", &["escalation"])),
            Some(("any_year = true", "years = true", &["years"])),
            Some(("[ignore]", "values = true\n[ignore]", &["values"])),
            None,
        ],
    },
    Row {
        fault: "no sections",
        sentence: [
            "`{}` must be one or more sections headed [[{0}]], not a table",
            "`{0}` 应是以 [[{0}]] 开头的若干节，而不是表",
        ],
        help: ["write it like this: [[{0}]]", "请这样写：[[{0}]]"],
        files: [
            None,
            Some(("[[clause]]", "[clause]", &["clause"])),
            None,
            None,
            Some(("[[accepted]]", "[accepted]", &["accepted"])),
        ],
    },
    Row {
        fault: "no true or false",
        sentence: ["`{}` must be true or false, not text", "`{0}` 应是 true 或 false，而不是文字"],
        help: ["write it like this: {0} = true", "请这样写：{0} = true"],
        files: [
            Some(("[shop]", "git.commit = \"no\"\n[shop]", &["commit"])),
            Some((
                "[[clause]]",
                "[[clock]]\nname = \"c\"\nstart = \"received\"\nstop = \"closed\"\nwithin = \"1h\"\nwhen = { justified = \"no\" }\n[[clause]]",
                &["justified"],
            )),
            Some(("any_year = true", "any_year = \"true\"", &["any_year"])),
            None,
            None,
        ],
    },
    Row {
        fault: "missing key",
        sentence: ["{} needs `{}`", "{0} 缺少 `{1}`"],
        help: ["write it like this: {1} = …", "请这样写：{1} = …"],
        files: [
            Some(("name = \"x\"\n", "", &["[shop]", "name"])),
            Some(("code = \"A\"\n", "", &["[[clause]]", "code"])),
            Some(("name = \"office\"\n", "", &["this file|本文件", "name"])),
            None,
            Some(("code = \"changed\"\n", "", &["[[accepted]]", "code"])),
        ],
    },
    Row {
        fault: "word outside the list",
        sentence: ["there is no {} `{}`", "没有名为 `{1}` 的{0}"],
        help: ["did you mean `{2}`?", "是不是想写 `{2}`？"],
        files: [
            Some(("[shop]", "routing.a = \"servise\"\n[shop]", &["department|部门", "servise", "service"])),
            Some((
                "[[clause]]",
                "[needs.complane]\nclosed = \"resolved\"\n[[clause]]",
                &["kind of feedback|反馈类型", "complane", "complaint"],
            )),
            Some(("mon =", "mom =", &["weekday|星期写法", "mom", "mon"])),
            Some((
                "[ignore]",
                "[values.kind]\na = \"complane\"\n[ignore]",
                &["kind of feedback|反馈类型", "complane", "complaint"],
            )),
            Some(("\"changed\"", "\"chnged\"", &["finding|问题", "chnged", "changed"])),
        ],
    },
    Row {
        fault: "key that appears twice",
        sentence: ["`{}` appears twice", "`{0}` 写了两次"],
        help: ["keep one of the two", "只保留一处"],
        files: [
            Some(("name = \"x\"", "name = \"x\"\nname = \"y\"", &["name"])),
            Some(("code = \"A\"", "code = \"A\"\ncode = \"B\"", &["code"])),
            Some(("any_year = true", "any_year = true\nany_year = true", &["any_year"])),
            Some(("[ignore]", "[dates]\n[dates]\n[ignore]", &["dates"])),
            Some(("id = \"x\"", "id = \"x\"\n\"id\" = \"y\"", &["id"])),
        ],
    },
    Row {
        fault: "no TOML",
        sentence: [
            "this is not TOML: string values must be quoted, expected literal string",
            "TOML 写法有误：string values must be quoted, expected literal string",
        ],
        help: [
            "put texts and times in quotation marks, and also keys that contain a comma or Chinese: \"mon,wed\" = [\"09:00-12:00\"]",
            "文字和时间要加英文引号；键里有逗号或汉字时也要加，如 \"mon,wed\" = [\"09:00-12:00\"]",
        ],
        files: [
            Some(("\"x\"", "x", &[])),
            Some(("\"A\"", "x", &[])),
            Some(("\"office\"", "x", &[])),
            Some(("\"x\"", "x", &[])),
            Some(("\"changed\"", "x", &[])),
        ],
    },
];

/// The words with the names filled in: `{}` one after the other, `{1}` by its place; of `a|b` the language's own.
fn filled(words: &str, names: &[&str], lang: usize) -> String {
    let mut filled = words.to_owned();
    for (at, name) in names.iter().enumerate() {
        let name = name.split('|').nth(lang).unwrap_or(name);
        filled = filled.replacen("{}", name, 1).replace(&format!("{{{at}}}"), name);
    }
    // Between Chinese words there is no space.
    filled.replace("本文件 ", "本文件")
}

#[test]
fn the_sound_files_are_sound() {
    for (read, text) in READERS {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn the_same_fault_is_the_same_finding_in_every_file() {
    for row in ROWS {
        for ((read, sound), (old, new, names)) in
            READERS.iter().zip(&row.files).filter_map(|(reader, file)| Some((reader, file.as_ref()?)))
        {
            let broken = sound.replacen(old, new, 1);
            assert_ne!(broken, *sound, "{}: {old}", row.fault);
            let found = read(&broken);
            for (lang, at) in [(Lang::En, 0), (Lang::Zh, 1)] {
                let expected = filled(row.sentence[at], names, at);
                let finding = found.iter().find(|finding| finding.message.to(lang) == expected);
                let finding =
                    finding.unwrap_or_else(|| panic!("{}: {expected}\n{broken}\n{found:#?}", row.fault));
                assert_eq!(finding.code.word(), "bad-policy");
                assert_eq!(finding.help.len(), 1, "{finding:?}");
                assert_eq!(finding.help[0].to(lang), filled(row.help[at], names, at), "{broken}");
                assert!(finding.place.line.is_some() && finding.place.column.is_some(), "{finding:?}");
            }
        }
    }
}

#[test]
fn all_faults_of_a_file_are_told_in_its_order() {
    for (read, text) in [
        (shop as Reader, "[shop]\nzz = 1\nname = 1\n[git]\ncommit = 1\n"),
        (policy, "zz = 1\n[[clause]]\ncode = 1\n[needs]\ncomplane = {}\n"),
        (calendar, "zz = 1\nname = 1\n[hours]\nmun = []\n"),
        (map, "zz = 1\n[columns]\na = 1\nb = \"recieved\"\n[ignore]\ncolumns = 1\n"),
        (baseline, "zz = 1\n[[accepted]]\ncode = 1\nid = 1\nat = \"x\"\n"),
    ] {
        let places: Vec<_> = read(text).into_iter().map(|finding| finding.place).collect();
        assert!(places.len() >= 4, "{places:?}");
        assert!(places.is_sorted(), "{places:?}");
    }
}
