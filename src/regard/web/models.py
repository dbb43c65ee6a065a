"""Accounts and long work: all that the screens keep, and none of it evidence."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from regard.core.markings import OFFICIAL


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
        one_time_until: Until when a password for one time is good, which is changed at the first
            sign-in; None of a password that its holder chose.
        sessions: How often all its sessions were ended.
    """

    username = models.CharField(max_length=150, unique=True)
    holder = models.CharField(max_length=200, db_index=True)
    is_active = models.BooleanField(default=True)
    one_time_until = models.DateTimeField(null=True)
    sessions = models.PositiveIntegerField(default=0)

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

    def end_sessions(self) -> None:
        """End every session of this account, also if it is to sign in again later; not saved."""
        self.sessions += 1

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django asks it of each session at each request: of another, the session has ended.
        return salted_hmac(
            "regard.web.models.Account",
            f"{self.sessions} {self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Guessing(models.Model):
    """How far ahead of time those are who try passwords; see `regard.web.signing.guessing`.

    Attributes:
        key: A keyed hash of who tries what.
        due: When the next try would be due, had they been made evenly.
    """

    key = models.CharField(max_length=64, primary_key=True)
    due = models.DateTimeField(db_index=True)

    class Meta:
        """How the database has it."""

        db_table = "guessing"

    def __str__(self) -> str:
        return f"{self.key[:12]} until {self.due}"


class Token(models.Model):
    """By what a program reads for a post, in place of a sign-in; its words are never kept.

    Attributes:
        account: Whose it is.
        post: The subject of the post for which it reads.
        said: What it is for, in the words of whoever made it.
        begins: Its first letters, by which its owner knows it again.
        digest: The SHA-256 of its words.
        made_at: When it was made, in UTC.
        ends_at: From when on it is refused.
        used_on: The last day on which it was used.
        revoked_at: When it was revoked.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    post = models.CharField(max_length=200)
    said = models.CharField(max_length=100)
    begins = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """How the database has it."""

        db_table = "token"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.begins}… of {self.account_id} for {self.post}"


class Work(models.Model):
    """Long work in the background: for whom, how far, how long, and how it ended.

    Attributes:
        what: Which work it is, by the name under which it is registered.
        said: What it does, in words for the one who asked.
        asked: What it was asked with.
        post: The post for which it runs.
        holder: The holder who asked.
        body: The body at the top of those to which the post belongs.
        marking: How closely its words are held.
        state: `waiting`, `running`, `done`, `refused` or `failed`.
        done: How many parts are done.
        of: How many parts there are; 0 while nobody knows.
        now: What it is doing now.
        outcome: What came of it, or why it was refused, in words.
        found: What came of it, for the page that shows it.
        leads_to: The page that shows what came of it.
        asked_at: When it was asked for, in UTC.
        began_at: When it began.
        beat_at: When its worker was last known to be at work.
        ended_at: When it ended.
    """

    what = models.CharField(max_length=60)
    said = models.CharField(max_length=300)
    asked = models.JSONField(default=dict)
    post = models.CharField(max_length=200)
    holder = models.CharField(max_length=200)
    body = models.CharField(max_length=200, blank=True)
    marking = models.CharField(max_length=300, default=str(OFFICIAL))
    state = models.CharField(max_length=10, default="waiting")
    done = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    now = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    found = models.JSONField(default=dict)
    leads_to = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """How the database has it."""

        db_table = "work"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("holder", "-id"), name="work_of_holder"),
            models.Index(fields=("body", "-id"), name="work_of_body"),
            models.Index(fields=("state", "beat_at"), name="work_at_work"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.pk}: {self.state}"
