"""What is overdue is urged by itself; 督办 and 通报 wait for a signer. Wrongdoing is only handed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.domain.signing import Signature
from monitor.errors import CaifengError
from monitor.stages import circulars, handing_over, notice_acts, notice_issue, supervision
from monitor.stages.handing_over import Transfer
from monitor.stages.supervision import Demand
from monitor.store import notices, papers
from monitor.store.engine import Store
from monitor.store.reading import papers as reading
from tests.conftest import MovedClock
from tests.fakes.papers import SIGNER, Office
from tests.fakes.town import gas_leak


@pytest.fixture
def office(store: Store, tmp_path: Path, clock: MovedClock) -> Office:
    return Office(store, clock, tmp_path)


def test_a_silent_unit_is_urged_then_supervised_then_told_of_to_all(office: Office) -> None:
    number = office.issued()
    incident = office.notice(number).incident_id
    office.tick()
    for _ in range(60):
        office.clock.forward(hours=1)
        office.tick(1)
    text = office.paper_text("reminder", "notice", number)
    assert "互联网舆情催办单" in text and "第3次催办" in text and "报送终报" in text
    with office.store.read() as conn:
        (draft,) = [n for n in notices.of_incident(conn, incident) if n.series == "supervision"]
        circular = papers.latest(conn, "circular", "notice", number)
        urged = papers.of_kind(conn, "reminder", "notice", number)
        assert [row["kind"] for row in reading.to_sign(conn, 9)] == ["circular"]
    assert draft.number is None and draft.original_id == number, "a 督办单 waits for its signer"
    assert circular is not None and not circular.facts.get("serial"), "so does a 通报"
    assert not [m for m in office.mails() if "督办单" in m.message["subject"]]
    assert len(urged) >= 3 and len({m.key for m in office.mails() if "reminder-" in m.key}) == len(urged)
    with pytest.raises(CaifengError):
        circulars.issue(office.house, number, Signature("he", "paper"), **office.by())
    assert circulars.issue(office.house, number, SIGNER, **office.by()) == "青舆通〔2026〕1号"
    notice_acts.check(office.house, draft.id, **office.by("he"))
    assert notice_issue.issue(office.house, draft.id, SIGNER, **office.by()).number == "青舆督〔2026〕1号"
    office.tick()
    with office.store.read() as conn:
        assert reading.to_sign(conn, 9) == []
    text = office.paper_text("notice", "notice", draft.id)
    assert "互联网舆情督办单" in text and "青舆警〔2026〕1号" in text and "已超期" in text
    assert "青舆通〔2026〕1号" in office.paper_text("circular", "notice", number)


def test_a_leaders_words_go_into_the_supervision_paper_once(office: Office) -> None:
    number = office.signed()
    demand = Demand("务必查清，限期整改", "赵副区长")
    first = supervision.escalate(office.house, number, demand, **office.by())
    assert supervision.escalate(office.house, number, demand, **office.by()) == first
    office.tick()
    assert "赵副区长批示：“务必查清，限期整改”" in office.paper_text("notice", "notice", first)


def test_a_report_of_wrongdoing_goes_to_the_discipline_office_alone(office: Office) -> None:
    incident = gas_leak(office.store, office.clock(), restricted=True, title="反映某干部吃拿卡要")
    for unit in ("emergency", "st-dongguan", "police"):
        with pytest.raises(CaifengError, match="只能移交"):
            handing_over.hand_over(office.house, incident, Transfer(unit, "职责"), SIGNER, **office.by())
    number = handing_over.hand_over(
        office.house, incident, Transfer("discipline", "监察法第35条"), SIGNER, **office.by()
    )
    assert number == "青舆移〔2026〕1号"
    for _ in range(3):
        office.tick()
    (mail,) = office.mails("paper")
    assert mail.recipient == "discipline@qingshi.localhost"
    assert "吃拿卡要" not in str(mail.message) and "/l/" not in str(mail.message)
    assert "严格保密" in office.paper_text("transfer", "incident", incident)
    assert office.mails("notice") == [] and office.mails("bulletin") == []
    office.clock.forward(minutes=5)
    other = gas_leak(office.store, office.clock())
    with pytest.raises(CaifengError, match="不是举报类"):
        handing_over.hand_over(office.house, other, Transfer("discipline", "x"), SIGNER, **office.by())
