"""What a newcomer needs to sign in to the demo that make run is about to serve."""

import socket
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pcnportal import clock
from pcnportal.people.models import User


class Command(BaseCommand):
    help = "Print the demo's address, accounts and password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, port: int, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Accounts and their password are printed for the demo only: PORTAL_DEMO=1.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        users = User.objects.filter(is_active=True).order_by("pk")
        width = max((len(user.email) for user in users), default=0)
        self.stdout.write(
            f"\nThe demo plays {clock.today():%-d %B %Y}. Sign in with the password pcn-demo-2019 as\n"
        )
        for user in users:
            roles = ", ".join(str(role) for role in user.roles_in_force)
            self.stdout.write(f"  {user.email:{width}}  {user.name}: {roles}")
        self.stdout.write(f"\nOpen http://127.0.0.1:{port}/   (Ctrl+C stops it)\n")
