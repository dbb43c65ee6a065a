from __future__ import annotations

from regard.capability import warming
from regard.capability.warming import warm


def test_the_first_run_reaches_the_screening_and_the_simulation(monkeypatch):
    reached = []
    for name in ("screened", "run"):
        real = getattr(warming, name)
        monkeypatch.setattr(
            warming,
            name,
            lambda *told, real=real, name=name, **how: (reached.append(name), real(*told, **how)),
        )

    warm()

    assert reached == ["screened", "run"]
