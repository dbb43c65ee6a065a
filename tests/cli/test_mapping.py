"""`regard mapping`: drafted from a file's header and first rows."""


def test_a_drafted_mapping_says_what_it_guessed(regard, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("CRIME_REF,RECORDED_DATE,OFFENCE\n1,14/03/2014,28A\n", encoding="utf-8")

    told = regard("mapping", "draft", file, "--dataset", "crime")

    assert told.code == 0, told.err
    assert 'dataset = "crime"' in told.out
    assert "%d/%m/%Y" in told.out


def test_a_file_that_is_not_there_is_said_to_be_so(regard, tmp_path):
    told = regard("mapping", "draft", tmp_path / "nothing.csv")

    assert told.code == 12
    assert "cannot be read" in told.err
