"""Compiles every page template, so that a mistake in one shows before somebody opens its page."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import engines
from jinja2 import TemplateError, meta


class Command(BaseCommand):
    help = "Compile every template under templates/, and find each that it includes, imports or extends."

    def handle(self, **options: object) -> None:
        environment = engines["jinja2"].env  # type: ignore[attr-defined]
        folder = settings.BASE_DIR / "templates"
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.jinja"))
        mistakes = []
        for name in names:
            try:
                environment.get_template(name)
                source = (folder / name).read_text()
                for referred in meta.find_referenced_templates(environment.parse(source, name)):
                    if referred:
                        environment.get_template(referred)
            except TemplateError as mistake:
                mistakes.append(f"templates/{name}: {type(mistake).__name__}: {mistake}")
        if mistakes:
            raise CommandError("\n".join(mistakes))
        self.stdout.write(f"{len(names)} templates compile.")
