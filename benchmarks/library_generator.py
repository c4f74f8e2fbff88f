"""Libraries of any size for measuring: Japanese study articles with headers, tables, lists and some quizzes.

python -m benchmarks.library_generator FOLDER [FILES] [MEGABYTES]
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CATEGORIES: Final = ("basics", "threat", "governance", "technology", "law", "practice", "career", "tools")
DIFFICULTIES: Final = ("beginner", "intermediate", "advanced")
NOUNS: Final = (
    "情報資産", "パスワード", "暗号鍵", "利用者", "サーバー", "ネットワーク", "委託先", "監査", "規程", "バックアップ",
    "ランサムウェア", "認証", "署名", "脆弱性", "端末", "ログ", "権限", "メール", "個人情報", "クラウド", "契約",
    "担当者",
    "フィッシング", "リスク", "対策", "手順", "記録", "訓練", "媒体", "通信", "証明書", "インシデント", "復旧",
    "管理者",
)  # fmt: skip
VERBS: Final = (
    "確認します", "記録します", "制限します", "暗号化します", "見直します", "報告します", "保管します", "削除します",
    "検知します", "分離します", "更新します", "説明します", "承認します", "比べます", "残します", "遮断します",
)  # fmt: skip
LINKERS: Final = ("まず", "次に", "そこで", "ただし", "たとえば", "一方で", "このとき", "さらに", "最後に", "そのため")
LATIN: Final = ("TLS 1.3", "MFA", "CSIRT", "VPN", "SIEM", "ISMS", "DNS", "Wi-Fi 6", "OAuth 2.0", "SQL", "XSS", "PKI")
RARE: Final = "𠮷野家の前で🔑を落とした"


def sentence(rng: random.Random) -> str:
    a, b, c = rng.sample(NOUNS, 3)
    extra = f"（{rng.choice(LATIN)}）" if rng.random() < 0.25 else ""
    bold = f"**{b}**" if rng.random() < 0.2 else b
    return f"{rng.choice(LINKERS)}、{a}{extra}の{bold}を{c}ごとに{rng.choice(VERBS)}。"


def paragraph(rng: random.Random) -> str:
    return "".join(sentence(rng) for _ in range(rng.randint(2, 5)))


def table(rng: random.Random) -> str:
    rows = [f"| {rng.choice(NOUNS)} | {rng.choice(NOUNS)}を{rng.choice(VERBS)} |" for _ in range(rng.randint(2, 5))]
    return "\n".join(("| 項目 | 説明 |", "|---|---|", *rows))


def quiz(rng: random.Random, identity: str) -> str:
    right = rng.randrange(4)
    lines = [f"<!-- quiz id={identity} -->", f"{rng.choice(NOUNS)}について適切なものはどれか。", ""]
    for index in range(4):
        lines.append(f"- [{'x' if index == right else ' '}] {rng.choice(NOUNS)}を{rng.choice(VERBS)[:-2]}る。")
        lines.append(f"  > {rng.choice(NOUNS)}の説明である。")
    return "\n".join((*lines, "", "> 解説: " + sentence(rng), "<!-- /quiz -->"))


def article(rng: random.Random, number: int, size: int) -> str:
    """One article of about ``size`` bytes."""
    category = CATEGORIES[number % len(CATEGORIES)]
    title = f"{rng.choice(NOUNS)}と{rng.choice(NOUNS)}の基本 その{number}"
    head = "\n".join((
        "---",
        f"id: article-{number:05d}",
        f"title: '{title}'",
        f"excerpt: '{sentence(rng).replace('**', '')}'",
        f"publishDate: 2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        f"lastmod: 2026-{(number + 3) % 12 + 1:02d}-{(number + 9) % 28 + 1:02d}",
        f"category: {category}",
        "tags:",
        *(f"  - {tag}" for tag in rng.sample(NOUNS, 4)),
        "knowledge:",
        "  examId: sg",
        "  type: term",
        f"  syllabusRef: item-{number % 60}",
        f"  difficulty: {DIFFICULTIES[number % 3]}",
        f"order: {number}",
        f"image: ~/data/post/{category}/article-{number:05d}/cover.png",
        "metadata:",
        f"  description: '{sentence(rng).replace('**', '')}{sentence(rng).replace('**', '')}'",
        "---",
    ))  # fmt: skip
    parts, length, section = [head], len(head.encode()), 0
    while length < size:
        pieces = []
        if section % 4 == 0:
            pieces.append(f"## {rng.choice(NOUNS)}を{rng.choice(NOUNS)}から守る {section // 4 + 1}")
        pieces.append(paragraph(rng))
        if rng.random() < 0.12:
            pieces.append(table(rng))
        if rng.random() < 0.08:
            pieces.append("\n".join(f"- {sentence(rng)}" for _ in range(3)))
        if number % 10 == 0 and section % 4 == 3:
            pieces.append(quiz(rng, f"article-{number:05d}-{section}"))
        if number % 400 == 0 and section == 1:
            pieces.append(RARE)
        section += 1
        parts += pieces
        length += sum(len(piece.encode()) + 2 for piece in pieces)
    return "\n\n".join(parts) + "\n"


def articles(files: int, megabytes: float, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Paths and texts; the same for the same arguments."""
    rng = random.Random(seed)
    mean = megabytes * 1e6 / files
    for number in range(files):
        size = int(mean * rng.uniform(0.3, 1.6))
        path = f"{CATEGORIES[number % len(CATEGORIES)]}/{number // 800:02d}/article-{number:05d}.md"
        yield path, article(rng, number, size)


def generate(root: Path, files: int = 16_600, megabytes: float = 58.0) -> None:
    """Write a library below ``root``."""
    made: set[Path] = set()
    for path, text in articles(files, megabytes):
        file = root / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    generate(
        Path(arguments[0]),
        int(arguments[1]) if len(arguments) > 1 else 16_600,
        float(arguments[2]) if len(arguments) > 2 else 58.0,
    )
