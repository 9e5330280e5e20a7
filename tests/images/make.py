"""Makes the images of the tests again: `python3 tests/images/make.py`, with Pillow installed."""

from pathlib import Path
from random import Random

from PIL import Image, ImageCms, ImageDraw, ImageFilter

here = Path(__file__).parent


def scene(width, height, seed=1):
    """Hills under a sky, with some grain, so that it packs as a photograph does."""
    random = Random(seed)
    image = Image.new("RGB", (width, height), (150, 190, 220))
    draw = ImageDraw.Draw(image)
    for level in range(5):
        top = height * (level + 3) // 9
        points = [(x, top + random.randint(-height // 14, height // 14)) for x in range(0, width + 40, 40)]
        draw.polygon([(0, height), *points, (width, height)], fill=(60 + 20 * level, 120 - 14 * level, 70))
    grain = Image.effect_noise((width, height), 26).convert("RGB")
    return Image.blend(image, grain, 0.12).filter(ImageFilter.GaussianBlur(0.6))


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Camera-Maker"
    data[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    return data


scene(760, 430).save(here / "photo.jpg", quality=66, exif=exif(1))
