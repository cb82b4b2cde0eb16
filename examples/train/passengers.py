"""Four hundred passengers of a ship, made for this example: nobody of them lived."""

import random


def load():
    """One dict a passenger; a missing value is None."""
    source = random.Random(1912)
    return [_passenger(source) for _ in range(400)]


def _passenger(source):
    sex = source.choice(["female", "male", "male"])
    age = source.randint(1, 75)
    fare = round(source.expovariate(0.03) + 5, 2)
    chance = 0.25 + (0.45 if sex == "female" else 0) + (0.15 if fare > 40 else 0) + (0.2 if age < 12 else 0)
    return {
        "age": float(age) if source.random() > 0.15 else None,
        "fare": fare,
        "sex": sex,
        "port": source.choice("SSSCQ") if source.random() > 0.05 else None,
        "survived": "yes" if source.random() < chance else "no",
    }
