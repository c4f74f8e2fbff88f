"""Setting Markdown in tests."""

from sgtui.articles.model import Article
from sgtui.articles.parser import parse_article
from sgtui.typeset.document import build
from sgtui.typeset.model import Line, TypesetOptions
from sgtui.typeset.page import Page


def article(source: str) -> Article:
    return parse_article(source, "article.md")


def page(source: str, width: int = 40, options: TypesetOptions | None = None) -> Page:
    """A page of ``source``, nothing laid out yet."""
    chosen = options or TypesetOptions()
    return Page(build(article(source), chosen), width, chosen)


def settled(source: str, width: int = 40, options: TypesetOptions | None = None) -> Page:
    """A page of ``source``, all of it laid out."""
    made = page(source, width, options)
    assert made.settle(60.0)
    return made


def lines(made: Page) -> list[Line]:
    return [made.line(row)[0] for row in range(made.height)]


def texts(made: Page) -> list[str]:
    return [line.text for line in lines(made)]


ARTICLE = """\
前文です。情報資産を守るには、まず何を守るのかを知ることから始めます。

## パスワード攻撃の見分け方

**辞書攻撃**（dictionary attack）は、よく使われる単語を集めた一覧を順に試す攻撃です。
`welcome1` のような文字列から当たります。

- 送信元ごとの失敗の合計を見張り、大量の試行を制限する。
- 多要素認証（MFA）で、種類の違う確認を重ねる。
  1. 記憶するもの
  2. 持っているもの

| 攻撃 | 固定するもの | 変えるもの |
|---|---|---|
| 総当たり攻撃 | ID | パスワードを端からすべて |
| リバースブルートフォース攻撃 | パスワード | ID |

> [!NOTE]
> 補足の文は、少し長くして折り返しが起きるようにしておきます。

```python
def check(password: str) -> bool:
    return len(password) >= 12
```

<!-- quiz id=q1 -->
深夜に300個のIDへ1回ずつログイン失敗があった。疑うべき攻撃はどれか。

- [ ] 総当たり攻撃
- [x] リバースブルートフォース攻撃
  > 1つのパスワードを多くのIDに試すため。
- [ ] 辞書攻撃
<!-- /quiz -->

### まとめ

詳しくは[次の記事](next.md)を見てください。脚注[^1]もあります。

[^1]: 脚注の本文です。
"""
