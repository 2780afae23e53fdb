"""Time limits of letters in Spanish, in which plans write to members. Everything is invented."""

import pytest

from tests.kept import read_text

LETTER = """PLAN DE SALUD EJEMPLO
Apartado Postal 100, Anytown, OH 44101

2 de marzo de 2026

Juana Q. Doe
Número de identificación: 522000014

AVISO DE DECISIÓN ADVERSA

Estimada Juana Doe:

Su médico pidió inyecciones de Botox (J0585). Hemos negado esta solicitud porque no es médicamente necesaria. En los
últimos 12 meses usted no probó dos medicinas durante 2 meses.

{told}

Servicios para Miembros: 800-555-0150, las 24 horas del día, los 7 días de la semana.
"""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Usted puede apelar dentro de 60 días calendario a partir de la fecha de esta carta.",
         [("internal_appeal", 60, "day", "letter_date", "2026-05-01")]),
        ("Usted tiene sesenta (60) días desde la fecha de este aviso para presentar una apelación.",
         [("internal_appeal", 60, "day", "letter_date", "2026-05-01")]),
        ("Puede presentar una apelación dentro de los ciento ochenta (180) días después de recibir esta carta.",
         [("internal_appeal", 180, "day", "receipt", "2026-08-29")]),
        ("Usted debe apelar a más tardar el 1 de mayo de 2026.",
         [("internal_appeal", None, None, "unstated", "2026-05-01")]),
        ("Para que sus servicios continúen, debe pedirlo dentro de 10 días hábiles de la fecha de este aviso.",
         [("continuation_of_benefits", 10, "business_day", "letter_date", "2026-03-16")]),
        ("Puede solicitar una revisión externa dentro de 4 meses de la fecha de esta carta.",
         [("external_review", 4, "month", "letter_date", "2026-07-02")]),
        ("Si pide una apelación, le enviaremos nuestra decisión dentro de 30 días.",
         [("payer_decision", 30, "day", "unstated", None)]),
        ("Puede pedir una audiencia imparcial estatal dentro de 120 días de la decisión sobre su apelación.",
         [("fair_hearing", 120, "day", "decision_date", None)]),
        ("Llame si tiene preguntas.", []),
    ],
)  # fmt: skip
def test_a_limit_in_spanish_is_counted_as_one_in_english(told: str, expected: list[tuple[object, ...]]) -> None:
    (letter,) = read_text(LETTER.format(told=told).encode()).letters
    assert letter.letter_date is not None
    assert letter.letter_date.value == "2026-03-02"
    found = [(c.kind.value, c.amount, c.unit and c.unit.value, c.anchor.value, c.due) for c in letter.clocks]
    assert found == expected
