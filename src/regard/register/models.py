"""The register's tables: the journal, which only grows, and projections that may be thrown away."""

from __future__ import annotations

from django.db import models

HASH = 64  # hexadecimal letters of a SHA-256


class EntryRow(models.Model):
    """One entry of the journal, without its words.

    Days and instants are text, as they stand in the hashed header: one form on every database.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    version = models.IntegerField()
    effective = models.CharField(max_length=10)
    recorded = models.CharField(max_length=27, db_index=True)
    post = models.CharField(max_length=200)
    holder = models.CharField(max_length=200)
    force = models.CharField(max_length=200)
    marking = models.CharField(max_length=500)
    body = models.CharField(max_length=HASH)
    previous = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH)

    class Meta:
        """How the database has it."""

        db_table = "entry"
        constraints = (
            models.UniqueConstraint(
                fields=("subject", "version"), name="entry_has_one_of_each_version"
            ),
        )
        indexes = (
            models.Index(
                fields=("marking",),
                condition=models.Q(marking__gt="OFFICIAL"),
                name="entry_marked_higher",
            ),
        )


class BodyRow(models.Model):
    """The words of an entry and the salt with which they were hashed."""

    seq = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    words = models.TextField()

    class Meta:
        """How the database has it."""

        db_table = "body"


class ErasureRow(models.Model):
    """That the words of an entry were lawfully removed, and by which decision."""

    seq = models.BigIntegerField(primary_key=True)
    decision = models.BigIntegerField()

    class Meta:
        """How the database has it."""

        db_table = "erasure"


class HeadRow(models.Model):
    """Where the journal ends: its size, its last hash, and the right edge of its tree.

    One row. It is what a writer locks.
    """

    id = models.IntegerField(primary_key=True)
    size = models.BigIntegerField()
    last = models.CharField(max_length=HASH)
    peaks = models.TextField()

    class Meta:
        """How the database has it."""

        db_table = "head"


class VersionRow(models.Model):
    """By what an entry is found: a projection of it, one row an entry."""

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    effective = models.CharField(max_length=10)
    scope = models.CharField(max_length=200)
    about = models.CharField(max_length=200)
    cycle = models.CharField(max_length=200)
    edition = models.CharField(max_length=200)

    class Meta:
        """How the database has it."""

        db_table = "version"
        indexes = (
            models.Index(fields=("subject", "seq"), name="version_by_subject"),
            models.Index(fields=("kind", "scope", "seq"), name="version_by_scope"),
            models.Index(fields=("kind", "about", "seq"), name="version_by_about"),
            models.Index(fields=("kind", "cycle", "scope", "seq"), name="version_by_cycle"),
            models.Index(fields=("kind", "edition", "seq"), name="version_by_edition"),
        )


class EdgeRow(models.Model):
    """That one subject names another: a projection of links and of what entries name.

    What an entry is found by stands in its `VersionRow` and not here again.

    Its number is made of the entry's and of the place within it, so that a rebuilding gives the
    same rows.
    """

    id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(db_index=True)
    subject = models.CharField(max_length=200)
    type = models.CharField(max_length=30)
    source = models.CharField(max_length=200)
    target = models.CharField(max_length=200)

    class Meta:
        """How the database has it."""

        db_table = "edge"
        indexes = (models.Index(fields=("target", "type"), name="edge_by_target"),)
