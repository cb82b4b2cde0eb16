"""About two hundred short reviews, half of them happy, made for this example."""

_THINGS = ["product", "service", "app", "phone", "hotel", "book", "movie", "restaurant"]

_HAPPY_TEMPLATES = [
    "this is a great {0}",
    "I love this {0}, it is excellent",
    "what a wonderful {0}, highly recommended",
    "the {0} works perfectly and I am very happy with it",
    "best {0} I have ever had",
    "a really good {0}, worth every penny",
    "this {0} is amazing",
    "I enjoyed this {0} a lot",
    "the {0} is not bad at all, quite the opposite",
    "fantastic {0}, friendly people behind it",
]

_UNHAPPY_TEMPLATES = [
    "this is a terrible {0}",
    "I hate this {0}, it is awful",
    "what a horrible {0}, avoid it",
    "the {0} broke after two days and nobody helped me",
    "worst {0} I have ever had",
    "a really bad {0}, waste of money",
    "this {0} is disappointing",
    "I regret this {0} a lot",
    "the {0} is not good at all, quite the opposite",
    "useless {0}, rude people behind it",
]

_HAPPY = [
    "Absolutely fantastic experience!",
    "Delivery was quick and the packaging lovely.",
    "Exactly what I needed, thank you so much.",
    "My kids love it and so do I.",
    "Support answered within minutes and solved everything.",
    "Great value, great quality, great people.",
    "I would buy it again without thinking twice.",
    "The food was delicious and the staff so kind.",
    "Clean rooms, comfortable beds, beautiful view.",
    "A masterpiece from the first page to the last.",
    "Runs smoothly, looks good, feels solid.",
    "It made my day.",
    "Five stars, well deserved.",
    "Better than I expected in every way.",
    "Nothing to complain about, everything was perfect.",
    "Easy to set up and a joy to use.",
    "The update fixed all my problems, brilliant!",
    "We had a wonderful evening there.",
    "So comfortable that I forgot I was wearing it.",
    "Impressive sound and a battery that lasts for days.",
]

_UNHAPPY = [
    "Absolutely awful experience!",
    "Delivery was late and the box was damaged.",
    "Not what I ordered, and nobody cares.",
    "My kids hate it and so do I.",
    "Support never answered and solved nothing.",
    "Poor value, poor quality, poor manners.",
    "I would never buy it again.",
    "The food was cold and the staff so rude.",
    "Dirty rooms, broken beds, noisy street.",
    "Boring from the first page to the last.",
    "Crashes all the time, looks cheap, feels flimsy.",
    "It ruined my day.",
    "One star is still too much.",
    "Worse than I feared in every way.",
    "Everything went wrong, nothing was as promised.",
    "Hard to set up and a pain to use.",
    "The update broke everything, terrible!",
    "We had a miserable evening there.",
    "So uncomfortable that I sent it back.",
    "Disappointing sound and a battery that dies within an hour.",
]


def load():
    """Returns texts and their labels."""
    happy = [template.format(thing) for template in _HAPPY_TEMPLATES for thing in _THINGS] + _HAPPY
    unhappy = [template.format(thing) for template in _UNHAPPY_TEMPLATES for thing in _THINGS] + _UNHAPPY
    return happy + unhappy, ["positive"] * len(happy) + ["negative"] * len(unhappy)
