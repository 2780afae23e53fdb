"""Writes X12 835 files as a payer's system does, from invented claims: the other side of what is tested."""

from collections.abc import Iterable, Sequence


def claim(
    number: str = "2026010100001",
    *,
    account: str = "ACC-1",
    status: str = "1",
    billed: str = "1500",
    paid: str = "0",
    share: str = "0",
    plan: str = "12",
    name: str = "SAMPLE*PAT",
    member: str = "W123456789",
    cas: Iterable[str] = (),
    lines: Iterable[Sequence[str]] = (),
    more: Iterable[str] = (),
) -> list[str]:
    """The segments of a claim; ``lines`` are its service lines as groups of segments."""
    return [
        f"CLP*{account}*{status}*{billed}*{paid}*{share}*{plan}*{number}*11*1",
        *(f"CAS*{one}" for one in cas),
        f"NM1*QC*1*{name}****MI*{member}",
        *more,
        *(segment for line in lines for segment in line),
    ]


def line(
    code: str = "HC:J0585", *, billed: str = "1500", paid: str = "0", units: str = "155", day: str = "20260105",
    cas: Iterable[str] = (), remarks: Iterable[str] = (), more: Iterable[str] = (),
) -> list[str]:  # fmt: skip
    """The segments of a service line."""
    return [
        f"SVC*{code}*{billed}*{paid}**{units}",
        f"DTM*472*{day}",
        *(f"CAS*{one}" for one in cas),
        *more,
        *(f"LQ*HE*{one}" for one in remarks),
    ]


def remittance(
    claims: Iterable[Sequence[str]],
    *,
    paid: str = "0",
    payer: str = "EXAMPLE MUTUAL HEALTH",
    day: str = "20260220",
    kept_back: Iterable[str] = (),
    end: str = "~",
    between: str = "\n",
) -> bytes:
    """A whole file with one payment; the counts of its envelope are right."""
    body = [
        "ST*835*0001",
        f"BPR*I*{paid}*C*ACH*CCP*01*999999999*DA*123*1512345678**01*999988880*DA*98765*{day}",
        "TRN*1*EFT0001*1512345678",
        "REF*EV*CLEARING",
        f"DTM*405*{day}",
        f"N1*PR*{payer}",
        "N3*1 EXAMPLE WAY",
        "N4*SAMPLETOWN*NC*27701",
        "PER*BL*CLAIMS*TE*8005550100",
        "N1*PE*SAMPLE NEUROLOGY*XX*1234567893",
        "REF*TJ*123456789",
        "LX*1",
        *(segment for one in claims for segment in one),
        *(f"PLB*1234567893*20261231*{one}" for one in kept_back),
    ]
    isa = "ISA*00*          *00*          *ZZ*EXAMPLEPAYER   *ZZ*SAMPLENEURO    *260220*1200*^*00501*000000001*0*T*:"
    segments = [
        isa,
        "GS*HP*EXAMPLEPAYER*SAMPLENEURO*20260220*1200*1*X*005010X221A1",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]
    return "".join(f"{segment}{end}{between}" for segment in segments).encode()
