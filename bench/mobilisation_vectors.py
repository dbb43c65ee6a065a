"""What queueing theory says of small cases, to the digits in which it was worked out.

Each was computed apart from the engine: by recursion in extended precision, by the transform of
the busy period, or by the Kolmogorov equations to a tolerance of 1e-10. Times are mean times of
service unless said otherwise.
"""

from __future__ import annotations

import math

# Servers, load; chance of being blocked, of waiting; mean wait; mean queue (Erlang 1917).
ERLANG = [
    (1, 0.5, 0.3333333333, 0.5, 1.0, 0.5),
    (2, 1.5, 0.3103448276, 0.6428571429, 1.2857142857, 1.92857143),
    (5, 4, 0.1990668740, 0.5541125541, 0.5541125541, 2.21645022),
    (10, 8, 0.1216610643, 0.4091801508, 0.2045900754, 1.63672060),
    (10, 9, 0.1679632263, 0.6687315241, 0.6687315241, 6.01858372),
    (20, 16, 0.0644109248, 0.2560777938, 0.0640194485, 1.02431118),
    (50, 45, 0.0541044722, 0.3638644672, 0.0727728934, 3.27478020),
    (70, 66.8, 0.0649085763, 0.6029279346, 0.1884149796, 12.58612064),
    (80, 66.8, 0.0137681782, 0.0780082537, 0.0059097162, 0.39476904),
    (100, 90, 0.0269573805, 0.2169404809, 0.0216940481, 1.95246433),
]

# Servers; rates of classes, the most urgent first; mean waits (Cobham 1954); and of a class, the
# chance of waiting longer than a time.
CLASSES = [
    (1, (0.3, 0.4), (1.0, 3.33333333),
     [(0, 0.25, 0.58761992), (1, 0.25, 0.65110703), (1, 1, 0.53619690)]),
    (10, (2, 3, 3), (0.05114752, 0.10229504, 0.40918015),
     [(0, 0.25, 0.05537651), (1, 0.25, 0.14194535), (2, 0.25, 0.28743903), (1, 1, 0.01098963),
      (2, 1, 0.14026252)]),
    (20, (3.6, 8.1, 6.3), (0.03358348, 0.08092404, 0.66357711),
     [(0, 0.25, 0.00912772), (1, 0.25, 0.10176655), (2, 0.25, 0.41142178), (1, 1, 0.00123353),
      (2, 1, 0.22649702)]),
    (50, (8, 18, 16), (0.00390677, 0.00813911, 0.04273035),
     [(0, 0.25, 0.00000452), (1, 0.25, 0.00167796), (2, 0.25, 0.05902953), (1, 1, 1e-8),
      (2, 1, 0.00549856)]),
]  # fmt: skip

# Rates, servers, times until done where the urgent interrupts.
INTERRUPTING = [
    ((2, 3, 3), 10, (1.00000597, 1.01203114, 1.53353841)),
    ((0.3, 0.4), 1, (1.42857143, 4.76190476)),
]

# One server at load 0.8: spread of the service over its mean, mean wait (Pollaczek, Khinchine).
ONE_SERVER = [(0, 2.0), (1 / math.sqrt(2), 3.0), (1, 4.0), (1.5, 6.5), (2, 10.0)]
# Rates, mean services, spreads of classes before one server, mean waits.
ONE_SERVER_CLASSES = (
    (0.2, 0.3, 0.25), (0.7, 1.0, 1.2), (0, 1, 1), (0.8244186047, 1.4721760797, 4.8695054945),
)  # fmt: skip

# Two classes of other service before two servers: rates, rates of service, the chance of waiting
# and the mean wait of each, in the unit of the rates.
TWO_CLASSES = ((0.5, 0.6), (1.2, 0.8), 2, (0.4296383953, 0.3026608100, 0.7169657824))

# Rate, servers, rate of giving up; chance of waiting, of leaving, mean wait (Palm's Erlang-A).
IMPATIENT = [
    (9, 10, 0.5, (0.4689417044, 0.0670117155, 0.1340234309)),
    (45, 50, 0.2, (0.3148757990, 0.0085566441, 0.0427832206)),
]

# Mean number present without limit of servers, at hours of a day whose rate is 8 + 4 sin; and from
# an empty start at rate 8.
UNLIMITED = [(6, 11.7434293943), (12, 8.9800275237), (18, 4.2565706057), (24, 7.0199724763)]
FILLING = [(0.5, 3.1477547223), (1, 5.0569644706), (2, 6.9173177341)]

# The same day before ten servers from an empty start: hour, mean number present, chance that all
# are busy.
MOVING = [
    (1, 5.44620684, 0.05138968), (3, 10.48609830, 0.53948974), (6, 17.36984863, 0.86740961),
    (9, 22.84883598, 0.92605571), (12, 22.09741028, 0.85912985), (18, 6.94643713, 0.17695887),
    (24, 7.29528368, 0.19726943), (30, 18.27465811, 0.88102124), (36, 22.88550252, 0.86801688),
    (48, 7.32323409, 0.19917936),
]  # fmt: skip

# Staff that drop, rate 8: first hour, last, servers; then hour, mean busy, mean queue, where
# those beyond what is due finish their job and leave.
STAFF = [(0, 24, 12), (24, 30, 7), (30, 48, 12)]
DROPPING = [
    (12, 7.998645, 0.278443), (24, 7.999996, 0.279679), (24.25, 6.987037, 1.434350),
    (25, 6.455508, 3.043347), (27, 6.649183, 5.731959), (30, 6.791697, 9.398274),
    (30.25, 10.537195, 5.000857), (32, 9.490868, 2.542821), (36, 8.303675, 0.677958),
    (42, 8.022277, 0.307893), (48, 8.001577, 0.281694),
]  # fmt: skip

# Three units that stand apart (Larson 1974): rates of places, order of units at each; how busy each
# unit is, the chance that all are, with a line and without; shares sent from each to each; and the
# share sent from elsewhere.
PLACES, ORDER = (1.2, 0.6, 0.3), ((0, 1, 2), (1, 0, 2), (2, 1, 0))
WITH_LINE = ((0.74155889, 0.71690115, 0.64153996), 0.49234450)
WITHOUT_LINE = ((0.60564948, 0.56802467, 0.45303243), 0.22537782)
SENT = (
    (0.14768063, 0.03410177, 0.00722605),
    (0.08229369, 0.08088539, 0.01408759),
    (0.06011454, 0.03005727, 0.05120858),
)
FROM_ELSEWHERE = 0.448889


def rate_of_day(hour: float) -> float:
    """Incidents an hour at an hour of the day that `MOVING` and `UNLIMITED` follow."""
    return 8 + 4 * math.sin(2 * math.pi * hour / 24)
