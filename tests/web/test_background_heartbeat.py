"""Signs of life of the worker."""

from __future__ import annotations

import os
import time

from regard.web.background.heartbeat import FILE, beating, since_last


def test_a_worker_is_alive_for_as_long_as_it_runs(tmp_path):
    assert since_last(tmp_path) is None

    with beating(tmp_path):
        while since_last(tmp_path) is None:
            time.sleep(0.01)
        assert since_last(tmp_path) < 5

    assert since_last(tmp_path) is None


def test_one_that_was_killed_leaves_an_old_sign(tmp_path):
    (tmp_path / FILE).touch()
    os.utime(tmp_path / FILE, (0, 0))

    assert since_last(tmp_path) > 10**9
