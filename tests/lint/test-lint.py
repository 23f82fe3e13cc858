#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault in the folder bad/ must be found, and nothing that is no fault. TAP."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LINT = os.path.join(HERE, os.pardir, os.pardir, 'build-aux', 'lint')
LICENCE = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'

EXPECTED = [
    ('src/core/no-licence.c', 1, 'licence'),
    *[('src/core/layers.c', line, 'layer') for line in range(2, 10)],
    *[('src/core/calls.c', line, 'banned-call') for line in range(7, 19)],
    ('src/core/line-comment.c', 4, 'line-comment'),
    ('src/store/sql.c', 7, 'sql-format'),
    ('src/app/left-behind.c', 4, 'left-behind'),
    ('src/app/left-behind.c', 5, 'machine-path'),
    ('src/app/text.c', 1, 'not-built'),
    ('src/core/own-header.c', 2, 'own-header'),
    ('src/core/own-header.h', 1, 'pragma-once'),
    ('src/core/nesting.c', 11, 'nesting'),
    ('src/core/long-file.c', 602, 'file-size'),
    ('src/core/long-function.c', 4, 'function-size'),
    ('ui/tab.ui', 2, 'white-space'),
    ('build-aux/no-licence.sh', 1, 'licence'),
    ('po/POTFILES.in', 1, 'potfiles'),
    ('build-aux/migrations.sha256', 1, 'frozen'),
    ('build-aux/migrations.sha256', 2, 'frozen'),
    ('data/migrations/0001.sql', 1, 'frozen'),
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(folder, 'tree')
        shutil.copytree(os.path.join(HERE, 'bad'), root)
        # Too long to keep: one line over each limit.
        with open(os.path.join(root, 'src/core/long-file.c'), 'w', encoding='utf-8') as file:
            file.write(LICENCE + '#include <glib.h>\n' + '\n' * 600)
        with open(os.path.join(root, 'src/core/long-function.c'), 'w', encoding='utf-8') as file:
            file.write(LICENCE + 'void\nlong_function (void)\n{\n' + '  g_usleep (1);\n' * 61 + '}\n')
        run = subprocess.run([sys.executable, LINT, '--root', root], text=True,
                             stdout=subprocess.PIPE, check=False)
    found = [line.split(': ')[:2] for line in run.stdout.splitlines()]
    found = [(*place.rsplit(':', 1), rule) for place, rule in found]
    found = {(path, int(line), rule) for path, line, rule in found}

    print(f'1..{len(EXPECTED) + 2}')
    for number, fault in enumerate(EXPECTED, 1):
        print('ok' if fault in found else 'not ok', number, '-', *fault)
    extra = sorted(found - set(EXPECTED))
    print('not ok' if extra else 'ok', len(EXPECTED) + 1, '- nothing else is found')
    for fault in extra:
        print('#', *fault)
    print('ok' if run.returncode == 1 else 'not ok', len(EXPECTED) + 2, '- the lint fails')


main()
