"""Labels and texts as real ones are, long, empty and odd ones among them."""

LABELS = (
    "plan menus",
    "manage inventory",
    "Python (computer programming)",
    "use spreadsheets software",
    "lift heavy weights",
    "provide nursing care",
    "wound care",
    "operate forklift",
    "communicate with customers",
    "teach mathematics",
    "apply for research funding",
    "C++",
    "conduct hull and deck inspections of vessels to see that they comply with regulations",
)
QUERIES = (
    "You are at home in Python and know Excel inside out",
    "experience in driving a forklift truck in a warehouse",
    "friendly manner with guests",
    "care for patients with chronic wounds, change dressings, and document it " * 12,
    "naïve Bayes, C++ & SQL",
    "",
)
