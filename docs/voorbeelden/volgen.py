"""Reads what happened since the last time, in portions; run it as often as you like.

    NETWERKREGIE=https://regie.voorbeeld.nl TOKEN=... python3 volgen.py gelezen-tot.txt

The file holds the id of the last event that was handled. Python's own library is enough.
"""
import json
import os
import sys
import urllib.request
from pathlib import Path


def read(after):
    request = urllib.request.Request(
        f"{os.environ['NETWERKREGIE']}/v1/gebeurtenissen?na={after}",
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def main(file):
    after = file.read_text().strip() if file.exists() else "0"
    while events := read(after):
        for event in events:
            print(json.dumps(event), flush=True)
            after = event["id"]
            # Only now: who falls over in between gets the event once more.
            file.write_text(after)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
