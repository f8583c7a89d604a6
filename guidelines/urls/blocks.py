"""Blocks of data in a section's text."""

from django.urls import path

from guidelines.views import blocks

BLOCKS = "guidelines/<str:code>/sections/<str:section>/blocks"

urlpatterns = [
    path(f"{BLOCKS}/", blocks.section_blocks, name="section_blocks"),
    path(f"{BLOCKS}/<str:block>/freeze/", blocks.block_freeze, name="block_freeze"),
    path(f"{BLOCKS}/<str:block>/unfreeze/", blocks.block_unfreeze, name="block_unfreeze"),
]
