"""What rules a figure: the times, places and plans around it (OBSERVATION.md 2, Period, Area, status)."""

import pytest


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param(
            "市文旅局公布国庆假期成绩单：10月1日至7日，全市接待游客⟦52万人次⟧；旅游收入⟦4亿元⟧。\n假期景区售票⟦3万张⟧。",
            ["2023-10-01/2023-10-07"] * 3,
            id="a-holidays-own-days-are-meant-by-假期",
        ),
        pytest.param(
            "国庆假期10月1日至7日，全市接待游客⟦52万人次⟧。\n火车站7天发送旅客⟦21.7万人⟧。",
            ["2023-10-01/2023-10-07"] * 2,
            id="as-many-days-as-the-text-names-date-a-figure",
        ),
        pytest.param(
            "国庆假期，全市接待游客⟦52万人次⟧，比去年国庆假期增长⟦5%⟧。\n假期景区售票⟦3万张⟧。",
            ["2023-10", "2023-10", "2023-10"],
            id="a-holiday-compared-with-is-not-meant-by-假期",
        ),
        pytest.param(
            "2023年国庆假期，景区售票⟦31.6万张⟧，人最多的一天（10月4日）入园⟦4.98万人⟧。全市接待游客⟦52万人次⟧。",
            ["2023-10", "2023-10-04", "2023-10"],
            id="a-day-in-brackets-rules-its-sentence",
        ),
        pytest.param(
            "2023年，全市工业总产值⟦717亿元⟧。2008年7月纳入园区管辖范围的工业城实现工业产值⟦529亿元⟧。",
            ["2023", "2023"],
            id="a-time-of-a-things-making-dates-no-figure",
        ),
        pytest.param(
            "1—6月，中欧班列开行⟦12列⟧，2022年同期仅⟦5列⟧。铁路发送旅客⟦487万人次⟧。",
            ["2023-S1", "2022-S1", "2023-S1"],
            id="the-same-period-before-rules-its-figure-alone",
        ),
        pytest.param(
            "7月25日8时至26日8时，全市平均降雨量⟦86.3毫米⟧。",
            ["2023-07-25/2023-07-26"],
            id="hours-are-passed-over-between-days",
        ),
        pytest.param("截至7月10日已采摘鲜叶⟦3200吨⟧。", ["2023-07-10"], id="a-day-long-ago-rather-than-months-ahead"),
        pytest.param("“双11”当天，全市快递揽收⟦500万件⟧。", ["2023-11-11"], id="shopping-day"),
        pytest.param("全市42个民生项目中，⟦14个⟧预计年底前交付。", ["2024"], id="what-stands-behind-plans-it"),
        pytest.param(
            "开工项目17个，总投资⟦68.4亿元⟧，年度计划投资⟦21.6亿元⟧。", [None, "2024"], id="what-a-years-plan-puts-in"
        ),
        pytest.param("2023年，公路建成通车，总投资⟦31.7亿元⟧。", [None], id="what-one-project-costs-in-all"),
        pytest.param(
            "2023年，安排民生项目⟦36个⟧，总投资⟦25亿元⟧。", ["2023", "2023"], id="what-a-years-projects-cost-in-all"
        ),
        pytest.param(
            "2024年2月18日，项目开工，建成后可年产整机⟦1.2万台⟧，预计实现产值⟦5.5亿元⟧。",
            [None, None],
            id="once-built-is-no-date",
        ),
        pytest.param(
            "1—10月，全市GDP⟦100亿元⟧。预计全年一般公共预算收入⟦190亿元⟧。",
            ["2023-01/2023-10", "2023"],
            id="一般-is-no-figure",
        ),
        pytest.param(
            "3月末贷款余额⟦1595亿元⟧，超额完成一季度目标任务。贷款增长⟦20.7%⟧。",
            ["2023-03"] * 2,
            id="a-plan-that-was-met",
        ),
        pytest.param(
            "2022年，全市出口⟦12亿元⟧。\n上半年，全市出口⟦7亿元⟧。",
            ["2022", "2023-S1"],
            id="a-half-year-after-a-year-that-is-over",
        ),
        pytest.param("从上半年全市GDP来看，其增速达到⟦9.6%⟧。", ["2023-S1"], id="seen-from-a-half-year"),
        pytest.param(
            "2023年，全市出口⟦3亿元⟧。\n2010年第六次人口普查时，全市常住人口⟦212万人⟧。男性⟦108万人⟧。",
            ["2023", "2010", "2010"],
            id="a-census-dates-what-follows",
        ),
        pytest.param(
            "2010年，全市民宿仅有⟦210家⟧，截至10月，民宿⟦1200家⟧。",
            ["2010", "2023-10"],
            id="until-a-month-behind-an-old-year-is-before-publication",
        ),
        pytest.param(
            "2023年，全市出口⟦30亿元⟧。\n近年来，全市新建公园⟦12个⟧。", ["2023", None], id="of-late-years-is-undated"
        ),
        pytest.param(
            "2023年，全市出口⟦30亿元⟧。\n创业者最高可申请贷款⟦50万元⟧。",
            ["2023", None],
            id="what-one-is-entitled-to-is-no-flow",
        ),
        pytest.param(
            "2023年，全市出口⟦30亿元⟧。\n鲜叶每公斤卖到⟦160元⟧。", ["2023", None], id="the-price-of-one-is-no-flow"
        ),
        pytest.param(
            "2023年，受10月中旬台风影响，全市接待游客下降⟦6%⟧。", ["2023"], id="the-time-of-a-cause-dates-no-figure"
        ),
        pytest.param(
            "1月，全市出口⟦3亿元⟧，规模创去年单月新高，进口⟦1亿元⟧。",
            ["2024-01", "2024-01"],
            id="the-time-of-a-record-dates-no-figure",
        ),
        pytest.param(
            "2023年，全市出口增长⟦6%⟧，扭转了上年下降⟦9.4%⟧的局面，进口增长⟦3%⟧。",
            ["2023", "2022", "2023"],
            id="what-was-turned-has-its-own-time",
        ),
        pytest.param(
            "——2024年1月12日在衢州市人民代表大会第三次会议上\n过去的一年，全市出口⟦30亿元⟧。",
            ["2023"],
            id="the-past-year-and-not-the-day-of-the-session",
        ),
        pytest.param(
            "2023年，全市出口⟦30亿元⟧。\n——农业更强。全市建成大棚⟦400亩⟧。\n——城市更美。全市公园⟦62个⟧。",
            ["2023", "2023", "2023"],
            id="items-behind-dashes-go-on",
        ),
        pytest.param(
            "2015年，全市民宿⟦21家⟧；如今，民宿达⟦380家⟧。",
            ["2015", "2024-02"],
            id="nowadays-is-the-month-of-publication",
        ),
        pytest.param("2023年，全市公园⟦62个⟧，问题出现在江山的⟦3个⟧。", ["2023", "2023"], id="出现在-is-no-time"),
        pytest.param("三季度当季，全市出口⟦9亿元⟧。", ["2023-Q3"], id="the-quarter-itself-told-again"),
        pytest.param(
            "1月1日至20日，全市办消费节。\n今年，活动期间卖出竹笋⟦1.8万单⟧。",
            ["2024-01-01/2024-01-20"],
            id="an-events-days",
        ),
    ],
)
def test_period(read, text, periods):
    assert read.fields(text, "period") == periods


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        pytest.param(
            "恒山、悬空寺所在的开化县接待游客⟦88.7万人次⟧。", ["330824"], id="sights-beside-a-place-make-no-list"
        ),
        pytest.param("开化大峡谷卖出门票⟦31.6万张⟧。", ["330800"], id="a-sights-name-is-no-place"),
        pytest.param("开化、龙游、常山等县市到位外资居全省⟦前五⟧。", [None], id="listed-places-together"),
        pytest.param("开化、龙游均列全省⟦前十⟧。", [None], id="a-rank-of-each-of-several"),
        pytest.param(
            "比全省（7.7%）和全国（⟦7.0%⟧）分别高⟦0.7⟧、⟦1.4个百分点⟧，居全省⟦第3位⟧。",
            ["100000", "330800", "330800", "330800"],
            id="other-areas-own-figures-in-brackets",
        ),
        pytest.param("全市建设现代农业示范区⟦125个⟧。", ["330800"], id="a-kind-of-zone-that-is-counted"),
        pytest.param("省外游客中上海占⟦四成⟧。全市旅游收入⟦5亿元⟧。", ["330800", "330800"], id="whence-a-share-comes"),
        pytest.param(
            "衢州（不含江山）、龙游固定资产投资分别增长⟦12.4%⟧、⟦5%⟧。", ["330800", "330825"], id="told-without-a-place"
        ),
        pytest.param("全省农业总产值⟦6123亿元⟧。其中，林业产值⟦412亿元⟧。", ["330000", "330000"], id="only-goes-on"),
        pytest.param(
            "入围百强的还有开化（⟦第21位⟧）、龙游（⟦第22位⟧）。", ["330824", "330825"], id="ranks-in-brackets"
        ),
        pytest.param("宁波舟山港衢州港区完成货物吞吐量⟦1563万吨⟧。", ["330800"], id="a-ports-name-is-no-place"),
        pytest.param("衢州位于浙江省西部，出口⟦12亿元⟧。", ["330800"], id="where-it-lies"),
        pytest.param("东靠江西出口⟦12亿元⟧。", ["330800"], id="what-it-borders-on"),
        pytest.param("全市农民工⟦38万人⟧，其中省内务工⟦21万人⟧。", ["330800"] * 2, id="within-the-province"),
        pytest.param("江西铜鼓新材料公司投资⟦3亿元⟧。", ["330800"], id="a-firms-name-begins-with-a-province"),
        pytest.param(
            "全市出口⟦20亿元⟧；在开化县，浙江永和化工出口⟦2亿元⟧。",
            ["330800", "330824"],
            id="a-firms-province-in-a-county",
        ),
        pytest.param("江山市大陈村接待游客⟦3万人次⟧；收入⟦200万元⟧。", ["330881"] * 2, id="a-village-keeps-its-county"),
        pytest.param(
            "从杭州、绍兴等地赶来的⟦52名⟧车友参加，全市接待游客⟦3万人次⟧。",
            ["330800"] * 2,
            id="whence-people-came",
        ),
        pytest.param(
            "⟦5个⟧县（市、区）中，常山县投资增长⟦9%⟧。出口⟦20亿元⟧。",
            ["330800", "330822", "330800"],
            id="one-among-counted-places-rules-its-sentence",
        ),
        pytest.param("开化、常山等⟦3个⟧县茶叶产量突破⟦4000吨⟧。", ["330800", None], id="counted-places-together"),
        pytest.param("开化、常山走在前列，收入均突破⟦3亿元⟧。", [None], id="places-listed-before-each-told"),
        pytest.param("城南工业园区产值⟦52亿元⟧，增长⟦5%⟧。", [None, None], id="a-zone-of-its-own"),
        pytest.param("全市有1个省级经济开发区、⟦35家⟧规上企业。", ["330800"], id="a-zone-that-is-counted"),
        pytest.param("全市推进产业园区建设，出口⟦12亿元⟧。", ["330800"], id="a-zone-that-is-built"),
    ],
)
def test_area(read, text, areas):
    assert read.fields(text, "area") == areas


@pytest.mark.parametrize(
    ("text", "states"),
    [
        pytest.param("“十四五”以来，江山市培育企业⟦12家⟧。", ["actual"], id="a-plans-years-so-far"),
        pytest.param(
            "订单排到了2025年3月，2023年产值已达⟦3.6亿元⟧。", ["actual"], id="behind-a-time-ahead-one-that-is-over"
        ),
        pytest.param("全市争取到中央预算内资金⟦4.15亿元⟧。", ["actual"], id="what-was-won"),
        pytest.param("上半年，全市争取上级资金⟦5亿元⟧。", ["actual"], id="what-was-won-by-a-time-that-is-over"),
        pytest.param("今年力争到位资金⟦5亿元⟧。", ["target"], id="what-is-to-be-won"),
        pytest.param(
            "一季度出口⟦2亿元⟧，完成全年目标的⟦23%⟧。全年目标为出口⟦8亿元⟧。",
            ["actual", "actual", "target"],
            id="a-years-target-stated",
        ),
        pytest.param("项目投产后，年税收⟦6亿元⟧。", ["target"], id="once-in-production"),
        pytest.param("全市42个民生项目中，⟦14个⟧预计年底前交付。", ["target"], id="planned-behind-the-figure"),
        pytest.param(
            "一、2022年工作回顾\n全市出口⟦12亿元⟧。\n二、2024年重点工作\n全市出口增长⟦8%⟧。",
            ["actual", "target"],
            id="a-heading-of-aims",
        ),
        pytest.param(
            "2023年，全市出口⟦30亿元⟧，到2026年达到⟦40亿元⟧。进口⟦5亿元⟧。",
            ["actual", "target", "actual"],
            id="what-lies-ahead-rules-its-sentence",
        ),
        pytest.param(
            "目前，⟦3个⟧泊位6月底前投用，全市货运量⟦52万吨⟧。",
            ["actual", "actual"],
            id="a-deadline-behind-a-figure-rules-nothing",
        ),
        pytest.param(
            "2024年全市主要预期目标是：出口增长⟦8%⟧。\n一是做强外贸。新增企业⟦20家⟧。",
            ["target", "target"],
            id="aims-that-go-on",
        ),
    ],
)
def test_status(read, text, states):
    assert read.fields(text, "status") == states


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        pytest.param("四季度全市将新开工项目⟦85个⟧。", "2024-10-28", "2024-Q4", id="a-quarter-ahead-that-is-planned"),
        pytest.param("四季度全市新开工项目⟦85个⟧。", "2024-01-28", "2023-Q4", id="a-quarter-that-is-over"),
        pytest.param(
            "10月1日至7日国庆长假期间，全市接待游客⟦25万人次⟧。",
            "2015-12-05",
            "2015-10-01/2015-10-07",
            id="days-right-before-their-holiday",
        ),
        pytest.param(
            "国庆节期间三个景区接待游客⟦6万人次⟧。", "2015-12-05", "2015-10", id="a-holiday-before-a-count-of-sights"
        ),
        pytest.param(
            "2015年前5个月，房价上涨⟦5%⟧。商品房施工面积⟦14万平方米⟧。", "2015-06-20", "2015-01/2015-05", id="built"
        ),
    ],
)
def test_period_by_publication(read, text, published, period):
    assert set(read.fields(text, "period", published=published)) == {period}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        pytest.param(
            "从2月22日到2月25日，累计办招聘会⟦19场⟧。", ["2024-02-22/2024-02-25"], id="from-one-day-to-another"
        ),
        pytest.param("2月24上午，全市集中签约项目⟦40个⟧。", ["2024-02-24"], id="a-day-without-its-word"),
        pytest.param(
            "2月6日，招聘会提供岗位⟦8600个⟧。截至1月底，接收搬迁户⟦2万户⟧。\n当天的专场由两家合办，提供岗位⟦147个⟧。",
            ["2024-02-06", "2024-01", "2024-02-06"],
            id="that-day-is-the-one-last-told",
        ),
        pytest.param(
            "2月7日，全市今年第三批重大项目集中开工，共有⟦46个⟧项目破土。", ["2024-02-07"], id="a-year-told-again"
        ),
        pytest.param("2023年1—8月85个重点项目完成投资⟦118亿元⟧。", ["2023-01/2023-08"], id="months-before-a-count"),
        pytest.param(
            "2023年，吞吐量增长⟦21%⟧，上年还是下降⟦5.3%⟧。龙头港装卸货物⟦1105万吨⟧。",
            ["2023", "2022", "2023"],
            id="what-the-year-before-still-was",
        ),
        pytest.param(
            "“十三五”时期，经济实现翻番。2020年生产总值⟦144亿元⟧、年均增长⟦8.7%⟧。五年来，固定资产投资完成⟦469亿元⟧。",
            ["2020", "2016/2020", "2016/2020"],
            id="a-plans-years-on-average-and-again",
        ),
        pytest.param(
            "2月9日至11日三天，商场客流⟦14.3万人次⟧。",
            ["2024-02-09/2024-02-11"],
            id="as-many-days-right-behind",
        ),
        pytest.param(
            "去年产值超亿元的⟦470家⟧企业，今年1月完成产值⟦19亿元⟧。", [None, "2024-01"], id="a-time-in-an-attribute"
        ),
        pytest.param(
            "2023年，全市接待游客⟦520万人次⟧，国庆假期接待⟦60万人次⟧；景区收入⟦3亿元⟧。",
            ["2023", "2023-10", "2023"],
            id="a-holiday-within-what-was-told",
        ),
        pytest.param(
            "2023年，全市接待游客⟦520万人次⟧，10月3日接待⟦60万人次⟧；景区收入⟦3亿元⟧。",
            ["2023", "2023-10-03", "2023"],
            id="a-day-within-what-was-told",
        ),
        pytest.param(
            "1—8月，全市出口下降⟦2%⟧，而1—7月为增长⟦1%⟧；进口增长⟦3%⟧。",
            ["2023-01/2023-08", "2023-01/2023-07", "2023-01/2023-08"],
            id="a-shorter-run-told-beside",
        ),
        pytest.param(
            "从2014年到2020年，森林覆盖率由⟦69.8%⟧提高到⟦71.5%⟧。",
            ["2014", "2020"],
            id="the-ends-of-a-stretch-of-years",
        ),
        pytest.param(
            "2021年，全市出口⟦30亿元⟧，五年来年均增长⟦7.4%⟧。",
            ["2021", "2017/2021"],
            id="years-looked-back-on-on-average",
        ),
        pytest.param(
            "到2025年，全市出口达到⟦60亿元⟧，年均增长⟦8%⟧。", ["2025", "2021/2025"], id="a-plans-end-on-average"
        ),
        pytest.param(
            "一季度，全市GDP增长⟦6%⟧，增速高于去年第四季度的⟦5%⟧。",
            ["2023-Q1", "2023-Q4"],
            id="the-growth-of-another-time",
        ),
    ],
)
def test_period_that_goes_on(read, text, periods):
    assert read.fields(text, "period") == periods


@pytest.mark.parametrize(
    ("text", "home", "areas"),
    [
        pytest.param(
            "江山一市占全市的近⟦三成⟧；全年猪肉产量⟦8万吨⟧。",
            "330800",
            ["330881", "330800"],
            id="one-of-them",
        ),
        pytest.param("增速在⟦11个⟧设区市中排⟦第6⟧。", "330800", ["330000", "330800"], id="those-among-which-it-ranks"),
        pytest.param(
            "⟦9个⟧自治区重点项目完成投资⟦62亿元⟧。",
            "640500",
            ["640500", "640500"],
            id="of-the-regions-grade",
        ),
        pytest.param("GDP全省排名比2015年上升⟦4位⟧。", "330825", ["330825"], id="a-scope-before-its-rank"),
        pytest.param(
            "库尔勒市香梨产量⟦38万吨⟧。全市⟦312座⟧冷库开工。", "652800", ["652801", "652801"], id="the-city-last-told"
        ),
        pytest.param("最大的一个落在江山市贺村镇：占地⟦9万亩⟧。", "330800", ["330881"], id="where-it-stands"),
        pytest.param("全县工业园区产值⟦52亿元⟧。", "330824", ["330824"], id="a-countys-own-zone"),
    ],
)
def test_area_by_the_articles_own(read, text, home, areas):
    assert read.fields(text, "area", area=home) == areas


@pytest.mark.parametrize(
    ("text", "facts", "periods"),
    [
        pytest.param(
            "受去年基数影响，下半年增速回落。1-8月份，全市固定资产投资⟦88亿元⟧。",
            {"title": "1-8月份宁国市经济运行情况", "published": "2010-09-20", "area": "341881"},
            ["2010-01/2010-08"],
            id="the-headlines-months-have-its-year",
        ),
        pytest.param(
            "2月18日，全市38个项目集中签约，总投资⟦85亿元⟧。\n从投向看，化工类⟦9个⟧、总投资⟦18亿元⟧。",
            {},
            ["2024-02-18"] * 3,
            id="paragraphs-that-list-an-events-parts",
        ),
        pytest.param(
            "昨天，企业贷款到账。截至1月末，全县各项贷款余额⟦1043亿元⟧。\n住户存款比年初增加⟦27亿元⟧。",
            {},
            ["2024-01", "2024-01"],
            id="statistics-take-the-sections-months",
        ),
        pytest.param("2023年7月中旬到8月中旬，降雨比常年少⟦四成⟧。", {}, ["2023-07/2023-08"], id="thirds-of-months"),
        pytest.param(
            "2023年前三季度用电量⟦39亿度⟧。8月3日全网最大负荷⟦218万千瓦⟧。全市发电量⟦176亿千瓦时⟧。",
            {},
            ["2023-01/2023-09", "2023-08-03", "2023-01/2023-09"],
            id="the-day-of-a-peak",
        ),
        pytest.param(
            "2023年，景区接待游客⟦51万人次⟧，其中10月3日一天就接待⟦11万人次⟧。",
            {},
            ["2023", "2023-10-03"],
            id="a-day-told-as-one-day",
        ),
        pytest.param(
            "二、过去五年工作回顾\n全市改造道路⟦31公里⟧，新增学位⟦5200个⟧。",
            {"published": "2022-01-18"},
            ["2017/2021"] * 2,
            id="a-heading-of-five-years-past",
        ),
        pytest.param(
            "2月20日，记者走访江山一家茶厂，⟦12台⟧机器运转。\n全市出口⟦5亿元⟧。",
            {"title": "2023年衢州外贸成绩单"},
            ["2024-02-20", "2023"],
            id="a-reporters-visit-is-no-lead",
        ),
    ],
)
def test_period_of_the_articles_own(read, text, facts, periods):
    assert read.fields(text, "period", **facts) == periods


def test_aims_go_on_behind_a_semicolon(read):
    text = "力争年内新增产值⟦15亿元⟧；全年增加值增长⟦8%⟧。"
    assert read.fields(text, "status") == ["target", "target"]
