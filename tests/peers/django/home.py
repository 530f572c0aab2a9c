"""The families' first page, and the month's grid of a child, as a Django application: the same questions of the same store, the same page.

It asks each statement of the server's own .sql files, in their order, through Django's connection, and draws what came
with Django's templates: the first page word for word as ours on the demo town, which the bench holds against it. It is kinder to Django than an
application would be: no models are made of the rows, the calendar is not consulted, no session is kept, French is written in the
templates, and a page is only read. Measured by scripts/bench.sh portal; never shipped.

PEER_STORE is the file of a commune, or the address of the PostgreSQL database that its schema lies in.
"""
import base64
import binascii
import collections
import datetime
import hashlib
import os
import pathlib
import re
import uuid
import zoneinfo
from urllib.parse import unquote, urlsplit

import cbor2
from django.conf import settings

HERE = pathlib.Path(__file__).resolve().parent
SERVER = HERE.parents[2] / "sync-server" / "src"
STORE = os.environ["PEER_STORE"]
IN_FILE = "://" not in STORE


def database():
    if IN_FILE:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"file:{STORE}?mode=ro",
            "OPTIONS": {"uri": True},
            "CONN_MAX_AGE": None,
        }
    address = urlsplit(STORE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/"),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": address.hostname,
        "PORT": address.port or 5432,
        "OPTIONS": {"options": "-c search_path=commune_demo"},
        "CONN_MAX_AGE": None,
    }


settings.configure(
    DEBUG=False,
    SECRET_KEY="a peer that keeps no secret",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE]}],
    DATABASES={"default": database()},
    USE_TZ=True,
    LANGUAGE_CODE="fr",
)

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

# When the servers of the bench believe to be started.
TODAY = datetime.date(2026, 11, 23)
NOW_MS = 1795413600000


def statement(name):
    text = (SERVER / name).read_text()
    return text if IN_FILE else re.sub(r"\?(\d+)", r"%(p\1)s", text.replace("%", "%%"))


SESSION = statement("web/portal/sql/session_get.sql")
PARTS = statement("record/capability/all.sql")
PORTAL = statement("record/portal/get.sql")
LOGO = statement("record/portal/logo_version.sql")
CHILDREN = statement("record/children_seen/of_guardian.sql")
TOWN = statement("web/portal/days/town.sql")
BOOKED = statement("web/portal/days/booked.sql")
EXPECTED = statement("web/portal/home/sql/expected.sql")
NEWEST = statement("web/portal/home/sql/newest.sql")
INCIDENTS = statement("record/incident/standing.sql")
NEWS = statement("record/town_text/shown.sql")
BESIDE = statement("web/portal/bookings/sql/beside.sql")
TOWN_OF_RULES = statement("rules/sql/town.sql")
CHILDREN_OF_RULES = statement("rules/sql/children.sql")
STANDING = statement("rules/sql/standing.sql")
CROWD = statement("rules/sql/crowd.sql")
# The activities of the demo town that have a limit.
LIMITED = ("mercredi", "ateliers-vendredi")


def ask(sql, *params):
    with connection.cursor() as cursor:
        if IN_FILE:
            cursor.execute(sql, params)
        else:
            cursor.execute(sql, {f"p{nth}": one for nth, one in enumerate(params, 1)})
        return cursor.fetchall()


def session_of(request):
    cookie = request.COOKIES.get("famille-demo", "")
    try:
        secret = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except (ValueError, binascii.Error):
        return None
    if len(secret) != 32:
        return None
    rows = ask(SESSION, hashlib.sha256(b"portal session" + secret).digest())
    return rows[0] if rows and rows[0][2] == "in" else None


COLOURS = "red orange yellow green teal blue purple pink".split()
SHAPES = (
    "sun moon star heart leaf tree flower apple cherry pear fish bird cat snail butterfly ladybird boat car train "
    "balloon umbrella house kite mushroom"
).split()
OF_ALL = [
    {"path": "/", "name": "Accueil"},
    {"path": "/actualites", "name": "Actualités"},
    {"path": "/menus", "name": "Menus"},
    {"path": "/tarifs", "name": "Tarifs"},
    {"path": "/reglement", "name": "Règlement"},
]
OF_FAMILIES = [
    {"path": "/", "name": "Accueil"},
    {"path": "/reservations", "name": "Mes réservations"},
    {"path": "/factures", "name": "Mes factures"},
    {"path": "/demandes", "name": "Mes demandes"},
    {"path": "/dossier", "name": "Mon dossier"},
    {"path": "/compte", "name": "Mon compte"},
]
FOOT = [
    {"path": "/situation", "name": "État du service"},
    {"path": "/aide", "name": "Aide"},
    {"path": "/accessibilite", "name": "Accessibilité"},
    {"path": "/mentions-legales", "name": "Mentions légales"},
    {"path": "/conditions", "name": "Conditions"},
    {"path": "/donnees-personnelles", "name": "Données personnelles"},
]
MARKS = re.compile(r"\*\*|\[([^\]]*)\]\([^)]*\)|^#.*$|^(?:-|[0-9]+\.) ", re.MULTILINE)
TIME_ZONE = zoneinfo.ZoneInfo("Europe/Paris")


def frame(session):
    rows = ask(PORTAL)
    written = cbor2.loads(rows[0][0]) if rows else [None, "", None, None, [], [], True, False]
    logo = ask(LOGO)
    return {
        "commune": "Ville",
        "parts": [part for part in ask(PARTS) if part[1] != "open"],
        "portal": {
            "accent": written[0],
            "welcome": written[1],
            "phone": written[2],
            "email": written[3],
            "hours": written[4],
            "codes": written[6],
            "registration": written[7],
        },
        "logo": logo[0] if logo else None,
        "session": session,
        "places": OF_FAMILIES if session else OF_ALL,
        "foot": OF_ALL[1:] + FOOT if session else FOOT,
        "here": "/",
    }


def opening(text):
    """The first words of a text, its signs taken out."""
    words = " ".join(MARKS.sub(r"\1", text).split())
    if len(words) <= 160:
        return words
    return words[:160].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def news_line(row):
    text = cbor2.loads(row[0])
    day = datetime.datetime.fromtimestamp(text[4] / 1000, TIME_ZONE).date()
    return {"id": uuid.UUID(bytes=text[0]), "title": text[2], "opening": opening(text[3]), "day": day}


def expected(rows):
    found, phones, kinds = [], set(), set()
    for what, _, word, said, _ in rows:
        if what == "text" and word not in kinds:
            kinds.add(word)
            words = f"« {said} » : à lire et à accepter."
            path = "/conditions" if word == "conditions" else "/reglement"
            found.append({"words": words, "path": path, "go": "Lire"})
        elif what == "request":
            words = f"« {said} » : on attend votre réponse."
            found.append({"words": words, "path": "/demandes", "go": "Répondre"})
        elif what == "phone":
            phones.add("".join(one for one in said if one.isdigit()))
    if len(phones) == 1:
        words = "Nous n’avons qu’un numéro à appeler en cas de besoin."
        found.append({"words": words, "path": "/demandes/nouvelle?sujet=file", "go": "Nous en donner un"})
    return found


def symbol(child):
    if child[6] is not None and child[7] is not None:
        return COLOURS[child[6]], SHAPES[child[7]]
    total = 7
    for byte in bytes(child[0]):
        total = (total * 31 + byte) & 0xFFFFFFFF
    return COLOURS[total % 8], SHAPES[total // 8 % 24]


def hour(minute):
    return f"{minute // 60} h {minute % 60:02}" if minute % 60 else f"{minute // 60} h"


def line(one):
    return {"name": one[3], "formula": one[6], "hours": f"{hour(one[4])} – {hour(one[5])}"}


def panel(child, booked, days):
    colour, shape = symbol(child)
    lines = collections.defaultdict(list)
    for one in booked:
        if one[1] == child[0]:
            lines[one[0]].append(line(one))
    return {
        "id": uuid.UUID(bytes=bytes(child[0])),
        "first_name": child[1],
        "place": " · ".join(one for one in (child[14], child[11]) if one),
        "colour": colour,
        "shape": shape,
        "days": [{"date": day, "lines": lines[str(day)]} for day in days if day.weekday() < 5 or lines[str(day)]],
    }


def home(request):
    session = session_of(request)
    ground = frame(session)
    if session is None:
        ground["incidents"] = [one for one in ask(INCIDENTS) if not one[4]][:1]
        ground["news"] = [news_line(row) for row in ask(NEWS, "news", NOW_MS)[:3]]
        return render(request, "before.html", ground)
    guardian = session[0]
    until = TODAY + datetime.timedelta(days=6)
    children = ask(CHILDREN, guardian)
    ask(TOWN, str(TODAY), str(until))
    booked = ask(BOOKED, guardian, str(TODAY), str(until))
    rows = ask(EXPECTED, guardian, NOW_MS)
    ground["expected"] = expected(rows)
    ground["incident"] = next((row[3] for row in rows if row[0] == "incident"), None)
    ground["notices"] = ask(NEWEST, guardian, 3, 0)
    ground["today"], ground["tomorrow"] = TODAY, TODAY + datetime.timedelta(days=1)
    days = [TODAY + datetime.timedelta(days=nth) for nth in range(7)]
    ground["children"] = [panel(child, booked, days) for child in children]
    return render(request, "after.html", ground)


def padded(ids):
    ids = [bytes(one) for one in ids][:8] or [bytes(16)]
    return ids + [ids[-1]] * (8 - len(ids))


def grid(request):
    session = session_of(request)
    guardian = session[0]
    first = TODAY.replace(day=1)
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    # Limits of a week ask for whole weeks.
    monday = first - datetime.timedelta(days=first.weekday())
    sunday = last + datetime.timedelta(days=6 - last.weekday())
    ground = frame(session)
    ground["here"] = "/reservations"
    ground["beside"] = ask(BESIDE, guardian, str(first), str(TODAY))
    town = ask(TOWN_OF_RULES, str(first - datetime.timedelta(days=200)), str(last))
    nobody = bytes(16)
    children = ask(CHILDREN_OF_RULES, nobody, guardian, 0, *[nobody] * 8)
    children = [child for child in children if child[0] == 1]
    standing = ask(STANDING, *padded([child[1] for child in children]), str(monday), str(sunday))
    activities = [row for row in town if row[0] == 1]
    limited = padded([row[3] for row in activities if row[2] in LIMITED])
    ground["crowd"] = ask(CROWD, str(first), str(last), *limited, 1, nobody, NOW_MS)
    asked = request.GET.get("enfant", "").replace("-", "")
    booked = {
        (bytes(one[3]), bytes(one[4]), one[1]): one for one in standing if one[0] == 1
    }
    days = [first + datetime.timedelta(days=nth) for nth in range((last - first).days + 1)]
    ground["children"] = [
        {
            "id": bytes(child[1]).hex(),
            "first_name": child[4],
            "days": [
                {
                    "date": day,
                    "cells": [
                        {
                            "slug": row[2],
                            "name": row[5],
                            "booked": (bytes(child[1]), bytes(row[3]), str(day)) in booked,
                        }
                        for row in activities
                        if row[8] & (1 << day.weekday())
                    ],
                }
                for day in days
            ],
        }
        for child in children
        if bytes(child[1]).hex() == asked
    ]
    return render(request, "month.html", ground)


urlpatterns = [path("demo/", home), path("demo/reservations", grid)]
application = get_wsgi_application()
