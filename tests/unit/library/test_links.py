"""Where links lead: by path, by the name a web site gives a file, and nowhere."""

import pytest

from sgtui.library.links import resolve, site_address
from sgtui.library.load import open_library
from sgtui.library.model import Library
from tests.unit.library.trees import article, plant

FILES = {
    "src/docs/ja/guides/images.mdx": article("画像"),
    "src/docs/en/guides/images.mdx": article("Images"),
    "src/docs/en/guides/only.mdx": article("Only"),
    "src/docs/en/guides/index.md": article("Guides"),
    "ja/news/_posts/2018-03-28-ruby-2-4-4-released.md": article("2.4.4"),
    "en/news/_posts/2018-03-28-ruby-2-4-4-released.md": article("2.4.4 en"),
    "ja/about/index.md": article("about", id="own-key"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(plant(tmp_path_factory.mktemp("lib"), FILES), cache_dir=None)


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("images.mdx", "src/docs/ja/guides/images.mdx"),
        ("../../en/guides/images.mdx", "src/docs/en/guides/images.mdx"),
        ("/en/guides/images/", "src/docs/en/guides/images.mdx"),
        ("/en/guides/images/#top", "src/docs/en/guides/images.mdx"),
        ("/ja/guides/images", "src/docs/ja/guides/images.mdx"),
        ("/en/guides/", "src/docs/en/guides/index.md"),
        ("/ja/guides/only/", "src/docs/en/guides/only.mdx"),
        ("/ja/news/2018/03/28/ruby-2-4-4-released/", "ja/news/_posts/2018-03-28-ruby-2-4-4-released.md"),
        ("/en/news/2018/03/28/ruby-2-4-4-released/", "en/news/_posts/2018-03-28-ruby-2-4-4-released.md"),
        ("/ja/about/", "ja/about/index.md"),
        ("own-key", "ja/about/index.md"),
        ("/images/", ""),
        ("/fr/guides/images/", ""),
        ("/en/guides/none/", ""),
        ("/", ""),
        ("../../../../../etc/passwd", ""),
    ],
)
def test_where_a_link_leads(library: Library, href: str, path: str) -> None:
    here = library.at("src/docs/ja/guides/images.mdx")
    assert here is not None
    found = resolve(library, here, href)
    assert (library.info(found.article).path if found.kind == "article" else "") == path


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("a/b.md", ("a", "b")),
        ("a/index.md", ("a",)),
        ("index.mdx", ()),
        ("x/_posts/2018-03-28-t.markdown", ("x", "2018", "03", "28", "t")),
        ("x/2018-03-28-t.md", ("x", "2018-03-28-t")),
    ],
)
def test_the_address_of_a_file(path: str, parts: tuple[str, ...]) -> None:
    assert site_address(path) == parts
