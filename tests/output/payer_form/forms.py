"""Fillable forms for the tests, drawn here: labels beside and above fields, boxes, buttons, a comb, a list."""

import io

import pikepdf
from reportlab.pdfgen.canvas import Canvas


def drawn_form() -> bytes:
    """A form of one page with a field of every kind, as payers have them."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 760, "Provider appeal form (invented for tests)")
    canvas.setFont("Helvetica", 10)
    text = canvas.acroForm.textfield
    for label, name, y in (
        ("Member's name:", "f1", 720), ("Member ID #:", "f2", 690), ("Claim number:", "f3", 660),
        ("Provider phone:", "f4", 630), ("Rendering provider NPI:", "f5", 600), ("Pharmacy fax number:", "f6", 570),
    ):  # fmt: skip
        canvas.drawString(60, y + 5, label)
        text(name=name, x=190, y=y, width=150, height=18, fontSize=10, borderWidth=1)
    canvas.drawString(380, 742, "Date of birth")
    text(name="f7", x=380, y=720, width=120, height=18, fontSize=0, maxlen=10)
    canvas.drawString(380, 695, "Date of denial letter")
    text(name="f8", x=380, y=672, width=120, height=18, fontSize=10, maxlen=8, fieldFlags="comb")
    for label, name, y in (("First level appeal", "b1", 530), ("Expedited / urgent", "b2", 510)):
        canvas.acroForm.checkbox(name=name, x=60, y=y, size=12)
        canvas.drawString(78, y + 2, label)
    canvas.drawString(60, 480, "Description of service denied:")
    text(name="f9", x=60, y=430, width=440, height=44, fontSize=10, fieldFlags="multiline")
    canvas.drawString(60, 405, "Send the answer by:")
    canvas.acroForm.choice(name="c1", x=190, y=400, width=100, height=18, options=["Mail", "Fax"], value="Mail")
    canvas.drawString(60, 375, "Signature of the member (demanded):")
    text(name="f10", x=260, y=370, width=200, height=18, fontSize=10, fieldFlags="required")
    for value, x in (("pre", 60), ("post", 160)):
        canvas.acroForm.radio(name="r1", value=value, selected=False, x=x, y=340, size=12)
        canvas.drawString(x + 18, 342, f"{value}-service")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def with_scripts(data: bytes) -> bytes:
    """The same form as it comes from a maker who leaves scripts and a second description of the form in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hello')"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
        pdf.Root.AcroForm.XFA = pikepdf.String("<xdp/>")
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.Root.AcroForm.Fields[0].AA = pikepdf.Dictionary(K=script)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def turned(data: bytes, angle: int) -> bytes:
    """The form on pages that are shown turned, their crop box cut by an inch at the left and the bottom."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.rotate(angle, relative=False)
            page.cropbox = [36, 36, 595, 842]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
