"""A mail server of tests: takes every letter, and says in one line of JSON what came.

What it says of an address is in the address itself: `inconnu-…` has no mailbox, `plein-…` none for now, and the
first letter to `plus-tard-…` is asked to come again. Ends when its stdin does.
"""
import asyncio
import email
import email.policy
import json
import sys
from aiosmtpd.smtp import SMTP

seen = set()


def say(what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("inconnu"):
            return "550 5.1.1 <%s>: no such mailbox" % address
        if address.startswith("plein"):
            return "452 4.2.2 mailbox full"
        if address.startswith("plus-tard") and address not in seen:
            seen.add(address)
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = message.get_body(("plain",))
        html = message.get_body(("html",))
        say({
            "from": str(envelope.mail_from),
            "to": envelope.rcpt_tos,
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": text.get_content() if text else "",
            "html": html.get_content() if html else "",
        })
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Sink(), hostname="puits.example", enable_SMTPUTF8=True), "127.0.0.1", int(sys.argv[1]))
    say({"port": server.sockets[0].getsockname()[1]})
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
