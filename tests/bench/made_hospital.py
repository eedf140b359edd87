"""A hospital of any size, as the files that `wardcast import` reads. Endpoint n is load-<n>, in ward-<(n - 1) / per ward + 1>."""


def write(folder, endpoints, per_ward):
    folder.mkdir(parents=True)
    wards = -(-endpoints // per_ward)
    (folder / "sites.csv").write_text("id,name,zone,phone,phone_fallback,emergency_phone\n"
                                      "main,Main campus,America/Denver,5555,radio 3,911\n", encoding="utf-8")
    (folder / "buildings.csv").write_text("id,name,site\ntower,Tower,main\n", encoding="utf-8")
    columns = ("id,name,building,type,floor,walking_order,phones,radio_channel,downtime_pc,binder,shift_starts,"
               "opening_hours,services\n")
    (folder / "wards.csv").write_text(columns + "".join(
        f"ward-{n},Ward {n},tower,inpatient,1,{n},5100,,,,,,\n" for n in range(1, wards + 1)), encoding="utf-8")
    (folder / "endpoints.csv").write_text("id,name,ward,class,tags\n" + "".join(
        f"load-{n + 1},LOAD-{n + 1},ward-{n // per_ward + 1},STANDARD,\n" for n in range(endpoints)), encoding="utf-8")
