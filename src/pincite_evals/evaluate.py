"""Question files to figures: ask, keep each result as it comes, count."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from pincite.errors import ParseError
from pincite_evals.datasets import read_items
from pincite_evals.report import report
from pincite_evals.run import Result, read_results, run, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pincite import Assistant
    from pincite_evals.datasets import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to ask and where to keep it; `out` is appended to, and read first."""

    as_of: date
    retrieval_only: bool = False
    sample: int | None = None
    seed: int = 0
    out: Path | None = None


def evaluate_files(
    files: Iterable[Path],
    assistant: Assistant,
    plan: Plan,
    tick: Callable[[str, int, int], None],
) -> dict[str, Any]:
    """The figures of each file, by its stem. Raises ParseError for a file that is no such file."""
    sets = {path: sample(read_items(path), plan.sample, plan.seed) for path in files}
    _refuse_doubles(sets)
    done = read_results(plan.out)
    figures: dict[str, Any] = {}
    for path, items in sets.items():
        results = _asked(path.stem, items, assistant, plan, done, tick)
        acts, documents, texts = _law(items, results, assistant)
        figures[path.stem] = report(items, results, act_ids=acts, documents=documents, texts=texts)
    return {"sets": figures}


def _refuse_doubles(sets: Mapping[Path, Sequence[Item]]) -> None:
    """A result is known by its question's id alone, and a set by its file's stem."""
    seen: dict[str, Path] = {}
    stems: set[str] = set()
    for path, items in sets.items():
        if path.stem in stems:
            raise ParseError("another file has the same name", source=str(path))
        stems.add(path.stem)
        for item in items:
            if item.id in seen:
                raise ParseError(f"{item.id} is also in {seen[item.id]}", source=str(path))
            seen[item.id] = path


def _asked(
    name: str,
    items: Sequence[Item],
    assistant: Assistant,
    plan: Plan,
    done: dict[str, Result],
    tick: Callable[[str, int, int], None],
) -> dict[str, Result]:
    results: dict[str, Result] = {}
    kept = nullcontext() if plan.out is None else _appending(plan.out)
    with kept as file:
        for result in run(
            items,
            assistant,
            as_of=plan.as_of,
            retrieval_only=plan.retrieval_only,
            done=done,
            tick=lambda _: None,
        ):
            results[result.id] = result
            if file is not None and done.get(result.id) is not result:
                file.write(result.line() + "\n")
                file.flush()
            tick(name, len(results), len(items))
    return results


def _appending(path: Path) -> TextIO:
    """The file, its last line ended: a run that was killed may have left half of one."""
    whole = not path.is_file() or not path.stat().st_size or path.read_bytes().endswith(b"\n")
    file = path.open("a", encoding="utf-8", newline="\n")
    if not whole:
        file.write("\n")
    return file


def _law(
    items: Sequence[Item], results: Mapping[str, Result], assistant: Assistant
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Of every section cited or in the gold: its row id, its document, its stored text."""
    acts: dict[str, str] = {}
    documents: dict[str, str] = {}
    texts: dict[str, str] = {}
    cited = {
        source["id"]
        for result in results.values()
        if result.answer is not None
        for source in result.answer["sources"]
    }
    for identifier in sorted(cited):
        section = assistant.section(identifier)
        if section is not None:
            acts[identifier] = section.act_id
            documents[identifier] = section.document
            texts[identifier] = section.text
    for act_id in sorted({gold.act_id for item in items for gold in item.gold}):
        section = assistant.section_of_row(act_id)
        if section is not None:
            documents[act_id] = section.document
    return acts, documents, texts
