"""What the tests of the pages share."""

SEAT = {
    "position_title": "Mayor",
    "organization": "City council",
    "side": "government",
    "role": "chair",
    "voting": "on",
}
