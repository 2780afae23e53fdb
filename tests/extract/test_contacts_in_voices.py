"""Numbers in many voices and layouts, told by what they are for; and those of others, which are for nothing."""

import pytest

from tests.extract.plain_letter import letter

HEAD = (
    "CEDAR COAST BENEFIT TRUST\n700 Harbor Way, Portland, OR 97201\n\nMarch 2, 2026\n\nDear Dr. Amsel:\n\n"
    "Coverage of erenumab for Ravi Thorne was reviewed. We deny the request since no headache diary was sent.\n\n"
)
RECORD = "CEDAR COAST BENEFIT TRUST\n700 Harbor Way, Portland, OR 97201\n\n"


def told(text: str) -> set[str]:
    return {
        f"{c.purpose.value} {c.channel.value} {c.value}" for c in letter(text).contacts if c.channel.value != "mail"
    }


SAID = [
    (
        "Call note: Rep said fax appeals to 855-555-0101, clinical notes go to 855-555-0102.",
        {"appeal fax 8555550101", "records fax 8555550102"},
    ),
    ("Rep Joanna (ext 44) said: to set up the doctor call dial 800-555-0103.", {"peer_to_peer phone 8005550103"}),
    (
        "* Appeals fax 866-555-0115\n* P2P line 866-555-0116\n* Portal: appeals at www.brmplan.example/appeals\n",
        {"appeal fax 8665550115", "appeal portal www.brmplan.example/appeals", "peer_to_peer phone 8665550116"},
    ),
    (
        "FAQ\nWhere do I send my appeal? Fax 866-555-0117.\nWho can help me? Member Services, 866-555-0"
        "118.\nCan I complain to the state? Yes: Department of Insurance, 855-555-0119.\n",
        {"appeal fax 8665550117", "member_services phone 8665550118", "regulator phone 8555550119"},
    ),
    (
        "Footer | Appeals F 866-555-0120 | Members T 866-555-0121 | Providers T 866-555-0122",
        {"appeal fax 8665550120", "member_services phone 8665550121", "provider_services phone 8665550122"},
    ),
    (
        "Your office's fax on file: 608-555-0123. If it is wrong, tell Provider Relations at 866-555-0124.",
        {"provider_services phone 8665550124"},
    ),
    ("We faxed this denial to 608-555-0125 on March 2. Appeals are accepted by mail only.", set()),
    ("Do not fax appeals to the claims line 866-555-0128.", set()),
    ("To appeal, write to us. Questions about the appeal? 866-555-0129.", {"appeal phone 8665550129"}),
    (
        "| Purpose | Phone | Fax |\n|---|---|---|\n| Appeals | 866-555-0130 | 866-555-0131 |\n| Expedite"
        "d appeals | 866-555-0132 | 866-555-0133 |\n| Peer-to-peer | 866-555-0134 | - |\n",
        {
            "appeal fax 8665550131",
            "appeal phone 8665550130",
            "expedited_appeal fax 8665550133",
            "expedited_appeal phone 8665550132",
            "peer_to_peer phone 8665550134",
        },
    ),
    (
        "Requesting provider: Ashford Neurology, Tel 608-555-0135, Fax 608-555-0136\n\nAppeal by fax to 866-555-0137.",
        {"appeal fax 8665550137"},
    ),
    ("If you want a fast appeal, ring 866-555-0138 any hour.", {"expedited_appeal phone 8665550138"}),
    (
        "Payment disputes: portal brmprovider.example/disputes, fax 866-555-0140.",
        {"provider_dispute fax 8665550140", "provider_dispute portal brmprovider.example/disputes"},
    ),
    (
        "Ayuda en español: 866-555-0141. Free interpreters: 866-555-0142. TTY 711.\nAppeals desk fax: 866-555-0143",
        {"appeal fax 8665550143"},
    ),
    (
        "Fax number for appeals ........ (866) 555-0144\nPhone for peer review calls ... (866) 555-014"
        "5\nNurse line .................... (866) 555-0146",
        {"appeal fax 8665550144", "peer_to_peer phone 8665550145"},
    ),
    (
        "Send the MRI report to Case Review, fax 866.555.0147, so the reviewer can look again. An app"
        "eal is a separate step: fax 866.555.0148.",
        {"appeal fax 8665550148", "records fax 8665550147"},
    ),
    (
        "The previous appeal number, 866-555-0149, was switched off in January. Appeals now go by fax to 866-555-0150.",
        {"appeal fax 8665550150"},
    ),
    (
        "Dr. Okafor, who reviewed this case, may be reached at 866-555-0151 for a physician discussion.",
        {"peer_to_peer phone 8665550151"},
    ),
    ("cc: Lakeshore Headache Clinic, fax 608-555-0152", set()),
    (
        "Grievances and Appeals Dept., ph. 866-555-0153, f. 866-555-0154",
        {"appeal fax 8665550154", "appeal phone 8665550153"},
    ),
    (
        "Contact us\nMember help: 866-555-0155 (TTY 711)\nDoctor's offices: 866-555-0156\n",
        {"member_services phone 8665550155", "provider_services phone 8665550156"},
    ),
    (
        "Specialty pharmacy: 866-555-0161. Pharmacy prior authorization fax: 866-555-0162. Member app"
        "eals fax: 866-555-0163.",
        {"appeal fax 8665550163"},
    ),
    (
        "You can send your appeal through MyBlueRidge (myblueridge.example), by e-mail to appeals@brm"
        ".example, or by calling the number on the card.",
        {"appeal email appeals@brm.example", "appeal portal myblueridge.example"},
    ),
    (
        "Appeals and Grievances, PO Box 88, Asheville NC 28802 / 866-555-0164 / fax 866-555-0165",
        {"appeal fax 8665550165", "appeal phone 8665550164"},
    ),
    ("Provider's appeal address is the same as the member's; fax 866-555-0169.", {"appeal fax 8665550169"}),
    (
        "Peer review scheduling, 8-5 ET, 866-555-0170 opt 2; do not leave records on this line.",
        {"peer_to_peer phone 8665550170"},
    ),
    (
        "Submit refund checks with form 12 or fax a rebuttal to Recovery, 866-555-0171. Appeals of th"
        "e overpayment: fax 866-555-0172.",
        {"appeal fax 8665550172"},
    ),
    (
        "Notes of call with plan: Rep Ines says appeals fax is 877-555-0201; chart notes to 877-555-0"
        "202; she is at 877-555-0203 x9.",
        {"appeal fax 8775550201", "records fax 8775550202"},
    ),
    ("Rep: p2p sched 877-555-0204, opt 3. Ref# 88123.", {"peer_to_peer phone 8775550204"}),
    (
        "* Peer calls - 877-555-0219\n* Written appeals - fax 877-555-0220\n* Anything else - 877-555-0221\n",
        {"appeal fax 8775550220", "peer_to_peer phone 8775550219"},
    ),
    (
        "Q. Where do my notes go? A. To 877-555-0222 by fax.\nQ. Where does my appeal go? A. Fax 877-555-0223.\n",
        {"appeal fax 8775550223", "records fax 8775550222"},
    ),
    (
        "Appeals T 877-555-0224 F 877-555-0225 · Members T 877-555-0226",
        {"appeal fax 8775550225", "appeal phone 8775550224", "member_services phone 8775550226"},
    ),
    ("We have your fax as 503-555-0227; appeals are faxed to 877-555-0228.", {"appeal fax 8775550228"}),
    (
        "The reviewer wants the diary by fax at 877-555-0229 and not at the appeals fax, 877-555-0230.",
        {"appeal fax 8775550230", "records fax 8775550229"},
    ),
    (
        "Our former appeals fax 877-555-0231 has been retired. Use 877-555-0232 to fax an appeal.",
        {"appeal fax 8775550232"},
    ),
    ("Do not use 877-555-0233 for appeals. That is the pharmacy's intake fax.", set()),
    ("To speak to the deciding pharmacist ring 877-555-0234 before noon.", {"peer_to_peer phone 8775550234"}),
    ("Send the missing diary to 877-555-0235 (fax). For an appeal, mail only.", {"records fax 8775550235"}),
    (
        "Referring office: Pine Street Clinic, F: 503-555-0236. Plan appeals unit, F: 877-555-0237.",
        {"appeal fax 8775550237"},
    ),
    (
        "Your patient can call Customer Care on 877-555-0240. You can call Network Support on 877-555-0241.",
        {"member_services phone 8775550240", "provider_services phone 8775550241"},
    ),
    ("To reach the outside reviewers once we have decided: fax 855-555-0242.", {"external_review fax 8555550242"}),
    ("State insurance division: 855-555-0243. Hospital billing office: 503-555-0244.", {"regulator phone 8555550243"}),
    (
        "Habla español? 877-555-0245. Interpreters: 877-555-0246. To appeal: 877-555-0247 (fax).",
        {"appeal fax 8775550247"},
    ),
    (
        "MD to MD ............ 877-555-0248\nAppeal (written) .... FAX 877-555-0249\nAfter hours ......"
        "... 877-555-0250",
        {"appeal fax 8775550249", "peer_to_peer phone 8775550248"},
    ),
    ("A copy of this letter went to the member and, by fax, to 503-555-0251.", set()),
    (
        "Upload an appeal at portal.cedarcoast.example or e-mail appeals@cedarcoast.example.",
        {"appeal email appeals@cedarcoast.example", "appeal portal portal.cedarcoast.example"},
    ),
    (
        "The member's attorney, fax 503-555-0252, has asked for the file. Appeals: fax 877-555-0253.",
        {"appeal fax 8775550253"},
    ),
    (
        "Payment dispute unit - fax 877-555-0254 - only for contracted providers. Clinical appeals - fax 877-555-0255.",
        {"appeal fax 8775550255", "provider_dispute fax 8775550254"},
    ),
    ("Legend: AF = appeals fax 877-555-0256; PF = prior auth fax 877-555-0257", {"appeal fax 8775550256"}),
    (
        "| Need | Reach |\n|---|---|\n| Appeal | fax 877-555-0258 |\n| New request | fax 877-555-0259 |\n"
        "| Doctor call | 877-555-0260 |\n",
        {"appeal fax 8775550258", "peer_to_peer phone 8775550260"},
    ),
    ("Questions about this letter? Provider line 877-555-0261, Mon-Fri.", {"provider_services phone 8775550261"}),
    ("This fax came from 877-555-0264. Appeals may be faxed to the number on the first page.", set()),
    (
        "For the same-specialty discussion, dial 877-555-0265; the line takes no appeals.",
        {"peer_to_peer phone 8775550265"},
    ),
    (
        "Records? 877-555-0266 (fax). Appeals? 877-555-0267 (fax). Questions? 877-555-0268.",
        {"appeal fax 8775550267", "provider_services phone 8775550268", "records fax 8775550266"},
    ),
    (
        "Appeal address: Cedar Coast Appeals, Box 9, Portland OR 97202, or facsimile 877-555-0269.",
        {"appeal fax 8775550269"},
    ),
    ("Medical director's office (peer discussions): 877-555-0270", {"peer_to_peer phone 8775550270"}),
    (
        "You may ask for an external review by the Department of Insurance. Call 855-555-0301 for the form.",
        {"external_review phone 8555550301"},
    ),
    (
        "An outside review follows. Telephone 877-555-0302 and we will send the form.",
        {"external_review phone 8775550302"},
    ),
    (
        "Recovery staff: 877-555-0303. Disputes: fax 877-555-0304.",
        {"provider_dispute fax 8775550304", "provider_services phone 8775550303"},
    ),
    ("Benefit Services: 877-555-0305.", {"member_services phone 8775550305"}),
    (
        "Send us the notes by fax at 877-555-0306 or by e-mail to notes@cedarcoast.example.",
        {"records email notes@cedarcoast.example", "records fax 8775550306"},
    ),
    (
        "Anything the reviewer should see may be faxed to 877-555-0307. Appeals: fax 877-555-0308.",
        {"appeal fax 8775550308", "records fax 8775550307"},
    ),
    ("The old appeals fax 877-555-0309 is closed.", set()),
    ("The diary goes to the reviewer, fax 877-555-0310, not to appeals.", set()),
    (
        "Provider's office: phone 503-555-0311, fax 503-555-0312. Appeal by fax, 877-555-0313.",
        {"appeal fax 8775550313"},
    ),
]

RECORDED = [
    (
        "notice_date,status,appeal_fax,p2p_phone,records_fax,provider_fax\n2026-03-02,DENIED,866-555-0"
        "111,866-555-0112,866-555-0113,608-555-0114\n",
        {"appeal fax 8665550111", "peer_to_peer phone 8665550112", "records fax 8665550113"},
    ),
    (
        "CLAIM ID.....: 77120\nNPI..........: 1234567893\nSTATUS.......: DENIED\nDISPUTE FAX..: 877-555-"
        "0205\nHELP.........: 877-555-0206\n",
        {"provider_dispute fax 8775550205", "provider_services phone 8775550206"},
    ),
    (
        '{"claim": {"id": "88", "cpt": "64615"}, "contacts": {"appeals": {"fax": "877-555-0207"}, "p2'
        'p": {"phone": "877-555-0208"}}, "submitter": {"fax": "503-555-0209"}}\n',
        {"appeal fax 8775550207", "peer_to_peer phone 8775550208"},
    ),
    (
        "Desk|Phone|Fax\nAppeals|877-555-0210|877-555-0211\nProvider services|877-555-0212|877-555-0213"
        "\nYour practice|503-555-0214|503-555-0215\n",
        {
            "appeal fax 8775550211",
            "appeal phone 8775550210",
            "provider_services fax 8775550213",
            "provider_services phone 8775550212",
        },
    ),
    (
        "claim_id;result;member_phone;appeals_fax;clinic_fax\n9912;DENIED;503-555-0216;877-555-0217;503-555-0218\n",
        {"appeal fax 8775550217"},
    ),
    (
        "Unit|Phone|Fax\nAppeals|877-555-0316|877-555-0317\nReferring clinic|503-555-0318|503-555-0319\n",
        {"appeal fax 8775550317", "appeal phone 8775550316"},
    ),
]


@pytest.mark.parametrize(("body", "numbers"), SAID)
def test_numbers_of_a_letter(body, numbers):
    assert told(f"{HEAD}{body}\n") == numbers


@pytest.mark.parametrize(("body", "numbers"), RECORDED)
def test_numbers_of_a_record(body, numbers):
    assert told(f"{RECORD}{body}\n") == numbers
