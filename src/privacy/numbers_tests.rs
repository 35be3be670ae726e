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
        ("110105 19491231 002X", (Number::Identity, "110105 19491231 002X")),
        ("卡号4111111111111111", (Number::Card, "4111111111111111")),
        ("4111-1111-1111-1111", (Number::Card, "4111-1111-1111-1111")),
        ("6011000990139424", (Number::Card, "6011000990139424")),
        ("6222 0212 3456 7890 128", (Number::Card, "6222 0212 3456 7890 128")),
    ] {
        assert_eq!(first(words), Some(expected), "{words}");
    }
    assert_eq!(numbers("13800138000、13900139000").count(), 2);
}

#[test]
fn other_numbers_are_not() {
    for words in [
        "12800138000",         // no mobile telephone begins with 12
        "138001380001",        // twelve digits
        "E13800138000",        // an order
        "SF13800138000",       // a parcel
        "订单号：13800138000", // said to be one
        "订单 13800138000",
        "运单号码是 13800138000",
        "编号: 13800138000",
        "order 13800138000",
        "Order No. 13800138000",
        "tracking number: 13800138000",
        "20261122-7k3q9x",
        "20261122-123456", // an id whose random part has no letter
        "2026-11-22T09:31:00+08:00",
        "2026-11-22 09:31:00",
        "2026.11.22",
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
        "138，0013，8000",
    ] {
        assert_eq!(first(words), None, "{words}");
    }
}
