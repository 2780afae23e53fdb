"""``python -m sample_letters.generator``: writes the public corpus, or fresh letters for measuring.

The public corpus:    --out sample_letters --seed 2026
A hundred new ones:   --out /tmp/fresh --seed 7 --count 100 --joined /tmp/fresh/joined
A thousand of houses: --out /tmp/apart --seed 7 --count 1000 --houses apart --text --joined /tmp/apart/joined
Of one page class:    --class fax-standard --count 60 --seed 7 --joined /tmp/fax    (with NAME.truth.txt beside each)
"""

import argparse
import sys
from pathlib import Path

from sample_letters.generator import batch, charts, corpus, measured
from sample_letters.generator.classes import PageClass
from sample_letters.generator.houses import Side
from sample_letters.generator.spec import MEDIA_OF_HOUSES, TEXT_MEDIA, fresh, housed, public


def main() -> int:
    """Writes the corpus and says how much."""
    parser = argparse.ArgumentParser(prog="python -m sample_letters.generator", description=__doc__)
    parser.add_argument("--out", type=Path, help="folder that gets letters/ and gold/")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--count", type=int, default=0, help="letters drawn at random instead of the public plan")
    parser.add_argument(
        "--joined", type=Path, help="also link documents and gold into this folder, for `denials evaluate`"
    )
    parser.add_argument(
        "--class", dest="page_class", type=PageClass, choices=list(PageClass), help="fresh letters of a page class"
    )
    parser.add_argument("--houses", type=Side, choices=list(Side), help="fresh letters of the house styles of a side")
    parser.add_argument("--text", action="store_true", help="of the houses only letters that need no OCR")
    args = parser.parse_args()
    if args.page_class:
        if not (args.joined and args.count):
            parser.error("--class needs --count and --joined DIR")
        count = measured.write(measured.samples(args.page_class, args.count, args.seed), args.joined)
        sys.stdout.write(f"{count} documents of class {args.page_class} in {args.joined}\n")
        return 0
    if not args.out:
        parser.error("--out is missing: which folder gets the letters?")
    if args.houses:
        if not args.count:
            parser.error("--houses needs --count")
        media = TEXT_MEDIA if args.text else MEDIA_OF_HOUSES
        specs = housed(corpus.source(args.seed, args.houses), args.count, side=args.houses, media=media)
        count = corpus.write((corpus.sample(s, args.seed) for s in specs), args.out)
    elif args.count:
        specs = fresh(corpus.source(args.seed, "specs"), args.count)
        count = corpus.write((corpus.sample(s, args.seed) for s in specs), args.out)
    else:
        count = corpus.write((corpus.sample(s, args.seed) for s in public()), args.out)
        count += corpus.write(batch.samples(args.seed), args.out)
        charts.write(args.out / "charts", args.seed)
    if args.joined:
        corpus.joined(args.out, args.joined)
    sys.stdout.write(f"{count} documents in {args.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
