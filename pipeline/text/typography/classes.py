"""Classes of characters, for use inside square brackets of regular expressions, and the marks of Chinese."""

from __future__ import annotations

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇々"
STOPS = "，。、；：？！"
OPEN = "（《〈【「『“‘〔"
CLOSE = "）》〉】」』”’〕"
CJK = f"{HAN}{STOPS}（《〈【「『〔）》〉】」』〕…—·"  # leaves out the quotes that English shares
SPACE = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
# Characters that write foreign names and little else: a dot between two of them joins the parts of a name.
NAME = (
    "阿埃艾安昂奥巴班鲍贝本比彼宾波伯博勃布查达戴丹当德邓登迪蒂丁东杜敦多厄恩尔法凡范菲费芬弗福盖冈戈格葛根古哈海汉豪"
    "赫亨华怀惠霍基吉加贾杰捷金喀卡凯坎康考柯科克肯孔库奎拉莱赖兰朗劳勒雷蕾黎李里理丽莉利莲连列林琳卢鲁路伦罗洛马玛麦曼"
    "毛梅门蒙米密敏明摩莫默姆穆拿纳奈南内尼娜宁纽努诺欧帕潘佩彭皮平坡珀普奇契钱乔切琼丘让热仁日荣瑞若撒萨塞赛桑瑟森沙"
    "莎山珊尚绍舍舒史什斯丝司思松苏索塔泰坦汤唐陶特滕提田廷图托瓦万汪旺威韦维卫魏温文翁沃乌伍西希锡席夏香肖谢辛欣兴雄休"
    "修许逊雅亚延扬杨耶叶伊易因英尤于约赞泽曾扎詹张珍朱兹宗祖佐茨顿琴赛森"
    "維爾蘭倫諾納魯盧馬瑪麥烏韋萊賴勞羅貝賓達鄧萬費豐蓋岡漢華懷賈傑凱蓮連麗門內寧紐歐彭喬瓊讓榮薩賽絲蘇湯圖溫謝興許遜亞楊葉約贊澤張頓紹舊學爾納維"
)
