//! The names of values in a usage line: `--at <TIME>`, `--at <时间>`.

use crate::lang::Text;

pub(crate) const AMOUNT: Text = Text::of("AMOUNT", "金额");
pub(crate) const CODES: Text = Text::of("CODES", "代码");
pub(crate) const COLUMNS: Text = Text::of("A,B,C", "列,列,列");
pub(crate) const COMMAND: Text = Text::of("COMMAND", "命令");
pub(crate) const COMMIT: Text = Text::of("COMMIT", "提交");
pub(crate) const CUSTOMER: Text = Text::of("KEY", "代号");
pub(crate) const DATE: Text = Text::of("DATE", "日期");
pub(crate) const DEPARTMENT: Text = Text::of("DEPARTMENT", "部门");
pub(crate) const DIMENSION: Text = Text::of("DIMENSION", "维度");
pub(crate) const DIRECTORY: Text = Text::of("DIR", "目录");
pub(crate) const EMAIL: Text = Text::of("EMAIL", "邮箱");
pub(crate) const FILE: Text = Text::of("FILE", "文件");
pub(crate) const FORMAT: Text = Text::of("FORMAT", "格式");
pub(crate) const ID: Text = Text::of("ID", "编号");
pub(crate) const ID_OR_NAME: Text = Text::of("ID|NAME", "编号|名称");
pub(crate) const KEY: Text = Text::of("KEY", "列");
pub(crate) const KIND: Text = Text::of("KIND", "类型");
pub(crate) const LANGUAGE: Text = Text::of("LANG", "语言");
pub(crate) const LEVEL: Text = Text::of("LEVEL", "级别");
pub(crate) const LIMIT: Text = Text::of("LIMIT", "时限");
pub(crate) const MILESTONE: Text = Text::of("STEP", "节点");
pub(crate) const MONTH: Text = Text::of("MONTH", "月份");
pub(crate) const NAME: Text = Text::of("NAME", "名称");
pub(crate) const NUMBER: Text = Text::of("N", "数量");
pub(crate) const OUTCOME: Text = Text::of("OUTCOME", "结果");
pub(crate) const PERIOD: Text = Text::of("PERIOD", "期间");
/// One argument that is shown as two: the first word may be a period, all others are terms of a query.
pub(crate) const PERIOD_AND_QUERY: Text = Text::of("PERIOD] [QUERY", "期间] [查询条件");
pub(crate) const PERSON: Text = Text::of("PERSON", "人员");
pub(crate) const PREFIX: Text = Text::of("PREFIX", "类别");
pub(crate) const QUERY: Text = Text::of("QUERY", "查询条件");
pub(crate) const REMOTE: Text = Text::of("REMOTE", "远程仓库");
pub(crate) const REVISION: Text = Text::of("REV", "版本");
pub(crate) const ROLE: Text = Text::of("ROLE", "职务");
pub(crate) const SCORE: Text = Text::of("SCORE", "评分");
pub(crate) const SEED: Text = Text::of("SEED", "种子");
pub(crate) const SHELL: Text = Text::of("SHELL", "SHELL");
pub(crate) const SPAN: Text = Text::of("FROM..TO", "起..止");
pub(crate) const TEXT: Text = Text::of("TEXT", "文字");
pub(crate) const TIME: Text = Text::of("TIME", "时间");
pub(crate) const WHAT: Text = Text::of("WHAT", "种类");
pub(crate) const WHEN: Text = Text::of("WHEN", "何时");
pub(crate) const WORD: Text = Text::of("WORD", "词");
pub(crate) const YES: Text = Text::of("YES", "是否");
pub(crate) const ZONE: Text = Text::of("ZONE", "时区");
