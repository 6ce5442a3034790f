"""`studio.parallel` and its pool: order, errors, deaths, small work, one switch to serial."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio import parallel
from studio.clip import Format
from studio.footage import frames_of, read_clip
from studio.pixels import i420
from studio.pool import Pool, Task, Unpicklable, WorkerDied
from studio.video import encode, join
from tests.conftest import ROOT

WORK = "tests.studio.work"


@pytest.fixture(autouse=True)
def two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever machine this is, work is spread over two."""
    monkeypatch.setenv("STUDIO_PARALLEL", "1")
    monkeypatch.setattr(parallel, "worker_count", lambda: 2)


@pytest.fixture
def pool():
    with Pool(2) as found:
        yield found


def test_results_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "WORTH_A_POOL", 0.0)
    assert parallel.parallel_map(WORK, "double", range(50), chunksize=3) == [2 * n for n in range(50)]
    assert parallel.parallel_map(WORK, "add", [(n, n) for n in range(9)]) == [2 * n for n in range(9)]
    assert parallel.parallel_map(WORK, "double", iter([])) == []


def test_big_work_is_spread_and_small_work_stays() -> None:
    pids = set(parallel.parallel_map(WORK, "slow", [0.06] * 24, chunksize=2))
    assert len(pids) == 3, "the first item here, the others on two workers"
    assert set(parallel.parallel_map(WORK, "slow", [0.0] * 40)) == {os.getpid()}


def test_one_switch_to_serial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_PARALLEL", "0")
    assert not parallel.parallel_enabled()
    assert set(parallel.parallel_map(WORK, "slow", [0.06] * 10)) == {os.getpid()}
    with pytest.raises(ValueError, match="seven is 7") as caught:
        parallel.parallel_map(WORK, "fail_at_seven", range(20), label="frame")
    assert caught.value.__notes__ == ["frame 7"], "a plain traceback, no worker's"


def test_an_exception_comes_with_its_item_and_traceback() -> None:
    with pytest.raises(ValueError, match="seven is 7") as caught:
        parallel.parallel_map(WORK, "fail_at_seven", [*[0] * 30, 7, *range(30)], label="frame")
    notes = "\n".join(caught.value.__notes__)
    assert "frame 30" in notes and "fail_at_seven" in notes and "work.py" in notes
    with Pool(1) as pool, pytest.raises(Unpicklable, match="Stubborn: 1"):
        pool.submit(Task(WORK, "stubborn", 1)).result()


def test_a_worker_that_dies_is_replaced_and_its_work_done_again(pool: Pool, tmp_path: Path) -> None:
    futures = [pool.submit(Task(WORK, "slow", 0.05)) for _ in range(4)]
    assert pool.submit(Task(WORK, "die_once", str(tmp_path / "flag"))).result() == "alive"
    assert all(f.result() for f in futures)
    with pytest.raises(WorkerDied, match="ended with code 3"):
        pool.submit(Task(WORK, "die_at_nine", 9)).result()
    assert pool.submit(Task(WORK, "double", 4)).result() == 8, "the pool goes on"
    with pytest.raises(WorkerDied) as caught:
        parallel.parallel_map(WORK, "die_at_nine", [0] * 30 + [9] + [0] * 9, label="frame")
    assert "frame" in caught.value.__notes__[0]


def test_a_killed_worker_is_replaced(pool: Pool) -> None:
    pid = pool.submit(Task(WORK, "slow", 0.0)).result()
    busy = [pool.submit(Task(WORK, "slow", 0.4)) for _ in range(2)]
    time.sleep(0.15)
    os.kill(pid, signal.SIGKILL)
    assert pid not in {f.result() for f in busy}


def test_libraries_in_workers_run_one_thread(pool: Pool) -> None:
    assert pool.submit(Task(WORK, "threads", 0)).result() == (1, "1")


def test_no_process_is_left_when_the_builder_is_killed() -> None:
    code = (
        "import os, sys, time\n"
        "from studio.pool import Pool, Task\n"
        "if __name__ == '__main__':\n"
        "    pool = Pool(2)\n"
        f"    pids = [pool.submit(Task('{WORK}', 'slow', 0.05)).result() for _ in range(6)]\n"
        f"    [pool.submit(Task('{WORK}', 'slow', 60)) for _ in range(2)]\n"
        "    time.sleep(0.3); print(*{w.process.pid for w in pool._all}, flush=True); time.sleep(60)\n"
    )
    builder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert builder.stdout is not None
    pids = [int(p) for p in builder.stdout.readline().split()]
    assert len(pids) == 2
    builder.kill()
    builder.wait()
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and any(alive(p) for p in pids):
        time.sleep(0.05)
    assert not any(alive(p) for p in pids), "workers in the middle of a minute's work leave at once"


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_a_script_without_a_main_guard_gets_a_message(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from studio import parallel\nparallel.worker_count = lambda: 2\nparallel.WORTH_A_POOL = 0\n"
        f"print(parallel.parallel_map('{WORK}', 'slow', [0.01] * 20))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode != 0 and "__main__" in done.stderr


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    form = Format(64, 36, Fraction(24))
    y, x = np.mgrid[0:36, 0:64]
    frames = [np.stack([(x * 3 + n) % 256, (y * 6) % 256, (x + n * 2) % 256], 2).astype(np.uint8) for n in range(90)]
    path = tmp_path / "clip.mp4"
    join([encode([i420(f) for f in frames[a : a + 30]], form) for a in (0, 30, 60)], path, form)
    return path


@pytest.mark.parametrize("switch", ["0", "1"])
def test_a_video_goes_through_a_function(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    monkeypatch.setenv("STUDIO_PARALLEL", switch)
    monkeypatch.setattr(parallel, "WORTH_A_POOL", 0.0)
    target = tmp_path / f"{switch}.mp4"
    assert parallel.parallel_per_frame_pass(clip, target, WORK, "inverted") == 90
    before, after = read_clip(clip), read_clip(target)
    assert np.allclose(before.times, after.times) and after.fps == before.fps
    a, b = next(frames_of(before, 40, 41)), next(frames_of(after, 40, 41))
    assert np.abs(a.astype(int) + b - 255).mean() < 6
    numbered = tmp_path / "n.mp4"
    parallel.parallel_per_frame_pass(clip, numbered, WORK, "stamped", 2)
    stamp = [next(frames_of(read_clip(numbered), n, n + 1))[2:6, 2:6].mean() for n in (0, 31, 89)]
    assert np.allclose(stamp, [0, 62, 178], atol=6)
    assert not list(tmp_path.glob(".studio-*")), "nothing is left behind"


def test_serial_and_parallel_give_the_same_bytes(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "WORTH_A_POOL", 0.0)
    for switch in "01":
        monkeypatch.setenv("STUDIO_PARALLEL", switch)
        parallel.parallel_per_frame_pass(clip, tmp_path / f"{switch}.mp4", WORK, "inverted")
    assert (tmp_path / "0.mp4").read_bytes() == (tmp_path / "1.mp4").read_bytes()


def test_frames_of_different_sizes_are_refused(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="different sizes"):
        parallel.parallel_per_frame_pass(clip, tmp_path / "x.mp4", WORK, "grown")
    assert not (tmp_path / "x.mp4").exists()


def test_sound_is_copied_over(clip: Path, tmp_path: Path) -> None:
    import av

    talking = tmp_path / "talking.mp4"
    with av.open(str(clip)) as source, av.open(str(talking), "w") as out:
        picture = out.add_stream_from_template(source.streams.video[0])
        sound = out.add_stream("aac", rate=48000)
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = picture
                out.mux(packet)
        tone = np.sin(np.arange(48000 * 3) * 0.05).astype(np.float32)[None]
        for start in range(0, tone.shape[1], 1024):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(tone[:, start : start + 1024]), "fltp", "mono")
            frame.sample_rate, frame.pts = 48000, start
            out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
    target = tmp_path / "styled.mp4"
    parallel.parallel_per_frame_pass(talking, target, WORK, "inverted")
    with av.open(str(talking)) as a, av.open(str(target)) as b:
        packets = [[bytes(p) for p in f.demux(audio=0) if p.size] for f in (a, b)]
    assert packets[0][1:] == packets[1] and len(packets[0]) > 100, "all but the silence from before the pictures"


def test_it_checks_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "studio.parallel", "-j", "2"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "correct_results=True, workers=2" in done.stdout and "speedup" in done.stdout
    timed = [sys.executable, "-m", "studio.parallel", "--bench", "--module", WORK, "--fn", "double", "--items", "20"]
    assert "speedup" in subprocess.run(timed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
