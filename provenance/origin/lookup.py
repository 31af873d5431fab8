"""The answer of `lookup country`: what a country text means, as plain values."""

from __future__ import annotations

from provenance.countries import resolve_country


def lookup_country(text: str) -> dict[str, object]:
    """Return what a country-of-origin text means.

    Returns:
        `text`, `status` (country, several, ambiguous, unknown), `countries` (ISO 3166-1 alpha-2) and `reason`.
    """
    answer = resolve_country(text)
    return {
        "text": text,
        "status": answer.status.value,
        "countries": list(answer.countries),
        "reason": answer.reason,
    }
