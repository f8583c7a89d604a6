from core.markup import in_texts


def test_in_texts_changes_texts_and_nothing_else():
    html = '<p title="no">one <b>two</b><br><code>no <i>no</i></code> three</p>four &lt;'
    said = in_texts(html, str.upper, but_in={"code"})
    assert said == '<p title="no">ONE <b>TWO</b><br><code>no <i>no</i></code> THREE</p>FOUR &LT;'


def test_in_texts_goes_on_after_an_end_without_a_beginning():
    assert in_texts("</a>one<a>no</a>two", str.upper, but_in={"a"}) == "</a>ONE<a>no</a>TWO"
