"""``python -m bench [NAME] [--clients N] [--seed S] [--repeats R]``: one JSON line for each page and engine.

NAME is a page (caseload, search, client, my-day), an engine (sqlite, postgresql), or both as they stand in a line's
name. PostgreSQL takes part when TEST_DATABASE_URL names a server that may be given a database and lose it again.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.databases import databases
from bench.measuring import compare
from bench.pages import PAGES, Reader
from bench.setting import setting


def main(words: list[str]) -> int:
    arguments = parsed(words)
    wanted = [
        (engine, page) for engine in ("sqlite", "postgresql") for page in PAGES if asked(arguments.name, page, engine)
    ]
    if not wanted:
        print(f"There is no benchmark {arguments.name}. Known: {', '.join(PAGES)}.", file=sys.stderr)
        return 2
    with TemporaryDirectory(prefix="qadam-bench-") as folder:
        for engine, url in databases(Path(folder), {engine for engine, _page in wanted}):
            with setting(url, Path(folder), arguments.clients, arguments.seed) as app:
                reader = Reader(app)
                for page in (page for known, page in wanted if known == engine):
                    value, floor = compare(reader, PAGES[page](reader), arguments.repeats)
                    line = {"name": f"{page}-{engine}", "n": arguments.clients, "value": round(value, 3), "unit": "ms"}
                    line |= {"floor": round(floor, 3), "ratio": round(value / floor, 2)}
                    print(json.dumps(line), flush=True)
    return 0


def parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=40)
    return parser.parse_args(words)


def asked(name: str, page: str, engine: str) -> bool:
    return name in ("", page, engine, f"{page}-{engine}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
