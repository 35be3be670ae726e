//! The pages as people see them at 80 columns, worked out by hand from the case files.

use std::fs;
use std::path::Path;

use super::super::show;
use super::{glance, view};
use crate::case::{Case, Stamp};
use crate::describe::case_table::{CaseRow, table, usual};
use crate::lang::Lang;
use crate::ledger::Found;
use crate::policy::explained;
use crate::privacy::Privacy;
use crate::render::{Document, Paper, text};
use crate::session::{Session, Setting};
use crate::ui::{Colour, Streams, Terminal};
use crate::view::Horizon;

const SHOP: &str = r#"
[shop]
name = "青瓷小铺"
timezone = "Asia/Shanghai"
[people."zhang.wei"]
name = "张伟"
role = "agent"
"#;

const POLICY: &str = r#"
title = "rules"
[[clock]]
name   = "contact"
label  = { en = "contact", zh = "联系客户" }
clause = "S0.5.1"
when   = { kind = "complaint" }
start  = ["received"]
stop   = ["contacted"]
within = "48h"
[[clock]]
name   = "plan"
label  = { en = "plan", zh = "改进计划" }
when   = { kind = "suggestion" }
start  = ["received"]
stop   = ["proposed"]
within = "48h"
"#;

/// Contacted after 1 h 20 min.
const CUP: &str = "\
id: 20261122-7k3q9x
kind: complaint
title: 收到的茶杯碎了
channel: hotline
customer:
  key: c-8841
  name: 王女士
  contact: '13800138000'
  tier: gold
order: E20
product: 青瓷茶杯
demand: exchange
history:
  - received: 2026-11-22T09:31:00+08:00
    by: zhang.wei
  - contacted: 2026-11-22T10:51:00+08:00
    by: zhang.wei
    note: The customer agrees to an exchange and wants it before the end of the week
  - escalated: 2026-11-23T09:00:00+08:00
    by: zhang.wei
    level: supervisor
    reason: 超出权限
";

/// Late since Monday 07:12, 3 hours ago.
const SILENT: &str = "\
id: 20261121-p0d4wz
kind: complaint
title: 客服一直没有回复
channel: chat
history:
  - received: 2026-11-21T07:12:00+08:00
";

/// 41 of its 48 hours are used up; 6 h 48 min are left.
const CASH: &str = "\
id: 20261121-m2x8tf
kind: suggestion
title: 希望增加货到付款
channel: email
history:
  - received: 2026-11-21T17:00:00+08:00
  - triaged: 2026-11-21T18:00:00+08:00
    category: suggestion
    urgency: general
";

fn ledger() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("fb.toml", SHOP);
    write("policy/base.toml", POLICY);
    write("cases/escalated/20261122-7k3q9x.yaml", CUP);
    write("cases/new/20261121-p0d4wz.yaml", SILENT);
    write("cases/triaged/20261121-m2x8tf.yaml", CASH);
    place
}

/// At Monday 2026-11-23 10:12, on a terminal of 80 columns.
fn open(place: &Path, lang: Lang) -> Session {
    open_at(place, lang, "2026-11-23T10:12:00+08:00")
}

fn open_at(place: &Path, lang: Lang, now: &str) -> Session {
    let terminal = Terminal::new(lang, Colour::Never, |_| None, Streams::default());
    let terminal = Terminal { page: Paper { width: 80, colour: false }, ..terminal };
    let now = Stamp::parse(now).unwrap().instant();
    let directory = place.to_owned();
    let setting = Setting {
        directory,
        now,
        now_given: true,
        revision: None,
        lang: Some(lang),
        commit: false,
        editors: Vec::new(),
        terminal,
    };
    Session::open(setting).unwrap()
}

fn drawn(session: &Session, page: &Document) -> String {
    text(page, session.terminal.lang, session.terminal.page)
}

fn shown(session: &Session, found: &Found, reveal: bool) -> String {
    let replay = session.book.whole(&found.case);
    let clocks = explained(&replay, session.book.rules(&found.case), &session.book, session.now);
    let (now, clocks) = (session.now, &clocks);
    let (replay, explain, privacy) = (&replay, false, Privacy::of(reveal));
    let history = replay;
    let shown =
        show::ShownCase { session, now, found, replay, history, clocks, stalled: None, privacy, explain };
    drawn(session, &show::page(&shown))
}

#[test]
fn a_case_as_a_page() {
    let place = ledger();
    let session = open(place.path(), Lang::En);
    let found = session.ledger.find("7k3").unwrap();
    let expected = "\
20261122-7k3q9x  complaint

收到的茶杯碎了
王** 138****8000 (c-8841, gold) · order E20 · 青瓷茶杯 · asks for exchange

status   escalated to supervisor · round 1

clocks
  contact    met  in 1 h 20 min of 48 h  S0.5.1

history
  Sun 2026-11-22  09:31  received   张伟  hotline
                  10:51  contacted  张伟  The customer agrees to an exchange and
                                          wants it before the end of the week
  Mon 2026-11-23  09:00  escalated  张伟  → supervisor · 超出权限

cases/escalated/20261122-7k3q9x.yaml
";
    assert_eq!(shown(&session, &found, false), expected);
    let revealed = shown(&session, &found, true);
    assert!(revealed.contains("王女士 13800138000 (c-8841, gold)"), "{revealed}");
}

#[test]
fn a_case_as_a_clerk_reads_it() {
    let place = ledger();
    let session = open(place.path(), Lang::Zh);
    let found = session.ledger.find("p0d").unwrap();
    let expected = "\
20261121-p0d4wz  投诉

客服一直没有回复

状态  新受理 · 第 1 轮

时限
  联系客户  ! 逾期  2026-11-23 07:12 周一到期，已超 3 小时  S0.5.1

经过
  2026-11-21 周六  07:12  受理  –  在线客服

cases/new/20261121-p0d4wz.yaml
";
    assert_eq!(shown(&session, &found, false), expected);
}

#[test]
fn the_shop_at_a_glance() {
    let place = ledger();
    let session = open(place.path(), Lang::En);
    let scan = session.ledger.scan();
    let cases: Vec<&Case> = scan.cases.iter().map(|found| &found.case).collect();
    let expected = "\
青瓷小铺 · Mon 2026-11-23 10:12 · 3 open, 1 late, 1 due today

!  p0d4wz  complaint   contact  3 h late  –  客服一直没有回复
~  m2x8tf  suggestion  plan       in 6 h  –  希望增加货到付款
   7k3q9x  complaint   –               –  –  收到的茶杯碎了

next: fb show p0d4wz · fb contact p0d4wz · fb report overdue
";
    let view = view(&session, &cases, Horizon::at(session.now));
    assert_eq!(drawn(&session, &glance(&session, &view)), expected);
}

#[test]
fn a_list() {
    let place = ledger();
    let session = open(place.path(), Lang::Zh);
    let scan = session.ledger.scan();
    let cases: Vec<&Case> = scan.cases.iter().map(|found| &found.case).collect();
    let view = view(&session, &cases, Horizon::at(session.now));
    let mut rows: Vec<CaseRow<'_>> = view.cases.iter().map(|case| CaseRow::of(case, session.now)).collect();
    rows.sort_by_key(CaseRow::urgency);
    let table = table(&rows, &usual(&session), &session, session.now);
    let expected = "     编号  类型  状态    下一时限         期限  负责人  标题
!  p0d4wz  投诉  新受理  联系客户  超时 3 小时  –       客服一直没有回复
~  m2x8tf  建议  已分类  改进计划  还剩 6 小时  –       希望增加货到付款
   7k3q9x  投诉  已升级  –                   –  –       收到的茶杯碎了
";
    assert_eq!(drawn(&session, &Document::default().section(table)), expected);
}

/// The third is asked for nothing by the rules, and on the 8th of December 14 days have ended without a step.
#[test]
fn a_stalled_case_is_work_to_do() {
    let place = ledger();
    let session = open_at(place.path(), Lang::En, "2026-12-08T10:12:00+08:00");
    let scan = session.ledger.scan();
    let cases: Vec<&Case> = scan.cases.iter().map(|found| &found.case).collect();
    let view = view(&session, &cases, Horizon::at(session.now));
    let rows: Vec<CaseRow<'_>> = view.cases.iter().map(|case| CaseRow::of(case, session.now)).collect();
    let stalled: Vec<&str> =
        rows.iter().filter(|row| row.stalled.is_some()).map(|row| row.case.id.short()).collect();
    assert_eq!(stalled, ["7k3q9x"]);
    let drawn = drawn(&session, &glance(&session, &view));
    assert!(drawn.contains("3 open, 2 late, 0 due today, 1 stalled"), "{drawn}");
    assert!(drawn.contains("!  7k3q9x  complaint   stalled  idle 15 d  –  收到的茶杯碎了"), "{drawn}");
}
