"""Notices for the tests and the pictures."""


def outage(**changes):
    notice = {
        "alert_id": "lab-1", "version": 1, "round": 1, "severity": "warning", "presentation": "dialog",
        "kind": "System outage", "ward_id": "4w", "ward_name": "4 West", "published": "14:07",
        "headline": "Lab results are not reaching the EHR",
        "services": ["Orders and results (lab)"],
        "impact": "New results do not appear in the chart. Older results can be read.",
        "still_works": ["ordering", "pharmacy", "phones"],
        "do_now": ["Call the lab for critical values: 4711",
                   "Write results on form LAB-7 (binder, red tab)"],
        "do_not": ["Re-enter orders", "reboot"],
        "since": "13:52", "next_update": "14:30", "expected_back": "unknown",
        "phone": "5555 (command centre)", "phone_fallback": "radio channel 3",
        "emergency_phone": "4444", "downtime_pc": "4W-DOWNTIME", "binder": "nurses' station, red tab",
        "reason": "The interface engine between lab and EHR has stopped.", "ticket": "INC-20417",
        "asks_answer": True,
    }
    notice.update(changes)
    return notice


def cabinets(**changes):
    return outage(**{
        "alert_id": "rx-1", "severity": "caution", "presentation": "toast", "kind": "Slow system",
        "headline": "Pharmacy cabinets open slowly", "services": ["Pharmacy cabinets"],
        "impact": "Opening a drawer takes up to a minute.", "still_works": ["override key"],
        "do_now": ["Plan two minutes per medication"], "do_not": [], "since": "14:02",
        "next_update": "15:00", "expected_back": "about 15:30", "asks_answer": False,
        "downtime_pc": "", "binder": "", "phone_fallback": "", **changes})


def fax(**changes):
    return outage(**{
        "alert_id": "fax-1", "severity": "notice", "presentation": "toast", "kind": "Information",
        "headline": "Fax numbers of the clinics change on Monday", "services": ["Electronic fax"],
        "impact": "The new list is on the intranet.", "still_works": [], "do_now": [], "do_not": [],
        "since": "", "next_update": "", "expected_back": "", "asks_answer": False, "downtime_pc": "",
        "binder": "", "phone_fallback": "", "emergency_phone": "", **changes})


def all_clear(**changes):
    return outage(**{
        "phase": "all_clear", "kind": "System outage",
        "headline": "Lab results reach the EHR again",
        "closing": "All clear 15:12: Orders and results (lab) work again in 4 West.",
        "afterwards": ["Enter the results of 13:52 to 15:12 from form LAB-7",
                       "Check open critical values against the lab's list",
                       "Put the forms into the red tab of the binder"], **changes})


def recalled(**changes):
    return outage(**{
        "phase": "recalled",
        "closing": "RECALLED 14:08. The notice of 14:07 was sent by mistake. No action needed.", **changes})


def long_text(**changes):
    return outage(**{
        "kind": "System outage · takes longer",
        "ward_name": "Interventional Radiology and Cardiac Catheterisation",
        "headline": "Inpatient EHR, orders, results, imaging and medication administration are down on both campuses",
        "impact": "Nothing that was charted after 13:40 can be read anywhere; orders that were placed between 13:31 and "
                  "13:40 may not have reached laboratory, pharmacy or imaging, and must be checked by phone.",
        "still_works": ["telephony", "pharmacy cabinets in override", "infusion pumps with their last library",
                        "patient monitors", "network printers on the ward"],
        "do_now": ["Start downtime charting: binder, red tab, forms DT-1 to DT-9, one set per patient, name and date of "
                   "birth on each sheet",
                   "Print the medication administration record from the downtime PC at the nurses' station",
                   "Send a runner to the laboratory at every full hour, and at once for critical values",
                   "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsaushang"],
        "do_not": ["Re-enter orders", "restart the PC", "use the patient portal", "rely on yesterday's census"],
        "next_update": "14:30, overdue", "expected_back": "about 18:00, takes longer",
        "what_changed": "Changed 14:20: expected back about 18:00; imaging added", **changes})


def scripts(**changes):
    return outage(**{
        "headline": "检验结果无法传输到电子病历系统",
        "impact": "Laborergebnisse fehlen in der Akte. Größere Störung, Prüfung läuft.",
        "still_works": ["オーダー", "薬局", "전화"],
        "do_now": ["اتصل بالمختبر للقيم الحرجة: 4711", "יש לרשום תוצאות על טופס LAB-7",
                   "请致电检验科获取危急值,并将结果写在 LAB-7 表格上(病历夹红色标签)。不要重新录入医嘱,也不要重启电脑。",
                   "Befunde auf Formular LAB-7 notieren (Ordner, rotes Register)"],
        "do_not": ["オーダーを再入力", "Neustart"], **changes})
