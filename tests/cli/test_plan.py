"""`regard plan`: drafted and checked."""


def test_a_drafted_plan_is_sound(regard, tmp_path):
    file = tmp_path / "plan.toml"

    drafted = regard(
        "plan", "draft", "--area", "merseyside", "--as-at", "2020-12-31", "--out", file
    )
    checked = regard("plan", "check", file)

    assert drafted.err == f"written: {file}\n"
    assert checked.code == 0, checked.err
    assert "1 outcome, 0 milestones" in checked.out


def test_a_plan_that_names_an_unknown_measure_is_refused(regard, tmp_path):
    file = tmp_path / "plan.toml"
    regard("plan", "draft", "--area", "merseyside", "--as-at", "2020-12-31", "--out", file)
    file.write_text(file.read_text().replace('"burglary"', '"burglry"'))

    told = regard("plan", "check", file)

    assert told.code == 15
    assert "no measure is called 'burglry'" in told.err


def test_an_area_nobody_knows_is_refused(regard):
    told = regard("plan", "draft", "--area", "merseysde")

    assert told.code == 15
    assert "merseyside" in told.err
