"""A small picture, made here: no file of it is kept."""

import io

from PIL import Image


def _png():
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "#5a2d82").save(stream, "PNG")
    return stream.getvalue()


PICTURE = _png()
