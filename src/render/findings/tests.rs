//! Every format against what its definition asks for, written by hand.

use super::*;
use crate::case::Id;
use crate::error::{Code, Place};

fn two() -> Vec<Finding> {
    let id = Id::parse("20261103-p0d4wz").unwrap();
    vec![
        Finding::error(
            Code::Overdue,
            Place::at("cases/new/20261103-p0d4wz.yaml", 8, 5, 8),
            Text::of("50 % over: \"late\" <now>", "迟了"),
        )
        .of(&id)
        .help(Text::of("`fb contact p0d4wz`", "联系"))
        .help(Text::of("or, fb escalate", "升级")),
        Finding::warning(Code::ReviewDue, Place::file("policy/茶, a:b.toml"), Text::of("due", "到期")),
    ]
}

#[test]
fn json_is_one_object() {
    let expected = r#"{
  "version": 1,
  "findings": [
    {
      "code": "overdue",
      "severity": "error",
      "path": "cases/new/20261103-p0d4wz.yaml",
      "line": 8,
      "column": 5,
      "id": "20261103-p0d4wz",
      "message": "50 % over: \"late\" <now>",
      "help": "`fb contact p0d4wz`\nor, fb escalate"
    },
    {
      "code": "review-due",
      "severity": "warning",
      "path": "policy/茶, a:b.toml",
      "line": null,
      "column": null,
      "id": null,
      "message": "due",
      "help": null
    }
  ],
  "files": 131
}
"#;
    assert_eq!(json(&two(), 131), expected);
}

#[test]
fn github_gets_a_command_a_line() {
    let expected = "\
::error file=cases/new/20261103-p0d4wz.yaml,line=8,col=5,title=overdue::50 %25 over: \"late\" <now>%0Ahelp: `fb contact p0d4wz`%0Ahelp: or, fb escalate
::warning file=policy/茶%2C a%3Ab.toml,title=review-due::due
";
    assert_eq!(github(&two()), expected);
    assert_eq!(github(&[]), "");
}

#[test]
fn gitlab_gets_a_list() {
    let expected = r#"[
  {
    "description": "50 % over: \"late\" <now>\nhelp: `fb contact p0d4wz`\nhelp: or, fb escalate",
    "check_name": "overdue",
    "fingerprint": "overdue:20261103-p0d4wz:1",
    "severity": "major",
    "location": {
      "path": "cases/new/20261103-p0d4wz.yaml",
      "lines": {
        "begin": 8
      }
    }
  },
  {
    "description": "due",
    "check_name": "review-due",
    "fingerprint": "review-due:policy/茶, a:b.toml:1",
    "severity": "minor",
    "location": {
      "path": "policy/茶, a:b.toml",
      "lines": {
        "begin": 1
      }
    }
  }
]
"#;
    assert_eq!(gitlab(&two()), expected);
    assert_eq!(gitlab(&[]), "[]\n");
}

#[test]
fn two_findings_of_one_code_in_one_case_have_two_fingerprints() {
    let twice = [two().remove(0), two().remove(0)];
    let text = gitlab(&twice);
    assert!(text.contains("overdue:20261103-p0d4wz:1\"") && text.contains("overdue:20261103-p0d4wz:2\""));
}

#[test]
fn junit_fails_a_file_with_errors_and_passes_the_rest() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fb check" tests="3" failures="1" errors="0">
  <testsuite name="fb check" tests="3" failures="1" errors="0" skipped="0">
    <testcase classname="fb check" name="cases/new/20261103-p0d4wz.yaml" file="cases/new/20261103-p0d4wz.yaml">
      <failure type="overdue" message="50 % over: &quot;late&quot; &lt;now&gt;">cases/new/20261103-p0d4wz.yaml:8: [overdue] 50 % over: &quot;late&quot; &lt;now&gt;
help: `fb contact p0d4wz`
help: or, fb escalate</failure>
    </testcase>
    <testcase classname="fb check" name="policy/茶, a:b.toml" file="policy/茶, a:b.toml">
      <system-out>policy/茶, a:b.toml: [review-due] due</system-out>
    </testcase>
    <testcase classname="fb check" name="131 case files"/>
  </testsuite>
</testsuites>
"#;
    assert_eq!(junit(&two(), 131), expected);
}

#[test]
fn sarif_names_rules_and_places() {
    let value: serde_json::Value = serde_json::from_str(&sarif(&two(), &[Code::Overdue])).unwrap();
    let run = &value["runs"][0];
    assert_eq!(value["version"], "2.1.0");
    assert_eq!(
        run["tool"]["driver"]["rules"][0]["shortDescription"]["text"],
        "a time limit has passed and the step is not done"
    );
    assert_eq!(run["results"][0]["ruleId"], "overdue");
    let location = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["region"]["startLine"], 8);
    assert_eq!(location["region"]["endColumn"], 13);
    let second = &run["results"][1];
    assert_eq!(second["level"], "warning");
    let uri = &second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    // 茶 is E8 8C B6 in UTF-8
    assert_eq!(uri, "policy/%E8%8C%B6%2C%20a%3Ab.toml");
}
