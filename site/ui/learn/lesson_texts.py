"""Eight lessons: a title, one thing to do and what to see, and the picture that goes with it.

A picture is an operation of the network, whose first layer of that kind is explored. Or it is a way
to alter the glyph, "moved" or "turned".
"""

LESSONS = (
    (
        "Pixels",
        "Point at the glyph, or step through it with the arrow keys.",
        "The network is given 28 × 28 numbers: the ink of each pixel, 0 for paper, 1 for ink.",
        "input",
    ),
    (
        "Why centring matters",
        "Move the glyph away from the middle.",
        "A few pixels are enough for another answer. "
        "So the page scales and centres your ink before the network is asked.",
        "moved",
    ),
    (
        "A filter",
        "Choose a map, then point at its values, on a stroke and beside it.",
        "The same kernel slides over the whole glyph. "
        "Where the ink fits its pattern, the sum is large.",
        "conv2d",
    ),
    (
        "ReLU",
        "Choose a map and compare what goes in with what comes out.",
        "Negative values become zero. Without such a bend, "
        "many layers could do no more than a single one.",
        "relu",
    ),
    (
        "Pooling",
        "Point at a value and find its window in the input.",
        "Of every four values the largest stays. The map is a quarter of the size, "
        "and it matters less where exactly the ink was.",
        "max_pool2d",
    ),
    (
        "From features to a digit",
        "Choose an answer below its bar, then write another digit.",
        "Each answer weighs all features and adds them up: that is its logit. "
        "The products say what speaks for it, and what against.",
        "dense",
    ),
    (
        "Confidence and refusal",
        "Write something between a 4 and a 9, then a letter.",
        "Softmax turns logits into probabilities. When two are close, or “none” wins, "
        "the page says so and does not guess.",
        "softmax",
    ),
    (
        "Where it fails",
        "Turn the glyph until the answer changes.",
        "The network learned from digits that stand upright. What it never saw it gets wrong, "
        "and it may be sure of it.",
        "turned",
    ),
)
