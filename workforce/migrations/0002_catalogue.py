"""The skills that a county begins with, in the four groups that its own papers name; all of it can be changed."""

from django.db import migrations

GROUPS = (
    ("熟业务", "Knows the work"),
    ("懂技术", "Knows the technology"),
    ("会管理", "Manages"),
    ("善协调", "Coordinates"),
)
SKILLS = (  # group, name, English name, months, what has to be shown
    ("熟业务", "业务系统填报", "Business system entry", 24, "独立完成救助、社会事务等模块的采集、录入和校核"),
    ("熟业务", "数据报送口径", "Reporting definitions", 24, "说清各报表指标口径，按时报送且无退回"),
    ("懂技术", "视频会议室操作", "Video-conference room operation", 24, "独立开会、调试音视频、排除常见故障"),
    ("懂技术", "公示栏发布", "Notice board publishing", 24, "独立制作、审核、发布并更新内容"),
    ("懂技术", "打印与终端维护", "Computer and printer upkeep", 36, "安装驱动、处理常见软硬件故障、安装补丁"),
    ("懂技术", "网络排障", "Network fault-finding", 36, "判断是线路、设备还是终端的问题，按步骤报修"),
    ("懂技术", "等保与密码", "Security and passwords", 12, "口令、终端与数据安全要求，会按预案处置"),
    ("懂技术", "机房与电源", "Machine room and power", 36, "机房巡检、不间断电源切换与电池更换"),
    ("会管理", "设备盘点", "Stock-taking", 24, "按册清点、核对序列号、登记盘盈盘亏"),
    ("会管理", "应急处置", "Emergency response", 12, "断网、断电、设备故障时组织恢复并上报"),
    ("会管理", "项目与合同管理", "Projects and contracts", None, "立项、验收和维护合同的办理"),
    ("善协调", "村级指导", "Guiding the villages", None, "指导村（社区）使用设备、收集问题"),
    ("善协调", "部门联络", "Working with other offices", None, "与运营商、财政、数据等部门对接"),
)
WITHOUT_HELP = 3
EQUIPMENT = (  # kind, skill
    ("computer", "打印与终端维护"),
    ("printer", "打印与终端维护"),
    ("conference_room", "视频会议室操作"),
    ("video_endpoint", "视频会议室操作"),
    ("camera", "视频会议室操作"),
    ("display", "视频会议室操作"),
    ("notice_board", "公示栏发布"),
    ("network_link", "网络排障"),
    ("network_device", "网络排障"),
    ("server", "等保与密码"),
    ("ups", "机房与电源"),
    ("machine_room", "机房与电源"),
    ("business_system", "业务系统填报"),
)


def add(apps, schema_editor):
    using = schema_editor.connection.alias
    model = {name: apps.get_model("workforce", name).objects.using(using) for name in ("SkillGroup", "Skill", "EquipmentSkill")}
    groups = {
        name: model["SkillGroup"].create(name=name, name_en=name_en, position=position)
        for position, (name, name_en) in enumerate(GROUPS, 1)
    }
    skills = {
        name: model["Skill"].create(
            group=groups[group], name=name, name_en=name_en, valid_months=months, description=shown, position=position
        )
        for position, (group, name, name_en, months, shown) in enumerate(SKILLS, 1)
    }
    for kind, skill in EQUIPMENT:
        model["EquipmentSkill"].create(kind=kind, skill=skills[skill], level=WITHOUT_HELP)


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
