use super::*;

fn first(words: &str) -> Option<(Number, &str)> {
    numbers(words).map(|(number, range)| (number, &words[range])).next()
}

// 11010519491231002X is the example of GB 11643; 4111111111111111 and 6011000990139424 are issuers' test cards;
// of 622202123456789012 the digits from the right,
// every other one doubled, come to 4+1+0+9+7+7+3+5+8+3+4+1+4+0+4+2+4+6 = 72, so 8 is its check digit
#[test]
fn numbers_of_persons_are_known() {
    for (words, expected) in [
        ("请打13800138000联系", (Number::Phone, "13800138000")),
        ("tel +8613800138000.", (Number::Phone, "13800138000")),
        ("8613800138000", (Number::Phone, "13800138000")),
        ("0086 13800138000", (Number::Phone, "13800138000")),
        ("+86-138-0013-8000", (Number::Phone, "138-0013-8000")),
        ("138 0013 8000", (Number::Phone, "138 0013 8000")),
        ("138 00138000", (Number::Phone, "138 00138000")),
        ("19900000000", (Number::Phone, "19900000000")),
        ("电话１３８００１３８０００", (Number::Phone, "１３８００１３８０００")),
        ("*13800138000*", (Number::Phone, "13800138000")),
        ("号码 13800138000", (Number::Phone, "13800138000")),
        ("mobile no. 13800138000", (Number::Phone, "13800138000")),
        ("12 13800138000", (Number::Phone, "13800138000")),
        ("0571-88888888", (Number::Phone, "0571-88888888")),
        ("0571-88888888-802", (Number::Phone, "0571-88888888")),
        ("(010) 8888 6666", (Number::Phone, "010) 8888 6666")),
        ("0755 2345678", (Number::Phone, "0755 2345678")),
        ("身份证 11010519491231002X", (Number::Identity, "11010519491231002X")),
        ("身份证 11010519491231002x", (Number::Identity, "11010519491231002x")),
        ("１１０１０５１９４９１２３１００２Ｘ", (Number::Identity, "１１０１０５１９４９１２３１００２Ｘ")),
        ("11010519491231002Ｘ", (Number::Identity, "11010519491231002Ｘ")),
        ("110105 19491231 002X", (Number::Identity, "110105 19491231 002X")),
        ("卡号4111111111111111", (Number::Card, "4111111111111111")),
        ("4111-1111-1111-1111", (Number::Card, "4111-1111-1111-1111")),
        ("6011000990139424", (Number::Card, "6011000990139424")),
        ("6222 0212 3456 7890 128", (Number::Card, "6222 0212 3456 7890 128")),
        ("622202 1234567890128", (Number::Card, "622202 1234567890128")),
    ] {
        assert_eq!(first(words), Some(expected), "{words}");
    }
    assert_eq!(numbers("13800138000、13900139000").count(), 2);
    assert_eq!(numbers("13800138000x13900139000").count(), 2);
}

#[test]
fn telephones_are_known_in_every_form_in_which_people_write_them() {
    for (words, expected) in [
        ("1380013 8000", "1380013 8000"),
        ("13800 138000", "13800 138000"),
        ("1380-013-8000", "1380-013-8000"),
        ("138 001 38000", "138 001 38000"),
        ("138 - 0013 - 8000", "138 - 0013 - 8000"),
        ("138—0013—8000", "138—0013—8000"),
        ("138\u{2011}0013\u{2011}8000", "138\u{2011}0013\u{2011}8000"),
        ("138·0013·8000", "138·0013·8000"),
        ("138/0013/8000", "138/0013/8000"),
        ("138\u{200b}0013\u{200b}8000", "138\u{200b}0013\u{200b}8000"),
        // An adjacent letter is not part of it
        ("013800138000", "13800138000"),
        ("vx13800138000", "13800138000"),
        ("wx_13800138000", "13800138000"),
        ("13800138000x", "13800138000"),
        ("tel8613800138000b", "13800138000"),
        ("E13800138000", "13800138000"),
        ("０１３８００１３８０００", "１３８００１３８０００"),
        // Landlines, written together or dialled from abroad
        ("057188888888", "057188888888"),
        ("05712345678", "05712345678"),
        ("01088886666", "01088886666"),
        ("+86 571 88888888", "571 88888888"),
        ("+86-571-88888888", "571-88888888"),
        ("+86 10 88886666", "10 88886666"),
        ("+86 (571) 8888 8888", "571) 8888 8888"),
        ("861058888888", "1058888888"),
        ("+８６１０５８８８８８８８", "１０５８８８８８８８"),
        ("008657188888888", "57188888888"),
        // Words that only end like an order's
        ("please reorder 13800138000", "13800138000"),
        ("voice recorder: 13800138000", "13800138000"),
    ] {
        assert_eq!(first(words), Some((Number::Phone, expected)), "{words}");
    }
}

#[test]
fn other_numbers_are_not() {
    for words in [
        "12800138000",    // no mobile telephone begins with 12
        "138001380001",   // twelve digits
        "E2026112200017", // an order
        "E138001380001",
        "SF1380013800012", // a parcel
        "20261122138001380001",
        "8613800138000123",
        "订单号：13800138000", // said to be one
        "订单 13800138000",
        "运单号码是 13800138000",
        "运单 SF13800138000",
        "编号: 13800138000",
        "order 13800138000",
        "Order No. 13800138000",
        "tracking number: 13800138000",
        "20261122-7k3q9x",
        "20261122-123456", // an id whose random part has no letter
        "2026-11-22T09:31:00+08:00",
        "2026-11-22 09:31:00",
        "2026.11.22",
        "2026-11-22 10:05",
        "2026/11/22 138",
        "1380.00",
        "1380.00 - 1500.00",
        "138 / 1500 / 22",
        "10 88886666", // no area's code without its 0, but behind the country's
        "571 88888888",
        "86 1 88888888",
        "000000000000",
        "012345678901",
        "0571-18888888",       // no subscriber's number begins with 1
        "0123-88888888",       // no area
        "400-800-8000",        // a company's
        "110105194912310021",  // wrong check character
        "110105194913310025",  // no such month
        "4111111111111112",    // Luhn fails
        "9111111111111113",    // no bank's
        "3111111111111111111", // Luhn holds, but it is an order of 19 digits
        "11111111111111111111111111111111111111",
        "茶杯 2 只，共 128.50 元",
    ] {
        assert_eq!(first(words), None, "{words}");
    }
}

/// One number, each time with another separator. The expected result is written by hand: all of it.
#[test]
fn a_number_is_known_whatever_divides_it() {
    let spaces = "\t \n \r\n \u{b} \u{c} \u{85} \u{a0} \u{1680} \u{2000} \u{2002} \u{2003} \u{2009} \u{200a} \u{2028} \u{2029} \u{202f} \u{205f} \u{3000}";
    for space in spaces.split(' ') {
        known(&format!("138{space}0013{space}8000"), Number::Phone);
        known(&format!("0571{space}88888888"), Number::Phone);
        known(&format!("110105{space}19491231{space}002X"), Number::Identity);
        known(&format!("4111{space}1111{space}1111{space}1111"), Number::Card);
    }
    for sign in [
        "、", "，", ", ", ",", "。", ".", "．", "·", "•", "/", "／", "|", " | ", "_", "＿", "~", "～", "-",
        "－", "—", "——", "―", "﹣", "−", "ー", "一", ")", "】", " 】【 ", "*", "**", "'", "\"", "“", ":",
        "：", ";", "；", "#", "!", "…", "......", "&", "\\", "^", "`", "📞", " - ", "     ", "\n\n",
        "\u{fffd}",
    ] {
        known(&format!("138{sign}0013{sign}8000"), Number::Phone);
        known(&format!("0571{sign}88888888"), Number::Phone);
        known(&format!("110105{sign}19491231{sign}002X"), Number::Identity);
        known(&format!("4111{sign}1111{sign}1111{sign}1111"), Number::Card);
    }
}

#[test]
fn a_number_is_known_through_what_is_not_seen() {
    for unseen in [
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{2060}",
        "\u{feff}",
        "\u{ad}",
        "\u{34f}",
        "\u{61c}",
        "\u{200e}",
        "\u{202e}",
        "\u{2066}",
        "\u{206a}",
        "\u{3164}",
        "\u{115f}",
        "\u{fe0f}",
        "\u{e0020}",
        "\u{e0100}",
        "\u{180e}",
        "\0",
        "\u{7f}",
        "\u{9b}",
        "\u{301}",
        "\u{20e3}",
        "\u{fe0f}\u{20e3}",
    ] {
        // Between all digits, between groups, and next to the separators
        let between = |number: &str| number.chars().map(String::from).collect::<Vec<_>>().join(unseen);
        known(&between("13800138000"), Number::Phone);
        known(&between("057188888888"), Number::Phone);
        known(&between("11010519491231002X"), Number::Identity);
        known(&between("4111111111111111"), Number::Card);
        known(&format!("138{unseen}0013{unseen}8000"), Number::Phone);
        known(&format!("138 {unseen}0013{unseen} 8000"), Number::Phone);
        assert_eq!(first(&format!("+86{unseen}{}", between("13800138000"))).unwrap().0, Number::Phone);
    }
}

#[test]
fn a_number_is_known_in_the_digits_of_other_scripts_and_one_by_one() {
    for words in [
        "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
        "𝟷𝟹𝟾𝟶𝟶𝟷𝟹𝟾𝟶𝟶𝟶",
        "١٣٨٠٠١٣٨٠٠٠",
        "۱۳۸ ۰۰۱۳ ۸۰۰۰",
        "１３８、００１３、８０００",
        "🯱🯳🯸🯰🯰🯱🯳🯸🯰🯰🯰",
    ] {
        known(words, Number::Phone);
    }
    for words in [
        "1 3 8 0 0 1 3 8 0 0 0",
        "1-3-8-0-0-1-3-8-0-0-0",
        "13 80 01 38 00 0",
        "1 38 00 13 80 00",
        "0 5 7 1 8 8 8 8 8 8 8 8",
    ] {
        known(words, Number::Phone);
    }
    known("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", Number::Identity);
    known("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", Number::Card);
}

#[test]
fn a_number_is_known_among_others() {
    assert_eq!(numbers("138\t0013\t8000\n139\t0013\t9000").count(), 2);
    assert_eq!(numbers("138、0013、8000、139、0013、9000").count(), 2);
    // No amount begins with a 0
    for words in ["1380、013、8000", "1380013、0800", "13800、038000", "1380, 0138, 000"] {
        known(words, Number::Phone);
    }
    assert_eq!(first("数量 2，138，0013，8000，共 3 只"), Some((Number::Phone, "138，0013，8000")));
}

#[test]
fn lists_tables_days_and_amounts_stay() {
    for words in [
        "3、5、8",
        "12, 34, 56",
        "退款 1500、200、3000 元",
        "退款 1500, 200, 3000",
        "预算 15000、160000 元",
        "1500000、2000",
        "13,800,138,000",
        "1,380,013,800.00",
        "￥138￥1500￥2200",
        "138%、1500%、2200%",
        "138=1500=2200",
        "150、20261122、3",
        "150\t20261122",
        "2026-11-22 09:30",
        "2026\t11\t22\t09\t30",
        "2026年11月22日09:30",
        "22/11/2026 138",
        "17.11.22 9:30:15",
        "2026-11-22 09:30:00, 2026-11-23 10:30:00",
        "3500、4200、3800、4100、3900", // Luhn holds of none, or the list goes on
        "4111、1111、1111、1111、1112",
        "数量\t单价\t金额\n2\t1500\t3000\n13\t200\t2600",
        "1500\n200\n3000",
        "| 2026-10 | 1500 | 200 | 3000 |",
        "1、3、5、4、5、3、2、4、5、5、1", // scores
        "1 3 5 4 5 3 2 4 5 5 1 2",         // twelve of them
        "139.196.12.34",
        "139.155.10.123:8080",
        "139.6917, 35.6895",
        "1700000000000",
        "IMG_20261122_093000.jpg",
        "PO_1380_0013",
        "章节 1.3.8.0",
        "①②③ ¹ ²",
        "13 05 22 31 08 33",
        "a commit 1a13800138000bcdef0123456789abcdef012345 of them",
        "0a13800138000bcdef0123456789abcdef0123450a13800138000bcdef012345",
    ] {
        assert_eq!(first(words), None, "{words}");
    }
}

#[track_caller]
fn known(words: &str, number: Number) {
    for (before, after) in [("", ""), ("请打", "谢谢"), ("tel ", " (x)"), ("王：", "，")] {
        let text = format!("{before}{words}{after}");
        assert_eq!(first(&text), Some((number, words)), "{text:?}");
    }
}

#[test]
fn a_long_row_of_digits_or_of_letters_is_read_in_one_pass() {
    assert_eq!(numbers(&"1 ".repeat(500_000)).count(), 0);
    let words = "a13800138000".repeat(50_000);
    assert!(numbers(&words).count() <= 50_000);
}
