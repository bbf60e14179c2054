"""The offices of a new installation are real; the demo set is nobody's."""

import re
from collections import Counter

import pytest
from alembic import command
from sqlalchemy import func, select

from data_layer import demo, schema, seed, thai
from data_layer.access import Role
from data_layer.db import reading
from data_layer.models import (
    AuditEntry,
    AuthorityKind,
    DataVersion,
    Office,
    OfficeKind,
    Registration,
    SsoListing,
    User,
)
from tests import people

NAKHON_PHANOM = {
    "4801": "เมืองนครพนม", "4802": "ปลาปาก", "4803": "ท่าอุเทน", "4804": "บ้านแพง",
    "4805": "ธาตุพนม", "4806": "เรณูนคร", "4807": "นาแก", "4808": "ศรีสงคราม",
    "4809": "นาหว้า", "4810": "โพนสวรรค์", "4811": "นาทม", "4812": "วังยาง",
}  # fmt: skip


def offices(kind, province=None):
    statement = select(Office).where(Office.kind == kind).order_by(Office.code)
    if province:
        statement = statement.where(Office.province_code == province)
    with reading() as session:
        return list(session.scalars(statement))


def counts():
    with reading() as session:
        return {
            table.__name__: session.scalar(select(func.count()).select_from(table))
            for table in (Office, User, Registration, SsoListing, AuditEntry, DataVersion)
        }


@pytest.mark.usefixtures("database")
class TestSeed:
    def test_the_country_has_a_department_76_provinces_and_878_districts(self):
        assert [office.code for office in offices(OfficeKind.DEPARTMENT)] == ["0000"]
        assert len(offices(OfficeKind.PROVINCE)) == 76
        assert len(offices(OfficeKind.DISTRICT)) == 878
        assert not offices(OfficeKind.DISTRICT, "10")

    def test_the_codes_and_names_of_nakhon_phanom_are_those_of_the_ministry(self):
        found = {office.code: office.name_th for office in offices(OfficeKind.DISTRICT, "48")}

        assert found == NAKHON_PHANOM

    def test_krabi_has_the_eight_codes_of_the_circulars_picture(self):
        found = [office.code for office in offices(OfficeKind.DISTRICT, "81")]

        assert found == [f"810{number}" for number in range(1, 9)]

    def test_every_district_says_which_province_it_is_in_and_where_it_lies(self):
        for office in offices(OfficeKind.DISTRICT):
            assert re.fullmatch(r"[1-9][0-9]{3}", office.code)
            assert office.code[:2] == office.province_code
            assert office.district_code == office.code
            assert 5 < office.lat < 21
            assert 97 < office.lon < 106
        for office in offices(OfficeKind.PROVINCE):
            assert office.code == f"{office.province_code}00"

    def test_nothing_real_is_marked_as_a_sample(self):
        assert not any(office.is_sample for kind in OfficeKind for office in offices(kind))

    def test_seeding_again_adds_nothing(self):
        before = counts()

        assert seed.seed_offices() == 0
        assert counts() == before


@pytest.mark.xdist_group("demo")
@pytest.mark.usefixtures("demo_database")
class TestDemo:
    def test_nakhon_phanom_has_its_104_authorities_each_with_a_code_of_its_own(self):
        found = offices(OfficeKind.AUTHORITY)
        kinds = Counter(office.authority_kind for office in found)

        assert kinds == {
            AuthorityKind.PAO: 1,
            AuthorityKind.TOWN: 1,
            AuthorityKind.TAMBON_MUNICIPALITY: 21,
            AuthorityKind.TAO: 81,
        }
        assert len({office.code for office in found}) == 104
        for office in found:
            assert re.fullmatch(r"0[2456]48[01][0-9]{3}", office.code)
            assert office.district_code in NAKHON_PHANOM
            assert office.code[2:6] == office.district_code
            assert office.is_sample

    def test_nobodys_number_is_one_that_a_registry_could_have(self):
        with reading() as session:
            numbers = [user.citizen_id for user in session.scalars(select(User))]

        assert len(numbers) == len(set(numbers)) > 300
        for number in numbers:
            assert number[1:5] == "9999"
            assert thai.citizen_id(number) == number

    def test_every_demo_person_is_called_a_sample(self):
        with reading() as session:
            users = session.scalars(select(User)).all()

        assert all(user.last_name.startswith(demo.SAMPLE_LAST_NAME) for user in users)
        assert all(user.email.endswith("@example.go.th") for user in users)

    def test_loading_twice_changes_nothing(self):
        before = counts()

        assert not demo.load()
        assert counts() == before

    def test_each_demo_account_signs_in_with_its_role(self):
        for account in demo.demo_accounts():
            who = people.identify(people.sign_in_with(account.username, account.password))
            assert (who.role, who.office_code) == (account.role, account.office)
            assert who.is_confirmed
        assert {account.role for account in demo.demo_accounts()} == set(Role)

    def test_the_office_of_the_manuals_story_is_still_free(self):
        assert people.claimant("4807")

    def test_the_tables_can_be_taken_back_with_its_rows_and_made_again(self):
        command.downgrade(schema.alembic_config(), "base")
        assert not schema.is_current()

        schema.migrate()

        assert schema.is_current()
        assert seed.seed_offices() == 955
