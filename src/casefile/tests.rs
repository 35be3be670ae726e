//! The text of case files, from outside: broken files, written files, appended files.

mod appended;
mod broken;
mod own_layout;
mod written;

use std::path::Path;

use super::read;
use crate::case::Case;

/// The example of the format.
const EXAMPLE: &str = r#"id: 20261122-7k3q9x
kind: complaint
title: 收到的茶杯碎了
description: |
  快递盒没有压痕，打开后杯身裂成两半。
channel: hotline
customer:
  key: c-8841            # pseudonymous; the same customer has the same key
  name: 王女士
  contact: 13800138000
  tier: gold
order: "E2026112200017"
product: 青瓷茶杯
demand: exchange         # the remedy that the customer asks for
history:
  - received: 2026-11-22T09:31:00+08:00
    by: li.na
  - triaged: 2026-11-22T10:05:00+08:00
    by: li.na
    category: product/packaging
    urgency: important
    justified: true
  - assigned: 2026-11-22T10:06:00+08:00
    by: li.na
    department: quality
    owner: zhang.wei
    expects: 查明破损环节
    due: 2026-11-24T18:00:00+08:00
  - escalated: 2026-11-23T15:00:00+08:00
    by: zhang.wei
    level: supervisor
    reason: 客户要求赔偿，超出权限
"#;

/// Everything that a case file must have.
const HEAD: &str = "id: 20261122-7k3q9x\nkind: complaint\ntitle: t\nchannel: hotline\nhistory:\n";

fn case(text: &str) -> Case {
    read(text.as_bytes(), Path::new("x.yaml")).unwrap_or_else(|findings| panic!("{findings:#?}\n{text}"))
}
