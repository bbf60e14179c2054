"""Names on a small map: beside their point, never upon another."""

from pages.components.labels import places, width_px


def test_a_lone_name_stands_above_its_point():
    assert places([(0, 0)], ["นาแก"]) == ["top center"]


def test_a_name_moves_away_from_a_point_above_it():
    assert places([(0, 0), (0, -20)], ["นาแก", "นาทม"])[0] == "bottom center"


def test_two_names_on_one_line_do_not_read_as_one():
    width = width_px("นาทม")

    assert places([(0, 0), (width + 2, 0)], ["นาทม", "นาทม"]) == ["top center", "bottom center"]


def test_a_name_without_room_is_left_out():
    crowd = [(x * 12.0, y * 12.0) for x in range(5) for y in range(5)]

    assert None in places(crowd, ["เมืองนครพนม"] * 25)


def test_marks_above_and_below_take_no_width():
    assert width_px("ที่นี่") == width_px("ทน")
