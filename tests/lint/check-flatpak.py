#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-flatpak.py FILE: the manifest is whole, pinned, and asks for nothing it must not have."""
import json
import re
import sys

KEYS = {'id', 'runtime', 'runtime-version', 'sdk', 'command', 'finish-args', 'cleanup', 'modules'}
MODULE_KEYS = {'name', 'buildsystem', 'config-opts', 'build-commands', 'make-args', 'cleanup',
               'sources', 'no-autogen', 'builddir', 'run-tests'}
# Records leave by the user's hand only: no network, no free run of the files.
REFUSED = re.compile(r'--share=network|--filesystem=|--socket=(session|system)-bus|--device=all')


def find_faults(manifest):
    for key in sorted(KEYS - {'cleanup'} - manifest.keys()):
        yield f'{key} is missing'
    for key in sorted(manifest.keys() - KEYS):
        yield f'{key} is not known'
    if manifest.get('id') != 'org.waymark.Waymark' or manifest.get('command') != 'waymark':
        yield 'the id or the command is not Waymark\'s'
    for argument in manifest.get('finish-args', []):
        if REFUSED.match(argument):
            yield f'{argument} is refused'
    modules = manifest.get('modules', [])
    if not modules or modules[-1].get('name') != 'waymark':
        yield 'the last module is not waymark'
    for module in modules:
        name = module.get('name', 'a module without a name')
        for key in sorted(module.keys() - MODULE_KEYS):
            yield f'{name}: {key} is not known'
        if not module.get('sources'):
            yield f'{name}: no sources'
        for source in module.get('sources', []):
            if source.get('type') == 'archive':
                if not source.get('url', '').startswith('https://'):
                    yield f'{name}: the archive does not come by https'
                if not re.fullmatch('[0-9a-f]{64}', source.get('sha256', '')):
                    yield f'{name}: the archive is not pinned by its SHA-256'
            elif source.get('type') != 'dir' or name != 'waymark':
                yield f'{name}: a source of type {source.get("type")}'


with open(sys.argv[1], encoding='utf-8') as file:
    faults = list(find_faults(json.load(file)))
for fault in faults:
    print(f'{sys.argv[1]}: {fault}')
sys.exit(1 if faults else 0)
