"""The figures: what is drawn, how it differs without colour, and how little is sent."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from pages.components import chart_bars, chart_map, chart_time
from tests.pages.components.frames import areas, offices

TODAY = date(2026, 11, 26)


def bars(*args, **kwargs):
    return checked(chart_bars.bars(*args, **kwargs))


def office_map(*args, **kwargs):
    return checked(chart_map.office_map(*args, **kwargs))


def over_time(*args, **kwargs):
    return checked(chart_time.over_time(*args, **kwargs))


def checked(figure):
    """As plotly reads it; what it does not know, it refuses."""
    return go.Figure(figure)


def traces(figure):
    return {trace.name: trace for trace in figure.data if trace.name}


def test_map_draws_every_office_once():
    points = traces(office_map(offices(878)))

    assert sum(len(trace.x) for trace in points.values()) == 878
    assert {code for trace in points.values() for code in trace.customdata} == set(
        offices(878)["code"]
    )


def test_map_tells_the_states_apart_without_colour():
    symbols = {trace.marker.symbol for trace in traces(office_map(offices(9))).values()}

    assert len(symbols) == 3


def test_map_draws_what_is_missing_on_top():
    assert office_map(offices(9)).data[-1].name == "ยังไม่ลงทะเบียน"


def test_map_names_the_offices_of_a_province_but_not_those_of_the_country():
    assert "อำเภอที่ 0" in office_map(offices(12)).data[0].text
    assert all(trace.text is None for trace in office_map(offices(878)).data)


def test_map_of_no_office_is_empty_and_does_not_fail():
    assert sum(len(trace.x) for trace in office_map(offices(0)).data) == 0


def test_names_are_shown_letter_by_letter():
    frame = offices(3).assign(name="<a href='//evil'>x</a>")

    assert "<a" not in office_map(frame).to_json()
    assert "<a" not in bars(areas(3).assign(name="<a href='//evil'>x</a>")).to_json()


def test_bars_show_the_worst_first_and_no_more_than_can_be_read():
    figure = bars(areas(76))

    missing = traces(figure)["ยังไม่ลงทะเบียน"]
    assert missing.x == tuple(range(75, 55, -1))
    assert figure.layout.yaxis.ticktext[0].strip() == "จังหวัดที่ 75"


def test_bars_show_every_area_when_asked():
    assert len(bars(areas(76), limit=None).data[0].x) == 76


def test_bars_say_their_numbers_and_stripe_what_waits():
    drawn = traces(bars(areas(3)))

    assert drawn["ยังไม่ลงทะเบียน"].text == ("2", "1", "")
    assert drawn["รอยืนยัน"].marker.pattern.shape
    assert not drawn["ลงทะเบียนแล้ว"].marker.pattern.shape


def test_over_time_has_thai_days_and_what_is_expected():
    frame = pd.DataFrame({"on": [date(2026, 10, 12), date(2026, 11, 20)], "registered": [3, 520]})
    figure = over_time(frame, expected=878, until=TODAY)

    assert figure.layout.xaxis.ticktext[0] == "12 ต.ค. 2569"
    assert figure.layout.xaxis.ticktext[-1] == "26 พ.ย. 2569"  # nobody came since
    assert figure.data[0].y == (878, 878)
    assert figure.data[1].y == (3, 520, 520)


def test_over_time_of_one_day_and_of_none():
    frame = pd.DataFrame({"on": [date(2026, 10, 12)], "registered": [3]})

    assert over_time(frame, expected=12, until=frame["on"].iloc[-1]).data[1].mode == "markers"
    nobody = over_time(frame.iloc[:0], expected=12, until=TODAY)
    assert nobody.data[1].x == ()
    assert nobody.layout.annotations[0].text == "ยังไม่มีการลงทะเบียน"


def test_over_time_of_a_few_offices_counts_whole_ones():
    frame = pd.DataFrame({"on": [date(2026, 10, 12)], "registered": [1]})

    assert over_time(frame, expected=3, until=TODAY).layout.yaxis.dtick == 1


def test_figures_are_small():
    days = pd.DataFrame({"on": [date(2026, 1, 1 + day) for day in range(31)], "registered": 7})

    assert len(office_map(offices(878)).to_json()) < 75_000
    assert len(bars(areas(76)).to_json()) < 13_000
    assert len(over_time(days, expected=878, until=TODAY).to_json()) < 8_000


def test_no_finger_is_caught_by_an_axis():
    for figure in (office_map(offices(9)), bars(areas(3))):
        assert figure.layout.xaxis.fixedrange
        assert figure.layout.yaxis.fixedrange


def page():
    import streamlit as st  # noqa: PLC0415  (AppTest runs the function alone)

    from pages.components.chart_map import office_map  # noqa: PLC0415
    from pages.components.charts import draw_charts, packed, panel  # noqa: PLC0415
    from tests.pages.components.frames import offices  # noqa: PLC0415

    st.text(str(draw_charts(packed([panel("map", "", office_map(offices(9)), alt="แผนที่")]))))


def test_a_pick_is_told_once():
    at = AppTest.from_function(page, default_timeout=30).run()
    at.session_state["charts.picked"] = "1104"

    assert at.run().text[0].value == "1104"
    assert at.run().text[0].value == "None"


@pytest.mark.parametrize("forged", ["9999", "", 1104])
def test_a_pick_of_what_was_not_drawn_is_none(forged):
    at = AppTest.from_function(page, default_timeout=30).run()
    at.session_state["charts.picked"] = forged

    assert not at.run().exception
    assert at.text[0].value == "None"
