//! Questions to the user at the terminal.
//!
//! Each names the flag that also answers it: without a terminal a missing answer is an error that says so. Esc and
//! Ctrl-C cancel. Questions are printed to standard error, so that the output stays clean.

use console::Term;

use crate::error::{Error, Result};
use crate::lang::{Lang, Text, clean};
use crate::render::width;

use super::{Terminal, keys};

mod say {
    crate::messages! {
        missing(what) { "{what} is missing, and there is no terminal to ask on", "缺少{what}，而且没有终端可以询问" }
        unanswered(question) {
            "“{question}” has no answer, and there is no terminal to ask on",
            "“{question}”没有回答，而且没有终端可以询问"
        }
        give(flag) { "give it with `{flag}`", "请用 `{flag}` 给出" }
        cancelled() { "cancelled; nothing was written", "已取消，未写入任何内容" }
        broken(why) { "the answer could not be read: {why}", "无法读取回答：{why}" }
        unclear(answer, most) {
            "`{answer}` is not one of these; type a number from 1 to {most}, or a name",
            "没有 `{answer}` 这一项；请输入 1 到 {most} 的编号，或名称"
        }
        yes_or_no() { "type y or n", "请输入 y（是）或 n（否）" }
    }
}

/// Asks for one line, until there is an answer. `what` is a noun, such as `title`.
///
/// # Errors
/// Refused: there is no terminal, or the question was cancelled.
pub(crate) fn ask(terminal: &Terminal, what: &Text, flag: &str) -> Result<String> {
    loop {
        if let Some(answer) = ask_or_leave(terminal, what, flag)? {
            return Ok(answer);
        }
    }
}

/// Asks for one line once; `None` if the answer is empty.
///
/// # Errors
/// As [`ask`].
pub(crate) fn ask_or_leave(terminal: &Terminal, what: &Text, flag: &str) -> Result<Option<String>> {
    let term = reach(terminal, say::missing(what), flag)?;
    let answer = question(&term, terminal.lang, what, "")?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}

/// Asks for one of several, each a key and its display name, until there is an answer; returns its index from 0.
///
/// The answer is a number, a key or a name, or a unique beginning of the last two.
///
/// # Errors
/// Refused: there is no terminal, nothing to choose from, or the question was cancelled.
pub(crate) fn choose(
    terminal: &Terminal,
    what: &Text,
    flag: &str,
    items: &[(String, Text)],
) -> Result<usize> {
    let term = list(terminal, what, flag, items)?;
    loop {
        if let Some(at) = pick(&term, terminal.lang, what, items)? {
            return Ok(at);
        }
    }
}

/// Asks for one of several; `None` if the answer is empty.
///
/// # Errors
/// As [`choose`].
pub(crate) fn choose_or_leave(
    terminal: &Terminal,
    what: &Text,
    flag: &str,
    items: &[(String, Text)],
) -> Result<Option<usize>> {
    let term = list(terminal, what, flag, items)?;
    pick(&term, terminal.lang, what, items)
}

/// Shows what there is to choose from.
fn list(terminal: &Terminal, what: &Text, flag: &str, items: &[(String, Text)]) -> Result<Term> {
    let term = reach(terminal, say::missing(what), flag)?;
    if items.is_empty() {
        return Err(Error::refused(say::missing(what)).hint(say::give(flag)));
    }
    show(&term, &listed(items, terminal.lang))?;
    Ok(term)
}

/// The one that is chosen, or `None`; what is none of them is asked again.
fn pick(term: &Term, lang: Lang, what: &Text, items: &[(String, Text)]) -> Result<Option<usize>> {
    loop {
        let answer = question(term, lang, what, &format!(" [1-{}]", items.len()))?;
        match (answer.trim(), chosen(items, answer.trim())) {
            ("", _) => return Ok(None),
            (_, Some(at)) => return Ok(Some(at)),
            (answer, None) => {
                let answer = clean(answer);
                show(term, &format!("{}\n", say::unclear(&*answer, items.len()).to(lang)))?;
            }
        }
    }
}

/// Asks yes or no; `question` is a whole sentence.
///
/// # Errors
/// Refused: there is no terminal, or the question was cancelled.
pub(crate) fn confirm(terminal: &Terminal, question: &Text, flag: &str, default: bool) -> Result<bool> {
    let term = reach(terminal, say::unanswered(question), flag)?;
    let keys = if default { "[Y/n]" } else { "[y/N]" };
    loop {
        show(&term, &format!("{} {keys} ", clean(question.to(terminal.lang))))?;
        match meant(answer(&term)?.trim(), default) {
            Some(answer) => return Ok(answer),
            None => show(&term, &format!("{}\n", say::yes_or_no().to(terminal.lang)))?,
        }
    }
}

/// The terminal for questions, or the error without one.
fn reach(terminal: &Terminal, missing: Text, flag: &str) -> Result<Term> {
    let term = Term::stderr();
    if !terminal.interactive || !term.is_term() {
        return Err(Error::refused(missing).hint(say::give(flag)));
    }
    Ok(term)
}

fn question(term: &Term, lang: Lang, what: &Text, usual: &str) -> Result<String> {
    let colon = match lang {
        Lang::En => ": ",
        Lang::Zh => "：",
    };
    show(term, &format!("{}{usual}{colon}", clean(what.to(lang))))?;
    answer(term)
}

fn answer(term: &Term) -> Result<String> {
    keys::read(term).map_err(unread)?.ok_or_else(|| Error::refused(say::cancelled()))
}

fn show(term: &Term, words: &str) -> Result<()> {
    term.write_str(words).map_err(unread)
}

fn unread(why: std::io::Error) -> Error {
    Error::refused(say::broken(why.to_string()))
}

/// One line per item: its number, its key, its name if that is different.
fn listed(items: &[(String, Text)], lang: Lang) -> String {
    let keys = items.iter().map(|(key, _)| width(&clean(key))).max().unwrap_or(0);
    let line = |(at, (key, name)): (usize, &(String, Text))| {
        let (key, name) = (clean(key), clean(name.to(lang)));
        let space = " ".repeat(keys - width(&key));
        let name = if name == key { "" } else { &name };
        format!("{:>4}  {}\n", at + 1, format!("{key}{space}  {name}").trim_end())
    };
    items.iter().enumerate().map(line).collect()
}

fn chosen(items: &[(String, Text)], answer: &str) -> Option<usize> {
    let answer = answer.to_lowercase();
    if answer.is_empty() {
        return None;
    }
    if let Some(exact) = items.iter().position(|item| words(item).contains(&answer)) {
        return Some(exact);
    }
    if let Ok(number @ 1..) = answer.parse::<usize>()
        && number <= items.len()
    {
        return Some(number - 1);
    }
    let mut fits = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if words(item).iter().any(|word| word.starts_with(&answer)) {
            fits.push(at);
        }
    }
    if let [only] = fits.as_slice() { Some(*only) } else { None }
}

/// The words that mean an item, in small letters: its key, and its name in each language.
fn words((key, name): &(String, Text)) -> [String; 3] {
    [key.as_str(), name.to(Lang::En), name.to(Lang::Zh)].map(str::to_lowercase)
}

fn meant(answer: &str, default: bool) -> Option<bool> {
    match answer.to_lowercase().as_str() {
        "" => Some(default),
        "y" | "yes" | "是" | "好" | "对" => Some(true),
        "n" | "no" | "否" | "不" | "不是" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Exit;
    use crate::ui::{Colour, Streams};

    fn items() -> Vec<(String, Text)> {
        [
            ("complaint", "complaint", "投诉"),
            ("praise", "praise", "表扬"),
            ("product", "product: other", "产品"),
        ]
        .map(|(key, en, zh)| (key.to_owned(), Text::of(en, zh)))
        .to_vec()
    }

    #[test]
    fn a_choice_is_a_number_a_name_or_its_beginning() {
        for (answer, expected) in [
            ("1", Some(0)),
            ("3", Some(2)),
            ("0", None),
            ("4", None),
            ("praise", Some(1)),
            ("Praise", Some(1)),
            ("表扬", Some(1)),
            ("投", Some(0)),
            ("c", Some(0)),
            ("pr", None),
            ("prod", Some(2)),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(chosen(&items(), answer), expected, "{answer}");
        }
        let scores = ["5", "4", "3"].map(|key| (key.to_owned(), Text::same(key))).to_vec();
        assert_eq!(chosen(&scores, "3"), Some(2), "a key comes before a number");
    }

    #[test]
    fn a_list_says_what_can_be_answered() {
        let expected = "   1  complaint  投诉\n   2  praise     表扬\n   3  product    产品\n";
        assert_eq!(listed(&items(), Lang::Zh), expected);
        let english = "   1  complaint\n   2  praise\n   3  product    product: other\n";
        assert_eq!(listed(&items(), Lang::En), english);
    }

    #[test]
    fn yes_and_no_are_understood_in_both_languages() {
        for (answer, expected) in [
            ("y", Some(true)),
            ("YES", Some(true)),
            ("是", Some(true)),
            ("n", Some(false)),
            ("否", Some(false)),
        ] {
            assert_eq!(meant(answer, false), expected);
        }
        assert_eq!(meant("", true), Some(true));
        assert_eq!(meant("maybe", true), None);
    }

    #[test]
    fn without_a_terminal_the_flag_is_named() {
        let terminal = Terminal::new(Lang::En, Colour::Auto, |_| None, Streams::default());
        let what = Text::of("the title", "标题");
        let errors = [
            ask(&terminal, &what, "--title").unwrap_err(),
            ask_or_leave(&terminal, &what, "--title").unwrap_err(),
            choose(&terminal, &what, "--title", &items()).unwrap_err(),
            choose_or_leave(&terminal, &what, "--title", &items()).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.exit, Exit::Refused);
            assert_eq!(
                error.message.to(Lang::En),
                "the title is missing, and there is no terminal to ask on"
            );
            assert_eq!(error.message.to(Lang::Zh), "缺少标题，而且没有终端可以询问");
            assert_eq!(error.hints[0].to(Lang::En), "give it with `--title`");
        }
        let error = confirm(&terminal, &Text::of("Undo it?", "撤销吗？"), "--yes", true).unwrap_err();
        assert_eq!(error.message.to(Lang::Zh), "“撤销吗？”没有回答，而且没有终端可以询问");
    }
}
