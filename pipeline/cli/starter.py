"""The two files that ``denials init`` writes: settings and who we are, every key with its meaning."""

import os
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.settings import FILE_NAME, PRACTICE_NAME, defaults

_SETTINGS = """\
# denials.toml: settings of this data folder.
# A flag on the command line wins over the environment (DENIALS_ and the key in capitals), and that over this file.
# A line that starts with # is off; the value shown is what holds without it. An unknown key is an error.

# Folder that letters are dropped into; sub-folders are looked through too.
# inbox = "/srv/denials/inbox"

# Folder with one sub-folder of clinical documents a patient.
# charts = "/srv/denials/charts"

# Documents worked on at the same time.
# jobs = {jobs}

# A file is taken when it has not changed for this many seconds.
# settle_seconds = {settle_seconds:g}

# Limits of one document: size of the file, pages, size of a page image, time, memory.
# max_file_mb = {max_file_mb}
# max_pages = {max_pages}
# max_megapixels = {max_megapixels}
# max_seconds = {max_seconds:g}
# max_memory_mb = {max_memory_mb}

# No more letters are taken in when less than this is free on the disk of the data folder.
# free_space_floor_mb = {free_space_floor_mb}

# When `denials schedule` runs a batch: minute, hour, day of month, month, day of week, in this time zone.
# cron = "{cron}"
# timezone = "{timezone}"

# Another database than the SQLite file in this folder, as postgresql://user@host/name.
# database_url = ""

# Where `denials review` listens. Leave the host at 127.0.0.1 unless a proxy with TLS stands in front.
# review_host = "{review_host}"
# review_port = {review_port}

# Whether everybody must show a code of their telephone beside the password; without it each person may.
# second_factor = false

# What goes to log/: debug, info, warning or error. Logs hold ids and codes, never the text of a letter.
# log_level = "{log_level}"
"""

_PRACTICE = """\
# practice.yaml: who we are. Every key may stay out; what is here makes these better:
#   names, tins, npis, phones, faxes  our own numbers are never taken for the payer's; our own outgoing letters and
#                                     letters meant for somebody else are told apart
#   clinicians                        who can hold a peer-to-peer call, and whether a specialist prescribed
#   contracts                         time limits and amounts that stand in a contract and not in the letter
# An unknown key is an error. Write identifiers as they are, with or without dashes.

# names:
#   - Example Neurology PLLC
#   - Example Neurology

# tins:
#   - 00-0000000

# npis:
#   - 1234567893

# phones:
#   - 555-555-0100

# faxes:
#   - 555-555-0101

# locations:
#   - 1 Example Street, Springfield

# places:                             # our locations, where people see only those of theirs (People, at the desk);
#   - name: North office              # what stands here belongs to this one alone
#     npis:
#       - 1234567893
#     tins:
#       - 00-0000000
#     known_as:                       # providers or the location, as letters and your own lists write them
#       - Example Neurology North
#     folders:                        # patient folders
#       - N-*

# clinicians:
#   - name: Alex Example, MD
#     npi: 1234567893
#     specialty: neurology

# contracts:                          # one entry a payer, or a payer and line of business
#   - payer: Example Health Plan
#     line_of_business: commercial    # commercial, marketplace, medicare_advantage, medicaid ...
#     participating: yes
#     dispute_days: 90                # calendar days to dispute a payment
#     corrected_claim_days: 180       # calendar days to send a corrected claim
#     retro_authorization_days: 14    # calendar days to ask for an authorization afterwards
#     write_off_below: 25.00          # less than this is not worth an appeal
#     expected_allowed:               # what the contract pays a unit, by code
#       J0585: 6.50
#       64615: 155.00
"""


def write_starter_files(data: Path) -> list[tuple[Path, bool]]:
    """Write ``denials.toml`` and ``practice.yaml`` where they are missing; each path, and whether it was written.

    Raises:
        UsageError: a file cannot be written.
    """
    wanted = ((FILE_NAME, _SETTINGS.format(**defaults())), (PRACTICE_NAME, _PRACTICE))
    return [(data / name, _written(data / name, content)) for name, content in wanted]


def _written(path: Path, content: str) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write(content)
    except FileExistsError:
        return False
    except OSError as error:
        raise UsageError(
            f"file {path}", why=os.strerror(error.errno or 0).lower(), advice="Name a data folder you may write to."
        ) from None
    return True
