use crate::lang::Text;

/// How something is printed. Which of these a command has, the command says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Format {
    Text,
    Markdown,
    Csv,
    Json,
    Jsonl,
    Html,
    Xlsx,
    Github,
    Gitlab,
    Junit,
    Sarif,
}

impl Format {
    /// What it is called on the command line; of what is written to a file, also the file's ending.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Sarif => "sarif",
        }
    }

    /// What it is for, in a few words.
    pub(crate) fn purpose(self) -> Text {
        match self {
            Format::Text => Text::of("For people", "供人阅读"),
            Format::Markdown => Text::of("For a wiki or a pull request", "用于 wiki 或合并请求"),
            Format::Csv => Text::of("A table for a spreadsheet", "表格，可用 Excel 等打开"),
            Format::Json => Text::of(
                "A JSON object, `version` 1, for programs",
                "JSON 对象（`version` 为 1），供程序读取",
            ),
            Format::Jsonl => {
                Text::of("A JSON object per line, for programs", "每行一个 JSON 对象，供程序读取")
            }
            Format::Html => {
                Text::of("For a browser or a printer, in one file", "供浏览器查看或打印，单个文件")
            }
            Format::Xlsx => Text::of("An Excel workbook", "Excel 工作簿"),
            Format::Github => Text::of("Annotations of GitHub Actions", "GitHub Actions 的标注"),
            Format::Gitlab => Text::of("GitLab's code quality report", "GitLab 的代码质量报告"),
            Format::Junit => Text::of("JUnit's XML", "JUnit 的 XML"),
            Format::Sarif => Text::of("SARIF 2.1.0, for code scanning", "SARIF 2.1.0，用于代码扫描"),
        }
    }
}
