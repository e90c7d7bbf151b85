"""What a figure is of, where its words leave things out (OBSERVATION.md 2, Indicator)."""

import pytest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("据国网公司统计，去年全社会用电量⟦214亿千瓦时⟧。", ["ELECTRICITY_CONSUMPTION"], id="who-counted"),
        pytest.param("合作社员工说，公司去年出口⟦620万美元⟧。", [None], id="a-firm-of-itself"),
        pytest.param("“去年不错。”负责人说，企业今年出口⟦620万美元⟧。", [None], id="a-firm-that-was-asked"),
        pytest.param("新增备案基地⟦3个⟧，全年进出口⟦300亿元⟧。", [None, "TRADE_TOTAL"], id="what-no-base-has"),
        pytest.param(
            "全市⟦2个⟧县的常住人口分别为：江山市⟦49万人⟧，常山县⟦26万人⟧。",
            [None, "POPULATION_RESIDENT", "POPULATION_RESIDENT"],
            id="announced-before-a-colon",
        ),
        pytest.param(
            "总投资⟦93亿元⟧的⟦27个⟧项目集中签约。",
            ["PROJECTS_SIGNED_INVESTMENT", "PROJECTS_SIGNED"],
            id="what-they-cost",
        ),
        pytest.param(
            "第一产业投资持平，二、三产业投资分别增长⟦7.9%⟧、⟦0.3%⟧。",
            ["FAI_SECONDARY", "FAI_TERTIARY"],
            id="sectors-cut-short",
        ),
        pytest.param(
            "全市肉类总产量⟦45万吨⟧，总产量居全省⟦第三⟧。", ["MEAT_OUTPUT", "MEAT_OUTPUT"], id="told-again-by-its-end"
        ),
        pytest.param("市本级一般公共预算收入⟦11亿元⟧。", [None], id="the-city-without-its-counties"),
        pytest.param(
            "新增市场主体⟦2万户⟧，总量突破⟦16万户⟧。", ["MARKET_ENTITIES_NEW", "MARKET_ENTITIES"], id="new-and-all"
        ),
        pytest.param("小麦、玉米等粮食作物种植面积⟦37万亩⟧。", ["GRAIN_AREA"], id="such-as"),
        pytest.param("粮食总产量在大旱之年达到⟦31万吨⟧。", ["GRAIN_OUTPUT"], id="in-the-midst-of"),
        pytest.param(
            "税收收入⟦10亿元⟧，占财政收入的比重为⟦78%⟧。", ["TAX_REVENUE", "TAX_SHARE"], id="a-share-with-a-name"
        ),
        pytest.param("养老机构⟦44家⟧、床位⟦1224张⟧。", [None, None], id="beds-of-no-hospital"),
        pytest.param("卫生机构⟦38个⟧，床位⟦620张⟧。", ["HEALTH_INSTITUTIONS", "HOSPITAL_BEDS"], id="beds-of-hospitals"),
        pytest.param("每千人口床位⟦5.8张⟧、执业（助理）医师⟦2.9人⟧。", [None, None], id="averages"),
        pytest.param("灯具、船舶出口增势强劲，分别出口⟦97亿元⟧、⟦87亿元⟧。", [None, None], id="products-listed-before"),
        pytest.param(
            "禽蛋产量、水果产量和蔬菜产量增长较快，增速分别达⟦9%⟧、⟦7%⟧、⟦5%⟧。",
            ["EGG_OUTPUT", "FRUIT_OUTPUT", "VEGETABLE_OUTPUT"],
            id="indicators-listed-before",
        ),
        pytest.param("电力业占比⟦63%⟧的园区增长快。", [None], id="a-share-of-what-follows"),
        pytest.param("生产总值要达到⟦300亿元⟧。", ["GDP"], id="must"),
        pytest.param("帮助企业解决用工难题⟦312件⟧。", [None], id="troubles-are-no-employers"),
        pytest.param(
            "集中开工的⟦31个⟧重大项目总投资⟦210亿元⟧。",
            ["PROJECTS_STARTED", "PROJECTS_STARTED_INVESTMENT"],
            id="what-major-ones-cost",
        ),
        pytest.param(
            "今年，全市推进水利工程，本年计划投资⟦19亿元⟧。",
            ["PROJECTS_MAJOR_INVESTMENT"],
            id="what-works-cost-this-year",
        ),
        pytest.param(
            "工业生产者出厂价格下降⟦2.1%⟧，其中食品价格上涨⟦1%⟧。", ["PPI", None], id="producers-prices-of-food"
        ),
        pytest.param(
            "去年，城镇居民人均可支配收入⟦5.4万元⟧。2022年人均可支配收入增长⟦6%⟧。",
            ["INCOME_PER_CAPITA_URBAN"] * 2,
            id="told-again-behind-a-time",
        ),
        pytest.param(
            "去年，地方财政收入⟦80亿元⟧。12月份收入⟦8亿元⟧。", ["FISCAL_REVENUE"] * 2, id="told-again-by-a-general-word"
        ),
        pytest.param("茶叶产量⟦3万吨⟧，是全市⟦第一大⟧产业。", ["TEA_OUTPUT", None], id="an-order-of-things"),
        pytest.param(
            "粮食产量⟦75万吨⟧，江山、衢江、龙游三地合计占⟦六成⟧。", ["GRAIN_OUTPUT"] * 2, id="places-together"
        ),
        pytest.param(
            "招聘会上，⟦312家⟧企业招聘，其中县内企业⟦89家⟧。", ["EMPLOYERS_RECRUITING"] * 2, id="employers-of-a-kind"
        ),
        pytest.param(
            "招聘会上，企业需求各类人才⟦3200人⟧，其中硕士毕业生⟦140人⟧。", ["JOBS_OFFERED"] * 2, id="graduates-wanted"
        ),
        pytest.param("招聘会吸引应聘者⟦3万人⟧。", ["JOB_SEEKERS"], id="those-who-applied"),
        pytest.param("粮食去年总产量⟦75万吨⟧。", ["GRAIN_OUTPUT"], id="parted-by-a-time"),
        pytest.param("水果减产⟦2万吨⟧。", ["FRUIT_OUTPUT"], id="less-was-harvested"),
        pytest.param(
            "签约项目⟦90个⟧，涉及⟦六大⟧产业。", ["PROJECTS_SIGNED", None], id="kinds-are-no-parts-of-an-event"
        ),
        pytest.param(
            "新签约项目平均投资规模达⟦4.9亿元⟧。5亿元以上项目⟦26个⟧。",
            [None, "PROJECTS_SIGNED"],
            id="an-event-s-larger-ones",
        ),
        pytest.param("重点项目签约落户⟦3个⟧。", ["PROJECTS_SIGNED"], id="signed-and-not-yet-there"),
        pytest.param("省内游客占⟦58.3%⟧。", [None], id="guests-by-where-they-come-from"),
        pytest.param("固定资产投资目标为⟦7.5%左右⟧。", ["FAI"], id="an-aim-whose-unit-tells"),
        pytest.param(
            "固定资产投资增长⟦5%⟧，制造业投资增长⟦8%⟧。分县市增速看，江山市增长⟦3%⟧。",
            ["FAI", "FAI_MANUFACTURING", "FAI"],
            id="seen-by-places",
        ),
        pytest.param("全市出口⟦9亿元⟧，沿海排名⟦第3⟧。", ["EXPORTS"] * 2, id="ranked-among-a-region"),
        pytest.param("县均投资⟦3亿元⟧。", [None], id="of-each-county"),
        pytest.param("生产总值⟦2000亿元⟧，人均⟦8.7万元⟧。", ["GDP", "GDP_PER_CAPITA"], id="of-each-person"),
        pytest.param(
            "集中签约项目⟦30个⟧，项目合同金额⟦90亿元⟧。",
            ["PROJECTS_SIGNED", "PROJECTS_SIGNED_INVESTMENT"],
            id="what-contracts-are-worth",
        ),
        pytest.param(
            "去年，城乡居民人均可支配收入⟦4.3万元⟧。", ["INCOME_PER_CAPITA"], id="one-income-of-town-and-country"
        ),
        pytest.param("江山市出口列全省⟦第5位⟧，常山县⟦8位⟧。", ["EXPORTS"] * 2, id="a-rank-without-its-word"),
        pytest.param("生产总值先后突破⟦300亿元⟧、⟦400亿元⟧。", ["GDP"] * 2, id="one-after-the-other"),
    ],
)
def test_indicator(read, text, codes):
    assert read.fields(text, "indicator") == codes


def test_places_told_of_go_on_about_what_the_text_is_of(read):
    text = (
        "去年，全市一般公共预算收入⟦168亿元⟧。\n各县冷热不均。江山市以⟦58亿元⟧领跑，常山县、开化县分别增长⟦5%⟧和⟦3%⟧。"
    )

    assert read.fields(text, "indicator") == ["FISCAL_REVENUE"] * 4


def test_parts_of_an_event_are_listed(read):
    text = "2月1日，167个项目集中开工。其中，现代农业、基础设施、民生项目分别为⟦19个⟧、⟦24个⟧、⟦21个⟧。"

    assert read.fields(text, "indicator") == ["PROJECTS_STARTED"] * 3


def test_place_beside_a_rank_is_no_subject(read):
    text = "全市进出口⟦132亿元⟧，增速居全省⟦第三⟧、长三角⟦第一⟧，高于全省⟦1.2个百分点⟧。"

    assert read.fields(text, "indicator") == ["TRADE_TOTAL"] * 4


def test_count_of_those_among_which_something_ranks_has_no_code(read):
    text = "旅游人次增速在全省⟦11个⟧设区市中居⟦第一⟧，接待游客⟦3万人次⟧。"

    assert read.fields(text, "indicator")[0] is None


def test_multiple_of_another_amount_keeps_the_subject_before_it(read):
    text = "差距明显：去年，全市人均生产总值仅相当于全省平均水平的⟦四成半⟧。"

    assert read.fields(text, "indicator", "measure") == [("GDP_PER_CAPITA", "MULTIPLE")]


def test_firms_that_bring_jobs_recruit(read):
    text = "招聘会上，⟦73家⟧规上工业企业拿出岗位⟦1850个⟧。"

    assert read.fields(text, "indicator") == ["EMPLOYERS_RECRUITING", "JOBS_OFFERED"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("全市外贸进出口总额⟦56亿元⟧，逆势增长⟦19.3%⟧。", "TRADE_TOTAL", id="against-the-trend"),
        pytest.param("去年末，辖内金融机构本外币存款余额⟦2317亿元⟧。", "DEPOSITS", id="within-the-area"),
        pytest.param("财政用于民生的投入⟦420亿元⟧。", "FISCAL_EXPENDITURE_LIVELIHOOD", id="spent-on-people"),
        pytest.param("去年，全市实现地区生产总值⟦2770亿元⟧，总量时隔9年重返全省⟦第六⟧。", "GDP", id="after-years"),
    ],
)
def test_words_that_name_no_other_thing(read, text, code):
    assert set(read.fields(text, "indicator")) == {code}


def test_projects_finished_at_an_event_that_begins_others_have_no_code(read):
    text = "2月3日，全市重点项目集中开工，其中新开工项目⟦15个⟧、竣工项目⟦7个⟧，总投资90亿元。"

    assert read.fields(text, "indicator") == ["PROJECTS_STARTED", None]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "2月3日，招聘会举行，企业⟦126家⟧参会，其中县内企业⟦83家⟧、岗位⟦4150个⟧。",
            ["EMPLOYERS_RECRUITING", "EMPLOYERS_RECRUITING", "JOBS_OFFERED"],
            id="a-list-mark-parts-counts",
        ),
        pytest.param(
            "2月3日，集中开工项目⟦30个⟧。\n从开工项目看，产业项目⟦20个⟧。", ["PROJECTS_STARTED"] * 2, id="seen-by-kind"
        ),
        pytest.param(
            "全市集中签约项目⟦30个⟧，合同引资⟦410亿元⟧。",
            ["PROJECTS_SIGNED", "PROJECTS_SIGNED_INVESTMENT"],
            id="what-contracts-bring",
        ),
        pytest.param(
            "农作物总播种面积⟦110万亩⟧，其中粮食作物⟦64万亩⟧。", ["CROP_AREA", "GRAIN_AREA"], id="crops-of-an-area"
        ),
        pytest.param(
            "社会消费品零售总额⟦298亿元⟧，其中乡村市场增长⟦8.1%⟧。",
            ["RETAIL_SALES", "RETAIL_SALES_RURAL"],
            id="markets",
        ),
        pytest.param(
            "2月3日，招聘会举行，⟦126家⟧企业参会，制造业企业占到参会单位的⟦四成⟧。",
            ["EMPLOYERS_RECRUITING"] * 2,
            id="share-of-an-event-s-figure",
        ),
        pytest.param("全省以⟦5%⟧的能耗产出了⟦6.4%⟧的GDP。", [None, "GDP"], id="share-of-what-is-named-behind"),
        pytest.param("江山、龙游、常山三县出口⟦9亿元⟧，三者合计占全市的⟦53%⟧。", ["EXPORTS"] * 2, id="three-together"),
        pytest.param("清丰县以⟦72.8亿元⟧的出口额位居各县之首。", ["EXPORTS"], id="with-an-amount"),
    ],
)
def test_what_is_counted(read, text, codes):
    assert read.fields(text, "indicator") == codes


def test_persons_are_no_employers(read):
    assert read.fields("2月3日，用人单位和上⟦万名⟧毕业生面对面接洽。", "indicator") != ["EMPLOYERS_RECRUITING"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            "会上集中签约项目⟦38个⟧。从区域看，江山市⟦9个⟧、⟦68.5亿元⟧。",
            ["PROJECTS_SIGNED", "PROJECTS_SIGNED", "PROJECTS_SIGNED_INVESTMENT"],
            id="sum-beside-a-count",
        ),
        pytest.param(
            "新引进亿元以上项目⟦31个⟧，协议总投资⟦207亿元⟧，其中百亿级项目⟦1个⟧。",
            ["PROJECTS_MAJOR_NEW", "PROJECTS_SIGNED_INVESTMENT", "PROJECTS_MAJOR_NEW"],
            id="cost-opens-no-event",
        ),
        pytest.param(
            "在册经营主体⟦8.9万户⟧，新登记⟦1.2万户⟧。", ["MARKET_ENTITIES", "MARKET_ENTITIES_NEW"], id="registered"
        ),
    ],
)
def test_what_an_event_costs(read, text, codes):
    assert read.fields(text, "indicator") == codes
