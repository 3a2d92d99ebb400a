#!/usr/bin/env python3
"""Checks an exported audit log without Treatywatch:  verify_audit.py LOG.jsonl [--key VERIFYING-KEY CHECKPOINT ...]

LOG.jsonl is written by `treatywatch audit export`, a checkpoint is saved from /transparency/checkpoint, and the verifying
key is shown at /transparency: keep your own copy of the last two. Needs Python 3.8 and nothing else. Details are not in an
export; each stands behind its commitment. Ends with 0 if all agrees, else with 1 and the first break."""
import base64, hashlib, json, sys

P = 2**255 - 19                                    # Ed25519, as in RFC 8032
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def add(a, b):
    (x, y, z, t), (u, v, w, s) = a, b
    e, f = (y - x) * (v - u) % P, (y + x) * (v + u) % P
    g, h = 2 * t * s * D % P, 2 * z * w % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P

def times(n, point):
    sum_ = (0, 1, 1, 0)
    while n:
        if n & 1:
            sum_ = add(sum_, point)
        point, n = add(point, point), n >> 1
    return sum_

def point(data):
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P:
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed(key, text, signature):
    if len(signature) != 64 or (s := int.from_bytes(signature[32:], "little")) >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    a, b = times(s, BASE), add(point(signature[:32]), times(h, point(key)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0

def checkpoint(note, vkey):
    name, _, key = vkey.split("+", 2)
    key = base64.b64decode(key)
    ours = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    text, signatures = note.rsplit("\n\n", 1)
    for line in signatures.splitlines():
        mark, signer, signature = line.split(" ")
        raw = base64.b64decode(signature)
        if (mark, signer, raw[:4]) == ("—", name, ours) and signed(key[1:], (text + "\n").encode(), raw[4:]):
            origin, entries, head = text.split("\n")[:3]
            if origin == name:
                return int(entries), base64.b64decode(head).hex()
    sys.exit("the checkpoint is not signed by this key: it was altered, or is of another installation")

arguments = sys.argv[1:]
vkey = arguments.pop(arguments.index("--key") + 1) if "--key" in arguments else ""
log, *notes = [a for a in arguments if a != "--key"]
number, head, hashes = 0, "", {}
for entry in map(json.loads, open(log, encoding="utf-8")):
    this = entry["number"]
    if this != number + 1 or entry["previous"] != head:
        sys.exit(f"entry {this} does not follow the one before it: an entry was dropped, moved or added")
    parts = [str(this)] + [entry[name] for name in ("at", "act", "commitment", "previous")]
    if hashlib.sha256("".join(part + "\0" for part in parts).encode()).hexdigest() != entry["hash"]:
        sys.exit(f"entry {this} was altered")
    number, head = this, entry["hash"]
    hashes[number] = head
for entries, then in sorted(checkpoint(open(note, encoding="utf-8").read(), vkey) for note in notes):
    if entries > number:
        sys.exit(f"the log ends at entry {number}, the checkpoint was made at entry {entries}: its end was cut off")
    if hashes[entries] != then:
        sys.exit(f"entry {entries} is not the one of the checkpoint: the log was written anew up to there")
print(f"The chain of {number} entries is whole" + (", and continues each checkpoint." if notes else "."))
