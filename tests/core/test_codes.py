from core.codes import ALPHABET, new_code


def test_new_code_has_prefix_length_and_no_ambiguous_letters():
    code = new_code("P", length=7)
    prefix, _, rest = code.partition("-")
    assert prefix == "P"
    assert len(rest) == 7
    assert set(rest) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OILU")
