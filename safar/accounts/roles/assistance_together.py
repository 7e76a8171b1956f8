"""Permissions of the assistance wing that several of its roles have together."""

# Sharing a case with partners: consents, referrals out and in.
SHARES = frozenset(
    {
        "cases.read_sharing",
        "cases.read_partners",
        "cases.give_consent",
        "cases.withdraw_consent",
        "cases.send_notice",
        "cases.acknowledge_notice",
        "cases.disclose",
        "cases.draft_referral",
        "cases.change_referral",
        "cases.send_referral",
        "cases.answer_referral",
        "cases.expire_referral",
        "cases.receive_referral",
        "cases.accept_incoming",
        "cases.decline_incoming",
        "cases.link_incoming",
        "cases.finish_incoming",
    }
)
KEEPS_PARTNERS = frozenset(
    {
        "cases.read_partners",
        "cases.add_partner",
        "cases.change_partner",
        "cases.make_agreement",
        "cases.end_agreement",
    }
)
FINDS = frozenset({"cases.find", "cases.read_person"})
# Registering people, and keeping what is known of them.
KEEPS_PEOPLE = FINDS | frozenset(
    {
        "cases.add_member",
        "cases.change_person",
        "cases.add_name",
        "cases.end_name",
        "cases.add_number",
        "cases.remove_number",
        "cases.add_contact",
        "cases.change_contact",
        "cases.end_contact",
        "cases.relate",
        "cases.unrelate",
        "cases.move_in",
        "cases.move_out",
        "cases.judge_people",
        "cases.take_back_judgement",
    }
)

# Lists of cases from a spreadsheet; the background work acts on behalf of the same person.
IMPORTS = frozenset(
    {
        "cases.hand_in_list",
        "cases.read_list",
        "cases.confirm_list",
        "cases.load_list",
        "cases.note_list_failed",
        "cases.drop_list",
        "movements.import_files",
        "returns.import_files",
    }
)
