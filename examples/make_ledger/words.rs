//! The words of the cases, invented, in the shop's two languages.

/// Key, name, role and department.
pub(crate) const PEOPLE: [(&str, &str, &str, &str); 9] = [
    ("li.na", "李娜", "agent", "service"),
    ("chen.jing", "陈静", "agent", "service"),
    ("emma.hall", "Emma Hall", "agent", "service"),
    ("wang.fang", "王芳", "supervisor", "service"),
    ("zhang.wei", "张伟", "quality-lead", "quality"),
    ("wu.lei", "吴磊", "agent", "product"),
    ("he.ting", "何婷", "agent", "marketing"),
    ("tom.reed", "Tom Reed", "agent", "technical"),
    ("zhao.min", "赵敏", "manager", "management"),
];

/// Those who take cases in.
pub(crate) const AGENTS: [&str; 3] = ["li.na", "chen.jing", "emma.hall"];

/// A department with the person who answers for it.
pub(crate) const DESKS: [(&str, &str); 4] =
    [("quality", "zhang.wei"), ("product", "wu.lei"), ("marketing", "he.ting"), ("technical", "tom.reed")];

pub(crate) const CHANNELS: [&str; 8] =
    ["hotline", "chat", "email", "form", "social", "review", "survey", "store"];

pub(crate) const CATEGORIES: [&str; 9] = [
    "product/quality",
    "product/packaging",
    "product/function",
    "product/instructions",
    "service/aftersale",
    "service/speed",
    "service/attitude",
    "price/promotion",
    "price/value",
];

pub(crate) const REMEDIES: [&str; 6] =
    ["exchange", "refund", "repair", "replacement", "compensation", "apology"];

pub(crate) const TIERS: [&str; 3] = ["gold", "silver", "new"];

/// What is said in one language.
pub(crate) struct Words {
    pub(crate) customers: &'static [&'static str],
    pub(crate) products: &'static [&'static str],
    /// `{}` is the product.
    pub(crate) titles: &'static [&'static str],
    pub(crate) sentences: &'static [&'static str],
    pub(crate) notes: &'static [&'static str],
    pub(crate) causes: &'static [&'static str],
    pub(crate) parties: &'static [&'static str],
    pub(crate) plans: &'static [&'static str],
    pub(crate) lessons: &'static [&'static str],
    pub(crate) reasons: &'static [&'static str],
    pub(crate) tags: &'static [&'static str],
}

pub(crate) const CHINESE: Words = Words {
    customers: &[
        "王女士",
        "李先生",
        "张女士",
        "刘先生",
        "陈女士",
        "杨先生",
        "赵女士",
        "黄先生",
        "周女士",
        "吴先生",
        "徐女士",
        "孙先生",
        "朱女士",
        "马先生",
        "胡女士",
        "林先生",
        "郭女士",
        "何先生",
        "高女士",
        "罗先生",
    ],
    products: &[
        "青瓷茶杯",
        "汝窑茶壶",
        "白瓷盖碗",
        "龙泉公道杯",
        "钧窑花瓶",
        "柴烧茶叶罐",
        "青花汤碗",
        "陶土煮茶炉",
        "竹编茶盘",
        "手绘品茗杯",
    ],
    titles: &[
        "收到的{}有裂纹",
        "{}颜色和页面不一样",
        "{}少了一件",
        "{}用了两周就漏水",
        "{}包装破损，盒角压坏",
        "{}退款迟迟没到账",
        "{}发货比承诺晚了三天",
        "询问{}能不能进洗碗机",
        "{}的说明书看不懂",
        "客服对{}的答复前后不一",
        "希望{}出大一号的款",
        "{}的满减没有算进去",
    ],
    sentences: &[
        "快递盒外面没有压痕，打开之后才发现里面已经坏了，缓冲纸只垫了一层。",
        "客户说这是送给长辈的生日礼物，本周末就要用，希望尽快有个说法。",
        "之前在线问过一次，答复说三个工作日内处理，但一直没有人回电。",
        "客户已经拍了照片和视频，开箱过程是完整的，可以随时补发。",
        "同一批次的另外两件没有问题，只有这一件的釉面起了细小的气泡。",
        "页面上写的是手工拉坯，实物底部却能看到模具的合缝线。",
        "客户愿意换货，也接受同价位的其他款式，但不接受只补优惠券。",
        "下单的时候选了加固包装，多付了运费，收到的却是普通纸盒。",
        "热水倒进去大约半分钟，壶嘴和壶身连接的地方开始渗水。",
        "客户表示以前一直在店里买，这次的体验和以前差别比较大。",
        "活动页写着两件八折，结算时只减了十元，页面截图已经留存。",
        "客户平时上班不方便接电话，希望下午六点以后联系，或者直接留言。",
    ],
    notes: &[
        "已电话联系，客户同意按方案办理。",
        "客户补发了三张照片，能看清裂纹的位置。",
        "仓库查了出库录像，封箱时是完好的。",
        "已向客户致歉，并说明下一步的安排。",
        "客户晚上才有空，约好七点再打。",
        "快递公司确认中转时有挤压，同意理赔。",
        "客户说新的一件很满意，会继续回购。",
    ],
    causes: &[
        "转运途中挤压",
        "釉料配比偏差",
        "拣货时漏放配件",
        "活动规则设置有误",
        "说明文字有歧义",
        "坯体晾干时间不足",
    ],
    parties: &["承运公司", "三号窑", "仓库夜班", "运营排期", "供应商"],
    plans: &[
        "换一件新的，顺丰寄出，原件不用寄回。",
        "全额退款，并说明原因；同批次的库存先下架复检。",
        "补发配件，下一版说明书改图示。",
        "按活动规则补差价，并在页面上改清楚说明。",
    ],
    lessons: &[
        "易碎品一律双层缓冲",
        "活动上线前多人复核结算",
        "出窑后抽检比例提高到一成",
        "答复时限写进交接单",
    ],
    reasons: &[
        "超出权限，需要主管决定",
        "等客户寄回实物",
        "等客户补充照片",
        "核实后与描述不符",
        "客户要求赔偿，金额较高",
    ],
    tags: &["破损", "漏发", "釉面", "活动", "物流", "礼品"],
};

pub(crate) const ENGLISH: Words = Words {
    customers: &[
        "Ms Baker",
        "Mr Clarke",
        "Ms Davies",
        "Mr Evans",
        "Ms Foster",
        "Mr Green",
        "Ms Harris",
        "Mr Irving",
        "Ms Jones",
        "Mr Knight",
        "Ms Lewis",
        "Mr Morgan",
    ],
    products: &[
        "celadon cup",
        "stoneware teapot",
        "porcelain bowl",
        "glass pitcher",
        "tea tin",
        "bamboo tray",
        "travel tea set",
        "clay stove",
    ],
    titles: &[
        "The {} arrived cracked",
        "The {} does not look like the picture",
        "One {} is missing from the parcel",
        "The {} leaks after two weeks",
        "The box of the {} was crushed",
        "No refund yet for the {}",
        "The {} came three days late",
        "Can the {} go into the dishwasher?",
        "The leaflet of the {} is hard to follow",
        "Two different answers about the {}",
        "A larger {} would be welcome",
        "The discount on the {} was not applied",
    ],
    sentences: &[
        "The parcel showed no damage from outside; inside there was one thin layer of paper and nothing else.",
        "It was meant as a present for the weekend, so the customer asks for a quick answer.",
        "She wrote to the chat last week and was promised a call within three days, which did not come.",
        "There are photographs and a video of the unpacking, and she can send them at any time.",
        "Two others of the same order are fine; only this one has small bubbles in the glaze.",
        "The page calls it thrown by hand, but the seam of a mould can be seen at the bottom.",
        "He would take another piece of the same price, but no voucher.",
        "Stronger packing was ordered and paid for, and the parcel came in a plain box.",
        "With hot water in it, the joint of the spout begins to drip after half a minute.",
        "The customer has bought from the shop for years and found this order unlike the ones before.",
        "The page said a fifth off for two pieces; the bill took off ten only, and a picture of it was kept.",
        "Please call after six in the evening, or leave a message.",
    ],
    notes: &[
        "Spoke to the customer, who agrees with the proposal.",
        "Three photographs came in; the crack can be seen clearly.",
        "The recording of the warehouse shows that it was whole when the box was closed.",
        "Apologised, and said what happens next and when.",
        "The carrier confirms that the parcel was crushed on the way, and pays.",
        "The customer is glad about the new piece and will buy again.",
    ],
    causes: &[
        "crushed on the way",
        "the glaze was mixed wrongly",
        "left out when it was packed",
        "the rule of the offer was set wrongly",
        "the leaflet is unclear",
    ],
    parties: &["the carrier", "kiln three", "the night shift", "the supplier"],
    plans: &[
        "A new one is sent by courier; the customer keeps the old one.",
        "The whole price is paid back, and the rest of the batch is looked through.",
        "The missing part is sent, and the next leaflet has a drawing.",
        "The difference is paid back, and the page says clearly what the offer covers.",
    ],
    lessons: &[
        "fragile pieces get two layers",
        "two people look over an offer before it begins",
        "one piece in ten is looked at after the kiln",
    ],
    reasons: &[
        "beyond my powers",
        "until the customer has sent it back",
        "until the photographs are here",
        "not as described",
        "the customer asks for more than we may give",
    ],
    tags: &["breakage", "missing", "glaze", "offer", "delivery", "present"],
};
