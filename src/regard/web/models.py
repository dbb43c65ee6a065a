"""Accounts and long work: all that the screens keep, and none of it evidence."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def make(self, name: str, holder: str, password: str | None = None) -> Account:
        """Make an account by which a holder signs in; without a password, by OpenID Connect alone.

        Args:
            name: The name given at sign-in.
            holder: The subject of the holder in the register, such as `party:wm-holder-7`.
            password: The password, kept as Argon2id.
        """
        made = self.model(username=name, holder=holder)
        if password is None:
            made.set_unusable_password()
        else:
            made.set_password(password)
        made.save(using=self._db)
        return made


class Account(AbstractBaseUser):
    """By what a holder signs in. What the holder may do, the register says, by the posts held.

    Attributes:
        username: The name given at sign-in.
        holder: The subject of the holder in the register: a code, never a name.
        is_active: Whether it may sign in.
    """

    username = models.CharField(max_length=150, unique=True)
    holder = models.CharField(max_length=200, db_index=True)
    is_active = models.BooleanField(default=True)

    objects = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    REQUIRED_FIELDS: ClassVar[list[str]] = ["holder"]

    class Meta:
        """How the database has it."""

        db_table = "account"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(holder__startswith="party:"), name="account_is_of_a_party"
            ),
        )

    def __str__(self) -> str:
        return self.username


class Work(models.Model):
    """Long work in the background: for whom, how far, how long, and how it ended.

    Attributes:
        what: Which work it is, by the name under which it is registered.
        said: What it does, in words for the one who asked.
        asked: What it was asked with.
        post: The post for which it runs.
        holder: The holder who asked.
        state: `waiting`, `running`, `done`, `refused` or `failed`.
        done: How many parts are done.
        of: How many parts there are; 0 while nobody knows.
        now: What it is doing now.
        outcome: What came of it, or why it was refused, in words.
        leads_to: The page that shows what came of it.
        asked_at: When it was asked for, in UTC.
        began_at: When it began.
        ended_at: When it ended.
    """

    what = models.CharField(max_length=60)
    said = models.CharField(max_length=300)
    asked = models.JSONField(default=dict)
    post = models.CharField(max_length=200)
    holder = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="waiting")
    done = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    now = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    leads_to = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """How the database has it."""

        db_table = "work"
        ordering = ("-id",)
        indexes = (models.Index(fields=("holder", "-id"), name="work_of_holder"),)

    def __str__(self) -> str:
        return f"{self.what} {self.pk}: {self.state}"
