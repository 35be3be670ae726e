use super::HelpPart;
use crate::lang::{Lang, Text};
use crate::report::{Chapter, Definition, catalogue};

mod say {
    crate::messages! {
        title() { "What the figures of the reports mean", "报表里各项指标的含义" }
        chapter(title) { "{title}:", "{title}：" }
        to(first, last) { "{first} … {last}", "{first} … {last}" }
        clause(means, clause) { "{means} ({clause})", "{means}（{clause}）" }
        also() { "For all of them:", "各项指标通用：" }
        as_of() {
            "Figures show the end of the period, or now if it is not over. What happens later does not change them.",
            "数字统计到期间结束；期间未结束则统计到现在。之后再办理，数字也不变。"
        }
        event() {
            "Each figure counts in the period in which its event happened: a resolution in the month of the resolution, a limit in the month in which it was kept or missed.",
            "时长、比率和件数按事情发生的时间计入：办结计入办结的月份，时限计入按时完成或逾期的月份。"
        }
        cut() { "Shares and times are rounded down, so 100 % means all.", "比率和时长只舍不入，所以 100% 就是全部。" }
        cases() { "`--cases` lists the cases behind each figure.", "`--cases` 列出每个数字对应的案卷。" }
    }
}

pub(super) use say::title;

/// The tables of the reports, with what each figure says.
pub(super) fn parts() -> Vec<HelpPart> {
    let also = HelpPart::lines(say::also(), [say::as_of(), say::event(), say::cut(), say::cases()]);
    catalogue().into_iter().map(part).chain([also]).collect()
}

/// What figures are called, in both languages and by programs.
pub(super) fn names() -> Vec<String> {
    let figures = catalogue().into_iter().flat_map(|chapter| chapter.figures);
    let names =
        figures.flat_map(|one| [one.label.to(Lang::En), one.label.to(Lang::Zh), one.key].map(str::to_owned));
    names.collect()
}

/// The figures that a word names: by key, by the name in either language or a part of it.
pub(super) fn of(word: &str) -> Vec<HelpPart> {
    let word = word.to_lowercase();
    let found = some(|figure| figure.key == word || labels(figure).contains(&word));
    if !found.is_empty() {
        return found;
    }
    some(|figure| labels(figure).iter().any(|label| label.contains(&word)))
}

/// The chapters with only the figures that are wanted; none without a figure.
fn some(wanted: impl Fn(&Definition) -> bool) -> Vec<HelpPart> {
    let mut parts = Vec::new();
    for mut chapter in catalogue() {
        chapter.figures.retain(&wanted);
        if !chapter.figures.is_empty() {
            parts.push(part(chapter));
        }
    }
    parts
}

fn labels(figure: &Definition) -> [String; 2] {
    [Lang::En, Lang::Zh].map(|lang| figure.label.to(lang).to_lowercase())
}

fn part(chapter: Chapter) -> HelpPart {
    HelpPart::terms(say::chapter(chapter.title), chapter.figures.chunk_by(same_definition).filter_map(row))
}

fn same_definition(one: &Definition, next: &Definition) -> bool {
    one.means == next.means && one.clause == next.clause
}

/// Figures that have one definition, such as the brackets of a distribution, are one row.
fn row(figures: &[Definition]) -> Option<(Text, Text)> {
    let (first, last) = (figures.first()?, figures.last()?);
    let label = if figures.len() > 1 { say::to(&first.label, &last.label) } else { first.label.clone() };
    let means = match first.clause {
        Some(clause) => say::clause(&first.means, clause),
        None => first.means.clone(),
    };
    Some((label, means))
}
