//! Help as people see it, of every command and topic, in both languages. A page that changed is a snapshot that changed:
//! `INSTA_UPDATE=always cargo test --test suite help` writes them anew, for a person to review.

use crate::ledger::TestLedger;

/// The page of a command or a topic, 80 columns wide.
fn page(shop: &TestLedger, lang: &str, words: &[&str]) -> String {
    let ran = shop.run(&[&["--lang", lang, "help"], words].concat()).ok();
    assert_eq!(ran.err, "");
    ran.out
}

/// The terms below the headings that are meant.
fn terms(page: &str, meant: impl Fn(&str) -> bool) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in page.lines() {
        match line.strip_prefix("  ") {
            None => inside = meant(line),
            Some(rest) if inside && !rest.starts_with(' ') => {
                found.extend(rest.split(' ').next().map(str::to_owned));
            }
            Some(_) => {}
        }
    }
    found
}

/// Every page, each below the line that asks for it.
fn pages(lang: &str) -> (String, String) {
    let shop = TestLedger::empty().with("COLUMNS", "80");
    let top = page(&shop, "en", &[]);
    let below = |page: &str| terms(page, |heading| heading == "Commands:");
    let is_group = |heading: &str| !["Usage:", "Topics:", "Global options:"].contains(&heading);
    let mut paths = vec![Vec::new()];
    let mut left: Vec<Vec<String>> = terms(&top, is_group).into_iter().map(|name| vec![name]).rev().collect();
    while let Some(path) = left.pop() {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let names = below(&page(&shop, "en", &words)).into_iter();
        left.extend(names.map(|name| [&path[..], &[name]].concat()).rev());
        paths.push(path);
    }
    let told = |path: &Vec<String>| {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        format!("$ {}\n\n{}", [&["fb", "help"], &words[..]].concat().join(" "), page(&shop, lang, &words))
    };
    let topics = terms(&top, |heading| heading == "Topics:").into_iter().map(|topic| vec![topic]);
    assert!(paths.len() > 55, "{}", paths.len());
    let all = |paths: Vec<Vec<String>>| paths.iter().map(told).collect::<Vec<_>>().join("\n");
    (all(paths), all(topics.collect()))
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn help_in_english() {
    let (commands, topics) = pages("en");
    settings().bind(|| {
        insta::assert_snapshot!("commands_en", commands);
        insta::assert_snapshot!("topics_en", topics);
    });
}

#[test]
fn help_in_chinese() {
    let (commands, topics) = pages("zh");
    settings().bind(|| {
        insta::assert_snapshot!("commands_zh", commands);
        insta::assert_snapshot!("topics_zh", topics);
    });
}

/// `-h` is the page without what takes long to read; `--help` is what `fb help` prints.
#[test]
fn a_flag_asks_for_help_too() {
    let shop = TestLedger::empty().with("COLUMNS", "60");
    for (lang, more) in [("en", "`fb help list` says more."), ("zh", "`fb help list` 有更详细的说明。")]
    {
        let ask = |words: &[&str]| shop.run(&[words, &["--lang", lang]].concat()).ok().out;
        let (short, whole) = (ask(&["list", "-h"]), ask(&["list", "--help"]));
        assert_eq!(whole, ask(&["help", "list"]));
        assert!(short.lines().count() < whole.lines().count());
        assert!(short.ends_with(&format!("{more}\n")), "{short}");
        assert_eq!(ask(&["--help"]), ask(&["help"]));
        let missing = shop.run(&["report", "--lang", lang]);
        assert_eq!((missing.status, missing.out.as_str()), (2, ""));
        missing.says(&["monthly", "quarterly"]);
    }
    let told = |lang: &str, says: &[&str]| {
        shop.refused(&["--lang", lang, "help", "escalte"], 2).says(says);
    };
    told("en", &["there is no command or topic `escalte`", "did you mean `escalate`?", "topics: query"]);
    told("zh", &["没有名为 `escalte` 的命令或专题", "是不是想写 `escalate`？", "专题：query"]);
}

/// Help, and what is said of a wrong command line, are in one language: the one that is asked for, else the shop's, else
/// the environment's.
#[test]
fn the_language_is_that_of_the_reader() {
    let shop = TestLedger::empty();
    shop.run(&["init", ".", "--lang", "zh"]).ok();
    let root = shop.dir.to_str().unwrap().to_owned();
    let is_chinese = |shop: &TestLedger, words: &[&str]| {
        let help = shop.run(&[words, &["help", "note"]].concat()).ok().out;
        let flag = shop.run(&[words, &["note", "--help"]].concat()).ok().out;
        assert_eq!(help, flag);
        let wrong = shop.refused(&[words, &["noet"]].concat(), 2).err.clone();
        let chinese = help.starts_with("给案卷加一条备注");
        assert_eq!(wrong.starts_with("错误：没有 noet 这个命令"), chinese, "{wrong}");
        assert_eq!(wrong.starts_with("error: there is no command noet"), !chinese, "{wrong}");
        let script = shop.run(&[words, &["completions", "fish"]].concat()).ok().out;
        assert_eq!(script.contains("'给案卷加一条备注'"), chinese);
        assert!(!script.contains('␟') && script.contains("供人阅读") == chinese);
        chinese
    };
    assert!(is_chinese(&shop, &[]));
    assert!(!is_chinese(&shop, &["--lang", "en"]));
    let shop = shop.with("FB_LANG", "en");
    assert!(!is_chinese(&shop, &[]));
    let shop = shop.with("FB_LANG", "");
    let shop = shop.with("LC_ALL", "en_GB.UTF-8");
    assert!(is_chinese(&shop, &[]));
    let other = TestLedger::empty();
    assert!(!is_chinese(&other, &[]));
    assert!(is_chinese(&other, &["-C", &root]));
    let other = other.with("FB_DIR", &root);
    assert!(is_chinese(&other, &[]));
    let nowhere = TestLedger::empty().with("LC_ALL", "zh_CN.UTF-8");
    assert!(is_chinese(&nowhere, &[]));
}

/// An empty variable of the environment is one that is not set.
#[test]
fn an_empty_variable_is_none() {
    let names = ["FB_LANG", "FB_NOW", "FB_DIR", "FB_BY"];
    let shop = names.into_iter().fold(TestLedger::new(), |shop, name| shop.with(name, ""));
    let id = shop.case(&[]);
    shop.run(&["note", &id, "a word"]).ok();
}

/// A figure is explained by its key or by its name in either language; a name that nothing has is an error.
#[test]
fn one_figure_is_explained() {
    let shop = TestLedger::empty().with("COLUMNS", "80");
    let english = page(&shop, "en", &["figures", "handling", "rate"]);
    assert!(
        english.contains("\nHandling rate:\n  handling rate  Complaints handled, as a share of"),
        "{english}"
    );
    assert!(!english.contains("median"), "{english}");
    let chinese = page(&shop, "zh", &["指标", "处理率"]);
    assert!(chinese.contains("投诉处理率") && chinese.contains("S4.9"), "{chinese}");
    assert_eq!(page(&shop, "en", &["figures", "p90"]), page(&shop, "en", &["figures", "P90"]));
    let unknown = shop.run(&["help", "figures", "nonsense"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    unknown.says(&["figures nonsense"]);
    shop.run(&["help", "report", "montly"]).says(&["did you mean `report monthly`?"]);
    shop.run(&["help", "figures", "medain"]).says(&["did you mean `figures median`?"]);
    shop.run(&["--lang", "zh", "help", "指标", "投诉处理律"]).says(&["`指标 投诉处理率`"]);
}
