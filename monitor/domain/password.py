"""What a password must be: ten characters of three kinds (DOMAIN.md §8.3). Pure; hashing is the console's."""

from __future__ import annotations

SHORTEST = 10
LONGEST = 200
KINDS = 3


def faults(password: str, login: str = "") -> list[str]:
    """Why this password will not do, in Chinese; empty when it will."""
    found = []
    if len(password) < SHORTEST:
        found.append(f"口令至少 {SHORTEST} 位，现为 {len(password)} 位")
    if len(password) > LONGEST:
        found.append(f"口令不能超过 {LONGEST} 位")
    if _kinds(password) < KINDS:
        found.append("大写字母、小写字母、数字、符号四类中至少要有三类")
    if login and login.lower() in password.lower():
        found.append("口令不能包含登录名")
    return found


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit, lambda char: not char.isalnum())
    return sum(any(test(char) for char in password) for test in tests)
