"""Escalation, quiet hours, ceilings, silences and changes: pure decisions."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.ceiling import Intent, Parcel, Sent, allocate
from alerts.changes import Snapshot, changes
from alerts.policy import (
    DEFAULT_STEPS,
    Ceiling,
    Digest,
    Policy,
    Quiet,
    Step,
    digest_at,
    due_steps,
    quiet_until,
    within,
)
from alerts.silence import Matter, Silence, silenced_until

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
CEILING = Ceiling()


def minutes(count: float) -> timedelta:
    """So many."""
    return timedelta(minutes=count)


def local(hour: int, minute: int = 0) -> datetime:
    """That hour in Shanghai."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


class TestSteps:
    STEPS = (Step(minutes(0), ("officer",), ("mail",)), Step(minutes(10), ("deputy",), ("mail",)))

    def test_the_first_step_is_due_at_once(self) -> None:
        due = due_steps(self.STEPS, 0, NOW, NOW)
        assert (due.steps, due.taken, due.next_at) == ((0,), 1, NOW + minutes(10))

    def test_nothing_is_due_before_its_minute(self) -> None:
        due = due_steps(self.STEPS, 1, NOW, NOW + minutes(9.9))
        assert (due.steps, due.next_at) == ((), NOW + minutes(10))

    def test_all_that_was_missed_is_due_together(self) -> None:
        due = due_steps(self.STEPS, 0, NOW, NOW + minutes(60))
        assert (due.steps, due.next_at) == ((0, 1), None)

    def test_hurry_takes_one_step_only(self) -> None:
        assert due_steps(self.STEPS, 1, NOW, NOW + minutes(3), hurry=True).steps == (1,)
        assert due_steps(self.STEPS, 2, NOW, NOW + minutes(3), hurry=True).steps == ()

    def test_after_a_clock_set_back_nothing_is_due(self) -> None:
        assert due_steps(self.STEPS, 1, NOW, NOW - minutes(60)).steps == ()

    @pytest.mark.parametrize("level", [1, 2, 3, 4])
    def test_the_default_steps_begin_with_the_officer_on_duty(self, level: int) -> None:
        steps = DEFAULT_STEPS[level]
        assert steps[0].after == timedelta(0)
        assert "officer" in steps[0].who
        assert [s.after for s in steps] == sorted(s.after for s in steps)

    def test_own_steps_replace_a_level_only(self) -> None:
        policy = Policy(own_steps={3: self.STEPS})
        assert policy.steps(3) == self.STEPS
        assert policy.steps(2) == DEFAULT_STEPS[2]

    def test_a_telephone_rings_for_one_always_for_two_at_night(self) -> None:
        policy = Policy()
        assert policy.calls(1, local(11))
        assert not policy.calls(2, local(11))
        assert policy.calls(2, local(23))
        assert policy.calls(2, local(7, 59))
        assert not policy.calls(3, local(23))


class TestQuiet:
    def test_small_matters_wait_for_the_morning(self) -> None:
        assert quiet_until(Quiet(), 4, local(23)) == local(7) + timedelta(days=1)
        assert quiet_until(Quiet(), 4, local(3)) == local(7)
        assert quiet_until(Quiet(), 4, local(12)) is None

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_others_do_not(self, level: int) -> None:
        assert quiet_until(Quiet(), level, local(23)) is None

    def test_one_and_two_can_never_be_made_to_wait(self) -> None:
        with pytest.raises(ValueError, match="不受静默时段限制"):
            Quiet(levels=(2, 4))

    def test_the_digest_goes_at_its_hours_and_never_holds_the_grave(self) -> None:
        digest = Digest((time(11, 30), time(17)))
        assert digest_at(digest, 4, local(9)) == local(11, 30)
        assert digest_at(digest, 4, local(11, 30)) == local(17)
        assert digest_at(digest, 4, local(18)) == local(11, 30) + timedelta(days=1)
        assert digest_at(digest, 3, local(9)) is None
        assert digest_at(Digest(), 4, local(9)) is None
        with pytest.raises(ValueError, match="立即告知"):
            Digest((time(9),), (1,))

    def test_a_stretch_over_midnight(self) -> None:
        assert within(time(22), time(7), local(22))
        assert not within(time(22), time(7), local(7))


def intent(
    n: int, level: int = 3, road: str = "mail", incident: int | None = None, urgent: bool | None = None
) -> Intent:
    """Somebody ought to hear of the n-th matter."""
    key = f"alert-{n}:zhao:{road}:0"
    grave = level <= 2 if urgent is None else urgent
    about = n if incident is None else incident
    return Intent(key, "zhao", road, "zhao@x", about, level, NOW, road == "call", grave)


def mail(ago: float, incident: int = 0) -> Sent:
    """A message so many minutes ago."""
    return Sent("zhao@x", "mail", NOW - minutes(ago), frozenset({incident} - {0}))


class TestCeiling:
    def test_one_matter_is_one_message_at_once(self) -> None:
        parcels, held = allocate([intent(1)], [], NOW, CEILING)
        assert [p.key for p in parcels] == ["alert-1:zhao:mail:0"]
        assert held == []

    def test_many_at_once_are_the_gravest_alone_and_one_bundle(self) -> None:
        parcels, _ = allocate([intent(n, level=1 + n % 4) for n in range(40)], [], NOW, CEILING)
        assert [len(p.intents) for p in parcels] == [1, 39]
        assert parcels[0].intents[0].level == 1
        assert [i.level for i in parcels[1].intents] == sorted(i.level for i in parcels[1].intents)

    def test_many_small_ones_at_once_are_one_bundle(self) -> None:
        parcels, held = allocate([intent(n, level=3) for n in range(40)], [], NOW, CEILING)
        assert ([len(p.intents) for p in parcels], held) == ([40], [])

    def test_calls_are_never_held_or_bundled(self) -> None:
        sent = [Sent("zhao@x", "call", NOW, frozenset({n})) for n in range(9)]
        parcels, held = allocate([intent(n, 1, "call") for n in range(5)], sent, NOW, CEILING)
        assert len(parcels) == 5
        assert held == []

    def test_the_same_matter_is_told_three_times_in_a_quarter_at_most(self) -> None:
        sent = [mail(m, 7) for m in (14, 10, 9)]
        parcels, held = allocate([intent(1, level=1, incident=7)], sent, NOW, CEILING)
        assert parcels == []
        assert held[0].until == NOW + minutes(1)

    def test_an_update_leaves_room_for_a_level_that_rises(self) -> None:
        sent = [mail(m, 7) for m in (14, 8)]
        assert allocate([intent(1, level=2, incident=7, urgent=False)], sent, NOW, CEILING)[0] == []
        assert len(allocate([intent(1, level=2, incident=7)], sent, NOW, CEILING)[0]) == 1

    def test_the_last_place_is_kept_for_grave_matters(self) -> None:
        sent = [mail(m) for m in (14, 9, 8, 4)]
        assert allocate([intent(1, level=4)], sent, NOW, CEILING)[0] == []
        assert len(allocate([intent(1, level=2)], sent, NOW, CEILING)[0]) == 1

    def test_what_waits_leaves_with_the_next_grave_one(self) -> None:
        sent = [mail(m) for m in (14, 9, 8, 4)]
        (parcel,), held = allocate([intent(1, level=2), intent(2, level=4)], sent, NOW, CEILING)
        assert ([i.level for i in parcel.intents], held) == ([2, 4], [])

    def test_two_matters_a_while_apart_are_two_mails_without_delay(self) -> None:
        sent: list[Sent] = []
        for n, second in enumerate((0, 40)):
            now = NOW + timedelta(seconds=second)
            parcels, held = allocate([intent(n)], sent, now, CEILING)
            assert (len(parcels), held) == (1, [])
            sent.append(Sent("zhao@x", "mail", now, frozenset({n})))

    def test_the_grave_wait_half_as_long(self) -> None:
        _, (small,) = allocate([intent(9, level=3)], [mail(0)], NOW, CEILING)
        _, (grave,) = allocate([intent(9, level=2)], [mail(0)], NOW, CEILING)
        assert (small.until, grave.until) == (NOW + minutes(0.5), NOW + minutes(0.25))

    def test_the_key_of_a_bundle_depends_on_what_is_in_it_alone(self) -> None:
        one = Parcel((intent(1), intent(2)))
        assert one.key == Parcel((intent(1), intent(2))).key
        assert one.key != Parcel((intent(1), intent(3))).key

    @given(st.lists(st.tuples(st.integers(0, 2400), st.integers(1, 4)), min_size=1, max_size=120))
    @settings(max_examples=60, deadline=None)
    def test_however_it_rains_nobody_gets_more_than_the_ceiling_and_nothing_is_lost(
        self, rain: list[tuple[int, int]]
    ) -> None:
        waiting: dict[int, Intent] = {}
        sent: list[Sent] = []
        told: dict[int, int] = {}
        falls = sorted((second, n, level) for n, (second, level) in enumerate(rain))
        for second in range(0, 4000, 5):
            now = NOW + timedelta(seconds=second)
            while falls and falls[0][0] <= second:
                _, n, level = falls.pop(0)
                waiting[n] = intent(n, level)
            parcels, held = allocate(waiting.values(), sent, now, CEILING)
            for parcel in parcels:
                sent.append(Sent("zhao@x", "mail", now, frozenset(i.incident for i in parcel.intents)))
                told |= {i.incident: second for i in parcel.intents}
            waiting = {h.intent.incident: h.intent for h in held}
        times = [s.at for s in sent]
        late = {n: told[n] - second for n, (second, _) in enumerate(rain)}
        assert all(sum(t <= u < t + CEILING.window for u in times) <= CEILING.total for t in times)
        assert max((s for n, s in late.items() if rain[n][1] <= 2), default=0) <= 5 * 60 + 5
        assert max(late.values()) <= 15 * 60


class TestSilence:
    QUIET = Silence(NOW, NOW + minutes(60), "赵值班", "演练", topic="14")

    def test_it_holds_what_it_matches_until_it_ends(self) -> None:
        matter = Matter(1, 3, "14")
        until = silenced_until([self.QUIET], matter, NOW)
        assert until == (NOW + minutes(60), "赵值班设置静默：演练")
        assert silenced_until([self.QUIET], matter, NOW + minutes(60)) is None
        assert silenced_until([self.QUIET], Matter(1, 3, "2"), NOW) is None

    @pytest.mark.parametrize("level", [1, 2])
    def test_a_general_one_never_holds_the_grave(self, level: int) -> None:
        assert silenced_until([self.QUIET], Matter(1, level, "14"), NOW) is None

    def test_one_for_an_incident_holds_it_at_its_level(self) -> None:
        quiet = Silence(NOW, NOW + minutes(60), "赵值班", "已知悉", incident=7, floor=2)
        assert silenced_until([quiet], Matter(7, 2), NOW)
        assert silenced_until([quiet], Matter(7, 1), NOW) is None
        assert silenced_until([quiet], Matter(8, 4), NOW) is None

    def test_the_one_that_ends_last_counts(self) -> None:
        later = Silence(NOW, NOW + minutes(90), "李带班", "维护", place="东门")
        found = silenced_until([self.QUIET, later], Matter(1, 4, "14", ("东门街道",)), NOW)
        assert found is not None
        assert found[0] == NOW + minutes(90)


class TestChanges:
    BEFORE = Snapshot(level=3, documents=5)

    def why(self, after: Snapshot) -> list[str]:
        return [c.kind for c in changes(self.BEFORE, after)]

    def test_nothing_changed_nothing_said(self) -> None:
        assert self.why(self.BEFORE) == []
        assert self.why(Snapshot(level=3, documents=14)) == []

    def test_each_reason(self) -> None:
        assert self.why(Snapshot(level=2, documents=5)) == ["level"]
        assert self.why(Snapshot(level=3, documents=15)) == ["spread"]
        assert self.why(Snapshot(level=3, documents=5, rank=3)) == ["medium"]
        assert self.why(Snapshot(level=3, documents=5, responded=True)) == ["response"]

    def test_only_a_graver_level_escalates_anew(self) -> None:
        everything = changes(self.BEFORE, Snapshot(level=1, documents=99, rank=4, responded=True))
        assert [c.kind for c in everything if c.grave] == ["level"]

    def test_a_lower_level_is_no_news(self) -> None:
        assert self.why(Snapshot(level=4, documents=5)) == []

    def test_a_snapshot_survives_the_store(self) -> None:
        stored = {**self.BEFORE.as_json(), "told": [["zhao", "mail"]]}
        assert Snapshot.of(stored) == self.BEFORE
